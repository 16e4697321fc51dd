"""Figures of what the accounts rest on, and of the collisions that numbers decide."""

from glf_utils.dates import decimal_year
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
from glf_utils.weighing_the_sources.evidence import (
    acts,
    cautious_months,
    left_of_1957,
    levers,
)
from glf_utils.weighing_the_sources.figures import NAMES
from glf_utils.words import listed

KINDS = {
    "archives": "papers of\nthe time",
    "state figures": "figures of\nthe state",
    "leaders": "words of\nleaders",
    "memory": "memory",
    "printed work": "later\nprint",
    "notes": "notes not in\nour copy",
    "unnamed": "nothing\nnamed",
}
SHOWN = {
    "named": ("o", NAVY, NAVY, "by the account itself"),
    "same number": ("s", TEAL, TEAL, "same number or story in an older paper"),
    "likeness": ("D", AMBER, "white", "a likeness, not compared"),
}


@house.style()
def plot_pedigree(pedigree):
    """What each account rests on: kinds of source, and how we know.

    Parameters
    ----------
    pedigree : DataFrame
        ``load("account_pedigree")``.

    Returns
    -------
    Figure
    """
    shown = pedigree["shown_by"].replace("same story", "same number")
    fig, ax = new_figure(height=3.3, left=1.25, right=0.15, top=1.05, bottom=0.45)
    told = []
    for down, (account, name) in enumerate(NAMES.items()):
        counts = []
        for across, (kind, words) in enumerate(KINDS.items()):
            mine = shown[(pedigree["account"] == account) & (pedigree["kind"] == kind)]
            order = sorted(set(mine), key=list(SHOWN).index)
            for place, how in enumerate(order):
                marker, edge, face, _ = SHOWN[how]
                x = across + 0.17 * (place - (len(order) - 1) / 2)
                ax.plot(
                    x, down, marker, color=edge, markerfacecolor=face, markersize=8, clip_on=False
                )
            if order:
                known = listed(SHOWN[how][-1] for how in order)
                counts.append(f"{words.replace(chr(10), ' ')} ({known})")
        told.append(f"{name}: {', '.join(counts)}")
    handles = [
        ax.plot([], [], marker, color=edge, markerfacecolor=face, linestyle="", label=words)[0]
        for marker, edge, face, words in SHOWN.values()
    ]
    ax.legend(
        handles=handles, loc="upper center", ncols=3, fontsize=8.5, bbox_to_anchor=(0.42, -0.02)
    )
    for across in range(1, len(KINDS)):
        ax.axvline(across - 0.5, color=PALE, linewidth=0.8)
    ax.set(xlim=(-0.5, len(KINDS) - 0.5), ylim=(len(NAMES) - 0.5, -0.5))
    ax.set(xticks=range(len(KINDS)), yticks=range(len(NAMES)))
    ax.set_xticklabels(KINDS.values(), fontsize=8.5)
    ax.set_yticklabels(NAMES.values())
    ax.tick_params(length=0, labeltop=True, labelbottom=False)
    ax.grid(axis="x", visible=False)
    ax.spines[:].set_visible(False)
    own = pedigree[(pedigree["kind"] == "archives") & (pedigree["shown_by"] == "named")]
    readers = [NAMES[account] for account in NAMES if account in set(own["account"])]
    return describe(
        fig,
        finding=f"{listed(readers)} alone says that its author read papers of the time"
        if len(readers) == 1
        else f"{listed(readers) or 'None'} say that their authors read papers of the time",
        units="A mark: for something in the account this kind of source is said, found or "
        "suspected; one mark for one statement or for many",
        rows=pedigree,
        alt=f"A grid, accounts down, kinds of source across. {'. '.join(told)}.",
    )


