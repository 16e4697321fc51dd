"""A figure of the course is drawn in its own settings, and a reader's settings stay their own."""

import ast
import doctest
import os
import subprocess
import sys
from importlib import import_module

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from conftest import ROOT
from cycler import cycler
from layout import MODELS, PACKAGE
from matplotlib.font_manager import fontManager
from matplotlib.patheffects import withStroke
from samples import GOOD, tilting

from glf_utils import show
from glf_utils.page import figure as house
from glf_utils.page.figure import HATCHES, describe, hanzi, label, new_figure, to_png

matplotlib.use("agg")  # else it is chosen when the settings are compared

THEIRS = {
    "usetex": {"text.usetex": True},
    "constrained layout": {"figure.constrained_layout.use": True},
    "tight layout": {"figure.autolayout": True},
    "fonts": {
        "font.family": "serif",
        "font.size": 20,
        "mathtext.fontset": "stix",
        "axes.unicode_minus": False,
        "font.sans-serif": ["SimHei"],
    },
    "sizes": {
        "axes.titlesize": 30,
        "figure.titlesize": 30,
        "legend.fontsize": 20,
        "xtick.labelsize": 20,
        "ytick.labelsize": 20,
        "axes.labelsize": 20,
    },
    "ticks": {
        "xtick.direction": "in",
        "xtick.top": True,
        "xtick.minor.visible": True,
        "axes.formatter.limits": (0, 1),
        "axes.formatter.useoffset": False,
        "axes.formatter.use_locale": True,
    },
    "colours": {
        "axes.prop_cycle": cycler(color=["#eeeeee"]),
        "image.cmap": "jet",
        "axes.facecolor": "black",
        "figure.facecolor": "pink",
        "text.color": "red",
        "hatch.color": "red",
        "patch.edgecolor": "red",
        "patch.force_edgecolor": True,
    },
    "lines": {
        "lines.antialiased": False,
        "lines.dash_capstyle": "round",
        "path.sketch": (3, 9, 2),
        "path.simplify_threshold": 1.0,
        "lines.scale_dashes": False,
        "lines.dashed_pattern": (1, 9),
        "path.effects": [withStroke(linewidth=9)],
        "scatter.marker": "x",
        "agg.path.chunksize": 9,
        "path.snap": False,
    },
    "saving": {
        "savefig.dpi": 30,
        "savefig.bbox": "tight",
        "savefig.facecolor": "red",
        "savefig.transparent": True,
        "figure.dpi": 30,
        "savefig.format": "svg",
    },
    "margins": {
        "axes.xmargin": 0.5,
        "axes.ymargin": 0.5,
        "axes.autolimit_mode": "round_numbers",
        "axes.grid": False,
        "axes.axisbelow": False,
        "axes.spines.left": False,
    },
    "dates": {
        "timezone": "Asia/Shanghai",
        "date.autoformatter.month": "%m",
        "date.converter": "concise",
    },
    "drawing": {
        "text.hinting": "force_autohint",
        "text.antialiased": False,
        "image.interpolation": "bicubic",
        "image.resample": False,
        "image.origin": "lower",
        "polaraxes.grid": False,
        "contour.linewidth": 9,
        "text.parse_math": False,
    },
    **{name: name for name in ("dark_background", "ggplot", "grayscale", "seaborn-v0_8-poster")},
}


def everything():
    """A figure with each kind of mark that the course draws."""
    with house.style():
        fig, (left, middle, right) = new_figure(1, 3, height=3)
        left.plot([-1, 0, 1], [2000, 4000, 1000], "--", marker="o")
        left.axhspan(1500, 1800)
        left.text(0, 3000, r"$\lambda_2 = -0.5$")
        left.legend(["a line"])
        label(left, 1, 1000, "its end")
        middle.bar([1, 2, 3], [3, 2, -1], hatch=HATCHES[1])
        middle.scatter([1, 2, 3], [1, 2, 1])
        middle.errorbar([1, 2], [2, 2], [1, 1])
        middle.set_title("bars")
        right.imshow([[0, 1], [2, 3]], aspect="auto")
        right.contour(np.add.outer(range(9), range(9)) / 9, linestyles="dashed")
        days = np.array(["1958-05-05", "1958-10-01"], "datetime64[D]")
        right.inset_axes([0.2, 0.2, 0.6, 0.3]).plot(days, [0, 1])
    return to_png(describe(fig, **GOOD))


def moved():
    """The picture beside a slider after a move, as it goes to the page."""
    *_, slope, _, _, picture, _ = tilting().widget().children
    slope.value = 1.5
    return picture.value


def static():
    return to_png(tilting().figure())


DRAWN = {draw: draw() for draw in (everything, moved, static)}


