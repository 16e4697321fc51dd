"""One form of docstring, numpydoc's: every parameter told, and an example of every model."""

import ast
import re

import pytest
from layout import MODELS, MODULES, PACKAGE

SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.M)
SHORT_FORM = re.compile(r"^\s*(Parameters|Returns|Raises|Source)\b.*?:(\s|$)", re.M)
ORDER = ["Parameters", "Attributes", "Returns", "Raises", "Notes", "References", "Examples"]
NAMES = re.compile(r"^(?:(\w+(?:, \w+)*) : \S.*|\*{1,2}(\w+)(?: : \S.*)?)$", re.M)


def public(tree):
    """Public functions, classes and methods of a module: (name, node) pairs."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                yield from ((f"{node.name}.{name}", inner) for name, inner in public(node))


def told_to(node):
    """Names that a caller gives: the signature of a function, the fields of a dataclass."""
    if isinstance(node, ast.ClassDef):
        inits = [part for part in node.body if getattr(part, "name", "") == "__init__"]
        if not inits:
            return [part.target.id for part in node.body if isinstance(part, ast.AnnAssign)]
        node = inits[0]
    given = node.args
    listed = [*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg]
    return [one.arg for one in listed if one and one.arg not in ("self", "cls")]


def sections(text):
    """The sections of a docstring, by heading."""
    parts = SECTION.split(text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def wrong(source, model=False):
    """What the docstrings of a module lack, a sentence each."""
    found = []
    for name, node in public(ast.parse(source)):
        text = ast.get_docstring(node) or ""
        parts, names = sections(text), told_to(node)
        if SHORT_FORM.search(text):
            found.append(f"{name}: short form")
        listed = parts.get("Parameters", "") + parts.get("Attributes", "")
        told = {one for line in NAMES.findall(listed) for one in "".join(line).split(", ")}
        found += [f"{name}: {one} is not told" for one in names if one not in told]
        found += [f"{name}: {one} is told and not there" for one in told - {*names}]
        if list(parts) != [heading for heading in ORDER if heading in parts]:
            found.append(f"{name}: sections {', '.join(parts)}")
        if model and names and isinstance(node, ast.FunctionDef) and "." not in name:
            found += [f"{name}: no example"] * (">>>" not in parts.get("Examples", ""))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_parameter_is_told_in_one_form(path):
    assert wrong(path.read_text(encoding="utf-8"), model=path in MODELS) == []


def test_a_docstring_that_is_wrong_is_seen():
    good = '''
def taken(rate, *, crop=1, **more):
    """Take a share.

    Parameters
    ----------
    rate, crop : float
        Share and tonnes: of 1958.
    **more
        Others.

    Examples
    --------
    >>> taken(0.5)
    """
'''
    assert wrong(good, model=True) == []
    without = good.replace("Examples\n    --------\n    >>> taken(0.5)", "")
    for text, said in (
        (good.replace("rate, crop :", "rate :"), "taken: crop is not told"),
        (good.replace("rate, crop :", "rate, crop, year :"), "taken: year is told and not there"),
        (good.replace("    **more\n        Others.\n", ""), "taken: more is not told"),
        (good.replace("a share.", "a share.\n\n    Returns: tonnes."), "taken: short form"),
        (good.replace("rate, crop : float", "rate, crop"), "taken: rate is not told"),
        (without, "taken: no example"),
        ("def taken(rate):\n    return rate", "taken: rate is not told"),
        ("class Share:\n    rate: float", "Share: rate is not told"),
        (good.replace("Parameters", "Arguments"), "taken: sections Arguments, Examples"),
        (
            "class Share:\n    def of(self, crop):\n        return crop",
            "Share.of: crop is not told",
        ),
    ):
        assert said in wrong(text, model=True), text
