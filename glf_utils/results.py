"""How the models hand out what they worked out: plain numbers, and arrays that stay as they are."""

import numpy as np


def plain(array):
    """Return a Python number for a single value, and an array as it is.

    Parameters
    ----------
    array : array-like
        Numbers or truth values.

    Returns
    -------
    float, int, bool or array

    Examples
    --------
    >>> plain(np.array(1.5)), plain(np.array(True)), plain(np.array([1.5]))
    (1.5, True, array([1.5]))
    """
    array = np.asarray(array)
    return array.item() if array.ndim == 0 else array


def sealed(array):
    """Return an array that is kept and handed out, so that nobody can change it.

    Parameters
    ----------
    array : array
        Sealed itself, not copied.

    Returns
    -------
    array
        The same one.

    Examples
    --------
    >>> sealed(np.zeros(2))[0] = 1
    Traceback (most recent call last):
    ValueError: assignment destination is read-only
    """
    array.flags.writeable = False
    return array
