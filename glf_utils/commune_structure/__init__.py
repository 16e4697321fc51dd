"""Lessons 21 to 24: the unit that owned the harvest, work points, the mess hall."""
