"""Numbers in prose agree with the data.

In Markdown a number is followed, after its unit if you like, by a comment that no reader sees:

    China announced 11.08 million tonnes <!--= one("steel_and_industry", "year == 1958") -->

The expression is evaluated and rounded to as many decimals as the prose prints. CONTRIBUTING.md
says what it may use.
"""

import pytest
from conftest import ROOT
from lesson_minutes import NOTEBOOKS
from tags import disagreement, prose, tagged


@pytest.mark.parametrize("path", [*NOTEBOOKS, ROOT / "README.md"], ids=lambda path: path.stem)
def test_tagged_numbers_agree_with_the_data(path, record_property):
    pairs = list(tagged(prose(path)))
    record_property("tagged_numbers", len(pairs))
    assert pairs or path.suffix == ".md", f"{path.name} tags no number: see CONTRIBUTING.md"
    wrong = [line for pair in pairs if (line := disagreement(*pair))]
    assert not wrong, f"{path.name}:\n  " + "\n  ".join(wrong)


def test_damaged_prose_is_noticed():
    text = "From 4.5 to 11.08 million t <!--= x --> and\n**−1,234** <!--= -1234.4 --> <!--= 3 -->"
    assert list(tagged(text)) == [("11.08", "x"), ("−1,234", "-1234.4"), (None, "3")]
    assert disagreement("11.08", "11.0849") is None
    assert disagreement("−1,234", "-1234.4") is None
    assert "gives 11.0860" in disagreement("11.08", "11.086")
    assert "NameError" in disagreement("11.08", "no_such_name")
    assert "no number" in disagreement(None, "3")
    assert "gives nan" in disagreement("11.08", "np.nan")
