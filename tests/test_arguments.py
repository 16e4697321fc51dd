"""What the models refuse: every refusal names the argument, the value and what is allowed."""

import inspect
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glf_utils import arguments as inputs
from glf_utils.commune_structure import model as communes
from glf_utils.country import chance as replicates
from glf_utils.country import search as calibration
from glf_utils.country import tree as hierarchy
from glf_utils.procurement_and_hunger import model as grain
from glf_utils.soviet_model import model as planning
from glf_utils.statistics_inflation import model as reports

YEARS = inputs.calendar(range(1957, 1962))
NO_NUMBERS = {
    "a text": "0.25",
    "a text for a year": "1958",
    "bytes": b"1958",
    "true": True,
    "numpy's true": np.True_,
    "truths": np.array([True, False]),
    "a truth among numbers": [1958, True],
    "a text among numbers": [1958, "1959"],
    "a text among numbers, as pandas keeps it": pd.Series([1958, "1959"], dtype=object),
    "texts of pandas": pd.Series(["1958", "1959"]),
    "truths of pandas": pd.Series([True, False]),
    "nullable truths of pandas": pd.Series([True, None], dtype="boolean"),
    "a date": np.datetime64("1958-07-01"),
    "dates of pandas": pd.Series(pd.to_datetime(["1958-07-01", "1959-07-01"])),
    "a complex number": 1958 + 1j,
    "no value": None,
    "a dictionary": {1958: 1.0, 1959: 2.0},
    "a set": {1958, 1959},
    "an object": object(),
    "rows of unequal length": [[1958, 1959], [1960]],
    "nothing in a list": [],
    "nothing in an array": np.empty((2, 0)),
}
every_wrong_value = pytest.mark.parametrize(
    "value", NO_NUMBERS.values(), ids=[name.replace(" ", "_") for name in NO_NUMBERS]
)


def refused(function, *arguments, **named):
    with pytest.raises(ValueError) as caught:
        function(*arguments, **named)
    message = str(caught.value)
    assert "must" in message and "\n" not in message and len(message) < 300, message
    return message


@every_wrong_value
def test_what_is_no_number_is_no_argument_of_a_model(value):
    assert refused(inputs.real, "rate", value).startswith("rate ")
    assert refused(inputs.whole, "members", value).startswith("members ")
    assert refused(inputs.calendar, value).startswith("years ")
    assert refused(inputs.place_of, "reference", value, YEARS).startswith("reference ")
    assert refused(inputs.places_of, value, YEARS).startswith("window ")
    assert refused(inputs.places_of, (value, 1960), YEARS).startswith("window ")
    assert refused(inputs.places_of, (1958, value), YEARS).startswith("window ")
    assert refused(inputs.by_sex, "people", value).startswith("people ")


@pytest.mark.parametrize(
    "value, words",
    [
        (
            "0.25",
            "rate is '0.25', a text; it must be a number or an array of them, "
            "without quotation marks",
        ),
        (True, "rate is True, a truth value; it must be a number or an array of them"),
        ([0.1, "0.25"], "rate (item 1) is '0.25', a text; it must be a number"),
        ([], "rate is []; it must hold at least one number"),
    ],
)
def test_a_refusal_names_argument_value_and_mend(value, words):
    assert refused(inputs.real, "rate", value).startswith(words)


@pytest.mark.parametrize(
    "years, words",
    [
        ([1957.1, 1957.9], "years (item 0) is 1957.1; it must be a calendar year, a whole number"),
        ([1957.5], "1957.5; it must be a calendar year, a whole number"),
        ([1957, 1957], "1957]: 1957, then 1957; it must list calendar years in order, each once"),
        ([1958, 1957], ": 1958, then 1957; it must list"),
        ([1957, np.nan], "years (item 1) is nan"),
        (1957, "years is 1957; it must be a list of calendar years"),
        ([[1957, 1958]], "years is [[1957, 1958]]; it must be a list of calendar years"),
    ],
)
def test_years_are_whole_each_once_and_in_order(years, words):
    assert words in refused(inputs.calendar, years)


@pytest.mark.parametrize(
    "window, words",
    [
        ((1958.9, 1960.9), "window is (1958.9, 1960.9); its years must be whole numbers"),
        ((1958, 1960.5), "its years must be whole numbers"),
        (("1958", "1960"), "'1958', a text"),
        ("1958-1960", "window is '1958-1960'; it must be two years, as (1958, 1961)"),
        ("58", "window is '58'; it must be two years"),
        (1958, "window is 1958; it must be two years"),
        ((1958,), "window is (1958,); it must be two years"),
        ((1958, 1959, 1960), "it must be two years"),
        ({1958, 1960}, "it must be two years"),
        ((1960, 1958), "its first year must not come after its last"),
        ((1958, 1963), "window is 1962; it must be a year from 1957 to 1961"),
    ],
)
def test_a_window_is_two_whole_years_of_the_list(window, words):
    assert words in refused(inputs.places_of, window, YEARS)


