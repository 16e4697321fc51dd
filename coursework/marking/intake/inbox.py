"""Walk through what came back: folders, loose files, and the zip files of learning platforms.

nbgrader's own extractor writes to disk whatever a zip file holds, however much; here it is read up
to a limit and nothing is written.
"""

import io
import os
import re
import time
import zipfile
from collections import Counter, namedtuple
from pathlib import Path

Handed = namedtuple("Handed", "where data time trouble", defaults=(b"", 0.0, ""))
Handed.__doc__ = """A file that somebody handed in, its path below the inbox through zip files too.

Where it could not be read there is no data, and the trouble says why; the time is its last change.
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
DOCUMENTS = {"[Content_Types].xml", "mimetype", "Index/Document.iwa"}  # zip files, in their way


def collect(inbox, apart=()):
    """Read all files below a folder that is not ``apart``, or one file; write nothing.

    They come one at a time, as ``Handed`` or ``LeftOut``: a class need not fit into memory.
    """
    reader, closed = _Reader(), []
    if inbox.is_file():
        yield from reader.take(inbox, inbox.name)
        return
    apart = {os.path.realpath(folder) for folder in apart}
    for folder, folders, names in os.walk(inbox, onerror=closed.append):
        below = Path(folder).relative_to(inbox)
        for name in sorted(folders):
            reason = no_work(name) or (Path(folder, name).is_symlink() and "a link to elsewhere")
            if os.path.realpath(Path(folder, name)) in apart:
                reason = "the class folder"
            if reason:
                yield LeftOut((below / name).as_posix(), reason)
                folders.remove(name)
        folders.sort()
        for name in sorted(names):
            yield from reader.take(Path(folder, name), (below / name).as_posix())
    for error in closed:
        where = Path(error.filename).relative_to(inbox).as_posix()
        trouble = f"The folder could not be opened ({error.strerror}): nothing in it was read."
        yield Handed(where, trouble=trouble)


class _Reader:
    """Reads files, and what is in zip files as long as all of it together is not too much."""

    def __init__(self):
        self.unpacked = 0

    def take(self, path, where):
        reason = no_work(path.name) or (path.is_symlink() and "a link to elsewhere")
        if reason or not path.is_file():
            yield LeftOut(where, reason or "no ordinary file")
            return
        try:
            with path.open("rb") as file:
                about = os.fstat(file.fileno())
                if zipfile.is_zipfile(file):
                    yield from self.open_zip(where, file, about.st_mtime, DEEPEST)
                elif about.st_size > MOST_BYTES:
                    trouble = f"The file is too large to be read ({about.st_size // 10**6} MB)."
                    yield Handed(where, trouble=trouble)
                else:
                    file.seek(0)
                    yield Handed(where, file.read(), about.st_mtime)
        except OSError as error:
            yield Handed(where, trouble=f"The file could not be opened ({error.strerror}).")

    def open_zip(self, where, file, changed, deeper):
        """Yield what is in a zip file; the file itself if it is a document or cannot be opened."""
        trouble, members = "", []
        try:
            archive = zipfile.ZipFile(file)
            members = [member for member in archive.infolist() if not member.is_dir()]
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            pass
        reasons = {member: _no_work_below(member.filename) for member in members}
        wanted = [member for member in members if not reasons[member]]
        if len(wanted) > MOST_MEMBERS:
            many = f"{len(wanted)}; {MOST_MEMBERS} are read at most"
            trouble = f"The zip file holds too many files ({many})."
        document = DOCUMENTS & {member.filename for member in members}
        if trouble or document or not members or not deeper:
            file.seek(0)
            yield Handed(where, file.read(MOST_BYTES), changed, trouble)
            return
        for (inside, reason), many in Counter(filter(None, reasons.values())).items():
            reason = reason if many == 1 else f"{reason} ({many} files)"
            yield LeftOut(f"{where}/{inside}", reason)
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
        except Exception as error:  # damaged, encrypted, packed by means that Python lacks
            trouble = f"The file could not be taken out of the zip file ({error})."
            yield Handed(where, trouble=trouble)
            return
        self.unpacked += len(data)
        try:
            changed = time.mktime((*member.date_time, 0, 0, -1))
        except (ValueError, OverflowError):
            changed = 0.0
        if zipfile.is_zipfile(io.BytesIO(data)):
            yield from self.open_zip(where, io.BytesIO(data), changed, deeper - 1)
        else:
            yield Handed(where, data, changed)


def no_work(name):
    """Return why a name is no work of a student's, "" if it may be."""
    return next((why for form, why in NO_WORK.items() if re.fullmatch(form, name, re.I)), "")


def _no_work_below(name):
    """Return the first folder, or the file, of a path that is no work, and why; None if none is."""
    parts = parts_of(name)
    return next(
        (("/".join(parts[:at]), why) for at, part in enumerate(parts, 1) if (why := no_work(part))),
        None,
    )


def parts_of(name):
    """Return the parts of a path that name something, none that leads elsewhere."""
    parts = name.replace("\\", "/").split("/")
    return [part for part in parts if part not in ("", ".", "..")] or ["unnamed"]
