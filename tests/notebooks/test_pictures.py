"""Stored pictures: the distance passes another machine's edges and nothing that a reader sees."""

import base64
import io
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from conftest import ROOT
from nbclient import NotebookClient
from pictures import ENOUGH, apart, differences, pixels
from PIL import Image
from samples import GOOD

from glf_utils.page import figure as house
from glf_utils.page.figure import describe, label, new_figure, to_png


def shown(change=lambda ax, line: None, steel=11.08, said="5.35"):
    with house.style():
        fig, ax = new_figure(height=3)
        (line,) = ax.plot([1956, 1957, 1958, 1959], [4.5, 5.35, steel, 13.9], **house.LINES[0])
        label(ax, 1957, 5.35, said)
        change(ax, line)
    return to_png(describe(fig, **GOOD))


def encoded(colours, **how):
    file = io.BytesIO()
    Image.fromarray(colours.round().clip(0, 255).astype("uint8")).save(file, "png", **how)
    return file.getvalue()


def shifted(png, right, down):
    """The picture on a grid of pixels that lies a fraction of a pixel elsewhere."""
    colours = pixels(png)
    colours = (1 - right) * colours + right * np.roll(colours, 1, axis=1)
    return encoded((1 - down) * colours + down * np.roll(colours, 1, axis=0))


BASE = shown()

SEEN = {
    "magenta for navy": shown(lambda ax, line: line.set_color("magenta")),
    "no grid": shown(lambda ax, line: ax.grid(False)),
    "one datum 5 % up": shown(steel=11.08 * 1.05),
    "one digit": shown(said="5.36"),
    "squares for circles": shown(lambda ax, line: line.set_marker("s")),
    "no markers": shown(lambda ax, line: line.set_marker("")),
    "a line missing": shown(lambda ax, line: line.remove()),
    "dashes": shown(lambda ax, line: line.set_linestyle("--")),
    "a thinner line": shown(lambda ax, line: line.set_linewidth(1.0)),
    "a tick more": shown(lambda ax, line: ax.set_yticks([4, 6, 8, 10, 11, 12, 14])),
    "another size": encoded(pixels(BASE)[:-1]),
}


@pytest.mark.parametrize("picture", SEEN.values(), ids=SEEN)
def test_what_a_reader_sees_is_noticed(picture):
    assert apart(BASE, picture) > ENOUGH
    assert apart(picture, BASE) > ENOUGH


@pytest.mark.parametrize("right, down", [(0.3, 0), (0, 0.3), (0.3, 0.3)])
def test_edges_elsewhere_in_their_pixel_are_passed_over(right, down):
    assert apart(BASE, shifted(BASE, right, down)) < ENOUGH / 5


def test_another_encoding_is_passed_over():
    colours = pixels(BASE)
    assert apart(BASE, encoded(colours, compress_level=0)) == 0
    noise = np.random.default_rng(1958).integers(-3, 4, colours.shape)
    assert apart(BASE, encoded(colours + noise)) < ENOUGH / 5


def picture(png=BASE, alt=GOOD["alt"]):
    return {
        "data": {"image/png": base64.b64encode(png).decode(), "text/plain": "A figure"},
        "metadata": {"image/png": {"alt": alt, "width": 740}},
    }


def test_pictures_descriptions_and_their_number_are_compared():
    assert list(differences([picture()], [picture()])) == []
    (told,) = differences([picture()], [picture(SEEN["no grid"])])
    assert f"{GOOD['alt'][:60]}: the stored picture differs" in told
    (told,) = differences([picture()], [picture(alt="another")])
    assert "description" in told
    assert "1 pictures are stored and 0 are drawn" in list(differences([picture()], []))


SHOWS = [
    "from glf_utils import load, show\n"
    "from glf_utils.soviet_model.figures import accumulation\n"
    "from glf_utils.soviet_model.sliders import explore_food",
    "show(accumulation(load('investment_and_labour')))",
    "explore_food()",
]


def test_what_notebooks_show_is_compared(tmp_path):
    """One notebook as stored, one whose pictures are of another place."""
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in SHOWS])
    NotebookClient(node, kernel_name="python3").execute()
    nbformat.write(node, tmp_path / "whole.ipynb")
    node.cells[1].outputs[0].data["image/png"] = base64.b64encode(BASE).decode()
    still = next(o for o in node.cells[2].outputs if "image/png" in o.get("data", {}))
    still.data["image/png"] = base64.b64encode(BASE).decode()
    nbformat.write(node, tmp_path / "stale.ipynb")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "conftest",
            "-p",
            "no:cacheprovider",
            "--nbval",
            "--nbval-current-env",
            f"--rootdir={tmp_path}",
            "-c",
            "/dev/null",
            tmp_path,
        ],
        cwd=ROOT / "tests",
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 failed, 4 passed" in done.stdout, done.stdout
    assert done.stdout.count("What is shown differs") >= 2, done.stdout  # CI repeats them
