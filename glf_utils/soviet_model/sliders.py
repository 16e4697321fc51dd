"""Explorers of notebook 01: the two-sector model, and the grain that feeds the towns."""

import numpy as np

from glf_utils.page.figure import AMBER, GREY, INK, NAVY, RUST, TEAL, label
from glf_utils.page.slider import Explorer, Slider
from glf_utils.soviet_model import model as planning
from glf_utils.tables import load

LIGHT, PLEDGE, YEARS, TOP = 0.20, 15, 40, 4.5


def explore_two_sector():
    """Move the split of investment, the two coefficients and the year asked about.

    Returns
    -------
    Explorer
        Consumption on a heavy path of share λ beside a light path of share 0.20.
    """

    def panel(ax):
        ax.set(
            xlim=(0, YEARS), ylim=(0.5, TOP), xlabel="years after the start", ylabel="consumption C"
        )
        ax.axvline(PLEDGE, ymax=0.78, color=GREY, linestyle=":", linewidth=1.2)
        label(ax, PLEDGE, 0.62, "fifteen years", GREY, dx=3, fontsize=8)
        for height, words, color in (
            (0.92, "solid: heavy, λ", NAVY),
            (0.84, "dashed: light, 0.20", RUST),
        ):
            ax.text(0.03, height, words, color=color, transform=ax.transAxes, fontsize=8.5)
        (heavy,) = ax.plot([], [], color=NAVY)
        (light,) = ax.plot([], [], color=RUST, linestyle="--")
        (asked,) = ax.plot([], [], color=AMBER, marker="D", linestyle="-", linewidth=1)
        (passed,) = ax.plot(
            [], [], color=INK, marker="o", markersize=8, markerfacecolor="white", linestyle=""
        )

        def move(heavy_share, beta_heavy, beta_light, horizon):
            path = planning.two_sector_path([heavy_share, LIGHT], YEARS, beta_heavy, beta_light)
            year = planning.overtaking_year(heavy_share, LIGHT, beta_heavy, beta_light, horizon=100)
            t = int(horizon)
            heavy.set_data(path.year, path.consumption[0])
            light.set_data(path.year, path.consumption[1])
            asked.set_data([t, t], path.consumption[:, t])
            crossed = np.isfinite(year) and year <= YEARS
            passed.set_data(([year], [path.consumption[0, int(year)]]) if crossed else ([], []))
            return (
                f"In year {t} the heavy path consumes {_height(path.consumption[0, t])} and "
                f"the light one {_height(path.consumption[1, t])}. {_overtaking(year)}"
            )

        return [heavy, light, asked, passed], move

    base = {"heavy_share": 0.85, "beta_heavy": 0.20, "beta_light": 0.30, "horizon": 15}
    return Explorer(
        panel,
        [
            Slider(
                "heavy_share", "λ  share of investment in machine making", 0.25, 0.95, 0.05, 0.85
            ),
            Slider("beta_heavy", "β_k  machines a year per machine", 0.15, 0.40, 0.01, 0.20),
            Slider("beta_light", "β_c  goods a year per machine", 0.20, 0.40, 0.01, 0.30),
            Slider("horizon", "T  year you ask about", 5, 40, 1, 15, ".0f"),
        ],
        {
            "85 of 100 for lathes, slow machines": base,
            "85 of 100, fast machines": base | {"beta_heavy": 0.33},
            "an even split, slow machines": base | {"heavy_share": 0.50},
            "better looms, same lathes": base | {"beta_light": 0.40},
        },
        finding="In the model, heavy industry first means less for years and more in the end",
        units="Consumption (national income of year 0 = 1) by year; circle: the first whole "
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

        def move(harvest, share, ration, exports):
            bill.set_data(people, planning.grain_bill(people, ration, exports))
            taken.set_data(people, [share * harvest] * 2)
            most = planning.feasible_urban_population(harvest, share, ration, exports)
            fed.set_data([np.clip(most, *people)], [share * harvest])
            beyond = "" if people[0] <= most <= people[1] else " (the dot waits at the edge)"
            need = planning.procurement_rate_needed(later, ration, harvest, exports)
            return (
                f"τQ = {share * harvest:.0f} million tonnes feed {most:.1f} million people"
                f"{beyond}, {_beside(most, then, 1957)} and {_beside(most, later, 1960)}. "
                f"The towns of 1960 would need {need:.0%} of this harvest."
            )

        return [bill, taken, fed], move

    start = {"harvest": 195, "share": 0.236, "ration": 440, "exports": 2.2}
    return Explorer(
        panel,
        [
            Slider("harvest", "Q  harvest, million tonnes", 130, 220, 0.5, 195, ".1f"),
            Slider("share", "τ  share of the harvest procured", 0.10, 0.50, 0.002, 0.236, ".3f"),
            Slider("ration", "w  grain per townsperson, kg a year", 200, 500, 5, 440, ".0f"),
            Slider("exports", "X  net exports, million tonnes", -6, 6, 0.1, 2.2, ".1f"),
        ],
        {
            "1957": start,
            "1960, share of 1957": start | {"harvest": 143.5, "exports": 2.7},
            "1960, share as taken": start | {"harvest": 143.5, "share": 0.324, "exports": 2.7},
            "1960, 240 kg, share of 1957": start
            | {"harvest": 143.5, "ration": 240, "exports": 2.7},
        },
        finding="How many townspeople the procured grain can feed",
        units="Million tonnes of grain against millions of people in the towns; solid: grain "
        "needed, wN + X; dashed: grain procured, τQ; dot: people it feeds; dotted: the "
        "towns of 1957 and 1960",
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
