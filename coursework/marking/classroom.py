"""A class: its folder, its list, its releases, and tables that travel through a spreadsheet."""

import csv
import hashlib
import json
import os
import re
import sys
import unicodedata
from functools import cache
from io import StringIO
from pathlib import Path

from glf_utils.answers.assigned import canonical

COURSEWORK = Path(__file__).resolve().parents[1]
ROOT = COURSEWORK.parent

UNKNOWN = "(unknown)"
"""In place of a student or a set, until a teacher writes whose and which a file is."""

WHOLE = "all"
"""In place of a question: a whole submission that no test could mark."""

WAITS = "so it was left for your teacher to look at."
"""How the words end with which a test is left to the teacher."""


GIVEN = (
    "run.py pyproject.toml locks/readers.txt locks/installer.txt locks/install.py environment.yml "
    "postBuild README.md LICENSE LICENSE-CONTENT CITATION.cff data docs glf_utils notebooks"
).split()
"""What of the project students are given, beside the sets."""


class Trouble(Exception):
    """What is wrong and what to do about it, in a line or two."""


def say(words):
    print(words, file=sys.stderr, flush=True)


def path_of_programs():
    """Return PATH with this Python's own programs in front: nbgrader calls alembic by its name."""
    ours = str(Path(sys.executable).parent)
    path = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join([ours, *(folder for folder in path if folder != ours)])


# -- the folder ----------------------------------------------------------------------------------


def sets(folder):
    """Names of the problem sets in a folder of nbgrader's."""
    return sorted(path.name for path in folder.glob("ps*") if path.is_dir())


def set_name(text):
    """Return the name of a problem set as a person may write it: ps3 of 3, PS 3, Problem set 3."""
    return re.sub(r"(?i)^(problem[ _-]?set|ps)?[ _-]*(\d)$", r"ps\2", text.strip())


@cache
def given():
    """Return the files of the project that students are given, as paths, in a fixed order."""
    paths = [path for name in GIVEN for path in sorted([ROOT / name, *(ROOT / name).rglob("*")])]
    passing = {"__pycache__", ".ipynb_checkpoints"}
    return [path for path in paths if path.is_file() and not passing & {*path.parts}]


def lesson_paths(folder):
    """Return the notebooks of a folder by their numbers, without the copies that Jupyter keeps."""
    kept = (path for path in folder.rglob("[0-9]*.ipynb") if path.parent.name[0] != ".")
    return sorted(kept, key=lambda path: path.name)


def read_releases(class_folder):
    """Return the released notebooks of a class by problem set."""
    paths = sorted((class_folder / "release").glob("ps*/*.ipynb"))
    return {path.parent.name: json.loads(path.read_text("utf-8")) for path in paths}


def store(path, data):
    """Write a file if it does not hold just that already; say whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.with_name(f"{path.name}.new")
    whole.write_bytes(data)
    try:
        whole.replace(path)
    except PermissionError:  # Windows, while a spreadsheet has it open
        raise Trouble(
            f"{path} cannot be written: close the program that has it open, then give "
            "the same command again."
        ) from None
    return True


def read_roster(class_folder):
    """Return the list of the class, ``roster.csv``: ours, or a gradebook of Moodle's or Canvas's.

    ``id`` and ``name`` of each student, and the other columns of the file. From Canvas ``id`` is
    the SIS user ID (else the login), and ``canvas id`` its own number.
    """
    same = {"id number": "id", "student": "name", "full name": "name", "surname": "last name"}
    rows = [_person(row) for row in read_table(class_folder / "roster.csv", ["id"], same)]
    return [row for row in rows if row["id"] and row["name"] != "Student, Test"]


def _person(row):
    row = {"name": f"{row.get('first name', '')} {row.get('last name', '')}".strip(), **row}
    if "sis user id" in row or "sis login id" in row:
        theirs = row.get("sis user id") or row.get("sis login id") or row["id"]
        row |= {"canvas id": row["id"], "id": theirs}
    elif "email address" in row:
        row["id"] = row["id"] or row.get("username") or row["email address"]
    return row


# -- names of folders ----------------------------------------------------------------------------

RESERVED = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(10)}


def folder_name(identifier):
    """Return an identifier as a name for folders and spreadsheets; most stay as they are.

    Spaces and capitals go, as nothing in the coursework minds them; a character that a system, a
    spreadsheet or nbgrader could trip over becomes ``_x``, its number and ``_``.

    >>> folder_name("S 1234"), folder_name("=a+b"), folder_name("../x")
    ('s1234', '_x3D_a_x2B_b', '_x2E__x2E__x2F_x')
    """
    text = unicodedata.normalize("NFC", canonical(identifier))
    text = re.sub(r"_(?=x[0-9a-f]+_)", "_x5F_", text)
    safe = "".join(c if c.isalnum() or c in "_-.@" else _numbered(c) for c in text)
    safe = re.sub(r"^[-.@]+|\.$", lambda signs: "".join(map(_numbered, signs.group())), safe)
    if safe.partition(".")[0] in RESERVED:
        safe = _numbered(safe[0]) + safe[1:]
    if len(safe.encode()) > 80:
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        safe = safe.encode()[:60].decode(errors="ignore") + "-" + digest
    return safe


def identifier_of(folder):
    """Return the identifier that :func:`folder_name` made a folder's name of."""
    return re.sub(r"_x([0-9A-F]+)_", lambda code: chr(int(code.group(1), 16)), folder)


