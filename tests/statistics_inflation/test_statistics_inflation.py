"""Reports on their way up: compounding, the best exaggeration and selection."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glf_utils import load
from glf_utils.statistics_inflation.model import (
    best_exaggeration,
    best_of,
    inflation_by_level,
    pass_up,
    worth_of_report,
)

steps = st.lists(st.floats(-0.5, 1), min_size=1, max_size=7)
positive = st.floats(0.1, 1000)


@given(positive, steps)
def test_passing_up_compounds_and_can_be_undone(truth, inflation):
    reports = pass_up(truth, inflation)
    assert reports[0] == truth and reports.shape == (len(inflation) + 1,)
    assert reports[-1] == pytest.approx(truth * np.prod(1 + np.array(inflation)))
    assert inflation_by_level(reports) == pytest.approx(np.array(inflation), abs=1e-9)


@given(positive, steps, positive)
def test_inflation_is_the_same_in_any_unit(truth, inflation, unit):
    assert pass_up(truth * unit, inflation) == pytest.approx(unit * pass_up(truth, inflation))


def test_yongding_weighing_recomputes_from_the_table():
    rows = load("reporting_errors").query("case == 'yongding_1960'")
    ratios = rows["ratio_high"].to_numpy()
    assert ratios.tolist() == [1, 1.06, 1.18, 1.55]
    measured = rows["measured"].iloc[0]
    county = pass_up(measured, inflation_by_level(ratios))[-1]
    assert county == pytest.approx(rows["reported_high"].iloc[-1], rel=0.005)


def test_batches_pass_up_side_by_side():
    grid = pass_up([100.0, 200.0], [[0.1, 0.2], [0.0, 0.5]])
    assert grid == pytest.approx(np.array([[100, 110, 132], [200, 200, 300]]))
    assert pass_up([100.0, 200.0], [0.1, 0.2]).shape == (2, 3)


CONTEST = dict(
    prize=st.floats(0, 2),
    rivalry=st.floats(0, 0.02),
    yield_per_head=st.floats(100, 500),
    private_cost=st.floats(0.5, 10),
    rate=st.floats(0.05, 0.6),
    need=st.floats(100, 300),
    hunger_weight=st.floats(0, 0.05),
    audit=st.floats(0, 1),
    penalty=st.floats(0, 20),
)


@given(st.fixed_dictionaries(CONTEST))
def test_no_other_exaggeration_pays_better(contest):
    """The contest near its symmetric point: F is linear there with slope ``rivalry``."""
    c, best = contest, best_exaggeration(**contest)

    def payoff(b):
        left = c["yield_per_head"] * (1 - c["rate"] * (1 + b))
        return (
            c["prize"] * c["rivalry"] * c["yield_per_head"] * (b - best)
            - (c["private_cost"] + c["audit"] * c["penalty"]) * b**2 / 2
            - c["hunger_weight"] * np.maximum(0, c["need"] - left)
        )

    others = best + np.linspace(-1, 1, 401)
    others = others[others >= -1]
    assert payoff(best) >= payoff(others).max() - 1e-9


@given(st.fixed_dictionaries(CONTEST))
def test_the_report_that_pays_best_is_worth_most(contest):
    best = 1 + best_exaggeration(**contest)
    others = np.maximum(best + np.linspace(-0.5, 0.5, 201), 0)
    assert worth_of_report(best, **contest) >= worth_of_report(others, **contest).max() - 1e-9


@given(st.fixed_dictionaries(CONTEST))
def test_an_honest_report_is_worth_nothing_but_hunger(contest):
    left = contest["yield_per_head"] * (1 - contest["rate"])
    missing = max(0, contest["need"] - left)
    assert worth_of_report(1, **contest) == pytest.approx(-contest["hunger_weight"] * missing)


@given(st.fixed_dictionaries(CONTEST))
def test_prize_inflates_audit_shrinks_and_hunger_restrains(contest):
    best = best_exaggeration(**contest)
    more = {
        name: best_exaggeration(**contest | {name: contest[name] + 0.1})
        for name in ("prize", "hunger_weight")
    }
    assert more["prize"] >= best - 1e-12
    assert more["hunger_weight"] <= best + 1e-12
    none, strict = (best_exaggeration(**contest | {"audit": pi, "penalty": 5}) for pi in (0, 1))
    assert abs(strict) <= abs(none) + 1e-12


@given(st.fixed_dictionaries(CONTEST))
def test_without_a_prize_nobody_boasts_and_the_hungry_hide(contest):
    best = best_exaggeration(**contest | {"prize": 0})
    assert best <= 0
    left = contest["yield_per_head"] * (1 - contest["rate"])
    if left > contest["need"] + 1e-9:
        assert best == 0
    elif left < contest["need"] - 1e-6 and contest["hunger_weight"] > 1e-3:
        assert best < 0


@given(st.floats(0, 2), st.floats(0, 0.02), st.floats(100, 500), st.floats(0.5, 10))
def test_without_hunger_it_is_the_tournament_result(prize, rivalry, theta, cost):
    found = best_exaggeration(prize, rivalry, theta, cost)
    assert found == pytest.approx(prize * rivalry * theta / cost)


def test_expected_maximum_against_exact_and_simulated_values():
    third = np.arcsin(1 / 3) / np.pi
    exact = {1: 0, 2: 1, 3: 1.5, 4: 1.5 * (1 + 2 * third), 5: 1.25 * (1 + 6 * third)}
    for n, value in exact.items():
        found = best_of(n, spread=1, mean=0)
        assert found == pytest.approx(value / np.sqrt(np.pi), abs=1e-9)
    draws = np.random.default_rng(1958).standard_normal((20_000, 100))
    error = draws.max(axis=1).std() / np.sqrt(20_000)
    assert best_of(100, 1, 0) == pytest.approx(draws.max(axis=1).mean(), abs=4 * error)


@given(st.integers(2, 1_000_000), st.floats(0.01, 50), st.floats(0, 100))
def test_best_of_grows_with_n_lies_under_the_shorthand_and_scales(n, spread, mean):
    found = best_of(n, spread, mean)
    assert mean < found < best_of(2 * n, spread, mean)
    assert found < mean + spread * np.sqrt(2 * np.log(n))
    assert best_of(n, 2 * spread, mean) - mean == pytest.approx(2 * (found - mean))


def test_the_best_honest_field_of_750_000():
    assert best_of(750_000, 0.15) == pytest.approx(1.72, abs=0.01)
    assert best_of([1, 10, 100], 0.15).shape == (3,)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: pass_up(-1, [0.1]), "truth is -1"),
        (lambda: pass_up(1, [0.1, -2]), r"inflation_by_level \(item 1\) is -2; .*at least -1"),
        (lambda: inflation_by_level([100]), "reports is .*at least two levels"),
        (lambda: inflation_by_level([100, 0]), r"reports \(item 1\) is 0; .*above 0"),
        (lambda: best_exaggeration(1, 0.01, 300, 0), "private_cost is 0; .*above 0"),
        (lambda: best_exaggeration(1, 0.01, 300, 1, audit=2), "audit is 2"),
        (lambda: worth_of_report(-1, 1, 0.01, 300, 1), "report_ratio is -1"),
        (lambda: best_of(0, 0.15), "n is 0; .*at least 1"),
        (lambda: best_of(10, -1), "spread is -1"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
