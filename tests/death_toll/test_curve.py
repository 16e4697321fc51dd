"""All combinations, their pictures, the line that closes, and the explorers that move."""

import re

import numpy as np
import pytest

from glf_utils import load
from glf_utils.death_toll.choices import (
    BASELINES,
    CENSUSES,
    KINDS,
    SOURCES,
    WINDOWS,
    YEARS,
    all_cells,
    build,
    closing_shares,
    completeness,
    deaths_added,
    own_people,
    rate_series,
    un_censuses,
)
from glf_utils.death_toll.curve_figures import NAMED, SHOWN, closing_line, specification_curve
from glf_utils.death_toll.curve_sliders import RULES, explore_curve
from glf_utils.death_toll.evidence import with_families
from glf_utils.death_toll.registers import follow_rates
from glf_utils.death_toll.sliders import explore_baseline, explore_estimate
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


@pytest.mark.parametrize("explore", [explore_baseline, explore_estimate, explore_curve])
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


def test_what_a_title_names_is_marked():
    """The four combinations wear rings; the explorer stands on the two that it names."""
    cells = all_cells()
    ax = specification_curve(
        cells, load("death_toll_estimates"), load("national_vital_rates")
    ).axes[0]
    rings = [line for line in ax.lines if line.get_markersize() == 8]
    assert sorted(round(line.get_ydata()[0]) for line in rings) == [15, 21, 25, 37]
    order = np.sort(cells.toll)
    assert all(order[line.get_xdata()[0]] == line.get_ydata()[0] for line in rings)
    explorer = explore_curve()
    finding = explorer.figure().description.finding
    for row, toll in zip(explorer.table(), ("43.5", "29.8"), strict=True):
        assert f"{toll} million" in row["reading"] and toll in finding
        assert "Banister" in row["reading"] and "1958–61" in row["reading"]


def test_the_curve_reads_the_cell_it_marks():
    explorer = explore_curve()
    cells = all_cells()
    for rule, asked in RULES.items():
        part = cells.where(**asked)
        for place in (0, 37, 100):
            said = explorer.move(rule=rule, series="all", place=place)
            toll = np.sort(part.toll)[round(place / 100 * (len(part) - 1))]
            assert f"of {len(part)}, {toll:.1f} million" in said and "births not counted" in said


# -- all combinations ----------------------------------------------------------------------------


def test_each_combination_stands_once():
    cells = all_cells()
    kept = np.array([cells.chosen[choice] for choice in cells.chosen]).T
    assert len(np.unique(kept, axis=0)) == len(cells) == 198 + 48
    doubles = cells.where(series="register", baseline=["register's 1957"])
    assert len(doubles) == 0
    borrowed = [name for name, yardstick in BASELINES.items() if yardstick.of]
    assert not cells.where(baseline=borrowed).coherent.any()


def test_one_completeness_closes_the_censuses(rates):
    register, banister = (rate_series()[name] for name in ("register", "Banister"))
    share = completeness(register.death_rates, banister.birth_rates)
    weights = np.r_[0.5, np.ones(10), 0.5]
    people = own_people(banister.birth_rates, register.death_rates / share)[:12]
    assert people[-1] == pytest.approx(CENSUSES[1964])
    born = (column(rates, "banister1984", "birth_rate_per_1000", YEARS[:12]) * people) @ weights
    died = (column(rates, "official", "death_rate_per_1000", YEARS[:12]) * people) @ weights
    assert share == pytest.approx(died / (born - 1000 * (CENSUSES[1964] - CENSUSES[1953])))
    assert all_cells().where(series="register raised").gap == pytest.approx(0, abs=1e-9)


