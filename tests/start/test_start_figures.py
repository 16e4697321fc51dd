"""Figures of the opening notebook: what is drawn is what the tables hold."""

import numpy as np
import pytest

from glf_utils import load
from glf_utils.dates import dates
from glf_utils.start.figures import plot_harvest_claims, plot_timeline


@pytest.fixture(scope="module")
def statements():
    return load("targets_and_claims")


def drawn(fig):
    """Points of a figure as {(day, low, high)}."""
    points = set()
    for line in fig.axes[0].lines:
        if len(line.get_xdata()) == 2 and line.get_marker() != "None":
            days, values = line.get_xdata(), line.get_ydata()
            points.add((str(np.datetime64(days[0], "D")), values[0], values[1]))
    return points


def test_every_dated_statement_is_drawn_once(statements):
    said = statements.query("commodity == 'grain' and target_year == 1958 and kind != 'actual'")
    said = said[said["date"].str.len() >= 7]
    wanted = {
        (str(day), row.value_low, row.value_high)
        for row, day in zip(said.itertuples(), dates(said["date"]), strict=True)
    }
    assert len(said) >= 10
    assert drawn(plot_harvest_claims(statements, 1958)) == wanted


def test_verified_line_stands_at_the_verified_harvest(statements):
    fig = plot_harvest_claims(statements, 1958)
    level = [line for line in fig.axes[0].lines if line.get_linestyle() not in ("-", "None")]
    assert [set(line.get_ydata()) for line in level] == [{200.0}]
    assert "425" in fig.description.finding and "200" in fig.description.finding


def test_only_unchecked_marks_are_hollow(statements):
    hollow = [
        line.get_ydata()[0]
        for line in plot_harvest_claims(statements).axes[0].lines
        if len(line.get_xdata()) == 2 and line.get_markerfacecolor() == "white"
    ]
    grain = statements.query("commodity == 'grain' and target_year == 1958 and kind != 'actual'")
    dated = grain[grain["date"].str.len() >= 7]
    unchecked = dated.query("verification == 'unchecked'")["value_low"]
    assert len(unchecked) >= 2
    assert sorted(hollow) == sorted(unchecked)


def test_timeline_keeps_window_topics_and_order():
    events = load("timeline")
    fig = plot_timeline(events, "1958-06", "1958-12", ["reporting", "communes"])
    kept = events[events["date"].between("1958-06", "1958-13")]
    kept = kept[kept["category"].isin(["reporting", "communes"])].sort_values("date")
    texts = [text.get_text().replace("\n", " ") for text in fig.axes[0].texts]
    assert texts[1::3] == kept["date"].tolist()
    assert texts[2::3] == kept["event"].tolist()
    assert fig.description.finding.startswith(f"{len(kept)} dated events")


def test_timeline_speaks_of_hollow_marks_where_there_are_some():
    events = load("timeline").query("date == '1958-07-31'")
    firm = plot_timeline(events, "1958", "1958").description.caption
    loose = plot_timeline(
        events.assign(verification="unchecked"), "1958", "1958"
    ).description.caption
    assert "hollow" not in firm and "a hollow mark, here: the day is not yet checked" in loose


def test_timeline_includes_the_whole_last_month():
    events = load("timeline")
    assert "1958-08-29" in plot_timeline(events, "1958-08", "1958-08").description.alt


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (("1800", "1801"), "0 events"),
        (("1949", "1966"), "choose a window"),
        (("1958", "1958", ["weather vane"]), "no topic weather vane"),
    ],
)
def test_timeline_says_what_is_wrong(window, said):
    with pytest.raises(ValueError, match=said):
        plot_timeline(load("timeline"), *window)


def test_harvest_without_statements_is_refused(statements):
    with pytest.raises(ValueError, match="harvest of 1931"):
        plot_harvest_claims(statements, 1931)
