"""Choices that an estimate is made of, shares that close, and the explorers that move."""

import re

import numpy as np
import pytest

from glf_utils import load
from glf_utils.death_toll.choices import (
    CENSUSES,
    KINDS,
    SOURCES,
    STATED,
    WINDOWS,
    YEARS,
    build,
    closing_shares,
    completeness,
    deaths_added,
    draw_china,
    implied_shares,
    own_people,
    rate_series,
    toll_and_gap,
    un_censuses,
)
from glf_utils.death_toll.evidence import with_families
from glf_utils.death_toll.registers import follow_rates
from glf_utils.death_toll.sliders import explore_baseline, explore_bounds, explore_estimate
from glf_utils.death_toll.uncertainty import Stated
from glf_utils.tables import one


@pytest.fixture(scope="module")
def rates():
    return load("national_vital_rates")


def column(rates, series, name, years=YEARS):
    return rates[rates["series"] == series].set_index("year").loc[years, name].to_numpy(float)


def by_hand(rates, famine, normal, people="official"):
    """Excess deaths 1958–61 by the plain sum, ``normal`` holding baseline rates."""
    four = range(1958, 1962)
    above = column(rates, famine, "death_rate_per_1000", four) - normal
    return (above * column(rates, people, "population_midyear_million", four)).sum() / 1000


def artists_of(ax):
    """Lines and bars of an axes and of the axes set into it, in drawing order."""
    every = [ax, *ax.child_axes]
    lines = [line.get_xydata() for part in every for line in part.lines]
    bars = [np.array(bar.get_segments()) for part in every for bar in part.collections]
    return lines + bars


def test_the_censuses_are_those_of_the_table():
    for year, people in CENSUSES.items():
        rows = f"indicator == 'total_population' and source == 'census{year}'"
        assert one("censuses", rows) == people


# -- explorers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("explore", [explore_baseline, explore_estimate, explore_bounds])
def test_static_panels_and_live_moves_agree(explore):
    explorer = explore()
    fig = explorer.figure()
    for ax, row, values in zip(fig.axes, explorer.table(), explorer.presets.values(), strict=True):
        assert row["reading"] in fig.description.alt
        explorer.move(**values)
        still, moved = artists_of(ax), artists_of(explorer._stage[0].axes[0])
        assert len(still) == len(moved) > 0
        for before, after in zip(still, moved, strict=True):
            np.testing.assert_allclose(before, after)


def test_the_register_against_every_baseline_of_the_slider(rates):
    explorer = explore_baseline()
    said = {
        (kind, year): explorer.move(kind=kind, year=year)
        for kind in KINDS.values()
        for year in range(1955, 1959)
    }
    tolls = {key: float(words.split()[0]) for key, words in said.items()}
    official = column(rates, "official", "death_rate_per_1000", range(1953, 1958))
    fit = np.polyfit(range(1953, 1958), official, 1)
    falling = np.polyval(fit, range(1958, 1962))
    assert tolls["trend", 1957] == round(by_hand(rates, "official", falling), 1) == 21.0
    shrinking = np.exp(
        np.polyval(np.polyfit(range(1953, 1958), np.log(official), 1), range(1958, 1962))
    )
    assert tolls["log trend", 1957] == round(by_hand(rates, "official", shrinking), 1) == 19.7
    assert tolls["frozen", 1955] == round(by_hand(rates, "official", official[2]), 1)
    assert all("births not counted" in words for words in said.values())


def test_bars_run_from_baseline_to_rate(rates):
    explorer = explore_baseline()
    explorer.move(kind="mean", year=1957)
    bars = np.array(explorer._stage[0].axes[0].collections[0].get_segments())
    assert bars[:, 0, 0] == pytest.approx([1958, 1959, 1960, 1961])
    assert bars[:, 0, 1] == pytest.approx((14.00 + 13.18 + 12.28 + 11.40 + 10.80) / 5)
    assert bars[:, 1, 1] == pytest.approx(
        column(rates, "official", "death_rate_per_1000", range(1958, 1962))
    )


def test_an_estimate_by_hand(rates):
    """Famine deaths over 0.6, the register's 1957 as it is: the road to 45 that does not match."""
    found = build("mixed", 1.0, 0.6, "frozen", "1958–61")
    official = column(rates, "official", "death_rate_per_1000", range(1958, 1962))
    births = column(rates, "banister1984", "birth_rate_per_1000", YEARS)
    deaths = column(rates, "official", "death_rate_per_1000", YEARS).copy()
    deaths[5:9] /= 0.6
    people = follow_rates(YEARS, births, deaths, 1953, CENSUSES[1953])
    assert found["toll"].total == pytest.approx(
        ((official / 0.6 - 10.80) * people[5:9]).sum() / 1000
    )
    assert found["gap"] == pytest.approx(people[11] - CENSUSES[1964])
    assert not found["coherent"]
    assert build("mixed", 0.62, 0.6, "frozen", "1958–61")["coherent"]
    assert not build("mixed", 0.8, 0.6, "frozen", "1958–61")["coherent"]
    corrected = build("Banister", 0.5, 0.5, "line64", "1958–61")
    line = 18.1 + (12.5 - 18.1) * np.arange(1, 5) / 7
    banister = column(rates, "banister1984", "death_rate_per_1000", range(1958, 1962))
    hers = rate_series()["Banister"].population[5:9]
    assert corrected["toll"].total == pytest.approx((banister - line) @ hers / 1000)
    unborn = build("register", 1, 1, "frozen", "1958–61")["births"].total
    assert unborn == pytest.approx(28.7, abs=0.1)


