"""Explorers: move the baseline of the register; build an estimate; state bounds for the draws."""

import numpy as np

from glf_utils.death_toll.choices import (
    FAMINE,
    KINDS,
    SOURCES,
    WINDOWS,
    YEARS,
    baseline_of,
    build,
    completeness,
    draw_china,
    rate_series,
)
from glf_utils.death_toll.evidence import with_families
from glf_utils.death_toll.rates import (
    Baseline,
    excess_deaths,
)
from glf_utils.death_toll.uncertainty import FEWEST
from glf_utils.page.figure import GREY, INK, NAVY, RUST, label
from glf_utils.page.slider import Choice, Explorer, Slider
from glf_utils.tables import load
from glf_utils.words import listed

_WORDS = {
    "frozen": "frozen at {0}",
    "mean": "mean of 1953 to {0}",
    "trend": "trend of 1953 to {0} carried on",
    "log trend": "log-linear trend of 1953 to {0} carried on",
    "line62": "line from {0} to 1962",
    "line64": "line from {0} to 1964",
}
_MOST = 60  # millions on the strip of published tolls


def explore_baseline():
    """Official death rates of 1958–61 against a baseline that the reader moves.

    Returns
    -------
    Explorer
        Controls: kind of baseline, its year.
    """
    register = rate_series()["register"]

    def toll(kind, year):
        held = baseline_of(register.death_rates, kind, int(year))
        return held, excess_deaths(YEARS, register.death_rates, register.population, FAMINE, held)

    def panel(ax):
        inside, artists = _draw_rates(ax, 36)
        bars, dashed, line, tag, said = artists

        def move(kind, year):
            held, found = toll(kind, year)
            words = _WORDS[kind].format(int(year))
            _set_rates(artists, inside, register.death_rates, held)
            tag.set_text(f"{found.total:.1f} million")
            said.set_text("baseline: " + words.replace("line from", "line").replace(" to ", "–"))
            return (
                f"{found.total:.1f} million registered deaths above the baseline, 1958–61; "
                f"baseline: the register's own, {words}; births not counted."
            )

        return artists, move

    presets = {
        _WORDS[kind].format(year): {"kind": kind, "year": year}
        for kind, year in (("frozen", 1957), ("trend", 1957))
    }
    tolls = [toll(**preset)[1].total for preset in presets.values()]
    return Explorer(
        panel,
        [
            Choice("kind", "kind of baseline b", KINDS, "frozen"),
            Slider("year", "its year y", 1955, 1958, 1, 1957, form=".0f"),
        ],
        presets,
        finding=f"One register, two ideas of normal: {tolls[0]:.1f} million excess deaths in "
        f"1958–61 if 1957 was normal, {tolls[1]:.1f} if mortality would have fallen on as before",
        units="Deaths per thousand people a year; bars 1958–61 run from the baseline to the rate. "
        "Births are not counted",
        rows=_rows("official"),
        sources=["ashton1984"],
    )


