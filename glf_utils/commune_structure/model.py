"""Incentives in a pooled farm: work points, supervision, the right to leave, and mess halls."""

import numpy as np

from glf_utils.arguments import real, together, whole
from glf_utils.results import plain


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

    Parameters
    ----------
    need_share : float or array of shape S
        Share of output divided by need, 0 to 1. All arguments broadcast to S.
    tracking : float or array of shape S
        How well points follow effort, 0 (not at all) to 1 (exactly).
    elasticity : float or array of shape S
        Elasticity of output to labour, above 0, at most 1.
    members : float or array of shape S
        Number sharing the output, 1 or more.
    effort_cost : float or array of shape S
        Elasticity of marginal cost to effort, above 0.
    supervised : float or array of shape S
        Share of working time spent supervising, 0 to below 1.

    Returns
    -------
    float or array of shape S
        The ratio; above 1 means that points reward more effort than it is worth.

    Raises
    ------
    ValueError
        For a value outside its range, or shapes that do not fit.

    Notes
    -----
    The default of ``effort_cost`` is a teaching assumption.

    References
    ----------
    Sen (1966) on need and work; Lin (1988) on points that track effort imperfectly.

    Examples
    --------
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

    Parameters
    ----------
    elasticity : float or array of shape S
        Elasticity of output to labour, above 0, at most 1. Both arguments broadcast to S.
    tracking : float or array of shape S
        How well points follow effort, 0 to 1.

    Returns
    -------
    float or array of shape S
        The share, 0 to 1; 0 where points track so badly (``tracking <= elasticity``) that even
        dividing everything by points leaves effort at or below the best.

    Raises
    ------
    ValueError
        For a value outside its range.

    References
    ----------
    Sen (1966); Lin (1988).

    Examples
    --------
    >>> efficient_need_share(0.55, [1.0, 0.8, 0.3]).round(2)
    array([0.45, 0.31, 0.  ])
    """
    eps = real("elasticity", elasticity, above=0, at_most=1)
    m = real("tracking", tracking, at_least=0, at_most=1)
    return plain(1 - eps / np.maximum(m, eps))


def tracking(members, supervised=0.0, span=10.0, passed_on=0.5, neighbours=0.6):
    """Return how well work points follow effort in a unit of a given size, 0 to 1.

    In the field, a member's work is seen to the extent ``neighbours`` by those beside him, and
    fully when a supervisor looks in; visits fall at random, and an hour of supervision spans
    ``span`` hours of work. Beyond ``span`` members, what was seen travels up through
    ``log(members/span) / log(span)`` layers, and each passes on only a part:

        tracking = [neighbours + (1 - neighbours) covered] * passed_on ** layers,
        covered = 1 - exp(-span supervised / (1 - supervised)).

    Parameters
    ----------
    members : float or array of shape S
        Size of the unit that pools its output, 1 or more. All arguments broadcast to S.
    supervised : float or array of shape S
        Share of working time spent supervising, 0 to below 1.
    span : float or array of shape S
        Members one supervisor can watch, above 1.
    passed_on : float or array of shape S
        Part of what is seen that survives a layer, 0 to 1.
    neighbours : float or array of shape S
        Part that is seen without any supervisor, 0 to 1.

    Returns
    -------
    float or array of shape S
        Tracking, 0 to 1, falling with size and rising with supervision.

    Raises
    ------
    ValueError
        For a value outside its range, or shapes that do not fit.

    Notes
    -----
    Both parts of the formula are teaching assumptions.

    References
    ----------
    Williamson (1967) on loss of control through layers; Lin (1988) on the cost of monitoring.

    Examples
    --------
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


