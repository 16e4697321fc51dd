"""How a number grows on its way up, and what those who receive it come to believe.

A report is in the unit of the truth it stands for; inflation is a fraction, 0.1 for a tenth more.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import erfc, sqrt

import numpy as np

from glf_utils.inputs import plain, real, sealed, together


@dataclass(frozen=True)
class Ladder:
    """The two plans of each level: the one it must reach and the one it hopes for."""

    must: np.ndarray
    hoped: np.ndarray


def pass_up(truth, inflation_by_level):
    """Pass a number up an administration in which every level adds its part.

    ``report[l] = report[l-1] (1 + inflation[l])``.

    Parameters:
        truth (S): the true quantity, any unit.
        inflation_by_level (… L): from the lowest level up, each -1 or more; negative hides.

    Returns: array of shape S + (L + 1,), the truth first.
    Raises: ValueError for a negative truth or an inflation below -1.
    Source: the compounding behind Kung and Chen (2011) and the checks of 1960 at Yongding.

    A tenth at each of five levels is more than half at the top:

    >>> pass_up(200, [0.1] * 5).round(1)
    array([200. , 220. , 242. , 266.2, 292.8, 322.1])
    """
    start = real("truth", truth, at_least=0)[..., np.newaxis]
    steps = 1 + np.atleast_1d(real("inflation_by_level", inflation_by_level, at_least=-1))
    return start * np.cumprod(np.concatenate([steps[..., :1] * 0 + 1, steps], axis=-1), axis=-1)


def inflation_by_level(reports):
    """Return what each level added to the report of the one below; undoes :func:`pass_up`.

    Parameters:
        reports (… L + 1): the lowest report, or the measured truth, first; all above 0.

    Returns: array of shape (… L).
    Raises: ValueError for a report of 0 or less, or fewer than two.
    Source: simple ratios.

    Early rice at Yongding, 1960: weighed, then as told by brigade, commune and county (jin per mu,
    the highest of each):

    >>> inflation_by_level([193, 205, 228, 300]).round(2)
    array([0.06, 0.11, 0.32])
    """
    numbers = np.atleast_1d(real("reports", reports, above=0))
    if numbers.shape[-1] < 2:
        raise ValueError(f"reports is {reports!r}; it must hold at least two levels")
    return numbers[..., 1:] / numbers[..., :-1] - 1


def climb_ladder(target, growth_by_level):
    """Send a target down an administration in which each level asks more of the next.

    Every level has a plan it must reach and a second one it hopes for; the second plan of one
    level is the first plan of the level below.

    Parameters:
        target (S): the plan the top must reach.
        growth_by_level (… L): how much each level's second plan exceeds its first, top level first.

    Returns: Ladder of arrays of shape S + (L,); ``hoped[..., -1]`` is what the base is asked for.
    Raises: ValueError for a negative target or a growth below -1.
    Source: the rule of two accounts of 1958, as plain compounding.

    Grain in 1958, in billion jin, from 392 with an eighth more at each of three levels:

    >>> climb_ladder(392, [0.125] * 3).hoped.round()
    array([441., 496., 558.])
    """
    real("target", target, at_least=0)
    real("growth_by_level", growth_by_level, at_least=-1)
    plans = pass_up(target, growth_by_level)
    return Ladder(must=plans[..., :-1], hoped=plans[..., 1:])


def best_exaggeration(
    prize, rivalry, yield_per_head, private_cost,
    procurement_rate=0.0, need=0.0, hunger_weight=0.0, audit=0.0, penalty=0.0,
):  # fmt: skip
    """Return the exaggeration that pays an official best, as a fraction of the truth.

    With a report ``r = (1 + b) theta`` per head the official weighs

        prize F(r - r_rival)                          promotion in a contest with rivals alike
        - private_cost b**2 / 2                       what lying costs him
        - audit penalty b**2 / 2                      expected sanction once the grain is weighed
        - hunger_weight max(0, need - (theta - tau r))   hunger where he rules.

    Between equals F' is ``rivalry``. Every kilogram reported beyond the point where people go
    hungry costs ``hunger_weight tau`` more, so with ``k = private_cost + audit penalty`` the first
    order condition gives two answers,

        b = theta prize rivalry / k                          if nobody goes hungry at it,
        b = theta (prize rivalry - hunger_weight tau) / k    if people do,

    and the threshold ``b = (1 - need/theta)/tau - 1`` when it lies between them. Without a prize
    and with hunger, b is negative: the harvest is hidden.

    Parameters (all broadcast):
        prize: worth of promotion; costs, weights and penalty are in the same unit.
        rivalry: density at 0 of the difference between two rivals' reports, per kg per head; the
            tighter the field, the higher.
        yield_per_head: true harvest per head ``theta``, kg, above 0.
        private_cost: above 0.
        procurement_rate: share ``tau`` taken of the reported harvest, 0 to 1.
        need: food need per head, kg.
        hunger_weight: cost to him of one kg a head missing.
        audit: chance that the harvest is weighed, 0 to 1.
        penalty: sanction when a lie comes out.

    Returns: b, at least -1 (nothing reported). The quadratic costs, and a penalty alike for
        boasting and hiding, are teaching assumptions.
    Raises: ValueError for a value outside its range.
    Source: Lazear and Rosen (1981) for the contest; Kung and Chen (2011) for careers in the Leap.

    High prize; the same with the harvest weighed every second time; no prize, and a hungry county:

    >>> best_exaggeration(prize=[1, 1, 0], rivalry=0.01, yield_per_head=300, private_cost=3,
    ...     procurement_rate=0.4, need=220, hunger_weight=0.01, audit=[0, 0.5, 0.0], penalty=12)
    array([ 0.6       ,  0.2       , -0.33333333])
    """
    named = {"prize": prize, "rivalry": rivalry, "need": need,
             "hunger_weight": hunger_weight, "penalty": penalty}  # fmt: skip
    checked = {name: real(name, value, at_least=0) for name, value in named.items()}
    a, f, s, mu, sanction, theta, k, tau, pi = together(
        **checked,
        yield_per_head=real("yield_per_head", yield_per_head, above=0),
        private_cost=real("private_cost", private_cost, above=0),
        procurement_rate=real("procurement_rate", procurement_rate, at_least=0, at_most=1),
        audit=real("audit", audit, at_least=0, at_most=1),
    )
    lying = k + pi * sanction
    fed = theta * a * f / lying
    hungry = theta * (a * f - mu * tau) / lying
    surplus = 1 - s / theta
    with np.errstate(divide="ignore", invalid="ignore"):
        threshold = np.where(tau > 0, surplus / tau - 1, np.where(surplus >= 0, np.inf, -np.inf))
    return plain(np.maximum(np.clip(threshold, hungry, fed), -1))


def update_belief(belief, reports, gain):
    """Follow a belief that moves part of the way to each report, ``B += gain (report - B)``.

    With a gain tuned to honest noise, a bias common to all reports goes straight into the belief:
    it settles at truth plus bias, and no further report of the kind can dislodge it.

    Parameters:
        belief (S): belief before the first report.
        reports (… T): the reports in order, same unit.
        gain: weight of a new report, 0 (deaf) to 1 (believes it whole).

    Returns: array of shape (… T + 1), the starting belief first.
    Raises: ValueError for a value that is missing or a gain outside 0 to 1.
    Source: Kalman (1960), with a constant gain.

    Three reports of 375 million tonnes, starting from the 195 of 1957:

    >>> update_belief(195, [375, 375, 375], gain=0.5)
    array([195. , 285. , 330. , 352.5])
    """
    news = np.atleast_1d(real("reports", reports))
    weight = real("gain", gain, at_least=0, at_most=1)
    now, weight, _ = together(
        belief=real("belief", belief), gain=weight, reports=news[..., 0] if news.size else 0.0
    )
    path = [now]
    for report in np.moveaxis(news, -1, 0):
        path.append(path[-1] + weight * (report - path[-1]))
    return np.stack(path, axis=-1)


def best_of(n, spread, mean=1.0):
    """Return the expected best of n honest, noisy results.

    ``mean + spread e(n)``, where ``e(n)`` is the expected largest of n standard normal numbers,
    found by integrating ``Phi(x)**n`` from -8 to 10; the error is below 1e-9. The
    usual shorthand ``sqrt(2 ln n)`` is an upper bound.

    Parameters (broadcast):
        n: number of results, 1 to 10 million.
        spread: standard deviation of one result.
        mean: true mean, same unit.

    Returns: same unit; nobody lied, and it still exceeds the mean.
    Raises: ValueError for a value outside its range.
    Source: Tippett (1925).

    750,000 co-ops, results 15 per cent apart. The shorthand would give 1.78:

    >>> round(best_of(750_000, 0.15), 2)
    1.72
    """
    count = real("n", n, at_least=1, at_most=1e7)
    x, log_below = _normal_distribution()
    with np.errstate(under="ignore"):  # far below the best there is nobody: the chance is zero
        below = np.exp(count[..., np.newaxis] * log_below)
    area = (x[1] - x[0]) * (below.sum(axis=-1) - (below[..., 0] + below[..., -1]) / 2)
    return plain(real("mean", mean) + real("spread", spread, at_least=0) * (x[-1] - area))


@lru_cache(maxsize=1)
def _normal_distribution():
    """Return a grid and the logarithm of the standard normal distribution function on it."""
    x = np.linspace(-8, 10, 1801)
    return sealed(x), sealed(np.log1p([-erfc(value / sqrt(2)) / 2 for value in x]))
