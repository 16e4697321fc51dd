"""Figures of lesson 43: tasks against crops, a county's counts, shares beaten to death."""

import pandas as pd
from matplotlib.dates import date2num
from matplotlib.ticker import FixedLocator, NullLocator

from glf_utils.page import figure as house
from glf_utils.page.figure import (
    AMBER,
    GREY,
    LINES,
    NAVY,
    RUST,
    TEAL,
    describe,
    label,
    month_ticks,
    new_figure,
)
from glf_utils.procurement_and_hunger.campaign import (
    CAUSES,
    KNOWN,
    STEPS,
    against_the_crop,
    beaten_shares,
    counts_of,
)

LEVELS = {"county": NAVY, "commune": RUST, "brigade": TEAL}
"""Colour of each level of place."""


@house.style()
def plot_tasks(table):
    """Claims, tasks and deliveries by place, as multiples of the crop, on a scale of ratios.

    Parameters
    ----------
    table : DataFrame
        ``load("xinyang_1959_60")``.

    Returns
    -------
    Figure
    """
    asked = against_the_crop(table)
    fig, ax = new_figure(height=4.3, left=1.75, right=0.4, top=0.95, bottom=0.55)
    heights = range(len(asked), 0, -1)
    for style, step in enumerate(STEPS):
        look = LINES[style]
        ax.plot(asked[step], heights, look["marker"], color=look["color"], markersize=8)
    for place, height in zip(asked.itertuples(), heights, strict=True):
        ends = [getattr(place, step) for step in STEPS]
        ends = [end for end in ends if pd.notna(end)]
        ax.plot([min(1, *ends), max(1, *ends)], [height] * 2, color=GREY, linewidth=0.8, zorder=1)
    top = asked.iloc[0]
    for style, (step, dx) in enumerate(zip(STEPS[:2], (0, 0), strict=True)):
        color = LINES[style]["color"]
        label(ax, top[step], len(asked), step, color, dx=dx, dy=12, ha="center")
    low = asked["delivered"].idxmin()
    height = len(asked) - asked.index.get_loc(low)
    label(ax, asked.loc[low, "delivered"], height, "delivered", TEAL, dx=-9, ha="right")
    ax.axvline(1, color=GREY, linewidth=1.2)
    ax.set(
        xscale="log",
        xlim=(0.16, 60),
        ylim=(0.4, len(asked) + 0.9),
        yticks=list(heights),
        yticklabels=[
            place if row.level == "prefecture" else f"{place}, {row.level}"
            for place, row in asked.iterrows()
        ],
        xlabel="times the crop that was found (1: the whole crop)",
    )
    ticks = (0.5, 1, 2, 5, 10, 20, 50)
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xticklabels([f"{tick:g}" for tick in ticks])
    told = "; ".join(
        f"{place}: " + ", ".join(f"{step} {row[step]:.2f}" for step in STEPS if pd.notna(row[step]))
        for place, row in asked.iterrows()
    )
    least, most = asked["delivered"].min(), asked["delivered"].max()
    return describe(
        fig,
        finding=f"Where deliveries are known, {100 * least:.0f} to {100 * most:.0f} per cent of "
        "the crop was brought in; two brigades were asked for several times their crop",
        units="Claim, task and delivery over the autumn crop of 1959 as found later, on a scale "
        "of ratios; no mark where no paper that we read has a figure; Shangcai's crop is an upper "
        "bound, its claim so at least as many times it",
        rows=[
            table[
                (table["group"] == "grain")
                & table["item"].isin(["harvested", *STEPS])
                & table["place"].isin(asked.index)
            ]
        ],
        alt=f"Marks on a line a place, as multiples of its crop. {told}.",
    )


