"""What is installed holds the tables and works from anywhere, the checkout out of sight."""

import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.util import find_spec

import pytest
from conftest import ROOT

from glf_utils import cite, load, tables, term
from glf_utils.tables import FOLDER

BUILD = "import sys, setuptools.build_meta as made; getattr(made, sys.argv[1])(sys.argv[2])"
USED = """
import json, sys
import glf_utils
from glf_utils import bibliography, check, cite, load, tables, term
assert glf_utils.__file__.startswith(sys.argv[1]), glf_utils.__file__
print(json.dumps([len(tables()), len(load("censuses")), cite("lin1990"), repr(term("jin"))]))
print(len(repr(bibliography(load("censuses"))).splitlines()))
check("12.1")
"""


def done(words, **options):
    found = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", **options)
    assert found.returncode == 0, found.stderr
    return found.stdout


@pytest.fixture(scope="module", params=["checkout", "sdist"])
def wheel(request, tmp_path_factory):
    """A wheel built from a copy of the checkout, or from the source archive made of the copy."""
    folder = tmp_path_factory.mktemp("built")
    source = folder / "source"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("glf_utils", "data"):
        shutil.copytree(ROOT / name, source / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT"):
        shutil.copy(ROOT / name, source)
    if request.param == "sdist":
        done([sys.executable, "-c", BUILD, "build_sdist", folder], cwd=source)
        shutil.rmtree(source)
        (archive,) = folder.glob("*.tar.gz")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        source = folder / archive.name.removesuffix(".tar.gz")
    done([sys.executable, "-c", BUILD, "build_wheel", folder], cwd=source)
    (wheel,) = folder.glob("*.whl")
    return wheel


def test_a_wheel_holds_every_file_of_the_data_and_both_licences(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for path in FOLDER.iterdir():
        assert f"glf_utils/shipped/{path.name}" in names
    for licence in ("LICENSE", "LICENSE-CONTENT"):
        assert any(name.endswith(f"/licenses/{licence}") for name in names)


def as_target(wheel, folder):
    if find_spec("pip") is None:
        pytest.skip("no pip in this environment")
    done(
        [
            sys.executable,
            "-m",
            "pip",
            "--no-input",
            "--isolated",
            "--disable-pip-version-check",
            "install",
            "-q",
            "--no-deps",
            "--target",
            folder,
            wheel,
        ]
    )
    return folder


def unpacked(wheel, folder):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def as_one_file(wheel, folder):
    return shutil.copy(wheel, folder)


@pytest.mark.parametrize("install", [as_target, unpacked, as_one_file])
def test_what_is_installed_works_from_anywhere(wheel, install, tmp_path):
    folder, elsewhere = tmp_path / "in stalled", tmp_path / "else"
    folder.mkdir(), elsewhere.mkdir()
    for strange in (folder / "data", elsewhere / "data"):  # of somebody else
        strange.mkdir()
        (strange / "censuses.json").write_text("[]")
    place = install(wheel, folder)
    said = done(
        [sys.executable, "-c", USED, str(place)],
        cwd=elsewhere,
        env={"PYTHONPATH": str(place), "PATH": ""},
    ).splitlines()
    ours = [len(tables()), len(load("censuses")), cite("lin1990"), repr(term("jin"))]
    assert json.loads(said[0]) == ours
    assert int(said[1]) == load("censuses")["source"].nunique()
    assert "12.1  not answered yet" in said[2]


def test_a_checkout_reads_its_own_tables():
    assert FOLDER == ROOT / "data"
