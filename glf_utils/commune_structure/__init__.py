"""Lessons 21 to 25: the unit that owned the harvest, work points, the mess hall, the hands."""
