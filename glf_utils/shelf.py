"""The shelf beside the lessons: people, documents, further reading and two essays."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from glf_utils.citing import UnknownName, cite
from glf_utils.dates import in_words
from glf_utils.page.questions import SIX_QUESTIONS
from glf_utils.tablefile import DataError, read_text
from glf_utils.tables import load, unread
from glf_utils.words import did_you_mean, folded, listed


@dataclass(frozen=True)
class Entry:
    """What is known of someone or something, each line with its source.

    Attributes
    ----------
    title, hanzi, pinyin : str
        What it is called.
    lines : tuple of (str, str, str)
        Heading, sentence, source.
    """

    title: str
    hanzi: str
    pinyin: str
    lines: tuple

    def __repr__(self):
        said = [f"- {heading}: {text} [{source}]" for heading, text, source in self.lines]
        return "\n".join([f"{self.title} ({self.hanzi} {self.pinyin})", *said])

    def _repr_markdown_(self):
        said = [
            f"- *{heading}.* {text} <small>{source}</small>" for heading, text, source in self.lines
        ]
        return "\n".join([f"**{self.title}** ({self.hanzi} *{self.pinyin}*)", "", *said])


def _look_up(name, forms, where):
    """Return the key with this name: whole, or among its words, or among its letters.

    `forms` has for each key the names it goes by.
    """
    asked = folded(name)
    tests = (
        lambda form: asked == folded(form),
        lambda form: asked in map(folded, form.split()),
        lambda form: asked and asked in folded(form),
    )
    for fits in tests:
        found = [key for key, names in forms.items() if any(map(fits, names))]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownName(f"several entries with {name!r} in {where}: {listed(found)}")
    known = {form for names in forms.values() for one in names for form in (one, folded(one))}
    raise UnknownName(f"no entry {name!r} in {where}{did_you_mean(name, known)}")


@cache
def _people():
    people = load("people").fillna("").set_index("name")
    careers = load("careers")
    careers["unread"] = unread(careers)
    return people, careers.fillna("")


def _line(row):
    """Heading and sentence of a row: an office with its dates, a side under its date, a fate."""
    start, end = (date and in_words(date) for date in (row.date_start, row.date_end))
    if row.aspect == "office":
        span = (
            f"{start} to {end}"
            if start and end
            else start and f"from {start}" or end and f"until {end}"
        )
        return "Office", ", ".join(filter(None, [row.text, span]))
    if row.aspect == "fate":
        return "Fate", row.text
    return start if " " in start else f"In {start}", row.text


def _by(row):
    places = [row.locator] if row.locator else []
    return "; ".join(filter(None, [cite(row.source, *places), row.unread * "unchecked", row.note]))


def person(name):
    """Show who somebody was: offices with dates, sides taken, fate, and an act the course meets.

    Parameters
    ----------
    name : str
        In pinyin with or without tone marks, or in characters; a part that nobody else has will do.

    Returns
    -------
    Entry
        Prints as text; a notebook shows it in Markdown.

    Raises
    ------
    UnknownName
        When nobody in ``data/people.csv`` goes by this name, and near spellings are suggested; or
        when several people do, and they are listed.

    Examples
    --------
    >>> person("Shu Tong")
    Shu Tong (舒同 Shū Tóng)
    - Office: First secretary of Shandong, until 20 October 1960 [Yang (2008, chapter on Shandong)]
    - Fate: Removed; his successor put the state of Shandong chiefly down to men. \
[Yang (2008, chapter on Shandong)]
    - In this course: He was removed on 20 October 1960 when the state of Shandong could no \
