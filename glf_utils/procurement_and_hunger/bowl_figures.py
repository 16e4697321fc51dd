"""Figures of lessons 41 and 42: what a harvest is divided into, for a person and for a commune."""

import numpy as np

from glf_utils.country.believed import believed
from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, HATCHES, NAVY, RUST, TEAL, describe, label, new_figure
from glf_utils.procurement_and_hunger.evidence import invented_communes, invented_year, per_head
from glf_utils.procurement_and_hunger.model import (
    famine_threshold,
    food_balance,
    retained_per_head,
)

NOT_EATEN = 0.18
"""Share of a harvest that goes to seed, fodder and waste: a teaching assumption."""
TAKEN = {"facecolor": "#f3ddd3", "edgecolor": RUST, "hatch": HATCHES[1]}


@house.style()
def plot_balance(balance, years=(1957, 1962)):
    """Grain a head, divided into what was eaten and what went to seed, fodder and waste.

    Parameters
    ----------
    balance : DataFrame
        ``load("food_balance")``.
    years : (int, int)
        First and last, holding 1957 and 1960.

    Returns
    -------
    Figure
    """
    rows = balance[balance["year"].between(*years)]
    year = rows["year"].to_numpy(int)
    crop, sold, bought, people = (
        rows[name].to_numpy()
        for name in (
            "output_million_t",
            "exports_million_t",
            "imports_million_t",
            "population_yearend_million",
        )
    )
    kcal = food_balance(crop, sold, bought, people)
    eaten = 1000 * (crop * (1 - NOT_EATEN) + bought - sold) / people
    other = 1000 * crop * NOT_EATEN / people
    fig, ax = new_figure(height=3.9, right=1.6)
    ax.bar(year, eaten, 0.66, facecolor="#dfe7ee", edgecolor=NAVY)
    ax.bar(year, other, 0.66, bottom=eaten, facecolor="white", edgecolor=GREY, hatch=HATCHES[2])
    for when, kilograms, energy in zip(year, eaten, kcal, strict=True):
        label(
            ax,
            when,
            kilograms,
            f"{kilograms:.0f} kg",
            NAVY,
            dx=0,
            dy=-9,
            ha="center",
            fontweight="bold",
        )
        label(ax, when, kilograms / 2, f"{energy:,.0f}", NAVY, dx=0, ha="center")
    label(ax, year[-1] + 0.33, 0.9 * eaten[-1], "to eat", NAVY, dx=9, fontweight="bold")
    label(ax, year[-1] + 0.33, eaten[-1] / 2, "in kcal a day", NAVY, dx=9)
    label(ax, year[-1] + 0.33, eaten[-1] + other[-1] / 2, "seed, fodder\nand waste", GREY, dx=9)
    ax.set(xticks=year, ylim=(0, 330), ylabel="kg a head and year")
    ax.grid(visible=False, axis="x")
    fall = 100 * (1 - kcal[year == 1960] / kcal[year == 1957]).item()
    told = "; ".join(
        f"{when}: {kilograms:.0f} kg to eat or {energy:,.0f} kcal a day, {rest:.0f} kg not eaten"
        for when, kilograms, energy, rest in zip(year, eaten, kcal, other, strict=True)
    )
    return describe(
        fig,
        finding=f"If seed, fodder and waste took {100 * NOT_EATEN:g} per cent every year, the "
        f"grain to eat fell by {fall:.0f} per cent from 1957 to 1960",
        units="Kg of raw grain a head of all inhabitants; the harvest with imports and without "
        "exports. The share not eaten and 2,800 kcal a kg are teaching assumptions; stocks are "
        "left out",
        rows=rows,
        alt=f"Stacked bars by year, kg a head. {told}.",
    )


