"""From harvest to meal: what is taken, what is left, and how many people it feeds.

Harvests are raw grain unless an argument says otherwise: rice with its husk, tubers at a quarter of
their weight.
"""

from dataclasses import dataclass

import numpy as np

from glf_utils.arguments import real, together
from glf_utils.results import plain

DAYS = 365


@dataclass(frozen=True)
class FixedQuota:
    """A harvest under a quota set beforehand; kg per head or any one unit.

    Attributes
    ----------
    quota : float or array of shape S
        What is taken.
    harvest : float or array of shape S
        What there was.
    retained : float or array of shape S
        What is kept.
    retained_if_flexible : float or array of shape S
        What would have been kept had the quota followed the real harvest.
    """

    quota: np.ndarray
    harvest: np.ndarray
    retained: np.ndarray
    retained_if_flexible: np.ndarray


def retained_per_head(output_per_head, rate, report_ratio=1.0):
    """Return the grain left after a share of the *reported* harvest is taken.

    ``(1 - rate report_ratio) output_per_head``, and nothing if more is asked than there is.

    Parameters
    ----------
    output_per_head : float or array of shape S
        True harvest per head, kg. All arguments broadcast to S.
    rate : float or array of shape S
        Share of the reported harvest that is procured, 0 to 1.
    report_ratio : float or array of shape S
        Reported over true harvest; 1 is honest, 0 hides everything.

    Returns
    -------
    float or array of shape S
        Kilograms per head.

    Raises
    ------
    ValueError
        For a value outside its range.

    References
    ----------
    Li and Yang (2005), of whose model this is the accounting identity.

    Examples
    --------
    300 kg a head and a quarter taken, on an honest report and on one that is 1.9 times the truth:

    >>> retained_per_head(300, 0.25, [1.0, 1.9])
    array([225. , 157.5])
    """
    harvest = real("output_per_head", output_per_head, at_least=0)
    taken = real("rate", rate, at_least=0, at_most=1)
    report = real("report_ratio", report_ratio, at_least=0)
    return plain(harvest * np.maximum(1 - taken * report, 0))


def famine_threshold(output_per_head, need, rate):
    """Return the reported-over-true ratio beyond which less is left than people need.

    ``lambda* = (1 - need/output_per_head) / rate``: :func:`retained_per_head` solved for the
    report at which food equals need. Below 1, even honest reports bring hunger at this rate;
    below 0, the harvest was too small to begin with. With nothing taken it is infinite, plus or
    minus.

    Parameters
    ----------
    output_per_head : float or array of shape S
        True harvest, kg a head and year, above 0. All arguments broadcast to S.
    need : float or array of shape S
        Kilograms a head and year.
    rate : float or array of shape S
        Share of the reported harvest that is procured, 0 to 1.

    Returns
    -------
    float or array of shape S
        The ratio.

    Raises
    ------
    ValueError
        For a value outside its range, or shapes that do not fit.

    Examples
    --------
    A harvest of 300 kg a head, and the 253 kg of 1959, with 220 kg needed and a quarter taken:

    >>> famine_threshold([300, 253], need=220, rate=0.25).round(2)
    array([1.07, 0.52])
    """
    surplus, taken = together(
        output_per_head=1
        - real("need", need, at_least=0) / real("output_per_head", output_per_head, above=0),
        rate=real("rate", rate, at_least=0, at_most=1),
    )
    limit = np.where(surplus >= 0, np.inf, -np.inf)
    return plain(np.where(taken > 0, surplus / np.where(taken > 0, taken, 1), limit))


def energy_per_day(kg_per_year, kcal_per_kg=2800.0, lost=0.0):
    """Return the food energy in a yearly amount of grain, kcal a day.

    Parameters
    ----------
    kg_per_year : float or array of shape S
        Grain a head and year, kg. All arguments broadcast to S.
    kcal_per_kg : float or array of shape S
        Energy of the grain: 2,600-3,000 for raw grain, about 3,400 for milled.
    lost : float or array of shape S
        Share that is not eaten (seed, feed, waste), 0 to 1.

    Returns
    -------
    float or array of shape S
        Kilocalories a day, over 365 days.

    Raises
    ------
    ValueError
        For a value outside its range.

    Notes
    -----
    The default of ``kcal_per_kg`` is a teaching assumption; the coefficients are those of the
    table ``food_coefficients``.

    Examples
    --------
    The ration north of the Huai in September 1960, 300 jin:

    >>> round(energy_per_day(150))
    1151
    """
    grain = real("kg_per_year", kg_per_year, at_least=0)
    eaten = 1 - real("lost", lost, at_least=0, at_most=1)
    return plain(grain * eaten * real("kcal_per_kg", kcal_per_kg, at_least=0) / DAYS)


