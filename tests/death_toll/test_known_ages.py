"""Famines with a known answer, by age: what is read is what is printed."""

import pandas as pd
import pytest

from glf_utils import load
from glf_utils.death_toll.known_ages import SEXES, ages_of, excess_at_ages


def said_in_words(table):
    table = table.astype({"people_january_thousand": object})
    table.loc[3, "people_january_thousand"] = "many"
    return table


@pytest.mark.parametrize(
    "change, country, said",
    [
        (lambda table: table, "Finland", "choose from Russia"),
        (lambda table: table.query("year < 1941"), "Russia", "one January more"),
        (lambda table: table.drop(index=5), "Russia", "lacks a number"),
        (lambda table: table.drop(columns="sex"), "Russia", "no column 'sex'"),
        (
            lambda table: table.replace({"sex": {"male": "m"}}),
            "Russia",
            "female, m; it must be male",
        ),
        (lambda table: pd.concat([table, table[3:4]]), "Russia", "twice: 1927, male, 5"),
        (lambda table: table[table["age_start"] != 1], "Russia", "deaths at 0, 5, .* at 0, 1, 5"),
        (lambda table: table[table["age_start"] != 40], "Russia", "groups of five years"),
        (
            lambda table: said_in_words(table),
            "Russia",
            "1927, male, 5, is 'many'; it must be a num",
        ),
        (
            lambda table: table.assign(deaths_per_1000=-table["deaths_per_1000"]),
            "Russia",
            "deaths_",
        ),
    ],
)
def test_a_table_of_another_form_is_refused_in_words(change, country, said):
    with pytest.raises(ValueError, match=said):
        ages_of(change(load("famine_ages")), country)


def test_russia_by_age_is_what_its_authors_print_and_lives_to_sixteen():
    russia = ages_of(load("famine_ages"), "Russia")
    people = russia.people.sum(axis=(1, 2))
    assert people[0] == pytest.approx(93603, abs=5) and len(people) == 15
    both = dict(zip(russia.years.tolist(), russia.life_expectancy @ SEXES, strict=True))
    assert both[1933] == pytest.approx(16.7, abs=0.1) and both[1928] == pytest.approx(36.5, abs=0.1)
    excess = excess_at_ages(russia, 1933, [1927, 1928, 1929, 1930])
    assert excess.index[[0, 1, -1]].tolist() == ["0", "1-4", "85+"]
    dead = russia.deaths[russia.years == 1933].sum()
    usual = excess[["male", "female"]] / (1 - 1 / excess[["times_male", "times_female"]].to_numpy())
    assert usual.to_numpy().sum() == pytest.approx(dead, rel=1e-9)
    assert excess["times_male"].idxmax() == "15-19"
