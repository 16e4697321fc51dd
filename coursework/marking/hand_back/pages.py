"""What students get back from a teacher: whole files marked by hand, and words made harmless."""

from html import escape

import bleach
from nbconvert.filters import markdown2html

from coursework.marking.classroom import WHOLE
from coursework.marking.teacher import marked_by_tests, rows_typed

TAGS = (
    "a abbr b blockquote br code del details div em h1 h2 h3 h4 h5 h6 hr i li ol p pre s small "
    "span strong sub summary sup table tbody td th thead tr ul"
).split()  # what somebody's own words and outputs may hold
ATTRIBUTES = {"*": ["class", "id"], "a": ["href", "title"], "th": ["scope"]}

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}: feedback for {student}</title>
<style>body {{ font: 17px/1.5 Georgia, serif; margin: 0 auto; padding: 1.5rem; max-width: 46rem; }}
h1 {{ font: bold 1.6rem/1.25 Helvetica, Arial, sans-serif; }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; }}</style>
</head>
<body>
<main>
<h1>Problem set {number}: feedback for {student}</h1>
<p><strong>{points}</strong></p>
<p>Your file could not be marked by the tests; your teacher has read it.</p>
{comment}
</main>
</body>
</html>
"""


def clean_html(text):
    """Return HTML that was made of somebody's own words, with nothing in it that could run.

    nbconvert's filter of this name would print the tags of paragraphs and headings as text.

    Examples
    --------
    >>> clean_html("<p>So <em>much</em><script>x()</script></p>")
    '<p>So <em>much</em>&lt;script&gt;x()&lt;/script&gt;</p>'
    """
    return bleach.clean(str(text), tags=TAGS, attributes=ATTRIBUTES)


def write_whole_pages(class_folder):
    """Write a page for each file that no test could mark and the teacher has marked as a whole."""
    for (student, name, question), row in rows_typed(class_folder).items():
        points, comment = row.get("points", ""), row.get("comment", "")
        if question != WHOLE or not (points or comment) or not name.startswith("ps"):
            continue
        if student.startswith("(") or marked_by_tests(class_folder, student, name):
            continue
        folder = class_folder / "feedback" / student / name
        folder.mkdir(parents=True, exist_ok=True)
        said = f"{points.replace(',', '.')} of 100 points" if points else "No points yet"
        text = PAGE.format(
            student=escape(student),
            name=escape(name),
            number=escape(name[2:]),
            points=escape(said),
            comment=clean_html(markdown2html(comment)),
        )
        (folder / f"{name}.html").write_text(text, "utf-8")
