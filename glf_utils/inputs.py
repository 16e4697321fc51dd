"""Check the arguments of the models.

Every refusal names the argument, the value (with its year where there is one) and what is allowed.
"""

from math import isfinite
from operator import ge, gt, le, lt

import numpy as np


def real(
    name, value, *, above=None, at_least=None, below=None, at_most=None, years=None, missing=False
):
    """Return ``value`` as an array of floats, or say what is wrong with it.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : array-like
        A number or an array of numbers.
    above, at_least, below, at_most : float, optional
        Bounds, the first and third excluded, the others included.
    years : array of shape (Y,), optional
        The years on the last axis of ``value``; a single number stands for all of them.
    missing : bool
        Whether nan may stand for a missing value.

    Raises
    ------
    ValueError
        If a value is not a number, out of bounds, or there is not one for each year.

    Examples
    --------
    >>> real("rate", 0.25, at_least=0, at_most=1)
    array(0.25)
    >>> real("rate", [10.8, -1], at_least=0, years=[1957, 1958])
    Traceback (most recent call last):
    ValueError: rate in 1958 is -1; it must be a number at least 0
    """
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {value!r}; it must be a number or an array of them") from None
    _no_words(name, value)
    bounds = {"above": above, "at least": at_least, "below": below, "at most": at_most}
    tests = [(test, bound) for test, bound in zip(
        (gt, ge, lt, le), bounds.values(), strict=True) if bound is not None]  # fmt: skip
    if years is not None and array.ndim and array.shape[-1] != len(years):
        raise ValueError(
            f"{name} has {array.shape[-1]} values on its last axis; "
            f"it must have one for each of the {len(years)} years"
        )
    ends = array.ravel().tolist() if array.size < 2 else (array.min(), array.max())
    if all(isfinite(end) and all(test(end, bound) for test, bound in tests) for end in ends):
        return array
    good = np.isfinite(array) | (missing & np.isnan(array))
    for test, bound in tests:
        good &= test(array, bound) | np.isnan(array)
    if not good.all():
        place = tuple(np.argwhere(~good)[0])
        where = ""
        if place:
            item = place[-1]
            where = f" in {years[item]:g}" if years is not None else f" (item {item})"
        rule = " and ".join(f"{word} {bound:g}" for word, bound in bounds.items()
                            if bound is not None)
        raise ValueError(f"{name}{where} is {array[place]:g}; it must be a number {rule}".rstrip())
    return array


def _no_words(name, value):
    """Refuse text and truth values, which numpy would take for numbers."""
    given = np.asarray(value) if hasattr(value, "dtype") else np.asarray(value, dtype=object)
    if given.dtype.kind in "OSUb":
        for one in given.flat:
            if isinstance(one, (str, bytes, bool, np.bool_)):
                one = one.item() if isinstance(one, np.generic) else one
                raise ValueError(f"{name} holds {one!r}, which is no number; give a number, "
                                 "without quotation marks")  # fmt: skip


def whole(name, value, at_least=0):
    """Return ``value`` as an int, or say that it is not a whole number from ``at_least`` up.

    >>> whole("years", 15.0)
    15
    >>> whole("years", 2.5)
    Traceback (most recent call last):
    ValueError: years is 2.5; it must be a whole number at least 0
    """
    if not np.isscalar(value) or isinstance(value, str) or value != value // 1 or value < at_least:
        raise ValueError(f"{name} is {value!r}; it must be a whole number at least {at_least}")
    return int(value)


def calendar(years):
    """Return the years as an array of ints, or say that they are not each once and in order.

    >>> calendar([1957, 1958])
    array([1957, 1958])
    """
    array = real("years", years)
    if array.ndim != 1 or not array.size or (np.diff(array) <= 0).any():
        raise ValueError(f"years is {years!r}; it must list calendar years in order, each once")
    _whole_years("years", array)
    return array.astype(int)


def _whole_years(name, array):
    """Refuse parts of years: the middle of 1957 is no calendar year."""
    parts = np.ravel(array)[np.ravel(array) % 1 != 0]
    if len(parts):
        raise ValueError(f"{name} holds {parts[0]:g}; calendar years are whole numbers")


def place_of(name, year, years):
    """Return where a year stands in the list, or say that it is not there.

    >>> int(place_of("reference", 1958, calendar([1957, 1958])))
    1
    """
    wanted = real(name, year)
    _whole_years(name, wanted)
    found = np.flatnonzero(years == wanted)
    if not len(found):
        raise ValueError(f"{name} is {year:g}; it must be a year from {years[0]} to {years[-1]}")
    return found[0]


def places_of(window, years, name="window"):
    """Return where the years of a window stand, both ends included, or say which is not there.

    >>> [int(place) for place in places_of((1958, 1959), calendar([1957, 1958, 1959]))]
    [1, 2]
    """
    if isinstance(window, str) or np.shape(window) != (2,):
        raise ValueError(f"{name} is {window!r}; it must be two years, as (1958, 1961)")
    first, last = real(name, window).tolist()
    _whole_years(name, [first, last])
    if first > last:
        raise ValueError(f"{name} is {window!r}; its first year must not come after its last")
    return [place_of(name, year, years) for year in range(int(first), int(last) + 1)]


def by_sex(name, value, **bounds):
    """Return an array whose last axes are the two sexes and ages, or say that it is not one.

    >>> by_sex("people", [[10, 9], [10, 8]]).shape
    (2, 2)
    """
    array = real(name, value, **{"at_least": 0, **bounds})
    if array.ndim < 2 or array.shape[-2] != 2:
        raise ValueError(f"{name} has shape {array.shape}; it must end in 2 sexes and ages")
    return array


def plain(array):
    """Return a Python number for a single value, and an array as it is.

    >>> plain(np.array(1.5)), plain(np.array(True)), plain(np.array([1.5]))
    (1.5, True, array([1.5]))
    """
    array = np.asarray(array)
    return array.item() if array.ndim == 0 else array


def together(**arrays):
    """Return the arrays broadcast to one shape, or name the arguments that do not fit.

    >>> [a.shape for a in together(need_share=[0.3, 0.4], members=24)]
    [(2,), (2,)]
    >>> together(need_share=[0.3, 0.4], members=[24, 160, 4797])
    Traceback (most recent call last):
    ValueError: shapes need_share (2,), members (3,) do not fit together; they must broadcast
    """
    try:
        return np.broadcast_arrays(*arrays.values())
    except ValueError:
        shapes = ", ".join(f"{n} {np.shape(a)}" for n, a in arrays.items() if np.ndim(a))
        raise ValueError(f"shapes {shapes} do not fit together; they must broadcast") from None
