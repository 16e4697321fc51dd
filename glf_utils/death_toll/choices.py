"""The choices an estimate is made of."""

from functools import cache
from types import MappingProxyType

import numpy as np
import pandas as pd

from glf_utils.death_toll.rates import (
    Series,
    balance_gap,
    baseline_rates,
    birth_deficit,
    excess_deaths,
)
from glf_utils.death_toll.registers import (
    completeness_by_period,
    correct_registration,
    follow_rates,
)
from glf_utils.death_toll.uncertainty import Stated, draw_tolls
from glf_utils.results import sealed
from glf_utils.tables import load

YEARS = np.arange(1953, 1966)
CENSUSES = {1953: 582.60, 1964: 694.58}
ALIKE = 0.1
"""Shares registered in and out of the famine that lie so close count as one correction."""

WINDOWS = {
    f"{first}–{last - 1900}": (first, last)
    for first, last in ((1958, 1961), (1959, 1961), (1958, 1962))
}


@cache
def rate_series():
    """Three readings of the vital rates 1953–65, by name.

    Returns
    -------
    mapping of str to glf_utils.death_toll.rates.Series
        ``register`` as published, ``Banister``, ``UN 2024``. Banister's rates go with a population
        that follows them from the census of 1953; the register's, which they reject, is not
        theirs. The arrays cannot be changed.
    """
    table = load("national_vital_rates")

    def column(series, kind):
        rows = table[table["series"] == series].set_index("year")
        return rows[kind].reindex(YEARS).to_numpy(float)

    birth, death = "birth_rate_per_1000", "death_rate_per_1000"
    people = column("official", "population_midyear_million")
    survey, banister = column("banister1984", birth), column("banister1984", death)
    found = {
        "register": Series(column("official", death), people, column("official", birth)),
        "Banister": Series(banister, own_people(survey, banister), survey),
        "UN 2024": Series(
            column("wpp2024", death),
            column("wpp2024", "population_midyear_million"),
            column("wpp2024", birth),
        ),
    }
    for one in found.values():
        for array in (one.death_rates, one.population, one.birth_rates):
            sealed(array)
    return MappingProxyType(found)


def own_people(births, deaths):
    """People that rates carry on from the census of 1953.

    Parameters
    ----------
    births, deaths : array of shape (Y,)
        Rates per 1,000 in each of :data:`YEARS`.

    Returns
    -------
    array of shape (Y,)
        Millions in the middle of each year.
    """
    return follow_rates(YEARS, births, deaths, 1953, CENSUSES[1953])


def completeness(deaths, births):
    """The share of deaths registered, if one share holds for all years and the censuses close.

    Parameters
    ----------
    deaths, births : array of shape (Y,)
        Rates per 1,000 in each of :data:`YEARS`: deaths as registered, births as they were.

    Returns
    -------
    float
        Between 0.3 and 1.
    """
    low, high, at = 0.3, 1.0, list(YEARS).index(1964)
    for _ in range(50):  # halve the interval: the fewer are registered, the fewer are alive in 1964
        share = (low + high) / 2
        alive = own_people(births, deaths / share)[at]
        low, high = (low, share) if alive > CENSUSES[1964] else (share, high)
    return share


def deaths_added():
    """Births and deaths that two reconstructions add to the register's between the censuses.

    Returns
    -------
    DataFrame
        Millions, from the middle of 1953 to that of 1964, so that half of 1953 and of 1964 is in.
        A column each for Banister and the UN; rows: deaths in three stretches and together,
        births.

    Examples
    --------
    >>> deaths_added().round(1).loc["deaths, together"].tolist()
    [58.6, 48.0]
    """
    known, half = rate_series(), np.where(np.isin(YEARS, list(CENSUSES)), 0.5, 1.0)

    def million(name, kind, first, last):
        inside = (first <= YEARS) & (last >= YEARS)
        rates = getattr(known[name], kind) * known[name].population
        return (rates * half)[inside].sum() / 1000

    rows = {
        "deaths, to 1957": ("death_rates", 1953, 1957),
        "deaths, 1958–61": ("death_rates", 1958, 1961),
        "deaths, from 1962": ("death_rates", 1962, 1964),
        "deaths, together": ("death_rates", 1953, 1964),
        "births, together": ("birth_rates", 1953, 1964),
    }
    return pd.DataFrame(
        {
            name: [million(name, *row) - million("register", *row) for row in rows.values()]
            for name in ("Banister", "UN 2024")
        },
        index=list(rows),
    )


