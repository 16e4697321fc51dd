"""Lessons 11 to 14: what their figures draw, their explorers say and their exercises expect."""

import numpy as np
import pytest

from glf_utils import load
from glf_utils.answers.asked import exercises
from glf_utils.answers.checker import judge
from glf_utils.dates import decimal_year
from glf_utils.page.figure import complaints
from glf_utils.soviet_model import evidence, figures, sliders
from glf_utils.soviet_model import model as planning
from glf_utils.soviet_model.sliders import explore_food, explore_two_sector


@pytest.fixture(scope="module")
def measures():
    return evidence.four_measures(load("soviet_comparison"))


@pytest.fixture(scope="module")
def grain():
    return load("grain_national")


@pytest.fixture(scope="module")
def labour():
    return load("investment_and_labour")


def drawn(fig, marker=None):
    """The (x, y) arrays of the lines of the first axes, by marker if one is given."""
    return [
        np.column_stack([np.asarray(line.get_xdata(), float), line.get_ydata()])
        for line in fig.axes[0].lines
        if marker is None or line.get_marker() == marker
    ]


def hollow(fig):
    """Points of the markers with a white face."""
    parts = [
        np.column_stack([np.asarray(line.get_xdata(), float), line.get_ydata()])
        for line in fig.axes[0].lines
        if line.get_marker() not in ("", "None") and line.get_markerfacecolor() == "white"
    ]
    return np.vstack(parts) if parts else np.empty((0, 2))


# -- half of the USSR ----------------------------------------------------------------------------


def test_four_measures_by_hand(measures):
    assert measures["ratio"].round(3).to_list() == [
        round(636 / 1370, 3),
        round((195.05 / 646.5) / (73.3 / 150), 3),
        round((195.05 / 646.5) / (63 / 150), 3),
        round((5.35 / 646.5) / (4.3 / 150), 3),
    ]
    assert not (measures["verification"] == "unchecked").any()
    assert measures["china"].round(1).to_list() == [636, 301.7, 301.7, 8.3]


def test_half_draws_the_table(measures):
    fig = figures.half_of_the_ussr(measures)
    assert complaints(fig.description) == []
    dots = np.vstack(drawn(fig, "o"))
    assert np.allclose(dots[:, 0], measures["ratio"]) and (np.diff(dots[:, 1]) < 0).all()
    assert "0.29 to 0.72" in fig.description.finding


# -- accumulation and steel ----------------------------------------------------------------------


def test_accumulation_draws_what_has_been_read(labour):
    fig = figures.accumulation(labour)
    ax = fig.axes[0]
    assert [bar.get_height() for bar in ax.patches] == [23, 24.9, 33.9, 43.8, 39.6]
    years = [tick.get_text() for tick in ax.get_xticklabels()]
    assert years == ["1953", "1957", "1958", "1959", "1960"]
    assert "25 to 44" in fig.description.finding


def counted(ax):
    """Squares and circles drawn in a panel."""
    return tuple(
        sum(len(line.get_xdata()) for line in ax.lines if line.get_marker() == marker)
        for marker in "so"
    )


def test_lathes_and_looms_are_counted_as_by_hand():
    fig = figures.lathes_and_looms()
    panels = [counted(ax) for ax in fig.axes]
    assert panels == [(8, 10), (8, 14), (8, 18), (8, 10), (12, 10), (18, 10)]
    told = [ax.texts[0].get_text() for ax in fig.axes]
    assert told[2] == "made: 4 machines, 180 bales" and told[5] == "made: 9 machines, 100 bales"
    places = [tuple(xy) for line in fig.axes[5].lines for xy in line.get_xydata()]
    assert len(set(places)) == len(places), "two machines are drawn in one place"


def test_steel_pledge_and_what_was_made():
    fig = figures.steel_pledge(load("targets_and_claims"), load("steel_and_industry"))
    curve = next(line for line in drawn(fig) if len(line) == 16)
    assert curve[0, 1] == pytest.approx(5.2) and curve[-1, 1] == pytest.approx(35)
    assert np.allclose(curve[1:, 1] / curve[:-1, 1], (35 / 5.2) ** (1 / 15))
    middles = next(line for line in drawn(fig, "s") if len(line) == 4)
    assert middles.tolist() == [[1957, 5.2], [1962, 12.5], [1967, 22.5], [1972, 35]]
    assert sorted(np.vstack(drawn(fig, "D"))[:, 1]) == [60, 80]
    made = load("steel_and_industry").query(
        "series == 'steel_cow' and country == 'China' and year >= 1957"
    )["value"]
    assert any(len(line) == len(made) and np.allclose(line[:, 1], made) for line in drawn(fig))
    assert "13.6 per cent a year" in fig.description.finding
    assert "over 5 times" in fig.description.finding and 5 * 15 < 80 < 6 * 15


