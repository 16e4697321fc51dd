"""Lesson 55: what is drawn of the draws is what was drawn."""

import numpy as np
import pytest

from glf_utils import load
from glf_utils.death_toll.choices import draw_china
from glf_utils.death_toll.draw_figures import (
    NAMES,
    PRINTED,
    SHOWN,
    SLIP,
    intervals_beside,
    toll_against_gap,
    tornado,
)
from glf_utils.death_toll.evidence import with_families


@pytest.fixture(scope="module")
def found():
    return draw_china()


@pytest.fixture(scope="module")
def rows():
    rates, counts = load("national_vital_rates"), load("censuses")
    return [rates[rates["series"] == "official"], counts]


def test_diamonds_close_and_dots_do_not(found, rows):
    above, below = toll_against_gap(found, rows).axes
    _, dots, diamonds, slip = above.lines
    assert len(dots.get_xdata()) + len(diamonds.get_xdata()) == SHOWN
    assert (np.abs(diamonds.get_ydata()) <= 1).all() and (np.abs(dots.get_ydata()) > 1).all()
    assert set(diamonds.get_xdata()) <= set(found.toll)
    low, high = above.get_ylim()
    assert low < dots.get_ydata().min() and dots.get_ydata().max() < high
    assert diamonds.get_marker() != dots.get_marker() != slip.get_marker()
    assert SLIP[0] == SLIP[2] == 1 > SLIP[1] and slip.get_ydata()[0] > 30
    assert sum(bar.get_height() for bar in below.patches) == len(found.toll)
    bar = below.collections[0].get_segments()[0]
    assert bar[:, 0] == pytest.approx(found.interval()[[0, 2]])


def test_an_interval_is_drawn_for_each_statement_and_no_toll_in_print_is_averaged(found, rows):
    estimates = load("death_toll_estimates")
    named = {"above 1957": found, "above a line": draw_china(kind="line", reference=(1957, 1964))}
    names, ax = intervals_beside(named, estimates, rows).axes
    segments = [one.get_segments()[0][:, 0] for one in ax.collections]
    for draws, thin, thick in zip(named.values(), segments[::2], segments[1::2], strict=True):
        assert thin == pytest.approx(draws.interval(0.9)[[0, 2]])
        assert thick == pytest.approx(draws.interval(0.5)[[0, 2]])
    table = with_families(estimates).set_index("estimate_id").loc[list(PRINTED)]
    assert table["comparable"].all()
    assert sorted(line.get_xdata()[0] for line in names.lines) == sorted(table["least"])
    words = {f"{PRINTED[key]} {row['least']:.3g}" for key, row in table.iterrows()}
    assert {text.get_text() for text in names.texts} == words


def test_the_tornado_runs_from_the_least_to_the_greatest_share(found, rows):
    fig = tornado(found, rows)
    ax, ends = fig.axes[0], found.tornado()
    _, *marks = ax.lines
    assert [label.get_text() for label in ax.get_yticklabels()] == [NAMES[name] for name in ends]
    assert [mark.get_xdata()[0] for mark in marks] == pytest.approx(
        [toll for pair in ends.values() for toll in pair]
    )
    assert [mark.get_marker() for mark in marks] == ["v", "^"] * len(ends)
    finding = fig.description.finding
    assert finding.startswith("As stated here") and "21 million; births and counts by 4" in finding
    assert list(ends)[:2] == ["famine", "before"] and set(ends) == set(NAMES)
