"""House style and the figure contract.

Every figure of the course is made by :func:`new_figure` and finished by :func:`describe`, which
refuses a figure that lacks its finding, units, sources or description. Colours are never the only
cue: each comes with a dash and a marker of its own (:data:`LINES`), and lines are labelled
directly.
"""

from dataclasses import dataclass
from io import BytesIO
from textwrap import fill

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

from glf_utils.citing import cite
from glf_utils.tables import GRADES, unread

INK, GREY, PALE = "#222222", "#767676", "#dddddd"
NAVY, RUST, TEAL, AMBER = "#16324f", "#a23b10", "#23867f", "#c48a1a"

LINES = (
    {"color": NAVY, "linestyle": "-", "marker": "o"},
    {"color": RUST, "linestyle": "--", "marker": "s"},
    {"color": TEAL, "linestyle": "-.", "marker": "^"},
    {"color": AMBER, "linestyle": ":", "marker": "D"},
)
"""Line styles in order: colour, dash and marker change together."""

HATCHES = ("", "////", "....", "xxxx")
"""Fill patterns in the order of :data:`LINES`, for bars."""

WIDTH = 7.4
MOST_CITED = 16  # a caption that names more works than this is not read

FONT = "DejaVu Sans"  # comes with matplotlib
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "STHeiti",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Arial Unicode MS",
    "Noto Sans CJK JP",
)
"""Families with Chinese letters in order of preference; of a collection of faces, older
matplotlibs see the first alone, which is the Japanese one of Noto."""

STYLE = {
    "figure.dpi": 120,
    "font.size": 9.5,
    "text.hinting": "none",  # unhinted letters are drawn a third faster
    "text.color": INK,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.labelsize": 9.5,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
    "axes.titley": 1.0,  # saves matplotlib a search for room above the ticks
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e6e6e6",
    "grid.linewidth": 0.7,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "lines.linewidth": 1.9,
    "lines.markersize": 4.5,
    "legend.frameon": False,
    "hatch.linewidth": 0.6,
}


def chinese_font():
    """The first of :data:`CHINESE_FONTS` that is installed, in a list; an empty list for none."""
    installed = {font.name for font in fontManager.ttflist}
    return [family for family in CHINESE_FONTS if family in installed][:1]


_THEIRS = ("backend", "date.epoch")  # one holds for the whole session, the other for its first date
_HOUSE = {name: value for name, value in matplotlib.rcParamsDefault.items() if name not in _THEIRS}
_HOUSE |= STYLE | {"font.family": [FONT, *chinese_font()]}  # the second draws what the first lacks


def style():
    """Matplotlib's defaults and :data:`STYLE` while figures are made and drawn, then the user's.

    Matplotlib reads its settings both when a part of a figure is made and when it is drawn, so
    every function that makes a figure is decorated with it, and so is every one that draws.

    Examples
    --------
    >>> with style():
    ...     matplotlib.rcParams["axes.spines.top"]
    False
    """
    return matplotlib.rc_context(_HOUSE)


def hanzi(characters, pinyin):
    """Chinese for the text of a figure: characters where a font has them, else pinyin.

    Parameters
    ----------
    characters, pinyin : str
        The same words.

    Returns
    -------
    str

    Examples
    --------
    >>> hanzi("公社", "gōngshè") in ("公社", "gōngshè")
    True
    """
    return characters if len(_HOUSE["font.family"]) > 1 else pinyin


@dataclass(frozen=True)
class Description:
    """What a reader needs besides the picture.

    Attributes
    ----------
    finding : str
        The title.
    units : str
        What the axes measure.
    sources : tuple of str
        Keys of the bibliography.
    grades : dict of str to int
        Rows drawn by verification grade (derived rows that rest on unchecked ones by themselves).
    alt : str
        The shape and the numbers in words.
    """

    finding: str
    units: str
    sources: tuple
    grades: dict
    alt: str

    @property
    def caption(self):
        """Units, sources and grades in one line of plain text."""
        parts = [self.units.rstrip(".") + "."]
        if len(self.sources) > MOST_CITED:
            parts.append(f"Source: {len(self.sources)} works, one named on each row of the table.")
        elif self.sources:
            parts.append("Source: " + "; ".join(cite(key) for key in self.sources) + ".")
        if self.grades:
            counted = ", ".join(f"{n} {grade}" for grade, n in self.grades.items())
            parts.append(f"Rows by grade: {counted}.")
        return " ".join(parts)


