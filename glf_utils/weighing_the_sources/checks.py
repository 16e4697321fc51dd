"""A check: what the tables say of a claim, step by step, and the verdict that follows.

A check is data, a row of ``data/claim_checks.csv`` or of a reader's own file. It names one quantity
or two (a table, a query, a column, how several rows are taken), what is worked from them, and the
range the result must keep for the claim to hold. :func:`verdict_of` is the one rule for all.
"""

from dataclasses import dataclass, replace
from itertools import product
from math import floor, inf, isfinite, log10

import numpy as np
import pandas as pd

from glf_utils.citing import cite
from glf_utils.dates import decimal_year, in_words
from glf_utils.tables import DataError, load, unread
from glf_utils.words import did_you_mean, listed

TOLERANCE = 0.05
"""A claim holds when the figure lies in its range, or this share of an end beyond that end."""
WIDE = 0.15
"""Up to this share it is imprecise, and beyond it fails."""
DAYS = 31
"""A date holds when it fits at the precision printed; up to so many days off it is imprecise."""
VERDICTS = ("holds", "imprecise", "slip", "contested", "undecided", "fails")

OPERATIONS = {
    "ratio": (lambda a, b: a / b, "{a} ÷ {b}"),
    "product": (lambda a, b: a * b, "{a} × {b}"),
    "sum": (lambda a, b: a + b, "{a} + {b}"),
    "difference": (lambda a, b: a - b, "{a} − {b}"),
    "share_percent": (lambda a, b: 100 * a / b, "100 × {a} ÷ {b}"),
    "change_percent": (lambda a, b: 100 * (a / b - 1), "100 × ({a} ÷ {b} − 1)"),
    "years_after": (lambda a, b: _years(a) - _years(b), "years from {b} to {a}"),
    "people_fed": (
        lambda a, b: a * 1e9 * b / (2000 * 365) / 1e6,
        "{a} million t × {b} kcal per kg ÷ 2,000 kcal a day for a year",
    ),
}
"""What is worked from two figures, and how it is written."""

WORDS = ("told", "denied")
"""Operations on rows as they stand: they say what the claim says, or the contrary."""

NOT_READ = " (not read, so not counted)"
NUMBER_FORMS = {
    "only": "about {low} {unit}",
    "low": "at least {low} {unit}",
    "high": "at most {high} {unit}",
    "both": "between {low} and {high} {unit}",
}
DATE_FORMS = {
    "only": "{low}",
    "low": "{low} or later",
    "high": "{high} or earlier",
    "both": "{low} to {high}",
}

TAKES = {"each": None, "sum": "sum", "mean": "mean", "max": "max", "min": "min", "count": None}
"""How several rows are taken: each as a rival figure, or all together as one."""


@dataclass(frozen=True)
class Figure:
    """A number or date from a table.

    Attributes
    ----------
    value : float or str
    told : str
        Where it stands: sources and grades of its rows.
    grades : tuple of str
    unread : bool
        Whether it rests on a row that nobody has read.
    """

    value: object
    told: str
    grades: tuple
    unread: bool


@dataclass(frozen=True)
class Quantity:
    """Rows of a table, a column of them, and how several are taken.

    Attributes
    ----------
    table, query, column, take : str
    """

    table: str
    query: str
    column: str
    take: str = "each"

    def __str__(self):
        return f"{self.table} ({self.query}), {self.take} {self.column}"

    def rows(self, read=load):
        """The rows, those left out that have no value.

        Parameters
        ----------
        read : callable
            Gives the DataFrame of a table by its name.

        Returns
        -------
        DataFrame

        Raises
        ------
        DataError
            If there is no such table or column, or the query cannot be read.
        """
        frame = read(self.table)
        if self.column not in frame:
            near = did_you_mean(self.column, frame.columns)
            raise DataError(f"{self.table} has no column {self.column!r}{near}")
        try:
            if "@" in self.query:
                raise ValueError("write values out, without @")
            found = frame.query(self.query)
        except Exception as error:
            columns = listed(frame.columns)
            raise DataError(
                f"the query {self.query!r} cannot be put to {self.table} ({error}). Write it like "
                f"year == 1958 and source == 'plenum8_1959'; the columns are {columns}"
            ) from None
        return found[found[self.column].notna()]

    def figures(self, read=load):
        """The rival figures.

        Parameters
        ----------
        read : callable
            Gives the DataFrame of a table by its name.

        Returns
        -------
        list of Figure

        Raises
        ------
        DataError
            As :meth:`rows`; or if words are to be added up.
        """
        rows = self.rows(read)
        if rows.empty:
            return []
        if self.take == "each":
            return [
                self._figure(rows.iloc[[n]], rows[self.column].iloc[n]) for n in range(len(rows))
            ]
        if self.take == "count":
            rows = rows[~unread(rows)]
            return [self._figure(rows, float(len(rows)))] if len(rows) else []
        if not pd.api.types.is_numeric_dtype(rows[self.column]) and self.take not in ("max", "min"):
            raise DataError(
                f"{self.take} needs numbers, and {self.column!r} of {self.table} is words"
            )
        return [self._figure(rows, getattr(rows[self.column], self.take)())]

    def _figure(self, rows, value):
        sources = dict.fromkeys(rows["source"]) if "source" in rows else ()
        said = self.table == "account_claims"  # what an account says, whether or not it is so
        grades = ("primary",) if said else tuple(dict.fromkeys(rows.get("verification", ())))
        many = f"{self.take} of {len(rows)} rows; " if self.take != "each" else ""
        return Figure(
            str(value).removesuffix(" 00:00:00")
            if isinstance(value, str | pd.Timestamp)
            else float(value),
            f"{many}{'; '.join(map(cite, sources)) or self.table}; {listed(grades)}",
            grades,
            not said and "verification" in rows and bool(unread(rows).any()),
        )


