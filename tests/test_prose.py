"""Belt 6: numbers in prose agree with the data.

In Markdown a number is followed, after its unit if you like, by a comment that no reader sees:

    China announced 11.08 million tonnes <!--= one("steel_and_industry", "year == 1958") -->

The expression is evaluated and rounded to as many decimals as the prose prints. CONTRIBUTING.md
says what it may use.
"""

import re
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest

from glf_utils import (
    cohorts,
    communes,
    grain,
    lifetables,
    load,
    mortality,
    multiverse,
    planning,
    registers,
    reporting,
)

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TAG = re.compile(r"<!--=(.*?)-->", re.DOTALL)
NUMBER = re.compile(r"(?<![\w.])[-\u2212]?\d[\d,\u2009\u202f]*(?:\.\d+)?")


def one(table, query, column="value"):
    """The only value of `column` in the rows of `table` that answer `query`."""
    found = load(table).query(query)[column]
    if len(found) != 1:
        raise LookupError(f"{query!r} finds {len(found)} rows of {table}, not one")
    return found.iloc[0]


SCOPE = {
    "load": cache(load), "one": one, "np": np, "planning": planning, "communes": communes,
    "reporting": reporting, "grain": grain, "mortality": mortality, "registers": registers,
    "lifetables": lifetables, "cohorts": cohorts, "multiverse": multiverse,
}  # fmt: skip


def tagged(markdown):
    """Pairs (number as printed, expression) of a Markdown text; None where no number precedes."""
    start = 0
    for tag in TAG.finditer(markdown):
        numbers = NUMBER.findall(markdown[start : tag.start()])
        yield (numbers[-1].rstrip(",") if numbers else None), tag[1].strip()
        start = tag.end()


def disagreement(printed, expression, scope=SCOPE):
    """What is wrong with a tagged number, in a line; None when it agrees."""
    if printed is None:
        return f"no number stands before <!--= {expression} -->"
    try:
        value = float(eval(expression, dict(scope)))  # our own prose, not a visitor's
    except Exception as error:
        return f"{printed}: {expression} fails: {type(error).__name__}: {error}"
    digits = re.sub(r"[,\u2009\u202f]", "", printed.replace("\u2212", "-"))
    decimals = len(digits.partition(".")[2])
    if abs(value - float(digits)) <= 0.5 * 10**-decimals + 1e-9:
        return None
    return f"prose prints {printed}, {expression} gives {value:.{decimals + 2}f}"


def prose(path):
    if path.suffix == ".md":
        return path.read_text("utf-8")
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("path", [*NOTEBOOKS, ROOT / "README.md"], ids=lambda path: path.stem)
def test_tagged_numbers_agree_with_the_data(path, record_property):
    pairs = list(tagged(prose(path)))
    record_property("tagged_numbers", len(pairs))
    assert pairs or path.suffix == ".md", f"{path.name} tags no number: see CONTRIBUTING.md"
    wrong = [line for pair in pairs if (line := disagreement(*pair))]
    assert not wrong, f"{path.name}:\n  " + "\n  ".join(wrong)


def test_the_belt_notices_what_it_should():
    text = "From 4.5 to 11.08 million t <!--= x --> and\n**−1,234** <!--= -1234.4 --> <!--= 3 -->"
    assert list(tagged(text)) == [("11.08", "x"), ("−1,234", "-1234.4"), (None, "3")]
    assert disagreement("11.08", "11.0849") is None
    assert disagreement("−1,234", "-1234.4") is None
    assert "gives 11.0860" in disagreement("11.08", "11.086")
    assert "NameError" in disagreement("11.08", "no_such_name")
    assert "no number" in disagreement(None, "3")
    assert "gives nan" in disagreement("11.08", "np.nan")
