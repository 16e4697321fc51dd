"""Say whose a file is, from what speaks for somebody and what against; never by a guess."""

import ast
import re
from collections import namedtuple
from functools import cache
from itertools import permutations

from glf_utils.answers.assigned import PLACEHOLDER, canonical

from ..classroom import ROOT

Whose = namedtuple("Whose", "student notes")

PLATFORMS = [  # how they name files and folders; what is left is the name, and the student's own
    r"(?P<name>.+?)_\d+_assignsubmission_(?:file|onlinetext)_?(?P<rest>.*)",  # Moodle
    r"\d+-\d+ - (?P<name>.+?) - .*?\d{4} \d{3,4} ?[AP]M(?: - (?P<rest>.*))?(?:\.\w+)?",  # D2L
    r".*_(?P<name>[^_]+)_attempt_\d{4}(?:-\d\d){2,5}(?:_(?P<rest>.*))?",  # Blackboard
    r"(?P<name>[^\W\d_]+)(?:_late)?_\d+_\d+_(?P<rest>.*)",  # Canvas
    r"submission_\d+(?P<name>)(?P<rest>)",  # Gradescope
]
TITLES = "soviet_model|commune_structure|statistics_inflation|procurement_and_hunger|death_toll"
OURS = rf"(?:ps|0)\d(?:_(?:{TITLES})(?:_methodology)?|_start_here)?(?:-\d\d?)?(?![^\W_]*\d)"
DATES = (
    r"\d{4}-\d\d?-\d\d?(?:[ T_-]\d\d?[-:.h]?\d\d(?:[-:.]?\d\d)?)?|\d\d?[./]\d\d?[./]\d{2,4}|"
    r"\d\d? [^\W\d_]+ \d{4}(?: \d{3,4}(?: ?[AP]M)?)?|\d{1,2}[:.h]?\d\d ?[AP]M\b|\(\d+\)"
)
NOBODY = frozenset(
    canonical(word)
    for word in (  # of systems, of habit, of courses
        "copy copie copia cópia kopie kopia kopi kopio kopija copied duplicate "
        "副本 的副本 复制 複製 コピー のコピー 사본 копия "
        "of von de da di do del la le el the a an my mine meine new neu and und "
        "problem problems set sets question final finale last latest version ver rev draft late "
        "attempt submission submissions submitted assignment assignments assignsubmission file "
        "files onlinetext untitled unbenannt notebook notebooks ipynb homework hw coursework "
        "course inbox answer answers solution solutions solved done download downloads "
        "downloaded desktop documents class classes week woche all student students unzipped "
        "archive am pm data src work handin hand in py csv md html ex exercise exercises home "
        "users user"
    ).split()
)
NUMBERED = frozenset(
    (
        "copy copie kopie copia cópia kopia kopi version ver v rev draft week woche untitled "
        "file set attempt hw homework ex exercise ps assignment submission notebook class lab "
        "final unbenannt"
    ).split()
)


@cache
def handed_out():
    """Return the names of all folders and files that students are given, without endings."""
    names = {"great-leap-forward", "problem_sets"}
    for top in ("notebooks", "data", "docs", "glf_utils", "coursework/sets"):
        for path in (ROOT / top, *(ROOT / top).rglob("*")):
            if not {"__pycache__", ".ipynb_checkpoints"} & {*path.parts}:
                names |= {canonical(path.name), canonical(path.stem)}
    pieces = {piece for name in names for piece in re.split(r"[\W_]+", name)}
    return names | {piece for piece in pieces if len(piece) > 1 and not piece.isdigit()}


# -- what is typed -------------------------------------------------------------------------------