def test_readouts_of_the_four_roads(rates):
    said = [row["reading"] for row in explore_estimate().table()]
    assert [float(words.split()[0]) for words in said] == [15.3, 24.7, 29.8, 45.8]
    assert ["it closes" in words for words in said] == [False, True, True, True]
    assert ["different shares" in words for words in said] == [False, False, False, True]
    assert all("births not counted" in words and "1958–61" in words for words in said)


def test_neighbours_are_the_nearest_checked_published_figures():
    table = with_families(load("death_toll_estimates"))
    kept = table[table["comparable"] & (table["least"] == table["most"])]
    for reading in (row["reading"] for row in explore_estimate().table()):
        toll = float(reading.split()[0])
        said = [float(number) for number in re.findall(r"\(([\d.]+)\)", reading)[-2:]]
        if toll > kept["least"].max():
            assert "Published below it: " in reading and said == [kept["least"].max()]
            continue
        below, above = said
        assert below <= toll <= above and {below, above} <= set(kept["least"])
        assert not ((kept["least"] > below) & (kept["least"] < toll - 0.05)).any()
        assert not ((kept["least"] > toll + 0.05) & (kept["least"] < above)).any()


def test_every_setting_of_the_estimate_gives_a_reading():
    explorer = explore_estimate()
    for series in SOURCES.values():
        for kind in KINDS.values():
            for window in WINDOWS:
                for normal, famine in ((0.4, 1), (1, 0.4)):
                    said = explorer.move(
                        series=series, normal=normal, famine=famine, kind=kind, window=window
                    )
                    assert re.match(r"-?\d+\.\d million excess deaths", said) and window in said
    assert "unfair" not in said and "UN revises" in said


def test_one_completeness_closes_the_censuses(rates):
    register, banister = (rate_series()[name] for name in ("register", "Banister"))
    share = completeness(register.death_rates, banister.birth_rates)
    weights = np.r_[0.5, np.ones(10), 0.5]
    people = own_people(banister.birth_rates, register.death_rates / share)[:12]
    assert people[-1] == pytest.approx(CENSUSES[1964])
    born = (column(rates, "banister1984", "birth_rate_per_1000", YEARS[:12]) * people) @ weights
    died = (column(rates, "official", "death_rate_per_1000", YEARS[:12]) * people) @ weights
    assert share == pytest.approx(died / (born - 1000 * (CENSUSES[1964] - CENSUSES[1953])))


@pytest.mark.parametrize(
    "series, kind, toll",
    [
        ("register", "frozen", 15.33),
        ("Banister", "frozen", 24.63),
        ("Banister", "line64", 29.81),
        ("Banister", "trend", 36.99),
        ("UN 2024", "frozen", 12.51),
        ("UN 2024", "log trend", 16.21),
        ("UN 2024", "line64", 15.80),
    ],
)
def test_known_tolls(series, kind, toll):
    """Computed apart from this library, 1958–61."""
    found = build(series, 1, 1, kind, "1958–61")["toll"].total
    assert found == pytest.approx(toll, abs=0.01)


@pytest.mark.parametrize(
    "normal, famine, coherent",
    [(1, 1, True), (0.6, 0.6, True), (0.62, 0.60, True), (1, 0.6, False), (0.6, 0.999, False)],
)
def test_one_correction_serves_both_sides_or_it_is_said(normal, famine, coherent):
    assert build("register", normal, famine, "frozen", "1958–61")["coherent"] == coherent


def test_shares_that_close_the_censuses_close_them():
    normal = np.array([0.55, 0.61, 0.7, 0.75])
    famine, tolls = closing_shares(normal)
    assert (np.diff(famine) < 0).all() and (np.diff(tolls) > 0).all()
    for pair in zip(normal, famine, tolls, strict=True):
        found = build("mixed", *pair[:2], "frozen", "1958–61")
        assert found["gap"] == pytest.approx(0, abs=1e-9)
        assert found["toll"].total == pytest.approx(pair[2])
    one = completeness(rate_series()["register"].death_rates, rate_series()["Banister"].birth_rates)
    assert closing_shares(np.array([one]))[0] == pytest.approx(one)


