"""Seasons in a reporting hierarchy: one, or a run of them.

Claims go up, belief forms, plans and procurement come down. Units and shapes are those of
:mod:`glf_utils.country.tree`. All rules of behaviour are teaching assumptions; sources name the
forms.
"""

from dataclasses import dataclass, fields

import numpy as np

from glf_utils.country.tree import fitting

SPECK = 1e-9  # tonnes


@dataclass(frozen=True)
class Season:
    """A season's national totals, in tonnes; a run of seasons has them as first axis.

    Attributes
    ----------
    told : array of shape (rows, levels)
        What each level holds: the harvest first, what the centre is told last.
    belief : array of shape (rows,)
        What the centre takes the harvest to be.
    target : array of shape (rows,)
        The plan for the next season.
    quota : array of shape (rows,)
        What is to be procured.
    taken, left : array of shape (rows,)
        What was, and what stayed: together the harvest.
    missing : array of shape (rows,)
        What people lack of their need, unit by unit.
    """

    told: np.ndarray
    belief: np.ndarray
    target: np.ndarray
    quota: np.ndarray
    taken: np.ndarray
    left: np.ndarray
    missing: np.ndarray


def season(state, harvest, policy, judged=None):
    """Let one harvest be reported, believed, planned on and procured; changes ``state``.

    A unit that holds S, is asked for T, would match its neighbours' last claims a head with M, and
    whose people had ``f`` a head left, passes up

        R = S + w [ pressure (T - S) + rivalry max(0, M - S) - hunger max(0, 1 - f/need) S ]
        w = (1 - audit) / (1 + audit penalty)

    and never less than 0. The divisor is that of ``best_exaggeration`` in the part on inflated
    statistics, in units of the private cost of lying; the weighed pass up what they hold.
    The centre, told C, moves belief and target, ``B += gain (C - B)``,
    ``T += ratchet ((1 + ambition) B - T)``, and takes ``rate B`` of grain. Every level divides plan
    and quota in proportion to claims, last season's and this one's; a unit gives what it is asked
    for or all it has.

    Parameters
    ----------
    state : State
        From :func:`glf_utils.country.tree.begin` or the season before.
    harvest : array of shape (units,) or (units, rows)
        Tonnes; computed in the dtype of the first harvest.
    policy : Policy
        What moves reports, belief and procurement.
    judged : array of shape (units,) or (units, rows), optional
        Tonnes, what each unit takes its harvest for and reports on; the harvest, if left out.

    Returns
    -------
    Season

    Raises
    ------
    ValueError
        For a harvest that is negative, not finite, or does not fit.

    Notes
    -----
    Linear replies, and a hunger remembered for one year, are teaching assumptions.

    References
    ----------
    Lazear and Rosen (1981) for rivals; Weitzman (1980) for the ratchet; Kalman (1960) for the
    belief.

    Examples
    --------
    Two counties of two communes; honest, then asked for a third more and half yielding:

    >>> from glf_utils.country.tree import Hierarchy, Policy, begin
    >>> tree = Hierarchy([[0, 2, 4], [0, 2]])
    >>> crop, people = np.array([30.0, 30, 20, 20]), np.array([100.0, 100, 100, 100])
    >>> honest = Policy(pressure=0, rivalry=0, hunger=0, ambition=1 / 3, need=0.2)
    >>> state = begin(tree, crop, people, honest)
    >>> season(state, crop, honest).told
    array([[100., 100., 100.]])
    >>> season(state, crop, Policy(pressure=0.5, rivalry=0, hunger=0, need=0.2)).told.round(1)
    array([[100. , 116.7, 125. ]])
    """
    tree, rows = state.hierarchy, len(state.belief)
    levels = len(tree.edges)
    crop = _of_all_rows("harvest", harvest, state)
    seen = crop if judged is None else _of_all_rows("judged", judged, state)

    plans = _hand_down(
        state,
        state.target,
        [1 + policy.of_level("ladder", level, levels) for level in range(levels)],
    )
    state.held[0], told = seen, []
    for level in range(levels):
        total = (state.held[level] if level else crop).sum(axis=0, dtype=float)
        told.append(np.broadcast_to(total, (rows,)))
        state.claims[level] = _reply(state, level, plans[level], policy)
        state.held[level + 1] = tree.sum_up(state.claims[level], level)
    told.append(state.held[-1][0])

    state.belief = state.belief + policy.gain * (told[-1] - state.belief)
    goal = (1 + policy.ambition) * state.belief
    state.target = state.target + policy.ratchet * (goal - state.target)
    quota = policy.rate * state.belief
    asked = _hand_down(state, quota, [1.0] * levels)[0]
    left = np.maximum(crop - asked, 0)  # a unit gives what it is asked for, or all it has
    need = policy.need.astype(crop.dtype) * state.people[0]
    missing = np.maximum(need - left, 0).sum(axis=0, dtype=float)
    for level in range(levels + 1):
        state.fed[level] = left / state.people[level]
        left = tree.sum_up(left, level) if level < levels else left[0]
    return Season(
        np.stack(told, axis=1), state.belief, state.target, quota, told[0] - left, left, missing
    )


