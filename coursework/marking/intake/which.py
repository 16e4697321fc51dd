"""Say which problem set a file holds, and know what was handed out when it comes back."""

import json
import re
from functools import cache

from coursework.marking.classroom import ROOT, given, lesson_paths
from coursework.marking.intake.rebuild import lines

ALIKE = 5  # lines that a notebook without a heading shares with a set or a lesson, at the least


@cache
def lessons():
    """Return the sources of the cells of the lessons' notebooks, by "01" and so on."""
    paths = lesson_paths(ROOT / "notebooks")
    return {path.name[:2]: _sources(json.loads(path.read_text("utf-8"))) for path in paths}


def as_handed_out(data, name, notebook, releases):
    """Say whether a file, outputs apart, is just as given: "set", "file" for any other, or ""."""
    sources = _sources(notebook) if notebook else None
    if sources in [_sources(one) for one in releases.values()]:
        return "set"
    named = [path for path in given() if path.name == name]
    same = (_plain(path.read_bytes()) == _plain(data) for path in named)
    return "file" if sources in lessons().values() or any(same) else ""


def which_set(notebook, name, releases):
    """Return which problem set a notebook is, "lesson" or None, and sentences on what is odd.

    Where there is no notebook the file's name alone says which it would be.
    """
    named = re.search(r"(?i)(?<![a-z0-9])(?:ps|problem[ _-]?set)[ _-]?(\d)(?!\d)", name)
    named = f"ps{named[1]}" if named else None
    if notebook is None:
        return named, []
    held = _from_text(notebook) or _most_alike(notebook, releases)
    if held in lessons():
        instead = f"problem set {named[2:]}" if named else "a problem set"
        words = f"This is notebook {held} of the lessons, not {instead}; please ask for the other."
        return "lesson", [words]
    if held and named and held != named:
        return held, [f"The file's name says problem set {named[2:]}; it holds set {held[2:]}."]
    return held, []


def _from_text(notebook):
    course = notebook["metadata"].get("coursework")
    if isinstance(course, dict) and re.fullmatch(r"ps\d", str(course.get("set"))):
        return course["set"]
    text = "\n".join(_sources(notebook))
    heading = re.search(r"(?im)^\s*#* *Problem set (\d)\b", text)
    return f"ps{heading[1]}" if heading else None


def _most_alike(notebook, releases):
    """Return the set or lesson with which a notebook shares most lines, None if hardly any."""
    given = {name: _sources(one) for name, one in releases.items()} | lessons()
    theirs = _long_lines(_sources(notebook))
    shared = {name: len(theirs & _long_lines(sources)) for name, sources in given.items()}
    best = max(shared, key=shared.get, default=None)
    return best if best and shared[best] >= ALIKE else None


def _long_lines(sources):
    return {line for source in sources for line in lines(source) if len(line) > 12}


def _sources(notebook):
    return ["".join(cell["source"]).strip() for cell in notebook["cells"]]


def _plain(data):
    return data.replace(b"\r\n", b"\n")
