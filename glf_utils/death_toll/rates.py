"""Count deaths above a baseline, and hold births and deaths against the growth of two censuses.

Rates are per 1,000 a year; people, births and deaths are in millions. In every array the year is
the last axis; axes before it hold alternatives (series, specifications) side by side.
"""

from dataclasses import dataclass, field

import numpy as np

from glf_utils.arguments import (
    MOST_EVENTS,
    MOST_PEOPLE,
    calendar,
    in_millions,
    per_thousand,
    place_of,
    places_of,
    real,
)
from glf_utils.death_toll.lifetables import crude_rate, with_expectancy
from glf_utils.results import plain


@dataclass(frozen=True)
class Series:
    """One author's rates by year.

    Attributes
    ----------
    death_rates, birth_rates : array of shape (Y,)
        Per 1,000 a year.
    population : array of shape (Y,)
        Millions, properly at mid-year.
    """

    death_rates: np.ndarray
    population: np.ndarray
    birth_rates: np.ndarray


@dataclass(frozen=True)
class Baseline:
    """Rates that would have held without the famine, one for each year, and how they were set.

    Attributes
    ----------
    rates : array of shape (…, Y)
        Per 1,000 a year.
    label : str
        Kind and reference in words.
    years : array of int of shape (Y,), optional
        The calendar years it was made for; looked at when it is used.
    drawn_from : array of shape (…, Y), optional
        The rates it was drawn from, per 1,000 a year; None where a rate was simply supplied. Looked
        at when it is used.
    """

    rates: np.ndarray
    label: str
    years: np.ndarray = field(default=None, repr=False)
    drawn_from: np.ndarray = field(default=None, repr=False)


@dataclass(frozen=True)
class Ledger:
    """Deaths above a baseline (excess deaths, here a toll), or births below one (birth deficit).

    Attributes
    ----------
    total : float or array of shape (…)
        Millions over the window.
    by_year : array of shape (…, W)
        Millions in each year of the window.
    expected : array of shape (…, W)
        What the baseline has in each year of the window, millions.
    years : array of int of shape (W,)
        The calendar years of the window.
    label : str
        Which baseline, over which years, and what is not counted.
    """

    total: np.ndarray
    by_year: np.ndarray = field(repr=False)
    expected: np.ndarray = field(repr=False)
    years: np.ndarray = field(repr=False)
    label: str

    @property
    def p_score(self):
        """The total in per cent of what the baseline has over the window: shape (…)."""
        return plain(100 * np.asarray(self.total) / self.expected.sum(axis=-1))


@dataclass(frozen=True)
class PopulationDeficit:
    """Missing people, split into deaths above and births below the reference year.

    Attributes
    ----------
    total : float or array of shape (…)
        Millions: the two parts together.
    from_deaths, from_births : float or array of shape (…)
        Millions.
    label : str
        Which years against which.
    """

    total: float
    from_deaths: float
    from_births: float
    label: str


@dataclass(frozen=True)
class CensusBalance:
    """Births and deaths between two censuses, the growth they imply, and the growth counted.

    Attributes
    ----------
    births, deaths : float or array of shape (…)
        Millions between the censuses.
    implied_growth : float or array of shape (…)
        Births less deaths, millions.
    counted_growth : float or array of shape (…)
        Second census less first, millions.
    gap : float or array of shape (…)
        The error of closure: implied less counted growth, millions, positive when the rates leave
        too many survivors.
    """

    births: np.ndarray
    deaths: np.ndarray
    implied_growth: np.ndarray
    counted_growth: np.ndarray
    gap: np.ndarray


