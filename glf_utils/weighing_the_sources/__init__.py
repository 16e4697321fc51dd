"""Lessons 61 and 62: the four accounts as sources, their claims, and what numbers decide."""
