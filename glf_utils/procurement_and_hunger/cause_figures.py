"""Figures of rival causes: who explains what, and how much grain went where."""

from glf_utils.page import figure as house
from glf_utils.page.figure import (
    AMBER,
    GREY,
    HATCHES,
    INK,
    NAVY,
    PALE,
    RUST,
    TEAL,
    describe,
    label,
    new_figure,
)
from glf_utils.procurement_and_hunger.evidence import grain_moved

QUESTIONS = {
    "harvest": "Why less grain?",
    "deaths": "Why so many dead?",
    "places": "Why here, not there?",
}
"""What a claim explains, and how the figure asks it."""

LOOKS = {
    "leading": ("s", NAVY, "the leading cause"),
    "part": ("^", TEAL, "a part"),
    "minor": ("v", AMBER, "a minor part"),
    "denied": ("x", RUST, "denied"),
}
"""Marker, colour and word for what an author makes of a cause."""


@house.style()
def who_explains_what(causes):
    """Draw published claims in a grid: causes down, the question that each answers across.

    Parameters
    ----------
    causes : DataFrame
        ``load("rival_causes")``; a talk without a year of publication is left out.

    Returns
    -------
    Figure
    """
    claims = causes[causes["published"].notna()]
    fig, ax = new_figure(height=6.0, left=1.5, right=0.1, top=0.95, bottom=0.1)
    line, drawn, told = 0, [], []
    for cause, rows in claims.groupby("cause", sort=False):
        columns = [rows[rows["question"] == question] for question in QUESTIONS]
        high = max(map(len, columns))
        ax.axhline(line - 0.6, color=PALE, linewidth=0.8)
        ax.text(-0.04, line + (high - 1) / 2, cause, ha="right", va="center", fontsize=9)
        for place, some in enumerate(columns):
            for down, row in enumerate(some.itertuples()):
                marker, color, _ = LOOKS[row.weight]
                ax.plot([place + 0.02], [line + down], marker, color=color, markersize=5)
                label(ax, place + 0.02, line + down, f"{row.authors} {row.published}", fontsize=8)
                drawn.append((place, row.claim_id))
        told.append(
            f"{cause}: "
            + "; ".join(
                f"{row.authors} {row.published} ({row.question}, {row.weight})"
                for row in rows.itertuples()
            )
        )
        line += high + 0.2
    for place, asked in enumerate(QUESTIONS.values()):
        ax.text(place, -1.0, asked, fontweight="bold", va="center", color=INK)
    handles = [
        ax.plot([], [], marker, color=color, linestyle="", markersize=6, label=words)[0]
        for marker, color, words in LOOKS.values()
    ]
    ax.legend(handles=handles, loc="lower left", ncols=4, bbox_to_anchor=(-0.26, 1.0), fontsize=8.5)
    ax.set(xlim=(-0.02, 3), ylim=(line - 0.4, -1.5), xticks=(), yticks=())
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    count = claims["question"].value_counts()
    return describe(
        fig,
        finding=f"Of {len(claims)} claims {count['harvest']} are about the harvest, "
        f"{count['deaths']} about the deaths and {count['places']} about why here and not there",
        units="Each mark is a claim, under the question that it answers, in the row of its cause",
        rows=claims,
        alt=f"A grid of three columns, one for each question. {'. '.join(told)}.",
    )


@house.style()
def grain_by_size(grain):
    """Draw, in tonnes, what was taken from villages and what could have fed them.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``.

    Returns
    -------
    Figure
    """
    sizes, rows = grain_moved(grain)
    sizes = sizes.sort_values()
    fig, ax = new_figure(height=3.0, left=2.3, right=0.6, top=0.75, bottom=0.5)
    for place, (what, tonnes) in enumerate(sizes.items()):
        gone = what.startswith(("taken", "net exports"))
        look = {"color": GREY} if gone else {"facecolor": "white", "edgecolor": NAVY}
        ax.barh(place, tonnes, 0.6, hatch=HATCHES[0 if gone else 1], **look)
        label(ax, tonnes, place, f"{tonnes:.1f}", fontweight="bold")
    ax.set(yticks=range(len(sizes)), yticklabels=sizes.index, xlim=(0, 27))
    ax.set_xlabel("million tonnes")
    ax.grid(visible=False, axis="y")
    back, abroad = (sizes[sizes.index.str.startswith(word)].item() for word in ("sold", "net exp"))
    told = "; ".join(f"{what} {tonnes:.1f}" for what, tonnes in sizes[::-1].items())
    return describe(
        fig,
        finding=f"What the state sold back to villages in one year was {back / abroad:.1f} times "
        "the net exports of two; it sold some back in ordinary years too",
        units="Million tonnes; grey: gone from villages or from the country; striped: given back, "
        "or had from stores and abroad. Sources weigh grain unhusked or milled, and do not all "
        "say which",
        rows=rows,
        alt=f"Bars, million tonnes: {told}.".replace("\n", " "),
    )
