"""What the mortality library is given: other units, other years and other series do not pass."""

import numpy as np
import pytest

from glf_utils import load
from glf_utils.death_toll.choices import rate_series
from glf_utils.death_toll.cohorts import excess_by_age, project
from glf_utils.death_toll.lifetables import life_table, survival
from glf_utils.death_toll.rates import (
    balance_gap,
    baseline_rates,
    birth_deficit,
    excess_deaths,
    split_deficit,
)
from glf_utils.death_toll.registers import (
    follow_rates,
    linear_in_deaths,
    midyear_population,
    provincial_sum,
    register_residual,
    stock_flow_deaths,
)

YEARS = [1957, 1958, 1959, 1960, 1961]
RATES = [10.80, 11.98, 14.59, 25.43, 14.24]
PEOPLE = [637.405, 653.235, 666.005, 667.07, 660.33]
FAMINE = (1958, 1961)


def toll(rates=RATES, people=PEOPLE, baseline=10, years=YEARS, window=FAMINE):
    return excess_deaths(years, rates, people, window, baseline)


STILL = survival(life_table([0, 5, 10], np.full((2, 3), 0.02)))[None]
CROWD = np.full((2, 3), 100.0)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: toll(people=[637, 0, 666, 667, 660]), "population in 1958 is 0"),
        (lambda: toll(rates=np.array(RATES) / 1000, baseline=0.01), "per 1,000 people"),
        (lambda: toll(people=np.array(PEOPLE) * 1e6), "must be in millions"),
        (lambda: toll(rates=[10.8, 1200, 14.59, 25.43, 14.24]), "rates in 1958 is 1200"),
        (lambda: toll(baseline="10"), "baseline is '10', a text"),
        (lambda: toll(rates=[str(rate) for rate in RATES]), "rates .* is '10.8', a text"),
        (lambda: toll(rates=[True, *RATES[1:]]), "rates .* is True, a truth value"),
        (
            lambda: toll(years=[1957.5, 1958.5, 1959.5, 1960.5, 1961.5]),
            "years .* is 1957.5; .*whole number",
        ),
        (lambda: toll(window=(1958.9, 1960.9)), "whole numbers"),
        (lambda: toll(window="1958-61"), "two years"),
        (lambda: toll(years=[], rates=[], people=[]), "years is \\[\\]"),
        (
            lambda: toll(
                baseline=baseline_rates([1951, 1952, 1953, 1954, 1955], RATES, "year", 1951)
            ),
            "made for 1951 to 1955",
        ),
        (lambda: baseline_rates(YEARS, RATES, "mean", [1957, 1957]), "each year once"),
        (lambda: baseline_rates(YEARS, RATES, "mean", []), "reference is .*at least one"),
        (lambda: baseline_rates(YEARS, RATES, "trend", [1957]), "two years or more"),
        (
            lambda: toll(baseline=baseline_rates(YEARS, [90, 50, 10, 5, 1], "trend", YEARS[:3])),
            "baseline in 1960 is -30",
        ),
        (lambda: split_deficit(YEARS, [19050] * 5, [7810] * 5, (1959, 1961), 1958), "in millions"),
        (
            lambda: balance_gap(
                [1953, 1954], [37, 38], [14, 13], [581, 595], {1953: 582_600_000, 1954: 597_000_000}
            ),
            "in millions",
        ),
        (lambda: life_table([0, 0.5, 1, 5], np.full((2, 4), 0.1)), "whole years"),
        (lambda: project(CROWD, STILL, births=[60], boys_per_girl=106), "boys_per_girl is 106"),
        (lambda: project(CROWD, STILL, births=[60], width=0), "width is 0"),
        (lambda: project(CROWD, STILL, births=[60], width=-5), "width is -5"),
        (lambda: provincial_sum(["anhui", "anhui"], [1, 1], [30, 30], 600), "more than once"),
        (
            lambda: stock_flow_deaths(
                [1958, 1959], [660, 672], [19, 16], normal_deaths=21, window=(1959, 1959)
            ),
            "normal_deaths",
        ),
        (lambda: follow_rates([1953, 1955], [37, 38], [14, 13], 1953, 582.6), "has a gap"),
        (
            lambda: provincial_sum(["anhui", "henan"], [2143, 1], [34, 40], 600),
            "deaths of anhui is 2143, more than its people",
        ),
        (lambda: midyear_population(YEARS, np.array(PEOPLE) * 1e6), "year_end .*in millions"),
        (lambda: register_residual(YEARS, PEOPLE, [19050] * 5, [7] * 5), "births .*in millions"),
        (lambda: linear_in_deaths(86.2, 10.4e6, 9.4e6, 6), "deaths_before .*in millions"),
        (
            lambda: follow_rates([1953, 1954], [37, 38], [0.014, 0.013], 1953, 582.6),
            "death_rates .*per 1,000",
        ),
        (lambda: follow_rates([1953, 1954], [37, 38], [14, 13], 1953, 582_600), "in millions"),
    ],
)
def test_what_cannot_be_meant_is_answered_in_words(call, words):
    with pytest.raises((ValueError, TypeError), match=words):
        call()


