"""Estimate mortality, and how complete a register is, from ages: censuses, deaths, a standard.

Ages stand on the last axis, youngest first, in groups of one width, the last group open; axes
before it hold populations side by side, as the two sexes. People, deaths and migrants are numbers
in any one unit. All but the growth balance of Brass suppose two censuses and a population that is
closed, or whose migrants are known.
"""

from dataclasses import dataclass

import numpy as np

from glf_utils.arguments import real, together
from glf_utils.results import plain


@dataclass(frozen=True)
class CensusSurvival:
    """A life table above the youngest group, from the same people counted twice.

    Attributes
    ----------
    ages : array of shape (K,)
        Exact ages x in years.
    alive : array of shape (…, K)
        l(x), those alive at x for each one in the middle of the youngest group.
    years : array of shape (…, K)
        L(x), person-years lived from x to the next age; in the last place T(x), all years above.
    life_expectancy : array of shape (…, K)
        e(x) = T(x) / l(x), years.
    """

    ages: np.ndarray
    alive: np.ndarray
    years: np.ndarray
    life_expectancy: np.ndarray


@dataclass(frozen=True)
class GrowthBalance:
    """The straight line between who comes in at an age and who dies above it.

    Attributes
    ----------
    completeness : float or array of shape (…)
        Registered deaths over deaths, as far as the people are counted in full.
    intercept : float or array of shape (…)
        Of the line, a year: the growth rate of a stable population, and in the generalised form
        ``ln(coverage) / interval``.
    coverage : float or array of shape (…)
        The share of people counted by the first census over that of the second; 1 where there is
        one census.
    ages : array of shape (K,)
        Exact ages through which the line was laid.
    entry : array of shape (…, K)
        N(x) / N(x+), those who reach x over those above it, a year; in the generalised form less
        the growth rate r(x+), and with the migrants.
    death : array of shape (…, K)
        D(x+) / N(x+), registered deaths above x over the people there, a year.
    interval : float
        Years between the censuses; 0 where there is one.
    """

    completeness: np.ndarray
    intercept: np.ndarray
    coverage: np.ndarray
    ages: np.ndarray
    entry: np.ndarray
    death: np.ndarray
    interval: float = 0.0

    def resampled(self, draws, seed):
        """Completeness by lines through points drawn again from these, with replacement.

        Parameters
        ----------
        draws : int
            How many lines.
        seed : int or numpy.random.Generator
            Where to begin.

        Returns
        -------
        array of shape (draws, …)
            nan where all the points drawn are one.

        Notes
        -----
        Each point takes in all deaths above its age, so that neighbours err together and the lines
        differ less than they should.

        References
        ----------
        Efron (1979), the bootstrap.
        """
        entry, death = (_again(points, draws, seed) for points in (self.entry, self.death))
        with np.errstate(divide="ignore", invalid="ignore"):
            slope, intercept = _line(death, entry)
            return _complete(slope, np.exp(self.interval * intercept))


@dataclass(frozen=True)
class ExtinctGenerations:
    """People at each age rebuilt from the deaths that will end them, beside those counted.

    Attributes
    ----------
    completeness : float or array of shape (…)
        The mean of the ratios over the ages chosen.
    ages : array of shape (K,)
        Those exact ages.
    ratios : array of shape (…, K)
        Rebuilt over counted at each.
    """

    completeness: np.ndarray
    ages: np.ndarray
    ratios: np.ndarray

    def resampled(self, draws, seed):
        """Means of ratios drawn again from these, with replacement: completeness, and its scatter.

        Parameters
        ----------
        draws : int
            How many means.
        seed : int or numpy.random.Generator
            Where to begin.

        Returns
        -------
        array of shape (draws, …)

        Notes
        -----
        As for the growth balance, neighbours err together.

        References
        ----------
        Efron (1979), the bootstrap.
        """
        return _again(self.ratios, draws, seed).mean(axis=-1)


