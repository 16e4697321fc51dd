"""A stored notebook, made ready to be a page: what it shows, and nothing that needs a kernel."""

import re

import nbformat
import numpy as np

from glf_utils.answers.asked import find
from glf_utils.answers.checker import in_brackets

ASKED = re.compile(r"(?ms)^## A question for two\n(.*?)(?=^## |\Z)")
ASKS = re.compile(r"(?:\w+ = \.\.\..*\s+)?(?:check|guess|guesses)\((?:\"(?P<id>[\d.]+)\")?[^\n]*\)")
HINTED = re.compile(r" \([^()]*`hint\(\"[\d.]+\"\)`[^()]*\)")
ANSWER = re.compile(r"(?s)<summary>Exercise (\d+\.\d+)</summary>.*?(?=</details>)")
HINTS = ("A hint", "A second hint", "A third hint")
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
    cells = []
    for cell in notebook.cells:
        cells.append(cell)
        if cell.cell_type == "markdown":
            cell.source = ANSWER.sub(_with_what_is_right, HINTED.sub("", cell.source))
            continue
        asks = ASKS.fullmatch(cell.source.strip())
        if asks:
            cell.outputs = []  # it waits for somebody who answers
        if asks and "check(" in cell.source:
            cells.append(nbformat.v4.new_markdown_cell(hints(asks["id"])))
        folded = cell.metadata.get("jupyter", {})
        cell.metadata["tags"] = [tag for name, tag in FOLDED.items() if folded.get(name)]
        cell.outputs = [output for output in cell.outputs if not _waits_for_a_kernel(output, cell)]
        for output in cell.outputs:
            _tidy(output, cell)
    for name, cell in shown.items():
        if name in live:
            moving = nbformat.v4.new_output("display_data", {"text/html": live[name]})
            cell.outputs.insert(0, moving)
    notebook.cells = cells
    return notebook


def hints(exercise_id):
    """Return the hints of an exercise, each folded within the one before.

    Parameters
    ----------
    exercise_id : str
        Such as ``"11.3"``.

    Returns
    -------
    str
        Markdown.
    """
    told = ""
    exercise = _exercise(exercise_id)
    for words, hint in reversed(list(zip(HINTS, exercise.hints, strict=True))):
        parts = [f"<details><summary>{words}</summary>", hint, told, "</details>"]
        told = "\n\n".join(filter(None, parts))
    return told


def right(exercise):
    """Return what is right in some three figures, or in four where that much is asked for.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    str
        A word, or numbers between commas.

    Examples
    --------
    >>> from glf_utils.answers import Exercise
    >>> right(Exercise("9.1", "jin", float, lambda: 13333.3, ()))
    '13,333'
    >>> right(Exercise("9.2", "change", float, lambda: -8.5366, ()))
    '−8.54'
    >>> right(Exercise("9.3", "shares", list, lambda: [0.25, 1 / 3], ()))
    '0.25, 0.333'
    """
    value = exercise.expected()
    if exercise.kind is str:
        return value
    figures = 3 if exercise.tolerance >= 0.01 else 4
    return ", ".join(_rounded(float(number), figures) for number in np.ravel(value))


def _rounded(number, figures):
    """A number with so many figures, and never fewer than its whole part has."""
    if float(f"{number:.{figures + 1}g}") == number:
        figures += 1  # 2.125 stays whole
    said = f"{number:,.0f}" if abs(number) >= 10**figures else f"{number:.{figures}g}"
    return said.replace("-", "\N{MINUS SIGN}")


def _with_what_is_right(fold):
    """An answer, and below it what its code gives and what is said to whoever finds it."""
    exercise = _exercise(fold[1])
    unit = in_brackets(exercise.unit)
    told = f"`{exercise.name}` is **{right(exercise)}**{unit}. {exercise.after}".strip()
    return f"{fold[0]}{told}\n\n"


def _exercise(exercise_id):
    exercise, why = find(exercise_id)
    if exercise is None:
        raise ValueError(why)
    return exercise


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
