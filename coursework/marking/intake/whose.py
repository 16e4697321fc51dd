"""Say whose a file is, from what speaks for somebody and what against; never by a guess."""

import ast
import re
from collections import namedtuple
from datetime import datetime
from functools import cache
from itertools import permutations
from pathlib import Path

from coursework.marking.classroom import COURSEWORK, ROOT, given
from coursework.marking.intake.notebook_file import name_of
from glf_utils.answers.assigned import PLACEHOLDER, canonical

Whose = namedtuple("Whose", "student notes")

PLATFORMS = [  # how they name files and folders; what is left is the name, and the student's own
    r"(?P<name>.+?)_\d+_assignsubmission_(?:file|onlinetext)_?(?P<rest>.*)",  # Moodle
    r"\d+-\d+ - (?P<name>.+?) - .*?(?P<D2L>\d\d? \w+ \d{4} \d{3,4} ?[AP]M)"
    r"(?: - (?P<rest>.*))?(?:\.\w+)?",
    r".*_(?P<name>[^_]+)_attempt_(?P<Blackboard>\d{4}(?:-\d\d){2,5})(?:_(?P<rest>.*))?",
    r"(?P<name>[^\W\d_]+)(?:_late)?_\d+_\d+_(?P<rest>.*)",  # Canvas
    r"submission_\d+(?P<name>)(?P<rest>)",  # Gradescope
]
DATES = (
    r"\d{4}-\d\d?-\d\d?(?:[ T_-]\d\d?[-:.h]?\d\d(?:[-:.]?\d\d)?)?|\d\d?[./]\d\d?[./]\d{2,4}|"
    r"\d\d? [^\W\d_]+ \d{4}(?: \d{3,4}(?: ?[AP]M)?)?|\d{1,2}[:.h]?\d\d ?[AP]M\b|\(\d+\)"
)
GLUED = "のコピー|的?副本|复制|複製"  # "copy", where no blank parts it from the name
OUR_SET = r"(?i)(?<![a-z0-9])ps[ _-]?\d(?!\d)"
NOBODY = frozenset(  # words of systems, of habit, of courses; a small number may follow them
    canonical(word)
    for word in (
        "copy copie copia cópia kopie kopia kopi kopio kopija copied duplicate コピー копия "
        "of von de da di do del la le el the a an my mine meine new neu and und am pm v ver "
        "version rev draft final finale last latest late attempt ps hw ex problem problems set "
        "sets question submission submissions submitted assignment assignments assignsubmission "
        "file files onlinetext untitled unbenannt notebook notebooks homework coursework course "
        "inbox answer answers solution solutions solved done download downloads downloaded "
        "desktop documents class classes lab week woche all student students unzipped archive "
        "data src work handin hand in exercise exercises home users user ipynb py csv md html"
    ).split()
)


@cache
def handed_out():
    """Return the names of all that students are given, and their words; short ones may be names."""
    paths = [path.relative_to(ROOT) for path in (*given(), *COURSEWORK.glob("sets/*/*.*"))]
    parts = {"great-leap-forward", "problem_sets", *(part for path in paths for part in path.parts)}
    names = {canonical(name) for part in parts for name in (part, Path(part).stem)}
    words = {word for name in names for word in re.split(r"[\W_]+", name)}
    return names | {word for word in words if len(word) > 3 and not word.isdigit()}


@cache
def titles():
    """Return the form of our names of several words, however they are parted."""
    parted = (re.split(r"[\W_]+", name) for name in handed_out())
    forms = (r"[\W_]+".join(words) for words in parted if len(words) > 1)
    longest_first = "|".join(sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?i)(?<![^\W_])(?:{longest_first})(?![^\W_])")


# -- what is typed -------------------------------------------------------------------------------


def typed_identifiers(notebook):
    """Return the identifiers typed in the cell that is for one: literals only.

    Where a program dropped the names of cells, a cell counts that does nothing else.
    """
    cells = notebook["cells"] if notebook else []
    own = [cell for cell in cells if name_of(cell) == "student"]
    own = own or [cell for cell in cells if not name_of(cell) and says_who(cell["source"])]
    values = {canonical(value): value for value in (_literal(cell["source"]) for cell in own)}
    return [value for key, value in values.items() if key not in ("", canonical(PLACEHOLDER))]


def says_who(text):
    """Say whether a cell does nothing but call somebody ``student``."""
    code = [line for line in text.split("\n") if line.strip() and line.strip()[0] != "#"]
    return len(code) < 4 and any(re.match(" *student *=", line) for line in code[:2])


def _literal(source):
    """Return the literal that a cell calls ``student`` in the end, "" if there is none."""
    source = re.sub("[“”„«»]", '"', re.sub("[‘’]", "'", source))
    values = {}
    for line in source.split("\n"):  # one by one, for another line may be no Python
        try:
            statements = ast.parse(line.strip()).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for one in statements:
            if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
                name, value = one.targets[0].id, one.value
                if isinstance(value, ast.Constant):
                    values[name] = value.value
                else:
                    values[name] = values.get(value.id) if isinstance(value, ast.Name) else None
    value = values.get("student")
    return str(value).strip()[:200] if type(value) in (str, int) else ""


# -- what the path says --------------------------------------------------------------------------


def words_of(part):
    """Return the words of a path's part that are no system's, no platform's and none of ours."""
    if found := _by_platform(part):
        part = f"{found['name'] or ''} {found['rest'] or ''}"
    part = re.sub(r"(?i)(\.(ipynb|json|py|txt|html?|docx?|pdf|zip))+$", "", part)
    part = titles().sub(" ", re.sub(rf"(?i){DATES}|{GLUED}", " ", part))
    words = [word.strip("-.'") for word in re.split(r"[\s_,;()\[\]+&]+", part)]
    return [word for word in words if word and not _says_nothing(word)]


