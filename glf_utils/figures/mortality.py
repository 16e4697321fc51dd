"""Figures of notebook 05: vital rates, the balance between two censuses, the published tolls."""

import re
from textwrap import shorten

import numpy as np

from ..sources import cite
from .house import (
    AMBER,
    GREY,
    HATCHES,
    INK,
    LINES,
    NAVY,
    PALE,
    RUST,
    TEAL,
    describe,
    label,
    new_figure,
    points,
)

FAMILIES = {
    "register as published": (("official crude-rate", "survey/econometric"), NAVY, "o"),
    "register corrected, cohorts rebuilt": (
        ("registration-corrected", "cohort", "life-table"), RUST, "s"),
    "births, deaths and totals balanced": (("stock-flow",), TEAL, "^"),
    "provinces, counties or archives summed": (
        ("provincial registration", "provincial compilation", "+ provincial", "gazetteers",
         "archival compilation", "archival sum"), AMBER, "D"),
    "low counts argued from the register": (("sceptical",), INK, "v"),
    "taken from others, or a review": (("secondary", "review"), GREY, "P"),
    "stated, method not given": (("statement", "journalistic"), INK, "X"),
}
"""Method families: words that mark them in ``method_family``, colour, marker."""

SERIES = {"official": "register", "banister1984": "Banister 1984", "wpp2024": "UN 2024"}
"""Series of vital rates shown side by side, and their short names."""

_VARIANTS = {"_official": ", register", "_adjusted": ", corrected", "_provinces": ", provinces",
             "_b": ", other window", "sichuan": ", one province"}


def family(method):
    """The method family of an estimate, from the words of its ``method_family`` cell.

    Examples
    --------
    >>> family("registration-corrected / cohort-component")
    'register corrected, cohorts rebuilt'
    >>> family(None)
    'stated, method not given'
    """
    if isinstance(method, str):
        for name, (words, _, _) in FAMILIES.items():
            if any(word in method for word in words):
                return name
    return "stated, method not given"


def with_families(estimates):
    """Published totals only, sorted by year, with what a comparison of them needs.

    Rows without a figure and hearsay are left out. Columns added: ``family``; ``who``; the
    author's range, ``low`` to ``high``; the central figure or, without one, the ends of the range,
    ``least`` and ``most``; ``comparable``, false for rows graded unchecked, for one province and
    for one year.

    Parameters
    ----------
    estimates : DataFrame
        The table ``death_toll_estimates``.

    Returns
    -------
    DataFrame
    """
    central = estimates["estimate_central_million"]
    low, high = estimates["estimate_low_million"], estimates["estimate_high_million"]
    partial = estimates["quantity"].str.contains("only|single year")
    table = estimates.assign(
        comparable=(estimates["verification"] != "unchecked") & ~partial,
        least=central.fillna(low), most=central.fillna(high),
        family=[family(method) for method in estimates["method_family"]],
        who=[_who(*row) for row in estimates[
            ["estimate_id", "authors", "publication_year", "verification", "source"]
        ].itertuples(False)],
        low=low.fillna(central), high=high.fillna(central),
    )
    table = table[table["low"].notna() & (table["quantity"] != "hearsay")]
    return table.sort_values(["publication_year", "estimate_id"], ignore_index=True)


def family_ranges(estimates):
    """How many entries each method family holds, and its lowest and highest central figure.

    Where an entry has only a range, its ends stand in. Rows graded unchecked, one-province and
    one-year entries are counted and left out of the range.

    Parameters
    ----------
    estimates : DataFrame
        The table ``death_toll_estimates``.

    Returns
    -------
    DataFrame
        Indexed by family: ``entries``, ``left_out``, ``lowest``, ``highest`` (millions).
    """
    table = with_families(estimates)
    told = table[table["comparable"]].groupby("family")
    ranges = table.groupby("family").size().to_frame("entries")
    ranges["left_out"] = ranges["entries"] - told.size()
    ranges["lowest"], ranges["highest"] = told["least"].min(), told["most"].max()
    return ranges.loc[[name for name in FAMILIES if name in ranges.index]]


def _who(estimate_id, authors, year, verification, source):
    names = re.sub(r"\(.*?\)", "", authors).strip().split(";")
    name = shorten(names[0].split(" / ")[0], 28, placeholder="…")
    if len(names) > 1:
        name = cite(source).rsplit(" (", 1)[0]
    variant = next((words for end, words in _VARIANTS.items() if estimate_id.endswith(end)), "")
    reading = ", our reading" if verification == "derived" else ""
    return f"{name} {year}{variant}{reading}"


