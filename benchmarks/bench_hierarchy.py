"""Speed and memory of the reporting hierarchy; `python run.py bench` runs it with the rest.

The peers give the same results, which is checked before anything is timed. The agents need Mesa,
which only the lock of `run.py bench` holds; without it their line is left out.
"""

import sys
import tracemalloc
from dataclasses import fields
from itertools import cycle
from time import process_time

import numpy as np
from timing import Result, against, in_turn

from glf_utils.hierarchy import Policy, begin, draw_hierarchy, share_out
from glf_utils.replicates import BATCH, replicate
from glf_utils.seasons import Season, run, season

COMMUNES = (26_000, 2_000, 27, 1)
TEAMS = (5_200_000, 750_000, 26_000, 2_000, 27, 1)
WEATHER = [1, 0.87, 0.74, 0.76, 0.82, 0.87, 0.96, 1]
POLICY = Policy()  # with every motive at work
SEASONS = len(WEATHER)


def world(counts):
    tree = draw_hierarchy(counts, seed=1958)
    crop = share_out(195e6, tree.counts[0], spread=0.3, seed=1)
    people = share_out(540e6, tree.counts[0], spread=0.2, seed=2)
    state = begin(tree, crop, people, POLICY)
    season(state, crop, POLICY)  # works out, once, who reports to whom
    return tree, crop, people


def same(ours, theirs, rel):
    for item in fields(Season):
        mine, other = (np.ravel(getattr(result, item.name)) for result in (ours, theirs))
        np.testing.assert_allclose(mine, other, rtol=rel, err_msg=item.name)


def with_agents(tree, crop, people):
    """The season in Mesa: every unit an agent, every level a set of agents."""
    import mesa

    class Unit(mesa.Agent):
        def __init__(self, model, level, children=()):
            super().__init__(model)
            self.level, self.children, self.superior = level, children, None
            for child in children:
                child.superior = self

        def start(self, crop=None, people=None):
            self.held = crop if crop else sum(child.claim for child in self.children)
            self.people = people if people else sum(child.people for child in self.children)
            self.claim = self.last = self.told = self.held
            self.fed = self.held * (1 - self.model.rate) / self.people

        def plan(self):
            above = self.superior
            self.asked = above.asked * (1 + self.model.ladder) * self.claim / above.held
            self.usual = above.held / above.people * self.people

        def report(self):
            model = self.model
            if self.children:
                self.told = sum(child.claim for child in self.children)
            own = self.told
            moved = model.pressure * (self.asked - own)
            moved += model.rivalry * max(0.0, self.usual - own)
            moved -= model.hunger * max(0.0, 1 - self.fed / model.need) * own
            self.claim = max(0.0, own + model.freely * moved)

        def deliver(self):
            self.held = self.told
            self.quota = self.superior.quota * self.claim / self.superior.held
            if not self.children:
                self.left = max(0.0, self.held - self.quota)
                self.fed = self.left / self.people
                self.missing = max(0.0, self.model.need * self.people - self.left)

        def eat(self):
            self.left = sum(child.left for child in self.children)
            self.fed = self.left / self.people

    class Administration(mesa.Model):
        def __init__(self):
            super().__init__(seed=1958)
            for item in fields(Policy):
                setattr(self, item.name, float(getattr(POLICY, item.name)))
            self.freely = (1 - self.audit) / (1 + self.audit * self.penalty)
            self.levels = [[Unit(self, 0) for _ in range(tree.counts[0])]]
            families = np.split(tree.families, tree.edges[0][1:-1])
            for level, edge in enumerate(tree.edges):
                if level:
                    families = [range(*edge[j:j + 2]) for j in range(len(edge) - 1)]
                below = self.levels[level]
                self.levels.append([Unit(self, level + 1, [below[i] for i in kin])
                                    for kin in families])  # fmt: skip
            for unit, harvest, heads in zip(self.levels[0], crop.tolist(), people.tolist(),
                                            strict=True):  # fmt: skip
                unit.start(harvest, heads)
            for level in self.levels[1:]:
                for unit in level:
                    unit.start()
            self.sets = [mesa.agent.AgentSet(level, random=self.random) for level in self.levels]
            self.centre = self.levels[-1][0]
            self.belief = self.centre.held
            self.target = self.belief * (1 + self.ambition)

        def step(self):
            centre, told = self.centre, []
            centre.asked = self.target
            for level in reversed(self.sets[:-1]):
                level.do("plan")
            for units, level in zip(self.levels, self.sets[:-1], strict=False):
                level.do("report")
                told.append(sum(unit.told for unit in units))
            centre.held = sum(child.claim for child in centre.children)
            self.belief += self.gain * (centre.held - self.belief)
            goal = (1 + self.ambition) * self.belief
            self.target += self.ratchet * (goal - self.target)
            centre.quota = self.rate * self.belief
            for level in reversed(self.sets[:-1]):
                level.do("deliver")
            for level in self.sets[1:]:
                level.do("eat")
            missing = sum(unit.missing for unit in self.levels[0])
            self.result = Season([*told, centre.held], self.belief, self.target, centre.quota,
                                 told[0] - centre.left, centre.left, missing)  # fmt: skip

    return Administration()


