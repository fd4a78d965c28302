"""Walks through trees of docutils without a generator for each node, and additions to trees.

Docutils finds nodes with recursive generators, so each node it yields goes through as many of them
as the tree is deep, and Sphinx looks for something in each tree about forty times. Visitors get a
message for debugging at each node, and each node that is added asks for its document four times.
The functions below yield, visit and change the same nodes in the same order, also while the tree is
changed.

Two thirds of all searches are for a class of which the tree has no node. In a tree that is watched,
they take no time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from docutils import nodes
from docutils.transforms import Transformer

PREFIXES = {"visit": "visit", "departure": "depart"}
"""The beginnings of the names of a visitor's methods, by kind."""

_Node: Any = nodes.Node

_findall, _walk, _walkabout = _Node.findall, _Node.walk, _Node.walkabout
_apply_transforms: Any = Transformer.apply_transforms


@contextmanager
def quick_traversal() -> Iterator[None]:
    """Let docutils and Sphinx walk through trees with the functions below, inside this block."""
    functions = {
        "findall": _find,
        "setup_child": _set_up_child,
        "walk": _visit,
        "walkabout": _visit_and_depart,
    }
    before = {name: getattr(_Node, name) for name in functions}
    _replace(functions)
    try:
        yield
    finally:
        _replace(before)


def _replace(functions: dict[str, Any]) -> None:
    for name, function in functions.items():
        setattr(_Node, name, function)


class _WatchedTree:
    """The tree that is watched, and the types of all nodes that it can have."""

    root: nodes.document | None = None
    _types: set[type]
    _has: dict[type, bool]  # what has() has returned

    def start(self, root: nodes.document) -> None:
        """Watch the tree of *root*."""
        self.root, self._types, self._has = root, set(), {}
        self.add(root)

    def add(self, node: nodes.Node) -> None:
        """Add the types of the nodes in the tree of *node*."""
        if type(node) not in self._types or node.children:
            before = len(self._types)
            self._types.update(map(type, _find_class(node, nodes.Node, True)))
            if len(self._types) > before:
                self._has.clear()

    def has(self, node_class: type) -> bool:
        """Return whether a node of that class may be in the tree."""
        if node_class not in self._has:
            self._has[node_class] = any(issubclass(each, node_class) for each in self._types)
        return self._has[node_class]


_watched = _WatchedTree()


@contextmanager
def watched(document: nodes.document) -> Iterator[None]:
    """Watch what is added to the tree of *document* inside this block.

    Each node must be added through its new parent (``parent += node``) and not to its
    ``children``, except for text; and none of this tree may get a second parent outside of it.
    Outside :func:`quick_traversal`, this has no effect.
    """
    _watched.start(document)
    try:
        yield
    finally:
        # Not the tree of an outer block, to which something may have been added since.
        _watched.root = None


@contextmanager
def watched_transforms() -> Iterator[None]:
    """Watch each tree while it is transformed, inside this block."""
    transformer: Any = Transformer
    transformer.apply_transforms = _transform
    try:
        yield
    finally:
        transformer.apply_transforms = _apply_transforms


def _transform(transformer: Any) -> None:
    with watched(transformer.document):
        _apply_transforms(transformer)


def _set_up_child(self: Any, child: Any) -> None:
    """Set what a node knows of its parent, as ``Node.setup_child`` does."""
    child.parent = node = self
    # Only the nodes that were added to a tree, and not those in them, have a document of their own.
    while (document := node._document) is None:
        node = node.parent
        if node is None:
            return
    # Nodes that are in no tree yet are watched when they are added to one.
    if _watched.root is not None:
        _watched.add(child)
    child._document = document
    if child.source is None:
        child.source = document.current_source
    if child.line is None:
        child.line = document.current_line


def _find(
    self: Any,
    condition: Any = None,
    include_self: bool = True,
    descend: bool = True,
    siblings: bool = False,
    ascend: bool = False,
) -> Iterator[Any]:
    """Find nodes as ``Node.findall`` does, with the same parameters."""
    if not descend or siblings or ascend:
        return iter(_findall(self, condition, include_self, descend, siblings, ascend))
    if self is _watched.root and isinstance(condition, type) and not _watched.has(condition):
        return iter(())
    if condition is None or isinstance(condition, type):
        return _find_class(self, condition or nodes.Node, include_self)
    return _find_matching(self, condition, include_self)


