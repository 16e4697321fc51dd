"""Run a problem set in this process, for every student that can occur or with given answers."""

import ast
import contextlib
import io
import itertools
import json
import re
from runpy import run_path

from conftest import ROOT

from glf_utils.answers import assigned

SOURCES = sorted((ROOT / "coursework/sets").glob("ps*/*.ipynb"))


class ProblemSet:
    """A source notebook of the coursework, and how to run it."""

    def __init__(self, path):
        self.path, self.name = path, path.parent.name
        self.cells = json.loads(path.read_text("utf-8"))["cells"]

    def nbgrader(self, cell):
        return cell["metadata"]["nbgrader"]

    @property
    def by_id(self):
        """Cell sources by nbgrader's grade_id."""
        return {self.nbgrader(cell)["grade_id"]: "".join(cell["source"]) for cell in self.cells}

    @property
    def points(self):
        """Points by grade_id of the cells that carry any, in order."""
        found = {
            self.nbgrader(cell)["grade_id"]: self.nbgrader(cell).get("points")
            for cell in self.cells
        }
        return {name: points for name, points in found.items() if points}

    @property
    def automatic(self):
        """The questions marked by tests: the grade_id of the answer's cell."""
        return [name.removesuffix("_test") for name in self.points if name.endswith("_test")]

    def run(self, answers=None, pick=None):
        """Run all code; return for each tested question its points and what was printed.

        ``answers`` replaces the source of answer cells, by grade_id; ``pick(name, options)``
        draws the parameters. Figures are not drawn.
        """
        names, marks = {"__name__": "__main__"}, {}
        with _drawing(pick):
            for cell in self.cells:
                if cell["cell_type"] != "code":
                    continue
                grade_id = self.nbgrader(cell)["grade_id"]
                source = (answers or {}).get(grade_id, "".join(cell["source"]))
                value, printed, error = _run_cell(source, names)
                if grade_id.endswith("_test"):
                    marks[grade_id.removesuffix("_test")] = (0 if error else value, printed)
                if error and grade_id not in (answers or {}):
                    raise AssertionError(f"{self.name}, cell {grade_id}: {error!r}") from error
        return marks

    def everybody(self):
        """Every combination of parameters that can be drawn, as a list of dicts."""
        options = {}

        def first(name, listed):
            options[name] = listed
            return listed[0]

        self.run(pick=first)
        return [
            dict(zip(options, values, strict=True))
            for values in itertools.product(*options.values())
        ]


def wrong_answers(problems):
    """The bank of wrong answers that lies beside a set: by question, lists of code and words."""
    return run_path(str(problems.path.with_name("wrong_answers.py")))["BANK"]


def stub(source):
    """The source of an answer's cell as students get it."""
    return re.sub(r"(?ms)^### BEGIN SOLUTION\n.*?^### END SOLUTION$", "# (your lines)", source)


def _run_cell(source, names):
    """Run a cell as a notebook would; return its last value, what it printed, its error."""
    tree, value, error, printed = None, None, None, io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            tree = ast.parse(source)
            tree.body = [line for line in tree.body if not _shows(line)]
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "cell", "exec"), names)
            if last is not None:
                value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        except Exception as wrong:
            error = wrong
    return value, printed.getvalue(), error


def _shows(line):
    """Whether a line of code is a call of ``show`` and nothing else."""
    return (
        isinstance(line, ast.Expr)
        and isinstance(line.value, ast.Call)
        and getattr(line.value.func, "id", "") == "show"
    )


@contextlib.contextmanager
def _drawing(pick):
    before = assigned.choose
    assigned._draws.clear()
    if pick:
        assigned.choose = lambda student, problem_set, name, options: pick(name, options)
    try:
        yield
    finally:
        assigned.choose = before
