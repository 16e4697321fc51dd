"""Figures of the hands: on the water works, counted twice, and what a hand was worth."""

import numpy as np

from glf_utils.commune_structure.evidence import hands_missing, rural_workers
from glf_utils.commune_structure.model import crop_lost
from glf_utils.dates import dates
from glf_utils.page import figure as house
from glf_utils.page.figure import (
    GREY,
    LINES,
    NAVY,
    PALE,
    RUST,
    describe,
    label,
    new_figure,
)
from glf_utils.tables import one

BY_DAY = {"S1-056": "iron", "S1-057": "kitchens,\nnurseries", "S1-058": "manure"}
IN_THE_EVENING = {"S1-059": "irrigation", "S1-060": "deep ploughing"}


@house.style()
def people_on_the_water(mobilisation, investment_and_labour):
    """Draw who was said to be at work on water, month by month, beside all rural workers.

    Parameters
    ----------
    mobilisation : DataFrame
        ``load("mobilisation")``.
    investment_and_labour : DataFrame
        ``load("investment_and_labour")``.

    Returns
    -------
    Figure
    """
    rows = mobilisation.query("measure == 'at_work_on_water'").sort_values("date")
    workers = rural_workers(investment_and_labour)
    low, high = (rows[end].to_numpy(float) for end in ("value_low", "value_high"))
    names = [str(day.astype(object).strftime("%B %Y")) for day in dates(rows["date"])]
    fig, ax = new_figure(height=3.2, right=0.4, top=0.6)
    ax.bar(names, low, 0.55, color=NAVY)
    ax.bar(names, high - low, 0.55, bottom=low, facecolor="white", edgecolor=NAVY, hatch="////")
    for place, (least, most) in enumerate(zip(low, high, strict=True)):
        words = f"{least:.0f}" if least == most else f"{least:.0f} to {most:.0f}"
        label(ax, place, most, words, dx=0, dy=8, ha="center", weight="bold")
    ax.axhline(workers, color=RUST, linestyle="--", linewidth=1.3)
    label(ax, -0.35, workers, f"all rural workers: {workers:.1f}", RUST, dx=0, dy=8)
    ax.set(ylim=(0, 240), ylabel="million people")
    ax.grid(visible=False, axis="x")
    share = high[-1] / workers
    return describe(
        fig,
        rows=[rows, investment_and_labour.query("series == 'rural_employment' and year == 1957")],
        finding=f"By the count of the time, {100 * share:.0f} of every 100 rural workers dug water "
        "works in January 1958",
        units="Million people, as the press reported them at work on water works; hatched: the "
        "range it gives. Dashed: people employed in the countryside at the end of 1957",
        alt="Four bars: "
        + "; ".join(
            f"{name}, {least:.0f} to {most:.0f} million"
            if least < most
            else f"{name}, {most:.0f} million"
            for name, least, most in zip(names, low, high, strict=True)
        )
        + f". A dashed line at {workers:.1f} million rural workers.",
    )


