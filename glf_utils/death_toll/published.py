"""Published tolls, worked again from the tables and put in one currency.

Each is taken apart into all who died in its window, those who would have died anyway, and the
people among whom they did. Births that did not happen are in none.
"""

from dataclasses import dataclass
from functools import cache
from inspect import signature
from types import MappingProxyType

import numpy as np

from glf_utils.citing import cite
from glf_utils.death_toll.choices import CENSUSES
from glf_utils.death_toll.provinces import provincial_toll
from glf_utils.death_toll.rates import toll_of_counts, toll_of_rates
from glf_utils.death_toll.registers import follow_rates, stock_flow_deaths
from glf_utils.results import sealed
from glf_utils.tables import load

YEARS = np.arange(1953, 1967)
XIA_YEARS = [1954, 1955, 1956, 1957, 1958, 1962, 1963, 1964]
BESIDE = [1955, 1956, 1957, 1964, 1965, 1966]
"""Normal years on both sides of the famine; Yang takes the mean of three and three."""
JIN_HUI_RATE = 10.54  # per 1,000, solved for
PENG = {
    "excess": 14.2,
    "raised": 1.10,
    "provinces": 14,
    "share": 0.68,
}  # the share of people is solved for
COALE_YEARS = (1958, 1963)
COALE_SUM = 86.2  # his corrected deaths of these years as printed, millions
CHANG_HALLIDAY = {"rates": [12.0, 14.5, 43.4, 28.3], "normal": 10.3}  # 1958-61
CRITIC = {"rate": 27.3, "normal": 10.0}  # a reader's restatement of Dikötter's 45, 1958-61
RESTS_ON = {
    "register": "the register",
    "reconstruction": "a reconstruction",
    "raised_in_famine": "the register, raised in the famine",
    "stocks": "totals of people",
    "gazetteers": "gazetteers",
    "not_stated": "not stated",
}
"""Words for the column ``rests_on`` of the table ``published_results``."""


COLUMNS = ["who", "printed", "toll", "died", "normal", "rate", "normal_rate", "people", "window"]
COLUMNS += ["births", "rests_on", "baseline", "grade", "rebuilt"]


@dataclass(frozen=True)
class Account:
    """One toll and what it was subtracted from; nan where the author's deaths are not known.

    Attributes
    ----------
    toll : float
        Excess deaths, millions.
    normal : float
        Deaths that would have been, millions.
    people : float
        Mean of the years counted, millions.
    years : int
        How many were counted.
    """

    toll: float
    normal: float = np.nan
    people: float = np.nan
    years: int = 0

    @property
    def died(self):
        """All who died, millions."""
        return self.toll + self.normal


@cache
def series_columns():
    """Return the table ``national_vital_rates`` by series and column.

    Returns
    -------
    mapping of (str, str) to array of shape (14,)
        For :data:`YEARS`; nan where a year is missing. The arrays cannot be changed.
    """
    table = load("national_vital_rates")
    numbers = table.select_dtypes("number").columns.drop("year")
    wide = table.pivot(index="year", columns="series", values=list(numbers)).reindex(YEARS)
    return MappingProxyType(
        {(series, name): sealed(wide[name, series].to_numpy(float)) for name, series in wide}
    )


def column(series, name):
    """Return a column of the table ``national_vital_rates`` for one series.

    Parameters
    ----------
    series : str
        Whose figures.
    name : str
        Of the column.

    Returns
    -------
    array of shape (14,)
        For :data:`YEARS`; nan where a year is missing.
    """
    return series_columns()[series, name]


def people(series="official"):
    """Return the mid-year people that a series' rates are multiplied by.

    Banister prints rates that carry a population of their own, from the census of 1953; the UN has
    its own people; others are taken times the register's.

    Parameters
    ----------
    series : str
        Whose rates.

    Returns
    -------
    array of shape (14,)
        Millions, for :data:`YEARS`.
    """
    if series.startswith("banister"):
        rates = [column("banister1984", f"{kind}_rate_per_1000") for kind in ("birth", "death")]
        return follow_rates(YEARS, *rates, 1953, CENSUSES[1953])
    own = column(series, "population_midyear_million")
    return own if np.isfinite(own).any() else column("official", "population_midyear_million")


