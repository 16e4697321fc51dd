"""What a check says: the page for the teacher, and what earlier checks left to be done."""

from collections import Counter

from coursework.marking.classroom import folder_name, read_table
from coursework.marking.run.wall import protection

THEIRS = ": a file that waits for its owner's name may be theirs"
COLUMNS = ["file", "student", "set", "status", "notes", "inbox", "look"]


def earlier_rows(path, rows, inbox):
    """Return rows of earlier checks of other folders that the new rows do not take the place of."""
    graded = {(row["student"], row["set"]) for row in rows if row["status"] == "graded"}
    again = {_place(row) for row in rows}
    return [
        row
        for row in read_table(path)
        if row.get("inbox") not in (None, "", inbox)
        and (row["student"], row["set"]) not in graded
        and _place(row) not in again
    ]


def _place(row):
    """Where one student's files come: a folder of their own, or else the file itself."""
    folder = row["file"].rpartition("/")[0]
    return folder if folder and not folder.lower().endswith(".zip") else row["file"]


def missing(rows, roster, names):
    """Return who of the list of the class did not hand in which of some sets."""
    there = {(row["student"], row["set"]) for row in rows if row["status"] != "ignored"}
    ids = [folder_name(row["id"]) for row in roster]
    return [
        (student, name)
        for name in names
        for student in ids
        if not {(student, name), (student, "")} & there
    ]


def totals(rows):
    """Return the line that says where every file has gone."""
    count = Counter(row["status"] for row in rows)
    return (
        f"{len(rows)} files: {count['graded']} graded + {count['by hand']} by hand + "
        f"{count['copy']} copies or older versions + {count['ignored']} left out."
    )


def page(report):
    """Return the report as a page in Markdown."""
    handed = [row for row in report.rows if row["status"] != "ignored"]
    graded = [row for row in handed if row["status"] == "graded"]
    by_hand = [row for row in handed if row["status"] == "by hand"]
    in_hand = {(row["student"], row["set"]) for row in graded}
    fine = [row for row in graded if not row["notes"] and not row["look"]]
    told = [
        f"### {_who(row)}\n\n`{row['file']}` – {row['status']}\n\n"
        + "\n".join(f"- {note}" for note in [*row["notes"], *row["look"]])
        + "\n"
        for row in handed
        if row not in fine
    ]
    if fine:
        names = ", ".join(f"{row['student']} ({row['set']})" for row in fine)
        told.append(f"### In order\n\n{names}.\n")
    nobodys = {row["set"] for row in by_hand if not row["student"]}
    waiting = [_line(row, "original", " ".join(row["notes"])) for row in by_hand]
    waiting += [_line(row, "original", reason) for row in graded for reason in row["look"]]
    again = [
        _line(row, "file", row["again"])
        for row in handed
        if row["again"]
        and (row in graded or row in by_hand and (row["student"], row["set"]) not in in_hand)
    ]
    sections = {
        "Student by student": [
            "The sentences can be forwarded, except where they name somebody else.\n",
            *told,
        ],
        "To be marked by hand": waiting or ["Nothing, apart from the written answers."],
        "Left from folders checked before": [
            _line(row, "file", row["notes"]) for row in report.earlier
        ],
        "To be asked for again": again,
        "Handed in nothing": [
            f"- {student}, {name}" + THEIRS * bool({name, ""} & nobodys)
            for student, name in report.missing
        ],
        "Left out": [
            f"- `{row['file']}`. {row['notes'][0]}"
            for row in report.rows
            if row["status"] == "ignored"
        ],
        "What protects whom": [protection()],
        "Totals": [report.summary],
    }
    text = "\n".join(
        f"## {title}\n\n" + "\n".join(lines).rstrip("\n") + "\n"
        for title, lines in sections.items()
        if lines
    )
    return f"# What came back\n\n{report.summary}\n\n{text}"


def _who(row):
    return f"{row['student'] or 'nobody knows whose'}, {row['set'] or 'no set'}"


def _line(row, where, words):
    return f"- {_who(row)}: `{row[where] or row['file']}`. {words}"
