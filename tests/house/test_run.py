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
import zipfile
from importlib.metadata import distribution
from pathlib import Path
from types import SimpleNamespace

import pytest
import refresh_notebooks
from conftest import ROOT

LOCKS = tuple(f"locks/{who}.txt" for who in ("readers", "teachers", "developers", "benchmarks"))
BACKEND = """
import zipfile

def wheel(folder, name, version="1.0", needs=(), extras=(), files=()):
    file = f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{file}", "w") as made:
        made.writestr(zipfile.ZipInfo(f"{name}.py"), f"word, version = {name!r}, {version!r}\\n")
        info = f"{name}-{version}.dist-info"
        lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
        lines += [f"Provides-Extra: {extra}" for extra in extras]
        lines += [f"Requires-Dist: {need}" for need in needs]
        made.writestr(zipfile.ZipInfo(f"{info}/METADATA"), "\\n".join(lines) + "\\n")
        made.writestr(zipfile.ZipInfo(f"{info}/WHEEL"),
                      "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        made.writestr(zipfile.ZipInfo(f"{info}/RECORD"), "")
    return file

def build_editable(folder, *_):
    return wheel(folder, "ours")

build_wheel = build_editable
"""


def load_run(folder=ROOT):
    spec = importlib.util.spec_from_file_location("run", folder / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def offer(folder, name, *details, **more):
    """Put a wheel of one small module into a folder; return its line in a lock."""
    made = {}
    exec(BACKEND, made)
    file = folder / made["wheel"](folder, name, *details, **more)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return f"{name}=={file.name.split('-')[1]} \\\n    --hash=sha256:{digest}\n"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A folder with run.py and a project so small that its set-up takes seconds, offline."""
    folder = tmp_path_factory.mktemp("a place with spaces")
    shutil.copy(ROOT / "run.py", folder)
    (folder / "backend.py").write_text(BACKEND)
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        '[project]\nname = "ours"\nversion = "1.0"\ndependencies = ["seed"]\n'
    )
    (folder / "wheels").mkdir()
    line = offer(folder / "wheels", "seed")
    (folder / "locks").mkdir()
    for lock in LOCKS:
        (folder / lock).write_text(line)
    (folder / "benchmarks").mkdir()
    (folder / "benchmarks" / "bench.py").write_text(
        "import sys, seed, ours\nprint(seed.word, ours.word, *sys.argv[1:])\n"
    )
    return folder


def run(folder, *words, **settings):
    """`python run.py bench words`, with pip kept off the network."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_"))}
    clean |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_RETRIES": "0"}
    clean |= {"PIP_FIND_LINKS": (folder / "wheels").as_uri()}
    clean |= settings
    done = subprocess.run(
        [sys.executable, folder / "run.py", "bench", *words],
        env={key: value for key, value in clean.items() if value},
        capture_output=True,
        text=True,
        cwd=folder.parent,
        timeout=200,
    )
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


@pytest.mark.parametrize(
    "damage", ["stamp gone", "python gone", "half written", "library gone", "another version"]
)
def test_a_broken_environment_is_made_again_and_nothing_else_is_touched(ready, damage):
    venv = ready.folder / ".venv"
    if damage == "stamp gone":
        (venv / "ready.json").unlink()
        (venv / "leftover").write_text("of an install that was interrupted")
    elif damage in ("library gone", "another version"):
        (info,) = venv.rglob("seed-1.0.dist-info")
        (info.parent / "leftover").write_text("")
        if damage == "library gone":
            shutil.rmtree(info)
        else:
            text = (info / "METADATA").read_text()
            (info / "METADATA").write_text(text.replace("Version: 1.0", "Version: 2.0"))
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
    assert not list(venv.rglob("leftover"))
    assert files(ready.folder) == ready.before


