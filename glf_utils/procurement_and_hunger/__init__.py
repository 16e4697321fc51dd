"""Notebook 04: what was grown, what was taken, what was left to eat."""
