"""The published tolls, side by side: range, window, method family, birth ledger."""

import re

import numpy as np

from glf_utils.death_toll.evidence import ranges_by_family, with_families
from glf_utils.page import figure as house
from glf_utils.page.figure import (
    AMBER,
    GREY,
    INK,
    NAVY,
    PALE,
    RUST,
    TEAL,
    describe,
    label,
    new_figure,
)
from glf_utils.tables import unread

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
def published_tolls(estimates, claims):
    """Every published toll, and ours read from the UN, with range, family, window, birth ledger.

    Parameters
    ----------
    estimates : DataFrame
        The table ``death_toll_estimates``.
    claims : DataFrame
        The table ``account_claims``; the claims of S2, S3 and S4 about the toll head the figure.

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = with_families(estimates)
    heads = _account_rows(claims)
    fig, ax = new_figure(height=12.2, left=2.3, right=1.75, top=1.6, bottom=0.5)
    rows = len(table)
    ax.set(
        xlim=(0, 60),
        ylim=(rows - 0.2, -len(heads) - 1.2),
        yticks=[],
        xlabel="deaths attributed to the famine (millions)",
    )
    ax.spines["left"].set_visible(False)
    ax.grid(axis="y", visible=False)
    method, ends, reach = (
        table[names].to_numpy() for names in ("family", ["least", "most"], ["low", "high"])
    )
    loose, ours = unread(table), table["verification"].eq("derived").to_numpy()
    for name, (color, marker) in LOOKS.items():
        here = np.flatnonzero(method == name)
        ax.hlines(here, *reach[here].T, color=color, linewidth=1.4)
        ax.plot([], [], marker, color=color, markersize=5, label=name)
        for hollow in (False, True):
            at = here[(loose[here] == hollow) & ~ours[here]]
            if len(at):
                ax.plot(
                    ends[at].ravel(),
                    at.repeat(2),
                    marker,
                    color=color,
                    markersize=5,
                    markerfacecolor="white" if hollow else color,
                )
    at = np.flatnonzero(ours)
    ax.plot(
        ends[at].ravel(),
        at.repeat(2),
        "x",
        color=RUST,
        markersize=5,
        label="read here from the UN's rates",
    )
    _columns(ax, table)
    _heads(ax, heads, rows)
    ax.legend(
        loc="lower left",
        bbox_to_anchor=(-0.67, 1.005),
        ncols=2,
        fontsize=8,
        handletextpad=0.3,
        columnspacing=1.5,
    )
    firm = table[table["comparable"]]
    ends = f"from {firm['least'].min():g} to {firm['most'].max():g} million"
    ranges = ranges_by_family(table)
    told = "; ".join(_told(row) for row in ranges.itertuples())
    low, corrected, summed = (
        "{:g} to {:g}".format(*ranges.loc[name, ["lowest", "highest"]].astype(float).round(1))
        for name in (
            "low counts argued from the register",
            "register corrected, cohorts rebuilt",
            "provinces, counties or archives summed",
        )
    )
    return describe(
        fig,
        finding=f"Tolls by method, each in its own window: register corrected {corrected} million, "
        f"places summed {summed}, argued low {low}",
        units="Millions of deaths; line = the author's range, mark = central figure (or the ends "
        "of a range where there is none), hollow = not checked in any source, cross = our reading "
        "of rates of the UN, which prints no toll. No entry is known to add births to deaths; for "
        "those without a method we cannot tell. Birth deficits stand apart, in brackets where "
        "unchecked; baselines, where known, in the column baseline of the table. The title leaves "
        "out our readings, the 55, known from Dikötter alone, undocumented and standing twice, and "
        "other entries that are unchecked, doubtful, or of one year or province",
        rows=[table, heads],
        alt=f"{(~ours).sum()} published totals and {ours.sum()} readings of ours in order of "
        f"publication, {ends} among the comparable. By method family, without our readings and "
        f"without one-province, one-year, unchecked and doubtful entries: {told}. "
        f"Above them: {'; '.join(heads['words'])}.",
    )


def _told(row):
    reach = f"{row.lowest:g}" + f" to {row.highest:g}" * (row.highest > row.lowest)
    used = row.entries - row.left_out
    return f"{row.Index}, {used} {'entry' if used == 1 else 'entries'}, {reach}"


def _account_rows(claims):
    ids = ["S2-030", "S2-044", "S4-006", "S4-008", "S3-034"]
    heads = claims.set_index("claim_id").loc[ids].reset_index()
    low = heads["value_low"].astype(float)
    high = heads["value_high"].astype(float).fillna(low)
    ends = [f"{a:g}–{b:g}" if b > a else f"{a:g}" for a, b in zip(low, high, strict=True)]
    return heads.assign(
        value_low=low,
        value_high=high,
        words=[
            f"S2, an estimated {ends[0]} starved",
            f"S2, range of others: {ends[1]}",
            f"S4, range before it: {ends[2]}",
            f"S4, its own: at least {low[3]:g}",
            "S3, no figure: deaths from hunger cannot be known",
        ],
    )


def _heads(ax, heads, rows):
    for order, row in enumerate(heads.itertuples()):
        place = order - len(heads) - 0.6
        name, _, rest = row.words.partition(": ") if row.claim_id == "S3-034" else (row.words, 0, 0)
        label(ax, 0, place, name, dx=-8, ha="right", fontsize=7.5, fontweight="bold")
        if rest:
            label(ax, 1, place, rest, dx=0, fontsize=7.5, backgroundcolor="white")
            continue
        label(ax, 60, place, _window(row.period), dx=6, fontsize=7)
        if row.value_high > row.value_low:
            ax.plot([row.value_low, row.value_high], [place, place], "-|", color=INK)
        else:
            ax.plot(row.value_low, place, "*", color=INK, markersize=9)
            ax.vlines(
                row.value_low,
                place,
                rows,
                color=INK,
                linewidth=0.7,
                linestyle=(0, (2, 3)),
                zorder=1,
            )
        if row.claim_id == "S4-008":
            ax.annotate(
                "",
                (row.value_low + 9, place),
                (row.value_low + 1, place),
                arrowprops={"arrowstyle": "->", "color": INK},
            )
    ax.axhline(-0.9, color=GREY, linewidth=0.7)


def _window(period):
    if not isinstance(period, str):
        return "not stated"
    period = re.sub(r" *\(.*\)", "", period)
    return re.sub(r"(\d{4})-(?:19)?(\d\d)\b", r"\1–\2", period)


def _columns(ax, table):
    inches = ax.figure.get_figheight() * ax.get_position().height
    pitch = 72 * inches / abs(np.diff(ax.get_ylim())[0])  # points from row to row
    ax.hlines(range(1, len(table), 2), 0, 60, color=PALE, alpha=0.6, linewidth=pitch, zorder=0)
    for place, row in enumerate(table.itertuples()):
        label(ax, 0, place, row.who, dx=-8, ha="right", fontsize=7.2)
        label(ax, 60, place, _window(row.period_label), dx=6, fontsize=7)
        label(ax, 60, place, row.births_apart, dx=104, fontsize=7)
    for words, dx in (("window", 6), ("births\napart", 94)):
        label(ax, 60, -7.4, words, GREY, dx=dx, fontsize=7.5)
