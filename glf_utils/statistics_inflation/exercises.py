"""Exercises and guesses of lessons 31 to 34, on the inflation of statistics."""

from functools import cache

import numpy as np

from glf_utils.answers import Exercise, Guess, Slip
from glf_utils.country.believed import believed
from glf_utils.country.search import fitting_sets
from glf_utils.country.season import season
from glf_utils.country.tree import Policy, begin, draw_hierarchy, share_out
from glf_utils.statistics_inflation.evidence import by_province, record
from glf_utils.statistics_inflation.leap import lacking, procured
from glf_utils.statistics_inflation.model import OFFICIAL, best_exaggeration, best_of, pass_up
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


def _harvest(year):
    return one("grain_national", f"series == 'output_official_old' and year == {year}")


def _settled():
    return _harvest(1958)


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


def _dead(reporter, *ages):
    """People of these ages whom one inquiry at Tuanwan counted among the dead."""
    rows = load("tuanwan_1960").query(f"group == 'deaths_by_age' and reporter == '{reporter}'")
    counted = rows.set_index("item")["value"]
    return float(counted[list(ages) or counted.index].sum())


def _under_fifty():
    """Dead under fifty, as the team of the province and as the county counted them."""
    team = _dead("provincial_team", "14 and under", "20-49")
    return team, _dead("county_committee", "1-10", "about 30")


def under_fifty():
    """How many more of the dead of Tuanwan the team found to be under fifty."""
    team, county = _under_fifty()
    return team - county


# -- 32: Who asked for the lie? ------------------------------------------------------------------


def _grain_plan(date, year=1958, column="value_high"):
    asked = f"commodity == 'grain' and kind == 'plan' and target_year == {year}"
    return one("targets_and_claims", f"{asked} and date == '{date}'", column)


def highest_plan():
    """Million tonnes of grain, the highest named for 1959."""
    plans = load("targets_and_claims").query("commodity == 'grain' and target_year == 1959")
    return plans[plans["kind"] == "plan"]["value_high"].max()


def _after_steps(steps):
    must, hoped = _grain_plan("1958-02-03"), _grain_plan("1958-05-06")
    return must * (hoped / must) ** steps


def asked_below():
    """Million tonnes, if every step down adds what the centre hoped for beyond its plan."""
    return _after_steps(3)


def _before(day, claims=None):
    """Records for single fields dated before a day."""
    claims = fields_of_the_figure() if claims is None else claims
    return float((claims["date"] < day).sum())


def fields_of_the_figure():
    """The claims for single fields that the figure of lesson 31 draws."""
    return load("field_claims").query("level == 'plot'").dropna(subset="ratio_claim_to_plausible")


def before_beidaihe():
    """How many of the records are older than the meeting that asked for more."""
    return _before("1958-08-17")


def asked_after_lushan():
    """Per cent by which the plan of August 1959 exceeds the harvest of 1958 as it was settled."""
    return 100 * (_grain_plan("1959-08-26", 1959) / _settled() - 1)


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


# -- 33: What does a lie pay? --------------------------------------------------------------------


def _best(n, spread=0.3):
    """How many times the average the best of n honest fields is."""
    return float(best_of(n, spread))


def best_by_luck():
    """The best of 750,000 honest results that differ twice as much, over their average."""
    return _best(750_000)


def _safe_report(rate):
    return (OFFICIAL["yield_per_head"] - OFFICIAL["need"]) / rate


def safe_report():
    """Kilograms a head that an official may report before people go hungry."""
    return _safe_report(0.4)


def _lowers_more(penalty):
    official = OFFICIAL | dict(private_cost=1_000, penalty=penalty)
    half = best_exaggeration(prize=40, **official)
    weighed = best_exaggeration(prize=80, audit=0.5, **official)
    if np.isclose(half, weighed):
        return "both the same"
    return "prize" if half < weighed else "weighing"


def _arrives(levels, audit):
    """What the top is told over the truth, by officials who do not mind hunger."""
    official = dict(prize=80, rivalry=0.01, yield_per_head=300, private_cost=1_000, penalty=4_000)
    return pass_up(1, [best_exaggeration(**official, audit=audit)] * levels)[-1]


def levels_weighed():
    """Levels weighed half the time that lead no further astray than three never weighed."""
    return float(max(levels for levels in range(1, 20) if _arrives(levels, 0.5) <= _arrives(3, 0)))


