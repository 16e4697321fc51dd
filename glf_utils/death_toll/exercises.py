"""Exercises of notebook 05: baseline, balance, ledger, places, paper, violence, halves, cells."""

from glf_utils.answers.checker import Exercise
from glf_utils.death_toll.choices import CENSUSES, all_cells, own_people
from glf_utils.death_toll.multiverse import shares_of_spread
from glf_utils.death_toll.rates import balance_gap, baseline_rates, excess_deaths
from glf_utils.tables import load


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
    rates = load("national_vital_rates").query("year == 1959").set_index("series")
    rate = rates.loc["registered_24_provinces", "death_rate_per_1000"]
    return rate * rates.loc["official", "population_midyear_million"] / 1000


def _struck():
    low = load("death_toll_estimates").set_index("estimate_id").loc["sun2011"]
    paper = _toll("official", "official", (1957, 1964), "line", (1959, 1961))
    return _balance("official").gap + paper - low["estimate_central_million"]


def _at_eight():
    claims = load("account_claims").set_index("claim_id")
    return float(claims.loc["S4-010", "value_low"] / claims.loc["S4-009", "value_high"] * 100)


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
        hints=(
            "Only the baseline changes. Which cell above made it, and which year stands there?",
            'Make a new baseline with baseline_rates(years, deaths, "year", …) for the new year.',
            "Give that baseline to excess_deaths in place of normal and take its .total.",
        ),
        after="About three million fewer, by moving one year: 1958 already holds famine deaths. "
        "Still excess deaths 1958–61, births not counted.",
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
    ),
    Exercise(
        id="5.4",
        name="raised_1959",
        kind=float,
        unit="million deaths",
        expected=_raised,
        hints=(
            "A rate is deaths per thousand people: which two columns of the table above belong in "
            "the product?",
            "The rate is that of registered_24_provinces, the people are those of official, both "
            "of 1959.",
            "Multiply rate and people and divide by a thousand.",
        ),
        after="About a fifth more than the nation's own register admits, if the missing regions "
        "died at the rate of the others. All deaths of 1959, no baseline taken off.",
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
    ),
]
