"""What a page still lacks when Sphinx has laid it out."""

import re

from bs4 import BeautifulSoup

HAN = r"\u3400-\u9fff"
MARKS = r"\u3000-\u303f\uff00-\uffef"
CHINESE = re.compile(rf"[{HAN}](?:[{HAN}{MARKS}]*[{HAN}])?")
MARKUP = re.compile(r"(?s)<(script|style|title|svg)\b.*?</\1>|<[^>]*>")
SHOWN = re.compile(r'(?s)<table(?: border="1" class="dataframe")?>.*?</table>')
NUMBER = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?(?: ?%)?")


def marked(page):
    """Return a page whose Chinese is marked, empty heads are cells, and numbers to the right.

    Parameters
    ----------
    page : str
        HTML.

    Returns
    -------
    str

    Examples
    --------
    >>> marked('<p title="工">work points (工分)</p>')
    '<p title="工">work points (<span lang="zh-Hans">工分</span>)</p>'
    """
    page = page.replace('<th class="head"><p></p></th>', "<td></td>")
    page = SHOWN.sub(_aligned, page)
    done, at = [], 0
    for markup in MARKUP.finditer(page):
        done += [_marked(page[at : markup.start()]), markup[0]]
        at = markup.end()
    return "".join([*done, _marked(page[at:])])


def _marked(text):
    return CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', text)


def _aligned(shown):
    """The table of a cell, its columns of numbers to the right with their heads."""
    table = BeautifulSoup(shown[0], "html.parser")
    for part in table.select("[style*=text-align]"):
        del part["style"]
    rows = [row.find_all(["td", "th"])[::-1] for row in table.select("tbody tr")]
    heads = [row.find_all(["td", "th"])[::-1] for row in table.select("thead tr")]
    for place in range(max(map(len, rows), default=0)):  # from the right: heads of rows may span
        column = [row[place] for row in rows if place < len(row) and row[place].name == "td"]
        said = {cell.get_text(strip=True) for cell in column} - {"", "NaN", "–", "—"}
        if said and all(map(NUMBER.fullmatch, said)):
            of_all = [head[place] for head in heads if len(head) == max(map(len, heads))]
            for cell in column + of_all:
                cell["class"] = "text-right"
    return str(table)
