"""What a teacher marks: a table to fill in, ``by_hand.csv``, and its way into nbgrader's gradebook.

A row is one question of one student. Points and comments that stand there are never overwritten;
a row added by the teacher for any other question overrides what a test gave. What is taken out of
the table is taken out of the gradebook.
"""

import os
import re
import shutil
import unicodedata

import nbformat
from nbgrader.api import Comment, Grade, Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.utils import determine_grade

from coursework.marking.classroom import (
    UNKNOWN,
    WAITS,
    WHOLE,
    Trouble,
    folder_name,
    path_of_programs,
    read_roster,
    read_table,
    separator_of,
    set_name,
    write_table,
)

COLUMNS = ["student", "set", "question", "of", "points", "comment", "why", "answer"]
NEEDED = ["student", "set", "question", "points", "comment"]
BLANK = dict.fromkeys(COLUMNS, "")
LONGEST = 3000  # characters of an answer; spreadsheets cut cells at 32,767
PICTURE = re.compile(r"data:[\w/+.-]+;base64,[^\s)\"'>]*")


def gradebook(class_folder):
    """Open nbgrader's gradebook of a class, as a context manager."""
    os.environ["PATH"] = path_of_programs()
    return Gradebook(f"sqlite:///{class_folder / 'gradebook.db'}")


# -- the table that a teacher fills in -----------------------------------------------------------


def list_by_hand(class_folder, unreadable=()):
    """Write ``by_hand.csv``: all written answers, and all that no test could mark.

    ``unreadable`` are rows for whole submissions. Returned are all rows of the table, and notes
    where points were typed for something else than is there now.
    """
    path = class_folder / "by_hand.csv"
    before, rows, notes = rows_typed(class_folder), {}, []
    for row in [*_waiting(class_folder), *unreadable]:
        place = key(row)
        if place not in before and _named_since(row, before.values()):
            continue
        typed = before.pop(place, BLANK)
        rows[place] = typed | row
        if typed["points"] and not _same(typed["answer"], row["answer"]):
            notes.append(
                f"{' '.join(place)}: the answer has changed since you gave it "
                f"{typed['points']} points."
            )
    for place, row in before.items():
        if _is_filled(row):
            rows[place] = row
            whole = place[2] == WHOLE and row["points"]
            if whole and marked_by_tests(class_folder, *place[:2]):
                notes.append(
                    f"{' '.join(place[:2])}: a file has been marked by tests since you "
                    "gave points for all. Yours count until you delete that row."
                )
    found = [rows[place] for place in sorted(rows, key=lambda k: (k[1], k[2], k[0]))]
    write_table(path, COLUMNS, found, separator_of(path), as_text=["student"])
    return found, notes


def is_open(class_folder, row):
    """Say whether a row of the table still waits for its teacher.

    Where tests have marked a submission that is to be looked at as a whole, a comment is enough:
    what they gave then stands.
    """
    student, name, question = key(row)
    looked = question == WHOLE and row["comment"]
    return not (row["points"] or looked and marked_by_tests(class_folder, student, name))


def unreadable(class_folder, failed):
    """Rows for whole submissions: files that check could not read, and those that did not run.

    Why these ``failed`` stands under their student and set. Who has another file marked has none.
    """
    files = read_table(class_folder / "check.csv")
    marked = {(row["student"], row["set"]) for row in files if row["status"] == "graded"}
    rows = []
    for row in files:
        if row["status"] == "by hand" and (row["student"], row["set"]) not in marked:
            student = row["student"] or f"{UNKNOWN}: {row['file']}"
            answer = f"{row['file']}: {row['notes']}"
            rows.append(_row(student, row["set"] or UNKNOWN, WHOLE, 100, "", answer))
    for (student, name), why in failed.items():
        rows.append(_row(student, name, WHOLE, 100, "", f"This could not be run: {why}."))
    return rows


def _row(student, problem_set, question, of, why, answer):
    """A row of the table before its teacher has filled in points and comment."""
    place = {"student": student, "set": problem_set, "question": question}
    return place | {"of": f"{of:g}", "why": why, "answer": answer}


def _to_look_at(class_folder):
    """Why graded files wait for the teacher's eye, by student, set and question."""
    found = {}
    for row in read_table(class_folder / "check.csv"):
        for line in row.get("look", "").splitlines() if row["status"] == "graded" else ():
            number, reason = re.fullmatch(r"(?:Question (\d+): )?(.*)", line).groups()
            place = row["student"], row["set"], f"q{number}" if number else WHOLE
            found.setdefault(place, [f"{row['file']}:"]).append(reason)
    return found


