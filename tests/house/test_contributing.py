"""What CONTRIBUTING.md describes, done in a copy: each addition touches at most four files.

A table, a figure, a slider, a lesson, an exercise and a question are added as an author would;
then the tests that watch over them are run in the copy.
"""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import refresh_notebooks
from conftest import ROOT

LESSON = "notebooks/1_soviet_model/12_machines_or_cloth.ipynb"
AGAIN = "notebooks/1_soviet_model/15_machines_or_cloth_again.ipynb"
FIGURE = '''

@house.style()
def two_harvests(grain):
    """The harvests of 1957 and 1958, side by side.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``.

    Returns
    -------
    Figure
    """
    rows = grain.query("series == 'output_official_old' and year in (1957, 1958)")
    before, after = rows["value"]
    fig, ax = new_figure(height=2.5)
    ax.bar(rows["year"], rows["value"], 0.5, color=NAVY)
    return describe(
        fig,
        finding=f"The harvest of 1958 was {after - before:.0f} million tonnes above that of 1957",
        units="Million tonnes of grain a year",
        rows=rows,
        alt=f"Two bars of {before:.1f} and {after:.1f} million tonnes of grain, 1957 and 1958.",
    )
'''
SLIDER = '''

def explore_ration():
    """How much grain towns need at a ration that the reader moves."""

    def panel(ax):
        ax.set(xlim=(0, 400), ylim=(0, 60), xlabel="kg a head", ylabel="million tonnes")
        (dot,) = ax.plot([0], [0], "o", color=NAVY)

        def move(ration):
            dot.set_data([ration], [0.1 * ration])
            return f"A hundred million townspeople need {0.1 * ration:.0f} million tonnes."

        return [dot], move

    return Explorer(
        panel,
        [Slider("ration", "ration w, kg a head", 100, 400, 10, 200)],
        {"half": {"ration": 100}, "full": {"ration": 200}},
        finding="What a hundred million townspeople need grows with the ration",
        units="Million tonnes of grain a year",
        sources=["linyang2000"],
    )
'''
EXERCISE = """

EXERCISES.append(
    Exercise(
        id="12.9",
        name="tenfold",
        kind=float,
        unit="a ratio, times ten",
        expected=lambda: 10 * split_needed(),
        hints=("Look above.", "Multiply.", "By how much?"),
    )
)
"""
COPIED = """

from dataclasses import replace

for declared in (EXERCISES, GUESSES):
    declared += [
        replace(one, id=one.id.replace("12.", "15.", 1)) for one in declared if one.id[:3] == "12."
    ]
"""


def rewrite(path, change):
    """Put the changed text of a file in its place; return the file's name in the copy."""
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    return path


def append(path, text):
    return rewrite(path, lambda before: before + text)


def edit(path, change):
    """Let a function change the cells of a notebook, then write it back."""

    def changed(text):
        notebook = json.loads(text)
        change(notebook["cells"])
        return json.dumps(notebook)

    return rewrite(path, changed)


def cell(name, source, kind="code", **metadata):
    more = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "metadata": metadata, "source": source, **more}


def before_answers(*added):
    def change(cells):
        cells[-1:-1] = added

    return change


def a_table(copy):
    data = copy / "data"
    told = json.loads((data / "ashton_fiscal_years.json").read_text("utf-8"))
    told |= {"name": "other_years", "path": "other_years.csv", "title": "The same, once more"}
    shutil.copy(data / "ashton_fiscal_years.csv", data / "other_years.csv")
    (data / "other_years.json").write_text(json.dumps(told) + "\n", "utf-8")
    python(copy, "tools/data_package.py", "dictionary")
    return [data / name for name in ("other_years.csv", "other_years.json", "README.md")]


def a_figure(copy):
    shown = before_answers(
        cell(
            "drawn",
            "from glf_utils.soviet_model.figures import two_harvests\n"
            'show(two_harvests(load("grain_national")))',
        ),
        cell(
            "read",
            "Two bars: what was harvested before the Leap and in its first year. The "
            "second is a little taller, and no more than that.",
            "markdown",
        ),
    )
    figures = copy / "glf_utils/soviet_model/figures.py"
    return [append(figures, FIGURE), edit(copy / LESSON, shown)]


def a_slider(copy):
    shown = before_answers(
        cell("moved", "from glf_utils.soviet_model.sliders import explore_ration\nexplore_ration()")
    )
    sliders = copy / "glf_utils/soviet_model/sliders.py"
    return [append(sliders, SLIDER), edit(copy / LESSON, shown)]


def an_exercise(copy):
    folded = (
        "\n\n<details>\n<summary>Exercise 12.9</summary>\n\n```python\n"
        "tenfold = 10 * split_needed\n```\n\n</details>"
    )

    def change(cells):
        asked = cell("asked", "**Exercise 12.9.** Ten times the answer to 12.4.", "markdown")
        cells[-1:-1] = [asked, cell("answered", 'tenfold = ...\ncheck("12.9")')]
        cells[-1]["source"] = "".join(cells[-1]["source"]) + folded

    exercises = copy / "glf_utils/soviet_model/exercises.py"
    return [append(exercises, EXERCISE), edit(copy / LESSON, change)]


