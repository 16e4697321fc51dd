"""`python run.py bundle`: all that a room without internet needs, in one ZIP."""

import argparse
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from fnmatch import fnmatch
from pathlib import Path

from edition.__main__ import build
from edition.pages import ROOT
from edition.printed import browser, print_all

NAME = "great-leap-forward"
AS_THEY_ARE = (".whl", ".png", ".pdf")  # packed already
BY_GIT = ["git", "ls-files", "-z"]
START_HERE = """Great Leap Forward notebooks, for a room without internet

To read: open reading_edition/index.html in a browser. Nothing has to be installed.

To work in them: you need Python {version} on a system like the one this was made on ({system}).
In this folder, say

    python run.py lab

It installs what the notebooks use from the folder wheels, once, in less than a minute, and opens
JupyterLab at the first notebook. No network is asked. Where Python is called python3 or py, say
that instead.

Python itself is not in here: bring an installer from python.org along.
For machines of another kind, or another Python, say "python run.py bundle" on one of them where
there is a network, and unzip both bundles into the same place: each brings wheels of its own.

README.md tells the rest.
"""


def main(words):
    """Read the command line; make the edition, and pack it."""
    parser = argparse.ArgumentParser("run.py bundle", description=__doc__)
    parser.add_argument("file", nargs="?", default=f"{NAME}.zip", help="what to write")
    parser.add_argument("--pdf", action="store_true", help="with every lesson as a PDF")
    parser.add_argument("--wheels", required=True, help=argparse.SUPPRESS)  # run.py fetched them
    asked = parser.parse_args(words)
    target = (ROOT / asked.file).resolve()
    if target.suffix != ".zip" or not target.parent.is_dir():
        sys.exit(f"{asked.file}: name a .zip in a folder that is there.")
    if asked.pdf:
        browser()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        build(site)
        if asked.pdf:
            print_all(site)
        print("Packing …", flush=True)
        pack(target, site, Path(asked.wheels))
    size = target.stat().st_size / 10**6
    print(f"{target.name}, {size:.0f} MB: unzip it anywhere; START_HERE.txt tells the rest.")


def pack(target, site, wheels):
    """Write the repository, the reading edition, wheels and a page to start from into a ZIP.

    Parameters
    ----------
    target : Path
        The ZIP. An older one is replaced when the new one is whole.
    site : Path
        The reading edition.
    wheels : Path
        A folder named for the Python and the system that its wheels are for.
    """
    inside = {name: ROOT / name for name in repository()}
    inside |= {f"reading_edition/{name}": site / name for name in _below(site)}
    inside |= {f"wheels/{wheels.name}/{name}": wheels / name for name in _below(wheels)}
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    words = START_HERE.format(version=version, system=sysconfig.get_platform())
    half = target.with_suffix(".part")
    try:
        with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as made:
            made.writestr(f"{NAME}/START_HERE.txt", words)
            for name, path in sorted(inside.items()):
                how = zipfile.ZIP_STORED if path.suffix in AS_THEY_ARE else None
                made.write(path, f"{NAME}/{name}", how)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def repository():
    """Return the files of the project: what git keeps, or without git all that it would keep."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(BY_GIT, cwd=ROOT, capture_output=True, text=True)
        if names := [name for name in listed.stdout.split("\0") if (ROOT / name).is_file()]:
            return names
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    return [
        name
        for name in _below(ROOT)
        if not any(
            fnmatch(f"/{name}", f"*/{line.rstrip('/')}{tail}")
            for line in ignored
            for tail in ("", "/*")
        )  # fmt: skip
    ]


def _below(folder):
    """The files below a folder, as they are named from it."""
    return [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
