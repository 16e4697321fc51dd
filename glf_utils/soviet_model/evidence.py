"""What the tables say of industry, of towns and of the grain that fed them."""

import pandas as pd

from glf_utils.tables import GRADES

DOUBLING = "1958-06-19"
"""Mao's call to double steel within the year."""
NO_BOMB = "1959-06-20"
"""The letter by which Moscow ended its nuclear assistance."""
PLEDGE = "1957-11-18"
"""The pledge to overtake Britain in fifteen years."""
RECALL = "1960-07-16"
"""The note by which Moscow recalled its experts."""


def four_measures(comparison):
    """China in 1957 over the USSR in 1928, per head, by four measures.

    Parameters
    ----------
    comparison : DataFrame
        The table ``soviet_comparison``; what is unchecked in it is left aside.

    Returns
    -------
    DataFrame
        One row a measure: ``measure``, ``china``, ``ussr``, ``unit``, ``ratio``, ``source`` (of
        the Soviet figure), ``verification`` (the weakest grade among the inputs).
    """

    def row(country, indicator):
        found = comparison.query(
            f"country == {country!r} and indicator == {indicator!r} and verification != "
            f"'unchecked' and period_end_year == {1957 if country == 'China' else 1928}"
        ).iloc[0]
        printed = "value_low" if indicator == "population" else "value_high"  # the fuller decimals
        size = found["value"] if pd.notna(found["value"]) else found[printed]
        return size, found["verification"], found["source"]

    def line(measure, china, ussr, unit, used, of=1.0):
        worst = max((grade for _, grade, _ in used), key=GRADES.index)
        sizes = {"china": china * of, "ussr": ussr * of, "unit": unit, "ratio": china / ussr}
        return {"measure": measure, **sizes, "source": used[1][2], "verification": worst}

    gdp = row("China", "gdp_per_head"), row("USSR", "gdp_per_head")
    heads = row("China", "population"), row("USSR", "population")
    lines = [line("GDP per head", gdp[0][0], gdp[1][0], "1990 dollars", gdp)]
    harvest = "grain per head, Soviet harvest "
    for measure, ours, theirs in (
        (harvest + "as revised", "grain_output", "grain_harvest_soviet_revised"),
        (harvest + "at its lowest", "grain_output", "grain_harvest_western_low"),
        ("steel per head", "steel", "steel"),
    ):
        pair = row("China", ours), row("USSR", theirs)
        per_head = [total[0] / head[0] for total, head in zip(pair, heads, strict=True)]
        lines.append(line(measure, *per_head, "kg", pair + heads, of=1000))
    return pd.DataFrame(lines)


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


def deliveries(trade):
    """Soviet deliveries to China by who recorded them, all in million new rubles.

    Parameters
    ----------
    trade : DataFrame
        The table ``soviet_trade_and_aid``. Dollars are turned into new rubles by the one figure
        that it gives in both; rows nobody has read are left aside.

    Returns
    -------
    DataFrame
        ``recorder``, ``year``, ``value``, ``source``, ``verification``.
    """
    size = trade.set_index("series")["value"]
    dollars = size["total_trade_china_ussr_usd"] / size["total_trade_china_ussr"]
    named = {
        "china_imports_from_ussr_chinese_archive": ("a Chinese archive", 1.0),
        "china_imports_from_ussr_usd": ("Cheng, from dollars", dollars),
        "ussr_exports_to_china_account_s3": ("Mazur", 1.0),
    }
    rows = trade[trade["series"].isin(named)]
    rows = rows.assign(
        recorder=[named[series][0] for series in rows["series"]],
        value=[line.value / named[line.series][1] for line in rows.itertuples()],
        year=rows["year"].astype(int),
    )
    return rows[["recorder", "year", "value", "source", "verification"]].reset_index(drop=True)
