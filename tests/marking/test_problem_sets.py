"""The problem sets: every student's can be solved, every wrong answer gets its word."""

import re
from itertools import product

import pytest
from problem_sets import SOURCES, ProblemSet, stub, wrong_answers

SETS = [ProblemSet(path) for path in SOURCES]
each_set = pytest.mark.parametrize("problems", SETS, ids=lambda problems: problems.name)


def bank(problems):
    """The wrong answers to a set: by question, (code, points, words the student should get)."""
    return wrong_answers(problems)


@each_set
def test_points_add_to_a_hundred(problems):
    assert sum(problems.points.values()) == 100
    assert all(points == int(points) for points in problems.points.values())


@each_set
def test_every_question_names_its_points_and_its_objective(problems):
    text = "\n".join(
        "".join(cell["source"]) for cell in problems.cells if cell["cell_type"] == "markdown"
    )
    objectives = re.findall(r"(?m)^- \*\*([A-E])\*\* ", text)
    heading = r"(?m)^### Question (\d+) \((\d+) points, objectives? ([A-E](?: and [A-E])*)\)$"
    said = re.findall(heading, text)
    points = list(problems.points.values())
    assert [int(number) for number, _, _ in said] == list(range(1, len(points) + 1))
    assert [int(number) for _, number, _ in said] == points
    named = {letter for _, _, letters in said for letter in letters.split(" and ")}
    assert named == set(objectives)


@each_set
def test_one_question_is_written_and_the_others_are_tested(problems):
    written = [
        cell
        for cell in problems.cells
        if cell["cell_type"] == "markdown" and problems.nbgrader(cell)["grade"]
    ]
    assert len(written) == 1 and len(problems.automatic) >= 6
    assert set(problems.points) == {f"{name}_test" for name in problems.automatic} | {
        problems.nbgrader(written[0])["grade_id"]
    }


@each_set
def test_every_student_can_get_full_marks(problems):
    full = {name: problems.points[f"{name}_test"] for name in problems.automatic}
    everybody = problems.everybody()
    assert len(everybody) >= 12
    for mine in everybody:
        marks = problems.run(pick=lambda name, options, mine=mine: mine[name])
        assert {name: points for name, (points, _) in marks.items()} == full, (mine, marks)


@each_set
def test_answers_differ_between_students(problems):
    """At least half of the questions have several right answers, so a neighbour's earns little."""
    everybody = problems.everybody()[::4]
    empty = {name: stub(problems.by_id[name]) for name in problems.automatic}
    ours = {name: set() for name in problems.automatic}
    for mine in everybody:
        marks = problems.run(empty, pick=lambda name, options, mine=mine: mine[name])
        for name, (points, words) in marks.items():
            assert points == 0, (name, mine, words)
            ours[name].add(words)
    differing = [name for name, words in ours.items() if len(words) > 1]
    assert 2 * len(differing) >= len(ours), ours


@each_set
def test_wrong_answers_get_their_points_and_their_words(problems):
    wrong = bank(problems)
    assert set(wrong) == set(problems.automatic)
    assert min(map(len, wrong.values())) >= 4
    for turn, odd in product(range(max(map(len, wrong.values()))), (False, True)):
        tried = {
            question: listed[turn]
            for question, listed in list(wrong.items())[odd::2]
            if turn < len(listed)
        }  # a question may look at the answer before it
        marks = problems.run({question: code for question, (code, _, _) in tried.items()})
        for question, (code, points, words) in tried.items():
            mark, said = marks[question]
            assert (mark, words in said) == (points, True), (question, code, mark, said)
