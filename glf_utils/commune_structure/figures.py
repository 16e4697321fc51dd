"""Figures of the commune: the size of the farm, its owner, its shares, its kitchens."""

from itertools import pairwise

import numpy as np

from glf_utils.commune_structure.evidence import (
    XINHUA,
    households_before_and_after,
    households_in_ningxia,
    reported,
)
from glf_utils.commune_structure.model import gain_from_an_hour
from glf_utils.dates import dates, decimal_year
from glf_utils.page import figure as house
from glf_utils.page.figure import (
    GREY,
    HATCHES,
    INK,
    LINES,
    NAVY,
    PALE,
    RUST,
    TEAL,
    describe,
    hanzi,
    label,
    new_figure,
)
from glf_utils.tables import unread

COMMUNES_IN_A_COUNTY = 12
"""23,397 communes in about 2,000 counties (claim S3-015)."""


def _xinhua(organisation):
    """The rows of the report of 30 September 1958."""
    return organisation[organisation["source"] == XINHUA]


@house.style()
def two_farms(organisation):
    """Draw the average farm before and after the merger of 1958: two bars.

    Parameters
    ----------
    organisation : DataFrame
        ``load("organisation")``.

    Returns
    -------
    Figure
    """
    before, after = households_before_and_after(organisation)
    fig, ax = new_figure(height=2.3, left=2.05, right=0.6, top=0.5)
    ax.barh([0, 1], [before, after], 0.6, color=[GREY, NAVY])
    for place, households in enumerate((before, after)):
        label(ax, households, place, f"{households:,.0f}", weight="bold")
    names = [
        f"co-operative, summer 1958\n{hanzi('合作社', 'hézuòshè')}",
        f"commune, 30 September\n{hanzi('公社', 'gōngshè')}",
    ]
    ax.set(xlim=(0, 5000), yticks=(0, 1), yticklabels=names, xlabel="households in the average one")
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.grid(visible=False, axis="y")
    ax.invert_yaxis()
    return describe(
        fig,
        rows=_xinhua(organisation).query("indicator != 'communes_by_size_ten_provinces'"),
        finding=f"In 1958 the average farm grew from about {before:.0f} households to {after:,.0f}",
        units="Households; the first bar is worked from four figures of one report",
        alt=f"Two horizontal bars: {before:.0f} households in the average co-operative on the eve "
        f"of the communes, {after:,.0f} in the average commune, "
        f"{after / before:.0f} times as many.",
    )


@house.style()
def ladder(organisation, tuanwan):
    """Draw the levels between Beijing and a household, with the names that Tuanwan had there.

    Parameters
    ----------
    organisation : DataFrame
        ``load("organisation")``.
    tuanwan : DataFrame
        ``load("tuanwan_1960")``.

    Returns
    -------
    Figure
    """
    brigade, team = (households_in_ningxia(organisation, unit) for unit in ("brigade", "team"))
    mean = reported(organisation, "households_per_commune")
    own = tuanwan[tuanwan["item"].isin(["households", "contracting teams"])]
    households, teams = own["value"].astype(int)
    rungs = [  # level, characters, pinyin, what it is, at Tuanwan
        ("province", "省", "shěng", "government", "Shandong"),
        ("prefecture", "专区", "zhuānqū", "office of the province", "not named in the reports"),
        ("county", "县", "xiàn", "government", "Jimo"),
        ("commune", "公社", "gōngshè", f"households: {mean:,.0f} (mean, 1958)", "Qiji"),
        (
            "brigade",
            "大队",
            "dàduì",
            f"households: {brigade:.0f} (Ningxia, 1961)",
            f"Tuanwan: {households} households",
        ),
        (
            "team",
            "生产队",
            "shēngchǎnduì",
            f"households: {team:.0f} (Ningxia, 1961)",
            f"{teams} teams (1960)",
        ),
    ]
    fig, ax = new_figure(height=3.5, left=0.15, right=0.15, top=0.75, bottom=0.1)
    ax.set(xlim=(0, 10), ylim=(len(rungs) - 0.4, -0.75))
    ax.set_axis_off()
    for place, (level, characters, pinyin, size, here) in enumerate(rungs):
        collective = level in ("commune", "brigade", "team")
        ax.barh(
            place,
            2.7,
            0.72,
            left=0.2 * place,
            facecolor="white" if collective else PALE,
            edgecolor=NAVY,
            linewidth=1.2 if collective else 0.6,
        )
        words = f"{level}  {hanzi(characters, pinyin)}"
        ax.text(0.2 * place + 0.1, place, words, va="center", weight="bold")
        ax.text(3.95, place, size, va="center")
        ax.text(7.2, place, here, va="center", color=RUST)
    for x, words in ((0.1, "level"), (3.95, "what it is, or its households"), (7.2, "Tuanwan")):
        ax.text(x, -0.62, words, va="center", color=GREY)
    return describe(
        fig,
        rows=[
            _xinhua(organisation).query("indicator == 'households_per_commune'"),
            organisation.query("source == 'ningxia1961' and unit == 'households'"),
            own,
        ],
        finding="Six levels stood between a household and the capital; three of them farmed",
        units="Levels from the highest to the lowest; framed boxes are collectives that farmed. "
        "Ningxia is the only province with a checked figure for brigades and teams",
        alt="A ladder of six boxes: province (at Tuanwan, Shandong), prefecture (not named), "
        f"county (Jimo), commune (Qiji; {mean:,.0f} households on average in 1958), brigade "
        f"(about {brigade:.0f} households in Ningxia, {households} at Tuanwan), team "
        f"(about {team:.0f} in Ningxia; {teams} at Tuanwan).",
    )


