"""Exercises and guesses of lessons 21 to 25."""

from itertools import permutations

import numpy as np

from glf_utils.answers import Exercise, Guess, Slip
from glf_utils.commune_structure.evidence import (
    hands_missing,
    households_before_and_after,
    households_in_ningxia,
    new_state_staff,
    reported,
    rural_households,
    rural_workers,
)
from glf_utils.commune_structure.model import (
    cooperation_threshold,
    crop_lost,
    days_of_food,
    eaten_per_day,
    efficient_need_share,
    effort_ratio,
    gain_from_an_hour,
    visible_work,
)
from glf_utils.tables import load, one


def _organisation():
    return load("organisation")


def _claim(claim, end="value_low"):
    return one("account_claims", f"claim_id == '{claim}'", end)


def _xinhua(indicator):
    return reported(_organisation(), indicator)


# -- 21: size, and who pooled --------------------------------------------------------------------


def _coops_per_commune():
    return _claim("S1-028") / _claim("S1-033")


def _times_larger():
    before, after = households_before_and_after(_organisation())
    return after / before


def _size_classes():
    rows = _organisation().query("indicator == 'communes_by_size_ten_provinces'")
    return rows.sort_values("size_class_low_households", na_position="first")


def _share_over_twenty_thousand():
    numbers = _size_classes()["value_low"]
    return 100 * numbers.iloc[-1] / numbers.sum()


def _households_in_communes():
    return _xinhua("peoples_communes") * _xinhua("households_per_commune")


def _communes_if_all_were_as_large():
    return _households_in_communes() / _claim("S4-027", "value_high")


def _unit_in_spring_1960():
    rules = load("unit_of_account")
    rules = rules[~rules["unit"].str.startswith("plan")]
    here = (rules["date_start"] <= "1960-04-01") & (rules["date_end"] >= "1960-04-01")
    return rules.loc[here, "unit"].item()


def _tuanwan():
    return one("tuanwan_1960", "item == 'households'", "value")


def _grams_back(first, second, saved_kg=100):
    """Grams that come back to a household from what it saved, under two sizes of the pool."""
    return 1000 * saved_kg / np.array([first, second])


def _grams_by_the_rule():
    return _grams_back(_xinhua("households_per_commune"), _tuanwan())


_OTHER_COUNT = (
    "Those are not the textbook's own two numbers: one or both are Xinhua's of 30 September 1958."
)

