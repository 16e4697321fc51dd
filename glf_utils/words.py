"""Words as they are shown: names in a row, names spelt nearly alike, cells of a table."""

import unicodedata
from difflib import get_close_matches
from html import escape


def folded(text):
    """Letters and digits alone, in lower case and without tone marks: how names are compared.

    Parameters
    ----------
    text : str
        A name.

    Returns
    -------
    str

    Examples
    --------
    >>> folded("Péng Déhuái")
    'pengdehuai'
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFD", text.casefold())))


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


def html_table(head, rows):
    """A table of words for a page, read from the left.

    Parameters
    ----------
    head : sequence of str
        One word a column.
    rows : iterable of sequence
        Shown as they print.

    Returns
    -------
    str
        HTML, with nothing in the cells taken for markup.

    Examples
    --------
    >>> html_table(["letter"], [["<α>"]]).count("&lt;α&gt;</td>")
    1
    """

    def line(tag, cells):
        inner = (
            f'<{tag} style="text-align:left">{escape(str(cell))}</{tag.split()[0]}>'
            for cell in cells
        )
        return f"<tr>{''.join(inner)}</tr>"

    body = "".join(line("td", row) for row in rows)
    top = line('th scope="col"', head)
    return f"<table><thead>{top}</thead><tbody>{body}</tbody></table>"
