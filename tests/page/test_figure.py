"""House style: the figure contract, the palette under colour blindness, hollow points."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from matplotlib.colors import to_rgb
from samples import GOOD

import glf_utils
from glf_utils.page.figure import (
    AMBER,
    GREY,
    HATCHES,
    LINES,
    NAVY,
    RUST,
    TEAL,
    complaints,
    describe,
    new_figure,
    points,
    to_png,
)


def seen_by(colors, how):
    """Colours as a deuteranope (Machado, Oliveira and Fernandes 2009, severity 1) or a grey printer
    (luminance of ITU-R BT.709) sees them: sRGB in 0–1, shape (n, 3)."""
    rgb = np.array([to_rgb(color) for color in colors])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    if how == "grey":
        linear = np.repeat(linear @ [[0.2126], [0.7152], [0.0722]], 3, axis=1)
    elif how == "deuteranopia":
        linear = linear @ np.array(
            [
                [0.367322, 0.280085, -0.011820],
                [0.860646, 0.672501, 0.042940],
                [-0.227968, 0.047413, 0.968881],
            ]
        )
    else:
        raise ValueError(f"how={how!r}: use 'deuteranopia' or 'grey'")
    linear = linear.clip(0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def distance(colors):
    """Smallest CIE76 distance between any two colours, given as sRGB rows."""
    linear = np.where(colors <= 0.04045, colors / 12.92, ((colors + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = linear @ to_xyz.T / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    lab = np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], 1)
    gaps = np.linalg.norm(lab[:, None] - lab[None], axis=-1)
    return gaps[np.triu_indices(len(colors), 1)].min()


@pytest.mark.parametrize(("how", "least"), [("deuteranopia", 20), ("grey", 10)])
def test_palette_survives(how, least):
    assert distance(seen_by([NAVY, RUST, TEAL, AMBER], how)) > least


def test_red_and_green_of_equal_lightness_would_not_survive():
    assert distance(seen_by(["#d0462d", "#6f7d1c"], "deuteranopia")) < 20


@pytest.mark.parametrize("color", [NAVY, RUST, TEAL, GREY])
def test_lines_stand_out_from_the_page(color):
    luminance = seen_by([color], "grey")[0, 0]
    linear = ((luminance + 0.055) / 1.055) ** 2.4
    assert 1.05 / (linear + 0.05) >= 3


def test_every_line_style_differs_in_three_ways():
    for cue in ("color", "linestyle", "marker"):
        assert len({style[cue] for style in LINES}) == len(LINES)
    assert len(set(HATCHES)) == len(LINES)


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"finding": ""}, "title that states the finding"),
        ({"units": " "}, "units"),
        ({"sources": []}, "source"),
        ({"alt": "Two points."}, "40 characters"),
        ({"finding": GOOD["alt"]}, "repeats the title"),
    ],
)
def test_contract_refuses(lacking, said):
    fig, _ = new_figure()
    with pytest.raises(ValueError, match=said):
        describe(fig, **{**GOOD, **lacking})


def test_show_refuses_an_undescribed_figure():
    with pytest.raises(ValueError, match="describe"):
        glf_utils.show(new_figure()[0])


def test_unknown_source_is_refused_by_name():
    fig, _ = new_figure()
    fig = describe(fig, **{**GOOD, "sources": ["lin1909"]})
    with pytest.raises(KeyError, match="lin1990"):
        _ = fig.description.caption


def test_caption_reads_sources_and_grades_off_the_rows():
    rows = pd.DataFrame(
        {
            "source": ["lin1990", "lin1990", "ashton1984"],
            "verification": ["primary", "unchecked", "primary"],
        }
    )
    fig = describe(new_figure()[0], **{**GOOD, "rows": rows, "sources": []})
    assert fig.description.sources == ("lin1990", "ashton1984")
    assert "2 primary, 1 unchecked" in fig.description.caption
    assert "Lin (1990)" in fig.description.caption


def test_title_is_drawn_and_fits_two_lines():
    fig = describe(new_figure()[0], **GOOD)
    assert [text.get_text() for text in fig.texts] == [GOOD["finding"]]
    assert complaints(fig.description) == []


def test_unchecked_points_are_hollow():
    rows = pd.DataFrame(
        {
            "year": [1957, 1958, 1959],
            "value": [1.0, 2.0, 3.0],
            "verification": ["primary", "unchecked", "secondary"],
        }
    )
    _, ax = new_figure()
    points(ax, rows, "year", "value")
    _, filled, hollow = ax.lines
    assert filled.get_xdata().tolist() == [1957, 1959]
    assert hollow.get_xdata().tolist() == [1958]
    assert hollow.get_markerfacecolor() == "white" != filled.get_markerfacecolor()


def test_a_point_derived_from_unchecked_rows_is_hollow_and_counted_by_itself():
    rows = pd.DataFrame(
        {
            "year": [1957, 1958, 1959],
            "value": [1.0, 2.0, 3.0],
            "source": ["compiled"] * 3,
            "verification": ["derived", "derived", "unchecked"],
            "rests_on_unchecked": [False, True, False],
        }
    )
    fig, ax = new_figure()
    points(ax, rows, "year", "value")
    assert ax.lines[-1].get_xdata().tolist() == [1958, 1959]
    fig = describe(fig, **{**GOOD, "rows": rows, "sources": []})
    assert "1 derived, 1 derived from unchecked, 1 unchecked." in fig.description.caption


def test_png_is_small_and_opaque():
    picture = to_png(describe(new_figure()[0], **GOOD))
    assert picture.startswith(b"\x89PNG") and len(picture) < 60_000


def test_show_emits_picture_alt_and_caption(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *a, **k: shown.append((a[0], k)))
    glf_utils.show(describe(new_figure()[0], **GOOD))
    (picture, options), (words, _) = shown
    assert picture["image/png"].startswith(b"\x89PNG")
    assert options["metadata"]["image/png"]["alt"] == GOOD["alt"]
    assert GOOD["alt"] in words["text/html"] and "Lin (1990)" in words["text/html"]


def test_six_questions_refuses_a_seventh():
    with pytest.raises(ValueError, match="no such question: why"):
        glf_utils.six_questions("5.35 Mt", why="?")
    table = glf_utils.six_questions("5.35 <Mt>", who="the bureau")
    assert "5.35 &lt;Mt&gt;" in table._repr_html_() and "the bureau" in table._repr_html_()


def test_importing_the_package_leaves_the_garbage_collector_alone():
    code = (
        "import gc; before = gc.get_freeze_count(); import glf_utils; glf_utils.show; "
        "print(gc.get_freeze_count() - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "0\n"  # Python 3.12 sets a few of its own aside before
