"""Check what came back: say what is damaged, rebuild it, and lose nothing."""

import ast
import calendar
import hashlib
import json
import re
import shutil
import time
from collections import namedtuple
from importlib.util import find_spec

from coursework.marking.classroom import (
    Trouble,
    folder_name,
    read_releases,
    read_roster,
    read_table,
    store,
    write_table,
)
from coursework.marking.intake.inbox import LeftOut, collect
from coursework.marking.intake.notebook_file import read
from coursework.marking.intake.rebuild import answered, rebuild
from coursework.marking.intake.report import COLUMNS, earlier_rows, missing, page, totals
from coursework.marking.intake.which import as_handed_out, which_set
from coursework.marking.intake.whose import candidates, stated_time, whose
from glf_utils.answers.assigned import canonical

Report = namedtuple("Report", "rows missing earlier summary")
Report.__doc__ = """What a check found: a row for each file, and a summary in a line.

A row's status is "graded", "by hand", "copy" or "ignored"; its notes are sentences, and "look" says
why a graded one waits for the teacher's eye. Beside the rows come who of the list of the class is
missing which set, and what earlier checks of other folders left to be marked by hand.
"""

NOBODYS = "_unknown"
LESSON = "Left out: a notebook of the lessons, beside the problem set."
UNTOUCHED = "Left out: just as it was handed out, nothing was written in it."


