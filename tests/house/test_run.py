"""run.py and locks/install.py: they say what is wrong in a line, recover, and delete nothing else.

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
import run_tests
from conftest import ROOT

from locks import install

LOCKS = tuple(
    f"locks/{who}.txt" for who in ("readers", "teachers", "publishers", "developers", "benchmarks")
)
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

BENCH = """
import os, sys, traceback, seed, ours
if "survives" in sys.argv:
    try: [][0]
    except IndexError: traceback.print_exc()
    sys.exit("I go on, and end for a reason of my own.")
if "dies" in sys.argv:
    print("Error: not what it dies of", file=sys.stderr, flush=True)
    os.kill(os.getpid(), 9)
print(seed.word, ours.word, *sys.argv[1:])
"""


def load_run(folder=ROOT):
    """run.py of a folder as a module of its own."""
    return load(folder / "run.py")


def load_install(folder):
    """locks/install.py of a folder as a module of its own."""
    return load(folder / "locks" / "install.py")


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
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
    shutil.copy(ROOT / "locks" / "install.py", folder / "locks")
    for lock in LOCKS:
        (folder / lock).write_text(line)
    (folder / "benchmarks").mkdir()
    (folder / "benchmarks" / "bench.py").write_text(BENCH)
    return folder


def run(folder, *words, command="bench", **settings):
    """`python run.py bench words`, with pip kept off the network."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_"))}
    clean |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_RETRIES": "0"}
    clean |= {"PIP_FIND_LINKS": (folder / "wheels").as_uri()}
    clean |= settings
    done = subprocess.run(
        [sys.executable, folder / "run.py", command, *words],
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
        python = install.interpreter(venv)
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


@pytest.mark.parametrize("theirs", ["an environment", "a file", "a link to nowhere"])
def test_what_run_did_not_make_is_left_alone(ready, theirs):
    venv, mine = ready.folder / ".venv", ready.folder / "mine"
    venv.rename(mine)
    try:
        if theirs == "an environment":
            venv.mkdir()
            (venv / "pyvenv.cfg").write_text("home = /somewhere/bin\n")
        elif theirs == "a file":
            venv.write_text("")
        else:
            venv.symlink_to("nowhere")
        refused = run(ready.folder)
        assert refused.code == 1
        assert refused.err.splitlines()[-1] == (
            ".venv was not made by run.py: rename or remove it, then give the same command again."
        )
        if theirs == "an environment":
            assert [path.name for path in venv.rglob("*")] == ["pyvenv.cfg"]
            shutil.rmtree(venv)
        else:
            venv.unlink()  # it is still there
    finally:
        mine.rename(venv)


def test_the_old_environment_is_kept_until_the_new_one_is_proven(ready):
    lock, venv = ready.folder / "locks/readers.txt", ready.folder / ".venv"
    assert run(ready.folder).code == 0
    good = {path: path.read_text() for path in (ready.folder / "locks").glob("*.txt")}
    (venv / "kept").write_text("")
    settings = venv / "state" / "settings"
    settings.write_text("of the reader's own")
    for path, text in good.items():
        path.write_text(re.sub("sha256:.*", "sha256:" + "0" * 64, text))
    assert run(ready.folder).code == 1
    assert (venv / "kept").exists() and install.interpreter(venv).exists()
    assert "DO NOT MATCH THE HASHES" in (venv / "install.log").read_text("utf-8")
    for path, text in good.items():
        path.write_text(text + "# newer\n")
    done = run(ready.folder)
    assert (done.code, done.out) == (0, "seed ours\n"), done.err
    assert not (venv / "kept").exists()
    assert settings.read_text() == "of the reader's own"
    for path, text in good.items():
        path.write_text(text)
    assert files(ready.folder) == ready.before and lock.exists()


def test_a_new_environment_that_was_broken_off_is_begun_again(ready):
    venv, old = ready.folder / ".venv", ready.folder / ".venv-old"
    venv.rename(old)
    (old / "state" / "settings").write_text("of the reader's own")
    venv.mkdir()
    (venv / "install.log").write_text("")
    done = run(ready.folder)
    assert (done.code, done.out) == (0, "seed ours\n"), done.err
    assert (venv / "state" / "settings").exists() and not old.exists()


def test_what_is_ready_stays_ready_when_adding_to_it_fails(ready):
    lock, venv = ready.folder / "locks/benchmarks.txt", ready.folder / ".venv"
    assert run(ready.folder).code == 0
    good = lock.read_text()
    lock.write_text(good + "stranger==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    (venv / "kept").write_text("")
    assert run(ready.folder).code == 1
    lock.write_text(good)
    again = run(ready.folder)
    assert (again.code, again.err) == (0, "") and (venv / "kept").exists()


@pytest.mark.skipif(os.name == "nt", reason="no signals")
def test_what_killed_a_program_is_named_and_nothing_that_it_survived(ready):
    killed = run(ready.folder, "dies")
    assert killed.code == 128 + 9
    assert "bench stopped: a signal ended it (Killed)\n" in killed.err
    survived = run(ready.folder, "survives")
    assert (survived.code, survived.err) == (1, "I go on, and end for a reason of my own.\n")
    log = (ready.folder / ".venv" / "state" / "bench.log").read_text("utf-8")
    assert "IndexError" in log


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
    venv = closed / ".venv"
    shutil.rmtree(venv, ignore_errors=True)
    lock = closed / "locks/installer.txt"
    if installer == "uv":
        lock.write_text(packed("uv", closed / "wheels"))
    elif lock.exists():
        lock.unlink()
    if installer == "the newest pip":  # takes the place of the venv's own before it is used
        module = load_install(closed)
        env = load_run(closed).environment(venv, venv / "state")
        module.make_venv(venv, env)
        (old,) = venv.rglob("site-packages/pip")
        shutil.rmtree(old)
        newest = Path(distribution("pip").locate_file("pip"))
        shutil.copytree(newest, old, ignore=shutil.ignore_patterns("__pycache__"))
        for name in [one for one in os.environ if one.startswith(("PIP_", "UV_"))]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        monkeypatch.setenv("PIP_FIND_LINKS", (closed / "wheels").as_uri())
        module.install(venv, "benchmarks", env)
    done = run(closed)
    assert (done.code, done.out) == (0, "1.0 1.0 1.0 1.0 1.0\n"), done.err
    log = (venv / "install.log").read_text("utf-8")
    assert ("Prepared" in log) == (installer == "uv")  # a word of uv's


def test_a_full_disk_is_noticed_before_anything_is_removed(ready, monkeypatch):
    module, venv = load_install(ready.folder), ready.folder / ".venv"
    (venv / "kept").write_text("")
    (venv / "ready.json").unlink()
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: SimpleNamespace(free=3 * 10**8))
    with pytest.raises(module.Stop, match="300 MB free"):
        module.set_up(venv, "developers", {})
    assert (venv / "kept").exists()


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
        ("one\nboom\n", "boom"),
    ],
)
def test_what_pip_says_is_put_in_a_line(printed, words):
    line = install.pip_trouble(printed)
    assert words in line and "\n" not in line


