"""Start JupyterLab with run.py and work in it through a browser; for the tests and benchmarks."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = {  # never write into the tree; keep cells that are out of sight in the page
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
}
SLIDERS = ".jupyter-widgets .noUi-handle"
STILL = ".jp-OutputArea-child:has(~ .jp-OutputArea-child .glf-still) .jp-RenderedImage, .glf-still"
PICTURE = """handle => handle.closest('.jp-OutputArea-output').querySelector('img')"""
RUN_PY = (sys.executable, ROOT / "run.py", "lab")


@contextmanager
def running_lab(variables=(), more=(), program=RUN_PY, where=None):
    """`python run.py lab --no-browser` on a free port; gives a function name -> address.

    ``variables`` are added to the environment it is started in, ``more`` to its options; another
    ``program`` starts another JupyterLab, in the folder ``where``.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as folder, open(Path(folder, "log"), "w+") as log:
        for name, values in SETTINGS.items():
            file = Path(folder, "settings", f"{name}.jupyterlab-settings")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values))
        options = [
            "--no-browser",
            f"--port={port}",
            f"--IdentityProvider.token={token}",
            f"--LabApp.user_settings_dir={Path(folder, 'settings')}",
            f"--LabApp.workspaces_dir={Path(folder, 'workspaces')}",
            *more,
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--allow-root")  # as in a container
        server = subprocess.Popen(
            [*program, *options],
            cwd=where,
            env={**os.environ, **dict(variables)},
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )
        here = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{here}/api/status?token={token}", server, log)
            yield lambda name: f"{here}/lab/tree/notebooks/{name}?reset&token={token}"
        finally:
            shut_down(f"{here}/api/shutdown", token)
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                raise


def wait_for(address, server, log, seconds=120):
    for _ in range(seconds * 2):
        try:
            return urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        if server.poll() is not None:
            break
    log.seek(0)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read()[-3000:]}")


def shut_down(address, token):
    request = urllib.request.Request(address, method="POST")
    request.add_header("Authorization", f"token {token}")
    try:
        urllib.request.urlopen(request, timeout=20).close()
    except (urllib.error.URLError, OSError):
        pass  # it is down already


def choose(page, menu, item):
    """Click an item of JupyterLab's menu bar."""
    exactly = re.compile(f"^{re.escape(item)}$")
    page.locator(".lm-MenuBar-itemLabel").get_by_text(menu, exact=True).click()
    page.locator(".lm-Menu-itemLabel").filter(has_text=exactly).first.click()


def open_and_run(page, address, seconds=120):
    """Open a notebook, clear what is stored, run all cells and wait until each has run."""
    page.goto(address)
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell", timeout=seconds * 1000)
    idle = page.locator("#jp-main-statusbar").get_by_text("| Idle")  # not before a kernel answers
    idle.wait_for(timeout=seconds * 1000)
    page.wait_for_timeout(1000)  # let what is stored appear, as it does for a reader
    page.still_forms = [form.is_visible() for form in page.locator(STILL).all()]
    choose(page, "Edit", "Clear Outputs of All Cells")
    choose(page, "Run", "Run All Cells")
    page.wait_for_function(
        r"""() => [...document.querySelectorAll('.jp-CodeCell')]
            .filter(cell => cell.querySelector('.cm-content')?.innerText.trim())
            .every(cell => /\[\d+\]/.test(cell.querySelector('.jp-InputPrompt').innerText))""",
        timeout=seconds * 1000,
    )
    idle.wait_for(timeout=seconds * 1000)


def sliders(page):
    """The slider handles on the page, once each stands beside a picture."""
    handles = page.locator(SLIDERS)
    page.wait_for_function(f"""() => [...document.querySelectorAll('.jupyter-widgets .noUi-handle')]
        .every(handle => ({PICTURE})(handle)?.naturalWidth > 0)""")
    return [handles.nth(i) for i in range(handles.count())]


def picture_bytes(handle):
    """The picture beside a slider, as the browser holds it."""
    return handle.evaluate(f"""async handle => {{
        const read = await (await fetch(({PICTURE})(handle).src)).arrayBuffer();
        return Array.from(new Uint8Array(read)).join();
    }}""")
