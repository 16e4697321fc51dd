"""The same seasons many times over, with harvests, and errors of judgement, drawn by chance."""

from dataclasses import fields
from itertools import islice, product, tee

import numpy as np

from glf_utils.arguments import real, whole
from glf_utils.country.season import Season, run
from glf_utils.country.tree import begin, fitting

BATCH = 30  # replicates carried side by side


def replicate(
    hierarchy,
    harvest,
    people,
    weather,
    policies,
    replicates=300,
    seed=1958,
    spread=0.15,
    shared=0.05,
    progress=None,
):
    """Run the same seasons many times over, with chance in the harvests and in how they are judged.

    A unit's harvest is ``harvest weather max(0, 1 + shared v)``, and it takes it for ``harvest
    weather max(0, 1 + shared v + spread z)``: v is standard normal for each unit just below the
    centre and season, z for each unit and season. Replicates come in batches with a stream of
    random numbers each, so more of them leave the first ones as they were.

    Parameters
    ----------
    hierarchy : Hierarchy
        Who reports to whom.
    harvest : array of shape (units,)
        Tonnes in a normal year, of each unit of the lowest level.
    people : array of shape (units,)
        People of each unit, above 0.
    weather : array of shape (seasons,)
        Each season's harvest over the normal one, at least 0.
    policies : list of Policy
        One for each season; the first also starts the run.
    replicates : int
        How many runs.
    seed : int
        The same seed draws the same harvests.
    spread : float
        Standard deviation of a unit's error of judgement, as a share of the harvest, at least 0.
    shared : float
        Standard deviation of the harvest itself, alike in all units under one, at least 0.
    progress : callable, optional
        Called with replicates done and replicates to do.

    Returns
    -------
    Season
        With the axes (seasons, replicates) first.

    Raises
    ------
    ValueError
        For a value outside its range, or not one policy for each season.

    Notes
    -----
    That chance is normal, and its size, are teaching assumptions.

    Examples
    --------
    >>> from glf_utils.country.tree import Policy, draw_hierarchy
    >>> tree = draw_hierarchy([6, 2, 1], 1)
    >>> replicate(tree, [10.0] * 6, [40] * 6, [1], [Policy()], replicates=3).told[0, :, 0].round(1)
    array([57.3, 59.3, 60.6])
    """
    factors = np.atleast_1d(real("weather", weather, at_least=0))
    if len(factors) != len(policies):
        raise ValueError(
            f"weather has {len(factors)} seasons and there are {len(policies)} "
            "policies; every season needs one of each"
        )
    sizes = real("spread", spread, at_least=0), real("shared", shared, at_least=0)
    harvest = fitting("harvest", harvest, hierarchy)
    wanted, results = whole("replicates", replicates, at_least=1), []
    streams = [
        np.random.Generator(np.random.SFC64([whole("seed", seed), batch]))
        for batch in range(-(-wanted // BATCH))
    ]
    crops = _crops(hierarchy, harvest, factors, sizes, streams)
    for batch in range(len(streams)):
        state = begin(hierarchy, np.asarray(harvest, np.float32), people, policies[0], rows=BATCH)
        pairs, again = tee(islice(crops, len(policies)))
        harvests, judged = (crop for crop, _ in pairs), (seen for _, seen in again)
        results.append(run(state, harvests, policies, judged=judged))
        if progress:
            progress(min((batch + 1) * BATCH, wanted), wanted)
    joined = (
        np.concatenate([getattr(result, item.name) for result in results], axis=1)
        for item in fields(Season)
    )
    return Season(*(part[:, :wanted] for part in joined))


def _crops(hierarchy, harvest, factors, sizes, streams):
    """Draw the harvests of :func:`replicate`, and what they are taken for: (units, BATCH) each."""
    spread, shared = sizes
    region = np.arange(hierarchy.counts[0])
    for above in hierarchy.superiors[:-1]:
        region = above[region]
    normal = np.asarray(harvest, np.float32)[:, np.newaxis]
    for rng, factor in product(streams, factors):
        common = rng.standard_normal((hierarchy.counts[-2], BATCH), dtype=np.float32)
        judged = rng.standard_normal((len(normal), BATCH), dtype=np.float32)
        judged *= np.float32(factor * spread)
        crop = np.take(np.float32(factor) + np.float32(factor * shared) * common, region, axis=0)
        judged += crop
        yield np.maximum(crop, 0) * normal, np.maximum(judged, 0) * normal
