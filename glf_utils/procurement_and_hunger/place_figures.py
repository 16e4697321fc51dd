"""Figures of ``04_procurement_and_hunger`` by place and by weather: grain, deaths, disasters."""

from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, LINES, NAVY, RUST, TEAL, describe, label, new_figure, points
from glf_utils.procurement_and_hunger.evidence import grain_and_deaths, grain_rows, rates_of

KINDS = {"other": ("o", NAVY), "migration": ("^", TEAL), "municipality": ("x", GREY)}
"""Marker and colour of each kind of province."""

NAMED = ("anhui", "guizhou", "gansu", "qinghai", "henan", "heilongjiang")
"""Provinces labelled by name."""


@house.style()
def plot_grain_and_deaths(grain, rates, provinces):
    """The rise of registered deaths against the harvest of 1957 and against what was lost of it.

    Parameters
    ----------
    grain, rates, provinces : DataFrame
        As for :func:`grain_and_deaths`.

    Returns
    -------
    Figure
    """
    table = grain_and_deaths(grain, rates, provinces)
    delivering = table[table["kind"] != "municipality"]
    links = delivering[["grain_1957", "fall"]].corrwith(delivering["rise"])
    fig, axes = new_figure(1, 2, height=4.0, top=0.9, wspace=0.12, sharey=True)
    words = ("kg of grain a head in 1957", "kg a head lost from 1957 to 1959")
    for ax, column, text in zip(axes, ("grain_1957", "fall"), words, strict=True):
        for kind, (marker, color) in KINDS.items():
            some = table[table["kind"] == kind]
            ax.plot(some[column], some["rise"], marker, color=color, markersize=5.5)
        for row in table[table["province"].isin(NAMED)].itertuples():
            x, color = getattr(row, column), KINDS[row.kind][1]
            left = row.province == "gansu" or x > 0.8 * table[column].max()
            low = row.province == "heilongjiang"
            label(
                ax,
                x,
                row.rise,
                row.name,
                color,
                dx=0 if low else -7 if left else 7,
                dy=-9 if low else 0,
                fontsize=8,
                ha="center" if low else "right" if left else "left",
            )
        ax.set(xlabel=text, title=f"r = {links[column]:.2f}".replace("-", "\u2212"))
    city = table[table["kind"] == "municipality"].iloc[0]
    label(
        axes[0], city["grain_1957"], city["rise"], "three cities", GREY, dx=-14, dy=11, fontsize=8
    )
    axes[0].set(ylabel="rise of the registered death rate", ylim=(-4, 38), xlim=(105, 500))
    axes[1].set(xlim=(-92, 125))
    axes[1].axvline(0, color=GREY, linewidth=0.8)
    told = "; ".join(
        f"{row.name} {row.grain_1957:.0f} kg, {-row.fall:+.0f} kg, {row.rise:+.1f}"
        for row in table.sort_values("rise", ascending=False).itertuples()
    )
    return describe(
        fig,
        finding="Outside three cities registered deaths rose with the grain lost since 1957, not "
        "with the harvest of 1957"
        if links["fall"] > 0.5 > 0.2 > abs(links["grain_1957"])
        else "Registered deaths beside the harvest of 1957 and what was lost of it",
        units="Deaths per thousand: mean of 1959 and 1960 less 1957. Kg of unhusked grain a head "
        f"of all inhabitants. r: correlation over {len(delivering)} provinces, without the three "
        "municipalities (crosses). Triangles: migration outweighs births and deaths",
        rows=[grain_rows(grain, table["province"]), rates_of(rates, table["province"])],
        alt=f"Two clouds of points. Grain of 1957, its change to 1959, rise of deaths: {told}.",
    )


@house.style()
def plot_disasters(weather, years=(1953, 1965)):
    """Areas reported hit by disasters, by year: checked rows solid, the others hollow.

    Parameters
    ----------
    weather : DataFrame
        ``load("disasters_and_livestock")``.
    years : (int, int)
        First and last year, holding 1959.

    Returns
    -------
    Figure
    """
    fig, ax = new_figure(height=3.6, right=1.75, top=0.55, bottom=0.4)
    drawn, told = [], []
    for style, (name, words) in enumerate(
        (
            ("disaster_area_covered", "a tenth of the\ncrop lost, or more"),
            ("disaster_area_affected", "three tenths,\nor more"),
        )
    ):
        rows = weather[(weather["series"] == name) & weather["year"].between(*years)]
        rows = rows.sort_values("year")
        points(ax, rows, "year", "value", style, markersize=6, linewidth=0.8)
        label(ax, years[1], rows["value"].iloc[-1], words, LINES[style]["color"], dx=9)
        drawn.append(rows)
        told.append(
            f"{words.replace(chr(10), ' ')}: "
            + ", ".join(
                f"{row.value:.1f} in {row.year:.0f}"
                + ("" if row.verification == "unchecked" else " (checked)")
                for row in rows.itertuples()
            )
        )
    other = weather[weather["series"] == "disaster_area_covered_alt"]
    stated = weather[weather["series"] == "disaster_area_stated_covered"]
    mean = weather[
        (weather["series"] == "disaster_area_covered_average")
        & (weather["period_start_year"] == 1950)
    ]
    first = drawn[0].set_index("year")["value"][1959]
    ax.plot(other["year"], other["value"], "D", color=NAVY, markersize=5)
    ax.plot(stated["year"], stated["value"], "*", color=RUST, markersize=11)
    label(
        ax,
        1959,
        (first + other["value"].item()) / 2,
        f"{first:.1f} or {other['value'].item():.1f}",
        NAVY,
        dx=-9,
        ha="right",
        fontweight="bold",
    )
    label(
        ax,
        1960,
        stated["value"].item(),
        f"{stated['value'].item():.0f}, as stated\nin September",
        RUST,
        dx=-9,
        dy=6,
        ha="right",
        fontsize=8.5,
    )
    usual = mean["value"].item()
    ax.hlines(usual, years[0], 1959, color=TEAL, linewidth=1.6, linestyles="-.")
    label(ax, years[0], usual, f"mean of 1950–59: {usual:.1f}", TEAL, dx=2, dy=17, fontsize=8.5)
    ax.set(
        ylim=(0, 72),
        xlim=(years[0] - 0.4, years[1] + 0.2),
        ylabel="million hectares",
        xticks=range(years[0], years[1] + 1, 2),
    )
    return describe(
        fig,
        finding=f"For 1959 one report has {first:.1f} and {other['value'].item():.1f} million "
        "hectares hit; 1960 and 1961 are not checked",
        units="Million hectares by year; hollow marks rest on rows not yet checked in print; "
        "diamond: the text of the report whose table gives the circle; star: a central directive; "
        "mean: from a book not identified",
        rows=[*drawn, other, stated, mean],
        alt=f"Two lines, million hectares. {'; '.join(told)}. The text of the report for 1959: "
        f"{other['value'].item():.1f}; the directive of 1960: {stated['value'].item():.0f}; mean "
        f"of 1950 to 1959: {usual:.1f}.",
    )
