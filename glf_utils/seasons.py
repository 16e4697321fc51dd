"""Seasons in a reporting hierarchy: one, a run of them, many by chance, and sets that fit a record.

Claims go up, belief forms, plans and procurement come down. Arrays are (rows, …) as in
:mod:`glf_utils.hierarchy`. All rules of behaviour are teaching assumptions; sources name the forms.
"""

from dataclasses import dataclass, replace

import numpy as np

from glf_utils.hierarchy import Policy, begin, fitting
from glf_utils.inputs import real, whole

CHUNK = 32_768  # numbers worked on at a time: a handful of arrays of them fit a core's cache
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

    A unit that holds S, is asked for T and last claimed C, among neighbours whose holdings sum to
    ``g`` times their last claims, and whose people had ``f`` a head, passes up

        R = S + w [ pressure (T - S) + rivalry max(0, g C - S) - hunger max(0, 1 - f/need) S ]
        w = (1 - audit) / (1 + audit penalty)

    and never less than 0: the best reply of one whose lie costs its square, weighed by chance.
    The centre, told C, moves belief and target, ``B += gain (C - B)``,
    ``T += ratchet ((1 + ambition) B - T)``, and takes ``rate B`` of grain. Every level divides plan
    and quota in proportion to claims, last season's and this one's; a unit gives what it is asked
    for or all it has.

    Parameters:
        state: State, from :func:`begin` or the season before.
        harvest (units) or (rows, units): tonnes, the dtype of the first harvest.
        policy: Policy.

    Returns: Season.
    Raises: ValueError for a harvest that is negative, not finite, or does not fit.
    Source: Lazear and Rosen (1981) for rivals; Weitzman (1980) for the ratchet; Kalman (1960) for
        the belief. Linear replies, and a hunger remembered for one year, are teaching assumptions.

    Two counties of two communes; honest, then asked for a third more and half yielding:

    >>> from glf_utils.hierarchy import Hierarchy
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
    levels, width = len(tree.edges), max(CHUNK // rows, 1)
    crop = fitting("harvest", harvest, tree).astype(state.claims[0].dtype, copy=False)
    crop = np.broadcast_to(crop, (rows, tree.counts[0]))

    def scale(name, level):
        return policy.of_level(name, level, levels, rows)

    need = policy.of_centre("need", rows)[:, np.newaxis]
    hand_down = [None] * levels + [_ratio(state.target[:, np.newaxis], state.held[-1])]
    for level in range(levels - 1, 0, -1):  # plans asked for, per tonne claimed last season
        plan = 1 + scale("ladder", level)
        hand_down[level] = _spread(tree, level, hand_down[level + 1], state, plan)
    told = []
    for level in range(levels):
        weighing = scale("audit", level)
        yielding = (1 - weighing) / (1 + weighing * scale("penalty", level))
        press, rival, fear = (
            yielding * scale(name, level) for name in ("pressure", "rivalry", "hunger")
        )
        asked = (press * (1 + scale("ladder", level))) * hand_down[level + 1]
        told.append(_claim(state, level, crop, asked, (1 - press, rival, -fear / need, need), width))
    told.append(state.held[-1][:, 0].copy())

    state.belief = state.belief + policy.of_centre("gain", rows) * (told[-1] - state.belief)
    goal = (1 + policy.of_centre("ambition", rows)) * state.belief
    state.target = state.target + policy.of_centre("ratchet", rows) * (goal - state.target)
    quota = policy.of_centre("rate", rows) * state.belief
    hand_down[levels] = _ratio(quota[:, np.newaxis], state.held[-1])
    for level in range(levels - 1, 0, -1):
        hand_down[level] = _spread(tree, level, hand_down[level + 1], state)
    left, missing = _collect(state, crop, hand_down[1], need, width)
    return Season(np.stack(told, axis=1), state.belief, state.target, quota, told[0] - left, left,
                  missing)  # fmt: skip


def _ratio(part, whole):
    """Divide tonnes by tonnes; where there are none to divide by, what it multiplies is none."""
    return part / np.maximum(whole, SPECK)


def _spread(tree, level, above, state, plan=1.0):
    """Turn what superiors ask per tonne claimed into what the units of a level ask of theirs."""
    asked = np.repeat(above, np.diff(tree.edges[level]), axis=1)
    asked *= plan
    asked *= state.claims[level]
    asked /= np.maximum(state.held[level], SPECK)
    return asked


def _claim(state, level, crop, asked, weights, width):
    """Replace the claims of a level, and what the level above holds, in place; add up the own.

    ``asked`` is (rows, superiors): pressure times target per tonne claimed last season.
    """
    own = crop if level == 0 else state.held[level]
    honest, rival, hide, need = (np.asarray(weight, own.dtype) for weight in weights)
    total = 0
    for units, above, starts, sizes in state.hierarchy.pieces(level, width):
        held, claim = own[:, units], state.claims[level][:, units]
        told = state.held[level + 1][:, above]
        sums = np.add.reduceat(held, starts, axis=1, dtype=float)
        total += sums.sum(axis=1)
        x = np.repeat(_ratio(sums, told).astype(own.dtype), sizes, axis=1)
        x *= claim  # what would keep step with the neighbours
        x -= held
        np.maximum(x, 0, out=x)
        x *= rival
        y = np.repeat(asked[:, above].astype(own.dtype), sizes, axis=1)
        y *= claim  # pressure times target
        x += y
        np.subtract(need, state.fed[level][:, units], out=y)
        np.maximum(y, 0, out=y)
        y *= hide
        y += honest
        y *= held
        x += y
        np.maximum(x, 0, out=claim)
        np.add.reduceat(claim, starts, axis=1, dtype=float, out=told)
    return total


def _collect(state, crop, quota, need, width):
    """Take the quota, or all there is, of every harvest; set ``fed``; add up what is left and lacks.

    ``quota`` is (rows, superiors), per tonne claimed.
    """
    tree, missing, least = state.hierarchy, 0, need.astype(crop.dtype)
    for units, above, starts, sizes in tree.pieces(0, width):
        heads, food = state.people[0][units], state.fed[0][:, units]
        x = np.repeat(quota[:, above].astype(crop.dtype), sizes, axis=1)
        x *= state.claims[0][:, units]
        np.subtract(crop[:, units], x, out=x)
        np.maximum(x, 0, out=x)
        np.add.reduceat(x, starts, axis=1, dtype=float, out=state.fed[1][:, above])  # tonnes yet
        np.divide(x, heads, out=food)
        np.subtract(least, food, out=x)
        np.maximum(x, 0, out=x)
        missing += x @ heads
    for level in range(1, len(tree.edges)):
        state.fed[level + 1][:] = tree.sum_up(state.fed[level], level)
    left = state.fed[-1][:, 0].copy()
    for food, heads in zip(state.fed[1:], state.people[1:], strict=True):
        food /= heads
    return left, missing
