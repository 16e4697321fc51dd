"""What was printed, rebuilt from data/ through the library.

Each row of published_results has a function here; ``-m published`` prints the table. A row fails
when ours lies outside its tolerance or, where no agreement is claimed, when it agrees after all:
then the row should say so. Rows of grade C hold a number that was solved for, rows of feasibility a
rule that was chosen because it comes near: there agreement is no evidence.
"""

import numpy as np
import pytest

from glf_utils import load
from glf_utils.death_toll.provinces import provincial_toll
from glf_utils.death_toll.published import (
    BESIDE,
    CHANG_HALLIDAY,
    PENG,
    RESTS_ON,
    TOLLS,
    YEARS,
    cao,
    column,
    in_one_currency,
    li_s_1957,
    people,
)
from glf_utils.death_toll.rates import (
    baseline_rates,
    birth_deficit,
    excess_deaths,
    fertility_baseline,
    split_deficit,
    toll_of_counts,
    toll_of_rates,
)
from glf_utils.death_toll.registers import (
    linear_in_deaths,
    register_residual,
    stock_flow_deaths,
)

pytestmark = pytest.mark.published
TABLE = load("published_results").set_index("result_id")
COALE_SUM = 86.2  # his corrected deaths of 1958-63 as printed, millions
CAO_EXCEEDED_BY = (1.3, 1.5)  # Dikötter: archives above Cao's figures


def deaths(series):
    return column(series, "death_rate_per_1000")


def births(series):
    return column(series, "birth_rate_per_1000")


def toll(series, window, kind, reference, net=True):
    return toll_of_rates(YEARS, deaths(series), people(series), window, kind, reference, net).total


def unborn(series, window, baseline, crowd):
    return birth_deficit(YEARS, births(series), people(crowd), window, baseline).total


def total(numbers, first, last):
    return numbers[(YEARS >= first) & (YEARS <= last)].sum()


def at(numbers, year):
    return numbers[YEARS == year][0]


def provinces(window, normal_years=BESIDE):
    tables = load("provincial_vital_rates"), load("national_vital_rates")
    return provincial_toll(*tables, window, "mean", normal_years)


def patnaik():
    numbers = [column("official", name)[:-1] for name in ("births_million", "deaths_million")]
    return split_deficit(YEARS[:-1], *numbers, (1959, 1961), 1958)


def coale_s_line(deaths_1957):
    return linear_in_deaths(COALE_SUM, deaths_1957, 9.4, years=6)


def line(series, kind, window, ends=(1957, 1964)):
    """Births below a line between two years of their own, times the register's people."""
    normal = baseline_rates(YEARS, births(series), kind, ends)
    return unborn(series, window, normal, "official")


REBUILT = {name: lambda account=account: account().toll for name, account in TOLLS.items()} | {
    "yang_first_births": lambda: unborn(
        "official",
        (1958, 1962),
        fertility_baseline(
            YEARS, births("official"), column("official", "total_fertility_rate"), "year", 1957
        ),
        "official",
    ),
    "yang_births": lambda: line("banister1984", "year", (1958, 1962), 1957),
    "calot_births": lambda: line("calot1984", "line", (1958, 1963)),
    "patnaik_deficit": lambda: patnaik().total,
    "patnaik_births": lambda: patnaik().from_births,
    "dikotter_scaling": lambda: tuple(cao() * factor for factor in CAO_EXCEEDED_BY),
    "un2024_line_1957_64": lambda: toll("wpp2024", (1959, 1961), "line", (1957, 1964)),
    "un2024_frozen": lambda: toll("wpp2024", (1959, 1961), "year", 1957),
    "un2022_line_1957_64": lambda: toll("wpp2022", (1959, 1961), "line", (1957, 1964)),
    "un2022_frozen": lambda: toll("wpp2022", (1959, 1961), "year", 1957),
    "wang_weizhi": lambda: None,
    "jiang_li": lambda: None,
    "yang_judgement": lambda: None,
}
REBUILT["jinhui_total"] = REBUILT["jinhui_first_step"]


