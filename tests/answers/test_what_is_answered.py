"""Whatever a student leaves in a variable gets words: never a traceback, never a false pass."""

import subprocess
import sys
from collections import OrderedDict, UserList, deque
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from glf_utils import check, hint, six_questions
from glf_utils.answers import asked, assigned, checker
from glf_utils.answers.asked import Exercise
from glf_utils.answers.checker import judge

HINTS = ("Look at the table.", "Divide.", "Which year comes first?")
RATIO = Exercise("9.1", "ratio", float, lambda: 2.0, HINTS, unit="a ratio")
WORD = Exercise("9.2", "word", str, lambda: "mean", HINTS, choices=("mean", "tail"))
PAIR = Exercise("9.3", "pair", list, lambda: [1.0, 2.0], HINTS, unit="Mt")
ALL = {exercise.id: exercise for exercise in (RATIO, WORD, PAIR)}


class Hostile:
    """An answer that objects to everything, with an error that objects to being told."""

    class Mute(Exception):
        def __str__(self):
            raise RuntimeError("not even this")

    def _refuse(self, *_):
        raise Hostile.Mute

    __float__ = __iter__ = __len__ = __eq__ = __array__ = __repr__ = __str__ = _refuse
    __bool__ = __getattr__ = __getitem__ = __index__ = _refuse
    __hash__ = None


class Text(str):
    """A text that cannot be shortened."""

    def strip(self, *_):
        raise ValueError("no")


NAMELESS = type("", (), {})
WRONG_NUMBERS = {
    "2.0": "a str",
    b"2": "a bytes",
    True: "a bool",
    2 + 1j: "a complex",
    "": "a str",
}
WRONG_FOR_A_NUMBER = [
    *((value, f"this is {said}") for value, said in WRONG_NUMBERS.items()),
    ({"ratio": 2.0}, "this is a dict"),
    ({2.0}, "this is a set"),
    ({2.0: 1}, "this is a dict"),
    (pd.DataFrame({"a": [2.0]}), "this is a DataFrame"),
    (object(), "this is an object"),
    (pd.DataFrame({"item": [2.0]}), "this is a DataFrame"),
    (NAMELESS(), "this is"),
    ([[1], [2, 3]], "this is a list"),
    (["2.0"], "this is a list"),
    ([True], "this is a list"),
    (np.array(["2.0"]), "this is a ndarray"),
    (np.True_, "this is a bool"),
    (max, "this is a"),
    (np.datetime64("1958-01-01"), "this is a"),
    ((x for x in [2.0]), "this is a generator"),
    (pd.Series([2.0, 2.0]), "this is a Series"),
    (np.empty(0), "this is a ndarray"),
    (float("nan"), "missing value"),
    (np.float32("nan"), "missing value"),
    (Decimal("nan"), "missing value"),
    (Decimal("sNaN"), "missing value"),
    (np.ma.masked, "missing value"),
    (pd.NA, "missing value"),
    (pd.NaT, "missing value"),
    (np.ma.array([2.0], mask=[True]), "missing value"),
    (pd.Series([None]), "missing value"),
    (pd.Series([pd.NA], dtype="Int64"), "missing value"),
    (float("-inf"), "division by zero"),
    (10**400, "division by zero"),
    (Decimal("1e400"), "division by zero"),
    ((2, 0), "decimal point"),
    (Hostile(), "this is a Hostile"),
    ([Hostile()], "this is a list"),
    (RATIO, "this is an Exer"),
]
TWO = [
    2,
    2.0,
    np.int8(2),
    np.float32(2),
    np.array(2),
    np.array([[2.0]]),
    [2],
    Fraction(2),
    Decimal(2),
    pd.Series([2.0]),
    pd.Series([2], dtype="Int64"),
    pd.Index([2]),
    np.longdouble(2),
    np.ma.array([2.0]),
]
WRONG_FOR_A_LIST = [
    ("12", "this is a str"),
    (b"12", "this is a bytes"),
    (["1", "2"], "number 1 of 2 is a str"),
    ([1, "2"], "number 2 of 2 is a str"),
    ([True, 2], "number 1 of 2 is a bool"),
    ((x for x in [1, 2]), "this is a generator"),
    (map(int, "12"), "this is a map"),
    (zip([1], [2], strict=True), "this is a zip"),
    (iter([1, 2]), "iterator"),
    ({1: 0, 2: 0}, "this is a dict"),
    (OrderedDict({1: 0, 2: 0}), "this is an OrderedDict"),
    ({1, 2}, "this is a set"),
    (frozenset({1, 2}), "this is a frozenset"),
    (pd.DataFrame({1: [0], 2: [0]}), "this is a DataFrame"),
    (np.array(1), "this is a ndarray"),
    (pd.DataFrame({"a": [1, 2]}), "this is a DataFrame"),
    (np.array([[1, 2]]), "in one row"),
    (np.array([[1], [2]]), "in one row"),
    ([[1, 2]], "hold 2 numbers, and this holds 1"),
    ([[1], [2]], "number 1 of 2 is a list"),
    (np.array(["1", "2"]), "number 1 of 2 is a str"),
    ([1, None], "number 2 of 2 is nan"),
    ([1, np.nan], "number 2 of 2 is nan"),
    ([1, ...], "number 2 of 2 is not answered"),
    (pd.Series([1, None]), "number 2 of 2 is nan"),
    ([1, pd.NA], "number 2 of 2 is nan"),
    (np.ma.array([1, 2], mask=[0, 1]), "number 2 of 2 is nan"),
    (range(3), "holds 3"),
    ([], "holds 0"),
    ([1, 2, 3], "holds 3"),
    (Hostile(), "this is a Hostile"),
    (5, "this is an"),
    ([1, Hostile()], "number 2 of 2 is a Hostile"),
    (list, "this is a type"),
    (1.0, "a float"),
]
ONE_AND_TWO = [
    [1, 2],
    (1, 2),
    range(1, 3),
    np.array([1, 2]),
    pd.Series([1, 2], index=[7, 3]),
    pd.Index([1, 2]),
    pd.array([1, 2], dtype="Int64"),
    deque([1, 2]),
    UserList([1, 2]),
    {"a": 1, "b": 2}.values(),
    [Fraction(1), Decimal(2)],
    [np.array(1), np.int64(2)],
    np.ma.array([1, 2]),
    memoryview(np.array([1, 2])),
]
WORDS = ["mean", np.str_(" Mean"), Text("mean ")]
WRONG_FOR_A_WORD = [
    (3, "this is an int"),
    (["mean"], "this is a list"),
    (b"mean", "this is a bytes"),
    ("x" * 10_000, "is not among the choices"),
    ("a\nb", "is not among the choices"),
    (pd.Series(["mean"]), "this is a Series"),
    (np.array("mean"), "this is a ndarray"),
    (Hostile(), "this is a Hostile"),
    (str, "this is a type"),
]


