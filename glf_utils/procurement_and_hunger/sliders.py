"""Explorer of lesson 42: what a report leaves of a harvest."""

import numpy as np

from glf_utils.country.believed import believed
from glf_utils.page.figure import GREY, LINES, NAVY, RUST, label
from glf_utils.page.slider import Explorer, Slider
from glf_utils.procurement_and_hunger.evidence import per_head
from glf_utils.procurement_and_hunger.model import famine_threshold, retained_per_head
from glf_utils.tables import load

REPORTS = np.linspace(0, 2.5, 101)


def _panel(ax):
    ax.set(
        xlim=(0, 2.5), ylim=(0, 450), xlabel="reported ÷ true harvest λ", ylabel="kg left a head"
    )
    ax.axvline(1, color=GREY, linewidth=1)
    ax.text(1.03, 8, "honest", color=GREY, va="bottom", fontsize=8.5)
    (left,) = ax.plot(REPORTS, REPORTS, **{**LINES[0], "marker": ""})
    (needed,) = ax.plot([0, 2.5], [0, 0], **{**LINES[1], "marker": ""})
    (limit,) = ax.plot([], [], "D", color=RUST, markersize=7, clip_on=False)
    (here,) = ax.plot([], [], "o", color=NAVY, markersize=9, clip_on=False)
    line = label(ax, 2.46, 0, "need", RUST, dx=0, dy=9, ha="right", fontsize=8.5)
    star = label(ax, 0, 0, "λ*", RUST, dx=0, dy=12, ha="center", fontsize=9)

    def move(harvest, need, rate, report):
        left.set_ydata(retained_per_head(harvest, rate, REPORTS))
        needed.set_ydata([need, need])
        line.xy = (2.46, need)
        above = retained_per_head(harvest, rate, 2.3) - need  # keep the word off the curve
        line.xyann = (0, -10 if -5 < above < 60 else 9)
        kept = retained_per_head(harvest, rate, report)
        threshold = famine_threshold(harvest, need, rate)
        here.set_data([report], [kept])
        seen = 0 <= threshold <= 2.5
        limit.set_data([threshold] if seen else [], [need] if seen else [])
        star.xy = (threshold if seen else 0, need)
        star.set_visible(seen and threshold < 2.2)
        side = "above" if kept >= need else "short of"
        gap = f"{abs(kept - need):.0f} {side}" if abs(kept - need) > 0.5 else f"just {side}"
        if threshold < 0:
            verdict = "The harvest is too small even if nothing is taken."
        elif threshold < 1:
            verdict = "Even an honest report leaves too little at this rate."
        else:
            off = "" if seen else " (off the picture)"
            verdict = f"Reports up to {threshold:.2f} times the truth can be borne{off}."
        return (
            f"{harvest:.0f} kg a head, {100 * rate:.0f} % taken of {report:.2f} times the true "
            f"harvest: {kept:.0f} kg are left, {gap} the need of {need:.0f}. "
            f"λ* = {threshold:.2f}. {verdict}"
        )

    return [left, needed, limit, here, line, star], move


def explore_threshold():
    """Kg left a head against the report, with the threshold at which it meets the need.

    Returns
    -------
    Explorer
        Starts at the harvest per villager of 1959 under an honest report.
    """
    balance = load("food_balance").query("year in [1957, 1959, 1960]")
    rows = balance.set_index("year")
    heads = per_head(balance).round()
    said = believed(load("targets_and_claims"), 1959)
    ratio = round(said["value_high"].item() / rows.loc[1959, "output_million_t"], 2)

    def at(year, report):
        return dict(harvest=heads[year], need=220, rate=0.25, report=report)

    return Explorer(
        _panel,
        [
            Slider("harvest", "harvest a head, kg θ", 150, 450, 1, heads[1959], ".0f"),
            Slider("need", "need a head, kg s", 100, 320, 1, 220, ".0f"),
            Slider("rate", "share taken of the report τ", 0.05, 0.5, 0.01, 0.25),
            Slider("report", "reported ÷ true harvest λ", 0, 2.5, 0.01, 1.0),
        ],
        {
            "1957, honest": at(1957, 1.0),
            "1959, honest": at(1959, 1.0),
            "1959, as believed": at(1959, ratio),
            "1960, honest": at(1960, 1.0),
        },
        finding="At a given need and rate, a harvest bears reports up to λ*",
        units="Kg of unhusked grain left a villager, against reported over true harvest; circle = "
        "the setting, diamond = λ*. Need and rate are teaching assumptions",
        rows=[balance, said],
        height=3.5,
    )
