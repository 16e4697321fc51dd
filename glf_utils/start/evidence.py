"""Whom the course names first."""

EIGHT = [
    "Mao Zedong",
    "Liu Shaoqi",
    "Chen Yun",
    "Peng Dehuai",
    "Wu Zhipu",
    "Zhang Shufan",
    "Wang Zhenkun",
    "Liu Yunhua",
]
"""From the Politburo down to two who counted the dead of one brigade."""


def eight_people(people):
    """Eight people, from the top of the state down to one village.

    Parameters
    ----------
    people : DataFrame
        ``load("people")``.

    Returns
    -------
    DataFrame
        By name, with characters, office and what they did.
    """
    return people.set_index("name").loc[EIGHT, ["hanzi", "office", "deed"]]