def test_a_label_says_whose_the_baseline_is():
    """The same subtraction, once within one series and once across two."""
    hers = [18.1, 20.7, 22.1, 44.6, 23.0]
    own, other = (baseline_rates(YEARS, rates, "year", 1957) for rates in (hers, RATES))
    assert (
        toll(hers, baseline=own).label == "excess deaths 1958-1961, baseline 1957, births not "
        "counted"
    )
    assert "baseline 1957 of another series" in toll(hers, baseline=other).label
    births = birth_deficit(YEARS, [34, 29, 25, 21, 18], PEOPLE, FAMINE, other)
    assert "of another series" in births.label
    assert "of another" not in toll(baseline=baseline_rates(YEARS, RATES, "flat", 10)).label


def test_trends_of_the_years_before_against_the_fit_of_numpy():
    """Two series, two shapes, three windows, in millions."""
    known = rate_series()
    wanted = {
        ("register", "trend"): (21.0, 19.6, 23.3),
        ("register", "log trend"): (19.7, 18.5, 21.3),
        ("UN 2024", "trend"): (16.7, 16.7, 16.5),
        ("UN 2024", "log trend"): (16.2, 16.3, 15.8),
    }
    years = np.arange(1953, 1966)
    for (name, kind), tolls in wanted.items():
        one = known[name]
        held = baseline_rates(years, one.death_rates, kind, range(1953, 1958))
        values = np.log(one.death_rates[:5]) if kind[0] == "l" else one.death_rates[:5]
        fitted = np.polyval(np.polyfit(years[:5], values, 1), years)
        assert held.rates == pytest.approx(np.exp(fitted) if kind[0] == "l" else fitted)
        for window, found in zip(((1958, 1961), (1959, 1961), (1958, 1962)), tolls, strict=True):
            assert excess_deaths(
                years, one.death_rates, one.population, window, held
            ).total == pytest.approx(found, abs=0.05)


def test_people_that_follow_the_rates_close_by_their_own_increase():
    """What is added each year is what balance_gap adds up."""
    years, hers = np.arange(1953, 1965), rate_series()["Banister"]
    births, deaths = hers.birth_rates[:12], hers.death_rates[:12]
    people = follow_rates(years, births, deaths, 1953, 582.60)
    held = balance_gap(years, births, deaths, people, {1953: 582.60, 1964: 694.58})
    assert people[-1] - people[0] == pytest.approx(held.implied_growth)
    assert follow_rates(years, births, deaths, 1964, people[-1]) == pytest.approx(people)
    assert held.gap == pytest.approx(-0.37, abs=0.01)


def test_deaths_of_a_cohort_and_of_an_age_are_the_same_deaths_added_otherwise():
    """Followed along its life, a cohort dies at a later age in each step."""
    rng = np.random.default_rng(3)
    rates = [rng.uniform(0.005, 0.06, (2, 6)) for _ in range(6)]
    famine, normal = (
        np.array([survival(life_table(range(0, 30, 5), one)) for one in part])
        for part in (rates[:3], rates[3:])
    )
    start, births = rng.uniform(50, 100, (2, 6)), [60, 50, 70]
    found = excess_by_age(start, famine, normal, births=births)
    assert found.by_cohort.sum() == pytest.approx(found.by_age.sum()) == pytest.approx(found.total)
    runs = [project(start, shares, births=births).deaths for shares in (famine, normal)]
    extra = runs[0] - runs[1]
    for sex in (0, 1):
        assert found.by_cohort[sex, 0] == pytest.approx(
            extra[0, sex, 0] + extra[1, sex, :2].sum() + extra[2, sex, :3].sum()
        )
        for group in range(3):
            along = sum(extra[step, sex, group + step + 1] for step in range(3))
            assert found.by_cohort[sex, group + 1] == pytest.approx(along)
    assert found.by_cohort.shape == (2, 5)


def test_cached_arrays_cannot_be_changed():
    for one in rate_series().values():
        with pytest.raises(ValueError, match="read-only"):
            one.death_rates[0] = 0


def test_coale_s_1957_and_li_s_amendment():
    """One number of the register's 1957, printed and used, is worth five million."""
    rows = load("national_vital_rates").query("year == 1957").set_index("series")["deaths_million"]
    printed, used = rows["coale1984_printed"], rows["coale1984_registered_used"]
    amended = printed * rows["official"] / used
    assert linear_in_deaths(86.2, printed, 9.4, 6) == pytest.approx(26.8)
    estimates = load("death_toll_estimates").set_index("estimate_id")
    li = estimates.loc["lichengrui1997", ["estimate_low_million", "estimate_central_million"]].min()
    assert linear_in_deaths(86.2, amended, 9.4, 6) == pytest.approx(li, abs=0.06)
