"""The checker: by name, first fault first, never raising; and the exercises as declared."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lessons import EXERCISES

from glf_utils import check, hint
from glf_utils.answers import asked, checker
from glf_utils.answers.asked import Exercise
from glf_utils.answers.checker import judge

HINTS = ("Look at the table.", "Divide.", "Which year comes first?")
RATIO = Exercise("9.1", "ratio", float, lambda: 2.07, HINTS, unit="a ratio")
WORD = Exercise("9.2", "word", str, lambda: "mean", HINTS, choices=("mean", "tail"))
LIST = Exercise("9.3", "pair", list, lambda: [1.0, -2.0], HINTS, unit="Mt")
WEIGHT = Exercise("9.4", "weight", float, lambda: 220.0, HINTS, unit="kg a head")
RISE = Exercise("9.5", "rise", float, lambda: 49.5, HINTS, unit="per cent")


@pytest.fixture
def declared(monkeypatch):
    known = {exercise.id: exercise for exercise in (RATIO, WORD, LIST)}
    monkeypatch.setattr(asked, "declared", lambda *which: known)
    monkeypatch.setattr(checker, "_passed", set())
    monkeypatch.setattr(checker, "_hints_given", {})


@pytest.mark.parametrize(
    ("exercise", "answer", "said"),
    [
        (RATIO, ..., "not answered yet"),
        (RATIO, None, "not answered yet"),
        (RATIO, "2.07", "this is a str"),
        (RATIO, True, "this is a bool"),
        (RATIO, float("nan"), "missing value"),
        (RATIO, [2.07, 1], "this is a list"),
        (RATIO, 207, "100 times too large: check the units (a ratio)"),
        (RATIO, 2070, "1,000 times too large"),
        (RATIO, 1.035, "not this value yet"),
        (RATIO, 1 / 2.07, "the other way round"),
        (RATIO, (2, 7), "with a decimal point"),
        (RATIO, (753, 0 / 26, 0), "50000 or 50_000 for fifty thousand"),
        (WEIGHT, 110, "2 times too small: check the units (kg a head)"),
        (RISE, 1.495, "this is the ratio"),
        (RISE, 149.5, "this is the ratio"),
        (RISE, 0.495, "100 times too small"),
        (RATIO, -2.07, "the sign is not"),
        (RATIO, 1.5, "not this value yet"),
        (RATIO, 2.07, ""),
        (RATIO, np.float64(2.0701), ""),
        (RATIO, pd.Series([2.07]), ""),
        (WORD, ..., "not answered yet"),
        (WORD, 3, "this is an int"),
        (WORD, "median", "not among the choices"),
        (WORD, "tail", "not this one"),
        (WORD, " Mean ", ""),
        (LIST, ..., "not answered yet"),
        (LIST, 3, "this is an int"),
        (LIST, [1], "hold 2 numbers, and this holds 1."),
        (LIST, [1, 0, 2, 0], "this holds 4. A comma inside a number makes two of it."),
        (LIST, [1, 2], "number 2 of 2: the size is right and the sign is not"),
        (LIST, ["a", "b"], "a list of numbers (Mt), and number 1 of 2 is a str"),
        (LIST, np.array([1, -2]), ""),
    ],
)
def test_first_fault_is_said(exercise, answer, said):
    complaint = judge(exercise, answer)
    assert said in complaint if said else complaint == ""


def test_check_finds_the_answer_by_name(declared, capsys):
    student = {"check": check}
    exec('check("9.1")', student)
    exec('ratio = 2.07\ncheck("9.1")\nword = "mean"\ncheck("9.2")', student)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("9.1  not answered yet") and 'hint("9.1")' in lines[1]
    assert lines[2].startswith("9.1  Right (1 of 3).")
    assert lines[3].startswith("9.2  Right (2 of 3).")


def test_hints_come_one_at_a_time_and_come_round(declared, capsys):
    for _ in range(4):
        hint("9.1")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ", 1)[1] for line in lines] == [*HINTS, HINTS[0]]


@pytest.mark.parametrize("wrong", ["", "x", "9.9", "77.1", 3, None])
def test_unknown_exercise_is_told_not_raised(declared, capsys, wrong):
    check(wrong)
    hint(wrong)
    assert capsys.readouterr().out.count("There is no exercise") == 2


class Hostile:
    """An answer that objects to everything."""

    def __getattr__(self, name):
        raise RuntimeError("no")

    def __iter__(self):
        raise RuntimeError("no")


@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(),
        st.binary(),
        st.lists(st.one_of(st.floats(), st.text())),
        st.dictionaries(st.text(), st.integers()),
        st.builds(Hostile),
        st.builds(object),
    )
)
def test_check_never_raises(answer):
    for exercise in (RATIO, WORD, LIST):
        known = {exercise.id: exercise}
        original, asked.declared = asked.declared, lambda *which, k=known: k
        try:
            exec(f'check("{exercise.id}")', {"check": check, exercise.name: answer})
        finally:
            asked.declared = original


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_declared_exercises(exercise):
    truth = exercise.expected()
    assert judge(exercise, truth) == "", "the expected answer must pass its own check"
    assert len(exercise.hints) == 3 and exercise.name.isidentifier()
    if exercise.kind is str:
        assert truth in exercise.choices and len(exercise.choices) >= 2
        assert not any(f'"{truth}"' in text for text in exercise.hints)
        return
    assert exercise.unit, "a number needs its unit"
    for number in np.ravel(truth):
        for text in exercise.hints:
            told = [float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*\.?\d*", text)]
            assert not any(
                abs(n - abs(number)) <= exercise.tolerance * abs(number) for n in told
            ), f"hint tells the answer: {text}"
