"""Lessons 31 to 33: figures draw what the tables say, the slider what the model says."""

import numpy as np
import pytest

from glf_utils import load
from glf_utils.answers.checker import judge
from glf_utils.dates import dates
from glf_utils.statistics_inflation import exercises as lessons
from glf_utils.statistics_inflation import figures
from glf_utils.statistics_inflation.model import (
    OFFICIAL,
    best_exaggeration,
    best_of,
    pass_up,
    worth_of_report,
)
from glf_utils.statistics_inflation.sliders import (
    HUNGRY_FROM,
    exaggeration,
    explore_hierarchy,
)

FIELDS, STATEMENTS, ERRORS = (
    load(name) for name in ("field_claims", "targets_and_claims", "reporting_errors")
)
EXERCISES = {exercise.id: exercise for exercise in lessons.EXERCISES}


def marks(ax, marker, hollow=False):
    """(x, y) of every drawn point with this marker, filled or hollow, off the legend."""
    found = []
    for line in ax.lines:
        if line.get_marker() == marker and (line.get_markerfacecolor() == "white") == hollow:
            found += zip(line.get_xdata(), line.get_ydata(), strict=True)
    return found


# -- fields --------------------------------------------------------------------------------------


def test_field_claims_are_the_plots_of_the_table_without_repeats():
    ax = figures.plot_field_claims(FIELDS).axes[0]
    drawn = sorted(
        float(y)
        for marker in "so^"
        for hollow in (False, True)
        for _, y in marks(ax, marker, hollow)
    )
    plots = FIELDS.query("level == 'plot'")
    claimed = sorted(plots.dropna(subset="ratio_claim_to_plausible")["claimed_jin_per_mu"])
    assert drawn == claimed
    repeats = plots[plots["ratio_claim_to_plausible"].isna()]["claimed_jin_per_mu"]
    assert set(repeats) == {36900, 130435} and not set(repeats) & set(drawn)
    assert ax.get_yscale() == "log"
    assert (dates(["1958-09-18"])[0], 130434) in marks(ax, "^")
    assert not FIELDS["note"].str.contains("unchecked").any(), "a day unchecked is drawn as if read"


