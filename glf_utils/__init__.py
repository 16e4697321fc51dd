"""Helper package of the Great Leap Forward notebooks.

A part of the course is one folder: ``start``, ``soviet_model``, ``commune_structure``,
``statistics_inflation``, ``procurement_and_hunger``, ``death_toll``, ``weighing_the_sources``. Each
has a ``model`` (numbers in, numbers out), ``evidence`` (tables to the numbers that are drawn),
``figures``, ``sliders`` and ``exercises``, and imports no other part.

Under them lies a ground floor: ``tables`` (by ``tablefile``) and ``citing`` read ``data/``,
``shelf`` shows people, documents, further reading and essays, ``prose`` what a number in a sentence
rests on, ``arguments`` checks what a model is given, ``results`` hands out what it works out,
``dates`` reads dates, ``words`` puts names in a sentence, ``page`` shows figures and sliders,
``answers`` looks at what a student answers, ``country`` is the hierarchy that two parts use.
"""

from importlib import import_module

from glf_utils.tables import DataError, about, load, tables

_HOMES = {
    "behind": "prose",
    "cite": "citing",
    "bibliography": "citing",
    "term": "citing",
    "document": "shelf",
    "essay": "shelf",
    "further_reading": "shelf",
    "person": "shelf",
    "chain": "page.chain",
    "show": "page.show",
    "six_questions": "page.questions",
    "check": "answers",
    "hint": "answers",
    "guess": "answers",
    "guesses": "answers",
    "symbols": "page.symbols",
}  # what needs matplotlib or IPython is imported on first use

__all__ = [
    "DataError",
    "about",
    "behind",
    "bibliography",
    "chain",
    "check",
    "cite",
    "document",
    "essay",
    "further_reading",
    "guess",
    "guesses",
    "hint",
    "load",
    "person",
    "show",
    "six_questions",
    "symbols",
    "tables",
    "term",
]
__version__ = "0.1.0"


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"glf_utils has no name {name!r}; it offers {', '.join(__all__)}")
    value = getattr(import_module(f"glf_utils.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
