"""Incentives in a pooled farm: work points, supervision, the right to leave, and mess halls."""

from dataclasses import dataclass

import numpy as np

from glf_utils.inputs import plain, real, together, whole


@dataclass(frozen=True)
class Supervision:
    """The supervised share of working time that yields most.

    ``share`` of time spent supervising, ``tracking`` and ``effort`` it leads to, ``output``
    relative to the social optimum without supervision.
    """

    share: np.ndarray
    tracking: np.ndarray
    effort: np.ndarray
    output: np.ndarray


def effort_ratio(need_share, tracking, elasticity, members, effort_cost=1.0, supervised=0.0):
    """Return the effort members choose, relative to the effort that would be best for all.

    Output is ``Y = L**elasticity``; a member's effort ``l`` costs ``v(l)``, with marginal cost
    ``v'(l) = l**effort_cost``. A share ``need_share`` of output is divided equally, the rest by
    work points, of which a part ``tracking`` follows effort and the remainder is equal. With
    everyone alike, a member gains from a little more effort

        (1 - need_share) tracking (Y/L) (1 - 1/n) + Y'(L)/n  =  R Y'(L),
        R = (1 - need_share) tracking (1 - 1/n) / elasticity + 1/n,

    where all together gain ``Y'(L)``. Setting both equal to ``v'(l)`` gives the ratio
    ``R ** (1 / (effort_cost + 1 - elasticity))``. When a share ``supervised`` of each member's
    time goes into watching, only the rest reaches the field and ``R`` is multiplied by
    ``(1 - supervised) ** elasticity``.

    Parameters (all broadcast):
        need_share: share of output divided by need, 0 to 1.
        tracking: how well points follow effort, 0 (not at all) to 1 (exactly).
        elasticity: elasticity of output to labour, above 0, at most 1.
        members: number sharing the output, 1 or more.
        effort_cost: elasticity of marginal cost to effort, above 0: a teaching assumption.
        supervised: share of working time spent supervising, 0 to below 1.

    Returns: the ratio; above 1 means that points reward more effort than it is worth.
    Raises: ValueError for a value outside its range.
    Source: Sen (1966) on need and work; Lin (1988) on points that track effort imperfectly.

    The supply share of 1960, 35 per cent, in a team of 24 and in a commune of 4,797 households:

    >>> effort_ratio(0.35, tracking([24, 4797]), elasticity=0.55, members=[24, 4797]).round(2)
    array([0.67, 0.22])
    """
    beta, m, eps, n, k, s = together(
        need_share=real("need_share", need_share, at_least=0, at_most=1),
        tracking=real("tracking", tracking, at_least=0, at_most=1),
        elasticity=real("elasticity", elasticity, above=0, at_most=1),
        members=real("members", members, at_least=1),
        effort_cost=real("effort_cost", effort_cost, above=0),
        supervised=real("supervised", supervised, at_least=0, below=1),
    )
    private_over_social = (1 - beta) * m * (1 - 1 / n) / eps + 1 / n
    return plain(((1 - s) ** eps * private_over_social) ** (1 / (k + 1 - eps)))


def efficient_need_share(elasticity, tracking):
    """Return the share by need at which members choose the best effort.

    It is ``1 - elasticity/tracking``. The condition ``(1 - need_share) tracking = elasticity``
    holds for any number of members, since it makes ``R = 1`` in :func:`effort_ratio`.

    Parameters (broadcast):
        elasticity: elasticity of output to labour, above 0, at most 1.
        tracking: how well points follow effort, 0 to 1.

    Returns: share, 0 to 1; 0 where points track so badly (``tracking <= elasticity``) that even
        dividing everything by points leaves effort at or below the best.
    Raises: ValueError for a value outside its range.
    Source: Sen (1966); Lin (1988).

    >>> efficient_need_share(0.55, [1.0, 0.8, 0.3]).round(2)
    array([0.45, 0.31, 0.  ])
    """
    eps = real("elasticity", elasticity, above=0, at_most=1)
    m = real("tracking", tracking, at_least=0, at_most=1)
    return plain(1 - eps / np.maximum(m, eps))


