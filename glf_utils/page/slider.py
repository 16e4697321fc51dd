"""Move a model with sliders: fixed axes, only the moving artists redrawn, a static form.

An explorer is built from a *panel*: a function that draws the fixed parts of the picture into an
axes and returns the artists that move together with the function that moves them. The live form
draws the fixed parts once and then blits; the static form draws one panel for each preset. Both
call the same panel.
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from glf_utils.page import figure as house
from glf_utils.page.figure import WIDTH, describe, new_figure, to_png
from glf_utils.page.show import WIDTH_PX, show
from glf_utils.words import html_table

LIVE_DPI = WIDTH_PX / WIDTH  # a pixel of the live picture is a pixel of the page
HEADING_PX, ROW_PX, READOUT_PX = 60, 28, 60  # two lines, one control, three lines
HIGHEST_PX = 600  # of all of them and the picture: what a laptop's window shows

VIEW = "application/vnd.jupyter.widget-view+json"
LIVE = ".jp-OutputArea-child:has(.widget-slider) ~ .jp-OutputArea-child"
BEFORE = ".jp-OutputArea-child:has(~ .jp-OutputArea-child .glf-still) > .jp-OutputArea-output"
FOLDING = f"""<style>
{LIVE}:has(.glf-still), {LIVE}:has(.jp-RenderedImage):has(~ .jp-OutputArea-child .glf-still) {{
  display: none; }}
{BEFORE}:not(:has(*)) {{ font-size: 0; }}
{BEFORE}:not(:has(*))::after {{
  font-size: 14px; content: "Run this cell (Shift+Enter) to move the sliders."; }}
