"""Which settings of the reporting hierarchy reproduce a record? All that do, not one.

A set that fits is an account of how the record could have come about; others differ and fit too.
"""

from dataclasses import dataclass

import numpy as np

from glf_utils.arguments import numbers, real, whole
from glf_utils.country.season import season
from glf_utils.country.tree import Policy, begin, fitting

SETS = 1_000  # sets of parameters carried side by side
RANGES = {  # from which fitting_sets draws; teaching assumptions, chosen knowing the record
    "field": (0.0, 0.2),
    "climb": (1.0, 4.0),
    "top": (0.0, 0.3),
    "rivalry": (0.0, 0.3),
    "hunger": (0.0, 2.0),
    "gain": (0.5, 1.0),
    "audit": (0.5, 1.0),
    "ambition_0": (0.0, 1.0),
    "ambition_1": (0.0, 1.0),
    "ambition_2": (0.0, 0.3),
}


@dataclass(frozen=True)
class Fits:
    """All sets of parameters that meet the bounds.

    Attributes
    ----------
    tried : int
        Sets that were drawn.
    parameters : dict of str to array of shape (sets,)
        By name, as in :data:`RANGES`.
    believed : array of shape (sets, seasons)
        Belief over harvest.
    told : array of shape (sets, seasons, levels)
        What each level holds over the harvest.
    """

    tried: int
    parameters: dict
    believed: np.ndarray
    told: np.ndarray


def leap_policies(chosen, levels, seasons, weighed_from):
    """Turn one or many sets of the parameters in ``RANGES`` into a Policy for each season.

    ``field`` is the pressure at the lowest two levels and ``climb`` multiplies it at each level
    above, up to 1; ``top`` is the pressure of the last level before the centre. ``ambition_0`` is
    for the season that opens, ``ambition_1`` for the next, and so on; after the last there is none.
    Nothing is weighed before season ``weighed_from``; then the chance is ``audit``.

    Parameters
    ----------
    chosen : dict of str to float or array of shape (sets,)
        Parameters by name.
    levels : int
        Levels of the hierarchy, the centre included.
    seasons : int
        How many.
    weighed_from : int
        First season, from 0, in which harvests are weighed.

    Returns
    -------
    Policy
        To begin with. Its rows, and those of the others, are sets.
    list of Policy
        One a season.

    Notes
    -----
    A teaching assumption.

    Examples
    --------
    >>> middle = {name: sum(limits) / 2 for name, limits in RANGES.items()}
    >>> opening, policies = leap_policies(middle, levels=6, seasons=5, weighed_from=3)
    >>> policies[0].pressure, policies[3].audit
    (array([[0.1  , 0.1  , 0.25 , 0.625, 0.15 ]]), array([[0.75]]))
    """
    return (
        _leap_policy(chosen, levels, -1, weighed_from),
        [_leap_policy(chosen, levels, number, weighed_from) for number in range(seasons)],
    )


def _leap_policy(chosen, levels, number, weighed_from):
    """The policy of one season; of number -1, the one to begin with."""
    rank = np.maximum(np.arange(levels - 1) - 1, 0)
    column = {name: np.atleast_1d(value)[:, np.newaxis] for name, value in chosen.items()}
    pressure = np.minimum(column["field"] * column["climb"] ** rank, 1)
    pressure[:, -1] = column["top"][:, 0]
    return Policy(
        pressure=pressure,
        rivalry=column["rivalry"],
        hunger=column["hunger"],
        gain=np.atleast_1d(chosen["gain"]),
        ambition=chosen.get(f"ambition_{number + 1}", 0.0),  # for the season that follows
        audit=column["audit"] if number >= weighed_from else 0.0,
    )


