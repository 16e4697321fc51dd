"""Who is missing, by age: the UN's reconstruction run twice, with its deaths and with fewer."""

import numpy as np

from glf_utils.death_toll.evidence import NORMALS, REVISION, with_and_without
from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, INK, NAVY, RUST, describe, label, new_figure


@house.style()
def missing_by_age(ages, mortality):
    """Excess deaths from mid-1955 to mid-1965 by cohort, in the UN's reconstruction.

    A cohort is whoever had one age in the middle of 1955, or was born in the ten years after it;
    its deaths are followed through both five-year steps.

    Parameters
    ----------
    ages, mortality : DataFrame
        The tables ``age_structure`` and ``mortality_by_age``.

    Returns
    -------
    matplotlib.figure.Figure
    """
    found = {normal: with_and_without(ages, mortality, normal)[1] for normal in NORMALS}
    falling = found["falling"].by_cohort
    names = ["born 1955–65", *(f"{age}–{age + 4}" for age in range(0, 75, 5)), "75 and over"]
    shown = np.column_stack([falling[:, :16], falling[:, 16:].sum(axis=1)])
    fig, ax = new_figure(height=4.7, left=1.35, right=0.5, top=0.75)
    places = np.arange(len(names))
    ax.barh(places, shown[0], 0.75, color=NAVY)
    ax.barh(places, shown[1], 0.75, left=shown[0], facecolor="white", edgecolor=RUST)
    for place, both in enumerate(shown.sum(axis=0)):
        label(ax, max(both, 0), place, f"{both:.1f}", dx=4, fontsize=8)
    label(ax, shown[0, 0] / 2, 0, "males", "white", dx=0, ha="center", fontsize=8)
    label(ax, shown[0, 0] + shown[1, 0] / 2, 0, "females", RUST, dx=0, ha="center", fontsize=8)
    label(ax, 4.2, 9, "age in the middle of 1955", GREY, dx=0, fontsize=8.5)
    ax.set(
        yticks=places,
        yticklabels=names,
        ylim=(len(names) - 0.4, -0.6),
        xlim=(0, 10),
        xlabel="deaths above normal, mid-1955 to mid-1965 (millions)",
    )
    ax.grid(axis="y", visible=False)
    ax.axvline(0, color=INK, linewidth=0.8)
    young = shown[:, :2].sum()
    told = "; ".join(
        f"{name} {both:.1f}" for name, both in zip(names, shown.sum(axis=0), strict=True)
    )
    total, (boys, girls) = found["falling"].total, shown[:, 0]
    return describe(
        fig,
        finding=f"In the UN's model, against falling mortality, {100 * young / total:.0f} of every "
        "100 excess deaths of 1955–65 are of children under five in 1955 or born later",
        units=f"Millions, mid-1955 to mid-1965; {NORMALS['falling']}; births not counted (both "
        f"runs have the same). Among those born 1955–65 girls {girls:.1f}, boys {boys:.1f}; among "
        f"those of 40 to 54 women {shown[1, 9:12].sum():.1f}, men {shown[0, 9:12].sum():.1f}. A "
        "model of the UN in five-year groups, no count: its revision of "
        "2019, over ten years, so not to be set beside tolls of 1958–61",
        rows=[
            ages[ages["year"].isin([1955, 1960, 1965])],
            mortality[mortality["revision"] == REVISION],
        ],
        alt=f"Excess deaths {total:.1f} million in all, {found['frozen'].total:.1f} with "
        f"{NORMALS['frozen']}. Born 1955–65, and by age in 1955: {told}.",
    )
