"""What all tests share."""

import os
import re
import shutil
from pathlib import Path

import matplotlib
import pictures
import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)  # as every run before it
settings.register_profile("fresh", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("same")

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_FLAGS = [  # no network of its own, and it runs as root in a container
    f"--{flag}"
    for flag in (
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "no-first-run",
        "disable-sync",
        "disable-background-networking",
        "disable-component-update",
    )
]

FEW = 300  # settings of a panel of sliders
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{folder}/fonts/ttf</dir>
<match target="pattern">
<test name="family"><string>monospace</string></test>
<edit name="family" mode="assign" binding="strong"><string>{font}</string></edit>
</match>
</fontconfig>
"""


def pytest_configure(config):
    if config.getoption("numprocesses", default=None):
        raise pytest.UsageError("notebooks are checked one after another: leave out -n")
    config.pluginmanager.register(pictures)  # its hook is for notebooks too, which lie elsewhere


@pytest.fixture(scope="session")
def launch():
    """Start a headless Chromium from PATH, driven by Playwright; it never reaches for the network.

    Takes the environment variables to set for it.
    """
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        reason = "no Chromium or Chrome on PATH, so nothing was looked at in a browser"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield lambda **variables: playwright.chromium.launch(
            executable_path=path, args=CHROMIUM_FLAGS, env=os.environ | variables
        )


@pytest.fixture(scope="session")
def chromium(launch):
    """A Chromium with the fonts of the machine."""
    browser = launch()
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The reading edition, made once, its sliders with as few settings as they can do with."""
    from edition.__main__ import build

    folder = tmp_path_factory.mktemp("edition") / "site"
    build(folder, most=FEW)
    return folder


@pytest.fixture
def looking(chromium):
    """A page of Chromium that keeps count of what it asks for beyond this machine."""
    page = chromium.new_page(reduced_motion="reduce")
    page.asked = []
    page.route(re.compile("^https?:"), lambda route: (page.asked.append(1), route.abort()))
    yield page
    page.close()


@pytest.fixture(scope="session", params=["DejaVu Sans Mono", "Noto Sans Mono"])
def chromium_with_font(launch, request, tmp_path_factory):
    """A Chromium whose letters of one width are matplotlib's, and one where they are taller."""
    file = tmp_path_factory.mktemp("fonts") / "fonts.conf"
    file.write_text(FONTS.format(folder=matplotlib.get_data_path(), font=request.param), "utf-8")
    browser = launch(FONTCONFIG_FILE=str(file))
    yield browser
    browser.close()


def unreachable(page):
    """Parts of a page that may scroll by themselves, where the keyboard does not reach them."""
    return page.evaluate("""() => [...document.querySelectorAll("body *")].filter(part => {
        const style = getComputedStyle(part)
        return /auto|scroll/.test(style.overflowX + style.overflowY) && part.tabIndex < 0
    }).map(part => part.outerHTML.slice(0, 120))""")
