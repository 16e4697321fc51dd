"""Answers: ``check`` one by its name, ask for a ``hint``; ``guess`` before you look.

``checker`` and ``guessing`` do the work, ``assigned`` deals numbers that are a student's own; each
part declares its exercises and guesses in its own ``exercises``.
"""

from glf_utils.answers.checker import Exercise, Slip, check, hint
from glf_utils.answers.guessing import Guess, guess, guesses

__all__ = ["Exercise", "Guess", "Slip", "check", "guess", "guesses", "hint"]
