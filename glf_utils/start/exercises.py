"""Exercises of ``00_start_here``."""

from glf_utils.answers import Exercise, Guess, Slip
from glf_utils.tables import load, one


def _said(date, column="value_high", kind="", of=1958):
    """A figure for one harvest, million tonnes, by the date it was given."""
    asked = f"commodity == 'grain' and target_year == {of} and date == '{date}'"
    more = f" and kind == '{kind}'" if kind else ""
    return one("targets_and_claims", asked + more, column)


def exaggeration():
    """Largest checked figure for the harvest of 1958 over the one settled on in 1961-62."""
    return _on_paper() / _said("1961")


def _steel(series):
    """Million tonnes of 1958, as announced in August 1959."""
    return one("steel_and_industry", f"series == '{series}' and year == 1958")


def native_share():
    """Per cent of the announced steel of 1958 that came from small furnaces."""
    return 100 * _steel("steel_native") / _steel("steel_total_announced")


TOLL = "S4-008"


def killed_share():
    """Dikötter's least number killed by violence as per cent of his toll."""
    killed, toll = (
        one("account_claims", f"claim_id == '{claim}'", "value_low") for claim in ("S4-010", TOLL)
    )
    return 100 * killed / toll


def _highest():
    """The highest claim of September 1958, jin per mu."""
    return one("field_claims", "place.str.contains('Huanjiang, Guangxi')", "claimed_jin_per_mu")


def _on_paper():
    """The largest checked figure ever given for the harvest of 1958, million tonnes."""
    said = load("targets_and_claims").query(
        "commodity == 'grain' and target_year == 1958 and verification != 'unchecked'"
    )
    return float(said["value_high"].max())


GUESSES = [
    Guess(
        id="0.a",
        asks="In June 1958 Suiping announced 2,105 jin of wheat from a mu. How many jin of rice "
        "did the highest report of September claim?",
        kind=float,
        unit="jin per mu",
        found=_highest,
        says=lambda: f"{_highest():,.0f} jin per mu, at Huanjiang",
    ),
    Guess(
        id="0.b",
        asks="The harvest of 1958 was settled on at 200 million tonnes. How large was it on paper "
        "when it looked largest?",
        kind=float,
        unit="million tonnes",
        found=_on_paper,
        says=lambda: f"{_on_paper():.0f} million tonnes, the provinces' reports of December added",
    ),
]

