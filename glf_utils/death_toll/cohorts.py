"""Move a population through time by age and sex: cohort-component projection.

Ages stand on the last axis, youngest first; before it the sexes, males first; before that the
steps of the projection; any axes before those hold specifications side by side. A step is as long
as an age group is wide (five years, or one), so that everyone moves up one group a step.

People, births, deaths and migrants are numbers in any one unit; rates are per person a year.
"""

from dataclasses import dataclass

import numpy as np

from glf_utils.arguments import by_sex, real, together, whole
from glf_utils.death_toll.lifetables import groups_of
from glf_utils.results import plain


@dataclass(frozen=True)
class Projection:
    """People at each step, and all who came and went between, in the unit of the people given.

    Attributes
    ----------
    people : array of shape (…, T + 1, 2, A)
        At the start and after each step.
    births : array of shape (…, T, 2)
        In each step.
    deaths : array of shape (…, T, 2, A + 1)
        In each step, by age group at its start, those born in it first.
    migrants : array of shape (…, T, 2, A)
        In each step, net.
    """

    people: np.ndarray
    births: np.ndarray
    deaths: np.ndarray
    migrants: np.ndarray

    @property
    def unaccounted(self):
        """Start + births - deaths + migrants - end, over all ages and steps: 0 but for rounding."""
        start, end = (self.people[..., step, :, :].sum(axis=(-2, -1)) for step in (0, -1))
        came = self.births.sum(axis=(-2, -1)) + self.migrants.sum(axis=(-3, -2, -1))
        return plain(start + came - self.deaths.sum(axis=(-3, -2, -1)) - end)


@dataclass(frozen=True)
class ExcessByAge:
    """Deaths under one mortality less deaths under another, the births being the same.

    Attributes
    ----------
    total : float or array of shape (…)
        In the unit of the people given.
    by_age : array of shape (…, 2, A + 1)
        The steps added up by age at the start of *each step*, those born in it first.
    by_cohort : array of shape (…, 2, A - T + 2)
        The same along people's lives: by age at the start of the *first* step, those born later
        first; the last entry is everybody in the group that T-1 steps before the open one begins,
        or older, for the open group mixes them.
    label : str
        What is counted and what is not.
    """

    total: np.ndarray
    by_age: np.ndarray
    by_cohort: np.ndarray
    label: str