def plainly(tree, crop, people):
    """The same seasons as one would first write them: whole arrays, families side by side."""
    p = {item.name: getattr(POLICY, item.name).astype(np.float32) for item in fields(Policy)}
    freely = (1 - p["audit"]) / (1 + p["audit"] * p["penalty"])
    crop, heads = crop[tree.families], [people[tree.families]]
    starts, sizes = [edge[:-1] for edge in tree.edges], [np.diff(edge) for edge in tree.edges]
    for start in starts:
        heads.append(np.add.reduceat(heads[-1], start))
    held = [crop]
    for start in starts:
        held.append(np.add.reduceat(held[-1], start, dtype=float))
    claims = list(held[:-1])
    fed = [h * (1 - p["rate"]) / n for h, n in zip(held, heads, strict=True)]
    belief, results = held[-1][0], []
    target = belief * (1 + p["ambition"])
    levels = range(len(starts))

    def step(factor):
        nonlocal belief, target
        asked = [None] * len(starts) + [np.array([target])]
        for level in reversed(levels):
            ratio = np.repeat((asked[level + 1] / held[level + 1]).astype(claims[level].dtype),
                              sizes[level])  # fmt: skip
            asked[level] = ratio * (1 + p["ladder"]) * claims[level]
        held[0] = crop * np.float32(factor)
        told = []
        for level in levels:
            own = held[level]
            told.append(own.sum(dtype=float))
            usual = np.repeat((held[level + 1] / heads[level + 1]).astype(own.dtype), sizes[level])
            behind = np.where(usual * heads[level] > own, usual * heads[level] - own, 0)
            lack = np.where(fed[level] < p["need"], 1 - fed[level] / p["need"], 0)
            moved = (p["pressure"] * (asked[level] - own) + p["rivalry"] * behind
                     - p["hunger"] * lack * own)  # fmt: skip
            claims[level] = np.maximum(own + freely * moved, 0)
            held[level + 1] = np.add.reduceat(claims[level], starts[level], dtype=float)
        belief = belief + p["gain"] * (held[-1][0] - belief)
        target = target + p["ratchet"] * ((1 + p["ambition"]) * belief - target)
        quota = [None] * len(starts) + [np.array([p["rate"] * belief])]
        for level in reversed(levels):
            ratio = np.repeat((quota[level + 1] / held[level + 1]).astype(claims[level].dtype),
                              sizes[level])  # fmt: skip
            quota[level] = ratio * claims[level]
        left = np.where(quota[0] < held[0], held[0] - quota[0], 0)
        lack = p["need"] * heads[0] - left
        missing = np.where(lack > 0, lack, 0).sum(dtype=float)
        fed[0] = left / heads[0]
        for level, start in enumerate(starts, 1):
            left = np.add.reduceat(left, start, dtype=float)
            fed[level] = left / heads[level]
        return Season([*told, held[-1][0]], belief, target, quota[-1][0], told[0] - left[0],
                      left[0], missing)  # fmt: skip

    for factor in WEATHER:
        results.append(step(factor))
    return Season(*(np.array([getattr(r, item.name) for r in results]) for item in fields(Season)))


