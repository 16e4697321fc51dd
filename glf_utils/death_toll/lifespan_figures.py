"""Life expectancy of two countries, year by year."""

from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, NAVY, RUST, describe, label, new_figure

BOTH = "life_expectancy_both_years"


@house.style()
def two_countries(table):
    """Life expectancy at birth in China and in India, both sexes together.

    Parameters
    ----------
    table : DataFrame
        The table ``life_expectancy``.

    Returns
    -------
    matplotlib.figure.Figure
    """
    china, india = (
        table[table["country"] == name].set_index("year")[BOTH] for name in ("china", "india")
    )
    low = china.idxmin()
    fall = china.loc[:low].diff()
    eve = fall[fall >= 0].index.max()
    rose = china.loc[low:].gt(china[eve])
    back = rose.idxmax()
    first, last = china.index[[0, -1]]
    fig, ax = new_figure(height=4, left=0.6, right=0.9, top=0.75)
    for series, name, color, style in ((china, "China", RUST, "-"), (india, "India", NAVY, "--")):
        ax.plot(series.index, series, color=color, linestyle=style, linewidth=2)
        label(ax, last, series[last], f"{name} {series[last]:.0f}", color, fontsize=9)
    for year, dx, dy, ha in ((eve, -3, 8, "right"), (low, 6, -6, "left"), (back, 4, -10, "left")):
        ax.plot(year, china[year], "o", color=RUST, markersize=4.5)
        label(ax, year, china[year], f"{year}: {china[year]:.0f}", RUST, dx=dx, dy=dy, ha=ha)
    ax.axvspan(1957.5, 1961.5, color=GREY, alpha=0.12, linewidth=0)
    ax.set(xlim=(first - 0.5, last + 0.5), ylim=(30, 68), ylabel="years")
    told = "; ".join(
        f"{name} "
        + ", ".join(f"{series[year]:.1f} in {year}" for year in (first, eve, low, back, last))
        for name, series in (("China", china), ("India", india))
    )
    return describe(
        fig,
        finding=f"In the UN's reconstruction China's life expectancy falls from {china[eve]:.0f} "
        f"to {china[low]:.0f} years in {eve}–{low - 1900}, inside a long rise",
        units="Mean years that a newborn would live if the death rates of the one year stayed for "
        "ever; shaded 1958–61. Reconstructed for both countries",
        rows=table,
        alt=f"Two lines from {first} to {last}. {told}.",
    )
