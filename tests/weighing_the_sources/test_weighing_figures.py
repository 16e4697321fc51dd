"""The figure of the verdicts: bars are the counts, and the title follows them."""

import pytest

from glf_utils import load
from glf_utils.weighing_the_sources import verdicts
from glf_utils.weighing_the_sources.figures import plot_verdicts


def test_bars_are_the_shares_and_the_numbers_stand_beside_them():
    every, read = verdicts(ours=True), verdicts(without="unchecked")
    fig = plot_verdicts({"all": every, "read": read}, load("account_claims"))
    for ax, counts in zip(fig.axes, (every, read), strict=True):
        bars = [bar for bar in ax.patches if bar.get_y() < 0.5]  # of S1
        assert [bar.get_width() for bar in bars] == pytest.approx(
            (100 * counts.loc["S1"].drop("all") / counts.loc["S1", "all"]).tolist()
        )
        assert [text.get_text() for text in ax.texts] == [str(n) for n in counts["all"]]
    assert f"the course page {every.loc['S2', 'holds']} holds" in fig.description.alt


def test_the_title_tells_whether_the_order_depends_on_the_selection():
    counts = verdicts(without=())
    leader = counts["holds"].div(counts["all"]).idxmax()
    last = next(account for account in counts.index if account != leader)
    other = counts.assign(holds=[9 * (account == last) for account in counts.index])
    rows = load("account_claims")
    assert "selection decides" in plot_verdicts({"a": counts, "b": other}, rows).description.finding
    assert "In each" in plot_verdicts({"a": other, "b": other}, rows).description.finding


def test_the_title_says_when_one_claim_more_would_change_the_order():
    counts = verdicts(without=()).assign(all=10, holds=[5, 4, 0, 0])
    rows = load("account_claims")
    near, far = (
        plot_verdicts({"a": counts.assign(holds=holds)}, rows).description.finding
        for holds in ([5, 4.5, 0, 0], [5, 3, 0, 0])
    )
    assert "less than one claim" in near and "claim" not in far
