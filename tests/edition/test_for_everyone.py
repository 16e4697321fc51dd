"""The reading edition for those who hear it, enlarge it, recolour it or steer it by keyboard."""

import io
from pathlib import Path

import axe_playwright_python
import pytest
from PIL import Image

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
A_LESSON = "notebooks/2_commune_structure/21_how_big_was_it"
WIDTHS = {640: "at 200 % on a screen of 1280", 360: "on a phone", 320: "at 400 %"}
UNFOLD = """() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true
    for (const body of document.querySelectorAll("table.rows tbody"))
        while (body.rows.length > 8) body.deleteRow(4)  // all are made by one function
}"""
SHORT_OF_CONTENTS = """() => {  // they are the same on every page
    for (const entry of document.querySelectorAll(".bd-docs-nav li:nth-child(n + 2)"))
        entry.remove()
}"""
AWRY = """async () => {
    const told = [], frame = () => new Promise(requestAnimationFrame)
    await frame()
    await frame()
    const text = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (text.nextNode()) {
        const within = text.currentNode.parentElement
        if (!/[\\u3400-\\u9fff]/.test(text.currentNode.data)) continue
        if (within.closest("script, style") || within.closest("[lang]").lang.startsWith("zh"))
            continue
        told.push("not said to be Chinese: " + text.currentNode.data.trim())
    }
    for (const part of document.querySelectorAll("article *, .bd-sidebar-primary")) {
        const scrolls = /auto|scroll/.test(getComputedStyle(part).overflowX)
        if (scrolls && part.scrollWidth > part.clientWidth + 1 && part.tabIndex < 0)
            if (!part.querySelector("a, [tabindex='0']"))
                told.push("scrolls, but not by keyboard: " + part.outerHTML.slice(0, 160))
    }
    for (const table of document.querySelectorAll("table"))
        if (!table.querySelector("th")) told.push("no headers: " + table.outerHTML.slice(0, 160))
    return told
}"""
# Contrast hangs on colours, ground, size and weight: of each mixture the first is looked at.
CONTRAST = """async theme => {
    document.documentElement.dataset.theme = document.documentElement.dataset.mode = theme
    const ground = part => {
        const colour = getComputedStyle(part).backgroundColor
        const clear = colour === "rgba(0, 0, 0, 0)" && part.parentElement
        return clear ? ground(part.parentElement) : colour
    }
    const seen = new Map()
    for (const part of document.querySelectorAll("body *")) {
        const style = getComputedStyle(part)
        const speaks = [...part.childNodes].some(child => child.nodeType === 3 && child.data.trim())
        if (!speaks || !part.checkVisibility({visibilityProperty: true})) continue
        const mixture = [
            style.color, ground(part), style.fontSize, style.fontWeight, style.opacity,
            part.matches("p a, li a, td a"), part.closest("header, article, footer, nav")?.tagName
        ].join()
        if (!seen.has(mixture)) seen.set(mixture, part)
    }
    const told = await axe.run([...seen.values()], {
        runOnly: ["color-contrast", "link-in-text-block"], reporter: "no-passes", preload: false
    })
    return [seen.size, told.violations]
}"""
REST = """() => axe.run({
    rules: {"color-contrast": {enabled: false}}, reporter: "no-passes", preload: false
})"""


@pytest.fixture(scope="module")
def awry(site, chromium):
    """Every page looked at once, its folds open: what is wrong, by kind."""
    page = chromium.new_page(reduced_motion="reduce")
    told = {"axe": [], "wide": [], "markup": []}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).with_suffix("").as_posix()
        if name.startswith("_static"):
            continue
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path.as_uri())
        page.wait_for_selector(".glf-live[hidden]", state="detached")
        page.evaluate(UNFOLD)
        if name != "index":
            page.evaluate(SHORT_OF_CONTENTS)
        page.evaluate(AXE)
        found = page.evaluate(REST)["violations"]
        for theme in ("light", "dark"):
            mixtures, more = page.evaluate(CONTRAST, theme)
            assert mixtures > 4, f"{name}: only {mixtures} kinds of text were looked at"
            found += more
        told["axe"] += [
            f"{name}: {one['id']}: {node['html'][:160]}"
            f" {[check['message'] for check in node['any'] + node['all'] + node['none']]}"
            for one in found
            for node in one["nodes"]
        ]
        for width, where in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 640})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                told["wide"].append(f"{name}: {wide} pixels for {width}, {where}")
        told["markup"] += [f"{name}: {what}" for what in page.evaluate(AWRY)]
    page.close()
    return told


