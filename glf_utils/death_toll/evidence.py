"""What the tables say of the dead: ages, places, and the totals that others found."""

import re
from textwrap import shorten

import numpy as np

from glf_utils.citing import cite
from glf_utils.death_toll.cohorts import excess_by_age, project
from glf_utils.death_toll.lifetables import life_table, survival
from glf_utils.tables import unread

REVISION = "wpp2019"
NORMALS = {
    "falling": "normal mortality falling from 1950–55 to 1965–70",
    "frozen": "normal mortality frozen at 1950–55",
}


def people_at(ages, year):
    """People by age and sex in one year.

    Parameters
    ----------
    ages : DataFrame
        The table ``age_structure``.
    year : int
        One of the table's.

    Returns
    -------
    array of shape (2, A)
        Millions, males first.
    """
    rows = ages[ages["year"] == year]
    wide = rows.pivot(index="sex", columns="age_start", values="population_thousand")
    return wide.loc[["male", "female"]].to_numpy(float) / 1000


def people_each_year(ages, years):
    """People by age and sex in each year, on straight lines between the table's fifth years.

    Parameters
    ----------
    ages : DataFrame
        The table ``age_structure``.
    years : array of int of shape (Y,)
        Within those of the table.

    Returns
    -------
    array of shape (Y, 2, A)
        Millions, males first.
    """
    given = np.unique(ages["year"])
    known = np.array([people_at(ages, year) for year in given])
    after = np.clip(np.searchsorted(given, years), 1, len(given) - 1)
    way = (np.asarray(years) - given[after - 1]) / np.diff(given)[after - 1]
    return known[after - 1] + way[:, None, None] * (known[after] - known[after - 1])


def rates_in(mortality, start):
    """Death rates by age and sex over five years.

    Parameters
    ----------
    mortality : DataFrame
        The table ``mortality_by_age``.
    start : int
        First of the five years.

    Returns
    -------
    array of int of shape (X,)
        Lower limits of the ages.
    array of shape (2, X)
        Deaths per person a year, males first.
    """
    rows = mortality[
        (mortality["revision"] == REVISION)
        & (mortality["sex"] != "both")
        & (mortality["period_start_year"] == start)
    ]
    wide = rows.pivot(index="sex", columns="age_start", values="death_rate_per_person_year")
    return wide.columns.to_numpy(), wide.loc[["male", "female"]].to_numpy(float)


def with_and_without(ages, mortality, normal="falling"):
    """People of mid-1955 followed to mid-1965 as they lived and as they would have lived.

    Births are those of the reconstruction in both runs, so the unborn are in neither.

    Parameters
    ----------
    ages, mortality : DataFrame
        The tables ``age_structure`` and ``mortality_by_age``.
    normal : {"falling", "frozen"}
        Rates at each age without a famine: on a line in logarithms from 1950–55 to 1965–70, or
        those of 1950–55.

    Returns
    -------
    (glf_utils.death_toll.cohorts.Projection, glf_utils.death_toll.cohorts.ExcessByAge)
        The run as it was (five-year steps), and the deaths it adds, by age and by cohort.
    """
    if normal not in NORMALS:
        raise ValueError(f"normal is {normal!r}; it must be one of {', '.join(NORMALS)}")
    groups, _ = rates_in(mortality, 1955)
    rates = {start: rates_in(mortality, start)[1] for start in (1950, 1955, 1960, 1965)}
    famine = np.array([survival(life_table(groups, rates[start])) for start in (1955, 1960)])
    ways = (1 / 3, 2 / 3) if normal == "falling" else (0, 0)
    before, after = np.log(rates[1950]), np.log(rates[1965])
    without = np.array(
        [survival(life_table(groups, np.exp(before + way * (after - before)))) for way in ways]
    )
    girls, boys = 1 / 2.06, 1.06 / 2.06
    births = [
        people_at(ages, year)[:, 0].sum() / (alive[:, 0] @ [boys, girls])
        for year, alive in zip((1960, 1965), famine, strict=True)
    ]
    start = people_at(ages, 1955)
    return (
        project(start, famine, births=births),
        excess_by_age(start, famine, without, births=births),
    )


OTHER_BORDERS = ("jiangsu", "hebei", "gansu", "guangxi", "guangdong")
"""Provinces whose name in Cao (2005) covers other land than in the registers of 1958."""


