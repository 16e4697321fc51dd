"""`python run.py bench`: both ways of telling the results, without the minutes of measuring."""

import importlib
import json
import sys

import numpy as np
import pytest
from conftest import ROOT

FOLDER = ROOT / "benchmarks"


@pytest.fixture
def bench(monkeypatch):
    """The benchmarks with stand-ins for what measures; medians are numpy's, as some are."""
    monkeypatch.syspath_prepend(str(FOLDER))
    module = importlib.import_module("bench")
    timing = sys.modules["timing"]

    def measured(ratio):
        yield timing.against("one", "a thing", np.float64(10 * ratio), "a peer", np.median([10]), 2)
        yield timing.Result(
            "two", "another", np.float32(3), "no peer", None, None, 60, np.bool_(True)
        )

    monkeypatch.setattr(module, "BENCHES", [lambda: measured(1.5)])
    module.measured = measured
    return module


def test_lines_and_the_exit_code(bench, capsys, monkeypatch):
    assert bench.main([]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "one | a thing 15 ms | a peer 10 ms | ratio 1.5 | goal 2 | ok"
    assert second == "two | another 3 ms | no peer | 3 ms | goal 60 | ok"
    monkeypatch.setattr(bench, "BENCHES", [lambda: bench.measured(2.5)])
    assert bench.main([]) == 1
    assert "| MISSED" in capsys.readouterr().out


def test_json_takes_numbers_of_numpy(bench, capsys):
    assert bench.main(["--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [result["id"] for result in told] == ["one", "two"]
    assert told[0]["ratio"] == 1.5 and told[1]["ok"] is True and told[1]["peer_ms"] is None


def test_another_option_is_answered_in_a_line(bench):
    with pytest.raises(SystemExit, match="bench takes one option, --json"):
        bench.main(["--jason"])


def test_every_measurement_is_on_the_list_and_nothing_goes_in_circles():
    """Files of benchmarks import timing; bench alone imports them."""
    for path in FOLDER.glob("*.py"):
        text = path.read_text("utf-8")
        assert path.stem == "bench" or "import bench" not in text and "from bench" not in text
    text = (FOLDER / "bench.py").read_text("utf-8")
    listed = text[text.index("BENCHES = (") :]
    for name in ("install", "import", "load", "notebooks", "memory", "slider", "pixels"):
        assert f"bench_{name}" in listed
    for path in FOLDER.glob("bench_*.py"):
        assert f"*{path.stem}.BENCHES" in listed
