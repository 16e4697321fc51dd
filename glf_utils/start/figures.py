"""Figures of ``00_start_here``: places on a map, one harvest in many sizes, order of events."""

from textwrap import fill

import numpy as np
from matplotlib.patches import Rectangle

from glf_utils.dates import dates
from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, INK, LINES, PALE, describe, label, month_ticks, new_figure
from glf_utils.tables import unread
from glf_utils.words import listed

KINDS = {"plan": 0, "claim": 1, "announced": 2, "revised": 3}
WORDS = {
    "plan": "planned",
    "claim": "claimed or expected",
    "announced": "announced (unchecked)",
    "revised": "revised",
}

LIMIT = 45

SORTS = {"meeting place": 0, "prefecture": 1, "county": 1, "commune": 2, "brigade": 3}
"""Which of the marks of :data:`LINES` stands for a kind of place."""


@house.style()
def plot_harvest_claims(claims, year=1958):
    """What one grain harvest was said to be, by the date on which it was said.

    Parameters
    ----------
    claims : DataFrame
        ``load("targets_and_claims")``.
    year : int
        The harvest.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        When the table holds no dated grain figure for that harvest.
    """
    said = claims.query("commodity == 'grain' and target_year == @year and kind in @KINDS")
    said = said[said["date"].fillna("").str.len() >= 7].sort_values("date")
    if said.empty:
        raise ValueError(f"targets_and_claims.csv dates no grain figure for the harvest of {year}")
    checked = claims.query("commodity == 'grain' and target_year == @year and kind == 'actual'")
    verified = checked.sort_values("value_low").iloc[-1]

    fig, ax = new_figure(height=4.7, right=0.4, bottom=0.7)
    for kind, style in KINDS.items():
        rows = said.query("kind == @kind")
        look = {"color": LINES[style]["color"], "marker": LINES[style]["marker"]}
        below = rows["value_high"].shift(-1) - rows["value_high"] < 20
        lines = zip(rows.iterrows(), dates(rows["date"]), unread(rows), strict=True)
        for (index, row), day, hollow in lines:
            ax.plot(
                [day, day],
                [row["value_low"], row["value_high"]],
                **look,
                linewidth=2.5,
                markersize=7,
                markerfacecolor="white" if hollow else look["color"],
            )
            spread = row["value_low"] != row["value_high"]
            words = (
                f"{row['value_low']:.0f}–{row['value_high']:.0f}"
                if spread
                else (f"{row['value_high']:.0f}")
            )
            crowded = below[index] and kind == "revised"
            label(
                ax, day, row["value_high"], words, INK, dx=0, dy=-12 if crowded else 11, ha="center"
            )
        shown = "white" if unread(rows).all() else look["color"]
        ax.plot(
            [], [], **look, linestyle="", markersize=7, markerfacecolor=shown, label=WORDS[kind]
        )
    ax.axhline(verified["value_high"], color=INK, linewidth=1.2, linestyle=(0, (1, 1)))
    ax.text(
        0.995,
        verified["value_high"] - 6,
        f"settled on later: {verified['value_high']:.0f}",
        transform=ax.get_yaxis_transform(),
        ha="right",
        va="top",
        color=INK,
    )
    ax.set(
        ylim=(0, 1.18 * said["value_high"].max()),
        ylabel="million tonnes",
        xlabel="date on which the figure was given",
    )
    ax.legend(loc="lower right", ncols=2, bbox_to_anchor=(1, 0.0))
    month_ticks(ax)
    top = said.loc[said["value_high"].idxmax()]
    told = "; ".join(
        f"{row['date']} {row['kind']} {row['value_low']:g}"
        + (f" to {row['value_high']:g}" if row["value_high"] != row["value_low"] else "")
        for _, row in said.iterrows()
    )
    return describe(
        fig,
        finding=f"The harvest of {year} stood at {top['value_high']:.0f} million tonnes on paper "
        f"and at {verified['value_high']:.0f} in the end",
        units="Million tonnes of unhusked grain, by the day or month the figure was given; bars "
        "are ranges, hollow marks rest on rows not yet checked; figures of 1958 mostly leave "
        "soybeans out, the dotted line has them in",
        rows=[said, verified.to_frame().T],
        alt=f"Points dated {said['date'].iloc[0]} to {said['date'].iloc[-1]} in million tonnes: "
        f"{told}. A dotted line marks the figure settled on later, {verified['value_high']:g}.",
    )