@pytest.mark.parametrize(
    "year, words",
    [
        (1957.5, "reference is 1957.5; it must be a calendar year, a whole number"),
        (np.nan, "reference is nan"),
        (1963, "reference is 1963; it must be a year from 1957 to 1961"),
        ([1957, 1958], "reference is [1957, 1958]; it must be a calendar year, a whole number"),
    ],
)
def test_a_year_is_whole_and_in_the_list(year, words):
    assert words in refused(inputs.place_of, "reference", year, YEARS)


@pytest.mark.parametrize("value", [2.5, -1, np.nan, np.inf, [2], np.array([2, 3]), "2"])
def test_a_whole_number_is_whole(value):
    assert "it must be a whole number at least 0" in refused(inputs.whole, "members", value)


def test_a_list_of_no_numbers_may_be_asked_for():
    assert inputs.real("inflation", [], empty=True).shape == (0,)


NUMBERS = [3, 3.0, np.int16(3), np.float32(3), np.array(3), Fraction(3), Decimal(3)]


@pytest.mark.parametrize("value", NUMBERS, ids=[type(value).__name__ for value in NUMBERS])
def test_every_kind_of_number_is_a_number(value):
    assert inputs.real("rate", value) == 3 and inputs.whole("members", value) == 3
    assert inputs.place_of("reference", value + 1955, YEARS) == 1
    assert inputs.real("rate", [value, 1]).tolist() == [3, 1]


@pytest.mark.parametrize(
    "listed",
    [
        [1957, 1958.0],
        (1957, 1958),
        np.array([1957, 1958]),
        range(1957, 1959),
        pd.Series([1957, 1958]),
        pd.Index([1957, 1958]),
        pd.array([1957, 1958], dtype="Int64"),
        pd.Series([1957, 1958], dtype="Int64"),
    ],
    ids=lambda listed: type(listed).__name__,
)
def test_every_kind_of_list_is_a_list(listed):
    assert inputs.calendar(listed).tolist() == [1957, 1958]
    assert inputs.places_of(listed, YEARS) == [0, 1]


def test_what_is_masked_is_missing():
    masked = np.ma.array([1.0, 2.0], mask=[False, True])
    assert "rate (item 1) is nan" in refused(inputs.real, "rate", masked)
    assert np.isnan(inputs.real("rate", masked, missing=True)[1])
    nullable = pd.Series([1, None], dtype="Int64")
    assert "rate (item 1) is nan" in refused(inputs.real, "rate", nullable)
    assert np.isnan(inputs.real("rate", nullable, missing=True)[1])


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.complex_numbers()
        | st.text()
        | st.binary()
        | st.dates()
        | st.decimals()
        | st.fractions(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.tuples(inner, inner)
            | st.dictionaries(st.text(), inner, max_size=2)
        ),
        max_leaves=6,
    )
)
def test_whatever_comes_is_a_number_or_refused(value):
    calls = [
        (inputs.real, ("rate", value)),
        (inputs.calendar, (value,)),
        (inputs.whole, ("n", value)),
        (inputs.place_of, ("reference", value, YEARS)),
        (inputs.places_of, (value, YEARS)),
        (inputs.by_sex, ("people", value)),
    ]
    for function, arguments in calls:
        try:
            found = function(*arguments)
        except ValueError as error:
            assert "must" in str(error)
        else:
            assert np.isfinite(np.asarray(found, float)).all()


