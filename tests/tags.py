"""Numbers in prose and the expressions behind them: ``11.08 <!--= one(\"table\", \"query\") -->``."""

import re
from functools import cache

import nbformat
import numpy as np

from glf_utils import load
from glf_utils.commune_structure import evidence as farms
from glf_utils.commune_structure import model as communes
from glf_utils.death_toll import (
    choices,
    cohorts,
    known_ages,
    known_registers,
    lifetables,
    multiverse,
    rates,
    registers,
)
from glf_utils.death_toll import evidence as tolls
from glf_utils.procurement_and_hunger import model as procurement_and_hunger
from glf_utils.soviet_model import model as planning
from glf_utils.statistics_inflation import model as reporting
from glf_utils.tables import one

TAG = re.compile(r"<!--=(.*?)-->", re.DOTALL)


NUMBER = re.compile(r"(?<![\w.])[-\u2212]?\d[\d,\u2009\u202f]*(?:\.\d+)?")


SCOPE = {
    "load": cache(load),
    "one": one,
    "np": np,
    "planning": planning,
    "communes": communes,
    "farms": farms,
    "reporting": reporting,
    "procurement_and_hunger": procurement_and_hunger,
    "choices": choices,
    "tolls": tolls,
    "rates": rates,
    "registers": registers,
    "lifetables": lifetables,
    "cohorts": cohorts,
    "multiverse": multiverse,
    "tolls_known": known_registers,
    "ages_known": known_ages,
}


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