@pytest.mark.parametrize(
    "trouble, settings, words",
    [
        (
            "no network",
            {"PIP_NO_INDEX": "", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": "http://127.0.0.1:9/"},
            "check the network",
        ),
        ("another package", {}, "not the one the lock names"),
    ],
)
def test_pip_trouble_is_one_line_and_the_same_command_recovers(ready, trouble, settings, words):
    lock = ready.folder / "locks/benchmarks.txt"
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


@pytest.fixture(scope="module")
def closed(tmp_path_factory, small):
    """A copy whose lock is closed, beside newer releases of all that it lists.

    ``asker`` wants an extra of ``answerer``, the extra wants ``tomlish``, and the newer release
    wants ``stranger``, which nobody offers. In the folder ``uv`` lies a wheel of the uv in use.
    """
    folder = tmp_path_factory.mktemp("closed") / "project"
    ignored = shutil.ignore_patterns(".venv", "*.egg-info", "wheels")
    shutil.copytree(small, folder, ignore=ignored)
    wheels = folder / "wheels"
    wheels.mkdir()
    toml = 'tomlish; extra == "toml"'
    lines = [
        offer(wheels, "asker", needs=["answerer[toml]>=1"]),
        offer(wheels, "answerer", needs=[toml], extras=["toml"]),
        offer(wheels, "tomlish"),
        (small / LOCKS[0]).read_text(),
    ]
    for lock in LOCKS:
        (folder / lock).write_text("".join(lines))
    shutil.copy(small / "wheels" / "seed-1.0-py3-none-any.whl", wheels)
    offer(wheels, "asker", "1.1", needs=["answerer[toml]>=1", "stranger"])
    offer(wheels, "answerer", "1.1", needs=[toml, "stranger"], extras=["toml"])
    offer(wheels, "tomlish", "1.1", needs=["stranger"])
    offer(wheels, "seed", "1.1", needs=["stranger"])
    (folder / "benchmarks" / "bench.py").write_text(
        "import answerer, asker, ours, seed, tomlish\n"
        "print(*(module.version for module in (answerer, asker, ours, seed, tomlish)))\n"
    )
    return folder


def packed(name, folder):
    """Write the wheel of a distribution as it is installed here; return its line in a lock."""
    there = distribution(name)
    path = folder / f"{name}-{there.version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as made:
        for file in there.files:
            inside = "__pycache__" not in file.parts and ".." not in file.parts
            if inside and file.locate().is_file():
                made.write(file.locate(), str(file))
            elif file.locate().name in (name, f"{name}.exe"):
                scripts = f"{name}-{there.version}.data/scripts/{file.locate().name}"
                made.write(file.locate(), scripts)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{name}=={there.version} \\\n    --hash=sha256:{digest}\n"


@pytest.mark.parametrize("installer", ["the pip that comes with Python", "the newest pip", "uv"])
def test_a_release_after_the_lock_was_made_changes_nothing(closed, monkeypatch, installer):
    shutil.rmtree(closed / ".venv", ignore_errors=True)
    lock = closed / "locks/installer.txt"
    if installer == "uv":
        lock.write_text(packed("uv", closed / "wheels"))
    elif lock.exists():
        lock.unlink()
    if installer == "the newest pip":  # takes the place of the venv's own before it is used
        newest = Path(distribution("pip").locate_file("pip"))
        module = load_run(closed)
        module.make_venv()
        (old,) = module.VENV.rglob("site-packages/pip")
        shutil.rmtree(old)
        shutil.copytree(newest, old, ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.setattr(module, "make_venv", lambda: None)
        settings = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1"}
        settings["PIP_FIND_LINKS"] = (closed / "wheels").as_uri()
        with monkeypatch.context() as patch:
            for name, value in settings.items():
                patch.setenv(name, value)
            module.set_up("bench")
    done = run(closed)
    assert (done.code, done.out) == (0, "1.0 1.0 1.0 1.0 1.0\n"), done.err
    log = (closed / ".venv" / "install.log").read_text("utf-8")
    assert ("Prepared" in log) == (installer == "uv")  # a word of uv's


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
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "The disk is full",
        ),
        (
            "WARNING: Retrying: NewConnectionError: Failed\nERROR: No matching distribution found for "
            "numpy",
            "check the network",
        ),
        ("ERROR: No matching distribution found for numpy==9", "older Python"),
        (
            "ERROR: Could not install packages due to an OSError: [WinError 5] Access is denied: "
            "'x.pyd'\nConsider using the `--user` option.",
            "close JupyterLab",
        ),
        ("boom", "boom, then give the same command again"),
    ],
)
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
    monkeypatch.setattr(module, "python", lambda *words, log: calls.append(words) or 0)
    assert module.main(["lab", "--no-browser", "--port", "9000"]) == 0
    assert calls[0] == "lab"
    assert calls[1][-3:] == ("--no-browser", "--port", "9000")
    offline = "--LabApp.extension_manager=readonly"
    assert {offline, f"--ServerApp.root_dir={ROOT}"} <= set(calls[1])
    assert (ROOT / "notebooks" / "00_start_here.ipynb").exists()


def test_options_of_pytest_replace_the_coverage_gate(monkeypatch):
    module, calls = load_run(), []
    monkeypatch.setattr(module, "set_up", lambda kind: None)
    monkeypatch.setattr(module, "python", lambda *words, **_: calls.append(words) or 0)
    assert module.main(["test", "-k", "name"]) == 0
    assert calls == [("-m", "pytest", "-k", "name")]


@pytest.mark.parametrize("ends, code", [((0, 0), 0), ((0, 1), 1), ((-9, 0), 1)])
def test_both_belts_run_all_tests_between_them(monkeypatch, ends, code):
    module, calls = load_run(), []
    monkeypatch.setattr(module, "set_up", lambda kind: None)
    monkeypatch.setattr(
        module,
        "side_by_side",
        lambda belts: calls.append(belts) or dict(zip(belts, ends, strict=True)),
    )
    assert module.main(["test"]) == code
    most, apart = calls[0].values()
    left_out = {word.partition("=")[2] for word in most if word.startswith("--ignore=")}
    assert left_out | {"notebooks"} == set(apart[2:]) and len(left_out) > 1
    assert all((ROOT / path).exists() for path in left_out)
    assert {"glf_utils", "tests", "--cov-fail-under=90"} <= set(most)


