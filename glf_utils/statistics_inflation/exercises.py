"""Exercises and guesses of lessons 31 to 33, on the inflation of statistics."""

from functools import cache

import numpy as np

from glf_utils.answers.checker import Exercise, Slip
from glf_utils.answers.guessing import Guess
from glf_utils.country.believed import believed
from glf_utils.country.search import fitting_sets
from glf_utils.country.season import season
from glf_utils.country.tree import Policy, begin, draw_hierarchy, share_out
from glf_utils.statistics_inflation.evidence import by_province, record
from glf_utils.statistics_inflation.leap import lacking
from glf_utils.statistics_inflation.model import OFFICIAL, best_exaggeration, pass_up
from glf_utils.tables import load, one

SQUARE_METRES = 10_000 / 15  # of a mu


def _slips(says, *answers):
    """Wrong answers that one sentence names."""
    return tuple(Slip(answer, says) for answer in answers)


# -- 31: Can you weigh a lie? --------------------------------------------------------------------


def _claim(date):
    """Jin per mu claimed for a plot on a day."""
    return one("field_claims", f"level == 'plot' and date == '{date}'", "claimed_jin_per_mu")


def first_satellite():
    """Kilograms on a square metre, of the first record."""
    return _claim("1958-06-08") * 0.5 / SQUARE_METRES


def ruler():
    """Jin per mu that weigh as much as water one centimetre deep."""
    return 10 * SQUARE_METRES / 0.5


def furthest():
    """The level whose estimate for Yongding lay furthest from the scale."""
    rows = load("reporting_errors").query("case == 'yongding_1960'")
    return rows.set_index("level")["ratio_high"].idxmax()


def _yongding():
    """Jin per mu as weighed, and as brigade, commune and county first had it."""
    rows = load("reporting_errors").query("case == 'yongding_1960'").set_index("level")
    return (rows["measured"] + rows["error_high"])[["weighing", "brigade", "commune", "county"]]


def _each_adds_the_countys_share(levels):
    reports = _yongding()
    return reports["weighing"] * (reports["county"] / reports["commune"]) ** levels


def county_everywhere():
    """What the top would have reported, had every level added the county's share."""
    return _each_adds_the_countys_share(3)


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


# -- 32: Who asked for the lie? ------------------------------------------------------------------


def _grain_plan(date, year=1958, column="value_high"):
    asked = f"commodity == 'grain' and kind == 'plan' and target_year == {year}"
    return one("targets_and_claims", f"{asked} and date == '{date}'", column)


def highest_plan():
    """Million tonnes of grain in the highest plan for 1959."""
    plans = load("targets_and_claims").query("commodity == 'grain' and target_year == 1959")
    return plans[plans["kind"] == "plan"]["value_high"].max()


def _asked_below(steps):
    must, hoped = _grain_plan("1958-02-03"), _grain_plan("1958-05-06")
    return must * (hoped / must) ** steps


def asked_of_communes():
    """Million tonnes, if every step down adds what the centre hoped for beyond its plan."""
    return _asked_below(3)


def _safe_report(rate):
    return (OFFICIAL["yield_per_head"] - OFFICIAL["need"]) / rate


def safe_report():
    """Kilograms a head that an official may report before people go hungry."""
    return _safe_report(0.4)


def lowers_more():
    """Which remedy lowers the report more, half the prize or a weighing every second time."""
    half = best_exaggeration(prize=40, private_cost=1_000, **OFFICIAL)
    weighed = best_exaggeration(prize=80, private_cost=1_000, audit=0.5, **OFFICIAL)
    return "neither" if np.isclose(half, weighed) else "prize" if half < weighed else "weighing"


def _arrives(levels, audit):
    """What the top is told over the truth, by officials who do not mind hunger."""
    official = dict(prize=80, rivalry=0.01, yield_per_head=300, private_cost=1_000, penalty=4_000)
    return pass_up(1, [best_exaggeration(**official, audit=audit)] * levels)[-1]


def nearer():
    """Which report arrives nearer the truth: three levels, or five weighed half the time."""
    few, weighed = _arrives(3, 0), _arrives(5, 0.5)
    return "few" if abs(few - 1) < abs(weighed - 1) else "weighed"


EVENTS = {
    "rightists": "The campaign against rightists begins",
    "accounts": "The Sixty Points on Working Methods",
    "beidaihe": "The Politburo opens its enlarged meeting at Beidaihe",
    "lushan": "The Lushan conference opens",
}
"""Causes to choose from, and how the timeline's rows begin."""


