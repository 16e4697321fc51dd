"""Names in sentences: several in a row, and those that are spelt nearly alike."""

from difflib import get_close_matches


def listed(names):
    """Names in a sentence.

    Parameters
    ----------
    names : iterable of str
        In order.

    Returns
    -------
    str

    Examples
    --------
    >>> listed(["Gansu", "Anhui", "Henan"])
    'Gansu, Anhui and Henan'
    """
    names = list(names)
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def did_you_mean(name, known):
    """The end of a refusal: which of the known names was perhaps meant.

    Parameters
    ----------
    name : str
        What was asked for.
    known : iterable of str
        What there is.

    Returns
    -------
    str
        Starts with a semicolon; empty if nothing is spelt nearly so.

    Examples
    --------
    >>> did_you_mean("gongfun", ["gongfen", "mu"])
    "; did you mean 'gongfen'?"
    """
    near = get_close_matches(str(name).casefold(), sorted(set(known)), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
