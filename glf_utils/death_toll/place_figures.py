"""The famine by place: registered rates on a tile map, and how far counties differ."""

import numpy as np

from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, INK, TEAL, describe, label, new_figure
from glf_utils.tables import unread
from glf_utils.words import listed

BANDS = ((0, "#f4f1ec"), (12, "#ead8c3"), (20, "#dcae85"), (35, "#ac5526"), (50, "#6d2207"))
"""Lower limits of the bands of a tile map (deaths per 1,000) and their colours, light to dark."""

CONTESTED = ("fujian", "guizhou")
"""Provinces for whose registered rate of 1960 other lists print another."""


@house.style()
def tile_map(provinces, rates, year=1960):
    """Registered death rates of one year, one tile a province, on the grid of 1958.

    Parameters
    ----------
    provinces : DataFrame
        The table ``provinces``.
    rates : DataFrame
        The table ``provincial_vital_rates``.
    year : int

    Returns
    -------
    matplotlib.figure.Figure
    """
    one = rates.query("series == 'registered' and year == @year")
    tiles = provinces.dropna(subset="tile_row_1958").merge(
        one[["province", "death_rate_per_1000", "verification"]],
        on="province",
        how="left",
        suffixes=("_of_tile", ""),
    )
    fig, ax = new_figure(height=5.3, left=0.3, right=0.3, top=0.75, bottom=0.55)
    ax.set(xlim=(0.4, 8.6), ylim=(7.5, 0.5), xticks=[], yticks=[])
    ax.set_axis_off()
    for tile in tiles.itertuples():
        _draw_tile(ax, tile)
    for place, (least, color) in enumerate(BANDS):
        x = 1 + 0.62 * place
        ax.add_patch(_square(x, 7.25, 0.56, 0.3, facecolor=color, edgecolor=GREY, linewidth=0.5))
        label(
            ax,
            x,
            7.25,
            f"{least}+" if place else f"under {BANDS[1][0]}",
            dx=0,
            ha="center",
            fontsize=6.5,
            color=_ink_on(color),
        )
    read = tiles[tiles["death_rate_per_1000"].notna() & ~unread(tiles)]
    ranked = read.sort_values("death_rate_per_1000", ascending=False)
    agreed = ranked[~ranked["province"].isin(CONTESTED)]
    high, disputed = (
        rows[rows["death_rate_per_1000"] >= BANDS[-1][0]]
        for rows in (agreed, ranked[ranked["province"].isin(CONTESTED)])
    )
    low = agreed[agreed["death_rate_per_1000"] < 10]
    told = ", ".join(
        f"{row.name_en} {'≈' * (row.province in CONTESTED)}{row.death_rate_per_1000:.1f}"
        for row in ranked.itertuples()
    )
    return describe(
        fig,
        finding=f"In {year} the registers of {listed(high['name_en'])} hold over "
        f"{BANDS[-1][0]} deaths per thousand{_in_doubt(disputed['name_en'])}, "
        f"{listed(low['name_en'])}'s under 10",
        units="Deaths per thousand people a year; a tile is a province, placed as on a map. Dashed "
        "tiles and brackets: not checked; ≈: other lists print another rate",
        rows=[provinces, one],
        alt="Tiles from Xinjiang at the left to Heilongjiang at the upper right, darker for higher "
        f"rates; those checked, from the highest: {told}.",
    )


@house.style()
def counties(table, names, year=1960):
    """How far counties of one province differ: median, middle four fifths, highest.

    Parameters
    ----------
    table : DataFrame
        The table ``county_mortality``.
    names : DataFrame
        The table ``provinces``, for their names.
    year : int

    Returns
    -------
    matplotlib.figure.Figure
    """
    rows = table[table["year"] == year].merge(names[["province", "name_en"]], on="province")
    rows = rows.sort_values("median_death_rate_per_1000", ascending=False, ignore_index=True)
    middle, low, high, most = (
        rows[f"{name}_death_rate_per_1000"] for name in ("median", "p10", "p90", "max")
    )
    fig, ax = new_figure(height=4.6, left=1.5, right=0.5, top=0.8)
    ax.set(
        xlim=(0, 230),
        ylim=(len(rows) - 0.4, -0.9),
        yticks=rows.index,
        yticklabels=[f"{row.name_en} ({row.n_counties})" for row in rows.itertuples()],
        xlabel=f"deaths per thousand people, {year}",
    )
    ax.grid(axis="y", visible=False)
    ax.hlines(rows.index, low, high, color=TEAL, linewidth=5, alpha=0.45)
    ax.plot(middle, rows.index, "o", color=INK, markersize=5)
    ax.plot(most, rows.index, "|", color=INK, markersize=9, markeredgewidth=1.6)
    for words, x in (("median county", middle[0]), ("highest", most[0])):
        label(ax, x, 0, words, GREY, dx=0, dy=10, ha="center", fontsize=7.5)
    label(ax, high[0], 0, "middle four fifths", GREY, dx=4, fontsize=7.5)
    widest = rows.loc[(high - low).idxmax()]
    told = "; ".join(
        f"{row.name_en}: {row.median_death_rate_per_1000:.0f}, "
        f"{row.p10_death_rate_per_1000:.0f} to {row.p90_death_rate_per_1000:.0f}, highest "
        f"{row.max_death_rate_per_1000:.0f}"
        for row in rows.itertuples()
    )
    return describe(
        fig,
        finding=f"In {widest['name_en']} in {year} half of these counties stayed below "
        f"{widest['median_death_rate_per_1000']:.0f} deaths per thousand, a tenth lay above "
        f"{widest['p90_death_rate_per_1000']:.0f}",
        units="Deaths per thousand people a year by county, number of counties in brackets. A "
        "selected sample: a county is in only if its gazetteer prints every year; Anhui, Gansu, "
        "Qinghai and Hunan are among the provinces not in it",
        rows=rows,
        alt=f"By province, median county, tenth to ninetieth percentile, highest. {told}.",
    )


def _draw_tile(ax, tile):
    rate, x, y = tile.death_rate_per_1000, tile.tile_col_1958, tile.tile_row_1958
    known, checked = np.isfinite(rate), tile.verification != "unchecked"
    color = next(shade for least, shade in reversed(BANDS) if rate >= least) if known else "white"
    color = color if checked else "white"
    ax.add_patch(
        _square(
            x,
            y,
            0.94,
            0.9,
            facecolor=color,
            edgecolor=GREY,
            linewidth=0.8,
            linestyle="-" if known and checked else "--",
        )
    )
    number = "–" if not known else f"{rate:.1f}" if checked else f"({rate:.1f})"
    number = "≈" * (tile.province in CONTESTED) + number
    ink = _ink_on(color)
    label(ax, x, y, tile.name_en, ink, dx=0, dy=7, ha="center", fontsize=6.8)
    label(ax, x, y, number, ink, dx=0, dy=-6, ha="center", fontsize=10, fontweight="bold")


def _square(x, y, width, height, **look):
    from matplotlib.patches import Rectangle

    return Rectangle((x - width / 2, y - height / 2), width, height, **look)


def _ink_on(color):
    return "white" if color in (BANDS[-1][1], BANDS[-2][1]) else INK


def _in_doubt(names):
    if len(names) == 0:
        return ""
    whose = f"{names.iloc[0]}'s" if len(names) == 1 else f"those of {listed(names)}"
    return f" (and {whose}; lists differ)"
