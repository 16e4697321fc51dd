"""Check what came back: say what is damaged, rebuild it, and lose nothing."""

import ast
import calendar
import hashlib
import itertools
import json
import re
import shutil
import time
from collections import namedtuple
from importlib.util import find_spec

from glf_utils.answers.assigned import canonical

from ..classroom import Trouble, folder_name, read_releases, read_roster, read_table, write_table
from .inbox import LeftOut, collect
from .reading import read
from .repair import answered, rebuild
from .report import COLUMNS, earlier_rows, missing, page, totals
from .which import as_handed_out, which_set
from .whose import candidates, whose

Report = namedtuple("Report", "rows missing earlier summary")
Report.__doc__ = """What a check found.

rows : list of dict
    One for each file: file, student, set, status ("graded", "by hand", "copy", "ignored"), notes
    (a list of sentences), look (why a graded one waits for the teacher's eye), original (where the
    untouched file lies in the class folder).
missing : list of (str, str)
    Students in the list of the class, and sets that they did not hand in.
earlier : list of dict
    What checks of other folders left to be marked by hand, as in check.csv.
summary : str
    A line or two for the screen.
"""

NOBODY = "_unknown"
UNTOUCHED = "Left out: just as it was handed out, nothing was written in it."


def check(inbox, class_folder, wanted=None):
    """Read submissions from a folder and lay them out for nbgrader, rebuilt where need be.

    Parameters
    ----------
    inbox : Path
        A folder, or one file; nothing is written there.
    class_folder : Path
        Holds ``release``; gets ``originals``, ``submitted``, ``check.md`` and ``check.csv``.
    wanted : str, optional
        The problem set asked for; others are listed and not graded.

    Returns
    -------
    Report

    Raises
    ------
    Trouble
        If the inbox is one of the class folder's own, or the list of the class has no ``id``.
    """
    ours = [
        class_folder / name
        for name in ("originals", "submitted", "release", "source", "autograded", "feedback")
    ]
    if inbox == class_folder or any(folder in (inbox, *inbox.parents) for folder in ours):
        raise Trouble(f"{inbox} belongs to the class; give the folder the files came back in.")
    releases, roster = read_releases(class_folder), read_roster(class_folder)
    apart = [class_folder] if class_folder not in inbox.parents else ours
    rows = []
    for file in collect(inbox, apart):
        if isinstance(file, LeftOut):
            rows.append(_ignored(file.where, f"Left out: {file.reason}."))
        else:
            rows.append(_examined(file, releases, roster, wanted))
            _guarded(_keep_original, rows[-1], file, class_folder)
    _settle_rivals(rows, bool(roster))
    for row in rows:
        if row["status"] == "graded":
            _guarded(_lay_out, row, class_folder, releases)
    rows.sort(key=lambda row: (row["student"] == "", row["student"], row["set"], row["file"]))
    _take_out_renamed(rows, class_folder, inbox)
    before = earlier_rows(class_folder / "check.csv", rows, str(inbox))
    table = [
        {
            **row,
            "notes": " ".join(row["notes"]),
            "look": "\n".join(map(_asked, row["look"])),
            "inbox": str(inbox),
        }
        for row in rows
    ]
    write_table(class_folder / "check.csv", COLUMNS, table + before)
    names = (
        [wanted] if wanted else sorted({row["set"] for row in rows if row["status"] == "graded"})
    )
    absent = missing([*rows, *before], roster, names)
    left = [row for row in before if row["status"] == "by hand"]
    report = Report(rows, absent, left, totals(rows))
    _write(class_folder / "check.md", page(report).encode("utf-8", "replace"))
    return report


def _asked(reason):
    """A reason to look, after the number of its question or "all"."""
    found = re.match(r"Question (\d+): ", reason)
    return f"{found[1]}: {reason[found.end() :]}" if found else f"all: {reason}"


# -- one file ------------------------------------------------------------------------------------


def _ignored(where, words):
    return {
        "file": where,
        "student": "",
        "set": "",
        "status": "ignored",
        "original": "",
        "notes": [words],
        "look": [],
    }