@style()
def new_figure(
    rows=1,
    cols=1,
    height=4.2,
    *,
    left=0.75,
    right=0.35,
    top=0.75,
    bottom=0.6,
    wspace=0.3,
    hspace=0.45,
    **subplots,
):
    """A blank figure in house style.

    Parameters
    ----------
    rows, cols : int
        Grid of panels.
    height : float
        Height in inches; the width is always 7.4.
    left, right, top, bottom : float
        Margins in inches. Leave room on the right for direct labels.
    wspace, hspace : float
        Gaps between panels, as a share of the panel size.
    **subplots
        Passed to :meth:`matplotlib.figure.Figure.subplots`, such as ``sharey=True``.

    Returns
    -------
    (Figure, Axes or ndarray of Axes)

    Examples
    --------
    >>> fig, ax = new_figure(height=3)
    >>> fig.get_size_inches().tolist()
    [7.4, 3.0]
    """
    fig = Figure(figsize=(WIDTH, height))
    FigureCanvasAgg(fig)
    fig.subplots_adjust(
        left=left / WIDTH,
        right=1 - right / WIDTH,
        top=1 - top / height,
        bottom=bottom / height,
        wspace=wspace,
        hspace=hspace,
    )
    return fig, fig.subplots(rows, cols, **subplots)


@style()
def describe(fig, *, finding, units, alt, rows=None, sources=()):
    """Finish a figure: draw its title and attach what the caption and description need.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    finding : str
        The title; it states what the figure shows.
    units : str
        What the axes measure, in words.
    alt : str
        At least 40 characters: the shape and the numbers, for a reader who cannot see the picture.
    rows : DataFrame or list of DataFrame, optional
        The table rows drawn; their ``source`` and ``verification`` columns fill the caption.
    sources : sequence of str
        Further bibliography keys, for models and formulas.

    Returns
    -------
    matplotlib.figure.Figure
        The same figure, with a ``description``.

    Raises
    ------
    ValueError
        When the finding, the units, the sources or the description are missing or too thin.
    """
    keys, grades = _provenance(rows)
    keys += [key for key in sources if key not in keys]
    given = Description(finding.strip(), units.strip(), tuple(keys), grades, " ".join(alt.split()))
    missing = complaints(given)
    if missing:
        raise ValueError(f"figure {finding!r} cannot be shown: {'; '.join(missing)}")
    fig.description = given
    fig.text(
        0.1 / WIDTH,
        1 - 0.1 / fig.get_figheight(),
        fill(given.finding, 72),
        va="top",
        ha="left",
        fontsize=11.5,
        fontweight="bold",
        color=INK,
        linespacing=1.25,
    )
    return fig


def complaints(description):
    """What a description still lacks, as a list of sentences (empty when nothing).

    Parameters
    ----------
    description : Description or None
        Of a figure.

    Returns
    -------
    list of str

    Examples
    --------
    >>> complaints(Description("Steel doubled", "", (), {}, "Steel doubled"))
    ['say the units', 'name a source', 'describe the picture in 40 characters or more']
    """
    if description is None:
        return ["finish it with describe(fig, finding=…, units=…, rows=…, alt=…)"]
    found = []
    if len(description.finding) < 10:
        found.append("give a title that states the finding")
    if not description.units:
        found.append("say the units")
    if not description.sources:
        found.append("name a source")
    if len(description.alt) < 40:
        found.append("describe the picture in 40 characters or more")
    elif description.alt.rstrip(".").lower() == description.finding.rstrip(".").lower():
        found.append("the description repeats the title; give the shape and the numbers")
    return found


