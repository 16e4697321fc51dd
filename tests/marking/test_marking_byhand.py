"""What a teacher types: tables in any spreadsheet's form, and their way into the gradebook."""

import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from coursework.marking.__main__ import main
from coursework.marking.classroom import ANSWER, Trouble, read_table, write_table
from coursework.marking.hand_back import pages
from coursework.marking.hand_back.marks import Marks
from coursework.marking.teacher import gradebook, list_by_hand, take_in, withdraw

PARAGRAPH = "- It was the harvest; the state took more."


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """A class of one student, 0042, whose ps1 has a tested question and a written one."""
    folder = tmp_path_factory.mktemp("class")
    with gradebook(folder) as book:
        book.add_assignment("ps1")
        book.add_notebook("set", "ps1")
        for name, points, kind in (("q1_test", 80, "code"), ("q2", 20, "markdown")):
            book.add_grade_cell(name, "set", "ps1", max_score=points, cell_type=kind)
            book.add_solution_cell(name.removesuffix("_test"), "set", "ps1")
        book.add_student("0042")
        with book.db.no_autoflush:
            book.add_submission("ps1", "0042")
        tested, written = (
            book.find_grade(name, "set", "ps1", "0042") for name in ("q1_test", "q2")
        )
        tested.auto_score, tested.needs_manual_grade = 40, False
        written.auto_score, written.needs_manual_grade = None, True
        book.db.commit()
    answer(folder, PARAGRAPH)
    for name in ("originals", "submitted"):
        (folder / name / "0042/ps1").mkdir(parents=True)
    return folder


@pytest.fixture
def klass(example, tmp_path):
    return shutil.copytree(example, tmp_path / "class")


def answer(klass, words):
    """Let the student's paragraph be these words."""

    def marked(name, **more):
        return {"nbgrader": {"grade_id": name, "grade": True, "schema_version": 3, **more}}

    test = new_code_cell("award()", metadata=marked("q1_test", points=80, solution=False))
    test.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "40.0"})]
    text = "**Your answer to question 2** (about 150 words)\n\n" + words
    written = new_markdown_cell(text, metadata=marked("q2", points=20, solution=True))
    path = klass / "autograded/0042/ps1/set.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=[test, written]), path)


def save(klass, rows, separator=",", encoding="utf-8"):
    """Save by_hand.csv as a spreadsheet would: student, set, question, points, comment, answer."""
    lines = [f"student,set,question,points,comment,{ANSWER}", *rows]
    heading, *rows = (line.replace(",", separator) for line in lines)
    text = "\r\n".join([heading, *(row.replace("·", ",") for row in rows)])
    (klass / "by_hand.csv").write_bytes(text.encode(encoding, "replace"))


def marks(klass):
    """The only row of marks.csv, or the row of each student."""
    exporter = Marks()
    exporter.to = str(klass / "marks.csv")
    with gradebook(klass) as book:
        exporter.export(book)
    rows = read_table(klass / "marks.csv")
    return rows[0] if len(rows) == 1 else {row["student"]: row for row in rows}


def comment(klass, question):
    with gradebook(klass) as book:
        return book.find_comment(question, "set", "ps1", "0042").comment


def test_the_answer_is_listed_without_the_line_above_it(klass):
    rows, notes = list_by_hand(klass)
    assert [(row["question"], row["answer"]) for row in rows] == [("q2", PARAGRAPH)] and not notes
    assert "'- It was" in (klass / "by_hand.csv").read_text("utf-8-sig")  # no formula
    assert read_table(klass / "by_hand.csv")[0]["answer"] == PARAGRAPH


def test_points_typed_in_a_spreadsheet_that_takes_0042_for_a_number(klass):
    save(klass, ["42,PS1,q2,17·5,- Größe: which?,x", "42,1,Question 1,60,Rounded,"], ";", "cp1252")
    assert take_in(klass) == []
    row = marks(klass)
    assert (row["student"], row["points"], row["q1"], row["q2"]) == ("0042", "77,5", "60", "17,5")
    assert comment(klass, "q1") == "Rounded" and comment(klass, "q2") == "- Größe: which?"


