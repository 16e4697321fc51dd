"""Uncertainty: made-up peoples whose toll is known, counted by registers that miss a known part."""

import numpy as np
import pytest

from glf_utils.death_toll.choices import CENSUSES, FAMINE, STATED, YEARS, rate_series
from glf_utils.death_toll.rates import balance_gap, baseline_rates, excess_deaths
from glf_utils.death_toll.registers import (
    completeness_by_period,
    correct_registration,
    follow_rates,
)
from glf_utils.death_toll.uncertainty import Stated, draw_tolls

REGISTERED = rate_series()["register"].death_rates
SURVEY = rate_series()["Banister"].birth_rates
LINE = ("line", (1957, 1964))
NARROW = Stated(
    (0.58, 0.6, 0.62), (0.55, 0.6, 0.65), 0.75, (0.99, 1, 1.01), 1.0, (0.985, 0.99, 0.995)
)


def shares(drawn, at=0):
    """Completeness by year of one draw."""
    period = np.searchsorted([FAMINE[0], FAMINE[1] + 1], YEARS, side="right")
    return np.array([drawn[name][at] for name in ("before", "famine", "after")])[period]


def truth(drawn, at=0, kind="line", reference=(1957, 1964)):
    """Rates, people and toll of a closed people whose register held the drawn shares."""
    rates, births = REGISTERED / shares(drawn, at), SURVEY / drawn["births"][at]
    people = follow_rates(YEARS, births, rates, 1953, CENSUSES[1953] / drawn["first_census"][at])
    normal = baseline_rates(YEARS, rates, kind, reference)
    return people, excess_deaths(YEARS, rates, people, FAMINE, normal).total


def draws(stated=STATED, kind=LINE, censuses=CENSUSES, deaths=REGISTERED, **options):
    return draw_tolls(
        YEARS, deaths, SURVEY, censuses, stated, FAMINE, *kind, famine_years=FAMINE, **options
    )


@pytest.mark.parametrize(
    "kind, reference",
    [
        ("year", 1957),
        ("mean", [1955, 1956, 1957]),
        ("mean", [1956, 1957, 1963]),
        ("line", (1957, 1964)),
        ("trend", range(1953, 1958)),
        ("log trend", range(1953, 1958)),
    ],
)
def test_every_draw_is_what_the_plain_functions_give(kind, reference):
    found = draws(kind=(kind, reference), draws=5000, seed=2)
    drawn = STATED.draw(5000, 2)
    for at in (0, 17, 4999):
        people, toll = truth(drawn, at, kind, reference)
        assert found.all_tolls[at] == pytest.approx(toll)
        counted = CENSUSES[1964] / drawn["second_census"][at]
        assert found.all_gaps[at] == pytest.approx(people[YEARS == 1964][0] - counted)


CHILDREN = np.where((YEARS >= 1958) & (YEARS <= 1961), 0.35, 0.5) * REGISTERED
BY_AGE = np.array([CHILDREN, REGISTERED - CHILDREN])
SHARES = [(0.35, 0.45, 0.6), (0.6, 0.75, 0.95)]


@pytest.mark.parametrize("kind, reference", [("year", 1957), ("line", (1957, 1964))])
@pytest.mark.parametrize("after", [SHARES, (0.6, 0.75, 0.95)])
def test_every_draw_by_age_is_what_the_plain_functions_give(kind, reference, after):
    """Each age's deaths are divided by its own share; the people follow the sum."""
    stated = Stated(SHARES, [(0.3, 0.4, 0.7), (0.5, 0.7, 0.9)], after, (0.97, 1, 1.03))
    found = draws(stated, (kind, reference), deaths=BY_AGE, draws=4000, seed=3, closes_within=20)
    drawn = stated.draw(4000, 3)
    for at in (0, 9, 3999):
        held = np.array(
            [
                [drawn.get(f"{name} {age}", drawn.get(name))[at] for name in PERIOD_OF_YEAR]
                for age in (0, 1)
            ]
        )
        rates, births = (BY_AGE / held).sum(axis=0), SURVEY / drawn["births"][at]
        people = follow_rates(YEARS, births, rates, 1953, CENSUSES[1953])
        normal = baseline_rates(YEARS, rates, kind, reference)
        assert found.all_tolls[at] == pytest.approx(
            excess_deaths(YEARS, rates, people, FAMINE, normal).total
        )
        assert found.all_gaps[at] == pytest.approx(people[YEARS == 1964][0] - CENSUSES[1964])
    assert set(found.tornado()) < set(stated.likeliest) == set(drawn)


