"""The accounts' own words beside our paraphrase: few, and where a reader can find them."""

import re

from glf_utils import load

CLAIMS = load("account_claims").set_index("claim_id")
THEIRS = CLAIMS.query("whose == 'account'")
OURS = CLAIMS.query("whose == 'ours'")


def test_every_claim_of_an_account_is_quoted_in_at_most_twenty_words():
    assert len(THEIRS) > 250
    for key, words in THEIRS["quoted"].items():
        assert isinstance(words, str) and words == words.strip(), key
        assert 3 <= len(re.findall(r"\w\S*", words)) <= 20, key


def test_what_is_left_out_is_marked_by_three_dots_inside():
    for key, words in THEIRS["quoted"].items():
        assert "..." not in words and not re.search(r"^…|…$|\S…|…\S", words), key


def test_quoted_words_say_in_which_paragraph_they_stand():
    assert THEIRS["paragraph"].notna().all() and (THEIRS["paragraph"] >= 1).all()


def test_a_sum_of_ours_quotes_nobody():
    assert OURS["quoted"].isna().all() and OURS["paragraph"].isna().all()


def test_no_verdict_rests_on_what_nobody_read():
    decided = CLAIMS[CLAIMS["verdict"].isin(["holds", "imprecise", "slip", "fails"])]
    assert decided.query("verification == 'unchecked'").index.tolist() == []


def test_what_a_document_would_decide_says_which_and_where_it_lies():
    still_open = CLAIMS.query("decides == 'document' and verdict in ('contested', 'undecided')")
    assert len(still_open) > 50
    for key, paper in still_open["would_decide"].items():
        assert isinstance(paper, str) and paper.endswith("."), key
        assert re.search(
            r"\b(archives?|library|libraries|print(ed|s)?|known|open(ed)?|read|gazetteers?|names?|"
            r"volumes|preview|collections|describes|described|yearbooks?|surveys|found)\b",
            paper,
        ), key


def test_how_words_are_taken_is_no_slip_and_no_number():
    taken = CLAIMS.query("decides == 'reading'")
    assert set(taken["verdict"]) <= {"holds", "contested", "undecided"}


def test_evidence_that_differs_is_evidence_that_was_read():
    """A verdict of contested needs something read, unless it turns on how words are taken."""
    contested = CLAIMS.query("verdict == 'contested' and decides != 'reading'")
    assert contested.query("verification == 'unchecked'").index.tolist() == []


def test_a_claim_is_put_in_words_of_ours():
    """No more than eight words on end are the account's own; those stand in ``quoted``."""
    for key, row in CLAIMS.iterrows():
        told, quoted = (
            re.findall(r"[^\W_]+", row[column].lower() if isinstance(row[column], str) else "")
            for column in ("claim", "quoted")
        )
        runs = {tuple(quoted[at : at + 9]) for at in range(len(quoted) - 8)}
        assert not runs & {tuple(told[at : at + 9]) for at in range(len(told) - 8)}, key
