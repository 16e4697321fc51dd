"""Nothing of a user's settings reaches what run.py starts (tests/hostile.py has the settings)."""

import json
import os
import shutil
import subprocess
import sys
from unittest.mock import patch

import pytest
from hostile import BREAK_PYTHON, LEAKS, PASS, machine
from test_run import load_run, run, small  # noqa: F401  (small is a fixture)

from locks import install

FETCHING = [name for name in LEAKS if name.startswith(("PIP_", "UV_"))]
PROBE = """
import json, locale, os, sys, tempfile
from pathlib import Path
import matplotlib
from IPython.paths import get_ipython_dir
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_core.paths import jupyter_config_path, jupyter_path
import numpy, pandas, pandas.testing
tempfile.TemporaryFile().close()
tempfile.TemporaryFile(dir=Path.home()).close()
print(json.dumps({
    "path": sys.path, "flags": str(sys.flags), "encodings": [sys.stdout.encoding,
    locale.getpreferredencoding(False), sys.getfilesystemencoding()],
    "jupyter": jupyter_config_path() + jupyter_path(), "ipython": get_ipython_dir(),
    "kernel": KernelSpecManager().get_kernel_spec("python3").argv[0],
    "matplotlib": [matplotlib.matplotlib_fname(), matplotlib.rcParams["text.usetex"],
    "Qt" in str(matplotlib.rcParams._get("backend"))],
    "numpy": numpy.__file__, "errors": numpy.geterr(),
}))
"""


@pytest.fixture(scope="module")
def theirs(tmp_path_factory):
    """The variables of a machine that holds the worst of everything."""
    return machine(tmp_path_factory.mktemp("their machine"))


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """run.py with a .venv of its own and this Python in it."""
    module = load_run()
    module.venv = tmp_path_factory.mktemp("venv")
    (module.venv / "state" / "home").mkdir(parents=True)
    return module


def environment(module, leaks):
    """What a program started by run.py is given on a machine with these variables."""
    clean = {name: value for name, value in os.environ.items() if name not in LEAKS}
    clean["HOME"] = os.path.expanduser("~")
    with patch.dict(os.environ, clean | leaks, clear=True):
        return module.environment(module.venv, module.state_folder(module.venv))


@pytest.mark.parametrize("name", [name for name in LEAKS if name not in PASS])
def test_a_variable_of_the_users_reaches_no_program(ours, theirs, name):
    assert environment(ours, {name: theirs[name]}) == environment(ours, {})


@pytest.mark.parametrize(
    "names", [*([name] for name in PASS), list(LEAKS)], ids=[*PASS, "all at once"]
)
def test_a_program_started_finds_its_own_files_and_ways(ours, theirs, names):
    def look(leaks):
        done = subprocess.run(
            [sys.executable, "-c", PROBE],
            env=environment(ours, leaks),
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    assert look({name: theirs[name] for name in names}) == look({})


def settings(module):
    """What pip and uv are told on this machine."""
    (module.venv / "uv").write_text("")
    with patch.object(install, "interpreter", lambda venv: venv / "python"):
        with patch.object(install, "subprocess", Here):
            (_, pip), (_, uv) = install.installers(module.venv, environment(module, {}))
    return pip, uv


class Here:
    """subprocess, with this Python in place of the other."""

    @staticmethod
    def run(words, **more):
        return subprocess.run([sys.executable, *words[1:]], **more)


@pytest.mark.parametrize("name", FETCHING)
def test_a_setting_of_the_users_changes_nothing_that_is_installed(ours, theirs, name, monkeypatch):
    kept = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CERT": "/their/certificates"}
    for other in [one for one in os.environ if one.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(other)
    for key, value in {**kept, "HOME": theirs["HOME"]}.items():
        monkeypatch.setenv(key, value)
    with patch.dict(os.environ, {"PIP_CONFIG_FILE": os.devnull}):
        plain = settings(ours)
    monkeypatch.setenv(name, theirs[name])
    assert settings(ours) == plain
    pip, uv = plain
    assert kept.items() <= pip.items() and pip["PIP_CONFIG_FILE"] == os.devnull
    assert uv["UV_DEFAULT_INDEX"] == kept["PIP_INDEX_URL"] and uv["UV_NO_CONFIG"] == "1"
    assert uv["SSL_CERT_FILE"] == kept["PIP_CERT"]


def test_a_mirror_in_the_users_pip_file_is_kept(ours, tmp_path, monkeypatch):
    for name in [one for one in os.environ if one.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    file = tmp_path / "pip.conf"
    file.write_text(
        "[global]\nindex-url = https://mirror.example/simple\nuser = true\n"
        "find-links =\n    /a/folder\n    /another\n[install]\nno-index = yes\n"
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
    pip, uv = settings(ours)
    assert pip["PIP_INDEX_URL"] == uv["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert pip["PIP_FIND_LINKS"] == "/a/folder /another"
    assert uv["UV_FIND_LINKS"] == "/a/folder,/another"
    assert pip["PIP_NO_INDEX"] == "yes" and "PIP_USER" not in pip


def test_set_up_and_start_on_the_worst_machine(small, theirs):  # noqa: F811
    shutil.rmtree(small / ".venv", ignore_errors=True)
    leaks = {name: value for name, value in theirs.items() if name not in BREAK_PYTHON}
    first = run(small, "--json", **leaks)
    assert (first.code, first.out) == (0, "seed ours --json\n"), first.err
    again = run(small, "--json", **leaks)
    assert (again.code, again.out, again.err) == (0, "seed ours --json\n", "")


@pytest.fixture
def closed_folder(small):  # noqa: F811
    """Set up, and then of an account that may read and not write."""
    assert run(small).code == 0
    shutil.rmtree(small / ".venv" / "state")
    changed = [path for path in [small, *small.rglob("*")] if path.is_dir()]
    modes = {path: path.stat().st_mode for path in changed}
    for path in changed:
        path.chmod(0o555)
    yield small
    for path, mode in modes.items():
        path.chmod(mode)


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise")
@pytest.mark.parametrize("home", ["theirs", "missing"])
def test_a_folder_that_cannot_be_written_but_is_ready_starts(closed_folder, tmp_path, home):
    places = {"theirs": tmp_path, "missing": tmp_path / "file" / "below"}
    (tmp_path / "file").write_text("")
    bare = []  # root may write anywhere unless it gives the right away
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root may write anywhere here")
        bare = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"]
    done = subprocess.run(
        [*bare, sys.executable, closed_folder / "run.py", "bench"],
        capture_output=True,
        text=True,
        env={**os.environ, "HOME": str(places[home])},
        cwd=tmp_path,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "seed ours\n", "")
    assert not (closed_folder / ".venv" / "state").exists()