PERIOD_OF_YEAR = np.array(["before", "famine", "after"])[
    (YEARS > 1957).astype(int) + (YEARS > 1961)
]


def test_ages_with_one_share_are_no_ages():
    alike = [(0.61, 0.61, 0.61)] * 2
    found = draws(Stated(alike, alike, alike), deaths=BY_AGE, draws=200, closes_within=20)
    plain = draws(Stated(0.61, 0.61, 0.61), draws=200, closes_within=20)
    assert found.toll == pytest.approx(plain.toll) and found.gap == pytest.approx(plain.gap)


def posterior(counted, rng):
    """Draws that close with a second census; more of them where it is one that few would make."""
    for many in (12_000, 120_000):
        try:
            return draws(
                NARROW,
                censuses=CENSUSES | {1964: counted},
                draws=many,
                seed=rng,
                closes_within=1.5,
            )
        except ValueError as error:
            assert "draws close" in str(error)


def test_an_interval_covers_the_truth_as_often_as_it_says():
    """Sixty peoples whose register held what was drawn, and a census that counted them."""
    rng, inside = np.random.default_rng(1964), 0
    for _ in range(60):
        drawn = NARROW.draw(1, rng)
        people, toll = truth(drawn)
        counted = people[YEARS == 1964][0] * drawn["second_census"][0]
        low, _, high = posterior(counted, rng).interval(0.8)
        inside += low <= toll <= high
    assert 39 <= inside <= 57  # 48 are expected; three standard errors either way


def test_what_is_certain_and_closes_gives_one_toll():
    sure = Stated(0.61, 0.60, 0.75)
    drawn = sure.draw(200, 0)
    people, toll = truth(drawn)
    found = draws(sure, censuses=CENSUSES | {1964: people[YEARS == 1964][0]}, draws=200)
    assert found.interval() == pytest.approx([toll] * 3) and np.ptp(found.toll) == 0
    assert found.gap == pytest.approx(np.zeros(200), abs=1e-9) and found.tornado() == {}


def test_closing_is_balance_gap_s_error_of_closure():
    drawn = STATED.draw(1, 7)
    people, _ = truth(drawn)
    rates = correct_registration(REGISTERED, shares(drawn))
    coverage = {1953: drawn["first_census"][0], 1964: drawn["second_census"][0]}
    gap = balance_gap(YEARS, SURVEY / drawn["births"][0], rates, people, CENSUSES, coverage).gap
    assert draws(draws=1000, seed=7, closes_within=50).drawn == 1000
    one = draw_tolls(
        YEARS,
        REGISTERED,
        SURVEY,
        CENSUSES,
        Stated(**{name: value[0] for name, value in drawn.items()}),
        FAMINE,
        *LINE,
        famine_years=FAMINE,
        draws=100,
        closes_within=100,
    )
    assert one.all_gaps == pytest.approx(np.full(100, gap))


# no mismatch looks like a reading


def test_a_register_taken_for_whole_in_normal_years_alone_is_answered_in_words():
    """The register of these people held six deaths in ten, every year."""
    drawn = Stated(0.6, 0.6, 0.6).draw(1, 0)
    people, toll = truth(drawn)
    censuses = CENSUSES | {1964: people[YEARS == 1964][0]}
    mismatch = Stated((0.9, 0.95, 1.0), (0.55, 0.6, 0.65), (0.9, 0.95, 1.0))
    with pytest.raises(ValueError, match="0 of 20000 draws close .* exclude each other"):
        draws(mismatch, censuses=censuses, draws=20_000)
    open_to_both = Stated((0.5, 0.6, 1.0), (0.5, 0.6, 1.0), (0.5, 0.6, 1.0))
    found = draws(open_to_both, censuses=censuses, draws=20_000)
    halves = completeness_by_period(YEARS, 1.0, 0.6, FAMINE)  # what gives 45 million
    mixed = correct_registration(REGISTERED, halves)
    normal = baseline_rates(YEARS, mixed, *LINE)
    looks = excess_deaths(YEARS, mixed, people, FAMINE, normal).total
    assert looks > 40 and found.interval(0.5)[0] < toll < found.interval(0.5)[2] < looks
    corner = (found.inputs["before"] > 0.95) & (found.inputs["after"] > 0.95)
    assert not (corner & (found.inputs["famine"] > 0.55)).any()
    assert (np.abs(found.gap) <= 1).all() and len(found.gap) < len(found.all_gaps) == 20_000


