"""The choices of notebook 05 and every combination of them; the explorer that walks along it."""

from dataclasses import replace
from functools import cache
from types import MappingProxyType

import numpy as np

from ..data import load
from ..figures.house import INK, NAVY, RUST, label
from ..inputs import sealed
from ..multiverse import Register, Series, Yardstick, evaluate
from ..registers import completeness_by_period, correct_registration, follow_rates
from .explorer import Choice, Explorer, Slider

YEARS = np.arange(1953, 1966)
CENSUSES = {1953: 582.60, 1964: 694.58}
BASELINES = {
    "1957": Yardstick("year", 1957),
    "mean 1955–57": Yardstick("mean", [1955, 1956, 1957]),
    "line 1957–62": Yardstick("line", (1957, 1962)),
    "line 1957–64": Yardstick("line", (1957, 1964)),
    "line 1957–64 in deaths": Yardstick("line", (1957, 1964), in_deaths=True),
    "trend 1953–57": Yardstick("trend", [1953, 1954, 1955, 1956, 1957]),
    "log trend 1953–57": Yardstick("log trend", [1953, 1954, 1955, 1956, 1957]),
    "register's 1957": Yardstick("year", 1957, of="register"),
    "register's line 1957–64": Yardstick("line", (1957, 1964), of="register"),
}
WINDOWS = {f"{first}–{last - 1900}": (first, last)
           for first, last in ((1958, 1961), (1959, 1961), (1958, 1962))}


@cache
def rate_series():
    """Five readings of the vital rates 1953–65, by name.

    Returns
    -------
    mapping of str to glf_utils.multiverse.Series
        ``register`` as published; ``register raised``, its deaths divided by one completeness for
        all years, such that with the births of the survey of 1982 (Banister) the two censuses
        close; ``24 provinces``, their rate applied to the nation; ``Banister``; ``UN 2024``. Rates
        that raise births and deaths go with a population that follows them from the census of
        1953; the register's, which they reject, is not theirs. The arrays cannot be changed.
    """
    table = load("national_vital_rates")

    def column(series, kind):
        rows = table[table["series"] == series].set_index("year")
        return rows[kind].reindex(YEARS).to_numpy(float)

    birth, death = "birth_rate_per_1000", "death_rate_per_1000"
    people = column("official", "population_midyear_million")
    register, survey = column("official", death), column("banister1984", birth)
    raised, banister = register / completeness(register, survey), column("banister1984", death)
    found = {
        "register": Series(register, people, column("official", birth)),
        "register raised": Series(raised, own_people(survey, raised), survey),
        "24 provinces": Series(column("registered_24_provinces", death), people),
        "Banister": Series(banister, own_people(survey, banister), survey),
        "UN 2024": Series(column("wpp2024", death), column("wpp2024", "population_midyear_million"),
                          column("wpp2024", birth)),
    }
    for one in found.values():
        for array in (one.death_rates, one.population, one.birth_rates):
            if array is not None:
                sealed(array)
    return MappingProxyType(found)


def own_people(births, deaths):
    """People in the middle of each year, millions, that rates carry on from the census of 1953."""
    return follow_rates(YEARS, births, deaths, 1953, CENSUSES[1953])


def completeness(deaths, births):
    """The share of deaths registered, if one share holds for all years and the censuses close."""
    low, high, at = 0.3, 1.0, list(YEARS).index(1964)
    for _ in range(50):  # halve the interval: the fewer are registered, the fewer are alive in 1964
        share = (low + high) / 2
        alive = own_people(births, deaths / share)[at]
        low, high = (low, share) if alive > CENSUSES[1964] else (share, high)
    return share


@cache
def all_cells():
    """Every combination of series, baseline, window and netting, each once.

    Returns
    -------
    glf_utils.multiverse.Multiverse
        A baseline borrowed from the register makes no second cell for the register itself.
    """
    cells = evaluate(YEARS, rate_series(), BASELINES, WINDOWS, censuses=CENSUSES)
    own = [name for name in cells.options["baseline"] if BASELINES[name].of]
    twice = np.isin(cells.chosen["baseline"], [cells.options["baseline"].index(n) for n in own])
    keep = ~(twice & (cells.chosen["series"] == cells.options["series"].index("register")))
    arrays = {name: getattr(cells, name)[keep] for name in ("toll", "births", "gap", "coherent")}
    chosen = {name: at[keep] for name, at in cells.chosen.items()}
    for array in (*arrays.values(), *chosen.values()):
        sealed(array)
    options = {name: tuple(listed) for name, listed in cells.options.items()}
    return replace(cells, options=MappingProxyType(options), chosen=MappingProxyType(chosen),
                   **arrays)  # fmt: skip


