"""The explorer that gives all accounts one normal, or one count of the dead."""

import numpy as np

from glf_utils.death_toll.currency_figures import LOOKS, NAMES, rates_behind
from glf_utils.death_toll.published import on_one_window
from glf_utils.page.figure import GREY, INK, label
from glf_utils.page.slider import Choice, Explorer, Slider
from glf_utils.tables import load

SHOWN = [
    "china_profile",
    "xia_years",
    "coale_official",
    "yang_provinces",
    "un2024_line_1958_62",
    "li_chengrui",
    "calot_deaths",
    "coale_adjusted",
    "banister_falling",
    "chang_halliday",
    "dikotter_critic",
]
"""One row each; the accounts left out have nearly the halves of one of these."""
SHARED = {
    "nothing": "own",
    "the normal rate (slider)": "normal",
    "Banister's deaths of every kind": "died",
}
YEARS_COUNTED = 4
LEFT, RIGHT = -19, 62  # of the axis, millions; the names stand left of 0


def explore_halves():
    """Tolls of 1958–61 when all accounts are given one normal rate, or the same deaths.

    Returns
    -------
    Explorer
        Controls: what they share, the normal rate. Hollow marks, each author's own, stay.
    """
    everyone = on_one_window(load("published_results"))
    accounts = everyone.loc[SHOWN]
    lived = (accounts["people"] * YEARS_COUNTED / 1000).to_numpy()
    died, normal, own = (accounts[part].to_numpy() for part in ("died", "normal", "toll"))
    hers = accounts.loc["banister_falling", "rate"]

    def tolls(shared, rate):
        if shared == "normal":
            return died - rate * lived
        return hers * lived - normal if shared == "died" else own

    def panel(ax):
        places = np.arange(len(accounts))
        ax.set(
            xlim=(LEFT, RIGHT),
            ylim=(len(accounts) - 0.4, -1.7),
            xticks=range(0, 61, 15),
            yticks=[],
            xlabel="excess deaths, 1958–61 (millions)",
        )
        ax.grid(axis="y", visible=False)
        ax.spines["left"].set_visible(False)
        for place, name in enumerate(accounts.index):
            color, marker = LOOKS[accounts.loc[name, "rests_on"]]
            label(ax, -1, place, NAMES[name], color, dx=0, ha="right", fontsize=7)
            ax.plot(own[place], place, marker, color=color, markerfacecolor="white", markersize=6)
        (bar,) = ax.plot([], [], color=GREY, linewidth=1)
        (here,) = ax.plot([], [], "|", color=INK, markersize=12, markeredgewidth=2.5)
        said = label(ax, 0, -1.1, "", INK, dx=0, fontsize=8.5, fontweight="bold")

        def move(shared, rate):
            found = tolls(shared, rate)
            here.set_data(found, places)
            ways = np.column_stack([own, found, np.full(len(own), np.nan)])
            bar.set_data(ways.ravel(), np.repeat(places, 3))
            low, high = np.round([found.min(), found.max()], 1)
            apart = f"{high - low:.1f} million apart"
            said.set_text(f"{low:.1f} to {high:.1f}: {apart}")
            words = {
                "own": "each with its own halves",
                "normal": f"all with {rate:g} normal deaths per thousand a year",
                "died": f"all with Banister's {hers:.1f} deaths of every kind per thousand a year",
            }[shared]
            lowest, highest = (NAMES[accounts.index[at(found)]] for at in (np.argmin, np.argmax))
            return (
                f"1958–61, births not counted, {words}: from {low:.1f} million "
                f"({lowest}) to {high:.1f} ({highest}), {apart}."
            )

        return [bar, here, said], move

    apart = {shared: np.ptp(tolls(shared, 11)) for shared in SHARED.values()}
    return Explorer(
        panel,
        [
            Choice("shared", "what all accounts share", SHARED, "normal"),
            Slider("rate", "normal rate b, per thousand a year", 8, 16, 0.5, 11, form=".1f"),
        ],
        {
            "each its own": {"shared": "own", "rate": 11},
            "one normal, 11 per thousand": {"shared": "normal", "rate": 11},
            "one normal, 16 per thousand": {"shared": "normal", "rate": 16},
            "Banister's deaths for all": {"shared": "died", "rate": 11},
        },
        finding=f"Agree on normal, and tolls still lie {apart['normal']:.0f} million apart; agree "
        f"on who died, and it is {apart['died']:.0f}",
        units="Millions of excess deaths, births in none. Hollow: each account by its own deaths "
        "and its own rule, put on 1958–61; upright stroke: with what all are given. "
        f"{len(SHOWN)} of {len(everyone)} accounts; the rest have nearly the halves of one shown. "
        "The last row is a toll of 45 as a critic takes it apart",
        rows=rates_behind(),
        sources=["banister1987", "coale1981", "ograda2011"],
        height=4.2,
    )
