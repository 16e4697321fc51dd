"""Bring what students are given up to date: `sudo python3 hub/publish.py`.

What `python run.py coursework build` has packed becomes the next commit of the class's repository,
/srv/class/great-leap-forward, from which each student's copy is brought up to date. The repository
is never written anew: copies that students have made of it could not be brought up to date.

Options: --class FOLDER  where the coursework's class lies (coursework/class)
         --srv FOLDER    where the hub keeps the class (/srv/class)
"""

import argparse
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "great-leap-forward"  # of the repository, and so of students' folders
FIRST_PAGE = f"{NAME}/notebooks/00_start_here.ipynb"
NEVER_ANEW = ("receive.denyNonFastForwards", "receive.denyDeletes")
SETTINGS = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "publish",
    "GIT_AUTHOR_EMAIL": "publish@localhost",
    "GIT_COMMITTER_NAME": "publish",
    "GIT_COMMITTER_EMAIL": "publish@localhost",
}


class Trouble(Exception):
    """One line that says what is wrong and what to do about it."""


def main(words):
    parser = argparse.ArgumentParser(
        "publish.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--class", dest="course", type=Path, default=ROOT / "coursework/class")
    parser.add_argument("--srv", type=Path, default=Path("/srv/class"))
    asked = parser.parse_args(words)
    os.umask(0o022)  # students read it
    print(publish(asked.course / "students.zip", asked.srv / NAME))


def publish(packed, repository):
    """Make what is in students.zip the next commit of a repository.

    Parameters
    ----------
    packed : Path
        ``students.zip``.
    repository : Path
        A bare repository; made, if it is not there.

    Returns
    -------
    str
        What happened, in a sentence.

    Raises
    ------
    Trouble
        If the file is not what ``coursework build`` packs.
    """
    try:
        archive = zipfile.ZipFile(packed)
    except (OSError, zipfile.BadZipFile) as error:
        raise Trouble(
            f"{packed} cannot be read ({error}): make it by python run.py coursework build."
        ) from None
    names = archive.namelist()
    if FIRST_PAGE not in names or not all(name.startswith(f"{NAME}/") for name in names):
        raise Trouble(f"{packed} is not what python run.py coursework build packs.")
    if not repository.exists():
        git("init", "--quiet", "--bare", "--initial-branch=main", repository)
        for setting in NEVER_ANEW:
            git("-C", repository, "config", setting, "true")
    with tempfile.TemporaryDirectory(prefix="publish-") as folder:
        copy = Path(folder, NAME)
        git("clone", "--quiet", f"file://{repository}", copy)
        git("-C", copy, "rm", "-r", "--quiet", "--ignore-unmatch", ".")
        archive.extractall(folder)
        git("-C", copy, "add", "--all", "--force")
        new = git("-C", copy, "diff", "--cached", "--name-only", "-z").count("\0")
        if not new:
            return "Nothing has changed since the last time."
        git("-C", copy, "commit", "--quiet", "--message", f"{new} files are new or changed")
        git("-C", copy, "push", "--quiet", "origin", "HEAD:main")
    return f"{new} files are new or changed; students get them when they start the next time."


def git(*words):
    done = subprocess.run(
        ["git", *words],
        env={**os.environ, **SETTINGS},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise Trouble(f"git {words[-1]}: {done.stderr.strip().splitlines()[-1]}")
    return done.stdout


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Trouble, OSError) as trouble:
        sys.exit(str(trouble))
