"""Exercises and guesses of lessons 61 and 62: the right answers are worked from the data."""

from glf_utils.answers import Exercise, Guess, Slip
from glf_utils.tables import load, one
from glf_utils.weighing_the_sources.accounts import verdicts
from glf_utils.weighing_the_sources.evidence import (
    EXPORTS,
    RELIEF,
    TAKEN,
    cautious_months,
    levers,
    months_between,
    person_years,
    year_left,
)

HARD = ("unchecked", "politics and dates")
WATER = (30.0, 65.0, 80.0, 100.0)  # October to January, November at the middle of its range


def _slips(says, *answers):
    return tuple(Slip(answer, says) for answer in answers)


def _failing(account, without=(), more=0):
    """Per cent of an account's claims that fail, with more failing ones added."""
    counts = verdicts(account, without=without).loc[account]
    return 100 * (counts["fails"] + more) / (counts["all"] + more)


def apart(verdict, without=()):
    """How far apart Mazur's and Dikötter's shares of claims with one verdict lie.

    Parameters
    ----------
    verdict : str
        Such as "holds".
    without : sequence of str
        What is left out, as for :func:`verdicts`.

    Returns
    -------
    float
        Percentage points.
    """
    counts = verdicts("S3", "S4", without=without)
    shares = 100 * counts[verdict] / counts["all"]
    return abs(shares["S3"] - shares["S4"])


def worst_of_the_read():
    """Whether Mazur has the largest failing share where dates, politics and unread rows are out."""
    counts = verdicts(without=HARD)
    return "yes" if (counts["fails"] / counts["all"]).idxmax() == "S3" else "no"


def _workers(year=1957):
    return one("investment_and_labour", f"series == 'rural_employment' and year == {year}")


def _share_of_year(people=WATER, months=12, workers=None):
    return 100 * sum(people) / (months * (workers or _workers()))


def _yield(three=88, two=82):
    return year_left(three, two)


def _stock(june):
    return one("grain_national", f"series == 'state_stock_end' and period_end_year == {june}")


def _a_head(grain=None, people=None, kcal=2800):
    """Kcal a day of each villager, if what was sold back had been shared among all."""
    grain = grain or one("grain_national", "series == 'grain_year_rural_sales'")
    people = people or one("investment_and_labour", "series == 'rural_population' and year == 1960")
    return 1000 * grain * kcal / people / 365


def _lives(year, country="china"):
    return one(
        "life_expectancy",
        f"country == '{country}' and year == {year}",
        "life_expectancy_both_years",
    )


def _gained(start, end, country="china"):
    return _lives(end, country) - _lives(start, country)


def _said(date):
    return one(
        "targets_and_claims",
        f"commodity == 'grain' and target_year == 1958 and date == '{date}'",
        "value_high",
    )


def _third(believed=None, real=None):
    return 100 * (believed or _said("1959-04-19")) / 3 / (real or _said("1961"))


def _fed():
    """Million people that each lever of the guess would have fed for a year."""
    table, _ = levers(load("grain_national"))
    return table["million_person_years"][[TAKEN, RELIEF, EXPORTS]].set_axis(
        ["taken", "sold back", "exported"]
    )


def most_fed():
    """Which lever would have fed most people, in the words of the guess."""
    return _fed().idxmax()


