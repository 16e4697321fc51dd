"""Life tables and schedules of fertility: from rates by age to survival and births.

Ages stand on the last axis, youngest first; before it the sexes, males first; any axes before
those hold schedules side by side. Rates are per person a year.
"""

from dataclasses import dataclass

import numpy as np

from glf_utils.arguments import by_sex, real, whole
from glf_utils.results import plain


@dataclass(frozen=True)
class LifeTable:
    """A life table by age: each row of people born, as a share of one, followed to the last death.

    Attributes
    ----------
    ages : array of int of shape (X,)
        Lower limits, years.
    rates : array of shape (…, 2, X)
        m(x), deaths per person a year.
    alive : array of shape (…, 2, X)
        l(x), share alive at the lower limit; nqx, the share dying in a group of n years, is
        1 - l(x+n) / l(x).
    years : array of shape (…, 2, X)
        L(x), person-years lived in the group.
    """

    ages: np.ndarray
    rates: np.ndarray
    alive: np.ndarray
    years: np.ndarray

    @property
    def life_expectancy(self):
        """Life expectancy at birth in years, by sex: shape (… 2)."""
        return self.years.sum(axis=-1)

    @property
    def expectancy(self):
        """e(x), years still to live at each age, T(x) over l(x): shape (… 2 X)."""
        return self.years[..., ::-1].cumsum(axis=-1)[..., ::-1] / self.alive


def life_table(ages, rates):
    """Build a life table from death rates by age and sex.

    With n the width of a group, from age 5 (or wherever Coale and Demeny's values do not apply)
    the death rate is taken as constant within it: ``l(x+n) = l(x) exp(-m n)`` and
    ``L = (l(x) - l(x+n)) / m``; in the last, open group ``L = l / m``. That suits famine rates
    and the very old, where half a group's width for a(x) would kill more than enter.

    Infants, and the group 1-4 where it follows, die early in the interval:
    ``l(x+n) = l(x) (1 - n m / (1 + (n - a) m))`` and ``L = n l(x+n) + a (l(x) - l(x+n))``, with a
    from the infants' rate m (Coale and Demeny's model West):

    ===============  ================================  ================================
    m of age 0       males, ages 0 and 1-4             females, ages 0 and 1-4
    ===============  ================================  ================================
    below 0.107      0.045 + 2.684 m; 1.651 - 2.816 m  0.053 + 2.800 m; 1.522 - 1.518 m
    0.107 or more    0.330; 1.352                      0.350; 1.361
    ===============  ================================  ================================

    Parameters
    ----------
    ages : array of int of shape (X,)
        Lower limits in years, from 0; the last group is open.
    rates : array of shape (…, 2, X)
        Deaths per person a year, males first.

    Returns
    -------
    LifeTable

    Raises
    ------
    ValueError
        For ages out of order, a rate not above 0 in the open group, or rates so high that more die
        in a group than enter it.

    References
    ----------
    Preston, Heuveline and Guillot, Demography (2001), chapter 3. The test is the life expectancy
    that the UN print beside their rates, met to half a year: they have other rules for the old.

    Examples
    --------
    >>> table = life_table([0, 1, 5, 10], np.tile([0.1, 0.02, 0.01, 0.02], (2, 1)))
    >>> table.life_expectancy.round(1), table.alive[0].round(3)
    (array([48.3, 48.3]), array([1.   , 0.906, 0.838, 0.797]))
    """
    ages = _lower_limits(ages)
    rates = by_sex("rates", rates)
    if rates.shape[-1] != len(ages):
        raise ValueError(f"rates has {rates.shape[-1]} ages; it must have {len(ages)}")
    if not (rates[..., -1] > 0).all():
        raise ValueError(f"rates at age {ages[-1]}+ hold 0; the last group must die out")
    width = np.diff(ages)
    closed = rates[..., :-1]
    danger = width * closed
    share = -np.expm1(-danger)
    mean = np.divide(share, danger, out=np.ones_like(danger), where=danger > 0)
    young = 2 if width[:2].tolist() == [1, 4] else int(width[0] == 1)  # with values of their own
    lived = _early_deaths(closed[..., 0])[..., :young]
    early, span = closed[..., :young], width[:young]
    share[..., :young] = span * early / (1 + (span - lived) * early)
    mean[..., :young] = 1 - share[..., :young] * (1 - lived / span)
    if (share > 1).any():
        at = np.argwhere(share > 1)[0]
        raise ValueError(
            f"rates at age {ages[at[-1]]} hold {closed[tuple(at)]:g}: more would die than enter"
        )
    alive, years = np.ones(rates.shape), np.empty(rates.shape)
    np.cumprod(1 - share, axis=-1, out=alive[..., 1:])
    years[..., :-1] = alive[..., :-1] * width * mean
    years[..., -1] = alive[..., -1] / rates[..., -1]
    return LifeTable(ages, rates, alive, years)


