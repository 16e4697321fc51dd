"""Famines with a known answer: what each baseline and correction makes of a thinned register.

``thinned``, ``after_china`` and ``known_excess`` stand in ``known_registers``.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from glf_utils.death_toll.choices import STATED
from glf_utils.death_toll.known_registers import known_excess, thinned
from glf_utils.death_toll.lifetables import life_table
from glf_utils.death_toll.rates import baseline_rates, excess_deaths, expectancy_baseline
from glf_utils.death_toll.registers import follow_rates
from glf_utils.death_toll.uncertainty import draw_tolls

AT_MOST = 400  # draws whose life tables are worked


def baselines(famine):
    """Every kind of baseline, drawn from the ordinary years of a famine.

    Where the famine has ages, two are drawn through life expectancy: how it would have risen gives
    the rates, and the people of each year their weight. Without ages, as in Finland, there is none:
    what such a baseline adds to crude rates is the ages of the people, and the table has none.

    Parameters
    ----------
    famine : glf_utils.death_toll.known_registers.Famine
        Whose years count.

    Returns
    -------
    dict of str to tuple
        Kind, reference and what it is drawn through, by a name in words.

    Notes
    -----
    People come in groups of five years. Where births fall, fewer of those under five are infants
    than in the life table, and a baseline through life expectancy is a little high.

    References
    ----------
    :func:`glf_utils.death_toll.rates.baseline_rates` and, for life expectancy,
    :func:`glf_utils.death_toll.rates.expectancy_baseline`.

    Examples
    --------
    >>> from glf_utils.death_toll.known_registers import famine_of
    >>> from glf_utils.tables import load
    >>> baselines(famine_of(load("famine_registers"), "Finland", (1866, 1868)))["last year before"]
    ('year', 1865, 'rates')
    """
    before, after = famine.before, famine.after
    later = after[min(2, len(after) - 1)]
    line = (before[-1], later)
    found = {
        "last year before": ("year", before[-1], "rates"),
        "mean of three years before": ("mean", before[-3:], "rates"),
        "mean of all years before": ("mean", before, "rates"),
        "trend of the years before": ("trend", before, "rates"),
        "the same trend, in per cent": ("log trend", before, "rates"),
        "line to the first year after": ("line", (before[-1], after[0]), "rates"),
        f"line to {later}": ("line", line, "rates"),
        f"line to {later}, in deaths": ("line", line, "deaths"),
    }
    if famine.ages is not None:
        found |= {
            "trend in life expectancy": ("trend", before, "life expectancy"),
            f"line to {later}, in life expectancy": ("line", line, "life expectancy"),
        }
    return found


def tolls_by_baseline(famine):
    """Count the deaths of a famine above every kind of baseline, by the register as it stands.

    Parameters
    ----------
    famine : glf_utils.death_toll.known_registers.Famine
        Its register, complete or not.

    Returns
    -------
    Series
        Millions, by the names of :func:`baselines`.

    Raises
    ------
    ValueError
        For a trend that falls below 0.

    Examples
    --------
    >>> from glf_utils.death_toll.known_registers import famine_of
    >>> from glf_utils.tables import load
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> tolls_by_baseline(finland).iloc[[0, -1]].round(3).tolist()
    [0.134, 0.147]
    """
    found = {name: _toll(famine, yardstick) for name, yardstick in baselines(famine).items()}
    return pd.Series(found).rename_axis("baseline")


CORRECTIONS = {
    "as registered": "nothing is known of what is missing",
    "one share for all years": "raised until two counts of the people close",
    "famine years alone": "they are raised by their own share, the yardstick by none",
    "two shares": "the ordinary years' share is known, the famine's closes the counts",
    "each year's own share": "everything is known",
}


def corrected(known, births, deaths):
    """What five readers make of a thinned register, each with the people that go with it.

    The second and the fourth know the births, as from a survey, and the people counted in the first
    and the last year, and choose a share with which these close; their population, and that of the
    fifth, follows births and deaths from the first count. The third makes the mistake of lesson 54:
    the dead are corrected and the yardstick is not.

    Parameters
    ----------
    known : glf_utils.death_toll.known_registers.Famine
        As it was.
    births, deaths : float or array of shape (Y,)
        Shares registered, as in ``thinned``.

    Returns
    -------
    dict of str to Famine
        By the names of :data:`CORRECTIONS`.

    Examples
    --------
    >>> from glf_utils.death_toll.known_registers import famine_of
    >>> from glf_utils.tables import load
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> found = corrected(finland, 1, 0.6)
    >>> np.allclose(found["one share for all years"].death_rates, finland.death_rates, rtol=0.001)
    True
    """
    register = thinned(known, births, deaths)
    inside = known.inside
    ordinary = known.death_rates[~inside].sum() / register.death_rates[~inside].sum()

    def raised(by):
        rates = register.death_rates * by
        people = follow_rates(
            known.years, known.birth_rates, rates, known.years[0], known.population[0]
        )
        return replace(register, death_rates=rates, population=people)

    def closing(usual):
        """Halve the interval of factors, each above 1, until the last count is met."""
        low, high = 0.2, 6.0
        for _ in range(50):
            by = (low + high) / 2
            found = raised(usual(by))
            low, high = (by, high) if found.population[-1] > known.population[-1] else (low, by)
        return found

    return {
        "as registered": register,
        "one share for all years": closing(lambda by: by),
        "famine years alone": replace(
            register, death_rates=np.where(inside, known.death_rates, register.death_rates)
        ),
        "two shares": closing(lambda by: np.where(inside, by, ordinary)),
        "each year's own share": raised(known.death_rates / register.death_rates),
    }


def bias_by_method(known, births, deaths):
    """Run every baseline on every correction of a thinned register, and print how far it misses.

    Parameters
    ----------
    known : glf_utils.death_toll.known_registers.Famine
        As it was.
    births, deaths : float or array of shape (Y,)
        Shares registered, as of ``after_china``.

    Returns
    -------
    DataFrame
        A row a method: ``correction``, ``baseline``, ``toll`` (millions), ``complete`` (the same
        baseline on the complete register), ``known`` (``known_excess``); ``missed_pct``, toll
        less complete, and ``bias_pct``, toll less known, both in per cent of the known.

    Raises
    ------
    ValueError
        As ``thinned``; a trend that falls below 0 is named.

    Examples
    --------
    >>> from glf_utils.death_toll.known_registers import famine_of
    >>> from glf_utils.tables import load
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> table = bias_by_method(finland, 1, 0.6)
    >>> len(table), table.iloc[0][["toll", "complete"]].astype(float).round(3).tolist()
    (40, [0.081, 0.134])
    """
    truth, complete = known_excess(known), tolls_by_baseline(known)
    found = {
        name: pd.DataFrame({"toll": tolls_by_baseline(reading), "complete": complete})
        for name, reading in corrected(known, births, deaths).items()
    }
    table = pd.concat(found, names=["correction"]).reset_index().assign(known=truth)
    return table.assign(
        missed_pct=100 * (table["toll"] - table["complete"]) / truth,
        bias_pct=100 * (table["toll"] - table["known"]) / truth,
    )


def intervals(register, stated=STATED, draws=20_000, seed=1958):
    """Let the draws of ``uncertainty`` loose on a register: an interval for every baseline.

    The births are those given, and two counts, of the first and the last year, must close. What is
    stated of completeness is stated before the famine is looked at. The draws that close are the
    same for every baseline; each draws it through its own corrected rates.

    Parameters
    ----------
    register : glf_utils.death_toll.known_registers.Famine
        As it was kept; its population is as it was counted.
    stated : glf_utils.death_toll.uncertainty.Stated
        What is thought of it; left out, what this course states of China's register.
    draws : int
        How many.
    seed : int
        Where they begin.

    Returns
    -------
    DataFrame
        A row a baseline: ``low``, ``median`` and ``high``, between which nine in ten of the draws
        that close lie, millions.

    Raises
    ------
    ValueError
        If hardly a draw closes: what is stated and what was counted exclude each other.

    Notes
    -----
    Two counts close within the same part of the people as one million is of China's 600 million.
    Baselines through life expectancy are worked for the first few hundred draws alone.

    Examples
    --------
    >>> from glf_utils.death_toll.known_registers import after_china, famine_of
    >>> from glf_utils.tables import load
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> kept = thinned(finland, 1, after_china(finland)[1])
    >>> intervals(kept).loc["last year before"].round(2).tolist()
    [0.08, 0.13, 0.18]
    """
    counts = register.population[[0, -1]]
    found = draw_tolls(
        register.years,
        register.death_rates,
        register.birth_rates,
        dict(zip(register.years[[0, -1]].tolist(), counts, strict=True)),
        stated,
        register.window,
        "year",
        register.before[-1],
        famine_years=register.window,
        closes_within=counts[0] / 600,
        draws=draws,
        seed=seed,
    )
    shares = [found.inputs[name] for name in ("before", "famine", "after")]
    period = np.searchsorted(
        [register.window[0], register.window[1] + 1], register.years, side="right"
    )
    died = register.death_rates / np.stack(shares, axis=-1)[:, period]
    born = register.birth_rates / found.inputs["births"][:, None]
    start = counts[0] / found.inputs["first_census"][:, None]
    crowd = follow_rates(register.years, born, died, register.years[0], start)
    rows = {}
    for name, yardstick in baselines(register).items():
        some = slice(AT_MOST if yardstick[-1] == "life expectancy" else None)
        reading = replace(register, death_rates=died[some], population=crowd[some])
        rows[name] = np.percentile(_toll(reading, yardstick), [5, 50, 95])
    table = pd.DataFrame.from_dict(rows, "index", columns=["low", "median", "high"])
    return table.rename_axis("baseline")


def intervals_by_method(known, deaths, stated=STATED, draws=20_000):
    """Ask of each baseline's interval, on a thinned register, whether it holds the known answer.

    Parameters
    ----------
    known : glf_utils.death_toll.known_registers.Famine
        As it was.
    deaths : float or array of shape (Y,)
        Shares of deaths registered, as in ``thinned``, which the draws do not know.
    stated, draws : glf_utils.death_toll.uncertainty.Stated, int
        As in :func:`intervals`.

    Returns
    -------
    DataFrame
        As of :func:`intervals`, with ``known`` (``known_excess``, millions) and ``holds``,
        whether it lies between.

    Raises
    ------
    ValueError
        As :func:`intervals`.

    Examples
    --------
    >>> from glf_utils.death_toll.known_registers import after_china, famine_of
    >>> from glf_utils.tables import load
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> found = intervals_by_method(finland, after_china(finland)[1])
    >>> len(found), bool(found["holds"].all())
    (8, True)
    """
    table = intervals(thinned(known, 1, deaths), stated, draws)
    table = table.assign(known=known_excess(known))
    return table.assign(holds=table["known"].between(table["low"], table["high"]))


def coverage_by_method(known, truly=STATED, stated=STATED, thinnings=100, draws=10_000, seed=1958):
    """Thin a register many times by chance, and count how often an interval holds the answer.

    Parameters
    ----------
    known : glf_utils.death_toll.known_registers.Famine
        As it was.
    truly : glf_utils.death_toll.uncertainty.Stated
        From which the shares of deaths, births and people that were written down are drawn.
    stated : glf_utils.death_toll.uncertainty.Stated
        What the reader thinks of them.
    thinnings, draws : int
        How many registers, and draws for each.
    seed : int
        Where the chances begin.

    Returns
    -------
    DataFrame
        A row a baseline: ``held``, the share of its intervals that hold ``known_excess``;
        ``width``, their mean width in per cent of it; ``refused``, the share of registers for which
        there is none, since hardly a draw closes.

    Notes
    -----
    An interval of nine in ten should hold it nine times in ten. It does so, up to what a baseline
    misses on the complete register, where the registers are drawn from what is stated: the test
    proper is where they are not. Baselines through life expectancy are left out.

    References
    ----------
    Morris, White and Crowther (2019), for coverage as a measure of a method on simulated data.

    Examples
    --------
    >>> from glf_utils.death_toll.known_registers import famine_of
    >>> from glf_utils.tables import load
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> found = coverage_by_method(finland, thinnings=20)
    >>> bool((found["held"] > 0.7).all()), float(found["refused"].max())
    (True, 0.0)
    """
    known = replace(known, ages=None)  # life tables take their time
    drawn, truth = truly.draw(thinnings, seed), known_excess(known)
    period = np.searchsorted([known.window[0], known.window[1] + 1], known.years, side="right")
    shares = np.stack([drawn[name] for name in ("before", "famine", "after")], axis=-1)[:, period]
    found = []
    for one, share in enumerate(shares):
        counted = known.population.copy()
        counted[[0, -1]] *= drawn["first_census"][one], drawn["second_census"][one]
        register = replace(thinned(known, 1, share), population=counted)
        register = replace(register, birth_rates=known.birth_rates * drawn["births"][one])
        try:
            found.append(intervals(register, stated, draws, seed + 1 + one))
        except ValueError:
            continue  # what is stated excludes the counts
    names = pd.Index(list(baselines(known)), name="baseline")
    low, high = (
        np.array([table[end] for table in found]).reshape(-1, len(names)) for end in ("low", "high")
    )
    held = (low <= truth) & (high >= truth)
    return pd.DataFrame(
        {
            "held": held.mean(axis=0) if found else np.nan,
            "width": 100 * (high - low).mean(axis=0) / truth if found else np.nan,
            "refused": 1 - len(found) / thinnings,
        },
        index=names,
    )


def _toll(famine, yardstick):
    kind, reference, through = yardstick
    if through == "life expectancy":
        ages = famine.ages
        before = np.isin(famine.years, famine.before)
        usual = expectancy_baseline(
            famine.years,
            famine.death_rates,
            famine.life_expectancy,
            kind,
            reference,
            life_table(ages.limits, ages.rates[before].mean(axis=0)),
            ages.mean_people,
        )
    else:
        crowd = famine.population if through == "deaths" else None
        usual = baseline_rates(famine.years, famine.death_rates, kind, reference, crowd)
    return excess_deaths(
        famine.years, famine.death_rates, famine.population, famine.window, usual
    ).total
