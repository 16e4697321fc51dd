"""Figures of notebook 01: the Soviet model measured, pledged, fed and dated."""

import numpy as np
import pandas as pd

from glf_utils.dates import decimal_year
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
from glf_utils.soviet_model.evidence import PLEDGE, RECALL, town_grain
from glf_utils.tables import unread
from glf_utils.words import listed


@house.style()
def half_of_the_ussr(measures):
    """Dots for each measure of China and the Soviet Union against the line at one half.

    Parameters
    ----------
    measures : DataFrame
        From :func:`glf_utils.soviet_model.evidence.four_measures`.

    Returns
    -------
    Figure
    """
    fig, ax = new_figure(height=3.2, left=2.3, right=1.45, top=0.45)
    names = list(dict.fromkeys(measures["measure"]))
    rows = measures.assign(
        place=[len(names) - 1 - names.index(name) for name in measures["measure"]]
    )
    checked = rows[~unread(rows)]
    ax.axvline(0.5, color=INK, linewidth=1.2)
    label(ax, 0.5, len(names) - 0.45, "S1: one half", dx=4, fontsize=9)
    ax.hlines(checked["place"], 0.5, checked["ratio"], color=PALE, linewidth=3, zorder=1)
    for part in (rows.drop(checked.index), checked):
        house.points(ax, part, "ratio", "place", 0, line=False)
    for line in checked.itertuples():
        label(ax, 0.8, line.place, f"{line.ratio:.2f}  ({line.verification})")
    ax.set(
        xlim=(0.2, 0.8),
        ylim=(-0.6, len(names) - 0.2),
        yticks=range(len(names)),
        xlabel="China 1957 ÷ USSR 1928, per head",
    )
    ax.set_yticklabels([name.replace(", ", ",\n") for name in reversed(names)])
    ax.grid(axis="y", visible=False)
    low, high = checked["ratio"].min(), checked["ratio"].max()
    told = "; ".join(f"{line.measure} {line.ratio:.2f}" for line in checked.itertuples())
    apart = abs(rows.drop(checked.index)["ratio"].to_numpy() - checked["ratio"].to_numpy()).max()
    return describe(
        fig,
        rows=measures,
        finding=f"“Half of the USSR” is any number from {low:.2f} to {high:.2f}",
        units="Ratio of China in 1957 to the USSR in 1928, per head, with the grade of its weakest "
        "input; hollow dots put an unchecked input in its place",
        alt=f"Four rows of dots beside a vertical line at one half. {told}. GDP lies just left of "
        "the line, both grain measures well to the right, steel far to the left. Hollow dots "
        f"with unchecked inputs lie within {apart:.2f} of the filled ones.",
    )


@house.style()
def accumulation(investment):
    """The accumulation rate 1952–65.

    Parameters
    ----------
    investment : DataFrame
        ``load("investment_and_labour")``.

    Returns
    -------
    Figure
    """
    rate = investment.query("series == 'accumulation_rate'").sort_values("year")
    rival = investment.query("series == 'accumulation_rate_alt'")
    checked = rate[~unread(rate)]
    fig, ax = new_figure(height=3.4, right=0.5, top=0.5)
    house.points(ax, rival, "year", "value", 1, line=False, markersize=9)
    house.points(ax, rate, "year", "value", 0)
    for line in checked.itertuples():
        late = line.year == checked["year"].max()
        label(
            ax,
            line.year,
            line.value,
            f"{line.value:.1f}",
            NAVY,
            dx=6 if late else -4,
            dy=6,
            ha="left" if late else "right",
        )
    other = rival.iloc[0]
    label(
        ax,
        other["year"],
        other["value"],
        f"{other['value']:.1f} in one article (square)",
        RUST,
        dx=2,
        dy=-16,
        ha="right",
    )
    ax.set(
        ylim=(0, 50),
        xlim=(1951.5, 1965.5),
        ylabel="% of national income used",
        xticks=range(1952, 1966, 2),
    )
    first, top = checked.iloc[0], checked.loc[checked["value"].idxmax()]
    told = ", ".join(f"{int(line.year)}: {line.value:.1f}" for line in rate.itertuples())
    return describe(
        fig,
        rows=[rate, rival],
        finding=f"In two years accumulation rose from {first['value']:.0f} to {top['value']:.0f} "
        "per cent of income",
        units="Accumulation as % of national income used (material-product system), by year; "
        "hollow: unchecked",
        alt=f"A line with a steep peak. Per cent by year: {told}. Only {int(first['year'])} to "
        f"{int(checked['year'].max())} are checked. For 1957 a second mark stands at "
        f"{other['value']:.1f}.",
    )


