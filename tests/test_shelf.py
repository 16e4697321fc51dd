"""The shelf: people under every name, documents with what rests on them, a source to each line."""

import csv
import re
from collections import Counter

import pytest
from conftest import ROOT

from glf_utils import document, essay, further_reading, load, person, shelf
from glf_utils.citing import UnknownName, cite
from glf_utils.page.questions import SIX_QUESTIONS
from glf_utils.tablefile import DataError

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


# -- documents


DOCUMENTS = rows("documents")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_ten_documents_of_several_kinds_and_two_countries():
    assert len(DOCUMENTS) >= 10
    assert len({row["kind"] for row in DOCUMENTS}) >= 6
    american = [row for row in DOCUMENTS if not row["translation"]]
    assert len(american) >= 3
    kinds = load("sources").set_index("key")
    assert set(kinds.licence[[row["source"] for row in american]]) == {
        "public domain (US government)"
    }


@pytest.mark.parametrize("row", DOCUMENTS, ids=lambda row: row["id"])
def test_an_extract_is_short_and_has_its_translation(row):
    english = row["translation"] or row["text"]
    assert 40 <= len(english.split()) <= 150
    assert not CHINESE.search(english)
    assert bool(CHINESE.search(row["text"])) == bool(row["translation"])
    assert all(row[key] for key in SIX_QUESTIONS) and row["shows"] and row["cannot_show"]


@pytest.mark.parametrize("row", DOCUMENTS, ids=lambda row: row["id"])
def test_rows_that_rest_on_a_document_exist(row):
    """Each query finds rows, and what is said to rest on the paper names it or its act."""
    shown = document(row["id"])
    assert len(shown.resting) == len(row["rows"].split("; "))
    for (table, _), found in zip(shown.rows, shown.resting, strict=True):
        assert len(found), (row["id"], table)
        told = found.to_csv()
        assert row["source"] in told or row["id"] == "peng_letter", (row["id"], table)


def test_a_document_shows_its_words_the_questions_and_its_source():
    shown = document("yongding_note")
    text, page = repr(shown), shown._repr_markdown_()
    for said in (shown.text, shown.translation, *SIX_QUESTIONS.values(), "12 October 1960"):
        assert said in text and said in page
    assert "193" in shown.translation and "一百九十三斤" in shown.text
    assert document("two counts").title.startswith("Shandong")
    assert "None" not in text and "nan" not in text.split()


def test_a_misspelt_document_is_suggested():
    with pytest.raises(UnknownName, match="did you mean 'tuanwan_letter'"):
        document("tuanwan_leter")
    with pytest.raises(UnknownName, match="several entries with 'weighed'"):
        document("weighed")


def test_numbers_in_the_extracts_are_those_of_the_tables():
    errors = load("reporting_errors")
    counted = errors[errors.case == "tuanwan_1960"].set_index("level").reported_low
    assert f"{counted['county']:.0f} people" in document("tuanwan_letter").translation
    assert (
        f"team's report {counted['provincial_team']:.0f}" in document("tuanwan_letter").translation
    )
    weighed = errors.query("case == 'yongding_1960' and level == 'county'")
    assert f"at {weighed.reported_low.item():.0f} jin" in document("yongding_note").translation


# -- further reading, historiography, map of the archive


KEYS = set(load("sources").key)
PAGES = {
    name: (ROOT / f"docs/{name}.md").read_text("utf-8") for name in ("historiography", "archive")
}
LINK = re.compile(r'\[([^\]]+)\]\(\.\./data/references\.bib "(\w+)"\)')


def test_25_titles_each_for_and_against():
    titles = rows("further_reading")
    assert len(titles) >= 25
    for row in titles:
        assert set(row["against_source"].split(";")) <= KEYS - {row["source"]}, row
        for line in (row["best_at"], row["against"]):
            assert re.fullmatch(r"[A-Z1-9].{20,140}\.", line), line
    assert {"patnaik2002", "ball2006", "han2003"} <= {row["source"] for row in titles}


def test_further_reading_shows_all_or_one_topic():
    assert len(further_reading().lines) == len(rows("further_reading"))
    assert "But: Yang: local papers" in repr(further_reading("for a lower toll"))
    assert further_reading("tolls")._repr_markdown_().count("*But:*") == 4
    with pytest.raises(UnknownName, match="did you mean 'tolls'"):
        further_reading("toll")


@pytest.mark.parametrize("page", PAGES)
def test_every_statement_of_a_page_is_cited_by_keys(page):
    """Each paragraph, table row and bullet names a work, in the words in which it is cited."""
    body = PAGES[page].split("\n## ", 1)[1]
    for block in re.split(r"\n\n|\n(?=[|-])", body):
        first = block.strip().splitlines()[0]
        if re.match(r"\| source|\|---", first) or re.fullmatch(r"[^|.]+", block.strip()):
            continue
        assert LINK.search(block), block
    links = LINK.findall(PAGES[page])
    assert len(links) >= 20
    for label, key in links:
        assert key in KEYS and label == re.sub(r"[\[\]]", "", cite(key)), (label, key)


def test_the_historiography_is_two_pages_and_all_is_reached_from_the_front():
    words = len(re.sub(LINK, r"\1", PAGES["historiography"]).split())
    assert 700 <= words <= 1100
    readme = (ROOT / "README.md").read_text("utf-8")
    shelf = (ROOT / "docs/shelf.md").read_text("utf-8")
    start = next((ROOT / "notebooks").glob("00*.ipynb")).read_text("utf-8")
    assert "docs/shelf.md" in readme and "../docs/shelf.md" in start
    assert all(f"({page}.md)" in shelf for page in PAGES)
    assert all(f"docs/{page}.md" in readme for page in PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_an_essay_is_one_call_away_and_keeps_its_words_and_works(page):
    shown = essay(page)._repr_markdown_()
    assert shown == repr(essay(page)) and "](" not in shown and "references.bib" not in shown
    assert all(f"[{label}]" in shown for label, _ in LINK.findall(PAGES[page]))
    assert shown.startswith(PAGES[page].splitlines()[0])
    assert set(shelf.ESSAYS) == set(PAGES)


def test_an_essay_misspelt_or_not_shipped_is_answered_in_words(monkeypatch, tmp_path):
    with pytest.raises(UnknownName, match="did you mean 'archive'.*archive and historiography"):
        essay("archives")
    monkeypatch.setitem(shelf.ESSAYS, "archive", tmp_path / "archive.md")
    with pytest.raises(DataError, match=r"docs/archive\.md is not here.*reading edition"):
        essay("archive")


def test_the_timeline_has_what_was_missing():
    days = set(load("timeline").date)
    assert {"1958-01-09", "1958-06", "1959-04-29", "1959-12-02", "1960-10-20"} <= days