def intercensal_survival(ages, first, second, interval, beyond):
    """Follow each age group from one census to the next, and chain what is left of it.

    The share of group x found ``interval`` years later in the group as much older is its survival
    ratio. With an interval of k groups the ratios make k chains of l at the middle ages of groups;
    the first begins at 1, each other one on the straight line between the first two of that chain.
    Exact ages lie between: ``l(x)`` is the mean of the two middles beside it, and ``L(x)`` is n
    times the mean of ``l(x)`` and ``l(x+n)``.

    Parameters
    ----------
    ages : array of shape (A,)
        Lower limits in years, of groups of one width n; the last is open.
    first, second : array of shape (…, A)
        People at the two censuses.
    interval : float
        Years between them, a multiple of n.
    beyond : float or array of shape (…)
        e(x) at the lower limit of the last closed group, years, from elsewhere: the censuses cannot
        tell it.

    Returns
    -------
    CensusSurvival
        From the second age to the last closed one. Misreported ages and migrants make an l(x) that
        rises; it is left as it comes.

    Raises
    ------
    ValueError
        For an interval that is no multiple of the groups, too few groups, or nobody in a group.

    References
    ----------
    United Nations, Manual X (1983), chapter IX; the chains as in United Nations, Methods for
    Estimating Adult Mortality (2002), whose worksheet for Japan is the test.

    Examples
    --------
    >>> first, second = [100, 90, 80, 70, 60], [110, 95, 81, 72, 63]
    >>> found = intercensal_survival([0, 5, 10, 15, 20], first, second, 5, beyond=40)
    >>> found.ages, found.alive.round(3), found.life_expectancy.round(1)
    (array([ 5, 10, 15]), array([0.975, 0.902, 0.812]), array([42.5, 40.8, 40. ]))
    """
    ages, width, (one, two) = _groups(ages, above=0, first=first, second=second)
    steps = float(real("interval", interval, above=0)) / width
    if steps % 1:
        raise ValueError(
            f"interval is {interval:g}; it must be a multiple of the groups, {width:g} years "
            "(variable_r takes any)"
        )
    steps = int(steps)
    if len(ages) < steps + 3:
        raise ValueError(f"ages has {len(ages)} groups; an interval of {steps} needs {steps + 3}")
    one, two = one[..., :-1], two[..., :-1]
    ratios = two[..., steps:] / one[..., :-steps]
    alive = np.empty(one.shape)
    alive[..., :steps] = 1 + np.arange(steps) / steps * (ratios[..., :1] - 1)
    for group in range(steps, one.shape[-1]):
        alive[..., group] = alive[..., group - steps] * ratios[..., group - steps]
    return _table(ages, width, alive, beyond)


def variable_r(ages, first, second, interval, beyond):
    """Take growth out of the mean age distribution: what is left is the life table.

    In any closed population the people at age x are those of a stationary one, shrunk by the growth
    rates r of all younger ages. Between the middles of neighbouring groups
    ``l(x+n) / l(x) = N(x+n) exp(n r(x+n) / 2) / (N(x) exp(-n r(x) / 2))``, with person-years
    (exposure) ``N = (N2 - N1) / (r t)`` and ``r = ln(N2 / N1) / t``. The censuses may be any number
    of years t apart.

    Parameters
    ----------
    ages : array of shape (A,)
        As in :func:`intercensal_survival`.
    first, second : array of shape (…, A)
        People at the two censuses.
    interval : float
        Years between them.
    beyond : float or array of shape (…)
        As in :func:`intercensal_survival`.

    Returns
    -------
    CensusSurvival

    Raises
    ------
    ValueError
        For too few groups, or nobody in a group.

    References
    ----------
    Preston and Bennett (1983), for two censuses; Preston and Coale (1982), for the relation. The
    test is the worksheet of United Nations (2002) for Japan.

    Examples
    --------
    >>> first, second = [100, 90, 80, 70, 60], [110, 95, 81, 72, 63]
    >>> variable_r([0, 5, 10, 15, 20], first, second, 5, beyond=40).alive.round(3)
    array([0.975, 0.902, 0.812])
    """
    ages, width, (one, two) = _groups(ages, above=0, first=first, second=second)
    if len(ages) < 4:
        raise ValueError(f"ages has {len(ages)} groups; it must have 4 or more")
    span = real("interval", interval, above=0)
    one, two = one[..., :-1], two[..., :-1]
    growth = np.log(two / one) / span
    lived = np.divide(two - one, growth * span, out=one.copy(), where=growth != 0)
    up, down = lived * np.exp(width * growth / 2), lived * np.exp(-width * growth / 2)
    ratios = up[..., 1:] / down[..., :-1]
    alive = np.concatenate([np.ones_like(one[..., :1]), np.cumprod(ratios, axis=-1)], axis=-1)
    return _table(ages, width, alive, beyond)


