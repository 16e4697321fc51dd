"""Lessons 21 to 25: what is drawn equals the tables and models; sliders and exercises hold."""

import doctest

import numpy as np
import pytest

from glf_utils import load
from glf_utils.answers.asked import declared, exercises
from glf_utils.answers.checker import judge
from glf_utils.commune_structure import evidence, figures, hands_figures
from glf_utils.commune_structure.model import (
    cooperation_threshold,
    crop_lost,
    effort_ratio,
    gain_from_an_hour,
    visible_work,
)
from glf_utils.commune_structure.sliders import explore_effort, explore_mess_hall
from glf_utils.dates import decimal_year


@pytest.fixture(scope="module")
def organisation():
    return load("organisation")


def test_doctests_run():
    assert doctest.testmod(figures).failed == doctest.testmod(evidence).failed == 0


# -- the size of the farm -------------------------------------------------------------------------


def test_the_jump_of_1958_is_twenty_nine_times(organisation):
    before, after = evidence.households_before_and_after(organisation)
    assert before == pytest.approx(23397 * 4797 / 0.904 / 750_000)
    assert after == 4797 and round(after / before) == 29
    bars = figures.two_farms(organisation).axes[0].patches
    assert [bar.get_width() for bar in bars] == [before, after]


def test_the_figures_of_21_rest_on_checked_rows(organisation):
    tuanwan = load("tuanwan_1960")
    for fig in (
        figures.two_farms(organisation),
        figures.size_classes(organisation),
        figures.ladder(organisation, tuanwan),
    ):
        assert "unchecked" not in fig.description.grades


def test_the_ladder_has_six_rungs_and_the_numbers_of_the_tables(organisation):
    fig = figures.ladder(organisation, load("tuanwan_1960"))
    ax = fig.axes[0]
    assert len(ax.patches) == 6
    said = " ".join(text.get_text() for text in ax.texts)
    assert all(number in said for number in ("4,797", "160", "33", "854", "5 teams"))


def test_dates_fall_where_they_should():
    assert decimal_year(["1958-12-31"])[0] == pytest.approx(1959, abs=0.003)
    assert decimal_year(["1958-09-01"])[0] == pytest.approx(1958.67, abs=0.005)


def test_areas_of_the_size_classes_are_shares_of_the_communes_counted(organisation):
    ax = figures.size_classes(organisation).axes[0]
    areas = [bar.get_width() / 5_000 * bar.get_height() for bar in ax.patches]
    assert areas == pytest.approx([60.4, 29.4, 9.3], abs=0.05)
    assert sum(areas) == pytest.approx(100 - 100 * 51 / 5538)
    lines = [line.get_xdata()[0] for line in ax.lines]
    assert lines == [4_500, 20_000, 12 * 4797]


# -- who owned the harvest, who got what ----------------------------------------------------------


def test_the_timeline_follows_the_table():
    units = load("unit_of_account")
    fig = figures.harvest_pool(units)
    bars = fig.axes[0].patches
    shown = units[units["unit"] != "elementary co-op"]
    assert len(bars) == len(shown)
    for bar, row in zip(bars, shown.itertuples(), strict=True):
        level = figures.LEVELS[round(bar.get_y() + bar.get_height() / 2)]
        assert level in row.unit
        assert bar.get_x() == pytest.approx(row.date_start.year, abs=1)
        hollow = bar.get_facecolor()[:3] == (1, 1, 1)
        assert hollow == (row.verification == "unchecked" or row.unit.startswith("plan"))
    assert "6 months" in fig.description.finding
    commune = bars[1]
    assert 12 * commune.get_width() == pytest.approx(6, abs=0.2)


def test_income_shares_add_to_a_hundred_and_the_course_page_is_the_reverse():
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
        figures.two_farms(organisation),
        figures.ladder(organisation, load("tuanwan_1960")),
        figures.size_classes(organisation),
        figures.harvest_pool(units),
        figures.income_shares(rules),
        figures.extra_hour([0, 1], 0.55, 10),
        figures.hall_story(load("mess_halls")),
        explore_effort().figure(),
        explore_mess_hall().figure(),
    ):
        fig.canvas.draw()
        assert fig.texts[-1].get_window_extent().x1 <= fig.bbox.x1
        assert fig.texts[-1].get_text().count("\n") <= 1


