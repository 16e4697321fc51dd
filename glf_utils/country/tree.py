"""A ragged hierarchy of units that report upward, what moves them, and what they remember.

Level 0 are the units that harvest (teams, or communes), the last level is the centre. Arrays are
(units, rows): a row is a replicate of chance or a set of parameters. Grain is in tonnes, food in
tonnes a head. How a season runs is in :mod:`glf_utils.country.season`.
"""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from glf_utils.arguments import numbers, real, whole
from glf_utils.results import sealed


@dataclass(frozen=True)
class Hierarchy:
    """Who reports to whom. The arrays of a hierarchy cannot be changed.

    Attributes
    ----------
    edges : tuple of array of int
        For each level but the last an array that starts with 0 and grows; the children of superior
        j lie side by side, from unit ``edges[j]`` to the one before ``edges[j+1]``.

    Raises
    ------
    ValueError
        For edges that are not whole numbers growing from 0, or do not fit the level above.

    Examples
    --------
    >>> tree = Hierarchy([[0, 2, 3, 5], [0, 3]])
    >>> tree.counts, tree.superiors[0]
    ((5, 3, 1), array([0, 0, 1, 2, 2]))
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
    def superiors(self):
        """For each level but the last, the place of every unit's superior in the level above."""
        return tuple(
            sealed(np.repeat(np.arange(len(edge) - 1), np.diff(edge))) for edge in self.edges
        )

    def sum_up(self, values, level=0):
        """Add the values of siblings.

        Parameters
        ----------
        values : array of shape (units, rows)
            Any unit, of the units of a level.
        level : int
            That level, from 0.

        Returns
        -------
        array of float of shape (superiors, rows)
            In double precision.
        """
        return np.add.reduceat(values, self.edges[level][:-1], axis=0, dtype=float)


def draw_hierarchy(counts, seed, evenness=8.0):
    """Draw a hierarchy whose units have unequal numbers of children.

    Each superior gets one child; the others fall to superiors with gamma-distributed weights.

    Parameters
    ----------
    counts : list of int
        Units at each level from the lowest up, none more than the one before; ends in 1.
    seed : int
        The same seed gives the same hierarchy.
    evenness : float
        Shape of the gamma weights, above 0; the higher, the more alike.

    Returns
    -------
    Hierarchy

    Raises
    ------
    ValueError
        For counts that do not shrink to 1, or an evenness of 0 or less.

    Notes
    -----
    A teaching assumption; the record gives numbers of units, rarely who had how many.

    Examples
    --------
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

    Parameters
    ----------
    total : float
        Any unit, above 0.
    units : int
        How many parts.
    spread : float
        Standard deviation of the logarithms, at least 0.
    seed : int
        The same seed gives the same parts.

    Returns
    -------
    array of float32 of shape (units,)
        In the unit of the total, adding up to it but for rounding.

    Raises
    ------
    ValueError
        For a value outside its range.

    Notes
    -----
    A teaching assumption.

    Examples
    --------
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
    """What moves a season's reports, belief and procurement.

    Settings of each level take one number or broadcast to (rows, levels but the last), lowest
    first; (rows, 1) is by row alone. Those of the centre take one number or (rows,).

    Attributes
    ----------
    pressure : float or array of shape (rows, levels - 1)
        How far a claim goes from what a unit holds to what it is asked for, -1 to 1; negative keeps
        away from the target.
    rivalry : float or array of shape (rows, levels - 1)
        How far it goes towards the neighbours' last claims a head when below, at least 0.
    hunger : float or array of shape (rows, levels - 1)
        How much of it is hidden when nothing was left to eat, at least 0.
    audit : float or array of shape (rows, levels - 1)
        Chance that the unit is weighed, 0 to 1.
    penalty : float or array of shape (rows, levels - 1)
        Sanction in the unit of the cost of lying, at least 0.
    ladder : float or array of shape (rows, levels - 1)
        What a level adds to the plan it hands down, as a fraction, at least -1.
    gain : float or array of shape (rows,)
        Weight of new claims in the centre's belief, 0 to 1.
    ambition : float or array of shape (rows,)
        Next target over belief, less 1, at least -1.
    ratchet : float or array of shape (rows,)
        How much of the way the target moves there, 0 to 1.
    rate : float or array of shape (rows,)
        Share of believed output to procure, 0 to 1.
    need : float or array of shape (rows,)
        Tonnes a head and year, above 0.

    Raises
    ------
    ValueError
        For a value outside its range.

    Notes
    -----
    The defaults are teaching assumptions.

    Examples
    --------
    >>> Policy(pressure=[[0.1, 0.3]]).of_level("pressure", 1, levels=2)
    array([0.3])
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
            "pressure": {"at_least": -1, "at_most": 1},
            "audit": share,
            "gain": share,
            "ratchet": share,
            "rate": share,
            "need": {"above": 0},
            "ladder": {"at_least": -1},
            "ambition": {"at_least": -1},
        }
        for item in fields(self):
            bounds = allowed.get(item.name, {"at_least": 0})
            object.__setattr__(self, item.name, real(item.name, getattr(self, item.name), **bounds))

    def of_level(self, name, level, levels):
        """Return one setting of one level.

        Parameters
        ----------
        name : str
            Of the setting.
        level : int
            From 0.
        levels : int
            Levels but the last.

        Returns
        -------
        array of shape () or (rows,)
        """
        value = getattr(self, name)
        if value.ndim == 0:
            return value
        return np.broadcast_to(value, np.broadcast_shapes(value.shape, (levels,)))[..., level]


