"""Lessons 51 and 52: deaths above and births below a year; a register held against itself."""

import re

import numpy as np
import pytest

from glf_utils import load
from glf_utils.death_toll.ledger_figures import own_books, two_ledgers

DIED = {1957: 6.88, 1958: 7.81, 1959: 9.70, 1960: 16.93, 1961: 9.39, 1962: 6.66, 1963: 6.84}
BORN = {1957: 21.67, 1958: 19.05, 1959: 16.47, 1960: 13.89, 1961: 11.88, 1962: 24.60, 1963: 29.54}


@pytest.fixture(scope="module")
def rates():
    return load("national_vital_rates")


def bars(ax):
    """Heights of the bars by year, and the years whose bars are filled."""
    found = {round(bar.get_x() + bar.get_width() / 2): bar for bar in ax.patches}
    heights = {year: bar.get_height() for year, bar in found.items()}
    return heights, {year for year, bar in found.items() if bar.get_facecolor()[3] < 1}


@pytest.mark.parametrize("reference", [1957, 1958])
def test_the_bars_are_deaths_above_and_births_below(rates, reference):
    fig = two_ledgers(rates, reference, years=(1957, 1963))
    above = {year: died - DIED[reference] for year, died in DIED.items()}
    below = {year: BORN[reference] - born for year, born in BORN.items()}
    for ax, wanted in zip(fig.axes, (above, below), strict=True):
        heights, filled = bars(ax)
        assert heights == pytest.approx(wanted)
        assert filled == {1959, 1960, 1961}
        total = sum(wanted[year] for year in filled)
        assert f"{total:.1f} in 1959–61" in ax.get_title(loc="left")


def test_the_title_sums_what_is_drawn(rates):
    fig = two_ledgers(rates)
    (_, dead), (_, unborn) = (
        (ax, sum(height for year, height in bars(ax)[0].items() if year in range(1959, 1962)))
        for ax in fig.axes
    )
    told = [float(number) for number in re.findall(r"\d+\.\d", fig.description.finding)]
    assert told == pytest.approx([dead + unborn, dead, unborn], abs=0.05)
    assert "against 1958" in fig.description.finding


def test_numbers_below_zero_carry_a_minus_sign_and_the_alt_has_them(rates):
    fig = two_ledgers(rates)
    said = [text.get_text() for text in fig.axes[1].texts]
    assert "−10.5" in said and not any("-" in text for text in said)
    assert "1963 -10.5" in fig.description.alt


# -- the register's own books --------------------------------------------------------------------

YEAR_END = {1957: 646.53, 1958: 659.94, 1959: 672.07, 1960: 662.07, 1961: 658.59, 1962: 672.95}


def test_what_is_left_over_each_year_is_drawn(rates):
    heights, _ = bars(own_books(rates, years=(1957, 1962)).axes[0])
    years = range(1958, 1963)
    wanted = {y: YEAR_END[y] - YEAR_END[y - 1] - BORN[y] + DIED[y] for y in years}
    assert heights == pytest.approx(wanted)


def test_its_title_names_the_year_of_most_gain_and_of_most_loss(rates):
    fig = own_books(rates)
    heights, _ = bars(fig.axes[0])
    most, least = max(heights, key=heights.get), min(heights, key=heights.get)
    told = [float(number) for number in re.findall(r"\d+(?:\.\d)?", fig.description.finding)]
    assert told == pytest.approx([most, heights[most], least, -heights[least]], abs=0.05)


def test_a_register_that_follows_from_itself_has_no_bars(rates):
    closed = rates[rates["series"] == "official"].copy()
    grown = (closed["births_million"] - closed["deaths_million"]).fillna(0).cumsum()
    closed["population_yearend_million"] = 500 + grown
    heights, _ = bars(own_books(closed).axes[0])
    assert np.allclose(list(heights.values()), 0)