def test_closing_accounts_can_be_read_above_another_normal():
    for kind in ("trend", "line64"):
        (famine,), (toll,) = closing_shares([0.66], kind=kind)
        found = build("mixed", 0.66, famine, kind, "1958–61")
        assert toll == pytest.approx(found["toll"].total)
        assert abs(toll - closing_shares([0.66])[1][0]) > 0.5


def test_other_totals_than_those_counted_move_the_line(rates):
    people = un_censuses()
    un = column(rates, "wpp2024", "population_midyear_million", [1953, 1964])
    assert list(people.values()) == pytest.approx(un)
    (famine,), (toll,) = closing_shares([0.62], people)
    share = np.where((YEARS >= 1958) & (YEARS <= 1961), famine, 0.62)
    raised = column(rates, "official", "death_rate_per_1000") / share
    births = column(rates, "banister1984", "birth_rate_per_1000")
    alive = follow_rates(YEARS, births, raised, 1953, un[0])
    assert alive[11] == pytest.approx(un[1])
    assert toll == pytest.approx(((raised[5:9] - raised[4]) * alive[5:9]).sum() / 1000)


def test_what_reconstructions_add_to_the_register(rates):
    half = np.r_[0.5, np.ones(10), 0.5]
    years = YEARS[:12]
    people = column(rates, "wpp2024", "population_midyear_million", years)
    official = column(rates, "official", "population_midyear_million", years)

    def more(kind, inside):
        theirs = column(rates, "wpp2024", f"{kind}_rate_per_1000", years) * people
        registered = column(rates, "official", f"{kind}_rate_per_1000", years) * official
        return ((theirs - registered) * half)[inside].sum() / 1000

    parts = (years <= 1957, (years > 1957) & (years <= 1961), years > 1961, years > 0)
    assert deaths_added()["UN 2024"].tolist() == pytest.approx(
        [more("death", part) for part in parts] + [more("birth", years > 0)]
    )
    assert deaths_added()["Banister"].round(1).tolist() == [25.8, 27.6, 5.2, 58.6, 41.0]


def test_two_shares_that_differ_are_said_to_need_a_reason():
    estimate = explore_estimate()
    said = estimate.move(series="mixed", normal=0.99, famine=0.6)
    assert "The two halves carry different shares" in said
    assert "different shares" not in estimate.move(normal=0.6, famine=0.6)
    assert "One half is corrected" in estimate.move(normal=1.0, famine=0.6)


# -- accounts, stated and drawn ------------------------------------------------------------------


def test_an_account_is_what_one_draw_of_certain_shares_gives():
    shares = np.array([[0.58, 0.62, 0.75], [0.72, 0.51, 0.72], [1.0, 0.6, 1.0]])
    tolls, gaps = toll_and_gap(*shares.T)
    for three, toll, gap in zip(shares, tolls, gaps, strict=True):
        found = draw_china(Stated(*three), draws=100, closes_within=100)
        assert found.all_tolls == pytest.approx(np.full(100, toll))
        assert found.all_gaps == pytest.approx(np.full(100, gap))
    assert toll_and_gap(*shares[0])[1] == pytest.approx(gaps[0])
    assert [
        round(build("mixed", *two, "frozen", "1958–61")["gap"], 6) for two in shares[1:, :2]
    ] == [round(gap, 6) for gap in gaps[1:]]


def test_what_closes_is_in_the_shares_that_close():
    normal = np.array([0.6, 0.66, 0.72])
    famine, tolls = closing_shares(normal)
    found, gaps = toll_and_gap(normal, famine, normal)
    assert found == pytest.approx(tolls) and gaps == pytest.approx(np.zeros(3), abs=1e-8)


def test_what_is_stated_reaches_beyond_what_the_authors_imply(rates):
    implied = implied_shares()
    for name, column_name in zip(("before", "famine", "after"), implied, strict=True):
        low, likeliest, high = getattr(STATED, name)
        theirs = implied[column_name]
        assert low < theirs.min() <= likeliest <= theirs.max() < high
    registered, un = (
        column(rates, name, "death_rate_per_1000", range(1958, 1962)).sum()
        for name in ("official", "wpp2024")
    )
    assert implied.loc["UN 2024", "1958–61"] == pytest.approx(registered / un)
    assert implied.loc["Coale 1984", "to 1957"] == pytest.approx(10.80 / 19.0)


def test_bounds_admit_draws_and_no_others():
    found, explorer = draw_china(), explore_bounds()
    inside = (found.inputs["before"] >= 0.55) & (found.inputs["famine"] <= 0.66)
    said = explorer.move(least=55, greatest=75, least_famine=50, greatest_famine=66)
    low, middle, high = np.percentile(found.toll[inside], [5, 50, 95])
    assert f"between {low:.1f} and {high:.1f} million" in said and f"at {middle:.1f};" in said
    assert f"{inside.sum():,} of {len(found.toll):,}" in said
    for empty in ({"least": 75}, {"least": 60, "greatest": 55}):
        assert "too few to say" in explorer.move(**empty)
