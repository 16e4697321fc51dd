"""Sliders of the commune: effort in a pooled farm, and the stock of a mess hall."""

import numpy as np

from glf_utils.commune_structure.model import (
    days_of_food,
    eaten_per_day,
    efficient_need_share,
    effort_ratio,
    stock_path,
    visible_work,
)
from glf_utils.page.figure import AMBER, GREY, LINES, NAVY
from glf_utils.page.slider import Choice, Explorer, Slider

TEAM, BRIGADE, COMMUNE = 33, 160, 4797
"""Households: team and brigade in Ningxia, April 1961; mean commune, 30 September 1958."""

SHARES = np.linspace(0, 1, 101)
DAYS, TO_NEXT_HARVEST, APPETITE = 365, 300, 1.0


def _effort_panel(ax):
    ax.set(
        xlim=(0, 1),
        ylim=(0, 2),
        xlabel="need share β, of what is given out",
        ylabel="effort ÷ best effort",
    )
    ax.axvspan(0.3, 0.4, color=AMBER, alpha=0.25, linewidth=0)
    ax.axhline(1, color=GREY, linewidth=1)
    ax.text(0.99, 1.03, "best effort", ha="right", va="bottom", color=GREY)
    ax.text(0.35, 1.97, "rule of\n1960", ha="center", va="top", fontsize=8.5)
    (curve,) = ax.plot(SHARES, SHARES, **{**LINES[0], "marker": ""})
    (dot,) = ax.plot([0], [0], "o", color=NAVY, markersize=9, clip_on=False)

    def move(need_share, kept, members, passed_on, elasticity):
        visible = visible_work(members, passed_on)
        curve.set_ydata(effort_ratio(SHARES, visible, elasticity, members, kept))
        effort = effort_ratio(need_share, visible, elasticity, members, kept)
        dot.set_data([need_share], [effort])
        best = efficient_need_share(elasticity, visible, kept)
        advice = (
            f"The best need share here is {best:.2f}."
            if best
            else "No need share is low enough to put that right."
        )
        return (
            f"With {members:,} households v = {visible:.2f} of a score follows work. With "
            f"{100 * kept:.0f} of 100 kept and need share {need_share:.2f} members choose "
            f"{100 * effort:.0f} % of the best effort. "
            f"{advice}"
        )

    return [curve, dot], move


def explore_effort():
    """Effort against the need share, for a team, a brigade or a commune.

    Returns
    -------
    Explorer
    """
    units = {
        "team, 33 households (Ningxia)": TEAM,
        "brigade, 160 (Ningxia)": BRIGADE,
        "commune, 4,797 (mean of 1958)": COMMUNE,
    }
    rule = dict(need_share=0.35, kept=0.4, members=COMMUNE, passed_on=0.5, elasticity=0.55)
    return Explorer(
        _effort_panel,
        [
            Slider("need_share", "need share β", 0, 1, 0.05, 0.35),
            Slider("kept", "share kept before anything is given out", 0, 0.5, 0.05, 0.4),
            Choice("members", "unit of account (n households)", units, COMMUNE),
            Slider("passed_on", "share kept at each layer of clerks q", 0.2, 1, 0.05, 0.5),
            Slider("elasticity", "elasticity of labour ε", 0.4, 0.7, 0.05, 0.55),
        ],
        {
            "commune, rule of 1960": rule,
            "commune, no free supply": {**rule, "need_share": 0.0},
            "team, rule of 1960": {**rule, "members": TEAM},
            "commune, points exact": {**rule, "passed_on": 1.0},
        },
        finding="In the model, effort depends on what is kept, on what goes by need, and on how "
        "well points follow work",
        units="Effort members choose over the effort best for all, against the share by need of "
        "what is given out; the band marks the rule of 1960, which keeps 40 of 100 before. A "
        "model: what clerks lose is a teaching assumption",
        sources=["sen1966", "lin1988"],
        height=3.5,
    )


def _hall_panel(ax):
    ax.set(xlim=(0, DAYS), ylim=(0, 230), xlabel="day", ylabel="grain left, kg a head")
    ax.text(358, 224, "solid: eat freely\ndashed: even ration", ha="right", va="top", fontsize=8.5)
    days = np.arange(DAYS + 1)
    (free,) = ax.plot(days, days, **{**LINES[0], "marker": ""})
    (even,) = ax.plot(days, days, **{**LINES[1], "marker": ""})
    (empty,) = ax.plot([0], [0], "o", color=NAVY, markersize=8, clip_on=False)

    def move(members, stock, satiety):
        ration, taken = eaten_per_day(stock, TO_NEXT_HARVEST, [1, members], satiety, APPETITE)
        free.set_ydata(stock_path(stock, taken, DAYS))
        even.set_ydata(stock_path(stock, ration, DAYS))
        limit = " (at the limit of 1 kg a day)" if taken >= APPETITE else ""
        last = days_of_food(stock, taken)
        empty.set_data([last], [0])
        early = TO_NEXT_HARVEST - last
        return (
            f"n = {members:.0f}: of {stock:.0f} kg a head for {TO_NEXT_HARVEST} days "
            f"each eats {taken:.2f} kg a day{limit} where the even ration is "
            f"{ration:.2f}. The grain is gone on day {last:.0f}, "
            + (f"{early:.0f} days early." if early > 0.5 else "as planned.")
        )

    return [free, even, empty], move


def explore_mess_hall():
    """A mess hall's grain, day by day, when each family bears one part in n of the waste.

    Returns
    -------
    Explorer
    """
    return Explorer(
        _hall_panel,
        [
            Slider("members", "households eating from one stock n", 1, 40, 1, 30, ".0f"),
            Slider("stock", "grain in the hall, kg a head", 60, 220, 10, 180, ".0f"),
            Slider("satiety", "how fast another bowl loses its worth σ", 5, 20, 1, 10, ".0f"),
        ],
        {
            "every household its own kitchen": dict(members=1, stock=180, satiety=10),
            "thirty households": dict(members=30, stock=180, satiety=10),
            "thirty, the next bowl worth little": dict(members=30, stock=180, satiety=20),
            "thirty, the next bowl worth much": dict(members=30, stock=180, satiety=5),
        },
        finding="In the model, a pot shared by thirty households without rations empties early",
        units=f"Grain left, kg a head, by day, from a stock meant for {TO_NEXT_HARVEST} days. A "
        "model: the most a person eats (1 kg a day) and σ are teaching assumptions",
        sources=["changwen1997"],
        height=3.5,
    )
