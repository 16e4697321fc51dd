"""The explorer that walks along all combinations of choices and reads one at a time."""

import numpy as np

from glf_utils.death_toll.choices import all_cells
from glf_utils.page.figure import INK, NAVY, RUST, label
from glf_utils.page.slider import Choice, Explorer, Slider
from glf_utils.tables import load

RULES = {"all combinations": {}, "matching halves": {"coherent": True}}
"""Which combinations are admitted, as arguments of ``Multiverse.where``."""


def explore_curve():
    """Walk along the curve of all combinations, or of those that a rule admits, and read one.

    Returns
    -------
    Explorer
        Controls: rule, series, place along the curve.
    """
    cells = all_cells()
    names = {"all": list(cells.options["series"]), **{n: [n] for n in cells.options["series"]}}

    borrowed, own = (_hers(cells, name) for name in ("register's 1957", "line 1957–64"))

    def panel(ax):
        ax.set(
            xlim=(-0.02, 1.02),
            ylim=(0, 58),
            xticks=[0, 0.5, 1],
            xticklabels=["lowest", "middle", "highest"],
            ylabel="excess deaths (millions)",
        )
        (cross,) = ax.plot([], [], "x", color=RUST, markersize=4.5)
        (dots,) = ax.plot([], [], "o", color=NAVY, markersize=2.5)
        (here,) = ax.plot(
            [], [], "D", color=INK, markersize=7, markerfacecolor="none", markeredgewidth=1.6
        )
        tag = label(ax, 0, 53.5, "", INK, dx=0, fontsize=11, fontweight="bold")
        said = label(ax, 0, 50, "", INK, dx=0, va="top", fontsize=7.5, linespacing=1.25)

        def move(rule, series, place):
            admitted = cells.where(**RULES[rule], series=names[series])
            total = len(admitted)
            order = np.argsort(admitted.toll, kind="stable")
            way = np.linspace(0, 1, total) if total > 1 else np.full(total, 0.5)
            toll, sound = admitted.toll[order], admitted.coherent[order]
            dots.set_data(way[sound], toll[sound])
            cross.set_data(way[~sound], toll[~sound])
            at = round(place / 100 * (total - 1))
            cell, gap = admitted.cell(order[at]), admitted.gap[order[at]].round(1)
            here.set_data([way[at]], [toll[at]])
            tag.set_text(f"{toll[at]:.1f} million")
            closes = "no births, no census gap" if np.isnan(gap) else f"census gap {gap + 0:+.1f}"
            said.set_text(f"{cell['series']}, {cell['window']}\n{cell['baseline']}\n{closes}")
            match = "" if sound[at] else " The halves do not match."
            return (
                f"Number {at + 1} of {total}, {toll[at]:.1f} million: {_label(cell)}; "
                f"{closes}.{match}"
            )

        return [cross, dots, here, tag, said], move

    return Explorer(
        panel,
        [
            Choice("rule", "admitted", {rule: rule for rule in RULES}, "all combinations"),
            Choice(
                "series",
                "series",
                {"all series": "all", **{n: n for n in names if n != "all"}},
                "all",
            ),
            Slider("place", "place along the curve, per cent", 0, 100, 1, 100, form=".0f"),
        ],
        {
            "Banister, register's normal": {
                "rule": "all combinations",
                "series": "Banister",
                "place": borrowed[1],
            },
            "Banister, line through her own": {
                "rule": "matching halves",
                "series": "Banister",
                "place": own[1],
            },
        },
        finding=f"Banister's deaths of 1958–61: {borrowed[0]:.1f} million above the register's "
        f"1957, halves that do not match; {own[0]:.1f} above a line through her own rates",
        units="Millions of excess deaths, births in none; dots: halves that match, crosses: halves "
        "that do not; the diamond is the combination read out. Combinations are no sample",
        rows=load("national_vital_rates").query(
            "series in ['official', 'banister1984', 'wpp2024', 'registered_24_provinces'] "
            "and 1953 <= year <= 1965"
        ),
        height=4.2,
    )


def _hers(cells, baseline):
    """The toll of 1958–61 by Banister's deaths above a baseline, and its place on the slider."""
    (toll,) = cells.where(
        series="Banister", baseline=baseline, window="1958–61", netting="netted"
    ).toll
    rule = {"coherent": True} if baseline == "line 1957–64" else {}
    admitted = np.sort(cells.where(series="Banister", **rule).toll)
    at = int(np.flatnonzero(np.isclose(admitted, toll))[0])
    return float(toll), round(100 * at / (len(admitted) - 1))


def _label(cell):
    netted = "netted" if cell["netting"] == "netted" else "left out"
    return (
        f"excess deaths {cell['window']}, {cell['series']}, baseline {cell['baseline']}, years "
        f"below it {netted}, births not counted"
    )
