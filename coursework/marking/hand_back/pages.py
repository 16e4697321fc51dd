"""What students get back from a teacher: whole files marked by hand, and words made harmless."""

from pathlib import Path

import bleach
from jinja2 import Template
from nbconvert.filters import markdown2html

from coursework.marking.classroom import UNKNOWN, WHOLE
from coursework.marking.teacher import marked_by_tests, rows_typed

TAGS = (
    "a abbr b blockquote br code del details div em h1 h2 h3 h4 h5 h6 hr i li ol p pre s small "
    "span strong sub summary sup table tbody td th thead tr ul"
).split()  # what somebody's own words and outputs may hold
ATTRIBUTES = {"*": ["class", "id"], "a": ["href", "title"], "th": ["scope"]}

PAGE = Path(__file__).with_name("feedback_page") / "whole.html.j2"


def clean_html(text):
    """Return HTML that was made of somebody's own words, with nothing in it that could run.

    nbconvert's filter of this name would print the tags of paragraphs and headings as text.
    """
    return bleach.clean(str(text), tags=TAGS, attributes=ATTRIBUTES)


def write_whole_pages(class_folder):
    """Write a page for each file that no test could mark and the teacher has marked as a whole."""
    page = Template(PAGE.read_text("utf-8"), autoescape=True)
    for (student, name, question), row in rows_typed(class_folder).items():
        points, comment = row["points"], row["comment"]
        if question != WHOLE or not (points or comment) or not name.startswith("ps"):
            continue
        if student.startswith(UNKNOWN) or marked_by_tests(class_folder, student, name):
            continue
        said = f"{points.replace(',', '.')} of 100 points" if points else "No points yet"
        comment = clean_html(markdown2html(comment))
        text = page.render(student=student, name=name, said=said, comment=comment)
        target = class_folder / "feedback" / student / name / f"{name}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
