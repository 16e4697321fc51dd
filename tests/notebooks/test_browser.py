"""A real JupyterLab in a real browser, on a machine full of other settings."""

import re
from urllib.parse import urlsplit

import nbformat
import pytest
from conftest import ROOT
from hostile import BREAK_PYTHON, machine
from lab import STILL, open_and_run, picture_bytes, running_lab, sliders
from lesson_minutes import NOTEBOOKS
from lessons import Notebook, hidden

WITH_SLIDERS = [path.stem for path in NOTEBOOKS if "explore_" in path.read_text("utf-8")]
OPENED = [path for path in NOTEBOOKS if path.stem in WITH_SLIDERS or path == NOTEBOOKS[0]]
"""The first lesson, and those that do more in a browser than stand there: nbval runs them all, and
all pages of the reading edition are looked at in a browser too."""
PANEL = ".jp-OutputArea-output .glf-panel"
TIMED = """handle => {
    const picture = handle.closest(".glf-panel").querySelector("img")
    let pressed = null
    window.answered = []
    handle.addEventListener("keydown", () => { pressed = performance.now() }, true)
    new MutationObserver(() => picture.decode().then(() => {
        if (pressed !== null) answered.push(performance.now() - pressed)
        pressed = null
    }, () => {})).observe(picture, { attributes: true, attributeFilter: ["src"] })
}"""
"""Milliseconds from each key to the picture that answers it, decoded and ready to be painted."""
OUTLINED = """panel => {
    const line = part => getComputedStyle(part).outlineStyle + " " + getComputedStyle(part).outlineWidth
    const parts = [...panel.querySelectorAll(".noUi-target, .widget-button")]
    return [panel.querySelector(".noUi-handle"), ...parts].map(line)
}"""
WIDTHS = "part => [part.scrollWidth, part.clientWidth]"
OUTPUT = "xpath=ancestor::*[contains(@class, 'jp-OutputArea-output')][1]"


@pytest.fixture(scope="module")
def address(chromium, tmp_path_factory):
    before = [path.read_bytes() for path in NOTEBOOKS]
    theirs = machine(tmp_path_factory.mktemp("their machine"))
    with running_lab({name: theirs[name] for name in theirs if name not in BREAK_PYTHON}) as of:
        yield of
    assert [path.read_bytes() for path in NOTEBOOKS] == before, "the tests wrote into notebooks/"


