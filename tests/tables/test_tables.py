"""Loading: every table, its card, its description, its errors."""

import re
import shutil
from pathlib import Path

import data_package
import pandas as pd
import pytest

from glf_utils import DataError, about, load, tables
from glf_utils.tables import FOLDER, described, one

RESOURCES = {name: described(name) for name in tables()["name"]}
NAMES = list(RESOURCES)
EVIDENCE = set(NAMES) - {"sources", "claim_checks"}  # works, and questions to the other tables
DTYPES = {
    "integer": ("int64", "Int64"),
    "number": ("float64",),
    "boolean": ("bool", "boolean"),
    "string": ("str", "object"),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_table_loads_typed_and_with_its_meaning(name):
    frame = load(name)
    assert len(frame) > 0 and isinstance(frame.index, pd.RangeIndex)
    for field in RESOURCES[name]["schema"]["fields"]:
        dtype = str(frame[field["name"]].dtype)
        if field["type"] == "date":
            assert dtype.startswith("datetime64")
        elif frame[field["name"]].notna().any():
            assert dtype in DTYPES[field["type"]], field["name"]
    assert set(frame.attrs) == {"table", "title", "units", "caveats", "sources"}
    assert frame.attrs["table"] == name and frame.attrs["caveats"]


def test_the_package_is_valid_in_the_eyes_of_frictionless():
    assert data_package.problems() == []


def test_frictionless_sees_an_unknown_source(tmp_path):
    """The judge above does look at foreign keys."""
    folder = shutil.copytree(FOLDER, tmp_path / "data")
    path = folder / "censuses.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("census1964", "census1965"), encoding="utf-8"
    )
    said = data_package.judged(folder)
    assert said and all(line.startswith("censuses.csv, row ") for line in said)
    assert "census1965" in said[0]


def test_the_tables_leave_as_one_package_that_frictionless_reads(tmp_path):
    from frictionless import Package

    report = Package(str(data_package.write(tmp_path / "away") / "datapackage.json")).validate()
    assert report.valid and {task.name for task in report.tasks} == set(NAMES)


def test_every_csv_is_described_and_every_description_has_its_csv():
    for kind in ("csv", "json"):
        assert {path.stem for path in FOLDER.glob(f"*.{kind}")} == set(NAMES)


def test_every_evidence_table_says_where_each_row_comes_from():
    for name in EVIDENCE:
        columns = [field["name"] for field in RESOURCES[name]["schema"]["fields"]]
        assert [c for c in ("source", "locator", "verification") if c not in columns] == [], name
        fields = {field["name"]: field for field in RESOURCES[name]["schema"]["fields"]}
        assert fields["source"]["constraints"]["required"], name
        assert fields["verification"]["constraints"] == {
            "required": True,
            "enum": ["primary", "secondary", "derived", "unchecked"],
        }, name
        keys = {key["fields"][0] for key in RESOURCES[name]["schema"]["foreignKeys"]}
        assert keys == {"source"} | ({"province"} & set(columns) - {name.removesuffix("s")}), name


def test_every_source_key_is_in_the_bibliography():
    from pybtex.database import parse_file

    known = set(parse_file(str(FOLDER / "references.bib"), bib_format="bibtex").entries)
    assert set(load("sources").key) == known


def test_un_tables_carry_the_un_licence_and_its_attribution():
    for name in NAMES:
        used = "source" in load(name) and load(name).source.str.startswith("wpp").mean() > 0.2
        licences = " ".join(x["name"] + x["title"] for x in RESOURCES[name]["licenses"])
        assert ("CC-BY-3.0-IGO" in licences and "World Population Prospects" in licences) == used


def test_the_committed_dictionary_is_current():
    committed = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert committed == data_package.dictionary(), "run python tools/data_package.py dictionary"


def test_files_are_plain_utf8_with_unix_line_ends_and_no_stray_blanks():
    for path in [*FOLDER.glob("*.csv"), *FOLDER.glob("*.json")]:
        raw = path.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw and raw.endswith(b"\n")
        raw.decode("utf-8")


def test_tables_lists_names_titles_and_rows():
    listed = tables()
    assert list(listed.name) == NAMES
    assert listed.set_index("name").rows["provinces"] == 31


def test_a_card_begins_with_one_line_that_says_it_all():
    card = about("ashton_fiscal_years")
    assert repr(card).splitlines()[0] == card.line
    assert "4 rows" in card.line and "100 % secondary" in card.line and "ashton1984" in card.line
    assert "July to June" in card._repr_markdown_()
    exports = about(load("grain_national").query("series == 'exports' and 1958 <= year <= 1962"))
    assert "5 rows" in exports.line and "million t" in exports.line
    assert "graintrade_press2011" in exports.line and "linyang2000" not in exports.line


def test_every_card_has_its_units_and_shares():
    for name in EVIDENCE:
        line = about(name).line
        assert "%" in line and line.count("\n") == 0, name
        assert "see unit" not in line, name


def test_about_refuses_a_frame_that_lost_its_meaning():
    with pytest.raises(DataError, match="lost its attrs"):
        about(pd.DataFrame({"a": [1]}))


@pytest.mark.parametrize(
    "typed, meant",
    [("grain_nationl", "grain_national"), ("censusses", "censuses"), ("timelines", "timeline")],
)
def test_a_misspelt_name_gets_a_suggestion(typed, meant):
    with pytest.raises(DataError, match=f"no table '{typed}'.*{meant}"):
        load(typed)


def test_a_hopeless_name_is_sent_to_the_list():
    with pytest.raises(DataError, match=r"tables\(\) lists them"):
        load("xyzzy")


def test_a_folder_without_descriptions_says_so(tmp_path):
    with pytest.raises(DataError, match="holds no table that is described. Restore the folder"):
        load("censuses", tmp_path)
    (tmp_path / "censuses.json").write_text('{\n  "name": }\n')
    with pytest.raises(DataError, match="censuses.json, line 2: not valid JSON"):
        load("censuses", tmp_path)


def test_the_project_never_names_a_machine():
    for path in [FOLDER / "README.md", *FOLDER.glob("*.json"), *FOLDER.glob("*.csv")]:
        text = Path(path).read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.:/])/(?:home|root|tmp|Users)/", text), path.name


@pytest.mark.parametrize("query, found", [("year == 1900", 0), ("year in [1957, 1958]", 2)])
def test_one_value_is_one_row(query, found):
    with pytest.raises(DataError, match=f"'{re.escape(query)}' finds {found} rows of food_balance"):
        one("food_balance", query, "output_million_t")


def test_the_command_for_contributors_sees_what_load_refuses(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "data")
    (folder / "eggs.csv").write_text("year,eggs\n1958,3\n")
    assert data_package.problems(folder) == [
        "eggs.csv has no description: add eggs.json beside it."
    ]
    with pytest.raises(DataError, match="eggs.csv is there: describe it in eggs.json"):
        load("eggs", folder)
    path = folder / "censuses.csv"
    path.write_text(path.read_text("utf-8").replace(",million,", ", million,", 1), "utf-8")
    (folder / "eggs.csv").unlink()
    (said,) = data_package.problems(folder)
    assert "censuses.csv, line 2, column 'unit'" in said and said.endswith(".")
