"""Figures of lessons 31 to 34: claims from fields and the nation, plans, levels, one official."""

import numpy as np
import pandas as pd

from glf_utils.dates import dates
from glf_utils.page import figure as house
from glf_utils.page.figure import (
    GREY,
    INK,
    LINES,
    NAVY,
    PALE,
    RUST,
    describe,
    label,
    month_ticks,
    new_figure,
)
from glf_utils.statistics_inflation.model import best_exaggeration, worth_of_report

CROPS = {"wheat": 1, "early rice": 0, "mid rice": 2}
"""Crops of the record claims and their place in :data:`LINES`."""

RECORDS = ("1958-06-08", "1958-07-12", "1958-08-13", "1958-09-18")
"""Dates of the claims labelled with their figure."""

LAYERS = {"announced": 1, "believed": 2, "settled": 0}
"""What was printed, what leaders used or allowed for, what stood; place in :data:`LINES`."""

STATEMENTS = (
    (1958, "1958-09-01", "announced", "Politburo, in print, 1 Sept 1958"),
    (1958, "1958-12", "announced", "announced, Dec 1958 (unchecked)"),
    (1958, "1959-04-19", "believed", "Li Xiannian, 19 Apr 1959"),
    (1958, "1959-08-26", "announced", "Lushan communiqué, 26 Aug 1959"),
    (1958, "1961", "settled", "settled on, 1961–62"),
    (1959, "1959-11-02", "believed", "food ministry, 2 Nov 1959"),
    (1959, "1960-01", "announced", "announced, Jan 1960 (unchecked)"),
    (1959, "", "settled", "final, old series"),
    (1960, "1960-09-07", "believed", "directive, 7 Sept 1960: at most"),
    (1960, "1960-11", "believed", "food ministry, late autumn 1960"),
    (1960, "", "settled", "final, old series"),
)
"""Harvest, date of the statement, layer and words; where a date has several rows, see _pick."""

LADDER = ("weighing", "brigade", "commune", "county")
"""Levels of the Yongding comparison, from the rice weighed into store upwards."""


@house.style()
def plot_field_claims(fields):
    """Record yields claimed for single plots in 1958, by date, beside what was plausible.

    Parameters
    ----------
    fields : DataFrame
        ``load("field_claims")``.

    Returns
    -------
    Figure
    """
    plots = fields.query("level == 'plot' and ratio_claim_to_plausible.notna()").sort_values("date")
    fig, ax = new_figure(height=4.2, left=0.95, right=0.3)
    ax.set_yscale("log")
    for crop, style in CROPS.items():
        rows, look = plots[plots["crop"] == crop], LINES[style]
        days = dates(rows["date"])
        ax.plot(
            days,
            rows["claimed_jin_per_mu"],
            linestyle="",
            marker=look["marker"],
            color=look["color"],
            markersize=7,
            label=crop,
        )
        ax.plot(
            days,
            rows["plausible_jin_per_mu"],
            linestyle="",
            marker="_",
            markersize=11,
            markeredgewidth=2,
            color=look["color"],
        )
        ax.vlines(
            days, rows["plausible_jin_per_mu"], rows["claimed_jin_per_mu"], color=PALE, zorder=0
        )
    for row in plots.itertuples():
        if row.date in RECORDS:
            label(
                ax,
                dates([row.date])[0],
                row.claimed_jin_per_mu,
                f"{row.claimed_jin_per_mu:,.0f}",
                INK,
                dx=-8,
                ha="right",
            )
    ax.plot(
        [],
        [],
        linestyle="",
        marker="_",
        markersize=11,
        markeredgewidth=2,
        color=GREY,
        label="ordinary year",
    )
    ax.set(ylim=(60, 3e5), ylabel="jin per mu, log scale")
    ax.set_yticks([100, 1_000, 10_000, 100_000], ["100", "1,000", "10,000", "100,000"])
    ax.legend(loc="upper left")
    ax.margins(x=0.13)
    month_ticks(ax, range(1, 13), "1 %b %Y")
    first, top = plots.iloc[0], plots.loc[plots["claimed_jin_per_mu"].idxmax()]
    told = [
        f"{row.date} {row.crop} {row.claimed_jin_per_mu:,.0f} ({row.plausible_jin_per_mu:.0f})"
        for row in plots.itertuples()
    ]
    return describe(
        fig,
        rows=plots,
        finding=f"Between {_month(first['date'])} and {_month(top['date'])} 1958 the highest claim "
        f"rose from {_yield(first)} to {_yield(top)} per mu",
        units="Jin of grain per mu claimed for single plots, by date of the report; log scale from "
        "60; short bar: that crop in an ordinary year",
        alt="Claims by date and crop, in jin per mu, with the yield of an ordinary year in "
        "brackets: " + "; ".join(told) + ".",
    )


