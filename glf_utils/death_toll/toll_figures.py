"""Published tolls side by side, and a few of them taken apart into all deaths and normal ones."""

import numpy as np

from glf_utils.death_toll.evidence import side_by_side
from glf_utils.page import figure as house
from glf_utils.page.figure import (
    AMBER,
    GREY,
    HATCHES,
    INK,
    NAVY,
    PALE,
    RUST,
    TEAL,
    describe,
    label,
    new_figure,
)
from glf_utils.words import listed

LOOKS = {
    "register as published": (NAVY, "o"),
    "register corrected, cohorts rebuilt": (RUST, "s"),
    "corrected in famine years alone": (RUST, "*"),
    "births, deaths and totals balanced": (TEAL, "^"),
    "provinces, counties or archives summed": (AMBER, "D"),
    "low counts argued from the register": (INK, "v"),
    "taken from others, or a review": (GREY, "P"),
    "method not recorded": (INK, "X"),
}
"""Method family, its colour and its marker."""


@house.style()
def tolls_beside(estimates):
    """Some published tolls by method family, each with its window, its normal and its births.

    Parameters
    ----------
    estimates : DataFrame
        The table ``death_toll_estimates``.

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = side_by_side(estimates)
    groups = list(table.groupby("family", sort=False))
    fig, ax = new_figure(height=7.2, left=1.95, right=3.0, top=0.95)
    ax.set(xlim=(0, 60), xticks=range(0, 61, 15), yticks=[], xlabel="deaths (millions)")
    ax.spines["left"].set_visible(False)
    ax.grid(axis="y", visible=False)
    place = -0.4
    for words, dx in (("window", 12), ("taken as normal", 76), ("births\napart", 190)):
        label(ax, 60, place, words, GREY, dx=dx, fontsize=8)
    for name, rows in groups:
        place += 1
        label(ax, 0, place, name, GREY, dx=-128, fontsize=8, fontweight="bold")
        color, marker = LOOKS[name]
        for row in rows.itertuples():
            place += 1
            doubted = not row.comparable
            ink = GREY if doubted else INK
            look = {"color": GREY if doubted else color, "marker": "x" if doubted else marker}
            ax.hlines(place, 0, 60, color=PALE, linewidth=0.5, zorder=0)
            ax.plot([row.least, row.most], [place, place], linewidth=1.4, markersize=6, **look)
            label(ax, 0, place, row.name, ink, dx=-8, ha="right", fontsize=8)
            label(ax, row.most, place, _millions(row), ink, dx=7, fontsize=8)
            label(ax, 60, place, row.window.replace(" to ", "–\n"), ink, dx=12, fontsize=7.5)
            label(ax, 60, place, row.normal, ink, dx=76, fontsize=7.5)
            label(ax, 60, place, row.births_apart, ink, dx=194, fontsize=7.5)
    ax.set_ylim(place + 0.7, 0.2)
    told = (
        f"{name}: " + listed([f"{row.name} {_millions(row)}" for row in rows.itertuples()])
        for name, rows in groups
    )
    return describe(
        fig,
        finding=f"{len(table)} tolls in print for one famine: each has a window and a normal of "
        "its own, and none is known to count births that did not happen",
        units="Millions of deaths, grouped by what they rest on; Cheng and Zhan print a range. "
        "Grey cross: a number that we have not seen in the author's own print. Births that did "
        "not happen, where the author gives them, stand in a column of their own, in brackets "
        "where unchecked, and are in no toll",
        rows=table,
        alt=f"{'; '.join(told)}.",
    )


def _millions(row):
    return f"{row.least:g}" + f"–{row.most:g}" * (row.most > row.least)


@house.style()
def all_and_normal(apart, rows):
    """All deaths of the same years in each reading, cut into normal deaths and toll.

    Parameters
    ----------
    apart : DataFrame
        Of :func:`glf_utils.death_toll.choices.taken_apart`.
    rows : DataFrame or list of DataFrame
        What it was computed from, for the caption.

    Returns
    -------
    matplotlib.figure.Figure
    """
    fig, ax = new_figure(height=3.6, left=2.15, right=0.9, top=0.85, bottom=0.6)
    places = np.arange(len(apart))
    ax.barh(places, apart["normal"], 0.62, color=PALE, edgecolor=GREY, hatch=HATCHES[1])
    ax.barh(places, apart["toll"], 0.62, left=apart["normal"], color=RUST)
    for place, row in zip(places, apart.itertuples(), strict=True):
        words = {"fontsize": 10, "ha": "center", "fontweight": "bold", "dx": 0}
        box = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none"}
        label(ax, row.normal / 2, place, f"{row.normal:.0f}", bbox=box, **words)
        label(ax, row.normal + row.toll / 2, place, f"{row.toll:.0f}", "white", **words)
        label(ax, row.all, place, f"all: {row.all:.0f}", dx=6)
    ax.set(
        yticks=places,
        yticklabels=apart.index,
        ylim=(len(apart) - 0.5, -0.5),
        xlim=(0, 90),
        xlabel="deaths of every kind in 1958–62 (millions)",
    )
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="y", visible=False)
    low, high = apart.iloc[-2], apart.iloc[-1]
    return describe(
        fig,
        finding=f"If ten per thousand is normal, a toll of {high['toll']:.0f} million has "
        f"{high['all']:.0f} million dead of every kind; Banister's {low['toll']:.0f} million has "
        f"{low['all']:.0f}",
        units="Millions, 1958–62; hatched: deaths that normal years would have brought, by each "
        "reading; filled: the toll. Births are in none. That the book behind the last bar takes "
        "ten per thousand is what its critics say",
        rows=rows,
        sources=["ograda2011"],
        alt="; ".join(
            f"{name.replace(chr(10), ' ')}: {row['all']:.1f} million deaths, of them "
            f"{row['normal']:.1f} normal and {row['toll']:.1f} the toll"
            for name, row in apart.iterrows()
        ),
    )
