"""What students see: the set that is handed out, and the page that comes back."""

from nbgrader.preprocessors import ClearSolutions, GetGrades


class ClearAnswers(ClearSolutions):
    """nbgrader's clearing of solutions, except from the cell for the student's identifier."""

    def preprocess_cell(self, cell, resources, cell_index):
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "student":
            return cell, resources
        return super().preprocess_cell(cell, resources, cell_index)


class ScoresAndWaiting(GetGrades):
    """nbgrader's scores, and whether a question still waits for its teacher."""

    def _get_score(self, cell, resources):
        super()._get_score(cell, resources)
        told = cell.metadata.nbgrader
        grade = self.gradebook.find_grade(
            told.grade_id, self.notebook_id, self.assignment_id, self.student_id
        )
        told["waiting"] = bool(grade.needs_manual_grade)
