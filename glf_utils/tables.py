"""Tables with their meaning: types, units, sources and caveats, read from ``data/``.

A table ``data/NAME.csv`` has its description beside it in ``data/NAME.json``. Reading checks each
cell against that; what does not fit is an error that names file, line, column and mend.
"""

from contextlib import contextmanager
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

import pandas as pd

from glf_utils.tablefile import (
    DataError,
    check_key,
    column,
    data_folder,
    name_of,
    read_description,
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
        Folder with the tables and their descriptions; the project's ``data/`` if left out.

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
    folder = Path(folder or FOLDER)
    there = sorted(folder.glob("*.*")) if folder.is_dir() else []
    state = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in there)
    for names in _WATCHED:
        names.add(table)
    return _read(table, folder, state).copy()


_WATCHED = []


@contextmanager
def reading():
    """Tell which tables are read meanwhile.

    Returns
    -------
    context manager
        Gives a set of their names, which grows.

    Examples
    --------
    >>> with reading() as read:
    ...     rows = load("censuses")
    >>> read
    {'censuses'}
    """
    names = set()
    _WATCHED.append(names)
    try:
        yield names
    finally:
        _WATCHED.remove(names)


@lru_cache(maxsize=64)
def _read(table, folder, state):
    """One table as :func:`load` gives it, read once as long as the folder's ``state`` stays."""
    resource = described(table, folder)
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
    """List the tables.

    Parameters
    ----------
    folder : Path or str, optional
        Where they lie; left out, the project's.

    Returns
    -------
    DataFrame
        Columns name, title and rows, their number.

    Examples
    --------
    >>> tables().query("name == 'censuses'").rows.item()
    8
    """
    folder = Path(folder or FOLDER)
    found = []
    for name in _names(folder):
        told = described(name, folder)
        lines = read_text(folder / told["path"]).splitlines()
        found.append((name, told["title"], max(sum(map(bool, lines)) - 1, 0)))
    return pd.DataFrame(found, columns=["name", "title", "rows"])


def about(table, folder=None):
    """Describe a table, or a DataFrame that `load` returned (or rows of it), on a short card.

    Parameters
    ----------
    table : str or DataFrame
        Its name, or what was loaded.
    folder : Path or str, optional
        Where the tables lie; left out, the project's.

    Returns
    -------
    Card
        Shows as text or Markdown; ``card.line`` is the one-line summary.

    Raises
    ------
    DataError
        If there is no such table, or the DataFrame is not one that was loaded.

    Examples
    --------
    >>> print(about("ashton_fiscal_years").line)  # doctest: +NORMALIZE_WHITESPACE
    Excess deaths in Ashton's four years, July 1958 to June 1962 · 4 rows · million ·
    100 % secondary · ashton1984
    """
    frame = load(table, folder) if isinstance(table, str) else table
    if "table" not in getattr(frame, "attrs", {}):
        raise DataError(
            "about() takes a table's name or a DataFrame from load(); this one has "
            "lost its attrs. Load the table again, or pass its name."
        )
    return Card(frame)


def one(table, query, column="value"):
    """The only value of a column in the rows of a table that answer a query.

    Parameters
    ----------
    table : str or DataFrame
        Its name, or what was loaded.
    query : str
        As :meth:`pandas.DataFrame.query` takes it.
    column : str
        Whose value is wanted.

    Returns
    -------
    object
        A number, a text or a date.

    Raises
    ------
    DataError
        If no row answers, or more than one.

    Examples
    --------
    >>> one("account_claims", "claim_id == 'S2-038'", "value_low")
    16.0
    """
    frame = load(table) if isinstance(table, str) else table
    return only(frame.query(query), query, column)


def only(rows, query, column="value"):
    """The value of a column in a single row.

    Parameters
    ----------
    rows : DataFrame
        What answered the query.
    query : str
        For the error.
    column : str

    Returns
    -------
    object

    Raises
    ------
    DataError
        If there is no row, or more than one.

    Examples
    --------
    >>> only(load("censuses").head(0), "census_year == 1955")
    Traceback (most recent call last):
    glf_utils.tablefile.DataError: 'census_year == 1955' finds 0 rows of censuses; it must find one
    """
    if len(rows) != 1:
        name = rows.attrs.get("table", "the table")
        raise DataError(f"{query!r} finds {len(rows)} rows of {name}; it must find one")
    return rows[column].item()


