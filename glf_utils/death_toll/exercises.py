"""Exercises and guesses of lessons 51 to 57."""

from dataclasses import replace
from functools import cache

import numpy as np

from glf_utils.answers import Exercise, Guess, Slip
from glf_utils.death_toll.choices import (
    CENSUSES,
    STATED,
    closing_shares,
    deaths_placed,
    draw_china,
    own_people,
    taken_apart,
    toll_and_gap,
    un_censuses,
)
from glf_utils.death_toll.evidence import with_and_without
from glf_utils.death_toll.known_registers import WINDOWS, after_china, famine_of, thinned
from glf_utils.death_toll.published import in_one_currency, on_one_window
from glf_utils.death_toll.rates import (
    balance_gap,
    baseline_rates,
    excess_deaths,
    split_deficit,
)
from glf_utils.death_toll.registers import linear_in_deaths
from glf_utils.tables import load, one

RATE = "death_rate_per_1000"
MIDYEAR = "population_midyear_million"
CENSUS_GROWTH = CENSUSES[1964] - CENSUSES[1953]
VILLAGE = {"people": 1000, "births": 400, "deaths": 160, "counted": 1205}
RAISED_1957 = 10.4 * 6.88 / 5.90  # Coale's corrected deaths, as the yearbook's over his registered


def _found(series, column, year=1959):
    return one("national_vital_rates", f"series == '{series}' and year == {year}", column)


def _national(column, year=1959):
    return _found("official", column, year)


def _provinces(column, year=1959):
    return _found("registered_24_provinces", column, year)


def _series(name):
    table = load("national_vital_rates")
    rows = table[(table["series"] == name) & table["year"].between(1953, 1965)]
    return rows.sort_values("year")


def _people(name):
    """The register's people; Banister's are those whom her own rates carry on from 1953."""
    rows = _series(name)
    if name != "banister1984":
        return rows["population_midyear_million"].to_numpy()
    return own_people(rows["birth_rate_per_1000"], rows["death_rate_per_1000"])


def _toll(famine, normal, reference, kind="year", window=(1958, 1961)):
    rows, people = _series(famine), _people(famine)
    years = rows["year"]
    baseline = baseline_rates(years, _series(normal)["death_rate_per_1000"], kind, reference)
    return excess_deaths(years, rows["death_rate_per_1000"], people, window, baseline).total


def _excess(famine, normal, people=None):
    """Million deaths of 1958-61 above a rate per thousand, by one series' rates and its people."""
    rows = _series(famine)
    return excess_deaths(
        rows["year"],
        rows["death_rate_per_1000"],
        _people(people or famine),
        (1958, 1961),
        normal,
    ).total


def _year_end_toll():
    rows = _series("official")
    return excess_deaths(
        rows["year"],
        rows["death_rate_per_1000"],
        rows["population_yearend_million"],
        (1958, 1961),
        _rate("official", 1958),
    ).total


def _rate(series, year):
    return _found(series, RATE, year)


def _famine(first=1958, last=1961):
    rows = _series("official")
    return rows[rows["year"].between(first, last)]


def _all_deaths():
    """All registered deaths of 1958-61, million, by the rates."""
    return _excess("official", 0)


def _no_excess():
    """The rate per thousand that, held in 1958-61, leaves no registered death in excess."""
    return 1000 * _all_deaths() / _famine()[MIDYEAR].sum()


def _trend_toll():
    return _toll("official", "official", [1953, 1954, 1955, 1956, 1957], "trend")


def _split(reference, window=(1959, 1961)):
    rows = _series("official")
    return split_deficit(
        rows["year"], rows["births_million"], rows["deaths_million"], window, reference
    )


def _births_among_missing():
    split = _split(1958)
    return 100 * split.from_births / split.total


def _tuanwan(item, reporter):
    return one("tuanwan_1960", f"item == '{item}' and reporter == '{reporter}'")


def _spring_dead(reporter="provincial_team"):
    start = {"provincial_team": "Jan", "county_committee": "Spring Festival"}[reporter]
    return _tuanwan(f"{start}-May 1960 total", reporter)


def _tuanwan_rate():
    return 1000 * _spring_dead() / _tuanwan("people", "provincial_team") * 12 / 5


def _balance(name):
    rows = _series(name)
    return balance_gap(
        rows["year"],
        rows["birth_rate_per_1000"],
        rows["death_rate_per_1000"],
        _people(name),
        CENSUSES,
    )


def _mixed():
    hers, register = _balance("banister1984"), _balance("official")
    return hers.births - register.deaths - register.counted_growth


def _coale(first, last=9.4):
    """Deaths of 1958-63 above Coale's line through numbers of deaths, million."""
    return linear_in_deaths(86.2, first, last, years=6)


def _register_growth():
    """Growth of the register's people from mid-1953 to mid-1964, million."""
    return _national(MIDYEAR, 1964) - _national(MIDYEAR, 1953)


def _un_toll():
    return _toll("wpp2024", "wpp2024", 1957)


def _dropped():
    return _balance("official").implied_growth - _register_growth()


def _quantity():
    rows = load("death_toll_estimates").query("estimate_id in ['ashton1984', 'banister1984']")
    (quantity,) = rows["quantity"].unique()
    return quantity


def _kaijiang(column, year):
    return one("kaijiang_register", f"year == {year}", column)


def _kaijiang_fall():
    """Fewer people in Kaijiang at the end of 1961 than at the end of 1957."""
    return _kaijiang("population_year_end", 1957) - _kaijiang("population_year_end", 1961)


def _kaijiang_born():
    return sum(_kaijiang("births", year) for year in range(1958, 1962))


def _kaijiang_excess(moved_in=0):
    """Cao's rule over four years; ``moved_in`` is less than 0 when people leave."""
    return _kaijiang_born() - 4 * _kaijiang("deaths", 1957) + _kaijiang_fall() + moved_in


def _aged(start, year):
    """People of both sexes in a group of five years of age, millions."""
    rows = load("age_structure").query("age_start == @start and year == @year")
    return rows["population_thousand"].sum() / 1000


def _more_alive():
    lived_before = _aged(5, 1955) / _aged(0, 1950)
    return _aged(5, 1960) - _aged(0, 1955) * lived_before


def _young_share():
    """Of a hundred excess deaths of 1955-65, those under five in 1955 or born later."""
    excess = with_and_without(load("age_structure"), load("mortality_by_age"))[1]
    return 100 * excess.by_cohort[:, :2].sum() / excess.total


def _henan(column):
    return one("county_mortality", "province == 'henan' and year == 1960", column)


def _raised():
    return _provinces(RATE) * _national(MIDYEAR) / 1000


def _sun():
    """The deaths that Sun (2011) keeps, million."""
    return one("death_toll_estimates", "estimate_id == 'sun2011'", "estimate_central_million")


def _paper():
    """The registered excess of 1959-61 above a line that Sun (2011) holds to be on paper only."""
    return _toll("official", "official", (1957, 1964), "line", (1959, 1961)) - _sun()


def _struck():
    return _balance("official").gap + _paper()


def _claim(claim, end):
    return one("account_claims", f"claim_id == '{claim}'", end)


def _register_toll():
    """Excess deaths 1958–61 above the register's 1957, million."""
    return _toll("official", "official", 1957)


def _normal_deaths():
    """The register's normal deaths of 1958–61: its people at its rate of 1957, million."""
    return _rate("official", 1957) * _person_years() / 1000


def _person_years(window=(1958, 1961)):
    """Million years lived by the register's people."""
    rows = _series("official")
    return rows.loc[rows["year"].between(*window), MIDYEAR].sum()


@cache
def _drawn(famine=None):
    """Draws of China as this course states it, or with another share for the famine."""
    return draw_china(STATED if famine is None else replace(STATED, famine=famine))


def _below(tolls):
    """Of 100 tolls those under the register's own."""
    return 100 * float((tolls < 15.3).mean())


def _gap(*shares):
    return float(toll_and_gap(*shares)[1])


def _share_for(toll):
    """Of 100 ordinary deaths those registered, if the censuses close at a toll."""
    shares = np.linspace(0.52, 0.76, 97)
    return 100 * float(np.interp(toll, closing_shares(shares)[1], shares))


def _finland():
    return famine_of(load("famine_registers"), "Finland", WINDOWS["Finland"])


def _thinned():
    finland = _finland()
    return thinned(finland, *after_china(finland))


