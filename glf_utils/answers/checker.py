"""Check a student's answer by the name of its variable, in words, without ever raising.

The first thing wrong is said and nothing else: missing, type, shape, a slip the exercise knows,
units or sign, rounding, value.
"""

import math
import sys
import warnings
from collections.abc import Mapping, Set
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from numbers import Real

import numpy as np

from glf_utils.answers.asked import Exercise, Slip, excuse, exercises, find, said  # noqa: F401

POWERS = (10, 100, 1_000, 10_000, 100_000, 1_000_000, 1_000_000_000)
"""Slips of unit worth naming: percent for share, thousand … million, kg for million tonnes."""


_passed = set()
_hints_given = {}


def check(exercise_id):
    """Say whether the answer to an exercise holds, looking its variable up by name.

    Prints one line and never raises, so an unanswered exercise does not stop a notebook.

    Parameters
    ----------
    exercise_id : str
        Such as ``"11.3"``.
    """
    names = sys._getframe(1).f_globals
    exercise, problem = find(exercise_id)
    if problem:
        print(problem)
        return
    complaint = safely(judge, exercise, names.get(exercise.name, ...))
    if complaint:
        print(f'{exercise.id}  {complaint}\n     For a hint: hint("{exercise.id}")')
        return
    _passed.add(exercise.id)
    of_notebook = exercises(int(exercise.id.split(".")[0]))
    done = len(_passed & set(of_notebook))
    print(f"{exercise.id}  Right ({done} of {len(of_notebook)}). {exercise.after}")


def hint(exercise_id):
    """Print the next of three hints; after the third, start again.

    Parameters
    ----------
    exercise_id : str
        Such as ``"11.3"``.
    """
    exercise, problem = find(exercise_id)
    if problem:
        print(problem)
        return
    given = _hints_given.get(exercise.id, 0)
    _hints_given[exercise.id] = given + 1
    again, step = divmod(given, len(exercise.hints))
    opening = "Again, hint" if again else "Hint"
    print(f"{exercise.id}  {opening} {step + 1} of {len(exercise.hints)}: {exercise.hints[step]}")


def judge(exercise, answer):
    """The first thing wrong with an answer, or an empty string.

    Parameters
    ----------
    exercise : Exercise
    answer : object
        ``...`` means not answered.

    Returns
    -------
    str

    Raises
    ------
    OutOfOrder
        When the right answer cannot be worked out, which is not the student's doing.

    Examples
    --------
    >>> ratio = Exercise("9.1", "ratio", float, lambda: 0.5, ("a", "b", "c"), unit="a share")
    >>> judge(ratio, ...)
    'not answered yet: give `ratio` a number (a share) in place of the dots.'
    >>> judge(ratio, "half")
    '`ratio` should be a number (a share), and this is a str.'
    >>> judge(ratio, 50)
    'about 100 times too large: check the units (a share).'
    >>> judge(ratio, 0.5)
    ''
    >>> tables = Slip(lambda: 0.2, "That is the share of another table.")
    >>> judge(Exercise("9.1", "ratio", float, lambda: 0.5, (), slips=(tables,)), 0.2)
    'That is the share of another table.'
    """
    problem = form_problem(exercise, answer)
    if problem:
        return problem
    truth = _truth(exercise)
    if _same(exercise, answer, truth):
        return ""
    slips = [(slip, worked) for slip in exercise.slips if (worked := _worked(slip)) is not None]
    fitting = [(slip, worked) for slip, worked in slips if _same(exercise, answer, worked)]
    if len(fitting) > 1 and exercise.kind is float:
        fitting.sort(key=lambda pair: abs(float(pair[1]) - number_of(answer)))
    if fitting:
        return fitting[0][0].says
    if exercise.kind is str:
        return "not this one. Look again at what stands just above."
    if exercise.kind is list:
        return _judge_list(exercise, answer, truth)
    number, truth = number_of(answer), float(truth)
    rounded = (slip.says for slip, worked in slips if _figures_kept(number, worked))
    return _misjudged(exercise, number, truth) or next(rounded, "not this value yet.")


