"""What every benchmark here is made of: turns, medians, and a line with its peer and its goal."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Result:
    """One comparison; ``peer`` and ``ratio`` are missing where the goal is in milliseconds."""

    id: str
    work: str
    work_ms: float
    peer: str
    peer_ms: float | None
    ratio: float | None
    goal: float
    ok: bool
    unit: str = "ms"

    def __post_init__(self):
        for name in ("work_ms", "peer_ms", "ratio", "goal"):  # numpy's numbers as Python's
            value = getattr(self, name)
            setattr(self, name, None if value is None else float(value))
        self.ok = bool(self.ok)

    def __str__(self):
        def told(amount):
            return f"{amount:.0f} {self.unit}" if amount >= 1 else f"{amount:.2g} {self.unit}"

        peer = f"{self.peer} {told(self.peer_ms)}" if self.peer_ms else self.peer
        ratio = f"ratio {self.ratio:.2g}" if self.ratio is not None else told(self.work_ms)
        verdict = "ok" if self.ok else "MISSED"
        return (
            f"{self.id} | {self.work} {told(self.work_ms)} | {peer} | {ratio} | "
            f"goal {self.goal:g} | {verdict}"
        )


def against(name, work, work_ms, peer, peer_ms, goal):
    ratio = work_ms / peer_ms
    return Result(name, work, work_ms, peer, peer_ms, ratio, goal, ratio <= goal)


def milliseconds(function, *arguments):
    start = perf_counter()
    function(*arguments)
    return 1000 * (perf_counter() - start)


def in_turn(rounds, *functions):
    """Median milliseconds of each function; taking turns shares out what else the machine does."""
    times = [[milliseconds(function) for function in functions] for _ in range(rounds)]
    return [median(column) for column in zip(*times, strict=True)]
