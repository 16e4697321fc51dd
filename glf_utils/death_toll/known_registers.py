"""Famines with a known answer, by year: a good register, thinned as China's was, and its truth.

The form of a country's register is that of the table ``famine_registers``: a row a year with
``country``, ``series``, ``year``, ``birth_rate_per_1000``, ``death_rate_per_1000`` and
``population_midyear_million``. A further famine is a file of that form, read with pandas, and the
years that it lasted.
"""

from dataclasses import dataclass, replace

import numpy as np

from glf_utils.arguments import MOST_PEOPLE, calendar, in_millions, per_thousand, places_of, real
from glf_utils.death_toll.known_ages import SEXES, Ages, named, rows_of
from glf_utils.death_toll.lifetables import life_table
from glf_utils.death_toll.rates import baseline_rates, excess_deaths
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
    ages : glf_utils.death_toll.known_ages.Ages, optional
        The same years by age, from which the life expectancy of a baseline comes.
    """

    country: str
    years: np.ndarray
    birth_rates: np.ndarray
    death_rates: np.ndarray
    population: np.ndarray
    window: tuple
    ages: Ages | None = None

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

    @property
    def inside(self):
        """Whether each year lies in the famine: shape (Y,)."""
        return (self.years >= self.window[0]) & (self.years <= self.window[1])

    @property
    def life_expectancy(self):
        """At birth, e(0) in years, both sexes, by the death rates here and the ages they have."""
        scale = (self.death_rates / self.ages.crude)[..., None, None]
        return life_table(self.ages.limits, self.ages.rates * scale).life_expectancy @ SEXES


def famine_of(table, country, window, series=None, ages=None):
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
    ages : glf_utils.death_toll.known_ages.Ages, optional
        The country's ages, in the same years.

    Returns
    -------
    Famine

    Raises
    ------
    ValueError
        For a column, country or series that is not there, a year missing or twice, a rate or
        number of people out of bounds, too few years around the famine, or ages of other years.

    Examples
    --------
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> finland.peak, len(finland.before), len(finland.after)
    (1868, 6, 7)
    """
    rows = rows_of(table, country, ["country", "series", "year", *COLUMNS.values()])
    if series is not None:
        rows = named(rows, "series", series)
    elif rows["series"].nunique() > 1:
        known = ", ".join(sorted(rows["series"].unique()))
        raise ValueError(f"{country} has several series; choose from {known}")
    rows = rows.sort_values("year")
    years = calendar(rows["year"])
    if len(years) != years[-1] - years[0] + 1:
        gap = next(year for year in range(years[0], years[-1]) if year not in years)
        raise ValueError(f"{country} has no row for {gap}; its years must follow one another")
    places_of(window, years)
    if ages is not None and not np.array_equal(ages.years, years):
        raise ValueError(
            f"ages has the years {ages.years[0]} to {ages.years[-1]} and the register of {country} "
            f"{years[0]} to {years[-1]}; they must be the same"
        )
    found = Famine(
        country,
        years,
        *(per_thousand(column, rows[column], years) for column in list(COLUMNS.values())[:2]),
        in_millions("population_midyear_million", rows[COLUMNS["population"]], MOST_PEOPLE, years),
        tuple(map(int, window)),
        ages,
    )
    if len(found.before) < 2 or not found.after:
        raise ValueError(
            f"{country} has {len(found.before)} years before the famine and {len(found.after)} "
            "after it; it must have two and one"
        )
    return found


def after_china(famine):
    """The shares of births and deaths that China's register held, moved to another famine.

    Banister's shares for 1953-70, laid so that China's worst year, 1960, falls on the worst year of
    this famine; where her years end, the nearest one holds.

    Parameters
    ----------
    famine : Famine or glf_utils.death_toll.known_ages.Ages
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
        Shares registered, above 0, at most 1. Deaths may have a share by age, of shape (Y, 2, A),
        where the famine has ages, as
        :func:`glf_utils.death_toll.known_ages.spread_over_ages` makes them.

    Returns
    -------
    Famine
        With fewer births and deaths, and the people as they were counted.

    Raises
    ------
    ValueError
        For a share out of bounds, or by age where there are no ages.

    Examples
    --------
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> thinned(finland, 1, 0.5).death_rates[:2]
    array([12.4, 11.9])
    """
    born = real("births", births, above=0, at_most=1, years=famine.years)
    kept, ages = real("deaths", deaths, above=0, at_most=1), famine.ages
    if kept.ndim > 1 and ages is None:
        raise ValueError(f"deaths has shape {kept.shape}; {famine.country} has no ages, only years")
    if ages is not None:
        by_age = np.broadcast_to(
            kept if kept.ndim > 1 else kept[..., None, None], ages.deaths.shape
        )
        kept = (by_age * ages.deaths).sum(axis=(1, 2)) / ages.deaths.sum(axis=(1, 2))
        by_age = np.concatenate([by_age[..., :1], by_age], axis=-1)  # 0 and 1-4 alike
        ages = replace(ages, rates=ages.rates * by_age)
    else:
        real("deaths", kept, years=famine.years)
    return replace(
        famine,
        birth_rates=famine.birth_rates * born,
        death_rates=famine.death_rates * kept,
        ages=ages,
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