def explore_estimate():
    """Build an estimate: series, completeness of deaths, baseline and window.

    Returns
    -------
    Explorer
        Shows the toll and its place among the published ones, the census gap, the births short.
    """
    table = with_families(load("death_toll_estimates"))
    published = table[table["comparable"] & (table["least"] == table["most"])]
    published = published.sort_values("least")

    def panel(ax):
        box = ax.get_position()
        ax.set_position([box.x0, box.y0 + 0.4 * box.height, box.width, 0.6 * box.height])
        strip = ax.inset_axes([0, -0.63, 1, 0.33])
        inside, artists = _draw_rates(ax, 82)
        tag, said = artists[3:]
        strip.set(
            xlim=(0, _MOST),
            ylim=(-0.7, 1.7),
            yticks=[0, 1],
            xticks=range(0, 61, 20),
            yticklabels=["births short", "deaths"],
        )
        strip.tick_params(axis="y", length=0, labelsize=7)
        strip.set_xlabel("millions (ticks: published tolls)", fontsize=7.5, labelpad=1)
        strip.tick_params(axis="x", labelsize=7.5)
        strip.plot(published["least"], [1] * len(published), "|", color=GREY, markersize=9)
        (here,) = strip.plot([], [], "D", color=RUST, markersize=6)
        (unborn,) = strip.plot([], [], "o", color=INK, markerfacecolor="white", markersize=6)

        def move(series, normal, famine, kind, window):
            found = build(series, normal, famine, kind, window)
            toll, words = found["toll"].total, _WORDS[kind].format(1957)
            _set_rates(artists, inside, found["rates"], found["baseline"])
            here.set_data([np.clip(toll, 0, _MOST)], [1])
            unborn.set_data([np.clip(found["births"].total, 0, _MOST)], [0])
            tag.set_text(f"{toll:.1f} million")
            said.set_text(
                f"{window}\ncensus gap {found['gap']:+.1f}"
                + ("" if found["coherent"] else "\ntwo shares, not one")
            )
            share = ""
            if series in ("register", "mixed"):
                share = (
                    ", the register taken as complete"
                    if normal == famine == 1
                    else f", {normal:.0%} of deaths registered in normal years and {famine:.0%} "
                    "in 1958–61"
                )
            if not found["coherent"] and 1 in (normal, famine):
                doubt = " One half is corrected and the other is not."
            elif share and normal != famine:
                doubt = " The two halves carry different shares: say why registers changed."
            else:
                doubt = ""
            return (
                f"{toll:.1f} million excess deaths {window}, baseline {words}{share}; births "
                f"not counted: {found['births'].total:.1f} million short of 1957, a ledger of "
                f"its own. {_closing(found['gap'], series)} {_neighbours(published, toll)}"
                f"{doubt}"
            )

        return [*artists, here, unborn], move

    register = rate_series()["register"]
    even = round(completeness(register.death_rates, rate_series()["Banister"].birth_rates), 2)
    start = {
        "series": "register",
        "normal": 1.0,
        "famine": 1.0,
        "kind": "frozen",
        "window": "1958–61",
    }
    presets = {
        "A: register, frozen": start,
        "B: every year corrected": {**start, "series": "mixed", "normal": even, "famine": even},
        "C: Banister, falling": {**start, "series": "Banister", "kind": "line64"},
        "D: worse in the famine": {**start, "series": "mixed", "normal": 0.72, "famine": 0.51},
    }
    tolls = [build(**preset)["toll"].total for preset in presets.values()]
    return Explorer(
        panel,
        [
            Choice("series", "rates from", SOURCES, "register"),
            Slider("normal", "share registered c, normal years", 0.4, 1, 0.01, 1.0),
            Slider("famine", "share registered c, 1958–61", 0.4, 1, 0.01, 1.0),
            Choice(
                "kind",
                "baseline b from 1957",
                {
                    "frozen at 1957": "frozen",
                    "mean of 1953 to 1957": "mean",
                    "trend of 1953 to 1957": "trend",
                    "log-linear trend": "log trend",
                    "line from 1957 to 1962": "line62",
                    "line from 1957 to 1964": "line64",
                },
                "frozen",
            ),
            Choice("window", "window", {name: name for name in WINDOWS}, "1958–61"),
        ],
        presets,
        finding="The register leaves {:.0f} million and does not close; {:.0f}, {:.0f} and {:.0f} "
        "million all close the censuses, by what they say of ordinary years".format(*tolls),
        units="Above: deaths per thousand a year, solid the rate m / c, dashed the baseline b, "
        "bars the excess. Below: millions, filled the toll, hollow births short of 1957, ticks "
        "all published central figures that were checked, whose windows differ. Births are in no "
        "toll",
        rows=[_rows("official", "banister1984", "wpp2024"), published],
        height=4.6,
    )


