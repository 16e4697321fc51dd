"""What a teacher marks: a table to fill in, ``by_hand.csv``, and its way into nbgrader's gradebook.

A row is one question of one student. Points and comments that stand there are never overwritten;
a row added by the teacher for any other question overrides what a test gave.
"""

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import determine_grade

from coursework.marking.commands import UNKNOWN, Trouble, read_table, write_table
from coursework.marking.execution import NO_MARK

COLUMNS = ["student", "set", "question", "of", "points", "comment", "answer"]
WHOLE = "all"
"""In place of a question: a whole submission that could not be run."""


def gradebook(class_folder):
    """Open nbgrader's gradebook of a class, as a context manager."""
    return Gradebook(f"sqlite:///{class_folder / 'gradebook.db'}")


def list_by_hand(class_folder, unreadable=()):
    """Write ``by_hand.csv``: all written answers, and all that no test could mark.

    Parameters
    ----------
    class_folder : Path
    unreadable : list of dict
        Whole submissions to mark by hand: student, set, and as answer where the file is and why.

    Returns
    -------
    list of dict
        The rows; those without points are still to be marked.
    """
    path = class_folder / "by_hand.csv"
    before = {key(row): row for row in read_table(path)} if path.exists() else {}
    rows = {}
    for row in [*_waiting(class_folder), *unreadable]:
        typed = before.pop(key(row), {})
        rows[key(row)] = {name: row.get(name) or typed.get(name, "") for name in COLUMNS}
    rows |= {name: row for name, row in before.items() if row.get("points") or row.get("comment")}
    found = [rows[name] for name in sorted(rows, key=lambda k: (k[1], k[2], k[0]))]
    write_table(path, COLUMNS, found)
    return found


def take_in(class_folder):
    """Write the points and comments of ``by_hand.csv`` into the gradebook.

    Returns
    -------
    list of str
        Rows that could not be used, and why, each a sentence.
    """
    path = class_folder / "by_hand.csv"
    rows = read_table(path) if path.exists() else []
    complaints = []
    with gradebook(class_folder) as book:
        for number, row in enumerate(rows, 2):
            try:
                _take(book, row)
            except (Trouble, MissingEntry) as problem:
                complaints.append(f"by_hand.csv, row {number} ({' '.join(key(row))}): {problem}")
        book.db.commit()
    return complaints


def key(row):
    """Student, set and question of a row."""
    parts = (row.get(name) or "" for name in ("student", "set", "question"))
    return tuple(part.strip().lstrip("'") for part in parts)


def _waiting(class_folder):
    """Rows for the answers that wait for a teacher."""
    for path in sorted((class_folder / "autograded").glob("*/*/*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        theirs = {cell.metadata.nbgrader.grade_id: cell.source for cell in cells
                  if cell.metadata.get("nbgrader", {}).get("solution")}  # fmt: skip
        for cell in cells:
            marked = cell.metadata.get("nbgrader", {})
            silent = any(output.get("evalue") == NO_MARK for output in cell.get("outputs", ()))
            if marked.get("grade") and (determine_grade(cell)[0] is None or silent):
                question = marked.grade_id.removesuffix("_test")
                yield {
                    "student": path.parts[-3], "set": path.parts[-2], "question": question,
                    "of": f"{marked.points:g}", "answer": theirs.get(question, ""),
                }  # fmt: skip


def _take(book, row):
    student, name, question = key(row)
    points = _points(row)
    if points is None and not (row.get("comment") or "").strip():
        return
    comment = (row.get("comment") or "").strip()
    if not student or student.startswith(UNKNOWN):
        raise Trouble("write the student's identifier into the column student.")
    if name not in [assignment.name for assignment in book.assignments]:
        raise Trouble("write the problem set, such as ps1, into the column set.")
    if question == WHOLE:
        book.update_or_create_student(student)
        with book.db.no_autoflush:
            submission = book.update_or_create_submission(name, student)
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    else:
        submission = book.find_submission(name, student)
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades
                  if grade.name.removesuffix("_test") == question]  # fmt: skip
    most = sum(grade.max_score for grade in grades)
    if not grades:
        raise Trouble(f"there is no question {question!r} in {name}.")
    if points is not None and not 0 <= points <= most:
        raise Trouble(f"{points:g} points; it must be 0 to {most:g}.")
    for grade in grades:
        if points is not None:
            grade.manual_score = points * grade.max_score / most
            grade.needs_manual_grade = False
    if comment:
        notebook = submission.notebooks[0]
        where = question if question != WHOLE else notebook.comments[-1].name
        book.find_comment(where, notebook.name, name, student).manual_comment = comment


def _points(row):
    text = (row.get("points") or "").strip().replace(",", ".")
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise Trouble(f"the points are {text!r}; write a number, or leave them empty.") from None
