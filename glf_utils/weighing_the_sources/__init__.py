"""Lessons 61 and 62: the four accounts as sources, their claims, and what numbers decide.

``claim`` shows one claim with its check, ``own_account`` puts an account of one's own through the
same checks, ``verdicts`` counts.
"""

from glf_utils.weighing_the_sources.accounts import claim, own_account, verdicts

__all__ = ["claim", "own_account", "verdicts"]