RUN = 8


def bench_agents():
    try:
        import mesa
    except ImportError:
        print('season-agents: not measured', file=sys.stderr)
        return
    tree, crop, people = world(COMMUNES)
    state, agents = begin(tree, crop, people, POLICY), with_agents(tree, crop, people)
    for _ in range(2):
        agents.step()
        same(season(state, crop, POLICY), agents.result, rel=1e-5)

    def a_run():  # seasons come in runs; one alone starts with a cold cache
        for _ in range(RUN):
            season(state, crop, POLICY)

    work_ms, peer_ms = in_turn(9, a_run, agents.step)
    yield against("season-agents", "a season of 26,000 communes", work_ms / RUN,
                  f"Mesa {mesa.__version__}, same results", peer_ms, 1 / 60)  # fmt: skip


def must_move(state):
    """Bytes a season must read or write: at every level, in single or double as it is kept.

    On the way up holdings, people, claims and food are read, claims and the superiors' holdings
    written; on the way down holdings, people and claims are read and food is written.
    """
    return sum(9 * level.nbytes for level in state.claims) + sum(
        level.nbytes for level in state.held[1:]
    )


def bench_national():
    tree, crop, people = world(TEAMS)
    tracemalloc.start()
    state = begin(tree, crop, people, POLICY)
    season(state, crop, POLICY)
    beyond = tracemalloc.get_traced_memory()[1] / tree.counts[0]
    tracemalloc.stop()

    harvests = [crop * np.float32(factor) for factor in WEATHER]

    def ours():
        return run(begin(tree, crop, people, POLICY), harvests, [POLICY] * SEASONS)

    same(ours(), plainly(tree, crop, people), rel=1e-4)
    source = np.ones(must_move(state) // 2, np.int8)
    copied, following = np.zeros_like(source), cycle(harvests)
    one_ms, copy_ms = in_turn(
        3 * SEASONS,  # taking turns by the season
        lambda: season(state, next(following), POLICY), lambda: np.copyto(copied, source),
    )  # fmt: skip
    run_ms = SEASONS * one_ms
    yield against("national-copy", f"{SEASONS} seasons of 5.2 million teams", run_ms,
                  f"copying the {source.nbytes / 5e5:.0f} MB each moves", SEASONS * copy_ms, 5)
    whole_ms, plain_ms = in_turn(3, ours, lambda: plainly(tree, crop, people))
    yield against("national-plain", "the same, started afresh", whole_ms, "plain numpy", plain_ms,
                  0.5)  # fmt: skip
    yield Result("national-memory", "5.2 million teams", run_ms, "bytes a team beyond inputs", None,
                 beyond, 20, beyond <= 20)  # fmt: skip


def bench_replicates():
    tree, crop, people = world(COMMUNES)
    count = 300
    rng = np.random.Generator(np.random.SFC64(1958))  # what replicate draws from
    batch = np.empty((COMMUNES[0], BATCH), np.float32)

    def draws():
        for _ in range(SEASONS * count // BATCH):
            rng.standard_normal(out=batch, dtype=np.float32)

    def ours():
        replicate(tree, crop, people, WEATHER, [POLICY] * SEASONS, count)

    def cost(function):  # of all cores together: replicate keeps a second one busy
        start = process_time()
        function()
        return 1000 * (process_time() - start)

    ours()
    times = [(cost(ours), cost(draws)) for _ in range(5)]
    work_ms, peer_ms = np.median(times, axis=0)
    result = against("replicates", f"{count} x 26,000 communes x {SEASONS} seasons", work_ms,
                     "drawing its random numbers", peer_ms, 3)  # fmt: skip
    result.unit = "ms of processor time"
    yield result


BENCHES = (bench_agents, bench_national, bench_replicates)

if __name__ == "__main__":
    for bench in BENCHES:
        for result in bench():
            print(result, flush=True)
