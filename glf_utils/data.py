"""Tables with their meaning: types, units, sources and caveats, read from ``data/``.

``data/datapackage.json`` is the one description of every table. Reading checks each cell against
it; what does not fit is an error that names file, line, column and repair. Nothing is guessed.
"""

import csv
import io
import json
import re
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "data"
GRADES = ("primary", "secondary", "derived", "unchecked")
_CHARS = {"integer": set("-0123456789"), "number": set("-+.eE0123456789")}
_KIND = {"integer": "a whole number", "number": "a number", "date": "a date such as 1960-06-30",
         "boolean": "true or false"}


class DataError(ValueError):
    """A table is unknown, missing or damaged. The message names the place and the repair."""


def load(table, folder=None):
    """Read one table as a DataFrame that knows its units, caveats and sources.

    Parameters
    ----------
    table : str
        Name of a table, such as ``"censuses"``; ``tables()`` lists them.
    folder : path, optional
        Folder that holds ``datapackage.json`` and the CSV files; the project's ``data/`` if left out.

    Returns
    -------
    pandas.DataFrame
        One row a fact. Whole numbers with gaps are nullable; an empty cell is missing, never zero.
        ``attrs`` holds ``table``, ``title``, ``units`` (by column), ``caveats`` and ``sources``.

    Raises
    ------
    DataError
        If the name is unknown, or the file does not fit its description.

    Examples
    --------
    >>> censuses = load("censuses")
    >>> censuses.query("indicator == 'total_population'").value.max()
    1008.18
    """
    import pandas as pd

    folder = Path(folder or FOLDER)
    resource = _resource(table, folder)
    path = folder / resource["path"]
    fields = resource["schema"]["fields"]
    rows = _rows(path, [field["name"] for field in fields])
    cells = dict(zip((field["name"] for field in fields), zip(*rows, strict=True), strict=True))
    frame = pd.DataFrame({f["name"]: _typed(path, f, cells[f["name"]]) for f in fields})
    _check_key(path, resource["schema"]["primaryKey"], cells)
    for key in resource["schema"].get("foreignKeys", []):
        _check_reference(path, key, cells, folder)
    frame.attrs = {
        "table": resource["name"],
        "title": resource["title"],
        "units": {f["name"]: f["unit"] for f in fields if "unit" in f},
        "caveats": list(resource["caveats"]),
        "sources": sorted(set(cells.get("source", ()))),
    }
    return frame


def tables(folder=None):
    """List the tables: name, title and number of rows, as a DataFrame.

    Examples
    --------
    >>> tables().query("name == 'censuses'").rows.item()
    6
    """
    import pandas as pd

    folder = Path(folder or FOLDER)
    found = [(r["name"], r["title"], len(_lines(folder / r["path"])) - 1)
             for r in _resources(folder).values()]
    return pd.DataFrame(found, columns=["name", "title", "rows"])


def about(table, folder=None):
    """Describe a table, or a DataFrame that `load` returned (or rows of it), on a short card.

    Returns
    -------
    Card
        Shows as text or Markdown; ``card.line`` is the one-line summary.

    Examples
    --------
    >>> print(about("ashton_fiscal_years").line)
    Excess deaths in Ashton's four years, July 1958 to June 1962 · 4 rows · million · \
100 % secondary · ashton1984
    """
    frame = load(table, folder) if isinstance(table, str) else table
    if "table" not in getattr(frame, "attrs", {}):
        raise DataError("about() takes a table's name or a DataFrame from load(); this one has lost "
                        "its attrs. Load the table again, or pass its name.")
    return Card(frame)


class Card:
    """What to know of a table before using it: a summary line and the caveats."""

    def __init__(self, frame):
        attrs = frame.attrs
        parts = [attrs["title"], f"{len(frame)} row" + "s" * (len(frame) != 1), _units(frame),
                 _shares(frame), _few(frame["source"].unique()) if "source" in frame else ""]
        self.table = attrs["table"]
        self.line = " · ".join(part for part in parts if part)
        self.caveats = list(attrs["caveats"])

    def __repr__(self):
        return "\n".join([self.line, *(f"- {caveat}" for caveat in self.caveats)])

    def _repr_markdown_(self):
        return "\n".join([f"**{self.line}**", "", *(f"- {caveat}" for caveat in self.caveats)])


def _units(frame):
    """The units in use, from the column ``unit`` where there is one."""
    if "unit" in frame and frame.attrs["table"] != "unit_of_account":
        return _few([str(unit).replace("_", " ") for unit in frame["unit"].dropna().unique()])
    return _few(dict.fromkeys(u for u in frame.attrs["units"].values() if not u.startswith("see ")))


def _shares(frame):
    """Verification grades as percentages of the rows."""
    if "verification" not in frame or frame.empty:
        return ""
    share = frame["verification"].value_counts(normalize=True)
    return ", ".join(f"{100 * share[grade]:.0f} % {grade}" for grade in GRADES if grade in share)


def _few(items, most=4):
    items = [str(item) for item in items]
    rest = len(items) - most
    return ", ".join(items[:most]) + (f" and {rest} more" if rest > 0 else "")


# --- the description -------------------------------------------------------------------------