def _numbered(sign):
    return f"_x{ord(sign):02X}_"


# -- tables --------------------------------------------------------------------------------------

csv.field_size_limit(2**31 - 1)  # a pasted picture has more than Python's 131,072 characters

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ANSWER = "answer · réponse · odpowiedź · ответ · 答案"
"""The heading of the last column of by_hand.csv. Its letters tell how a spreadsheet saved it."""

ENCODINGS = ("utf-8-sig", "gb18030", "cp1250", "cp1251", "cp1252", "mac_roman")
"""The first of which a table's heading is whole is taken: those that hold most of it first."""

MONTHS = (
    "jan ene gen feb fév fev mar mär mrz apr avr abr may mai mag maj jun juin giu jul juil "
    "lug aug aoû ago sep set oct okt ott out nov dec déc dez dic"
).split()
NUMBERLIKE = re.compile(rf"(?i)[\d.,+-]|({'|'.join(MONTHS)})\w*[-. ]?\d|(true|false|e\d+)$")


def read_table(path, needed=(), same=None):
    """Rows of a CSV as dicts, however a spreadsheet saved it: separator, encoding, capitals.

    Headings are in small letters; those in ``same`` mean another one. Of a file that is not there,
    no rows; one that cannot be read, or lacks a needed column, is refused.
    """
    if not path.exists():
        return []
    text, separator = _text_and_separator(path)
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=separator)
    names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    names = ["answer" if name.startswith("answer ") else name for name in names]
    reader.fieldnames = [(same or {}).get(name, name) for name in names]
    lacking = [name for name in needed if name not in reader.fieldnames]
    if lacking:
        has = ", ".join(filter(None, names)) or "nothing"
        raise Trouble(
            f"{path} needs a column with the heading {' and one with '.join(lacking)}; "
            f"it has {has}."
        )
    return [{name: _plain(name, row[name]) for name in row if name} for row in reader]


def separator_of(path):
    """Return what stands between the cells of a CSV, a comma if there is no such file."""
    return _text_and_separator(path)[1] if path.exists() else ","


def write_table(path, columns, rows, separator=",", as_text=(), encoding="utf-8-sig"):
    """Write a CSV that spreadsheets open as it is; no cell can start a formula.

    Where cells are parted by semicolons, as where a comma is the decimal sign, numbers have commas.
    In columns that come back ``as_text``, what looks like a number or a date is marked as text by
    an apostrophe, which :func:`read_table` takes off.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(ANSWER if name == "answer" else name for name in columns)
    writer.writerows(
        [_cell(row.get(name, ""), separator, name in as_text) for name in columns] for row in rows
    )
    store(path, text.getvalue().encode(encoding, "replace"))


def _cell(value, separator, as_text):
    if isinstance(value, float):
        return f"{value:g}".replace(".", "," if separator == ";" else ".")
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) or as_text and NUMBERLIKE.match(text) else text


def _plain(name, value):
    """A cell's text as it was before :func:`_cell`, without blanks around it."""
    value = (value or "").strip()
    if value.startswith(tuple(f"'{sign}" for sign in FORMULA)) or name == "student":
        return value.removeprefix("'")
    return value


def _text_and_separator(path):
    data = path.read_bytes()
    if data.startswith(WORKBOOKS):
        raise Trouble(
            f"{path} is a workbook under a CSV's name: open it, save it as CSV under the "
            "same name, then give the same command again."
        )
    text = _decoded(path, data)
    said = re.match(r"sep=(.)\r?\n", text)  # Excel's own first line
    if said:
        return text[said.end() :], said[1]
    return text, max(",;\t", key=text.partition("\n")[0].count)


def _decoded(path, data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig" or all(word in text for word in _heading_in(encoding)):
            return text
    raise Trouble(
        f"{path} is not in UTF-8, and its letters cannot be told: save it as “CSV UTF-8” "
        "under the same name, then give the same command again."
    )


def _heading_in(encoding):
    """The words of the heading that an encoding can hold."""
    words = ANSWER.split(" · ")
    return [word for word in words if word.encode(encoding, "ignore").decode(encoding) == word]
