"""Damage to descriptions and to bytes: a sentence with the place, or the table as it was."""

import json
import random
import shutil
from pathlib import Path

import pandas as pd
import pytest

from glf_utils import DataError, about, cite, load, tables, term
from glf_utils import citing as sources
from glf_utils.tablefile import column
from glf_utils.tables import FOLDER

NAME = "censuses"


@pytest.fixture
def copy(tmp_path):
    """A folder with one table, what it refers to, and their descriptions."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in (f"{NAME}.csv", f"{NAME}.json", "sources.csv", "sources.json"):
        shutil.copy(FOLDER / name, folder)
    return folder


def write(folder, description):
    (folder / f"{NAME}.json").write_text(json.dumps(description), "utf-8")


def change(path, value="gone"):
    """A damage: leave out, or replace, what a path of keys leads to."""

    def damage(folder):
        package = part = json.loads((folder / f"{NAME}.json").read_text("utf-8"))
        *way, last = path
        for key in way:
            part = part[key]
        if value == "gone":
            del part[last]
        else:
            part[last] = value
        write(folder, package)

    return damage


@pytest.mark.parametrize("key", ["path", "title", "description", "caveats", "licenses", "schema"])
@pytest.mark.parametrize("value", ["gone", 7])
def test_a_table_without_a_part_of_its_description(copy, key, value):
    change([key], value)(copy)
    for call in (lambda: load(NAME, copy), lambda: tables(copy), lambda: about(NAME, copy)):
        with pytest.raises(DataError, match=rf"{NAME}.json: '{key}' is "):
            call()


@pytest.mark.parametrize(
    "path, value, words",
    [
        (["name"], "gone", "'name' is missing"),
        (["schema", "fields"], "gone", "'schema', 'fields' is missing"),
        (["schema", "primaryKey"], "gone", "'schema', 'primaryKey' is missing"),
        (["schema", "primaryKey"], ["nobody"], "primaryKey names 'nobody'"),
        (["schema", "fields", 0, "type"], "gone", "'type' is missing"),
        (["schema", "fields", 0, "type"], "colour", "type 'colour' is none of"),
        (["schema", "fields", 0, "description"], "gone", "'description' is missing"),
        (["schema", "fields", 0], "a field", "'fields' 1 is not a description in braces"),
        (["schema", "fields", 0, "constraints"], {"minimum": "low"}, "'minimum' is not a number"),
        (["schema", "fields", 0, "constraints"], {"pattern": "("}, "cannot be applied"),
        (
            ["schema", "fields", 0, "constraints"],
            ["required"],
            "'constraints' is not a description",
        ),
        (["schema", "foreignKeys", 0, "reference", "fields"], ["keX"], "has no such field"),
        (
            ["schema", "foreignKeys", 0, "reference", "resource"],
            "sauces",
            "lead to 'sauces', and there is no such table",
        ),
        (["schema", "foreignKeys", 0, "fields"], ["keX"], "foreignKeys names 'keX'"),
        (["schema", "foreignKeys", 0, "reference", "fields"], [], "from one field to one field"),
        (["schema", "fields", 0, "unit"], ["million"], "'unit' is not a text"),
        (["licenses", 0, "path"], "gone", "'licenses' 1, 'path' is missing"),
        (["licenses"], ["CC-BY"], "'licenses' 1 is not a description"),
        (["schema", "fields", 0, "constraints"], {"requierd": True}, "'requierd' is unknown; did"),
        (["schema", "foriegnKeys"], [], "'foriegnKeys' is unknown; did you mean 'foreignKeys'"),
        (["schema", "fields", 1, "name"], "census_year", "the field 'census_year' stands twice"),
        (["caveats"], [7], "'caveats' 1 is not a text"),
    ],
)
def test_a_half_described_column_is_named(copy, path, value, words):
    change(path, value)(copy)
    with pytest.raises(DataError, match=words):
        load(NAME, copy)


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "line 1: not valid JSON"),
        (b"[]", "is not a description in braces"),
        (b'{"name": "censuses"}', "'path' is missing"),
        (b'{"title":\n"\xff"}', "line 2: byte 0xff is not UTF-8"),
        ("﻿".encode() + b'{"title": "t", "description": "d", "resources": []}', "'name' is missing"),
    ],
)
def test_a_damaged_file_of_descriptions_is_answered_in_words(copy, content, words):
    (copy / f"{NAME}.json").write_bytes(content)
    with pytest.raises(DataError, match=words):
        load(NAME, copy)


@pytest.mark.parametrize("cell", ["1e999", "-1e999", "nan", "1_000", "0x10", "½"])
def test_what_is_no_finite_number_is_no_number(copy, cell):
    path = copy / f"{NAME}.csv"
    path.write_text(
        path.read_text("utf-8")
        .replace(",582.6,", f",{cell},", 1)
        .replace(",582.60,", f",{cell},", 1),
        "utf-8",
    )
    with pytest.raises(DataError, match="is not a number"):
        load(NAME, copy)


@pytest.mark.parametrize("cell", ["1958-9-1", "1958-09-1", "1958-9-01", "58-09-01", "1958-13-01"])
def test_a_date_has_all_its_digits(cell):
    field = {"name": "day", "type": "date"}
    with pytest.raises(DataError, match="line 3, column 'day': .* is not a date such as 1960"):
        column(Path("data/some.csv"), field, ["1958-09-01", cell])


def test_an_empty_table_has_no_rows_and_says_so(copy):
    (copy / f"{NAME}.csv").write_bytes(b"")
    assert tables(copy).set_index("name").loc[NAME, "rows"] == 0
    with pytest.raises(DataError, match="is empty"):
        load(NAME, copy)


def hurt(raw, rng):
    """Bytes with one of them replaced, some cut out, one put in, or some doubled."""
    at, length = rng.randrange(len(raw)), rng.randint(1, 40)
    before, after = raw[:at], raw[at:]
    return rng.choice(
        [
            before + bytes([rng.randrange(256)]) + after[1:],
            before + after[length:],
            before + bytes([rng.choice(b'",\n\r\x00[]{}:\xe5')]) + after,
            raw + raw[at : at + length],
        ]
    )


@pytest.mark.parametrize("file", [f"{NAME}.csv", f"{NAME}.json"])
def test_random_damage_ends_in_words_or_in_a_table(copy, file):
    """Bytes cut, doubled, flipped and swapped: never another error than ours."""
    rng, path = random.Random(1958), copy / file
    whole = path.read_bytes()
    for _ in range(150):
        raw = whole
        for _ in range(rng.randint(1, 3)):
            raw = hurt(raw, rng)
        path.write_bytes(raw)
        try:
            found = load(NAME, copy)
        except DataError as error:
            assert len(str(error)) > 20
        else:
            assert isinstance(found, pd.DataFrame) and len(found)


def parts(thing, path=()):
    """The path of keys to every part of a description."""
    pairs = enumerate(thing) if isinstance(thing, list) else ()
    for key, part in thing.items() if isinstance(thing, dict) else pairs:
        yield (*path, key)
        yield from parts(part, (*path, key))


def test_whatever_is_left_out_of_the_descriptions_or_replaced_is_answered_in_words(copy):
    rng = random.Random(1958)
    sound = (copy / f"{NAME}.json").read_text("utf-8")
    every = list(parts(json.loads(sound)))
    others = [None, 7, "x", [], {}, [None], {"a": 1}, True, float("inf"), ["x"] * 3]
    for way in rng.choices(every, k=250):
        package = part = json.loads(sound)
        for key in way[:-1]:
            part = part[key]
        if rng.random() < 0.5:
            del part[way[-1]]
        else:
            part[way[-1]] = rng.choice(others)
        write(copy, package)
        for call in (lambda: load(NAME, copy), lambda: about(NAME, copy), lambda: tables(copy)):
            try:
                call()
            except DataError as error:
                assert "json" in str(error) or ".csv" in str(error) or "no table" in str(error)
            except Exception as error:
                raise AssertionError(f"{way} replaced: {error!r}") from error


@pytest.fixture
def readers(tmp_path, monkeypatch):
    """The bibliography and the glossary in a folder of their own."""
    folder = shutil.copytree(FOLDER, tmp_path / "data")
    monkeypatch.setattr(sources, "BIB", folder / "references.bib")
    monkeypatch.setattr(sources, "GLOSSARY", folder / "glossary.csv")
    yield folder
    sources._works.cache_clear(), sources._words.cache_clear()


@pytest.mark.parametrize(
    "call, file",
    [
        (lambda: cite("lin1990"), "references.bib"),
        (lambda: term("jin"), "glossary.csv"),
    ],
)
def test_a_damaged_bibliography_or_glossary_is_answered_in_words(readers, call, file):
    rng, path = random.Random(1958), readers / file
    whole = path.read_bytes()
    for raw in (
        None,
        b"",
        b"\xff\n",
        whole[:-40],
        b"@article{",
        b"term_en\njin\n",
        *(hurt(whole, rng) for _ in range(40)),
    ):
        path.unlink(missing_ok=True)
        if raw is not None:
            path.write_bytes(raw)
        sources._works.cache_clear(), sources._words.cache_clear()
        try:
            call()
        except (DataError, sources.UnknownName) as error:
            assert f"data/{file}" in str(error), error
