"""What an explorer draws and says at each setting, as text: matplotlib's own SVG, and sentences."""

import random
import re
from contextlib import contextmanager
from io import StringIO
from itertools import compress, product

import matplotlib
from matplotlib.backends.backend_svg import RendererSVG

from glf_utils.page import figure as house

POINTS = 72  # an SVG of matplotlib's counts in points
MANY = 16  # vertices from which a curve is thinned, to a ninth of a point
LOTS = 50  # settings from which it is seen which part follows which control
LOOKED_AT = 500  # settings at which that is looked at again
LETTERS = "'DejaVu Sans', Verdana, sans-serif"

COORDINATE = re.compile(r"(>[^<]*<|style=\"[^\"]*\")|(?<![\w.#])-?\d+(?:\.\d+)?")
DEFINED = re.compile(r"(?s)<defs>(.*?)</defs>")
ELEMENT = re.compile(r'(?s)<(\w+)\b[^>]*?\bid="(\w+)"[^>]*?(?:/>|>.*?</\1>)')
FAMILY = re.compile(r"'DejaVu Sans'[^;\"]*")


class _Pen(RendererSVG):
    """matplotlib's writer of SVG, without groups, and with curves thinned from fewer vertices."""

    def open_group(self, s, gid=None):
        pass

    def close_group(self, s):
        pass

    def draw_path(self, gc, path, transform, rgbFace=None):  # noqa: N803, matplotlib's name
        if path.codes is None and len(path.vertices) > MANY:
            path.should_simplify = True
        super().draw_path(gc, path, transform, rgbFace)

    def draw_image(self, *_, **__):
        raise ValueError("it moves an image, which no table of numbers can hold")


class Stage:
    """An explorer's picture, drawn as SVG.

    Parameters
    ----------
    explorer : Explorer
        From a lesson.
    name : str
        Goes into the names of what is defined, so that they are its own on a page.

    Attributes
    ----------
    width, height : float
        Of the picture, in points.
    """

    def __init__(self, explorer, name):
        self._name, self._page, self._defined = name, StringIO(), {}
        with self._drawing():
            self._fig, self._artists, self._move = explorer.stage()
            self._fig.set_dpi(POINTS)
            self.width, self.height = self._fig.get_size_inches() * POINTS
            self._pen = _Pen(self.width, self.height, self._page)
        self._taken()

    def still(self):
        """Draw what stands still.

        Returns
        -------
        str
            SVG.
        """
        with self._drawing():
            return self._drawn(self._fig)

    def frames(self, positions):
        """Draw and say every setting, the last control moving fastest.

        A part is drawn once for all settings that differ only in controls it does not follow.

        Parameters
        ----------
        positions : dict of str to list
            Values by the name of the control.

        Returns
        -------
        parts : list of list of str
            For each part that moves, its SVG at each setting.
        sentences : list of str
            What is said at each setting.
        """
        settings = list(product(*positions.values()))
        follows = self._follows(positions)
        with self._drawing():
            while True:
                parts, sentences, unforeseen = self._filled(positions, settings, follows)
                if not unforeseen:
                    return parts, sentences
                for part in unforeseen:
                    follows[part] = [True] * len(positions)

    def _filled(self, positions, settings, follows):
        """Parts and sentences; and which parts moved where they were not to, at some looked at."""
        known, unforeseen = [{} for _ in self._artists], set()
        parts, sentences = [[] for _ in self._artists], []
        for n, values in enumerate(settings):
            sentences.append(self._move(**dict(zip(positions, values, strict=True))))
            look = n % (len(settings) // LOOKED_AT + 1) == 0
            for at, artist in enumerate(self._artists):
                key = tuple(compress(values, follows[at]))
                if key not in known[at]:
                    known[at][key] = self._drawn(artist)
                elif look and known[at][key] != self._drawn(artist):
                    unforeseen.add(at)
                parts[at].append(known[at][key])
            if unforeseen:
                break
        return parts, sentences, unforeseen

    def _follows(self, positions):
        """For each part, which controls it follows, from settings drawn by lot."""
        lots = random.Random(1958)
        follows = [[False] * len(positions) for _ in self._artists]
        with self._drawing():
            for _ in range(LOTS):
                setting = {name: lots.choice(values) for name, values in positions.items()}
                before = self._all_drawn(setting)
                for k, (name, values) in enumerate(positions.items()):
                    after = self._all_drawn(setting | {name: lots.choice(values)})
                    for part, (one, other) in enumerate(zip(before, after, strict=True)):
                        follows[part][k] |= one != other
        return follows

    def _all_drawn(self, setting):
        self._move(**setting)
        return [self._drawn(artist) for artist in self._artists]

    def defined(self):
        """What the drawn parts refer to: markers, edges, hatches; asked for last.

        Returns
        -------
        str
            SVG.
        """
        self._pen.finalize()
        self._taken()
        return "".join(self._defined.values())

    @contextmanager
    def _drawing(self):
        as_text = {"svg.fonttype": "none", "svg.hashsalt": self._name}
        with house.style(), matplotlib.rc_context(as_text):
            yield

    def _drawn(self, artist):
        artist.draw(self._pen)
        svg = self._taken().replace("xlink:href", "href")
        return COORDINATE.sub(_in_tenths, FAMILY.sub(LETTERS, " ".join(svg.split())))

    def _taken(self):
        """What was written since this was asked last, without what it defines."""
        svg = self._page.getvalue()
        self._page.seek(0)
        self._page.truncate()
        for defined in DEFINED.findall(svg):
            self._defined |= {name[2]: name[0] for name in ELEMENT.finditer(defined)}
        return DEFINED.sub("", svg)


def _in_tenths(found):
    return found[1] or f"{round(float(found[0]), 1) + 0:.1f}"
