"""Exercises of ``00_start_here``."""

from glf_utils.answers.checker import Exercise
from glf_utils.tables import load


def exaggeration():
    """Upper figure expected on 1 September 1958 over the figure settled on in 1961-62."""
    grain = load("targets_and_claims").query("commodity == 'grain' and target_year == 1958")
    value = grain.set_index("date")["value_high"]
    return value["1958-09-01"] / value["1961"]


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
    ),
]
