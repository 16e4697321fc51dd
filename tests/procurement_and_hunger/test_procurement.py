"""Food balance, the famine threshold and fixed quotas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glf_utils import load
from glf_utils.procurement_and_hunger.model import (
    energy_per_day,
    famine_threshold,
    fixed_quota,
    food_balance,
    people_fed,
    retained_per_head,
)

kg = st.floats(1, 600)
shares = st.floats(0, 1)
ratios = st.floats(0, 4)


def test_the_committed_food_balance_recomputes():
    table = load("food_balance")
    trade = table[["exports_million_t", "imports_million_t", "population_yearend_million"]]
    found = food_balance(table["output_million_t"], *trade.to_numpy().T)
    # people are printed to 0.1 million, which is worth up to 0.15 kcal beyond rounding
    assert found == pytest.approx(table["grain_kcal_per_head_per_day"].to_numpy(), abs=0.65)
    net = table["output_million_t"] * (1 - table["net_procurement_share_pct"] / 100)
    retained = net * 1000 / table["rural_population_million"]
    assert retained.to_numpy() == pytest.approx(
        table["retained_per_rural_head_kg"].to_numpy(), rel=0.001
    )
    rural = energy_per_day(table["retained_per_rural_head_kg"], lost=0.18)
    assert rural == pytest.approx(table["rural_grain_kcal_per_head_per_day"].to_numpy(), abs=0.8)


@pytest.mark.parametrize(
    "kcal_per_kg, two_years, one_year",
    [
        (2600, 12.1, 24.3),
        (2800, 13.1, 26.1),
        (3000, 14.0, 28.0),
        (3400, 15.9, 31.7),
        (3430, 16.0, 32.0),
        (3500, 16.3, 32.7),
        (3587, 16.7, 33.5),
    ],
)
def test_people_the_exports_would_have_fed(kcal_per_kg, two_years, one_year):
    net_exports = (4.158 - 0.002) + (2.720 - 0.066)
    assert people_fed(net_exports, kcal_per_kg, years=2) == pytest.approx(two_years, abs=0.051)
    assert people_fed(net_exports, kcal_per_kg, years=1) == pytest.approx(one_year, abs=0.051)


def test_rations_in_the_reference_table():
    kg_a_year = [125, 145, 150, 180, 230, 55.75]
    assert energy_per_day(kg_a_year).round().tolist() == [959, 1112, 1151, 1381, 1764, 428]
    assert energy_per_day(kg_a_year, 3400).round().tolist() == [1164, 1351, 1397, 1677, 2142, 519]


def test_published_thresholds():
    assert famine_threshold([300, 253], 220, 0.25).round(2).tolist() == [1.07, 0.52]


@given(kg, kg, st.floats(0.01, 1), ratios)
def test_hunger_begins_exactly_at_the_threshold(output, need, rate, report):
    threshold = famine_threshold(output, need, rate)
    left = retained_per_head(output, rate, report)
    if abs(report - threshold) > 1e-6:
        assert (left < need) == (report > threshold)
    if 0 <= threshold:
        assert retained_per_head(output, rate, threshold) == pytest.approx(need)


@given(kg, kg)
def test_threshold_without_procurement_is_infinite(output, need):
    assert famine_threshold(output, need, 0) == (np.inf if output >= need else -np.inf)
    assert famine_threshold(output, output, 0.3) == 0


@given(kg, shares, ratios, st.floats(0.01, 100))
def test_retained_grain_is_bounded_falls_with_the_report_and_scales(output, rate, report, unit):
    left = retained_per_head(output, rate, report)
    assert 0 <= left <= output
    assert retained_per_head(output, rate, report + 0.1) <= left
    assert retained_per_head(output * unit, rate, report) == pytest.approx(left * unit)


millions = st.floats(0, 300)


@given(millions, millions, millions, st.floats(1, 900), st.floats(-20, 20))
def test_every_tonne_is_eaten_once(output, exports, imports, people, stored):
    found = food_balance(output, exports, imports, people, stock_change=stored)
    eaten = found * 365 * people / 2800 / 1000
    assert eaten + 0.18 * output + exports + stored == pytest.approx(output + imports, abs=1e-6)
    assert food_balance(output, 0, 0, people) == pytest.approx(
        energy_per_day(output * 1000 / people, lost=0.18)
    )
    twice = (2 * output, 2 * exports, 2 * imports, 2 * people)
    doubled = food_balance(*twice, stock_change=2 * stored)
    assert doubled == pytest.approx(found, abs=1e-6)


def test_sensitivities_in_the_reference_notes():
    year = dict(output=143.5, exports=2.72, imports=0.07, population=662.1)
    base = food_balance(**year)
    assert food_balance(**year, kcal_per_kg=3000) / base == pytest.approx(1.07, abs=0.005)
    assert food_balance(**year, feed=0.04) / base == pytest.approx(1.05, abs=0.005)
    assert food_balance(**year, stock_change=-5) - base == pytest.approx(58, abs=0.5)


@given(st.floats(0, 1e7), st.floats(100, 4000), st.floats(500, 4000), st.floats(0.1, 5))
def test_people_fed_eat_the_grain_and_no_more(tonnes, energy, daily, years):
    people = people_fed(tonnes, energy, daily, years)
    assert people * daily * 365 * years == pytest.approx(tonnes * 1000 * energy)
    assert people_fed(tonnes, energy, daily, 2 * years) == pytest.approx(people / 2)


@given(kg, kg, st.floats(-0.5, 1))
def test_a_fixed_quota_conserves_grain_and_never_beats_a_flexible_one_in_bad_years(
    expected, need, shock
):
    found = fixed_quota(expected, need, shock)
    delivered = found.harvest - found.retained
    assert 0 <= delivered <= found.quota + 1e-9
    assert found.retained_if_flexible == min(found.harvest, need)
    if shock >= 0:
        assert found.retained <= found.retained_if_flexible + 1e-9
    if found.retained > 0 and expected >= need:
        assert found.retained == pytest.approx(need - shock * expected)
    if shock == 0:
        assert found.retained == pytest.approx(min(need, expected))


@given(st.floats(250, 500), st.floats(1, 100), st.floats(0.01, 0.3))
def test_the_richer_district_loses_more_to_the_same_shock(expected, richer, shock):
    poor, rich = fixed_quota([expected, expected + richer], 220, shock).retained
    assert rich < poor


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: retained_per_head(300, 1.5), "rate is 1.5; .*at least 0 and at most 1"),
        (lambda: retained_per_head([300, -1], 0.2), r"output_per_head \(item 1\) is -1"),
        (lambda: famine_threshold(0, 220, 0.25), "output_per_head is 0; .*above 0"),
        (lambda: energy_per_day(150, lost=2), "lost is 2"),
        (lambda: food_balance(195, 2, 0, 0), "population is 0"),
        (lambda: food_balance(195, 2, 0, 640, seed=0.5, feed=0.6), "seed .* is 1.14"),
        (lambda: people_fed(-1), "tonnes is -1"),
        (lambda: people_fed(1, years=0), "years is 0"),
        (lambda: fixed_quota(400, 220, 1.2), "shock is 1.2; .*at most 1"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