def completeness_cells(steps=101):
    """Registered deaths raised by any pair of shares, with the births of the survey of 1982.

    Parameters
    ----------
    steps : int
        How many shares from 0.4 to 1 stand for normal years, and as many for 1958–61.

    Returns
    -------
    glf_utils.multiverse.Multiverse
        Registers are named by their two shares, normal years first: ``"0.610 / 0.610"``. With
        four baselines and three windows, the default has more than 100,000 cells.
    """
    known = rate_series()
    deaths, births = known["register"].death_rates, known["Banister"].birth_rates
    shares = np.linspace(0.4, 1, steps)
    registers = {f"{normal:.3f} / {famine:.3f}": Register(normal, famine)
                 for normal in shares for famine in shares}
    held = completeness_by_period(YEARS, *np.meshgrid(shares, shares, indexing="ij"), (1958, 1961))
    raised = correct_registration(deaths, held.reshape(-1, len(YEARS)), YEARS)
    mixed = Series(deaths, own_people(births, raised), births)  # people of each register its own
    own = {name: BASELINES[name] for name in list(BASELINES)[:4]}
    return evaluate(YEARS, {"register's deaths, survey's births": mixed}, own, WINDOWS, registers,
                    ["netted"], censuses=CENSUSES)


RULES = {"every cell": {}, "coherent cells": {"coherent": True}}
"""Which cells are admitted, as arguments of :meth:`glf_utils.multiverse.Multiverse.where`."""


def explore_curve():
    """Walk along the curve of all cells, or of those that a rule admits, and read one.

    Returns
    -------
    Explorer
        Controls: rule, series, place along the curve.
    """
    cells = all_cells()
    names = {"all": list(cells.options["series"]), **{n: [n] for n in cells.options["series"]}}

    borrowed = cells.where(series="Banister", baseline="register's 1957", window="1958–61",
                           netting="netted").toll[0]  # fmt: skip

    def panel(ax):
        ax.set(xlim=(-0.02, 1.02), ylim=(0, 58), xticks=[0, 0.5, 1],
               xticklabels=["lowest", "middle", "highest"], ylabel="excess deaths (millions)")
        (cross,) = ax.plot([], [], "x", color=RUST, markersize=4.5)
        (dots,) = ax.plot([], [], "o", color=NAVY, markersize=2.5)
        (here,) = ax.plot([], [], "D", color=INK, markersize=7, markerfacecolor="none",
                          markeredgewidth=1.6)
        tag = label(ax, 0, 53.5, "", INK, dx=0, fontsize=11, fontweight="bold")
        said = label(ax, 0, 50, "", INK, dx=0, va="top", fontsize=7.5, linespacing=1.25)

        def move(rule, series, place):
            admitted = cells.where(**RULES[rule], series=names[series])
            total = len(admitted)
            order = np.argsort(admitted.toll, kind="stable")
            way = np.linspace(0, 1, total) if total > 1 else np.full(total, 0.5)
            toll, sound = admitted.toll[order], admitted.coherent[order]
            dots.set_data(way[sound], toll[sound])
            cross.set_data(way[~sound], toll[~sound])
            at = round(place / 100 * (total - 1))
            cell, gap = admitted.cell(order[at]), admitted.gap[order[at]].round(1)
            here.set_data([way[at]], [toll[at]])
            tag.set_text(f"{toll[at]:.1f} million")
            closes = "no births, no census gap" if np.isnan(gap) else f"census gap {gap + 0:+.1f}"
            said.set_text(f"{cell['series']}, {cell['window']}\n{cell['baseline']}\n{closes}")
            match = "" if sound[at] else " The halves do not match."
            return (f"Cell {at + 1} of {total}, {toll[at]:.1f} million: {_label(cell)}; "
                    f"{closes}.{match}")

        return [cross, dots, here, tag, said], move

    return Explorer(
        panel,
        [Choice("rule", "cells admitted", {rule: rule for rule in RULES}, "every cell"),
         Choice("series", "series", {"all series": "all", **{n: n for n in names if n != "all"}},
                "all"),
         Slider("place", "place along the curve, per cent", 0, 100, 1, 100, form=".0f")],
        {"every cell, the highest": {"rule": "every cell", "series": "all", "place": 100},
         "coherent, the highest": {"rule": "coherent cells", "series": "all", "place": 100}},
        finding=f"Banister's deaths above the register's 1957, {borrowed:.1f} million in 1958–61, "
        "are a cell whose halves do not match",
        units="Millions of excess deaths, births in none; dots coherent cells, crosses cells whose "
        "halves do not match, the diamond the cell read out. Cells are no sample",
        rows=load("national_vital_rates").query(
            "series in ['official', 'banister1984', 'wpp2024', 'registered_24_provinces'] "
            "and 1953 <= year <= 1965"), height=4.2,
    )


def _label(cell):
    netted = "netted" if cell["netting"] == "netted" else "left out"
    return (f"excess deaths {cell['window']}, {cell['series']}, baseline {cell['baseline']}, years "
            f"below it {netted}, births not counted")
