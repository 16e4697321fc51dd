"""Titles, conclusions and answers rest on checked rows and state the conditions they hang on."""

import re
import sys
from importlib import import_module

import nbformat
import numpy as np
import pandas as pd
import pytest
from lesson_minutes import NOTEBOOKS
from problem_sets import SOURCES, ProblemSet

from glf_utils import load
from glf_utils.answers import assigned
from glf_utils.answers.asked import PARTS
from glf_utils.commune_structure import figures as communes
from glf_utils.commune_structure import hands_figures as hands
from glf_utils.death_toll import cohort_figures as cohorts
from glf_utils.death_toll import known_figures as known
from glf_utils.death_toll import ledger_figures as ledgers
from glf_utils.death_toll import lifespan_figures as lives
from glf_utils.death_toll import place_figures as registered
from glf_utils.death_toll.toll_figures import tolls_beside
from glf_utils.procurement_and_hunger import bowl_figures as bowls
from glf_utils.procurement_and_hunger import campaign_figures as campaign
from glf_utils.procurement_and_hunger import cause_figures as rivals
from glf_utils.procurement_and_hunger import figures as grain
from glf_utils.procurement_and_hunger import place_figures as districts
from glf_utils.procurement_and_hunger import reach_figures as reach
from glf_utils.procurement_and_hunger import recovery_figures as recovery
from glf_utils.procurement_and_hunger import village_figures as village
from glf_utils.procurement_and_hunger.exercises import AS_IT_WAS
from glf_utils.prose import DATE, markdown_of, numbers, ties, worked
from glf_utils.soviet_model import evidence
from glf_utils.soviet_model import figures as planning
from glf_utils.start import figures as start
from glf_utils.statistics_inflation import country_figures as hierarchy
from glf_utils.statistics_inflation import figures as reporting
from glf_utils.weighing_the_sources import collision_figures as collisions

CHECKED = {  # columns of a row that rest on checked rows even where others do not
    "account_claims": ["value_low", "value_high"],  # as quoted; the grade is of what decides it
    "food_balance": [
        "output_million_t",
        "exports_million_t",
        "imports_million_t",
        "population_yearend_million",
        "rural_population_million",
    ],
}
NOT_VALUES = re.compile(r"year|period|age_|tile|size_class|gbt")


def shaken(name, by=1.1):
    """A table whose unchecked rows, and the rows derived from such rows, say a tenth more."""
    table = load(name).copy()
    if "verification" not in table:
        return table
    loose = table["verification"] == "unchecked"
    if "rests_on_unchecked" in table:
        loose |= table["rests_on_unchecked"]
    for column in table.select_dtypes("number"):
        if not NOT_VALUES.search(column) and column not in CHECKED.get(name, ()):
            table[column] = table[column].astype(float).mask(loose, table[column] * by)
    return table


def conclusions(path):
    """The bullets of the closing section."""
    text = markdown_of(path)
    text = re.search(r"What the evidence allows us to say\n(.*?)\n## ", text, re.DOTALL)[1]
    return re.findall(r"(?m)^- .*$", text)


def agree(expression):
    """Whether what a tie works out stays when the unchecked rows move."""
    stays, moved = worked(expression).value, worked(expression, load=shaken).value
    return abs(stays - moved) < 1e-9 if isinstance(stays, float | int) else stays == moved


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_numbers_of_conclusions_rest_on_checked_rows(path):
    said = [tie for bullet in conclusions(path) for tie in ties(bullet) if tie.kind != "@"]
    assert [tie.said for tie in said if not agree(tie.to)] == []


def bare(bullet):
    """Numbers that are not tied, apart from years, days, ranges of years and names such as S1."""
    tied = {tie.start for tie in ties(bullet)}
    for number in numbers(bullet):
        name = re.match(r"\u00a0", bullet[number.end() :])
        year = re.fullmatch(r"(?:19|20)\d\d", number[0]) or re.search(
            r"\b(?:19|20)\d\d[–-]$", bullet[: number.start()]
        )
        if number.start() not in tied and not (name or year or re.fullmatch(DATE, number[0])):
            yield number[0]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_numbers_of_conclusions_are_tagged(path):
    assert [number for bullet in conclusions(path) for number in bare(bullet)] == []


