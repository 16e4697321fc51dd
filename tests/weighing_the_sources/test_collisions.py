"""Collisions: fields and yields from two means, acts by date, grain as bread, a yardstick for lives."""

import pytest

from glf_utils import load
from glf_utils.procurement_and_hunger.evidence import grain_moved
from glf_utils.procurement_and_hunger.model import people_fed
from glf_utils.tables import one
from glf_utils.weighing_the_sources import collision_figures as figures
from glf_utils.weighing_the_sources import evidence
from glf_utils.weighing_the_sources.sliders import explore_yardstick


@pytest.fixture
def grain():
    return load("grain_national")


@pytest.fixture
def rates():
    return load("national_vital_rates")


def test_a_year_worked_from_two_means_is_that_year():
    first, second, third = 87.0, 73.0, 77.0
    three, two = (first + second + third) / 3, (second + third) / 2
    assert evidence.year_left(three, two) == pytest.approx(first)


def test_the_harvest_of_1959_worked_from_kueh_is_that_of_the_yearbook(grain):
    table, rows = evidence.left_of_1957(grain)
    official = "series == 'output_official_revised' and year == "
    printed = 100 * one(grain, official + "1959") / one(grain, official + "1957")
    assert table.loc["1959", "harvest"] == pytest.approx(printed, abs=0.5)
    assert set(rows["verification"]) == {"primary"}


def test_fields_times_yield_are_the_harvest_and_rounding_is_kept(grain):
    table, _ = evidence.left_of_1957(grain)
    assert (table["fields"] * table["yield"] / 100).tolist() == pytest.approx(
        table["harvest"].tolist()
    )
    for year in table.index:
        for what in ("harvest", "yield", "fields"):
            low, value, high = table.loc[year, [f"{what}_low", what, f"{what}_high"]]
            assert low < value < high
    assert table.loc["1959", "yield_high"] - table.loc["1959", "yield"] == pytest.approx(2.5)


def test_the_title_follows_what_kueh_printed(grain):
    assert (
        "loss of 1959 lies in the fields"
        in figures.plot_fields_and_yield(grain).description.finding
    )
    grain = grain.copy()
    later = (grain["series"] == "yield_change_since_1957_kueh") & (
        grain["period_start_year"] == 1959
    )
    grain.loc[later, "value"] = -19
    assert (
        "loss of 1959 lies in the yield" in figures.plot_fields_and_yield(grain).description.finding
    )


def test_acts_stand_in_the_timeline_and_none_is_unread():
    found = evidence.acts(load("timeline"))
    assert set(found["date"]) == set(evidence.READINGS)
    assert "unchecked" not in set(found["verification"])
    assert set(figures.SHORT) == set(evidence.READINGS)


def test_one_event_of_a_day_is_taken_and_it_is_the_one_meant():
    events = load("timeline")
    found = evidence.acts(events)
    for day in found["date"]:
        assert len(events.query("date == @day and verification != 'unchecked'")) == 1, day


@pytest.mark.parametrize(
    "readings, said",
    [({"1958-06-19": "louder"}, "not louder"), ({"1958-06-18": "up"}, "no event of 1958-06-18")],
)
def test_a_reading_that_does_not_fit_is_refused(readings, said):
    with pytest.raises(ValueError, match=said):
        evidence.acts(load("timeline"), readings)


def test_most_acts_of_the_cautious_months_ease_and_none_of_the_others_before_the_end():
    """As the title of the figure says."""
    found = evidence.acts(load("timeline"))
    inside = found["date"].between("1958-11-02", "1959-07-22")
    eased = found["reading"] == "down"
    assert eased[inside].mean() > 0.5
    outside = found[~inside & (found["date"] < "1960-11-03")]
    assert set(outside["reading"]) == {"up"}


def test_person_years_are_those_of_part_4():
    assert evidence.person_years(6.6) == pytest.approx(people_fed(6.6))
    assert evidence.person_years(6.6, 3400, 1500) == pytest.approx(people_fed(6.6, 3400, 1500))


