"""How long a lesson takes, by a formula: what its card says, and what a test holds it to.

python tools/lesson_minutes.py [notebook ...]      all lessons, if none is named

A reader new to Python reads slower, and lingers at each line of code. Minutes, rounded to five:
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = [  # without the copies that Jupyter keeps
    path
    for path in sorted((ROOT / "notebooks").rglob("[0-9]*.ipynb"), key=lambda path: path.name)
    if path.parent.name != ".ipynb_checkpoints"
]

MINUTES = {  # of a reader new to Python, and of one at home in it
    "word": (1 / 140, 1 / 200),
    "figure": (2.5, 1),
    "line of code": (10 / 60, 4 / 60),
    "check": (5, 2.5),
    "guess": (1.5, 1 / 2),
    "panel of sliders": (5, 3),
    "written answer": (7, 5),
    "question for two": (5, 4),
    "recalled answer": (1.5, 1 / 2),
}


def counted(notebook):
    """What there is of each in a notebook, as JSON reads it.

    Words are those of the prose, folded answers at the end and comments left out.
    """
    cells = [{**cell, "source": "".join(cell["source"])} for cell in notebook["cells"]]
    prose = "\n\n".join(cell["source"] for cell in cells if cell["cell_type"] == "markdown")
    prose = re.split(r"(?m)^## Answers$", re.sub(r"(?s)<!--.*?-->", "", prose))[0]
    code = [
        cell
        for cell in cells
        if cell["cell_type"] == "code"
        and not cell["metadata"].get("jupyter", {}).get("source_hidden")
    ]
    source = "\n".join(cell["source"] for cell in code)
    panels = len(re.findall(r"(?m)^explore_\w+\(", source))
    pictures = sum("image/png" in out.get("data", {}) for cell in code for out in cell["outputs"])
    return {
        "word": len(prose.split()),
        "figure": pictures - panels,
        "line of code": len([line for line in source.split("\n") if line.strip()]),
        "check": len(re.findall(r"(?m)^check\(", source)),
        "guess": len(re.findall(r"(?m)^guess\(", source)),
        "panel of sliders": panels,
        "written answer": prose.count("> **Write.**"),
        "question for two": prose.count("## A question for two"),
        "recalled answer": prose.count("<summary>Answer</summary>"),
    }


def minutes(notebook):
    """Minutes of a reader new to Python and of one at home in it, each rounded to five."""
    found = counted(notebook)
    whole = (sum(n * MINUTES[what][reader] for what, n in found.items()) for reader in (0, 1))
    return tuple(5 * round(each / 5) for each in whole)


def main(names):
    """Print the counts and the minutes of each notebook."""
    for path in [Path(name) for name in names] or NOTEBOOKS:
        notebook = json.loads(path.read_text("utf-8"))
        new, home = minutes(notebook)
        told = ", ".join(f"{n} {what}" + "s" * (n != 1) for what, n in counted(notebook).items())
        print(f"{path.stem}: {new} minutes new to Python, {home} at home in it  ({told})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
