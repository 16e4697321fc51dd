"""What a notebook stores beside what its code shows now: pictures and their descriptions.

nbval compares the texts; it passes over pictures and metadata.
"""

import base64
import io

import numpy as np
import pytest
from nbval.plugin import IPyNbCell
from PIL import Image

ROUNDING = 6  # levels of 255 that a smoothed colour may move when a picture is cut to 256 colours
SHIFT = 0.35  # of what an edge rises by within three pixels, for it may lie elsewhere in its pixel
ENOUGH = 0.5  # pixels from black to white: the corners of one marker are more
WEIGHTS = np.array([1, 2, 1, 2, 4, 2, 1, 2, 1]) / 16


def pixels(png):
    """Colours in 0 to 255, shape (rows, columns, 3)."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(np.float32)


def near(picture):
    """The picture and its neighbours, pixel by pixel, the middle one fifth."""
    high, wide = picture.shape[:2]
    padded = np.pad(picture, ((1, 1), (1, 1), (0, 0)), mode="edge")
    return [padded[y : y + high, x : x + wide] for y in range(3) for x in range(3)]


def smooth(picture):
    return sum(weight * part for weight, part in zip(WEIGHTS, near(picture), strict=True))


def rise(picture):
    """What lies between the lightest and the darkest of nine pixels."""
    parts = near(picture)
    return np.max(parts, axis=0) - np.min(parts, axis=0)


def apart(stored, drawn):
    """By how much two PNGs differ, in pixels from black to white.

    Another machine shades the edges of letters and lines a little otherwise, as if they lay
    elsewhere within their pixel. So both pictures are smoothed, and a difference counts only where
    it is more than such a shift makes of the edges there.
    """
    if stored == drawn:
        return 0.0
    one, other = pixels(stored), pixels(drawn)
    if one.shape != other.shape:
        return float("inf")
    one, other = smooth(one), smooth(other)
    allowed = ROUNDING + SHIFT * np.maximum(rise(one), rise(other))
    return float((np.abs(one - other) - allowed).clip(0).max(axis=-1).sum() / 255)


def differences(stored, drawn):
    """What a cell's stored outputs show otherwise than its fresh ones, in lines.

    Parameters
    ----------
    stored, drawn : list of dict
        Outputs of the cell.
    """
    kept, new = (
        [o for o in outputs if "image/png" in o.get("data", {})] for outputs in (stored, drawn)
    )
    if len(kept) != len(new):
        yield f"{len(kept)} pictures are stored and {len(new)} are drawn"
    for old, now in zip(kept, new, strict=False):
        name = old["metadata"].get("image/png", {}).get("alt", "a picture")[:60]
        yield from unlike(name, *(base64.b64decode(o["data"]["image/png"]) for o in (old, now)))
        if old["metadata"] != now["metadata"]:
            yield f"{name}: the stored description or width is another"


def unlike(name, stored, drawn):
    far = apart(stored, drawn)
    if far > ENOUGH:
        yield f"{name}: the stored picture differs from the drawn one by {far:.1f} pixels"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """After nbval has run a cell and compared its texts: compare what it shows."""
    if not isinstance(item, IPyNbCell):
        return (yield)
    result = yield
    if item.options["check"]:
        wrong = list(differences(item.cell.outputs, item.test_outputs))
        if wrong:
            told = "\n".join([*wrong, "where that is right: python tools/refresh_notebooks.py"])
            item.raise_cell_error("What is shown differs", told)
    return result
