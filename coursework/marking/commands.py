"""Build problem sets, mark what comes back, write feedback and marks: nbgrader, in one folder.

Everything about a class lies in one folder, laid out as nbgrader wants it.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from coursework.marking.classroom import COURSEWORK, ROOT, UNKNOWN, Trouble, say, sets  # noqa: F401

CONFIG = Path(__file__).with_name("nbgrader_config.py")
STUDENTS_GET = [
    "run.py", "pyproject.toml", "requirements.lock", "requirements-uv.lock", "environment.yml",
    "postBuild", "README.md", "LICENSE", "LICENSE-CONTENT", "CITATION.cff", "data", "docs",
    "glf_utils", "notebooks",
]  # fmt: skip


def build(class_folder):
    """Make what students get: the sets without solutions and hidden tests, and the HTML edition.

    Parameters
    ----------
    class_folder : Path
        Gets ``source`` (a copy), ``release``, ``html``, ``students.zip`` and nbgrader's
        ``gradebook.db``.
    """
    class_folder.mkdir(parents=True, exist_ok=True)
    copy_sources(class_folder)
    for name in sets(class_folder / "source"):
        nbgrader(class_folder, "generate_assignment", name, "--force")
        say(f"{name} is ready: {class_folder / 'release' / name}")
    write_html(class_folder / "html")
    pack(class_folder)


def pack(class_folder):
    """Write ``students.zip``: the project without solutions, with the sets that are handed out."""
    path = class_folder / "students.zip"
    top = Path("great-leap-forward")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for name in STUDENTS_GET:
            for file in sorted([ROOT / name, *(ROOT / name).rglob("*")]):
                if file.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & {*file.parts}:
                    archive.write(file, top / file.relative_to(ROOT))
        for file in sorted((class_folder / "release").glob("*/*.ipynb")):
            archive.write(file, top / "problem_sets" / file.name)
    say(f"The project for students, with the sets and without solutions: {path}")


def copy_sources(class_folder):
    """Put the sets as they are now, with solutions, where nbgrader looks for them."""
    shutil.rmtree(class_folder / "source", ignore_errors=True)
    ignored = shutil.ignore_patterns(".ipynb_checkpoints")
    shutil.copytree(COURSEWORK / "source", class_folder / "source", ignore=ignored)


def write_html(folder):
    """Write the notebooks as pages that need no Python, with descriptions of all figures."""
    from coursework.marking.edition import page_of

    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        (folder / f"{path.stem}.html").write_text(page_of(path), "utf-8")
    say(f"The notebooks as pages without Python: {folder}")


def grade(class_folder, names=(), again=False):
    """Mark every checked submission that is new or has changed.

    Parameters
    ----------
    class_folder : Path
    names : list of str
        Problem sets; none for all that were handed in.
    again : bool
        Mark also what has been marked before.

    Returns
    -------
    list of str
        Submissions that could not be marked, as "student psN".
    """
    submitted = class_folder / "submitted"
    handed_in = {path.name for path in submitted.glob("*/*") if path.is_dir()}
    if not handed_in:
        raise Trouble(f"{submitted} is empty: first say where the files are, with check FOLDER.")
    for name in sorted(set(names or handed_in) & handed_in):
        many = len(list(submitted.glob(f"*/{name}")))
        say(f"Marking {name}, {many} handed in: some seconds for each that is new or has changed.")
        nbgrader(class_folder, "autograde", name, *(["--force"] if again else []), may_fail=True)
    done = {path.parent.relative_to(class_folder / "autograded")
            for path in (class_folder / "autograded").glob("*/*/*.ipynb")}  # fmt: skip
    wanted = [path.relative_to(submitted) for path in sorted(submitted.glob("*/*"))
              if path.name in (names or handed_in)]  # fmt: skip
    return [" ".join(path.parts) for path in wanted if path not in done]


def feedback(class_folder):
    """Write a page for each submission: ``feedback/<student>/psN/``."""
    marked = [name for name in sets(class_folder / "release")
              if list((class_folder / "autograded").glob(f"*/{name}"))]  # fmt: skip
    if not marked:
        raise Trouble("Nothing has been marked yet: first check FOLDER, then grade.")
    for name in marked:
        nbgrader(class_folder, "generate_feedback", name, "--force")


def export(class_folder):
    """Write ``marks.csv``: a row for each student and set, with the points of each question."""
    target = class_folder / "marks.csv"
    exporter = "--exporter=coursework.marking.marks.Marks"
    nbgrader(class_folder, "export", exporter, f"--to={target}")
    return target


def nbgrader(class_folder, command, *options, may_fail=False):
    """Run one of nbgrader's commands in the class folder; its words go to ``nbgrader.log``."""
    log = class_folder / "nbgrader.log"
    before = log.stat().st_size if log.exists() else 0
    with tempfile.TemporaryDirectory(prefix="marking-") as temporary:
        with log.open("a", encoding="utf-8") as words:
            folder = plain_name(class_folder, Path(temporary))
            options = [*options, f"--JupyterApp.config_file={CONFIG}"]
            options += [f"--CourseDirectory.root={folder}"]
            env = environment(class_folder, Path(temporary))
            code = run("nbgrader", command, *options, folder=folder, env=env, to=words)
    if code and not may_fail:
        said = log.read_bytes()[before:].decode("utf-8", "replace")
        named = re.findall(r"(?m)^\s*(?:\w+\.)*(\w*(?:Error|Exception|Entry|Trouble): .*)$", said)
        last = named[-1] if named else f"exit code {code}"
        raise Trouble(f"nbgrader {command} stopped: {last}\nIts own words are in {log}.")


def plain_name(folder, temporary):
    """The folder under a name without signs that nbgrader, which looks for files by patterns,
    would take for parts of one."""
    signs = sorted(set(str(folder)) & set("[]*?"))
    if not signs:
        return folder
    plain = temporary / "class"
    try:
        plain.symlink_to(folder, target_is_directory=True)
    except OSError:
        raise Trouble(f"{folder} has {' and '.join(signs)} in its name, which nbgrader cannot "
                      "read: rename it, or name another with --class FOLDER.") from None
    return plain


def environment(class_folder, temporary):
    """The variables that nbgrader and the kernels it starts are given; see limits.py."""
    runtime = temporary / "runtime"
    runtime.mkdir()
    private = [str(class_folder), str(COURSEWORK)]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {
        "PATH": path,  # nbgrader calls alembic by name
        "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1",
        "MPLBACKEND": "agg",
        "IPYTHONDIR": str(temporary / "ipython"), "TMPDIR": str(temporary),
        "JUPYTER_CONFIG_DIR": str(temporary / "config"), "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_DATA_DIR": str(temporary / "data"), "JUPYTER_RUNTIME_DIR": str(runtime),
        "COURSEWORK_PRIVATE": os.pathsep.join(private),
        "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
    }  # fmt: skip


def run(module, *words, folder=ROOT, env=None, to=None):
    """Run a Python module as a program and return its exit code."""
    command = [sys.executable, "-m", module, *words]
    theirs = ("PYTHON", "JUPYTER", "IPYTHON", "MATPLOTLIBRC", "NBGRADER")  # their own settings
    kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    env = {**kept, **(env or {})}
    return subprocess.call(command, cwd=folder, env=env, stdout=to, stderr=to and subprocess.STDOUT)
