"""A pooled farm: work points, supervision, the right to leave, mess halls, missing hands."""

import numpy as np

from glf_utils.arguments import real, together, whole
from glf_utils.results import plain


def gain_from_an_hour(need_share, visible, elasticity, members, hours=10.0):
    """Return what one hour more brings to the member who works it.

    Each of n members works ``hours`` and the field gives 1 kg for each of all ``n hours``. One
    member adds an hour; the harvest grows in the proportion ``elasticity``,

        harvest = n hours ((n hours + 1) / (n hours))**elasticity,

    a share ``need_share`` of it is divided equally and the rest by scores, which follow work to
    the extent ``visible`` and are equal in the rest.

    Parameters
    ----------
    need_share : float or array of shape S
        Share of the harvest divided by need, 0 to 1. All arguments broadcast to S.
    visible : float or array of shape S
        Share of a score that follows work, 0 (none of it) to 1 (all).
    elasticity : float or array of shape S
        Elasticity of the harvest to labour, above 0, at most 1.
    members : float or array of shape S
        Number sharing the harvest, 1 or more.
    hours : float or array of shape S
        Hours that each works before, above 0.

    Returns
    -------
    float or array of shape S
        Kilograms, where an average hour gives one.

    Raises
    ------
    ValueError
        For a value outside its range, or shapes that do not fit.

    References
    ----------
    Sen (1966) on need and work.

    Examples
    --------
    Ten people; all by need, half and half, all by points:

    >>> gain_from_an_hour([0, 0.5, 1], visible=1, elasticity=0.55, members=10).round(3)
    array([0.951, 0.503, 0.055])
    """
    beta, v, eps, n, each = together(
        need_share=real("need_share", need_share, at_least=0, at_most=1),
        visible=real("visible", visible, at_least=0, at_most=1),
        elasticity=real("elasticity", elasticity, above=0, at_most=1),
        members=real("members", members, at_least=1),
        hours=real("hours", hours, above=0),
    )
    before = n * each
    after = before * ((before + 1) / before) ** eps
    score = v * (each + 1) / (before + 1) + (1 - v) / n
    return plain(((1 - beta) * score + beta / n) * after - each)


def effort_ratio(need_share, visible, elasticity, members, kept=0.0):
    """Return the effort members choose, relative to the effort that would be best for all.

    Output is ``Y = L**elasticity``, and an hour costs the more the longer the day: the marginal
    cost of effort is the effort. A share ``kept`` serves all alike, whoever worked for it. Of the
    rest a share ``need_share`` is divided equally and what then remains by work points, of which a
    part ``visible`` follows effort and the remainder is equal. With everyone alike, a member gains
    from a little more effort

        (1 - kept) (1 - need_share) visible (Y/L) (1 - 1/n) + Y'(L)/n  =  R Y'(L),
        R = (1 - kept) (1 - need_share) visible (1 - 1/n) / elasticity + 1/n,

    where all together gain ``Y'(L)``. Setting both equal to the cost gives the ratio
    ``R ** (1 / (2 - elasticity))``.

    Parameters
    ----------
    need_share : float or array of shape S
        Share of what is given out that goes by need, 0 to 1. All arguments broadcast to S.
    visible : float or array of shape S
        Share of a score that follows work, 0 (none of it) to 1 (all).
    elasticity : float or array of shape S
        Elasticity of output to labour, above 0, at most 1.
    members : float or array of shape S
        Number sharing the output, 1 or more.
    kept : float or array of shape S
        Share of output that the collective keeps before anything is given out, 0 to 1.

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
    How fast the cost of effort rises is a teaching assumption, and so is that what is kept comes
    back to all alike: it weighs on effort as a larger ``need_share`` would.

    References
    ----------
    Sen (1966) on need and work; Lin (1988) on points that follow effort imperfectly.

    Examples
    --------
    The rule of 1960, 40 per cent kept and 35 of what is given out by need, in a team of 33 and in
    a commune of 4,797 households:

    >>> seen = visible_work([33, 4797])
    >>> effort_ratio(0.35, seen, elasticity=0.55, members=[33, 4797], kept=0.4).round(2)
    array([0.63, 0.22])
    """
    beta, v, eps, n, reserve = together(
        need_share=real("need_share", need_share, at_least=0, at_most=1),
        visible=real("visible", visible, at_least=0, at_most=1),
        elasticity=real("elasticity", elasticity, above=0, at_most=1),
        members=real("members", members, at_least=1),
        kept=real("kept", kept, at_least=0, at_most=1),
    )
    private_over_social = (1 - reserve) * (1 - beta) * v * (1 - 1 / n) / eps + 1 / n
    return plain(private_over_social ** (1 / (2 - eps)))


