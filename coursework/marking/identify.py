"""Say which problem set a file holds and whose it is."""

import re
from collections import namedtuple

from glf_utils.exercises.assigned import PLACEHOLDER, canonical

from .classroom import folder_name, identifier_of  # noqa: F401
from .texts import tidy

Whose = namedtuple("Whose", "student notes")
SET_NAME = re.compile(
    r"(?i)(?<![a-z0-9])ps\d(_soviet_model|_commune_structure|_statistics_inflation|"
    r"_procurement_and_hunger|_death_toll_methodology)?(-\d\d?)?(?![a-z0-9])"
)
TYPED = re.compile(  # in any quotation marks, or in none
    r"""(?m)^[ \t]*student[ \t]*=[ \t]*"""
    r"""(?:"+([^"\n]*)"|'+([^'\n]*)'|["'“”‘’«»]+([^"'“”‘’«»\n]*)["'“”‘’«»]+|([^"'#\s]+))"""
)
NOISE = re.compile(
    r"(?i)^(ps\d|problem|set|copy|kopie|final|last|version|v\d+|late|attempt|submission|submissions|"
    r"assignsubmission|file|onlinetext|untitled\d*|notebook|ipynb|homework|coursework|inbox|of|the|"
    r"my|new|and|answers?|solution|download|downloads|class|week\d*|\d{1,2}|(19|20)\d\d)$"
)