def tracking(members, supervised=0.0, span=10.0, passed_on=0.5, neighbours=0.6):
    """Return how well work points follow effort in a unit of a given size, 0 to 1.

    A teaching assumption in two parts. In the field, a member's work is seen to the extent
    ``neighbours`` by those beside him, and fully when a supervisor looks in; visits fall at random,
    and an hour of supervision spans ``span`` hours of work. Beyond ``span`` members, what was seen
    travels up through ``log(members/span) / log(span)`` layers, and each passes on only a part:

        tracking = [neighbours + (1 - neighbours) covered] * passed_on ** layers,
        covered = 1 - exp(-span supervised / (1 - supervised)).

    Parameters (all broadcast):
        members: size of the unit that pools its output, 1 or more.
        supervised: share of working time spent supervising, 0 to below 1.
        span: members one supervisor can watch, above 1.
        passed_on: part of what is seen that survives a layer, 0 to 1.
        neighbours: part that is seen without any supervisor, 0 to 1.

    Returns: tracking, falling with size and rising with supervision.
    Raises: ValueError for a value outside its range.
    Source: loss of control through layers, Williamson (1967); monitoring costs, Lin (1988).

    A production team, an advanced co-op and a commune:

    >>> tracking([24, 160, 4797]).round(2)
    array([0.46, 0.26, 0.09])
    """
    n, s, watch, kept, seen = together(
        members=real("members", members, at_least=1),
        supervised=real("supervised", supervised, at_least=0, below=1),
        span=real("span", span, above=1),
        passed_on=real("passed_on", passed_on, at_least=0, at_most=1),
        neighbours=real("neighbours", neighbours, at_least=0, at_most=1),
    )
    covered = 1 - np.exp(-watch * s / (1 - s))
    layers = np.maximum(0, np.log(n / watch) / np.log(watch))
    return plain((seen + (1 - seen) * covered) * kept**layers)


def best_supervision(
    need_share, elasticity, members, effort_cost=1.0, span=10.0, passed_on=0.5, neighbours=0.6
):
    """Find the share of working time spent supervising that yields the largest output.

    Supervision raises tracking and so effort, and takes hands from the field: relative output is
    ``((1 - s) effort_ratio) ** elasticity``. The search goes from 0 to half of all time
    in steps of 0.001.

    Parameters (all broadcast to S): as in :func:`effort_ratio` and :func:`tracking`.
    Returns: Supervision with arrays of shape S.
    Raises: ValueError for a value outside its range.
    Source: the choice of monitoring in Lin (1988).

    Both a team and a commune do best to spend some time watching, but in a commune most of what is
    seen is lost on the way up:

    >>> best = best_supervision(0.35, 0.55, members=[24, 4797])
    >>> best.output.round(2)
    array([0.85, 0.46])
    """
    share = np.linspace(0, 0.5, 501)
    beta, eps, n, k, watch, kept, seen = (
        real(name, value)[..., np.newaxis]
        for name, value in (
            ("need_share", need_share), ("elasticity", elasticity), ("members", members),
            ("effort_cost", effort_cost), ("span", span), ("passed_on", passed_on),
            ("neighbours", neighbours),
        )
    )  # fmt: skip
    m = tracking(n, share, watch, kept, seen)
    effort = effort_ratio(beta, m, eps, n, k, share)
    yields = ((1 - share) * effort) ** eps
    share, m, effort, yields = np.broadcast_arrays(share, m, effort, yields)
    best = yields.argmax(axis=-1)[..., np.newaxis]
    return Supervision(
        *(plain(np.take_along_axis(a, best, axis=-1)[..., 0]) for a in (share, m, effort, yields))
    )


def cooperation_threshold(members, effort_cost, product, fallback):
    """Return the patience that keeps every member honest, ``delta*``.

    Each of n members works or shirks; work costs ``effort_cost`` and yields ``product``, shared
    equally. One who shirks once gains now and gets ``fallback`` ever after:

        delta* = (effort_cost - product/n) / (product (n - 1)/n - fallback).

    With the right to leave, ``fallback`` is what farming alone pays. Without it, ``fallback`` is
    what a unit of shirkers pays. The worse it is, the easier honesty becomes: this is the
    objection to Lin, whose result needs members who stop looking ahead once leaving is forbidden.

    Parameters (all broadcast):
        members: number sharing the product, 1 or more.
        effort_cost, product, fallback: per member and season, in one unit.

    Returns: discount factor from 0 to below 1; inf where no patience is enough.
    Raises: ValueError if ``members`` is below 1, or a cost or product is negative.
    Source: Lin (1990); Dong and Dow (1993).

    >>> cooperation_threshold([2, 5, 20, 200], effort_cost=0.6, product=1, fallback=0.3).round(2)
    array([0.5 , 0.8 , 0.85, 0.86])
    """
    n, cost, y, later = together(
        members=real("members", members, at_least=1),
        effort_cost=real("effort_cost", effort_cost, at_least=0),
        product=real("product", product, at_least=0),
        fallback=real("fallback", fallback),
    )
    gain, punishment = cost - y / n, y - cost - later  # of shirking once; a season, ever after
    bites = (gain > 0) & (punishment > 0)
    threshold = np.where(bites, gain, 0) / np.where(bites, gain + punishment, 1)
    return plain(np.where((gain <= 0) | bites & (threshold < 1), threshold, np.inf))


