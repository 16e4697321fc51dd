"""Lesson 44: what the table of rival causes holds, and what its figures draw."""

from collections import Counter

import pytest

from glf_utils import load
from glf_utils.procurement_and_hunger import cause_figures, evidence
from glf_utils.procurement_and_hunger import exercises as asked


@pytest.fixture(scope="module")
def causes():
    return load("rival_causes")


def test_a_share_says_of_what(causes):
    assert (causes["share_low_percent"].notna() == causes["share_of"].notna()).all()
    shares = causes.dropna(subset="share_of")
    assert shares.groupby("share_of")["question"].nunique().max() == 1


def test_every_claim_was_read_somewhere(causes):
    assert set(causes["verification"]) <= {"primary", "secondary"}
    assert causes.loc[causes["verification"] == "secondary", "via"].notna().all()


def test_shares_of_one_question_pass_a_hundred(causes):
    """Exports, takings and harvests in one paper: the lesson says that they need not add up."""
    talk = causes[causes["source"] == "kasaharali_talk"].set_index("cause")["share_low_percent"]
    assert talk.to_dict() == {"exports": 12, "quota": 59, "smaller harvest": 45}
    assert talk["exports"] / talk["quota"] == pytest.approx(1 / 5, abs=0.005)
    assert asked.deaths_by_procurement() == 60


def test_the_grid_has_a_mark_for_every_published_claim(causes):
    fig = cause_figures.who_explains_what(causes)
    (ax,) = fig.axes
    marks = [line for line in ax.lines if line.get_marker() not in ("", "None")]
    places = Counter(int(line.get_xdata()[0]) for line in marks if len(line.get_xdata()))
    published = causes.dropna(subset="published")
    assert [places[place] for place in range(3)] == [
        (published["question"] == question).sum() for question in cause_figures.QUESTIONS
    ]
    written = Counter(text.get_text() for text in ax.texts)
    for row in published.itertuples():
        assert written[f"{row.authors} {row.published}"]
    assert fig.description.finding.startswith("Of 23 claims 5 are about the harvest, 7 about")


def test_the_title_of_the_grid_counts_what_is_drawn(causes):
    fewer = cause_figures.who_explains_what(causes[causes["cause"] != "mess halls"])
    assert fewer.description.finding.startswith("Of 21 claims 5 are about the harvest, 6 about")


def test_marks_differ_without_colour():
    assert len({marker for marker, _, _ in cause_figures.LOOKS.values()}) == 4


def test_grain_is_sized_as_the_sources_print_it():
    sizes, rows = evidence.grain_moved(load("grain_national"))
    above, sold, abroad, stocks, bought = sizes
    assert above == pytest.approx(64.11 - 45.97 / 195.05 * 170, abs=0.02)
    assert (sold, bought) == (20.9, 4.5)
    assert abroad == pytest.approx(4.1555 + 2.6541)
    assert stocks == pytest.approx(14.8 - 8.2)
    assert "unchecked" not in set(rows["verification"])


def test_bars_are_as_long_as_the_table_says():
    sizes, _ = evidence.grain_moved(load("grain_national"))
    fig = cause_figures.grain_by_size(load("grain_national"))
    drawn = sorted(bar.get_width() for bar in fig.axes[0].patches)
    assert drawn == pytest.approx(sorted(sizes))
    hatched = sorted(bar.get_width() for bar in fig.axes[0].patches if bar.get_hatch())
    assert hatched == pytest.approx([4.5, 6.6, 20.9])
    assert "3.1 times the net exports" in fig.description.finding


def test_titles_and_labels_stay_inside_the_picture(causes):
    for fig in (
        cause_figures.who_explains_what(causes),
        cause_figures.grain_by_size(load("grain_national")),
    ):
        fig.canvas.draw()
        boxes = [text.get_window_extent() for ax in fig.axes for text in ax.texts]
        boxes += [text.get_window_extent() for text in fig.texts]
        boxes += [text.get_window_extent() for ax in fig.axes for text in ax.get_yticklabels()]
        assert max(box.x1 for box in boxes) <= fig.get_window_extent().width
        assert min(box.x0 for box in boxes) >= 0


# -- fields and yields ---------------------------------------------------------------------------


def test_fields_times_yield_is_the_harvest():
    for output, per_field in ((-21, -12), (-25, -18), (10, 0)):
        fields = evidence.fewer_fields(output, per_field)
        assert (1 + fields / 100) * (1 + per_field / 100) == pytest.approx(1 + output / 100)


@pytest.mark.parametrize("first", [1959, 1960])
def test_the_unchecked_sown_areas_give_what_kueh_prints(first):
    grain = load("grain_national")
    rows = grain.query("series in ['output_official_old', 'grain_sown_area']")
    by_year = rows.pivot(index="year", columns="series", values="value")
    later = by_year.loc[first:1961].mean() / by_year.loc[1957]
    printed = grain[(grain["source"] == "kueh1984") & (grain["period_start_year"] == first)]
    output, per_field = printed.sort_values("series")["value"]
    assert round(100 * later["output_official_old"] - 100) == output
    assert round(100 * later["output_official_old"] / later["grain_sown_area"] - 100) == per_field


def test_a_quota_that_bends_takes_less_from_both():
    """By hand: 180 and 30 kg are asked; above 220 there are 120 in the one and none in the other."""
    assert asked.less_for_the_state() == pytest.approx((180 + 30) - (340 - 220))
