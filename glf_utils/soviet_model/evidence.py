"""What the tables say of industry, of towns and of the grain that fed them."""

import pandas as pd

from glf_utils.tables import GRADES

PLEDGE = "1957-11-18"
"""The pledge to overtake Britain in fifteen years."""
RECALL = "1960-07-16"
"""The note by which Moscow recalled its experts."""


def four_measures(comparison):
    """China in 1957 over the USSR in 1928, per head, by four measures.

    Parameters
    ----------
    comparison : DataFrame
        The table ``soviet_comparison``.

    Returns
    -------
    DataFrame
        One row a ratio: ``measure``, ``china``, ``ussr``, ``unit``, ``ratio``, ``source`` (of the
        Soviet figure), ``verification`` (the weakest grade among the inputs). Four rows use
        checked inputs; four more put an unchecked figure in the place of one of them.
    """

    def row(country, indicator, unchecked=False):
        grade = "==" if unchecked else "!="
        found = comparison.query(
            f"country == {country!r} and indicator == {indicator!r} and verification {grade} "
            f"'unchecked' and period_end_year == {1957 if country == 'China' else 1928}"
        ).iloc[0]
        printed = "value_low" if indicator == "population" else "value_high"  # the fuller decimals
        size = found["value"] if pd.notna(found["value"]) else found[printed]
        return size, found["verification"], found["source"]

    harvest = "grain per head, Soviet harvest "
    names = {
        harvest + "as revised": ("grain_output", "grain_harvest_soviet_revised"),
        harvest + "at its lowest": ("grain_output", "grain_harvest_western_low"),
        "steel per head": ("steel", "steel"),
    }
    out = []
    for unchecked in (False, True):
        gdp = row("China", "gdp_per_head", unchecked), row("USSR", "gdp_per_head")
        lines = {"GDP per head": (gdp, gdp[0][0], gdp[1][0], "1990 dollars")}
        heads = row("China", "population"), row("USSR", "population", unchecked)
        for name, (ours, theirs) in names.items():
            pair = row("China", ours), row("USSR", theirs)
            per_head = [1000 * total[0] / head[0] for total, head in zip(pair, heads, strict=True)]
            lines[name] = (pair + heads, *per_head, "kg")
        for name, (used, china, ussr, unit) in lines.items():
            worst = max((grade for _, grade, _ in used), key=GRADES.index)
            out.append(
                {
                    "measure": name,
                    "china": china,
                    "ussr": ussr,
                    "unit": unit,
                    "ratio": china / ussr,
                    "source": used[1][2],
                    "verification": worst,
                }
            )
    return pd.DataFrame(out)


def town_grain(grain, investment):
    """Grain procured beside the towns it fed: the share taken and the share 1957's rule asks for.

    Parameters
    ----------
    grain, investment : DataFrame
        The tables ``grain_national`` and ``investment_and_labour`` (for the urban population).

    Returns
    -------
    DataFrame
        By year 1952–62: ``towns`` (million), ``harvest`` and ``procured`` (million tonnes),
        ``per_head`` (kg procured per townsperson), ``taken`` and ``needed`` (% of the harvest).
    """

    def series(table, name):
        found = table.query("series == @name and 1952 <= year <= 1962")
        return found.assign(year=found["year"].astype(int)).set_index("year")["value"]

    rows = pd.DataFrame(
        {
            "towns": series(investment, "urban_population"),
            "harvest": series(grain, "output_official_old"),
            "procured": series(grain, "procurement_linyang"),
        }
    ).sort_index()
    rows["per_head"] = 1000 * rows["procured"] / rows["towns"]
    rows["taken"] = 100 * rows["procured"] / rows["harvest"]
    rows["needed"] = rows.loc[1957, "per_head"] * rows["towns"] / 10 / rows["harvest"]
    return rows
