"""The letters of the course: one meaning each, wherever it stands, and one name in code."""

from dataclasses import dataclass

from glf_utils.words import html_table


@dataclass(frozen=True)
class Symbol:
    """A letter of the formulas.

    Attributes
    ----------
    letter : str
        As printed.
    means : str
        What it stands for, with its unit.
    argument : str
        Its name in code; empty where it is a result and never passed on.
    parts : tuple of str
        Of the course, by the names of their folders, that use it.
    """

    letter: str
    means: str
    argument: str
    parts: tuple


PLAN, COMMUNE, CLAIMS = "soviet_model", "commune_structure", "statistics_inflation"
HUNGER, TOLL = "procurement_and_hunger", "death_toll"

SYMBOLS = (
    Symbol("α", "share of new machines that become lathes", "split", (PLAN,)),
    Symbol("κ", "machines that a lathe makes in a year", "per_lathe", (PLAN,)),
    Symbol("γ", "cloth that a loom makes in a year", "per_loom", (PLAN,)),
    Symbol("T", "the year asked about", "horizon", (PLAN,)),
    Symbol("N", "townspeople, millions", "urban_million", (PLAN,)),
    Symbol("w", "grain for each townsperson, kg a year", "ration_kg", (PLAN,)),
    Symbol("X", "net exports of grain, million tonnes a year", "exports", (PLAN,)),
    Symbol("Q", "harvest, million tonnes a year", "output", (PLAN,)),
    Symbol(
        "τ", "share of a harvest, or of its report, that is taken", "rate", (PLAN, CLAIMS, HUNGER)
    ),
    Symbol("n", "households, or members, that share", "members", (COMMUNE,)),
    Symbol("β", "share by need of what is given out", "need_share", (COMMUNE,)),
    Symbol("ε", "per cent more harvest for one per cent more work", "elasticity", (COMMUNE,)),
    Symbol(
        "q", "part of what is seen of work that each layer of clerks keeps", "passed_on", (COMMUNE,)
    ),
    Symbol("v", "share of a work score that follows work", "visible", (COMMUNE,)),
    Symbol("δ", "weight of the next season beside this one", "patience", (COMMUNE,)),
    Symbol("σ", "how fast another bowl loses its worth", "satiety", (COMMUNE,)),
    Symbol("λ", "reported harvest over true harvest", "report_ratio", (CLAIMS, HUNGER)),
    Symbol("π", "chance that a harvest is weighed", "audit", (CLAIMS,)),
    Symbol("θ", "harvest a head, kg a year", "output_per_head", (HUNGER,)),
    Symbol("s", "grain that a person needs, kg a year", "need", (HUNGER,)),
    Symbol("E", "excess deaths, millions", "", (TOLL,)),
    Symbol(
        "m",
        "death rate of all ages together (“crude”), deaths per 1,000 people a year",
        "rates",
        (TOLL,),
    ),
    Symbol("b", "baseline: the death rate taken as normal", "baseline", (TOLL,)),
    Symbol("P", "population at mid-year, millions", "population", (TOLL,)),
    Symbol("c", "registration completeness: share of deaths written down", "completeness", (TOLL,)),
    Symbol("y", "a year", "year", (TOLL,)),
)
"""Every letter, in the order of the course."""


class Card:
    """Letters and what they mean; shows itself as text or HTML.

    Parameters
    ----------
    rows : sequence of Symbol
    """

    def __init__(self, rows):
        self.rows = tuple(rows)

    def __repr__(self):
        return "\n".join(
            f"{one.letter}  {one.means}" + f"; in code `{one.argument}`" * bool(one.argument)
            for one in self.rows
        )

    def _repr_html_(self):
        rows = ((one.letter, one.means, one.argument) for one in self.rows)
        return html_table(("letter", "meaning", "in code"), rows)


def symbols(*letters):
    """A card of the course's letters.

    Parameters
    ----------
    *letters : str
        Those wanted, such as ``"α"``; none means all.

    Returns
    -------
    Card
        A notebook shows a table.

    Raises
    ------
    ValueError
        For a letter that the course does not use.

    Examples
    --------
    >>> symbols("τ")
    τ  share of a harvest, or of its report, that is taken; in code `rate`
    """
    known = {one.letter: one for one in SYMBOLS}
    unknown = [letter for letter in letters if letter not in known]
    if unknown:
        raise ValueError(f"no such letter: {', '.join(map(str, unknown))}; take {', '.join(known)}")
    return Card(known[letter] for letter in letters or known)
