"""Numbers in the lessons' prose: what is wrong with a tie, and which numbers need none.

A number or a date that is not tied (``glf_utils.prose``) is exempt by the first of `RULES` that
fits it, or it is loose. Numbers in words are left out; a comparison (``<!--? … -->``) can tie them.
"""

import re
from collections import Counter
from functools import cache, cached_property
from html import unescape

import numpy as np
import pandas as pd
from lessons import Notebook

from glf_utils import cite, load, tables
from glf_utils.dates import in_words
from glf_utils.prose import DATE, NUMBER, numbers, sentence_at, ties, work_of, worked

ISO = r"\d{4}-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?"
GIVEN = "<!--given-->"
PLACES = (
    "lesson part section exercise question row figure table chapter page line set claim notebook"
)
AFTER_PLACE = re.compile(
    rf"(?i)\b(?:(?:{'|'.join(PLACES.split())})s?|chs?\.|pp?\.) "
    r"(?:[\d.]+(?:, | and | to | or |–))*$"
)
BEFORE_LENGTH = re.compile(r"(?i)[- ](?:words?|minutes?|sentences?|lines?|decimals?)\b")
BASE = re.compile(r"(?i)\b(?:of|in|per|every|each|times|by|multiply by|out of) $")


def disagreement(tie, worked=worked):
    """What is wrong with a number, date or comparison that is tied, in a line; empty if nothing."""
    if not tie.said and tie.kind != "?":
        return f"no number stands before <!--{tie.kind} {tie.to} -->"
    try:
        value = work_of(tie) if tie.kind == "@" else worked(tie.to).value
    except Exception as error:
        what = tie.said or "a comparison"
        return f"{what}: {tie.to} fails: {type(error).__name__}: {error}"
    if tie.kind == "@":
        return ""
    if tie.kind == "?":
        return "" if value is True or value is np.True_ else f"It is not true that {tie.to}"
    if re.fullmatch(DATE, tie.said):
        words = in_words(str(value)[:10])
        agrees, given = f" {tie.said} " in f" {words} ", words
    else:
        digits = re.sub(r"[,\u2009\u202f]", "", tie.said.replace("\u2212", "-"))
        decimals = len(digits.partition(".")[2])
        try:
            value = float(value)
        except (TypeError, ValueError):
            return f"prose prints {tie.said}, {tie.to} gives {value!r}"
        agrees = abs(value - float(digits)) <= 0.5 * 10**-decimals + 1e-9
        given = f"{value:.{decimals + 2}f}"
    return "" if agrees else f"prose prints {tie.said}, {tie.to} gives {given}"


class Number:
    """A number or a date in the prose of a lesson, and what stands around it."""

    def __init__(self, lesson, section, source, found, tied):
        self.lesson, self.section, self.source, self.tied = lesson, section, source, tied
        self.text, self.start, self.end = found[0], found.start(), found.end()
        self.before, self.after = source[: self.start], source[self.end :]

    @property
    def is_date(self):
        return re.fullmatch(DATE, self.text) is not None

    @cached_property
    def sentence(self):
        return sentence_at(self.source, self.start, self.end)

    @cached_property
    def paragraph(self):
        """What stands with it between blank lines, or in the item of a list; comments kept."""
        ends = r"\n\s*\n|\n(?=- |> |\d+\. )"
        return re.split(ends, self.before)[-1] + self.text + re.split(ends, self.after)[0]


def plain(number):
    """A printed number as a float."""
    return float(re.sub(r"[,\u2009\u202f]", "", number).replace("\u2212", "-"))


def year(number):
    """Four figures without a comma, or two after the dash of a span, name a year."""
    if re.fullmatch(r"1[5-9]\d\d|20[0-4]\d", number.text):
        return True
    return bool(
        re.fullmatch(r"\d\d", number.text) and re.search(r"\b1[5-9]\d\d[–/]$", number.before)
    )


def place(number):
    """It numbers a lesson, a section, a table, a page, or says how long an answer is to be."""
    card = re.search(r"(?m)^\| (?:core|deeper) .*$", number.source)
    return (
        bool(card and card.start() <= number.start < card.end())
        or bool(AFTER_PLACE.search(number.before[-60:].replace("\n", " ")))
        or bool(BEFORE_LENGTH.match(number.after))
    )


def base(number):
    """100, 1,000 and 10,000 after “of”, “in”, “per” are what is counted by."""
    before = number.before[-20:].replace("\n", " ")
    return number.text in ("100", "1,000", "10,000") and bool(BASE.search(before))


def quoted(number):
    """It stands between “ and ”: the words are somebody's."""
    before = re.split(r"\n\s*\n", number.before)[-1]
    return before.rfind("“") > before.rfind("”")


def given(number):
    """Its paragraph is marked as an example with made-up numbers."""
    return GIVEN in number.paragraph


