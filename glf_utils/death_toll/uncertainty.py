"""Say how sure a toll is: stated distributions, many draws, and those kept that close.

Each draw is one whole account: what part of deaths a register held before, in and after the
famine, what part of births is known, what part of the people each of two censuses counted. Its
rates carry a population of their own from the first census. A draw whose people miss the second
census is no account of what happened, whatever its toll; it is left out of every answer.

The baseline is always drawn through the draw's own corrected rates, so that rates corrected in the
famine never stand above others that are not. A register that failed in the famine alone can be
stated, and has to close like any other.

Rates are per 1,000 a year; people, births and deaths are in millions.
"""

from dataclasses import dataclass, field, fields
from itertools import pairwise

import numpy as np

from glf_utils.arguments import (
    MOST_PEOPLE,
    calendar,
    in_millions,
    per_thousand,
    place_of,
    places_of,
    real,
    whole,
)
from glf_utils.death_toll.rates import baseline_rates, excess_deaths

FEWEST = 100  # closing draws, below which nothing is said of them
_AT_ONCE = 8192  # draws; their arrays fit in a processor's nearest memory
_PERIODS = ("before", "famine", "after")


@dataclass(frozen=True)
class Stated:
    """What is thought of each input before the censuses are asked.

    Each is a number, if it is certain, or (least, likeliest, greatest): a triangular distribution.
    All are shares: of true deaths, births or people, what is registered, known or counted.

    Attributes
    ----------
    before, famine, after : float, (float, float, float), or A of such three
        Deaths registered in the years before, in and after the famine, above 0, at most 1; one for
        all ages, or one for each of A groups of age.
    births : float or (float, float, float)
        Births in the series of births, 0.5 to 1.5; above 1 it holds too many.
    first_census, second_census : float or (float, float, float)
        People counted, 0.8 to 1.2; above 1 some were counted twice.

    Examples
    --------
    >>> Stated((0.5, 0.6, 0.8), (0.5, 0.6, 0.9), (0.6, 0.8, 1.0)).second_census
    1.0
    """

    before: tuple
    famine: tuple
    after: tuple
    births: tuple = 1.0
    first_census: tuple = 1.0
    second_census: tuple = 1.0

    def __post_init__(self):
        for one in fields(self):
            limits = (
                {"above": 0, "at_most": 1}
                if one.name in _PERIODS
                else {"at_least": 0.5, "at_most": 1.5}
                if one.name == "births"
                else {"at_least": 0.8, "at_most": 1.2}
            )
            told = real(one.name, getattr(self, one.name), **limits)
            of_deaths = one.name in _PERIODS
            shapes = ((), (3,), (len(np.atleast_1d(told)), 3) if of_deaths else ())
            if told.shape not in shapes or (np.diff(np.atleast_1d(told)) < 0).any():
                raise ValueError(
                    f"{one.name} is {getattr(self, one.name)!r}; it must be one number, or three: "
                    "least, likeliest, greatest" + (", or three for each age" * of_deaths)
                )

    @property
    def ends(self):
        """What is stated of each input, one or three numbers by its name; of ages "famine 0" on."""
        found = {}
        for one in fields(self):
            told = np.asarray(getattr(self, one.name), float)
            if told.ndim == 2:
                found |= {f"{one.name} {age}": three for age, three in enumerate(told)}
            else:
                found[one.name] = np.atleast_1d(told)
        return found

    @property
    def likeliest(self):
        """The likeliest value of each input, by name."""
        return {name: float(numbers[len(numbers) // 2]) for name, numbers in self.ends.items()}

    def draw(self, draws, seed):
        """Draw each input, independent of the others.

        Parameters
        ----------
        draws : int
            How many times.
        seed : int or numpy.random.Generator
            Where to begin; the same seed gives the same draws.

        Returns
        -------
        dict of str to array of shape (N,)
            By name of the input.
        """
        rng = np.random.default_rng(seed)
        return {
            name: np.full(draws, told[0]) if told[0] == told[-1] else rng.triangular(*told, draws)
            for name, told in self.ends.items()
        }


@dataclass(frozen=True)
class Draws:
    """Tolls of the draws that close, and what was drawn for them.

    Attributes
    ----------
    toll : array of shape (K,)
        Excess deaths of each draw that closes, millions.
    inputs : dict of str to array of shape (K,)
        What was drawn, by name as in :attr:`Stated.ends`.
    gap : array of shape (K,)
        Error of closure, millions.
    drawn : int
        How many draws were made.
    all_tolls, all_gaps : array of shape (N,)
        Of every draw, whether it closes or not: no reading, only what the statements alone say.
    label : str
        What was counted, above what, and what closing means.
    """

    toll: np.ndarray = field(repr=False)
    inputs: dict = field(repr=False)
    gap: np.ndarray = field(repr=False)
    drawn: int
    all_tolls: np.ndarray = field(repr=False)
    all_gaps: np.ndarray = field(repr=False)
    label: str

    def interval(self, share=0.9):
        """Return the ends of the middle share of the closing tolls, and their median between.

        Parameters
        ----------
        share : float
            Of the draws that close, to lie within.

        Returns
        -------
        array of shape (3,)
            Low, median, high, millions.
        """
        outside = 50 * (1 - float(real("share", share, above=0, below=1)))
        return np.percentile(self.toll, [outside, 50, 100 - outside])

    def tornado(self, tail=0.2):
        """Say what moves the toll most among the draws that close.

        Parameters
        ----------
        tail : float
            Share of these draws at each end of an input.

        Returns
        -------
        dict of str to (float, float)
            Mean toll where the input is lowest and where it is highest, millions; the widest apart
            first. Inputs that are certain are left out. Others move with the input as the closing
            of the censuses makes them.
        """
        size = max(1, int(float(real("tail", tail, above=0, at_most=0.5)) * len(self.toll)))
        found = {}
        for name, drawn in self.inputs.items():
            if np.ptp(drawn):
                order = np.argpartition(drawn, [size, len(drawn) - size - 1])
                found[name] = tuple(
                    float(self.toll[part].mean()) for part in (order[:size], order[-size:])
                )
        return dict(sorted(found.items(), key=lambda ends: -abs(ends[1][1] - ends[1][0])))


def draw_tolls(
    years,
    death_rates,
    birth_rates,
    censuses,
    stated,
    window,
    kind,
    reference,
    *,
    famine_years,
    closes_within=1.0,
    draws=100_000,
    seed=1958,
):
    """Draw what is not known, work out the toll of each draw, and keep those that close.

    With shares drawn from ``stated``, the deaths registered and the births given are divided by
    them. From the first census, over its coverage, people follow these rates. A draw closes if
    those of the second census year are as many as were counted, over its coverage, within
    ``closes_within``. What closes are draws from the statements given both censuses (rejection
    sampling): the tighter the tolerance, the better and the fewer.

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years without a gap.
    death_rates : array of shape (Y,) or (A, Y)
        Deaths as registered, per 1,000 people of all ages a year; by groups of age they add up.
    birth_rates : array of shape (Y,)
        Births as known, per 1,000 a year.
    censuses : dict of int to float
        Two populations at mid-year in millions, by year.
    stated : Stated
        What is thought of completeness, births and coverage.
    window : (int, int)
        First and last year of the toll, both counted, from the first census on.
    kind : {"year", "mean", "line", "trend", "log trend"}
        The baseline through each draw's own corrected rates, as in
        :func:`glf_utils.death_toll.rates.baseline_rates`. A log trend needs all its years in one
        of the three periods, and one share for all ages. A level or series from outside is refused:
        nobody has corrected it.
    reference : int or list of int
        Its years.
    famine_years : (int, int)
        The years in which ``stated.famine`` holds.
    closes_within : float
        Greatest error of closure, millions either way: for migration, and for completeness that
        moved within a period.
    draws : int
        How many.
    seed : int or numpy.random.Generator
        Where the draws begin.

    Returns
    -------
    Draws

    Raises
    ------
    ValueError
        For a baseline from outside, years that are missing, groups of age that are not as many as
        stated, and if fewer than 100 draws close: then the statements and the censuses exclude each
        other.

    Notes
    -----
    The three periods and the triangles are this package's own. Completeness is constant within a
    period, and the inputs are stated apart from one another. Ages part the deaths alone: the people
    are followed as one number.

    References
    ----------
    Wheldon, Raftery, Clark and Gerland (2013), who reconstruct populations with intervals from
    faulty registers and censuses; this is a much plainer relative. The balancing equation is that
    of ``balance_gap``.

    Examples
    --------
    >>> found = draw_tolls(range(1956, 1961), [10, 10, 20, 10, 10], [40] * 5,
    ...                    {1956: 100, 1960: 107.5}, Stated((0.4, 0.6, 0.8), (0.4, 0.6, 0.8), 0.6),
    ...                    (1958, 1958), "year", 1957, famine_years=(1958, 1958), draws=20_000,
    ...                    closes_within=0.1)
    >>> found.interval().round(1), list(found.tornado())
    (array([0.9, 1.9, 2.8]), ['famine', 'before'])

    Half of the registered deaths are children's, and their deaths are the worse registered:

    >>> shares = [(0.3, 0.5, 0.7), (0.6, 0.8, 0.9)]
    >>> found = draw_tolls(range(1956, 1961), [[5, 5, 10, 5, 5]] * 2, [40] * 5,
    ...                    {1956: 100, 1960: 107.5}, Stated(shares, shares, 0.6),
    ...                    (1958, 1958), "year", 1957, famine_years=(1958, 1958), draws=20_000,
    ...                    closes_within=0.1)
    >>> found.interval().round(1), list(found.tornado())
    (array([1.1, 1.9, 2.6]), ['before 0', 'famine 0', 'before 1', 'famine 1'])
    """
    years = calendar(years)
    if kind in ("flat", "series"):
        raise ValueError(
            f"kind is {kind!r}; a level from outside stands beside rates that are corrected, and "
            "has been corrected by nobody: take years of the same register"
        )
    if (np.diff(years) != 1).any():
        raise ValueError("years has a gap; a population is carried from each year to the next")
    if len(censuses) != 2:
        raise ValueError(f"censuses is {censuses!r}; it must give two years and their populations")
    first, last = sorted(censuses)
    start, end = (place_of("censuses", year, years) for year in (first, last))
    inside = np.array(places_of(window, years))
    if inside[0] < start:
        raise ValueError(f"window is {window!r}; it must not begin before the census of {first}")
    died, born = (
        per_thousand(name, rates, years)
        for name, rates in (("death_rates", death_rates), ("birth_rates", birth_rates))
    )
    counts = {
        year: float(in_millions("censuses", censuses[year], MOST_PEOPLE, above=0))
        for year in (first, last)
    }
    tolerance = real("closes_within", closes_within, above=0)
    period = np.searchsorted([famine_years[0], famine_years[1] + 1], years, side="right")
    places_of(famine_years, years, "famine_years")
    inputs = stated.draw(whole("draws", draws, at_least=1), seed)
    names, parts = _by_share(np.atleast_2d(died), period, inputs)  # (Y C), still registered
    normal, label = _normal(years, parts, period, kind, reference, inside)
    above = (parts[inside] - normal) / 1000
    run = range(start, max(end, inside[-1]) + 1)
    halves = [(born[at] / 2000, [*zip(names, parts[at] / 2000, strict=True)]) for at in run]
    tolls, gaps = np.empty(draws), np.empty(draws)
    for low in range(0, draws, _AT_ONCE):  # year by year, for short arrays stay near
        part = slice(low, low + _AT_ONCE)
        raised = {name: 1 / inputs[name][part] for name in ("births", *names)}
        half = []  # of each year's natural increase
        for births, deaths in halves:
            half.append(births * raised["births"])
            for name, rate in deaths:
                if rate:
                    half[-1] -= rate * raised[name]
        people = [counts[first] / inputs["first_census"][part]]
        for now, then in pairwise(half):  # as follow_rates has it
            people.append(people[-1] * (1 + now) / (1 - then))
        tolls[part] = sum(
            rate * raised[name] * people[at - start]
            for at, rates in zip(inside, above, strict=True)
            for name, rate in zip(names, rates, strict=True)
            if rate
        )
        gaps[part] = people[end - start] - counts[last] / inputs["second_census"][part]
    kept = np.flatnonzero(np.abs(gaps) <= tolerance)
    if len(kept) < FEWEST:
        raise ValueError(
            f"{len(kept)} of {draws} draws close within {tolerance:g} million, and {FEWEST} are "
            "needed: what is stated and what was counted exclude each other, or draw more"
        )
    return Draws(
        tolls[kept],
        {name: drawn[kept] for name, drawn in inputs.items()},
        gaps[kept],
        draws,
        tolls,
        gaps,
        f"{label}, each draw above its own; {len(kept)} of {draws} draws close {first:g}-{last:g} "
        f"within {tolerance:g} million",
    )


def _by_share(died, period, inputs):
    """Return deaths by the share that holds for them: its names, and rates by year (Y C)."""
    found = {}
    for place, name in enumerate(_PERIODS):
        inside = period == place
        if name in inputs:
            found[name] = died.sum(axis=0) * inside
            continue
        ages = [one for one in inputs if one.startswith(f"{name} ")]
        if len(ages) != len(died):
            raise ValueError(
                f"{name} states {len(ages)} groups of age and death_rates has {len(died)}; they "
                "must be as many"
            )
        found |= {one: rates * inside for one, rates in zip(ages, died, strict=True)}
    return tuple(found), np.column_stack([*found.values()])


def _normal(years, parts, period, kind, reference, inside):
    """Return the baseline of the window by the share that it is raised by (W C), and a label.

    A baseline through corrected rates is the sum of what it takes from each part, each raised by
    that part's correction: all kinds but one add up their years. The log trend multiplies, and
    scales as a whole if its years lie in one period.
    """
    died = parts.sum(axis=1)
    plain = baseline_rates(years, died, kind, reference)
    label = excess_deaths(years, died, np.ones(len(years)), years[inside[[0, -1]]], plain).label
    if kind != "log trend":
        columns = [baseline_rates(years, part, kind, reference).rates for part in parts.T]
        return np.column_stack(columns)[inside], label
    of = {int(period[place_of("reference", year, years)]) for year in np.atleast_1d(reference)}
    if len(of) > 1:
        raise ValueError(
            f"reference is {reference!r}; the years of a log trend must lie in one period"
        )
    if parts.shape[1] > len(_PERIODS):
        raise ValueError("kind is 'log trend'; it needs one share for all ages")
    return (plain.rates[:, None] * (np.arange(3) == of.pop()))[inside], label
