"""Work points, the right to leave and the mess-hall commons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glf_utils.commune_structure.model import (
    cooperates,
    cooperation_threshold,
    days_of_food,
    eaten_per_day,
    efficient_need_share,
    effort_ratio,
    stock_path,
    tracking,
)

shares = st.floats(0, 1)
elasticities = st.floats(0.1, 0.95)
sizes = st.integers(1, 20_000)
costs = st.floats(0.2, 4)


@given(shares, shares, elasticities, st.integers(2, 60), costs, st.floats(0, 0.5))
def test_no_member_gains_by_another_effort(need, points, elasticity, n, k, supervised):
    """At the equilibrium effort the member's own payoff has its maximum, computed directly."""
    best_for_all = (elasticity * n ** (elasticity - 1)) ** (1 / (k + 1 - elasticity))
    ratio = effort_ratio(need, points, elasticity, n, k, supervised)
    others = ratio * best_for_all
    own = others * np.array([0.999, 1.0, 1.001])
    field = (own + (n - 1) * others) * (1 - supervised)
    part = points * own / (own + (n - 1) * others) + (1 - points) / n
    payoff = ((1 - need) * part + need / n) * field**elasticity - own ** (k + 1) / (k + 1)
    assert payoff[1] >= payoff.max() - 1e-12 * abs(payoff).max()


@given(elasticities, st.floats(0.01, 1), sizes, costs)
def test_efficient_share_gives_the_best_effort_at_any_size(elasticity, points, n, k):
    ratio = effort_ratio(efficient_need_share(elasticity, points), points, elasticity, n, k)
    if points > elasticity:
        assert ratio == pytest.approx(1)
    else:
        assert ratio <= 1 + 1e-12


def test_the_rule_of_1960_is_not_by_itself_the_error():
    """Perfect points: the best share by need is 0.4-0.5, above the 30-40 per cent ordered."""
    assert efficient_need_share([0.5, 0.6], 1.0).tolist() == pytest.approx([0.5, 0.4])
    assert effort_ratio(0.35, 1.0, 0.55, 24) > 1
    assert (1 - 0.35) * 0.3 == pytest.approx(0.195)
    assert effort_ratio(0.35, 0.3, 0.55, 24) < 0.7


@given(shares, shares, elasticities, sizes, costs)
def test_effort_falls_with_need_rises_with_tracking_and_one_member_is_free(
    need, points, elasticity, n, k
):
    here = effort_ratio(need, points, elasticity, n, k)
    assert effort_ratio(min(1, need + 0.1), points, elasticity, n, k) <= here + 1e-12
    assert effort_ratio(need, min(1, points + 0.1), elasticity, n, k) >= here - 1e-12
    assert effort_ratio(need, points, elasticity, 1, k) == pytest.approx(1)
    assert effort_ratio(1, points, elasticity, n, k) == pytest.approx(
        (1 / n) ** (1 / (k + 1 - elasticity))
    )


@given(sizes, st.floats(0, 0.6), st.floats(2, 50), shares, shares)
def test_tracking_stays_a_share_falls_with_size_and_rises_with_watching(n, s, span, kept, seen):
    here = tracking(n, s, span, kept, seen)
    assert 0 <= here <= 1
    assert tracking(n * 10, s, span, kept, seen) <= here + 1e-12
    assert tracking(n, s + 0.1, span, kept, seen) >= here - 1e-12
    assert tracking(1, s, span, kept, 1.0) == 1


def test_published_thresholds_of_the_exit_game():
    found = cooperation_threshold([2, 5, 20, 200], effort_cost=0.6, product=1, fallback=0.3)
    assert found.round(2).tolist() == [0.50, 0.80, 0.85, 0.86]


CLEAR = 1e-9  # incomes nearer than this are the same but for rounding


