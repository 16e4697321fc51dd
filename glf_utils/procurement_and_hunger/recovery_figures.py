"""Figures of the recovery: its order, the villagers' account, the state's, the provinces."""

import numpy as np

from glf_utils.page import figure as house
from glf_utils.page.figure import (
    AMBER,
    GREY,
    HATCHES,
    NAVY,
    PALE,
    RUST,
    TEAL,
    describe,
    label,
    new_figure,
    points,
)
from glf_utils.procurement_and_hunger.recovery import (
    HARVESTS,
    STEPS,
    provinces_in_1961,
    state_account,
    steps,
    villagers_account,
)
from glf_utils.tables import series


@house.style()
def plot_order(rates, grain):
    """Draw registered deaths and the harvest, 1957 to 1966, one above the other.

    Parameters
    ----------
    rates : DataFrame
        ``load("national_vital_rates")``.
    grain : DataFrame
        ``load("grain_national")``.

    Returns
    -------
    Figure
    """
    years = (1957, 1966)
    died = rates[(rates["series"] == "official") & rates["year"].between(*years)]
    grown = series(grain, "output_official_revised", years)
    fig, (above, below) = new_figure(
        2, 1, height=4.4, right=0.5, top=0.75, hspace=0.22, sharex=True
    )
    back = {}
    for ax, rows, column, style in (
        (above, died, "death_rate_per_1000", 0),
        (below, grown, "value", 1),
    ):
        points(ax, rows, "year", column, style)
        values = rows.set_index("year")[column]
        ax.axhline(values[1957], color=GREY, linewidth=0.9, linestyle=":")
        better = values < values[1957] if ax is above else values > values[1957]
        back[column] = better.loc[1960:].idxmax() if better.loc[1960:].any() else None
    label(above, 1966.1, died["death_rate_per_1000"].iloc[0], "1957", GREY, dx=2)
    label(below, 1966.1, grown["value"].iloc[0], "1957", GREY, dx=2)
    above.set(ylim=(0, 28), ylabel="deaths per thousand")
    below.set(ylim=(120, 220), ylabel="harvest,\nmillion tonnes", xlim=(1956.6, 1966.3))
    below.set_xticks(range(years[0], years[1] + 1))
    first, second = back.values()
    told = [
        ", ".join(f"{value:.1f} in {year:.0f}" for year, value in rows[["year", column]].to_numpy())
        for rows, column in ((died, "death_rate_per_1000"), (grown, "value"))
    ]
    return describe(
        fig,
        finding=f"Registered deaths were below those of 1957 by {first:.0f}, the harvest above "
        f"that of 1957 in {second:.0f}"
        if first and second and first < second
        else "Registered deaths and harvests, 1957 to 1966",
        units="Deaths per thousand people; million tonnes, soybeans and potatoes counted. Dotted: "
        "1957",
        rows=[died, grown],
        alt=f"Two lines. Deaths per thousand: {told[0]}. Harvest: {told[1]}.",
    )


@house.style()
def plot_steps(grain, people):
    """Draw what changed the grain kept by a villager, 1960 to 1961 and 1961 to 1962.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``.
    people : DataFrame
        ``load("investment_and_labour")``.

    Returns
    -------
    Figure
    """
    parts = {
        named: steps(villagers_account(grain, people, harvest))
        for harvest, named in HARVESTS.items()
    }
    fig, axes = new_figure(1, 2, height=3.0, left=1.2, right=0.3, top=0.8, wspace=0.1, sharey=True)
    told = []
    for ax, year in zip(axes, (1961, 1962), strict=True):
        for which, (named, table) in enumerate(parts.items()):
            values = table.loc[year, list(STEPS)]
            places = np.arange(len(STEPS)) + (which - 0.5) * 0.36
            look = {"facecolor": NAVY} if which == 0 else {"facecolor": "white", "edgecolor": RUST}
            ax.barh(places, values, 0.34, hatch=HATCHES[which], label=named, **look)
            for place, value in zip(places, values, strict=True):
                text = f"{value:+.1f}".replace("-", "\u2212")
                side = {"dx": 3, "ha": "left"} if value >= 0 else {"dx": -3, "ha": "right"}
                label(ax, value, place, text, fontsize=8.5, **side)
            told.append(
                f"{year - 1} to {year}, {named}: "
                + ", ".join(f"{STEPS[step]} {value:+.1f}" for step, value in values.items())
            )
        ax.axvline(0, color=GREY, linewidth=0.8)
        ax.set(xlim=(-25, 42), xlabel=f"kg a villager, {year - 1} to {year}")
        ax.grid(visible=False, axis="y")
    axes[0].set(yticks=range(len(STEPS)), yticklabels=STEPS.values(), ylim=(2.6, -0.6))
    axes[1].legend(loc="lower right", fontsize=8.5, title="harvests", title_fontsize=8.5)
    first = [table.loc[1961] for table in parts.values()]
    second = [table.loc[1962] for table in parts.values()]
    turned = all(row["taken"] == row.max() for row in first) and all(
        row["grown"] == row.max() for row in second
    )
    rows = [series(grain, name, (1960, 1962)) for name in (*HARVESTS, "procurement_linyang")] + [
        series(people, "rural_population", (1960, 1962))
    ]
    return describe(
        fig,
        finding="By either series of harvests, 1961 gained from what was not taken, and 1962 from "
        "what was grown"
        if turned
        else "What changed the grain a villager kept",
        units="Kg a villager and year, before sales back to villages; procurement as Lin and Yang "
        "have it",
        rows=rows,
        alt=f"Bars, kg a villager. {'. '.join(told)}.",
    )


