"""The country of ``03_statistics_inflation``: its policies, and a slider for eight seasons."""

from dataclasses import fields, replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from ..calibration import leap_policies
from ..data import load
from ..figures.grain import series
from ..figures.house import GREY, INK, LINES, RUST, TEAL
from ..hierarchy import begin, draw_hierarchy, share_out
from ..inputs import sealed
from ..seasons import run
from .explorer import Explorer, Slider

LEAP = MappingProxyType(dict(
    field=0.12, climb=2.9, top=0.1, rivalry=0.2, hunger=1.1, gain=0.85, audit=0.7,
    ambition_0=0.76, ambition_1=0.3, ambition_2=0.15))  # fmt: skip
"""One setting of many that meet the record; a test holds it to that."""

HEAD = 0.36
"""Tonnes a villager in 1957, everywhere: 195 million tonnes for some 540 million villagers."""

NEED = 220
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
        One set of parameters of :func:`glf_utils.calibration.fitting_sets`.
    seasons : int
        Seasons from 1958 on.
    weighed_from : int
        The first of them, from 0, in which harvests are weighed.
    audit : float, optional
        Chance of being weighed from 1958 on, in place of the set's own.
    pressure : float
        Multiplies the pressure and rivalry of every level.
    **directives
        Settings of :class:`glf_utils.hierarchy.Policy` for every season from 1958 on.

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
def _country():
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
    tree, people, harvests = _country()
    policies = national_policies(LEAP, len(YEARS) - 1, pressure=pressure, rate=rate)
    policies[1:4] = [replace(policy, audit=audit) for policy in policies[1:4]]
    policies[4:] = [replace(policy, audit=max(audit, LEAP["audit"])) for policy in policies[4:]]
    result = run(begin(tree, harvests[0], people, policies[0]), harvests, policies)
    for item in fields(result):
        sealed(getattr(result, item.name))
    return result


def lacking(**directives):
    """What villagers lack of their need over 1958 to 1961, unit by unit, in million tonnes.

    Takes what :func:`seasons` takes.
    """
    return float(seasons(**directives).missing[1:5].sum() / 1e6)


def _panel(ax):
    result, people = seasons(), _country()[1].sum()
    ax.set(xlim=(1956.7, 1964.3), ylim=(0, 400), ylabel="million tonnes")
    ax.set_xticks([1957, 1959, 1961, 1963])
    ax.set_yticks([0, 100, 200, 300, 400])
    ax.axhline(NEED * people / 1e9, color=GREY, linewidth=1, linestyle=":")
    ax.text(1964.2, NEED * people / 1e9 - 8, "villagers' need", ha="right", va="top", color=GREY,
            fontsize=8)
    ax.plot(YEARS, result.told[:, 0, 0] / 1e6, color=INK, linewidth=1.4, marker="o", markersize=4)
    lines = [ax.plot(YEARS, YEARS, **{**LINES[style], "markersize": 4.5})[0] for style in (1, 2)]
    ax.text(1957, 12, "● harvest", color=INK, fontsize=8.5)
    ax.text(1959.2, 12, "■ believed", color=RUST, fontsize=8.5)
    ax.text(1961.6, 12, "▲ left in villages", color=TEAL, fontsize=8.5)

    def move(pressure, rate, audit):
        now = seasons(pressure, rate, audit)
        left = now.left[:, 0] / 1e6
        for line, values in zip(lines, (now.belief[:, 0] / 1e6, left), strict=True):
            line.set_data(YEARS, values)
        worst, lacking = int(left.argmin()), now.missing[1:5].sum() / 1e6
        return (f"In 1959 belief is {now.belief[2, 0] / now.told[2, 0, 0]:.2f} times the harvest. "
                f"In {YEARS[worst]} {1e9 * left[worst] / people:.0f} kg are left a villager; over "
                f"1958–61 villagers lack {lacking:.0f} million tonnes.")

    return lines, move


def explore_nation():
    """Eight seasons of a small country: move the pressure, the rate, and the weighing.

    Returns
    -------
    Explorer
    """
    crop = series(load("grain_national"), "output_official_old", (YEARS[0], YEARS[-1]))
    plain = dict(pressure=1, rate=0.25, audit=0)
    told = [lacking(**plain), lacking(pressure=0)]
    return Explorer(
        _panel,
        [Slider("pressure", "pressure and rivalry, times the fitted p", 0, 1.5, 0.05, 1),
         Slider("rate", "share of believed output taken τ", 0.1, 0.4, 0.01, 0.25),
         Slider("audit", "chance of being weighed, 1958–60 π", 0, 1, 0.05, 0)],
        {"as fitted": plain, "honest reports, old rate": {**plain, "pressure": 0},
         "old reports, lower rate": {**plain, "rate": 0.2},
         "weighed every second time": {**plain, "audit": 0.5}},
        finding="At a need of 220 kg, honest reports cut the model's shortfall from "
                f"{told[0]:.0f} to {told[1]:.0f} million tonnes",
        units="Model, million tonnes of grain; harvests as recorded (old series), the same "
              "whatever is taken; need: 220 kg a villager; pressure and weights: one fitted set",
        rows=crop, sources=["lazearrosen1981", "weitzman1980", "kungchen2011"], height=3.6,
    )  # fmt: skip
