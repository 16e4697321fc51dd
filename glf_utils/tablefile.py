"""Strict reading of a table and of the description beside it.

What does not fit is an error that names file, line, column and mend; nothing is guessed. A
byte-order mark and Windows line ends are tolerated.
"""

import atexit
import csv
import io
import json
import math
import re
import shutil
import tempfile
from difflib import get_close_matches
from importlib import resources
from pathlib import Path

import pandas as pd

_number = (int, float)
DESCRIPTION = {
    "name": str,
    "path": str,
    "title": str,
    "description": str,
    "caveats": [str],
    "licenses": [{"title": str, "path": str}],
    "schema": {
        "fields": [
            {
                "name": str,
                "type": str,
                "description": str,
                "unit?": str,
                "constraints?": {
                    "required?": bool,
                    "unique?": bool,
                    "enum?": [str],
                    "pattern?": str,
                    "minimum?": _number,
                    "maximum?": _number,
                },
            }
        ],
        "primaryKey": [str],
        "foreignKeys?": [{"fields": [str], "reference": {"resource": str, "fields": [str]}}],
    },
}
"""What a description of a table must have, and may have (with a question mark)."""

KINDS = {
    "string": (r"(?s).*", ""),
    "integer": (r"-?\d+", "a whole number"),
    "number": (r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", "a number"),
    "date": (r"\d{4}-\d{2}-\d{2}", "a date such as 1960-06-30"),
    "boolean": ("true|false", "true or false"),
}
"""Type of a column: the form of its cells, and what messages call it."""


class DataError(ValueError):
    """A table is unknown, missing or damaged. The message names the place and the mend."""


def data_folder():
    """Where the tables lie: ``data/`` of a checkout, or what an installed package carries."""
    shipped = resources.files("glf_utils") / "shipped"
    if not shipped.is_dir():
        return Path(__file__).resolve().parents[1] / "data"
    if isinstance(shipped, Path):
        return shipped
    folder = Path(tempfile.mkdtemp(prefix="glf-"))  # the package is one zipped file
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for file in shipped.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def name_of(path):
    """A file as messages call it: its folder and its name.

    Parameters
    ----------
    path : Path
        Of the file.

    Returns
    -------
    str

    Examples
    --------
    >>> name_of(Path("/home/me/data/steel.csv"))
    'data/steel.csv'
    """
    return f"{path.parent.name}/{path.name}"


def read_text(path):
    """The text of a UTF-8 file, without a byte-order mark.

    Parameters
    ----------
    path : Path
        Of the file.

    Returns
    -------
    str

    Raises
    ------
    DataError
        If the file is missing, cannot be read or is not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"{name_of(path)} is missing. Restore the file.") from None
    except OSError as error:
        raise DataError(
            f"{name_of(path)} cannot be read ({error.strerror}). Restore the file."
        ) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{name_of(path)}, line {line}: byte 0x{raw[error.start]:02x} is not UTF-8. "
            "Save the file again as UTF-8."
        ) from None


def read_description(path):
    """The description of one table, complete and of the right kinds.

    Parameters
    ----------
    path : Path
        ``NAME.json``.

    Returns
    -------
    dict

    Raises
    ------
    DataError
        If it is no JSON, or something lacks, is of another kind or contradicts the rest.
    """
    try:
        found = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise DataError(
            f"{name_of(path)}, line {error.lineno}: not valid JSON ({error.msg}). "
            "Restore the file or mend that line."
        ) from None
    problem = _misfit(found, DESCRIPTION, "") or _contradiction(found["schema"])
    if problem:
        raise DataError(f"{name_of(path)}: {problem}. The descriptions beside it show how.")
    return found


def _misfit(part, wanted, where):
    """What part of a description is missing or of another kind, or an empty text."""
    if isinstance(wanted, dict):
        if not isinstance(part, dict):
            return f"{where or 'it'} is not a description in braces"
        known = [key.rstrip("?") for key in wanted]
        for name in part:
            if name not in known and get_close_matches(name, known, n=1, cutoff=0.75):
                near = get_close_matches(name, known, n=1, cutoff=0.75)[0]
                return f"{where}, {name!r} is unknown; did you mean {near!r}?".lstrip(", ")
        for key, kind in wanted.items():
            name = key.rstrip("?")
            inner = f"{where}, {name!r}".lstrip(", ")
            if name not in part:
                if key == name:
                    return f"{inner} is missing"
            elif problem := _misfit(part[name], kind, inner):
                return problem
        return ""
    if isinstance(wanted, list):
        if not isinstance(part, list):
            return f"{where} is not a list"
        each = (_misfit(one, wanted[0], f"{where} {n}") for n, one in enumerate(part, 1))
        return next(filter(None, each), "")
    if isinstance(part, bool) != (wanted is bool) or not isinstance(part, wanted):
        word = {str: "a text", bool: "true or false"}.get(wanted, "a number")
        return f"{where} is not {word}"
    return "" if not isinstance(part, float) or math.isfinite(part) else f"{where} is not finite"


def _contradiction(schema):
    """What in a schema of the right kinds cannot be applied, or an empty text."""
    names = [field["name"] for field in schema["fields"]]
    if twice := [name for place, name in enumerate(names) if name in names[:place]]:
        return f"the field {twice[0]!r} stands twice"
    keys = schema.get("foreignKeys", [])
    for key in keys:
        if len(key["fields"]) != 1 or len(key["reference"]["fields"]) != 1:
            return "its foreignKeys must lead from one field to one field"
    for part, used in (
        ("primaryKey", schema["primaryKey"]),
        ("foreignKeys", [key["fields"][0] for key in keys]),
    ):
        if unknown := [name for name in used if name not in names]:
            return f"its {part} names {unknown[0]!r}, which is no field"
    for field in schema["fields"]:
        rules = field.get("constraints", {})
        if field["type"] not in KINDS:
            return f"field {field['name']!r}: the type {field['type']!r} is none of {[*KINDS]}"
        if {"minimum", "maximum"} & set(rules) and field["type"] not in ("integer", "number"):
            return f"field {field['name']!r}: its minimum or maximum cannot be applied"
        try:
            re.compile(rules.get("pattern", ""))
        except re.error:
            return f"field {field['name']!r}: its pattern cannot be applied"
    return ""


def read_rows(path, names):
    """The cells of every row, as text, after checking header and row lengths.

    Parameters
    ----------
    path : Path
        ``NAME.csv``.
    names : list of str
        The header.

    Returns
    -------
    list of list of str

    Raises
    ------
    DataError
        If the file is cut off, has another header, or a row another length.
    """
    text = read_text(path).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if "\n" not in text:
        what = "holds a header and no rows" if text.strip() else "is empty"
        raise DataError(f"{name_of(path)} {what}: it looks cut off. Restore the file.")
    reader = csv.reader(io.StringIO(text), strict=True)
    rows = []
    try:
        for row in reader:
            rows.append(row)
            if reader.line_num != len(rows):
                raise csv.Error("a cell runs over the end of its line")
    except csv.Error as error:
        raise DataError(
            f"{name_of(path)}, line {len(rows) + 1}: {error}. Close the quotation mark, or double "
            "one inside a cell."
        ) from None
    header = rows.pop(0)
    if header != names:
        raise DataError(
            f"{name_of(path)}, line 1: {_unlike(header, names)}, or change {path.stem}.json. "
            f"Expected: {','.join(names)}"
        )
    for number, row in enumerate(rows, start=2):
        if len(row) != len(names):
            raise DataError(
                f"{name_of(path)}, line {number}: {len(row)} cells where the header has "
                f"{len(names)}. Look for a missing or unquoted comma."
            )
    return rows


def _unlike(header, names):
    missing = [name for name in names if name not in header]
    extra = [name for name in header if name not in names]
    if missing and extra:
        return f"column {missing[0]!r} is missing and {extra[0]!r} is unknown. Rename it"
    if missing:
        return f"column {missing[0]!r} is missing. Restore it"
    if extra:
        return f"column {extra[0]!r} is unknown. Remove it"
    return "columns are repeated or out of order. Restore the order"


def column(path, field, cells):
    """One column as typed values, with every constraint of its description checked.

    Parameters
    ----------
    path : Path
        Of the table, for messages.
    field : dict
        Name, type and constraints.
    cells : sequence of str, n
        As they stand in the file; an empty one is missing.

    Returns
    -------
    list, array or Series, n
        What ``DataFrame`` makes a column of. Whole numbers and truths are nullable where
        a cell is empty.

    Raises
    ------
    DataError
        For the first cell that does not fit.

    Examples
    --------
    >>> column(Path("data/some.csv"), {"name": "year", "type": "integer"}, ["1958", ""]).dtype
    Int64Dtype()
    """
    rules, kind = field.get("constraints", {}), field["type"]
    given = [cell for cell in cells if cell]
    form, word = KINDS[kind]

    def refuse(bad, what, which=0):
        """Refuse the first (or a later) cell of which ``bad`` is true."""
        at = [place for place, cell in enumerate(cells) if bad(cell)]
        if len(at) > which:
            raise DataError(
                f"{name_of(path)}, line {at[which] + 2}, column {field['name']!r}: "
                f"{cells[at[which]]!r} {what}."
            )

    if rules.get("required"):
        refuse(lambda cell: not cell, "must not be empty. Fill it in")
    if "enum" in rules and (odd := next((c for c in given if c not in rules["enum"]), None)):
        near = get_close_matches(odd, rules["enum"], n=1, cutoff=0.5) or rules["enum"][:6]
        refuse(
            lambda cell: cell == odd,
            f"is not an allowed value. Use {' or '.join(map(repr, near))}, or add it to "
            f"{path.stem}.json",
        )
    if "pattern" in rules:
        fits = re.compile(rules["pattern"]).fullmatch
        refuse(
            lambda cell: cell and not fits(cell),
            f"does not have the form {rules['pattern']}. Correct it",
        )
    if rules.get("unique") and len(set(given)) < len(given):
        twice = next(cell for place, cell in enumerate(given) if cell in given[:place])
        refuse(lambda cell: cell == twice, "stands twice. Remove one", which=1)
    if kind == "string":
        refuse(lambda cell: cell != cell.strip(), "begins or ends with a blank. Remove the blank")
        return [cell or None for cell in cells] if len(given) < len(cells) else list(cells)

    whole = re.compile(form, re.ASCII).fullmatch
    day = {}
    if kind == "date":
        day = dict(
            zip(given, pd.to_datetime(given, format="%Y-%m-%d", errors="coerce"), strict=True)
        )
    refuse(
        lambda cell: (
            cell and (not whole(cell) or day.get(cell, 0) is pd.NaT or _endless(kind, cell))
        ),
        f"is not {word}. Correct it, or leave the cell empty",
    )
    if kind in ("integer", "number"):
        for rule, side, beyond in (
            ("minimum", "below", lambda cell: float(cell) < rules["minimum"]),
            ("maximum", "above", lambda cell: float(cell) > rules["maximum"]),
        ):
            if rule in rules:
                refuse(
                    lambda cell, beyond=beyond: cell and beyond(cell),
                    f"is {side} {rules[rule]}, the {rule}. Correct it",
                )
    full = len(given) == len(cells)
    if kind == "integer":
        values = [int(cell) if cell else None for cell in cells]
        return pd.array(values, dtype="int64" if full else "Int64")
    if kind == "number":
        return pd.array([float(cell or "nan") for cell in cells], dtype="float64")
    if kind == "boolean":
        values = [cell == "true" if cell else None for cell in cells]
        return pd.array(values, dtype="bool" if full else "boolean")
    return pd.to_datetime(pd.Series([cell or None for cell in cells]), format="%Y-%m-%d")


def _endless(kind, cell):
    return kind == "number" and not math.isfinite(float(cell))


def check_key(path, key, cells):
    """No two rows share the values of the primary key.

    Parameters
    ----------
    path : Path
        Of the file, for the message.
    key : list of str
        Columns of the primary key.
    cells : dict of str to list of str
        The text of every column.

    Raises
    ------
    DataError
        If two do.
    """
    seen = {}
    for number, values in enumerate(zip(*(cells[name] for name in key), strict=True), start=2):
        if values in seen:
            named = ", ".join(f"{n} {v!r}" for n, v in zip(key, values, strict=True))
            raise DataError(
                f"{name_of(path)}, line {number}: {named} stands already in line {seen[values]}. "
                "Remove one of the two rows."
            )
        seen[values] = number
