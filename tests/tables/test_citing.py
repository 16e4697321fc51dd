"""The bibliography, the citations drawn from it, and the glossary."""

import csv
import doctest
import re
import warnings

import pandas as pd
import pytest
from conftest import ROOT
from pybtex.database import parse_file

from glf_utils import bibliography, cite, term
from glf_utils import citing as sources

DATA = ROOT / "data"
ACCOUNTS = ("account_s1", "account_s2", "account_s3", "account_s4")


def rows(table):
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def works():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return parse_file(DATA / "references.bib").entries


def test_doctests_run():
    result = doctest.testmod(sources)
    assert result.attempted >= 5 and result.failed == 0


# -- the two files agree


def test_keys_stand_once_and_in_order():
    keys = re.findall(r"^@\w+\{([^,]+),", (DATA / "references.bib").read_text("utf-8"), re.M)
    assert keys == sorted(set(keys)) and len(keys) > 250


def test_bibliography_and_list_of_sources_hold_the_same_keys(works):
    assert set(works) == {row["key"] for row in rows("sources")}


@pytest.mark.parametrize("path", sorted(DATA.glob("*.csv")), ids=lambda path: path.stem)
def test_every_source_of_a_table_is_in_the_bibliography(path, works):
    unknown = {row["source"] for row in rows(path.stem) if "source" in row} - set(works)
    assert not unknown


def test_sources_say_in_a_short_phrase_how_far_to_trust_them():
    for row in rows("sources"):
        assert row["kind"] and row["licence"], row
        assert 0 < len(row["reliability"]) <= 90, row


# -- the entries


NEEDS = {
    "article": {"title", "journal", "year"},
    "book": {"title"},
    "incollection": {"title", "booktitle", "publisher", "year"},
    "techreport": {"title", "institution", "year"},
    "phdthesis": {"title", "school", "year"},
    "misc": {"title"},
}


def test_entries_have_what_their_type_asks_for(works):
    for key, work in works.items():
        assert set(work.fields) >= NEEDS[work.type], key
        assert work.persons or work.type in ("misc", "book") or key == "oep2026", key


def test_an_entry_without_author_or_date_says_what_it_is(works):
    """A title that is a description stands in square brackets, alone or after its author."""
    for key, work in works.items():
        title = work.fields["title"]
        assert title.startswith("[") == title.endswith("]") or not title.startswith("["), key
        assert not re.search(
            r"[Uu]nidentified|to be checked|not established|working title",
            " ".join(work.fields.values()),
        ), key


def test_addresses_are_publishers_archives_and_offices(works):
    for key, work in works.items():
        url = work.fields.get("url", "")
        assert not re.search(
            r"libgen|z-?lib|sci-hub|annas-archive|pdfdrive|scribd|\.pdf$|docin|"
            r"vdisk|epub",
            url,
        ), key
        assert not url or re.fullmatch(r"https?://[\w.-]+(/\S*)?", url), key
        assert re.fullmatch(r"10\.\d{4,}/\S+", work.fields.get("doi", "10.1000/x")), key


def test_the_four_accounts_are_cited_and_not_linked(works):
    assert set(works) >= set(ACCOUNTS)
    assert not any("url" in works[key].fields for key in ACCOUNTS)
    assert cite(*ACCOUNTS).startswith("Account S1 (2018); Account S2 (n.d.); Account S3, Mazur")
    assert "Walker & Co." in repr(bibliography("account_s4"))


# -- citations


def test_cite_names_one_two_and_many_authors():
    assert cite("banister1984") == "Banister (1984)"
    assert cite("linyang2000") == "Lin and Yang (2000)"
    assert cite("ashton1984") == "Ashton et al. (1984)"
    assert cite("ograda2011") == "Ó Gráda (2011)"


def test_cite_puts_places_behind_the_work_they_belong_to():
    assert cite("ashton1984", "Table 1", "p. 620") == "Ashton et al. (1984, Table 1, p. 620)"
    assert cite("lin1990", "yao1999", "p. 1366") == "Lin (1990); Yao (1999, p. 1366)"


def test_every_work_has_a_citation_of_its_own(works):
    cited = [cite(key) for key in works]
    assert len(set(cited)) == len(cited)


@pytest.mark.parametrize("keys", [("ashtn1984",), ("lin1990", "ashtn1984"), ("ASHTN1984",)])
def test_a_misspelt_key_gets_a_suggestion(keys):
    with pytest.raises(KeyError) as error:
        cite(*keys)
    assert "'ashton1984'" in str(error.value) and "data/references.bib" in str(error.value)


