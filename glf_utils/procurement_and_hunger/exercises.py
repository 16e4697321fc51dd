"""Exercises of ``04_procurement_and_hunger``: takes and rates, a directive, readings, an age."""

from glf_utils.answers import Exercise, Slip
from glf_utils.country.believed import believed
from glf_utils.country.season import season
from glf_utils.country.tree import Policy, begin
from glf_utils.procurement_and_hunger.evidence import invented_province, per_head
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


def _expected(year=1959):
    """A harvest, million tonnes, as the centre took it to be."""
    return believed(load("targets_and_claims"), year)["value_high"].item()


def _grown(year):
    """The harvest that grew, million tonnes."""
    return one("food_balance", f"year == {year}", "output_million_t")


def _taken(year):
    """What the state took by Lin and Yang, million tonnes."""
    return one("grain_national", f"series == 'procurement_linyang' and year == {year}")


def _share(year):
    """What the state took by Lin and Yang, as a share of the harvest."""
    return one("grain_national", f"series == 'procurement_share_linyang' and year == {year}") / 100


def _per_head(people="rural_population_million", year=1960):
    """The harvest in kg a head."""
    return per_head(load("food_balance"), people)[year]


def old_rate_take():
    """Million tonnes: Lin and Yang's share of 1957, applied to the harvest expected in 1959."""
    return _share(1957) * _expected()


def bearable_rate():
    """The share of an honest report that would have left 220 kg a villager in 1960."""
    return 1 - 220 / _per_head()


def equal_rate():
    """The rate that, on the harvest believed in, takes what a quarter takes of the real one."""
    return 0.25 * _grown(1959) / _expected()


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
    tree, last_year, villagers, harvest = invented_province(load("provincial_grain"))
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


def _team_dead():
    return one("tuanwan_1960", "group == 'deaths' and reporter == 'provincial_team'")


def _aged(reporter, groups):
    asked = f"group == 'deaths_by_age' and reporter == '{reporter}'"
    ages = load("tuanwan_1960").query(asked).set_index("item")["value"]
    return sum(ages[group] for group in groups)


def _team(*groups):
    return _aged("provincial_team", groups)


def _county(*groups):
    return _aged("county_committee", groups)


