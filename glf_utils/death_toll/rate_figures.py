"""Vital rates side by side, and births less deaths held against two censuses."""

from glf_utils.page import figure as house
from glf_utils.page.figure import HATCHES, INK, LINES, PALE, describe, label, new_figure, points

SERIES = {"official": "register", "banister1984": "Banister 1984", "wpp2024": "UN 2024"}
"""Series of vital rates shown side by side, and their short names."""


@house.style()
def vital_rates(rates, years=(1953, 1965)):
    """Death and birth rates of the register and of two reconstructions, side by side.

    Parameters
    ----------
    rates : DataFrame
        The table ``national_vital_rates``.
    years : (int, int)
        First and last year drawn.

    Returns
    -------
    matplotlib.figure.Figure
    """
    kept = rates[rates["year"].between(*years) & rates["series"].isin(SERIES)]
    fig, axes = new_figure(1, 2, height=3.8, top=0.8, right=1.0, wspace=0.2, sharey=True)
    told = []
    for ax, kind in zip(axes, ("death", "birth"), strict=True):
        column = f"{kind}_rate_per_1000"
        ax.axvspan(1957.5, 1961.5, color=PALE, alpha=0.5, linewidth=0)
        ax.set(ylim=(0, 52), title=f"{kind}s per thousand a year", xticks=range(1953, 1966, 3))
        for style, name in enumerate(SERIES):
            rows = kept[kept["series"] == name].sort_values("year")
            points(ax, rows, "year", column, style, markersize=3.5)
            peak = rows.set_index("year")[column]
            told.append(
                f"{SERIES[name]}, {kind}s: {peak[1957]:.1f} in 1957, {peak[1960]:.1f} in "
                f"1960, {peak[1962]:.1f} in 1962."
            )
            if ax is axes[1]:
                dy = {"official": -8, "banister1984": 1, "wpp2024": 9}[name]
                label(
                    ax,
                    years[1],
                    peak[years[1]],
                    SERIES[name],
                    LINES[style]["color"],
                    dx=8,
                    dy=dy,
                    fontsize=8.5,
                )
    return describe(
        fig,
        finding="Corrected deaths stand above the register before, during and after the famine",
        units="Per thousand people a year; shaded 1958–61. Birth-rate lines carry the names",
        rows=kept,
        alt=" ".join(told),
    )


@house.style()
def balance(balances, rows):
    """Births less deaths between two censuses, against the growth the censuses counted.

    Parameters
    ----------
    balances : dict of str to glf_utils.death_toll.rates.CensusBalance
        By the name of the series.
    rows : DataFrame or list of DataFrame
        The rates and census rows used, for the caption.

    Returns
    -------
    matplotlib.figure.Figure
    """
    fig, ax = new_figure(height=1.75 + 0.45 * len(balances), left=2.4, right=1.2, top=0.85)
    places = range(len(balances))[::-1]
    census = next(iter(balances.values())).counted_growth
    worst = max(balances, key=lambda name: balances[name].gap)
    told = []
    for place, (name, held), hatch, look in zip(
        places, balances.items(), HATCHES, LINES, strict=False
    ):
        ax.barh(
            place,
            held.implied_growth,
            0.55,
            facecolor="white",
            edgecolor=look["color"],
            hatch=hatch,
        )
        label(
            ax,
            max(held.implied_growth, census),
            place,
            f"{held.implied_growth:.1f}  ({held.gap:+.1f})".replace("-", "−"),
            dx=8,
        )
        told.append(
            f"{name}: births {held.births:.1f} less deaths {held.deaths:.1f} is "
            f"{held.implied_growth:.1f}, a gap of {held.gap:+.1f}."
        )
    ax.axvline(census, color=INK, linewidth=1.2)
    label(ax, census, places[0] + 0.6, f"censuses: {census:.1f}", dx=0, ha="center", fontsize=8.5)
    ax.set(
        yticks=places,
        yticklabels=list(balances),
        xlim=(0, 150),
        xlabel="births less deaths, mid-1953 to mid-1964 (millions)",
    )
    ax.grid(axis="y", visible=False)
    return describe(
        fig,
        finding=f"The births and deaths of {worst} leave {balances[worst].gap:.1f} million "
        "more growth than the censuses counted",
        units="Millions; in brackets the gap to the growth between the censuses",
        rows=rows,
        alt=f"Bars against a line at {census:.2f} million of census growth. {' '.join(told)}",
    )