@dataclass(frozen=True)
class Check:
    """What is asked of the tables for one claim.

    Attributes
    ----------
    first : Quantity
    second : Quantity or float, optional
        What it is put beside; a number for one that is supposed.
    operation : str
        A name of ``OPERATIONS``; empty for the first quantity itself; ``told``: rows of the first
        quantity say what the claim says, rows of the second the contrary; or ``denied``: the
        other way around.
    factor : float
        From the result to the unit of the claim.
    low, high : float, str or None
        The range of the claim; dates in ISO order, to the day, the month or the year.
    unit : str
    beside_the_argument : bool
        The argument of the account does not rest on it.
    tolerance, wide : float
        Shares of an end of the range.
    """

    first: Quantity
    second: object = None
    operation: str = ""
    factor: float = 1.0
    low: object = None
    high: object = None
    unit: str = ""
    beside_the_argument: bool = False
    tolerance: float = TOLERANCE
    wide: float = WIDE

    @property
    def dated(self):
        """Whether dates are compared."""
        return self.unit == "year" or isinstance(self.low, str) or isinstance(self.high, str)

    def run(self, read=load):
        """Look the rows up, work the figures, and judge.

        Parameters
        ----------
        read : callable
            Gives the DataFrame of a table by its name.

        Returns
        -------
        Outcome

        Raises
        ------
        DataError
            If a quantity cannot be looked up, or figures and range are not of one kind.
        """
        first = _figures(self.first, read)
        second = _figures(self.second, read)
        if self.operation in WORDS:
            return self._told(first, second)
        steps, best = [], []
        if self.second is None:
            pairs = [(figure,) for figure in first]
        else:
            pairs = list(product(first, second))
        for pair in pairs:
            value, told = self._worked(*pair)
            distance = self._distance(value)
            grades = tuple(dict.fromkeys(grade for figure in pair for grade in figure.grades))
            by = " and ".join(dict.fromkeys(figure.told for figure in pair))
            open_ = any(figure.unread for figure in pair)
            best.append((value, distance, open_, grades))
            away = self._away(distance) + NOT_READ * open_
            steps.append(f"{told} [{by}]: {away}")
        for quantity, found in ((self.first, first), (self.second, second)):
            if quantity is not None and not found:
                steps.append(f"No row: {quantity}")
        read_ = [(value, distance, grades) for value, distance, open_, grades in best if not open_]
        verdict = verdict_of(
            [distance for _, distance, _ in read_],
            *((0, DAYS) if self.dated else (self.tolerance, self.wide)),
            self.beside_the_argument,
        )
        return Outcome(
            verdict,
            self.claimed(),
            tuple(steps),
            tuple(value for value, _, _ in read_),
            tuple(dict.fromkeys(grade for *_, grades in (read_ or best) for grade in grades)),
        )

    def _told(self, first, second):
        sides = [(self.first, first), (self.second, second)]
        if self.operation == "denied":
            sides.reverse()
        steps, counted = [], []
        for word, (quantity, found) in zip(("so", "otherwise"), sides, strict=True):
            steps += [
                f"Says {word}: {_said(figure, quantity)} [{figure.told}]{NOT_READ * figure.unread}"
                for figure in found
            ]
            if quantity is not None and not found:
                steps.append(f"No row that says {word}: {quantity}")
            counted += [(figure, 0.0 if word == "so" else inf) for figure in found]
        counted = [(figure, distance) for figure, distance in counted if not figure.unread]
        return Outcome(
            verdict_of([distance for _, distance in counted], 0, 0, self.beside_the_argument),
            "a row that says so, and none that says otherwise",
            tuple(steps),
            tuple(figure.value for figure, _ in counted),
            tuple(dict.fromkeys(grade for figure, _ in counted for grade in figure.grades)),
        )

    def _worked(self, a, b=None):
        """The figure in the unit of the claim, and how it came about."""
        if b is None:
            value, told = a.value, None
            if self.dated and not isinstance(value, str):
                value = f"{value:.0f}"
        else:
            work, form = OPERATIONS[self.operation]
            try:
                value = work(a.value, b.value)
            except TypeError:
                raise DataError(
                    f"{self.operation} cannot be worked from {a.value!r} and {b.value!r}"
                ) from None
            except ZeroDivisionError:
                raise DataError(f"{self.operation} would divide by nought") from None
            told = form.format(a=shown(a.value), b=shown(b.value))
        if self.factor != 1:
            told = f"{f'({told})' if told else shown(value)} × {shown(self.factor)}"
            value = value * self.factor
        result = f"{shown(value)} {'' if self.dated else in_unit(self.unit)}".strip()
        return value, f"{told} = {result}" if told else result

    def _distance(self, value):
        """How far the figure lies outside the range: a share of the nearer end, or days."""
        if self.dated:
            return _days_outside(value, self.low, self.high)
        if isinstance(value, str):
            raise DataError(
                f"{value!r} of column {self.first.column!r} is no number, and the range is of "
                "numbers. Write dates like 1958-08, or give the unit year"
            )
        low, high = (
            -inf if self.low is None else _number(self.low),
            inf if self.high is None else _number(self.high),
        )
        if low <= value <= high:
            return 0.0
        end = low if value < low else high
        return abs(value - end) / abs(end) if end else inf

    def _away(self, distance):
        """The distance in words."""
        if not distance:
            return "as the claim has it"
        if self.dated:
            return f"{distance} day{'s' * (distance != 1)} off"
        return f"{shown(100 * distance)} per cent off" if isfinite(distance) else "not nought"

    def claimed(self):
        """What the figure must be for the claim to hold, with the tolerance.

        Returns
        -------
        str
        """
        if self.dated:
            ends = (end and in_words(_iso(end)) for end in (self.low, self.high))
            form, rule = DATE_FORMS, f"as printed; up to {DAYS} days off is imprecise"
        else:
            ends = (None if end is None else shown(end) for end in (self.low, self.high))
            form = NUMBER_FORMS
            rule = f"within {shown(100 * self.tolerance)} per cent; up to {shown(100 * self.wide)}"
            rule += " is imprecise"
        low, high = ends
        case = (
            "only" if low == high else "low" if high is None else "high" if low is None else "both"
        )
        unit = "" if self.dated else in_unit(self.unit)
        return " ".join(form[case].format(low=low, high=high, unit=unit).split()) + f" ({rule})"

    def supposing(self, **changes):
        """The same check with an assumption changed.

        Parameters
        ----------
        **changes
            ``tolerance``, ``wide``, ``low``, ``high``, ``factor``, ``operation``; ``table``,
            ``query``, ``column`` and ``take`` of the first quantity, and with ``_2`` behind of the
            second; ``first`` or ``second``, a number in place of what the tables have.

        Returns
        -------
        Check

        Raises
        ------
        DataError
            If there is no such assumption in it.
        """
        own = {
            key: changes.pop(key)
            for key in (
                "tolerance",
                "wide",
                "low",
                "high",
                "factor",
                "operation",
                "first",
                "second",
            )
            if key in changes
        }
        for side, behind in (("first", ""), ("second", "_2")):
            parts = {
                key: changes.pop(key + behind)
                for key in ("table", "query", "column", "take")
                if key + behind in changes
            }
            quantity = getattr(self, side)
            if parts and not isinstance(quantity, Quantity):
                raise DataError(
                    f"the check has no {side} quantity, so {listed(parts)} says nothing"
                )
            if parts:
                own[side] = replace(quantity, **parts)
        if changes:
            raise DataError(
                f"the check has nothing called {listed(changes)}; what can be supposed is "
                "tolerance, wide, low, high, factor, operation, first, second, table, query, "
                "column, take, and the last four with _2 behind"
            )
        return replace(self, **own)