def baseline_rates(years, rates, kind, reference=None, population=None):
    """Say what the rate would have been without the famine.

    ================  ===========================  ============================================
    kind              reference                    rate in year t
    ================  ===========================  ============================================
    ``"year"``        a year                       the rate of that year
    ``"mean"``        a list of years              the mean of their rates
    ``"line"``        first and last year          on the straight line between their rates
    ``"trend"``       a list of years              on the line of least squares through their rates,
                                                   carried on before and after them
    ``"log trend"``   a list of years              the same through the logarithms: a constant fall
                                                   in per cent a year
    ``"flat"``        a rate                       that rate
    ``"series"``      an array like ``rates``      as supplied
    ================  ===========================  ============================================

    With ``population`` the same is said of numbers of deaths instead of rates: they are held,
    averaged or joined by a line (or supplied, in millions) and divided by the people of each year.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years.
    rates : array of shape (…, Y)
        Per 1,000 a year; nan where a year is missing.
    kind : str
        One of the seven words.
    reference : int, list of int, float or array of shape (…, Y)
        As in the table. A line has no value outside its two years: nan there.
    population : array of shape (…, Y), optional
        Millions; given, the baseline is drawn through numbers of deaths.

    Returns
    -------
    Baseline
        With rates of shape (…, Y).

    Raises
    ------
    ValueError
        For an unknown kind, a reference year without a rate or named twice, or a rate not per
        1,000. A trend that has fallen below 0 is refused where it is used.

    Notes
    -----
    In print are 1957, Coale's line in deaths and Banister's. The trend of the years before, carried
    on, is the usual choice in work on excess mortality.

    References
    ----------
    Coale (1984); Banister (1984).

    Examples
    --------
    >>> years, official = [1957, 1958, 1959, 1960], [10.80, 11.98, 14.59, 25.43]
    >>> baseline_rates(years, official, "mean", [1957, 1958])
    Baseline(rates=array([11.39, 11.39, 11.39, 11.39]), label='mean of 1957, 1958')
    """
    years = calendar(years)
    rates = per_thousand("rates", rates, years, missing=True)
    source = None if kind in ("flat", "series") else rates
    if population is None:
        return Baseline(*_drawn(years, rates, kind, reference), years, source)
    people = _people(population, years)
    numbers, label = _drawn(years, rates * people / 1000, kind, reference)
    return Baseline(numbers / people * 1000, f"{label}, in deaths", years, source)


_NEEDED = {
    "year": (1, 1, "one year"),
    "mean": (1, None, "years"),
    "line": (2, 2, "two years"),
    "trend": (2, None, "two years or more"),
    "log trend": (2, None, "two years or more"),
}


def _kinds(*others):
    return "', '".join([*_NEEDED, *others])


def _drawn(years, rates, kind, reference):
    """Draw a baseline through rates, or through numbers of deaths: its values and its label."""
    if kind in ("flat", "series"):
        wanted = real(
            "reference", reference, at_least=0, at_most=1000, years=years, missing=kind == "series"
        )
        return wanted + 0 * years, f"flat {wanted:g}" if wanted.ndim == 0 else "a supplied series"
    if kind not in _NEEDED:
        raise ValueError(f"kind is {kind!r}; it must be one of '{_kinds('flat', 'series')}'")
    named = np.atleast_1d(real("reference", reference))
    least, most, needed = _NEEDED[kind]
    if named.ndim > 1 or len(named) < least or (most and len(named) > most):
        raise ValueError(f"reference is {reference!r}; a baseline of kind {kind!r} needs {needed}")
    if len(set(named.tolist())) < len(named):
        raise ValueError(f"reference is {reference!r}; it must name each year once")
    known = rates[..., [place_of("reference", year, years) for year in named]]
    real("rates", known, years=named, **({"above": 0} if kind == "log trend" else {}))
    if kind in ("year", "mean"):
        level = known.mean(axis=-1, keepdims=True)
        label = ", ".join(f"{year:g}" for year in named)
        return level + 0 * years, label if kind == "year" else f"mean of {label}"
    first, last = named[0], named[-1]
    if kind == "line":
        if first >= last:
            raise ValueError(
                f"reference is {reference!r}; a line needs an earlier and a later year"
            )
        way = np.where((years >= first) & (years <= last), (years - first) / (last - first), np.nan)
        line = known[..., :1] + way * (known[..., 1:] - known[..., :1])
        return line, f"line from {first:g} to {last:g}"
    values = np.log(known) if kind == "log trend" else known
    weights = (named - named.mean()) / ((named - named.mean()) ** 2).sum()
    slope = (values * weights).sum(axis=-1, keepdims=True)
    carried = values.mean(axis=-1, keepdims=True) + slope * (years - named.mean())
    carried = np.exp(carried) if kind == "log trend" else carried
    shape = "log-linear trend" if kind == "log trend" else "linear trend"
    return carried, f"{shape} of {min(named):g} to {max(named):g}"


