"""What leaders took each harvest of the Leap to be, and when they said so."""

BELIEVED = {1958: "1959-04-19", 1959: "1959-11-02", 1960: "1960-09-07"}
"""Harvest, and the date on which the centre stated what it then took it to be."""

AT_MOST = (1960,)
"""Harvests of which the centre said only that they might not reach its figure."""


def believed(statements, year):
    """The row that says what the centre took a harvest to be.

    Parameters
    ----------
    statements : DataFrame
        ``load("targets_and_claims")``.
    year : int
        Of the harvest, a key of :data:`BELIEVED`.

    Returns
    -------
    DataFrame
        Of one row.

    Raises
    ------
    ValueError
        When the table does not hold exactly one such row.

    Examples
    --------
    >>> from glf_utils import load
    >>> believed(load("targets_and_claims"), 1958)[["value_high", "unit"]].values.tolist()
    [[263.0, 'million_t']]
    """
    rows = statements[
        (statements["commodity"] == "grain")
        & (statements["target_year"] == year)
        & (statements["date"] == BELIEVED[year])
        & (statements["kind"] == "claim")
    ]
    if len(rows) != 1:
        raise ValueError(
            f"targets_and_claims.csv holds {len(rows)} claims on the grain of {year} dated "
            f"{BELIEVED[year]}; one is needed"
        )
    return rows
