"""Draws of a toll in pictures: which close, what interval is left, and what moves it."""

import numpy as np

from glf_utils.death_toll.choices import toll_and_gap
from glf_utils.death_toll.evidence import with_families
from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, INK, NAVY, PALE, RUST, TEAL, describe, label, new_figure

CLEAR = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"}
"""A ground for words that a line passes under."""
SHOWN = 4000
"""Draws that the scatter shows, the first of all; more would hide one another."""
SLIP = (1.0, 0.6, 1.0)
"""Famine years corrected and ordinary ones left as printed: the mismatch of lesson 54."""
NAMES = {
    "before": "deaths written down to 1957",
    "famine": "deaths written down in 1958–61",
    "after": "deaths written down from 1962",
    "births": "births known",
    "first_census": "people counted in 1953",
    "second_census": "people counted in 1964",
}
"""What is stated, in words, by its name in ``Stated``."""
PRINTED = {
    "sun2011": "Sun",
    "coale1984_official": "Coale, register",
    "jiang1986": "Jiang and Li",
    "yang2008_provinces": "Yang, provinces",
    "lichengrui1997": "Li Chengrui",
    "coale1984_adjusted": "Coale",
    "banister1984": "Banister",
    "cao2005": "Cao",
    "jinhui1993": "Jin Hui",
    "dikotter2010": "Dikötter",
}
"""Published tolls that stand on the axis of the intervals, and their authors."""
HEIGHTS = (0.1, 0.34, 0.58, 0.82)
"""Where their names stand above the axis, one after the other, as shares of the strip."""


@house.style()
def toll_against_gap(found, rows):
    """Draws by toll and census gap, those that close marked, and the tolls of all that close.

    Parameters
    ----------
    found : glf_utils.death_toll.uncertainty.Draws
        Of :func:`glf_utils.death_toll.choices.draw_china`.
    rows : list of DataFrame
        The rates and counts that it was drawn from, for the caption.

    Returns
    -------
    matplotlib.figure.Figure
    """
    low, middle, high = found.interval(0.9)
    share = 100 * len(found.toll) / found.drawn
    fig, (ax, below) = new_figure(
        2, 1, height=5.4, left=0.8, right=0.3, hspace=0.12, height_ratios=[3, 1.2], sharex=True
    )
    tolls, gaps = found.all_tolls[:SHOWN], found.all_gaps[:SHOWN]
    closes = np.isin(tolls, found.toll)
    ax.axhline(0, color=INK, linewidth=0.8, zorder=1)
    ax.plot(tolls[~closes], gaps[~closes], ".", color=GREY, alpha=0.35, markersize=2.5)
    ax.plot(tolls[closes], gaps[closes], "D", color=RUST, markersize=3.5)
    slip = toll_and_gap(*SLIP)
    ax.plot(*slip, "x", color=NAVY, markersize=9, markeredgewidth=2)
    label(ax, *slip, "famine years alone corrected", NAVY, dx=-9, ha="right", fontsize=8.5)
    label(ax, -6, -31, "diamonds: as many are left in 1964 as were counted", RUST, dx=0)
    label(ax, -6, -25, "dots: too many or too few", GREY, dx=0)
    ax.set(xlim=(-7, 54), ylim=(-36, 53), ylabel="census gap (millions)")
    counts, edges, bars = below.hist(
        found.toll, bins=np.arange(-2, 50, 2), color=f"{RUST}80", edgecolor=RUST
    )
    for bar, left, right in zip(bars, edges, edges[1:], strict=False):
        bar.set_hatch("" if left >= low and right <= high else "////")
    below.hlines(-0.09 * counts.max(), low, high, color=INK, linewidth=3)
    below.plot(middle, -0.09 * counts.max(), "|", color=INK, markersize=11, markeredgewidth=2)
    label(below, high, 0.75 * counts.max(), f"nine in ten: {low:.0f} to {high:.0f}", dx=4)
    below.set(
        ylim=(-0.2 * counts.max(), 1.15 * counts.max()),
        ylabel="draws that close",
        xlabel="excess deaths 1958–61 (millions)",
    )
    return describe(
        fig,
        finding=f"Of {found.drawn:,} accounts {share:.0f} in 100 close; nine in ten of these have "
        f"between {low:.0f} and {high:.0f} million excess deaths",
        units="Millions, above each account's own rate of 1957, births not counted; the gap is "
        f"what an account has more in 1964 than was counted. Above: the first {SHOWN:,} draws. "
        "Below: all that close; hatched: outside the interval",
        rows=rows,
        alt=f"A cloud of dots from {tolls.min():.0f} to {tolls.max():.0f} million and from a gap "
        f"of {gaps.min():.0f} to {gaps.max():.0f}; {closes.sum()} diamonds lie along a gap of 0. A "
        f"cross stands at {slip[0]:.0f} million and a gap of {slip[1]:.0f}. Below, one hump: 5 per "
        f"cent of the {len(found.toll):,} that close lie under {low:.1f}, half under {middle:.1f}, "
        f"95 per cent under {high:.1f}.",
    )


