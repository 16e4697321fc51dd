"""From harvest to meal: what is taken, what is left, and how many people it feeds.

A million tonnes is written million_t. Harvests are raw grain unless an argument says otherwise:
rice with its husk, tubers at a quarter of their weight.
"""

from dataclasses import dataclass

import numpy as np

from glf_utils.inputs import plain, real, together

DAYS = 365
KG_PER_JIN = 0.5
M2_PER_MU = 10_000 / 15


@dataclass(frozen=True)
class FixedQuota:
    """A harvest under a quota set beforehand; kg per head or any one unit.

    ``retained_if_flexible`` is what would have been kept had the quota followed the real harvest.
    """

    quota: np.ndarray
    harvest: np.ndarray
    retained: np.ndarray
    retained_if_flexible: np.ndarray


def retained_per_head(output_per_head, rate, report_ratio=1.0):
    """Return the grain left after a share of the *reported* harvest is taken.

    ``(1 - rate report_ratio) output_per_head``, and nothing if more is asked than there is.

    Parameters (broadcast):
        output_per_head: true harvest per head, kg.
        rate: share of the reported harvest that is procured, 0 to 1.
        report_ratio: reported over true harvest; 1 is honest, 0 hides everything.

    Returns: kg per head.
    Raises: ValueError for a value outside its range.
    Source: the accounting identity behind Li and Yang (2005).

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

    ``lambda* = (1 - need/output_per_head) / rate``. Below 1, even honest reports bring hunger at
    this rate; below 0, the harvest was too small to begin with. With nothing taken it is infinite,
    plus or minus.

    Parameters (broadcast):
        output_per_head, need: kg a head and year; the harvest above 0.
        rate: share of the reported harvest that is procured, 0 to 1.

    Returns: ratio.
    Raises: ValueError for a value outside its range.
    Source: solving :func:`retained_per_head` for the report at which food equals need.

    A harvest of 300 kg a head, and the 253 kg of 1959, with 220 kg needed and a quarter taken:

    >>> famine_threshold([300, 253], need=220, rate=0.25).round(2)
    array([1.07, 0.52])
    """
    surplus, taken = together(
        output_per_head=1 - real("need", need, at_least=0)
        / real("output_per_head", output_per_head, above=0),
        rate=real("rate", rate, at_least=0, at_most=1),
    )  # fmt: skip
    limit = np.where(surplus >= 0, np.inf, -np.inf)
    return plain(np.where(taken > 0, surplus / np.where(taken > 0, taken, 1), limit))


def energy_per_day(kg_per_year, kcal_per_kg=2800.0, lost=0.0):
    """Return the food energy in a yearly amount of grain, kcal a day.

    Parameters (broadcast):
        kg_per_year: grain a head and year, kg.
        kcal_per_kg: 2,600-3,000 for raw grain, about 3,400 for milled: a teaching assumption.
        lost: share that is not eaten (seed, feed, waste), 0 to 1.

    Returns: kcal a day, over 365 days.
    Raises: ValueError for a value outside its range.
    Source: the coefficients are those of the table ``food_coefficients``.

    The ration north of the Huai in September 1960, 300 jin:

    >>> round(energy_per_day(150))
    1151
    """
    grain = real("kg_per_year", kg_per_year, at_least=0)
    eaten = 1 - real("lost", lost, at_least=0, at_most=1)
    return plain(grain * eaten * real("kcal_per_kg", kcal_per_kg, at_least=0) / DAYS)


def food_balance(
    output, exports, imports, population,
    seed=0.06, feed=0.08, waste=0.04, kcal_per_kg=2800.0, stock_change=0.0,
):  # fmt: skip
    """Return the grain energy available per head, kcal a day.

    ``output (1 - seed - feed - waste) + imports - exports - stock_change``, in energy per head.

    Parameters (all broadcast):
        output, exports, imports: million_t a year.
        population: millions.
        seed, feed, waste: shares of output that are not food: teaching assumptions.
        kcal_per_kg: energy of the grain: a teaching assumption.
        stock_change: million_t added to stocks; negative when they are drawn down.

    Returns: kcal a head and day; negative if more is exported and stored than there is.
    Raises: ValueError for a negative quantity, or uses that add to more than the output.
    Source: the food-balance method, as applied to China by Piazza (1983).

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

    Parameters (broadcast):
        tonnes: grain in tonnes; in millions of tonnes the answer is in millions of people.
        kcal_per_kg: energy of the grain: a teaching assumption.
        kcal_per_day: energy a person needs, above 0: a teaching assumption.
        years: how long they are fed, above 0.

    Returns: people.
    Raises: ValueError for a value outside its range.
    Source: energy in the grain over energy needed in 365-day years.

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

    Parameters (broadcast):
        expected, need: kg per head, or any one unit.
        shock: share of the expected harvest that fails; negative for a better harvest.

    Returns: FixedQuota; nothing is procured where no surplus was expected, and no district keeps
        less than nothing.
    Raises: ValueError for a negative harvest or need, or a shock above 1.
    Source: Meng, Qian and Yared (2015), reduced to its accounting.

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


def field_depth_cm(jin_per_mu, bulk_density=580.0):
    """Return how deep a claimed yield would lie if the grain were spread over its own field.

    Parameters (broadcast):
        jin_per_mu: claimed yield; 1 jin per mu is 7.5 kg per hectare.
        bulk_density: kg of loose grain per cubic metre: a teaching assumption for rice in the
            husk; Singh, Kaur and Singh (2015) measured up to 608 for one variety.

    Returns: centimetres.
    Raises: ValueError for a negative yield or a density of 0 or less.
    Source: mass per area over mass per volume.

    The rice field of Huanjiang, September 1958:

    >>> round(field_depth_cm(130_434), 1)
    16.9
    """
    kg_per_m2 = real("jin_per_mu", jin_per_mu, at_least=0) * KG_PER_JIN / M2_PER_MU
    return plain(100 * kg_per_m2 / real("bulk_density", bulk_density, above=0))