def against_registers(deaths, estimates):
    """Cao's figures beside the net excess of the registers, highest ratio first.

    Left out are the provinces of :func:`not_compared`. Sichuan's figure is the checked one of Cao
    (2004). The two columns differ in window and normal deaths.

    Parameters
    ----------
    deaths : DataFrame
        The table ``provincial_famine_deaths``.
    estimates : DataFrame
        The table ``death_toll_estimates``; its row on Sichuan was read, unlike the provincial one.

    Returns
    -------
    DataFrame
        ``province``, ``name``, ``register``, ``gazetteers`` (millions), ``ratio``, ``checked``.
    """
    cao, register = _two_counts(deaths)
    dropped = [name for names in not_compared(deaths).values() for name in names]
    both = cao.merge(register, on="province", suffixes=("", "_register"))
    both = both[~both["province"].isin(dropped)]
    sichuan = estimates.set_index("estimate_id").loc["cao2004sichuan"]
    here = both["province"] == "sichuan"
    found = both["deaths_million"].mask(here, sichuan["estimate_central_million"])
    table = both.assign(
        name=both["province"].str.capitalize(),
        register=both["deaths_million_register"],
        gazetteers=found,
        ratio=found / both["deaths_million_register"],
        checked=~unread(both) | (here & (sichuan["verification"] != "unchecked")),
    )
    wanted = ["province", "name", "register", "gazetteers", "ratio", "checked"]
    return table.sort_values("ratio", ascending=False, ignore_index=True)[wanted]


def not_compared(deaths):
    """Cao's provinces that stand beside no registered excess, by the reason.

    Leaving out registers without an excess selects by the outcome: there the ratio has no meaning,
    and gazetteers may hold deaths that the register lacks.

    Parameters
    ----------
    deaths : DataFrame
        The table ``provincial_famine_deaths``.

    Returns
    -------
    dict
        Lists of provinces under "other borders", "no figure of Cao's", "no register here" and "no
        excess in the register"; reasons without a province are left out.

    Examples
    --------
    >>> from glf_utils import load
    >>> not_compared(load("provincial_famine_deaths"))["no excess in the register"]
    ['shanxi', 'shaanxi']
    """
    cao, register = (table.set_index("province")["deaths_million"] for table in _two_counts(deaths))
    found = {}
    for province, figure in cao.items():
        if province in OTHER_BORDERS:
            reason = "other borders"
        elif np.isnan(figure):
            reason = "no figure of Cao's"
        elif province not in register:
            reason = "no register here"
        elif register[province] <= 0:
            reason = "no excess in the register"
        else:
            continue
        found.setdefault(reason, []).append(province)
    return found


def _two_counts(deaths):
    columns = ["province", "deaths_million", "verification"]
    return [
        deaths.query("estimate == @name and province.notna()")[columns]
        for name in ("cao2005", "registered_excess_net")
    ]


FAMILIES = {
    "register as published": "register",
    "register corrected, cohorts rebuilt": "register_corrected",
    "corrected in famine years alone": "famine_years_corrected",
    "births, deaths and totals balanced": "stock_flow",
    "provinces, counties or archives summed": "places_summed",
    "low counts argued from the register": "register_argued_low",
    "taken from others, or a review": "taken_from_others",
    "method not recorded": "not_recorded",
}
"""Method families that hold a toll: and the word of the column ``method_family``."""
UNCOUNTED = ("no_count", "hearsay")
"""Words of ``method_family`` for rows that are never drawn: critics without a figure, hearsay."""
DOUBTED = ("yuxiguang2005", "yuxiguang2005_b", "sunshangkong2010")
"""Entries left out of ranges: 55 is undocumented, known from Dikötter alone, and entered twice
with two windows; 44 is of low confidence, with dates that look misprinted."""
_VARIANTS = {
    "_official": ", register",
    "_adjusted": ", corrected",
    "_provinces": ", provinces",
    "_b": ", other window",
    "sichuan": ", one province",
}
NORMALS_IN_BRIEF = {
    "sun2011": "a straight line",
    "patnaik2002": "rate of 1958",
    "chengzhan2018": "mean deaths of 1955–57",
    "houser2005": "provinces, years before",
    "banister1987_official": "not known",
    "coale1984_official": "line in deaths, 1957–64",
    "jiang1986": "life tables, improving",
    "lichengrui1997": "Coale's line, amended",
    "coale1984_adjusted": "line in deaths, 1957–64",
    "ashton1984": "between before and after",
    "banister1984": "line 1957–64, fitted here",
    "changhalliday2005": "10.3 per 1,000 (unchecked)",
    "jinhui1993": "official normal rate",
    "peng1987": "1956–57 (unchecked)",
    "cao2005": "from local gazetteers",
    "yang2008": "that of Wang Weizhi",
    "yuxiguang2005": "no document shown",
    "dikotter2010": "10 per 1,000, say critics",
}
"""Tolls of lesson 54 and, in few words, the column ``baseline`` of each."""


