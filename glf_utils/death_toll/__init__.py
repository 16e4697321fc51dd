"""Lessons 51 to 55: registers, censuses, places and ages, and the tolls in print."""
