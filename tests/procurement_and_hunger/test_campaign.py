"""Lesson 43: the table of Xinyang agrees with its papers, and what is drawn with the table."""

import numpy as np
import pytest

from glf_utils import load
from glf_utils.procurement_and_hunger import campaign
from glf_utils.procurement_and_hunger import campaign_figures as figures
from glf_utils.procurement_and_hunger import exercises as lesson


@pytest.fixture(scope="module")
def table():
    return load("xinyang_1959_60")


def drawn(fig):
    """All points of all lines as an array of x and y."""
    return np.vstack([line.get_xydata() for line in fig.axes[0].lines])


def value(table, place, item, group="grain"):
    rows = table.query(f"place == '{place}' and item == '{item}' and group == '{group}'")
    return rows["value"].item()


def test_parts_of_the_papers_add_up(table):
    def parts(place, group):
        return table.query(f"place == '{place}' and group == '{group}'")["value"].sum()

    assert parts("Shuanghe", "deaths_by_class") == value(table, "Shuanghe", "counted", "deaths")
    assert parts("Shiweizi", "deaths_by_cause") == value(table, "Shiweizi", "counted", "deaths")
    left = value(table, "Shuanghe", "harvested") - value(table, "Shuanghe", "delivered")
    assert left == value(table, "Shuanghe", "left")
    assert round(left / value(table, "Shuanghe", "people", "people")) == 5  # as printed


def test_percentages_that_the_papers_print_follow_from_their_numbers(table):
    people, dead = (
        table.query(f"place == 'Shuanghe' and group == '{group}'").set_index("item")["value"]
        for group in ("people", "deaths_by_class")
    )
    shares = (100 * dead / people).dropna().round(1)
    assert shares["poor and lower-middle peasants"] == 35.2
    assert shares["rich peasants"] == 35.7
    assert shares["middle peasants"] == pytest.approx(27, abs=0.5)
    task, came = (value(table, "Shangcheng", item) for item in ("assigned", "delivered"))
    assert came / task == 0.9125
    asked, grown = (value(table, "Shuanghe", item) for item in ("assigned", "harvested"))
    assert asked / grown - 1 > 5  # "more than five times above the crop"
    may = campaign.counts_of(table, "Shangcheng").loc["1960-05-06"]
    assert may["counted"] - may["reported"] == 11_056


def test_no_number_of_a_place_is_read_from_two_papers_at_once(table):
    for _, rows in table.query("group == 'grain' and level != 'prefecture'").groupby("place"):
        assert rows["source"].nunique() == 1


def test_whoever_counts_is_told_by_the_paper(table):
    accused = table["counted_by"].isin(["county_committee", "county_secretary", "prefecture"])
    inquiry = r"^(?:runan|xincai|shangcai|xixian|guangshan_malongshan)_"
    told = table["source"].str.contains(inquiry) & accused
    assert set(table[told]["item"]) == {"beaten to death, told by the county"}


def test_a_task_is_set_against_the_crop_of_the_same_place(table):
    asked = campaign.against_the_crop(table)
    assert asked.loc["Xinyang prefecture", "assigned"] == pytest.approx(1040 / 2007)
    assert asked.loc["Shangcai", "claimed"] > 4
    assert asked["harvested"].is_monotonic_decreasing
    assert "Shangcheng" not in asked.index, "its crop is misprinted"


def test_told_and_counted_are_in_the_order_of_their_dates(table):
    found = campaign.told_and_counted(table)
    assert found.loc["Huangchuan", ["told", "counted"]].tolist() == [4500, 55032]
    assert found.loc["Shangcheng", ["told", "counted"]].tolist() == [4777, 55800]
    assert (found["told"] / found["counted"]).between(1 / 12.5, 0.42).all()
    assert (found["counted_on"] > found["told_on"]).all()


def test_what_a_county_knew_and_hid_is_no_report(table):
    assert "Luoshan" not in campaign.told_and_counted(table).index
    knew = table.query("place == 'Luoshan' and item == 'known to the county'")
    assert knew["value"].item() == 20_000


def test_inquirers_thought_more_than_they_counted(table):
    dead = table.query("group == 'deaths' and level == 'county'")
    likely = dead.query("item == 'thought likely'").set_index("place")["value"]
    counted = dead.query("item == 'counted'").groupby("place")["value"].last()
    assert set(likely.index) == {"Shangcheng", "Luoshan", "Runan", "Xincai", "Shangcai"}
    assert (likely > counted[likely.index]).all()


