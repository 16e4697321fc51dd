"""Famines with a known answer: what each indirect estimator makes of two counts and a register.

The estimators are those of ``indirect``; each becomes a toll here. Four raise the excess of a
register by the completeness that they find; two take the deaths from counts of people alone.
A relational life table is no estimator of a toll by itself: it bends a standard from elsewhere to
survivors that one of the others has found.
"""

import numpy as np
import pandas as pd

from glf_utils.arguments import real
from glf_utils.death_toll.choices import STATED
from glf_utils.death_toll.indirect import (
    brass_growth_balance,
    generalised_growth_balance,
    intercensal_survival,
    synthetic_extinct_generations,
    variable_r,
)
from glf_utils.death_toll.known_ages import spread_over_ages, young_joined

FITTED = (5, 75)  # ages of the growth balance; extinct generations have their own
BEYOND = 4.0  # years still lived in the open group, from elsewhere
SEEN = {
    "register as it stands": "deaths by age",
    "Brass growth balance": "deaths and people of the last year before",
    "growth balance": "first and last count, and the deaths between",
    "extinct generations": "first and last count, and the deaths between",
    "extinct generations, counts balanced": "the same, with the coverage by growth balance",
    "variable-r": "three counts: first, before and after the famine",
    "intercensal survival": "three counts, five years apart",
}
"""What each estimator of a toll needs."""
CLOSED = ("variable-r", "intercensal survival")  # ages five to the last closed group but one


def tolls_by_estimator(found, window, died=None, people=None, stated=STATED, draws=400, seed=1958):
    """A toll, and an interval, by every indirect estimator that the ages allow.

    Normal are the mean registered rates of the years before, by age. A register's excess is raised
    for each sex by the completeness found, at all ages alike, as a reader must who knows of none by
    age. Counts alone give the rates between two of them, of the famine and of ordinary years:
    variable-r from the first count to the last before the famine; intercensal survival, which needs
    five years, those before the five that end with the famine, or else those after.

    Parameters
    ----------
    found : glf_utils.death_toll.known_ages.Ages
        As they were counted and registered, or as they were in truth.
    window : (int, int)
        First and last year of the famine.
    died : array of shape (…, Y, 2, A + 1), optional
        Deaths as registered, thousands, where they are others than those of ``found``.
    people : array of shape (…, Y + 1, 2, A), optional
        People as counted, likewise.
    stated : glf_utils.death_toll.uncertainty.Stated
        Of which the coverage of the censuses counts here.
    draws, seed : int
        How many for an interval, and where they begin.

    Returns
    -------
    dict of str to (array of shape (…), array of shape (…), array of shape (…))
        Toll, and the ends between which nine in ten of the draws lie, millions, by the names of
        :data:`SEEN`. The draws are of the points of a line or the ratios of a mean, with
        replacement, and for counts of what is stated of their coverage. nan: a register that is
        believed has no interval, and five years need years enough.

    Notes
    -----
    Russia's counts are a reconstruction in which people, births and deaths agree; censuses agree
    less well, and what is stated of their coverage stands for that in the intervals.

    References
    ----------
    As the functions of :mod:`glf_utils.death_toll.indirect`; that each becomes a toll in this way
    is this package's own, and no printed case was found. The test is a population made for it.

    Examples
    --------
    >>> from glf_utils.death_toll.known_ages import ages_of
    >>> from glf_utils.tables import load
    >>> russia = ages_of(load("famine_ages"), "Russia")
    >>> tolls = tolls_by_estimator(russia, (1931, 1933), died=0.6 * russia.died)
    >>> [round(float(tolls[name][0]), 2) for name in ("register as it stands", "growth balance")]
    [2.13, 3.34]
    """
    died = found.died if died is None else died
    people = found.people if people is None else people
    exposure, dead = found.exposure, young_joined(died)
    inside = (found.years >= window[0]) & (found.years <= window[1])
    before = found.years < window[0]
    rates = died / exposure
    usual = rates[..., before, :, :].mean(axis=-3, keepdims=True)
    excess = ((rates - usual) * exposure)[..., inside, :, :].sum(axis=(-3, -1)) / 1000  # (… 2)
    given = found.ages, people[..., 0, :, :], people[..., -1, :, :], dead.sum(axis=-3)
    given += (len(found.years),)
    eve = np.flatnonzero(before)[-1]
    crowd = (people[..., eve, :, :] + people[..., eve + 1, :, :]) / 2
    balance = generalised_growth_balance(*given, fitted=FITTED)
    raising = {
        "Brass growth balance": brass_growth_balance(found.ages, crowd, dead[..., eve, :, :]),
        "growth balance": balance,
        "extinct generations": synthetic_extinct_generations(*given, BEYOND),
        "extinct generations, counts balanced": synthetic_extinct_generations(
            *given, BEYOND, coverage=balance.coverage
        ),
    }
    none = np.full(excess.shape[:-1], np.nan)
    tolls = {"register as it stands": (excess.sum(axis=-1), none, none)}
    for name, result in raising.items():
        drawn = (excess / result.resampled(draws, seed)).sum(axis=-1)
        ends = np.nanpercentile(drawn, [5, 95], axis=0)
        tolls[name] = ((excess / result.completeness).sum(axis=-1), *ends)
    rng = np.random.default_rng(seed)
    covered = [stated.draw(draws, rng) for _ in range(2)]
    covered = [covered[0]["first_census"], *(one["second_census"] for one in covered)]
    for name, spans in zip(CLOSED, (_three(found, window), _five(found, window)), strict=True):
        if spans is None:
            tolls[name] = (none, none, none)
            continue
        toll = _between_counts(found, people, spans, name)
        shape = (draws, *(1,) * (people.ndim - 3), 1, 1)
        places = sorted({*spans[0], *spans[1]})
        counted = np.repeat(people[None], draws, axis=0)
        for place, share in zip(places, covered, strict=True):
            counted[..., place, :, :] /= share.reshape(shape)
        ends = np.percentile(_between_counts(found, counted, spans, name), [5, 95], axis=0)
        tolls[name] = (toll, *ends)
    return tolls


