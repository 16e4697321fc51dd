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
    machines, cloth, output : array of shape (S, T + 1)
        What is made in each year, and the two together, in units of the national income of year 0.
    """

    year: np.ndarray
    machines: np.ndarray
    cloth: np.ndarray
    output: np.ndarray


@dataclass(frozen=True)
class FoodLimitedPath(TwoSectorPath):
    """A two-sector path whose new machines must be manned by people the state can feed.

    Attributes
    ----------
    urban_million : array of shape (S, T + 1)
        People fed by the state, millions.
    grain_bill : array of shape (S, T + 1)
        Their food, million tonnes.
    grain_procured : array of shape (S, T + 1)
        What was procured, net of exports, million tonnes.
    idle : array of shape (S, T + 1)
        The machines of each year that nobody could be fed to run, in units of income.
    """

    urban_million: np.ndarray
    grain_bill: np.ndarray
    grain_procured: np.ndarray
    idle: np.ndarray


def two_sector_path(split, years, per_lathe, per_loom, machines=0.21, cloth=0.79):
    """Follow machines and cloth when a machine can be a lathe, which makes machines, or a loom.

    ``M[t] = M[t-1] (1 + split per_lathe)`` and ``C[t] = C[t-1] + (1 - split) per_loom M[t-1]``.
    Machines never wear out or change trade, and nothing comes from abroad.

    Parameters
    ----------
    split : float or array of shape S
        Share of new machines that become lathes, 0 to 1. All arguments but ``years`` broadcast
        to S.
    years : int
        Number of years to follow.
    per_lathe, per_loom : float or array of shape S
        Machines that a lathe, and cloth that a loom, makes in a year, above 0.
    machines, cloth : float or array of shape S
        What is made of either in year 0, as shares of national income.

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
    The defaults of ``machines`` and ``cloth`` set China's accumulation rate of 1952, about 21 per
    cent: a teaching assumption.

    References
    ----------
    Feldman (1928); Mahalanobis (1953); Domar (1957).

    Examples
    --------
    Cloth after 20 years, where a fifth and where 85 per cent of new machines are lathes:

    >>> path = two_sector_path([0.20, 0.85], years=20, per_lathe=0.20, per_loom=0.30)
    >>> path.cloth[:, 20].round(3)
    array([2.291, 2.019])
    """
    year = np.arange(whole("years", years) + 1)
    split, per_lathe, per_loom, first, cloth = _sectors(split, per_lathe, per_loom, machines, cloth)
    made = first * (1 + split * per_lathe) ** year
    earlier = np.cumsum(made, axis=-1) - made
    woven = cloth + (1 - split) * per_loom * earlier
    return TwoSectorPath(year, made, woven, made + woven)


def overtaking_year(heavy, light, per_lathe, per_loom, machines=0.21, cloth=0.79, horizon=60):
    """Return the first year in which the ``heavy`` split has more cloth than the ``light`` one.

    Parameters
    ----------
    heavy, light : float or array of shape S
        Two shares of new machines that become lathes, 0 to 1.
    per_lathe, per_loom, machines, cloth : float or array of shape S
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

    Notes
    -----
    Neither ``per_loom`` nor the start has a say in it: both paths share them.

    References
    ----------
    Mahalanobis (1953); Domar (1957).

    Examples
    --------
    A split of 0.85, China's of 1953-57 by shares not yet checked, against 0.20:

    >>> overtaking_year(0.85, 0.20, per_lathe=0.20, per_loom=0.30)
    23.0
    """
    heavy, light = real("heavy", heavy), real("light", light)
    rest = (whole("horizon", horizon), per_lathe, per_loom, machines, cloth)
    ahead = two_sector_path(heavy, *rest).cloth > two_sector_path(light, *rest).cloth
    return plain(np.where(ahead.any(axis=-1), ahead.argmax(axis=-1), np.nan))


def years_below_start(path, population_growth=0.0):
    """Count the years in which there is less cloth a head than in year 0.

    In the bare model cloth never becomes less, so without population growth the answer is 0.

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
    >>> path = two_sector_path([0.20, 0.85], years=40, per_lathe=0.20, per_loom=0.30)
    >>> years_below_start(path, population_growth=0.0238)
    array([0, 9])
    """
    growth = real("population_growth", population_growth, above=-1)[..., np.newaxis]
    per_head = path.cloth / (1 + growth) ** path.year
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


def feasible_urban_population(output, rate, ration_kg, exports=0.0):
    """Return the millions of people the procured grain can feed, ``(tau Q - X) / w``.

    Parameters
    ----------
    output : float or array of shape S
        Harvest Q, million tonnes a year. All arguments broadcast to S.
    rate : float or array of shape S
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
    procured = _procured(output, rate, exports)
    ration = real("ration_kg", ration_kg, above=0)
    return plain(np.maximum(procured, 0) * 1000 / ration)


