"""The floors of the package: imports point down, models need numpy alone."""

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "glf_utils"
FLOORS = {
    "inputs": 0, "tablefile": 0, "data": 0.5, "sources": 0.7, "vital": 0.5,
    "planning": 1, "communes": 1, "reporting": 1, "grain": 1, "mortality": 1, "registers": 1,
    "lifetables": 1, "cohorts": 1, "multiverse": 1.5,
    "hierarchy": 1, "seasons": 1.3, "replicates": 1.5, "calibration": 1.5,
    "figures": 2,
    "notebook": 3, "explore": 3.3, "exercises": 3.5,
}  # fmt: skip
MODELS = [name for name, floor in FLOORS.items() if 1 <= floor < 2]  # 1.3, 1.5: models of models
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


def not_below(source, path, package=PACKAGE):
    """Return the imports of a file that do not point down (a folder may import from itself)."""
    own = home(path, package)
    return sorted(
        other
        for other in imported_homes(source, path, package) - {own}
        if other in FLOORS and FLOORS[other] >= FLOORS[own]
    )


def imports_of(folder, top):
    """Return the modules of a folder and, for each, which others it imports, at once or late."""
    names = {}
    for path in folder.rglob("*.py"):
        parts = [*top, *path.relative_to(folder).with_suffix("").parts]
        names[tuple(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    found = {name: set() for name in names}
    for name, path in names.items():
        package = name if path.name == "__init__.py" else name[:-1]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                said = [tuple(alias.name.split(".")) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                start = package[: len(package) - node.level + 1] if node.level else ()
                module = (*start, *(node.module.split(".") if node.module else ()))
                said = [(*module, alias.name) for alias in node.names]
            else:
                continue
            found[name] |= {other[:end] for other in said for end in range(1, len(other) + 1)
                            if other[:end] in names and other[:end] != package[:end]}
        found[name].discard(name)
    return found


def circle(graph):
    """Return modules that import one another in a ring, or an empty list."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [".".join(name) for name in error.args[1]]
    return []


@pytest.mark.parametrize("folder, top", [
    ("glf_utils", ["glf_utils"]), ("benchmarks", []), ("coursework", ["coursework"]), ("tests", []),
])  # fmt: skip
def test_no_modules_import_one_another_in_a_ring(folder, top):
    graph = imports_of(PACKAGE.parent / folder, top)
    assert len(graph) > 3 and sum(map(len, graph.values())) > 3
    assert circle(graph) == []


@pytest.mark.parametrize("late", ["", "def later():\n    "])
def test_a_ring_is_seen_on_one_floor_and_in_one_folder(tmp_path, late):
    (tmp_path / "figures").mkdir()
    for name, line in (("__init__", ""), ("one", f"{late}from .two import x"),
                       ("two", "from glf_utils.figures import three"),
                       ("three", f"{late}import glf_utils.figures.one")):  # fmt: skip
        (tmp_path / "figures" / f"{name}.py").write_text(line)
    ring = circle(imports_of(tmp_path, ["glf_utils"]))
    assert {name.split(".")[-1] for name in ring} == {"one", "two", "three"}


def test_every_part_of_the_package_has_a_floor():
    assert {home(path) for path in MODULES} == set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down_only(path):
    assert not_below(path.read_text(encoding="utf-8"), path) == []


@pytest.mark.parametrize(
    "line, file, found",
    [
        ("from glf_utils.figures.house import INK", "grain.py", ["figures"]),
        ("from glf_utils import notebook", "data.py", ["notebook"]),
        ("from .figures import grain", "grain.py", ["figures"]),
        ("from ..explore import grain", "figures/grain.py", ["explore"]),
        ("def late():\n    import glf_utils.notebook", "figures/house.py", ["notebook"]),
        ("from .replicates import replicate", "seasons.py", ["replicates"]),
        ("from .calibration import fitting_sets", "replicates.py", ["calibration"]),
        ("from glf_utils.explore import grain", "notebook.py", ["explore"]),
        ("from ..exercises import check", "explore/grain.py", ["exercises"]),
        ("from .sources import cite", "data.py", ["sources"]),
        ("from .vital import per_thousand", "data.py", ["vital"]),
        ("from glf_utils.grain import food_balance", "mortality.py", ["grain"]),
        ("from glf_utils import multiverse", "mortality.py", ["multiverse"]),
        ("from glf_utils.mortality import baseline_rates", "multiverse.py", []),
        ("from .house import INK\nfrom ..grain import food_balance", "figures/grain.py", []),
    ],
)
def test_the_rule_sees_every_way_of_importing_not_below(line, file, found):
    assert not_below(line, PACKAGE / file) == found


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


@pytest.mark.parametrize("text", ["CONTRIBUTING.md", "glf_utils/__init__.py"])
def test_the_floors_that_are_told_are_all_of_them(text):
    told = (PACKAGE.parent / text).read_text(encoding="utf-8")
    assert set(FLOORS) <= set(re.findall(r"`+(\w+)`+", told))
