"""Binder: the recipe that repo2docker writes (no Docker needed), what it adds, and its links."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import binder_by_hand
import pytest
import repository_links
from conftest import ROOT
from lab import open_and_run, running_lab
from lesson_minutes import NOTEBOOKS
from packaging.utils import canonicalize_name
from test_locks import SYSTEMS, listed

unix = pytest.mark.skipif(os.name == "nt", reason="postBuild is for Binder's Linux")
CONDA_NAMES = {"matplotlib": "matplotlib-base"}  # the same library without a desktop toolkit


@pytest.fixture(scope="module")
def render():
    """Returns a function: folder -> (repo2docker's words, the Dockerfile's lines)."""

    def rendered(folder):
        ran = subprocess.run(
            [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stderr + ran.stdout, ran.stdout.splitlines()

    return rendered


def position(lines, pattern):
    found = [number for number, line in enumerate(lines) if re.search(pattern, line)]
    assert found, f"no line of the Dockerfile matches {pattern!r}"
    return found[0]


def check_recipe(lines):
    """The environment is copied and installed before the repository is, and postBuild runs last."""
    steps = [
        position(lines, r"^COPY .*src/environment\.yml "),
        position(lines, r"env update .*environment\.yml"),
        position(lines, r"^COPY .*src/ \$\{REPO_DIR\}/$"),
        position(lines, r"^RUN \./postBuild"),
    ]
    assert steps == sorted(steps), f"layers in the wrong order for the cache: {steps}"


def test_binder_builds_a_conda_image_whose_environment_is_a_cached_layer(render):
    words, lines = render(ROOT)
    assert "conda environment for python=3.11" in words
    check_recipe(lines)


def test_the_order_of_layers_would_be_noticed(render, tmp_path):
    (tmp_path / "postBuild").write_text("#!/bin/sh\n")
    text = (ROOT / "environment.yml").read_text("utf-8")
    (tmp_path / "environment.yml").write_text(text + "  - pip:\n    - -e .\n")
    with pytest.raises(AssertionError):
        check_recipe(render(tmp_path)[1])


def test_the_recipe_is_acted_out_as_it_says(monkeypatch, tmp_path, capsys):
    """What tools/binder_by_hand.py runs as the user, and copies, when nothing is installed."""
    ran, base = [], "jupyterlab==4.4"
    image = binder_by_hand.Image(tmp_path)
    monkeypatch.setattr(image, "run", lambda words, where="": ran.append(words[-1]))
    monkeypatch.setattr(image, "base", lambda: (tmp_path / "tmp/before.txt").write_text(base))
    (tmp_path / "tmp/after.txt").write_text("jupyterlab==4.5\nnumpy==2.0")
    binder_by_hand.build(image)
    assert [bool(re.search("env update .*environment.yml", ran[0])), *ran[1:]] == [
        True,
        "chmod +x postBuild",
        "./postBuild",
    ]
    assert image.variables["REPO_DIR"] == binder_by_hand.HOME
    copied = tmp_path / "home"
    assert (copied / "notebooks" / NOTEBOOKS[0].name).read_bytes() == NOTEBOOKS[0].read_bytes()
    assert os.access(copied / "postBuild", os.R_OK)
    said = capsys.readouterr().out
    assert "Beyond the base: numpy\n" in said
    assert "In another version than the base: jupyterlab 4.4 > 4.5\n" in said
    with pytest.raises(binder_by_hand.Failed, match="which is not under /home/jovyan"):
        image.copy("src/", "/etc")


def dependencies():
    return re.findall(r"(?m)^  - (.+)$", (ROOT / "environment.yml").read_text("utf-8"))[2:]


def test_environment_names_the_ranges_of_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["build"]
    ranges = [re.match(r"([\w-]+)(.*)", text).groups() for text in asked]
    wanted = {CONDA_NAMES.get(name, name) + bounds for name, bounds in ranges}
    assert set(dependencies()) == wanted | {"python=3.11", "pip"}


def test_environment_points_at_no_file_and_no_address():
    text = (ROOT / "environment.yml").read_text("utf-8")
    assert not re.search(r"(^|\s)-[re]\b|==|https?:", text)


def test_at_most_twenty_packages_are_added_to_the_base():
    there = {canonicalize_name(name) for name in binder_by_hand.frozen()}
    assert {"jupyterlab", "ipywidgets"} <= there
    added = set(listed("locks/readers.txt", SYSTEMS["Linux"])) - there
    assert {"numpy", "pandas"} <= added and len(added) <= 20, sorted(added)


def children_worked():
    """Seconds of work of all programs started from here, however busy the machine is."""
    done = os.times()
    return done.children_user + done.children_system


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The repository and an environment after postBuild, with its seconds.

    In the image pip has setuptools, and nobody has settings; here an empty home and no network.
    """
    folder = tmp_path_factory.mktemp("binder")
    copy, environment, home = folder / "repository", folder / "environment", folder / "home"
    ignored = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "class", "reading_edition")
    shutil.copytree(ROOT, copy, ignore=ignored)
    venv.create(environment)
    (site,) = environment.glob("lib/python*/site-packages")
    (environment / "share").symlink_to(Path(sys.prefix, "share"))
    (site / "base.pth").write_text(str(Path(find_spec("jupyterlab").origin).parents[1]))
    variables = {
        "PATH": os.pathsep.join([str(environment / "bin"), os.environ["PATH"]]),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
    }
    begun = children_worked()
    ran = subprocess.run(["./postBuild"], cwd=copy, env=variables, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    names = ("CONFIG", "DATA", "RUNTIME")  # of this machine none
    own = {f"JUPYTER_{name}_DIR": str(home / name) for name in names}
    return SimpleNamespace(
        seconds=children_worked() - begun,
        copy=copy,
        program=(environment / "bin" / "python", "-m", "jupyterlab"),
        variables=variables | own | {"IPYTHONDIR": str(home), "MPLCONFIGDIR": str(home)},
    )


@unix
def test_post_build_needs_less_than_ten_seconds(built):
    assert built.seconds < 10


@unix
def test_a_link_opens_its_lesson_and_nobody_is_asked_about_news(built, chromium):
    """JupyterLab as postBuild leaves it, at the place that the README's link for a lesson names."""
    (place,) = [place for place in links()[0] if "/12_" in place]
    with running_lab(built.variables, program=built.program, where=built.copy) as address:
        page = chromium.new_page(viewport={"width": 1200, "height": 900})
        open_and_run(page, address(place.removeprefix("lab/tree/notebooks/")))
        wrong = page.locator('[data-mime-type$="jupyter.error"], [data-mime-type$="stderr"]')
        assert wrong.all_inner_texts() == []
        assert page.locator(".widget-slider").count()
        assert "jupyter news" not in page.inner_text("body").lower()
        page.close()


def links():
    """Of the README's links to Binder, the place each opens; and the repositories they name."""
    readme = repository_links.README.read_text("utf-8")
    found = [urlsplit(link) for link in re.findall(r"\(https://mybinder\.org/v2/(\S+)\)", readme)]
    places = [value for link in found for value in parse_qs(link.query)["urlpath"]]
    return places, {link.path for link in found}


def test_every_lesson_has_its_link():
    places, repositories = links()
    lessons = [f"lab/tree/{path.relative_to(ROOT).as_posix()}" for path in NOTEBOOKS]
    assert places == [lessons[0], *lessons], "the badge, then the list"
    (repository,) = repositories
    assert re.fullmatch(r"gh/[\w.-]+/[\w.-]+/HEAD", repository)
    (named,) = repository_links.places(repository_links.README.read_text("utf-8"))
    assert repository == "gh/{}/{}/HEAD".format(*named)


def test_links_can_be_led_to_another_repository(tmp_path, monkeypatch, capsys):
    readme = tmp_path / "README.md"
    shutil.copy(repository_links.README, readme)
    monkeypatch.setattr(repository_links, "README", readme)
    assert "names no repository" in repository_links.main(["nobody"])
    assert repository_links.main(["a-school/leap.notes"]) is None
    assert capsys.readouterr().out == "The links lead to a-school/leap.notes\n"
    assert "git+https://github.com/a-school/leap.notes`" in readme.read_text("utf-8")
    assert "(https://a-school.github.io/leap.notes/)" in readme.read_text("utf-8")
    assert len(links()[0]) == len(NOTEBOOKS) + 1 and links()[1] == {"gh/a-school/leap.notes/HEAD"}
