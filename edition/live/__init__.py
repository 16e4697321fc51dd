"""Sliders that move on a page without a kernel: each setting worked out beforehand."""
