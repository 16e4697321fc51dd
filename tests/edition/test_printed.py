"""The lessons as PDF: numbered, tagged, whole, and with nothing of the machine in them."""

import re
import shutil

import pytest
from conftest import BROWSERS
from pypdf import PdfReader

from edition import printed

LESSONS = [
    "notebooks/00_start_here.html",
    "notebooks/5_death_toll/53_where_and_at_what_age.html",
]
PARTS = {"Start": LESSONS[:1], "5 · The death toll": LESSONS[1:], "Shelf": ["shelf/timeline.html"]}


@pytest.fixture(scope="module")
def book(site, launch, tmp_path_factory):
    """Two lessons and a page of the shelf, printed as one; without a browser this is left out."""
    pdf = tmp_path_factory.mktemp("printed") / "book.pdf"
    printed.print_book(site, PARTS, pdf)
    assert not (site / "for_paper.html").exists()
    return PdfReader(pdf)


def outline(reader, entries, depth=0):
    """Title, depth and page of every entry."""
    for entry in entries:
        if isinstance(entry, list):
            yield from outline(reader, entry, depth + 1)
        else:
            yield entry.title, depth, reader.get_destination_page_number(entry) + 1


def tags(node, kind):
    """The elements of one kind in the tree that a screen reader reads."""
    node = node.get_object()
    if node.get("/S") == kind:
        yield node
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        if not isinstance(child, int) and "/S" in child.get_object():
            yield from tags(child, kind)


def test_the_outline_has_parts_lessons_and_sections(book):
    told = list(outline(book, book.outline))
    heads = [title for title, depth, _ in told if depth == 0]
    assert heads == list(PARTS)
    lessons = [title for title, depth, _ in told if depth == 1]
    assert [title[:2] for title in lessons] == ["00", "53", "Ti"]
    assert "Answers" in [title for title, depth, _ in told if depth == 2]


def test_the_contents_number_pages_as_they_are(book):
    said = book.pages[1].extract_text()
    for title, depth, page in outline(book, book.outline):
        if depth < 2:
            assert re.search(rf"{re.escape(title)}\s*{page}\b", said), title
            assert title in " ".join(book.pages[page - 1].extract_text().split())


def test_it_is_tagged_in_english_and_pictures_have_their_words(site, book):
    root = book.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    told = [figure.get("/Alt") for figure in tags(root["/StructTreeRoot"]["/K"], "/Figure")]
    wanted = [
        picture["alt"]
        for page in LESSONS
        for picture in printed.for_paper(site, page, LESSONS).select("img")
    ]
    assert told == wanted and all(told)


def test_every_font_is_in_the_file(book):
    fonts = [
        font.get_object()
        for page in book.pages
        for font in page["/Resources"].get("/Font", {}).values()
    ]
    for font in fonts:
        held = font.get("/DescendantFonts", [font])[0].get_object()
        told = held.get("/FontDescriptor", {})
        assert held["/Subtype"] == "/Type3" or {"/FontFile2", "/FontFile3"} & set(told), held


def test_no_picture_is_cut_by_a_page(site, book):
    """Each is drawn once, and within the page: one that is cut is drawn on both."""
    drawn = []
    for page in book.pages:
        pictures = page["/Resources"].get("/XObject", {})

        def look(operator, operands, matrix, _, page=page, pictures=pictures):
            if operator == b"Do" and pictures[operands[0]]["/Subtype"] == "/Image":
                width, _, _, height, left, top = matrix
                box = sorted([left, left + width]), sorted([top, top + height])
                drawn.append((page.mediabox, box))

        page.extract_text(visitor_operand_before=look)
    shown = sum(len(printed.for_paper(site, page, LESSONS).select("img")) for page in LESSONS)
    assert len(drawn) == shown > 5
    for paper, ((left, right), (low, high)) in drawn:
        assert 0 < left < right < paper.width and 0 < low < high < paper.height


def test_links_lead_within_the_book_or_into_the_world(book):
    annotations = [one.get_object() for page in book.pages for one in page.get("/Annots", [])]
    told = [one["/A"]["/URI"] for one in annotations if "/URI" in one.get("/A", {})]
    assert told and all(link.startswith(("http:", "https:")) for link in told)
    places = {one["/Dest"] for one in annotations if "/Dest" in one}
    assert "/notebooks-00-start-here.answer-1" in places
    assert places <= set(book.named_destinations)


def test_answers_wait_at_the_end_of_a_lesson(site):
    article = printed.for_paper(site, LESSONS[0], LESSONS)
    assert not article.select("details, summary")
    said = article.get_text()
    assert "Description of the figure" not in said and "guess first" not in said
    pointers = article.select(".pointer a")
    assert pointers
    for pointer in pointers:
        note = article.select_one(f"[id='{pointer['href'][1:]}']")
        assert note.find_previous("h2").get_text().startswith("Answers")


def test_no_page_is_shrunk_to_fit(site, chromium):
    """One thing wider than the paper makes Chromium print all of it smaller."""
    page = chromium.new_page(viewport={"width": 642, "height": 900})  # 170 mm
    page.emulate_media(media="print")
    paper, wide = site / "wide.html", []
    for name in sorted(site.glob("notebooks/**/*.html")):
        name = name.relative_to(site).as_posix()
        paper.write_text(
            printed.document(name, [printed.chapter(name, printed.for_paper(site, name, []))]),
            "utf-8",
        )
        page.goto(paper.as_uri())
        if page.evaluate("document.documentElement.scrollWidth") > 642:
            wide.append(name)
    paper.unlink()
    page.close()
    assert not wide


def test_every_lesson_leads_to_its_pdf_and_the_front_page_to_the_whole(site, tmp_path, monkeypatch):
    copy, printed_pages = tmp_path / "site", []

    def touch(_, what, pdf):
        printed_pages.append(what)
        pdf.parent.mkdir(exist_ok=True)
        pdf.touch()

    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("_static", "data"))
    monkeypatch.setattr(printed, "print_lesson", touch)
    monkeypatch.setattr(printed, "print_book", touch)
    printed.print_all(copy)
    lessons = sorted(path.relative_to(copy).as_posix() for path in copy.glob("notebooks/**/*.html"))
    assert sorted(printed_pages[:-1]) == lessons
    assert lessons == [page for part in printed_pages[-1].values() for page in part][: len(lessons)]
    for name in ("index.html", *lessons):
        link = re.search(r'href="([^"]*\.pdf)"', (copy / name).read_text("utf-8"))[1]
        assert (copy / name).parent.joinpath(link).is_file()


def test_without_a_browser_a_sentence_says_so(monkeypatch):
    assert printed.BROWSERS[: len(BROWSERS)] == BROWSERS
    monkeypatch.setattr(printed.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="none is on PATH: install one"):
        printed.browser()
