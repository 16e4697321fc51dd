"""Explorers of lessons 12 and 13: the two-sector model, and the grain that feeds the towns."""

import numpy as np

from glf_utils.page.figure import AMBER, GREY, INK, NAVY, RUST, TEAL, label
from glf_utils.page.slider import Explorer, Slider
from glf_utils.soviet_model import model as planning
from glf_utils.tables import load

LIGHT, PLEDGE, YEARS, TOP = 0.20, 15, 40, 4.5


ON_WHITE = {"zorder": 3, "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1}}


def explore_two_sector():
    """Move the split of new machines, what lathes and looms make, and the year asked about.

    Returns
    -------
    Explorer
        Cloth on a heavy path of split α beside a light path of split 0.20.
    """

    def panel(ax):
        ax.set(
            xlim=(0, YEARS), ylim=(0.5, TOP), xlabel="years after the start", ylabel="cloth a year"
        )
        ax.axvline(PLEDGE, ymax=0.72, color=GREY, linestyle=":", linewidth=1.2)
        label(ax, PLEDGE, 0.62, "fifteen years", GREY, dx=3, fontsize=8)
        told = [
            ax.text(0.02, height, "", color=color, transform=ax.transAxes, fontsize=8, **ON_WHITE)
            for height, color in ((0.92, NAVY), (0.84, RUST), (0.76, INK))
        ]
        (heavy,) = ax.plot([], [], color=NAVY)
        (light,) = ax.plot([], [], color=RUST, linestyle="--")
        (asked,) = ax.plot([], [], color=AMBER, marker="D", linestyle="-", linewidth=1)
        (passed,) = ax.plot(
            [], [], color=INK, marker="o", markersize=8, markerfacecolor="white", linestyle=""
        )

        def move(split, per_lathe, per_loom, horizon):
            path = planning.two_sector_path([split, LIGHT], YEARS, per_lathe, per_loom)
            year = planning.overtaking_year(split, LIGHT, per_lathe, per_loom, horizon=100)
            t = int(horizon)
            words = (
                f"solid: heavy, α = {split:.2f}",
                f"dashed: light, α = {LIGHT:.2f}",
                f"κ = {per_lathe:.2f}, γ = {per_loom:.2f}",
            )
            for text, line in zip(told, words, strict=True):
                text.set_text(line)
            heavy.set_data(path.year, path.cloth[0])
            light.set_data(path.year, path.cloth[1])
            asked.set_data([t, t], path.cloth[:, t])
            crossed = np.isfinite(year) and year <= YEARS
            passed.set_data(([year], [path.cloth[0, int(year)]]) if crossed else ([], []))
            return (
                f"In year {t} the heavy path makes {_height(path.cloth[0, t])} of cloth and "
                f"the light one {_height(path.cloth[1, t])}. {_overtaking(year)}"
            )

        return [heavy, light, asked, passed, *told], move

    base = {"split": 0.85, "per_lathe": 0.20, "per_loom": 0.30, "horizon": 15}
    return Explorer(
        panel,
        [
            Slider("split", "α  share of new machines that become lathes", 0.25, 0.95, 0.05, 0.85),
            Slider("per_lathe", "κ  machines a lathe makes a year", 0.15, 0.40, 0.01, 0.20),
            Slider("per_loom", "γ  cloth a loom makes a year", 0.20, 0.40, 0.01, 0.30),
            Slider("horizon", "T  year you ask about", 5, 40, 1, 15, ".0f"),
        ],
        {
            "85 of 100 for lathes, slow lathes": base,
            "85 of 100, fast lathes": base | {"per_lathe": 0.33},
            "an even split, slow lathes": base | {"split": 0.50},
            "an even split, fast lathes": base | {"split": 0.50, "per_lathe": 0.33},
        },
        finding="In the model, lathes first means less cloth for years, then more",
        units="Cloth a year (national income of year 0 = 1) by year; circle: the first whole "
        "year in which the heavy path is ahead; diamonds: the year asked about",
        sources=["feldman1928", "mahalanobis1953", "domar1957"],
        height=3.8,
    )


def _height(value):
    """A level of consumption in words, with a note where it leaves the picture."""
    if value <= TOP:
        return f"{value:.2f}"
    return f"{value:.1f} (above the picture)" if value < 100 else "over 100 (above the picture)"


def _overtaking(year):
    """When the heavy path pulls ahead, set beside the fifteen years."""
    if not np.isfinite(year):
        return "The heavy path does not pull ahead within a hundred years."
    late = year - PLEDGE
    years = f"{abs(late):.0f} year{'s' * (abs(late) > 1)}"
    verdict = (
        f"{years} after the fifteen end"
        if late > 0
        else f"{years} before the fifteen end"
        if late < 0
        else "as the fifteen years end"
    )
    return f"The heavy path pulls ahead in year {year:.0f}, {verdict}."


def explore_food():
    """Move the harvest, the share procured, the grain per townsperson and the exports.

    Returns
    -------
    Explorer
        The grain bill ``w N + X`` against the grain procured ``τ Q``, by size of the towns.
    """
    towns = (
        load("investment_and_labour")
        .query("series == 'urban_population' and year in [1957, 1960]")
        .drop_duplicates("year")
    )
    then, later = towns.sort_values("year")["value"]
    people = np.array([60.0, 160.0])

    def panel(ax):
        ax.set(
            xlim=people,
            ylim=(0, 110),
            xlabel="people in the towns N, million",
            ylabel="grain, million tonnes",
        )
        for size, year in ((then, 1957), (later, 1960)):
            ax.axvline(size, color=GREY, linestyle=":", linewidth=1.2)
            label(ax, size, 105, f"{year}", GREY, dx=3, fontsize=8.5)
        ax.text(0.03, 0.91, "solid: wN + X", color=RUST, transform=ax.transAxes)
        ax.text(0.03, 0.82, "dashed: τQ", color=NAVY, transform=ax.transAxes)
        (bill,) = ax.plot([], [], color=RUST)
        (taken,) = ax.plot([], [], color=NAVY, linestyle="--")
        (fed,) = ax.plot([], [], color=TEAL, marker="o", markersize=8, linestyle="", clip_on=False)

        def move(output, rate, ration_kg, exports):
            bill.set_data(people, planning.grain_bill(people, ration_kg, exports))
            taken.set_data(people, [rate * output] * 2)
            most = planning.feasible_urban_population(output, rate, ration_kg, exports)
            fed.set_data([np.clip(most, *people)], [rate * output])
            beyond = "" if people[0] <= most <= people[1] else " (the dot waits at the edge)"
            need = planning.rate_needed(later, ration_kg, output, exports)
            return (
                f"τQ = {rate * output:.0f} million tonnes feed {most:.1f} million people"
                f"{beyond}, {_beside(most, then, 1957)} and {_beside(most, later, 1960)}. "
                f"The towns of 1960 and exports would take {need:.0%} of this harvest."
            )

        return [bill, taken, fed], move

    start = {"output": 195, "rate": 0.236, "ration_kg": 440, "exports": 2.2}
    return Explorer(
        panel,
        [
            Slider("output", "Q  harvest, million tonnes", 130, 220, 0.5, 195, ".1f"),
            Slider("rate", "τ  share of the harvest procured", 0.10, 0.50, 0.002, 0.236, ".3f"),
            Slider(
                "ration_kg", "w  grain for each townsperson, kg a year", 200, 500, 5, 440, ".0f"
            ),
            Slider("exports", "X  net exports, million tonnes", -6, 6, 0.1, 2.2, ".1f"),
        ],
        {
            "1957": start,
            "harvest of 1960, share of 1957": start | {"output": 143.5, "exports": 2.7},
            "1960, share as taken": start | {"output": 143.5, "rate": 0.324, "exports": 2.7},
            "1960, 240 kg, share of 1957": start
            | {"output": 143.5, "ration_kg": 240, "exports": 2.7},
        },
        finding="How many townspeople the procured grain can feed",
        units="Million tonnes of grain against millions of people in the towns; solid: grain "
        "for towns and exports, wN + X; dashed: grain procured, τQ; dot: people it feeds; "
        "dotted: the towns of 1957 and 1960",
        rows=towns,
        sources=["liyang2005"],
        height=3.8,
    )


def _beside(fed, towns, year):
    """How many can be fed beside how many lived in the towns of a year, both in millions."""
    gap = fed - towns
    if abs(gap) < 0.5:
        return f"as many as the towns of {year} held ({towns:.1f})"
    more = "fewer" if gap < 0 else "more"
    return f"{abs(gap):.1f} {more} than the towns of {year} held ({towns:.1f})"