def family(method):
    """Name the method family that a word of the column ``method_family`` stands for.

    Parameters
    ----------
    method : str
        As the table ``death_toll_estimates`` has it.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        For any other word: families are matched whole, never by a part.

    Examples
    --------
    >>> family("register_corrected")
    'register corrected, cohorts rebuilt'
    """
    names = {word: name for name, word in FAMILIES.items()}
    if method not in names:
        raise ValueError(
            f"method_family {method!r} is no family with a toll; choose from {', '.join(names)}"
        )
    return names[method]


def with_families(estimates):
    """Published totals only, sorted by year, with what a comparison of them needs.

    Rows without a figure and hearsay are left out. Columns added: ``family``; ``who``; the
    author's range, ``low`` to ``high``; the central figure or, without one, the ends of the range,
    ``least`` and ``most``; ``comparable``, false for rows graded unchecked, for one province, for
    one year, for :data:`DOUBTED` and for readings made here, graded derived and printed nowhere;
    ``births_apart``, the birth deficit, in brackets if unchecked.

    Parameters
    ----------
    estimates : DataFrame
        The table ``death_toll_estimates``.

    Returns
    -------
    DataFrame
    """
    estimates = estimates[~estimates["method_family"].isin(UNCOUNTED)].copy()
    estimates.attrs = {}  # pandas copies them at every step
    central = estimates["estimate_central_million"]
    low, high = estimates["estimate_low_million"], estimates["estimate_high_million"]
    partial = estimates["quantity"].str.contains("only|single year")
    doubted = estimates["estimate_id"].isin(DOUBTED)
    table = estimates.assign(
        births_apart=[
            _ledger(*row)
            for row in estimates[["birth_deficit_million", "note", "verification"]].itertuples(
                False
            )
        ],
        comparable=~estimates["verification"].isin(["unchecked", "derived"]) & ~partial & ~doubted,
        least=central.fillna(low),
        most=central.fillna(high),
        family=[family(method) for method in estimates["method_family"]],
        who=[
            _who(*row)
            for row in estimates[
                ["estimate_id", "authors", "publication_year", "verification", "source"]
            ].itertuples(False)
        ],
        low=low.fillna(central),
        high=high.fillna(central),
    )
    return table.sort_values(["publication_year", "estimate_id"], ignore_index=True)


def side_by_side(estimates):
    """The tolls of lesson 54 in the order of :data:`FAMILIES`, with window and normal in brief.

    Parameters
    ----------
    estimates : DataFrame
        The table ``death_toll_estimates``.

    Returns
    -------
    DataFrame
        As :func:`with_families`, with ``name``, ``window`` and ``normal``.
    """
    table = with_families(estimates)
    table = table[table["estimate_id"].isin(NORMALS_IN_BRIEF)]
    table = table.assign(
        name=[cite(source) for source in table["source"]],
        window=[_window(label) for label in table["period_label"]],
        normal=table["estimate_id"].map(NORMALS_IN_BRIEF),
        place=table["family"].map(list(FAMILIES).index),
    )
    return table.sort_values(["place", "least"], ignore_index=True)


def _window(period):
    """A window as it is printed beside a mark: 1958-61 in place of 1958-1961."""
    period = re.sub(r" *\(.*\)", "", period)
    return re.sub(r"(\d{4})-(?:19)?(\d\d)\b", r"\1–\2", period)


def _ledger(deficit, note, grade):
    if np.isnan(deficit):
        return ""
    unchecked = grade == "unchecked" or "irth deficit unchecked" in str(note)
    return f"({deficit:g})" if unchecked else f"{deficit:g}"


def _who(estimate_id, authors, year, verification, source):
    names = re.sub(r"\(.*?\)", "", authors).strip().split(";")
    name = shorten(names[0].split(" / ")[0], 28, placeholder="…")
    if len(names) > 1:
        name = cite(source).rsplit(" (", 1)[0]
    variant = next((words for end, words in _VARIANTS.items() if estimate_id.endswith(end)), "")
    reading = ", our reading" if verification == "derived" else ""
    return f"{name} {year}{variant}{reading}"