def _three(found, window):
    """Places of the Januaries that bound the ordinary years before and the famine."""
    first, after = window[0] - found.years[0], window[1] + 1 - found.years[0]
    return (0, first), (first, after)


def _five(found, window):
    """Five years up to the end of the famine, and five ordinary ones before them or after."""
    width, after = int(found.ages[1]), window[1] + 1 - found.years[0]
    famine = (after - width, after)
    if window[1] - window[0] >= width or famine[0] < 0:
        return None
    if famine[0] >= width:
        return (famine[0] - width, famine[0]), famine
    return ((after, after + width), famine) if after + width <= len(found.years) else None


def _between_counts(found, people, spans, name):
    """Deaths in the famine's years above the rates of ordinary ones, by counts alone, millions."""
    method = variable_r if name == "variable-r" else intercensal_survival
    rates = []
    for first, last in spans:
        table = method(
            found.ages, people[..., first, :, :], people[..., last, :, :], last - first, BEYOND
        )
        rates.append(-np.diff(np.log(table.alive), axis=-1) / np.diff(table.ages))
    lived = found.exposure[slice(*spans[1]), :, 2:-2].sum(axis=0)
    return ((rates[1] - rates[0]) * lived).sum(axis=(-2, -1)) / 1000


def known_at_ages(found, window):
    """Deaths of the famine above the mean rates of the years before, by age, for each estimator.

    Parameters
    ----------
    found : glf_utils.death_toll.known_ages.Ages
        As they were.
    window : (int, int)
        First and last year of the famine.

    Returns
    -------
    dict of str to float
        Millions, at the ages that each of :data:`SEEN` covers.

    Examples
    --------
    >>> from glf_utils.death_toll.known_ages import ages_of
    >>> from glf_utils.tables import load
    >>> known = known_at_ages(ages_of(load("famine_ages"), "Russia"), (1931, 1933))
    >>> round(known["growth balance"], 2), round(known["variable-r"], 2)
    (3.56, 2.42)
    """
    inside = (found.years >= window[0]) & (found.years <= window[1])
    usual = found.rates[found.years < window[0]].mean(axis=0)
    excess = ((found.rates - usual) * found.exposure)[inside].sum(axis=(0, 1)) / 1000
    return {name: float((excess[2:-2] if name in CLOSED else excess).sum()) for name in SEEN}


