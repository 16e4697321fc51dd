"""Provincial registers to a toll: ragged years, grades, and a sum that is raised."""

import numpy as np
import pandas as pd
import pytest

from glf_utils import load
from glf_utils.death_toll.provinces import provincial_toll

PROVINCIAL, NATIONAL = load("provincial_vital_rates"), load("national_vital_rates")
BEFORE = [1955, 1956, 1957]


def test_provinces_by_hand():
    """Ten million people each, one of 20 deaths per 1,000 in 1958; the third has no rate there."""
    rows = [
        (name, year, "own", rate, 1000, grade)
        for name, rates, grade in (
            ("east", (10, 20), "primary"),
            ("west", (10, 12), "unchecked"),
            ("south", (10, np.nan), "primary"),
        )
        for year, rate in zip((1956, 1957, 1958), (10, *rates), strict=True)
    ]
    names = ["province", "year", "series", "death_rate_per_1000", "population_10k", "verification"]
    table = pd.DataFrame(rows, columns=names)
    nation = pd.DataFrame({"series": "official", "year": [1957], "population_yearend_million": 40})
    found = provincial_toll(table, nation, (1958, 1958), "year", 1957, series="own")
    told = found.by_province.set_index("province")
    assert told.loc["east", ["toll", "expected", "p_score"]].tolist() == pytest.approx(
        [0.1, 0.1, 100]
    )
    assert told["grade"].to_dict() == {"east": "primary", "west": "unchecked", "south": "primary"}
    assert told["years"].tolist() == [3, 3, 2] and told.loc["south", "last"] == 1957
    assert told.loc["south", "lacks"] == "no rate in 1958" and np.isnan(told.loc["south", "toll"])
    assert found.nation.covered == pytest.approx(0.12) and found.nation.share == pytest.approx(0.5)
    assert found.nation.nation == pytest.approx(0.24) and found.nation.missing == ("south",)
    assert "each province's own baseline 1957" in found.label
    assert "2 provinces raised to the nation" in found.label


def test_the_table_s_24_provinces():
    found = provincial_toll(PROVINCIAL, NATIONAL, (1958, 1962), "mean", BEFORE)
    told = found.by_province
    assert (told["lacks"] == "").sum() == 24 and told["toll"].notna().sum() == 24
    assert found.nation.missing == ("guangxi", "inner_mongolia", "ningxia", "xinjiang")
    assert set(told.loc[told["lacks"] != "", "grade"]) == {"unchecked"}
    assert told["toll"].sum() == pytest.approx(found.nation.covered)


@pytest.mark.parametrize(
    "options, words",
    [
        (((1958, 1970), "year", 1957), "window is 1967"),
        (((1958, 1961), "year", 1950), "reference is 1950"),
        (((1958, 1961), "median", 1957), "kind is 'median'"),
        (((1954, 1961), "year", 1957), "no province has what is needed; .* no people in 1954"),
        (((1958, 1961), "year", 1957, "own"), "series is 'own'; it must be one of .*registered"),
    ],
)
def test_bad_input_is_named(options, words):
    with pytest.raises(ValueError, match=words):
        provincial_toll(PROVINCIAL, NATIONAL, *options)