def test_a_misspelt_key_stops_a_bibliography_too():
    with pytest.raises(sources.UnknownName, match="did you mean 'lin1990'"):
        bibliography("ashton1984", "lin199")


# -- bibliographies


def test_every_work_makes_a_clean_reference(works):
    for key in works:
        text = repr(bibliography(key))
        assert text.count("\n") == 0 and "(" in text, key
        assert not re.search(r"[{}\\*<>]|--|``|''|\s\s|\s[.,;:]|\.\.|,\.|\(\)|None", text), text
        assert re.search(r"\.( https?://\S+)?$", text), text
        year = works[key].fields.get("year", "n.d.").replace("--", "–")
        assert f"({year})" in text, key


def test_references_of_each_kind_read_as_expected():
    assert repr(bibliography("ashton1984")) == (
        "Ashton, Basil, Hill, Kenneth, Piazza, Alan and Zeitz, Robin (1984). “Famine in China, "
        "1958–61”. Population and Development Review 10(4): 613–645."
    )
    assert repr(bibliography("patnaik2002")) == (
        "Patnaik, Utsa (2002). “On Famine and Measuring ‘Famine Deaths’”. In Patel, Sujata, "
        "Bagchi, Jasodhara and Raj, Krishna (eds), Thinking Social Science in India: Essays in "
        "Honour of Alice Thorner. New Delhi: Sage."
    )
    assert repr(bibliography("ograda2013")) == (
        "Ó Gráda, Cormac (2013). “Great Leap, Great Famine”. UCD Centre for Economic Research, "
        "WP13/04."
    )
    assert repr(bibliography("cc_yongding_1960")) == (
        "Central Committee of the Chinese Communist Party (1960). [Note of 12 October 1960 on "
        "harvests guessed and weighed in Yongding, Fujian]. Text in Song (2013)."
    )


def test_bibliography_takes_keys_and_tables_and_lists_each_work_once():
    table = pd.DataFrame({"source": ["lin1990", "ashton1984", "lin1990", None]})
    assert bibliography(table, "ashton1984", ["peng1987"]).keys == (
        "ashton1984",
        "lin1990",
        "peng1987",
    )
    with pytest.raises(sources.UnknownName, match="no column 'source', only year"):
        bibliography(pd.DataFrame({"year": [1958]}))


def test_order_is_by_surname_then_year_whatever_comes_in():
    keys = [
        "yang2012",
        "ograda2013",
        "yang2008",
        "banister1987",
        "ograda2011",
        "husheng1991",
        "huangweidong2018",
    ]
    assert (
        bibliography(*keys).keys
        == bibliography(*reversed(keys)).keys
        == (
            "banister1987",
            "husheng1991",
            "huangweidong2018",
            "ograda2011",
            "ograda2013",
            "yang2008",
            "yang2012",
        )
    )


def test_the_notebook_shows_italics_and_links():
    shown = bibliography("mqy2015")._repr_markdown_()
    assert shown.startswith("<details>\n<summary>1 work</summary>\n\n- Meng, Xin")
    assert "*Review of Economic Studies* 82(4)" in shown
    assert shown.endswith("<https://doi.org/10.1093/restud/rdv016>\n\n</details>")


# -- glossary


def test_every_term_is_found_in_english_characters_and_pinyin():
    glossary = rows("glossary")
    assert len(glossary) >= 90
    plain = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ", "aaaaeeeeiiiioooouuuuuuuu")
    for row in glossary:
        for name in (
            row["term_en"],
            row["term_en"].upper(),
            row["chinese_simplified"],
            row["pinyin"],
            row["pinyin"].lower().translate(plain),
            *row["also"].split(";"),
        ):
            assert not name or term(name).english == row["term_en"], name


def test_no_two_terms_answer_to_the_same_name():
    names = {}
    for row in rows("glossary"):
        for name in {
            sources._key(form)
            for form in (
                row["term_en"],
                row["chinese_simplified"],
                row["pinyin"],
                *row["also"].split(";"),
            )
            if form
        }:
            assert names.setdefault(name, row["term_en"]) == row["term_en"], name


