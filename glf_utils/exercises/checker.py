"""Check a student's answer by the name of its variable, in words, without ever raising.

The first thing wrong is said and nothing else: missing, type, shape, units or sign, value.
"""

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from numbers import Real

import numpy as np

POWERS = (10, 100, 1_000, 10_000, 100_000, 1_000_000, 1_000_000_000)
"""Slips of unit worth naming: percent for share, thousand … million, kg for million tonnes."""


@dataclass(frozen=True)
class Exercise:
    """One exercise of a notebook.

    ``id`` is notebook and number ("1.3"); ``name`` is the variable the student fills; ``kind`` is
    ``float``, ``str`` or ``list``; ``expected`` computes the answer from data or models;
    ``tolerance`` is relative; ``choices`` lists the words a ``str`` answer may be; ``hints`` are
    three, none holding the answer; ``after`` is said when the answer is right.
    """

    id: str
    name: str
    kind: type
    expected: Callable
    hints: tuple
    unit: str = ""
    tolerance: float = 0.01
    choices: tuple = ()
    after: str = ""


_passed = set()
_hints_given = {}


def exercises(notebook):
    """The exercises of one notebook, by id.

    Parameters
    ----------
    notebook : int
        0 to 5.

    Returns
    -------
    dict of str to Exercise
    """
    module = import_module(f"{__package__}.nb{notebook:02d}")
    return {exercise.id: exercise for exercise in module.EXERCISES}


def check(exercise_id):
    """Say whether the answer to an exercise holds, looking its variable up by name.

    Prints one line and never raises, so an unanswered exercise does not stop a notebook.

    Parameters
    ----------
    exercise_id : str
        Such as ``"1.3"``.
    """
    names = sys._getframe(1).f_globals
    exercise, problem = _find(exercise_id)
    if problem:
        print(problem)
        return
    try:
        complaint = judge(exercise, names.get(exercise.name, ...))
    except Exception as error:  # a student's object may do anything
        complaint = f"this answer could not be read ({type(error).__name__}: {error})"
    if complaint:
        print(f'{exercise.id}  {complaint}\n     For a hint: hint("{exercise.id}")')
        return
    _passed.add(exercise.id)
    of_notebook = exercises(int(exercise.id.split(".")[0]))
    done = len(_passed & set(of_notebook))
    print(f"{exercise.id}  Public check passed ({done} of {len(of_notebook)}). {exercise.after}")


def hint(exercise_id):
    """Print the next of three hints; after the third, start again.

    Parameters
    ----------
    exercise_id : str
        Such as ``"1.3"``.
    """
    exercise, problem = _find(exercise_id)
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
    """
    problem = form_problem(exercise, answer)
    if problem:
        return problem
    if exercise.kind is str:
        right = answer.strip().lower() == exercise.expected().lower()
        return "" if right else "not this one. Look again at what stands just above."
    if exercise.kind is float:
        return _judge_number(exercise, _number(answer), float(exercise.expected()))
    return _judge_list(exercise, answer)


def form_problem(exercise, answer):
    """What keeps an answer from being judged: missing, of another type or length; or "".

    Examples
    --------
    >>> change = Exercise("9.2", "change", str, lambda: "fell", (), choices=("fell", "rose"))
    >>> form_problem(change, "sank")
    '"sank" is not among the choices: one of "fell", "rose".'
    """
    wanted = _wanted(exercise)
    if isinstance(answer, tuple) and exercise.kind is float:
        return "write one number, with a decimal point and not a comma."
    if answer is ... or answer is None:
        return f"not answered yet: give `{exercise.name}` {wanted} in place of the dots."
    kind = type(answer).__name__
    article = "an" if kind[0] in "aeiou" else "a"
    other = f"`{exercise.name}` should be {wanted}, and this is {article} {kind}."
    if exercise.kind is str:
        if not isinstance(answer, str):
            return other
        if answer.strip().lower() not in [choice.lower() for choice in exercise.choices]:
            return f'"{answer}" is not among the choices: {wanted}.'
    elif exercise.kind is float:
        number = _number(answer)
        if isinstance(number, bool) or not isinstance(number, Real):
            return other
        if not math.isfinite(number):
            return (f"`{exercise.name}` is {number}: "
                    "a division by zero or a missing value on the way?")
    else:
        try:
            given = np.asarray(list(answer), float)
        except (TypeError, ValueError):
            return other
        size = np.size(exercise.expected())
        if given.shape != (size,):
            return f"it should hold {size} numbers, and this holds {given.size}."
    return ""


def near_miss(exercise, answer, truth):
    """What is wrong with a number right but for its sign or a power of ten of its unit; or ""."""
    number = _number(answer)
    if truth and _near(number, -truth, exercise.tolerance):
        return "the size is right and the sign is not: which minus which?"
    unit = in_brackets(exercise.unit)
    weights = (2,) if any(word in exercise.unit for word in ("kg", "jin", "tonnes")) else ()
    for factor in (*weights, *POWERS):
        for scaled, size in ((truth * factor, "large"), (truth / factor, "small")):
            if truth and _near(number, scaled, exercise.tolerance):
                return f"about {factor:,} times too {size}: check the units{unit}."
    return ""


def _number(answer):
    """A number out of whatever holds just one."""
    if isinstance(answer, np.ndarray | list | tuple) and np.size(answer) == 1:
        answer = np.asarray(answer).ravel()[0]
    if hasattr(answer, "item") and getattr(answer, "size", 1) == 1:
        answer = answer.item()
    return answer


def _wanted(exercise):
    if exercise.kind is str:
        return "one of " + ", ".join(f'"{choice}"' for choice in exercise.choices)
    noun = "a number" if exercise.kind is float else "a list of numbers"
    return noun + in_brackets(exercise.unit)


def in_brackets(unit):
    """A unit as it follows a noun or a number: a space and brackets, or nothing."""
    return f" {unit}" if unit.startswith("(") else f" ({unit})" if unit else ""


def _judge_number(exercise, answer, truth):
    if _near(answer, truth, exercise.tolerance):
        return ""
    return (near_miss(exercise, answer, truth) or _other_way(exercise, answer, truth)
            or "not this value yet.")


def _other_way(exercise, answer, truth):
    """A slip of reasoning that would explain a wrong number, or an empty string."""
    def near(value):
        return value != 0 and _near(answer, value, exercise.tolerance)

    if truth and near(1 / truth):
        return "the other way round: which number is divided by which?"
    if exercise.unit.startswith("per cent") and (near(100 + truth) or near(1 + truth / 100)):
        return "this is the ratio; a rise is what it has over 1, times 100."
    return ""


def _judge_list(exercise, answer):
    truth = np.asarray(exercise.expected(), float).ravel()
    for place, (given, true) in enumerate(zip(answer, truth, strict=True), 1):
        verdict = _judge_number(exercise, float(given), true)
        if verdict:
            return f"number {place} of {truth.size}: {verdict}"
    return ""


def _near(answer, truth, tolerance):
    return abs(answer - truth) <= max(tolerance * abs(truth), 1e-12)


def _find(exercise_id):
    """The exercise, or a sentence saying why there is none."""
    try:
        of_notebook = exercises(int(str(exercise_id).split(".")[0]))
        return of_notebook[str(exercise_id)], ""
    except (ValueError, ModuleNotFoundError):
        return None, f"There is no exercise {exercise_id!r}: write it like check(\"1.3\")."
    except KeyError:
        known = ", ".join(of_notebook)
        return None, f"There is no exercise {exercise_id!r} here; there are {known}."
