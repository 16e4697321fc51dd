"""Famines with a known answer: what baselines and corrections find, and what intervals hold."""

from dataclasses import replace

import numpy as np
import pytest

from glf_utils import load
from glf_utils.death_toll.choices import STATED
from glf_utils.death_toll.known_ages import ages_of, spread_over_ages
from glf_utils.death_toll.known_baselines import (
    CORRECTIONS,
    baselines,
    bias_by_method,
    coverage_by_method,
    intervals,
    intervals_by_method,
    tolls_by_baseline,
)
from glf_utils.death_toll.known_registers import WINDOWS, after_china, famine_of, thinned
from glf_utils.death_toll.uncertainty import Stated, draw_tolls


def finland():
    return famine_of(load("famine_registers"), "Finland", WINDOWS["Finland"])


def test_what_finds_the_truth_is_the_correction_and_not_the_yardstick():
    famine = finland()
    inside = np.isin(famine.years, [1866, 1867, 1868])
    for births, deaths in (after_china(famine), (0.85, np.where(inside, 0.45, 0.6))):
        table = bias_by_method(famine, births, deaths)
        assert len(table) == 8 * len(CORRECTIONS)
        by = table.groupby("correction")["bias_pct"]
        assert (by.max() - by.min()).max() < 14  # points between eight yardsticks
        assert by.max()["as registered"] < -35 and by.min()["famine years alone"] > 25
        assert by.apply(lambda bias: bias.abs().max())["each year's own share"] < 9
    assert by.max()["one share for all years"] < -35  # where registration fails with the people
    assert table.query("correction == 'two shares'")["bias_pct"].abs().max() < 9


def test_intervals_hold_the_truth_or_say_that_they_cannot():
    famine = finland()
    found = intervals_by_method(famine, after_china(famine)[1])
    assert found["holds"].all() and (found["high"] - found["low"]).min() > 0.08
    inside = np.isin(famine.years, [1866, 1867, 1868])
    with pytest.raises(ValueError, match="exclude each other"):
        intervals_by_method(famine, np.where(inside, 0.45, 0.6))
    assert len(found) == 8 == len(baselines(famine))
    wrong = Stated(0.9, (0.85, 0.9, 0.95), (0.3, 0.5, 0.7))  # closes, with the dead in other years
    assert not intervals_by_method(famine, after_china(famine)[1], wrong)["holds"].any()


def test_intervals_are_those_of_the_draws_whatever_the_baseline():
    """The draws that close are the same for all; the baseline goes through each draw's own rates."""
    famine = finland()
    register = thinned(famine, 1, after_china(famine)[1])
    found = intervals(register, draws=5000)
    for name, kind, reference in (
        ("last year before", "year", 1865),
        ("trend of the years before", "trend", famine.before),
        ("line to 1871", "line", (1865, 1871)),
    ):
        drawn = draw_tolls(
            famine.years,
            register.death_rates,
            famine.birth_rates,
            {1860: famine.population[0], 1875: famine.population[-1]},
            STATED,
            famine.window,
            kind,
            reference,
            famine_years=famine.window,
            closes_within=famine.population[0] / 600,
            draws=5000,
        )
        assert found.loc[name].tolist() == pytest.approx(drawn.interval().tolist(), rel=1e-9)


def test_an_interval_covers_what_is_stated_and_not_what_is_not():
    famine = finland()
    found = coverage_by_method(famine, thinnings=40, draws=5000)
    assert found["held"].between(0.75, 1).all() and found["refused"].max() < 0.3
    low = replace(STATED, famine=(0.35, 0.45, 0.55))  # the famine's deaths were kept worse
    missed = coverage_by_method(famine, truly=low, thinnings=15, draws=5000)
    assert missed["held"].max() < 0.3 and missed["refused"].max() > 0.3
    known = coverage_by_method(famine, truly=low, stated=low, thinnings=15, draws=5000)
    assert known["held"].min() > 0.6


def test_a_famine_with_ages_is_thinned_by_them_and_has_a_rising_life_expectancy():
    ages = ages_of(load("famine_ages"), "Russia")
    famine = famine_of(load("famine_registers"), "Russia", WINDOWS["Russia"], "balance", ages)
    shares = spread_over_ages(ages, after_china(famine)[1])
    kept = thinned(famine, 1, shares)
    assert kept.death_rates == pytest.approx(famine.death_rates * after_china(famine)[1])
    table = bias_by_method(famine, 1, shares)
    assert len(table) == 10 * len(CORRECTIONS)
    by = table.set_index(["correction", "baseline"])["bias_pct"]
    lives = by.index.get_level_values("baseline").str.contains("life expectancy")
    assert lives.sum() == 2 * len(CORRECTIONS)
    assert by["as registered"].max() < -38 and by["famine years alone"].min() > 85
    assert by["each year's own share"].abs().max() < 14
    assert by.groupby("correction").agg(np.ptp).max() < 31  # Russia's mortality moved; Finland's 14
    flat = replace(ages, rates=np.broadcast_to(ages.rates[:1], ages.rates.shape))
    still = replace(famine, ages=flat, death_rates=flat.crude)
    normal = tolls_by_baseline(still)["trend in life expectancy"]
    assert normal == pytest.approx(
        -0.27, abs=0.03
    )  # and not 0: fewer of those under five are infants
    born = replace(flat, births=np.full(14, ages.births[:4].mean()))
    steady = replace(famine, ages=born, death_rates=born.crude)
    assert abs(tolls_by_baseline(steady)["trend in life expectancy"]) < abs(normal) / 2
    with pytest.raises(ValueError, match="no ages, only years"):
        thinned(finland(), 1, shares)