def _died(famine=None):
    """Thousand deaths in Finland's three years, and its people added up, millions."""
    famine = famine or _finland()
    inside = np.isin(famine.years, range(1866, 1869))
    people = famine.population[inside]
    return float(famine.death_rates[inside] @ people), float(people.sum())


def _above(famine=None, normal=None, year=1865):
    """Thousand deaths in Finland's famine, in a book, above the rate of a year, in a book."""
    usual = normal or famine or _finland()
    died, people = _died(famine)
    return died - float(usual.death_rates[usual.years == year][0]) * people


def _vanishing(ordinary=60):
    """Of 100 deaths, kept in the famine, when the book shows none above its own 1865."""
    died, _ = _died()
    return ordinary * (died - _above()) / died


def _calot(toll=None):
    """Calot's deaths of every kind less a toll, million, and the people of six years added up."""
    his = in_one_currency(load("published_results")).loc["calot_deaths"]
    return his["died"] - (his["printed"] if toll is None else toll), 6 * his["people"]


def _calot_normal(toll=None, years=6):
    normal, lived = _calot(toll)
    return 1000 * normal / lived * 6 / years


@cache
def _same_years():
    """The published tolls that can be put on 1958-61."""
    return on_one_window(load("published_results"))


def _same(name, part):
    return _same_years().loc[name, part]


def _apart(part, low="un2024_line_1958_62", high="banister_falling"):
    """By how many million two accounts of 1958-61 lie apart."""
    return _same(high, part) - _same(low, part)


def _part_of_who_died():
    return 100 * _apart("died") / _apart("toll")


def _spread(part):
    return np.ptp(_same_years()[part])


def _needed(first=None, second=None):
    """Deaths of 1953-64 with Banister's births and two census totals, million."""
    theirs = un_censuses()
    growth = (second or theirs[1964]) - (first or theirs[1953])
    return _balance("banister1984").births - growth


def _all_dead(normal=16, window=(1958, 1962)):
    """Deaths of every kind behind a toll of 45 million, above a normal rate per thousand."""
    return 45 + normal * _person_years(window) / 1000


def _in_register():
    """Soviet deaths of 1930-33 that were registered, of 100."""
    query = "quantity == 'added to registered deaths' and first_year == 1930"
    return 100 / (1 + one("famine_facts", query, "value_low") / 100)


