"""Speed, each against a named peer measured in the same run: `python run.py bench [--json]`.

A line each: id, work, peer, ratio (or milliseconds), goal, ok. Exits with 1 when a goal is missed.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from statistics import median

import bench_country
import bench_coursework
import bench_hub
import bench_mortality
from timing import ROOT, Result, against, in_turn

NOTEBOOKS = [
    path
    for path in sorted((ROOT / "notebooks").rglob("[0-9]*.ipynb"), key=lambda path: path.name)
    if path.parent.name != ".ipynb_checkpoints"
]
LIBRARIES = "import numpy, pandas, matplotlib.pyplot"
KERNEL = {"kernel_name": "python3", "timeout": 120, "extra_arguments": ["--log-level=40"]}


def bench_install():
    """An empty environment filled from our lock, by uv, and with the four big libraries alone."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv is None:
        print("install: no uv beside this Python, not measured", file=sys.stderr)
        return
    lock = ROOT / "locks/readers.txt"
    alone = ["jupyterlab", "pandas", "matplotlib", "ipywidgets", "--constraint", str(lock)]
    exact = ["--require-hashes", "--no-deps", "-r", str(lock)]

    def install(words):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            for command in (
                [uv, "venv", "-q", "--python", sys.executable, folder],
                [uv, "pip", "install", "-q", "--python", folder, *words],
            ):
                subprocess.run(command, check=True, cwd=folder)

    install(exact), install(alone)  # what is to be downloaded is downloaded now
    work_ms, peer_ms = in_turn(5, lambda: install(exact), lambda: install(alone))
    yield against(
        "install",
        "locks/readers.txt into an empty environment",
        work_ms,
        "jupyterlab, pandas, matplotlib, ipywidgets alone",
        peer_ms,
        1.3,
    )


def bench_import():
    def fresh(code):
        return lambda: subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)

    ours, theirs = fresh("import glf_utils"), fresh(LIBRARIES)
    used = fresh("import glf_utils; glf_utils.load, glf_utils.show, glf_utils.check")
    theirs()  # warm the disk
    bare_ms, used_ms, peer_ms = in_turn(7, ours, used, theirs)
    yield against("import", "import glf_utils", bare_ms, LIBRARIES, peer_ms, 1.2)
    yield against(
        "import-used", "import glf_utils and load, show, check", used_ms, LIBRARIES, peer_ms, 1.2
    )


def bench_load():
    """Reading a table with every cell checked, against reading it with none."""
    import pandas as pd

    from glf_utils import load
    from glf_utils.tables import FOLDER

    path = FOLDER / "grain_national.csv"
    work_ms, peer_ms = in_turn(30, lambda: load(path.stem), lambda: pd.read_csv(path))
    yield against(
        "load",
        'load("grain_national"), checked',
        work_ms,
        "pandas.read_csv, unchecked",
        peer_ms,
        5,
    )


def bench_notebooks():
    import nbformat
    from nbclient import NotebookClient

    def execute(node, folder):
        NotebookClient(node, resources={"metadata": {"path": str(folder)}}, **KERNEL).execute()

    cell = nbformat.v4.new_code_cell(f"{LIBRARIES}, ipywidgets")
    bare = nbformat.v4.new_notebook(cells=[cell])
    peer = "import-only notebook"
    lessons = []
    execute(bare, ROOT)  # warm the disk
    for path in NOTEBOOKS:
        node = nbformat.read(path, as_version=4)
        work_ms, peer_ms = in_turn(
            5,
            lambda node=node, path=path: execute(node, path.parent),
            lambda: execute(bare, ROOT),
        )
        result = against(f"notebook-{path.stem[:2]}", path.name, work_ms, peer, peer_ms, 2.0)
        lessons.append(result)
        yield result
    middle = median(result.ratio for result in lessons)
    work_ms, peer_ms = (
        median(getattr(r, part) for r in lessons) for part in ("work_ms", "peer_ms")
    )
    about = ("lessons-median", "the lesson in the middle", work_ms, peer, peer_ms)
    yield Result(*about, middle, 1.5, middle <= 1.5)


