"""Run the quick tests on every other Python that is found here.

    python tools/on_each_python.py [options of pytest]
    python tools/on_each_python.py --this [options of pytest]     on the Python that runs it

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
SUPPORTED = ("3.11", "3.12", "3.13", "3.14")
SLOW = ["marking", "notebooks"]  # for one Python alone, as are these of the house
ALONE = ("run", "sealed", "binder", "locks", "installed", "contributing")
SLOW += [f"house/test_{name}.py" for name in ALONE]


def main(options):
    if options[:1] == ["--this"]:
        return subprocess.run(quick_tests(sys.executable, ".venv", options[1:])).returncode
    found = other_pythons()
    if not found:
        return print("No other supported Python was found.")
    print("Found: " + ", ".join(f"{version} ({path})" for version, path in found.items()))
    logs = {version: tempfile.TemporaryFile() for version in found}  # side by side, told in turn
    runs = {
        version: subprocess.Popen(
            quick_tests(path, f".venv-{version}", options),
            stdout=logs[version],
            stderr=subprocess.STDOUT,
        )
        for version, path in found.items()
    }
    failed = [version for version, run in runs.items() if finished(version, run, logs[version])]
    if failed:
        sys.exit(f"The quick tests fail on Python {' and '.join(failed)}; see above.")
    print(f"The quick tests pass on Python {' and '.join(found)}.")


def finished(version, run, log):
    """Wait for a run, print what it said, and return its exit code."""
    code = run.wait()
    log.seek(0)
    print(f"\nPython {version}:\n" + log.read().decode("utf-8", "replace"), flush=True)
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
    found.pop(f"{sys.version_info[0]}.{sys.version_info[1]}", None)
    return dict(sorted(found.items(), key=lambda one: SUPPORTED.index(one[0])))


def quick_tests(path, folder, options):
    """The command that sets up a folder for a Python and runs the quick tests."""
    ignored = [f"--ignore=tests/{name}" for name in SLOW]
    tests = ["tests", "glf_utils", *ignored, "-q", "-p", "no:cacheprovider"]
    return [path, ROOT / "run.py", "--venv", folder, "test", *tests, *options]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
