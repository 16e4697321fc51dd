"""Every combination of choices in one picture: a specification curve, published tolls beside it."""

import numpy as np

from glf_utils.death_toll.evidence import with_families
from glf_utils.death_toll.toll_figures import LOOKS
from glf_utils.page import figure as house
from glf_utils.page.figure import AMBER, GREY, INK, NAVY, PALE, RUST, describe, label, new_figure

SHOWN = ("series", "baseline", "window")
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
    label(
        ax,
        0.02 * len(cells),
        52,
        "dots: coherent, one correction for both halves",
        NAVY,
        dx=0,
        fontsize=8.5,
    )
    label(
        ax,
        0.02 * len(cells),
        47,
        "crosses: another's deaths less the register's baseline",
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
        xlabel="cells in order of their toll",
    )
    panel.set_yticklabels([option for _, option in names], fontsize=8)
    panel.grid(visible=False)
    for choice in SHOWN:
        middle = np.mean([place for place, (name, _) in enumerate(names) if name == choice])
        label(panel, len(cells) + 2, middle, choice, GREY, dx=8, fontsize=8.5)
    return describe(
        fig,
        finding="Held at 1957, or falling on as in 1953–57: that idea of normal takes the register "
        "from {:.0f} to {:.0f} million in 1958–61, and Banister from {:.0f} to {:.0f}".format(
            *by_normal["register"], *by_normal["Banister"]
        ),
        units="Millions of excess deaths, windows as marked. Cells are no sample, and their "
        "middle is no estimate. Births in none. At the side, published central figures, whose "
        "windows differ",
        rows=[
            *(rows if isinstance(rows, list) else [rows]),
            estimates[estimates["estimate_id"].isin(NAMED)],
        ],
        alt=f"Of {len(cells)} combinations {len(coherent)} coherent ones rise from "
        f"{coherent.min():.1f} to "
        f"{coherent.max():.1f} million, half of them between {np.percentile(coherent, 25):.1f} and "
        f"{np.percentile(coherent, 75):.1f}; {_others(others)}. Below, which series, baseline and "
        "window each has: "
        f"{_by_series(cells)}.",
    )


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
        f"{name}, coherent, {five[0]:.1f} to {five[-1]:.1f}"
        for name, five in coherent.spread("series").items()
    )


@house.style()
def closing_pairs(cells, rates, within=5):
    """Which pairs of completeness close the censuses, and what toll each pair means.

    Parameters
    ----------
    cells : glf_utils.death_toll.multiverse.Multiverse
        Of :func:`glf_utils.death_toll.choices.completeness_cells`.
    rates : DataFrame
        The table ``national_vital_rates``: for what Banister's rates imply, and the caption.
    within : float
        Greatest census gap of a pair that closes, millions.

    Returns
    -------
    matplotlib.figure.Figure
    """
    one = cells.where(baseline="1957", window="1958–61")
    pairs = np.array(
        [one.options["register"][at].split(" / ") for at in one.chosen["register"]], float
    )
    steps = np.unique(pairs[:, 0])
    toll, gap = (values.reshape(len(steps), -1).T for values in (one.toll, one.gap))
    alike = pairs[:, 0] == pairs[:, 1]
    same = alike & (np.abs(one.gap) <= within)
    order = np.argsort(one.gap[alike])  # between the steps of the grid, on the dotted line
    least, most = sorted(
        np.interp([-within, within], one.gap[alike][order], one.toll[alike][order])
    )
    fig, ax = new_figure(height=5.0, left=0.85, right=1.9, top=0.8)
    ax.contourf(steps, steps, np.abs(gap), [0, within], colors=[AMBER], alpha=0.3)
    lines = ax.contour(steps, steps, toll, np.arange(0, 101, 20), colors=NAVY, linewidths=1.2)
    ax.clabel(lines, lines.levels[lines.levels < 80], fmt=lambda value: f"{value:.0f}", fontsize=8)
    ax.plot(steps, steps, ":", color=GREY, linewidth=1)
    used = rates[
        rates["series"].isin(["official", "banister1984"]) & rates["year"].between(1953, 1964)
    ]
    marks = {
        "register as it is": (1, 1),
        "famine years alone": (1, 0.6),
        "one share for all": tuple(pairs[same].mean(axis=0)),
        "Banister's, summed": _implied(used),
    }
    for (words, (x, y)), marker, dx in zip(marks.items(), "oXDs", (9, 9, -12, 10), strict=True):
        ax.plot(x, y, marker, color=RUST, markersize=7, clip_on=False, zorder=4)
        label(
            ax,
            x,
            y,
            words,
            RUST,
            dx=dx,
            dy=0 if dx > 0 else 17,
            fontsize=8,
            ha="left" if dx > 0 else "right",
        )
    ax.set(
        xlim=(0.4, 1),
        ylim=(0.4, 1),
        xlabel="share of deaths registered, normal years",
        ylabel="share of deaths registered, 1958–61",
    )
    told = "; ".join(f"{words} at {x:.2f} and {y:.2f}" for words, (x, y) in marks.items())
    even = pairs[np.argmin(one.gap**2 + (one.toll - 45) ** 2)]
    return describe(
        fig,
        finding="The censuses close with one share registered in all years, and "
        f"{least:.1f} to {most:.1f} million; they close at 45 too, if the register failed in the "
        "famine",
        units="Lines: millions of registered deaths, raised, above the same register's 1957, for "
        f"1958–61, births not counted. Shaded: census gap within {within} million, births of the "
        "survey of 1982; shares from 0.4 to 1. Dotted: the same share throughout. 45 million "
        f"closes at {even[0]:.2f} in normal years and {even[1]:.2f} in 1958–61; Banister has no "
        "such fall. Each pair of shares has the population that its rates carry on from 1953",
        rows=used,
        alt=f"The toll grows to the lower right. Closing pairs run from the upper left to the "
        f"lower right. Marked: {told}.",
    )


def _implied(rates):
    """The share of Banister's deaths that the register has, in normal years and in 1958–61."""
    wide = rates.pivot(index="year", columns="series", values="death_rate_per_1000")
    inside = wide.index.isin(range(1958, 1962))
    return tuple(
        float(part["official"].sum() / part["banister1984"].sum())
        for part in (wide[~inside], wide[inside])
    )
