"""Notebook 03: how a report grows on its way up, and who asked for it."""
