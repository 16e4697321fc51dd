"""Figures: tables or model results in, a described matplotlib figure out.

``house`` holds the style and the figure contract; the other modules hold one notebook's figures
each. Nothing here displays anything: ``glf_utils.show`` does.
"""
