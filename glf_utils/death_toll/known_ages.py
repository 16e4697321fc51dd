"""Famines with a known answer, by age: people, deaths and births as a country's tables have them.

The form of a country's ages is that of the table ``famine_ages``: a row a year, sex and age group
with ``country``, ``year``, ``sex``, ``age_start``, ``people_january_thousand``, ``deaths_per_1000``
and ``births_per_1000_women``. People come in groups of five years from 0, deaths at 0, 1, 5 and so
on: those at 0 for every 1,000 born, the others for every 1,000 person-years. After the last year
with deaths stands one January more.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from glf_utils.arguments import real
from glf_utils.death_toll.lifetables import life_table

COLUMNS = ["country", "year", "sex", "age_start"]
COLUMNS += ["people_january_thousand", "deaths_per_1000", "births_per_1000_women"]
EARLY = np.array([0.33, 0.35])  # years lived by those who die before their first birthday
SEXES = np.array([1.06, 1.0]) / 2.06
ODDS = {0: 1 / 3, 5: 1.0, 60: 1 / 2}
"""Odds that a death is registered, over those of a grown person's, by lower limit of age."""


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
        m(x), deaths per person a year, at 0, 1-4, 5-9 and so on.
    births : array of shape (Y,)
        Thousands in each year.
    """

    years: np.ndarray
    ages: np.ndarray
    people: np.ndarray
    rates: np.ndarray
    births: np.ndarray

    @property
    def limits(self):
        """Lower limits of the groups of the rates: 0, 1, 5 and so on, shape (A + 1,)."""
        return np.concatenate([[0, 1], self.ages[1:]])

    @property
    def mean_people(self):
        """Thousands in the middle of each year: shape (Y, 2, A)."""
        return (self.people[1:] + self.people[:-1]) / 2

    @property
    def exposure(self):
        """Exposure: person-years in each year, thousands, shape (Y, 2, A + 1), 0 and 1-4 apart."""
        mean = self.mean_people
        dying = self.rates[..., 0] / (1 + (1 - EARLY) * self.rates[..., 0])
        infants = self.births[:, None] * SEXES * (1 - dying * (1 - EARLY))
        return np.concatenate(
            [infants[..., None], (mean[..., 0] - infants)[..., None], mean[..., 1:]], axis=-1
        )

    @property
    def died(self):
        """Thousands in each year, shape (Y, 2, A + 1), ages 0 and 1-4 apart."""
        return self.rates * self.exposure

    @property
    def deaths(self):
        """Thousands in each year, by five-year groups: shape (Y, 2, A)."""
        return young_joined(self.died)

    @property
    def crude(self):
        """Deaths per 1,000 people a year: shape (Y,)."""
        return 1000 * self.died.sum(axis=(1, 2)) / self.mean_people.sum(axis=(1, 2))

    @property
    def peak(self):
        """The year of the highest crude death rate."""
        return int(self.years[np.argmax(self.crude)])

    @property
    def life_expectancy(self):
        """At birth, e(0) in years, males first: shape (Y, 2)."""
        return life_table(self.limits, self.rates).life_expectancy


def young_joined(numbers):
    """Join ages 0 and 1-4 into the first five-year group.

    Parameters
    ----------
    numbers : array of shape (…, A + 1)
        Deaths or people at 0, 1-4, 5-9 and so on.

    Returns
    -------
    array of shape (…, A)

    Examples
    --------
    >>> young_joined(np.array([1, 2, 3, 4]))
    array([3, 3, 4])
    """
    first = numbers[..., :2].sum(axis=-1, keepdims=True)
    return np.concatenate([first, numbers[..., 2:]], axis=-1)


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
    >>> from glf_utils.tables import load
    >>> len(rows_of(load("famine_registers"), "Finland", ["country", "year"]))
    16
    """
    absent = [name for name in columns if name not in table]
    if absent:
        raise ValueError(f"table has no column {absent[0]!r}; it must have {', '.join(columns)}")
    return named(table, "country", country)