@house.style()
def plot_state_account(grain):
    """Draw what the state bought, took from stores and had from abroad, and what it sold.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``.

    Returns
    -------
    Figure
    """
    account, rows = state_account(grain)
    fig, ax = new_figure(height=3.1, left=1.5, right=0.3, top=0.9, bottom=0.5)
    sides = (
        ["bought from villages", "out of state stores", "from abroad"],
        ["sold back to villages", "sold in towns"],
    )
    looks = (
        {"facecolor": GREY, "edgecolor": "white"},
        {"facecolor": "white", "edgecolor": AMBER, "hatch": HATCHES[2]},
        {"facecolor": RUST, "edgecolor": "white"},
    )
    sold = (
        {"facecolor": "white", "edgecolor": TEAL, "hatch": HATCHES[1]},
        {"facecolor": NAVY, "edgecolor": "white"},
    )
    told, names, place = [], [], 0
    for year in account.columns:
        for side, flows, styles in zip(("had", "sold"), sides, (looks, sold), strict=True):
            at = 0
            for flow, look in zip(flows, styles, strict=True):
                tonnes = account.loc[flow, year]
                if np.isnan(tonnes):
                    continue
                ax.barh(place, tonnes, 0.62, at, label=flow if year == 1961 else None, **look)
                narrow, dark = tonnes < 4, look["facecolor"] != "white"
                ax.text(
                    at + tonnes + 0.4 if narrow else at + tonnes / 2,
                    place,
                    f"{round(tonnes, 2):g}",
                    ha="left" if narrow else "center",
                    va="center",
                    fontsize=8.5,
                    color="white" if dark and not narrow else "black",
                    bbox=None if dark else {"facecolor": "white", "edgecolor": "none", "pad": 0.6},
                )
                told.append(f"{year}, {flow} {round(tonnes, 2):g}")
                at += tonnes
            names.append(f"{side}, to June {year}")
            place += 1
        place += 0.35
    ax.set(yticks=[0, 1, 2.35, 3.35], yticklabels=names, ylim=(3.9, -0.5), xlim=(0, 53))
    ax.set_xlabel("million tonnes")
    ax.grid(visible=False, axis="y")
    ax.legend(
        loc="lower left",
        bbox_to_anchor=(-0.24, 1.0),
        ncols=5,
        fontsize=8.2,
        handlelength=1.2,
        columnspacing=0.9,
    )
    less = account[1961] - account[1962]
    net = account.loc["bought from villages"] - account.loc["sold back to villages"]
    return describe(
        fig,
        finding=f"The state bought {less['bought from villages']:.1f} million tonnes less from "
        f"villages and sold {less['sold back to villages']:.1f} less back to them"
        if abs(net.diff().iloc[-1]) < 2
        else "What the state had of grain, and what it sold",
        units="Million tonnes, in years from July to June. From abroad: landed by 30 June 1961; "
        "April 1961 to March 1962. Of stores nothing was found for the second year. What the army "
        "ate and what was exported is not shown",
        rows=rows,
        alt=f"Stacked bars, million tonnes: {'; '.join(told)}.",
    )


@house.style()
def plot_provinces(rates, grain, provinces):
    """Draw, by province, the change of the harvest eaten and of deaths, 1960 to 1961.

    Parameters
    ----------
    rates : DataFrame
        ``load("provincial_vital_rates")``.
    grain : DataFrame
        ``load("provincial_grain")``.
    provinces : DataFrame
        ``load("provinces")``.

    Returns
    -------
    Figure
    """
    table, rows = provinces_in_1961(rates, grain, provinces)
    fig, ax = new_figure(height=4.0, right=0.3, top=0.75)
    less, rose = table["harvest"] < 0, table["deaths"] > 0
    for group, (marker, color, face) in (
        (table[~rose], ("o", NAVY, NAVY)),
        (table[rose], ("s", RUST, "white")),
    ):
        ax.plot(group["harvest"], group["deaths"], marker, color=color, markerfacecolor=face)
    named = [*table["deaths"].nsmallest(8).index, *table["deaths"].nlargest(6).index]
    for province in dict.fromkeys(named):
        at = table.loc[province]
        label(ax, at["harvest"], at["deaths"], at["name"], fontsize=8.2, **PLACES.get(province, {}))
    ax.axhline(0, color=GREY, linewidth=0.9)
    ax.axvline(0, color=PALE, linewidth=0.9)
    ax.set(
        xlabel="harvest of 1960 against that of 1959, per cent",
        ylabel="deaths per thousand, 1961 less 1960",
        xlim=(-42, 12),
        ylim=(-66, 12),
    )
    fell = int((less & ~rose).sum())
    return describe(
        fig,
        finding=f"In {fell} of the {int(less.sum())} provinces that ate a smaller harvest in 1961, "
        "fewer people died than the year before"
        if fell > less.sum() / 2
        else "Harvests and deaths by province, 1960 to 1961",
        units="Registered deaths per thousand; hollow squares: deaths rose. The harvest of a year "
        "is mostly eaten in the next",
        rows=list(rows),
        alt="A cloud of points, change of harvest in per cent and of deaths per thousand: "
        + "; ".join(
            f"{row['name']} {row['harvest']:.0f} and {row['deaths']:.1f}"
            for _, row in table.iterrows()
        )
        + ".",
    )


PLACES = {"guizhou": {"dx": 0, "dy": 9, "ha": "center"}}
"""Where names stand beside their marks, when not to the right of them."""