def run(state, harvests, policies, progress=None, judged=None):
    """Let one season follow another; changes ``state``.

    Parameters
    ----------
    state : State
        From :func:`glf_utils.country.tree.begin`.
    harvests : iterable of array
        One for each season, in tonnes, as :func:`season` takes them; may be a generator.
    policies : list of Policy
        One for each season.
    progress : callable, optional
        Called with seasons done and seasons to do.
    judged : iterable of array, optional
        One for each season, in tonnes, as :func:`season` takes them; may be a generator.

    Returns
    -------
    Season
        With the seasons as first axis.

    Raises
    ------
    ValueError
        For a wrong number of harvests, and as :func:`season`.

    Examples
    --------
    >>> from glf_utils.country.tree import Policy, begin, draw_hierarchy
    >>> state = begin(draw_hierarchy([6, 2, 1], 1), [10.0] * 6, [40] * 6, Policy())
    >>> run(state, [[9.0] * 6, [8.0] * 6], [Policy()] * 2).belief[:, 0].round(1)
    array([61.8, 60.7])
    """
    if hasattr(harvests, "__len__") and len(harvests) != len(policies):
        raise ValueError(
            f"there are {len(harvests)} harvests and {len(policies)} policies; "
            "every season needs one of each"
        )
    results = []
    seen = [None] * len(policies) if judged is None else judged
    for harvest, policy, taken_for in zip(harvests, policies, seen, strict=True):
        results.append(season(state, harvest, policy, taken_for))
        if progress:
            progress(len(results), len(policies))
    return Season(
        *(np.stack([getattr(result, item.name) for result in results]) for item in fields(Season))
    )


def _of_all_rows(name, tonnes, state):
    """Tonnes of each unit in the state's dtype, (units, 1) or (units, rows)."""
    crop = fitting(name, tonnes, state.hierarchy).astype(state.claims[0].dtype, copy=False)
    crop = crop[:, np.newaxis] if crop.ndim == 1 else crop
    rows = len(state.belief)
    if crop.shape[1] not in (1, rows):
        raise ValueError(f"{name} has {crop.shape[1]} rows; the state has {rows}")
    return crop


def _hand_down(state, total, growth):
    """Divide a total from the centre down in proportion to claims, each level adding ``growth``.

    Returns, for every level, what its units are asked for: (units, rows).
    """
    tree, asked = state.hierarchy, [total[np.newaxis]]
    for level in reversed(range(len(growth))):
        per_tonne = growth[level] * asked[0] / np.maximum(state.held[level + 1], SPECK)
        claims = state.claims[level]
        asked.insert(0, np.take(per_tonne.astype(claims.dtype), tree.superiors[level], 0) * claims)
    return asked


def _reply(state, level, plan, policy):
    """What the units of a level claim, as :func:`season` says.

    Written as ``rivalry max(M, S) + pressure T + (1 - pressure - rivalry - hunger) S
    + hunger min(f/need, 1) S``, each weight times w: fewer steps, the same reply.
    """
    own, levels = state.held[level], len(state.claims)
    audit, penalty, press, rival, fear = (
        policy.of_level(name, level, levels).astype(plan.dtype)
        for name in ("audit", "penalty", "pressure", "rivalry", "hunger")
    )
    need = policy.need.astype(plan.dtype)
    freely = (1 - audit) / (1 + audit * penalty)
    press, rival, fear = freely * press, freely * rival, freely * fear
    a_head = (state.held[level + 1] / state.people[level + 1]).astype(plan.dtype)
    neighbours = np.take(a_head, state.hierarchy.superiors[level], axis=0) * state.people[level]
    claim = rival * np.maximum(neighbours, own) + press * plan
    claim += (1 - press - rival - fear + fear / need * np.minimum(state.fed[level], need)) * own
    return np.maximum(claim, 0, out=claim)