def typed_identifiers(notebook):
    """Return the identifiers typed in the cell that is for one: literals only.

    Where a program dropped the names of cells, a cell counts that does nothing else.

    Examples
    --------
    >>> typed_identifiers({"cells": [{"source": 'me = "s 123"\\nstudent = me'}]})
    ['s 123']
    >>> typed_identifiers({"cells": [{"source": 'student = input("Who?")'}]})
    []
    """
    cells = notebook["cells"] if notebook else []
    own = [cell for cell in cells if _name_of(cell) == "student"]
    own = own or [
        cell
        for cell in cells
        if not _name_of(cell)
        and any(re.match(" *student *=", line) for line in _lines(cell)[:2])
        and len(_lines(cell)) < 4
    ]
    values = [_literal(cell["source"]) for cell in own]
    return list(
        {
            canonical(value): value
            for value in values
            if canonical(value) not in ("", canonical(PLACEHOLDER))
        }.values()
    )


def _name_of(cell):
    found = cell.get("metadata", {}).get("nbgrader")
    return found.get("grade_id") if isinstance(found, dict) else None


def _lines(cell):
    return [line for line in cell["source"].split("\n") if line.strip() and line.strip()[0] != "#"]


def _literal(source):
    """Return the literal that a cell calls ``student`` in the end, "" if there is none."""
    source = re.sub("[“”„«»]", '"', re.sub("[‘’]", "'", source))
    values = {}
    for text in (source, *source.split("\n")):  # a line alone where the cell is not Python
        try:
            statements = ast.parse(text.strip()).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for one in statements:
            if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
                name = one.value.id if isinstance(one.value, ast.Name) else None
                try:
                    value = values.get(name, "") if name else ast.literal_eval(one.value)
                except (ValueError, TypeError, RecursionError):
                    value = ""
                values[one.targets[0].id] = value
        if text == source:
            break
    value = values.get("student", "")
    return str(value).strip()[:200] if type(value) in (str, int) else ""


# -- what the path says --------------------------------------------------------------------------


def words_of(part):
    """Return the words of a folder's or a file's name that may name somebody.

    What systems, platforms and our own hand-out write is not among them.

    Examples
    --------
    >>> words_of("Kopie von ps4_procurement_and_hunger_s123 (1).ipynb")
    ['s123']
    >>> words_of("Muster Ada_7003_assignsubmission_file_")
    ['Muster', 'Ada']
    """
    part, _ = _without_platform(part)
    part = re.sub(r"(?i)(\.(ipynb|json|py|txt|html?|docx?|pdf|zip))+$", "", part)
    if canonical(part) in handed_out():
        return []
    part = re.sub(rf"(?i)(?<![a-z0-9]){OURS}", " ", re.sub(rf"(?i){DATES}", " ", part))
    words = [word.strip("-.'") for word in re.split(r"[\s_,;()\[\]+&]+", part)]
    return [word for word in words if word and not _says_nothing(word)]


def _without_platform(part):
    for form in PLATFORMS:
        if found := re.fullmatch(form, part, re.IGNORECASE):
            return f"{found['name'] or ''} {found['rest'] or ''}", bool(found["name"])
    return part, False


def _says_nothing(word):
    if canonical(word) in handed_out():
        return True
    pieces = [piece for piece in re.split(r"[\W_]+", canonical(word)) if piece]
    known = NOBODY | handed_out()
    return all(
        piece in known or re.sub(r"^(19|20)\d\d$|\d{1,2}$", "", piece) in {"", *NUMBERED}
        for piece in pieces
    )


def candidates(parts):
    """Return who the parts of a path may speak of, at each level in one: "Muster-Ada".

    A file's own name counts beside the set's or a platform's, or with a number in it.
    """
    named = [part for part in parts if _without_platform(part)[1]]
    if named:
        joined = ["-".join(words_of(part)) for part in named]
    else:
        *folders, last = parts
        joined = ["-".join(words_of(part)) for part in folders]
        own = "-".join(words_of(last))
        if re.search(r"\d", own) or not any(joined) and re.search(rf"(?i){OURS}", last):
            joined.append(own)
    return list({canonical(one): one for one in joined if one}.values())


# -- whose ---------------------------------------------------------------------------------------