def project(
    people, survive, fertility=None, births=None, *, boys_per_girl=1.06, migrants=0.0, width=5
):
    """Project a population by age and sex, step by step.

    A step of n years takes, in this order: half the migrants join each group; everyone survives
    into the next group; women bear ``n f (W(start) + W(end)) / 2`` children in each group, W being
    women there, with the migrants who have joined; the children survive to the end; the other half
    of the migrants join. Deaths are those who do not survive, so people are conserved by
    construction (``unaccounted``).

    Parameters
    ----------
    people : array of shape (…, 2, A)
        People at the start, in any unit, males first; the last group open.
    survive : array of shape (…, T, 2, A + 1)
        Shares alive a step later, for each of T steps, as
        :func:`glf_utils.death_toll.lifetables.survival` gives them.
    fertility : array of shape (…, T, A), optional
        Births f per woman a year; none in the first group.
    births : array of shape (…, T), optional
        Births in each step, both sexes, in the unit of the people; give these or fertility, not
        both.
    boys_per_girl : float or array of shape (…, T)
        Sex ratio at birth, near 1.06 (which is also written 106).
    migrants : float or array of shape (…, T, 2, A)
        Net migrants in each step, by age when they cross, in the unit of the people.
    width : int
        Years n in a step and an age group.

    Returns
    -------
    Projection

    Raises
    ------
    ValueError
        For shares outside 0 to 1, shapes that do not fit, births and fertility both given or
        neither, or more emigrants than people.

    Notes
    -----
    The notebooks give births; fertility is here for populations whose births are not known.

    References
    ----------
    Preston, Heuveline and Guillot (2001), chapter 6; the test is their box 6.2, Sweden from 1993
    to 1998 with migrants, met to the person.

    Examples
    --------
    >>> from glf_utils.death_toll.lifetables import life_table, survival
    >>> still = survival(life_table([0, 5, 10], np.full((2, 3), 0.02)))
    >>> run = project(np.full((2, 3), 100.0), still[None], births=[60])
    >>> run.people[-1, 0].round(1), run.deaths[0, 0].round(1), abs(run.unaccounted) < 1e-9
    (array([ 29.4,  90.5, 181. ]), array([1.5, 9.5, 9.5, 9.5]), True)
    """
    start, survive = by_sex("people", people), by_sex("survive", survive, at_most=1)
    groups = start.shape[-1]
    if survive.ndim < 3 or survive.shape[-1] != groups + 1:
        raise ValueError(
            f"survive has shape {survive.shape}; it must end in steps, 2 sexes and "
            f"{groups + 1} shares, one more than the age groups"
        )
    steps = survive.shape[-3]
    if (fertility is None) == (births is None):
        raise ValueError("give either fertility or births")
    if births is None:
        bearing = _steps("fertility", fertility, steps, (groups,))
        if bearing[..., 0].any():
            raise ValueError("fertility of the first age group must be 0")
        per_step = bearing[..., 0]
    else:
        per_step = _steps("births", births, steps, ())
    whole("width", width, at_least=1)
    girls = 1 / (1 + _steps("boys_per_girl", boys_per_girl, steps, (), at_least=0.8, at_most=1.3))
    moved = _steps("migrants", migrants, steps, (2, groups), at_least=None)
    batch = together(
        people=start[..., 0, 0],
        survive=survive[..., 0, 0, 0],
        births=per_step[..., 0],
        boys_per_girl=girls[..., 0],
        migrants=moved[..., 0, 0, 0],
    )[0].shape
    crowd = np.empty((*batch, steps + 1, 2, groups))
    born, dead = np.empty((*batch, steps, 2)), np.empty((*batch, steps, 2, groups + 1))
    crowd[..., 0, :, :] = start
    for step in range(steps):
        now, end, half = crowd[..., step, :, :], crowd[..., step + 1, :, :], moved[..., step, :, :]
        shares, half = survive[..., step, :, :], half / 2
        exposed = now + half
        alive = exposed * shares[..., 1:]
        dead[..., step, :, 1:] = exposed - alive
        end[..., 1:] = alive[..., :-1]
        end[..., -1] += alive[..., -1]
        end[..., 1:] += half[..., 1:]
        if births is None:
            women = (exposed[..., 1, :] + end[..., 1, :]) / 2
            children = width * (women * bearing[..., step, :])[..., 1:].sum(axis=-1)
        else:
            children = per_step[..., step]
        born[..., step, 1] = children * girls[..., step]
        born[..., step, 0] = children - born[..., step, 1]
        infants = born[..., step, :] * shares[..., 0]
        dead[..., step, :, 0] = born[..., step, :] - infants
        end[..., 0] = infants + half[..., 0]
        if (end < 0).any():
            raise ValueError(f"migrants in step {step} take more people than there are")
    return Projection(crowd, born, dead, np.broadcast_to(moved, (*batch, steps, 2, groups)))