@house.style()
def size_classes(organisation):
    """Draw how many communes had how many households, and where three accounts put them.

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
    mean = reported(organisation, "households_per_commune")
    every = reported(organisation, "peoples_communes")
    wide = reported(organisation, "county_wide_communes_or_county_federations")
    textbook, limit = 4_500, 20_000
    edges = np.array([0, 5_000, 10_000, limit])
    fig, ax = new_figure(height=3.9, left=0.75, right=0.4, top=0.55)
    heights = shares[:3] / (np.diff(edges) / 5_000)
    ax.bar(edges[:3], heights, np.diff(edges), align="edge", facecolor=PALE, edgecolor=NAVY)
    for left, right, height, share in zip(edges, edges[1:], heights, shares, strict=False):
        middle = (left + right) / 2 - (400 if not left else 0)  # beside the textbook's line
        ax.text(middle, height + 1.5, f"{share:.1f} %", ha="center", fontsize=8.5)
    label(ax, limit, 2.5, f"  {shares[3]:.1f} % are larger  →", fontsize=8.5)
    county = COMMUNES_IN_A_COUNTY * mean
    marks = (
        (textbook, 80, f"the textbook: more than {textbook:,}\n(mean of the country {mean:,.0f})"),
        (limit, 52, f"Dikötter: up to {limit:,}"),
        (county, 30, "Mazur: basically\na county"),
    )
    for x, height, words in marks:
        ax.plot([x, x], [0, height], color=RUST, linestyle="--", linewidth=1.3)
        aside = {"ha": "right", "dx": -6} if x == county else {"dx": 6}
        label(ax, x, height - 4, words, RUST, **aside)
    ax.set(xlim=(0, 60_000), ylim=(0, 85), xlabel="households in a commune")
    ax.set_ylabel("per cent of communes\nfor each 5,000 households")
    ax.xaxis.set_major_formatter("{x:,.0f}")
    return describe(
        fig,
        rows=[_xinhua(organisation)],
        finding="Three communes in five had at most 5,000 households",
        units=f"Per cent of the {rows['value_low'].sum():,.0f} communes of ten provinces counted "
        f"by households, 30 September 1958; an area is a share. A county is drawn at "
        f"{COMMUNES_IN_A_COUNTY} average communes, with about 2,000 counties",
        alt=f"A histogram over households: communes of up to 5,000 households {shares[0]:.1f} per "
        f"cent, 5,000 to 10,000 {shares[1]:.1f}, 10,000 to 20,000 {shares[2]:.1f}, over 20,000 "
        f"{shares[3]:.1f}. Dashed lines: the textbook at {textbook:,}, beside the mean of "
        f"{mean:,.0f}; Dikötter at {limit:,}; Mazur at a county, {county:,.0f}. Of "
        f"{every:,.0f} communes {wide:.0f} were county-wide.",
    )


LEVELS = ("production team", "production brigade", "advanced co-op", "commune")


@house.style()
def harvest_pool(unit_of_account, last_year=1964):
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
    rows = unit_of_account[unit_of_account["unit"] != "elementary co-op"]
    rows = rows.assign(
        start=decimal_year(rows["date_start"]),
        end=decimal_year(rows["date_end"]),
    )
    fig, ax = new_figure(height=2.9, left=1.5, right=0.35, top=0.5)
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
        ax, commune["end"], 3, f"{months} months", NAVY, dx=-16, dy=17, weight="bold", ha="center"
    )
    label(ax, brigade["start"], 1, "three years", "white", dx=8, weight="bold")
    ax.set(xlim=(1957, last_year), ylim=(-0.6, 3.9), yticks=range(4), yticklabels=LEVELS)
    ax.set_xticks(range(1957, last_year + 1))
    ax.grid(visible=False, axis="y")
    return describe(
        fig,
        rows=rows,
        finding=f"By the central rule the commune pooled the harvest for {months} months",
        units="The unit that pooled the harvest and divided it among its members, by date of the "
        "central rule, smallest at the bottom. Hollow bars: unchecked rows; dotted: a plan",
        alt=f"Timeline bars on four levels from team to commune. Commune from September 1958 to "
        f"February 1959, {months} months; production brigade from March 1959 to 12 February "
        f"1962, {years:.1f} years; production team from 13 February 1962. Hollow bars: "
        f"{hollow}. A dotted bar in 1960 marks the plan to return to the commune.",
    )


@house.style()
def income_shares(distribution_rules):
    """Draw what a hundred yuan of a collective's income became: the rule of 1960, and a claim.

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
        "the course page,\non autumn 1958": 100 - value.loc[used[3], "value_low"],
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
        sources=["cc_communes_points_1958"],
        finding="The rule of 1960 gave points most of a member's income; for 1958 the course page "
        "and the Centre have supply ahead",
        units="Yuan of every 100 the collective earns; the third bar applies the course page's "
        "30 per cent to the centre's 60 yuan for members; of 1958 the Centre says only that supply "
        "was the greater part",
        alt="Three stacked bars of 100. "
        + " ".join(
            f"{name.replace(chr(10), ' ')}: kept {a:.0f}, free supply {b:.0f}, work points {c:.0f}."
            for name, (a, b, c) in zip(supply, parts, strict=True)
        ),
    )


