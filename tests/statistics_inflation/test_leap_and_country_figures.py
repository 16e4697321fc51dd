"""Lessons 31 and 34: provinces, the search, many runs, and the country's slider."""

import csv
from itertools import pairwise

import numpy as np
import pytest
from conftest import ROOT

from glf_utils import load
from glf_utils.country.chance import replicate
from glf_utils.country.search import RANGES, fitting_sets, leap_policies
from glf_utils.country.season import run
from glf_utils.country.tree import begin, draw_hierarchy, share_out
from glf_utils.statistics_inflation import country_figures as figures
from glf_utils.statistics_inflation import evidence
from glf_utils.statistics_inflation import exercises as lessons
from glf_utils.statistics_inflation.country_sliders import explore_nation
from glf_utils.statistics_inflation.leap import (
    HEAD,
    LEAP,
    lacking,
    national_policies,
    procured,
    seasons,
)
from glf_utils.statistics_inflation.model import pass_up

STATEMENTS, ERRORS, GRAIN = (
    load(name) for name in ("targets_and_claims", "reporting_errors", "grain_national")
)
LISTED, FINAL, PLACES = (
    load(name) for name in ("provincial_output_1958", "provincial_grain", "provinces")
)
CROP = np.full(16, 1e6)


@pytest.fixture(scope="module")
def fits():
    small = draw_hierarchy([16, 8, 4, 2, 1], seed=1958)
    bounds = evidence.record(STATEMENTS, ERRORS, GRAIN)
    return fitting_sets(small, CROP, CROP / HEAD, **bounds, tried=20_000)


def lines(ax, marker, hollow=False):
    return [
        line
        for line in ax.lines
        if line.get_marker() == marker
        and len(line.get_xdata())
        and (line.get_markerfacecolor() == "white") == hollow
    ]


# -- provinces -----------------------------------------------------------------------------------


