"""Every notebook is whole, ran in order, keeps the house rhythm, and its answers hold.

nbval runs the notebooks and compares their outputs (see pyproject.toml); here we look at what is
stored. Each check takes a notebook and returns what is wrong with it, in lines.
"""

import contextlib
import io
import re
from textwrap import fill

import nbformat
import pytest
from lesson_minutes import NOTEBOOKS
from lessons import Notebook

from glf_utils.answers.asked import exercises

# -- the checks ----------------------------------------------------------------------------------


def ran_in_order(notebook):
    counts = [cell.execution_count for cell in notebook.code]
    if counts != list(range(1, len(counts) + 1)):
        yield f"code cells were not run once each, in order: {counts}"
    for output in notebook.outputs:
        if output.output_type == "error":
            yield f"an error is stored: {output.ename}: {output.evalue}"
        if output.get("name") == "stderr":
            yield f"a warning is stored: {output.text.strip()[:80]}"


def is_light(notebook):
    size = len(nbformat.writes(notebook.node).encode())
    if size >= 1_000_000:
        yield f"{size / 1e6:.2f} MB, over 1 MB"


def tells_nothing_of_the_machine(notebook):
    def words(part):
        if isinstance(part, dict):
            for key, value in part.items():
                if key != "image/png":
                    yield from words(value)
        elif isinstance(part, list):
            for value in part:
                yield from words(value)
        elif isinstance(part, str) and not re.fullmatch(r"[A-Za-z0-9+/=\n]{400,}", part):
            yield part

    pattern = r"\b0x[0-9a-f]{6,}|(?<![\w.])/(?:home|Users|root|tmp|work|opt|var)/\S*|\b[A-Z]:\\\S+"
    for found in re.findall(pattern, "\n".join(words(notebook.outputs))):
        yield f"an output holds {found}"
    if any("execution" in cell.metadata for cell in notebook.node.cells):
        yield "cell timings are stored: run `python tools/refresh_notebooks.py`"


def opens_with_the_chain(notebook):
    first = notebook.node.cells[1]
    lit = re.findall(r'"(\w+)"', first.source)
    if not re.fullmatch(r"from glf_utils import chain\nchain\([^)]*\)", first.source):
        yield "the cell below the title does not show the chain"
    elif not lit and notebook.number != "00":
        yield "no link of the chain is lit"


def leaves_plumbing_to_the_package(notebook):
    banned = {
        r"\binteract\w*\(": "interact: use an explorer, which needs no Output widget",
        r"\bOutput\(": "an Output widget",
        r";\s*$": "a line that ends in ;",
        r"\bplt\b|matplotlib": "plotting: it belongs in the figures of the part",
        r"\.style\b": "a pandas Styler, whose ids change from run to run",
        r"^\s*[!%]": "a magic or shell command",
        r"https?://|urlopen|requests\.": "a download",
    }
    for cell in notebook.code:
        for pattern, why in banned.items():
            if re.search(pattern, cell.source, re.MULTILINE):
                yield f"{why} in: {cell.source.splitlines()[0]}"


def describes_its_figures(notebook):
    for cell in notebook.code:
        for place, output in enumerate(cell.outputs):
            if "image/png" not in output.get("data", {}):
                continue
            alt = output.metadata.get("image/png", {}).get("alt", "")
            following = cell.outputs[place + 1 : place + 2]
            caption = following[0].get("data", {}).get("text/plain", "") if following else ""
            title = caption.split("\n")[0]
            if len(fill(title, 72).splitlines()) > 2:
                yield f"a title has more than two lines and runs into the picture: {title}"
            if len(alt) < 40:
                yield f"a figure has no description: {cell.source.splitlines()[0]}"
            elif alt not in caption:
                yield f"no caption with the description follows: {cell.source.splitlines()[0]}"


def stores_no_widget(notebook):
    """A stored slider is shown dead; the still form stands in its place until the cell is run."""
    views = [o for o in notebook.outputs if any("widget" in kind for kind in o.get("data", {}))]
    if views or "widgets" in notebook.node.metadata:
        yield "a widget is stored: run `python tools/refresh_notebooks.py`"


def asks_what_the_package_checks(notebook):
    declared_here = exercises(int(notebook.number)).values()
    declared = {exercise.id: exercise.name for exercise in declared_here}
    source = "\n".join(cell.source for cell in notebook.code)
    asked = re.findall(r"^check\([\"']([\d.]+)[\"']\)", source, re.MULTILINE)
    if sorted(asked) != sorted(declared):
        yield f"it checks {sorted(asked)}, the package declares {sorted(declared)}"
    for exercise, name in declared.items():
        if not re.search(rf"^{name} = \.\.\.", source, re.MULTILINE):
            yield f"exercise {exercise} leaves no `{name} = ...` to fill in"
    said = "\n".join(output.text for output in notebook.outputs if output.output_type == "stream")
    for exercise in declared:
        if not re.search(rf"^{re.escape(exercise)}  not answered yet", said, re.MULTILINE):
            yield f"exercise {exercise} is not stored as unanswered"