def test_levers_are_the_tonnes_of_part_4(grain):
    table, _ = evidence.levers(grain)
    sizes, _ = grain_moved(grain)
    ours = table["million_t"].drop(["wheat that Japan offered", evidence.RELIEF]).tolist()
    theirs = sizes[~sizes.index.str.startswith("sold back")]
    assert ours == pytest.approx(sorted(theirs, reverse=True))
    doubled, _ = evidence.levers(grain, kcal_per_day=1000)
    assert (doubled["million_person_years"] / table["million_person_years"]).tolist() == (
        pytest.approx([2] * len(table))
    )


def test_relief_and_take_are_both_counted_beyond_another_year(grain):
    """Whole for whole the villages gave three times what they got back; so they do beyond it."""
    table, _ = evidence.levers(grain)
    back = one(grain, "series == 'grain_year_rural_sales'")
    after = one(grain, "series == 'grain_year_rural_sales_notice' and period_end_year == 1962")
    assert table["million_t"][evidence.RELIEF] == pytest.approx(back - after)
    taken = one(grain, "series == 'procurement_linyang' and year == 1959")
    assert table["million_t"][evidence.TAKEN] < taken
    usual = grain.query("series.str.startswith('procurement_') and year == 1957").set_index(
        "series"
    )
    gross, net = usual["value"][["procurement_gross_yearbook", "procurement_net_yearbook"]]
    assert after == pytest.approx(gross - net, rel=0.06), "an ordinary year's, in a row not read"


def test_bars_are_the_levers(grain):
    table, _ = evidence.levers(grain)
    bars = figures.plot_levers(grain).axes[0].patches
    assert [bar.get_width() for bar in bars][::-1] == pytest.approx(
        table["million_person_years"].tolist()
    )


def test_fewer_deaths_are_rates_times_people(rates):
    rows = rates[rates["series"] == "wpp2024"].set_index("year")
    found = evidence.fewer_deaths(rates, 1950, 1962)
    gap = rows.loc[1950, "death_rate_per_1000"] - rows.loc[1958, "death_rate_per_1000"]
    millions = gap * rows.loc[1958, "population_midyear_million"] / 1000
    assert found.loc[1958, "fewer"] == pytest.approx(millions)
    assert found.index.tolist() == list(range(1951, 1963))
    assert ((found["fewer"] == 0) | (found["more"] == 0)).all()


def test_the_yardstick_that_shows_most_gained_shows_least_of_the_famine(rates):
    """The title of the explorer, for every year that its slider offers."""
    found = [evidence.fewer_deaths(rates, since, 1970) for since in range(1950, 1959)]
    gained = [table["fewer"].drop([1959, 1960, 1961]).sum() for table in found]
    famine = [table["more"].loc[1959:1961].sum() for table in found]
    assert gained == sorted(gained, reverse=True) and famine == sorted(famine)


def test_the_explorer_says_what_it_draws(rates):
    explorer = explore_yardstick()
    assert "14.4 million more" in explorer.move(since=1958, until=1970)
    assert "4.8 million more" in explorer.move(since=1950, until=1970)


def test_many_statements_of_one_kind_weigh_no_more_than_one():
    pedigree = load("account_pedigree")
    fig = figures.plot_pedigree(pedigree)
    marks = [line for line in fig.axes[0].lines if line.get_marker() in ("o", "s", "D")]
    same = pedigree.replace({"shown_by": {"same story": "same number"}})
    kinds = same.drop_duplicates(["account", "kind", "shown_by"])
    assert sum(len(line.get_xdata()) for line in marks) == len(kinds) < len(pedigree)
    assert fig.description.finding.startswith("Dikötter alone")
    nobody = pedigree[pedigree["kind"] != "archives"]
    assert figures.plot_pedigree(nobody).description.finding.startswith("None say")


def test_what_an_account_does_not_name_is_said_by_no_other_row():
    """A likeness that nobody compared is unchecked, or at least not read in the account itself."""
    pedigree = load("account_pedigree")
    like = pedigree[pedigree["shown_by"] == "likeness"]
    assert not set(like["verification"]) & {"primary"}


def test_open_questions_wait_for_claims_that_the_table_does_not_settle():
    verdicts = load("account_claims").set_index("claim_id")["verdict"]
    for claims in load("open_questions")["claims"]:
        waiting = [verdicts[key] for key in claims.split(";")]
        assert set(waiting) - {"holds"}, claims
