"""Tables with their meaning: types, units, sources and caveats, read from ``data/``.

``data/datapackage.json`` is the one description of every table. Reading checks each cell against
it; what does not fit is an error that names file, line, column and repair. Nothing is guessed.
"""

import json
import re
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from .tablefile import (
    DataError,
    check_key,
    column,
    data_folder,
    name_of,
    read_lines,
    read_rows,
    read_text,
)

FOLDER = data_folder()
GRADES = ("primary", "secondary", "derived", "unchecked")


def load(table, folder=None):
    """Read one table as a DataFrame that knows its units, caveats and sources.

    Parameters
    ----------
    table : str
        Name of a table, such as ``"censuses"``; ``tables()`` lists them.
    folder : path, optional
        Folder with ``datapackage.json`` and the CSV files; the project's ``data/`` if left out.

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
    >>> print(censuses.query("indicator == 'total_population'").value.max())
    1008.18
    """
    import pandas as pd

    folder = Path(folder or FOLDER)
    resource = _resource(table, folder)
    path = folder / resource["path"]
    fields = resource["schema"]["fields"]
    rows = read_rows(path, [field["name"] for field in fields])
    cells = dict(zip((field["name"] for field in fields), zip(*rows, strict=True), strict=True))
    frame = pd.DataFrame({f["name"]: column(path, f, cells[f["name"]]) for f in fields})
    check_key(path, resource["schema"]["primaryKey"], cells)
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
    7
    """
    import pandas as pd

    folder = Path(folder or FOLDER)
    found = [(r["name"], r["title"], max(len(read_lines(folder / r["path"])) - 1, 0))
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
        raise DataError("about() takes a table's name or a DataFrame from load(); this one has "
                        "lost its attrs. Load the table again, or pass its name.")
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


def unread(table):
    """Say which rows of a table nobody has read: ``unchecked``, or derived from a row that is.

    Returns
    -------
    ndarray of bool, shape (n,)
        True: draw the row hollow, and rest no headline, conclusion or grade on it.

    Examples
    --------
    >>> int(unread(load("food_balance")).sum())
    6
    """
    rests = table.get("rests_on_unchecked", False)
    return ((table["verification"] == "unchecked") | rests).to_numpy(bool)


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
        changed = path.stat().st_mtime_ns
    except OSError:
        raise DataError(f"{name_of(path)} is missing. Restore it: it describes every "
                        "table.") from None
    return _described(path, changed)


_TABLE = {"name": str, "path": str, "title": str, "description": str, "caveats": list,
          "licenses": list, "schema": dict}  # what every description of a table must have
_FIELD = {"name": str, "type": str, "description": str, "unit": str}  # a unit may be left out
_KINDS = ("string", "integer", "number", "date", "boolean")


@lru_cache(maxsize=8)
def _described(path, _changed):
    try:
        package = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise DataError(f"{name_of(path)}, line {error.lineno}: not valid JSON ({error.msg}). "
                        "Restore the file or repair that line.") from None
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        raise DataError(f"{name_of(path)} holds no list of resources. Restore the file.")
    _has(name_of(path), package, {"title": str, "description": str})
    for number, resource in enumerate(package["resources"], 1):
        _complete(path, resource, number)
    return {resource["name"]: resource for resource in package["resources"]}


def _complete(path, resource, number):
    """Refuse a half-described table: say which part of which description is missing."""
    named = resource.get("name") if isinstance(resource, dict) else None
    where = f"{name_of(path)}, table {named or number}"
    _has(where, resource, _TABLE)
    for place, licence in enumerate(resource["licenses"], 1):
        _has(f"{where}, licence {place}", licence, {"title": str, "path": str})
    for caveat in resource["caveats"]:
        _has(where, {"a caveat": caveat}, {"a caveat": str})
    schema = resource["schema"]
    _has(f"{where}, schema", schema, {"fields": list, "primaryKey": list})
    for place, field in enumerate(schema["fields"], 1):
        _has(f"{where}, field {field.get('name', place) if isinstance(field, dict) else place}",
             {"unit": "", **field} if isinstance(field, dict) else field, _FIELD)  # fmt: skip
        if field["type"] not in _KINDS:
            raise DataError(f"{where}, field {field['name']}: the type {field['type']!r} is not "
                            f"known. Use {', '.join(_KINDS)}.")  # fmt: skip
        _rules(f"{where}, field {field['name']}, constraints", field)
    known = {field["name"] for field in schema["fields"]}
    named = [(name, "primaryKey") for name in schema["primaryKey"]]
    for key in schema.get("foreignKeys", []):
        _has(f"{where}, foreignKeys", key, {"fields": list, "reference": dict})
        _has(f"{where}, foreignKeys", key["reference"], {"resource": str, "fields": list})
        named += [(name, "foreignKeys") for name in key["fields"] or [None]]
        if len(key["reference"]["fields"]) != 1 or len(key["fields"]) != 1:
            raise DataError(f"{where}: its foreignKeys must lead from one field to one field. "
                            "The other tables show how.")  # fmt: skip
    for name, part in named:
        if not isinstance(name, str) or name not in known:
            raise DataError(f"{where}: its {part} names {name!r}, which is no field. Correct one "
                            "of the two.")  # fmt: skip


_RULES = {"required": bool, "unique": bool, "enum": list, "pattern": str,
          "minimum": (int, float), "maximum": (int, float)}


def _rules(where, field):
    """Refuse constraints of a column that cannot be applied."""
    rules = field.get("constraints", {})
    good = isinstance(rules, dict) and all(
        isinstance(value, _RULES.get(name, ())) for name, value in rules.items())
    if good and {"minimum", "maximum"} & set(rules) and field["type"] not in ("integer", "number"):
        good = False
    try:
        re.compile(rules.get("pattern", "") if good else "")
    except re.error:
        good = False
    if not good or not all(isinstance(one, str) for one in rules.get("enum", [])):
        raise DataError(f"{where}: {rules!r} cannot be applied. Known are {', '.join(_RULES)}; the "
                        "other tables show how.")  # fmt: skip


def _has(where, part, wanted):
    for name, kind in wanted.items():
        if not isinstance(part, dict) or not isinstance(part.get(name), kind):
            word = {str: "a text", list: "a list", dict: "a description in braces"}[kind]
            raise DataError(f"{where}: {name!r} is missing, or is not {word}. Add it; the other "
                            "tables show how.")  # fmt: skip


def _check_reference(path, key, cells, folder):
    """Every value of the column stands in the table it refers to."""
    name, target = key["fields"][0], key["reference"]
    other = _resource(target["resource"], folder)
    if [field["name"] for field in other["schema"]["fields"]].count(target["fields"][0]) != 1:
        raise DataError(f"{name_of(folder / 'datapackage.json')}, table {path.stem}: its "
                        f"foreignKeys refer to {target['fields']} of {target['resource']}, which "
                        "has no such field. Correct one of the two.")  # fmt: skip
    known = _keys(folder, target["resource"], target["fields"][0])
    unknown = {cell for cell in cells[name] if cell} - known
    if unknown:
        bad = next(cell for cell in cells[name] if cell in unknown)
        near = get_close_matches(bad, known, n=2, cutoff=0.6)
        hint = f"Did you mean {' or '.join(map(repr, near))}? Otherwise add" if near else "Add"
        raise DataError(f"{name_of(path)}, line {cells[name].index(bad) + 2}, column {name!r}: "
                        f"{bad!r} is not in {name_of(folder / other['path'])}. {hint} it there.")


def _keys(folder, table, name):
    path = folder / _resource(table, folder)["path"]
    return _keys_read(folder, table, name, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=8)
def _keys_read(folder, table, name, _changed):
    resource = _resource(table, folder)
    names = [field["name"] for field in resource["schema"]["fields"]]
    at = names.index(name)
    return frozenset(row[at] for row in read_rows(folder / resource["path"], names))


def dictionary(folder=None):
    """The data dictionary, ``data/README.md``, as Markdown made from ``datapackage.json``."""
    folder = Path(folder or FOLDER)
    _resources(folder)
    package = json.loads(read_text(folder / "datapackage.json"))
    parts = [f"# {package['title']}", package["description"], _HOW_TO_READ]
    parts.append("| table | rows | what it holds |\n|---|---:|---|\n" + "\n".join(
        f"| [{name}](#{name}) | {rows} | {title} |"
        for name, title, rows in tables(folder).itertuples(index=False)))
    for resource in package["resources"]:
        frame = load(resource["name"], folder)
        fields = "\n".join(
            f"| `{f['name']}` | {f['type']} | {f.get('unit', '')} | {f['description']}{_among(f)} |"
            for f in resource["schema"]["fields"] if f["name"] not in _COMMON)
        parts += [f"## {resource['name']}", f"**{about(frame).line}**", resource["description"],
                  "\n".join(f"- {caveat}" for caveat in resource["caveats"]),
                  "| column | type | unit | meaning |\n|---|---|---|---|\n" + fields,
                  "One row for each: " + ", ".join(resource["schema"]["primaryKey"]) + ". Licence: "
                  + "; ".join(f"[{x['title']}]({x['path']})" for x in resource["licenses"]) + "."]
    return "\n\n".join(parts) + "\n"


def _among(field):
    allowed = field.get("constraints", {}).get("enum")
    return ": " + ", ".join(f"`{value}`" for value in allowed) if allowed else ""


_COMMON = ("source", "locator", "via", "verification", "note")
_HOW_TO_READ = """Made by `python -m glf_utils.data` from `datapackage.json`; edit that file, not \
this one. In a notebook `load("censuses")` reads a table and `about("censuses")` shows its card.

Nearly every table ends with the same columns. `source` is a key of `references.bib` and of the \
table sources; `locator` is the page, table or date in it; `via` says in words how the figure was \
read, where that was not in the source itself or a reprint of it: a web copy, a quotation, a data \
package; `note` says what a user must know of the row. `verification` grades the reading:

- `primary`: in the source itself, an official reprint or the data set cited;
- `secondary`: in another work, or in an unofficial copy;
- `derived`: computed from other rows; a test repeats the computation where its inputs are here. \
`rests_on_unchecked` is true where one of those inputs is unchecked: treat the row as unchecked;
- `unchecked`: not read anywhere, entered from general knowledge of the standard source. Draw such \
rows hollow, and rest no headline or grade on them.

An empty cell is missing, never zero. Disagreeing figures stand side by side under their authors' \
names: choose by series and source, and never average them. Yearbook, article and book figures are \
used as facts; no text is copied. COW figures are for scholarly use with citation; credit Meng, \
Qian and Yared (2015) and Cao, Xu and Zhang (2022) for the panel data."""


if __name__ == "__main__":
    (FOLDER / "README.md").write_text(dictionary(), encoding="utf-8", newline="\n")
    print(f"wrote {name_of(FOLDER / 'README.md')}")