EXERCISES = (
    Exercise(
        id="61.1",
        name="one_source",
        kind=str,
        expected=lambda: "number",
        choices=("reports", "number", "order", "blame"),
        hints=(
            "Where papers of the time say the same, each book may have it from the papers.",
            "Where many people hold a view, two books may have come to it apart.",
            "So look for an agreement on something that a paper shows to be wrong.",
        ),
        after="Two digits have changed places, and hardly twice by chance in the same way. It is "
        "strong evidence and no proof: both books may have copied a third, which erred first.",
        slips=(
            *_slips(
                "The papers of the county say so too: either book may have it from there.",
                "reports",
            ),
            *_slips(
                "The order has that date, so each can have read it; look for an agreement that no "
                "paper bears out.",
                "order",
            ),
            *_slips(
                "A judgement that many share can be reached twice; look for a mistake that both "
                "make.",
                "blame",
            ),
        ),
    ),
    Exercise(
        id="61.2",
        name="after_two",
        kind=float,
        unit="per cent",
        expected=lambda: _failing("S4", more=2),
        hints=(
            "His line of the table has how many fail, and how many claims there are in all.",
            "Two rows are added, and both fail: both numbers grow.",
            "Divide the failing ones by all, each with two added, and multiply by 100.",
        ),
        after="Two sentences more move the share a good deal. A number that moves so easily "
        "says more about who picked the sentences than about the book.",
        slips=(
            *_slips(
                "The two are new claims: they belong among all his claims as well.",
                lambda: (
                    100 * (verdicts("S4").loc["S4", "fails"] + 2) / verdicts("S4").loc["S4", "all"]
                ),
            ),
            *_slips(
                "That is the share before anything is added.",
                lambda: _failing("S4"),
            ),
            *_slips(
                "All claims have grown, and those that fail have not; both new ones fail.",
                lambda: (
                    100 * verdicts("S4").loc["S4", "fails"] / (verdicts("S4").loc["S4", "all"] + 2)
                ),
            ),
            *_slips(
                "That is a share; the question asks for per cent.",
                lambda: _failing("S4", more=2) / 100,
            ),
            *_slips(
                "That is how much the share has risen, and the question asks for the share itself.",
                lambda: _failing("S4", more=2) - _failing("S4"),
            ),
            *_slips(
                "That adds one failing claim; the question adds two.",
                lambda: _failing("S4", more=1),
            ),
            *_slips(
                "That is the share that hold; the question asks for those that fail.",
                lambda: (
                    100 * verdicts("S4").loc["S4", "holds"] / (verdicts("S4").loc["S4", "all"] + 2)
                ),
                lambda: 100 * verdicts("S4").loc["S4", "holds"] / verdicts("S4").loc["S4", "all"],
            ),
            *_slips(
                "That is a number of claims; the question asks for per cent.",
                lambda: verdicts("S4").loc["S4", "fails"] + 2,
            ),
        ),
    ),
    Exercise(
        id="61.3",
        name="share_of_year",
        kind=float,
        unit="per cent",
        expected=_share_of_year,
        hints=(
            "Each month's people are so many millions of months of work.",
            "Add the four months; the whole is twelve months of all workers.",
            "Divide the sum by 12 times 205.66, and multiply by 100.",
        ),
        after="At most a ninth of the year's work, if the press counted well and each month was as "
        "full as its figure, in the season when least was to be done in the fields.",
        slips=(
            *_slips(
                "That divides by one month of work; a year has twelve.",
                lambda: _share_of_year(months=1),
            ),
            *_slips(
                "That divides by the work of four months; the question asks about the whole year.",
                lambda: _share_of_year(months=4),
            ),
            *_slips(
                "That takes January alone; add all four months.",
                lambda: _share_of_year((100,)),
                lambda: _share_of_year((100,), months=1),
                lambda: _share_of_year((100,) * 4),
            ),
            *_slips(
                "That has the workers of another year; take 205.66.",
                lambda: _share_of_year(workers=_workers(1962)),
            ),
            *_slips(
                "That takes one end of November's range; the question takes its middle.",
                lambda: _share_of_year((30, 60, 80, 100)),
                lambda: _share_of_year((30, 70, 80, 100)),
            ),
            *_slips(
                "That divides by all people of the countryside; the question asks about workers.",
                lambda: _share_of_year(workers=547.04),
            ),
            *_slips(
                "That is a share; the question asks for per cent.", lambda: _share_of_year() / 100
            ),
            *_slips(
                "That is the sum of the months, in millions; divide it by the year's.",
                lambda: sum(WATER),
            ),
            *_slips(
                "That leaves out November; all four months count.",
                lambda: _share_of_year((30, 80, 100)),
            ),
        ),
    ),
    Exercise(
        id="61.4",
        name="yield_1959",
        kind=float,
        unit="per cent",
        expected=_yield,
        hints=(
            "Do with the yield what the cell above does with the harvest.",
            "Three years at the first mean, less two years at the second.",
            "Write 3 times the mean of three years minus 2 times the mean of the last two.",
        ),
        after="On the mean the land that was sown bore as in 1957. Rounding leaves 2.5 points "
        "either way. Whether it should have borne more, since poor land was given up, this does "
        "not say.",
        slips=(
            *_slips("That is the mean of all three years; take away the last two.", lambda: 88),
            *_slips(
                "That takes the last two years away once; they are two, so take them away twice.",
                lambda: 3 * 88 - 82,
            ),
            *_slips("That subtracts the means; weigh each by its years first.", lambda: 88 - 82),
            *_slips(
                "That is the harvest; the question asks for the yield.", lambda: year_left(79, 75)
            ),
            *_slips("That is the mean of the two means; 1959 is what is left over.", lambda: 85),
            *_slips(
                "That mixes the harvest of one line with the yield of the other.",
                lambda: year_left(88, 75),
                lambda: year_left(79, 82),
            ),
            *_slips("That is a change; the question asks what was left.", lambda: 0, lambda: -12),
            *_slips("That is a share; the question asks for per cent.", lambda: 1),
            *_slips(
                "That is the last two years; the question asks about the first of the three.",
                lambda: 82,
            ),
        ),
    ),
    Exercise(
        id="61.5",
        name="strict_months",
        kind=float,
        unit="months",
        tolerance=0.03,
        expected=lambda: cautious_months(load("timeline"), "1959-02-22"),
        hints=(
            "The tool of this section takes two days, the earlier one first.",
            "Begin on 2 November 1958 as before; the end alone has moved.",
            "Days are written like 1958-11-02, between quotation marks.",
        ),
        after="Less than half of the nearly nine. What one holds a day to mean decides more here "
        "than the arithmetic does; so print the reading beside the number.",
        slips=(
            *_slips(
                "That ends at Lushan; this reading ends on 22 February.",
                lambda: months_between("1958-11-02", "1959-07-23"),
            ),
            *_slips(
                "That begins with the Sixth Plenum; begin on 2 November.",
                lambda: months_between("1958-11-28", "1959-02-22"),
            ),
            *_slips(
                "That is the time from the report to Lushan.",
                lambda: months_between("1959-02-22", "1959-07-23"),
            ),
            *_slips(
                "That begins in Moscow; begin at Zhengzhou.",
                lambda: months_between("1957-11-18", "1959-02-22"),
            ),
            *_slips("Those are days; the question asks for months.", lambda: 112),
            *_slips(
                "The two days stand the wrong way round.",
                lambda: months_between("1959-02-22", "1958-11-02"),
            ),
            *_slips(
                "That ends in March with Shanghai; this reading ends on 22 February.",
                lambda: months_between("1958-11-02", "1959-03-25"),
            ),
            *_slips(
                "That ends with the letter of April; this reading ends on 22 February.",
                lambda: months_between("1958-11-02", "1959-04-29"),
            ),
            *_slips("Those are weeks; the question asks for months.", lambda: 16),
        ),
    ),
    Exercise(
        id="62.1",
        name="fed_by_stocks",
        kind=float,
        unit="million people",
        tolerance=0.02,
        expected=lambda: person_years(_stock(1960) - _stock(1961)),
        hints=(
            "First the difference of the two stocks, in million tonnes.",
            "Then as the cell above does it: kilograms times 2800, over 2000 times 365.",
            "A million tonnes are 1e9 kilograms; at the end divide by 1e6 for millions of people.",
        ),
        after="Nearly as many as the exports of two years. From July 1960 the stores were drawn "
        "upon, then; of the winter before, when the course page has them shut, the report says "
        "nothing.",
        slips=(
            *_slips(
                "That is the whole stock of 1960; the question asks for the difference.",
                lambda: person_years(_stock(1960)),
            ),
            *_slips(
                "That is what was left in 1961; the question asks for the difference.",
                lambda: person_years(_stock(1961)),
            ),
            *_slips(
                "That is the exports; the question asks about the stocks.",
                lambda: person_years(6.81),
            ),
            *_slips(
                "That feeds them for one day; a year has 365.",
                lambda: 365 * person_years(_stock(1960) - _stock(1961)),
            ),
            *_slips(
                "Those are people; the question asks for millions.",
                lambda: 1e6 * person_years(_stock(1960) - _stock(1961)),
            ),
            *_slips(
                "Those are tonnes; turn them into people fed.", lambda: _stock(1960) - _stock(1961)
            ),
            *_slips(
                "That takes milled grain; take 2,800 kcal as the cell above does.",
                lambda: person_years(_stock(1960) - _stock(1961), 3400),
            ),
            *_slips(
                "The stocks fell: take the later from the earlier.",
                lambda: person_years(_stock(1961) - _stock(1960)),
            ),
            *_slips(
                "That adds the two stocks; take one from the other.",
                lambda: person_years(_stock(1960) + _stock(1961)),
            ),
            *_slips(
                "A million tonnes are 1e9 kilograms; some noughts are lost.",
                lambda: person_years(_stock(1960) - _stock(1961)) / 1000,
            ),
        ),
    ),
    Exercise(
        id="62.2",
        name="kcal_each",
        kind=float,
        unit="kcal a day",
        tolerance=0.02,
        expected=lambda: _a_head(),
        hints=(
            "All the kcal of the grain, shared among the people and the days of a year.",
            "20.9 million tonnes are 20.9e9 kilograms, at 2800 kcal each.",
            "Divide by 531.34e6 people, and by 365 days.",
        ),
        after="A seventh of a bare 2,000, on the mean. That is some 108 grams of unhusked grain a "
        "day. It is much for a village that got it, and little for a nation.",
        slips=(
            *_slips("That is for a whole year; divide by 365.", lambda: 365 * _a_head()),
            *_slips(
                "That is kilograms a year; turn them into kcal a day.",
                lambda: _a_head() * 365 / 2800,
            ),
            *_slips(
                "Those are grams of grain a day; the question asks for kcal.",
                lambda: 1000 * _a_head() / 2800,
            ),
            *_slips(
                "That takes milled grain; take 2,800 kcal as before.", lambda: _a_head(kcal=3400)
            ),
            *_slips(
                "That shares among all inhabitants; the question asks about the villages.",
                lambda: _a_head(people=662.07),
                lambda: _a_head(people=667.07),
            ),
            *_slips(
                "That takes all that was bought; half of it was sold back.",
                lambda: _a_head(grain=41.8),
            ),
            *_slips(
                "That is a number of people fed; the question asks for kcal of each.",
                lambda: person_years(20.9),
            ),
            *_slips(
                "That takes the exports; the question asks about what was sold back.",
                lambda: _a_head(grain=6.81),
            ),
            *_slips("That is for a month; divide by 365 days.", lambda: _a_head() * 365 / 12),
            *_slips(
                "That is a share of 2,000 kcal; the question asks for kcal.",
                lambda: _a_head() / 2000,
                lambda: _a_head() / 20,
            ),
        ),
    ),
    Exercise(
        id="62.3",
        name="by_1958",
        kind=float,
        unit="per cent",
        tolerance=0.02,
        expected=lambda: 100 * _gained(1950, 1958) / _gained(1950, 1976),
        hints=(
            "Two gains: from 1950 to 1958, and from 1950 to 1976.",
            "Each is a later life expectancy less that of 1950.",
            "Divide the first gain by the whole, and multiply by 100.",
        ),
        after="More than a quarter, before there was a single commune. Most of the rest came "
        "after 1962, when much of the Leap had been taken back.",
        slips=(
            *_slips(
                "That is what came after 1958; the question asks what had come by then.",
                lambda: 100 * _gained(1958, 1976) / _gained(1950, 1976),
            ),
            *_slips(
                "Those are years; the question asks for per cent.", lambda: _gained(1950, 1958)
            ),
            *_slips(
                "That divides by a life expectancy; divide by the whole gain.",
                lambda: 100 * _gained(1950, 1958) / _lives(1976),
                lambda: 100 * _gained(1950, 1958) / _lives(1950),
                lambda: 100 * _lives(1958) / _lives(1976),
                lambda: 100 * _lives(1958) / _lives(1950),
            ),
            *_slips(
                "That divides by what came after; divide by the whole gain.",
                lambda: 100 * _gained(1950, 1958) / _gained(1958, 1976),
            ),
            *_slips(
                "That is a share; the question asks for per cent.",
                lambda: _gained(1950, 1958) / _gained(1950, 1976),
            ),
            *_slips(
                "That is the part of the time that had passed, and not of the gain.",
                lambda: 100 * 8 / 26,
            ),
            *_slips(
                "The division is turned round.",
                lambda: 100 * _gained(1950, 1976) / _gained(1950, 1958),
            ),
            *_slips("That is the whole gain in years.", lambda: _gained(1950, 1976)),
        ),
    ),
    Exercise(
        id="62.4",
        name="of_the_real",
        kind=float,
        unit="per cent",
        expected=lambda: _third(),
        hints=(
            "First the third: of the harvest that was believed.",
            "Then its share: of the harvest that came.",
            "Divide 263 by 3, then by 200, and multiply by 100.",
        ),
        after="More than two fifths. A share of a belief is a larger share of the truth, which is "
        "the whole of lesson 42 in a line.",
        slips=(
            *_slips(
                "That is a third of the harvest that came; the third was of the believed one.",
                lambda: 100 / 3,
            ),
            *_slips(
                "Those are million tonnes; the question asks for per cent of 200.", lambda: 263 / 3
            ),
            *_slips(
                "That is the belief over the truth; a third of it was meant.",
                lambda: 100 * 263 / 200,
            ),
            *_slips(
                "That is the third of what came, of what was believed; turn it round.",
                lambda: 100 * 200 / 3 / 263,
            ),
            *_slips("That is a share; the question asks for per cent.", lambda: _third() / 100),
            *_slips(
                "That takes another statement of the harvest; take 263.",
                lambda: _third(250),
                lambda: _third(375),
                lambda: _third(425),
                lambda: _third(350),
                lambda: _third(275),
            ),
            *_slips(
                "That divides by another harvest; take 200.",
                lambda: _third(263, 170),
                lambda: _third(263, 195.05),
            ),
        ),
    ),
)

