"""Exercises and guesses of lessons 11 to 14."""

from datetime import date

import numpy as np

from glf_utils.answers import Exercise, Guess, Slip
from glf_utils.soviet_model.evidence import (
    DOUBLING,
    NO_BOMB,
    PLEDGE,
    RECALL,
    four_measures,
)
from glf_utils.soviet_model.model import (
    overtaking_year,
    rate_needed,
    taken_from_food,
    two_sector_path,
    years_below_start,
)
from glf_utils.tables import load, one

REVISED = "grain per head, Soviet harvest as revised"
LOWEST = "grain per head, Soviet harvest at its lowest"
BETWEEN = {"ministry": (10, 3), "railways": (6, 1)}
"""What each ministry spends, and how much of it on what is not its own sector."""
HEAVY, LIGHT, PER_LATHE, PER_LOOM = 0.85, 0.20, 0.20, 0.30
LATHES, LOOMS, HALF_A_MACHINE, BALES = 8, 10, 0.5, 10  # of the drawing in lesson 12
RATION, RATE, EXPORTS = 440, 0.236, 2.7  # of lesson 13: kg, share of 1957, million tonnes
NEED, QUOTA, POOR_HARVEST = 220, 60, 245  # kg a head, of the village in lesson 13
OLD_IN_NEW = 4.44


# -- 11: half of what ----------------------------------------------------------------------------


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


def _accumulation(year):
    return one("investment_and_labour", f"series == 'accumulation_rate' and year == {year}")


def without_soybeans():
    """Grain per head against the Soviet harvest as revised, China's soybeans left out."""
    return _ratio(REVISED) * _kept()


def by_sector():
    """Per cent of the two ministries' money that went into works of industry."""
    (machines, flats), (railways, engines) = BETWEEN.values()
    return 100 * (machines - flats + engines) / (machines + railways)


def industry_share():
    """Per cent of capital construction in 1958-61 that went to industry."""
    return 100 * _money("industry") / _money("capital_construction")


# -- 12: machines or cloth -----------------------------------------------------------------------


def _drawn(split, column="cloth", year=2):
    """What the country of the drawing makes in a year."""
    start = {"machines": LATHES * HALF_A_MACHINE, "cloth": LOOMS * BALES}
    return getattr(two_sector_path(split, year, HALF_A_MACHINE, BALES, **start), column)[year]


def _owed():
    light, heavy = two_sector_path([LIGHT, HEAVY], 40, PER_LATHE, PER_LOOM).cloth
    return np.cumsum(light - heavy)


def _growth(column=None, last=1972):
    """Growth a year, as a share, from 1957 to one end of the pledged range, or to its middle."""
    path = load("targets_and_claims").query(
        "commodity == 'steel' and date == @PLEDGE and source == 'account_s4'"
    )
    columns = [column] if column else ["value_low", "value_high"]
    steel = path.set_index("target_year")[columns].mean(axis="columns")
    return (steel[last] / steel[1957]) ** (1 / (last - 1957)) - 1


def bales():
    """Bales made in year 2 with half of the new machines for lathes."""
    return _drawn(0.5)


def no_effect():
    """The number of the model that leaves the overtaking year where it is."""
    slow = dict(heavy=HEAVY, light=LIGHT, per_lathe=PER_LATHE, per_loom=PER_LOOM)
    other = dict(heavy=0.60, per_lathe=0.33, per_loom=0.40)
    names = {"heavy": "split", "per_lathe": "per_lathe", "per_loom": "per_loom"}
    still = [
        names[name]
        for name, value in other.items()
        if overtaking_year(**slow | {name: value}) == overtaking_year(**slow)
    ]
    return still[0]


def paid_back():
    """First year in which the cloth forgone on the heavy path has been made good."""
    return int((_owed() < 0).argmax())


def split_needed():
    """Split α with α κ equal to the growth pledged in Moscow, at κ = 0.20."""
    return _growth() / PER_LATHE


# -- 13: who feeds the towns ---------------------------------------------------------------------