def excess_by_age(people, famine, normal, births, **options):
    """Count the deaths that one mortality adds to another, among the same people and births.

    The population is projected twice with the same births, so children never born enter neither
    side: they are a ledger of their own. Whoever would have died anyway in the same window, only
    later, is no excess: lengthen the window and the count falls.

    Parameters
    ----------
    people : array of shape (…, 2, A)
        People at the start, in any unit, males first.
    famine, normal : array of shape (…, T, 2, A + 1)
        Survival as it was, and as it would have been.
    births : array of shape (…, T)
        The births that took place, in the unit of the people.
    **options
        ``boys_per_girl``, ``migrants`` and ``width`` as in :func:`project`.

    Returns
    -------
    ExcessByAge

    Raises
    ------
    ValueError
        As :func:`project`.

    References
    ----------
    The usual counterfactual; compare Ashton, Hill, Piazza and Zeitz (1984). No printed case with
    its inputs was found; the test is the balance of the two projections.

    Examples
    --------
    >>> from glf_utils.death_toll.lifetables import life_table, survival
    >>> table = [life_table([0, 5, 10], np.full((2, 3), rate)) for rate in (0.04, 0.02)]
    >>> famine, normal = (survival(one)[None] for one in table)
    >>> found = excess_by_age(np.full((2, 3), 100.0), famine, normal, births=[60])
    >>> round(found.total, 1), found.by_age.sum(axis=0).round(1)
    (54.4, array([ 2.7, 17.2, 17.2, 17.2]))
    """
    runs = [project(people, shares, births=births, **options) for shares in (famine, normal)]
    by_age = runs[0].deaths.sum(axis=-3) - runs[1].deaths.sum(axis=-3)
    label = "excess deaths, births the same, births that did not happen not counted"
    cohorts = _by_cohort(runs[0].deaths - runs[1].deaths)
    return ExcessByAge(plain(by_age.sum(axis=(-2, -1))), by_age, cohorts, label)


def years_of_life_lost(excess, normal, width=5):
    """Count the years that those who died in excess would still have lived in normal times.

    A group that is x years old or more at the start of a step is on the average x + n when it
    dies in it, and loses e(x + n); those born in the step lose e(0); the open group its own e.

    Parameters
    ----------
    excess : array of shape (…, 2, A + 1)
        Deaths by age at the start of each step, those born in it first, as ``by_age`` of
        :func:`excess_by_age`.
    normal : LifeTable
        Of the mortality without famine, shape (…, 2, X).
    width : int
        Years n in a step and an age group.

    Returns
    -------
    float or array of shape (…)
        Person-years, in the unit of the deaths.

    Raises
    ------
    ValueError
        If the deaths do not have one group more than the table has groups of that width.

    References
    ----------
    The usual measure with a local table, undiscounted: Murray and Lopez (1996). No printed case
    with its inputs was found; the test is a death at each age.

    Examples
    --------
    >>> from glf_utils.death_toll.lifetables import life_table
    >>> normal = life_table([0, 5, 10], np.full((2, 3), 0.02))
    >>> round(years_of_life_lost(np.ones((2, 4)), normal))
    400
    """
    left = normal.expectancy[..., groups_of(normal, width)]
    left = np.concatenate([left, left[..., -1:]], axis=-1)
    lost = real("excess", excess)
    if lost.shape[-2:] != left.shape[-2:]:
        raise ValueError(f"excess has shape {lost.shape}; it must end in {left.shape[-2:]}")
    return plain((lost * left).sum(axis=(-2, -1)))


def _by_cohort(deaths):
    """Add up deaths (… T 2 A+1) along the lives of those who were one age at the start."""
    steps, groups = deaths.shape[-3], deaths.shape[-1] - 1
    parts = [deaths[..., step, :, step + 1 : step + 1 + groups - steps] for step in range(steps)]
    born = [deaths[..., step, :, : step + 1].sum(axis=-1) for step in range(steps)]
    rest = [deaths[..., step, :, step + 1 + groups - steps :].sum(axis=-1) for step in range(steps)]
    return np.concatenate([sum(born)[..., None], sum(parts), sum(rest)[..., None]], axis=-1)


def _steps(name, values, steps, inner, at_least=0, **bounds):
    """Return values with the axes (… T, *inner); a single number stands for all."""
    values = real(name, values, at_least=at_least, **bounds)
    wanted = (steps, *inner)
    shape = np.broadcast_shapes(values.shape, (1,) * len(wanted))
    if any(have not in (1, need) for have, need in zip(shape[-len(wanted) :], wanted, strict=True)):
        raise ValueError(f"{name} has shape {values.shape}; it must end in {wanted}")
    return np.broadcast_to(values, (*shape[: -len(wanted)], *wanted))