def printed(row):
    """The printed figure; of two without a centre, both."""
    low, centre, high = (row[f"printed_{part}million"] for part in ("low_", "", "high_"))
    return centre if np.isfinite(centre) else (low, high) if np.isfinite(low) else None


def difference(row, ours):
    """Percent by which ours differs from the printed figure; None where one of them is missing."""
    figure = printed(row)
    if figure is None or ours is None or isinstance(ours, tuple) or isinstance(figure, tuple):
        return None
    return 100 * (ours / figure - 1)


def told(value):
    if isinstance(value, tuple):
        return "-".join(f"{part:.1f}" for part in value)
    return "" if value is None else f"{value:.2f}"


def test_every_row_is_computed_and_every_computation_has_its_row():
    assert set(REBUILT) == set(TABLE.index)
    claimed = TABLE.reproducible.isin(["yes", "sum_only", "feasibility"])
    assert TABLE.tolerance_pct.notna().equals(claimed)
    known = set(load("death_toll_estimates").estimate_id)
    assert set(TABLE.estimate_id.dropna()) <= known


@pytest.mark.parametrize("name", REBUILT)
def test_result(name):
    row, ours = TABLE.loc[name], REBUILT[name]()
    off = difference(row, ours)
    if row.reproducible == "range":
        assert ours[0] <= printed(row) <= ours[1]
        assert ours[1] / ours[0] > 1.1  # a range, and not one that could hold anything
        assert ours[1] / ours[0] < 1.2
    elif row.reproducible == "no":
        assert off is None or abs(off) > 5, "it agrees after all: claim it, with a tolerance"
        assert row.why.endswith(".") and len(row.why) > 40
    else:
        assert abs(off) <= row.tolerance_pct, f"{name}: ours {ours:.2f}, {off:+.1f} %"


def test_print_the_table(request, capsys):
    head = f"{'result':<22}{'printed':>11}{'ours':>11}{'diff %':>8}{'tol %':>7} grade rebuilt"
    lines = [head]
    for name, row in TABLE.iterrows():
        ours = REBUILT[name]()
        off, tolerance = difference(row, ours), row.tolerance_pct
        lines.append(
            f"{name:<22}{told(printed(row)):>11}{told(ours):>11}"
            f"{'' if off is None else f'{off:+.1f}':>8}"
            f"{'' if np.isnan(tolerance) else f'{tolerance:g}':>7}   {row.inputs_grade}   "
            f"{row.reproducible}"
        )
        if off is None or abs(off) > 1 or row.inputs_grade in "CD":
            lines.append(f"{'':<4}{row.why}")
    with capsys.disabled():
        if "published" in (request.config.option.markexpr or ""):
            print("\n" + "\n".join(lines))
    assert len(lines) > len(TABLE)


# what the numbers above would be, had the choices been others: the tolerances can tell


def test_a_tolerance_is_narrower_than_the_choice_it_guards():
    limit = TABLE.tolerance_pct
    falling, frozen = (REBUILT[f"banister_{how}"]() for how in ("falling", "frozen"))
    assert abs(frozen / falling - 1) * 100 > 5 * limit["banister_falling"]
    windowed = toll("official", (1958, 1962), "flat", 10.47)
    assert abs(windowed / REBUILT["yang_first_step"]() - 1) * 100 > limit["yang_first_step"]
    registered = total(column("official", "deaths_million"), 1958, 1963)
    kept = linear_in_deaths(registered, 10.4, 9.4, years=6)
    assert abs(kept / 27 - 1) * 100 > limit["coale_adjusted"]