# -- food ----------------------------------------------------------------------------------------


def test_town_grain_recomputes(grain, labour):
    rows = evidence.town_grain(grain, labour)
    printed = grain.query("series == 'procurement_share_linyang' and 1952 <= year <= 1962")
    assert np.allclose(rows["taken"], printed.sort_values("year")["value"], atol=0.06)
    printed = grain.query("series == 'procured_per_urban_head_linyang' and 1952 <= year <= 1962")
    assert np.allclose(rows["per_head"], printed.sort_values("year")["value"], atol=0.6)
    assert rows.loc[1957, "needed"] == pytest.approx(rows.loc[1957, "taken"])
    needed = planning.rate_needed(130.73, rows.loc[1957, "per_head"], 143.5)
    assert rows.loc[1960, "needed"] == pytest.approx(100 * needed)


def test_share_needed_draws_both_shares(grain, labour):
    rows = evidence.town_grain(grain, labour)
    fig = figures.share_needed(grain, labour)
    taken, needed = drawn(fig)
    assert np.allclose(taken[:, 1], rows["taken"]) and np.allclose(needed[:, 1], rows["needed"])
    assert "42 per cent" in fig.description.finding


def test_scissors_draw_sales_and_gain():
    fig = figures.scissors()
    sold, gained = (line.get_xydata() for line in fig.axes[0].lines[:2])
    assert np.allclose(sold[:, 1], 100 * np.sqrt(sold[:, 0] / 100))
    assert np.allclose(gained[:, 1], (1 - gained[:, 0] / 100) * sold[:, 1])
    assert gained[gained[:, 1].argmax(), 0] == 33 and "33 per cent" in fig.description.finding
    assert "74 are left" in fig.description.alt


@pytest.mark.parametrize("changed", [{}, {"ration_kg": 242}, {"people_per_machine": 5}])
def test_a_heavy_path_that_must_be_fed_stays_behind(changed):
    fig = figures.paths_that_must_be_fed(**changed)
    free, fed = ([line.get_ydata() for line in ax.lines] for ax in fig.axes)
    assert free[1][-1] > free[0][-1] and (fed[1] <= fed[0]).all()
    assert "does not pull ahead in 40 years" in fig.description.finding


def test_small_crews_on_small_rations_let_the_heavy_path_pull_ahead():
    fig = figures.paths_that_must_be_fed(ration_kg=242, people_per_machine=5)
    light, heavy = (line.get_ydata() for line in fig.axes[1].lines)
    assert heavy[22] <= light[22] and heavy[23] > light[23]
    assert "in year 23" in fig.description.finding


# -- Moscow --------------------------------------------------------------------------------------


def test_order_of_events_places_every_date():
    timeline = load("timeline")
    fig = figures.order_of_events(timeline)
    for marker, names in (("o", figures.LEAP), ("s", figures.MOSCOW)):
        places = np.sort(np.vstack(drawn(fig, marker))[:, 0])
        assert np.allclose(places, np.sort(decimal_year(list(names))))
        assert set(names) <= set(timeline["date"].astype(str))
    assert len(hollow(fig)) == 0
    for date in ("1957-10-15", evidence.RECALL):
        assert date in figures.MOSCOW and f"in {date[:4]}" in fig.description.finding
    assert "days" not in fig.description.finding  # which the lesson counts


def test_deliveries_in_new_rubles():
    rows = evidence.deliveries(load("soviet_trade_and_aid")).set_index(["recorder", "year"])
    assert rows["value"].round().to_dict() == {
        ("a Chinese archive", 1957): 556,
        ("a Chinese archive", 1959): 881,
        ("Cheng, from dollars", 1959): round(950 * 1890 / 2098),
        ("Cheng, from dollars", 1962): round(233 * 1890 / 2098),
        ("Mazur", 1959): 859,
        ("Mazur", 1962): 210,
    }


def test_soviet_deliveries_by_recorder():
    fig = figures.soviet_deliveries(load("soviet_trade_and_aid"))
    assert np.vstack(drawn(fig, "o")).tolist() == [[1957.5, 556], [1959.5, 881]]
    assert np.vstack(drawn(fig, "s")).tolist() == [[1959.5, 859.3], [1962.5, 210.1]]
    assert len(hollow(fig)) == 0
    told = fig.description.finding
    assert "by 58 per cent in a Chinese archive" in told and "76 per cent" in told


# -- explorers -----------------------------------------------------------------------------------


def test_two_sector_readouts():
    explorer = explore_two_sector()
    slow, fast, even, both = (row["reading"] for row in explorer.table())
    assert "year 23, 8 years after" in slow and "1.32 of cloth and the light one 1.80" in slow
    assert (
        "year 15, as the fifteen years end" in fast
        and "2.13 of cloth and the light one 2.02" in fast
    )
    assert "year 16, 1 year after" in even
    assert "year 10, 5 years before" in both
    better_looms = explorer.move(split=0.85, per_lathe=0.20, per_loom=0.40, horizon=15)
    assert "year 23" in better_looms and slow != better_looms


