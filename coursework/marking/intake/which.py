"""Say which problem set a file holds, and know what was handed out when it comes back."""

import json
import re
from functools import cache

from ..classroom import ROOT
from .texts import tidy

TOPS = ("notebooks", "data", "docs", "glf_utils")


@cache
def lessons():
    """Return the sources of the cells of the lessons' notebooks, by "01" and so on."""
    found = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        found[path.name[:2]] = [_source(cell) for cell in cells]
    return found


@cache
def _given():
    """Return where the files lie that students are given, by name."""
    found = {}
    for path in (*ROOT.glob("*.*"), *(path for top in TOPS for path in (ROOT / top).rglob("*.*"))):
        found.setdefault(path.name, []).append(path)
    return found


def as_handed_out(data, name, notebook, releases):
    """Say whether a file is just as students were given it; outputs do not count.

    Returns
    -------
    str
        "set" for a problem set, "file" for anything else, "" if something is the student's.
    """
    sources = [_source(cell).strip() for cell in notebook["cells"]] if notebook else None
    if sources in [[_source(cell).strip() for cell in one["cells"]] for one in releases.values()]:
        return "set"
    if sources in [[one.strip() for one in given] for given in lessons().values()]:
        return "file"
    same = (_plain(path.read_bytes()) == _plain(data) for path in _given().get(name, ()))
    return "file" if any(same) else ""


def which_set(notebook, name, releases):
    """Say which problem set a notebook is.

    Parameters
    ----------
    notebook : dict or None
        As :func:`reading.read` returns it; None if there is none, and only the name counts.
    name : str
        Of the file.
    releases : dict of str to dict
        The released notebooks, by "ps1" and so on.

    Returns
    -------
    (str or None, list of str)
        The set, "lesson" for a notebook of the lessons, and what is odd about it.
    """
    named = re.search(r"(?i)(?<![a-z0-9])ps[ _-]?(\d)(?!\d)|problem[ _-]?set[ _-]?(\d)", name)
    named = "ps" + (named[1] or named[2]) if named else None
    if notebook is None:
        return named, []
    held = _from_text(notebook) or _most_alike(notebook, releases)
    if held in lessons():
        instead = f", not problem set {named[2:]}" if named else ", not a problem set"
        return "lesson", [f"This is notebook {held} of the lessons{instead}."]
    if held and named and held != named:
        return held, [f"The file's name says problem set {named[2:]}; it holds set {held[2:]}."]
    return held, []


def _from_text(notebook):
    course = notebook["metadata"].get("coursework")
    if isinstance(course, dict) and re.fullmatch(r"ps\d", str(course.get("set"))):
        return course["set"]
    text = "\n".join(cell["source"] for cell in notebook["cells"])
    heading = re.search(r"(?im)^\s*#* *Problem set (\d)\b", text)
    drawn = re.search(r"""personal\(\s*student,\s*["'](ps\d)["']""", text)
    return drawn[1] if drawn else f"ps{heading[1]}" if heading else None


def _most_alike(notebook, releases):
    """Return the set or lesson with which a notebook shares most lines, if five or more."""
    lines = {
        line.strip()
        for cell in notebook["cells"]
        for line in tidy(cell["source"]).split("\n")
        if len(line.strip()) > 12
    }
    given = {name: [_source(cell) for cell in one["cells"]] for name, one in releases.items()}
    shared = {
        name: len(lines & {line.strip() for source in sources for line in source.split("\n")})
        for name, sources in {**given, **lessons()}.items()
    }
    best = max(shared, key=shared.get, default=None)
    return best if best and shared[best] >= 5 else None


def _source(cell):
    return "".join(cell["source"])


def _plain(data):
    return data.replace(b"\r\n", b"\n")
