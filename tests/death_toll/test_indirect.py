"""Indirect estimation: published cases with their answers, and populations made to be known."""

import numpy as np
import pytest

from glf_utils.death_toll.indirect import (
    brass_growth_balance,
    fit_relational,
    generalised_growth_balance,
    intercensal_survival,
    logit,
    relational_life_table,
    synthetic_extinct_generations,
    variable_r,
)

AGES = np.arange(0, 90, 5)
# Men of South Africa, censuses of 10 October 2001 and 15 February 2007: the workbook that comes
# with Moultrie and others (2013), AM_GGB_South Africa_males_4_0.xlsx.
COUNTED_2001 = [2223006, 2425066, 2518985, 2453156, 2099417, 1899275, 1594624, 1441657, 1233813]
COUNTED_2001 += [967744, 769627, 552402, 444592, 304835, 232604, 136466, 90856, 45920]
COUNTED_2007 = [2505743.5, 2560641.9, 2452338.8, 2553292.9, 2362519, 2033165.3, 1875482.6]
COUNTED_2007 += [1548185.2, 1306899.8, 1104293.7, 888042.4, 708812.3, 491870.6, 394304.6]
COUNTED_2007 += [241976.3, 163112.36, 87698.19, 70299.38]
DIED = [197911.876712, 15566.490411, 11207.109589, 25472.643836, 54959.638356, 102802.115068]
DIED += [145588.043836, 145899.956164, 135936.208219, 121009.816438, 111156.873973, 96854.389041]
DIED += [89930.454795, 82842.80274, 73036.315068, 63870.638356, 48162.994521, 46195.660274]
CAME = [10605.138127, 2848.485703, 5152.798891, 16573.503554, 14802.770598, 4714.012742]
CAME += [13330.725342, 9692.868907, 7463.92518, 8719.168128, 9412.840023, 4640.030934]
CAME += [5081.172572, 4922.184651, 4333.949829, 2980.399158, 1662.305408, 2009.442196]
BETWEEN = 1954 / 365
BEYOND_85 = 3.158, 3.196  # model West, by deaths at 10-39 over 40-59, with and without migrants

# Women of Japan and what official life tables have for e(x) at 5 to 80: worksheets CENSUR~1 to ~3
# that come with United Nations (2002), as the tests of the program DemoTools give them.
JAPAN = {
    1960: [3831870, 4502304, 5397061, 4630775, 4193184, 4114704, 3770907, 3274822, 2744786]
    + [2559755, 2160716, 1839025, 1494043, 1133409, 870238, 577972, 313781, 131547],
    1965: [3983902, 3854281, 4513237, 5373547, 4572392, 4206801, 4110076, 3751030, 3231736]
    + [2697217, 2485095, 2071540, 1719370, 1343444, 955567, 644043, 341170, 176068],
    1970: [4292503, 3988292, 3852101, 4492096, 5347327, 4571868, 4190340, 4085338, 3674127]
    + [3198934, 2648360, 2382691, 1970485, 1584699, 1172155, 736258, 408191, 53116],
}
OFFICIAL = {
    1960: [69.45, 64.62, 59.72, 54.87, 50.11, 45.37, 40.65, 35.99, 31.40, 26.94, 22.64, 18.52]
    + [14.67, 11.20, 8.25, 5.95],
    1965: [70.19, 65.33, 60.41, 55.54, 50.74, 45.96, 41.21, 36.52, 31.89, 27.39, 23.05, 18.89]
    + [14.99, 11.45, 8.43, 6.06],
}


@pytest.mark.parametrize(
    "method, start, interval, printed",
    [
        (intercensal_survival, 1960, 10, 0.444659710063221),
        (intercensal_survival, 1965, 5, 0.396434724201574),
        (variable_r, 1960, 1970 + 274 / 365 - (1960 + 279 / 366), 1.06781792562135),
    ],
)
def test_japan_misses_official_life_expectancy_by_as_much_as_the_worksheets_print(
    method, start, interval, printed
):
    official = np.array(OFFICIAL[start])
    found = method(AGES, JAPAN[start], JAPAN[1970], interval, official[-1])
    assert found.ages.tolist() == list(range(5, 85, 5))
    error = 100 * np.abs(1 - found.life_expectancy / official)
    assert np.median(error[:-1]) == pytest.approx(printed, rel=1e-9)  # per cent


@pytest.mark.parametrize("migrants, printed", [(CAME, 0.9054), (0, 0.9333)])
def test_south_africa_by_growth_balance(migrants, printed):
    found = generalised_growth_balance(AGES, COUNTED_2001, COUNTED_2007, DIED, BETWEEN, migrants)
    assert found.completeness == pytest.approx(printed, abs=5e-5)
    assert found.ages[[0, -1]].tolist() == [5, 80] and found.entry.shape == found.death.shape


@pytest.mark.parametrize(
    "migrants, beyond, printed, balanced",
    [(CAME, BEYOND_85[0], 1.03, 0.91), (0, BEYOND_85[1], 1.09, 0.94)],
)
def test_south_africa_by_extinct_generations(migrants, beyond, printed, balanced):
    given = AGES, COUNTED_2001, COUNTED_2007, DIED, BETWEEN
    found = synthetic_extinct_generations(*given, beyond, migrants)
    assert found.completeness == pytest.approx(printed, abs=0.005)
    coverage = generalised_growth_balance(*given, migrants).coverage
    both = synthetic_extinct_generations(*given, beyond, migrants, coverage)
    assert both.completeness == pytest.approx(balanced, abs=0.005)


