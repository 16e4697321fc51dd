"""A ragged hierarchy of units that report upward, what moves them, and what they remember.

Level 0 are the units that harvest (teams, or communes), the last level is the centre. Arrays are
(rows, units): a row is a replicate of chance or a set of parameters. Grain is in tonnes, food in
tonnes a head. How a season runs is in :mod:`glf_utils.seasons`.
"""

from dataclasses import dataclass, fields

import numpy as np

from glf_utils.inputs import real, whole

LEVELS = ("team", "brigade", "commune", "county", "province", "centre")


@dataclass(frozen=True)
class Hierarchy:
    """Who reports to whom; siblings lie side by side.

    ``edges``: for each level but the last an array that starts with 0 and grows; the children of
    superior j are the units from ``edges[j]`` up to, not including, ``edges[j+1]``.

    >>> Hierarchy([[0, 2, 5], [0, 2]]).counts
    (5, 2, 1)
    """

    edges: tuple

    def __post_init__(self):
        edges = tuple(np.asarray(edge, np.intp) for edge in self.edges)
        object.__setattr__(self, "edges", edges)
        for level, (edge, above) in enumerate(zip(edges, self.counts[1:], strict=True)):
            if len(edge) != above + 1 or edge[0] != 0 or (np.diff(edge) < 1).any():
                raise ValueError(f"edges of level {level} must be 0 and {above} growing numbers")

    @property
    def counts(self):
        """Units at each level, from the lowest up; the last is 1, the centre."""
        return (*(int(edge[-1]) for edge in self.edges), 1)

    @property
    def names(self):
        return LEVELS[-len(self.counts) :]

    def sum_up(self, values, level=0):
        """Add the values (…, units of ``level``) of siblings: (…, units above), in double."""
        return np.add.reduceat(values, self.edges[level][:-1], axis=-1, dtype=float)

    def pieces(self, level, width):
        """Cut a level between families, for work in the cache.

        Yields slices of units and of superiors, and where each family starts and how large it is.
        """
        edge, first = self.edges[level], 0
        while first < len(edge) - 1:
            last = int(np.searchsorted(edge, edge[first] + width, "right")) - 1
            last = max(last, first + 1)  # a family larger than the width stays together
            cut = edge[first : last + 1]
            yield (slice(int(cut[0]), int(cut[-1])), slice(first, last), cut[:-1] - cut[0],
                   np.diff(cut))  # fmt: skip
            first = last


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
    counts = tuple(whole("counts", count, at_least=1) for count in counts)
    shape = real("evenness", evenness, above=0)
    if len(counts) < 2 or counts[-1] != 1 or (np.diff(counts) > 0).any():
        raise ValueError(f"counts is {counts}; it must shrink, level by level, to 1")
    rng = np.random.default_rng(seed)
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

    Returns: float32 array of shape (units,); adds up to the total but for rounding.
    Raises: ValueError for a value outside its range.
    Source: a teaching assumption.

    >>> share_out(195.05, 3, spread=0.5, seed=1958).round(1)
    array([61.1, 46. , 87.9], dtype=float32)
    """
    rng = np.random.default_rng(seed)
    parts = rng.standard_normal(whole("units", units, at_least=1), dtype=np.float32)
    np.exp(np.multiply(parts, real("spread", spread, at_least=0), out=parts), out=parts)
    parts *= real("total", total, above=0) / parts.sum(dtype=float)
    return parts


@dataclass(frozen=True)
class Policy:
    """What moves a season's reports, belief and procurement; defaults are teaching assumptions.

    Of each level, broadcast to (rows, levels but the last), lowest first; (rows, 1) is by row:
        pressure: how far a claim goes from what a unit holds to what it is asked for, 0 to 1;
            negative keeps away from the target.
        rivalry: how far it goes towards the neighbours' mean growth when behind it, at least 0.
        hunger: how much of it is hidden when nothing was left to eat, at least 0.
        audit: chance that the unit is weighed, 0 to 1; penalty: sanction in the unit of the cost
            of lying, at least 0.
        ladder: what a level adds to the plan it hands down, at least -1.
    Of the centre, broadcast to (rows,):
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

    def of_level(self, name, level, levels, rows):
        """Return one setting of one level as a column (rows, 1)."""
        return np.broadcast_to(getattr(self, name), (rows, levels))[:, level, np.newaxis]

    def of_centre(self, name, rows):
        return np.broadcast_to(getattr(self, name), (rows,))


@dataclass
class State:
    """What is carried from season to season; :func:`season` changes it in place.

    Lists by level, the lowest first, of arrays (rows, units): ``claims`` passed up (not by the
    centre), ``held`` (told by those below; None at level 0) and ``fed``, grain left a head;
    ``people`` is (units,).
    ``belief`` and ``target`` are the centre's, (rows,).
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
        hierarchy: Hierarchy.
        harvest (units): tonnes, at least 0, of the lowest level; its dtype is computed in.
        people (units): above 0.
        policy: Policy, for rate and ambition.
        rows: how many rows to carry side by side.

    Returns: State.
    Raises: ValueError for arrays that do not fit the hierarchy, or values outside their range.
    Source: a teaching assumption.

    >>> tree = draw_hierarchy([5, 2, 1], seed=1)
    >>> begin(tree, [30.0, 30, 20, 20, 20], [100] * 5, Policy(ambition=0.2)).target
    array([144.])
    """
    crop = fitting("harvest", harvest, hierarchy)
    people = [fitting("people", people, hierarchy, positive=True).astype(crop.dtype, copy=False)]
    kept = 1 - policy.of_centre("rate", rows)[:, np.newaxis]
    claims, held = [np.repeat(crop[np.newaxis], rows, axis=0)], [None]
    fed = [np.multiply(claims[0], kept.astype(crop.dtype))]
    fed[0] /= people[0]
    for level in range(len(hierarchy.edges)):
        held.append(hierarchy.sum_up(claims[level], level))
        people.append(hierarchy.sum_up(people[level], level))
        claims.append(held[-1].copy())
        fed.append(held[-1] * kept / people[-1])
    belief = held[-1][:, 0].copy()
    target = belief * (1 + policy.of_centre("ambition", rows))
    return State(hierarchy, people, claims[:-1], held, fed, belief, target)


def fitting(name, values, hierarchy, positive=False):
    """Return values as floats, one for each unit of the lowest level on the last axis, or refuse.

    Looks at the extremes alone: a national hierarchy is too long for an array of yes and no.
    """
    array = np.asarray(values)
    array = array if array.dtype.kind == "f" else array.astype(float)
    if array.ndim == 0 or array.shape[-1] != hierarchy.counts[0]:
        raise ValueError(f"{name} has shape {array.shape}; its last axis must have the "
                         f"{hierarchy.counts[0]} units of the lowest level")  # fmt: skip
    real(f"smallest {name}", array.min(), **{"above" if positive else "at_least": 0})
    real(f"largest {name}", array.max())
    return array
