"""Exercises of ``03_statistics_inflation``."""

import numpy as np

from glf_utils.answers.checker import Exercise
from glf_utils.country.believed import believed
from glf_utils.country.search import fitting_sets
from glf_utils.country.season import season
from glf_utils.country.tree import Policy, begin, draw_hierarchy, share_out
from glf_utils.statistics_inflation.evidence import by_province, record
from glf_utils.statistics_inflation.leap import lacking
from glf_utils.statistics_inflation.model import best_exaggeration, pass_up
from glf_utils.tables import load, one


def belief():
    """Whether the figure of April 1959 still stood in September, once soybeans are put back."""
    april = believed(load("targets_and_claims"), 1958)["value_high"].item()
    listed = load("provincial_output_1958").query("stage == 'lushan_restatement'")
    nation = listed[listed["province"].isna()].set_index("item")["value"]
    september = nation["grain_without_soybeans"] + nation["soybeans"]
    return "stayed" if abs(september / april - 1) < 0.01 else "fell"


def error_left():
    """Million tonnes by which the list of September 1959 exceeds the final figures."""
    table = by_province(
        *(load(name) for name in ("provincial_output_1958", "provincial_grain", "provinces"))
    ).dropna(subset="final")
    return table["restated"].sum() - table["final"].sum()


def steel_rise():
    """Per cent by which all the steel announced for 1958 exceeds the steel of 1957."""
    steel = load("targets_and_claims").query("commodity == 'steel' and source == 'plenum8_1959'")
    before = one(steel, "target_year == 1957", "value_high")
    announced = one(steel, "target_year == 1958 and kind == 'announced'", "value_high")
    return 100 * (announced / before - 1)


def nearer():
    """Which report arrives nearer the truth: three levels, or five weighed half the time."""
    official = dict(prize=0.8, rivalry=0.01, yield_per_head=300, private_cost=10, penalty=40)
    few = pass_up(1, [best_exaggeration(**official, audit=0)] * 3)[-1]
    weighed = pass_up(1, [best_exaggeration(**official, audit=0.5)] * 5)[-1]
    return "few" if abs(few - 1) < abs(weighed - 1) else "weighed"


def share_taken():
    """Per cent of the harvest procured in the notebook's first season of exaggeration."""
    tree = draw_hierarchy([26_000, 2_000, 27, 1], seed=1958)
    harvest = share_out(195.05e6, 26_000, spread=0.5, seed=1958)
    policy = Policy(pressure=0.2, rivalry=0, ambition=0.5, rate=0.25)
    year = season(begin(tree, harvest, harvest / 0.36, policy), harvest, policy)
    return 100 * float(year.taken[0] / harvest.sum(dtype=float))


def least_climb():
    """Smallest growth of pressure with rank among the settings that meet the record."""
    bounds = record(
        *(load(name) for name in ("targets_and_claims", "reporting_errors", "grain_national"))
    )
    small, crop = draw_hierarchy([16, 8, 4, 2, 1], seed=1958), np.full(16, 1e6)
    fits = fitting_sets(small, crop, crop / 0.36, **bounds, tried=20_000)
    return float(fits.parameters["climb"].min())


def fair_rate():
    """Highest rate at which old reports leave villagers lacking no more than honest ones."""
    honest = lacking(pressure=0)
    return max(rate for rate in np.arange(10, 41) / 100 if lacking(rate=rate) <= honest)


EXERCISES = [
    Exercise(
        id="3.1",
        name="belief",
        kind=str,
        expected=belief,
        choices=("fell", "rose", "stayed"),
        hints=(
            "The two statements do not count the same things. Which of them leaves soybeans out?",
            "Add the two lines of the department's list, grain and soybeans, then compare.",
            "Compare your sum with 263: a difference below one per cent is a rounding.",
        ),
        after="The leaders' figure of April was still in use in September; the printed one moved.",
    ),
    Exercise(
        id="3.2",
        name="error_left",
        kind=float,
        expected=error_left,
        unit="million tonnes",
        hints=(
            "Which two columns of `known` stand for the list and for what stood in the end?",
            'A column is added up with `known["restated"].sum()`.',
            "Subtract the sum of the final column from the sum of the restated one.",
        ),
        after="Two fifths of what these provinces had harvested.",
    ),
    Exercise(
        id="3.3",
        name="steel_rise",
        kind=float,
        expected=steel_rise,
        unit="per cent",
        hints=(
            "You need the row of kind `announced` for 1958, and the row of 1957.",
            "Divide the later by the earlier; what the ratio has over 1 is the rise.",
            "Multiply by 100 at the end: the answer is asked in per cent, to one decimal.",
        ),
        after="The modern part alone rose by 49.5 per cent: neither rise is 30.",
    ),
    Exercise(
        id="3.4",
        name="nearer",
        kind=str,
        expected=nearer,
        choices=("few", "weighed"),
        hints=(
            "Run the cell above for both cases: it stands at the first of them.",
            "For the second case its first line reads `audit, levels = 0.5, 5`.",
            "The last number of each list is what arrives. Which of the two lies closer to 1?",
        ),
        after="Fewer levels help; weighing with a penalty behind it helps more, at these settings.",
    ),
    Exercise(
        id="3.5",
        name="share_taken",
        kind=float,
        expected=share_taken,
        unit="per cent",
        hints=(
            "What was taken stands in `year.taken`, an array with one number.",
            "Add the harvest of all communes up with `harvest.sum()`.",
            "Divide what was taken by the harvest, then multiply by 100.",
        ),
        after="The rate is still a quarter; the share of real grain is not.",
    ),
    Exercise(
        id="3.6",
        name="least_climb",
        kind=float,
        expected=least_climb,
        unit="times",
        hints=(
            "`fits.parameters` is a dictionary: a name in square brackets gives the values.",
            'The name is `"climb"`, with its quotation marks.',
            "Put `.min()` behind the closing bracket.",
        ),
        after="Above 1 in every setting that fits: Yongding's steps grew with rank.",
    ),
    Exercise(
        id="3.7",
        name="fair_rate",
        kind=float,
        expected=fair_rate,
        unit="a share, to 0.01",
        hints=(
            "Read in the table what villagers lack with honest reports.",
            "Leave pressure at 1 and weighing at 0; lower τ until the sentence says no more.",
            "Go one step back up: does it still say no more?",
        ),
        tolerance=0.04,
        after="Honest reports were worth a cut of that size, at these settings.",
    ),
]
