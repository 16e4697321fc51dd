"""What GitHub is asked to do: valid, pinned, with few rights, and by commands that run here too."""

import re
import subprocess
import sys

import make_locks
import on_each_python
import pytest
import yaml
from conftest import ROOT
from test_run import load_run

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FILES}


def jobs():
    return [
        (f"{name}: {job}", told)
        for name, flow in WORKFLOWS.items()
        for job, told in flow["jobs"].items()
    ]


def steps(key):
    return [step[key] for _, job in jobs() for step in job["steps"] if key in step]


def test_they_are_as_github_reads_them():
    words = ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, FILES)]
    ran = subprocess.run(
        [sys.executable, "-m", words[0].replace("-", "_"), *words[1:]],
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_actions_are_pinned_by_version():
    for used in steps("uses"):
        assert re.fullmatch(r"[\w-]+/[\w-]+@v\d+\.\d+\.\d+", used)


def test_only_publishing_may_write():
    for flow in WORKFLOWS.values():
        assert flow["permissions"] == {"contents": "read"}
    writing = {name for name, job in jobs() if "write" in job.get("permissions", {}).values()}
    assert writing == {"site: publish"}


def test_every_job_ends_by_itself():
    assert all(0 < job["timeout-minutes"] <= 60 for _, job in jobs())


def test_every_supported_python_is_tried_on_every_system():
    tried = WORKFLOWS["test"]["jobs"]
    for job in tried.values():
        assert tuple(job["strategy"]["matrix"]["python"]) == on_each_python.SUPPORTED
    systems = [tried["everything"]["runs-on"], *tried["elsewhere"]["strategy"]["matrix"]["system"]]
    assert [re.match("[a-z]+", name)[0] for name in systems] == ["ubuntu", "macos", "windows"]


def test_what_is_run_is_there_to_be_run():
    lines = [line for text in steps("run") for line in text.splitlines()]
    ours = [line for line in lines if "python " in line]
    assert len(ours) >= 8
    for line in ours:
        program, *words = re.search(r"python (\S+)(.*)", line).expand(r"\1\2").split()
        assert (ROOT / program).is_file(), line
        if program == "run.py":
            assert words[0] in load_run().COMMANDS
            named = [word for word in words[1:] if not word.startswith("-")]
            assert all((ROOT / word).exists() for word in named), line
    others = {line.split()[0] for line in lines if line not in ours}
    assert others == {"sudo"}, "what only GitHub can run"


@pytest.mark.parametrize(
    "text, said",
    [("jobs:\n", ["jobs"]), ("on: push\njobs:\n  a:\n    runs-on: x\n    step: []\n", ["step"])],
)
def test_a_slip_of_the_pen_would_be_noticed(tmp_path, text, said):
    file = tmp_path / "slip.yml"
    file.write_text(text)
    words = ["--builtin-schema", "vendor.github-workflows", str(file)]
    ran = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *words], capture_output=True, text=True
    )
    assert ran.returncode and all(word in ran.stdout + ran.stderr for word in said)


def test_the_report_tells_what_would_change(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, version, more in ((old, "1.0", "gone==1 \\\n"), (new, "1.1", "")):
        folder.mkdir()
        for lock in ("readers", "developers"):
            (folder / f"{lock}.txt").write_text(f"same==2.0 \\\nmoved=={version} \\\n{more}")
    told = make_locks.table(make_locks.changes(old, new))
    assert "| gone | 1 | - | developers, readers |" in told
    assert "| moved | 1.0 | 1.1 | developers, readers |" in told and "same" not in told
    assert make_locks.table(make_locks.changes(old, old)).startswith("The locks list the newest")


def test_every_lock_is_made_from_what_it_holds():
    made = make_locks.commands(ROOT / "locks")
    assert {f"{name}.txt" for name in made} == {
        path.name for path in (ROOT / "locks").glob("*.txt")
    }
    for name, (extras, below) in make_locks.LOCKS.items():
        under = make_locks.LOCKS[below][0].split() if below else []
        assert extras.split()[: len(under)] == under, name