SIZE = [
    Exercise(
        id="21.1",
        name="coops_per_commune",
        kind=float,
        unit="co-operatives a commune",
        expected=_coops_per_commune,
        tolerance=0.002,
        hints=(
            "Both numbers stand in the textbook's own sentence: co-operatives and communes.",
            "Divide the number that was merged by the number that came out.",
            "753_000 co-operatives went into 26_000 communes: write that as one division.",
        ),
        after="The textbook's printed ratio belongs to another count of co-operatives.",
        slips=(
            Slip(
                lambda: _claim("S1-034"),
                "That is the ratio the textbook prints; its own two numbers give another.",
            ),
            Slip(
                lambda: 740_000 / _claim("S1-033"),
                "That takes the co-operatives of the resolution of December 1958; the exercise "
                "divides the textbook's own numbers.",
            ),
            Slip(lambda: _xinhua("agricultural_coops") / _xinhua("peoples_communes"), _OTHER_COUNT),
            Slip(lambda: _claim("S1-028") / _xinhua("peoples_communes"), _OTHER_COUNT),
            Slip(lambda: _xinhua("agricultural_coops") / _claim("S1-033"), _OTHER_COUNT),
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
                lambda: households_before_and_after(_organisation())[0],
                "That is households in a co-operative; the question asks how many co-operatives "
                "went into a commune.",
            ),
        ),
    ),
    Exercise(
        id="21.2",
        name="communes_needed",
        kind=float,
        unit="communes",
        expected=_communes_if_all_were_as_large,
        hints=(
            "How many households were in communes on that day? The cell with `in_communes` has it.",
            "If every commune holds 20_000 of them, how many communes are filled?",
            "Divide `in_communes` by 20_000.",
        ),
        after="Xinhua counted four times as many; so 20,000 can name the upper end alone.",
        slips=(
            Slip(
                lambda: rural_households(_organisation()) / _claim("S4-027", "value_high"),
                "That takes all households of the countryside; the question takes those in "
                "communes.",
            ),
            Slip(
                lambda: _xinhua("peoples_communes"),
                "That is how many communes there were; the question asks how many 20,000 a commune "
                "would have made.",
            ),
            Slip(
                lambda: _claim("S4-027", "value_high") / _xinhua("households_per_commune"),
                "That is how many average communes go into one of 20,000; the question asks for "
                "communes in all.",
            ),
            Slip(
                lambda: _xinhua("agricultural_coops") / _claim("S4-027", "value_high"),
                "That divides co-operatives; a commune of that size is counted in households.",
            ),
            Slip(
                lambda: _households_in_communes() / _claim("S1-035"),
                "That divides by the textbook's size; the question takes Dikötter's.",
            ),
            Slip(
                lambda: _xinhua("peoples_communes") * _claim("S4-027", "value_high"),
                "That is how many households such communes would have held; the question asks "
                "how many communes.",
            ),
            Slip(
                lambda: _size_classes()["value_low"].iloc[-1],
                "That is how many passed 20,000 in ten provinces; here all have that size.",
            ),
        ),
    ),
    Exercise(
        id="21.3",
        name="unit",
        kind=str,
        choices=("commune", "production brigade", "production team"),
        expected=_unit_in_spring_1960,
        hints=(
            "Find April 1960 on the time axis and look for the bar that covers it.",
            "The dotted bar is a plan, of which only pilots are known.",
            "It is the rule that began in March 1959 and ended in February 1962.",
        ),
        after="In the worst year the rule named a unit about the size of the old co-operative.",
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
        id="21.4",
        name="grams",
        kind=list,
        unit="grams",
        expected=_grams_by_the_rule,
        hints=(
            "First find which unit pooled the harvest in each of the two months.",
            "The pool of the first October is the commune: take the average one. The pool of the "
            "second is Tuanwan itself.",
            "A hundred kilograms are 100_000 grams; divide them by the households of each pool.",
        ),
        after="Less than a mouthful the first time, and not a bowl the second. Nobody had moved; "
        "the rule had.",
        slips=(
            Slip(
                lambda: _grams_by_the_rule()[::-1],
                "Both numbers are there, in the opposite order: the larger pool came first.",
            ),
            Slip(
                lambda: _grams_by_the_rule() / 1000,
                "Those are kilograms; the question asks for grams.",
            ),
            Slip(
                lambda: _grams_back(*[_xinhua("households_per_commune")] * 2),
                "The second October falls after the meeting at Zhengzhou: a smaller unit pooled "
                "then.",
            ),
            Slip(
                lambda: _grams_back(*[_tuanwan()] * 2),
                "In the first October the harvest was pooled by the commune, of which Tuanwan was "
                "a part.",
            ),
            Slip(
                lambda: _grams_back(
                    _xinhua("households_per_commune"),
                    households_in_ningxia(_organisation(), "brigade"),
                ),
                "The second number takes a brigade of Ningxia; Tuanwan was larger.",
            ),
            Slip(
                lambda: _grams_back(
                    _xinhua("households_per_commune"),
                    households_in_ningxia(_organisation(), "team"),
                ),
                "The second number takes a team; teams pooled the harvest only from 1962.",
            ),
            Slip(
                lambda: 100_000 / np.array([3067, 3067]),
                "That divides by people; each household is to get one part.",
            ),
        ),
    ),
]


# -- 22: work points ----------------------------------------------------------------------------

TEN = {"elasticity": 0.55, "members": 10}


def _gain(need_share, visible=1.0):
    return gain_from_an_hour(need_share, visible, **TEN)


def _worth_to_all():
    return 10 * _gain(1.0)


def _effort(need_share, households, passed_on=0.5, kept=0.4):
    return effort_ratio(need_share, visible_work(households, passed_on), 0.55, households, kept)


def _better_reform(passed_on):
    points, team = _effort(0, 4797, passed_on), _effort(0.35, 33, passed_on)
    return "points" if points > team else "team"


def _order_of_reforms():
    """What Tuanwan's three reformers bring, the highest effort first."""
    brings = {
        "points": _effort(0, 854),
        "all": _effort(0.35, 854, kept=0),
        "team": _effort(0.35, 33),
    }
    return ", ".join(sorted(brings, key=brings.get, reverse=True))


ORDERS = tuple(map(", ".join, permutations(("all", "points", "team"))))


def _where_it_turns():
    """The first of the slider's steps at which ending free supply does more."""
    steps = np.arange(20, 101, 5) / 100
    return next(float(step) for step in steps if _better_reform(step) == "points")


