"""Heavy industry first: two-sector growth, the grain that feeds it, and what farmers part with.

Shares and rates are fractions; grain is in million tonnes unless a name says kg.
"""

from dataclasses import dataclass

import numpy as np

from glf_utils.arguments import real, together, whole
from glf_utils.results import plain


@dataclass(frozen=True)
class TwoSectorPath:
    """Years 0 … T of a two-sector economy; the year is the last axis of every array.

    Attributes
    ----------
    year : array of shape (T + 1,)
        Years from 0.
    investment, consumption, output : array of shape (S, T + 1)
        In units of the national income of year 0.
    """

    year: np.ndarray
    investment: np.ndarray
    consumption: np.ndarray
    output: np.ndarray


@dataclass(frozen=True)
class FoodLimitedPath(TwoSectorPath):
    """A two-sector path whose new plant must be staffed by people the state can feed.

    Attributes
    ----------
    urban_million : array of shape (S, T + 1)
        People fed by the state, millions.
    grain_bill : array of shape (S, T + 1)
        Their food, million tonnes.
    grain_procured : array of shape (S, T + 1)
        What was procured, net of exports, million tonnes.
    idle : array of shape (S, T + 1)
        The plant of each year that nobody could be fed to run, in units of income.
    """

    urban_million: np.ndarray
    grain_bill: np.ndarray
    grain_procured: np.ndarray
    idle: np.ndarray


def two_sector_path(heavy_share, years, beta_heavy, beta_light, investment=0.21, consumption=0.79):
    """Follow investment and consumption when machines can make machines or consumer goods.

    ``I[t] = I[t-1] (1 + heavy_share beta_heavy)`` and
    ``C[t] = C[t-1] + (1 - heavy_share) beta_light I[t-1]``. Installed machines do not move, and
    the economy is closed.

    Parameters
    ----------
    heavy_share : float or array of shape S
        Share of investment that goes into making more machines, 0 to 1. All arguments but
        ``years`` broadcast to S.
    years : int
        Number of years to follow.
    beta_heavy, beta_light : float or array of shape S
        Yearly output per unit of capital in machine making and in consumer goods, above 0.
    investment, consumption : float or array of shape S
        Shares of national income in year 0.

    Returns
    -------
    TwoSectorPath
        With arrays of shape (S, years + 1).

    Raises
    ------
    ValueError
        For a share outside 0 to 1, a coefficient of 0 or less, ``years`` not whole, or shapes that
        do not fit.

    Notes
    -----
    The defaults of ``investment`` and ``consumption`` set China's accumulation rate of 1952, about
    21 per cent: a teaching assumption.

    References
    ----------
    Feldman (1928); Mahalanobis (1953); Domar (1957).

    Examples
    --------
    Consumption after 20 years, with a fifth and with 85 per cent of investment in machines:

    >>> path = two_sector_path([0.20, 0.85], years=20, beta_heavy=0.20, beta_light=0.30)
    >>> path.consumption[:, 20].round(3)
    array([2.291, 2.019])
    """
    share, beta_k, beta_c, start_i, start_c = _sectors(
        heavy_share, beta_heavy, beta_light, investment, consumption
    )
    year = np.arange(whole("years", years) + 1)
    machines = start_i * (1 + share * beta_k) ** year
    earlier = np.cumsum(machines, axis=-1) - machines
    goods = start_c + (1 - share) * beta_c * earlier
    return TwoSectorPath(year, machines, goods, machines + goods)


