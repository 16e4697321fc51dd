"""Lesson 57: tolls on one set of years, what is drawn of them, and what census totals leave open."""

import re

import numpy as np
import pytest

from glf_utils import load
from glf_utils.death_toll.choices import (
    CENSUSES,
    FAMINE,
    YEARS,
    build,
    deaths_placed,
    rate_series,
    un_censuses,
)
from glf_utils.death_toll.currency_figures import NAMES, died_and_normal, where_fewer_died
from glf_utils.death_toll.currency_sliders import SHARED, SHOWN, explore_halves
from glf_utils.death_toll.published import BOUND, in_one_currency, on_one_window
from glf_utils.death_toll.registers import follow_rates

RESULTS = load("published_results")
FAMILIES = "rests_on"


@pytest.fixture(scope="module")
def same():
    return on_one_window(RESULTS)


# -- one set of years ----------------------------------------------------------------------------


def test_an_account_in_its_own_years_is_the_same_as_before():
    own = in_one_currency(RESULTS)
    inside = own.index[own["window"] == "1958–61"]
    asked = in_one_currency(RESULTS, FAMINE)
    parts = ["toll", "died", "normal", "people"]
    np.testing.assert_allclose(asked.loc[inside, parts], own.loc[inside, parts])
    assert asked.loc[sorted(BOUND - set(inside)), "died"].isna().all()


def test_whoever_reads_one_register_has_its_deaths(same):
    registered = same[same[FAMILIES] == "the register"]
    assert len(registered) == 5 and np.ptp(registered["died"]) < 0.1
    deaths, people = rate_series()["register"].death_rates, rate_series()["register"].population
    inside = (YEARS >= 1958) & (YEARS <= 1961)
    died = (deaths * people)[inside].sum() / 1000
    assert registered["died"].to_numpy() == pytest.approx(died, abs=0.1)


def test_coale_s_line_in_other_years_is_still_his():
    """Normal deaths of 1958-61 on the line from 10.4 in 1957 to 9.4 in 1964."""
    coale = in_one_currency(RESULTS, FAMINE).loc["coale_adjusted"]
    assert coale["normal"] == pytest.approx(sum(10.4 - n / 7 for n in (1, 2, 3, 4)))
    rates = np.array([20.4, 23.3, 38.8, 20.5])
    assert coale["died"] == pytest.approx(rates @ [653.235, 666.005, 667.07, 660.33] / 1000)


def test_failures_and_unchecked_rows_are_on_no_common_years(same):
    rows = RESULTS.set_index("result_id").loc[same.index]
    assert (rows["reproducible"] != "no").all() and (rows["verification"] != "unchecked").all()
    assert set(same.index) == set(NAMES)


def test_the_sentence_is_false_of_all_and_of_reconstructions_and_true_beyond_thirty(same):
    """Authors differ less on who died than on who would have: where it holds."""
    spread = same.groupby(FAMILIES)[["died", "normal"]].agg(np.ptp)
    assert np.ptp(same["died"]) > np.ptp(same["normal"]) + 9
    assert spread.loc["a reconstruction", "died"] > 2 * spread.loc["a reconstruction", "normal"]
    assert spread.loc["the register", "died"] < 0.1 < spread.loc["the register", "normal"]
    hers = same.loc["banister_falling"]
    for high in ("chang_halliday", "dikotter_critic"):
        assert abs(same.loc[high, "died"] - hers["died"]) < 7
        assert same.loc[high, "normal"] < hers["normal"] - 14


# -- census totals -------------------------------------------------------------------------------


@pytest.mark.parametrize("censuses", [CENSUSES, un_censuses()])
def test_placed_deaths_close_with_the_totals(censuses):
    hers, found = rate_series()["Banister"], deaths_placed(censuses)
    famine = (YEARS >= 1958) & (YEARS <= 1961)
    for moved, factor in zip((famine, YEARS > 0, ~famine), found["factor"], strict=True):
        rates = np.where(moved, factor, 1) * hers.death_rates
        people = follow_rates(YEARS, hers.birth_rates, rates, 1953, censuses[1953])
        assert people[list(YEARS).index(1964)] == pytest.approx(censuses[1964])


def test_with_the_counts_her_toll_hardly_moves_and_with_the_un_s_it_may_go_either_way():
    counted, theirs = deaths_placed(CENSUSES)["toll"], deaths_placed(un_censuses())["toll"]
    hers = build("Banister", 1, 1, "line64", "1958–61")["toll"].total
    assert counted.to_numpy() == pytest.approx(hers, abs=0.4)
    assert theirs.round(1).tolist() == [14.5, 27.1, 37.7]
    assert (deaths_placed(un_censuses())["all_years"] < 140).all()