def under_50():
    """Per cent of the provincial team's dead of Tuanwan who were younger than fifty."""
    return 100 * _team("14 and under", "20-49") / _team_dead()


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
        slips=(
            Slip(
                lambda: _share(1957) * _grown(1959),
                "That takes the old share of the harvest that *grew*; the question takes it of "
                "the harvest expected.",
            ),
            Slip(
                lambda: 0.25 * _expected(),
                "That takes a round quarter; the question takes the share of 1957 by Lin and Yang.",
            ),
            Slip(
                lambda: _taken(1959),
                "That is what Lin and Yang record as taken in 1959; the question supposes the "
                "share of 1957.",
            ),
            Slip(
                lambda: _taken(1957),
                "That is the grain taken in 1957; the question takes that year's share, but of "
                "another harvest.",
            ),
            Slip(
                lambda: _share(1959) * _expected(),
                "That takes the share of 1959; the question takes that of 1957.",
            ),
            Slip(
                lambda: _share(1958) * _expected(),
                "That takes the share of 1958; the question takes that of 1957.",
            ),
            Slip(
                lambda: (
                    one("grain_national", "series == 'procurement_gross_yearbook' and year == 1957")
                    / _grown(1957)
                    * _expected()
                ),
                "That is the yearbook's gross series; the question takes Lin and Yang's.",
            ),
            Slip(
                lambda: (
                    one("grain_national", "series == 'procurement_net_yearbook' and year == 1957")
                    / _grown(1957)
                    * _expected()
                ),
                "That is the yearbook's net series; the question takes Lin and Yang's.",
            ),
            Slip(
                lambda: _share(1957),
                "That is the share of 1957; the question asks how many tonnes it comes to.",
            ),
            Slip(
                lambda: (1 - _share(1957)) * _expected(),
                "That is what would have been left; the question asks what would have been taken.",
            ),
            Slip(
                lambda: (
                    _taken(1957)
                    / one("grain_national", "series == 'output_contemporary_1957_basis'")
                    * _expected()
                ),
                "That leaves soybeans out of the harvest of 1957; Lin and Yang's share has them "
                "in.",
            ),
            Slip(
                lambda: _taken(1957) / _grown(1958) * _expected(),
                "That divides the grain of one year by the harvest of the next; a share belongs "
                "to one year.",
            ),
            Slip(
                lambda: _share(1957) * _grown(1958),
                "That takes the share of the harvest of 1958; the question takes it of the one "
                "expected for 1959.",
            ),
        ),
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
        slips=(
            Slip(
                lambda: 1 - 220 / _per_head("population_yearend_million", 1960),
                "That divides the harvest among all inhabitants; the question asks about "
                "villagers.",
            ),
            Slip(
                lambda: (1 - 220 / _per_head()) / 0.25,
                "That is the bearable exaggeration λ* at the old rate; here λ* is set, and the "
                "rate is asked for.",
            ),
            Slip(
                lambda: 220 / _per_head(),
                "That is the share that must stay; the question asks for the share that may be "
                "taken.",
            ),
            Slip(
                lambda: 1 - 220 / _per_head(year=1959),
                "That is the rate for 1959; the question asks about 1960.",
            ),
            Slip(
                lambda: 1 - 220 / _per_head(year=1958),
                "That is the rate for 1958; the question asks about 1960.",
            ),
            Slip(
                lambda: 1 - 220 / _per_head(year=1957),
                "That is the rate for 1957; the question asks about 1960.",
            ),
            Slip(
                lambda: 0.25,
                "That is the old rate, which even on honest reports left less than 220 kg in 1960.",
            ),
            Slip(
                lambda: _per_head() - 220,
                "That is the kilograms a head that could be taken; the question asks for a "
                "share of the harvest.",
            ),
            Slip(
                lambda: _per_head() / 220 - 1,
                "That sets what may be taken against the need; a rate is a share of the harvest.",
            ),
            Slip(
                lambda: _share(1960),
                "That is the share that was taken in 1960; the question asks which could have "
                "been borne.",
            ),
            Slip(
                lambda: 1 - 220 / _per_head("population_yearend_million", 1959),
                "That divides the harvest of 1959 among all inhabitants; the question asks "
                "about villagers of 1960.",
            ),
        ),
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
        slips=(
            Slip(
                lambda: 0.25 * _expected() / _grown(1959),
                "That is a higher rate than before; reports that are too high want a lower one.",
            ),
            Slip(
                lambda: 0.20,
                "That is the rate of a fifth from the cell above, which left 210 kg, less than "
                "honest reports did.",
            ),
            Slip(
                lambda: 0.25,
                "That is the old rate, which on these reports left 184 kg, less than honest "
                "reports did.",
            ),
            Slip(
                lambda: 0.25 - equal_rate(),
                "That is the size of the cut; the question asks for the rate that remains.",
            ),
            Slip(
                lambda: _grown(1959) / _expected(),
                "That is the harvest over the belief, not yet a rate.",
            ),
            Slip(
                lambda: _expected() / _grown(1959),
                "That is the belief over the harvest, not yet a rate.",
            ),
            Slip(
                lambda: 0.25 * (1 - 0.25 * _expected() / _grown(1959)) / (1 - 0.25),
                "That changes the rate in proportion to the kilograms left; the grain taken is "
                "what must be equal.",
            ),
            Slip(
                lambda: 1 - 0.25,
                "That is the share that honest reports leave; the question asks for the rate "
                "that leaves as much.",
            ),
            Slip(
                lambda: 0.25 * _grown(1958) / _expected(1958),
                "That uses the belief of 1958; in 1959 reports were further from the harvest.",
            ),
        ),
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
        slips=(
            Slip(
                "rate 0.20",
                "A fifth of so high a report is still more grain than a quarter of the truth "
                "would be.",
            ),
            Slip(
                "target as last year",
                "Claims then still rise towards last year's harvest, which was larger than this "
                "one.",
            ),
        ),
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
        slips=(
            Slip(
                "sichuan",
                "Sichuan has a harvest of 1957 in our table, and it is no member of their panel.",
            ),
            Slip(
                "guangxi", "Guangxi has no harvest here, but it is no member of their panel either."
            ),
            Slip("tibet", "Tibet has no harvest here, but it is no member of their panel either."),
            Slip("jiangsu", "Jiangsu is a member of the panel, and its harvest is in our table."),
            Slip("yunnan", "Yunnan is a member of the panel, and its harvest is in our table."),
        ),
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
        slips=(
            Slip(
                "unhusked, both years",
                "Grain in its husk holds fewer calories: over two years it feeds some 13 "
                "million, fewer than S2 has.",
            ),
            Slip(
                "unhusked, one year",
                "In a single year the exports feed many more people than S2's 16 million.",
            ),
            Slip(
                "milled, one year",
                "In a single year the exports feed many more people than S2's 16 million.",
            ),
        ),
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
        slips=(
            Slip(
                lambda: (
                    100
                    * _county("1-10", "about 30")
                    / one("tuanwan_1960", "group == 'deaths' and reporter == 'county_committee'")
                ),
                "That is the county's share; the question asks for the team's.",
            ),
            Slip(
                lambda: 100 * _team("14 and under") / _team_dead(),
                "That is the children alone; those from twenty on were under fifty too.",
            ),
            Slip(
                lambda: 100 * _team("20-49") / _team_dead(),
                "That is the adults alone; the children were under fifty too.",
            ),
            Slip(
                lambda: _team("14 and under", "20-49"),
                "That is the number of people; the question asks what percentage of the dead "
                "they were.",
            ),
            Slip(
                lambda: (
                    100
                    * _team("14 and under", "20-49")
                    / one("tuanwan_1960", "group == 'deaths' and reporter == 'county_committee'")
                ),
                "That divides the team's number by the county's dead; both must come from one "
                "list.",
            ),
            Slip(
                lambda: (
                    100
                    * _team("14 and under", "20-49")
                    / one("tuanwan_1960", "group == 'deaths' and reporter == 'villager_letter'")
                ),
                "That divides by the number in the letter; the question asks about the team's "
                "dead.",
            ),
            Slip(
                lambda: 100 * _team("14 and under", "20-49", "50-69") / _team_dead(),
                "That takes the people from 50 to 69 in as well.",
            ),
            Slip(
                lambda: (
                    100
                    * _team("14 and under", "20-49")
                    / one("tuanwan_1960", "item == 'people' and reporter == 'provincial_team'")
                ),
                "That is a share of all inhabitants; the question asks for a share of the dead.",
            ),
            Slip(
                lambda: (
                    100
                    * _team("14 and under", "20-49")
                    / (_team_dead() - one("tuanwan_1960", "item == 'not yet established'"))
                ),
                "That divides by those whose cause was established; the question takes all of "
                "the team's dead.",
            ),
            Slip(
                lambda: 100 * one("tuanwan_1960", "item == 'female'") / _team_dead(),
                "That is the share of women; the question asks about age.",
            ),
        ),
    ),
]
