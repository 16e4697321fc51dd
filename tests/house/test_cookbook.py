"""Pages of docs/: every line of code in them runs, and gives what is printed under it."""

import doctest
import re

import pytest
from conftest import ROOT

PAGES = {path.stem: path.read_text(encoding="utf-8") for path in ROOT.glob("docs/*.md")}


def blocks(page):
    return re.findall(r"```pycon\n(.*?)```", page, re.S)


def failures(text):
    """How many examples of a text do not give what it says."""
    test = doctest.DocTestParser().get_doctest(text, {}, "cookbook.md", None, 0)
    told = []
    return doctest.DocTestRunner(verbose=False).run(test, out=told.append).failed, "".join(told)


@pytest.mark.parametrize("page", PAGES)
def test_every_line_gives_what_is_printed(page):
    failed, told = failures("\n".join(blocks(PAGES[page])))
    assert not failed, told
    assert len(blocks(PAGES[page])) == PAGES[page].count("```") // 2
    assert page != "cookbook" or len(blocks(PAGES[page])) > 5


def test_another_number_is_seen():
    assert failures(">>> 1 + 1\n3\n")[0] == 1


def test_what_the_table_at_its_head_names_is_called_below():
    head, body = PAGES["cookbook"].split("\n## ", 1)
    named = re.findall(r"^\| [^|]+\| `(\w+)`", head, re.M)
    assert len(named) > 5 and [name for name in named if f"{name}(" not in body] == []
