"""The reporting hierarchy: its known limits, its books, and the sets that fit the record."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glf_utils import load
from glf_utils.country.chance import replicate
from glf_utils.country.search import RANGES, fitting_sets, leap_policies
from glf_utils.country.season import Season, run, season
from glf_utils.country.tree import Hierarchy, Policy, begin, draw_hierarchy, share_out

HONEST = {"pressure": 0, "rivalry": 0, "hunger": 0}
MOVES = {
    "pressure": st.floats(-0.5, 0.8),
    "rivalry": st.floats(0, 0.8),
    "hunger": st.floats(0, 1.5),
    "audit": st.floats(0, 1),
    "penalty": st.floats(0, 5),
    "ladder": st.floats(-0.2, 0.5),
    "gain": st.floats(0, 1),
    "ambition": st.floats(-0.3, 1),
    "ratchet": st.floats(0, 1),
    "rate": st.floats(0, 0.9),
    "need": st.floats(0.05, 0.4),
}
policies = st.fixed_dictionaries(MOVES)
seeds = st.integers(0, 10_000)


@st.composite
def worlds(draw, whole_tonnes=False):
    """A hierarchy with harvests of two years and people, in double precision."""
    counts = sorted(draw(st.lists(st.integers(1, 60), min_size=1, max_size=4)), reverse=True)
    tree = draw_hierarchy([*counts, 1], draw(seeds), draw(st.floats(0.3, 20)))
    rng = np.random.default_rng(draw(seeds))
    crops = rng.uniform(10, 1000, (2, tree.counts[0]))
    return tree, np.round(crops) if whole_tonnes else crops, rng.uniform(50, 3000, tree.counts[0])


def one_season(world, rows=1, **settings):
    tree, (before, crop), people = world
    policy = Policy(**settings)
    state = begin(tree, before, people, policy, rows)
    return state, season(state, crop, policy)


def by_hand(world, p):
    """One season, unit by unit, from the rules as :func:`season` words them."""
    tree, (before, crop), people = world
    counts = tree.counts
    children = [[range(*edge[j : j + 2]) for j in range(len(edge) - 1)] for edge in tree.edges]
    claims, heads = [before.tolist()], [people.tolist()]
    fed = [[h * (1 - p["rate"]) / n for h, n in zip(claims[0], heads[0], strict=True)]]
    for family in children:
        claims.append([sum(claims[-1][i] for i in kin) for kin in family])
        heads.append([sum(heads[-1][i] for i in kin) for kin in family])
        fed.append([c * (1 - p["rate"]) / n for c, n in zip(claims[-1], heads[-1], strict=True)])
    belief = claims[-1][0]
    target = belief * (1 + p["ambition"])
    plans = [None] * len(children) + [[target]]
    for level in range(len(children) - 1, -1, -1):
        plans[level] = [0.0] * counts[level]
        for j, kin in enumerate(children[level]):
            for i in kin:
                share = claims[level][i] / sum(claims[level][k] for k in kin)
                plans[level][i] = plans[level + 1][j] * (1 + p["ladder"]) * share
    weight = (1 - p["audit"]) / (1 + p["audit"] * p["penalty"])
    held, told = [crop.tolist()], []
    for level, families in enumerate(children):
        told.append(sum(held[level]))
        now = [0.0] * counts[level]
        for kin in families:
            usual = sum(claims[level][i] for i in kin) / sum(heads[level][i] for i in kin)
            for i in kin:
                own = held[level][i]
                moved = (
                    p["pressure"] * (plans[level][i] - own)
                    + p["rivalry"] * max(0, usual * heads[level][i] - own)
                    - p["hunger"] * max(0, 1 - fed[level][i] / p["need"]) * own
                )
                now[i] = max(0, own + weight * moved)
        claims[level] = now
        held.append([sum(now[i] for i in kin) for kin in families])
    belief += p["gain"] * (held[-1][0] - belief)
    target += p["ratchet"] * ((1 + p["ambition"]) * belief - target)
    asked = [None] * len(children) + [[p["rate"] * belief]]
    for level in range(len(children) - 1, -1, -1):
        asked[level] = [0.0] * counts[level]
        for j, kin in enumerate(children[level]):
            for i in kin:
                if held[level + 1][j]:
                    asked[level][i] = asked[level + 1][j] * claims[level][i] / held[level + 1][j]
    left = [max(0, h - q) for h, q in zip(held[0], asked[0], strict=True)]
    missing = sum(max(0, p["need"] * n - g) for n, g in zip(heads[0], left, strict=True))
    return {
        "told": [*told, held[-1][0]],
        "belief": belief,
        "target": target,
        "quota": p["rate"] * belief,
        "left": sum(left),
        "taken": told[0] - sum(left),
        "missing": missing,
    }


@given(worlds(), policies)
def test_a_season_is_what_the_rules_say_unit_by_unit(world, moves):
    _, result = one_season(world, **moves)
    for name, value in by_hand(world, moves).items():
        found = getattr(result, name)[0]
        assert found == pytest.approx(value, rel=1e-9, abs=1e-6), name


@given(worlds(whole_tonnes=True), st.floats(0, 1), st.floats(0, 1))
def test_without_pressure_or_bias_the_truth_arrives_exactly(world, ambition, audit):
    _, result = one_season(world, **HONEST, ambition=ambition, audit=audit)
    assert (result.told == world[1][1].sum()).all()


@given(worlds(whole_tonnes=True), policies)
def test_where_everyone_is_weighed_the_truth_arrives_exactly(world, moves):
    _, result = one_season(world, **moves | {"audit": 1})
    assert (result.told == world[1][1].sum()).all()


@given(worlds(), st.floats(0.05, 0.9), st.floats(0.05, 1), st.floats(0, 5), st.floats(0.5, 1))
def test_more_audit_less_inflation(world, pressure, ambition, penalty, weather):
    tree, (before, _), people = world
    setting = {**HONEST, "pressure": pressure, "penalty": penalty, "ambition": ambition}
    world = tree, (before, before * weather), people
    top = [one_season(world, **setting, audit=audit)[1].told[0] for audit in (0, 0.3, 0.7, 1)]
    assert (np.diff([told[-1] for told in top]) < 0).all()
    assert top[-1][-1] == pytest.approx(top[-1][0])


@given(worlds(), policies, st.floats(0.01, 100))
def test_scaling_everything_scales_everything(world, moves, unit):
    tree, crops, people = world
    state, result = one_season(world, **moves)
    other, scaled = one_season((tree, crops * unit, people * unit), **moves)
    for item in fields(Season):
        assert getattr(scaled, item.name) == pytest.approx(
            unit * getattr(result, item.name), abs=1e-6
        )
    assert other.fed[0] == pytest.approx(state.fed[0], abs=1e-9)


@given(worlds(), policies)
def test_every_tonne_is_with_the_state_or_with_the_people(world, moves):
    state, result = one_season(world, **moves)
    crop, kept = world[1][1], state.fed[0][:, 0] * world[2]
    assert (kept <= crop * (1 + 1e-12)).all() and (kept >= 0).all()
    assert result.left == pytest.approx(kept.sum())
    assert result.taken + result.left == pytest.approx(crop.sum())
    assert result.taken <= result.quota * (1 + 1e-9) + 1e-6
    if (kept > 0).all() and all((held > 0).all() for held in state.held[1:]):
        assert result.taken == pytest.approx(result.quota, abs=1e-6)
    for level in range(1, len(state.fed)):
        mouths = state.fed[level][:, 0] * state.people[level][:, 0]
        assert mouths.sum() == pytest.approx(result.left[0])


def test_the_national_books_balance_to_the_tonne():
    tree = draw_hierarchy([26_000, 2_000, 27, 1], seed=1958)
    crop, people = share_out(200e6, 26_000, 0.3, 1), share_out(540e6, 26_000, 0.2, 2)
    state = begin(tree, crop, people, Policy())
    for weather in (1, 0.8, 0.7, 0.7):
        result = season(state, crop * np.float32(weather), Policy(pressure=0.6, rate=0.35))
        field = (crop * np.float32(weather)).astype(float)
        kept = state.fed[0][:, 0].astype(float) * people
        assert result.told[0, 0] == pytest.approx(field.sum(), abs=0.5)
        assert result.left[0] == pytest.approx(kept.sum(), abs=1)
        assert result.taken[0] == pytest.approx((field - kept).sum(), abs=1)


@given(worlds(), st.floats(-0.9, -0.05), st.floats(0.05, 1))
def test_negative_pressure_conceals(world, pressure, ambition):
    tree, (before, _), people = world
    _, result = one_season(
        (tree, (before, before), people), **HONEST | {"pressure": pressure, "ambition": ambition}
    )
    fall = np.diff(result.told[0])  # until nothing is left to be told
    assert fall[0] < 0 and ((fall < 0) | (result.told[0, 1:] == 0)).all()


@given(worlds(), st.floats(0.1, 1))
def test_the_hungry_hide(world, hunger):
    _, result = one_season(world, **HONEST | {"hunger": hunger, "need": 100})
    fall = np.diff(result.told[0])  # until nothing is left to be told
    assert fall[0] < 0 and ((fall < 0) | (result.told[0, 1:] == 0)).all()


@given(worlds(), policies, seeds)
def test_the_order_of_siblings_changes_nothing(world, moves, seed):
    tree, crops, people = world
    rng = np.random.default_rng(seed)
    order, sizes = np.arange(1), []
    for edge in reversed(tree.edges):  # from the centre down, shuffle every family
        families = [rng.permutation(np.arange(*edge[j : j + 2])) for j in order]
        sizes.insert(0, [len(family) for family in families])
        order = np.concatenate(families)
    other = Hierarchy(tuple(np.concatenate([[0], np.cumsum(size)]) for size in sizes))
    state, result = one_season(world, **moves)
    again, shuffled = one_season((other, crops[:, order], people[order]), **moves)
    for item in fields(Season):
        assert getattr(shuffled, item.name) == pytest.approx(getattr(result, item.name), abs=1e-6)
    assert again.fed[0] == pytest.approx(state.fed[0][order])


@given(worlds(), policies, policies)
def test_rows_run_side_by_side_as_they_would_alone(world, one, two):
    both = {name: np.array([one[name], two[name]]) for name in MOVES}
    for name in ("pressure", "rivalry", "hunger", "audit", "penalty", "ladder"):
        both[name] = both[name][:, np.newaxis]
    _, together = one_season(world, rows=2, **both)
    for row, moves in enumerate((one, two)):
        _, alone = one_season(world, **moves)
        for item in fields(Season):
            assert getattr(together, item.name)[row] == pytest.approx(
                getattr(alone, item.name)[0], abs=1e-6
            )


def test_the_centre_believes_part_of_what_it_hears_and_ratchets():
    tree, crop, people = draw_hierarchy([40, 8, 1], 3), np.full(40, 100.0), np.full(40, 300.0)
    policy = Policy(gain=0.4, ambition=0.5, ratchet=0.5)
    state = begin(tree, crop, people, policy)
    result = run(state, [crop] * 5, [policy] * 5)
    belief = np.concatenate([[4000], result.belief[:, 0]])
    assert np.diff(belief) == pytest.approx(0.4 * (result.told[:, 0, -1] - belief[:-1]))
    target = np.concatenate([[6000], result.target[:, 0]])
    assert np.diff(target) == pytest.approx(0.5 * (1.5 * belief[1:] - target[:-1]))


def test_levels_may_differ():
    world = draw_hierarchy([60, 12, 3, 1], 5), np.full((2, 60), 100.0), np.full(60, 300.0)
    _, result = one_season(world, **HONEST | {"pressure": [0, 0.5, 0], "ambition": 0.4})
    assert result.told[0] == pytest.approx([6000, 6000, 7200, 7200])


@given(st.lists(st.integers(1, 300), min_size=1, max_size=5), seeds)
def test_a_hierarchy_is_ragged_whole_and_reproducible(counts, seed):
    counts = (*sorted(counts, reverse=True), 1)
    tree = draw_hierarchy(counts, seed)
    assert tree.counts == counts
    assert all((np.diff(edge) >= 1).all() for edge in tree.edges)
    assert np.bincount(tree.superiors[0]).tolist() == np.diff(tree.edges[0]).tolist()
    again = draw_hierarchy(counts, seed)
    assert all((a == b).all() for a, b in zip(tree.edges, again.edges, strict=True))


def test_sums_are_those_of_each_family_at_every_level():
    tree = draw_hierarchy([5_000, 700, 60, 4, 1], 9)
    values = np.random.default_rng(1).uniform(0, 9, (5_000, 2))
    for level, edge in enumerate(tree.edges):
        by_hand = [
            values[first:last].sum(axis=0) for first, last in zip(edge, edge[1:], strict=False)
        ]
        values = tree.sum_up(values, level)
        assert values == pytest.approx(np.array(by_hand))
    assert np.diff(tree.edges[0]).std() > 1


COMMUNES = draw_hierarchy([260, 40, 5, 1], 1958)
NORMAL, PEOPLE = share_out(2e6, 260, 0.2, 1), share_out(6e6, 260, 0.2, 2)
WEATHER, BASIS = [1, 0.85], [Policy(), Policy(rate=0.3)]


def test_more_replicates_leave_the_first_as_they_were():
    few, many = (replicate(COMMUNES, NORMAL, PEOPLE, WEATHER, BASIS, n) for n in (7, 65))
    assert many.told.shape == (2, 65, 4) and many.left.shape == (2, 65)
    assert (many.told[:, :7] == few.told).all()
    other = replicate(COMMUNES, NORMAL, PEOPLE, WEATHER, BASIS, 7, seed=1959)
    assert not (other.told == few.told).any()


def test_chance_averages_out_around_the_season_without_chance():
    calm = replicate(COMMUNES, NORMAL, PEOPLE, WEATHER, BASIS, 2, spread=0, shared=0)
    state = begin(COMMUNES, NORMAL, PEOPLE, BASIS[0])
    plain = run(state, [NORMAL * np.float32(w) for w in WEATHER], BASIS)
    assert calm.told[:, 1] == pytest.approx(plain.told[:, 0], rel=1e-6)
    drawn = replicate(COMMUNES, NORMAL, PEOPLE, WEATHER, BASIS, 300).told[..., 0]
    error = drawn.std(axis=1) / np.sqrt(300)
    assert (np.abs(drawn.mean(axis=1) - plain.told[:, 0, 0]) < 4 * error).all()
    assert (drawn.std(axis=1) > 0.01 * drawn.mean(axis=1)).all()


def test_units_report_what_they_judge_and_give_of_what_there_is():
    """Errors up and down cancel in the sum; the harvest itself is what is kept and taken."""
    state = begin(COMMUNES, NORMAL, PEOPLE, Policy(**HONEST))
    seen = NORMAL * np.where(np.arange(len(NORMAL)) % 2, 1.1, 0.9).astype(NORMAL.dtype)
    year = season(state, NORMAL, Policy(**HONEST), judged=seen)
    assert year.told[0, 0] == pytest.approx(NORMAL.sum(), rel=1e-6)
    assert year.told[0, 1:] == pytest.approx(seen.sum(), rel=1e-6)
    assert year.taken + year.left == pytest.approx(NORMAL.sum(), rel=1e-6)


def test_misjudging_leaves_harvests_alone_and_shrinks_with_the_root_of_the_units():
    honest, errors = [Policy(**HONEST, gain=1)], {}
    for units in (100, 6_400):
        tree, crop = draw_hierarchy([units, 10, 1], seed=1), np.ones(units)
        runs = replicate(tree, crop, crop, [1], honest, 300, spread=0.15, shared=0)
        assert runs.told[0, :, 0] == pytest.approx(units, rel=1e-5)
        errors[units] = (runs.belief[0] / units).std()
    assert errors[100] == pytest.approx(0.15 / 10, rel=0.15)
    assert errors[6_400] == pytest.approx(0.15 / 80, rel=0.15)


def test_progress_is_told():
    heard = []

    def listen(*numbers):
        heard.append(numbers)

    run(begin(COMMUNES, NORMAL, PEOPLE, BASIS[0]), [NORMAL] * 2, BASIS, listen)
    replicate(COMMUNES, NORMAL, PEOPLE, WEATHER, BASIS, 40, progress=listen)
    assert heard == [(1, 2), (2, 2), (30, 40), (40, 40)]


def record():
    """The checked record: harvests over 1957, belief over harvest, and Yongding's errors.

    Belief in 1958 is the 263 of April 1959, in 1959 the 275 of November; in 1960 the 225 of
    September is a ceiling; by 1962 the error is gone. A twentieth either way, and a tenth at
    Yongding, which was one county.
    """
    said = load("targets_and_claims").query("commodity == 'grain' and kind == 'claim'")
    said = said.set_index("date")["value_high"][["1959-04-19", "1959-11-02", "1960-09-07"]]
    real = load("grain_national").query("series == 'output_official_old'")
    real = real.set_index("year")["value"]
    ratios = said.to_numpy() / real[[1958, 1959, 1960]].to_numpy()
    believed = np.array(
        [
            [ratios[0] - 0.05, ratios[0] + 0.05],
            [ratios[1] - 0.05, ratios[1] + 0.05],
            [1, ratios[2]],
            [-np.inf, np.inf],
            [0.95, 1.05],
        ]
    )
    told = np.broadcast_to([-np.inf, np.inf], (5, 6, 2)).copy()
    errors = load("reporting_errors").query("case == 'yongding_1960'")["ratio_high"].to_numpy()
    told[2, 2:5] = errors[1:, np.newaxis] + [-0.1, 0.1]
    weather = np.array([real[year] for year in range(1958, 1963)]) / real[1957]
    return weather, believed, told, ratios


def test_many_sets_fit_the_record_and_each_does():
    weather, believed, told, ratios = record()
    assert ratios == pytest.approx([1.315, 1.618, 1.568], abs=0.001)
    tree = draw_hierarchy([300, 60, 20, 8, 3, 1], 1958)
    crop, people = share_out(195e6, 300, 0.15, 1), share_out(540e6, 300, 0.1, 2)
    free = np.broadcast_to([-np.inf, np.inf], told.shape)
    world = tree, crop, people, weather
    loose = fitting_sets(*world, believed, free, weighed_from=3, tried=10_000)
    both = fitting_sets(*world, believed, told, weighed_from=3, tried=10_000)
    assert len(loose.believed) >= 10 and len(both.believed) < len(loose.believed)
    assert loose.tried == 10_000 and set(loose.parameters) == set(RANGES)
    assert ((loose.believed >= believed[:, 0]) & (loose.believed <= believed[:, 1])).all()
    spread = {name: np.ptp(values) for name, values in loose.parameters.items()}
    assert spread["gain"] > 0.2 and spread["hunger"] > 0.5  # the record measures neither

    one = {name: values[0] for name, values in loose.parameters.items()}
    opening, each = leap_policies(one, 6, 5, weighed_from=3)
    state = begin(tree, crop, people, opening)
    alone = run(state, [crop * factor for factor in weather], each)
    assert alone.belief[:, 0] / alone.told[:, 0, 0] == pytest.approx(loose.believed[0], rel=1e-4)
    again = fitting_sets(*world, believed, free, weighed_from=3, tried=10_000)
    assert (again.parameters["gain"] == loose.parameters["gain"]).all()


TREE = Hierarchy([[0, 2, 5], [0, 2]])
CROP, FIVE = np.full(5, 10.0), np.full(5, 30.0)
WORLD = TREE, CROP, FIVE


def started(rows=1):
    return begin(*WORLD, Policy(), rows)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: draw_hierarchy([5, 9, 1], 1), "counts is .*must shrink"),
        (lambda: draw_hierarchy([5, 2], 1), "counts is .*to 1"),
        (lambda: draw_hierarchy([5, 1], 1, evenness=0), "evenness is 0; .*above 0"),
        (lambda: Hierarchy([[0, 2, 2], [0, 2]]), "edges of level 0 .* 2 growing"),
        (lambda: Hierarchy([[0, 2, 5], [0, 3]]), "edges of level 0 .* 3 growing"),
        (lambda: share_out(0, 3, 0.1, 1), "total is 0; .*above 0"),
        (lambda: Policy(audit=2), "audit is 2; .*at most 1"),
        (lambda: Policy(pressure=[0.1, 1.5]), r"pressure \(item 1\) is 1.5"),
        (lambda: Policy(need=0), "need is 0; .*above 0"),
        (lambda: begin(TREE, CROP[:4], FIVE, Policy()), r"harvest has shape \(4,\); .*5 units"),
        (lambda: begin(TREE, -CROP, FIVE, Policy()), "smallest harvest is -10"),
        (lambda: begin(TREE, CROP, 0 * FIVE, Policy()), "smallest people is 0; .*above 0"),
        (lambda: season(started(), [10, 10, 10, 10, np.inf], Policy()), "largest harvest is inf"),
        (lambda: season(started(), CROP * np.nan, Policy()), "smallest harvest is nan"),
        (lambda: season(started(rows=2), np.ones((5, 3)), Policy()), "harvest has 3 rows"),
        (lambda: season(started(rows=2), CROP, Policy(), np.ones((5, 3))), "judged has 3 rows"),
        (lambda: run(started(), [CROP], []), "1 harvests and 0 policies"),
        (lambda: replicate(*WORLD, [1, 1], [Policy()]), "weather has 2 seasons .* 1 policies"),
        (lambda: fitting_sets(*WORLD, [1], [[0, 1]], [[[0, 1]] * 2], 1), "told must have"),
        (lambda: fitting_sets(*WORLD, [1], [[0, 1]], [[[1, 0]] * 3], 1), "lower bound first"),
        (
            lambda: fitting_sets(*WORLD, [1], [[0, 1]], [[[0, 1]] * 3], 1, {"luck": (0, 1)}),
            "ranges has .'luck'",
        ),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
