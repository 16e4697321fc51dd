"""Lessons 41 to 46: what was grown, what was taken, what was left to eat."""
