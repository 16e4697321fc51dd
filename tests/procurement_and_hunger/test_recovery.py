"""Lesson 47: the accounts of villagers and of the state, and the provinces of 1961."""

import numpy as np
import pytest

from glf_utils import load
from glf_utils.answers.asked import exercises
from glf_utils.answers.checker import judge
from glf_utils.procurement_and_hunger import exercises as asked
from glf_utils.procurement_and_hunger import recovery_figures as figures
from glf_utils.procurement_and_hunger.recovery import (
    HARVESTS,
    provinces_in_1961,
    state_account,
    steps,
    villagers_account,
)


@pytest.fixture(scope="module")
def grain():
    return load("grain_national")


@pytest.fixture(scope="module")
def people():
    return load("investment_and_labour")


@pytest.fixture(scope="module")
def provincial():
    return load("provincial_vital_rates"), load("provincial_grain"), load("provinces")


def changed(table, query, value, column="value"):
    """A copy of a table in which the rows of a query have another value."""
    copy = table.copy()
    copy.loc[copy.query(query).index, column] = value
    return copy


def test_what_was_kept_is_what_lin_and_yang_print(grain, people):
    printed = grain.query("series == 'retained_per_rural_head_linyang' and 1957 <= year <= 1965")
    kept = villagers_account(grain, people, "output_official_old", (1957, 1965))["kept"]
    assert kept.to_numpy() == pytest.approx(printed["value"].to_numpy(), abs=1)


@pytest.mark.parametrize("harvest", HARVESTS)
def test_steps_add_up_to_the_change(grain, people, harvest):
    account = villagers_account(grain, people, harvest, (1957, 1965))
    assert steps(account).sum(axis=1).to_numpy() == pytest.approx(np.diff(account["kept"]))


def test_each_step_answers_to_its_own_column(grain, people):
    account = villagers_account(grain, people)
    for column, step in (("grown", "grown"), ("taken", "taken"), ("villagers", "mouths")):
        still = account.copy()
        still[column] = still[column].iloc[0]
        assert steps(still)[step].to_numpy() == pytest.approx(0), step


def test_the_states_account_nearly_balances(grain):
    """What it had is more than what it sold, by what exports, army and spoilage took."""
    account, rows = state_account(grain)
    had = account.iloc[:3].sum()
    sold = account.iloc[3:].sum()
    assert ((had - sold) / had).between(0, 0.08).all()
    assert np.isnan(account.loc["out of state stores", 1962])
    assert (rows["verification"] == "primary").all()


def test_a_province_with_an_unread_row_is_left_out(provincial):
    rates, crops, names = provincial
    table, read = provinces_in_1961(rates, crops, names)
    assert "sichuan" not in table.index and len(table) == 22
    for rows in read:
        assert (rows["verification"] != "unchecked").all()
    doubted = changed(crops, "province == 'anhui'", "unchecked", "verification")
    assert "anhui" not in provinces_in_1961(rates, doubted, names)[0].index


def test_bars_and_marks_are_the_numbers(grain, people, provincial):
    bars = [bar.get_width() for bar in figures.plot_state_account(grain).axes[0].patches]
    account = state_account(grain)[0]
    assert sorted(bars) == pytest.approx(sorted(account.stack().dropna()))
    first = figures.plot_steps(grain, people).axes[0].patches
    drawn = [bar.get_width() for bar in first]
    told = [steps(villagers_account(grain, people, harvest)).loc[1961] for harvest in HARVESTS]
    assert drawn == pytest.approx(np.concatenate(told))
    table, _ = provinces_in_1961(*provincial)
    marks = figures.plot_provinces(*provincial).axes[0].lines
    heights = [y for line in marks if line.get_marker() in "os" for y in line.get_ydata()]
    assert sorted(heights) == sorted(table["deaths"])


def test_a_title_that_would_be_false_is_not_given(grain, people, provincial):
    rates = load("national_vital_rates")
    early = changed(grain, "series == 'output_official_revised' and year == 1961", 200)
    assert "by 1962" in figures.plot_order(rates, grain).description.finding
    assert "1962" not in figures.plot_order(rates, early).description.finding
    taken = changed(grain, "series == 'procurement_linyang' and year == 1961", 46)
    assert "not taken" in figures.plot_steps(grain, people).description.finding
    assert "not taken" not in figures.plot_steps(taken, people).description.finding
    given = changed(grain, "series == 'grain_year_rural_sales_notice'", 20)
    assert "back to them" in figures.plot_state_account(grain).description.finding
    assert "back to them" not in figures.plot_state_account(given).description.finding
    deadly = changed(
        provincial[0], "series == 'registered' and year == 1961", 70, "death_rate_per_1000"
    )
    assert "fewer people" in figures.plot_provinces(*provincial).description.finding
    finding = figures.plot_provinces(deadly, *provincial[1:]).description.finding
    assert "fewer people" not in finding


RIGHT = {
    "47.1": 169.68 - 143.85,
    "47.2": 1000 * ((136.5 - 36.55) / 531.52 - (143.85 - 46.535) / 531.34),
    "47.3": (41.8 - 20.85) - (33.5 - 13.5),
    "47.4": 1000 * (5.5 + 26.25 - 23.5) / 531.52,
    "47.5": 100 * (60.1 / 0.23) / (102.1 / 0.3374),
}
WRONG = {
    "47.1": [(7.35, "which were eaten"), (-25.83, "sign is turned")],
    "47.2": [(26.25, "first series"), (18.79, "took some of it away")],
    "47.3": [(8.3, "gross"), (7.35, "purchase fell"), (0.9, "letter's")],
    "47.4": [(10.35, "towns are to eat"), (8.25, "million tonnes")],
    "47.5": [(66.26, "given them up"), (56.74, "different wholes")],
}


@pytest.mark.parametrize("exercise", exercises(47).values(), ids=lambda exercise: exercise.id)
def test_exercises_take_the_right_answer_and_name_what_is_wrong(exercise):
    assert judge(exercise, RIGHT[exercise.id]) == ""
    for answer, complaint in WRONG[exercise.id]:
        assert complaint in judge(exercise, answer)


def test_guesses_find_what_the_lesson_says():
    assert asked.harvest_back() == 6
    assert asked.gave_most() == "less taken"
