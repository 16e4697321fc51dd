"""Ask what a register holds and what it misses: completeness, stocks and flows, incomplete cover.

Rates are per 1,000 a year; people, births and deaths are in millions. In every array the year (of
:func:`provincial_sum` the province) is the last axis; axes before it hold alternatives.
"""

from dataclasses import dataclass

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
    together,
)
from glf_utils.results import plain


@dataclass(frozen=True)
class StockFlow:
    """Deaths left over when births, normal deaths and the fall in people are set side by side.

    Attributes
    ----------
    total : float or array of shape (…)
        ``births - normal_deaths + fall_in_people + net_migration``, millions.
    births, normal_deaths : float or array of shape (…)
        Millions over the window.
    fall_in_people : float or array of shape (…)
        Millions between the two year-ends.
    net_migration : float or array of shape (…)
        Millions who came less those who left.
    label : str
        Which years, and whether the two windows fit.
    """

    total: np.ndarray
    births: np.ndarray
    normal_deaths: np.ndarray
    fall_in_people: np.ndarray
    net_migration: np.ndarray
    label: str


@dataclass(frozen=True)
class ProvincialSum:
    """A sum over the provinces that have a figure, raised to the nation.

    Attributes
    ----------
    covered : float or array of shape (…)
        The sum, millions.
    share : float or array of shape (…)
        People of these provinces over those of the nation.
    nation : float or array of shape (…)
        The sum over the share, millions.
    missing : tuple of str
        Provinces without a figure.
    """

    covered: np.ndarray
    share: np.ndarray
    nation: np.ndarray
    missing: tuple


def completeness_by_period(years, normal, famine, famine_years):
    """Spread one completeness for normal years and another for famine years over the calendar.

    The same value for both is a coherent correction. Below 1 in the famine alone, it corrects the
    dead and not the yardstick, and inflates the toll; below 1 in normal years alone, it deflates
    it. A completeness already known for each year needs no such spreading.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years.
    normal, famine : float or array of shape (…)
        Registered over true events, above 0, at most 1.
    famine_years : (int, int)
        First and last year of the second value, both counted.

    Returns
    -------
    array of shape (…, Y)
        Completeness, for :func:`correct_registration`.

    Raises
    ------
    ValueError
        For a share outside its range, or famine years outside the calendar.

    Notes
    -----
    The arrangement of the question is this package's own.

    Examples
    --------
    >>> completeness_by_period([1957, 1958, 1959], 0.6, 0.5, (1958, 1959))
    array([0.6, 0.5, 0.5])
    """
    years = calendar(years)
    share = together(
        normal=real("normal", normal, above=0, at_most=1),
        famine=real("famine", famine, above=0, at_most=1),
    )
    inside = np.isin(np.arange(len(years)), places_of(famine_years, years, "famine_years"))
    return np.where(inside, share[1][..., None], share[0][..., None])


def correct_registration(rates, completeness, years=None):
    """Return the rates that a register of known completeness would have missed none of.

    Births and deaths have each their own completeness: a child who dies before either event is
    recorded leaves both registers, and is a larger part of deaths than of births.

    Parameters
    ----------
    rates : float or array of shape (…, Y)
        Registered rates per 1,000 a year, or numbers; nan where missing.
    completeness : float or array of shape (…, Y)
        Registered over true events, above 0, at most 1. Broadcasts with ``rates``.
    years : array of int of shape (Y,), optional
        Calendar years of the last axis, if errors are to name them.

    Returns
    -------
    float or array of shape (…, Y)
        Rates divided by completeness, in their unit.

    Raises
    ------
    ValueError
        For a value outside its range, or shapes that do not fit.

    References
    ----------
    Banister (1984).

    Examples
    --------
    Banister's correction implies that 60 per cent of deaths were registered in 1957:

    >>> round(correct_registration(10.80, 0.60), 1)
    18.0
    """
    years = None if years is None else calendar(years)
    share = real("completeness", completeness, above=0, at_most=1, years=years)
    rates = real("rates", rates, at_least=0, years=years, missing=True)
    rates, share = together(rates=rates, completeness=share)
    return plain(rates / share)