@pytest.fixture(scope="module", params=OPENED, ids=lambda path: path.stem)
def opened(request, chromium, address):
    """A notebook after Run All, with everything the browser said and asked for meanwhile."""
    page = chromium.new_page(viewport={"width": 1200, "height": 900})
    page.set_default_timeout(30_000)
    page.said, page.asked = [], []
    page.on("console", lambda said: said.type == "error" and page.said.append(said.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("websocket", lambda socket: page.asked.append(socket.url))
    open_and_run(page, address(request.param.relative_to(ROOT / "notebooks").as_posix()))
    page.name, page.cells = request.param.stem, Notebook(request.param).node.cells
    yield page
    page.close()


def test_it_runs_without_an_error(opened):
    wrong = opened.locator('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]')
    assert wrong.all_inner_texts() == []
    assert "<!--=" not in opened.inner_text(".jp-Notebook")


def test_the_still_form_stands_until_its_sliders_live(opened):
    """Both its picture and its table; but for a panel that is folded until it has been guessed."""
    panels = [cell for cell in opened.cells if re.search("(?m)^explore_", cell.source)]
    assert len(opened.still_forms) == 2 * sum(not hidden(cell, "outputs") for cell in panels)
    assert all(opened.still_forms), "before a cell is run its still form is seen"
    seen = [form.is_visible() for form in opened.locator(STILL).all()]
    assert len(seen) == 2 * len(panels) and not any(seen)


def test_a_panel_that_was_saved_shows_its_still_form_the_next_day(chromium, tmp_path):
    """Its reader has saved it, so JupyterLab trusts a widget that no kernel knows any more."""
    source = "from glf_utils.soviet_model.sliders import explore_food\nexplore_food()"
    file = tmp_path / "notebooks" / "saved.ipynb"
    file.parent.mkdir()
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    node.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    nbformat.write(node, file)
    page = chromium.new_page(viewport={"width": 1200, "height": 900})
    with running_lab(more=[f"--FileContentsManager.root_dir={tmp_path}"]) as address:
        open_and_run(page, address(file.name))
        assert sliders(page)
        page.keyboard.press("Control+s")
        assert soon(page, lambda: "widget-view" in file.read_text("utf-8"))
    with running_lab(more=[f"--FileContentsManager.root_dir={tmp_path}"]) as address:
        page.goto(address(file.name))
        page.wait_for_selector(".glf-still", state="attached")
        assert soon(page, lambda: page.get_by_text("model not found").count() == 1, 20)
        assert [form.is_visible() for form in page.locator(STILL).all()] == [True, True]
        told = "e => getComputedStyle(e, '::after').content + getComputedStyle(e).fontSize"
        line = page.locator(".jp-OutputArea-output", has_text="model not found")
        assert line.evaluate(told) == '"Run this cell (Shift+Enter) to move the sliders."0px'
    page.close()


def test_picture_and_controls_fit_a_laptop(opened):
    for box in opened.locator(".jp-OutputArea-output .widget-vbox").all():
        assert box.bounding_box()["height"] <= 600


def test_every_slider_moves_its_picture_by_keyboard(opened):
    handles = sliders(opened)
    assert handles or opened.name not in WITH_SLIDERS, "no slider was found"
    for handle in handles:
        move_and_reset(opened, handle)


def move_and_reset(page, handle):
    words, value, start = name_of(handle), value_of(handle), picture_bytes(handle)
    handle.scroll_into_view_if_needed()
    handle.focus()
    handle.press("ArrowRight")
    if value_of(handle) == value:  # it stood at its upper end
        handle.press("ArrowLeft")
    assert value_of(handle) != value, f"an arrow key does not move {words!r}"
    for key in ("Home", "End"):  # a model may be flat around its start
        handle.press(key)
        if soon(page, lambda: picture_bytes(handle) != start, 2):
            break
    else:
        pytest.fail(f"the picture follows {words!r} neither to its lower nor its upper end")
    settled(page)  # a key that still waits for the kernel would be drawn after the reset
    handle.locator(OUTPUT).get_by_role("button", name="Reset").click()
    assert soon(page, lambda: value_of(handle) == value), f"Reset forgets {words!r}"


def settled(page):
    """Wait until the kernel has nothing left to do: what is held back is sent once it is idle."""
    for _ in range(3):
        page.wait_for_timeout(60)
        page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()


def soon(page, happened, seconds=15):
    """Whether something happens within a few seconds: the kernel answers in its own time."""
    for _ in range(seconds * 20):
        if happened():
            return True
        page.wait_for_timeout(50)
    return False


def name_of(handle):
    return handle.evaluate("handle => handle.closest('.widget-slider').innerText.split('\\n')[0]")


def value_of(handle):
    return handle.evaluate(
        "h => h.closest('.widget-slider').querySelector('.widget-readout').innerText"
    )


def test_a_screen_reader_is_told_what_every_control_is(opened):
    """Names with their units, values as they are printed, as the browser hands them on."""
    spoken = in_accessibility_tree(opened, {"slider", "combobox", "textbox", "status", "group"})
    for box in opened.locator(PANEL).all():
        words, slid = words_of(box, ".widget-label"), words_of(box, ".widget-slider .widget-label")
        assert slid and slid <= spoken["slider"] and words <= spoken["slider"] | spoken["combobox"]
        assert {f"{told}, typed" for told in slid} <= spoken["textbox"]
        finding = box.locator("b").inner_text()
        assert finding in spoken["group"]
        assert finding in box.locator("img").get_attribute("alt")
        for slider in box.locator(".widget-slider").all():
            told = slider.get_by_role("slider").get_attribute("aria-valuetext")
            assert told == value_of(slider.get_by_role("slider"))
    assert "" not in spoken["slider"], "a slider without a name"


def words_of(box, labels):
    return {" ".join(told.split()) for told in box.locator(f"{labels}:visible").all_inner_texts()}


def in_accessibility_tree(page, roles):
    """The names that a browser gives to assistive technology, by role."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    told = [
        (node.get("role", {}).get("value"), node.get("name", {}).get("value")) for node in nodes
    ]
    return {role: {name for one, name in told if one == role} for role in roles}


def test_a_moved_slider_is_told_anew_in_the_same_place(opened):
    """A screen reader listens to an element: one that is put in its place it may not hear."""
    for box in opened.locator(PANEL).all():
        reading = box.get_by_role("status").element_handle()
        said, handle = reading.inner_text(), box.get_by_role("slider").first
        start = value_of(handle)
        for key in ("Home", "End"):
            handle.press(key)
            if soon(opened, lambda reading=reading, said=said: reading.inner_text() != said, 2):
                break
        assert reading.inner_text() != said and reading.evaluate("e => e.isConnected")
        assert handle.get_attribute("aria-valuetext") == value_of(handle)
        settled(opened)
        box.get_by_role("button", name="Reset").click()
        assert soon(opened, lambda handle=handle, start=start: value_of(handle) == start)


def test_a_slider_answers_on_a_slow_machine(opened):
    """The browser at a quarter of its speed: one key of twelve, for this machine has other work."""
    session = opened.context.new_cdp_session(opened)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    for handle in sliders(opened)[:1]:
        handle.evaluate(TIMED)
        for key in ["ArrowRight", "ArrowLeft"] * 6:
            handle.press(key)
            if soon(opened, lambda: min(opened.evaluate("answered"), default=999) < 200, 1):
                break
        assert min(opened.evaluate("answered")) < 200, opened.evaluate("answered")
        settled(opened)
        handle.locator(OUTPUT).get_by_role("button", name="Reset").click()
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})


def test_a_panel_at_twice_the_size_needs_no_scrolling_sideways(opened):
    """A window of half the width is what a zoom of 200 % leaves of it."""
    opened.set_viewport_size({"width": 600, "height": 450})
    for box in opened.locator(PANEL).all():
        shown = box.locator(OUTPUT)
        assert soon(opened, lambda shown=shown: fits(shown), 2), shown.evaluate(WIDTHS)
    opened.set_viewport_size({"width": 1200, "height": 900})


def fits(part):
    wide, room = part.evaluate(WIDTHS)
    return wide <= room


def test_sliders_and_focus_are_seen_in_colours_of_the_readers_own(opened):
    """As Windows does in high contrast: backgrounds are dropped, and what they drew with them."""
    opened.emulate_media(forced_colors="active")
    for box in opened.locator(PANEL).all():
        box.get_by_role("slider").first.focus()
        drawn = box.evaluate(OUTLINED)
        assert drawn[0] == "solid 3px" and set(drawn[1:]) == {"solid 1px"} and len(drawn) > 2
    opened.emulate_media(forced_colors="none")


def test_the_browser_had_nothing_to_complain_of(opened):
    assert opened.said == []


def test_nobody_is_asked_about_news(opened):
    assert "jupyter news" not in opened.inner_text("body").lower()


def test_nothing_beyond_this_machine_was_asked_for(opened):
    assert opened.asked, "no request was seen at all"
    hosts = {urlsplit(url).hostname for url in opened.asked if not url.startswith(("data", "blob"))}
    assert hosts == {"127.0.0.1"}