def _find_class(root: Any, node_class: type, include_self: bool) -> Iterator[Any]:
    if include_self and isinstance(root, node_class):
        yield root
    # Iterators over the children of a node and of those above it, which see changes of the tree.
    stack = [iter(root.children)]
    while stack:
        for child in stack[-1]:
            if isinstance(child, node_class):
                yield child
            if child.children:
                stack.append(iter(child.children))
                break
        else:
            stack.pop()


def _find_matching(
    root: Any, condition: Callable[[Any], bool], include_self: bool
) -> Iterator[Any]:
    if include_self and condition(root):
        yield root
    stack = [iter(root.children)]
    while stack:
        for child in stack[-1]:
            if condition(child):
                yield child
            if child.children:
                stack.append(iter(child.children))
                break
        else:
            stack.pop()


def _visit(self: Any, visitor: Any) -> bool:
    """Visit nodes as ``Node.walk`` does, without a message for debugging at each of them."""
    if visitor.document.reporter.debug_flag:
        return bool(_walk(self, visitor))
    return _visit_each(self, _Methods("visit", visitor))


def _visit_each(node: Any, visit: _Methods) -> bool:
    """Visit *node* and what is in it; return whether to stop."""
    try:
        try:
            if method := visit[type(node)]:
                method(node)
        except (nodes.SkipChildren, nodes.SkipNode):
            return False
        except nodes.SkipDeparture:
            pass
        try:
            return any(_visit_each(child, visit) for child in node.children[:])
        except nodes.SkipSiblings:
            return False
    except nodes.StopTraversal:
        return True


def _visit_and_depart(self: Any, visitor: Any) -> bool:
    """Visit nodes as ``Node.walkabout`` does, without a message for debugging at each of them."""
    if visitor.document.reporter.debug_flag:
        return bool(_walkabout(self, visitor))
    return _visit_and_depart_each(self, _Methods("visit", visitor), _Methods("departure", visitor))


def _visit_and_depart_each(node: Any, visit: _Methods, depart: _Methods) -> bool:
    """Visit *node* and what is in it, and depart from them; return whether to stop."""
    call_depart, stop = True, False
    try:
        try:
            if method := visit[type(node)]:
                method(node)
        except nodes.SkipNode:
            return stop
        except nodes.SkipDeparture:
            call_depart = False
        try:
            for child in node.children[:]:
                if _visit_and_depart_each(child, visit, depart):
                    stop = True
                    break
        except nodes.SkipSiblings:
            pass
    except nodes.SkipChildren:
        pass
    except nodes.StopTraversal:
        stop = True
    if call_depart and (method := depart[type(node)]):
        method(node)
    return stop


class _Methods(dict[type[nodes.Node], Any]):
    """What a visitor calls for each class of nodes; ``None`` where that does nothing.

    A visitor that finds its methods in a way of its own may have ``find_method()``, which gets the
    kind and the class of a node.

    :param kind: ``visit`` or ``departure``.
    """

    def __init__(self, kind: str, visitor: Any) -> None:
        super().__init__()
        self._kind, self._visitor = kind, visitor

    def __missing__(self, node_class: type[nodes.Node]) -> Any:
        visitor = self._visitor
        find: Any = getattr(visitor, "find_method", partial(_find_method, visitor))
        method = find(self._kind, node_class)
        self[node_class] = method = None if _does_nothing(method) else method
        return method


def _find_method(visitor: Any, kind: str, node_class: type[nodes.Node]) -> Any:
    """Return what ``NodeVisitor`` calls, or the method that finds it in another way."""
    dispatch = f"dispatch_{kind}"
    if getattr(type(visitor), dispatch) is not getattr(nodes.NodeVisitor, dispatch):
        return getattr(visitor, dispatch)
    unknown = getattr(visitor, f"unknown_{kind}")
    return getattr(visitor, f"{PREFIXES[kind]}_{node_class.__name__}", unknown)


def _empty() -> None:
    pass


def _documented() -> None:
    """Do nothing."""


_EMPTY = {function.__code__.co_code for function in (_empty, _documented)}


def _does_nothing(method: Any) -> bool:
    """Return whether a method has no code, as most of a visitor for a few classes of nodes."""
    code = getattr(getattr(method, "__func__", None), "__code__", None)
    return code is not None and code.co_code in _EMPTY