def overtaking_year(
    heavy, light, beta_heavy, beta_light, investment=0.21, consumption=0.79, horizon=60
):
    """Return the first year in which the ``heavy`` split consumes more than the ``light`` one.

    Parameters
    ----------
    heavy, light : float or array of shape S
        Two shares of investment in machine making, 0 to 1.
    beta_heavy, beta_light, investment, consumption : float or array of shape S
        As in :func:`two_sector_path`.
    horizon : int
        Number of years to look ahead.

    Returns
    -------
    float or array of shape S
        The year, counted from 0; nan if it does not come within the horizon.

    Raises
    ------
    ValueError
        As :func:`two_sector_path`.

    References
    ----------
    Mahalanobis (1953); Domar (1957).

    Examples
    --------
    A split of 0.85, China's of 1953-57 by shares not yet checked, against 0.20:

    >>> overtaking_year(0.85, 0.20, beta_heavy=0.20, beta_light=0.30)
    23.0
    """
    heavy, light = real("heavy", heavy), real("light", light)
    rest = (whole("horizon", horizon), beta_heavy, beta_light, investment, consumption)
    ahead = two_sector_path(heavy, *rest).consumption > two_sector_path(light, *rest).consumption
    return plain(np.where(ahead.any(axis=-1), ahead.argmax(axis=-1), np.nan))


def years_below_start(path, population_growth=0.0):
    """Count the years in which consumption per head is lower than in year 0.

    In the bare model total consumption never falls, so without population growth the answer is 0.

    Parameters
    ----------
    path : TwoSectorPath
        With arrays of shape (S, years + 1).
    population_growth : float or array of shape S
        Yearly growth of the population, above -1; 0.0238 is China's average from 1952 to 1957.

    Returns
    -------
    int or array of int of shape S
        Number of years; it cannot exceed the length of the path.

    Raises
    ------
    ValueError
        If ``population_growth`` is -1 or less.

    Examples
    --------
    >>> path = two_sector_path([0.20, 0.85], years=40, beta_heavy=0.20, beta_light=0.30)
    >>> years_below_start(path, population_growth=0.0238)
    array([0, 9])
    """
    growth = real("population_growth", population_growth, above=-1)[..., np.newaxis]
    per_head = path.consumption / (1 + growth) ** path.year
    return plain((per_head < per_head[..., :1] * (1 - 1e-12)).sum(axis=-1))


def grain_bill(urban_million, ration_kg, exports=0.0):
    """Return the grain the state must find, ``w N + X``, in million tonnes a year.

    Parameters
    ----------
    urban_million : float or array of shape S
        People N fed by the state, millions. All arguments broadcast to S.
    ration_kg : float or array of shape S
        Grain w per person and year, kg, of the same kind (husked or not) as ``exports``.
    exports : float or array of shape S
        Net exports X, million tonnes a year; negative when the country imports.

    Returns
    -------
    float or array of shape S
        Million tonnes a year.

    Raises
    ------
    ValueError
        If people or ration are negative.

    References
    ----------
    Li and Yang (2005), whose food constraint this is in its simplest form.

    Examples
    --------
    >>> round(grain_bill(99.5, 300, exports=1.92), 2)
    31.77
    """
    people = real("urban_million", urban_million, at_least=0)
    ration = real("ration_kg", ration_kg, at_least=0)
    return plain(people * ration / 1000 + real("exports", exports))


def feasible_urban_population(output, procurement_rate, ration_kg, exports=0.0):
    """Return the millions of people the procured grain can feed, ``(tau Q - X) / w``.

    Parameters
    ----------
    output : float or array of shape S
        Harvest Q, million tonnes a year. All arguments broadcast to S.
    procurement_rate : float or array of shape S
        Net share tau of the harvest that leaves the villages, 0 to 1.
    ration_kg : float or array of shape S
        Grain w per person and year, kg, above 0.
    exports : float or array of shape S
        Net exports X, million tonnes a year; negative when the country imports.

    Returns
    -------
    float or array of shape S
        Millions of people; 0 when exports take everything procured.

    Raises
    ------
    ValueError
        If the harvest is negative, the rate outside 0 to 1 or the ration 0 or less.

    Examples
    --------
    >>> round(feasible_urban_population(195.05, 0.174, ration_kg=322, exports=1.92), 1)
    99.4
    """
    procured = _procured(output, procurement_rate, exports)
    ration = real("ration_kg", ration_kg, above=0)
    return plain(np.maximum(procured, 0) * 1000 / ration)