@house.style()
def plot_fields_and_yield(grain):
    """What was left of the fields and of the yield of 1957, in 1959 and in the two years after.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``.

    Returns
    -------
    Figure
    """
    table, rows = left_of_1957(grain)
    fig, ax = new_figure(height=2.9, left=0.95, right=0.5, top=0.8, bottom=0.6)
    looks = {"fields": ("o", NAVY), "yield": ("s", RUST)}
    told = []
    for down, year in enumerate(table.index):
        for off, (what, (marker, color)) in zip((-0.16, 0.16), looks.items(), strict=True):
            value, low, high = table.loc[year, [what, f"{what}_low", f"{what}_high"]]
            ax.plot([low, high], [down + off] * 2, color=color, linewidth=2)
            ax.plot(value, down + off, marker, color=color, markersize=8)
            label(ax, high, down + off, f"{what} {value:.0f}", color, dx=6, fontsize=9.5)
            told.append(f"{year} {what} {value:.0f} ({low:.0f} to {high:.0f})")
    ax.axvline(100, color=GREY, linewidth=1)
    label(ax, 100, -0.55, "as in 1957", GREY, dx=4, fontsize=8.5)
    ax.set(yticks=range(len(table)), yticklabels=table.index, ylim=(1.5, -0.7), xlim=(76, 108))
    ax.set_xlabel("per cent of 1957")
    ax.grid(axis="y", visible=False)
    first, later = table.iloc[0], table.iloc[1]
    one, other = (
        "the fields" if row["fields"] < row["yield"] else "the yield" for row in (first, later)
    )
    return describe(
        fig,
        finding=f"In this split the loss of 1959 lies in {one}; in 1960 and 1961 more in {other}",
        units="Per cent of 1957; the bar is what the rounding of the print leaves open. 1959 is "
        "worked from two means. Poor fields given up would raise the yield of the rest",
        rows=rows,
        alt=f"Marks with bars, per cent of 1957: {'; '.join(told)}.",
    )


SHORT = {
    "1957-11-18": ("pledge in Moscow", 2, 0.24),
    "1958-06-19": ("steel to be doubled", 10, 0.24),
    "1958-08-17": ("Beidaihe: communes", 6, 0.46),
    "1958-11-02": ("Zhengzhou", -34, 0.24),
    "1958-11-25": ("note on deaths in Yunnan", -55, 0.46),
    "1958-11-28": ("steel target cut", -6, 0.68),
    "1959-02-22": ("“hidden grain”", -6, 0.24),
    "1959-02-27": ("accounts to the brigade", 46, 0.68),
    "1959-03-25": ("Shanghai: a third?", 0, 0.28),
    "1959-04": ("hunger report flown out", 53, 0.46),
    "1959-04-29": ("letter to the teams", 40, 0.24),
    "1959-07-23": ("turns on Peng", 16, 0.24),
    "1960-01-07": ("communes to own all in 8 years", 4, 0.46),
    "1960-03-18": ("halls for all", 18, 0.24),
    "1960-11-03": ("Twelve Articles", 0, 0.24),
}
"""A few words for each act, and where they stand: points to the right, lines from its mark."""


