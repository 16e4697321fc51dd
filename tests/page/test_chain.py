"""The chain at the head of each notebook: ten links, the notebook's own lit."""

import pytest

from glf_utils import chain
from glf_utils.page.chain import LINKS


def test_links_are_lit_in_the_order_of_the_chain():
    lit = chain("census", "grave")
    assert lit.lit == ("grave", "census")
    assert repr(lit).splitlines()[0].count(" → ") == len(LINKS) - 1 == 9
    assert "[grave]" in repr(lit) and "[plan]" not in repr(lit)
    assert lit._repr_html_().count("border-bottom") == 2
    whole = chain()._repr_html_()
    assert all(meaning in whole for meaning in LINKS.values()) and "Here:" not in whole


def test_a_link_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(ValueError, match="no such link: harvest; take plan, commune"):
        chain("plan", "harvest")
