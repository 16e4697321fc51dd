"""Lessons 51 to 56: registers, censuses, places and ages, tolls in print, and famines elsewhere."""
