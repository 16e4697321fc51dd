"""Explorer of lesson 62: which year's death rate a gain, and a famine, are held against."""

import numpy as np

from glf_utils.page.figure import GREY, HATCHES, NAVY, RUST, label
from glf_utils.page.slider import Explorer, Slider
from glf_utils.tables import load
from glf_utils.weighing_the_sources.evidence import fewer_deaths


def explore_yardstick():
    """Deaths fewer and more than at the rate of a chosen year, year by year to 1970.

    Returns
    -------
    Explorer
        Starts at 1950, the yardstick that shows most gained.
    """
    table = load("national_vital_rates").query("series == 'wpp2024'")
    years = np.arange(1951, 1971)

    def panel(ax):
        ax.set(xlim=(1949.2, 1970.7), ylim=(-9, 11))
        ax.set_xticks(range(1950, 1971, 5))
        ax.set_yticks([-5, 0, 5, 10], ["5 more", "0", "5 fewer", "10 fewer"])
        ax.text(1949.5, 9.6, "million deaths a year", color=GREY, fontsize=8.5)
        ax.axhline(0, color=GREY, linewidth=1)
        saved = ax.bar(years, 0 * years, 0.75, color=NAVY)
        lost = ax.bar(years, 0 * years, 0.75, facecolor="white", edgecolor=RUST, hatch=HATCHES[1])
        (mark,) = ax.plot([], [], "D", color=GREY, markersize=6)
        name = label(ax, 0, 0, "yardstick", GREY, dx=-3, dy=-11, ha="left", fontsize=8.5)

        def move(since, until):
            since, until = int(since), int(until)
            found = fewer_deaths(table, since, until).reindex(years).fillna(0)
            for bar, height in zip(saved, found["fewer"], strict=True):
                bar.set_height(height)
            for bar, height in zip(lost, found["more"], strict=True):
                bar.set_height(-height)
                bar.set_visible(height > 0)
            mark.set_data([since], [0])
            name.xy = (since, 0)
            name.set_ha("left" if since < 1954 else "right")
            famine = found.loc[1959:1961]
            fewer = found["fewer"].sum() - famine["fewer"].sum()
            return (
                f"Against the death rate of {since}, {since + 1} to {until} without the famine's "
                f"years: {fewer:.1f} million deaths fewer. In 1959 to 1961 together, by the same "
                f"yardstick: {famine['more'].sum() - famine['fewer'].sum():.1f} million more."
            )

        return [*saved, *lost, mark, name], move

    return Explorer(
        panel,
        [
            Slider("since", "year whose death rate is the yardstick", 1950, 1958, 1, 1950, ".0f"),
            Slider("until", "last year counted", 1962, 1970, 1, 1970, ".0f"),
        ],
        {
            "held against 1950": {"since": 1950, "until": 1970},
            "held against 1958": {"since": 1958, "until": 1970},
        },
        finding="The yardstick that shows most gained shows least of the famine",
        units="Million deaths a year, fewer (full) or more (striped) than at the death rate of one "
        "year, in the UN's reconstruction",
        rows=table,
        height=3.4,
    )
