"""Say what you expect before you look: a guess is kept, and shown beside the result at the end."""

from dataclasses import dataclass

from glf_utils.answers.asked import as_shown, declared, find
from glf_utils.answers.checker import form_problem, number_of, safely, wanted_of
from glf_utils.words import html_table

HEAD = ("question", "your guess", "what was found")


_kept = {}


def guess(guess_id, expected=..., *rest):
    """Keep what you expect, before you run the next cell.

    Prints a line and never raises; a lesson goes on without a guess.

    Parameters
    ----------
    guess_id : str
        Such as ``"11.a"``.
    expected : float or str
        What you expect, in place of the dots.
    *rest : object
        What follows a comma, as in 130,434; the line printed says how Python writes that number.

    Examples
    --------
    >>> guess("11.z")
    There is no guess '11.z' here; there are 11.a, 11.b. Write it like guess("11.a", ...).
    """
    known, problem = find(guess_id, "GUESSES")
    expected = (expected, *rest) if rest else expected
    if problem:
        print(problem)
    elif expected is ...:
        print(f"{known.id}  no guess yet: put {wanted_of(known)} in place of the dots.")
    elif problem := safely(form_problem, known, expected):
        print(f"{known.id}  {problem}")
    else:
        _kept[known.id] = str.strip(expected) if known.kind is str else number_of(expected)
        print(f"{known.id}  kept: {as_shown(_kept[known.id])}. Now run the next cell.")


@dataclass(frozen=True)
class Guesses:
    """Guesses of a lesson beside what was found; shows itself as text or HTML.

    Attributes
    ----------
    rows : tuple of tuple of str
        Question, guess and finding of each.
    """

    rows: tuple

    def __repr__(self):
        pairs = (zip(HEAD[1:], row[1:], strict=True) for row in self.rows)
        told = ("; ".join(f"{head}: {said}" for head, said in pair) for pair in pairs)
        lines = (f"{row[0]}  {said}" for row, said in zip(self.rows, told, strict=True))
        return "\n".join(lines) or "This lesson asked for no guess."

    def _repr_html_(self):
        return html_table(HEAD, self.rows)


def guesses(lesson):
    """Your guesses of a lesson beside what was found; what was not guessed is not told.

    Parameters
    ----------
    lesson : int
        Its number, such as 11.

    Returns
    -------
    Guesses
        A notebook shows a table.

    Examples
    --------
    >>> guesses(0).rows[:0]
    ()
    """
    asked = declared(lesson, "GUESSES").values()
    rows = (
        (one.asks, as_shown(_kept[one.id]), safely(one.told))
        if one.id in _kept
        else (one.asks, "none yet", f'first guess("{one.id}", …)')
        for one in asked
    )
    return Guesses(tuple(rows))
