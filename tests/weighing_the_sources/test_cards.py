"""The verdict card and the traced account look at form, and say what is still wanting."""

import pytest

from glf_utils.weighing_the_sources.cards import CARD, traced, verdict_card

WHOLE = {
    "words": "“Mao had urged caution among cadres” (S3-018)",
    "strongest": "From November 1958 Mao himself tried to slow what he had begun.",
    "implies": "dated acts that ease, and cadres who went on",
    "arithmetic": "263 / 736 days = 0.36",
    "grade": "secondary, one primary",
    "reply": "He eased when he knew; at Lushan he was attacked, and had to answer.",
    "change": "minutes of Shanghai, March 1959, whole",
}


def test_a_whole_card_wants_nothing_and_is_not_graded():
    card = verdict_card(**WHOLE)
    assert card.wanting == ()
    assert "Whether it convinces, your partner says" in repr(card)


def test_nonsense_of_the_right_form_passes_since_form_is_all_it_looks_at():
    nonsense = {**WHOLE, "strongest": "one two three four five six seven eight"}
    assert verdict_card(**nonsense).wanting == ()


@pytest.mark.parametrize("line", CARD)
@pytest.mark.parametrize("empty", [None, ..., "", "…", "..."])
def test_a_line_not_written_is_wanting_and_no_other(line, empty):
    card = verdict_card(**{**WHOLE, line: empty})
    assert {heading for heading, _ in card.wanting} == {CARD[line][0]}
    assert "1 of seven lines still lack" in repr(card)


@pytest.mark.parametrize(
    "line, text, lack",
    [
        ("words", "Mao had urged caution (S3-018)", "quotation marks"),
        ("words", "“Mao had urged caution”", "say where they stand"),
        ("words", f"“{'word ' * 21}” (S3-018)", "twenty words"),
        ("arithmetic", "about a third of the time", "sum with its numbers"),
        ("arithmetic", "8.6 months", "sum with its numbers"),
        ("grade", "well read", "grade of the rows"),
        ("reply", "He would disagree.", "adherent"),
        ("change", "a paper", "paper, table or count"),
    ],
)
def test_what_a_line_lacks_is_said(line, text, lack):
    card = verdict_card(**{**WHOLE, line: text})
    assert [heading for heading, _ in card.wanting] == [CARD[line][0]]
    assert lack in card.wanting[0][1] and lack in card._repr_html_()


def test_a_line_that_is_none_of_the_seven_is_refused():
    with pytest.raises(ValueError, match="no such line: verdict; the seven are words, strongest"):
        verdict_card(verdict="holds")


def test_what_a_student_writes_is_no_markup():
    assert "<b>" not in verdict_card(**{**WHOLE, "implies": "<b>" * 9})._repr_html_()


WORKERS = ("investment_and_labour", "series == 'rural_employment' and year == 1957", "value")


@pytest.mark.parametrize("number", ["205.66", "205.7", "206", "210"])
def test_a_rounded_number_is_its_row(number):
    assert traced(f"In 1957 there were {number} million.", {number: WORKERS}).wanting == ()


@pytest.mark.parametrize(
    "text, traces, wanting",
    [
        ("They were 240 million.", {}, "240 has no trace"),
        ("They were 207 million.", {"207": WORKERS}, "207 is 205.66 in the table"),
        ("They were many.", {"206": WORKERS}, "206 has a trace and does not stand in the text"),
        ("word " * 151, {}, "151 words, 1 too many"),
        (
            "Sown were 116.023 million hectares.",
            {
                "116.023": (
                    "grain_national",
                    "series == 'grain_sown_area' and year == 1959",
                    "value",
                )
            },
            "116.023 rests on an unchecked row",
        ),
    ],
)
def test_what_cannot_be_followed_is_said(text, traces, wanting):
    found = traced(text, traces)
    assert wanting in found.wanting and wanting in repr(found) and wanting in found._repr_html_()


def test_years_need_no_trace_and_other_four_figures_do():
    assert traced("From 1957 to 1961.", {}).wanting == ()
    assert traced("Some 3,067 people, 1067 of them gone.", {}).wanting == (
        "3,067 has no trace",
        "1067 has no trace",
    )


def test_several_rows_are_summed_and_a_factor_multiplies():
    exports = (
        "grain_national",
        "series == 'net_exports' and source == 'graintrade_press2011' and year in [1959, 1960]",
        "value",
    )
    assert traced("Of grain 6.81 million tonnes left.", {"6.81": exports}).wanting == ()
    assert traced("That is 6,810 thousand.", {"6,810": (*exports, 1000)}).wanting == ()


@pytest.mark.parametrize(
    "where, words",
    [
        (("grain_national", "year == 1800", "value"), "no row of grain_national answers"),
        ((*WORKERS[:2], "worth"), "investment_and_labour has no column 'worth'"),
        ((*WORKERS[:2], "series"), "'series' of investment_and_labour holds words"),
        (("grain_nation", *WORKERS[1:]), "There is no table 'grain_nation'"),
        ((WORKERS[0], "series = 'rural'", "value"), "the query \"series = 'rural'\" cannot be put"),
        (WORKERS[:2], "write (table, query, column)"),
    ],
)
def test_a_trace_to_nothing_is_told_in_a_sentence(where, words):
    (lack,) = traced("They were 206 million.", {"206": where}).wanting
    assert lack.startswith("206: ") and words in lack
