"""Famines with a known answer, by year: thin a good register as China's was, and try every method.

The form of a country's register is that of the table ``famine_registers``: a row a year with
``country``, ``series``, ``year``, ``birth_rate_per_1000``, ``death_rate_per_1000`` and
``population_midyear_million``. A further famine is a file of that form, read with pandas, and the
years that it lasted.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from glf_utils.arguments import MOST_PEOPLE, calendar, in_millions, per_thousand, places_of, real
from glf_utils.death_toll.choices import STATED
from glf_utils.death_toll.rates import baseline_rates, excess_deaths
from glf_utils.death_toll.registers import follow_rates
from glf_utils.death_toll.uncertainty import draw_tolls
from glf_utils.tables import load

WINDOWS = {"Finland": (1866, 1868), "Russia": (1931, 1933)}
COLUMNS = {
    "birth_rates": "birth_rate_per_1000",
    "death_rates": "death_rate_per_1000",
    "population": "population_midyear_million",
}


@dataclass(frozen=True)
class Famine:
    """A country's births and deaths through a famine.

    Attributes
    ----------
    country : str
        Its name.
    years : array of int of shape (Y,)
        Calendar years, without a gap.
    birth_rates, death_rates : array of shape (Y,)
        Per 1,000 a year.
    population : array of shape (Y,)
        Millions in the middle of each year.
    window : (int, int)
        First and last year of the famine.
    """

    country: str
    years: np.ndarray
    birth_rates: np.ndarray
    death_rates: np.ndarray
    population: np.ndarray
    window: tuple

    @property
    def before(self):
        """The ordinary years before the famine: list of int."""
        return [int(year) for year in self.years if year < self.window[0]]

    @property
    def after(self):
        """The years after it: list of int."""
        return [int(year) for year in self.years if year > self.window[1]]

    @property
    def peak(self):
        """The year of the highest death rate."""
        return int(self.years[np.argmax(self.death_rates)])


def famine_of(table, country, window, series=None):
    """Read one country's register from a table of the documented form.

    Parameters
    ----------
    table : DataFrame
        As ``load("famine_registers")``, or ``pandas.read_csv`` of a file of that form.
    country : str
        As the column has it.
    window : (int, int)
        First and last year of the famine; two years or more must come before it, and one after.
    series : str, optional
        As the column has it; needed where the country has several.

    Returns
    -------
    Famine

    Raises
    ------
    ValueError
        For a column, country or series that is not there, a year missing or twice, a rate or
        number of people out of bounds, or too few years around the famine.

    Examples
    --------
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> finland.peak, len(finland.before), len(finland.after)
    (1868, 6, 7)
    """
    rows = rows_of(table, country, ["country", "series", "year", *COLUMNS.values()])
    if series is not None:
        rows = _named(rows, "series", series)
    elif rows["series"].nunique() > 1:
        known = ", ".join(sorted(rows["series"].unique()))
        raise ValueError(f"{country} has several series; choose from {known}")
    rows = rows.sort_values("year")
    years = calendar(rows["year"])
    if len(years) != years[-1] - years[0] + 1:
        gap = next(year for year in range(years[0], years[-1]) if year not in years)
        raise ValueError(f"{country} has no row for {gap}; its years must follow one another")
    places_of(window, years)
    found = Famine(
        country,
        years,
        *(per_thousand(column, rows[column], years) for column in list(COLUMNS.values())[:2]),
        in_millions("population_midyear_million", rows[COLUMNS["population"]], MOST_PEOPLE, years),
        tuple(map(int, window)),
    )
    if len(found.before) < 2 or not found.after:
        raise ValueError(
            f"{country} has {len(found.before)} years before the famine and {len(found.after)} "
            "after it; it must have two and one"
        )
    return found


def rows_of(table, country, columns):
    """The rows of one country, of a table that has the columns it must have.

    Parameters
    ----------
    table : DataFrame
        Of any number of countries.
    country : str
        As the column ``country`` has it.
    columns : list of str
        What the table must have.

    Returns
    -------
    DataFrame

    Raises
    ------
    ValueError
        For a column or country that is not there.

    Examples
    --------
    >>> len(rows_of(load("famine_registers"), "Finland", ["country", "year"]))
    16
    """
    absent = [name for name in columns if name not in table]
    if absent:
        raise ValueError(f"table has no column {absent[0]!r}; it must have {', '.join(columns)}")
    return _named(table, "country", country)


def _named(rows, column, value):
    chosen = rows[rows[column] == value]
    if chosen.empty:
        known = ", ".join(sorted(map(str, rows[column].unique())))
        raise ValueError(f"{column} {value!r} is not in the table; choose from {known}")
    return chosen


def after_china(famine):
    """The shares of births and deaths that China's register held, moved to another famine.

    Banister's shares for 1953-70, laid so that China's worst year, 1960, falls on the worst year of
    this famine; where her years end, the nearest one holds.

    Parameters
    ----------
    famine : Famine
        Whose worst year counts.

    Returns
    -------
    (array of shape (Y,), array of shape (Y,))
        Births and deaths registered over those that took place.

    References
    ----------
    Banister (1984), Table 5.

    Examples
    --------
    >>> births, deaths = after_china(famine_of(load("famine_registers"), "Finland", (1866, 1868)))
    >>> deaths.round(2)[[5, 8, 12]]
    array([0.6 , 0.57, 0.92])
    """
    rows = load("national_vital_rates").query("series == 'banister1984'").set_index("year")
    china = np.clip(famine.years - famine.peak + 1960, rows.index.min(), rows.index.max())
    names = "birth_underregistration_pct", "death_underregistration_pct"
    births, deaths = (1 - rows.loc[china, name].to_numpy(float) / 100 for name in names)
    return np.minimum(births, 1), deaths


def thinned(famine, births, deaths):
    """Return the register that would have been kept, had it held these shares of events.

    Parameters
    ----------
    famine : Famine
        As it was.
    births, deaths : float or array of shape (Y,)
        Shares registered, above 0, at most 1.

    Returns
    -------
    Famine
        With fewer births and deaths, and the people as they were counted.

    Raises
    ------
    ValueError
        For a share out of bounds.

    Examples
    --------
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> thinned(finland, 1, 0.5).death_rates[:2]
    array([12.4, 11.9])
    """
    shares = [
        real(name, share, above=0, at_most=1, years=famine.years)
        for name, share in (("births", births), ("deaths", deaths))
    ]
    return replace(
        famine,
        birth_rates=famine.birth_rates * shares[0],
        death_rates=famine.death_rates * shares[1],
    )


def known_excess(famine):
    """Deaths above the straight line through all ordinary years on both sides, in hindsight.

    Parameters
    ----------
    famine : Famine
        With a register that is complete.

    Returns
    -------
    float
        Millions over the window.

    Notes
    -----
    The deaths are known, what is normal is not even here: a definition of this package's own, and
    each subtraction is also held against itself on the complete register.

    Examples
    --------
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> round(known_excess(finland), 3)
    0.141
    """
    usual = baseline_rates(famine.years, famine.death_rates, "trend", famine.before + famine.after)
    return excess_deaths(
        famine.years, famine.death_rates, famine.population, famine.window, usual
    ).total


def baselines(famine):
    """Every kind of baseline, drawn from the ordinary years of a famine.

    Parameters
    ----------
    famine : Famine
        Whose years count.

    Returns
    -------
    dict of str to tuple
        Kind, reference and whether it is drawn through deaths, by a name in words.

    Examples
    --------
    >>> baselines(famine_of(load("famine_registers"), "Finland", (1866, 1868)))["last year before"]
    ('year', 1865, False)
    """
    before, after = famine.before, famine.after
    later = after[min(2, len(after) - 1)]
    line = (before[-1], later)
    return {
        "last year before": ("year", before[-1], False),
        "mean of three years before": ("mean", before[-3:], False),
        "mean of all years before": ("mean", before, False),
        "trend of the years before": ("trend", before, False),
        "the same trend, in per cent": ("log trend", before, False),
        "line to the first year after": ("line", (before[-1], after[0]), False),
        f"line to {later}": ("line", line, False),
        f"line to {later}, in deaths": ("line", line, True),
    }


CORRECTIONS = {
    "as registered": "nothing is known of what is missing",
    "one share for all years": "raised until two counts of the people close",
    "famine years alone": "they are raised by their own share, the yardstick by none",
    "two shares": "the ordinary years' share is known, the famine's closes the counts",
    "each year's own share": "everything is known",
}


def corrected(known, births, deaths):
    """What five readers make of a thinned register, each with the people that go with it.

    The second and the fourth know the births, as from a survey, and the people counted in the first
    and the last year, and choose a share with which these close; their population, and that of the
    fifth, follows births and deaths from the first count. The third makes the mistake of lesson 54:
    the dead are corrected and the yardstick is not.

    Parameters
    ----------
    known : Famine
        As it was.
    births, deaths : float or array of shape (Y,)
        Shares registered.

    Returns
    -------
    dict of str to Famine
        By the names of :data:`CORRECTIONS`.

    Examples
    --------
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> found = corrected(finland, 1, 0.6)
    >>> np.allclose(found["one share for all years"].death_rates, finland.death_rates, rtol=0.001)
    True
    """
    register = thinned(known, births, deaths)
    shares = real("deaths", deaths) + 0.0 * known.years
    inside = np.isin(known.years, range(known.window[0], known.window[1] + 1))
    ordinary = known.death_rates[~inside].sum() / register.death_rates[~inside].sum()

    def raised(by):
        rates = register.death_rates * by
        people = follow_rates(
            known.years, known.birth_rates, rates, known.years[0], known.population[0]
        )
        return replace(known, death_rates=rates, population=people)

    def closing(usual):
        """Halve the interval of factors, each above 1, until the last count is met."""
        low, high = 0.2, 6.0
        for _ in range(50):
            by = (low + high) / 2
            found = raised(usual(by))
            low, high = (by, high) if found.population[-1] > known.population[-1] else (low, by)
        return found

    return {
        "as registered": register,
        "one share for all years": closing(lambda by: by),
        "famine years alone": replace(
            register, death_rates=np.where(inside, known.death_rates, register.death_rates)
        ),
        "two shares": closing(lambda by: np.where(inside, by, ordinary)),
        "each year's own share": raised(1 / shares),
    }


def bias_by_method(known, births, deaths):
    """Run every baseline on every correction of a thinned register, and print how far it misses.

    Parameters
    ----------
    known : Famine
        As it was.
    births, deaths : float or array of shape (Y,)
        Shares registered, as of :func:`after_china`.

    Returns
    -------
    DataFrame
        A row a method: ``correction``, ``baseline``, ``toll`` (millions), ``complete`` (the same
        baseline on the complete register), ``known`` (:func:`known_excess`); ``missed_pct``, toll
        less complete, and ``bias_pct``, toll less known, both in per cent of the known.

    Raises
    ------
    ValueError
        As :func:`thinned`; a trend that falls below 0 is named.

    Examples
    --------
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> table = bias_by_method(finland, 1, 0.6)
    >>> len(table), table.iloc[0][["toll", "complete"]].astype(float).round(3).tolist()
    (40, [0.081, 0.134])
    """
    truth = known_excess(known)
    rows = []
    for correction, reading in corrected(known, births, deaths).items():
        for name, yardstick in baselines(known).items():
            toll, complete = _toll(reading, yardstick), _toll(known, yardstick)
            rows.append((correction, name, toll, complete, truth))
    table = pd.DataFrame(rows, columns=["correction", "baseline", "toll", "complete", "known"])
    return table.assign(
        missed_pct=100 * (table["toll"] - table["complete"]) / truth,
        bias_pct=100 * (table["toll"] - table["known"]) / truth,
    )


def intervals_by_method(known, deaths, stated=STATED, draws=20_000):
    """Let the draws of ``uncertainty`` loose on a thinned register: does the interval hold it?

    As for China, the births are known and two counts, of the first and the last year, must close.
    What is stated of completeness is stated before the famine is looked at.

    Parameters
    ----------
    known : Famine
        As it was.
    deaths : float or array of shape (Y,)
        Shares of deaths registered, which the draws do not know.
    stated : glf_utils.death_toll.uncertainty.Stated
        What is thought of them; left out, what this course states of China's register.
    draws : int
        How many.

    Returns
    -------
    DataFrame
        A row a baseline: ``low``, ``median`` and ``high``, between which nine in ten of the draws
        that close lie, and ``known`` (millions); ``holds``, whether the known lies between.

    Raises
    ------
    ValueError
        If hardly a draw closes: what is stated and what was counted exclude each other.

    Notes
    -----
    Two counts close within the same part of the people as one million is of China's 600 million.
    A line through deaths is left out: the draws know none.

    Examples
    --------
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> found = intervals_by_method(finland, after_china(finland)[1])
    >>> len(found), bool(found["holds"].all())
    (7, True)
    """
    register, counts = thinned(known, 1, deaths), known.population[[0, -1]]
    years = known.years[[0, -1]].tolist()
    rows = {}
    for name, (kind, reference, in_deaths) in baselines(known).items():
        if in_deaths:
            continue
        found = draw_tolls(
            known.years,
            register.death_rates,
            known.birth_rates,
            dict(zip(years, counts, strict=True)),
            stated,
            known.window,
            kind,
            reference,
            famine_years=known.window,
            closes_within=counts[0] / 600,
            draws=draws,
        )
        rows[name] = found.interval()
    table = pd.DataFrame.from_dict(rows, "index", columns=["low", "median", "high"])
    table = table.rename_axis("baseline").assign(known=known_excess(known))
    return table.assign(holds=table["known"].between(table["low"], table["high"]))


def _toll(famine, yardstick):
    kind, reference, in_deaths = yardstick
    crowd = famine.population if in_deaths else None
    usual = baseline_rates(famine.years, famine.death_rates, kind, reference, crowd)
    return excess_deaths(
        famine.years, famine.death_rates, famine.population, famine.window, usual
    ).total