@pytest.mark.parametrize(
    "name, meant",
    [
        ("excess deaths", "excess deaths"),
        ("excess mortality", "excess deaths"),
        ("baseline", "baseline"),
        ("register", "death register"),
        ("census", "census"),
        ("gazetteer", "gazetteer"),
        ("county", "county"),
        ("prefecture", "prefecture"),
        ("province", "province"),
        ("brigade", "production brigade"),
        ("team", "production team"),
        ("Politburo", "Politburo"),
        ("plenum", "plenum"),
        ("Central Committee", "Central Committee"),
        ("Beidaihe", "Beidaihe"),
        ("Lushan", "Lushan conference"),
        ("Xinhua", "Xinhua"),
        ("cadre", "cadre"),
        ("satellite", "launching a satellite"),
        ("ratchet", "ratchet"),
        ("elasticity", "elasticity"),
        ("crude death rate", "crude death rate"),
        ("registration completeness", "registration completeness"),
        ("error of closure", "error of closure"),
        ("intercensal survival", "intercensal survival"),
        ("procurement", "procurement"),
        ("unit of account", "basic accounting unit"),
        ("retained grain", "retained grain"),
        ("trade grain", "trade grain"),
        ("ration", "grain ration"),
        ("household registration", "household registration"),
        ("births deficit", "births deficit"),
        ("life table", "life table"),
        ("mid-year population", "mid-year population"),
    ],
)
def test_the_words_a_student_meets_are_there(name, meant):
    assert term(name).english == meant


@pytest.mark.parametrize(
    "one, many",
    [
        ("county", "counties"),
        ("census", "censuses"),
        ("cadre", "Cadres"),
        ("excess death", "excess deaths"),
        ("birth deficit", "births deficits"),
        ("work point", "work points"),
        ("mess hall", "mess halls"),
    ],
)
def test_one_and_many_are_the_same_term(one, many):
    assert term(one) == term(many)


def test_only_the_last_letters_of_a_plural_are_taken_off():
    assert [sources._key(name) for name in ("mess", "census", "basis", "counties")] == [
        "mess",
        "census",
        "basis",
        "county",
    ]


def test_a_term_without_a_chinese_word_shows_no_brackets():
    found = term("life table")
    assert (found.hanzi, found.pinyin) == ("", "")
    assert repr(found).startswith("life table: ")
    assert found._repr_markdown_().startswith("**life table**: ")


def test_characters_and_pinyin_come_together():
    for row in rows("glossary"):
        assert bool(row["chinese_simplified"]) == bool(row["pinyin"]), row
        assert row["chinese_simplified"] or not row["spelling_checked_in"], row


def test_a_term_shows_itself_with_characters_and_pinyin():
    found = term("work points")
    assert repr(found).startswith("work points (工分 gōngfēn): ")
    assert found._repr_markdown_().startswith("**work points** (工分 *gōngfēn*): ")


def test_a_term_says_when_its_definition_was_read_nowhere():
    """A spelling found in a dictionary does not make a definition checked."""
    glossary = rows("glossary")
    for row in glossary:
        shown = repr(term(row["term_en"]))
        unchecked = row["verification"] == "unchecked"
        assert shown.endswith("[Definition unchecked]") == unchecked, row
        assert (row["source"] == "general_knowledge") == unchecked, row
    spelt = [row for row in glossary if row["spelling_checked_in"]]
    assert any(row["verification"] == "unchecked" for row in spelt)
    assert {row["spelling_checked_in"].split(",")[0] for row in spelt} == {"CC-CEDICT"}


def test_pinyin_writes_the_tones_of_single_syllables():
    """One rule: changes of tone before another syllable are not written."""
    for row in rows("glossary"):
        for sign, reading in (("不", "bù"), ("一", "yī"), ("156", "yī wǔ liù")):
            assert sign not in row["chinese_simplified"] or reading in row["pinyin"], row


@pytest.mark.parametrize(
    "name, near",
    [("wrok points", "'work points'"), ("gongfan", "'gongfen'"), ("供给智", "'供给制'")],
)
def test_a_misspelt_term_gets_a_suggestion(name, near):
    with pytest.raises(KeyError) as error:
        term(name)
    assert near in str(error.value) and "data/glossary.csv" in str(error.value)


@pytest.mark.parametrize("name", ["", " ", "?"])
def test_a_name_without_letters_is_no_part_of_every_term(name):
    with pytest.raises(KeyError) as error:
        term(name)
    assert str(error.value) == f"no term {name!r} in data/glossary.csv"


