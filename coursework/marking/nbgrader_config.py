"""What nbgrader is told when its commands run in the class folder."""

from pathlib import Path

from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, Execute

from coursework.marking.execution import LimitedExecute
from coursework.marking.pages import ClearAnswers, ScoresAndWaiting, clean_html

HERE = Path(__file__).resolve().parent

c = get_config()  # noqa: F821  nbgrader hands it over

c.ClearSolutions.code_stub = {"python": "# (your lines)"}
c.ClearSolutions.text_stub = "*Write your paragraph here, in place of this line.*"

c.GenerateAssignment.preprocessors = [
    ClearAnswers if step is ClearSolutions else step
    for step in GenerateAssignment.class_traits()["preprocessors"].default()
]
c.Autograde.autograde_preprocessors = [
    LimitedExecute if step is Execute else step
    for step in Autograde.class_traits()["autograde_preprocessors"].default()
]

c.HTMLExporter.template_name = "feedback_page"
c.HTMLExporter.extra_template_basedirs = [str(HERE)]
c.GenerateFeedback.preprocessors = [ScoresAndWaiting]
c.HTMLExporter.filters = {"clean_html": clean_html}