@dataclass(frozen=True)
class Outcome:
    """What a check came to.

    Attributes
    ----------
    verdict : str
    claimed : str
        The range and the tolerance.
    steps : tuple of str
        A line a figure: the arithmetic, rows with source and grade, the distance.
    figures : tuple
        The figures that count, in the unit of the claim.
    grades : tuple of str
        Of the rows that they rest on.
    """

    verdict: str
    claimed: str
    steps: tuple
    figures: tuple
    grades: tuple


def verdict_of(distances, tolerance=TOLERANCE, wide=WIDE, beside_the_argument=False):
    """The one rule: the verdict from how far each figure that was read lies outside a claim.

    Parameters
    ----------
    distances : list of float
        One a rival figure, as a share of the nearer end of the claim's range; 0 inside it.
    tolerance, wide : float
        Shares within which a claim holds, and within which it is imprecise.
    beside_the_argument : bool
        Whether the account's argument does not rest on the claim.

    Returns
    -------
    str
        ``undecided`` without a figure; ``holds`` if all lie within the tolerance; ``contested`` if
        some do; if none does, ``slip`` where the argument does not rest on it, else ``imprecise``
        if the nearest lies within the wider tolerance, else ``fails``.

    Examples
    --------
    >>> verdict_of([0.0, 0.04]), verdict_of([0.0, 0.2]), verdict_of([0.1]), verdict_of([0.2])
    ('holds', 'contested', 'imprecise', 'fails')
    >>> verdict_of([]), verdict_of([0.2], beside_the_argument=True)
    ('undecided', 'slip')
    """
    within = [distance <= tolerance for distance in distances]
    if not within:
        return "undecided"
    if any(within):
        return "holds" if all(within) else "contested"
    if beside_the_argument:
        return "slip"
    return "imprecise" if min(distances) <= wide else "fails"


