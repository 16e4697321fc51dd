"""Famines with a known answer, by age: who died, and which estimator finds what a register held.

The form of a country's ages is that of the table ``famine_ages``: a row a year, sex and age group
with ``country``, ``year``, ``sex``, ``age_start``, ``people_january_thousand``, ``deaths_per_1000``
and ``births_per_1000_women``.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from glf_utils.arguments import real
from glf_utils.death_toll.indirect import (
    generalised_growth_balance,
    synthetic_extinct_generations,
)
from glf_utils.death_toll.known_registers import rows_of
from glf_utils.death_toll.lifetables import life_table

COLUMNS = ["country", "year", "sex", "age_start"]
COLUMNS += ["people_january_thousand", "deaths_per_1000", "births_per_1000_women"]
EARLY = np.array([0.33, 0.35])  # years lived by those who die before their first birthday
SEXES = np.array([1.06, 1.0]) / 2.06


@dataclass(frozen=True)
class Ages:
    """A country's people, deaths and births by age through a famine.

    Attributes
    ----------
    years : array of int of shape (Y,)
        Calendar years with death rates.
    ages : array of int of shape (A,)
        Lower limits of five-year groups, the last open.
    people : array of shape (Y + 1, 2, A)
        Thousands on 1 January of each year and of the next, males first.
    rates : array of shape (Y, 2, A + 1)
        Deaths per person a year, at 0, 1-4, 5-9 and so on.
    births : array of shape (Y,)
        Thousands in each year.
    """

    years: np.ndarray
    ages: np.ndarray
    people: np.ndarray
    rates: np.ndarray
    births: np.ndarray

    @property
    def exposure(self):
        """Person-years in each year, thousands: shape (Y, 2, A + 1), ages 0 and 1-4 apart."""
        mean = (self.people[1:] + self.people[:-1]) / 2
        dying = self.rates[..., 0] / (1 + (1 - EARLY) * self.rates[..., 0])
        infants = self.births[:, None] * SEXES * (1 - dying * (1 - EARLY))
        return np.concatenate(
            [infants[..., None], (mean[..., 0] - infants)[..., None], mean[..., 1:]], axis=-1
        )

    @property
    def deaths(self):
        """Thousands in each year, by five-year groups: shape (Y, 2, A)."""
        died = self.rates * self.exposure
        return np.concatenate([died[..., :2].sum(axis=-1, keepdims=True), died[..., 2:]], axis=-1)

    @property
    def life_expectancy(self):
        """At birth, years, males first: shape (Y, 2)."""
        limits = np.concatenate([[0, 1], self.ages[1:]])
        return life_table(limits, self.rates).life_expectancy


def ages_of(table, country):
    """Read one country from a table of the form of ``famine_ages``.

    Parameters
    ----------
    table : DataFrame
        As ``load("famine_ages")``, or ``pandas.read_csv`` of a file of that form.
    country : str
        As the column has it.

    Returns
    -------
    Ages

    Raises
    ------
    ValueError
        For a column or country that is not there, or a group without its number.

    Notes
    -----
    Those who die as infants live 0.33 and 0.35 years, as in Coale and Demeny's model West where
    infant mortality is high; boys are 106 to 100 girls.

    Examples
    --------
    >>> from glf_utils.tables import load
    >>> russia = ages_of(load("famine_ages"), "Russia")
    >>> russia.life_expectancy[russia.years == 1933].round(1)
    array([[14.6, 18.8]])
    """
    rows = rows_of(table, country, COLUMNS)

    def wide(column, chosen):
        rows_of = chosen.pivot(index=["year", "sex"], columns="age_start", values=column)
        return rows_of, [rows_of.xs(sex, level="sex").to_numpy(float) for sex in ("male", "female")]

    counted = rows[rows["people_january_thousand"].notna()]
    frame, people = wide("people_january_thousand", counted)
    frame_of_rates, rates = wide("deaths_per_1000", rows[rows["deaths_per_1000"].notna()])
    years = frame_of_rates.index.get_level_values("year").unique().to_numpy()
    people, rates = np.stack(people, axis=1), np.stack(rates, axis=1) / 1000
    for name, array in (("people_january_thousand", people), ("deaths_per_1000", rates)):
        if np.isnan(array).any():
            raise ValueError(f"{name} of {country} lacks a number in a group that others have")
    if len(people) != len(rates) + 1:
        raise ValueError(
            f"{country} has people of {len(people)} Januaries and rates of {len(rates)} years; "
            "it must have one January more"
        )
    rates[..., 0] /= 1 - (1 - EARLY) * rates[..., 0]  # the share dying, as a rate
    bearing = wide("births_per_1000_women", counted)[1][1][:-1] / 1000
    births = (np.nan_to_num(bearing) * (people[1:, 1] + people[:-1, 1]) / 2).sum(axis=-1)
    return Ages(years, frame.columns.to_numpy(), people, rates, births)


def excess_at_ages(found, year, ordinary):
    """Deaths of a year above those at the mean rates of ordinary years, by age.

    Parameters
    ----------
    found : Ages
        As :func:`ages_of` reads them.
    year : int
        The year of the famine.
    ordinary : list of int
        Whose rates are normal.

    Returns
    -------
    DataFrame
        Indexed by age in words: ``male``, ``female`` (thousands), ``times_male`` and
        ``times_female``, the rate over the normal one.

    Examples
    --------
    >>> from glf_utils.tables import load
    >>> russia = ages_of(load("famine_ages"), "Russia")
    >>> excess = excess_at_ages(russia, 1933, [1927, 1928, 1929, 1930])
    >>> round(float(excess[["male", "female"]].to_numpy().sum()))
    2795
    """
    (at,) = np.flatnonzero(found.years == year)
    usual = found.rates[np.isin(found.years, ordinary)].mean(axis=0)
    above = (found.rates[at] - usual) * found.exposure[at]
    limits = [0, 1, *found.ages[1:]]
    names = [f"{low}-{high - 1}" for low, high in zip(limits, limits[1:], strict=False)]
    names = ["0", *names[1:], f"{limits[-1]}+"]
    times = found.rates[at] / usual
    columns = {"male": above[0], "female": above[1]}
    return pd.DataFrame(
        {**columns, "times_male": times[0], "times_female": times[1]},
        index=pd.Index(names, name="age"),
    )


def completeness_found(found, shares):
    """Thin deaths by year, and by age, and let two estimators say how many were registered.

    Both see the people of the first and the last January and the registered deaths of all the years
    between, by age; they do not know the shares.

    Parameters
    ----------
    found : Ages
        As they were.
    shares : float or array of shape (Y,) or (Y, 2, A)
        Of the deaths registered in each year, at each age if it varies.

    Returns
    -------
    DataFrame
        A row a sex and method: ``true``, registered over all deaths at five and over; ``found``.

    Notes
    -----
    The generalised growth balance is fitted at ages 5 to 75, extinct generations at 25 to 60, with
    4 years lived in the open group.

    Examples
    --------
    >>> from glf_utils.tables import load
    >>> russia = ages_of(load("famine_ages"), "Russia")
    >>> completeness_found(russia, 0.6)["found"].round(2).tolist()
    [0.67, 0.6, 0.62, 0.61]
    """
    share = real("shares", shares, above=0, at_most=1)
    registered = found.deaths * (share[:, None, None] if share.ndim == 1 else share)
    true = registered[..., 1:].sum(axis=(0, 2)) / found.deaths[..., 1:].sum(axis=(0, 2))
    given = found.ages, found.people[0], found.people[-1], registered.sum(axis=0), len(found.years)
    balance = generalised_growth_balance(*given, fitted=(5, 75))
    extinct = synthetic_extinct_generations(*given, beyond=4)
    rows = [
        (sex, method, true[at], result.completeness[at])
        for method, result in (("growth balance", balance), ("extinct generations", extinct))
        for at, sex in enumerate(("male", "female"))
    ]
    return pd.DataFrame(rows, columns=["sex", "method", "true", "found"])
