"""Exercises of ``02_commune_structure``."""

from glf_utils.answers.checker import Exercise, Slip
from glf_utils.commune_structure.model import cooperation_threshold, effort_ratio, tracking
from glf_utils.tables import load, one


def _organisation():
    return load("organisation")


def _claim(claim, end="value_low"):
    return one("account_claims", f"claim_id == '{claim}'", end)


def _xinhua(indicator):
    rows = _organisation().query("source == 'xinhua_19580930'").set_index("indicator")
    return rows.loc[indicator, "value_low"]


def _households_per_coop():
    in_communes = _xinhua("peoples_communes") * _xinhua("households_per_commune")
    return in_communes / (_xinhua("households_in_communes") / 100) / _xinhua("agricultural_coops")


def _coops_per_commune():
    return _claim("S1-028") / _claim("S1-033")


def _account_that_gives_the_mean():
    rows = _organisation().query("source == 'xinhua_19580930'").set_index("indicator")
    mean = rows.loc["households_per_commune", "value_low"]
    named = {
        "S1": _claim("S1-035"),
        "S4": _claim("S4-027", "value_high"),
    }
    county = (
        rows.loc["county_wide_communes_or_county_federations", "value_low"]
        / rows.loc["peoples_communes", "value_low"]
    )
    nearest = min(named, key=lambda account: abs(named[account] - mean))
    return nearest if county < 0.5 else "S3"


def _unit_in_spring_1960():
    rules = load("unit_of_account")
    rules = rules[~rules["unit"].str.startswith("plan")]
    here = (rules["date_start"] <= "1960-04-01") & (rules["date_end"] >= "1960-04-01")
    return rules.loc[here, "unit"].item()


def _rule(rule, column="value_low"):
    """Per cent by the directive of May 1960."""
    rows = load("distribution_rules").query("source == 'cc_distribution_1960'")
    return rows.set_index("rule").loc[rule, column]


def _of_members(share):
    """Yuan of every 100 the collective earns, from a percentage of what its members get."""
    return _rule("commune_income_to_members") * share / 100


def _points_out_of_a_hundred():
    return _of_members(_rule("work_point_share_of_members_income"))


def _better_reform():
    no_supply = effort_ratio(0.0, tracking(4797, neighbours=1), 0.55, 4797)
    smaller = effort_ratio(0.35, tracking(33, neighbours=1), 0.55, 33)
    return "team" if smaller > no_supply else "points"


def _patience(members=20, fallback=0.0):
    """The threshold δ*, as a rule with the exit closed: then who stops finds nothing."""
    return cooperation_threshold(members, effort_cost=0.6, product=1, fallback=fallback)


def _grain_in_mt(days=90, extra_kg=0.2, people=500e6):
    return people * extra_kg * days / 1e9