def rate_needed(urban_million, ration_kg, output, exports=0.0):
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

    >>> rate_needed([99.5, 130.7], 322, [195.05, 143.5], [1.92, 2.65]).round(3)
    array([0.174, 0.312])
    """
    return plain(grain_bill(urban_million, ration_kg, exports) / real("output", output, above=0))


def food_limited_path(
    split,
    years,
    per_lathe,
    per_loom,
    *,
    urban_million,
    ration_kg,
    output,
    rate,
    people_per_machine,
    exports=0.0,
    machines=0.21,
    cloth=0.79,
):
    """Follow the two-sector path when new machines need people, and people need procured grain.

    Each year's machines are put to work only as far as their crews can be fed:
    ``w N[t+1] + X <= tau Q[t+1]`` with ``N[t+1] = N[t] + people_per_machine J[t]`` and
    ``J[t] <= M[t]``, where ``J`` is the machines put to work and takes the place of ``M`` in
    :func:`two_sector_path`. Machines left idle are lost. If the grain falls short of those already
    in the cities, none is added and the bill exceeds what was procured.

    Parameters
    ----------
    split, per_lathe, per_loom, machines, cloth : float or array of shape S
        As in :func:`two_sector_path`.
    years : int
        Number of years to follow.
    urban_million : float or array of shape S
        People N fed by the state in year 0, millions.
    ration_kg : float or array of shape S
        Their grain w, kg a person and year.
    output : float or array of shape (S, years + 1)
        Harvest Q, million tonnes a year.
    rate : float or array of shape (S, years + 1)
        Net share tau procured, 0 to 1.
    people_per_machine : float or array of shape S
        Millions of people the state must feed per unit of new machines (the national income of
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
    ``people_per_machine`` is a teaching assumption to vary.

    References
    ----------
    Feldman (1928) for growth; Li and Yang (2005) for the grain that limits it.

    Examples
    --------
    >>> path = food_limited_path(0.85, 10, 0.20, 0.30, urban_million=99.5, ration_kg=322,
    ...     output=195.05, rate=0.20, exports=1.92, people_per_machine=20)
    >>> path.urban_million[[0, 1, -1]].round(1)
    array([ 99.5, 103.7, 115.2])
    """
    year = np.arange(whole("years", years) + 1)
    split, per_lathe, per_loom, first, cloth = _sectors(split, per_lathe, per_loom, machines, cloth)
    people = real("urban_million", urban_million, at_least=0)[..., np.newaxis]
    ration = real("ration_kg", ration_kg, at_least=0)[..., np.newaxis] / 1000
    crew = real("people_per_machine", people_per_machine, at_least=0)[..., np.newaxis]
    split, per_lathe, per_loom, first, cloth, people, ration, crew, procured, _ = together(
        split=split,
        per_lathe=per_lathe,
        per_loom=per_loom,
        machines=first,
        cloth=cloth,
        urban_million=people,
        ration_kg=ration,
        people_per_machine=crew,
        procured=_procured(output, rate, exports),
        years=year,
    )
    made, woven, cities, idle = first.copy(), cloth.copy(), people.copy(), split * 0
    for t in year[:-1]:
        spare = np.maximum(procured[..., t + 1] - ration[..., t] * cities[..., t], 0)
        grain_per_machine = ration[..., t] * crew[..., t]
        enough = spare >= grain_per_machine * made[..., t]
        used = np.where(enough, made[..., t], spare / np.where(enough, 1, grain_per_machine))
        idle[..., t] = made[..., t] - used
        made[..., t + 1] = made[..., t] + (split * per_lathe)[..., t] * used
        woven[..., t + 1] = woven[..., t] + ((1 - split) * per_loom)[..., t] * used
        cities[..., t + 1] = cities[..., t] + crew[..., t] * used
    return FoodLimitedPath(year, made, woven, made + woven, cities, ration * cities, procured, idle)


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


def _sectors(split, per_lathe, per_loom, machines, cloth):
    """Check the two-sector arguments; return them broadcast, with a last axis for the year."""
    arrays = together(
        split=real("split", split, at_least=0, at_most=1),
        per_lathe=real("per_lathe", per_lathe, above=0),
        per_loom=real("per_loom", per_loom, above=0),
        machines=real("machines", machines, at_least=0),
        cloth=real("cloth", cloth, at_least=0),
    )
    return [array[..., np.newaxis] for array in arrays]


def _procured(output, rate, exports):
    """Return the procured grain left for the cities, million tonnes."""
    harvest = real("output", output, at_least=0)
    share = real("rate", rate, at_least=0, at_most=1)
    return harvest * share - real("exports", exports)
