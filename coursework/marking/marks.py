"""The marks of a class as a table that spreadsheets open."""

from pathlib import Path

from nbgrader.plugins import ExportPlugin

from coursework.marking.byhand import WHOLE, marked_by_tests, rows_typed
from coursework.marking.checking import read_roster
from coursework.marking.identify import folder_name
from coursework.marking.tables import separator_of, write_table

FIRST = ["student", "name", "set", "points", "of", "to mark by hand"]


class Marks(ExportPlugin):
    """nbgrader's export, with a column for each question and for what is still to be marked."""

    def export(self, gradebook):
        """Write ``self.to``: a row for each student and problem set.

        Also for those in the list of the class who handed in nothing, and for files that wait to
        be marked as a whole.
        """
        target = Path(self.to)
        names = {folder_name(row["id"]): row.get("name", "")
                 for row in read_roster(target.parent)}  # fmt: skip
        typed = rows_typed(target.parent)
        whole = {(student, name) for student, name, question in typed if question == WHOLE}
        students = {student.id for student in gradebook.students} | set(names)
        handed_in = {(one.student.id, assignment.name): one for assignment in gradebook.assignments
                     for one in assignment.submissions}  # fmt: skip
        sets = {name for _, name in [*handed_in, *whole]}
        of = {assignment.name: assignment.max_score for assignment in gradebook.assignments}
        rows = []
        for student, name in {(student, name) for student in students for name in sets
                              if name in of} | whole:  # fmt: skip
            row = {"student": student, "name": names.get(student, ""), "set": name,
                   "of": of.get(name, ""), "points": ""}  # fmt: skip
            if (student, name) in handed_in:
                tested = marked_by_tests(target.parent, student, name)
                row |= _marks(handed_in[student, name], tested)
            else:
                there = (student, name) in whole
                row["to mark by hand"] = WHOLE if there else "nothing was handed in"
            rows.append(row)
        questions = {name for row in rows for name in row} - set(FIRST)
        first = [name for name in FIRST if name != "name" or any(names.values())]
        columns = [*first, *sorted(questions, key=lambda name: (len(name), name))]
        rows.sort(key=lambda row: (row["set"], row["student"]))
        write_table(target, columns, rows, separator_of(target.parent / "by_hand.csv"))


def _marks(submission, tested):
    """Points of a submission; without those of its questions if it was not run."""
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    waiting = [grade.name.removesuffix("_test") for grade in grades if grade.needs_manual_grade]
    if not tested:
        points, waiting = ("", [WHOLE]) if waiting else (submission.score, [])
        return {"points": points, "to mark by hand": " ".join(waiting)}
    points = {grade.name.removesuffix("_test"): "" if grade.needs_manual_grade else grade.score
              for grade in grades}  # fmt: skip
    return {**points, "points": submission.score, "to mark by hand": " ".join(waiting)}
