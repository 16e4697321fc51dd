"""Baselines: trends and a rising expectation of life, what their normal years are worth, two doors."""

from functools import cache

import numpy as np
import pytest

from glf_utils import load
from glf_utils.death_toll.choices import CENSUSES, YEARS, rate_series
from glf_utils.death_toll.cohorts import years_of_life_lost
from glf_utils.death_toll.evidence import people_at, people_each_year, rates_in
from glf_utils.death_toll.lifetables import crude_rate, life_table, with_expectancy
from glf_utils.death_toll.rates import (
    balance_gap,
    baseline_rates,
    excess_deaths,
    expectancy_baseline,
    toll_by_reference,
    toll_of_counts,
    toll_of_rates,
)

WINDOWS = ((1958, 1961), (1959, 1961), (1958, 1962))
REGISTER = rate_series()["register"]


@pytest.mark.parametrize(
    "name, linear, log_linear",
    [
        ("register", (21.0, 19.6, 23.3), (19.7, 18.5, 21.3)),
        ("Banister", (37.9, 35.0, 41.6), (34.2, 31.6, 35.7)),
        ("UN 2024", (16.7, 16.7, 16.5), (16.2, 16.3, 15.8)),
    ],
)
def test_trends_of_the_years_before(name, linear, log_linear):
    """Computed apart from this library; Banister's with the register's people, as it was there."""
    one = rate_series()[name]
    people = REGISTER.population if name == "Banister" else one.population
    before = YEARS[(YEARS < 1958) & np.isfinite(one.death_rates)]
    for kind, wanted in (("trend", linear), ("log trend", log_linear)):
        found = [
            toll_of_rates(YEARS, one.death_rates, people, window, kind, before).total
            for window in WINDOWS
        ]
        assert found == pytest.approx(wanted, abs=0.05)


def test_a_register_raised_alike_has_its_trend_and_toll_raised_alike():
    """By the share with which the censuses close, the births being the survey's: 0.606."""
    survey = balance_gap(
        YEARS,
        rate_series()["Banister"].birth_rates,
        REGISTER.death_rates,
        REGISTER.population,
        CENSUSES,
    )
    share = survey.deaths / (survey.births - survey.counted_growth)
    assert share == pytest.approx(0.606, abs=0.0005)
    raised = REGISTER.death_rates / share
    for kind, wanted in (("trend", (34.7, 32.4, 38.4)), ("log trend", (32.6, 30.5, 35.1))):
        for window, toll in zip(WINDOWS, wanted, strict=True):
            here, there = (
                toll_of_rates(YEARS, rates, REGISTER.population, window, kind, range(1953, 1958))
                for rates in (raised, REGISTER.death_rates)
            )
            assert here.total == pytest.approx(toll, abs=0.06)
            assert here.total * share == pytest.approx(there.total)


@cache
def un():
    """The UN's rates, expectation of life, people by age, and a table to stand as the standard."""
    rows = load("national_vital_rates").query("series == 'wpp2024' and 1953 <= year <= 1965")
    table = life_table(*rates_in(load("mortality_by_age"), 1955))
    return (
        rows["death_rate_per_1000"].to_numpy(),
        rows["life_expectancy_both_years"].to_numpy(),
        table,
        people_each_year(load("age_structure"), YEARS),
    )


def test_an_expectancy_that_does_not_move_leaves_the_ages_to_move_the_rate():
    """Ages held too, nothing moves; level and yearly rates are those of the normal years."""
    rates, _, table, ages = un()
    still = expectancy_baseline(YEARS, rates, np.full(13, 45.0), "year", 1957, table, ages[4])
    assert still.rates == pytest.approx(np.full(13, rates[4]))
    moving = expectancy_baseline(YEARS, rates, np.full(13, 45.0), "year", 1957, table, ages)
    assert moving.rates[4] == pytest.approx(rates[4]) and np.ptp(moving.rates) > 0.1
    two = expectancy_baseline(
        YEARS, [rates, 2 * rates], np.full(13, 45.0), "year", 1957, table, ages
    )
    assert two.rates == pytest.approx(np.array([moving.rates, 2 * moving.rates]))