def check(inbox, class_folder, wanted=None):
    """Read submissions from a folder, or one, and lay them out for nbgrader as a ``Report`` says.

    Nothing is written in the inbox. The class folder, which holds ``release``, gets ``originals``,
    ``submitted``, ``check.md`` and ``check.csv``. Other sets than the one wanted are not graded.
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
        row = _row(file)
        rows.append(row)
        if isinstance(file, LeftOut):
            _leave_out(row, f"Left out: {file.reason}.")
        else:
            _guarded("checked", _examine, row, file, releases, roster, wanted)
            _guarded("stored", _keep_original, row, file, class_folder)
    _leave_out_what_was_given(rows)
    _settle_rivals(rows, bool(roster))
    for row in rows:
        if row["status"] == "graded":
            _guarded("stored", _lay_out, row, class_folder)
    rows.sort(key=lambda row: (row["student"] == "", row["student"], row["set"], row["file"]))
    _take_out_renamed(rows, class_folder, str(inbox))
    before = earlier_rows(class_folder / "check.csv", rows, str(inbox))
    table = [
        {
            **row,
            "notes": " ".join(row["notes"]),
            "look": "\n".join(row["look"]),
            "inbox": str(inbox),
        }
        for row in rows
    ]
    write_table(class_folder / "check.csv", COLUMNS, table + before)
    names = [wanted] if wanted else {row["set"] for row in rows if row["status"] == "graded"}
    absent = missing([*rows, *before], roster, sorted(names))
    left = [row for row in before if row["status"] == "by hand"]
    report = Report(rows, absent, left, totals(rows))
    store(class_folder / "check.md", page(report).encode("utf-8", "replace"))
    return report


# -- one file ------------------------------------------------------------------------------------


def _row(file):
    """A row of the report, with all that is not known yet."""
    return {
        **dict.fromkeys(["student", "set", "original", "again", "untouched"], ""),
        **dict.fromkeys(["lesson", "readable"], False),
        "file": file.where,
        "parts": file.where.split("/"),
        "status": "by hand",
        "notes": [],
        "look": [],
    }


def _leave_out(row, words):
    row |= {"status": "ignored", "notes": [words]}


def _guarded(what, step, row, *rest):
    """Take a step for one file; what goes wrong is left to the teacher and stops nothing."""
    try:
        step(row, *rest)
    except Exception as error:
        row["status"] = "by hand"
        row["notes"].append(f"It could not be {what} ({type(error).__name__}: {error}).")


def _examine(row, file, releases, roster, wanted):
    notes, name, notebook, whole = row["notes"], row["parts"][-1], None, False
    row |= {"time": file.time, "digest": hashlib.sha256(file.data).hexdigest()}
    if file.trouble:
        notes.append(file.trouble)
    else:
        notebook, said, whole = read(file.data)
        row["untouched"] = as_handed_out(file.data, name, notebook, releases)
        if row["untouched"] == "file":
            _leave_out(row, UNTOUCHED)
            return
        notes += said
    row["again"] = notes[-1] if notebook is None else "" if whole else "The file breaks off."
    row |= {"readable": notebook is not None, "whole": whole}
    student, reasons = whose(notebook, row["parts"], roster)
    held, odd = which_set(notebook, name, releases)
    row["student"], row["lesson"] = folder_name(student), held == "lesson"
    row["set"] = wanted or ("" if row["lesson"] else held or "")
    notes += reasons
    if student and row["student"] != canonical(student):
        notes.append(
            f"The identifier “{student}” holds signs that files cannot bear; the folder is called "
            f"“{row['student']}”."
        )
    if notebook is None:
        notes += odd
        return
    if held is None:
        odd = ["The file holds none of the problem sets."]
    elif row["lesson"]:
        pass  # which is said already
    elif wanted and held != wanted:
        odd += [f"The file holds problem set {held[2:]}; set {wanted[2:]} was asked for."]
    elif held not in releases:
        odd += [f"The class has no release of problem set {held[2:]}."]
    else:
        _rebuild(row, notebook, releases[held], whole)
        row["status"] = "graded" if student else "by hand"
        odd = odd or ["No question has been answered."] * (not row["answers"])
    notes += odd
    row["again"] = row["again"] or " ".join(odd[-1:])


def _rebuild(row, notebook, released, whole):
    row["built"], said, row["look"] = rebuild(notebook, released)
    row["notes"] += said
    row["look"] += _lacking(row["built"])
    if not whole:
        row["look"].append("The file breaks off: an answer may be lost.")
    answers = answered(row["built"], released)
    own = [cell for cell in row["built"]["cells"] if "nbgrader" not in cell["metadata"]]
    own = ["".join(cell["source"]) for cell in own if cell["cell_type"] == "code"]
    row["answers"] = len(answers)
    row["work"] = frozenset([*answers.items(), *own])


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


# -- several files of one student ----------------------------------------------------------------


def _leave_out_what_was_given(rows):
    """Leave out lessons and untouched sets beside a student's work: some send all they have."""
    working = {row["student"] for row in rows if row["status"] == "graded" and not row["untouched"]}
    for row in rows:
        given = row["status"] != "ignored" and row["student"] in working
        if given and (row["untouched"] or row["lesson"]):
            _leave_out(row, UNTOUCHED if row["untouched"] else LESSON)


def _settle_rivals(rows, listed):
    """Of several files of one student for one set, grade the one that evidence speaks for."""
    groups = {}
    for row in rows:
        if row["student"] and row["status"] != "ignored":
            groups.setdefault((row["student"], row["set"]), []).append(row)
    for group in groups.values():
        rivals = [row for row in group if row["status"] == "graded"]
        rivals = rivals if listed else _of_one_person(rivals)
        if len(rivals) > 1:
            _settle(rivals)
        best = next((row for row in rivals if row["status"] == "graded"), None)
        for row in group:
            if best and not row["readable"]:
                row["status"] = "copy"
                row["notes"].append(f"Another file of the same student is graded: {best['file']}.")


def _of_one_person(rivals):
    """Leave files to the teacher whose path speaks of somebody else; return the others."""
    named = [row for row in rivals if row["student"] in map(folder_name, candidates(row["parts"]))]
    others = [row for row in rivals if candidates(row["parts"]) and row not in named]
    if not named and len({tuple(candidates(row["parts"])) for row in others}) < 2:
        return rivals
    for row in others:
        row["status"] = "by hand"
        row["notes"].append(
            f"It bears the same identifier as {_beside(row, rivals)}, and the path speaks of "
            "somebody else; please find out whose is whose."
        )
    return [row for row in rivals if row not in others]


