"""Figures of lessons 11 to 14: the Soviet model measured, pledged, fed and dated."""

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
from glf_utils.soviet_model.evidence import PLEDGE, RECALL, deliveries, town_grain
from glf_utils.soviet_model.model import food_limited_path, marketed, two_sector_path
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
    rows = measures.assign(place=range(len(measures) - 1, -1, -1))
    ax.axvline(0.5, color=INK, linewidth=1.2)
    label(ax, 0.5, len(rows) - 0.45, "the textbook: one half", dx=4, fontsize=9)
    ax.hlines(rows["place"], 0.5, rows["ratio"], color=PALE, linewidth=3, zorder=1)
    house.points(ax, rows, "ratio", "place", 0, line=False)
    for line in rows.itertuples():
        label(ax, 0.8, line.place, f"{line.ratio:.2f}  ({line.verification})")
    ax.set(
        xlim=(0.2, 0.8),
        ylim=(-0.6, len(rows) - 0.2),
        yticks=rows["place"],
        xlabel="China 1957 ÷ USSR 1928, per head",
    )
    ax.set_yticklabels([name.replace(", ", ",\n") for name in rows["measure"]])
    ax.grid(axis="y", visible=False)
    low, high = rows["ratio"].min(), rows["ratio"].max()
    told = "; ".join(f"{line.measure} {line.ratio:.2f}" for line in rows.itertuples())
    return describe(
        fig,
        rows=rows,
        finding=f"“Half of the USSR” is four numbers, from {low:.2f} to {high:.2f}",
        units="Ratio of China in 1957 to the USSR in 1928, per head, with the grade of its weakest "
        "input",
        alt=f"Four dots beside a vertical line at one half. {told}. GDP lies just left of the "
        "line, both grain measures well to the right, steel far to the left.",
    )


@house.style()
def accumulation(investment):
    """The accumulation rate in the years for which it has been read.

    Parameters
    ----------
    investment : DataFrame
        ``load("investment_and_labour")``.

    Returns
    -------
    Figure
    """
    wanted = (
        "series == 'accumulation_rate' or series == 'accumulation_rate_chengshi' and year == 1953"
    )
    rate = investment.query(wanted).sort_values("year")
    rate = rate[~unread(rate)]
    fig, ax = new_figure(height=3.2, right=0.5, top=0.5)
    places = np.arange(len(rate))
    ax.bar(places, rate["value"], width=0.6, color=NAVY)
    for place, size in zip(places, rate["value"], strict=True):
        label(ax, place, size, f"{size:g}", NAVY, dx=0, dy=6, ha="center")
    years = rate["year"].astype(int)
    ax.set(ylim=(0, 50), ylabel="% of national income used", xticks=places, xticklabels=years)
    ax.grid(axis="x", visible=False)
    by_year = rate.set_index(years)["value"]
    told = listed(f"{size:g} in {year}" for year, size in by_year.items())
    return describe(
        fig,
        rows=rate,
        finding=f"In two years accumulation rose from {by_year[1957]:.0f} to {by_year.max():.0f} "
        "per cent of income",
        units="Accumulation as % of national income used (material product), the years for which "
        "it has been read",
        alt=f"Five bars. Per cent: {told}. The years between 1953 and 1957 are not drawn.",
    )


