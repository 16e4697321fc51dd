"""Small figures and sliders that tests share, and how to read a drawn one."""

from glf_utils.page.slider import Choice, Explorer, Slider

GOOD = {
    "finding": "Steel doubled on paper",
    "units": "million tonnes a year",
    "alt": "Two points: 5.35 million tonnes in 1957 and 11.08 million tonnes in 1958.",
    "sources": ["lin1990"],
}


def tilting(**changes):
    def panel(ax):
        ax.set(xlim=(0, 1), ylim=(-2, 2))
        (line,) = ax.plot([0, 1], [0, 0])

        def move(slope, way):
            line.set_ydata([0, way * slope])
            return f"It ends at {way * slope:.1f}."

        return [line], move

    given = {
        "controls": [
            Slider("slope", "slope a", 0, 2, 0.1, 1),
            Choice("way", "direction", {"up": 1, "down": -1}, 1),
        ],
        "presets": {"gentle": {"slope": 0.5, "way": 1}, "falling": {"slope": 2, "way": -1}},
        "finding": "A line tilts with its slope",
        "units": "arbitrary",
        "sources": ["lin1990"],
    }
    return Explorer(panel, **{**given, **changes})


def marks(ax, face=None):
    """Points drawn with a marker as {(x, y)}; ``face`` keeps the hollow or the filled ones."""
    found = set()
    for line in ax.lines:
        hollow = line.get_markerfacecolor() == "white"
        if line.get_marker() in ("", "None") or face == ("filled" if hollow else "hollow"):
            continue
        found |= {(int(x), round(float(y), 6)) for x, y in line.get_xydata()}
    return found
