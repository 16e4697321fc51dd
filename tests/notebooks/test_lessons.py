"""What makes a notebook a lesson: one question, guesses before answers, an honest time, an end.

Each check takes a notebook and returns what is wrong with it, in lines.
"""

import ast
import re
from copy import deepcopy
from itertools import chain
from statistics import median

import nbformat
import pytest
from conftest import ROOT
from lesson_minutes import NOTEBOOKS, counted, minutes
from lessons import EXERCISES, GUESSES, Notebook, hidden, lines_of

import glf_utils

FOLD = "<details>\n<summary>What we see</summary>\n"
ELSEWHERE = r"(?i)\bguess(?:es|ed)?\b[^.\n]*[?:]|before you (?:run|look)|write down first"
SECTIONS = [
    "A question for two",
    "What the evidence allows us to say",
    "Your guesses",
    "Sources",
    "Where next",
    "Answers",
]
CARD = re.compile(
    r"^\| path \| new to Python \| at home in it \| needs \|\n\|[-| ]+\|\n"
    r"\| (?P<path>\w+) \| (?P<new>\d+) minutes \| (?P<home>\d+) minutes \| (?P<needs>.+) \|$",
    re.MULTILINE,
)


def card(notebook):
    return CARD.search(notebook.node.cells[0].source)


def is_one_question(notebook):
    title = notebook.node.cells[0].source.split("\n")[0]
    if not re.fullmatch(r"# \d\d · .+\?", title):
        yield f"the title is no question with the lesson's number before it: {title}"
    if not card(notebook):
        return (yield "no card: path, two times, needs")
    if card(notebook)["path"] not in ("core", "deeper"):
        yield f"a path is core or deeper, not {card(notebook)['path']}"


def keeps_its_time(notebook):
    """The minutes of the card are those of the formula in tools/lesson_minutes.py."""
    if found := card(notebook):
        told, worked = (int(found["new"]), int(found["home"])), minutes(notebook.node)
        if told != worked:
            yield f"the card says {told} minutes, the formula {worked}"
    new, _ = minutes(notebook.node)
    if new > 80:
        yield f"{new} minutes for somebody new to Python: more than one lesson"


def open_prose(notebook):
    """What a lesson tells: its folds left out, but for what is seen after a guess."""
    seen = r"<details>\s*<summary>(?!What we see).*?</details>"
    return re.sub(rf"(?s){seen}", "", notebook.prose.partition("\n## Answers\n")[0])


def open_sections(notebook):
    """The numbered sections alone, where prose and code take turns."""
    prose = open_prose(notebook)
    return prose[prose.index("\n## 1 ·") : prose.index("\n## A question for two")]


def keeps_the_rhythm(notebook):
    found = counted(notebook.node)
    counts = [len(lines_of(cell)) for cell in notebook.code if not hidden(cell)]
    if median(counts) > 4:
        yield f"a median of {median(counts)} lines a code cell, over 4"
    if max(counts) > 20:
        yield f"a cell of {max(counts)} lines, over 20"
    first = notebook.number == "00"  # it also tells the story and teaches a little Python
    most, densest = (2_100, 36) if first else (1_800, 25)
    words = len(open_prose(notebook).split())
    if not 900 <= words <= most:
        yield f"{words} words outside its folds, not 900 to {most:,}"
    dense = len(open_sections(notebook).split()) / found["line of code"]
    if not 12 <= dense <= densest:
        yield f"{dense:.1f} words a line of code in its sections, not 12 to {densest}"
    if not 1 <= found["figure"] + found["panel of sliders"] <= 4:
        yield f"{found['figure']} figures and {found['panel of sliders']} panels, not 1 to 4"
    if not 3 <= found["check"] <= 5:
        yield f"{found['check']} checks, not 3 to 5"
    for what in ("written answer", "question for two"):
        if found[what] != 1:
            yield f"{found[what]} times: {what}"


def recalls(notebook):
    """Two questions about earlier lessons stand before anything new, each with its answer."""
    if notebook.number == "00":
        return
    opening = notebook.node.cells[2].source
    before, _, after = opening.partition("**By the end you will be able to**")
    if not before.startswith("**From before.**") or before.count("<summary>Answer</summary>") != 2:
        yield "the cell below the chain does not begin with two recall questions and answers"
    aims = re.findall(r"(?m)^- ", after.partition("**Content note.**")[0])
    if len(aims) != 3:
        yield f"{len(aims)} objectives, not three"


