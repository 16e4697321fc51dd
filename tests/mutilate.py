"""Damage done to submissions, from a seed: what students, editors and disks do to a notebook."""

import copy
import io
import json
import random
import re
import zipfile

from problem_sets import SOURCES, ProblemSet, _drawing, _run_cell

STUDENT = "s2468"
TEXT_STUB = "*Write your paragraph here, in place of this line.*"
PARAGRAPH = (
    "The yearbook's series counts raw grain and the other one trade grain, so that the two cannot "
    "be subtracted before one is converted; whoever recorded them gained by a high figure.\n\n"
    "A village that weighed in April says little about a province, and nothing about the births "
    "that did not happen; for that one would need the register of 1957 beside that of 1962."
)


def released(problems):
    """A problem set as students get it, cut here so that no test needs nbgrader."""
    notebook = json.loads(problems.path.read_text("utf-8"))
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        stub = "# (your lines)" if cell["cell_type"] == "code" else TEXT_STUB
        source = re.sub(r"(?ms)^### BEGIN SOLUTION\n.*?^### END SOLUTION$", stub, source)
        source = re.sub(r"(?ms)^### BEGIN HIDDEN TESTS\n.*?^### END HIDDEN TESTS\n?", "", source)
        cell["source"] = source.rstrip("\n").splitlines(keepends=True)
        cell["metadata"]["nbgrader"]["checksum"] = "0" * 32
    return notebook


def solution(problems, grade_id):
    """The lines that a student might have written who knows the answer."""
    inside = re.search(
        r"(?ms)^### BEGIN SOLUTION\n(.*?)\n### END SOLUTION$", problems.by_id[grade_id]
    )
    return inside.group(1)


def submission(problems, answers, paragraph=PARAGRAPH, helper=False):
    """A submission with the code given in the answers' cells.

    ``helper`` puts the first line of each answer of several lines into a cell of its own above.
    """
    notebook, cells = released(problems), []
    for cell in notebook["cells"]:
        grade_id, source = problems.nbgrader(cell)["grade_id"], "".join(cell["source"])
        cell["source"] = source
        if grade_id == "student":
            cell["source"] = f'student = "{STUDENT}"'
        elif grade_id in answers:
            lines = answers[grade_id].strip("\n").split("\n")
            splits = helper and len(lines) > 1 and not lines[1].startswith((" ", ")", "]"))
            if splits and not lines[0].endswith((":", "(", "[", ",")):
                cells.append(
                    {
                        "cell_type": "code",
                        "id": f"x{len(cells)}",
                        "metadata": {},
                        "source": lines.pop(0),
                        "outputs": [],
                        "execution_count": None,
                    }
                )
            cell["source"] = source.replace("# (your lines)", "\n".join(lines))
        elif cell["cell_type"] == "markdown" and problems.nbgrader(cell)["solution"]:
            cell["source"] = source.replace(TEXT_STUB, paragraph or TEXT_STUB)
        cells.append(cell)
    notebook["cells"] = cells
    return notebook


def problem_sets():
    return [ProblemSet(path) for path in SOURCES]


MARKS = {}


def marks(problems, notebook):
    """Points by question of a notebook that has been rebuilt, with the hidden tests put back."""
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
            ours = not cell["metadata"].get("nbgrader", {}).get("solution", True)
            source = problems.by_id[grade_id] if ours else "".join(cell["source"])
            cells.append((grade_id if ours else "", source.replace("while True:", "while False:")))
    key = problems.name, tuple(cells)
    if key not in MARKS:
        MARKS[key] = _run(cells)
    return MARKS[key]


def _run(cells):
    names, earned = {"__name__": "__main__"}, {}
    with _drawing(None):
        for grade_id, source in cells:
            source = re.sub(r"(?m)^([ \t]*)%.*$", r"\1pass", source)
            value, _, error = _run_cell(source, names)
            if grade_id.endswith("_test"):
                earned[grade_id.removesuffix("_test")] = 0 if error else value
    return earned


# -- damages to cells: each takes a notebook and a random.Random, and changes the notebook ---------


def text_of(cell):
    return "".join(cell["source"])


def nbgrader_of(cell):
    return cell["metadata"].get("nbgrader", {})


def answers_of(notebook):
    return [cell for cell in notebook["cells"] if nbgrader_of(cell).get("solution")]


def locked_of(notebook):
    return [cell for cell in notebook["cells"] if nbgrader_of(cell).get("locked")]


