"""Speed of the death-toll models: many specifications at once against one at a time."""

import numpy as np
from timing import Result, against, in_turn, milliseconds

SPECIFICATIONS = 10_000
AGES = np.array([0, 1, *range(5, 105, 5)])
STEPS, GROUPS = 2, 21
BOYS = 1.07


def un_tables():
    """The UN's people of 1955, its death rates of two periods, its ages of mothers."""
    from glf_utils import load

    def wide(frame, value):
        return frame.pivot(index="sex", columns="age_start", values=value).loc[["male", "female"]]

    people = wide(load("age_structure").query("year == 1955"), "population_thousand") / 1000
    rates = load("mortality_by_age").query("revision == 'wpp2019'")
    rates = [
        wide(rates.query("period_start_year == @start"), "death_rate_per_person_year")
        for start in (1955, 1960)
    ]
    pattern = load("fertility_pattern").query("revision == 'wpp2024' and period_start_year == 1955")
    return people.to_numpy(), np.stack(rates), pattern.share_of_fertility_pct.to_numpy() / 100


def all_at_once(people, rates, shares, factor, fertility):
    """Harder mortality in each step and another fertility, for every specification together."""
    from glf_utils.death_toll.cohorts import project
    from glf_utils.death_toll.lifetables import fertility_rates, life_table, survival

    table = life_table(AGES, rates * factor[:, :, None, None])
    bearing = fertility_rates(fertility, shares, 15, GROUPS)
    run = project(people, survival(table), bearing, boys_per_girl=BOYS)
    return run.people[:, -1].sum(axis=(1, 2)), run.deaths.sum(axis=(1, 2, 3))


def one_by_one(people, rates, shares, factor, fertility):
    """The same arithmetic as a careful user writes it for one specification, in a loop."""
    width = np.diff(AGES)
    ends, deaths = np.empty(len(factor)), np.empty(len(factor))
    girl = 1 / (1 + BOYS)
    for spec in range(len(factor)):
        now, dead = people, 0.0
        for step in range(STEPS):
            m = rates[step] * factor[spec, step]
            gone = 1 - np.exp(-width * m[:, :-1])
            lived = gone / m[:, :-1]
            for sex, (low0, low1, top) in enumerate(
                (
                    ((0.045, 2.684), (1.651, -2.816), (0.330, 1.352)),
                    ((0.053, 2.800), (1.522, -1.518), (0.350, 1.361)),
                )
            ):
                infant = m[sex, 0]
                early = infant < 0.107
                a0 = low0[0] + low0[1] * infant if early else top[0]
                a1 = low1[0] + low1[1] * infant if early else top[1]
                for age, (n, a) in enumerate(((1, a0), (4, a1))):
                    q = n * m[sex, age] / (1 + (n - a) * m[sex, age])
                    gone[sex, age], lived[sex, age] = q, n * (1 - q) + a * q
            alive = np.hstack([np.ones((2, 1)), np.cumprod(1 - gone, axis=1)])
            years = np.hstack([alive[:, :-1] * lived, alive[:, -1:] / m[:, -1:]])
            years = np.hstack([years[:, :1] + years[:, 1:2], years[:, 2:]])
            stay = np.exp(-5 * m[:, -1])
            moved = years[:, 1:] / years[:, :-1]
            moved[:, -1] = years[:, -1] * (1 - stay) / years[:, -2]
            later = np.empty_like(now)
            later[:, 1:] = now[:, :-1] * moved
            later[:, -1] += now[:, -1] * stay
            bearing = fertility[spec, step] * shares / shares.sum() / 5
            born = 5 * ((now[1, 3:10] + later[1, 3:10]) / 2 * bearing).sum()
            later[:, 0] = born * np.array([1 - girl, girl]) * years[:, 0] / 5
            dead += now.sum() + born - later.sum()
            now = later
        ends[spec], deaths[spec] = now.sum(), dead
    return ends, deaths


def cohort_inputs():
    rng = np.random.default_rng(1958)
    factor = rng.uniform(0.7, 1.8, (SPECIFICATIONS, STEPS))
    return *un_tables(), factor, rng.uniform(2.5, 7, (SPECIFICATIONS, STEPS))


def bench_cohorts():
    inputs, found = cohort_inputs(), {}

    def at_once():
        found["at_once"] = all_at_once(*inputs)

    def in_a_loop():
        found["in_a_loop"] = one_by_one(*inputs)

    at_once()  # warm
    work_ms, peer_ms = in_turn(3, at_once, in_a_loop)
    for ours, theirs in zip(found["at_once"], found["in_a_loop"], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9)
    yield against(
        "cohorts",
        f"{SPECIFICATIONS:,} cohort projections",
        work_ms,
        "numpy, one specification at a time",
        peer_ms,
        1 / 12,
    )


def bench_draws():
    """A hundred thousand tolls with people, closure, interval and tornado, against their draws."""
    from glf_utils.death_toll.choices import CENSUSES, FAMINE, STATED, YEARS, rate_series
    from glf_utils.death_toll.uncertainty import draw_tolls

    deaths, births = rate_series()["register"].death_rates, rate_series()["Banister"].birth_rates
    draws = 100_000

    def tolls():
        found = draw_tolls(
            YEARS,
            deaths,
            births,
            CENSUSES,
            STATED,
            FAMINE,
            "line",
            (1957, 1964),
            famine_years=FAMINE,
            draws=draws,
        )
        return found.interval(), found.tornado()

    def numbers():
        return STATED.draw(draws, 1958)

    tolls()  # warm
    work_ms, peer_ms = in_turn(15, tolls, numbers)
    yield against(
        "draws",
        f"{draws:,} draws of a toll, closed, with interval and tornado",
        work_ms,
        "numpy drawing their random numbers",
        peer_ms,
        3,
    )


def bench_bias():
    """A register thinned by year and age: every baseline and estimator, their bias and intervals.

    Russia's is the dearer one, for only it has ages.
    """
    from glf_utils import load
    from glf_utils.death_toll.known_ages import ages_of, spread_over_ages
    from glf_utils.death_toll.known_baselines import bias_by_method, intervals_by_method
    from glf_utils.death_toll.known_estimators import bias_by_estimator
    from glf_utils.death_toll.known_registers import after_china, famine_of

    registers, by_age = load("famine_registers"), load("famine_ages")

    def table():
        ages = ages_of(by_age, "Russia")
        russia = famine_of(registers, "Russia", (1931, 1933), "balance", ages)
        births, deaths = after_china(russia)
        shares = spread_over_ages(ages, deaths)
        return (
            bias_by_method(russia, births, shares),
            intervals_by_method(russia, shares),
            bias_by_estimator(ages, russia.window, shares),
        )

    work_ms = milliseconds(table)
    yield Result(
        "bias",
        "bias table and intervals of one famine",
        work_ms,
        "no peer",
        None,
        None,
        10_000,
        work_ms <= 10_000,
    )


BENCHES = (bench_cohorts, bench_draws, bench_bias)

if __name__ == "__main__":
    for bench in BENCHES:
        for result in bench():
            print(result, flush=True)
