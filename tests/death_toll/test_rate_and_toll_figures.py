"""Lessons 51 to 55: rates, balance, published tolls and exercises show what the tables hold."""

import re

import numpy as np
import pytest

from glf_utils import load
from glf_utils.answers.asked import exercises
from glf_utils.answers.checker import judge
from glf_utils.death_toll.choices import taken_apart
from glf_utils.death_toll.evidence import (
    DOUBTED,
    FAMILIES,
    NORMALS_IN_BRIEF,
    family,
    side_by_side,
    with_families,
)
from glf_utils.death_toll.exercises import EXERCISES as DECLARED
from glf_utils.death_toll.rate_figures import balance, vital_rates
from glf_utils.death_toll.rates import balance_gap
from glf_utils.death_toll.registers import follow_rates
from glf_utils.death_toll.toll_figures import LOOKS, all_and_normal, tolls_beside

YEARS = np.arange(1953, 1966)
EXERCISES = {exercise.id: exercise for exercise in DECLARED}


@pytest.fixture(scope="module")
def rates():
    return load("national_vital_rates")


@pytest.fixture(scope="module")
def estimates():
    return load("death_toll_estimates")


def column(rates, series, name, years=YEARS):
    rows = rates[rates["series"] == series].set_index("year")
    return rows.loc[years, name].to_numpy(float)


# -- the published tolls -------------------------------------------------------------------------


def marks(ax):
    """Marker, colour and place of every mark, from top to bottom."""
    return [
        (line.get_marker(), line.get_color(), *np.transpose(line.get_data())[[0, -1]].ravel())
        for line in sorted(ax.lines, key=lambda line: line.get_ydata()[0])
    ]


def test_tolls_stand_side_by_side_in_their_families(estimates):
    table, ax = side_by_side(estimates), tolls_beside(estimates).axes[0]
    drawn = marks(ax)
    assert [(x, other) for _, _, x, _, other, _ in drawn] == [
        (row.least, row.most) for row in table.itertuples()
    ]
    assert [marker for marker, *_ in drawn] == [
        LOOKS[row.family][1] if row.comparable else "x" for row in table.itertuples()
    ]
    assert table.groupby("family", sort=False).size().max() <= 10
    assert table["place"].is_monotonic_increasing
    heights = [height for *_, height in drawn]
    said = {(text.get_text(), text.xy[1]) for text in ax.texts}
    for height, row in zip(heights, table.itertuples(), strict=True):
        assert {(row.name, height), (row.normal, height), (row.births_apart, height)} <= said
        assert any(y == height and text.startswith(row.window[:4]) for text, y in said)
    assert {name for name, _ in said} >= set(table["family"])


def test_tolls_side_by_side_are_checked_and_the_doubtful_one_is_grey(estimates):
    table = side_by_side(estimates)
    assert set(table["estimate_id"]) == set(NORMALS_IN_BRIEF)
    assert not table["verification"].isin(["derived"]).any()
    assert table.loc[~table["comparable"], "estimate_id"].tolist() == [
        "yuxiguang2005",  # one too high to be left out, one too low
        "patnaik2002",
    ]
    greys = [x for marker, color, x, *_ in marks(tolls_beside(estimates).axes[0]) if marker == "x"]
    assert greys == [55, 11.5]
    assert not table["quantity"].str.contains("population|birth").any()


def test_a_normal_in_brief_has_no_number_that_the_table_lacks(estimates):
    rows = estimates.set_index("estimate_id")
    for name, brief in NORMALS_IN_BRIEF.items():
        full = f"{rows['baseline'][name]} {rows['note'][name]}"
        for number in re.findall(r"\d[\d.,]*\d", brief.replace("1957–64", "1957 1964")):
            assert number in full or number[2:] in full, (name, number)


# -- tolls taken apart ---------------------------------------------------------------------------


def test_tolls_are_taken_apart_by_hand(rates):
    apart = taken_apart()
    five = range(1958, 1963)
    people = column(rates, "official", "population_midyear_million", five)
    register = column(rates, "official", "death_rate_per_1000", five)
    hers = column(rates, "banister1984", "death_rate_per_1000", five)
    her_people = follow(rates, "banister1984", 582.60)[5:10]
    line = np.interp(five, (1957, 1964), (18.1, 12.5))
    assert apart.iloc[0].tolist() == pytest.approx(
        [register @ people / 1000, 10.8 * people.sum() / 1000, (register - 10.8) @ people / 1000]
    )
    assert apart.iloc[2].tolist() == pytest.approx(
        [part @ her_people / 1000 for part in (hers, line, hers - line)], rel=1e-3
    )
    assert apart.iloc[3].tolist() == pytest.approx(
        [45 + people.sum() / 100, people.sum() / 100, 45]
    )
    assert apart["all"].to_numpy() == pytest.approx(apart[["normal", "toll"]].sum(axis=1))
    shorter = taken_apart((1958, 1961)).iloc[2]["toll"]
    assert shorter == pytest.approx(29.81, abs=0.01)