EXERCISES = [
    Exercise(
        id="2.1",
        name="coops_per_commune",
        kind=float,
        unit="co-operatives a commune",
        expected=_coops_per_commune,
        tolerance=0.002,
        hints=(
            "Both numbers stand in S1's own sentence: advanced co-operatives and communes.",
            "Divide the number that was merged by the number that came out.",
            "753_000 co-operatives went into 26_000 communes: write that as one division.",
        ),
        after="S1's printed ratio belongs to another count of co-operatives.",
        slips=(
            Slip(
                lambda: _claim("S1-034"),
                "That is the ratio S1 prints; S1's own two numbers give another.",
            ),
            Slip(
                lambda: 740_000 / _claim("S1-033"),
                "That takes the co-operatives of the resolution of December 1958; the exercise "
                "divides S1's own numbers.",
            ),
            Slip(
                lambda: _xinhua("agricultural_coops") / _xinhua("peoples_communes"),
                "Those are not S1's own two numbers: one or both are Xinhua's of 30 September "
                "1958.",
            ),
            Slip(
                lambda: _claim("S1-028") / _xinhua("peoples_communes"),
                "Those are not S1's own two numbers: one or both are Xinhua's of 30 September "
                "1958.",
            ),
            Slip(
                lambda: _xinhua("agricultural_coops") / _claim("S1-033"),
                "Those are not S1's own two numbers: one or both are Xinhua's of 30 September "
                "1958.",
            ),
            Slip(
                lambda: _claim("S1-028") - _claim("S1-033"),
                "That is by how many the farms became fewer; the question asks how many went "
                "into each commune.",
            ),
            Slip(
                lambda: _xinhua("households_per_commune"),
                "That is households in a commune; the question counts co-operatives.",
            ),
            Slip(
                lambda: _households_per_coop(),
                "That is households in a co-operative; the question asks how many co-operatives "
                "went into a commune.",
            ),
            Slip(
                lambda: 30,
                "Thirty is this notebook's round number for households; S1's own two numbers "
                "ask for a division.",
            ),
        ),
    ),
    Exercise(
        id="2.2",
        name="nearest",
        kind=str,
        choices=("S1", "S3", "S4"),
        expected=_account_that_gives_the_mean,
        hints=(
            "The question is about the average commune, not the largest.",
            "Which claim lies near the mean of 30 September 1958, which the figure prints?",
            "A county is about twelve times too big, and an upper limit is not a mean.",
        ),
        after="An upper tail is not a mean, and one commune in 250 was a county.",
        slips=(
            Slip(
                "S3",
                "A county was far larger than the average commune: only 94 communes in 23,397 "
                "were county-wide.",
            ),
            Slip("S4", "S4 says how large communes could be; an upper limit is not an average."),
        ),
    ),
    Exercise(
        id="2.3",
        name="unit",
        kind=str,
        choices=("commune", "production brigade", "production team"),
        expected=_unit_in_spring_1960,
        hints=(
            "Find April 1960 on the time axis and look for the bar that covers it.",
            "The dotted bar is a plan, of which only pilots are known.",
            "It is the rule that began in March 1959 and ended in February 1962.",
        ),
        after="In the worst year the rule named a unit the size of the old advanced co-op.",
        slips=(
            Slip(
                "commune",
                "The commune pooled the harvest for some six months, to February 1959; the "
                "dotted bar of 1960 is a plan.",
            ),
            Slip(
                "production team",
                "The team pooled the harvest from February 1962 on, nearly two years after the "
                "date asked.",
            ),
        ),
    ),
    Exercise(
        id="2.4",
        name="by_points",
        kind=float,
        unit="yuan of every 100",
        expected=_points_out_of_a_hundred,
        hints=(
            "Two steps: what members get of the income, then what points decide of that.",
            "Use the lowest work-point share the directive allows.",
            "It is a share of a share: multiply 60 by 60 and divide by 100.",
        ),
        after="Twice what S2's 30 per cent would leave to points.",
        slips=(
            Slip(
                lambda: _rule("work_point_share_of_members_income"),
                "That is the points' part of what members get; members do not get all hundred "
                "yuan.",
            ),
            Slip(
                lambda: _rule("work_point_share_of_members_income", "value_high"),
                "That is the points' upper part of what members get; the question asks for the "
                "least, of all hundred yuan.",
            ),
            Slip(
                lambda: _of_members(_rule("work_point_share_of_members_income", "value_high")),
                "That is the most that goes by points; the question asks for the least.",
            ),
            Slip(
                lambda: _of_members(_rule("supply_share_of_members_income", "value_high")),
                "That is what free supply gets at its ceiling; the question asks for the points.",
            ),
            Slip(
                lambda: _of_members(_rule("supply_share_of_members_income")),
                "That is what free supply gets at its floor, or what S2's 30 per cent would "
                "leave to points.",
            ),
            Slip(
                lambda: _rule("commune_income_retained"),
                "That is what the collective keeps; the question asks what goes by points.",
            ),
            Slip(
                lambda: _rule("supply_share_of_members_income"),
                "That is supply's part of what members get, or S2's share; the question asks "
                "for the directive's points.",
            ),
            Slip(
                lambda: _of_members(65),
                "That takes the middle of the directive's range; the question says “at least”.",
            ),
            Slip(
                lambda: 100 - _points_out_of_a_hundred(),
                "That is all that does not go by points: what is kept, and free supply.",
            ),
        ),
    ),
    Exercise(
        id="2.5",
        name="reform",
        kind=str,
        choices=("points", "team"),
        expected=_better_reform,
        hints=(
            "Compare the second and the third setting of the explorer.",
            "Read the effort in each line of the table under the panels.",
            "One setting stays below half of the best effort, the other does not.",
        ),
        after="With q = 0.5 size weighs more than sharing; from q = 0.85 on it does not.",
        slips=(
            Slip(
                "points",
                "With free supply ended, effort in the commune still stays below half of the "
                "best: the clerks still pass little on.",
            ),
        ),
    ),
    Exercise(
        id="2.6",
        name="closed",
        kind=float,
        unit="δ*, between 0 and 1",
        expected=_patience,
        hints=(
            "Copy the cell above and change one argument.",
            "Nobody leaves any more, so after the break-up of trust nobody works; what "
            "does such a unit pay?",
            "Keep members=20, effort_cost=0.6, product=1 and put what such a unit pays as "
            "fallback.",
        ),
        after="Lower than with exit: in the repeated game closing the exit makes honesty easier.",
        slips=(
            Slip(
                lambda: _patience(fallback=0.3),
                "That is the threshold with exit, where the fallback is 0.3; once nobody can "
                "leave, the fallback is another.",
            ),
            Slip(
                lambda: _patience(members=200),
                "That is the threshold of another number of members; the question has 20.",
            ),
            Slip(
                lambda: _patience(members=5),
                "That is the threshold of another number of members; the question has 20.",
            ),
            Slip(
                lambda: _patience(members=2),
                "That is the threshold of another number of members; the question has 20.",
            ),
            Slip(
                lambda: 0.6 - 1 / 20,
                "That is the gain G from stopping once, which is only a part of the formula.",
            ),
            Slip(
                lambda: 1 - 0.6,
                "That is what each has in a season in which all work, not yet the threshold.",
            ),
            Slip(
                lambda: (0.6 - 1 / 20) / (1 - 0.6),
                "That divides the gain by the loss alone; the formula divides by both together.",
            ),
            Slip(
                lambda: (1 - 0.6) / (1 - 0.6 + 0.6 - 1 / 20),
                "That puts the loss on top of the fraction; the formula has the gain there.",
            ),
            Slip(
                lambda: _patience(fallback=-0.6),
                "That makes people bear the cost of work after trust is broken, and then nobody "
                "works.",
            ),
            Slip(
                lambda: 0.6 / (0.6 + 1 - 0.6),
                "That forgets that who stops also loses the own part of what the work would "
                "have brought.",
            ),
        ),
    ),
    Exercise(
        id="2.7",
        name="wasted",
        kind=float,
        unit="million tonnes",
        expected=_grain_in_mt,
        hints=(
            "People times kilograms a day times days gives kilograms.",
            "A million tonnes is a thousand million kilograms.",
            "Change one factor of the cell above: the number of days.",
        ),
        after="Two of its three factors are assumed; the product is no better than they are.",
        slips=(
            Slip(
                lambda: _grain_in_mt(60),
                "That is the amount for 60 days; the question asks for a longer spell.",
            ),
            Slip(
                lambda: _grain_in_mt(30),
                "That is the extra month alone; the question asks for the whole spell.",
            ),
            Slip(
                lambda: _grain_in_mt(60 + 90),
                "That adds the two spells; the longer one takes the place of the shorter.",
            ),
            Slip(
                lambda: _grain_in_mt(60) * 60 / 90,
                "That is less than for 60 days, although the overeating went on longer.",
            ),
            Slip(
                lambda: _grain_in_mt(90, extra_kg=1),
                "That leaves the 0.2 kg a day out: people cannot have eaten a whole kilogram more.",
            ),
            Slip(
                lambda: _grain_in_mt(90, people=400e6),
                "That takes the diners of the end of 1959; Luo Pinghan's number is for the end "
                "of 1958.",
            ),
            Slip(lambda: 90, "That is the number of days, not yet an amount of grain."),
        ),
    ),
]
