"""Make the locks again with uv, or say what newer releases would change in them.

python tools/make_locks.py             after a change of pyproject.toml; what is listed stays
python tools/make_locks.py --newest    the newest release of everything that fits
python tools/make_locks.py --report    what --newest would change, as a table; nothing is written
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from uv import find_uv_bin

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "locks"
LOCKS = {  # its extras of pyproject.toml, and the lock whose versions it keeps
    "readers": ("build", None),
    "hub": ("build hub", "readers"),
    "teachers": ("build coursework", "readers"),
    "publishers": ("build coursework edition", "teachers"),
    "developers": ("build coursework edition test", "publishers"),
    "benchmarks": ("build coursework edition test bench", "developers"),
}
LEFT_OUT = {name: ["rfc3987-syntax", "lark"] for name in LOCKS}  # why, CONTRIBUTING.md says
LEFT_OUT["hub"] = [*LEFT_OUT["hub"], "debugpy"]
PINNED = r"(?m)^([\w.-]+)==([^\s;]+)"


def commands(folder):
    """The uv command for each lock, in the order in which they need one another.

    Parameters
    ----------
    folder : Path
        Where the locks are written. uv keeps what a lock there lists already.

    Returns
    -------
    dict of str to list of str
    """
    how = ["--universal", "--python-version=3.11", "--generate-hashes"]
    how += ["--no-annotate", "--no-header", "--no-config", "--quiet"]
    made = {"installer": ["-", *how, "-o", str(folder / "installer.txt")]}
    for name, (extras, below) in LOCKS.items():
        words = [f"--extra={extra}" for extra in extras.split()]
        words += [f"--no-emit-package={package}" for package in LEFT_OUT[name]]
        words += ["-c", str(folder / f"{below}.txt")] if below else []
        made[name] = ["pyproject.toml", *how, *words, "-o", str(folder / f"{name}.txt")]
    return {name: [find_uv_bin(), "pip", "compile", *words] for name, words in made.items()}


def make(folder):
    """Make every lock in a folder, and say which is being made.

    Raises
    ------
    SystemExit
        With uv's words, if it finds no versions that fit.
    """
    for name, command in commands(folder).items():
        print(f"Making {name} …", file=sys.stderr, flush=True)
        ran = subprocess.run(command, cwd=ROOT, input="uv", capture_output=True, text=True)
        if ran.returncode:
            sys.exit(f"{name} cannot be made:\n{ran.stderr.strip()}")


def changes(old, new):
    """What differs between two folders of locks.

    Returns
    -------
    dict of tuple to list of str
        The locks in which it differs, by package, old version and new one; "-" is none.
    """
    found = {}
    for path in sorted(old.glob("*.txt")):
        before, after = (
            dict(re.findall(PINNED, (folder / path.name).read_text("utf-8")))
            for folder in (old, new)
        )
        for name in sorted(before | after):
            versions = before.get(name, "-"), after.get(name, "-")
            if versions[0] != versions[1]:
                found.setdefault((name, *versions), []).append(path.stem)
    return found


def table(found):
    """The changes as a table of Markdown, sorted by package."""
    rows = [
        f"| {name} | {old} | {new} | {', '.join(locks)} |"
        for (name, old, new), locks in sorted(found.items())
    ]
    head = ["| package | listed | newest that fits | in |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) if rows else "The locks list the newest releases that fit."


def main(words):
    parser = argparse.ArgumentParser("make_locks.py", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--newest", action="store_true")
    either.add_argument("--report", action="store_true")
    asked = parser.parse_args(words)
    if not (asked.newest or asked.report):
        return make(FOLDER)
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        print(table(changes(FOLDER, Path(folder))))
        if asked.newest:
            for path in Path(folder).glob("*.txt"):
                (FOLDER / path.name).write_bytes(path.read_bytes())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
