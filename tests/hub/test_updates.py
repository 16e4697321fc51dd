"""What an update could not change in a student's copy is found in its history, and said."""

import json
import subprocess

import pytest

from hub.updates import not_reached, page

LESSON, TABLE = "notebooks/11.ipynb", "data/names.csv"
ME = ["-c", "user.name=x", "-c", "user.email=x@localhost", "-c", "commit.gpgsign=false"]


def notebook(**cells):
    listed = [{"cell_type": "code", "id": name, "source": [text]} for name, text in cells.items()]
    return json.dumps({"cells": listed}, indent=1)


class Copies:
    """A teacher's repository, and a student's copy merged as nbgitpuller merges."""

    def __init__(self, folder):
        self.teacher, self.student = folder / "teacher", folder / "student"
        self.git(folder, "init", "-q", "-b", "main", "teacher")

    def git(self, where, *words):
        subprocess.run(["git", *ME, *words], cwd=where, check=True, capture_output=True)

    def write(self, where, path, text):
        (where / path).parent.mkdir(exist_ok=True)
        (where / path).write_text(text, "utf-8")

    def teach(self, path, text):
        self.write(self.teacher, path, text)
        self.git(self.teacher, "add", "--all")
        self.git(self.teacher, "commit", "-q", "-m", "next")
        if not self.student.exists():
            self.git(self.teacher.parent, "clone", "-q", f"file://{self.teacher}", self.student)

    def answer(self, path, text):
        self.write(self.student, path, text)

    def pull(self):
        self.git(self.student, "fetch", "-q")
        self.git(self.student, "commit", "-q", "-a", "--allow-empty", "-m", "mine")
        self.git(self.student, "merge", "-q", "-Xours", "origin/main")
        return not_reached(self.student)


@pytest.fixture
def copies(tmp_path):
    made = Copies(tmp_path)
    made.teach(LESSON, notebook(a="a = 1", b="b = 2", c="c = 3", d="d = 4"))
    return made


def test_an_update_beside_what_the_student_did_reaches(copies):
    copies.answer(LESSON, notebook(a="a = 1", b="b = 2", c="c = 3", d="mine = 4"))
    copies.teach(LESSON, notebook(a="a = 11", b="b = 2", c="c = 3", d="d = 4"))
    assert copies.pull() == {} and page({}) == ""
    assert "a = 11" in (copies.student / LESSON).read_text("utf-8")


def test_an_update_of_a_changed_cell_is_told_until_both_agree(copies):
    copies.answer(LESSON, notebook(a="mine = 1", b="b = 2", c="c = 3", d="d = 4"))
    copies.teach(LESSON, notebook(a="a = 11", b="b = 2", c="c = 3", d="d = 44"))
    assert copies.pull() == {LESSON: {"a": ("a = 11", "mine = 1")}}
    copies.teach(TABLE, "name\n")
    assert copies.pull() == {LESSON: {"a": ("a = 11", "mine = 1")}}, (
        "a later merge does not forget it"
    )
    copies.answer(LESSON, notebook(a="a = 11", b="b = 2", c="c = 3", d="mine = 44"))
    assert copies.pull() == {}, "what the student changes later is no missed update"


def test_what_is_told_is_what_the_teacher_has_now(copies):
    copies.answer(LESSON, notebook(a="mine = 1", b="b = 2", c="c = 3", d="d = 4"))
    copies.teach(LESSON, notebook(a="a = 11", b="b = 2", c="c = 3", d="d = 4"))
    copies.pull()
    copies.teach(LESSON, notebook(a="a = 111", b="b = 2", c="c = 3", d="d = 4"))
    assert copies.pull() == {LESSON: {"a": ("a = 111", "mine = 1")}}


def test_a_cell_taken_out_and_lines_of_a_table_are_told_too(copies):
    copies.teach(TABLE, "id,name\n1,jin\n2,mu\n")
    copies.pull()
    copies.answer(LESSON, notebook(a="mine = 1", b="b = 2", c="c = 3", d="d = 4"))
    copies.answer(TABLE, "id,name\n1,pound\n2,mu\n")
    copies.teach(LESSON, notebook(b="b = 2", c="c = 3", d="d = 4"))
    copies.teach(TABLE, "id,name\n1,catty\n2,mu\n")
    found = copies.pull()
    assert found == {
        TABLE: {"1,catty": ("1,catty", None)},
        LESSON: {"a": (None, "mine = 1")},
    }
    told = page(found)
    assert "~~~\n1,catty\n~~~" in told and f"(great-leap-forward/{LESSON})" in told
    assert "taken out" in told


def test_a_notebook_that_a_student_broke_is_compared_by_its_lines(copies):
    copies.answer(LESSON, "no notebook any more")
    copies.teach(LESSON, notebook(a="a = 11", b="b = 2", c="c = 3", d="d = 4"))
    assert "a = 11" in page(copies.pull())


def test_a_fence_is_longer_than_any_in_the_cell():
    assert "~~~~~\ntext ~~~~ text\n~~~~~" in page({LESSON: {"a": ("text ~~~~ text", "mine")}})