def midyear_population(years, year_end):
    """Return the mean of the totals at the two ends of each year; nan for the first year.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years, without a gap.
    year_end : array of shape (…, Y)
        People on 31 December, millions.

    Returns
    -------
    array of shape (…, Y)
        People in the middle of each year, millions.

    Raises
    ------
    ValueError
        For a total of 0 or less, or a gap in the calendar.

    Notes
    -----
    The convention of China's statistical office for crude rates, for registers that print
    year-ends, as the provincial ones do.

    Examples
    --------
    >>> midyear_population([1957, 1958], [646.53, 659.94])
    array([    nan, 653.235])
    """
    totals = _stock(years, year_end)
    return np.concatenate(
        [np.full_like(totals[..., :1], np.nan), (totals[..., 1:] + totals[..., :-1]) / 2], axis=-1
    )


def follow_rates(years, birth_rates, death_rates, start, people):
    """Carry a population forward by its own birth and death rates, from one count of it.

    Rates that raise a register's deaths also lower the number of people who are left, so they
    belong with a population of their own and not with the register's. Half of each year's natural
    increase falls before its middle: ``P(t+1) - P(t) = (n(t) P(t) + n(t+1) P(t+1)) / 2``, n being
    the birth rate less the death rate. Migration is left out.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years, without a gap.
    birth_rates, death_rates : array of shape (…, Y)
        Per 1,000 a year.
    start : int
        The year of the count.
    people : float or array of shape (…, 1)
        Millions in the middle of that year.

    Returns
    -------
    array of shape (…, Y)
        People in the middle of each year, millions.

    Raises
    ------
    ValueError
        For a gap in the calendar, a start outside it, a missing rate, or a number in another unit.

    Notes
    -----
    The balancing equation of demography, in mid-year (exposure) form.

    Examples
    --------
    >>> follow_rates([1953, 1954], [37.0, 38.0], [14.0, 13.2], 1953, 582.6).round(1)
    array([582.6, 596.7])
    """
    years = calendar(years)
    if (np.diff(years) != 1).any():
        raise ValueError("years has a gap; a population is carried from each year to the next")
    at = place_of("start", start, years)
    born, died = (
        per_thousand(name, rates, years)
        for name, rates in (("birth_rates", birth_rates), ("death_rates", death_rates))
    )
    increase = (born - died) / 2000
    steps = np.log1p(increase[..., :-1]) - np.log1p(-increase[..., 1:])
    path = np.concatenate([np.zeros_like(increase[..., :1]), np.cumsum(steps, axis=-1)], axis=-1)
    counted = in_millions("people", people, MOST_PEOPLE, above=0)
    return counted * np.exp(path - path[..., at : at + 1])


def register_residual(years, year_end, births, deaths):
    """Find the people whom a register gained or lost otherwise than by birth and death.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years, without a gap.
    year_end : array of shape (…, Y)
        People on 31 December, millions.
    births, deaths : array of shape (…, Y)
        Millions a year.

    Returns
    -------
    array of shape (…, Y)
        Change in people less births plus deaths, millions; nan for the first year.

    Raises
    ------
    ValueError
        For a negative number or a gap in the calendar.

    Notes
    -----
    The balancing equation, year by year.

    References
    ----------
    Sun (2011), who rests his case on these residuals.

    Examples
    --------
    >>> register_residual([1958, 1959], [659.94, 672.07], [19.05, 16.47], [7.81, 9.70]).round(2)
    array([ nan, 5.36])
    """
    totals = _stock(years, year_end)
    born, died = (
        _each_year(name, numbers, calendar(years))
        for name, numbers in (("births", births), ("deaths", deaths))
    )
    change = np.concatenate(
        [np.full_like(totals[..., :1], np.nan), np.diff(totals, axis=-1)], axis=-1
    )
    return change - born + died