def _of_rates(series, window, kind, reference, net=True, rates=None):
    """Above a baseline through the rates of a series, or through others times its people."""
    rates = column(series, "death_rate_per_1000") if rates is None else rates
    ledger = toll_of_rates(YEARS, rates, people(series), window, kind, reference, net)
    return _account(ledger, people(series), net)


def _of_counts(window, kind, reference):
    """Above a baseline through the yearbook's numbers of deaths."""
    deaths = column("official", "deaths_million")
    return _account(toll_of_counts(YEARS, deaths, window, kind, reference), people())


def _account(ledger, crowd, net=True):
    """A ledger as an account; years below a baseline that are left out are in no part of it."""
    counted = np.full(len(ledger.years), True) if net else ledger.by_year != 0
    inside = np.isin(YEARS, ledger.years[counted])
    return Account(
        ledger.total, ledger.expected[counted].sum(), crowd[inside].mean(), int(counted.sum())
    )


def _coale(series, window, before=None):
    """Coale's line in deaths from 1957 to 1964, under his deaths of the window."""
    ends = _deaths(series, 1957) if before is None else before, _deaths(series, 1964)
    inside = (window[0] <= YEARS) & (window[1] >= YEARS)
    normal = np.interp(YEARS[inside], ENDS, ends).sum()
    died = _corrected_deaths(window) if series == "coale1984_printed" else _registered(inside)
    return Account(died - normal, normal, people()[inside].mean(), int(inside.sum()))


def _corrected_deaths(window):
    """Coale's sum as printed; for other years than his, his rates times the register's people."""
    if window == COALE_YEARS:
        return COALE_SUM
    inside = (window[0] <= YEARS) & (window[1] >= YEARS)
    return (column("coale1984", "death_rate_per_1000") * people())[inside].sum() / 1000


def _registered(inside):
    return column("official", "deaths_million")[inside].sum()


def _deaths(series, year):
    return column(series, "deaths_million")[YEARS == year].item()


def li_s_1957():
    """Return Coale's corrected deaths of 1957, raised as his registered ones must be.

    Returns
    -------
    float
        Millions. That Li amended this figure is inferred.
    """
    factor = _deaths("official", 1957) / _deaths("coale1984_registered_used", 1957)
    return _deaths("coale1984_printed", 1957) * factor


def _provinces(window, kind, reference, raised=True):
    tables = load("provincial_vital_rates"), load("national_vital_rates")
    found = provincial_toll(*tables, window, kind, reference)
    share = found.nation.share if raised else 1
    sums = found.by_province[["toll", "expected", "person_years"]].sum() / share
    years = window[1] - window[0] + 1
    return Account(sums["toll"], sums["expected"], sums["person_years"] / years, years)


def _stocks(normal_rate, window, stocks=None):
    """Births less normal deaths plus the fall in people, by the yearbook."""
    found = stock_flow_deaths(
        YEARS,
        *(column("official", f"{name}_million") for name in ("population_yearend", "births")),
        normal_rate * people() / 1000,
        window,
        stocks,
    )
    inside = (YEARS >= window[0]) & (YEARS <= window[1])
    return Account(found.total, found.normal_deaths, people()[inside].mean(), int(inside.sum()))


def _chang_halliday():
    rates = column("official", "death_rate_per_1000").copy()
    rates[(YEARS >= 1958) & (YEARS <= 1961)] = CHANG_HALLIDAY["rates"]
    return _of_rates("official", (1958, 1961), "flat", CHANG_HALLIDAY["normal"], rates=rates)


def _critic():
    rates = np.full(len(YEARS), CRITIC["rate"])
    return _of_rates("official", (1958, 1961), "flat", CRITIC["normal"], rates=rates)


def _banister_1987(window):
    rates = column("banister1987", "death_rate_per_1000")
    return _of_rates("banister1987", window, "line", ENDS, rates=rates)


