"""Published tolls in one currency, drawn: deaths of every kind against those of a normal time."""

import numpy as np

from glf_utils.death_toll.choices import FAMINE, deaths_placed, rate_series, un_censuses
from glf_utils.death_toll.rates import toll_of_rates
from glf_utils.page import figure as house
from glf_utils.page.figure import (
    AMBER,
    GREY,
    INK,
    NAVY,
    PALE,
    RUST,
    TEAL,
    describe,
    label,
    new_figure,
)
from glf_utils.tables import load

LOOKS = {
    "the register": (NAVY, "o"),
    "provincial registers": (TEAL, "^"),
    "a reconstruction": (RUST, "s"),
    "the register, raised in the famine": (AMBER, "D"),
    "not stated": (GREY, "X"),
}
"""What the deaths of an account rest on, its colour and its marker."""

NAMES = {
    "xia_years": "Xia",
    "china_profile": "Heilig",
    "banister_registered": "Banister, registered",
    "coale_official": "Coale, registered",
    "coale_1981": "Coale 1981",
    "houser_provinces": "Houser and others",
    "yao_provinces": "Yao",
    "yang_provinces": "Yang, provinces",
    "un2024_line_1958_62": "UN 2024",
    "un2022_line_1958_62": "UN 2022",
    "li_chengrui": "Li",
    "calot_deaths": "Calot",
    "coale_adjusted": "Coale",
    "banister_falling": "Banister",
    "banister_1987": "Banister 1987",
    "chang_halliday": "Chang and Halliday",
    "dikotter_critic": "Dikötter, by a critic",
}
"""Accounts that can be put on the years 1958-61, by their short names."""

_BESIDE = {
    "un2024_line_1958_62": (8, -1, "left"),
    "li_chengrui": (8, 0, "left"),
    "calot_deaths": (0, -11, "center"),
    "coale_adjusted": (-8, 0, "right"),
    "banister_falling": (8, 0, "left"),
    "chang_halliday": (8, 0, "left"),
    "dikotter_critic": (8, 0, "left"),
}
_TOLLS = (15, 30, 45)  # millions, whose lines are drawn


