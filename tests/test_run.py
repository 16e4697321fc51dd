"""run.py: it says what is wrong in a line, recovers, and deletes nothing but .venv.

The set-up is run for real in a small folder of its own, with one small package in its lock.
"""

import ast
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = tuple(f"requirements{kind}.lock" for kind in ("", "-coursework", "-test", "-bench"))
BACKEND = '''
import zipfile

def wheel(folder, name):
    file = f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{file}", "w") as made:
        made.writestr(zipfile.ZipInfo(f"{name}.py"), f"word = {name!r}\\n")
        info = f"{name}-1.0.dist-info"
        made.writestr(zipfile.ZipInfo(f"{info}/METADATA"),
                      f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n")
        made.writestr(zipfile.ZipInfo(f"{info}/WHEEL"),
                      "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        made.writestr(zipfile.ZipInfo(f"{info}/RECORD"), "")
    return file

def build_editable(folder, *_):
    return wheel(folder, "ours")

build_wheel = build_editable
'''


def load_run(folder=ROOT):
    spec = importlib.util.spec_from_file_location("run", folder / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A folder with run.py and a project so small that its set-up takes seconds, offline."""
    folder = tmp_path_factory.mktemp("a place with spaces")
    shutil.copy(ROOT / "run.py", folder)
    (folder / "backend.py").write_text(BACKEND)
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        '[project]\nname = "ours"\nversion = "1.0"\n'
    )
    (folder / "wheels").mkdir()
    made = {}
    exec(BACKEND, made)
    wheel = folder / "wheels" / made["wheel"](folder / "wheels", "seed")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    for lock in LOCKS:
        (folder / lock).write_text(f"seed==1.0 \\\n    --hash=sha256:{digest}\n")
    (folder / "benchmarks").mkdir()
    (folder / "benchmarks" / "bench.py").write_text(
        "import sys, seed, ours\nprint(seed.word, ours.word, *sys.argv[1:])\n"
    )
    return folder


def run(folder, *words, **settings):
    """`python run.py bench words`, with pip kept off the network."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    clean |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_RETRIES": "0"}
    clean |= {"PIP_FIND_LINKS": str(folder / "wheels").replace(" ", "%20")}
    clean["PIP_FIND_LINKS"] = (folder / "wheels").as_uri()
    clean |= settings
    done = subprocess.run(
        [sys.executable, folder / "run.py", "bench", *words],
        env={key: value for key, value in clean.items() if value}, capture_output=True, text=True,
        cwd=folder.parent, timeout=200,
    )  # fmt: skip
    return SimpleNamespace(code=done.returncode, out=done.stdout, err=done.stderr)


def files(folder):
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path for path in found if ".venv" not in path.parts and path.suffix != ".pyc"}


@pytest.fixture(scope="module")
def ready(small):
    """The small folder, set up once; its first start is what the first test looks at."""
    return SimpleNamespace(folder=small, before=files(small), first=run(small, "--json"))


def test_first_start_installs_and_runs_the_second_only_runs(ready):
    assert ready.first.code == 0, ready.first.err
    assert ready.first.err.splitlines()[0].startswith("Setting up .venv with about 1 packages")
    assert ready.first.out == "seed ours --json\n"
    again = run(ready.folder, "--json")
    assert (again.out, again.err, again.code) == ("seed ours --json\n", "", 0)


@pytest.mark.parametrize("damage", ["stamp gone", "python gone", "half written"])
def test_a_broken_environment_is_made_again_and_nothing_else_is_touched(ready, damage):
    venv = ready.folder / ".venv"
    if damage == "stamp gone":
        (venv / "ready.json").unlink()
        (venv / "leftover").write_text("of an install that was interrupted")
    elif damage == "python gone":
        python = load_run(ready.folder).PYTHON
        python.unlink()
        if os.name != "nt":
            python.symlink_to("nowhere")
    else:
        shutil.rmtree(venv)
        venv.mkdir()
    mended = run(ready.folder)
    assert (mended.code, mended.out) == (0, "seed ours\n"), mended.err
    assert not (venv / "leftover").exists()
    assert files(ready.folder) == ready.before