def shown(number):
    """A cell of the same numbered section shows it, rounded or whole."""
    texts, values = number.lesson.shown_in(number.section)
    if number.is_date:
        return any(f" {number.text} " in f" {date} " for date in texts)
    value = plain(number.text)
    decimals = len(number.text.partition(".")[2])
    if abs(value) < 100 and not decimals:
        return value in values
    return any(abs(value - other) <= 0.5 * 10**-decimals + 1e-9 for other in values)


def again(number):
    """A date, a number of three figures or more, or any of a heading, that the lesson ties elsewhere.

    A heading can hold no comment: the table of contents would show it.
    """
    figures = len(re.sub(r"\D", "", number.text).lstrip("0"))
    heading = number.before.rpartition("\n")[2].startswith("#")
    tied = {other.text for other in number.lesson.numbers if other.tied}
    return number.text in tied and (number.is_date or figures > 2 or heading)


def cited(number):
    """Its sentence names a work of the bibliography, and no row from that work has the number."""
    works = [key for key, cites in citations() if cites(number.sentence)]
    if not works:
        return False
    if number.is_date:
        return not any(f" {number.text} " in f" {date} " for key in works for date in held(key)[0])
    value, decimals = plain(number.text), len(number.text.partition(".")[2])
    return not any(round(other, decimals) == value for key in works for other in held(key)[1])


RULES = [year, place, base, quoted, given, shown, again, cited]


@cache
def citations():
    """Every work, and a test whether a sentence cites it: “Name (year)”, “(Name year, p. 4)”."""
    found = []
    for key in load("sources")["key"]:
        label, _, when = cite(key).rpartition(" (")
        name = label.strip("[]").removesuffix(" et al.").split(" and ")[0].split(", ")[0]
        when = when.rstrip(")")
        start = rf"\({re.escape(name)}" if when == "n.d." else rf"(?<!\w){re.escape(name)}(?!\w)"
        cites = re.compile(rf"(?i:{start})[^.;()]*\(?{re.escape(when)}(?!\w)")
        found.append((key, cites.search))
    return found


@cache
def held(key):
    """Dates, in words, and numbers of all rows that rest on a work."""
    dates, values = set(), set()
    for name in tables()["name"]:
        table = load(name)
        if "source" not in table:
            continue
        for row in table[[key in keys.split(";") for keys in table["source"].fillna("")]].values:
            for cell in row:
                if isinstance(cell, int | float) and not pd.isna(cell):
                    values.add(float(cell))
                elif re.fullmatch(ISO, str(cell)[:10]):
                    dates.add(in_words(str(cell)[:10]))
    return dates, values


class Lesson(Notebook):
    """A lesson, its numbers, and what its cells show section by section."""

    def __init__(self, path):
        super().__init__(path)
        self.sections, self._shown, section = [], {}, 0
        for cell in self.node.cells:
            if cell.cell_type == "markdown" and re.search(r"(?m)^## ", cell.source):
                section += 1
            self.sections.append((section, cell))

    @cached_property
    def numbers(self):
        found = []
        for section, cell in self.sections:
            if cell.cell_type != "markdown":
                continue
            tied = {tie.start for tie in ties(cell.source) if tie.kind != "?"}
            found += [
                Number(self, section, cell.source, each, each.start() in tied)
                for each in numbers(cell.source)
            ]
        return found

    def shown_in(self, section):
        """Dates, in words, and numbers that the cells of a section show; answers left out."""
        if section not in self._shown:
            self._shown[section] = self._read(section)
        return self._shown[section]

    def _read(self, section):
        text = "\n".join(
            text_of(output)
            for here, cell in self.sections
            if here == section and cell.cell_type == "code"
            if not re.search(r"(?m)^(?:check|guess|hint|chain|guesses|bibliography)\(", cell.source)
            for output in cell.outputs
        )
        iso = re.findall(rf"(?<![\d-]){ISO}(?![\d-])", text)
        dates = {in_words(date) for date in iso} | set(re.findall(DATE, text))
        return dates, {plain(each.rstrip(",")) for each in re.findall(NUMBER, text)}

    @cached_property
    def verdicts(self):
        return [(number, verdict(number)) for number in self.numbers]

    @cached_property
    def counted(self):
        """How many numbers are tied, exempt by each rule, or loose."""
        return Counter(said for _, said in self.verdicts)


def text_of(output):
    """What an output shows: the cells of a table without its row numbers, or plain text."""
    data = output.get("data", {})
    html = data.get("text/html", "")
    if "dataframe" in html:
        html = re.sub(r"(?s)<style.*?</style>|<th>\d+</th>", " ", html)
        return unescape(re.sub(r"<[^>]*>", " ", html))
    return data.get("text/plain", "") + output.get("text", "")


def verdict(number):
    """Tied, the name of the rule that exempts it, or loose."""
    if number.tied:
        return "tied"
    return next((rule.__name__ for rule in RULES if rule(number)), "loose")
