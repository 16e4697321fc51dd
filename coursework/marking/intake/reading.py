"""Read whatever was handed in: a sound notebook, a broken one, or something else altogether."""

import codecs
import io
import json
import re
import zipfile
from collections import namedtuple

Reading = namedtuple("Reading", "notebook notes whole")
Reading.__doc__ = """What a file holds.

notebook : dict or None
    In nbformat 4, every source one string, without outputs; None if nothing could be made of it.
notes : list of str
    What was wrong with the file, in sentences for the student.
whole : bool
    False if a part of the file is missing, so that it should be sent again.
"""

KINDS = {  # how other files begin
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel document",
    b"{\\rtf": "a text document (RTF)",
}
BY_NAME = {
    ".py": "a Python script",
    ".r": "an R script",
    ".txt": "a text file",
    ".md": "a text file",
    ".html": "a web page",
    ".htm": "a web page",
    ".csv": "a table",
}
BOMS = [
    (codecs.BOM_UTF8, "utf-8", "a byte-order mark"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
]


def read(data, name=""):
    """Make a notebook of a file's bytes, as far as it can be done; never raises.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Its name; the ending helps to say what it is if it is no notebook.

    Returns
    -------
    Reading

    Examples
    --------
    >>> read(b"", "mine.ipynb").notes
    ['The file is empty: it holds not one character.']
    """
    try:
        return _read(data, name)
    except Exception as error:  # whatever it is, the teacher hears of it and the batch goes on
        words = f"The file could not be read ({type(error).__name__}: {error})."
        return Reading(None, [words], False)


def _read(data, name):
    if not data.strip(b"\0 \t\r\n"):
        how = "not one character" if not data else "blanks only"
        return Reading(None, [f"The file is empty: it holds {how}."], False)
    kind = kind_of(data)
    if kind:
        return Reading(None, [f"The file is {kind}, not a notebook."], True)
    text, notes = decode(data)
    found, state = parse(text)
    cells = _cells_of(found)
    if cells is None:
        if state == "cut" and name.lower().endswith(".ipynb"):
            notes.append("The file breaks off before its first cell. Please send it again.")
            return Reading(None, notes, False)
        kind = _kind_of_text(text, name)
        return Reading(None, [*notes, f"The file is {kind}, not a notebook."], True)
    if state == "cut":
        notes.append(
            f"The file breaks off: {len(cells)} cell{'s' * (len(cells) != 1)} could be read, "
            "and whatever came after is not in it. Please send it again if you can."
        )
    elif state == "mended":
        notes.append("The file's form had slips, which were mended.")
    notebook, more = normal(found, cells)
    return Reading(notebook, notes + more, state != "cut")


def decode(data):
    """Return a file's text, and a note if it was not plain UTF-8.

    Examples
    --------
    >>> decode(codecs.BOM_UTF8 + b"{}")
    ('{}', ['The file began with a byte-order mark, which was taken off.'])
    """
    for mark, encoding, words in BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "ignore")
            if encoding == "utf-8":
                note = f"The file began with {words}, which was taken off."
                return text.replace("\0", ""), [note]
            return text, [f"The file was stored as {words} and was turned into UTF-8."]
    start = data[:400]
    if start.count(0) > len(start) // 3:
        encoding = "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
        note = "The file was stored as UTF-16 and was turned into UTF-8."
        return data.decode(encoding, "ignore"), [note]
    note = []
    if b"\0" in data:
        data, note = data.replace(b"\0", b""), ["The file held empty bytes, which were left out."]
    try:
        return data.decode("utf-8"), note
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4:  # cut in the middle of a character
            return data[: error.start].decode("utf-8"), note
    try:
        note.append("The file was not stored as UTF-8; its accents may have suffered.")
        return data.decode("cp1252"), note
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace"), note


def kind_of(data, members=None):
    """Return what a file is if its first bytes say that it is no notebook, else None.

    ``members`` are those of a zip file that has been opened already.
    """
    for start, kind in KINDS.items():
        if data.startswith(start):
            return kind
    if not data.startswith(b"PK\x03\x04") and members is None:
        return None
    try:
        members = members or zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, OSError):
        return "a damaged zip file"
    names = {member.filename for member in members}
    kinds = {
        "word/document.xml": "a Word document",
        "xl/workbook.xml": "an Excel workbook",
        "content.xml": "an OpenDocument text",
        "Index/Document.iwa": "a Pages document",
        "ppt/presentation.xml": "a slide show",
    }
    return next((kind for name, kind in kinds.items() if name in names), "a zip file")


def _kind_of_text(text, name):
    if re.match(r"\s*(<!doctype html|<html)", text, re.IGNORECASE):
        return "a web page"
    ending = "." + name.lower().rpartition(".")[2]
    if ending in BY_NAME:
        return BY_NAME[ending]
    if text.lstrip()[:1] in ("{", "["):
        return "stored in a form that is not a notebook's"
    return "plain text"


# -- JSON, sound or not --------------------------------------------------------------------------