@pytest.mark.parametrize(
    "trouble, settings, words",
    [
        ("no network", {"PIP_NO_INDEX": "", "PIP_FIND_LINKS": "",
                        "PIP_INDEX_URL": "http://127.0.0.1:9/"}, "check the network"),
        ("another package", {}, "not the one the lock names"),
    ],
)  # fmt: skip
def test_pip_trouble_is_one_line_and_the_same_command_recovers(ready, trouble, settings, words):
    lock = ready.folder / "requirements-bench.lock"
    good = lock.read_text()
    bad = re.sub("sha256:.*", "sha256:" + "0" * 64, good) if trouble == "another package" else good
    lock.write_text(bad + "# another lock, so that there is something to install\n")
    shutil.rmtree(ready.folder / ".venv")
    failed = run(ready.folder, **settings)
    assert failed.code == 1
    *progress, last = failed.err.splitlines()
    assert words in last and "give the same command again" in last, failed.err
    assert not [line for line in progress if "Traceback" in line or "ERROR" in line]
    lock.write_text(good)
    assert run(ready.folder).code == 0


def test_a_full_disk_is_noticed_before_anything_is_removed(ready, monkeypatch):
    module = load_run(ready.folder)
    (module.VENV / "kept").write_text("")
    module.STAMP.unlink()
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: SimpleNamespace(free=3 * 10**8))
    with pytest.raises(module.Stop, match="300 MB free"):
        module.set_up("test")
    assert (module.VENV / "kept").exists()


@pytest.mark.parametrize(
    "printed, words",
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
         "The disk is full"),
        ("WARNING: Retrying: NewConnectionError: Failed\nERROR: No matching distribution found for "
         "numpy", "check the network"),
        ("ERROR: No matching distribution found for numpy==9", "older Python"),
        ("boom", "boom, then give the same command again"),
    ],
)  # fmt: skip
def test_what_pip_says_is_put_in_a_line(printed, words):
    line = load_run().pip_trouble(printed)
    assert words in line and "\n" not in line


def test_old_python_can_read_the_file_and_is_told_what_is_needed(monkeypatch):
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 7))
    module = load_run()
    monkeypatch.setattr(module.sys, "version_info", (3, 10, 4, "final", 0))
    with pytest.raises(module.Stop, match="needs Python 3.11 or newer"):
        module.main(["lab"])


def test_only_the_standard_library_is_imported():
    tree = ast.parse((ROOT / "run.py").read_text("utf-8"))
    named = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    modules = {getattr(node, "module", None) or node.names[0].name for node in named}
    assert {name.partition(".")[0] for name in modules} <= sys.stdlib_module_names


def test_help_and_unknown_commands(capsys):
    module = load_run()
    assert module.main([]) == module.main(["--help"]) == 0
    assert "python run.py lab" in capsys.readouterr().out
    with pytest.raises(module.Stop, match="choose from lab, test"):
        module.main(["lob"])


def test_lab_opens_the_first_notebook_offline_and_passes_options_on(monkeypatch):
    module, calls = load_run(), []
    monkeypatch.setattr(module, "set_up", lambda kind: calls.append(kind))
    monkeypatch.setattr(module, "trust", lambda: calls.append("trust"))
    monkeypatch.setattr(module, "python", lambda *words: calls.append(words) or 0)
    assert module.main(["lab", "--no-browser", "--port", "9000"]) == 0
    assert calls[:2] == ["lab", "trust"]
    assert calls[2][-3:] == ("--no-browser", "--port", "9000")
    assert {*module.OFFLINE, f"--ServerApp.root_dir={ROOT}"} <= set(calls[2])
    assert (ROOT / "notebooks" / "00_start_here.ipynb").exists()


def test_options_of_pytest_replace_the_coverage_gate(monkeypatch):
    module, calls = load_run(), []
    monkeypatch.setattr(module, "set_up", lambda kind: None)
    monkeypatch.setattr(module, "python", lambda *words: calls.append(words) or 0)
    module.main(["test"])
    module.main(["test", "-k", "name"])
    assert "--cov-fail-under=90" in calls[0]
    assert calls[1] == ("-m", "pytest", "-k", "name")


