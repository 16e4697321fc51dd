"""Texts of every setting, taken apart into forms and columns of numbers, and packed.

A text is cut at its numbers. What is left is its *form*, and there are few of these; its numbers
go into *columns*. A column is kept over those controls alone that it follows, equal columns are
kept once, and what is written are differences, which are small.
"""

import json
import re
import zlib
from dataclasses import dataclass

import numpy as np

NUMBER = re.compile(r"((?<![\w.#])[+-]?\d+(?:,\d{3})*(?:\.\d+)?)")
BACK = 1, 2  # a column may be written as what it adds to the one so far before it


@dataclass
class Column:
    """Whole numbers over some of the controls, and how they are read.

    Attributes
    ----------
    axes : tuple of int
        The controls.
    numbers : ndarray
        A dimension for each of them.
    read : int or list of str
        How many of their figures are decimals; or the words whose places they are.
    """

    axes: tuple
    numbers: np.ndarray
    read: int | list


def put(texts, columns, shape):
    """Take the texts of one part apart, and put their numbers into columns.

    Parameters
    ----------
    texts : sequence of str
        SVG or words, setting by setting.
    columns : list of Column
        So far; what is new is appended.
    shape : sequence of int
        How many values each control has.

    Returns
    -------
    which : int
        The column that tells the form.
    forms : list of list
        Words, and the columns whose numbers stand between them.

    Examples
    --------
    >>> columns = []
    >>> put(["1.5 in 1958", "2.0 in 1958", "none", "2.0 in 1958"], columns, [2, 2])
    (1, [['', 0, ' in 1958'], ['none']])
    >>> columns[0].numbers.tolist(), columns[0].read, columns[1].numbers.tolist()
    ([[15, 20], [20, 20]], 1, [[0, 0], [1, 0]])
    """
    once = list(dict.fromkeys(texts))
    at = {text: row for row, text in enumerate(once)}
    settings = [at[text] for text in texts]
    cuts = [NUMBER.split(text) for text in once]
    forms, which = _numbered(tuple(cut[::2]) for cut in cuts)
    known, names = _numbered(number for cut in cuts for number in cut[1::2])
    lengths = np.array([len(cut) // 2 for cut in cuts])
    table = np.full((lengths.max(), len(once)), -1)
    table.T[np.arange(len(table)) < lengths[:, None]] = names
    filled = [_filled_in(words, table, which == form, known) for form, words in enumerate(forms)]
    places = {
        slot: _place(columns, *_read(_without_gaps(row[settings]), known), shape)
        for slot, row in enumerate(table)
        if (row >= 0).any()
    }
    found = [[bit if isinstance(bit, str) else places[bit] for bit in form] for form in filled]
    return _place(columns, which[settings], 0, shape), found


def packed(told, columns):
    """Pack columns, and what is told of the panel, for the page's script.

    Parameters
    ----------
    told : dict
        For JSON.
    columns : list of Column
        All of them.

    Returns
    -------
    bytes
        Deflated: a line of JSON, then the differences, byte by byte of four.
    """
    heads, written = [], []
    for at, column in enumerate(columns):
        best = _differences(column.numbers)
        head = 0
        for back in BACK:
            other = columns[at - back] if at >= back else None
            if other and other.axes == column.axes and column.axes:
                tried = _differences(column.numbers - other.numbers)
                if tried[0] < best[0]:
                    best, head = tried, back
        heads.append([column.axes, column.read, head, best[1]])
        written.append(best[2].ravel())
    numbers = np.concatenate(written)
    folded = (numbers << 1) ^ (numbers >> 31)  # the sign goes last, so that small stays small
    planes = folded.astype("<u4").view(np.uint8).reshape(-1, 4).T
    line = json.dumps(told | {"columns": heads}, separators=(",", ":")) + "\n"
    return zlib.compress(line.encode() + planes.tobytes(), 9)


def _numbered(things):
    """Things in the order in which they first appear, and the place of each among them."""
    places = {}
    each = [places.setdefault(thing, len(places)) for thing in things]
    return list(places), np.array(each, int)


def _filled_in(words, table, here, known):
    """A form: words, and between them slots; a number that never changes is a word, and no slot."""
    bits = [words[0]]
    for slot, after in enumerate(words[1:]):
        numbers = table[slot, here]
        if (numbers == numbers[0]).all():
            bits[-1] += known[numbers[0]] + after
            table[slot, here] = -1
        else:
            bits += [slot, after]
    return bits


def _differences(numbers):
    """How much is to be written, along which dimensions in turn, and the differences."""
    left, along = numbers.astype(np.int32), []
    size = _size(left)
    while True:
        tried = [np.diff(left, axis=axis, prepend=0) for axis in range(left.ndim)]
        sizes = list(map(_size, tried))
        if not sizes or min(sizes) >= size:
            return size, along, left
        axis = sizes.index(min(sizes))
        size, left, along = sizes[axis], tried[axis], [*along, axis]


def _size(numbers):
    """About how many bits they take."""
    return float(np.log2(1 + np.abs(numbers)).sum() * 2 + np.count_nonzero(numbers))


def _place(columns, numbers, read, shape):
    """The place of a column among the columns, where it is put if it is new."""
    numbers, axes = numbers.reshape(shape), []
    for axis, size in enumerate(shape):
        first = numbers.take([0], len(axes))
        if size > 1 and (numbers != first).any():
            axes.append(axis)
        else:
            numbers = numbers.take(0, len(axes))
    column = Column(tuple(axes), numbers, read)
    for place, other in enumerate(columns):
        same = other.axes == column.axes and other.read == read
        if same and np.array_equal(other.numbers, numbers):
            return place
    columns.append(column)
    return len(columns) - 1


def _without_gaps(row):
    """A row whose gaps take the value before them; the first, the value after."""
    there = np.flatnonzero(row >= 0)
    last = np.searchsorted(there, np.arange(len(row)), "right") - 1
    return row[there[last.clip(0)]]


def _read(row, known):
    """Places of numbers as whole numbers, and how they are read: by decimals, or as words."""
    used, places = np.unique(row, return_inverse=True)
    words = [known[place] for place in used]
    decimals = {len(word.partition(".")[2]) for word in words}
    if len(decimals) == 1:
        (figures,) = decimals
        whole = [round(float(word.replace(",", "")) * 10**figures) for word in words]
        if words == [f"{number / 10**figures:.{figures}f}" for number in whole]:
            return np.array(whole)[places], figures
    order = sorted(range(len(words)), key=lambda at: float(words[at].replace(",", "")))
    return np.argsort(order)[places], [words[at] for at in order]
