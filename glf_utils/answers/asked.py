"""What the parts ask: exercises with their slips, guesses, and where each is found."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

PARTS = (
    "start",
    "soviet_model",
    "commune_structure",
    "statistics_inflation",
    "procurement_and_hunger",
    "death_toll",
    "weighing_the_sources",
)
"""Parts of the course by the first figure of a lesson's number: 43 belongs to the fourth."""


@dataclass(frozen=True)
class Slip:
    """A wrong answer that the text or a table suggests, and one sentence that names it.

    Attributes
    ----------
    answer : callable or str
        Works the slip from data or models; a word stands for itself. One that cannot be worked
        out is passed over.
    says : str
        What the answer is, without the right one.
    """

    answer: Callable | str
    says: str


@dataclass(frozen=True)
class Exercise:
    """One exercise of a notebook.

    Attributes
    ----------
    id : str
        Notebook and number, as "11.3".
    name : str
        The variable the student fills.
    kind : type
        ``float``, ``str`` or ``list``.
    expected : callable
        Computes the answer from data or models.
    hints : tuple of str
        Three, none holding the answer.
    unit : str
        Of a number.
    tolerance : float
        Relative.
    choices : tuple of str
        The words a ``str`` answer may be.
    after : str
        Said when the answer is right.
    slips : tuple of Slip
        Wrong answers to be expected; the nearest that fits is named.
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
    slips: tuple = ()


@dataclass(frozen=True)
class Guess:
    """A question to answer before the next cell is run.

    Attributes
    ----------
    id : str
        Lesson and letter, as "11.a".
    asks : str
        The question.
    kind : type
        ``float`` or ``str``.
    found : callable
        Works the answer from data or models.
    choices : tuple of str
        The words a ``str`` may be.
    unit : str
        Of a number.
    says : callable or str
        What was found, in words; where it is left out, the answer alone.
    """

    id: str
    asks: str
    kind: type
    found: Callable
    choices: tuple = ()
    unit: str = ""
    says: Callable | str = ""
    name = "guess"

    def told(self):
        """What was found, in words.

        Returns
        -------
        str
        """
        said = self.says() if callable(self.says) else self.says
        return said or f"{as_shown(self.found())} {self.unit}".strip()


def as_shown(value):
    """A guess, or what was found, as a line prints it.

    Parameters
    ----------
    value : str or float

    Returns
    -------
    str

    Examples
    --------
    >>> as_shown("steel"), as_shown(130434.0), as_shown(42.09)
    ('steel', '130,434', '42.09')
    """
    return value if isinstance(value, str) else f"{float(value):,.6g}"


def part_of(notebook):
    """The part of the course that a notebook belongs to.

    Parameters
    ----------
    notebook : int
        Its number: 0, or 11 to 69.

    Returns
    -------
    str

    Examples
    --------
    >>> part_of(0), part_of(43)
    ('start', 'procurement_and_hunger')
    """
    return PARTS[notebook // 10]


def module_of(place):
    """A module of a part of the course, looked up when it is asked for.

    Parameters
    ----------
    place : str
        Part and module, such as ``"soviet_model.model"``.

    Returns
    -------
    module

    Examples
    --------
    >>> module_of("death_toll.rates").__name__
    'glf_utils.death_toll.rates'
    """
    return import_module(f"glf_utils.{place}")


def exercises(notebook):
    """The exercises of one notebook, by id.

    Parameters
    ----------
    notebook : int
        Its number: 0, or 11 to 69.

    Returns
    -------
    dict of str to Exercise
    """
    return declared(notebook, "EXERCISES")


def declared(notebook, what):
    """What a part declares for one of its notebooks, by id.

    Parameters
    ----------
    notebook : int
        Its number: 0, or 11 to 69.
    what : str
        ``"EXERCISES"`` or ``"GUESSES"``.

    Returns
    -------
    dict of str to Exercise or Guess
    """
    every = getattr(module_of(f"{part_of(notebook)}.exercises"), what, ())
    return {one.id: one for one in every if int(one.id.split(".")[0]) == notebook}


def find(given, what="EXERCISES"):
    """An exercise or a guess by its id, or a sentence saying why there is none.

    Parameters
    ----------
    given : object
        Such as ``"11.3"``, or ``"11.a"`` for a guess.
    what : str
        ``"EXERCISES"`` or ``"GUESSES"``.

    Returns
    -------
    Exercise, Guess or None
    str
        Empty where there is one.
    """
    kind, call, form = {
        "EXERCISES": ("exercise", 'check("11.3")', r"\d+[.]\d+"),
        "GUESSES": ("guess", 'guess("11.a", ...)', r"\d+[.][a-z]"),
    }[what]
    try:
        text = str(given).strip()
    except Exception:
        text = ""
    none = f"There is no {kind} {text or 'without a number'!r}"
    if not re.fullmatch(form, text, re.ASCII):
        return None, f"{none}: write it like {call}."
    number = int(text.split(".")[0])
    try:
        here = declared(number, what)
    except Exception as error:
        if isinstance(error, IndexError):
            return None, f"{none}: no notebook has the number {number}."
        return None, f"{text}  {excuse(error)}"
    if text not in here:
        others = f" here; there are {', '.join(here)}" if here else ""
        return None, f"{none}{others}. Write it like {call}."
    return here[text], ""


def excuse(error):
    """What to say of an error that is not the student's.

    Parameters
    ----------
    error : Exception

    Returns
    -------
    str

    Examples
    --------
    >>> excuse(ValueError("no such table"))
    'the right answer could not be worked out, which is not your doing: ValueError: no such table'
    """
    if isinstance(error, ModuleNotFoundError):
        return (
            f"{error.name} is not installed, so this cannot be checked: start the notebooks "
            "with `python run.py lab`, which installs it, and restart the kernel."
        )
    return f"the right answer could not be worked out, which is not your doing: {said(error)}"


def said(error):
    """An error in words, even one that cannot be put in words.

    Parameters
    ----------
    error : Exception

    Returns
    -------
    str

    Examples
    --------
    >>> said(KeyError("steel"))
    "KeyError: 'steel'"
    """
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:
        return type(error).__name__