def parse(text):
    """Return what JSON holds, as far as it goes, and ``"whole"``, ``"mended"`` or ``"cut"``.

    Examples
    --------
    >>> parse('{"cells": [{"source": "x = 1"}, {"source": "y = ')
    ({'cells': [{'source': 'x = 1'}, {'source': 'y = '}]}, 'cut')
    >>> parse('[1, 2,]')
    ([1, 2], 'mended')
    """
    text = text.lstrip()
    try:
        found, end = json.JSONDecoder(strict=False).raw_decode(text)
        return found, "mended" if text[end:].strip() else "whole"
    except (ValueError, RecursionError):
        pass
    start = re.search(r"[{\[]", text)
    if not start:
        return None, "whole"
    broken = _Broken(text[start.start() :])
    try:
        return broken.value(), "cut" if broken.at >= len(broken.text) and broken.cut else "mended"
    except RecursionError:
        return None, "whole"


class _Broken:
    """A reader of JSON that makes the best of what it meets and notes if the text ended early."""

    def __init__(self, text):
        self.text, self.at, self.cut = text, 0, False

    def next(self):
        """Go to the next character that is no blank and return it; nothing at the end."""
        while self.at < len(self.text) and self.text[self.at] in " \t\r\n":
            self.at += 1
        if self.at >= len(self.text):
            self.cut = True
            return ""
        return self.text[self.at]

    def value(self):
        sign = self.next()
        if sign == "{":
            return self.members({})
        if sign == "[":
            return self.members([])
        if sign == '"':
            return self.string()
        word = re.compile(r"[^\s,\]}{\[\":]*").match(self.text, self.at).group()
        self.at += len(word)
        self.cut |= self.at >= len(self.text)
        return {"true": True, "false": False}.get(word, _number(word))

    def members(self, found):
        closing = "}" if isinstance(found, dict) else "]"
        self.at += 1
        while (sign := self.next()) and sign != closing:
            if sign in "}]:,":
                if sign in "}]":  # the bracket of another: this one was left open
                    break
                self.at += 1
            elif closing == "]":
                before = self.at
                found.append(self.value())
                self.at += self.at == before
            elif sign == '"':
                key = self.string()
                if self.next() == ":":
                    self.at += 1
                    if self.next():
                        found[key] = self.value()
            else:
                self.at += 1
        self.at += sign == closing
        return found

    def string(self):
        body = re.compile(r'"((?:[^"\\]|\\.)*)', re.DOTALL).match(self.text, self.at)
        self.at = body.end() + 1
        inside = body.group(1)
        if self.at > len(self.text):
            self.at, self.cut = len(self.text), True
            inside = re.sub(r"\\(u[0-9a-fA-F]{0,3})?$", "", inside)
        try:
            return json.loads(f'"{inside}"', strict=False)
        except ValueError:
            return inside.replace("\\n", "\n").replace('\\"', '"')


def _number(word):
    try:
        return int(word)
    except ValueError:
        return None


# -- one form of notebook ------------------------------------------------------------------------


def _cells_of(found):
    """Return the list of cells that a JSON value holds, None if it is no notebook."""
    if isinstance(found, dict):
        if isinstance(found.get("cells"), list):
            return found["cells"]
        sheets = found.get("worksheets")  # nbformat 3 and older
        if isinstance(sheets, list):
            return [
                cell
                for sheet in sheets
                if isinstance(sheet, dict)
                for cell in sheet.get("cells") or []
            ]
        return None
    if isinstance(found, list) and any(isinstance(c, dict) and "cell_type" in c for c in found):
        return found
    return None


def normal(found, cells):
    """Return a notebook of nbformat 4 with the cells given, and notes on what was unusual."""
    notes, kept = [], []
    for cell in cells:
        if not isinstance(cell, dict):
            if str(cell or "").strip():
                kept.append({"cell_type": "raw", "metadata": {}, "source": str(cell)})
            continue
        kind = cell.get("cell_type")
        source = _text(cell.get("source", cell.get("input", cell.get("text"))))
        metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
        if kind == "heading":
            kind, source = "markdown", "#" * _level(cell) + " " + source
        elif kind not in ("code", "markdown", "raw"):
            notes.append(f"A cell was of an unknown kind ({str(kind)[:20]}); its text was kept.")
            kind = "markdown" if kind in ("html", "text") else "raw"
        kept.append({"cell_type": kind, "metadata": metadata, "source": source})
        if isinstance(cell.get("attachments"), dict):
            kept[-1]["attachments"] = cell["attachments"]
    metadata = found.get("metadata") if isinstance(found, dict) else None
    major = found.get("nbformat", 4) if isinstance(found, dict) else 4
    if isinstance(found, dict) and "worksheets" in found or isinstance(major, int) and major < 4:
        notes.append("The file was stored in an old form of notebook and was brought up to date.")
    notebook = {
        "cells": kept,
        "metadata": metadata if isinstance(metadata, dict) else {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return notebook, list(dict.fromkeys(notes))


def _text(source):
    """Return a cell's source as one string with plain line ends."""
    if isinstance(source, list):
        source = "".join(str(line) for line in source if line is not None)
    return re.sub(r"\r\n?", "\n", "" if source is None else str(source))


def _level(cell):
    level = cell.get("level")
    return level if isinstance(level, int) and 1 <= level <= 6 else 1