@pytest.mark.parametrize("kind, reference", [("flat", 10), ("series", np.full(13, 10.0))])
def test_a_baseline_from_outside_is_refused(kind, reference):
    with pytest.raises(ValueError, match="corrected by nobody"):
        draws(kind=(kind, reference), draws=500)


# what moves it


def test_the_widest_of_a_tornado_is_what_moves_the_toll():
    """Which part the register held in the famine, and before; the censuses tie the two together."""
    found = draws(kind=("year", 1957), draws=40_000)
    tornado = found.tornado()
    assert list(tornado)[:2] == ["famine", "before"] and set(tornado) == set(found.inputs)
    assert tornado["famine"][0] > tornado["famine"][1] + 10
    assert tornado["before"][0] < tornado["before"][1] - 10
    assert np.corrcoef(found.inputs["before"], found.inputs["famine"])[0, 1] < -0.5
    assert abs(np.corrcoef(*(STATED.draw(40_000, 1)[n] for n in ("before", "famine")))[0, 1]) < 0.02


def test_the_same_seed_gives_the_same_draws_and_another_others():
    one, same, other = (draws(draws=10_000, seed=seed) for seed in (1, 1, 2))
    assert one.toll.tolist() == same.toll.tolist() and one.toll.tolist() != other.toll.tolist()
    assert one.interval() == pytest.approx(other.interval(), rel=0.2)
    assert "draws close 1953-1964 within 1 million" in one.label


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: Stated((0.6, 0.5, 0.7), 0.6, 0.6), "before is .*least, likeliest, greatest"),
        (lambda: Stated((0.5, 0.7), 0.6, 0.6), "before is .*least, likeliest, greatest"),
        (lambda: Stated(60, 0.6, 0.6), "before is 60"),
        (lambda: Stated([0.5, 0.7], 0.6, 0.6), "three for each age"),
        (lambda: Stated([(0.5, 0.7)], 0.6, 0.6), "three for each age"),
        (
            lambda: Stated(0.6, 0.6, 0.6, [(0.9, 1, 1)] * 2),
            "births is .*least, likeliest, greatest$",
        ),
        (lambda: draws(Stated(SHARES, 0.6, 0.6)), "before states 2 groups .* has 1"),
        (
            lambda: draws(Stated(SHARES, 0.6, 0.6), ("log trend", [1956, 1957]), deaths=BY_AGE),
            "one share for all ages",
        ),
        (lambda: Stated(0.6, 0, 0.6), "famine is 0"),
        (lambda: Stated(0.6, 0.6, 0.6, second_census=98), "second_census is 98"),
        (lambda: draws(censuses={1953: 582.6}), "must give two years"),
        (lambda: draws(censuses={1953: 582.6e6, 1964: 694.6e6}), "in millions"),
        (lambda: draws(deaths=REGISTERED / 1000), "per 1,000"),
        (lambda: draws(kind=("log trend", [1956, 1957, 1963])), "must lie in one period"),
        (lambda: draws(kind=("line", (1957, 1960))), "baseline in 1961 is nan"),
        (lambda: draws(draws=0), "draws is 0"),
        (lambda: draws(closes_within=0), "closes_within is 0"),
        (lambda: draws(censuses={1959: 660, 1964: 694}), "must not begin before the census"),
        (lambda: draws(draws=4000).interval(90), "share is 90"),
        (lambda: draws(draws=4000).tornado(0.8), "tail is 0.8"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
