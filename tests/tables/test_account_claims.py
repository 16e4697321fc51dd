"""The accounts' claims: one rule for all, and every verdict the tables can decide."""

import re

import pytest

from glf_utils import load
from glf_utils.tables import FOLDER
from glf_utils.weighing_the_sources import claim
from glf_utils.weighing_the_sources.checks import DAYS, TOLERANCE, WIDE, Quantity

CLAIMS = load("account_claims").set_index("claim_id")
CHECKS = load("claim_checks").set_index("claim_id")
FAILS = ("fails", "imprecise", "slip")

PLACES = {
    "S1": {
        "introduction",
        "section: Why the Great Leap Forward?",
        "section: The Great Leap Forward Strategy",
        "section: Problems in the Implementation",
        "section: The Outcomes",
    },
    "S2": {
        "introduction",
        "section: Distrust of Khrushchev",
        "section: Communes",
        "section: Crop experiments",
        "section: The Great Sparrow Campaign",
        "section: Party Reaction (first)",
        "section: Backyard Furnaces",
        "section: Early Results",
        "section: Crop Yields",
        "section: Backyard Steel",
        "section: Water Conservancy",
        "section: Starvation",
        "section: Party Reaction (second)",
        "section: The Lushan Conference",
        "section: The Ninth Plenum",
    },
    "S3": {
        "opening",
        "section: Challenges to Socialist Transformation",
        "section: Learn from Dazhai",
        "section: On the Toll",
    },
    "S4": {"contents", "preface", "chronology", "ch. 1", "ch. 2", "ch. 3"},
}


@pytest.fixture(scope="module")
def checked():
    """Every claim that has a check, by id."""
    return {key: claim(key) for key in CHECKS.index}


@pytest.fixture(scope="module")
def computed(checked):
    """The verdict that each check reaches."""
    return {key: one.outcome.verdict for key, one in checked.items()}


def test_a_stored_verdict_is_the_one_its_check_reaches(computed):
    assert computed == CLAIMS.loc[CHECKS.index, "verdict"].to_dict()


def test_what_data_decide_is_decided_by_running_a_check(computed):
    """Nine in ten at least of each account, and nothing open is said to be decided so."""
    for account, rows in CLAIMS.query("decides == 'data'").groupby("account"):
        decided = [key for key in rows.index if computed.get(key, "undecided") != "undecided"]
        assert len(decided) >= 0.9 * len(rows), (account, sorted(set(rows.index) - set(decided)))
    undecided = CLAIMS.query("verdict == 'undecided'")
    assert not undecided.query("decides == 'data'").index.tolist()


def test_every_account_is_put_to_the_tables():
    for account in PLACES:
        assert sum(key.startswith(account) for key in CHECKS.index) >= 2, account


def test_the_tolerances_are_stated_with_both_tables_and_are_the_ones_used():
    for table in ("account_claims", "claim_checks"):
        caveats = " ".join(load(table).attrs["caveats"])
        for share in (TOLERANCE, WIDE):
            assert re.search(rf"\b{100 * share:.0f}\b.{{0,20}}per cent", caveats), table
    assert f"{DAYS} days" in " ".join(load("claim_checks").attrs["caveats"])


def test_conflicts_run_both_ways_and_never_with_a_sum_of_ours():
    sides = {key: set(text.split(";")) for key, text in CLAIMS["conflicts_with"].dropna().items()}
    one_way = [
        (key, other)
        for key, others in sides.items()
        for other in others
        if key not in sides.get(other, ())
    ]
    assert not one_way
    ours = set(CLAIMS.query("whose == 'ours'").index)
    assert not ours & set(sides)
    assert len(sides) > 25


def test_claims_that_cannot_both_be_true_do_not_both_hold():
    verdicts = CLAIMS["verdict"].to_dict()
    sides = CLAIMS["conflicts_with"].dropna().str.split(";").explode()
    both = [pair for pair in sides.items() if {verdicts[one] for one in pair} == {"holds"}]
    assert not both


def test_a_sum_of_ours_is_no_statement_of_an_account():
    """It is called ours, and nothing else is: its claim says which account it is about."""
    ours = CLAIMS.query("whose == 'ours'")
    assert len(ours) >= 6
    for key, row in ours.iterrows():
        whose = rf"\b{key[:2]}\b|the account"
        assert re.search(whose, row.claim), key
    scored = CLAIMS.drop(ours.index)
    assert (
        not scored["claim"]
        .str.contains(
            "worked out from the account|own figures imply|shares imply|Put together|therefore grew"
        )
        .any()
    )


