"""A country that nobody ships, handed over as two CSV files: every method answers."""

import numpy as np
import pandas as pd
import pytest
from famines import FAMINE, examplia

from glf_utils import load
from glf_utils.death_toll.every_answer import every_answer
from glf_utils.death_toll.known_ages import ages_of
from glf_utils.death_toll.known_baselines import baselines
from glf_utils.death_toll.known_estimators import SEEN, known_at_ages
from glf_utils.death_toll.known_registers import famine_of, known_excess

RAISED = ["growth balance", "extinct generations", "extinct generations, counts balanced"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Six in ten deaths kept, births and people whole."""
    paths = [tmp_path_factory.mktemp("examplia") / f"{name}.csv" for name in ("years", "ages")]
    for path, table in zip(paths, examplia(0.6), strict=True):
        table.to_csv(path, index=False)
    return paths


def test_two_files_give_every_method_with_an_interval(files):
    years, ages = files
    found = every_answer(years, "Examplia", FAMINE, ages, draws=10_000)
    whole = examplia()
    truth = famine_of(whole[0], "Examplia", FAMINE)
    by_age = ages_of(whole[1], "Examplia")
    names = baselines(famine_of(whole[0], "Examplia", FAMINE, ages=by_age))
    assert found.index.tolist() == [*names, *SEEN]
    assert len(names) == 10  # eight, and two through life expectancy
    known = known_excess(truth)
    corrected = found.loc[list(names)]
    assert (corrected["as_registered"] / known).between(0.57, 0.64).all()
    assert ((corrected["low"] < known) & (known < corrected["high"])).all()
    raised = found.loc[RAISED, "middle"] / known_at_ages(by_age, FAMINE)["growth balance"]
    assert raised.between(0.94, 1.02).all()
    without = found.index[found["low"].isna()]
    assert without.tolist() == ["register as it stands"] and found.loc[without, "lacks"].all()


def test_a_register_alone_is_enough_and_a_table_will_do_for_a_file(files):
    found = every_answer(pd.read_csv(files[0]), "Examplia", FAMINE, draws=10_000)
    assert len(found) == 8 and found["high"].notna().all()


def test_statements_that_are_excluded_are_said_and_stop_nothing():
    found = every_answer(load("famine_registers"), "Finland", (1866, 1868), draws=2000)
    assert found["low"].isna().all() and found["as_registered"].between(0.12, 0.15).all()
    assert found["lacks"].str.contains("exclude each other").all()


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda years, ages: (years, ages.drop(columns="sex")), "no column 'sex'"),
        (lambda years, ages: (years.query("year > 1701"), ages), "years 1701 to 1712 and the reg"),
        (lambda years, ages: (years.assign(country="X"), ages), "choose from X"),
        (lambda years, ages: (years, ages.query("year < 1713")), "one January more"),
    ],
)
def test_files_of_another_form_are_refused_in_words(files, change, said):
    years, ages = change(*map(pd.read_csv, files))
    with pytest.raises(ValueError, match=said):
        every_answer(years, "Examplia", FAMINE, ages)


def test_the_made_up_country_is_closed_and_loses_what_is_written():
    registers, table = examplia()
    ages = ages_of(table, "Examplia")
    growth = np.diff(ages.people.sum(axis=(1, 2)))
    assert growth == pytest.approx(ages.births - ages.died.sum(axis=(1, 2)), abs=0.01)
    assert ages.crude == pytest.approx(registers["death_rate_per_1000"].to_numpy())
    assert ages.peak == 1706
