"""What a sentence of a lesson rests on: ``11.08 <!--= one("table", "query") -->``.

In the prose of the lessons a number or a date is followed by a comment with an expression, and a
sentence that compares by a comment with a condition. Nobody sees the comments; tests evaluate them,
and :func:`behind` shows what they say and the rows they read.
"""

import ast
import json
import re
import sys
from calendar import month_name
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

import numpy as np
import pandas as pd

from glf_utils.answers.asked import PARTS, find, module_of
from glf_utils.citing import UnknownName, cite
from glf_utils.tablefile import data_folder
from glf_utils.tables import about, load, only, reading

LESSONS = data_folder().parent / "notebooks"

TAG = re.compile(r"<!--([=?@])(.*?)-->", re.DOTALL)
"""A number's expression, a sentence's condition, or the work that alone has a number."""

DATE = (
    rf"(?<!\w)(?:\d{{1,2}} (?:{'|'.join(month_name[1:])})(?: \d{{4}})?"
    rf"|(?:{'|'.join(month_name[1:])}) \d{{4}})(?!\w)"
)
NUMBER = r"(?<![\w.])[-\u2212]?\d(?:[\d,\u2009\u202f]*\d)?(?:\.\d+)?"
SAID = re.compile(f"{DATE}|{NUMBER}")
"""A date, to the day or the month, or a number as prose prints it."""

UNSAID = re.compile(
    r"(?ms)<!--.*?-->|^```.*?^```|`[^`\n]*`|\$[^$\n]+\$|<[^>]*>|\]\([^)\n]*\)|\[\d\d\b[^\]\n]*(?=\])"
    r"|(?:^|(?<=[*] )) *\d+\. |^#+ \d+ · "
)
"""No prose: comments, code, formulas, links to lessons, numbers of sections and of lists."""

FEW = 3
"""So many sentences, and so many rows of a table, are shown whole."""

NAMES = {
    "planning": "soviet_model.model",
    "planned": "soviet_model.exercises",
    "communes": "commune_structure.model",
    "farms": "commune_structure.evidence",
    "shares": "commune_structure.exercises",
    "reporting": "statistics_inflation.model",
    "recorded": "statistics_inflation.evidence",
    "leap": "statistics_inflation.leap",
    "procurement_and_hunger": "procurement_and_hunger.model",
    "hunger": "procurement_and_hunger.exercises",
    "campaign": "procurement_and_hunger.campaign",
    "fed": "procurement_and_hunger.evidence",
    "recovery": "procurement_and_hunger.recovery",
    "choices": "death_toll.choices",
    "tolls": "death_toll.evidence",
    "rates": "death_toll.rates",
    "registers": "death_toll.registers",
    "lifetables": "death_toll.lifetables",
    "cohorts": "death_toll.cohorts",
    "published": "death_toll.published",
    "tolls_known": "death_toll.known_registers",
    "ages_known": "death_toll.known_ages",
    "baselines_known": "death_toll.known_baselines",
    "estimators_known": "death_toll.known_estimators",
    "sources": "weighing_the_sources.evidence",
    "weighed": "weighing_the_sources.exercises",
}
"""What an expression calls the models, and where they lie; see :func:`worked` for the rest."""


@dataclass(frozen=True)
class Tie:
    """A number, a date or a comparison in prose, and what it is tied to.

    Attributes
    ----------
    said : str
        The number or date as printed; empty where none stands before the comment.
    to : str
        Python, on the tables and the models; or a work, as ``"yang2008, p. 12"``.
    kind : str
        ``"="`` where the expression gives the number, ``"?"`` where it must be true, ``"@"`` where
        only the work has the number.
    sentence : str
        In which it stands.
    start : int
        Where in the text the number or date begins; a comparison, where its comment does.
    """

    said: str
    to: str
    kind: str
    sentence: str
    start: int


