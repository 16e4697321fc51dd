"""The teacher's guide and the essay brief: what they name exists, what they add adds up."""

import re
from functools import partial

import pytest
from conftest import ROOT
from lesson_minutes import NOTEBOOKS
from lesson_minutes import minutes as minutes_of
from lessons import Notebook
from problem_sets import SOURCES
from tied import disagreement

from glf_utils import load
from glf_utils.death_toll import exercises
from glf_utils.death_toll import rates as mortality
from glf_utils.prose import markdown_of, ties, worked
from glf_utils.tables import one

COMMENT = re.compile(r"(?s)<!--.*?-->")
FOLDER = ROOT / "coursework"
PAGES = {name: (FOLDER / name).read_text("utf-8") for name in ("README.md", "capstone.md")}
GUIDE, CAPSTONE = PAGES.values()
ACTIONS = ("build", "check", "grade", "feedback", "export")
SETS = [f"ps{number}" for number in range(1, 6)]
NUMBERED = {path.stem[:2]: markdown_of(path) for path in NOTEBOOKS}
each_page = pytest.mark.parametrize("page", PAGES)


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def table(text, first):
    """The rows of the table whose header's first cell is ``first``."""
    after = text.split(f"\n| {first} |", 1)[1].split("\n")[2:]
    return [cells(line) for line in after[: [*map(bool, after), False].index(False)]]


def span(words):
    """Lowest and highest minutes in words such as ``75–90`` or ``about 70 minutes``."""
    found = re.search(r"(\d+)(?:–(\d+))?", words)
    return int(found[1]), int(found[2] or found[1])


def code(page):
    return re.findall(r"`([^`\n]+)`", PAGES[page])


def paths(page):
    """Files and folders named in code type, but for those that a command makes."""
    named = [word for word in code(page) if re.fullmatch(r"[\w./]+(/|\.(md|csv|py|yml))", word)]
    made = (
        "class/ by_hand.csv check.md marks.csv students.zip problem_sets/ reading_edition/".split()
    )
    return [word for word in named if not any(part in word for part in made)]


def missing(words):
    return [word for word in words if not ((ROOT / word).exists() or (FOLDER / word).exists())]


# -- what is named exists ------------------------------------------------------------------------


@each_page
def test_links_resolve(page):
    links = re.findall(r"\]\(([^)]+)\)", PAGES[page])
    assert [link for link in links if not (FOLDER / link).is_file()] == []


@each_page
def test_files_exist(page):
    assert missing(word for word in paths(page) if "psN" not in word) == []


def test_every_problem_set_has_the_files_the_guide_names():
    assert {path.parent.name for path in SOURCES} == set(SETS) == set(re.findall(r"ps\d", GUIDE))
    patterns = {word for word in paths("README.md") if "psN" in word}
    assert len(patterns) == 3
    assert missing(word.replace("psN", name) for word in patterns for name in SETS) == []


def test_commands_exist():
    run = (ROOT / "run.py").read_text("utf-8")
    commands = set(re.findall(r"(?m)^    python run\.py (\w+)", run))
    assert "lab" in commands
    for text in PAGES.values():
        assert set(re.findall(r"`python run\.py (\w+)", text)) <= commands
    assert tuple(dict.fromkeys(re.findall(r"run\.py coursework (\w+)", GUIDE))) == ACTIONS
    listed = (FOLDER / "marking/__main__.py").read_text("utf-8").split('"""')[1]
    assert set(re.findall(r"run\.py coursework (\w+)", listed)) == set(ACTIONS)