@house.style()
def plot_timeline(events, start, end, topics=None, finding=None):
    """Dated events from one day to another, one a line, in order.

    Parameters
    ----------
    events : DataFrame
        ``load("timeline")``.
    start, end : str
        First and last date, written to the year, month or day.
    topics : list of str, optional
        Values of ``category`` to keep; all by default.
    finding : str, optional
        What this choice of events shows; by default their number and window.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        When a topic is unknown, or the window holds no event or more than can be read.
    """
    known = sorted(events["category"].unique())
    unknown = set(topics or ()) - set(known)
    if unknown:
        raise ValueError(f"no topic {', '.join(sorted(unknown))}; choose from {', '.join(known)}")
    kept = events[(events["date"] >= start) & (events["date"].str[: len(end)] <= end)]
    if topics:
        kept = kept[kept["category"].isin(topics)]
    if not 0 < len(kept) <= LIMIT:
        raise ValueError(
            f"{len(kept)} events from {start} to {end}; "
            f"choose a window or topics that hold 1 to {LIMIT}"
        )
    kept = kept.sort_values("date", kind="stable")
    loose = (kept["verification"] == "unchecked") | kept["note"].str.contains("general knowledge")
    loose = loose.fillna(False).to_numpy(bool)
    days, lines = dates(kept["date"]), np.arange(len(kept))[::-1]

    fig, ax = new_figure(height=1.4 + 0.26 * len(kept), left=2.0, right=0.3, top=0.6)
    ax.set_position([0.27, 0.5 / fig.get_figheight(), 0.13, 1 - 1.05 / fig.get_figheight()])
    ax.plot(days, lines, color=GREY, linewidth=0.8)
    for row, day, line, hollow in zip(kept.itertuples(), days, lines, loose, strict=True):
        ax.plot(
            day,
            line,
            "o",
            color=LINES[0]["color"],
            markersize=5,
            markerfacecolor="white" if hollow else LINES[0]["color"],
        )
        ax.text(
            -0.06,
            line,
            row.category,
            transform=ax.get_yaxis_transform(),
            ha="right",
            va="center",
            color=GREY,
            fontsize=8.5,
        )
        ax.text(
            -0.95,
            line,
            row.date,
            transform=ax.get_yaxis_transform(),
            ha="right",
            va="center",
            fontsize=8.5,
        )
        ax.text(
            1.06,
            line,
            fill(row.event, 66),
            transform=ax.get_yaxis_transform(),
            va="center",
            fontsize=8.5,
            linespacing=0.95,
        )
    ax.set(yticks=[], ylim=(-0.7, len(kept) - 0.3))
    ax.margins(x=0.06)
    ax.grid(axis="y", visible=False)
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="x", labelsize=8)
    month_ticks(ax, most=3)
    about = f" about {listed(topics)}" if topics else ""
    return describe(
        fig,
        finding=finding or f"{len(kept)} dated events{about}, {start} to {end}",
        units="Date and topic of the event"
        + any(loose) * "; a hollow mark, here: the day is not yet checked in print",
        rows=kept,
        alt="Events in order: "
        + "; ".join(f"{row.date} {row.event}" for row in kept.itertuples())
        + ".",
    )


@house.style()
def plot_places(places, provinces):
    """The places of the course in the provinces of 1958, numbered in the order of their events.

    Parameters
    ----------
    places : DataFrame
        ``load("places")``.
    provinces : DataFrame
        ``load("provinces")``.

    Returns
    -------
    Figure
    """
    shown = places.sort_values("date", kind="stable").reset_index(drop=True)
    tiles = provinces.dropna(subset="tile_row_1958")
    fig, ax = new_figure(height=4.7, left=0.05, right=0.05, top=0.5, bottom=0.05)
    for tile in tiles.itertuples():
        here = shown.index[shown["province"] == tile.province]
        x, y = tile.tile_col_1958, tile.tile_row_1958
        ax.add_patch(
            Rectangle(
                (x - 0.47, y - 0.47),
                0.94,
                0.94,
                facecolor="white" if len(here) else PALE,
                edgecolor=INK if len(here) else GREY,
                linewidth=1.1 if len(here) else 0.5,
            )
        )
        ax.text(x, y - 0.24, tile.name_en, ha="center", va="center", fontsize=5.8, color=INK)
        numbers = [str(number + 1) for number in here]
        told = "\n".join(" ".join(numbers[start : start + 3]) for start in range(0, len(here), 3))
        ax.text(x, y + 0.14, told, ha="center", va="center", fontsize=7.5, fontweight="bold")
    for number, place in shown.iterrows():
        y = 0.7 + number * 7 / len(shown)
        look = LINES[SORTS[place["kind"]]]
        ax.plot(8.9, y, look["marker"], color=look["color"], markersize=5, clip_on=False)
        words = f"{number + 1}  {place['name']}, {place['kind']}, {place['date']}"
        ax.text(9.15, y, words, va="center", fontsize=8)
    ax.set(xlim=(0.45, 13.4), ylim=(7.6, 0.4), xticks=[], yticks=[], aspect="equal")
    ax.grid(visible=False)
    for spine in ax.spines.values():
        spine.set_visible(False)
    names = provinces.set_index("province")["name_en"]
    most = shown["province"].value_counts()
    told = "; ".join(
        f"{number + 1} {place['name']}, {place['kind']} in {names[place['province']]}, "
        f"{place['date']}"
        for number, place in shown.iterrows()
    )
    return describe(
        fig,
        finding=f"Of the {len(shown)} places of this course {most.iloc[0]} lie in "
        f"{names[most.index[0]]}",
        units="A square is a province of 1958, placed as on a map; numbers go by the date in "
        "the table of places; Tianjin lay inside Hebei from February 1958",
        rows=shown,
        alt=f"Squares for {len(tiles)} provinces in rough order of the map. {told}.",
    )