@house.style()
def steel_pledge(targets, steel):
    """Steel pledged in 1957, raised in 1958, made by 1970.

    Parameters
    ----------
    targets, steel : DataFrame
        ``load("targets_and_claims")`` and ``load("steel_and_industry")``.

    Returns
    -------
    Figure
    """
    path = targets.query("commodity == 'steel' and date == @PLEDGE and source == 'account_s4'")
    path = path.sort_values("target_year")
    raised = targets.query(
        "commodity == 'steel' and target_year == 1962 and source == "
        "['account_s1', 'fyp2_history'] and date > '1958'"
    )
    made = steel.query("series == 'steel_cow' and year >= 1957")
    china, uk = (made[made["country"] == name] for name in ("China", "United Kingdom"))
    start, end = path.iloc[0], path.iloc[-1]
    middle = (path["value_low"] + path["value_high"]) / 2
    span = int(end["target_year"] - start["target_year"])
    growth = (middle.iloc[-1] / middle.iloc[0]) ** (1 / span) - 1
    fig, ax = new_figure(height=4.3, right=1.15, top=0.8)
    ax.plot(
        years := start["target_year"] + np.arange(span + 1),
        middle.iloc[0] * (1 + growth) ** np.arange(span + 1),
        color=RUST,
        linestyle="--",
        linewidth=1.3,
    )
    ax.errorbar(
        path["target_year"],
        middle,
        (path["value_high"] - path["value_low"]) / 2,
        color=RUST,
        linestyle="",
        marker="s",
        capsize=4,
    )
    label(ax, years[-1], middle.iloc[-1], f"Moscow pledge,\n{growth:.1%} a year", RUST, dx=8)
    house.points(ax, raised, "target_year", "value_high", 3, line=False)
    for line in raised.itertuples():
        label(
            ax,
            line.target_year,
            line.value_high,
            f"target for 1962 set in {pd.Timestamp(line.date):%B %Y}: {line.value_high:.0f}",
            AMBER,
            dx=8,
        )
    house.points(ax, china, "year", "value", 0, linewidth=1.9)
    house.points(ax, uk, "year", "value", 2)
    label(ax, 1970, china["value"].iloc[-1], "China, made", NAVY, dx=6, dy=-6)
    label(ax, 1964, uk["value"].max(), "Britain, made", TEAL, dx=0, dy=10)
    ax.set(
        xlim=(1956.5, 1972.8), ylim=(0, 90), ylabel="million tonnes", xticks=range(1957, 1973, 3)
    )
    pledged = path.query("target_year == 1962").iloc[0]
    times = raised["value_low"].max() / pledged["value_high"]
    return describe(
        fig,
        rows=[path, raised, china, uk],
        finding=f"The middle of Mao's pledge meant {100 * growth:.1f} per cent a year; by August "
        f"1958 the target for 1962 was over {times:.0f} times the pledged one",
        units="Million tonnes of steel; squares: pledged range and its middle; dashes: even "
        "growth from first to last; diamonds: later targets; lines: output (China 1958 "
        "without native steel)",
        alt=f"The pledge climbs from {middle.iloc[0]:.1f} in 1957 through "
        + ", ".join(
            f"{a:.0f}–{b:.0f} in {y}"
            for a, b, y in zip(
                path["value_low"][1:], path["value_high"][1:], path["target_year"][1:], strict=True
            )
        )
        + ". Two later targets for 1962 stand far above, at "
        + listed(f"{v:.0f}" for v in raised["value_high"])
        + f". Chinese output peaks at {china['value'][china['year'] <= 1962].max():.1f} before "
        f"1962 and is {china['value'].iloc[-1]:.1f} in {int(china['year'].iloc[-1])}; British "
        f"output runs from {uk['value'].iloc[0]:.1f} to {uk['value'].iloc[-1]:.1f}.",
    )


