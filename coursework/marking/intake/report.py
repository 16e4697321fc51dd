"""What a check says: the page for the teacher, and what earlier checks left to be done."""

from collections import Counter

from ..classroom import folder_name, read_table

COLUMNS = ["file", "student", "set", "status", "notes", "inbox", "look"]


def earlier_rows(path, rows, inbox):
    """Return rows of earlier checks of other folders that the new rows do not take the place of.

    Parameters
    ----------
    path : Path
        Of ``check.csv``.
    rows : list of dict
        Of the new check.
    inbox : str
        The folder that was checked.

    Returns
    -------
    list of dict
    """
    graded = {(row["student"], row["set"]) for row in rows if row["status"] == "graded"}
    again = {_place(row) for row in rows}
    before = read_table(path) if path.exists() else []
    others = [row for row in before if row.get("inbox") not in (None, "", inbox)]
    return [
        row
        for row in others
        if (row["student"], row["set"]) not in graded and _place(row) not in again
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
    lines = [
        "# What came back",
        "",
        report.summary,
        "",
        "## Student by student",
        "",
        "The sentences can be forwarded, except where they name somebody else.",
        "",
    ]
    fine = []
    for row in report.rows:
        if row["status"] == "ignored":
            continue
        if row["status"] == "graded" and not row["notes"]:
            fine.append(f"{row['student']} ({row['set']})")
            continue
        lines += [
            f"### {row['student'] or 'Nobody knows whose'}, {row['set'] or 'no set'}",
            "",
            f"`{row['file']}` – {row['status']}",
            "",
        ]
        lines += [f"- {note}" for note in [*row["notes"], *row.get("look", ())]] + [""]
    if fine:
        lines += ["### In order", "", ", ".join(fine) + ".", ""]
    lines += ["## To be marked by hand", ""]
    waiting = [
        f"- {row['student'] or 'nobody knows whose'}, {row['set'] or 'no set'}: "
        f"`{row['original'] or row['file']}`. {' '.join(row['notes'])}"
        for row in report.rows
        if row["status"] == "by hand"
    ]
    waiting += [
        f"- {row['student']}, {row['set']}: `{row['original']}`. {reason}"
        for row in report.rows
        if row["status"] == "graded"
        for reason in row["look"]
    ]
    lines += [*(waiting or ["Nothing, apart from the written answers."]), ""]
    if report.earlier:
        lines += ["## Left from folders checked before", ""]
        lines += [
            f"- {row['student'] or 'nobody knows whose'}, {row['set'] or 'no set'}: "
            f"`{row['file']}`. {row['notes']}"
            for row in report.earlier
        ] + [""]
    graded = {(row["student"], row["set"]) for row in report.rows if row["status"] == "graded"}
    again = [
        f"- {row['student'] or 'nobody knows whose'}, {row['set'] or 'no set'}: "
        f"`{row['file']}`. {row['again']}"
        for row in report.rows
        if row.get("again")
        and (
            row["status"] == "graded"
            or row["status"] == "by hand"
            and (row["student"], row["set"]) not in graded
        )
    ]
    if again:
        lines += ["## To be asked for again", "", *again, ""]
    if report.missing:
        lines += ["## Handed in nothing", ""]
        lines += [f"- {student}, {name}" for student, name in report.missing] + [""]
    left_out = [row for row in report.rows if row["status"] == "ignored"]
    if left_out:
        lines += ["## Left out", ""]
        lines += [f"- `{row['file']}`. {row['notes'][0]}" for row in left_out] + [""]
    return "\n".join([*lines, "## Totals", "", report.summary, ""])
