"""Whose a file is and which set it holds, by what is typed in it, its name, and a list."""

import pytest
from mutilate import problem_sets, released

from coursework.marking.identify import (
    folder_name,
    identifier_of,
    path_tokens,
    typed_identifier,
    which_set,
    whose,
)

SETS = problem_sets()
FIRST, LAST = SETS[0], SETS[-1]
FILE = FIRST.path.name


@pytest.mark.parametrize(("parts", "tokens"), [
    (["ps4_procurement_and_hunger.ipynb"], []),
    (["ps4_procurement_and_hunger-s12 (2).ipynb"], ["s12"]),
    (["doeanna_12345_67890_ps4_procurement_and_hunger-1.ipynb"], ["doeanna", "12345", "67890"]),
    (["ps4_a123_attempt_2024-05-06-10-11-12_ps4.ipynb"], ["a123"]),
    (["s7", "submission", "final version.ipynb"], ["s7"]),
])  # fmt: skip
def test_words_of_a_path_that_may_name_somebody(parts, tokens):
    assert path_tokens(parts) == tokens


def test_an_identifier_read_off_the_path_or_none():
    assert whose(None, ["s7", FILE]).student == "s7"
    assert whose(None, ["Muster Ada_7_assignsubmission_file_", FILE]).student == "Muster-Ada"
    assert whose(None, ["Muster Ada_123456_assignsubmission_file_", FILE]).student == "Muster-Ada"
    assert whose(None, [FILE]).student == ""


def test_name_and_identifier_that_disagree_are_said():
    notebook = {"cells": [{"source": 'student = "s124"'}]}
    found = whose(notebook, [f"s123_{FILE}"])
    assert found.student == "s124" and "“s123”" in found.notes[0]
    roster = [{"id": "s123"}, {"id": "s124"}]
    found = whose(notebook, [f"s123_{FILE}"], roster)
    assert found.student == "s123" and "the identifier typed is “s124”" in found.notes[0]


@pytest.mark.parametrize(("source", "typed"), [
    ("student = 's 1'", "s 1"), ("student = “s1”", "s1"), ("student=s1", "s1"),
    ('student = "o\'name"', "o'name"), ("student = 'a \"b\" c'", 'a "b" c'),
    ('student = "s2"  # mine: "s3"', "s2"), ("student = ''", ""),
    ('student = "write-yours-here"', ""), ("student = ...", ""), ("the student = 3", ""),
])  # fmt: skip
def test_typed_identifiers(source, typed):
    assert typed_identifier({"cells": [{"source": source}]}) == typed


@pytest.mark.parametrize("identifier", ["s1", "a+b", "=cmd", "../../x", "con", "NUL.txt", "-1",
                                        "ann@uni", "@x", "a/b\\c", "x.", "王小明", "_x2B_", "a:b*"])
def test_folder_names_are_safe_and_can_be_read_back(identifier):
    name = folder_name(identifier)
    assert name and not set(name) & set('+/\\:*?"<>|= ') and name[0] not in "=+-@."
    assert not name.endswith(".") and name.partition(".")[0] not in ("con", "nul")
    assert identifier_of(name) == identifier.casefold() and folder_name(identifier_of(name)) == name


def test_identifiers_that_differ_have_folders_that_differ():
    names = ["a+b", "a_b", "a-b", "a_x2b_b", "a b+", "x" * 90, "x" * 91]
    assert len(set(map(folder_name, names))) == len(names)


def test_a_set_is_known_by_its_text_when_nothing_else_is_left():
    notebook = {"metadata": {}, "cells": [
        {"source": "".join(cell["source"])} for cell in released(LAST)["cells"][4:14]
    ]}  # fmt: skip
    releases = {problems.name: released(problems) for problems in SETS}
    assert which_set(notebook, "x.ipynb", releases)[0] == LAST.name
    assert which_set({"metadata": {}, "cells": []}, "x.ipynb", releases) == (None, [])
    assert which_set(None, "Problem Set 3.docx", releases)[0] == "ps3"


@pytest.mark.parametrize(("parts", "student"), [
    (["ps1_soviet_model (1).ipynb"], "17"), (["ps1_soviet_model-2.ipynb"], "17"),
    (["Week 1", "ps1_soviet_model.ipynb"], "17"), (["17_ps1 (1).ipynb"], "17"),
    (["2_ps1_soviet_model.ipynb"], "2"), (["2", "ps1.ipynb"], "2"), (["2", "1_ps1.ipynb"], "17"),
])  # fmt: skip
def test_a_number_that_a_computer_added_is_no_identifier(parts, student):
    roster = [{"id": number} for number in ("1", "2", "17")]
    notebook = {"cells": [{"source": 'student = "17"'}]}
    assert whose(notebook, parts, roster).student == student
