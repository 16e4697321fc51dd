"""Checking a folder of submissions: whose, which set, which of several, what is written where."""

import csv
import hashlib
import io
import json
import os
import zipfile

import mutilate
import pytest
from conftest import ROOT
from mutilate import problem_sets, released, submission

from coursework.marking.classroom import Trouble, read_table
from coursework.marking.intake import checking, inbox
from coursework.marking.run.wall import protection

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
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in inbox.rglob("*")
        if path.is_file()
    }
    report = checking.check(inbox, place / "class", wanted)
    assert before == {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in inbox.rglob("*")
        if path.is_file()
    }
    assert report.summary == checking.totals(report.rows)
    text = (place / "class/check.md").read_text("utf-8")
    assert f"## What protects whom\n\n{protection()}\n" in text
    with (place / "class/check.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(report.rows)
    for row in report.rows:
        assert row["status"] in ("graded", "by hand", "copy", "ignored")
        if row["status"] in ("graded", "by hand", "copy") and row["original"]:
            stored = (place / "class" / row["original"]).read_bytes()
            assert hashlib.sha256(stored).hexdigest() == row["digest"]
            assert not (inbox / row["file"]).is_file() or (
                stored == (inbox / row["file"]).read_bytes()
            )
        if row["status"] != "graded":
            assert row["file"] in text or row["original"] in text
    return {row["file"]: row for row in report.rows}, text


def submitted(place):
    return sorted(
        path.relative_to(place / "class/submitted").as_posix()
        for path in (place / "class/submitted").rglob("*.ipynb")
    )


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
    heading = b'{"cell_type": "markdown", "source": "# Problem set %s"}' % FIRST.name[2:].encode()
    put(place, "s4/" + FILE, b'{"cells": [%s, {"cell_type": "code", "source": "x"}]}' % heading)
    put(place, "s5/" + FILE, handed("s5")[:-2000])
    put(place, "s6/other.ipynb", b'{"cells": [], "nbformat": 4}')
    rows, text = check(place)
    status = {name.split("/")[0]: row["status"] for name, row in rows.items()}
    assert status == {
        "s1": "by hand",
        "s2": "by hand",
        "s3": "by hand",
        "s4": "graded",
        "s5": "graded",
        "s6": "by hand",
    }
    waiting = text.split("## To be marked by hand")[1].split("\n## ")[0]
    assert [name in waiting for name in ("s1", "s2", "s3", "s6")] == [True] * 4
    assert "`originals/s3/answers.py`. The file is not a notebook." in waiting
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


def test_half_a_character_in_a_file_stops_nothing(place):
    """As in a name that came out of a Chinese zip file, or in a paragraph cut within an emoji."""
    put(place, "s1/" + FILE, handed(r"s\ud83d1"))
    put(place, "s2/" + FILE, handed("s2"))
    rows, _ = check(place)
    assert rows["s2/" + FILE]["status"] == "graded"
    assert [row["student"] for row in read_table(place / "class/check.csv")] == ["s2", "s_xD83D_1"]


def test_the_wrong_set_is_said_and_not_graded(place):
    put(place, FILE, handed("s1", LAST))
    rows, text = check(place, FIRST.name)
    notes = " ".join(rows[FILE]["notes"])
    number, other = LAST.name[2:], FIRST.name[2:]
    assert rows[FILE]["status"] == "by hand" and rows[FILE]["set"] == FIRST.name  # waits for that
    assert f"The file's name says problem set {other}; it holds set {number}." in notes
    assert f"holds problem set {number}; set {other} was asked for." in notes
    assert check(place)[0][FILE]["status"] == "graded"


def test_of_two_files_the_one_that_holds_the_other_is_graded(place):
    put(place, "s1/" + FILE, handed("s1", code="x = 1"), time=1_700_000_900)
    put(place, "s1/again.ipynb", handed("s1", code="x = 1", paragraph="Because."))
    put(place, "s1/copy.ipynb", handed("s1", code="x = 1", paragraph="Because."))
    rows, text = check(place)
    status = [rows[f"s1/{name}"]["status"] for name in (FILE, "again.ipynb", "copy.ipynb")]
    assert status == ["copy", "graded", "copy"]
    assert "Because." in (place / f"class/submitted/s1/{FIRST.name}/{FILE}").read_text("utf-8")
    assert "s1/again.ipynb, of the same student" in rows["s1/" + FILE]["notes"][-1]
    assert len(list((place / "class/originals/s1").iterdir())) == 3


@pytest.mark.parametrize("roster", ["", "id,name\ns1,Ada Muster\n"])
def test_of_two_files_that_differ_none_is_chosen_by_the_clock_of_a_disk(place, roster):
    if roster:
        (place / "class/roster.csv").write_text(roster, "utf-8")
    put(place, "s1/" + FILE, handed("s1", code="x = 'old'"), time=1_700_000_000)
    put(place, "s1/again.ipynb", handed("s1", code="x = 'new'"), time=1_700_000_900)
    rows, text = check(place)
    assert {row["status"] for row in rows.values()} == {"by hand"}
    assert "nothing says which counts" in text.split("## To be marked by hand")[1]
    (place / "inbox/s1" / FILE).unlink()
    assert check(place)[0]["s1/again.ipynb"]["status"] == "graded"


@pytest.mark.parametrize(
    ("form", "first", "second"),
    [
        ("hw_s1_attempt_{}_" + FILE, "2025-11-20-14-33-02", "2025-11-20-15-01-00"),
        ("4-8 - s1 - {}/" + FILE, "20 November 2025 931 AM", "20 November 2025 1105 AM"),
    ],
)
def test_of_two_files_that_differ_the_one_a_platform_dates_later_is_graded(
    place, form, first, second
):
    put(place, form.format(first), handed("s1", code="x = 'old'"), time=1_700_000_900)
    put(place, form.format(second), handed("s1", code="x = 'new'"), time=1_700_000_000)
    rows, _ = check(place)
    status = [rows[form.format(when)]["status"] for when in (first, second)]
    assert status == ["copy", "graded"]
    assert "is later and is graded" in rows[form.format(first)]["notes"][-1]


def test_a_broken_newer_file_does_not_outrank_a_whole_one(place):
    put(place, "s1/" + FILE, handed("s1", code="x = 1"), time=1_700_000_000)
    put(place, "s1/again.ipynb", handed("s1", code="x = 1")[:-3000], time=1_700_000_900)
    put(place, "s1/empty.ipynb", b"", time=1_700_000_950)
    rows, _ = check(place, FIRST.name)
    assert {name: row["status"] for name, row in rows.items()} == {
        "s1/" + FILE: "graded",
        "s1/again.ipynb": "copy",
        "s1/empty.ipynb": "copy",
    }


def test_the_file_of_another_set_is_no_copy(place):
    put(place, "s1/" + FILE, handed("s1", code="x = 1"))
    put(place, "s1/" + LAST.path.name, handed("s1", LAST, code="x = 1"))
    rows, _ = check(place, FIRST.name)
    assert [rows[f"s1/{name}"]["status"] for name in (FILE, LAST.path.name)] == [
        "graded",
        "by hand",
    ]


def test_those_who_should_hand_in_again_are_listed(place):
    put(place, "a/" + FILE, handed("a", code="x = 1")[:-3000])
    put(place, "b/" + FILE, b"")
    put(place, "c/essay.pdf", b"%PDF-1.4")
    put(place, "d/" + FILE, handed("d", LAST, code="x = 1"))
    put(place, "e/" + FILE, handed("e"))
    put(place, "f/" + FILE, handed("f", code="x = 1"))
    put(place, "f/notes.docx", b"PK\x03\x04")
    _, text = check(place, FIRST.name)
    listed = text.split("## To be asked for again\n\n")[1].split("\n\n")[0].split("\n")
    assert [line.partition(",")[0] for line in listed] == ["- a", "- b", "- c", "- d", "- e"]
    for line, why in zip(
        listed, ("breaks off", "empty", "a PDF", "was asked for", "answered"), strict=True
    ):
        assert why in line


def test_a_late_file_in_another_folder_leaves_the_rest_of_the_class_in_sight(place):
    (place / "class/roster.csv").write_text("id\ns1\ns2\ns3\ns4\n", "utf-8")
    put(place, "s1/" + FILE, handed("s1", code="x = 1"))
    put(place, "s2/scan.pdf", b"%PDF-1.4")
    put(place, "s4/scan.pdf", b"%PDF-1.4")
    (place / "inbox").rename(place / "thursday")
    checking.check(place / "thursday", place / "class", FIRST.name)
    put(place, "s3/" + FILE, handed("s3", code="x = 1"))
    put(place, "s4/" + FILE, handed("s4", code="x = 1"))
    report = checking.check(place / "inbox", place / "class", FIRST.name)
    assert report.missing == [] and [row["file"] for row in report.earlier] == ["s2/scan.pdf"]
    table = read_table(place / "class/check.csv")
    assert [row["student"] for row in table] == ["s3", "s4", "s1", "s2"]
    text = (place / "class/check.md").read_text("utf-8")
    assert f"## Left from folders checked before\n\n- s2, {FIRST.name}: `s2/scan.pdf`" in text
    put(place, "s1/" + FILE, handed("s1", code="x = 2"))
    report = checking.check(place / "inbox", place / "class", FIRST.name)
    assert report.rows[0]["notes"] == ["It takes the place of what was handed in before."]


def test_a_file_that_proves_to_be_another_students_is_stored_once(place):
    put(place, "Muster Ada_12345_assignsubmission_file_/" + FILE, handed("write-yours-here"))
    put(place, "Muster Bo_12346_assignsubmission_file_/" + FILE, handed("b1"))
    check(place)
    assert [name.split("/")[0] for name in submitted(place)] == ["b1", "muster-ada"]
    (place / "class/roster.csv").write_text("id;name\na1;Ada Muster\nb1;Bo Muster\n", "utf-8")
    rows, _ = check(place)
    assert [name.split("/")[0] for name in submitted(place)] == ["a1", "b1"]
    assert "It was taken for “muster-ada” before" in rows[min(rows)]["notes"][-1]


def test_a_file_that_was_given_its_name_is_stored_once(place):
    put(place, "Ada " + FILE, handed("write-yours-here"))
    put(place, "a2_" + FILE, handed("write-yours-here"))  # the very same, handed in by two
    check(place)
    (place / "inbox" / f"Ada {FILE}").rename(place / "inbox" / f"a1_{FILE}")
    check(place)
    assert [name.split("/")[0] for name in submitted(place)] == ["a1", "a2"]


def test_a_file_of_the_same_name_takes_nobody_else_out(place):
    put(place, FILE, handed("a1"))
    check(place)
    put(place, FILE, handed("b1"))
    check(place)
    assert [name.split("/")[0] for name in submitted(place)] == ["a1", "b1"]


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
    assert (
        "No identifier was filled in; by its name the file is “s-17”. It is marked with the "
        "numbers drawn for “s-17”." in text
    )
    assert "Nobody in the list of the class could be matched (typed: “nobody”)." in text
    theirs = "a file that waits for its owner's name may be theirs"
    assert f"## Handed in nothing\n\n- x10, {FIRST.name}: {theirs}\n" in text
    (place / "inbox/stranger.ipynb").unlink()
    assert f"## Handed in nothing\n\n- x10, {FIRST.name}\n" in check(place)[1]
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
    monkeypatch.setattr(inbox, "MOST_BYTES", 1000)
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


def zip_of(members):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return into.getvalue()


def test_a_student_who_sends_the_whole_folder_sends_one_set(place):
    lesson = json.loads(
        (ROOT / "notebooks/2_commune_structure/21_how_big_was_it.ipynb").read_text("utf-8")
    )
    worked = {**lesson, "cells": [*lesson["cells"], {**lesson["cells"][0], "source": "mine"}]}
    put(
        place,
        "k9 homework.zip",
        zip_of(
            {
                "great-leap-forward/data/glossary.csv": (ROOT / "data/glossary.csv").read_bytes(),
                "great-leap-forward/notebooks/2_commune_structure/21_how_big_was_it.ipynb": json.dumps(
                    worked
                ),
                "great-leap-forward/notebooks/mine/02.ipynb": json.dumps(lesson),
                "great-leap-forward/problem_sets/" + FILE: handed("", code="x = 1"),
                "great-leap-forward/problem_sets/" + LAST.path.name: json.dumps(released(LAST)),
            }
        ),
    )
    rows, text = check(place)
    assert submitted(place) == [f"k9/{FIRST.name}/{FILE}"]
    assert sorted(row["status"] for row in rows.values()) == ["graded"] + ["ignored"] * 4
    assert "just as it was handed out" in text and "a notebook of the lessons" in text


def test_a_lesson_alone_is_not_taken_for_the_set(place):
    lesson = json.loads(
        (ROOT / "notebooks/2_commune_structure/21_how_big_was_it.ipynb").read_text("utf-8")
    )
    lesson["cells"][-1]["source"] = "x = 1"
    put(place, "k6_ps2.ipynb", json.dumps(lesson).encode())
    rows, text = check(place)
    assert rows["k6_ps2.ipynb"]["status"] == "by hand" and not submitted(place)
    again = text.split("## To be asked for again")[1]
    assert "This is notebook 21 of the lessons, not problem set 2;" in again


def test_the_platforms_own_files_are_nobodys_work(place):
    form = "Week 4 homework_jdoe_attempt_2025-11-20-14-33-02{}"
    put(place, form.format("_" + FILE), handed("", code="x = 1"))
    for name in (
        form.format(".txt"),
        "gradebook.csv",
        "gradescope/submission_metadata.yml",
        "Ada Muster_7001_assignsubmission_onlinetext_/onlinetext.html",
    ):
        put(place, name, b"words")
    rows, _ = check(place)
    assert submitted(place) == [f"jdoe/{FIRST.name}/{FILE}"]
    assert sorted(row["status"] for row in rows.values()) == ["graded"] + ["ignored"] * 4


def test_a_zip_with_a_program_in_it_is_opened_and_one_with_too_many_files_is_said(
    place, monkeypatch
):
    monkeypatch.setattr(inbox, "MOST_MEMBERS", 20)
    many = {f"lab/.venv/lib/{number}.py": "" for number in range(60)}
    put(place, "k7.zip", zip_of({**many, "lab/" + FILE: handed("k7", code="x = 1")}))
    put(place, "k8.zip", zip_of({f"lab/{number}.py": "" for number in range(60)}))
    put(place, "k5.zip", zip_of({"xl/mine.ipynb": handed("k5", code="x = 1")}))
    rows, text = check(place)
    assert [path.split("/")[0] for path in submitted(place)] == ["k5", "k7"]
    assert "a hidden file (60 files)" in text
    assert "too many files (60; 20 are read at most)" in rows["k8.zip"]["notes"][0]


def test_all_zip_files_together_have_one_limit(place, monkeypatch):
    data = handed("k1", code="x = 1")
    monkeypatch.setattr(inbox, "MOST_UNPACKED", len(data) + 100)
    for name in ("k1", "k2"):
        put(place, f"{name}.zip", zip_of({FILE: data}))
    rows, _ = check(place)
    assert rows[f"k1.zip/{FILE}"]["status"] == "graded"
    assert "too much together" in rows[f"k2.zip/{FILE}"]["notes"][0]


def test_a_name_too_long_for_a_system_is_cut_by_its_bytes(place):
    name = "关于一九五八年粮食产量统计" * 9 + ".ipynb"
    put(place, "class.zip", zip_of({name: handed("k2", code="x = 1")}))
    rows, _ = check(place)
    assert rows[f"class.zip/{name}"]["status"] == "graded"
    assert len(rows[f"class.zip/{name}"]["original"].rpartition("/")[2].encode()) <= 124


def test_a_folder_that_cannot_be_opened_is_said(place, monkeypatch):
    put(place, "k1/" + FILE, handed("k1", code="x = 1"))

    def walk(top, onerror):
        onerror(PermissionError(13, "Permission denied", str(top / "closed")))
        yield from [(str(top), ["k1"], []), (str(top / "k1"), [], [FILE])]

    monkeypatch.setattr(inbox.os, "walk", walk)
    report = checking.check(place / "inbox", place / "class")
    row = next(row for row in report.rows if row["file"] == "closed")
    assert row["status"] == "by hand" and "could not be opened" in row["notes"][0]


def test_one_person_of_the_list_may_have_two_folders(place):
    (place / "class/roster.csv").write_text("id,name\n115,Ana Ruiz\n", "utf-8")
    for folder in ("Ana Ruiz", "Ruiz Ana 2"):
        put(place, f"{folder}/{FILE}", handed("115", code="x = 1"))
    rows, _ = check(place)
    assert sorted(row["status"] for row in rows.values()) == ["copy", "graded"]


def test_a_library_that_marking_lacks_is_named_and_the_teacher_looks(place):
    put(place, "k1/" + FILE, handed("k1", code="import no_such_library\nx = 1"))
    rows, text = check(place)
    assert rows["k1/" + FILE]["status"] == "graded"
    assert "imports no_such_library" in text.split("## To be marked by hand")[1]
    assert read_table(place / "class/check.csv")[0]["look"].startswith("It imports no_such")


def test_a_list_of_the_class_decides_only_where_all_agrees(place):
    (place / "class/roster.csv").write_text("id,name\n115,Ana Ruiz\n122,Bo Lund\n", "utf-8")
    put(place, "40011-881 - Ana Ruiz - 20 November 2025 122 PM/" + FILE, handed("115"))
    put(place, "40012-881 - Bo Lund - 20 November 2025 931 AM/" + FILE, handed("115", code="x = 1"))
    rows, text = check(place)
    assert submitted(place) == [f"115/{FIRST.name}/{FILE}"]
    other = next(row for name, row in rows.items() if "Bo Lund" in name)
    assert other["status"] == "by hand" and "“115”" in other["notes"][0]
    assert (place / "class" / other["original"]).exists()
