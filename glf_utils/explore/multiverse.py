"""The choices of notebook 05 and every combination of them; the explorer that walks along it."""

from dataclasses import replace
from functools import cache

import numpy as np

from ..data import load
from ..figures.house import INK, NAVY, RUST, label
from ..mortality import balance_gap
from ..multiverse import Register, Series, Yardstick, evaluate
from .explorer import Choice, Explorer, Slider

YEARS = np.arange(1953, 1966)
CENSUSES = {1953: 582.60, 1964: 694.58}
BASELINES = {
    "1957": Yardstick("year", 1957),
    "mean 1955–57": Yardstick("mean", [1955, 1956, 1957]),
    "line 1957–62": Yardstick("line", (1957, 1962)),
    "line 1957–64": Yardstick("line", (1957, 1964)),
    "line 1957–64 in deaths": Yardstick("line", (1957, 1964), in_deaths=True),
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
    dict of str to glf_utils.multiverse.Series
        ``register`` as published; ``register raised``, its deaths divided by one completeness for
        all years, such that with the births of the survey of 1982 (Banister) the two censuses
        close; ``24 provinces``, their rate applied to the nation; ``Banister``; ``UN 2024``.
    """
    table = load("national_vital_rates")

    def column(series, kind):
        rows = table[table["series"] == series].set_index("year")
        return rows[kind].reindex(YEARS).to_numpy(float)

    birth, death = "birth_rate_per_1000", "death_rate_per_1000"
    people = column("official", "population_midyear_million")
    register, survey = column("official", death), column("banister1984", birth)
    return {
        "register": Series(register, people, column("official", birth)),
        "register raised": Series(register / completeness(register, survey, people), people,
                                  survey),
        "24 provinces": Series(column("registered_24_provinces", death), people),
        "Banister": Series(column("banister1984", death), people, survey),
        "UN 2024": Series(column("wpp2024", death), column("wpp2024", "population_midyear_million"),
                          column("wpp2024", birth)),
    }


def completeness(deaths, births, people, censuses=CENSUSES):
    """The share of deaths registered, if one share holds for all years and the censuses close."""
    held = balance_gap(YEARS, births, deaths, people, censuses)
    return held.deaths / (held.births - held.counted_growth)


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
    return replace(cells, chosen={name: at[keep] for name, at in cells.chosen.items()}, **arrays)


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
    mixed = Series(known["register"].death_rates, known["register"].population,
                   known["Banister"].birth_rates)
    shares = np.linspace(0.4, 1, steps)
    registers = {f"{normal:.3f} / {famine:.3f}": Register(normal, famine)
                 for normal in shares for famine in shares}
    own = {name: BASELINES[name] for name in list(BASELINES)[:4]}
    return evaluate(YEARS, {"register's deaths, survey's births": mixed}, own, WINDOWS, registers,
                    ["netted"], censuses=CENSUSES)


RULES = {"every cell": {}, "coherent cells": {"coherent": True},
         "coherent, census gap up to 5 million": {"coherent": True, "closes_within": 5}}
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

    highest = [part.toll.max() for part in (cells, cells.where(coherent=True))]

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
            if not total:
                here.set_data([], [])
                tag.set_text("no cell")
                said.set_text("the rule admits none")
                return f"No cell of this series is admitted: {_why_none(series)}"
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
        finding=f"The rule of admission decides where the curve ends: {highest[0]:.1f} or "
        f"{highest[1]:.1f} million",
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


def _why_none(series):
    if series == "UN 2024":
        return "the UN revises the census totals as well, so this test is unfair to it."
    if series == "24 provinces":
        return "without births it cannot show that it closes."
    return "its births less deaths miss the growth between the censuses by more than 5 million."
