"""Every row graded ``derived`` is computed again from the rows it rests on."""

import numpy as np
import pandas as pd
import pytest

from glf_utils import load, tables
from glf_utils.death_toll.known_ages import ages_of

YEARS = range(1958, 1963)


def by_year(table, series, column="value"):
    """One series as values by year; it must have one row a year."""
    frame = load(table)
    frame = frame[(frame["series"] == series) & frame["year"].notna() & frame[column].notna()]
    assert frame["year"].is_unique, series
    return frame.set_index("year")[column]


def registers():
    """Registered death rates and year-end populations by year and province."""
    rows = load("provincial_vital_rates").query("series == 'registered'")
    rates = rows.pivot(index="year", columns="province", values="death_rate_per_1000")
    people = rows.pivot(index="year", columns="province", values="population_10k")
    known = people.columns[people.notna().any()]
    return rates[known], people[known]


def exposure():
    """Mean of two year-end populations; Sichuan's series starts in 1955 and stands for itself."""
    _, people = registers()
    mean = (people + people.shift()) / 2
    mean.loc[1955, "sichuan"] = people.loc[1955, "sichuan"]
    return mean


def twenty_four_provinces():
    rates, _ = registers()
    people = exposure()
    deaths = (rates * people).sum(axis=1) / 1e5
    return pd.DataFrame(
        {
            "deaths_million": deaths,
            "population_midyear_million": people.sum(axis=1) / 100,
            "death_rate_per_1000": deaths / people.sum(axis=1) * 1e5,
        }
    )


def excess_net():
    rates, _ = registers()
    usual = rates.loc[[1955, 1956, 1957, 1964, 1965, 1966]].mean()
    return ((rates - usual) * exposure()).loc[YEARS].sum() / 1e5


def excess_in_bad_years():
    """Positive years only. Sichuan: the year's own population, and the rate its row implies."""
    rates, people = registers()
    exposed = exposure()
    implied = load("provincial_vital_rates").query("series == 'registered_implied'").iloc[0]
    rates.loc[1959, "sichuan"] = implied.death_rate_per_1000
    exposed["sichuan"] = people["sichuan"]
    usual = rates.loc[[1955, 1956, 1957]].mean()
    return ((rates - usual).clip(lower=0) * exposed).loc[YEARS].sum() / 1e5


def famine_deaths(frame):
    rows = frame[frame["estimate"].isin(["registered_excess_net", "derived_official_cdr"])]
    net, bad = excess_net(), excess_in_bad_years()
    deaths = []
    for row in rows.itertuples():
        values = net if row.estimate == "registered_excess_net" else bad
        deaths.append(values[row.province] if isinstance(row.province, str) else values.sum())
    return pd.DataFrame({"deaths_million": deaths}, index=rows.index)


def food_balance(frame):
    coefficient = load("food_coefficients").set_index("item")["value_central"]
    lost = coefficient[["seed_share_of_output", "feed_share_of_output", "waste_and_storage_loss"]]
    energy = (1 - lost.sum() / 100) * coefficient["energy_of_raw_mixed_grain"] / 365
    out, net = (
        by_year("grain_national", "output_official_old"),
        by_year("grain_national", "procurement_net_yearbook"),
    )
    sold, bought = by_year("grain_national", "exports"), by_year("grain_national", "imports")
    gross = by_year("grain_national", "procurement_gross_yearbook")
    people = by_year("national_vital_rates", "official", "population_yearend_million")
    rural = by_year("investment_and_labour", "rural_population")
    trade = (bought - sold) * coefficient["energy_of_raw_mixed_grain"] / 365
    kept = (out - net) / rural * 1e3
    table = pd.DataFrame(
        {
            "output_million_t": out,
            "exports_million_t": sold,
            "imports_million_t": bought,
            "population_yearend_million": people,
            "rural_population_million": rural,
            "grain_kcal_per_head_per_day": (out * energy + trade) / people * 1e3,
            "gross_procurement_share_pct": 100 * gross / out,
            "net_procurement_share_pct": 100 * net / out,
            "retained_per_rural_head_kg": kept,
            "rural_grain_kcal_per_head_per_day": kept * energy,
        }
    )
    return table.loc[frame["year"]].set_index(frame.index)


