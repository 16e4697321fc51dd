"""The Leap as a run of directives for the country model, and what it leaves to eat."""

from dataclasses import fields, replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from glf_utils.country.search import leap_policies
from glf_utils.country.season import run
from glf_utils.country.tree import begin, draw_hierarchy, share_out
from glf_utils.results import sealed
from glf_utils.tables import load, series

LEAP = MappingProxyType(
    dict(
        field=0.12,
        climb=2.9,
        top=0.1,
        rivalry=0.2,
        hunger=1.1,
        gain=0.85,
        audit=0.7,
        ambition_0=0.76,
        ambition_1=0.3,
        ambition_2=0.15,
    )
)
"""One setting of many that meet the record; a test holds it to that."""
HEAD = 0.36
"""Tonnes a villager in 1957, everywhere: 195 million tonnes for some 540 million villagers."""
YEARS = tuple(range(1957, 1965))
SMALL = (650, 130, 27, 1)
"""Communes, counties, provinces and centre of the slider's country: a fortieth, for speed."""


def national_policies(chosen, seasons=7, weighed_from=3, audit=None, pressure=1.0, **directives):
    """Policies for a country whose lowest units are communes: 1957 honest, then the Leap.

    The brigades' step is joined to the communes': two steps of pressure p go as far towards the
    plan as one of ``1 - (1 - p)**2``.

    Parameters
    ----------
    chosen : dict
        One set of parameters of :func:`glf_utils.country.search.fitting_sets`.
    seasons : int
        Seasons from 1958 on.
    weighed_from : int
        The first of them, from 0, in which harvests are weighed.
    audit : float, optional
        Chance of being weighed from 1958 on, in place of the set's own.
    pressure : float
        Multiplies the pressure and rivalry of every level.
    **directives
        Settings of :class:`glf_utils.country.tree.Policy` for every season from 1958 on.

    Returns
    -------
    list of Policy

    Examples
    --------
    >>> national_policies(LEAP)[1].pressure.round(2)
    array([[0.23, 0.35, 0.1 ]])
    """
    opening, leap = leap_policies(chosen, 5, seasons, weighed_from)
    honest = replace(opening, pressure=0.0, rivalry=0.0, hunger=0.0)
    policies = []
    for policy in leap:
        steps = policy.pressure * pressure
        joined = np.column_stack([1 - (1 - steps[:, 0]) * (1 - steps[:, 1]), steps[:, 2:]])
        more = directives if audit is None else directives | {"audit": audit}
        policies.append(replace(policy, pressure=joined, rivalry=policy.rivalry * pressure, **more))
    return [honest, *policies]


@lru_cache(maxsize=1)
def small_country():
    """Hierarchy, villagers and harvests by season of the slider's country, in tonnes."""
    crop = series(load("grain_national"), "output_official_old", (YEARS[0], YEARS[-1]))
    crop = crop["value"].to_numpy(float)
    normal = share_out(crop[0] * 1e6, SMALL[0], spread=0.5, seed=1958).astype(float)
    rng = np.random.default_rng(1958)
    chance = 1 + 0.15 * rng.standard_normal((len(crop), SMALL[0]))
    harvests = normal * chance * (crop / (chance @ normal / normal.sum()) / crop[0])[:, np.newaxis]
    harvests[0] = normal
    return draw_hierarchy(SMALL, seed=1958), sealed(normal / HEAD), tuple(sealed(harvests))


@lru_cache(maxsize=64)
def seasons(pressure=1.0, rate=0.25, audit=0.0):
    """Eight seasons of the slider's country.

    Parameters
    ----------
    pressure : float
        Times the pressure and rivalry of :data:`LEAP`.
    rate : float
        Share of believed output taken.
    audit : float
        Chance of being weighed in 1958 to 1960; later at least that of :data:`LEAP`.

    Returns
    -------
    Season
        Arrays by season, in tonnes; they cannot be changed.
    """
    tree, people, harvests = small_country()
    policies = national_policies(LEAP, len(YEARS) - 1, pressure=pressure, rate=rate)
    policies[1:4] = [replace(policy, audit=audit) for policy in policies[1:4]]
    policies[4:] = [replace(policy, audit=max(audit, LEAP["audit"])) for policy in policies[4:]]
    result = run(begin(tree, harvests[0], people, policies[0]), harvests, policies)
    for item in fields(result):
        sealed(getattr(result, item.name))
    return result


def lacking(**directives):
    """What villagers lack of their need over 1958 to 1961, unit by unit.

    Parameters
    ----------
    **directives
        As :func:`seasons` takes them.

    Returns
    -------
    float
        Million tonnes.
    """
    return float(seasons(**directives).missing[1:5].sum() / 1e6)


def procured(**directives):
    """What the state gets over 1958 to 1961.

    Parameters
    ----------
    **directives
        As :func:`seasons` takes them.

    Returns
    -------
    float
        Million tonnes.
    """
    return float(seasons(**directives).taken[1:5].sum() / 1e6)
