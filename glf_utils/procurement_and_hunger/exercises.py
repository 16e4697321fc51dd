"""Exercises of ``04_procurement_and_hunger``: takes and rates, a directive, readings, an age."""

from glf_utils.answers.checker import Exercise
from glf_utils.country.believed import believed
from glf_utils.country.season import season
from glf_utils.country.tree import Policy, begin, draw_hierarchy, share_out
from glf_utils.procurement_and_hunger.model import people_fed
from glf_utils.tables import load, one

READINGS = {
    "unhusked, one year": (2800, 1),
    "unhusked, both years": (2800, 2),
    "milled, one year": (3400, 1),
    "milled, both years": (3400, 2),
}
"""Ways to read S2's sentence: kcal per kg and years fed."""


AS_IT_WAS = {"pressure": 0.4, "ambition": 0.5, "gain": 1, "rate": 0.25}
"""How the invented province is governed before the student changes one thing."""

DIRECTIVES = {
    "honest reports": {"pressure": 0, "rivalry": 0, "hunger": 0},
    "rate 0.20": {"rate": 0.20},
    "target as last year": {"ambition": 0},
}
"""The orders that may be sent, and what each changes."""


def _expected():
    """The harvest of 1959, million tonnes, as the centre took it to be."""
    return believed(load("targets_and_claims"), 1959)["value_high"].item()


def old_rate_take():
    """Million tonnes: Lin and Yang's share of 1957, applied to the harvest expected in 1959."""
    share = one("grain_national", "series == 'procurement_share_linyang' and year == 1957")
    return share / 100 * _expected()


def bearable_rate():
    """The share of an honest report that would have left 220 kg a villager in 1960."""
    row = load("food_balance").query("year == 1960").iloc[0]
    return 1 - 220 / (1000 * row["output_million_t"] / row["rural_population_million"])


def equal_rate():
    """The rate that, on the harvest believed in, takes what a quarter takes of the real one."""
    return 0.25 * one("food_balance", "year == 1959", "output_million_t") / _expected()


def lacking(change):
    """Thousand tonnes by which communes of the invented province miss 220 kg a villager.

    Parameters
    ----------
    change : dict
        Settings of :class:`glf_utils.country.tree.Policy` that replace those of :data:`AS_IT_WAS`.

    Returns
    -------
    float
    """
    tree = draw_hierarchy([700, 70, 1], seed=1959)
    villagers = [26_460 / 700] * 700
    last_year = share_out(9_875, 700, spread=0.2, seed=1958)
    harvest = share_out(7_650, 700, spread=0.2, seed=1959)
    policy = Policy(**AS_IT_WAS | change)
    return season(begin(tree, last_year, villagers, policy), harvest, policy).missing.item()


def best_directive():
    """The order after which least is lacking."""
    return min(DIRECTIVES, key=lambda name: lacking(DIRECTIVES[name]))


def missing_province():
    """The province of the panel of Meng, Qian and Yared that has no harvest in ours."""
    members = load("provinces").query("in_mqy_panel")["province"]
    grain = load("provincial_grain").query("series == 'output' and year == 1957")
    (missing,) = set(members) - set(grain["province"])
    return missing


def reading():
    """The reading under which the net exports of 1959 and 1960 feed S2's number."""
    claim = one("account_claims", "claim_id == 'S2-038'", "value_low")
    net = load("grain_national").query(
        "series == 'net_exports' and source == 'graintrade_press2011' and year in [1959, 1960]"
    )
    tonnes = net["value"].sum()
    return min(
        READINGS,
        key=lambda way: abs(people_fed(tonnes, READINGS[way][0], years=READINGS[way][1]) - claim),
    )


def under_50():
    """Per cent of the provincial team's dead of Tuanwan who were younger than fifty."""
    team = load("tuanwan_1960").query("reporter == 'provincial_team'")
    ages = team.query("group == 'deaths_by_age'").set_index("item")["value"]
    dead = one(team, "group == 'deaths'")
    return 100 * (ages["14 and under"] + ages["20-49"]) / dead


EXERCISES = [
    Exercise(
        id="4.1",
        name="old_rate_take",
        kind=float,
        expected=old_rate_take,
        unit="million tonnes",
        tolerance=0.005,
        hints=(
            "A share times a harvest. Whose harvest: the one that grew, or the one expected?",
            "The share of 1957 is what was taken in 1957 over what grew in 1957.",
            "Multiply that share by the ministry's figure, in million tonnes.",
        ),
        after="Lin and Yang record 64.1 taken. The old rate, applied to the believed harvest, "
        "comes within a million tonnes of it.",
    ),
    Exercise(
        id="4.2",
        name="bearable_rate",
        kind=float,
        expected=bearable_rate,
        unit="a share, between 0 and 1",
        hints=(
            "An honest report means that the ratio of report to truth is 1.",
            "Put 1 for λ* into the formula and solve for τ: the top of the fraction stays.",
            "The top of the fraction is one minus need over harvest; take the harvest a villager "
            "of 1960 from the table.",
        ),
        after="Less than a fifth, where Lin and Yang record about a third taken.",
    ),
    Exercise(
        id="4.3",
        name="equal_rate",
        kind=float,
        expected=equal_rate,
        unit="a share, between 0 and 1",
        hints=(
            "What is taken is rate times report. With honest reports, what is that product?",
            "The product must stay the same while the report is 1.62 times as large.",
            "Divide the old rate by the ratio of belief to harvest.",
        ),
        after="Less than two thirds of the old rate: a cut by a fifth would not have made up for "
        "the exaggeration.",
    ),
    Exercise(
        id="4.4",
        name="best_directive",
        kind=str,
        expected=best_directive,
        choices=tuple(DIRECTIVES),
        hints=(
            "Edit the line of the directive, run the cell, and write down what is lacking.",
            "Set every other argument back before you try the next order.",
            "Three runs, three numbers: the smallest shortage wins.",
        ),
        after="In this invented province. Elsewhere the order of the three may change; try other "
        "pressures and rates.",
    ),
    Exercise(
        id="4.5",
        name="missing_province",
        kind=str,
        expected=missing_province,
        choices=("guangxi", "jiangsu", "sichuan", "tibet", "yunnan", "zhejiang"),
        hints=(
            'List the provinces for which the panel says yes: `provinces.query("in_mqy_panel")`.',
            "The provinces with a harvest are in the column `province` of `points`.",
            "One name is in the first list and not in the second; `set(...) - set(...)` finds it.",
        ),
        after="In the public copies its grain is its neighbour's, year by year. Whoever computes "
        "with them repeats the slip.",
    ),
    Exercise(
        id="4.6",
        name="reading",
        kind=str,
        expected=reading,
        choices=tuple(READINGS),
        hints=(
            "Two things are left open in the sentence: the state of the grain and the time.",
            "The cell above printed the people fed for both years, unhusked first, then milled.",
            "For one year the numbers double. Which of the four comes nearest to S2's?",
        ),
        after="Under that reading S2 is right. Read otherwise, the same exports feed from 13 to "
        "32 million.",
    ),
    Exercise(
        id="4.7",
        name="under_50",
        kind=float,
        expected=under_50,
        unit="per cent",
        hints=(
            "Only the rows of the provincial team count; the county used other age groups.",
            "Two of the team's four groups lie below fifty. Add them.",
            "Divide by all deaths the team counted, and multiply by 100.",
        ),
        after="The county's share is 7 per cent. Neither list names infants, whose deaths are the "
        "likeliest to be missed.",
    ),
]
