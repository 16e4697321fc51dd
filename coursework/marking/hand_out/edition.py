"""The notebooks as pages that need neither Python nor a network: the HTML edition."""

import re

import nbformat
from nbconvert import HTMLExporter

ASKED = r"(?ms)^## A question for two\n(.*?)(?=^## |\Z)"
TEMPLATE = """{% extends 'classic/index.html.j2' %}
{% block input_group -%}
{%- if not cell.metadata.get('jupyter', {}).get('source_hidden') -%}{{ super() }}{%- endif -%}
{% endblock input_group %}
{% block output_group -%}
{%- if cell.metadata.get('jupyter', {}).get('outputs_hidden') -%}
<details><summary>What the cell shows (guess first)</summary>{{ super() }}</details>
{%- else -%}{{ super() }}{%- endif -%}
{% endblock output_group %}"""
"""What is folded in the notebook is folded on the page."""

STYLE = """<style>
summary { display: list-item; cursor: pointer; }
.highlight .ow { color: #7a1fa2; }
.rendered_html a { color: #23527c; }
div.output_subarea { max-width: none; }
pre { white-space: pre-wrap !important; overflow-wrap: anywhere; }
pre, div.output_subarea, div.text_cell_render { overflow: visible !important; }
</style>"""
"""Nbconvert's pale operators and links darker; nothing that scrolls by
itself, for a keyboard does not reach it: code is wrapped, wide tables widen the page."""


def page_of(path):
    """Return a notebook as one HTML page: descriptions with every picture, no scripts."""
    return page_from(nbformat.read(path, as_version=4), path.stem.replace("_", " "))


def questions_for_two(paths):
    """Return the lessons' questions for pairs, and what each answer reveals, as one HTML page."""
    texts = ["# Questions for two", "For a vote before two minutes' talk, and another after it."]
    for path in paths:
        prose = [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type[0] == "m"]
        asked = re.search(ASKED, "\n\n".join(prose))
        title = prose[0].partition("\n")[0].lstrip("# ")
        texts += [f"## {title}", asked[1]] if asked else []
    cell = nbformat.v4.new_markdown_cell("\n\n".join(texts))
    return page_from(nbformat.v4.new_notebook(cells=[cell]), "Questions for two")


def page_from(notebook, name):
    """Return a notebook as one HTML page called ``name``."""
    exporter = HTMLExporter(
        template_name="classic",
        raw_template=TEMPLATE,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    page, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": name}})
    page = re.sub(r"(?s)<script\b.*?</script>", "", page)
    page = page.replace("<th></th>", "<td></td>").replace("</head>", f"{STYLE}\n</head>", 1)
    return re.sub(r'(href="[\w./]*\b\d\d_\w+)\.ipynb"', r'\1.html"', page)
