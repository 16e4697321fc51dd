"""Lessons 41 and 42: what is drawn equals tables and model; the slider and the exercises hold."""

import numpy as np
import pytest
from lessons import EXERCISES
from samples import marks

from glf_utils import load
from glf_utils.answers.checker import judge
from glf_utils.procurement_and_hunger import bowl_figures, evidence, figures
from glf_utils.procurement_and_hunger.exercises import AS_IT_WAS, READINGS
from glf_utils.procurement_and_hunger.model import food_balance, retained_per_head
from glf_utils.procurement_and_hunger.sliders import explore_threshold
from glf_utils.tables import series


@pytest.fixture(scope="module")
def grain():
    return load("grain_national")


@pytest.fixture(scope="module")
def balance():
    return load("food_balance")


@pytest.fixture(scope="module")
def statements():
    return load("targets_and_claims")


# -- the take and what is left -------------------------------------------------------------------


def test_bars_split_the_harvest_of_lin_and_yang(grain):
    bars, line = figures.plot_taken_and_left(grain).axes
    left, taken = np.array([bar.get_height() for bar in bars.patches]).reshape(2, 6)
    assert left + taken == pytest.approx([195.05, 200, 170, 143.5, 147.5, 160])
    assert taken == pytest.approx([45.97, 51.83, 64.115, 46.535, 36.55, 32.42])
    assert [bar.get_y() for bar in bars.patches[6:]] == pytest.approx(left)
    shares = [text.get_text() for text in bars.texts if text.get_text().endswith("%")]
    assert shares == ["24 %", "26 %", "38 %", "32 %", "25 %", "20 %"]
    kept = dict(zip(range(1957, 1963), [273, 268, 193, 182, 209, 229], strict=True))
    assert marks(line) == set(kept.items())


def test_what_is_left_a_villager_follows_from_the_same_table(grain, balance):
    """Lin and Yang's kilograms are their own remainder over the villagers of our balance."""
    left = (
        series(grain, "output_official_old")["value"].to_numpy()
        - series(grain, "procurement_linyang")["value"].to_numpy()
    )
    kept = series(grain, "retained_per_rural_head_linyang")["value"].to_numpy()
    assert 1000 * left / balance["rural_population_million"].to_numpy() == pytest.approx(
        kept, rel=0.005
    )


def test_the_central_finding_rests_on_checked_rows_and_is_computed(grain):
    told = figures.plot_taken_and_left(grain).description
    assert set(told.grades) <= {"primary", "secondary"} and sum(told.grades.values()) == 18
    assert "fell by 15 per cent and the take rose by 24: before resale 193" in told.finding
    changed = grain.copy()
    changed.loc[
        (changed["series"] == "procurement_linyang") & (changed["year"] == 1959), "value"
    ] = 103.66
    assert "the take rose by 100" in figures.plot_taken_and_left(changed).description.finding


def test_shares_are_those_printed(grain):
    shares = evidence.shares_taken(grain)
    printed = series(grain, "procurement_share_linyang").set_index("year")["value"]
    assert shares.loc["Lin and Yang"].drop("read").to_dict() == printed.to_dict()
    assert shares.loc["yearbook, gross", [1958, 1959, 1960]].tolist() == [29.4, 39.7, 35.6]


def test_what_nobody_has_read_is_counted(grain):
    assert evidence.shares_taken(grain)["read"].tolist() == ["6 of 6", "2 of 6", "0 of 6"]
    grain = grain.copy()
    grain.loc[grain["series"] == "procurement_linyang", "verification"] = "unchecked"
    assert evidence.shares_taken(grain)["read"].tolist() == ["0 of 6", "2 of 6", "0 of 6"]


def test_a_missing_year_is_named(grain):
    with pytest.raises(ValueError, match="procurement_linyang has 5 rows for the years 1957"):
        series(grain[grain["year"] != 1959], "procurement_linyang")


# -- coefficients --------------------------------------------------------------------------------