@cache
def _worked(slip):
    """The answer that a slip gives; None if it cannot be worked out."""
    try:
        return slip.answer() if callable(slip.answer) else slip.answer
    except Exception:  # a table may be missing; then the other slips are still looked for
        return None


def _same(exercise, answer, value):
    """Whether an answer of the right form is this value, within the tolerance."""
    if exercise.kind is str:
        return str.strip(answer).lower() == value.lower()
    given = items_of(answer) if exercise.kind is list else [answer]
    return all(
        _near(number_of(one), float(other), exercise.tolerance)
        for one, other in zip(given, np.ravel(value), strict=True)
    )


def form_problem(exercise, answer):
    """What keeps an answer from being judged: missing, of another type or length; or "".

    Parameters
    ----------
    exercise : Exercise
        What was asked.
    answer : object
        Whatever the student left.

    Returns
    -------
    str

    Examples
    --------
    >>> change = Exercise("9.2", "change", str, lambda: "fell", (), choices=("fell", "rose"))
    >>> form_problem(change, "sank")
    '"sank" is not among the choices: one of "fell", "rose".'
    """
    wanted = wanted_of(exercise)
    if isinstance(answer, tuple) and exercise.kind is float:
        return (
            "write one number, with a decimal point and not a comma: 1.5 for one and a half, "
            "50000 or 50_000 for fifty thousand."
        )
    if answer is ... or answer is None:
        return f"not answered yet: give `{exercise.name}` {wanted} in place of the dots."
    other = f"`{exercise.name}` should be {wanted}, and this is {_kind(answer)}."
    if exercise.kind is str:
        if not isinstance(answer, str):
            return other
        if str.strip(answer).lower() not in [choice.lower() for choice in exercise.choices]:
            shown = " ".join(str.split(answer))
            shown = shown if len(shown) <= 40 else f"{shown[:40]}…"
            return f'"{shown}" is not among the choices: {wanted}.'
    elif exercise.kind is list:
        wanted = f"`{exercise.name}` should be {wanted}"
        if isinstance(answer, np.ndarray) and answer.ndim > 1:
            return f"{wanted} in one row, and this has the shape {answer.shape}."
        return other if items_of(answer) is None else _list_problem(exercise, answer, wanted)
    else:
        number = number_of(answer)
        if number is None:
            parts = getattr(type(answer), "__dataclass_fields__", ())
            part = next((name for name in ("total", "gap") if name in parts), "")
            return f"{other[:-1]}: take its `.{part}`." if part else other
        if not math.isfinite(number):
            return f"`{exercise.name}` is {number}: {_LOST}"
    return ""


_LOST = "a division by zero or a missing value on the way?"


def _list_problem(exercise, answer, wanted):
    """What keeps a list from being judged."""
    items, size = items_of(answer), np.size(_truth(exercise))
    if len(items) != size:
        commas = " A comma inside a number makes two of it." if len(items) > size else ""
        return f"it should hold {size} numbers, and this holds {len(items)}.{commas}"
    for place, item in enumerate(items, 1):
        number = number_of(item)
        if item is ... or number is None or isinstance(item, list | tuple):
            what = "not answered yet" if item is ... else _kind(item)
            return f"{wanted}, and number {place} of {size} is {what}."
        if not math.isfinite(number):
            return f"number {place} of {size} is {number}: {_LOST}"
    return ""


def _kind(answer):
    name = type(answer).__name__ or "object"
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