GUESSES = (
    Guess(
        id="61.a",
        asks="Does Mazur still fail most, without dates, politics and unread rows?",
        kind=str,
        choices=("yes", "no"),
        found=worst_of_the_read,
        says=lambda: (
            f"{worst_of_the_read()}: {_failing('S3', HARD):.0f} per cent of his claims, "
            f"against {_failing('S1', HARD):.0f}, {_failing('S2', HARD):.0f} and "
            f"{_failing('S4', HARD):.0f}"
        ),
    ),
    Guess(
        id="61.b",
        asks="How many months from Zhengzhou to the turn on Peng?",
        kind=float,
        unit="months",
        found=lambda: cautious_months(load("timeline")),
        says=lambda: (
            f"{cautious_months(load('timeline')):.1f} of "
            f"{months_between('1957-11-18', '1960-11-03'):.1f} months"
        ),
    ),
    Guess(
        id="62.a",
        asks="Which fed most: taken or sold back beyond another year, or exported?",
        kind=str,
        choices=("taken", "sold back", "exported"),
        found=most_fed,
        says=lambda: (
            "; ".join(f"{what} {fed:.0f}" for what, fed in _fed().items())
            + " million people for a year"
        ),
    ),
    Guess(
        id="62.b",
        asks="How many years of life expectancy did China gain from 1958 to 1970?",
        kind=float,
        unit="years",
        found=lambda: _gained(1958, 1970),
        says=lambda: f"{_gained(1958, 1970):.1f} years, India {_gained(1958, 1970, 'india'):.1f}",
    ),
)