WORK = [
    Exercise(
        id="22.1",
        name="gain",
        kind=float,
        unit="kg",
        expected=lambda: _gain(0.35),
        hints=(
            "A part of the hour's fruit comes by need, the rest by points.",
            "You have both already: `by_need` if all went by need, `by_points` if all by points.",
            "Weight `by_need` with the share by need, `by_points` with what is left of one, and "
            "add.",
        ),
        after="More than the 0.55 the hour gives to all: at this share points still pay more "
        "than the work is worth.",
        slips=(
            Slip(
                lambda: _gain(0.65),
                "The two shares have changed places: the directive's share goes by need.",
            ),
            Slip(lambda: _gain(0.0), "That is the gain if everything went by points."),
            Slip(lambda: _gain(1.0), "That is the gain if everything went by need."),
            Slip(lambda: _gain(0.5), "That is half by need, half by points; the share is another."),
            Slip(
                _worth_to_all,
                "That is what the hour adds to the field, for all ten together.",
            ),
            Slip(
                lambda: 0.65 * _gain(0.0),
                "That is the part by points alone; a little comes back by need as well.",
            ),
            Slip(
                lambda: 0.35 * _gain(1.0),
                "That is the part by need alone; most goes by points.",
            ),
            Slip(
                lambda: 0.6 * _gain(0.35),
                "That shares out only 60 of every 100; the exercise shares out the whole harvest.",
            ),
            Slip(
                lambda: _gain(0.6 * 0.35),
                "That takes 35 per cent of 60; the exercise takes it of the whole harvest.",
            ),
            Slip(
                lambda: 0.35 * _worth_to_all() + 0.65 * _gain(0.0),
                "Of what the hour adds only a tenth comes back by need: use `by_need`.",
            ),
            Slip(
                lambda: _gain(0.3),
                "That takes the floor of free supply; the exercise takes the middle.",
            ),
            Slip(
                lambda: _gain(0.4),
                "That takes the ceiling of free supply; the exercise takes the middle.",
            ),
        ),
    ),
    Exercise(
        id="22.2",
        name="best_share",
        kind=float,
        unit="a share of the harvest",
        expected=lambda: efficient_need_share(0.55, 0.8),
        hints=(
            "The rule in bold has three letters, and two of them are given.",
            "First find 1 − β from (1 − β) v = ε, then β.",
            "Divide ε by v, and take the result from 1.",
        ),
        after="The worse a score follows work, the less room there is to share by need. This is "
        "inside the range of the rule of 1960.",
        slips=(
            Slip(
                lambda: 1 - 0.55,
                "That leaves v out: it is the best share where points follow work exactly.",
            ),
            Slip(
                lambda: 0.55 / 0.8,
                "That is 1 − β, the share by points; the question asks for the share by need.",
            ),
            Slip(
                lambda: 1 - 0.55 * 0.8,
                "Here ε was multiplied by v; in the rule v stands on the other side.",
            ),
            Slip(
                lambda: 0.55 * 0.8,
                "That multiplies the two numbers; the rule divides one by "
                "the other, and takes the result from 1.",
            ),
            Slip(
                lambda: 0.8 - 0.55,
                "That is the difference of the two numbers; the rule multiplies 1 − β by v.",
            ),
            Slip(lambda: 1 - 0.8, "That is the share of a score which does not follow work."),
            Slip(
                lambda: 0.35,
                "That is the middle of what the directive orders; the question "
                "asks what would be best.",
            ),
            Slip(lambda: 0.8 / 0.55, "That is turned round: a share is below 1."),
            Slip(
                lambda: 0.8 * (1 - 0.55),
                "That multiplies the best share of exact points by v; work 1 − β first.",
            ),
        ),
    ),
    Exercise(
        id="22.3",
        name="order",
        kind=str,
        choices=ORDERS,
        expected=_order_of_reforms,
        hints=(
            "Each reform changes one argument of `effort_ratio`; only one of them changes v too.",
            "Supply ended is `need_share=0`; nothing kept is `kept=0`; a team is `members=33`.",
            "For the village v is `visible_work(854)`, for the team `visible_work(33)`.",
        ),
        after="With q = 0.5 size weighs most, and what is kept before the sharing weighs more than "
        "what is shared by need.",
        slips=(
            Slip(
                "team, points, all",
                "The first place is right; of the other two, one takes 35 of 60 from the points, "
                "the other 40 of 100.",
            ),
            *(
                Slip(
                    order,
                    "In a unit of 854 little of the work is seen, so neither change to the sharing "
                    "reaches half of the best effort; one reform does.",
                )
                for order in ORDERS
                if not order.startswith("team")
            ),
        ),
    ),
    Exercise(
        id="22.4",
        name="turns",
        kind=float,
        unit="q, a step of the slider",
        expected=_where_it_turns,
        hints=(
            "Set both reforms one after the other, raise q a step in each, and note the two "
            "efforts.",
            "Without the slider: the loop of the cell above does it for one q; try others.",
            "Look above three quarters.",
        ),
        after="Four fifths kept at each layer are not enough. Whether clerks kept more or less, "
        "nobody has measured; so the model does not choose between the reforms.",
        slips=(
            Slip(lambda: 0.8, "There the team is still a little ahead."),
            Slip(
                lambda: 0.824,
                "That is close to where the two are equal; the question asks for a step of 0.05.",
            ),
            Slip(lambda: 0.5, "That is where the slider starts; there the team is far ahead."),
            Slip(
                lambda: 0.9,
                "There ending free supply is ahead, but it is so one step earlier already.",
            ),
            Slip(lambda: 1.0, "With q = 1 clerks lose nothing; the answer turns before that."),
            Slip(lambda: 0.75, "There the team is still ahead."),
            Slip(lambda: 0.7, "There the team is still well ahead."),
            Slip(lambda: 0.95, "There ending free supply has been ahead for two steps."),
            Slip(
                lambda: 0.35,
                "That is the share by need; the question asks for q.",
            ),
        ),
    ),
]