def fertility_baseline(years, birth_rates, fertility, kind, reference=None):
    """Say what the birth rate would have been, had women borne children as in normal years.

    Each year's birth rate is raised by normal over actual total fertility. A frozen birth rate
    also freezes the age structure; this one lets it change as it did, for a year with few women
    of child-bearing age has few births at any fertility.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years.
    birth_rates : array of shape (…, Y)
        Crude birth rates per 1,000 a year.
    fertility : array of shape (…, Y)
        Total fertility rate, children per woman.
    kind : str
        How the normal fertility is set, as in :func:`baseline_rates`.
    reference : int, list of int, float or array of shape (…, Y)
        As in :func:`baseline_rates`.

    Returns
    -------
    Baseline
        Of birth rates (…, Y), for :func:`birth_deficit`.

    Raises
    ------
    ValueError
        As :func:`baseline_rates`, and for a fertility of 0.

    Notes
    -----
    The usual scaling by the total fertility rate. No notebook needs it; the cookbook rebuilds with
    it births short of normal fertility, which some authors print.

    Examples
    --------
    >>> scaled = fertility_baseline([1957, 1961], [34.03, 18.02], [6.41, 3.29], "year", 1957)
    >>> scaled.rates.round(2), scaled.label
    (array([34.03, 35.11]), 'fertility of 1957')
    """
    years = calendar(years)
    births = per_thousand("birth_rates", birth_rates, years, missing=True)
    actual = real("fertility", fertility, above=0, years=years, missing=True)
    normal, label = _drawn(years, actual, kind, reference)
    return Baseline(births * normal / actual, f"fertility of {label}", years, births)


def expectancy_baseline(years, rates, expectancy, kind, reference, table, people):
    """Say what the death rate would have been, had life expectancy gone its normal way.

    Life expectancy at birth is drawn through its normal years, or carried on from them; each
    year's gives a life table, and the table a crude rate of the people who were there. So the
    ages of the people have their say, as they have not in a line through crude rates. All is then
    raised or lowered by one factor, that of the rates over the table's in the normal years: table
    and people lend their shape, and the level is that of the rates.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years.
    rates : array of shape (…, Y)
        Per 1,000 a year; nan where a year is missing.
    expectancy : array of shape (…, Y)
        Life expectancy at birth, e(0), both sexes, in years; nan where missing.
    kind : {"year", "mean", "line", "trend", "log trend"}
        How its normal course is drawn, as in :func:`baseline_rates`: a line from a year before to
        one after, or the trend of the years before.
    reference : int or list of int
        As in :func:`baseline_rates`.
    table : LifeTable
        The standard, of shape (2, X), whose rates move alike at all ages.
    people : array of shape (Y, 2, A) or (2, A)
        By age and sex, males first, in groups of five years, in any unit; without years, one
        structure of ages stands for all.

    Returns
    -------
    Baseline
        With rates of shape (…, Y); nan where the line has no value.

    Raises
    ------
    ValueError
        As :func:`baseline_rates`, and for an expectancy that no factor on the standard gives.

    References
    ----------
    Jiang and Li (1988) draw normal mortality from a rising expectancy, with a model of the life
    table that is not this one; no printed case with its inputs was found. The tests are a life
    expectancy that does not move, and one that goes as the rates do.

    Examples
    --------
    >>> from glf_utils.death_toll.lifetables import life_table
    >>> table = life_table([0, 5, 10], np.full((2, 3), 0.02))
    >>> normal = expectancy_baseline([1957, 1958, 1959], [24, 40, 22.22], [50, 30, 54], "line",
    ...                              (1957, 1959), table, np.ones((2, 3)))
    >>> normal.rates.round(2), normal.label
    (array([24.  , 23.08, 22.22]), 'life expectancy, line from 1957 to 1959')
    """
    years = calendar(years)
    if kind not in _NEEDED:
        raise ValueError(f"kind is {kind!r}; it must be one of '{_kinds()}'")
    rates = per_thousand("rates", rates, years, missing=True)
    lives = real("expectancy", expectancy, above=0, years=years, missing=True)
    normal, label = _drawn(years, lives, kind, reference)
    named = [place_of("reference", year, years) for year in np.atleast_1d(reference)]
    met = real("rates", rates[..., named], years=years[named])
    known = np.isfinite(normal.reshape(-1, len(years))).all(axis=0)
    people = np.broadcast_to(people, (len(years), *np.shape(people)[-2:]))
    of_table = crude_rate(with_expectancy(table, lives[..., named]), people[named])
    level = (met / of_table).mean(axis=-1, keepdims=True)
    crude = np.full(np.broadcast_shapes(rates.shape, normal.shape), np.nan)
    made = with_expectancy(table, normal[..., known])
    crude[..., known] = level * crude_rate(made, people[known])
    return Baseline(crude, f"life expectancy, {label}", years, rates)


