"""Figures of ``02_commune_structure``: the size of the farm, its owner, its shares."""

import numpy as np

from glf_utils.commune_structure.evidence import households_per_farm, number_of_farms
from glf_utils.dates import decimal_year
from glf_utils.page import figure as house
from glf_utils.page.figure import (
    GREY,
    HATCHES,
    INK,
    LINES,
    NAVY,
    PALE,
    RUST,
    describe,
    label,
    new_figure,
)
from glf_utils.tables import unread

BRIGADE = {"color": GREY, "linestyle": (0, (5, 1)), "marker": "v"}
TEAM = {"color": INK, "linestyle": (0, (1, 1)), "marker": "p"}
LOOKS = {
    "mutual-aid team": LINES[3],
    "elementary co-op": LINES[2],
    "advanced co-op": LINES[0],
    "commune": LINES[1],
    "brigade": BRIGADE,
    "team": TEAM,
}
"""Kind of farm and the look of its line."""


@house.style()
def farm_sizes(organisation):
    """Draw the number of farms and the households in each, 1950-83; unchecked rows hollow.

    Parameters
    ----------
    organisation : DataFrame
        ``load("organisation")``.

    Returns
    -------
    Figure
    """
    sizes, counts = households_per_farm(organisation), number_of_farms(organisation)
    fig, axes = new_figure(
        2, 1, height=6.2, left=0.95, right=1.0, top=0.65, hspace=0.2, sharex=True
    )
    early = {
        "households": {"elementary co-op": (1954.3, 12), "advanced co-op": (1951.4, 290)},
        "number": {
            "mutual-aid team": (1950.3, 4e7),
            "elementary co-op": (1958.6, 2e3),
            "advanced co-op": (1957.2, 80),
        },
    }
    for ax, table, value in ((axes[0], counts, "number"), (axes[1], sizes, "households")):
        for farm, rows in table.groupby("farm"):
            style = LOOKS[farm]
            rows = rows.assign(year=decimal_year(rows["date"])).sort_values("year")
            house.points(ax, rows, "year", value, **style, linewidth=1.1)
            x, y = early[value].get(farm, (rows["year"].iloc[-1], rows[value].iloc[-1]))
            label(ax, x, y, farm, style["color"], dx=0 if farm in early[value] else 8, fontsize=8.5)
        ax.set(yscale="log", xlim=(1949.6, 1984.6))
    axes[0].set(
        title="number of farms",
        ylim=(0.5, 2e8),
        yticks=(1, 100, 1e4, 1e6, 1e8),
        yticklabels=("1", "100", "10,000", "1 million", "100 million"),
    )
    axes[1].set(
        title="households in each", yticks=(10, 100, 1000), yticklabels=("10", "100", "1,000")
    )
    eve = sizes.query("date == '1958-08'")["households"].item()
    count = sizes.query("date == '1958-09-30'")["households"].item()
    y1956 = sizes.query("source == 'coop_articles'")["households"].item()
    label(axes[1], 1958.75, count, f"{count:,.0f}", RUST, dx=-8, ha="right", weight="bold")
    label(
        axes[1],
        1963.0,
        last := sizes.query("farm == 'commune' and date == '1962-12-31'")["households"].item(),
        f"end of 1962:\n{last:,.0f}, unchecked",
        RUST,
        dx=2,
        dy=-20,
        fontsize=8.5,
    )
    label(axes[1], 1958.62, eve, f"{eve:,.0f}", NAVY, dx=6, dy=-9, weight="bold")
    communes = counts.query("date == '1958-09-30'")["number"].item()
    return describe(
        fig,
        rows=[sizes, counts],
        finding=f"In 1958 the average farm grew from about {eve:.0f} households to {count:,.0f}",
        units="Top: number of farms, each grid line a hundred times the one below; bottom: "
        "households in each, each grid line ten times the one below; ticks stand at 1 "
        "January. Hollow points: unchecked rows and quotients of unchecked rows",
        alt=f"Two panels over 1950 to 1983 on log axes. Households in each, filled points: "
        f"advanced co-ops of {y1956:.0f} at the end of 1956 and of {eve:.0f} on the eve of the "
        f"communes; communes of {count:,.0f} on 30 September 1958, a jump of "
        f"{count / eve:.0f} times. Hollow points: elementary co-ops of 10 to 48 before 1958, "
        f"communes shrinking to {last:,.0f} by the end of 1962, brigades near 200 "
        f"and teams of 24 to 44 after 1959. Number of farms: 753,000 advanced co-ops in 1957, "
        f"{communes:,.0f} communes on 30 September 1958.",
    )


