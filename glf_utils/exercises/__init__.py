"""Exercises in the notebooks: ``check`` an answer by its name, ask for a ``hint``.

``checker`` does the work; ``nb00`` to ``nb05`` declare each notebook's exercises.
"""

from .checker import Exercise, check, hint

__all__ = ["Exercise", "check", "hint"]
