"""A made-up country with a famine whose every death is known: its tables as they would be kept."""

import numpy as np
import pandas as pd

YEARS = np.arange(1701, 1713)
FAMINE = (1706, 1707)
SINGLE = np.arange(100)
GROUPS = np.minimum(SINGLE // 5, 17)


def examplia(kept=1.0):
    """People by single years of age, closed to migrants, and what a register kept of the deaths.

    Hazards are 2.2 times the usual ones in the famine. Both sexes are alike but for women dying a
    tenth less. Births fall by a third. Returns the two tables, by year and by age.
    """
    usual = 0.0004 * np.exp(0.085 * SINGLE) + 0.25 * np.exp(-1.2 * SINGLE) + 0.004
    usual = usual * np.array([[1.0], [0.9]])
    alive = np.exp(-np.cumsum(usual, axis=1) - 0.008 * SINGLE)
    people = 40 * alive * np.array([[1.06], [1.0]]) / 2.06  # thousands
    by_year, by_age = [], []
    for year in [*YEARS, YEARS[-1] + 1]:
        counted = np.stack([np.bincount(GROUPS, sex) for sex in people])
        hungry = FAMINE[0] <= year <= FAMINE[1]
        hazard = usual * (2.2 if hungry else 1)
        born = 40 * 1.005 ** (year - 1701) * (0.67 if hungry else 1)
        births = born * np.array([1.06, 1.0]) / 2.06
        last = year > YEARS[-1]
        infants = births * -np.expm1(-hazard[:, 0] * 0.7)
        gone = people * -np.expm1(-hazard)
        later = np.concatenate([(births - infants)[:, None], (people - gone)[:, :-1]], axis=1)
        later[:, -1] += (people - gone)[:, -1]
        # those who die at x in a year were x or x - 1 at its beginning
        died = gone / 2
        died[:, 1:] += gone[:, :-1] / 2
        died[:, 0] += infants
        died[:, -1] += gone[:, -1] / 2
        counts = np.stack([np.bincount(GROUPS, sex) for sex in later])
        dead = np.stack([np.bincount(GROUPS, sex) for sex in died])
        lived = (counted + counts) / 2
        for at, sex in enumerate(("male", "female")):
            share = died[at, 0] / births[at]
            early = births[at] * (1 - share * (1 - (0.33, 0.35)[at]))
            rates = [dead[at, 0] - died[at, 0], *dead[at, 1:]]
            rates = np.array(rates) / [lived[at, 0] - early, *lived[at, 1:]]
            for group in range(18):
                bearing = 1000 * born / lived[1, 5] if group == 5 and at == 1 and not last else None
                rate = None if last else 1000 * kept * rates[group]
                person = (year, sex, 5 * group)
                if group:
                    by_age.append((*person, counted[at, group], rate, bearing))
                    continue
                by_age.append((*person, counted[at, 0], None, None))
                if not last:
                    by_age.append((year, sex, 0, None, 1000 * kept * share, None))
                    by_age.append((year, sex, 1, None, rate, None))
        if not last:
            crowd = lived.sum()
            rates = 1000 * born / crowd, 1000 * kept * died.sum() / crowd
            by_year.append((year, *rates, crowd / 1000))
        people = later
    columns = ["year", "birth_rate_per_1000", "death_rate_per_1000", "population_midyear_million"]
    registers = pd.DataFrame(by_year, columns=columns).assign(country="Examplia", series="parish")
    columns = ["year", "sex", "age_start", "people_january_thousand", "deaths_per_1000"]
    ages = pd.DataFrame(by_age, columns=[*columns, "births_per_1000_women"])
    return registers, ages.assign(country="Examplia")