def _examined(file, releases, roster, wanted):
    """Return what is known of a file, as a row of the report with the rebuilt notebook."""
    row = {
        "file": file.where,
        "student": "",
        "set": wanted or "",
        "status": "by hand",
        "notes": [],
        "parts": file.parts,
        "time": int(file.time),
        "original": "",
        "look": [],
        "digest": hashlib.sha256(file.data).hexdigest(),
        "empty": not (file.data.strip() or file.trouble),
        "built": None,
        "whole": True,
        "lesson": False,
        "untouched": "",
        "answered": 0,
        "again": "",
    }
    try:
        return _examine(row, file, releases, roster, wanted)
    except Exception as error:
        row["notes"].append(f"It could not be checked ({type(error).__name__}: {error}).")
        return row


def _examine(row, file, releases, roster, wanted):
    notes, reading = row["notes"], None
    if file.trouble:
        notes.append(file.trouble)
    else:
        reading = read(file.data, file.parts[-1])
        row["untouched"] = as_handed_out(file.data, file.parts[-1], reading.notebook, releases)
        if row["untouched"] == "file":
            return _ignored(file.where, UNTOUCHED)
        notes += reading.notes
        row["whole"] = reading.whole
    notebook = reading.notebook if reading else None
    student = whose(notebook, file.parts, roster)
    row["student"] = folder_name(student.student)
    held, odd = which_set(notebook, file.parts[-1], releases)
    row["lesson"] = held == "lesson"
    row["set"] = wanted or ("" if row["lesson"] else held or "")
    notes += student.notes + odd
    if student.student and row["student"] != canonical(student.student):
        notes.append(
            f"The identifier “{student.student}” holds signs that files cannot bear; the "
            f"folder is called “{row['student']}”."
        )
    if notebook is None:
        row["again"] = (reading.notes[-1:] or [""])[0] if reading else file.trouble
        return row
    row["again"] = odd[0] if odd else "" if row["whole"] else "The file breaks off."
    if held is None:
        notes.append("The file holds none of the problem sets.")
        row["again"] = notes[-1]
    elif row["lesson"]:
        notes[-1] += " Please ask for the other file."
    elif wanted and held != wanted:
        notes.append(f"The file holds problem set {held[2:]}; set {wanted[2:]} was asked for.")
        row["again"] = notes[-1]
    elif held not in releases:
        notes.append(f"The class has no release of problem set {held[2:]}.")
    else:
        released = {key: value for key, value in releases[held].items() if key != "_name"}
        row["built"], said, row["look"] = rebuild(notebook, released)
        row["look"] += _lacking(row["built"])
        if not row["whole"]:
            row["look"].append("The file breaks off: an answer may be lost.")
        row["answered"] = len(answered(row["built"], released))
        notes += said
        if not row["answered"]:
            notes.append("No question has been answered.")
            row["again"] = row["again"] or notes[-1]
        if student.student:
            row["status"] = "graded"
    return row


def _lacking(notebook):
    """Say which libraries a submission imports that marking does not have."""
    names = set()
    for cell in notebook["cells"]:
        try:
            tree = ast.parse("".join(cell["source"])) if cell["cell_type"] == "code" else None
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return [
        f"It imports {name}, which marking does not have; please look at the answers that need it."
        for name in sorted(names)
        if find_spec(name) is None
    ]


def _settle_rivals(rows, listed):
    """Where several files are one student's for one set, choose the one that is graded."""
    working = {row["student"] for row in rows if row["status"] == "graded" and not row["untouched"]}
    for row in rows:  # students who send all they were given
        if row["student"] in working and row["status"] != "ignored":
            if row["untouched"]:
                row["status"], row["notes"] = "ignored", [UNTOUCHED]
            elif row["lesson"]:
                row["status"] = "ignored"
                row["notes"] = ["Left out: a notebook of the lessons, beside the problem set."]
    groups = {}
    for row in rows:
        if row["student"] and row["status"] != "ignored":
            groups.setdefault((row["student"], row["set"]), []).append(row)
    for group in groups.values():
        graded = [row for row in group if row["status"] == "graded"]
        if not graded:
            continue
        graded.sort(key=lambda row: (row["whole"], row["time"], row["answered"], row["file"]))
        best = graded[-1] if listed else _most_likely_theirs(graded)
        for row in group:
            if row is best:
                continue
            if row["status"] == "graded":
                _set_aside(row, best, listed)
            elif row["empty"]:
                row["status"] = "copy"
                row["notes"].append(f"Another file of the same student is graded: {best['file']}.")


def _most_likely_theirs(graded):
    named = [row for row in graded if row["student"] in map(folder_name, _tokens(row))]
    return (named or graded)[-1]


