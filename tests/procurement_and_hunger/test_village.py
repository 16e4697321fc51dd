"""Lesson 45: one mark for each of the dead, and what the papers on one village add up to."""

import pytest

from glf_utils import load
from glf_utils.answers.asked import exercises
from glf_utils.answers.checker import judge
from glf_utils.procurement_and_hunger import exercises as asked
from glf_utils.procurement_and_hunger.evidence import AGES, COUNTY, TEAM, dead_by_age
from glf_utils.procurement_and_hunger.village_figures import plot_dead


@pytest.fixture(scope="module")
def tuanwan():
    return load("tuanwan_1960")


def test_ages_of_both_inquiries_fall_into_the_same_three_groups(tuanwan):
    table = dead_by_age(tuanwan)
    assert table[TEAM].tolist() == [25, 32, 66 + 36]
    assert table[COUNTY].tolist() == [3, 3, 76]
    names = sum(AGES.values(), ())
    assert sorted(names) == sorted(tuanwan.query("group == 'deaths_by_age'")["item"])


def marks(ax, marker):
    return sum(len(line.get_xdata()) for line in ax.lines if line.get_marker() == marker)


def test_each_of_the_dead_has_one_mark_and_no_two_share_a_place(tuanwan):
    fig = plot_dead(tuanwan)
    by_month, by_age = fig.axes
    assert marks(by_month, "o") == marks(by_age, "o") == 159
    assert marks(by_age, "s") == 82
    for ax in fig.axes:
        places = [tuple(place) for line in ax.lines for place in line.get_xydata()]
        assert len(set(places)) == len(places)
    assert "county’s 82 dead of Tuanwan 6" in fig.description.finding
    assert fig.description.finding.endswith("of the team’s many more"), "57: Exercise 45.1"
    assert "under 15: county 3, team 25; 15 to 49: county 3, team 32" in fig.description.alt


def test_the_figure_follows_the_table(tuanwan):
    fewer = tuanwan.copy()
    fewer.loc[fewer["item"] == "about 30", "value"] = 2
    fig = plot_dead(fewer)
    assert marks(fig.axes[1], "s") == 81
    assert "county’s 81 dead of Tuanwan 5" in fig.description.finding


RIGHT = {
    "45.1": 100 * (25 + 32) / 159,
    "45.2": 250_000 / 3100 / (29 + 31 + 30 + 31 + 30) / 2 * 2800,
    "45.3": 3067 - (3568 - 621 - 159 + 254),
    "45.4": (159 / 3067) / (23.6 / 1000),
}
WRONG = {
    "45.1": [(57 / 159, "100 times too small"), (100 * 6 / 82, "the county's share")],
    "45.2": [(1495, "a jin for a kilogram"), (700, "the letter's half a jin")],
    "45.3": [(-25, "the sign is turned"), (501, "by how many the village was smaller")],
    "45.4": [(0.455, "turned round"), (2.85, "rate of 1959")],
}


@pytest.mark.parametrize("exercise", exercises(45).values(), ids=lambda exercise: exercise.id)
def test_exercises_take_the_right_answer_and_name_what_is_wrong(exercise):
    assert judge(exercise, RIGHT[exercise.id]) == ""
    for answer, complaint in WRONG[exercise.id]:
        assert complaint in judge(exercise, answer)


def test_guesses_are_found_in_the_papers():
    found = {guess.id: (guess.found(), guess.told()) for guess in asked.GUESSES}
    assert found["45.a"] == ("about half", "about half a jin: 0.53")
    assert found["45.b"] == ("as much", "as much: 250,000 jin")
