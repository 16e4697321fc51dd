"""The notebooks, and what the parts of the course declare for them."""

import re
from importlib import import_module

import nbformat

from glf_utils.answers.asked import PARTS


def everything(what):
    """Exercises or guesses of all parts by id, in the order in which they are declared."""
    parts = (import_module(f"glf_utils.{part}.exercises") for part in PARTS)
    return {one.id: one for part in parts for one in getattr(part, what, ())}


EXERCISES, GUESSES = everything("EXERCISES"), everything("GUESSES")
NUMBERS = sorted({int(name.split(".")[0]) for name in EXERCISES})


class Notebook:
    """A notebook and the readings of it that the checks share."""

    def __init__(self, path):
        self.path, self.number = path, path.stem[:2]
        self.node = nbformat.read(path, as_version=4)

    @property
    def code(self):
        cells = self.node.cells
        return [cell for cell in cells if cell.cell_type == "code" and cell.source.strip()]

    @property
    def prose(self):
        """All Markdown, without the comments that only the tests read."""
        texts = [cell.source for cell in self.node.cells if cell.cell_type == "markdown"]
        return re.sub(r"<!--.*?-->", "", "\n\n".join(texts), flags=re.DOTALL)

    @property
    def outputs(self):
        return [output for cell in self.code for output in cell.outputs]

    @property
    def answers(self):
        """The Python blocks inside folded parts of the prose."""
        folded = re.findall(r"<details\b.*?</details>", self.prose, re.DOTALL)
        return re.findall(r"^```python\n(.*?)^```", "\n".join(folded), re.DOTALL | re.MULTILINE)


def lines_of(cell):
    return [line for line in cell.source.split("\n") if line.strip()]


def hidden(cell, what="source"):
    """Whether a cell's source or its outputs are folded away."""
    return bool(cell.metadata.get("jupyter", {}).get(f"{what}_hidden"))