@each_page
def test_tables_exist(page):
    names = [word for word in code(page) if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", word)]
    assert names or page == "README.md"
    assert missing(f"data/{name}.csv" for name in names) == []


@each_page
def test_sections_and_exercises_exist(page):
    text = PAGES[page]
    for notebook, listed in re.findall(r"\b(0[0-5]), sections? (\d+(?:(?:–|, | and )\d+)*)", text):
        for section in re.findall(r"\d+", listed):
            assert re.search(rf"(?m)^## {section} · ", NUMBERED[notebook]), (notebook, section)
    for exercise in re.findall(r"exercise (\d+\.\d)", text):
        assert f"Exercise {exercise}" in NUMBERED[exercise.split(".")[0].zfill(2)], exercise
    assert not re.findall(r"[Nn]otebooks? 0[6-9]", text)


# -- claims --------------------------------------------------------------------------------------


@each_page
def test_claims_exist(page):
    named = set(re.findall(r"S[1-4]-\d{3}", PAGES[page]))
    assert named and named <= set(load("account_claims")["claim_id"])


def test_bundles_say_how_each_claim_stands():
    claims = load("account_claims").set_index("claim_id")
    verdicts = ("holds", "fails", "contested", "undecided")
    bundles = re.findall(r"(?ms)^### [A-D] · .*?(?=^#)", CAPSTONE)
    assert len(bundles) == 4
    seen = set()
    for bundle in bundles:
        for account, *columns in table(bundle, "account"):
            for verdict, column in zip(verdicts, columns, strict=True):
                for claim, mark in re.findall(r"(S\d-\d{3})([*†]?)", column):
                    row = claims.loc[claim]
                    assert (row["account"], row["verdict"]) == (account, verdict), claim
                    part = "Part of the check" in str(row["note"])
                    grade = "†" if row["verification"] == "unchecked" else "*" if part else ""
                    assert mark == grade, claim
                    seen.add((account, verdict))
    accounts = ("S1", "S2", "S3", "S4")
    assert seen >= {(account, verdict) for account in accounts for verdict in ("holds", "fails")}


# -- what is added adds up -----------------------------------------------------------------------


def minutes(first, names):
    """For each column of a table: minutes by row, and their sum as the last row prints it."""
    *rows, (_, *totals) = table(GUIDE, first)
    for column, name in enumerate(names):
        listed = {row[0]: row[column + 1] for row in rows if row[column + 1]}
        total = sum(int(cell) for cell in listed.values() if not cell.startswith("("))
        assert totals[column] == f"**{total}**", name
        yield name, listed, total


def agree(listed, total, card, text):
    """Whether a column sums to what a card allows and has the sections of the text."""
    low, high = span(card)
    assert low <= total <= high, card
    numbered = [name for name in listed if name.isdigit()]
    assert numbered == re.findall(r"(?m)^## (\d+) · ", text)


def test_plans_add_up_the_minutes_of_their_lessons():
    plans = re.findall(r"(?m)^\| week \| lessons \|.*\n.*\n((?:\|.*\n)+)", GUIDE)
    assert len(plans) == 3
    times = {path.stem[:2]: minutes_of(Notebook(path).node) for path in NOTEBOOKS}
    for plan in plans:
        for week, lessons, told, *_ in map(cells, plan.splitlines()):
            each = [times[number] for number in lessons.split(", ")]
            assert told == " / ".join(str(sum(both)) for both in zip(*each, strict=True)), week
    every = [number for week in plans[1].splitlines() for number in cells(week)[1].split(", ")]
    assert every == sorted(times)


def test_minutes_agree_with_the_cards_of_the_sets():
    texts = {path.parent.name: markdown_of(path) for path in SOURCES}
    for name, listed, total in minutes("part of a set", SETS):
        if name in texts:
            card = re.search(r"(?m)^\| (?:notebook|lessons) [\d–]+ \| ([^|]*) \|", texts[name])[1]
            agree(listed, total, card, texts[name])


def test_rubric_adds_to_a_hundred():
    *criteria, total = table(CAPSTONE, "criterion")
    assert sum(int(row[1]) for row in criteria) == 100 and total[1] == "**100**"
    assert all(len(row) == 5 and all(row) for row in criteria)


# -- numbers -------------------------------------------------------------------------------------


def register(kind, reference):
    """Excess deaths of 1958-61 in the official register."""
    rows = load("national_vital_rates").query("series == 'official' and 1953 <= year <= 1965")
    years, deaths = rows["year"], rows["death_rate_per_1000"]
    normal = 10 if kind == "flat" else mortality.baseline_rates(years, deaths, kind, reference)
    people = rows["population_midyear_million"]
    return mortality.excess_deaths(years, deaths, people, (1958, 1961), normal).total


def exports():
    """Net exports of 1959 and 1960, million tonnes, as the newspaper's table has them."""
    rows = "series == 'net_exports' and source == 'graintrade_press2011' and year == "
    return sum(one("grain_national", f"{rows}{year}") for year in (1959, 1960))


def harvests():
    rows = "series == 'output_official_old' and year == "
    return sum(one("grain_national", f"{rows}{year}") for year in (1959, 1960))


OURS = {
    "register_toll": register,
    "register_gap": lambda: exercises._balance("official").gap,
    "answer": lambda number: next(e for e in exercises.EXERCISES if e.id == number).expected(),
    "exports": exports,
    "harvests": harvests,
}


@each_page
def test_tagged_numbers_agree_with_the_data(page):
    tied = ties(PAGES[page])
    assert len(tied) >= 5
    work = partial(worked, **OURS)
    assert [line for tie in tied if (line := disagreement(tie, work))] == []


def bare_tolls(text):
    """Paragraphs and table rows that number the dead without window, baseline or births."""
    found = []
    for block in re.split(r"\n\n|\n(?=[|>-] )", COMMENT.sub("", text)):
        numbered = re.search(r"\d (?:to [\d.]+ )?million(?! tonnes| people through| kcal)", block)
        if numbered and re.search(r"dead|death|died|murder|starved|killed|\btoll\b", block):
            window = re.search(r"19\d\d(–\d\d|–19\d\d)", re.sub(r"\s", " ", block))
            normal = re.search(r"baseline|normal|straight line", block)
            if not (window and normal and "birth" in block):
                found.append(block)
    return found


@each_page
def test_no_toll_stands_bare(page):
    assert bare_tolls(PAGES[page]) == []


def test_a_bare_toll_is_noticed():
    assert bare_tolls("Some 30 million died.")
    assert bare_tolls("| x | 45 million deaths, 1958–62, births not counted |")
    assert not bare_tolls("30 million deaths in 1958–61 above normal, births not counted.")


def test_the_guide_says_what_protects_whom_on_each_system():
    rows = dict(table(GUIDE, "system"))
    assert [name.split()[0] for name in rows] == ["Linux", "Linux", "macOS", "Windows"]
    wall, watch, *fewer = rows.values()
    assert "safe from somebody determined" in wall and "**not** against" in watch
    assert all("memory" in words for words in fewer)


def test_the_guide_stays_usable():
    assert len(re.findall(r"\w[\w’'.-]*", COMMENT.sub("", GUIDE))) <= 3_700