def test_coefficients_move_the_level_and_not_the_fall(balance):
    effects = evidence.coefficient_effects(balance, load("food_coefficients"))
    assert effects.index.tolist() == ["kcal_per_kg", "seed", "feed", "waste"]
    worst = food_balance(143.5, 2.7204, 0.0663, 662.07, waste=0.10)
    assert effects.loc["waste", "kcal 1960"] == f"1,349 to {worst:,.0f}"
    falls = [float(end) for cell in effects["fall, %"] for end in cell.split(" to ")]
    assert 28.8 < min(falls) <= max(falls) < 29.1
    levels = [
        float(end.replace(",", "")) for cell in effects["kcal 1960"] for end in cell.split(" to ")
    ]
    assert max(levels) - min(levels) > 180
    assert effects.loc["kcal_per_kg", "grade"] == "derived"


def test_a_wider_range_widens_the_answer(balance):
    coefficients = load("food_coefficients")
    coefficients.loc[coefficients["item"] == "energy_of_raw_mixed_grain", "value_high"] = 5600
    effects = evidence.coefficient_effects(balance, coefficients)
    assert effects.loc["kcal_per_kg", "kcal 1960"].endswith(" to 2,665")


# -- the threshold -------------------------------------------------------------------------------


def test_at_the_threshold_what_is_left_is_the_need(balance, statements):
    table = evidence.thresholds_by_year(balance, statements, need=200, rate=0.2)
    for head in ("villager", "inhabitant"):
        borne = table[table[f"threshold_{head}"] >= 0]
        kept = retained_per_head(borne[f"per_{head}"], 0.2, borne[f"threshold_{head}"])
        assert len(borne) >= 5 and kept == pytest.approx(200)


def test_the_real_years(balance, statements):
    table = evidence.thresholds_by_year(balance, statements)
    assert table["per_inhabitant"][1959] == pytest.approx(253, abs=0.5)
    assert table["threshold_inhabitant"][1959] == pytest.approx(0.52, abs=0.005)
    assert table["threshold_villager"][1959] == pytest.approx(1.16, abs=0.005)
    assert table["threshold_villager"][1960] < 1 < table["threshold_villager"][1959]
    assert table["believed"].dropna().tolist() == pytest.approx([263 / 200, 275 / 170, 225 / 143.5])


def test_thresholds_and_beliefs_are_drawn_as_computed(balance, statements):
    fig = figures.plot_thresholds(balance, statements)
    table = evidence.thresholds_by_year(balance, statements)
    wanted = {
        (year, round(value, 6))
        for name in ("threshold_villager", "threshold_inhabitant", "believed")
        for year, value in table[name].dropna().items()
    }
    assert marks(fig.axes[0]) == wanted
    assert "220 kg and 25 per cent taken" in fig.description.units
    assert "unchecked" not in fig.description.grades
    said = [text.get_text() for text in fig.axes[0].texts]
    assert "at most" in said and "believed at most 1.57" in fig.description.alt
    words = statements.query("commodity == 'grain' and date == '1960-09-07'")
    assert words["original_expression"].item().startswith("may not reach")


def test_the_finding_names_the_years_that_cross_by_either_count(balance, statements):
    for need, by_villagers, by_all in (
        (180, "1960", "1959 and 1960"),
        (140, "no year", "1960"),
        (220, "1959 and 1960", "1958, 1959 and 1960"),
    ):
        finding = figures.plot_thresholds(balance, statements, need=need).description.finding
        villagers, _, everybody = finding.partition(f", at {need} kg an inhabitant in ")
        assert villagers == (
            f"At a need of {need} kg a villager belief passed what the harvest could bear in {by_villagers}"
        )
        assert everybody == by_all


def test_a_lost_statement_is_named(balance, statements):
    with pytest.raises(ValueError, match="0 claims on the grain of 1959 dated 1959-11-02"):
        evidence.thresholds_by_year(balance, statements[statements["date"] != "1959-11-02"])


def test_titles_stay_inside_the_picture(grain, balance, statements):
    for fig in (
        figures.plot_taken_and_left(grain),
        bowl_figures.plot_balance(balance),
        bowl_figures.plot_bins(balance, statements),
        bowl_figures.plot_communes(load("provincial_grain"), AS_IT_WAS),
        figures.plot_thresholds(balance, statements),
        explore_threshold().figure(),
    ):
        fig.canvas.draw()
        width = fig.get_window_extent().width
        boxes = [text.get_window_extent() for ax in fig.axes for text in ax.texts]
        boxes += [text.get_window_extent() for text in fig.texts]
        assert max(box.x1 for box in boxes) <= width


# -- what a harvest is divided into ---------------------------------------------------------------


