"""Make a notebook of a file's bytes: of a sound one, or of what is left."""

import itertools
import json
import re
from collections import namedtuple

Reading = namedtuple("Reading", "notebook notes whole")
Reading.__doc__ = """What a file holds, what was wrong with it, and whether it is all there.

The notebook is in nbformat 4, every source one string, without outputs; None if nothing could be
made of it. The notes are sentences for the student.
"""

STARTS = {  # how other files begin, in small letters
    b"%pdf": "a PDF",
    b"pk\x03\x04": "a zip file or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x89png": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
}
DECODER = json.JSONDecoder(strict=False)
TOO_LONG = 100_000  # characters of a cell that breaks off, which is not searched for its text


def read(data):
    """Make a ``Reading`` of a file's bytes, as far as it can be done; never raises."""
    try:
        return _read(data)
    except Exception as error:  # whatever it is, the teacher hears of it and the batch goes on
        words = f"The file could not be read ({type(error).__name__}: {error})."
        return Reading(None, [words], False)


def _read(data):
    if not data.strip(b"\0 \t\r\n"):
        return Reading(None, ["The file is empty."], False)
    start = data[:100].lstrip().lower()
    kind = next((kind for sign, kind in STARTS.items() if start.startswith(sign)), None)
    if kind:
        return Reading(None, [f"The file is {kind}, not a notebook."], True)
    text, notes = decode(data)
    found, state = parse(text)
    cells = cells_of(found)
    if state == "cut" and not cells:
        return Reading(None, [*notes, "The file breaks off before its first cell."], False)
    if cells is None:
        return Reading(None, [*notes, "The file is not a notebook."], True)
    if state == "mended":
        notes.append("The file's form had slips, which were mended.")
    elif state == "cut":
        notes.append(
            f"The file breaks off or is damaged: {len(cells)} cell{'s' * (len(cells) != 1)} could "
            "be read. Please send it again if you can."
        )
    metadata = found.get("metadata") if isinstance(found, dict) else None
    notebook = {
        "cells": [one for cell in cells if (one := plain(cell))],
        "metadata": metadata if isinstance(metadata, dict) else {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return Reading(notebook, notes, state != "cut")


def decode(data):
    """Return a file's text, and a note if it was not plain UTF-8."""
    encoding = json.detect_encoding(data)
    if encoding != "utf-8":
        note = f"The file was stored as {encoding.upper()} and was turned into plain UTF-8."
        return data.decode(encoding, "ignore").strip("\ufeff").replace("\0", ""), [note]
    try:
        return data.decode().replace("\0", ""), []
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4:  # cut in the middle of a character
            return data[: error.start].decode(), []
        note = "The file was not stored as UTF-8; its accents may have suffered."
        return data.decode("cp1252", "replace"), [note]


def parse(text):
    """Return what JSON holds, or the cells that can be read, and "whole", "mended" or "cut"."""
    text = text.strip()
    for mend in (str, without_commas):
        try:
            found, end = DECODER.raw_decode(mend(text))
            return found, "whole" if mend is str and end == len(text) else "mended"
        except (ValueError, RecursionError):
            pass
    return (one_by_one(text), "cut") if text.startswith(("{", "[")) else (None, "whole")


def without_commas(text):
    """Return JSON without commas before a closing bracket; those within strings stay."""
    string_or_comma = r'("[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z))|,(\s*[\]}])'
    return re.sub(string_or_comma, lambda found: found[1] or found[2], text, flags=re.DOTALL)


def one_by_one(text):
    """Return the cells that can be read in a text that is no JSON as a whole."""
    found, at, end, failed = [], 0, 0, 0
    while failed < 1000 and (start := re.compile(r'\{\s*"').search(text, at)):
        try:
            value, at = DECODER.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            at, failed = start.start() + 1, failed + 1
            continue
        cells = [value] if "cell_type" in value else cells_of(value)
        if cells:
            found, end = found + cells, at
    return found + _last(text[end:])


def _last(text):
    """Return the cell in which a text breaks off, if its source has begun."""
    start = re.search(r'\{\s*"(?!cells|worksheets)', text)
    if not start or len(text) > TOO_LONG:
        return []
    for back, closing in itertools.product(range(60), ('"]}', "]}", '"}', "}")):
        try:
            cell = DECODER.decode(text[start.start() : len(text) - back].rstrip(", \n") + closing)
        except (ValueError, RecursionError):
            continue
        return [cell] if cell.keys() & {"source", "input"} else []
    return []


def cells_of(found):
    """Return the list of cells that a JSON value holds, None if it is no notebook."""
    if isinstance(found, list):
        return found if any(isinstance(c, dict) and "cell_type" in c for c in found) else None
    if not isinstance(found, dict):
        return None
    if isinstance(found.get("worksheets"), list):  # nbformat 3 and older
        sheets = [sheet for sheet in found["worksheets"] if isinstance(sheet, dict)]
        return [cell for sheet in sheets for cell in sheet.get("cells") or []]
    return found["cells"] if isinstance(found.get("cells"), list) else None


def plain(cell):
    """Return a cell of nbformat 4 with its source as one string; None if it holds nothing."""
    if not isinstance(cell, dict):
        return {"cell_type": "raw", "metadata": {}, "source": str(cell)} if cell else None
    kind = cell.get("cell_type")
    source = cell.get("source", cell.get("input"))
    if isinstance(source, list):
        source = "".join(str(line) for line in source if line is not None)
    source = re.sub(r"\r\n?", "\n", str(source or ""))
    if kind == "heading":  # nbformat 3
        kind, source = "markdown", f"# {source}"
    kept = {
        "cell_type": kind if kind in ("code", "markdown") else "raw",
        "metadata": cell["metadata"] if isinstance(cell.get("metadata"), dict) else {},
        "source": source,
    }
    if isinstance(cell.get("attachments"), dict):
        kept["attachments"] = cell["attachments"]
    return kept


def name_of(cell):
    """Return the name that nbgrader gave a cell, its ``grade_id``, "" if it has none."""
    told = cell.get("metadata", {}).get("nbgrader")
    return str(told.get("grade_id") or "") if isinstance(told, dict) else ""
