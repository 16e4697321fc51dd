"""The reading edition: whole, open from a folder, and asking nobody."""

import io
import re
import unicodedata
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from lesson_minutes import NOTEBOOKS
from pypdf import PdfReader

from edition import pages as written
from edition.html import marked
from edition.lessons import lesson, panels, right
from glf_utils import load, tables
from glf_utils.answers.asked import exercises
from glf_utils.answers.checker import judge


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


def test_a_number_of_a_formula_leads_nowhere(pages):
    text = pages["notebooks/4_procurement_and_hunger/42_when_does_a_quota_become_hunger"].text
    assert "τ = 1 − s/θ" in text and "λ* = (1 − s/θ)" in text


def test_the_cell_of_a_tied_number_is_in_view_under_its_heading(site, looking):
    looking.set_viewport_size({"width": 600, "height": 500})
    looking.goto((site / "notebooks/1_soviet_model/11_half_of_what.html").as_uri())
    looking.locator("a.tied", has_text="43.8").first.dispatch_event("click")
    looking.wait_for_selector("td.meant")
    cell, line = looking.locator("td.meant"), looking.locator("tr:target > th")
    assert cell.text_content() == "43.8"
    heads = looking.locator("table.rows thead")
    for part in (cell, line, heads.get_by_text("value", exact=True)):
        place = part.bounding_box()
        assert 0 <= place["x"] <= 600 - place["width"] and 0 <= place["y"] <= 500 - place["height"]


@pytest.mark.parametrize("width", [375, 1200])
def test_no_row_of_a_table_is_taller_than_a_screen(site, looking, width):
    looking.set_viewport_size({"width": width, "height": 700})
    for name in ("documents", "account_claims", "people"):
        looking.goto((site / f"data/{name}.html").as_uri())
        rows = "rows => Math.max(...rows.map(row => row.offsetHeight))"
        assert looking.locator("table.rows tbody tr").evaluate_all(rows) < 350, name


def test_a_page_is_printed_to_its_end(site, looking, pages):
    for path in NOTEBOOKS[::16]:
        name = path.relative_to(ROOT).with_suffix("").as_posix()
        looking.goto(pages[name].path.as_uri())
        printed = PdfReader(io.BytesIO(looking.pdf(format="A4")))
        text = " ".join(page.extract_text() for page in printed.pages)
        text = " ".join(unicodedata.normalize("NFKC", text).split())
        for head in looking.locator("article h2").all():
            assert " ".join(head.text_content().rstrip("#").split()) in text, name


def test_numbers_of_a_cell_stand_to_the_right():
    shown = marked(
        "<table><thead><tr><th>of</th><th>kg</th></tr></thead><tbody>"
        "<tr><td>rice</td><td>1,200.5</td></tr><tr><td>1958</td><td></td></tr></tbody></table>"
    )
    assert re.findall(r'class="text-right">(.*?)<', shown) == ["kg", "1,200.5", ""]


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


def exercises_of(path):
    return exercises(int(path.name[:2])).values()


def test_the_front_page_says_what_needs_the_notebook_and_what_each_lesson_takes(site, looking):
    looking.goto((site / "index.html").as_uri())
    said = looking.locator("article").inner_text()
    assert "sliders move" in said and "python run.py lab" in said
    lines = looking.locator("article li").all_inner_texts()
    for path in NOTEBOOKS:
        card = nbformat.read(path, as_version=4).cells[0].source
        kind, minutes = re.search(r"\| (core|deeper) \| (\d+) minutes", card).groups()
        title = card.partition("\n")[0].removeprefix("# ")
        sliders = ", sliders" * ("glf-live" in page_of(site, path))
        assert f"{title}: {kind}, {minutes} minutes{sliders}" in lines


def page_of(site, path):
    return (site / path.relative_to(ROOT).with_suffix(".html")).read_text("utf-8")


def test_every_lesson_says_what_moves_and_how_to_open_it_as_a_notebook(site):
    for path in NOTEBOOKS:
        page = page_of(site, path)
        assert page.count('<p class="glf-door">Read here, with ') == 1
        assert ("with sliders that move" in page) == ("glf-live" in page) == bool(panels(path))
        assert f"<code>{path.relative_to(ROOT).as_posix()}</code>" in page


def test_binder_is_a_door_once_the_readme_knows_a_repository(tmp_path, monkeypatch):
    monkeypatch.setattr(written, "ROOT", tmp_path)
    path = f"1_soviet_model/{NOTEBOOKS[1].name}"
    link = f"https://mybinder.org/v2/gh/OWNER/REPO/HEAD?urlpath=lab/tree/notebooks/{path}"
    for place, doors in {"OWNER/REPO": 0, "someone/famine": 1}.items():
        (tmp_path / "README.md").write_text(f"[open 11]({link.replace('OWNER/REPO', place)})")
        assert written._door(f"notebooks/{path}", moves=True).count(">on Binder</a>") == doors


def test_what_waits_for_an_answer_is_not_shown(site):
    waiting = (
        r"not answered yet|no guess yet|none yet|first guess\(|hint\(\S*\)</span></code> helps"
    )
    for path in NOTEBOOKS:
        page = page_of(site, path)
        assert not re.search(waiting, page), path.name
        assert page.count('<span class="n">check</span>') > len(exercises_of(path)), "code stays"
        assert page.count("<summary>A hint</summary>") == len(exercises_of(path)), path.name


def test_hints_stand_under_an_exercise_each_folded_in_the_one_before(site, looking):
    path = NOTEBOOKS[2]
    looking.goto((site / path.relative_to(ROOT).with_suffix(".html")).as_uri())
    folds = looking.locator("details:has(> summary:text-is('A hint'))")
    assert folds.count() == len(exercises_of(path))
    for fold, exercise in zip(folds.all(), exercises_of(path), strict=True):
        above = fold.locator("xpath=preceding::div[contains(@class, 'cell_input')][1]")
        assert f"{exercise.name} = ..." in above.inner_text().replace("\xa0", " ")
        for words, hint in zip(
            ("A hint", "A second hint", "A third hint"), exercise.hints, strict=True
        ):
            told = fold.get_by_text(hint.split("`")[0].strip() or hint, exact=False).first
            assert not told.is_visible()
            fold.locator(f"summary:text-is('{words}')").click()
            assert told.is_visible()


def test_a_folded_answer_has_its_value_and_check_would_take_it(site):
    for path in NOTEBOOKS:
        page = BeautifulSoup(page_of(site, path), "html.parser")
        folds = {fold.summary.get_text(): fold for fold in page.select("details")}
        for exercise in exercises_of(path):
            shown = right(exercise)
            told = folds[f"Exercise {exercise.id}"].get_text()
            assert f"{exercise.name} is {shown}" in told, exercise.id
            numbers = [part.replace(",", "").replace("−", "-") for part in shown.split(", ")]
            answer = {
                str: lambda shown=shown: shown,
                float: lambda numbers=numbers: float(numbers[0]),
                list: lambda numbers=numbers: [float(number) for number in numbers],
            }[exercise.kind]()
            assert judge(exercise, answer) == "", exercise.id


def test_letters_lead_through_the_words(pages):
    page = pages["shelf/glossary"]
    assert "term(" not in page.text
    letters = re.findall(r"<h2>(.)<a", page.text)
    bar = re.findall(r'<a class="reference internal" href="#[^"]+">(.)</a>', page.text)
    assert bar == letters and len(letters) > 15
