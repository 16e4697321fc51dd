"""Notebook 01: two sectors, towns to feed, half of the Soviet Union."""