@house.style()
def size_classes(organisation):
    """Draw the communes of ten provinces by size on 30 September 1958, and the county-wide ones.

    Parameters
    ----------
    organisation : DataFrame
        ``load("organisation")``.

    Returns
    -------
    Figure
    """
    rows = organisation.query("indicator == 'communes_by_size_ten_provinces'")
    rows = rows.sort_values("size_class_low_households", na_position="first")
    shares = (100 * rows["value_low"] / rows["value_low"].sum()).to_numpy(float)
    xinhua = organisation.query("source == 'xinhua_19580930'").set_index("indicator")
    county = xinhua.loc["county_wide_communes_or_county_federations", "value_low"]
    every, mean = (
        xinhua.loc[name, "value_low"] for name in ("peoples_communes", "households_per_commune")
    )
    values = [*shares, 100 * county / every]
    names = [
        "up to 5,000",
        "5,000 to 10,000",
        "10,000 to 20,000",
        "over 20,000",
        "one commune,\none county",
    ]
    places = [0, 1, 2, 3, 4.6]
    fig, ax = new_figure(height=4.1, left=1.45, right=0.3, top=0.5)
    ax.barh(places[:4], values[:4], 0.7, color=NAVY)
    ax.barh(places[4:], values[4:], 0.7, color="white", edgecolor=RUST, hatch=HATCHES[1])
    beside = [
        "",
        "",
        "  S4: “up to 20,000 households”",
        "",
        "  S3: “basically at the county level”",
    ]
    for place, value, words in zip(places, values, beside, strict=True):
        label(ax, value, place, f"{value:.1f} %", weight="bold")
        label(ax, value, place, words, dx=42)
    ax.hlines(0.5, 0, 72, color=GREY, linestyle=":", linewidth=1)
    label(
        ax,
        72,
        0.5,
        f"S1: “more than 4,500 households”\nmean of the whole country: {mean:,.0f}\n"
        "both just short of this line",
        dx=-2,
        dy=-24,
        ha="right",
        fontsize=8.5,
    )
    ax.axhline(3.8, color=GREY, linewidth=0.8)
    ax.set(xlim=(0, 72), yticks=places, yticklabels=names, xlabel="per cent of communes")
    ax.grid(visible=False, axis="y")
    ax.invert_yaxis()
    return describe(
        fig,
        rows=organisation.query("source == 'xinhua_19580930'"),
        finding="Three communes in five had at most 5,000 households",
        units=f"Per cent of the {rows['value_low'].sum():,.0f} communes of ten provinces counted "
        f"by households, 30 September 1958; last bar: per cent of all {every:,.0f} communes",
        alt=f"Five horizontal bars. Communes of up to 5,000 households {shares[0]:.1f} per cent, "
        f"5,000 to 10,000 {shares[1]:.1f}, 10,000 to 20,000 {shares[2]:.1f}, over 20,000 "
        f"{shares[3]:.1f}. Apart, county-wide communes: {county:.0f} of {every:,.0f}, "
        f"{values[4]:.1f} per cent. S1's claim and the national mean of {mean:,.0f} lie "
        f"just below the line between the first two bars, S4's claim on the third "
        "bar, S3's on the county bar.",
    )


LEVELS = ("production team", "elementary co-op", "production brigade", "advanced co-op", "commune")