def test_a_line_in_deaths_gives_coale_s_adjusted_sum_by_the_general_route():
    """From annual rates and people, ends included, without the printed sums."""
    baseline = baseline_rates(YEARS, deaths("coale1984"), "line", (1957, 1964), population=people())
    found = excess_deaths(YEARS, deaths("coale1984"), people(), (1958, 1963), baseline).total
    sums = total(deaths("coale1984") * people() / 1000, 1958, 1963)
    ends = [at(deaths("coale1984") * people() / 1000, year) for year in (1957, 1964)]
    assert sums == pytest.approx(86.2, abs=0.06) and ends[1] == pytest.approx(9.4, abs=0.05)
    assert found == pytest.approx(linear_in_deaths(sums, *ends, years=6))
    assert ends[0] == pytest.approx(12.1, abs=0.05)  # his 10.4 of 1957 is not 19.0 per 1,000


def test_two_amendments_of_coale_s_1957_give_what_li_prints():
    """By the yearbook's factor and by Coale's own rate of 1957; the print does not say which."""
    own_rate = at(deaths("coale1984") * people() / 1000, 1957)
    assert own_rate == pytest.approx(12.11, abs=0.005)
    assert li_s_1957() == pytest.approx(12.13, abs=0.005)
    assert 10.4 / own_rate == pytest.approx(5.90 / 6.88, abs=0.002)
    limit = TABLE.tolerance_pct["li_chengrui"] / 100
    for amended in (li_s_1957(), own_rate):
        assert coale_s_line(amended) == pytest.approx(21.58, rel=limit)
    assert coale_s_line(10.4) > 21.58 * (1 + 20 * limit)


def test_xia_s_normal_years_can_be_told_from_others():
    numbers = column("official", "deaths_million")
    others = toll_of_counts(YEARS, numbers, (1959, 1961), "mean", [1955, 1956, 1957]).total
    assert abs(others / 14 - 1) * 100 > TABLE.tolerance_pct["xia_years"]


def test_chang_and_halliday_correct_one_half_alone():
    """Their normal rate is the register's; so are 1958 and 1959; 1960 and 1961 are not."""
    normal = baseline_rates(YEARS, deaths("official"), "mean", [1957, 1962, 1963]).rates[0]
    assert normal == pytest.approx(CHANG_HALLIDAY["normal"], abs=0.02)
    rates = deaths("official").copy()
    rates[(YEARS >= 1958) & (YEARS <= 1961)] = CHANG_HALLIDAY["rates"]
    found = excess_deaths(YEARS, rates, people(), (1958, 1961), normal).total
    assert found == pytest.approx(REBUILT["chang_halliday"](), rel=0.002)
    inside = deaths("official")[(YEARS >= 1958) & (YEARS <= 1961)]
    assert (CHANG_HALLIDAY["rates"] / inside)[:2] == pytest.approx([1, 1], abs=0.01)
    assert ((CHANG_HALLIDAY["rates"] / inside)[2:] > 1.7).all()


def test_banister_s_rates_need_a_population_of_their_own():
    theirs, hers = people(), people("banister1984")
    assert at(theirs, 1960) - at(hers, 1960) == pytest.approx(18.1, abs=0.06)
    with_register = excess_deaths(
        YEARS,
        deaths("banister1984"),
        theirs,
        (1958, 1961),
        baseline_rates(YEARS, deaths("banister1984"), "line", (1957, 1964)),
    ).total
    assert with_register == pytest.approx(30.58, abs=0.01)
    assert abs(with_register / 30 - 1) * 100 > TABLE.tolerance_pct["banister_falling"]
    normal = baseline_rates(YEARS, births("banister1984"), "year", 1957)
    short = unborn("banister1984", (1958, 1962), normal, "banister1984")
    assert f"{short:.1f}" in TABLE.why["yang_births"]