def test_the_extra_hour_is_the_model_beside_what_it_adds():
    ax = figures.extra_hour([0, 0.45, 1], elasticity=0.55, members=10).axes[0]
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == pytest.approx(gain_from_an_hour([0, 0.45, 1], 1, 0.55, 10))
    assert ax.lines[0].get_xdata()[0] == pytest.approx(100 * 1.01**0.55 - 100)


def test_the_halls_follow_the_table():
    halls = load("mess_halls")
    fig = figures.hall_story(halls)
    ax = fig.axes[0]
    marks = [line for line in ax.lines if line.get_marker() in "^vo" and len(line.get_xdata())]
    assert len(marks) == halls["in_short"].notna().sum()
    assert "appetite" not in fig.description.finding
    told = fig.description.alt
    assert "1958-08 to 1959-04 (hall open)" in told
    assert "1959-11 to 1960-04 (some join)" in told and "1960-04 to 1960-12" in told


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
    said = explorer.move(need_share=0.35, kept=0, members=33, passed_on=0.5, elasticity=0.55)
    curve, dot = explorer._stage[2]
    m = visible_work(33)
    assert dot.get_ydata()[0] == pytest.approx(effort_ratio(0.35, m, 0.55, 33))
    assert curve.get_ydata()[35] == pytest.approx(dot.get_ydata()[0])
    assert "88 % of the best effort" in said and "need share here is 0.21" in said
    said = explorer.move(members=4797)
    assert "31 % of the best effort" in said and "No need share" in said
    said = explorer.move(kept=0.4, passed_on=1.0)
    assert dot.get_ydata()[0] == pytest.approx(effort_ratio(0.35, 1, 0.55, 4797, kept=0.4))
    assert "40 of 100 kept" in said and "79 % of the best effort" in said
    assert "need share here is 0.08" in said


def test_every_panel_that_names_the_rule_of_1960_keeps_its_40_of_100():
    rules = load("distribution_rules").set_index("rule")["value_low"]
    kept = rules["commune_income_retained"] / 100
    explorer = explore_effort()
    assert {values["kept"] for values in explorer.presets.values()} == {kept}
    assert explorer.values["kept"] == kept


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
    said = explorer.move(members=30, stock=180, satiety=5)
    free, even, empty = explorer._stage[2]
    assert "day 180, 120 days early" in said and "at the limit of 1 kg a day" in said
    assert free.get_ydata()[[0, 90, 180, 365]].tolist() == [180, 90, 0, 0]
    assert even.get_ydata()[300] == pytest.approx(0) and even.get_ydata()[299] > 0
    assert empty.get_xdata()[0] == pytest.approx(180)
    said = explorer.move(satiety=10)
    assert f"{0.6 * 30**0.1:.2f} kg" in said and "limit" not in said
    assert "as planned" in explorer.move(members=1)


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


# -- hands ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def labour():
    return load("investment_and_labour")


def test_people_on_the_water_are_drawn_as_reported(labour):
    fig = hands_figures.people_on_the_water(load("mobilisation"), labour)
    ax = fig.axes[0]
    tops = {}
    for bar in ax.patches:
        place = round(bar.get_x() + bar.get_width() / 2)
        tops[place] = bar.get_y() + bar.get_height()
    assert list(tops.values()) == [30, 70, 80, 100]
    assert ax.lines[0].get_ydata()[0] == 205.66
    assert f"{100 * 100 / 205.66:.0f} of every 100" in fig.description.finding


def test_the_groups_of_the_textbook_lie_end_to_end(labour):
    claims = load("account_claims").set_index("claim_id")["value_low"]
    fig = hands_figures.hands_claimed(load("account_claims"), labour)
    bars = [(bar.get_x(), bar.get_width()) for bar in fig.axes[0].patches]
    assert bars == [(0, 205.66), (0, 90), (90, 60), (150, 90), (0, 77), (77, 100)]
    day, evening = claims["S1-061"], 417 - claims["S1-061"]
    assert f"{day:.0f} million, of iron" in fig.description.alt
    assert f"{evening:.0f} million, of irrigation" in fig.description.alt


