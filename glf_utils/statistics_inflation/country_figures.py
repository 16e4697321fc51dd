"""Figures of lessons 31 and 34: the provinces, and the whole hierarchy."""

import numpy as np
import pandas as pd

from glf_utils.country.believed import BELIEVED, believed
from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, INK, LINES, NAVY, PALE, RUST, describe, label, new_figure
from glf_utils.statistics_inflation.evidence import by_province
from glf_utils.tables import series

FIELD = {
    "field": "pressure, brigade and commune",
    "climb": "times that, at the county",
    "top": "pressure at the province",
    "rivalry": "rivalry",
    "hunger": "weight of hunger",
    "gain": "weight of new claims",
    "audit": "chance of weighing, 1961",
    "ambition_0": "plan above belief, for 1958",
    "ambition_1": "plan above belief, for 1959",
    "ambition_2": "plan above belief, for 1960",
}
"""Words for the parameters of :func:`glf_utils.country.search.fitting_sets`."""


@house.style()
def plot_provinces(listed, grain, provinces):
    """What each province's claim of 1958 became after Lushan, over what it was in the end.

    Parameters
    ----------
    listed, grain, provinces : DataFrame
        As for :func:`by_province`.

    Returns
    -------
    Figure
    """
    table = by_province(listed, grain, provinces).dropna(subset="final").iloc[::-1]
    fig, ax = new_figure(height=5.4, left=1.25, right=0.55)
    places, left = np.arange(len(table)), table["times_final"].to_numpy()
    ax.axvline(1, color=NAVY, linewidth=1.2)
    ax.hlines(places, 1, left, color=PALE, linewidth=2.5)
    ax.plot(
        left,
        places,
        **{**LINES[1], "linestyle": "", "markersize": 6.5},
        label="restated, September 1959",
    )
    read = (table["claim_grade"] != "unchecked").to_numpy() & table["claimed"].notna().to_numpy()
    times = (table["claimed"] / table["final"]).to_numpy()
    ax.plot(
        times[read],
        places[read],
        **{**LINES[3], "linestyle": "", "markersize": 6.5},
        label="highest claim, where it was read",
    )
    same = np.isclose(left, 1, atol=0.005)
    for place, value, one in zip(places, left, same, strict=True):
        words = "one number, twice" if one else f"{value:.2f}"
        label(ax, value, place, words, GREY if one else RUST, dx=6, fontsize=8)
    ax.set_yticks(places, table.index, fontsize=8.5)
    ax.set(xlim=(0.9, 2.1), ylim=(-0.7, len(table) - 0.3), xlabel="over the final figure")
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    ax.legend(loc="lower right")
    apart = table[~same]  # elsewhere the final figure is the list's own
    low, high = apart.iloc[0], apart.iloc[-1]
    ends = grain.query("series == 'output' and year == 1958")
    after = listed.query("stage == 'lushan_restatement' and province.notna()")
    after = after[after["item"].isin(["grain_without_soybeans", "soybeans"])]
    first = listed[(listed["stage"] == "claim") & listed["area"].isna()]
    first = first[first["verification"] != "unchecked"]
    told = [f"{name} {value:.2f}" for name, value in table["times_final"].iloc[::-1].items()]
    return describe(
        fig,
        rows=[after, ends, first],
        finding=f"After Lushan the list for {low.name} stood at {low['times_final']:.1f} times the "
        f"final figure, that for {high.name} at {high['times_final']:.1f} times",
        units="Grain of 1958 with soybeans, over the final figure (Hebei's with Tianjin); "
        f"{after['province'].nunique() - len(table)} of the list's "
        f"{after['province'].nunique()} provinces have no final figure here",
        alt="Restated in September 1959 over final, by province: " + "; ".join(told) + ".",
    )


@house.style()
def plot_fits(fits, ranges):
    """Where the settings that meet the record lie within the ranges they were drawn from.

    Parameters
    ----------
    fits : Fits
        From :func:`glf_utils.country.search.fitting_sets`.
    ranges : dict
        Lowest and highest value tried, by parameter.

    Returns
    -------
    Figure
    """
    names = list(FIELD)[::-1]
    fig, ax = new_figure(height=4.0, left=2.55, right=0.6, top=0.5, bottom=0.2)
    widths = {}
    for place, name in enumerate(names):
        low, high = ranges[name]
        share = (fits.parameters[name] - low) / (high - low)
        quarter = np.quantile(share, [0.25, 0.75])
        widths[name] = quarter[1] - quarter[0]
        ax.plot([0, 1], [place, place], color=PALE, linewidth=1, zorder=0)
        ax.plot(
            quarter,
            [place, place],
            color=NAVY,
            linewidth=7,
            alpha=0.25,
            zorder=1,
            solid_capstyle="butt",
        )
        ax.plot(
            share, np.full(len(share), place), linestyle="", marker="|", color=NAVY, markersize=8
        )
        for x, value, side in ((0, low, "right"), (1, high, "left")):
            label(
                ax,
                x,
                place,
                f"{value:g}",
                GREY,
                dx=-5 if side == "right" else 5,
                ha=side,
                fontsize=8,
            )
    ax.set_yticks(range(len(names)), [FIELD[name] for name in names])
    ax.tick_params(axis="y", length=0, pad=22)
    ax.set(xlim=(0, 1), xticks=[], ylim=(-0.6, len(names) - 0.4))
    ax.grid(visible=False)
    ax.spines[["left", "bottom"]].set_visible(False)
    tight, wide = min(widths, key=widths.get), max(widths, key=widths.get)
    told = [
        f"{FIELD[name]}, {fits.parameters[name].min():.2f} to {fits.parameters[name].max():.2f}"
        f" of {ranges[name][0]:g} to {ranges[name][1]:g}"
        for name in FIELD
    ]
    return describe(
        fig,
        sources=["cc_yongding_1960", "cc_rations_1960", "yang2008", "linyang2000"],
        finding="Settings far apart meet the record: the model measures no parameter",
        units=f"A stroke for each of {len(fits.believed)} settings that fit, of {fits.tried:,} "
        "drawn, between the lowest and highest value tried; band: the middle half. A model: "
        "all settings are teaching assumptions, their ranges chosen knowing the record",
        alt=f"Ten rows of strokes. Narrowest is {FIELD[tight]}, widest {FIELD[wide]}. Lowest and "
        "highest value that fits: " + "; ".join(told) + ".",
    )