def test_bars_divide_what_there_was_a_head(balance):
    fig = bowl_figures.plot_balance(balance)
    eaten, other = np.array([bar.get_height() for bar in fig.axes[0].patches]).reshape(2, -1)
    people = balance["population_yearend_million"]
    there = balance["output_million_t"] + balance["imports_million_t"]
    there -= balance["exports_million_t"]
    assert eaten + other == pytest.approx(1000 * there / people)
    kcal = food_balance(
        balance["output_million_t"],
        balance["exports_million_t"],
        balance["imports_million_t"],
        people,
    )
    assert eaten * 2800 / 365 == pytest.approx(kcal)
    said = [text.get_text() for text in fig.axes[0].texts]
    assert {"244 kg", "1,875", "174 kg", "1,333"} <= set(said)
    assert "fell by 29 per cent from 1957 to 1960" in fig.description.finding


def test_the_fall_in_the_title_is_worked(balance):
    halved = balance.copy()
    halved.loc[halved["year"] == 1960, "population_yearend_million"] *= 2
    assert "fell by 64 per cent" in bowl_figures.plot_balance(halved).description.finding


def test_bins_hold_one_harvest_and_leave_what_the_report_leaves(balance, statements):
    fig = bowl_figures.plot_bins(balance, statements)
    left, taken = np.array([bar.get_height() for bar in fig.axes[0].patches]).reshape(2, 3)
    harvest = 170e9 / 548.4e6
    assert left + taken == pytest.approx([harvest] * 3)
    assert left == pytest.approx([0.75 * harvest, 220, harvest * (1 - 0.25 * 275 / 170)])
    assert "leaves 35 kg less than the 220 needed" in fig.description.finding
    assert "unchecked" not in fig.description.grades
    kept = bowl_figures.plot_bins(balance, statements, need=150).description.finding
    assert "leaves 35 kg more than the 150 needed" in kept


def test_two_orders_take_as_much_and_not_from_the_same(balance):
    fig = bowl_figures.plot_communes(load("provincial_grain"), AS_IT_WAS)
    (honest, false), told = fig.axes, fig.description
    grown, share = np.concatenate([line.get_xydata() for line in honest.lines]).T
    assert len(grown) == 700 and share == pytest.approx(25, abs=0.01)
    assert "1,912 thousand tonnes taken, 25 to 25" in told.alt
    assert "1,913 thousand tonnes taken, 16 to 53" in told.alt
    assert "up to 53 per cent" in told.finding
    grown, share = np.concatenate([line.get_xydata() for line in false.lines]).T
    assert np.corrcoef(grown, share)[0, 1] < -0.5
    for ax in fig.axes:
        hungry, fed = (line.get_xydata() for line in ax.lines)
        left = [x * (1 - y / 100) for x, y in (hungry.T, fed.T)]
        assert left[0].max() < 220 <= left[1].min()


# -- the slider ----------------------------------------------------------------------------------


def test_readouts_are_right_at_known_settings():
    explorer = explore_threshold()
    said = explorer.move(harvest=300, need=220, rate=0.25, report=1.8)
    assert "165 kg are left, 55 short of the need of 220" in said
    assert "λ* = 1.07. Reports up to 1.07 times" in said
    assert "λ* = 0.52. Even an honest report leaves too little" in explorer.move(harvest=253)
    assert "too small even if nothing is taken" in explorer.move(harvest=200)
    on_the_line = {"harvest": 310, "rate": 0.25, "report": 1}
    assert "232 kg are left, just above the need of 232" in explorer.move(need=232, **on_the_line)
    assert "just short of the need of 233" in explorer.move(need=233, **on_the_line)
    assert "(off the picture)" in explorer.move(harvest=450, need=100, rate=0.05, report=0)


def test_static_panels_and_live_moves_give_the_same_numbers():
    explorer = explore_threshold()
    fig = explorer.figure()
    rows = explorer.table()
    assert [row["setting"] for row in rows] == [
        "1957, honest",
        "1959, honest",
        "1959, as believed",
        "1960, honest",
    ]
    for ax, (row, values) in zip(
        fig.axes, zip(rows, explorer.presets.values(), strict=True), strict=True
    ):
        assert f"{row['setting']}: {row['reading']}" in fig.description.alt
        line, kept = ax.lines[1], retained_per_head(values["harvest"], 0.25, values["report"])
        assert np.interp(values["report"], *line.get_data()) == pytest.approx(kept)
        assert ax.lines[4].get_xydata().tolist() == [[values["report"], pytest.approx(kept)]]
        assert f"{kept:.0f} kg are left" in row["reading"]