@house.style()
def share_needed(grain, investment):
    """The share of the harvest taken, and needed at 1957's rate.

    Parameters
    ----------
    grain, investment : DataFrame
        As :func:`glf_utils.soviet_model.evidence.town_grain` takes them.

    Returns
    -------
    Figure
    """
    rows = town_grain(grain, investment)
    used = [
        grain.query(
            "series == ['output_official_old', 'procurement_linyang'] and 1952 <= year <= 1962"
        ),
        investment.query("series == 'urban_population' and 1952 <= year <= 1962"),
    ]
    fig, ax = new_figure(height=3.8, right=1.55)
    ax.plot(rows.index, rows["taken"], color=NAVY, marker="o")
    ax.plot(rows.index, rows["needed"], color=RUST, linestyle="--", marker="s")
    label(ax, 1962, rows["taken"].iloc[-1], "taken", NAVY, dx=8)
    label(
        ax,
        1962,
        rows["needed"].iloc[-1],
        "needed to give each\ntownsperson what\n1957 gave",
        RUST,
        dx=8,
        dy=4,
    )
    ax.set(
        ylim=(0, 45), xlim=(1951.6, 1962.2), ylabel="% of the harvest", xticks=range(1952, 1963, 2)
    )
    a, b = rows.loc[1957], rows.loc[1960]
    return describe(
        fig,
        rows=used,
        finding=f"To give each townsperson what 1957 gave, the state needed {b['needed']:.0f} per "
        "cent of the harvest of 1960",
        units="Per cent of the harvest, by year; procurement gross, before sales back to villages",
        alt=f"Two lines that part after 1957, when both are {a['taken']:.1f} per cent. Needed: "
        + ", ".join(f"{rows.loc[y, 'needed']:.1f} in {y}" for y in (1958, 1959, 1960, 1961))
        + ". Taken: "
        + ", ".join(f"{rows.loc[y, 'taken']:.1f} in {y}" for y in (1958, 1959, 1960, 1961))
        + f". In 1952 they are {rows.loc[1952, 'needed']:.1f} and "
        f"{rows.loc[1952, 'taken']:.1f}.",
    )


LEAP = {
    "1957-09-24": "water works\nordered",
    PLEDGE: "fifteen-year pledge",
    "1958-06-19": "Mao: double\nsteel this year",
    "1958-08-29": "communes ordered",
    "1959-08-26": "claims for 1958\nlowered",
    "1960-11-03": "retreat from\nthe communes",
}
MOSCOW = {
    "1957-10-15": "sample atomic bomb promised",
    "1959-06-20": "nuclear help ended",
    RECALL: "experts recalled",
    "1960-09-01": "last experts leave",
}


@house.style()
def order_of_events(timeline):
    """Dates of the Leap above the line, of the alliance below.

    Parameters
    ----------
    timeline : DataFrame
        ``load("timeline")``.

    Returns
    -------
    Figure
    """
    fig, ax = new_figure(height=3.8, left=0.45, right=0.45, top=0.6, bottom=0.4)
    ax.axhline(0, color=GREY, linewidth=1.2)
    told, drawn = [], []
    for style, names, about in (
        (0, LEAP, "category != 'soviet'"),
        (1, MOSCOW, "category == 'soviet'"),
    ):
        rows = timeline[timeline["date"].astype(str).isin(names)].query(about)
        rows = rows.drop_duplicates("date").sort_values("date")
        rows = rows.assign(x=decimal_year(rows["date"]), y=0.0)
        up = 1 - 2 * style
        for step, line in enumerate(rows.itertuples()):
            when, name, height = pd.Timestamp(line.date), names[line.date], (0.4, 0.85)[step % 2]
            ax.plot([line.x, line.x], [0, up * height], color=PALE, linewidth=1, zorder=0)
            label(
                ax,
                line.x,
                up * height,
                f"{when.day} {when:%b %Y}\n{name}",
                (NAVY, RUST)[style],
                dx=0,
                ha="center",
                va=("bottom", "top")[style],
                fontsize=8.5,
            )
            told.append(f"{when.day} {when:%B %Y}, {name}")
        house.points(ax, rows, "x", "y", style, line=False)
        drawn.append(rows)
    ax.text(0.0, 1.04, "The Leap", color=NAVY, transform=ax.transAxes, fontweight="bold")
    ax.text(0.0, 0.03, "Moscow", color=RUST, transform=ax.transAxes, fontweight="bold")
    ax.set(xlim=(1957.45, 1961.15), ylim=(-1.25, 1.45), yticks=[], xticks=range(1958, 1962))
    ax.spines["left"].set_visible(False)
    days = (pd.Timestamp(RECALL) - pd.Timestamp(PLEDGE)).days
    return describe(
        fig,
        rows=drawn,
        finding=f"The experts were recalled {days:,} days after the pledge to pass Britain",
        units="Events by date; above the line the Leap, below it the alliance; hollow: unchecked",
        alt="A line of dates from 1957 to 1960. " + "; ".join(told) + ".",
    )


