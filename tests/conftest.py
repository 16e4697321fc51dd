"""What every belt shares."""

import os
import shutil
from pathlib import Path

import pictures
import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_FLAGS = [  # no network of its own, and it runs as root in a container
    f"--{flag}" for flag in (
        "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-sync",
        "disable-background-networking", "disable-component-update",
    )
]  # fmt: skip


def pytest_configure(config):
    if config.getoption("numprocesses", default=None):
        raise pytest.UsageError("notebooks are checked one after another: leave out -n")
    config.pluginmanager.register(pictures)  # its hook is for notebooks too, which lie elsewhere


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium from PATH, driven by Playwright; it never reaches for the network."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        reason = "no Chromium or Chrome on PATH, so nothing was looked at in a browser"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