def test_bars_are_cut_where_the_toll_begins(rates):
    apart = taken_apart()
    fig = all_and_normal(apart, rates[rates["series"] == "official"])
    bars = fig.axes[0].patches[: 2 * len(apart)]
    spans = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars]
    normal, tolls = spans[: len(apart)], spans[len(apart) :]
    assert [end for _, end in normal] == pytest.approx(apart["normal"].tolist())
    assert [start for start, _ in tolls] == pytest.approx(apart["normal"].tolist())
    assert [end for _, end in tolls] == pytest.approx(apart["all"].tolist())
    assert "If ten per thousand is normal" in fig.description.finding
    assert "78 million" in fig.description.finding and "81" in fig.description.finding


def test_hearsay_and_rows_without_a_figure_are_not_drawn(estimates):
    kept = set(with_families(estimates)["estimate_id"])
    assert not kept & {"yangshangkun96", "cphistory2011", "ball2006", "ograda2013"}
    assert {"ashton1984", "mqy2015", "chengzhan2018", "dikotter2010"} <= kept


def test_unchecked_birth_ledgers_stand_in_brackets(estimates):
    table = with_families(estimates).set_index("estimate_id")["births_apart"]
    assert table[table != ""].to_dict() == {
        "ashton1984": "33",
        "calot1984": "29",
        "peng1987": "(25)",
        "linyang2000": "(33)",
        "patnaik2002": "(19)",
        "yang2008": "(40)",
        "yang2008_official": "(31.5)",
        "chinaprofile2011": "23",
        "unwpp2022": "26.9",
        "unwpp2024": "27.8",
    }
    said = {text.get_text() for text in tolls_beside(estimates).axes[0].texts}
    assert {"(25)", "33", "(40)"} <= said and "(33)" not in said


def test_each_family_has_a_marker_of_its_own_and_holds_the_right_authors(estimates):
    markers = [marker for _, marker in LOOKS.values()]
    assert len(set(markers)) == len(markers)
    table = with_families(estimates).set_index("estimate_id")["family"]
    assert set(table) == set(FAMILIES) == set(LOOKS)
    for name, ids in {
        "register as published": [
            "coale1984_official",
            "banister1987_official",
            "yao1999",
            "xia2021",
        ],
        "register corrected, cohorts rebuilt": [
            "ashton1984",
            "banister1984",
            "unwpp2024",
            "lichengrui1997",
        ],
        "corrected in famine years alone": ["changhalliday2005"],
        "births, deaths and totals balanced": ["jinhui1993", "liche2012", "aird1982"],
        "provinces, counties or archives summed": ["cao2005", "dikotter2010", "peng1987"],
        "low counts argued from the register": ["patnaik2002", "sun2011", "chengzhan2018"],
        "taken from others, or a review": ["rummel1991", "mqy2015", "kane1988", "chinaprofile2011"],
        "method not recorded": ["cas1989", "xinziling2007", "liao2000"],
    }.items():
        assert set(table[ids]) == {name}


def test_a_method_family_is_a_word_of_the_list_and_never_part_of_one(estimates):
    codes = set(FAMILIES.values())
    counted = (
        estimates[["estimate_low_million", "estimate_central_million", "estimate_high_million"]]
        .notna()
        .any(axis=1)
    )
    assert set(estimates["method_family"]) == codes | {"no_count", "hearsay"}
    assert (estimates["method_family"] == "no_count").equals(~counted)
    for code in codes:
        assert family(code) in FAMILIES
        for near in (f"{code} / residual", code[:-1], code.upper(), f" {code}"):
            with pytest.raises(ValueError, match="method_family"):
                family(near)
    assert (
        len(with_families(estimates)) == (counted & (estimates["method_family"] != "hearsay")).sum()
    )


def most_deaths_above(rates, series, first, last):
    """Deaths of a window above the lowest rate of 1949-65: no lower baseline was ever recorded."""
    rows, nation = (
        rates[(rates["series"] == name) & rates["year"].between(1949, 1965)].set_index("year")
        for name in (series, "official")
    )
    people = nation["population_midyear_million"]  # of provinces, their rate given to the nation
    above = (rows["death_rate_per_1000"] - rows["death_rate_per_1000"].min()) * people / 1000
    return above.loc[first:last].sum()


