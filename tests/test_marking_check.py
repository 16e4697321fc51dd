"""Checking a folder of submissions: whose, which set, which of several, what is written where."""

import csv
import json
import os
import zipfile

import mutilate
import pytest
from mutilate import problem_sets, released, submission

from coursework.marking import checking, collecting
from coursework.marking.commands import Trouble
from coursework.marking.identify import (
    folder_name,
    identifier_of,
    path_tokens,
    typed_identifier,
    which_set,
    whose,
)

SETS = problem_sets()
FIRST, LAST = SETS[0], SETS[-1]
FILE = FIRST.path.name


def handed(student="s1", problems=FIRST, code="", paragraph=""):
    """The bytes of a submission, with something in the first question's cell."""
    answers = {problems.automatic[0]: code} if code else {}
    notebook = submission(problems, answers, paragraph)
    for cell in notebook["cells"]:
        if cell["id"] == "student":
            cell["source"] = f'student = "{student}"'
    return json.dumps(notebook).encode()


@pytest.fixture
def place(tmp_path):
    """An inbox and a class folder with two releases."""
    for problems in (FIRST, LAST):
        folder = tmp_path / "class/release" / problems.name
        folder.mkdir(parents=True)
        (folder / problems.path.name).write_text(json.dumps(released(problems)), "utf-8")
    (tmp_path / "inbox").mkdir()
    return tmp_path


def put(place, name, data, time=1_700_000_000):
    path = place / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (time, time))


