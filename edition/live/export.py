"""Every panel of the lessons, worked out on all processors; what has not changed is kept."""

import ast
import hashlib
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from edition.live.panel import fragment

ROOT = Path(__file__).parents[2]
KEPT = Path(sys.prefix, "state", "sliders")
RESTS_ON = ("glf_utils/**/*.py", "edition/live/*.py", "data/*.*")
LIBRARIES = ("numpy", "pandas", "matplotlib")
MOST_BYTES = 300_000  # that the panels of a lesson add to its page, before a server deflates it


def explorer_of(sources):
    """Return the explorer that a cell shows.

    Parameters
    ----------
    sources : sequence of str
        Of the code cells of a lesson, up to the one that shows it. What they import is imported,
        and the last line of the last one is run; nothing else.

    Returns
    -------
    Explorer

    Examples
    --------
    >>> imported = "from glf_utils.commune_structure.sliders import explore_effort"
    >>> explorer_of([imported, "2 + 2", "explore_effort()"]).controls[0].words
    'need share β'
    """
    lines = [line for source in sources for line in ast.parse(source).body]
    imports = [line for line in lines if isinstance(line, ast.Import | ast.ImportFrom)]
    names = {}
    exec(compile(ast.Module(imports, []), "imports", "exec"), names)
    return eval(compile(ast.Expression(lines[-1].value), "panel", "eval"), names)


def fragments(lessons, most):
    """Work out the panels of lessons, and tell of each, as it takes some seconds.

    Parameters
    ----------
    lessons : dict of str to dict
        By lesson, its panels as :func:`edition.lessons.panels` gives them.
    most : int
        Settings of a panel at most.

    Returns
    -------
    dict of str to str
        HTML by the name of the panel; one that cannot be tabulated has none.

    Raises
    ------
    SystemExit
        If a lesson would send more than :data:`MOST_BYTES`.
    """
    panels = {name: cells for found in lessons.values() for name, cells in found.items()}
    rests_on = _state_of_files()
    keys = {name: _key(name, cells, most, rests_on) for name, cells in panels.items()}
    html = {name: _kept(name, most, keys[name]) for name in panels}
    missing = [name for name in panels if html[name] is None]
    if missing:
        print(f"Working out {len(missing)} panels of sliders, which is done once …", flush=True)
        workers = min(len(missing), os.cpu_count() or 1)
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            running = {pool.submit(_worked_out, panels[name], name, most): name for name in missing}
            for done in as_completed(running):
                name = running[done]
                try:
                    html[name] = done.result()
                except ValueError as reason:
                    print(f"  {name} stands still on its page: {reason}.", flush=True)
                    continue
                print(f"  {name}: {_kilobytes(html[name])} kB", flush=True)
                _keep(name, most, keys[name], html[name])
    html = {name: found for name, found in html.items() if found}
    for lesson, found in lessons.items():
        sent = "".join(html.get(name, "") for name in found)
        if len(sent.encode()) > MOST_BYTES:
            sys.exit(
                f"The sliders of {lesson} take {_kilobytes(sent)} kB of its page, and a lesson may "
                f"send {MOST_BYTES // 1000}: give them longer steps or fewer controls."
            )
    if html:
        largest = max(html, key=lambda name: len(html[name]))
        print(f"{len(html)} panels move; the largest, {largest}: {_kilobytes(html[largest])} kB.")
    return html


def _worked_out(cells, name, most):
    return fragment(explorer_of(cells), name, most)


def _kilobytes(html):
    return -(-len(html.encode()) // 1000)


def _state_of_files():
    state = hashlib.sha256(" ".join(map(version, LIBRARIES)).encode())
    for pattern in RESTS_ON:
        for path in sorted(ROOT.glob(pattern)):
            state.update(path.read_bytes())
    return state.hexdigest()


def _key(name, cells, most, rests_on):
    return hashlib.sha256("\0".join([name, *cells, str(most), rests_on]).encode()).hexdigest()


def _kept(name, most, key):
    """What an earlier build worked out, if nothing it rests on has changed since."""
    try:
        first, _, html = (KEPT / f"{name}-{most}.html").read_text("utf-8").partition("\n")
    except OSError:
        return None
    return html if first == key else None


def _keep(name, most, key, html):
    """Keep a panel for the next build, where that can be written."""
    try:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{name}-{most}.html").write_text(f"{key}\n{html}", "utf-8")
    except OSError:
        pass