def test_a_last_count_says_which_months_it_covers(table):
    dead = table.query("group == 'deaths' and level == 'county'").sort_values("date")
    assert dead.query("item == 'counted'").groupby("place")["covers"].last().notna().all()


def test_the_brigade_of_gaozhai_adds_up(table):
    gaozhai = table.query("place == 'Gaozhai'").set_index("item")["value"]
    killed = gaozhai[gaozhai.index.str.startswith("killed")]
    assert killed.sum() == 63 + 93
    assert round(100 * gaozhai["cadres who killed"] / gaozhai["cadres"]) == 71  # printed as 70
    assert gaozhai["cadres who killed, with a label"] == 4 + 2 + 2 + 4


def test_landlords_alive_follow_from_the_printed_share(table):
    def of(group):
        rows = table.query(f"place == 'Shuanghe' and group == '{group}'").set_index("item")["value"]
        return rows

    assert round(100 * of("deaths_by_class")["landlords"] / of("people")["landlords"], 1) == 17.6
    assert of("people").drop("people").sum() - of("people")["people"] == 1


def test_relief_was_asked_for_pressed_down_and_granted(table):
    relief = table.query("group == 'relief' and place == 'Guangshan'").set_index("item")["value"]
    assert relief["passed on by the county"] < relief["asked for by the communes"]


def test_late_october_stands_in_late_october(table):
    later = campaign.counts_of(table, "Shangcheng")["dead, as written later"].dropna()
    assert later.index.tolist() == ["1959-10-31", "1959-11-30", "1959-12-10"]


def test_a_life_is_read_across_two_columns():
    lives = campaign.lives(load("people"), ["He Fenglan", "Liu Guangran"])
    assert lives.columns.tolist() == ["office", "what is told"]
    assert "Fu" in lives.loc["He Fenglan 何凤兰", "what is told"]
    assert not lives["what is told"].str.contains("nan").any()


def test_shares_beaten_leave_out_what_has_no_whole(table):
    shares = campaign.beaten_shares(table)["share"]
    assert "Guangshan and Huangchuan" not in shares.index
    assert shares["Xincai"] == pytest.approx(100 * 2015 / 78749)
    assert shares["three brigades of Shangcheng"] == pytest.approx(100 * 19 / (2523 + 174 + 19))


def test_counties_that_are_contradicted_have_no_share(table):
    beaten = table.query("item == 'beaten to death'").set_index("place")["value"]
    assert beaten["Huaidian"] > beaten["Guangshan"], "a part of Guangshan, larger than it"
    assert beaten["Guangshan and Huangchuan"] - beaten["Guangshan"] > beaten["Huangchuan"]
    assert not set(campaign.CONTRADICTED) & set(campaign.beaten_shares(table).index)


def test_the_dead_of_a_brigade_are_as_many_by_sex_and_by_age(table):
    for place, whole in (("Shuanghe", 339), ("Shiweizi", 240)):
        of = table.query(f"place == '{place}'").groupby("group")["value"].sum()
        assert of["deaths"] == of["deaths_by_sex"] == whole
        assert of.get("deaths_by_age", whole) == whole


def test_a_prefecture_asked_for_more_than_it_had_been_asked():
    assert lesson.handed_down() == "more"


def test_drawn_tasks_are_those_of_the_table(table):
    asked = campaign.against_the_crop(table)
    xs = drawn(figures.plot_tasks(table))[:, 0]
    assert {times for step in campaign.STEPS for times in asked[step].dropna()} <= set(xs)


def test_drawn_counts_are_those_of_the_table(table):
    ys = {round(1000 * y) for y in drawn(figures.plot_known_and_reported(table))[:, 1]}
    known = campaign.counts_of(table, "Shangcheng").stack().dropna()
    assert ys == {int(number) for number in known}


def test_drawn_shares_are_those_of_the_table(table):
    fig = figures.plot_beaten_shares(table, load("account_claims"))
    assert set(campaign.beaten_shares(table)["share"]) <= set(drawn(fig)[:, 0])
    assert "In the files of 3 counties 1.9 to 2.6 per cent" in fig.description.finding


def test_answers():
    asked = {
        exercise.id: exercise.expected()
        for exercise in lesson.EXERCISES
        if exercise.id.startswith("43.")
    }
    assert asked == {
        "43.1": pytest.approx((38_228 - 18_600) / 1_261),
        "43.2": pytest.approx(100 * 14_754 / 28_565),
        "43.3": "others",
    }
