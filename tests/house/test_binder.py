"""The Binder image: repo2docker writes its recipe (no Docker needed), we read it."""

import os
import re
import subprocess
import sys
import tomllib

import pytest
from conftest import ROOT

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


def dependencies():
    return re.findall(r"(?m)^  - (.+)$", (ROOT / "environment.yml").read_text("utf-8"))[2:]


def test_environment_names_the_ranges_of_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    ranges = [re.match(r"([\w-]+)(.*)", text).groups() for text in project["dependencies"]]
    wanted = {CONDA_NAMES.get(name, name) + bounds for name, bounds in ranges}
    assert set(dependencies()) == wanted | {"python=3.11", "pip"}


def test_environment_points_at_no_file_and_no_address():
    text = (ROOT / "environment.yml").read_text("utf-8")
    assert not re.search(r"(^|\s)-[re]\b|==|https?:", text)


def test_post_build_installs_the_package_alone_and_may_be_run():
    text = (ROOT / "postBuild").read_text("utf-8")
    assert "pip install --no-deps -e ." in text
    assert os.name == "nt" or os.access(ROOT / "postBuild", os.X_OK), "chmod +x postBuild"
