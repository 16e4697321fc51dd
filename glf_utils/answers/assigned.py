"""Problem sets handed in for marks: parameters of one's own, a look at the form, points with words.

A problem set calls :func:`personal` once and :func:`look` below each answer; the tests that only
the teacher's copy holds call :func:`drawn` and :func:`award`.
"""

import hashlib
import os
import sys
import unicodedata
from collections import namedtuple

import numpy as np

from glf_utils.answers.checker import (
    Exercise,
    form_problem,
    in_brackets,
    items_of,
    judge,
    near_miss,
    rounded,
    safely,
)

STUDENT_BEING_MARKED = "COURSEWORK_STUDENT"
"""While a set is marked, this environment variable says who handed it in; it outranks the cell."""

PLACEHOLDER = "write-yours-here"

_draws = []


def personal(student, problem_set, **options):
    """Draw one student's parameters, the same on every machine.

    Parameters
    ----------
    student : str
        The identifier the student was given; capitals, spaces and the form of accents do not count.
    problem_set : str
        Such as ``"ps3"``.
    **options : list
        For each parameter the values it may have.

    Returns
    -------
    namedtuple
        One value for each parameter; it cannot be changed.

    Examples
    --------
    >>> personal("s1234567", "ps9", province=["Anhui", "Gansu"], year=[1959, 1960])
    Mine(province='Anhui', year=1959)
    >>> personal(" S1234567 ", "ps9", province=["Anhui", "Gansu"], year=[1959, 1960])
    Mine(province='Anhui', year=1959)
    """
    student = os.environ.get(STUDENT_BEING_MARKED, student)
    if canonical(student) in ("", canonical(PLACEHOLDER)):
        print("Write your identifier between the quotation marks above, then run both cells again.")
    values = [choose(student, problem_set, name, listed) for name, listed in options.items()]
    _draws.append(namedtuple("Mine", options)(*values))
    return _draws[-1]


def canonical(student):
    """Return an identifier as it is compared: no spaces, no capitals, one form of each accent.

    Parameters
    ----------
    student : str
        The identifier as it was written.

    Returns
    -------
    str

    Examples
    --------
    >>> canonical(" S 123-A ")
    's123-a'
    """
    return "".join(unicodedata.normalize("NFKC", str(student)).casefold().split())


def choose(student, problem_set, name, options):
    """Return the option that the identifier points at: SHA-256, modulo how many there are.

    Parameters
    ----------
    student : str
        The identifier.
    problem_set : str
        Such as ``"ps3"``.
    name : str
        Of the parameter.
    options : list
        The values it may have.

    Returns
    -------
    object
        One of the options.

    Examples
    --------
    >>> choose("s1234567", "ps9", "province", ["Anhui", "Gansu"])
    'Anhui'
    """
    seed = f"{problem_set}/{name}/{canonical(student)}".encode()
    return options[int.from_bytes(hashlib.sha256(seed).digest(), "big") % len(options)]


def drawn():
    """Return the parameters drawn first in this session, whatever the name ``mine`` now holds."""
    return _draws[0]


def look(name, unit="", choices=(), items=0):
    """Say whether an answer has the right form, not whether it is true; prints one line.

    Parameters
    ----------
    name : str
        Of the variable that holds the answer.
    unit : str
        Of a number, or of the numbers of a list.
    choices : tuple of str
        The words that may be given; none for a number.
    items : int
        How many numbers a list must hold; 0 for a single number.
    """
    form = _declare(name, unit, choices, expected=[0.0] * items if items else 0.0)
    answer = sys._getframe(1).f_globals.get(name, ...)
    problem = safely(form_problem, form, answer)
    print(
        problem[:1].upper() + problem[1:]
        if problem
        else f"`{name}` has the right form. Whether it is right is marked later."
    )


def award(points, name, expected, unit="", tolerance=0.01, choices=(), slips=(), after=""):
    """Print what an answer earns and why, and return the points.

    A number that is right but for its sign or a power of ten of its unit earns half, one right but
    for rounding three quarters. In a list of the right length every number earns its part.

    Parameters
    ----------
    points : int
        For a right answer.
    name : str
        Of the variable that holds the answer; a missing one earns 0.
    expected : float, str or list of float
        The right answer for this student.
    unit : str
        As :func:`look` has it.
    choices : tuple of str
        As :func:`look` has them.
    tolerance : float
        Relative.
    slips : list of (value, share, str)
        Answers that a known slip gives, the share of the points each earns, and what to say; all
        of them if it only follows from a slip that has cost its points before.
    after : str
        What to say of a right answer.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If a slip cannot be told from the right answer, or its share is none.
    """
    form = _declare(name, unit, choices, expected, tolerance)
    for value, share, _ in slips:
        if not 0 <= share <= 1 or not safely(judge, form, value):
            raise ValueError(
                f"the slip {value!r} of {name} is the right answer, or no share is {share}"
            )
    answer = sys._getframe(1).f_globals.get(name, ...)
    problem = safely(judge, form, answer)
    share, words = (0, problem) if problem else (1, after)
    if problem:
        for value, part, message in slips:
            if not safely(judge, _declare(name, unit, choices, value, tolerance), answer):
                share, words = part, message
                break
        else:
            share = _part(form, answer, expected)
        words = "no answer was left." if words.startswith("not answered") else words
        words = f"{words.replace(' yet.', '.')} {_ours(expected, unit)}"
    earned = round(2 * points * share) / 2
    print(f"{earned:g} of {points} points. {words[:1].upper() + words[1:]}".strip())
    return earned


def _declare(name, unit, choices, expected, tolerance=0.01):
    kind = str if choices else list if np.ndim(expected) else float
    return Exercise("", name, kind, lambda: expected, (), unit, tolerance, tuple(choices))


def _part(form, answer, expected):
    """The share that a wrong answer earns: less of a number for a slip of sign or unit than of
    rounding."""
    given = items_of(answer) if form.kind is list else [answer]
    if form.kind is str or given is None or len(given) != np.size(expected):
        return 0
    shares = []
    for one, true in zip(given, np.ravel(expected), strict=True):
        number = _declare(form.name, form.unit, (), true, form.tolerance)
        one = ... if form.kind is list and isinstance(one, list | tuple) else one
        problem = safely(judge, number, one)
        slips = {
            safely(near_miss, number, one, true): 0.5,
            safely(rounded, number, one, true): 0.75,
        }
        shares.append(slips.get(problem, 0) if problem else 1)
    return sum(shares) / len(shares)


def _ours(expected, unit):
    if isinstance(expected, str):
        return f'Here it is "{expected}".'
    numbers = ", ".join(f"{number:.4g}" for number in np.ravel(expected))
    of = f" {unit}" if 0 < len(unit.split()) <= 3 else in_brackets(unit)
    return f"With your numbers it is {numbers}{of}."