def households_per_unit(frame):
    size = {"million": 1e6, "thousand": 1e3, "units": 1}
    counts = frame[frame["date"].str.endswith("12-31")].assign(
        count=frame["value_low"] * frame["unit"].map(size)
    )
    counts = counts[counts["source"] == "nbs_communes"].pivot(
        index="date", columns="indicator", values="count"
    )
    units = {
        "commune": "peoples_communes",
        "brigade": "production_brigades",
        "team": "production_teams",
    }
    rows = frame[frame["indicator"].str.endswith("_derived")]
    quotient = [
        counts.loc[r.date, "commune_households"]
        / counts.loc[r.date, units[r.indicator.split("_")[2]]]
        for r in rows.itertuples()
    ]
    return pd.DataFrame({"value_low": quotient, "value_high": quotient}, index=rows.index)


def output_per_head(frame):
    people = (
        load("provincial_vital_rates")
        .query("series == 'registered'")
        .set_index(["province", "year"])["population_10k"]
    )
    output = frame.query("series == 'output'").set_index(["province", "year"])["value"]
    rows = frame[
        (frame["series"] == "output_per_head_total_population")
        & (frame["verification"] == "derived")
        & (frame["year"] > 1953)
    ]
    keys = list(zip(rows["province"], rows["year"], strict=True))
    return pd.DataFrame({"value": [1000 * output[k] / people[k] for k in keys]}, index=rows.index)


def sichuan_output(frame):
    """Printed output per head times the population of the year."""
    people = (
        load("provincial_vital_rates")
        .query("series == 'registered' and province == 'sichuan'")
        .set_index("year")["population_10k"]
    )
    kilos = frame.query("province == 'sichuan' and series == 'output_per_head_total_population'")
    kilos = kilos.set_index("year")["value"]
    rows = frame[(frame["series"] == "output") & (frame["verification"] == "derived")]
    return pd.DataFrame(
        {"value": [kilos[y] * people[y] / 1000 for y in rows["year"]]}, index=rows.index
    )


def urban_share():
    return (
        100
        * by_year("investment_and_labour", "urban_population")
        / by_year("national_vital_rates", "official", "population_yearend_million")
    )


def yearly(frame, query, column, values, when="year"):
    """Expected values for the rows that a query selects, by their year."""
    rows = frame.query(query)
    return pd.DataFrame({column: [values[y] for y in rows[when]]}, index=rows.index)


def single(frame, query, **values):
    """Expected values for the one row that a query selects."""
    rows = frame.query(query)
    assert len(rows) == 1, query
    return pd.DataFrame(values, index=rows.index)


def implied_by_un(frame):
    """Deaths of 1959-61 above a line of rates from 1958 to 1962; births below the rate of 1957.

    The low end is another reading of the same rates: a line from 1957 to 1964, over 1958-62.
    """
    rates = load("national_vital_rates")
    parts = []
    for key in ("unwpp2022", "unwpp2024"):
        rows = rates[rates["series"] == key[2:]].set_index("year")
        people, died, born = (
            rows[name]
            for name in ("population_midyear_million", "death_rate_per_1000", "birth_rate_per_1000")
        )
        above, low = (
            sum((died[y] - line(died, first, last, y)) * people[y] for y in window) / 1000
            for first, last, window in ((1958, 1962, range(1959, 1962)), (1957, 1964, YEARS))
        )
        below = sum((born[1957] - born[y]) * people[y] for y in (1959, 1960, 1961)) / 1000
        parts.append(
            single(
                frame,
                f"estimate_id == '{key}'",
                birth_deficit_million=below,
                estimate_central_million=above,
                estimate_low_million=low,
            )
        )
    return pd.concat(parts)


def line(values, first, last, year):
    return values[first] + (values[last] - values[first]) * (year - first) / (last - first)


def grain(name):
    return by_year("grain_national", name)


def coefficients(frame):
    need = grain("national_need_stated")[1959] * 1e3
    people = by_year("national_vital_rates", "official", "population_yearend_million")[1959]
    return pd.concat(
        [
            single(frame, "item == 'hundred_million_jin'", value_central=1e8 * 0.5 / 1e9),
            single(frame, "item == 'jin_per_mu'", value_central=0.5 * 15),
            single(frame, "item == 'state_national_need_1959'", value_central=need / people),
        ]
    )


