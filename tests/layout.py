"""How the package is laid out: the ground floor under its parts, and which files are models."""

from conftest import ROOT

PACKAGE = ROOT / "glf_utils"
GROUND = {
    "arguments": 0,
    "dates": 0,
    "results": 0,
    "tablefile": 0,
    "words": 0,
    "tables": 1,
    "citing": 2,
    "page": 3,
    "prose": 3,
    "shelf": 4,
    "country": 1,
    "answers": 1,
}
"""Modules of the ground floor, and how many steps up from the door each lies."""
PLAIN = {"arguments", "results"}
"""What a model may import of it."""
MODELS = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if path.parent.name == "country"
    and path.stem != "__init__"
    or path.stem == "model"
    or path.stem in ("rates", "registers", "lifetables", "cohorts", "uncertainty", "indirect")
)
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
