"""Tables that a teacher opens, fills in and saves with whatever spreadsheet there is."""

import csv
from io import StringIO

from .commands import Trouble

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
FORMULA = ("=", "+", "-", "@")


def read_table(path, needed=()):
    """Rows of a CSV as dicts, however a spreadsheet saved it: separator, encoding, capitals.

    Parameters
    ----------
    path : Path
    needed : list of str
        Columns without which the table is of no use.

    Returns
    -------
    list of dict
        Headings are in small letters.

    Raises
    ------
    Trouble
        If the file is a workbook under a CSV's name, or lacks a column.
    """
    data = path.read_bytes()
    if data.startswith(WORKBOOKS):
        raise Trouble(f"{path} is a workbook under a CSV's name: open it, save it as CSV under the "
                      "same name, then give the same command again.")  # fmt: skip
    text = _decoded(data)
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=_separator(text))
    reader.fieldnames = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    lacking = [name for name in needed if name not in reader.fieldnames]
    if lacking:
        has = ", ".join(filter(None, reader.fieldnames)) or "nothing"
        raise Trouble(f"{path} needs a column with the heading {' and one with '.join(lacking)}; "
                      f"it has {has}.")  # fmt: skip
    return [{name: _plain(value) for name, value in row.items() if name} for row in reader]


def separator_of(path):
    """Return what stands between the cells of a CSV, a comma if there is no such file."""
    return _separator(_decoded(path.read_bytes())) if path.exists() else ","


def write_table(path, columns, rows, separator=","):
    """Write a CSV that spreadsheets open as it is; no cell can start a formula.

    Where cells are parted by semicolons, as where a comma is the decimal sign, numbers have commas.
    """
    whole = path.with_suffix(".new")
    with whole.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=separator)
        writer.writeheader()
        writer.writerows({name: harmless(_number(row.get(name, ""), separator)) for name in columns}
                         for row in rows)  # fmt: skip
    try:
        whole.replace(path)
    except PermissionError:  # Windows, while a spreadsheet has it open
        raise Trouble(f"{path} cannot be written: close the program that has it open, then give "
                      "the same command again.") from None  # fmt: skip


def harmless(value):
    """A cell's text that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _plain(value):
    """A cell's text as it was before :func:`harmless`."""
    if isinstance(value, str) and value.startswith(tuple(f"'{sign}" for sign in FORMULA)):
        return value[1:]
    return value or ""


def _number(value, separator):
    if not isinstance(value, float):
        return value
    return f"{value:g}".replace(".", "," if separator == ";" else ".")


def _decoded(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separator(text):
    return max(",;\t", key=text.partition("\n")[0].count)