def bias_by_estimator(found, window, shares, **options):
    """Thin deaths by year and age, and print how far each estimator's toll misses.

    Parameters
    ----------
    found : glf_utils.death_toll.known_ages.Ages
        As they were.
    window : (int, int)
        First and last year of the famine.
    shares : float or array of shape (Y,) or (Y, 2, A)
        Of deaths registered, as :func:`glf_utils.death_toll.known_ages.spread_over_ages` has them.
    **options
        ``stated``, ``draws`` and ``seed`` as in :func:`tolls_by_estimator`.

    Returns
    -------
    DataFrame
        A row an estimator: ``toll``, ``low``, ``high`` and ``known`` (:func:`known_at_ages`),
        millions; ``bias_pct``, toll less known in per cent of it; ``holds``, whether the interval
        has the known in it.

    Raises
    ------
    ValueError
        For a share out of bounds.

    Examples
    --------
    >>> from glf_utils.death_toll.known_ages import ages_of, spread_over_ages
    >>> from glf_utils.tables import load
    >>> russia = ages_of(load("famine_ages"), "Russia")
    >>> table = bias_by_estimator(russia, (1931, 1933), spread_over_ages(russia, 0.6))
    >>> table.loc[["register as it stands", "extinct generations"], "bias_pct"].round().tolist()
    [-42.0, -14.0]
    """
    kept = found.died * _with_infants(_by_age(found, shares))
    tolls = tolls_by_estimator(found, window, died=kept, **options)
    table = pd.DataFrame.from_dict(tolls, "index", columns=["toll", "low", "high"]).astype(float)
    known = pd.Series(known_at_ages(found, window))
    return table.rename_axis("estimator").assign(
        known=known,
        bias_pct=100 * (table["toll"] / known - 1),
        holds=known.between(table["low"], table["high"]),
    )


def _by_age(found, shares):
    """Shares of all years, or by year, or by year and age, with the axes (Y 2 A)."""
    share = real("shares", shares, above=0, at_most=1)
    return np.broadcast_to(share[:, None, None] if share.ndim == 1 else share, found.deaths.shape)


def _with_infants(shares):
    """Shares by five-year groups, those under five given to ages 0 and 1-4."""
    return np.concatenate([shares[..., :1], shares], axis=-1)


def coverage_by_estimator(found, window, truly=STATED, thinnings=100, seed=1958, **options):
    """Thin by year and age many times by chance, and count how often an interval holds the answer.

    Parameters
    ----------
    found : glf_utils.death_toll.known_ages.Ages
        As they were.
    window : (int, int)
        First and last year of the famine.
    truly : glf_utils.death_toll.uncertainty.Stated
        From which the shares of deaths and people that were written down are drawn. The odds of the
        young and the old are drawn too, between a fifth and a grown person's.
    thinnings, seed : int
        How many registers, and where the chances begin.
    **options
        ``stated`` and ``draws`` as in :func:`tolls_by_estimator`.

    Returns
    -------
    DataFrame
        A row an estimator: ``held``, the share of its intervals that hold :func:`known_at_ages`,
        nan where it has none; ``bias_pct``, the mean of its bias, and ``spread_pct``, the standard
        deviation, both in per cent of the known.

    Examples
    --------
    >>> from glf_utils.death_toll.known_ages import ages_of
    >>> from glf_utils.tables import load
    >>> russia = ages_of(load("famine_ages"), "Russia")
    >>> found = coverage_by_estimator(russia, (1931, 1933), thinnings=20)
    >>> found["bias_pct"].idxmin()
    'register as it stands'
    """
    rng = np.random.default_rng(seed)
    drawn = truly.draw(thinnings, rng)
    period = np.searchsorted([window[0], window[1] + 1], found.years, side="right")
    by_year = np.stack([drawn[name] for name in ("before", "famine", "after")], axis=-1)
    young, old = rng.uniform(0.2, 1, (2, thinnings))
    shares = spread_over_ages(found, by_year[:, period], {0: young, 5: 1.0, 60: old})
    covered = rng.choice(drawn["second_census"], (thinnings, len(found.people)))
    covered[:, 0] = drawn["first_census"]
    people = found.people * covered[..., None, None]
    kept = found.died * _with_infants(shares)
    tolls = tolls_by_estimator(found, window, kept, people, seed=seed, **options)
    rows = {}
    for name, known in known_at_ages(found, window).items():
        toll, low, high = tolls[name]
        held = ((low <= known) & (known <= high)).mean() if np.isfinite(low).all() else np.nan
        bias = 100 * (toll / known - 1)
        rows[name] = held, bias.mean(), bias.std()
    table = pd.DataFrame.from_dict(rows, "index", columns=["held", "bias_pct", "spread_pct"])
    return table.rename_axis("estimator")