def all_deaths_by_balance(rates, first, last):
    """Births less growth: every death there can have been, if births and totals are right."""
    rows = rates[rates["series"] == "official"].set_index("year")
    totals = rows["population_yearend_million"]
    return rows.loc[first:last, "births_million"].sum() - (totals[last] - totals[first - 1])


def test_no_toll_exceeds_what_the_inputs_of_its_family_can_give(estimates, rates):
    table = with_families(estimates)
    table = table[~table["estimate_id"].isin(DOUBTED)]
    held = 0
    for row in table.itertuples():
        window = row.period_start_year, row.period_end_year
        if row.method_family == "register":
            local = "provincial" in row.data_used
            most = most_deaths_above(
                rates, "registered_24_provinces" if local else "official", *window
            )
        elif row.method_family == "register_corrected":
            most = most_deaths_above(rates, "banister1984", *window)
        elif row.method_family == "stock_flow":
            most = all_deaths_by_balance(rates, *window)
        else:
            continue
        held += 1
        assert row.most <= most, f"{row.estimate_id}: {row.most} of at most {most:.1f}"
    assert held >= 20
    aird = estimates.set_index("estimate_id").loc["aird1982"]
    assert aird["estimate_central_million"] > most_deaths_above(rates, "official", 1960, 1961)
    doubted = estimates.set_index("estimate_id").loc["sunshangkong2010"]
    assert doubted["estimate_central_million"] > all_deaths_by_balance(rates, 1961, 1962)


def test_a_figure_that_its_note_calls_unchecked_is_never_the_central_one(estimates):
    firm = estimates[estimates["verification"] != "unchecked"]
    for row in firm.itertuples():
        loose = re.findall(r"([\d.]+) (?:is )?unchecked|unchecked ([\d.]+)", str(row.note))
        assert row.estimate_central_million not in {float("".join(found)) for found in loose}, (
            row.estimate_id
        )


def test_stances_and_methods_are_told_in_plain_words(estimates):
    words = estimates[["method", "stance"]].fillna("").agg(" ".join, axis=1).str.cat(sep=" ")
    for verdict in ("denial", "sceptic", "disput", "apolog"):
        assert verdict not in words.lower()
    low = estimates[estimates["method_family"] == "register_argued_low"]
    assert set(low["stance"]) == {"holds_tolls_too_high"}


def test_our_readings_of_the_un_are_marked_and_not_comparable(estimates):
    table = with_families(estimates)
    ours = table["verification"] == "derived"
    assert set(table.loc[ours, "estimate_id"]) == {"unwpp2022", "unwpp2024"}
    assert not table.loc[ours, "comparable"].any()


# -- rates and balance ---------------------------------------------------------------------------


def test_rates_figure_draws_the_tables(rates):
    fig = vital_rates(rates)
    for ax, name in zip(fig.axes, ("death_rate_per_1000", "birth_rate_per_1000"), strict=True):
        joined = [line for line in ax.lines if line.get_linestyle() != "None"]
        assert len(joined) == 3
        for line, series in zip(joined, ("official", "banister1984", "wpp2024"), strict=True):
            assert line.get_xdata() == pytest.approx(YEARS)
            assert line.get_ydata() == pytest.approx(column(rates, series, name))
        assert len({(line.get_color(), line.get_linestyle()) for line in joined}) == 3
    assert "44.6 in 1960" in fig.description.alt


def test_balance_figure_draws_births_less_deaths(rates):
    weights = np.array([0.5, *[1] * 10, 0.5])
    years = np.arange(1953, 1965)
    people = column(rates, "official", "population_midyear_million", years)
    grown, held = [], {}
    for series in ("official", "banister1984"):
        births, deaths = (
            column(rates, series, f"{kind}_rate_per_1000", years) for kind in ("birth", "death")
        )
        grown.append(((births - deaths) * people * weights).sum() / 1000)
        held[series] = balance_gap(years, births, deaths, people, {1953: 582.60, 1964: 694.58})
    fig = balance(held, rates[rates["series"] == "official"])
    assert [bar.get_width() for bar in fig.axes[0].patches] == pytest.approx(grown)
    assert fig.axes[0].lines[0].get_xdata()[0] == pytest.approx(111.98)
    assert "The births and deaths of official leave" in fig.description.finding
    assert "17.2 million more" in fig.description.finding
    assert grown[1] - 111.98 == pytest.approx(0.7, abs=0.05)


