"""The chain of the course, from a plan to an estimate, with the link at hand marked."""

from html import escape

LINKS = {
    "plan": "a target is set",
    "commune": "somebody must meet it",
    "report": "somebody says it was met",
    "belief": "somebody above believes it",
    "quota": "grain is asked for by what is believed",
    "bowl": "what is left is eaten",
    "grave": "people die",
    "register": "some deaths are written down",
    "census": "the living are counted",
    "estimate": "the dead are reckoned from both",
}
"""Link of the chain and what happens there."""


class Chain:
    """The ten links in order, some of them lit; shows itself as text or HTML.

    Attributes
    ----------
    lit : tuple of str
        Links that a notebook is about.
    """

    def __init__(self, lit):
        self.lit = lit

    def __repr__(self):
        named = (f"[{link}]" if link in self.lit else link for link in LINKS)
        told = (f"{link}: {LINKS[link]}" for link in self.lit or LINKS)
        return "\n".join([" → ".join(named), *told])

    def _repr_html_(self):
        shown = " → ".join(
            f'<b style="border-bottom:3px solid">{link}</b>' if link in self.lit else link
            for link in LINKS
        )
        told = "; ".join(f"<b>{link}</b>: {escape(LINKS[link])}" for link in self.lit or LINKS)
        return f"<p>{shown}</p><p><small>{'Here: ' * bool(self.lit)}{told}.</small></p>"


def chain(*lit):
    """The chain of the course, with the links that a notebook is about marked.

    Parameters
    ----------
    *lit : str
        Any of plan, commune, report, belief, quota, bowl, grave, register, census, estimate.

    Returns
    -------
    Chain
        A notebook shows it in a line.

    Raises
    ------
    ValueError
        For a link that is not one of the ten.

    Examples
    --------
    >>> chain("report", "belief")
    plan → commune → [report] → [belief] → quota → bowl → grave → register → census → estimate
    report: somebody says it was met
    belief: somebody above believes it
    """
    unknown = [link for link in lit if link not in LINKS]
    if unknown:
        raise ValueError(f"no such link: {', '.join(map(str, unknown))}; take {', '.join(LINKS)}")
    return Chain(tuple(link for link in LINKS if link in lit))
