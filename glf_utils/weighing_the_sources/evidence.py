"""Collisions of the accounts, worked from tables: fields, acts, grain as bread, lives."""

import pandas as pd

from glf_utils.dates import dates
from glf_utils.tables import one

ROUNDING = 0.5
"""Kueh prints whole per cents: each may be half a point off."""


def year_left(three, two):
    """The first of three years, from the mean of the three and the mean of the last two.

    Parameters
    ----------
    three, two : float
        What was left of the level of 1957, per cent, as means.

    Returns
    -------
    float
        What was left in the first year, per cent.

    Examples
    --------
    >>> year_left(79, 75)
    87
    """
    return 3 * three - 2 * two


def left_of_1957(grain):
    """Harvest, yield and fields of 1959 and of 1960–61 in per cent of 1957, after Kueh.

    He prints the means of 1959–61 and of 1960–61, so 1959 can be had from them.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``.

    Returns
    -------
    table : DataFrame
        Rows 1959 and 1960–61; columns ``harvest``, ``yield``, ``fields``, each with its lowest and
        highest value that the rounding of the print allows (``fields_low``, ``fields_high``, …).
    rows : DataFrame
        What was read.

    References
    ----------
    Kueh (1984), first page.
    """
    rows = grain[grain["source"] == "kueh1984"]

    def printed(what, first):
        series = f"{what}_change_since_1957_kueh"
        return 100 + one(rows, f"series == '{series}' and period_start_year == {first}")

    found = {"1959": {}, "1960–61": {}}
    for name, what in (("harvest", "output"), ("yield", "yield")):
        three, two = printed(what, 1959), printed(what, 1960)
        middle, room = year_left(three, two), 5 * ROUNDING
        for year, value, off in (("1959", middle, room), ("1960–61", two, ROUNDING)):
            found[year] |= {name: value, f"{name}_low": value - off, f"{name}_high": value + off}
    table = pd.DataFrame(found).T
    table["fields"] = 100 * table["harvest"] / table["yield"]
    table["fields_low"] = 100 * table["harvest_low"] / table["yield_high"]
    table["fields_high"] = 100 * table["harvest_high"] / table["yield_low"]
    return table, rows


READINGS = {
    "1957-11-18": "up",
    "1958-06-19": "up",
    "1958-08-17": "up",
    "1958-11-02": "down",
    "1958-11-25": "down",
    "1958-11-28": "down",
    "1959-02-22": "up",
    "1959-02-27": "down",
    "1959-03-25": "disputed",
    "1959-04": "down",
    "1959-04-29": "down",
    "1959-07-23": "up",
    "1960-01-07": "up",
    "1960-03-18": "up",
    "1960-11-03": "down",
}
"""Acts of Mao, or of meetings he led, by their day in the timeline: did they raise the pace and
the pressure, or lower them? The list is a selection and the reading is ours; a reader may change
both."""


def acts(events, readings=READINGS):
    """The dated acts that raised or lowered the pressure, in order.

    Parameters
    ----------
    events : DataFrame
        ``load("timeline")``.
    readings : dict of str to str
        Day to "up", "down" or "disputed".

    Returns
    -------
    DataFrame
        Rows of the timeline with a column ``reading``, and ``day`` as a date.

    Raises
    ------
    ValueError
        For a day that the timeline does not have, or a word that is none of the three.
    """
    wrong = set(readings.values()) - {"up", "down", "disputed"}
    if wrong:
        raise ValueError(f"a reading is up, down or disputed, not {', '.join(sorted(wrong))}")
    missing = sorted(set(readings) - set(events["date"]))
    if missing:
        raise ValueError(f"the timeline has no event of {', '.join(missing)}")
    rows = events[events["date"].isin(readings) & events["verification"].ne("unchecked")]
    rows = rows.drop_duplicates("date").sort_values("date")
    return rows.assign(reading=rows["date"].map(readings), day=dates(rows["date"]))


def months_between(start, end):
    """Months from one day to another, of 30.44 days.

    Parameters
    ----------
    start, end : str
        ISO days.

    Returns
    -------
    float

    Examples
    --------
    >>> round(months_between("1958-11-02", "1959-07-23"), 1)
    8.6
    """
    return (pd.Timestamp(end) - pd.Timestamp(start)).days / (365.25 / 12)


def cautious_months(events, until="1959-07-23"):
    """Months from the first lowering act of autumn 1958 to the day that ended it.

    Parameters
    ----------
    events : DataFrame
        ``load("timeline")``.
    until : str
        The day taken as the end.

    Returns
    -------
    float
    """
    found = acts(events)
    start = found.loc[found["reading"] == "down", "date"].iloc[0]
    return months_between(start, until)


