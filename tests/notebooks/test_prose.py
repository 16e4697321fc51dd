"""Numbers in prose agree with the data, and each is tied or exempt by a rule.

In Markdown a number is followed, after its unit if you like, by a comment that no reader sees:

    China announced 11.08 million tonnes <!--= one("steel_and_industry", "year == 1958") -->

The expression is evaluated and rounded to as many decimals as the prose prints. CONTRIBUTING.md
says what else may stand there, ``tied`` which numbers need nothing.

``pytest tests/notebooks/test_prose.py -k loose -s`` prints how many numbers each lesson ties.
"""

import ast
import random
import re
from functools import cache
from importlib import import_module

import nbformat
import pytest
from conftest import ROOT
from lesson_minutes import NOTEBOOKS
from tied import GIVEN, RULES, Lesson, disagreement, held, plain, verdict

from glf_utils import load, prose
from glf_utils.prose import NAMES, markdown_of, ties

SCOPE = "load", "one", "told", "timeline", "answer"
LOOSE = {}
"""How many numbers of a lesson may still be neither tied nor exempt; lower it when you tie one."""

DATED = re.compile(r"age_\w+|(?:(?:census|fiscal|first|last|publication|target|period_\w+)_)?year")
"""Columns that say of when or of whom a row tells, and do not measure."""

PAGES = [*NOTEBOOKS, ROOT / "README.md"]
worked, read = cache(prose.worked), cache(Lesson)


@cache
def tied(path):
    return ties(markdown_of(path))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_is_tied_agrees_with_the_data(path, record_property):
    record_property("tied", len(tied(path)))
    assert tied(path) or path.suffix == ".md", f"{path.name} ties no number: see CONTRIBUTING.md"
    wrong = [line for tie in tied(path) if (line := disagreement(tie, worked))]
    assert not wrong, f"{path.name}:\n  " + "\n  ".join(wrong)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_is_tied_could_be_wrong(path):
    wrong = [line for tie in tied(path) if (line := idle(tie))]
    assert not wrong, f"{path.name}:\n  " + "\n  ".join(wrong)