def comparison(frame):
    china = frame[frame["country"] == "China"]
    soviet = frame.query(
        "country == 'USSR' and indicator == 'population' and source == 'soviet_stats'"
    )["value_low"].item()
    grain_of = china[china["indicator"] == "grain_output"].set_index("period_start_year")
    people = china[china["indicator"] == "population"].set_index("period_start_year")
    harvest = frame[(frame["country"] == "USSR") & (frame["period_start_year"] == 1928)]
    harvest = harvest.set_index("indicator")["value"]
    high = {
        y: grain_of["value_high"].get(y) / people["value"].fillna(people["value_low"])[y] * 1e3
        for y in (1965,)
    }
    each = "indicator == 'grain_per_head' and period_start_year == "
    built = by_year("investment_and_labour", "capital_construction_investment")
    return pd.concat(
        [
            yearly(
                frame,
                "indicator == 'urban_population_share'",
                "value",
                urban_share(),
                "period_start_year",
            ),
            single(
                frame,
                f"{each}1928",
                value_low=harvest["grain_harvest_western_low"] / soviet * 1e3,
                value_high=harvest["grain_harvest_soviet_revised"] / soviet * 1e3,
            ),
            single(
                frame,
                f"{each}1952",
                value_low=grain_of["value_low"][1952] / people["value_low"][1952] * 1e3,
            ),
            single(
                frame,
                f"{each}1957",
                value=grain_of["value"][1957] / people["value_low"][1957] * 1e3,
            ),
            single(
                frame,
                f"{each}1965",
                value_low=grain_of["value_low"][1965] / people["value"][1965] * 1e3,
                value_high=high[1965],
            ),
            single(
                frame,
                "verification == 'derived' and "
                "indicator == 'state_capital_construction_investment'",
                value=built[[1958, 1959, 1960]].sum(),
            ),
        ]
    )


def investment(frame):
    shares = "series == 'urban_population_share'"
    built = by_year("investment_and_labour", "capital_construction_investment")
    workers = by_year("investment_and_labour", "state_sector_employment")
    return pd.concat(
        [
            yearly(frame, shares, "value", urban_share()),
            single(
                frame,
                "series == 'capital_construction_investment_total' and verification == 'derived'",
                value=built[[1958, 1959, 1960]].sum(),
            ),
            single(
                frame,
                "series == 'state_sector_employment' and year == 1957",
                value=workers[1958] - 20.81,
            ),
        ]
    )


def parameters(frame):
    invested = load("investment_and_labour").query("series.str.startswith('investment_share')")
    share = invested.pivot(index="period_start_year", columns="series", values="value")
    split = share["investment_share_heavy_industry"] / (
        share["investment_share_heavy_industry"] + share["investment_share_light_industry"]
    )
    rows = frame[frame["verification"] == "derived"]
    values = [split[1953], split[1958]]
    return pd.DataFrame({"value_low": values, "value_high": values}, index=rows.index)


# table: (what computes its derived rows, how far a stored figure may be from the computed one)
def russia(frame):
    """Russia's rates and people from the ages: deaths by rates, and by births less growth."""
    found = ages_of(load("famine_ages"), "Russia")
    people = found.people.sum(axis=(1, 2))
    middle = (people[1:] + people[:-1]) / 2
    deaths = {"rates": found.deaths.sum(axis=(1, 2)), "balance": found.births - np.diff(people)}
    rows = frame[frame["country"] == "Russia"]
    by_rates = rows[rows["series"] == "rates"].index, rows[rows["series"] == "balance"].index
    return pd.concat(
        pd.DataFrame(
            {
                "birth_rate_per_1000": 1000 * found.births / middle,
                "death_rate_per_1000": 1000 * died / middle,
                "population_midyear_million": middle / 1000,
            },
            index=index,
        )
        for index, died in zip(by_rates, deaths.values(), strict=True)
    )