# -- 23: the right to leave ----------------------------------------------------------------------


def _patience(members=20, fallback=0.1):
    return cooperation_threshold(members, effort_cost=0.6, product=1, fallback=fallback)


def _stops_once(members):
    """What a season without work brings to one of so many members, in the game of lesson 23."""
    return 0.6 - 1 / members


EXIT = [
    Exercise(
        id="23.1",
        name="once",
        kind=float,
        unit="of a season's product",
        expected=lambda: _stops_once(4),
        hints=(
            "Two things change for the one who stops: what is saved, and what is missing.",
            "The 0.6 is saved. One product is missing from the harvest, and all bear it together.",
            "Of four, each bears a quarter of the missing product: take it from 0.6.",
        ),
        after="Less than among twenty: in a small farm more of the loss comes home.",
        slips=(
            Slip(lambda: _stops_once(20), "That is what stopping brings among twenty."),
            Slip(lambda: 1 / 4, "That is what the one who stops misses; he or she also saves."),
            Slip(lambda: 0.6, "That is what is saved; a part of the harvest is missing too."),
            Slip(
                lambda: 0.4,
                "That is what each has when all work; the question is what stopping adds.",
            ),
            Slip(
                lambda: 0.6 - 1,
                "That lets the one who stops bear the whole loss; four bear it together.",
            ),
            Slip(
                lambda: 0.6 / 4,
                "That divides the cost of work; it is the missing product that is shared.",
            ),
            Slip(lambda: 0.6 + 1 / 4, "What is missing is taken off, not added."),
            Slip(
                lambda: 0.4 / 4,
                "That shares what each has left; ask what stopping saves and what it misses.",
            ),
        ),
    ),
    Exercise(
        id="23.2",
        name="half_open",
        kind=float,
        unit="δ, between 0 and 1",
        expected=_patience,
        hints=(
            "Stopping still brings the same once; what is lost in each later season is larger now.",
            "All have 0.4 when all work, and leaving pays 0.1: how much is lost a season?",
            "The gain over gain and loss together; or `cooperation_threshold` with another "
            "`fallback`.",
        ),
        after="Between the two lines: the less a farm of one's own gives, the more there is to "
        "lose, and the less patience honest work needs.",
        slips=(
            Slip(
                lambda: _patience(fallback=0.3),
                "That is the patience needed where leaving pays 0.3; here it pays less.",
            ),
            Slip(
                lambda: _patience(fallback=0),
                "That is the patience needed where nobody can leave; here leaving still pays "
                "something.",
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
                lambda: _stops_once(20),
                "Near there lie what stopping brings once, and the later loss divided by it; "
                "neither is the patience.",
            ),
            Slip(
                lambda: 1 - 0.6,
                "That is what each has in a season in which all work, not yet the patience.",
            ),
            Slip(
                lambda: (1 - 0.6 - 0.1) / (1 - 0.6 - 0.1 + 0.6 - 1 / 20),
                "That puts the later loss on top of the fraction; what stopping brings belongs "
                "there.",
            ),
            Slip(
                lambda: (0.6 - 1 / 20) / (1 - 0.6 - 0.1),
                "That divides what stopping brings by the later loss alone; both together belong "
                "below the line.",
            ),
            Slip(
                lambda: (
                    _patience(fallback=0) + (_patience(fallback=0.3) - _patience(fallback=0)) / 3
                ),
                "That draws a straight line from one threshold to the other; they do not lie on "
                "one.",
            ),
            Slip(
                lambda: _patience(fallback=0.2),
                "That takes 0.2 as what leaving pays; read the exercise once more.",
            ),
            Slip(
                lambda: 1 - 0.6 - 0.1,
                "That is what is lost in each later season, only a part of the answer.",
            ),
        ),
    ),
    Exercise(
        id="23.3",
        name="changed",
        kind=str,
        choices=("the exit", "the pool", "both", "neither"),
        expected=lambda: "the pool",
        hints=(
            "For each of the two ask: was it the same in 1957 as at the end of 1958?",
            "If the door had been shut since 1955, what was new about it in 1958?",
            "Lesson 21 tells which unit pooled the harvest before and after August 1958.",
        ),
        after="What was so for years explains no sudden fall by itself. That the pool changed "
        "makes it possible as a cause, and no more than that.",
        slips=(
            Slip(
                "the exit",
                "If Kung is right, the door was as good as shut in 1957 already; nothing about "
                "it was new.",
            ),
            Slip("both", "One of the two, if Kung is right, was the same in 1957 as in 1959."),
            Slip(
                "neither",
                "One of the two did change in autumn 1958: think of the bars in lesson 21.",
            ),
        ),
    ),
]