def _waiting(class_folder):
    """Rows for what waits: written answers, what no test could mark, what is to be looked at."""
    look = _to_look_at(class_folder)
    for path in sorted((class_folder / "autograded").glob("*/*/*.ipynb")):
        student, name = path.parts[-3:-1]
        where = path.relative_to(class_folder).as_posix()
        cells = nbformat.read(path, as_version=4).cells
        cells = [cell for cell in cells if "nbgrader" in cell.metadata]
        theirs = [cell for cell in cells if cell.metadata.nbgrader.solution]
        theirs = {cell.metadata.nbgrader.grade_id: cell.source for cell in theirs}
        of_all = 0
        for cell in cells:
            told = cell.metadata.nbgrader
            if not told.grade:
                continue
            question, of_all = told.grade_id.removesuffix("_test"), of_all + told.points
            said = [str(output.get("evalue")) for output in cell.get("outputs", ())]
            why = [words for words in said if words.endswith(WAITS)]
            why += look.get((student, name, question), [])
            if why or determine_grade(cell)[0] is None:
                answer = shown(theirs.get(question, ""), where)
                yield _row(student, name, question, told.points, " ".join(why), answer)
        if (student, name, WHOLE) in look:
            why = " ".join(look[student, name, WHOLE])
            yield _row(student, name, WHOLE, of_all, why, f"All of {where}")


def shown(answer, where):
    """Return a written answer as a table can bear it: no pictures, and not all of a long one."""
    answer = re.sub(r"^\*\*Your answer to question \d+\*\*( \([^)]*\))?\s*", "", answer)
    answer = PICTURE.sub(f"a picture, in {where}", answer)
    return answer if len(answer) <= LONGEST else f"{answer[:LONGEST]} … (the rest in {where})"


def _named_since(row, typed):
    """Say whether a teacher has written whose or which set a file is, and marked it."""
    if not row["student"].startswith(UNKNOWN) and row["set"] != UNKNOWN:
        return False
    return any(_same(row["answer"], other["answer"]) for other in typed if _is_filled(other))


def _same(one, other):
    """Say whether two answers have the same letters and digits, in whatever script."""
    one, other = (
        re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()
        for text in (one, other)
    )
    return one == other


# -- what has been typed -------------------------------------------------------------------------


def rows_typed(class_folder):
    """Return the rows of ``by_hand.csv`` by student, set and question; of two the lower counts."""
    found, known = {}, students(class_folder)
    for row in read_table(class_folder / "by_hand.csv", NEEDED):
        place = key(row, known)
        filled = {name: value for name, value in row.items() if value}
        filled |= dict(zip(COLUMNS[:3], place, strict=True))
        found[place] = found.get(place, BLANK) | filled
    return found


def key(row, known=None):
    """Student, set and question of a row, as a person or a spreadsheet may have altered them.

    Examples
    --------
    >>> key({"student": "42", "set": "PS4", "question": "Question 1"}, {"0042", "k7"})
    ('0042', 'ps4', 'q1')
    """
    student, name, question = (row[column] for column in COLUMNS[:3])
    if known is not None and student not in known and not student.startswith(UNKNOWN):
        bare = student.lstrip("0")  # spreadsheets take 0042 for a number
        alike = [one for one in known if bare.isdigit() and one.lstrip("0") == bare]
        same = folder_name(student)
        student = alike[0] if len(alike) == 1 and same not in known else same
    question = re.sub(r"(?i)^(question|q)?[ .]*(\d+)(_test)?$", r"q\2", question)
    return student, set_name(name), WHOLE if question.casefold() == WHOLE else question


def students(class_folder):
    """Names of the folders of all students: of the list of the class, and who handed in."""
    there = [*class_folder.glob("originals/*"), *class_folder.glob("submitted/*")]
    return {folder_name(row["id"]) for row in read_roster(class_folder)} | {
        path.name for path in there if path.is_dir()
    }


def marked_by_tests(class_folder, student, problem_set):
    """Say whether a submission has been run, so that it has marks by question."""
    return any((class_folder / "autograded" / student / problem_set).glob("*.ipynb"))


def _is_filled(row):
    return bool(row["points"] or row["comment"])


# -- its way into the gradebook ------------------------------------------------------------------


