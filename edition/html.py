"""What a page still lacks when Sphinx has laid it out."""

import re

HAN = r"\u3400-\u9fff"
MARKS = r"\u3000-\u303f\uff00-\uffef"
CHINESE = re.compile(rf"[{HAN}](?:[{HAN}{MARKS}]*[{HAN}])?")
MARKUP = re.compile(r"(?s)<(script|style|title|svg)\b.*?</\1>|<[^>]*>")


def marked(page):
    """Return a page whose Chinese is marked as Chinese, and whose empty heads are cells.

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
    done, at = [], 0
    for markup in MARKUP.finditer(page):
        done += [_marked(page[at : markup.start()]), markup[0]]
        at = markup.end()
    return "".join([*done, _marked(page[at:])])


def _marked(text):
    return CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', text)
