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
from glf_utils.results import plain


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
    """Deaths above, or births below, a baseline.

    Attributes
    ----------
    total : float or array of shape (…)
        Millions over the window.
    by_year : array of shape (…, W)
        Millions in each year of the window.
    years : array of int of shape (W,)
        The calendar years of the window.
    label : str
        Which baseline, over which years, and what is not counted.
    """

    total: np.ndarray
    by_year: np.ndarray = field(repr=False)
    years: np.ndarray = field(repr=False)
    label: str


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
    counted_growth : float
        Second census less first, millions.
    gap : float or array of shape (…)
        Implied less counted growth, millions: positive when the rates leave too many survivors.
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


def _drawn(years, rates, kind, reference):
    """Draw a baseline through rates, or through numbers of deaths: its values and its label."""
    if kind in ("flat", "series"):
        wanted = real(
            "reference", reference, at_least=0, at_most=1000, years=years, missing=kind == "series"
        )
        return wanted + 0 * years, f"flat {wanted:g}" if wanted.ndim == 0 else "a supplied series"
    if kind not in _NEEDED:
        known = "', '".join([*_NEEDED, "flat", "series"])
        raise ValueError(f"kind is {kind!r}; it must be one of '{known}'")
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
    The usual scaling by the total fertility rate. No notebook needs it; it is here for those who
    rebuild births short of normal fertility, which some authors print.

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
    excess, span = _above(years, rates, population, window, baseline)
    label = f"excess deaths {span[0]:g}-{span[-1]:g}, baseline {_label(baseline, rates)}"
    if not net:
        excess = np.maximum(excess, 0)
        label += ", years below it left out"
    return Ledger(plain(excess.sum(axis=-1)), excess, span, label + ", births not counted")


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
    above, span = _above(years, birth_rates, population, window, baseline)
    label = f"births short of baseline {_label(baseline, birth_rates)}, {span[0]:g}-{span[-1]:g}"
    return Ledger(plain(-above.sum(axis=-1)), -above, span, label + ", deaths not counted")


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


def balance_gap(years, birth_rates, death_rates, population, censuses):
    """Hold births minus deaths between two mid-year censuses against the growth they counted.

    The difference is the *error of closure*. The two census years count half. Migration across the
    border is left out, and both censuses are taken to have counted alike.

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

    Returns
    -------
    CensusBalance

    Raises
    ------
    ValueError
        If there are not two censuses or a year between them lacks a number.

    References
    ----------
    Coale (1984) and Banister (1984), for the balancing equation.

    Examples
    --------
    >>> balance = balance_gap([1953, 1954], [37.0, 38.0], [14.0, 13.2], [581.4, 595.3],
    ...                       {1953: 582.6, 1954: 597.0})
    >>> round(balance.implied_growth, 2), round(balance.gap, 2)
    (14.07, -0.33)
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
    counted = np.subtract(
        *(in_millions("censuses", censuses[year], MOST_PEOPLE, above=0) for year in (last, first))
    )
    implied = births - deaths
    return CensusBalance(*map(plain, (births, deaths, implied, counted, implied - counted)))


def _above(years, rates, population, window, baseline):
    """Return events above the baseline in each year of the window, millions, and those years."""
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
    return (rate - normal) * people / 1000, years[inside]


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
