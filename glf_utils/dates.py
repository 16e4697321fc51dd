"""Dates as the tables have them: a day, a month or a year, in ISO order."""

from calendar import month_name

import numpy as np


def dates(texts):
    """Dates written to the day, month or year as day numbers; a month counts from its middle.

    Parameters
    ----------
    texts : sequence of str or Timestamp
        Such as ``"1958-08-29"``, ``"1958-12"`` or ``"1964"``.

    Returns
    -------
    ndarray of datetime64[D]

    Examples
    --------
    >>> dates(["1958-08-29", "1958-12", "1964"]).astype(str).tolist()
    ['1958-08-29', '1958-12-15', '1964-07-01']
    """
    middle = {4: "-07-01", 7: "-15", 10: ""}
    told = [str(text)[:10] for text in texts]
    return np.array([text + middle[len(text)] for text in told], "datetime64[D]")


def decimal_year(texts):
    """Years with their fraction: how far into its year each date lies.

    Parameters
    ----------
    texts : sequence of str
        As for :func:`dates`.

    Returns
    -------
    ndarray of float

    Examples
    --------
    >>> decimal_year(["1958", "1958-09", "1958-12-31"]).round(2).tolist()
    [1958.5, 1958.7, 1959.0]
    """
    days = dates(texts)
    years = days.astype("datetime64[Y]")
    first, last = (
        years.astype("datetime64[D]"),
        (years + np.timedelta64(1, "Y")).astype("datetime64[D]"),
    )
    return 1970 + years.astype(int) + (days - first) / (last - first)


def in_words(date):
    """A date as one writes it.

    Parameters
    ----------
    date : str
        ISO, to the day, month or year.

    Returns
    -------
    str

    Examples
    --------
    >>> in_words("1959-07-14"), in_words("1959-07"), in_words("1959")
    ('14 July 1959', 'July 1959', '1959')
    """
    year, *month_and_day = date.split("-")
    words = [year]
    if month_and_day:
        words.insert(0, month_name[int(month_and_day[0])])
    if len(month_and_day) == 2:
        words.insert(0, str(int(month_and_day[1])))
    return " ".join(words)
