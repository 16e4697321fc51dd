"""Answers: ``check`` one by its name, ask for a ``hint``; ``guess`` before you look.

``asked`` says what an exercise and a guess are, and finds them: each part declares its own in its
``exercises``. ``checker`` and ``guessing`` look at what is answered; ``assigned`` deals numbers
that are a student's own.
"""

from glf_utils.answers.asked import Exercise, Guess, Slip
from glf_utils.answers.checker import check, hint
from glf_utils.answers.guessing import guess, guesses

__all__ = ["Exercise", "Guess", "Slip", "check", "guess", "guesses", "hint"]