@dataclass
class State:
    """What is carried from season to season; :func:`glf_utils.country.season.season` changes it.

    Lists have an array for each level, the lowest first.

    Attributes
    ----------
    hierarchy : Hierarchy
        Who reports to whom.
    people : list of array of shape (units, rows)
        People of each unit.
    claims : list of array of shape (units, rows)
        Tonnes passed up; not by the centre.
    held : list of array of shape (units, rows)
        Tonnes told by those below; None at level 0 before a season has run.
    fed : list of array of shape (units, rows)
        Tonnes of grain left a head.
    belief, target : array of shape (rows,)
        The centre's, tonnes.

    Examples
    --------
    >>> begin(Hierarchy([[0, 2]]), [30.0, 20.0], [100, 100], Policy()).belief
    array([50.])
    """

    hierarchy: Hierarchy
    people: list
    claims: list
    held: list
    fed: list
    belief: np.ndarray
    target: np.ndarray

    def of_rows(self, chosen):
        """Return the state of some rows alone.

        Parameters
        ----------
        chosen : array of bool of shape (rows,)
            Which of them.

        Returns
        -------
        State
        """

        def those(array):  # what is alike in all rows has one column
            return array if array is None or array.shape[-1] == 1 else array[..., chosen]

        lists = (
            [those(array) for array in part]
            for part in (self.people, self.claims, self.held, self.fed)
        )
        return State(self.hierarchy, *lists, those(self.belief), those(self.target))


def begin(hierarchy, harvest, people, policy, rows=1):
    """Start from a year of honest claims, belief in them, and procurement at ``policy.rate``.

    Parameters
    ----------
    hierarchy : Hierarchy
        Who reports to whom.
    harvest : array of shape (units,)
        Tonnes, at least 0, of the lowest level; its dtype is computed in.
    people : array of shape (units,)
        People of each unit, above 0.
    policy : Policy
        For rate and ambition.
    rows : int
        How many rows to carry side by side.

    Returns
    -------
    State

    Raises
    ------
    ValueError
        For arrays that do not fit the hierarchy, or values outside their range.

    Notes
    -----
    That the year before was honest is a teaching assumption.

    Examples
    --------
    >>> tree = draw_hierarchy([5, 2, 1], seed=1)
    >>> begin(tree, [30.0, 30, 20, 20, 20], [100] * 5, Policy(ambition=0.2)).target
    array([144.])
    """
    crop = fitting("harvest", harvest, hierarchy)[:, np.newaxis]
    heads = fitting("people", people, hierarchy, positive=True)[:, np.newaxis]
    kept, rows = (1 - policy.rate).astype(crop.dtype), whole("rows", rows, at_least=1)
    claims, held = [np.repeat(crop, rows, axis=1)], [None]
    people = [np.repeat(heads.astype(crop.dtype), rows, axis=1)]
    fed = [claims[0] * kept / people[0]]
    for level in range(len(hierarchy.edges)):
        held.append(hierarchy.sum_up(claims[level], level))
        people.append(hierarchy.sum_up(people[level], level))
        claims.append(held[-1].copy())
        fed.append(held[-1] * kept / people[-1])
    belief = held[-1][0].copy()
    return State(hierarchy, people, claims[:-1], held, fed, belief, belief * (1 + policy.ambition))


def fitting(name, values, hierarchy, positive=False):
    """Return values as floats, one a unit of the lowest level on the first axis, or refuse.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    values : array-like of shape (units,) or (units, rows)
        Numbers, at least 0.
    hierarchy : Hierarchy
        Who reports to whom.
    positive : bool
        Whether they must be above 0.

    Returns
    -------
    array of float of the same shape

    Raises
    ------
    ValueError
        For another shape or a value outside its range.

    Examples
    --------
    >>> fitting("harvest", [30, 20], Hierarchy([[0, 2]]))
    array([30., 20.])
    """
    array = numbers(name, values)
    array = array if array.dtype.kind == "f" else array.astype(float)
    if array.ndim == 0 or len(array) != hierarchy.counts[0]:
        raise ValueError(
            f"{name} has shape {array.shape}; its first axis must have the "
            f"{hierarchy.counts[0]} units of the lowest level"
        )
    real(f"smallest {name}", array.min(), **{"above" if positive else "at_least": 0})
    real(f"largest {name}", array.max())
    return array
