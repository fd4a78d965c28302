"""The tables of contents of all pages, stored as JSON until they are looked at.

Sphinx keeps them as trees, which take ten times as much memory: those of 10,000 proposals took as
much as everything else that a build knows of them.
"""

from __future__ import annotations

import json
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


class StoredTocs(dict[str, Any]):
    """Tables of contents by the names of their pages.

    A tree that was looked at is kept, since Sphinx adds the numbers of sections to it. So is one
    with other nodes, such as the links of ``.. toctree::``.

    :param tocs: Trees, or another object of this class.
    """

    def __init__(self, tocs: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        for name, toc in (tocs or {}).items():
            self[name] = toc

    def __setitem__(self, name: str, toc: nodes.Element | str) -> None:
        super().__setitem__(name, toc if isinstance(toc, str) else _as_json(toc) or toc)

    def __getitem__(self, name: str) -> nodes.Element:
        stored = super().__getitem__(name)
        if not isinstance(stored, str):
            return cast("nodes.Element", stored)
        toc = cast("nodes.Element", _node(json.loads(stored)))
        super().__setitem__(name, toc)
        return toc

    def store(self, name: str) -> None:
        """Store a tree as JSON again."""
        if name in self:
            self[name] = super().__getitem__(name)

    def as_stored(self) -> dict[str, Any]:
        """Return the same as JSON and trees, without looking at any of them."""
        return {name: super(StoredTocs, self).__getitem__(name) for name in self}


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