RECOMPUTED = {
    "national_vital_rates": (
        lambda f: (
            twenty_four_provinces()
            .loc[f.query("series == 'registered_24_provinces'").year]
            .set_axis(f.query("series == 'registered_24_provinces'").index)
        ),
        0.051,
    ),
    "censuses": (
        lambda f: single(f, "indicator == 'growth_since_1953'", value=694.58 - 582.60),
        0.001,
    ),
    "grain_national": (
        lambda f: pd.concat(
            [
                yearly(
                    f,
                    "series == 'procurement_share_linyang'",
                    "value",
                    100 * grain("procurement_linyang") / grain("output_official_old"),
                ),
                yearly(
                    f,
                    "series == 'grain_yield'",
                    "value",
                    1e3 * grain("output_official_revised") / grain("grain_sown_area"),
                ),
            ]
        ),
        0.5,
    ),
    "investment_and_labour": (investment, 0.05),
    "soviet_comparison": (comparison, 0.6),
    "model_parameters": (parameters, 0.005),
    "targets_and_claims": (
        lambda f: single(f, "verification == 'derived'", value_low=300 - 65, value_high=300 - 65),
        1e-9,
    ),
    "organisation": (households_per_unit, 0.5),
    "provincial_vital_rates": (
        lambda f: single(f, "series == 'registered_implied'", death_rate_per_1000=16.71 + 30.26),
        0.005,
    ),
    "provincial_grain": (
        lambda f: pd.concat(
            [
                output_per_head(f),
                sichuan_output(f),
                single(f, "series == 'procurement_rate'", value=100 * 150 / 400),
            ]
        ),
        0.5,
    ),
    "provincial_output_1958": (
        lambda f: single(
            f,
            "verification == 'derived'",
            value=sichuan_output(load("provincial_grain")).iloc[0, 0] / 100,
        ),
        0.005,
    ),
    "provincial_famine_deaths": (famine_deaths, 0.0021),
    "disasters_and_livestock": (
        lambda f: single(f, "verification == 'derived'", value=145.90 - 44.18),
        1e-9,
    ),
    "death_toll_estimates": (implied_by_un, 0.0501),
    "food_coefficients": (coefficients, 0.1),
    "food_balance": (food_balance, 0.5),
    "famine_registers": (russia, 0.00501),
    "xinyang_1959_60": (lambda f: single(f, "verification == 'derived'", value=6 / 0.176), 0.1),
}
# derived rows that cannot be computed again here, and why
ELSEWHERE = {
    "county_groups": "its county rows belong to a data set not redistributed here",
    "county_mortality": "its county rows belong to a data set not redistributed here",
    "account_claims": "the arithmetic of the verdicts has its own test",
    "published_results": "every row is computed again by tests/death_toll/test_published.py",
}
NOT_HERE = {
    (
        "provincial_grain",
        "output per head of 1953 needs year-end populations of 1953, which the "
        "panel gives only as rural",
    ): "series == 'output_per_head_total_population' and year == 1953",
    (
        "food_coefficients",
        "a rounded range: milling of 0.75-0.85 times 3,450-3,550",
    ): "item == 'energy_of_raw_mixed_grain'",
}


@pytest.mark.parametrize("name", RECOMPUTED)
def test_derived_rows_recompute(name):
    compute, tolerance = RECOMPUTED[name]
    frame = load(name)
    expected = compute(frame)
    stored = frame.loc[expected.index, expected.columns]
    gap = (stored - expected).abs()
    assert gap.where(expected.notna(), 0).max().max() <= tolerance, gap.max()
    assert (stored.notna() | expected.isna()).to_numpy().all(), "a computed value is not stored"


def test_every_derived_row_is_covered_or_excused():
    for name in tables().name:
        frame = load(name)
        if "verification" not in frame or name in ELSEWHERE:
            continue
        derived = set(frame.index[frame["verification"] == "derived"])
        done = set(RECOMPUTED[name][0](frame).index) if name in RECOMPUTED else set()
        excused = {
            i
            for (table, _), query in NOT_HERE.items()
            if table == name
            for i in frame.query(query).index
        }
        assert derived - done - excused == set(), name
        assert not done & excused, name


# derived rows whose inputs are not rows of a table: whether they rest on an unchecked figure
BY_HAND = {"food_coefficients": {"energy_of_raw_mixed_grain": True}}