def take_in(class_folder):
    """Make the points and comments in the gradebook those of ``by_hand.csv``.

    Returned are sentences on rows that could not be used.
    """
    path = class_folder / "by_hand.csv"
    if not path.exists():
        return []
    rows, known = read_table(path, NEEDED), students(class_folder)
    complaints, seen, comments = _newer(path), {}, {}
    withdraw(class_folder)
    with gradebook(class_folder) as book:
        _forget(book, class_folder)
        for number, row in enumerate(rows, 2):
            place = key(row, known)
            try:
                _take(book, row, place, comments)
                if _is_filled(row) and seen.setdefault(place, number) != number:
                    raise Trouble(f"row {seen[place]} is for the same; what stands lower counts.")
                continue
            except MissingEntry:
                said = "nothing of this student and set was handed in; is the identifier right?"
            except Trouble as trouble:
                said = trouble
            complaints.append(f"by_hand.csv, row {number} ({' '.join(place)}): {said}")
        book.db.commit()
    return complaints


def withdraw(class_folder):
    """Take out the marks of submissions that are no longer there, neither handed in nor typed."""
    there = {path.parts[-2:] for path in class_folder.glob("submitted/*/*") if path.is_dir()}
    if not there:  # the folder as a whole is gone: that is a mishap
        return
    there |= {place[:2] for place in rows_typed(class_folder) if place[2] == WHOLE}
    with gradebook(class_folder) as book:
        marked = {(one.student.id, one.name) for one in book.db.query(SubmittedAssignment)}
        for student, name in marked - there:
            book.remove_submission(name, student)
            if not book.student_submissions(student):
                book.remove_student(student)
            for folder in ("autograded", "feedback"):
                shutil.rmtree(class_folder / folder / student / name, ignore_errors=True)


def _newer(path):
    """Say what else is called by_hand and newer: a workbook, a download under another name."""
    return [
        f"{other.name} is newer than {path.name} and is not read: save it as CSV under that name."
        for other in sorted(path.parent.glob("*by_hand*"))
        if other.is_file()
        and not other.name.startswith((".", "~"))
        and other.stat().st_mtime > path.stat().st_mtime
    ]


def _forget(book, class_folder):
    """Take out of the gradebook what was taken in before, and note what waits."""
    looked = {
        place
        for place, row in rows_typed(class_folder).items()
        if place[2] == WHOLE and _is_filled(row)
    }
    waiting = {key(row) for row in _waiting(class_folder)} - looked
    for grade in book.db.query(Grade):
        place = (grade.student.id, grade.assignment.name)
        lost = grade.auto_score is None or grade.auto_score < grade.max_score
        left = (*place, question_of(grade)) in waiting or lost and (*place, WHOLE) in waiting
        grade.manual_score = None
        grade.needs_manual_grade = left or grade.auto_score is None
    for comment in book.db.query(Comment):
        comment.manual_comment = None


def question_of(grade):
    """The question that an entry of the gradebook is for, such as ``q1``."""
    return grade.name.removesuffix("_test")


def _take(book, row, place, comments):
    """Put a row into the gradebook; ``comments`` keeps what each row said, by place of a page."""
    student, name, question = place
    if not _is_filled(row):
        return
    points, comment = _points(row["points"]), row["comment"]
    if not student or student.startswith(UNKNOWN):
        raise Trouble("write the student's identifier into the column student.")
    if name not in [assignment.name for assignment in book.assignments]:
        raise Trouble("write the problem set, such as ps1, into the column set.")
    if question == WHOLE:
        book.update_or_create_student(student)
        with book.db.no_autoflush:
            book.update_or_create_submission(name, student)
    notebooks = book.find_submission(name, student).notebooks
    grades = [grade for notebook in notebooks for grade in notebook.grades]
    grades = [grade for grade in grades if question in (WHOLE, question_of(grade))]
    most = sum(grade.max_score for grade in grades)
    if not grades:
        raise Trouble(f"there is no question {question!r} in {name}; write q1, for instance.")
    if points is not None and not 0 <= points <= most:
        raise Trouble(f"{points:g} points; it must be 0 to {most:g}.")
    for grade in grades if points is not None else ():
        grade.manual_score = points * grade.max_score / most
        grade.needs_manual_grade = False
    if comment:
        where = question if question != WHOLE else notebooks[0].comments[-1].name
        said = comments.setdefault((student, name, where), {})
        said[question] = comment
        entry = book.find_comment(where, notebooks[0].name, name, student)
        entry.manual_comment = "\n\n".join(said.values())


def _points(text):
    text = text.replace(",", ".")
    try:
        return float(text) if text else None
    except ValueError:
        raise Trouble(f"the points are {text!r}; write a number, or leave them empty.") from None