def cooperates(delta, members, effort_cost, product, fallback):
    """Return whether members with discount factor ``delta`` keep working honestly.

    Parameters (all broadcast):
        delta: weight of the next season against this one, 0 to below 1.
        members, effort_cost, product, fallback: as in :func:`cooperation_threshold`.

    Returns: bool or array of bools.
    Raises: ValueError as :func:`cooperation_threshold`, or if ``delta`` is not in 0 to 1.
    Source: Lin (1990); Dong and Dow (1993).

    Twenty households that can leave for 0.3, and the same twenty that cannot leave and would get
    nothing from a unit of shirkers:

    >>> cooperates(0.7, 20, 0.6, 1, fallback=[0.3, 0.0])
    array([False,  True])
    """
    patience = real("delta", delta, at_least=0, below=1)
    return plain(patience >= cooperation_threshold(members, effort_cost, product, fallback))


def eaten_per_day(stock_per_head_kg, days, diners, curvature=2.0, appetite_kg=1.0):
    """Return what each diner takes a day from a stock that should last ``days``.

    Meals are worth ``u(x) = x**(1 - curvature) / (1 - curvature)``. Sharing the stock evenly over
    the days, ``x = stock/days``, makes grain kept worth ``u'(x)``. A diner who takes a little more
    bears one part in n of that: ``u'(x_own) = u'(x)/n``, hence ``x_own = x n**(1/curvature)``,
    up to what a person can eat. The worth of grain kept is held at its planned value all along.

    Parameters (all broadcast):
        stock_per_head_kg: grain in the hall per diner, kg.
        days: days the stock is meant to last, above 0.
        diners: number eating from the stock, 1 or more; 1 gives the ration of a household.
        curvature: relative risk aversion, above 0: a teaching assumption.
        appetite_kg: most a person eats a day, kg: a teaching assumption.

    Returns: kg a head and day.
    Raises: ValueError for a value outside its range.
    Source: the commons with constant relative risk aversion; Chang and Wen (1997) on mess halls.

    >>> eaten_per_day(180, days=300, diners=[1, 2, 200])
    array([0.6       , 0.84852814, 1.        ])
    """
    stock, horizon, n, sigma, appetite = together(
        stock_per_head_kg=real("stock_per_head_kg", stock_per_head_kg, at_least=0),
        days=real("days", days, above=0),
        diners=real("diners", diners, at_least=1),
        curvature=real("curvature", curvature, above=0),
        appetite_kg=real("appetite_kg", appetite_kg, above=0),
    )
    with np.errstate(over="ignore"):
        greed = np.minimum(n ** (1 / sigma), np.finfo(float).max)
        return plain(np.minimum(stock / horizon * greed, appetite))


def days_of_food(stock_per_head_kg, daily_kg):
    """Return how many days a stock lasts; daily intake times days is the stock.

    Parameters (broadcast):
        stock_per_head_kg: grain per diner, kg.
        daily_kg: kg a head and day, above 0.

    Returns: days.
    Raises: ValueError for a negative stock or an intake of 0 or less.

    >>> days_of_food(180, eaten_per_day(180, days=300, diners=[1, 2, 200])).round()
    array([300., 212., 180.])
    """
    stock = real("stock_per_head_kg", stock_per_head_kg, at_least=0)
    return plain(stock / real("daily_kg", daily_kg, above=0))


def stock_path(stock_per_head_kg, daily_kg, days):
    """Return the grain left per head at the end of day 0, 1, … ``days``.

    Parameters:
        stock_per_head_kg, daily_kg (S): kg in the hall, and kg a head and day.
        days: number of days to follow.

    Returns: kg, of shape S + (days + 1,); never below 0.
    Raises: ValueError for a negative quantity or ``days`` not whole.

    >>> stock_path(2.5, 1.0, days=4)
    array([2.5, 1.5, 0.5, 0. , 0. ])
    """
    stock = real("stock_per_head_kg", stock_per_head_kg, at_least=0)[..., np.newaxis]
    daily = real("daily_kg", daily_kg, at_least=0)[..., np.newaxis]
    return np.maximum(stock - daily * np.arange(whole("days", days) + 1), 0)
