"""A table that a teacher opens, fills in and saves with whatever program there is comes back."""

import csv
import io
import os
import re

import pytest
from test_marking_byhand import answer, example, klass, marks  # noqa: F401

from coursework.marking.classroom import (
    ANSWER,
    Trouble,
    folder_name,
    read_roster,
    read_table,
    write_table,
)
from coursework.marking.teacher import list_by_hand, shown, take_in

COLUMNS = ["student", "set", "question", "of", "points", "comment", "answer"]
IDENTIFIERS = [
    "0042",
    "202301234501",
    "202301234502",
    "4e2",
    "mar7",
    "7-8",
    "1.5",
    "okt5",
    "s5",
    "-anna",
    "=b",
    "+49",
    "张伟",
    "o'brien",
    "true",
    "e5",
    "3月4日",
]
ANSWERS = [
    "- It was 1958–61.",
    "=1+1",
    "两句话，“引号”；\n第二行",
    'He said "no", twice;',
    "Größe é ñ",
]
COMMENTS = ["很好, weiter so", "- which?", "Größe: “7,5”", "=sum", "two\nlines", ""]


def rows_to(text, **form):
    """Let a program read our file cell by cell."""
    return list(csv.reader(io.StringIO(text, newline=""), **form))


def to_rows(rows, separator=",", end="\r\n"):
    file, quoting = io.StringIO(newline=""), csv.QUOTE_ALL if end == "\r" else csv.QUOTE_MINIMAL
    csv.writer(file, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return file.getvalue()


def as_number(cell):
    """What Excel makes of a cell that looks like a number or a date."""
    if re.fullmatch(r"\d+", cell) and cell:
        return f"{float(cell):.5E}".replace("E+0", "E+") if len(cell) > 11 else str(int(cell))
    if re.fullmatch(r"(?i)\d+e\d+", cell):
        return f"{float(cell):.2E}"
    if re.fullmatch(r"(?i)(mar|okt)-?\d+|\d+-\d+|\d+月\d+日", cell):
        return "07. Mrz"
    return cell.upper() if cell.lower() in ("true", "false") else cell


def excel(text):
    """German Excel, “CSV UTF-8”: semicolons, a mark in front."""
    rows = [list(map(as_number, row)) for row in rows_to(text)]
    return b"\xef\xbb\xbf" + to_rows(rows, ";").encode()


def excel_with_sep(text):
    rows = [list(map(as_number, row)) for row in rows_to(text)]
    return b"\xef\xbb\xbfsep=;\r\n" + to_rows(rows, ";").encode()


def excel_in_windows_1252(text):
    return to_rows([list(map(as_number, row)) for row in rows_to(text)], ";").encode(
        "cp1252", "replace"
    )


def excel_on_a_mac(text):
    rows = [list(map(as_number, row)) for row in rows_to(text)]
    return to_rows(rows, ",", "\r").encode("mac_roman", "replace")


def excel_unicode_text(text):
    return to_rows([list(map(as_number, row)) for row in rows_to(text)], "\t").encode("utf-16")


def wps(text):
    """Chinese WPS and Excel: GBK."""
    return to_rows([list(map(as_number, row)) for row in rows_to(text)]).encode("gb18030")


def libreoffice(text):
    """Numbers keep their digits, leading zeros go; lines end as on Unix."""
    rows = [
        [str(int(cell)) if re.fullmatch(r"\d+", cell) else cell for cell in row]
        for row in rows_to(text)
    ]
    return to_rows(rows, end="\n").encode()


def sheets(text):
    """An apostrophe in front means text and is not handed back."""
    rows = [
        [cell[1:] if cell.startswith("'") else as_number(cell) for cell in row]
        for row in rows_to(text)
    ]
    return to_rows(rows).encode()


PROGRAMS = [
    excel,
    excel_with_sep,
    excel_in_windows_1252,
    excel_on_a_mac,
    excel_unicode_text,
    wps,
    libreoffice,
    sheets,
]
each_program = pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)


def plain(text):
    """Letters that Windows-1252 and Mac Roman have; the others are lost in the program itself."""
    return re.sub(r"[^\x00-\xff–—“”‘’…]", "?", text)


@each_program
def test_what_is_written_comes_back(tmp_path, program):
    rows = [
        {
            "student": folder_name(name),
            "set": "ps1",
            "question": "q1",
            "of": "20",
            "points": ["7,5", "12", ""][number % 3],
            "comment": COMMENTS[number % len(COMMENTS)],
            "answer": ANSWERS[number % len(ANSWERS)],
        }
        for number, name in enumerate(IDENTIFIERS)
    ]
    path = tmp_path / "by_hand.csv"
    write_table(path, COLUMNS, rows, as_text=["student"])
    path.write_bytes(program(path.read_text("utf-8-sig")))
    lossy = program in (excel_in_windows_1252, excel_on_a_mac)
    expected = [
        {name: plain(value) if lossy else value for name, value in row.items()} for row in rows
    ]
    found = [
        {name: value.replace("\r\n", "\n").replace("\r", "\n") for name, value in row.items()}
        for row in read_table(path)
    ]
    assert found == expected