@house.style()
def plot_bins(balance, statements, need=220.0, rate=0.25, year=1959):
    """One villager's grain under three reports: what is taken of it and what is left.

    Parameters
    ----------
    balance, statements : DataFrame
        The tables ``food_balance`` and ``targets_and_claims``.
    need : float
        Kg a head and year.
    rate : float
        Share of the reported harvest that is taken.
    year : int
        Of the harvest.

    Returns
    -------
    Figure
    """
    harvest = per_head(balance)[year]
    row, said = balance[balance["year"] == year], believed(statements, year)
    expected = said["value_high"].item() / row["output_million_t"].item()
    reports = np.array([1, famine_threshold(harvest, need, rate), expected])
    left = retained_per_head(harvest, rate, reports)
    fig, ax = new_figure(height=3.9, right=1.0)
    ax.bar(range(3), left, 0.55, facecolor="white", edgecolor=NAVY)
    ax.bar(range(3), harvest - left, 0.55, bottom=left, **TAKEN)
    for place, (report, kept) in enumerate(zip(reports, left, strict=True)):
        label(
            ax, place, kept / 2, f"left:\n{kept:.0f} kg", NAVY, dx=0, ha="center", fontweight="bold"
        )
        label(
            ax,
            place,
            (harvest + kept) / 2,
            f"taken: {harvest - kept:.0f} kg",
            RUST,
            dx=0,
            ha="center",
            fontweight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )
        label(
            ax,
            place,
            harvest,
            f"reported: {report * harvest:.0f} kg",
            dx=0,
            dy=8,
            ha="center",
            fontsize=8.5,
        )
    ax.axhline(need, color=TEAL, linewidth=1.6, linestyle="--")
    label(ax, 2.45, need, f"needed:\n{need:g} kg", TEAL, dx=6)
    ax.set(
        xlim=(-0.45, 2.45),
        ylim=(0, 1.15 * harvest),
        ylabel="kg a villager and year",
        xticks=range(3),
        xticklabels=[
            "an honest report",
            f"{reports[1]:.2f} times the harvest",
            f"as expected: {expected:.2f} times",
        ],
    )
    ax.grid(visible=False, axis="x")
    gap = left[2] - need
    told = "; ".join(
        f"{report:.2f} times the harvest reported: {harvest - kept:.0f} kg taken, {kept:.0f} left"
        for report, kept in zip(reports, left, strict=True)
    )
    return describe(
        fig,
        finding=f"If {100 * rate:g} per cent of the report is taken, a report of {expected:.2f} "
        f"times the harvest of {year} leaves {abs(gap):.0f} kg {'less' if gap < 0 else 'more'} "
        f"than the {need:g} needed",
        units=f"Kg of raw grain a villager, harvest of {year}. Need and rate are teaching "
        "assumptions",
        rows=[row, said],
        alt=f"Three bins of {harvest:.0f} kg with a line at {need:g}. {told}.",
    )


HONEST = {"pressure": 0, "rivalry": 0, "hunger": 0}
"""Settings under which communes report what they have."""


@house.style()
def plot_communes(grain, pressed, rate=0.25):
    """What each commune of the invented province loses under two orders that take as much.

    Under the first reports are honest. Under the second they are false, and the rate is so much
    lower that the province takes the same grain.

    Parameters
    ----------
    grain : DataFrame
        ``load("provincial_grain")``.
    pressed : dict
        Settings under which communes report too much.
    rate : float
        Taken of honest reports.

    Returns
    -------
    Figure
    """
    false = invented_year(grain, **pressed)
    lower = rate * false["harvest"] / false["told to the province"]
    orders = {
        "honest reports": {**HONEST, "rate": rate},
        "false reports, lower rate": {**pressed, "rate": lower},
    }
    communes = [invented_communes(grain, **order) for order in orders.values()]
    years = [invented_year(grain, **order) for order in orders.values()]
    fig, axes = new_figure(1, 2, height=4.1, top=1.15, wspace=0.12, sharey=True)
    told = []
    for ax, name, table, totals in zip(axes, orders, communes, years, strict=True):
        hungry = table["left"] < 220
        for some, marker, color in ((hungry, "v", RUST), (~hungry, "o", NAVY)):
            ax.plot(
                table["harvest"][some],
                100 * table["taken"][some],
                marker,
                color=color,
                markersize=3,
                alpha=0.6,
                linewidth=0,
            )
        lacking = f"{totals['lacking']:,.0f} thousand tonnes lacking"
        ax.set(title=f"{name}:\n{lacking}", xlabel="kg grown a villager")
        low, high = 100 * table["taken"].min(), 100 * table["taken"].max()
        told.append(
            f"{name}: {totals['quota']:,.0f} thousand tonnes taken, {low:.0f} to {high:.0f} per "
            f"cent of a commune's harvest, {lacking}, {hungry.sum()} communes short"
        )
    axes[0].set(ylim=(0, 60), ylabel="per cent of its harvest taken")
    label(axes[1], 330, 45, "v  less than 220 kg left", RUST, fontsize=8.5)
    label(axes[1], 330, 41, "o  220 kg or more", NAVY, fontsize=8.5)
    most = 100 * communes[1]["taken"].max()
    return describe(
        fig,
        finding="In the model both orders take as much grain; where reports are false, some "
        f"communes give up to {most:.0f} per cent of their harvest",
        units="Each mark a commune of an invented province with the totals of Hubei in 1958 and "
        "1959; kg of raw grain a villager. A model: all rules of behaviour are teaching "
        "assumptions",
        rows=grain.query(
            "province == 'hubei' and (series == 'output' and year in [1958, 1959] "
            "or series == 'rural_population' and year == 1959)"
        ),
        alt=f"Two clouds of 700 communes. {'; '.join(told)}.",
    )
