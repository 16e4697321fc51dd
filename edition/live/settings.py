"""Which settings of an explorer a page can show: all of them, or as many as it can hold."""

from math import prod

from glf_utils.page.slider import Slider
from glf_utils.words import listed


def positions(explorer, most):
    """Values at which each control of the page can stand.

    Where the controls have more settings than a page can hold, the slider with the most values
    takes longer steps, until they fit: 2, 5, 10, 20 … of its own. Its ends, where it starts and
    where the presets put it are kept.

    Parameters
    ----------
    explorer : Explorer
        From a lesson.
    most : int
        Settings at most, as far as longer steps can bring that about.

    Returns
    -------
    dict of str to list
        Values by the name of the control, in the order of the controls.

    Examples
    --------
    >>> from glf_utils.death_toll.currency_sliders import explore_halves
    >>> positions(explore_halves(), most=30)["rate"]
    [8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0]
    """
    strides = {control.name: 1 for control in explorer.controls}
    while True:
        found = {
            control.name: _values(control, strides[control.name], explorer.presets.values())
            for control in explorer.controls
        }
        longer = [
            control.name
            for control in explorer.controls
            if isinstance(control, Slider) and strides[control.name] < _steps(control)
        ]
        if prod(map(len, found.values())) <= most or not longer:
            return found
        name = max(longer, key=lambda name: len(found[name]))
        strides[name] = _longer(strides[name])


def shortened(explorer, found):
    """Say which sliders take longer steps on the page than in the notebook.

    Parameters
    ----------
    explorer : Explorer
        From a lesson.
    found : dict of str to list
        What :func:`positions` returned.

    Returns
    -------
    str
        A sentence; empty where each slider takes its own steps.

    Examples
    --------
    >>> from glf_utils.death_toll.currency_sliders import explore_halves
    >>> halves = explore_halves()
    >>> shortened(halves, positions(halves, most=30))
    'On this page “normal rate b, per thousand a year” moves in longer steps than in the notebook.'
    >>> shortened(halves, positions(halves, most=100))
    ''
    """
    sliders = [control for control in explorer.controls if isinstance(control, Slider)]
    fewer = [slider.words for slider in sliders if len(found[slider.name]) <= _steps(slider)]
    if not fewer:
        return ""
    told = listed(f"“{words}”" for words in fewer)
    if len(fewer) == len(sliders) > 1:
        told = "the sliders"
    move = "moves" if len(fewer) == 1 else "move"
    return f"On this page {told} {move} in longer steps than in the notebook."


def _values(control, stride, presets):
    """The values of a choice; of a slider, those that are so many of its steps apart."""
    if not isinstance(control, Slider):
        return list(control.options.values())
    first, last = round(control.low / control.step), _steps(control)
    places = {k for k in range(last + 1) if k in (0, last) or (first + k) % stride == 0}
    values = {round(control.low + k * control.step, 10) for k in places}
    values |= {float(preset[control.name]) for preset in presets} | {float(control.start)}
    return sorted(map(float, values))


def _steps(slider):
    return round((slider.high - slider.low) / slider.step)


def _longer(stride):
    """The next of 1, 2, 5, 10, 20, 50, 100 …"""
    return stride * 5 // 2 if str(stride)[0] == "2" else stride * 2
