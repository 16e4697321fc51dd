"""Lessons 11 to 14: half of the Soviet Union, two sectors, towns to feed, an ally that leaves."""
