"""Evaluate every combination of named choices behind a toll, and ask which choice moves it.

A cell is one combination: whose rates, corrected how, against what baseline, over which window,
years below it netted or left out. Cells are not draws from a population: their spread shows what
assumptions do, shares depend on the cells admitted, and no mean of rival estimates is offered.

Rates are per 1,000 a year; people, births and deaths are in millions; the year is the last axis.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from glf_utils.arguments import MOST_PEOPLE, calendar, in_millions, place_of, places_of, real
from glf_utils.death_toll.rates import balance_gap, baseline_rates
from glf_utils.death_toll.registers import (
    completeness_by_period,
    correct_registration,
    follow_rates,
)

ALIKE = 0.1  # shares registered in and out of the famine that count as one correction
CHOICES = ("series", "register", "baseline", "window", "netting")
NETTING = ("netted", "above only")


@dataclass(frozen=True)
class Series:
    """One author's rates by year; nan where a year is missing.

    Attributes
    ----------
    death_rates : array of shape (Y,)
        Per 1,000 a year.
    population : array of shape (Y,), optional
        Millions, properly at mid-year. Left out, the people are those whom births and deaths, as
        the cell's register corrects them, carry on from the first of the censuses.
    birth_rates : array of shape (Y,), optional
        Per 1,000 a year.
    """

    death_rates: np.ndarray
    population: np.ndarray | None = None
    birth_rates: np.ndarray | None = None


@dataclass(frozen=True)
class Register:
    """What part of events a register is taken to hold; 1 leaves the rates as they are.

    It is coherent if one correction serves both sides of the subtraction: the share registered in
    the famine is within a tenth of the share in normal years. A register that failed in the famine
    alone is a claim about that register, to be made and defended apart.

    Attributes
    ----------
    normal, famine : float
        Registered over true deaths in years outside and inside the famine, above 0, at most 1.
    births : float
        Registered over true births.

    Examples
    --------
    >>> Register(0.6, 0.6).coherent, Register(1.0, 0.6).coherent
    (True, False)
    """

    normal: float = 1.0
    famine: float = 1.0
    births: float = 1.0

    @property
    def coherent(self):
        return abs(self.famine / self.normal - 1) <= ALIKE

    @property
    def corrects(self):
        """Whether it changes the rates at all."""
        return (self.normal, self.famine) != (1, 1)


@dataclass(frozen=True)
class Yardstick:
    """A baseline (normal or expected mortality) as ``baseline_rates`` of ``rates`` has it.

    A toll of one series against the normal years of another is not coherent. Neither is one above
    a level or a series from outside (``"flat"``, ``"series"``) unless ``of`` says whose level it
    is: ten per thousand may be the register's normal year and cannot be Banister's. Beside a
    register that is corrected such a level never is, for nobody has corrected the yardstick.

    Attributes
    ----------
    kind : str
        One of the words of ``baseline_rates``.
    reference : int, list of int, float or array of shape (Y,)
        As ``baseline_rates`` has it.
    of : str, optional
        Name of another series to take it from: its rates as given, uncorrected.
    in_deaths : bool
        Whether it is drawn through numbers of deaths instead of rates.
    """

    kind: str
    reference: object
    of: str | None = None
    in_deaths: bool = False


@dataclass(frozen=True)
class Multiverse:
    """Every cell that can be computed, one of C each.

    Attributes
    ----------
    options : dict of str to list of str
        Names of the options by choice.
    chosen : dict of str to array of int of shape (C,)
        The place of each cell's option, by choice.
    toll : array of shape (C,)
        Excess deaths, millions.
    births : array of shape (C,)
        Births short of the birth baseline, millions, a ledger of its own; nan where a series has
        no births.
    gap : array of shape (C,)
        Error of closure between the censuses, millions; nan where a series has no births,
        and without censuses.
    coherent : array of bool of shape (C,)
        Whether one correction is known to serve both sides.
    left_out : int
        Combinations without data.
    """

    options: dict
    chosen: dict = field(repr=False)
    toll: np.ndarray = field(repr=False)
    births: np.ndarray = field(repr=False)
    gap: np.ndarray = field(repr=False)
    coherent: np.ndarray = field(repr=False)
    left_out: int = 0

    def __len__(self):
        return len(self.toll)

    def where(self, coherent=None, closes_within=None, **named):
        """Return the cells that meet the rules and the named options.

        Parameters
        ----------
        coherent : bool, optional
            True admits coherent cells only; False the others; left out both.
        closes_within : float, optional
            Greatest census gap admitted, millions either way; a cell without births cannot show
            that it closes, so it is not admitted.
        **named
            An option or a list of options of a choice, as ``window="1958-61"``.

        Returns
        -------
        Multiverse
            Of those cells.

        Raises
        ------
        ValueError
            For a choice or option not there.
        """
        keep = np.ones(len(self), bool)
        if coherent is not None:
            keep &= self.coherent == coherent
        if closes_within is not None:
            keep &= np.abs(self.gap) <= real("closes_within", closes_within, at_least=0)
        for choice, wanted in named.items():
            if choice not in self.options:
                raise ValueError(f"there is no choice {choice!r}; choose from {CHOICES}")
            wanted = [wanted] if isinstance(wanted, str) else list(wanted)
            known = self.options[choice]
            if set(wanted) - set(known):
                odd = sorted(set(wanted) - set(known))[0]
                raise ValueError(f"{choice} has no option {odd!r}; it has {', '.join(known)}")
            keep &= np.isin(self.chosen[choice], [known.index(name) for name in wanted])
        cut = {name: getattr(self, name)[keep] for name in ("toll", "births", "gap", "coherent")}
        return replace(self, chosen={c: at[keep] for c, at in self.chosen.items()}, **cut)

    def spread(self, choice=None):
        """Return least, lower quartile, median, upper quartile and greatest toll.

        There is no mean: the cells are rival readings, not measurements of one thing.

        Parameters
        ----------
        choice : str, optional
            One of ``CHOICES``: those five for each of its options that has cells left.

        Returns
        -------
        array of shape (5,), or dict of str to such arrays
            Millions.

        Raises
        ------
        ValueError
            If no cell is left, or for a choice that is not there.
        """
        if not len(self):
            raise ValueError("there are no cells to take a spread of; admit more with where()")
        if choice not in (None, *CHOICES):
            raise ValueError(f"there is no choice {choice!r}; choose from {CHOICES}")
        if choice is None:
            return np.percentile(self.toll, [0, 25, 50, 75, 100])
        return {
            name: np.percentile(self.toll[self.chosen[choice] == at], [0, 25, 50, 75, 100])
            for at, name in enumerate(self.options[choice])
            if (self.chosen[choice] == at).any()
        }

    def cell(self, place):
        """Return a cell's options by choice, and the label that must travel with its toll.

        Parameters
        ----------
        place : int
            Of the cell, from 0.

        Returns
        -------
        dict of str to str
            By choice, and ``label``.
        """
        found = {choice: self.options[choice][self.chosen[choice][place]] for choice in CHOICES}
        netted = "netted" if found["netting"] == "netted" else "left out"
        label = f"excess deaths {found['window']}, {found['series']} ({found['register']}), "
        label += f"baseline {found['baseline']}, years below it {netted}, births not counted"
        label += "" if self.coherent[place] else "; deaths and baseline not corrected alike"
        return {**found, "label": label}


def evaluate(
    years,
    series,
    baselines,
    windows,
    registers=None,
    netting=NETTING,
    *,
    famine_years=(1958, 1961),
    birth_baseline=("year", 1957),
    censuses=None,
):
    """Count the toll of every combination of options.

    A toll (excess deaths) is ``sum of (rate - baseline) x population / 1000`` over the window,
    both from the same series and the same register unless an option says otherwise. A combination
    is left out where its series lacks a year it needs (a line has no value beyond its two years).

    Parameters
    ----------
    years : array of int of shape (Y,)
        Calendar years, without a gap.
    series : dict of str to Series
        By name, as all options.
    baselines : dict of str to Yardstick
        What is normal.
    windows : dict of str to (int, int)
        First and last year, both counted.
    registers : dict of str to Register, optional
        Left out, rates are taken as given.
    netting : sequence of str
        One or both of "netted" and "above only" (years below the baseline count as 0).
    famine_years : (int, int)
        The years in which a Register's ``famine`` holds.
    birth_baseline : (str, int)
        Kind and reference for the ledger of births, over the cell's window.
    censuses : dict of int to float, optional
        Two census populations in millions by year, as in ``balance_gap``; left out, gap is nan.
        A series without people needs them.

    Returns
    -------
    Multiverse

    Raises
    ------
    ValueError
        For nonsense in any option, and for an option that fits no series at all.

    Notes
    -----
    The rules of coherence and closure are this package's own.

    References
    ----------
    Steegen and others (2016), for multiverse analysis.

    Examples
    --------
    >>> official = Series([10.80, 11.98, 14.59, 25.43, 14.24],
    ...                   [637.405, 653.235, 666.005, 667.07, 660.33])
    >>> cells = evaluate([1957, 1958, 1959, 1960, 1961], {"official": official},
    ...                  {"1957": Yardstick("year", 1957), "10": Yardstick("flat", 10)},
    ...                  {"1958-61": (1958, 1961), "1960": (1960, 1960)}, netting=["netted"])
    >>> cells.toll.round(2)
    array([15.33,  9.76, 17.44, 10.29])
    >>> cells.cell(0)["label"]  # doctest: +NORMALIZE_WHITESPACE
    'excess deaths 1958-61, official (as given), baseline 1957, years below it netted,
    births not counted'
    """
    years = calendar(years)
    registers = {"as given": Register()} if registers is None else registers
    options = {
        "series": list(series),
        "register": list(registers),
        "baseline": list(baselines),
        "window": list(windows),
        "netting": list(netting),
    }
    for choice, names in options.items():
        if not names:
            raise ValueError(f"{choice} has no options; name at least one")
    if set(netting) - set(NETTING):
        raise ValueError(f"netting is {list(netting)}; choose from {NETTING}")
    spans = [places_of(window, years) for window in windows.values()]
    shares = completeness_by_period(
        years,
        *(
            [getattr(register, part) for register in registers.values()]
            for part in ("normal", "famine")
        ),
        famine_years,
    )
    shape = tuple(map(len, options.values()))
    toll, births, gap = (np.full(shape, np.nan) for _ in range(3))
    coherent = np.zeros(shape, bool)
    sound = np.array([register.coherent for register in registers.values()])
    corrects = np.array([register.corrects for register in registers.values()])
    births_held = np.outer([register.births for register in registers.values()], years > 0)
    for s, (name, one) in enumerate(series.items()):
        deaths = correct_registration(one.death_rates, shares, years)
        born = None
        if one.birth_rates is not None:
            born = correct_registration(one.birth_rates, births_held, years)
        people = _people(years, name, one, born, deaths, censuses)
        if born is not None:
            short = _above(years, born, people, Yardstick(*birth_baseline), series, own=True)
            births[s] = -_over(short, spans, ["netted"])[:, None]
            gap[s] = _gap(years, born, deaths, people, censuses)[:, None, None, None]
        for b, yardstick in enumerate(baselines.values()):
            own = yardstick.of in (None, name)
            above = _above(years, deaths, people, yardstick, series, own, censuses)
            toll[s, :, b] = _over(above, spans, netting)
            fits = sound & own
            if yardstick.kind in ("flat", "series"):
                fits = fits & ~corrects & (yardstick.of == name)
            coherent[s, :, b] = fits[:, None, None]
    known = np.isfinite(toll)
    unfit = np.argwhere(~known.any(axis=(0, 1, 4)))
    if len(unfit):
        b, w = unfit[0]
        raise ValueError(
            f"baseline {options['baseline'][b]!r} with window "
            f"{options['window'][w]!r} fits no series"
        )
    chosen = dict(zip(CHOICES, np.nonzero(known), strict=True))
    return Multiverse(
        options,
        chosen,
        toll[known],
        births[known],
        gap[known],
        coherent[known],
        int((~known).sum()),
    )


def shares_of_spread(cells, choices=CHOICES):
    """Say what part of the cells' variance each choice explains (type II sums of squares).

    The toll is written as a constant plus one effect for every option, choices added together.
    A choice's share is the rise in the residual sum of squares when its effects are left out
    of that model, over the total sum of squares about the mean. ``interaction`` is the residual of
    the full model: what choices do together. ``overlap`` is the rest: 0 when every combination is
    there once, and not when some are missing, for then choices explain the same variance.

    Parameters
    ----------
    cells : Multiverse
        Perhaps cut by :meth:`Multiverse.where`.
    choices : sequence of str
        The choices in the model.

    Returns
    -------
    dict of str to float
        Share by choice, with ``interaction`` and ``overlap``, adding to 1.

    Raises
    ------
    ValueError
        For fewer than two cells, an unknown choice, or tolls all alike.

    Notes
    -----
    Analysis of variance without replication.

    References
    ----------
    Simonsohn and others (2020), whose specification curve has no such step.

    Examples
    --------
    >>> cells = Multiverse(dict.fromkeys(CHOICES, ["a", "b"]),
    ...                    {c: np.array(at) for c, at in zip(CHOICES, [[0, 0, 1, 1], [0] * 4,
    ...                     [0, 1, 0, 1], [0] * 4, [0] * 4])},
    ...                    np.array([10.0, 14, 20, 24]), *np.zeros((3, 4)))
    >>> {choice: round(share, 3) for choice, share in shares_of_spread(cells).items() if share}
    {'series': 0.862, 'baseline': 0.138}
    """
    if set(choices) - set(CHOICES):
        raise ValueError(f"choices is {choices!r}; choose from {CHOICES}")
    if len(cells) < 2 or np.ptp(cells.toll) == 0:
        raise ValueError(f"cells holds {len(cells)} tolls without a spread between them")
    centred = cells.toll - cells.toll.sum() / len(cells)
    sizes = [1] + [len(cells.options[choice]) for choice in choices]
    places = [np.zeros(len(cells), int)] + [cells.chosen[choice] for choice in choices]
    together = [
        [
            np.bincount(one * wide + two, minlength=tall * wide).reshape(tall, wide)
            for two, wide in zip(places, sizes, strict=True)
        ]
        for one, tall in zip(places, sizes, strict=True)
    ]
    sums = [np.bincount(at, centred, size) for at, size in zip(places, sizes, strict=True)]

    def residual(parts):
        """Sum of squares left by the effects of these choices (least squares, normal equations).

        One option of each choice is redundant; a trace on the diagonal makes the sum solvable.
        """
        counts = np.block([[together[i][j] for j in parts] for i in parts]).astype(float)
        counts[np.diag_indices_from(counts)] += 1e-9 * len(centred)
        right = np.concatenate([sums[i] for i in parts])
        return centred @ centred - np.linalg.solve(counts, right) @ right

    everything, total = range(len(sizes)), centred @ centred
    full = residual(everything)
    found = {
        choice: float(max(residual([p for p in everything if p != i]) - full, 0) / total)
        for i, choice in enumerate(choices, 1)
    }
    found = {choice: share if share > 1e-7 else 0.0 for choice, share in found.items()}
    found["interaction"] = float(full / total) if full / total > 1e-7 else 0.0
    rest = 1 - sum(found.values())
    return {**found, "overlap": rest if abs(rest) > 1e-6 else 0.0}


def _people(years, name, one, born, died, censuses):
    """Return the people of a series, its own or those that corrected rates carry on."""
    if one.population is not None:
        return in_millions(
            f"population of {name}", one.population, MOST_PEOPLE, years, missing=True, above=0
        )
    if born is None or censuses is None:
        raise ValueError(f"population of {name} is left out; it needs birth_rates and censuses")
    return follow_rates(years, born, died, min(censuses), censuses[min(censuses)])


def _above(years, rates, people, yardstick, series, own, censuses=None):
    """Return deaths above a baseline by register and year (R Y); nan where data are missing."""
    source, crowd = rates, people
    if not own:
        if yardstick.of not in series:
            raise ValueError(f"baseline of {yardstick.of!r}; it must be one of {list(series)}")
        other = series[yardstick.of]
        source = np.asarray(other.death_rates, float)
        crowd = _people(years, yardstick.of, other, other.birth_rates, source, censuses)
    if yardstick.kind not in ("flat", "series"):
        named = [place_of("reference", year, years) for year in np.atleast_1d(yardstick.reference)]
        if not np.isfinite((source * crowd)[..., named]).all():
            return np.full(rates.shape, np.nan)
    crowd = crowd if yardstick.in_deaths else None
    normal = baseline_rates(years, source, yardstick.kind, yardstick.reference, crowd).rates
    return (rates - np.where(normal < 0, np.nan, normal)) * people / 1000


def _over(by_year, spans, netting):
    """Add up each window, years below 0 netted or left out: shape (R W N)."""
    return np.stack(
        [
            np.stack(
                [
                    (part if how == "netted" else np.maximum(part, 0)).sum(axis=-1)
                    for how in netting
                ],
                axis=-1,
            )
            for part in (by_year[..., span] for span in spans)
        ],
        axis=-2,
    )


def _gap(years, born, deaths, people, censuses):
    """Return the census gap by register; nan without censuses or with a year missing."""
    if censuses is None:
        return np.full(len(deaths), np.nan)
    inside = places_of((min(censuses), max(censuses)), years, "censuses")
    if not np.isfinite((born * deaths * people)[..., inside]).all():
        return np.full(len(deaths), np.nan)
    return balance_gap(years, born, deaths, people, censuses).gap
