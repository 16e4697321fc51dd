"""Completeness, stocks and flows, and sums over part of the provinces."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from glf_utils import load
from glf_utils.death_toll.rates import balance_gap, baseline_rates, excess_deaths
from glf_utils.death_toll.registers import (
    completeness_by_period,
    correct_registration,
    linear_in_deaths,
    midyear_population,
    provincial_sum,
    register_residual,
    stock_flow_deaths,
)

YEARS = np.arange(1953, 1967)
FAMINE = (1958, 1961)


def column(series, name):
    rows = load("national_vital_rates").query("series == @series").set_index("year")
    return rows[name].reindex(YEARS).to_numpy()


OFFICIAL = {
    name: column("official", name)
    for name in (
        "death_rate_per_1000",
        "births_million",
        "deaths_million",
        "population_yearend_million",
        "population_midyear_million",
    )
}


def toll(completeness):
    rates = correct_registration(OFFICIAL["death_rate_per_1000"], completeness, YEARS)
    baseline = baseline_rates(YEARS, rates, "year", 1957)
    return excess_deaths(
        YEARS, rates, OFFICIAL["population_midyear_million"], FAMINE, baseline
    ).total


def test_the_same_correction_scales_and_a_lopsided_one_distorts():
    plain, both, famine, normal = (
        toll(completeness_by_period(YEARS, *pair, FAMINE))
        for pair in ((1, 1), (0.6, 0.6), (1, 0.6), (0.6, 1))
    )
    assert both == pytest.approx(plain / 0.6)
    assert normal < plain < both < famine
    assert famine > 2.5 * plain


def test_completeness_broadcasts_over_a_grid():
    normal, famine = np.meshgrid([0.6, 0.8, 1.0], [0.5, 1.0], indexing="ij")
    grid = completeness_by_period(YEARS, normal, famine, FAMINE)
    assert grid.shape == (3, 2, len(YEARS))
    assert (grid[1, 0] == np.where((YEARS >= 1958) & (YEARS <= 1961), 0.5, 0.8)).all()
    assert toll(grid)[2, 1] == pytest.approx(15.33, abs=0.005)


def test_midyear_population_is_the_column_of_the_table():
    found = midyear_population(YEARS, OFFICIAL["population_yearend_million"])
    assert np.isnan(found[0])
    assert found[1:] == pytest.approx(OFFICIAL["population_midyear_million"][1:], abs=1e-6)


def test_residuals_of_the_register_add_to_the_known_sums():
    found = register_residual(
        YEARS,
        *(
            OFFICIAL[name]
            for name in ("population_yearend_million", "births_million", "deaths_million")
        ),
    )
    by_year = dict(zip(YEARS.tolist(), found, strict=True))
    assert by_year[1959] == pytest.approx(5.36) and by_year[1960] == pytest.approx(-6.96)
    assert sum(by_year[y] for y in range(1956, 1960)) == pytest.approx(11.92, abs=0.005)
    assert sum(by_year[y] for y in range(1960, 1965)) == pytest.approx(-26.44, abs=0.005)


def test_a_window_slip_in_the_stock_is_named_and_counted():
    """The births of 1959 with the fall from the end of 1959: twelve million too many."""
    normal = 10.54 * OFFICIAL["population_midyear_million"] / 1000
    stock, births = OFFICIAL["population_yearend_million"], OFFICIAL["births_million"]
    fits = stock_flow_deaths(YEARS[1:], stock[1:], births[1:], normal[1:], (1959, 1961))
    slipped = stock_flow_deaths(
        YEARS[1:], stock[1:], births[1:], normal[1:], (1959, 1961), stocks=(1959, 1961)
    )
    assert slipped.total - fits.total == pytest.approx(672.07 - 659.94)
    assert fits.fall_in_people == pytest.approx(1.35)
    assert slipped.label.endswith("the two windows do not fit") and "fit" not in fits.label


people_by_year = arrays(float, 5, elements=st.floats(100, 900))
flows = arrays(float, 5, elements=st.floats(0, 40))


@given(people_by_year, flows, flows, st.floats(-5, 5))
def test_stock_and_flow_is_the_excess_less_what_the_register_lost(people, births, deaths, moved):
    """Identity: stock-flow deaths = registered excess - residuals + migration."""
    years = np.arange(1957, 1962)
    found = stock_flow_deaths(years, people, births, 7.0, (1958, 1961), net_migration=moved)
    residual = register_residual(years, people, births, deaths)[1:].sum()
    assert found.total == pytest.approx((deaths[1:] - 7).sum() - residual + moved, abs=1e-8)
    parts = found.births - found.normal_deaths + found.fall_in_people + found.net_migration
    assert found.total == pytest.approx(parts, abs=1e-9)


@given(flows, people_by_year)
def test_full_cover_is_the_plain_sum_and_a_mean_province_changes_nothing(deaths, people):
    names = list("abcde")
    whole = provincial_sum(names, deaths, people, people.sum())
    assert whole.nation == pytest.approx(deaths.sum()) and whole.missing == ()
    assert whole.share == pytest.approx(1)
    alike = people * 0.03
    holed = provincial_sum(
        names, np.where([True] * 4 + [False], alike, np.nan), people, people.sum()
    )
    assert holed.nation == pytest.approx(alike.sum())
    assert holed.missing == ("e",)


def test_provincial_sums_take_alternatives_side_by_side():
    both = provincial_sum(["a", "b"], [[1.0, np.nan], [1.0, 2.0]], [10.0, 30.0], 40)
    assert both.nation.tolist() == [4.0, 3.0] and both.missing == ()


@given(arrays(float, 14, elements=st.floats(1, 60)), st.floats(0.3, 1))
def test_more_missing_deaths_leave_fewer_survivors(rates, completeness):
    size, censuses = OFFICIAL["population_midyear_million"], {1953: 582.6, 1964: 694.58}
    births = np.full(14, 40.0)
    as_given = balance_gap(YEARS, births, rates, size, censuses).gap
    corrected = correct_registration(rates, completeness, YEARS)
    assert balance_gap(YEARS, births, corrected, size, censuses).gap <= as_given + 1e-9


def test_coale_on_numbers_of_deaths():
    assert linear_in_deaths(57.4, 5.90, 8.02, years=6) == pytest.approx(15.64)
    assert linear_in_deaths(60, 10, 10, years=[6, 5]).tolist() == [0, 10]


Y = [1957, 1958, 1959]
N = [6.0, 7.0, 8.0]


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: correct_registration(N, 0), "completeness is 0; .*above 0 and at most 1"),
        (lambda: correct_registration(N, [0.5, 1.2, 1], Y), "completeness in 1958 is 1.2"),
        (lambda: correct_registration([1, -1, 1], 0.5, Y), "rates in 1958 is -1"),
        (lambda: correct_registration(N, [0.5, 0.6]), "rates .3,., completeness .2,."),
        (lambda: completeness_by_period(Y, 1.1, 1, (1958, 1959)), "normal is 1.1"),
        (lambda: completeness_by_period(Y, 1, 0, (1958, 1959)), "famine is 0"),
        (lambda: completeness_by_period(Y, 1, 1, (1958, 1960)), "famine_years is 1960"),
        (lambda: midyear_population([1957, 1959], [600, 650]), "years has a gap after 1957"),
        (lambda: midyear_population(Y, [600, -1, 600]), "year_end in 1958 is -1"),
        (lambda: register_residual(Y, N, [1, -2, 1], N), "births in 1958 is -2"),
        (lambda: stock_flow_deaths(Y, N, N, 7, (1957, 1959)), "stocks is 1956"),
        (lambda: stock_flow_deaths(Y, N, [1, 1, np.nan], 7, (1958, 1959)), "births in 1959 is nan"),
        (lambda: stock_flow_deaths(Y, [6, 7, np.nan], N, 7, (1958, 1959)), "year_end in 1959"),
        (lambda: stock_flow_deaths(Y, N, N, 7, (1959, 1958)), "window is .*first year"),
        (lambda: linear_in_deaths(57, 6, 8, 0), "years is 0"),
        (lambda: provincial_sum(["a", "b"], [1, 2], [10, np.nan], 30), "people of b is nan"),
        (lambda: provincial_sum(["a", "b"], [1, 2], [10, 30], 30), "nation_people is less"),
        (lambda: provincial_sum(["a", "b"], [1, 2, 3], [10, 30], 30), "2 values, one a province"),
        (lambda: provincial_sum(["a"], [np.nan], [10], 30), "no figure for any province"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