def whose(notebook, parts, roster=()):
    """Say who handed a file in, if all that speaks of somebody speaks of one.

    Parameters
    ----------
    notebook : dict or None
    parts : list of str
        The folders and zip files below the inbox and, last, the name of the file.
    roster : list of dict
        Rows with ``id`` and perhaps ``name``; empty if there is no list of the class.

    Returns
    -------
    Whose
        The identifier, "" if the teacher has to say it, and notes with the reasons.
    """
    typed = typed_identifiers(notebook)
    if len(typed) > 1:
        return Whose("", [f"Several identifiers are typed in it: {_quoted(typed)}."])
    lacks = "No identifier was filled in" if notebook else "No identifier could be read"
    if roster:
        return _by_roster(typed, parts, roster, lacks)
    there = candidates(parts)
    if typed:
        words = [word for part in parts for word in words_of(part)]
        rivals = [word for word in words if _same_shape(word, typed[0])]
        if rivals and canonical(typed[0]) not in map(canonical, words):
            return Whose(
                "",
                [
                    f"The identifier typed is “{typed[0]}”, the file's name or folder "
                    f"says “{rivals[0]}”."
                ],
            )
        return Whose(typed[0], [])
    if len(there) == 1:
        return Whose(there[0], [f"{lacks}; “{there[0]}” was read off the file's name or folder."])
    if there:
        return Whose("", [f"{lacks}; its name and folders say {_quoted(there)}."])
    return Whose("", [f"{lacks}, and the file's name does not say whose it is."])


def _by_roster(typed, parts, roster, lacks):
    ids = {canonical(row["id"]): row["id"] for row in roster}
    said = [ids[canonical(value)] for value in typed if canonical(value) in ids]
    there = list(dict.fromkeys(one for part in parts for one in listed_in(part, roster)))
    who = list(dict.fromkeys(said + there))
    if typed and not said:
        by_name = f"; its name or folder says {_quoted(there)}" if there else ""
        return Whose(
            "",
            [f"Nobody in the list of the class could be matched (typed: “{typed[0]}”{by_name})."],
        )
    if not who:
        return Whose(
            "",
            [
                "Nobody in the list of the class could be matched. "
                f"{lacks}, and the file's name names none of them."
            ],
        )
    if len(who) > 1:
        first = f"The identifier typed is “{said[0]}”" if said else lacks
        return Whose("", [f"{first}; its name or folder says {_quoted(there)}."])
    drawn = f" It is marked with the numbers drawn for “{who[0]}”." if lacks.endswith("in") else ""
    return Whose(who[0], [] if said else [f"{lacks}; by its name the file is “{who[0]}”.{drawn}"])


def listed_in(part, roster):
    """Return the identifiers of all whom a folder's or file's name speaks of.

    Examples
    --------
    >>> listed_in("ruizana_2044_99_ps3.ipynb", [{"id": "7", "name": "Ana Ruiz"}, {"id": "2044"}])
    ['7']
    """
    words = words_of(part)
    first = re.match(r"\d+(?=[\s_-]|$)", part)
    if first and not re.match(DATES, part) and _without_platform(part)[0] == part:
        words.append(first.group())
    found, keys = {}, {_bare(word) for word in (*words, part)}
    runs = {
        _bare("".join(words[start:end]))
        for start in range(len(words))
        for end in range(start + 1, start + 4)
    }
    for row in roster:
        key, name = _bare(row["id"]), _words(row.get("name"))
        by_name = (
            name
            and len(name) > 1
            and (
                name <= keys
                or len(name) < 6
                and any("".join(order) in keys for order in permutations(name))
            )
        )
        if key and (key in keys or key in runs and not key.isdigit()):
            found[row["id"]] = frozenset()
        elif by_name:
            found[row["id"]] = name
    return [
        one
        for one, name in found.items()
        if not any(name and name < other for other in found.values())
    ]


def _words(name):
    return frozenset(filter(None, map(_bare, re.split(r"[\s,]+", name or ""))))


def _bare(text):
    return re.sub(r"[\W_]+", "", canonical(text))


def _same_shape(one, other):
    def shape(text):
        return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", canonical(text)))

    alike = re.search(r"\d", one) and shape(one) == shape(other)
    return bool(alike) and canonical(one) != canonical(other)


def _quoted(values):
    return " and ".join(f"“{value}”" for value in values)