def un_censuses():
    """What the United Nations (2024) take the people of the two censuses to have been.

    Returns
    -------
    dict of int to float
        Millions in the middle of 1953 and of 1964.

    Examples
    --------
    >>> {year: round(people, 1) for year, people in un_censuses().items()}
    {1953: 577.6, 1964: 704.8}
    """
    people = rate_series()["UN 2024"].population
    return {year: float(people[list(YEARS).index(year)]) for year in CENSUSES}


def taken_apart(window=(1958, 1962)):
    """All deaths of a window in four readings, cut into normal deaths and toll.

    Parameters
    ----------
    window : (int, int)
        First and last year, both counted.

    Returns
    -------
    DataFrame
        ``all``, ``normal``, ``toll`` (millions), a row a reading. In the last the toll is what
        Dikötter (2010) prints, and all deaths are those that it implies if ten per thousand of
        the register's people are normal, as Ó Gráda (2011) reads it.
    """
    known = rate_series()
    inside = (window[0] <= YEARS) & (window[1] >= YEARS)
    found = {}
    for words, name, kind in (
        ("register, above\nits own 1957", "register", "frozen"),
        ("UN 2024, above\na line 1957–64", "UN 2024", "line64"),
        ("Banister, above\na line 1957–64", "Banister", "line64"),
    ):
        one = known[name]
        dead = (one.death_rates * one.population)[inside].sum() / 1000
        usual = baseline_of(one.death_rates, kind, 1957)
        toll = excess_deaths(YEARS, one.death_rates, one.population, window, usual).total
        found[words] = dead, dead - toll, toll
    printed = load("account_claims").set_index("claim_id")["value_low"]["S4-008"]
    usual = 10 * known["register"].population[inside].sum() / 1000
    found["Dikötter, if normal\nis 10 per thousand"] = printed + usual, usual, printed
    return pd.DataFrame.from_dict(found, "index", columns=["all", "normal", "toll"])


def closing_shares(normal, censuses=CENSUSES, kind="frozen"):
    """The share of deaths registered in 1958–61 with which two censuses close, and the toll.

    Deaths are the register's, raised; births are those of the survey of 1982; the people follow.

    Parameters
    ----------
    normal : array of shape (S,)
        Share of deaths registered in all other years, 0.5 to 1.
    censuses : mapping of int to float
        People in the middle of 1953 and of 1964, millions.
    kind : str
        One of :data:`KINDS`: what is normal, by the same register up to 1957.

    Returns
    -------
    (array of shape (S,), array of shape (S,))
        Shares for 1958–61, and excess deaths 1958–61 above that normal, millions.

    Examples
    --------
    >>> share, toll = closing_shares([0.61])
    >>> share.round(2), toll.round(1)
    (array([0.6]), array([25.3]))
    """
    normal = np.asarray(normal, float)
    known = rate_series()
    deaths, births = known["register"].death_rates, known["Banister"].birth_rates
    low, high = np.full(normal.shape, 0.3), np.ones(normal.shape)
    for _ in range(50):  # halve the interval, as in completeness
        famine = (low + high) / 2
        held = completeness_by_period(YEARS, normal, famine, FAMINE)
        raised = correct_registration(deaths, held, YEARS)
        people = follow_rates(YEARS, births, raised, 1953, censuses[1953])
        many = people[..., list(YEARS).index(1964)] > censuses[1964]
        low, high = np.where(many, low, famine), np.where(many, famine, high)
    usual = baseline_of(raised, kind, 1957)
    return famine, excess_deaths(YEARS, raised, people, FAMINE, usual).total


