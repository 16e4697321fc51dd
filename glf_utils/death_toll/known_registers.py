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
from glf_utils.death_toll.known_ages import SEXES, Ages, named, rows_of
from glf_utils.death_toll.lifetables import life_table
from glf_utils.death_toll.rates import baseline_rates, excess_deaths, expectancy_baseline
from glf_utils.death_toll.registers import follow_rates
from glf_utils.death_toll.uncertainty import draw_tolls
from glf_utils.tables import load

AT_MOST = 400  # draws whose life tables are worked
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


def baselines(famine):
    """Every kind of baseline, drawn from the ordinary years of a famine.

    Where the famine has ages, two are drawn through life expectancy: how it would have risen gives
    the rates, and the people of each year their weight. Without ages, as in Finland, there is none:
    what such a baseline adds to crude rates is the ages of the people, and the table has none.

    Parameters
    ----------
    famine : Famine
        Whose years count.

    Returns
    -------
    dict of str to tuple
        Kind, reference and what it is drawn through, by a name in words.

    Notes
    -----
    People come in groups of five years. Where births fall, fewer of those under five are infants
    than in the life table, and a baseline through life expectancy is a little high.

    References
    ----------
    :func:`glf_utils.death_toll.rates.baseline_rates` and, for life expectancy,
    :func:`glf_utils.death_toll.rates.expectancy_baseline`.

    Examples
    --------
    >>> baselines(famine_of(load("famine_registers"), "Finland", (1866, 1868)))["last year before"]
    ('year', 1865, 'rates')
    """
    before, after = famine.before, famine.after
    later = after[min(2, len(after) - 1)]
    line = (before[-1], later)
    found = {
        "last year before": ("year", before[-1], "rates"),
        "mean of three years before": ("mean", before[-3:], "rates"),
        "mean of all years before": ("mean", before, "rates"),
        "trend of the years before": ("trend", before, "rates"),
        "the same trend, in per cent": ("log trend", before, "rates"),
        "line to the first year after": ("line", (before[-1], after[0]), "rates"),
        f"line to {later}": ("line", line, "rates"),
        f"line to {later}, in deaths": ("line", line, "deaths"),
    }
    if famine.ages is not None:
        found |= {
            "trend in life expectancy": ("trend", before, "life expectancy"),
            f"line to {later}, in life expectancy": ("line", line, "life expectancy"),
        }
    return found


def tolls_by_baseline(famine):
    """Count the deaths of a famine above every kind of baseline, by the register as it stands.

    Parameters
    ----------
    famine : Famine
        Its register, complete or not.

    Returns
    -------
    Series
        Millions, by the names of :func:`baselines`.

    Raises
    ------
    ValueError
        For a trend that falls below 0.

    Examples
    --------
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> tolls_by_baseline(finland).iloc[[0, -1]].round(3).tolist()
    [0.134, 0.147]
    """
    found = {name: _toll(famine, yardstick) for name, yardstick in baselines(famine).items()}
    return pd.Series(found).rename_axis("baseline")


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
        Shares registered, as in :func:`thinned`.

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
    inside = known.inside
    ordinary = known.death_rates[~inside].sum() / register.death_rates[~inside].sum()

    def raised(by):
        rates = register.death_rates * by
        people = follow_rates(
            known.years, known.birth_rates, rates, known.years[0], known.population[0]
        )
        return replace(register, death_rates=rates, population=people)

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
        "each year's own share": raised(known.death_rates / register.death_rates),
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
    truth, complete = known_excess(known), tolls_by_baseline(known)
    found = {
        name: pd.DataFrame({"toll": tolls_by_baseline(reading), "complete": complete})
        for name, reading in corrected(known, births, deaths).items()
    }
    table = pd.concat(found, names=["correction"]).reset_index().assign(known=truth)
    return table.assign(
        missed_pct=100 * (table["toll"] - table["complete"]) / truth,
        bias_pct=100 * (table["toll"] - table["known"]) / truth,
    )


def intervals(register, stated=STATED, draws=20_000, seed=1958):
    """Let the draws of ``uncertainty`` loose on a register: an interval for every baseline.

    The births are those given, and two counts, of the first and the last year, must close. What is
    stated of completeness is stated before the famine is looked at. The draws that close are the
    same for every baseline; each draws it through its own corrected rates.

    Parameters
    ----------
    register : Famine
        As it was kept; its population is as it was counted.
    stated : glf_utils.death_toll.uncertainty.Stated
        What is thought of it; left out, what this course states of China's register.
    draws : int
        How many.
    seed : int
        Where they begin.

    Returns
    -------
    DataFrame
        A row a baseline: ``low``, ``median`` and ``high``, between which nine in ten of the draws
        that close lie, millions.

    Raises
    ------
    ValueError
        If hardly a draw closes: what is stated and what was counted exclude each other.

    Notes
    -----
    Two counts close within the same part of the people as one million is of China's 600 million.
    Baselines through life expectancy are worked for the first few hundred draws alone.

    Examples
    --------
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> kept = thinned(finland, 1, after_china(finland)[1])
    >>> intervals(kept).loc["last year before"].round(2).tolist()
    [0.08, 0.13, 0.18]
    """
    counts = register.population[[0, -1]]
    found = draw_tolls(
        register.years,
        register.death_rates,
        register.birth_rates,
        dict(zip(register.years[[0, -1]].tolist(), counts, strict=True)),
        stated,
        register.window,
        "year",
        register.before[-1],
        famine_years=register.window,
        closes_within=counts[0] / 600,
        draws=draws,
        seed=seed,
    )
    shares = [found.inputs[name] for name in ("before", "famine", "after")]
    period = np.searchsorted(
        [register.window[0], register.window[1] + 1], register.years, side="right"
    )
    died = register.death_rates / np.stack(shares, axis=-1)[:, period]
    born = register.birth_rates / found.inputs["births"][:, None]
    start = counts[0] / found.inputs["first_census"][:, None]
    crowd = follow_rates(register.years, born, died, register.years[0], start)
    rows = {}
    for name, yardstick in baselines(register).items():
        some = slice(AT_MOST if yardstick[-1] == "life expectancy" else None)
        reading = replace(register, death_rates=died[some], population=crowd[some])
        rows[name] = np.percentile(_toll(reading, yardstick), [5, 50, 95])
    table = pd.DataFrame.from_dict(rows, "index", columns=["low", "median", "high"])
    return table.rename_axis("baseline")