def _size(what, year):
    """Townspeople, harvest or grain procured, millions or million tonnes."""
    series = {
        "towns": ("investment_and_labour", "urban_population"),
        "harvest": ("grain_national", "output_official_old"),
        "procured": ("grain_national", "procurement_linyang"),
    }
    table, name = series[what]
    return one(table, f"series == '{name}' and year == {year}")


def _taken(year):
    return 100 * _size("procured", year) / _size("harvest", year)


def _needed(towns=1960, harvest=1960):
    """Per cent of a harvest that gives each townsperson of a year what 1957 gave."""
    per_head = 1000 * _size("procured", 1957) / _size("towns", 1957)
    return 100 * rate_needed(_size("towns", towns), per_head, _size("harvest", harvest))


def _fall(series, last):
    """Per cent by which grain a head fell from 1957 to another year."""
    first, second = (
        one("grain_national", f"series == '{series}' and year == {year}") for year in (1957, last)
    )
    return 100 * (1 - second / first)


def harvest_alone():
    """Per cent of the harvest of 1960 needed, had the towns not grown since 1957."""
    return _needed(towns=1957)


def grain_missing():
    """Million tonnes missing where the share of 1957 must feed the towns from 1960's harvest."""
    return _size("towns", 1960) * RATION / 1000 - RATE * _size("harvest", 1960)


def from_food():
    """Kilograms of a head's food that a fixed quota takes when the harvest is poor."""
    return float(taken_from_food(QUOTA, POOR_HARVEST, NEED))


# -- 14: did Moscow cause it ---------------------------------------------------------------------


def _days(first, last):
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _traded(series, year=None):
    when = f" and year == {year}" if year else ""
    return one("soviet_trade_and_aid", f"series == '{series}'{when}")


def _dollars():
    """Dollars for a new ruble, by the one total that a source prints in both."""
    return _traded("total_trade_china_ussr_usd") / _traded("total_trade_china_ussr")


def _mazur(what, year):
    return _traded(f"ussr_{what}_to_china_account_s3", year)


def days_late():
    """Days from the call to double steel to the first broken agreement."""
    return _days(DOUBLING, NO_BOMB)


def times_the_loan():
    """All debts to Moscow with interest, in loans of 1950."""
    return _traded("debt_and_interest_to_ussr") * _dollars() / _traded("loan_1950")


def in_one_ruble():
    """Trade of 1959 over that of 1957, both in new rubles."""
    before = _traded("total_trade_china_ussr_old_rubles", 1957) / OLD_IN_NEW
    return _traded("total_trade_china_ussr", 1959) / before


def machinery_part():
    """Per cent of the fall in deliveries from 1959 to 1962 that was machinery."""
    fell = [_mazur(what, 1959) - _mazur(what, 1962) for what in ("machinery_exports", "exports")]
    return 100 * fell[0] / fell[1]


