"""Notebook 02: what is drawn equals the tables and the models; sliders and exercises hold."""

import doctest

import numpy as np
import pytest

from glf_utils import load
from glf_utils.answers.checker import exercises, judge
from glf_utils.commune_structure import evidence, figures
from glf_utils.commune_structure.model import cooperation_threshold, effort_ratio, tracking
from glf_utils.commune_structure.sliders import explore_effort, explore_mess_hall
from glf_utils.dates import decimal_year


@pytest.fixture(scope="module")
def organisation():
    return load("organisation")


def printed(organisation, indicator, source="xinhua_19580930"):
    rows = organisation[(organisation.indicator == indicator) & (organisation.source == source)]
    return rows.value_low.item()


def drawn(ax, face):
    """Markers of an axes as a set of (x, y), filled or hollow."""
    found = set()
    for line in ax.lines:
        if line.get_marker() not in ("", "None") and (line.get_markerfacecolor() == "white") == (
            face == "hollow"
        ):
            found |= {(round(float(x), 3), float(y)) for x, y in line.get_xydata()}
    return found


def test_doctests_run():
    assert doctest.testmod(figures).failed == 0


# -- the size of the farm -------------------------------------------------------------------------


def test_the_jump_of_1958_rests_on_checked_rows_and_is_twenty_nine_times(organisation):
    sizes = evidence.households_per_farm(organisation)
    eve = sizes.query("date == '1958-08'").iloc[0]
    count = sizes.query("date == '1958-09-30'").iloc[0]
    assert eve.households == pytest.approx(23397 * 4797 / 0.904 / 750_000)
    assert (eve.verification, count.verification) == ("secondary", "secondary")
    assert count.households == 4797
    assert round(count.households / eve.households) == 29


def test_quotients_of_unchecked_rows_are_drawn_hollow(organisation):
    axes = figures.farm_sizes(organisation).axes
    filled, hollow = drawn(axes[1], "filled"), drawn(axes[1], "hollow")
    assert {y for _, y in filled} == {4797, 107e6 / 540_000, 23397 * 4797 / 0.904 / 750_000}
    quotients = organisation[organisation.indicator.str.endswith("_derived")].value_low
    assert set(quotients) <= {y for _, y in hollow}
    assert axes[1].get_yscale() == axes[0].get_yscale() == "log"


def test_counts_are_drawn_in_single_farms(organisation):
    fig = figures.farm_sizes(organisation)
    numbers = {round(y) for _, y in drawn(fig.axes[0], "filled")}
    assert numbers == {
        8_300_000,
        3663,
        540_000,
        753_000,
        23_397,
        26_000,
        75_000,
        50_000,
        750_000,
        5_000_000,
    }
    hollow = {round(y) for _, y in drawn(fig.axes[0], "hollow")}
    assert {74_771, 703_000, 5_580_000} <= hollow
    assert fig.description.grades["unchecked"] > 100


def test_dates_fall_where_they_should():
    assert decimal_year(["1958-12-31"])[0] == pytest.approx(1959, abs=0.003)
    assert decimal_year(["1958-09-01"])[0] == pytest.approx(1958.67, abs=0.005)


def test_size_classes_are_shares_of_the_communes_counted(organisation):
    fig = figures.size_classes(organisation)
    widths = [bar.get_width() for bar in fig.axes[0].patches]
    assert widths[:4] == pytest.approx([60.4, 29.4, 9.3, 0.9], abs=0.05)
    assert sum(widths[:4]) == pytest.approx(100)
    assert widths[4] == pytest.approx(100 * 94 / 23397)
    places = {
        text.get_text().strip()[:2]: text.xy[1]
        for text in fig.axes[0].texts
        if text.get_text().strip().startswith("S")
    }
    assert places == {"S1": 0.5, "S4": 2, "S3": 4.6}


# -- who owned the harvest, who got what ----------------------------------------------------------


def test_the_timeline_follows_the_table():
    units = load("unit_of_account")
    fig = figures.harvest_pool(units)
    bars = fig.axes[0].patches
    assert len(bars) == len(units)
    for bar, row in zip(bars, units.itertuples(), strict=True):
        level = figures.LEVELS[round(bar.get_y() + bar.get_height() / 2)]
        assert level in row.unit
        assert bar.get_x() == pytest.approx(row.date_start.year, abs=1)
        hollow = bar.get_facecolor()[:3] == (1, 1, 1)
        assert hollow == (row.verification == "unchecked" or row.unit.startswith("plan"))
    assert "6 months" in fig.description.finding
    commune = bars[2]
    assert 12 * commune.get_width() == pytest.approx(6, abs=0.2)


def test_income_shares_add_to_a_hundred_and_s2_is_the_reverse():
    fig = figures.income_shares(load("distribution_rules"))
    widths = np.array([bar.get_width() for bar in fig.axes[0].patches]).reshape(3, 3).T
    assert widths.tolist() == [[40, 18, 42], [40, 24, 36], [40, 42, 18]]
    assert "unchecked" not in fig.description.grades