def test_nobody_holds_or_fails_on_what_was_not_read():
    decided = CLAIMS[CLAIMS["verdict"].isin([*FAILS, "holds"])]
    assert not decided.query("verification == 'unchecked'").index.tolist()
    failed = CLAIMS[CLAIMS["verdict"].isin(FAILS)]
    for account in PLACES:
        assert (failed["account"] == account).any(), account


def test_verdict_and_reason_do_not_contradict():
    """No claim holds for want of evidence, and what cannot be checked says what is missing."""
    denied = r"No (?:published|independent|document|target)|nobody reported"
    missing = r"\b(?:not|no|none|nothing|neither|never|missing|without|one memoir|would be)\b"
    for key, row in CLAIMS.iterrows():
        if row.verdict == "holds":
            assert not re.search(denied, row.reason), key
            assert row.verification == "derived" or isinstance(row.note, str), key
        if row.verdict == "undecided":
            assert re.search(missing, row.reason, re.I), key


def test_every_claim_says_where_in_its_account_it_stands():
    for key, row in CLAIMS.iterrows():
        assert row.locator in PLACES[row.account], (key, row.locator)


def test_one_measure_for_slips_of_every_account():
    """The body misnamed by S1 and by S4 alike is a slip for both."""
    assert CLAIMS.loc["S1-026", "verdict"] == CLAIMS.loc["S4-069", "verdict"] == "slip"
    assert set(CLAIMS.query("verdict == 'slip'")["account"]) == set(PLACES)


def test_what_the_preview_calls_military_aid_is_not_mended_in_the_paraphrase():
    assert "military aid" in CLAIMS.loc["S4-041", "claim"]
    assert "lying" in CLAIMS.loc["S2-012", "claim"]


def test_the_dictionary_lists_the_verdicts():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for verdict in ("holds", "fails", "imprecise", "slip", "contested", "undecided"):
        assert f"`{verdict}`" in text
    assert "`ours`" in text and "`document`" in text


def test_no_check_asks_for_exactly_nought(checked):
    """A share of nought is nought, so such a range has no tolerance and nothing can meet it."""
    signs = ("difference", "years_after", "change_percent")
    for key, one in checked.items():
        check = one.check
        if check.operation not in (*signs, "told", "denied"):
            assert {check.low, check.high} - {None} != {0.0}, key


def test_no_claim_is_decided_by_the_word_of_another_account(checked):
    for key, one in checked.items():
        for quantity in (one.check.first, one.check.second):
            if isinstance(quantity, Quantity) and quantity.table != "account_claims":
                sources = quantity.rows().get("source", ())
                assert not [source for source in sources if source.startswith("account_")], key


@pytest.mark.parametrize(
    "alike",
    [
        ("S1-038", "S2-019"),
        ("S1-054", "S2-022"),
        ("S1-070", "S3-037"),
        ("S2-003", "S4-020"),
        ("S2-027", "S4-016"),
        ("S3-018", "S4-065"),
        ("S3-027", "S3-054"),
    ],
)
def test_one_act_has_one_verdict_whoever_tells_of_it(alike):
    assert len(set(CLAIMS.loc[list(alike), "verdict"])) == 1


@pytest.mark.parametrize(
    "alike",
    [
        ("S1-003", "S1-010"),
        ("S1-042", "S1-043", "S1-064"),
        ("S1-021", "S1-045", "S1-055", "S3-012"),
        ("S1-086", "S1-087", "S3-001"),
    ],
)
def test_the_same_want_of_evidence_leaves_every_account_undecided(alike):
    assert set(CLAIMS.loc[list(alike), "verdict"]) == {"undecided"}


def test_a_claim_of_more_than_was_read_is_not_carried_by_what_was():
    """A table at the centre is no order to regions; a title does not say what was given back."""
    assert set(CLAIMS.loc[["S2-032", "S4-035"], "verdict"]) == {"undecided"}


def test_what_nobody_has_counted_is_undecided():
    """Evidence differs only where there is some."""
    none = r"no (?:count|report|record|measurement|paper)\b.{0,40}\b(?:was read|was found)"
    uncounted = CLAIMS[CLAIMS["reason"].str.contains(none, case=False)]
    assert len(uncounted) > 5
    assert not uncounted.query("verdict != 'undecided'").index.tolist()
