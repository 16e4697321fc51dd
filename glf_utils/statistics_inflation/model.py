"""How a number grows on its way up, how far an official lies, and what chance alone makes best.

A report is in the unit of the truth it stands for; inflation is a fraction, 0.1 for a tenth more.
"""

from functools import lru_cache
from math import erfc, sqrt

import numpy as np

from glf_utils.arguments import real, together
from glf_utils.results import plain, sealed

OFFICIAL = dict(
    rivalry=0.01,
    yield_per_head=300,
    rate=0.25,
    need=220,
    hunger_weight=1,
    penalty=4_000,
)
"""One official, in points: teaching assumptions, but for a harvest of some 300 kg a head."""


def pass_up(truth, inflation_by_level):
    """Pass a number up an administration in which every level adds its part.

    ``report[l] = report[l-1] (1 + inflation[l])``.

    Parameters
    ----------
    truth : float or array of shape S
        The true quantity, any unit.
    inflation_by_level : array of shape (L,) or (S, L)
        Fraction added by each level, from the lowest up, -1 or more; negative hides.

    Returns
    -------
    array of shape (S, L + 1)
        In the unit of ``truth``, which stands first.

    Raises
    ------
    ValueError
        For a negative truth or an inflation below -1.

    References
    ----------
    Kung and Chen (2011), for the compounding, as in the checks of 1960 at Yongding.

    Examples
    --------
    A tenth at each of five levels is more than half at the top:

    >>> pass_up(200, [0.1] * 5).round(1)
    array([200. , 220. , 242. , 266.2, 292.8, 322.1])
    """
    start = real("truth", truth, at_least=0)[..., np.newaxis]
    steps = 1 + np.atleast_1d(real("inflation_by_level", inflation_by_level, at_least=-1))
    return start * np.cumprod(np.concatenate([steps[..., :1] * 0 + 1, steps], axis=-1), axis=-1)


def inflation_by_level(reports):
    """Return what each level added to the report of the one below; undoes :func:`pass_up`.

    Parameters
    ----------
    reports : array of shape (…, L + 1)
        The lowest report, or the measured truth, first; any unit, all above 0.

    Returns
    -------
    array of shape (…, L)
        Fractions: simple ratios, less 1.

    Raises
    ------
    ValueError
        For a report of 0 or less, or fewer than two.

    Examples
    --------
    Early rice at Yongding, 1960: weighed, then as told by brigade, commune and county (jin per mu,
    the highest of each):

    >>> inflation_by_level([193, 205, 228, 300]).round(2)
    array([0.06, 0.11, 0.32])
    """
    numbers = np.atleast_1d(real("reports", reports, above=0))
    if numbers.shape[-1] < 2:
        raise ValueError(f"reports is {reports!r}; it must hold at least two levels")
    return numbers[..., 1:] / numbers[..., :-1] - 1


