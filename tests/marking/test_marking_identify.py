"""Whose a file is and which set it holds: by what agrees, never by a guess."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutilate import problem_sets, released

from coursework.marking.classroom import ROOT, folder_name, identifier_of
from coursework.marking.intake import which
from coursework.marking.intake.which import lessons, which_set
from coursework.marking.intake.whose import (
    NOBODY,
    candidates,
    handed_out,
    typed_identifiers,
    whose,
    words_of,
)

SETS = problem_sets()
FIRST, LAST = SETS[0], SETS[-1]
FILE = FIRST.path.name
ROSTER = [
    {"id": "115", "name": "Ana Ruiz"},
    {"id": "122", "name": "Bo Lund"},
    {"id": "203", "name": "Cy Moss"},
    {"id": "2044", "name": "王 小明"},
    {"id": "7003", "name": "Zoë Brontë"},
    {"id": "s-17", "name": "Ada Muster"},
]


def typed(identifier, named=True):
    """A notebook with an identifier typed in its cell."""
    metadata = {"nbgrader": {"grade_id": "student"}} if named else {}
    return {"cells": [{"source": f'student = "{identifier}"', "metadata": metadata}]}


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("ps4_procurement_and_hunger.ipynb", []),
        ("ps4_procurement_and_hunger-s12 (2).ipynb", ["s12"]),
        ("doeanna_12345_67890_ps4_procurement_and_hunger-1.ipynb", ["doeanna"]),
        ("doeanna_LATE_12345_67890_ps4_procurement_and_hunger-1.ipynb", ["doeanna"]),
        ("ps4_a123_attempt_2024-05-06-10-11-12_ps4.ipynb", ["a123"]),
        ("Week 4 homework_jdoe_attempt_2025-11-20-14-33-02_ps3.ipynb", ["jdoe"]),
        ("40011-881 - Ana Ruiz - 20 November 2025 122 PM", ["Ana", "Ruiz"]),
        ("Fay Sung_7003_assignsubmission_file_", ["Fay", "Sung"]),
        ("Can Lie_7004_assignsubmission_file_", ["Can", "Lie"]),
        ("Lie You - 31 can you weigh a lie.ipynb", ["Lie", "You"]),
        ("submission_301234567", []),
        ("final version.ipynb", []),
        ("a1_ps1.ipynb", ["a1"]),
    ],
)
def test_words_of_a_name_that_may_name_somebody(part, words):
    assert words_of(part) == words


COPIES = (
    "{}-Copy1",
    "{} (1)",
    "{} - Copy (2)",
    "{} copy 2",
    "{} copie",
    "Copy of {}",
    "Copia de {}",
    "Kopie von {}",
    "Kopie von {} (1)",
    "{} - Kopie",
    "Copie de {}",
    "Cópia de {}",
    "{} 的副本",
    "{} - 副本",
    "副本 {}",
    "{}のコピー",
)


@pytest.mark.parametrize("form", COPIES)
@pytest.mark.parametrize("roster", [(), ROSTER])
def test_what_a_system_calls_a_copy_names_nobody(form, roster):
    name = form.format(FILE.removesuffix(".ipynb")) + ".ipynb"
    assert words_of(name) == [] and whose({"cells": []}, [name], roster).student == ""


KNOWN = sorted(NOBODY | {name for name in handed_out() if re.fullmatch(r"[\w.-]+", name)})


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=4), st.sampled_from(" _-"))
def test_words_of_systems_platforms_and_the_hand_out_never_become_a_student(words, sign):
    parts = [sign.join(words), words[0], f"{sign.join(words)}{sign}{FILE}"]
    assert candidates(parts) == [] and whose({"cells": []}, parts).student == ""


NAMES = st.sampled_from([row["name"] for row in ROSTER] + ["Someone Else", "copy", "data"])
NUMBERS = st.sampled_from([row["id"] for row in ROSTER] + ["9", "40011", "99"])
FORMS = st.sampled_from(
    [
        "{name}_{number}_assignsubmission_file_",
        "{number}-881 - {name} - 20 November 2025 122 PM",
        "{name}_{number}_990177_ps1.ipynb",
        "{number}_ps1.ipynb",
        "{name} {number}",
        "{number}",
        "homework_{name}_attempt_2025-11-20-14-33-02_ps1.ipynb",
        "ps1 ({number}).ipynb",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(ROSTER), st.lists(st.tuples(FORMS, NAMES, NUMBERS), max_size=3))
def test_no_file_is_anothers_than_the_listed_identifier_typed_in_it_says(row, path):
    parts = [form.format(name=name, number=number) for form, name, number in path] + [FILE]
    for roster in (ROSTER, ()):
        found = whose(typed(row["id"]), parts, roster)
        assert found.student in (row["id"], "") and (found.student or found.notes)


@pytest.mark.parametrize(
    ("identifier", "parts", "student"),
    [
        ("115", ["40011-881 - Ana Ruiz - 20 November 2025 122 PM", FILE], "115"),
        ("115", ["Ruiz, Ana_7003_assignsubmission_file_", FILE], "115"),
        ("2044", ["小明 王_99_assignsubmission_file_", FILE], "2044"),
        ("", ["ruizana_2044_990177_" + FILE], "115"),
        ("", ["Zoe\u0308 BRONTE\u0308", FILE], "7003"),
        ("115", ["Bo Lund", FILE], ""),
        ("115", ["122_" + FILE], ""),
        ("115", [FILE], "115"),
        ("s17", [f"S-17_{FILE}"], ""),
        ("nobody", ["Bo Lund", FILE], ""),
        ("", [FILE], ""),
        ("", ["2044_" + FILE], "2044"),  # a number like a year, in front
        ("115", ["2044_" + FILE], ""),
        ("115", ["2044-05-06 export", FILE], "115"),  # a date, in front
        ("115", ["2044-881 - Ana Ruiz - 20 November 2025 122 PM", FILE], "115"),
    ],
)
def test_identifier_name_and_list_agree_or_the_teacher_decides(identifier, parts, student):
    found = whose(typed(identifier), parts, ROSTER)
    assert found.student == student and (found.notes or student == identifier)


def test_who_has_all_the_words_of_a_name_is_meant_and_not_who_has_some():
    roster = [{"id": "1", "name": "Ana Ruiz"}, {"id": "2", "name": "Ana Maria Ruiz"}]
    assert whose(None, ["Ruiz, Ana Maria", FILE], roster).student == "2"
    assert whose(None, ["Ruiz, Ana", FILE], roster).student == "1"


def test_an_identifier_may_be_written_in_parts():
    assert whose(None, [f"S 2468 {FILE}"], [{"id": "s-2468"}, {"id": "2468"}]).notes
    assert whose(None, [f"S 2468 {FILE}"], [{"id": "s-2468"}, {"id": "s-24"}]).student == "s-2468"


def test_a_platforms_file_is_not_its_folders():
    assert candidates(["History", f"doeanna_12345_67890_{FILE}"]) == ["doeanna"]


def test_reasons_name_both_sides():
    notes = whose(typed("115"), ["Bo Lund", FILE], ROSTER).notes
    assert notes == ["The identifier typed is “115”; its name or folder says “122”."]
    found = whose(typed("s124"), [f"s123_{FILE}"])
    assert found.student == "" and "“s123”" in found.notes[0]


@pytest.mark.parametrize(
    ("parts", "student"),
    [
        (["s7", FILE], "s7"),
        (["s7", "submission", "final version.ipynb"], "s7"),
        ([FILE], ""),
        (["Muster Ada_7_assignsubmission_file_", FILE], "Muster-Ada"),
        (["Ada " + FILE], "Ada"),
        (["k9 homework.zip", "great-leap-forward", "problem_sets", FILE], "k9"),
        (["essay.ipynb"], ""),
        (["anna", f"s3 {FILE}"], ""),
        (["s7", "scan.pdf"], "s7"),
    ],
)
def test_without_a_list_and_an_identifier_one_name_or_none(parts, student):
    assert whose(None, parts).student == student


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("student = 's 1'", ["s 1"]),
        ("student = “s1”", ["s1"]),
        ("student = 12345", ["12345"]),
        ('student = "o\'name"', ["o'name"]),
        ("student = 'a \"b\" c'", ['a "b" c']),
        ('student = "s2"  # mine: "s3"', ["s2"]),
        ('my_id = "k6"\nstudent = my_id', ["k6"]),
        ("student = ('k6')", ["k6"]),
        ("## Yours\n\nstudent = 'k6'", ["k6"]),
        ("student = ''", []),
        ('student = "write-yours-here"', []),
        ("student = ...", []),
        ("the student = 3", []),
        ("student=s1", []),
        ("student = input('Who?')", []),
        ("student = str(12345)", []),
        ('Student = "k1"', []),
        ('student == "k1"', []),
        ("student = ['k1']", []),
        ("student = True", []),
    ],
)
def test_only_a_literal_is_an_identifier(source, values):
    cell = {"source": source, "metadata": {"nbgrader": {"grade_id": "student"}}}
    assert typed_identifiers({"cells": [cell]}) == values


def test_an_identifier_counts_in_its_own_cell_only():
    later = {"source": 'student = "anhui"', "metadata": {}}
    notebook = {"cells": [*typed("anna")["cells"], later]}
    assert whose(notebook, [FILE]).student == "anna"
    assert whose(typed("anna", named=False), [FILE]).student == "anna"  # as Colab saves
    assert typed_identifiers({"cells": [{"source": "x = 1\ny = 2\nz = 3\nstudent = 'a'"}]}) == []
    both = {"cells": typed("anna")["cells"] + typed("berta")["cells"]}
    assert whose(both, [FILE]).student == "" and "Several" in whose(both, [FILE]).notes[0]


@pytest.mark.parametrize(
    "identifier",
    [
        "s1",
        "a+b",
        "=cmd",
        "../../x",
        "con",
        "NUL.txt",
        "-1",
        "ann@uni",
        "@x",
        "a/b\\c",
        "x.",
        "王小明",
        "_x2B_",
        "a:b*",
    ],
)
def test_folder_names_are_safe_and_can_be_read_back(identifier):
    name = folder_name(identifier)
    assert name and not set(name) & set('+/\\:*?"<>|= ') and name[0] not in "=+-@."
    assert not name.endswith(".") and name.partition(".")[0] not in ("con", "nul")
    assert identifier_of(name) == identifier.casefold() and folder_name(identifier_of(name)) == name


def test_identifiers_that_differ_have_folders_that_differ():
    names = ["a+b", "a_b", "a-b", "a_x2b_b", "a b+", "x" * 90, "x" * 91]
    assert len(set(map(folder_name, names))) == len(names)


def notebook_of(sources):
    return {"metadata": {}, "cells": [{"source": source, "metadata": {}} for source in sources]}


def test_a_set_is_known_by_its_text_when_nothing_else_is_left():
    sources = ["".join(cell["source"]) for cell in released(LAST)["cells"][4:14]]
    releases = {problems.name: released(problems) for problems in SETS}
    assert which_set(notebook_of(sources), "x.ipynb", releases)[0] == LAST.name
    assert which_set(notebook_of([]), "ps1.ipynb", releases) == (None, [])
    assert which_set(None, "Problem Set 3.docx", releases)[0] == "ps3"


def test_every_notebook_of_the_course_is_known_as_a_lesson():
    numbers = {path.name[:2] for path in (ROOT / "notebooks").rglob("[0-9]*.ipynb")}
    assert set(lessons()) == numbers > {"00"}


@pytest.mark.parametrize("number", sorted(lessons()))
def test_a_notebook_of_the_lessons_is_no_problem_set(number):
    releases = {problems.name: released(problems) for problems in SETS}
    worked = notebook_of(["# my notes", *lessons()[number]])
    assert which_set(worked, "k6_ps2.ipynb", releases) == (
        "lesson",
        [f"This is notebook {number} of the lessons, not problem set 2; please ask for the other."],
    )
    unworked = notebook_of(lessons()[number])
    assert which.as_handed_out(b"{}", "copy.ipynb", unworked, releases) == "file"
    assert which.as_handed_out(b"{}", "copy.ipynb", worked, releases) == ""