def efficient_need_share(elasticity, visible, kept=0.0):
    """Return the share by need at which members choose the best effort.

    It is ``1 - elasticity / ((1 - kept) visible)``. The condition
    ``(1 - kept) (1 - need_share) visible = elasticity`` holds for any number of members, since it
    makes ``R = 1`` in :func:`effort_ratio`.

    Parameters
    ----------
    elasticity : float or array of shape S
        Elasticity of output to labour, above 0, at most 1. All arguments broadcast to S.
    visible : float or array of shape S
        Share of a score that follows work, 0 to 1.
    kept : float or array of shape S
        Share of output that the collective keeps before anything is given out, 0 to 1.

    Returns
    -------
    float or array of shape S
        The share, 0 to 1; 0 where so little is given out, or scores follow work so badly, that
        even giving everything out by points leaves effort at or below the best.

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
    >>> round(efficient_need_share(0.55, 1.0, kept=0.4), 2)
    0.08
    """
    eps, v, reserve = together(
        elasticity=real("elasticity", elasticity, above=0, at_most=1),
        visible=real("visible", visible, at_least=0, at_most=1),
        kept=real("kept", kept, at_least=0, at_most=1),
    )
    return plain(1 - eps / np.maximum((1 - reserve) * v, eps))


NEIGHBOURS = 10
"""Households that see one another's work in full; a clerk adds up as many."""


def visible_work(members, passed_on=0.5):
    """Return the share of a score that follows work in a unit of a given size, 0 to 1.

    Up to ten households see one another's work in full. Beyond, what they saw is added up by
    clerks, one layer for each tenfold growth, and each layer passes on only a part:

        visible = passed_on ** log10(members / 10).

    Parameters
    ----------
    members : float or array of shape S
        Households that pool their output, 1 or more. Both arguments broadcast to S.
    passed_on : float or array of shape S
        Part that is kept at each layer of clerks, 0 to 1.

    Returns
    -------
    float or array of shape S

    Raises
    ------
    ValueError
        For a value outside its range, or shapes that do not fit.

    Notes
    -----
    The ten and the form are teaching assumptions.

    References
    ----------
    Williamson (1967) on loss of control through layers; Lin (1988) on the cost of watching.

    Examples
    --------
    A production team, a brigade and a commune:

    >>> visible_work([33, 160, 4797]).round(2)
    array([0.7 , 0.43, 0.16])
    """
    n, kept = together(
        members=real("members", members, at_least=1),
        passed_on=real("passed_on", passed_on, at_least=0, at_most=1),
    )
    return plain(kept ** np.maximum(0, np.log10(n / NEIGHBOURS)))


