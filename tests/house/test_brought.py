"""Wheels that are brought along: fetched for this machine, and installed where no network is."""

import os
import shutil

import pytest
from test_run import load_install, load_run, run, small  # noqa: F401  (small is a fixture)

from locks import install

NO_NETWORK = {
    "PIP_NO_INDEX": "",
    "PIP_FIND_LINKS": "",
    "PIP_INDEX_URL": "http://127.0.0.1:9/",
    "PIP_RETRIES": "0",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
}
TAG = install.wheels().name


@pytest.fixture
def copy(small, tmp_path):  # noqa: F811
    """The small project with its wheel where a bundle puts it; lab prints what was installed."""
    folder = tmp_path / "a room"
    shutil.copytree(small, folder, ignore=shutil.ignore_patterns(".venv", "wheels", "*.egg-info"))
    (folder / "wheels").mkdir()
    shutil.copytree(small / "wheels", folder / "wheels" / TAG)
    (folder / "jupyterlab.py").write_text("import seed\nprint(seed.word)\n")
    return folder


def lab(folder):
    return run(folder, command="lab", **NO_NETWORK)


def test_what_a_bundle_brings_is_installed_without_a_network(copy):
    done = lab(copy)
    assert (done.code, done.out) == (0, "seed\n"), done.err
    assert "network" not in done.err


def test_wheels_for_another_system_are_said_to_be_so(copy):
    (copy / "wheels" / TAG).rename(copy / "wheels" / "cpython-39-os-2")
    failed = lab(copy)
    assert failed.code == 1
    assert f"The wheels here are for cpython-39-os-2, and this is {TAG}:" in failed.err
    assert "check the network" in failed.err.splitlines()[-1]


def test_what_a_lock_lists_is_downloaded_for_this_machine(small, monkeypatch):  # noqa: F811
    assert run(small).code == 0
    module, venv = load_install(small), small / ".venv"
    env = load_run(small).environment(venv, venv / "state")
    for name in [one for one in os.environ if one.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", (small / "wheels").as_uri())
    got = venv / "state" / TAG
    module.download(venv, "readers", got, env)
    assert [path.name for path in got.iterdir()] == ["seed-1.0-py3-none-any.whl"]
    monkeypatch.delenv("PIP_FIND_LINKS")
    with pytest.raises(module.Stop, match="A package is not to be had"):
        module.download(venv, "readers", got, env)
