"""Coursework from end to end: build, hand in, check, grade, mark by hand, feedback, export.

A class hands in every problem set: one solves all, others make the mistakes of the bank of wrong
answers (four in the first set, one in each that follows), one hands in the set as it was handed
out. To the first set come a student whose code
ends Python, an empty file, and a text that nobody has put a name to.
"""

import csv
import doctest
import json
import re
import subprocess
import sys
import zipfile
from importlib import import_module

import pytest
from conftest import ROOT, unreachable
from problem_sets import SOURCES, ProblemSet, wrong_answers

from coursework.marking.__main__ import main
from coursework.marking.classroom import ANSWER, Trouble, lesson_paths, read_table, write_table

SETS = [ProblemSet(path) for path in SOURCES]
each_set = pytest.mark.parametrize("problems", SETS, ids=lambda problems: problems.name)
MISTAKEN = {
    problems.name: ["wrong0", "wrong1", "wrong2", "wrong3"]
    if problems is SETS[0]
    else [f"wrong{number % 4}"]
    for number, problems in enumerate(SETS)
}
OWN_WORDS = "A note to myself: *check the window*."
COMMENT = "You name the paper and its date. Next time, say *which* series."
REGION = r"(?ms)^### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)^### END"


def answers_of(problems, student):
    """What a student of the class writes into each cell of their own, by grade_id."""
    if student == "empty":
        return {}
    answers = {"student": f'student = "{student}"'}
    if student == "solved":
        return problems.by_id | answers
    wrong = wrong_answers(problems)
    which = int(student.removeprefix("wrong"))
    return answers | {question: listed[which][0] for question, listed in wrong.items()}


def hand_in(released, answers, path):
    """Write a released set, filled in, with two cells of the student's own."""
    notebook = json.loads(released.read_text("utf-8"))
    for cell in notebook["cells"]:
        marked = cell["metadata"]["nbgrader"]
        if marked["solution"] and marked["grade_id"] in answers:
            cell["source"] = answers[marked["grade_id"]]
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"][-2:-2] = [
        {"cell_type": "markdown", "id": "own-words", "metadata": {}, "source": OWN_WORDS},
        {**code, "id": "own-code", "source": "6 * 7"},
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), "utf-8")


@pytest.fixture(scope="session")  # fonts come one after the other: else once for each of them
def klass(tmp_path_factory):
    """A class folder in which everything has been done once."""
    folder = tmp_path_factory.mktemp("course") / "class of 2026"
    inbox = folder.parent / "inbox"
    there = ["--class", str(folder)]
    assert main(["build", *there]) == 0
    for problems in SETS:
        released = folder / "release" / problems.name / problems.path.name
        for student in ("solved", *MISTAKEN[problems.name], "empty"):
            file = inbox / f"{student}_{problems.path.name}"
            hand_in(released, answers_of(problems, student), file)
    first = SETS[0]
    leaving = answers_of(first, "solved") | {
        "student": "student = 'leaver'",
        first.automatic[0]: "import os; os._exit(1)",
    }
    hand_in(folder / "release" / first.name / first.path.name, leaving, inbox / "leaver ps1.ipynb")
    (inbox / "Final version.docx").write_bytes(b"PK\x03\x04 no notebook")
    (inbox / f"paper_{first.path.name}").write_bytes(b"")
    assert main(["check", str(inbox), *there]) == 0
    assert main(["grade", *there]) == 0
    rows = read_table(folder / "by_hand.csv")
    for row in rows:
        row["points"], row["comment"] = "17,5", COMMENT
    rows.append(
        {
            "student": "leaver",
            "set": first.name,
            "question": first.automatic[1],
            "points": "1",
            "comment": "As we agreed.",
        }
    )
    write_table(folder / "by_hand.csv", list(rows[0]), rows)
    assert main(["feedback", *there]) == 0
    assert main(["export", *there]) == 0
    return folder


