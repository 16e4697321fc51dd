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


def test_what_is_told_comes_before_what_is_counted(table):
    found = campaign.told_and_counted(table)
    assert found.loc["Huangchuan", ["told", "counted"]].tolist() == [4500, 55032]
    assert found.loc["Shangcheng", ["told", "counted"]].tolist() == [4777, 55800]
    assert "Luoshan" not in found.index, "its 20,000 were known to the county and not told"
    assert (found["times"] > 1).all()


def test_shares_beaten_leave_out_what_has_no_whole(table):
    shares = campaign.beaten_shares(table)["share"]
    assert "Guangshan and Huangchuan" not in shares.index
    assert shares["Xincai"] == pytest.approx(100 * 2015 / 78749)
    assert shares["three brigades of Shangcheng"] == pytest.approx(100 * 19 / (2523 + 174 + 19))


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
    assert "0.6 to 2.6 per cent" in fig.description.finding


def test_answers():
    asked = {
        exercise.id: exercise.expected()
        for exercise in lesson.EXERCISES
        if exercise.id.startswith("43.")
    }
    assert asked == {
        "43.1": pytest.approx((38_228 - 18_600) / 1_261),
        "43.2": pytest.approx(100 * 14_754 / 28_565),
        "43.3": "revenge",
        "43.4": pytest.approx(31.25),
    }
