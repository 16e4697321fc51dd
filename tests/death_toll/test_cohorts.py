"""Life tables and cohort-component projection: conservation, Lotka, and the UN's own tables."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from glf_utils import load
from glf_utils.death_toll.cohorts import excess_by_age, project
from glf_utils.death_toll.lifetables import fertility_rates, life_table, survival

AGES = np.array([0, 1, *range(5, 105, 5)])
GROUPS = 21


def un_rates(revision, start):
    rows = load("mortality_by_age").query(
        "revision == @revision and period_start_year == @start and sex != 'both'"
    )
    rates = rows.pivot(index="sex", columns="age_start", values="death_rate_per_person_year")
    assert rates.columns.tolist() == AGES.tolist()
    return rates.loc[["male", "female"]].to_numpy()


def un_people(year):
    rows = load("age_structure").query("year == @year")
    people = rows.pivot(index="sex", columns="age_start", values="population_thousand")
    return people.loc[["male", "female"]].to_numpy() / 1000


def un_pattern(revision, start):
    rows = load("fertility_pattern").query("revision == @revision and period_start_year == @start")
    return rows.share_of_fertility_pct.to_numpy() / 100, int(rows.age_start.iloc[0])


@pytest.fixture(scope="module")
def normal():
    return survival(life_table(AGES, un_rates("wpp2019", 1955)))


# life tables


@pytest.mark.parametrize("revision", ["wpp2019", "wpp2022", "wpp2024"])
@pytest.mark.parametrize("start", [1950, 1955, 1960, 1965])
def test_every_life_table_is_its_own_stationary_population(revision, start):
    """Deaths of a stationary population equal its births: the rates times L(x) add to one."""
    table = life_table(AGES, un_rates(revision, start))
    assert (table.rates * table.years).sum(-1) == pytest.approx([1, 1])
    assert (np.diff(table.alive) < 0).all() and (table.years > 0).all()


@pytest.mark.parametrize("start", [1950, 1955, 1960, 1965])
def test_life_expectancy_is_the_un_s_own_to_half_a_year(start):
    """The UN prints it by calendar year; its table of rates is for five years from July."""
    rows = load("national_vital_rates").query("series == 'wpp2024'").set_index("year")
    sexes = ["life_expectancy_male_years", "life_expectancy_female_years"]
    years = rows.loc[start : start + 5, sexes].to_numpy()
    printed = (years[:-1] + years[1:]).mean(axis=0) / 2
    found = life_table(AGES, un_rates("wpp2024", start)).life_expectancy
    assert found == pytest.approx(printed, abs=0.8 if start in (1955, 1960) else 0.5)


@given(st.floats(0.002, 0.09))
def test_a_constant_rate_is_exponential_survival_in_narrow_groups(rate):
    table = life_table(np.arange(0, 121), np.full((2, 121), rate))
    ages = np.arange(2, 121)
    assert table.alive[0, 2:] / table.alive[0, 2] == pytest.approx(np.exp(-rate * (ages - 2)))
    assert table.life_expectancy[1] == pytest.approx(1 / rate, rel=0.02)
    wide = life_table([0, 5, 10], np.full((2, 3), rate))
    assert wide.life_expectancy == pytest.approx([1 / rate] * 2)


def test_infants_live_the_coale_demeny_part_of_a_year():
    def lived(infants):
        """Years lived by those who die, from the table: (L - n l(x+n)) / (l(x) - l(x+n))."""
        table = life_table(AGES, np.where(AGES == 0, infants, 0.01) * np.ones((2, 1)))
        now, later = table.alive[:, :2], table.alive[:, 1:3]
        return (table.years[:, :2] - np.array([1, 4]) * later) / (now - later)

    low, high = lived(0.05), lived(0.2)
    assert low == pytest.approx(np.array([[0.1792, 1.5102], [0.193, 1.4461]]))
    assert high == pytest.approx(np.array([[0.330, 1.352], [0.350, 1.361]]))


def test_shares_alive_a_step_later_are_ratios_of_person_years(normal):
    table = life_table(AGES, un_rates("wpp2019", 1955))
    under_five = table.years[:, 0] + table.years[:, 1]
    assert normal[:, 0] == pytest.approx(under_five / 5)
    assert normal[:, 1] == pytest.approx(table.years[:, 2] / under_five)
    assert normal[:, 7] == pytest.approx(table.years[:, 8] / table.years[:, 7])
    stay = np.exp(-5 * table.rates[:, -1])
    assert normal[:, -1] == pytest.approx(stay)
    assert normal[:, -2] == pytest.approx(table.years[:, -1] * (1 - stay) / table.years[:, -2])
    assert ((normal > 0) & (normal < 1)).all() and normal.shape == (2, GROUPS + 1)


def test_rates_of_fertility_add_up_to_the_total():
    shares, first = un_pattern("wpp2024", 1955)
    rates = fertility_rates([6.0, 3.0], shares, first, GROUPS)
    assert 5 * rates.sum(-1) == pytest.approx([6, 3])
    rounded = fertility_rates(6.0, shares * 0.9995, first, GROUPS)
    assert 5 * rounded.sum() == pytest.approx(6)
    assert (rates[:, :3] == 0).all() and (rates[:, 3:10] > 0).all() and (rates[:, 10:] == 0).all()


# projection


def lotka(shares, bearing, boys_per_girl, width=5):
    """Growth of a stable population in a step, from Lotka's equation, and its people by age.

    Daughters per newborn girl by the step in which she bears them; with growth x a step they must
    satisfy 1 = sum of phi(k) x^-k. Nothing here is taken from the projection.
    """
    girl = 1 / (1 + boys_per_girl)
    reach = np.cumprod(shares[1, :-1])  # a girl born in a step, in group k at its end
    half = width * girl * bearing / 2
    phi = np.zeros(len(reach) + 1)
    phi[:-1] += half * reach  # half the births of a group are borne by women at a step's end
    phi[1:] += half * reach  # half by those at its start, a step later
    low, high = 0.5, 3.0
    for _ in range(200):
        growth = (low + high) / 2
        more = (phi * growth ** -np.arange(len(phi), dtype=float)).sum() > 1
        low, high = (growth, high) if more else (low, growth)
    people = np.cumprod(shares[:, :-1], axis=-1) * growth ** -np.arange(len(reach), dtype=float)
    people[:, -1] /= 1 - shares[:, -1] / growth  # those who stay in the open group
    return growth, people * np.array([[1 - girl], [girl]])


@pytest.mark.parametrize("total", [2.5, 4.0, 6.4])
def test_a_stable_population_keeps_its_shape_and_grows_as_lotka_says(normal, total):
    bearing = fertility_rates(total, *un_pattern("wpp2024", 1955), GROUPS)
    growth, people = lotka(normal, bearing, 1.07)
    run = project(people, np.stack([normal] * 4), bearing, boys_per_girl=1.07)
    powers = growth ** np.arange(5.0)
    assert run.people == pytest.approx(powers[:, None, None] * people, rel=1e-9)


def test_any_population_forgets_its_past(normal):
    bearing = fertility_rates(5.0, *un_pattern("wpp2024", 1955), GROUPS)
    growth, people = lotka(normal, bearing, 1.06)
    run = project(un_people(1955), np.stack([normal] * 120), bearing)
    end = run.people[-1]
    assert end / end.sum() == pytest.approx(people / people.sum(), abs=1e-6)
    assert end.sum() / run.people[-2].sum() == pytest.approx(growth, rel=1e-8)


def test_growth_nears_the_continuous_equation_of_lotka():
    """Constant mortality and, from 20 to 40, constant fertility: solved in closed form by year."""
    death, birth = 0.02, 0.2
    ages = np.arange(0, 101)
    bearing = np.where((ages >= 20) & (ages < 40), birth, 0.0)
    low, high = -0.1, 0.1
    for _ in range(100):
        rate = (low + high) / 2
        own = rate + death
        daughters = birth / 2 * (np.exp(-20 * own) - np.exp(-40 * own)) / own
        low, high = (rate, high) if daughters > 1 else (low, rate)
    flat = np.full((2, 102), np.exp(-death))
    flat[:, 0] = (1 - np.exp(-death)) / death
    growth, people = lotka(flat, bearing, 1.0, width=1)
    run = project(people, flat[None], bearing, boys_per_girl=1.0, width=1)
    assert np.log(run.people[1].sum() / run.people[0].sum()) == pytest.approx(rate, abs=2e-5)
    assert np.log(growth) == pytest.approx(rate, abs=2e-5)


start_people = arrays(float, (2, GROUPS), elements=st.floats(1, 60))
some_shares = arrays(float, (3, 2, GROUPS + 1), elements=st.floats(0.5, 1))
some_fertility = arrays(float, (3, GROUPS), elements=st.floats(0, 0.4)).map(
    lambda rates: np.where(np.arange(GROUPS) == 0, 0, rates)
)
some_migrants = arrays(float, (3, 2, GROUPS), elements=st.floats(-0.01, 2)).map(
    lambda moved: np.where(np.arange(GROUPS) < 3, abs(moved), moved)
)  # no births, no one to leave


@settings(max_examples=60)
@given(start_people, some_shares, some_fertility, some_migrants)
def test_nobody_is_lost_or_invented(people, shares, bearing, moved):
    run = project(people, shares, bearing, migrants=moved)
    size = run.people.sum() + run.births.sum()
    assert abs(run.unaccounted) <= 1e-13 * size
    assert (run.deaths >= -1e-12).all() and (run.people >= 0).all()
    for step in range(3):
        change = run.people[step + 1].sum() - run.people[step].sum()
        flows = run.births[step].sum() - run.deaths[step].sum() + moved[step].sum()
        assert change == pytest.approx(flows, abs=1e-12 * size)


@given(start_people, some_shares, some_fertility)
def test_each_cohort_is_followed_by_itself(people, shares, bearing):
    run = project(people, shares, bearing)
    for step in range(3):
        now, later, gone = run.people[step], run.people[step + 1], run.deaths[step]
        assert now[:, :-2] - gone[:, 1:-2] == pytest.approx(later[:, 1:-1], abs=1e-9)
        assert run.births[step] - gone[:, 0] == pytest.approx(later[:, 0], abs=1e-9)
        assert now[:, -2:].sum(1) - gone[:, -2:].sum(1) == pytest.approx(later[:, -1], abs=1e-9)
    assert run.births[:, 0] == pytest.approx(1.06 * run.births[:, 1])


def test_migrants_live_and_die_like_the_others_from_the_day_they_come():
    shares = np.full((1, 2, 4), 0.5)
    moved = np.zeros((1, 2, 3))
    moved[0, 1, 0] = 8
    with_them, without = (
        project(np.ones((2, 3)), shares, births=[0], migrants=m) for m in (moved, 0.0)
    )
    assert (with_them.people[1] - without.people[1])[1].tolist() == [4, 2, 0]
    assert (with_them.deaths - without.deaths)[0, 1].tolist() == [0, 2, 0, 0]


def test_given_births_replace_fertility(normal):
    run = project(un_people(1955), np.stack([normal] * 2), births=[120.0, 90.0])
    assert run.births.sum(-1) == pytest.approx([120, 90])
    bearing = fertility_rates(5.5, *un_pattern("wpp2024", 1955), GROUPS)
    borne = project(un_people(1955), np.stack([normal] * 2), bearing)
    same = project(un_people(1955), np.stack([normal] * 2), births=borne.births.sum(-1))
    assert same.people == pytest.approx(borne.people)


def test_births_come_from_women_at_both_ends_of_the_step(normal):
    bearing = fertility_rates(5.5, *un_pattern("wpp2024", 1955), GROUPS)
    run = project(un_people(1955), normal[None], bearing)
    women = (run.people[0, 1] + run.people[1, 1]) / 2
    assert run.births.sum() == pytest.approx(5 * (women * bearing).sum())


def test_sweden_is_projected_as_the_textbook_prints_it():
    """Preston and others (2001), box 6.2, as the tests of the UN program ccmppWPP give it."""
    women = [293395, 248369, 240012, 261346, 285209, 314388, 281290, 286923, 304108, 324946]
    women += [247613, 211351, 215140, 221764, 223506, 183654, 141990, 112424]
    years = [497487, 497138, 496901, 496531, 495902, 495168, 494213, 492760, 490447, 486613]
    years += [480665, 471786, 457852, 436153, 402775, 350358, 271512, 291707]
    came = [6840, 4150, 3365, 5270, 9240, 8230, 5470, 3155, 1770, 1115, 1075, 845, 645, 530, 465]
    came += [300, 250, 175]
    printed = [302392, 298682, 252007, 244150, 268267, 293515, 320624, 284767, 288031, 303166]
    printed += [322062, 243989, 205841, 205516, 205270, 194771, 142565, 131966]
    born = [15244, 126688, 229354, 170057, 63203, 10971, 472]
    bearing = np.zeros(18)
    bearing[3:10] = [0.0120, 0.0908, 0.1499, 0.1125, 0.0441, 0.0074, 0.0003]
    lived = np.array(years)
    shares = [lived[0] / 5e5, *lived[1:-1] / lived[:-2], *[lived[-1] / lived[-2:].sum()] * 2]
    run = project(
        [women, women],
        np.tile(shares, (1, 2, 1)),
        fertility=bearing[None],
        boys_per_girl=1.05,
        migrants=np.tile(came, (1, 2, 1)),
    )
    assert run.people[1, 1] == pytest.approx(printed, abs=0.6)
    assert run.births.sum() == pytest.approx(sum(born), abs=3)


def test_ten_years_forward_meet_the_un_s_age_structure():
    """Its people of 1955, its mortality and births, no migrants: its people of 1960 and 1965."""
    births = (
        load("national_vital_rates")
        .query("series == 'wpp2019_interpolated'")
        .set_index("year")["births_million"]
    )
    per_step = [
        births.loc[a : a + 4].sum() / 2 + births.loc[a + 1 : a + 5].sum() / 2 for a in (1955, 1960)
    ]
    shares = np.stack([survival(life_table(AGES, un_rates("wpp2019", a))) for a in (1955, 1960)])
    run = project(un_people(1955), shares, births=per_step, boys_per_girl=1.07)
    for step, year in enumerate((1955, 1960, 1965)):
        there = un_people(year)
        assert run.people[step].sum() == pytest.approx(there.sum(), rel=0.003)
        off = np.abs(run.people[step] / there - 1)[:, :15]
        assert off[:, step:].max() < 0.015 and np.median(off) < 0.002, (year, off.round(3))


def test_specifications_side_by_side_are_those_one_by_one(normal):
    rng = np.random.default_rng(5)
    factors = rng.uniform(1, 3, (12, 2, 1, 1))
    tables = life_table(AGES, un_rates("wpp2019", 1955) * np.minimum(factors, 2.0))
    shares = survival(tables)
    bearing = fertility_rates(rng.uniform(2, 7, (12, 2)), *un_pattern("wpp2024", 1955), GROUPS)
    ratio = rng.uniform(1.03, 1.1, 12)
    together = project(un_people(1955), shares, bearing, boys_per_girl=ratio[:, None])
    assert together.people.shape == (12, 3, 2, GROUPS)
    for i in range(12):
        alone = project(un_people(1955), shares[i], bearing[i], boys_per_girl=ratio[i])
        assert (together.people[i] == alone.people).all()
        assert (together.deaths[i] == alone.deaths).all()
    assert np.abs(together.unaccounted).max() < 1e-10


# excess by age


def test_excess_is_what_the_balance_says(normal):
    harder = survival(life_table(AGES, un_rates("wpp2019", 1955) * 1.5))
    people = un_people(1955)
    found = excess_by_age(people, harder[None], normal[None], births=[115.0])
    ends = [
        project(people, shares[None], births=[115.0]).people[-1].sum()
        for shares in (harder, normal)
    ]
    assert found.total == pytest.approx(ends[1] - ends[0])
    assert found.by_age.shape == (2, GROUPS + 1) and (found.by_age > 0).all()
    assert found.by_age.sum() == pytest.approx(found.total)


def test_equal_mortality_has_no_excess_and_time_takes_some_back(normal):
    people, calm = un_people(1955), np.stack([normal] * 4)
    assert excess_by_age(people, calm, calm, [100] * 4).total == 0
    famine = calm.copy()
    famine[0] = survival(life_table(AGES, un_rates("wpp2019", 1955) * 2))
    totals = [excess_by_age(people, famine[:n], calm[:n], [100] * n).total for n in (1, 2, 4)]
    assert totals[0] > totals[1] > totals[2] > 0


P, S = np.ones((2, 3)), np.full((1, 2, 4), 0.9)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: life_table([0, 5, 5], np.ones((2, 3))), "ages is .*in order, from 0"),
        (lambda: life_table([1, 5], np.ones((2, 2))), "ages is .*from 0"),
        (lambda: life_table([0, 5], np.ones((2, 3))), "rates has 3 ages; it must have 2"),
        (lambda: life_table([0, 5], np.ones(2)), "rates has shape .2,.; .*2 sexes"),
        (lambda: life_table([0, 5], [[0.1, -1]] * 2), "rates .* is -1"),
        (lambda: life_table([0, 5], [[0.1, 0]] * 2), "rates at age 5. hold 0"),
        (lambda: life_table([0, 1, 5], [[9, 1, 1]] * 2), "rates at age 0 hold 9: more would die"),
        (lambda: survival(life_table([0, 5, 10], P / 10), width=4), "width is 4"),
        (lambda: survival(life_table([0, 5, 20], P / 10), width=10), "width is 10"),
        (lambda: fertility_rates(6, [0.5, 0.4], 15, 21), "shares add to 0.9"),
        (lambda: fertility_rates(6, [0.5, 0.5], 17, 21), "first_age is 17"),
        (lambda: fertility_rates(6, [0.5, 0.5], 15, 4), "first_age is 15; .*do not fit"),
        (lambda: fertility_rates(-6, [0.5, 0.5], 15, 21), "total_fertility is -6"),
        (lambda: project(P, S), "either fertility or births"),
        (lambda: project(P, S, [[0, 1, 0]], [5]), "either fertility or births"),
        (lambda: project(P, S, [[1, 1, 0]]), "fertility of the first age group"),
        (lambda: project(P, S * 2, births=[1]), "survive .* is 1.8; .*at most 1"),
        (lambda: project(P, S[..., :3], births=[1]), "survive has shape .*4 shares"),
        (lambda: project(P[0], S, births=[1]), "people has shape"),
        (lambda: project(-P, S, births=[1]), "people .* is -1"),
        (lambda: project(P, S, births=[1, 2]), "births has shape .2,.; it must end in .1,."),
        (lambda: project(P, S, births=[1], boys_per_girl=0), "boys_per_girl is 0"),
        (lambda: project(P, S, births=[1], migrants=-9.0), "migrants in step 0 take more"),
        (lambda: project(np.ones((4, 2, 3)), np.ones((5, 1, 2, 4)), births=[1]), "shapes people"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