def named(pairs):
    return [
        pytest.param(*pair, id=f"{number}-{type(pair[0]).__name__}")
        for number, pair in enumerate(pairs)
    ]


@pytest.fixture
def declared(monkeypatch):
    monkeypatch.setattr(asked, "declared", lambda *which: ALL)
    monkeypatch.setattr(checker, "_passed", set())


def told(exercise, answer, capsys):
    """What `check` and `look` print of an answer."""
    exec(f'check("{exercise.id}")', {"check": check, exercise.name: answer})
    said = capsys.readouterr().out
    items = 2 if exercise is PAIR else 0
    exec(
        f'look("{exercise.name}", "", {exercise.choices}, {items})',
        {"look": assigned.look, exercise.name: answer},
    )
    seen = capsys.readouterr().out
    assert len(said) < 500 and len(seen) < 500 and said.count("\n") < 3 and seen.count("\n") == 1
    return said, seen


@pytest.mark.parametrize("answer, words", named(WRONG_FOR_A_NUMBER))
def test_what_is_no_number_is_told_in_words(answer, words, declared, capsys):
    for said in told(RATIO, answer, capsys):
        assert words in said


@pytest.mark.parametrize("answer, words", named(WRONG_FOR_A_LIST))
def test_what_is_no_list_of_numbers_is_told_in_words(answer, words, declared, capsys):
    for said in told(PAIR, answer, capsys):
        assert words in said.replace("Number", "number")


@pytest.mark.parametrize("answer, words", named(WRONG_FOR_A_WORD))
def test_what_is_no_word_is_told_in_words(answer, words, declared, capsys):
    for said in told(WORD, answer, capsys):
        assert words in said


@pytest.mark.parametrize(
    "exercise, answer",
    [
        pytest.param(exercise, answer, id=f"{exercise.name}-{number}-{type(answer).__name__}")
        for exercise, answers in ((RATIO, TWO), (PAIR, ONE_AND_TWO), (WORD, WORDS))
        for number, answer in enumerate(answers)
    ],
)
def test_the_right_answer_passes_in_every_form(exercise, answer, declared, capsys):
    said, seen = told(exercise, answer, capsys)
    assert "Right (" in said and "has the right form" in seen


@pytest.mark.parametrize("answer, words", named(WRONG_FOR_A_NUMBER))
def test_no_points_for_what_is_no_number(answer, words, capsys):
    exec("award(10, 'ratio', 2.0)", {"award": assigned.award, "ratio": answer})
    assert capsys.readouterr().out.startswith("0 of 10")