def intervals_by_method(known, deaths, stated=STATED, draws=20_000):
    """Ask of each baseline's interval, on a thinned register, whether it holds the known answer.

    Parameters
    ----------
    known : Famine
        As it was.
    deaths : float or array of shape (Y,)
        Shares of deaths registered, as in :func:`thinned`, which the draws do not know.
    stated, draws : glf_utils.death_toll.uncertainty.Stated, int
        As in :func:`intervals`.

    Returns
    -------
    DataFrame
        As of :func:`intervals`, with ``known`` (:func:`known_excess`, millions) and ``holds``,
        whether it lies between.

    Raises
    ------
    ValueError
        As :func:`intervals`.

    Examples
    --------
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> found = intervals_by_method(finland, after_china(finland)[1])
    >>> len(found), bool(found["holds"].all())
    (8, True)
    """
    table = intervals(thinned(known, 1, deaths), stated, draws)
    table = table.assign(known=known_excess(known))
    return table.assign(holds=table["known"].between(table["low"], table["high"]))


def coverage_by_method(known, truly=STATED, stated=STATED, thinnings=100, draws=10_000, seed=1958):
    """Thin a register many times by chance, and count how often an interval holds the answer.

    Parameters
    ----------
    known : Famine
        As it was.
    truly : glf_utils.death_toll.uncertainty.Stated
        From which the shares of deaths, births and people that were written down are drawn.
    stated : glf_utils.death_toll.uncertainty.Stated
        What the reader thinks of them.
    thinnings, draws : int
        How many registers, and draws for each.
    seed : int
        Where the chances begin.

    Returns
    -------
    DataFrame
        A row a baseline: ``held``, the share of its intervals that hold :func:`known_excess`;
        ``width``, their mean width in per cent of it; ``refused``, the share of registers for which
        there is none, since hardly a draw closes.

    Notes
    -----
    An interval of nine in ten should hold it nine times in ten. It does so, up to what a baseline
    misses on the complete register, where the registers are drawn from what is stated: the test
    proper is where they are not. Baselines through life expectancy are left out.

    References
    ----------
    Morris, White and Crowther (2019), for coverage as a measure of a method on simulated data.

    Examples
    --------
    >>> finland = famine_of(load("famine_registers"), "Finland", (1866, 1868))
    >>> found = coverage_by_method(finland, thinnings=20)
    >>> bool((found["held"] > 0.7).all()), float(found["refused"].max())
    (True, 0.0)
    """
    known = replace(known, ages=None)  # life tables take their time
    drawn, truth = truly.draw(thinnings, seed), known_excess(known)
    period = np.searchsorted([known.window[0], known.window[1] + 1], known.years, side="right")
    shares = np.stack([drawn[name] for name in ("before", "famine", "after")], axis=-1)[:, period]
    found = []
    for one, share in enumerate(shares):
        counted = known.population.copy()
        counted[[0, -1]] *= drawn["first_census"][one], drawn["second_census"][one]
        register = replace(thinned(known, 1, share), population=counted)
        register = replace(register, birth_rates=known.birth_rates * drawn["births"][one])
        try:
            found.append(intervals(register, stated, draws, seed + 1 + one))
        except ValueError:
            continue  # what is stated excludes the counts
    names = pd.Index(list(baselines(known)), name="baseline")
    low, high = (
        np.array([table[end] for table in found]).reshape(-1, len(names)) for end in ("low", "high")
    )
    held = (low <= truth) & (high >= truth)
    return pd.DataFrame(
        {
            "held": held.mean(axis=0) if found else np.nan,
            "width": 100 * (high - low).mean(axis=0) / truth if found else np.nan,
            "refused": 1 - len(found) / thinnings,
        },
        index=names,
    )


def _toll(famine, yardstick):
    kind, reference, through = yardstick
    if through == "life expectancy":
        ages = famine.ages
        before = np.isin(famine.years, famine.before)
        usual = expectancy_baseline(
            famine.years,
            famine.death_rates,
            famine.life_expectancy,
            kind,
            reference,
            life_table(ages.limits, ages.rates[before].mean(axis=0)),
            ages.mean_people,
        )
    else:
        crowd = famine.population if through == "deaths" else None
        usual = baseline_rates(famine.years, famine.death_rates, kind, reference, crowd)
    return excess_deaths(
        famine.years, famine.death_rates, famine.population, famine.window, usual
    ).total
