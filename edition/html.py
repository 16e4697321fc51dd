"""What a page still lacks when Sphinx has laid it out."""

import re

CHINESE = re.compile(r"[\u3400-\u9fff](?:[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]*[\u3400-\u9fff])?")
TEXT = re.compile(r"(?s)(<(?:script|style|title|head)\b.*?</(?:script|style|title|head)>|<[^>]*>)")


def marked(page):
    """Return a page whose Chinese is marked as Chinese, for voices and fonts.

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
    parts = TEXT.split(page)
    parts[::2] = [CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', text) for text in parts[::2]]
    return "".join(parts)
