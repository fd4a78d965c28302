"""Tables of contents that are stored as JSON."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from docutils import nodes
from sphinx import addnodes

from fep_tools.site.stored_tocs import StoredTocs


def toc(*titles: str) -> nodes.bullet_list:
    return nodes.bullet_list("", *(item(nodes.Text(title)) for title in titles))


def item(*content: nodes.Node) -> nodes.list_item:
    reference = nodes.reference("", "", *content, internal=True, refuri="a", anchorname="#b")
    return nodes.list_item("", addnodes.compact_paragraph("", "", reference), classes=["x", "y"])


def stored_types(tocs: StoredTocs) -> list[type]:
    return [type(each) for each in tocs.data.values()]


def test_trees_are_text_until_they_are_looked_at() -> None:
    tocs = StoredTocs({"a": toc("One"), "b": toc("Two", "Three")})
    assert stored_types(tocs) == [str, str]
    assert tocs["b"].pformat() == toc("Two", "Three").pformat()
    assert stored_types(tocs) == [str, nodes.bullet_list]
    tocs.store("b")
    assert stored_types(tocs) == [str, str]


@pytest.mark.parametrize(
    ("content", "is_text"),
    [
        (nodes.literal(":class:`ä`", "ä", classes=["xref"]), True),
        (nodes.emphasis("", "", nodes.Text("\\ \x00 \ud800")), True),
        (nodes.Text(""), True),
        (nodes.inline("", "x", number=3, is_new=False), True),
        (nodes.inline("", "x", pair=(1, 2)), False),
        (nodes.inline("", "x", nothing=None), False),
        (nodes.inline("", "x", numbers=[1]), False),
        (nodes.math("", "x"), False),
        (addnodes.toctree("", entries=[("a", "b")]), False),
        (type("literal", (nodes.literal,), {})("", "x"), False),
    ],
)
def test_what_is_stored_is_the_same_tree(content: nodes.Node, is_text: bool) -> None:
    tree = nodes.bullet_list("", item(content))
    tocs = StoredTocs({"a": tree})
    assert stored_types(tocs) == ([str] if is_text else [nodes.bullet_list])
    again = tocs["a"]
    assert again.pformat() == tree.pformat()
    found = [vars(node).get("rawsource") for node in again.findall()]
    assert found == [vars(node).get("rawsource") for node in tree.findall()]
    attributes = [node.attributes for node in again.findall(nodes.Element)]
    assert attributes == [node.attributes for node in tree.findall(nodes.Element)]


def test_changes_of_a_tree_are_kept() -> None:
    tocs = StoredTocs({"a": toc("One")})
    tree: Any = tocs["a"]
    tree[0]["secnumber"] = (1, 2)
    assert tocs["a"] is tree
    tocs.store("a")
    again: Any = tocs["a"]
    assert again[0]["secnumber"] == (1, 2)


def test_a_page_without_one_is_not_stored() -> None:
    tocs = StoredTocs({"a": toc("One")})
    tocs.store("other")
    assert list(tocs) == ["a"]


def test_they_are_sent_to_another_process_as_they_are_stored() -> None:
    tocs = StoredTocs({"a": toc("One"), "b": toc("Two")})
    sent = pickle.loads(pickle.dumps(tocs))
    assert stored_types(sent) == [str, str]
    merged = StoredTocs()
    merged["b"] = tocs.data["b"]
    assert stored_types(merged) == [str]
    assert merged["b"].astext() == "Two"


def test_it_is_a_mapping_for_sphinx() -> None:
    tocs = StoredTocs({"a": toc("One"), "b": toc("Two")})
    assert "a" in tocs
    tocs.pop("a", None)
    assert list(tocs) == ["b"]
    copy = StoredTocs(tocs)
    assert stored_types(copy) == [str]
    # Extensions may get trees in any of these ways.
    for toc_of_b in (copy["b"], copy.get("b"), *copy.values(), dict(copy.items())["b"]):
        assert isinstance(toc_of_b, nodes.bullet_list)
        copy.store("b")