def shown_after(cells, place):
    """What a page shows of its section after a cell, folded parts left out."""
    shown = []
    for cell in cells[place + 1 :]:
        if cell.cell_type == "code":
            outputs = [] if hidden(cell, "outputs") else cell.outputs
            shown += [
                out.get("text", "") + out.get("data", {}).get("text/plain", "") for out in outputs
            ]
        elif cell.source.startswith("## "):
            break
        else:
            shown.append(re.sub(r"(?s)<details>.*?</details>|<!--.*?-->", "", cell.source))
    return "\n".join(shown)


def placeholder(cell):
    """What JupyterLab prints in place of folded outputs: a line of the first of them."""
    first = cell.outputs[0]
    kinds = ("text/html", "text/markdown", "text/plain")
    texts = [first.data[kind] for kind in kinds if kind in first.get("data", {})]
    text = texts[0] if texts else first.get("text", "")
    return next((line for line in text.split("\n") if line), "")[:80]


def holds_the_answer_back(notebook):
    """What a guess is about is folded away until the student runs it; so is what we say of it."""
    cells = notebook.node.cells
    prompts = [place for place, cell in enumerate(cells) if "> **Guess.**" in cell.source]
    asked = [place for place, cell in enumerate(cells) if re.match(r"guess\(", cell.source)]
    if not asked:
        yield "nothing is to be guessed"
    if [place + 1 for place in prompts] != asked:
        yield f"prompts stand in cells {prompts}, guesses are kept in cells {asked}"
    for place in asked:
        name = re.fullmatch(r'guess\("(\d+\.[a-z])", \.\.\.\)', cells[place].source)
        if not name or name[1] not in GUESSES:
            yield f'not of the form guess("11.a", ...), or not declared: {cells[place].source}'
            continue
        known, (result, comment) = GUESSES[name[1]], cells[place + 1 : place + 3]
        if result.cell_type != "code" or not hidden(result, "outputs"):
            yield f"{known.id}: the result does not follow with its output folded"
        if (told := placeholder(result)) not in ("A figure", "<div>", "<table>"):
            yield f"{known.id}: JupyterLab prints {told!r} where the output is folded; show a "
            "figure or a table there"
        if "finding=" in result.source:
            yield f"{known.id}: the code tells the finding"
        if known.kind is float and f"{known.found():.3g}" in result.source:
            yield f"{known.id}: the code holds the answer"
        if known.kind is float and re.search(
            rf"\b{known.found():.4g}\b", shown_after(cells, place)
        ):
            yield f"{known.id}: the answer stands open further down"
        if comment.cell_type != "markdown" or not comment.source.startswith(FOLD):
            yield f"{known.id}: what we see stands open below the result"
    of_lesson = [name for name in GUESSES if name.split(".")[0] == str(int(notebook.number))]
    used = re.findall(r'(?m)^guess\("([^"]+)"', "\n".join(cell.source for cell in notebook.code))
    if sorted(used) != sorted(of_lesson):
        yield f"it asks for {used}, the part declares {of_lesson}"
    for cell in cells:
        open_text = re.sub(r"(?s)> \*\*Guess\.\*\*.*|<!--.*?-->", "", cell.source)
        if cell.cell_type == "markdown" and (found := re.search(ELSEWHERE, open_text)):
            yield f"a prompt without guess(): {found[0]}"


def has_a_question_for_two(notebook):
    text = notebook.prose.partition("## A question for two")[2].partition("\n## ")[0]
    asked, _, revealed = text.partition("<summary>What each answer reveals</summary>")
    for part in (asked, revealed):
        letters = re.findall(r"(?m)^- \(([a-z])\) ", part)
        if letters != list("abcd"):
            yield f"the question for two lists {letters}, not four answers and four readings"


def ends_as_lessons_do(notebook):
    found = re.findall(r"(?m)^## (.+)$", notebook.prose)
    closing = [title for title in found if title in SECTIONS]
    if closing != SECTIONS:
        yield f"the closing sections are {closing}"
    said = notebook.prose.partition("## What the evidence allows us to say")[2].partition("\n## ")[
        0
    ]
    if not 3 <= len(re.findall(r"(?m)^- ", said)) <= 6:
        yield "the evidence is not summed up in 3 to 6 points"
    source = "\n".join(cell.source for cell in notebook.code)
    for call in (f"guesses({int(notebook.number)})", "bibliography("):
        if call not in source:
            yield f"no {call}"


def names_the_accounts(notebook):
    """By names that people remember; S1 to S4 are keys."""
    prose = re.sub(r"(?s)<details>.*?</details>", "", notebook.prose)
    if notebook.number != "00" and (found := re.search(r"\bS[1-4]\b(?!-\d)", prose)):
        yield f"an account goes by its key {found[0]}"