def brass_growth_balance(ages, people, deaths, fitted=(5, 65)):
    """Ask one census and the deaths about it how many deaths were registered.

    In a stable, closed population the rate of reaching x is growth plus the death rate above x, at
    every x: ``N(x) / N(x+) = r + D(x+) / (c N(x+))``, c being the completeness. The line through
    the points gives r and 1 / c; its slope is the ratio of their standard deviations.

    Parameters
    ----------
    ages : array of shape (A,)
        Lower limits in years, of groups of one width n; the last is open.
    people : array of shape (…, A)
        In the middle of the time of the deaths.
    deaths : array of shape (…, A)
        Registered in one year, by age.
    fitted : (float, float)
        First and last exact age of the points, both included: adults, for whom one completeness
        may hold.

    Returns
    -------
    GrowthBalance

    Raises
    ------
    ValueError
        For fewer than two points, or nobody in a group.

    Notes
    -----
    ``N(x)`` is the geometric mean of the groups on either side, over n. No printed case with its
    answer was read, so the test is an exact stable population of known completeness.

    References
    ----------
    Brass (1975); United Nations, Manual X (1983), chapter V; Moultrie and others (2013), for the
    line.

    Examples
    --------
    One person born a year and one dying, of whom 6 in 10 are written down:

    >>> ages = np.arange(0, 90, 5)
    >>> alive = np.exp(-10 * np.exp(0.1 * ages - 10))
    >>> people = np.append((alive[:-1] + alive[1:]) * 2.5, 3.2 * alive[-1])
    >>> deaths = 0.6 * np.append(-np.diff(alive), alive[-1])
    >>> found = brass_growth_balance(ages, people, deaths)
    >>> round(found.completeness, 1), round(found.intercept, 2)
    (0.6, 0.0)
    """
    ages, width, (people, dead) = _groups(ages, people=people, deaths=deaths)
    within = _within(fitted, ages)
    real("people", people, above=0)
    reach = np.sqrt(people[..., :-1] * people[..., 1:]) / width
    above = _above(people)[..., 1:]
    entry, death = (reach / above)[..., within], (_above(dead)[..., 1:] / above)[..., within]
    slope, intercept = _line(death, entry)
    one = plain(np.ones(np.shape(slope)))
    return GrowthBalance(*map(plain, (1 / slope, intercept)), one, ages[1:][within], entry, death)