def cao():
    """Return the sum of Cao's provinces.

    Returns
    -------
    float
        Millions.
    """
    rows = load("provincial_famine_deaths").query("estimate == 'cao2005'")
    return float(rows[rows["province"].notna()]["deaths_million"].sum())


def _sum_alone(toll, window, crowd=None):
    """A toll of which no half is printed, beside the people who lived in its years."""
    inside = (YEARS >= window[0]) & (YEARS <= window[1])
    crowd = people() if crowd is None else crowd
    return Account(toll, people=crowd[inside].mean(), years=int(inside.sum()))


def _ashton():
    """Four years from July to June, whose middles are the year-ends of 1958-61."""
    toll = float(load("ashton_fiscal_years")["excess_deaths_million"].sum())
    return _sum_alone(toll, (1958, 1961), column("official", "population_yearend_million"))


def _peng():
    return _sum_alone(PENG["excess"] * PENG["raised"] / PENG["share"], (1958, 1962))


ENDS = (1957, 1964)
TOLLS = {
    "yang_first_step": lambda w=(1958, 1962): _of_rates("official", w, "flat", 10.47, net=False),
    "yang_provinces": lambda w=(1958, 1962): _provinces(w, "mean", BESIDE),
    "patnaik_deaths": lambda w=(1959, 1961): _of_counts(w, "year", 1958),
    "coale_official": lambda w=COALE_YEARS: _coale("coale1984_registered_used", w),
    "coale_adjusted": lambda w=COALE_YEARS: _coale("coale1984_printed", w),
    "li_chengrui": lambda w=COALE_YEARS: _coale("coale1984_printed", w, before=li_s_1957()),
    "coale_1981": lambda w=(1958, 1961): _of_rates("official", w, "line", (1957, 1962)),
    "calot_deaths": lambda w=(1958, 1963): _of_rates("calot1984", w, "line", ENDS),
    "banister_falling": lambda w=(1958, 1961): _of_rates("banister1984", w, "line", ENDS),
    "banister_frozen": lambda w=(1958, 1961): _of_rates("banister1984", w, "year", 1957),
    "banister_1987": lambda w=(1958, 1961): _banister_1987(w),
    "banister_registered": lambda w=(1958, 1961): _of_rates("official", w, "line", ENDS),
    "ashton_sum": _ashton,
    "lin_yang": _ashton,
    "peng_grossing": _peng,
    "cao_sum": lambda: _sum_alone(cao(), (1959, 1961)),
    "jinhui_first_step": lambda: _stocks(JIN_HUI_RATE, (1959, 1961), stocks=(1959, 1961)),
    "li_che": lambda: _stocks(10.8, (1958, 1962)),
    "dikotter_critic": _critic,
    "chang_halliday": _chang_halliday,
    "aird_two_years": lambda w=(1960, 1961): _of_rates("official", w, "year", 1957),
    "sun_jingxian": lambda w=(1959, 1961): _of_rates("official", w, "mean", BESIDE),
    "cheng_zhan": lambda w=(1959, 1961): _of_counts(w, "mean", [1955, 1956, 1957]),
    "xia_years": lambda w=(1959, 1961): _of_counts(w, "mean", XIA_YEARS),
    "china_profile": lambda w=(1958, 1961): _of_rates("official", w, "mean", [1955, 1956, 1957]),
    "yao_provinces": lambda w=(1959, 1961): _provinces(w, "mean", BESIDE),
    "houser_provinces": lambda w=(1959, 1961): _provinces(
        w, "mean", [1955, 1956, 1957, 1958], raised=False
    ),
    "un2024_line_1958_62": lambda w=(1959, 1961): _of_rates("wpp2024", w, "line", (1958, 1962)),
    "un2022_line_1958_62": lambda w=(1959, 1961): _of_rates("wpp2022", w, "line", (1958, 1962)),
}
"""How each toll of the table ``published_results`` is worked again, as far as it can be; in other
years than its author's, where his rule and his deaths by year allow it."""
BOUND = {name for name, account in TOLLS.items() if not signature(account).parameters}
"""Tolls that are known in their author's own years alone."""