@given(
    st.floats(0.01, 0.99), st.integers(1, 200), st.floats(0, 1), st.floats(0, 1), st.floats(-1, 1)
)
def test_threshold_agrees_with_the_two_streams_of_income(delta, n, cost, product, fallback):
    honest = product - cost
    shirk_once = product * (n - 1) / n
    gain = honest - (1 - delta) * shirk_once - delta * fallback
    tempted, threshold = shirk_once - honest, cooperation_threshold(n, cost, product, fallback)
    assert 0 <= threshold < 1 or threshold == np.inf
    if tempted > CLEAR and abs(gain) > CLEAR:
        assert cooperates(delta, n, cost, product, fallback) == (gain > 0)
    if tempted > CLEAR and honest <= fallback:  # the fallback is no punishment
        assert threshold == np.inf
    if tempted < -CLEAR:  # shirking does not even pay at once
        assert threshold == 0


@pytest.mark.parametrize(
    "n, cost, product, fallback, threshold",
    [
        (154, 0.9507382448174879, 0.9507382448174879, 0.0, np.inf),  # work leaves what leaving pays
        (154, 0.3, 0.9, 0.9 - 0.3, np.inf),
        (2, 0.5, 1.0, 0.0, 0),  # shirking once pays as much as work
        (1, 0.7, 0.7, 0.0, 0),
    ],
)
def test_threshold_where_two_incomes_are_the_same(n, cost, product, fallback, threshold):
    assert cooperation_threshold(n, cost, product, fallback) == threshold


@given(st.integers(2, 500), st.floats(0.3, 0.9), st.floats(0, 0.3), st.floats(0, 0.3))
def test_taking_away_the_exit_makes_the_repeated_game_easier(n, cost, exit_pays, worse):
    with_exit = cooperation_threshold(n, cost, 1.0, exit_pays)
    assert cooperation_threshold(n, cost, 1.0, exit_pays - worse) <= with_exit


amounts = st.floats(0.5, 400)


@given(amounts, st.floats(1, 400), sizes, st.floats(0.3, 5), st.floats(0.1, 3))
def test_the_hall_eats_its_stock_and_no_more(stock, days, diners, curvature, appetite):
    daily = eaten_per_day(stock, days, diners, curvature, appetite)
    assert daily * days_of_food(stock, daily) == pytest.approx(stock)
    assert daily <= appetite
    assert daily >= eaten_per_day(stock, days, 1, curvature, appetite)
    left = stock_path(stock, daily, 450)
    eaten = stock - left[-1]
    assert (np.diff(left) <= 0).all() and left[-1] >= 0
    assert eaten == pytest.approx(min(stock, 450 * daily))


@given(amounts, st.floats(1, 400), st.integers(2, 1000), st.floats(0.3, 5))
def test_below_appetite_the_diner_weighs_one_part_in_n(stock, days, diners, curvature):
    own = eaten_per_day(stock, days, diners, curvature, appetite_kg=1e15)
    planned = stock / days
    assert own**-curvature == pytest.approx(planned**-curvature / diners, rel=1e-6)


def test_an_open_kitchen_shortens_the_year():
    days = days_of_food(180, eaten_per_day(180, 300, [1, 2, 200]))
    assert days.round().tolist() == [300, 212, 180]


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: effort_ratio(1.3, 1, 0.5, 24), "need_share is 1.3; .*at most 1"),
        (lambda: effort_ratio(0.3, 1, 0, 24), "elasticity is 0; .*above 0"),
        (lambda: effort_ratio([0.3, 0.4], 1, 0.5, [1, 2, 3]), r"need_share \(2,\), members \(3,\)"),
        (lambda: efficient_need_share(0.5, -1), "tracking is -1"),
        (lambda: tracking([24, 0]), r"members \(item 1\) is 0; .*at least 1"),
        (lambda: tracking(24, span=1), "span is 1; .*above 1"),
        (lambda: cooperation_threshold(0, 0.6, 1, 0.3), "members is 0"),
        (lambda: cooperates(1.0, 20, 0.6, 1, 0.3), "delta is 1; .*below 1"),
        (lambda: eaten_per_day(180, 0, 5), "days is 0"),
        (lambda: days_of_food(180, 0), "daily_kg is 0; .*above 0"),
        (lambda: stock_path(180, 0.5, 2.5), "days is 2.5"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
