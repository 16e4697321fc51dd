"""Marking, against nbgrader as it comes on the same files; and the memory a student needs.

A hundred submissions to the five problem sets, marked set by set in turn with the peer. On its own:
`python benchmarks/bench_coursework.py`, or with fewer submissions, `... bench_coursework.py 20`.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from timing import ROOT, Result, against

SUBMISSIONS = 100


def bench_marking(submissions=SUBMISSIONS):
    sys.path.insert(0, str(ROOT))
    from coursework.marking import nbgrader_runs
    from coursework.marking.classroom import COURSEWORK, sets

    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        ours, plain = (Path(temporary) / name for name in ("ours", "plain"))
        names = sets(COURSEWORK / "sets")
        for folder in (ours, plain):
            folder.mkdir()
            nbgrader_runs.copy_sources(folder)
            for name in names:
                nbgrader_runs.nbgrader(folder, "nbgrader", "generate_assignment", name, "--force")
        for name in names:
            hand_in(ours, plain, name, submissions // len(names))

        def as_it_comes(name):
            words = [sys.executable, "-m", "nbgrader", "autograde", name]
            scripts = str(Path(sys.executable).parent)  # nbgrader calls alembic by name
            path = os.pathsep.join([scripts, os.environ["PATH"]])
            env = {**os.environ, "PATH": path}
            env.pop("PYTHONDONTWRITEBYTECODE", None)  # ours is not held up by it either
            subprocess.run(words, cwd=plain, check=True, stderr=subprocess.DEVNULL, env=env)

        our_ms = peer_ms = 0
        for name in names:
            start = perf_counter()
            left = nbgrader_runs.grade(ours, [name])
            middle = perf_counter()
            as_it_comes(name)
            our_ms += 1000 * (middle - start)
            peer_ms += 1000 * (perf_counter() - middle)
            assert not left, left
        marked = len(list((ours / "autograded").glob("*/*/*.ipynb")))
        assert marked == submissions == len(list((plain / "autograded").glob("*/*/*.ipynb")))
    yield against(
        "marking",
        f"a submission, of {marked} in one run",
        our_ms / marked,
        "nbgrader autograde",
        peer_ms / marked,
        1.0,
    )


def hand_in(ours, plain, name, students):
    """Put the released set, solved by every second student, into both class folders."""
    released = next((ours / "release" / name).glob("*.ipynb"))
    solved = json.loads(next((ours / "source" / name).glob("*.ipynb")).read_text("utf-8"))
    for number in range(students):
        notebook = json.loads(released.read_text("utf-8"))
        for cell, answer in zip(notebook["cells"], solved["cells"], strict=True):
            marked = cell["metadata"]["nbgrader"]
            if marked["grade_id"] == "student":
                cell["source"] = f'student = "s{number}"'
            elif marked["solution"] and number % 2:
                cell["source"] = answer["source"]
        for folder in (ours, plain):
            path = folder / "submitted" / f"s{number}" / name / released.name
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(notebook), "utf-8")


def bench_student_memory():
    """Memory of JupyterLab's server and of the hungriest kernel: what a student needs on a hub."""
    import nbformat
    from nbclient import NotebookClient

    if not sys.platform.startswith("linux"):
        return
    ask = "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    peaks = {}
    for path in [*ROOT.glob("notebooks/**/[0-9]*.ipynb"), *ROOT.glob("coursework/sets/*/*.ipynb")]:
        node = nbformat.read(path, as_version=4)
        node.cells.append(nbformat.v4.new_code_cell(ask))
        folder = {"metadata": {"path": str(path.parent)}}
        NotebookClient(node, resources=folder, kernel_name="python3", timeout=120).execute()
        peaks[path.name] = int(node.cells[-1].outputs[0].text) / 1024
    name = max(peaks, key=peaks.get)
    server = server_memory()
    total = server + peaks[name]
    yield Result(
        "student-memory",
        f"JupyterLab and {name}",
        total,
        f"the server {server:.0f} MB",
        None,
        None,
        512,
        total <= 512,
        "MB",
    )


def server_memory():
    """Return the memory, in MB, of a JupyterLab server that has just answered."""
    import socket
    import time
    import urllib.request

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--IdentityProvider.token=x",
        f"--ServerApp.root_dir={ROOT}",
    ]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(100):
                time.sleep(0.2)
                try:
                    address = f"http://127.0.0.1:{port}/lab?token=x"
                    urllib.request.urlopen(address, timeout=5).read()
                    break
                except OSError:
                    continue
            status = Path(f"/proc/{server.pid}/status").read_text("utf-8")
        finally:
            server.terminate()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


BENCHES = (bench_student_memory, bench_marking)


if __name__ == "__main__":
    for result in bench_marking(*map(int, sys.argv[1:])):
        print(result)