def numbers(markdown):
    """Every number and date in a text, outside code, comments, links and headings' numbers.

    Parameters
    ----------
    markdown : str

    Returns
    -------
    list of re.Match
        In order, each with its place in the text.

    Examples
    --------
    >>> [found[0] for found in numbers("1. On 17 August 1958 `x = 3` made 11.08, not **−1,234**.")]
    ['17 August 1958', '11.08', '−1,234']
    """
    return list(SAID.finditer(UNSAID.sub(lambda unsaid: " " * len(unsaid[0]), markdown)))


def ties(markdown):
    """What a text ties, in order.

    Parameters
    ----------
    markdown : str

    Returns
    -------
    list of Tie

    Examples
    --------
    >>> [tie] = ties("A dream. Steel made 11.08 <!--= 10 + 1.08 --> million tonnes. No more.")
    >>> tie.said, tie.to, tie.sentence
    ('11.08', '10 + 1.08', 'Steel made 11.08 million tonnes.')
    """
    said, found, past = numbers(markdown), [], 0
    for tag in TAG.finditer(markdown):
        before = [each for each in said if past <= each.start() < tag.start()]
        last = before[-1] if before and tag[1] != "?" else None
        if tag[1] != "?":
            past = tag.end()
        start, end = last.span() if last else (tag.start(), tag.start())
        sentence = sentence_at(markdown, start, end)
        found.append(Tie(last[0] if last else "", tag[2].strip(), tag[1], sentence, start))
    return found


def sentence_at(markdown, start, end):
    """The sentence of a text around a place, without comments and marks.

    Parameters
    ----------
    markdown : str
    start, end : int
        Where a number in it begins and ends.

    Returns
    -------
    str

    Examples
    --------
    >>> sentence_at("One. Then *two* <!--= 2 --> of them. Three.", 11, 14)
    'Then two of them.'
    """
    apart = r"\n\s*\n|\n(?=- |> |\||\d+\. )"
    unseen = r"(?s)<!--.*?-->|</?\w[^>]*>"
    before = re.sub(unseen, "", re.split(apart, markdown[:start])[-1])
    after = re.sub(unseen, "", re.split(apart, markdown[end:])[0])
    if start == end and re.search(r"[.?!][”*)]*\s*$", before):
        before, after = before.rstrip(), ""  # the comment of a comparison follows its sentence
    ends = r"(?<=[.?!])(?<! p\.)(?<! pp\.)(?<! ch\.)[”*)]*\s+(?=\W*[A-Z\d])"
    whole = re.split(ends, before)[-1] + markdown[start:end] + re.split(ends, after)[0]
    whole = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", whole)
    return " ".join(re.sub(r"[*`]|^[->|\s]+", "", whole).split())


@dataclass(frozen=True)
class Worked:
    """What an expression gives, and what it read.

    Attributes
    ----------
    value : object
        A number, a date, or whether it is true.
    rows : list of DataFrame
        Rows of tables, picked by the expression itself.
    tables : list of str
        Every table that was read, also by the models it calls.
    """

    value: object
    rows: list
    tables: list


class _Noting(ast.NodeTransformer):
    """Wraps each step of ``load(…)…``, so that the rows it picks are noted."""

    def visit(self, node):
        step = node
        while isinstance(step, ast.Call | ast.Attribute | ast.Subscript):
            inner, step = step, step.func if isinstance(step, ast.Call) else step.value
        ours = isinstance(node, ast.Call | ast.Subscript) and getattr(step, "id", "") == "load"
        self.generic_visit(node)
        if not ours:
            return node
        return ast.Call(ast.Name("_noted", ast.Load()), [node, ast.Constant(inner is not node)], [])


