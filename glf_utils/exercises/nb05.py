"""Exercises of notebook 05: a baseline, a balance, a quantity, a mismatch."""

from ..data import load
from ..mortality import balance_gap, baseline_rates, excess_deaths
from .checker import Exercise


def _series(name):
    table = load("national_vital_rates")
    rows = table[(table["series"] == name) & table["year"].between(1953, 1965)]
    return rows.sort_values("year")


def _toll(famine, normal, year):
    rows, people = _series(famine), _series("official")["population_midyear_million"]
    years = rows["year"]
    baseline = baseline_rates(years, _series(normal)["death_rate_per_1000"], "year", year)
    window = (1958, 1961)
    return excess_deaths(years, rows["death_rate_per_1000"], people, window, baseline).total


def _mixed_gap():
    register, banister = _series("official"), _series("banister1984")
    counts = load("censuses").query(
        "indicator == 'total_population' and source in ['census1953', 'census1964']")
    census = dict(zip(counts["census_year"], counts["value"], strict=True))
    return balance_gap(
        register["year"], banister["birth_rate_per_1000"], register["death_rate_per_1000"],
        register["population_midyear_million"], census).gap


def _quantity():
    rows = load("death_toll_estimates").query("estimate_id in ['ashton1984', 'banister1984']")
    (quantity,) = rows["quantity"].unique()
    return quantity


EXERCISES = [
    Exercise(
        id="5.1", name="toll_1958", kind=float, unit="million deaths",
        expected=lambda: _toll("official", "official", 1958),
        hints=(
            "Only the baseline changes. Which cell above made it, and which year stands there?",
            "Make a new baseline with baseline_rates(years, deaths, \"year\", …) for the new year.",
            "Give that baseline to excess_deaths in place of normal and take its .total.",
        ),
        after="About three million fewer, by moving one year: 1958 already holds famine deaths. "
        "Still excess deaths 1958–61, births not counted.",
    ),
    Exercise(
        id="5.2", name="mixed_gap", kind=float, unit="million people",
        expected=_mixed_gap,
        hints=(
            "balance_gap takes birth rates and death rates separately: they may come from two "
            "tables.",
            "Births from banister, deaths from register; years, people and census stay.",
            "Read off .gap, which is what the rates leave minus what the censuses counted.",
        ),
        after="If the survey's births are right, that many deaths between the censuses were never "
        "registered. The toll depends on how many of them fall in ordinary years.",
    ),
    Exercise(
        id="5.3", name="what_is_counted", kind=str,
        choices=("excess deaths", "abnormal deaths", "deaths from starvation", "population loss"),
        expected=_quantity,
        hints=(
            "The table names what each author counted in one of its columns.",
            "Read the column quantity for the two rows, and compare with section 1.",
            "Both authors subtract the deaths a normal year would have brought.",
        ),
        after="So the thirty million of S2 is a fair report of the number and a loose one of the "
        "thing: hunger kills mostly through disease, and few causes of death were recorded.",
    ),
    Exercise(
        id="5.4", name="half_corrected", kind=float, unit="million deaths",
        expected=lambda: _toll("banister1984", "official", 1957),
        hints=(
            "Two names hold the ingredients already: corrected deaths and a register baseline.",
            "The rates are those of banister; the baseline is normal from section 3.",
            "Use excess_deaths(years, rates, people, window, baseline) and take its .total.",
        ),
        after="Excess deaths 1958–61, births not counted, with famine years corrected and normal "
        "years not. The extra deaths are ordinary ones that the register of 1957 missed.",
    ),
]
