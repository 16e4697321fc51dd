"""A verdict in seven lines, and a short account whose numbers can be followed to their rows.

Both are looked at for their form alone: what a line is worth, a partner says.
"""

import re
from dataclasses import dataclass, field

import pandas as pd

from glf_utils.tables import GRADES, DataError
from glf_utils.weighing_the_sources.checks import Quantity
from glf_utils.words import html_table, listed


def _words(text):
    return re.findall(r"[^\W_][\w'’-]*", text)


def _quoted(text):
    return re.findall(r"[“\"‘]([^”\"’]+)[”\"’]", text)


def _lacks_words(text):
    quotes = _quoted(text)
    if not quotes:
        yield "put the account's own words between quotation marks"
    if any(len(_words(one)) > 20 for one in quotes):
        yield "quote twenty words at most"
    if not re.search(r"S[1-4]-\d{3}|\b(?:line|paragraph|page|section|chapter)\b", text):
        yield "say where they stand: a claim id such as S3-018, or a paragraph"


def _at_least(number, what):
    def lacks(text):
        if len(_words(text)) < number:
            yield f"{what}, in {number} words or more"

    return lacks


def _lacks_sum(text):
    if len(re.findall(r"\d[\d.,]*", text)) < 2 or not re.search(r"[=+−×÷/*<>-]", text):
        yield "write a sum with its numbers, so that a reader can do it again"


def _lacks_grade(text):
    if not any(grade in text for grade in GRADES):
        yield f"name the grade of the rows: {listed(GRADES)}"


CARD = {
    "words": ("The account's words, and where they stand", _lacks_words),
    "strongest": (
        "Its strongest form",
        _at_least(8, "say it as its adherents would sign it"),
    ),
    "implies": (
        "What else must be true",
        _at_least(5, "name something else that must be true with it"),
    ),
    "arithmetic": ("The sum", _lacks_sum),
    "grade": ("The grade of the rows", _lacks_grade),
    "reply": (
        "What an adherent would answer",
        _at_least(8, "let an adherent answer your sum"),
    ),
    "change": (
        "What would change my mind",
        _at_least(5, "name the paper, table or count that would change your mind"),
    ),
}
"""The seven lines: heading, and what tells what a line lacks."""


@dataclass(frozen=True)
class Card:
    """A verdict in seven lines.

    Attributes
    ----------
    lines : dict of str to str
        By the names of :data:`CARD`; empty where nothing is written yet.
    wanting : tuple of (str, str)
        Heading of a line, and what it still lacks in form.
    """

    lines: dict
    wanting: tuple

    def _told(self):
        lacks = {}
        for heading, lack in self.wanting:
            lacks.setdefault(heading, []).append(lack)
        for number, (key, (heading, _)) in enumerate(CARD.items(), 1):
            yield f"{number}. {heading}", self.lines[key] or "…", "; ".join(lacks.get(heading, ()))

    def _closing(self):
        if self.wanting:
            number = len({heading for heading, _ in self.wanting})
            return f"{number} of seven lines still lack something in form."
        return "The form is whole. Whether it convinces, your partner says."

    def __repr__(self):
        told = [
            f"{heading}: {text}" + f"  [{lack}]" * bool(lack)
            for heading, text, lack in self._told()
        ]
        return "\n".join([*told, self._closing()])

    def _repr_html_(self):
        table = html_table(("line", "what you write", "still wanting in form"), self._told())
        return f"{table}<p>{self._closing()}</p>"


def verdict_card(**lines):
    """A verdict in seven lines, and what each still lacks in form. It is never graded.

    Parameters
    ----------
    **lines : str
        ``words`` of the account and where they stand, its ``strongest`` form, what it ``implies``,
        your ``arithmetic``, the ``grade`` of the rows, an adherent's ``reply``, what would
        ``change`` your mind. A line left out, or of dots, is still to be written.

    Returns
    -------
    Card
        A notebook shows a table.

    Raises
    ------
    ValueError
        For a line that is not one of the seven.

    Examples
    --------
    >>> card = verdict_card(words="“urged caution” (S3-018)", grade="secondary")
    >>> len(card.wanting)
    5
    >>> card.wanting[0]
    ('Its strongest form', 'say it as its adherents would sign it, in 8 words or more')
    """
    unknown = set(lines) - set(CARD)
    if unknown:
        raise ValueError(
            f"no such line: {', '.join(sorted(unknown))}; the seven are {', '.join(CARD)}"
        )
    given = {
        key: ""
        if lines.get(key) in (None, ...)
        else str(lines[key]).strip(" .…") and str(lines[key])
        for key in CARD
    }
    wanting = [
        (heading, lack) for key, (heading, lacks) in CARD.items() for lack in lacks(given[key])
    ]
    return Card(given, tuple(wanting))


