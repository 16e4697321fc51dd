"""Who the course meets on its way."""

CAST = [
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


def cast(people):
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
    return people.set_index("name").loc[CAST, ["hanzi", "office", "deed"]]
