"""What the tables say of grain: taken, left, and enough for whom."""

import numpy as np
import pandas as pd

from glf_utils.country.believed import BELIEVED, believed
from glf_utils.country.season import season
from glf_utils.country.tree import Policy, begin, draw_hierarchy, share_out
from glf_utils.procurement_and_hunger.model import famine_threshold, food_balance
from glf_utils.tables import series

AUTHORS = {
    "procurement_linyang": "Lin and Yang",
    "procurement_gross_yearbook": "yearbook, gross",
    "procurement_net_yearbook": "yearbook, net",
}
"""Procurement series and the names they go by."""


def coefficient_effects(balance, coefficients, years=(1957, 1960)):
    """What each uncertain coefficient does to the food balance, and to its fall.

    Parameters
    ----------
    balance : DataFrame
        ``load("food_balance")``.
    coefficients : DataFrame
        ``load("food_coefficients")``.
    years : (int, int)
        A normal year and a famine year.

    Returns
    -------
    DataFrame
        One row a coefficient: its range, kcal a head and day in the second year at either end,
        and the fall between the years, in per cent, at either end.
    """

    names = {
        "energy_of_raw_mixed_grain": "kcal_per_kg",
        "seed_share_of_output": "seed",
        "feed_share_of_output": "feed",
        "waste_and_storage_loss": "waste",
    }
    columns = [
        "output_million_t",
        "exports_million_t",
        "imports_million_t",
        "population_yearend_million",
    ]
    flows = balance.set_index("year").loc[list(years), columns].to_numpy().T
    rows = []
    for item, argument in names.items():
        found = coefficients.set_index("item").loc[item]
        ends = [found["value_low"], found["value_high"]]
        scale = 100 if found["unit"] == "percent" else 1
        kcal = [food_balance(*flows, **{argument: end / scale}) for end in ends]
        falls = [100 * (1 - after / before) for before, after in kcal]
        rows.append(
            {
                "coefficient": argument,
                "from": ends[0],
                "to": ends[1],
                "grade": found["verification"],
                f"kcal {years[1]}": " to ".join(f"{after:,.0f}" for _, after in kcal),
                "fall, %": " to ".join(f"{fall:.1f}" for fall in falls),
            }
        )
    return pd.DataFrame(rows).set_index("coefficient")


