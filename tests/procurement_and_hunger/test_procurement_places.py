"""Grain and deaths by province: what is drawn equals the tables; the limits hold."""

import numpy as np
import pytest

from glf_utils import load
from glf_utils.procurement_and_hunger import evidence, exercises
from glf_utils.procurement_and_hunger import place_figures as districts
from glf_utils.procurement_and_hunger.model import retained_per_head


@pytest.fixture(scope="module")
def tables():
    return load("provincial_grain"), load("provincial_vital_rates"), load("provinces")


@pytest.fixture(scope="module")
def table(tables):
    return evidence.grain_and_deaths(*tables).set_index("province")


def test_provinces_are_those_with_a_harvest_and_registered_rates(table):
    assert len(table) == 22
    assert not {"zhejiang", "sichuan", "guangxi", "xinjiang"} & set(table.index)
    assert table["kind"].value_counts().to_dict() == {
        "other": 17,
        "municipality": 3,
        "migration": 2,
    }
    anhui = table.loc["anhui"]
    assert (anhui["grain_1957"], anhui["grain_1959"]) == (307.8, 204.6)
    assert anhui["fall"] == pytest.approx(307.8 - 204.6)
    assert anhui["rise"] == pytest.approx((16.72 + 68.58) / 2 - 9.10)


def test_cities_alone_make_richer_look_deadlier(table):
    """By the sums of the textbook formula, not by pandas."""

    def r(rows, column):
        x, y = (rows[name] - rows[name].mean() for name in (column, "rise"))
        return (x * y).sum() / np.sqrt((x**2).sum() * (y**2).sum())

    villages = table[table["kind"] != "municipality"]
    assert r(table, "grain_1957") == pytest.approx(0.21, abs=0.005)
    assert r(villages, "grain_1957") == pytest.approx(-0.015, abs=0.005)
    assert r(villages, "fall") == pytest.approx(0.69, abs=0.005)
    for name in villages.index:  # no single province makes the finding
        assert (
            r(villages.drop(name), "fall") > 0.6 > 0.2 > abs(r(villages.drop(name), "grain_1957"))
        )
        assert r(table.drop(name), "fall") > 0.4


def test_points_are_the_provinces(tables, table):
    fig = districts.plot_grain_and_deaths(*tables)
    for ax, column in zip(fig.axes, ("grain_1957", "fall"), strict=True):
        drawn = {(round(x, 4), round(y, 4)) for line in ax.lines[:3] for x, y in line.get_xydata()}
        assert drawn == {
            (round(row[column], 4), round(row["rise"], 4)) for _, row in table.iterrows()
        }
        for x, y in drawn:
            assert ax.get_xlim()[0] < x < ax.get_xlim()[1] and ax.get_ylim()[0] < y
    assert [ax.get_title(loc="left") for ax in fig.axes] == ["r = −0.01", "r = 0.69"]
    assert fig.description.grades == {"primary": 66, "derived": 44}
    assert "Anhui 308 kg, -103 kg, +33.5" in fig.description.alt


def test_the_finding_is_dropped_when_the_data_do_not_bear_it(tables):
    grain, rates, provinces = tables
    flat = rates.assign(
        death_rate_per_1000=rates["death_rate_per_1000"].where(rates["province"] != "anhui", 9.0)
    )
    flat.loc[
        flat["province"].isin(["guizhou", "qinghai", "gansu", "henan"]), "death_rate_per_1000"
    ] = 10.0
    said = districts.plot_grain_and_deaths(grain, flat, provinces).description.finding
    assert said.startswith("Registered deaths beside")


def test_titles_and_labels_stay_inside_the_picture(tables):
    fig = districts.plot_grain_and_deaths(*tables)
    fig.canvas.draw()
    boxes = [text.get_window_extent() for ax in fig.axes for text in ax.texts]
    boxes += [text.get_window_extent() for text in fig.texts]
    assert max(box.x1 for box in boxes) <= fig.get_window_extent().width
    assert min(box.x0 for box in boxes) >= 0


# -- the invented province -----------------------------------------------------------------------


def test_the_province_boasts_as_the_nation_did():
    """Claims over harvest come to the 275 over 170 that the centre believed of 1959."""
    panel = load("provincial_grain")
    _, *parts = evidence.invented_province(panel)
    assert [part.sum().round() for part in parts] == [9_875, 26_459, 7_650]
    honest = exercises.DIRECTIVES["honest reports"]
    for change, ratio in (({}, 275 / 170), (honest, 1)):
        year = evidence.invented_year(panel, **exercises.AS_IT_WAS | change)
        assert year["told to the province"] / year["harvest"] == pytest.approx(ratio, abs=0.005)
        assert year["quota"] == pytest.approx(0.25 * year["told to the province"], abs=1)
        assert year["quota"] + year["left"] == pytest.approx(7_650, abs=2)
        assert year["lacking"] == exercises.lacking(**change)


def test_communes_add_up_to_their_province():
    panel = load("provincial_grain")
    year = evidence.invented_year(panel, **exercises.AS_IT_WAS)
    communes = evidence.invented_communes(panel, **exercises.AS_IT_WAS)
    people = 26_459 / 700  # thousands in each
    assert communes["harvest"].sum() * people / 1000 == pytest.approx(7_650, abs=1)
    assert communes["left"].sum() * people / 1000 == pytest.approx(year["left"], abs=1)
    grams = communes["harvest"] * (1 - communes["taken"]) - communes["left"]
    assert abs(grams).max() < 1e-6
    short = (220 - communes["left"]).clip(lower=0).sum() * people / 1000
    assert short == pytest.approx(year["lacking"], abs=1)


def test_honest_reports_leave_least_lacking_even_against_an_equal_take():
    lacking = {name: exercises.lacking(**change) for name, change in exercises.DIRECTIVES.items()}
    assert sorted(lacking, key=lacking.get) == [
        "honest reports",
        "target as last year",
        "rate 0.20",
    ]
    equal = exercises.equal_rate()
    assert retained_per_head(310, equal, 275 / 170) == pytest.approx(retained_per_head(310, 0.25))
    assert lacking["honest reports"] * 1.15 < exercises.lacking(rate=equal) < lacking["rate 0.20"]
