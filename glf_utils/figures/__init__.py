"""Figures: tables or model results in, a described matplotlib figure out.

``house`` holds the style and the figure contract; the other modules hold one notebook's figures
each. Nothing here displays anything: ``glf_utils.show`` does.
"""

import os
import sys
from contextlib import suppress

if "matplotlib" not in sys.modules:  # it cannot be imported under an MPLBACKEND it does not know
    _wanted = os.environ.pop("MPLBACKEND", None)
    import matplotlib

    if _wanted is not None:
        os.environ["MPLBACKEND"] = _wanted
        with suppress(ValueError):
            matplotlib.rcParams["backend"] = _wanted
