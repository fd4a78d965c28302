"""The directives and roles that docutils finds: those that are allowed, and no others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from docutils import nodes, utils
from docutils.parsers.rst import directives, roles

from ..body import Link
from .allowlist import ROLES
from .collector import FactCollector
from .directives import directive

_TARGET = re.compile(r"(?P<text>.*?)\s*<(?P<target>[^<>]+)>", re.DOTALL)

Made = tuple[list[nodes.Node], list[nodes.Node]]


@contextmanager
def only_allowed(seen: FactCollector) -> Iterator[None]:
    """While this lasts, docutils finds no directive or role but through *seen*."""
    find_directive, find_role = directives.directive, roles.role

    def allowed_directive(name: str, language: Any, document: Any) -> Any:
        name = name.lower()
        return directive(name, seen, lambda: find_directive(name, language, document)[0]), []

    def allowed_role(name: str, *_: Any) -> Any:
        return _role(name.lower(), seen), []

    _patch(allowed_directive, allowed_role)
    try:
        yield
    finally:
        _patch(find_directive, find_role)


def _patch(directive: Any, role: Any) -> None:
    directives.directive = directive
    roles.role = role


def _role(name: str, seen: FactCollector) -> Callable[..., Made]:
    """What docutils calls for text in role *name*; text in bare backquotes has none."""
    if name in (seen.vocabulary.reference, *seen.vocabulary.roles):
        return _Role(seen).reference
    if name in ROLES or seen.vocabulary.is_literal(name):
        return _Role(seen).literal
    return _Role(seen).unknown if name else _Role(seen).missing


class _Role:
    """The functions for the kinds of roles, each as docutils calls it."""

    def __init__(self, seen: FactCollector) -> None:
        self._seen = seen

    def reference(self, name: str, raw: str, text: str, line: int, *_: Any, **__: Any) -> Made:
        text = utils.unescape(text)
        match = _TARGET.fullmatch(text)
        shown, target = (match["text"], match["target"]) if match else ("", text)
        target, _hash, fragment = target.partition("#")
        place = self._seen.locator.find(raw, line)
        link = Link(name, target.strip(), fragment, shown, match is not None, place)
        self._seen.links.append(link)
        label = f"{name.upper()} {target}" if name.isalnum() else target
        return [nodes.inline(raw, shown or label)], []

    def literal(self, _name: str, raw: str, text: str, *_: Any, **__: Any) -> Made:
        return [nodes.inline(raw, utils.unescape(text))], []

    def unknown(self, name: str, raw: str, text: str, line: int, *_: Any, **__: Any) -> Made:
        self._seen.add_problem("role", name, self._seen.locator.find(raw, line))
        return [nodes.inline(raw, utils.unescape(text))], []

    def missing(self, _name: str, raw: str, text: str, line: int, *_: Any, **__: Any) -> Made:
        text = utils.unescape(text)
        self._seen.add_problem("quotes", text, self._seen.locator.find(raw, line))
        return [nodes.inline(raw, text)], []