def idle(tie):
    """Why a tie holds nothing, in a line; empty where it holds."""
    if tie.kind == "@":
        dates, values = held(key := tie.to.partition(",")[0].strip())
        there = tie.said in dates or not re.search("[a-z]", tie.said) and plain(tie.said) in values
        return f"{tie.said}: a row from {key} has it, tie it to that" if there else ""
    nodes = list(ast.walk(ast.parse(tie.to, mode="eval")))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    typed = sum(isinstance(node, ast.Constant) for node in nodes)
    rests = names & {*SCOPE, *NAMES} or tie.kind == "=" and typed > 1
    return "" if rests else f"{tie.said}: {tie.to} rests on nothing"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_few_numbers_are_loose(path, record_property):
    lesson = read(path)
    told = dict(sorted(lesson.counted.items()))
    record_property("numbers", told)
    print(lesson.number, ", ".join(f"{count} {rule}" for rule, count in told.items()))
    most, loose = LOOSE.get(lesson.number, 0), lesson.counted["loose"]
    lines = [f"{n.text} · {n.sentence}" for n, said in lesson.verdicts if said == "loose"]
    assert loose <= most, (
        f"{path.name} has {loose} loose numbers, {most} are allowed. Tie them, or see which rule of "
        "CONTRIBUTING.md, “Numbers in prose”, fits:\n  " + "\n  ".join(lines)
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_paragraph_is_called_given_for_a_number_in_it(path):
    lesson = read(path)
    marked = sum(cell.source.count(GIVEN) for _, cell in lesson.sections)
    used = {number.paragraph for number, said in lesson.verdicts if said == "given"}
    assert marked == len(used), f"{path.name}: {marked} marks, {len(used)} paragraphs need one"


def test_changing_a_datum_breaks_the_sentences_that_rest_on_it_and_only_those(monkeypatch):
    every = {tie.to: tie for path in PAGES for tie in tied(path) if tie.kind == "="}
    models = rf"\b(?:answer\(|(?:{'|'.join(NAMES)})\.)"
    by_model = {tie for tie in every.values() if re.search(models, tie.to)}
    resting, printed = {}, {}
    for tie in every.values():
        for rows in worked(tie.to).rows:
            for row in rows.index:
                resting.setdefault((rows.attrs["table"], row), set()).add(tie)
                if re.fullmatch(r"one\([^()]*\)", tie.to) and isinstance(
                    worked(tie.to).value, float
                ):
                    printed.setdefault((rows.attrs["table"], row), set()).add(tie)
    module = import_module("glf_utils.tables")
    stored = module._read
    for table, row in random.Random(1958).sample(sorted(printed), 8):
        numeric = load(table).select_dtypes("number")
        columns = [name for name in numeric if not DATED.fullmatch(name)]

        def shaken(name, *where, table=table, row=row, columns=columns):
            frame = stored(name, *where)
            if name == table:
                frame = frame.copy()
                frame[columns] = frame[columns].astype(float)
                frame.loc[row, columns] = frame.loc[row, columns] * 1.5 + 3
            return frame

        with monkeypatch.context() as patched:
            patched.setattr(module, "_read", shaken)
            prose.forget()
            others = [tie for tie in every.values() if table in worked(tie.to).tables]
            broken = [tie for tie in others if disagreement(tie)]
        prose.forget()
        assert printed[table, row] <= set(broken) <= resting[table, row] | by_model, (table, row)


# -- what is damaged is noticed --------------------------------------------------------------------


def test_damaged_prose_is_noticed():
    text = "From 4.5 to 11.08 million t <!--= x --> and\n**−1,234** <!--= -1234.4 --> <!--= 3 -->"
    assert [(t.said, t.to) for t in ties(text)] == [
        ("11.08", "x"),
        ("−1,234", "-1234.4"),
        ("", "3"),
    ]
    for text, said in (
        ("11.08 <!--= 11.0849 -->", ""),
        ("−1,234 <!--= -1234.4 -->", ""),
        ("11.08 <!--= 11.086 -->", "gives 11.0860"),
        ("11.08 <!--= no_such_name -->", "NameError"),
        ("<!--= 3 -->", "no number"),
        ("11.08 <!--= np.nan -->", "gives nan"),
        ("11.08 <!--= 'steel' -->", "gives 'steel'"),
        ("On 17 August <!--= '1958-08-17' -->", ""),
        ("On 17 August 1958 <!--= '1958-08-18' -->", "gives 18 August 1958"),
        ("In August 1958 <!--= '1958-08-18' -->", ""),
        ("It fell.<!--? 2 > 1 -->", ""),
        ("It rose.<!--? 1 > 2 -->", "not true that 1 > 2"),
        ("It rose.<!--? 'yes' -->", "not true that"),
        ("He names 36 <!--@ yang2008, p. 12 -->", ""),
        ("He names 36 <!--@ yang2088 -->", "yang2088"),
    ):
        [tie] = ties(text)
        assert said in disagreement(tie) and bool(said) == bool(disagreement(tie)), text


@pytest.mark.parametrize(
    "text, found",
    [
        ("7 <!--= 7 -->", "rests on nothing"),
        ("0.05 <!--= 0.05 -->", "rests on nothing"),
        ("7 <!--= 3 + 4 -->", ""),
        ("7 <!--= len(load('censuses')) -->", ""),
        ("It rose.<!--? 2 > 1 -->", "rests on nothing"),
        ("9.8 <!--@ account_s1 -->", ""),
    ],
)
def test_a_tie_that_holds_nothing_is_noticed(text, found):
    [tie] = ties(text)
    assert found in idle(tie) and bool(found) == bool(idle(tie))


def test_a_number_that_a_row_of_the_work_has_is_tied_to_the_row():
    [tie] = ties("60 <!--@ account_s1 -->")
    assert "tie it to that" in idle(tie)


@pytest.mark.parametrize(
    "text, rule",
    [
        ("It made 5.35 million tonnes.", "loose"),
        ("It made 5.35 <!--= 5 + 0.35 --> million tonnes.", "tied"),
        ("In 1958, and so to 1958–61.", "year"),
        ("In September 1958 it rose.", "loose"),
        ("See lesson 12.", "place"),
        ("Sections 3 and 12 tell it.", "place"),
        ("Write about 80 words.", "place"),
        ("It was half of 100.", "base"),
        ("It was 100 tonnes.", "loose"),
        ("He says “over 30 million” died.", "quoted"),
        ("He says “many”, and 30 died.", "loose"),
        (f"A field gives 40 jin. {GIVEN}", "given"),
        (f"Another.{GIVEN}\n\nA field gives 40 jin.", "loose"),
        ("The cell shows 0.123.", "shown"),
        ("The cell shows 0.12.", "shown"),
        ("The cell shows 0.13.", "loose"),
        ("The cell shows 12.", "loose"),
        ("On 17 August 1958 it met.", "shown"),
        ("On 18 August it met.", "loose"),
        ("So 5.35 <!--= 5 + 0.35 --> and 5.35 again.", "again"),
        ("So 5 <!--= 2 + 3 --> and 5 again.", "loose"),
        ("So 5 <!--= 2 + 3 --> it is.\n\n### Why 5?", "again"),
        ("So 6 <!--= 2 + 4 --> it is.\n\n### Why 5?", "loose"),
        ("Thaxton (2008) has 77,777.", "cited"),
        ("Of it (Thaxton 2008, p. 3) 77,777 speak.", "cited"),
        ("Thaxton has 77,777 in 2008, and in 2009.", "year"),
    ],
)
def test_each_rule_fits_what_it_is_for(tmp_path, text, rule):
    shown = nbformat.v4.new_output("stream", text="0.1234 12.3\n1958-08-17 it met\n")
    cells = [
        nbformat.v4.new_markdown_cell(f"## 1 · A section\n\n{text}"),
        nbformat.v4.new_code_cell("print(x)", outputs=[shown]),
    ]
    path = tmp_path / "11_a.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    assert verdict(Lesson(path).numbers[-1]) == rule


def test_what_another_section_shows_or_a_check_says_ties_nothing(tmp_path):
    shown = nbformat.v4.new_output("stream", text="0.1234\n")
    cells = [
        nbformat.v4.new_markdown_cell("## 1 · A section\n\nIt is 0.123."),
        nbformat.v4.new_code_cell('check("11.1")', outputs=[shown]),
        nbformat.v4.new_markdown_cell("## 2 · Another"),
        nbformat.v4.new_code_cell("print(x)", outputs=[shown]),
    ]
    path = tmp_path / "11_a.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    assert verdict(Lesson(path).numbers[-1]) == "loose"


def test_contributing_tells_every_rule():
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Numbers in prose")[2]
    told = told.partition("\n## ")[0]
    assert [rule.__name__ for rule in RULES] == re.findall(r"(?m)^\d\. \*\*(\w+)\*\*", told)