@pytest.mark.parametrize("draw", [everything, moved], ids=lambda draw: draw.__name__)
@pytest.mark.parametrize("settings", THEIRS.values(), ids=THEIRS)
def test_settings_of_a_reader_reach_no_figure_and_stay(settings, draw):
    with matplotlib.rc_context():
        use = plt.style.use if isinstance(settings, str) else matplotlib.rcParams.update
        use(settings)
        before = matplotlib.rcParams.copy()
        assert draw() == DRAWN[draw], "the figure took something from the reader's settings"
        assert matplotlib.rcParams == before, "the figure left something in the reader's settings"


def test_xkcd_reaches_no_figure_and_stays():
    with plt.xkcd():
        before = matplotlib.rcParams.copy()
        assert [draw() for draw in DRAWN] == list(DRAWN.values())
        assert matplotlib.rcParams == before


def test_a_slider_moves_in_the_house_style_after_the_reader_changed_theirs():
    tilt = tilting()
    *_, slope, _, _, picture, _ = tilt.widget().children
    slope.value = 0.5
    with matplotlib.rc_context({"text.usetex": True, "path.sketch": (3, 9, 2)}):
        slope.value = 1.5
        assert picture.value == DRAWN[moved]


def test_showing_leaves_the_settings_and_the_backend(monkeypatch):
    monkeypatch.setattr("IPython.display.display", lambda *a, **k: None)
    before = matplotlib.rcParams.copy()
    show(describe(new_figure()[0], **GOOD))
    tilting()._ipython_display_()
    assert matplotlib.rcParams == before


def undecorated(source):
    """Names of functions that make a figure outside the house style."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            calls = [
                ast.unparse(inner.func) for inner in ast.walk(node) if isinstance(inner, ast.Call)
            ]
            held = [ast.unparse(decorator) for decorator in node.decorator_list]
            if "new_figure" in calls and "house.style()" not in held:
                yield node.name


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_every_function_that_makes_a_figure_works_in_the_house_style(path):
    assert list(undecorated(path.read_text("utf-8"))) == []


def test_a_figure_made_outside_the_house_style_is_noticed():
    assert list(undecorated("def plot(table):\n    fig, ax = new_figure()\n")) == ["plot"]


FRESH = """
from glf_utils.page.figure import new_figure, to_png
to_png(new_figure()[0])
import os, matplotlib, matplotlib.pyplot
print(os.environ["MPLBACKEND"], matplotlib.get_backend())
"""


@pytest.mark.parametrize("backend, told", [("Qt4Agg", "Qt4Agg agg"), ("svg", "svg svg")])
def test_a_backend_that_matplotlib_lost_stops_no_figure(backend, told):
    environment = {**os.environ, "MPLBACKEND": backend}
    environment.pop("DISPLAY", None)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FRESH],
        env=environment,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.split() == told.split()


CHINESE, PINYIN = "人民公社", "rénmín gōngshè"


def titled(finding):
    return to_png(describe(new_figure(height=2)[0], **{**GOOD, "finding": finding}))


@pytest.fixture
def without_chinese_fonts(monkeypatch):
    kept = [font for font in fontManager.ttflist if font.name.startswith("DejaVu")]
    monkeypatch.setattr(fontManager, "ttflist", kept)
    monkeypatch.setitem(house._HOUSE, "font.family", [house.FONT, *house.chinese_font()])


@pytest.fixture
def with_a_chinese_font():
    if hanzi(CHINESE, PINYIN) == PINYIN:
        pytest.skip("no font with Chinese letters is installed")


@pytest.mark.filterwarnings("error")
def test_chinese_is_drawn_where_a_font_has_it(with_a_chinese_font):
    told = hanzi(CHINESE, PINYIN)
    assert told == CHINESE
    assert len({titled(f"{told} in 1958"), titled("大跃进运动 in 1958")}) == 2, "boxes, not letters"


@pytest.mark.filterwarnings("error")
def test_chinese_becomes_pinyin_where_no_font_has_it(without_chinese_fonts, caplog):
    assert hanzi(CHINESE, PINYIN) == PINYIN
    assert titled(f"{PINYIN} in 1958") and not caplog.records


def test_a_figure_without_chinese_is_the_same_on_every_machine(without_chinese_fonts):
    assert [draw() for draw in DRAWN] == list(DRAWN.values())


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "path", [PACKAGE / "arguments.py", *MODELS], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_models_run_where_a_reader_has_numpy_raise(path):
    """Every example of the models, with np.seterr(all="raise") and warnings as errors."""
    with np.errstate(all="raise"):
        done = doctest.testmod(
            import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)),
            report=False,
        )
    assert done.attempted and not done.failed
