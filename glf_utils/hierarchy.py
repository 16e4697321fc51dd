"""A ragged hierarchy of units that report upward, what moves them, and what they remember.

Level 0 are the units that harvest (teams, or communes), the last level is the centre. Arrays are
(units, rows): a row is a replicate of chance or a set of parameters. Grain is in tonnes, food in
tonnes a head. How a season runs is in :mod:`glf_utils.seasons`.
"""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from glf_utils.inputs import numbers, real, sealed, whole

SMALL = 4_096  # numbers of families of one size below which they are not worked on apart
PIECE = 65_536  # numbers worked on at a time: a handful of arrays of them fit a core's cache


@dataclass(frozen=True)
class Hierarchy:
    """Who reports to whom.

    ``edges``: for each level but the last an array that starts with 0 and grows; superior j has
    ``edges[j+1] - edges[j]`` children. From level 1 up siblings lie side by side, from unit
    ``edges[j]`` on. At level 0, where nearly all units are, families of one size form a block: the
    first child of each, then the second of each, and so on; see ``first_superiors``. Adding up and
    handing down are then whole vectors, with no end of a family to look for. The arrays of a
    hierarchy cannot be changed.

    >>> tree = Hierarchy([[0, 2, 3, 5], [0, 3]])
    >>> tree.counts, tree.first_superiors
    ((5, 3, 1), array([1, 0, 2, 0, 2]))
    """

    edges: tuple

    def __post_init__(self):
        edges = [numbers(f"edges of level {level}", edge) for level, edge in enumerate(self.edges)]
        for level, edge in enumerate(edges):
            if edge.ndim != 1 or (edge % 1).any():
                raise ValueError(f"edges of level {level} must be a list of whole numbers")
        edges = tuple(sealed(edge.astype(np.intp)) for edge in edges)
        object.__setattr__(self, "edges", edges)
        for level, (edge, above) in enumerate(zip(edges, self.counts[1:], strict=True)):
            if len(edge) != above + 1 or edge[0] != 0 or (np.diff(edge) < 1).any():
                raise ValueError(f"edges of level {level} must be 0 and {above} growing numbers")

    @property
    def counts(self):
        """Units at each level, from the lowest up; the last is 1, the centre."""
        return (*(int(edge[-1]) for edge in self.edges), 1)

    @cached_property
    def blocks(self):
        """Level 0 by size of family: its first unit, the size, and which superiors, as an array."""
        sizes = np.diff(self.edges[0])
        sizes = sizes.astype(np.min_scalar_type(sizes.max()))  # short numbers sort by counting
        order, many = np.argsort(sizes, kind="stable"), np.bincount(sizes)
        found, first = [], 0
        for size, heads in enumerate(np.split(order, np.cumsum(many)[:-1])):
            if len(heads):
                found.append((first, size, sealed(heads)))
                first += size * len(heads)
        return tuple(found)

    @cached_property
    def above(self):
        """From level 1 up, the place of every unit's superior in the level above; None at 0."""
        return (None, *(sealed(np.repeat(np.arange(len(edge) - 1), np.diff(edge)))
                        for edge in self.edges[1:]))  # fmt: skip

    @cached_property
    def first_superiors(self):
        """The place of the superior of every unit of level 0."""
        return sealed(np.concatenate([np.tile(heads, size) for _, size, heads in self.blocks]))

    @cached_property
    def families(self):
        """The units of level 0 family by family: the order that ``edges[0]`` divides."""
        return sealed(np.argsort(self.first_superiors, kind="stable"))

    def pieces(self, rows):
        """Cut level 0 into parts to work on one at a time; see :class:`Part` and :class:`Block`."""
        if self.counts[0] * rows < SMALL * len(self.blocks):
            yield Part(self)
            return
        for first, size, heads in self.blocks:
            step = max(PIECE // (size * rows), 1)
            for start in range(0, len(heads), step):
                yield Block(first, size, heads, slice(start, start + step))

    def sum_up(self, values, level=0):
        """Add the values (units of ``level``, rows) of siblings: (superiors, rows), in double."""
        if level:
            return np.add.reduceat(values, self.edges[level][:-1], axis=0, dtype=float)
        total = np.empty((self.counts[1], *values.shape[1:]))
        for piece in self.pieces(values[0].size):
            piece.add_up(piece.view(values), total)
        return total


class Part:
    """All of level 0 in one piece, for a hierarchy so small that blocks cost more than they save.

    ``view`` shows the part of an array (units, rows); ``spread`` lays values of superiors beside
    their children; ``add_up`` sets ``total`` to the sums of what a view shows.
    """

    def __init__(self, hierarchy):
        self.hierarchy = hierarchy

    def view(self, array):
        return array

    def spread(self, values):
        return np.take(values, self.hierarchy.first_superiors, axis=0)

    def add_up(self, values, total):
        starts, order = self.hierarchy.edges[0][:-1], self.hierarchy.families
        np.add.reduceat(np.take(values, order, axis=0), starts, axis=0, dtype=float, out=total)


class Block:
    """Some families of one size; a view is (children, superiors, rows)."""

    def __init__(self, first, size, heads, here):
        self.units, self.shape = slice(first, first + size * len(heads)), (size, len(heads))
        self.here, self.heads = here, heads[here]

    def view(self, array):
        return array[self.units].reshape(*self.shape, *array.shape[1:])[:, self.here]

    def spread(self, values):
        return np.take(values, self.heads, axis=0)

    def add_up(self, values, total):
        total[self.heads] = values.sum(axis=0, dtype=float)


def draw_hierarchy(counts, seed, evenness=8.0):
    """Draw a hierarchy whose units have unequal numbers of children.

    Each superior gets one child; the others fall to superiors with gamma-distributed weights.

    Parameters:
        counts: units at each level from the lowest up, each fewer than the one before; ends in 1.
        seed: whole number; the same seed gives the same hierarchy.
        evenness: shape of the gamma weights, above 0; the higher, the more alike.

    Returns: Hierarchy.
    Raises: ValueError for counts that do not shrink to 1, or an evenness of 0 or less.
    Source: a teaching assumption; the record gives numbers of units, rarely who had how many.

    >>> draw_hierarchy([26_000, 2_000, 27, 1], seed=1958).edges[1][:4]
    array([  0,  54, 134, 188])
    """
    listed, shape = real("counts", counts, at_least=1), real("evenness", evenness, above=0)
    if listed.size < 2 or listed.ndim != 1 or listed[-1] != 1 or (np.diff(listed) > 0).any():
        raise ValueError(f"counts is {counts}; it must shrink, level by level, to 1")
    counts = [whole("counts", count) for count in listed]
    rng = np.random.default_rng(whole("seed", seed))
    edges = []
    for below, above in zip(counts, counts[1:], strict=False):
        weights = rng.gamma(shape, size=above)
        children = 1 + rng.multinomial(below - above, weights / weights.sum())
        edges.append(np.concatenate([[0], np.cumsum(children)]))
    return Hierarchy(tuple(edges))


def share_out(total, units, spread, seed):
    """Divide a total unequally: parts proportional to ``exp(spread z)``, z standard normal.

    Parameters:
        total: above 0, any unit; units: how many parts; spread: at least 0; seed: whole number.

    Returns: float32 array (units,), adding up to the total but for rounding.
    Raises: ValueError for a value outside its range. Source: a teaching assumption.

    >>> share_out(195.05, 3, spread=0.5, seed=1958).round(1)
    array([61.1, 46. , 87.9], dtype=float32)
    """
    rng = np.random.default_rng(whole("seed", seed))
    parts = rng.standard_normal(whole("units", units, at_least=1), dtype=np.float32)
    np.exp(np.multiply(parts, real("spread", spread, at_least=0), out=parts), out=parts)
    parts *= real("total", total, above=0) / parts.sum(dtype=float)
    return parts


@dataclass(frozen=True)
class Policy:
    """What moves a season's reports, belief and procurement; defaults are teaching assumptions.

    Of each level, lowest first, one number or broadcast to (rows, levels but the last); (rows, 1)
    is by row alone:
        pressure: how far a claim goes from what a unit holds to what it is asked for, 0 to 1;
            negative keeps away from the target.
        rivalry: how far it goes towards the neighbours' last claims a head when below, at least 0.
        hunger: how much of it is hidden when nothing was left to eat, at least 0.
        audit: chance that the unit is weighed, 0 to 1; penalty: sanction in the unit of the cost
            of lying, at least 0.
        ladder: what a level adds to the plan it hands down, at least -1.
    Of the centre, one number or (rows,):
        gain: weight of new claims in its belief, 0 to 1.
        ambition: next target over belief, less 1, at least -1.
        ratchet: how much of the way the target moves there, 0 to 1.
        rate: share of believed output to procure, 0 to 1.
        need: tonnes a head and year, above 0.
    """

    pressure: object = 0.3
    rivalry: object = 0.1
    hunger: object = 0.1
    audit: object = 0.0
    penalty: object = 2.0
    ladder: object = 0.0
    gain: object = 0.8
    ambition: object = 0.2
    ratchet: object = 1.0
    rate: object = 0.25
    need: object = 0.22

    def __post_init__(self):
        share = {"at_least": 0, "at_most": 1}
        allowed = {
            "pressure": {"at_least": -1, "at_most": 1}, "audit": share, "gain": share,
            "ratchet": share, "rate": share, "need": {"above": 0}, "ladder": {"at_least": -1},
            "ambition": {"at_least": -1},
        }  # fmt: skip
        for item in fields(self):
            bounds = allowed.get(item.name, {"at_least": 0})
            object.__setattr__(self, item.name, real(item.name, getattr(self, item.name), **bounds))

    def of_level(self, name, level, levels):
        """Return one setting of one level: a number, or (rows,)."""
        value = getattr(self, name)
        if value.ndim == 0:
            return value
        return np.broadcast_to(value, np.broadcast_shapes(value.shape, (levels,)))[..., level]


@dataclass
class State:
    """What is carried from season to season; :func:`glf_utils.seasons.season` changes it in place.

    Lists by level, the lowest first, of arrays (units, rows): ``claims`` passed up (not by the
    centre), ``held`` (told by those below; None at level 0), ``people`` and ``fed``, grain left a
    head. ``belief`` and ``target`` are the centre's, (rows,).
    """

    hierarchy: Hierarchy
    people: list
    claims: list
    held: list
    fed: list
    belief: np.ndarray
    target: np.ndarray


def begin(hierarchy, harvest, people, policy, rows=1):
    """Start from a year of honest claims, belief in them, and procurement at ``policy.rate``.

    Parameters:
        harvest (units): tonnes, at least 0, of the lowest level; its dtype is computed in.
        people (units): above 0; policy: Policy, for rate and ambition.
        rows: how many rows to carry side by side.

    Returns: State. Source: a teaching assumption.
    Raises: ValueError for arrays that do not fit the hierarchy, or values outside their range.

    >>> tree = draw_hierarchy([5, 2, 1], seed=1)
    >>> begin(tree, [30.0, 30, 20, 20, 20], [100] * 5, Policy(ambition=0.2)).target
    array([144.])
    """
    crop = fitting("harvest", harvest, hierarchy)[:, np.newaxis]
    heads = fitting("people", people, hierarchy, positive=True)[:, np.newaxis]
    kept = (1 - policy.rate).astype(crop.dtype)
    rows = whole("rows", rows, at_least=1)
    side = len(crop), rows  # copying a broadcast column is quicker than repeating it
    claims, held = [np.broadcast_to(crop, side).copy()], [None]
    people = [np.broadcast_to(heads.astype(crop.dtype), side).copy() if rows > 1 else heads]
    fed = [claims[0] * kept]
    fed[0] /= people[0]
    for level in range(len(hierarchy.edges)):
        held.append(hierarchy.sum_up(claims[level], level))
        people.append(hierarchy.sum_up(people[level], level))
        claims.append(held[-1].copy())
        fed.append(held[-1] * kept / people[-1])
    belief = held[-1][0].copy()
    return State(hierarchy, people, claims[:-1], held, fed, belief, belief * (1 + policy.ambition))


def fitting(name, values, hierarchy, positive=False):
    """Return values as floats, one for each unit of the lowest level on the first axis, or refuse.

    Looks at extremes, piece by piece: a national hierarchy is too long for an array of yes and no.
    """
    array = numbers(name, values)
    array = array if array.dtype.kind == "f" else array.astype(float)
    if array.ndim == 0 or len(array) != hierarchy.counts[0]:
        raise ValueError(f"{name} has shape {array.shape}; its first axis must have the "
                         f"{hierarchy.counts[0]} units of the lowest level")  # fmt: skip
    step = max(PIECE // max(array[0].size, 1), 1)
    pieces = [array[start : start + step] for start in range(0, len(array), step)]
    extremes = np.array([(piece.min(), piece.max()) for piece in pieces])
    real(f"smallest {name}", extremes[:, 0].min(), **{"above" if positive else "at_least": 0})
    real(f"largest {name}", extremes[:, 1].max())
    return array
