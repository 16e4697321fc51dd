"""The same seasons many times over, with harvests drawn by chance."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from itertools import cycle, islice, product

import numpy as np

from glf_utils.hierarchy import PIECE, begin, fitting
from glf_utils.inputs import real, whole
from glf_utils.seasons import Season, run

BATCH = 30  # replicates carried side by side


def replicate(hierarchy, harvest, people, weather, policies, replicates=300, seed=1958,
              spread=0.15, shared=0.05, progress=None):  # fmt: skip
    """Run the same seasons many times over harvests drawn by chance.

    A unit's harvest is ``harvest weather max(0, 1 + spread z + shared v)``, z standard normal for
    each unit and season, v for each unit just below the centre and season. Replicates come in
    batches with a stream of random numbers each, so more of them leave the first ones as they were.

    Parameters:
        harvest, people (units): of a normal year, as :func:`glf_utils.hierarchy.begin` takes them.
        weather (seasons): each season's harvest over the normal one, at least 0.
        policies: list of Policy, one for each season; the first also starts the run.
        replicates, seed: whole numbers; spread, shared: standard deviations, at least 0.
        progress: called with replicates done and replicates to do.

    Returns: Season with arrays (seasons, replicates).
    Raises: ValueError for a value outside its range. Source: a teaching assumption.

    >>> from glf_utils.hierarchy import Policy, draw_hierarchy
    >>> tree = draw_hierarchy([6, 2, 1], 1)
    >>> replicate(tree, [10.0] * 6, [40] * 6, [1], [Policy()], replicates=3).told[0, :, 0].round(1)
    array([54.2, 54.1, 61.4])
    """
    factors = np.atleast_1d(real("weather", weather, at_least=0))
    if len(factors) != len(policies):
        raise ValueError(f"weather has {len(factors)} seasons and there are {len(policies)} "
                         "policies; every season needs one of each")  # fmt: skip
    sizes = real("spread", spread, at_least=0), real("shared", shared, at_least=0)
    harvest = fitting("harvest", harvest, hierarchy)
    wanted, results = whole("replicates", replicates, at_least=1), []
    streams = [np.random.Generator(np.random.SFC64([whole("seed", seed), batch]))
               for batch in range(-(-wanted // BATCH))]  # fmt: skip
    crops = _ahead(_crops(hierarchy, harvest, factors, sizes, streams))
    for batch in range(len(streams)):
        state = begin(hierarchy, np.asarray(harvest, np.float32), people, policies[0], rows=BATCH)
        results.append(run(state, islice(crops, len(policies)), policies))
        if progress:
            progress(min((batch + 1) * BATCH, wanted), wanted)
    joined = (np.concatenate([getattr(result, item.name) for result in results], axis=1)
              for item in fields(Season))  # fmt: skip
    return Season(*(part[:, :wanted] for part in joined))


def _crops(hierarchy, harvest, factors, sizes, streams):
    """Draw the harvests of :func:`replicate`, season by season, on two sheets in turn."""
    spread, shared = sizes
    region = np.arange(hierarchy.counts[0])
    for above in [hierarchy.first_superiors, *hierarchy.above[1:]][:-1]:
        region = above[region]
    normal = np.repeat(np.asarray(harvest, np.float32)[:, np.newaxis], BATCH, axis=1)
    sheets, step = cycle([np.empty_like(normal), np.empty_like(normal)]), max(PIECE // BATCH, 1)
    for rng, factor in product(streams, factors):
        size, crop = (hierarchy.counts[-2], BATCH), next(sheets)
        common = np.float32(factor * shared) * rng.standard_normal(size, dtype=np.float32)
        common += np.float32(factor)
        for here in (slice(start, start + step) for start in range(0, len(crop), step)):
            part = rng.standard_normal(out=crop[here], dtype=np.float32)
            part *= np.float32(factor * spread)
            part += np.take(common, region[here], axis=0)
            np.maximum(part, 0, out=part)
            part *= normal[here]
        yield crop


def _ahead(items):
    """Yield the items, working out the next one in a thread while the last one is in use."""
    if sys.platform == "emscripten":  # a browser's kernel has no threads
        yield from items
        return
    with ThreadPoolExecutor(1) as worker:
        coming = worker.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = worker.submit(next, items, None)
            yield item