def near_miss(exercise, answer, truth):
    """What is wrong with a number right but for its sign or a power of ten of its unit; or "".

    Parameters
    ----------
    exercise : Exercise
        For its unit and tolerance.
    answer, truth : float
        In that unit.

    Returns
    -------
    str

    Examples
    --------
    >>> steel = Exercise("9.3", "steel", float, lambda: 5.35, (), unit="million tonnes")
    >>> near_miss(steel, 5350, 5.35)
    'about 1,000 times too large: check the units (million tonnes).'
    """
    number = number_of(answer)
    if truth and _near(number, -truth, exercise.tolerance):
        return "the size is right and the sign is not: which minus which?"
    unit = in_brackets(exercise.unit)
    weights = (2,) if any(word in exercise.unit for word in ("kg", "jin", "tonnes")) else ()
    for factor in (*weights, *POWERS):
        for scaled, size in ((truth * factor, "large"), (truth / factor, "small")):
            if truth and _near(number, scaled, exercise.tolerance):
                return f"about {factor:,} times too {size}: check the units{unit}."
    return ""


def number_of(answer):
    """A number out of whatever holds just one, nan for a missing one; None if it is no number.

    Parameters
    ----------
    answer : object
        Whatever the student left.

    Returns
    -------
    float or None

    Examples
    --------
    >>> number_of([2]), number_of(np.float32(2)), number_of(None), number_of("2"), number_of(True)
    (2.0, 2.0, nan, None, None)
    """
    while isinstance(answer, list | tuple) and len(answer) == 1:
        answer = answer[0]
    if isinstance(answer, np.ma.MaskedArray) and np.ma.is_masked(answer):
        return math.nan if answer.size == 1 else None
    if hasattr(type(answer), "item") and hasattr(type(answer), "size") and answer.size == 1:
        answer = answer.item()
    if answer is None or type(answer).__name__ in ("NAType", "NaTType"):
        return math.nan
    if isinstance(answer, bool | np.bool_) or not isinstance(answer, Real | Decimal):
        return None
    try:
        return float(answer)
    except OverflowError:
        return math.inf
    except ValueError:  # the Decimal sNaN
        return math.nan


def items_of(answer):
    """The items of an answer that is a list of any kind; None if it is not one.

    Texts, sets, dictionaries, tables and arrays of more than one row are no lists, nor is what can
    be gone through only once.

    Parameters
    ----------
    answer : object
        Whatever the student left.

    Returns
    -------
    list or None

    Examples
    --------
    >>> items_of((1, 2)), items_of("12"), items_of(iter([1, 2]))
    ([1, 2], None, None)
    """
    kind = type(answer)
    if isinstance(answer, str | bytes | bytearray | Mapping | Set) or hasattr(kind, "columns"):
        return None
    if not hasattr(kind, "__len__") or isinstance(answer, np.ndarray) and answer.ndim != 1:
        return None
    try:
        return answer.tolist() if isinstance(answer, np.ma.MaskedArray) else list(answer)
    except Exception:  # a student's object may do anything
        return None


def wanted_of(exercise):
    """What an answer should be, in words.

    Parameters
    ----------
    exercise : Exercise or Guess

    Returns
    -------
    str

    Examples
    --------
    >>> wanted_of(Exercise("9.1", "ratio", float, lambda: 0.5, (), unit="a share"))
    'a number (a share)'
    """
    if exercise.kind is str:
        return "one of " + ", ".join(f'"{choice}"' for choice in exercise.choices)
    noun = "a number" if exercise.kind is float else "a list of numbers"
    return noun + in_brackets(exercise.unit)


def in_brackets(unit):
    """A unit as it follows a noun or a number: a space and brackets, or nothing.

    Parameters
    ----------
    unit : str
        With or without brackets; may be empty.

    Returns
    -------
    str

    Examples
    --------
    >>> in_brackets("kg"), in_brackets("(of 1957)"), in_brackets("")
    (' (kg)', ' (of 1957)', '')
    """
    return f" {unit}" if unit.startswith("(") else f" ({unit})" if unit else ""


def _misjudged(exercise, answer, truth):
    """What would explain a wrong number, whatever the exercise; or an empty string."""
    return (
        near_miss(exercise, answer, truth)
        or _other_way(exercise, answer, truth)
        or rounded(exercise, answer, truth)
    )