@house.style()
def plot_who_said_stop(events, rates):
    """Mao's dated acts, raising or lowering the pressure, above the registered death rates.

    Parameters
    ----------
    events : DataFrame
        ``load("timeline")``.
    rates : DataFrame
        ``load("national_vital_rates")``.

    Returns
    -------
    Figure
    """
    found = acts(events)
    looks = {"up": (0, "^", RUST), "disputed": (1, "D", AMBER), "down": (2, "v", TEAL)}
    fig, (ax, low) = new_figure(
        2,
        1,
        height=4.9,
        left=0.95,
        right=0.35,
        top=0.75,
        bottom=0.5,
        hspace=0.12,
        sharex=True,
        gridspec_kw={"height_ratios": [2.6, 1]},
    )
    start, end = decimal_year(["1958-11-02", "1959-07-23"])
    for each in (ax, low):
        each.axvspan(start, end, color=GREY, alpha=0.13, linewidth=0)
    for row in found.itertuples():
        line, marker, color = looks[row.reading]
        words, right, far = SHORT[row.date]
        x, far = decimal_year([row.date])[0], far * (-1 if line == 0 else 1)
        face = "white" if row.reading == "disputed" else color
        ax.plot([x, x], [line, line + far], color=color, linewidth=0.6)
        ax.plot(x, line, marker, color=color, markersize=9, markerfacecolor=face)
        label(
            ax,
            x,
            line + far,
            words,
            color,
            dx=right,
            dy=5 if line == 0 else -5,
            ha="center",
            fontsize=8,
        )
    ax.set(ylim=(2.95, -0.75), yticks=(0, 1, 2), yticklabels=("harder", "disputed", "easier"))
    ax.grid(visible=False)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(length=0)
    years = rates[(rates["series"] == "official") & rates["year"].between(1958, 1960)]
    for row in years.itertuples():
        low.bar(
            row.year + 0.5,
            row.death_rate_per_1000,
            0.94,
            facecolor="white",
            edgecolor=INK,
            hatch=HATCHES[1],
        )
        label(
            low,
            row.year + 0.5,
            row.death_rate_per_1000,
            f"{row.death_rate_per_1000:.1f}",
            dx=0,
            dy=7,
            ha="center",
        )
    low.set(xlim=(1957.7, 1961.1), ylim=(0, 34), yticks=(0, 10, 20), ylabel="deaths\nper 1,000")
    low.set(xticks=(1958.5, 1959.5, 1960.5), xticklabels=("1958", "1959", "1960"))
    low.grid(axis="x", visible=False)
    told = "; ".join(
        f"{row.date} {SHORT[row.date][0]} ({row.reading})" for row in found.itertuples()
    )
    dead = ", ".join(f"{row.year} {row.death_rate_per_1000:.1f}" for row in years.itertuples())
    return describe(
        fig,
        finding=f"For {cautious_months(events):.0f} months most of the acts listed here eased the "
        "pressure; the others, to November 1960, raised it",
        units="Above: acts of Mao or of meetings he led, a selection, by our reading; shaded from "
        "Zhengzhou to the day he turned on Peng; below: registered deaths per 1,000, which are too "
        "few",
        rows=[found, years],
        alt=f"Marks on three lines by date: {told}. Bars, registered deaths per 1,000: {dead}.",
    )


@house.style()
def plot_levers(grain):
    """The grain that the accounts argue about, as people fed for one year.

    Parameters
    ----------
    grain : DataFrame
        ``load("grain_national")``.

    Returns
    -------
    Figure
    """
    table, rows = levers(grain)
    table = table[::-1]
    fig, ax = new_figure(height=3.6, left=1.95, right=1.5, top=0.8, bottom=0.55)
    for place, row in enumerate(table.itertuples()):
        back = row.Index.startswith(("sold back", "net imports", "wheat"))
        look = {"facecolor": "white", "edgecolor": NAVY} if back else {"color": GREY}
        ax.barh(place, row.million_person_years, 0.6, hatch=HATCHES[1 if back else 0], **look)
        words = f"{row.million_person_years:.1f}"
        label(ax, row.million_person_years, place, words, fontweight="bold", fontsize=9)
        label(ax, 108, place, row.account, INK, dx=0, fontsize=8.5)
    ax.set(yticks=range(len(table)), yticklabels=table.index, xlim=(0, 106))
    ax.set_xlabel("million people, a year at 2,000 kcal")
    ax.grid(axis="y", visible=False)
    sizes = table["million_person_years"]
    taken, back = (
        sizes[sizes.index.str.startswith(word)].item() for word in ("taken", "sold back")
    )
    told = "; ".join(f"{what} {size:.1f}" for what, size in sizes[::-1].items()).replace("\n", " ")
    return describe(
        fig,
        finding=f"The take of 1959 beyond the old share is {taken / back:.1f} times what the "
        "villages got back in 1960/61 beyond the year after",
        units="Million people fed for a year by grain alone, 2,800 kcal a kilogram; grey: gone "
        "from villages, stores or country; striped: given or offered. The first two only as far as "
        "they go beyond another year, before anything is taken off; the others whole. At right, "
        "whose point it is. Japan's offer has no row: as the course page tells it",
        rows=rows,
        sources=["account_s2"],
        alt=f"Bars, million person-years: {told}.",
    )
