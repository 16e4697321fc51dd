"""The reading edition: whole, open from a folder, and asking nobody."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from conftest import ROOT
from lesson_minutes import NOTEBOOKS

from edition.html import marked
from edition.lessons import lesson
from glf_utils import load, tables


class Page(HTMLParser):
    """What a page says of itself: headings, pictures, links, names of places in it."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.headings, self.alts, self.links, self.places, self.lang = [], [], [], set(), []
        self.text = path.read_text("utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img":
            self.alts.append(told.get("alt"))
        if tag == "a" and told.get("href"):
            self.links.append(told["href"])
        if told.get("id"):
            self.places.add(told["id"])
        self.lang.append(told.get("lang"))


@pytest.fixture(scope="module")
def pages(site):
    found = (path for path in site.rglob("*.html") if "_static" not in path.parts)
    names = {path.relative_to(site).with_suffix("").as_posix(): path for path in found}
    return {name: Page(path) for name, path in names.items()}


def test_every_lesson_and_table_has_its_page(pages):
    lessons = {path.relative_to(ROOT).with_suffix("").as_posix() for path in NOTEBOOKS}
    wanted = lessons | {f"data/{name}" for name in tables()["name"]}
    assert wanted <= set(pages)


def test_a_row_has_its_line_of_the_file(pages):
    lines = (ROOT / "data" / "censuses.csv").read_text("utf-8").splitlines()
    row = re.search(rf'(?s)<tr id="line-{len(lines)}">(.*?)</tr>', pages["data/censuses"].text)[1]
    assert str(load("censuses")["source"].iloc[-1]) in row
    assert f"line-{len(lines) + 1}" not in pages["data/censuses"].text


def test_headings_go_down_by_steps_from_one_title(pages):
    for name, page in pages.items():
        assert page.headings.count(1) == 1, name
        steps = [b - a for a, b in zip(page.headings, page.headings[1:], strict=False)]
        assert max(steps, default=0) <= 1, f"{name}: {page.headings}"


def test_every_picture_has_the_description_of_the_figure(pages):
    for path in NOTEBOOKS:
        told = [
            output.metadata["image/png"]["alt"]
            for cell in nbformat.read(path, as_version=4).cells
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})
        ]
        page = pages[path.relative_to(ROOT).with_suffix("").as_posix()]
        assert page.alts == [alt.replace("\n", " ") for alt in told]


def test_every_link_within_leads_somewhere(site, pages):
    for name, page in pages.items():
        for link in page.links:
            to = urlsplit(link)
            if to.scheme:
                continue
            target = (page.path.parent / unquote(to.path)).resolve() if to.path else page.path
            assert target.is_file(), f"{name}: {link}"
            if to.fragment and target.suffix == ".html":
                other = pages[target.relative_to(site.resolve()).with_suffix("").as_posix()]
                assert unquote(to.fragment) in other.places, f"{name}: {link}"


def test_nothing_of_the_workshop_is_left(pages):
    for name, page in pages.items():
        assert "<!--=" not in page.text and "require.js" not in page.text, name
        assert "Shift+Enter" not in page.text or name.startswith("notebooks/00"), name


def test_a_tied_number_leads_to_its_row(pages):
    """Each number that an expression reads from rows is a link to the first of them."""
    page = pages["notebooks/1_soviet_model/11_half_of_what"]
    row = load("investment_and_labour").query("series == 'accumulation_rate' and year == 1959")
    link = f'href="../../data/investment_and_labour.html#line-{row.index[0] + 2}"'
    assert re.search(rf"<a class=\"tied\" {link}[^>]*>43.8</a>", page.text)


def test_chinese_is_marked_as_chinese(pages):
    assert (
        '<span lang="zh-Hans">湍湾</span>' in pages["notebooks/5_death_toll/51_what_is_a_toll"].text
    )
    assert marked("<title>工</title><p>a 工分, b</p>") == (
        '<title>工</title><p>a <span lang="zh-Hans">工分</span>, b</p>'
    )


def test_what_is_folded_in_a_lesson_is_folded_on_its_page(pages):
    for path in NOTEBOOKS:
        notebook = lesson(path)
        folded = sum("hide-output" in cell.metadata.get("tags", ()) for cell in notebook.cells)
        page = pages[path.relative_to(ROOT).with_suffix("").as_posix()]
        assert page.text.count("What the cell shows (guess first)") == folded


def test_questions_for_two_stand_folded_on_one_page(site, looking):
    looking.goto((site / "coursework/questions_for_two.html").as_uri())
    article = looking.locator("article")
    assert article.locator("h2").count() == article.locator("details").count() == len(NOTEBOOKS)
    assert not article.locator("details[open]").count(), "a class that sees it has still to vote"
    answers = article.locator("details li").count()
    assert answers == article.locator("li").count() / 2 == 4 * len(NOTEBOOKS)


def test_the_search_works_in_a_folder(site, looking):
    looking.goto((site / "search.html").as_uri() + "?q=Tuanwan")
    looking.wait_for_selector("#search-results li a >> text=What can one village prove?")
    assert looking.asked == []