# -- exercises -----------------------------------------------------------------------------------


def follow(rates, series, people):
    """People carried from mid-1953 on by a series' rates, month by month."""
    years = range(1953, 1965)
    grown = np.subtract(
        *(column(rates, series, f"{kind}_rate_per_1000", years) for kind in ("birth", "death"))
    )
    found = [people]
    for before, after in zip(grown, grown[1:], strict=False):
        for month in range(12):
            people *= 1 + (before if month < 6 else after) / 12000
        found.append(people)
    return np.array(found)


def test_expected_answers_by_another_way(rates):
    asked = {key: exercise.expected() for key, exercise in EXERCISES.items()}
    official = np.array([11.98, 14.59, 25.43, 14.24])
    people = np.array([653.235, 666.005, 667.07, 660.33])
    assert asked["51.1"] == pytest.approx(159 / 5 * 12 / 3.067)
    assert asked["51.2"] == pytest.approx((official - 11.98) @ people / 1000)
    assert asked["51.3"] == pytest.approx(np.average(official, weights=people))
    assert asked["51.4"] == "excess deaths"
    hers = follow(rates, "banister1984", 582.60)
    born = column(rates, "banister1984", "birth_rate_per_1000", range(1953, 1965)) * hers
    born = (born.sum() - (born[0] + born[-1]) / 2) / 1000
    assert asked["52.1"] == (450 - 160) - (1205 - 1000) == 85
    assert asked["52.2"] == pytest.approx(born - 94.81 - 111.98, abs=0.05)
    mended = 10.4 / 5.90 * 6.88
    assert asked["52.3"] == pytest.approx(86.2 - 3 * mended - 3 * 9.4)
    assert asked["52.4"] == pytest.approx(224.02 - 94.81 - (698.355 - 581.39), abs=0.01)
    county = load("kaijiang_register").set_index("year")
    died = -county["population_year_end"].loc[[1957, 1961]].diff().iloc[-1] - 5000
    died += county.loc[1958:1961, "births"].sum()
    assert asked["53.1"] == died - 4 * county.loc[1957, "deaths"]
    assert asked["53.2"] == pytest.approx(17.86 * 666.005 / 1000, abs=0.01)
    ages = load("age_structure").groupby(["age_start", "year"])["population_thousand"].sum() / 1000
    lived = ages[5, 1955] / ages[0, 1950]
    assert asked["53.3"] == pytest.approx(ages[5, 1960] - lived * ages[0, 1955])
    assert asked["53.4"] == pytest.approx((45 * 0 + 55 * 60) / 100)


@pytest.mark.parametrize(
    "exercise, answer, said",
    [
        ("51.1", 51.8, "for five months"),
        ("51.1", 124, ""),
        ("51.2", "12", "should be a number"),
        ("51.2", 15.3, "with 1957 frozen"),
        ("51.2", 12.2e6, "1,000,000 times too large"),
        ("51.2", 12.2, ""),
        ("51.3", 10.8, "millions are left over"),
        ("51.3", 16.6, ""),
        ("51.4", "population loss", "births that did not happen"),
        ("51.4", "famine", "not among the choices"),
        ("51.4", "Excess deaths", ""),
        ("52.1", 35, "the women tell of more"),
        ("52.1", 85, ""),
        ("52.2", -58.3, "sign"),
        ("52.2", 17.2, "the register's own gap"),
        ("52.2", 58.3, ""),
        ("52.3", 26.8, "Coale's own result"),
        ("52.3", 21.6, ""),
        ("52.4", 17.2, "the gap to the censuses"),
        ("52.4", 12.3, ""),
        ("53.2", 11895, "1,000 times too large"),
        ("53.2", 10.93, "that 24 provinces registered"),
        ("53.2", 11.89, ""),
    ],
)
def test_judgements(exercise, answer, said):
    verdict = judge(EXERCISES[exercise], answer)
    assert said in verdict and bool(verdict) == bool(said)


def test_hints_do_not_give_the_answer_away():
    for exercise in EXERCISES.values():
        answer = exercise.expected()
        answer = f'"{answer}"' if isinstance(answer, str) else f"{answer:.1f}"
        assert len(exercise.hints) == 3
        assert not any(answer in hint for hint in exercise.hints)


# -- exercises of lessons 54 and 55 --------------------------------------------------------------


