"""The slider of lesson 33: a harvest passed up through officials who compete."""

import numpy as np

from glf_utils.page.figure import GREY, INK, LINES, NAVY
from glf_utils.page.slider import Explorer, Slider
from glf_utils.statistics_inflation.figures import LADDER
from glf_utils.statistics_inflation.model import OFFICIAL, best_exaggeration, pass_up
from glf_utils.tables import load

LEVELS = ("weighed", "brigade", "commune", "county", "prefecture", "province")

HUNGRY_FROM = (1 - OFFICIAL["need"] / OFFICIAL["yield_per_head"]) / OFFICIAL["rate"] - 1
"""Exaggeration from which what is taken on the report leaves less than people need."""


def exaggeration(prize, cost, audit):
    """What one official adds, as a fraction, with the sliders' fixed values.

    Parameters
    ----------
    prize, cost, audit : float or array
        What promotion is worth and what lying costs, in points; the chance of being weighed, π.

    Returns
    -------
    float or ndarray

    Examples
    --------
    >>> round(exaggeration(prize=80, cost=1_000, audit=0), 3)
    0.165
    """
    return best_exaggeration(prize=prize, private_cost=cost, audit=audit, **OFFICIAL)


def _yongding():
    rows = load("reporting_errors").query("case == 'yongding_1960'").set_index("level")
    return rows.loc[list(LADDER)].reset_index()


def _panel(ax):
    record = _yongding()
    ax.set(xscale="log", xlim=(0.9, 5.2), ylim=(-0.4, 5.4), xlabel="report ÷ truth (log scale)")
    ax.set_xticks([1, 1.5, 2, 3, 5], ["1", "1.5", "2", "3", "5"])
    ax.minorticks_off()
    ax.set_yticks(range(len(LEVELS)), LEVELS, fontsize=8.5)
    ax.axvline(1, color=GREY, linewidth=1)
    ax.plot(
        record["ratio_high"],
        range(len(record)),
        linestyle="",
        marker="D",
        color=INK,
        markersize=6,
        zorder=3,
    )
    ax.text(5.1, 0, "◆ Yongding 1960", ha="right", va="center", color=INK, fontsize=8.5)
    (path,) = ax.plot([1, 1], [0, 1], **{**LINES[0], "markersize": 5})
    (top,) = ax.plot([1], [1], "o", color=NAVY, markersize=10)

    def move(prize, cost, audit, levels):
        levels = int(levels)
        added = exaggeration(prize, cost, audit)
        climb = pass_up(1.0, [added] * levels)
        path.set_data(climb, np.arange(levels + 1))
        top.set_data([climb[-1]], [levels])
        step = f"adds {100 * added:.1f} per cent" if added >= 0.0005 else "passes on what it hears"
        care = (
            " Each stops where more would leave people hungry."
            if np.isclose(added, HUNGRY_FROM)
            else ""
        )
        return (
            f"Each level {step}; after {levels} the report stands at {climb[-1]:.2f} times "
            f"the truth.{care}"
        )

    return [path, top], move


def explore_hierarchy():
    """A report on its way up, for a prize, a cost of lying, a chance of weighing and L levels.

    Returns
    -------
    Explorer
    """
    return Explorer(
        _panel,
        [
            Slider("prize", "worth of the promotion, points", 0, 120, 5, 80, ".0f"),
            Slider("cost", "what a lie costs him, points", 800, 2_000, 100, 1_000, ".0f"),
            Slider("audit", "chance of being weighed π", 0, 1, 0.05, 0),
            Slider("levels", "levels above the field", 1, 5, 1, 3, ".0f"),
        ],
        {
            "great prize, never weighed": dict(prize=80, cost=1_000, audit=0, levels=3),
            "the same, five levels": dict(prize=80, cost=1_000, audit=0, levels=5),
            "five levels, weighed": dict(prize=80, cost=1_000, audit=0.5, levels=5),
            "five levels, half the prize": dict(prize=40, cost=1_000, audit=0, levels=5),
        },
        finding="In the model, what each level adds multiplies on the way up; weighing cuts it",
        units="Report over truth by level, log scale. A model: prize, costs and penalty are "
        "teaching assumptions, and a quarter of the report is taken; the diamonds are the "
        "first estimates at Yongding",
        rows=_yongding(),
        sources=["lazearrosen1981", "kungchen2011"],
        height=3.4,
    )
