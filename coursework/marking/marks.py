"""The marks of a class as a table that spreadsheets open."""

from pathlib import Path

from nbgrader.plugins import ExportPlugin

from coursework.marking.commands import write_table

FIRST = ["student", "set", "points", "of", "to mark by hand"]


class Marks(ExportPlugin):
    """nbgrader's export, with a column for each question and for what is still to be marked."""

    def export(self, gradebook):
        """Write ``self.to``: a row for each student and problem set."""
        rows = [_row(student, assignment) for assignment in gradebook.assignments
                if assignment.num_submissions for student in gradebook.students]  # fmt: skip
        questions = {name for row in rows for name in row} - set(FIRST)
        columns = [*FIRST, *sorted(questions, key=lambda name: (len(name), name))]
        write_table(Path(self.to), columns, sorted(rows, key=lambda r: (r["set"], r["student"])))


def _row(student, assignment):
    handed_in = [one for one in student.submissions if one.assignment.name == assignment.name]
    row = {"student": student.id, "set": assignment.name, "of": assignment.max_score}
    if not handed_in:
        return {**row, "points": "", "to mark by hand": "nothing was handed in"}
    grades = [grade for notebook in handed_in[0].notebooks for grade in notebook.grades]
    waiting = []
    for grade in grades:
        question = grade.name.removesuffix("_test")
        row[question] = grade.score
        if grade.needs_manual_grade:
            row[question] = ""
            waiting.append(question)
    return {**row, "points": handed_in[0].score, "to mark by hand": " ".join(waiting)}
