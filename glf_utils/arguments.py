"""Check the arguments of the models.

Every refusal names the argument, the value (with its year where there is one) and what is allowed.
"""

from decimal import Decimal
from math import isfinite
from numbers import Complex, Real
from operator import ge, gt, le, lt
from reprlib import Repr

import numpy as np

_short = Repr()
_short.maxother = _short.maxstring = 60

MOST_PEOPLE = 10_000  # millions: more than have lived on earth at one time
MOST_EVENTS = 300  # millions of births or deaths in a year: twice what the world has


def numbers(name, value, empty=False):
    """Return ``value`` as an array of numbers, or say what in it is none.

    Texts and truth values are no numbers, whatever numpy makes of them. ``None``, what pandas has
    as missing and what is masked become nan. Precision is kept.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : array-like
        A number or an array of numbers.
    empty : bool
        Whether the array may hold no number at all.

    Returns
    -------
    array

    Raises
    ------
    ValueError
        If an item is not a number, or there is none.

    Examples
    --------
    >>> numbers("rate", ["0.25", 0.3])  # doctest: +NORMALIZE_WHITESPACE
    Traceback (most recent call last):
    ValueError: rate (item 0) is '0.25', a text; it must be a number or an array of them,
    without quotation marks
    >>> numbers("members", True)
    Traceback (most recent call last):
    ValueError: members is True, a truth value; it must be a number or an array of them
    """
    rule = "it must be a number or an array of them"
    try:
        array = np.asarray(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {_told(value)}; {rule}, with rows of one length") from None
    if isinstance(value, np.ma.MaskedArray) and array.dtype.kind in "iuf":
        array = value.astype(float).filled(np.nan)
    if array.dtype.kind not in "iuf" or _holds_a_truth(value):
        if hasattr(value, "to_numpy"):  # pandas' own missing values become nan
            array = value.to_numpy(dtype=object, na_value=np.nan)
        else:
            array = np.asarray(value, dtype=object)
        for place, item in np.ndenumerate(array):
            kind = None if item is None and place else _no_number(item)
            if kind:
                where = f" (item {place[-1]})" if place else ""
                mend = ", without quotation marks" if isinstance(item, str) else ""
                raise ValueError(f"{name}{where} is {_told(item)}{kind}; {rule}{mend}")
        array = array.astype(float)
    if not (array.size or empty):
        raise ValueError(f"{name} is {_told(value)}; it must hold at least one number")
    return array


def _holds_a_truth(value):
    if isinstance(value, list | tuple):
        return any(map(_holds_a_truth, value))
    return isinstance(value, bool) or getattr(getattr(value, "dtype", None), "kind", "") == "b"


def _no_number(item):
    """What a single item is, if it is no number, as it follows its value in a message."""
    if isinstance(item, str | bytes):
        return ", a text"
    if isinstance(item, bool | np.bool_):
        return ", a truth value"
    if not isinstance(item, Real | Decimal):
        return ", a complex number" if isinstance(item, Complex) else f" ({type(item).__name__})"
    try:
        float(item)
    except (OverflowError, ValueError):
        return ", beyond what can be computed with"
    return ""


def _told(value):
    """A value as messages show it: on one line and not long."""
    return " ".join(_short.repr(value).split())


def real(
    name,
    value,
    *,
    above=None,
    at_least=None,
    below=None,
    at_most=None,
    years=None,
    missing=False,
    empty=False,
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
    empty : bool
        Whether the array may hold no number at all.

    Returns
    -------
    array of float

    Raises
    ------
    ValueError
        If a value is not a number (a text or a truth value is none), out of bounds, or there is
        not one for each year.

    Examples
    --------
    >>> real("rate", 0.25, at_least=0, at_most=1)
    array(0.25)
    >>> real("rate", [10.8, -1], at_least=0, years=[1957, 1958])
    Traceback (most recent call last):
    ValueError: rate in 1958 is -1; it must be a number at least 0
    """
    array = np.asarray(numbers(name, value, empty), dtype=float)
    bounds = {"above": above, "at least": at_least, "below": below, "at most": at_most}
    tests = [
        (test, bound)
        for test, bound in zip((gt, ge, lt, le), bounds.values(), strict=True)
        if bound is not None
    ]
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
        rule = " and ".join(
            f"{word} {bound:g}" for word, bound in bounds.items() if bound is not None
        )
        raise ValueError(f"{name}{where} is {array[place]:g}; it must be a number {rule}".rstrip())
    return array


def whole(name, value, at_least=0):
    """Return ``value`` as an int, or say that it is not a whole number from ``at_least`` up.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : float
        A single number.
    at_least : int
        The least it may be.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If it is not one whole number, or too small.

    Examples
    --------
    >>> whole("years", 15.0)
    15
    >>> whole("years", 2.5)
    Traceback (most recent call last):
    ValueError: years is 2.5; it must be a whole number at least 0
    """
    try:
        number = real(name, value)
    except ValueError:
        number = None
    if number is None or number.ndim or number % 1 or number < at_least:
        raise ValueError(f"{name} is {_told(value)}; it must be a whole number at least {at_least}")
    return int(value)


_YEAR = "it must be a calendar year, a whole number"


def calendar(years):
    """Return the years as an array of ints, or say that they are not each once and in order.

    Parameters
    ----------
    years : array-like of shape (Y,)
        Calendar years, 1 to 9999.

    Returns
    -------
    array of int of shape (Y,)

    Raises
    ------
    ValueError
        If a year is not a whole number, out of order or there twice.

    Examples
    --------
    >>> calendar([1957, 1958])
    array([1957, 1958])
    >>> calendar([1957.5, 1958.5])
    Traceback (most recent call last):
    ValueError: years (item 0) is 1957.5; it must be a calendar year, a whole number
    """
    array = real("years", years, at_least=1, at_most=9999)
    if array.ndim != 1:
        raise ValueError(f"years is {_told(years)}; it must be a list of calendar years")
    for item in np.flatnonzero(array % 1):
        raise ValueError(f"years (item {item}) is {array[item]:.10g}; {_YEAR}")
    for item in np.flatnonzero(np.diff(array) <= 0):
        raise ValueError(
            f"years is {_told(years)}: {array[item]:g}, then {array[item + 1]:g}; "
            "it must list calendar years in order, each once"
        )
    return array.astype(int)


def place_of(name, year, years):
    """Return where a year stands in the list, or say that it is not there.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    year : int
        Calendar year.
    years : array of int of shape (Y,)
        As :func:`calendar` returns them.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If it is not one whole year, or not in the list.

    Examples
    --------
    >>> int(place_of("reference", 1958, calendar([1957, 1958])))
    1
    """
    number = real(name, year)
    if number.ndim or number % 1:
        raise ValueError(f"{name} is {_told(year) if number.ndim else number.item()}; {_YEAR}")
    found = np.flatnonzero(years == number)
    if not len(found):
        raise ValueError(f"{name} is {number:g}; it must be a year from {years[0]} to {years[-1]}")
    return found[0]


def places_of(window, years, name="window"):
    """Return where the years of a window stand, both ends included, or say which is not there.

    Parameters
    ----------
    window : (int, int)
        First and last calendar year.
    years : array of int of shape (Y,)
        As :func:`calendar` returns them.
    name : str
        The argument's name, for the message.

    Returns
    -------
    list of int

    Raises
    ------
    ValueError
        If the window is not two whole years in order, or one of its years is not in the list.

    Examples
    --------
    >>> [int(place) for place in places_of((1958, 1959), calendar([1957, 1958, 1959]))]
    [1, 2]
    """
    listed = hasattr(window, "__getitem__") and not isinstance(window, str | bytes | dict)
    ends = real(name, window, empty=True) if listed else np.empty(0)
    if ends.shape != (2,):
        raise ValueError(f"{name} is {_told(window)}; it must be two years, as (1958, 1961)")
    first, last = ends
    if first % 1 or last % 1:
        raise ValueError(f"{name} is {_told(window)}; its years must be whole numbers")
    if first > last:
        raise ValueError(f"{name} is {window!r}; its first year must not come after its last")
    return [place_of(name, year, years) for year in range(int(first), int(last) + 1)]


def by_sex(name, value, **bounds):
    """Return an array whose last axes are the two sexes and ages, or say that it is not one.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : array-like of shape (…, 2, A)
        Numbers, males first.
    **bounds
        As in :func:`real`; left out, at least 0.

    Returns
    -------
    array of float of shape (…, 2, A)

    Raises
    ------
    ValueError
        For another shape, and as :func:`real`.

    Examples
    --------
    >>> by_sex("people", [[10, 9], [10, 8]]).shape
    (2, 2)
    """
    array = real(name, value, **{"at_least": 0, **bounds})
    if array.ndim < 2 or array.shape[-2] != 2:
        raise ValueError(f"{name} has shape {array.shape}; it must end in 2 sexes and ages")
    return array


def together(**arrays):
    """Return the arrays broadcast to one shape, or name the arguments that do not fit.

    Parameters
    ----------
    **arrays
        Arrays by the name of their argument.

    Returns
    -------
    tuple of array

    Raises
    ------
    ValueError
        If they do not broadcast.

    Examples
    --------
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


def per_thousand(name, value, years=None, missing=False):
    """Return rates per 1,000 people a year, or say what is wrong with them.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : array-like of shape (…, Y)
        Rates per 1,000 a year.
    years : array of shape (Y,), optional
        The years on the last axis.
    missing : bool
        Whether nan may stand for a missing rate.

    Returns
    -------
    array of float of shape (…, Y)

    Raises
    ------
    ValueError
        For a value that is no number, below 0 or above 1,000, and for rates that are all below 1
        without all being 0: no people dies so slowly, they are per person.

    Examples
    --------
    >>> per_thousand("rates", [0.0108, 0.0254])
    Traceback (most recent call last):
    ValueError: rates is nowhere above 0.0254; it must be per 1,000 people a year, not per person
    """
    rates = real(name, value, at_least=0, at_most=1000, years=years, missing=missing)
    most = _greatest(rates)
    if 0 < most < 1:
        raise ValueError(
            f"{name} is nowhere above {most:g}; it must be per 1,000 people a year, not per person"
        )
    return rates


def in_millions(name, value, most, years=None, missing=False, above=None):
    """Return numbers of people, births or deaths in millions, or say what is wrong with them.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : array-like of shape (…, Y)
        Millions.
    most : float
        Greatest number that can be in millions, :data:`MOST_PEOPLE` or :data:`MOST_EVENTS`.
    years : array of shape (Y,), optional
        The years on the last axis.
    missing : bool
        Whether nan may stand for a missing number.
    above : float, optional
        0 where there must be somebody; left out, 0 is a number like others.

    Returns
    -------
    array of float of shape (…, Y)

    Raises
    ------
    ValueError
        For a value out of bounds, or so large that it counts single people, thousands or ten
        thousands.

    Examples
    --------
    >>> in_millions("population", 637_405_000, MOST_PEOPLE)
    Traceback (most recent call last):
    ValueError: population reaches 637,405,000; it must be in millions, at most 10,000
    """
    floor = {"at_least": 0} if above is None else {"above": above}
    numbers = real(name, value, years=years, missing=missing, **floor)
    greatest = _greatest(numbers)
    if greatest > most:
        raise ValueError(
            f"{name} reaches {greatest:,.0f}; it must be in millions, at most {most:,}"
        )
    return numbers


def _greatest(array):
    return float(np.max(array, initial=0, where=np.isfinite(array)))
