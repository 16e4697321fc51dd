"""The intake: what came back is read, told apart, rebuilt where need be, and laid out for nbgrader.

``check`` takes in a folder; ``rebuild`` puts one submission back into the set as it was handed out.
"""

from .checking import Report, check
from .repair import rebuild

__all__ = ["Report", "check", "rebuild"]