def generalised_growth_balance(ages, first, second, deaths, interval, migrants=0.0, fitted=(5, 80)):
    """Ask two censuses and the deaths between them how complete all three are.

    ``N(x) / N(x+) - r(x+) + G(x+) / N(x+) = ln(k) / t + D(x+) / (c N(x+))`` at every x: the growth
    rate r(x+) is each age's own, so the population need not be stable; G are net migrants, k the
    coverage of the first census over that of the second, t the years between. ``N(x+)`` is the
    geometric mean of the two counts, ``N(x)`` that of the younger group then and the older one
    now, over n; the slope is the ratio of standard deviations.

    Parameters
    ----------
    ages : array of shape (A,)
        Lower limits in years, of groups of one width n; the last is open.
    first, second : array of shape (…, A)
        People at the two censuses.
    deaths : array of shape (…, A)
        Registered in all the years between, by age.
    interval : float
        Years between the censuses.
    migrants : float or array of shape (…, A)
        Net, in all the years between.
    fitted : (float, float)
        First and last exact age of the points, both included.

    Returns
    -------
    GrowthBalance
        Completeness is against the fuller of the two censuses.

    Raises
    ------
    ValueError
        For fewer than two points, or nobody in a group.

    References
    ----------
    Hill (1987); Moultrie and others (2013). The test is their workbook for men of South Africa,
    2001 to 2007, with the answers that another program of the method, DDMethods, gives for it.

    Examples
    --------
    One person born a year and one dying, of whom 6 in 10 are written down:

    >>> ages = np.arange(0, 90, 5)
    >>> alive = np.exp(-10 * np.exp(0.1 * ages - 10))
    >>> people = np.append((alive[:-1] + alive[1:]) * 2.5, 3.2 * alive[-1])
    >>> deaths = 0.6 * np.append(-np.diff(alive), alive[-1])
    >>> found = generalised_growth_balance(ages, people, people, 10 * deaths, 10)
    >>> round(found.completeness, 1), round(found.coverage, 1)
    (0.6, 1.0)
    """
    ages, width, (one, two, dead) = _groups(ages, first=first, second=second, deaths=deaths)
    span = real("interval", interval, above=0)
    within = _within(fitted, ages)
    real("first", one, above=0)
    real("second", two, above=0)
    moved = np.broadcast_to(real("migrants", migrants), one.shape)
    before, after = _above(one)[..., 1:], _above(two)[..., 1:]
    above = np.sqrt(before * after)
    reach = np.sqrt(one[..., :-1] * two[..., 1:]) / width
    net = reach / above - np.log(after / before) / span + _above(moved)[..., 1:] / span / above
    entry, death = net[..., within], (_above(dead)[..., 1:] / span / above)[..., within]
    slope, intercept = _line(death, entry)
    coverage = np.exp(span * intercept)
    return GrowthBalance(
        *map(plain, (_complete(slope, coverage), intercept, coverage)),
        ages[1:][within],
        entry,
        death,
        float(span),
    )


def synthetic_extinct_generations(
    ages, first, second, deaths, interval, beyond, migrants=0.0, coverage=1.0, fitted=(25, 60)
):
    """Rebuild the people at each age from the deaths that will end them, and count what is short.

    Those aged x are all who will die above x. The deaths of later years are those of today at the
    same age, moved by the growth rates on the way:
    ``N(x) = N(x+n) exp(n r(x)) + D(x) exp(n r(x) / 2)``, and in the open group, where e years are
    still lived, ``N = D (exp(e r) - (e r)**2 / 6)``. Registered deaths rebuild the share c of those
    whom the censuses counted.

    Parameters
    ----------
    ages : array of shape (A,)
        Lower limits in years, of groups of one width n; the last is open.
    first, second : array of shape (…, A)
        People at the two censuses.
    deaths : array of shape (…, A)
        Registered in all the years between, by age.
    interval : float
        Years between the censuses.
    beyond : float or array of shape (…)
        e at the lower limit of the open group, years, from elsewhere.
    migrants : float or array of shape (…, A)
        Net, in all the years between.
    coverage : float or array of shape (…)
        As :func:`generalised_growth_balance` finds it; the first census is divided by it, for a
        census that counted worse than the other looks like growth.
    fitted : (float, float)
        First and last exact age of the mean, both included.

    Returns
    -------
    ExtinctGenerations

    Raises
    ------
    ValueError
        For no age to take a mean of, or nobody in a group.

    References
    ----------
    Bennett and Horiuchi (1981, 1984); Moultrie and others (2013). The test is their workbook for
    men of South Africa, 2001 to 2007, with the answers that the program DDMethods gives for it.

    Examples
    --------
    One person born a year and one dying, of whom 6 in 10 are written down:

    >>> ages = np.arange(0, 90, 5)
    >>> alive = np.exp(-10 * np.exp(0.1 * ages - 10))
    >>> people = np.append((alive[:-1] + alive[1:]) * 2.5, 3.2 * alive[-1])
    >>> deaths = 0.6 * np.append(-np.diff(alive), alive[-1])
    >>> found = synthetic_extinct_generations(ages, people, people, 10 * deaths, 10, 3.2)
    >>> round(found.completeness, 2)
    0.6
    """
    ages, width, (one, two, dead) = _groups(ages, first=first, second=second, deaths=deaths)
    span = real("interval", interval, above=0)
    within = _within(fitted, ages, least=1)
    share = real("coverage", coverage, above=0)
    one, two = real("first", one, above=0) / share[..., None], real("second", two, above=0)
    left = real("beyond", beyond, above=0)
    moved = np.broadcast_to(real("migrants", migrants), one.shape)
    growth = np.log(two / one) / span - moved / span / np.sqrt(one * two)
    dead = dead / span
    late = left * growth[..., -1]
    rebuilt = np.empty(one.shape)
    rebuilt[..., -1] = dead[..., -1] * (np.exp(late) - late**2 / 6)
    for group in range(one.shape[-1] - 2, -1, -1):
        half = np.exp(width * growth[..., group] / 2)
        rebuilt[..., group] = (rebuilt[..., group + 1] * half + dead[..., group]) * half
    reach = np.sqrt(one[..., :-1] * two[..., 1:]) / width
    ratios = (rebuilt[..., 1:] / reach)[..., within]
    return ExtinctGenerations(plain(ratios.mean(axis=-1)), ages[1:][within], ratios)