def widget_notebook(ids):
    """A notebook that shows a box (ids 0) of a slider (1) with a style (2); 3 is left over."""
    state = {
        ids[0]: {"state": {"children": [f"IPY_MODEL_{ids[1]}"]}},
        ids[1]: {"state": {"value": 0.2, "style": f"IPY_MODEL_{ids[2]}"}},
        ids[2]: {"state": {}},
        ids[3]: {"state": {"value": "of no cell"}},
    }
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": ids[0]}}
    cell = {"cell_type": "code", "metadata": {"execution": {"at": "noon"}, "tags": ["t"]},
            "source": [], "outputs": [{"output_type": "display_data", "data": view}]}  # fmt: skip
    kind = "application/vnd.jupyter.widget-state+json"
    return json.dumps({
        "cells": [cell], "nbformat": 4, "nbformat_minor": 5,
        "metadata": {"language_info": {"version": "3.11.7"}, "widgets": {kind: {"state": state}}},
    })  # fmt: skip


def test_refreshed_notebooks_are_the_same_whatever_ids_the_widgets_drew():
    drawn = [[hashlib.md5(f"{draw}{i}".encode()).hexdigest() for i in range(4)] for draw in "abc"]
    tidied = {load_run().tidy(widget_notebook(ids)) for ids in drawn}
    assert len(tidied) == 1
    text = tidied.pop()
    assert "of no cell" not in text and "noon" not in text and "3.11.7" not in text
    notebook = json.loads(text)
    state = notebook["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    assert [int(name, 16) for name in state] == [1, 2, 3]
    assert state[f"{1:032x}"]["state"]["children"] == [f"IPY_MODEL_{2:032x}"]
    assert notebook["cells"][0]["metadata"] == {"tags": ["t"]}


def test_printed_text_is_stored_in_one_piece_however_it_arrived():
    def printed(*pieces):
        outputs = [{"output_type": "stream", "name": name, "text": text} for name, text in pieces]
        picture = {"output_type": "display_data", "data": {}, "metadata": {}}
        cell = {"cell_type": "code", "metadata": {}, "outputs": [*outputs, picture, *outputs]}
        return load_run().tidy(json.dumps({"cells": [cell], "metadata": {}}))

    whole = printed(("stdout", ["30 60\n", "90"]))
    assert printed(("stdout", "30 "), ("stdout", ["60\n"]), ("stdout", "90")) == whole
    assert whole.count('"30 60\\n"') == 2
    assert printed(("stdout", "a"), ("stderr", "b")).count('"stream"') == 4


def locked(file):
    text = (ROOT / file).read_text("utf-8")
    return dict(re.findall(r"(?m)^([\w.-]+)==([^\s;\\]+)", text)), text


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_are_hashed_and_hold_no_address(lock):
    versions, text = locked(lock)
    assert len(versions) > 50
    assert not re.search(r"https?:|--index|--find-links|file:", text)
    blocks = re.split(r"(?m)^(?=[\w.-]+==)", text)[1:]
    assert all("--hash=sha256:" in block for block in blocks)


def test_each_lock_holds_the_one_before_and_what_pyproject_asks():
    versions = [locked(lock)[0] for lock in LOCKS]
    for small, large in zip(versions, versions[1:], strict=False):
        assert small.items() <= large.items()
    project = load_project()
    extra = project["optional-dependencies"]
    asked = [project["dependencies"] + extra["build"],
             extra["coursework"], extra["test"], extra["bench"]]  # fmt: skip
    for lines, held in zip(asked, versions, strict=True):
        assert {name_of(line) for line in lines} <= held.keys()


def test_students_install_nothing_that_only_marking_needs():
    students, teachers = (locked(lock)[0] for lock in LOCKS[:2])
    assert "nbgrader" in teachers and "nbgrader" not in students
    assert len(students) < len(teachers)


def load_project():
    import tomllib

    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def name_of(requirement):
    return re.match(r"[\w.-]+", requirement)[0]


def test_no_lock_with_addresses_is_in_the_tree():
    assert not [name for name in ("uv.lock", "pylock.toml") if (ROOT / name).exists()]