def procurement_rate_needed(urban_million, ration_kg, output, exports=0.0):
    """Return the share of the harvest that covers the grain bill; above 1 it cannot be covered.

    Parameters
    ----------
    urban_million, ration_kg, exports : float or array of shape S
        As in :func:`grain_bill`.
    output : float or array of shape S
        Harvest, million tonnes a year, above 0.

    Returns
    -------
    float or array of shape S
        The share.

    Raises
    ------
    ValueError
        If people or ration are negative or the harvest is not positive.

    Examples
    --------
    The cities of 1957 and of 1960, each person fed as in 1957, from the harvest of the year:

    >>> procurement_rate_needed([99.5, 130.7], 322, [195.05, 143.5], [1.92, 2.65]).round(3)
    array([0.174, 0.312])
    """
    return plain(grain_bill(urban_million, ration_kg, exports) / real("output", output, above=0))


def food_limited_path(
    heavy_share,
    years,
    beta_heavy,
    beta_light,
    *,
    urban_million,
    ration_kg,
    output,
    procurement_rate,
    people_per_capital,
    exports=0.0,
    investment=0.21,
    consumption=0.79,
):
    """Follow the two-sector path when new plant needs people, and people need procured grain.

    Each year's machines are put to work only as far as their crews can be fed:
    ``w N[t+1] + X <= tau Q[t+1]`` with ``N[t+1] = N[t] + n J[t]`` and ``J[t] <= I[t]``, where
    ``J`` is the plant put to work and takes the place of ``I`` in :func:`two_sector_path`. Plant
    left idle is lost. If the grain falls short of those already in the cities, no plant is added
    and the bill exceeds what was procured.

    Parameters
    ----------
    heavy_share, beta_heavy, beta_light, investment, consumption : float or array of shape S
        As in :func:`two_sector_path`.
    years : int
        Number of years to follow.
    urban_million : float or array of shape S
        People N fed by the state in year 0, millions.
    ration_kg : float or array of shape S
        Their grain w, kg a person and year.
    output : float or array of shape (S, years + 1)
        Harvest Q, million tonnes a year.
    procurement_rate : float or array of shape (S, years + 1)
        Net share tau procured, 0 to 1.
    people_per_capital : float or array of shape S
        Millions of people n the state must feed per unit of new plant (the national income of
        year 0), constant.
    exports : float or array of shape (S, years + 1)
        Net exports X, million tonnes a year; negative when the country imports.

    Returns
    -------
    FoodLimitedPath
        With arrays of shape (S, years + 1).

    Raises
    ------
    ValueError
        As :func:`two_sector_path`, or if a quantity of people or grain is negative.

    Notes
    -----
    ``people_per_capital`` is a teaching assumption to vary.

    References
    ----------
    Feldman (1928) for growth; Li and Yang (2005) for the grain that limits it.

    Examples
    --------
    >>> path = food_limited_path(0.85, 10, 0.20, 0.30, urban_million=99.5, ration_kg=322,
    ...     output=195.05, procurement_rate=0.20, exports=1.92, people_per_capital=20)
    >>> path.urban_million[[0, 1, -1]].round(1)
    array([ 99.5, 103.7, 115.2])
    """
    year = np.arange(whole("years", years) + 1)
    share, beta_k, beta_c, start_i, start_c = _sectors(
        heavy_share, beta_heavy, beta_light, investment, consumption
    )
    people = real("urban_million", urban_million, at_least=0)[..., np.newaxis]
    ration = real("ration_kg", ration_kg, at_least=0)[..., np.newaxis] / 1000
    crew = real("people_per_capital", people_per_capital, at_least=0)[..., np.newaxis]
    share, beta_k, beta_c, start_i, start_c, people, ration, crew, procured, _ = together(
        heavy_share=share,
        beta_heavy=beta_k,
        beta_light=beta_c,
        investment=start_i,
        consumption=start_c,
        urban_million=people,
        ration_kg=ration,
        people_per_capital=crew,
        procured=_procured(output, procurement_rate, exports),
        years=year,
    )
    machines, goods, cities, idle = start_i.copy(), start_c.copy(), people.copy(), share * 0
    for t in year[:-1]:
        spare = np.maximum(procured[..., t + 1] - ration[..., t] * cities[..., t], 0)
        grain_per_plant = ration[..., t] * crew[..., t]
        enough = spare >= grain_per_plant * machines[..., t]
        used = np.where(enough, machines[..., t], spare / np.where(enough, 1, grain_per_plant))
        idle[..., t] = machines[..., t] - used
        machines[..., t + 1] = machines[..., t] + (share * beta_k)[..., t] * used
        goods[..., t + 1] = goods[..., t] + ((1 - share) * beta_c)[..., t] * used
        cities[..., t + 1] = cities[..., t] + crew[..., t] * used
    return FoodLimitedPath(
        year, machines, goods, machines + goods, cities, ration * cities, procured, idle
    )