def marks(klass, problems, student):
    """A student's row of marks.csv, numbers as numbers."""
    with (klass / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(r for r in rows if (r["student"], r["set"]) == (student, problems.name))
    return {
        name: float(row[name])
        for name in row
        if re.fullmatch(r"q\d+|points|of", name) and row[name]
    }


def page(klass, problems, student):
    return next((klass / "feedback" / student / problems.name).glob("*.html"))


def written(problems):
    return next(name for name in problems.points if not name.endswith("_test"))


@each_set
def test_release_holds_no_solution_no_hidden_test_and_no_rubric(klass, problems):
    released = klass / "release" / problems.name
    assert [path.name for path in released.iterdir()] == [problems.path.name]
    text = (released / problems.path.name).read_text("utf-8")
    seen = json.dumps(json.loads(text), ensure_ascii=False)
    visible = "\n".join(re.sub(REGION, "", source) for source in problems.by_id.values())
    secret = "\n".join("\n".join(re.findall(REGION, source)) for source in problems.by_id.values())
    rubric = problems.path.with_name("rubric.md").read_text("utf-8")
    lines = [line.strip() for line in (secret + "\n" + rubric).split("\n")]
    lines = [line for line in lines if len(line) > 14 and line not in visible]
    assert len(lines) > 60
    leaked = [line for line in lines if json.dumps(line, ensure_ascii=False)[1:-1] in seen]
    assert leaked == []
    assert not re.search("BEGIN|END SOLUTION|HIDDEN|award|drawn\\(", seen)


@each_set
def test_solutions_get_full_marks(klass, problems):
    row = marks(klass, problems, "solved")
    full = {name.removesuffix("_test"): points for name, points in problems.points.items()}
    assert {name: row[name] for name in full} == full | {written(problems): 17.5}
    assert (row["points"], row["of"]) == (sum(full.values()) - full[written(problems)] + 17.5, 100)


@pytest.mark.parametrize(
    "problems, student",
    [
        pytest.param(problems, student, id=f"{problems.name}-{student}")
        for problems in SETS
        for student in MISTAKEN[problems.name]
    ],
)
def test_wrong_answers_get_what_the_bank_says(klass, problems, student):
    row, told = marks(klass, problems, student), page(klass, problems, student).read_text("utf-8")
    expected = problems.run(answers_of(problems, student))
    assert {name: row[name] for name in expected} == {n: mark for n, (mark, _) in expected.items()}
    for _, words in expected.values():
        message = words.strip().split("\n")[-1].split(" points. ", 1)[1]
        message = message.removeprefix("No answer was left. ")  # the page may say that it stopped
        assert message[:40].replace("<", "&lt;") in told.replace("&#34;", '"').replace("&#39;", "'")


@each_set
def test_an_empty_set_gets_nothing_and_a_helpful_page(klass, problems):
    row, told = marks(klass, problems, "empty"), page(klass, problems, "empty").read_text("utf-8")
    assert row["points"] == 0 and row["of"] == 100
    assert told.count("No answer was left.") == len(problems.automatic)
    assert "Nothing was written here." in told
    rows = read_table(klass / "by_hand.csv")
    assert not [r for r in rows if r["student"] == "empty"]


@each_set
def test_cells_of_a_students_own_are_kept_and_shown(klass, problems):
    told = page(klass, problems, "solved").read_text("utf-8")
    assert "A note to myself: <em>check the window</em>." in told
    assert "A cell of your own, and its output" in told and "<pre>42</pre>" in told


@each_set
def test_by_hand_points_and_comments_reach_the_page(klass, problems):
    told = page(klass, problems, "solved").read_text("utf-8")
    assert "17.5 of " in told and "<em>which</em>" in told
    assert "has not marked this yet" not in told
    assert "<p>You name the paper" in told and "&lt;p&gt;" not in told


@each_set
def test_pages_show_no_hidden_test_and_ask_for_nothing_from_a_network(klass, problems):
    for student in ("solved", MISTAKEN[problems.name][0], "empty"):
        told = page(klass, problems, student).read_text("utf-8")
        assert "award(" not in told and "HIDDEN" not in told
        assert "<script" not in told and "http" not in re.sub(r"(?s)<(a|pre)\b.*?</\1>", "", told)


@each_set
def test_pages_are_accessible(klass, problems, chromium_with_font):
    from axe_playwright_python.sync_playwright import Axe

    tab = chromium_with_font.new_page()
    for student in ("solved", MISTAKEN[problems.name][0], "empty"):
        tab.goto(page(klass, problems, student).as_uri())
        found = Axe().run(tab).response["violations"]
        assert not found, [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
        assert unreachable(tab) == []
        assert tab.locator("img:not([alt]), img[alt='']").count() == 0
    tab.close()


def test_copies_that_jupyter_keeps_are_no_lessons(tmp_path):
    for name in (
        "1_part/11_a.ipynb",
        "1_part/.ipynb_checkpoints/11_a-checkpoint.ipynb",
        "00.ipynb",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [path.name for path in lesson_paths(tmp_path)] == ["00.ipynb", "11_a.ipynb"]


def test_the_students_archive_works_and_holds_nothing_of_the_teachers(klass, tmp_path):
    with zipfile.ZipFile(klass / "students.zip") as archive:
        archive.extractall(tmp_path)
    top = tmp_path / "great-leap-forward"
    files = {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}
    assert {"run.py", "README.md", "locks/readers.txt", "notebooks/00_start_here.ipynb"} <= files
    assert {f"problem_sets/{problems.path.name}" for problems in SETS} <= files
    assert not [name for name in files if "coursework" in name or name.startswith("tests")]
    for problems in SETS:
        handed_out = (top / "problem_sets" / problems.path.name).read_bytes()
        assert handed_out == (klass / "release" / problems.name / problems.path.name).read_bytes()
    code = "import glf_utils; print(glf_utils.__file__, len(glf_utils.load('censuses')) > 0)"
    said = subprocess.run([sys.executable, "-c", code], cwd=top, capture_output=True, text=True)
    assert said.stdout.startswith(str(top)) and said.stdout.endswith("True\n"), said.stderr


def test_a_cell_that_ends_python_costs_its_own_question_only(klass):
    problems, first = SETS[0], SETS[0].automatic[0]
    row, told = marks(klass, problems, "leaver"), page(klass, problems, "leaver").read_text("utf-8")
    assert row[first] == 0 and "This cell ended Python itself" in told
    assert "The cell above stopped before it left an answer." in told
    assert all(row[name] == problems.points[f"{name}_test"] for name in problems.automatic[2:])


def test_an_overruled_test_says_so(klass):
    problems, told = SETS[0], page(klass, SETS[0], "leaver").read_text("utf-8")
    full = problems.points[f"{problems.automatic[1]}_test"]
    assert marks(klass, problems, "leaver")[problems.automatic[1]] == 1
    words = f"Your teacher gave these points. The test had given {full} and said:"
    assert told.count("Your teacher gave these points") == 1 and words in told
    assert "<p>As we agreed.</p>" in told


def test_a_file_that_cannot_be_run_gets_the_points_a_teacher_gives_it(klass):
    """17.5 for the whole set, as for any row of by_hand.csv in this class."""
    assert marks(klass, SETS[0], "paper")["points"] == 17.5
    assert "17.5 of 100 points" in page(klass, SETS[0], "paper").read_text("utf-8")
    unknown = [row for row in read_table(klass / "by_hand.csv") if row["student"].startswith("(")]
    assert len(unknown) == 1 and "Final version.docx" in unknown[0]["answer"]


def test_rows_that_cannot_be_used_are_said_and_stop_nothing(klass, capfd):
    assert main(["export", "--class", str(klass)]) == 0
    said = capfd.readouterr().err
    assert said.count("by_hand.csv, row") == 1
    assert "write the student's identifier into the column student." in said


def test_what_a_teacher_typed_survives_another_grading_and_another_spreadsheet(klass):
    path = klass / "by_hand.csv"
    before = read_table(path)
    with path.open("w", encoding="cp1252", newline="", errors="replace") as file:
        file.write(";".join([*list(before[0])[:-1], ANSWER]) + "\r\n")
        writer = csv.DictWriter(file, list(before[0]), delimiter=";")
        writer.writerows(before)
    assert main(["grade", "--class", str(klass)]) == 0
    after = read_table(path)
    typed = [(row["student"], row["set"], row["points"], row["comment"]) for row in after]
    assert sorted(typed) == sorted(
        (row["student"], row["set"], row["points"], row["comment"]) for row in before
    )
    assert {points for _, _, points, _ in typed} == {"17,5", "1"}


@pytest.mark.parametrize(
    "words, said",
    [
        (["check", "nowhere"], "which folder the files came back in"),
        (["grade", "--set", "ps9"], "no problem set 'ps9'"),
    ],
)
def test_a_wrong_command_is_answered_in_a_line(klass, words, said):
    with pytest.raises(Trouble, match=said):
        main([*words, "--class", str(klass)])


def test_a_command_before_build_says_so(tmp_path):
    with pytest.raises(Trouble, match="give the command build first"):
        main(["grade", "--class", str(tmp_path)])


@pytest.mark.parametrize(
    "module",
    sorted(
        ".".join(path.relative_to(ROOT / "coursework/marking").with_suffix("").parts)
        for path in (ROOT / "coursework/marking").rglob("*.py")
        if path.stem
        not in ("guard", "nbgrader_config", "__main__")  # meant for kernel and nbgrader
    ),
)
def test_examples_in_the_documentation_hold(module):
    found = doctest.testmod(import_module(f"coursework.marking.{module}"))
    assert found.failed == 0