def cooperation_threshold(members, effort_cost, product, fallback):
    """Return the patience that keeps every member honest, ``delta*``.

    Each of n members works or shirks; work costs ``effort_cost`` and yields ``product``, shared
    equally. One who shirks once gains now and gets ``fallback`` ever after:

        delta* = (effort_cost - product/n) / (product (n - 1)/n - fallback).

    With the right to leave, ``fallback`` is what farming alone pays. Without it, ``fallback`` is
    what a unit of shirkers pays. The worse it is, the easier honesty becomes: this is the
    objection to Lin, whose result needs members who stop looking ahead once leaving is forbidden.

    Parameters
    ----------
    members : float or array of shape S
        Number n sharing the product, 1 or more. All arguments broadcast to S.
    effort_cost, product, fallback : float or array of shape S
        Per member and season, in one unit.

    Returns
    -------
    float or array of shape S
        Discount factor from 0 to below 1; inf where no patience is enough.

    Raises
    ------
    ValueError
        If ``members`` is below 1, a cost or product is negative, or shapes do not fit.

    References
    ----------
    Lin (1990); Dong and Dow (1993).

    Examples
    --------
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

    Parameters
    ----------
    delta : float or array of shape S
        Weight of the next season against this one, 0 to below 1. All arguments broadcast to S.
    members, effort_cost, product, fallback : float or array of shape S
        As in :func:`cooperation_threshold`.

    Returns
    -------
    bool or array of bool of shape S

    Raises
    ------
    ValueError
        As :func:`cooperation_threshold`, or if ``delta`` is not from 0 to below 1.

    References
    ----------
    Lin (1990); Dong and Dow (1993).

    Examples
    --------
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

    Parameters
    ----------
    stock_per_head_kg : float or array of shape S
        Grain in the hall per diner, kg. All arguments broadcast to S.
    days : float or array of shape S
        Days the stock is meant to last, above 0.
    diners : float or array of shape S
        Number n eating from the stock, 1 or more; 1 gives the ration of a household.
    curvature : float or array of shape S
        Relative risk aversion, above 0.
    appetite_kg : float or array of shape S
        Most a person eats a day, kg, above 0.

    Returns
    -------
    float or array of shape S
        Kilograms a head and day.

    Raises
    ------
    ValueError
        For a value outside its range, or shapes that do not fit.

    Notes
    -----
    The form is the commons with constant relative risk aversion. The defaults of ``curvature``
    and ``appetite_kg`` are teaching assumptions.

    References
    ----------
    Chang and Wen (1997) on mess halls.

    Examples
    --------
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

    Parameters
    ----------
    stock_per_head_kg : float or array of shape S
        Grain per diner, kg. Both arguments broadcast to S.
    daily_kg : float or array of shape S
        Kilograms a head and day, above 0.

    Returns
    -------
    float or array of shape S
        Days.

    Raises
    ------
    ValueError
        For a negative stock or an intake of 0 or less.

    Examples
    --------
    >>> days_of_food(180, eaten_per_day(180, days=300, diners=[1, 2, 200])).round()
    array([300., 212., 180.])
    """
    stock = real("stock_per_head_kg", stock_per_head_kg, at_least=0)
    return plain(stock / real("daily_kg", daily_kg, above=0))


def stock_path(stock_per_head_kg, daily_kg, days):
    """Return the grain left per head at the end of day 0, 1, … ``days``.

    Parameters
    ----------
    stock_per_head_kg : float or array of shape S
        Grain in the hall per diner, kg. The first two arguments broadcast to S.
    daily_kg : float or array of shape S
        Kilograms a head and day.
    days : int
        Number of days to follow.

    Returns
    -------
    array of shape (S, days + 1)
        Kilograms, never below 0.

    Raises
    ------
    ValueError
        For a negative quantity or ``days`` not whole.

    Examples
    --------
    >>> stock_path(2.5, 1.0, days=4)
    array([2.5, 1.5, 0.5, 0. , 0. ])
    """
    stock = real("stock_per_head_kg", stock_per_head_kg, at_least=0)[..., np.newaxis]
    daily = real("daily_kg", daily_kg, at_least=0)[..., np.newaxis]
    return np.maximum(stock - daily * np.arange(whole("days", days) + 1), 0)