@house.style()
def plot_beliefs(statements):
    """What three harvests were said to be, in print, by leaders among themselves, and in the end.

    Parameters
    ----------
    statements : DataFrame
        ``load("targets_and_claims")``.

    Returns
    -------
    Figure
    """
    rows = [_pick(statements, *entry[:3]) for entry in STATEMENTS]
    truth = {
        harvest: row["value_high"]
        for (harvest, _, layer, _), row in zip(STATEMENTS, rows, strict=True)
        if layer == "settled"
    }
    fig, ax = new_figure(height=5.0, left=2.6, right=0.35)
    y, heights, told = 0.0, [], []
    for (harvest, _, layer, words), row in zip(STATEMENTS, rows, strict=True):
        if heights and harvest != told[-1][0]:
            y -= 0.8
        look, hollow = LINES[LAYERS[layer]], row["verification"] == "unchecked"
        low, high = row["value_low"], row["value_high"]
        ax.plot(
            [low, high],
            [y, y],
            color=look["color"],
            marker=look["marker"],
            markersize=7.5,
            linewidth=3,
            markerfacecolor="white" if hollow else look["color"],
        )
        number = f"{low:g}–{high:g}" if low != high else f"{high:g}"
        times = f"   ×{high / truth[harvest]:.2f}" if layer == "believed" else ""
        label(ax, high, y, number + times, INK, dx=9)
        heights.append(y)
        told.append((harvest, f"{words}: {number}"))
        y -= 1
    for harvest, value in truth.items():
        ys = [h for h, (year, _) in zip(heights, told, strict=True) if year == harvest]
        ax.vlines(
            value,
            min(ys) - 0.3,
            max(ys) + 0.45,
            color=NAVY,
            linewidth=1.2,
            linestyle=(0, (1, 1)),
            zorder=0,
        )
        ax.text(
            -0.02,
            max(ys) + 0.72,
            f"Harvest of {harvest}",
            fontweight="bold",
            ha="right",
            va="center",
            transform=ax.get_yaxis_transform(),
        )
    ax.set_yticks(heights, [entry[3] for entry in STATEMENTS])
    ax.set(xlim=(100, 430), ylim=(min(heights) - 0.6, 1.0), xlabel="million tonnes")
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    names = {
        "announced": "in print",
        "believed": "used or allowed for by leaders",
        "settled": "in the end",
    }
    for layer, style in LAYERS.items():
        ax.plot(
            [],
            [],
            color=LINES[style]["color"],
            marker=LINES[style]["marker"],
            markersize=7,
            linestyle="",
            label=names[layer],
        )
    ax.legend(loc="lower right", fontsize=8.5)
    believed = [
        row["value_high"] / truth[harvest]
        for (harvest, _, layer, _), row in zip(STATEMENTS, rows, strict=True)
        if layer == "believed"
    ]
    return describe(
        fig,
        rows=pd.DataFrame(rows),
        finding=f"Leaders counted on {believed[0]:.1f} times the harvest of 1958 and "
        f"{believed[1]:.1f} times that of 1959",
        units="Million tonnes of grain, axis from 100; × is the leaders' figure over what stood in "
        "the end; the communiqué's 250 leaves soybeans out; hollow: not yet checked in print",
        alt="Three groups of marks. "
        + " ".join(
            f"Harvest of {harvest}: "
            + "; ".join(text for year, text in told if year == harvest)
            + "."
            for harvest in truth
        ),
    )