def best_exaggeration(
    prize,
    rivalry,
    yield_per_head,
    private_cost,
    rate=0.0,
    need=0.0,
    hunger_weight=0.0,
    audit=0.0,
    penalty=0.0,
):
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

    Parameters
    ----------
    prize : float or array of shape S
        Worth of promotion; costs, weights and penalty are in the same unit. All arguments
        broadcast to S.
    rivalry : float or array of shape S
        Density at 0 of the difference between two rivals' reports, per kg per head; the tighter
        the field, the higher.
    yield_per_head : float or array of shape S
        True harvest per head ``theta``, kg, above 0.
    private_cost : float or array of shape S
        Cost of lying, above 0.
    rate : float or array of shape S
        Share ``tau`` taken of the reported harvest, 0 to 1.
    need : float or array of shape S
        Food need per head, kg.
    hunger_weight : float or array of shape S
        Cost to him of one kg a head missing.
    audit : float or array of shape S
        Chance that the harvest is weighed, 0 to 1.
    penalty : float or array of shape S
        Sanction when a lie comes out.

    Returns
    -------
    float or array of shape S
        b, at least -1 (nothing reported).

    Raises
    ------
    ValueError
        For a value outside its range, or shapes that do not fit.

    Notes
    -----
    The quadratic costs, and a penalty alike for boasting and hiding, are teaching assumptions.
    :func:`worth_of_report` gives what he weighs, report by report.

    References
    ----------
    Lazear and Rosen (1981) for the contest; Kung and Chen (2011) for careers in the Leap.

    Examples
    --------
    High prize; the same with the harvest weighed every second time; no prize, and a hungry county:

    >>> best_exaggeration(prize=[1, 1, 0], rivalry=0.01, yield_per_head=300, private_cost=3,
    ...     rate=0.4, need=220, hunger_weight=0.01, audit=[0, 0.5, 0.0], penalty=12)
    array([ 0.6       ,  0.2       , -0.33333333])
    """
    named = {
        "prize": prize,
        "rivalry": rivalry,
        "need": need,
        "hunger_weight": hunger_weight,
        "penalty": penalty,
    }
    checked = {name: real(name, value, at_least=0) for name, value in named.items()}
    a, f, s, mu, sanction, theta, k, tau, pi = together(
        **checked,
        yield_per_head=real("yield_per_head", yield_per_head, above=0),
        private_cost=real("private_cost", private_cost, above=0),
        rate=real("rate", rate, at_least=0, at_most=1),
        audit=real("audit", audit, at_least=0, at_most=1),
    )
    lying = k + pi * sanction
    fed = theta * a * f / lying
    hungry = theta * (a * f - mu * tau) / lying
    surplus = 1 - s / theta
    with np.errstate(divide="ignore", invalid="ignore"):
        threshold = np.where(tau > 0, surplus / tau - 1, np.where(surplus >= 0, np.inf, -np.inf))
    return plain(np.maximum(np.clip(threshold, hungry, fed), -1))


def worth_of_report(
    report_ratio,
    prize,
    rivalry,
    yield_per_head,
    private_cost,
    rate=0.0,
    need=0.0,
    hunger_weight=0.0,
    audit=0.0,
    penalty=0.0,
):
    """Return what a report is worth to an official, beside an honest one that leaves enough.

    The four terms that :func:`best_exaggeration` weighs, with the contest taken near its middle,
    where each kilogram adds ``rivalry`` to the chance of the prize. With ``b = report_ratio - 1``:

        prize rivalry theta b - (private_cost + audit penalty) b**2 / 2
        - hunger_weight max(0, need - theta (1 - tau report_ratio)).

    Parameters
    ----------
    report_ratio : float or array of shape S
        Reported over true harvest, ``lambda``, at least 0. All arguments broadcast to S; the
        others are those of :func:`best_exaggeration`.
    prize, rivalry, yield_per_head, private_cost : float or array of shape S
        Worth of promotion; chance of it per kg; kg a head; cost of lying.
    rate, need, hunger_weight : float or array of shape S
        Share taken of the report; kg a head needed; cost to him of a kg missing.
    audit, penalty : float or array of shape S
        Chance of being weighed; sanction when a lie comes out.

    Returns
    -------
    float or array of shape S
        In the unit of ``prize``.

    Raises
    ------
    ValueError
        For a value outside its range, or shapes that do not fit.

    References
    ----------
    Lazear and Rosen (1981) for the contest; Kung and Chen (2011) for careers in the Leap.

    Examples
    --------
    Of 300 kg a head he reports 300, 330 or 360; a quarter of it is taken:

    >>> worth_of_report([1, 1.1, 1.2], prize=80, rivalry=0.01, yield_per_head=300,
    ...     private_cost=1_000, rate=0.25, need=220, hunger_weight=1).round(1)
    array([ 0. , 16.5, 18. ])
    """
    named = {
        "report_ratio": report_ratio,
        "prize": prize,
        "rivalry": rivalry,
        "need": need,
        "hunger_weight": hunger_weight,
        "penalty": penalty,
    }
    checked = {name: real(name, value, at_least=0) for name, value in named.items()}
    ratio, a, f, s, mu, sanction, theta, k, tau, pi = together(
        **checked,
        yield_per_head=real("yield_per_head", yield_per_head, above=0),
        private_cost=real("private_cost", private_cost, above=0),
        rate=real("rate", rate, at_least=0, at_most=1),
        audit=real("audit", audit, at_least=0, at_most=1),
    )
    lie = ratio - 1
    missing = np.maximum(0, s - theta * (1 - tau * ratio))
    return plain(a * f * theta * lie - (k + pi * sanction) * lie**2 / 2 - mu * missing)


def best_of(n, spread, mean=1.0):
    """Return the expected best of n honest, noisy results.

    ``mean + spread e(n)``, where ``e(n)`` is the expected largest of n standard normal numbers,
    found by integrating ``Phi(x)**n`` from -8 to 10; the error is below 1e-9. The
    usual shorthand ``sqrt(2 ln n)`` is an upper bound.

    Parameters
    ----------
    n : float or array of shape S
        Number of results, 1 to 10 million. All arguments broadcast to S.
    spread : float or array of shape S
        Standard deviation of one result, any unit.
    mean : float or array of shape S
        True mean, same unit.

    Returns
    -------
    float or array of shape S
        Same unit; nobody lied, and it still exceeds the mean.

    Raises
    ------
    ValueError
        For a value outside its range.

    References
    ----------
    Tippett (1925).

    Examples
    --------
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
