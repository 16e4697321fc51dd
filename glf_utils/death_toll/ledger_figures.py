"""Two ledgers side by side, and what a register gains and loses without a birth or a death."""

from glf_utils.death_toll.rates import split_deficit
from glf_utils.death_toll.registers import register_residual
from glf_utils.page import figure as house
from glf_utils.page.figure import GREY, INK, NAVY, RUST, describe, label, new_figure


@house.style()
def two_ledgers(rates, reference=1958, window=(1959, 1961), years=(1957, 1965)):
    """Deaths above, and births below, those of one year, by the register, in two panels.

    Parameters
    ----------
    rates : DataFrame
        The table ``national_vital_rates``.
    reference : int
        The year whose births and deaths are held constant.
    window : (int, int)
        First and last year that are summed; their bars are dark.
    years : (int, int)
        First and last year drawn.

    Returns
    -------
    matplotlib.figure.Figure
    """
    register = rates[(rates["series"] == "official") & rates["year"].between(*years)]
    at, born, died = (register[name] for name in ("year", "births_million", "deaths_million"))
    split = split_deficit(at, born, died, window, reference)
    then = register.set_index("year").loc[reference]
    fig, axes = new_figure(1, 2, height=3.5, top=0.95, wspace=0.12, sharey=True)
    told = []
    for ax, words, missing, total, color, hatch in (
        (axes[0], "deaths above", died - then["deaths_million"], split.from_deaths, RUST, ""),
        (axes[1], "births below", then["births_million"] - born, split.from_births, NAVY, "////"),
    ):
        inside = at.between(*window)
        for kept, face, edge in ((inside, f"{color}59", color), (~inside, "white", GREY)):
            ax.bar(at[kept], missing[kept], 0.7, facecolor=face, edgecolor=edge, hatch=hatch)
        _number_bars(ax, at, missing)
        ax.axhline(0, color=INK, linewidth=0.9)
        ax.set(
            title=f"{words} those of {reference}: {total:.1f} in {_span(window)}",
            xticks=range(years[0], years[1] + 1, 2),
            ylim=(-13, 12),
        )
        listed = ", ".join(f"{year} {height:.1f}" for year, height in zip(at, missing, strict=True))
        told.append(f"{words.capitalize()} those of {reference}: {listed}.")
    axes[0].set_ylabel("million a year")
    return describe(
        fig,
        finding=f"Of {split.total:.1f} million people missing in {_span(window)} against "
        f"{reference}, {split.from_deaths:.1f} died and {split.from_births:.1f} were not born",
        units=f"Millions a year by the register, {_span(window)} in colour; below zero fewer "
        f"deaths or more births than in {reference}",
        rows=register,
        alt=" ".join(told),
    )


@house.style()
def own_books(rates, years=(1953, 1965)):
    """People whom the register gained or lost otherwise than by birth and death, year by year.

    Parameters
    ----------
    rates : DataFrame
        The table ``national_vital_rates``.
    years : (int, int)
        First and last year of the register used; the first has no bar.

    Returns
    -------
    matplotlib.figure.Figure
    """
    register = rates[(rates["series"] == "official") & rates["year"].between(*years)]
    columns = ("year", "population_yearend_million", "births_million", "deaths_million")
    left_over = register_residual(*(register[name] for name in columns))[1:]
    at = register["year"].to_numpy()[1:]
    fig, ax = new_figure(height=3.3, top=0.7)
    for kept, color, hatch in ((left_over >= 0, NAVY, "////"), (left_over < 0, RUST, "")):
        ax.bar(at[kept], left_over[kept], 0.7, facecolor=f"{color}59", edgecolor=color, hatch=hatch)
    _number_bars(ax, at, left_over)
    ax.axhline(0, color=INK, linewidth=0.9)
    ax.set(xticks=at, ylim=(-8.5, 7), ylabel="million a year")
    best, worst = left_over.argmax(), left_over.argmin()
    listed = ", ".join(f"{year} {value:+.1f}" for year, value in zip(at, left_over, strict=True))
    return describe(
        fig,
        finding=f"In {at[best]} the register gained {left_over[best]:.1f} million people without "
        f"a birth, in {at[worst]} it lost {-left_over[worst]:.1f} without a death",
        units="Millions: change between year-ends, less births, plus deaths, all by the register",
        rows=register,
        alt=f"What is left over each year: {listed}.",
    )


def _number_bars(ax, at, heights):
    """Write each bar's height at its end, with a true minus sign."""
    for year, height in zip(at, heights, strict=True):
        above = height >= 0
        label(
            ax,
            year,
            height,
            f"{height:.1f}".replace("-", "−"),
            dx=0,
            dy=2 if above else -2,
            ha="center",
            va="bottom" if above else "top",
            fontsize=8,
        )


def _span(window):
    return f"{window[0]}–{window[1] - 1900}"