def marketed(price_ratio, elasticity, at_par=1.0):
    """Return what farmers sell of their own accord, ``at_par * price_ratio ** elasticity``.

    Parameters
    ----------
    price_ratio : float or array of shape S
        Price of grain over price of industrial goods; 1 is par. All arguments broadcast to S.
    elasticity : float or array of shape S
        Percentage more grain sold for a price ratio one per cent higher, 0 or more. At 0 sales do
        not respond.
    at_par : float or array of shape S
        Grain sold at par, any unit.

    Returns
    -------
    float or array of shape S
        Grain, in the unit of ``at_par``.

    Raises
    ------
    ValueError
        If an argument is negative.

    Notes
    -----
    The elasticity is a teaching assumption.

    References
    ----------
    Sah and Stiglitz (1984): the surplus a state can draw depends on this response.

    Examples
    --------
    >>> round(marketed(0.8, elasticity=0.5), 3)
    0.894
    """
    ratio = real("price_ratio", price_ratio, at_least=0)
    response = real("elasticity", elasticity, at_least=0)
    return plain(real("at_par", at_par, at_least=0) * ratio**response)


def taken_from_food(quota, output, subsistence):
    """Return the part of a compulsory quota that comes out of the village's own food.

    Parameters
    ----------
    quota, output, subsistence : float or array of shape S
        Grain to deliver, harvested and needed, in one unit.

    Returns
    -------
    float or array of shape S
        In that unit: 0 as long as the quota stays within the surplus ``output - subsistence``; at
        most what there is to eat.

    Raises
    ------
    ValueError
        If an argument is negative.

    References
    ----------
    Sah and Stiglitz (1984); Knight (1995).

    Examples
    --------
    >>> taken_from_food(quota=[60, 120], output=300, subsistence=220)
    array([ 0., 40.])
    """
    harvest = real("output", output, at_least=0)
    food = np.minimum(real("subsistence", subsistence, at_least=0), harvest)
    return plain(np.clip(real("quota", quota, at_least=0) - (harvest - food), 0, food))


def _sectors(heavy_share, beta_heavy, beta_light, investment, consumption):
    """Check the two-sector arguments; return them broadcast, with a last axis for the year."""
    arrays = together(
        heavy_share=real("heavy_share", heavy_share, at_least=0, at_most=1),
        beta_heavy=real("beta_heavy", beta_heavy, above=0),
        beta_light=real("beta_light", beta_light, above=0),
        investment=real("investment", investment, at_least=0),
        consumption=real("consumption", consumption, at_least=0),
    )
    return [array[..., np.newaxis] for array in arrays]


def _procured(output, procurement_rate, exports):
    """Return the procured grain left for the cities, million tonnes."""
    harvest = real("output", output, at_least=0)
    rate = real("procurement_rate", procurement_rate, at_least=0, at_most=1)
    return harvest * rate - real("exports", exports)