def too_late():
    """The one of the events that came after the highest claim for a field."""
    days = load("timeline").set_index("event")["date"]
    highest = load("field_claims").set_index("claimed_jin_per_mu")["date"].loc[130_434]
    starts = {name: days[days.index.str.startswith(words)].item() for name, words in EVENTS.items()}
    (late,) = [name for name, day in starts.items() if day > highest]
    return late


# -- 33: What do 26,000 reports add up to? -------------------------------------------------------


@cache
def _country():
    """The lesson's first season of exaggeration, and the tonnes that had grown."""
    tree = draw_hierarchy([26_000, 2_000, 27, 1], seed=1958)
    harvest = share_out(195.05e6, 26_000, spread=0.5, seed=1958)
    policy = Policy(pressure=0.2, rivalry=0, ambition=0.5, rate=0.25)
    year = season(begin(tree, harvest, harvest / 0.36, policy), harvest, policy)
    return year, harvest.sum(dtype=float)


def _told(level):
    """What a level holds over the harvest."""
    told = _country()[0].told[0]
    return float(told[level] / told[0])


def too_much():
    """Per cent by which the country reports too much when asked for half as much again."""
    return 100 * (_told(-1) - 1)


def share_taken():
    """Per cent of the harvest procured in the lesson's first season of exaggeration."""
    year, harvest = _country()
    return 100 * float(year.taken[0] / harvest)


@cache
def _least_climb(steps=0.5, leaders=True):
    """Smallest growth of pressure with rank that meets the record, or a part of it."""
    names = "targets_and_claims", "reporting_errors", "grain_national"
    bounds = record(*(load(name) for name in names), steps=steps)
    if not leaders:
        bounds["believed"] = np.tile([-np.inf, np.inf], (4, 1))
    small, crop = draw_hierarchy([16, 8, 4, 2, 1], seed=1958), np.full(16, 1e6)
    return float(fitting_sets(small, crop, crop / 0.36, **bounds).parameters["climb"].min())


def asks_for_climb():
    """The piece of the record without which pressure need not grow with rank."""
    needed = {
        "yongding": _least_climb(steps=20) < 1.05,
        "leaders": _least_climb(leaders=False) < 1.05,
    }
    alone = [name for name, needs in needed.items() if needs]
    return alone[0] if len(alone) == 1 else "both" if alone else "neither"


def _chance_left(reports):
    return 15 / reports**0.5


def chance_left():
    """Per cent that is left of errors of 15 per cent in the mean of many reports."""
    return _chance_left(26_000)


def fair_rate():
    """Highest rate at which old reports leave villagers lacking no more than honest ones."""
    honest = lacking(pressure=0)
    return max(rate for rate in np.arange(10, 41) / 100 if lacking(rate=rate) <= honest)


GUESSES = [
    Guess(
        id="31.a",
        asks="Does a ruler reject the first satellite, of 8 June 1958?",
        kind=str,
        choices=("yes", "no"),
        found=lambda: "yes" if first_satellite() > 100 else "no",
        says=lambda: f"no: it is {first_satellite():.1f} kilograms on a square metre",
    ),
    Guess(
        id="31.b",
        asks="Whose figure lay furthest from the scale: brigade, commune or county?",
        kind=str,
        choices=("brigade", "commune", "county"),
        found=furthest,
        says=lambda: "county: {county:.0f} jin where {weighing:.0f} were weighed".format(
            **_yongding()
        ),
    ),
    Guess(
        id="32.a",
        asks="How high did the highest plan of 1958 for the grain of the next year stand?",
        kind=float,
        unit="million tonnes",
        found=highest_plan,
    ),
    Guess(
        id="32.b",
        asks="Which lowers his report more, half the prize or a weighing every second time?",
        kind=str,
        choices=("prize", "weighing", "neither"),
        found=lowers_more,
        says="neither: in the model both stop where the report begins to cost people food",
    ),
    Guess(
        id="33.a",
        asks="Asked for half as much again, by how many per cent does the country overstate?",
        kind=float,
        unit="per cent",
        found=too_much,
    ),
    Guess(
        id="33.b",
        asks="What moves the belief of the model's centre more: chance, or the common pressure?",
        kind=str,
        choices=("chance", "pressure"),
        found=lambda: "pressure",
        says="pressure: it lifts belief by more than half the harvest, chance by under a fifth",
    ),
]

