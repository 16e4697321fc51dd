"""Famines with a known answer: the form of a register, its thinning, and what is printed of it."""

from io import StringIO

import numpy as np
import pandas as pd
import pytest

from glf_utils import load
from glf_utils.death_toll.known_baselines import bias_by_method
from glf_utils.death_toll.known_registers import (
    WINDOWS,
    after_china,
    famine_of,
    known_excess,
    thinned,
)
from glf_utils.death_toll.registers import follow_rates

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
