"""A country that reports: a tree of offices, a season, chance and a search for settings."""