def a_lesson(copy):
    text = (ROOT / LESSON).read_text("utf-8")
    text = re.sub(r'((?:check|guess|hint)\(\\"|Exercise |# |guesses\()12\b', r"\g<1>15", text)
    (copy / AGAIN).write_text(text, "utf-8")

    def listed(readme):
        line = re.search(rf"(?m)^\| \[12 .*{LESSON}.*\n", readme)[0]
        return readme.replace(line, line + line.replace("[12 ", "[15 ").replace(LESSON, AGAIN))

    exercises = copy / "glf_utils/soviet_model/exercises.py"
    return [copy / AGAIN, append(exercises, COPIED), rewrite(copy / "README.md", listed)]


def a_question(copy):
    folder = copy / "coursework/sets/ps1"

    def change(cells):
        for one in cells:
            if one["metadata"]["nbgrader"].get("points") == 20:
                one["metadata"]["nbgrader"]["points"] = 18
            text = "".join(one["source"])
            one["source"] = text.replace("Question 9 (20 points", "Question 9 (18 points")
        plain = {"schema_version": 3, "task": False, "grade": False}
        cells += [
            cell(
                "t10",
                "### Question 10 (2 points, objective A)\n\nTwice one?",
                "markdown",
                nbgrader=plain | {"grade_id": "text-99", "locked": True, "solution": False},
            ),
            cell(
                "q10",
                "# Your answer to question 10\ntwice = ...\n### BEGIN SOLUTION\n"
                "twice = 2\n### END SOLUTION",
                nbgrader=plain | {"grade_id": "q10", "locked": False, "solution": True},
            ),
            cell(
                "q10t",
                'look("twice")\n### BEGIN HIDDEN TESTS\ndef marks_10():\n'
                "    from glf_utils.answers.assigned import award\n"
                '    return award(2, "twice", 2.0)\nmarks_10()\n### END HIDDEN TESTS',
                nbgrader=plain
                | {
                    "grade_id": "q10_test",
                    "locked": True,
                    "solution": False,
                    "grade": True,
                    "points": 2,
                },
            ),
        ]

    wrong = 'BANK["q10"] = [(f"twice = {number}", 0, "") for number in (1, 3, 4, 5)]\n'
    return [
        edit(next(folder.glob("*.ipynb")), change),
        append(folder / "wrong_answers.py", wrong),
        rewrite(folder / "rubric.md", lambda text: text.replace("(20 points)", "(18 points)")),
    ]


def python(copy, *words):
    """Run Python in the copy, with the copy's own package."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """A copy of the project to which one of everything was added, and the files of each."""
    copy = tmp_path_factory.mktemp("copy") / "project"
    wanted = shutil.ignore_patterns(".*", "__pycache__", "class", "*.egg-info")
    shutil.copytree(ROOT, copy, ignore=wanted)
    acts = (a_table, a_figure, a_slider, a_lesson, an_exercise, a_question)
    touched = {act.__name__: act(copy) for act in acts}
    for path in (copy / LESSON, copy / AGAIN):
        python(
            copy,
            "-m",
            "nbconvert",
            "--to=notebook",
            "--execute",
            "--inplace",
            "--ExecutePreprocessor.record_timing=False",
            str(path),
        )
        rewrite(path, refresh_notebooks.tidy)
    return copy, touched


def test_each_addition_touches_at_most_four_files(added):
    copy, touched = added
    for act, files in touched.items():
        assert 0 < len(files) <= 4 and all(copy in file.parents for file in files), act


def test_what_was_added_passes_the_tests_that_watch_over_it(added):
    copy, _ = added
    where = {
        "tests/tables/test_tables.py": "",
        "tests/house/test_architecture.py": "",
        "tests/house/test_docstrings.py": "",
        "tests/answers/test_checker.py": "",
        "tests/page/test_settings.py": "house_style",
        "tests/notebooks/test_notebooks.py": "(12_ or 15_ or readme) and not html",
        "tests/notebooks/test_lessons.py": "15_ or readme",
        "tests/marking/test_problem_sets.py": "ps1 and (points or question or wrong)",
    }
    told = [f"({path.rpartition('/')[2]} and {words or 'test'})" for path, words in where.items()]
    said = python(
        copy,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-o",
        "addopts=",
        *where,
        "-k",
        " or ".join(told),
    )
    assert int(re.search(r"(\d+) passed", said)[1]) > 150
    checked = "from glf_utils.answers.asked import exercises as e; print(*e(12), *e(15))"
    assert "12.9 15.1" in python(copy, "-c", checked)