def shaken(resting, load=load):
    """A `load` whose unchecked figures, and derived rows known to rest on them, are changed.

    Each by a factor of its own, so that no ratio of two of them stays as it was.
    """

    def load_shaken(name):
        frame = load(name)
        if "verification" in frame:
            rows = [*frame.index[frame["verification"] == "unchecked"], *resting.get(name, ())]
            factors = [1.03 + 0.01 * (k % 17) for k in range(len(rows))]
            for column in frame.select_dtypes("float64"):
                frame.loc[rows, column] *= factors
        return frame

    return load_shaken


def moved_by_unchecked(monkeypatch):
    """Labels of the derived rows, by table, that change when unchecked figures do."""
    rows = {}
    while True:
        found = {}
        for name, (compute, _) in RECOMPUTED.items():
            before = compute(load(name))
            with monkeypatch.context() as patch:
                patch.setitem(globals(), "load", shaken(rows))
                after = compute(load(name))
            moved = before.index[((before - after).abs() > 1e-9).any(axis=1)]
            found[name] = set(moved[load(name).loc[moved, "verification"] == "derived"])
        if found == rows:
            return rows
        rows = found


def test_derived_rows_say_whether_they_rest_on_unchecked_ones(monkeypatch):
    moved = moved_by_unchecked(monkeypatch)
    assert sum(map(len, moved.values())) >= 50
    for name, rows in moved.items():
        frame = load(name)
        flagged = frame.get("rests_on_unchecked", pd.Series(False, frame.index))
        for item, rests in BY_HAND.get(name, {}).items():
            rows |= set(frame.index[frame["item"] == item]) if rests else set()
        assert set(frame.index[flagged]) == rows, name
    assert not {name for name in tables().name if "rests_on_unchecked" in load(name)} - set(moved)


def test_tolerances_are_roundings_not_allowances():
    """The wide tolerances above come from whole numbers; here the finer columns are held tight."""
    frame = load("food_balance")
    gap = (
        frame[
            [
                "gross_procurement_share_pct",
                "net_procurement_share_pct",
                "retained_per_rural_head_kg",
                "rural_population_million",
            ]
        ]
        - food_balance(frame)
    ).abs()
    assert gap.max().max() <= 0.0501
    grain_rows = load("grain_national")
    share = yearly(
        grain_rows,
        "series == 'procurement_share_linyang'",
        "value",
        100 * grain("procurement_linyang") / grain("output_official_old"),
    )
    assert (grain_rows.loc[share.index, "value"] - share["value"]).abs().max() <= 0.0501
    provinces = load("provincial_grain")
    heads = output_per_head(provinces)
    assert (provinces.loc[heads.index, "value"] - heads["value"]).abs().max() <= 0.0501
    rates = load("national_vital_rates").query("series == 'registered_24_provinces'")
    again = twenty_four_provinces().loc[rates.year].set_axis(rates.index)
    for column in ("deaths_million", "death_rate_per_1000"):
        assert (rates[column] - again[column]).abs().max() <= 0.00501, column
    food = load("food_coefficients")
    units = coefficients(food)["value_central"].iloc[:2]
    assert (food.loc[units.index, "value_central"] - units).abs().max() < 1e-12
    toll = load("death_toll_estimates")
    implied = implied_by_un(toll)["estimate_central_million"]
    assert (toll.loc[implied.index, "estimate_central_million"] - implied).abs().max() <= 0.0501


def test_shares_of_population_follow_from_deaths_and_people():
    frame = load("provincial_famine_deaths")
    rows = frame[frame["estimate"] == "derived_official_cdr"].dropna(subset=["province"])
    share = rows["deaths_million"] / rows["population_1958_10k"] * 1e4
    assert (share - rows["share_of_population_pct"]).abs().max() <= 0.021
    people = (
        load("provincial_vital_rates")
        .query("series == 'registered' and year == 1958")
        .set_index("province")["population_10k"]
    )
    assert (rows["population_1958_10k"] - rows["province"].map(people)).abs().max() <= 0.5
    cao = frame[frame["estimate"] == "cao2005"].dropna(
        subset=["share_of_population_pct", "province"]
    )
    implied = cao["deaths_million"] / cao["share_of_population_pct"] * 1e4
    known = cao["implied_pre_famine_population_10k"].notna()
    off = (implied / cao["implied_pre_famine_population_10k"] - 1).abs()[known]
    assert off.max() <= 0.005