def person_years(tonnes, kcal_per_kg=2800.0, kcal_per_day=2000.0):
    """How many people grain feeds for a year, if they eat nothing else.

    Parameters
    ----------
    tonnes : float or array
        Million tonnes.
    kcal_per_kg : float
        Energy of a kilogram: about 2,800 unhusked, 3,400 milled.
    kcal_per_day : float
        Of one person.

    Returns
    -------
    float or array
        Million person-years.

    Examples
    --------
    >>> round(person_years(1.0), 2)
    3.84
    """
    return 1000 * tonnes * kcal_per_kg / (kcal_per_day * 365)


TAKEN = "taken in 1959 above\nthe share of 1957"
RELIEF = "sold back in 1960/61\nabove the year after"
EXPORTS = "all net exports,\n1959 and 1960"
STORED = "state stocks used up,\nJuly 1960 to June 1961"
LEVERS = {
    TAKEN: (
        "course page, Dikötter",
        "series in ['procurement_linyang', 'output_official_old'] and year in [1957, 1959]",
    ),
    RELIEF: (
        "Mazur",
        "series == 'grain_year_rural_sales' or "
        "series == 'grain_year_rural_sales_notice' and period_end_year == 1962",
    ),
    EXPORTS: (
        "the course page",
        "series == 'net_exports' and year in [1959, 1960] and source == 'graintrade_press2011'",
    ),
    STORED: (
        "the course page",
        "series == 'state_stock_end' and period_end_year in [1960, 1961]",
    ),
    "net imports, 1961": (
        "course page, Dikötter",
        "series == 'net_imports_linyang' and year == 1961",
    ),
}
"""What an account says grain was taken for or given by, whose point it is, and the rows for it.

What goes between villages and state goes in ordinary years too, so both ways only what was more is
counted. Exports and stocks are counted whole, as the account holds them against none."""
OFFERED = 0.1
"""Million tonnes of wheat that the course page has Japan offer; no row was found for it."""


def levers(grain, kcal_per_kg=2800.0, kcal_per_day=2000.0):
    """Grain that the accounts argue about, in tonnes and as people fed for a year.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``.
    kcal_per_kg, kcal_per_day : float
        As for :func:`person_years`.

    Returns
    -------
    table : DataFrame
        A row a lever: ``account``, ``million_t``, ``million_person_years``; largest first.
    rows : DataFrame
        What was read.
    """
    read = {what: grain.query(query) for what, (_, query) in LEVERS.items()}
    tonnes = {what: rows["value"].sum() for what, rows in read.items()}
    earlier, later = read[STORED].sort_values("period_end_year")["value"]
    tonnes[STORED] = earlier - later
    by = read[TAKEN].set_index(["series", "year"])["value"]
    taken, grown = by["procurement_linyang"], by["output_official_old"]
    tonnes[TAKEN] = taken[1959] - taken[1957] / grown[1957] * grown[1959]
    back, after = read[RELIEF].sort_values("period_end_year")["value"]
    tonnes[RELIEF] = back - after
    whose = {what: account for what, (account, _) in LEVERS.items()}
    tonnes["wheat that Japan offered"], whose["wheat that Japan offered"] = (
        OFFERED,
        "the course page",
    )
    table = pd.DataFrame({"account": whose, "million_t": tonnes})
    table["million_person_years"] = person_years(table["million_t"], kcal_per_kg, kcal_per_day)
    return table.sort_values("million_t", ascending=False), pd.concat(read.values())


FAMINE = (1959, 1961)


def fewer_deaths(rates, since=1950, until=1970, series="wpp2024"):
    """Deaths by year, against the death rate of one year: fewer in ordinary years, more in famine.

    Parameters
    ----------
    rates : DataFrame
        ``load("national_vital_rates")``.
    since : int
        Whose death rate is held against the years after it.
    until : int
        Last year counted.
    series : str
        Whose reconstruction.

    Returns
    -------
    DataFrame
        A row a year after `since`: ``fewer`` and ``more``, million deaths, one of them nought.
    """
    rows = rates[rates["series"] == series].set_index("year")
    level = rows.loc[since, "death_rate_per_1000"]
    years = rows.loc[since + 1 : until]
    gap = (level - years["death_rate_per_1000"]) * years["population_midyear_million"] / 1000
    return pd.DataFrame({"fewer": gap.clip(lower=0), "more": (-gap).clip(lower=0)})