def test_logits_are_those_of_the_printed_table():
    """UN Latin American model, e(0) 75, and a survey: Population Analysis for Policies 103, 1.13."""
    standard = [0.96807, 0.95709, 0.91156, 0.81992, 0.64479, 0.34301, 0.06989]
    printed = [-1.70593, -1.55240, -1.16639, -0.75790, -0.29811, 0.32495, 1.29417]
    assert logit(standard) == pytest.approx(printed, abs=8e-5)  # of l(x) with more digits
    survey, printed = [0.984, 0.975, 0.872, 0.8], [-2.05952, -1.83178, -0.95938, -0.69315]
    assert logit(survey) == pytest.approx(printed, abs=5e-6)
    alpha, beta = fit_relational([0.96807, 0.95709, 0.89281, 0.81992], survey)
    assert beta > 1  # "child mortality is lower than the standard, and older age mortality higher"
    bent = relational_life_table([0.96807, 0.81992], alpha, beta)
    assert bent[0] > 0.96807 and bent[1] < 0.81992


def stable(growth):
    """People and a year's deaths by age, exact, where a Gompertz mortality never changes."""
    fine = np.arange(0, 120, 0.01) + 0.005
    hazard = 0.0002 * np.exp(0.09 * fine)
    alive = np.exp(-(hazard - 0.0002) / 0.09) * np.exp(-growth * fine)
    group = np.minimum(fine // 5, 17).astype(int)
    return [np.bincount(group, part * 0.01) for part in (alive, alive * hazard)]


@pytest.mark.parametrize("growth", [0, 0.02])
def test_brass_finds_growth_and_completeness_of_a_stable_population(growth):
    people, deaths = stable(growth)
    found = brass_growth_balance(AGES, [people, 2 * people], [0.6 * deaths, 1.6 * deaths])
    assert found.completeness == pytest.approx([0.6, 0.8], rel=0.025)  # N(x) between two groups
    assert found.intercept == pytest.approx([growth] * 2, abs=0.001)
    assert (found.coverage == 1).all()


def closed(years=10):
    """A closed population that is not stable: mortality rises, births fall. By single years."""
    ages = np.arange(120)
    people = 1000 * np.exp(-0.02 * ages - 0.0002 / 0.08 * (np.exp(0.08 * ages) - 1))
    people *= 1 + 0.2 * np.sin(ages / 9)
    first, deaths = people, np.zeros(120)
    for year in range(years):
        hazard = 0.0003 * np.exp(0.085 * (ages + 0.5)) * (1 + 0.1 * (year == 4))
        gone = people * -np.expm1(-hazard)
        deaths[:-1] += gone[:-1] / 2  # half die before their birthday and half after it
        deaths[1:] += gone[:-1] / 2
        people = np.append(1000 * 0.97**year, (people - gone)[:-1])
    groups = np.minimum(ages // 5, 17)
    return [np.bincount(groups, part) for part in (first, people, deaths)]


def test_two_censuses_find_completeness_where_nothing_is_stable():
    first, second, deaths = closed()
    for counted in (1, 0.96):
        given = AGES, counted * first, second, 0.6 * deaths, 10
        balance = generalised_growth_balance(*given, fitted=(5, 65))
        assert balance.completeness == pytest.approx(0.6, rel=0.03)
        assert balance.coverage == pytest.approx(counted, abs=0.005)
    extinct = synthetic_extinct_generations(AGES, first, second, 0.6 * deaths, 10, beyond=3.6)
    assert extinct.completeness == pytest.approx(0.6, rel=0.03)
    assert extinct.ratios.shape == extinct.ages.shape


def test_growth_taken_out_of_a_closed_population_leaves_its_life_table():
    people, _ = stable(0.015)
    found = variable_r(AGES, people, people * np.exp(0.15), 10, 5)
    chained = intercensal_survival(AGES, people, people * np.exp(0.15), 10, 5)
    true = np.exp(-(0.0002 * np.exp(0.09 * found.ages) - 0.0002) / 0.09)
    for table in (found, chained):
        assert table.alive / table.alive[0] == pytest.approx(true / true[0], abs=0.011)


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: intercensal_survival(AGES, AGES + 1, AGES + 1, 7, 5), "interval is 7"),
        (lambda: intercensal_survival([0, 1, 5], [1] * 3, [1] * 3, 5, 5), "all of one width"),
        (lambda: intercensal_survival([0, 5, 10], [1] * 3, [1] * 3, 5, 5), "needs 4"),
        (lambda: variable_r([0, 5, 10], [1] * 3, [1] * 3, 5, 5), "4 or more"),
        (lambda: variable_r(AGES, AGES, AGES, 5, 5), "first .* is 0"),
        (lambda: variable_r(AGES, [1, 2], AGES + 1, 5, 5), "18 ages"),
        (lambda: brass_growth_balance(AGES, AGES + 1, AGES, (41, 44)), "takes in 0"),
        (lambda: brass_growth_balance(AGES, AGES + 1, AGES, 5), "two ages, as"),
        (lambda: logit([0.5, 1.0]), "below 1"),
        (lambda: fit_relational([0.5], [0.4]), "two ages or more"),
        (lambda: fit_relational([0.5, 0.5], [0.4, 0.3]), "two that differ"),
        (lambda: relational_life_table([0.5], 0, 0), "beta is 0"),
    ],
)
def test_nonsense_is_refused_in_words(call, said):
    with pytest.raises(ValueError, match=said):
        call()