def test_answers_of_54_and_55_by_another_way(rates):
    asked = {key: one.expected() for lesson in (54, 55) for key, one in exercises(lesson).items()}
    official = np.array([11.98, 14.59, 25.43, 14.24])
    people = np.array([653.235, 666.005, 667.07, 660.33])
    hers = follow(rates, "banister1984", 582.60)[5:9]
    banister = np.array([20.7, 22.1, 44.6, 23.0])
    assert asked["54.1"] == pytest.approx((official - 10.80) @ people / 600)
    assert asked["54.2"] == pytest.approx((banister - 10.80) @ hers / 1000, abs=0.01)
    assert asked["54.3"] == pytest.approx(70 - 15 * people.sum() / 1000)
    line = 10.80 + (11.50 - 10.80) * np.arange(1, 5) / 7
    paper = (official - line)[1:] @ people[1:] / 1000 - 3.66
    assert asked["54.4"] == pytest.approx(224.0 - 94.8 - 111.98 + paper, abs=0.1)
    deaths, births = deaths_and_births(rates)
    inside = (YEARS >= 1958) & (YEARS <= 1961)
    slip = follow_rates(YEARS, births, deaths / np.where(inside, 0.6, 1), 1953, 582.60)
    assert asked["55.1"] == pytest.approx(slip[11] - 694.58)


def deaths_and_births(rates):
    """The register's death rates and the birth rates of the survey, as Banister has them."""
    return [
        column(rates, series, f"{kind}_rate_per_1000")
        for series, kind in (("official", "death"), ("banister1984", "birth"))
    ]


def test_answers_of_55_by_draws_of_their_own(rates):
    """Forty thousand accounts by the plain functions, with another seed."""
    rng, many = np.random.default_rng(5), 40_000
    shares = [
        rng.triangular(*ends, (many, 1))
        for ends in ((0.5, 0.58, 0.75), (0.5, 0.62, 0.9), (0.6, 0.75, 0.95), (0.97, 1, 1.03))
    ]
    counted = rng.triangular(0.98, 0.995, 1, (2, many, 1))
    deaths, births = deaths_and_births(rates)

    def tolls(famine):
        held = np.where(YEARS < 1958, shares[0], np.where(YEARS > 1961, shares[2], famine))
        raised = deaths / held
        people = follow_rates(YEARS, births / shares[3], raised, 1953, 582.60 / counted[0])
        closes = np.abs(people[:, 11] - 694.58 / counted[1, :, 0]) <= 1
        return ((raised[:, 5:9] - raised[:, 4:5]) * people[:, 5:9]).sum(axis=1)[closes] / 1000

    asked = {key: one.expected() for key, one in exercises(55).items()}
    assert asked["55.2"] == pytest.approx(100 * (tolls(shares[1]) < 15.3).mean(), abs=2.5)
    held = tolls(rng.triangular(0.65, 0.7, 0.9, (many, 1)))
    assert asked["55.3"] == pytest.approx(np.percentile(held, 95), abs=0.8)


def test_the_share_that_closes_at_30_million_does(rates):
    normal = exercises(55)["55.4"].expected() / 100
    deaths, births = deaths_and_births(rates)
    inside = (YEARS >= 1958) & (YEARS <= 1961)
    low, high = 0.4, 1.0
    for _ in range(40):
        famine = (low + high) / 2
        raised = deaths / np.where(inside, famine, normal)
        people = follow_rates(YEARS, births, raised, 1953, 582.60)
        low, high = (low, famine) if people[11] > 694.58 else (famine, high)
    toll = ((raised - raised[4]) * people)[inside].sum() / 1000
    assert toll == pytest.approx(30, abs=0.05)


@pytest.mark.parametrize(
    "exercise, answer, said",
    [
        ("54.1", 9.2, "makes the toll smaller"),
        ("54.1", 44.6, "the share holds in every year"),
        ("54.1", 25.5, ""),
        ("54.2", 29.8, "Banister's own line"),
        ("54.2", [44.6, 1], "should be a number"),
        ("54.2", 43.5, ""),
        ("54.3", 55, "fifteen is a rate"),
        ("54.3", 30.3, ""),
        ("54.4", 6.9, "makes the gap smaller"),
        ("54.4", 27.5, ""),
        ("55.1", 45.4, "the question asks for its census gap"),
        ("55.1", 36, ""),
        ("55.2", 35.8, "whose books do not close"),
        ("55.2", 16, ""),
        ("55.3", 3.0, "lower end"),
        ("55.3", 16.3, ""),
        ("55.4", 0.632, "of one"),
        ("55.4", 63, ""),
    ],
)
def test_judgements_of_54_and_55(exercise, answer, said):
    verdict = judge(exercises(int(exercise[:2]))[exercise], answer)
    assert said in verdict and bool(verdict) == bool(said)