def place_of(notebook, cell):
    return next(i for i, other in enumerate(notebook["cells"]) if other is cell)


def delete_answer(notebook, rng):
    if answers_of(notebook):
        del notebook["cells"][place_of(notebook, rng.choice(answers_of(notebook)))]


def delete_ours(notebook, rng):
    for _ in range(rng.choice([1, 1, 3])):
        if locked_of(notebook):
            del notebook["cells"][place_of(notebook, rng.choice(locked_of(notebook)))]


def copy_cell(notebook, rng):
    cell = copy.deepcopy(rng.choice(notebook["cells"]))
    if rng.random() < 0.5:
        cell["metadata"] = {}
    notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), cell)


def copy_all(notebook, rng):
    notebook["cells"] += copy.deepcopy(notebook["cells"])


def split_cell(notebook, rng):
    """As JupyterLab does (both parts keep their names) or as others do (the second has none)."""
    fit = [cell for cell in notebook["cells"] if "\n" in text_of(cell)]
    fit = [cell for cell in fit if nbgrader_of(cell).get("solution")] if rng.random() < 0.8 else fit
    if not fit:
        return
    cell = rng.choice(fit)
    lines, place = text_of(cell).split("\n"), place_of(notebook, cell)
    at = rng.randrange(1, len(lines))
    second = copy.deepcopy(cell)
    cell["source"], second["source"] = "\n".join(lines[:at]), "\n".join(lines[at:])
    if rng.random() < 0.5:
        second["metadata"] = {}
    notebook["cells"].insert(place + 1, second)


def merge_cells(notebook, rng):
    """Merge two or three neighbours; they become cells of the first one's kind."""
    many = rng.choice([2, 2, 3])
    place = rng.randrange(max(1, len(notebook["cells"]) - many + 1))
    first, *others = notebook["cells"][place : place + many]
    first["source"] = "\n\n".join(map(text_of, [first, *others]))
    if rng.random() < 0.3:
        first["metadata"] = {}
    del notebook["cells"][place + 1 : place + 1 + len(others)]


def merge_answer_and_test(notebook, rng):
    fit = [
        i
        for i, cell in enumerate(notebook["cells"][:-1])
        if nbgrader_of(cell).get("solution")
        and cell["cell_type"] == "code" == notebook["cells"][i + 1]["cell_type"]
    ]
    if fit:
        place = rng.choice(fit)
        first, second = notebook["cells"][place : place + 2]
        first["source"] = text_of(first) + "\n" + text_of(second)
        del notebook["cells"][place + 1]


def retype_answer(notebook, rng):
    """Typed anew in a cell without a name; often without the line that says whose it is."""
    fit = answers_of(notebook)
    if fit:
        cell = rng.choice(fit)
        cell["metadata"] = {}
        if rng.random() < 0.5 and cell["cell_type"] == "code":
            cell["source"] = re.sub(r"# Your answer.*\n?", "", text_of(cell))
        cell["source"] = text_of(cell).replace("# (your lines)", "").rstrip()


def reorder_cells(notebook, rng):
    cells = notebook["cells"]
    for _ in range(rng.choice([1, 2, 5])):
        cells.insert(rng.randrange(len(cells)), cells.pop(rng.randrange(len(cells))))


def shuffle_cells(notebook, rng):
    rng.shuffle(notebook["cells"])


def change_kind(notebook, rng):
    for cell in rng.sample(notebook["cells"], min(2, len(notebook["cells"]))):
        kinds = {"code": ["markdown", "raw"], "markdown": ["code", "raw"]}
        cell["cell_type"] = rng.choice(kinds.get(cell["cell_type"], ["code"]))
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
        else:
            cell.pop("outputs", None), cell.pop("execution_count", None)


def add_endless_loop(notebook, rng):
    cell = {
        "cell_type": "code",
        "id": f"loop{rng.randrange(9999)}",
        "metadata": {},
        "outputs": [],
        "execution_count": 3,
        "source": "while True:\n    pass",
    }
    notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), cell)


def add_scratch(notebook, rng):
    source, kind = rng.choice(
        [
            ("my_scratch = [1, 2, 3]\nprint(my_scratch)", "code"),
            ("Ask about the yearbook.", "markdown"),
            ("%time 1 + 1", "code"),
            ("this is no python at all", "code"),
        ]
    )
    cell = {"cell_type": kind, "id": f"s{rng.randrange(9999)}", "metadata": {}, "source": source}
    notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), cell)


