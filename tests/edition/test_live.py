"""Sliders on a page say and draw what the notebook's say and draw, at every setting asked for."""

import doctest
import io
import random

import numpy as np
import pytest
from conftest import FEW, ROOT
from lesson_minutes import NOTEBOOKS
from PIL import Image, ImageFilter

from edition.lessons import panels
from edition.live import columns, export, frames, settings
from edition.live.export import explorer_of
from edition.live.panel import fragment
from edition.live.settings import positions

ASKED, DRAWN = 24, 4  # settings asked of each panel, and of these, those whose picture is held
WIDTH = 740  # of the picture, in pixels, on the page and in the notebook
SHOWN = {name: cells for path in NOTEBOOKS for name, cells in panels(path).items()}
LOOK = ROOT / "edition" / "look"
IN_LESSON = "notebooks/2_commune_structure/22_would_you_work_harder.html"
CELL = ".cell_output:has(.glf-live)"
STILL = f"{CELL} > img, {CELL} .glf-still"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Sliders</title>
<style>:root {{ --pst-color-surface: #eee; --pst-color-text-muted: #555; }} {look}</style>
<script>{script}</script><body style="margin: 0">{html}</body></html>"""
MOVE = """(box, places) => {
    const controls = [...box.querySelectorAll("input, select")];
    places.forEach((place, k) => {
        if (controls[k].tagName == "SELECT") controls[k].selectedIndex = place;
        else controls[k].value = place;
    });
    const start = performance.now();
    controls[0].dispatchEvent(new Event("input", {bubbles: true}));
    return performance.now() - start;
}"""


@pytest.fixture(scope="module")
def worked_out():
    return export.fragments({"all": SHOWN}, FEW)


@pytest.fixture(scope="module", params=SHOWN)
def explorer(request, worked_out):
    found = explorer_of(SHOWN[request.param])
    found.html = worked_out[request.param]
    return found


@pytest.fixture
def page(chromium, explorer):
    """A page that holds one panel, and nothing of the site around it."""
    script, look = ((LOOK / name).read_text("utf-8") for name in ("live.js", "edition.css"))
    shown = chromium.new_page(viewport={"width": 1000, "height": 1200})
    shown.set_content(PAGE.format(look=look, script=script, html=explorer.html))
    shown.wait_for_selector(".glf-live fieldset")
    yield shown
    shown.close()


def asked(explorer):
    """Places of the controls, drawn by lot, and the values that stand there."""
    lots, values = random.Random(1962), positions(explorer, FEW)
    for _ in range(ASKED):
        places = [lots.randrange(len(found)) for found in values.values()]
        stand = zip(values.items(), places, strict=True)
        yield places, {name: found[place] for (name, found), place in stand}


def strayed(one, other):
    """Share of what is dark in a picture and has nothing within 2 pixels of it in the other."""
    ink = Image.fromarray((other.min(axis=-1) < 225).astype("uint8") * 255)
    near = np.asarray(ink.filter(ImageFilter.MaxFilter(5))) > 0
    dark = one.min(axis=-1) < 130
    return (dark & ~near).sum() / dark.sum()


def test_it_says_and_draws_what_the_notebook_does(page, explorer):
    box, picture = page.locator(".glf-live"), page.locator(".glf-live svg")
    took = []
    for places, values in asked(explorer):
        took.append(box.evaluate(MOVE, places))
        said = explorer.move(**values)
        assert page.locator("[role=status]").text_content() == said, values
        if len(took) > DRAWN:
            continue
        ours, theirs = (
            np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), int)
            for png in (picture.screenshot(), explorer.picture())
        )
        height = min(len(ours), len(theirs))
        assert abs(len(ours) - len(theirs)) <= 1 and ours.shape[1] == WIDTH
        ours, theirs = ours[:height], theirs[:height]
        assert max(strayed(ours, theirs), strayed(theirs, ours)) < 0.002, values
    assert np.median(took) < 50, "a move takes longer than three frames of a film"


def test_every_control_moves_by_keyboard_and_back(page, explorer):
    said, start = (
        page.locator("[role=status]"),
        explorer.move(**{c.name: c.start for c in explorer.controls}),
    )
    values = positions(explorer, FEW)
    for control in explorer.controls:
        found = values[control.name]
        page.get_by_label(control.words).focus()
        down = found.index(control.start) > 0
        page.keyboard.press("ArrowLeft" if down else "ArrowRight")
        here = found[found.index(control.start) + (-1 if down else 1)]
        standing = {other.name: other.start for other in explorer.controls}
        assert said.text_content() == explorer.move(**standing | {control.name: here})
        page.get_by_role("button", name="Reset").press("Enter")
        assert said.text_content() == start


def test_presets_are_buttons(page, explorer):
    for row in explorer.table():
        page.get_by_role("button", name=row["setting"], exact=True).click()
        assert page.locator("[role=status]").text_content() == row["reading"]
        assert page.locator("[aria-pressed=true]").text_content() == row["setting"]


def test_what_was_not_foreseen_is_drawn_all_the_same(monkeypatch):
    halves = explorer_of(SHOWN["panel-57-1"])
    found = fragment(halves, "halves", FEW)
    monkeypatch.setattr(frames, "LOTS", 0)  # so that no part is seen to follow a control
    assert fragment(halves, "halves", FEW) == found


def test_what_has_not_changed_is_worked_out_once(monkeypatch, tmp_path):
    monkeypatch.setattr(export, "KEPT", tmp_path / "kept")
    lessons = {"62": {"panel-62-1": SHOWN["panel-62-1"]}}
    found = export.fragments(lessons, FEW)
    monkeypatch.setattr(export, "ProcessPoolExecutor", None)
    assert export.fragments(lessons, FEW) == found
    with pytest.raises(TypeError):
        export.fragments(lessons, FEW - 1)


def test_a_lesson_may_not_send_too_much(monkeypatch):
    monkeypatch.setattr(export, "MOST_BYTES", 5_000)
    with pytest.raises(SystemExit, match=r"sliders of 62 take \d+ kB .* may send 5: give them"):
        export.fragments({"62": {"panel-62-1": SHOWN["panel-62-1"]}}, FEW)


def test_a_panel_that_moves_an_image_stands_still_and_is_told_of(capsys):
    imports = "from glf_utils.page.slider import Explorer, Slider"
    shows = """Explorer(
        lambda ax: ([ax.imshow([[1]])], lambda a: "It stands."),
        [Slider("a", "a", 0, 1, 1, 0)], {}, finding="An image", units="none")"""
    assert export.fragments({"99": {"panel-99-1": [imports, shows]}}, FEW) == {}
    assert "panel-99-1 stands still on its page: it moves an image" in capsys.readouterr().out


@pytest.mark.parametrize("module", [columns, export, settings])
def test_examples(module):
    assert doctest.testmod(module) == (0, doctest.testmod(module).attempted)


def test_it_takes_the_place_of_the_still_form_but_not_on_paper(site, looking):
    looking.goto((site / IN_LESSON).as_uri())
    live, still = looking.locator(".glf-live"), looking.locator(STILL)
    live.wait_for()
    assert still.count() == 2 and not any(part.is_visible() for part in still.all())
    looking.emulate_media(media="print")
    assert not live.is_visible() and all(part.is_visible() for part in still.all())
    assert looking.asked == []


def test_without_scripts_the_still_form_stands(site, chromium):
    page = chromium.new_page(java_script_enabled=False)
    page.goto((site / IN_LESSON).as_uri())
    still = page.locator(STILL)
    assert still.count() == 2 and all(part.is_visible() for part in still.all())
    assert not page.locator(".glf-live").is_visible()
    page.close()
