"""What a teacher marks: a table to fill in, ``by_hand.csv``, and its way into nbgrader's gradebook.

A row is one question of one student. Points and comments that stand there are never overwritten;
a row added by the teacher for any other question overrides what a test gave. What is taken out of
the table is taken out of the gradebook.
"""

import os
import re
import shutil
import sys
import unicodedata
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import determine_grade

from coursework.marking.classroom import (
    UNKNOWN,
    WAITS,
    WHOLE,
    Trouble,
    folder_name,
    read_roster,
    read_table,
    separator_of,
    write_table,
)

COLUMNS = ["student", "set", "question", "of", "points", "comment", "answer"]
NEEDED = ["student", "set", "question", "points", "comment"]
LONGEST = 3000  # characters of an answer; spreadsheets cut cells at 32,767
PICTURE = re.compile(r"data:[\w/+.-]+;base64,[^\s)\"'>]*")


def gradebook(class_folder):
    """Open nbgrader's gradebook of a class, as a context manager."""
    ours, path = str(Path(sys.executable).parent), os.environ.get("PATH", "")
    if ours not in path.split(os.pathsep):  # to make one, nbgrader calls alembic by name
        os.environ["PATH"] = os.pathsep.join([ours, path])
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
    rows : list of dict
        Those without points are still to be marked.
    notes : list of str
        Where points were typed for something else than is there now.
    """
    path = class_folder / "by_hand.csv"
    before, notes = rows_typed(class_folder), []
    rows = {}
    for row in [*_waiting(class_folder), *unreadable]:
        place = key(row)
        if place not in before and _named_since(row, before.values()):
            continue
        typed = before.pop(place, {})
        rows[place] = {name: row.get(name) or typed.get(name, "") for name in COLUMNS}
        if typed.get("points") and not _same(typed.get("answer", ""), row["answer"]):
            notes.append(
                f"{' '.join(place)}: the answer has changed since you gave it "
                f"{typed['points']} points."
            )
    for place, row in before.items():
        if row.get("points") or row.get("comment"):
            rows[place] = row
            if place[2] == WHOLE and marked_by_tests(class_folder, *place[:2]):
                notes.append(
                    f"{' '.join(place[:2])}: a file has been marked by tests since you "
                    "gave points for all. Yours count until you delete that row."
                )
    found = [rows[place] for place in sorted(rows, key=lambda k: (k[1], k[2], k[0]))]
    write_table(path, COLUMNS, found, separator_of(path), as_text=["student"])
    return found, notes


def unreadable(class_folder, failed):
    """Rows for whole submissions: files that check could not read, and those that did not run.

    Parameters
    ----------
    class_folder : Path
    failed : dict of (str, str) to str
        Student and set of what did not run, and why.

    Returns
    -------
    list of dict
        A student of whom another file is marked has none.
    """
    path = class_folder / "check.csv"
    files = read_table(path) if path.exists() else []
    marked = {(row["student"], row["set"]) for row in files if row["status"] == "graded"}
    rows = [
        {
            "student": row["student"] or f"{UNKNOWN}: {row['file']}",
            "set": row["set"] or UNKNOWN,
            "answer": f"{row['file']}: {row['notes']}",
        }
        for row in files
        if row["status"] == "by hand" and (row["student"], row["set"]) not in marked
    ]
    rows += [
        {"student": student, "set": name, "answer": f"This could not be run: {why}."}
        for (student, name), why in failed.items()
    ]
    return [{**row, "question": WHOLE, "of": "100"} for row in rows]


def take_in(class_folder):
    """Make the points and comments in the gradebook those of ``by_hand.csv``.

    Returns
    -------
    list of str
        Rows that could not be used, and why, each a sentence.
    """
    path = class_folder / "by_hand.csv"
    if not path.exists():
        return []
    rows, known = read_table(path, NEEDED), students(class_folder)
    complaints, seen = _newer(path), {}
    withdraw(class_folder)
    waiting = {key(row) for row in _waiting(class_folder)}
    with gradebook(class_folder) as book:
        _forget(book, waiting)
        for number, row in enumerate(rows, 2):
            place = key(row, known)
            try:
                _take(book, row, place)
                if _is_filled(row) and seen.setdefault(place, number) != number:
                    raise Trouble(f"row {seen[place]} is for the same; what stands lower counts.")
            except MissingEntry:
                words = "nothing of this student and set was handed in; is the identifier right?"
                complaints.append(f"by_hand.csv, row {number} ({' '.join(place)}): {words}")
            except Trouble as problem:
                complaints.append(f"by_hand.csv, row {number} ({' '.join(place)}): {problem}")
        book.db.commit()
    return complaints


def withdraw(class_folder):
    """Take out the marks of submissions that are no longer there, neither handed in nor typed."""
    there = {path.parts[-2:] for path in class_folder.glob("submitted/*/*") if path.is_dir()}
    if not there:  # the folder as a whole is gone: that is a mishap
        return
    there |= {place[:2] for place in rows_typed(class_folder) if place[2] == WHOLE}
    with gradebook(class_folder) as book:
        marked = {
            (one.student.id, assignment.name)
            for assignment in book.assignments
            for one in assignment.submissions
        }
        for student, name in marked - there:
            book.remove_submission(name, student)
            if not book.student_submissions(student):
                book.remove_student(student)
            for folder in ("autograded", "feedback"):
                shutil.rmtree(class_folder / folder / student / name, ignore_errors=True)


def students(class_folder):
    """Names of the folders of all students: of the list of the class, and who handed in."""
    there = [*class_folder.glob("originals/*"), *class_folder.glob("submitted/*")]
    return {folder_name(row["id"]) for row in read_roster(class_folder)} | {
        path.name for path in there if path.is_dir()
    }


def marked_by_tests(class_folder, student, problem_set):
    """Say whether a submission has been run, so that it has marks by question."""
    return any((class_folder / "autograded" / student / problem_set).glob("*.ipynb"))


def rows_typed(class_folder):
    """Return the rows of ``by_hand.csv`` by student, set and question; of two the lower counts."""
    path, found = class_folder / "by_hand.csv", {}
    known = students(class_folder)
    for row in read_table(path, NEEDED) if path.exists() else ():
        place = key(row, known)
        filled = {name: value for name, value in row.items() if value}
        names = dict(zip(COLUMNS, place, strict=False))
        found[place] = {**found.get(place, {}), **filled, **names}
    return found


def key(row, known=None):
    """Student, set and question of a row, as a person or a spreadsheet may have altered them.

    Examples
    --------
    >>> key({"student": "42", "set": "PS4", "question": "Question 1"}, {"0042", "k7"})
    ('0042', 'ps4', 'q1')
    """
    student, name, question = ((row.get(column) or "").strip() for column in COLUMNS[:3])
    if known is not None and student not in known and not student.startswith(UNKNOWN):
        bare = student.lstrip("0")  # spreadsheets take 0042 for a number
        alike = [one for one in known if one == folder_name(student)] or [
            one for one in known if bare.isdigit() and one.lstrip("0") == bare
        ]
        student = alike[0] if len(alike) == 1 else folder_name(student)
    name = re.sub(r"(?i)^(problem set|ps)?[ _-]*(\d)$", r"ps\2", name)
    question = re.sub(r"(?i)^(question|q)?[ .]*(\d+)(_test)?$", r"q\2", question)
    return student, name, WHOLE if question.casefold() == WHOLE else question


def _named_since(row, typed):
    """Say whether a teacher has written whose or which set a file is, and marked it."""
    unknown = UNKNOWN in (row["student"][: len(UNKNOWN)], row["set"])
    filled = [other["answer"] for other in typed if other.get("answer") and _is_filled(other)]
    return unknown and any(_same(row["answer"], answer) for answer in filled)


def _same(one, other):
    """Say whether two answers have the same letters and digits, in whatever script.

    Examples
    --------
    >>> _same("«Größe»: 3", "größe – 3"), _same("大跃进", "饥荒")
    (True, False)
    """
    one, other = (
        re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()
        for text in (one, other)
    )
    return one == other


def shown(answer, where):
    """Return a written answer as a table can bear it: no pictures, and not all of a long one.

    Examples
    --------
    >>> shown("See ![it](data:image/png;base64,iVBORw0K).", "s1/ps1")
    'See ![it](a picture, in s1/ps1).'
    """
    answer = re.sub(r"^\*\*Your answer to question \d+\*\*( \([^)]*\))?\s*", "", answer)
    answer = PICTURE.sub(f"a picture, in {where}", answer)
    return answer if len(answer) <= LONGEST else f"{answer[:LONGEST]} … (the rest in {where})"


def _waiting(class_folder):
    """Rows for the answers that wait for a teacher."""
    for path in sorted((class_folder / "autograded").glob("*/*/*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        where = path.relative_to(class_folder).as_posix()
        theirs = {
            cell.metadata.nbgrader.grade_id: cell.source
            for cell in cells
            if cell.metadata.get("nbgrader", {}).get("solution")
        }
        for cell in cells:
            marked = cell.metadata.get("nbgrader", {})
            left = any(
                str(output.get("evalue")).endswith(WAITS) for output in cell.get("outputs", ())
            )
            if marked.get("grade") and (left or determine_grade(cell)[0] is None):
                question = marked.grade_id.removesuffix("_test")
                yield {
                    "student": path.parts[-3],
                    "set": path.parts[-2],
                    "question": question,
                    "of": f"{marked.points:g}",
                    "answer": shown(theirs.get(question, ""), where),
                }


def _newer(path):
    """Say what else is called by_hand and newer: a workbook, a download under another name."""
    others = [
        other
        for other in path.parent.glob("*by_hand*")
        if other != path and other.is_file() and not other.name.startswith((".", "~"))
    ]
    return [
        f"{other.name} is newer than {path.name} and is not read: save it as CSV under that name."
        for other in sorted(others)
        if other.stat().st_mtime > path.stat().st_mtime
    ]


def _forget(book, waiting):
    """Take out of the gradebook what was taken in before."""
    for assignment in book.assignments:
        for submission in assignment.submissions:
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    question = grade.name.removesuffix("_test")
                    left = (submission.student.id, assignment.name, question) in waiting
                    grade.manual_score = None
                    grade.needs_manual_grade = left or grade.auto_score is None
                for comment in notebook.comments:
                    comment.manual_comment = None


def _is_filled(row):
    return any((row.get(name) or "").strip() for name in ("points", "comment"))


def _take(book, row, place):
    student, name, question = place
    if not _is_filled(row):
        return
    points, comment = _points(row), (row.get("comment") or "").strip()
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
        grades = [
            grade
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.name.removesuffix("_test") == question
        ]
    most = sum(grade.max_score for grade in grades)
    if not grades:
        raise Trouble(f"there is no question {question!r} in {name}; write q1, for instance.")
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
