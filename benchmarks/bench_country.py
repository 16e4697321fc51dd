"""Speed of the reporting hierarchy; `python run.py bench` runs it with the rest.

Its peer gives the same results, which is checked before anything is timed. It needs Mesa, which
only the lock of `run.py bench` holds; without it the line is left out.
"""

import sys
from dataclasses import fields
from time import perf_counter

import numpy as np
from timing import Result, against, in_turn

from glf_utils.country.chance import replicate
from glf_utils.country.season import Season, season
from glf_utils.country.tree import Policy, begin, draw_hierarchy, share_out

COMMUNES = (26_000, 2_000, 27, 1)
WEATHER = [1, 0.87, 0.74, 0.76, 0.82, 0.87, 0.96, 1]
POLICY = Policy()  # with every motive at work


def world():
    tree = draw_hierarchy(COMMUNES, seed=1958)
    crop = share_out(195e6, tree.counts[0], spread=0.3, seed=1)
    people = share_out(540e6, tree.counts[0], spread=0.2, seed=2)
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
            families = np.split(np.arange(tree.counts[0]), tree.edges[0][1:-1])
            for level, edge in enumerate(tree.edges):
                if level:
                    families = [range(*edge[j : j + 2]) for j in range(len(edge) - 1)]
                below = self.levels[level]
                self.levels.append(
                    [Unit(self, level + 1, [below[i] for i in kin]) for kin in families]
                )
            for unit, harvest, heads in zip(
                self.levels[0], crop.tolist(), people.tolist(), strict=True
            ):
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
            self.result = Season(
                [*told, centre.held],
                self.belief,
                self.target,
                centre.quota,
                told[0] - centre.left,
                centre.left,
                missing,
            )

    return Administration()


RUN = 8


def bench_agents():
    try:
        import mesa
    except ImportError:
        print("season-agents: not measured", file=sys.stderr)
        return
    tree, crop, people = world()
    state, agents = begin(tree, crop, people, POLICY), with_agents(tree, crop, people)
    for _ in range(2):
        agents.step()
        same(season(state, crop, POLICY), agents.result, rel=1e-5)

    def a_run():  # seasons come in runs; one alone starts with a cold cache
        for _ in range(RUN):
            season(state, crop, POLICY)

    work_ms, peer_ms = in_turn(9, a_run, agents.step)
    yield against(
        "season-agents",
        "a season of 26,000 communes",
        work_ms / RUN,
        f"Mesa {mesa.__version__}, same results",
        peer_ms,
        1 / 60,
    )


def bench_replicates():
    """What a reader of lesson 33 waits for: 300 runs of its country."""
    tree, crop, people = world()
    policies = [POLICY] * len(WEATHER)
    times = []
    for _ in range(3):
        start = perf_counter()
        replicate(tree, crop, people, WEATHER, policies, replicates=300)
        times.append(1000 * (perf_counter() - start))
    work_ms = float(np.median(times))
    yield Result(
        "replicates",
        f"300 runs of 26,000 communes over {len(WEATHER)} seasons",
        work_ms,
        "no peer",
        None,
        None,
        4000,
        work_ms <= 4000,
    )


BENCHES = (bench_agents, bench_replicates)

if __name__ == "__main__":
    for bench in BENCHES:
        for result in bench():
            print(result, flush=True)