@each_program
def test_points_and_comments_reach_the_gradebook(klass, program):  # noqa: F811
    answer(klass, "大跃进 – " + "x" * 200_000 + "![i](data:image/png;base64," + "A" * 400_000 + ")")
    list_by_hand(klass)
    path = klass / "by_hand.csv"
    assert path.stat().st_size < 10_000
    rows = read_table(path)
    rows[0] |= {"points": "17,5", "comment": "Größe: – which?"}
    write_table(path, COLUMNS, rows, as_text=["student"])
    path.write_bytes(program(path.read_text("utf-8-sig")))
    assert take_in(klass) == []
    assert marks(klass)["points"].replace(",", ".") == "57.5"
    again, notes = list_by_hand(klass)
    assert (again[0]["student"], again[0]["comment"]) == ("0042", "Größe: – which?")


def test_letters_that_cannot_be_told_are_refused_and_nothing_is_lost(klass):  # noqa: F811
    path = klass / "by_hand.csv"
    data = "student,set,question,points,comment\n0042,ps1,q2,15,很好\n".encode("gb18030")
    path.write_bytes(data)
    for command in (list_by_hand, take_in):
        with pytest.raises(Trouble, match="save it as “CSV UTF-8”"):
            command(klass)
    assert path.read_bytes() == data


def test_a_roster_in_gbk_is_refused_in_a_line(tmp_path):
    (tmp_path / "roster.csv").write_bytes("id,name\n张伟,张伟\n".encode("gb18030"))
    with pytest.raises(Trouble, match="CSV UTF-8"):
        read_roster(tmp_path)


@pytest.mark.parametrize(
    "name", ["by_hand - by_hand.csv", "by_hand (1).csv", "by_hand.csv.xlsx", "Copy of by_hand.ods"]
)
def test_a_newer_table_under_another_name_is_said(klass, name):  # noqa: F811
    list_by_hand(klass)
    os.utime(klass / "by_hand.csv", (1, 1))
    (klass / name).write_bytes(b"PK")
    said = take_in(klass)
    assert len(said) == 1 and f"{name} is newer than by_hand.csv and is not read" in said[0]


def test_an_answer_in_any_script_that_has_changed_is_said(klass):  # noqa: F811
    answer(klass, "大跃进的数字不可信")
    rows, _ = list_by_hand(klass)
    write_table(klass / "by_hand.csv", COLUMNS, [rows[0] | {"points": "15"}])
    assert list_by_hand(klass)[1] == []
    answer(klass, "饥荒死亡人数是三千万")
    assert "the answer has changed since you gave it 15" in list_by_hand(klass)[1][0]


def test_a_long_answer_says_where_the_rest_is():
    long = shown("word " * 10_000, "autograded/s1/ps1/ps1.ipynb")
    assert len(long) < 4000 and long.endswith("(the rest in autograded/s1/ps1/ps1.ipynb)")


# -- learning platforms --------------------------------------------------------------------------

MOODLE = """First name,Last name,ID number,Institution,Department,Email address,Assignment: x (Real)
Ana,Ruiz,0042,,,ana@example.org,-
Bo,Lund,,,,bo@example.org,-
"""
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,ps1 (9917),Final Score
    Points Possible,,,,,100,(read only)
