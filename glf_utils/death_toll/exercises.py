"""Exercises of notebook 05: baseline, balance, ledger, places, paper, violence, halves, cells."""

from glf_utils.answers import Exercise, Slip
from glf_utils.death_toll.choices import CENSUSES, all_cells, own_people
from glf_utils.death_toll.multiverse import shares_of_spread
from glf_utils.death_toll.rates import balance_gap, baseline_rates, excess_deaths
from glf_utils.tables import load, one

RATE = "death_rate_per_1000"
MIDYEAR = "population_midyear_million"
CENSUS_GROWTH = CENSUSES[1964] - CENSUSES[1953]


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


def _quantity():
    rows = load("death_toll_estimates").query("estimate_id in ['ashton1984', 'banister1984']")
    (quantity,) = rows["quantity"].unique()
    return quantity


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


def _violent():
    """Million people killed by violence, at least, by S4."""
    return _claim("S4-010", "value_low")


def _violent_share():
    return _claim("S4-009", "value_high") / 100


def _at_eight():
    return _violent() / _violent_share()


def _leader():
    cells = all_cells()
    plain = [name for name in cells.options["baseline"] if "trend" not in name]
    shares = shares_of_spread(cells.where(baseline=plain))
    return max(shares, key=shares.get)


EXERCISES = [
    Exercise(
        id="5.1",
        name="toll_1958",
        kind=float,
        unit="million deaths",
        expected=lambda: _toll("official", "official", 1958),
        tolerance=0.004,
        hints=(
            "Only the baseline changes. Which cell above made it, and which year stands there?",
            'Make a new baseline with baseline_rates(years, deaths, "year", …) for the new year.',
            "Give that baseline to excess_deaths in place of normal and take its .total.",
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
        id="5.2",
        name="mixed_gap",
        kind=float,
        unit="million people",
        expected=_mixed,
        hints=(
            "Births less deaths is the growth that both together imply. Each stands in one of the "
            "two balances above.",
            "fits.births are hers, closed.deaths the register's, all in millions.",
            "Take closed.counted_growth off, as .gap does.",
        ),
        after="If the survey's births are right, that many deaths between the censuses were never "
        "registered. The toll depends on how many of them fall in ordinary years.",
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
        id="5.3",
        name="what_is_counted",
        kind=str,
        choices=("excess deaths", "abnormal deaths", "deaths from starvation", "population loss"),
        expected=_quantity,
        hints=(
            "The table names what each author counted in one of its columns.",
            "Read the column quantity for the rows above, and compare with section 1.",
            "These authors subtract the deaths a normal year would have brought.",
        ),
        after="So the thirty million of S2 is a fair report of the number and a loose one of the "
        "thing: hunger kills mostly through disease. Lost births stand in a column of their own.",
        slips=(
            Slip(
                "deaths from starvation",
                "That is S2's word; these authors do not know the causes of the deaths they count.",
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
        id="5.4",
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
        id="5.5",
        name="struck_gap",
        kind=float,
        unit="million people",
        expected=_struck,
        hints=(
            "Fewer deaths leave more survivors. Does the gap grow or shrink?",
            "The gap of section 3 is in closed.gap; the deaths to strike are in paper.",
            "Every death struck between the censuses adds one survivor to what the rates imply.",
        ),
        after="Further from the censuses, unless births are struck as well or the census of 1964 "
        "missed people. That is a demand on the argument and no refutation of it. (Sun himself "
        "puts 11 to 12 million on paper; his line is not known to us in full.)",
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
                "That uses the toll of section 2; Sun counts 1959–61 above a straight line.",
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
        id="5.6",
        name="total_at_8",
        kind=float,
        unit="million deaths",
        expected=_at_eight,
        hints=(
            "A part is its share times the whole. Which of the three is asked for?",
            "The part is in the table above, in millions; the share is the higher one.",
            "Divide the part by the share, written as a number below one.",
        ),
        after="At six per cent it is about 42 million. Unless 2.5 is a mere floor, share and "
        "number fit a toll between the two, not S4's own 45. A test of arithmetic, no estimate.",
        slips=(
            Slip(
                lambda: _violent() * _violent_share(),
                "That is the part of a part; the question has the part and asks for the whole.",
            ),
            Slip(
                lambda: 100 * _violent() / _claim("S4-009", "value_low"),
                "That is the toll at the lower share; the question takes the higher.",
            ),
            Slip(
                lambda: 100 * _violent() / _claim("S4-008", "value_low"),
                "That is the share which the part makes of S4's own toll; the question asks of "
                "which toll it is eight per cent.",
            ),
            Slip(
                lambda: _claim("S4-008", "value_low"),
                "That is S4's own toll, of which the part is less than eight per cent.",
            ),
            Slip(
                lambda: _violent_share() * _claim("S4-008", "value_low"),
                "That is eight per cent of S4's toll; the question starts from the part, 2.5.",
            ),
            Slip(
                lambda: _claim("S4-009", "value_low") / 100 * _claim("S4-008", "value_low"),
                "That is six per cent of S4's toll; the question starts from the part, 2.5.",
            ),
            Slip(
                lambda: 100 * _violent_share() / _violent(),
                "That divides the share by the part; the whole is larger than its part.",
            ),
            Slip(
                lambda: 100 * _violent_share() * _violent(),
                "That is eight times the part; eight per cent is not eight.",
            ),
            Slip(
                lambda: 100 * _violent() / 7,
                "That takes the middle of the two shares; the question takes the higher.",
            ),
            Slip(
                lambda: _at_eight() - _violent(),
                "Those are the others, without the part itself; the question asks for the whole.",
            ),
            Slip(lambda: _violent(), "That is the part; the question asks for the whole."),
        ),
    ),
    Exercise(
        id="5.7",
        name="half_corrected",
        kind=float,
        unit="million deaths",
        expected=lambda: _toll("banister1984", "official", 1957),
        hints=(
            "Two names hold the ingredients already: corrected deaths and a register baseline.",
            "The rates and people are Banister's; the baseline is normal from section 2.",
            "Use excess_deaths(years, rates, people, window, baseline) and take its .total.",
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
                "That is S4's figure; the question asks what this subtraction gives.",
            ),
        ),
    ),
    Exercise(
        id="5.8",
        name="leading_choice",
        kind=str,
        choices=("series", "register", "baseline", "window", "netting"),
        expected=_leader,
        hints=(
            "Give cells.where(baseline=…) the names that remain, then take the shares again.",
            "The largest number names the choice; interaction and overlap are no choices.",
            "Think of what the crosses in the figure have in common.",
        ),
        after="With the trends in, whose deaths one believes leads; without them, what one calls "
        "normal. The order is a property of the menu, not of the famine.",
        slips=(
            Slip(
                "series",
                "With the trends in and mismatched cells out it led; the question changes both.",
            ),
            Slip("register", "Raising the register or not moves these cells hardly at all."),
            Slip("window", "A year more or less at the ends moves these cells little."),
            Slip("netting", "Counting years below normal or not moves these cells hardly at all."),
        ),
    ),
]
