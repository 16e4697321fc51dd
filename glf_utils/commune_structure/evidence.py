"""What the tables say of farms: how many there were, and how many households they had."""

import pandas as pd

from glf_utils.tables import one

FARMS = {
    "mutual-aid team": (("mutual_aid_teams",), ()),
    "elementary co-op": (("elementary_co_ops",), ("households_per_elementary_co_op",)),
    "advanced co-op": (("advanced_co_ops",), ("households_per_advanced_co_op",)),
    "commune": (
        ("peoples_communes", "communes_crook"),
        ("households_per_commune", "households_per_commune_derived"),
    ),
    "brigade": (("production_brigades", "brigades_crook"), ("households_per_brigade_derived",)),
    "team": (("production_teams", "teams_crook"), ("households_per_team_derived",)),
}
"""Kind of farm: indicators of its number, indicators of its size."""
COUNTED_IN = {"units": 1, "thousand": 1e3, "million": 1e6}


def households_per_farm(organisation):
    """Average households in each kind of farm, date by date.

    Parameters
    ----------
    organisation : DataFrame
        The whole table ``organisation``.

    Returns
    -------
    DataFrame
        Columns farm, date, households, how, source, verification. A quotient of unchecked rows
        is graded unchecked here, whatever its arithmetic. Two quotients rest on checked rows: the
        advanced co-ops at the end of 1956, and the co-ops on the eve of the communes (households
        of all communes over their share of households, divided by the co-ops merged).
    """
    found = [
        (farm, row.date, row.value_low, "as printed", row.source, row.verification)
        if row.verification != "derived"
        else (farm, row.date, row.value_low, "division, unchecked", row.source, "unchecked")
        for farm, (_, sizes) in FARMS.items()
        for row in organisation[organisation["indicator"].isin(sizes)].itertuples()
    ]

    def printed(indicator, source):
        rows = f"indicator == {indicator!r} and source == {source!r}"
        return float(one(organisation, rows, "value_low"))

    xinhua, articles = "xinhua_19580930", "coop_articles"
    joined = printed("households_in_advanced_co_ops_absolute", articles) * 1e6
    rural = (
        printed("peoples_communes", xinhua)
        * printed("households_per_commune", xinhua)
        / printed("households_in_communes", xinhua)
        * 100
    )
    for date, mean, source in (
        ("1956-12-31", joined / printed("advanced_co_ops", articles), articles),
        ("1958-08", rural / printed("agricultural_coops", xinhua), xinhua),
    ):
        found.append(("advanced co-op", date, mean, "division, checked", source, "secondary"))
    columns = ["farm", "date", "households", "how", "source", "verification"]
    return pd.DataFrame(found, columns=columns).sort_values(["farm", "date"], ignore_index=True)


def number_of_farms(organisation):
    """How many farms of each kind there were.

    Parameters
    ----------
    organisation : DataFrame
        ``load("organisation")``.

    Returns
    -------
    DataFrame
        Columns farm, date, number, source, verification.
    """
    kinds = {name: farm for farm, (names, _) in FARMS.items() for name in names}
    rows = organisation[organisation["indicator"].isin(list(kinds))]
    rows = rows.assign(
        farm=rows["indicator"].map(kinds),
        number=rows["value_low"].astype(float) * rows["unit"].map(COUNTED_IN),
    )
    return rows[["farm", "date", "number", "source", "verification"]].sort_values(
        ["farm", "date"], ignore_index=True
    )
