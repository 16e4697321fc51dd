"""The six questions of the course, put to a number."""

from html import escape

SIX_QUESTIONS = {
    "who": "Who recorded it?",
    "what": "Exactly what did they count?",
    "window": "Over which window, and which territory?",
    "stake": "What did they gain or risk by the answer?",
    "use": "What was it used for?",
    "implies": "What else must be true if it is true?",
}


class Questions:
    """A number and the six questions put to it; answered ones carry the answer.

    Parameters
    ----------
    number : object
        Shown as text.
    answers : dict of str to object
        By the key of the question; None for one that is open.
    """

    def __init__(self, number, answers):
        self.number = str(number)
        self.answers = {key: str(said) for key, said in answers.items() if said is not None}

    def rows(self):
        """Pairs of question and answer, in the fixed order."""
        return [(text, self.answers.get(key, "…")) for key, text in SIX_QUESTIONS.items()]

    def __repr__(self):
        lines = [f"{i}. {ask}  {answer}" for i, (ask, answer) in enumerate(self.rows(), 1)]
        return "\n".join([f"Six questions for: {self.number}", *lines])

    def _repr_html_(self):
        cells = "".join(
            f'<tr><th scope="row" style="text-align:left">{i}. {escape(ask)}</th>'
            f'<td style="text-align:left">{escape(answer)}</td></tr>'
            for i, (ask, answer) in enumerate(self.rows(), 1)
        )
        return (
            f"<p><b>Six questions for: {escape(self.number)}</b></p>"
            f"<table><tbody>{cells}</tbody></table>"
        )


def six_questions(number="a number", **answers):
    """The six questions of the course, put to one number.

    Parameters
    ----------
    number : str
        The number in words, with its unit and date; anything else is shown as it prints.
    **answers : str
        Any of ``who``, ``what``, ``window``, ``stake``, ``use``, ``implies``.

    Returns
    -------
    Questions
        Displays as a table; unanswered questions keep their dots.

    Raises
    ------
    ValueError
        For a question that is not one of the six.

    Examples
    --------
    >>> six_questions("375 Mt of grain, 1958", who="the statistical bureau")
    Six questions for: 375 Mt of grain, 1958
    1. Who recorded it?  the statistical bureau
    2. Exactly what did they count?  …
    3. Over which window, and which territory?  …
    4. What did they gain or risk by the answer?  …
    5. What was it used for?  …
    6. What else must be true if it is true?  …
    """
    unknown = set(answers) - set(SIX_QUESTIONS)
    if unknown:
        raise ValueError(
            f"no such question: {', '.join(sorted(unknown))}; ask {', '.join(SIX_QUESTIONS)}"
        )
    return Questions(number, answers)
