"""Every combination of choices in one picture: a specification curve, published tolls beside it."""

import numpy as np

from glf_utils.death_toll.choices import closing_shares, un_censuses
from glf_utils.death_toll.evidence import with_families
from glf_utils.death_toll.toll_figures import LOOKS
from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, INK, NAVY, PALE, RUST, describe, label, new_figure

SHOWN = {"series": "whose deaths", "baseline": "what is normal", "window": "which years"}
"""Choices that the curve marks, and what they are called beside it."""
CLEAR = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"}
"""A ground for words that a line passes under."""
NAMED = {
    "sun2011": "Sun 2011",
    "coale1984_official": "Coale, register",
    "cao2005": "Cao 2005",
    "banister1984": "Banister 1984",
    "dikotter2010": "Dikötter 2010",
    "yang2008_provinces": "Yang, provinces",
    "jinhui1993": "Jin Hui 1993",
}
"""Published totals that the margin of the curve names."""


@house.style()
def specification_curve(cells, estimates, rows):
    """Tolls of all cells in rising order, the choices behind each, published tolls at the side.

    Parameters
    ----------
    cells : glf_utils.death_toll.multiverse.Multiverse
    estimates : DataFrame
        The table ``death_toll_estimates``.
    rows : DataFrame or list of DataFrame
        The rates the cells were computed from, for the caption.

    Returns
    -------
    matplotlib.figure.Figure
    """
    names = [(choice, option) for choice in SHOWN for option in cells.options[choice]]
    fig, (ax, panel) = new_figure(
        2,
        1,
        height=7.2,
        left=1.75,
        right=1.55,
        top=0.8,
        hspace=0.04,
        height_ratios=[3, 0.19 * len(names)],
        sharex=True,
    )
    order = np.argsort(cells.toll, kind="stable")
    for sound, look in (
        (True, {"marker": "o", "color": NAVY, "markersize": 2.8}),
        (False, {"marker": "x", "color": RUST, "markersize": 4.5}),
    ):
        place = np.flatnonzero(cells.coherent[order] == sound)
        ax.plot(place, cells.toll[order][place], linestyle="", **look)
    ax.set(ylim=(0, 58), xlim=(-3, len(cells) + 2), ylabel="excess deaths (millions)")
    ax.tick_params(axis="x", length=0, labelbottom=False)
    coherent, others = cells.toll[cells.coherent], cells.toll[~cells.coherent]
    plain = cells.where(window="1958–61", netting="netted")
    by_normal = {
        name: [
            plain.where(series=name, baseline=baseline).toll[0]
            for baseline in ("1957", "trend 1953–57")
        ]
        for name in ("register", "Banister")
    }
    _ring(ax, cells.toll[order], by_normal)
    label(
        ax,
        0.02 * len(cells),
        52,
        "dots: deaths and normal from one table",
        NAVY,
        dx=0,
        fontsize=8.5,
    )
    label(
        ax,
        0.02 * len(cells),
        47,
        "crosses: another table's deaths less the register's normal",
        RUST,
        dx=0,
        fontsize=8.5,
    )
    _published(ax, estimates, len(cells))
    for place, (choice, option) in enumerate(names):
        held = cells.chosen[choice][order] == cells.options[choice].index(option)
        panel.plot(
            np.flatnonzero(held),
            np.full(held.sum(), place),
            "|",
            color=INK,
            markersize=6,
            markeredgewidth=0.8,
        )
        if place and names[place - 1][0] != choice:
            panel.axhline(place - 0.5, color=GREY, linewidth=0.7)
    panel.set(
        yticks=range(len(names)),
        ylim=(len(names) - 0.4, -0.6),
        xlabel="combinations, from the lowest toll to the highest",
    )
    panel.set_yticklabels([option for _, option in names], fontsize=8)
    panel.grid(visible=False)
    for choice in SHOWN:
        middle = np.mean([place for place, (name, _) in enumerate(names) if name == choice])
        label(panel, len(cells) + 2, middle, SHOWN[choice], GREY, dx=8, fontsize=8.5)
    return describe(
        fig,
        finding="Held at 1957, or falling on as in 1953–57: that idea of normal takes the register "
        "from {:.0f} to {:.0f} million in 1958–61, and Banister from {:.0f} to {:.0f}".format(
            *by_normal["register"], *by_normal["Banister"]
        ),
        units="Millions of excess deaths. Combinations are no sample, and their middle is no "
        "estimate. Births in none. At the side, published central figures, whose "
        "windows differ",
        rows=[
            *(rows if isinstance(rows, list) else [rows]),
            estimates[estimates["estimate_id"].isin(NAMED)],
        ],
        alt=f"Of {len(cells)} combinations {len(coherent)} with matching halves rise from "
        f"{coherent.min():.1f} to "
        f"{coherent.max():.1f} million, half of them between {np.percentile(coherent, 25):.1f} and "
        f"{np.percentile(coherent, 75):.1f}; {_others(others)}. Below, which series, baseline and "
        "window each has; by series, halves matching: "
        f"{_by_series(cells)}.",
    )


