"""Notebook 00: what happened, and who says so."""
