"""The slider of lesson 34: eight seasons of a country that reports, believes and takes."""

from glf_utils.page.figure import GREY, INK, LINES, RUST, TEAL
from glf_utils.page.slider import Explorer, Slider
from glf_utils.statistics_inflation.leap import YEARS, lacking, procured, seasons, small_country
from glf_utils.tables import load, series

NEED = 220


def _panel(ax):
    result, people = seasons(), small_country()[1].sum()
    ax.set(xlim=(1956.7, 1964.3), ylim=(0, 400), ylabel="million tonnes")
    ax.set_xticks([1957, 1959, 1961, 1963])
    ax.set_yticks([0, 100, 200, 300, 400])
    ax.axhline(NEED * people / 1e9, color=GREY, linewidth=1, linestyle=":")
    ax.text(
        1964.2,
        NEED * people / 1e9 - 8,
        "villagers' need",
        ha="right",
        va="top",
        color=GREY,
        fontsize=8,
    )
    ax.plot(YEARS, result.told[:, 0, 0] / 1e6, color=INK, linewidth=1.4, marker="o", markersize=4)
    lines = [ax.plot(YEARS, YEARS, **{**LINES[style], "markersize": 4.5})[0] for style in (1, 2)]
    ax.text(1957, 12, "● harvest", color=INK, fontsize=8.5)
    ax.text(1959.2, 12, "■ believed", color=RUST, fontsize=8.5)
    ax.text(1961.6, 12, "▲ left in villages", color=TEAL, fontsize=8.5)

    def move(pressure, rate, audit):
        asked = dict(pressure=pressure, rate=rate, audit=audit)
        now = seasons(**asked)
        left = now.left[:, 0] / 1e6
        for line, values in zip(lines, (now.belief[:, 0] / 1e6, left), strict=True):
            line.set_data(YEARS, values)
        worst = int(left.argmin())
        return (
            f"In 1959 belief is {now.belief[2, 0] / now.told[2, 0, 0]:.2f} times the harvest. "
            f"In {YEARS[worst]} {1e9 * left[worst] / people:.0f} kg are left a villager. Over "
            f"1958–61 villagers lack {lacking(**asked):.0f} million tonnes, and the state gets "
            f"{procured(**asked):.0f}."
        )

    return lines, move


def explore_nation():
    """Eight seasons of a small country: move the pressure, the rate, and the weighing.

    Returns
    -------
    Explorer
    """
    crop = series(load("grain_national"), "output_official_old", (YEARS[0], YEARS[-1]))
    plain = dict(pressure=1, rate=0.25, audit=0)
    told = [(lacking(**orders), procured(**orders)) for orders in (plain, {**plain, "pressure": 0})]
    return Explorer(
        _panel,
        [
            Slider("pressure", "pressure and rivalry, times the fitted", 0, 1.5, 0.05, 1),
            Slider("rate", "share of believed output taken τ", 0.1, 0.4, 0.01, 0.25),
            Slider("audit", "chance of being weighed, 1958–60 π", 0, 1, 0.05, 0),
        ],
        {
            "as fitted": plain,
            "honest reports, old rate": {**plain, "pressure": 0},
            "old reports, lower rate": {**plain, "rate": 0.2},
            "weighed every second time": {**plain, "audit": 0.5},
        },
        finding="At a need of 220 kg, honest reports cut what the model's villagers lack from "
        f"{told[0][0]:.0f} to {told[1][0]:.0f} million tonnes, and what the state gets from "
        f"{told[0][1]:.0f} to {told[1][1]:.0f}",
        units="Model, million tonnes of grain; harvests as recorded (old series), the same "
        "whatever is taken; need: 220 kg a villager; pressure and weights: one fitted set",
        rows=crop,
        sources=["lazearrosen1981", "weitzman1980", "kungchen2011"],
        height=3.6,
    )
