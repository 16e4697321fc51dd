"""What an update of the class's repository could not change in a student's copy, and a page on it.

nbgitpuller merges so that a student's own version of a place wins, and says nothing of it. The
history keeps what was merged, so that it can be found out afterwards.
"""

import json
import re
import subprocess

BRANCH = "origin/main"
OPENING = """# What an update did not reach

Your teacher has changed these places after you had changed them (running a cell can be a change
too). Yours was kept. If you want the teacher's, copy it from here over yours; to get a whole file
as your teacher wrote it, rename yours, and it comes when you start the next time. This page is made
anew at each start, and goes when nothing is left to tell.

[To the lessons](great-leap-forward/notebooks/00_start_here.ipynb)
"""


def not_reached(copy):
    """Find what was published, and was changed by the student before it came.

    Parameters
    ----------
    copy : Path
        The student's clone, merged by nbgitpuller.

    Returns
    -------
    dict of dict of (str or None, str or None)
        By file and piece, which is a cell's id or a line, the teacher's text and the student's;
        None for what one of them has taken out.
    """
    found = {}
    for line in git(copy, "log", "--first-parent", "--merges", "--format=%H %P").splitlines():
        merged, own, theirs = line.split()[:3]
        before = git(copy, "merge-base", own, theirs).strip()
        for path in changed(copy, before, theirs) & changed(copy, merged, theirs):
            was, sent, kept = (pieces(copy, state, path) for state in (before, theirs, merged))
            missed = {
                piece
                for piece in was | sent
                if was.get(piece) != sent.get(piece) != kept.get(piece)
            }
            found[path] = found.get(path, set()) | missed
    return {path: left for path in sorted(found) if (left := differing(copy, path, found[path]))}


def differing(copy, path, names):
    """Of some pieces of a file, those that are not as published now: the teacher's and mine."""
    published = pieces(copy, BRANCH, path)
    file = copy / path
    mine = split(path, file.read_text("utf-8", "replace")) if file.exists() else published
    return {
        name: (published.get(name), mine.get(name))
        for name in [*published, *sorted(names - published.keys())]
        if name in names and mine.get(name) != published.get(name)
    }


def pieces(copy, state, path):
    """A file's pieces in one state of the repository; none where it is not there."""
    try:
        return split(path, git(copy, "show", f"{state}:{path}"))
    except subprocess.CalledProcessError:
        return {}


def split(path, text):
    """Take a notebook apart into cells by id, another file into lines."""
    if path.endswith(".ipynb"):
        try:
            cells = json.loads(text)["cells"]
            return {cell["id"]: "".join(cell["source"]) for cell in cells}
        except (ValueError, KeyError, TypeError):  # a student's file, broken in some way
            pass
    return {line: line for line in text.splitlines()}


def changed(copy, one, other):
    """Paths of what differs between two states."""
    listed = git(copy, "diff", "--name-only", "--no-renames", "-z", one, other)
    return set(filter(None, listed.split("\0")))


def git(copy, *words):
    told = subprocess.run(["git", *words], cwd=copy, check=True, capture_output=True)
    return told.stdout.decode("utf-8", "replace")


def page(found):
    """Write it up in Markdown, for a student.

    Parameters
    ----------
    found : dict
        As from `not_reached`.

    Returns
    -------
    str
        Nothing if nothing was found.
    """
    parts = [OPENING] if found else []
    for path, places in found.items():
        parts.append(f"\n## [{path}](great-leap-forward/{path})\n")
        if not path.endswith(".ipynb"):
            lines = [theirs for theirs, _ in places.values() if theirs is not None]
            parts.append(f"Lines, as your teacher has them:\n\n{fenced(chr(10).join(lines))}")
            continue
        for theirs, mine in places.values():
            yours = (
                f"Your cell that begins\n\n{fenced(mine.partition(chr(10))[0])}\n" if mine else ""
            )
            if theirs is None:
                parts.append(f"{yours}was taken out by your teacher.\n")
            else:
                words = "is, as your teacher has it," if yours else "A cell that you do not have:"
                parts.append(f"{yours}{words}\n\n{fenced(theirs)}")
    return "\n".join(parts)


def fenced(text):
    longest = max(map(len, re.findall("~+", text)), default=0)
    fence = "~" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}\n"