def _other_way(exercise, answer, truth):
    """A slip of reasoning that would explain a wrong number, or an empty string."""

    def near(value):
        return value != 0 and _near(answer, value, exercise.tolerance)

    unit = exercise.unit
    whole = 100 if unit.startswith("per cent") else 1
    if truth and (near(1 / truth) or near(whole**2 / truth)):
        return "the other way round: which number is divided by which?"
    if whole == 100 and (near(100 + truth) or near(1 + truth / 100)):
        return "this is the ratio; a rise is what it has over 1, times 100."
    if (whole == 100 or "share" in unit) and near(whole - truth):
        return "this is the rest: together with what was asked for it makes the whole."
    if unit in ("a ratio", "a factor") and (near(truth - 1) or near(100 * (truth - 1))):
        return f"this is a rise, and the question asks for {unit}: what does the start count as?"
    return ""


FIGURES = ("no", "one", "two", "three", "four", "five", "six")


def rounded(exercise, answer, truth):
    """How many figures to give, if a number is the right one with too few; or an empty string.

    Parameters
    ----------
    exercise : Exercise
        For its tolerance.
    answer, truth : float
        In the unit of the exercise.

    Returns
    -------
    str

    Examples
    --------
    >>> share = Exercise("9.1", "share", float, lambda: 0.18546, ())
    >>> rounded(share, 0.18, 0.18546), rounded(share, 0.2, 0.18546)
    ('right but for rounding: give it with three figures.', '')
    """
    kept = _figures_kept(number_of(answer), truth)
    if not kept:
        return ""
    enough = (
        figures
        for figures in range(kept + 1, len(FIGURES))
        if _near(float(f"{truth:.{figures - 1}e}"), truth, exercise.tolerance)
    )
    figures = next(enough, None)
    return f"right but for rounding: give it with {FIGURES[figures]} figures." if figures else ""


def _figures_kept(answer, value):
    """How many figures a number has that is the value rounded or cut off, if two or more; else 0.

    >>> _figures_kept(0.19, 0.1855), _figures_kept(0.18, 0.1855), _figures_kept(0.2, 0.1855)
    (2, 2, 0)
    """
    if not (np.isfinite(value) and abs(answer - value) < abs(value) / 10):
        return 0
    given, full = Decimal(repr(float(answer))).normalize(), Decimal(repr(float(value)))
    figures, last = len(given.as_tuple().digits), given.as_tuple().exponent
    if figures < 2 or figures >= len(full.as_tuple().digits):
        return 0
    rounded = (full.quantize(Decimal((0, (1,), last)), way) for way in (ROUND_HALF_UP, ROUND_DOWN))
    return figures if given in rounded else 0


def _judge_list(exercise, answer, truth):
    truth = np.asarray(truth, float).ravel()
    for place, (given, true) in enumerate(zip(items_of(answer), truth, strict=True), 1):
        given = number_of(given)
        if not _near(given, true, exercise.tolerance):
            fault = _misjudged(exercise, given, true) or "not this value yet."
            return f"number {place} of {truth.size}: {fault}"
    return ""


def _near(answer, truth, tolerance):
    return abs(answer - truth) <= max(tolerance * abs(truth), 1e-12)


class OutOfOrder(Exception):
    """An exercise cannot be judged, and not for anything in the answer."""


def _truth(exercise):
    try:
        return exercise.expected()
    except Exception as error:
        raise OutOfOrder(excuse(error)) from error


def safely(judgement, *parts):
    """Call a judgement on whatever a student left: any object, any warning, any error.

    Parameters
    ----------
    judgement : callable
        Returns a str.
    *parts : object
        What it is called with.

    Returns
    -------
    str
        What the judgement returns, or why it could not be made.

    Examples
    --------
    >>> safely(len, 3)
    "this answer could not be read (TypeError: object of type 'int' has no len())."
    """
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            return judgement(*parts)
        except OutOfOrder as trouble:
            return str(trouble)
        except Exception as error:
            return f"this answer could not be read ({said(error)})."
