"""Check vital rates and numbers of people: their size gives a wrong unit away."""

import numpy as np

from glf_utils.inputs import real

MOST_PEOPLE = 10_000  # millions: more than have lived on earth at one time
MOST_EVENTS = 1_000  # millions of births or deaths in a year


def per_thousand(name, value, years=None, missing=False):
    """Return rates per 1,000 people a year, or say what is wrong with them.

    Parameters:
        name, value, years, missing: as in :func:`glf_utils.inputs.real`.

    Returns: array of floats.
    Raises: ValueError for a value that is no number, below 0 or above 1,000, and for rates that
        are all below 1 without all being 0: no people dies so slowly, they are per person.

    >>> per_thousand("rates", [0.0108, 0.0254])
    Traceback (most recent call last):
    ValueError: rates is nowhere above 0.0254; it must be per 1,000 people a year, not per person
    """
    rates = real(name, value, at_least=0, at_most=1000, years=years, missing=missing)
    most = _greatest(rates)
    if 0 < most < 1:
        raise ValueError(f"{name} is nowhere above {most:g}; it must be per 1,000 people a year, "
                         "not per person")  # fmt: skip
    return rates


def in_millions(name, value, most, years=None, missing=False, above=None):
    """Return numbers of people, births or deaths in millions, or say what is wrong with them.

    Parameters:
        name, value, years, missing: as in :func:`glf_utils.inputs.real`.
        most: greatest number that can be in millions, :data:`MOST_PEOPLE` or :data:`MOST_EVENTS`.
        above: 0 where there must be somebody; left out, 0 is a number like others.

    Returns: array of floats.
    Raises: ValueError for a value out of bounds, or so large that it counts single people,
        thousands or ten thousands.

    >>> in_millions("population", 637_405_000, MOST_PEOPLE)
    Traceback (most recent call last):
    ValueError: population reaches 637,405,000; it must be in millions, at most 10,000
    """
    floor = {"at_least": 0} if above is None else {"above": above}
    numbers = real(name, value, years=years, missing=missing, **floor)
    greatest = _greatest(numbers)
    if greatest > most:
        raise ValueError(f"{name} reaches {greatest:,.0f}; it must be in millions, at most "
                         f"{most:,}")  # fmt: skip
    return numbers


def _greatest(array):
    return float(np.max(array, initial=0, where=np.isfinite(array)))