def test_exit_thresholds_draw_what_they_are_given_and_say_which_way():
    n = np.array([2.0, 20, 5000])
    allowed = cooperation_threshold(n, 0.6, 1, 0.3)
    shut = cooperation_threshold(n, 0.6, 1, 0)
    fig = figures.exit_thresholds(n, allowed, shut)
    lines = fig.axes[0].lines
    assert np.array_equal(lines[0].get_ydata(), allowed)
    assert np.array_equal(lines[1].get_ydata(), shut)
    assert "lowers" in fig.description.finding
    assert "raises" in figures.exit_thresholds(n, shut, allowed).description.finding


def test_no_title_runs_out_of_the_picture(organisation):
    rules, units = load("distribution_rules"), load("unit_of_account")
    for fig in (
        figures.farm_sizes(organisation),
        figures.size_classes(organisation),
        figures.harvest_pool(units),
        figures.income_shares(rules),
        explore_effort().figure(),
        explore_mess_hall().figure(),
    ):
        fig.canvas.draw()
        assert fig.texts[-1].get_window_extent().x1 <= fig.bbox.x1
        assert fig.texts[-1].get_text().count("\n") <= 1


# -- sliders --------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [explore_effort, explore_mess_hall])
def test_static_and_live_forms_say_the_same(make):
    explorer = make()
    static = explorer.figure().description.alt
    for row, values in zip(explorer.table(), explorer.presets.values(), strict=True):
        assert explorer.move(**values) == row["reading"]
        assert row["reading"] in static
    assert len(explorer.picture()) > 5_000


def test_effort_curve_and_dot_are_the_model():
    explorer = explore_effort()
    said = explorer.move(need_share=0.35, members=33, passed_on=0.5, elasticity=0.55)
    curve, dot = explorer._stage[2]
    m = tracking(33, neighbours=1)
    assert dot.get_ydata()[0] == pytest.approx(effort_ratio(0.35, m, 0.55, 33))
    assert curve.get_ydata()[35] == pytest.approx(dot.get_ydata()[0])
    assert "88 % of the best effort" in said and "need share here is 0.21" in said
    said = explorer.move(members=4797)
    assert "31 % of the best effort" in said and "No need share" in said


@pytest.mark.parametrize("passed_on", [0.2, 1.0])
@pytest.mark.parametrize("need_share", [0.0, 1.0])
def test_effort_stays_on_the_axes_at_the_bounds(passed_on, need_share):
    explorer = explore_effort()
    for members in (33, 160, 4797):
        for elasticity in (0.4, 0.7):
            explorer.move(
                need_share=need_share, members=members, passed_on=passed_on, elasticity=elasticity
            )
            effort = np.asarray(explorer._stage[2][0].get_ydata())
            assert np.isfinite(effort).all() and (effort >= 0).all() and (effort <= 2).all()


def test_mess_hall_lines_end_where_the_readout_says():
    explorer = explore_mess_hall()
    said = explorer.move(households=30, stock=180, curvature=5)
    free, even, empty = explorer._stage[2]
    assert "day 180, 120 days early" in said and "at the limit of 1 kg a day" in said
    assert free.get_ydata()[[0, 90, 180, 365]].tolist() == [180, 90, 0, 0]
    assert even.get_ydata()[300] == pytest.approx(0) and even.get_ydata()[299] > 0
    assert empty.get_xdata()[0] == pytest.approx(180)
    said = explorer.move(curvature=10)
    assert f"{0.6 * 30**0.1:.2f} kg" in said and "limit" not in said
    assert "as planned" in explorer.move(households=1)


@pytest.mark.parametrize("make", [explore_effort, explore_mess_hall])
def test_every_control_moves_the_picture_from_the_start(make):
    explorer = make()
    start = dict(explorer.values)
    for control in explorer.controls:
        explorer.move(**start)
        before = [artist.get_xydata().copy() for artist in explorer._stage[2]]
        other = control.low if hasattr(control, "low") else 33
        explorer.move(**{control.name: other})
        after = [artist.get_xydata() for artist in explorer._stage[2]]
        assert any(not np.array_equal(a, b) for a, b in zip(before, after, strict=True))


# -- exercises ------------------------------------------------------------------------------------

RIGHT = {
    "2.1": 753 / 26,
    "2.2": "S1",
    "2.3": "production brigade",
    "2.4": 36.0,
    "2.5": "team",
    "2.6": (0.6 - 1 / 20) / (19 / 20),
    "2.7": 9.0,
}
WRONG = [
    ("2.1", 28.5, "the ratio S1 prints"),
    ("2.1", "29", "this is a str"),
    ("2.2", "S3", "A county was far larger"),
    ("2.2", "S2", "not among the choices"),
    ("2.3", "commune", "for some six months"),
    ("2.4", 0.36, "times too small"),
    ("2.5", "points", "below half of the best"),
    ("2.6", 0.846, "the threshold with exit"),
    ("2.7", 9e9, "1,000,000,000 times too large"),
    ("2.7", 9000, "1,000 times too large"),
]


def test_the_right_answers_by_another_road_pass():
    known = exercises(2)
    assert set(known) == set(RIGHT)
    for number, answer in RIGHT.items():
        assert judge(known[number], answer) == "", number


@pytest.mark.parametrize(("number", "answer", "said"), WRONG)
def test_wrong_answers_hear_what_is_wrong(number, answer, said):
    assert said in judge(exercises(2)[number], answer)
