"""What Sphinx reads: pages in the folders of the project, so that links between them hold."""

import re
from numbers import Integral
from pathlib import Path, PurePosixPath

import nbformat

from edition import shelf
from edition.lessons import lesson, panels, question_for_two
from edition.live.export import fragments
from edition.live.panel import MOST
from glf_utils import tables
from glf_utils.prose import ties, work_of, worked
from glf_utils.words import listed

HERE = Path(__file__).parent
ROOT = HERE.parent
START = "notebooks/00_start_here.ipynb"
PARTS = {
    "1_soviet_model": "The Soviet model",
    "2_commune_structure": "The commune",
    "3_statistics_inflation": "The inflation of statistics",
    "4_procurement_and_hunger": "Procurement and hunger",
    "5_death_toll": "The death toll",
    "6_weighing_the_sources": "Weighing the sources",
}
"""Folders of lessons in their order, and what the contents call them."""
SHELF = {
    "shelf/glossary.md": shelf.glossary,
    "shelf/timeline.md": shelf.timeline,
    "shelf/people.md": shelf.people,
    "shelf/documents.md": shelf.documents,
    "shelf/reading.md": shelf.reading,
    "shelf/bibliography.md": shelf.works,
}
ESSAYS = ("docs/historiography.md", "docs/archive.md", "docs/shelf.md")
WORKING = ("docs/cookbook.md", "docs/accounts.md")
TEACHERS = ("coursework/README.md", "coursework/capstone.md")
FOR_TWO = "coursework/questions_for_two.md"
CARD = re.compile(
    r"\A# (?P<title>.*)(?s:.*?)\n\| (?P<path>core|deeper) \| (?P<minutes>\d+) minutes \|"
)
COMMENT = re.compile(r" ?<!--.*?-->", re.DOTALL)
BEFORE, AFTER = re.compile(r"[=(] ?$"), re.compile(r" ?(?:<!--.*?-->)? [−+] \w+/")
"""What stands round a number in a formula such as τ = 1 − s/θ."""
SUMMARY = re.compile(r"(?s)<summary>.*?</summary>")
LINK = re.compile(
    r"(?P<image>!?)\[(?P<words>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]"
    r"\((?P<to>[^()\s#]*)(?P<anchor>#[^()\s]*)?(?: \"(?P<title>[^\"]*)\")?\)"
)


def write_pages(source, most=MOST):
    """Write every page into a folder.

    Parameters
    ----------
    source : Path
        Made if it is not there.
    most : int
        Settings at most of a panel that moves; see :func:`edition.live.settings.positions`.
    """
    paths = [START, *(path for part in PARTS for path in _lessons_of(part))]
    written = {name: write() for name, write in SHELF.items()}
    written |= {f"data/{name}.md": shelf.table(name) for name in tables()["name"]}
    written["data/README.md"] = shelf.tables_listed()
    files = (*ESSAYS, *WORKING, *TEACHERS)
    pages = {*paths, *written, *files, FOR_TWO}
    written[FOR_TWO] = _questions_for_two(paths, pages)
    for path in files:
        written[path] = _linked((ROOT / path).read_text("utf-8"), path, pages)
    live = fragments({path: panels(ROOT / path) for path in paths}, most)
    moving = {path for path in paths if live.keys() & panels(ROOT / path).keys()}
    written["index.md"] = _front_page(moving)
    for path in paths:
        notebook = lesson(ROOT / path, live)
        notebook.cells[0].source += f"\n\n{_door(path, path in moving)}"
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                up = "../" * path.count("/")
                cell.source = _linked(_tied(cell.source, up), path, pages)
        written[path] = nbformat.writes(notebook)
    for path, text in written.items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_text(text, "utf-8")


def contents():
    """Return the pages of the edition, as paths of the project, by the heads of its contents."""
    groups = {"Start": [START]}
    groups |= {
        f"{number} · {title}": _lessons_of(name)
        for number, (name, title) in enumerate(PARTS.items(), start=1)
    }
    return groups | {
        "Shelf": [*SHELF, *ESSAYS],
        "Data": ["data/README.md", *WORKING],
        "For teachers": [*TEACHERS, FOR_TWO],
    }


def _lessons_of(part):
    return sorted(
        path.relative_to(ROOT).as_posix() for path in (ROOT / "notebooks" / part).glob("*.ipynb")
    )


def _questions_for_two(paths, pages):
    """What a class votes on, lesson by lesson; what the answers reveal is folded."""
    parts = ["# Questions for two", "For a vote before two minutes' talk, and another after it."]
    for path in paths:
        title, question = question_for_two(ROOT / path)
        parts += [f"## {title}", _linked(question, path, pages, at=FOR_TWO)]
    return "\n\n".join(parts)