def test_the_title_of_the_field_claims_names_crop_and_measure():
    told = figures.plot_field_claims(FIELDS).description.finding
    assert told == (
        "Between June and September 1958 the highest claim rose from 2,105 jin of "
        "wheat to 130,434 jin of rice per mu"
    )
    half = FIELDS.assign(claimed_jin_per_mu=FIELDS["claimed_jin_per_mu"] // 2)
    told = figures.plot_field_claims(half).description.finding
    assert "1,052 jin of wheat to 65,217 jin of rice" in told


def test_plausible_bars_lie_below_the_claims():
    ax = figures.plot_field_claims(FIELDS).axes[0]
    assert {float(y) for _, y in marks(ax, "_")} == {114, 327, 359}


# -- nation --------------------------------------------------------------------------------------


def test_beliefs_draw_the_dated_rows_and_leave_unchecked_ones_hollow():
    fig = figures.plot_beliefs(STATEMENTS)
    ax = fig.axes[0]
    assert list(dict.fromkeys(float(x) for x, _ in marks(ax, "o"))) == [200, 170, 143.5]
    assert list(dict.fromkeys(float(x) for x, _ in marks(ax, "^"))) == [263, 275, 225, 140]
    assert sorted({float(x) for x, _ in marks(ax, "s")}) == [250, 300, 350]
    assert sorted({float(x) for x, _ in marks(ax, "s", hollow=True)}) == [270, 375]
    assert fig.description.grades["unchecked"] == 2


def test_finding_of_the_beliefs_rests_on_checked_rows_only():
    told = figures.plot_beliefs(STATEMENTS).description.finding
    assert told == "Leaders counted on 1.3 times the harvest of 1958 and 1.6 times that of 1959"
    assert [round(a / b, 1) for a, b in ((263, 200), (275, 170), (225, 143.5))] == [1.3, 1.6, 1.6]
    other = STATEMENTS.assign(
        value_high=STATEMENTS["value_high"].where(STATEMENTS["verification"] != "unchecked", 999)
    )
    assert figures.plot_beliefs(other).description.finding == told


def test_a_missing_statement_is_named():
    short = STATEMENTS.query("source != 'cc_rations_1960'")
    with pytest.raises(ValueError, match=r"0 rows on the grain of 1960 dated '1960-09-07'"):
        figures.plot_beliefs(short)


# -- plans ---------------------------------------------------------------------------------------


def test_ladder_draws_the_dated_plans_and_no_unchecked_row():
    fig = figures.plot_ladder(STATEMENTS)
    days = dates(["1958-06", "1958-08", "1958-10", "1958-12", "1959-08-26"])
    drawn = marks(fig.axes[0], "^")
    assert drawn == list(zip(days, [300, 500, 1000, 525, 275], strict=True))
    assert [y for _, y in marks(fig.axes[0], "s")] == [400, 350, 425, 263, 250, 252.8]
    computed = STATEMENTS.query("verification == 'derived' and date == '1958-06'")
    assert "less" in computed["note"].iloc[0] and "235" not in fig.description.alt
    assert [y for _, y in marks(fig.axes[0], "o")] == [196, 219.85]
    assert "unchecked" not in fig.description.grades


def test_the_title_of_the_ladder_holds_only_while_plans_lead_claims():
    told = figures.plot_ladder(STATEMENTS).description.finding
    assert told == (
        "Every plan for 1959 reached above the claim for 1958, and every claim above the harvest"
    )
    claims = {"1958-08": 400, "1958-10": 350, "1958-12": 425, "1959-08-26": 250}
    plans = STATEMENTS.query("commodity == 'grain' and target_year == 1959 and kind == 'plan'")
    highest = plans.groupby("date")["value_high"].max()
    assert set(highest.index) - {"1958-06"} == set(claims)  # June's is a plan, less a rise
    assert all(highest[date] > claim > 200 for date, claim in claims.items())
    one = (STATEMENTS["date"] == "1958-12") & (STATEMENTS["value_high"] == 425)
    bolder = STATEMENTS.assign(value_high=STATEMENTS["value_high"].mask(one, 600.0))
    assert "Every plan" not in figures.plot_ladder(bolder).description.finding


def test_the_three_pairs_of_the_notebook_are_rows_of_the_table():
    rows = STATEMENTS.query("commodity == 'grain'")
    for date, plan, claim in (("1958-06", 300, 235), ("1958-08", 500, 400), ("1958-12", 525, 425)):
        then = rows[rows["date"] == date]
        assert plan in set(then.query("target_year == 1959 and kind == 'plan'")["value_high"])
        assert claim in set(then.query("target_year == 1958 and kind == 'claim'")["value_high"])
        assert plan / claim == pytest.approx(1.26, abs=0.025), "a quarter higher"


# -- levels --------------------------------------------------------------------------------------


def test_levels_draw_weight_plus_error():
    ax = figures.plot_levels(ERRORS).axes[0]
    estimates = dict((float(y), float(x)) for x, y in marks(ax, "s"))
    assert estimates == {0: 193, 1: 205, 2: 228, 3: 300}
    assert [(float(x), float(y)) for x, y in marks(ax, "o")] == [(189, 1), (207, 2)]
    words = [text.get_text() for text in ax.texts]
    rows = ERRORS.query("case == 'yongding_1960'").set_index("level")["ratio_high"]
    for level, ratio in rows.drop("weighing").items():
        assert any(f"×{ratio:.2f}" in word for word in words), level


# -- the slider ----------------------------------------------------------------------------------


def test_slider_and_static_panels_give_the_same_path():
    explorer = explore_hierarchy()
    fig = explorer.figure()
    for ax, (name, values) in zip(fig.axes, explorer.presets.items(), strict=True):
        assert ax.get_title(loc="left") == name
        readout = explorer.move(**values)
        live = explorer._stage[2][0].get_xdata()
        b = exaggeration(values["prize"], values["cost"], values["audit"])
        assert live == pytest.approx((1 + b) ** np.arange(values["levels"] + 1))
        static = [
            line
            for line in ax.lines
            if len(line.get_xdata()) == values["levels"] + 1
            and line.get_color() == explorer._stage[2][0].get_color()
        ]
        assert any(line.get_xdata() == pytest.approx(live) for line in static)
        assert f"{live[-1]:.2f} times" in readout
        added = float(readout.split("adds ")[1].split(" per cent")[0])
        assert (1 + added / 100) ** values["levels"] == pytest.approx(live[-1], rel=0.002), (
            "the product of the steps printed"
        )


def test_slider_readouts_at_known_settings():
    explorer = explore_hierarchy()
    said = explorer.move(prize=0, cost=1_000, audit=0, levels=5)
    assert said == (
        "Each level passes on what it hears; after 5 the report stands at 1.00 times the truth."
    )
    assert "hungry" in explorer.move(prize=40, cost=1_000, audit=0, levels=5)
    assert "hungry" not in explorer.move(prize=80, cost=1_000, audit=0, levels=5)
    taken = OFFICIAL["rate"] * (1 + HUNGRY_FROM) * OFFICIAL["yield_per_head"]
    assert OFFICIAL["yield_per_head"] - taken == pytest.approx(OFFICIAL["need"])


def test_halving_the_prize_and_weighing_every_second_harvest_meet():
    """The notebook says so."""
    assert exaggeration(40, 1_000, 0) == pytest.approx(exaggeration(80, 1_000, 0.5))


def test_the_penalty_decides_whether_weighing_beats_fewer_levels():
    """The answer to 33.5 says so; the cell of the lesson stands at the first case."""

    def arrives(levels, audit, penalty):
        return (1 + 300 * 80 * 0.01 / (1_000 + audit * penalty)) ** levels

    official = dict(prize=80, rivalry=0.01, yield_per_head=300, private_cost=1_000)
    for penalty, printed in ((4_000, 1.47), (1_000, 2.10), (0, 2.93)):
        b = best_exaggeration(**official, audit=0.5, penalty=penalty)
        assert pass_up(1, [b] * 5)[-1] == pytest.approx(arrives(5, 0.5, penalty))
        assert arrives(5, 0.5, penalty) == pytest.approx(printed, abs=0.005)
    assert arrives(3, 0, 4_000) == pytest.approx(1.91, abs=0.005)


def test_every_setting_stays_on_the_axis():
    explorer = explore_hierarchy()
    prize, cost, audit, levels = explorer.controls
    largest = dict(prize=prize.high, cost=cost.low, audit=audit.low, levels=levels.high)
    smallest = dict(prize=prize.low, cost=cost.high, audit=audit.high, levels=levels.high)
    for values in (largest, smallest):
        explorer.move(**values)
        path = explorer._stage[2][0]
        low, high = path.axes.get_xlim()
        assert low < path.get_xdata().min() and path.get_xdata().max() < high


def test_worth_is_drawn_with_its_kink_where_people_go_short():
    fig = figures.plot_worth(**OFFICIAL, private_cost=1_000)
    ax = fig.axes[0]
    tops = [marks(ax, look["marker"])[0] for look in figures.LINES[:3]]
    for (report, worth), (_, change) in zip(tops, figures.OFFICIALS, strict=True):
        said = OFFICIAL | dict(private_cost=1_000) | change
        assert report == pytest.approx(300 * (1 + best_exaggeration(**said)))
        assert worth == pytest.approx(worth_of_report(report / 300, **said))
    assert [round(report) for report, _ in tops] == [350, 320, 320]
    assert any("beyond 320 kg" in text.get_text() for text in ax.texts)
    assert "two remedies stop at one point" in fig.description.finding
    gentle = figures.plot_worth(**OFFICIAL | dict(hunger_weight=0), private_cost=1_000)
    assert "each remedy has a report of its own" in gentle.description.finding


def test_the_points_of_the_lesson_are_those_of_the_model():
    said = OFFICIAL | dict(prize=80, private_cost=1_000)
    assert worth_of_report(1.1, **said) == pytest.approx(24 - 5 - 2.5)
    assert worth_of_report(1.1, **said, audit=0.5) == pytest.approx(24 - 5 - 2.5 - 10)


# -- exercises -----------------------------------------------------------------------------------


def test_expected_answers_by_independent_arithmetic():
    assert EXERCISES["31.1"].expected() == pytest.approx(10 * 10_000 / 15 * 2)
    claims = FIELDS.query("level == 'plot'").dropna(subset="ratio_claim_to_plausible")
    above = (claims["claimed_jin_per_mu"] > EXERCISES["31.1"].expected()).sum()
    assert (above, len(claims)) == (6, 15) and "Six of the fifteen" in EXERCISES["31.1"].after
    assert EXERCISES["33.3"].expected() == pytest.approx(193 * 300**3 / 228**3)
    assert EXERCISES["31.2"].expected() == "stayed"
    assert (505.663 + 21.0) / 2 == pytest.approx(263, rel=0.002)
    assert EXERCISES["31.4"].expected() == 25 + 32 - 3 - 3
    assert EXERCISES["32.1"].expected() == pytest.approx(219.85**3 / 196**2)
    assert EXERCISES["32.3"].expected() == "lushan"
    assert 0.4 * EXERCISES["33.2"].expected() == pytest.approx(300 - 220)
    assert EXERCISES["32.2"].expected() == (claims["date"] < "1958-08-17").sum() == 9
    assert EXERCISES["32.4"].expected() == pytest.approx(100 * 75 / 200)
    assert EXERCISES["33.1"].expected() == pytest.approx(1 + 2 * (best_of(750_000, 0.15) - 1))
    half, weighed = 300 * 40 * 0.01 / 1_000, (300 * 80 * 0.01 - 300 * 0.25) / 1_500
    assert half > 320 / 300 - 1 and weighed > 320 / 300 - 1, "the one stops at the kink"
    assert EXERCISES["33.5"].expected() == "smaller prize"
    three, weighed = (1 + 300 * 80 * 0.01 / 1_000) ** 3, 1 + 300 * 80 * 0.01 / 3_000
    assert weighed**8 < three < weighed**9 and EXERCISES["33.4"].expected() == 8


@pytest.mark.parametrize(
    "number, answer, complaint",
    [
        ("31.2", "fell", "250 leaves soybeans out"),
        ("31.2", "down", "not among the choices"),
        ("31.2", 3, "this is an int"),
        ("32.2", 10, "Macheng twice"),
        ("32.4", 10, "from the printed 250"),
        ("33.1", 3.44, "doubles the whole"),
        ("33.4", 9, "the first to go beyond"),
        ("33.5", "weighing", "goes beyond 320"),
        ("33.4", ..., "not answered yet"),
        ("31.4", 77, "at all ages"),
        ("31.3", 0.0688, "1,000 times too small"),
        ("31.3", -68.8, "sign"),
        ("31.3", 58.27, "leaves soybeans out of the list"),
        ("34.1", 0.299, "100 times too small"),
        ("34.1", 25.0, "what is *believed*"),
        ("34.2", "leaders", "still above 1"),
        ("34.3", 15 / 26_000, "its square root"),
        ("31.1", 6_667, "in kilograms"),
        ("33.3", 409, "adds the county's jin"),
        ("32.1", 267.6, "adds the same tonnes"),
        ("32.3", "rightists", "a year before the satellites"),
        ("33.2", 320, "for a quarter"),
        ("34.4", 25, "a step too low"),
        ("34.4", 0.15, "That is a rate"),
    ],
)
def test_wrong_answers_get_the_right_complaint(number, answer, complaint):
    assert complaint in judge(EXERCISES[number], answer)


@pytest.mark.parametrize("number", EXERCISES)
def test_hints_are_three_and_keep_the_answer_back(number):
    exercise = EXERCISES[number]
    answer = exercise.expected()
    assert len(exercise.hints) == 3
    for hint in exercise.hints:
        assert (f"{answer:.1f}" if exercise.kind is float else f"{answer}") not in hint