def _resource(table, folder):
    known = _resources(folder)
    if table not in known:
        near = get_close_matches(str(table), known, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(map(repr, near))}?" if near else "tables() lists them."
        raise DataError(f"There is no table {table!r}. {hint}")
    return known[table]


def _resources(folder):
    path = folder / "datapackage.json"
    try:
        return _described(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise DataError(f"{_name(path)} is missing. Restore it: it describes every table.") from None
    except json.JSONDecodeError as error:
        raise DataError(f"{_name(path)}, line {error.lineno}: not valid JSON ({error.msg}). "
                        "Restore the file or repair that line.") from None


@lru_cache(maxsize=8)
def _described(path, _changed):
    package = json.loads(path.read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


# --- the file --------------------------------------------------------------------------------

def _name(path):
    return f"{path.parent.name}/{path.name}"


def _lines(path):
    """The lines of a UTF-8 text; a byte-order mark and Windows line ends are taken off."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"{_name(path)} is missing. Restore the file.") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DataError(f"{_name(path)}, line {line}: byte 0x{raw[error.start]:02x} is not UTF-8. "
                        "Save the file again as UTF-8.") from None
    return text.replace("\r\n", "\n").rstrip("\n").split("\n") if text.strip() else []


def _rows(path, names):
    """The cells of every row, as text, after checking header and row lengths."""
    lines = _lines(path)
    if len(lines) < 2:
        what = "holds a header and no rows" if lines else "is empty"
        raise DataError(f"{_name(path)} {what}: it looks cut off. Restore the file.")
    reader = csv.reader(io.StringIO("\n".join(lines)), strict=True)
    rows = []
    try:
        for row in reader:
            rows.append(row)
            if reader.line_num != len(rows):
                raise csv.Error("a cell runs over the end of its line")
    except csv.Error as error:
        raise DataError(f"{_name(path)}, line {len(rows) + 1}: {error}. "
                        "Close the quotation mark, or double one inside a cell.") from None
    header = rows.pop(0)
    if header != names:
        _bad_header(path, header, names)
    for number, row in enumerate(rows, start=2):
        if len(row) != len(names):
            raise DataError(f"{_name(path)}, line {number}: {len(row)} cells where the header has "
                            f"{len(names)}. Look for a missing or unquoted comma.")
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
    raise DataError(f"{_name(path)}, line 1: {what}, or change datapackage.json. "
                    f"Expected: {','.join(names)}")


# --- the cells -------------------------------------------------------------------------------

def _typed(path, field, cells):
    """One column with its type, every constraint of its description checked."""
    rules = field.get("constraints", {})
    kind = field["type"]
    given = [cell for cell in cells if cell]
    if rules.get("required") and len(given) < len(cells):
        raise _bad_cell(path, field, cells, lambda cell: not cell, "must not be empty. Fill it in")
    if "enum" in rules and not set(given) <= set(rules["enum"]):
        bad = next(cell for cell in given if cell not in rules["enum"])
        near = get_close_matches(bad, rules["enum"], n=1, cutoff=0.5) or rules["enum"][:6]
        raise _bad_cell(path, field, cells, lambda cell: cell == bad,
                        f"is not an allowed value. Use {' or '.join(map(repr, near))}, or add it to "
                        "datapackage.json")
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
        from datetime import datetime

        return datetime.strptime(cell, "%Y-%m-%d")
    if not _CHARS[kind].issuperset(cell):
        raise ValueError(cell)
    return int(cell) if kind == "integer" else float(cell)


def _is(kind, cell):
    try:
        _value(kind, cell)
    except (ValueError, KeyError):
        return False
    return True


def _bad_cell(path, field, cells, bad, what, skip=0):
    at = [i for i, cell in enumerate(cells) if bad(cell)][skip]
    return DataError(f"{_name(path)}, line {at + 2}, column {field['name']!r}: "
                     f"{cells[at]!r} {what}.")


def _check_key(path, key, cells):
    seen = {}
    for number, values in enumerate(zip(*(cells[name] for name in key), strict=True), start=2):
        if values in seen:
            named = ", ".join(f"{n} {v!r}" for n, v in zip(key, values, strict=True))
            raise DataError(f"{_name(path)}, line {number}: {named} stands already in line "
                            f"{seen[values]}. Remove one of the two rows.")
        seen[values] = number


def _check_reference(path, key, cells, folder):
    name, target = key["fields"][0], key["reference"]
    other = folder / _resource(target["resource"], folder)["path"]
    known = _keys(other, target["fields"][0], folder)
    unknown = {cell for cell in cells[name] if cell} - known
    if unknown:
        bad = next(cell for cell in cells[name] if cell in unknown)
        near = get_close_matches(bad, known, n=2, cutoff=0.6)
        hint = f"Did you mean {' or '.join(map(repr, near))}? Otherwise add" if near else "Add"
        raise DataError(f"{_name(path)}, line {cells[name].index(bad) + 2}, column {name!r}: "
                        f"{bad!r} is not in {_name(other)}. {hint} it there.")


def _keys(path, column, folder):
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    return _keys_read(path, column, folder, stamp)


@lru_cache(maxsize=8)
def _keys_read(path, column, folder, _changed):
    names = [f["name"] for f in _resource(path.stem, folder)["schema"]["fields"]]
    at = names.index(column)
    return frozenset(row[at] for row in _rows(path, names))
