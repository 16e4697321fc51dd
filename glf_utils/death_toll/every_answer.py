"""A famine that is in no table here: its files read, and every method's toll with an interval."""

from pathlib import Path

import pandas as pd

from glf_utils.death_toll.choices import STATED
from glf_utils.death_toll.known_ages import ages_of
from glf_utils.death_toll.known_baselines import intervals, tolls_by_baseline
from glf_utils.death_toll.known_estimators import SEEN, tolls_by_estimator
from glf_utils.death_toll.known_registers import famine_of


def every_answer(
    registers, country, window, ages=None, series=None, stated=STATED, draws=20_000, seed=1958
):
    """Read a country's register, and its ages if there are any, and print every method's toll.

    Parameters
    ----------
    registers : path or DataFrame
        A CSV of the form of ``famine_registers``: a row a year with ``country``, ``series``,
        ``year``, ``birth_rate_per_1000``, ``death_rate_per_1000`` and
        ``population_midyear_million``, the population as it was counted.
    country : str
        As its column has it.
    window : (int, int)
        First and last year of the famine.
    ages : path or DataFrame, optional
        A CSV of the form of ``famine_ages``: a row a year, sex and age group with ``country``,
        ``year``, ``sex``, ``age_start``, ``people_january_thousand``, ``deaths_per_1000`` and
        ``births_per_1000_women``, as :mod:`glf_utils.death_toll.known_ages` says.
    series : str, optional
        As its column has it; needed where the country has several.
    stated : glf_utils.death_toll.uncertainty.Stated
        What is thought of the register and the counts; left out, what this course states of
        China's.
    draws, seed : int
        How many for the baselines' intervals, and where they begin.

    Returns
    -------
    DataFrame
        Indexed by ``method``, every baseline and then, with ages, every indirect estimator:
        ``uses``, what it sees; ``as_registered``, the toll by the register as it stands; ``low``,
        ``middle`` and ``high`` of the toll corrected, all in millions; ``lacks``, why it has no
        interval, or nothing.

    Raises
    ------
    ValueError
        As :func:`glf_utils.death_toll.known_registers.famine_of` and
        :func:`glf_utils.death_toll.known_ages.ages_of`.

    Notes
    -----
    The intervals are not of one kind. Those of baselines hold nine in ten of the accounts that are
    stated and close; those of estimators say how well points lie on a line, or people were counted.

    Examples
    --------
    >>> from glf_utils.death_toll.uncertainty import Stated
    >>> from glf_utils.tables import load
    >>> good = Stated((0.9, 0.98, 1.0), (0.8, 0.95, 1.0), (0.9, 0.98, 1.0), (0.97, 1.0, 1.0))
    >>> found = every_answer(load("famine_registers"), "Finland", (1866, 1868), stated=good)
    >>> found.loc["last year before", ["as_registered", "low", "high"]].astype(float).round(2)
    as_registered    0.13
    low              0.13
    high             0.15
    Name: last year before, dtype: float64
    """
    registers, ages = (
        pd.read_csv(table) if isinstance(table, str | Path) else table
        for table in (registers, ages)
    )
    by_age = None if ages is None else ages_of(ages, country)
    famine = famine_of(registers, country, window, series, by_age)
    table = pd.DataFrame({"as_registered": tolls_by_baseline(famine)})
    try:
        found = intervals(famine, stated, draws, seed).rename(columns={"median": "middle"})
        table = table.join(found).assign(lacks="")
    except ValueError as excluded:
        table = table.assign(lacks=str(excluded))
    table["uses"] = "births, deaths and people by year"
    if by_age is not None:
        found = tolls_by_estimator(by_age, window, stated=stated, seed=seed)
        rows = pd.DataFrame.from_dict(found, "index", columns=["middle", "low", "high"])
        rows = rows.astype(float).assign(uses=pd.Series(SEEN), lacks="")
        rows.loc[rows["middle"].isna(), "lacks"] = "five years to the famine's end and five others"
        believed = rows.index[0]
        rows.loc[believed, "as_registered"] = rows.loc[believed, "middle"]
        rows.loc[believed, ["middle", "lacks"]] = None, "a register that is believed has none"
        table = pd.concat([table, rows])
    wanted = ["uses", "as_registered", "low", "middle", "high", "lacks"]
    return table.reindex(columns=wanted).rename_axis("method")