@house.style()
def lathes_and_looms(lathes=8, looms=10, per_lathe=0.5, per_loom=10):
    """Lathes and looms counted over two years, where all new machines are looms or all lathes.

    Parameters
    ----------
    lathes, looms : int
        What stands there at the start.
    per_lathe, per_loom : float
        Machines, and bales of cloth, that each makes in a year.

    Returns
    -------
    Figure
    """
    path = two_sector_path(
        [0, 1], 2, per_lathe, per_loom, machines=lathes * per_lathe, cloth=looms * per_loom
    )
    fig, axes = new_figure(
        2, 3, height=4.4, left=0.95, right=0.1, top=0.95, bottom=0.25, wspace=0.08, hspace=0.25
    )
    told, wide = [], 6
    for row, (axes_of_row, name) in enumerate(
        zip(
            axes, ("all new machines\nbecome looms", "all new machines\nbecome lathes"), strict=True
        )
    ):
        before = None
        for year, ax in enumerate(axes_of_row):
            made, cloth = path.machines[row, year], path.cloth[row, year]
            counts = (round(made / per_lathe), round(cloth / per_loom))
            for kind, (count, marker, top) in enumerate(
                zip(counts, ("s", "o"), (3.0, -0.6), strict=True)
            ):
                place = np.arange(count)
                old = place < (count if before is None else before[kind])
                for these, face in ((old, NAVY), (~old, AMBER)):
                    ax.plot(
                        place[these] % wide,
                        top - place[these] // wide,
                        linestyle="",
                        marker=marker,
                        markersize=8,
                        color=face,
                        markeredgecolor=INK,
                    )
            ax.set(xlim=(-0.7, wide - 0.3), ylim=(-4.6, 3.9), xticks=[], yticks=[])
            ax.grid(visible=False)
            ax.spines[:].set_visible(False)
            ax.text(
                (wide - 1) / 2,
                -4.1,
                f"made: {made:.0f} machines, {cloth:.0f} bales",
                ha="center",
                fontsize=9,
            )
            if row == 0:
                ax.set_title(f"year {year}", loc="center")
            before = counts
            told.append(
                f"{name.splitlines()[1]}, year {year}: {counts[0]} lathes, {counts[1]} looms, "
                f"made {made:.0f} machines and {cloth:.0f} bales"
            )
        axes_of_row[0].set_ylabel(name)
    first, last = path.machines[1, -1], path.machines[0, -1]
    return describe(
        fig,
        finding=f"In the model looms give more cloth at once; lathes give {first:.0f} machines a "
        f"year in place of {last:.0f}",
        units="A model: squares are lathes, circles are looms, the orange ones new since "
        f"the year before; a lathe makes {per_lathe:g} machines a year, a loom {per_loom:g} bales",
        sources=["feldman1928", "mahalanobis1953"],
        alt="Two rows of three panels with squares for lathes and circles for looms. "
        + "; ".join(told)
        + ".",
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
        finding=f"The middle of the pledge, as Dikötter has it, meant {100 * growth:.1f} per cent "
        f"a year; by August 1958 the target for 1962 was over {times:.0f} times that pledged",
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
        "needed to have as\nmuch for each\ntownsperson as\nin 1957",
        RUST,
        dx=8,
        dy=4,
    )
    ax.set(
        ylim=(0, 45), xlim=(1951.6, 1962.2), ylabel="% of the harvest", xticks=range(1952, 1963, 2)
    )
    a, b = rows.loc[1957], rows.loc[1960]
    label(ax, 1957, a["taken"], f"{a['taken']:.1f}", INK, dx=0, dy=10, ha="center")
    label(ax, 1960, b["needed"], f"{b['needed']:.1f}", RUST, dx=4, dy=8)
    label(ax, 1960, b["taken"], f"{b['taken']:.1f}", NAVY, dx=2, dy=-14, ha="right")
    return describe(
        fig,
        rows=used,
        finding="As much grain in hand for each townsperson as in 1957 would have taken "
        f"{b['needed']:.0f} per cent of the harvest of 1960",
        units="Per cent of the harvest, by year; procurement gross, before sales back to villages",
        alt=f"Two lines that part after 1957, when both are {a['taken']:.1f} per cent. Needed: "
        + ", ".join(f"{rows.loc[y, 'needed']:.1f} in {y}" for y in (1958, 1959, 1960, 1961))
        + ". Taken: "
        + ", ".join(f"{rows.loc[y, 'taken']:.1f} in {y}" for y in (1958, 1959, 1960, 1961))
        + f". In 1952 they are {rows.loc[1952, 'needed']:.1f} and "
        f"{rows.loc[1952, 'taken']:.1f}.",
    )