def test_the_standard_lends_its_shape_and_not_its_level():
    """Tables of four periods, the famine's among them: half a million between the tolls, of 17."""
    rates, lives, _, ages = un()
    people = rate_series()["UN 2024"].population
    tolls = []
    for start in (1950, 1955, 1960, 1965):
        table = life_table(*rates_in(load("mortality_by_age"), start))
        normal = expectancy_baseline(YEARS, rates, lives, "line", (1957, 1962), table, ages)
        tolls.append(excess_deaths(YEARS, rates, people, (1958, 1961), normal).total)
        half = expectancy_baseline(YEARS, rates / 2, lives, "line", (1957, 1962), table, ages)
        assert half.rates == pytest.approx(normal.rates / 2, nan_ok=True)
    assert 17.4 < min(tolls) and max(tolls) < 17.8


def test_a_stationary_population_dies_at_one_over_its_expectation_of_life():
    ages, rates = rates_in(load("mortality_by_age"), 1950)
    table = life_table(ages, rates)
    joined = np.concatenate(
        [table.years[:, :2].sum(axis=1, keepdims=True), table.years[:, 2:]], axis=1
    )
    for sex in (0, 1):
        alone = joined * (np.arange(2) == sex)[:, None]
        assert crude_rate(table, alone) == pytest.approx(1000 / table.life_expectancy[sex])
    assert table.expectancy[:, 0] == pytest.approx(table.life_expectancy)
    assert table.expectancy[:, -1] == pytest.approx(1 / rates[:, -1])
    for wanted in (25.0, 40.0, 60.0):
        found = with_expectancy(table, [wanted]).life_expectancy @ [1.06 / 2.06, 1 / 2.06]
        assert found == pytest.approx([wanted], abs=1e-6)


def test_a_baseline_of_expectancy_knows_its_years_and_its_rates():
    rates, lives, table, ages = un()
    made = expectancy_baseline(YEARS, rates, lives, "line", (1957, 1962), table, ages)
    people = REGISTER.population
    assert "of another" not in excess_deaths(YEARS, rates, people, (1958, 1961), made).label
    label = excess_deaths(YEARS, REGISTER.death_rates, people, (1958, 1961), made).label
    assert "of another series" in label
    with pytest.raises(ValueError, match="was made for 1953 to 1965"):
        excess_deaths(YEARS[1:], rates[1:], people[1:], (1958, 1961), made)
    with pytest.raises(ValueError, match="baseline in 1963 is nan"):
        excess_deaths(YEARS, rates, people, (1958, 1963), made)
    with pytest.raises(ValueError, match="kind is 'flat'"):
        expectancy_baseline(YEARS, rates, lives, "flat", 60, table, ages)
    with pytest.raises(ValueError, match="expectancy .* is 5"):
        expectancy_baseline(YEARS, rates, lives * 0 + 5, "year", 1957, table, ages)


def test_people_between_two_years_of_the_table():
    ages = load("age_structure")
    found = people_each_year(ages, [1955, 1957, 1960, 1970])
    assert found[0] == pytest.approx(people_at(ages, 1955))
    assert found[3] == pytest.approx(people_at(ages, 1970))
    assert found[1] == pytest.approx(0.6 * people_at(ages, 1955) + 0.4 * people_at(ages, 1960))


# what the normal years are worth


def test_every_reference_is_the_plain_toll():
    one = (YEARS, REGISTER.death_rates, REGISTER.population, (1958, 1961))
    before = [1953, 1954, 1955, 1956, 1957]
    offered = {
        "year": before,
        "mean": [before[-n:] for n in (2, 3, 4, 5)],
        "trend": [before[-n:] for n in (3, 4, 5)],
        "log trend": [before[-n:] for n in (3, 4, 5)],
        "line": [(a, b) for a in before for b in (1962, 1963, 1964, 1965)],
    }
    for kind, references in offered.items():
        found = toll_by_reference(*one, kind)
        plain = [toll_of_rates(*one, kind, reference).total for reference in references]
        assert list(found.values()) == pytest.approx(plain)
    assert toll_by_reference(*one, "year", [1953]) == {"1953": pytest.approx(6.9, abs=0.05)}


