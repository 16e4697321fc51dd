"""Sliders over the models, drawn by the figures.

``explorer`` is the engine: controls, a picture whose moving parts alone are redrawn, and a static
form of the same picture. The other modules hold one notebook's explorers each.
"""
