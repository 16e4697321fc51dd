"""Rebuilding one submission: each kind of damage, what becomes of it, what is said."""

import copy

import nbformat
import pytest
from mutilate import TEXT_STUB, released

from coursework.marking.intake.rebuild import answered, rebuild


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
    assert all(note.endswith((".", "?")) for note in notes + by_hand)
    sources = [(one["id"], "".join(one["source"])) for one in built["cells"]]
    return dict(sources), sources, notes, by_hand


def test_an_undamaged_one_stays_as_it_is(notebook):
    _, sources, notes, by_hand = mend(notebook)
    assert sources == [(one["id"], one["source"]) for one in notebook["cells"]]
    assert notes == by_hand == []
    assert list(answered(rebuild(notebook, RELEASED)[0], RELEASED)) == ["q1", "q2", "q3"]


def runs_before_its_test(sources, *code):
    """Whether lines of code run, in this order, after the stub and before the test of their name."""
    texts = [source for _, source in sources]
    name = code[-1].partition(" =")[0]
    test = next(at for at, text in enumerate(texts) if f'look("{name}"' in text)
    lines = [line.strip() for text in texts[:test] for line in text.split("\n")]
    places = (
        [lines.index(f"{name} = ..."), *map(lines.index, code)] if f"{name} = ..." in lines else []
    )
    places = places or [*map(lines.index, code)]
    return places == sorted(places)


def test_a_deleted_answer_is_put_back_and_the_teacher_asks(notebook):
    del notebook["cells"][place(notebook, "q1")]
    by_id, _, _, by_hand = mend(notebook)
    assert by_id["q1"] == "".join(get(RELEASED, "q1")["source"])
    assert by_hand == ["Question 1: its cell is missing; please ask whether there was an answer."]


def test_the_cell_of_the_identifier_is_put_back_without_a_word(notebook):
    del notebook["cells"][place(notebook, "student")]
    assert "write-yours-here" in mend(notebook)[0]["student"] and not mend(notebook)[3]


@pytest.mark.parametrize("name", ["q1", "q2"])
def test_an_answer_emptied_or_never_written_is_put_back(notebook, name):
    for text in ("", "".join(get(RELEASED, name)["source"])):
        get(notebook, name)["source"] = text
        by_id, _, notes, by_hand = mend(notebook)
        assert by_id[name].endswith("# (your lines)") and not notes and not by_hand


def test_a_stub_retyped_without_its_line_is_no_lost_answer(notebook):
    notebook["cells"][place(notebook, "q1")] = plain("share = ...")
    by_id, sources, _, by_hand = mend(notebook)
    assert by_id["q1"].endswith("# (your lines)") and len(sources) == len(ORDER) and not by_hand


def test_of_two_answers_the_last_counts_and_the_teacher_looks(notebook):
    second = copy.deepcopy(get(notebook, "q1"))
    second |= {"source": "# Your answer to question 1\nshare = 31", "id": "again"}
    notebook["cells"].append(second)
    by_id, sources, _, by_hand = mend(notebook)
    assert by_id["q1"].endswith("share = 31")
    at = [name for name, _ in sources].index("q1")
    assert sources[at - 1][1].endswith("share = 100 * 0.3")
    assert by_hand == ["Question 1: it was answered more than once; the last answer counts."]


def test_a_copy_of_the_empty_cell_takes_nothing_away(notebook):
    notebook["cells"].append(copy.deepcopy(RELEASED["cells"][ORDER.index("q1")]))
    notebook["cells"][-1]["source"] = "".join(notebook["cells"][-1]["source"])
    assert mend(notebook)[0]["q1"].endswith("share = 100 * 0.3")


def test_identical_copies_are_kept_once(notebook):
    notebook["cells"] += copy.deepcopy(notebook["cells"])
    _, sources, _, by_hand = mend(notebook)
    assert len(sources) == len(ORDER) and not by_hand