@house.style()
def hands_claimed(account_claims, investment_and_labour):
    """Draw the textbook's groups of workers end to end, beside all rural workers.

    Parameters
    ----------
    account_claims : DataFrame
        ``load("account_claims")``.
    investment_and_labour : DataFrame
        ``load("investment_and_labour")``.

    Returns
    -------
    Figure
    """
    workers = rural_workers(investment_and_labour)
    fig, ax = new_figure(height=3.3, left=1.85, right=0.3, top=0.6)
    ax.barh(0, workers, 0.7, color=GREY)
    label(ax, workers, 0, f"{workers:.1f}", weight="bold")
    sums = []
    for place, groups in ((1, BY_DAY), (2, IN_THE_EVENING)):
        left = 0.0
        for turn, (claim, words) in enumerate(groups.items()):
            width = float(one("account_claims", f"claim_id == '{claim}'", "value_low"))
            ax.barh(
                place,
                width,
                0.7,
                left=left,
                facecolor=PALE if turn % 2 else "white",
                edgecolor=NAVY,
                linewidth=1,
            )
            ax.text(
                left + width / 2,
                place,
                f"{words}: {width:.0f}",
                ha="center",
                va="center",
                fontsize=8.5,
            )
            left += width
        label(ax, left, place, f"{left:.0f}", NAVY, weight="bold")
        sums.append(left)
    ax.axvline(workers, color=RUST, linestyle="--", linewidth=1.3)
    ax.set(
        xlim=(0, 280),
        ylim=(2.5, -0.5),
        yticks=(0, 1, 2),
        yticklabels=("all rural workers,\nend of 1957", "the textbook, by day", "in the evening"),
        xlabel="million people",
    )
    ax.grid(visible=False, axis="y")
    claims = account_claims[account_claims["claim_id"].isin([*BY_DAY, *IN_THE_EVENING])]
    return describe(
        fig,
        rows=[claims, investment_and_labour.query("series == 'rural_employment' and year == 1957")],
        finding="The textbook's three groups of the day are more people than the countryside "
        "had workers",
        units="Million people, 1958 by the textbook; rural workers by the yearbook, at the "
        "end of 1957",
        alt=f"Three bars. All rural workers: {workers:.1f} million. The textbook by day: "
        f"{sums[0]:.0f} million, of iron, kitchens and nurseries, and manure. In the evening: "
        f"{sums[1]:.0f} million, of irrigation and deep ploughing.",
    )


@house.style()
def worth_of_a_hand(investment_and_labour, crop, elasticities=(0.2, 0.55, 1.0)):
    """Draw the grain that missing hands cost, by what the last hand was worth.

    Parameters
    ----------
    investment_and_labour : DataFrame
        ``load("investment_and_labour")``.
    crop : float
        Harvest with all hands, million tonnes.
    elasticities : sequence of float
        Elasticities of the harvest to labour, one curve each.

    Returns
    -------
    Figure
    """
    missing = hands_missing(investment_and_labour)
    shares = np.linspace(0, 0.5, 101)
    fig, ax = new_figure(height=3.6, right=1.75, top=0.75)
    costs = []
    for style, elasticity in zip(LINES, elasticities, strict=False):
        lost = crop_lost(crop, shares, elasticity)
        ax.plot(100 * shares, lost, **{**style, "marker": ""})
        label(
            ax,
            50,
            lost[-1],
            f"each 1 % of hands:\n{elasticity:g} % of the grain",
            style["color"],
        )
        costs.append(float(crop_lost(crop, missing, elasticity)))
        ax.plot([100 * missing], [costs[-1]], style["marker"], color=style["color"])
        label(
            ax,
            100 * missing,
            costs[-1],
            f"{costs[-1]:.0f}",
            style["color"],
            dx=-6,
            dy=6,
            ha="right",
        )
    ax.axvline(100 * missing, color=GREY, linestyle=":", linewidth=1.3)
    label(ax, 100 * missing, 92, f"{100 * missing:.0f} in 100", GREY)
    ax.set(
        xlim=(0, 50),
        ylim=(0, 100),
        xlabel="hands missing, per cent",
        ylabel="grain lost, million tonnes",
    )
    used = "(series == 'rural_employment' and year == 1957) or series == 'rural_labour_decrease'"
    told = ", ".join(f"{cost:.0f}" for cost in costs[:-1]) + f" or {costs[-1]:.0f}"
    return describe(
        fig,
        rows=[investment_and_labour.query(used)],
        sources=["sen1966"],
        finding=f"In the model the hands missing in 1958 cost {told} million tonnes, by what "
        "is assumed",
        units=f"Million tonnes of a crop of {crop:.0f}. Dotted: the 38.18 million fewer rural "
        "workers of 1958 as a share of all. A model; the three curves are assumptions",
        alt="Three rising curves of grain lost over the share of hands missing, 0 to 50 per cent. "
        f"At {100 * missing:.1f} per cent "
        + "; ".join(
            f"{cost:.1f} million tonnes where one per cent fewer hands mean {elasticity:g} per "
            "cent less grain"
            for cost, elasticity in zip(costs, elasticities, strict=False)
        )
        + ".",
    )
