"""Lessons 21 to 23: the unit that owned the harvest, work points, the mess hall."""