</style>"""
"""Where the sliders live, the still form is out of sight; where they do not, it stands, and what
JupyterLab says of a widget it cannot find gives way to a sentence that helps."""


SPOKEN = """
const spoken = (tries = 100) => {
  const panel = element.closest(".widget-vbox")
  const sliders = [...(panel?.querySelectorAll(".widget-slider") ?? [])]
  if (!panel || !sliders.every(slider => slider.querySelector(".noUi-handle"))) {
    if (tries) setTimeout(spoken, 100, tries - 1)
    return
  }
  const set = (part, told) =>
    Object.entries(told).forEach(([name, value]) => part.setAttribute(name, value))
  const finding = panel.querySelector("b").innerText
  set(panel, { role: "group", "aria-label": finding })
  for (const slider of sliders) {
    const words = slider.querySelector(".widget-label").innerText
    const handle = slider.querySelector(".noUi-handle")
    const readout = slider.querySelector(".widget-readout")
    set(handle, { "aria-label": words })
    set(readout, { role: "textbox", "aria-label": words + ", typed" })
    const told = () => {
      if (handle.getAttribute("aria-valuetext") !== readout.innerText)
        set(handle, { "aria-valuetext": readout.innerText })
    }
    const anywhere = { childList: true, characterData: true, subtree: true }
    new MutationObserver(told).observe(readout, anywhere)
    new MutationObserver(told).observe(handle, { attributeFilter: ["aria-valuetext"] })
    told()
  }
  const reading = [...panel.querySelectorAll(".widget-html-content")].at(-1)
  set(reading, { role: "status", "aria-live": "polite", "aria-atomic": "true" })
  set(panel.querySelector("img"), { alt: finding + ". What it shows now is said below it." })
}
spoken()
"""
"""What ipywidgets leaves unsaid to a screen reader: a slider's name, what the panel and its picture
are, and a reading that is told anew while its element stays the same."""

LOOK = """<style>
.glf-panel { container-type: inline-size; }
@container (max-width: 640px) {
  .glf-panel > .widget-hbox, .glf-panel > .widget-inline-hbox { flex-wrap: wrap; height: auto; }
  .glf-panel > .widget-inline-hbox { padding-right: 4px; }
  .glf-panel .widget-inline-hbox > .widget-label {
    width: 100% !important; height: auto; white-space: normal; text-align: left; }
}
@media (forced-colors: active) {
  .glf-panel .noUi-target, .glf-panel .widget-button { outline: 1px solid; }
  .glf-panel .noUi-handle:focus, .glf-panel .widget-button:focus { outline: 3px solid Highlight; }
}
</style>"""
"""A control's words above it where there is little room, as at a zoom of 200 %; and tracks, buttons
and focus drawn where a reader has set colours that leave out backgrounds."""


@dataclass(frozen=True)
class Slider:
    """A slider for one number.

    Attributes
    ----------
    name : str
        Of the argument it sets.
    words : str
        Beside it, with the letter of the formula.
    low, high, step, start : float
        Its bounds, its step and where it stands at first.
    form : str
        How the number is printed.
    """

    name: str
    words: str
    low: float
    high: float
    step: float
    start: float
    form: str = ".2f"

    def widget(self, widgets):
        """The ipywidgets control.

        Parameters
        ----------
        widgets : module
            ipywidgets, which is imported only where it is shown.

        Returns
        -------
        FloatSlider
        """
        return widgets.FloatSlider(
            value=self.start,
            min=self.low,
            max=self.high,
            step=self.step,
            description=self.words,
            tooltip=self.words,
            readout_format=self.form,
            continuous_update=True,
            style={"description_width": "26em"},
            layout={"width": f"{WIDTH_PX}px", "max_width": "100%", "margin": "0"},
        )

    def tell(self, value):
        """The value as the static table prints it.

        Parameters
        ----------
        value : float
            Of the slider.

        Returns
        -------
        str
        """
        return format(value, self.form)


@dataclass(frozen=True)
class Choice:
    """A menu for one word.

    Attributes
    ----------
    name : str
        Of the argument it sets.
    words : str
        Beside it.
    options : dict of str to object
        What the reader sees, and the value passed on.
    start : object
        The value at first.
    """

    name: str
    words: str
    options: dict
    start: object

    def widget(self, widgets):
        """The ipywidgets control.

        Parameters
        ----------
        widgets : module
            ipywidgets, which is imported only where it is shown.

        Returns
        -------
        Dropdown
        """
        return widgets.Dropdown(
            options=list(self.options.items()),
            value=self.start,
            description=self.words,
            tooltip=self.words,
            style={"description_width": "26em"},
            layout={"width": f"{WIDTH_PX}px", "max_width": "100%", "margin": "0"},
        )

    def tell(self, value):
        """The option's words, as the static table prints them.

        Parameters
        ----------
        value : object
            One of the options' values.

        Returns
        -------
        str
        """
        return next(words for words, option in self.options.items() if option == value)


class Explorer:
    """A figure with two to four controls, a reset, a readout in words and a static form.

    Parameters
    ----------
    panel : callable
        ``panel(ax)`` draws axes, limits and texts once and returns ``(artists, move)``:
        the artists that move, and ``move(**values)`` which sets them and returns one sentence.
    controls : sequence of Slider or Choice
    presets : dict of str to dict
        Label to values of the controls; two to four of them, drawn side by side when static.
    finding, units : str
        As for :func:`glf_utils.page.figure.describe`.
    rows, sources : optional
        As for :func:`glf_utils.page.figure.describe`.
    height : float
        Inches of the live picture.

    Examples
    --------
    >>> def panel(ax):
    ...     ax.set(xlim=(0, 1), ylim=(0, 2))
    ...     (line,) = ax.plot([0, 1], [0, 0])
    ...     def move(slope):
    ...         line.set_ydata([0, slope])
    ...         return f"It rises to {slope:.1f}."
    ...     return [line], move
    >>> tilt = Explorer(panel, [Slider("slope", "slope a", 0, 2, 0.1, 1)],
    ...                 {"flat": {"slope": 0}, "steep": {"slope": 2}},
    ...                 finding="A line tilts", units="arbitrary", sources=["lin1990"])
    >>> tilt.move(slope=1.5)
    'It rises to 1.5.'
    """

    def __init__(
        self,
        panel: Callable,
        controls,
        presets,
        *,
        finding,
        units,
        rows=None,
        sources=(),
        height=3.6,
    ):
        self.panel, self.controls, self.presets = panel, tuple(controls), dict(presets)
        self.about = {"finding": finding, "units": units, "rows": rows, "sources": sources}
        self.height = height
        self.values = {control.name: control.start for control in self.controls}
        for name, preset in self.presets.items():
            if set(preset) != set(self.values):
                raise ValueError(f"preset {name!r} must set exactly {sorted(self.values)}")
        self._stage = None
        self._box = None

    # the picture -------------------------------------------------------------------------------

    @house.style()
    def move(self, **values):
        """Set some controls' values and redraw what moves; returns the readout.

        Parameters
        ----------
        **values
            By control name.

        Returns
        -------
        str
        """
        if self._stage is None:
            self._set_stage()
        self.values.update(values)
        fig, background, artists, move = self._stage
        readout = move(**self.values)
        fig.canvas.restore_region(background)
        for artist in artists:
            (artist.axes or artist.figure).draw_artist(artist)
        return readout

    def picture(self):
        """The live picture as PNG bytes, as it stands."""
        if self._stage is None:
            self.move()
        return to_png(self._stage[0], live=True)

    def _height(self):
        """Inches of the live picture: what is left of the window beside controls and readout."""
        rest = HIGHEST_PX - HEADING_PX - len(self.controls) * ROW_PX - READOUT_PX - 10
        return min(self.height, rest / LIVE_DPI)

    @house.style()
    def stage(self):
        """A live picture with what stands still, and what moves in it, for one who draws it.

        Returns
        -------
        fig : Figure
        artists : list of Artist
            What moves: ``fig.draw`` leaves it out.
        move : callable
            As the panel returns it.
        """
        fig, ax = new_figure(height=self._height(), top=0.25)
        artists, move = self.panel(ax)
        for artist in artists:
            artist.set_animated(True)
        return fig, artists, move

    @house.style()
    def _set_stage(self):
        fig, artists, move = self.stage()
        fig.set_dpi(LIVE_DPI)
        fig.canvas.draw()
        self._stage = fig, fig.canvas.copy_from_bbox(fig.bbox), artists, move

    @house.style()
    def figure(self):
        """The static form: one panel for each preset, described like every figure."""
        cols = 2 if len(self.presets) > 1 else 1
        rows = -(-len(self.presets) // cols)
        fig, axes = new_figure(rows, cols, height=0.9 + 2.6 * rows, squeeze=False)
        told = []
        for ax, (name, values) in zip(axes.flat, self.presets.items(), strict=False):
            _, move = self.panel(ax)
            told.append(f"{name}: {move(**values)}")
            ax.set_title(name, fontweight="bold")
            if len(self.presets) % cols == 0:
                ax.label_outer()  # all panels have the same fixed axes
        for ax in axes.flat[len(self.presets) :]:
            ax.set_axis_off()
        return describe(fig, alt=" ".join(told), **self.about)

    def table(self):
        """Settings and readouts of the presets: a list of dicts, one a preset."""
        if self._stage is None:
            self._set_stage()
        now = dict(self.values)
        rows = []
        for name, values in self.presets.items():
            settings = {
                control.words: control.tell(values[control.name]) for control in self.controls
            }
            rows.append({"setting": name, **settings, "reading": self.move(**values)})
        self.move(**now)
        return rows

    # the notebook ------------------------------------------------------------------------------

    def widget(self):
        """The live form: controls, reset, picture, readout; made once."""
        if self._box is None:
            self._box = self._build()
        return self._box

    def _build(self):
        import ipywidgets as widgets

        controls = {control.name: control.widget(widgets) for control in self.controls}
        reset = widgets.Button(
            description="Reset", tooltip="Put every control back", layout={"flex": "none"}
        )
        readout = widgets.HTML()
        said = self.move()
        picture = widgets.Image(
            value=self.picture(),
            format="png",
            layout={
                "width": f"{WIDTH_PX}px",
                "max_width": "100%",
                "height": "auto",
                "margin": "0",
            },
        )

        def tell(sentence):
            readout.value = (
                f'<div style="line-height:1.35;min-height:2.8em;max-width:{WIDTH_PX}px">'
                f"{escape(sentence)}</div>"
            )

        def follow(change):
            name = next(name for name, control in controls.items() if control is change["owner"])
            sentence = self.move(**{name: change["new"]})
            picture.value = self.picture()
            tell(sentence)

        def put_back(_):
            for control in self.controls:
                controls[control.name].value = control.start

        tell(said)
        for control in controls.values():
            control.observe(follow, names="value")
        reset.on_click(put_back)
        heading = widgets.HTML(f"{LOOK}<b>{escape(self.about['finding'])}</b>")
        heading.layout.max_width = f"{WIDTH_PX - 160}px"
        script = {"data": {"application/javascript": SPOKEN}, "metadata": {}}
        spoken = widgets.Output(
            outputs=({"output_type": "display_data", **script},), layout={"display": "none"}
        )
        box = widgets.VBox(
            [widgets.HBox([heading, reset]), *controls.values(), picture, readout, spoken],
            layout={"max_width": f"{WIDTH_PX + 20}px", "overflow": "visible"},
        )
        box.add_class("glf-panel")
        return box

    def _ipython_display_(self):
        from IPython.display import display

        names = ", ".join(control.words for control in self.controls)
        view = {"version_major": 2, "version_minor": 0, "model_id": self.widget().model_id}
        told = f"Run this cell (Shift+Enter) to move the sliders: {names}."
        display({VIEW: view, "text/plain": told}, raw=True)
        show(self.figure())
        rows = self.table()
        plain = "\n".join("; ".join(f"{key}: {cell}" for key, cell in row.items()) for row in rows)
        table = html_table(rows[0], (row.values() for row in rows))
        display(
            {
                "text/html": f'{FOLDING}<div class="glf-still">{table}</div>',
                "text/plain": plain,
            },
            raw=True,
        )