def explore_bounds():
    """Shut out draws beyond a bound, and read the interval of those that close and are left.

    Returns
    -------
    Explorer
        Controls: least and greatest share of deaths written down in ordinary years and in 1958–61.
    """
    found = draw_china()
    shares = [100 * found.inputs[name] for name in ("before", "famine")]
    edges = np.arange(-2, 52, 2)
    whole = np.histogram(found.toll, edges)[0]

    def panel(ax):
        ax.set(
            xlim=(-2, 50),
            ylim=(-0.14 * whole.max(), 1.35 * whole.max()),
            xlabel="excess deaths 1958–61 (millions)",
            ylabel="draws that close",
        )
        ax.stairs(whole, edges, color=GREY, linestyle=":")
        (bars,) = ax.plot([], [], color=NAVY, drawstyle="steps-post")
        (line,) = ax.plot([], [], color=RUST, linewidth=4, solid_capstyle="butt")
        tag = label(ax, -1, 1.24 * whole.max(), "", INK, dx=0, fontsize=11, fontweight="bold")

        def move(least, greatest, least_famine, greatest_famine):
            ends = ((least, greatest), (least_famine, greatest_famine))
            kept = np.all(
                [(a <= s) & (s <= b) for s, (a, b) in zip(shares, ends, strict=True)], axis=0
            )
            tolls = found.toll[kept]
            counts = np.histogram(tolls, edges)[0]
            bars.set_data(edges, [*counts, 0])
            said = (
                f"{least:.0f} to {greatest:.0f} of 100 ordinary deaths written down and "
                f"{least_famine:.0f} to {greatest_famine:.0f} of 1958–61: {len(tolls):,} of "
                f"{len(found.toll):,} closing draws are left"
            )
            if len(tolls) < FEWEST:
                line.set_data([], [])
                tag.set_text("too few to say")
                return f"{said}, too few to say anything of them."
            low, middle, high = np.percentile(tolls, [5, 50, 95])
            line.set_data([low, high], [-0.07 * whole.max()] * 2)
            tag.set_text(f"{low:.0f} to {high:.0f} million")
            return (
                f"{said}; nine in ten of them lie between {low:.1f} and {high:.1f} million excess "
                f"deaths, the middle one at {middle:.1f}; births not counted."
            )

        return [bars, line, tag], move

    start = {"least": 50, "greatest": 75, "least_famine": 50, "greatest_famine": 90}
    presets = {
        "as stated": start,
        "it failed in the famine": {**start, "greatest_famine": 60},
        "it held in the famine": {**start, "least_famine": 65},
        "good in ordinary years": {**start, "least": 65},
    }
    failed, held = (
        np.percentile(found.toll[within], [5, 95]) for within in (shares[1] <= 60, shares[1] >= 65)
    )
    return Explorer(
        panel,
        [
            Slider("least", "least % of ordinary deaths written down", 50, 75, 1, 50, form=".0f"),
            Slider(
                "greatest", "greatest % of ordinary deaths written down", 50, 75, 1, 75, form=".0f"
            ),
            Slider(
                "least_famine",
                "least % of deaths of 1958–61 written down",
                50,
                90,
                1,
                50,
                form=".0f",
            ),
            Slider(
                "greatest_famine",
                "greatest % of deaths of 1958–61 written down",
                50,
                90,
                1,
                90,
                form=".0f",
            ),
        ],
        presets,
        finding="At most 60 of 100 famine deaths written down: {:.0f} to {:.0f} million; at least "
        "65: {:.0f} to {:.0f}. Both close".format(*failed, *held),
        units="Draws that close the two censuses, by toll: dotted all of them, solid those within "
        "the bounds; bar: nine in ten of these. Millions above each account's own 1957, births not "
        "counted",
        rows=[_rows("official", "banister1984"), _counts()],
        height=3.6,
    )


def _closing(gap, series):
    if series == "UN 2024":
        return f"Census gap {gap:+.1f}, but the UN revises the census totals too."
    return f"Census gap {gap:+.1f} million" + (
        ": it closes." if abs(gap) <= 5 else ": it does not close."
    )


def _neighbours(published, toll):
    """The published central figures next below and next above, with their windows."""
    below, above = (published[published["least"] <= toll], published[published["least"] > toll])
    said = [
        f"{row['who']} ({row['least']:g})"
        for row in (
            *([below.iloc[-1]] if len(below) else []),
            *([above.iloc[0]] if len(above) else []),
        )
    ]
    where = listed(said)
    if len(below) and len(above):
        return f"Published between {where}."
    return f"Published {'above' if len(above) else 'below'} it: {where}."


def _rows(*names):
    table = load("national_vital_rates")
    return table[table["series"].isin(names) & table["year"].isin(YEARS)]


def _counts():
    table = load("censuses")
    total = table["indicator"] == "total_population"
    return table[total & table["source"].isin(["census1953", "census1964"])]


def _draw_rates(ax, most):
    """Draw the axes of rates once; return which years have bars, and what moves."""
    inside = (YEARS >= FAMINE[0]) & (YEARS <= FAMINE[1])
    ax.set(
        xlim=(1952.5, 1965.5),
        ylim=(0, most),
        xticks=range(1953, 1966, 4),
        yticks=range(0, most, 20),
    )
    ax.set_ylabel("deaths per 1,000", fontsize=8)
    bars = ax.vlines(YEARS[inside], 0, 0, color="#c4c4c4", linewidth=9)
    (dashed,) = ax.plot([], [], "--", color=RUST)
    (line,) = ax.plot([], [], "-o", color=NAVY, markersize=3.5)
    tag = label(ax, 1952.8, most * 0.93, "", INK, dx=0, fontsize=11, fontweight="bold")
    said = label(ax, 1952.8, most * 0.83, "", RUST, dx=0, va="top", fontsize=8, linespacing=1.2)
    return inside, [bars, dashed, line, tag, said]


def _set_rates(artists, inside, rates, held):
    bars, dashed, line = artists[:3]
    normal = held.rates if isinstance(held, Baseline) else held
    line.set_data(YEARS, rates)
    dashed.set_data(YEARS, normal)
    bars.set_segments(
        [
            [(y, b), (y, m)]
            for y, b, m in zip(YEARS[inside], normal[inside], rates[inside], strict=True)
        ]
    )
