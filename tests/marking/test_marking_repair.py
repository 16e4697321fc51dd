"""Rebuilding one submission: each kind of damage, what becomes of it, what is said."""

import copy

import nbformat
import pytest
from mutilate import TEXT_STUB, released

from coursework.marking.intake.repair import answered, rebuild, together


class Small:
    """A problem set of two tested questions and a written one, made as the real ones are."""

    class path:
        @staticmethod
        def read_text(_):
            return nbformat.writes(nbformat.from_dict(SET))


def cell(kind, grade_id, source, **marked):
    marked = {"grade": False, "solution": False, "locked": not marked.get("solution"), **marked}
    found = {
        "cell_type": kind,
        "id": grade_id,
        "source": source,
        "metadata": {"nbgrader": {"grade_id": grade_id, "schema_version": 3, **marked}},
    }
    return found | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def question(number, name):
    stub = f"# Your answer to question {number}\n{name} = ...\n"
    solved = f"{stub}### BEGIN SOLUTION\n{name} = {number}\n### END SOLUTION"
    return [
        cell("markdown", f"text-{number}", f"### Question {number} (40 points)\nHow much is it?"),
        cell("code", f"q{number}", solved, solution=True),
        cell("code", f"q{number}_test", f'look("{name}", unit="per cent")', grade=True, points=40),
    ]