def logit(alive):
    """Return Brass's logit of survivors, ``Y(x) = ln((1 - l(x)) / l(x)) / 2``.

    Parameters
    ----------
    alive : float or array
        l(x), shares alive of those born, above 0 and below 1.

    Returns
    -------
    float or array
        0 where half are alive, and higher where fewer are.

    Raises
    ------
    ValueError
        For a share that is not between 0 and 1.

    References
    ----------
    Brass (1975).

    Examples
    --------
    >>> logit([0.984, 0.872]).round(5)
    array([-2.05952, -0.95938])
    """
    share = real("alive", alive, above=0, below=1)
    return plain(np.log((1 - share) / share) / 2)


def fit_relational(standard, alive):
    """Find how a life table differs from a standard: alpha its level, beta its slope by age.

    ``Y(x) = alpha + beta Y_s(x)`` by least squares, Y being :func:`logit`. Alpha above 0 is more
    death at every age; beta above 1 takes less from the young and more from the old.

    Parameters
    ----------
    standard : array of shape (…, K)
        l(x) of the standard at K ages, two or more, each below 1.
    alive : array of shape (…, K)
        l(x) as estimated at the same ages.

    Returns
    -------
    (float or array of shape (…), float or array of shape (…))
        Alpha and beta.

    Raises
    ------
    ValueError
        For shares that are not between 0 and 1, or fewer than two ages.

    Notes
    -----
    No lesson needs it; it is here for those who have survivors at a few ages alone. The logits are
    tested against a printed table; of the line no printed case was read, and the test is a table
    made with known alpha and beta.

    References
    ----------
    Brass (1975); United Nations, Manual X (1983), chapter I.

    Examples
    --------
    >>> standard = [0.90, 0.85, 0.60, 0.30]
    >>> alpha, beta = fit_relational(standard, relational_life_table(standard, 0.2, 1.1))
    >>> round(alpha, 3), round(beta, 3)
    (0.2, 1.1)
    """
    known, found = together(standard=np.asarray(logit(standard)), alive=np.asarray(logit(alive)))
    if known.ndim == 0 or known.shape[-1] < 2:
        raise ValueError(f"standard has shape {known.shape}; it must end in two ages or more")
    centred = known - known.mean(axis=-1, keepdims=True)
    spread = (centred**2).sum(axis=-1)
    if (spread == 0).any():
        raise ValueError("standard has one share at all its ages; a line needs two that differ")
    slope = (centred * found).sum(axis=-1) / spread
    return plain(found.mean(axis=-1) - slope * known.mean(axis=-1)), plain(slope)