def lowers_more():
    """Which remedy lowers the report more, half the prize or a weighing every second time."""
    return _lowers_more(OFFICIAL["penalty"])


def without_a_prize():
    """What an official reports whom nobody promotes, when two fifths are taken."""
    lie = best_exaggeration(prize=0, private_cost=1_000, **OFFICIAL | dict(rate=0.4))
    return "less" if lie < 0 else "more" if lie > 0 else "the truth"


def gentler():
    """Which remedy lowers the report more, if the sanction is a quarter."""
    found = _lowers_more(penalty=1_000)
    return "smaller prize" if found == "prize" else found


# -- 34: What do 26,000 reports add up to? -------------------------------------------------------


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
def _least_climb(steps=0.5, leaders=True, seed=1958):
    """Smallest growth of pressure with rank that meets the record, or a part of it."""
    names = "targets_and_claims", "reporting_errors", "grain_national"
    bounds = record(*(load(name) for name in names), steps=steps)
    if not leaders:
        bounds["believed"] = np.tile([-np.inf, np.inf], (4, 1))
    small, crop = draw_hierarchy([16, 8, 4, 2, 1], seed=1958), np.full(16, 1e6)
    fits = fitting_sets(small, crop, crop / 0.36, **bounds, seed=seed)
    return float(fits.parameters["climb"].min())


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
    """Per cent that is left of errors of 15 per cent in the sum of many reports."""
    return _chance_left(26_000)


def _same_want():
    """The slider's rate at which old reports leave villagers lacking what honest ones do."""
    honest = lacking(pressure=0)
    rates = [step / 100 for step in range(10, 41)]
    return min(rates, key=lambda rate: abs(lacking(rate=rate) - honest))


def _state_gains(rate):
    return procured(pressure=0) - procured(rate=rate)


def state_gains():
    """Million tonnes more for the state by honest reports than by old ones at a lower rate."""
    return _state_gains(_same_want())


