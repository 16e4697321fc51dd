"""How a check is written: the columns of a row, what may stand in them, and the Check it makes."""

import re
from io import StringIO
from pathlib import Path

import pandas as pd

from glf_utils.tablefile import name_of, read_text
from glf_utils.tables import DataError
from glf_utils.weighing_the_sources.checks import OPERATIONS, TAKES, WORDS, Check, Quantity
from glf_utils.words import did_you_mean

OWN = ("claim_id", "claim", "table", "query", "column")
"""What a row of one's own account must have."""
MAY = (
    "take",
    "operation",
    "table_2",
    "query_2",
    "column_2",
    "take_2",
    "factor",
    "low",
    "high",
    "unit",
    "beside_the_argument",
    "topic",
    "note",
)
"""What it may have besides."""
YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}


def check_of(cells, where):
    """The check that a row describes.

    Parameters
    ----------
    cells : dict of str to str or None
        By column, as ``data/claim_checks.json`` has them.
    where : str
        Begins a refusal: file and row.

    Returns
    -------
    Check

    Raises
    ------
    DataError
        If a cell does not fit.
    """

    def refuse(name, mend):
        raise DataError(f"{where}, column {name!r}: {cells.get(name) or ''!r} {mend}")

    def number(name):
        try:
            return float(cells[name])
        except ValueError:
            refuse(name, "is no number. Write it like 1.5")

    def end(name):
        text = cells.get(name)
        if text is None or text == "":
            return None
        if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", str(text)):
            try:
                pd.Timestamp(text)
            except ValueError:
                refuse(name, "is no day of the calendar. Correct it")
            return text
        try:
            return float(text)
        except ValueError:
            refuse(name, "is neither a number nor a date. Write 5.35, or 1958-08 or 1958-08-29")

    def quantity(behind=""):
        given = {name: cells.get(name + behind) for name in ("table", "query", "column")}
        missing = [name for name, cell in given.items() if not cell]
        if len(missing) == 3 and behind:
            return None
        if missing:
            refuse(
                missing[0] + behind, "must not be empty. A quantity is a table, query and column"
            )
        take = cells.get("take" + behind) or "each"
        if take not in TAKES:
            refuse("take" + behind, f"is unknown; it is {', '.join(TAKES)}")
        return Quantity(**given, take=take)

    operation = cells.get("operation") or ""
    known = (*OPERATIONS, *WORDS)
    if operation and operation not in known:
        refuse("operation", f"is unknown{did_you_mean(operation, known)}; it is {', '.join(known)}")
    second = quantity("_2")
    if operation in OPERATIONS and second is None:
        refuse("table_2", f"must not be empty: {operation} is worked from two quantities")
    if second is not None and not operation:
        refuse("operation", f"must say what is worked from the two quantities: {', '.join(known)}")
    aside = str(cells.get("beside_the_argument") or "no").casefold()
    if aside not in YES_OR_NO:
        refuse("beside_the_argument", "is neither yes nor no")
    low, high = end("low"), end("high")
    if operation not in WORDS and low is None and high is None:
        refuse("low", "and high are both empty. Write what the claim says into one, or both")
    if low is not None and high is not None:
        if isinstance(low, str) != isinstance(high, str) and cells.get("unit") != "year":
            refuse("high", f"is not of one kind with {low!r} in column 'low'")
        if str(low) > str(high) if isinstance(low, str) else low > high:
            refuse("low", f"is above {high!r} in column 'high'. Change them round")
    return Check(
        quantity(),
        second,
        operation,
        number("factor") if cells.get("factor") not in (None, "") else 1.0,
        low,
        high,
        cells.get("unit") or "",
        YES_OR_NO[aside],
    )


def rows_of(given):
    """The rows of a reader's own account, each with its place.

    Parameters
    ----------
    given : path or DataFrame
        A CSV file in UTF-8, or a table.

    Returns
    -------
    str
        What to call it: the name of the file, or "own".
    list of (str, dict)
        File and row, and the cells that are filled, as text.

    Raises
    ------
    DataError
        If the file cannot be read, a column or a cell that must be there is missing, a column is
        unknown, or a claim_id stands twice.
    """
    if isinstance(given, pd.DataFrame):
        frame, called, place, first = given.astype(object), "own", "the DataFrame, row {}", 0
    else:
        path = Path(given)
        frame, called = _read(path), path.stem
        place, first = f"{name_of(path)}, line {{}}", 2
    _right_columns(frame, place.partition(",")[0])
    rows, seen = [], {}
    for number, row in enumerate(frame.to_dict("records"), start=first):
        here = place.format(number)
        cells = {name: str(cell).strip() for name, cell in row.items() if not pd.isna(cell)}
        cells = {name: cell for name, cell in cells.items() if cell}
        for needed in ("claim_id", "claim"):
            if needed not in cells:
                raise DataError(f"{here}, column {needed!r}: '' must not be empty. Fill it in")
        key = cells["claim_id"]
        if key in seen:
            raise DataError(
                f"{here}, column 'claim_id': {key!r} stands already in row {seen[key]}. Rename one"
            )
        seen[key] = number
        rows.append((here, cells))
    return called, rows


def _read(path):
    """The rows of a reader's CSV as text."""
    text = read_text(path)
    try:
        return pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise DataError(
            f"{name_of(path)}: {error}. Put a text that has commas between quotation marks"
        ) from None


def _right_columns(frame, where):
    known = (*OWN, *MAY)
    for name in frame.columns:
        if name not in known:
            raise DataError(
                f"{where}, column {name!r} is unknown{did_you_mean(name, known)}. "
                f"There may be {', '.join(known)}"
            )
    for name in OWN:
        if name not in frame.columns:
            raise DataError(f"{where}: column {name!r} is missing. Add it")
    if frame.empty:
        raise DataError(f"{where} holds a header and no rows. Add a claim")