@house.style()
def intervals_beside(named, estimates, rows):
    """Intervals of several statements one above the other, published tolls named on their axis.

    Parameters
    ----------
    named : dict of str to glf_utils.death_toll.uncertainty.Draws
        By what was stated.
    estimates : DataFrame
        The table ``death_toll_estimates``.
    rows : list of DataFrame
        The rates and counts that it was drawn from, for the caption.

    Returns
    -------
    matplotlib.figure.Figure
    """
    printed = estimates[estimates["estimate_id"].isin(PRINTED)]
    table = with_families(printed).sort_values("least")
    fig, (names, ax) = new_figure(
        2,
        1,
        height=4.6,
        left=2.0,
        right=0.3,
        top=0.75,
        hspace=0,
        height_ratios=[1, 1.9],
        sharex=True,
    )
    names.axis("off")
    names.set(ylim=(0, 1))
    for place, row in enumerate(table.itertuples()):
        height = HEIGHTS[place % len(HEIGHTS)]
        names.plot([row.least] * 2, [0, height], color=GREY, linewidth=0.8)
        ax.axvline(row.least, color=PALE, linewidth=0.8, zorder=0)
        words = f"{PRINTED[row.estimate_id]} {row.least:.3g}"
        look = {"dx": 0, "dy": 5, "ha": "center", "fontsize": 7.5, "bbox": CLEAR}
        label(names, row.least, height, words, **look)
    ends = {name: (found.interval(0.9), found.interval(0.5)) for name, found in named.items()}
    for place, ((low, middle, high), half) in enumerate(ends.values()):
        ax.hlines(place, low, high, color=NAVY, linewidth=1.6)
        ax.hlines(place, half[0], half[2], color=NAVY, linewidth=7)
        ax.plot(middle, place, "D", color=RUST, markeredgecolor="white", markersize=7)
        for end, side in ((low, "right"), (high, "left")):
            dx = -5 if side == "right" else 5
            label(ax, end, place, f"{end:.0f}", NAVY, dx=dx, ha=side, fontsize=9)
        label(ax, middle, place, f"{middle:.0f}", RUST, dx=0, dy=-12, ha="center", fontsize=8.5)
    ax.grid(visible=False)
    ax.set(
        xlim=(-1, 55),
        ylim=(len(named) - 0.4, -0.6),
        yticks=range(len(named)),
        yticklabels=list(named),
        xlabel="excess deaths 1958–61 (millions)",
    )
    lows, highs = ([ninety[end] for ninety, _ in ends.values()] for end in (0, 2))
    return describe(
        fig,
        finding=f"Another normal or other counts move the whole interval: its lower end between "
        f"{min(lows):.0f} and {max(lows):.0f} million, its upper between {min(highs):.0f} and "
        f"{max(highs):.0f}",
        units="Millions, births not counted. Thin: nine in ten of the draws that close; thick: "
        "half of them; diamond: the middle one. At the top, published central figures, whose "
        "windows and normals differ",
        rows=[*rows, printed],
        alt="; ".join(
            f"{name}: {low:.1f} to {high:.1f}, half between {half[0]:.1f} and {half[2]:.1f}, "
            f"middle {middle:.1f}"
            for name, ((low, middle, high), half) in ends.items()
        )
        + ". In print: "
        + ", ".join(f"{PRINTED[row.estimate_id]} {row.least:g}" for row in table.itertuples())
        + ".",
    )


@house.style()
def tornado(found, rows, tail=0.2):
    """The mean toll where each input is lowest and where it is highest, the widest apart on top.

    Parameters
    ----------
    found : glf_utils.death_toll.uncertainty.Draws
        Of :func:`glf_utils.death_toll.choices.draw_china`.
    rows : list of DataFrame
        The rates and counts that it was drawn from, for the caption.
    tail : float
        Share of the draws at each end of an input.

    Returns
    -------
    matplotlib.figure.Figure
    """
    ends, middle = found.tornado(tail), found.interval()[1]
    size = int(tail * len(found.toll))
    at = {name: np.sort(found.inputs[name]) for name in ends}
    held = {name: (one[:size].mean(), one[-size:].mean()) for name, one in at.items()}
    fig, ax = new_figure(height=3.9, left=2.35, right=0.3, top=0.8)
    ax.axvline(middle, color=INK, linewidth=1)
    told = []
    for place, (name, tolls) in enumerate(ends.items()):
        ax.hlines(place, *sorted(tolls), color=PALE, linewidth=11, zorder=1)
        looks = ((TEAL, "v"), (RUST, "^"))
        for toll, share, (color, marker) in zip(tolls, held[name], looks, strict=True):
            ax.plot(toll, place, marker, color=color, markersize=8)
            side = "right" if toll == min(tolls) else "left"
            dx = -8 if side == "right" else 8
            places = 0 if name in ("before", "famine", "after") else 1
            words = f"{100 * share:.{places}f} of 100: {toll:.0f}"
            label(ax, toll, place, words, color, dx=dx, ha=side, fontsize=8.5)
        told.append(
            f"{NAMES[name]}: {tolls[0]:.1f} million at {100 * held[name][0]:.1f} of 100, "
            f"{tolls[1]:.1f} at {100 * held[name][1]:.1f}"
        )
    ax.set(
        xlim=(0, 48),
        ylim=(len(ends) - 0.4, -0.6),
        yticks=range(len(ends)),
        yticklabels=[NAMES[name] for name in ends],
        xlabel="excess deaths 1958–61 (millions)",
    )
    ax.grid(axis="y", visible=False)
    first, second = list(ends)[:2]
    return describe(
        fig,
        finding="As stated here, the share of deaths written down moves the toll by up to "
        f"{abs(ends[first][1] - ends[first][0]):.0f} million; births and counts by "
        f"{max(abs(np.subtract(*ends[name])) for name in list(NAMES)[3:] if name in ends):.0f}",
        units="Millions, above each account's own 1957, births not counted: mean of the fifth of "
        "closing draws in which a share is lowest (pointing down) and highest (pointing up). Where "
        "one share is low, closing makes others high. Line: the middle draw. Counts beyond what "
        "is stated, as the UN's, move it more",
        rows=rows,
        alt=f"Bars about {middle:.1f} million. {'; '.join(told)}.",
    )