def check(place, wanted=None):
    """Check; assert that all files are accounted for and the inbox untouched."""
    inbox = place / "inbox"
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns)
              for path in inbox.rglob("*") if path.is_file()}  # fmt: skip
    report = checking.check(inbox, place / "class", wanted)
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns)
                      for path in inbox.rglob("*") if path.is_file()}  # fmt: skip
    assert report.summary == checking.totals(report.rows)
    text = (place / "class/check.md").read_text("utf-8")
    with (place / "class/check.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(report.rows)
    for row in report.rows:
        assert row["status"] in ("graded", "by hand", "copy", "ignored")
        if row["status"] in ("graded", "by hand", "copy") and row["original"]:
            assert (place / "class" / row["original"]).read_bytes() == row["handed"].data
        if row["status"] != "graded":
            assert row["file"] in text or row["original"] in text
    return {row["file"]: row for row in report.rows}, text


def submitted(place):
    return sorted(path.relative_to(place / "class/submitted").as_posix()
                  for path in (place / "class/submitted").rglob("*.ipynb"))  # fmt: skip


def test_two_students_in_order(place):
    put(place, "s1/" + FILE, handed("s1"))
    put(place, "answers.ipynb", handed("S 2", code="x = 1"))
    rows, text = check(place)
    assert submitted(place) == [f"s1/{FIRST.name}/{FILE}", f"s2/{FIRST.name}/{FILE}"]
    assert rows["answers.ipynb"]["notes"] == [] and "### In order\n\ns2 " in text
    assert rows["s1/" + FILE]["notes"] == ["No question has been answered."]
    assert "2 files: 2 graded + 0 by hand + 0 copies or older versions + 0 left out." in text


def test_a_second_check_writes_nothing_and_a_newer_file_is_marked_again(place):
    put(place, FILE, handed("s1"))
    check(place)
    stored = place / f"class/submitted/s1/{FIRST.name}"
    before = [(path.name, path.stat().st_mtime_ns) for path in sorted(stored.iterdir())]
    stamp = (stored / "timestamp.txt").read_text()
    check(place)
    assert before == [(path.name, path.stat().st_mtime_ns) for path in sorted(stored.iterdir())]
    put(place, FILE, handed("s1", code="x = 5"), time=1_600_000_000)
    check(place)
    assert "x = 5" in (stored / FILE).read_text("utf-8")
    assert (stored / "timestamp.txt").read_text() > stamp
    assert len(list((place / "class/originals/s1").iterdir())) == 2


def test_bad_files_are_listed_and_stop_nothing(place):
    put(place, "s1/" + FILE, b"")
    put(place, "s2/essay.docx", b"PK\x03\x04 no zip at all")
    put(place, "s3/answers.py", b"x = 1")
    put(place, "s4/" + FILE, b'{"cells": [{"cell_type": "code", "source": "x = 1"}]}')
    put(place, "s5/" + FILE, handed("s5")[:-2000])
    put(place, "s6/other.ipynb", b'{"cells": [], "nbformat": 4}')
    rows, text = check(place)
    status = {name.split("/")[0]: row["status"] for name, row in rows.items()}
    assert status == {"s1": "by hand", "s2": "by hand", "s3": "by hand", "s4": "graded",
                      "s5": "graded", "s6": "by hand"}  # fmt: skip
    waiting = text.split("## To be marked by hand")[1].split("\n## ")[0]
    assert [name in waiting for name in ("s1", "s2", "s3", "s6")] == [True] * 4
    assert "`originals/s3/answers.py`. The file is a Python script" in waiting
    assert "To be asked for again" in text and "0 copies" in text


def test_an_error_of_ours_is_one_files_and_is_listed(place, monkeypatch):
    put(place, "s1/" + FILE, handed("s1"))
    put(place, "s2/" + FILE, handed("s2"))
    rebuild = checking.rebuild

    def fails_once(notebook, released):
        monkeypatch.setattr(checking, "rebuild", rebuild)
        raise RuntimeError("out of luck")

    monkeypatch.setattr(checking, "rebuild", fails_once)
    rows, text = check(place)
    assert [row["status"] for row in rows.values()] == ["by hand", "graded"]
    assert "It could not be checked (RuntimeError: out of luck)." in text


def test_the_wrong_set_is_said_and_not_graded(place):
    put(place, FILE, handed("s1", LAST))
    rows, text = check(place, FIRST.name)
    notes = " ".join(rows[FILE]["notes"])
    number, other = LAST.name[2:], FIRST.name[2:]
    assert rows[FILE]["status"] == "by hand" and rows[FILE]["set"] == LAST.name
    assert f"The file's name says problem set {other}; it holds set {number}." in notes
    assert f"holds problem set {number}; set {other} was asked for." in notes
    assert check(place)[0][FILE]["status"] == "graded"


def test_of_two_files_the_newer_is_graded_and_the_other_kept(place):
    put(place, "s1/" + FILE, handed("s1", code="x = 'old'"), time=1_700_000_000)
    put(place, "s1/again.ipynb", handed("s1", code="x = 'new'"), time=1_700_000_900)
    put(place, "s1/copy.ipynb", handed("s1", code="x = 'new'"), time=1_700_000_100)
    rows, text = check(place)
    assert [rows[f"s1/{name}"]["status"] for name in (FILE, "again.ipynb", "copy.ipynb")] == [
        "copy", "graded", "copy"
    ]  # fmt: skip
    assert "'new'" in (place / f"class/submitted/s1/{FIRST.name}/{FILE}").read_text("utf-8")
    assert "is newer and graded: s1/again.ipynb." in rows["s1/" + FILE]["notes"][0]
    assert "The same file as s1/again.ipynb" in rows["s1/copy.ipynb"]["notes"][0]
    assert len(list((place / "class/originals/s1").iterdir())) == 3


def test_a_broken_newer_file_does_not_outrank_a_whole_one(place):
    put(place, "s1/" + FILE, handed("s1", code="x = 1"), time=1_700_000_000)
    put(place, "s1/again.ipynb", handed("s1", code="x = 1")[:-3000], time=1_700_000_900)
    put(place, "s1/empty.ipynb", b"", time=1_700_000_950)
    rows, _ = check(place, FIRST.name)
    assert {name: row["status"] for name, row in rows.items()} == {
        "s1/" + FILE: "graded", "s1/again.ipynb": "copy", "s1/empty.ipynb": "copy",
    }  # fmt: skip


def test_one_identifier_in_two_folders_is_left_to_the_teacher(place):
    put(place, "anna/" + FILE, handed("anna", code="x = 1"), time=1_700_000_000)
    put(place, "berta/" + FILE, handed("anna", code="x = 2"), time=1_700_000_900)
    rows, _ = check(place)
    assert rows["anna/" + FILE]["status"] == "graded"
    assert rows["berta/" + FILE]["status"] == "by hand"
    assert "whose is whose" in rows["berta/" + FILE]["notes"][-1]


def test_a_roster_names_the_files_and_those_who_are_missing(place):
    (place / "class/roster.csv").write_text(
        "ID;name\ns-17;Ada Muster\nx9;Bo Muster\nx10;Chen Muster\n", "utf-8-sig"
    )
    put(place, f"S-17_{FILE}", handed("write-yours-here"))
    put(place, "Muster Bo_1234567_assignsubmission_file/" + FILE, handed("x9"))
    put(place, "stranger.ipynb", handed("nobody"))
    rows, text = check(place)
    names = {row["student"] for row in rows.values()}
    assert names == {"s-17", "x9", ""}
    assert "No identifier was filled in; by its name the file is “s-17”." in text
    assert "Nobody in the list of the class could be matched (typed: “nobody”)." in text
    assert f"## Handed in nothing\n\n- x10, {FIRST.name}\n" in text
    assert (place / "class/originals/_unknown/stranger.ipynb").exists()


def test_a_roster_without_ids_is_refused(place):
    (place / "class/roster.csv").write_text("name\nAda\n", "utf-8")
    with pytest.raises(Trouble, match="column with the heading id"):
        checking.check(place / "inbox", place / "class")


def test_the_class_folder_is_no_inbox_and_may_hold_one(place):
    for name in (".", "submitted", "originals/s1"):
        with pytest.raises(Trouble, match="the folder the files came back in"):
            checking.check(place / "class" / name, place / "class")
    put(place, "s1.ipynb", handed("s1"))
    (place / "inbox").rename(place / "class/inbox")
    assert len(checking.check(place / "class/inbox", place / "class").rows) == 1
    assert len(checking.check(place, place / "class").rows) == 1  # the class: left out, and said


def test_zip_files_are_read_where_they_are(place):
    path = place / "inbox/all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("s1_99_" + FILE, handed("s1"))
        archive.writestr("../../outside.ipynb", handed("s2"))
        archive.writestr("__MACOSX/._x.ipynb", b"x")
        archive.writestr("s3/inner.zip", mutilate.zipped(handed("s3"), None))
    rows, text = check(place)
    assert submitted(place) == [f"{name}/{FIRST.name}/{FILE}" for name in ("s1", "s2", "s3")]
    assert rows["all.zip/outside.ipynb"]["status"] == "graded"
    assert "all.zip/s3/inner.zip/folder/mine.ipynb" in rows
    assert "3 graded" in text and "1 left out" in text
    assert not list(place.rglob("outside.ipynb"))[1:]


def test_a_zip_file_that_holds_too_much_is_not_opened(place, monkeypatch):
    monkeypatch.setattr(collecting, "MOST_BYTES", 1000)
    put(place, "s1.zip", mutilate.zipped(b"0" * 900_000, None)[:900])
    put(place, "s2.zip", mutilate.zipped(b"0" * 6000, None)[-300:])
    put(place, "s3/" + FILE, b"1" * 2000)
    rows, _ = check(place)
    assert {row["status"] for row in rows.values()} == {"by hand"}
    assert "too large" in rows["s3/" + FILE]["notes"][0]


def test_what_computers_leave_behind_is_left_out_and_said(place):
    for name in (".DS_Store", ".ipynb_checkpoints/a.ipynb", "Thumbs.db", "~$essay.docx"):
        put(place, name, b"x")
    rows, text = check(place)
    assert {row["status"] for row in rows.values()} == {"ignored"} and len(rows) == 4
    assert "4 left out" in text and "JupyterLab's own copies" in text


@pytest.mark.parametrize(("parts", "tokens"), [
    (["ps4_procurement_and_hunger.ipynb"], []),
    (["ps4_procurement_and_hunger-s12 (2).ipynb"], ["s12"]),
    (["doeanna_12345_67890_ps4_procurement_and_hunger-1.ipynb"], ["doeanna", "12345", "67890"]),
    (["ps4_a123_attempt_2024-05-06-10-11-12_ps4.ipynb"], ["a123"]),
    (["s7", "submission", "final version.ipynb"], ["s7"]),
])  # fmt: skip
def test_words_of_a_path_that_may_name_somebody(parts, tokens):
    assert path_tokens(parts) == tokens


def test_an_identifier_read_off_the_path_or_none():
    assert whose(None, ["s7", FILE]).student == "s7"
    assert whose(None, ["Muster Ada_123456_assignsubmission_file_", FILE]).student == "Muster-Ada"
    assert whose(None, [FILE]).student == ""


def test_name_and_identifier_that_disagree_are_said():
    notebook = {"cells": [{"source": 'student = "s124"'}]}
    found = whose(notebook, [f"s123_{FILE}"])
    assert found.student == "s124" and "“s123”" in found.notes[0]
    roster = [{"id": "s123"}, {"id": "s124"}]
    found = whose(notebook, [f"s123_{FILE}"], roster)
    assert found.student == "s123" and "the identifier typed is “s124”" in found.notes[0]


@pytest.mark.parametrize(("source", "typed"), [
    ("student = 's 1'", "s 1"), ("student = “s1”", "s1"), ("student=s1", "s1"),
    ('student = "write-yours-here"', ""), ("student = ...", ""), ("the student = 3", ""),
])  # fmt: skip
def test_typed_identifiers(source, typed):
    assert typed_identifier({"cells": [{"source": source}]}) == typed


@pytest.mark.parametrize("identifier", ["s1", "a+b", "=cmd", "../../x", "con", "NUL.txt", "-1",
                                        "ann@uni", "@x", "a/b\\c", "x.", "王小明", "_x2B_", "a:b*"])
def test_folder_names_are_safe_and_can_be_read_back(identifier):
    name = folder_name(identifier)
    assert name and not set(name) & set('+/\\:*?"<>|= ') and name[0] not in "=+-@."
    assert not name.endswith(".") and name.partition(".")[0] not in ("con", "nul")
    assert identifier_of(name) == identifier.casefold() and folder_name(identifier_of(name)) == name


def test_identifiers_that_differ_have_folders_that_differ():
    names = ["a+b", "a_b", "a-b", "a_x2b_b", "a b+", "x" * 90, "x" * 91]
    assert len(set(map(folder_name, names))) == len(names)


def test_a_set_is_known_by_its_text_when_nothing_else_is_left():
    notebook = {"metadata": {}, "cells": [
        {"source": "".join(cell["source"])} for cell in released(LAST)["cells"][4:14]
    ]}  # fmt: skip
    releases = {problems.name: released(problems) for problems in SETS}
    assert which_set(notebook, "x.ipynb", releases)[0] == LAST.name
    assert which_set({"metadata": {}, "cells": []}, "x.ipynb", releases) == (None, [])
    assert which_set(None, "Problem Set 3.docx", releases)[0] == "ps3"