@house.style()
def scissors(state_price=1.2, market_price=2.2, elasticity=0.5):
    """What the state gains by paying less than the market, if farmers answer prices.

    Parameters
    ----------
    state_price, market_price : float
        Of a pud of wheat, rubles.
    elasticity : float
        Per cent less sold for one per cent off the price, a teaching assumption.

    Returns
    -------
    Figure
    """
    ratio = np.linspace(0, 1, 101)
    sold = 100 * marketed(ratio, elasticity)
    gained = (1 - ratio) * sold
    here = state_price / market_price
    at = 100 * marketed(here, elasticity)
    best = ratio[gained.argmax()]
    fig, ax = new_figure(height=3.6, right=1.7, top=0.8)
    ax.plot(100 * ratio, sold, color=NAVY)
    ax.plot(100 * ratio, gained, color=RUST, linestyle="--")
    ax.plot([100 * here] * 2, [at, (1 - here) * at], color=INK, marker="o", linestyle="")
    ax.axvline(100 * here, color=GREY, linestyle=":", linewidth=1.2)
    label(ax, 100 * here, at, f"{at:.0f} left", NAVY, dx=6, dy=-9)
    label(ax, 100 * here, (1 - here) * at, f"{(1 - here) * at:.0f}", RUST, dx=6, dy=6)
    label(ax, 100 * here, 4, "wheat, 1927–28", GREY, dx=5, fontsize=8.5)
    label(ax, 100, 100, "grain still sold", NAVY, dx=8)
    label(ax, 100, 0, "gained by\npaying less", RUST, dx=8, dy=14)
    ax.set(
        xlim=(0, 100),
        ylim=(0, 105),
        xlabel="price paid by the state, % of the market's",
        ylabel="% of sales at the market's price",
    )
    return describe(
        fig,
        finding=f"If sales answer with an elasticity of {elasticity:g}, paying less than "
        f"{100 * best:.0f} per cent of the market's price would bring the state less",
        units="A model: sales fall by half a per cent for one per cent off the price (a teaching "
        "assumption); grain still sold, and the gain on it, in per cent of what is sold at the "
        "market's price",
        sources=["wheatcroftdavies1994", "sahstiglitz1984"],
        alt="Two curves over the price that the state pays. Grain still sold climbs from nothing "
        f"to 100; at {100 * here:.0f} per cent, the wheat of 1927–28, {at:.0f} are left. The gain "
        f"is nothing at both ends, {gained.max():.0f} at its highest, where the price is "
        f"{100 * best:.0f} per cent, and {(1 - here) * at:.0f} for that wheat.",
    )