@pytest.mark.parametrize("named", [True, False])
def test_a_split_answer_runs_in_order(notebook, named):
    first = get(notebook, "q2")
    second = copy.deepcopy(first) | {"id": "piece", "source": "days = base + 1"}
    first["source"] = first["source"].replace("\ndays = base + 1", "")
    if not named:
        second["metadata"] = {}
    notebook["cells"].insert(place(notebook, "q2") + 1, second)
    _, sources, _, by_hand = mend(notebook)
    assert runs_before_its_test(sources, "base = 30", "days = base + 1") and not by_hand


@pytest.mark.parametrize("code", ["days = base + 1", "days = 31"])
@pytest.mark.parametrize("opened", ["days = ...\n", ""])
def test_a_part_of_an_answer_that_has_gone_astray_is_looked_at(notebook, code, opened):
    get(notebook, "q2")["source"] = f"# Your answer to question 2\n{opened}base = 30"
    notebook["cells"].insert(place(notebook, "text-3"), plain(code))
    assert mend(notebook)[3] == ["Question 2: days is given elsewhere; does that answer?"]


@pytest.mark.parametrize("named", [True, False])
def test_an_answer_split_within_a_line_is_joined_or_looked_at(notebook, named):
    first = get(notebook, "q1")
    first["source"] = "# Your answer to question 1\nshare = (100 *"
    second = plain("0.3)") | ({"metadata": copy.deepcopy(first["metadata"])} if named else {})
    notebook["cells"].insert(place(notebook, "q1") + 1, second)
    by_id, _, _, by_hand = mend(notebook)
    assert (
        by_id["q1"].endswith("share = (100 *\n0.3)")
        if named
        else by_hand == ["Question 1: what stands in its cell is no Python."]
    )


@pytest.mark.parametrize("named", [True, False])
def test_what_stands_above_the_line_runs_with_the_answer(notebook, named):
    one = get(notebook, "q1")
    one["source"] = "%%time\n" + one["source"]
    one["metadata"] = one["metadata"] if named else {}
    by_id, sources, notes, by_hand = mend(notebook)
    assert by_id["q1"] == one["source"] and len(sources) == len(ORDER) and not notes + by_hand


def test_a_split_paragraph_is_joined(notebook):
    paragraph = get(notebook, "q3")
    paragraph["source"], rest = paragraph["source"].replace(" nobody", "\0nobody").split("\0")
    notebook["cells"].append(plain(rest, "markdown"))
    by_id, sources, _, _ = mend(notebook)
    assert by_id["q3"].replace("\n\n", " ").endswith(PARAGRAPH) and len(sources) == len(ORDER)


def test_merged_answers_are_taken_apart(notebook):
    start = place(notebook, "q1")
    merged = notebook["cells"][start : start + 4]
    merged[0]["source"] = "\n\n".join(one["source"] for one in merged)
    del notebook["cells"][start + 1 : start + 4]
    by_id, sources, notes, by_hand = mend(notebook)
    assert by_id["q1"].endswith("share = 100 * 0.3") and by_id["q2"].endswith("days = base + 1")
    assert len(sources) == len(ORDER) and "taken apart" in "".join(notes) and not by_hand


@pytest.mark.parametrize(("holder", "other"), [("q1", "q2"), ("q2", "q1")])
@pytest.mark.parametrize("gone", [True, False])
def test_two_answers_in_one_cell_without_their_lines_are_looked_at(notebook, holder, other, gone):
    get(notebook, holder)["source"] = "share = 30\ndays = 31"
    get(notebook, other)["source"] = "".join(get(RELEASED, other)["source"])
    if gone:
        del notebook["cells"][place(notebook, other)]
    by_id, _, _, by_hand = mend(notebook)
    assert by_id[holder] == "share = 30\ndays = 31"
    name = {"q1": "share", "q2": "days"}[other]
    assert by_hand == [f"Question {other[1]}: {name} is given elsewhere; does that answer?"]