def toll_of_rates(years, rates, population, window, kind, reference, net=True):
    """Count the deaths above a baseline drawn through the same death rates: the door for rates.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years.
    rates : array of shape (…, Y)
        Crude death rates per 1,000 a year.
    population : array of shape (…, Y)
        Millions, properly at mid-year.
    window : (int, int)
        First and last year, both counted.
    kind, reference : str; int, list of int, float or array of shape (…, Y)
        The baseline, as :func:`baseline_rates` has it.
    net : bool
        Whether years below the baseline reduce the total.

    Returns
    -------
    Ledger

    Raises
    ------
    ValueError
        As :func:`baseline_rates` and :func:`excess_deaths`.

    References
    ----------
    As :func:`excess_deaths`.

    Examples
    --------
    >>> years, official = [1957, 1958, 1959, 1960, 1961], [10.80, 11.98, 14.59, 25.43, 14.24]
    >>> people = [637.405, 653.235, 666.005, 667.07, 660.33]
    >>> toll = toll_of_rates(years, official, people, (1958, 1961), "year", 1957)
    >>> round(toll.total, 2), round(toll.p_score)
    (15.33, 54)
    """
    baseline = baseline_rates(years, rates, kind, reference)
    return excess_deaths(years, rates, population, window, baseline, net)


def toll_of_counts(years, deaths, window, kind, reference, population=None, net=True):
    """Count the deaths above a baseline drawn through numbers of deaths: the door for counts.

    Without ``population`` the normal number of deaths is held, averaged or joined by a line, as
    Coale and Xia do: more people then die no more often, but in no greater number. With it the
    normal *rate* is, and the normal number grows with the people.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years.
    deaths : array of shape (…, Y)
        Millions a year; nan where missing.
    window : (int, int)
        First and last year, both counted.
    kind, reference : str; int, list of int, float or array of shape (…, Y)
        The baseline, as :func:`baseline_rates` has it, a level or series in millions; with
        ``population`` per 1,000.
    population : array of shape (…, Y), optional
        Millions, properly at mid-year.
    net : bool
        Whether years below the baseline reduce the total.

    Returns
    -------
    Ledger

    Raises
    ------
    ValueError
        As :func:`toll_of_rates`.

    References
    ----------
    Coale (1984), for the line in deaths.

    Examples
    --------
    >>> toll = toll_of_counts([1957, 1958, 1959, 1960], [6.88, 7.81, 9.70, 16.93], (1958, 1960),
    ...                       "mean", [1957, 1958])
    >>> round(toll.total, 2), toll.label
    (12.41, 'excess deaths 1958-1960, baseline mean of 1957, 1958 in deaths, births not counted')
    """
    years = calendar(years)
    died = in_millions("deaths", deaths, MOST_EVENTS, years, missing=True)
    if population is not None:
        people = _people(population, years)
        return toll_of_rates(years, died / people * 1000, people, window, kind, reference, net)
    normal, label = _drawn(years, died, kind, reference)
    inside = places_of(window, years)
    dead, expected = (
        _known(name, numbers, years, inside)
        for name, numbers in (("deaths", died), ("baseline", normal))
    )
    return _toll(dead - expected, expected, years[inside], f"{label} in deaths", net)