def bench_memory():
    """The most memory that the kernel of the lesson with a hundred thousand draws held."""
    import nbformat
    from nbclient import NotebookClient

    def peak(node):
        ask = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        node.cells.append(nbformat.v4.new_code_cell(ask))
        folder = {"metadata": {"path": str(ROOT / "notebooks")}}
        NotebookClient(node, resources=folder, **KERNEL).execute()
        return int(node.cells[-1].outputs[0].text) / (2**20 if sys.platform == "darwin" else 1024)

    if sys.platform == "win32":
        return  # no peak to be asked for there
    cell = nbformat.v4.new_code_cell(f"{LIBRARIES}, ipywidgets")
    bare = peak(nbformat.v4.new_notebook(cells=[cell]))
    path = next(path for path in NOTEBOOKS if path.stem.startswith("55"))
    held = peak(nbformat.read(path, as_version=4))
    result = against("memory", path.name, held, "import-only kernel", bare, 1.5)
    result.unit = "MB"
    yield result


def bench_slider():
    """A move in the kernel, up to the PNG, against what `interact` does: draw it all again."""
    from io import BytesIO

    import matplotlib
    import matplotlib.pyplot as plt

    from glf_utils.commune_structure import sliders as communes
    from glf_utils.page import figure as house
    from glf_utils.soviet_model import sliders as planning

    matplotlib.use("Agg")

    @house.style()
    def rebuild(explorer, values):
        fig, ax = plt.subplots(figsize=(7.4, explorer.height))
        _, move = explorer.panel(ax)
        move(**values)
        fig.savefig(BytesIO(), format="png", bbox_inches="tight")  # as the inline backend shows it
        plt.close(fig)

    for explore in (planning.explore_two_sector, communes.explore_effort):
        explorer = explore()
        slider = next(control for control in explorer.controls if hasattr(control, "low"))
        steps = [slider.low, slider.high]

        def live(explorer=explorer, slider=slider, steps=steps):
            steps.reverse()
            explorer.move(**{slider.name: steps[0]})
            explorer.picture()

        def again(explorer=explorer, slider=slider, steps=steps):
            rebuild(explorer, explorer.values | {slider.name: steps[0]})

        live(), again()  # the first draw loads fonts
        work_ms, peer_ms = in_turn(40, live, again)
        yield against(
            f"slider-{explore.__name__.removeprefix('explore_')}",
            f"{explore.__name__}: one move",
            work_ms,
            "interact's redraw of the figure",
            peer_ms,
            0.15,
        )


def bench_pixels():
    """From the key press to the new picture on the page, in JupyterLab in a real browser."""
    sys.path.insert(0, str(ROOT / "tests"))
    from conftest import BROWSERS, CHROMIUM_FLAGS
    from lab import PICTURE, open_and_run, running_lab, sliders
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        print("pixels: no Chromium or Chrome on PATH, not measured", file=sys.stderr)
        return
    watch = f"""handle => {{
        const picture = ({PICTURE})(handle);
        window.moves = [];
        let pressed = null;
        handle.addEventListener('keydown', () => {{ pressed ??= performance.now(); }}, true);
        picture.addEventListener('load', () => requestAnimationFrame(() => {{
            if (pressed !== null) window.moves.push(performance.now() - pressed);
            pressed = null;
        }}));
    }}"""
    with sync_playwright() as playwright, running_lab() as address:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        open_and_run(page, address("1_soviet_model/12_machines_or_cloth.ipynb"))
        handle = sliders(page)[0]
        handle.evaluate(watch)
        handle.focus()
        for turn in range(30):
            handle.press("ArrowLeft" if turn // 5 % 2 == 0 else "ArrowRight")
            page.wait_for_timeout(250)
        moves = page.evaluate("window.moves")[3:]
        browser.close()
    work_ms = median(moves)
    yield Result(
        "pixels",
        f"key press to picture, {len(moves)} moves",
        work_ms,
        "no peer",
        None,
        None,
        60,
        work_ms <= 60,
    )


BENCHES = (
    bench_install,
    bench_import,
    bench_load,
    bench_notebooks,
    bench_memory,
    bench_slider,
    bench_pixels,
    *bench_mortality.BENCHES,
    *bench_country.BENCHES,
    *bench_coursework.BENCHES,
    *bench_hub.BENCHES,
)


def main(words):
    if words not in ([], ["--json"]):
        sys.exit("bench takes one option, --json")
    results = []
    for bench in BENCHES:
        for result in bench():
            results.append(result)
            if not words:
                print(result, flush=True)
    if words:
        print(json.dumps([asdict(result) for result in results], indent=1))
    return 0 if all(result.ok for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