def test_levels_above_the_picture_are_named_and_capped():
    told = explore_two_sector().move(split=0.95, per_lathe=0.40, per_loom=0.40, horizon=40)
    assert "over 100 (above the picture)" in told and "18.2 (above the picture)" in told
    assert sliders._overtaking(np.nan).endswith("within a hundred years.")
    assert sliders._overtaking(14.0).endswith("year 14, 1 year before the fifteen end.")


def test_food_readouts():
    explorer = explore_food()
    readings = [row["reading"] for row in explorer.table()]
    assert "feed 99.6 million" in readings[0] and "take 31% of this harvest" in readings[0]
    assert "as many as the towns of 1957 held (99.5)" in readings[0]
    assert "31.1 fewer than the towns of 1960 held (130.7)" in readings[0]
    assert "take 42% of this harvest" in readings[1] and "59.9 fewer" in readings[1]
    assert "more than the towns of 1960" in explorer.move(
        output=220, rate=0.4, ration_kg=300, exports=0
    )


@pytest.mark.parametrize("share, edge", [(0.10, 60), (0.50, 160)])
def test_the_dot_waits_at_the_edge(share, edge):
    explorer = explore_food()
    told = explorer.move(output=195, rate=share, ration_kg=500 if edge == 60 else 200, exports=2.2)
    ax = explorer._stage[0].axes[0]
    dot = next(line for line in ax.lines if line.get_marker() == "o")
    assert dot.get_xdata()[0] == edge and "waits at the edge" in told
    low, high = ax.get_ylim()
    assert all(
        low <= y <= high
        for line in ax.lines
        if len(line.get_xdata()) == 2 and not line.get_linestyle() == ":"
        for y in line.get_ydata()
    )


@pytest.mark.parametrize("make", [explore_two_sector, explore_food])
def test_live_and_static_draw_the_same(make):
    explorer = make()
    static = explorer.figure()
    for ax, values in zip(static.axes, explorer.presets.values(), strict=False):
        explorer.move(**values)
        live = explorer._stage[0].axes[0]
        assert (ax.get_xlim(), ax.get_ylim()) == (live.get_xlim(), live.get_ylim())
        for here, there in zip(ax.lines, live.lines, strict=True):
            assert np.allclose(
                np.asarray(here.get_xydata(), float),
                np.asarray(there.get_xydata(), float),
                equal_nan=True,
            )


@pytest.mark.parametrize("make", [explore_two_sector, explore_food])
def test_no_setting_within_bounds_breaks_the_model(make):
    explorer = make()
    for ends in np.ndindex(*(2,) * len(explorer.controls)):
        values = {
            control.name: (control.low, control.high)[end]
            for control, end in zip(explorer.controls, ends, strict=True)
        }
        assert "nan" not in explorer.move(**values) and explorer.picture()


def test_the_explored_curves_are_the_model():
    explorer = explore_two_sector()
    explorer.move(split=0.6, per_lathe=0.3, per_loom=0.25, horizon=10)
    path = planning.two_sector_path([0.6, 0.2], 40, 0.3, 0.25).cloth
    curves = [
        line.get_ydata() for line in explorer._stage[0].axes[0].lines if len(line.get_ydata()) == 41
    ]
    assert np.allclose(curves, path)


# -- exercises -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "truth"),
    [
        ("11.1", (185 / 646.5) / (73.3 / 150)),
        ("11.2", 50),
        ("11.3", 67.9 / 111.2 * 100),
        ("12.1", 145),
        ("12.2", "per_loom"),
        ("12.3", 29),
        ("12.4", ((35 / 5.2) ** (1 / 15) - 1) / 0.2),
        ("13.1", 100 * 45.97 / 143.5),
        ("13.2", 0.44 * 130.73 - 0.236 * 143.5),
        ("13.3", 35),
        ("14.1", 366),
        ("14.2", 1406 * (2098 / 1890) / 300),
        ("14.3", 100 * (537.8 - 24.6) / (859.3 - 210.1)),
        ("14.4", 1890 * 4.44 / 5400),
    ],
)
def test_exercises_expect_what_hand_calculation_gives(number, truth):
    exercise = exercises(int(number.split(".")[0]))[number]
    assert judge(exercise, truth) == ""
    if exercise.kind is float:
        assert exercise.expected() == pytest.approx(truth, rel=0.002)
        assert judge(exercise, 1.7 * truth) != ""
    else:
        wrong = next(word for word in exercise.choices if word != truth)
        assert judge(exercise, wrong) in [slip.says for slip in exercise.slips]