def test_the_shaking_is_felt():
    """The course's own example: the split of China's investment is unchecked."""
    split = (
        "one('model_parameters', \"parameter == 'split' and source == 'compiled' and "
        "note.str.startswith('36.2')\", 'value_low')"
    )
    assert not agree(split)
    assert agree("one('grain_national', \"series == 'procurement_linyang' and year == 1959\")")
    assert list(bare("- In 1958–61 S1 has 10 to 18 years <!--= 18 -->, not 23.")) == ["10", "23"]


# -- titles --------------------------------------------------------------------------------------

FIGURES = {
    "harvest_claims": lambda read: start.plot_harvest_claims(read("targets_and_claims")),
    "half": lambda read: planning.half_of_the_ussr(
        evidence.four_measures(read("soviet_comparison"))
    ),
    "accumulation": lambda read: planning.accumulation(read("investment_and_labour")),
    "pledge": lambda read: planning.steel_pledge(
        read("targets_and_claims"), read("steel_and_industry")
    ),
    "share_needed": lambda read: planning.share_needed(
        read("grain_national"), read("investment_and_labour")
    ),
    "deliveries": lambda read: planning.soviet_deliveries(read("soviet_trade_and_aid")),
    "farms": lambda read: communes.two_farms(read("organisation")),
    "rungs": lambda read: communes.ladder(read("organisation"), read("tuanwan_1960")),
    "halls": lambda read: communes.hall_story(read("mess_halls")),
    "water": lambda read: hands.people_on_the_water(
        read("mobilisation"), read("investment_and_labour")
    ),
    "hands": lambda read: hands.hands_claimed(
        read("account_claims"), read("investment_and_labour")
    ),
    "worth": lambda read: hands.worth_of_a_hand(read("investment_and_labour"), 200),
    "classes": lambda read: communes.size_classes(read("organisation")),
    "income": lambda read: communes.income_shares(read("distribution_rules")),
    "fields": lambda read: reporting.plot_field_claims(read("field_claims")),
    "beliefs": lambda read: reporting.plot_beliefs(read("targets_and_claims")),
    "ladder": lambda read: reporting.plot_ladder(read("targets_and_claims")),
    "levels": lambda read: reporting.plot_levels(read("reporting_errors")),
    "provinces": lambda read: hierarchy.plot_provinces(
        read("provincial_output_1958"), read("provincial_grain"), read("provinces")
    ),
    "left": lambda read: grain.plot_taken_and_left(read("grain_national")),
    "balance": lambda read: bowls.plot_balance(read("food_balance")),
    "bins": lambda read: bowls.plot_bins(read("food_balance"), read("targets_and_claims")),
    "communes": lambda read: bowls.plot_communes(read("provincial_grain"), AS_IT_WAS),
    "thresholds": lambda read: grain.plot_thresholds(
        read("food_balance"), read("targets_and_claims")
    ),
    "deaths": lambda read: districts.plot_grain_and_deaths(
        read("provincial_grain"), read("provincial_vital_rates"), read("provinces")
    ),
    "tolls": lambda read: tolls_beside(read("death_toll_estimates")),
    "tasks": lambda read: campaign.plot_tasks(read("xinyang_1959_60")),
    "known": lambda read: campaign.plot_known_and_reported(read("xinyang_1959_60")),
    "beaten": lambda read: campaign.plot_beaten_shares(
        read("xinyang_1959_60"), read("account_claims")
    ),
    "causes": lambda read: rivals.who_explains_what(read("rival_causes")),
    "sizes": lambda read: rivals.grain_by_size(read("grain_national")),
    "tiles": lambda read: registered.tile_map(read("provinces"), read("provincial_vital_rates")),
    "counties": lambda read: registered.counties(read("county_mortality"), read("provinces")),
    "ages": lambda read: cohorts.missing_by_age(read("age_structure"), read("mortality_by_age")),
    "lives": lambda read: lives.two_countries(read("life_expectancy")),
    "nearest": lambda read: known.who_comes_nearest(read("famine_registers")),
    "one year": lambda read: known.one_year_of_life(read("famine_ages")),
    "dead by age": lambda read: known.dead_by_age(read("famine_ages")),
    "ledgers": lambda read: ledgers.two_ledgers(read("national_vital_rates")),
    "books": lambda read: ledgers.own_books(read("national_vital_rates")),
    "village": lambda read: village.plot_dead(read("tuanwan_1960")),
    "residence": lambda read: reach.plot_town_and_village(read("national_vital_rates")),
    "order": lambda read: recovery.plot_order(read("national_vital_rates"), read("grain_national")),
    "steps": lambda read: recovery.plot_steps(
        read("grain_national"), read("investment_and_labour")
    ),
    "sold": lambda read: recovery.plot_state_account(read("grain_national")),
    "after": lambda read: recovery.plot_provinces(
        read("provincial_vital_rates"), read("provincial_grain"), read("provinces")
    ),
    "minorities": lambda read: reach.plot_within_provinces(
        read("county_groups"), read("provinces")
    ),
    "pedigree": lambda read: collisions.plot_pedigree(read("account_pedigree")),
    "fields and yield": lambda read: collisions.plot_fields_and_yield(read("grain_national")),
    "stop": lambda read: collisions.plot_who_said_stop(
        read("timeline"), read("national_vital_rates")
    ),
    "levers": lambda read: collisions.plot_levers(read("grain_national")),
}