def worked(expression, load=load, **more):
    """Evaluate an expression and note what it reads.

    Parameters
    ----------
    expression : str
        Python. In scope are ``load``, ``one``, ``np``, the models by the names in `NAMES`, and
        ``timeline(words)``, the date of the one event of that table that has these words, and
        ``told(table, query, words)``, the number that follows these words in a cell of one row,
        and ``answer("11.3")``, what an exercise or a guess wants; and ``replace`` of
        ``dataclasses``, for a statement with a change.
    load : callable, optional
        Reads a table by its name.
    **more
        Further names in scope.

    Returns
    -------
    Worked

    Raises
    ------
    Exception
        Whatever the expression raises.

    Examples
    --------
    >>> plan = worked("one('account_claims', 'claim_id == \\"S1-003\\"', 'value_low')")
    >>> plan.value, plan.rows[0].source.item(), plan.tables
    (60.0, 'account_s1', ['account_claims'])
    """
    tree = ast.parse(expression.strip(), mode="eval")
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    rows = []

    def noted(picked, further=False):
        if isinstance(picked, pd.DataFrame) and "source" in picked:
            if further:
                rows.pop()  # of which these were picked
            rows.append(picked)
        return picked

    def noted_one(table, query, column="value"):
        frame = load(table) if isinstance(table, str) else table
        found = noted(frame.query(query), further=frame is table)
        return only(found, query, column)

    def timeline(words):
        frame = load("timeline")
        found = noted(frame[frame["event"].str.contains(words, regex=False)])
        return only(found, words, "date")

    def told(table, query, words):
        found = noted(load(table).query(query))
        only(found, query, "source")
        cells = " ".join(str(cell) for cell in found.iloc[0].dropna())
        number = re.search(rf"{re.escape(words)}\D*?({NUMBER})", cells)
        if number is None:
            raise ValueError(f"no number follows {words!r} in the row")
        return float(number[1].replace(",", ""))

    scope = {"load": load, "one": noted_one, "told": told, "timeline": timeline, "answer": answer}
    scope |= {"np": np, "replace": replace, "_noted": noted}
    for name in names & set(NAMES):
        scope[name] = module_of(NAMES[name])
    scope |= more
    tree = ast.fix_missing_locations(_Noting().visit(tree))
    with reading() as read:
        value = eval(compile(tree, "<prose>", "eval"), scope)  # our own prose, not a visitor's
    return Worked(value, rows, sorted(read))


def answer(name):
    """What an exercise wants, or what is found where a guess was asked for.

    Parameters
    ----------
    name : str
        Such as ``"11.3"``, or ``"11.a"`` for a guess.

    Returns
    -------
    float, str or list

    Examples
    --------
    >>> print(round(answer("12.4"), 2))
    0.68
    """
    guessed = name[-1].isalpha()
    found, why = find(name, "GUESSES" if guessed else "EXERCISES")
    if found is None:
        raise UnknownName(why)
    return found.found() if guessed else found.expected()


def work_of(tie):
    """The work that a number is taken from, cited with its place.

    Parameters
    ----------
    tie : Tie
        Of the kind ``"@"``.

    Returns
    -------
    str

    Raises
    ------
    UnknownName
        When the bibliography has no such work.

    Examples
    --------
    >>> [tie] = ties("He names 36 <!--@ yang2008, p. 12 --> million.")
    >>> work_of(tie)
    'Yang (2008, p. 12)'
    """
    key, _, place = tie.to.partition(",")
    return cite(key.strip(), *filter(None, [place.strip()]))


@dataclass(frozen=True)
class Behind:
    """Sentences, and what they rest on; one to three are shown with their rows.

    Attributes
    ----------
    found : tuple of (str, Tie)
        Number of the lesson, and what is tied.
    """

    found: tuple

    def __repr__(self):
        return "\n".join(
            "\n".join([head, *(f"- {line}" for line in lines)]) for head, lines in self._told()
        )

    def _repr_markdown_(self):
        told = self._told()
        if len(told) > FEW:
            return "\n".join(f"- {head}" for head, _ in told)
        return "\n\n".join(
            "\n".join([f"**{head}**", "", *(f"- {line}" for line in lines)]) for head, lines in told
        )

    def _told(self):
        whole = len(self.found) <= FEW
        return [
            (
                f"{tie.said or 'True'} · lesson {lesson} · {tie.sentence}",
                _lines(tie) if whole else [],
            )
            for lesson, tie in self.found
        ]


