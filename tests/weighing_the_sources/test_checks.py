"""Checks: the rule, the arithmetic, what refuses; the same for an account nobody has seen."""

import pandas as pd
import pytest

from glf_utils import load
from glf_utils.procurement_and_hunger.model import people_fed
from glf_utils.tables import DataError
from glf_utils.weighing_the_sources import claim, own_account, verdicts
from glf_utils.weighing_the_sources.checks import OPERATIONS, Check, Quantity, verdict_of

STEEL = {
    "claim_id": "a",
    "claim": "Steel doubled in 1958.",
    "table": "steel_and_industry",
    "query": "series == 'steel_total_announced'",
    "column": "value",
    "operation": "ratio",
    "table_2": "steel_and_industry",
    "query_2": "series == 'steel_nbs' and year == 1957",
    "column_2": "value",
    "low": "2",
}


def rows(*values, grades=("primary",) * 9):
    frame = pd.DataFrame({"value": values, "verification": grades[: len(values)]})
    return lambda name: frame


def check(**more):
    return Check(Quantity("some", "value == value", "value"), **more)


@pytest.mark.parametrize(
    "values, grades, verdict",
    [
        ((10.4,), ("primary",), "holds"),
        ((10.6,), ("primary",), "imprecise"),
        ((11.6,), ("primary",), "fails"),
        ((10.4, 12.0), ("primary", "secondary"), "contested"),
        ((10.4, 12.0), ("primary", "unchecked"), "holds"),
        ((10.4,), ("unchecked",), "undecided"),
        ((), (), "undecided"),
    ],
)
def test_the_rule(values, grades, verdict):
    assert check(low=10, high=10).run(rows(*values, grades=grades)).verdict == verdict


def test_a_wrong_figure_on_which_nothing_rests_is_a_slip():
    assert check(low=10, high=10, beside_the_argument=True).run(rows(12.0)).verdict == "slip"
    assert check(low=10, high=10, beside_the_argument=True).run(rows(10.0)).verdict == "holds"


def test_either_end_of_a_range_has_the_tolerance_and_an_open_end_has_none():
    assert check(low=70).run(rows(69.1)).verdict == "holds"
    assert check(low=70).run(rows(7000.0)).verdict == "holds"
    assert check(high=0).run(rows(-28.0)).verdict == "holds"
    assert check(high=0).run(rows(0.1)).verdict == "fails"
    assert check(low=6, high=8).run(rows(8.5)).verdict == "imprecise"


@pytest.mark.parametrize(
    "date, low, high, verdict",
    [
        ("1958-08-29", "1958-08", "1958-08", "holds"),
        ("1958-08", "1958-08-29", "1958-08-29", "holds"),
        ("1958-08-29", "1958-09", "1958-10", "imprecise"),
        ("1958-08-29", "1958-10", "1958-10", "fails"),
        ("1958-08-29", None, "1958-08-01", "imprecise"),
        ("1958", "1957-12-31", None, "holds"),
    ],
)
def test_a_date_fits_at_the_precision_printed(date, low, high, verdict):
    assert check(low=low, high=high).run(rows(date)).verdict == verdict


def test_a_year_is_a_date_and_no_number_with_a_tolerance():
    assert check(low=1953, high=1953, unit="year").run(rows(1955)).verdict == "fails"


def test_rows_that_say_so_and_rows_that_say_otherwise():
    def asks(second):
        first = Quantity("some", "value < 5", "value")
        return Check(first, Quantity("some", second, "value"), "told").run(rows(1.0, 9.0)).verdict

    assert (asks("value > 99"), asks("value > 5")) == ("holds", "contested")
    none = Quantity("some", "value > 99", "value")
    assert Check(none, Quantity("some", "value > 5", "value"), "told").run(rows(9.0)).verdict == (
        "fails"
    )
    assert Check(none, None, "told").run(rows(9.0)).verdict == "undecided"


def test_grain_feeds_as_many_as_in_the_model_of_the_grain_lessons():
    work, _ = OPERATIONS["people_fed"]
    assert work(6.81, 3400) == pytest.approx(people_fed(6.81, 3400, years=1))


