"""No letter means two things in the course, and each has one name in code."""

import inspect
import re
from importlib import import_module

import pytest
from layout import PACKAGE
from lesson_minutes import NOTEBOOKS

from glf_utils import symbols
from glf_utils.answers.asked import part_of
from glf_utils.page.slider import Explorer
from glf_utils.page.symbols import SYMBOLS
from glf_utils.prose import markdown_of

TEX = {"tau": "τ", "lambda": "λ", "theta": "θ", "beta": "β", "alpha": "α", "gamma": "γ"}
TEX |= {"kappa": "κ", "epsilon": "ε", "varepsilon": "ε", "sigma": "σ", "delta": "δ", "pi": "π"}
GREEK = r"[α-ω]"


def letters_of(text):
    """Greek letters, and Latin ones that stand alone in italics or in a formula."""
    text = re.sub(r"(?s)<!--.*?-->|```.*?```|`[^`\n]*`", "", text)
    formulas = " ".join(map("".join, re.findall(r"(?s)\$\$(.+?)\$\$|\$([^$\n]+)\$", text)))
    named = {TEX[word] for word in re.findall(r"\\(\w+)", formulas) if word in TEX}
    bare = re.sub(r"\\text\{.*?\}|\\\w+", " ", formulas)
    alone = re.findall(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])", bare)
    italic = re.findall(r"(?<![\w*])\*([A-Za-z])\*(?![\w*])", text)
    return named | set(re.findall(GREEK, text)) | set(alone) | set(italic)


def known_in(part):
    return {one.letter for one in SYMBOLS if part in one.parts}


def modules(part):
    return [
        import_module(f"glf_utils.{part}.{path.stem}")
        for path in sorted((PACKAGE / part).glob("[!_]*.py"))
    ]


def explorers(part):
    for module in modules(part):
        for name, function in list(vars(module).items()):
            if name.startswith("explore") and function.__module__ == module.__name__:
                needed = inspect.signature(function).parameters.values()
                if all(one.default is not one.empty for one in needed):
                    yield function()


def test_a_letter_stands_once_in_the_card():
    letters = [one.letter for one in SYMBOLS]
    assert len(set(letters)) == len(letters)
    assert len(set(one.means for one in SYMBOLS)) == len(letters)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_letter_of_a_notebook_has_its_meaning_in_the_card(path):
    part = part_of(int(path.stem[:2]))
    assert letters_of(markdown_of(path)) - known_in(part) == set()


@pytest.mark.parametrize("part", sorted({part for one in SYMBOLS for part in one.parts}))
def test_sliders_use_the_letters_of_the_card(part):
    for explorer in explorers(part):
        assert isinstance(explorer, Explorer)
        for control in explorer.controls:
            alone = set(re.findall(r"(?<![\w’])[A-Zα-ωb-z](?!\w)", control.words))
            assert alone <= known_in(part), control.words


@pytest.mark.parametrize("one", SYMBOLS, ids=lambda one: one.letter)
def test_a_letter_has_one_name_in_code(one):
    for part in one.parts if one.argument else ():
        names = {control.name for explorer in explorers(part) for control in explorer.controls}
        for module in modules(part):
            for function in filter(inspect.isfunction, list(vars(module).values())):
                names |= set(inspect.signature(function).parameters)
        assert one.argument in names, f"{part} has no `{one.argument}` for {one.letter}"


def test_the_card_shows_the_letters_asked_for():
    assert repr(symbols("m", "b")).splitlines()[1].startswith("b  baseline")
    assert ">rates</td>" in symbols("m")._repr_html_()
    assert len(symbols().rows) == len(SYMBOLS)
    with pytest.raises(ValueError, match="no such letter: ß"):
        symbols("ß")


def test_letters_are_found():
    assert letters_of("a share *c* of α; $\\theta(1-\\tau\\lambda)=s$; *what* `β`, I") == set(
        "cαθτλs"
    )