def _early_deaths(infants):
    """Return Coale and Demeny's years lived at ages 0 and 1-4 by those who die there (… 2 2)."""
    slope = np.array([[2.684, -2.816], [2.800, -1.518]])
    level, top = np.array([[[0.045, 1.651], [0.053, 1.522]], [[0.330, 1.352], [0.350, 1.361]]])
    infants = infants[..., None]
    return np.where(infants < 0.107, level + slope * infants, top)


def survival(table, width=5):
    """Return the share of each age group alive a step later, from a life table.

    Entry 0 is the share of a step's births alive at its end, ``L(0) / n``; entry k takes group
    k-1 into group k, ``L(x+n) / L(x)``. The last two end in the open group, whose constant death
    rate m gives ``exp(-m n)`` for those in it, and ``L(open) (1 - exp(-m n)) / L(x)`` for those
    below it (its first n years only).

    Parameters
    ----------
    table : LifeTable
        Groups narrower than a step (0 and 1-4) are joined.
    width : int
        Years n in a step and in each age group.

    Returns
    -------
    array of shape (…, 2, A + 1)
        Shares, for A groups of ``width`` years, the last open.

    Raises
    ------
    ValueError
        If the table's ages do not fall on multiples of ``width``.

    References
    ----------
    Preston, Heuveline and Guillot (2001), chapter 6; the open group as stated above.

    Examples
    --------
    >>> table = life_table([0, 5, 10], np.full((2, 3), 0.02))
    >>> survival(table)[0].round(3)
    array([0.952, 0.905, 0.905, 0.905])
    """
    years = np.add.reduceat(table.years, groups_of(table, width), axis=-1)
    stay = np.exp(-width * table.rates[..., -1:])
    below = np.concatenate([years[..., 1:-1], years[..., -1:] * (1 - stay)], axis=-1)
    return np.concatenate([years[..., :1] / width, below / years[..., :-1], stay], axis=-1)


_FACTORS = (1 / 8, 4)  # on a standard's rates; beyond them its shape means nothing


def with_expectancy(table, expectancy):
    """Return the life table of a given life expectancy that has the shape of another.

    The death rates of all ages and both sexes are multiplied by one factor, found by halving.

    Parameters
    ----------
    table : LifeTable
        The standard, of shape (2, X).
    expectancy : float or array of shape (…)
        Life expectancy at birth in years, both sexes, 106 boys being born to 100 girls.

    Returns
    -------
    LifeTable
        Of shape (…, 2, X).

    Raises
    ------
    ValueError
        For an expectancy that no factor from 1/8 to 4 gives.

    Notes
    -----
    Proportional hazards, the plainest of one-parameter systems; famine deaths have other ages.

    References
    ----------
    Preston, Heuveline and Guillot (2001), chapter 9, for systems of tables. The scaling is this
    package's own, and no printed case was found; the test is that it comes back.

    Examples
    --------
    >>> table = life_table([0, 5, 10], np.full((2, 3), 0.02))
    >>> with_expectancy(table, 40).rates[0].round(4)
    array([0.025, 0.025, 0.025])
    """
    wanted = real("expectancy", expectancy, above=0)

    def of(factor):
        made = life_table(table.ages, table.rates * factor[..., None, None])
        return made, made.life_expectancy @ [1.06 / 2.06, 1 / 2.06]

    low, high = (np.full(wanted.shape, np.log(factor)) for factor in _FACTORS)
    longest, shortest = of(np.exp(low))[1].max(), of(np.exp(high))[1].min()
    real("expectancy", wanted, at_least=shortest, at_most=longest)
    for _ in range(50):
        middle = (low + high) / 2
        longer = of(np.exp(middle))[1] > wanted
        low, high = np.where(longer, middle, low), np.where(longer, high, middle)
    return of(np.exp((low + high) / 2))[0]