def in_one_currency(results, window=None):
    """Set published tolls side by side: who died, who would have, among how many.

    A toll that does not come out stands beside those that do, and says so. The UN print rates and
    no toll: their rows are read from the rates here.

    Parameters
    ----------
    results : DataFrame
        The table ``published_results``.
    window : (int, int), optional
        One set of years for all, in place of each author's own. A toll that is known in its own
        years alone (:data:`BOUND`) is nan in others.

    Returns
    -------
    DataFrame
        Indexed by ``result_id``, smallest toll first: ``who``; ``printed`` (nan if read here),
        ``toll``, ``died`` and ``normal`` deaths (millions); ``rate`` and ``normal_rate`` (per
        1,000 a year) and ``people`` (mean, millions) in the years counted; deaths and rates are
        nan where an author's are not known; ``window``; ``births``, in or out; ``rests_on``;
        ``baseline``; ``grade``; ``rebuilt``, as the table's ``reproducible``.

    Examples
    --------
    >>> told = in_one_currency(load("published_results"))
    >>> two = told.loc[["li_chengrui", "coale_adjusted"], ["died", "normal", "toll"]]
    >>> two.round(1)  # doctest: +NORMALIZE_WHITESPACE
                    died  normal  toll
    result_id
    li_chengrui     86.2    64.6  21.6
    coale_adjusted  86.2    59.4  26.8
    """
    rows = results.set_index("result_id").loc[list(TOLLS)]
    spans = [
        (row.period_start_year, row.period_end_year) if window is None else tuple(window)
        for row in rows.itertuples()
    ]
    worked = [_in_years(name, rows.loc[name], window) for name in TOLLS]
    toll, died, normal, people, years = (
        np.array([getattr(one, part) for one in worked], float)
        for part in ("toll", "died", "normal", "people", "years")
    )
    lived = np.where(years > 0, people * years / 1000, np.nan)
    sizes = rows["printed_million"].fillna(rows["printed_low_million"])
    table = rows.assign(
        who=rows["source"].map(cite),
        printed=sizes.mask(rows["verification"] == "derived"),
        toll=toll,
        died=died,
        normal=normal,
        rate=died / lived,
        normal_rate=normal / lived,
        people=people,
        window=[f"{first}–{last - 1900}" for first, last in spans],
        births=np.where(rows["births_counted"], "in", "out"),
        rests_on=rows["rests_on"].map(RESTS_ON),
        grade=rows["inputs_grade"],
        rebuilt=rows["reproducible"],
    )
    return table.loc[sizes.sort_values().index, COLUMNS]


def on_one_window(results, window=(1958, 1961)):
    """Set on one set of years the published tolls that come out and whose halves are known.

    Each keeps its author's deaths and his rule for what is normal; only the years are made the
    same. Rows that are unchecked are left out.

    Parameters
    ----------
    results : DataFrame
        The table ``published_results``.
    window : (int, int), optional
        First and last year, both counted.

    Returns
    -------
    DataFrame
        As of :func:`in_one_currency`; ``rests_on`` tells provincial registers from the nation's.

    Examples
    --------
    >>> same = on_one_window(load("published_results"))
    >>> same.loc[["coale_official", "coale_adjusted"], ["died", "normal", "toll"]].round(1)
    ... # doctest: +NORMALIZE_WHITESPACE
                    died  normal  toll
    result_id
    coale_official  43.8    26.6  17.2
    coale_adjusted  68.3    40.2  28.1
    """
    told = in_one_currency(results, window)
    read = results.set_index("result_id")["verification"].reindex(told.index) != "unchecked"
    told = told[told["died"].notna() & (told["rebuilt"] != "no") & read]
    by_province = told.index.str.endswith("_provinces")
    return told.assign(rests_on=told["rests_on"].mask(by_province, "provincial registers"))


def _in_years(name, row, window):
    """An account in its own years, or in others if it is known there."""
    own = (row["period_start_year"], row["period_end_year"])
    if window is None or tuple(window) == own:
        return TOLLS[name]()
    return Account(np.nan) if name in BOUND else TOLLS[name](tuple(window))
