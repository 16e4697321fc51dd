"""Notebook 02: the unit that owned the harvest, work points, the mess hall."""
