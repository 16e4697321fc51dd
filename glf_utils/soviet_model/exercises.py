"""Exercises of ``01_soviet_model``."""

from glf_utils.answers.checker import Exercise, Slip
from glf_utils.soviet_model.evidence import PLEDGE, RECALL, four_measures, town_grain
from glf_utils.soviet_model.model import overtaking_year, procurement_rate_needed
from glf_utils.tables import load, one

REVISED = "grain per head, Soviet harvest as revised"
LOWEST = "grain per head, Soviet harvest at its lowest"


def _ratio(measure, column="ratio"):
    rows = four_measures(load("soviet_comparison")).set_index("measure")
    return rows.loc[[measure], column].iloc[0]


def _without():
    return one("grain_national", "series == 'output_contemporary_1957_basis'")


def _kept():
    """The share of China's harvest of 1957 that is no soybeans."""
    whole = one("grain_national", "series == 'output_official_revised' and year == 1957")
    return _without() / whole


def _claimed(claim):
    return one("account_claims", f"claim_id == '{claim}'", "value_low")


def _money(item):
    """Billion yuan of 1958-61 by the report of 1962."""
    return one("investment_and_labour", f"series == '{item}_investment_document'")


def _first_plan(series, grade="unchecked"):
    """Billion yuan of 1953-57."""
    years = "period_start_year == 1953 and period_end_year == 1957"
    return one(
        "investment_and_labour", f"series == '{series}' and {years} and verification == '{grade}'"
    )


def _growth(column=None, last=1972):
    """Growth a year, as a share, from 1957 to one end of the pledged range, or to its middle."""
    path = load("targets_and_claims").query(
        "commodity == 'steel' and date == @PLEDGE and source == 'account_s4'"
    )
    columns = [column] if column else ["value_low", "value_high"]
    steel = path.set_index("target_year")[columns].mean(axis="columns")
    return (steel[last] / steel[1957]) ** (1 / (last - 1957)) - 1


def _towns(column, year):
    table = town_grain(load("grain_national"), load("investment_and_labour"))
    return table.loc[year, column]


def _change(column, first=1957, last=1960):
    return _towns(column, last) / _towns(column, first)


def without_soybeans():
    """Grain per head against the Soviet harvest as revised, China's soybeans left out."""
    return _ratio(REVISED) * _kept()


def industry_share():
    """Per cent of capital construction in 1958-61 that went to industry."""
    return 100 * _money("industry") / _money("capital_construction")


def no_effect():
    """The number of the model that leaves the overtaking year where it is."""
    slow = dict(heavy=0.85, light=0.20, beta_heavy=0.20, beta_light=0.30)
    other = dict(heavy=0.60, beta_heavy=0.33, beta_light=0.40)
    names = {"heavy": "lambda", "beta_heavy": "beta_k", "beta_light": "beta_c"}
    still = [
        names[name]
        for name, value in other.items()
        if overtaking_year(**slow | {name: value}) == overtaking_year(**slow)
    ]
    return still[0]


def split_needed():
    """Share λ with λ β_k equal to the growth pledged in Moscow, at β_k = 0.20."""
    return _growth() / 0.20


def rise():
    """Factor by which the share of the harvest must grow, 1957 to 1960, at any ration."""
    towns, harvest = (
        [one(table, f"series == '{series}' and year == {year}") for year in (1957, 1960)]
        for table, series in (
            ("investment_and_labour", "urban_population"),
            ("grain_national", "output_official_old"),
        )
    )
    before, after = procurement_rate_needed(towns, 1.0, harvest)
    return after / before