GUESSES = [
    Guess(
        id="11.a",
        asks="Was China further behind in steel or in grain?",
        kind=str,
        choices=("steel", "grain"),
        found=lambda: (
            "steel" if _ratio("steel per head") < min(_ratio(REVISED), _ratio(LOWEST)) else "grain"
        ),
        says=lambda: (
            f"steel: {_ratio('steel per head'):.2f} of the Soviet figure, against "
            f"{_ratio(REVISED):.2f} to {_ratio(LOWEST):.2f} in grain"
        ),
    ),
    Guess(
        id="11.b",
        asks="Of 100 yuan of income, how many were not consumed at the height of the Leap?",
        kind=float,
        unit="yuan",
        found=lambda: _accumulation(1959),
        says=lambda: (
            f"{_accumulation(1959):g} in 1959, against {_accumulation(1957):g} two years before"
        ),
    ),
    Guess(
        id="12.a",
        asks="In which year does the heavy path have more cloth than the light one?",
        kind=float,
        unit="the year, counted from 0",
        found=lambda: float(overtaking_year(HEAVY, LIGHT, PER_LATHE, PER_LOOM)),
        says=lambda: (
            f"year {overtaking_year(HEAVY, LIGHT, PER_LATHE, PER_LOOM):.0f}; less cloth a head "
            "than at the start for "
            f"{years_below_start(two_sector_path(HEAVY, 40, PER_LATHE, PER_LOOM), 0.0238)} years"
        ),
    ),
    Guess(
        id="13.a",
        asks="What share of the harvest of 1960 would have given the towns what they had in 1957?",
        kind=float,
        unit="per cent",
        found=lambda: _needed(),
        says=lambda: (
            f"{_needed():.1f} per cent; {_taken(1960):.1f} were taken, and {_taken(1957):.1f} in "
            "1957"
        ),
    ),
    Guess(
        id="13.b",
        asks="Whose grain fell by more, that of townspeople or of farmers in high-yield counties?",
        kind=str,
        choices=("townspeople", "farmers"),
        found=lambda: (
            "farmers"
            if _fall("ration_per_farm_head_354_counties", 1960)
            > _fall("consumption_per_urban_head_document", 1961)
            else "townspeople"
        ),
        says=lambda: (
            f"farmers: by {_fall('ration_per_farm_head_354_counties', 1960):.0f} per cent to 1960; "
            f"townspeople by {_fall('consumption_per_urban_head_document', 1961):.0f} to 1961"
        ),
    ),
    Guess(
        id="14.a",
        asks="From 1957 to 1959, did Soviet deliveries to China rise or fall?",
        kind=str,
        choices=("rise", "fall"),
        found=lambda: (
            "rise"
            if _traded("china_imports_from_ussr_chinese_archive", 1959)
            > _traded("china_imports_from_ussr_chinese_archive", 1957)
            else "fall"
        ),
        says=lambda: (
            "rise: from "
            f"{_traded('china_imports_from_ussr_chinese_archive', 1957):.0f} to "
            f"{_traded('china_imports_from_ussr_chinese_archive', 1959):.0f} million rubles"
        ),
    ),
]