EXERCISES = [
    Exercise(
        id="0.1",
        name="native_share",
        kind=float,
        expected=native_share,
        unit="per cent",
        hints=(
            "You need two of the three values in the table above.",
            "A share is a part divided by its whole; the whole is what was announced.",
            "Divide the native steel by the announced total, then multiply by 100.",
        ),
        after="More than a quarter of the record was metal that the state itself counted apart.",
        slips=(
            Slip(
                lambda: 100 * _steel("steel_native") / _steel("steel_modern"),
                "That sets native steel beside modern steel; the question asks for its share of "
                "both together.",
            ),
            Slip(
                lambda: 100 * _steel("steel_modern") / _steel("steel_total_announced"),
                "That is the share of modern steel; the question asks for the other part.",
            ),
            Slip(
                lambda: _steel("steel_native"),
                "That is the native steel in million tonnes; the question asks what part of the "
                "whole it was.",
            ),
            *(
                Slip(
                    lambda by=by: by / native_share(),
                    "That divides the whole by its part; turn it round.",
                )
                for by in (100, 10_000)
            ),
            Slip(
                lambda: (
                    100
                    * _steel("steel_native")
                    / one("steel_and_industry", "series == 'steel_nbs' and year == 1957")
                ),
                "That divides by the steel of 1957, another year; part and whole are both of 1958.",
            ),
        ),
    ),
    Exercise(
        id="0.2",
        name="exaggeration",
        kind=float,
        expected=exaggeration,
        unit="a ratio",
        hints=(
            "The last column of the table says which rows have been read nowhere.",
            "Look for the largest number in value_high whose row is not unchecked.",
            "Divide it by the figure of the row dated 1961, not the other way round.",
        ),
        after="By then the crop was in. Most figures of 1958 leave soybeans out and the 200 has "
        "them in: counted alike, the ratio would be larger still.",
        slips=(
            Slip(
                lambda: _said("1958", kind="claim") / _said("1961"),
                "That starts from a figure that has been read nowhere; look at the last column.",
            ),
            Slip(
                lambda: _said("1958-09-01") / _said("1961"),
                "That starts from what was expected on 1 September; a larger figure came later.",
            ),
            Slip(
                lambda: _said("1958-09-01", "value_low") / _said("1961"),
                "That starts from the lower figure expected on 1 September; larger ones came "
                "later.",
            ),
            Slip(
                lambda: _said("1958-08") / _said("1961"),
                "That starts from the ministry's report of August; a larger figure came later.",
            ),
            Slip(
                lambda: _said("1958-12", kind="announced") / _said("1961"),
                "That starts from the result announced in December, which has been read nowhere.",
            ),
            Slip(
                lambda: _on_paper() / _said("1959-08-26"),
                "That divides by the figure of August 1959, which was lowered once more; the "
                "question asks for that of 1961.",
            ),
            Slip(
                lambda: _on_paper() / _said("1958-02-03", of=1957),
                "That divides by the harvest of 1957, the year before; both figures must be "
                "about the harvest of 1958.",
            ),
            Slip(
                lambda: (
                    _on_paper()
                    / one("grain_national", "series == 'output_official_old' and year == 1957")
                ),
                "That divides by the harvest of 1957, the year before; both figures must be "
                "about the harvest of 1958.",
            ),
            Slip(
                _on_paper,
                "That is the largest figure itself, in million tonnes; the question asks how "
                "many times another it was.",
            ),
            Slip(
                lambda: _on_paper() - _said("1961"),
                "That is the difference in million tonnes; the question asks how many times.",
            ),
        ),
    ),
    Exercise(
        id="0.3",
        name="question",
        kind=str,
        expected=lambda: "what",
        choices=("who", "what", "window", "stake", "use", "implies"),
        hints=(
            "Both figures are official, and both are about 1957.",
            "One figure includes soybeans and the other leaves them out.",
            "Read the six questions again: which of them is about the thing counted?",
        ),
        after="A growth rate needs one definition at both ends.",
        slips=(
            Slip(
                "who",
                "Offices of the state recorded both figures; who they were does not explain why "
                "the two differ.",
            ),
            Slip(
                "window",
                "A fair thought, but both figures are of 1957 and of all China: year and place "
                "are the same.",
            ),
            Slip(
                "stake",
                "A gain or a risk explains why a figure is bent; these two differ although "
                "neither need be bent.",
            ),
            Slip(
                "use",
                "The use comes after a figure; the two harvests of 1957 differ before anybody "
                "uses them.",
            ),
            Slip(
                "implies",
                "That question finds figures that cannot be; both harvests of 1957 are possible.",
            ),
        ),
    ),
    Exercise(
        id="0.4",
        name="killed_share",
        kind=float,
        expected=killed_share,
        unit="per cent",
        hints=(
            "The smaller number is a part of the larger one.",
            "Divide the part by the whole; both are in millions of people.",
            "Divide 2.5 by 45, then multiply by 100.",
        ),
        after='Below six to eight, which would be 2.7 to 3.6 million; "at least 2.5" can stand '
        "beside that as a floor.",
        slips=(
            Slip(
                lambda: 100 * one("account_claims", "claim_id == 'S4-010'", "value_low") / 30,
                "That divides by the course page's thirty million; the question is whether "
                "Dikötter agrees with himself.",
            ),
            Slip(
                lambda: 0.06 * one("account_claims", f"claim_id == '{TOLL}'", "value_low"),
                "That is six per cent of 45 million, in millions of people; the question asks for "
                "a share.",
            ),
            Slip(
                lambda: 0.08 * one("account_claims", f"claim_id == '{TOLL}'", "value_low"),
                "That is eight per cent of 45 million, in millions of people; the question asks "
                "for a share.",
            ),
            Slip(
                lambda: (
                    one("account_claims", f"claim_id == '{TOLL}'", "value_low")
                    - one("account_claims", "claim_id == 'S4-010'", "value_low")
                ),
                "That is who is left, in millions; the question asks what part those killed are.",
            ),
            *(
                Slip(
                    lambda share=share: float(share),
                    "That is from his own range of shares; work out what his two numbers of "
                    "people give.",
                )
                for share in (6, 7, 8)
            ),
            Slip(
                lambda: 100 / killed_share(), "That divides the whole by its part; turn it round."
            ),
        ),
    ),
]