def relational_life_table(standard, alpha, beta=1.0):
    """Bend a standard life table by Brass's two numbers, ``l(x) = 1 / (1 + exp(2 Y(x)))``.

    Parameters
    ----------
    standard : array of shape (…, K)
        l(x) of the standard, above 0 and below 1: leave age 0 out, where all are alive.
    alpha, beta : float or array of shape (…)
        As :func:`fit_relational` finds them.

    Returns
    -------
    array of shape (…, K)
        l(x).

    Raises
    ------
    ValueError
        For shares that are not between 0 and 1, or a beta of 0 or less.

    Notes
    -----
    No lesson needs it; it is here with :func:`fit_relational`.

    References
    ----------
    Brass (1975).

    Examples
    --------
    >>> relational_life_table([0.90, 0.60, 0.30], alpha=0.5).round(3)
    array([0.768, 0.356, 0.136])
    """
    level = real("alpha", alpha)[..., None]
    slope = real("beta", beta, above=0)[..., None]
    return 1 / (1 + np.exp(2 * (level + slope * np.asarray(logit(standard)))))


def _groups(ages, above=None, **numbers):
    """Return the lower limits, the width of the groups, and the numbers with one shape."""
    limits = real("ages", ages)
    widths = np.diff(limits)
    if limits.ndim != 1 or len(limits) < 3 or (widths <= 0).any() or np.ptp(widths):
        raise ValueError(f"ages is {limits}; it must list three groups or more, all of one width")
    bound = {"at_least": 0} if above is None else {"above": above}
    arrays = {name: real(name, value, **bound) for name, value in numbers.items()}
    for name, array in arrays.items():
        if array.shape[-1:] != limits.shape:
            raise ValueError(
                f"{name} has shape {array.shape}; it must end in the {len(limits)} ages"
            )
    return np.asarray(ages), float(widths[0]), together(**arrays)


def _above(numbers):
    """Sums over each group and all older ones."""
    return np.cumsum(numbers[..., ::-1], axis=-1)[..., ::-1]


def _within(fitted, ages, least=2):
    """Which exact ages, from the second on, lie between two, both included."""
    ends = real("fitted", fitted)
    if ends.shape != (2,):
        raise ValueError(f"fitted is {fitted!r}; it must be two ages, as (5, 65)")
    inside = (ages[1:] >= ends[0]) & (ages[1:] <= ends[1])
    if inside.sum() < least:
        raise ValueError(
            f"fitted is {fitted!r}; it takes in {inside.sum()} of the ages {ages[1]:g} to "
            f"{ages[-1]:g} and needs {least}"
        )
    return inside


def _line(across, up):
    """Slope, by the ratio of the standard deviations, and intercept."""
    slope = up.std(axis=-1) / across.std(axis=-1)
    return slope, up.mean(axis=-1) - slope * across.mean(axis=-1)


def _complete(slope, coverage):
    """Completeness against the fuller of two censuses, by the slope of the line."""
    return np.minimum(coverage, 1) / np.sqrt(coverage) / slope


def _again(points, draws, seed):
    """Points (… K) drawn again with replacement, alike in each row: shape (draws … K)."""
    many = points.shape[-1]
    pick = np.random.default_rng(seed).integers(many, size=(draws, many))
    return np.moveaxis(points[..., pick], -2, 0)


def _table(ages, width, alive, beyond):
    """Make the life table from l at the middles of all closed groups."""
    left = real("beyond", beyond, above=0)
    exact = (alive[..., :-1] + alive[..., 1:]) / 2
    years = width * (exact[..., :-1] + exact[..., 1:]) / 2
    last = np.broadcast_to(left, exact.shape[:-1])[..., None] * exact[..., -1:]
    years = np.concatenate([years, last], axis=-1)
    return CensusSurvival(ages[1:-1], exact, years, _above(years) / exact)
