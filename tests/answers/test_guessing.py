"""A guess is kept and shown beside the result; what was not guessed is not told."""

import re

import pytest
from lessons import GUESSES

from glf_utils import guess, guesses
from glf_utils.answers import asked
from glf_utils.answers import guessing as module
from glf_utils.answers.asked import Guess, as_shown
from glf_utils.answers.checker import form_problem

STEEL = Guess("19.a", "Steel or grain?", str, lambda: "steel", ("steel", "grain"), says="steel: 3")
SHARE = Guess("19.b", "How much?", float, lambda: 42.09, unit="per cent")


@pytest.fixture
def two_guesses(monkeypatch):
    known = {one.id: one for one in (STEEL, SHARE)}
    monkeypatch.setattr(asked, "declared", lambda *which: known)
    monkeypatch.setattr(module, "declared", lambda *which: known)
    monkeypatch.setattr(module, "_kept", {})


def said(capsys, *words):
    guess(*words)
    return capsys.readouterr().out.strip()


def test_a_guess_is_kept_and_stands_beside_what_was_found(two_guesses, capsys):
    assert said(capsys, "19.a", " grain ") == "19.a  kept: grain. Now run the next cell."
    assert said(capsys, "19.b", 30) == "19.b  kept: 30. Now run the next cell."
    rows = guesses(19).rows
    assert rows == (
        ("Steel or grain?", "grain", "steel: 3"),
        ("How much?", "30", "42.09 per cent"),
    )
    assert all(cell in guesses(19)._repr_html_() for row in rows for cell in row)
    assert "42.09 per cent" in repr(guesses(19))


def test_what_was_not_guessed_is_not_told(two_guesses, capsys):
    assert said(capsys, "19.b", ...) == (
        "19.b  no guess yet: put a number (per cent) in place of the dots."
    )
    for told in (repr(guesses(19)), guesses(19)._repr_html_()):
        assert "42" not in told and "steel: 3" not in told and "none yet" in told


@pytest.mark.parametrize(
    "words, why",
    [
        (("19.a", "iron"), '"iron" is not among the choices'),
        (("19.b", "much"), "should be a number (per cent)"),
        (("19.b", 50, 0), "50000 or 50_000 for fifty thousand"),
        (("19.a", "iron", "steel"), "should be one of"),
        (("19.c", 1), "There is no guess '19.c' here; there are 19.a, 19.b"),
        (("19.1", 1), "There is no guess '19.1': write it like"),
        ((object(), 1), "There is no guess"),
    ],
)
def test_a_guess_of_another_kind_is_told_what_is_asked_for(two_guesses, capsys, words, why):
    assert why in said(capsys, *words)
    assert module._kept == {}


def test_large_numbers_are_shown_in_full():
    assert as_shown(130434) == "130,434" and as_shown(0.185) == "0.185"


@pytest.mark.parametrize("known", GUESSES.values(), ids=GUESSES)
def test_declared_guesses(known):
    assert form_problem(known, known.found()) == "", "what was found must be a guess one can make"
    assert known.asks.endswith("?") and known.told()
    if known.kind is str:
        assert known.found() in known.choices and len(known.choices) >= 2
    else:
        assert known.unit, "a number needs its unit"
        numbers = re.findall(r"\d[\d,]*\.?\d*", known.asks)
        assert known.found() not in [float(number.replace(",", "")) for number in numbers]
