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
    gain_from_an_hour,
    stock_path,
    visible_work,
)

shares = st.floats(0, 1)
elasticities = st.floats(0.1, 0.95)
sizes = st.integers(1, 20_000)


@given(shares, shares, elasticities, st.integers(2, 60), shares)
def test_no_member_gains_by_another_effort(need, visible, elasticity, n, kept):
    """At the equilibrium effort the member's own payoff has its maximum, computed directly."""
    best_for_all = (elasticity * n ** (elasticity - 1)) ** (1 / (2 - elasticity))
    others = effort_ratio(need, visible, elasticity, n, kept) * best_for_all
    own = others * np.array([0.999, 1.0, 1.001])
    field = own + (n - 1) * others
    part = visible * own / field + (1 - visible) / n
    given_out = (1 - need) * part + need / n
    payoff = ((1 - kept) * given_out + kept / n) * field**elasticity - own**2 / 2
    assert payoff[1] >= payoff.max() - 1e-12 * abs(payoff).max()


@given(elasticities, st.floats(0.01, 1), sizes)
def test_efficient_share_gives_the_best_effort_at_any_size(elasticity, visible, n):
    ratio = effort_ratio(efficient_need_share(elasticity, visible), visible, elasticity, n)
    if visible > elasticity:
        assert ratio == pytest.approx(1)
    else:
        assert ratio <= 1 + 1e-12


def test_the_rule_of_1960_is_not_by_itself_the_error():
    """Perfect points: the best share by need is 0.4-0.5, above the 30-40 per cent ordered."""
    assert efficient_need_share([0.5, 0.6], 1.0).tolist() == pytest.approx([0.5, 0.4])
    assert effort_ratio(0.35, 1.0, 0.55, 24) > 1
    assert (1 - 0.35) * 0.3 == pytest.approx(0.195)
    assert effort_ratio(0.35, 0.3, 0.55, 24) < 0.7


def test_what_is_kept_weighs_like_a_larger_share_by_need():
    """Of 100, 40 kept and 35 per cent of 60 by need: 61 that do not follow points."""
    for visible, n in [(1.0, 160), (0.7, 33), (0.16, 4797)]:
        whole = effort_ratio(0.35, visible, 0.55, n, kept=0.4)
        assert whole == pytest.approx(effort_ratio(0.61, visible, 0.55, n))
    assert effort_ratio(0.35, 1.0, 0.55, 4797, kept=0.4) < 1 < effort_ratio(0.35, 1, 0.55, 4797)
    best = efficient_need_share(0.55, 1.0, kept=0.4)
    assert best == pytest.approx(1 - 0.55 / 0.6)
    assert effort_ratio(best, 1.0, 0.55, 33, kept=0.4) == pytest.approx(1)
    assert efficient_need_share(0.55, 0.9, kept=0.4) == 0


@given(shares, shares, elasticities, sizes)
def test_effort_falls_with_need_rises_with_visible_work_and_one_member_is_free(
    need, visible, elasticity, n
):
    here = effort_ratio(need, visible, elasticity, n)
    assert effort_ratio(min(1, need + 0.1), visible, elasticity, n) <= here + 1e-12
    assert effort_ratio(need, min(1, visible + 0.1), elasticity, n) >= here - 1e-12
    assert effort_ratio(need, visible, elasticity, 1) == pytest.approx(1)
    assert effort_ratio(1, visible, elasticity, n) == pytest.approx(
        (1 / n) ** (1 / (2 - elasticity))
    )


@given(sizes, shares)
def test_visible_work_is_a_share_whole_among_ten_and_loses_a_layer_at_each_tenfold(n, kept):
    here = visible_work(n, kept)
    assert 0 <= here <= 1
    assert visible_work(min(n, 10), kept) == 1
    assert visible_work(max(n, 10) * 10, kept) == pytest.approx(
        kept * visible_work(max(n, 10), kept)
    )


@given(shares, shares, elasticities, sizes, st.floats(0.5, 14))
def test_what_members_get_is_what_an_hour_adds(need, visible, elasticity, n, hours):
    """One gains by the hour what the harvest gains, less what the other scores lose or win."""
    before = n * hours
    after = before * ((before + 1) / before) ** elasticity
    score = visible * hours / (before + 1) + (1 - visible) / n
    each_other = ((1 - need) * score + need / n) * after - hours
    own = gain_from_an_hour(need, visible, elasticity, n, hours)
    assert own + (n - 1) * each_other == pytest.approx(after - before, abs=1e-6)