def crude_rate(table, people, width=5):
    """Return the crude death rate that people have under a life table.

    Parameters
    ----------
    table : LifeTable
        Of shape (…, 2, X); groups narrower than those of the people are joined.
    people : array of shape (…, 2, A)
        By age and sex, males first, the last group open, in any unit.
    width : int
        Years in their age groups.

    Returns
    -------
    float or array of shape (…)
        Per 1,000 a year.

    Raises
    ------
    ValueError
        If the table's ages do not fall into the groups of the people.

    References
    ----------
    Preston, Heuveline and Guillot (2001), chapter 2. The test is the stationary population, whose
    rate is known.

    Examples
    --------
    In a stationary population, aged as the table has it, the rate is one over life expectancy:

    >>> table = life_table([0, 5, 10], np.full((2, 3), 0.02))
    >>> round(crude_rate(table, table.years), 6)
    20.0
    """
    firsts = groups_of(table, width)
    people = by_sex("people", people)
    if people.shape[-1] != len(firsts):
        raise ValueError(f"people has {people.shape[-1]} age groups; the table has {len(firsts)}")
    ends = np.concatenate([table.alive[..., 1:], np.zeros_like(table.alive[..., :1])], axis=-1)
    died, lived = (
        np.add.reduceat(part, firsts, axis=-1) for part in (table.alive - ends, table.years)
    )
    return plain(1000 * (died / lived * people).sum(axis=(-2, -1)) / people.sum(axis=(-2, -1)))


def groups_of(table, width=5):
    """Say where in a table each age group of a given width begins.

    Parameters
    ----------
    table : LifeTable
        Groups narrower than the width are to be joined.
    width : int
        Years in a group.

    Returns
    -------
    array of int of shape (A,)
        Places on the table's last axis.

    Raises
    ------
    ValueError
        If the table's ages do not fall on multiples of ``width``.

    Examples
    --------
    >>> groups_of(life_table([0, 1, 5, 10], np.full((2, 4), 0.02)))
    array([0, 2, 3])
    """
    step = whole("width", width, at_least=1)
    starts = np.arange(0, table.ages[-1] + 1, step)
    if not np.isin(starts, table.ages).all() or starts[-1] != table.ages[-1]:
        raise ValueError(f"width is {width}; the ages {table.ages} do not fall into such groups")
    return np.searchsorted(table.ages, starts)


def fertility_rates(total_fertility, shares, first_age, groups, width=5):
    """Spread a total fertility rate over the ages of mothers.

    Parameters
    ----------
    total_fertility : float or array of shape (…)
        Children per woman.
    shares : array of shape (…, F)
        Each age group's part of it, adding to 1.
    first_age : int
        Lower limit of the first of the F groups, years.
    groups : int
        Number A of age groups in the projection.
    width : int
        Years in a group.

    Returns
    -------
    array of shape (…, A)
        Births per woman a year.

    Raises
    ------
    ValueError
        If the shares do not add to 1 (within 0.001) or do not fit in the groups.

    Notes
    -----
    By definition, total fertility is ``width`` times the sum of the rates. No notebook needs it,
    for they know the births; it is here for projections in which women bear them.

    Examples
    --------
    >>> fertility_rates(6.0, [0.25, 0.5, 0.25], first_age=15, groups=7)
    array([0. , 0. , 0. , 0.3, 0.6, 0.3, 0. ])
    """
    shares = real("shares", shares, at_least=0)
    added = shares.sum(axis=-1)
    if (np.abs(added - 1) > 0.001).any():
        raise ValueError(f"shares add to {np.ravel(added)[0]:g}; they must add to 1")
    first, uneven = divmod(first_age, width)
    if uneven or first < 0 or first + shares.shape[-1] > groups:
        raise ValueError(
            f"first_age is {first_age}; {shares.shape[-1]} groups of {width} years "
            f"from there do not fit the {groups} groups"
        )
    total = real("total_fertility", total_fertility, at_least=0)[..., None]
    rates = total * shares / added[..., None] / width
    room = np.zeros((*rates.shape[:-1], groups))
    room[..., first : first + shares.shape[-1]] = rates
    return room


def _lower_limits(ages):
    ages = real("ages", ages)
    if ages.ndim != 1 or len(ages) < 2 or ages[0] != 0 or (np.diff(ages) <= 0).any():
        raise ValueError(f"ages is {ages}; it must list lower limits in order, from 0")
    if (ages % 1).any():
        raise ValueError(f"ages holds {ages[ages % 1 != 0][0]:g}; lower limits are whole years")
    return ages.astype(int)
