"""Exercises of ``02_commune_structure``."""

from glf_utils.answers.checker import Exercise
from glf_utils.commune_structure.model import cooperation_threshold, effort_ratio, tracking
from glf_utils.tables import load, one


def _organisation():
    return load("organisation")


def _claim(claim, end="value_low"):
    return one("account_claims", f"claim_id == '{claim}'", end)


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


def _points_out_of_a_hundred():
    share = load("distribution_rules").set_index("rule")["value_low"]
    return (share["commune_income_to_members"] * share["work_point_share_of_members_income"]) / 100


def _better_reform():
    no_supply = effort_ratio(0.0, tracking(4797, neighbours=1), 0.55, 4797)
    smaller = effort_ratio(0.35, tracking(33, neighbours=1), 0.55, 33)
    return "team" if smaller > no_supply else "points"


def _patience_exit_closed():
    return cooperation_threshold(20, effort_cost=0.6, product=1, fallback=0.0)


def _grain_in_mt():
    return 500e6 * 0.2 * 90 / 1e9


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
    ),
    Exercise(
        id="2.6",
        name="closed",
        kind=float,
        unit="δ*, between 0 and 1",
        expected=_patience_exit_closed,
        hints=(
            "Copy the cell above and change one argument.",
            "Nobody leaves any more, so after the break-up of trust nobody works; what "
            "does such a unit pay?",
            "Keep members=20, effort_cost=0.6, product=1 and put what such a unit pays as "
            "fallback.",
        ),
        after="Lower than with exit: in the repeated game closing the exit makes honesty easier.",
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
    ),
]