def deaths_placed(censuses):
    """Banister's deaths lowered or raised until they close with census totals, in three ways.

    Her births are kept; the deaths of some years are multiplied by one factor, such that the people
    who follow from the first total reach the second. The totals do not say which years.

    Parameters
    ----------
    censuses : mapping of int to float
        People in the middle of 1953 and of 1964, millions.

    Returns
    -------
    DataFrame
        A row for each set of years whose deaths are moved: those of the famine, all, the ordinary.
        ``factor``; ``all_years``, deaths between the two dates; and for 1958–61 ``died``,
        ``normal`` (by the line 1957–64 through the same rates) and ``toll``, all in millions.

    Examples
    --------
    >>> deaths_placed(un_censuses())["toll"].round(1).tolist()
    [14.5, 27.1, 37.7]
    """
    hers, famine = rate_series()["Banister"], (FAMINE[0] <= YEARS) & (FAMINE[1] >= YEARS)
    moved = np.array([famine, np.full(len(YEARS), True), ~famine])
    low, high = np.full((3, 1), 0.3), np.full((3, 1), 2.0)
    for _ in range(50):  # halve the interval, as in completeness
        factor = (low + high) / 2
        rates = np.where(moved, factor, 1) * hers.death_rates
        people = follow_rates(YEARS, hers.birth_rates, rates, 1953, censuses[1953])
        many = people[:, [list(YEARS).index(1964)]] > censuses[1964]
        low, high = np.where(many, factor, low), np.where(many, high, factor)
    usual = baseline_rates(YEARS, rates, "line", (1957, 1964))
    toll = excess_deaths(YEARS, rates, people, FAMINE, usual).total
    died = (rates * people)[:, famine].sum(axis=1) / 1000
    gap = balance_gap(YEARS, hers.birth_rates, rates, people, censuses)
    return pd.DataFrame(
        {
            "factor": factor[:, 0],
            "all_years": gap.deaths,
            "died": died,
            "normal": died - toll,
            "toll": toll,
        },
        index=["famine years", "all years", "ordinary years"],
    )


FAMINE = (1958, 1961)
STATED = Stated(
    before=(0.50, 0.58, 0.75),
    famine=(0.50, 0.62, 0.90),
    after=(0.60, 0.75, 0.95),
    births=(0.97, 1.00, 1.03),
    first_census=(0.98, 0.995, 1.00),
    second_census=(0.98, 0.995, 1.00),
)
"""What this course states of China's register before the censuses are asked. Deaths: the ends lie
beyond what Banister, Coale and the UN's revision of 2024 imply for a period as a whole. Births of
the survey of 1982 within 3 per cent, for memory, and for women who died. Censuses: up to 2 per cent
missed."""
KINDS = {
    "one year, frozen": "frozen",
    "mean of 1953 to that year": "mean",
    "trend of 1953 to that year, carried on": "trend",
    "the same, a constant fall in per cent": "log trend",
    "straight line from that year to 1962": "line62",
    "straight line from that year to 1964": "line64",
}
SOURCES = {
    "register as published": "register",
    "register's deaths, births of the 1982 survey": "mixed",
    "Banister 1984": "Banister",
    "UN 2024": "UN 2024",
}


def baseline_of(rate, kind, year):
    """The baseline that the controls name.

    Parameters
    ----------
    rate : array of shape (Y,)
        Per 1,000 in each of :data:`YEARS`.
    kind : str
        One of :data:`KINDS`.
    year : int
        1955 to 1958.

    Returns
    -------
    glf_utils.death_toll.rates.Baseline
    """
    if kind == "frozen":
        return baseline_rates(YEARS, rate, "year", year)
    if kind in ("mean", "trend", "log trend"):
        return baseline_rates(YEARS, rate, kind, list(range(1953, year + 1)))
    return baseline_rates(YEARS, rate, "line", (year, 1900 + int(kind[-2:])))


def build(series, normal, famine, kind, window):
    """One estimate from named choices, with all that must travel with it.

    Parameters
    ----------
    series : {"register", "mixed", "Banister", "UN 2024"}
        ``mixed``: registered deaths with the births of the survey of 1982.
    normal, famine : float
        Share of deaths registered in normal years and in 1958–61; only the register has need of
        them, the others are corrected already.
    kind : str
        One of :data:`KINDS`, from 1957.
    window : str
        One of :data:`WINDOWS`.

    Returns
    -------
    dict
        ``rates``, ``baseline`` (by year), ``toll`` (Ledger), ``births`` (Ledger: short of 1957),
        ``gap`` (births less deaths less census growth, millions), ``coherent``.
    """
    known = rate_series()
    own = known["register" if series == "mixed" else series]
    born = known["Banister"].birth_rates if series == "mixed" else own.birth_rates
    rates, people, coherent = own.death_rates, own.population, True
    if series in ("register", "mixed"):
        rates = correct_registration(rates, completeness_by_period(YEARS, normal, famine, FAMINE))
        coherent = abs(famine / normal - 1) <= ALIKE
    if series == "mixed":
        people = own_people(born, rates)
    held, span = baseline_of(rates, kind, 1957), WINDOWS[window]
    usual = baseline_rates(YEARS, born, "year", 1957)
    return {
        "rates": rates,
        "baseline": held,
        "coherent": coherent,
        "toll": excess_deaths(YEARS, rates, people, span, held),
        "births": birth_deficit(YEARS, born, people, span, usual),
        "gap": balance_gap(YEARS, born, rates, people, CENSUSES).gap,
    }


