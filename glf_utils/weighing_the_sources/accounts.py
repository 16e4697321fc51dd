"""Claims of an account, shown with their checks; an account of one's own; verdicts counted."""

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property

import pandas as pd

from glf_utils.citing import UnknownName, cite
from glf_utils.tables import DataError, load
from glf_utils.weighing_the_sources.checks import VERDICTS, WORDS, Check
from glf_utils.weighing_the_sources.forms import check_of, rows_of
from glf_utils.words import did_you_mean, html_table, listed

ACCOUNTS = ("S1", "S2", "S3", "S4")
MOST_STEPS = 12


@dataclass(frozen=True)
class Claim:
    """A claim with its check, run on the tables as they are.

    Attributes
    ----------
    id, account, topic, text : str
    stored : str
        The verdict on file; empty in an account of one's own.
    lines : tuple of (str, str)
        Heading and sentence: quoted words, place, reason, neighbours, conflicts, and so on.
    check : Check or None
    grade : str
        Of the evidence on file.
    supposed : str
        What was changed in the check.
    """

    id: str
    account: str
    topic: str
    text: str
    stored: str = ""
    lines: tuple = ()
    check: Check | None = None
    grade: str = ""
    supposed: str = ""

    @cached_property
    def outcome(self):
        """What the check comes to, an Outcome; None without a check."""
        return self.check and self.check.run()

    @property
    def verdict(self):
        """The computed verdict, or the one on file where the tables do not decide."""
        if self.outcome and (self.outcome.verdict != "undecided" or not self.stored):
            return self.outcome.verdict
        return self.stored or "undecided"

    def supposing(self, **changes):
        """The same claim with an assumption of its check changed.

        Parameters
        ----------
        **changes
            ``tolerance`` or ``wide``, shares; ``low`` or ``high``, what the claim says; ``first``
            or ``second``, a number in place of the quantity; ``table``, ``query``, ``column``,
            ``take`` and the same with ``_2``: other rows; ``factor``, ``operation``.

        Returns
        -------
        Claim

        Raises
        ------
        DataError
            If the claim has no check, or the check no such part.

        Examples
        --------
        >>> claim("S2-038").verdict, claim("S2-038").supposing(second=2800).verdict
        ('holds', 'fails')
        """
        if self.check is None:
            raise DataError(f"{self.id} has no check, so nothing in it can be supposed")
        said = listed(f"{name} = {value}" for name, value in changes.items())
        return replace(self, check=self.check.supposing(**changes), supposed=said)

    def _told(self):
        yield from self.lines
        if self.outcome is None:
            return
        if self.supposed:
            yield "Supposing", self.supposed
        yield "The claim needs", self.outcome.claimed
        for step in self.outcome.steps[:MOST_STEPS]:
            yield "Worked", step
        if len(self.outcome.steps) > MOST_STEPS:
            yield "Worked", f"and {len(self.outcome.steps) - MOST_STEPS} more: outcome.steps"
        if self.outcome.grades:
            yield "Rests on rows graded", listed(self.outcome.grades)
        yield "Computed", self.outcome.verdict

    def __repr__(self):
        told = [f"- {heading}: {text}" for heading, text in self._told()]
        return "\n".join([f"{self.id} ({self.verdict}): {self.text}", *told])

    def _repr_markdown_(self):
        told = [f"- *{heading}.* {text}" for heading, text in self._told()]
        return "\n".join([f"**{self.id}** ({self.verdict}): {self.text}", "", *told])


def _stored():
    """The claims on file, and the rows of their checks, by id; an empty cell is None."""
    frames = (load(table).astype(object) for table in ("account_claims", "claim_checks"))
    return tuple(
        {row["claim_id"]: row for row in frame.where(frame.notna(), None).to_dict("records")}
        for frame in frames
    )


def _filed_check(claim, check):
    """The check on file; a range it does not have is the claim's own."""
    if check is None:
        return None
    if check["operation"] not in WORDS and check["low"] is check["high"] is None:
        check = check | {"low": claim["value_low"], "high": claim["value_high"]}
    where = f"data/claim_checks.csv, claim {claim['claim_id']!r}"
    return check_of(check | {"unit": check["unit"] or claim["unit"]}, where)