@house.style()
def paths_that_must_be_fed(ration_kg=440, people_per_machine=27, years=40):
    """The light and the heavy path, free and with crews that must be fed.

    Parameters
    ----------
    ration_kg : float
        Grain procured for a townsperson, kg a year.
    people_per_machine : float
        Millions of people who come to town with a unit of new machines, a teaching assumption.
    years : int
        How long to follow.

    Returns
    -------
    Figure
    """
    splits, rule = [0.20, 0.85], dict(per_lathe=0.20, per_loom=0.30)
    free = two_sector_path(splits, years, **rule)
    fed = food_limited_path(
        splits,
        years,
        **rule,
        urban_million=99.5,
        ration_kg=ration_kg,
        exports=2.2,
        output=195.05 * 1.037 ** np.arange(years + 1),
        rate=0.236,
        people_per_machine=people_per_machine,
    )
    fig, axes = new_figure(1, 2, height=3.5, right=0.75, top=1.0, sharey=True, wspace=0.12)
    for ax, path, title in zip(
        axes, (free, fed), ("nobody has to be fed", "crews have to be fed"), strict=True
    ):
        ax.plot(path.year, path.cloth[0], color=RUST, linestyle="--")
        ax.plot(path.year, path.cloth[1], color=NAVY)
        ax.set_title(title)
        ax.set(xlim=(0, years), ylim=(0.5, 6), xlabel="years after the start")
    axes[0].set_ylabel("cloth a year")
    label(axes[0], 27, free.cloth[1, 27], "heavy", NAVY, dx=-6, dy=6, ha="right")
    label(axes[0], 12, free.cloth[0, 12], "light", RUST, dx=-4, dy=8, ha="right")
    label(axes[1], years, fed.cloth[0, -1], "light", RUST)
    label(axes[1], years, fed.cloth[1, -1], "heavy", NAVY)
    ends = [f"{size:.1f}" for size in fed.cloth[:, -1]]
    ahead = fed.cloth[1] > fed.cloth[0]
    return describe(
        fig,
        finding=f"In the model, with {people_per_machine} million people to a unit of machines, "
        + (
            f"the heavy path pulls ahead in year {int(ahead.argmax())} though its crews must be fed"
            if ahead.any()
            else f"the heavy path does not pull ahead in {years} years once its crews must be fed"
        ),
        units="A model: cloth a year (national income of year 0 = 1) with 0.85 and with 0.20 of "
        f"new machines for lathes; right: {people_per_machine} million people come to town for "
        f"new machines worth that income (a teaching assumption), {ration_kg} kg each, from a "
        "share of 0.236 of a harvest that grows by 3.7 per cent a year",
        sources=["feldman1928", "mahalanobis1953", "liyang2005"],
        alt="Two panels. Left, without food: the heavy path starts below, crosses the light one "
        f"in year {int((free.cloth[1] > free.cloth[0]).argmax())} and leaves the picture. Right, "
        f"with food: after {years} years the light path stands at {ends[0]}, the "
        f"heavy one at {ends[1]}.",
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
    "1956-02-25": "Khrushchev\non Stalin",
    "1956-10-23": "rising in\nHungary",
    "1957-10-15": "sample atomic\nbomb promised",
    "1958-08-23": "shelling in the\nTaiwan Strait",
    "1959-06-20": "nuclear help\nended",
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
    fig, ax = new_figure(height=4.6, left=0.45, right=0.45, top=0.6, bottom=0.4)
    ax.axhline(0, color=GREY, linewidth=1.2)
    told, drawn = [], []
    for style, names, about in (
        (0, LEAP, "category != 'soviet'"),
        (1, MOSCOW, "category in ['soviet', 'politics']"),
    ):
        rows = timeline[timeline["date"].astype(str).isin(names)].query(about)
        rows = rows.drop_duplicates("date").sort_values("date")
        rows = rows.assign(x=decimal_year(rows["date"]), y=0.0)
        up = 1 - 2 * style
        for step, line in enumerate(rows.itertuples()):
            when, name, height = (
                pd.Timestamp(line.date),
                names[line.date],
                (0.35, 0.8, 1.25)[step % 3],
            )
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
            told.append(f"{when.day} {when:%B %Y}, {' '.join(name.split())}")
        house.points(ax, rows, "x", "y", style, line=False)
        drawn.append(rows)
    ax.text(0.0, 1.04, "The Leap", color=NAVY, transform=ax.transAxes, fontweight="bold")
    ax.text(
        0.0, 0.03, "The alliance", color=RUST, transform=ax.transAxes, fontweight="bold", ha="left"
    )
    ax.set(xlim=(1955.9, 1961.15), ylim=(-1.85, 1.85), yticks=[], xticks=range(1956, 1962))
    ax.spines["left"].set_visible(False)
    return describe(
        fig,
        rows=drawn,
        finding="Moscow promised a bomb in 1957 and recalled its experts in 1960",
        units="Events by date; above the line the Leap, below it the alliance; hollow: unchecked",
        alt="A line of dates from 1956 to 1960. " + "; ".join(told) + ".",
    )


@house.style()
def soviet_deliveries(trade):
    """Soviet deliveries to China by three recorders, in new rubles.

    Parameters
    ----------
    trade : DataFrame
        ``load("soviet_trade_and_aid")``.

    Returns
    -------
    Figure
    """
    rows = deliveries(trade)
    fig, ax = new_figure(height=3.6, left=0.85, right=0.9, top=0.8)
    for style, (recorder, color, above) in enumerate(
        (("a Chinese archive", NAVY, 12), ("Mazur", RUST, 1), ("Cheng, from dollars", TEAL, -10))
    ):
        part = rows[rows["recorder"] == recorder].sort_values("year")
        part = part.assign(middle=part["year"] + 0.5)
        house.points(ax, part, "middle", "value", style, markersize=7)
        for line in part.itertuples():
            words = f"{recorder}: {line.value:.0f}"
            right = {"dx": 9, "dy": above, "ha": "left"}
            where = {"dx": 0, "dy": -14, "ha": "center"} if line.year == 1957 else right
            label(ax, line.middle, line.value, words, color, fontsize=8.5, **where)
    recalled = decimal_year([RECALL])[0]
    ax.axvline(recalled, ymax=0.3, color=GREY, linestyle=":", linewidth=1.2)
    label(ax, recalled, 60, "experts recalled", GREY, dx=5)
    ax.set(
        ylim=(0, 1040),
        xlim=(1955.7, 1963.9),
        ylabel="million new rubles",
        xticks=[year + 0.5 for year in range(1957, 1963)],
        xticklabels=range(1957, 1963),
    )
    by = rows.set_index(["recorder", "year"])["value"]
    first, second = by["a Chinese archive", 1957], by["a Chinese archive", 1959]
    before, after = by["Mazur", 1959], by["Mazur", 1962]
    return describe(
        fig,
        rows=rows,
        finding=f"From 1957 to 1959 deliveries rose by {100 * (second / first - 1):.0f} per cent "
        f"in a Chinese archive; by 1962 Mazur has them {100 * (1 - after / before):.0f} "
        "per cent below his 1959",
        units="Soviet deliveries to China, million new rubles a year, ticks and totals in mid-year "
        "(Mazur and the archive say only rubles; Cheng prints dollars)",
        alt="Three short lines, one rising to 1959 and two falling from there. "
        + "; ".join(f"{line.recorder}, {line.year}: {line.value:.0f}" for line in rows.itertuples())
        + ". A dotted line marks the recall of the experts in July 1960.",
    )