def _settle(rivals):
    """Grade the file that holds all that the others hold, or the one a platform dates last."""
    best = max(rivals, key=lambda row: (len(row["work"]), row["whole"], row["time"]))
    why = "holds as much or more"
    if not all(row["work"] <= best["work"] for row in rivals):
        times = [stated_time(row["parts"]) for row in rivals]
        latest = max(times) if all(times) else None
        best, why = rivals[times.index(latest)] if times.count(latest) == 1 else None, "is later"
    for row in rivals:
        others = _beside(row, rivals)
        if best is None:
            row["status"] = "by hand"
            row["notes"].append(
                f"It differs from {others}, of the same student, and nothing says which counts: "
                "leave only that one in the folder and check again."
            )
        elif row is best:
            row["notes"].append(f"It {why} and is graded; kept beside it: {others}.")
        else:
            row["status"] = "copy"
            row["notes"].append(f"{best['file']}, of the same student, {why} and is graded.")


def _beside(row, rivals):
    return " and ".join(other["file"] for other in rivals if other is not row)


# -- what is stored ------------------------------------------------------------------------------


def _keep_original(row, file, class_folder):
    if row["status"] == "ignored" or file.trouble and not file.data:
        return
    target = class_folder / "originals" / (row["student"] or NOBODYS) / _safe(row["parts"][-1])
    if target.exists() and target.read_bytes() != file.data:
        target = target.with_name(f"{target.stem} ({row['digest'][:8]}){target.suffix}")
    store(target, file.data)
    row["original"] = target.relative_to(class_folder).as_posix()


def _lay_out(row, class_folder):
    """Write the rebuilt notebook where nbgrader looks for it, under the name it was released by."""
    folder = class_folder / "submitted" / row["student"] / row["set"]
    text = json.dumps(row["built"], indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    target = folder / min((class_folder / "release" / row["set"]).glob("*.ipynb")).name
    there = target.exists()
    if store(target, text.encode("utf-8", "replace")):
        if there:
            row["notes"].append("It takes the place of what was handed in before.")
        _stamp(folder / "timestamp.txt", row["time"])


def _take_out_renamed(rows, class_folder, inbox):
    """Take out what the very same file was stored as under another identifier."""
    graded = {(row["student"], row["set"]): row for row in rows if row["status"] == "graded"}
    files = {row["file"] for row in rows}
    for old in read_table(class_folder / "check.csv"):
        if old["status"] != "graded" or (old["student"], old["set"]) in graded:
            continue
        kept = (class_folder / "originals" / old["student"]).glob("*")
        digests = {hashlib.sha256(one.read_bytes()).hexdigest() for one in kept if one.is_file()}
        gone = old.get("inbox") == inbox and old["file"] not in files
        for row in graded.values():
            same = row["digest"] in digests and row["set"] == old["set"]
            if same and (gone or old["file"] == row["file"]):
                shutil.rmtree(class_folder / "submitted" / old["student"] / old["set"], True)
                row["notes"].append(
                    f"It was taken for “{old['student']}” before, whose marks are taken out."
                )


def _stamp(path, changed):
    """Write when a submission was made; nbgrader marks it again if that is later than before."""
    form = "%Y-%m-%d %H:%M:%S UTC"
    try:
        before = time.strptime(path.read_text("utf-8").strip(), form)
        changed = max(changed, calendar.timegm(before) + 1)
    except (OSError, ValueError, OverflowError):
        pass
    store(path, time.strftime(form, time.gmtime(changed)).encode())


def _safe(name):
    """Return a name that every system bears: no odd signs, at most 120 bytes."""
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", name).rstrip(". ") or "unnamed"
    stem, dot, ending = name.rpartition(".") if "." in name[1:] else (name, "", "")
    return stem.encode("utf-8", "replace")[:100].decode(errors="ignore") + dot + ending[:20]