def _filed(key, claims, checks):
    row = claims[key]
    order = [one for one, other in claims.items() if other["account"] == row["account"]]
    at = order.index(key)
    near = [order[n] for n in (at - 1, at + 1) if 0 <= n < len(order)]
    against = (row["conflicts_with"] or "").split(";") if row["conflicts_with"] else []
    place = row["locator"] + (f", paragraph {row['paragraph']}" if row["paragraph"] else "")
    lines = [
        (
            "Whose",
            "a sum or remark of this course on the account" if row["whose"] == "ours" else "",
        ),
        ("Words", row["quoted"] and f"“{row['quoted']}”"),
        ("Place", cite(row["source"], place)),
        ("Verdict", row["verdict"]),
        ("Reason", row["reason"]),
        ("Decided by", row["decides"]),
        ("Would decide", row["would_decide"]),
        ("Grade of the evidence", row["verification"]),
        ("Note", row["note"]),
        *(("Beside it", f"{other}: {claims[other]['claim']}") for other in near),
        *(
            (
                "Against it",
                f"{other} ({claims[other]['verdict']}): {claims[other]['claim']}",
            )
            for other in against
        ),
    ]
    return Claim(
        key,
        row["account"],
        row["topic"],
        row["claim"],
        row["verdict"],
        tuple((heading, text) for heading, text in lines if text),
        _filed_check(row, checks.get(key)),
        row["verification"],
    )


def claim(name):
    """Show a claim of an account: its words, its neighbours, what contradicts it, its check.

    Parameters
    ----------
    name : str
        Its id in ``data/account_claims.csv``, such as ``"S3-015"``.

    Returns
    -------
    Claim
        Prints as text; a notebook shows it in Markdown. ``outcome`` has the arithmetic,
        ``supposing`` changes an assumption.

    Raises
    ------
    UnknownName
        When there is no such claim, and near ids are suggested.

    Examples
    --------
    >>> claim("S3-015").verdict
    'fails'
    >>> print(claim("S3-015").outcome.claimed)
    about 1 (within 5 per cent; up to 15 is imprecise)
    """
    claims, checks = _stored()
    key = str(name).strip().upper()
    if key not in claims:
        near = get_close_matches(key, claims, n=3, cutoff=0.6)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; they run from S1-001"
        raise UnknownName(f"no claim {name!r} in data/account_claims.csv{hint}")
    return _filed(key, claims, checks)


@dataclass(frozen=True)
class Account:
    """An account of one's own, put to the tables.

    Attributes
    ----------
    name : str
    claims : tuple of Claim
    """

    name: str
    claims: tuple = field(repr=False)

    def claim(self, name):
        """One claim of it.

        Parameters
        ----------
        name : str
            Its claim_id.

        Returns
        -------
        Claim

        Raises
        ------
        UnknownName
            When there is none of that name.
        """
        found = {one.id: one for one in self.claims}
        if str(name) not in found:
            raise UnknownName(f"no claim {name!r} in {self.name}{did_you_mean(name, found)}")
        return found[str(name)]

    def _lines(self):
        for one in self.claims:
            yield one.id, one.text, one.verdict, "; ".join(one.outcome.steps) if one.outcome else ""

    def __repr__(self):
        told = [f"- {key} ({verdict}): {text} {how}" for key, text, verdict, how in self._lines()]
        return "\n".join([f"{self.name}, {len(self.claims)} claims", *told])

    def _repr_html_(self):
        return html_table([self.name, "claim", "verdict", "worked"], self._lines())


