"""Belt 5: a real JupyterLab in a real browser, started as a reader starts it."""

from urllib.parse import urlsplit

import pytest
from conftest import NOTEBOOKS
from lab import open_and_run, picture_bytes, running_lab, sliders

FINISHED = NOTEBOOKS[:3]
WITH_SLIDERS = ("01_soviet_model", "02_commune_structure")
HARMLESS = {  # words of a console message: why it does not matter
}


@pytest.fixture(scope="module")
def address(chromium):
    before = [path.read_bytes() for path in NOTEBOOKS]
    with running_lab() as of:
        yield of
    assert [path.read_bytes() for path in NOTEBOOKS] == before, "the tests wrote into notebooks/"


@pytest.fixture(scope="module", params=FINISHED, ids=lambda path: path.stem)
def opened(request, chromium, address):
    """A notebook after Run All, with everything the browser said and asked for meanwhile."""
    page = chromium.new_page(viewport={"width": 1200, "height": 900})
    page.set_default_timeout(30_000)
    page.said, page.asked = [], []
    page.on("console", lambda said: said.type == "error" and page.said.append(said.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("websocket", lambda socket: page.asked.append(socket.url))
    open_and_run(page, address(request.param.name))
    page.name = request.param.stem
    yield page
    page.close()


def test_it_runs_without_an_error(opened):
    wrong = opened.locator('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]')
    assert wrong.all_inner_texts() == []
    assert "<!--=" not in opened.inner_text(".jp-Notebook")


def test_every_slider_moves_its_picture_by_keyboard(opened):
    handles = sliders(opened)
    assert handles or opened.name not in WITH_SLIDERS, "no slider was found"
    for handle in handles:
        before, value = picture_bytes(handle), handle.get_attribute("aria-valuenow")
        handle.scroll_into_view_if_needed()
        handle.focus()
        for _ in range(3):  # three steps: the first may move a line by less than a pixel
            handle.press("ArrowRight")
        if handle.get_attribute("aria-valuenow") == value:  # it stood at its end
            for _ in range(3):
                handle.press("ArrowLeft")
        assert handle.get_attribute("aria-valuenow") != value, "the keyboard does not move it"
        for _ in range(100):
            if picture_bytes(handle) != before:
                break
            opened.wait_for_timeout(50)
        else:
            words = handle.evaluate("h => h.closest('.widget-slider').innerText")
            pytest.fail(f"the picture does not follow the slider {words!r}")


def test_the_browser_had_nothing_to_complain_of(opened):
    assert [text for text in opened.said if not any(known in text for known in HARMLESS)] == []


def test_nothing_beyond_this_machine_was_asked_for(opened):
    assert opened.asked, "no request was seen at all"
    hosts = {urlsplit(url).hostname for url in opened.asked if not url.startswith(("data", "blob"))}
    assert hosts == {"127.0.0.1"}
