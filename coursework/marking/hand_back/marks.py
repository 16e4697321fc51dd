"""The marks of a class: a table for spreadsheets, and what Moodle and Canvas import."""

import re
from pathlib import Path

from nbgrader.plugins import ExportPlugin

from coursework.marking.classroom import (
    WHOLE,
    folder_name,
    identifier_of,
    read_roster,
    separator_of,
    write_table,
)
from coursework.marking.teacher import marked_by_tests, rows_typed

FIRST = ["student", "name", "set", "points", "of", "to mark by hand"]
MOODLE = ["First name", "Last name", "ID number", "Email address"]
CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]


class Marks(ExportPlugin):
    """nbgrader's export, with a column for each question and for what is still to be marked."""

    def export(self, gradebook):
        """Write ``self.to``, a row for each student and problem set, and the files for import.

        Parameters
        ----------
        gradebook : nbgrader.api.Gradebook
        """
        target = Path(self.to)
        people = {folder_name(row["id"]): row for row in read_roster(target.parent)}
        typed = {
            place: row for place, row in rows_typed(target.parent).items() if place[2] == WHOLE
        }
        whole = {place[:2] for place in typed}
        handed_in = {
            (one.student.id, assignment.name): one
            for assignment in gradebook.assignments
            for one in assignment.submissions
        }
        of = {assignment.name: assignment.max_score for assignment in gradebook.assignments}
        sets = {name for _, name in [*handed_in, *whole]} & set(of)
        students = {*people, *(student for student, _ in [*handed_in, *whole])}
        rows = []
        for student, name in {(s, name) for s in students for name in sets} | whole:
            row = {
                "student": student,
                "name": people.get(student, {}).get("name", ""),
                "set": name,
                "of": of.get(name, ""),
                "points": "",
            }
            if (student, name) in handed_in:
                tested = marked_by_tests(target.parent, student, name)
                row |= _marks(handed_in[student, name], tested)
            else:
                there = (student, name) in whole
                row["to mark by hand"] = WHOLE if there else "nothing was handed in"
            rows.append(row)
        questions = {name for row in rows for name in row} - set(FIRST)
        first = [name for name in FIRST if name != "name" or any(row["name"] for row in rows)]
        columns = [*first, *sorted(questions, key=lambda name: (len(name), name))]
        rows.sort(key=lambda row: (row["set"], row["student"]))
        write_table(target, columns, rows, separator_of(target.parent / "by_hand.csv"))
        write_for_import(target, people, rows, {name: of[name] for name in sorted(sets)})


def _marks(submission, tested):
    """Points of a submission; without those of its questions if it was not run."""
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    waiting = [grade.name.removesuffix("_test") for grade in grades if grade.needs_manual_grade]
    if not tested:
        points, waiting = ("", [WHOLE]) if waiting else (submission.score, [])
        return {"points": points, "to mark by hand": " ".join(waiting)}
    points = {
        grade.name.removesuffix("_test"): "" if grade.needs_manual_grade else grade.score
        for grade in grades
    }
    return {**points, "points": submission.score, "to mark by hand": " ".join(waiting)}


def write_for_import(target, people, rows, of):
    """Write the gradebooks that Moodle and Canvas import; a mark that is not whole stays empty.

    Moodle takes a column for each user field and grade item, which one maps by hand; Canvas wants
    its five columns first, finds students by its ID, else by SIS user ID or login, and reads the
    points possible from the row below the headings.

    Parameters
    ----------
    target : Path
        ``marks.csv``; the files come beside it.
    people : dict of str to dict
        Rows of the list of the class, by the name of the student's folder.
    rows : list of dict
        Those of ``marks.csv``.
    of : dict of str to float
        Full points of each problem set.
    """
    marks = {
        (row["student"], row["set"]): row["points"] for row in rows if not row["to mark by hand"]
    }
    moodle, canvas = [], [{"Student": "    Points Possible"}]
    there = {heading for person in people.values() for heading in person if heading}
    items = {
        name: next(
            (heading for heading in sorted(there) if re.fullmatch(rf"{name}\b.*\(\d+\)", heading)),
            name,
        )
        for name in of
    }
    for name in of:
        canvas[0][items[name]] = of[name]
    for student in sorted({row["student"] for row in rows if not row["student"].startswith("(")}):
        person = people.get(student, {"id": identifier_of(student), "name": ""})
        points = {name: marks.get((student, name), "") for name in of}
        first, last = (person.get(f"{which} name", "") for which in ("first", "last"))
        number = "" if "@" in person["id"] else person["id"]
        moodle.append(
            points
            | {
                "First name": first or person["name"],
                "Last name": last,
                "ID number": number,
                "Email address": person.get("email address", ""),
            }
        )
        canvas.append(
            {items[name]: points[name] for name in of}
            | {
                "Student": person["name"] or person["id"],
                "ID": person.get("canvas id", ""),
                "SIS User ID": person.get("sis user id", person["id"]),
                "SIS Login ID": person.get("sis login id", ""),
                "Section": person.get("section", ""),
            }
        )
    beside = {"moodle": ([*MOODLE, *of], moodle), "canvas": ([*CANVAS, *items.values()], canvas)}
    for name, (columns, lines) in beside.items():
        write_table(target.with_name(f"marks_{name}.csv"), columns, lines, encoding="utf-8")