GUESSES = [
    Guess(
        id="31.a",
        asks="Would the first satellite, of 8 June 1958, lie deeper than ten centimetres of water?",
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
        asks="How high was the highest figure named in 1958 for the grain of the next year?",
        kind=float,
        unit="million tonnes",
        found=highest_plan,
    ),
    Guess(
        id="33.a",
        asks="Which lowers his report more, half the prize or a weighing every second time?",
        kind=str,
        choices=("prize", "weighing", "both the same"),
        found=lowers_more,
        says="both the same, with these numbers: he stops where it begins to cost people food",
    ),
    Guess(
        id="33.b",
        asks="Two fifths are taken and nobody is promoted: does he report more, less or the truth?",
        kind=str,
        choices=("more", "less", "the truth"),
        found=without_a_prize,
        says="less: he hides a part of what people need, and no more, for hiding costs him too",
    ),
    Guess(
        id="34.a",
        asks="Asked for half as much again, by how many per cent does the country overstate?",
        kind=float,
        unit="per cent",
        found=too_much,
    ),
    Guess(
        id="34.b",
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
        id="31.3",
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
        id="31.4",
        name="under_fifty",
        kind=float,
        expected=under_fifty,
        unit="people",
        hints=(
            "Which rows of each reporter are of people younger than fifty? There are two for each.",
            "Add the two of the team, and the two of the county.",
            "Subtract the county's sum from the team's.",
        ),
        after="Two thirds of those whom the county did not count were younger than fifty.",
        slips=(
            *_slips(
                "That is the team's count of them; take away those whom the county has too.",
                lambda: _under_fifty()[0],
            ),
            *_slips(
                "That is the county's count of them; the question asks how many more the team has.",
                lambda: _under_fifty()[1],
            ),
            *_slips(
                "That is the difference at all ages; the question asks for those under fifty.",
                lambda: _dead("provincial_team") - _dead("county_committee"),
            ),
            *_slips(
                "That takes the youngest alone; add those up to forty-nine.",
                lambda: (
                    _dead("provincial_team", "14 and under") - _dead("county_committee", "1-10")
                ),
                lambda: _dead("provincial_team", "14 and under"),
            ),
            *_slips(
                "That takes the grown alone; add the children.",
                lambda: _dead("provincial_team", "20-49") - _dead("county_committee", "about 30"),
                lambda: _dead("provincial_team", "20-49"),
            ),
            *_slips(
                "That adds the two counts; the county's people are among the team's, so subtract.",
                lambda: sum(_under_fifty()),
            ),
            *_slips(
                "That is a share of the difference; the question asks for people.",
                lambda: under_fifty() / 77,
                lambda: 100 * under_fifty() / 77,
            ),
            *_slips(
                "That is of fifty and older; the question asks for the younger.",
                lambda: 77 - under_fifty(),
            ),
        ),
    ),
    Exercise(
        id="32.1",
        name="asked_below",
        kind=float,
        expected=asked_below,
        unit="million tonnes",
        hints=(
            "Divide what the centre hoped for by what it planned: that is one step.",
            "There are three steps: to the provinces, to the counties, to the units below them.",
            "Begin from 196 and multiply by the step once for each of the three.",
        ),
        after="Two fifths above the plan, and nobody has harvested, or lied, yet; in the end 200 "
        "stood.",
        slips=(
            *_slips(
                "That adds the same tonnes three times; each office adds its share to what it "
                "was told.",
                lambda: 196 + 3 * (_grain_plan("1958-05-06") - 196),
            ),
            *_slips(
                "That is two steps, what the counties must reach; the question goes one lower.",
                lambda: _after_steps(2),
            ),
            *_slips(
                "That is what the centre hoped for; provinces and counties have not added yet.",
                lambda: _after_steps(1),
            ),
            *_slips(
                "That is four steps; the question stops one below the counties.",
                lambda: _after_steps(4),
            ),
            *_slips(
                "That is the plan with which the ladder began.",
                lambda: _after_steps(0),
            ),
            *_slips(
                "That is how many times the plan it is; the question asks for million tonnes.",
                lambda: asked_below() / 196,
                lambda: _after_steps(1) / 196,
            ),
            *_slips(
                "That is what was added on the way; the question asks for the whole target.",
                lambda: asked_below() - 196,
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
        name="before_beidaihe",
        kind=float,
        expected=before_beidaihe,
        unit="claims",
        hints=(
            "Beidaihe opened on 17 August 1958. Dates written year first compare like words.",
            'Is a claim older? `fields["date"] < "1958-08-17"` answers for each row.',
            "`.sum()` behind a bracket of such answers counts how often the answer was yes.",
        ),
        after="Those cannot have been asked for there. The two tallest came after it began.",
        slips=(
            *_slips(
                "Those are the claims of after the opening; the question asks for the ones before.",
                lambda: len(fields_of_the_figure()) - before_beidaihe(),
            ),
            *_slips(
                "Those are all the claims of the figure; count the ones before 17 August.",
                lambda: float(len(fields_of_the_figure())),
            ),
            *_slips(
                "That counts one event of Macheng twice; take `fields` as it was opened above.",
                lambda: _before("1958-08-17", load("field_claims").query("level == 'plot'")),
            ),
            *_slips(
                "That counts rows that are no records of single fields; take `fields` as it was "
                "opened above.",
                lambda: _before("1958-08-17", load("field_claims")),
            ),
            *_slips(
                "That stops at the beginning of August; Beidaihe opened on the 17th.",
                lambda: _before("1958-08-01"),
            ),
            *_slips(
                "That is a share of the claims; the question asks how many.",
                lambda: before_beidaihe() / len(fields_of_the_figure()),
                lambda: 100 * before_beidaihe() / len(fields_of_the_figure()),
            ),
            *_slips(
                "That counts up to the end of September, nearly all of them; stop at 17 August.",
                lambda: _before("1958-10-01"),
            ),
        ),
    ),
    Exercise(
        id="32.3",
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
                "That meeting opened in August 1958: too late for most of the claims, but the "
                "tallest are of the weeks after it.",
            ),
        ),
    ),
    Exercise(
        id="32.4",
        name="asked_after_lushan",
        kind=float,
        expected=asked_after_lushan,
        unit="per cent",
        hints=(
            "Which number does the 275 have to rise from, if the question is what fields could do?",
            "The harvest of 1958 was settled at 200 million tonnes.",
            "Divide 275 by 200; what the ratio has over 1, times 100, is the rise.",
        ),
        after="By its own words the plan asked for a tenth more. The rest lay hidden in "
        "the 250 it began from.",
        slips=(
            *_slips(
                "That is the rise from the printed 250; the question asks for the rise from what "
                "stood in the end.",
                lambda: 100 * (_grain_plan("1959-08-26", 1959) / _printed("1959-08-26") - 1),
            ),
            *_slips(
                "That is the plan in per cent of the harvest; the rise is what is over 100.",
                lambda: 100 * _grain_plan("1959-08-26", 1959) / _settled(),
            ),
            *_slips(
                "That is how many times the harvest it is; the question asks for per cent more.",
                lambda: _grain_plan("1959-08-26", 1959) / _settled(),
            ),
            *_slips(
                "That is the rise in million tonnes; the question asks for per cent.",
                lambda: _grain_plan("1959-08-26", 1959) - _settled(),
            ),
            *_slips(
                "That takes the larger number as base; a rise is counted from what it rises from.",
                lambda: 100 * (1 - _settled() / _grain_plan("1959-08-26", 1959)),
            ),
            *_slips(
                "That compares two figures for 1958; the plan is 275.",
                lambda: 100 * (_printed("1959-08-26") / _settled() - 1),
            ),
            *_slips(
                "That compares with the harvest of 1959, which nobody could know in August.",
                lambda: 100 * (_grain_plan("1959-08-26", 1959) / _harvest(1959) - 1),
            ),
            *_slips(
                "That is a fall; the plan stands above the harvest.",
                lambda: 100 * (_settled() / _grain_plan("1959-08-26", 1959) - 1),
            ),
        ),
    ),
    Exercise(
        id="33.1",
        name="best_by_luck",
        kind=float,
        expected=best_by_luck,
        unit="times the average",
        hints=(
            "By how much does the best stand above 1 when fields differ by 15 per cent?",
            "Fields that differ twice as much lift the best twice as far above the average.",
            "Or ask the package: `best_of(750_000, spread=0.30)`.",
        ),
        tolerance=0.01,
        after="Twice as far above the average, not twice as large. And still far from 17.8.",
        slips=(
            *_slips(
                "That doubles the whole; what doubles is the part above the average.",
                lambda: 2 * _best(750_000, 0.15),
            ),
            *_slips(
                "That is for fields 15 per cent apart; now they differ twice as much.",
                lambda: _best(750_000, 0.15),
            ),
            *_slips(
                "That is the part above the average; the question asks for the whole, as a "
                "multiple of the average.",
                lambda: best_by_luck() - 1,
                lambda: _best(750_000, 0.15) - 1,
            ),
            *_slips(
                "That is in per cent; the question asks how many times the average.",
                lambda: 100 * (best_by_luck() - 1),
                lambda: 100 * best_by_luck(),
            ),
            *_slips(
                "That is the best of 1,000; there are 750,000.",
                lambda: _best(1_000),
            ),
            *_slips(
                "That is the best of 10; there are 750,000.",
                lambda: _best(10),
            ),
            *_slips(
                "That squares the number; fields twice as far apart double the part above 1.",
                lambda: _best(750_000, 0.15) ** 2,
            ),
            *_slips(
                "That doubles the number of fields; what doubles is how far they differ.",
                lambda: _best(1_500_000, 0.15),
            ),
        ),
    ),
    Exercise(
        id="33.2",
        name="safe_report",
        kind=float,
        expected=safe_report,
        unit="kg a head",
        hints=(
            "How many kilograms can be spared from 300 if everybody is to keep 220?",
            "Two fifths of the report may be no more than that.",
            "Divide what can be spared by 0.4.",
        ),
        after="He must report a third less than there is. With so much taken even the truth, 300, "
        "leaves people hungry.",
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
        id="33.3",
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
        id="33.4",
        name="levels_weighed",
        kind=float,
        expected=levels_weighed,
        unit="levels",
        hints=(
            "The cell above tells where three levels end that are never weighed.",
            "Set `audit, levels = 0.5, 12` in it: the row then shows a level a number, after the "
            "truth.",
            "Count the numbers after the first that do not go beyond where the three ended.",
        ),
        after="At these settings a scale is worth more than a shorter way: weighed, each level "
        "adds a third of what it added.",
        slips=(
            *_slips(
                "That level is the first to go beyond what three unweighed ones arrive at; count "
                "those before it.",
                lambda: levels_weighed() + 1,
            ),
            *_slips(
                "That many stay well within; one more level may still follow.",
                lambda: levels_weighed() - 1,
                lambda: levels_weighed() - 2,
            ),
            *_slips(
                "That is the number of levels that are never weighed; weighed ones add less, so "
                "more may stand above each other.",
                lambda: 3.0,
            ),
            *_slips(
                "That is what arrives at the top, over the truth; the question asks how many "
                "levels.",
                lambda: _arrives(3, 0),
                lambda: _arrives(3, 0.5),
            ),
            *_slips(
                "That many levels go far beyond it; set `levels` to 12 and look where the row "
                "passes what three unweighed ones arrive at.",
                lambda: 12.0,
                lambda: 10.0,
            ),
        ),
    ),
    Exercise(
        id="33.5",
        name="gentler",
        kind=str,
        expected=gentler,
        choices=("smaller prize", "weighing", "both the same"),
        hints=(
            "A cell above holds the settings; `official | dict(penalty=1_000)` changes one.",
            "Ask `best_exaggeration` twice: with `prize=40`, and with `audit=0.5` in its place.",
            "The smaller of the two answers belongs to the remedy that lowers his report more.",
        ),
        after="A scale that costs little when it finds a lie does less than half a prize. "
        "Which remedy wins is a matter of numbers that we invented.",
        slips=(
            Slip(
                "both the same",
                "That was so with a sanction of 4,000; work out both reports with 1,000.",
            ),
            Slip(
                "weighing",
                "With so small a sanction he is weighed and still goes beyond 320; half a prize "
                "holds him there.",
            ),
        ),
    ),
    Exercise(
        id="34.1",
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
        id="34.2",
        name="asks_for_climb",
        kind=str,
        expected=asks_for_climb,
        choices=("yongding", "leaders", "both", "neither"),
        hints=(
            "With the whole record no draw has a `climb` below 1.2 that fits; 1 was tried too.",
            "Run the cell with each piece taken out in turn. When do the three come down to 1, but "
            "for a hundredth or two?",
            "Three values from 1.05 to 1.16 still say that pressure must grow, if little; three "
            "within 0.02 of 1 do not.",
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
        id="34.3",
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
        after="Less than a thousandth of the harvest, though nobody judged his own well. What all "
        "add in common is not in it.",
        slips=(
            *_slips(
                "That divides by the number of reports; chance cancels with its square root.",
                lambda: 15 / 26_000,
            ),
            *_slips(
                "That is the error of one report; errors up and down cancel in a sum.",
                lambda: 15.0,
            ),
            *_slips(
                "That takes the root of the whole; only the number of reports is under it.",
                lambda: (15 / 26_000) ** 0.5,
            ),
            *_slips(
                "That multiplies; as a share of the sum chance grows smaller.",
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
        id="34.4",
        name="state_gains",
        kind=float,
        expected=state_gains,
        unit="million tonnes",
        tolerance=0.04,
        hints=(
            "Panel two holds both numbers for honest reports: what villagers lack, and what the "
            "state gets.",
            "Leave pressure at 1 and weighing at 0; lower τ until villagers lack as nearly as the "
            "slider allows what they lack in panel two.",
            "Then take what the state gets at that rate from what it gets in panel two.",
        ),
        after="For the same want in the villages true reports leave the state more: it can take "
        "much in a good year and little in a bad one. Belief follows late.",
        slips=(
            *_slips(
                "That stops a step too low: at the next rate what villagers lack is nearer to "
                "panel two.",
                lambda: _state_gains(_same_want() - 0.01),
                lambda: _state_gains(_same_want() - 0.02),
            ),
            *_slips(
                "That stops a step too high: a step lower what villagers lack is nearer to panel "
                "two.",
                lambda: _state_gains(_same_want() + 0.01),
            ),
            *_slips(
                "That compares with the old rate, at which villagers lack far more; lower τ first.",
                lambda: _state_gains(0.25),
                lambda: -_state_gains(0.25),
            ),
            *_slips(
                "That is the preset of 0.20, at which villagers still lack more than in panel two.",
                lambda: _state_gains(0.20),
                lambda: -_state_gains(0.20),
            ),
            *_slips(
                "That is what honest reports spare the villagers; the question asks what the "
                "state gets.",
                lambda: lacking() - lacking(pressure=0),
            ),
            *_slips(
                "That is what the state gets in one of the two cases; the question asks for the "
                "difference.",
                lambda: procured(pressure=0),
                lambda: procured(rate=_same_want()),
            ),
            *_slips(
                "That is a rate; the question asks for the grain that the state gets more.",
                _same_want,
            ),
            *_slips(
                "That is what villagers lack, alike in both cases; the question asks what the "
                "state gets.",
                lambda: lacking(pressure=0),
            ),
            *_slips(
                "That is a ratio of the two; the question asks for million tonnes.",
                lambda: procured(pressure=0) / procured(rate=_same_want()),
            ),
        ),
    ),
]
