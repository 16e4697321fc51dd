"""Famines with a known answer: the form of a register, the thinning, and what finds the truth."""

from dataclasses import replace
from io import StringIO

import numpy as np
import pandas as pd
import pytest

from glf_utils import load
from glf_utils.death_toll.choices import STATED
from glf_utils.death_toll.known_ages import ages_of, spread_over_ages
from glf_utils.death_toll.known_registers import (
    CORRECTIONS,
    WINDOWS,
    after_china,
    baselines,
    bias_by_method,
    coverage_by_method,
    famine_of,
    intervals,
    intervals_by_method,
    known_excess,
    thinned,
    tolls_by_baseline,
)
from glf_utils.death_toll.registers import follow_rates
from glf_utils.death_toll.uncertainty import Stated, draw_tolls

MADE_UP = """country,series,year,birth_rate_per_1000,death_rate_per_1000,population_midyear_million
Examplia,parish,1701,35,30,1.000
Examplia,parish,1702,35,30,1.005
Examplia,parish,1703,35,30,1.010
Examplia,parish,1704,30,70,0.992
Examplia,parish,1705,35,30,0.974
Examplia,parish,1706,35,30,0.979
"""


def made_up(text=MADE_UP, **options):
    given = {"country": "Examplia", "window": (1704, 1704), **options}
    return famine_of(pd.read_csv(StringIO(text)), **given)


def finland():
    return famine_of(load("famine_registers"), "Finland", WINDOWS["Finland"])


def test_a_further_famine_is_a_file_and_the_years_it_lasted():
    famine = made_up()
    assert famine.before == [1701, 1702, 1703] and famine.after == [1705, 1706]
    assert known_excess(famine) == pytest.approx(0.04 * 0.992)
    table = bias_by_method(famine, 1, 0.5)
    registered = table[table["correction"] == "as registered"]
    assert registered["bias_pct"].to_numpy() == pytest.approx(-50, abs=1)
    every = table[table["correction"] == "each year's own share"]
    assert every["bias_pct"].to_numpy() == pytest.approx(0, abs=1)  # people follow the rates
    births, deaths = after_china(famine)
    assert deaths[3] == pytest.approx(0.57) and births[3] == pytest.approx(0.778)  # 1960


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: made_up(MADE_UP.replace("death_rate", "rate")), "no column 'death_rate_per_1000'"),
        (lambda: made_up(country="Nowhere"), "'Nowhere' is not in the table; choose from Examplia"),
        (lambda: made_up(series="tax"), "choose from parish"),
        (lambda: made_up(MADE_UP.replace("parish,1702", "tax,1702")), "several series; .* tax"),
        (lambda: made_up(MADE_UP.replace("1703,", "1693,")), "no row for 1694"),
        (lambda: made_up(MADE_UP.replace("1703,", "1702,")), "in order, each once"),
        (lambda: made_up(MADE_UP.replace(",70,", ",0.7,").replace(",30,", ",0.3,")), "per person"),
        (lambda: made_up(MADE_UP.replace("0.992", "992000")), "in millions"),
        (lambda: made_up(window=(1702, 1704)), "has 1 years before"),
        (lambda: made_up(window=(1704, 1706)), "0 after"),
        (lambda: made_up(window=(1704, 1712)), "1707"),
        (lambda: thinned(made_up(), 1, 1.2), "deaths is 1.2"),
    ],
)
def test_a_table_of_another_form_is_refused_in_words(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_finland_closes_and_has_the_deaths_that_are_printed():
    famine = finland()
    carried = follow_rates(
        famine.years, famine.birth_rates, famine.death_rates, 1860, famine.population[0]
    )
    assert famine.population == pytest.approx(carried, abs=1.1e-4)  # stored to four decimals
    facts = load("famine_facts").set_index(["country", "first_year", "quantity"])["value_low"]
    half = 1 + (famine.birth_rates - famine.death_rates) / 2000
    ends = (famine.population * half)[[0, 10]]
    counted = facts["Finland"].xs("population at end of year", level="quantity")
    assert ends[0] == pytest.approx(counted[1860], abs=1e-4)
    assert ends[1] - counted[1870] == pytest.approx(0.0167, abs=5e-4)  # its error of closure
    inside = np.isin(famine.years, [1866, 1867, 1868])
    dead = (famine.death_rates * famine.population)[inside].sum() / 1000
    assert dead == pytest.approx(facts["Finland", 1866, "deaths"], abs=0.001)


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