def toll_by_reference(
    years, rates, population, window, kind, references=None, baseline=baseline_rates
):
    """Count the toll once for each choice of the normal years: what the choice is worth.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years.
    rates : array of shape (Y,)
        Crude death rates per 1,000 a year; nan where missing.
    population : array of shape (Y,)
        Millions, properly at mid-year.
    window : (int, int)
        First and last year, both counted.
    kind : {"year", "mean", "line", "trend", "log trend"}
        As in :func:`baseline_rates`.
    references : list, optional
        Each as :func:`baseline_rates` takes it. Left out, all that the years with a rate offer:
        each year before the window; for a mean or a trend the two (for a trend three) years
        before it, and one more at a time; for a line each of them with each year after.
    baseline : callable
        Makes a baseline of years, rates, kind and reference, as :func:`baseline_rates` does;
        another, say :func:`expectancy_baseline` with its tables filled in, draws through life
        expectancy.

    Returns
    -------
    dict of str to float
        Millions by the words for the baseline.

    Raises
    ------
    ValueError
        As :func:`toll_of_rates`; for another kind, or if the years offer no reference.

    Notes
    -----
    The list of what is offered is this package's own.

    Examples
    --------
    >>> years, rates = range(1953, 1961), [14.0, 13.18, 12.28, 11.40, 10.80, 11.98, 14.59, 25.43]
    >>> people = [581.4, 595.3, 608.7, 621.5, 637.4, 653.2, 666.0, 667.1]
    >>> found = toll_by_reference(years, rates, people, (1958, 1960), "trend")
    >>> {name: round(toll, 1) for name, toll in found.items()}  # doctest: +NORMALIZE_WHITESPACE
    {'linear trend of 1955 to 1957': 16.1, 'linear trend of 1954 to 1957': 16.4,
     'linear trend of 1953 to 1957': 16.5}
    """
    years = calendar(years)
    if kind not in _NEEDED:
        raise ValueError(f"kind is {kind!r}; it must be one of '{_kinds()}'")
    if references is None:
        known = np.isfinite(per_thousand("rates", rates, years, missing=True))
        before = years[known & (years < window[0])]
        if kind == "year":
            references = before
        elif kind == "line":
            after = years[known & (years > window[1])]
            references = [(first, last) for first in before for last in after]
        else:
            fewest = 2 if kind == "mean" else 3
            references = [before[-size:] for size in range(fewest, len(before) + 1)]
        if not len(references):
            raise ValueError(
                f"window is {window!r}; too few years beside it have a rate for kind {kind!r}"
            )
    found = {}
    for reference in references:
        usual = baseline(years, rates, kind, reference)
        found[usual.label] = excess_deaths(years, rates, population, window, usual).total
    return found


def excess_deaths(years, rates, population, window, baseline, net=True):
    """Count the deaths above a baseline, ``sum of (rate - baseline) x population / 1000``.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years.
    rates : array of shape (…, Y)
        Crude death rates per 1,000 a year.
    population : array of shape (…, Y)
        Millions, properly at mid-year; year-end totals move each year's people half a year on
        (``registers.midyear_population`` sets them back).
    window : (int, int)
        First and last year, both counted.
    baseline : Baseline, or float or array of shape (…, Y)
        Made for the same years, or rates per 1,000 a year.
    net : bool
        True lets years below the baseline reduce the total; False leaves them out.

    Returns
    -------
    Ledger
        With a label that must travel with its numbers. Where the baseline was drawn from other
        rates than these, the label says so.

    Raises
    ------
    ValueError
        If a year of the window is missing or has no rate, people or baseline, if the baseline was
        made for other years, or if a number is of another unit.

    References
    ----------
    The usual definition of excess mortality, rates times exposure (person-years), as in Ashton,
    Hill, Piazza and Zeitz (1984).

    Examples
    --------
    Official rates against 1957:

    >>> years, official = [1957, 1958, 1959, 1960, 1961], [10.80, 11.98, 14.59, 25.43, 14.24]
    >>> people = [637.405, 653.235, 666.005, 667.07, 660.33]
    >>> frozen = baseline_rates(years, official, "year", 1957)
    >>> toll = excess_deaths(years, official, people, (1958, 1961), frozen)
    >>> round(toll.total, 2), toll.label
    (15.33, 'excess deaths 1958-1961, baseline 1957, births not counted')
    """
    excess, expected, span = _above(years, rates, population, window, baseline)
    return _toll(excess, expected, span, _label(baseline, rates), net)


