"""Famines with a known answer, drawn: who comes nearest in Finland, and Russia in 1933 by age."""

import numpy as np

from glf_utils.death_toll.known_ages import SEXES, ages_of, excess_at_ages
from glf_utils.death_toll.known_baselines import CORRECTIONS, bias_by_method
from glf_utils.death_toll.known_registers import WINDOWS, after_china, famine_of, known_excess
from glf_utils.death_toll.registers import completeness_by_period
from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, INK, NAVY, RUST, describe, label, new_figure

FAILING = (0.60, 0.45)
ORDINARY = [1927, 1928, 1929, 1930]


@house.style()
def who_comes_nearest(registers):
    """Finland's toll by eight yardsticks and five corrections, from two thinned registers.

    Parameters
    ----------
    registers : DataFrame
        The table ``famine_registers``.

    Returns
    -------
    matplotlib.figure.Figure
    """
    finland = famine_of(registers, "Finland", WINDOWS["Finland"])
    thin = {
        "deaths kept as in China\n(Banister's shares, by year)": after_china(finland)[1],
        "60 of 100 kept, in the famine 45": completeness_by_period(
            finland.years, *FAILING, finland.window
        ),
    }
    known = 1000 * known_excess(finland)
    fig, axes = new_figure(1, 2, height=4, left=1.75, right=0.3, top=1, wspace=0.08, sharey=True)
    told = []
    for ax, (words, shares) in zip(axes, thin.items(), strict=True):
        table = bias_by_method(finland, 1, shares)
        ax.axvline(known, color=INK, linewidth=1.2)
        spans = []
        for place, name in enumerate(CORRECTIONS):
            tolls = 1000 * table.loc[table["correction"] == name, "toll"].to_numpy()
            near = np.abs(tolls.mean() / known - 1) < 0.12
            look = {"color": NAVY, "marker": "o"} if near else {"color": RUST, "marker": "D"}
            ax.plot(
                tolls, np.full(len(tolls), place), linestyle="", markersize=5, alpha=0.7, **look
            )
            span = f"{tolls.min():.0f}–{tolls.max():.0f}"
            side = {"dx": -7, "ha": "right"} if tolls.mean() < known else {"dx": 7, "ha": "left"}
            end = tolls.min() if tolls.mean() < known else tolls.max()
            label(ax, end, place, span, look["color"], fontsize=8, **side)
            spans.append(f"{name} {span}")
        ax.set(
            title=words,
            xlim=(-25, 262),
            xticks=range(0, 201, 50),
            xlabel="thousand deaths above normal",
        )
        told.append(f"{' '.join(words.split())}: {'; '.join(spans)}")
    label(axes[0], known, -0.75, f"known: {known:.0f}", dx=4, fontsize=8)
    axes[0].set(
        yticks=range(len(CORRECTIONS)),
        yticklabels=[name.replace(" for ", "\nfor ") for name in CORRECTIONS],
        ylim=(len(CORRECTIONS) - 0.5, -1),
    )
    return describe(
        fig,
        finding="In each row eight yardsticks lie close together; what is done about missing\n"
        "deaths decides who comes near the truth",
        units="Thousands, Finland 1866–68, births not counted. A mark is one yardstick: a year, a "
        "mean, a trend or a line of ordinary years. Dots: rows whose mean is within 12 per cent of "
        "the known, the complete register above the line through all other years",
        rows=registers[registers["country"] == "Finland"],
        sources=("banister1984",),
        alt=f"Known {known:.0f} thousand. " + ". ".join(told) + ".",
    )


