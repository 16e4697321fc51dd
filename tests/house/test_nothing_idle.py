"""Every public function is used: by a notebook, a set, a page of docs/, or something else of ours."""

import ast
import json
import re

from conftest import ROOT
from layout import MODULES
from lesson_minutes import NOTEBOOKS

FOR_READERS = {  # of the demography: each says for whom it is there
    "fertility_rates",
    "fit_relational",
    "relational_life_table",
}
HOUSE = [path.read_text(encoding="utf-8") for path in MODULES]


def functions_of(source):
    functions = (node for node in ast.parse(source).body if type(node) is ast.FunctionDef)
    return {node.name for node in functions if node.name[0] != "_"}


def named_in(source):
    """Names that a program uses; a text that is one name, as of a function looked up, counts."""
    nodes = list(ast.walk(ast.parse(source)))
    return {getattr(node, key, None) for node in nodes for key in ("id", "attr", "value")}


def test_every_public_function_is_used_outside_the_tests():
    others = [
        path
        for folder in ("coursework", "tools", "edition")
        for path in (ROOT / folder).rglob("*.py")
    ]
    used = set().union(*map(named_in, [*HOUSE, *(path.read_text("utf-8") for path in others)]))
    for path in [*NOTEBOOKS, *ROOT.glob("coursework/**/*.ipynb")]:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        used |= set(re.findall(r"\w+", "\n".join(code)))
    for page in ROOT.glob("docs/*.md"):
        lines = re.findall(r"^(?:>>>|\.\.\.) (.*)", page.read_text(encoding="utf-8"), re.M)
        used |= set(re.findall(r"(\w+)\(", "\n".join(lines)))
    assert set().union(*map(functions_of, HOUSE)) - used == FOR_READERS


def test_an_idle_function_is_seen():
    assert functions_of("def idle(): pass\ndef _own(): pass") == {"idle"}
    assert "idle" not in named_in('def idle():\n    """Call idle."""')
    assert "idle" in named_in("print(idle)") and "idle" in named_in('getattr(model, "idle")')