# -- which set -----------------------------------------------------------------------------------


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
        The set, and what is odd about it.
    """
    named = re.search(r"(?i)(?<![a-z0-9])ps[ _-]?(\d)(?!\d)|problem[ _-]?set[ _-]?(\d)", name)
    named = "ps" + (named.group(1) or named.group(2)) if named else None
    if notebook is None:
        return named, []
    held = _from_text(notebook) or _from_likeness(notebook, releases)
    if held and named and held != named:
        return held, [f"The file's name says problem set {named[2:]}; it holds set {held[2:]}."]
    return held or named, []


def _from_text(notebook):
    course = notebook["metadata"].get("coursework")
    text = "\n".join(cell["source"] for cell in notebook["cells"])
    heading = re.search(r"(?im)^\s*#* *Problem set (\d)\b", text)
    drawn = re.search(r"""personal\(\s*student,\s*["'](ps\d)["']""", text)
    if isinstance(course, dict) and re.fullmatch(r"ps\d", str(course.get("set"))):
        return course["set"]
    return f"ps{heading.group(1)}" if heading else drawn.group(1) if drawn else None


def _from_likeness(notebook, releases):
    """Return the set with which a notebook shares most lines, if they are five or more."""
    lines = {line.strip() for cell in notebook["cells"] for line in tidy(cell["source"]).split("\n")
             if len(line.strip()) > 12}  # fmt: skip
    shared = {}
    for name, released in releases.items():
        ours = {line.strip() for cell in released["cells"]
                for line in tidy("".join(cell["source"])).split("\n")}  # fmt: skip
        shared[name] = len(lines & ours)
    best = max(shared, key=shared.get, default=None)
    return best if best and shared[best] >= 5 else None


# -- whose ---------------------------------------------------------------------------------------


def typed_identifier(notebook):
    """Return the identifier that stands in the notebook, "" if none was filled in.

    Examples
    --------
    >>> typed_identifier({"cells": [{"source": 'student = "s 123"'}]})
    's 123'
    """
    found = ""
    for cell in notebook["cells"] if notebook else ():
        for forms in TYPED.findall(cell["source"]):
            value = "".join(forms).strip()
            if canonical(value) not in ("", canonical(PLACEHOLDER)) and value not in ("...", "…"):
                found = value
    return found[:200]


def whose(notebook, parts, roster=()):
    """Say who handed a file in.

    Parameters
    ----------
    notebook : dict or None
    parts : list of str
        The folders below the inbox and, last, the name of the file.
    roster : list of dict
        Rows with ``id`` and perhaps ``name``; empty if there is no roster.

    Returns
    -------
    Whose
        The identifier, "" if nobody can be named, and notes.
    """
    typed = typed_identifier(notebook)
    if roster:
        return _by_roster(typed, parts, roster, notebook is not None)
    tokens = path_tokens(parts)
    if typed:
        other = [token for token in tokens if _same_shape(token, typed)
                 and canonical(token) != canonical(typed)]  # fmt: skip
        if other and canonical(typed) not in map(canonical, tokens):
            return Whose(typed, [f"The file's name or folder says “{other[0]}”, the identifier "
                                 f"typed is “{typed}”."])  # fmt: skip
        return Whose(typed, [])
    note = "No identifier was filled in" if notebook else "No identifier could be read"
    folder = parts[-2] if len(parts) > 1 and path_tokens(parts[-2:-1]) else ""
    guess = _without_numbers(folder) if folder else (tokens or [""])[0]
    if guess:
        return Whose(guess, [f"{note}; “{guess}” was read off the file's name or folder."])
    return Whose("", [f"{note}, and the file's name does not say whose it is."])


def _by_roster(typed, parts, roster, readable):
    ids = {canonical(row["id"]): row["id"].strip() for row in roster if row.get("id", "").strip()}
    whole = canonical("/".join(parts))
    pieces = {canonical(token) for token in path_tokens(parts)}
    there = [name for key, name in ids.items() if key in pieces] or [
        name for key, name in ids.items() if re.search(_alone(key), whole)
    ] or [row["id"].strip() for row in roster if _named(row.get("name"), pieces)]  # fmt: skip
    said = ids.get(canonical(typed)) if typed else None
    if len(set(there)) == 1:
        they = there[0]
        drawn = _drawn_for(they, readable)
        if said and said != they:
            return Whose(they, [f"The file came as “{they}”, the identifier typed is “{typed}”; it "
                                f"is marked as “{they}”.{drawn}"])  # fmt: skip
        if typed and not said:
            return Whose(they, [f"The identifier typed, “{typed}”, is not in the list of the "
                                f"class; by its name the file is “{they}”.{drawn}"])  # fmt: skip
        if readable and not typed:
            return Whose(they, [f"No identifier was filled in; by its name the file is “{they}”."
                                f"{drawn}"])  # fmt: skip
        return Whose(they, [])
    if said:
        return Whose(said, [])
    typed = f" (typed: “{typed}”)" if typed else ""
    return Whose("", [f"Nobody in the list of the class could be matched{typed}."])


def _alone(key):
    """Return a pattern for an identifier between signs; for 1 to 99 only at a name's beginning.

    Browsers and learning platforms add such numbers themselves, as in "ps1 (1).ipynb".
    """
    before = "(?:^|/)" if re.fullmatch(r"\d\d?", key) else r"(?<![^\W_])"
    return rf"{before}{re.escape(key)}(?![^\W_])"


def _drawn_for(student, readable):
    """Return a sentence on the numbers of a file whose identifier was wrong, if it was read."""
    return f" It is marked with the numbers drawn for “{student}”." if readable else ""


def _named(name, pieces):
    words = [canonical(word) for word in re.split(r"[\W_]+", name or "") if len(word) > 1]
    joined = {"".join(words), "".join(words[::-1])}
    return bool(words) and (set(words) <= pieces or bool(joined & pieces))


def path_tokens(parts):
    """Return the words of folders and file name that may name somebody.

    Examples
    --------
    >>> path_tokens(["ps4_procurement_and_hunger_s123 (1).ipynb"])
    ['s123']
    """
    tokens = []
    for part in reversed(parts):
        stem = re.sub(r"(?i)(\.(ipynb|json|py|txt|html?|docx?|pdf|zip))+$", "", part)
        stem = SET_NAME.sub(" ", re.sub(r"_\d+_assignsubmission\w*$", " ", stem))
        stem = re.sub(r"\d{4}-\d\d-\d\d([ T_-]\d\d[-:.]?\d\d([-:.]?\d\d)?)?", " ", stem)
        words = [word.strip("-") for word in re.split(r"[\s_,;()\[\]]+", stem)]
        tokens += [word for word in words if word and not NOISE.match(word)]
    return list(dict.fromkeys(tokens))


def _without_numbers(folder):
    """Return the words of a folder's name in one, without a learning platform's own numbers."""
    tokens = path_tokens([folder])
    words = [token for token in tokens if not re.fullmatch(r"\d{5,}", token)] or tokens
    return "-".join(words)


def _same_shape(one, other):
    def shape(text):
        return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", canonical(text)))

    return shape(one) == shape(other) and re.search(r"\d", one)
