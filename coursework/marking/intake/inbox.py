"""Walk through what came back: folders, loose files, and the zip files of learning platforms."""

import io
import os
import re
import time
import zipfile
from collections import namedtuple
from pathlib import Path

from .reading import kind_of

Handed = namedtuple("Handed", "where parts data time trouble")
Handed.__doc__ = """A file that somebody handed in.

where : str
    Its path below the inbox, through zip files too.
parts : list of str
    The folders, zip files among them, and the file's name.
data : bytes
    Empty if it could not be read; then ``trouble`` says why.
time : float
    Of its last change.
"""
LeftOut = namedtuple("LeftOut", "where reason")

MOST_BYTES = 100_000_000
MOST_MEMBERS = 5_000
MOST_UNPACKED = 2_000_000_000  # out of all zip files of one check together
DEEPEST = 3  # zip files within zip files

NO_WORK = {  # patterns of a file's or a folder's name, and why it is no work of a student's
    r"__macosx|thumbs\.db|desktop\.ini|icon\r": "made by the computer, not by the student",
    r"\.ipynb_checkpoints": "JupyterLab's own copies",
    r"\..*": "a hidden file",
    r"~\$.*": "an editor's own file",
    r"__pycache__|venv|env|site-packages|node_modules|.*\.pyc|.*\.egg-info": "part of a program",
    r"gradebook.*\.(csv|xlsx?)|index\.html": "the learning platform's own file",
    r"(submission_)?metadata\.ya?ml": "the learning platform's own file",
    r"onlinetext\.html?": "the text field of Moodle; look there if its student sent no file",
    r".*_attempt_\d{4}(-\d\d){2,5}\.txt": "Blackboard's slip, perhaps with words of the student's",
}


def collect(inbox, apart=()):
    """Read all files below a folder, or one file, without writing anything.

    Parameters
    ----------
    inbox : Path
    apart : list of Path
        Folders to stay out of.

    Yields
    ------
    Handed or LeftOut
        One file at a time, so that a class need not fit into memory.
    """
    return _Walk(inbox, apart).files()


class _Walk:
    def __init__(self, inbox, apart):
        self.inbox, self.unpacked = inbox, 0
        self.apart = {os.path.realpath(folder) for folder in apart}

    def files(self):
        if self.inbox.is_file():
            yield from self.take(self.inbox, self.inbox.name)
            return
        closed = []
        for folder, folders, names in os.walk(self.inbox, onerror=closed.append):
            for name in sorted(folders):
                path = Path(folder, name)
                reason = no_work(name) or (path.is_symlink() and "a link to another folder")
                if os.path.realpath(path) in self.apart:
                    reason = "the class folder"
                if reason:
                    yield LeftOut(path.relative_to(self.inbox).as_posix(), reason)
                    folders.remove(name)
            folders.sort()
            for name in sorted(names):
                path = Path(folder, name)
                yield from self.take(path, path.relative_to(self.inbox).as_posix())
        for error in closed:
            where = Path(error.filename).relative_to(self.inbox).as_posix()
            trouble = f"The folder could not be opened ({error.strerror}): nothing in it was read."
            yield Handed(where, where.split("/"), b"", 0.0, trouble)

    def take(self, path, where):
        reason = no_work(path.name) or (path.is_symlink() and "a link to another file")
        if reason or not path.is_file():
            yield LeftOut(where, reason or "no ordinary file")
            return
        try:
            with path.open("rb") as file:
                about = os.fstat(file.fileno())
                if zipfile.is_zipfile(file):
                    file.seek(0)
                    yield from self.open_zip(where, file, about.st_mtime, DEEPEST)
                elif about.st_size > MOST_BYTES:
                    trouble = f"The file is too large to be read ({about.st_size // 10**6} MB)."
                    yield Handed(where, where.split("/"), b"", about.st_mtime, trouble)
                else:
                    file.seek(0)
                    yield Handed(where, where.split("/"), file.read(), about.st_mtime, "")
        except OSError as error:
            trouble = f"The file could not be opened ({error.strerror})."
            yield Handed(where, where.split("/"), b"", 0.0, trouble)

    def open_zip(self, where, file, changed, deeper):
        """Yield what is in a zip file; the file itself if it is a document or cannot be opened."""
        trouble, members = "", []
        try:
            archive = zipfile.ZipFile(file)
            members = [member for member in archive.infolist() if not member.is_dir()]
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            pass
        wanted = [one for one in members if not any(map(no_work, parts_of(one.filename)))]
        if len(wanted) > MOST_MEMBERS:
            trouble = (
                f"The zip file holds too many files ({len(wanted)}; {MOST_MEMBERS} are read "
                "at most)."
            )
        file.seek(0)
        if trouble or not members or not deeper or kind_of(file.read(4), members) != "a zip file":
            file.seek(0)
            data = file.read(MOST_BYTES)
            yield Handed(where, where.split("/"), data, changed, trouble)
            return
        yield from left_out_of(where, members)
        for member in sorted(wanted, key=lambda member: member.filename):
            inside = "/".join([where, *parts_of(member.filename)])
            yield from self.unpack(archive, member, inside, deeper)

    def unpack(self, archive, member, where, deeper):
        try:
            if member.file_size > MOST_BYTES:
                raise OSError(f"{member.file_size // 10**6} MB are too many")
            if self.unpacked + member.file_size > MOST_UNPACKED:
                raise OSError("the zip files of this folder hold too much together")
            data = archive.read(member)
            self.unpacked += len(data)
        except (
            OSError,
            RuntimeError,
            NotImplementedError,
            zipfile.BadZipFile,
            EOFError,
            ValueError,
        ) as error:
            trouble = f"The file could not be taken out of the zip file ({error})."
            yield Handed(where, where.split("/"), b"", 0.0, trouble)
            return
        if zipfile.is_zipfile(io.BytesIO(data)):
            yield from self.open_zip(where, io.BytesIO(data), _time(member), deeper - 1)
        else:
            yield Handed(where, where.split("/"), data, _time(member), "")


def left_out_of(where, members):
    """Yield a line for each folder or file in a zip that is no work, with its number of files."""
    counted = {}
    for member in members:
        parts = parts_of(member.filename)
        for depth, part in enumerate(parts, 1):
            if reason := no_work(part):
                key = "/".join([where, *parts[:depth]]), reason
                counted[key] = counted.get(key, 0) + 1
                break
    for (inside, reason), many in counted.items():
        yield LeftOut(inside, reason if many == 1 else f"{reason} ({many} files)")


def no_work(name):
    """Return why a name is no work of a student's, "" if it may be.

    Examples
    --------
    >>> no_work("gradebook.csv"), no_work("ps1.ipynb")
    ("the learning platform's own file", '')
    """
    return next((why for form, why in NO_WORK.items() if re.fullmatch(form, name, re.I)), "")


def parts_of(name):
    """Return the parts of a path that name something, none that leads elsewhere."""
    parts = name.replace("\\", "/").split("/")
    return [part for part in parts if part not in ("", ".", "..")] or ["unnamed"]


def _time(member):
    try:
        return time.mktime((*member.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0.0
