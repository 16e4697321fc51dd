"""How the hunger ended: the villagers' account, the state's, and the provinces of 1961."""

import pandas as pd

from glf_utils.tables import series, unread

HARVESTS = {"output_official_old": "first series", "output_official_revised": "final series"}
"""The two official series of harvests, and the names they go by."""

STEPS = {"grown": "more grown", "taken": "less taken", "mouths": "fewer villagers"}
"""Parts of a change of grain kept a head, and how a figure calls them."""


def villagers_account(grain, people, harvest="output_official_revised", years=(1960, 1962)):
    """What villagers kept of a harvest, before anything was sold back to them.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``.
    people : DataFrame
        ``load("investment_and_labour")``, for the number of villagers.
    harvest : str
        One of :data:`HARVESTS`.
    years : (int, int)
        First and last.

    Returns
    -------
    DataFrame
        Indexed by year: ``grown`` and ``taken`` (million tonnes), ``villagers`` (millions) and
        ``kept`` (kg a head and year).

    Examples
    --------
    >>> from glf_utils.tables import load
    >>> account = villagers_account(load("grain_national"), load("investment_and_labour"))
    >>> account["kept"].round().tolist()
    [183.0, 188.0, 219.0]
    """
    columns = {
        "grown": series(grain, harvest, years),
        "taken": series(grain, "procurement_linyang", years),
        "villagers": series(people, "rural_population", years),
    }
    account = pd.DataFrame({what: row.set_index("year")["value"] for what, row in columns.items()})
    account.index = account.index.astype(int)
    account["kept"] = 1000 * (account["grown"] - account["taken"]) / account["villagers"]
    return account


def steps(account):
    """Split each year's change of grain kept a head into grown, taken and mouths.

    Parameters
    ----------
    account : DataFrame
        Of :func:`villagers_account`.

    Returns
    -------
    DataFrame
        Indexed by year, from the second: ``grown``, ``taken`` and ``mouths``, kg a head, which
        add up to the change since the year before.

    Notes
    -----
    Harvest and procurement change first, among the villagers of the year before; then what was
    kept is divided among those of the year. Another order moves the parts a little.

    Examples
    --------
    >>> from glf_utils.tables import load
    >>> account = villagers_account(load("grain_national"), load("investment_and_labour"))
    >>> steps(account).loc[1961].round(1).tolist()
    [-13.8, 18.8, -0.1]
    """
    before = account.shift()
    among = 1000 / before["villagers"]
    kept = account["grown"] - account["taken"]
    return pd.DataFrame(
        {
            "grown": (account["grown"] - before["grown"]) * among,
            "taken": (before["taken"] - account["taken"]) * among,
            "mouths": 1000 * kept / account["villagers"] - kept * among,
        }
    ).iloc[1:]


FLOWS = {
    "bought from villages": ("grain_year_procured", "grain_year_procured_notice"),
    "out of state stores": ("state_stock_end", None),
    "from abroad": ("imports_to_30_june", "april_year_imported"),
    "sold back to villages": ("grain_year_rural_sales_notice",) * 2,
    "sold in towns": ("grain_year_urban_sales_notice",) * 2,
}
"""The state's grain in the years to June 1961 and to June 1962, and the series that tell it."""


def state_account(grain):
    """What the state bought and sold in the years to June 1961 and to June 1962.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``.

    Returns
    -------
    account : DataFrame
        Million tonnes, a row for each of :data:`FLOWS`, a column for each year's end (1961 and
        1962); missing where nothing was found.
    rows : DataFrame
        What was read for it.

    Notes
    -----
    Grain from abroad is counted to 30 June 1961, and for the second year from April to March.

    Examples
    --------
    >>> from glf_utils.tables import load
    >>> account, _ = state_account(load("grain_national"))
    >>> account[1961].round(2).tolist()
    [41.8, 6.6, 2.15, 20.85, 26.25]
    """
    read, account = [], pd.DataFrame(index=list(FLOWS), columns=[1961, 1962], dtype=float)
    for flow, by_year in FLOWS.items():
        for year, name in zip((1961, 1962), by_year, strict=True):
            rows = grain[(grain["series"] == name) & (grain["period_end_year"] == year)]
            if name == "state_stock_end":
                rows = grain[
                    (grain["series"] == name) & grain["period_end_year"].isin([1960, 1961])
                ]
                account.loc[flow, year] = (
                    -rows.sort_values("period_end_year")["value"].diff().iloc[-1]
                )
            elif name:
                account.loc[flow, year] = rows["value"].item()
            read.append(rows)
    return account, pd.concat(read)


def provinces_in_1961(rates, grain, provinces):
    """Provinces: how the harvest eaten changed, and how deaths did, from 1960 to 1961.

    Parameters
    ----------
    rates : DataFrame
        ``load("provincial_vital_rates")``.
    grain : DataFrame
        ``load("provincial_grain")``.
    provinces : DataFrame
        ``load("provinces")``, for names.

    Returns
    -------
    table : DataFrame
        Indexed by province: ``name``; ``harvest``, the harvest of 1960 against that of 1959, per
        cent; ``before`` and ``after``, registered deaths per 1,000 in 1960 and 1961; ``deaths``,
        the difference. Provinces of which a row is missing or unread are left out.
    rows : tuple of DataFrame
        The rates and harvests read for it.

    Examples
    --------
    >>> from glf_utils.tables import load
    >>> named = ("provincial_vital_rates", "provincial_grain", "provinces")
    >>> table, _ = provinces_in_1961(*map(load, named))
    >>> table.loc["anhui", ["harvest", "deaths"]].astype(float).round(1).tolist()
    [-3.8, -60.5]
    """
    died = rates[(rates["series"] == "registered") & rates["year"].isin([1960, 1961])]
    grown = grain[(grain["series"] == "output") & grain["year"].isin([1959, 1960])]
    died, grown = (rows[~unread(rows)] for rows in (died, grown))
    deaths = died.pivot(index="province", columns="year", values="death_rate_per_1000")
    crop = grown.pivot(index="province", columns="year", values="value")
    table = provinces.set_index("province")[["name_en"]].rename(columns={"name_en": "name"})
    table["harvest"] = 100 * (crop[1960] / crop[1959] - 1)
    table["before"], table["after"] = deaths[1960], deaths[1961]
    table["deaths"] = table["after"] - table["before"]
    table = table.dropna()
    return table, tuple(rows[rows["province"].isin(table.index)] for rows in (died, grown))
