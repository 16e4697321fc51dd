"""Helper package of the Great Leap Forward notebooks.

Names are imported on first use, so that ``import glf_utils`` costs nothing.

Floors, each importing only from those below:

0. ``inputs`` and ``vital`` check the arguments of models; ``tablefile``, ``data`` and ``sources``,
   each above the one before, are the only modules that read files.
1. ``planning``, ``communes``, ``reporting``, ``grain``, ``mortality``, ``registers``,
   ``lifetables``, ``cohorts``, ``hierarchy``: pure models, numpy only; ``multiverse`` combines two
   of them, ``seasons``, ``replicates`` and ``calibration`` let a hierarchy run.
2. ``figures``: tables or model results in, a described matplotlib figure out.
3. ``notebook``, ``explore``, ``exercises``, each above the one before: the only modules that know
   about notebooks.
"""

from importlib import import_module

_HOMES = {
    "load": "data",
    "about": "data",
    "tables": "data",
    "DataError": "data",
    "cite": "sources",
    "bibliography": "sources",
    "term": "sources",
    "show": "notebook",
    "six_questions": "notebook",
    "check": "exercises",
    "hint": "exercises",
}

__all__ = sorted(_HOMES)
__version__ = "0.1.0"


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"glf_utils has no name {name!r}; it offers {', '.join(__all__)}")
    value = getattr(import_module(f"glf_utils.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
