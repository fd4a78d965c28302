"""Tables of contents that are stored as bytes."""

from __future__ import annotations

import pickle
from typing import Any

from docutils import nodes

from fep_tools.site.stored_tocs import StoredTocs


def toc(*titles: str) -> nodes.bullet_list:
    return nodes.bullet_list("", *(nodes.list_item("", nodes.Text(title)) for title in titles))


def stored_types(tocs: StoredTocs) -> list[type]:
    return [type(each) for each in tocs.as_stored().values()]


def test_trees_are_bytes_until_they_are_looked_at() -> None:
    tocs = StoredTocs({"a": toc("One"), "b": toc("Two", "Three")})
    assert stored_types(tocs) == [bytes, bytes]
    assert tocs["b"].astext() == toc("Two", "Three").astext()
    assert stored_types(tocs) == [bytes, nodes.bullet_list]
    tocs.store("b")
    assert stored_types(tocs) == [bytes, bytes]


def test_changes_of_a_tree_are_kept() -> None:
    tocs = StoredTocs({"a": toc("One")})
    tree: Any = tocs["a"]
    tree[0]["secnumber"] = (1, 2)
    assert tocs["a"] is tree
    tocs.store("a")
    again: Any = tocs["a"]
    assert again is not tree
    assert again[0]["secnumber"] == (1, 2)


def test_a_page_without_one_is_not_stored() -> None:
    tocs = StoredTocs({"a": toc("One")})
    tocs.store("other")
    assert list(tocs) == ["a"]


def test_they_are_sent_to_another_process_as_they_are_stored() -> None:
    tocs = StoredTocs({"a": toc("One"), "b": toc("Two")})
    assert tocs["a"]
    sent = pickle.loads(pickle.dumps(tocs))
    assert stored_types(sent) == [bytes, bytes]
    merged = StoredTocs()
    merged["b"] = tocs.as_stored()["b"]
    assert stored_types(merged) == [bytes]
    assert merged["b"].astext() == "Two"


def test_it_is_a_mapping_for_sphinx() -> None:
    tocs = StoredTocs({"a": toc("One"), "b": toc("Two")})
    assert "a" in tocs
    tocs.pop("a", None)
    assert list(tocs) == ["b"]
    assert StoredTocs(tocs)["b"].astext() == "Two"
