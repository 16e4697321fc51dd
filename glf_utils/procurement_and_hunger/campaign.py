"""Xinyang, 1959 and 1960: tasks set against crops, counts of the dead, shares beaten to death."""

import pandas as pd

KNOWN = ("counted", "reported", "dead, as written later")
"""What a county's papers have of its dead by date."""

STEPS = ("claimed", "assigned", "delivered")
"""What was said of a crop, asked of it, and brought in, in the order of the chain."""


def against_the_crop(table):
    """Claims, tasks and deliveries of the autumn of 1959 as multiples of the crop that was found.

    Parameters
    ----------
    table : DataFrame
        ``load("xinyang_1959_60")``.

    Returns
    -------
    DataFrame
        A row a place, largest first: level, the crop in jin as harvested, and each of
        :data:`STEPS` over it, missing where no paper has it.

    Examples
    --------
    >>> from glf_utils import load
    >>> asked = against_the_crop(load("xinyang_1959_60"))
    >>> print(round(asked.loc["Shuanghe", "assigned"], 1))
    6.7
    """
    grain = table[table["group"] == "grain"]
    wide = grain.pivot(index=["place", "level"], columns="item", values="value")
    wide = wide.dropna(subset="harvested").sort_values("harvested", ascending=False)
    over = wide[list(STEPS)].div(wide["harvested"], axis=0)
    over = over.dropna(how="all").assign(harvested=wide["harvested"])
    return over.reset_index("level")[["level", "harvested", *STEPS]]


def counts_of(table, place):
    """What was counted, reported and written down later of the dead of a place, by date.

    Parameters
    ----------
    table : DataFrame
        ``load("xinyang_1959_60")``.
    place : str
        Such as ``"Shangcheng"``.

    Returns
    -------
    DataFrame
        By date, a column each for what was counted that day, for what was reported, and where
        there is such for the dead as a later paper has them; gaps are missing.

    Examples
    --------
    >>> from glf_utils import load
    >>> int(counts_of(load("xinyang_1959_60"), "Shangcheng").loc["1960-04-19", "reported"])
    4777
    """
    rows = table[(table["group"] == "deaths") & (table["place"] == place)]
    rows = rows[rows["item"].isin(KNOWN)]
    return rows.pivot(index="date", columns="item", values="value")


def told_and_counted(table):
    """What a county told first of its dead, the last count there, and what inquirers thought.

    Parameters
    ----------
    table : DataFrame
        ``load("xinyang_1959_60")``.

    Returns
    -------
    DataFrame
        A row a county that has both: ``told``, the earliest number that a paper gives as told
        upward, and its day, ``told_on``; ``counted``, the last count, and its day, ``counted_on``;
        and ``thought_likely``, the inquirers' or editors' own higher estimate, missing where they
        have none.

    Examples
    --------
    >>> from glf_utils import load
    >>> found = told_and_counted(load("xinyang_1959_60"))
    >>> int(found.loc["Xincai", "counted"]), int(found.loc["Xincai", "thought_likely"])
    (78749, 90000)
    """
    rows = table[(table["group"] == "deaths") & (table["level"] == "county")].sort_values("date")
    told = rows[rows["item"] == "reported"].groupby("place")[["date", "value"]].first()
    counted = rows[rows["item"] == "counted"].groupby("place")[["date", "value"]].last()
    both = pd.DataFrame(
        {
            "told": told["value"],
            "told_on": told["date"],
            "counted": counted["value"],
            "counted_on": counted["date"],
        }
    ).dropna()
    likely = rows[rows["item"] == "thought likely"].groupby("place")["value"].last()
    return both.assign(thought_likely=likely).sort_values("counted", ascending=False)


def lives(people, names):
    """Office, deed and later life of some people, in two columns that can be read.

    Parameters
    ----------
    people : DataFrame
        ``load("people")``.
    names : sequence of str
        Names in the order in which they are to stand.

    Returns
    -------
    DataFrame
        A row a person, by name and characters: ``office``, and ``what is told``, the deed and
        what became of the person, where that is known.

    Examples
    --------
    >>> from glf_utils import load
    >>> lives(load("people"), ["Liu Ziyuan"]).loc["Liu Ziyuan 刘自远", "office"]
    'Poor peasant of Shuanghe, Xi county'
    """
    rows = people.set_index("name").loc[list(names)]
    told = (rows["deed"] + " " + rows["afterwards"].fillna("")).str.strip()
    return pd.DataFrame(
        {"office": rows["office"].to_numpy(), "what is told": told.to_numpy()},
        index=rows.index + " " + rows["hanzi"],
    ).rename_axis(None)


def beaten_shares(table):
    """People beaten to death in per cent of all dead, by place, from the last count of each.

    The counties of :data:`CONTRADICTED` are left out.

    Parameters
    ----------
    table : DataFrame
        ``load("xinyang_1959_60")``.

    Returns
    -------
    DataFrame
        A row a place: level, beaten, dead and share, smallest share first.

    Examples
    --------
    >>> from glf_utils import load
    >>> print(round(beaten_shares(load("xinyang_1959_60")).loc["Xincai", "share"], 1))
    2.6
    """
    beaten = table[(table["item"] == "beaten to death")].sort_values("date")
    beaten = beaten[~beaten["place"].isin(CONTRADICTED)]
    beaten = beaten.groupby(["place", "level"])["value"].last().rename("beaten")
    groups = table["group"].isin(["deaths", "deaths_by_cause"])
    dead = table[groups & table["item"].isin(["counted", *CAUSES])].sort_values("date")
    whole = dead[dead["item"] == "counted"].groupby("place")["value"].last()
    parts = dead[dead["item"] != "counted"].groupby("place")["value"].sum()
    both = beaten.reset_index("level").assign(dead=whole.combine_first(parts)).dropna()
    return both.assign(share=100 * both["beaten"] / both["dead"]).sort_values("share")


CAUSES = ("epidemic", "starved", "beaten to death")
"""Causes that the county of Shangcheng gives for three brigades; they are all it gives."""

CONTRADICTED = ("Guangshan", "Huangchuan")
"""Counties whose number of people beaten to death another paper contradicts: Guangshan's is below
that of its own commune of Huaidian, Huangchuan's below what the province's report leaves for it."""