def test_a_claim_shows_its_arithmetic_and_what_stands_against_it():
    for shown in (repr(claim("S3-015")), claim("S3-015")._repr_markdown_()):
        assert "S1-033" in shown and "S3-014" in shown and "23,397" in shown
        assert "Xinhua" in shown and "secondary" in shown and "per cent off" in shown


def test_an_assumption_changed_changes_the_verdict_and_is_told():
    claim_ = claim("S2-038")
    other = claim_.supposing(second=2800)
    assert (claim_.verdict, other.verdict) == ("holds", "fails")
    assert "second = 2800" in repr(other) and "supposed" in repr(other)
    assert claim_.supposing(second=2800, wide=0.3).verdict == "imprecise"
    assert claim_.supposing(query_2="item == 'energy_of_raw_mixed_grain'").outcome.steps
    with pytest.raises(DataError, match="nothing called kcal"):
        claim_.supposing(kcal=2800)
    with pytest.raises(DataError, match="has no check"):
        claim("S1-005").supposing(tolerance=0.1)


def test_an_account_nobody_has_seen_goes_through(tmp_path):
    path = tmp_path / "grandfather.csv"
    pd.DataFrame(
        [
            STEEL,
            {
                "claim_id": "b",
                "claim": "Peng wrote his letter in June 1959.",
                "table": "timeline",
                "query": "event.str.contains('Peng Dehuai writes')",
                "column": "date",
                "low": "1959-06",
                "high": "1959-06",
            },
            {"claim_id": "c", "claim": "Nobody slept that autumn."},
        ]
    ).to_csv(path, index=False)
    mine = own_account(path)
    assert [one.verdict for one in mine.claims] == ["holds", "imprecise", "undecided"]
    assert "11.08 ÷ 5.35 = 2.071" in repr(mine) and "11.08" in mine._repr_html_()
    assert mine.claim("a").supposing(low=3).verdict == "fails"
    table = verdicts("S3", mine, without=())
    assert table.loc["grandfather", ["holds", "imprecise", "undecided", "all"]].tolist() == [
        1,
        1,
        1,
        3,
    ]
    assert verdicts(mine, without="politics and dates").loc["grandfather", "imprecise"] == 0


@pytest.mark.parametrize(
    "change, words",
    [
        (
            {"table": "steel_industry"},
            r"line 2: There is no table 'steel_industry'. Did you mean",
        ),
        ({"query": "year = 1958"}, r"line 2: the query 'year = 1958' cannot be put"),
        ({"query": "value > @x"}, r"line 2: the query .* without @"),
        ({"column": "valu"}, r"line 2: steel_and_industry has no column 'valu'; did you mean"),
        ({"low": "two"}, r"line 2, column 'low': 'two' is neither a number nor a date"),
        ({"low": "1958-13"}, r"line 2, column 'low': '1958-13' is no day"),
        ({"low": ""}, r"line 2, column 'low': '' and high are both empty"),
        ({"low": "3", "high": "2"}, r"line 2, column 'low': '3' is above 2.0"),
        ({"high": "1958-01"}, r"line 2, column 'high': '1958-01' is not of one kind"),
        ({"operation": "ration"}, r"line 2, column 'operation': 'ration' is unknown; did you mean"),
        ({"operation": ""}, r"line 2, column 'operation': '' must say"),
        (
            {"table_2": "", "query_2": "", "column_2": ""},
            r"column 'table_2': '' must not be empty",
        ),
        ({"take": "all"}, r"line 2, column 'take': 'all' is unknown"),
        ({"factor": "x"}, r"line 2, column 'factor': 'x' is no number"),
        ({"beside_the_argument": "maybe"}, r"'beside_the_argument': 'maybe' is neither yes nor no"),
        ({"column": "note"}, r"line 2: ratio cannot be worked from"),
        ({"claim": ""}, r"line 2, column 'claim': '' must not be empty"),
        ({"verdict": "holds"}, r"column 'verdict' is unknown"),
    ],
)
def test_what_does_not_fit_is_refused_with_file_row_value_and_mend(tmp_path, change, words):
    path = tmp_path / "mine.csv"
    pd.DataFrame([STEEL | {"query": "series == 'steel_total_announced'"} | change]).to_csv(
        path, index=False
    )
    with pytest.raises(DataError, match=words) as refused:
        own_account(path)
    assert "mine.csv" in str(refused.value)


