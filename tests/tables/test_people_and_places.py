"""Who and where: what a row says is dated, plain and rests on works that are listed."""

import csv
import re
import unicodedata

import pytest
from conftest import ROOT

from glf_utils import load

PEOPLE, PLACES = load("people"), load("places")
KEYS = set(load("sources").key)
TABLES = {"people": (PEOPLE, "deed"), "places": (PLACES, "event")}


def rows(table):
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("table", TABLES)
def test_each_row_is_one_sentence_on_a_dated_act(table):
    for row in rows(table):
        sentence = row[TABLES[table][1]]
        assert re.fullmatch(r"[A-Z].{30,220}\.", sentence), row["name"]
        assert not re.search(r"[.!?] [A-Z]", sentence), row["name"]


@pytest.mark.parametrize("table", TABLES)
def test_characters_are_characters_and_pinyin_is_the_name_with_tones(table):
    for row in rows(table):
        letters = unicodedata.normalize("NFD", row["pinyin"])
        bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
        assert re.fullmatch(r"[\u4e00-\u9fff]+", row["hanzi"]), row
        assert bare == row["name"] or row["name"] == "Khrushchev", row
        assert bare != row["pinyin"], row


def test_office_and_later_life_have_a_source_of_their_own():
    for row in rows("people"):
        keys = set(filter(None, row["life_source"].split(";")))
        assert keys <= KEYS, row["name"]
        assert bool(keys) == bool(row["office"] or row["afterwards"]), row["name"]


def test_a_life_of_which_nothing_was_read_says_so():
    for row in rows("people"):
        unread = bool(re.search("was not read|Nothing else was read", row["note"]))
        assert unread == (not row["afterwards"]), row["name"]


def test_the_people_and_places_that_the_course_needs_are_there():
    assert set(PEOPLE.name) >= {"Mao Zedong", "Peng Dehuai", "Chen Yun", "Zeng Xisheng"}
    assert set(PLACES.name) >= {"Xushui", "Beidaihe", "Lushan", "Xinyang", "Tuanwan", "Yongding"}


def test_dates_agree_with_the_timeline():
    days = set(load("timeline").date)
    events = {"Xushui": "1958-08-04", "Beidaihe": "1958-08-17", "Jimo": "1960-08-03"}
    for place, day in events.items():
        assert PLACES.set_index("name").date[place] == day and day in days
    acts = {"Zhang Wentian": "1959-07-21", "Lin Biao": "1959-09-17", "Liu Shaoqi": "1962-01-27"}
    for person, day in acts.items():
        assert PEOPLE.set_index("name").date[person] == day and day in days


def test_numbers_agree_with_the_tables_they_come_from():
    tuanwan = load("tuanwan_1960").set_index(["reporter", "item"]).value
    event = PLACES.set_index("name").event
    for reporter, item in (
        ("provincial_team", "Jan-May 1960 total"),
        ("provincial_team", "people"),
        ("county_committee", "Spring Festival-May 1960 total"),
    ):
        assert f"{tuanwan[reporter, item]:,.0f} " in event["Tuanwan"]
    claims = load("field_claims").query("place.str.contains('Huanjiang|Macheng|Xiping|Suiping')")
    claimed = {f"{jin:,} jin" for jin in claims.claimed_jin_per_mu}
    for place in ("Huanjiang", "Suiping"):
        assert re.search(r"[\d,]+ jin", event[place])[0] in claimed


def test_a_notebook_that_visits_a_place_names_it():
    texts = {path.stem: path.read_text("utf-8") for path in ROOT.glob("notebooks/**/*.ipynb")}
    for row in rows("places"):
        for notebook in filter(None, row["notebooks"].split(";")):
            assert notebook in texts, f"places.csv, {row['name']}: no notebook {notebook}"
            assert row["name"] in texts[notebook], f"places.csv, {row['name']}: not in {notebook}"