# -- 24: mess halls ------------------------------------------------------------------------------


def _halls_1958():
    return one("organisation", "indicator == 'mess_halls' and year == 1958", "value_low") * 1e6


def _share_in_halls():
    row = "indicator == 'rural_people_eating_in_mess_halls' and year == 1958"
    return one("organisation", row, "value_low") / 100


def _households():
    return rural_households(_organisation())


def _households_a_hall():
    return _share_in_halls() * _households() / _halls_1958()


def _wasted(extra_kg, days, people=500e6):
    return people * extra_kg * days / 1e9


def _cooks_set_free():
    return 100 * (1 - _claim("S1-057") * 1e6 / _households())


def _day_the_pot_is_empty(members=30):
    return days_of_food(180, eaten_per_day(180, 300, members))


HALLS = [
    Exercise(
        id="24.1",
        name="households_a_hall",
        kind=float,
        unit="households a hall",
        expected=_households_a_hall,
        tolerance=0.02,
        hints=(
            "How many of the 124 million households ate in halls, if nine in ten did?",
            "Then share these households among the halls.",
            "0.9 * 124e6 households, divided by 3.45e6 halls.",
        ),
        after="About a production team: one kitchen for thirty-odd stoves.",
        slips=(
            Slip(
                lambda: _households() / _halls_1958(),
                "That lets every household eat in a hall; by the source about nine in ten did.",
            ),
            Slip(
                lambda: 500e6 / _halls_1958(),
                "That is people in a hall; the question counts households.",
            ),
            Slip(
                lambda: _households() * _share_in_halls() / 3.199e6,
                "That takes the halls of the end of 1959; the question is about 1958.",
            ),
            Slip(
                lambda: _households() * _share_in_halls() / 3.919e6,
                "That takes the halls of the end of 1959; the question is about 1958.",
            ),
            Slip(
                lambda: _halls_1958() / _households(),
                "That is halls a household; turn the division round.",
            ),
            Slip(
                lambda: _households() * 0.1 / _halls_1958(),
                "That takes those who did not eat in halls.",
            ),
            Slip(
                lambda: _households() / _share_in_halls() / _halls_1958(),
                "Here all households were divided by the nine tenths; a share multiplies.",
            ),
            Slip(
                lambda: _halls_1958() / _xinhua("peoples_communes"),
                "That is halls in a commune; the question counts households in a hall.",
            ),
        ),
    ),
    Exercise(
        id="24.2",
        name="sees",
        kind=str,
        choices=("order", "commons", "both", "neither"),
        expected=lambda: "commons",
        hints=(
            "For each explanation ask what a bowl more costs the person who takes it.",
            "An order to eat one's fill says the same in a small hall and in a large one.",
            "In the model, the part of the loss that comes back to you is one in n.",
        ),
        after="So one could look: books of small and of large halls of one county, before rations "
        "came. Nobody has published such a comparison that we know of.",
        slips=(
            Slip(
                "order",
                "An order to eat one's fill is the same in a hall of five households and of forty.",
            ),
            Slip("both", "One of the two says nothing about how many share the pot."),
            Slip(
                "neither",
                "In one of the two the loss that comes back to a household is one "
                "part in n, so n matters.",
            ),
        ),
    ),
    Exercise(
        id="24.3",
        name="spread",
        kind=float,
        unit="times",
        expected=lambda: _wasted(0.3, 90) / _wasted(0.1, 30),
        hints=(
            "Work the smallest product and the largest product.",
            "The smallest takes 0.1 kg for 30 days, the largest 0.3 kg for 90 days; the people "
            "stay.",
            "Divide the largest by the smallest: the people fall out.",
        ),
        after="Two factors, each known only to a third or to three times, give a product known "
        "to a ninth. That is why we build nothing on it.",
        slips=(
            Slip(
                lambda: 3, "That is how far one of the two factors may be off; both are invented."
            ),
            Slip(lambda: 6, "The two ranges were added; factors multiply."),
            Slip(
                lambda: _wasted(0.3, 90),
                "That is the largest amount in million tonnes; the question asks how many times "
                "the smallest it is.",
            ),
            Slip(
                lambda: _wasted(0.3, 90) - _wasted(0.1, 30),
                "That is the distance between them; the question asks how many times.",
            ),
            Slip(
                lambda: _wasted(0.1, 30),
                "That is the smallest amount in million tonnes; the question asks how many times "
                "as large the largest is.",
            ),
            Slip(
                lambda: _wasted(0.3, 90) / _wasted(0.2, 60),
                "That compares with the middle; the question asks for the smallest and the "
                "largest.",
            ),
            Slip(
                lambda: 1 / 9,
                "That is turned round: the largest over the smallest.",
            ),
        ),
    ),
    Exercise(
        id="24.4",
        name="freed",
        kind=float,
        unit="per cent of the cooks",
        expected=_cooks_set_free,
        hints=(
            "Before: one cook at each of the 124 million stoves. After: 60 million in services.",
            "How many fewer are that?",
            "Divide the difference by the cooks there were before, and take it times 100.",
        ),
        after="At most half, and only if none of the halls' cooks were men and no stove stayed "
        "lit. Mazur's direction is right and the word “liberated” is too large.",
        slips=(
            Slip(
                lambda: 100 * _claim("S1-057") * 1e6 / _households(),
                "That is the share that cooked and minded children for others; the question asks "
                "for the rest.",
            ),
            Slip(
                lambda: (_households() - _claim("S1-057") * 1e6) / 1e6,
                "That is how many million they are; the question asks for per cent of the cooks.",
            ),
            Slip(
                lambda: 100 * _claim("S1-057") / (_households() / 1e6 - _claim("S1-057")),
                "That divides the women in services by those set free.",
            ),
            Slip(
                lambda: 100 * (_households() / 1e6 / _claim("S1-057") - 1),
                "That is how many more cooks there had been, measured by those of the halls.",
            ),
            Slip(
                lambda: 100 * (1 - _claim("S1-057") / (_share_in_halls() * _households() / 1e6)),
                "That counts only households in halls; the exercise takes all stoves.",
            ),
            Slip(
                lambda: _claim("S1-057"),
                "That is the textbook's number of women, in millions.",
            ),
            Slip(
                lambda: 100 * (1 - _claim("S1-057") * 1e6 / 500e6),
                "That takes all people in halls for cooks; the exercise has one cook a household.",
            ),
            Slip(
                lambda: 100 * (1 - _halls_1958() / _households()),
                "That lets one woman cook for a whole hall; the textbook has 60 million.",
            ),
        ),
    ),
]

