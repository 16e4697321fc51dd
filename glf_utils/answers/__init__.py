"""Answers: ``check`` one by its name, ask for a ``hint``; numbers that are a student's own.

``checker`` does the work; each chapter declares its exercises in its own ``exercises``.
"""

from glf_utils.answers.checker import Exercise, Slip, check, hint

__all__ = ["Exercise", "Slip", "check", "hint"]