EXERCISES = [
    Exercise(
        id="11.1",
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
                "That is the textbook's one half, which this exercise puts to the test.",
            ),
        ),
    ),
    Exercise(
        id="11.2",
        name="by_sector",
        kind=float,
        expected=by_sector,
        unit="per cent",
        hints=(
            "Ask of each sum what was built with it, whoever paid.",
            "Flats are no works of industry, and a works that builds engines is one.",
            "Add what went into works, divide by all that was spent, and multiply by 100.",
        ),
        after="The same money, counted by what was built: an eighth of it has left industry.",
        slips=(
            Slip(
                lambda: 100 * 10 / 16,
                "That counts by ministry again; the question asks what was built.",
            ),
            Slip(
                lambda: 100 * 7 / 16,
                "That takes the flats out and forgets the works that the railways built.",
            ),
            Slip(
                lambda: 100 * 11 / 16,
                "That adds the railways' works and leaves the flats in; flats are no industry.",
            ),
            Slip(
                lambda: 100 * 7 / 10,
                "That is the part of one ministry's money; the whole is what both spent.",
            ),
            Slip(
                lambda: 100 * 8 / 10,
                "That divides by one ministry's money; the whole is what both spent.",
            ),
            Slip(lambda: 8.0, "That is the money for works; the question asks for its share."),
            Slip(
                lambda: 100 * 6 / 16,
                "That is the share of the railway ministry.",
            ),
            Slip(
                lambda: 100 * (10 - 3 + 6) / 16,
                "That counts all that the railways spent; most of it was track.",
            ),
        ),
    ),
    Exercise(
        id="11.3",
        name="industry_share",
        kind=float,
        expected=industry_share,
        unit="per cent",
        hints=(
            "A share is a part over a whole; one of the two rows is the part.",
            "Industry's investment is part of all capital construction.",
            "Divide the smaller sum of the table by the larger, and multiply by 100.",
        ),
        after="Close to the textbook's figure for the Second Plan, this time from a document.",
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
                lambda: _claimed("S1-003"),
                "That is the textbook's figure for the Second Plan; the table shows how it went "
                "in fact.",
            ),
            Slip(
                lambda: _claimed("S1-010"),
                "That is the textbook's figure for the First Plan; the question is about 1958 to "
                "1961.",
            ),
            Slip(by_sector, "That is the share of the two ministries in the example above."),
        ),
    ),
    Exercise(
        id="12.1",
        name="bales",
        kind=float,
        expected=bales,
        unit="bales",
        hints=(
            "Draw the lathes and looms of year 1 first: four new machines are shared in halves.",
            "Year 1 has 10 lathes, so it makes 5 machines; half of them are looms in year 2.",
            "Count the looms of year 2, half a loom included, and multiply by ten bales.",
        ),
        after="Neither the most cloth nor the most machines: 6.25 machines will be made that year.",
        slips=(
            Slip(
                lambda: LOOMS * BALES + 2 * BALES * LATHES * HALF_A_MACHINE / 2,
                "That adds two looms in either year; in year 1 more lathes stand there, and they "
                "make more.",
            ),
            Slip(
                lambda: _drawn(0.5, year=1),
                "That is year 1; the question goes on to year 2.",
            ),
            Slip(
                lambda: _drawn(0.0),
                "That is the upper row of the drawing, where all new machines are looms.",
            ),
            Slip(
                lambda: _drawn(1.0),
                "That is the lower row of the drawing, where no new machine is a loom.",
            ),
            Slip(
                lambda: _drawn(0.5) / BALES,
                "That is how many looms stand there; each makes ten bales.",
            ),
            Slip(
                lambda: LOOMS * BALES + BALES * (5 + 6.25) / 2,
                "That puts machines to work in the year that makes them; they begin a year later.",
            ),
            Slip(
                lambda: LOOMS * BALES + BALES * (4 + 5),
                "That turns all new machines into looms; half of them become lathes.",
            ),
            Slip(
                lambda: 14 * BALES + BALES,
                "That rounds half a machine up; here it counts as half.",
            ),
            Slip(lambda: _drawn(0.5, year=3), "That is year 3; the question stops at year 2."),
            Slip(
                lambda: 12.5,
                "That is how many lathes stand there in year 2; the question asks for bales.",
            ),
        ),
    ),
    Exercise(
        id="12.2",
        name="no_effect",
        kind=str,
        expected=no_effect,
        choices=("split", "per_lathe", "per_loom"),
        hints=(
            "Move one slider at a time and read only the last sentence of the readout.",
            "The year is where two lines cross. Which slider stretches both and leaves it there?",
            "Ask which number scales the gains and the losses of both paths alike.",
        ),
        after="It scales what both paths gain, so it cannot decide when they cross.",
        slips=(
            Slip(
                "split",
                "α moves the year: with an even split the heavy path pulls ahead earlier than "
                "with 85 of 100.",
            ),
            Slip(
                "per_lathe",
                "κ moves the year: with fast lathes the heavy path pulls ahead earlier than with "
                "slow ones.",
            ),
        ),
    ),
    Exercise(
        id="12.3",
        name="paid_back",
        kind=float,
        expected=paid_back,
        unit="the year, counted from 0",
        hints=(
            "Each number of `owed` is the sum of all cloth owed up to that year.",
            "Print the next years, `owed[26:32].round(2)`, and watch the sign.",
            "The first number printed by `owed[26:32]` belongs to year 26; count on to the first "
            "below zero.",
        ),
        after="Six years after pulling ahead; and a bale after decades counts like one of today.",
        slips=(
            Slip(
                lambda: float(overtaking_year(HEAVY, LIGHT, PER_LATHE, PER_LOOM)),
                "That is the year in which the heavy path pulls ahead; what it went without before "
                "is still owed.",
            ),
            Slip(
                lambda: paid_back() - 1.0,
                "In that year the sum is still above zero: a little is owed.",
            ),
            Slip(
                lambda: paid_back() + 1.0,
                "A year late: Python counts the columns from 0, as the years are.",
            ),
            Slip(
                lambda: float(_owed().argmax()),
                "In that year most is owed; from then on it is being paid back.",
            ),
            Slip(
                lambda: paid_back() - 26.0,
                "That is the place in the slice; its first number is year 26.",
            ),
            Slip(
                lambda: 2.0 * overtaking_year(HEAVY, LIGHT, PER_LATHE, PER_LOOM),
                "That takes as long to pay back as to fall behind; but the heavy path gains ever "
                "faster.",
            ),
            Slip(
                lambda: paid_back() - float(overtaking_year(HEAVY, LIGHT, PER_LATHE, PER_LOOM)),
                "That is how long paying back takes after the overtaking; the question asks for "
                "the year.",
            ),
            Slip(
                lambda: float(_owed()[paid_back()]),
                "That is the sum itself; the question asks in which year it turns.",
            ),
        ),
    ),
    Exercise(
        id="12.4",
        name="split_needed",
        kind=float,
        expected=split_needed,
        unit="a share between 0 and 1",
        tolerance=0.02,
        hints=(
            "In the model machine output grows by α times κ each year.",
            "The cell above holds the yearly growth in `growth`; κ is given. Which one is left?",
            "Divide the yearly growth, as a fraction, by κ.",
        ),
        after="About two thirds: over fifteen years the pledge was no fantasy in this model.",
        slips=(
            Slip(
                lambda: _growth("value_high") / PER_LATHE,
                "That goes to the top of the pledged range; the question takes the middle.",
            ),
            Slip(
                lambda: _growth("value_low") / PER_LATHE,
                "That goes to the bottom of the pledged range; the question takes the middle.",
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
                lambda: _growth() * PER_LATHE,
                "That takes κ twice: the growth is already the split times κ.",
            ),
            Slip(
                lambda: _growth() / 0.33,
                "That is the split for faster lathes; the question sets κ at 0.20.",
            ),
            Slip(
                lambda: (1 + _growth()) / PER_LATHE,
                "That takes this year's output with the growth; only what is added counts as "
                "growth.",
            ),
            Slip(
                lambda: (1 + _growth()) ** 15,
                "That is how many times output grows in fifteen years; the model's growth is by "
                "the year.",
            ),
            Slip(
                lambda: ((1 + _growth()) ** 15 - 1) / 15 / PER_LATHE,
                "That spreads the rise evenly over the years; growth comes on top of growth.",
            ),
            Slip(
                lambda: _growth(last=1962) / PER_LATHE,
                "That is the split of the first five years alone; the question takes all fifteen.",
            ),
            Slip(
                lambda: HEAVY, "That is the heavy path of the example, not what the pledge needed."
            ),
        ),
    ),
    Exercise(
        id="13.1",
        name="harvest_alone",
        kind=float,
        expected=harvest_alone,
        unit="per cent",
        hints=(
            "Keep the grain of 1957 for each townsperson and the townspeople of 1957.",
            "Then the grain needed is what was procured in 1957; only the harvest is that of 1960.",
            "Divide the grain procured in 1957 by the harvest of 1960, and multiply by 100.",
        ),
        after="Almost exactly the share that was taken: the smaller harvest asked for that much, "
        "the new townspeople for the rest.",
        slips=(
            Slip(
                lambda: _taken(1960),
                "That is the share taken in 1960; the question asks what the towns of 1957 would "
                "have needed.",
            ),
            Slip(
                lambda: _needed(),
                "That is the share for the towns of 1960; here they have not grown since 1957.",
            ),
            Slip(
                lambda: _needed(harvest=1957),
                "That lets the towns grow and keeps the harvest of 1957; it should be the other "
                "way about.",
            ),
            Slip(
                lambda: _taken(1957),
                "That is the share of 1957; the harvest it is taken from has become smaller.",
            ),
            Slip(
                lambda: _size("harvest", 1957) / _size("harvest", 1960),
                "That is the factor by which the share rises; the question asks for the share.",
            ),
            Slip(
                lambda: _taken(1957) * _size("harvest", 1960) / _size("harvest", 1957),
                "That lets a smaller harvest lower the share; feeding towns from less takes a "
                "larger part of it.",
            ),
            Slip(
                lambda: _size("procured", 1957),
                "That is million tonnes; the question asks for a share of the harvest.",
            ),
            Slip(
                lambda: _needed() - _taken(1957),
                "That is how many points the share rose in all, towns and harvest together.",
            ),
            Slip(
                lambda: _needed() - _needed(towns=1957),
                "That is what the new townspeople alone ask for.",
            ),
        ),
    ),
    Exercise(
        id="13.2",
        name="grain_missing",
        kind=float,
        expected=grain_missing,
        unit="million tonnes, as a number above 0",
        tolerance=0.02,
        hints=(
            "Work out the two sides: w N is the grain for the towns, τ Q what is taken.",
            "440 kg for 130.7 million people is 440 × 130.7 / 1000 million tonnes.",
            "Take τ Q from w N; the difference is missing.",
        ),
        after="In 1961, when imports began, they came to 4.5 million tonnes net: a fifth of it. "
        "(That the per cent taken in 1957 was the same number is chance.)",
        slips=(
            Slip(
                lambda: _size("towns", 1960) * RATION / 1000,
                "That is all the grain for the towns; part of it is there, in what is taken.",
            ),
            Slip(
                lambda: RATE * _size("harvest", 1960),
                "That is what the share of 1957 brings, not what is missing to w N.",
            ),
            Slip(
                lambda: _size("towns", 1960) * RATION / 1000 - _size("procured", 1960),
                "That takes the share of 1960, a third; the question keeps that of 1957.",
            ),
            Slip(
                lambda: _size("towns", 1957) * RATION / 1000 - RATE * _size("harvest", 1960),
                "That feeds the towns of 1957; those of 1960 were larger.",
            ),
            Slip(
                lambda: _size("towns", 1960) * RATION / 1000 - RATE * _size("harvest", 1957),
                "That takes the harvest of 1957; in 1960 there was less.",
            ),
            Slip(
                lambda: grain_missing() + EXPORTS,
                "That adds the exports of 1960; the question leaves exports out.",
            ),
            Slip(
                lambda: _size("towns", 1960) * 242 / 1000 - RATE * _size("harvest", 1960),
                "That is the other ration, 242 kg; the question takes 440.",
            ),
            Slip(
                lambda: _size("towns", 1960) - 1000 * RATE * _size("harvest", 1960) / RATION,
                "Those are millions of people without grain; the question asks for tonnes.",
            ),
            Slip(
                lambda: _size("towns", 1960) * RATION - RATE * _size("harvest", 1960),
                "That takes kilograms from million tonnes: millions of people times kilograms, "
                "over 1,000, are million tonnes.",
            ),
        ),
    ),
    Exercise(
        id="13.3",
        name="from_food",
        kind=float,
        expected=from_food,
        unit="kg a head",
        hints=(
            "First find what the village could spare: its harvest less what it needs.",
            "From 245 kg it can spare 25.",
            "The quota stays at 60; what it asks beyond the part that can be spared is food.",
        ),
        after="The quota did not bend, so all of the bad harvest fell on the village's food.",
        slips=(
            Slip(
                lambda: float(QUOTA),
                "That is the whole quota; a part of it can be spared.",
            ),
            Slip(
                lambda: float(POOR_HARVEST - NEED),
                "That is what the village can spare; the question asks what comes out of food.",
            ),
            Slip(
                lambda: 40.0,
                "That is the second quota's share of the food at a harvest of 300; here quota and "
                "harvest are others.",
            ),
            Slip(
                lambda: float(POOR_HARVEST - QUOTA),
                "That is what is left to eat; the question asks how much of the food is taken.",
            ),
            Slip(
                lambda: 0.0,
                "With the first harvest it would be nothing; this one is smaller by 55 kg.",
            ),
            Slip(
                lambda: float(300 - POOR_HARVEST + QUOTA),
                "That adds the quota to the loss; ask what is missing to the 220.",
            ),
            Slip(
                lambda: QUOTA * POOR_HARVEST / 300,
                "That lets the quota shrink with the harvest; a fixed quota does not.",
            ),
            Slip(
                lambda: float(NEED),
                "That is what a person needs, not what is taken of it.",
            ),
        ),
    ),
    Exercise(
        id="14.1",
        name="days_late",
        kind=float,
        expected=days_late,
        unit="days",
        tolerance=0.0005,
        hints=(
            "The letter of Moscow is of 20 June 1959, the call to double steel of 19 June 1958.",
            "`date(1959, 6, 20)` is a day; one day less another counts the days between them.",
            "Take the earlier day from the later one and end with `.days`.",
        ),
        after="Even the first break came a year and a day after the call to double steel.",
        slips=(
            Slip(
                lambda: 365.0,
                "A year to the day would be that; the letter is dated a day later in June.",
            ),
            Slip(
                lambda: float(_days(DOUBLING, RECALL)),
                "That goes to the recall of the experts; the letter of 1959 came earlier.",
            ),
            Slip(
                lambda: float(_days(PLEDGE, RECALL)),
                "That goes from the pledge to the recall, as the cell above the question does.",
            ),
            Slip(
                lambda: float(_days(PLEDGE, NO_BOMB)),
                "That starts with the pledge of November 1957; the question starts with the "
                "doubling of steel.",
            ),
            Slip(
                lambda: float(_days(NO_BOMB, RECALL)),
                "That goes from the letter to the recall.",
            ),
            Slip(
                lambda: float(_days("1958-08-29", NO_BOMB)),
                "That starts with the order for communes; the question starts with the doubling "
                "of steel.",
            ),
            Slip(lambda: 1.0, "That is in years; the question asks for days."),
        ),
    ),
    Exercise(
        id="14.2",
        name="times_the_loan",
        kind=float,
        expected=times_the_loan,
        unit="a factor",
        hints=(
            "Bring both sums to one unit before you divide.",
            "The loan is in dollars; turn the debt of 1,406 million new rubles into dollars.",
            "Multiply the debt by the dollars of one new ruble and divide by 300.",
        ),
        after="So the loan of 1950 was a small part of what China came to owe.",
        slips=(
            Slip(
                lambda: _traded("debt_and_interest_to_ussr") / _traded("loan_1950"),
                "That divides rubles by dollars; bring both to one unit.",
            ),
            Slip(
                lambda: _traded("debt_and_interest_to_ussr") / _dollars() / _traded("loan_1950"),
                "That turns the ruble the wrong way: a new ruble is more than a dollar.",
            ),
            Slip(
                lambda: (
                    _traded("debt_and_interest_to_ussr")
                    * _dollars()
                    / OLD_IN_NEW
                    / _traded("loan_1950")
                ),
                "That takes them for old rubles; the report says new ones.",
            ),
            Slip(
                lambda: _traded("debt_and_interest_to_ussr") * _dollars(),
                "That is the debt in million dollars; the question asks how many loans that makes.",
            ),
            Slip(
                lambda: _traded("debt_and_interest_repaid") * _dollars() / _traded("loan_1950"),
                "That takes what had been paid back; the question asks for all that was owed.",
            ),
            Slip(
                lambda: (
                    _traded("debt_and_interest_to_ussr")
                    * _dollars()
                    * OLD_IN_NEW
                    / _traded("loan_1950")
                ),
                "That multiplies by the old ruble as well; the debt is in new ones already.",
            ),
            Slip(
                lambda: (
                    (_traded("debt_and_interest_to_ussr") * _dollars() - _traded("loan_1950"))
                    / _traded("loan_1950")
                ),
                "That is how much more than the loan was owed; the question asks how many times.",
            ),
        ),
    ),
    Exercise(
        id="14.3",
        name="machinery_part",
        kind=float,
        expected=machinery_part,
        unit="per cent",
        hints=(
            "How many million rubles did each fall by, all deliveries and machinery alone?",
            "The fall of machinery is a part of the fall of all deliveries.",
            "Divide the smaller fall by the larger, and multiply by 100.",
        ),
        after="Four rubles of five that went missing were machines, which a factory waits for.",
        slips=(
            Slip(
                lambda: (
                    100
                    * (1 - _mazur("machinery_exports", 1962) / _mazur("machinery_exports", 1959))
                ),
                "That is by how much machinery itself fell, not its part of the whole fall.",
            ),
            Slip(
                lambda: 100 * (1 - _mazur("exports", 1962) / _mazur("exports", 1959)),
                "That is by how much all deliveries fell, not the part of it that was machinery.",
            ),
            Slip(
                lambda: 100 * _mazur("machinery_exports", 1959) / _mazur("exports", 1959),
                "That is machinery's part of deliveries in 1959, not of the fall.",
            ),
            Slip(
                lambda: 100 * _mazur("machinery_exports", 1962) / _mazur("exports", 1962),
                "That is machinery's part of deliveries in 1962, not of the fall.",
            ),
            Slip(
                lambda: _mazur("machinery_exports", 1959) - _mazur("machinery_exports", 1962),
                "That is the fall in million rubles, not its part of the whole fall.",
            ),
            Slip(
                lambda: (
                    100
                    * (_mazur("machinery_exports", 1959) - _mazur("machinery_exports", 1962))
                    / _mazur("exports", 1959)
                ),
                "That divides by all deliveries of 1959; the whole here is the fall.",
            ),
            Slip(
                lambda: (
                    100
                    * (1 - _mazur("machinery_exports", 1962) / _mazur("machinery_exports", 1959))
                    / (1 - _mazur("exports", 1962) / _mazur("exports", 1959))
                ),
                "That is more than the whole; divide machinery's fall by that of all deliveries.",
            ),
        ),
    ),
    Exercise(
        id="14.4",
        name="in_one_ruble",
        kind=float,
        expected=in_one_ruble,
        unit="a factor",
        hints=(
            "Only one of the two sums has to be changed.",
            "A new ruble is 4.44 old ones, so old rubles make fewer new ones.",
            "Divide 5,400 by 4.44 first; then divide 1,890 by the result.",
        ),
        after="Trade rose by half; read without its unit it seems to have fallen by two thirds.",
        slips=(
            Slip(
                lambda: in_one_ruble() / OLD_IN_NEW,
                "That divides new rubles by old ones: the trap itself.",
            ),
            Slip(
                lambda: in_one_ruble() / OLD_IN_NEW**2,
                "That turns the ruble the wrong way: old rubles make fewer new ones.",
            ),
            Slip(
                lambda: _traded("total_trade_china_ussr_old_rubles", 1957) / OLD_IN_NEW,
                "That is the trade of 1957 in new rubles; 1959 is still to be set against it.",
            ),
            Slip(
                lambda: (
                    _traded("total_trade_china_ussr_usd")
                    / _traded("total_trade_china_ussr_old_rubles", 1957)
                ),
                "That divides dollars by old rubles; both must be in one unit.",
            ),
            Slip(
                lambda: (
                    _traded("total_trade_china_ussr_usd")
                    / (_traded("total_trade_china_ussr_old_rubles", 1957) / OLD_IN_NEW)
                ),
                "That divides dollars by new rubles; both must be in one unit.",
            ),
            Slip(
                lambda: in_one_ruble() * OLD_IN_NEW,
                "That divides by the 4.44 twice; one of the two sums is in new rubles already.",
            ),
            Slip(
                lambda: (
                    _traded("total_trade_china_ussr")
                    - _traded("total_trade_china_ussr_old_rubles", 1957) / OLD_IN_NEW
                ),
                "That is a difference in million new rubles; the question asks for a factor.",
            ),
            Slip(
                lambda: (
                    _traded("china_imports_from_ussr_chinese_archive", 1959)
                    / _traded("china_imports_from_ussr_chinese_archive", 1957)
                ),
                "That is the rise of deliveries alone; here trade goes in both directions.",
            ),
        ),
    ),
]