def test_no_setting_breaks_the_slider():
    explorer = explore_threshold()
    for harvest in (150, 450):
        for need in (100, 320):
            for rate in (0.05, 0.5):
                for report in (0, 2.5):
                    said = explorer.move(harvest=harvest, need=need, rate=rate, report=report)
                    assert "inf" not in said and "nan" not in said
    bounds = {control.name: (control.low, control.high) for control in explorer.controls}
    assert bounds == {
        "harvest": (150, 450),
        "need": (100, 320),
        "rate": (0.05, 0.5),
        "report": (0, 2.5),
    }


# -- the exercises -------------------------------------------------------------------------------

RIGHT = {
    "41.1": 150 * 2800 / 365,
    "41.2": 100 * (1 - (0.76 * 143.5 - 2.65) / 662.1 / ((0.82 * 195.05 - 1.92) / 646.5)),
    "41.3": 100 * (1 - (0.82 * 143.5 + 3.95) / 662.1 / ((0.82 * 195.05 + 1.13) / 646.5)),
    "41.4": 17.5,
    "42.1": 1 - 220 / (143.5e9 / 531.3e6),
    "42.2": 45.97 / 195.05 * 275,
    "42.3": 0.25 * 170 / 275,
    "42.4": 918.0,
    "44.1": "harvest",
    "44.2": 100 * (0.75 / 0.82 - 1),
    "44.3": "milled, both years",
    "44.4": 60.0,
    "44.5": 180 + 30 - 120.0,
}
WRONG = {
    "41.1": [
        (150 * 3400 / 365, "counts the ration as milled grain"),
        (150 * 0.82 * 2800 / 365, "a ration is what is left to eat"),
    ],
    "41.2": [(28.9, "the same waste in both years"), (0.342, "100 times too small")],
    "41.3": [(28.9, "leaves the stocks out"), (31.65, "the change is negative")],
    "41.4": [(30, "the gross share"), (12.5, "the share that came back")],
    "42.2": [
        (45.97 / 195.05 * 170, "of the harvest that *grew*"),
        (100 * 64.8, "100 times too large"),
        ("64.8", "this is a str"),
    ],
    "42.1": [
        (1 - 220 / (143.5e9 / 662.07e6), "among all inhabitants"),
        (18.55, "100 times too large"),
        (-0.1855, "the sign is not"),
    ],
    "42.3": [
        (0.25 * 275 / 170, "a higher rate than before"),
        (0.20, "a fifth from the cell above"),
        (15.45, "100 times too large"),
    ],
    "42.4": [(485, "still lacking"), (845, "the pressure alone"), (475, "the lower rate")],
    "44.1": [("deaths", "not of people"), ("weather", "only one")],
    "44.2": [(-7, "a product, so divide"), (8.54, "with a minus"), (-10.2, "all three years")],
    "44.3": [("unhusked, both years", "some 13 million"), ("milled", "not among the choices")],
    "44.4": [(15 / 4, "the exports are the quarter"), (85, "says no such thing")],
    "44.5": [(60, "richer district alone"), (120, "would still get"), (97.5, "failed to grow")],
}


@pytest.mark.parametrize(
    "exercise", [EXERCISES[name] for name in RIGHT], ids=lambda exercise: exercise.id
)
def test_exercises_take_the_right_answer_and_name_what_is_wrong(exercise):
    assert judge(exercise, RIGHT[exercise.id]) == ""
    for answer, complaint in WRONG[exercise.id]:
        assert complaint in judge(exercise, answer)
    truth = exercise.expected()
    answers = [truth] if isinstance(truth, str) else [f"{truth:.1f}", f"{truth:.2f}"]
    assert not any(text in hint for hint in exercise.hints for text in answers)


def test_only_one_reading_of_the_course_page_comes_near():
    net = 4.1555 + 2.6541
    fed = {
        way: net * 1e9 * kcal / (2000 * 365 * years) / 1e6
        for way, (kcal, years) in READINGS.items()
    }
    assert [way for way, people in fed.items() if abs(people - 16) < 1] == ["milled, both years"]
    assert (round(min(fed.values())), round(max(fed.values()))) == (13, 32)
