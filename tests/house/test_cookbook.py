"""The cookbook: every line of code in it runs, and gives what is printed under it."""

import doctest
import re

from conftest import ROOT

PAGE = (ROOT / "docs/cookbook.md").read_text(encoding="utf-8")


def blocks(page):
    return re.findall(r"```pycon\n(.*?)```", page, re.S)


def failures(text):
    """How many examples of a text do not give what it says."""
    test = doctest.DocTestParser().get_doctest(text, {}, "cookbook.md", None, 0)
    told = []
    return doctest.DocTestRunner(verbose=False).run(test, out=told.append).failed, "".join(told)


def test_every_line_gives_what_is_printed():
    failed, told = failures("\n".join(blocks(PAGE)))
    assert not failed, told
    assert len(blocks(PAGE)) == PAGE.count("```") // 2 > 5


def test_another_number_is_seen():
    assert failures(">>> 1 + 1\n3\n")[0] == 1


def test_what_the_table_at_its_head_names_is_called_below():
    head, body = PAGE.split("\n## ", 1)
    named = re.findall(r"^\| [^|]+\| `(\w+)`", head, re.M)
    assert len(named) > 5 and [name for name in named if f"{name}(" not in body] == []
