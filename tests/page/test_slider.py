"""The explorer engine: live and static forms agree, controls work, the picture moves."""

import io

import numpy as np
import pytest
from PIL import Image
from samples import tilting

from glf_utils.page.slider import VIEW


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def seen_to_differ(one, other, levels=12):
    """Where two pictures differ by more than the rounding of 256 colours."""
    return (np.abs(one.astype(int) - other) > levels).any(axis=-1)


def test_move_changes_the_picture_and_only_the_line():
    tilt = tilting()
    tilt.move(slope=0)
    flat = pixels(tilt.picture())
    tilt.move(slope=2)
    steep = pixels(tilt.picture())
    assert 0.001 < seen_to_differ(flat, steep).mean() < 0.05
    tilt.move(slope=0)
    assert not seen_to_differ(flat, pixels(tilt.picture())).any(), "a trace of the old line"


def test_live_and_static_forms_draw_the_same_numbers():
    tilt = tilting()
    fig = tilt.figure()
    for ax, (name, values) in zip(fig.axes, tilt.presets.items(), strict=True):
        assert ax.get_title(loc="left") == name
        live = tilting()
        live.move(**values)
        artists = live._stage[2]
        assert list(ax.lines[0].get_ydata()) == list(artists[0].get_ydata())
    assert "falling: It ends at -2.0." in fig.description.alt


def test_widget_sliders_menu_and_reset():
    tilt = tilting()
    top, slope, way, picture, readout, _ = tilt.widget().children
    reset = top.children[1]
    before = picture.value
    slope.value = 1.5
    assert picture.value != before and "It ends at 1.5." in readout.value
    way.value = -1
    assert "It ends at -1.5." in readout.value
    reset.click()
    assert (slope.value, way.value) == (1, 1) and picture.value == before
    assert tilt.values == {"slope": 1, "way": 1}


def test_table_tells_settings_in_words_and_leaves_the_controls_alone():
    tilt = tilting()
    tilt.move(slope=1.2)
    assert tilt.table()[1] == {
        "setting": "falling",
        "slope a": "2.00",
        "direction": "down",
        "reading": "It ends at -2.0.",
    }
    assert tilt.values["slope"] == 1.2


def test_presets_must_set_every_control():
    with pytest.raises(ValueError, match="'half' must set exactly"):
        tilting(presets={"half": {"slope": 1}})


def test_display_gives_view_picture_and_table(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **k: shown.append(data))
    tilt = tilting()
    tilt._ipython_display_()
    assert shown[0][VIEW]["model_id"] == tilt.widget().model_id
    kinds = [sorted(data) for data in shown]
    assert kinds[0] == ["application/vnd.jupyter.widget-view+json", "text/plain"]
    assert "image/png" in kinds[1] and "text/html" in kinds[2]
    assert "It ends at -2.0." in shown[3]["text/html"]
