"""Indirect estimators where the answer is known: Russia thinned, and a population made for them."""

import numpy as np
import pytest
from famines import FAMINE, examplia

from glf_utils import load
from glf_utils.death_toll.choices import STATED
from glf_utils.death_toll.indirect import generalised_growth_balance, synthetic_extinct_generations
from glf_utils.death_toll.known_ages import ages_of, spread_over_ages
from glf_utils.death_toll.known_estimators import (
    BEYOND,
    FITTED,
    SEEN,
    bias_by_estimator,
    coverage_by_estimator,
    known_at_ages,
    tolls_by_estimator,
)
from glf_utils.death_toll.known_registers import after_china
from glf_utils.death_toll.uncertainty import Stated

WINDOW = (1931, 1933)


@pytest.fixture(scope="module")
def russia():
    return ages_of(load("famine_ages"), "Russia")


@pytest.fixture(scope="module")
def made():
    return ages_of(examplia()[1], "Examplia")


def test_estimators_find_what_was_thinned_where_children_do_not_count(russia):
    """Growth balance and extinct generations are of adults: what is kept of children moves neither."""
    by_age = np.full((14, 2, 18), 0.6)
    by_age[..., 0] = 0.3
    for shares in (np.full((14, 2, 18), 0.6), by_age):
        dead = (russia.deaths * shares).sum(axis=0)
        given = russia.ages, russia.people[0], russia.people[-1], dead, 14
        balance = generalised_growth_balance(*given, fitted=FITTED)
        extinct = synthetic_extinct_generations(*given, BEYOND)
        for found in (balance, extinct):
            assert found.completeness == pytest.approx(0.6, abs=0.075)


def test_a_toll_made_to_be_known_is_found_by_every_estimator(made):
    """Closed, and kept alike at all ages: what the methods suppose, but for a stable population."""
    known = known_at_ages(made, FAMINE)
    inside = (made.years >= FAMINE[0]) & (made.years <= FAMINE[1])
    usual = made.rates[made.years < FAMINE[0]].mean(axis=0)
    assert known["growth balance"] == pytest.approx(
        (made.died[inside] - usual * made.exposure[inside]).sum() / 1000
    )
    table = bias_by_estimator(made, FAMINE, 0.6)
    assert set(table.index) == set(SEEN) and table["known"].to_dict() == pytest.approx(known)
    bias = table["bias_pct"]
    assert bias["register as it stands"] == pytest.approx(-40)
    assert bias["extinct generations"] == pytest.approx(0, abs=1)
    assert bias["growth balance"] == pytest.approx(0, abs=3)
    assert bias["Brass growth balance"] == pytest.approx(0, abs=6)
    assert bias[["variable-r", "intercensal survival"]].abs().max() < 20  # 15 % of five years
    assert table.loc[["variable-r", "intercensal survival"], "holds"].all()


def test_russia_by_age_as_banister_has_china_by_year_and_age(russia):
    by_year = bias_by_estimator(russia, WINDOW, after_china(russia)[1])["bias_pct"]
    by_age = bias_by_estimator(russia, WINDOW, spread_over_ages(russia, after_china(russia)[1]))
    raised = ["growth balance", "extinct generations", "extinct generations, counts balanced"]
    assert by_year[raised].abs().max() < 11
    assert (by_age["bias_pct"][raised] < by_year[raised] - 2).all()  # children are not found
    counted = ["variable-r", "intercensal survival"]
    assert by_age["bias_pct"][counted].tolist() == by_year[counted].tolist()
    assert by_age.loc[counted, "holds"].all() and not by_age.loc[raised[1:], "holds"].any()


def test_a_register_that_fails_in_the_famine_leaves_only_counts(russia):
    famine = (russia.years >= WINDOW[0]) & (russia.years <= WINDOW[1])
    table = bias_by_estimator(russia, WINDOW, spread_over_ages(russia, np.where(famine, 0.45, 0.6)))
    assert table["bias_pct"].drop(["variable-r", "intercensal survival"]).max() < -80
    assert table.loc["variable-r", "bias_pct"] == pytest.approx(3, abs=1)


def test_coverage_of_estimators_over_many_thinnings(russia):
    found = coverage_by_estimator(russia, WINDOW, thinnings=60, draws=200)
    assert found["held"].isna().tolist() == [name == "register as it stands" for name in SEEN]
    assert found.loc["variable-r", "held"] > 0.8  # counts drawn as stated
    assert found.loc["extinct generations", "held"] < 0.4  # points that err together
    certain = Stated(0.6, 0.6, 0.6)  # no chance but the odds of the young and the old
    alike = coverage_by_estimator(russia, WINDOW, certain, 20, draws=100)
    assert alike.loc["variable-r", "spread_pct"] == pytest.approx(0, abs=1e-9)
    assert (alike["spread_pct"].drop(["variable-r", "intercensal survival"]) > 1).all()


def test_no_five_years_no_intercensal_survival(russia):
    tolls = tolls_by_estimator(russia, (1928, 1929))
    assert np.isnan(tolls["intercensal survival"]).all()
    assert np.isfinite(tolls["variable-r"]).all()


def test_points_drawn_again_scatter_about_the_line(russia):
    dead = 0.6 * russia.deaths.sum(axis=0)
    given = russia.ages, russia.people[0], russia.people[-1], dead, 14
    for result in (
        generalised_growth_balance(*given, fitted=(5, 75)),
        synthetic_extinct_generations(*given, 4.0),
    ):
        drawn = result.resampled(300, 1)
        assert drawn.shape == (300, 2) and (result.resampled(300, 1) == drawn).all()
        assert np.median(drawn, axis=0) == pytest.approx(result.completeness, rel=0.04)
        assert (drawn.std(axis=0) > 0).all()


def test_shares_spread_over_ages_keep_the_share_of_the_year(russia):
    by_year = np.linspace(0.4, 1, 14)
    shares = spread_over_ages(russia, by_year)
    held = (shares * russia.deaths).sum(axis=(1, 2)) / russia.deaths.sum(axis=(1, 2))
    assert held == pytest.approx(by_year)
    odds = shares[:-1] / (1 - shares[:-1])
    assert odds[..., 0] / odds[..., 5] == pytest.approx(np.full((13, 2), 1 / 3))
    assert odds[..., 12] / odds[..., 11] == pytest.approx(np.full((13, 2), 1 / 2))
    assert (shares[-1] == 1).all()
    many = spread_over_ages(russia, np.full((3, 14), 0.6), {0: np.array([0.2, 0.5, 1]), 5: 1.0})
    assert many.shape == (3, 14, 2, 18) and many[2] == pytest.approx(np.full((14, 2, 18), 0.6))


def test_what_is_stated_of_counts_makes_the_interval_of_counts(russia):
    sure = Stated(0.6, 0.6, 0.6)
    certain = tolls_by_estimator(russia, WINDOW, stated=sure, draws=50)["variable-r"]
    assert certain[1] == pytest.approx(certain[0]) and certain[2] == pytest.approx(certain[0])
    low, high = tolls_by_estimator(russia, WINDOW, stated=STATED, draws=200)["variable-r"][1:]
    assert high - low > 1.5
