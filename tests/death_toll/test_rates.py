"""Excess deaths, registration and census balance; published arithmetic from the data tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from glf_utils import load
from glf_utils.death_toll.rates import (
    balance_gap,
    baseline_rates,
    birth_deficit,
    excess_deaths,
    fertility_baseline,
    split_deficit,
)
from glf_utils.death_toll.registers import correct_registration, linear_in_deaths

YEARS = np.arange(1953, 1967)


def column(series, name):
    rows = load("national_vital_rates").query("series == @series").set_index("year")
    return rows[name].reindex(YEARS).to_numpy()


@pytest.fixture(scope="module")
def official():
    return column("official", "death_rate_per_1000")


@pytest.fixture(scope="module")
def people():
    return column("official", "population_midyear_million")


@pytest.fixture(scope="module")
def banister():
    return column("banister1984", "death_rate_per_1000")


@pytest.mark.parametrize(
    "kind, reference, published",
    [
        ("year", 1957, (14.55, 15.33, 14.81)),
        ("year", 1958, (12.20, 12.20, 10.90)),
        ("mean", [1955, 1956, 1957], (13.17, 13.49, 12.51)),
        ("mean", [1955, 1956, 1957, 1962, 1963, 1964], (14.14, 14.78, 14.12)),
        ("mean", [1955, 1956, 1957, 1964, 1965, 1966], (14.72, 15.54, 15.08)),
        ("line", (1957, 1964), (13.96, 14.66, 13.81)),
        ("line", (1957, 1962), (15.49, 16.36, 16.36)),
        ("flat", 10, (16.15, 17.44, 17.46)),
    ],
)
def test_official_rates_against_eight_baselines(official, people, kind, reference, published):
    baseline = baseline_rates(YEARS, official, kind, reference)
    found = [
        excess_deaths(YEARS, official, people, window, baseline).total
        for window in ((1959, 1961), (1958, 1961), (1958, 1962))
    ]
    assert found == pytest.approx(published, abs=0.0051)


def test_first_step_of_yang_counts_years_above_10_47_only(official, people):
    toll = excess_deaths(YEARS, official, people, (1958, 1961), 10.47, net=False)
    assert toll.total == pytest.approx(16.199, abs=0.0005)
    assert toll.label == (
        "excess deaths 1958-1961, baseline flat 10.47, years below it left out, births not counted"
    )


def test_patnaik_splits_into_deaths_and_births():
    births, deaths = column("official", "births_million"), column("official", "deaths_million")
    inside = YEARS <= 1965
    split = split_deficit(YEARS[inside], births[inside], deaths[inside], (1959, 1961), 1958)
    assert split.total == pytest.approx(27.50, abs=0.005)
    assert split.from_deaths == pytest.approx(12.59, abs=0.005)
    assert split.from_births == pytest.approx(14.91, abs=0.005)


def test_coale_from_printed_sums():
    assert linear_in_deaths(57.4, 5.90, 8.02, years=6) == pytest.approx(15.64)
    assert linear_in_deaths(86.2, 10.4, 9.4, years=6) == pytest.approx(26.80)


def test_banister_needs_a_falling_baseline(banister, people):
    def toll(kind, reference):
        baseline = baseline_rates(YEARS, banister, kind, reference)
        return excess_deaths(YEARS, banister, people, (1958, 1961), baseline).total

    assert toll("line", (1957, 1964)) == pytest.approx(30.58, abs=0.005)
    assert toll("year", 1957) == pytest.approx(25.3, abs=0.05)
    assert toll("line", (1957, 1962)) == pytest.approx(30.7, abs=0.05)


def test_corrected_famine_against_uncorrected_baseline_gives_45(banister, official, people):
    frozen = baseline_rates(YEARS, official, "year", 1957)
    toll = excess_deaths(YEARS, banister, people, (1958, 1961), frozen)
    assert toll.total == pytest.approx(44.6, abs=0.05)


def test_un_rates_against_a_line():
    rates, people = (
        column("wpp2024", name) for name in ("death_rate_per_1000", "population_midyear_million")
    )
    for ends, window, published in (
        ((1958, 1962), (1958, 1962), 17.0),
        ((1957, 1964), (1959, 1961), 16.0),
    ):
        baseline = baseline_rates(YEARS, rates, "line", ends)
        toll = excess_deaths(YEARS, rates, people, window, baseline).total
        assert toll == pytest.approx(published, abs=0.06)


def test_ledger_of_births(people):
    published = {"official": 28.7, "banister1984": 38.3}
    for series, printed in published.items():
        births = column(series, "birth_rate_per_1000")
        frozen = baseline_rates(YEARS, births, "year", 1957)
        found = birth_deficit(YEARS, births, people, (1958, 1961), frozen)
        assert found.total == pytest.approx(printed, abs=0.05)
        assert found.label.endswith("deaths not counted")


@pytest.mark.parametrize(
    "series, window, made",
    [
        ("official", (1958, 1961), 30.1),
        ("banister1984", (1958, 1961), 37.1),
        ("official", (1958, 1962), 31.7),
    ],
)
def test_births_scaled_by_fertility(people, series, window, made):
    births = column(series, "birth_rate_per_1000")
    fertility = column("official", "total_fertility_rate")
    baseline = fertility_baseline(YEARS, births, fertility, "year", 1957)
    found = birth_deficit(YEARS, births, people, window, baseline)
    assert found.total == pytest.approx(made, abs=0.05)
    assert "baseline fertility of 1957" in found.label


def test_a_line_in_deaths_is_not_a_line_in_rates(official, people):
    deaths = official * people / 1000
    drawn = baseline_rates(YEARS, official, "line", (1957, 1964), population=people)
    toll = excess_deaths(YEARS, official, people, (1958, 1963), drawn)
    at = {year: deaths[YEARS == year][0] for year in (1957, 1964)}
    inside = (YEARS >= 1958) & (YEARS <= 1963)
    expected = linear_in_deaths(deaths[inside].sum(), at[1957], at[1964], years=6)
    assert toll.total == pytest.approx(expected, abs=1e-9)
    assert "line from 1957 to 1964, in deaths" in toll.label
    in_rates = baseline_rates(YEARS, official, "line", (1957, 1964))
    assert (
        abs(excess_deaths(YEARS, official, people, (1958, 1963), in_rates).total - toll.total)
        > 0.05
    )


@pytest.mark.parametrize(
    "kind, reference",
    [("year", 1957), ("mean", [1955, 1957]), ("flat", 7.0), ("line", (1957, 1964))],
)
def test_a_baseline_of_numbers_is_the_same_number_of_deaths(official, people, kind, reference):
    drawn = baseline_rates(YEARS, official, kind, reference, population=people)
    numbers = drawn.rates * people / 1000
    assert numbers == pytest.approx(
        baseline_rates(YEARS, official * people / 1000, kind, reference).rates, nan_ok=True
    )
    known = np.isfinite(numbers)
    assert np.ptp(np.diff(numbers[known])) == pytest.approx(0, abs=1e-9)


def test_census_balance_of_three_pairs_of_series(people):
    totals = (
        load("censuses")
        .query("indicator == 'total_population' and source != 'globalsecurity_fyp'")
        .set_index("census_year")["value"]
    )
    censuses = {1953: totals[1953], 1964: totals[1964]}
    births = np.stack(
        [column(s, "birth_rate_per_1000") for s in ("official", "banister1984", "banister1984")]
    )
    deaths = np.stack(
        [column(s, "death_rate_per_1000") for s in ("official", "banister1984", "official")]
    )
    found = balance_gap(YEARS, births, deaths, people, censuses)
    assert found.births == pytest.approx([224.0, 268.4, 268.4], abs=0.051)
    assert found.deaths == pytest.approx([94.8, 155.8, 94.8], abs=0.051)
    assert found.counted_growth == pytest.approx(111.98)
    assert found.gap == pytest.approx([17.2, 0.7, 61.6], abs=0.051)


def test_implied_completeness_returns_the_corrected_rates(official, banister):
    missing = column("banister1984", "death_underregistration_pct") / 100
    known = np.isfinite(missing)
    assert known.sum() >= 5
    again = correct_registration(official[known], 1 - missing[known])
    assert again == pytest.approx(banister[known], rel=0.02)


rates = arrays(float, 14, elements=st.floats(1, 60))
populations = arrays(float, 14, elements=st.floats(1, 900))
kinds = st.sampled_from(
    [("year", 1957), ("mean", [1955, 1956, 1957]), ("line", (1957, 1964)), ("flat", 12.0)]
)


@given(rates, populations, kinds)
def test_years_add_up_and_netting_only_lowers(death_rates, size, kind):
    baseline = baseline_rates(YEARS, death_rates, *kind)
    netted = excess_deaths(YEARS, death_rates, size, (1958, 1962), baseline)
    positive = excess_deaths(YEARS, death_rates, size, (1958, 1962), baseline, net=False)
    assert netted.total == pytest.approx(netted.by_year.sum(), abs=1e-9)
    assert positive.total >= max(netted.total, 0) - 1e-9
    assert positive.by_year == pytest.approx(np.where(netted.by_year > 0, netted.by_year, 0))
    assert netted.years.tolist() == [1958, 1959, 1960, 1961, 1962]


@given(rates, populations, st.floats(0.3, 1), st.sampled_from(["year", "mean", "line"]))
def test_one_correction_for_all_years_scales_the_toll(death_rates, size, completeness, kind):
    reference = {"year": 1957, "mean": [1955, 1957], "line": (1957, 1964)}[kind]

    def toll(series):
        return excess_deaths(
            YEARS, series, size, (1958, 1961), baseline_rates(YEARS, series, kind, reference)
        ).total

    corrected = toll(correct_registration(death_rates, completeness))
    assert corrected == pytest.approx(toll(death_rates) / completeness, abs=1e-8)


@given(rates, populations)
def test_a_year_like_the_baseline_has_no_excess(death_rates, size):
    toll = excess_deaths(
        YEARS, death_rates, size, (1957, 1957), baseline_rates(YEARS, death_rates, "year", 1957)
    )
    assert toll.total == 0


@given(rates, populations, st.integers(1953, 1966), st.integers(1953, 1966))
def test_windows_side_by_side_add_up(death_rates, size, one, other):
    first, last = min(one, other), max(one, other)
    whole = excess_deaths(YEARS, death_rates, size, (1953, 1966), 10.0).total
    parts = sum(
        excess_deaths(YEARS, death_rates, size, w, 10.0).total
        for w in ((1953, first - 1), (first, last), (last + 1, 1966))
        if w[0] <= w[1]
    )
    assert whole == pytest.approx(parts, abs=1e-8)


@given(rates, rates, populations)
def test_deficit_splits_without_remainder(births, deaths, size):
    split = split_deficit(YEARS, births, deaths, (1959, 1961), 1958)
    increase = births - deaths
    inside = (YEARS >= 1959) & (YEARS <= 1961)
    deficit = (increase[YEARS == 1958] - increase[inside]).sum()
    assert split.total == pytest.approx(deficit, abs=1e-9)
    swapped = birth_deficit(YEARS, births, size, (1958, 1961), 20.0).total
    assert swapped == pytest.approx(-excess_deaths(YEARS, births, size, (1958, 1961), 20.0).total)


@given(rates, rates, populations)
def test_a_closed_population_balances(births, deaths, size):
    inside = (YEARS >= 1953) & (YEARS <= 1964)
    flow = ((births - deaths) * size / 1000)[inside]
    growth = flow.sum() - (flow[0] + flow[-1]) / 2
    found = balance_gap(YEARS, births, deaths, size, {1953: 5000.0, 1964: 5000.0 + growth})
    assert found.gap == pytest.approx(0, abs=1e-8)


def test_a_line_ends_where_its_years_end(official, people):
    line = baseline_rates(YEARS, official, "line", (1957, 1962))
    assert line.rates[YEARS == 1957] == official[YEARS == 1957]
    assert np.isnan(line.rates[YEARS == 1963])
    with pytest.raises(ValueError, match="baseline in 1963 is nan"):
        excess_deaths(YEARS, official, people, (1958, 1963), line)


def test_alternatives_stack_on_the_first_axis(official, banister, people):
    both = np.stack([official, banister])
    baseline = baseline_rates(YEARS, both, "line", (1957, 1964))
    found = excess_deaths(YEARS, both, people, (1958, 1961), baseline)
    assert found.total == pytest.approx([14.66, 30.58], abs=0.005)
    assert found.by_year.shape == (2, 4)


def test_missing_years_matter_only_inside_the_window(official, people):
    holed = np.where(YEARS == 1960, np.nan, official)
    frozen = baseline_rates(YEARS, holed, "year", 1957)
    assert excess_deaths(YEARS, holed, people, (1958, 1959), frozen).total == pytest.approx(
        excess_deaths(YEARS, official, people, (1958, 1959), frozen).total
    )
    with pytest.raises(ValueError, match="rates in 1960 is nan"):
        excess_deaths(YEARS, holed, people, (1958, 1961), frozen)


R = [10.8, 12.0, 14.6]
Y = [1957, 1958, 1959]


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: baseline_rates(Y, R, "median", 1957), "kind is 'median'; .*'series'"),
        (lambda: baseline_rates(Y, R, "year", 1950), "reference is 1950; .*from 1957 to 1959"),
        (lambda: baseline_rates(Y, R, "year", [1957, 1958]), "needs one year"),
        (lambda: baseline_rates(Y, R, "line", 1957), "needs two years"),
        (lambda: baseline_rates(Y, R, "line", (1959, 1957)), "an earlier and a later year"),
        (lambda: baseline_rates(Y, [10.8, np.nan, 1], "year", 1958), "rates in 1958 is nan"),
        (lambda: baseline_rates(Y, [10.8, -1, 1], "year", 1957), "rates in 1958 is -1"),
        (lambda: baseline_rates(Y, R[:2], "year", 1957), "2 values .* each of the 3 years"),
        (lambda: baseline_rates(Y[::-1], R, "year", 1957), "years is .*in order"),
        (lambda: excess_deaths(Y, R, R, (1958, 1962), 10), "window is 1960; .*from 1957 to 1959"),
        (lambda: excess_deaths(Y, R, R, (1959, 1958), 10), "window is .*first year"),
        (
            lambda: excess_deaths(Y, R, [600, np.nan, 600], (1958, 1959), 10),
            "population in 1958 is nan",
        ),
        (
            lambda: baseline_rates(Y, R, "year", 1957, population=[600, 0, 600]),
            "population in 1958 is 0",
        ),
        (lambda: fertility_baseline(Y, R, [6, 0, 4], "year", 1957), "fertility in 1958 is 0"),
        (lambda: fertility_baseline(Y, R, [6, 5, 4], "year", 1962), "reference is 1962"),
        (lambda: split_deficit(Y, R, R, (1958, 1959), 1950), "reference is 1950"),
        (lambda: balance_gap(Y, R, R, R, {1957: 5}), "censuses is .*two years"),
        (lambda: balance_gap(Y, R, R, R, {1957: 5, 1964: 6}), "window is 1960"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