def _by_platform(part):
    found = (re.fullmatch(form, part, re.IGNORECASE) for form in PLATFORMS)
    return next(filter(None, found), None)


def _says_nothing(word):
    known = NOBODY | handed_out()
    return canonical(word) in known or all(
        piece in known
        or re.fullmatch(r"(19|20)\d\d|\d{0,2}", piece)
        or re.sub(r"(?<=\w\w)\d{1,2}$", "", piece) in known
        for piece in re.split(r"[\W_]+", canonical(word))
    )


def candidates(parts):
    """Return who the parts of a path may speak of, at each level in one: "Muster-Ada".

    A file's own name counts beside the set's or a platform's, or with a number in it.
    """
    if named := [part for part in parts if (found := _by_platform(part)) and found["name"]]:
        joined = ["-".join(words_of(part)) for part in named]
    else:
        *joined, own = ["-".join(words_of(part)) for part in parts]
        if re.search(r"\d", own) or not any(joined) and re.search(OUR_SET, parts[-1]):
            joined.append(own)
    return list({canonical(one): one for one in joined if one}.values())


def stated_time(parts):
    """Return when a platform says that a file was handed in, None if none says so."""
    for part in parts:
        found = _by_platform(part)
        told = found.groupdict() if found else {}
        try:
            if told.get("Blackboard"):
                return datetime(*map(int, told["Blackboard"].split("-")))
            if told.get("D2L"):
                day, clock = re.fullmatch(r"(.*) (\d+ ?[APap][Mm])", told["D2L"]).groups()
                clock = clock.replace(" ", "").zfill(6)
                return datetime.strptime(f"{day} {clock}", "%d %B %Y %I%M%p")
        except ValueError:
            continue
    return None


# -- whose ---------------------------------------------------------------------------------------


def whose(notebook, parts, roster=()):
    """Say who handed a file in, if all that speaks of somebody speaks of one.

    ``parts`` are the folders and zip files below the inbox and, last, the name of the file. The
    identifier is "" if the teacher has to say it; the notes give the reasons.
    """
    typed = typed_identifiers(notebook)
    if len(typed) > 1:
        return Whose("", [f"Several identifiers are typed in it: {_quoted(typed)}."])
    lacks = "No identifier was filled in" if notebook else "No identifier could be read"
    if roster:
        return _by_roster(typed, parts, roster, lacks, notebook)
    there = candidates(parts)
    if typed:
        words = [word for part in parts for word in words_of(part)]
        rivals = [word for word in words if _same_shape(word, typed[0])]
        if rivals and canonical(typed[0]) not in map(canonical, words):
            return Whose("", [f"{_typed(typed[0])}; its name or folder says {_quoted(rivals)}."])
        return Whose(typed[0], [])
    if len(there) == 1:
        return Whose(there[0], [f"{lacks}; “{there[0]}” was read off the file's name or folder."])
    if there:
        return Whose("", [f"{lacks}; its name and folders say {_quoted(there)}."])
    return Whose("", [f"{lacks}, and the file's name does not say whose it is."])


def _by_roster(typed, parts, roster, lacks, notebook):
    ids = {canonical(row["id"]): row["id"] for row in roster}
    said = [ids[canonical(value)] for value in typed if canonical(value) in ids]
    there = list(dict.fromkeys(one for part in parts for one in listed_in(part, roster)))
    by_path = f"its name or folder says {_quoted(there)}"
    if typed and not said:
        also = f"; {by_path}" if there else ""
        words = f"Nobody in the list of the class could be matched (typed: “{typed[0]}”{also})."
        return Whose("", [words])
    if not said and not there:
        words = f"{lacks}, and the file's name names none of them."
        return Whose("", [f"Nobody in the list of the class could be matched. {words}"])
    if len({*said, *there}) > 1:
        return Whose("", [f"{_typed(said[0]) if said else lacks}; {by_path}."])
    if said:
        return Whose(said[0], [])
    drawn = f" It is marked with the numbers drawn for “{there[0]}”." if notebook else ""
    return Whose(there[0], [f"{lacks}; by its name the file is “{there[0]}”.{drawn}"])


def listed_in(part, roster):
    """Return the identifiers of all whom a path's part speaks of, their names in any order."""
    words = words_of(part)
    first = re.match(r"\d+(?=[\s_-]|$)", part)
    if first and not re.match(DATES, part) and not _by_platform(part):
        words.append(first.group())
    alone = set(map(_bare, [*words, part]))
    joined = {
        _bare("".join(words[start:end]))
        for start in range(len(words))
        for end in range(start + 1, start + 4)
    }
    found = {}
    for row in roster:
        key, names = _bare(row["id"]), re.split(r"[\s,]+", row.get("name", ""))
        name = frozenset(map(_bare, names)) - {""}
        orders = {"".join(order) for order in permutations(name)} if len(name) < 6 else set()
        if key and (key in alone or key in joined and not key.isdigit()):
            found[row["id"]] = frozenset()
        elif len(name) > 1 and (name <= alone or orders & alone):
            found[row["id"]] = name
    return [
        one
        for one, name in found.items()
        if not any(name and name < other for other in found.values())
    ]


def _bare(text):
    return re.sub(r"[\W_]+", "", canonical(text))


def _same_shape(one, other):
    def shape(text):
        return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", canonical(text)))

    alike = re.search(r"\d", one) and shape(one) == shape(other)
    return bool(alike) and canonical(one) != canonical(other)


def _typed(value):
    return f"The identifier typed is “{value}”"


def _quoted(values):
    return " and ".join(f"“{value}”" for value in values)
