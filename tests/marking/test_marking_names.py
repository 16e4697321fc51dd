"""A right answer keeps its points, whatever names a student bound and wherever they went."""

import ast
import builtins
import hashlib
import os
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from problem_sets import SOURCES, ProblemSet

from coursework.marking.run.execute import KEEP
from coursework.marking.run.guard import OwnNames
from glf_utils.answers import assigned

SETS = [ProblemSet(path) for path in SOURCES]
SPOIL = """
import os, warnings, numpy
os.chdir({folder!r})
warnings.simplefilter("error")
numpy.seterr(all="raise")
get_ipython().ast_node_interactivity = {interactivity!r}
{names} = 5
"""


def used(problems):
    """All names that occur in the answers: who needs them does not overwrite them."""
    answers = [
        ast.parse("".join(cell["source"]))
        for cell in problems.cells
        if cell["cell_type"] == "code" and problems.nbgrader(cell)["solution"]
    ]
    return {node.id for tree in answers for node in ast.walk(tree) if isinstance(node, ast.Name)}


def bound(problems):
    """Names that the set's first cell brings in."""
    tree = ast.walk(ast.parse(problems.by_id["code-01"]))
    return {
        alias.asname or alias.name
        for node in tree
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def marks(problems, spoil):
    """Points by question, in IPython, with lines added below every answer."""
    assigned._draws.clear()
    shell = InteractiveShell(user_ns={"__name__": "__main__"})
    codes = [
        ("".join(cell["source"]), problems.nbgrader(cell))
        for cell in problems.cells
        if cell["cell_type"] == "code"
    ]
    locked = [
        hashlib.sha256(source.encode()).hexdigest()
        for source, told in codes
        if not told["solution"]
    ]
    names = OwnNames(shell, locked, KEEP)
    shell.events.register("pre_run_cell", names.give)
    shell.events.register("post_run_cell", names.take)
    found = {}
    for source, told in codes:
        if told["solution"]:
            source += spoil
        result = shell.run_cell(source)
        if told["grade"]:
            result.raise_error()
            found[told["grade_id"]] = result.result
    return found


@pytest.mark.parametrize("problems", SETS, ids=lambda problems: problems.name)
def test_a_right_answer_keeps_its_points(problems, tmp_path, capsys):
    full = {name: points for name, points in problems.points.items() if name.endswith("_test")}
    free = {name for name in dir(builtins) if name[0] != "_"} | bound(problems)
    free = sorted(free - used(problems) - {"None", "True", "False"})
    here = os.getcwd()

    many = st.sets(st.sampled_from(free), min_size=len(free) // 2)

    @settings(max_examples=2, deadline=None, derandomize=True)
    @given(many, st.sampled_from(["all", "none"]))
    def keeps(names, interactivity):
        spoil = SPOIL.format(
            folder=str(tmp_path),
            interactivity=interactivity,
            names=" = ".join(sorted(names | {"_"})),
        )
        try:
            with warnings.catch_warnings(), np.errstate():
                assert marks(problems, spoil) == full
        finally:
            os.chdir(here)

    keeps()
    capsys.readouterr()
