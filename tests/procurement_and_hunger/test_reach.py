"""Lesson 46: groups set side by side, all together and inside their provinces."""

import numpy as np
import pytest

from glf_utils import load
from glf_utils.answers.asked import exercises
from glf_utils.answers.checker import judge
from glf_utils.procurement_and_hunger import exercises as asked
from glf_utils.procurement_and_hunger.evidence import all_together, within_provinces
from glf_utils.procurement_and_hunger.reach_figures import (
    plot_town_and_village,
    plot_within_provinces,
)


@pytest.fixture(scope="module")
def groups():
    return load("county_groups")


def test_together_minority_counties_lost_more_and_inside_provinces_not(groups):
    minority, other = all_together(groups, "minority")
    assert (round(minority, 1), round(other, 1)) == (14.6, 9.1)
    pairs = within_provinces(groups, "minority")
    assert (pairs["difference"] > 0).sum() == 6 and len(pairs) == 7
    assert np.average(pairs["difference"], weights=pairs["counties"]) == pytest.approx(
        -4.58, abs=0.01
    )
    rest = pairs.drop("guizhou")
    assert np.average(rest["difference"], weights=rest["counties"]) > 1


def test_the_sign_inside_provinces_hangs_on_the_weights_too(groups):
    pairs = within_provinces(groups, "minority")
    asked = "grouping == 'minority' and group == 'other'"
    others = groups.query(asked).set_index("province")["n_counties"][pairs.index]
    each = pairs["counties"] * others / (pairs["counties"] + others)
    means = [
        np.average(pairs["difference"], weights=weights)
        for weights in (pairs["counties"], each, np.ones(len(pairs)), others)
    ]
    assert means == pytest.approx([-4.58, -1.93, -0.86, 1.02], abs=0.01)


def test_provinces_without_minority_counties_are_not_only_those_that_hardly_lost(groups):
    rows = groups.query("grouping == 'minority'").set_index("province")
    alone = rows.groupby(level=0)["group"].nunique() == 1
    rise = rows["death_rate_1959_61"] - rows["death_rate_1954_57"]
    rise = rise[alone[alone].index]
    assert set(rise[rise < 1].index) == {"shanxi", "shaanxi", "jiangxi"}
    assert set(rise[rise > 4].index) == {"jiangsu", "henan", "shandong"}


def test_the_first_kind_is_the_one_asked_about(groups):
    for grouping, first in (("clans", "many genealogies"), ("distance", "far")):
        pairs = within_provinces(groups, grouping)
        assert pairs.columns[0] == all_together(groups, grouping).index[0] == first
        number = groups.query("group == @first").set_index("province")["n_counties"]
        assert (pairs["counties"] == number[pairs.index]).all()


def test_marks_are_the_rises(groups):
    fig = plot_within_provinces(groups, load("provinces"))
    pairs = within_provinces(groups, "minority")
    drawn = [line.get_xdata() for line in fig.axes[0].lines if line.get_marker() in "os"]
    for found, kind in zip(drawn, ("minority", "other"), strict=True):
        assert found[0] == pytest.approx(all_together(groups, "minority")[kind])
        assert sorted(found[1:]) == sorted(pairs[kind])
    assert "inside Guizhou" in fig.description.finding


def test_a_title_that_would_be_false_is_not_given(groups):
    """Without Guizhou nothing turns round, and without a rise in towns there is none to tell."""
    few = groups[groups["province"] != "guizhou"]
    finding = plot_within_provinces(few, load("provinces")).description.finding
    assert "far less" not in finding
    rates = load("national_vital_rates")
    calm = rates.copy()
    town = (calm["series"] == "official_city") & (calm["year"] == 1960)
    calm.loc[town, "death_rate_per_1000"] = 9.0
    assert "towns too" in plot_town_and_village(rates).description.finding
    assert "towns too" not in plot_town_and_village(calm).description.finding


RIGHT = {
    "46.1": (28.58 - 12.5) / (13.77 - 9.22),
    "46.2": 2,
    "46.3": (5 / 6) / (95 / 94),
    "46.4": 1.29,
}
WRONG = {
    "46.1": [(28.58 / 13.77, "rates of 1960"), (16.08, "the rise of the villages")],
    "46.2": [(22, "turn the sign"), (24, "all provinces")],
    "46.3": [(5 / 6, "themselves included"), (1.213, "turned round")],
    "46.4": [(-4.58, "Guizhou still in"), (-1.29, "the sign is turned")],
}


@pytest.mark.parametrize("exercise", exercises(46).values(), ids=lambda exercise: exercise.id)
def test_exercises_take_the_right_answer_and_name_what_is_wrong(exercise):
    assert judge(exercise, RIGHT[exercise.id]) == ""
    for answer, complaint in WRONG[exercise.id]:
        assert complaint in judge(exercise, answer)


def test_the_provinces_of_an_early_peak_are_yunnan_and_gansu():
    table = asked._registered()
    assert list(table.index[table[1958] > table[1959]]) == ["gansu", "yunnan"]