def implied_shares():
    """The share of deaths registered, period by period, if an author's death rates are right.

    Returns
    -------
    DataFrame
        The register's rates over the author's, both summed over the years that the author has; a
        row each for Banister, Coale (who has 1957 alone of the first period) and the UN.

    Examples
    --------
    >>> (100 * implied_shares()).round().loc["Banister 1984"].tolist()
    [56.0, 60.0, 78.0]
    """
    rates = load("national_vital_rates").pivot(
        index="year", columns="series", values="death_rate_per_1000"
    )
    periods = {"to 1957": (1953, 1957), "1958–61": FAMINE, "1962–64": (1962, 1964)}
    authors = {"Banister 1984": "banister1984", "Coale 1984": "coale1984", "UN 2024": "wpp2024"}
    both = {name: rates[["official", series]].dropna() for name, series in authors.items()}
    sums = {
        name: {words: pair.loc[slice(*years)].sum() for words, years in periods.items()}
        for name, pair in both.items()
    }
    return pd.DataFrame(
        {
            words: {name: of[words].iloc[0] / of[words].iloc[1] for name, of in sums.items()}
            for words in periods
        }
    )


def toll_and_gap(before, famine, after):
    """The toll and the census gap of an account that states three shares of deaths registered.

    The register's deaths are raised by its share in each period; births are those of the survey of
    1982; from the census of 1953 the people follow.

    Parameters
    ----------
    before, famine, after : float or array of shape (N,)
        Share of deaths registered to 1957, in 1958–61 and from 1962, above 0, at most 1.

    Returns
    -------
    (float or array of shape (N,), float or array of shape (N,))
        Excess deaths 1958–61 above the account's own 1957, and the error of closure: people of 1964
        that the account has more than were counted. Millions.

    Examples
    --------
    >>> toll, gap = toll_and_gap(0.61, [0.60, 0.50], 0.61)
    >>> toll.round(1), gap.round(1)
    (array([25.9, 39.8]), array([ -0.6, -15.7]))
    """
    held = completeness_by_period(YEARS, before, famine, FAMINE)
    late = np.asarray(after, float)[..., None]
    raised = correct_registration(
        rate_series()["register"].death_rates,
        np.where(YEARS > FAMINE[1], late, held),
        YEARS,
    )
    people = own_people(
        np.broadcast_to(rate_series()["Banister"].birth_rates, raised.shape), raised
    )
    toll = excess_deaths(YEARS, raised, people, FAMINE, baseline_of(raised, "frozen", 1957)).total
    return toll, people[..., list(YEARS).index(1964)] - CENSUSES[1964]


def draw_china(stated=STATED, kind="year", reference=1957, window=FAMINE, **options):
    """Draw tolls from the register's deaths, the births of the survey of 1982 and two censuses.

    Parameters
    ----------
    stated : glf_utils.death_toll.uncertainty.Stated
        What is thought of completeness, births and coverage.
    kind, reference : optional
        The baseline, as :func:`glf_utils.death_toll.uncertainty.draw_tolls` has it.
    window : (int, int)
        First and last year of the toll, both counted.
    **options
        ``draws``, ``seed`` and ``closes_within`` of the same function.

    Returns
    -------
    glf_utils.death_toll.uncertainty.Draws

    Examples
    --------
    >>> draw_china().interval(0.9).round()
    array([11., 23., 37.])
    """
    known = rate_series()
    return draw_tolls(
        YEARS,
        known["register"].death_rates,
        known["Banister"].birth_rates,
        CENSUSES,
        stated,
        window,
        kind,
        reference,
        famine_years=FAMINE,
        **options,
    )