def test_missing_hands_cost_what_is_assumed(labour):
    fig = hands_figures.worth_of_a_hand(labour, 200)
    marks = [line for line in fig.axes[0].lines if len(line.get_xdata()) == 1]
    gone = 38.18 / 205.66
    assert [line.get_xdata()[0] for line in marks] == pytest.approx(3 * [100 * gone])
    costs = [200 * (1 - (1 - gone) ** power) for power in (0.2, 0.55, 1)]
    assert [line.get_ydata()[0] for line in marks] == pytest.approx(costs)
    assert "cost 8, 21 or 37 million" in fig.description.finding


def test_nobody_missing_costs_nothing_and_everybody_all():
    assert crop_lost(200, [0, 1], 0.5).tolist() == [0, 200]
    costs = crop_lost(200, 0.3, np.linspace(0.05, 1, 20))
    assert np.all(np.diff(costs) > 0) and costs[-1] == pytest.approx(60)


# -- exercises ------------------------------------------------------------------------------------

RIGHT = {
    "21.1": 753 / 26,
    "21.2": 23_397 * 4797 / 20_000,
    "21.3": "production brigade",
    "21.4": [20.85, 117.1],
    "22.1": 0.35 * 0.05487 + 0.65 * 0.95085,
    "22.2": 1 - 0.55 / 0.8,
    "22.3": "team, all, points",
    "22.4": 0.85,
    "23.1": 0.35,
    "23.2": 0.55 / (0.55 + 0.3),
    "23.3": "the pool",
    "24.1": 0.9 * 124 / 3.45,
    "24.2": "commons",
    "24.3": 9.0,
    "24.4": 100 * 64 / 124,
    "25.1": 18.28,
    "25.2": 25.66,
    "25.3": 54.51,
    "25.4": 800_000 / 1770,
}
WRONG = [
    ("21.1", 28.5, "the ratio the textbook prints"),
    ("21.1", "29", "this is a str"),
    ("21.2", 23_397, "how many communes there were"),
    ("21.2", 124.15e6 / 20_000, "all households of the countryside"),
    ("21.2", "Dikötter", "should be a number"),
    ("21.3", "commune", "for some six months"),
    ("21.4", [117.1, 20.85], "in the opposite order"),
    ("22.1", 0.95, "if everything went by points"),
    ("22.3", "team, points, all", "of the other two"),
    ("22.4", 0.8, "still a little ahead"),
    ("23.2", 0.846, "where leaving pays 0.3"),
    ("23.1", 0.25, "he or she also saves"),
    ("23.2", 0.3 / 0.55, "neither is the patience"),
    ("23.3", "the exit", "nothing about it was new"),
    ("24.1", 145, "people in a hall"),
    ("24.3", 6, "factors multiply"),
    ("24.4", 48.4, "asks for the rest"),
    ("25.1", 48.6, "share of the rural workers"),
    ("25.2", -34.3, "not among these workers"),
    ("25.3", 20.81, "increase in millions"),
    ("25.4", 226, "in kilograms a mu"),
]


def test_the_right_answers_by_another_road_pass():
    known = {name: one for lesson in range(21, 26) for name, one in exercises(lesson).items()}
    assert set(known) == set(RIGHT)
    for number, answer in RIGHT.items():
        assert judge(known[number], answer) == "", number


@pytest.mark.parametrize(("number", "answer", "said"), WRONG)
def test_wrong_answers_hear_what_is_wrong(number, answer, said):
    assert said in judge(exercises(int(number[:2]))[number], answer)


def test_few_communes_passed_twenty_thousand_households():
    told = declared(21, "GUESSES")["21.b"].found()
    assert told == pytest.approx(100 * 51 / 5538)
    assert judge(exercises(21)["21.2"], 51).startswith("That is how many passed 20,000")