def birth_deficit(years, birth_rates, population, window, baseline):
    """Count the births short of a baseline: a ledger of its own, never added to deaths.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years.
    birth_rates : array of shape (…, Y)
        Crude birth rates per 1,000 a year.
    population : array of shape (…, Y)
        Millions, properly at mid-year.
    window : (int, int)
        First and last year, both counted.
    baseline : Baseline, or float or array of shape (…, Y)
        Made for the same years, or rates per 1,000 a year.

    Returns
    -------
    Ledger
        Positive where fewer were born than the baseline has.

    Raises
    ------
    ValueError
        As :func:`excess_deaths`.

    References
    ----------
    Ashton, Hill, Piazza and Zeitz (1984), who keep births lost or postponed apart from deaths.

    Examples
    --------
    >>> years, official = [1957, 1958, 1959, 1960, 1961], [34.03, 29.22, 24.78, 20.86, 18.02]
    >>> people = [637.405, 653.235, 666.005, 667.07, 660.33]
    >>> frozen = baseline_rates(years, official, "year", 1957)
    >>> round(birth_deficit(years, official, people, (1958, 1961), frozen).total, 1)
    28.7
    """
    above, expected, span = _above(years, birth_rates, population, window, baseline)
    label = f"births short of baseline {_label(baseline, birth_rates)}, {span[0]:g}-{span[-1]:g}"
    return Ledger(
        plain(-above.sum(axis=-1)), -above, expected, span, label + ", deaths not counted"
    )


def split_deficit(years, births, deaths, window, reference):
    """Split a deficit in natural increase into deaths that happened and births that did not.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years.
    births, deaths : array of shape (…, Y)
        Millions a year.
    window : (int, int)
        First and last year, both counted.
    reference : int
        The year whose births and deaths are held constant.

    Returns
    -------
    PopulationDeficit

    Raises
    ------
    ValueError
        If a year is missing or a number is negative.

    References
    ----------
    Patnaik (2002), whose calculation is taken apart here.

    Examples
    --------
    >>> split = split_deficit([1958, 1959, 1960, 1961], [19.05, 16.47, 13.89, 11.88],
    ...                       [7.81, 9.70, 16.93, 9.39], (1959, 1961), reference=1958)
    >>> round(split.total, 1), round(split.from_deaths, 1), round(split.from_births, 1)
    (27.5, 12.6, 14.9)
    """
    years = calendar(years)
    inside, at = places_of(window, years), place_of("reference", reference, years)
    born, died = (
        in_millions(name, numbers, MOST_EVENTS, years)
        for name, numbers in (("births", births), ("deaths", deaths))
    )
    dead = (died[..., inside] - died[..., [at]]).sum(axis=-1)
    unborn = (born[..., [at]] - born[..., inside]).sum(axis=-1)
    label = f"deficit {window[0]:g}-{window[1]:g} against {reference:g}: deaths and births"
    return PopulationDeficit(plain(dead + unborn), plain(dead), plain(unborn), label)


