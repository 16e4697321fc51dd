"""Run the quick tests on every other Python that is found here.

    python tools/on_each_python.py [options of pytest]

A Python counts as found if it is supported and stands on PATH or under pyenv. Each gets a folder
``.venv-3.12`` and so on, with the packages of the tests' lock. Left out are the notebooks, the
browser, installing and marking: ``python run.py test`` runs those on one Python.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import run  # noqa: E402

SUPPORTED = ("3.11", "3.12", "3.13", "3.14")
SLOW = ["marking", "notebooks"]  # for one Python alone, as are these files of the house
ALONE = ("run", "sealed", "binder", "locks", "installed", "contributing")
SLOW += [f"house/test_{name}.py" for name in ALONE]


def main(options):
    found = other_pythons()
    if not found:
        return print("No other supported Python was found.")
    print("Found: " + ", ".join(f"{version} ({path})" for version, path in found.items()))
    here = [__file__, "--this-one"]
    logs = {version: tempfile.TemporaryFile() for version in found}  # side by side, told in turn
    runs = {
        version: subprocess.Popen(
            [path, *here, *options], stdout=logs[version], stderr=subprocess.STDOUT
        )
        for version, path in found.items()
    }
    failed = [version for version, run in runs.items() if finished(run, logs[version])]
    if failed:
        sys.exit(f"The quick tests fail on Python {' and '.join(failed)}; see above.")
    print(f"The quick tests pass on Python {' and '.join(found)}.")


def finished(run, log):
    """Wait for a run, print what it said, and return its exit code."""
    code = run.wait()
    log.seek(0)
    print(log.read().decode("utf-8", "replace"), flush=True)
    return code


def other_pythons():
    """Path by version of every supported Python but the one that runs this."""
    home = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    places = [
        *(shutil.which(f"python{version}") for version in SUPPORTED),
        *map(str, sorted(home.glob("versions/*/bin/python"))),
    ]
    found = {}
    for path in filter(None, places):
        ask = "import sys; print('%d.%d' % sys.version_info[:2])"
        said = subprocess.run([path, "-c", ask], capture_output=True, text=True)
        if said.returncode == 0 and said.stdout.strip() in SUPPORTED:
            found.setdefault(said.stdout.strip(), path)
    found.pop(version_here(), None)
    return dict(sorted(found.items(), key=lambda one: SUPPORTED.index(one[0])))


def version_here():
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def quick_tests(options):
    """Set up for the Python that runs this, as run.py does, and run the quick tests."""
    usual, run.VENV = run.VENV, ROOT / f".venv-{version_here()}"
    for name in ("SCRIPTS", "PYTHON", "STAMP", "LOG", "CONFIG"):
        setattr(run, name, run.VENV / getattr(run, name).relative_to(usual))
    ignored = [f"--ignore=tests/{name}" for name in SLOW]  # what one Python alone runs
    tests = ["tests", "glf_utils", *ignored, "-q", "-p", "no:cacheprovider"]
    print(f"\nPython {version_here()}:", flush=True)
    try:
        return run.test([*tests, *options])
    except run.Stop as stop:
        return str(stop)


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(quick_tests(words[1:]) if words[:1] == ["--this-one"] else main(words))