@house.style()
def extra_hour(need_shares, elasticity, members):
    """Draw what one hour more brings to its worker, by the share that goes by need.

    Parameters
    ----------
    need_shares : sequence of float
        Shares of the harvest divided by need, 0 to 1.
    elasticity : float
        Of the harvest to labour.
    members : int
        Number sharing the harvest; points follow work exactly.

    Returns
    -------
    Figure
    """
    blank = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    gains = gain_from_an_hour(need_shares, 1.0, elasticity, members)
    to_all = members * gain_from_an_hour(1.0, 1.0, elasticity, members)
    places = range(len(need_shares))
    fig, ax = new_figure(height=3.0, left=1.75, right=0.5, top=0.75)
    ax.barh(places, gains, 0.62, color=NAVY)
    for place, gain in zip(places, gains, strict=True):
        label(ax, gain, place, f"{gain:.2f}", weight="bold", bbox=blank)
    ax.axvline(to_all, color=RUST, linestyle="--", linewidth=1.4)
    label(ax, to_all, -0.62, f"what the hour adds for all: {to_all:.2f}", RUST, dx=4, fontsize=8.5)
    ax.set(
        xlim=(0, 1.1),
        yticks=places,
        yticklabels=[f"{100 * share:.0f} % by need" for share in need_shares],
        xlabel="kg that come back to the one who works an hour more",
    )
    ax.grid(visible=False, axis="y")
    ax.set_ylim(len(need_shares) - 0.5, -0.9)
    told = "; ".join(
        f"{100 * share:.0f} per cent by need, {gain:.2f}"
        for share, gain in zip(need_shares, gains, strict=True)
    )
    return describe(
        fig,
        sources=["sen1966"],
        finding="In the model, sharing all by points pays too much for an hour, and all by need "
        "too little",
        units=f"Kilograms, {members} people on one field; the rest of the harvest goes by exact "
        f"points. A model: one per cent more work gives {elasticity} per cent more grain",
        alt=f"Horizontal bars of what an hour more brings to its worker, in kg: {told}. A dashed "
        f"line at {to_all:.2f} marks what the hour adds to the harvest.",
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
    fig, ax = new_figure(height=3.5, right=1.6, top=0.75)
    for style, values, words in ((0, with_exit, "exit allowed"), (1, without_exit, "exit closed")):
        ax.plot(members, values, **{**LINES[style], "marker": ""})
        label(ax, members[-1], values[-1], f"{words}: {values[-1]:.2f}", LINES[style]["color"])
    ax.set(
        xscale="log",
        xlim=(members[0], members[-1]),
        ylim=(0, 1),
        xlabel="members n",
        ylabel="patience needed δ",
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
        units="Weight of the next season beside this one at which honest work just pays, by "
        "members; each mark of the lower axis is ten times the one before. A model",
        alt=f"Two lines over {members[0]:.0f} to {members[-1]:,.0f} members. With exit the "
        f"patience needed goes from {with_exit[0]:.2f} to {with_exit[-1]:.2f}, without exit "
        f"from {without_exit[0]:.2f} to {without_exit[-1]:.2f}; both flatten beyond about "
        f"twenty members.",
    )


@house.style()
def hall_story(mess_halls, village="Hongliugou, Gansu"):
    """Draw what was ordered of mess halls, above when the hall of one village was open.

    Parameters
    ----------
    mess_halls : DataFrame
        The table ``mess_halls``.
    village : str
        A value of ``place``.

    Returns
    -------
    Figure
    """
    orders = mess_halls[mess_halls["in_short"].notna()]
    there = mess_halls[mess_halls["place"] == village]
    fig, ax = new_figure(height=3.9, left=0.3, right=0.35, top=0.75, bottom=0.55)
    looks = {"open": ("^", NAVY), "close": ("v", RUST), "no ration": ("o", TEAL)}
    heights = (1.0, 2.0, 3.0)
    for place, row in enumerate(orders.itertuples()):
        day, height = dates([row.date])[0], heights[place % 3]
        marker, color = looks[row.effect]
        ax.plot([day, day], [0.35, height], color=PALE, linewidth=1, zorder=1)
        ax.plot([day], [height], marker, color=color, markersize=8)
        late = day > np.datetime64("1961-01-01")
        aside = {"ha": "right", "dx": -8} if late else {"dx": 8}
        label(ax, day, height, row.in_short, color, **aside)
    spells = []  # from one row of the village to the next that says something else
    for row, following in pairwise(there.itertuples()):
        if row.effect == "open":
            start, end = dates([row.date, following.date])
            some = following.effect == "open"  # the others join with the next row
            spells.append((start, end, "some join" if some else "hall open"))
            look = {"facecolor": "white", "edgecolor": GREY, "hatch": HATCHES[1]} if some else {}
            ax.barh(-0.2, end - start, 0.55, left=start, **(look or {"color": GREY}))
            ax.text(
                start + (end - start) / 2,
                -0.2,
                spells[-1][2],
                ha="center",
                va="center",
                color=INK if some else "white",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1} if some else None,
                fontsize=8.5,
            )
    ax.text(np.datetime64("1958-06-20"), -0.75, village, ha="left", va="center", fontsize=8.5)
    ax.set(ylim=(-1, 3.6), yticks=(), xlim=np.array(["1958-06-15", "1961-08-15"], "datetime64[D]"))
    ax.spines["left"].set_visible(False)
    house.month_ticks(ax, (1, 7))
    handles = [
        ax.plot([], [], marker, color=color, linestyle="", markersize=8, label=words)[0]
        for (marker, color), words in zip(
            looks.values(), ("open, or keep open", "close, or let close", "no ration"), strict=True
        )
    ]
    ax.legend(handles=handles, loc="upper right", ncols=3, bbox_to_anchor=(1, 1.12))
    told = "; ".join(f"{row.date} {row.in_short} ({row.effect})" for row in orders.itertuples())
    open_for = "; ".join(
        f"{start.astype('datetime64[M]')} to {end.astype('datetime64[M]')} ({words})"
        for start, end, words in spells
    )
    return describe(
        fig,
        rows=[orders, there],
        finding="Mess halls opened by order, many closed in spring 1959, and opened by order again",
        units="Above: orders and reports by date. Below: when the hall of one village of 54 "
        "households was open",
        alt=f"A time axis from summer 1958 to summer 1961 with marks: {told}. Below it "
        f"bars: the hall of {village} from {open_for}.",
    )