def named(rows, column, value):
    """The rows whose column has a value, or an error that names the values there are.

    Parameters
    ----------
    rows : DataFrame
        Of a table.
    column, value : str
        Which rows.

    Returns
    -------
    DataFrame

    Raises
    ------
    ValueError
        If there is none.

    Examples
    --------
    >>> len(named(pd.DataFrame({"sex": ["male", "female", "male"]}), "sex", "male"))
    2
    """
    chosen = rows[rows[column] == value]
    if chosen.empty:
        known = ", ".join(sorted(map(str, rows[column].unique())))
        raise ValueError(f"{column} {value!r} is not in the table; choose from {known}")
    return chosen


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
        For a column or country that is not there, another word for a sex, a row twice, what is no
        number, a group without its own, or ages of another form.

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
    sexes = ["male", "female"]
    if set(rows["sex"]) != set(sexes):
        raise ValueError(
            f"sex of {country} is {', '.join(sorted(set(rows['sex'])))}; it must be male and female"
        )

    for name in COLUMNS[4:]:
        wrong = rows[pd.to_numeric(rows[name], errors="coerce").isna() & rows[name].notna()]
        if len(wrong):
            person = ", ".join(map(str, wrong.iloc[0][["year", "sex", "age_start"]]))
            raise ValueError(
                f"{name} of {country}, {person}, is {wrong.iloc[0][name]!r}; it must be a number"
            )

    def wide(name):
        """A column by year, sex and age: its frame, and its numbers with the axes (Y 2 A)."""
        chosen = rows[rows[name].notna()]
        person = ["year", "sex", "age_start"]
        if chosen.duplicated(person).any():
            twice = chosen[chosen.duplicated(person)].iloc[0]
            raise ValueError(
                f"{name} of {country} stands twice: {', '.join(map(str, twice[person]))}"
            )
        frame = chosen.pivot(index=["year", "sex"], columns="age_start", values=name)
        numbers = [frame.xs(sex, level="sex").to_numpy() for sex in sexes]
        if len(numbers[0]) != len(numbers[1]) or pd.isna(np.stack(numbers)).any():
            raise ValueError(f"{name} of {country} lacks a number in a group that others have")
        return frame, real(name, np.stack(numbers, axis=1).astype(float), at_least=0)

    frame, people = wide("people_january_thousand")
    frame_of_rates, rates = wide("deaths_per_1000")
    years = frame_of_rates.index.get_level_values("year").unique().to_numpy()
    limits = frame.columns.to_numpy()
    wanted = [0, 1, *limits[1:]]
    if limits[0] or (np.diff(limits) != 5).any() or frame_of_rates.columns.tolist() != wanted:
        raise ValueError(
            f"age_start of {country} has people at {', '.join(map(str, limits))} and deaths at "
            f"{', '.join(map(str, frame_of_rates.columns))}; people must come in groups of five "
            "years from 0, and deaths at 0, 1, 5 and so on"
        )
    rates = rates / 1000
    if len(people) != len(rates) + 1:
        raise ValueError(
            f"{country} has people of {len(people)} Januaries and rates of {len(rates)} years; "
            "it must have one January more"
        )
    rates[..., 0] /= 1 - (1 - EARLY) * rates[..., 0]  # the share dying, as a rate
    women = rows[(rows["sex"] == "female") & rows["people_january_thousand"].notna()]
    bearing = women.pivot(index="year", columns="age_start", values="births_per_1000_women")
    bearing = np.nan_to_num(bearing.to_numpy(float)[:-1]) / 1000
    births = (bearing * (people[1:, 1] + people[:-1, 1]) / 2).sum(axis=-1)
    return Ages(years, limits, people, rates, births)


def spread_over_ages(found, by_year, odds=ODDS):
    """Let a register miss the young and the old more than others, and as many in all as stated.

    In each year the odds of being registered, share over one less share, are those of a grown
    person times the odds of the age; what a grown person's are follows from the share of all.

    Parameters
    ----------
    found : Ages
        Whose deaths count.
    by_year : float or array of shape (…, Y)
        Of all deaths of a year, the share that is registered, above 0, at most 1.
    odds : dict of int to float or array of shape (…)
        By lower limit of age, in order from 0; each holds up to the next.

    Returns
    -------
    array of shape (…, Y, 2, A)
        Shares registered.

    Raises
    ------
    ValueError
        For a share or odds out of bounds.

    Notes
    -----
    Banister prints shares by year alone. Growth balance is fitted to adults because one share may
    hold for them and does not for children (Moultrie and others 2013). A third of a grown person's
    odds under five, and half of them from sixty on, are this package's own.

    Examples
    --------
    >>> from glf_utils.tables import load
    >>> russia = ages_of(load("famine_ages"), "Russia")
    >>> shares = spread_over_ages(russia, 0.6)
    >>> shares[russia.years == 1933][0, 0, [0, 5, 15]].round(2)
    array([0.47, 0.73, 0.57])
    >>> ((shares * russia.deaths).sum(axis=(1, 2)) / russia.deaths.sum(axis=(1, 2)))[:2].round(3)
    array([0.6, 0.6])
    """
    wanted = real("by_year", by_year, above=0, at_most=1)
    wanted = np.broadcast_to(wanted, np.broadcast_shapes(wanted.shape, found.years.shape))
    starts = np.array(list(odds))
    group = np.searchsorted(starts, found.ages, side="right") - 1
    each = np.stack(
        np.broadcast_arrays(*(real("odds", one, above=0) for one in odds.values())), axis=-1
    )[..., None, None, group]  # (… 1 1 A)
    deaths = found.deaths
    weight = deaths / deaths.sum(axis=(1, 2), keepdims=True)
    shape = np.broadcast_shapes(wanted.shape, each.shape[:-3] + found.years.shape)
    low, high = np.full(shape, -20.0), np.full(shape, 20.0)  # logarithms of a grown person's odds
    for _ in range(50):
        middle = (low + high) / 2
        ratio = np.exp(middle)[..., None, None] * each
        held = (weight * ratio / (1 + ratio)).sum(axis=(-2, -1))
        low, high = np.where(held < wanted, middle, low), np.where(held < wanted, high, middle)
    ratio = np.exp((low + high) / 2)[..., None, None] * each
    shares = np.where((wanted == 1)[..., None, None], 1.0, ratio / (1 + ratio))
    return np.broadcast_to(shares, (*shape, *deaths.shape[1:]))


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
    limits = found.limits.tolist()
    names = [f"{low}-{high - 1}" for low, high in zip(limits, limits[1:], strict=False)]
    names = ["0", *names[1:], f"{limits[-1]}+"]
    times = found.rates[at] / usual
    columns = {"male": above[0], "female": above[1]}
    return pd.DataFrame(
        {**columns, "times_male": times[0], "times_female": times[1]},
        index=pd.Index(names, name="age"),
    )
