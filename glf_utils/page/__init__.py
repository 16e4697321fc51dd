"""What a page shows: ``figure`` (style, contract), ``show``, ``questions``, ``chain``, sliders."""

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
