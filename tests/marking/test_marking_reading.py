"""Reading what was handed in, whatever it is."""

import json

import pytest

from coursework.marking.intake.notebook_file import parse, read

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
    reading = read(TEXT.encode())
    assert (sources(reading), reading.notes, reading.whole) == (SOURCES, [], True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xef\xbb\xbf" + TEXT.encode(), "UTF-8-SIG"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-32"), "UTF-32"),
        (TEXT.replace("\n ]", ",\n ]", 1).encode(), "slips"),
        (TEXT.replace('"words"\n', '"words",\n').encode(), "slips"),
        (TEXT.encode() + b"}}", "slips"),
    ],
)
def test_encodings_and_slips_are_mended_and_named(data, said):
    reading = read(data)
    assert sources(reading) == SOURCES and reading.whole
    assert len(reading.notes) == 1 and said in reading.notes[0]


def test_an_old_windows_encoding_is_read():
    reading = read(TEXT.replace("中", "é").encode("cp1252"))
    assert "ä é" in sources(reading)[0] and "accents" in reading.notes[0]


@pytest.mark.parametrize("data", [b"", b"  \n", b"\0" * 4096])
def test_an_empty_file_is_called_empty(data):
    assert read(data).notebook is None and "empty" in read(data).notes[0]


def test_empty_bytes_are_left_out():
    assert read(TEXT.encode() + b"\0\0\0") == read(TEXT.encode())


@pytest.mark.parametrize("indent", [1, None])
def test_a_file_cut_anywhere_gives_what_is_there(indent):
    data = json.dumps(NOTEBOOK, ensure_ascii=False, indent=indent).encode()
    first, second = data.index(b"x = 1") + 5, data.index(b"words") + 5
    for end in range(1, len(data)):
        reading = read(data[:end])
        assert not reading.whole and "breaks off" in reading.notes[0], end
        there = "".join(sources(reading)) if reading.notebook else ""
        assert ("x = 1" in there) == (end >= first) and ("words" in there) == (end >= second), end
    assert sources(read(data[: second - 2])) == [SOURCES[0], "wor"]


def test_a_break_in_the_middle_leaves_the_other_cells():
    cells = [{**CELL, "source": f"x = {number}"} for number in range(9)]
    text = json.dumps({"cells": cells}).replace('"x = 4"', "x = 4")
    reading = read(text.encode())
    assert sources(reading) == [f"x = {number}" for number in range(9) if number != 4]
    assert not reading.whole


def test_a_comma_in_the_code_is_no_slip():
    cell = {**CELL, "source": "x = [1, ]"}
    text = json.dumps({"cells": [cell]})[:-1] + ",}"
    assert parse(text) == ({"cells": [cell]}, "mended")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"import pandas\nx = 1\n", "not a notebook"),
        (b"<!DOCTYPE html><p>x</p>", "a web page"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"PK\x03\x04", "an office document"),
        (b'{"url": "https://example.org"}', "not a notebook"),
        (b"null", "not a notebook"),
        (b"[[[[", "breaks off before"),
        (b"[" * 100_000, "breaks off before"),
        (b'{"a":' * 100_000, "breaks off before"),
        (bytes(range(1, 256)) * 4, "not a notebook"),
    ],
)
def test_other_files_are_named(data, said):
    reading = read(data)
    assert reading.notebook is None and said in reading.notes[-1]


def test_nbformat_3_is_read():
    cells = [
        {"cell_type": "code", "input": ["x = 1"], "language": "python", "prompt_number": 2},
        {"cell_type": "heading", "level": 2, "source": "Title"},
    ]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    assert sources(read(json.dumps(old).encode())) == ["x = 1", "# Title"]


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
    kept = [(cell["cell_type"], cell["source"]) for cell in reading.notebook["cells"]]
    assert kept == [
        ("code", "x = 1\ny = 2"),
        ("raw", "q"),
        ("raw", "a3"),
        ("raw", "stray"),
        ("markdown", ""),
    ]
    assert all(isinstance(cell["metadata"], dict) for cell in reading.notebook["cells"])
