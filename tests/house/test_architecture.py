"""The layout: a part of the course is one folder, imports point down, models need numpy alone."""

import ast
import json
import re
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter

import pytest
from conftest import ROOT
from layout import GROUND, MODELS, MODULES, PACKAGE, PLAIN
from lesson_minutes import NOTEBOOKS

from glf_utils.answers.asked import PARTS


def imported_from(source, path, package=PACKAGE):
    """Return what of ours a file imports, wherever in it: pairs of (part or ground floor, module)."""
    parents = ("glf_utils", *path.relative_to(package).parts[:-1])
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = parents[: len(parents) - node.level + 1] if node.level else ()
            module = node.module.split(".") if node.module else []
            names += [[*start, *module, alias.name] for alias in node.names]
    return {
        (name[1], ".".join(name[1:3])) for name in names if name[0] == "glf_utils" and len(name) > 1
    }


def not_below(source, path, package=PACKAGE):
    """Return what a file imports and should not: other parts, or what is not below it."""
    own = path.relative_to(package).parts[0].removesuffix(".py")
    height = GROUND.get(own, 9)
    return sorted(
        {
            top
            for top, _ in imported_from(source, path, package)
            if top != own and (top in PARTS or GROUND.get(top, 0) >= height)
        }
    )


def more_than_numbers(source, path):
    """Return what a model imports besides Python, numpy, PLAIN and models of its part."""
    own = path.relative_to(PACKAGE).parts[0]
    models = {".".join(model.relative_to(PACKAGE).with_suffix("").parts) for model in MODELS}
    ours = {
        module
        for top, module in imported_from(source, path)
        if top not in PLAIN and not (top == own and module in models)
    }
    tree = [node for node in ast.walk(ast.parse(source)) if not getattr(node, "level", 0)]
    named = {alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module for node in tree if isinstance(node, ast.ImportFrom)}
    tops = {name.partition(".")[0] for name in named}
    return sorted(ours | tops - set(sys.stdlib_module_names) - {"numpy", "glf_utils"})


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
            found[name] |= {
                other[:end]
                for other in said
                for end in range(1, len(other) + 1)
                if other[:end] in names and other[:end] != package[:end]
            }
        found[name].discard(name)
    return found


