"""What the checks say of wrong answers: slips are named, and most of a bank of them is."""

import math
import re

import numpy as np
import pytest
from answers.wrong_answers import BANK
from lessons import EXERCISES, NUMBERS

from glf_utils.answers.asked import Exercise, Slip, exercises
from glf_utils.answers.checker import form_problem, judge

SLIPS = [
    pytest.param(exercise, slip, id=f"{name}-{number}")
    for name, exercise in EXERCISES.items()
    for number, slip in enumerate(exercise.slips)
]
UNNAMED = ("not this value yet", "not this one")


def worked(slip):
    return slip.answer() if callable(slip.answer) else slip.answer


def named(exercise):
    """Whether each wrong answer of the right form is told more than that it is wrong."""
    return {
        how: not judge(exercise, answer).startswith(UNNAMED)
        for how, answer in BANK[exercise.id].items()
        if not form_problem(exercise, answer)
    }


@pytest.mark.parametrize("exercise, slip", SLIPS)
def test_a_slip_is_named_when_its_answer_is_given(exercise, slip):
    answer = worked(slip)
    assert judge(exercise, answer) == slip.says
    if exercise.kind is str:
        assert answer in exercise.choices
        return
    assert np.isfinite(answer).all()
    if exercise.kind is list:
        return
    if abs(answer - (short := float(f"{answer:.3g}"))) > exercise.tolerance * abs(answer):
        assert judge(exercise, short) == slip.says


@pytest.mark.parametrize("exercise, slip", SLIPS)
def test_a_slip_is_named_in_one_short_sentence_without_the_answer(exercise, slip):
    assert len(slip.says.split()) <= 30
    assert slip.says.endswith(".") and not re.search(r"[.!?] [A-Z]", slip.says)
    truth = exercise.expected()
    if exercise.kind is str:
        assert not re.search(rf"\b{re.escape(truth)}\b", slip.says, re.IGNORECASE)
        return
    told = [float(text.replace(",", "")) for text in re.findall(r"\d[\d,]*\.?\d*", slip.says)]
    for number in np.ravel(truth):
        assert not any(abs(one - abs(number)) <= 0.02 * abs(number) for one in told)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_the_bank_holds_six_wrong_answers_and_none_is_right(exercise):
    assert len(BANK[exercise.id]) >= 6
    assert [how for how, answer in BANK[exercise.id].items() if not judge(exercise, answer)] == []


def test_the_bank_is_of_the_exercises_there_are():
    assert sorted(BANK) == sorted(EXERCISES)


@pytest.mark.slips
@pytest.mark.parametrize("notebook", NUMBERS)
def test_of_wrong_answers_at_least_85_in_100_are_named(notebook):
    told = {name: named(exercise) for name, exercise in exercises(notebook).items()}
    verdicts = [verdict for answers in told.values() for verdict in answers.values()]
    print(f"\nnotebook {notebook:02}: {sum(verdicts)} of {len(verdicts)} wrong answers are named")
    for name, answers in told.items():
        for how, verdict in answers.items():
            if not verdict:
                print(f"  {name}  not named: {how} ({BANK[name][how]})")
    assert sum(verdicts) >= 0.85 * len(verdicts)


def test_slips_that_cannot_be_worked_out_are_passed_over():
    slips = (
        Slip(lambda: 1 / 0, "Never said."),
        Slip(lambda: math.nan, "Never said."),
        Slip(lambda: 3.14159, "That is the circle."),
    )
    one = Exercise("9.1", "ratio", float, lambda: 2.0, (), slips=slips)
    assert judge(one, 3.1) == judge(one, 3.14159) == "That is the circle."
    assert judge(one, 2.5) == "not this value yet." and judge(one, 2) == ""


def test_a_slip_of_a_whole_list_is_named():
    one = Exercise(
        "9.3", "pair", list, lambda: [1.0, 2.0], (), slips=(Slip(lambda: [2, 1], "Turned."),)
    )
    assert judge(one, [2, 1]) == "Turned."
    assert judge(one, [2, 2]).startswith("number 1 of 2")


@pytest.mark.parametrize(
    "truth, answer, said",
    [
        (0.18546, 0.19, "give it with three figures"),
        (0.18546, 0.18, "give it with three figures"),
        (0.15454, 0.15, "give it with three figures"),
        (43.54, 44, "give it with three figures"),
        (1.786, 1.7, "give it with three figures"),
        (0.18546, 0.2, "not this value"),
        (0.15454, 0.16, "not this value"),
        (31.25, 30, "not this value"),
        (0.18546, 0.186, ""),
        (1e40, 1.1e40, "not this value"),
        (1e-300, 1.1e-300, ""),
    ],
)
def test_right_but_for_rounding_is_told(truth, answer, said):
    verdict = judge(Exercise("9.1", "x", float, lambda: truth, ()), answer)
    assert said in verdict and bool(said) == bool(verdict)


def test_a_result_is_told_which_of_its_numbers_is_meant():
    from glf_utils.death_toll.rates import excess_deaths

    toll = excess_deaths([1958, 1959], [12.0, 14.0], [650.0, 660.0], (1958, 1959), 10)
    assert judge(EXERCISES["51.2"], toll).endswith("this is a Ledger: take its `.total`.")
