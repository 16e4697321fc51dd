"""Seasons in a reporting hierarchy: one, or a run of them.

Claims go up, belief forms, plans and procurement come down. Units and shapes are those of
:mod:`glf_utils.hierarchy`. All rules of behaviour are teaching assumptions; sources name the forms.
"""

from dataclasses import dataclass, fields

import numpy as np

from glf_utils.hierarchy import PIECE, fitting

SPECK = 1e-9  # tonnes


@dataclass(frozen=True)
class Season:
    """A season's national totals: arrays (rows,) in tonnes, and ``told`` (rows, levels).

    ``told`` is what each level holds: the harvest first, what the centre is told last. ``taken``
    and ``left`` add up to the harvest; ``missing`` is what people lack of their need, unit by unit.
    """

    told: np.ndarray
    belief: np.ndarray
    target: np.ndarray
    quota: np.ndarray
    taken: np.ndarray
    left: np.ndarray
    missing: np.ndarray


def season(state, harvest, policy):
    """Let one harvest be reported, believed, planned on and procured; changes ``state``.

    A unit that holds S, is asked for T, would match its neighbours' last claims a head with M, and
    whose people had ``f`` a head left, passes up

        R = S + w [ pressure (T - S) + rivalry max(0, M - S) - hunger max(0, 1 - f/need) S ]
        w = (1 - audit) / (1 + audit penalty)

    and never less than 0. The divisor is that of ``reporting.best_exaggeration``, in units of the
    private cost of lying; the weighed pass up what they hold.
    The centre, told C, moves belief and target, ``B += gain (C - B)``,
    ``T += ratchet ((1 + ambition) B - T)``, and takes ``rate B`` of grain. Every level divides plan
    and quota in proportion to claims, last season's and this one's; a unit gives what it is asked
    for or all it has.

    Parameters:
        state: State, from :func:`begin` or the season before.
        harvest (units) or (units, rows): tonnes, the dtype of the first harvest.
        policy: Policy.

    Returns: Season.
    Raises: ValueError for a harvest that is negative, not finite, or does not fit.
    Source: Lazear and Rosen (1981) for rivals; Weitzman (1980) for the ratchet; Kalman (1960) for
        the belief. Linear replies, and a hunger remembered for one year, are teaching assumptions.

    Two counties of two communes; honest, then asked for a third more and half yielding:

    >>> from glf_utils.hierarchy import Hierarchy, Policy, begin
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
    crop = fitting("harvest", harvest, tree).astype(state.claims[0].dtype, copy=False)
    crop = crop[:, np.newaxis] if crop.ndim == 1 else crop
    if crop.shape[1] not in (1, rows):
        raise ValueError(f"harvest has {crop.shape[1]} rows; the state has {rows}")

    plans = _hand_down(state, state.target, [1 + policy.of_level("ladder", level, levels)
                                             for level in range(levels)])  # fmt: skip
    told = []
    for level in range(levels):
        audit, penalty, press, rival, fear = (
            policy.of_level(name, level, levels)
            for name in ("audit", "penalty", "pressure", "rivalry", "hunger")
        )
        freely = (1 - audit) / (1 + audit * penalty)
        press, rival, fear = freely * press, freely * rival, freely * fear
        weights = (1 - press - rival - fear, rival, fear / policy.need, policy.need)
        if level:
            told.append(state.held[level].sum(axis=0))
            _claim_above(state, level, plans[level + 1] * press, weights)
        else:
            told.append(_claim(state, crop, plans[1] * press, weights))
    told.append(state.held[-1][0].copy())

    state.belief = state.belief + policy.gain * (told[-1] - state.belief)
    goal = (1 + policy.ambition) * state.belief
    state.target = state.target + policy.ratchet * (goal - state.target)
    quota = policy.rate * state.belief
    left, missing = _collect(state, crop, _hand_down(state, quota, [1.0] * levels)[1], policy.need)
    return Season(np.stack(told, axis=1), state.belief, state.target, quota, told[0] - left, left,
                  missing)  # fmt: skip


def run(state, harvests, policies, progress=None):
    """Let one season follow another; changes ``state``.

    Parameters:
        state: State, from :func:`glf_utils.hierarchy.begin`.
        harvests: one for each season, as :func:`season` takes them; may be a generator.
        policies: list of Policy, one for each season.
        progress: called with seasons done and seasons to do.

    Returns: Season whose arrays have the seasons as first axis.
    Raises: ValueError for a wrong number of harvests, and what :func:`season` raises.

    >>> from glf_utils.hierarchy import Policy, begin, draw_hierarchy
    >>> state = begin(draw_hierarchy([6, 2, 1], 1), [10.0] * 6, [40] * 6, Policy())
    >>> run(state, [[9.0] * 6, [8.0] * 6], [Policy()] * 2).belief[:, 0].round(1)
    array([61.8, 60.7])
    """
    if hasattr(harvests, "__len__") and len(harvests) != len(policies):
        raise ValueError(f"there are {len(harvests)} harvests and {len(policies)} policies; "
                         "every season needs one of each")  # fmt: skip
    results = []
    for harvest, policy in zip(harvests, policies, strict=True):
        results.append(season(state, harvest, policy))
        if progress:
            progress(len(results), len(policies))
    return Season(*(np.stack([getattr(result, item.name) for result in results])
                    for item in fields(Season)))  # fmt: skip


def _hand_down(state, total, growth):
    """Divide a total from the centre down in proportion to claims, each level adding ``growth``.

    Returns, for every level above the lowest, what its units ask per tonne claimed: (units, rows).
    """
    levels = len(growth)
    asked = [None] * levels + [growth[-1] * total / np.maximum(state.held[-1], SPECK)]
    for level in range(levels - 1, 0, -1):
        asked[level] = np.empty(state.held[level].shape)
        grown = asked[level + 1] * growth[level - 1]
        for here, heads in _stretches(state, level):
            part = np.take(grown, heads, axis=0)
            part *= state.claims[level][here]
            told = np.maximum(state.held[level][here], SPECK, out=asked[level][here])
            np.divide(part, told, out=told)
    return asked


def _stretches(state, level):
    """Cut a level above the lowest for work in the cache: slices, and where superiors are."""
    above, step = state.hierarchy.above[level], max(PIECE // len(state.belief), 1)
    for start in range(0, len(above), step):
        yield slice(start, start + step), above[start : start + step]


def _reply(claim, held, people, fed, neighbours, plan, weights, room):
    """Replace claims by what :func:`season` says, in place.

    ``neighbours``: their last claims a head; ``plan``: pressure times target per tonne claimed.
    Written as ``rivalry max(M, S) + pressure T + (1 - pressure - rivalry - hunger) S
    + hunger min(f/need, 1) S``, each weight times w: fewer steps, the same reply.
    """
    own, rival, food, need = weights
    x, y = room
    np.multiply(people, neighbours, out=x)
    np.maximum(x, held, out=x)
    x *= rival
    np.multiply(claim, plan, out=y)
    x += y
    np.minimum(fed, need, out=y)
    y *= food
    y += own
    y *= held
    np.add(x, y, out=claim)
    if own.min() < 0 or plan.min() < 0:  # else nothing here is negative
        np.maximum(claim, 0, out=claim)


def _claim_above(state, level, plan, weights):
    """Let a level above the lowest claim, a stretch at a time."""
    neighbours, room = state.held[level + 1] / state.people[level + 1], _Room(float)
    for here, heads in _stretches(state, level):
        claim = state.claims[level][here]
        _reply(claim, state.held[level][here], state.people[level][here], state.fed[level][here],
               np.take(neighbours, heads, axis=0), np.take(plan, heads, axis=0), weights,
               room(claim))  # fmt: skip
    state.held[level + 1] = state.hierarchy.sum_up(state.claims[level], level)


def _claim(state, crop, plan, weights):
    """Let level 0 claim, piece by piece; return the harvest (rows,)."""
    neighbours = (state.held[1] / state.people[1]).astype(crop.dtype)
    plan, room, harvested = plan.astype(crop.dtype), _Room(crop.dtype), np.zeros(len(state.belief))
    weights = [np.asarray(weight, crop.dtype) for weight in weights]
    lowest = state.claims[0], crop, state.people[0], state.fed[0]
    for piece in state.hierarchy.pieces(len(state.belief)):
        claim, held, people, fed = (piece.view(array) for array in lowest)
        _reply(claim, held, people, fed, piece.spread(neighbours), piece.spread(plan), weights,
               room(claim))  # fmt: skip
        piece.add_up(claim, state.held[1])
        harvested += _total(held)
    return harvested


def _total(values, dtype=float):
    """Add up a view of the lowest level, row by row; siblings in ``dtype``, the rest in double."""
    return (values.sum(0, dtype=dtype) if values.ndim == 3 else values).sum(0, dtype=float)


def _collect(state, crop, quota, need):
    """Take the quota, or all there is, of every harvest; set ``fed``; return what is left, lacks.

    ``quota`` is per tonne claimed, (superiors, rows).
    """
    tree, quota, least = state.hierarchy, quota.astype(crop.dtype), need.astype(crop.dtype)
    eaten, room = 0, _Room(crop.dtype, 1)
    lowest = state.claims[0], crop, state.people[0], state.fed[0]
    for piece in tree.pieces(len(state.belief)):
        claim, held, people, food = (piece.view(array) for array in lowest)
        np.multiply(claim, piece.spread(quota), out=food)  # tonnes, for now
        np.subtract(held, food, out=food)
        np.maximum(food, 0, out=food)
        piece.add_up(food, state.fed[1])
        (y,) = room(claim)
        np.multiply(people, least, out=y)
        np.minimum(y, food, out=y)
        food /= people
        eaten = eaten + _total(y, y.dtype)
    for level in range(1, len(tree.edges)):
        state.fed[level + 1] = tree.sum_up(state.fed[level], level)
    left = state.fed[-1][0].copy()
    for food, people in zip(state.fed[1:], state.people[1:], strict=True):
        food /= people
    return left, np.maximum(least.astype(float) * state.people[-1][0] - eaten, 0)


class _Room:
    """Sheets to work on, taken once and used again for every piece."""

    def __init__(self, dtype, sheets=2):
        self.sheets = np.empty((sheets, 0), dtype)

    def __call__(self, like):
        if self.sheets.shape[1] < like.size:
            self.sheets = np.empty((len(self.sheets), like.size), self.sheets.dtype)
        return self.sheets[:, : like.size].reshape(-1, *like.shape)
