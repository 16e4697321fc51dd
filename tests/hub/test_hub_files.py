"""What lies in hub/: options that exist, commands that are the same in every text, values that agree."""

import json
import re
import subprocess
import sys

import pytest
import yaml
from conftest import ROOT
from hub_class import HUB, lacking

from hub import set_up

FOLDER = ROOT / "hub"
README = (FOLDER / "README.md").read_text("utf-8")
CONFIG = (FOLDER / "jupyterhub_config.py").read_text("utf-8")
UNIT = (FOLDER / "class-hub.service").read_text("utf-8")
TLJH, Z2JH = (
    yaml.safe_load((FOLDER / name).read_text("utf-8"))
    for name in ("tljh.yaml", "zero_to_jupyterhub.yaml")
)


@pytest.mark.skipif(lacking() is not None, reason=str(lacking()))
def test_every_option_exists_in_the_versions_that_are_locked():
    """traitlets takes a misspelt option without a word."""
    code = f"""
import importlib, re
from traitlets.config import get_config
classes = {{}}
for module in ("jupyterhub.app", "jupyterhub.auth", "jupyterhub.spawner", "jupyterhub.proxy", "systemdspawner"):
    classes |= vars(importlib.import_module(module))
for name, option in re.findall(r"\\bc\\.(\\w+)\\.(\\w+)", {CONFIG!r}):
    if name != "Slips":
        assert classes[name].class_traits(config=True).get(option), (name, option)
        print(name, option)
"""
    done = subprocess.run([HUB / "bin/python", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 20


def test_every_setting_is_in_the_readme_and_every_one_of_the_readme_is_read():
    told = set(re.findall(r"`(CLASS_\w+)`", README))
    assert told == set(re.findall(r'environ\.get\("(CLASS_\w+)"', CONFIG))
    assert set(re.findall(r"CLASS_\w+", UNIT)) <= told


def test_the_commands_of_the_readme_are_there():
    commands = re.findall(r"(?m)^sudo .*|^python3 .*", README)
    programs = [word for line in commands for word in line.split() if word.endswith(".py")]
    assert len(programs) == 3 and all((ROOT / name).is_file() for name in programs)
    packages = re.search(r"apt install (.*)", README)[1]
    assert packages in (FOLDER / "set_up.py").read_text("utf-8")
    assert "/usr/bin/python3 hub/set_up.py" in (ROOT / ".ci/run").read_text("utf-8")


def test_the_service_starts_what_set_up_installs():
    started = re.search(r"ExecStart=\S+ -f (\S+)", UNIT)[1]
    assert started == str(HUB / "hub" / "jupyterhub_config.py")
    assert "jupyterhub_config.py" in set_up.RUN_BY_THE_HUB
    assert all((FOLDER / name).is_file() for name in set_up.RUN_BY_THE_HUB)


def test_settings_can_be_read():
    """JupyterLab passes over a broken file of settings."""
    files = [*(FOLDER / "settings").rglob("*.json")]
    assert len(files) == 2 and all(json.loads(path.read_text("utf-8")) for path in files)


def test_the_larger_distributions_are_given_the_same_limits():
    limit = re.search(r'"CLASS_MEMORY", "(\w+)"', CONFIG)[1]
    idle = int(re.search(r"--timeout=(\d+)", CONFIG)[1])
    assert TLJH["limits"]["memory"] == limit == Z2JH["singleuser"]["memory"]["limit"]
    assert TLJH["services"]["cull"]["timeout"] == idle == Z2JH["cull"]["timeout"]


@pytest.mark.parametrize("program", ["set_up.py", "publish.py"])
def test_a_program_says_what_it_does(program):
    words = [sys.executable, FOLDER / program, "--help"]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert f"hub/{program}" in said and "coursework/class" in said