def has_answers_that_pass(notebook):
    """Run what is not an exercise, then the folded answers, then every check."""
    names = {"__name__": "__main__"}
    declared_here = exercises(int(notebook.number)).values()
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in notebook.code:
            if not re.search(r"= \.\.\.|^(check|hint)\(", cell.source, re.MULTILINE):
                exec(compile(cell.source, notebook.path.name, "exec"), names)
        for block in notebook.answers:
            exec(compile(block, f"answers of {notebook.path.name}", "exec"), names)
    for exercise in declared_here:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(f"check({exercise.id!r})", names)
        if "  Right (" not in said.getvalue():
            yield f"the folded answer fails: {said.getvalue().strip()}"


def writes_no_tex(notebook):
    """Letters and words say it: the reading edition would print the TeX as it is written."""
    for found in re.findall(r"\$[^$\n]+\$", notebook.prose):
        yield f"a formula in TeX: {found}"


CHECKS = [
    writes_no_tex,
    ran_in_order,
    is_light,
    tells_nothing_of_the_machine,
    opens_with_the_chain,
    leaves_plumbing_to_the_package,
    describes_its_figures,
    stores_no_widget,
    asks_what_the_package_checks,
    has_answers_that_pass,
]


CASES = [
    pytest.param(path, check, id=f"{path.stem}-{check.__name__}")
    for path in NOTEBOOKS
    for check in CHECKS
]


@pytest.mark.parametrize("path, check", CASES)
def test_notebook(path, check):
    notebook = Notebook(path)
    nbformat.validate(notebook.node)
    wrong = list(check(notebook))
    assert not wrong, f"{path.name}:\n  " + "\n  ".join(wrong)


def test_the_sequence_is_there():
    numbers = [path.stem[:2] for path in NOTEBOOKS]
    assert (
        numbers
        == "00 11 12 13 14 21 22 23 24 25 31 32 33 34 41 42 43 44 45 46 47 51 52 53 54 55 56 57 61 62".split()
    )


# -- each check notices what it is for -----------------------------------------------------------


def first_figure(notebook):
    return next(output for output in notebook.outputs if "image/png" in output.get("data", {}))


def unrun(notebook):
    notebook.code[2].execution_count = None


def failed(notebook):
    error = nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=[])
    notebook.code[1].outputs.append(error)


def heavy(notebook):
    notebook.node.cells[0].source += "x" * 1_000_000


def addressed(notebook):
    text = "<Figure at 0x7f12aa34bb56>"
    notebook.code[0].outputs.append(nbformat.v4.new_output("stream", name="stdout", text=text))


def pathful(notebook):
    text = "read from /home/someone/data.csv"
    notebook.code[0].outputs.append(nbformat.v4.new_output("stream", name="stdout", text=text))


def unchained(notebook):
    notebook.code[0].source = "from glf_utils import chain\nchain()"


def plotted(notebook):
    notebook.code[0].source += "\nimport matplotlib.pyplot as plt"


def semicoloned(notebook):
    notebook.code[0].source += "\nx = 1;"


def undescribed(notebook):
    first_figure(notebook).metadata["image/png"]["alt"] = "A figure"


def longwinded(notebook):
    cell = next(cell for cell in notebook.code if first_figure(notebook) in cell.outputs)
    told = cell.outputs[cell.outputs.index(first_figure(notebook)) + 1].data
    told["text/plain"] = "a long title " * 12 + told["text/plain"]


def uncaptioned(notebook):
    cell = next(cell for cell in notebook.code if first_figure(notebook) in cell.outputs)
    del cell.outputs[cell.outputs.index(first_figure(notebook)) + 1]


def stateful(notebook):
    notebook.node.metadata["widgets"] = {}


def unasked(notebook):
    for cell in notebook.code:
        cell.source = re.sub(r"(?m)^check\(.*$", "", cell.source)


def misanswered(notebook):
    for cell in notebook.node.cells:
        if cell.cell_type == "markdown" and "<details" in cell.source:
            cell.source = re.sub(r"(?m)^(\w+) = .*$", r"\1 = -12345.678", cell.source)


def texed(notebook):
    notebook.node.cells[0].source += " A share of $\\lambda$."


DAMAGES = [
    (texed, writes_no_tex),
    (unrun, ran_in_order),
    (failed, ran_in_order),
    (heavy, is_light),
    (addressed, tells_nothing_of_the_machine),
    (pathful, tells_nothing_of_the_machine),
    (unchained, opens_with_the_chain),
    (plotted, leaves_plumbing_to_the_package),
    (semicoloned, leaves_plumbing_to_the_package),
    (undescribed, describes_its_figures),
    (longwinded, describes_its_figures),
    (uncaptioned, describes_its_figures),
    (stateful, stores_no_widget),
    (unasked, asks_what_the_package_checks),
    (misanswered, has_answers_that_pass),
]


@pytest.mark.parametrize("damage, check", DAMAGES, ids=lambda part: part.__name__)
def test_damage_is_noticed(damage, check):
    notebook = Notebook(next(path for path in NOTEBOOKS if path.stem.startswith("12")))
    damage(notebook)
    assert list(check(notebook))