# -- figures -------------------------------------------------------------------------------------


def test_a_mark_stands_at_the_two_rates_of_its_account(same):
    ax = died_and_normal(same).axes[0]
    marks = {
        point
        for line in ax.lines
        if line.get_linestyle() == "None"
        for point in zip(line.get_xdata(), line.get_ydata(), strict=True)
    }
    assert marks == set(zip(same["normal_rate"], same["rate"], strict=True))


def test_lines_of_equal_toll_hold_for_the_register_s_people(same):
    ax = died_and_normal(same).axes[0]
    lived = same.loc["banister_registered", "people"] * 4 / 1000
    above = [
        line.get_ydata()[0] - line.get_xdata()[0]
        for line in ax.lines
        if line.get_linestyle() == "-"
    ]
    assert np.multiply(above, lived) == pytest.approx([0, 15, 30, 45])


def test_bars_run_from_normal_deaths_to_all_and_carry_the_toll():
    fig = where_fewer_died()
    ax = fig.axes[0]
    bars = [line.get_xdata() for line in ax.lines if len(line.get_xdata()) == 2]
    placed = deaths_placed(un_censuses())
    np.testing.assert_allclose(bars[1:4], placed[["normal", "died"]])
    tolls = [
        build(name, 1, 1, "line64", "1958–61")["toll"].total for name in ("Banister", "UN 2024")
    ]
    assert [np.ptp(bars[0]), np.ptp(bars[4])] == pytest.approx(tolls)
    assert [text.get_text() for text in ax.texts] == ["30", "14", "27", "38", "16"]
    assert "14, 27 or 38 million" in fig.description.finding


# -- the explorer --------------------------------------------------------------------------------


def test_one_normal_leaves_the_spread_of_the_deaths_wherever_it_is_set(same):
    explorer = explore_halves()
    rows = same.loc[SHOWN]
    for rate in (8, 12.5, 16):
        said = explorer.move(shared="normal", rate=rate)
        tolls = rows["died"] - rate * rows["people"] * 4 / 1000
        assert f"from {tolls.min():.1f} million" in said and f"to {tolls.max():.1f} (" in said
        assert abs(np.ptp(tolls) - np.ptp(rows["died"])) < 1


def test_one_count_of_the_dead_leaves_less(same):
    rows, said = same.loc[SHOWN], explore_halves().move(shared="died")
    hers = same.loc["banister_falling", "rate"] * rows["people"] * 4 / 1000
    tolls = hers - rows["normal"]
    assert f"from {tolls.min():.1f} million (UN 2024)" in said
    assert f"{np.ptp(tolls):.1f} million apart" in said and np.ptp(tolls) < np.ptp(rows["died"])


@pytest.mark.parametrize("shared", ["own", "normal", "died"])
def test_the_ends_that_are_said_lie_as_far_apart_as_is_said(shared):
    explorer = explore_halves()
    said = explorer.move(shared=shared, rate=16).partition(": from ")[2]
    low, high, apart = re.findall(r"\d+\.\d", said)
    assert float(high) - float(low) == pytest.approx(float(apart))
    assert explorer._stage[0].axes[0].texts[-1].get_text().startswith(f"{low} to {high}: {apart}")


def test_accounts_that_the_panel_leaves_out_have_the_halves_of_one_it_shows(same):
    shown = same.loc[SHOWN, ["died", "normal"]]
    for name in same.index.difference(SHOWN):
        assert (shown - same.loc[name, ["died", "normal"]]).abs().max(axis=1).min() < 2
    assert f"{len(SHOWN)} of {len(same)} accounts" in explore_halves().about["units"]


def test_a_legend_says_how_many_marks_are_seen(same):
    told = [text.get_text() for text in died_and_normal(same).axes[0].texts]
    assert {"the register (5)", "provincial registers (3, 2 marks)"} <= set(told)


def test_each_account_s_own_mark_stays():
    explorer = explore_halves()
    assert set(SHARED.values()) == {"own", "normal", "died"}
    before = explorer.move(shared="own", rate=9)
    assert explorer.move(rate=15) == before
    moved = explorer._stage[2][1]
    own = [
        line.get_xdata()[0]
        for line in explorer._stage[0].axes[0].lines
        if len(line.get_xdata()) == 1
    ]
    assert list(moved.get_xdata()) == pytest.approx(own)
    explorer.move(shared="normal")
    assert list(moved.get_xdata()) != pytest.approx(own)
