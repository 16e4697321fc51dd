"""What one report of the Xinhua agency says of the farm before the commune, and of the commune."""

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