@pytest.mark.parametrize("kind", ["axe", "wide", "markup"])
def test_every_page_suits_everyone(awry, kind):
    """Both themes; axe, widths, what scrolls, Chinese said to be Chinese, tables with headers."""
    assert not awry[kind], "\n".join(awry[kind])


def brightness(page, part, around=0):
    """The darkest and the lightest of what stands in and around a part of a page, and its bytes."""
    box = part.bounding_box()
    clip = {"x": box["x"] - around, "y": box["y"] - around}
    clip |= {side: box[side] + 2 * around for side in ("width", "height")}
    shot = page.screenshot(clip=clip)
    pixels = Image.open(io.BytesIO(shot)).convert("RGB")
    linear = [[(c / 255 / 12.92 if c < 11 else ((c / 255 + 0.055) / 1.055) ** 2.4) for c in rgb]
              for _, rgb in pixels.getcolors(10**6)]  # fmt: skip
    light = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in linear]
    return min(light), max(light), shot


CONTROLS = {
    1280: (
        ".search-button-field:visible",
        ".theme-switch-button:visible",
        ".bd-docs-nav a >> nth=3",
        ".page-toc a >> nth=1",
        "article summary >> nth=0",
        "article p a >> nth=0",
        ".prev-next-area a >> nth=0",
    ),
    360: (".primary-toggle", ".secondary-toggle"),
}


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_controls_are_seen_where_the_reader_sets_the_colours(site, looking, colours):
    """As in Windows' contrast themes: nothing that can be used is of the colour it stands on."""
    looking.emulate_media(forced_colors="active", color_scheme=colours)
    looking.goto((site / f"{A_LESSON}.html").as_uri())
    for width, names in CONTROLS.items():
        looking.set_viewport_size({"width": width, "height": 900})
        for name in names:
            part = looking.locator(name)
            part.scroll_into_view_if_needed()
            dark, light, _ = brightness(looking, part)
            assert (light + 0.05) / (dark + 0.05) > 4.5, name


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_one_sees_where_the_keyboard_is(site, looking, colours):
    looking.emulate_media(color_scheme=colours)
    looking.goto((site / f"{A_LESSON}.html").as_uri())
    for width, names in CONTROLS.items():
        looking.set_viewport_size({"width": width, "height": 900})
        looking.keyboard.press("Tab")  # whoever comes by keyboard is shown more than by mouse
        for name in names:
            part = looking.locator(name)
            part.scroll_into_view_if_needed()
            looking.evaluate("document.activeElement.blur()")
            *_, before = brightness(looking, part, around=6)
            part.focus()
            *_, after = brightness(looking, part, around=6)
            assert before != after, name


def test_a_lesson_loses_nothing_where_scripts_are_off(site, chromium):
    """Pictures, folds and the way on are there; what only a script could do is not offered."""
    page = chromium.new_page(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page.goto((site / "notebooks/2_commune_structure/22_would_you_work_harder.html").as_uri())
    pictures = page.locator("article img")
    assert pictures.count() > 2
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        assert picture.bounding_box()["height"] > 50
    fold = page.locator("article details").first
    assert not fold.locator("p").last.is_visible()
    fold.locator("summary").click()
    assert fold.locator("p").last.is_visible()
    offered = page.locator("button:visible, input:visible, select:visible").all()
    assert not [part.evaluate("part => part.outerHTML.slice(0, 120)") for part in offered]
    page.get_by_role("link", name="23 ·").first.click()
    assert page.url.endswith("23_could_you_leave.html")
    page.close()