EXERCISES = [
    Exercise(
        id="51.1",
        name="tuanwan_rate",
        kind=float,
        unit="deaths per thousand people a year",
        expected=_tuanwan_rate,
        hints=(
            "A death rate wants three things: the dead, the people, and twelve months. Which of "
            "them is not as it should be here?",
            "First the dead for each person: 159 / 3067. Then for a thousand people.",
            "That was five months. A year has 12 / 5 times as many.",
        ),
        after="More than ten times what the register has for the whole country in 1957, and five "
        "times its 25 of 1960. Tuanwan was looked into because somebody had complained, so it is "
        "no sample of other villages.",
        slips=(
            Slip(
                lambda: _tuanwan_rate() * 5 / 12,
                "That is for five months; a rate is for a year.",
            ),
            Slip(
                lambda: _tuanwan_rate() / 12,
                "That is for one month; a rate is for a year.",
            ),
            Slip(
                lambda: _tuanwan_rate() * 5,
                "That multiplies by twelve, and the dead are of five months and not of one.",
            ),
            Slip(
                lambda: _tuanwan_rate() * 25 / 144,
                "That turns months and year round: five months are less than a year, so the year "
                "has more deaths.",
            ),
            Slip(
                lambda: _tuanwan("people", "provincial_team") / _spring_dead(),
                "That is how many people there were for each death; turn it round.",
            ),
            Slip(
                lambda: _tuanwan_rate() * _spring_dead("county_committee") / _spring_dead(),
                "That takes the county's dead; the question takes the team's.",
            ),
            Slip(
                lambda: _tuanwan_rate() * 300 / _spring_dead(),
                "That takes the letter's number; the question takes the team's.",
            ),
            Slip(
                lambda: 1000 * _spring_dead() / 854 * 12 / 5,
                "That divides by the households; a rate is for a thousand people.",
            ),
        ),
    ),
    Exercise(
        id="51.2",
        name="toll_1958",
        kind=float,
        unit="million deaths",
        expected=lambda: _toll("official", "official", 1958),
        tolerance=0.004,
        hints=(
            "Only the baseline changes. Which cell above made it, and which year stands there?",
            'Make a new baseline with baseline_rates(years, deaths, "year", …) for the new year.',
            "Give that baseline to excess_deaths in place of normal and take .total of the result.",
        ),
        after="About three million fewer, by moving one year: 1958 already holds famine deaths. "
        "Still excess deaths 1958–61, births not counted.",
        slips=(
            Slip(
                lambda: _toll("official", "official", 1957),
                "That is the toll with 1957 frozen, as the cell above has it; the question "
                "freezes 1958.",
            ),
            Slip(
                lambda: _toll("official", "official", 1959),
                "That freezes 1959; the question freezes 1958.",
            ),
            Slip(
                lambda: _toll("official", "official", 1957) - _toll("official", "official", 1958),
                "That is by how much the toll changes; the question asks for the new toll.",
            ),
            Slip(
                lambda: _toll("official", "official", 1953),
                "That freezes 1953; the question freezes 1958.",
            ),
            Slip(
                lambda: _excess("official", 10),
                "That is the toll above a flat ten per thousand; the question freezes 1958.",
            ),
            Slip(
                lambda: _toll("official", "official", (1957, 1964), "line"),
                "That is the toll above a straight line; the question freezes one year.",
            ),
            Slip(
                lambda: _toll("official", "official", (1957, 1958), "mean"),
                "That is the toll above the mean of 1957 and 1958; the question freezes 1958 "
                "alone.",
            ),
            Slip(
                lambda: _toll("official", "official", 1958, window=(1958, 1962)),
                "That goes on to 1962, whose rate lies below the baseline; the window ends with "
                "1961.",
            ),
            Slip(
                lambda: _excess("official", 0),
                "Those are all deaths of the four years; those of a normal time are still to be "
                "taken off.",
            ),
            Slip(
                lambda: _year_end_toll(),
                "That multiplies by the people of 31 December; the formula takes those of "
                "mid-year.",
            ),
            Slip(
                lambda: _toll("wpp2024", "wpp2024", 1957),
                "The United Nations' rates are not asked for here; take the register's.",
            ),
            Slip(
                lambda: _toll("wpp2024", "wpp2024", 1958),
                "The United Nations' rates are not asked for here; take the register's.",
            ),
        ),
    ),
    Exercise(
        id="51.3",
        name="no_excess",
        kind=float,
        unit="deaths per thousand people a year",
        tolerance=0.004,
        expected=_no_excess,
        hints=(
            "If nothing is left over, every death of the four years was a normal one. What is "
            "then the normal rate of all four together?",
            "Add up the deaths of the four years and add up the people of the four years; "
            "`famine` has both columns.",
            "A rate is deaths over people, times 1,000.",
        ),
        after="It lies between what the register has for 1952, which is 17, and for 1953. Who "
        "holds years before 1953 to be the measure finds no excess: that says how hard life had "
        "been, and not what the famine added.",
        slips=(
            Slip(
                lambda: 10.0,
                "That is the round ten, against which most is left over; the question asks for the "
                "rate that leaves nothing.",
            ),
            Slip(
                lambda: _rate("official", 1957),
                "That is 1957, against which millions are left over; the question asks for the "
                "rate that leaves none.",
            ),
            Slip(
                lambda: _rate("official", 1960),
                "That is the worst year; held in all four it takes off more deaths than there "
                "were.",
            ),
            Slip(
                lambda: _rate("official", 1953),
                "Against 1953 some millions are left over: see the list above.",
            ),
            Slip(
                lambda: _all_deaths(),
                "Those are all deaths of four years, in millions; the question asks for a rate.",
            ),
            Slip(
                lambda: _all_deaths() / 4,
                "Those are the deaths of a year, in millions; the question asks for a rate.",
            ),
            Slip(
                lambda: 4 * _no_excess(),
                "That divides four years' deaths by one year's people.",
            ),
            Slip(
                lambda: _no_excess() / 4,
                "That divides one year's deaths by four years' people.",
            ),
            Slip(
                lambda: 1000 * _toll("official", "official", 1957) / _famine()[MIDYEAR].sum(),
                "That is the excess over 1957 as a rate; what was normal is still to be added.",
            ),
            Slip(
                lambda: _series("official")[RATE].head(5).mean(),
                "That is the mean of the five years before, against which many are left over.",
            ),
        ),
    ),
    Exercise(
        id="51.4",
        name="what_is_counted",
        kind=str,
        choices=("excess deaths", "abnormal deaths", "deaths from starvation", "population loss"),
        expected=_quantity,
        hints=(
            "The table names what each author counted in one of its columns.",
            '`works["quantity"]` shows that column; compare it with the table of section 1.',
            "These authors subtract the deaths a normal year would have brought.",
        ),
        after="So the course page reports the number fairly and the thing loosely: nobody knew "
        "these causes. Lost births stand in a column of their own.",
        slips=(
            Slip(
                "deaths from starvation",
                "That is the course page's word; these authors do not know the causes of the "
                "deaths they count.",
            ),
            Slip(
                "abnormal deaths",
                "That needs a rule for which deaths are natural; these authors set deaths "
                "against those of other years.",
            ),
            Slip(
                "population loss",
                "That would have births that did not happen in it; the table keeps those in a "
                "column apart.",
            ),
        ),
    ),
    Exercise(
        id="52.1",
        name="missed_deaths",
        kind=float,
        unit="deaths",
        expected=lambda: float(VILLAGE["people"] + 450 - VILLAGE["counted"] - VILLAGE["deaths"]),
        hints=(
            "Write the account with the women's births: who was there, who was born, who is there "
            "now. How many must have died?",
            "1,000 people and 450 births, and 1,205 are left: the difference has died.",
            "Take off the deaths that the register has.",
        ),
        after="The gap of 35 and the 50 births that the register missed: where births are missed "
        "too, the gap alone makes too few of the missing deaths.",
        slips=(
            Slip(
                lambda: 35.0,
                "That is the gap with the register's own births; the women tell of more.",
            ),
            Slip(
                lambda: 50.0,
                "That is how many births the register missed; the question asks for deaths.",
            ),
            Slip(
                lambda: 245.0,
                "Those are all deaths that the account needs; some of them the register has.",
            ),
            Slip(
                lambda: 15.0,
                "That subtracts; every further birth needs one more death to make the account "
                "close.",
            ),
            Slip(
                lambda: 205.0,
                "That is the growth that was counted; the question asks for deaths.",
            ),
            Slip(
                lambda: 290.0,
                "That is what births less registered deaths would add; the people counted are "
                "still to be set beside it.",
            ),
            Slip(
                lambda: 160.0,
                "Those are the deaths that the register has; the question asks for those it "
                "missed.",
            ),
            Slip(
                lambda: 195.0,
                "Those are all deaths if the register's births were complete; the women tell of "
                "more births.",
            ),
        ),
    ),
    Exercise(
        id="52.2",
        name="mixed_gap",
        kind=float,
        unit="million people",
        expected=_mixed,
        hints=(
            "It is the village's account again: her births less the register's deaths is the "
            "growth that both together imply.",
            "The table has both: fits.births are hers, closed.deaths the register's, in millions.",
            "The gap is what that growth has over the growth counted: take closed.counted_growth "
            "off.",
        ),
        after="If the survey's births are right, that many of 153 million deaths between the "
        "censuses were never registered: more than a third. The toll depends on how many of "
        "them fall in ordinary years.",
        slips=(
            Slip(
                lambda: _balance("official").gap,
                "That is the register's own gap, deaths and births from one table; here the "
                "births are Banister's.",
            ),
            Slip(
                lambda: _balance("banister1984").gap,
                "That is Banister's own gap, deaths and births from one table; here the deaths "
                "are the register's.",
            ),
            Slip(
                lambda: (
                    _balance("official").births - _balance("banister1984").deaths - CENSUS_GROWTH
                ),
                "That takes the register's births and Banister's deaths; the question has it "
                "the other way.",
            ),
            Slip(
                lambda: _balance("banister1984").births - _balance("official").births,
                "That is how many births the register misses, if she is right; the census "
                "growth is not in it.",
            ),
            Slip(
                lambda: _balance("banister1984").births - _balance("official").deaths,
                "That is the growth which both together imply; the growth counted is still to "
                "be taken off.",
            ),
            Slip(
                lambda: CENSUS_GROWTH,
                "That is the growth between the censuses; the question asks how far the rates "
                "miss it.",
            ),
            Slip(
                lambda: _balance("official").implied_growth,
                "That is the growth by the register's own rates; the question asks for a gap, "
                "with her births.",
            ),
            Slip(
                lambda: _balance("banister1984").implied_growth,
                "That is the growth by Banister's own rates; the question asks for a gap, with "
                "the register's deaths.",
            ),
            Slip(
                lambda: _mixed() + _balance("official").gap,
                "That adds the register's own gap to the new one, which takes its place.",
            ),
            Slip(
                lambda: _balance("banister1984").births - CENSUS_GROWTH,
                "That leaves all deaths out of the balance.",
            ),
        ),
    ),
    Exercise(
        id="52.3",
        name="amended",
        kind=float,
        unit="million deaths",
        tolerance=0.005,
        expected=lambda: _coale(RAISED_1957),
        hints=(
            "Only the first end of the line changes: 10.4 becomes larger, in the proportion of "
            "6.88 to 5.90.",
            "The mean of the new end and of 9.4, six times, is what is normal for 1958-63.",
            "Take that off the 86.2 deaths of these years.",
        ),
        after="Li prints 21.58. So this may well be the figure that he amended; that it is, we "
        "infer. One end of a line moves a toll by a fifth.",
        slips=(
            Slip(
                lambda: _coale(10.4),
                "That is Coale's own result; the first end of the line is still 10.4.",
            ),
            Slip(
                lambda: _coale(6.88),
                "That puts the registered deaths of 1957 into a line of corrected ones; raise the "
                "10.4 in the same proportion.",
            ),
            Slip(
                lambda: _coale(10.4 * 5.90 / 6.88),
                "That makes 10.4 smaller; the yearbook's figure is the larger of the two.",
            ),
            Slip(
                lambda: _coale(10.4 + 6.88 - 5.90),
                "That adds what is missing in the register; the question raises in proportion.",
            ),
            Slip(
                lambda: 6 * (RAISED_1957 + 9.4) / 2,
                "That is what is normal for the six years; take it off the 86.2.",
            ),
            Slip(
                lambda: 86.2 - 6 * RAISED_1957,
                "That holds 1957 in all six years; the line goes down to the 9.4 of 1964.",
            ),
            Slip(
                lambda: 86.2 - (RAISED_1957 + 9.4) / 2,
                "That takes off one normal year; there are six.",
            ),
            Slip(
                lambda: _coale(10.4) - _coale(RAISED_1957),
                "That is by how much the toll falls; the question asks for what is left.",
            ),
            Slip(
                lambda: _coale(10.4) * 5.90 / 6.88,
                "That scales the toll; only the end of the line is to be raised.",
            ),
            Slip(
                lambda: _coale(RAISED_1957, 9.4 * 6.88 / 5.90),
                "That raises both ends; for 1964 Coale and the yearbook have the same registered "
                "deaths.",
            ),
            Slip(
                lambda: RAISED_1957,
                "That is the new end of the line, the deaths of 1957; the line and the toll are "
                "still to be worked.",
            ),
            Slip(
                lambda: 57.4 - 6 * (5.90 + 8.02) / 2,
                "That is the line through registered deaths; the question is about corrected ones.",
            ),
            Slip(
                lambda: 57.4 - 6 * (6.88 + 8.02) / 2,
                "That is the line through registered deaths; the question is about corrected ones.",
            ),
        ),
    ),
    Exercise(
        id="52.4",
        name="dropped",
        kind=float,
        unit="million people",
        expected=_dropped,
        hints=(
            "By its births and deaths the register should have grown by so much, and by its "
            "own people it grew by so much less. How much less?",
            "closed.implied_growth is the first. The second is the difference of two numbers in "
            "the question.",
            "Take the second from the first.",
        ),
        after="So many people left the register between the two years, and no death of theirs was "
        "written down. Either they had been entered twice, or they had died and nobody had "
        "reported it, or they moved and were entered nowhere. So seven tenths of the gap need no "
        "census.",
        slips=(
            Slip(
                lambda: _balance("official").gap,
                "That is the gap to the censuses; the question sets the register against itself.",
            ),
            Slip(
                lambda: _register_growth(),
                "That is how much the register's people grew; by its births and deaths it should "
                "have been more.",
            ),
            Slip(
                lambda: _balance("official").implied_growth,
                "That is the growth by births and deaths; the growth of its people is still to be "
                "taken off.",
            ),
            Slip(
                lambda: _register_growth() - CENSUS_GROWTH,
                "That sets the register's people against the censuses; the question leaves the "
                "censuses out.",
            ),
            Slip(
                lambda: _national(MIDYEAR, 1964) - CENSUSES[1964],
                "That is how far register and census are apart in 1964; the question sets the "
                "register against itself.",
            ),
            Slip(
                lambda: CENSUSES[1953] - _national(MIDYEAR, 1953),
                "That is how far register and census are apart in 1953; the question sets the "
                "register against itself.",
            ),
            Slip(
                lambda: _balance("official").deaths,
                "Those are the deaths; the question asks for people who left the register "
                "otherwise.",
            ),
            Slip(
                lambda: _balance("official").births - _register_growth(),
                "That leaves the deaths in; take the registered ones off.",
            ),
            Slip(
                lambda: _balance("banister1984").implied_growth - _register_growth(),
                "That takes Banister's births and deaths; the question takes the register's.",
            ),
        ),
    ),
    Exercise(
        id="53.1",
        name="excess_with_leavers",
        kind=float,
        unit="deaths",
        expected=lambda: _kaijiang_excess(-5000),
        tolerance=0.004,
        hints=(
            "The county lost people in two ways now. Which of them is no death?",
            "Cao adds those who moved in, less those who moved out. Here nobody moved in.",
            "Take the excess worked out above, and leave out the people who went away alive.",
        ),
        after="One number that the book lacks moves the toll by a seventh. Had 5,000 come in "
        "from worse places instead, it would be as much larger. So Cao joined counties into "
        "prefectures: a road to the next county then crosses no border.",
        slips=(
            Slip(
                lambda: _kaijiang_excess(5000),
                "That counts those who left among the dead a second time.",
            ),
            Slip(
                _kaijiang_excess,
                "That is the excess if nobody moved; now 5,000 people went away.",
            ),
            Slip(
                lambda: _kaijiang_fall() - 5000,
                "That leaves out births and normal deaths: a fall in people is not yet a toll.",
            ),
            Slip(_kaijiang_fall, "That is the fall in people alone."),
            Slip(
                lambda: _kaijiang_excess(-5000) - _kaijiang_born(),
                "That leaves out those born in the four years: each of them filled a place.",
            ),
            Slip(
                lambda: _kaijiang_excess(-5000) + 4 * _kaijiang("deaths", 1957),
                "Those are deaths of every kind; take the normal ones off.",
            ),
            Slip(
                lambda: _kaijiang_excess(-5000) + 3 * _kaijiang("deaths", 1957),
                "That takes one normal year off; the fall runs over four.",
            ),
            Slip(
                lambda: _kaijiang_excess() + 4 * _kaijiang("deaths", 1957),
                "Those are all deaths of the book; normal ones and the people who left are in it.",
            ),
            Slip(
                lambda: _kaijiang_excess(-5000) - 2 * _kaijiang_born(),
                "That takes births off; a newborn fills the place of somebody who is gone.",
            ),
            Slip(
                lambda: _kaijiang_excess(-20_000),
                "That takes 5,000 off in each year; they are 5,000 in all.",
            ),
        ),
    ),
    Exercise(
        id="53.2",
        name="raised_1959",
        kind=float,
        unit="million deaths",
        expected=_raised,
        tolerance=0.004,
        hints=(
            "A rate is deaths per thousand people: which two columns of the table above belong in "
            "the product?",
            "The rate is that of registered_24_provinces, the people are those of official, both "
            "of 1959.",
            "Multiply rate and people and divide by a thousand.",
        ),
        after="About a fifth more than the nation's own register admits, if the missing regions "
        "died at the rate of the others. All deaths of 1959, no baseline taken off.",
        slips=(
            Slip(
                lambda: _provinces("deaths_million"),
                "Those are the deaths that 24 provinces registered; the question raises them to "
                "the whole nation.",
            ),
            Slip(
                lambda: _national("deaths_million"),
                "Those are the deaths by the nation's own register; the question puts the "
                "provinces' rate in its place.",
            ),
            Slip(
                lambda: _provinces(RATE, 1960) * _national(MIDYEAR, 1960) / 1000,
                "That is 1960; the question asks about 1959.",
            ),
            Slip(
                lambda: _provinces("deaths_million", 1960),
                "Those are the deaths that 24 provinces registered in 1960; the question asks "
                "about the nation in 1959.",
            ),
            Slip(
                lambda: _national(RATE) * _provinces(MIDYEAR) / 1000,
                "That takes the nation's rate and the provinces' people; the question has it "
                "the other way.",
            ),
            Slip(
                lambda: _raised() - _national("deaths_million"),
                "That is by how much the number rises; the question asks for all deaths.",
            ),
            Slip(
                lambda: _provinces("deaths_million") / 0.9,
                "That makes nine tenths whole; the table has the nation's people exactly.",
            ),
            Slip(
                lambda: (_provinces(RATE) - _national(RATE, 1957)) * _national(MIDYEAR) / 1000,
                "That takes a normal year off; the question asks for all deaths.",
            ),
            Slip(
                lambda: _provinces(RATE) * _national("population_yearend_million") / 1000,
                "That multiplies by the people of 31 December; a year's rate goes with those of "
                "mid-year.",
            ),
            Slip(
                lambda: _provinces(RATE),
                "That is the provinces' rate, per thousand people; the question asks for deaths.",
            ),
        ),
    ),
    Exercise(
        id="53.3",
        name="more_alive",
        kind=float,
        unit="million",
        expected=_more_alive,
        tolerance=0.02,
        hints=(
            "Work out first how many of a hundred small children of 1950 were alive in 1955.",
            "That share of the small children of 1955 would have been alive in 1960. Compare it "
            "with those who were.",
            "alive / young is the share of 1950–55; multiply it by the young of 1955 and take "
            "the result off those aged 5–9 in 1960.",
        ),
        after="More, not fewer, though the famine lies in these years. Five good and bad years "
        "are mixed, and children had been dying less and less. Against the past no famine is "
        "seen; against a continued fall there is one. It is the baseline again.",
        slips=(
            Slip(
                lambda: -_more_alive(),
                "That has the sign turned: more alive in 1960 than by the old share is above zero.",
            ),
            Slip(
                lambda: _aged(5, 1960) - _aged(5, 1955),
                "That compares two groups that began at different sizes.",
            ),
            Slip(
                lambda: _aged(5, 1960) - _aged(0, 1955),
                "Those are all who died in five years; some would have died by the old share too.",
            ),
            Slip(
                lambda: _aged(0, 1955) - _aged(5, 1960),
                "So many died in five years; some would have died by the old share too.",
            ),
            Slip(
                lambda: _aged(0, 1955) - _aged(5, 1960) - _aged(0, 1950) + _aged(5, 1955),
                "That compares numbers of deaths, in groups that began at different sizes.",
            ),
            Slip(
                lambda: _aged(0, 1955) * _aged(5, 1955) / _aged(0, 1950),
                "So many would have been alive by the old share; the question asks how far the "
                "living of 1960 differ from them.",
            ),
            Slip(
                lambda: _aged(0, 1955) - _aged(0, 1950),
                "That compares small children with small children: it shows births.",
            ),
            Slip(
                lambda: 100 * (_aged(5, 1960) / _aged(0, 1955) - _aged(5, 1955) / _aged(0, 1950)),
                "That is the difference of the shares, in a hundred; turn it into people.",
            ),
            Slip(
                lambda: _aged(5, 1960) / _aged(0, 1955) - _aged(5, 1955) / _aged(0, 1950),
                "That is the difference of the shares; multiply it by the young of 1955.",
            ),
            Slip(
                lambda: 1000 * _more_alive(),
                "That is in thousands; the question asks for millions.",
            ),
        ),
    ),
    Exercise(
        id="53.4",
        name="bad_year",
        kind=float,
        unit="years",
        expected=lambda: 0.55 * 60,
        hints=(
            "How many of the hundred live to sixty in the bad year?",
            "Add up the years that all hundred live; those who die in their first weeks add next "
            "to none.",
            "Divide the years of all by a hundred.",
        ),
        after="In the United Nations' table it is the China of 1960. In this village nobody dies "
        "at 33: a life expectancy is a mean over the very young and the old.",
        slips=(
            Slip(lambda: 0.45 * 60, "That takes the dead for the living: 55 of 100 live to sixty."),
            Slip(
                lambda: 60.0, "That is the age of those who live; the mean has all hundred in it."
            ),
            Slip(
                lambda: 0.55 * 48,
                "That starts from the mean of the ordinary year, in which the early deaths are "
                "already counted.",
            ),
            Slip(lambda: 0.35 * 60, "That adds 45 to the 20; in the bad year 45 die in all."),
            Slip(
                lambda: 60 - 45.0,
                "That takes people off years: share the years of all among a hundred.",
            ),
            Slip(lambda: 55.0, "So many live to sixty; turn them into years a head."),
            Slip(lambda: 55 * 60.0, "Those are the years of all hundred together."),
            Slip(lambda: 48.0, "That is the ordinary year."),
            Slip(lambda: 45.0, "So many die; the question asks for years a head."),
        ),
    ),
    Exercise(
        id="54.1",
        name="one_share",
        kind=float,
        unit="million deaths",
        expected=lambda: _register_toll() / 0.6,
        hints=(
            "Each death written down stands for more than one. Does that hold in 1957 too?",
            "Both sides of the subtraction are divided by the same share. What happens to the "
            "difference?",
            "Divide the toll by the share, written as a number below one.",
        ),
        after="One share for every year raises deaths, normal deaths and toll alike, by two "
        "thirds. Missing deaths alone take the toll to the middle twenties, and no further.",
        slips=(
            Slip(
                lambda: _register_toll() * 0.6,
                "That makes the toll smaller; sixty of a hundred were written down, so there "
                "were more deaths than the register has.",
            ),
            Slip(
                lambda: _register_toll() * 1.4,
                "That adds forty of a hundred to those written down; the forty are missing from "
                "the whole.",
            ),
            Slip(
                lambda: _register_toll() * 1.6,
                "That adds sixty of a hundred; sixty is the part that was written down.",
            ),
            Slip(
                lambda: _register_toll() / 0.4,
                "That divides by the share that was missed; the toll at hand is of those "
                "written down.",
            ),
            Slip(
                lambda: _excess("official", 0) / 0.6 - _normal_deaths(),
                "That raises the deaths of the famine and leaves the normal ones as they were; "
                "the share holds in every year.",
            ),
            Slip(
                lambda: _excess("official", 0) / 0.6,
                "Those are all deaths, raised; the normal ones, raised as well, are still to be "
                "taken off.",
            ),
            Slip(
                lambda: _normal_deaths() / 0.6,
                "Those are the normal deaths, raised; the question asks for the toll.",
            ),
            Slip(
                lambda: _register_toll(),
                "That is the toll of the deaths written down; of a hundred, forty were not.",
            ),
            Slip(
                lambda: 2 / 3 * _register_toll(),
                "That is what the correction adds; the question asks for the whole toll.",
            ),
            Slip(
                lambda: _toll("banister1984", "banister1984", 1957),
                "That is Banister's toll, whose share changes from year to year; here it is "
                "sixty of a hundred in each.",
            ),
        ),
    ),
    Exercise(
        id="54.2",
        name="half_corrected",
        kind=float,
        unit="million deaths",
        expected=lambda: _toll("banister1984", "official", 1957),
        hints=(
            "Two names hold the ingredients already: corrected deaths and a register baseline.",
            "The rates are `her_deaths`, the people `her_people`, and the baseline is `normal`.",
            "Use excess_deaths(years, …, …, window, normal) and take its .total.",
        ),
        after="Excess deaths 1958–61, births not counted, with famine years corrected and normal "
        "years not: print the label, and it says so. The 19 million above her own frozen 1957 are "
        "ordinary deaths that the register of 1957 missed.",
        slips=(
            Slip(
                lambda: _toll("banister1984", "banister1984", 1957),
                "That takes Banister's own 1957 as normal; the question takes the register's.",
            ),
            Slip(
                lambda: _excess("banister1984", _rate("banister1984", 1957), "official"),
                "That takes Banister's own 1957 as normal, and the register's people; the "
                "question takes the register's 1957.",
            ),
            Slip(
                lambda: _toll("banister1984", "banister1984", (1957, 1964), "line"),
                "That takes Banister's own line as normal; the question takes the register's 1957.",
            ),
            Slip(
                lambda: _toll("banister1984", "official", (1957, 1964), "line"),
                "That takes the register's line as normal; the question takes its 1957.",
            ),
            Slip(
                lambda: _toll("official", "official", 1957),
                "Those are the register's deaths above its own 1957; the question takes "
                "Banister's deaths.",
            ),
            Slip(
                lambda: _toll("banister1984", "official", 1957, window=(1958, 1962)),
                "That goes on to 1962; `window` ends with 1961.",
            ),
            Slip(
                lambda: _toll("banister1984", "official", 1957, window=(1959, 1961)),
                "That starts in 1959; `window` starts with 1958.",
            ),
            Slip(
                lambda: _excess("banister1984", _rate("official", 1957), "official"),
                "That gives Banister's rates the register's people; her own rates carry on "
                "another population.",
            ),
            Slip(
                lambda: _toll("official", "banister1984", 1957),
                "That has the halves the other way round: the register's deaths above "
                "Banister's normal.",
            ),
            Slip(
                lambda: (
                    _toll("banister1984", "official", 1957)
                    - _toll("banister1984", "banister1984", 1957)
                ),
                "That is what the change of baseline adds; the question asks for the toll itself.",
            ),
            Slip(
                lambda: _excess("banister1984", 0),
                "Those are all of Banister's deaths; those of a normal time are still to be "
                "taken off.",
            ),
            Slip(
                lambda: _excess("banister1984", 0, "official"),
                "Those are all deaths, a normal year not taken off.",
            ),
            Slip(
                lambda: _claim("S4-008", "value_low"),
                "That is Dikötter's figure; the question asks what this subtraction gives.",
            ),
        ),
    ),
    Exercise(
        id="54.3",
        name="new_toll",
        kind=float,
        unit="million deaths",
        expected=lambda: 70 - 15 * _person_years() / 1000,
        hints=(
            "A toll is what is left of all deaths when those of a normal time are taken off.",
            "Fifteen per thousand of 2,647 million: how many million is that?",
            "70 less 15 × 2,647 / 1000.",
        ),
        after="Close to Banister's toll for the same years, from another pair: she has 72 million "
        "deaths, and her normal rate falls from 18.1. A toll alone does not tell its pair.",
        slips=(
            Slip(
                lambda: 70 - 15,
                "That takes fifteen million off; fifteen is a rate, of each thousand people in "
                "each year.",
            ),
            Slip(
                lambda: 70 - 15 * _person_years() / 4000,
                "That takes the normal deaths of one year off; the window has four.",
            ),
            Slip(
                lambda: 15 * _person_years() / 1000,
                "Those are the normal deaths; the toll is what is left of all deaths.",
            ),
            Slip(
                lambda: 70 - 10 * _person_years() / 1000,
                "That takes ten per thousand as normal; this book takes fifteen.",
            ),
            Slip(
                lambda: 70 - _normal_deaths(),
                "That takes the register's 1957 as normal; this book takes fifteen per thousand.",
            ),
            Slip(
                lambda: 70 - 15 * _person_years((1958, 1962)) / 1000,
                "That takes five years of normal deaths off; the window has four.",
            ),
            Slip(
                lambda: 70 + 15 * _person_years() / 1000,
                "That adds the normal deaths; they are in the seventy already.",
            ),
            Slip(
                lambda: 70,
                "Those are deaths of every kind; those of a normal time are still to be taken off.",
            ),
            Slip(
                lambda: 70 - 15 * _person_years() / 10_000,
                "A rate is per thousand people; that divides by ten thousand.",
            ),
        ),
    ),
    Exercise(
        id="54.4",
        name="struck_gap",
        kind=float,
        unit="million people",
        expected=_struck,
        hints=(
            "Fewer deaths leave more survivors. Does the gap grow or shrink?",
            "The gap before is in `gap`, the deaths to strike are in `paper`.",
            "Every death struck between the censuses adds one survivor to what the rates imply.",
        ),
        after="Further from the censuses: whoever did not die is still to be counted. What Sun "
        "adds to close the gap comes next. (He himself puts 11 to 12 million on paper; his line is "
        "not known to us in full. That lesson 51 had 27.5 million missing, deaths and births "
        "together, is chance.)",
        slips=(
            Slip(
                lambda: _balance("official").gap - _paper(),
                "That makes the gap smaller; but people who did not die are still there to be "
                "counted.",
            ),
            Slip(
                lambda: _paper(),
                "Those are the deaths to be struck; the question asks what becomes of the gap.",
            ),
            Slip(
                lambda: _balance("official").gap,
                "That is the gap as it was; with fewer deaths more people should be there in 1964.",
            ),
            Slip(
                lambda: _balance("official").gap + _sun(),
                "That strikes the deaths Sun keeps; the question strikes the others, those on "
                "paper.",
            ),
            Slip(
                lambda: _balance("official").gap - _sun(),
                "That strikes the deaths Sun keeps, and with the wrong sign; fewer deaths leave "
                "more survivors.",
            ),
            Slip(
                lambda: _balance("official").gap + _paper() + _sun(),
                "That strikes every excess death, Sun's own too; the question strikes those on "
                "paper.",
            ),
            Slip(
                lambda: _balance("official").gap - _paper() - _sun(),
                "That strikes every excess death, and with the wrong sign; fewer deaths leave "
                "more survivors.",
            ),
            Slip(
                lambda: _balance("official").gap + _toll("official", "official", 1957) - _sun(),
                "That starts from the toll of 1958–61; Sun counts 1959–61 above a straight line.",
            ),
            Slip(
                lambda: _balance("banister1984").gap + _paper(),
                "That starts from Banister's gap; the deaths to be struck are the register's.",
            ),
            Slip(
                lambda: _paper() + _sun(),
                "Those are the registered excess deaths; the question asks what becomes of the "
                "gap.",
            ),
        ),
    ),
    Exercise(
        id="55.1",
        name="slip_gap",
        kind=float,
        unit="million people",
        expected=lambda: _gap(1, 0.6, 1),
        hints=(
            "Give `toll_and_gap` three shares. A register left as printed has a share of 1.",
            "Only the middle share is 0.60. The second of the two results is the gap.",
            "toll, gap = toll_and_gap(1, 0.60, 1)",
        ),
        after="So many people would have to be alive in 1964 whom the census did not find. The "
        "toll looks like 45 million, and nothing had to forbid it: its books do not close.",
        slips=(
            Slip(
                lambda: float(toll_and_gap(1, 0.6, 1)[0]),
                "That is the toll of this account; the question asks for its census gap.",
            ),
            Slip(
                lambda: -_gap(1, 0.6, 1),
                "Turn the sign: too few deaths are taken off, so too many people are left.",
            ),
            Slip(
                lambda: _gap(0.6, 1, 0.6),
                "That corrects the ordinary years and leaves the famine: the other way round.",
            ),
            Slip(
                lambda: _gap(0.6, 0.6, 0.6),
                "That corrects every year; here the ordinary years stay as printed.",
            ),
            Slip(lambda: _gap(1, 1, 1), "That corrects nothing; the famine's share is 0.60."),
            Slip(
                lambda: _gap(1, 0.6, 0.6),
                "That corrects the years after the famine as well; they stay as printed.",
            ),
            Slip(
                lambda: _gap(0.6, 0.6, 1),
                "That corrects the years before the famine as well; they stay as printed.",
            ),
            Slip(
                lambda: _balance("official").gap,
                "That is the register's own gap, with its own births and nothing corrected.",
            ),
        ),
    ),
    Exercise(
        id="55.2",
        name="below_register",
        kind=float,
        unit="of 100 accounts",
        expected=lambda: _below(_drawn().toll),
        tolerance=0.02,
        hints=(
            "`found.toll` holds the tolls of the accounts that close, and of no others.",
            "`found.toll < 15.3` is a long list of True and False; `.mean()` is the share of True.",
            "100 * (found.toll < 15.3).mean()",
        ),
        after="So the register's toll is no floor, though its deaths are incomplete in every one "
        "of these accounts: raised deaths raise the normal year as well.",
        slips=(
            Slip(
                lambda: _below(_drawn().all_tolls),
                "That counts accounts whose books do not close as well.",
            ),
            Slip(
                lambda: _below(_drawn().toll) / 100,
                "That is a share of one; the question asks how many of a hundred.",
            ),
            Slip(
                lambda: 100 - _below(_drawn().toll),
                "Those are the accounts with a larger toll; the question asks for the others.",
            ),
            Slip(
                lambda: float((_drawn().toll < 15.3).sum()),
                "That is their number; the question asks how many of a hundred.",
            ),
            Slip(
                lambda: 100 * float((_drawn().toll < 15.3).sum()) / _drawn().drawn,
                "That is a share of all draws; take it of those that close.",
            ),
            Slip(lambda: 5, "So many lie below the interval; 15.3 lies inside it."),
            Slip(
                lambda: 90, "So many lie in the interval; the question asks for those below 15.3."
            ),
        ),
    ),
    Exercise(
        id="55.3",
        name="upper_end",
        kind=float,
        unit="million deaths",
        expected=lambda: _drawn((0.65, 0.70, 0.90)).interval()[2],
        tolerance=0.02,
        hints=(
            "Do what was done for `failed`, with other numbers for the famine.",
            "`replace(STATED, famine=(0.65, 0.70, 0.90))`, then draw_china of it.",
            "Of the three numbers of `.interval()` the last: `.interval()[2]`.",
        ),
        after="The two intervals do not meet, and each was said to hold nine in ten. Nine in ten "
        "of what closes, if the statement holds: that is all an interval can promise.",
        slips=(
            Slip(
                lambda: _drawn((0.65, 0.70, 0.90)).interval()[0],
                "That is the lower end of the interval.",
            ),
            Slip(
                lambda: _drawn((0.65, 0.70, 0.90)).interval()[1],
                "That is the middle account; the question asks for an end of the interval.",
            ),
            Slip(
                lambda: _drawn((0.50, 0.55, 0.60)).interval()[2],
                "That is the upper end for the register that failed.",
            ),
            Slip(
                lambda: _drawn().interval()[2],
                "That is the upper end before anything was changed.",
            ),
            Slip(
                lambda: _drawn().interval()[0],
                "That is the lower end before anything was changed.",
            ),
            Slip(
                lambda: float(np.percentile(_drawn((0.65, 0.70, 0.90)).all_tolls, 95)),
                "That counts accounts whose books do not close as well.",
            ),
            Slip(
                lambda: float(np.percentile(_drawn().toll[_drawn().inputs["famine"] >= 0.65], 95)),
                "That is what the panel leaves of the old draws; draw anew, from what is stated.",
            ),
            Slip(
                lambda: _drawn((0.65, 0.70, 0.90)).interval(0.5)[2],
                "That is the end of the interval that holds half; take the one with nine in ten.",
            ),
        ),
    ),
    Exercise(
        id="55.4",
        name="ordinary_share",
        kind=float,
        unit="of 100 deaths",
        expected=lambda: _share_for(30),
        tolerance=0.02,
        hints=(
            "Follow the line to the height of 30 million and look down.",
            "In `closing` find the two rows between which the toll passes 30.",
            "It lies between 0.62 and 0.64, a little beyond the middle; times a hundred.",
        ),
        after="So the step from 30 to 45 is one of nine in a hundred ordinary deaths that were "
        "written down, or were not. Nobody counted them.",
        slips=(
            Slip(
                lambda: _share_for(15),
                "That is the share which closes at 15 million; the question asks of 30.",
            ),
            Slip(
                lambda: _share_for(45),
                "That is the share which closes at 45 million; the question asks of 30.",
            ),
            Slip(
                lambda: 100 * float(closing_shares([_share_for(30) / 100])[0][0]),
                "That is the share of famine deaths; the question asks of ordinary years.",
            ),
            Slip(
                lambda: _share_for(30) / 100,
                "That is a share of one; the question asks how many of a hundred.",
            ),
            Slip(
                lambda: 100 - _share_for(30),
                "Those are the deaths that were missed; the question asks for those written down.",
            ),
            Slip(
                lambda: _share_for(45) - _share_for(15),
                "That is how far the share moves from 15 to 45 million; the question asks where "
                "it is at 30.",
            ),
            Slip(lambda: 30, "That is the toll; the question asks for a share of deaths."),
        ),
    ),
    Exercise(
        id="56.1",
        name="above_1865",
        kind=float,
        unit="thousand deaths",
        expected=_above,
        hints=(
            "For each year: its rate less that of 1865, times its people; then add the three.",
            "`rates - rates[1865]` takes one rate from all; `.loc[1866:1868]` picks the years.",
            "((rates - rates[1865]) * people).loc[1866:1868].sum()",
        ),
        after="Seventy in a hundred of it fall in one year, 1868.",
        slips=(
            Slip(lambda: _died()[0], "Those are all deaths; the normal ones are to come off."),
            Slip(
                lambda: _above(year=1864),
                "That is above 1864; the question takes the rate of the year after it.",
            ),
            Slip(
                lambda: _above(year=1869),
                "That is above 1869, a year after the famine; the question takes the year before.",
            ),
            Slip(
                lambda: _died()[0] - _above(),
                "Those are the normal deaths; the question asks for the ones above them.",
            ),
            Slip(
                lambda: float(np.subtract([33.6, 38.1, 77.6], 24.9).sum()),
                "That adds rates; each is still to be multiplied by the people of its year.",
            ),
            Slip(
                lambda: _above() / 1000,
                "That is in millions; rates times millions of people are thousands.",
            ),
        ),
    ),
    Exercise(
        id="56.2",
        name="mismatched",
        kind=float,
        unit="thousand deaths",
        expected=lambda: _above(_finland(), _thinned()),
        hints=(
            "Corrected, the famine years have the rates of the complete book.",
            "The normal rate is that of 1865 in `kept_rates`.",
            "((rates - kept_rates[1865]) * people).loc[1866:1868].sum()",
        ),
        after="Two fifths too high: normal deaths that were not written down are counted among "
        "the dead of the famine. This is the subtraction of lesson 54 that gave 45.",
        slips=(
            Slip(_above, "That corrects 1865 as well; she takes it from the book as it stands."),
            Slip(
                lambda: _above(_thinned()),
                "That leaves the famine years as they stand in the book; she corrects them.",
            ),
            Slip(
                lambda: _above(_thinned(), _finland()),
                "That corrects 1865 and leaves the famine years: the other way round.",
            ),
            Slip(
                lambda: _died()[0],
                "Those are all deaths, corrected; a normal rate is still to come off.",
            ),
            Slip(
                lambda: _died()[0] - _above(_finland(), _thinned()),
                "Those are the normal deaths of her book; they are to be taken off all deaths.",
            ),
            Slip(
                lambda: _above(_finland(), _thinned()) / 1000,
                "That is in millions; rates times millions of people are thousands.",
            ),
        ),
    ),
    Exercise(
        id="56.3",
        name="vanishing_share",
        kind=float,
        unit="of 100 deaths",
        expected=_vanishing,
        hints=(
            "The book shows nothing above 1865 when its deaths of 1866–68 are those that its own "
            "rate of 1865 would bring.",
            "Its 1865 has 60 of 100 of the true rate: what part of all deaths of 1866–68 is that?",
            "60 times the normal deaths of three years, over all deaths of the three years.",
        ),
        after="Half as good as in an ordinary year, and a famine that killed one in fourteen is "
        "gone from the book. So a flat register is no proof of an ordinary year.",
        slips=(
            Slip(
                lambda: _vanishing(100),
                "That holds for a book that keeps every death of 1865; this one keeps 60 of 100.",
            ),
            Slip(
                lambda: 60 * 24.9 / 77.6,
                "That is for 1868 alone; the question asks for the three years.",
            ),
            Slip(
                lambda: _vanishing() / 100,
                "That is a share of one; the question asks how many of a hundred.",
            ),
            Slip(
                lambda: 100 - _vanishing(),
                "Those are the deaths that must be lost; the question asks for those kept.",
            ),
            Slip(
                lambda: _vanishing(45),
                "That takes 45 of 100 as kept in the ordinary year; it keeps 60.",
            ),
            Slip(lambda: 60, "That is the share of 1865; the famine's must be lower."),
        ),
    ),
    Exercise(
        id="56.4",
        name="registered_1930_33",
        kind=float,
        unit="of 100 deaths",
        expected=_in_register,
        hints=(
            "93.5 per cent are added to those in the register: 100 there become how many?",
            "Of 193.5 deaths 100 were in the register.",
            "100 / 1.935",
        ),
        after="About half. What is added and what is missing are shares of different things: 93.5 "
        "per cent of those registered are 48 of 100 that died.",
        slips=(
            Slip(
                lambda: 100 - _in_register(),
                "Those are the deaths that were not in it.",
            ),
            Slip(
                lambda: 6.5,
                "93.5 per cent are of the registered deaths, and not of all that occurred.",
            ),
            Slip(lambda: 93.5, "So many are added to each hundred registered."),
            Slip(lambda: 193.5, "So many died for each hundred in the register."),
            Slip(
                lambda: 100 / 1.597,
                "That is the share of 1927–29; take the row of 1930–33.",
            ),
            Slip(
                lambda: 100 / 1.235,
                "That is the share of 1934–36; take the row of 1930–33.",
            ),
            Slip(
                lambda: _in_register() / 100,
                "That is a share of one; the question asks how many of a hundred.",
            ),
        ),
    ),
    Exercise(
        id="57.1",
        name="calot_normal",
        kind=float,
        unit="deaths per thousand people a year",
        expected=_calot_normal,
        hints=(
            "Of the three parts of a toll you have two: deaths of every kind, and the toll. What "
            "is left when one is taken from the other?",
            "94.9 − 27 million normal deaths, in six years.",
            "1000 * (94.9 - 27) / (6 * 665.8)",
        ),
        after="Half as many again as the register has for 1957, and a sign to look for: whoever "
        "corrects the famine's deaths and prints a normal near eleven has corrected one half.",
        slips=(
            Slip(
                lambda: _calot_normal(0),
                "That is the rate of all deaths; those of the toll are to come off first.",
            ),
            Slip(
                lambda: 1000 * 27 / _calot(0)[1],
                "That is the rate of the deaths above normal; the question asks for the normal.",
            ),
            Slip(
                lambda: _calot_normal(years=1),
                "That divides the deaths of six years by the people of one.",
            ),
            Slip(
                lambda: _calot_normal(years=4),
                "That counts four years; his window has six.",
            ),
            Slip(
                lambda: _calot_normal(-27),
                "That adds the toll to the deaths; it is a part of them.",
            ),
            Slip(
                lambda: _calot()[0],
                "Those are the normal deaths in millions; a rate is for a thousand people.",
            ),
            Slip(
                lambda: _calot_normal() / 1000,
                "That is for one person; a rate is for a thousand.",
            ),
        ),
    ),
    Exercise(
        id="57.2",
        name="who_died",
        kind=float,
        unit="per cent of the difference",
        expected=_part_of_who_died,
        tolerance=0.015,
        hints=(
            "Three differences are in the table: toll, died, normal. The first is the second less "
            "the third.",
            '`same.loc["banister_falling", "died"]` picks one number.',
            "100 times the difference of the two died, over the difference of the two tolls.",
        ),
        after="The other quarter is normal deaths, of which the UN have more. Both are read off "
        "their rates, and say nothing yet of why.",
        slips=(
            Slip(
                lambda: 100 - _part_of_who_died(),
                "That is the part of the normal deaths; the question asks for the other.",
            ),
            Slip(
                lambda: _apart("died"),
                "That is in millions; the question asks for a share of the difference in tolls.",
            ),
            Slip(
                lambda: _apart("toll"),
                "That is the whole difference in millions; the question asks for a part of it.",
            ),
            Slip(
                lambda: 100 * _apart("died") / _same("un2024_line_1958_62", "died"),
                "That compares deaths with deaths; the question sets them against the difference "
                "in tolls.",
            ),
            Slip(
                lambda: 100 * _apart("died") / _same("banister_falling", "died"),
                "That compares deaths with deaths; the question sets them against the difference "
                "in tolls.",
            ),
            Slip(
                lambda: _part_of_who_died() / 100,
                "That is a share of one; the question asks for per cent.",
            ),
            Slip(
                lambda: 10_000 / _part_of_who_died(),
                "That is the wrong way round: the difference in tolls is the whole.",
            ),
        ),
    ),
    Exercise(
        id="57.3",
        name="deaths_needed",
        kind=float,
        unit="million deaths",
        expected=_needed,
        tolerance=0.005,
        hints=(
            "Whoever was born and did not add to the growth has died. Which growth is theirs?",
            "Their totals are in `theirs`; her births are `hers.births`.",
            "hers.births - raised",
        ),
        after="Some 15 million fewer than with the counts, and none of it from a year in "
        "particular. The two totals give a sum over eleven years.",
        slips=(
            Slip(
                lambda: _needed(*CENSUSES.values()),
                "That takes the growth as counted; the question takes the UN's totals.",
            ),
            Slip(
                lambda: _needed(first=CENSUSES[1953]),
                "That takes the first total as counted; the UN change it too.",
            ),
            Slip(
                lambda: _needed(second=CENSUSES[1964]),
                "That takes the second total as counted; the UN change it too.",
            ),
            Slip(
                lambda: 2 * _balance("banister1984").births - _needed(),
                "That adds the growth to the births; those who make it up are alive.",
            ),
            Slip(
                lambda: _balance("banister1984").births - _needed(),
                "That is the growth; the births that did not become growth are the deaths.",
            ),
            Slip(
                lambda: _needed(*CENSUSES.values()) - _needed(),
                "That is by how many they fall; the question asks how many are left.",
            ),
            Slip(
                lambda: _balance("official").births - (_balance("banister1984").births - _needed()),
                "That takes the register's births; the question takes hers.",
            ),
        ),
    ),
    Exercise(
        id="57.4",
        name="all_dead",
        kind=float,
        unit="million deaths",
        expected=_all_dead,
        hints=(
            "A toll is what is left when normal deaths are taken off. Go back: what was there "
            "before?",
            "Normal deaths: 16 for each thousand of 3,312 million.",
            "45 + 3312 * 16 / 1000",
        ),
        after="Some 17 million more than by Banister's rates, who has 81. So whoever prints 45 "
        "above a normal like hers must show so many more dead; above ten it need show none.",
        slips=(
            Slip(
                lambda: _all_dead(10),
                "That takes ten per thousand, as the critics do; here it is 16.",
            ),
            Slip(
                lambda: _all_dead() - 45,
                "Those are the normal deaths; the toll is to be added to them.",
            ),
            Slip(
                lambda: 90 - _all_dead(),
                "That takes the normal deaths off the toll; they are already off.",
            ),
            Slip(
                lambda: _all_dead(window=(1958, 1961)),
                "That counts four years; the window has five.",
            ),
            Slip(
                lambda: 45 + (_all_dead() - 45) / 5,
                "That adds the normal deaths of one year; the window has five.",
            ),
            Slip(
                lambda: taken_apart()["all"].iloc[2],
                "Those are Banister's deaths of every kind; with her normal they leave less "
                "than 45.",
            ),
            Slip(
                lambda: _all_dead() - taken_apart()["all"].iloc[2],
                "That is by how many they exceed Banister's; the question asks for all.",
            ),
        ),
    ),
]