def test_by_province_is_the_files_by_hand():
    """Read with csv alone: grain and soybeans of September 1959 over final output, in tonnes."""
    listed, final = {}, {}
    with open(ROOT / "data" / "provincial_output_1958.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if (
                row["stage"] == "lushan_restatement"
                and row["item"] in ("grain_without_soybeans", "soybeans")
                and row["province"]
            ):
                listed[row["province"]] = listed.get(row["province"], 0) + float(row["value"])
    with open(ROOT / "data" / "provincial_grain.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["series"] == "output" and row["year"] == "1958":
                final[row["province"]] = float(row["value"]) / 100
    final["hebei"] += final.pop("tianjin")
    table = evidence.by_province(LISTED, FINAL, PLACES)
    names = PLACES.set_index("province")["name_en"]
    assert len(listed) == len(table) == 27
    assert sum(listed.values()) == pytest.approx((505.65 + 21.0) / 2, abs=0.01)
    for key, value in listed.items():
        row = table.loc[names[key]]
        assert row["restated"] == pytest.approx(value)
        if key in final:
            assert row["final"] == pytest.approx(final[key])
            assert row["times_final"] == pytest.approx(value / final[key])
        else:
            assert np.isnan(row["times_final"])
    assert sum(listed[key] - final[key] for key in final) == pytest.approx(
        lessons.error_left(), abs=1e-6
    )


def test_provinces_draw_the_table_and_no_unchecked_claim():
    fig = figures.plot_provinces(LISTED, FINAL, PLACES)
    ax = fig.axes[0]
    table = evidence.by_province(LISTED, FINAL, PLACES).dropna(subset="final").iloc[::-1]
    (left,) = lines(ax, "s")
    assert list(left.get_xdata()) == list(table["times_final"])
    assert [text.get_text() for text in ax.get_yticklabels()] == list(table.index)
    (claims,) = lines(ax, "D")
    assert {table.index[y] for y in claims.get_ydata()} == {"Fujian"}
    assert max(claims.get_xdata()) < ax.get_xlim()[1]
    assert "unchecked" not in fig.description.grades


def test_a_final_figure_that_is_the_list_itself_is_no_finding():
    fig = figures.plot_provinces(LISTED, FINAL, PLACES)
    twice = [text for text in fig.axes[0].texts if text.get_text() == "one number, twice"]
    assert [text.xy[1] for text in twice] == [0], "Liaoning, the lowest row"
    assert "Liaoning" not in fig.description.finding and "Shanghai" in fig.description.finding


# -- the record as bounds, and the search --------------------------------------------------------


def test_record_is_what_was_stated_over_what_was_harvested():
    bounds = evidence.record(STATEMENTS, ERRORS, GRAIN)
    assert bounds["weather"] == pytest.approx(np.array([200, 170, 143.5, 147.5]) / 195.05)
    assert bounds["believed"].mean(axis=1)[:2] == pytest.approx([263 / 200, 275 / 170])
    assert bounds["believed"][2] == pytest.approx([1, 225 / 143.5])
    middle = bounds["told"][2, 1:4].mean(axis=1)
    assert middle == pytest.approx([1.06, 1.18, 1.55])
    assert not np.isfinite(bounds["told"][[0, 1, 3]]).any()


def test_a_statement_that_is_missing_is_named():
    with pytest.raises(ValueError, match="0 claims on the grain of 1959 dated 1959-11-02"):
        evidence.record(STATEMENTS.query("date != '1959-11-02'"), ERRORS, GRAIN)


def test_settings_that_fit_meet_the_record_when_run_again(fits):
    bounds = evidence.record(STATEMENTS, ERRORS, GRAIN)
    low, high = bounds["believed"].T
    assert 20 < len(fits.believed) < fits.tried / 50, "many, and few of those tried"
    assert ((fits.believed >= low) & (fits.believed <= high)).all()
    assert fits.parameters["climb"].min() == pytest.approx(1.37, abs=0.005), "a hint of 34.2"


def test_yongding_alone_asks_that_pressure_grow_with_rank():
    """Exercise 34.2 and its hints."""
    small = draw_hierarchy([16, 8, 4, 2, 1], seed=1958)

    def smallest(**changed):
        bounds = evidence.record(STATEMENTS, ERRORS, GRAIN) | changed
        return fitting_sets(small, CROP, CROP / HEAD, **bounds).parameters["climb"].min()

    anything = np.tile([-np.inf, np.inf], (4, 1))
    assert smallest(told=np.tile(anything[:, np.newaxis], (1, 5, 1))) == pytest.approx(1, abs=0.01)
    assert smallest(believed=anything) == pytest.approx(1.14, abs=0.005)


def test_the_size_of_the_tree_does_not_matter_where_all_fare_alike(fits):
    one = {name: values[0] for name, values in fits.parameters.items()}
    weather = evidence.record(STATEMENTS, ERRORS, GRAIN)["weather"]
    tree, crop = draw_hierarchy([900, 300, 50, 7, 1], seed=3), np.full(900, 1e6)
    opening, leap = leap_policies(one, 5, 4, 3)
    state = begin(tree, crop, crop / HEAD, opening)
    again = run(state, [crop * factor for factor in weather], leap)
    assert (again.belief / again.told[..., 0])[:, 0] == pytest.approx(fits.believed[0], rel=1e-6)


def test_fits_are_drawn_where_they_lie_in_their_ranges(fits):
    fig = figures.plot_fits(fits, RANGES)
    ax = fig.axes[0]
    assert set(figures.FIELD) == set(RANGES)
    words = [text.get_text() for text in ax.get_yticklabels()]
    strokes = lines(ax, "|")
    for word, line in zip(words, strokes, strict=True):
        name = next(key for key, told in figures.FIELD.items() if told == word)
        low, high = RANGES[name]
        assert low + line.get_xdata() * (high - low) == pytest.approx(fits.parameters[name])
    assert f"each of {len(fits.believed)} settings that fit, of 20,000" in fig.description.units
    assert not any(sign.isdigit() for sign in fig.description.finding), "a count is no finding"


# -- the country ---------------------------------------------------------------------------------


def test_leap_is_one_of_the_settings_that_fit():
    bounds = evidence.record(STATEMENTS, ERRORS, GRAIN)
    small = draw_hierarchy([16, 8, 4, 2, 1], seed=1958)
    exact = {name: (value, value) for name, value in LEAP.items()}
    found = fitting_sets(small, CROP, CROP / HEAD, **bounds, ranges=exact, tried=1)
    assert len(found.believed) == 1


def test_the_brigades_step_joins_that_of_the_communes():
    """Without rivals or hunger four levels tell the top what five do."""
    quiet = LEAP | {"rivalry": 0.0, "hunger": 0.0}
    opening, leap = leap_policies(quiet, 5, 3, 9)
    deep, flat = (draw_hierarchy(n, seed=1) for n in ([60, 20, 6, 2, 1], [20, 6, 2, 1]))
    told = []
    for tree, policies in ((deep, [opening, *leap]), (flat, national_policies(quiet, 3, 9))):
        crop = np.full(tree.counts[0], 60 / tree.counts[0])
        state = begin(tree, crop, crop, policies[0])
        if tree is flat:
            run(state, [crop], policies[:1])
        told.append(run(state, [crop] * 3, policies[1:]).told[:, 0, -1])
    assert told[0] == pytest.approx(told[1], rel=1e-9)


def test_runs_draw_means_bands_and_the_record():
    tree = draw_hierarchy([260, 60, 27, 1], seed=1958)
    harvest = share_out(195.05e6, 260, spread=0.5, seed=1958)
    output = GRAIN.query("series == 'output_official_old' and 1957 <= year <= 1964")["value"]
    runs = replicate(tree, harvest, harvest / HEAD, output / 195.05, national_policies(LEAP), 5)
    people = float((harvest / HEAD).sum())
    top, low = figures.plot_runs(runs, people, STATEMENTS, GRAIN).axes
    belief = runs.belief / runs.told[..., 0]
    (mean,), (record,) = lines(top, "s"), lines(top, "D")
    assert mean.get_ydata() == pytest.approx(belief.mean(axis=1))
    assert record.get_ydata() == pytest.approx([263 / 200, 275 / 170, 225 / 143.5])
    (left,), (kept,) = lines(low, "o"), lines(low, "D")
    assert left.get_ydata() == pytest.approx(1000 * runs.left.mean(axis=1) / people)
    table = GRAIN.query("series == 'retained_per_rural_head_linyang' and 1957 <= year <= 1964")
    assert list(kept.get_ydata()) == list(table["value"])
    words = {text.get_text() for text in top.texts}
    lift, widest = belief.mean(axis=1).max() - 1, np.ptp(belief, axis=1).max()
    assert {f"pressure\n{lift:.2f}", f"chance\n{widest:.2f}"} <= words, "as the title has them"
    bands = [
        np.concatenate([path.vertices for path in ax.collections[0].get_paths()])[:, 1]
        for ax in (top, low)
    ]
    assert (bands[0].min(), bands[0].max()) == pytest.approx((belief.min(), belief.max()))


def test_grain_of_the_slider_is_kept_and_the_harvests_are_those_recorded():
    now = seasons()
    output = GRAIN.query("series == 'output_official_old' and 1957 <= year <= 1964")["value"]
    assert now.told[:, 0, 0] / 1e6 == pytest.approx(output.to_numpy())
    assert (now.taken + now.left)[:, 0] == pytest.approx(now.told[:, 0, 0])


def test_slider_static_and_live_draw_the_model_and_say_it():
    explorer = explore_nation()
    fig = explorer.figure()
    for ax, (name, values) in zip(fig.axes, explorer.presets.items(), strict=True):
        assert ax.get_title(loc="left") == name
        now, said = seasons(**values), explorer.move(**values)
        for marker, series in (("s", now.belief), ("^", now.left)):
            drawn = [line.get_ydata() for line in lines(ax, marker)]
            assert any(y == pytest.approx(series[:, 0] / 1e6) for y in drawn), (name, marker)
        live = explorer._stage[2]
        assert live[0].get_ydata() == pytest.approx(now.belief[:, 0] / 1e6)
        assert f"villagers lack {lacking(**values):.0f} million" in said
        assert f"the state gets {procured(**values):.0f}." in said
        assert procured(**values) == pytest.approx(
            (now.told[1:5, 0, 0] - now.left[1:5, 0]).sum() / 1e6
        )


def test_every_setting_of_the_slider_stays_on_the_axis():
    explorer = explore_nation()
    for pressure in (0, 1.5):
        for rate in (0.1, 0.4):
            explorer.move(pressure=pressure, rate=rate, audit=0)
            for line in explorer._stage[2]:
                bottom, top = line.axes.get_ylim()
                assert bottom <= min(line.get_ydata()) and max(line.get_ydata()) <= top


def test_each_directive_helps_in_the_slider():
    for order in (
        [dict(pressure=p) for p in (1.5, 1, 0.5, 0)],
        [dict(rate=r) for r in (0.35, 0.25, 0.15)],
        [dict(audit=a) for a in (0, 0.3, 0.6, 1)],
    ):
        lack = [lacking(**values) for values in order]
        assert all(more > less for more, less in pairwise(lack))


# -- exercises -----------------------------------------------------------------------------------


def test_expected_answers_by_independent_arithmetic():
    """A season by hand: everyone alike, three steps of a fifth of the way to the plan."""
    asked, told = 1.5, 1.0
    for _ in range(3):
        told += 0.2 * (asked - told)
    belief = 1 + 0.8 * (told - 1)
    assert lessons.share_taken() == pytest.approx(100 * 0.25 * belief, rel=1e-4)
    assert told == pytest.approx(pass_up(1, [0.1, 0.2 * 0.4 / 1.1, 0.2 * 0.32 / 1.18])[-1])
    assert lessons.chance_left() == pytest.approx(15 / np.sqrt(26_000))
    honest = lacking(pressure=0)
    gaps = [abs(lacking(rate=rate) - honest) for rate in (0.14, 0.15, 0.16)]
    assert min(gaps) == gaps[1]
    assert lessons.state_gains() == pytest.approx(procured(pressure=0) - procured(rate=0.15))
    assert lessons.state_gains() > 10


def test_draws_part_yongding_from_the_leaders():
    """Without Yongding all come down to 1, without the leaders' figures none: three draws more
    than the lesson shows."""
    least = {
        name: [lessons._least_climb(seed=1958 + draw, **left_out) for draw in range(6)]
        for name, left_out in {
            "all": {},
            "yongding": {"steps": 20},
            "leaders": {"leaders": False},
        }.items()
    }
    assert min(least["all"]) > 1.2 and max(least["yongding"]) < 1.03
    assert 1.045 < min(least["leaders"]) < max(least["leaders"]) < 1.225
