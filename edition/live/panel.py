"""An explorer as a part of a page: controls, picture, sentence, and the numbers of each setting."""

import re
from base64 import b64encode
from html import escape
from itertools import zip_longest

from edition.live.columns import packed, put
from edition.live.frames import Stage
from edition.live.settings import positions, shortened
from glf_utils.page.slider import Slider

MOST = 40_000
"""Settings of a panel at most: what can be worked out in a minute or two and sent at once."""


CLAUSE = re.compile(r"(?<=[.,:;] )")
PANEL = """<div class="glf-live" hidden>
<fieldset><legend id="{name}-finding">{finding}</legend>
{controls}
<div class="glf-presets">
{buttons}
</div></fieldset>
<div class="glf-picture"><svg viewBox="0 0 {width} {height}" role="img" \
aria-labelledby="{name}-finding {name}-reading">\
<defs>{defined}</defs>{still}<g class="glf-moving"></g></svg></div>
<p role="status" id="{name}-reading"></p>
{note}
<script type="text/plain">{numbers}</script>
</div>"""


def fragment(explorer, name, most=MOST):
    """Return an explorer that moves without a kernel.

    Parameters
    ----------
    explorer : Explorer
        From a lesson.
    name : str
        Begins the names of what stands in it, so that they are its own on the page.
    most : int
        Settings at most; see :func:`edition.live.settings.positions`.

    Returns
    -------
    str
        HTML, hidden until the script ``live.js`` has unpacked it.

    Raises
    ------
    ValueError
        If it cannot be tabulated, with the reason.
    """
    found = positions(explorer, most)
    shape = [len(values) for values in found.values()]
    stage, columns = Stage(explorer, name), []
    still = stage.still()
    parts, sentences = stage.frames(found)
    clauses = zip_longest(*map(CLAUSE.split, sentences), fillvalue="")
    told = {
        "shape": shape,
        "values": [list(map(control.tell, found[control.name])) for control in explorer.controls],
        "picture": [put(part, columns, shape) for part in parts],
        "sentence": [put(clause, columns, shape) for clause in clauses],
    }
    note = shortened(explorer, found)
    return PANEL.format(
        name=name,
        finding=escape(explorer.about["finding"]),
        controls="\n".join(_control(control, found, name) for control in explorer.controls),
        buttons="\n".join(_buttons(explorer, found)),
        width=f"{stage.width:g}",
        height=f"{stage.height:g}",
        still=still,
        defined=stage.defined(),
        note=note and f"<p><small>{escape(note)}</small></p>",
        numbers=b64encode(packed(told, columns)).decode(),
    )


def _control(control, found, name):
    """A control under its label; a slider's places are numbered from 0."""
    values, at = found[control.name], f"{name}-{control.name}"
    label = f'<label for="{at}">{escape(control.words)}</label>'
    here = values.index(control.start)
    if isinstance(control, Slider):
        told = escape(control.tell(control.start))
        return (
            f'<div>{label}<input type="range" id="{at}" max="{len(values) - 1}" value="{here}" '
            f'aria-valuetext="{told}"><span aria-hidden="true">{told}</span></div>'
        )
    options = (
        f"<option{' selected' * (place == here)}>{escape(control.tell(value))}</option>"
        for place, value in enumerate(values)
    )
    return f'<div>{label}<select id="{at}">{"".join(options)}</select></div>'


def _buttons(explorer, found):
    """One for each preset, and one back to the start."""
    start = {control.name: control.start for control in explorer.controls}
    for label, setting in (*explorer.presets.items(), ("Reset", start)):
        places = [found[name].index(setting[name]) for name in found]
        yield f'<button type="button" data-places="{places}">{escape(label)}</button>'