def _set_aside(row, best, listed):
    same = row["digest"] == best["digest"]
    ours, theirs = set(_tokens(row)), set(_tokens(best))
    if not listed and ours and theirs and not ours & theirs:
        row["status"] = "by hand"
        words = "is the same as" if same else "bears the same identifier as"
        row["notes"].append(
            f"The file {words} {best['file']}, which seems to be somebody else's; "
            "please find out whose is whose."
        )
        best["notes"].append(
            f"The identifier stands in {row['file']} too, which seems to be somebody else's."
        )
        return
    row["status"] = "copy"
    if same:
        row["notes"] = [f"The same file as {best['file']}, which is graded."]
        best["notes"].append(f"It was handed in more than once, unchanged: also as {row['file']}.")
        return
    how = "newer" if best["time"] > row["time"] else "more complete"
    row["notes"].append(f"Another file of the same student is {how} and graded: {best['file']}.")
    best["notes"].append(
        f"There were several files; this one is the {how} and is graded. Kept "
        f"beside it: {row['file']}."
    )


def _tokens(row):
    return [canonical(token) for token in candidates(row["parts"])]


# -- what is stored ------------------------------------------------------------------------------


def _guarded(step, row, *rest):
    """Take a step for one file; what goes wrong is left to the teacher and stops nothing."""
    try:
        step(row, *rest)
    except Exception as error:
        row["status"] = "by hand"
        row["notes"].append(f"It could not be stored ({type(error).__name__}: {error}).")


def _keep_original(row, file, class_folder):
    if row["status"] == "ignored" or file.trouble and not file.data:
        return
    target = class_folder / "originals" / (row["student"] or NOBODY) / _safe(file.parts[-1])
    if target.exists() and target.read_bytes() != file.data:
        mark = hashlib.sha256(file.data).hexdigest()[:8]
        target = target.with_name(f"{target.stem} ({mark}){target.suffix}")
    _write(target, file.data)
    row["original"] = target.relative_to(class_folder).as_posix()


def _lay_out(row, class_folder, releases):
    """Write the rebuilt notebook where nbgrader looks for it."""
    folder = class_folder / "submitted" / row["student"] / row["set"]
    text = json.dumps(row["built"], indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    target = folder / releases[row["set"]]["_name"]
    there = target.exists()
    if _write(target, text.encode("utf-8", "replace")):
        if there:
            row["notes"].append("It takes the place of what was handed in before.")
        _stamp(folder / "timestamp.txt", row["time"])


def _take_out_renamed(rows, class_folder, inbox):
    """Take out what the very same file was stored as under another identifier."""
    path = class_folder / "check.csv"
    before = [
        row for row in (read_table(path) if path.exists() else ()) if row["status"] == "graded"
    ]
    graded = [row for row in rows if row["status"] == "graded"]
    now, files = {(row["student"], row["set"]) for row in graded}, {row["file"] for row in rows}
    for row, old in itertools.product(graded, before):
        gone = old.get("inbox") == str(inbox) and old["file"] not in files
        if (
            not (gone or old["file"] == row["file"])
            or old["set"] != row["set"]
            or (old["student"], old["set"]) in now
        ):
            continue
        kept = (class_folder / "originals" / old["student"]).glob("*")
        if any(
            hashlib.sha256(path.read_bytes()).hexdigest() == row["digest"]
            for path in kept
            if path.is_file()
        ):
            shutil.rmtree(class_folder / "submitted" / old["student"] / old["set"], True)
            words = f"It was taken for “{old['student']}” before, whose marks are taken out."
            row["notes"].append(words)


def _stamp(path, changed):
    """Write when a submission was made; nbgrader marks it again if that is later than before."""
    form = "%Y-%m-%d %H:%M:%S UTC"
    try:
        before = time.strptime(path.read_text("utf-8").strip(), form)
        changed = max(changed, calendar.timegm(before) + 1)
    except (OSError, ValueError, OverflowError):
        pass
    _write(path, time.strftime(form, time.gmtime(changed)).encode())


def _write(path, data):
    """Write a file if it does not hold just that already; say whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.with_name(path.name + ".new")
    whole.write_bytes(data)
    whole.replace(path)
    return True


def _safe(name):
    """Return a name that every system bears: no odd signs, at most 120 bytes."""
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", name).rstrip(". ") or "unnamed"
    stem, dot, ending = name.rpartition(".") if "." in name[1:] else (name, "", "")
    return stem.encode("utf-8", "replace")[:100].decode(errors="ignore") + dot + ending[:20]
