"""What nbgrader is told when its commands run in the class folder, and our steps among its own."""

from pathlib import Path

from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, Execute, GetGrades

from coursework.marking.hand_back.pages import clean_html
from coursework.marking.run.execute import LimitedExecute


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


def with_ours(steps, theirs, ours):
    return [ours if step is theirs else step for step in steps.default()]


c = get_config()  # noqa: F821  nbgrader hands it over
c.ClearSolutions.code_stub = {"python": "# (your lines)"}
c.ClearSolutions.text_stub = "*Write your paragraph here, in place of this line.*"
c.GenerateAssignment.preprocessors = with_ours(
    GenerateAssignment.class_traits()["preprocessors"], ClearSolutions, ClearAnswers
)
c.Autograde.autograde_preprocessors = with_ours(
    Autograde.class_traits()["autograde_preprocessors"], Execute, LimitedExecute
)
c.GenerateFeedback.preprocessors = [ScoresAndWaiting]
c.HTMLExporter.template_name = "feedback_page"
c.HTMLExporter.extra_template_basedirs = [str(Path(__file__).parent / "hand_back")]
c.HTMLExporter.filters = {"clean_html": clean_html}
