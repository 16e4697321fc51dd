"""Build problem sets, mark what came back, write feedback and marks: nbgrader, in one folder.

Everything about a class lies in one folder, laid out as nbgrader wants it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from coursework.marking.classroom import (
    COURSEWORK,
    ROOT,
    Trouble,
    given,
    path_of_programs,
    say,
    sets,
)

CONFIG = Path(__file__).with_name("nbgrader_config.py")
SIDE_BY_SIDE = "coursework.marking.run.side_by_side"
THEIRS = ("PYTHON", "JUPYTER", "IPYTHON", "MATPLOTLIBRC", "NBGRADER")
"""How variables begin that are settings of other programs and do not reach ours."""


def build(class_folder):
    """Make what students get: the sets, and the project with them, without solutions or tests."""
    class_folder.mkdir(parents=True, exist_ok=True)
    copy_sources(class_folder)
    for name in sets(class_folder / "source"):
        nbgrader(class_folder, "nbgrader", "generate_assignment", name, "--force")
        say(f"{name} is ready: {class_folder / 'release' / name}")
    pack(class_folder)


def pack(class_folder):
    """Write ``students.zip``: the project without solutions, with the sets that are handed out."""
    path = class_folder / "students.zip"
    top = Path("great-leap-forward")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for file in given():
            archive.write(file, top / file.relative_to(ROOT))
        for file in sorted((class_folder / "release").glob("*/*.ipynb")):
            archive.write(file, top / "problem_sets" / file.name)
    say(f"The project for students, with the sets and without solutions: {path}")


def copy_sources(class_folder):
    """Put the sets as they are now, with solutions, where nbgrader looks for them."""
    shutil.rmtree(class_folder / "source", ignore_errors=True)
    teachers = shutil.ignore_patterns(".*", "__pycache__", "rubric.md", "wrong_answers.py")
    shutil.copytree(COURSEWORK / "sets", class_folder / "source", ignore=teachers)


def grade(class_folder, names=(), again=False):
    """Mark every checked submission that is new or has changed, or ``again`` what is not.

    ``names`` are problem sets, none for all. Returned is why submissions could not be marked, by
    student and set.
    """
    submitted, marked = class_folder / "submitted", class_folder / "autograded"
    handed_in = {path.parts[-2:] for path in submitted.glob("*/*") if path.is_dir()}
    if not handed_in:
        raise Trouble(f"{submitted} is empty: first say where the files are, with check FOLDER.")
    _take_out_unfinished(marked)
    why, wanted = {}, {place for place in handed_in if not names or place[1] in names}
    for name in sorted({name for _, name in wanted}):
        count = sum(place[1] == name for place in wanted)
        say(f"Marking {name}, {count} handed in: some seconds for each that is new or has changed.")
        words = [name, "--force"] if again else [name]
        nbgrader(class_folder, SIDE_BY_SIDE, *words, may_fail=True, to_screen=True)
        reasons = class_folder / "not_run.json"
        if reasons.exists():
            said = json.loads(reasons.read_text("utf-8"))
            why |= {(student, name): said[student] for student in said}
            reasons.unlink()
    done = {path.parts[-3:-1] for path in marked.glob("*/*/*.ipynb")}
    return {place: why.get(place, "nbgrader.log says more") for place in sorted(wanted - done)}


def _take_out_unfinished(marked):
    """Take out what a run that was cut short has left: notebooks whose tests were not run."""
    for path in marked.glob("*/*/*.ipynb"):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            graded = cell["metadata"].get("nbgrader", {}).get("grade")
            if graded and cell["cell_type"] == "code" and not cell["outputs"]:
                shutil.rmtree(path.parent, ignore_errors=True)


def feedback(class_folder):
    """Write a page for each submission: ``feedback/<student>/psN/``."""
    marked = {path.name for path in (class_folder / "autograded").glob("*/ps*")}
    if not marked:
        raise Trouble("Nothing has been marked yet: first check FOLDER, then grade.")
    for name in sorted(marked):
        nbgrader(class_folder, "nbgrader", "generate_feedback", name, "--force")


def export(class_folder):
    """Write ``marks.csv``, and beside it the files that Moodle and Canvas import."""
    target = class_folder / "marks.csv"
    exporter = "--exporter=coursework.marking.hand_back.marks.Marks"
    nbgrader(class_folder, "nbgrader", "export", exporter, f"--to={target}")
    return target


def nbgrader(class_folder, program, *words, may_fail=False, to_screen=False):
    """Run nbgrader, or our program around it, in the class folder; its log is ``nbgrader.log``."""
    log = class_folder / "nbgrader.log"
    before = log.stat().st_size if log.exists() else 0
    with tempfile.TemporaryDirectory(prefix="marking-") as temporary:
        with log.open("a", encoding="utf-8") as file:
            folder = plain_name(class_folder, Path(temporary))
            options = [f"--JupyterApp.config_file={CONFIG}", f"--CourseDirectory.root={folder}"]
            code = subprocess.call(
                [sys.executable, "-m", program, *words, *options],
                cwd=folder,
                stderr=file,
                env=environment(Path(temporary)),
                stdout=sys.stderr if to_screen else file,
            )
    if code and not may_fail:
        said = log.read_bytes()[before:].decode("utf-8", "replace")
        named = re.findall(r"(?m)^\s*(?:\w+\.)*(\w*(?:Error|Exception|Entry|Trouble): .*)$", said)
        last = named[-1] if named else f"exit code {code}"
        raise Trouble(f"nbgrader {words[0]} stopped: {last}\nIts own words are in {log}.")


def plain_name(folder, temporary):
    """The folder under a name without signs that nbgrader, which looks for files by patterns,
    would take for parts of one."""
    if not re.search(r"[][*?]", str(folder)):
        return folder
    plain = temporary / "class"
    try:
        plain.symlink_to(folder, target_is_directory=True)
    except OSError:
        raise Trouble(
            f"{folder} has one of the signs [ ] * ? in its name, which nbgrader cannot read: "
            "rename it, or name another with --class FOLDER."
        ) from None
    return plain


def environment(temporary):
    """The variables that nbgrader is given; those of its kernels are in run/wall.py."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(THEIRS)}
    return kept | {
        "PATH": path_of_programs(),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "MPLBACKEND": "agg",
        "TMPDIR": str(temporary),
        "IPYTHONDIR": str(temporary / "ipython"),
        "JUPYTER_CONFIG_DIR": str(temporary / "config"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_DATA_DIR": str(temporary / "data"),
        "JUPYTER_RUNTIME_DIR": str(temporary),
    }