def cooperation_threshold(members, effort_cost, product, fallback):
    """Return the patience at which every member keeps working, ``delta*``.

    Each of n members works or stops; work costs ``effort_cost`` and yields ``product``, shared
    equally. One who stops once gains now and gets ``fallback`` ever after:

        delta* = (effort_cost - product/n) / (product (n - 1)/n - fallback).

    With the right to leave, ``fallback`` is what farming alone pays. Without it, ``fallback`` is
    what a unit pays in which nobody works. The worse it is, the less patience work needs: this is
    the objection to Lin, whose result needs members who stop looking ahead once leaving is
    forbidden.

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
    gain, punishment = cost - y / n, y - cost - later  # of stopping once; a season, ever after
    bites = (gain > 0) & (punishment > 0)
    threshold = np.where(bites, gain, 0) / np.where(bites, gain + punishment, 1)
    return plain(np.where((gain <= 0) | bites & (threshold < 1), threshold, np.inf))


def cooperates(patience, members, effort_cost, product, fallback):
    """Return whether members with discount factor ``patience`` keep working.

    Parameters
    ----------
    patience : float or array of shape S
        Weight of the next season against this one, 0 to below 1. All arguments broadcast to S.
    members, effort_cost, product, fallback : float or array of shape S
        As in :func:`cooperation_threshold`.

    Returns
    -------
    bool or array of bool of shape S

    Raises
    ------
    ValueError
        As :func:`cooperation_threshold`, or if ``patience`` is not from 0 to below 1.

    References
    ----------
    Lin (1990); Dong and Dow (1993).

    Examples
    --------
    Twenty households that can leave for 0.3, and the same twenty that cannot leave and would get
    nothing from a unit in which nobody works:

    >>> cooperates(0.7, 20, 0.6, 1, fallback=[0.3, 0.0])
    array([False,  True])
    """
    weight = real("patience", patience, at_least=0, below=1)
    return plain(weight >= cooperation_threshold(members, effort_cost, product, fallback))


def eaten_per_day(stock_per_head_kg, days, members, satiety=10.0, appetite_kg=1.0):
    """Return what each person eats a day from a stock that should last ``days``.

    Meals are worth ``u(x) = x**(1 - satiety) / (1 - satiety)``. Sharing the stock evenly over
    the days, ``x = stock/days``, makes grain kept worth ``u'(x)``. A household that takes a little
    more bears one part in n of that: ``u'(x_own) = u'(x)/n``, hence
    ``x_own = x n**(1/satiety)``, up to what a person can eat. The worth of grain kept is held at
    its planned value all along.

    Parameters
    ----------
    stock_per_head_kg : float or array of shape S
        Grain in the hall a head, kg. All arguments broadcast to S.
    days : float or array of shape S
        Days the stock is meant to last, above 0.
    members : float or array of shape S
        Households n eating from the stock, 1 or more; 1 gives the ration of a household.
    satiety : float or array of shape S
        How fast another bowl loses its worth: relative risk aversion, above 0.
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
    The form is the commons with constant relative risk aversion. The defaults of ``satiety``
    and ``appetite_kg`` are teaching assumptions.

    References
    ----------
    Chang and Wen (1997) on mess halls.

    Examples
    --------
    >>> eaten_per_day(180, days=300, members=[1, 30, 200]).round(2)
    array([0.6 , 0.84, 1.  ])
    """
    stock, horizon, n, sigma, appetite = together(
        stock_per_head_kg=real("stock_per_head_kg", stock_per_head_kg, at_least=0),
        days=real("days", days, above=0),
        members=real("members", members, at_least=1),
        satiety=real("satiety", satiety, above=0),
        appetite_kg=real("appetite_kg", appetite_kg, above=0),
    )
    with np.errstate(over="ignore"):
        pull = np.minimum(n ** (1 / sigma), np.finfo(float).max)
        return plain(np.minimum(stock / horizon * pull, appetite))


def days_of_food(stock_per_head_kg, daily_kg):
    """Return how many days a stock lasts; daily intake times days is the stock.

    Parameters
    ----------
    stock_per_head_kg : float or array of shape S
        Grain a head, kg. Both arguments broadcast to S.
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
    >>> days_of_food(180, eaten_per_day(180, days=300, members=[1, 30, 200])).round()
    array([300., 214., 180.])
    """
    stock = real("stock_per_head_kg", stock_per_head_kg, at_least=0)
    return plain(stock / real("daily_kg", daily_kg, above=0))


def stock_path(stock_per_head_kg, daily_kg, days):
    """Return the grain left per head at the end of day 0, 1, … ``days``.

    Parameters
    ----------
    stock_per_head_kg : float or array of shape S
        Grain in the hall a head, kg. The first two arguments broadcast to S.
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


def crop_lost(crop, missing, elasticity):
    """Return the grain that is lost where some hands are missing.

    With a share ``1 - missing`` of the hands left, the harvest is

        crop (1 - missing)**elasticity.

    Parameters
    ----------
    crop : float or array of shape S
        Harvest with all hands, in any unit of weight. All arguments broadcast to S.
    missing : float or array of shape S
        Share of the hands that are missing, 0 to 1.
    elasticity : float or array of shape S
        Elasticity of the harvest to labour, above 0, at most 1: what one per cent fewer hands
        take from it, in per cent.

    Returns
    -------
    float or array of shape S
        Weight lost, in the unit of ``crop``.

    Raises
    ------
    ValueError
        For a negative crop, a share outside 0 to 1 or an elasticity outside its range.

    Notes
    -----
    Teaching assumption: one elasticity for the whole range, and hands alike. A harvest has to be
    reaped within days, so the same hands are worth more in October than in January.

    References
    ----------
    Sen (1966) for an output that depends on labour.

    Examples
    --------
    A fifth of the hands are gone. If the last hand were worth nothing, so would be the loss:

    >>> crop_lost(200, 0.2, elasticity=[0.2, 0.55, 1.0]).round(1)
    array([ 8.7, 23.1, 40. ])
    """
    crop = real("crop", crop, at_least=0)
    left = 1 - real("missing", missing, at_least=0, at_most=1)
    return plain(crop * (1 - left ** real("elasticity", elasticity, above=0, at_most=1)))