def test_what_is_typed_outlives_grading_in_the_form_it_was_saved_in(klass):
    save(klass, ["42,ps1,q2,17·5,- Größe: which?," + f'"{PARAGRAPH}"'], ";", "cp1252")
    for _ in range(2):
        rows, notes = list_by_hand(klass)
        assert [(row["student"], row["points"], row["comment"]) for row in rows] == [
            ("0042", "17,5", "- Größe: which?")
        ] and not notes
    assert (klass / "by_hand.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent;set;")


def test_points_taken_out_of_the_table_are_taken_back(klass):
    save(klass, ["0042,ps1,q1,60,Rounded,", "0042,ps1,q2,15,Good,"])
    take_in(klass)
    save(klass, ["0042,ps1,q2,,,"])
    take_in(klass)
    row = marks(klass)
    assert (row["points"], row["q1"], row["to mark by hand"]) == ("40", "40", "q2")
    assert comment(klass, "q1") is None and comment(klass, "q2") is None


def test_a_comment_on_the_whole_stands_beside_one_on_the_question(klass):
    both = ["0042,ps1,q2,15,On the paragraph.,", "0042,ps1,all,,On the set.,"]
    for rows in (both, both[::-1]):
        save(klass, rows)
        assert take_in(klass) == []
        said = comment(klass, "q2")
        assert "On the paragraph." in said and "On the set." in said


def test_an_answer_that_changed_after_it_was_marked_is_said(klass):
    save(klass, ["0042,ps1,q2,15,Good," + PARAGRAPH])
    assert list_by_hand(klass)[1] == []
    answer(klass, "It was the weather.")
    assert "0042 ps1 q2: the answer has changed since you gave it 15" in list_by_hand(klass)[1][0]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["0042,ps1,q2,8/20,,"], "row 2 (0042 ps1 q2): the points are '8/20'; write a number"),
        (["0042,ps1,q2,21,,"], "must be 0 to 20"),
        (["0042,ps1,q9,1,,"], "write q1, for instance"),
        (["77,ps1,q2,1,,"], "is the identifier right?"),
        (["0042,ps7,q2,1,,"], "such as ps1"),
        (["0042,ps1,q2,1,,", "42,ps1,q2,2,,"], "row 3 (0042 ps1 q2): row 2 is for the same"),
    ],
)
def test_rows_that_cannot_be_used_are_said(klass, rows, said):
    save(klass, rows)
    complaints = take_in(klass)
    assert len(complaints) == 1 and said in complaints[0]


@pytest.mark.parametrize("data", [b"PK\x03\x04 a workbook", b"points\r\n3\r\n", b""])
def test_a_table_that_cannot_be_read_is_refused_and_kept(klass, data):
    save(klass, ["0042,ps1,q2,15,Good,"])
    take_in(klass)
    (klass / "by_hand.csv").write_bytes(data)
    for command in (list_by_hand, take_in):
        with pytest.raises(Trouble, match="save it as CSV|needs a column"):
            command(klass)
    assert (klass / "by_hand.csv").read_bytes() == data


def test_a_workbook_saved_beside_the_table_is_said(klass):
    save(klass, ["0042,ps1,q2,15,,"], "\t", "utf-16")
    assert take_in(klass) == [] and marks(klass)["q2"] == "15"
    (klass / "by_hand.xlsx").write_bytes(b"PK")
    assert "by_hand.xlsx is newer than by_hand.csv and is not read" in take_in(klass)[0]


def test_a_table_that_is_open_elsewhere_is_said(tmp_path, monkeypatch):
    def locked(self, target):
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr("pathlib.Path.replace", locked)
    with pytest.raises(Trouble, match="close the program"):
        write_table(tmp_path / "marks.csv", ["a"], [])


def test_marks_list_the_whole_class_and_what_waits(klass):
    (klass / "roster.csv").write_text("ID,Name\n0042,One\nk2,Two\nk3,Three\n", "utf-8")
    waiting = {"student": "k2", "set": "ps1", "question": "all", "of": "100", "answer": "x.pdf"}
    unknown = {**waiting, "student": "(unknown): y.pdf", "answer": "y.pdf"}
    list_by_hand(klass, [waiting, unknown])
    rows = marks(klass)
    assert {student: row["to mark by hand"] for student, row in rows.items()} == {
        "0042": "q2",
        "k2": "all",
        "k3": "a file that waits for its owner's name, see check.md, or nothing",
        "(unknown): y.pdf": "all",
    }
    assert rows["k2"]["name"] == "Two"