@house.style()
def soviet_deliveries(trade):
    """Soviet exports to China by three recorders.

    Parameters
    ----------
    trade : DataFrame
        ``load("soviet_trade_and_aid")``.

    Returns
    -------
    Figure
    """
    soviet, quoted, archive = (
        trade.query("series == @name").sort_values("year")
        for name in (
            "ussr_exports_to_china_soviet_stats",
            "ussr_exports_to_china_account_s3",
            "china_imports_from_ussr_chinese_archive",
        )
    )
    soviet, quoted, archive = (
        rows.assign(middle=rows["year"] + 0.5) for rows in (soviet, quoted, archive)
    )
    fig, ax = new_figure(height=3.6, right=1.3, top=0.75)
    house.points(ax, soviet, "middle", "value", 0, linewidth=1)
    house.points(ax, quoted, "middle", "value", 1, line=False, markersize=7)
    house.points(ax, archive, "middle", "value", 2, line=False, markersize=7)
    label(ax, 1965.5, soviet["value"].iloc[-1], "Soviet statistics\n(unchecked)", NAVY, dx=8)
    for line in quoted.itertuples():
        label(ax, line.middle, line.value, f"S3: {line.value:.1f}", RUST, dx=7, dy=6)
    for dy, line in zip((-24, 9), archive.itertuples(), strict=True):
        label(
            ax,
            line.middle,
            line.value,
            f"Chinese archive:\n{line.value:.0f}",
            TEAL,
            dx=-8,
            dy=dy,
            ha="right",
        )
    ax.axvline(decimal_year([RECALL])[0], ymax=0.72, color=GREY, linestyle=":", linewidth=1.2)
    label(ax, decimal_year([RECALL])[0], 745, "experts recalled", GREY, dx=10)
    ax.set(
        ylim=(0, 1040),
        xlim=(1954.9, 1965.9),
        ylabel="million new rubles",
        xticks=[year + 0.5 for year in range(1955, 1966, 2)],
        xticklabels=range(1955, 1966, 2),
    )
    both = soviet.set_index("year")["value"]
    rise = 100 * (both.loc[1959] / both.loc[1957] - 1)
    before, after = quoted["value"].iloc[0], quoted["value"].iloc[-1]
    first, second = archive["value"].iloc[0], archive["value"].iloc[-1]
    return describe(
        fig,
        rows=[soviet, quoted, archive],
        finding=f"From 1957 to 1959 deliveries rose by {100 * (second / first - 1):.0f} per cent "
        f"in a Chinese archive; by 1962 S3 has them {100 * (1 - after / before):.0f} "
        "per cent lower",
        units="Soviet exports to China, million new rubles a year, each total drawn in mid-year "
        "(S3 and the archive say only rubles); hollow: unchecked, a rise of "
        f"{rise:.0f} per cent from 1957 to 1959",
        alt="A peak in 1959. Soviet statistics, unchecked: "
        + ", ".join(f"{int(line.year)}: {line.value:.0f}" for line in soviet.itertuples())
        + f". S3 prints {before:.1f} for 1959 and {after:.1f} for 1962; the Chinese archive "
        f"as S4's author quotes it has {first:.0f} for 1957 and {second:.0f} for 1959.",
    )
