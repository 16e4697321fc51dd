"""What the tables say of the reports: the record that a model should meet."""

import numpy as np
import pandas as pd

from glf_utils.country.believed import BELIEVED, believed
from glf_utils.tables import series

WITH = {"tianjin": "hebei"}
"""Places listed apart in the final figures that the list of September 1959 counts elsewhere."""
YONGDING = ("brigade", "commune", "county")


def record(statements, errors, grain, near=0.05, steps=0.5, weighed=0.1):
    """Turn the tables into bounds that a model of the seasons 1958 to 1961 has to meet.

    Parameters
    ----------
    statements, errors, grain : DataFrame
        ``load("targets_and_claims")``, ``load("reporting_errors")``, ``load("grain_national")``.
    near : float
        How far belief over harvest may lie from 1958's and 1959's, as a fraction. For 1960 it may
        lie from 1 to the figure stated, which was a ceiling.
    steps : float
        How far each level's error may lie from the first one of Yongding, as a fraction of it.
    weighed : float
        How far from 1 belief over harvest may lie once harvests are weighed, in 1961.

    Returns
    -------
    dict
        ``weather``, ``believed``, ``told`` and ``weighed_from`` as
        :func:`glf_utils.country.search.fitting_sets` takes them; five levels, from the brigade up.
    """
    crop = series(grain, "output_official_old", (1957, 1961))["value"].to_numpy(float)
    said = (
        np.array([believed(statements, year)["value_high"].item() for year in BELIEVED]) / crop[1:4]
    )
    near_to = np.array(
        [
            [said[0] * (1 - near), said[0] * (1 + near)],
            [said[1] * (1 - near), said[1] * (1 + near)],
            [1, said[2]],
            [1 - weighed, 1 + weighed],
        ]
    )
    first = errors.query("case == 'yongding_1960'").set_index("level")["ratio_high"]
    told = np.tile([-np.inf, np.inf], (4, 5, 1))
    for place, level in enumerate(YONGDING, start=1):
        told[2, place] = 1 + (first[level] - 1) * np.array([1 - steps, 1 + steps])
    return {"weather": crop[1:] / crop[0], "believed": near_to, "told": told, "weighed_from": 3}


def by_province(listed, grain, provinces):
    """The grain of 1958 by province: claimed, restated after Lushan, and in the end.

    The list of September 1959 keeps soybeans apart; they are added, as the final figures hold them.
    Tianjin, then inside Hebei, is added to its final figure.

    Parameters
    ----------
    listed, grain, provinces : DataFrame
        ``load("provincial_output_1958")``, ``load("provincial_grain")``, ``load("provinces")``.

    Returns
    -------
    DataFrame
        By English name: ``claimed`` (highest claim, where there is one), ``restated``, ``final``,
        in million tonnes; ``left``, restated over final; ``claim_grade``. Sorted by ``left``.
    """
    rows = listed[listed["province"].notna()]
    after = rows.query("stage == 'lushan_restatement'").pivot(
        index="province", columns="item", values="value"
    )
    claims = rows[(rows["stage"] == "claim") & rows["area"].isna()]
    claims = claims.loc[claims.groupby("province")["value"].idxmax()].set_index("province")
    ends = grain.query("series == 'output' and year == 1958")
    final = ends.groupby(ends["province"].replace(WITH))["value"].sum() / 100
    table = pd.DataFrame(
        {
            "claimed": claims["value"],
            "final": final,
            "claim_grade": claims["verification"],
            "restated": after["grain_without_soybeans"] + after["soybeans"],
        }
    )
    table["times_final"] = table["restated"] / table["final"]
    table.index = provinces.set_index("province")["name_en"].reindex(table.index)
    order = ["claimed", "restated", "final", "times_final", "claim_grade"]
    return table.rename_axis("province")[order].sort_values("times_final", ascending=False)
