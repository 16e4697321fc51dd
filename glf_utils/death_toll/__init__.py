"""Notebook 05: registers, censuses and published tolls."""