@pytest.mark.parametrize("code", ["share = 29", "share = 29 %"])
def test_a_retyped_answer_runs_where_it_stands(notebook, code):
    notebook["cells"][place(notebook, "q1")] = plain(code)
    _, sources, _, by_hand = mend(notebook)
    assert runs_before_its_test(sources, code) and not by_hand


def test_a_retyped_answer_elsewhere_is_looked_at(notebook):
    del notebook["cells"][place(notebook, "q1")]
    notebook["cells"].append(plain("share = 29"))
    _, sources, _, by_hand = mend(notebook)
    assert sources[-1][1] == "share = 29"
    assert by_hand == ["Question 1: share is given elsewhere; does that answer?"]


@pytest.mark.parametrize("at", [1, len(ORDER) - 1])
def test_a_paragraph_without_its_cell_is_looked_at(notebook, at):
    notebook["cells"].pop()
    notebook["cells"].insert(at, plain(PARAGRAPH, "markdown"))
    by_id, sources, _, by_hand = mend(notebook)
    assert by_id["q3"].endswith(TEXT_STUB) and PARAGRAPH in dict(sources[::-1]).values()
    assert by_hand == ["Question 3: its cell is missing; please ask whether there was an answer."]


def test_cells_in_another_order(notebook):
    notebook["cells"].reverse()
    by_id, sources, notes, _ = mend(notebook)
    assert by_id["q2"].endswith("days = base + 1") and len(sources) == len(ORDER)
    assert notes == ["Cells stood in another order than in the set, which was restored."]


@pytest.mark.parametrize(("name", "kind"), [("q1", "markdown"), ("q1", "raw"), ("q3", "code")])
def test_a_cell_of_another_kind(notebook, name, kind):
    get(notebook, name)["cell_type"] = kind
    before = get(notebook, name)["source"]
    by_id, _, notes, _ = mend(notebook)
    assert by_id[name] == before and "another kind" in notes[0]
    if name == "q1":
        get(notebook, name)["source"] = f"```\n{before}\n```"
        assert mend(notebook)[3] == ["Question 1: what stands in its cell is no Python."]


def test_what_is_written_into_the_sets_own_cells_is_kept(notebook):
    get(notebook, "q1_test")["source"] = "helper = 5\n" + get(notebook, "q1_test")["source"]
    get(notebook, "code-1")["source"] = "table = load('other')\nmine = personal(student, 'ps9')"
    get(notebook, "text-3")["source"] += "\nI do not understand this."
    _, sources, notes, _ = mend(notebook)
    own = [source for name, source in sources if name not in ORDER]
    assert any("load('other')" in source and "not run" in source for source in own)
    assert "helper = 5" in own and "I do not understand this." in own
    assert notes[0].startswith("Cells of the set that were changed") and notes[0].endswith(": 1.")


def test_code_written_between_the_lines_of_a_cell_of_the_sets_runs(notebook):
    code = get(notebook, "code-1")
    code["source"] = code["source"].replace("\n", "\nhalf = 0.5\n")
    get(notebook, "q2")["source"] = "# Your answer to question 2\ndays = half * 60"
    _, sources, _, by_hand = mend(notebook)
    assert "half = 0.5" in [source for _, source in sources] and not by_hand


def test_an_answer_typed_into_the_test_runs_before_it(notebook):
    get(notebook, "q1")["source"] = "".join(get(RELEASED, "q1")["source"])
    get(notebook, "q1_test")["source"] = "share = 30\n" + get(notebook, "q1_test")["source"]
    _, sources, _, by_hand = mend(notebook)
    assert runs_before_its_test(sources, "share = 30") and not by_hand


def test_a_cell_of_ones_own_runs_before_what_needs_it(notebook):
    get(notebook, "q2")["source"] = "# Your answer to question 2\ndays = half(60)"
    notebook["cells"].append(plain("def half(x):\n    return x / 2"))
    _, sources, notes, by_hand = mend(notebook)
    texts = [text.partition("\n")[0] for _, text in sources]
    assert texts.index("def half(x):") == texts.index("# Your answer to question 2") - 1
    assert "moved" in notes[0] and not by_hand