def shares_taken(grain, years=(1957, 1962)):
    """The share of the harvest that was procured, in the three series there are.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``.
    years : (int, int)
        First and last.

    Returns
    -------
    DataFrame
        One row a series (:data:`AUTHORS`): per cent of the old official harvest, a column a year,
        and ``read``, how many of its values somebody has read in print.
    """
    crop = series(grain, "output_official_old", years)["value"].to_numpy()
    rows = {}
    for name, author in AUTHORS.items():
        taken = series(grain, name, years)
        shares = (100 * taken["value"].to_numpy() / crop).round(1)
        read = (taken["verification"] != "unchecked").sum()
        rows[author] = dict(zip(taken["year"].astype(int), shares, strict=True)) | {
            "read": f"{read} of {len(taken)}"
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def per_head(balance, people="rural_population_million"):
    """The harvest a head.

    Parameters
    ----------
    balance : DataFrame
        ``load("food_balance")``.
    people : str
        The column of those it is divided among: villagers, or ``population_yearend_million``.

    Returns
    -------
    Series
        Kg a year, indexed by year.
    """
    rows = balance.set_index("year")
    return 1000 * rows["output_million_t"] / rows[people]


def thresholds_by_year(balance, statements, need=220.0, rate=0.25, years=(1957, 1962)):
    """What the centre believed over what grew, and the thresholds at an unchanged rate.

    Parameters
    ----------
    balance : DataFrame
        ``load("food_balance")``: harvests, inhabitants, villagers.
    statements : DataFrame
        ``load("targets_and_claims")``: what the harvest was taken to be (:data:`BELIEVED`).
    need : float
        Kg a head and year: a teaching assumption.
    rate : float
        Share of the reported harvest that is taken.
    years : (int, int)
        First and last year.

    Returns
    -------
    DataFrame
        Indexed by year: ``per_villager`` and ``per_inhabitant`` (kg), ``threshold_villager``,
        ``threshold_inhabitant`` and ``believed`` (ratios to the true harvest; missing where no
        statement was found).
    """
    rows = balance[balance["year"].between(*years)].set_index("year")
    said = {year: believed(statements, year)["value_high"].item() for year in BELIEVED}
    crop = rows["output_million_t"]
    table = per_head(rows.reset_index()).to_frame("per_villager")
    table["per_inhabitant"] = per_head(rows.reset_index(), "population_yearend_million")
    for head in ("villager", "inhabitant"):
        table[f"threshold_{head}"] = famine_threshold(table[f"per_{head}"], need, rate)
    table["believed"] = [said.get(year, np.nan) / crop[year] for year in table.index]
    return table


def invented_province(grain):
    """A province of unlike communes: its totals are Hubei's, all else is drawn by lot.

    Parameters
    ----------
    grain : DataFrame
        ``load("provincial_grain")``.

    Returns
    -------
    tree : Hierarchy
        700 communes under 70 counties.
    last_year, villagers, harvest : array of shape (700,)
        Of each commune: the harvest of 1958, thousand tonnes; people on the agricultural register
        of 1959, thousands, as many in each; the harvest of 1959, thousand tonnes.

    Notes
    -----
    That communes have as many villagers and that harvests spread by 0.2 are teaching assumptions.

    Examples
    --------
    >>> from glf_utils.tables import load
    >>> tree, last_year, villagers, harvest = invented_province(load("provincial_grain"))
    >>> [round(float(parts.sum())) for parts in (last_year, villagers, harvest)]
    [9875, 26459, 7650]
    """

    def total(name, year):  # the table is in ten thousands
        rows = grain.query("province == 'hubei' and series == @name and year == @year")
        return 10 * rows["value"].item()

    tree = draw_hierarchy([700, 70, 1], seed=1959)
    last_year = share_out(total("output", 1958), 700, spread=0.2, seed=1958)
    harvest = share_out(total("output", 1959), 700, spread=0.2, seed=1959)
    return tree, last_year, np.full(700, total("rural_population", 1959) / 700), harvest


def invented_year(grain, **settings):
    """What one season under one order comes to in the invented province.

    Claims go from communes to counties and from counties to the province, which believes what it
    is told and divides a quota in proportion to the claims. So a commune that claims too much is
    asked for too much.

    Parameters
    ----------
    grain : DataFrame
        ``load("provincial_grain")``.
    **settings
        Those of :class:`glf_utils.country.tree.Policy`, such as ``pressure=0.4`` or ``rate=0.2``.

    Returns
    -------
    Series
        Thousand tonnes: ``harvest``, ``told to counties``, ``told to the province``, ``quota``,
        ``left`` and ``lacking``, by which communes together miss the need of their people.

    Notes
    -----
    The rules of behaviour are teaching assumptions.

    Examples
    --------
    >>> from glf_utils.tables import load
    >>> honest = invented_year(load("provincial_grain"), pressure=0, rivalry=0, hunger=0)
    >>> round(honest["lacking"])
    485
    """
    totals, _ = _invented(grain, settings)
    names = ("harvest", "told to counties", "told to the province", "quota", "left", "lacking")
    values = (*totals.told[0], totals.quota[0], totals.left[0], totals.missing[0])
    return pd.Series(values, names, name="thousand tonnes").round()


def invented_communes(grain, **settings):
    """The communes of the invented province after one season under one order.

    Parameters
    ----------
    grain : DataFrame
        ``load("provincial_grain")``.
    **settings
        As for :func:`invented_year`.

    Returns
    -------
    DataFrame
        A row for each of the 700: ``harvest`` and ``left``, kg a villager, and ``taken``, the
        share of the harvest that went.
    """
    _, communes = _invented(grain, settings)
    return communes.assign(taken=1 - communes["left"] / communes["harvest"])


def _invented(grain, settings):
    tree, last_year, villagers, harvest = invented_province(grain)
    policy = Policy(gain=1, **settings)
    state = begin(tree, last_year, villagers, policy)
    totals = season(state, harvest, policy)
    communes = {"harvest": 1000 * harvest / villagers, "left": 1000 * state.fed[0][:, 0]}
    return totals, pd.DataFrame(communes)


MUNICIPALITIES = ("beijing", "shanghai", "tianjin")
"""Cities of the rank of a province: fed by procurement, not drained by it."""
MOVING = ("heilongjiang", "qinghai")
"""Provinces of the panel in which people arriving and leaving outweigh births and deaths."""


def grain_and_deaths(grain, rates, provinces):
    """Provinces with their grain a head in 1957 and 1959 and what happened to registered deaths.

    Parameters
    ----------
    grain : DataFrame
        ``load("provincial_grain")``; provinces without a harvest of 1957 a head are left out.
    rates : DataFrame
        ``load("provincial_vital_rates")``.
    provinces : DataFrame
        ``load("provinces")``, for names.

    Returns
    -------
    DataFrame
        ``province``, ``name``, ``grain_1957`` and ``grain_1959`` (kg a head of all inhabitants),
        ``fall`` between them, ``rise`` (registered deaths per 1,000: mean of 1959 and 1960 less
        1957) and ``kind``: ``municipality``, ``migration`` or ``other``.
    """
    crop = grain_rows(grain).pivot(index="province", columns="year", values="value")
    deaths = rates_of(rates).pivot(index="province", columns="year", values="death_rate_per_1000")
    table = provinces.set_index("province")[["name_en"]].rename(columns={"name_en": "name"})
    table["grain_1957"], table["grain_1959"] = crop[1957], crop[1959]
    table["fall"] = crop[1957] - crop[1959]
    table["rise"] = (deaths[1959] + deaths[1960]) / 2 - deaths[1957]
    table = table.dropna().reset_index()
    cities, moving = table["province"].isin(MUNICIPALITIES), table["province"].isin(MOVING)
    table["kind"] = np.select([cities, moving], ["municipality", "migration"], "other")
    return table


def grain_rows(grain, provinces=None):
    """Harvests per head of 1957 and 1959.

    Parameters
    ----------
    grain : DataFrame
        ``load("provincial_grain")``.
    provinces : sequence of str, optional
        Left out, all.

    Returns
    -------
    DataFrame
    """
    rows = grain[
        (grain["series"] == "output_per_head_total_population") & grain["year"].isin([1957, 1959])
    ]
    return rows if provinces is None else rows[rows["province"].isin(provinces)]


def rates_of(rates, provinces=None):
    """Registered vital rates of 1957, 1959 and 1960.

    Parameters
    ----------
    rates : DataFrame
        ``load("provincial_vital_rates")``.
    provinces : sequence of str, optional
        Left out, all.

    Returns
    -------
    DataFrame
    """
    rows = rates[(rates["series"] == "registered") & rates["year"].isin([1957, 1959, 1960])]
    return rows if provinces is None else rows[rows["province"].isin(provinces)]


TEAM, COUNTY = "provincial_team", "county_committee"
"""Who counted the dead of Tuanwan."""

AGES = {
    "under 15": ("14 and under", "1-10"),
    "15 to 49": ("20-49", "about 30"),
    "fifty and over": ("50-69", "70 and over", "50-80"),
}
"""Ages that both inquiries can be sorted into, and the groups of either that fall there."""


def dead_by_age(tuanwan):
    """The dead of Tuanwan by age in either inquiry.

    Parameters
    ----------
    tuanwan : DataFrame
        ``load("tuanwan_1960")``.

    Returns
    -------
    DataFrame
        Persons, indexed by :data:`AGES`, in the columns :data:`COUNTY` and :data:`TEAM`.

    Examples
    --------
    >>> from glf_utils.tables import load
    >>> dead_by_age(load("tuanwan_1960"))[TEAM].tolist()
    [25.0, 32.0, 102.0]
    """
    rows = tuanwan[tuanwan["group"] == "deaths_by_age"]
    names = {group: age for age, groups in AGES.items() for group in groups}
    counted = rows.assign(age=rows["item"].map(names)).groupby(["age", "reporter"])["value"].sum()
    return counted.unstack().loc[list(AGES), [COUNTY, TEAM]]


def fewer_fields(output, per_field):
    """What a harvest and its yield say of the fields sown: a harvest is fields times yield.

    Parameters
    ----------
    output, per_field : float
        Change of the harvest and of the yield, per cent.

    Returns
    -------
    float
        Change of the fields, per cent.

    Examples
    --------
    >>> round(fewer_fields(-21, -12), 1)
    -10.2
    """
    return 100 * ((1 + output / 100) / (1 + per_field / 100) - 1)


OLD_SHARE = "taken in 1959 above\nthe share of 1957"
STOCKS = "state stocks used up,\nJuly 1960 to June 1961"
MOVED = {
    OLD_SHARE: "series in ['procurement_linyang', 'output_official_old'] and year in [1957, 1959]",
    "sold back to villages,\nJuly 1960 to June 1961": "series == 'grain_year_rural_sales'",
    "net exports, 1959 and 1960": "series == 'net_exports' and year in [1959, 1960] "
    "and source == 'graintrade_press2011'",
    STOCKS: "series == 'state_stock_end' and period_end_year in [1960, 1961]",
    "net imports, 1961": "series == 'net_imports_linyang' and year == 1961",
}
"""Grain taken, given, sold abroad and bought, and the rows of ``grain_national`` that tell."""


def grain_moved(grain):
    """How much grain was taken beyond the old share, left the country, came back or lay in store.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``.

    Returns
    -------
    sizes : Series
        Million tonnes, by the names of :data:`MOVED`.
    rows : DataFrame
        What was read for them.
    """
    read = {what: grain.query(query) for what, query in MOVED.items()}
    sizes = pd.Series({what: rows["value"].sum() for what, rows in read.items()})
    earlier, later = read[STOCKS].sort_values("period_end_year")["value"]
    sizes[STOCKS] = earlier - later
    by = read[OLD_SHARE].set_index(["series", "year"])["value"]
    taken, grown = by["procurement_linyang"], by["output_official_old"]
    sizes[OLD_SHARE] = taken[1959] - taken[1957] / grown[1957] * grown[1959]
    return sizes, pd.concat(read.values())


def within_provinces(groups, grouping):
    """How much more deaths rose in one kind of county than in the other, province by province.

    Parameters
    ----------
    groups : DataFrame
        ``load("county_groups")``.
    grouping : str
        "minority", "clans" or "distance".

    Returns
    -------
    DataFrame
        Indexed by province, those with both kinds: for either kind the rise of the death rate
        from 1954–57 to 1959–61, per 1,000, in a column of its name; ``difference``, the first
        less the second; and ``counties``, how many there are of the first.

    Notes
    -----
    The first kind is the one named in the question: minority counties, those with many
    genealogies, those far from the capital.

    Examples
    --------
    >>> from glf_utils.tables import load
    >>> pairs = within_provinces(load("county_groups"), "minority")
    >>> pairs.loc["guizhou"].round(1).tolist()
    [14.4, 29.8, -15.3, 54.0]
    """
    first, second = KINDS_OF_COUNTY[grouping]
    rows = rises(groups, grouping)
    rise = rows.pivot(index="province", columns="group", values="rise")[[first, second]]
    number = rows.pivot(index="province", columns="group", values="n_counties")
    pairs = rise.assign(difference=rise[first] - rise[second], counties=number[first])
    return pairs.dropna().rename_axis(columns=None)


KINDS_OF_COUNTY = {
    "minority": ("minority", "other"),
    "clans": ("many genealogies", "few or none"),
    "distance": ("far", "near"),
}
"""The two kinds of county of each grouping; the first is the one asked about."""


def rises(groups, grouping):
    """The rows of one grouping, with the rise of the death rate from 1954–57 to 1959–61.

    Parameters
    ----------
    groups : DataFrame
        ``load("county_groups")``.
    grouping : str
        "minority", "clans" or "distance".

    Returns
    -------
    DataFrame
        The table's rows and ``rise``, per 1,000.
    """
    rows = groups[groups["grouping"] == grouping]
    return rows.assign(rise=rows["death_rate_1959_61"] - rows["death_rate_1954_57"])


def all_together(groups, grouping):
    """The rise in either kind of county, over all counties of the panel at once.

    Parameters
    ----------
    groups : DataFrame
        ``load("county_groups")``.
    grouping : str
        "minority", "clans" or "distance".

    Returns
    -------
    Series
        Per 1,000, indexed by the two kinds, the one asked about first.

    Examples
    --------
    >>> from glf_utils.tables import load
    >>> all_together(load("county_groups"), "minority").round(1).to_dict()
    {'minority': 14.6, 'other': 9.1}
    """
    rows = rises(groups, grouping)
    weighted = (rows["rise"] * rows["n_counties"]).groupby(rows["group"]).sum()
    mean = weighted / rows.groupby("group")["n_counties"].sum()
    return mean[list(KINDS_OF_COUNTY[grouping])].rename_axis(None)