def test_figures_in_the_words_of_a_row_are_those_that_are_computed():
    assert f"{REBUILT['banister_frozen']():.1f}" in TABLE.why["banister_frozen"]
    assert f"{REBUILT['cheng_zhan']():.1f}" in TABLE.why["cheng_zhan"]
    assert f"{REBUILT['aird_two_years']():.1f}" in TABLE.why["aird_two_years"]
    assert f"{REBUILT['li_che']():.1f}" in TABLE.why["li_che"]
    registered = total(column("official", "deaths_million"), 1958, 1963)
    ends = [at(column("official", "deaths_million"), year) for year in (1957, 1964)]
    assert f"{linear_in_deaths(registered, *ends, years=6):.1f}" in TABLE.why["coale_official"]


def test_yang_s_normal_rates_by_banister_are_those_that_he_prints():
    """Ch. 23, table 23-5: 15.96 deaths and 40.88 births per 1,000, from three years and three."""
    for event, printed in (("death", 15.96), ("birth", 40.88)):
        rates = column("banister1987", f"{event}_rate_per_1000")
        normal = baseline_rates(YEARS, rates, "mean", BESIDE).rates[0]
        assert normal == pytest.approx(printed, abs=0.005)


def test_yao_s_own_formula_needs_a_lower_normal_rate_than_the_register_ever_had():
    """His extra deaths: the gap of rates times the people at the end of the year before."""
    before = np.append(np.nan, column("official", "population_yearend_million")[:-1])
    inside = (YEARS >= 1958) & (YEARS <= 1961)
    died = (deaths("official") * before)[inside].sum() / 1000
    needed = 1000 * (died - TABLE.printed_high_million["yao_provinces"]) / before[inside].sum()
    assert needed == pytest.approx(9.62, abs=0.005)
    assert f"{needed:.1f} per 1,000" in TABLE.why["yao_provinces"]
    assert needed < deaths("official")[(YEARS < 1958)].min()


def test_provinces_cover_92_percent_and_register_18_million():
    found = provinces((1958, 1962)).nation
    assert found.share == pytest.approx(0.919, abs=0.0005)
    assert found.covered == pytest.approx(18.376, abs=0.001)
    assert found.missing == ("guangxi", "inner_mongolia", "ningxia", "xinjiang")  # and Tibet


def test_peng_s_fourteen_provinces_could_exist():
    """Sets of 14 of our 24 with about his share of people and about his registered excess."""
    rng = np.random.default_rng(1987)
    told = provinces((1958, 1962), [1956, 1957]).by_province.set_index("province")
    rows = load("provincial_vital_rates").query("series == 'registered' and year == 1957")
    excess = told["toll"].to_numpy()
    size = (rows.set_index("province")["population_10k"] / 100).reindex(told.index).to_numpy()
    has = np.flatnonzero(np.isfinite(excess))
    draws = np.argsort(rng.random((20_000, len(has))), axis=1)[:, : PENG["provinces"]]
    sums = excess[has][draws].sum(axis=1)
    shares = size[has][draws].sum(axis=1) / at(
        column("official", "population_yearend_million"), 1957
    )
    like = (np.abs(shares - PENG["share"]) < 0.02) & (np.abs(sums - PENG["excess"]) < 0.4)
    assert 20 <= like.sum() < len(draws) / 10  # they exist, and are not just any set
    raised = sums[like] * PENG["raised"] / shares[like]
    assert np.median(raised) == pytest.approx(23, abs=0.5)


def test_jin_hui_s_windows_differ_by_twelve_million():
    slipped = REBUILT["jinhui_first_step"]()
    normal = TOLLS["jinhui_first_step"]().normal / 3
    yearbook = [column("official", f"{name}_million") for name in ("population_yearend", "births")]
    fits = stock_flow_deaths(YEARS, *yearbook, normal, (1959, 1961)).total
    assert fits == pytest.approx(22.58, abs=0.01)
    assert slipped - fits == pytest.approx(12.13)


def test_jiang_s_additions_of_1953_and_1954_come_from_official_people():
    """Corrected less official rate, times mid-year people: 389 and 631 in 10,000 as printed."""
    corrected = deaths("jiang1986")
    added = (corrected - deaths("official")) * people() / 1000
    assert at(added, 1953) == pytest.approx(3.89, abs=0.006)
    assert at(added, 1954) == pytest.approx(6.31, abs=0.006)