def own_account(given, name=None):
    """Put an account of your own to the tables: the same checks, the same rule.

    Parameters
    ----------
    given : path or DataFrame
        A CSV file in UTF-8, or a table, a row a claim. It must have the columns ``claim_id``,
        ``claim`` (a sentence), ``table``, ``query`` and ``column`` (where the figure stands in
        ``data/``), and ``low`` or ``high`` or both: the range that the claim gives; the same
        number in both for "about", a date such as 1958-08. It may have ``take``, ``operation``
        with ``table_2``, ``query_2``, ``column_2``, ``take_2``, ``factor``, ``unit``,
        ``beside_the_argument``, ``topic`` and ``note``, as ``data/README.md`` describes them under
        claim_checks. A claim without a table is undecided.
    name : str, optional
        What to call it; left out, the file's name, or "own".

    Returns
    -------
    Account

    Raises
    ------
    DataError
        If something does not fit: the message names file, row, column, value and mend.

    Examples
    --------
    >>> mine = pd.DataFrame([{
    ...     "claim_id": "1", "claim": "The communes of 1958 were fewer than 30,000.",
    ...     "table": "organisation", "query": "indicator == 'peoples_communes' and year == 1958",
    ...     "column": "value_low", "high": 30000}])
    >>> own_account(mine).claim("1").verdict
    'holds'
    """
    called, rows = rows_of(given)
    claims = []
    for here, cells in rows:
        check = None
        if any(cells.get(name) for name in ("table", "query", "column")):
            check = check_of(cells, here)
            try:
                check.run()
            except DataError as error:
                raise DataError(f"{here}: {error}. Change the row") from None
        lines = (("Note", cells["note"]),) if "note" in cells else ()
        claims.append(
            Claim(
                cells["claim_id"],
                name or called,
                cells.get("topic", ""),
                cells["claim"],
                lines=lines,
                check=check,
            )
        )
    return Account(name or called, tuple(claims))


def _kept(row, without):
    """Whether a claim stays in a count."""
    grounds = {
        "unchecked": row["unchecked"],
        "politics and dates": row["topic"] == "politics" or row["dated"],
    }
    return not any(grounds[one] for one in without)


WITHOUT = ("unchecked", "politics and dates")
"""What a count of verdicts may leave out."""


def _dated(unit, check):
    return unit == "year" or bool(check is not None and check.dated)


def _filed_rows():
    claims, checks = _stored()
    for key, cells in claims.items():
        check = _filed_check(cells, checks.get(key))
        yield {
            "account": cells["account"],
            "topic": cells["topic"],
            "verdict": cells["verdict"],
            "unchecked": cells["verification"] == "unchecked",
            "dated": _dated(cells["unit"], check),
            "ours": cells["whose"] == "ours",
        }


def _own_rows(account):
    for one in account.claims:
        yield {
            "account": account.name,
            "topic": one.topic,
            "verdict": one.verdict,
            "unchecked": one.verdict == "undecided",
            "dated": _dated("", one.check),
            "ours": False,
        }


def verdicts(*accounts, without=(), ours=False):
    """Count verdicts by account, and show what a selection does to the count.

    Parameters
    ----------
    *accounts : str or Account
        ``"S1"`` to ``"S4"``, and accounts of your own; the four if left out.
    without : str or sequence of str
        What is left out of the count: ``"unchecked"``, claims whose evidence nobody has read;
        ``"politics and dates"``. Nothing if left out.
    ours : bool
        Whether sums and remarks of this course on an account count as well as what it says.

    Returns
    -------
    DataFrame
        A row an account, a column a verdict, and ``all``, their sum.

    Raises
    ------
    DataError
        If an account or what is left out is unknown.

    Examples
    --------
    >>> table = verdicts("S3", without="unchecked")
    >>> int(table.loc["S3", "all"]) == int(table.loc["S3"].drop("all").sum())
    True
    """
    without = (without,) if isinstance(without, str) else tuple(without)
    for one in without:
        if one not in WITHOUT:
            raise DataError(
                f"{one!r} cannot be left out{did_you_mean(one, WITHOUT)}; "
                f"what can is {listed(WITHOUT)}"
            )
    rows, names = [], []
    filed = list(_filed_rows())
    for account in accounts or ACCOUNTS:
        if isinstance(account, Account):
            rows += _own_rows(account)
            names.append(account.name)
        elif account in ACCOUNTS:
            rows += [row for row in filed if row["account"] == account]
            names.append(account)
        else:
            raise DataError(f"no account {account!r}; it is {listed(ACCOUNTS)}, or own_account(…)")
    kept = pd.DataFrame(
        [
            (row["account"], row["verdict"])
            for row in rows
            if _kept(row, without) and (ours or not row["ours"])
        ],
        columns=["account", "verdict"],
    )
    counts = pd.crosstab(kept["account"], kept["verdict"])
    counts = counts.reindex(index=names, columns=list(VERDICTS), fill_value=0)
    counts.index.name, counts.columns.name = "account", None
    return counts.assign(all=counts.sum(axis=1))