def balance_gap(years, birth_rates, death_rates, population, censuses, coverage=None):
    """Hold births minus deaths between two mid-year censuses against the growth they counted.

    The difference is the *error of closure*. The two census years count half. Migration across the
    border is left out. Unless ``coverage`` is given, both censuses are taken to have counted all.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years.
    birth_rates, death_rates : array of shape (…, Y)
        Per 1,000 a year.
    population : array of shape (…, Y)
        Millions at mid-year.
    censuses : dict of int to float
        The two populations in millions by year, as ``{1953: 582.60, 1964: 694.58}``.
    coverage : dict of int to float or array of shape (…), optional
        Share of the people whom each census counted, by year, as ``{1953: 0.99}``; a census that
        is not named counted all. Censuses miss a few per cent, and two that miss alike close.

    Returns
    -------
    CensusBalance
        With ``counted_growth`` between the censuses as corrected.

    Raises
    ------
    ValueError
        If there are not two censuses or a year between them lacks a number, and for a coverage of
        another year or outside 0.8 to 1.2 (a census can count people twice).

    References
    ----------
    Coale (1984) and Banister (1984), for the balancing equation.

    Examples
    --------
    >>> balance = balance_gap([1953, 1954], [37.0, 38.0], [14.0, 13.2], [581.4, 595.3],
    ...                       {1953: 582.6, 1954: 597.0})
    >>> round(balance.implied_growth, 2), round(balance.gap, 2)
    (14.07, -0.33)

    One per cent of people missed in 1954:

    >>> balance = balance_gap([1953, 1954], [37.0, 38.0], [14.0, 13.2], [581.4, 595.3],
    ...                       {1953: 582.6, 1954: 597.0}, coverage={1954: 0.99})
    >>> round(balance.gap, 2)
    -6.36
    """
    years = calendar(years)
    if len(censuses) != 2:
        raise ValueError(f"censuses is {censuses!r}; it must give two years and their populations")
    first, last = sorted(censuses)
    inside = places_of((first, last), years)
    weight = np.ones(len(inside))
    weight[[0, -1]] = 0.5
    people = _people(population, years)
    births, deaths = (
        (
            _known(name, per_thousand(name, rates, years, missing=True), years, inside)
            * _known("population", people, years, inside)
            * weight
        ).sum(axis=-1)
        / 1000
        for name, rates in (("birth_rates", birth_rates), ("death_rates", death_rates))
    )
    held = {first: 1, last: 1} | (coverage or {})
    if set(held) != {first, last}:
        raise ValueError(f"coverage is {coverage!r}; it must name {first:g}, {last:g} or both")
    counted = np.subtract(
        *(
            in_millions("censuses", censuses[year], MOST_PEOPLE, above=0)
            / real("coverage", held[year], at_least=0.8, at_most=1.2)
            for year in (last, first)
        )
    )
    implied = births - deaths
    return CensusBalance(*map(plain, (births, deaths, implied, counted, implied - counted)))


def _above(years, rates, population, window, baseline):
    """Return events above the baseline and in it by year of the window, millions, and the years."""
    years = calendar(years)
    inside = places_of(window, years)
    expected = baseline
    if isinstance(baseline, Baseline):
        expected, made_for = baseline.rates, baseline.years
        if made_for is not None and not np.array_equal(made_for, years):
            raise ValueError(
                f"baseline was made for {made_for[0]} to {made_for[-1]} ("
                f"{len(made_for)} years) and years has {years[0]} to {years[-1]} ("
                f"{len(years)}); make it for the same years"
            )
    rate, people, normal = (
        _known(name, values, years, inside)
        for name, values in (
            ("rates", per_thousand("rates", rates, years, missing=True)),
            ("population", _people(population, years)),
            ("baseline", expected),
        )
    )
    return (rate - normal) * people / 1000, normal * people / 1000, years[inside]


def _toll(excess, expected, span, baseline, net):
    """Add up deaths above a baseline, with the label that must travel with them."""
    label = f"excess deaths {span[0]:g}-{span[-1]:g}, baseline {baseline}"
    if not net:
        excess = np.maximum(excess, 0)
        label += ", years below it left out"
    label += ", births not counted"
    expected = np.broadcast_to(expected, excess.shape)
    return Ledger(plain(excess.sum(axis=-1)), excess, expected, span, label)


def _people(population, years):
    return in_millions("population", population, MOST_PEOPLE, years, missing=True, above=0)


def _known(name, values, years, inside):
    """Return the values inside the window; every one must be a number."""
    values = real(name, values, at_least=0, years=years, missing=True)
    values = np.broadcast_to(values, np.broadcast_shapes(values.shape, years.shape))[..., inside]
    return real(name, values, years=years[inside])


def _label(baseline, rates):
    """The words for a baseline, and whether it was drawn from the rates that it is held against."""
    if isinstance(baseline, Baseline):
        source = baseline.drawn_from
        own = source is None or (
            np.shape(source)[-1:] == np.shape(rates)[-1:]
            and np.array_equal(
                *np.broadcast_arrays(source, np.asarray(rates, float)), equal_nan=True
            )
        )
        return baseline.label + ("" if own else " of another series")
    return f"flat {baseline:g}" if np.ndim(baseline) == 0 else "a supplied series"
