"""The farm before the commune and the commune, by one report of Xinhua; the hands of 1958."""

from glf_utils.tables import one

XINHUA = "xinhua_19580930"


def reported(organisation, indicator):
    """A figure of the report of 30 September 1958.

    Parameters
    ----------
    organisation : DataFrame
        ``load("organisation")``.
    indicator : str
        Such as ``"peoples_communes"``.

    Returns
    -------
    float
    """
    rows = f"indicator == {indicator!r} and source == {XINHUA!r}"
    return float(one(organisation, rows, "value_low"))


def rural_households(organisation):
    """All rural households, in communes or not, by the same report.

    Parameters
    ----------
    organisation : DataFrame
        ``load("organisation")``.

    Returns
    -------
    float
        Households of all communes over their share of all households.
    """
    in_communes = reported(organisation, "peoples_communes") * reported(
        organisation, "households_per_commune"
    )
    return in_communes / (reported(organisation, "households_in_communes") / 100)


def households_before_and_after(organisation):
    """Households in the average co-operative before the merger, and in the average commune.

    Parameters
    ----------
    organisation : DataFrame
        ``load("organisation")``.

    Returns
    -------
    (float, float)
        All rural households are shared among the 750,000 co-operatives: the report is taken to
        count every co-operative of the country, merged or not.

    Examples
    --------
    >>> from glf_utils import load
    >>> before, after = households_before_and_after(load("organisation"))
    >>> round(before), after
    (166, 4797.0)
    """
    coops = reported(organisation, "agricultural_coops")
    return rural_households(organisation) / coops, reported(organisation, "households_per_commune")


def households_in_ningxia(organisation, unit):
    """Households in each commune, brigade or team of Ningxia in April 1961.

    Parameters
    ----------
    organisation : DataFrame
        ``load("organisation")``.
    unit : str
        ``"commune"``, ``"brigade"`` or ``"team"``.

    Returns
    -------
    float

    Examples
    --------
    >>> from glf_utils import load
    >>> households_in_ningxia(load("organisation"), "team")
    33.0
    """
    rows = f"indicator == 'ningxia_households_per_{unit}'"
    return float(one(organisation, rows, "value_low"))


def rural_workers(investment_and_labour):
    """People employed in the countryside at the end of 1957, by the yearbook.

    Parameters
    ----------
    investment_and_labour : DataFrame
        ``load("investment_and_labour")``.

    Returns
    -------
    float
        Millions.

    Examples
    --------
    >>> from glf_utils import load
    >>> rural_workers(load("investment_and_labour"))
    205.66
    """
    return float(one(investment_and_labour, "series == 'rural_employment' and year == 1957"))


def hands_missing(investment_and_labour):
    """Fewer workers of the countryside in 1958, as a share of those at the end of 1957.

    Parameters
    ----------
    investment_and_labour : DataFrame
        ``load("investment_and_labour")``.

    Returns
    -------
    float
        Share, 0 to 1.

    Examples
    --------
    >>> from glf_utils import load
    >>> round(hands_missing(load("investment_and_labour")), 3)
    0.186
    """
    fewer = one(investment_and_labour, "series == 'rural_labour_decrease' and year == 1958")
    return float(fewer) / rural_workers(investment_and_labour)


def new_state_staff(investment_and_labour):
    """How many more people state units employed at the end of 1958 than a year before.

    Parameters
    ----------
    investment_and_labour : DataFrame
        ``load("investment_and_labour")``.

    Returns
    -------
    float
        Millions.

    Examples
    --------
    >>> from glf_utils import load
    >>> round(new_state_staff(load("investment_and_labour")), 2)
    20.81
    """
    before, after = (
        one(investment_and_labour, f"series == 'state_sector_employment' and year == {year}")
        for year in (1957, 1958)
    )
    return float(after - before)
