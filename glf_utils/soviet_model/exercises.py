"""Exercises of ``01_soviet_model``."""

from glf_utils.answers.checker import Exercise
from glf_utils.soviet_model.evidence import PLEDGE, RECALL, four_measures
from glf_utils.soviet_model.model import overtaking_year, procurement_rate_needed
from glf_utils.tables import load, one


def without_soybeans():
    """Grain per head against the Soviet harvest as revised, China's soybeans left out."""
    measures = four_measures(load("soviet_comparison")).set_index("measure")["ratio"]
    ratio = measures["grain per head, Soviet harvest as revised"].iloc[0]
    whole = one("grain_national", "series == 'output_official_revised' and year == 1957")
    return ratio * one("grain_national", "series == 'output_contemporary_1957_basis'") / whole


def industry_share():
    """Per cent of capital construction in 1958-61 that went to industry."""
    rows = load("investment_and_labour").set_index("series")["value"]
    return (
        100
        * rows["industry_investment_document"]
        / rows["capital_construction_investment_document"]
    )


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
    path = load("targets_and_claims").query(
        "commodity == 'steel' and date == @PLEDGE and source == 'account_s4'"
    )
    path = path.assign(middle=(path["value_low"] + path["value_high"]) / 2).sort_values(
        "target_year"
    )["middle"]
    return ((path.iloc[-1] / path.iloc[0]) ** (1 / 15) - 1) / 0.20


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
    ),
]