@house.style()
def died_and_normal(accounts):
    """Deaths of every kind against normal deaths, per thousand a year, a mark for each account.

    Parameters
    ----------
    accounts : DataFrame
        Of :func:`glf_utils.death_toll.published.on_one_window`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    fig, ax = new_figure(height=4.9, left=0.75, right=1.0, top=0.9, bottom=0.6)
    ends = np.array([8, 20])
    ax.set(
        xlim=ends,
        ylim=(8, 30),
        xticks=range(8, 21, 2),
        yticks=range(10, 31, 5),
        xlabel="normal deaths (per thousand a year)",
        ylabel="deaths of every kind (per thousand a year)",
    )
    ax.plot(ends, ends, color=INK, linewidth=1)
    label(ax, ends[1], ends[1], "none above\nnormal", INK, fontsize=8)
    lived = accounts.loc["banister_registered", "people"] * 4
    for toll in _TOLLS:
        above = 1000 * toll / lived
        ax.plot(ends, ends + above, color=PALE, linewidth=1, zorder=0)
        end = min(ends[1], 30 - above)
        place = {"dx": 5} if end == ends[1] else {"dx": 0, "dy": 6, "ha": "center"}
        label(ax, end, end + above, f"{toll} million", GREY, fontsize=8, **place)
    for words, rows in accounts.groupby("rests_on", sort=False):
        color, marker = LOOKS[words]
        ax.plot(rows["normal_rate"], rows["rate"], marker, color=color, markersize=7, alpha=0.8)
    for name, (dx, dy, ha) in _BESIDE.items():
        row = accounts.loc[name]
        color = LOOKS[row["rests_on"]][0]
        look = {"dx": dx, "dy": dy, "ha": ha, "fontsize": 8.5}
        label(ax, row["normal_rate"], row["rate"], NAMES[name], color, **look)
    for words, dy in (("the register", -12), ("provincial registers", 11)):
        rows = accounts[accounts["rests_on"] == words]
        seen = len(rows[["normal_rate", "rate"]].drop_duplicates())
        place = {"dx": 0, "dy": dy, "ha": "center", "fontsize": 8.5}
        number = f"{words} ({len(rows)}" + (f", {seen} marks)" if seen < len(rows) else ")")
        label(ax, 10.9, rows["rate"].iloc[0], number, LOOKS[words][0], **place)
    told = (
        f"{NAMES[name]} {row['rate']:.1f} of every kind, {row['normal_rate']:.1f} normal"
        for name, row in accounts.iterrows()
    )
    return describe(
        fig,
        finding="Up to 30 million, accounts part above all over who died; the two beyond,\n"
        "both at second hand, over who would have died anyway",
        units="Per thousand people a year, 1958–61, each account by its own deaths and its own "
        "rule for normal. Grey lines: equal tolls at the register's people. Marks of one account "
        "printed twice, or of one rule, hide one another. The mark near 45 is a critic's "
        "reading, that near 38 is not from the book; the lines under Banister's and Calot's rates "
        "were fitted to their tolls, that under the UN's was chosen here",
        rows=rates_behind(),
        sources=["banister1987", "coale1981", "ograda2011"],
        alt="; ".join(told) + ".",
    )


@house.style()
def where_fewer_died():
    """What becomes of Banister's halves if the UN's census totals hold, by the years that change.

    Returns
    -------
    matplotlib.figure.Figure
    """
    known = rate_series()
    rows = {"Banister,\ncensuses as counted": _halves(known["Banister"])}
    placed = deaths_placed(un_censuses())
    for where, words in (
        ("famine years", "in the famine"),
        ("all years", "in all years alike"),
        ("ordinary years", "in ordinary years"),
    ):
        rows[f"fewer deaths\n{words}"] = tuple(placed.loc[where, ["normal", "died"]])
    rows["UN 2024"] = _halves(known["UN 2024"])
    fig, ax = new_figure(height=3.7, left=1.75, right=0.9, top=0.95, bottom=0.6)
    for place, (normal, died) in enumerate(rows.values()):
        color = RUST if 0 < place < 4 else NAVY
        ax.plot([normal, died], [place, place], color=color, linewidth=5, solid_capstyle="butt")
        ax.plot(normal, place, "o", color=color, markerfacecolor="white", markersize=8)
        ax.plot(died, place, "o", color=color, markersize=8)
        label(ax, died, place, f"{died - normal:.0f}", color, dx=9, fontsize=11, fontweight="bold")
    ax.set(
        yticks=range(len(rows)),
        yticklabels=rows,
        ylim=(len(rows) - 0.5, -0.5),
        xlim=(30, 78),
        xlabel="deaths of 1958–61 (millions)",
    )
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="y", visible=False)
    first, second, third = (f"{toll:.0f}" for toll in placed["toll"])
    tolls = f"{first}, {second} or {third}"
    return describe(
        fig,
        finding="With the UN's census totals fewer need have died in eleven years. The "
        f"toll becomes {tolls} million, by the years they are taken from",
        units="Millions, 1958–61, births not counted. Hollow: normal deaths, by the line 1957–64 "
        "through the same rates; filled: deaths of every kind; between them, with its number, the "
        "toll. In the three middle rows Banister's births are kept",
        rows=rates_behind().query("series in ['banister1984', 'wpp2024']"),
        alt="; ".join(
            f"{words.replace(chr(10), ' ')}: {died:.1f} million deaths, {normal:.1f} normal, "
            f"{died - normal:.1f} the toll"
            for words, (normal, died) in rows.items()
        )
        + ".",
    )


def _halves(series):
    """Normal deaths and all deaths of 1958-61, by the line 1957-64 through one series."""
    years = np.arange(1953, 1966)
    toll = toll_of_rates(years, series.death_rates, series.population, FAMINE, "line", (1957, 1964))
    return float(toll.expected.sum()), float(toll.expected.sum() + toll.total)


def rates_behind():
    """The yearly rates that the accounts rest on.

    Returns
    -------
    DataFrame
        Rows of the table ``national_vital_rates``, 1957-64.
    """
    names = ["official", "banister1984", "calot1984", "coale1984", "wpp2024"]
    names += ["registered_24_provinces"]
    return load("national_vital_rates").query("series in @names and 1957 <= year <= 1964")
