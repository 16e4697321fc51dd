"""Each table is damaged in many ways; every damage must be caught and its place named."""

import csv
import io
import shutil

import pandas as pd
import pytest

from glf_utils import DataError, load, tables
from glf_utils.tables import FOLDER, described

RESOURCES = {name: described(name) for name in tables()["name"]}


class Inapplicable(Exception):
    """The table has no column that this damage could be done to."""


class Table:
    """The cells of a CSV file, to be damaged and written again."""

    def __init__(self, folder, name):
        self.path = folder / f"{name}.csv"
        self.rows = list(csv.reader(io.StringIO(self.path.read_text(encoding="utf-8"))))
        self.fields = RESOURCES[name]["schema"]["fields"]
        self.names = [field["name"] for field in self.fields]

    def first(self, wanted):
        """Index of the first column whose field is wanted and that has a filled cell."""
        for i, field in enumerate(self.fields):
            if wanted(field) and any(row[i] for row in self.rows[1:]):
                return i
        raise Inapplicable

    def put(self, i, text):
        """Write text into a filled cell of column i in the middle; return line and column."""
        filled = [n for n, row in enumerate(self.rows) if n and row[i]]
        at = filled[len(filled) // 2]
        self.rows[at][i] = text
        return [f"line {at + 1}", repr(self.names[i]), text]

    def bytes(self):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(self.rows)
        return out.getvalue().encode("utf-8")


def rule(name):
    return lambda field: name in field.get("constraints", {})


def missing_column(t):
    name = t.names[1]
    for row in t.rows:
        del row[1]
    return ["line 1", repr(name), "missing"]


def renamed_column(t):
    t.rows[0][1] += "_new"
    return ["line 1", repr(t.names[1]), repr(t.names[1] + "_new")]


def extra_column(t):
    for n, row in enumerate(t.rows):
        row.append("remark" if n == 0 else "")
    return ["line 1", "'remark'", "unknown"]


def swapped_columns(t):
    for row in t.rows:
        row[0], row[1] = row[1], row[0]
    return ["line 1", "out of order"]


def text_in_a_number(t):
    return [*t.put(t.first(lambda f: f["type"] in ("number", "integer")), "about 12"), "number"]


def not_a_number(t):
    return t.put(t.first(lambda f: f["type"] == "number"), "nan")


def decimals_in_a_whole_number(t):
    return [*t.put(t.first(lambda f: f["type"] == "integer"), "1958.5"), "whole number"]


def impossible_date(t):
    return t.put(t.first(lambda f: f["type"] == "date"), "1960-02-31")


def unclear_truth(t):
    return [*t.put(t.first(lambda f: f["type"] == "boolean"), "yes"), "true or false"]


def below_the_minimum(t):
    return [*t.put(t.first(rule("minimum")), "-999"), "minimum"]


def above_the_maximum(t):
    return [*t.put(t.first(rule("maximum")), "999999"), "maximum"]


def not_in_the_list(t):
    i = t.first(lambda f: rule("enum")(f) and f["name"] != "verification")
    return [*t.put(i, "somethingelse"), "not an allowed value"]


def unknown_grade(t):
    i = t.first(lambda f: f["name"] == "verification")
    return [*t.put(i, "primry"), "not an allowed value"]


def wrong_form(t):
    return [*t.put(t.first(rule("pattern")), "autumn 1958"), "form"]


def empty_required_cell(t):
    line, name, _ = t.put(t.first(lambda f: f.get("constraints", {}).get("required")), "")
    return [line, name, "empty"]


def unknown_source(t):
    i = t.first(lambda f: f["name"] == "source")
    return [*t.put(i, "nobody1066"), "sources.csv"]


def unknown_province(t):
    if "provinces.csv" == t.path.name:
        raise Inapplicable
    i = t.first(lambda f: f["name"] == "province")
    return [*t.put(i, "atlantis"), "provinces.csv"]


def duplicate_row(t):
    t.rows.append(list(t.rows[len(t.rows) // 2]))
    return [
        f"line {len(t.rows)}" if not any(map(rule("unique"), t.fields)) else "line",
        "Remove one",
    ]


def row_too_short(t):
    n = len(t.rows) // 2
    t.rows[n].pop()
    return [f"line {n + 1}", f"{len(t.names) - 1} cells"]


def row_too_long(t):
    n = len(t.rows) // 2
    t.rows[n].append("more")
    return [f"line {n + 1}", f"{len(t.names) + 1} cells"]


def blank_at_the_end_of_a_cell(t):
    i = t.first(lambda f: f["type"] == "string")
    line, name, _ = t.put(i, "somewhere ")
    return [line, name]


def foreign_bytes(t):
    lines = t.bytes().split(b"\n")
    lines[2] = lines[2][:1] + b"\xff" + lines[2][1:]
    return b"\n".join(lines), ["line 3", "0xff", "UTF-8"]


def unclosed_quote(t):
    lines = t.bytes().split(b"\n")
    lines[-2] = b'"' + lines[-2]
    return b"\n".join(lines), [f"line {len(lines) - 1}", "quotation mark"]


def header_only(t):
    return t.bytes().split(b"\n")[0] + b"\n", ["no rows"]


def empty_file(t):
    return b"", ["is empty"]


def missing_file(t):
    return None, ["is missing"]


DAMAGES = [
    missing_column,
    renamed_column,
    extra_column,
    swapped_columns,
    text_in_a_number,
    not_a_number,
    decimals_in_a_whole_number,
    impossible_date,
    unclear_truth,
    below_the_minimum,
    above_the_maximum,
    not_in_the_list,
    unknown_grade,
    wrong_form,
    empty_required_cell,
    unknown_source,
    unknown_province,
    duplicate_row,
    row_too_short,
    row_too_long,
    blank_at_the_end_of_a_cell,
    foreign_bytes,
    unclosed_quote,
    header_only,
    empty_file,
    missing_file,
]


def applicable(name):
    """The damages that can be done to a table."""
    for damage in DAMAGES:
        try:
            damage(Table(FOLDER, name))
        except Inapplicable:
            continue
        yield damage


CASES = [(name, damage) for name in RESOURCES for damage in applicable(name)]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return shutil.copytree(FOLDER, tmp_path_factory.mktemp("copy") / "data")


@pytest.fixture
def table(name, copy):
    """A table in a copy of the data folder, restored afterwards."""
    yield Table(copy, name)
    shutil.copy(FOLDER / f"{name}.csv", copy)


def test_each_table_is_damaged_in_at_least_five_ways():
    assert min(sum(name == other for other, _ in CASES) for name in RESOURCES) >= 5


@pytest.mark.parametrize("name, damage", CASES, ids=lambda x: getattr(x, "__name__", x))
def test_damage_is_caught_and_its_place_named(name, damage, table, copy):
    load(name, copy)
    told = damage(table)
    raw, told = told if isinstance(told, tuple) else (table.bytes(), told)
    table.path.unlink()
    if raw is not None:
        table.path.write_bytes(raw)
    with pytest.raises(DataError) as caught:
        load(name, copy)
    message = str(caught.value)
    assert f"data/{name}.csv" in message
    for words in told:
        assert words in message, message
    assert message.endswith(".") or "Expected: " in message


@pytest.mark.parametrize("name", RESOURCES)
def test_harmless_differences_change_nothing(name, table, copy):
    """A byte-order mark, Windows line ends and blank last lines are read as if not there."""
    sound = load(name, copy)
    raw = table.path.read_bytes()
    for other in (b"\xef\xbb\xbf" + raw, raw.replace(b"\n", b"\r\n"), raw + b"\n\n"):
        table.path.write_bytes(other)
        pd.testing.assert_frame_equal(load(name, copy), sound)


def test_a_source_taken_out_of_the_list_is_missed_at_once(copy):
    """Keys of other tables are read anew when their file changes."""
    load("ashton_fiscal_years", copy)
    sources = copy / "sources.csv"
    sound = sources.read_text(encoding="utf-8")
    kept = [line for line in sound.splitlines(True) if not line.startswith("ashton1984,")]
    sources.write_text("".join(kept), encoding="utf-8")
    try:
        with pytest.raises(DataError, match="ashton_fiscal_years.csv, line 2.*sources.csv"):
            load("ashton_fiscal_years", copy)
    finally:
        sources.write_text(sound, encoding="utf-8")
