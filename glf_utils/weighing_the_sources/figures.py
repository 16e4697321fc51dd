"""Figures of the accounts: how their claims fare, and what a selection does to that."""

from glf_utils.page import figure as house
from glf_utils.page.figure import (
    AMBER,
    GREY,
    INK,
    NAVY,
    PALE,
    RUST,
    TEAL,
    describe,
    label,
    new_figure,
)
from glf_utils.words import listed

NAMES = {"S1": "the textbook", "S2": "the course page", "S3": "Mazur", "S4": "Dikötter"}
"""What the lessons call the four accounts."""
FACES = {
    "holds": {"facecolor": NAVY},
    "imprecise": {"facecolor": TEAL, "hatch": "////"},
    "slip": {"facecolor": AMBER, "hatch": "xxxx"},
    "contested": {"facecolor": PALE, "hatch": "...."},
    "undecided": {"facecolor": "white"},
    "fails": {"facecolor": RUST, "hatch": "\\\\\\\\"},
}
"""Colour and hatching of each verdict, in the order of the bars."""


@house.style()
def plot_verdicts(selections, rows):
    """Verdicts as shares of each account's claims, a panel for each way of selecting claims.

    Parameters
    ----------
    selections : dict of str to DataFrame
        What is counted, in words, and the table of :func:`verdicts` for it.
    rows : DataFrame
        The claims that are counted, of ``load("account_claims")``, for the caption.

    Returns
    -------
    Figure
    """
    fig, axes = new_figure(
        1,
        len(selections),
        height=3.2,
        left=1.25,
        right=0.3,
        top=0.95,
        bottom=0.95,
        squeeze=False,
        sharey=True,
        wspace=0.12,
    )
    told, leaders, near = [], [], False
    for ax, (words, counts) in zip(axes[0], selections.items(), strict=True):
        shares = 100 * counts[list(FACES)].div(counts["all"].clip(lower=1), axis=0)
        left = 0 * counts["all"].to_numpy(float)
        places = range(len(counts))
        for verdict, face in FACES.items():
            width = shares[verdict].to_numpy()
            ax.barh(places, width, 0.7, left=left, edgecolor=GREY, label=verdict, **face)
            left = left + width
        for place, total in zip(places, counts["all"], strict=True):
            label(ax, 100, place, f"{total}", GREY, dx=3, fontsize=8)
        ax.set(
            yticks=places,
            yticklabels=[NAMES.get(account, account) for account in counts.index],
            ylim=(len(counts) - 0.5, -0.5),
            xlim=(0, 100),
            xticks=(0, 50, 100),
            xlabel="per cent of its claims",
        )
        ax.set_title(words, fontsize=9)
        ax.grid(axis="y", visible=False)
        best = shares["holds"].max()
        leaders.append(listed(NAMES.get(one, one) for one in shares.index[shares["holds"] == best]))
        behind = shares["holds"] < best
        near |= (100 * (counts["holds"] + 1) / counts["all"] > best)[behind].any()
        numbers = (
            f"{NAMES.get(account, account)} "
            + ", ".join(
                f"{counts.loc[account, one]} {one}" for one in FACES if counts.loc[account, one]
            )
            for account in counts.index
        )
        told.append(f"{words}: {'; '.join(numbers)}")
    handles, names = axes[0, 0].get_legend_handles_labels()
    fig.legend(handles, names, ncol=6, loc="lower center", fontsize=8.5, labelcolor=INK)
    first = dict.fromkeys(leaders)
    return describe(
        fig,
        finding=f"In each selection shown {leaders[0]} has the largest share that holds"
        + ", by less than one claim where it is nearest" * bool(near)
        if len(first) == 1
        else "The selection decides which account has the largest share that holds: "
        + "; ".join(f"{one} ({words})" for words, one in zip(selections, leaders, strict=True)),
        units="Verdicts in per cent of an account's claims; beside each bar, how many claims",
        rows=rows,
        alt=". ".join(told) + ".",
    )