def test_a_name_that_a_query_asks_for_is_needed(notebook):
    code = "days = table.query('year == @start').shape[0]"
    get(notebook, "q2")["source"] = f"# Your answer to question 2\n{code}"
    notebook["cells"].append(plain("start = 1958"))
    _, sources, notes, by_hand = mend(notebook)
    texts = [text for _, text in sources]
    assert texts.index("start = 1958") < place(RELEASED, "q2") + 1 and not by_hand


def test_an_answer_that_another_cell_may_overwrite_is_looked_at(notebook):
    notebook["cells"].reverse()
    notebook["cells"].insert(3, plain("share = 5"))
    assert "Question 1: share is given elsewhere too." in mend(notebook)[3]


def test_of_two_cells_that_give_what_is_needed_none_is_chosen_without_a_look(notebook):
    get(notebook, "q2")["source"] = "# Your answer to question 2\ndays = base + 1"
    notebook["cells"] += [plain("base = 30"), plain("base = 31")]
    assert "base is given twice, and the cells had lost their order." in mend(notebook)[3]


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_code_that_became_text_and_is_needed_is_looked_at(notebook, kind):
    get(notebook, "q2")["source"] = "# Your answer to question 2\ndays = base + 1"
    notebook["cells"].insert(place(notebook, "q2"), plain("base = 30", kind))
    assert mend(notebook)[3] == ["Question 2: it needs base, given only further down or not run."]


def test_a_cell_named_for_one_question_and_answering_another_is_looked_at(notebook):
    get(notebook, "q1")["source"] = "# Your answer to question 2\ndays = 3"
    assert "Question 1: its cell says that it answers another question." in mend(notebook)[3]


def test_a_merged_cell_is_in_no_other_order(notebook):
    first, test = get(notebook, "q1"), get(notebook, "q1_test")
    first["source"] = f"# Your answer to question 1\nshare = 5\n\n{test['source']}"
    notebook["cells"].remove(test)
    by_id, _, notes, _ = mend(notebook)
    assert "share = 5" in by_id["q1"] and by_id["q1_test"] == test["source"]
    assert notes == ["Cells that held several and were taken apart: 1."]


def test_names_of_cells_gone(notebook):
    for one in notebook["cells"]:
        one["metadata"] = {}
        one.pop("id")
    notebook["metadata"] = {}
    by_id, sources, notes, by_hand = mend(notebook)
    assert len(sources) == len(ORDER) and by_id["student"] == 'student = "s1"' and not by_hand
    assert len(notes) == 1 and "drops the names" in notes[0]


def test_another_kernel_is_said_and_another_language_left_to_the_teacher(notebook):
    notebook["metadata"] = {"kernelspec": {"name": "ir", "language": "R"}}
    _, _, notes, by_hand = mend(notebook)
    assert "saved for R" in notes[0] and not by_hand
    get(notebook, "q1")["source"] = "# Your answer to question 1\nshare <- c(1 2"
    assert mend(notebook)[3] == ["Question 1: what stands in its cell is no Python."]


def test_a_slip_in_an_undamaged_file_is_the_tests_to_judge(notebook):
    get(notebook, "q1")["source"] += "\nshare = (100 *"
    assert mend(notebook)[2:] == ([], [])


def test_pictures_in_the_paragraph_stay(notebook):
    get(notebook, "q3")["attachments"] = {"a.png": {"image/png": "aGk="}}
    built, _, _ = rebuild(notebook, RELEASED)
    assert built["cells"][-1]["attachments"] == {"a.png": {"image/png": "aGk="}}


@pytest.mark.parametrize("cells", [[], [plain("")], [plain("%%html\n<b>")], [plain("x = '")]])
def test_next_to_nothing_gives_the_set_as_it_was(cells):
    by_id, _, _, _ = mend({"cells": cells, "metadata": {}})
    assert by_id["q1"] == "".join(get(RELEASED, "q1")["source"])
