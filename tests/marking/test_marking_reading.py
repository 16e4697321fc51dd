"""Reading what was handed in, whatever it is."""

import io
import json
import zipfile

import mutilate  # noqa: F401  finds the coursework
import pytest

from coursework.marking.intake.reading import parse, read

CELL = {
    "cell_type": "code",
    "id": "a",
    "metadata": {"nbgrader": {"grade_id": "q1"}},
    "execution_count": None,
    "outputs": [],
    "source": ["x = 1\n", "y = 'ä 中'"],
}
WORDS = {"cell_type": "markdown", "id": "b", "metadata": {}, "source": "words"}
NOTEBOOK = {"cells": [CELL, WORDS], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
TEXT = json.dumps(NOTEBOOK, ensure_ascii=False, indent=1)
SOURCES = ["x = 1\ny = 'ä 中'", "words"]


def sources(reading):
    return [cell["source"] for cell in reading.notebook["cells"]]


def test_a_sound_notebook_needs_no_words():
    reading = read(TEXT.encode(), "mine.ipynb")
    assert (sources(reading), reading.notes, reading.whole) == (SOURCES, [], True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xef\xbb\xbf" + TEXT.encode(), "byte-order mark"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-32"), "UTF-32"),
        (TEXT.encode() + b"\0\0\0", "empty bytes"),
        (TEXT.replace("\n ]", ",\n ]", 1).encode(), "slips"),
        (TEXT.encode() + b"}}", "slips"),
    ],
)
def test_encodings_and_slips_are_mended_and_named(data, said):
    reading = read(data, "mine.ipynb")
    assert sources(reading) == SOURCES and reading.whole
    assert len(reading.notes) == 1 and said in reading.notes[0]


def test_an_old_windows_encoding_is_read():
    reading = read(TEXT.replace("中", "é").encode("cp1252"), "mine.ipynb")
    assert "ä é" in sources(reading)[0] and "accents" in reading.notes[0]


@pytest.mark.parametrize("data", [b"", b"  \n", b"\0" * 4096])
def test_an_empty_file_is_called_empty(data):
    assert read(data).notebook is None and "empty" in read(data).notes[0]


def test_a_file_cut_anywhere_gives_what_is_there():
    data = TEXT.encode()
    for end in range(1, len(data)):
        reading = read(data[:end], "mine.ipynb")
        if reading.notebook is None:
            assert end < 15 and "breaks off before its first cell" in reading.notes[0]
        elif data[:end].count(b"{") > 0 and end < len(data):
            assert not reading.whole and "breaks off" in reading.notes[0], end
    cut = data[: data.index(b"wor") + 3]
    assert sources(read(cut)) == [SOURCES[0], "wor"]


def test_a_cut_text_keeps_its_last_half_line():
    assert parse('["a\\nb\\u00e') == (["a\nb"], "cut")
    assert parse('{"a": [tru')[1] == "cut"


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"import pandas\nx = 1\n", "ps4.py", "a Python script"),
        (b"My answer is 5.", "a.txt", "a text file"),
        (b"<!DOCTYPE html><p>x</p>", "ps4.ipynb", "a web page"),
        (b"%PDF-1.7 ...", "ps4.pdf", "a PDF"),
        (b"\x89PNG\r\n", "ps4.ipynb", "a picture"),
        (b'{"url": "https://example.org"}', "ps4.gdoc", "not a notebook"),
        (b"null", "ps4.ipynb", "not a notebook"),
        (b"[[[[", "ps4.ipynb", "breaks off before"),
        (b"[[[[", "ps4.txt", "a text file"),
        (b"[" * 100_000, "ps4.ipynb", "not a notebook"),
        (bytes(range(1, 256)) * 4, "ps4.ipynb", "not a notebook"),
    ],
)
def test_other_files_are_named(data, name, said):
    reading = read(data, name)
    assert reading.notebook is None and said in reading.notes[-1]


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("word/document.xml", "a Word document"),
        ("xl/workbook.xml", "an Excel workbook"),
        ("content.xml", "an OpenDocument text"),
        ("notes.txt", "a zip file"),
    ],
)
def test_documents_that_are_zip_files_within(member, said):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr(member, "x")
    assert said in read(into.getvalue(), "mine.ipynb").notes[0]
    assert "damaged zip" in read(into.getvalue()[:20], "mine.ipynb").notes[0]


def test_nbformat_3_is_brought_up_to_date():
    cells = [
        {"cell_type": "code", "input": ["x = 1"], "language": "python", "prompt_number": 2},
        {"cell_type": "heading", "level": 2, "source": "Title"},
    ]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    reading = read(json.dumps(old).encode())
    assert sources(reading) == ["x = 1", "## Title"] and "old form" in reading.notes[0]


def test_another_editors_save():
    cells = [
        {"cell_type": "code", "source": "x = 1\r\ny = 2"},
        {"cell_type": "sql", "source": "q"},
        {"source": ["a", None, 3]},
        None,
        "stray",
        {"cell_type": "markdown", "source": None, "metadata": None, "attachments": {"a.png": {}}},
    ]
    reading = read(json.dumps({"cells": cells}).encode())
    assert sources(reading) == ["x = 1\ny = 2", "q", "a3", "stray", ""]
    assert [cell["cell_type"] for cell in reading.notebook["cells"]] == [
        "code",
        "raw",
        "raw",
        "raw",
        "markdown",
    ]
    assert all(isinstance(cell["metadata"], dict) for cell in reading.notebook["cells"])
    assert "unknown kind" in reading.notes[0]