def shown(value):
    """A number to four figures, or a date, as a sentence has it.

    Parameters
    ----------
    value : float or str

    Returns
    -------
    str

    Examples
    --------
    >>> shown(23397.0), shown(0.0040176), shown("1958-08"), shown(2)
    ('23,397', '0.004018', 'August 1958', '2')
    """
    if isinstance(value, str):
        return in_words(value)
    value = float(value)
    if not value or not isfinite(value):
        return f"{value:g}"
    digits = max(0, 3 - floor(log10(abs(value))))
    text = f"{value:,.{digits}f}".replace("-", "−")
    return text.rstrip("0").rstrip(".") if digits else text


def in_unit(unit):
    """A unit as a sentence has it.

    Parameters
    ----------
    unit : str

    Returns
    -------
    str

    Examples
    --------
    >>> in_unit("million_t"), in_unit("percent"), in_unit("ratio")
    ('million t', 'per cent', '')
    """
    return {"percent": "per cent", "ratio": ""}.get(unit, unit.replace("_", " "))


def _said(figure, quantity):
    """The words of a row, or its number with where it stands."""
    words = isinstance(figure.value, str)
    return figure.value if words else f"{shown(figure.value)}, {quantity.table} ({quantity.query})"


def _figures(quantity, read):
    if quantity is None:
        return []
    if isinstance(quantity, Quantity):
        return quantity.figures(read)
    return [Figure(quantity, "supposed", (), False)]


def _number(end):
    try:
        return float(end)
    except ValueError:
        raise DataError(f"the range has {end!r} where the figures are numbers") from None


def _iso(date):
    """A date as text; a year may come as a number."""
    return date if isinstance(date, str) else f"{date:.0f}"


def _years(date):
    return float(decimal_year([date])[0])


def _span(date):
    """First and last day of a date written to the day, the month or the year."""
    unit = {4: "Y", 7: "M", 10: "D"}[len(date)]
    first = np.datetime64(date, unit)
    return first.astype("datetime64[D]"), (first + 1).astype("datetime64[D]") - 1


def _days_outside(date, low, high):
    """Days between a date and a range, 0 where they meet at the precision printed."""
    first, last = _span(date)
    start = first if low is None else _span(_iso(low))[0]
    end = last if high is None else _span(_iso(high))[1]
    return max(int((start - last).astype(int)), int((first - end).astype(int)), 0)