def series(grain, name, years=(1957, 1962)):
    """The rows of one series of ``grain_national``, in order of year.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``.
    name : str
        A value of its column ``series``.
    years : (int, int)
        First and last year.

    Returns
    -------
    DataFrame

    Raises
    ------
    ValueError
        When a year is missing.
    """
    rows = grain[(grain["series"] == name) & grain["year"].between(*years)].sort_values("year")
    if len(rows) != years[1] - years[0] + 1:
        raise ValueError(f"{name} has {len(rows)} rows for the years {years[0]} to {years[1]}")
    return rows


class Card:
    """What to know of a table before using it: a summary line and the caveats.

    Parameters
    ----------
    frame : DataFrame
        From :func:`load`.
    """

    def __init__(self, frame):
        attrs = frame.attrs
        parts = [
            attrs["title"],
            f"{len(frame)} row" + "s" * (len(frame) != 1),
            _units(frame),
            _shares(frame),
            _few(frame["source"].unique()) if "source" in frame else "",
        ]
        self.table = attrs["table"]
        self.line = " · ".join(part for part in parts if part)
        self.caveats = list(attrs["caveats"])

    def __repr__(self):
        return "\n".join([self.line, *(f"- {caveat}" for caveat in self.caveats)])

    def _repr_markdown_(self):
        return "\n".join([f"**{self.line}**", "", *(f"- {caveat}" for caveat in self.caveats)])


def unread(table):
    """Say which rows of a table nobody has read: ``unchecked``, or derived from a row that is.

    Parameters
    ----------
    table : DataFrame
        With a column ``verification``, and perhaps ``rests_on_unchecked``.

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


def described(table, folder=None):
    """The description of a table, ``data/NAME.json``, in Frictionless terms.

    Parameters
    ----------
    table : str
        Its name.
    folder : Path or str, optional
        Where the tables lie; left out, the project's.

    Returns
    -------
    dict

    Raises
    ------
    DataError
        If there is no such table, or its description is damaged.

    Examples
    --------
    >>> described("censuses")["schema"]["primaryKey"]
    ['census_year', 'indicator', 'source']
    """
    folder = Path(folder or FOLDER)
    known = _names(folder)
    if table not in known:
        near = get_close_matches(str(table), known, n=3, cutoff=0.6)
        hint = f"Did you mean {' or '.join(map(repr, near))}?" if near else "tables() lists them."
        if (folder / f"{table}.csv").exists():
            hint = f"{table}.csv is there: describe it in {table}.json beside it."
        if not known:
            hint = f"{folder.name}/ holds no table that is described. Restore the folder."
        raise DataError(f"There is no table {table!r}. {hint}")
    found = read_description(folder / f"{table}.json")
    if (found["name"], found["path"]) != (table, f"{table}.csv"):
        raise DataError(
            f"{folder.name}/{table}.json: its name and path must be {table!r} and '{table}.csv'."
        )
    return found


def _names(folder):
    """The tables of a folder: those that have a description."""
    return sorted(path.stem for path in folder.glob("*.json"))


def _check_reference(path, key, cells, folder):
    """Every value of the column stands in the table it refers to."""
    name, target = key["fields"][0], key["reference"]
    if target["resource"] not in _names(folder):
        raise DataError(
            f"{folder.name}/{path.stem}.json: its foreignKeys lead to {target['resource']!r}, and "
            "there is no such table. Correct the name, or describe that table."
        )
    other = described(target["resource"], folder)
    if [field["name"] for field in other["schema"]["fields"]].count(target["fields"][0]) != 1:
        raise DataError(
            f"{folder.name}/{path.stem}.json: its foreignKeys refer to {target['fields']} of "
            f"{target['resource']}, which has no such field. Correct one of the two."
        )
    known = _keys(folder, target["resource"], target["fields"][0])
    unknown = {cell for cell in cells[name] if cell} - known
    if unknown:
        bad = next(cell for cell in cells[name] if cell in unknown)
        near = get_close_matches(bad, known, n=2, cutoff=0.6)
        hint = f"Did you mean {' or '.join(map(repr, near))}? Otherwise add" if near else "Add"
        raise DataError(
            f"{name_of(path)}, line {cells[name].index(bad) + 2}, column {name!r}: "
            f"{bad!r} is not in {name_of(folder / other['path'])}. {hint} it there."
        )


def _keys(folder, table, name):
    path = folder / f"{table}.csv"
    return _keys_read(folder, table, name, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=8)
def _keys_read(folder, table, name, _changed):
    names = [field["name"] for field in described(table, folder)["schema"]["fields"]]
    at = names.index(name)
    return frozenset(row[at] for row in read_rows(folder / f"{table}.csv", names))