def test_ten_people_on_one_field():
    """By points an hour brings nearly a kilogram, by need a tenth of what it adds."""
    added = 100 * 1.01**0.55 - 100
    assert gain_from_an_hour(1, 1, 0.55, 10) == pytest.approx(added / 10)
    assert gain_from_an_hour(0, 1, 0.55, 10) == pytest.approx(11 / 101 * (100 + added) - 10)
    best = efficient_need_share(0.55, 1)
    assert gain_from_an_hour(best, 1, 0.55, 10) == pytest.approx(added, rel=0.005)


def test_published_thresholds_of_the_exit_game():
    found = cooperation_threshold([2, 5, 20, 200], effort_cost=0.6, product=1, fallback=0.3)
    assert found.round(2).tolist() == [0.50, 0.80, 0.85, 0.86]


CLEAR = 1e-9  # incomes nearer than this are the same but for rounding


@given(
    st.floats(0.01, 0.99), st.integers(1, 200), st.floats(0, 1), st.floats(0, 1), st.floats(-1, 1)
)
def test_threshold_agrees_with_the_two_streams_of_income(delta, n, cost, product, fallback):
    honest = product - cost
    stop_once = product * (n - 1) / n
    gain = honest - (1 - delta) * stop_once - delta * fallback
    tempted, threshold = stop_once - honest, cooperation_threshold(n, cost, product, fallback)
    assert 0 <= threshold < 1 or threshold == np.inf
    if tempted > CLEAR and abs(gain) > CLEAR:
        assert cooperates(delta, n, cost, product, fallback) == (gain > 0)
    if tempted > CLEAR and honest <= fallback:  # the fallback is no punishment
        assert threshold == np.inf
    if tempted < -CLEAR:  # stopping does not even pay at once
        assert threshold == 0


@pytest.mark.parametrize(
    "n, cost, product, fallback, threshold",
    [
        (154, 0.9507382448174879, 0.9507382448174879, 0.0, np.inf),  # work leaves what leaving pays
        (154, 0.3, 0.9, 0.9 - 0.3, np.inf),
        (2, 0.5, 1.0, 0.0, 0),  # stopping once pays as much as work
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
def test_the_hall_eats_its_stock_and_no_more(stock, days, members, satiety, appetite):
    daily = eaten_per_day(stock, days, members, satiety, appetite)
    assert daily * days_of_food(stock, daily) == pytest.approx(stock)
    assert daily <= appetite
    assert daily >= eaten_per_day(stock, days, 1, satiety, appetite)
    left = stock_path(stock, daily, 450)
    eaten = stock - left[-1]
    assert (np.diff(left) <= 0).all() and left[-1] >= 0
    assert eaten == pytest.approx(min(stock, 450 * daily))


@given(amounts, st.floats(1, 400), st.integers(2, 1000), st.floats(0.3, 5))
def test_below_appetite_a_household_weighs_one_part_in_n(stock, days, members, satiety):
    own = eaten_per_day(stock, days, members, satiety, appetite_kg=1e15)
    planned = stock / days
    assert own**-satiety == pytest.approx(planned**-satiety / members, rel=1e-6)


def test_an_open_kitchen_shortens_the_year():
    days = days_of_food(180, eaten_per_day(180, 300, [1, 2, 200], satiety=2))
    assert days.round().tolist() == [300, 212, 180]


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: effort_ratio(1.3, 1, 0.5, 24), "need_share is 1.3; .*at most 1"),
        (lambda: effort_ratio(0.3, 1, 0, 24), "elasticity is 0; .*above 0"),
        (lambda: effort_ratio([0.3, 0.4], 1, 0.5, [1, 2, 3]), r"need_share \(2,\), members \(3,\)"),
        (lambda: efficient_need_share(0.5, -1), "visible is -1"),
        (lambda: visible_work([24, 0]), r"members \(item 1\) is 0; .*at least 1"),
        (lambda: visible_work(24, passed_on=2), "passed_on is 2; .*at most 1"),
        (lambda: gain_from_an_hour(0.3, 1, 0.5, 10, hours=0), "hours is 0; .*above 0"),
        (lambda: cooperation_threshold(0, 0.6, 1, 0.3), "members is 0"),
        (lambda: cooperates(1.0, 20, 0.6, 1, 0.3), "patience is 1; .*below 1"),
        (lambda: eaten_per_day(180, 0, 5), "days is 0"),
        (lambda: days_of_food(180, 0), "daily_kg is 0; .*above 0"),
        (lambda: stock_path(180, 0.5, 2.5), "days is 2.5"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