def edit_ours(notebook, rng):
    """Write into a cell of the set's, or alter a line of it."""
    if locked_of(notebook):
        cell = rng.choice(locked_of(notebook))
        lines = text_of(cell).split("\n")
        place = rng.randrange(len(lines))
        if rng.random() < 0.5:
            lines.insert(place, "my_note = 7")
        else:
            lines[place] = lines[place].replace("a", "o", 1) + "  # changed"
        cell["source"] = "\n".join(lines)


def edit_test(notebook, rng):
    tests = [cell for cell in locked_of(notebook) if nbgrader_of(cell).get("grade")]
    if tests:
        rng.choice(tests)["source"] = rng.choice(["100", "print('full marks')", ""])


def empty_cell(notebook, rng):
    if locked_of(notebook):
        rng.choice(locked_of(notebook))["source"] = ""


def other_kernel(notebook, rng):
    notebook["metadata"]["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    notebook["metadata"]["language_info"] = {"name": "R"}


def unrun(notebook, rng):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}


def with_outputs(notebook, rng):
    printed = {"output_type": "stream", "name": "stdout", "text": ["a\n"]}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [printed], "execution_count": rng.randrange(99)}


def repeat_ids(notebook, rng):
    for cell in notebook["cells"]:
        cell["id"] = "same"


def strip_names(notebook, rng):
    """As Colab and some plug-ins save: no metadata of cells or notebook, no ids, one string."""
    notebook["metadata"] = {"colab": {"provenance": []}}
    notebook["nbformat_minor"] = 0
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {"id": "Xy12"}
        cell["source"] = text_of(cell)


def save_without_ids(notebook, rng):
    notebook["nbformat_minor"] = rng.randrange(5)
    for cell in notebook["cells"]:
        cell.pop("id", None)
        if rng.random() < 0.5:
            cell.pop("outputs", None), cell.pop("execution_count", None)


def save_as_3(notebook, rng):
    cells = notebook.pop("cells")
    for cell in cells:
        cell.pop("id", None)
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
            cell["language"] = "python"
    notebook |= {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}


def carriage_returns(notebook, rng):
    for cell in notebook["cells"]:
        cell["source"] = text_of(cell).replace("\n", "\r\n")


# -- damages to files: bytes to bytes -------------------------------------------------------------


def byte_order_mark(data, rng):
    return b"\xef\xbb\xbf" + data


def as_utf16(data, rng):
    return data.decode("utf-8", "ignore").encode("utf-16")


def truncated(data, rng):
    return data[: rng.randrange(len(data))]


def emptied(data, rng):
    return b""


def trailing_comma(data, rng):
    return data.replace(b"\n ]", b",\n ]", 1)


def zipped(data, rng):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr(zipfile.ZipInfo("folder/mine.ipynb", (2024, 5, 6, 7, 8, 0)), data)
    return into.getvalue()


KEEPS = [  # nothing of the student's is lost
    delete_ours,
    copy_cell,
    copy_all,
    split_cell,
    merge_cells,
    merge_answer_and_test,
    retype_answer,
    reorder_cells,
    shuffle_cells,
    change_kind,
    add_endless_loop,
    add_scratch,
    edit_ours,
    edit_test,
    empty_cell,
    other_kernel,
    unrun,
    with_outputs,
    repeat_ids,
]
LOSES = [delete_answer]
SAVES = [strip_names, save_without_ids, carriage_returns, save_as_3]  # at most one, after the rest
FILES = [byte_order_mark, as_utf16, truncated, emptied, trailing_comma]


def damaged(notebook, seed):
    """Compose one to four damages.

    Returns
    -------
    (bytes, list of callables)
        The file, and what was done to it, in order.
    """
    rng, notebook = random.Random(seed), copy.deepcopy(notebook)
    done = [
        rng.choice(KEEPS * 3 + LOSES * 6 + SAVES * 3 + FILES * 3)
        for _ in range(rng.choice([1, 2, 2, 3, 3, 4]))
    ]
    done = [damage for damage in done if damage not in SAVES + FILES] + [
        damage for group in (SAVES, FILES) for damage in done if damage in group
    ][:2]
    if sum(damage in SAVES for damage in done) == 2:
        done.pop()
    for damage in done:
        if damage not in FILES:
            damage(notebook, rng)
    indent = rng.choice([1, 1, None])
    data = json.dumps(notebook, indent=indent, ensure_ascii=rng.random() < 0.3).encode()
    for damage in done:
        if damage in FILES and data:
            data = damage(data, rng)
    return data, done
