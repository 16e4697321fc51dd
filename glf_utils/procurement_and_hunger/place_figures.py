"""Figures by place: grain and deaths of the provinces."""

from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, NAVY, TEAL, describe, label, new_figure
from glf_utils.procurement_and_hunger.evidence import grain_and_deaths, grain_rows, rates_of

KINDS = {"other": ("o", NAVY), "migration": ("^", TEAL), "municipality": ("x", GREY)}
"""Marker and colour of each kind of province."""

NAMED = ("anhui", "guizhou", "gansu", "qinghai", "henan", "heilongjiang")
"""Provinces labelled by name."""


@house.style()
def plot_grain_and_deaths(grain, rates, provinces):
    """The rise of registered deaths against the harvest of 1957 and against what was lost of it.

    Parameters
    ----------
    grain, rates, provinces : DataFrame
        As for :func:`grain_and_deaths`.

    Returns
    -------
    Figure
    """
    table = grain_and_deaths(grain, rates, provinces)
    delivering = table[table["kind"] != "municipality"]
    links = delivering[["grain_1957", "fall"]].corrwith(delivering["rise"])
    fig, axes = new_figure(1, 2, height=4.0, top=0.9, wspace=0.12, sharey=True)
    words = ("kg of grain a head in 1957", "kg a head lost from 1957 to 1959")
    for ax, column, text in zip(axes, ("grain_1957", "fall"), words, strict=True):
        for kind, (marker, color) in KINDS.items():
            some = table[table["kind"] == kind]
            ax.plot(some[column], some["rise"], marker, color=color, markersize=5.5)
        for row in table[table["province"].isin(NAMED)].itertuples():
            x, color = getattr(row, column), KINDS[row.kind][1]
            left = row.province == "gansu" or x > 0.8 * table[column].max()
            low = row.province == "heilongjiang"
            label(
                ax,
                x,
                row.rise,
                row.name,
                color,
                dx=0 if low else -7 if left else 7,
                dy=-9 if low else 0,
                fontsize=8,
                ha="center" if low else "right" if left else "left",
            )
        ax.set(xlabel=text, title=f"r = {links[column]:.2f}".replace("-", "\u2212"))
    city = table[table["kind"] == "municipality"].iloc[0]
    label(
        axes[0], city["grain_1957"], city["rise"], "three cities", GREY, dx=-14, dy=11, fontsize=8
    )
    axes[0].set(ylabel="rise of the registered death rate", ylim=(-4, 38), xlim=(105, 500))
    axes[1].set(xlim=(-92, 125))
    axes[1].axvline(0, color=GREY, linewidth=0.8)
    told = "; ".join(
        f"{row.name} {row.grain_1957:.0f} kg, {-row.fall:+.0f} kg, {row.rise:+.1f}"
        for row in table.sort_values("rise", ascending=False).itertuples()
    )
    return describe(
        fig,
        finding="Outside three cities registered deaths rose with the grain lost since 1957, not "
        "with the harvest of 1957"
        if links["fall"] > 0.5 > 0.2 > abs(links["grain_1957"])
        else "Registered deaths beside the harvest of 1957 and what was lost of it",
        units="Deaths per thousand: mean of 1959 and 1960 less 1957. Kg of unhusked grain a head "
        f"of all inhabitants. r: correlation over {len(delivering)} provinces, without the three "
        "municipalities (crosses). Triangles: migration outweighs births and deaths",
        rows=[grain_rows(grain, table["province"]), rates_of(rates, table["province"])],
        alt=f"Two clouds of points. Grain of 1957, its change to 1959, rise of deaths: {told}.",
    )
