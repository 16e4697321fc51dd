"""Walk through what came back: folders, loose files, and the zip files of learning platforms."""

import io
import os
import time
import zipfile
from collections import namedtuple

from .reading import kind_of

Handed = namedtuple("Handed", "where parts data time trouble")
Handed.__doc__ = """A file that somebody handed in.

where : str
    Its path below the inbox, through zip files too.
parts : list of str
    The folders and the file's name.
data : bytes
    Empty if it could not be read; then ``trouble`` says why.
time : float
    Of its last change.
"""

MOST_BYTES = 100_000_000
MOST_MEMBERS = 5_000
DEEPEST = 3  # zip files within zip files
LITTER = ("thumbs.db", "desktop.ini", "icon\r")


def collect(inbox, apart=()):
    """Read all files below a folder, or one file, without writing anything.

    Parameters
    ----------
    inbox : Path
    apart : list of Path
        Folders to stay out of.

    Returns
    -------
    (list of Handed, list of (str, str))
        The files in the order of their paths, and what was left out, with the reason.
    """
    handed, left_out = [], []
    if inbox.is_file():
        _take(inbox, inbox.name, handed, left_out)
        return handed, left_out
    apart = {os.path.realpath(folder) for folder in apart}
    for folder, folders, names in os.walk(inbox):
        for name in sorted(folders):
            path = os.path.join(folder, name)
            reason = _litter(name) or (os.path.islink(path) and "a link to another folder")
            if os.path.realpath(path) in apart:
                reason = "the class folder"
            if reason:
                left_out.append((os.path.relpath(path, inbox).replace(os.sep, "/"), reason))
                folders.remove(name)
        folders.sort()
        for name in sorted(names):
            path = inbox.__class__(folder, name)
            _take(path, path.relative_to(inbox).as_posix(), handed, left_out)
    return sorted(handed, key=lambda file: file.where), left_out


def _take(path, where, handed, left_out):
    reason = _litter(path.name) or (path.is_symlink() and "a link to another file")
    if reason:
        left_out.append((where, reason))
        return
    try:
        size, changed = path.stat().st_size, path.stat().st_mtime
        if not path.is_file():
            left_out.append((where, "no ordinary file"))
        elif size > MOST_BYTES:
            trouble = f"The file is too large to be read ({size // 10**6} MB)."
            handed.append(Handed(where, where.split("/"), b"", changed, trouble))
        else:
            _open(where, path.read_bytes(), changed, handed, left_out, DEEPEST)
    except OSError as error:
        trouble = f"The file could not be opened ({error.strerror})."
        handed.append(Handed(where, where.split("/"), b"", 0.0, trouble))


def _open(where, data, changed, handed, left_out, deeper):
    """Take a file as it is, or what is in it if it is a zip file."""
    if deeper and kind_of(data) == "a zip file":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if _open_zip(where, archive, handed, left_out, deeper):
                    return
        except (zipfile.BadZipFile, OSError, ValueError):
            pass
    handed.append(Handed(where, _parts(where), data, changed, ""))


def _open_zip(where, archive, handed, left_out, deeper):
    members = [member for member in archive.infolist() if not member.is_dir()]
    if not members or len(members) > MOST_MEMBERS or (
        sum(member.file_size for member in members) > 5 * MOST_BYTES
    ):
        return False
    for member in sorted(members, key=lambda member: member.filename):
        parts = _parts(member.filename)
        inside = "/".join([where, *parts])
        reason = next(filter(None, map(_litter, parts)), "")
        if reason:
            left_out.append((inside, reason))
            continue
        try:
            if member.file_size > MOST_BYTES:
                raise OSError(f"{member.file_size // 10**6} MB are too many")
            _open(inside, archive.read(member), _time(member), handed, left_out, deeper - 1)
        except (OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError,
                ValueError) as error:  # fmt: skip
            trouble = f"The file could not be taken out of the zip file ({error})."
            handed.append(Handed(inside, _parts(inside), b"", 0.0, trouble))
    return True


def _parts(name):
    """Return the parts of a path that name something, none that leads elsewhere."""
    parts = name.replace("\\", "/").split("/")
    return [part for part in parts if part not in ("", ".", "..")] or ["unnamed"]


def _time(member):
    try:
        return time.mktime((*member.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0.0


def _litter(name):
    """Return why a name is no work of a student's, "" if it may be."""
    if name == "__MACOSX" or name.lower() in LITTER:
        return "made by the computer, not by the student"
    if name == ".ipynb_checkpoints":
        return "JupyterLab's own copies"
    if name.startswith("."):
        return "a hidden file"
    if name.startswith("~$"):
        return "an editor's own file"
    return ""
