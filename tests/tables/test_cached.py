"""What is kept between calls and handed out cannot be changed by whoever receives it."""

import pkgutil
from dataclasses import fields, is_dataclass
from functools import cached_property
from importlib import import_module
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest

import glf_utils
from glf_utils import about, bibliography, cite, load, tables, term
from glf_utils.country.tree import Hierarchy, draw_hierarchy
from glf_utils.death_toll.choices import rate_series
from glf_utils.statistics_inflation import leap

KEPT_INSIDE = {
    "_works",
    "_read",
    "_words",
    "_keys_read",
    "_worked",
    "_country",
    "_fits",
    "_people",
    "_documents",
    "_drawn",
    "_same_years",
}
"""What readers of ``data/`` and the checks keep to themselves; copies or texts are handed out."""


def cached_functions():
    for found in pkgutil.walk_packages(glf_utils.__path__, "glf_utils."):
        module = import_module(found.name)
        for name, function in vars(module).items():
            if hasattr(function, "cache_info") and function.__module__ == module.__name__:
                yield pytest.param(function, id=f"{module.__name__}.{name}")


def writable(thing, path="it"):
    """Every place below a thing where something can be written."""
    if isinstance(thing, np.ndarray):
        if thing.flags.writeable:
            yield path
    elif isinstance(thing, pd.DataFrame | pd.Series | pd.Index | list | dict | set):
        yield f"{path} ({type(thing).__name__})"
    elif isinstance(thing, tuple | MappingProxyType):
        pairs = thing.items() if isinstance(thing, MappingProxyType) else enumerate(thing)
        for key, part in pairs:
            yield from writable(part, f"{path}[{key!r}]")
    elif is_dataclass(thing):
        if not thing.__dataclass_params__.frozen:
            yield f"{path} ({type(thing).__name__})"
        for item in fields(thing):
            yield from writable(getattr(thing, item.name), f"{path}.{item.name}")
        for name, part in vars(type(thing)).items():
            if isinstance(part, cached_property):
                yield from writable(getattr(thing, name), f"{path}.{name}")
    else:
        assert thing is None or isinstance(thing, str | int | float | np.generic), type(thing)


@pytest.mark.parametrize("function", cached_functions())
def test_nothing_kept_can_be_written_to(function):
    if function.__name__ not in KEPT_INSIDE:
        assert list(writable(function())) == []


def test_the_walk_sees_what_can_be_written():
    tree = Hierarchy([[0, 2, 3, 5], [0, 3]])
    assert list(writable(tree)) == []
    assert list(writable((1, {"a": 1}, np.zeros(2)))) == ["it[1] (dict)", "it[2]"]
    assert list(writable(MappingProxyType({"a": [1]}))) == ["it['a'] (list)"]


def test_an_answer_stands_whatever_is_done_to_the_arrays():
    lacks = leap.lacking(pressure=0)
    with pytest.raises(ValueError, match="read-only"):
        leap.seasons(pressure=0).missing[:] = 0
    with pytest.raises(TypeError):
        leap.LEAP["gain"] = 0
    with pytest.raises(TypeError):
        rate_series()["register"] = None
    assert leap.lacking(pressure=0) == lacks


def test_a_tree_does_not_hold_what_its_maker_can_change():
    edges = [np.array([0, 2, 4]), np.array([0, 2])]
    tree = Hierarchy(edges)
    edges[0][1] = 3
    assert tree.edges[0].tolist() == [0, 2, 4] and edges[0].flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        draw_hierarchy([6, 2, 1], 1).superiors[1][:] = 0


def spoil(attrs):
    """Change everything that can be changed, however deep."""
    for name, value in attrs.items():
        if isinstance(value, list):
            value.append("spoilt")
        elif isinstance(value, dict):
            value["spoilt"] = "spoilt"
        else:
            attrs[name] = "spoilt"


@pytest.mark.parametrize("name", ["censuses", "provinces", "sources", "timeline"])
def test_tables_come_fresh_and_share_nothing(name):
    sound, kept, card = load(name), load(name), repr(about(name))
    spoil(sound.attrs)
    sound.iloc[:, 0] = sound.iloc[0, 0]
    del sound[sound.columns[-1]]
    about(name).caveats.append("spoilt")
    again = load(name)
    pd.testing.assert_frame_equal(again, kept)
    assert again.attrs == kept.attrs and "spoilt" not in str(again.attrs)
    assert repr(about(name)) == card
    rows = again[again.columns].copy()
    spoil(rows.attrs)
    assert again.attrs == kept.attrs, "a copy of a table shares its attrs with the table"


def test_lists_of_tables_works_and_words_come_fresh():
    listed = tables()
    listed["rows"] = 0
    assert tables().rows.min() > 0
    with pytest.raises(AttributeError):
        term("jin").english = "pound"
    with pytest.raises(AttributeError):
        bibliography("lin1990").keys = ()
    assert cite("lin1990") == "Lin (1990)"