def _lines(tie):
    """What it gives, the rows it picked and the tables it read besides; or the work."""
    if tie.kind == "@":
        return [f"from {work_of(tie)}; no table has it"]
    forget()
    try:
        found = worked(tie.to)
    except Exception as error:
        return [f"`{tie.to}` cannot be worked out: {type(error).__name__}: {error}"]
    lines = [f"`{tie.to}` gives {found.value}"]
    shown = set()
    for rows in found.rows:
        shown.add(rows.attrs["table"])
        lines += [f"{rows.attrs['table']}: {_row(row)}" for _, row in rows.head(FEW).iterrows()]
        if len(rows) > FEW:
            lines.append(f"and {len(rows) - FEW} rows more of {rows.attrs['table']}")
    lines += [f"reads {table}: {about(table).line}" for table in found.tables if table not in shown]
    return list(dict.fromkeys(lines))


def _row(row):
    """The cells of a row, who says so, and how far that was checked."""
    last = ("source", "locator", "verification", "note", "rests_on_unchecked")
    cells = (
        f"{name} {_short(cell)}" for name, cell in row.items() if name not in last and _is(cell)
    )
    place = [row["locator"]] if _is(row.get("locator")) else []
    by = "; ".join(cite(key, *place) for key in row["source"].split(";"))
    return ", ".join(cells) + f" [{by}; {row.get('verification', 'grade not given')}]"


def _is(cell):
    return not pd.isna(cell) and cell != ""


def _short(cell, most=90):
    text = f"{cell:,.10g}" if isinstance(cell, float) else str(cell)
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def forget():
    """Drop what the models keep of tables, so that they read them anew."""
    for name, module in list(sys.modules.items()):
        if any(name.startswith(f"glf_utils.{part}.") for part in PARTS):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def behind(said, lesson=None):
    """Show what a number, a date or a comparison in the lessons' prose rests on.

    Parameters
    ----------
    said : str or int
        The number or date as a lesson prints it, or a few words of its sentence. A lesson's
        number, not as text, lists all that it ties.
    lesson : int, optional
        Look in this one alone.

    Returns
    -------
    Behind
        The sentence, the expression, the rows it reads with their source and grade; a list of
        sentences where more than three say so. Prints as text; a notebook shows it in Markdown.

    Raises
    ------
    UnknownName
        When there is no such lesson, or nothing in it that is tied says so.

    Examples
    --------
    >>> behind("43.8", 11)  # doctest: +ELLIPSIS
    43.8 · lesson 11 · In 1959 it was 43.8.
    - `one("investment_and_labour", "series == 'accumulation_rate' and year == 1959")` gives 43.8
    - investment_and_labour: series accumulation_rate, ... [...; secondary]
    """
    if isinstance(said, int):
        said, lesson = "", said
    every = _tied()
    if lesson is not None:
        number = f"{lesson:02d}"
        if number not in every:
            raise UnknownName(f"no lesson {lesson}; there are {', '.join(every)}")
        every = {number: every[number]}
    asked = " ".join(str(said).replace("-", "\u2212").split())
    found = [(n, tie) for n, here in every.items() for tie in here if tie.said == asked]
    words = " ".join(str(said).split()).casefold()
    found = found or [
        (n, tie) for n, here in every.items() for tie in here if words in tie.sentence.casefold()
    ]
    if not found:
        raise UnknownName(
            f"nothing that is tied says {said!r}; behind({int(next(iter(every)))}) lists what a "
            "lesson ties. A number may also stand in what a cell of its section shows."
        )
    return Behind(tuple(found))


@cache
def _tied():
    """What each lesson ties, by its number."""
    paths = sorted(LESSONS.rglob("[0-9]*.ipynb"), key=lambda path: path.name)
    return MappingProxyType(
        {
            path.name[:2]: tuple(ties(markdown_of(path)))
            for path in paths
            if path.parent.name != ".ipynb_checkpoints"
        }
    )


def markdown_of(path):
    """The prose of a notebook, or of a Markdown file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return text
    cells = json.loads(text)["cells"]
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