def test_a_file_marked_as_a_whole_gets_a_page_and_counts_once(klass):
    unknown = {
        "student": "(unknown): x.pdf",
        "set": "(unknown)",
        "question": "all",
        "of": "100",
        "answer": "x.pdf: The file is a PDF, not a notebook.",
    }
    list_by_hand(klass, [unknown])
    said = unknown["answer"].replace(",", "·")
    save(klass, [" K 2 ,ps1,all,40·5,*Well* argued <here>.," + said], ";")
    assert take_in(klass) == []
    assert [row["student"] for row in list_by_hand(klass, [unknown])[0]] == ["k2", "0042"]
    row = marks(klass)["k2"]
    assert (row["points"], row["q1"], row["to mark by hand"]) == ("40,5", "", "")
    pages.write_whole_pages(klass)
    told = (klass / "feedback/k2/ps1/ps1.html").read_text("utf-8")
    assert "40.5 of 100 points" in told and "<em>Well</em> argued" in told
    (klass / "autograded/k2/ps1").mkdir(parents=True)
    (klass / "autograded/k2/ps1/set.ipynb").write_bytes(
        (klass / "autograded/0042/ps1/set.ipynb").read_bytes()
    )
    assert "k2 ps1: a file has been marked by tests since" in list_by_hand(klass)[1][0]


def test_one_unknown_file_marked_does_not_hide_another(klass):
    """Their words are in Chinese; only letters from A to Z were once compared."""
    files = [
        {"student": f"(unknown): {name}", "set": "(unknown)", "question": "all", "answer": name}
        for name in ("大跃进.docx", "饥荒.docx")
    ]
    save(klass, ["k2,ps1,all,40,," + files[0]["answer"]])
    listed = {row["answer"]: row["student"] for row in list_by_hand(klass, files)[0]}
    assert listed["饥荒.docx"] == "(unknown): 饥荒.docx" and listed["大跃进.docx"] == "k2"


def test_who_is_no_longer_among_those_handed_in_has_no_marks(klass):
    shutil.rmtree(klass / "submitted/0042/ps1")
    withdraw(klass)
    assert (klass / "autograded/0042/ps1").exists()  # nobody is there: a mishap
    (klass / "submitted/k2/ps1").mkdir(parents=True)
    withdraw(klass)
    assert not (klass / "autograded/0042/ps1").exists()
    with gradebook(klass) as book:
        assert book.students == []


def test_a_student_written_by_mistake_does_not_stay(klass):
    save(klass, ["k3,ps1,all,40,,x.pdf"])
    take_in(klass)
    save(klass, ["k2,ps1,all,40,,x.pdf"])
    take_in(klass)
    assert set(marks(klass)) == {"0042", "k2"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("chek", "invalid choice: 'chek'"),
        ("check My Inbox", "quotation marks"),
        ("grade --agian", "arguments: --agian"),
        ("grade inbox", "grade reads no folder"),
        ("check", "Say which folder"),
        ("check nowhere", "There is no .*nowhere"),
        ("grade --set 7", "no problem set 'ps7'"),
        ("grade --set PS1", "is empty: first say where"),
        ("feedback", "Nothing has been marked yet"),
    ],
)
def test_a_slip_in_a_command_is_answered_in_a_line_or_two(tmp_path, words, said):
    (tmp_path / "release").mkdir()
    with pytest.raises(Trouble, match=said):
        main([*words.split(), "--class", str(tmp_path)])


def test_a_line_separator_in_a_pasted_paragraph_does_not_cut_the_row(tmp_path):
    pasted = "One line.\u2028Another\x0cand\x85a third"
    write_table(tmp_path / "t.csv", ["student", "answer"], [{"student": "s1", "answer": pasted}])
    assert read_table(tmp_path / "t.csv") == [{"student": "s1", "answer": pasted}]
