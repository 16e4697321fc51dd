"""Take a table of provincial registers to a toll, and say what each province had to give."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from glf_utils.arguments import places_of
from glf_utils.death_toll.rates import toll_of_rates
from glf_utils.death_toll.registers import ProvincialSum, midyear_population, provincial_sum
from glf_utils.tables import GRADES


@dataclass(frozen=True)
class ProvincialToll:
    """Tolls of provinces, and their sum raised to the nation.

    Attributes
    ----------
    by_province : DataFrame
        A row a province, highest toll first: ``province``; ``toll`` and ``expected`` deaths
        (millions), ``p_score`` (per cent) and ``person_years`` (millions), nan where it has none;
        ``first`` and ``last`` year with a rate, ``years`` of them; the lowest ``grade`` of its
        rows; ``lacks``, for want of what it has no toll, or nothing.
    nation : ProvincialSum
        Over the provinces that have a toll.
    label : str
        What was counted, above what, and over which years.
    """

    by_province: pd.DataFrame
    nation: ProvincialSum
    label: str


def provincial_toll(provincial, national, window, kind, reference, series="registered"):
    """Count the deaths above each province's own baseline, add them up, and raise to the nation.

    Registers are ragged: a province takes part if it has a rate in each year of the window and of
    the baseline, and people at the ends of the years of the window. The others are taken to have
    had the mean toll per head, which their absence may well belie; ``by_province`` names them.
    A region without any row, such as Tibet, lacks in the share alone.

    Parameters
    ----------
    provincial : DataFrame
        The table ``provincial_vital_rates``.
    national : DataFrame
        The table ``national_vital_rates``, for the people of the nation by the register.
    window : (int, int)
        First and last year, both counted.
    kind, reference : str; int, list of int or float
        Each province's baseline, as in :func:`glf_utils.death_toll.rates.baseline_rates`.
    series : str
        Rows of the provincial table to use.

    Returns
    -------
    ProvincialToll
        People of provinces and nation are those at the end of the year before the window.

    Raises
    ------
    ValueError
        For a year beyond the table, an unknown series or kind, or if no province has all it needs.

    References
    ----------
    Peng (1987), for provinces raised to the nation; Yang (2008), chapter 23, adds up 28.

    Examples
    --------
    >>> from glf_utils import load
    >>> found = provincial_toll(load("provincial_vital_rates"), load("national_vital_rates"),
    ...                         (1958, 1962), "mean", [1955, 1956, 1957])
    >>> round(found.nation.nation, 1), round(found.nation.share, 2)
    (17.8, 0.92)
    """
    rows = provincial[provincial["series"] == series]
    if rows.empty:
        known = ", ".join(sorted(set(provincial["series"])))
        raise ValueError(f"series is {series!r}; it must be one of {known}")
    years = np.arange(rows["year"].min(), rows["year"].max() + 1)
    inside = years[places_of(window, years)]
    rates, ends = (
        rows.pivot(index="province", columns="year", values=column).reindex(columns=years)
        for column in ("death_rate_per_1000", "population_10k")
    )
    people = pd.DataFrame(midyear_population(years, ends / 100), rates.index, years)
    usual = [] if kind in ("flat", "series") else np.atleast_1d(reference)
    told = {name: numbers.notna() for name, numbers in (("rate", rates), ("people", people))}
    needed = {"rate": sorted({*inside, *usual} & {*years}), "people": inside}
    holes = [
        [
            f"no {name} in {words}"
            for name in needed
            if (words := _holes(told[name].loc[place, needed[name]]))
        ]
        for place in rates.index
    ]
    lacks = pd.Series(["; ".join(words) for words in holes], rates.index)
    has = lacks.index[lacks == ""]
    if has.empty:
        raise ValueError(f"no province has what is needed; {lacks.index[0]} has {lacks.iloc[0]}")
    toll = toll_of_rates(years, rates.loc[has], people.loc[has], window, kind, reference)
    table = pd.DataFrame(
        {
            "toll": pd.Series(toll.total, has),
            "expected": pd.Series(toll.expected.sum(axis=-1), has),
            "p_score": pd.Series(toll.p_score, has),
            "person_years": people.loc[has, inside].sum(axis=1),
            "first": told["rate"].idxmax(axis=1),
            "last": told["rate"].iloc[:, ::-1].idxmax(axis=1),
            "years": told["rate"].sum(axis=1),
            "grade": rows.groupby("province")["verification"].agg(_lowest),
            "lacks": lacks,
        },
        rates.index,
    )
    before = window[0] - 1
    official = national.query("series == 'official' and year == @before")
    nation = provincial_sum(
        table.index,
        table["toll"],
        ends[before] / 100,
        official["population_yearend_million"].item(),
    )
    label = toll.label.replace("baseline", "each province's own baseline")
    ranked = table.sort_values("toll", ascending=False).rename_axis("province").reset_index()
    return ProvincialToll(ranked, nation, f"{label}, {len(has)} provinces raised to the nation")


def _holes(known):
    """The years without a number, as words."""
    return ", ".join(map(str, known.index[~known]))


def _lowest(grades):
    return max(grades, key=GRADES.index)