def published_tolls(estimates, claims):
    """Every published toll with its range, method family, window and birth ledger.

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
    for name, (_, color, marker) in FAMILIES.items():
        of = table[table["family"] == name]
        ax.hlines(of.index, of["low"], of["high"], color=color, linewidth=1.4)
        ax.plot([], [], marker, color=color, markersize=5, label=name)
        for hollow in (False, True):
            part = of[(of["verification"] == "unchecked") == hollow]
            for end in ("least", "most"):
                ax.plot(part[end], part.index, marker, color=color, markersize=5,
                        markerfacecolor="white" if hollow else color)
    _columns(ax, table)
    _heads(ax, heads, rows)
    ax.legend(loc="lower left", bbox_to_anchor=(-0.67, 1.005), ncols=2, fontsize=8,
              handletextpad=0.3, columnspacing=1.5)
    checked = table[table["comparable"]]
    ends = f"from {checked['least'].min():g} to {checked['most'].max():g} million"
    told = "; ".join(f"{row.Index}, {row.entries} entries, {row.lowest:g} to {row.highest:g}"
                     for row in family_ranges(estimates).itertuples())
    return describe(
        fig,
        finding=f"Published tolls run {ends}: where one falls depends first on how its author "
        "counted",
        units="Millions of deaths; line = the author's range, mark = central figure, hollow = not "
        "checked in any source. No entry adds births to deaths; a birth deficit stands apart",
        rows=[table, heads],
        alt=f"{rows} published totals in order of publication, {ends} among those checked. By "
        f"method family: {told}. Above them: {'; '.join(heads['words'])}.",
    )


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
            told.append(f"{SERIES[name]}, {kind}s: {peak[1957]:.1f} in 1957, {peak[1960]:.1f} in "
                        f"1960, {peak[1962]:.1f} in 1962.")
            if ax is axes[1]:
                dy = {"official": -8, "banister1984": 1, "wpp2024": 9}[name]
                label(ax, years[1], peak[years[1]], SERIES[name], LINES[style]["color"], dx=8,
                      dy=dy, fontsize=8.5)
    return describe(
        fig,
        finding="Corrected deaths stand above the register before, during and after the famine",
        units="Per thousand people a year; shaded 1958–61. Birth-rate lines carry the names",
        rows=kept, alt=" ".join(told))


def balance(balances, rows):
    """Births less deaths between two censuses, against the growth the censuses counted.

    Parameters
    ----------
    balances : dict of str to glf_utils.mortality.CensusBalance
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
    for place, (name, held), hatch, look in zip(places, balances.items(), HATCHES, LINES,
                                                strict=False):
        ax.barh(place, held.implied_growth, 0.55, facecolor="white", edgecolor=look["color"],
                hatch=hatch)
        label(ax, max(held.implied_growth, census), place,
              f"{held.implied_growth:.1f}  ({held.gap:+.1f})", dx=8)
        told.append(f"{name}: births {held.births:.1f} less deaths {held.deaths:.1f} is "
                    f"{held.implied_growth:.1f}, a gap of {held.gap:+.1f}.")
    ax.axvline(census, color=INK, linewidth=1.2)
    label(ax, census, places[0] + 0.6, f"censuses: {census:.1f}", dx=0, ha="center", fontsize=8.5)
    ax.set(yticks=places, yticklabels=list(balances), xlim=(0, 150),
           xlabel="births less deaths, mid-1953 to mid-1964 (millions)")
    ax.grid(axis="y", visible=False)
    return describe(
        fig, finding=f"By {worst}, {balances[worst].gap:.1f} million more people should have been "
        "alive in 1964 than the census counted",
        units="Millions; in brackets the gap to the growth between the censuses", rows=rows,
        alt=f"Bars against a line at {census:.2f} million of census growth. {' '.join(told)}")


def _account_rows(claims):
    ids = ["S2-001", "S2-044", "S4-006", "S4-008", "S3-034"]
    heads = claims.set_index("claim_id").loc[ids].reset_index()
    low = heads["value_low"].astype(float)
    high = heads["value_high"].astype(float).fillna(low)
    ends = [f"{a:g}–{b:g}" if b > a else f"{a:g}" for a, b in zip(low, high, strict=True)]
    return heads.assign(value_low=low, value_high=high, words=[
        f"S2, course page: {ends[0]}", f"S2, range of others: {ends[1]}",
        f"S4, range before it: {ends[2]}", f"S4, its own: at least {low[3]:g}",
        "S3: cannot be known"])


def _heads(ax, heads, rows):
    for order, row in enumerate(heads.itertuples()):
        place = order - len(heads) - 0.6
        label(ax, 0, place, row.words, dx=-8, ha="right", fontsize=7.5, fontweight="bold")
        if row.claim_id == "S3-034":
            label(ax, 1, place, "no figure to draw", GREY, dx=0, fontsize=7.5)
        elif row.value_high > row.value_low:
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
    period = re.sub(r" *\(.*\)", "", period)
    return re.sub(r"(\d{4})-(?:19)?(\d\d)\b", r"\1–\2", period)


def _columns(ax, table):
    for place, row in enumerate(table.itertuples()):
        if place % 2:
            ax.axhspan(place - 0.5, place + 0.5, color=PALE, alpha=0.35, linewidth=0)
        label(ax, 0, place, row.who, dx=-8, ha="right", fontsize=7.2)
        label(ax, 60, place, _window(row.period_label), dx=6, fontsize=7)
        if not np.isnan(row.birth_deficit_million):
            label(ax, 60, place, f"{row.birth_deficit_million:g}", dx=104, fontsize=7)
    for words, dx in (("window", 6), ("births\napart", 94)):
        label(ax, 60, -1.6, words, GREY, dx=dx, fontsize=7.5)
