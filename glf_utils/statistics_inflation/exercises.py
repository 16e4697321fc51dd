"""Exercises of ``03_statistics_inflation``."""

from functools import cache

import numpy as np

from glf_utils.answers.checker import Exercise, Slip
from glf_utils.country.believed import believed
from glf_utils.country.search import RANGES, fitting_sets
from glf_utils.country.season import season
from glf_utils.country.tree import Policy, begin, draw_hierarchy, share_out
from glf_utils.statistics_inflation.evidence import by_province, record
from glf_utils.statistics_inflation.leap import LEAP, lacking
from glf_utils.statistics_inflation.model import best_exaggeration, pass_up
from glf_utils.tables import load, one


def belief():
    """Whether the figure of April 1959 still stood in September, once soybeans are put back."""
    april = believed(load("targets_and_claims"), 1958)["value_high"].item()
    september = _nation("grain_without_soybeans") + _nation("soybeans")
    return "stayed" if abs(september / april - 1) < 0.01 else "fell"


def _nation(item):
    """Million tonnes for the whole country in the list of September 1959."""
    listed = load("provincial_output_1958").query("stage == 'lushan_restatement'")
    return one(listed[listed["province"].isna()], f"item == '{item}'")


def _printed(date):
    """Million tonnes said of the harvest of 1958 on a day."""
    asked = f"commodity == 'grain' and target_year == 1958 and date == '{date}'"
    return one("targets_and_claims", asked, "value_high")


def _settled():
    return one("grain_national", "series == 'output_official_old' and year == 1958")


def _listed():
    names = "provincial_output_1958", "provincial_grain", "provinces"
    return by_province(*(load(name) for name in names))[["restated", "final"]]


def _known(column):
    """Sum of a column over the provinces that have a final figure, million tonnes."""
    return _listed().dropna()[column].sum()


def _without_soybeans():
    known = _listed().dropna().index
    listed = load("provincial_output_1958").query("item == 'grain_without_soybeans'")
    listed = listed.query("stage == 'lushan_restatement'").dropna(subset="province")
    names = load("provinces").set_index("province")["name_en"]
    return listed[listed["province"].map(names).isin(known)]["value"].sum()


def error_left():
    """Million tonnes by which the list of September 1959 exceeds the final figures."""
    return _known("restated") - _known("final")


def _steel(kind, year=1958):
    """Million tonnes in the communiqué of August 1959."""
    asked = f"commodity == 'steel' and target_year == {year} and kind == '{kind}'"
    return one("targets_and_claims", asked + " and source == 'plenum8_1959'", "value_high")


def steel_rise():
    """Per cent by which all the steel announced for 1958 exceeds the steel of 1957."""
    return 100 * (_steel("announced") / _steel("actual", 1957) - 1)


def nearer():
    """Which report arrives nearer the truth: three levels, or five weighed half the time."""
    official = dict(prize=0.8, rivalry=0.01, yield_per_head=300, private_cost=10, penalty=40)
    few = pass_up(1, [best_exaggeration(**official, audit=0)] * 3)[-1]
    weighed = pass_up(1, [best_exaggeration(**official, audit=0.5)] * 5)[-1]
    return "few" if abs(few - 1) < abs(weighed - 1) else "weighed"


@cache
def _country():
    """The notebook's first season of exaggeration, and the tonnes that had grown."""
    tree = draw_hierarchy([26_000, 2_000, 27, 1], seed=1958)
    harvest = share_out(195.05e6, 26_000, spread=0.5, seed=1958)
    policy = Policy(pressure=0.2, rivalry=0, ambition=0.5, rate=0.25)
    year = season(begin(tree, harvest, harvest / 0.36, policy), harvest, policy)
    return year, harvest.sum(dtype=float)


def _season():
    return _country()[0]


def share_taken():
    """Per cent of the harvest procured in the notebook's first season of exaggeration."""
    year, harvest = _country()
    return 100 * float(year.taken[0] / harvest)


@cache
def _fits():
    """The settings that meet the record, by name."""
    bounds = record(
        *(load(name) for name in ("targets_and_claims", "reporting_errors", "grain_national"))
    )
    small, crop = draw_hierarchy([16, 8, 4, 2, 1], seed=1958), np.full(16, 1e6)
    return fitting_sets(small, crop, crop / 0.36, **bounds, tried=20_000).parameters