@pytest.mark.parametrize(
    "answer, points", [(0.19, "7.5"), ([0.19, 0.185], "9"), (0.2, "0"), (-0.1855, "5")]
)
def test_what_is_called_right_but_for_rounding_earns_three_quarters(answer, points, capsys):
    true = 0.18546 if isinstance(answer, float) else [0.18546, 0.18546]
    exec(f"award(10, 'share', {true})", {"award": assigned.award, "share": answer})
    said = capsys.readouterr().out
    assert said.startswith(f"{points} of 10 points")
    assert ("right but for rounding" in said.lower()) == ("0.19" in str(answer))


@pytest.mark.parametrize("answer, words", named(WRONG_FOR_A_LIST))
def test_points_for_the_numbers_of_a_list_alone(answer, words, capsys):
    half = words.startswith("number") and (words.startswith("number 2") or answer[0] is True)
    exec("award(10, 'pair', [1.0, 2.0])", {"award": assigned.award, "pair": answer})
    assert capsys.readouterr().out.startswith("5 of 10" if half else "0 of 10")


def test_a_generator_is_not_used_up(declared, capsys):
    answer = (number for number in [1, 2])
    told(PAIR, answer, capsys)
    assert list(answer) == [1, 2]


leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=3)
    | st.binary(max_size=3)
    | st.decimals()
    | st.fractions()
    | st.dates()
    | st.just(...)
    | st.just(pd.NA)
    | st.just(np.ma.masked)
    | arrays.arrays(arrays.scalar_dtypes(), arrays.array_shapes(min_dims=0, min_side=0))
    | st.builds(Hostile)
    | st.builds(object)
    | st.just(NAMELESS())
)
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=2), inner, max_size=2)
        | st.lists(inner, max_size=3).map(iter)
        | st.lists(inner, max_size=3).map(lambda it: pd.Series(it, dtype=object))
    ),
    max_leaves=5,
)


@given(anything)
def test_anything_gets_words(answer):
    for exercise in ALL.values():
        original, asked.declared = asked.declared, lambda *which: ALL
        try:
            exec(f'check("{exercise.id}")', {"check": check, exercise.name: answer})
            exec(
                f"look({exercise.name!r}, '', {exercise.choices}, {2 * (exercise is PAIR)})",
                {"look": assigned.look, exercise.name: answer},
            )
            exec(
                f"award(10, {exercise.name!r}, {exercise.expected()!r}, '', 0.01, "
                f"{exercise.choices})",
                {"award": assigned.award, exercise.name: answer},
            )
        finally:
            asked.declared = original


def test_warnings_of_an_answer_are_not_printed(declared, capsys, recwarn):
    told(RATIO, np.array([1e308 * 10]), capsys)
    assert not recwarn.list


def test_answers_are_checked_where_the_drawing_library_is_missing():
    script = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "from glf_utils import check, hint; check('12.1'), hint('31.1')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "12.1  not answered yet" in done.stdout and "Hint 1 of 3" in done.stdout


def test_what_fails_on_our_side_is_not_put_down_to_the_answer(monkeypatch, capsys):
    for error, said in (
        (ModuleNotFoundError("x", name="pandas"), "pandas is not installed"),
        (ValueError("data/censuses.csv is damaged."), "censuses.csv is damaged"),
    ):

        def expected(error=error):
            raise error

        ours = {"9.1": Exercise("9.1", "ratio", float, expected, HINTS)}
        monkeypatch.setattr(asked, "declared", lambda *which, ours=ours: ours)
        exec('check("9.1")', {"check": check, "ratio": 2.0})
        out = capsys.readouterr().out
        assert said in out and "this answer could not be read" not in out


@pytest.mark.parametrize(
    "wrong",
    ["1.1.1", "-1.1", "1e3.1", "١.١", "0x1.1", [], Hostile(), "inf"],
    ids=lambda wrong: type(wrong).__name__,
)
def test_an_exercise_that_is_not_there_is_told(wrong, capsys):
    check(wrong)
    hint(wrong)
    assert capsys.readouterr().out.count("There is no exercise") == 2


def test_an_exercise_may_be_named_by_a_number(declared, capsys):
    exec('check(9.1)\ncheck(" 9.1 ")', {"check": check, "ratio": 2.0})
    assert capsys.readouterr().out.count("Right (") == 2


def test_judging_never_passes_a_text_as_numbers():
    assert judge(PAIR, "12") and judge(RATIO, "2")


@pytest.mark.parametrize(
    "value",
    [375, 375.5, np.float64(375), None, [1, 2], pd.Series([1])],
    ids=lambda value: type(value).__name__,
)
def test_six_questions_take_what_is_no_text(value):
    shown = six_questions(value, who=5, what=None)
    assert "1. Who recorded it?  5\n" in repr(shown) and "counted?" not in shown._repr_html_()
    assert "count?  …" in repr(shown)
    assert str(value).splitlines()[0][:3] in shown._repr_html_()
