"""Lessons 41 to 47: what was grown, what was taken, what was left to eat."""
