"""A class at once on the hub: thirty students log in together, open a lesson and run it.

The peer is the same morning with a notebook that only imports. It needs root and an installed hub;
on its own, or with fewer students: `python benchmarks/bench_hub.py`, `... bench_hub.py 5`.
"""

import json
import pwd
import re
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from timing import ROOT, Result, against

STUDENTS = 30
LESSON = "1_soviet_model/12_machines_or_cloth.ipynb"
BARE = "import numpy, pandas, matplotlib.pyplot, ipywidgets"


def bench_hub(students=STUDENTS):
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    from hub_class import code_of, lacking

    if why := lacking():
        print(f"hub: {why}, not measured", file=sys.stderr)
        return
    lesson = code_of(json.loads((ROOT / "notebooks" / LESSON).read_text("utf-8")))
    peer = morning(students, [BARE])
    work = morning(students, lesson)
    slowest, theirs = (1000 * max(waits, default=0) for waits, _, _ in (work, peer))
    about = f"{students} at once: log in, open and run {Path(LESSON).name}, the slowest"
    yield against("hub-wait", about, slowest, "a bare notebook", theirs, 1.6)
    held = median(work[1])
    yield Result(
        "hub-memory",
        f"a student's programs at most, of {students}",
        held,
        f"with a bare notebook {median(peer[1]):.0f} MB",
        None,
        None,
        230,
        held <= 230,
        "MB",
    )
    failed = len(work[2]) + len(peer[2])
    for trouble in (*work[2], *peer[2]):
        print(f"hub: {trouble}", file=sys.stderr)
    yield Result("hub-failures", "", failed, "no peer", None, None, 0, not failed, "students")


def morning(students, cells):
    """Hold a class: seconds that each student waited, MB that each took, and what failed."""
    from hub_class import Classroom, Student

    def work(who):
        start = perf_counter()
        student = Student(classroom, who).sit_down(600)
        for name in re.findall(r'(?:src|href)="(/user/[^"]+)"', student.landed.text):
            student.session.get(classroom.address + name, timeout=600)
        student.read(f"great-leap-forward/notebooks/{LESSON}")
        student.start_kernel("great-leap-forward/notebooks/1_soviet_model")
        student.run(*cells, seconds=600)
        return perf_counter() - start

    classroom = Classroom([f"bench-{number}" for number in range(students)], students)
    waits, troubles = [], []
    try:
        classroom.set_up()
        classroom.open()
        accounts = [f"s-{who}" for who in classroom.ids]
        with watched(accounts) as peaks, ThreadPoolExecutor(students) as pool:
            for turn in [pool.submit(work, who) for who in classroom.ids]:
                try:
                    waits.append(turn.result())
                except Exception as error:  # each is counted, and the others go on
                    troubles.append(f"{type(error).__name__}: {error}")
    finally:
        classroom.dismiss()
    return waits, list(peaks.values()), troubles


@contextmanager
def watched(accounts):
    """The most memory, in MB, that the processes of each account held together, by account.

    Memory that processes share is divided among them.
    """
    names = {pwd.getpwnam(name).pw_uid: name for name in accounts}
    peaks, done = dict.fromkeys(accounts, 0.0), threading.Event()

    def look():
        while not done.wait(2):
            now = dict.fromkeys(accounts, 0.0)
            for folder in Path("/proc").glob("[0-9]*"):
                try:
                    name = names.get(folder.stat().st_uid)
                    if name:
                        told = (folder / "smaps_rollup").read_text()
                        now[name] += int(re.search(r"\nPss: +(\d+)", told)[1]) / 1024
                except OSError:
                    pass  # it has ended
            peaks.update({name: max(now[name], peaks[name]) for name in accounts})

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield peaks
    finally:
        done.set()
        watching.join()


BENCHES = (bench_hub,)


if __name__ == "__main__":
    for result in bench_hub(*map(int, sys.argv[1:])):
        print(result)