def food_balance(
    output,
    exports,
    imports,
    population,
    seed=0.06,
    feed=0.08,
    waste=0.04,
    kcal_per_kg=2800.0,
    stock_change=0.0,
):
    """Return the grain energy available per head, kcal a day.

    ``output (1 - seed - feed - waste) + imports - exports - stock_change``, in energy per head.

    Parameters
    ----------
    output, exports, imports : float or array of shape S
        Million tonnes a year. All arguments broadcast to S.
    population : float or array of shape S
        Millions, above 0.
    seed, feed, waste : float or array of shape S
        Shares of output that are not food.
    kcal_per_kg : float or array of shape S
        Energy of the grain.
    stock_change : float or array of shape S
        Million tonnes added to stocks; negative when they are drawn down.

    Returns
    -------
    float or array of shape S
        Kilocalories a head and day; negative if more is exported and stored than there is.

    Raises
    ------
    ValueError
        For a negative quantity, or uses that add to more than the output.

    Notes
    -----
    The defaults of ``seed``, ``feed``, ``waste`` and ``kcal_per_kg`` are teaching assumptions.

    References
    ----------
    Piazza (1983), who applied the food-balance method to China.

    Examples
    --------
    1957 and 1960:

    >>> food_balance([195.05, 143.5], [2.09, 2.72], [0.17, 0.07], [646.5, 662.1]).round()
    array([1875., 1333.])
    """
    lost = sum(
        real(name, share, at_least=0)
        for name, share in (("seed", seed), ("feed", feed), ("waste", waste))
    )
    if np.any(lost > 1):
        raise ValueError(f"seed + feed + waste is {np.max(lost):g}; it must be at most 1")
    harvest, sold, bought = (
        real(name, amount, at_least=0)
        for name, amount in (("output", output), ("exports", exports), ("imports", imports))
    )
    food = harvest * (1 - lost) + bought - sold - real("stock_change", stock_change)
    kg_per_head = food * 1000 / real("population", population, above=0)
    return plain(kg_per_head * real("kcal_per_kg", kcal_per_kg, at_least=0) / DAYS)


def people_fed(tonnes, kcal_per_kg=2800.0, kcal_per_day=2000.0, years=1.0):
    """Return how many people an amount of grain feeds.

    Energy in the grain over energy needed in years of 365 days.

    Parameters
    ----------
    tonnes : float or array of shape S
        Grain in tonnes; in millions of tonnes the answer is in millions of people. All arguments
        broadcast to S.
    kcal_per_kg : float or array of shape S
        Energy of the grain.
    kcal_per_day : float or array of shape S
        Energy a person needs, above 0.
    years : float or array of shape S
        How long they are fed, above 0.

    Returns
    -------
    float or array of shape S
        People.

    Raises
    ------
    ValueError
        For a value outside its range.

    Notes
    -----
    The defaults of ``kcal_per_kg`` and ``kcal_per_day`` are teaching assumptions.

    Examples
    --------
    Net exports of 1959 and 1960, both years, as raw grain and as milled:

    >>> people_fed(6.81, [2800, 3400], kcal_per_day=2000, years=2).round(1)
    array([13.1, 15.9])
    """
    kilograms = real("tonnes", tonnes, at_least=0) * 1000
    energy = kilograms * real("kcal_per_kg", kcal_per_kg, at_least=0)
    need = real("kcal_per_day", kcal_per_day, above=0) * DAYS * real("years", years, above=0)
    return plain(energy / need)


def fixed_quota(expected, need, shock):
    """Take what a harvest was expected to leave over, whatever the harvest turns out to be.

    The quota is ``expected - need``; the harvest is ``(1 - shock) expected``; what is kept is
    ``need - shock expected``. The same shock costs a rich district more than a poor one.

    Parameters
    ----------
    expected, need : float or array of shape S
        Kilograms per head, or any one unit. All arguments broadcast to S.
    shock : float or array of shape S
        Share of the expected harvest that fails, at most 1; negative for a better harvest.

    Returns
    -------
    FixedQuota
        Nothing is procured where no surplus was expected, and no district keeps less than nothing.

    Raises
    ------
    ValueError
        For a negative harvest or need, a shock above 1, or shapes that do not fit.

    References
    ----------
    Meng, Qian and Yared (2015), reduced to its accounting.

    Examples
    --------
    A rich and a poor district, each losing 15 per cent of the expected harvest:

    >>> fixed_quota(expected=[400, 250], need=220, shock=0.15).retained
    array([160. , 182.5])
    """
    hoped, eaten, fails = together(
        expected=real("expected", expected, at_least=0),
        need=real("need", need, at_least=0),
        shock=real("shock", shock, at_most=1),
    )
    quota, harvest = np.maximum(hoped - eaten, 0), (1 - fails) * hoped
    kept = (quota, harvest, np.maximum(harvest - quota, 0), np.minimum(harvest, eaten))
    return FixedQuota(*map(plain, kept))
