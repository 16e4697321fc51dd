"""The locks: hashed, without addresses, one within the other, and closed.

Closed means that whatever a listed package asks for is listed too, so that installing exactly the
list (``--no-deps``) leaves nothing out, on each system and each Python.
"""

import re
import sys
import tomllib
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import pytest
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = tuple(
    f"locks/{who}.txt" for who in ("readers", "teachers", "publishers", "developers", "benchmarks")
)
HUB = "locks/hub.txt"  # beside them: it holds the readers' lock, and none holds it
EXTRAS = (
    "build",
    "coursework",
    "edition",
    "test",
    "bench",
)  # what each lock adds, in the same order
SYSTEMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macOS": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
LEFT_OUT = {"rfc3987-syntax"}
"""Asked for by jupyter-events through an extra of jsonschema, which does without it: what it brings
is a check of one format that nothing here uses, and two seconds at each start of Jupyter."""
LEFT_OUT_OF_THE_HUB = {"debugpy"}
"""Each of thirty kernels would take 11 MB and a quarter of a second for JupyterLab's debugger."""
OF_OTHER_SYSTEMS = {"appnope", "colorama", "pywin32", "pywinpty"}  # they ask for nothing


def text_of(lock):
    return (ROOT / lock).read_text("utf-8")


def listed(lock, environment=None):
    """Versions by name; for one system and Python, if given, else of every line."""
    lines = re.findall(r"(?m)^([\w.-]+==[^\\\n]+?) \\$", text_of(lock))
    found = [Requirement(line.replace(" ;", ";")) for line in lines]
    return {
        canonicalize_name(one.name): str(one.specifier).removeprefix("==")
        for one in found
        if environment is None or one.marker is None or one.marker.evaluate(environment)
    }


def hub_packages():
    """Where the hub's packages lie, if it is installed."""
    return [str(path) for path in Path("/opt/class-hub").glob("lib/python3*/site-packages")]


def asked_for(lock):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = ("build", "hub") if lock == HUB else EXTRAS[: LOCKS.index(lock) + 1]
    extras = [line for name in names for line in project["optional-dependencies"][name]]
    return [Requirement(line) for line in project["dependencies"] + extras]


@cache
def wishes(name):
    """The requirements of a distribution that is installed here or in the hub; else None."""
    found = next(distributions(name=name, path=[*sys.path, *hub_packages()]), None)
    if found is None:
        return [] if name in OF_OTHER_SYSTEMS else None
    return [Requirement(line) for line in found.requires or []]


def gaps(wanted, have, environment, wishes=wishes):
    """What the list lacks, following every wish and every extra.

    Parameters
    ----------
    wanted : list of Requirement
        What the project asks for.
    have : set of str
        Names on the list.
    environment : dict
        Marker values of one system and one Python.
    wishes : function
        From a name to its requirements, or None if nobody knows.

    Returns
    -------
    (list of str, set of str)
        Names that are asked for and not listed, and names whose wishes nobody here knows.
    """
    todo, done, lacking, unknown = list(wanted), set(), [], set()
    while todo:
        one = todo.pop()
        name = canonicalize_name(one.name)
        if name not in have:
            lacking.append(name)
            continue
        for extra in ("", *one.extras):
            if (name, extra) in done:
                continue
            done.add((name, extra))
            needs = wishes(name)
            if needs is None:
                unknown.add(name)
                continue
            here = {**environment, "extra": extra}
            todo += [need for need in needs if need.marker is None or need.marker.evaluate(here)]
    return lacking, unknown


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("lock", [*LOCKS, HUB])
def test_a_lock_is_closed_on_every_system_and_python(lock, system):
    for python in PYTHONS:
        environment = {
            "python_version": python,
            "python_full_version": f"{python}.0",
            "implementation_name": "cpython",
            "platform_machine": "x86_64",
            "platform_python_implementation": "CPython",
            **SYSTEMS[system],
        }
        have = listed(lock, environment)
        lacking, unknown = gaps(asked_for(lock), set(have), environment)
        left_out = LEFT_OUT | LEFT_OUT_OF_THE_HUB if lock == HUB else LEFT_OUT
        assert set(lacking) == left_out, f"{lock} for {system} and Python {python} lacks {lacking}"
        if lock not in (LOCKS[-1], HUB) or lock == HUB and hub_packages():  # installed for tests
            assert not unknown, f"nobody here knows what {unknown} ask for"


def test_an_open_lock_would_be_noticed_through_an_extra():
    known = {
        "asker": [Requirement("answerer[toml]>=1")],
        "answerer": [Requirement('tomlish; extra == "toml"')],
        "tomlish": [],
    }
    wanted = [Requirement("asker")]
    assert gaps(wanted, {"asker", "answerer"}, {}, known.get) == (["tomlish"], set())
    assert gaps(wanted, {"asker", "answerer", "tomlish"}, {}, known.get) == ([], set())
    assert gaps(wanted, {"asker", "answerer"}, {}, {"asker": []}.get) == ([], set())


@pytest.mark.parametrize("lock", [*LOCKS, HUB, "locks/installer.txt"])
def test_locks_are_hashed_and_hold_no_address(lock):
    text = text_of(lock)
    assert len(listed(lock)) > 50 or lock == "locks/installer.txt"
    assert not re.search(r"https?:|--index|--find-links|file:", text)
    blocks = re.split(r"(?m)^(?=[\w.-]+==)", text)[1:]
    assert all("--hash=sha256:" in block for block in blocks)


def test_each_lock_holds_the_one_before_and_what_pyproject_asks():
    versions = [listed(lock) for lock in LOCKS]
    for small, large in zip(versions, versions[1:], strict=False):
        assert small.items() <= large.items()
    for lock, held in zip(LOCKS, versions, strict=True):
        for one in asked_for(lock):
            assert one.specifier.contains(held[canonicalize_name(one.name)]), f"{lock}: {one}"


def test_the_hub_gives_students_what_readers_have():
    held, readers = listed(HUB), listed(LOCKS[0])
    assert readers.keys() - held.keys() == LEFT_OUT_OF_THE_HUB and "nbgrader" not in held
    assert all(held[name] == readers[name] for name in readers.keys() & held.keys())
    for one in asked_for(HUB):
        assert one.specifier.contains(held[canonicalize_name(one.name)]), one


def test_one_version_of_the_installer():
    assert listed("locks/installer.txt") == {"uv": listed("locks/developers.txt")["uv"]}


def test_students_install_nothing_that_only_marking_needs():
    students, teachers = (listed(lock) for lock in LOCKS[:2])
    assert "nbgrader" in teachers and "nbgrader" not in students
    assert len(students) < len(teachers)


def test_no_lock_with_addresses_is_in_the_tree():
    assert not [name for name in ("uv.lock", "pylock.toml") if (ROOT / name).exists()]