def stock_flow_deaths(
    years, year_end, births, normal_deaths_a_year, window, stocks=None, net_migration=0
):
    """Count the deaths beyond the normal that births and the fall in people leave over.

    Whoever was there or was born, and is there no more, has died or left. Taking off the deaths
    of normal years leaves the others: ``births - normal deaths + fall in people + net migration``.
    The fall must run over the same years as the births, from the end of the year before the
    window to the end of its last year. Births that no register caught are missing on both sides.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years.
    year_end : array of shape (…, Y)
        People on 31 December, millions.
    births : array of shape (…, Y)
        Millions a year.
    normal_deaths_a_year : float or array of shape (…, Y)
        Millions a year, not their sum over the window; one number holds for each year.
    window : (int, int)
        First and last year of births and deaths, both counted.
    stocks : (int, int), optional
        The two year-ends between which the people fell. Left out, they fit the window; any other
        two do not, and the label says so.
    net_migration : float or array of shape (…)
        Millions who came less those who left, over the window.

    Returns
    -------
    StockFlow

    Raises
    ------
    ValueError
        If a year is missing or has no number.

    Notes
    -----
    No notebook needs it; the cookbook rebuilds the first of the counts below with it.

    References
    ----------
    Jin Hui (1993) for the nation; Cao (2005) for each county.

    Examples
    --------
    >>> found = stock_flow_deaths([1958, 1959, 1960, 1961], [659.94, 672.07, 662.07, 658.59],
    ...                           [19.05, 16.47, 13.89, 11.88], 7.0, (1959, 1961))
    >>> round(found.total, 2), round(found.fall_in_people, 2)
    (22.59, 1.35)
    """
    years = calendar(years)
    inside = places_of(window, years)
    fitting = (window[0] - 1, window[1])
    stocks = fitting if stocks is None else tuple(stocks)
    ends = [place_of("stocks", year, years) for year in stocks]
    people = real(
        "year_end",
        _each_year("year_end", year_end, years, MOST_PEOPLE)[..., ends],
        above=0,
        years=stocks,
    )
    born, normal = (
        _each_year(name, values, years)[..., inside]
        for name, values in (("births", births), ("normal_deaths_a_year", normal_deaths_a_year))
    )
    born = real("births", born, years=years[inside]).sum(axis=-1)
    normal = real("normal_deaths_a_year", normal, years=years[inside]).sum(axis=-1)
    fall, moved = people[..., 0] - people[..., 1], real("net_migration", net_migration)
    label = f"births less normal deaths of {len(inside)} years {window[0]:g}-{window[1]:g}, "
    label += f"people from end {stocks[0]:g} to end {stocks[1]:g}"
    if stocks != fitting:
        label += ": the two windows do not fit"
    total = born - normal + fall + moved
    return StockFlow(*map(plain, (total, born, normal, fall, moved)), label)