@dataclass(frozen=True)
class Traced:
    """A text whose numbers are followed to rows of tables.

    Attributes
    ----------
    words : int
        How many the text has.
    found : tuple of (str, str, str)
        Number as written, the rows' value, the table and the sources.
    wanting : tuple of str
        What is still wrong, in sentences.
    """

    words: int
    found: tuple
    wanting: tuple = field(default=())

    def _closing(self):
        return "; ".join(self.wanting) or "Every number leads to a row."

    def __repr__(self):
        told = [f"{number}: {value} ({where})" for number, value, where in self.found]
        return "\n".join([f"{self.words} words", *told, self._closing()])

    def _repr_html_(self):
        table = html_table(("in the text", "in the table", "where"), self.found)
        return f"<p>{self.words} words.</p>{table}<p>{self._closing()}</p>"


NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])")
YEAR = re.compile(r"19[456]\d")
MOST_WORDS = 150


def _fits(written, value):
    """Whether a number, as it is written, is the value rounded."""
    decimals = len(written.partition(".")[2])
    digits = written.replace(",", "").rstrip("0") if not decimals else written
    step = 10.0**-decimals if decimals else 10.0 ** (len(written.replace(",", "")) - len(digits))
    return abs(float(written.replace(",", "")) - value) <= 0.5 * step * (1 + 1e-9)


def _led_to(table, query, column, factor=1):
    """The rows that a trace finds, and their sum times the factor."""
    rows = Quantity(table, query, column).rows()
    if rows.empty:
        raise DataError(f"no row of {table} answers {query!r} with a {column!r}")
    if not pd.api.types.is_numeric_dtype(rows[column]):
        raise DataError(f"{column!r} of {table} holds words; name a column of numbers")
    return rows, float(rows[column].sum()) * factor


def traced(text, traces):
    """Follow every number of a text to a row of a table. Years from 1940 to 1969 need no trace.

    Parameters
    ----------
    text : str
        At most 150 words.
    traces : dict of str to tuple
        A number as the text writes it, and where it stands: ``(table, query, column)``. Where the
        query finds several rows their sum is taken; a fourth item, a number, multiplies it.

    Returns
    -------
    Traced
        A notebook shows a table, and what is still wanting: a number without a trace, a trace that
        cannot be read or finds nothing, a value that is another.

    Examples
    --------
    >>> where = ("investment_and_labour", "series == 'rural_employment' and year == 1957", "value")
    >>> traced("In 1957 there were 206 million rural workers.", {"206": where}).wanting
    ()
    >>> traced("They were 240 million.", {}).wanting
    ('240 has no trace',)
    """
    words, found, wanting = len(text.split()), [], []
    if words > MOST_WORDS:
        wanting.append(f"{words} words, {words - MOST_WORDS} too many")
    numbers = list(dict.fromkeys(one.rstrip(",") for one in NUMBER.findall(text)))
    for number in numbers:
        if number in traces:
            continue
        if not YEAR.fullmatch(number):
            wanting.append(f"{number} has no trace")
    for number, where in traces.items():
        if number not in numbers:
            wanting.append(f"{number} has a trace and does not stand in the text")
            continue
        try:
            rows, value = _led_to(*where)
        except (DataError, TypeError) as error:
            mend = f"{error}" if isinstance(error, DataError) else "write (table, query, column)"
            wanting.append(f"{number}: {mend}")
            continue
        table = where[0]
        sources = ", ".join(dict.fromkeys(rows.get("source", ())))
        grades = ", ".join(dict.fromkeys(rows.get("verification", ())))
        found.append((number, f"{value:,.6g}", f"{table}: {sources} ({grades})"))
        if not _fits(number, value):
            wanting.append(f"{number} is {value:,.6g} in the table")
        if "unchecked" in grades:
            wanting.append(f"{number} rests on an unchecked row")
    return Traced(words, tuple(found), tuple(wanting))