# -- 25: hands ------------------------------------------------------------------------------------


def _labour():
    return load("investment_and_labour")


def _people(where):
    return one(_labour(), f"series == '{where}_population' and year == 1957")


def _workers():
    return rural_workers(_labour())


def _on_the_water(end="value_low"):
    row = "measure == 'at_work_on_water' and date == '1958-01'"
    return one("mobilisation", row, end)


def _by_day():
    return sum(_claim(claim) for claim in ("S1-056", "S1-057", "S1-058"))


def _left_for_the_fields():
    return _workers() - _claim("S1-056") - _claim("S1-058")


def _fewer_hands():
    return _workers() * hands_missing(_labour())


def _share_on_the_payroll():
    return 100 * new_state_staff(_labour()) / _fewer_hands()


def _state_staff(year):
    return one(_labour(), f"series == 'state_sector_employment' and year == {year}")


def _planned(measure, end="value_low"):
    return one("mobilisation", f"measure == '{measure}'", end)


def _jin_a_mu(end="value_low"):
    return 1000 * _planned("grain_planned", end) / _planned("grain_area_planned")


HANDS = [
    Exercise(
        id="25.1",
        name="of_villagers",
        kind=float,
        unit="per cent of the villagers",
        expected=lambda: 100 * _on_the_water() / _people("rural"),
        hints=(
            "Both numbers are in millions of people; which is the whole?",
            "The whole is everybody in the countryside, children and the old among them.",
            "Divide 100 by 547.04, and take it times 100.",
        ),
        after="“Half” is right of the workers and far too high for villagers. The magazine itself "
        "called its 100 million one in six of all Chinese.",
        slips=(
            Slip(
                lambda: 100 * _on_the_water() / _workers(),
                "That is the share of the rural workers; the exercise asks for all villagers.",
            ),
            Slip(
                lambda: 100 * _on_the_water() / (_people("rural") + _people("urban")),
                "That divides by the whole country; the exercise asks for the countryside.",
            ),
            Slip(
                lambda: _on_the_water() / _people("rural"),
                "That is a share; the exercise asks for per cent.",
            ),
            Slip(
                lambda: _people("rural") / _on_the_water(),
                "That is how many villagers come to one digger; turn the division round.",
            ),
            Slip(
                lambda: 100 * _on_the_water() / _people("urban"),
                "That divides by the people of the towns.",
            ),
            Slip(
                lambda: 100 * _workers() / _people("rural"),
                "That is the share of villagers who are counted as workers.",
            ),
            Slip(
                lambda: 100 - 100 * _on_the_water() / _people("rural"),
                "That is the share of those who were not sent.",
            ),
        ),
    ),
    Exercise(
        id="25.2",
        name="in_the_fields",
        kind=float,
        unit="million workers",
        expected=_left_for_the_fields,
        hints=(
            "By the kind reading only two of the three groups come out of the 205.66 million.",
            "Take away those at the iron and those who gather manure.",
            "205.66 less 90, less 90 once more.",
        ),
        after="One worker in eight for the fields of the whole country, in the weeks of the "
        "harvest. Even read kindly, “every day” cannot be meant.",
        slips=(
            Slip(
                lambda: _workers() - _by_day(),
                "That takes all three groups away; by the kind reading the women of the kitchens "
                "are not among these workers.",
            ),
            Slip(
                lambda: _by_day() - _workers(),
                "That is by how many the three groups exceed the workers.",
            ),
            Slip(
                lambda: _workers() - _claim("S1-056"),
                "That leaves those who gather manure in the fields; the textbook has them at it "
                "every day.",
            ),
            Slip(
                lambda: _workers() - _claim("S1-057"),
                "That takes away the women of the kitchens; by the kind reading they are beyond "
                "these workers.",
            ),
            Slip(
                lambda: _claim("S1-056") + _claim("S1-058"),
                "That is how many are at the iron and the manure; the question asks who is left.",
            ),
            Slip(
                lambda: _left_for_the_fields() + _claim("S1-057"),
                "That sends the women of the kitchens into the fields.",
            ),
            Slip(
                lambda: 100 * _left_for_the_fields() / _workers(),
                "That is in per cent of the workers; the question asks how many million.",
            ),
            Slip(
                lambda: _people("rural") - _by_day(),
                "That starts from all villagers, children among them; start from the workers.",
            ),
        ),
    ),
    Exercise(
        id="25.3",
        name="on_the_payroll",
        kind=float,
        unit="per cent of the missing hands",
        expected=_share_on_the_payroll,
        hints=(
            "First: how many more had the state on its payroll in 1958 than in 1957?",
            "Divide that increase by the hands that the countryside had fewer.",
            "The increase is 45.32 less 24.51; divide by 38.18, and take it times 100.",
        ),
        after="A little over half at most: some of the new staff were townspeople. The rest went "
        "where nobody kept a list that we have read.",
        slips=(
            Slip(
                lambda: new_state_staff(_labour()),
                "That is the increase in millions; the question asks which part of the missing "
                "hands it is.",
            ),
            Slip(
                lambda: 100 * _state_staff(1958) / _fewer_hands(),
                "That takes all staff of 1958; most of them had been on the payroll before.",
            ),
            Slip(
                lambda: 100 * _state_staff(1957) / _fewer_hands(),
                "That takes the staff of 1957, who left no field in 1958.",
            ),
            Slip(
                lambda: 100 * new_state_staff(_labour()) / _state_staff(1957),
                "That is how much the payroll grew; the question asks for a part of the hands.",
            ),
            Slip(
                lambda: 100 - _share_on_the_payroll(),
                "That is the share which the payroll does not explain.",
            ),
            Slip(
                lambda: 100 * _fewer_hands() / new_state_staff(_labour()),
                "That is turned round: the missing hands are the whole.",
            ),
            Slip(
                lambda: 100 * new_state_staff(_labour()) / _workers(),
                "That divides by all rural workers; the whole is the hands that are missing.",
            ),
            Slip(
                lambda: _share_on_the_payroll() / 100,
                "That is a share; the question asks for per cent.",
            ),
        ),
    ),
    Exercise(
        id="25.4",
        name="jin_a_mu",
        kind=float,
        unit="jin of grain a mu",
        expected=_jin_a_mu,
        hints=(
            "A yield is a harvest over the land it grows on.",
            "The harvest is 800 billion jin, the land 1,770 million mu; mind the zeros.",
            "Divide 800e9 by 1770e6.",
        ),
        after="Such yields were announced. Weighed as it came into store, the early rice of "
        "Yongding in 1960 gave 193 jin a mu (lesson 31). Who believes the report can spare the "
        "field.",
        slips=(
            Slip(
                lambda: _jin_a_mu("value_high"),
                "That takes the higher harvest of the plan; the exercise takes the lower.",
            ),
            Slip(
                lambda: _jin_a_mu() / 2,
                "That is in kilograms a mu; a jin is half a kilogram.",
            ),
            Slip(
                lambda: _jin_a_mu() * 2,
                "That doubles; the harvest is given in jin already.",
            ),
            Slip(
                lambda: _jin_a_mu() / 1000,
                "Billions were divided by millions: a thousand is missing.",
            ),
            Slip(
                lambda: 1 / _jin_a_mu(),
                "That is mu for one jin; turn the division round.",
            ),
            Slip(
                lambda: _jin_a_mu() * 15,
                "That is jin a hectare; a hectare has fifteen mu.",
            ),
            Slip(
                lambda: _jin_a_mu() * 7.5,
                "That is kilograms a hectare; the exercise asks for jin a mu.",
            ),
        ),
    ),
]