def test_a_dataframe_a_missing_file_and_rows_twice(tmp_path):
    assert own_account(pd.DataFrame([STEEL]), name="mine").claim("a").verdict == "holds"
    for wrong, words in (
        (pd.DataFrame([STEEL, STEEL]), "row 1, column 'claim_id': 'a' stands already in row 0"),
        (pd.DataFrame([STEEL]).drop(columns="query"), "column 'query' is missing"),
        (pd.DataFrame([STEEL]).iloc[:0], "no rows"),
        (tmp_path / "none.csv", "none.csv is missing"),
    ):
        with pytest.raises(DataError, match=words):
            own_account(wrong)


def test_a_selection_leaves_out_what_it_says():
    everything, ours = verdicts(ours=True), verdicts()
    claims = load("account_claims")
    assert everything["all"].sum() == len(claims)
    assert ours["all"].sum() == (claims["whose"] == "account").sum()
    read = verdicts(without="unchecked")
    kept = claims.query("whose == 'account' and verification != 'unchecked'")
    assert read["all"].tolist() == kept.groupby("account").size().tolist()
    with pytest.raises(DataError, match="politics"):
        verdicts(without="politics")
    with pytest.raises(DataError, match="S5"):
        verdicts("S5")


def test_the_rule_needs_no_figure_inside_to_be_imprecise():
    assert verdict_of([0.3, 0.1]) == "imprecise" and verdict_of([0.3, 0.2]) == "fails"


@pytest.fixture(scope="module")
def filed():
    """Every claim that has a check, by id."""
    return {key: claim(key) for key in load("claim_checks")["claim_id"]}


def quantities(check_):
    return [one for one in (check_.first, check_.second) if isinstance(one, Quantity)]


@pytest.mark.parametrize(
    "table, query, value, turned",
    [
        ("steel_and_industry", "series == 'steel_modern'", 5.0, {"S1-066": "holds"}),
        (
            "timeline",
            "event.str.startswith('Peng Dehuai writes')",
            "1959-11-14",
            {"S2-039": "contested"},
        ),
    ],
)
def test_a_datum_that_changes_moves_the_verdicts_that_rest_on_it_and_no_others(
    filed, table, query, value, turned
):
    whole = load(table)
    row = whole.query(query).index
    shaken = load(table)
    column = "date" if table == "timeline" else "value"
    shaken.loc[row, column] = value

    def read(name):
        return shaken.copy() if name == table else load(name)

    resting = {
        key
        for key, one in filed.items()
        for quantity in quantities(one.check)
        if quantity.table == table
        and {column, quantity.column} == {column}
        and row.isin(quantity.rows().index).any()
    }
    after = {key: one.check.run(read) for key, one in filed.items()}
    moved = {key for key, one in filed.items() if after[key].figures != one.outcome.figures}
    assert moved == resting and len(row) == 1 and set(turned) <= moved
    other = {key for key, one in filed.items() if after[key].verdict != one.outcome.verdict}
    assert other <= resting
    assert {key: after[key].verdict for key in turned} == turned


def test_no_claim_is_decided_by_the_account_that_makes_it(filed):
    """Its own numbers are compared with one another only where account_claims is the table."""
    for key, one in filed.items():
        for quantity in quantities(one.check):
            if quantity.table != "account_claims":
                own = f"account_{key[:2].casefold()}"
                assert own not in set(quantity.rows().get("source", ())), key


def test_every_row_a_check_asks_for_is_there(filed):
    """A query that finds nothing is a slip of the pen, unless the claim stays undecided by it."""
    for key, one in filed.items():
        if one.outcome.verdict != "undecided":
            assert not one.check.first.rows().empty, key
