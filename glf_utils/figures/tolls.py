"""The published tolls, side by side: range, window, method family, birth ledger."""

import re
from textwrap import shorten

import numpy as np

from ..sources import cite
from . import house
from .house import AMBER, GREY, INK, NAVY, PALE, RUST, TEAL, describe, label, new_figure

FAMILIES = {
    "register as published": ("register", NAVY, "o"),
    "register corrected, cohorts rebuilt": ("register_corrected", RUST, "s"),
    "corrected in famine years alone": ("famine_years_corrected", RUST, "*"),
    "births, deaths and totals balanced": ("stock_flow", TEAL, "^"),
    "provinces, counties or archives summed": ("places_summed", AMBER, "D"),
    "low counts argued from the register": ("register_argued_low", INK, "v"),
    "taken from others, or a review": ("taken_from_others", GREY, "P"),
    "method not recorded": ("not_recorded", INK, "X"),
}
"""Method families that hold a toll: word of the column ``method_family``, colour, marker."""

UNCOUNTED = ("no_count", "hearsay")
"""Words of ``method_family`` for rows that are never drawn: critics without a figure, hearsay."""

DOUBTED = ("yuxiguang2005", "yuxiguang2005_b", "sunshangkong2010")
"""Entries left out of ranges: 55 is undocumented, known from Dikötter alone, and entered twice
with two windows; 44 is of low confidence, with dates that look misprinted."""

_VARIANTS = {"_official": ", register", "_adjusted": ", corrected", "_provinces": ", provinces",
             "_b": ", other window", "sichuan": ", one province"}


def family(method):
    """Name the method family that a word of the column ``method_family`` stands for.

    Raises
    ------
    ValueError
        For any other word: families are matched whole, never by a part.

    Examples
    --------
    >>> family("register_corrected")
    'register corrected, cohorts rebuilt'
    """
    names = {word: name for name, (word, _, _) in FAMILIES.items()}
    if method not in names:
        raise ValueError(f"method_family {method!r} is no family with a toll; "
                         f"choose from {', '.join(names)}")
    return names[method]


def with_families(estimates):
    """Published totals only, sorted by year, with what a comparison of them needs.

    Rows without a figure and hearsay are left out. Columns added: ``family``; ``who``; the
    author's range, ``low`` to ``high``; the central figure or, without one, the ends of the range,
    ``least`` and ``most``; ``comparable``, false for rows graded unchecked, for one province, for
    one year, for :data:`DOUBTED` and for readings made here, graded derived and printed nowhere;
    ``births_apart``, the birth deficit, in brackets if unchecked.

    Parameters
    ----------
    estimates : DataFrame
        The table ``death_toll_estimates``.

    Returns
    -------
    DataFrame
    """
    estimates = estimates[~estimates["method_family"].isin(UNCOUNTED)].copy()
    estimates.attrs = {}  # pandas copies them at every step
    central = estimates["estimate_central_million"]
    low, high = estimates["estimate_low_million"], estimates["estimate_high_million"]
    partial = estimates["quantity"].str.contains("only|single year")
    doubted = estimates["estimate_id"].isin(DOUBTED)
    table = estimates.assign(
        births_apart=[_ledger(*row) for row in estimates[
            ["birth_deficit_million", "note", "verification"]].itertuples(False)],
        comparable=~estimates["verification"].isin(["unchecked", "derived"]) & ~partial & ~doubted,
        least=central.fillna(low), most=central.fillna(high),
        family=[family(method) for method in estimates["method_family"]],
        who=[_who(*row) for row in estimates[
            ["estimate_id", "authors", "publication_year", "verification", "source"]
        ].itertuples(False)],
        low=low.fillna(central), high=high.fillna(central),
    )
    return table.sort_values(["publication_year", "estimate_id"], ignore_index=True)