@pytest.mark.parametrize("name", FIGURES)
def test_titles_rest_on_checked_rows(name):
    draw = FIGURES[name]
    assert draw(load).description.finding == draw(shaken).description.finding


CONDITIONS = r"\b(?:reconstruction|model\w*|suppos\w+|assum\w+|if|by the (?:\w+ )?rule\w*|at a need of)\b|λ\*"


def titles_and_captions(path):
    for cell in nbformat.read(path, 4).cells:
        for place, output in enumerate(cell.get("outputs", [])):
            if "image/png" in output.get("data", {}):
                yield cell.outputs[place + 1]["data"]["text/plain"].split("\n")[:2]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_titles_of_models_say_that_they_are(path):
    found = [
        title
        for title, caption in titles_and_captions(path)
        if re.search(r"teaching assumption|A model\b|^Model\b", caption)
        and not re.search(CONDITIONS, title, re.IGNORECASE)
    ]
    assert found == []


# -- answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_answers_rest_on_checked_rows(part, monkeypatch):
    module = import_module(f"glf_utils.{part}.exercises")
    right = {exercise.id: exercise.expected() for exercise in module.EXERCISES}
    readers = [found for name, found in sys.modules.items() if name.startswith("glf_utils.")]
    for reader in readers:
        if getattr(reader, "load", None) is load:
            monkeypatch.setattr(reader, "load", shaken)
    forget(module)
    moved = {exercise.id: exercise.expected() for exercise in module.EXERCISES}
    forget(module)
    assert pd.Series(moved).equals(pd.Series(right))


def forget(module):
    """Let a module work out again what it keeps."""
    for kept in vars(module).values():
        if hasattr(kept, "cache_clear"):
            kept.cache_clear()


def graded(problems, person, monkeypatch):
    """The right answers that the hidden tests of a set work out for one student."""
    answers, award = {}, assigned.award

    def noting(points, name, right, *others, **more):
        answers[name] = right
        return award(points, name, right, *others, **more)

    with monkeypatch.context() as patch:
        patch.setattr(assigned, "award", noting)
        problems.run(pick=lambda name, options: person[name])
    return answers


def same(one, other):
    try:
        return np.allclose(np.asarray(one, float), np.asarray(other, float), rtol=1e-9)
    except (TypeError, ValueError):
        return one == other


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_graded_answers_rest_on_checked_rows(path, monkeypatch):
    problems = ProblemSet(path)
    everybody = problems.everybody()
    ours = [
        module
        for name, module in sys.modules.items()
        if name.startswith("glf_utils") and getattr(module, "load", None) is load
    ]
    for person in (everybody[0], everybody[-1]):
        right = graded(problems, person, monkeypatch)
        with monkeypatch.context() as patch:
            for module in ours:
                patch.setattr(module, "load", shaken)
            moved = graded(problems, person, monkeypatch)
        assert len(right) >= 6
        assert [name for name in right if not same(right[name], moved[name])] == []