def fetches_what_it_names(notebook):
    """A tool that the text calls by name is imported, and so is the hint that a check offers."""
    called = set(re.findall(r"`(\w+)\(", notebook.prose)) & set(glf_utils.__all__)
    if "\ncheck(" in "\n".join(cell.source for cell in notebook.code):
        called.add("hint")
    parsed = (ast.walk(ast.parse(cell.source)) for cell in notebook.code)
    fetched = {
        alias.name
        for node in chain.from_iterable(parsed)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    if missing := sorted(called - fetched):
        yield f"it names {', '.join(missing)} and does not import it"


CHECKS = [
    is_one_question,
    keeps_its_time,
    keeps_the_rhythm,
    recalls,
    holds_the_answer_back,
    has_a_question_for_two,
    ends_as_lessons_do,
    names_the_accounts,
    fetches_what_it_names,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_lesson(path, check):
    wrong = list(check(Notebook(path)))
    assert not wrong, f"{path.name}:\n  " + "\n  ".join(wrong)


def test_exercises_and_guesses_belong_to_a_notebook():
    there = {str(int(path.stem[:2])) for path in NOTEBOOKS}
    assert {name.split(".")[0] for name in [*EXERCISES, *GUESSES]} <= there


def test_the_readme_lists_every_lesson_with_its_path_and_times():
    readme = (ROOT / "README.md").read_text("utf-8")
    for path in NOTEBOOKS:
        notebook = Notebook(path)
        question = notebook.node.cells[0].source.split("\n")[0].partition(" · ")[2]
        where, told = path.relative_to(ROOT).as_posix(), card(notebook)
        row = f"| [{notebook.number} {question}]({where}) | {told['path']} | {told['new']} | {told['home']} |"
        assert row in readme


# -- each check notices what it is for -----------------------------------------------------------


def cell_with(notebook, text):
    return next(cell for cell in notebook.node.cells if text in cell.source)


def replaced(text, by, count=1):
    """A damage: the first cell that holds the text says something else."""

    def damage(notebook):
        cell = cell_with(notebook, text)
        cell.source = cell.source.replace(text, by, count)

    return damage


def after_guess(notebook, step):
    place = next(i for i, c in enumerate(notebook.node.cells) if c.source.startswith("guess("))
    return notebook.node.cells[place + step]


def unfolded(notebook):
    after_guess(notebook, 1).metadata["jupyter"]["outputs_hidden"] = False


def told_further_down(notebook):
    known = GUESSES[re.search(r'guess\("(.*?)"', after_guess(notebook, 0).source)[1]]
    text = f"It was {known.found():.4g}." if known.kind is float else "guess: which is it?"
    after_guess(notebook, 3).source = text


def told_at_once(notebook):
    comment = after_guess(notebook, 2)
    comment.source = comment.source.replace("<details>\n<summary>What we see</summary>\n", "")


def unlisted(notebook):
    notebook.node.cells.insert(3, nbformat.v4.new_markdown_cell("Guess which it is: a or b?"))


def crowded(notebook):
    notebook.code[1].source += "\nx = 1" * 30


def swollen(notebook):
    notebook.node.cells[3].source += " word" * 900


DAMAGES = [
    (replaced("?", "."), is_one_question),
    (replaced("| core |", "| easy |"), is_one_question),
    (replaced(" minutes | ", "5 minutes | "), keeps_its_time),
    (swollen, keeps_its_time),
    (swollen, keeps_the_rhythm),
    (crowded, keeps_the_rhythm),
    (replaced("> **Write.**", "> **Think.**"), keeps_the_rhythm),
    (replaced("<summary>Answer</summary>", "<summary>More</summary>"), recalls),
    (unfolded, holds_the_answer_back),
    (told_at_once, holds_the_answer_back),
    (told_further_down, holds_the_answer_back),
    (unlisted, holds_the_answer_back),
    (replaced("guess(", "print("), holds_the_answer_back),
    (replaced("- (c)", "- (e)"), has_a_question_for_two),
    (replaced("## Your guesses", "## Guesses"), ends_as_lessons_do),
    (replaced("the textbook", "S1"), names_the_accounts),
    (replaced(" hint,", ""), fetches_what_it_names),
]


@pytest.fixture(scope="module")
def whole():
    return Notebook(next(path for path in NOTEBOOKS if path.stem.startswith("12")))


@pytest.mark.parametrize("damage, check", DAMAGES)
def test_damage_is_noticed(whole, damage, check):
    notebook = deepcopy(whole)
    assert not list(check(notebook))
    damage(notebook)
    assert list(check(notebook))