def test_sun_s_residuals_add_up_without_saying_what_they_are():
    found = register_residual(
        YEARS,
        *(
            column("official", name)
            for name in ("population_yearend_million", "births_million", "deaths_million")
        ),
    )
    assert total(found, 1956, 1959) == pytest.approx(11.92, abs=0.005)
    assert total(found, 1960, 1964) == pytest.approx(-26.44, abs=0.005)


def test_calot_s_two_figures_come_from_one_line_and_others_miss():
    """Seven other baselines over his window, with his own rates: none comes within six per cent."""
    rates, window = deaths("calot1984"), (1958, 1963)
    near = toll("calot1984", window, "line", (1957, 1964))
    assert near == pytest.approx(27, rel=0.01)
    beside = toll("calot1984", window, "mean", BESIDE)
    assert f"{beside:.0f}" in TABLE.why["calot_deaths"] and rates[YEARS == 1960][0] == 40.76
    for kind, years in (
        ("year", 1957),
        ("mean", [1955, 1956, 1957]),
        ("mean", [1956, 1957]),
        ("line", (1957, 1965)),
        ("line", (1957, 1966)),
        ("line", (1956, 1966)),
        ("line", (1954, 1964)),
    ):
        assert abs(toll("calot1984", window, kind, years) / 27 - 1) > 0.06


# one currency


@pytest.fixture(scope="module")
def accounts():
    return in_one_currency(load("published_results"))


def test_at_least_twenty_published_tolls_come_out_and_failures_stand_beside_them(accounts):
    ours = accounts[~accounts.index.str.startswith("un")]
    come_out = ours["rebuilt"] != "no"
    assert come_out.sum() >= 20 and (ours["grade"][come_out] != "C").sum() >= 18
    off = (ours["toll"] / ours["printed"] - 1).abs()
    assert off[come_out].max() < 0.065 and off[~come_out].min() > 0.05
    assert {"aird_two_years", "li_che", "sun_jingxian"} <= set(ours.index[~come_out])


def test_a_toll_that_was_read_here_is_not_shown_as_printed(accounts):
    """The UN print rates and people; a toll from them is this project's reading."""
    unprinted = accounts.index[accounts["printed"].isna()]
    assert set(unprinted) == {"un2024_line_1958_62", "un2022_line_1958_62"}
    order = accounts["printed"].fillna(accounts["toll"].round())
    assert order.is_monotonic_increasing


def test_the_parts_of_an_account_are_those_of_its_toll(accounts):
    known = accounts["died"].notna()
    assert set(accounts.index[~known]) == {"ashton_sum", "lin_yang", "peng_grossing", "cao_sum"}
    assert (accounts["died"] - accounts["normal"] - accounts["toll"])[known].abs().max() < 1e-9
    assert accounts["people"].between(580, 690).all()  # also of tolls without halves
    assert accounts.loc["ashton_sum", "people"] == pytest.approx(663.17, abs=0.01)  # at year-ends
    assert (
        accounts["rests_on"].isin(RESTS_ON.values()).all() and (accounts["births"] == "out").all()
    )
    yang = TOLLS["yang_first_step"]()
    assert yang.years == 4 and yang.people == pytest.approx(661.66, abs=0.01)  # 1962 left out
    hers = accounts.loc["banister_falling"]
    assert hers["rate"] == pytest.approx(27.6, abs=0.05)
    assert hers["died"] == pytest.approx(71.5, abs=0.05)


def test_authors_differ_less_on_who_died_than_on_who_would_have(accounts):
    """Two readings of 1958-61 with 72 million dead each, Banister's and Dikötter's as restated."""
    two = accounts.loc[["banister_falling", "dikotter_critic"]]
    assert np.ptp(two["died"]) < 1 and np.ptp(two["normal"]) > 15