def test_old_python_can_read_the_file_and_is_told_what_is_needed(monkeypatch):
    text = (ROOT / "run.py").read_text("utf-8")
    ast.parse(text, feature_version=(3, 7))
    before = text[: text.index('sys.exit(f"This needs')]
    assert set(re.findall(r"import (\w+)", before)) == {"os", "sys"}
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    with pytest.raises(SystemExit, match="needs Python 3.11 or newer"):
        load_run()


@pytest.mark.parametrize("name", ["run.py", "locks/install.py"])
def test_only_the_standard_library_is_imported(name):
    tree = ast.parse((ROOT / name).read_text("utf-8"))
    named = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    modules = {getattr(node, "module", None) or node.names[0].name for node in named}
    assert {module.partition(".")[0] for module in modules - {"locks.install"}} <= (
        sys.stdlib_module_names
    )


def test_help_and_unknown_commands(capsys):
    module = load_run()
    for words in ([], ["--help"]):
        with pytest.raises(SystemExit) as ended:
            module.main(words)
        assert ended.value.code == 0
        assert "    python run.py lab [options" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        module.main(["lob"])
    assert "invalid choice: 'lob'" in capsys.readouterr().err


@pytest.fixture
def called(monkeypatch, tmp_path):
    """run.py that sets nothing up and starts nothing, with what it would have."""
    module, calls = load_run(), []
    monkeypatch.setattr(module, "state_folder", lambda venv: tmp_path)
    monkeypatch.setattr(module, "set_up", lambda venv, lock, env: calls.append((venv, lock)))
    monkeypatch.setattr(module, "start", lambda program, *_: calls.append(program[1:]) or 0)
    module.calls = calls
    return module


