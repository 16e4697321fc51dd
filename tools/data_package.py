"""Check the tables, write their dictionary, or put them together as one data package.

    python tools/data_package.py check          every table against its description (frictionless)
    python tools/data_package.py dictionary     write data/README.md anew
    python tools/data_package.py write FOLDER   copy the tables there with one datapackage.json

A table lies in ``data/NAME.csv`` and its description beside it in ``data/NAME.json``.
"""

import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from glf_utils import DataError, about, load, tables  # noqa: E402
from glf_utils.tables import FOLDER, described  # noqa: E402

PACKAGE = {
    "name": "great-leap-forward",
    "title": "Great Leap Forward teaching data",
    "description": "Tables for notebooks on China's Great Leap Forward and its famine, 1958–62: "
    "each row with its source, the place in the source and a grade of verification. Missing stays "
    "empty.",
    "version": "0.1.0",
    "licenses": [
        {
            "name": "CC-BY-4.0",
            "title": "Creative Commons Attribution 4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }
    ],
    "keywords": ["China", "Great Leap Forward", "famine", "demography", "economic history"],
}
COMMON = ("source", "locator", "via", "verification", "note")
HOW_TO_READ = """Made by `python tools/data_package.py dictionary` from the descriptions that lie \
beside the tables; edit those, not this. In a notebook `load("censuses")` reads a table and \
`about("censuses")` shows its card.

Nearly every table ends with the same columns. `source` is a key of `references.bib` and of the \
table sources; `locator` is the page, table or date in it; `via` says in words how the figure was \
read, where that was not in the source itself or a reprint of it: a web copy, a quotation, a data \
package; `note` says what a user must know of the row. `verification` grades the reading:

- `primary`: in the source itself, an official reprint or the data set cited;
- `secondary`: in another work, or in an unofficial copy;
- `derived`: computed from other rows; a test repeats the computation where its inputs are here. \
`rests_on_unchecked` is true where one of those inputs is unchecked: treat the row as unchecked;
- `unchecked`: not read anywhere, entered from general knowledge of the standard source. Draw such \
rows hollow, and rest no headline or grade on them.

An empty cell is missing, never zero. Disagreeing figures stand side by side under their authors' \
names: choose by series and source, and never average them. Yearbook, article and book figures are \
used as facts; no text is copied. COW figures are for scholarly use with citation; credit Meng, \
Qian and Yared (2015) and Cao, Xu and Zhang (2022) for the panel data."""


def package(folder=FOLDER):
    """The data package of a folder: title and licence, and every table's description."""
    return PACKAGE | {"resources": [described(name, folder) for name in tables(folder)["name"]]}


def problems(folder=FOLDER):
    """What is wrong with the tables of a folder, as ``load`` says it, else as frictionless does."""
    found = [
        f"{path.name} has no description: add {path.stem}.json beside it."
        for path in sorted(folder.glob("*.csv"))
        if not path.with_suffix(".json").exists()
    ]
    for name in tables(folder)["name"]:
        try:
            load(name, folder)
        except DataError as error:
            found.append(str(error))
    return found or judged(folder)


def judged(folder=FOLDER):
    """What frictionless finds wrong with the tables of a folder, a sentence for each."""
    from frictionless import Package

    report = Package.from_descriptor(package(folder), basepath=str(folder)).validate()
    found = report.flatten(["title", "rowNumber", "fieldName", "message"])
    names = [task.name for task in report.tasks for _ in task.errors]
    said = [
        f"{name}.csv, row {row}: {message}" if row else f"{name}: {message}"
        for name, (_, row, _, message) in zip(names, found, strict=False)
    ]
    return said + [error.message for error in report.errors]


def dictionary(folder=FOLDER):
    """The data dictionary, ``data/README.md``, as Markdown."""
    listed = tables(folder)
    parts = [f"# {PACKAGE['title']}", PACKAGE["description"], HOW_TO_READ]
    rows = (f"| [{name}](#{name}) | {rows} | {title} |" for name, title, rows in listed.to_numpy())
    parts.append("| table | rows | what it holds |\n|---|---:|---|\n" + "\n".join(rows))
    for name in listed["name"]:
        told = described(name, folder)
        fields = "\n".join(
            f"| `{field['name']}` | {field['type']} | {field.get('unit', '')} | "
            f"{field['description']}{_among(field)} |"
            for field in told["schema"]["fields"]
            if field["name"] not in COMMON
        )
        licences = "; ".join(f"[{one['title']}]({one['path']})" for one in told["licenses"])
        parts += [
            f"## {name}",
            f"**{about(load(name, folder)).line}**",
            told["description"],
            "\n".join(f"- {caveat}" for caveat in told["caveats"]),
            "| column | type | unit | meaning |\n|---|---|---|---|\n" + fields,
            f"One row for each: {', '.join(told['schema']['primaryKey'])}. Licence: {licences}.",
        ]
    return "\n\n".join(parts) + "\n"


def _among(field):
    allowed = field.get("constraints", {}).get("enum")
    return ": " + ", ".join(f"`{value}`" for value in allowed) if allowed else ""


def write(target):
    """Copy the tables, the bibliography and the dictionary, with one ``datapackage.json``."""
    target = Path(target)
    target.mkdir(parents=True, exist_ok=True)
    for path in [*FOLDER.glob("*.csv"), FOLDER / "references.bib", FOLDER / "README.md"]:
        shutil.copy(path, target)
    text = json.dumps(package(), ensure_ascii=False, indent=1)
    (target / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    return target


def main(words):
    match words:
        case ["check"]:
            try:
                found = problems()
            except Exception as error:  # of frictionless, which knows no line for it
                sys.exit(f"A description cannot be used: {error}")
            print("\n".join(found) or f"All {len(tables())} tables fit their descriptions.")
            sys.exit(bool(found))
        case ["dictionary"]:
            (FOLDER / "README.md").write_text(dictionary(), encoding="utf-8", newline="\n")
            print(f"Wrote {FOLDER.name}/README.md.")
        case ["write", target]:
            print(f"Wrote {write(target) / 'datapackage.json'} and the tables beside it.")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DataError as error:
        sys.exit(str(error))