@house.style()
def plot_ladder(statements):
    """Plans for 1958 and 1959, and what was said of the harvest of 1958, by date.

    Parameters
    ----------
    statements : DataFrame
        ``load("targets_and_claims")``.

    Returns
    -------
    Figure
    """
    read = "verification in ['primary', 'secondary']"  # what is derived is a plan, less a rise
    rows = statements.query(f"commodity == 'grain' and {read}")
    rows = rows[rows["date"].fillna("").str.len() >= 7].sort_values("date")
    plans = rows.query("kind == 'plan'")
    groups = [
        (plans.query("target_year == 1959"), 2, "plan for 1959"),
        (
            rows.query("target_year == 1958 and kind in ['claim', 'revised'] "),
            1,
            "said of the harvest of 1958",
        ),
        (plans.query("target_year == 1958"), 0, "plan for 1958"),
    ]
    fig, ax = new_figure(height=4.2, right=0.9)
    ax.set_yscale("log")
    told = []
    for part, style, words in groups:
        days, look = dates(part["date"]), LINES[style]
        ax.plot(days, part["value_high"], **{**look, "markersize": 6.5}, label=words)
        ax.vlines(
            days,
            part["value_low"],
            part["value_high"],
            color=look["color"],
            linewidth=4,
            alpha=0.35,
        )
        told.append(
            f"{words}: "
            + ", ".join(
                f"{row.date} {row.value_low:g}"
                + (f" to {row.value_high:g}" if row.value_high != row.value_low else "")
                for row in part.itertuples()
            )
        )
    next_plan = groups[0][0]
    for place, row in enumerate(next_plan.itertuples(), start=1):
        where = dict(dx=-7, dy=5, ha="right") if place < len(next_plan) else dict(dx=4, dy=10)
        label(ax, dates([row.date])[0], row.value_high, f"{row.value_high:,g}", INK, **where)
    ends = statements.query(
        "commodity == 'grain' and kind == 'actual' and target_year in "
        "[1958, 1959] and source in ['linyunhui2012', 'grainstocks_mag2009']"
    )
    for row in ends.itertuples():
        ax.axhline(row.value_high, color=GREY, linewidth=1, linestyle=":")
        ax.text(
            1.005,
            row.value_high,
            f"{row.target_year}: {row.value_high:g}",
            va="center",
            color=GREY,
            fontsize=8.5,
            transform=ax.get_yaxis_transform(),
        )
    ax.set(ylim=(150, 1_400), ylabel="million tonnes, log scale")
    ax.set_yticks([200, 300, 500, 1_000], ["200", "300", "500", "1,000"])
    ax.minorticks_off()
    ax.legend(loc="upper right")
    month_ticks(ax, (2, 5, 8, 11), "%b %Y")
    claims = groups[1][0]
    later = next_plan[next_plan["date"] >= claims["date"].min()]
    latest = [claims[claims["date"] <= day]["value_high"].iloc[-1] for day in later["date"]]
    above = (later["value_high"].to_numpy() > latest).all()
    harvest = ends.set_index("target_year")["value_high"].loc[1958]
    above &= (claims["value_high"] > harvest).all()
    return describe(
        fig,
        rows=[part for part, *_ in groups] + [ends],
        finding="Every plan for 1959 reached above the claim for 1958, and every claim above the "
        "harvest"
        if above
        else "Plans for 1959, and what was said of the harvest of 1958",
        units="Million tonnes of grain, by date of the statement; bars: from the lower to the "
        "higher figure; dotted: what stood in the end; unchecked and computed statements left out",
        alt="Three lines by date, in million tonnes. " + ". ".join(told) + ".",
    )


@house.style()
def plot_levels(errors):
    """One county's early rice as each level estimated it, from the rice weighed into store upwards.

    Parameters
    ----------
    errors : DataFrame
        ``load("reporting_errors")``.

    Returns
    -------
    Figure
    """
    rows = errors.query("case == 'yongding_1960'").set_index("level").loc[list(LADDER)]
    weighed = rows["measured"].iloc[0]
    first = weighed + rows["error_high"].to_numpy(float)
    second = weighed + rows["error_low"].to_numpy(float)
    steps = np.arange(len(rows))
    fig, ax = new_figure(height=3.8, left=1.35, right=0.5)
    ax.axvline(weighed, color=GREY, linewidth=1.2, linestyle=(0, (1, 1)), zorder=0)
    ax.plot(first, steps, **{**LINES[1], "markersize": 9}, label="first or only estimate")
    twice = first != second
    ax.plot(
        second[twice],
        steps[twice],
        linestyle="",
        marker=LINES[0]["marker"],
        markersize=8,
        color=NAVY,
        label="second estimate",
    )
    ax.plot(
        first[:1], steps[:1], linestyle="", marker="D", color=INK, markersize=9, label="weighed"
    )
    for step in steps:
        words = f"{first[step]:.0f}" + (f"   ×{first[step] / weighed:.2f}" if step else "")
        label(ax, first[step], step, words, RUST if step else INK, dx=11, dy=-7 if step else 0)
        if twice[step]:
            label(ax, second[step], step, f"{second[step]:.0f}", NAVY, dx=-9, ha="right")
    ax.set_yticks(steps, ["weighed", *LADDER[1:]])
    ax.set(xlim=(165, 335), ylim=(-0.5, len(rows) - 0.45), xlabel="jin per mu")
    ax.grid(axis="y", visible=False)
    ax.legend(loc="lower right")
    told = [
        f"{name} {a:.0f}" + (f" then {b:.0f}" if a != b else "")
        for name, a, b in zip(LADDER, first, second, strict=True)
    ]
    return describe(
        fig,
        rows=rows.reset_index(),
        finding="Yongding 1960: the further from the field, the larger the estimate",
        units="Early rice, jin per mu, as weighed and as estimated by each level, axis from 165; "
        "× is the first estimate over the weight",
        alt="A line climbing to the right from the weighed rice to the county, in jin per mu: "
        + "; ".join(told)
        + ".",
    )