def test_years_without_a_rate_are_not_offered():
    rates = REGISTER.death_rates.copy()
    rates[[0, 2]] = np.nan
    one = (YEARS, rates, REGISTER.population, (1958, 1961))
    assert list(toll_by_reference(*one, "trend")) == ["linear trend of 1954 to 1957"]
    with pytest.raises(ValueError, match="too few years beside it"):
        toll_by_reference(YEARS, rates, REGISTER.population, (1956, 1961), "trend")
    with pytest.raises(ValueError, match="kind is 'flat'"):
        toll_by_reference(*one, "flat")


# counts and rates


def test_two_doors_give_one_toll_where_they_must():
    """With the people of each year; a line in deaths is the baseline through numbers."""
    people, window = REGISTER.population, (1958, 1961)
    deaths = REGISTER.death_rates * people / 1000
    by_rates = toll_of_rates(YEARS, REGISTER.death_rates, people, window, "year", 1957)
    by_counts = toll_of_counts(YEARS, deaths, window, "year", 1957, people)
    assert by_counts.total == pytest.approx(by_rates.total)
    assert by_counts.label == by_rates.label
    line = baseline_rates(YEARS, REGISTER.death_rates, "line", (1957, 1964), people)
    through_numbers = toll_of_counts(YEARS, deaths, window, "line", (1957, 1964))
    assert through_numbers.total == pytest.approx(
        excess_deaths(YEARS, REGISTER.death_rates, people, window, line).total
    )
    assert "in deaths" in through_numbers.label
    with pytest.raises(ValueError, match="baseline in 1962 is nan"):
        toll_of_counts(YEARS, deaths, (1958, 1962), "line", (1957, 1961))
    with pytest.raises(ValueError, match="in millions"):
        toll_of_counts(YEARS, deaths * 100, window, "year", 1957)  # in ten thousands


def test_p_score_is_excess_over_expected():
    toll = toll_of_rates(
        [1957, 1958, 1959], [10, 15, 20], [100, 200, 100], (1958, 1959), "flat", 10
    )
    assert toll.expected.tolist() == [2, 1] and toll.total == pytest.approx(2)
    assert toll.p_score == pytest.approx(100 * 2 / 3)
    many = excess_deaths([1958], [[15], [20]], [100], (1958, 1958), 10)
    assert many.p_score == pytest.approx([50, 100])


# coverage, years lost


def test_a_census_that_misses_people_moves_the_gap_by_them():
    one = (YEARS, REGISTER.birth_rates, REGISTER.death_rates, REGISTER.population, CENSUSES)
    plain = balance_gap(*one)
    first = balance_gap(*one, coverage={1953: 0.98})
    assert first.gap - plain.gap == pytest.approx(582.60 / 0.98 - 582.60)
    last = balance_gap(*one, coverage={1953: 1, 1964: np.array([1, 0.99, 0.98])})
    assert plain.gap - last.gap == pytest.approx(694.58 / np.array([1, 0.99, 0.98]) - 694.58)
    for wrong, words in (({1960: 0.9}, "must name 1953, 1964"), ({1953: 99}, "coverage is 99")):
        with pytest.raises(ValueError, match=words):
            balance_gap(*one, coverage=wrong)


def test_years_lost_by_hand():
    """Whoever is x or more at the start of a step dies at x + 5 on the average."""
    table = life_table([0, 1, 5, 10], np.tile([0.1, 0.02, 0.01, 0.04], (2, 1)))
    e = table.expectancy[0]
    one = np.zeros((2, 4))
    for group, left in enumerate((e[0], e[2], e[3], 25.0)):
        one[:], one[0, group] = 0, 2
        assert years_of_life_lost(one, table) == pytest.approx(2 * left)
    with pytest.raises(ValueError, match="excess has shape"):
        years_of_life_lost(np.zeros((2, 3)), table)
