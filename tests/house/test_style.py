"""The code is laid out by its formatter and free of what its linter finds."""

import subprocess
import sys

import pytest
from conftest import ROOT


@pytest.mark.parametrize("words", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff_has_nothing_to_say(words):
    command = [sys.executable, "-m", "ruff", *words, "--no-cache", str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
