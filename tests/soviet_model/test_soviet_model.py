"""Two-sector growth, the food constraint, voluntary sales and quotas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glf_utils.soviet_model.model import (
    feasible_urban_population,
    food_limited_path,
    grain_bill,
    marketed,
    overtaking_year,
    rate_needed,
    taken_from_food,
    two_sector_path,
    years_below_start,
)

shares = st.floats(0, 1)
betas = st.floats(0.05, 0.6)
amounts = st.floats(0.1, 500)


@pytest.mark.parametrize(
    "betas, years, light, heavy",
    [
        ((0.20, 0.30), (23, 16), (1.063, 1.395, 2.291), (0.856, 1.002, 2.019)),
        ((0.33, 0.33), (15, 10), (1.106, 1.542, 2.966), (0.881, 1.192, 5.959)),
    ],
)
def test_published_table_of_the_two_sector_model(betas, years, light, heavy):
    assert tuple(overtaking_year([0.85, 0.50], 0.20, *betas)) == years
    consumption = two_sector_path([0.20, 0.85], 20, *betas).cloth[:, [5, 10, 20]]
    assert consumption.round(3).tolist() == [list(light), list(heavy)]


@given(shares.filter(lambda s: s > 0.01), betas, betas)
def test_path_agrees_with_its_closed_form(share, per_lathe, per_loom):
    path = two_sector_path(share, 25, per_lathe, per_loom)
    growth = share * per_lathe
    gained = (1 - share) * per_loom / growth * ((1 + growth) ** path.year - 1)
    assert np.allclose(path.cloth, 0.79 + 0.21 * gained)
    assert np.allclose(path.output, path.machines + path.cloth)


def test_short_periods_approach_the_continuous_form_of_domar():
    gamma, machine_years, goods_years, horizon = 0.6, 5.0, 3.0, 10.0

    def error(steps):
        dt = horizon / steps
        path = two_sector_path(gamma, steps, dt / machine_years, dt / goods_years)
        growth = np.exp(gamma * horizon / machine_years)
        exact = 0.79 + (1 - gamma) / gamma * machine_years / goods_years * 0.21 * (growth - 1)
        return abs(path.cloth[-1] - exact)

    assert error(2000) < 1e-3
    assert error(2000) < error(1000) / 1.9  # first order in the step


@given(betas, betas, st.integers(1, 40))
def test_nothing_into_machines_means_a_straight_line(per_lathe, per_loom, years):
    path = two_sector_path(0, years, per_lathe, per_loom)
    assert np.allclose(path.machines, 0.21)
    assert np.allclose(np.diff(path.cloth), per_loom * 0.21)


@given(shares, betas, betas, st.floats(0.01, 100))
def test_a_larger_unit_of_income_changes_nothing_else(share, per_lathe, per_loom, unit):
    one = two_sector_path(share, 12, per_lathe, per_loom)
    other = two_sector_path(share, 12, per_lathe, per_loom, 0.21 * unit, 0.79 * unit)
    assert np.allclose(other.output, one.output * unit)


@given(shares, shares, betas, betas)
def test_overtaking_year_is_the_first_crossing(a, b, per_lathe, per_loom):
    heavy, light = max(a, b), min(a, b)
    year = overtaking_year(heavy, light, per_lathe, per_loom)
    ahead = (
        two_sector_path(heavy, 60, per_lathe, per_loom).cloth
        > two_sector_path(light, 60, per_lathe, per_loom).cloth
    )
    if np.isnan(year):
        assert not ahead.any()
    else:
        assert ahead[int(year)] and not ahead[: int(year)].any()


def test_overtaking_can_lie_beyond_the_horizon():
    assert overtaking_year(0.85, 0.20, 0.20, 0.30, horizon=23) == 23
    assert np.isnan(overtaking_year(0.85, 0.20, 0.20, 0.30, horizon=22))


def test_consumption_per_head_falls_only_with_population_growth():
    path = two_sector_path([0.2, 0.85, 1.0], 30, 0.20, 0.30)
    assert years_below_start(path).tolist() == [0, 0, 0]
    below = years_below_start(path, 0.0238)
    assert below[0] == 0 and 0 < below[1] < 30 and below[2] == 30


def test_batches_broadcast_and_equal_single_runs():
    grid = two_sector_path(np.array([[0.2], [0.85]]), 8, [0.2, 0.25, 0.33], 0.3)
    assert grid.output.shape == (2, 3, 9)
    assert np.allclose(grid.output[1, 2], two_sector_path(0.85, 8, 0.33, 0.3).output)


@given(st.floats(1, 300), st.floats(1, 400), st.floats(50, 400), st.floats(-5, 5))
def test_grain_bill_rate_and_feasible_population_are_one_equation(people, ration, harvest, exports):
    rate = rate_needed(people, ration, harvest, exports)
    if 0 <= rate <= 1:
        fed = feasible_urban_population(harvest, rate, ration, exports)
        assert fed == pytest.approx(people, rel=1e-6)
    assert rate * harvest == pytest.approx(grain_bill(people, ration, exports))


FOOD = dict(urban_million=99.5, ration_kg=300, output=195.0)


@given(shares, betas, betas, shares, st.just(0) | st.floats(0.01, 200), st.floats(0, 10))
def test_food_never_lets_the_path_exceed_the_unconstrained_one(
    share, per_lathe, per_loom, rate, crew, exports
):
    free = two_sector_path(share, 15, per_lathe, per_loom)
    fed = food_limited_path(
        share,
        15,
        per_lathe,
        per_loom,
        rate=rate,
        people_per_machine=crew,
        exports=exports,
        **FOOD,
    )
    for name in ("machines", "cloth", "output"):
        assert (getattr(fed, name) <= getattr(free, name) * (1 + 1e-12)).all()
    assert (np.diff(fed.urban_million) >= 0).all() and (fed.idle >= 0).all()
    installed = np.cumsum(fed.machines - fed.idle)[:-1]
    assert np.allclose(fed.urban_million[1:], 99.5 + crew * installed)
    if rate * 195 - exports >= 99.5 * 0.3:  # the cities of year 0 can be fed
        assert (fed.grain_bill <= fed.grain_procured * (1 + 1e-9)).all()
    else:
        assert fed.output[-1] == fed.output[0] or crew == 0


@given(shares, betas, betas)
def test_a_slack_food_constraint_changes_nothing(share, per_lathe, per_loom):
    free = two_sector_path(share, 10, per_lathe, per_loom)
    fed = food_limited_path(share, 10, per_lathe, per_loom, rate=0.2, people_per_machine=0, **FOOD)
    assert np.allclose(fed.output, free.output) and (fed.idle == 0).all()


@given(st.floats(0.1, 0.5), st.floats(0, 0.3))
def test_more_procurement_never_lowers_the_path(rate, more):
    low, high = (
        food_limited_path(0.85, 12, 0.2, 0.3, rate=r, people_per_machine=20, **FOOD)
        for r in (rate, rate + more)
    )
    assert (high.output >= low.output - 1e-12).all()


def test_a_harvest_that_fails_stops_growth_in_that_year_only():
    harvest = np.full(7, 195.0)
    harvest[3] = 100.0
    path = food_limited_path(
        0.85,
        6,
        0.2,
        0.3,
        rate=0.25,
        people_per_machine=10,
        **FOOD | {"output": harvest},
    )
    assert (np.diff(path.output) > 0).tolist() == [True, True, False, True, True, True]
    assert path.grain_bill[3] > path.grain_procured[3]


@given(amounts, amounts, st.floats(0.1, 3))
def test_voluntary_sales_leave_the_state_a_best_price(market_price, at_par, elasticity):
    best = market_price * elasticity / (1 + elasticity)  # the buyer's mark-down

    def transfer(price):
        sold = marketed(price / market_price, elasticity, at_par)
        return (market_price - price) * sold

    assert transfer(best) >= transfer(best * 0.9) and transfer(best) >= transfer(best * 1.05)


@given(amounts, amounts, amounts)
def test_a_quota_eats_into_food_only_beyond_the_surplus(quota, output, need):
    taken = taken_from_food(quota, output, need)
    assert 0 <= taken <= min(output, need)
    surplus = max(output - need, 0)
    assert taken + min(quota, surplus) == pytest.approx(min(quota, output))


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: two_sector_path([0.2, 1.2], 5, 0.2, 0.3), r"split \(item 1\) is 1.2; .*1"),
        (lambda: two_sector_path(0.2, -1, 0.2, 0.3), "years is -1; .*whole number at least 0"),
        (lambda: two_sector_path(0.2, 5, 0, 0.3), "per_lathe is 0; .*above 0"),
        (lambda: two_sector_path([0.2] * 2, 5, [0.2] * 3, 0.3), r"split \(2,\)"),
        (lambda: grain_bill(-1, 300), "urban_million is -1"),
        (lambda: grain_bill(99, "much"), "ration_kg is 'much'"),
        (lambda: grain_bill(np.nan, 300), "urban_million is nan"),
        (lambda: feasible_urban_population(195, 1.5, 300), "rate is 1.5; .*at most 1"),
        (lambda: rate_needed(99, 300, 0), "output is 0; .*above 0"),
        (lambda: marketed(1, -0.5), "elasticity is -0.5"),
        (lambda: taken_from_food(-1, 300, 200), "quota is -1"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
