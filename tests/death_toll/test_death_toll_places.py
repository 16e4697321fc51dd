"""Lesson 53: provinces, counties and ages are drawn as tables and projection have them."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from glf_utils import load
from glf_utils.death_toll.cohort_figures import missing_by_age
from glf_utils.death_toll.cohorts import project
from glf_utils.death_toll.evidence import (
    OTHER_BORDERS,
    against_registers,
    not_compared,
    people_at,
    rates_in,
    with_and_without,
)
from glf_utils.death_toll.lifetables import life_table, survival
from glf_utils.death_toll.place_figures import BANDS, CONTESTED, counties, tile_map


@pytest.fixture(scope="module")
def tables():
    return [load(name) for name in ("provinces", "provincial_vital_rates")]


@pytest.fixture(scope="module")
def famine():
    return load("provincial_famine_deaths"), load("death_toll_estimates")


@pytest.fixture(scope="module")
def by_age():
    return load("age_structure"), load("mortality_by_age")


# -- provinces -----------------------------------------------------------------------------------


def written(ax):
    """The words of a tile map by place: {(column, row): [name, number]}."""
    found = {}
    for text in ax.texts:
        found.setdefault(tuple(text.xy), []).append(text.get_text())
    return found


def test_every_province_of_1958_has_its_tile_and_its_rate(tables):
    provinces, rates = tables
    said = written(tile_map(*tables).axes[0])
    of_1960 = rates.query("series == 'registered' and year == 1960").set_index("province")
    drawn = provinces.dropna(subset="tile_row_1958")
    assert len(drawn) == 29
    for tile in drawn.itertuples():
        name, number = said[(tile.tile_col_1958, tile.tile_row_1958)]
        assert name == tile.name_en
        if tile.province not in of_1960.index:
            assert (tile.province, number) == ("tibet", "–")
            continue
        row = of_1960.loc[tile.province]
        assert float(re.search(r"[\d.]+", number)[0]) == pytest.approx(
            row["death_rate_per_1000"], abs=0.051
        )
        assert ("(" in number) == (row["verification"] == "unchecked")
        assert ("≈" in number) == (tile.province in CONTESTED)


def test_the_title_of_the_map_names_every_dark_tile_and_the_doubt_of_a_contested_one(tables):
    fig = tile_map(*tables)
    darkest = to_rgba(BANDS[-1][1])
    grid = tables[0].dropna(subset="tile_row_1958").set_index(["tile_col_1958", "tile_row_1958"])
    dark = [
        tuple(
            round(part + size / 2)
            for part, size in zip(tile.get_xy(), (tile.get_width(), tile.get_height()), strict=True)
        )
        for tile in fig.axes[0].patches
        if tile.get_facecolor() == darkest and tile.get_y() < 6.5
    ]
    names = {grid.loc[place, "name_en"] for place in dark}
    assert names == {"Anhui", "Sichuan", "Guizhou"}
    told = fig.description
    assert all(name in told.finding for name in names)
    assert "(and Guizhou's; lists differ)" in told.finding
    assert "Guizhou ≈52.3" in told.alt and "Fujian ≈20.7" in told.alt
    assert "Anhui 68.6" in told.alt


def test_unchecked_rates_stay_out_of_the_headline_and_contested_ones_out_of_its_firm_part(tables):
    provinces, rates = tables
    told = tile_map(*tables).description
    firm = "the registers of Anhui and Sichuan hold over 50 deaths per thousand"
    assert firm in told.finding
    assert not any(name in told.finding + told.alt for name in ("Guangxi", "Ningxia", "Tibet"))
    louder = rates.copy()
    loud = (louder["verification"] == "unchecked") & (louder["year"] == 1960)
    louder.loc[loud, "death_rate_per_1000"] = 99.0
    assert tile_map(provinces, louder).description.finding == told.finding
    contested = louder["province"].isin(CONTESTED) & (louder["year"] == 1960)
    louder.loc[contested, "death_rate_per_1000"] = 99.0
    finding = tile_map(provinces, louder).description.finding
    assert firm in finding and "(and those of Guizhou and Fujian; lists differ)" in finding
    louder.loc[contested, "death_rate_per_1000"] = 30.0
    assert "Guizhou" not in tile_map(provinces, louder).description.finding


def test_unchecked_tiles_are_white_and_dashed(tables):
    fig = tile_map(*tables)
    dashed = [tile for tile in fig.axes[0].patches if tile.get_linestyle() == "--"]
    assert len(dashed) == 5  # four unchecked rates and Tibet, which has none
    assert all(tuple(tile.get_facecolor()) == (1, 1, 1, 1) for tile in dashed)


def test_gazetteers_against_registers(famine):
    table = against_registers(*famine).set_index("province")
    assert not set(OTHER_BORDERS) & set(table.index)
    assert set(table.index[table["checked"]]) == {"guizhou", "sichuan"}
    assert table["ratio"][["anhui", "guizhou", "sichuan"]].tolist() == pytest.approx(
        [6.33 / 2.143, 1.746 / 0.795, 9.4 / 7.903]
    )


def test_every_province_of_cao_stands_beside_a_register_or_is_left_out_for_a_reason(famine):
    deaths, _ = famine
    drawn = set(against_registers(*famine)["province"])
    why = not_compared(deaths)
    cao = set(deaths.query("estimate == 'cao2005' and province.notna()")["province"])
    assert sorted([*drawn, *(name for names in why.values() for name in names)]) == sorted(cao)
    assert {reason: sorted(names) for reason, names in why.items()} == {
        "other borders": sorted(OTHER_BORDERS),
        "no excess in the register": ["shaanxi", "shanxi"],
        "no figure of Cao's": ["qinghai"],
    }
    other = deaths.copy()
    rows = (other["estimate"] == "registered_excess_net") & (other["province"] == "jilin")
    other.loc[rows, "deaths_million"] = -0.1
    assert "jilin" in not_compared(other)["no excess in the register"]


def test_counties_are_drawn_as_the_table_has_them():
    table, names = load("county_mortality"), load("provinces")
    ax = counties(table, names).axes[0]
    rows = table.query("year == 1960").sort_values("median_death_rate_per_1000", ascending=False)
    middle, most = (line.get_xdata() for line in ax.lines)
    assert middle == pytest.approx(rows["median_death_rate_per_1000"])
    assert most == pytest.approx(rows["max_death_rate_per_1000"])
    ends = np.array(ax.collections[0].get_segments())[:, :, 0]
    assert ends == pytest.approx(
        rows[["p10_death_rate_per_1000", "p90_death_rate_per_1000"]].to_numpy()
    )
    finding = counties(table, names).description.finding
    henan = rows.set_index("province").loc["henan"]
    assert "Henan" in finding and f"below {henan['median_death_rate_per_1000']:.0f}" in finding


# -- ages ----------------------------------------------------------------------------------------


def test_the_projection_comes_near_the_un_s_own_people(by_age):
    ages, _ = by_age
    run, _ = with_and_without(*by_age)
    assert abs(run.unaccounted) < 1e-6
    for step, year in ((1, 1960), (2, 1965)):
        assert np.abs(run.people[step] - people_at(ages, year)).max() < 0.3
    assert run.people[2].sum() == pytest.approx(people_at(ages, 1965).sum(), rel=0.002)


def test_excess_by_age_is_the_difference_of_two_runs(by_age):
    ages, mortality = by_age
    run, excess = with_and_without(*by_age, "frozen")
    groups, rates = rates_in(mortality, 1950)
    still = survival(life_table(groups, rates))
    other = project(people_at(ages, 1955), np.array([still, still]), births=run.births.sum(axis=-1))
    assert excess.total == pytest.approx(run.deaths.sum() - other.deaths.sum())
    assert excess.total < 0 < with_and_without(*by_age)[1].total


def test_bars_by_cohort_are_the_excess(by_age):
    fig = missing_by_age(*by_age)
    excess = with_and_without(*by_age)[1]
    widths = np.array([bar.get_width() for bar in fig.axes[0].patches]).reshape(2, -1)
    assert widths[:, :16] == pytest.approx(excess.by_cohort[:, :16])
    assert widths.sum() == pytest.approx(excess.total)
    assert widths.sum(axis=0)[:4].round(1).tolist() == [9.2, 2.2, 1.1, 0.7]
    young = excess.by_cohort[:, :2].sum() / excess.total
    assert f"{100 * young:.0f} of every 100" in fig.description.finding and round(100 * young) == 44
    assert [tick.get_text() for tick in fig.axes[0].get_yticklabels()][0] == "born 1955–65"
    assert f"{excess.total:.1f} million in all" in fig.description.alt


def test_normal_mortality_has_two_readings(by_age):
    with pytest.raises(ValueError, match="normal is 'rising'"):
        with_and_without(*by_age, "rising")