@house.style()
def harvest_pool(unit_of_account, last_year=1966):
    """Draw which unit pooled and divided the harvest, by date; unchecked rows hollow.

    Parameters
    ----------
    unit_of_account : DataFrame
        ``load("unit_of_account")``.
    last_year : int
        Where the axis ends.

    Returns
    -------
    Figure
    """
    rows = unit_of_account.assign(
        start=decimal_year(unit_of_account["date_start"]),
        end=decimal_year(unit_of_account["date_end"]),
    )
    fig, ax = new_figure(height=3.3, left=1.5, right=0.35, top=0.5)
    for row in rows.itertuples():
        plan = row.unit.startswith("plan")
        level = LEVELS.index("commune" if plan else row.unit)
        hollow = plan or row.verification == "unchecked"
        ax.barh(
            level,
            min(row.end, last_year) - row.start,
            0.56,
            left=row.start,
            facecolor="white" if hollow else NAVY,
            edgecolor=RUST if plan else NAVY,
            linestyle=":" if plan else "-",
            linewidth=1.2,
        )
        if plan:
            label(ax, row.end, level, "planned; only pilots known", RUST, fontsize=8.5)
        if row.end > last_year:
            label(
                ax,
                last_year,
                level,
                f"to {str(row.date_end)[:4]}",
                NAVY,
                dx=-6,
                ha="right",
                fontsize=8.5,
            )
    commune, brigade = (
        rows[rows["unit"] == name].iloc[0] for name in ("commune", "production brigade")
    )
    months = round(12 * (commune["end"] - commune["start"]))
    years = brigade["end"] - brigade["start"]
    unchecked = rows[unread(rows) & ~rows["unit"].str.startswith("plan")]
    hollow = ", ".join(
        f"{row.unit} from {row.date_start.year} to {row.date_end.year}"
        for row in unchecked.itertuples()
    )
    label(
        ax, commune["end"], 4, f"{months} months", NAVY, dx=-16, dy=17, weight="bold", ha="center"
    )
    label(ax, brigade["start"], 2, "three years", "white", dx=8, weight="bold")
    ax.set(xlim=(1955, last_year), ylim=(-0.6, 4.9), yticks=range(5), yticklabels=LEVELS)
    ax.set_xticks(range(1955, last_year + 1))
    ax.grid(visible=False, axis="y")
    return describe(
        fig,
        rows=rows,
        finding=f"By the central rule the commune pooled the harvest for {months} months",
        units="The unit that pooled the harvest and divided it among its members, by date of the "
        "central rule, smallest at the bottom. Hollow bars: unchecked rows; dotted: a plan",
        alt=f"Timeline bars on five levels from team to commune. Commune from September 1958 to "
        f"February 1959, {months} months; production brigade from March 1959 to 12 February "
        f"1962, {years:.1f} years; production team from 13 February 1962. Hollow bars: "
        f"{hollow}. A dotted bar in 1960 marks the plan to return to the commune.",
    )


