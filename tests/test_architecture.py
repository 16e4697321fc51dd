"""The floors of the package: imports point down, models need numpy alone."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "glf_utils"
FLOORS = {
    "inputs": 0, "vital": 0.5, "tablefile": 0, "data": 0, "sources": 0,
    "planning": 1, "communes": 1, "reporting": 1, "grain": 1, "mortality": 1, "registers": 1,
    "lifetables": 1, "cohorts": 1, "multiverse": 1.5,
    "hierarchy": 1, "seasons": 1.5, "replicates": 1.5, "calibration": 1.5,
    "figures": 2,
    "notebook": 3, "explore": 3, "exercises": 3,
}  # fmt: skip
MODELS = [name for name, floor in FLOORS.items() if 1 <= floor < 2]  # 1.5: a model of models
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE
                 or path.name != "__init__.py")


def home(path, package=PACKAGE):
    """Return the part of the package a file belongs to: its module, or its folder."""
    return path.relative_to(package).parts[0].removesuffix(".py")


def imported_homes(source, path, package=PACKAGE):
    """Return the parts of the package that a source file imports, wherever in the file."""
    parents = ("glf_utils", *path.relative_to(package).parts[:-1])
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = parents[: len(parents) - node.level + 1] if node.level else ()
            module = node.module.split(".") if node.module else []
            names += [[*start, *module, alias.name] for alias in node.names]
    return {name[1] for name in names if name[0] == "glf_utils" and len(name) > 1}


def upward(source, path, package=PACKAGE):
    """Return the imports of a file that do not point down (a folder may import from itself)."""
    own = home(path, package)
    floor = FLOORS[own]
    return sorted(
        other
        for other in imported_homes(source, path, package) - {own}
        if other in FLOORS and (FLOORS[other] > floor or FLOORS[other] == floor == 1)
    )


def test_every_part_of_the_package_has_a_floor():
    assert {home(path) for path in MODULES} == set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down_only(path):
    assert upward(path.read_text(encoding="utf-8"), path) == []


@pytest.mark.parametrize(
    "line, file, found",
    [
        ("from glf_utils.figures.house import INK", "grain.py", ["figures"]),
        ("from glf_utils import notebook", "data.py", ["notebook"]),
        ("from .figures import grain", "grain.py", ["figures"]),
        ("from ..explore import grain", "figures/grain.py", ["explore"]),
        ("def late():\n    import glf_utils.notebook", "figures/house.py", ["notebook"]),
        ("from glf_utils.grain import food_balance", "mortality.py", ["grain"]),
        ("from glf_utils import multiverse", "mortality.py", ["multiverse"]),
        ("from glf_utils.mortality import baseline_rates", "multiverse.py", []),
        ("from .house import INK\nfrom ..grain import food_balance", "figures/grain.py", []),
    ],
)
def test_the_rule_sees_every_way_of_importing_upward(line, file, found):
    assert upward(line, PACKAGE / file) == found


@pytest.mark.parametrize("model", MODELS)
def test_a_model_needs_numpy_alone(model):
    script = (
        "import sys, numpy; before = set(sys.modules); "
        f"import glf_utils.{model}; "
        "print(*sorted({name.split('.')[0] for name in set(sys.modules) - before}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          cwd=PACKAGE.parent, check=True)  # fmt: skip
    loaded = set(done.stdout.split())
    assert "glf_utils" in loaded
    assert loaded - set(sys.stdlib_module_names) - {"numpy"} == {"glf_utils"}
