"""Tables that travel through a spreadsheet; see classroom.py."""

from .classroom import read_table, separator_of, write_table  # noqa: F401
