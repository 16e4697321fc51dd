"""Figures of one village: its dead of 1960, a mark for each of them."""

import numpy as np

from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, INK, NAVY, RUST, describe, new_figure
from glf_utils.procurement_and_hunger.evidence import AGES, COUNTY, TEAM, dead_by_age

ABREAST = 6
"""Marks in a row."""


def _block(ax, left, people, marker, color, face=None):
    """A block of one mark a person, from the ground up, with their number above it."""
    x, y = left + np.arange(people) % ABREAST, np.arange(people) // ABREAST
    ax.plot(
        x,
        y,
        marker,
        color=color,
        markersize=3.6,
        markerfacecolor=face or color,
        markeredgewidth=0.9,
    )
    middle, top = left + (min(people, ABREAST) - 1) / 2, (people - 1) // ABREAST
    ax.text(middle, top + 1, f"{people:.0f}", ha="center", fontsize=9, color=color)


@house.style()
def plot_dead(tuanwan):
    """The dead of Tuanwan from January to May 1960, one mark for each of them.

    Parameters
    ----------
    tuanwan : DataFrame
        ``load("tuanwan_1960")``.

    Returns
    -------
    Figure
    """
    months = tuanwan[tuanwan["group"] == "deaths_by_month"]
    ages = dead_by_age(tuanwan)
    fig, (left, right) = new_figure(
        1,
        2,
        height=3.5,
        left=0.25,
        right=0.2,
        top=0.95,
        bottom=0.5,
        wspace=0.06,
        width_ratios=[5, 6],
    )
    for place, row in enumerate(months.itertuples()):
        _block(left, 8 * place, int(row.value), "o", NAVY)
    for place, age in enumerate(AGES):
        _block(right, 17 * place, int(ages[COUNTY][age]), "s", RUST, "white")
        _block(right, 17 * place + 7, int(ages[TEAM][age]), "o", NAVY)
    for ax, width, names, step, middle in (
        (left, 38, months["item"], 8, 2.5),
        (right, 47, AGES, 17, 6),
    ):
        ax.set(xlim=(-1.5, width), ylim=(-0.8, 20), yticks=[])
        ax.set_xticks([step * place + middle for place in range(len(names))], list(names))
        ax.tick_params(length=0)
        ax.spines["left"].set_visible(False)
        ax.grid(visible=False)
        ax.spines["bottom"].set_color(GREY)
    total = {reporter: int(ages[reporter].sum()) for reporter in (COUNTY, TEAM)}
    left.set_title("by month: the province’s team", color=INK)
    right.set_title(
        f"by age: the county’s {total[COUNTY]} (squares) and the team’s {total[TEAM]}", color=INK
    )
    young = {reporter: int(ages[reporter][:2].sum()) for reporter in total}
    return describe(
        fig,
        finding=f"Of the county’s {total[COUNTY]} dead of Tuanwan {young[COUNTY]} were under "
        f"fifty, of the team’s {'many more' if young[TEAM] > 3 * young[COUNTY] else 'few'}",
        units="Each mark is one person. Team: January to May. County: Spring Festival (28 January) "
        "to May; its groups are 1 to 10, about 30, and 50 to 80 years",
        rows=[months, tuanwan[tuanwan["group"] == "deaths_by_age"]],
        alt="Blocks of marks, one a person. By month, team: "
        + ", ".join(f"{row.item} {row.value:.0f}" for row in months.itertuples())
        + ". By age: "
        + "; ".join(
            f"{age}: county {ages[COUNTY][age]:.0f}, team {ages[TEAM][age]:.0f}" for age in AGES
        )
        + ".",
    )
