"""When Python searches for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from weakref import ref

import pytest
from docutils import nodes

from fep_tools._garbage import free_trees, search_rarely


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)


def test_trees_are_freed_when_a_text_is_done() -> None:
    search_rarely()
    tree = nodes.section("", nodes.title("", "Title"))
    is_alive = ref(tree)
    # Python's own thresholds would lead to hundreds of searches, which keep what is in use.
    many = [[number] for number in range(100_000)]
    assert gc.get_count()[0] > len(many) // 2
    del tree
    assert is_alive()
    free_trees()
    assert not is_alive()


def test_what_is_still_in_use_stays() -> None:
    search_rarely()
    tree = nodes.section("", nodes.title("", "Title"))
    free_trees()
    assert tree[0].astext() == "Title"