EXERCISES = [*SIZE, *WORK, *EXIT, *HALLS, *HANDS]

GUESSES = [
    Guess(
        id="21.a",
        asks="How many times as many households had the average commune as the co-operative?",
        kind=float,
        unit="times",
        found=_times_larger,
        says=lambda: "{:.0f} times: from {:.0f} households to {:,.0f}".format(
            _times_larger(), *households_before_and_after(_organisation())
        ),
    ),
    Guess(
        id="21.b",
        asks="What share of communes had more than 20,000 households?",
        kind=float,
        unit="per cent",
        found=_share_over_twenty_thousand,
        says=lambda: f"{_share_over_twenty_thousand():.1f} per cent, in ten provinces",
    ),
    Guess(
        id="22.a",
        asks="All by points: does an hour bring its worker more or less than it adds for all?",
        kind=str,
        choices=("more", "less", "the same"),
        found=lambda: "more" if _gain(0.0) > _worth_to_all() else "less",
        says=lambda: f"more: {_gain(0.0):.2f} kg, and the hour adds {_worth_to_all():.2f}",
    ),
    Guess(
        id="23.a",
        asks="In the game, does honest work need more or less patience once nobody can leave?",
        kind=str,
        choices=("more", "less", "the same"),
        found=lambda: "less" if _patience(fallback=0) < _patience(fallback=0.3) else "more",
        says=lambda: (
            f"less: {_patience(fallback=0):.2f} in place of {_patience(fallback=0.3):.2f}, "
            "for twenty members"
        ),
    ),
    Guess(
        id="24.a",
        asks="When pressure slackened in spring 1959, did most halls carry on or did many close?",
        kind=str,
        choices=("carry on", "close"),
        found=lambda: "close",
        says="many closed, and were ordered open again after Lushan",
    ),
    Guess(
        id="24.b",
        asks="On which of 300 days is a pot shared by thirty households empty, in the model?",
        kind=float,
        unit="the day",
        found=_day_the_pot_is_empty,
        says=lambda: f"day {_day_the_pot_is_empty():.0f}",
    ),
    Guess(
        id="25.a",
        asks="By how many per cent do the textbook's three groups of the day exceed the workers?",
        kind=float,
        unit="per cent",
        found=lambda: 100 * (_by_day() / _workers() - 1),
        says=lambda: (
            f"{100 * (_by_day() / _workers() - 1):.0f} per cent: {_by_day():.0f} million people "
            f"against {_workers():.1f}"
        ),
    ),
    Guess(
        id="25.b",
        asks="With idle hands before, did the missing fifth cost less than a fifth of the grain?",
        kind=str,
        choices=("less", "a fifth", "more"),
        found=lambda: "less" if crop_lost(1, 0.2, 0.55) < 0.2 else "more",
        says=lambda: (
            f"less: {crop_lost(100, hands_missing(_labour()), 0.2):.0f} to "
            f"{crop_lost(100, hands_missing(_labour()), 0.55):.0f} per cent in the model"
        ),
    ),
]
