"""Walks through trees give the nodes that docutils gives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, ClassVar

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.frontend import get_default_settings
from docutils.transforms import Transform, Transformer
from docutils.utils import new_document, Reporter

from fep_tools.proposals.rst.traversal import quick_traversal, watched, watched_transforms

TEXT = """\
Title
=====

A *paragraph* with ``code``.

- one
- two

  - three *four*

.. note:: A box.
"""


def is_text_with_e(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Text) and "e" in node


@pytest.mark.parametrize("condition", [None, nodes.Text, nodes.Element, is_text_with_e])
@pytest.mark.parametrize(
    "options",
    [{}, {"include_self": False}, {"descend": False}, {"siblings": True}, {"ascend": True}],
    ids=str,
)
def test_the_same_nodes_are_found(condition: Any, options: dict[str, bool]) -> None:
    tree = publish_doctree(TEXT)
    starts = list(tree.findall())
    expected = [list(map(id, start.findall(condition, **options))) for start in starts]
    with quick_traversal():
        assert [list(map(id, start.findall(condition, **options))) for start in starts] == expected


def rename(node: nodes.Node) -> None:
    """Replace a node by three, as transforms do while they walk."""
    if isinstance(node, nodes.emphasis):
        node.replace_self([nodes.Text("a"), nodes.strong("", "b"), nodes.Text("c")])
    elif isinstance(node, nodes.literal):
        node.parent.remove(node)


def test_changes_are_seen_while_walking() -> None:
    def walk() -> tuple[list[str], str]:
        tree = publish_doctree(TEXT)
        seen = []
        for node in tree.findall():
            seen.append(repr(node))
            rename(node)
        return seen, tree.pformat()

    expected = walk()
    with quick_traversal():
        assert walk() == expected


class Visitor(nodes.GenericNodeVisitor):
    """Records what is visited; *stop* raises something at a kind of node."""

    def __init__(self, document: nodes.document, name: str, raised: type[Exception]) -> None:
        super().__init__(document)
        self.name, self.raised = name, raised
        self.calls: list[str] = []

    def default_visit(self, node: nodes.Node) -> None:
        self.calls.append(f"+{node.__class__.__name__}")
        if node.__class__.__name__ == self.name:
            raise self.raised

    def default_departure(self, node: nodes.Node) -> None:
        self.calls.append(f"-{node.__class__.__name__}")


@pytest.mark.parametrize("name", ["list_item", "emphasis", "Text", "nothing"])
@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("method", ["walk", "walkabout"])
@pytest.mark.parametrize(
    "raised",
    [
        nodes.SkipChildren,
        nodes.SkipDeparture,
        nodes.SkipNode,
        nodes.SkipSiblings,
        nodes.StopTraversal,
    ],
)
def test_the_same_nodes_are_visited(
    name: str, raised: type[Exception], debug: bool, method: str
) -> None:
    def walk() -> list[str]:
        tree = publish_doctree(TEXT)
        tree.reporter = Reporter("", 5, 5, debug=debug)
        visitor = Visitor(tree, name, raised)
        getattr(tree, method)(visitor)
        return visitor.calls

    expected = walk()
    with quick_traversal():
        assert walk() == expected


class Ignoring(nodes.SparseNodeVisitor):
    """Visits text alone, and knows what else it was called for."""

    def __init__(self, document: nodes.document) -> None:
        super().__init__(document)
        self.calls: list[str] = []

    def visit_Text(self, node: nodes.Text) -> None:
        self.calls.append(node.astext())

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        pass

    def visit_list_item(self, node: nodes.list_item) -> None:
        """Do nothing."""

    def depart_list_item(self, node: nodes.list_item) -> None:
        self.calls.append("departed")

    def unknown_visit(self, node: nodes.Node) -> None:
        self.calls.append(type(node).__name__)

    def unknown_departure(self, node: nodes.Node) -> None:
        """Do nothing."""


class Dispatching(Ignoring):
    """Finds its methods in a way of its own, as the translators of Sphinx do."""

    def dispatch_visit(self, node: nodes.Node) -> None:
        self.calls.append(f"visit {type(node).__name__}")

    def dispatch_departure(self, node: nodes.Node) -> None:
        self.calls.append(f"depart {type(node).__name__}")


class unknown(nodes.Element):
    """A class of nodes that no visitor knows."""


@pytest.mark.parametrize("visitor_class", [Ignoring, Dispatching])
@pytest.mark.parametrize("method", ["walk", "walkabout"])
def test_visitors_are_called_as_docutils_calls_them(
    visitor_class: type[Ignoring], method: str
) -> None:
    def walk() -> list[str]:
        tree = publish_doctree(TEXT)
        tree += unknown()
        visitor = visitor_class(tree)
        getattr(tree, method)(visitor)
        return visitor.calls

    expected = walk()
    with quick_traversal():
        assert walk() == expected


METHODS = ("findall", "setup_child", "walk", "walkabout")


def test_docutils_has_its_own_functions_again() -> None:
    before: list[Callable[..., Any]] = [getattr(nodes.Node, name) for name in METHODS]
    transform = Transformer.apply_transforms
    with quick_traversal(), watched_transforms():
        assert not any(getattr(nodes.Node, name) in before for name in METHODS)
        assert Transformer.apply_transforms is not transform
    assert [getattr(nodes.Node, name) for name in METHODS] == before
    assert Transformer.apply_transforms is transform


def test_added_nodes_know_the_same() -> None:
    def add() -> list[tuple[Any, ...]]:
        tree: Any = publish_doctree(TEXT)
        tree.current_source, tree.current_line = "a.rst", 7
        alone = nodes.paragraph("", "", nodes.strong("", "b"))
        with_line = nodes.paragraph("", "text")
        with_line.source, with_line.line = "b.rst", 2
        tree[0] += [alone, with_line]
        tree[0].insert(1, nodes.comment("", "c"))
        alone += nodes.Text("later")
        return [
            (type(node).__name__, node.source, node.line, node.parent and type(node.parent),
             node.document is tree)
            for node in (*tree.findall(), alone[0])
        ]  # fmt: skip

    expected = add()
    with quick_traversal():
        assert add() == expected


# Watched trees ---------------------------------------------------------------------------------


def insert_slice(parent: Any, node: nodes.Node) -> None:
    parent[1:1] = [node]


def set_item(parent: Any, node: nodes.Node) -> None:
    parent[0] = node


ADDITIONS: list[Callable[[Any, Any], object]] = [
    lambda parent, node: parent.append(node),
    lambda parent, node: parent.extend([node]),
    lambda parent, node: parent.insert(0, node),
    lambda parent, node: parent.insert(0, [node]),
    lambda parent, node: parent.replace(parent[0], node),
    lambda parent, node: parent[1].replace_self([node]),
    lambda parent, node: parent.__iadd__(node),
    lambda parent, node: parent.__iadd__([node]),
    lambda parent, node: parent.append(nodes.container("", node)),
    lambda parent, node: parent.append(nodes.container("", node).deepcopy()),
    insert_slice,
    set_item,
]


@pytest.mark.parametrize("add", ADDITIONS)
def test_what_is_added_to_a_watched_tree_is_found(add: Callable[[Any, Any], object]) -> None:
    tree: Any = publish_doctree(TEXT)
    with quick_traversal(), watched(tree):
        assert list(tree.findall(nodes.reference)) == []
        add(tree[1], nodes.paragraph("", "", nodes.reference("", "x")))
        assert len(list(tree.findall(nodes.reference))) == 1
        assert len(list(tree.findall(nodes.Referential))) == 1  # a base of its class


def test_a_watched_tree_is_not_searched_for_what_it_does_not_have() -> None:
    tree: Any = publish_doctree(TEXT)
    with quick_traversal(), watched(tree):
        # Not through its parent, which is how one can see that nothing is searched.
        tree[0].children.append(nodes.reference("", "x"))
        assert not list(tree.findall(nodes.reference))
        assert list(tree[0].findall(nodes.reference))
    with quick_traversal():
        assert list(tree.findall(nodes.reference))


def test_another_tree_is_watched_meanwhile() -> None:
    tree: Any = publish_doctree(TEXT)
    other = publish_doctree("x")
    with quick_traversal(), watched(tree):
        with watched(other):
            tree[0] += nodes.reference("", "x")
        assert list(tree.findall(nodes.reference))


class AddReference(Transform):
    """Adds a link, and counts what the tree has before and after."""

    default_priority = 100
    counts: ClassVar[list[int]] = []

    def apply(self, **_: Any) -> None:
        paragraph: Any = self.document[0]
        for _index in range(2):
            self.counts.append(len(list(self.document.findall(nodes.reference))))
            paragraph.append(nodes.reference("", "x"))
            paragraph.children.append(nodes.target("", "x"))
            self.counts.append(len(list(self.document.findall(nodes.target))))


@pytest.mark.parametrize(
    ("is_watched", "counts"), [(True, [0, 0, 1, 0]), (False, [0, 1, 1, 2])], ids=str
)
def test_trees_are_watched_while_they_are_transformed(is_watched: bool, counts: list[int]) -> None:
    tree = new_document("", get_default_settings())
    tree += nodes.paragraph("", "text")
    tree.transformer.add_transform(AddReference)
    AddReference.counts.clear()
    with quick_traversal(), watched_transforms() if is_watched else nullcontext():
        tree.transformer.apply_transforms()
        assert list(tree.findall(nodes.target))  # not watched any more
    assert AddReference.counts == counts