SET = {
    "cells": [
        cell("markdown", "text-0", "# Problem set 9: a small one\n\nWords that come with the set."),
        cell("code", "student", 'student = "write-yours-here"', solution=True),
        cell("code", "code-1", "table = load('grain')\nmine = personal(student, 'ps9')"),
        *question(1, "share"),
        *question(2, "days"),
        cell("markdown", "text-3", "### Question 3 (20 points)\nWrite to the editor."),
        cell(
            "markdown",
            "q3",
            "**Your answer to question 3**\n### BEGIN SOLUTION\nSo.\n### END SOLUTION",
            solution=True,
            grade=True,
            points=20,
        ),
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
RELEASED = released(Small)
ORDER = [cell["id"] for cell in RELEASED["cells"]]
PARAGRAPH = "The series counts raw grain, and that is why nobody should subtract it from the other."


@pytest.fixture
def notebook():
    """A submission in order, as reading gives it."""
    notebook = copy.deepcopy(RELEASED)
    for one in notebook["cells"]:
        one["source"] = "".join(one["source"])
    by_id = {one["id"]: one for one in notebook["cells"]}
    by_id["student"]["source"] = 'student = "s1"'
    for name in ("q1", "q2"):
        line = "share = 100 * 0.3" if name == "q1" else "base = 30\ndays = base + 1"
        by_id[name]["source"] = by_id[name]["source"].replace("# (your lines)", line)
    by_id["q3"]["source"] = by_id["q3"]["source"].replace(TEXT_STUB, PARAGRAPH)
    return notebook


def get(notebook, name):
    return next(one for one in notebook["cells"] if one.get("id") == name)


def place(notebook, name):
    return notebook["cells"].index(get(notebook, name))


def plain(source, kind="code"):
    return {"cell_type": kind, "metadata": {}, "source": source}


def mend(notebook):
    """Rebuild; check what holds always; return sources by id, all sources, notes, by hand."""
    built, notes, by_hand = rebuild(notebook, RELEASED)
    assert [one["id"] for one in built["cells"] if one["id"] in ORDER] == ORDER
    assert all(one["metadata"] == {} for one in built["cells"] if one["id"] not in ORDER)
    for one, ours in zip(
        (c for c in built["cells"] if c["id"] in ORDER), RELEASED["cells"], strict=True
    ):
        assert one["metadata"] == ours["metadata"]
        if not ours["metadata"]["nbgrader"]["solution"]:
            assert one["source"] == ours["source"]
    nbformat.validate(nbformat.from_dict(built))
    assert all(note[0] == note[0].upper() and note.endswith(".") for note in notes + by_hand)
    sources = [(one["id"], "".join(one["source"])) for one in built["cells"]]
    return dict(sources), sources, notes, by_hand


def test_an_undamaged_one_stays_as_it_is(notebook):
    by_id, sources, notes, by_hand = mend(notebook)
    assert sources == [(one["id"], one["source"]) for one in notebook["cells"]]
    assert notes == by_hand == []
    assert answered(rebuild(notebook, RELEASED)[0], RELEASED) == ["q1", "q2", "q3"]


def test_a_deleted_answer_is_put_back_empty(notebook):
    del notebook["cells"][place(notebook, "q1")]
    by_id, _, notes, _ = mend(notebook)
    assert by_id["q1"] == "".join(get(RELEASED, "q1")["source"])
    assert notes == [
        "Question 1: its cell was missing from the file and was put back as it was handed out."
    ]


def test_an_emptied_answer_is_put_back(notebook):
    get(notebook, "q2")["source"] = ""
    by_id, _, notes, _ = mend(notebook)
    assert by_id["q2"].endswith("# (your lines)") and "emptied" in notes[0]


def test_of_two_answers_the_last_counts_and_the_first_is_kept_above(notebook):
    second = copy.deepcopy(get(notebook, "q1"))
    second |= {"source": "# Your answer to question 1\nshare = 31", "id": "again"}
    notebook["cells"].append(second)
    by_id, sources, notes, _ = mend(notebook)
    assert by_id["q1"].endswith("share = 31")
    at = [name for name, _ in sources].index("q1")
    assert sources[at - 1][1].endswith("share = 100 * 0.3")
    assert "2 different answers; the last counts" in notes[-1]


def test_a_copy_of_the_empty_cell_takes_nothing_away(notebook):
    notebook["cells"].append(copy.deepcopy(RELEASED["cells"][ORDER.index("q1")]))
    notebook["cells"][-1]["source"] = "".join(notebook["cells"][-1]["source"])
    assert mend(notebook)[0]["q1"].endswith("share = 100 * 0.3")


def test_identical_copies_are_kept_once(notebook):
    notebook["cells"] += copy.deepcopy(notebook["cells"])
    by_id, sources, notes, _ = mend(notebook)
    assert len(sources) == len(ORDER)
    assert [note for note in notes if "more than once" in note]


@pytest.mark.parametrize("named", [True, False])
def test_a_split_answer_runs_in_order(notebook, named):
    first = get(notebook, "q2")
    second = copy.deepcopy(first) | {"id": "piece", "source": "days = base + 1"}
    first["source"] = first["source"].replace("\ndays = base + 1", "")
    if not named:
        second["metadata"] = {}
    notebook["cells"].insert(place(notebook, "q2") + 1, second)
    _, sources, _, _ = mend(notebook)
    code = "\n".join(source for name, source in sources if not name.startswith("text"))
    assert code.index("days = ...") < code.index("base = 30") < code.index("days = base + 1")
    assert code.index("days = base + 1") < code.index('look("days"')


def test_an_answer_split_within_a_line_is_joined(notebook):
    first = get(notebook, "q1")
    first["source"] = "# Your answer to question 1\nshare = (100 *"
    notebook["cells"].insert(place(notebook, "q1") + 1, plain("0.3)"))
    assert mend(notebook)[0]["q1"].endswith("share = (100 *\n0.3)")


def test_a_split_paragraph_is_joined(notebook):
    paragraph = get(notebook, "q3")
    paragraph["source"], rest = paragraph["source"].replace(" nobody", "\0nobody").split("\0")
    notebook["cells"].append(plain(rest, "markdown"))
    by_id, sources, notes, _ = mend(notebook)
    assert by_id["q3"].replace("\n\n", " ").endswith(PARAGRAPH) and len(sources) == len(ORDER)
    assert "joined" in notes[0]


def test_merged_answers_are_taken_apart(notebook):
    start = place(notebook, "q1")
    merged = notebook["cells"][start : start + 4]
    merged[0]["source"] = "\n\n".join(one["source"] for one in merged)
    del notebook["cells"][start + 1 : start + 4]
    by_id, sources, notes, _ = mend(notebook)
    assert by_id["q1"].endswith("share = 100 * 0.3") and by_id["q2"].endswith("days = base + 1")
    assert len(sources) == len(ORDER) and "taken apart" in "".join(notes)


@pytest.mark.parametrize(("holder", "other"), [("q1", "q2"), ("q2", "q1")])
def test_two_answers_in_one_cell_without_their_lines_count_both(notebook, holder, other):
    get(notebook, holder)["source"] = "share = 30\ndays = 31"
    del notebook["cells"][place(notebook, other)]
    by_id, sources, notes, _ = mend(notebook)
    code = [source for _, source in sources]
    for name in ("share", "days"):
        test = next(i for i, source in enumerate(code) if f'look("{name}"' in source)
        values = [
            line
            for source in code[:test]
            for line in source.split("\n")
            if line.startswith(f"{name} = ")
        ]
        assert values[-1].endswith(("30", "31"))
    assert "marked from there" in notes[-1]


def test_a_retyped_answer_is_known_by_its_variable(notebook):
    at = place(notebook, "q1")
    notebook["cells"][at] = plain("share = 29")
    by_id, _, notes, _ = mend(notebook)
    assert by_id["q1"] == "share = 29" and "where it was found" in notes[0]


def test_a_retyped_answer_that_is_no_python_is_found_too(notebook):
    notebook["cells"][place(notebook, "q1")] = plain("share = 29 %")
    assert mend(notebook)[0]["q1"] == "share = 29 %"


def test_text_in_the_paragraphs_place_is_taken(notebook):
    notebook["cells"][-1] = plain(PARAGRAPH, "markdown")
    by_id, _, notes, by_hand = mend(notebook)
    assert by_id["q3"] == f"**Your answer to question 3**\n\n{PARAGRAPH}" and not by_hand
    assert "stood in its place" in notes[0]


def test_text_elsewhere_is_left_to_the_teacher(notebook):
    notebook["cells"].pop()
    notebook["cells"].insert(1, plain(PARAGRAPH, "markdown"))
    by_id, sources, _, by_hand = mend(notebook)
    assert by_id["q3"].endswith(TEXT_STUB) and PARAGRAPH in dict(sources[::-1]).values()
    assert by_hand == [
        "Question 3: no paragraph stands in its place, but text was found "
        "elsewhere; please look whether it is the answer."
    ]


def test_cells_in_another_order(notebook):
    notebook["cells"].reverse()
    by_id, sources, notes, _ = mend(notebook)
    assert by_id["q2"].endswith("days = base + 1") and len(sources) == len(ORDER)
    assert notes == ["Cells stood in another order than in the set; the set's order was restored."]


@pytest.mark.parametrize(("name", "kind"), [("q1", "markdown"), ("q1", "raw"), ("q3", "code")])
def test_a_cell_of_another_kind(notebook, name, kind):
    get(notebook, name)["cell_type"] = kind
    before = get(notebook, name)["source"]
    by_id, _, notes, _ = mend(notebook)
    assert by_id[name] == before and "another kind" in notes[0]


def test_what_is_written_into_the_sets_own_cells_is_kept(notebook):
    get(notebook, "q1_test")["source"] = "helper = 5\n" + get(notebook, "q1_test")["source"]
    get(notebook, "code-1")["source"] = "table = load('other')\nmine = personal(student, 'ps9')"
    get(notebook, "text-3")["source"] += "\nI do not understand this."
    _, sources, notes, _ = mend(notebook)
    own = [source for name, source in sources if name not in ORDER]
    assert any("load('other')" in source and "not run" in source for source in own)
    assert "helper = 5" in own and "I do not understand this." in own
    assert "3 cells that came with the set had been changed" in notes[0]


def test_an_answer_typed_into_the_test_counts(notebook):
    get(notebook, "q1")["source"] = "".join(get(RELEASED, "q1")["source"])
    get(notebook, "q1_test")["source"] = "share = 30\n" + get(notebook, "q1_test")["source"]
    assert mend(notebook)[0]["q1"] == "share = 30"


def test_a_cell_of_ones_own_runs_before_what_needs_it(notebook):
    get(notebook, "q2")["source"] = "# Your answer to question 2\ndays = half(60)"
    notebook["cells"].append(plain("def half(x):\n    return x / 2"))
    _, sources, notes, _ = mend(notebook)
    names = [name for name, _ in sources]
    assert names.index("own-01") == names.index("q2") - 1 and "moved" in notes[0]


def test_a_merged_cell_is_in_no_other_order(notebook):
    first, test = (
        next(one for one in notebook["cells"] if one["id"] == name) for name in ("q1", "q1_test")
    )
    first["source"] = f"# Your answer to question 1\nshare = 5\n\n{test['source']}"
    notebook["cells"].remove(test)
    by_id, _, notes, _ = mend(notebook)
    assert "share = 5" in by_id["q1"] and by_id["q1_test"] == test["source"]
    assert notes == ["One cell held several cells of the set in one and was taken apart."]


def test_names_of_cells_gone(notebook):
    for one in notebook["cells"]:
        one["metadata"] = {}
        one.pop("id")
    notebook["metadata"] = {}
    by_id, sources, notes, _ = mend(notebook)
    assert len(sources) == len(ORDER) and by_id["student"] == 'student = "s1"'
    assert len(notes) == 1 and "drops the names" in notes[0]


def test_another_kernel_is_said_and_another_language_left_to_the_teacher(notebook):
    notebook["metadata"] = {"kernelspec": {"name": "ir", "language": "R"}}
    _, _, notes, by_hand = mend(notebook)
    assert "another kernel (R)" in notes[0] and not by_hand
    for name in ("q1", "q2"):
        get(notebook, name)["source"] = f"# Your answer to question {name[1]}\nshare <- c(1 2"
    assert "written in R" in mend(notebook)[3][0]


def test_pictures_in_the_paragraph_stay(notebook):
    get(notebook, "q3")["attachments"] = {"a.png": {"image/png": "aGk="}}
    built, _, _ = rebuild(notebook, RELEASED)
    assert built["cells"][-1]["attachments"] == {"a.png": {"image/png": "aGk="}}


@pytest.mark.parametrize("cells", [[], [plain("")], [plain("%%html\n<b>")], [plain("x = '")]])
def test_next_to_nothing_gives_the_set_as_it_was(cells):
    by_id, _, _, _ = mend({"cells": cells, "metadata": {}})
    assert by_id["q1"] == "".join(get(RELEASED, "q1")["source"])


def test_a_split_answer_is_not_called_two(notebook):
    first = get(notebook, "q2")
    second = copy.deepcopy(first) | {"id": "piece", "source": "days = base + 1"}
    first["source"] = first["source"].replace("\ndays = base + 1", "")
    notebook["cells"].insert(place(notebook, "q2") + 1, second)
    assert mend(notebook)[2] == [
        "Question 2: the answer was spread over 2 cells, which run in your order."
    ]


def test_what_is_true_of_many_questions_is_said_once():
    notes = [f"Question {n}: gone." for n in (1, 2, 5)] + ["Question 2: else.", "All: gone."]
    assert together(notes) == [
        "Questions 1, 2 and 5, each: gone.",
        "Question 2: else.",
        "All: gone.",
    ]