def provincial_sum(provinces, deaths, people, nation_people):
    """Add up the provinces that have a figure, and raise the sum to the nation by people.

    ``nation = covered / share``, where share is the people of the covered provinces over those of
    the nation. This takes the missing provinces to have had the mean rate of the others: an
    assumption to state, and to doubt where the missing ones are alike (steppe, or border).

    Parameters
    ----------
    provinces : list of str of length P
        Names.
    deaths : array of shape (…, P)
        Deaths or excess deaths, millions; nan where a province has no figure.
    people : array of shape (…, P)
        Millions in each province in one year; needed where deaths are known.
    nation_people : float or array of shape (…)
        Millions in the nation in that year, counted in the same way.

    Returns
    -------
    ProvincialSum

    Raises
    ------
    ValueError
        For a province named twice, without people or with more deaths than people, or if all hold
        more than the nation.

    Notes
    -----
    :func:`glf_utils.death_toll.provinces.provincial_toll` takes a whole table to it.

    References
    ----------
    Peng (1987), for the scaling.

    Examples
    --------
    >>> found = provincial_sum(["anhui", "guangxi", "sichuan"], [2.0, np.nan, 8.0],
    ...                        [34, np.nan, 71], 125)
    >>> round(found.share, 2), round(found.nation, 1), found.missing
    (0.84, 11.9, ('guangxi',))
    """
    names = [str(name) for name in provinces]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"provinces has {twice[0]} more than once; it would be counted twice")
    deaths, people = real("deaths", deaths, missing=True), real("people", people, missing=True)
    if deaths.shape[-1:] != (len(names),) or people.shape[-1:] != (len(names),):
        raise ValueError(f"deaths and people must each have {len(names)} values, one a province")
    deaths, people = together(deaths=deaths, people=people)
    known = np.isfinite(deaths)
    bad = np.argwhere(known & ~(people > 0))
    if len(bad):
        raise ValueError(
            f"people of {names[bad[0][-1]]} is {people[tuple(bad[0])]:g}; a province "
            "with deaths needs its people, above 0"
        )
    bad = np.argwhere(known & (deaths > people))
    if len(bad):
        raise ValueError(
            f"deaths of {names[bad[0][-1]]} is {deaths[tuple(bad[0])]:g}, more than "
            "its people; both must be in millions"
        )
    covered = np.where(known, deaths, 0).sum(axis=-1)
    share = np.where(known, people, 0).sum(axis=-1) / real("nation_people", nation_people, above=0)
    if (share > 1).any():
        raise ValueError("nation_people is less than the people of the provinces together")
    if not (share > 0).all():
        raise ValueError("deaths has no figure for any province")
    none = tuple(
        n for n, hole in zip(names, ~known.reshape(-1, len(names)).any(0), strict=True) if hole
    )
    return ProvincialSum(plain(covered), plain(share), plain(covered / share), none)


def linear_in_deaths(total_deaths, deaths_before, deaths_after, years):
    """Count deaths above a straight line in the number of deaths, from sums alone.

    Parameters
    ----------
    total_deaths : float or array of shape S
        Deaths in the window, millions. All arguments broadcast to S.
    deaths_before, deaths_after : float or array of shape S
        Deaths in the year before it and in the year after, millions.
    years : int or array of int of shape S
        Number of years in the window, at least 1.

    Returns
    -------
    float or array of shape S
        Millions; years below the line are netted off.

    Raises
    ------
    ValueError
        For a negative value, one not in millions, or ``years`` of 0.

    References
    ----------
    Coale (1984).

    Examples
    --------
    Coale's adjusted deaths of 1958-63, between 1957 and 1964:

    >>> round(linear_in_deaths(86.2, 10.4, 9.4, years=6), 1)
    26.8
    """
    before, after, dead = (
        in_millions(name, number, most)
        for name, number, most in (
            ("deaths_before", deaths_before, MOST_EVENTS),
            ("deaths_after", deaths_after, MOST_EVENTS),
            ("total_deaths", total_deaths, MOST_PEOPLE),
        )
    )
    return plain(dead - real("years", years, at_least=1) * (before + after) / 2)


def _stock(years, year_end):
    """Return the year-end totals of an unbroken calendar."""
    years = calendar(years)
    if (np.diff(years) != 1).any():
        gap = years[np.flatnonzero(np.diff(years) != 1)[0]]
        raise ValueError(f"years has a gap after {gap}; a change needs each year-end in turn")
    return _each_year("year_end", year_end, years, MOST_PEOPLE)


def _each_year(name, values, years, most=MOST_EVENTS):
    """Return numbers of people as one for each year; nan where missing."""
    values = in_millions(name, values, most, years, missing=True)
    return np.broadcast_to(values, np.broadcast_shapes(values.shape, np.shape(years)))