EXERCISES = [
    Exercise(
        id="1.1",
        name="without_soybeans",
        kind=float,
        expected=without_soybeans,
        unit="a ratio",
        tolerance=0.02,
        hints=(
            "Only the Chinese harvest changes; everything else in that row stays.",
            "If the harvest is smaller by some factor, so is the ratio.",
            "Multiply the ratio the table prints in that row by 185 over 195.05.",
        ),
        after="One crop in or out moves the measure a quarter of the way back to one half.",
        slips=(
            Slip(lambda: _ratio(REVISED), "That is the ratio the table prints, soybeans still in."),
            Slip(
                lambda: _ratio(LOWEST) * _kept(),
                "That is the row with the Soviet harvest at its lowest; the question takes the "
                "harvest as revised.",
            ),
            Slip(
                lambda: _ratio("GDP per head") * _kept(),
                "That changes the row of GDP; soybeans were left out of a harvest.",
            ),
            Slip(
                lambda: _ratio("steel per head") * _kept(),
                "That changes the row of steel; soybeans were left out of a harvest.",
            ),
            Slip(
                lambda: _kept(),
                "That is the part of China's harvest that is left, not yet a ratio of two "
                "countries.",
            ),
            Slip(
                lambda: _ratio(REVISED) / _kept(),
                "That is larger than before, although China's harvest has become smaller.",
            ),
            Slip(
                lambda: _ratio(REVISED) * (1 - _kept()),
                "That is the part that soybeans make of the ratio; they are to be left out.",
            ),
            Slip(
                lambda: _ratio(REVISED, "china") * _kept(),
                "That is China's grain a head in kg; the row asks for a ratio of two countries.",
            ),
            Slip(
                lambda: _claimed("S1-012"),
                "That is S1's one half, which this exercise puts to the test.",
            ),
        ),
    ),
    Exercise(
        id="1.2",
        name="industry_share",
        kind=float,
        expected=industry_share,
        unit="per cent",
        hints=(
            "A share is a part over a whole; one of the two rows is the part.",
            "Industry's investment is part of all capital construction.",
            "Divide the smaller sum of the table by the larger, and multiply by 100.",
        ),
        after="Close to S1's figure for the Second Plan, this time from a document.",
        slips=(
            Slip(
                lambda: (
                    100 * _money("industry") / (_money("industry") + _money("capital_construction"))
                ),
                "That adds industry to a total which holds it already; nothing may be counted "
                "twice.",
            ),
            Slip(
                lambda: (
                    100 * _money("industry") / (_money("capital_construction") - _money("industry"))
                ),
                "That divides industry by all the rest; a share divides by the whole.",
            ),
            Slip(
                lambda: _money("industry"),
                "That is billion yuan for industry, not yet a share of anything.",
            ),
            Slip(
                lambda: _money("capital_construction") - _money("industry"),
                "That is billion yuan for all the rest; the question asks for a percentage.",
            ),
            Slip(
                lambda: (
                    100
                    * _first_plan("industry_investment")
                    / _first_plan("capital_construction_investment_total", "unchecked")
                ),
                "That is the First Plan over the yearbook's total; "
                "the question is about 1958 to 1961.",
            ),
            Slip(
                lambda: (
                    100
                    * _first_plan("industry_investment")
                    / _first_plan("capital_construction_investment_total", "secondary")
                ),
                "That is the First Plan over the budget's total; "
                "the question is about 1958 to 1961.",
            ),
            Slip(
                lambda: (
                    100
                    * _first_plan("heavy_industry_investment")
                    / _first_plan("industry_investment")
                ),
                "That is heavy industry's part of industry in the First Plan.",
            ),
            Slip(
                lambda: _claimed("S1-003"),
                "That is S1's figure for the Second Plan; the table shows how it went in fact.",
            ),
            Slip(
                lambda: _claimed("S1-010"),
                "That is S1's figure for the First Plan; the question is about 1958 to 1961.",
            ),
        ),
    ),
    Exercise(
        id="1.3",
        name="no_effect",
        kind=str,
        expected=no_effect,
        choices=("lambda", "beta_k", "beta_c"),
        hints=(
            "Move one slider at a time and read only the last sentence of the readout.",
            "Compare the first preset of the static form with the other three.",
            "Ask which number scales the gains and the losses of both paths alike.",
        ),
        after="It scales what both paths gain, so it cannot decide when they cross.",
        slips=(
            Slip(
                "lambda",
                "λ moves the year: with an even split the heavy path pulls ahead earlier than "
                "with 85 of 100.",
            ),
            Slip(
                "beta_k",
                "β_k moves the year: with fast machines the heavy path pulls ahead earlier than "
                "with slow ones.",
            ),
        ),
    ),
    Exercise(
        id="1.4",
        name="split_needed",
        kind=float,
        expected=split_needed,
        unit="a share between 0 and 1",
        tolerance=0.02,
        hints=(
            "In the model machine output grows by λ times β_k each year.",
            "The cell above prints the growth for 35, in per cent; after the loop `growth` holds "
            "that of 40. β_k is given. Which one is left?",
            "Divide the yearly growth, as a fraction, by β_k.",
        ),
        after="About two thirds: over fifteen years the pledge was no fantasy in this model.",
        slips=(
            Slip(
                lambda: _growth("value_high") / 0.20,
                "That uses the growth that the loop left behind, to the top of the range; the "
                "question takes the middle.",
            ),
            Slip(
                lambda: _growth("value_low") / 0.20,
                "That uses the growth to the bottom of the range; the question takes the middle.",
            ),
            Slip(
                lambda: _growth(),
                "That is the yearly growth itself; the question asks for the split that gives it.",
            ),
            Slip(
                lambda: 100 * _growth(),
                "That is the yearly growth in per cent; the question asks for the split that "
                "gives it.",
            ),
            Slip(
                lambda: _growth() * 0.20,
                "That takes β_k twice: the growth is already the split times β_k.",
            ),
            Slip(
                lambda: _growth() / 0.25,
                "That is the split for another β_k; the question sets it at 0.20.",
            ),
            Slip(
                lambda: _growth() / 0.33,
                "That is the split for another β_k; the question sets it at 0.20.",
            ),
            Slip(
                lambda: (1 + _growth()) / 0.20,
                "That takes this year's output with the growth; only what is added counts as "
                "growth.",
            ),
            Slip(
                lambda: (1 + _growth()) ** 15,
                "That is how many times output grows in fifteen years; the model's growth is by "
                "the year.",
            ),
            Slip(
                lambda: ((1 + _growth()) ** 15 - 1) / 15 / 0.20,
                "That spreads the rise evenly over the years; growth comes on top of growth.",
            ),
            Slip(
                lambda: _growth(last=1962) / 0.20,
                "That is the split of the first five years alone; the question takes all fifteen.",
            ),
            Slip(
                lambda: (
                    _first_plan("heavy_industry_investment") / _first_plan("industry_investment")
                ),
                "That is the split in force by the unchecked investments; the question asks for "
                "the one the pledge needs.",
            ),
        ),
    ),
    Exercise(
        id="1.5",
        name="rise",
        kind=float,
        expected=rise,
        unit="a factor",
        hints=(
            "The share needed is the towns' grain over the harvest: w N / Q.",
            "Write w N / Q for 1960 and divide it by the same for 1957. The w cancels.",
            "Two factors: how much the towns grew, and how much the harvest shrank.",
        ),
        after="The ration w cancels, so no quarrel about w can change this number.",
        slips=(
            Slip(
                lambda: _change("taken"),
                "That is the share *taken*; the question asks what was *needed*.",
            ),
            Slip(
                lambda: _change("towns"),
                "That is the growth of the towns alone; the harvest changed as well.",
            ),
            Slip(
                lambda: 1 / _change("harvest"),
                "That is the fall of the harvest alone; the towns changed as well.",
            ),
            Slip(
                lambda: _change("towns") * _change("harvest"),
                "That lets a smaller harvest lower the share; feeding towns from less takes a "
                "larger part of it.",
            ),
            Slip(
                lambda: _towns("needed", 1960) - _towns("needed", 1957),
                "That is a difference in percentage points; the question asks for a factor.",
            ),
            Slip(
                lambda: _towns("needed", 1960),
                "That is the share needed in 1960 itself, in per cent; the question compares it "
                "with 1957.",
            ),
            Slip(
                lambda: _change("needed", last=1959),
                "That is the change to 1959; the question goes to 1960.",
            ),
            Slip(
                lambda: _change("needed", first=1958),
                "That is the change from 1958; the question starts in 1957.",
            ),
            Slip(
                lambda: _change("per_head"),
                "That is how each townsperson's grain changed; here it stays the same.",
            ),
            Slip(
                lambda: 1 / _change("per_head"),
                "That is how each townsperson's grain changed; here it stays the same.",
            ),
            Slip(
                lambda: _change("procured"),
                "That compares the tonnes procured; the question is about the share that would "
                "have been needed.",
            ),
        ),
    ),
    Exercise(
        id="1.6",
        name="ruled_out",
        kind=str,
        choices=("caused", "deepened", "feared"),
        expected=lambda: "caused" if PLEDGE < RECALL else "deepened",
        hints=(
            "Put each statement's two events in order of date.",
            "A fear can come before the thing feared; an aggravation comes after the start.",
            "Which of the three needs the recall of July 1960 to come first?",
        ),
        after="The other two need evidence of another kind: papers of 1957, output by plant.",
        slips=(
            Slip(
                "deepened",
                "A crisis can be deepened after it has begun, so a recall in 1960 fits that "
                "statement.",
            ),
            Slip(
                "feared",
                "A fear can come before the thing feared, so a recall in 1960 fits that statement.",
            ),
        ),
    ),
]
