"""The scores and comments that a feedback page shows."""

from nbgrader.preprocessors import GetGrades


class ScoresAndWaiting(GetGrades):
    """nbgrader's scores, and whether a question still waits for its teacher."""

    def _get_score(self, cell, resources):
        super()._get_score(cell, resources)
        told = cell.metadata.nbgrader
        grade = self.gradebook.find_grade(
            told.grade_id, self.notebook_id, self.assignment_id, self.student_id
        )
        told["waiting"] = bool(grade.needs_manual_grade)