def family_ranges(estimates):
    """How many entries each method family holds, and its lowest and highest central figure.

    Where an entry has only a range, its ends stand in. Entries that are not comparable (see
    :func:`with_families`) are counted and left out of the range.

    Parameters
    ----------
    estimates : DataFrame
        The table ``death_toll_estimates``.

    Returns
    -------
    DataFrame
        Indexed by family: ``entries``, ``left_out``, ``lowest``, ``highest`` (millions).
    """
    return _ranges(with_families(estimates))


def _ranges(table):
    told = table[table["comparable"]].groupby("family")
    ranges = table.groupby("family").size().to_frame("entries")
    ranges["left_out"] = ranges["entries"] - told.size()
    ranges["lowest"], ranges["highest"] = told["least"].min(), told["most"].max()
    return ranges.loc[[name for name in FAMILIES if name in ranges.index]]


def _ledger(deficit, note, grade):
    if np.isnan(deficit):
        return ""
    unchecked = grade == "unchecked" or "irth deficit unchecked" in str(note)
    return f"({deficit:g})" if unchecked else f"{deficit:g}"


def _who(estimate_id, authors, year, verification, source):
    names = re.sub(r"\(.*?\)", "", authors).strip().split(";")
    name = shorten(names[0].split(" / ")[0], 28, placeholder="…")
    if len(names) > 1:
        name = cite(source).rsplit(" (", 1)[0]
    variant = next((words for end, words in _VARIANTS.items() if estimate_id.endswith(end)), "")
    reading = ", our reading" if verification == "derived" else ""
    return f"{name} {year}{variant}{reading}"