def test_belts_run_at_once_and_tell_of_themselves_in_turn(monkeypatch, tmp_path, capfd):
    """Each waits for the other to have begun: one after the other they would never end."""
    module = load_run()
    module.PYTHON = sys.executable
    monkeypatch.setattr(module, "environment", lambda: dict(os.environ))
    code = (
        "import pathlib, sys, time; mine, other = map(pathlib.Path, sys.argv[1:3])\n"
        "mine.touch()\n"
        "while not other.exists(): time.sleep(0.05)\n"
        "print('I am', mine.name); sys.exit(int(sys.argv[3]))"
    )
    a, b = str(tmp_path / "a"), str(tmp_path / "b")
    belts = {"one": ["-c", code, a, b, "0"], "two": ["-c", code, b, a, "3"]}
    assert module.side_by_side(belts) == {"one": 0, "two": 3}
    said = capfd.readouterr().out
    assert said.index("I am a") < said.index("two:\nI am b")


def widget_notebook(ids):
    """Two cells that show a widget each, whose state is stored with them."""
    kinds = (
        "application/vnd.jupyter.widget-view+json",
        "application/vnd.jupyter.widget-state+json",
    )
    cells = [
        {
            "cell_type": "code",
            "metadata": {"execution": {"at": "noon"}, "tags": ["t"]},
            "source": [],
            "outputs": [
                {
                    "output_type": "display_data",
                    "data": {kinds[0]: {"model_id": one}, "text/plain": "a slider"},
                }
            ],
        }
        for one in ids
    ]
    state = {one: {"state": {"value": "of a widget"}} for one in ids}
    told = {"language_info": {"version": "3.11.7"}, "widgets": {kinds[1]: {"state": state}}}
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": told})


def test_refreshed_notebooks_hold_no_widget_and_are_the_same_each_time():
    drawn = [[hashlib.md5(f"{draw}{i}".encode()).hexdigest() for i in range(2)] for draw in "abc"]
    tidied = {refresh_notebooks.tidy(widget_notebook(ids)) for ids in drawn}
    assert len(tidied) == 1
    text = tidied.pop()
    assert "of a widget" not in text and "noon" not in text and "3.11.7" not in text
    assert not any(one in text for ids in drawn for one in ids) and "a slider" in text
    assert json.loads(text)["cells"][0]["metadata"] == {"tags": ["t"]}


def test_printed_text_is_stored_in_one_piece_however_it_arrived():
    def printed(*pieces):
        outputs = [{"output_type": "stream", "name": name, "text": text} for name, text in pieces]
        picture = {"output_type": "display_data", "data": {}, "metadata": {}}
        cell = {"cell_type": "code", "metadata": {}, "outputs": [*outputs, picture, *outputs]}
        return refresh_notebooks.tidy(json.dumps({"cells": [cell], "metadata": {}}))

    whole = printed(("stdout", ["30 60\n", "90"]))
    assert printed(("stdout", "30 "), ("stdout", ["60\n"]), ("stdout", "90")) == whole
    assert whole.count('"30 60\\n"') == 2
    assert printed(("stdout", "a"), ("stderr", "b")).count('"stream"') == 4


@pytest.mark.parametrize(
    "said, cause",
    [
        ("Traceback (most recent call last):\n  File 'x'\n\nKeyError: 'z'\n", "KeyError: 'z'"),
        ("\x1b[31mjson.JSONDecodeError\x1b[39m: no\n", "json.JSONDecodeError: no"),
        (
            "[C 2026 ServerApp] Running as root is not recommended.\n",
            "Running as root is not recommended.",
        ),
    ],
)
def test_what_a_program_died_of_is_its_last_line_and_no_traceback(tmp_path, capsys, said, cause):
    code = f"import sys; sys.stderr.write({said!r}); sys.exit(1)"
    module = load_run()
    module.VENV, module.PYTHON = tmp_path, sys.executable
    module.ROOT = tmp_path
    assert module.python("-c", code, log="lab") == 1
    out = capsys.readouterr().err
    assert f"lab stopped: {cause}\n" in out and "state/lab.log" in out
    assert "Traceback" not in out and "  File" not in out
    assert (tmp_path / "state" / "lab.log").read_text("utf-8") == said


def test_words_that_do_not_fit_are_answered_in_a_line(tmp_path, monkeypatch):
    monkeypatch.setattr(refresh_notebooks.run, "set_up", lambda kind: None)
    with pytest.raises(refresh_notebooks.run.Stop, match="no notebook .*nosuch.ipynb"):
        refresh_notebooks.refresh([str(tmp_path / "nosuch.ipynb")])
    module = load_run()
    monkeypatch.setattr(module, "ROOT", tmp_path)
    with pytest.raises(module.Stop, match="not in this copy"):
        module.main(["coursework", "build"])
