"""Lessons and the whole course as PDF: their pages laid out for paper, printed by Chromium."""

import os
import posixpath
import shutil
import subprocess
import sys
import tempfile
from html import escape
from urllib.parse import urldefrag, urlsplit

from bs4 import BeautifulSoup
from pypdf import PdfReader

from edition.pages import contents

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
NOT_PRINTED = ("Data", "For teachers")
KEPT_FOR_THE_END = (
    "Answer",
    "A hint",
    "What each answer reveals",
    "What a good answer contains",
    "What a good answer holds",
)
"""Folds that a reader of paper should not see beside the question."""


def browser():
    """Return the path of a Chromium, Chrome or Edge.

    Raises
    ------
    SystemExit
        If none is on PATH.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("A PDF is printed by Chromium, Chrome or Edge, and none is on PATH: install one.")
    return found


def print_all(site):
    """Print each lesson and the whole course into a folder of the site, and lead to them.

    Parameters
    ----------
    site : Path
        The reading edition.
    """
    parts = {
        head: [f"{posixpath.splitext(path)[0]}.html" for path in paths]
        for head, paths in contents().items()
        if head not in NOT_PRINTED
    }
    lessons = [page for part in parts.values() for page in part if page.startswith("notebooks/")]
    made = {"index.html": "great_leap_forward"}
    made |= {page: posixpath.splitext(posixpath.basename(page))[0] for page in lessons}
    for number, page in enumerate(lessons, start=1):
        print(f"Printing lesson {number} of {len(lessons)} …", flush=True)
        print_lesson(site, page, site / "pdf" / f"{made[page]}.pdf")
    print("Printing the whole …", flush=True)
    print_book(site, parts, site / "pdf" / f"{made['index.html']}.pdf")
    for page, name in made.items():
        what = "This lesson" if page in lessons else "The lessons and the shelf"
        link = f'<p><a href="{"../" * page.count("/")}pdf/{name}.pdf">{what} as a PDF</a></p>'
        text = (site / page).read_text("utf-8")
        (site / page).write_text(text.replace("</article>", f"{link}</article>", 1), "utf-8")


def print_lesson(site, page, pdf):
    """Print one page of the site.

    Parameters
    ----------
    site : Path
        The reading edition.
    page : str
        The page in it, as ``notebooks/00_start_here.html``.
    pdf : Path
        What to write.
    """
    article = for_paper(site, page, [page])
    _print(site, document(article.h1.get_text(), [chapter(page, article)]), pdf)


def print_book(site, parts, pdf):
    """Print many pages as one book, with a title, contents that number pages, and an outline.

    Parameters
    ----------
    site : Path
        The reading edition.
    parts : dict of list of str
        Pages of the site by the name of their part.
    pdf : Path
        What to write.
    """
    pages = [page for part in parts.values() for page in part]
    articles = {page: for_paper(site, page, pages) for page in pages}
    titles = {page: article.h1.get_text() for page, article in articles.items()}
    front = BeautifulSoup((site / "index.html").read_text("utf-8"), "html.parser").article
    body = []
    for part, within in parts.items():
        body.append(f'<section class="part"><h1 id="{_slug(part)}">{escape(part)}</h1></section>')
        for page in within:
            _lower(articles[page])
            body.append(chapter(page, articles[page]))
    name, *opening = front.h1.get_text().strip("#"), *map(str, front.h1.find_next_siblings("p"))
    cover = f'<section class="cover"><p class="title">{name}</p>{"".join(opening)}</section>'

    def whole(numbers):
        entries = "".join(
            _entry(_slug(part), part, numbers, "part")
            + "".join(_entry(_slug(page), titles[page], numbers) for page in within)
            for part, within in parts.items()
        )
        contents = f'<nav class="contents"><p class="title">Contents</p><ul>{entries}</ul></nav>'
        return document(name, [cover, contents, *body])

    _print(site, whole({}), pdf)
    _print(site, whole(_numbers(pdf)), pdf)  # the same again, now that the pages are known


def for_paper(site, page, pages):
    """Return what a page says, laid out for paper.

    What is folded stands open: answers at the end, the rest in its place. A description of a
    figure is left to the figure. Links lead to other pages of the book or out into the world.

    Parameters
    ----------
    site : Path
        The reading edition.
    page : str
        A page in it.
    pages : list of str
        All pages of the book.

    Returns
    -------
    bs4.Tag
    """
    article = BeautifulSoup((site / page).read_text("utf-8"), "html.parser").article.extract()
    for spare in article.select(".headerlink, .toctree-wrapper, .glf-live, .glf-door, script"):
        spare.decompose()
    _unfold(article)
    here = _slug(page)
    for part in article.select("[id]"):
        part["id"] = f"{here}.{part['id']}"
    article.h1["id"] = here
    for picture in article.select("img"):
        picture["src"] = _from(page, picture["src"])
    for link in article.select("a[href]"):
        to, place = urldefrag(link["href"])
        if urlsplit(to).scheme:
            continue
        target = _from(page, to) if to else page
        if target not in pages:
            link.unwrap()
        else:
            link["href"] = f"#{_slug(target)}" + f".{place}" * bool(place)
    return article


def _unfold(article):
    """Open the folds of an article; see ``for_paper``."""
    soup, kept = BeautifulSoup("", "html.parser"), []
    for fold in article.select("details"):
        words = fold.summary.extract().get_text(" ", strip=True)
        if words == "Description of the figure":
            fold.decompose()
        elif "hide" in fold.get("class", ()):
            fold.unwrap()
        elif words in KEPT_FOR_THE_END:
            kept.append((words, fold))
        else:
            _head(soup, fold, words)
    if not kept:
        return
    last = article.find("h2", string=lambda said: said and said.startswith("Answers"))
    end = last.parent if last else article
    for number, (words, fold) in enumerate(kept, start=1):
        pointer = soup.new_tag("p", attrs={"class": "pointer", "id": f"question-{number}"})
        link = soup.new_tag("a", href=f"#answer-{number}")
        link.string = f"{words}: note {number}"
        pointer.append(link)
        fold.insert_before(pointer)
        _head(soup, fold.extract(), f"Note {number}. {words}")
        fold["id"] = f"answer-{number}"
        end.append(fold)


def _head(soup, fold, words):
    """Make a fold a passage under its words."""
    head = soup.new_tag("p", attrs={"class": "opened"})
    head.string = words
    fold.name, fold["class"] = "div", "fold"
    fold.insert(0, head)


def _lower(article):
    """Put the headings of an article one step lower."""
    for heading in article.select("h1, h2, h3, h4, h5"):
        heading.name = f"h{int(heading.name[1]) + 1}"


def chapter(page, article):
    return f'<section class="chapter {_slug(page)}">{article.decode_contents()}</section>'


def _entry(place, words, numbers, kind="page"):
    number = numbers.get(place, "")
    return (
        f'<li class="{kind}"><a href="#{place}">{escape(words)}</a> '
        f'<span class="leader"></span><span class="number">{number}</span></li>'
    )


def document(title, body):
    """A whole page of HTML."""
    return (
        f'<!DOCTYPE html><html lang="en" data-theme="light"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        '<link rel="stylesheet" href="_static/pygments.css">'
        '<link rel="stylesheet" href="_static/paper.css"></head>'
        f"<body>{''.join(body)}</body></html>"
    )


def _numbers(pdf):
    """The page that each named place of a PDF stands on, from 1."""
    reader = PdfReader(pdf)
    places = reader.named_destinations.items()
    return {name[1:]: reader.get_destination_page_number(place) + 1 for name, place in places}


def _print(site, text, pdf):
    """Let the browser print a text whose pictures and styles lie in the site."""
    pdf.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as own:
        page = site / "for_paper.html"
        page.write_text(text, "utf-8")
        root = hasattr(os, "geteuid") and os.geteuid() == 0  # as in a container
        options = [f"--user-data-dir={own}", f"--print-to-pdf={pdf}", *["--no-sandbox"] * root]
        try:
            done = subprocess.run(
                [browser(), *FLAGS, *options, page.as_uri()],
                capture_output=True,
                encoding="utf-8",
                errors="replace",
            )
        finally:
            page.unlink()
    if done.returncode or not pdf.exists():
        said = done.stderr.strip().splitlines() or ["it does not say why"]
        sys.exit(f"{pdf.name} was not printed: {said[-1]}")


def _from(page, to):
    """The place in the site that a link on a page leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), to))


def _slug(page):
    return "".join(c if c.isalnum() else "-" for c in posixpath.splitext(page)[0]).lower()
