"""The tables of contents of all pages, stored as JSON until they are looked at.

Sphinx keeps them as trees. Those of 1,500 proposals took 26 MB in each process.
"""

from __future__ import annotations

import json
from collections import UserDict
from collections.abc import Mapping
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes

_CLASSES: dict[str, type[nodes.Element]] = {
    each.__name__: each
    for each in (
        addnodes.compact_paragraph, nodes.bullet_list, nodes.emphasis, nodes.inline,
        nodes.list_item, nodes.literal, nodes.reference, nodes.strong,
    )
}  # fmt: skip
"""The nodes in a table of contents that has no links to other pages."""


class StoredTocs(UserDict[str, nodes.Element]):
    """Tables of contents by the names of their pages.

    A tree that was looked at is kept, since Sphinx adds the numbers of sections to it. So is one
    with other nodes, such as the links of ``.. toctree::``.

    :param tocs: Trees, or another object of this class.
    """

    data: dict[str, Any]  # JSON or trees

    def __init__(self, tocs: Mapping[str, Any] | None = None) -> None:
        super().__init__(tocs.data if isinstance(tocs, StoredTocs) else tocs)

    def __setitem__(self, name: str, toc: nodes.Element | str) -> None:
        self.data[name] = toc if isinstance(toc, str) else _as_json(toc) or toc

    def __getitem__(self, name: str) -> nodes.Element:
        stored = self.data[name]
        if isinstance(stored, str):
            stored = self.data[name] = _node(json.loads(stored))
        return cast("nodes.Element", stored)

    def store(self, name: str) -> None:
        """Store a tree as JSON again."""
        if name in self.data:
            self[name] = self.data[name]


def _as_json(toc: nodes.Element) -> str | None:
    """Return a tree as JSON; ``None`` if that could not be made a tree again."""
    try:
        return json.dumps(_values(toc), separators=(",", ":"))
    except ValueError:
        return None


def _values(node: nodes.Node) -> Any:
    """Return a node as values of JSON: a text, or class, source, attributes and children.

    :raises ValueError: It has something else.
    """
    if type(node) is nodes.Text:
        return str(node)
    if not isinstance(node, nodes.Element) or _CLASSES.get(type(node).__name__) is not type(node):
        raise ValueError
    attributes = {name: value for name, value in node.attributes.items() if value != []}
    if not all(map(_is_plain, attributes.values())):
        raise ValueError
    return [
        type(node).__name__,
        node.rawsource,
        attributes,
        [_values(child) for child in node.children],
    ]


def _is_plain(value: object) -> bool:
    """Return whether JSON has a value as it is; it would make a list of a tuple."""
    return type(value) in (bool, int, str) or (
        type(value) is list and all(type(item) is str for item in value)
    )


def _node(values: Any) -> nodes.Node:
    if isinstance(values, str):
        return nodes.Text(values)
    name, source, attributes, children = values
    node = _CLASSES[name](source, **attributes)
    node.extend(map(_node, children))
    return node
