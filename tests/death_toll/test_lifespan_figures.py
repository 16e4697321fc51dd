"""Lesson 53: life expectancy is drawn as the table has it, and the title finds its own years."""

import pytest

from glf_utils import load
from glf_utils.death_toll.lifespan_figures import BOTH, two_countries


@pytest.fixture
def table():
    return load("life_expectancy").copy()


def test_the_lines_are_the_table(table):
    lines = [line for line in two_countries(table).axes[0].lines if len(line.get_xdata()) > 1]
    for line, country in zip(lines, ("china", "india"), strict=True):
        rows = table[table["country"] == country]
        assert list(line.get_xdata()) == rows["year"].tolist()
        assert list(line.get_ydata()) == pytest.approx(rows[BOTH].tolist())


def test_the_title_names_the_eve_of_the_fall_and_its_low(table):
    told = two_countries(table).description
    assert "from 49 to 33 years in 1958–60" in told.finding
    assert "51.0 in 1962" in told.alt and "India 41.2 in 1950" in told.alt
    there = (table["country"] == "china") & (table["year"] == 1961)
    table.loc[there, BOTH] = 20.0
    assert "from 49 to 20 years in 1958–61" in two_countries(table).description.finding


def test_the_caption_says_what_the_number_is(table):
    units = two_countries(table).description.units
    assert "death rates of the one year" in units and "Reconstructed" in units