@house.style()
def published_tolls(estimates, claims):
    """Every published toll, and ours read from the UN, with range, family, window, birth ledger.

    Parameters
    ----------
    estimates : DataFrame
        The table ``death_toll_estimates``.
    claims : DataFrame
        The table ``account_claims``; the claims of S2, S3 and S4 about the toll head the figure.

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = with_families(estimates)
    heads = _account_rows(claims)
    fig, ax = new_figure(height=12.2, left=2.3, right=1.75, top=1.6, bottom=0.5)
    rows = len(table)
    ax.set(xlim=(0, 60), ylim=(rows - 0.2, -len(heads) - 1.2), yticks=[],
           xlabel="deaths attributed to the famine (millions)")
    ax.spines["left"].set_visible(False)
    ax.grid(axis="y", visible=False)
    method, ends, reach = (table[names].to_numpy() for names in (
        "family", ["least", "most"], ["low", "high"]))
    loose, ours = (table["verification"].eq(grade).to_numpy() for grade in ("unchecked", "derived"))
    for name, (_, color, marker) in FAMILIES.items():
        here = np.flatnonzero(method == name)
        ax.hlines(here, *reach[here].T, color=color, linewidth=1.4)
        ax.plot([], [], marker, color=color, markersize=5, label=name)
        for hollow in (False, True):
            at = here[(loose[here] == hollow) & ~ours[here]]
            if len(at):
                ax.plot(ends[at].ravel(), at.repeat(2), marker, color=color, markersize=5,
                        markerfacecolor="white" if hollow else color)
    at = np.flatnonzero(ours)
    ax.plot(ends[at].ravel(), at.repeat(2), "x", color=RUST, markersize=5,
            label="read here from the UN's rates")
    _columns(ax, table)
    _heads(ax, heads, rows)
    ax.legend(loc="lower left", bbox_to_anchor=(-0.67, 1.005), ncols=2, fontsize=8,
              handletextpad=0.3, columnspacing=1.5)
    firm = table[table["comparable"]]
    ends = f"from {firm['least'].min():g} to {firm['most'].max():g} million"
    ranges = _ranges(table)
    told = "; ".join(_told(row) for row in ranges.itertuples())
    low, corrected, summed = (
        "{:g} to {:g}".format(*ranges.loc[name, ["lowest", "highest"]])
        for name in ("low counts argued from the register", "register corrected, cohorts rebuilt",
                     "provinces, counties or archives summed")
    )  # fmt: skip
    return describe(
        fig,
        finding=f"Published tolls part by method: register corrected {corrected} million, places "
        f"summed {summed}, argued low from the register {low}; windows differ",
        units="Millions of deaths; line = the author's range, mark = central figure (or the ends "
        "of a range where there is none), hollow = not checked in any source, cross = our reading "
        "of rates of the UN, which prints no toll. No entry is known to add births to deaths; for "
        "those without a method we cannot tell. Birth deficits stand apart, in brackets where "
        "unchecked; baselines, where known, in the column baseline of the table. The title leaves "
        "out our readings, the 55, known from Dikötter alone, undocumented and standing twice, and "
        "other entries that are unchecked, doubtful, or of one year or province",
        rows=[table, heads],
        alt=f"{(~ours).sum()} published totals and {ours.sum()} readings of ours in order of "
        f"publication, {ends} among the comparable. By method family, without our readings and "
        f"without one-province, one-year, unchecked and doubtful entries: {told}. "
        f"Above them: {'; '.join(heads['words'])}.",
    )


def _told(row):
    reach = f"{row.lowest:g}" + f" to {row.highest:g}" * (row.highest > row.lowest)
    used = row.entries - row.left_out
    return f"{row.Index}, {used} {'entry' if used == 1 else 'entries'}, {reach}"


def _account_rows(claims):
    ids = ["S2-030", "S2-044", "S4-006", "S4-008", "S3-034"]
    heads = claims.set_index("claim_id").loc[ids].reset_index()
    low = heads["value_low"].astype(float)
    high = heads["value_high"].astype(float).fillna(low)
    ends = [f"{a:g}–{b:g}" if b > a else f"{a:g}" for a, b in zip(low, high, strict=True)]
    return heads.assign(value_low=low, value_high=high, words=[
        f"S2, an estimated {ends[0]} starved", f"S2, range of others: {ends[1]}",
        f"S4, range before it: {ends[2]}", f"S4, its own: at least {low[3]:g}",
        "S3, no figure: deaths from hunger cannot be known"])


def _heads(ax, heads, rows):
    for order, row in enumerate(heads.itertuples()):
        place = order - len(heads) - 0.6
        name, _, rest = row.words.partition(": ") if row.claim_id == "S3-034" else (row.words, 0, 0)
        label(ax, 0, place, name, dx=-8, ha="right", fontsize=7.5, fontweight="bold")
        if rest:
            label(ax, 1, place, rest, dx=0, fontsize=7.5, backgroundcolor="white")
            continue
        label(ax, 60, place, _window(row.period), dx=6, fontsize=7)
        if row.value_high > row.value_low:
            ax.plot([row.value_low, row.value_high], [place, place], "-|", color=INK)
        else:
            ax.plot(row.value_low, place, "*", color=INK, markersize=9)
            ax.vlines(row.value_low, place, rows, color=INK, linewidth=0.7, linestyle=(0, (2, 3)),
                      zorder=1)
        if row.claim_id == "S4-008":
            ax.annotate("", (row.value_low + 9, place), (row.value_low + 1, place),
                        arrowprops={"arrowstyle": "->", "color": INK})
    ax.axhline(-0.9, color=GREY, linewidth=0.7)


def _window(period):
    if not isinstance(period, str):
        return "not stated"
    period = re.sub(r" *\(.*\)", "", period)
    return re.sub(r"(\d{4})-(?:19)?(\d\d)\b", r"\1–\2", period)


def _columns(ax, table):
    inches = ax.figure.get_figheight() * ax.get_position().height
    pitch = 72 * inches / abs(np.diff(ax.get_ylim())[0])  # points from row to row
    ax.hlines(range(1, len(table), 2), 0, 60, color=PALE, alpha=0.6, linewidth=pitch, zorder=0)
    for place, row in enumerate(table.itertuples()):
        label(ax, 0, place, row.who, dx=-8, ha="right", fontsize=7.2)
        label(ax, 60, place, _window(row.period_label), dx=6, fontsize=7)
        label(ax, 60, place, row.births_apart, dx=104, fontsize=7)
    for words, dx in (("window", 6), ("births\napart", 94)):
        label(ax, 60, -7.4, words, GREY, dx=dx, fontsize=7.5)
