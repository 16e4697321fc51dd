"""Lesson 56: what is drawn of Finland and Russia is what the methods find."""

import numpy as np
import pytest

from glf_utils import load
from glf_utils.death_toll.known_ages import SEXES, ages_of, excess_at_ages
from glf_utils.death_toll.known_baselines import CORRECTIONS, bias_by_method
from glf_utils.death_toll.known_figures import (
    ORDINARY,
    dead_by_age,
    one_year_of_life,
    who_comes_nearest,
)
from glf_utils.death_toll.known_registers import WINDOWS, after_china, famine_of, known_excess


def test_marks_are_the_tolls_of_the_table_and_the_line_is_the_known_one():
    registers = load("famine_registers")
    finland = famine_of(registers, "Finland", WINDOWS["Finland"])
    table = bias_by_method(finland, *after_china(finland))
    left = who_comes_nearest(registers).axes[0]
    known, *rows = left.lines
    assert known.get_xdata()[0] == pytest.approx(1000 * known_excess(finland))
    for place, (line, name) in enumerate(zip(rows, CORRECTIONS, strict=True)):
        tolls = table.loc[table["correction"] == name, "toll"]
        assert list(line.get_xdata()) == pytest.approx((1000 * tolls).tolist())
        assert (np.array(line.get_ydata()) == place).all()


def test_no_span_runs_over_the_edge_of_its_panel():
    fig = who_comes_nearest(load("famine_registers"))
    fig.canvas.draw()
    for ax in fig.axes:
        frame = ax.get_window_extent()
        spans = [text for text in ax.texts if "–" in text.get_text()]
        assert len(spans) == len(CORRECTIONS)
        for box in (text.get_window_extent() for text in spans):
            assert frame.x0 < box.x0 and box.x1 < frame.x1


def test_the_fall_is_drawn_and_the_title_names_its_year():
    ages = load("famine_ages")
    russia = ages_of(ages, "Russia")
    fig = one_year_of_life(ages)
    assert list(fig.axes[0].lines[0].get_ydata()) == pytest.approx(
        (russia.life_expectancy @ SEXES).tolist()
    )
    assert "from 32 years to 17 in 1933" in fig.description.finding


def test_bars_are_the_dead_above_normal_by_age():
    ages = load("famine_ages")
    excess = excess_at_ages(ages_of(ages, "Russia"), 1933, ORDINARY)
    fig = dead_by_age(ages)
    widths = [bar.get_width() for bar in fig.axes[0].patches]
    assert widths == pytest.approx([*excess["male"], *excess["female"]])
    assert list(fig.axes[1].lines[0].get_xdata()) == pytest.approx(list(excess["times_male"]))
    assert "27 in 100 are under five" in fig.description.finding
    most = excess[["times_male", "times_female"]].gt(3).all(axis=1)
    assert most[most].index.tolist() == ["10-14", "15-19", "20-24", "25-29"]
