"""Explorers of notebook 01: the two-sector model, and the grain that feeds the towns."""

import numpy as np

from .. import planning
from ..data import load
from ..figures.house import AMBER, GREY, INK, NAVY, RUST, TEAL, label
from .explorer import Explorer, Slider

LIGHT, PLEDGE, YEARS = 0.20, 15, 40


def explore_two_sector():
    """Move the split of investment, the two coefficients and the year asked about.

    Returns
    -------
    Explorer
        Consumption on a heavy path of share λ beside a light path of share 0.20.
    """
    def panel(ax):
        ax.set(xlim=(0, YEARS), ylim=(0.5, 4.5), xlabel="years after the start",
               ylabel="consumption C")
        ax.axvline(PLEDGE, color=GREY, linestyle=":", linewidth=1.2)
        label(ax, PLEDGE, 0.62, "fifteen years", GREY, dx=3, fontsize=8)
        for height, words, color in ((0.92, "solid: heavy, λ", NAVY),
                                     (0.84, "dashed: light, 0.20", RUST)):
            ax.text(0.03, height, words, color=color, transform=ax.transAxes, fontsize=8.5)
        (heavy,) = ax.plot([], [], color=NAVY)
        (light,) = ax.plot([], [], color=RUST, linestyle="--")
        (asked,) = ax.plot([], [], color=AMBER, marker="D", linestyle="-", linewidth=1)
        (passed,) = ax.plot([], [], color=INK, marker="o", markersize=8, markerfacecolor="white",
                            linestyle="")

        def move(heavy_share, beta_heavy, beta_light, horizon):
            path = planning.two_sector_path([heavy_share, LIGHT], YEARS, beta_heavy, beta_light)
            year = planning.overtaking_year(heavy_share, LIGHT, beta_heavy, beta_light,
                                            horizon=100)
            t = int(horizon)
            heavy.set_data(path.year, path.consumption[0])
            light.set_data(path.year, path.consumption[1])
            asked.set_data([t, t], path.consumption[:, t])
            at = int(year) if year <= YEARS else None
            passed.set_data(([at], [path.consumption[0, at]]) if at else ([], []))
            late = year - PLEDGE
            verdict = ("as the fifteen years end" if late == 0 else
                       f"{abs(late):.0f} year{'s' * (abs(late) > 1)} "
                       f"{'after' if late > 0 else 'before'} the fifteen end")
            return (f"In year {t} the heavy path consumes {path.consumption[0, t]:.2f} and the "
                    f"light one {path.consumption[1, t]:.2f}. It pulls ahead in year {year:.0f}, "
                    f"{verdict}.")

        return [heavy, light, asked, passed], move

    base = {"heavy_share": 0.85, "beta_heavy": 0.20, "beta_light": 0.30, "horizon": 15}
    return Explorer(
        panel,
        [Slider("heavy_share", "λ  share of investment in machine making", 0.25, 0.95, 0.05, 0.85),
         Slider("beta_heavy", "β_k  machines a year per machine", 0.15, 0.40, 0.01, 0.20),
         Slider("beta_light", "β_c  goods a year per machine", 0.20, 0.40, 0.01, 0.30),
         Slider("horizon", "T  year you ask about", 5, 40, 1, 15, ".0f")],
        {"China's split, slow machines": base,
         "China's split, fast machines": base | {"beta_heavy": 0.33, "beta_light": 0.33},
         "an even split, slow machines": base | {"heavy_share": 0.50},
         "better looms, same lathes": base | {"beta_light": 0.40}},
        finding="Heavy industry first: less for years, more in the end",
        units="Consumption (national income of year 0 = 1) by year; circle: the heavy path "
              "pulls ahead; diamonds: the year asked about",
        sources=["feldman1928", "mahalanobis1953", "domar1957"], height=3.8)


def explore_food():
    """Move the harvest, the share procured, the grain per townsperson and the exports.

    Returns
    -------
    Explorer
        The grain bill ``w N + X`` against the grain procured ``τ Q``, by size of the towns.
    """
    towns = load("investment_and_labour").query(
        "series == 'urban_population' and year in [1957, 1960]").drop_duplicates("year")
    then, later = towns.sort_values("year")["value"]
    people = np.array([60.0, 160.0])

    def panel(ax):
        ax.set(xlim=people, ylim=(0, 80), xlabel="people in the towns N, million",
               ylabel="grain, million tonnes")
        for size, year in ((then, 1957), (later, 1960)):
            ax.axvline(size, color=GREY, linestyle=":", linewidth=1.2)
            label(ax, size, 76, f"{year}", GREY, dx=3, fontsize=8.5)
        ax.text(0.03, 0.16, "solid: grain needed, wN + X", color=RUST, transform=ax.transAxes)
        ax.text(0.03, 0.06, "dashed: grain procured, τQ", color=NAVY, transform=ax.transAxes)
        (bill,) = ax.plot([], [], color=RUST)
        (taken,) = ax.plot([], [], color=NAVY, linestyle="--")
        (fed,) = ax.plot([], [], color=TEAL, marker="o", markersize=8, linestyle="")

        def move(harvest, share, ration, exports):
            bill.set_data(people, planning.grain_bill(people, ration, exports))
            taken.set_data(people, [share * harvest] * 2)
            most = planning.feasible_urban_population(harvest, share, ration, exports)
            fed.set_data([most], [share * harvest])
            gap = later - most
            verdict = (f"{gap:.0f} million fewer than the towns held in 1960" if gap >= 0.5 else
                       "enough for the towns of 1960")
            need = planning.procurement_rate_needed(later, ration, harvest, exports)
            return (f"τQ = {share * harvest:.0f} million tonnes feed {most:.0f} million people: "
                    f"{verdict}. Those towns would need {need:.0%} of this harvest.")

        return [bill, taken, fed], move

    start = {"harvest": 195, "share": 0.235, "ration": 440, "exports": 2.2}
    return Explorer(
        panel,
        [Slider("harvest", "Q  harvest, million tonnes", 130, 220, 1, 195, ".0f"),
         Slider("share", "τ  share of the harvest procured", 0.10, 0.50, 0.005, 0.235, ".3f"),
         Slider("ration", "w  grain per townsperson, kg a year", 200, 500, 5, 440, ".0f"),
         Slider("exports", "X  net exports, million tonnes", -6, 6, 0.1, 2.2, ".1f")],
        {"1957": start,
         "1960, share of 1957": start | {"harvest": 144, "exports": 2.7},
         "1960, share as taken": start | {"harvest": 144, "share": 0.325, "exports": 2.7},
         "1960, 240 kg, share of 1957": start | {"harvest": 144, "ration": 240, "exports": 2.7}},
        finding="A smaller harvest feeds fewer townspeople than had come",
        units="Million tonnes of grain against millions of people in the towns; dotted lines: "
              "towns of 1957 and 1960",
        rows=towns, sources=["liyang2005"], height=3.8)
