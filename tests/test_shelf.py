"""The shelf: who somebody was, under every name, with a source to each line."""

import csv
import re
from collections import Counter

import pytest
from conftest import ROOT

from glf_utils import load, person
from glf_utils.citing import UnknownName

CAREERS = load("careers")
SIDES = {"side_1958": "1958", "side_1959": "1959", "side_1962": "1962"}


def rows(table):
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_at_least_25_politicians_have_an_office_a_side_or_a_fate():
    assert CAREERS["name"].nunique() >= 25
    assert set(CAREERS["name"]) <= set(load("people").name)
    aspects = CAREERS.groupby("name")["aspect"].agg(set)
    assert all("office" in own for own in aspects[~aspects.index.isin(["Zhu De"])])
    counted = Counter(CAREERS["aspect"])
    assert all(counted[side] >= 9 for side in SIDES), counted


@pytest.mark.parametrize("row", rows("careers"), ids=lambda row: f"{row['name']} {row['aspect']}")
def test_a_side_lies_in_its_year_and_an_office_does_not_end_before_it_starts(row):
    if row["aspect"] in SIDES:
        assert row["date_start"].startswith(SIDES[row["aspect"]]) and not row["date_end"]
    if row["aspect"] == "office":
        assert not row["text"].endswith(".")
        assert row["date_start"] <= row["date_end"] or not row["date_end"]
    else:
        assert row["text"].endswith(".")
    assert len(row["text"]) <= 160


def test_offices_at_the_top_follow_one_another():
    held = CAREERS[CAREERS["aspect"] == "office"]

    def of(text):
        return {
            row.name_: row
            for row in held[held.text == text].rename(columns={"name": "name_"}).itertuples()
        }

    defence, head = of("Minister of defence"), of("Head of state")
    assert defence["Peng Dehuai"].date_end == defence["Lin Biao"].date_start
    assert head["Mao Zedong"].date_end == head["Liu Shaoqi"].date_start
    henan = of("First secretary of Henan")
    assert henan["Pan Fusheng"].date_end == henan["Wu Zhipu"].date_start


def test_a_primary_row_rests_on_a_document():
    kinds = load("sources").set_index("key").kind
    primary = CAREERS[CAREERS.verification == "primary"]
    assert set(kinds[primary.source]) == {"official_document"}


@pytest.mark.parametrize("name", load("people").name)
def test_everybody_is_found_under_every_name(name):
    row = load("people").set_index("name").loc[name]
    shown = person(name)
    assert shown == person(row.hanzi) == person(row.pinyin) == person(name.lower().replace(" ", ""))
    text, page = repr(shown), shown._repr_markdown_()
    assert row.hanzi in text and row.deed in text and row.deed in page
    assert all(source for *_, source in shown.lines)
    assert not re.search(r"\bnan\b|<NA>|None", text + page)


def test_a_name_nearly_right_is_suggested_and_one_that_many_have_lists_them():
    with pytest.raises(UnknownName, match="did you mean .*Peng Dehuai"):
        person("Peng Dehuay")
    with pytest.raises(UnknownName, match="several entries .*Zhang Wentian"):
        person("Zhang")
    with pytest.raises(UnknownName, match="no entry ''"):
        person("")
    assert person("Tian").title == "Tian Jiaying"


def test_what_was_not_read_is_said():
    assert "unchecked" not in repr(person("Peng Dehuai"))
    assert "14 July 1959" in repr(person("Peng Dehuai"))
    assert "until 17 September 1959" in repr(person("Peng Dehuai"))
