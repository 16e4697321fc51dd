"""The marks of a class: a table for spreadsheets, and what Moodle and Canvas import."""

import re
from pathlib import Path

from nbgrader.api import SubmittedAssignment
from nbgrader.plugins import ExportPlugin

from coursework.marking.classroom import (
    UNKNOWN,
    WHOLE,
    folder_name,
    identifier_of,
    read_roster,
    separator_of,
    write_table,
)
from coursework.marking.teacher import marked_by_tests, question_of, rows_typed

FIRST = ["student", "name", "set", "points", "of", "to mark by hand"]
MOODLE = {  # headings, and what stands below them for a person of the list of the class
    "First name": lambda person: person.get("first name") or person["name"],
    "Last name": lambda person: person.get("last name", ""),
    "ID number": lambda person: "" if "@" in person["id"] else person["id"],
    "Email address": lambda person: person.get("email address", ""),
}
CANVAS = {
    "Student": lambda person: person["name"] or person["id"],
    "ID": lambda person: person.get("canvas id", ""),
    "SIS User ID": lambda person: person.get("sis user id", person["id"]),
    "SIS Login ID": lambda person: person.get("sis login id", ""),
    "Section": lambda person: person.get("section", ""),
}


class Marks(ExportPlugin):
    """nbgrader's export, with a column for each question and for what is still to be marked."""

    def export(self, gradebook):
        """Write ``self.to``, a row for each student and problem set, and the files for import."""
        target = Path(self.to)
        folder = target.parent
        people = {folder_name(row["id"]): row for row in read_roster(folder)}
        whole = {place[:2] for place in rows_typed(folder) if place[2] == WHOLE}
        submissions = gradebook.db.query(SubmittedAssignment)
        handed_in = {(one.student.id, one.name): one for one in submissions}
        of = {assignment.name: assignment.max_score for assignment in gradebook.assignments}
        there = whole | set(handed_in)
        sets = sorted({name for _, name in there} & set(of))
        students = {*people, *(student for student, _ in there)}
        nothing = dict.fromkeys(sets, "nothing was handed in")
        for name in sets:
            if any(one.startswith(UNKNOWN) and theirs in (name, UNKNOWN) for one, theirs in whole):
                nothing[name] = "a file that waits for its owner's name, see check.md, or nothing"
        rows = []
        for student, name in {(student, name) for student in students for name in sets} | whole:
            row = {"student": student, "set": name, "points": "", "of": of.get(name, "")}
            row["name"] = people.get(student, {}).get("name", "")
            if (student, name) in handed_in:
                tested = marked_by_tests(folder, student, name)
                row |= _marks(handed_in[student, name], tested)
            else:
                row["to mark by hand"] = WHOLE if (student, name) in whole else nothing[name]
            rows.append(row)
        rows.sort(key=lambda row: (row["set"], row["student"]))
        questions = {name for row in rows for name in row} - set(FIRST)
        first = [name for name in FIRST if name != "name" or any(row["name"] for row in rows)]
        columns = [*first, *sorted(questions, key=lambda name: (len(name), name))]
        write_table(target, columns, rows, separator_of(folder / "by_hand.csv"))
        write_for_import(target, people, rows, {name: of[name] for name in sets})


def _marks(submission, tested):
    """Points of a submission; without those of its questions if it was not run."""
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    waiting = [question_of(grade) for grade in grades if grade.needs_manual_grade]
    if not tested:
        points = "" if waiting else submission.score
        return {"points": points, "to mark by hand": WHOLE if waiting else ""}
    points = {
        question_of(grade): "" if grade.needs_manual_grade else grade.score for grade in grades
    }
    return {**points, "points": submission.score, "to mark by hand": " ".join(waiting)}


def write_for_import(target, people, rows, of):
    """Write the gradebooks that Moodle and Canvas import; a mark that is not whole stays empty.

    Moodle takes a column for each user field and grade item, which one maps by hand; Canvas wants
    its five columns first, finds students by its ID, else by SIS user ID or login, and reads the
    points possible from the row below the headings. The files lie beside ``marks.csv``, of which
    ``rows`` are; ``people`` are found by the names of their folders, ``of`` are full points.
    """
    whole = [row for row in rows if not row["to mark by hand"]]
    marks = {(row["student"], row["set"]): row["points"] for row in whole}
    theirs = sorted({heading for person in people.values() for heading in person})
    items = {}  # an assignment's name in Canvas has its number there
    for name in of:
        found = (one for one in theirs if re.fullmatch(rf"{name}\b.*\(\d+\)", one))
        items[name] = next(found, name)
    possible = {"Student": "    Points Possible"} | {items[name]: of[name] for name in of}
    students = {row["student"] for row in rows if not row["student"].startswith(UNKNOWN)}
    for program, headings, columns, lines in (
        ("moodle", MOODLE, {name: name for name in of}, []),
        ("canvas", CANVAS, items, [possible]),
    ):
        for student in sorted(students):
            person = people.get(student, {"id": identifier_of(student), "name": ""})
            line = {heading: of_person(person) for heading, of_person in headings.items()}
            points = {columns[name]: marks.get((student, name), "") for name in of}
            lines.append(line | points)
        path = target.with_name(f"marks_{program}.csv")
        write_table(path, [*headings, *columns.values()], lines, encoding="utf-8")
