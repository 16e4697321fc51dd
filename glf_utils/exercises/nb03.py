"""Exercises of ``03_statistics_inflation``."""

from ..data import load
from ..reporting import best_exaggeration, pass_up
from .checker import Exercise


def belief():
    """Whether the figure of April 1959 still stood in September, once soybeans are put back."""
    grain = load("targets_and_claims").query("commodity == 'grain' and target_year == 1958")
    april = grain.query("date == '1959-04-19'")["value_high"].iloc[0]
    listed = load("provincial_output_1958").query("stage == 'lushan_restatement'")
    nation = listed[listed["province"].isna()].set_index("item")["value"]
    september = nation["grain_without_soybeans"] + nation["soybeans"]
    return "stayed" if abs(september / april - 1) < 0.01 else "fell"


def steel_rise():
    """Per cent by which all the steel announced for 1958 exceeds the steel of 1957."""
    steel = load("targets_and_claims").query("commodity == 'steel' and source == 'plenum8_1959'")
    before = steel.query("target_year == 1957")["value_high"].iloc[0]
    announced = steel.query("target_year == 1958 and kind == 'announced'")["value_high"].iloc[0]
    return 100 * (announced / before - 1)


def nearer():
    """Which report arrives nearer the truth: three levels, or five weighed half the time."""
    official = dict(prize=0.8, rivalry=0.01, yield_per_head=300, private_cost=10, penalty=40)
    few = pass_up(1, [best_exaggeration(**official, audit=0)] * 3)[-1]
    weighed = pass_up(1, [best_exaggeration(**official, audit=0.5)] * 5)[-1]
    return "few" if abs(few - 1) < abs(weighed - 1) else "weighed"


EXERCISES = [
    Exercise(
        id="3.1", name="belief", kind=str, expected=belief, choices=("fell", "rose", "stayed"),
        hints=(
            "The two statements do not count the same things. Which of them leaves soybeans out?",
            "Add the two lines of the department's list, grain and soybeans, then compare.",
            "Compare your sum with 263: a difference below one per cent is a rounding.",
        ),
        after="The leaders' figure of April was still in use in September; the printed one moved.",
    ),
    Exercise(
        id="3.2", name="steel_rise", kind=float, expected=steel_rise, unit="per cent",
        hints=(
            "You need the row of kind `announced` for 1958, and the row of 1957.",
            "Divide the later by the earlier; what the ratio has over 1 is the rise.",
            "Multiply by 100 at the end: the answer is asked in per cent, to one decimal.",
        ),
        after="The modern part alone rose by 49.5 per cent: neither rise is 30.",
    ),
    Exercise(
        id="3.3", name="nearer", kind=str, expected=nearer, choices=("few", "weighed"),
        hints=(
            "Run the cell above for both cases: it stands at the first of them.",
            "For the second case its first line reads `audit, levels = 0.5, 5`.",
            "The last number of each list is what arrives. Which of the two lies closer to 1?",
        ),
        after="Fewer levels help; weighing with a penalty behind it helps more, at these settings.",
    ),
]  # fmt: skip