def circle(graph):
    """Return modules that import one another in a ring, or an empty list."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [".".join(name) for name in error.args[1]]
    return []


@pytest.mark.parametrize(
    "folder, top",
    [
        ("glf_utils", ["glf_utils"]),
        ("benchmarks", []),
        ("coursework", ["coursework"]),
        ("tests", []),
    ],
)
def test_no_modules_import_one_another_in_a_ring(folder, top):
    graph = imports_of(PACKAGE.parent / folder, top)
    assert len(graph) > 3 and sum(map(len, graph.values())) > 3
    assert circle(graph) == []


@pytest.mark.parametrize("late", ["", "def later():\n    "])
def test_a_ring_is_seen_on_one_floor_and_in_one_folder(tmp_path, late):
    (tmp_path / "inside").mkdir()
    for name, line in (
        ("__init__", ""),
        ("one", f"{late}from .two import x"),
        ("two", "from glf_utils.inside import three"),
        ("three", f"{late}import glf_utils.inside.one"),
    ):
        (tmp_path / "inside" / f"{name}.py").write_text(line)
    ring = circle(imports_of(tmp_path, ["glf_utils"]))
    assert {name.split(".")[-1] for name in ring} == {"one", "two", "three"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down_and_no_part_imports_another(path):
    assert not_below(path.read_text(encoding="utf-8"), path) == []


@pytest.mark.parametrize(
    "line, file, found",
    [
        ("from glf_utils.page.figure import INK", "tables.py", ["page"]),
        ("from glf_utils import page", "citing.py", ["page"]),
        ("from .figures import plot", "start/figures.py", []),
        ("from ..death_toll import rates", "start/figures.py", ["death_toll"]),
        ("def late():\n    import glf_utils.page.show", "tables.py", ["page"]),
        ("import glf_utils.death_toll.rates", "procurement_and_hunger/model.py", ["death_toll"]),
        (
            "from glf_utils.soviet_model.model import towns_fed",
            "answers/checker.py",
            ["soviet_model"],
        ),
        ("from glf_utils.citing import cite", "tables.py", ["citing"]),
        ("from glf_utils.country.tree import Policy", "answers/checker.py", ["country"]),
        ("from glf_utils.country.tree import Policy", "statistics_inflation/leap.py", []),
    ],
)
def test_the_rule_sees_every_way_of_importing(line, file, found):
    assert not_below(line, PACKAGE / file) == found


def test_nothing_else_is_imported_by_its_name():
    """The rules see imports alone: one by name is the exception that CONTRIBUTING states."""
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "import_module(" in path.read_text(encoding="utf-8")
    }
    assert found == {"__init__.py", "answers/asked.py"}
    assert "`answers.asked`" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_everything_is_a_part_or_on_the_ground_floor():
    found = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}
    assert found == {*PARTS, *GROUND}


@pytest.mark.parametrize("path", MODELS, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_model_imports_numpy_and_arguments_alone(path):
    assert more_than_numbers(path.read_text(encoding="utf-8"), path) == []


def test_a_model_that_reads_a_table_or_draws_is_noticed():
    file = PACKAGE / "death_toll/registers.py"
    for line, found in (
        ("from glf_utils.tables import load", ["tables.load"]),
        ("from glf_utils.death_toll.choices import YEARS", ["death_toll.choices"]),
        ("from glf_utils.death_toll.rates import excess_deaths", []),
        ("import pandas as pd\nfrom matplotlib.pyplot import plot", ["matplotlib", "pandas"]),
        ("import math\nfrom glf_utils.arguments import real", []),
    ):
        assert more_than_numbers(line, file) == found


@pytest.mark.parametrize(
    "path",
    sorted(
        path
        for name in ("exercises", "evidence", "choices", "leap")
        for path in PACKAGE.rglob(f"{name}.py")
    ),
    ids=lambda p: f"{p.parent.name}-{p.stem}",
)
def test_evidence_and_exercises_compute_and_do_not_draw(path):
    """So that an answer can be checked where matplotlib is missing, and quickly."""
    found = imported_from(path.read_text(encoding="utf-8"), path)
    assert not [
        name for top, name in found if top == "page" or "figures" in name or "sliders" in name
    ]


def test_the_marking_imports_one_module_of_the_package():
    found = set()
    for path in (ROOT / "coursework").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("glf_utils"):
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
            elif isinstance(node, ast.Import):
                found |= {a.name for a in node.names if a.name.startswith("glf_utils")}
    assert found and all(name.startswith("glf_utils.answers.assigned") for name in found)


@pytest.mark.parametrize("text", ["CONTRIBUTING.md", "glf_utils/__init__.py"])
def test_the_layout_is_told_whole(text):
    told = (ROOT / text).read_text(encoding="utf-8")
    told = told.partition("```\n")[2].partition("```")[0] or told  # as it is drawn
    told = set(re.findall(r"\w+", told))
    assert {*PARTS, *GROUND} <= told


def test_a_wheel_holds_every_folder_of_the_package():
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folders = {
        ".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")
    }
    assert folders | {"glf_utils.shipped"} == set(said["packages"])


def borrowed(source):
    """Names called through a module of ours that only imports them: ``figures.series``."""
    modules, found = {}, []
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("glf_utils"):
            for alias in node.names:
                path = ROOT.joinpath(*node.module.split("."), f"{alias.name}.py")
                if path.exists():
                    modules[alias.asname or alias.name] = path
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in modules:
            text = modules[node.value.id].read_text(encoding="utf-8")
            body = ast.parse(text).body
            imported = {
                alias.asname or alias.name
                for line in body
                if isinstance(line, ast.ImportFrom | ast.Import)
                for alias in line.names
            }
            if node.attr in imported:
                found.append(f"{node.value.id}.{node.attr}")
    return found


def programs():
    yield from ((path, path.read_text("utf-8")) for path in MODULES)
    for path in [*NOTEBOOKS, *ROOT.glob("coursework/sets/*/*.ipynb")]:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        yield path, "\n".join(code)


def test_nothing_is_called_through_a_module_that_only_imports_it():
    wrong = {path.name: found for path, source in programs() if (found := borrowed(source))}
    assert wrong == {}
    line = "from glf_utils.procurement_and_hunger import figures\nfigures.series(1)\n"
    assert borrowed(line + "figures.plot_taken_and_left(1)") == ["figures.series"]