def test_lab_opens_the_first_notebook_offline_and_passes_options_on(called):
    assert called.main(["lab", "--no-browser", "--port", "9000"]) == 0
    assert called.calls[0] == (ROOT / ".venv", "readers")
    assert called.calls[1][-3:] == ["--no-browser", "--port", "9000"]
    offline = "--LabApp.extension_manager=readonly"
    assert {offline, f"--ServerApp.root_dir={ROOT}"} <= set(called.calls[1])
    assert "announcements" in next(called.state_folder(None).rglob("page_config.json")).read_text()
    assert (ROOT / "notebooks" / "00_start_here.ipynb").exists()


def test_another_folder_takes_the_place_of_venv(called):
    assert called.main(["--venv", ".venv-3.12", "test", "-k", "name"]) == 0
    assert called.calls == [
        (ROOT / ".venv-3.12", "developers"),
        ["tools/run_tests.py", "-k", "name"],
    ]


def test_options_of_pytest_take_the_place_of_every_test(monkeypatch):
    calls = []
    monkeypatch.setattr(
        run_tests.subprocess,
        "run",
        lambda words, **_: calls.append(words) or SimpleNamespace(returncode=5),
    )
    assert run_tests.main(["-k", "name"]) == 5
    assert calls == [[*run_tests.PYTEST, "-k", "name"]]


@pytest.mark.parametrize("ends, code", [((0, 0, 0), 0), ((0, 1, 0), 1), ((-9, 0, 0), 1)])
def test_the_belts_run_all_tests_between_them(monkeypatch, ends, code):
    calls = []
    monkeypatch.setattr(
        run_tests,
        "side_by_side",
        lambda belts: calls.append(belts) or dict(zip(belts, ends, strict=True)),
    )
    assert run_tests.main([]) == code
    most, *others = (words[len(run_tests.PYTEST) :] for words in calls[0].values())
    left_out = [word.partition("=")[2] for word in most if word.startswith("--ignore=")]
    assert sorted(left_out) == sorted(path for words in others for path in words)
    assert all((ROOT / path).exists() for path in left_out)
    assert {"glf_utils", "tests", "notebooks"} <= {*most, *left_out}


def test_belts_run_at_once_and_tell_of_themselves_in_turn(tmp_path, capfd):
    """Each waits for the other to have begun: one after the other they would never end."""
    code = (
        "import pathlib, sys, time; mine, other = map(pathlib.Path, sys.argv[1:3])\n"
        "mine.touch()\n"
        "while not other.exists(): time.sleep(0.05)\n"
        "print('I am', mine.name, flush=True); sys.exit(int(sys.argv[3]))"
    )
    a, b = str(tmp_path / "a"), str(tmp_path / "b")
    python = [sys.executable, "-c", code]
    belts = {"one": [*python, a, b, "0"], "two": [*python, b, a, "3"]}
    assert run_tests.side_by_side(belts) == {"one": 0, "two": 3}
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
    assert load_run().start([sys.executable, "-c", code], None, tmp_path / "lab.log") == 1
    out = capsys.readouterr().err
    assert f"lab stopped: {cause}\n" in out and "lab.log; if that" in out
    assert "Traceback" not in out and "  File" not in out
    assert (tmp_path / "lab.log").read_text("utf-8") == said


def test_words_that_do_not_fit_are_answered_in_a_line(tmp_path, monkeypatch):
    with pytest.raises(refresh_notebooks.run.Stop, match="no notebook .*nosuch.ipynb"):
        refresh_notebooks.refresh([str(tmp_path / "nosuch.ipynb")])
    monkeypatch.setattr(install, "ROOT", tmp_path)
    with pytest.raises(install.Stop, match="teachers.txt is not in this copy"):
        install.set_up(tmp_path / ".venv", "teachers", {})
