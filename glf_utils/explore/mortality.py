"""Explorers of notebook 05: move the baseline, then every assumption of a crude-rate toll."""

import numpy as np

from ..data import load
from ..figures.house import GREY, INK, NAVY, RUST, label
from ..mortality import baseline_rates, excess_deaths
from .explorer import Choice, Explorer, Slider

WINDOW = (1958, 1961)
YEARS = np.arange(1953, 1966)
SERIES = {"register as published": "official", "Banister 1984": "banister1984",
          "UN 2024": "wpp2024"}
KINDS = {"one year, frozen": "frozen", "mean of 1955 to that year": "mean",
         "straight line from that year to 1962": "line62",
         "straight line from that year to 1964": "line64"}
_WORDS = {"frozen": "frozen at {0}", "mean": "mean of 1955 to {0}",
          "line62": "line from {0} to 1962", "line64": "line from {0} to 1964"}
_KIND = Choice("kind", "kind of baseline b", KINDS, "frozen")
_YEAR = Slider("year", "its year y", 1955, 1958, 1, 1957, form=".0f")


def estimate(rate, people, series, normal, kind, year):
    """The baseline and the toll of 1958–61 that one setting of the controls means.

    Parameters
    ----------
    rate, people : dict of str to array of shape (13,)
        Deaths per 1,000 and mid-year population (millions) by series, 1953–65.
    series, normal : str
        Whose rates for the famine years, whose for the baseline.
    kind : {"frozen", "mean", "line62", "line64"}
    year : int
        1955 to 1958.

    Returns
    -------
    (glf_utils.mortality.Baseline, glf_utils.mortality.Ledger)
    """
    if kind == "frozen":
        way, reference = "year", year
    elif kind == "mean":
        way, reference = "mean", range(1955, year + 1)
    else:
        way, reference = "line", (year, 1900 + int(kind[-2:]))
    held = baseline_rates(YEARS, rate[normal], way, reference)
    return held, excess_deaths(YEARS, rate[series], people[series], WINDOW, held)


def explore_baseline():
    """Official death rates of 1958–61 against a baseline that the reader moves.

    Returns
    -------
    Explorer
        Controls: kind of baseline, its year.
    """
    rates = _rates()
    rate, people = _arrays(rates)
    presets = {_WORDS[kind].format(year): {"kind": kind, "year": year} for kind, year in (
        ("frozen", 1958), ("line62", 1957))}
    tolls = [estimate(rate, people, "official", "official", **preset)[1].total
             for preset in presets.values()]
    return Explorer(
        lambda ax: _panel(ax, rates, ("official", "official")), [_KIND, _YEAR], presets,
        finding=f"One register, two baselines: {min(tolls):.1f} to {max(tolls):.1f} million "
        "excess deaths in 1958–61",
        units="Deaths per thousand people a year; bars 1958–61 run from the baseline to the rate. "
        "Births are not counted",
        rows=rates[rates["series"] == "official"], sources=["ashton1984"],
    )


def explore_assumptions():
    """Any series of 1958–61 against a baseline taken from any series.

    Returns
    -------
    Explorer
        Controls: rates, where the baseline comes from, its kind, its year.
    """
    rates = _rates()
    start = {"series": "official", "normal": "official", "kind": "frozen", "year": 1957}
    corrected = {"series": "banister1984", "normal": "banister1984"}
    return Explorer(
        lambda ax: _panel(ax, rates),
        [Choice("series", "death rates m of the famine years", SERIES, "official"),
         Choice("normal", "baseline b taken from", SERIES, "official"), _KIND, _YEAR],
        {"A: register, register frozen": start,
         "B: Banister, Banister frozen": {**start, **corrected},
         "C: Banister, Banister falling": {**start, **corrected, "kind": "line64"},
         "D: Banister, register frozen": {**start, "series": "banister1984"}},
        finding="From 15 to 45 million, 1958–61, with two tables: correct every year, let normal "
        "mortality fall, or correct one half only",
        units="Deaths per thousand people a year, 1958–61 in bars; births are not counted. "
        "Banister's rates are applied to the official mid-year population",
        rows=rates, sources=["ashton1984"],
    )


def _rates():
    table = load("national_vital_rates")
    return table[table["series"].isin(list(SERIES.values())) & table["year"].isin(YEARS)]


def _arrays(table):
    """Death rates and mid-year populations by series; Banister's rates use the official people."""
    rate, people = ({name: rows.sort_values("year")[column].to_numpy(float)
                     for name, rows in table.groupby("series")}
                    for column in ("death_rate_per_1000", "population_midyear_million"))
    return rate, people | {"banister1984": people["official"]}


def _panel(ax, table, fixed=None):
    """Draw axes once; ``fixed`` names rates and baseline where they do not move."""
    rate, people = _arrays(table)
    names = {value: words for words, value in SERIES.items()}
    inside = (YEARS >= WINDOW[0]) & (YEARS <= WINDOW[1])
    ax.set(xlim=(1952.5, 1965.5), ylim=(0, 50), xticks=range(1953, 1966, 3),
           ylabel="deaths per 1,000 a year")
    bars = ax.vlines(YEARS[inside], 0, 0, color="#c4c4c4", linewidth=9)
    (dashed,) = ax.plot([], [], "--", color=RUST)
    (line,) = ax.plot([], [], "-o", color=NAVY, markersize=3.5)
    tag = label(ax, 1965.4, 46, "", INK, dx=0, ha="right", fontsize=11, fontweight="bold")
    said = label(ax, 1965.4, 38.5, "", RUST, dx=0, ha="right", fontsize=8, linespacing=1.2)
    label(ax, 1963.2, 3, "solid: rate m\ndashed: baseline b", GREY, dx=0, fontsize=7, ha="center")

    def move(kind, year, series=None, normal=None):
        series, source = fixed or (series, normal)
        held, toll = estimate(rate, people, series, source, kind, int(year))
        line.set_data(YEARS, rate[series])
        dashed.set_data(YEARS, held.rates)
        bars.set_segments([[(y, b), (y, m)] for y, b, m in zip(
            YEARS[inside], held.rates[inside], rate[series][inside], strict=True)])
        words = _WORDS[kind].format(int(year))
        tag.set_text(f"{toll.total:.1f} million")
        short = words.replace("line from", "line").replace(" to ", "–")
        said.set_text(f"baseline: {names[source].split(' ')[0]},\n{short}")
        return (f"{toll.total:.1f} million deaths above the baseline, 1958–61; rates: "
                f"{names[series]}; baseline: {names[source]}, {words}; births not counted."
                + _warning(series, source))

    return [bars, dashed, line, tag, said], move


def _warning(series, source):
    if series == source:
        return ""
    if source == "official":
        return (" The famine years are corrected for unregistered deaths and the baseline is not, "
                "so ordinary deaths that went unregistered are counted as famine deaths.")
    if series == "official":
        return (" The baseline is corrected for unregistered deaths and the famine years are not, "
                "so famine deaths that went unregistered vanish.")
    return " Rates and baseline come from two reconstructions that do not fit each other."
