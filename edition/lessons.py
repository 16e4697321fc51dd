"""A stored notebook, made ready to be a page: what it shows, and nothing that needs a kernel."""

import re

import nbformat

ASKED = re.compile(r"(?ms)^## A question for two\n(.*?)(?=^## |\Z)")
STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)
STILL = '<div class="glf-still">'
FOLDED = {  # what JupyterLab folds: what myst-nb then does
    "source_hidden": "remove-input",
    "outputs_hidden": "hide-output",
}


def lesson(path, live=()):
    """Return a notebook for myst-nb, its pictures described and its folds kept.

    Parameters
    ----------
    path : Path
        A notebook stored with its outputs.
    live : dict of str to str
        HTML of panels that move without a kernel, by the names that :func:`panels` gives.

    Returns
    -------
    nbformat.NotebookNode
    """
    notebook = nbformat.read(path, as_version=4)
    shown = _cells_of_panels(path, notebook)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            continue
        folded = cell.metadata.get("jupyter", {})
        cell.metadata["tags"] = [tag for name, tag in FOLDED.items() if folded.get(name)]
        cell.outputs = [output for output in cell.outputs if not _waits_for_a_kernel(output, cell)]
        for output in cell.outputs:
            _tidy(output, cell)
    for name, cell in shown.items():
        if name in live:
            moving = nbformat.v4.new_output("display_data", {"text/html": live[name]})
            cell.outputs.insert(0, moving)
    return notebook


def panels(path):
    """Return the cells that a panel of a lesson needs, by its name.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    dict of str to list of str
        Sources of the code cells up to the one that shows the panel.
    """
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return {
        name: [other.source for other in code[: code.index(cell) + 1]]
        for name, cell in _cells_of_panels(path, notebook).items()
    }


def question_for_two(path):
    """Return the title of a lesson and its question for pairs, with what each answer reveals.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    title, question : str
        Markdown.
    """
    cells = nbformat.read(path, as_version=4).cells
    prose = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return prose.partition("\n")[0].lstrip("# "), ASKED.search(prose)[1].strip()


def _cells_of_panels(path, notebook):
    """The cells that show a panel, by the number of the lesson and of the panel in it."""
    shown = [
        cell
        for cell in notebook.cells
        if any(STILL in _html(output) for output in cell.get("outputs", ()))
    ]
    return {f"panel-{path.name[:2]}-{n}": cell for n, cell in enumerate(shown, start=1)}


def _waits_for_a_kernel(output, cell):
    """Whether it is the line that stands where a panel would move."""
    has_still = any(STILL in _html(other) for other in cell.outputs)
    return has_still and set(output.get("data", {})) == {"text/plain"}


def _html(output):
    return output.get("data", {}).get("text/html", "")


def _tidy(output, cell):
    """Give a picture its description, and a table neither scripts nor styles nor empty heads."""
    data = output.get("data", {})
    if "image/png" in data:  # myst-nb reads the description of a picture from its cell
        alt = output.metadata["image/png"]["alt"]
        cell.metadata["mystnb"] = {"image": {"alt": alt.replace("\n", " ")}}
        output.metadata["image/png"] = {}
    if "text/html" in data:
        html = STYLE.sub("", data["text/html"]).replace("<th></th>", "<td></td>")
        data["text/html"] = html
