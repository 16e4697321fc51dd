"""`python tools/size.py`: the lines that hold code, apart from what explains it."""

import subprocess
import sys

from conftest import ROOT
from size import count

SOURCE = '''"""What it does,

in two lines."""

import os  # counts

# does not
LONG = """a text
of two lines"""
"""About it."""


def name(
    argument,
):
    """A docstring."""
    return argument
'''


def test_docstrings_comments_and_blanks_are_no_code():
    assert count(SOURCE) == (17, 7)
    assert count("") == (0, 0)


def test_every_place_has_its_line():
    words = [sys.executable, str(ROOT / "tools/size.py")]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.split()[0] for line in said][:3] == ["glf_utils", "coursework/marking", "edition"]
    for line in said:
        files, lines, code = (int(word.replace(",", "")) for word in line.split()[1::2][:3])
        assert 0 < files and 0 < code < lines
