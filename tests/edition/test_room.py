"""One ZIP for a room without internet: made, opened elsewhere, read and installed from."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

from edition import bundle
from glf_utils import load
from locks import install

TAG = install.wheels().name
NOWHERE = "http://127.0.0.1:9/"
NO_NETWORK = {"PIP_INDEX_URL": NOWHERE, "HTTP_PROXY": NOWHERE, "HTTPS_PROXY": NOWHERE}


@pytest.fixture(scope="module")
def room(site, tmp_path_factory):
    """A bundle with all that the notebooks use, unzipped far from where it was made."""
    made = tmp_path_factory.mktemp("made")
    venv = Path(sys.prefix)
    try:
        install.download(venv, "readers", made / TAG, dict(os.environ))
    except install.Stop as stop:
        if "network" in str(stop):
            pytest.skip(f"no network, so no bundle was made: {stop}")
        raise
    bundle.pack(made / "all.zip", site, made / TAG)
    assert sorted(path.name for path in made.iterdir()) == ["all.zip", TAG]
    room = tmp_path_factory.mktemp("a room without internet")
    with zipfile.ZipFile(made / "all.zip") as opened:
        opened.extractall(room)
    shutil.rmtree(made)
    (folder,) = room.iterdir()
    yield folder
    shutil.rmtree(room)


def test_a_bundle_is_installed_and_started_in_a_room_without_internet(room):
    words = (room / "START_HERE.txt").read_text("utf-8")
    command = re.search(r"(?m)^    python (run\.py lab)$", words)[1].split()
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_"))}
    done = subprocess.run(
        [sys.executable, *command, "--version"],
        cwd=room,
        env=clean | NO_NETWORK,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"4\.\d+\.\d+\n", done.stdout)
    assert "Prepared" in (room / ".venv" / "install.log").read_text("utf-8"), "not by uv"
    code = "from glf_utils import load; print(len(load('censuses')))"
    python = install.interpreter(room / ".venv")
    said = subprocess.run([python, "-c", code], cwd=room.parent, capture_output=True, text=True)
    assert said.stdout == f"{len(load('censuses'))}\n", said.stderr


def test_a_bundle_holds_the_repository_and_nothing_of_the_machine(room):
    files = {path.relative_to(room).as_posix() for path in room.rglob("*") if path.is_file()}
    brought = {name for name in files if name.split("/")[0] not in (".venv", "glf_utils.egg-info")}
    brought -= {name for name in brought if "__pycache__" in name}
    of_the_project = set(bundle.repository())
    others = {name for name in brought - of_the_project}
    assert of_the_project <= files and "run.py" in of_the_project
    assert {name.split("/")[0] for name in others} == {
        "START_HERE.txt",
        "reading_edition",
        "wheels",
    }
    for name in others:
        if name.endswith((".html", ".txt", ".js")):
            assert str(ROOT) not in (room / name).read_text("utf-8"), name


def test_the_site_in_a_bundle_opens_from_its_folder(room, looking):
    words = (room / "START_HERE.txt").read_text("utf-8")
    page = re.search(r"open (\S+\.html) in a browser", words)[1]
    looking.goto((room / page).as_uri())
    looking.get_by_role("link", name="11 · Half of what?").first.click()
    assert looking.locator("h1").inner_text().startswith("11 · Half of what?")
    assert looking.locator("article img").first.evaluate("picture => picture.naturalWidth") > 300
    assert looking.asked == []


def test_without_git_the_same_files_are_packed(tmp_path, monkeypatch):
    kept = bundle.repository()
    for name in kept:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    shutil.copy(ROOT / ".gitignore", tmp_path)
    for name in (".venv/x.py", "coursework/class/roster.csv", "a/__pycache__/b.pyc", "wheels/c/d"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.setattr(bundle, "ROOT", tmp_path)
    assert sorted(bundle.repository()) == sorted(kept)


@pytest.mark.parametrize("name", ["all.tar", "nowhere/all.zip"])
def test_a_name_that_cannot_be_written_is_refused_before_anything_is_made(name):
    with pytest.raises(SystemExit, match="name a .zip in a folder that is there"):
        bundle.main([name, "--wheels=wheels"])
