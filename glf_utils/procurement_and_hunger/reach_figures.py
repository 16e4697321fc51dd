"""Figures of an unequal famine: town and village, counties of two kinds."""

import numpy as np

from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, LINES, NAVY, RUST, describe, label, new_figure, points
from glf_utils.procurement_and_hunger.evidence import all_together, within_provinces
from glf_utils.tables import unread


@house.style()
def plot_town_and_village(rates):
    """Registered death rates of towns and villages, 1957 to 1962.

    Parameters
    ----------
    rates : DataFrame
        ``load("national_vital_rates")``.

    Returns
    -------
    Figure
    """
    fig, ax = new_figure(height=3.1, right=0.95, top=0.75)
    drawn, read = [], {}
    for style, (series, words) in enumerate(
        (("official_county", "villages"), ("official_city", "towns"))
    ):
        rows = rates[(rates["series"] == series) & rates["year"].between(1957, 1962)]
        rows = rows.sort_values("year")
        points(ax, rows, "year", "death_rate_per_1000", style)
        last = rows["death_rate_per_1000"].iloc[-1]
        label(ax, 1962, last, words, LINES[style]["color"], dx=9, dy=5 if style == 0 else -5)
        drawn.append(rows)
        read[words] = rows[~unread(rows)].set_index("year")["death_rate_per_1000"]
    ax.set(ylim=(0, 32), xlim=(1956.7, 1962.2), ylabel="deaths per thousand people")
    ax.set_xticks(range(1957, 1963))
    rise = {words: rate[1960] - rate[1958] for words, rate in read.items()}
    for style, rate in enumerate(read.values()):
        color = LINES[style]["color"]
        label(ax, 1960, rate[1960], f"{rate[1960]:.1f}", color, dx=0, dy=9, ha="center")
    told = {
        words: ", ".join(f"{rate:.1f} in {year}" for year, rate in rates_read.items())
        for words, rates_read in read.items()
    }
    return describe(
        fig,
        finding="In 1960 the register has more deaths in towns too, and far more in villages"
        if rise["villages"] > 2 * rise["towns"] > 0
        else "Registered deaths in towns and villages",
        units="Deaths per thousand registered people; hollow marks rest on rows not yet read",
        rows=drawn,
        alt="Two lines, deaths per thousand. "
        + "; ".join(f"{words.capitalize()}: {text}" for words, text in told.items())
        + ".",
    )


@house.style()
def plot_within_provinces(groups, provinces, grouping="minority"):
    """The rise of deaths in two kinds of county, all together and within each province.

    Parameters
    ----------
    groups : DataFrame
        ``load("county_groups")``.
    provinces : DataFrame
        ``load("provinces")``, for names.
    grouping : str
        "minority", "clans" or "distance".

    Returns
    -------
    Figure
    """
    pairs = within_provinces(groups, grouping)
    first, second = pairs.columns[:2]
    whole = all_together(groups, grouping)
    order = pairs.sort_values(first, ascending=False)
    names = provinces.set_index("province")["name_en"]
    fig, ax = new_figure(height=3.6, left=1.75, right=0.4, top=0.8)
    places = np.r_[0, 1.6 + np.arange(len(order))]
    values = np.vstack([whole[[first, second]], order[[first, second]]])
    ax.hlines(places, values.min(axis=1), values.max(axis=1), color=GREY, linewidth=1)
    for column, (marker, color, face) in enumerate((("o", NAVY, NAVY), ("s", RUST, "white"))):
        ax.plot(values[:, column], places, marker, color=color, markerfacecolor=face, markersize=6)
    for column, color in ((0, NAVY), (1, RUST)):
        right = values[0, column] == values[0].max()
        words = f"{first} counties" if column == 0 else second
        label(
            ax,
            values[0, column],
            0,
            words,
            color,
            dx=8 if right else -8,
            ha="left" if right else "right",
        )
    counties = [f"{names[p]} ({n:.0f})" for p, n in order["counties"].items()]
    ax.set(
        yticks=places,
        yticklabels=["all together", *counties],
        ylim=(places[-1] + 0.7, -0.8),
        xlim=(-1, 45),
        xlabel="rise of the death rate from 1954–57 to 1959–61, per thousand",
    )
    ax.grid(axis="y", visible=False)
    mean = np.average(pairs["difference"], weights=pairs["counties"])
    turned = (whole[first] > whole[second]) and mean < 0
    lower = pairs["difference"].idxmin()
    return describe(
        fig,
        finding=f"Taken together deaths rose more in {first} counties; inside {names[lower]} they "
        f"rose far less there"
        if turned
        else f"Deaths in {first} counties and others, together and within provinces",
        units=f"Deaths per thousand registered people, each county counting once. In brackets: "
        f"{first} counties of the province in this sample. Provinces with both kinds",
        rows=groups[groups["grouping"] == grouping],
        alt=f"Pairs of marks. All together: {first} {whole[first]:.1f}, {second} "
        f"{whole[second]:.1f}. "
        + "; ".join(
            f"{names[p]} {row[first]:.1f} and {row[second]:.1f}" for p, row in order.iterrows()
        )
        + ".",
    )