def test_known_cells(rates):
    netted = all_cells().where(window="1958–61", netting="netted")
    for series, baseline, toll in (
        ("register", "1957", 15.33),
        ("Banister", "1957", 24.63),
        ("Banister", "line 1957–64", 29.81),
        ("UN 2024", "1957", 12.51),
        ("Banister", "trend 1953–57", 36.99),
        ("UN 2024", "log trend 1953–57", 16.21),
        ("register raised", "1957", 24.79),
        ("UN 2024", "line 1957–64", 15.80),
        ("Banister", "register's 1957", 43.54),
    ):
        (found,) = netted.where(series=series, baseline=baseline).toll
        assert found == pytest.approx(toll, abs=0.01)


def test_the_curve_is_drawn_in_order_with_the_choices_of_each_cell():
    cells = all_cells()
    fig = specification_curve(cells, load("death_toll_estimates"), load("national_vital_rates"))
    ax, panel = fig.axes
    dots, crosses = (line.get_xydata() for line in ax.lines[:2])
    drawn = np.concatenate([dots, crosses])
    drawn = drawn[np.argsort(drawn[:, 0])]
    assert drawn[:, 0].tolist() == list(range(len(cells)))
    assert drawn[:, 1] == pytest.approx(np.sort(cells.toll))
    assert np.sort(dots[:, 1]) == pytest.approx(np.sort(cells.where(coherent=True).toll))
    order = np.argsort(cells.toll, kind="stable")
    names = [(choice, name) for choice in SHOWN for name in cells.options[choice]]
    ticks = [line for line in panel.lines if line.get_marker() == "|"]
    for (choice, name), line in zip(names, ticks, strict=True):
        held = cells.chosen[choice][order] == cells.options[choice].index(name)
        assert line.get_xdata().tolist() == np.flatnonzero(held).tolist()
    said = {text.get_text() for text in ax.texts}
    table = with_families(load("death_toll_estimates")).set_index("estimate_id")
    assert {f"{words}: {table.loc[key, 'least']:g}" for key, words in NAMED.items()} <= said
    assert table.loc[list(NAMED), "comparable"].all()


def test_no_title_hangs_on_what_else_is_on_the_menu():
    """Take a baseline, a window or a series off, and the titles stay what they are."""
    cells, estimates = all_cells(), load("death_toll_estimates")
    rows = load("national_vital_rates")
    whole = specification_curve(cells, estimates, rows).description.finding
    for part in (
        cells.where(series=["register", "Banister"]),
        cells.where(window="1958–61"),
        cells.where(baseline=["1957", "trend 1953–57"]),
        cells.where(coherent=True),
    ):
        assert specification_curve(part, estimates, rows).description.finding == whole
    assert "15 to 21" in whole and "25 to 37" in whole


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


def test_the_line_holds_pairs_that_close_and_names_three(rates):
    fig = closing_line(rates)
    line, *points, other = fig.axes[0].lines
    normal, toll = line.get_data()
    assert closing_shares(normal / 100)[1] == pytest.approx(toll)
    assert toll - other.get_ydata() == pytest.approx(15.2, abs=0.1)
    marked = {line.get_ydata()[0]: line.get_xdata()[0] for line in points}
    assert sorted(marked)[::3] == [15, 45] and 30 in marked and len(marked) == 4
    for wanted in (15, 30, 45):
        assert closing_shares([marked[wanted] / 100])[1] == pytest.approx(wanted, abs=0.05)
        assert f"{marked[wanted]:.0f}" in fig.description.finding
    (even,) = (x for y, x in marked.items() if y not in (15, 30, 45))
    assert closing_shares([even / 100])[0] == pytest.approx(even / 100, abs=1e-3)
    for years, share in (((1953, 1957), 56), ((1958, 1961), 60), ((1962, 1964), 78)):
        span = range(years[0], years[1] + 1)
        hers, registered = (
            column(rates, name, "death_rate_per_1000", span).sum()
            for name in ("banister1984", "official")
        )
        assert round(100 * registered / hers) == share
        assert f"{share} of 100 deaths in" in fig.description.units or (
            f"{share} in {years[0]}–{years[1] - 1900}" in fig.description.units
        )


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