@house.style()
def plot_known_and_reported(table, place="Shangcheng"):
    """The dead that a county had counted, those it reported, and those written down later, by date.

    Parameters
    ----------
    table : DataFrame
        ``load("xinyang_1959_60")``.
    place : str
        A county with dated counts and reports.

    Returns
    -------
    Figure
    """
    found = counts_of(table, place)
    when = date2num(pd.to_datetime(found.index, format="mixed"))
    fig, ax = new_figure(height=3.9, right=1.3, top=0.7, bottom=0.6)
    for style, column in enumerate(KNOWN):
        known, look = found[column].notna(), {**LINES[style], "markersize": 6}
        if column == KNOWN[-1]:
            look["linestyle"] = "none"
        ax.plot(when[known], found.loc[known, column] / 1000, **look)
        text = column.replace(", ", ",\n")
        last = found.loc[known, column].iloc[-1] / 1000
        label(ax, when[known][-1], last, text, look["color"], dx=9, dy=8 * (style == 2))
    both = found.dropna(subset=["counted", "reported"])
    short = (both["counted"] - both["reported"]).idxmax()
    day = pd.Timestamp(short)
    for column, color, dy in (("counted", NAVY, 9), ("reported", RUST, -4)):
        number = both.loc[short, column]
        label(ax, date2num(day), number / 1000, f"{number:,.0f}", color, dx=-6, dy=dy, ha="right")
    ax.set(ylabel="thousand people", ylim=(0, 62))
    month_ticks(ax, months=(10, 12, 2, 4, 6, 8, 10))
    told = "; ".join(
        f"{date} " + ", ".join(f"{name} {row[name]:,.0f}" for name in found if pd.notna(row[name]))
        for date, row in found.iterrows()
    )
    return describe(
        fig,
        finding=f"On {day.day} {day:%B %Y} {place} had counted "
        f"{both.loc[short, 'counted']:,.0f} dead and reported {both.loc[short, 'reported']:,.0f}",
        units="Thousand dead since the autumn of 1959: counted by the county committee, reported "
        "by it upward, and dead as its paper of November 1960 has it for late October, November "
        "and early December 1959. Of October and November it does not say whether these died in "
        "those weeks or by their end, where the marks stand",
        rows=[
            table[
                (table["group"] == "deaths") & (table["place"] == place) & table["item"].isin(KNOWN)
            ]
        ],
        alt=f"Three lines by date. {told}.",
    )


@house.style()
def plot_beaten_shares(table, claims):
    """People beaten to death in per cent of all dead, by place, beside the account's share.

    Parameters
    ----------
    table : DataFrame
        ``load("xinyang_1959_60")``.
    claims : DataFrame
        ``load("account_claims")``; the claim is S4-009.

    Returns
    -------
    Figure
    """
    found = beaten_shares(table)
    claim = claims[claims["claim_id"] == "S4-009"]
    low, high = claim["value_low"].item(), claim["value_high"].item()
    fig, ax = new_figure(height=3.7, left=2.4, right=0.5, top=0.95, bottom=0.55)
    heights = range(len(found), 0, -1)
    ax.axvspan(low, high, color=AMBER, alpha=0.25, linewidth=0)
    label(ax, (low + high) / 2, len(found), "Dikötter,\nChina", dx=0, ha="center", fontsize=8.5)
    for (_, row), height in zip(found.iterrows(), heights, strict=True):
        color = LEVELS[row["level"]]
        ax.plot([0, row["share"]], [height] * 2, color=color, linewidth=1)
        ax.plot(row["share"], height, "o", color=color, markersize=7)
        label(ax, row["share"], height, f"{row['share']:.1f}", color, dx=8, fontweight="bold")
    ax.set(
        xlim=(0, 11.2),
        ylim=(0.4, len(found) + 0.8),
        yticks=list(heights),
        yticklabels=[
            place if row["level"] in place or "brigades" in place else f"{place}, {row['level']}"
            for place, row in found.iterrows()
        ],
        xlabel="beaten to death, per cent of all dead",
    )
    told = "; ".join(f"{place} {row['share']:.1f}" for place, row in found.iterrows())
    counties = found[found["level"] == "county"]["share"]
    least, most = counties.min(), counties.max()
    items = ["beaten to death", "counted", *CAUSES]
    rows = table[table["place"].isin(found.index) & table["item"].isin(items)]
    return describe(
        fig,
        finding=f"In the files of {len(counties)} counties {least:.1f} to {most:.1f} per cent of "
        "the counted dead were beaten to death; in two files from lower down, ten",
        units="Per cent of all dead counted at the place; suicides and people driven to death are "
        "out; in Xincai the count is of deaths by swelling disease; two counties whose numbers "
        "contradict each other are out; the shaded band is the account's share for all of China",
        rows=[rows, claim],
        alt=f"A mark a place, per cent. {told}. The account: {low:g} to {high:g}.",
    )
