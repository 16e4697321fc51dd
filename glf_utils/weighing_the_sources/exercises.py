"""Exercises of lessons 61 and 62: the right answers are worked from the data."""

EXERCISES = ()
GUESSES = ()
