"""Walks through trees give the nodes that docutils gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.utils import Reporter

from fep_tools.proposals.rst.traversal import quick_traversal

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
def test_the_same_nodes_are_visited(name: str, raised: type[Exception], debug: bool) -> None:
    def walk() -> list[str]:
        tree = publish_doctree(TEXT)
        tree.reporter = Reporter("", 5, 5, debug=debug)
        visitor = Visitor(tree, name, raised)
        tree.walkabout(visitor)
        return visitor.calls

    expected = walk()
    with quick_traversal():
        assert walk() == expected


def test_docutils_has_its_own_functions_again() -> None:
    before: Callable[..., Any] = nodes.Node.findall
    with quick_traversal():
        assert nodes.Node.findall is not before
    assert nodes.Node.findall is before
