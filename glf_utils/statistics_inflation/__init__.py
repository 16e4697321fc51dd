"""Lessons 31 to 34: how a report grows on its way up, and who asked for it."""