"Ruiz, Ana",2044,0042,ana,History 1,,12
"Lund, Bo",2045,,bo,History 1,,
"Student, Test",2046,,4a5e6c,History 1,,
"""


def test_the_list_of_the_class_may_be_an_export_of_moodles(tmp_path):
    (tmp_path / "roster.csv").write_text(MOODLE, "utf-8-sig")
    found = [(row["id"], row["name"]) for row in read_roster(tmp_path)]
    assert found == [("0042", "Ana Ruiz"), ("bo@example.org", "Bo Lund")]


def test_the_list_of_the_class_may_be_an_export_of_canvass(tmp_path):
    (tmp_path / "roster.csv").write_text(CANVAS, "utf-8-sig")
    found = [(row["id"], row["name"], row["canvas id"]) for row in read_roster(tmp_path)]
    assert found == [("0042", "Ruiz, Ana", "2044"), ("bo", "Lund, Bo", "2045")]


def lines(path):
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(path.read_text("utf-8").splitlines()))


def test_what_moodle_and_canvas_import(klass):  # noqa: F811
    """A mark that still waits for its teacher is left empty; what is whole is a number."""
    (klass / "roster.csv").write_text(CANVAS, "utf-8-sig")
    marks(klass)
    heading = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "ps1 (9917)"]
    possible = ["    Points Possible", "", "", "", "", "100"]
    ana, bo = ["Ruiz, Ana", "2044", "0042", "ana", "History 1"], ["Lund, Bo", "2045", "", "bo"]
    assert lines(klass / "marks_canvas.csv") == [
        heading,
        possible,
        [*ana, ""],
        [*bo, "History 1", ""],
    ]
    text = f"student;set;question;points;comment;{ANSWER}\n42;ps1;q2;17,5;;\n"
    (klass / "by_hand.csv").write_text(text, "utf-8")
    take_in(klass)
    marks(klass)
    assert lines(klass / "marks_canvas.csv")[2] == [*ana, "57.5"]
    (klass / "roster.csv").write_text(MOODLE, "utf-8-sig")
    marks(klass)
    assert lines(klass / "marks_moodle.csv") == [
        ["First name", "Last name", "ID number", "Email address", "ps1"],
        ["Ana", "Ruiz", "0042", "ana@example.org", "57.5"],
        ["Bo", "Lund", "", "bo@example.org", ""],
    ]


def test_without_a_list_the_identifiers_are_imported(klass):  # noqa: F811
    marks(klass)
    assert lines(klass / "marks_canvas.csv")[2][:3] == ["0042", "", "0042"]
    assert lines(klass / "marks_moodle.csv")[1] == ["", "", "0042", "", ""]


MOODLE_OLDER = """First name;Surname;ID number;Email address;Quiz: x (Real);Last downloaded from this course
Ana;Ruiz;0042;ana@example.org;"9,50";1764323000
Bo;Lund;;bo@example.org;-;1764323000
"""
CANVAS_NEWER = """Student,ID,SIS User ID,SIS Login ID,Integration ID,Section,PS1: plans (9917),Current Score
,,,,,,Manual Posting,
    Points Possible,,,,,,100,(read only)
"Ruiz, Ana",2044,0042,ana,,"History 1, Mondays",,12
"Lund, Bo",2045,,bo,,History 1,,
"Student, Test",2046,,4a5e6c,,History 1,,
"""


@pytest.mark.parametrize("sample", [MOODLE, MOODLE_OLDER, CANVAS, CANVAS_NEWER])
def test_every_form_of_a_gradebook_lists_the_same_class(tmp_path, sample):
    (tmp_path / "roster.csv").write_text(sample, "utf-8-sig")
    rows = read_roster(tmp_path)
    assert [row["id"] for row in rows] == ["0042", "bo" if "SIS" in sample else "bo@example.org"]
    assert ["Ruiz" in row["name"] for row in rows] == [True, False]


def test_a_gradebook_without_identifiers_is_refused_in_a_line(tmp_path):
    (tmp_path / "roster.csv").write_text("First name,Last name\nAna,Ruiz\n", "utf-8")
    with pytest.raises(Trouble, match="heading id; it has first name, last name"):
        read_roster(tmp_path)


@pytest.mark.parametrize("sample", [CANVAS_NEWER, MOODLE_OLDER])
def test_what_is_written_for_import_has_the_form_of_what_was_exported(klass, sample):  # noqa: F811
    """Every column of ours that finds a student or a grade stands in theirs, with the same cells."""
    (klass / "roster.csv").write_text(sample, "utf-8-sig")
    marks(klass)
    canvas = "SIS" in sample
    theirs = list(csv.reader(sample.splitlines(), delimiter="," if canvas else ";"))
    written = lines(klass / f"marks_{'canvas' if canvas else 'moodle'}.csv")
    heading = ["Surname" if name == "Last name" else name for name in written[0]]
    if canvas:
        assert heading[-1].lower() == theirs[0][6].lower()  # its number finds the assignment
        assert written[1][0] == theirs[2][0] and written[1][-1] == theirs[2][6] == "100"
    for name in heading[:-1]:
        column = theirs[0].index(name)
        found = {row[column] for row in theirs[1:] if row[0] != "Student, Test"}
        assert {row[heading.index(name)] for row in written[1:]} <= found | {""}, name


def test_points_are_imported_with_a_point_whatever_the_tables_sign(klass):  # noqa: F811
    """by_hand.csv with semicolons makes marks.csv one with commas; Moodle and Canvas want points."""
    text = f"student;set;question;points;comment;{ANSWER}\n42;ps1;q2;17,5;;\n"
    (klass / "by_hand.csv").write_text(text, "utf-8")
    take_in(klass)
    assert marks(klass)["points"] == "57,5"
    assert lines(klass / "marks_moodle.csv")[1][-1] == "57.5"
    assert lines(klass / "marks_canvas.csv")[2][-1] == "57.5"