@house.style()
def plot_runs(runs, people, statements, grain, need=220, first=1957):
    """Belief over harvest, and grain left a villager, in many runs of the same seasons.

    Parameters
    ----------
    runs : Season
        From :func:`glf_utils.country.chance.replicate`, in tonnes, seasons by runs.
    people : float
        Villagers.
    statements, grain : DataFrame
        ``load("targets_and_claims")`` and ``load("grain_national")``, for the record.
    need : float
        Kilograms a head and year.
    first : int
        Year of the first season.

    Returns
    -------
    Figure
    """
    years = first + np.arange(len(runs.belief))
    belief, left = runs.belief / runs.told[..., 0], 1_000 * runs.left / people
    fig, (top, low) = new_figure(2, 1, height=5.0, right=1.3, hspace=0.28, sharex=True)
    rows = pd.concat([believed(statements, year) for year in BELIEVED])
    crop = series(grain, "output_official_old", (1958, 1960))
    said = rows["value_high"].to_numpy() / crop["value"].to_numpy()
    for ax, values, style in ((top, belief, 1), (low, left, 0)):
        ax.fill_between(
            years,
            values.min(axis=1),
            values.max(axis=1),
            alpha=0.3,
            color=LINES[style]["color"],
            linewidth=0,
        )
        ax.plot(years, values.mean(axis=1), **LINES[style])
    top.plot(list(BELIEVED), said, linestyle="", marker="D", color=INK, markersize=6)
    told = "◆ what leaders counted on (1960: at most)"
    label(top, 1960.4, 1.7, told, INK, dx=0, fontsize=8.5)
    kept = series(grain, "retained_per_rural_head_linyang", (first, 1964))
    low.plot(kept["year"], kept["value"], linestyle="", marker="D", color=INK, markersize=6)
    label(low, 1957.3, 150, "◆ Lin and Yang", INK, dx=0, fontsize=8.5)
    top.axhline(1, color=GREY, linewidth=1)
    low.axhline(need, color=GREY, linewidth=1, linestyle=":")
    edge = years[-1] + 0.12  # lines across the panel end before their labels
    label(top, edge, belief[-1].mean(), "belief", RUST)
    label(low, edge, left[-1].mean(), "left in the\nvillages", NAVY)
    label(low, edge, need, f"need: {need:g}", GREY)
    top.set(ylabel="belief ÷ harvest", ylim=(0.8, 1.8))
    low.set(ylabel="kg a villager", xticks=years, xlim=(first - 0.35, edge), ylim=(120, 310))
    mean, worst = belief.mean(axis=1), int(left.mean(axis=1).argmin())
    spread = np.ptp(belief, axis=1)
    widest, highest = int(spread.argmax()), int(mean.argmax())
    _measure(top, years[highest] - 0.12, 1, mean[highest], "pressure", RUST, "right")
    low_edge, high_edge = belief[widest].min(), belief[widest].max()
    beside = years[widest] + (0.12 if widest != highest else 0.2)
    _measure(top, beside, low_edge, high_edge, "chance", INK, "left")
    return describe(
        fig,
        rows=[rows, crop, kept],
        finding=f"In the model chance spreads the belief over {spread.max():.2f} at most; what all "
        f"add in common lifts it by {mean.max() - 1:.2f}",
        units=f"Model, {belief.shape[1]} runs: means, and bands from the lowest to the highest; "
        "harvests as recorded, times weather that a province shares, each judged with an error. "
        "Above: belief over harvest; below: kilograms of "
        f"grain left a villager, axis from {low.get_ylim()[0]:g}",
        alt="Belief over harvest, mean of the runs: "
        + ", ".join(f"{year} {value:.2f}" for year, value in zip(years, mean, strict=True))
        + f". Grain left a villager is least in {years[worst]}, "
        f"{left[worst].mean():.0f} kilograms.",
    )


def _measure(ax, x, low, high, word, color, side):
    """An arrow from low to high, and how far that is."""
    arrow = dict(arrowstyle="<->", color=color, linewidth=1.3, shrinkA=0, shrinkB=0)
    ax.annotate("", (x, high), (x, low), arrowprops=arrow)
    words = f"{word}\n{high - low:.2f}"
    away = dict(dx=-6, ha="right") if side == "right" else dict(dx=6)
    label(ax, x, low + (high - low) / 3, words, color, fontsize=8.5, **away)
