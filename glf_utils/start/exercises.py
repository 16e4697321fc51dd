"""Exercises of ``00_start_here``."""

from glf_utils.answers.checker import Exercise, Slip
from glf_utils.tables import one


def _said(date, column="value_high", kind="", of=1958):
    """A figure for one harvest, million tonnes, by the date it was given."""
    asked = f"commodity == 'grain' and target_year == {of} and date == '{date}'"
    more = f" and kind == '{kind}'" if kind else ""
    return one("targets_and_claims", asked + more, column)


def exaggeration():
    """Upper figure expected on 1 September 1958 over the figure settled on in 1961-62."""
    return _said("1958-09-01") / _said("1961")


EXERCISES = [
    Exercise(
        id="0.1",
        name="exaggeration",
        kind=float,
        expected=exaggeration,
        unit="a ratio",
        hints=(
            "You need two rows of the table above: one dated 1958-09-01, one dated 1961.",
            "The upper figure stands in the column value_high.",
            "Divide what was expected by what was settled on, not the other way round.",
        ),
        after="The expectation was printed while most of the crop stood in the fields.",
        slips=(
            Slip(
                lambda: _said("1958-09-01", "value_low") / _said("1961"),
                "That starts from the lower figure expected on 1 September; the question asks "
                "for the upper one.",
            ),
            Slip(
                lambda: (
                    (_said("1958-09-01", "value_low") + _said("1958-09-01")) / 2 / _said("1961")
                ),
                "That starts from the middle of the two figures expected; the question asks for "
                "the upper one.",
            ),
            Slip(
                lambda: _said("1958-12", kind="claim") / _said("1961"),
                "That starts from December's sum of provincial reports, not from the figure of "
                "1 September.",
            ),
            Slip(
                lambda: _said("1958-12", kind="announced") / _said("1961"),
                "That starts from a result announced later, not from the figure of 1 September.",
            ),
            Slip(
                lambda: _said("1958", kind="claim") / _said("1961"),
                "That starts from the total of the first reports, which names no source; the "
                "question asks for 1 September.",
            ),
            Slip(
                lambda: _said("1958-09-01") / _said("1959-08-26"),
                "That divides by the figure of August 1959, which was lowered once more; the "
                "question asks for that of 1961.",
            ),
            Slip(
                lambda: _said("1958-09-01") / _said("1958-02-03", of=1957),
                "That divides by the harvest of 1957, the year before; both figures must be "
                "about the harvest of 1958.",
            ),
            Slip(
                lambda: (
                    _said("1958-09-01")
                    / one("grain_national", "series == 'output_official_old' and year == 1957")
                ),
                "That divides by the harvest of 1957, the year before; both figures must be "
                "about the harvest of 1958.",
            ),
            Slip(
                lambda: _said("1958-09-01"),
                "That is the expected harvest itself, in million tonnes; the question asks how "
                "many times another it was.",
            ),
            Slip(
                lambda: _said("1958-09-01") - _said("1961"),
                "That is the difference in million tonnes; the question asks how many times.",
            ),
        ),
    ),
    Exercise(
        id="0.2",
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
]