GUESSES = [
    Guess(
        id="51.a",
        asks="If mortality had gone on falling as in 1953–57: a larger toll than 15.3, or a "
        "smaller one?",
        kind=str,
        choices=("larger", "smaller"),
        found=lambda: (
            "larger" if _trend_toll() > _toll("official", "official", 1957) else "smaller"
        ),
        says=lambda: f"larger: {_trend_toll():.1f} million, 1958–61, births not counted",
    ),
    Guess(
        id="51.b",
        asks="Of the 27.5 million missing against 1958: how many per cent were not born?",
        kind=float,
        unit="per cent",
        found=_births_among_missing,
        says=lambda: f"{_births_among_missing():.0f} per cent",
    ),
    Guess(
        id="52.a",
        asks="By how many million do the register's births and deaths miss the growth of 112 "
        "million between the censuses?",
        kind=float,
        unit="million people",
        found=lambda: _balance("official").gap,
        says=lambda: f"by {_balance('official').gap:.1f} million: they leave too many people",
    ),
    Guess(
        id="52.b",
        asks="The United Nations' rates are higher in every year. Against 1957: is the toll larger "
        "than 15.3, or smaller?",
        kind=str,
        choices=("larger", "smaller"),
        found=lambda: "larger" if _un_toll() > _toll("official", "official", 1957) else "smaller",
        says=lambda: f"smaller: {_un_toll():.1f} million, 1958–61, births not counted",
    ),
    Guess(
        id="53.a",
        asks="In Henan in 1960 the mean county had 39 deaths per thousand: how many had the county "
        "in the middle?",
        kind=float,
        unit="per thousand",
        found=lambda: _henan("median_death_rate_per_1000"),
        says=lambda: (
            f"{_henan('median_death_rate_per_1000'):.0f} per thousand; a tenth of the counties lay "
            f"above {_henan('p90_death_rate_per_1000'):.0f}"
        ),
    ),
    Guess(
        id="53.b",
        asks="Of a hundred excess deaths of 1955–65: how many were under five in 1955, or born "
        "later?",
        kind=float,
        unit="of a hundred",
        found=_young_share,
        says=lambda: f"{_young_share():.0f}, in the UN's reconstruction",
    ),
    Guess(
        id="54.a",
        asks="What parts the low ones of eighteen published tolls from the high: the years they "
        "cover, births counted as deaths, or neither?",
        kind=str,
        choices=("years", "births", "neither"),
        found=lambda: "neither",
        says="neither: all cover 1959–61, and none is known to count such births; they "
        "differ in whose deaths they count and in what they call normal",
    ),
    Guess(
        id="54.b",
        asks="45 above ten per thousand, 1958–62: how many deaths of every kind, beside the 81 "
        "million of Banister's rates?",
        kind=str,
        choices=("far more", "about as many", "far fewer"),
        found=lambda: "about as many",
        says=lambda: "about as many: {:.0f} million against {:.0f}".format(
            *taken_apart()["all"].iloc[[3, 2]]
        ),
    ),
    Guess(
        id="55.a",
        asks="Of a hundred draws from what is stated, how many close the two censuses within a "
        "million?",
        kind=float,
        unit="of a hundred",
        found=lambda: 100 * len(_drawn().toll) / _drawn().drawn,
        says=lambda: f"about {100 * len(_drawn().toll) / _drawn().drawn:.0f}",
    ),
    Guess(
        id="55.b",
        asks="Within the ranges stated, what moves the toll of closing accounts most: deaths "
        "written down in ordinary years, or in the famine, births, or counts?",
        kind=str,
        choices=("ordinary", "famine", "births", "counts"),
        found=lambda: next(iter(_drawn().tornado())),
        says=lambda: (
            "deaths written down in the famine: {:.0f} million where fewest were, {:.0f} "
            "where most".format(*_drawn().tornado()["famine"])
        ),
    ),
    Guess(
        id="56.a",
        asks="Finland's register, thinned as China's: of 134 thousand deaths above 1865, how many "
        "thousand does its reader find?",
        kind=float,
        unit="thousand deaths",
        found=lambda: _above(_thinned()),
        says=lambda: f"{_above(_thinned()):.0f} thousand, 1866–68, above its own 1865",
    ),
    Guess(
        id="56.b",
        asks="What brings a reader of a spoilt register nearer to the truth: another yardstick, or "
        "another correction?",
        kind=str,
        choices=("yardstick", "correction"),
        found=lambda: "correction",
        says="correction: eight yardsticks lie together in each of five corrections",
    ),
    Guess(
        id="57.a",
        asks="Seventeen accounts on the years 1958–61: do they lie further apart in who died, or "
        "in who would have died?",
        kind=str,
        choices=("who died", "who would have died"),
        found=lambda: "who died" if _spread("died") > _spread("normal") else "who would have died",
        says=lambda: (
            f"who died: {_spread('died'):.0f} million apart, against {_spread('normal'):.0f}; "
            "of the two beyond 30, both at second hand, it is the other way"
        ),
    ),
    Guess(
        id="57.b",
        asks="With the UN's census totals fifteen million fewer need have died in eleven years. "
        "What becomes of a toll of 30?",
        kind=str,
        choices=("about 15", "a little less", "more", "it cannot be said"),
        found=lambda: "it cannot be said",
        says=lambda: (
            "it cannot be said: {:.0f}, {:.0f} or {:.0f}, by the years they come from".format(
                *deaths_placed(un_censuses())["toll"]
            )
        ),
    ),
]