TREE = hierarchy.draw_hierarchy([6, 2, 1], 1)
SIX = {"hierarchy": TREE, "harvest": [10.0] * 6, "people": [40] * 6}
ANY = [[-np.inf, np.inf]]
TWO_SECTORS = {"split": 0.3, "years": 4, "per_lathe": 0.2, "per_loom": 0.3}
HONESTY = {"members": 20, "effort_cost": 0.6, "product": 1, "fallback": 0.3}
SOUND = {
    planning.two_sector_path: TWO_SECTORS,
    planning.overtaking_year: {"heavy": 0.8, "light": 0.2, "per_lathe": 0.2, "per_loom": 0.3},
    planning.marketed: {"price_ratio": 0.8, "elasticity": 0.5},
    planning.taken_from_food: {"quota": 60, "output": 300, "subsistence": 220},
    planning.grain_bill: {"urban_million": 100, "ration_kg": 240},
    planning.feasible_urban_population: {"output": 195, "rate": 0.2, "ration_kg": 240},
    planning.rate_needed: {"urban_million": 100, "ration_kg": 240, "output": 195},
    planning.food_limited_path: {
        **TWO_SECTORS,
        "urban_million": 100,
        "ration_kg": 240,
        "output": 195,
        "rate": 0.2,
        "people_per_machine": 100,
    },
    communes.effort_ratio: {
        "need_share": 0.4,
        "visible": 0.5,
        "elasticity": 0.5,
        "members": 30,
        "kept": 0.4,
    },
    communes.efficient_need_share: {"elasticity": 0.5, "visible": 0.8},
    communes.gain_from_an_hour: {
        "need_share": 0.4,
        "visible": 0.5,
        "elasticity": 0.5,
        "members": 30,
    },
    communes.visible_work: {"members": 24},
    communes.cooperation_threshold: HONESTY,
    communes.cooperates: {"patience": 0.7, **HONESTY},
    communes.eaten_per_day: {"stock_per_head_kg": 100, "days": 200, "members": 100},
    communes.days_of_food: {"stock_per_head_kg": 100, "daily_kg": 0.5},
    communes.crop_lost: {"crop": 200, "missing": 0.2, "elasticity": 0.5},
    communes.stock_path: {"stock_per_head_kg": 100, "daily_kg": 0.5, "days": 10},
    reports.pass_up: {"truth": 200, "inflation_by_level": [0.1, 0.1]},
    reports.inflation_by_level: {"reports": [193, 205, 228]},
    reports.best_exaggeration: {
        "prize": 1,
        "rivalry": 0.01,
        "yield_per_head": 300,
        "private_cost": 3,
    },
    reports.worth_of_report: {
        "report_ratio": 1.1,
        "prize": 1,
        "rivalry": 0.01,
        "yield_per_head": 300,
        "private_cost": 3,
    },
    reports.best_of: {"n": 750, "spread": 0.15},
    grain.retained_per_head: {"output_per_head": 300, "rate": 0.2},
    grain.famine_threshold: {"output_per_head": 300, "need": 220, "rate": 0.2},
    grain.energy_per_day: {"kg_per_year": 220},
    grain.food_balance: {"output": 195, "exports": 2, "imports": 0, "population": 646},
    grain.people_fed: {"tonnes": 6.81},
    grain.fixed_quota: {"expected": 400, "need": 220, "shock": 0.15},
    hierarchy.draw_hierarchy: {"counts": [6, 2, 1], "seed": 1},
    hierarchy.share_out: {"total": 195, "units": 3, "spread": 0.5, "seed": 1},
    hierarchy.begin: {**SIX, "policy": hierarchy.Policy()},
    hierarchy.Policy: {"pressure": 0.3},
    replicates.replicate: {
        **SIX,
        "weather": [1],
        "policies": [hierarchy.Policy()],
        "replicates": 1,
    },
    calibration.fitting_sets: {
        **SIX,
        "weather": [1],
        "believed": ANY,
        "told": [ANY * 3],
        "weighed_from": 1,
        "tried": 1,
    },
}
NO_ARGUMENTS_OF_NUMBERS = {"hierarchy", "policy", "policies", "progress", "ranges"}
MODELS = (planning, communes, reports, grain, hierarchy, replicates, calibration)


@pytest.mark.parametrize("function", SOUND, ids=lambda function: function.__name__)
def test_every_argument_of_every_model_is_looked_at(function):
    function(**SOUND[function])
    names = set(inspect.signature(function).parameters) - NO_ARGUMENTS_OF_NUMBERS
    assert names >= set(SOUND[function]) - NO_ARGUMENTS_OF_NUMBERS
    for name in sorted(names):
        for value in NO_NUMBERS.values():
            message = refused(function, **{**SOUND[function], name: value})
            assert message.startswith(name), message


@pytest.mark.parametrize("edges", [[[0, 2.5, 4], [0, 2]], [[0, "2", 4], [0, 2]], [0, 2]])
def test_edges_of_a_hierarchy_are_whole_numbers(edges):
    assert refused(hierarchy.Hierarchy, edges).startswith("edges of level 0")


@pytest.mark.parametrize("limits", [("0", 1), (1, 0), (0,), True])
def test_a_range_is_two_numbers(limits):
    sound = SOUND[calibration.fitting_sets]
    refused(calibration.fitting_sets, **sound, ranges={"gain": limits})


def test_no_model_is_left_out_above():
    public = {
        function
        for module in MODELS
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and name[0] != "_"
    }
    of_models = {planning.years_below_start, hierarchy.fitting, calibration.leap_policies}
    assert public - of_models <= set(SOUND)