longer be hidden. [Yang (2008)]
    >>> person("彭德怀") == person("péng déhuái") == person("Dehuai")
    True
    """
    people, careers = _people()
    forms = {key: (key, row.hanzi, row.pinyin) for key, row in people.iterrows()}
    key = _look_up(name, forms, "data/people.csv")
    own = careers[careers["name"] == key]
    lines = [(*_line(row), _by(row)) for row in own.itertuples()]
    row = people.loc[key]
    lives = [life for life in row.life_source.split(";") if life]
    if own.empty and row.office:
        lines.append(("Office", row.office, cite(*lives)))
    lines.append(("In this course", row.deed, cite(row.source)))
    if own.empty and row.afterwards:
        lines.append(("Afterwards", row.afterwards, cite(*lives)))
    return Entry(key, row.hanzi, row.pinyin, tuple(lines))


@dataclass(frozen=True)
class Document:
    """An extract of a document, with what kind of paper it is and what rests on it.

    Attributes
    ----------
    title, date, source : str
        What it is called, when it was written in ISO order, where it was read.
    text, translation : str
        Its words; ours in English, empty where the words are English.
    lines : tuple of (str, str)
        What kind of paper it is, the six questions with answers, what it shows and cannot show.
    rows : tuple of (str, str)
        Table and query: the rows that rest on it.
    """

    title: str
    date: str
    source: str
    text: str
    translation: str
    lines: tuple
    rows: tuple

    @property
    def resting(self):
        """The rows that rest on it, a list of DataFrames."""
        return [load(table).query(query) for table, query in self.rows]

    def _rests(self):
        told = (f"{table} ({query})" for table, query in self.rows)
        return "Rows that rest on it:", "; ".join(told)

    def __repr__(self):
        head = f"{self.title}, {in_words(self.date)} [{self.source}]"
        told = [f"- {heading} {text}" for heading, text in (*self.lines, self._rests())]
        return "\n".join(filter(None, [head, self.text, self.translation, *told]))

    def _repr_markdown_(self):
        texts = [f"> {text}\n" for text in (self.text, self.translation) if text]
        told = [f"- *{heading}* {text}" for heading, text in (*self.lines, self._rests())]
        head = f"**{self.title}**, {in_words(self.date)} <small>{self.source}</small>\n"
        return "\n".join([head, *texts, *told])


@cache
def _documents():
    return load("documents").fillna("").set_index("id")


def document(name):
    """Show an extract of a document: its words, our translation, the six questions, what it shows.

    Parameters
    ----------
    name : str
        Its id in ``data/documents.csv``, such as ``"yongding_note"``, or a part of its title.

    Returns
    -------
    Document
        Prints as text; a notebook shows it in Markdown; ``resting`` gives the rows that rest on it.

    Raises
    ------
    UnknownName
        When there is no such document, and near spellings are suggested; or when there are
        several, and they are listed.

    Examples
    --------
    >>> document("snie_1961").date
    '1961-04-04'
    >>> [len(rows) for rows in document("guessed").resting]
    [4, 1, 1, 1]
    """
    documents = _documents()
    forms = {key: (key, row.title) for key, row in documents.iterrows()}
    row = documents.loc[_look_up(name, forms, "data/documents.csv")]
    lines = [
        ("Kind.", row.kind),
        ("By.", row.author),
        ("For.", row.reader),
        ("Kept.", row.kept),
        *((question, row[key]) for key, question in SIX_QUESTIONS.items()),
        ("It shows:", row.shows),
        ("It cannot show:", row.cannot_show),
        ("Note.", row.note),
    ]
    rows = (told.split(": ", 1) for told in row.rows.split("; "))
    return Document(
        row.title,
        row.date,
        cite(row.source, row.locator),
        row.text,
        row.translation,
        tuple(line for line in lines if line[1]),
        tuple(map(tuple, rows)),
    )


@dataclass(frozen=True)
class Reading:
    """Titles with two lines each.

    Attributes
    ----------
    lines : tuple of (str, str, str, str)
        Work, what it is best at, what critics say, the critics.
    """

    lines: tuple

    def __repr__(self):
        return "\n".join(
            f"- {work}: {best} But: {but} [{by}]" for work, best, but, by in self.lines
        )

    def _repr_markdown_(self):
        return "\n".join(
            f"- **{work}** {best}\n  *But:* {but} <small>{by}</small>"
            for work, best, but, by in self.lines
        )


def further_reading(topic=None):
    """List what to read next: what each work is best at, and what its critics say.

    Parameters
    ----------
    topic : str, optional
        One of ``"accounts"``, ``"documents"``, ``"villages"``, ``"politics"``, ``"causes"``,
        ``"tolls"`` and ``"for a lower toll"``; all of them if left out.

    Returns
    -------
    Reading
        Prints as text; a notebook shows a list. ``bibliography(*keys)`` gives full references.

    Raises
    ------
    UnknownName
        When there is no such topic.

    Examples
    --------
    >>> len(further_reading("tolls").lines)
    4
    """
    rows = load("further_reading")
    topics = list(rows.topic.unique())
    if topic is not None and topic not in topics:
        raise UnknownName(
            f"no topic {topic!r}{did_you_mean(topic, topics)}; it is {listed(topics)}"
        )
    chosen = rows if topic is None else rows[rows.topic == topic]
    return Reading(
        tuple(
            (cite(row.source), row.best_at, row.against, cite(*row.against_source.split(";")))
            for row in chosen.itertuples()
        )
    )


ESSAYS = {
    name: Path(__file__).parents[1] / "docs" / f"{name}.md"
    for name in ("archive", "historiography")
}
"""Pages of ``docs/`` that a call shows."""

_LINK = re.compile(r"(\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\])\([^()]*\)")


@dataclass(frozen=True)
class Essay:
    """A page to read beside the lessons.

    Attributes
    ----------
    text : str
        Markdown, every work that it cites in square brackets.
    """

    text: str

    def __repr__(self):
        return self.text

    _repr_markdown_ = __repr__


def essay(name):
    """Show a page to read beside the lessons: a map of the archive, or the historiography.

    Parameters
    ----------
    name : str
        ``"archive"``, what there is to read and who has seen what, or ``"historiography"``, who
        wrote this history and from what.

    Returns
    -------
    Essay
        Prints as text; a notebook shows it in Markdown.

    Raises
    ------
    UnknownName
        When there is no such essay.
    DataError
        When the page is not here: an installed package carries the tables alone.

    Examples
    --------
    >>> print(essay("archive").text[:23])
    # A map of the archive
    <BLANKLINE>
    """
    if name not in ESSAYS:
        raise UnknownName(f"no essay {name!r}{did_you_mean(name, ESSAYS)}; it is {listed(ESSAYS)}")
    if not ESSAYS[name].exists():
        raise DataError(
            f"docs/{name}.md is not here: an installed package carries the tables alone. "
            "Read it in the folder of the project, or in the reading edition."
        )
    return Essay(_LINK.sub(r"\1", read_text(ESSAYS[name])))
