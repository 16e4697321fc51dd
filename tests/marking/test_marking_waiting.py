"""What check asks to look at: a row for the teacher, no mark before it is filled in, a page."""

import json
import re

import pytest
from problem_sets import SOURCES, ProblemSet

from coursework.marking import nbgrader_runs
from coursework.marking.__main__ import main
from coursework.marking.classroom import read_table, write_table

PROBLEMS = ProblemSet(SOURCES[0])
SECOND, THIRD = PROBLEMS.automatic[1:3]
FULL = {name.removesuffix("_test"): points for name, points in PROBLEMS.points.items()}
WRITTEN = next(name for name in PROBLEMS.points if not name.endswith("_test"))


def handed_in(folder, student, **changes):
    """The released set, solved but for some cells, by grade_id; None takes a cell out."""
    notebook = json.loads((folder / f"release/ps1/{PROBLEMS.path.name}").read_text("utf-8"))
    answers = PROBLEMS.by_id | {"student": f'student = "{student}"'} | changes
    for cell in notebook["cells"]:
        marked = cell["metadata"]["nbgrader"]
        if marked["solution"]:
            cell["source"] = answers[marked["grade_id"]]
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["source"] is not None]
    return json.dumps(notebook)


@pytest.fixture(scope="module")
def klass(tmp_path_factory):
    """A class in which one file broke off, one imports what is not there, one is whole."""
    folder = tmp_path_factory.mktemp("waiting") / "class"
    folder.mkdir()
    nbgrader_runs.copy_sources(folder)
    nbgrader_runs.nbgrader(folder, "nbgrader", "generate_assignment", "ps1", "--force")
    inbox = folder.parent / "inbox"
    inbox.mkdir()
    wrong = {THIRD: "no_number = 1"}
    lacking = {WRITTEN: "No.", SECOND: "import no_such_library", **wrong}
    files = {"whole": handed_in(folder, "whole"), "lacks": handed_in(folder, "lacks", **lacking)}
    for student, text in files.items():
        (inbox / f"{student}.ipynb").write_text(text, "utf-8")
    give(folder, "check", str(inbox))
    give(folder, "grade")
    return folder


def give(folder, *words):
    assert main([*words, "--class", str(folder)]) == 0


def look(folder, *lines, student="whole"):
    """Let check have asked to look at something, in the form of check.csv."""
    rows = read_table(folder / "check.csv")
    for row in rows:
        if row["student"] == student:
            row["look"] = "\n".join(lines)
    write_table(folder / "check.csv", list(rows[0]), rows)


def typed(folder, student, question, **words):
    """Fill in a row of by_hand.csv as a teacher does."""
    rows = read_table(folder / "by_hand.csv")
    (row,) = [row for row in rows if (row["student"], row["question"]) == (student, question)]
    row.update(words)
    write_table(folder / "by_hand.csv", list(rows[0]), rows, as_text=["student"])


def by_hand(folder, student):
    rows = read_table(folder / "by_hand.csv")
    return {row["question"]: row for row in rows if row["student"] == student}


def marks(folder, student):
    give(folder, "feedback")
    give(folder, "export")
    (row,) = [row for row in read_table(folder / "marks.csv") if row["student"] == student]
    return row


def page(folder, student):
    """The marks of the page, by question: what stands under each, and the line above them all."""
    text = next((folder / "feedback" / student / "ps1").glob("*.html")).read_text("utf-8")
    top, *parts = re.split(r'class="mark" id="(q\d+)', text)
    return dict(zip(parts[::2], parts[1::2], strict=True)), top


def test_a_question_to_look_at_waits_until_it_is_given_points(klass):
    look(klass, f"Question {SECOND[1:]}: other code stands elsewhere; please look.")
    typed(klass, "whole", WRITTEN, points="5", comment="Read.")
    give(klass, "grade")
    row = by_hand(klass, "whole")[SECOND]
    assert row["why"] == "whole.ipynb: other code stands elsewhere; please look."
    assert row["of"] == str(FULL[SECOND]) and row["answer"] in PROBLEMS.by_id[SECOND]
    assert by_hand(klass, "whole")[WRITTEN]["comment"] == "Read."
    assert marks(klass, "whole")["to mark by hand"] == SECOND
    said, top = page(klass, "whole")
    assert "waits for your teacher" in said[SECOND] and " points." not in said[SECOND]
    assert "Still to be read by your teacher: Question 2" in top
    assert "waits for" not in said[THIRD] and f"{FULL[THIRD]} of {FULL[THIRD]}" in said[THIRD]

    typed(klass, "whole", SECOND, points="1,5", comment="It stood below.")
    give(klass, "grade")  # keeps what was typed
    row = marks(klass, "whole")
    assert (row[SECOND], row["to mark by hand"]) == ("1.5", "")
    assert by_hand(klass, "whole")[SECOND]["comment"] == "It stood below."
    said, _ = page(klass, "whole")
    assert "1.5 of" in said[SECOND] and "waits for" not in said[SECOND]


def test_a_library_that_is_not_there_leaves_points_to_the_teacher(klass):
    """From the file to the page: what has full marks stands, all else waits."""
    rows = by_hand(klass, "lacks")
    assert "It imports no_such_library" in rows["all"]["why"]
    assert "no_such_library" in rows[SECOND]["why"] and rows["all"]["points"] == ""
    waiting = marks(klass, "lacks")["to mark by hand"].split()
    assert {SECOND, THIRD, WRITTEN} <= set(waiting) and PROBLEMS.automatic[0] not in waiting
    said, _ = page(klass, "lacks")
    for question in (SECOND, THIRD):
        assert "waits for your teacher" in said[question] and "0 of" not in said[question]
    typed(klass, "lacks", "all", comment="Looked at: the tests are right.")
    assert set(marks(klass, "lacks")["to mark by hand"].split()) == {SECOND, WRITTEN}
    said, _ = page(klass, "lacks")
    assert f"0 of {FULL[THIRD]} points." in said[THIRD]
    typed(klass, "lacks", "all", points="40")
    row = marks(klass, "lacks")
    assert (float(row["points"]), row["to mark by hand"]) == (40, "")


def test_again_marks_again_and_without_it_what_is_marked_stays(klass, capfd):
    (path,) = (klass / "autograded/lacks/ps1").glob("*.ipynb")
    before = path.stat().st_mtime_ns
    give(klass, "grade")
    assert path.stat().st_mtime_ns == before
    give(klass, "grade", "--again")
    assert "\n2 of 2\n" in capfd.readouterr().err
    assert path.stat().st_mtime_ns > before
