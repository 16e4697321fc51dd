"""Figures of lessons 41 and 42: what is taken and left, and what a harvest can bear."""

from glf_utils.country.believed import AT_MOST, BELIEVED, believed
from glf_utils.page import figure as house
from glf_utils.page.figure import (
    GREY,
    HATCHES,
    LINES,
    NAVY,
    RUST,
    describe,
    label,
    new_figure,
    points,
)
from glf_utils.procurement_and_hunger.evidence import thresholds_by_year
from glf_utils.tables import series
from glf_utils.words import listed

YEARS = (1957, 1962)


@house.style()
def plot_taken_and_left(grain, years=YEARS):
    """The harvest split into what the state took and what stayed, and what stayed per villager.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``; the series are those of Lin and Yang (2000).
    years : (int, int)
        First and last year, holding 1958 and 1959.

    Returns
    -------
    Figure
    """
    names = ("output_official_old", "procurement_linyang", "retained_per_rural_head_linyang")
    output, taken, kept = (series(grain, name, years) for name in names)
    year = output["year"].to_numpy(int)
    crop, take = output["value"].to_numpy(), taken["value"].to_numpy()
    head = kept["value"].to_numpy()

    fig, (bars, line) = new_figure(1, 2, height=3.9, top=0.95, wspace=0.26)
    bars.bar(year, crop - take, 0.66, facecolor="white", edgecolor=GREY)
    bars.bar(
        year, take, 0.66, bottom=crop - take, facecolor="#f3ddd3", edgecolor=RUST, hatch=HATCHES[1]
    )
    for when, whole, part in zip(year, crop, take, strict=True):
        label(
            bars,
            when,
            whole,
            f"{100 * part / whole:.0f} %",
            RUST,
            dx=0,
            dy=8,
            ha="center",
            fontweight="bold",
        )
        label(bars, when, (whole - part) / 2, f"{whole - part:.0f}", dx=0, ha="center")
    bars.set(ylim=(0, 235), title="million tonnes: taken (hatched), left (white)", xticks=year)
    points(line, kept, "year", "value", 0)
    low = head.argmin()
    for place, (when, kilograms) in enumerate(zip(year, head, strict=True)):
        falling = 0 < place < low  # keep clear of the line that comes down from the left
        label(
            line,
            when,
            kilograms,
            f"{kilograms:.0f}",
            NAVY,
            dx=12 if falling else 0,
            dy=-11 if place == low else 10,
            ha="center",
            fontweight="bold",
        )
    line.set(
        ylim=(0, 320),
        title="kg left for each villager",
        xticks=year,
        xlim=(years[0] - 0.4, years[1] + 0.4),
    )
    fall, rise, before, after = (
        100 * (1 - crop[year == 1959] / crop[year == 1958]).item(),
        100 * (take[year == 1959] / take[year == 1958] - 1).item(),
        head[year == 1958].item(),
        head[year == 1959].item(),
    )
    told = "; ".join(
        f"{when}: harvest {whole:g}, taken {part:.1f} or {100 * part / whole:.1f} per cent, "
        f"{kilograms:.0f} kg left a villager"
        for when, whole, part, kilograms in zip(year, crop, take, head, strict=True)
    )
    return describe(
        fig,
        finding=f"In 1959 the harvest fell by {fall:.0f} per cent and the take rose by {rise:.0f}: "
        f"before resale {after:.0f} kg a villager were left, after {before:.0f} in 1958",
        units="Million tonnes and kg of unhusked grain a year, before seed, feed and grain sold "
        "back to villages; figures above the bars are shares of the harvest taken",
        rows=[output, taken, kept],
        alt=f"Bars and a line by year, million tonnes. {told}.",
    )


@house.style()
def plot_thresholds(balance, statements, need=220.0, rate=0.25, years=YEARS):
    """The report a harvest could bear at an unchanged rate, and the one that was believed.

    Parameters
    ----------
    balance, statements : DataFrame
        The tables ``food_balance`` and ``targets_and_claims``.
    need : float
        Kilograms a head and year.
    rate : float
        Share of the reported harvest that is taken.
    years : (int, int)
        First and last.

    Returns
    -------
    Figure
    """
    table = thresholds_by_year(balance, statements, need, rate, years)
    fig, ax = new_figure(height=4.0, right=1.55, top=0.8)
    ax.axhline(1, color=GREY, linewidth=1)
    label(ax, years[1], 1, "an honest report", GREY, dx=0, dy=7, ha="right", fontsize=8.5)
    for style, head in ((0, "villager"), (2, "inhabitant")):
        look = LINES[style]
        ax.plot(table.index, table[f"threshold_{head}"], **look)
        label(
            ax,
            years[1],
            table[f"threshold_{head}"].iloc[-1],
            f"threshold\nper {head}",
            look["color"],
            dx=9,
        )
    held = table["believed"].dropna()
    ax.plot(held.index, held, "s", color=RUST, markersize=7)
    for year, ratio in held.items():
        label(ax, year, ratio, f"{ratio:.2f}", RUST, dx=-9, ha="right", fontweight="bold")
        if year in AT_MOST:
            label(ax, year, ratio, "at most", RUST, dx=9, dy=-13)
    label(ax, held.index[-1], held.iloc[-1], "believed", RUST, dx=9)
    ax.set(
        xticks=table.index,
        ylim=(-0.4, 2.05),
        ylabel="reported ÷ true harvest",
        xlim=(years[0] - 0.3, years[1] + 0.1),
    )
    villagers, all_people = (
        listed([f"{year}" for year in held.index if held[year] > table.loc[year, name]])
        or "no year"
        for name in ("threshold_villager", "threshold_inhabitant")
    )
    told = "; ".join(
        f"{year}: threshold {row.threshold_villager:.2f} per villager, "
        f"{row.threshold_inhabitant:.2f} per inhabitant"
        + (
            f", believed {'at most ' if year in AT_MOST else ''}{row.believed:.2f}"
            if row.believed > 0
            else ""
        )
        for year, row in table.iterrows()
    )
    return describe(
        fig,
        finding=f"At a need of {need:g} kg a villager belief passed what the harvest could bear in "
        f"{villagers}, at {need:g} kg an inhabitant in {all_people}",
        units=f"Reported over true harvest; thresholds at a need of {need:g} kg and "
        f"{100 * rate:g} per cent taken (teaching assumptions)",
        rows=[
            balance[balance["year"].between(*years)],
            *(believed(statements, year) for year in BELIEVED),
        ],
        alt=f"Two falling lines and three marks. {told}.",
    )