def _provenance(rows):
    """Source keys and counts by grade of the rows drawn."""
    if rows is None:
        return [], {}
    tables = list(rows) if isinstance(rows, (list, tuple)) else [rows]
    keys, grades = [], dict.fromkeys((*GRADES[:3], "derived from unchecked", GRADES[3]), 0)
    for table in tables:
        keys += [key for key in table["source"].unique() if key not in keys]
        derived = table["verification"] == "derived"
        named = table["verification"].mask(derived & unread(table), "derived from unchecked")
        for grade, count in named.value_counts().items():
            grades[grade] += int(count)
    return keys, {grade: count for grade, count in grades.items() if count}


def points(ax, table, x, y, style=0, *, line=True, **kwargs):
    """Draw a series; rows nobody has read (:func:`glf_utils.tables.unread`) get hollow markers.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        Rows in drawing order with columns ``x``, ``y`` and the grade columns.
    x, y : str
        Column names.
    style : int
        Which of :data:`LINES`.
    line : bool
        Join the points.
    **kwargs
        Override the style, such as ``linewidth=1``.

    Returns
    -------
    matplotlib.lines.Line2D
        The joining line (invisible if ``line`` is false).
    """
    look = {**LINES[style], **kwargs}
    xs, ys = table[x].to_numpy(float), table[y].to_numpy(float)
    (joined,) = ax.plot(
        xs, ys, **{**look, "marker": "", "linestyle": look["linestyle"] if line else ""}
    )
    hollow = unread(table)
    for mask, face in ((~hollow, look["color"]), (hollow, "white")):
        if mask.any():
            ax.plot(
                xs[mask],
                ys[mask],
                linestyle="",
                marker=look["marker"],
                color=look["color"],
                markerfacecolor=face,
                markeredgecolor=look["color"],
                zorder=3,
            )
    return joined


def label(ax, x, y, text, color=INK, *, dx=5, dy=0, **kwargs):
    """Write ``text`` beside the data point (x, y), in the line's colour.

    Parameters
    ----------
    ax : Axes
        Where to write.
    x, y : float
        The point, in units of the axes.
    text : str
        What to write.
    color : str
        Of the text.
    dx, dy : float
        How far from it, in points of the screen.
    **kwargs
        Go to :meth:`matplotlib.axes.Axes.annotate` (``ha``, ``va``, ``fontsize``).

    Returns
    -------
    Annotation
    """
    return ax.annotate(
        text,
        (x, y),
        (dx, dy),
        textcoords="offset points",
        color=color,
        annotation_clip=False,
        **{"va": "center", "ha": "left", **kwargs},
    )


def to_png(fig, live=False):
    """PNG bytes of a figure, in 256 colours to keep notebooks light.

    Parameters
    ----------
    fig : Figure
        What to show.
    live : bool
        True: what the canvas holds already, not drawn again and compressed for speed.

    Returns
    -------
    bytes

    Examples
    --------
    >>> to_png(new_figure()[0])[:4]
    b'\\x89PNG'
    """
    from PIL import Image

    if not live:
        with style():
            fig.canvas.draw()
    pixels = np.ascontiguousarray(np.asarray(fig.canvas.buffer_rgba())[..., :3])
    picture = Image.fromarray(pixels).quantize(256, Image.Quantize.FASTOCTREE)
    buffer = BytesIO()
    picture.save(buffer, "png", compress_level=1 if live else 6)
    return buffer.getvalue()


def month_ticks(ax, months=None, form="%b\n%Y", most=6):
    """Date a time axis by months.

    Parameters
    ----------
    ax : Axes
    months : sequence of int, optional
        Which months get a tick; left out, few ticks are placed where they fit.
    form : str
        As for ``strftime``.
    most : int
        How many ticks at most, where they are placed.
    """
    from matplotlib.dates import AutoDateLocator, DateFormatter, MonthLocator

    placed = AutoDateLocator(minticks=2, maxticks=most)
    ax.xaxis.set_major_locator(placed if months is None else MonthLocator(months))
    ax.xaxis.set_major_formatter(DateFormatter(form))