EXERCISES = [
    Exercise(
        id="31.1",
        name="ruler",
        kind=float,
        expected=ruler,
        unit="jin per mu",
        hints=(
            "How many kilograms is that on all the square metres of a mu?",
            "`square_metres` holds how many there are; a jin is half a kilogram.",
            "Multiply 10 by the square metres, then turn kilograms into jin.",
        ),
        after="Six of the fifteen claims in the figure stand above this line.",
        slips=(
            *_slips(
                "That is in kilograms; the question asks for jin.",
                lambda: ruler() / 2,
            ),
            *_slips(
                "A jin is half a kilogram, so there are more jin than kilograms.",
                lambda: ruler() / 4,
            ),
            *_slips(
                "That is water ten centimetres deep; the question asks for one.",
                lambda: 10 * ruler(),
            ),
            *_slips(
                "That is on a hectare; the question asks for a mu.",
                lambda: 15 * ruler(),
                lambda: 15 * ruler() / 2,
            ),
            *_slips(
                "That is on one square metre; a mu has some 667 of them.",
                lambda: 10 / 0.5,
                lambda: 10 * 0.5,
            ),
            *_slips(
                "That is the weight of one kilogram a square metre; the water weighs more.",
                lambda: ruler() / 10,
            ),
            *_slips(
                "That is a claim of the newspapers; the question asks for a line to hold beside "
                "all of them.",
                lambda: _claim("1958-06-08"),
                lambda: _claim("1958-09-18"),
            ),
        ),
    ),
    Exercise(
        id="31.2",
        name="county_everywhere",
        kind=float,
        expected=county_everywhere,
        unit="jin per mu",
        hints=(
            "By what was the communes' 228 multiplied to reach 300?",
            "Begin from the weight, 193, and multiply once for each of the three levels.",
            "In Python three times the same factor is `(300 / 228) ** 3`.",
        ),
        after="More than twice the weight, and more than the best single yield, 392.",
        slips=(
            *_slips(
                "That adds the county's jin at each level; a share is taken of the larger number "
                "below.",
                lambda: _yongding()["weighing"] + 3 * (300 - 228),
            ),
            *_slips(
                "That adds three shares of the weight; each level takes its share of the report "
                "below it.",
                lambda: _yongding()["weighing"] * (1 + 3 * (300 / 228 - 1)),
            ),
            *_slips(
                "That is one level; the question asks for three.",
                lambda: _each_adds_the_countys_share(1),
            ),
            *_slips(
                "That is two levels; the question asks for three.",
                lambda: _each_adds_the_countys_share(2),
            ),
            *_slips(
                "That is four levels; the question asks for three.",
                lambda: _each_adds_the_countys_share(4),
            ),
            *_slips(
                "That takes the county's whole error three times over; only its own step is meant.",
                lambda: _yongding()["weighing"] * (300 / 193) ** 3,
            ),
            *_slips(
                "That begins from the communes' or the county's report; begin from the weight.",
                lambda: 228 * (300 / 228) ** 3,
                lambda: 300 * (300 / 228) ** 3,
                lambda: 300 * (300 / 228),
            ),
            *_slips(
                "That is how many times the weight it is; the question asks for jin per mu.",
                lambda: (300 / 228) ** 3,
            ),
            *_slips(
                "That takes the brigades' share; the question asks for the county's.",
                lambda: 193 * (205 / 193) ** 3,
            ),
            *_slips(
                "That is what the county did report.",
                lambda: 300.0,
            ),
        ),
    ),
    Exercise(
        id="31.3",
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
        id="31.4",
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
            *_slips(
                "That is about the whole country; the question takes the provinces in `known`.",
                lambda: _nation("grain_without_soybeans") - _settled(),
                lambda: _nation("grain_without_soybeans") + _nation("soybeans") - _settled(),
                lambda: _printed("1959-08-26") - _settled(),
                lambda: _printed("1959-04-19") - _settled(),
            ),
            *_slips(
                "That adds up the provinces without a final figure too, and on one side only.",
                lambda: _listed().sum()["restated"] - _listed().sum()["final"],
            ),
            *_slips(
                "That leaves soybeans out of the list; the final figures count them.",
                lambda: _without_soybeans() - _known("final"),
            ),
            *_slips(
                "That is how many times too large the list was; the question asks for million "
                "tonnes.",
                lambda: _known("restated") / _known("final"),
            ),
            *_slips(
                "That is the error in per cent; the question asks for million tonnes.",
                lambda: 100 * (_known("restated") / _known("final") - 1),
            ),
            *_slips(
                "That is the mean over the provinces; the question takes them together.",
                lambda: error_left() / len(_listed().dropna()),
            ),
            *_slips(
                "That is what the list says, all of it; the question asks for the part that was "
                "too much.",
                lambda: _known("restated"),
            ),
            *_slips(
                "That is what stood in the end, all of it; the question asks for the part that "
                "was too much.",
                lambda: _known("final"),
            ),
            *_slips(
                "That adds the three rows that were printed; `known` has more.",
                lambda: (_listed()["restated"] - _listed()["final"]).dropna().head(3).sum(),
            ),
        ),
    ),
    Exercise(
        id="31.5",
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
            *_slips(
                "That is modern steel alone; the question asks for all steel.",
                lambda: 100 * (_steel("revised") / _steel("actual", 1957) - 1),
            ),
            *_slips(
                "That measures the rise against the later year; a rise is counted from the "
                "earlier one.",
                lambda: 100 * (1 - _steel("actual", 1957) / _steel("announced")),
            ),
            *_slips(
                "That is a fall from 1958 back to 1957; the question goes the other way.",
                lambda: 100 * (_steel("actual", 1957) / _steel("announced") - 1),
            ),
            *_slips(
                "That is the steel of 1957 in per cent of that of 1958; the question goes the "
                "other way.",
                lambda: 100 * _steel("actual", 1957) / _steel("announced"),
            ),
            *_slips(
                "That is the rise in million tonnes; the question asks for per cent.",
                lambda: _steel("announced") - _steel("actual", 1957),
            ),
            *_slips(
                "That is the course page's figure, which this exercise puts to the test.",
                lambda: one("account_claims", "claim_id == 'S2-018'", "value_low"),
            ),
            *_slips(
                "That compares two figures for 1958; the question compares 1958 with 1957.",
                lambda: 100 * (_steel("announced") / _steel("revised") - 1),
            ),
            *_slips(
                "That is native steel alone, against 1957; the question asks for all steel.",
                lambda: 100 * (_steel("announced") - _steel("revised")) / _steel("actual", 1957),
            ),
            *_slips(
                "That is the part of native steel in 1958; the question compares two years.",
                lambda: 100 * (_steel("announced") - _steel("revised")) / _steel("announced"),
            ),
        ),
    ),
    Exercise(
        id="32.1",
        name="asked_of_communes",
        kind=float,
        expected=asked_of_communes,
        unit="million tonnes",
        hints=(
            "Divide what the centre hoped for by what it planned: that is one step.",
            "There are three steps: centre to province, province to county, county to commune.",
            "Begin from 196 and multiply by the step once for each of the three.",
        ),
        after="Two fifths above the plan, and nobody has harvested, or lied, yet.",
        slips=(
            *_slips(
                "That adds the same tonnes three times; each office adds its share to what it "
                "was told.",
                lambda: 196 + 3 * (_grain_plan("1958-05-06") - 196),
            ),
            *_slips(
                "That is two steps, what a county must reach; communes stand one lower.",
                lambda: _asked_below(2),
            ),
            *_slips(
                "That is what the centre hoped for; provinces and counties have not added yet.",
                lambda: _asked_below(1),
            ),
            *_slips(
                "That is four steps; the question stops at the communes.",
                lambda: _asked_below(4),
            ),
            *_slips(
                "That is the plan with which the ladder began.",
                lambda: _asked_below(0),
            ),
            *_slips(
                "That is how many times the plan it is; the question asks for million tonnes.",
                lambda: asked_of_communes() / 196,
                lambda: _asked_below(1) / 196,
            ),
            *_slips(
                "That is what was added on the way; the question asks for the whole target.",
                lambda: asked_of_communes() - 196,
            ),
            *_slips(
                "That multiplies three times by the sum of steps; each step is the same small "
                "share.",
                lambda: 196 * (1 + 3 * (_grain_plan("1958-05-06") / 196 - 1)) ** 3,
            ),
        ),
    ),
    Exercise(
        id="32.2",
        name="too_late",
        kind=str,
        expected=too_late,
        choices=tuple(EVENTS),
        hints=(
            "A cause comes before what it causes. When were the satellites printed?",
            "They were printed from June to September 1958; look for each date in sections 1 to 3.",
            "Three of the four fall before the highest claim, one falls the summer after.",
        ),
        after="It bears on the reports of 1959 and 1960, and on how long the error lasted.",
        slips=(
            Slip("rightists", "That campaign began in June 1957, a year before the satellites."),
            Slip("accounts", "The sets of targets came in January 1958, before any harvest."),
            Slip(
                "beidaihe",
                "That meeting was in August 1958; the tallest claims are of the weeks after it.",
            ),
        ),
    ),
    Exercise(
        id="32.3",
        name="safe_report",
        kind=float,
        expected=safe_report,
        unit="kg a head",
        hints=(
            "How many kilograms can be spared from 300 if everybody is to keep 220?",
            "Two fifths of the report may be no more than that.",
            "Divide what can be spared by 0.4.",
        ),
        after="He must report a third less than there is. Of him the state says that he hides "
        "grain; in the village people eat.",
        slips=(
            *_slips(
                "That is the answer for a quarter; now two fifths are taken.",
                lambda: _safe_report(0.25),
            ),
            *_slips(
                "That is what can be spared; the report is larger, for only a part of it is taken.",
                lambda: OFFICIAL["yield_per_head"] - OFFICIAL["need"],
            ),
            *_slips(
                "That is two fifths of the harvest; the question asks for the report that takes "
                "less.",
                lambda: 0.4 * OFFICIAL["yield_per_head"],
            ),
            *_slips(
                "That is what is left if he reports the truth; the question asks for a report.",
                lambda: 0.6 * OFFICIAL["yield_per_head"],
            ),
            *_slips(
                "That is what people need; it is kept, and not reported on.",
                lambda: OFFICIAL["need"],
            ),
            *_slips(
                "That divides the need; what is taken comes out of what can be spared.",
                lambda: OFFICIAL["need"] / 0.4,
                lambda: OFFICIAL["need"] / 0.6,
            ),
            *_slips(
                "That divides by what is not taken; divide by the part that is.",
                lambda: (OFFICIAL["yield_per_head"] - OFFICIAL["need"]) / 0.6,
            ),
            *_slips(
                "That multiplies; two fifths of the report is what may be taken, so divide.",
                lambda: (OFFICIAL["yield_per_head"] - OFFICIAL["need"]) * 0.4,
            ),
            *_slips(
                "That is the truth, and at the truth people are short.",
                lambda: OFFICIAL["yield_per_head"],
            ),
            *_slips(
                "That is report over harvest; the question asks for kilograms a head.",
                lambda: safe_report() / OFFICIAL["yield_per_head"],
            ),
        ),
    ),
    Exercise(
        id="32.4",
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
        id="33.1",
        name="share_taken",
        kind=float,
        expected=share_taken,
        unit="per cent",
        hints=(
            "By how much did belief rise, if it goes four fifths of the way to the report?",
            "What was taken stands in `year.taken`; `harvest.sum()` adds up what grew.",
            "Divide what was taken by the harvest, then multiply by 100.",
        ),
        after="The rate is still a quarter; the share of real grain is not.",
        slips=(
            *_slips(
                "That is the share of what is *believed*; the question asks for the share of "
                "the harvest.",
                lambda: 25.0,
            ),
            *_slips(
                "That takes a quarter of what the centre is told; its belief has moved only "
                "part of the way there.",
                lambda: 25 * _told(-1),
            ),
            *_slips(
                "That takes a quarter of a report from far below the centre; the state goes by "
                "its own belief.",
                lambda: 25 * _told(1),
            ),
            *_slips(
                "That takes a quarter of the plan; the state takes a quarter of what it believes.",
                lambda: 25 * 1.5,
            ),
            *_slips(
                "That is below a quarter; who believes in more than there is takes more of what "
                "there is.",
                lambda: 25 / _told(-1),
            ),
            *_slips(
                "That is the grain taken, in tonnes; the question sets it against the harvest.",
                lambda: _country()[0].taken[0],
            ),
            *_slips(
                "That is the grain taken, in million tonnes; the question sets it against the "
                "harvest.",
                lambda: _country()[0].taken[0] / 1e6,
            ),
            *_slips(
                "That is by how much the report is too high; the question asks what is taken of "
                "the harvest.",
                too_much,
            ),
            *_slips(
                "That is what stays in the villages; the question asks what is taken.",
                lambda: 100 - share_taken(),
            ),
            *_slips(
                "That is belief over harvest; the question asks what is taken of the harvest.",
                lambda: share_taken() / 25,
            ),
            *_slips(
                "That is belief in per cent of the harvest; the question asks what is taken.",
                lambda: share_taken() * 4,
            ),
        ),
    ),
    Exercise(
        id="33.2",
        name="asks_for_climb",
        kind=str,
        expected=asks_for_climb,
        choices=("yongding", "leaders", "both", "neither"),
        hints=(
            "With the whole record the smallest `climb` that fits is 1.37, above the 1 tried.",
            "Run the cell with each piece taken out in turn. When does the smallest come down "
            "to 1?",
            "A smallest value of 1.14 still says that pressure must grow; one of 1.00 does not.",
        ),
        after="A single county, weighed in a single summer, carries that part of the fit.",
        slips=(
            Slip(
                "leaders",
                "Without the leaders' figures the smallest `climb` is still above 1; try the other "
                "piece.",
            ),
            Slip(
                "both",
                "Take out one piece at a time; with one of them gone the smallest `climb` is "
                "still above 1.",
            ),
            Slip(
                "neither",
                "With one of the two pieces gone the smallest `climb` comes down to the lowest "
                "value tried.",
            ),
        ),
    ),
    Exercise(
        id="33.3",
        name="chance_left",
        kind=float,
        expected=chance_left,
        unit="per cent",
        hints=(
            "Four reports halve the error, a hundred leave a tenth: what is done to the number "
            "of reports?",
            "The square root of 100 is 10; in Python it is `100 ** 0.5`.",
            "Divide 15 by the square root of 26,000.",
        ),
        after="Less than a thousandth of the harvest. What all add in common is not in it.",
        slips=(
            *_slips(
                "That divides by the number of reports; chance cancels with its square root.",
                lambda: 15 / 26_000,
            ),
            *_slips(
                "That is the error of one report; errors up and down cancel in a mean.",
                lambda: 15.0,
            ),
            *_slips(
                "That takes the root of the whole; only the number of reports is under it.",
                lambda: (15 / 26_000) ** 0.5,
            ),
            *_slips(
                "That multiplies; in a mean chance grows smaller.",
                lambda: 15 * 26_000**0.5,
                lambda: 15 * 26_000,
            ),
            *_slips(
                "That is the square root of the number of reports; divide 15 by it.",
                lambda: 26_000**0.5,
            ),
            *_slips(
                "That is for 100 reports; there are 26,000.",
                lambda: 1.5,
            ),
            *_slips(
                "That is for the 2,000 counties; chance enters in the 26,000 communes.",
                lambda: _chance_left(2_000),
            ),
            *_slips(
                "That is for the 27 provinces; chance enters in the 26,000 communes.",
                lambda: _chance_left(27),
            ),
        ),
    ),
    Exercise(
        id="33.4",
        name="fair_rate",
        kind=float,
        expected=fair_rate,
        unit="a share, to 0.01",
        hints=(
            "Read in the sentence below the picture what villagers lack with honest reports.",
            "Leave pressure at 1 and weighing at 0; lower τ until the sentence says no more.",
            "Go one step back up: does it still say no more?",
        ),
        tolerance=0.04,
        after="Honest reports were worth a cut of that size, at these settings.",
        slips=(
            *_slips(
                "At this rate villagers lack more than with honest reports.",
                lambda: fair_rate() + 0.01,
                lambda: fair_rate() + 0.02,
                lambda: fair_rate() + 0.03,
                lambda: 0.20,
                lambda: 0.30,
            ),
            *_slips(
                "At this rate villagers lack no more, but neither do they at a slightly higher "
                "one; the highest is asked for.",
                lambda: fair_rate() - 0.01,
                lambda: fair_rate() - 0.02,
                lambda: fair_rate() - 0.03,
                lambda: fair_rate() - 0.04,
            ),
            *_slips(
                "That is the rate as it was, at which villagers lack more than with honest "
                "reports.",
                lambda: 0.25,
            ),
            *_slips(
                "That is what villagers lack with honest reports, in million tonnes; the "
                "question asks for a rate.",
                lambda: lacking(pressure=0),
            ),
        ),
    ),
]