def least_climb():
    """Smallest growth of pressure with rank among the settings that meet the record."""
    return float(_fits()["climb"].min())


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
        slips=(
            Slip(
                "fell",
                "The printed figure went from 263 to 250, but 250 leaves soybeans out and 263 "
                "has them in.",
            ),
            Slip(
                "rose",
                "With soybeans once on each side, September's figure is not above April's by as "
                "much as one per cent.",
            ),
        ),
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
        slips=(
            Slip(
                lambda: _nation("grain_without_soybeans") - _settled(),
                "That is about the whole country; the question takes the provinces in `known`.",
            ),
            Slip(
                lambda: _nation("grain_without_soybeans") + _nation("soybeans") - _settled(),
                "That is about the whole country; the question takes the provinces in `known`.",
            ),
            Slip(
                lambda: _printed("1959-08-26") - _settled(),
                "That is about the whole country; the question takes the provinces in `known`.",
            ),
            Slip(
                lambda: _printed("1959-04-19") - _settled(),
                "That is about the whole country; the question takes the provinces in `known`.",
            ),
            Slip(
                lambda: _listed().sum()["restated"] - _listed().sum()["final"],
                "That adds up the provinces without a final figure too, and on one side only.",
            ),
            Slip(
                lambda: _without_soybeans() - _known("final"),
                "That leaves soybeans out of the list; the final figures count them.",
            ),
            Slip(
                lambda: _known("restated") / _known("final"),
                "That is how many times too large the list was; the question asks for million "
                "tonnes.",
            ),
            Slip(
                lambda: 100 * (_known("restated") / _known("final") - 1),
                "That is the error in per cent; the question asks for million tonnes.",
            ),
            Slip(
                lambda: error_left() / len(_listed().dropna()),
                "That is the mean over the provinces; the question takes them together.",
            ),
            Slip(
                lambda: _known("restated"),
                "That is what the list says, all of it; the question asks for the part that was "
                "too much.",
            ),
            Slip(
                lambda: _known("final"),
                "That is what stood in the end, all of it; the question asks for the part that "
                "was too much.",
            ),
            Slip(
                lambda: (_listed()["restated"] - _listed()["final"]).dropna().head(3).sum(),
                "That adds the three rows that were printed; `known` has more.",
            ),
        ),
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
        slips=(
            Slip(
                lambda: 100 * (_steel("revised") / _steel("actual", 1957) - 1),
                "That is modern steel alone; the question asks for all steel.",
            ),
            Slip(
                lambda: 100 * (1 - _steel("actual", 1957) / _steel("announced")),
                "That measures the rise against the later year; a rise is counted from the "
                "earlier one.",
            ),
            Slip(
                lambda: 100 * (_steel("actual", 1957) / _steel("announced") - 1),
                "That is a fall from 1958 back to 1957; the question goes the other way.",
            ),
            Slip(
                lambda: 100 * _steel("actual", 1957) / _steel("announced"),
                "That is the steel of 1957 in per cent of that of 1958; the question goes the "
                "other way.",
            ),
            Slip(
                lambda: _steel("announced") - _steel("actual", 1957),
                "That is the rise in million tonnes; the question asks for per cent.",
            ),
            Slip(
                lambda: one("account_claims", "claim_id == 'S2-018'", "value_low"),
                "That is S2's figure, which this exercise puts to the test.",
            ),
            Slip(
                lambda: 100 * (_steel("announced") / _steel("revised") - 1),
                "That compares two figures for 1958; the question compares 1958 with 1957.",
            ),
            Slip(
                lambda: 100 * (_steel("announced") - _steel("revised")) / _steel("actual", 1957),
                "That is native steel alone, against 1957; the question asks for all steel.",
            ),
            Slip(
                lambda: 100 * (_steel("announced") - _steel("revised")) / _steel("announced"),
                "That is the part of native steel in 1958; the question compares two years.",
            ),
        ),
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
        slips=(
            Slip(
                "few",
                "Three levels make a shorter way, but each adds far more; compare the last "
                "numbers of the two runs.",
            ),
        ),
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
        slips=(
            Slip(
                lambda: 25.0,
                "That is the share of what is *believed*; the question asks for the share of "
                "the harvest.",
            ),
            Slip(
                lambda: 25 * _season().told[0, -1] / _season().told[0, 0],
                "That takes a quarter of what the centre is told; its belief has moved only "
                "part of the way there.",
            ),
            Slip(
                lambda: 25 * _season().told[0, 1] / _season().told[0, 0],
                "That takes a quarter of a report from far below the centre; the state goes by "
                "its own belief.",
            ),
            Slip(
                lambda: 25 * 1.5,
                "That takes a quarter of the plan; the state takes a quarter of what it believes.",
            ),
            Slip(
                lambda: 25 * _season().told[0, 0] / _season().told[0, -1],
                "That is below a quarter; who believes in more than there is takes more of what "
                "there is.",
            ),
            Slip(
                lambda: _season().taken[0],
                "That is the grain taken, in tonnes; the question sets it against the harvest.",
            ),
            Slip(
                lambda: _season().taken[0] / 1e6,
                "That is the grain taken, in million tonnes; the question sets it against the "
                "harvest.",
            ),
            Slip(
                lambda: 100 * (_season().told[0, -1] / _season().told[0, 0] - 1),
                "That is by how much the report is too high; the question asks what is taken of "
                "the harvest.",
            ),
            Slip(
                lambda: share_taken() / 25,
                "That is belief over harvest; the question asks what is taken of the harvest.",
            ),
            Slip(
                lambda: share_taken() * 4,
                "That is belief in per cent of the harvest; the question asks what is taken.",
            ),
        ),
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
        slips=(
            Slip(
                lambda: RANGES["climb"][0],
                "That is the lowest value tried; the question asks for the lowest that fits.",
            ),
            Slip(
                lambda: RANGES["climb"][1],
                "That is the highest value tried; the question asks for the lowest that fits.",
            ),
            Slip(
                lambda: _fits()["climb"].max(),
                "That is the largest that fits; the question asks for the smallest.",
            ),
            Slip(
                lambda: _fits()["climb"].mean(),
                "That is the mean of those that fit; the question asks for the smallest.",
            ),
            Slip(
                lambda: _fits()["climb"][0],
                "That is the first of the list, which is in no order; the question asks for the "
                "smallest.",
            ),
            Slip(
                lambda: LEAP["climb"],
                "That is close to one setting that fits, the one picked later; the question "
                "asks for the smallest of all.",
            ),
            Slip(
                lambda: _fits()["field"].min(),
                "That is the smallest pressure at the lowest levels; the question asks for "
                "another parameter, `climb`.",
            ),
        ),
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
        slips=(
            Slip(
                lambda: fair_rate() + 0.01,
                "At this rate villagers lack more than with honest reports.",
            ),
            Slip(
                lambda: fair_rate() + 0.02,
                "At this rate villagers lack more than with honest reports.",
            ),
            Slip(
                lambda: fair_rate() + 0.03,
                "At this rate villagers lack more than with honest reports.",
            ),
            Slip(lambda: 0.20, "At this rate villagers lack more than with honest reports."),
            Slip(
                lambda: fair_rate() - 0.01,
                "At this rate villagers lack no more, but neither do they at a slightly higher "
                "one; the highest is asked for.",
            ),
            Slip(
                lambda: fair_rate() - 0.02,
                "At this rate villagers lack no more, but neither do they at a slightly higher "
                "one; the highest is asked for.",
            ),
            Slip(
                lambda: fair_rate() - 0.03,
                "At this rate villagers lack no more, but neither do they at a slightly higher "
                "one; the highest is asked for.",
            ),
            Slip(
                lambda: fair_rate() - 0.04,
                "At this rate villagers lack no more, but neither do they at a slightly higher "
                "one; the highest is asked for.",
            ),
            Slip(
                lambda: 0.25,
                "That is the rate as it was, at which villagers lack more than with honest "
                "reports.",
            ),
            Slip(lambda: 0.30, "At this rate villagers lack more than with honest reports."),
            Slip(
                lambda: lacking(pressure=0),
                "That is what villagers lack with honest reports, in million tonnes; the "
                "question asks for a rate.",
            ),
        ),
    ),
]