@house.style()
def income_shares(distribution_rules):
    """Draw what a hundred yuan of a collective's income became: the centre's rule of 1960 and S2's.

    Parameters
    ----------
    distribution_rules : DataFrame
        ``load("distribution_rules")``.

    Returns
    -------
    Figure
    """
    used = [
        "commune_income_retained",
        "commune_income_to_members",
        "supply_share_of_members_income",
        "work_point_share_account_s2",
    ]
    rows = distribution_rules[distribution_rules["rule"].isin(used)]
    value = rows.set_index("rule")[["value_low", "value_high"]].astype(float)
    retained, members = value.loc[used[0], "value_low"], value.loc[used[1], "value_low"]
    supply = {
        "centre, 1960:\nsupply at its floor": value.loc[used[2], "value_low"],
        "centre, 1960:\nsupply at its ceiling": value.loc[used[2], "value_high"],
        "S2, on autumn 1958": 100 - value.loc[used[3], "value_low"],
    }
    fig, ax = new_figure(height=3.2, left=1.55, right=0.3, top=0.95)
    parts = np.array(
        [[retained, members * s / 100, members * (100 - s) / 100] for s in supply.values()]
    )
    lefts = np.cumsum(parts, axis=1) - parts
    looks = (
        (PALE, "", "kept by the collective", INK),
        ("white", HATCHES[2], "free supply", INK),
        (NAVY, "", "work points", "white"),
    )
    for k, (face, hatch, words, ink) in enumerate(looks):
        ax.barh(
            range(3),
            parts[:, k],
            0.62,
            left=lefts[:, k],
            facecolor=face,
            hatch=hatch,
            edgecolor=NAVY,
            linewidth=0.8,
        )
        for place, (left, width) in enumerate(zip(lefts[:, k], parts[:, k], strict=True)):
            ax.text(
                left + width / 2,
                place,
                f"{width:.0f}",
                ha="center",
                va="center",
                color=ink,
                weight="bold",
                bbox={"facecolor": face, "edgecolor": "none", "pad": 1.5},
            )
        ax.text(lefts[0, k] + parts[0, k] / 2, -0.5, words, ha="center", va="bottom", fontsize=8.5)
    ax.set(
        xlim=(0, 100),
        yticks=range(3),
        yticklabels=list(supply),
        xlabel="yuan of every 100 the collective earns",
    )
    ax.grid(visible=False, axis="y")
    ax.invert_yaxis()
    ax.set_ylim(2.5, -0.85)
    return describe(
        fig,
        rows=rows,
        finding="By the rule of 1960 points decided most of a member's income; S2, on 1958, "
        "has it the other way round",
        units="Yuan of every 100 the collective earns; the third bar applies S2's 30 per cent to "
        "the centre's 60 yuan for members",
        alt="Three stacked bars of 100. "
        + " ".join(
            f"{name.replace(chr(10), ' ')}: kept {a:.0f}, free supply {b:.0f}, work points {c:.0f}."
            for name, (a, b, c) in zip(supply, parts, strict=True)
        ),
    )


@house.style()
def exit_thresholds(members, with_exit, without_exit):
    """Draw the patience that honest work needs against the size of the group, on a log axis.

    Parameters
    ----------
    members : array of shape (N,)
        Sizes of the group.
    with_exit, without_exit : array of shape (N,)
        Thresholds from :func:`glf_utils.commune_structure.model.cooperation_threshold`.

    Returns
    -------
    Figure
    """
    fig, ax = new_figure(height=3.4, right=1.6, top=0.5)
    for style, values, words in ((0, with_exit, "exit allowed"), (1, without_exit, "exit closed")):
        ax.plot(members, values, **{**LINES[style], "marker": ""})
        label(ax, members[-1], values[-1], f"{words}: {values[-1]:.2f}", LINES[style]["color"])
    ax.set(
        xscale="log",
        xlim=(members[0], members[-1]),
        ylim=(0, 1),
        xlabel="members n",
        ylabel="patience needed δ*",
        xticks=(10, 100, 1000),
        xticklabels=("10", "100", "1,000"),
    )
    gap = bool(np.all(np.asarray(without_exit) <= with_exit))
    return describe(
        fig,
        sources=["lin1990", "dongdow1993"],
        finding="In the model, closing the exit lowers the patience that honest work needs"
        if gap
        else "In the model, closing the exit raises the patience that honest work needs",
        units="δ*: weight of tomorrow at which honest work just pays, 0 to 1; members on a log "
        "axis",
        alt=f"Two lines over {members[0]:.0f} to {members[-1]:,.0f} members. With exit the "
        f"patience needed goes from {with_exit[0]:.2f} to {with_exit[-1]:.2f}, without exit "
        f"from {without_exit[0]:.2f} to {without_exit[-1]:.2f}; both flatten beyond about "
        f"twenty members.",
    )
