"""The intake: what came back is read, told apart, rebuilt where need be, and laid out for nbgrader.

``check`` takes in a folder.
"""

from coursework.marking.intake.checking import Report, check

__all__ = ["Report", "check"]