OFFICIALS = (
    ("prize in full, never weighed", dict(prize=80, audit=0.0)),
    ("half the prize", dict(prize=40, audit=0.0)),
    ("weighed every second time", dict(prize=80, audit=0.5)),
)
"""Three situations of one official, in the order of :data:`LINES`."""


@house.style()
def plot_worth(yield_per_head, rate, need, **official):
    """What each report is worth to an official, and where more of it costs people food.

    Parameters
    ----------
    yield_per_head, rate, need : float
        True harvest, kg a head; share taken of the report; kg a head needed.
    **official : float
        The other settings of :func:`glf_utils.statistics_inflation.model.worth_of_report`.

    Returns
    -------
    Figure
    """
    settings = official | dict(yield_per_head=yield_per_head, rate=rate, need=need)
    kink = (yield_per_head - need) / rate
    ratio = np.linspace(0.9, 1.3, 401)
    fig, ax = new_figure(height=4.2, right=0.4)
    ax.axvline(kink, color=GREY, linewidth=1.2, linestyle=":")
    label(ax, kink, -11, f"beyond {kink:.0f} kg\npeople lack food", GREY, dx=6, fontsize=8.5)
    told, best = [], []
    for place, (words, change) in enumerate(OFFICIALS):
        worth = worth_of_report(ratio, **settings | change)
        look = LINES[place]
        line = {"color": look["color"], "linestyle": look["linestyle"]}
        ax.plot(yield_per_head * ratio, worth, **line, label=words)
        top = yield_per_head * (1 + best_exaggeration(**settings | change))
        high = worth_of_report(top / yield_per_head, **settings | change)
        ax.plot([top], [high], linestyle="", marker=look["marker"], color=look["color"])
        if not np.isclose(top, kink):
            label(ax, top, high, f"{top:.0f}", look["color"], dx=0, dy=11, ha="center")
        best.append(top)
        told.append(f"{words}: worth most at {top:.0f} kg a head, {high:.1f} points")
    ax.axhline(0, color=GREY, linewidth=0.8)
    ax.set(
        xlim=(0.9 * yield_per_head, 1.3 * yield_per_head),
        ylim=(-20, 30),
        xlabel=f"report, kg a head (harvest: {yield_per_head:g})",
        ylabel="worth to him, points",
    )
    ax.legend(loc="upper left")
    alike = np.isclose(best[1:], kink).all()
    return describe(
        fig,
        sources=["lazearrosen1981", "kungchen2011"],
        finding="In the model two remedies stop at one point: where more would cost people food"
        if alike
        else "In the model each remedy has a report of its own that pays best",
        units="Points by report, kg a head; mark: the report worth most. A model: prize, costs and "
        "sanction are teaching assumptions",
        alt="Three curves that rise, bend down sharply at "
        f"{kink:.0f} kg and fall. " + "; ".join(told) + ".",
    )


def _pick(statements, harvest, date, layer):
    """The one row of a dated statement; the final figure where there is no date."""
    here = (statements["commodity"] == "grain") & (statements["target_year"] == harvest)
    if date:
        here &= (statements["date"] == date) & (statements["kind"] != "plan")
        if layer == "announced" and here.sum() > 1:
            here &= statements["kind"] == "announced"
    else:
        here &= (statements["kind"] == "actual") & (statements["source"] == "grainstocks_mag2009")
    rows = statements[here]
    if len(rows) != 1:
        raise ValueError(
            f"targets_and_claims.csv holds {len(rows)} rows on the grain of {harvest} "
            f"dated {date or 'final, old series'!r}; one is needed"
        )
    return rows.iloc[0]


def _month(date):
    return dates([date])[0].item().strftime("%B")


def _yield(row):
    return f"{row['claimed_jin_per_mu']:,.0f} jin of {row['crop'].split()[-1]}"