def test_a_part_of_a_term_is_enough_when_no_other_term_has_it():
    assert term("purchase") == term("unified purchase and sale")
    with pytest.raises(KeyError, match="several terms with 'grain'.*'retained grain'"):
        term("grain")


def test_whole_words_go_before_letters_within_a_word():
    """Both "rash advance" rows have the word; "advanced co-operative" only has its letters."""
    with pytest.raises(KeyError) as error:
        term("advance")
    assert "'rash advance'" in str(error.value) and "co-operative" not in str(error.value)


def test_definitions_are_sentences_that_do_not_repeat_the_term():
    for row in rows("glossary"):
        assert row["definition"].endswith(".") and len(row["definition"].split()) >= 5, row
        assert not row["definition"].lower().startswith(row["term_en"].lower()), row


# -- the accounts' claims and the timeline


CLAIMS = {row["claim_id"]: row for row in rows("account_claims")}


def test_every_account_is_represented_and_claims_point_at_each_other():
    for account in ("S1", "S2", "S3", "S4"):
        assert sum(row["account"] == account for row in CLAIMS.values()) >= 40
    for key, row in CLAIMS.items():
        assert key.startswith(row["account"]) and row["source"] == "account_s" + row["account"][1]
        others = set(filter(None, row["conflicts_with"].split(";")))
        assert others <= set(CLAIMS) - {key}, key


def test_the_evidence_named_in_a_note_is_in_the_bibliography(works):
    named = 0
    for row in CLAIMS.values():
        for match in re.findall(r"Checked against ([a-z][^.]*)\.", row["note"]):
            keys = [key for key in match.split("; ") if not key.startswith("the table")]
            assert set(keys) <= set(works), row
            named += len(keys)
    assert named > 100


# every "a/b = c" and "a x b = c" of the reasons, recomputed to the decimals printed
NUMBER = r"([\d,.]*\d(?: million)?)"
SUM = re.compile(rf"(?<![\d.,/*^(])(?<!- ){NUMBER}(/| x ){NUMBER} = {NUMBER}( per cent| kg)?")


def _value(text):
    digits, million, _ = text.partition(" million")
    return float(digits.replace(",", "")) * (1e6 if million else 1)


def test_the_arithmetic_of_the_reasons_is_right():
    checked = 0
    for key, row in CLAIMS.items():
        for a, sign, b, printed, unit in SUM.findall(row["reason"]):
            value = _value(a) / _value(b) if sign == "/" else _value(a) * _value(b)
            scale = 100 if unit == " per cent" else 1000 if unit == " kg" and value < 1 else 1
            decimals = len(printed.partition(".")[2])
            assert abs(scale * value - _value(printed)) <= 0.501 / 10**decimals, (key, printed)
            checked += 1
    assert checked >= 20


def test_what_the_maoist_account_gets_right_is_credited():
    for key in ("S3-014", "S3-026", "S3-036", "S3-050", "S3-053"):
        assert CLAIMS[key]["verdict"] == "holds", key


def test_the_timeline_is_in_order_and_as_precise_as_it_says():
    timeline = rows("timeline")
    dates = [row["date"] for row in timeline]
    assert dates == sorted(dates) and len(dates) >= 95
    length = {"day": 10, "month": 7, "season": 7, "year": 4}
    for row in timeline:
        assert len(row["date"]) == length[row["precision"]], row


def test_the_timeline_gives_no_reading_of_an_account_as_an_event():
    """A conflict over what a meeting meant is said in the row that has it."""
    shanghai = next(row for row in rows("timeline") if row["date"] == "1959-03-25")
    assert "S4" in shanghai["event"] and shanghai["note"].startswith("Disputed")
    for row in rows("timeline"):
        if row["date"] < "1954-09":
            assert "State Council" not in row["event"], row


def test_the_timeline_has_the_retreat_and_its_reversal():
    dates = {row["date"] for row in rows("timeline")}
    assert dates >= {
        "1958-01-09",
        "1958-11-25",
        "1959-02-22",
        "1959-04-29",
        "1959-07-23",
        "1961-03",
        "1962-01-27",
    }
    assert "1961-06-28" not in dates


def test_the_timeline_puts_the_leap_before_the_withdrawal():
    when = {row["event"]: row["date"] for row in rows("timeline")}
    withdrawal = next(d for e, d in when.items() if e.startswith("Moscow announces"))
    general_line = next(d for e, d in when.items() if "General Line" in e)
    assert general_line < "1958-06" < "1960-07" < withdrawal