def _ring(ax, tolls, by_normal):
    """Mark the combinations that the title names; a menu may lack one of them."""
    for name, pair in by_normal.items():
        for words, toll in zip(("1957", "trend"), pair, strict=True):
            if (place := np.flatnonzero(np.isclose(tolls, toll))).size:
                ax.plot(place[0], toll, "o", color=INK, markersize=8, markerfacecolor="none")
                told = f"{name}, {words}: {toll:.0f}"
                last = place[0] > 0.8 * len(tolls)  # to the left there: names stand at the right
                dx, dy, side = (-8, 6, "right") if last else (7, -9, "left")
                label(ax, place[0], toll, told, INK, dx=dx, dy=dy, ha=side, fontsize=8)


def _published(ax, estimates, right):
    table = with_families(estimates).set_index("estimate_id")
    for key, words in NAMED.items():
        row = table.loc[key]
        color, marker = LOOKS[row["family"]]
        ax.plot(right + 7, row["least"], marker, color=color, markersize=5, clip_on=False)
        label(ax, right + 7, row["least"], f"{words}: {row['least']:g}", INK, dx=6, fontsize=7.5)
    ax.axvspan(right + 2, right + 3, color=PALE, clip_on=False)


def _others(tolls):
    ends = f" run from {tolls.min():.1f} to {tolls.max():.1f}" if len(tolls) else ""
    return f"{len(tolls)} others{ends}"


def _by_series(cells):
    coherent = cells.where(coherent=True)
    return "; ".join(
        f"{name}, {five[0]:.1f} to {five[-1]:.1f}"
        for name, five in coherent.spread("series").items()
    )


@house.style()
def closing_line(rates):
    """Pairs of registered shares with which two censuses close, and the toll that each means.

    Parameters
    ----------
    rates : DataFrame
        The table ``national_vital_rates``: for what Banister's rates imply, and the caption.

    Returns
    -------
    matplotlib.figure.Figure
    """
    normal = np.linspace(0.54, 0.76, 89)
    famine, toll = closing_shares(normal)
    named = rates["series"].isin(["official", "banister1984", "wpp2024"])
    used = rates[named & rates["year"].between(1953, 1964)]
    fig, ax = new_figure(height=4.4, left=0.8, right=0.4, top=0.85)
    ax.plot(100 * normal, toll, color=NAVY)
    marked = {
        wanted: (100 * np.interp(wanted, toll, normal), 100 * np.interp(wanted, toll, famine))
        for wanted in (15, 30, 45)
    }
    for wanted, (x, y) in marked.items():
        ax.plot(x, wanted, "o", color=RUST, markersize=7)
        words = f"{wanted} million: {x:.0f} of 100 in ordinary years, {y:.0f} in 1958–61"
        right = wanted > 30
        dx, side = (-10, "right") if right else (10, "left")
        look = {"dx": dx, "dy": 4 if right else -6, "ha": side, "fontsize": 8.5}
        label(ax, x, wanted, words, RUST, bbox=CLEAR, **look)
    even = np.interp(0, normal - famine, normal)
    ax.plot(100 * even, np.interp(even, normal, toll), "D", color=INK, markersize=6)
    label(
        ax,
        100 * even,
        np.interp(even, normal, toll),
        f"the same share, {100 * even:.0f}, in every year",
        dx=-10,
        dy=4,
        ha="right",
        fontsize=8.5,
    )
    other = closing_shares(normal, un_censuses())[1]
    ax.plot(100 * normal, other, "--", color=GREY, linewidth=1.2)
    label(ax, 76, other[-1], "by the UN's totals", GREY, dx=4, dy=6, ha="center", fontsize=8.5)
    ax.set(
        xlim=(50, 80),
        ylim=(0, 55),
        yticks=range(0, 61, 15),
        xlabel="deaths written down in ordinary years, of 100",
        ylabel="excess deaths 1958–61 (millions)",
    )
    (low, _), (middle, _), (high, _) = marked.values()
    return describe(
        fig,
        finding="The two censuses close at 15, at 30 and at 45 million alike: it takes "
        f"{low:.0f}, {middle:.0f} or {high:.0f} of 100 ordinary deaths written down",
        units="Along the line births (of the survey of 1982) less deaths (the register's, raised) "
        "equal the growth between the censuses of 1953 and 1964. Millions above the same "
        "register's 1957, births not counted. Dashed: the same with the UN's totals of 1953 and "
        "1964. By Banister's rates, summed, the register caught {:.0f} of 100 deaths in 1953–57, "
        "{:.0f} in 1958–61, {:.0f} in 1962–64".format(*_implied(used)),
        rows=used,
        alt="A line that rises from the lower left to the upper right; on it "
        + "; ".join(
            f"{wanted} million at {x:.1f} of 100 deaths in ordinary years and {y:.1f} in 1958–61"
            for wanted, (x, y) in marked.items()
        )
        + ".",
    )


def _implied(rates):
    """Of 100 of Banister's deaths those that the register has, before, in and after the famine."""
    wide = rates.pivot(index="year", columns="series", values="death_rate_per_1000")
    parts = (wide.loc[1953:1957], wide.loc[1958:1961], wide.loc[1962:1964])
    return [100 * part["official"].sum() / part["banister1984"].sum() for part in parts]