def fitting_sets(
    hierarchy,
    harvest,
    people,
    weather,
    believed,
    told,
    weighed_from,
    ranges=None,
    tried=20_000,
    seed=1958,
    progress=None,
):
    """Find all sets of parameters, among many drawn at random, that reproduce a record.

    Every parameter is drawn evenly and independently from its range, by a stated seed. Parameters
    that fit are not thereby measured: sets that differ widely may fit alike.

    Parameters
    ----------
    hierarchy : Hierarchy
        Who reports to whom.
    harvest : array of shape (units,)
        Tonnes in a normal year, of each unit of the lowest level.
    people : array of shape (units,)
        People of each unit, above 0.
    weather : array of shape (seasons,)
        Each season's harvest over the normal one, at least 0; not random.
    believed : array of shape (seasons, 2)
        Lowest and highest belief over harvest; -inf, inf where open.
    told : array of shape (seasons, levels, 2)
        The same for what each level holds, the harvest first.
    weighed_from : int
        First season, from 0, in which harvests are weighed.
    ranges : dict of str to (float, float), optional
        Lowest and highest by name; those missing are as in ``RANGES``.
    tried : int
        How many sets to draw.
    seed : int
        The same seed draws the same sets.
    progress : callable, optional
        Called with sets tried and sets to try.

    Returns
    -------
    Fits

    Raises
    ------
    ValueError
        For an unknown parameter, bounds of the wrong shape, or a value outside its range.

    Notes
    -----
    The ranges are teaching assumptions.

    References
    ----------
    Tavaré and others (1997), for the rejection.

    Examples
    --------
    Belief between 1.2 and 1.4 times a harvest as large as the last: how many of 1,000 sets give
    it, and how far apart the ambitions lie that do:

    >>> from glf_utils.country.tree import draw_hierarchy
    >>> told = np.full((1, 4, 2), [-np.inf, np.inf])
    >>> world = draw_hierarchy([12, 4, 2, 1], seed=1), np.full(12, 10.0), np.full(12, 30.0)
    >>> fits = fitting_sets(*world, [1.0], [[1.2, 1.4]], told, weighed_from=1, tried=1_000)
    >>> len(fits.believed), np.ptp(fits.parameters["ambition_0"]).round(1).item()
    (173, 0.6)
    """
    limits = RANGES | dict(ranges or {})
    if set(limits) != set(RANGES):
        raise ValueError(f"ranges has {sorted(set(limits) - set(RANGES))}; known: {list(RANGES)}")
    factors, levels = np.atleast_1d(real("weather", weather, at_least=0)), len(hierarchy.counts)
    low_belief, high_belief = _bounds("believed", believed, (len(factors),))
    low_told, high_told = _bounds("told", told, (len(factors), levels))
    _bounds("ranges", list(limits.values()), (len(limits),))
    first_weighed = whole("weighed_from", weighed_from)
    harvest = fitting("harvest", harvest, hierarchy)
    wanted, found = whole("tried", tried, at_least=1), []
    rng = np.random.default_rng(whole("seed", seed))
    for start in range(0, wanted, SETS):
        rows = min(SETS, wanted - start)
        chosen = {name: rng.uniform(*limit, size=SETS)[:rows] for name, limit in limits.items()}
        opening = _leap_policy(chosen, levels, -1, first_weighed)
        state = begin(hierarchy, harvest, people, opening, rows)
        beliefs, ratios = np.empty((rows, len(factors))), np.empty((rows, len(factors), levels))
        for number, factor in enumerate(factors):  # a set that has failed is carried no further
            policy = _leap_policy(chosen, levels, number, first_weighed)
            result = season(state, harvest * factor, policy)
            beliefs[:, number] = belief = result.belief / result.told[:, 0]
            ratios[:, number] = ratio = result.told / result.told[:, :1]
            good = (belief >= low_belief[number]) & (belief <= high_belief[number])
            good &= ((ratio >= low_told[number]) & (ratio <= high_told[number])).all(axis=1)
            chosen = {name: values[good] for name, values in chosen.items()}
            state, beliefs, ratios = state.of_rows(good), beliefs[good], ratios[good]
            if not good.any():
                break
        found.append((chosen, beliefs, ratios))
        if progress:
            progress(start + rows, wanted)
    sets, beliefs, ratios = zip(*found, strict=True)
    parameters = {name: np.concatenate([part[name] for part in sets]) for name in limits}
    return Fits(wanted, parameters, np.concatenate(beliefs), np.concatenate(ratios))


def _bounds(name, value, shape):
    array = numbers(name, value)
    if array.shape != (*shape, 2) or not (array[..., 0] <= array[..., 1]).all():
        raise ValueError(f"{name} must have shape {(*shape, 2)}, the lower bound first")
    return array[..., 0], array[..., 1]