def _linked(text, path, pages, at=None):
    """A text without comments, whose links lead to pages of the edition; of others, the words."""

    def link(found):
        to, anchor = found["to"], found["anchor"] or ""
        if found["title"] and to.endswith("references.bib"):
            to, anchor = "../shelf/bibliography.md", f"#{found['title']}"
        if "://" in to or not to:
            return found[0]
        here = PurePosixPath(path).parent
        place = _flat(here / to)
        if place == "data/README.md" and anchor:  # the dictionary has a page a table here
            place, anchor = f"data/{anchor[1:]}.md", ""
        if place not in pages:
            return found["words"] if not found["image"] else ""
        up = "../" * (at or path).count("/")
        return f"[{found['words']}]({up}{place}{anchor})"

    return LINK.sub(link, COMMENT.sub("", text))


def _tied(text, up):
    """A text whose numbers lead to the rows, or to the work, they are tied to."""
    heads = [head.span() for head in SUMMARY.finditer(text)]
    for tie in reversed(ties(text)):
        after = text[tie.start + len(tie.said) :]
        if any(start < tie.start < end for start, end in heads):
            continue  # a link would stand in what opens a fold
        if BEFORE.search(text[: tie.start]) and AFTER.match(after):
            continue  # a letter's value: what is shown is the formula
        place = tie.said and _place(tie)
        if place:
            link = f'<a class="tied" href="{up}{place[0]}" title="{place[1]}">{tie.said}</a>'
            text = text[: tie.start] + link + after
    return text


def _place(tie):
    """Where a number comes from, and in words; None where it is worked out of no table."""
    if tie.kind == "@":
        key = tie.to.partition(",")[0]
        return f"shelf/bibliography.html#{key.replace('_', '-')}", f"From {work_of(tie)}"
    found = worked(tie.to)
    for rows in found.rows:
        if len(rows) and rows.index.name is None and isinstance(rows.index[0], Integral):
            name, line = rows.attrs["table"], rows.index[0] + 2  # numbered as in the file
            return f"data/{name}.html#line-{line}", f"From {name}, line {line}"
    if found.tables:
        return f"data/{found.tables[0]}.html", f"Worked out from {listed(found.tables)}"
    return None


def _flat(path):
    """A path without its steps up."""
    parts = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def _front_page(moving):
    """The opening of the README, what can be done here and what cannot, and the contents."""
    opening = re.search(r"(?s)\A# (.*?)\n\n(.*?)\n\n!\[", (ROOT / "README.md").read_text("utf-8"))
    parts = [f"# {opening[1]}", opening[2]]
    for caption, paths in contents().items():
        parts.append(
            f"```{{toctree}}\n:caption: {caption}\n:hidden:\n\n" + "\n".join(paths) + "\n```"
        )
    parts += [
        "## How to read it here",
        "This is the reading edition, and it needs nothing but a browser: sliders move, numbers "
        "with a dotted line lead to the rows they come from, and hints and answers unfold. To run "
        "the lines of code, change them, and have your guesses kept and your answers checked, you "
        "need the same lessons as notebooks: with Python 3.11 or newer, say `python run.py lab` "
        f"in a copy of the project’s folder{_or_binder(START)}.",
        "**Core** lessons need no more than arithmetic; **deeper** ones go on from there. Minutes "
        "are those of somebody new to Python who also runs the lines and answers.",
    ]
    for caption, paths in contents().items():
        parts += [f"## {caption}", "\n".join(_entry(path, path in moving) for path in paths)]
    return "\n\n".join(parts)


def _entry(path, moves):
    """A line of the contents: of a lesson, its path, its minutes and whether sliders move."""
    if not path.startswith("notebooks/"):
        return f"- [](/{path})"
    card = _card(path)
    told = [card["path"], f"{card['minutes']} minutes", *["sliders"] * moves]
    return f"- [{card['title']}]({path}): {', '.join(told)}"


def _card(path):
    """Title, path and minutes of a lesson, as its card says them."""
    return CARD.search(nbformat.read(ROOT / path, as_version=4).cells[0].source)


def _door(path, moves):
    """What a page of a lesson can do, and where the rest is found."""
    sliders = "sliders that move" if moves else "still pictures"
    return (
        f'<p class="glf-door">Read here, with {sliders}. To run its lines and have your answers '
        "checked, open it as a notebook: <code>python run.py lab</code> in a copy of the "
        f"project’s folder, then <code>{path}</code>{_or_binder(path, html=True)}.</p>"
    )


def _or_binder(path, html=False):
    """The way to a lesson on Binder, once the README knows a repository."""
    links = re.findall(r"https://mybinder\.org/v2/[^)\s]+", (ROOT / "README.md").read_text("utf-8"))
    link = next((link for link in links if link.endswith(path)), "OWNER/REPO")
    if "OWNER/REPO" in link:
        return ""
    return f'; or <a href="{link}">on Binder</a>' if html else f"; or [on Binder]({link})"