@house.style()
def one_year_of_life(ages):
    """Russia's life expectancy at birth from 1927 to 1940, both sexes together.

    Parameters
    ----------
    ages : DataFrame
        The table ``famine_ages``.

    Returns
    -------
    matplotlib.figure.Figure
    """
    russia = ages_of(ages, "Russia")
    both = russia.life_expectancy @ SEXES
    low, eve = both.argmin(), both.argmin() - 1
    fig, ax = new_figure(height=3.2, left=0.6, right=0.4, top=0.75)
    ax.plot(russia.years, both, color=RUST, linewidth=2, marker="o", markersize=4)
    for at, dy in ((0, 8), (eve, 8), (low, -10), (len(both) - 1, 8)):
        year = russia.years[at]
        label(ax, year, both[at], f"{both[at]:.0f}", RUST, dx=0, dy=dy, ha="center")
    ax.set(xticks=russia.years[::2], ylim=(10, 42), ylabel="years")
    told = ", ".join(f"{year} {value:.1f}" for year, value in zip(russia.years, both, strict=True))
    return describe(
        fig,
        finding=f"In the reconstruction Russia's life expectancy falls from {both[eve]:.0f} years "
        f"to {both[low]:.0f} in {russia.years[low]}",
        units="Mean years that a newborn would live if the death rates of the one year stayed for "
        "ever; without Kazakhstan and Ukraine. Reconstructed",
        rows=ages,
        alt=f"One line: {told}.",
    )


@house.style()
def dead_by_age(ages):
    """Russia in 1933: deaths above those of 1927-30 by age and sex, and rates over normal ones.

    Parameters
    ----------
    ages : DataFrame
        The table ``famine_ages``.

    Returns
    -------
    matplotlib.figure.Figure
    """
    excess = excess_at_ages(ages_of(ages, "Russia"), 1933, ORDINARY)
    places = np.arange(len(excess))
    fig, axes = new_figure(
        1, 2, height=4.6, left=0.85, right=0.3, top=0.75, wspace=0.1, sharey=True
    )
    beside = {"male": {"dx": 8}, "female": {"dx": -8, "ha": "right"}}
    looks = (("male", NAVY, "", -0.2), ("female", RUST, "////", 0.2))
    for sex, color, hatch, shift in looks:
        face = {"facecolor": f"{color}59", "edgecolor": color, "hatch": hatch}
        axes[0].barh(places + shift, excess[sex], 0.4, **face)
        axes[1].plot(
            excess[f"times_{sex}"],
            places,
            color=color,
            marker="o" if sex == "male" else "s",
            linestyle="-" if sex == "male" else "--",
            markersize=4,
        )
        peak = excess[f"times_{sex}"].argmax()
        label(
            axes[1],
            excess[f"times_{sex}"].iloc[peak + 3],
            peak + 3,
            f"{sex}s",
            color,
            **beside[sex],
        )
        label(axes[0], excess[sex].iloc[1], 1 + shift, f"{sex}s", color, dx=4, fontsize=8)
    axes[1].axvline(1, color=GREY, linewidth=0.9)
    axes[0].set(
        yticks=places,
        yticklabels=[name.replace("-", "–") for name in excess.index],
        ylim=(len(excess) - 0.4, -0.6),
        ylabel="age",
        xlabel="deaths above normal (thousands)",
        xlim=(0, 290),
    )
    axes[1].set(xlabel="death rate over the normal one", xlim=(0, 8))
    total = excess[["male", "female"]].to_numpy().sum()
    young = excess.iloc[:2][["male", "female"]].to_numpy().sum()
    told = "; ".join(
        f"{row.Index} males {row.male:.0f} ({row.times_male:.1f} times), females {row.female:.0f} "
        f"({row.times_female:.1f})"
        for row in excess.itertuples()
    )
    return describe(
        fig,
        finding=f"Of the reconstruction's excess deaths of 1933, {100 * young / total:.0f} in 100 "
        "are under five;\nrates rise most between the ages of 10 and 30",
        units="Thousands (left); times (right). Russia without Kazakhstan and Ukraine, 1933, above "
        f"the mean rates of {ORDINARY[0]}–{ORDINARY[-1] - 1900}, births not counted. Reconstructed",
        rows=ages[ages["year"].isin([*ORDINARY, 1933, 1934])],
        alt=f"{total:.0f} thousand in all. {told}.",
    )
