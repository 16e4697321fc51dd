"""Strict reading of one described CSV file: what does not fit is an error that names the place.

A field's description (name, type, constraints) comes from ``datapackage.json``. A byte-order mark
and Windows line ends are tolerated; everything else must be exactly as described.
"""

import atexit
import csv
import io
import math
import re
import shutil
import tempfile
from datetime import datetime
from difflib import get_close_matches
from importlib import resources
from pathlib import Path

_CHARS = {"integer": set("-0123456789"), "number": set("-+.eE0123456789")}
_KIND = {"integer": "a whole number", "number": "a number", "date": "a date such as 1960-06-30",
         "boolean": "true or false"}


class DataError(ValueError):
    """A table is unknown, missing or damaged. The message names the place and the repair."""


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
    """A file as messages call it: its folder and its name."""
    return f"{path.parent.name}/{path.name}"


def read_text(path):
    """The text of a UTF-8 file, without a byte-order mark."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"{name_of(path)} is missing. Restore the file.") from None
    except OSError as error:
        raise DataError(f"{name_of(path)} cannot be read ({error.strerror}). Restore the "
                        "file.") from None  # fmt: skip
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DataError(f"{name_of(path)}, line {line}: byte 0x{raw[error.start]:02x} is not "
                        "UTF-8. Save the file again as UTF-8.") from None


def read_lines(path):
    """The lines of a UTF-8 text; a byte-order mark and Windows line ends are taken off."""
    text = read_text(path)
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return text.split("\n") if text.strip() else []


def read_rows(path, names):
    """The cells of every row, as text, after checking header and row lengths."""
    lines = read_lines(path)
    if len(lines) < 2:
        what = "holds a header and no rows" if lines else "is empty"
        raise DataError(f"{name_of(path)} {what}: it looks cut off. Restore the file.")
    reader = csv.reader(io.StringIO("\n".join(lines)), strict=True)
    rows = []
    try:
        for row in reader:
            rows.append(row)
            if reader.line_num != len(rows):
                raise csv.Error("a cell runs over the end of its line")
    except csv.Error as error:
        raise DataError(f"{name_of(path)}, line {len(rows) + 1}: {error}. "
                        "Close the quotation mark, or double one inside a cell.") from None
    header = rows.pop(0)
    if header != names:
        _bad_header(path, header, names)
    for number, row in enumerate(rows, start=2):
        if len(row) != len(names):
            raise DataError(f"{name_of(path)}, line {number}: {len(row)} cells where the header "
                            f"has {len(names)}. Look for a missing or unquoted comma.")
    return rows


def _bad_header(path, header, names):
    missing = [name for name in names if name not in header]
    extra = [name for name in header if name not in names]
    if missing and extra:
        what = f"column {missing[0]!r} is missing and {extra[0]!r} is unknown. Rename it"
    elif missing:
        what = f"column {missing[0]!r} is missing. Restore it"
    elif extra:
        what = f"column {extra[0]!r} is unknown. Remove it"
    else:
        what = "columns are repeated or out of order. Restore the order"
    raise DataError(f"{name_of(path)}, line 1: {what}, or change datapackage.json. "
                    f"Expected: {','.join(names)}")


def column(path, field, cells):
    """One column as typed values, with every constraint of its description checked."""
    rules = field.get("constraints", {})
    kind = field["type"]
    given = [cell for cell in cells if cell]
    if rules.get("required") and len(given) < len(cells):
        raise _bad_cell(path, field, cells, lambda cell: not cell, "must not be empty. Fill it in")
    if "enum" in rules and not set(given) <= set(rules["enum"]):
        bad = next(cell for cell in given if cell not in rules["enum"])
        near = get_close_matches(bad, rules["enum"], n=1, cutoff=0.5) or rules["enum"][:6]
        raise _bad_cell(path, field, cells, lambda cell: cell == bad,
                        f"is not an allowed value. Use {' or '.join(map(repr, near))}, or add it "
                        "to datapackage.json")
    if "pattern" in rules:
        fits = re.compile(rules["pattern"]).fullmatch
        if not all(map(fits, given)):
            raise _bad_cell(path, field, cells, lambda cell: cell and not fits(cell),
                            f"does not have the form {rules['pattern']}. Correct it")
    if rules.get("unique") and len(set(given)) < len(given):
        bad = next(cell for i, cell in enumerate(given) if cell in given[:i])
        raise _bad_cell(path, field, cells, lambda cell: cell == bad, "stands twice. Remove one",
                        skip=1)
    if kind == "string":
        if any(cell != cell.strip() for cell in given):
            raise _bad_cell(path, field, cells, lambda cell: cell != cell.strip(),
                            "begins or ends with a blank. Remove the blank")
        return [cell or None for cell in cells] if len(given) < len(cells) else list(cells)
    return _converted(path, field, cells, rules)


def _converted(path, field, cells, rules):
    import pandas as pd

    kind = field["type"]
    try:
        values = [_value(kind, cell) if cell else None for cell in cells]
    except (ValueError, KeyError):
        raise _bad_cell(path, field, cells, lambda cell: cell and not _is(kind, cell),
                        f"is not {_KIND[kind]}. Correct it, or leave the cell empty") from None
    known = [value for value in values if value is not None]
    for name, word, beyond in (("minimum", "below", lambda v: v < rules["minimum"]),
                               ("maximum", "above", lambda v: v > rules["maximum"])):
        if name in rules and known and beyond((min if name == "minimum" else max)(known)):
            raise _bad_cell(path, field, cells, lambda c, b=beyond: c and b(_value(kind, c)),
                            f"is {word} {rules[name]}, the {name}. Correct it")
    if kind == "integer":
        return pd.array(values, dtype="int64" if len(known) == len(values) else "Int64")
    if kind == "number":
        return pd.array([float("nan") if v is None else v for v in values], dtype="float64")
    if kind == "boolean":
        return pd.array(values, dtype="bool" if len(known) == len(values) else "boolean")
    return pd.to_datetime(pd.Series(values))


def _value(kind, cell):
    """A cell as a value; only plain digits count as numbers, so ``nan`` and ``1_000`` do not."""
    if kind == "boolean":
        return {"true": True, "false": False}[cell]
    if kind == "date":
        found = datetime.strptime(cell, "%Y-%m-%d")
        if len(cell) != len("1958-09-01"):
            raise ValueError(cell)
        return found
    if not _CHARS[kind].issuperset(cell):
        raise ValueError(cell)
    value = int(cell) if kind == "integer" else float(cell)
    if not math.isfinite(value):
        raise ValueError(cell)
    return value


def _is(kind, cell):
    try:
        _value(kind, cell)
    except (ValueError, KeyError):
        return False
    return True


def _bad_cell(path, field, cells, bad, what, skip=0):
    at = [i for i, cell in enumerate(cells) if bad(cell)][skip]
    return DataError(f"{name_of(path)}, line {at + 2}, column {field['name']!r}: "
                     f"{cells[at]!r} {what}.")


def check_key(path, key, cells):
    """No two rows share the values of the primary key."""
    seen = {}
    for number, values in enumerate(zip(*(cells[name] for name in key), strict=True), start=2):
        if values in seen:
            named = ", ".join(f"{n} {v!r}" for n, v in zip(key, values, strict=True))
            raise DataError(f"{name_of(path)}, line {number}: {named} stands already in line "
                            f"{seen[values]}. Remove one of the two rows.")
        seen[values] = number
