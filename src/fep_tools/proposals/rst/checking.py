"""The checking back end of the allow-list: directives and roles become facts, not pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docutils import nodes, utils
from docutils.parsers.rst import Directive

from ..body import LABEL_ROLE, Link, Occurrence
from ..inventory import split_target
from .allowlist import DirectiveKind, RoleKind
from .back_end import BackEnd, RoleFunction, RoleResult
from .collector import FactCollector
from .descriptions import Description
from .directives import DIRECTIVES
from .guards import AnyDirective

# The text of a role that links: "the views <12#rationale>".
_TEXT_AND_TARGET = re.compile(r"(?P<text>.*?)\s*<(?P<target>[^<>]+)>", re.DOTALL)


class CheckingBackEnd(BackEnd):
    """Collects the facts of directives and roles."""

    def directive(
        self, kind: DirectiveKind, name: str, find: Callable[[], Any]
    ) -> type[Directive] | None:
        """Return our own directive, or docutils' if it is one of docutils."""
        if kind == "described":
            return Description
        if name in DIRECTIVES and kind in ("box", "code", "plain"):
            base: Any = DIRECTIVES[name]
        elif kind == "plain":
            original: type[Directive] | None = find()
            return original
        else:
            base = _DIRECTIVES.get(kind)
        return type(base.__name__, (base,), {"collector": self.collector}) if base else None

    def role(self, kind: RoleKind, name: str, find: Callable[[], Any]) -> RoleFunction:
        """Return our own function, because the roles of docutils record no facts."""
        if kind == "reference":
            return self._reference
        if kind == "object":
            return self._object
        return self._label if kind == "label" else self._literal

    def replacement(self, directive: Directive, name: str) -> list[nodes.Node]:
        """Leave the directive out."""
        return [nodes.container()]

    # Roles: functions as docutils calls them, with the name, the source and the text.

    def _reference(
        self, name: str, source: str, text: str, line: int, *_: Any, **__: Any
    ) -> RoleResult:
        text = utils.unescape(text)
        match = _TEXT_AND_TARGET.fullmatch(text)
        shown, target = (match["text"], match["target"]) if match else ("", text)
        target, _hash, fragment = target.partition("#")
        location = self.collector.locator.find(source, line)
        link = Link(name, target.strip(), fragment, shown, match is not None, location)
        self.collector.links.append(link)
        label = f"{name.upper()} {target}" if name.isalnum() else target
        return [nodes.inline(source, shown or label)], []

    def _label(
        self, _name: str, source: str, text: str, line: int, *_: Any, **__: Any
    ) -> RoleResult:
        text = utils.unescape(text)
        if text.startswith("!"):  # Sphinx makes no link of it
            return [nodes.inline(source, text[1:])], []
        match = _TEXT_AND_TARGET.fullmatch(text)
        shown, target = (match["text"], match["target"]) if match else ("", text)
        location = self.collector.locator.find(source, line)
        label = nodes.fully_normalize_name(target)
        link = Link(LABEL_ROLE, label, "", shown, match is not None, location)
        self.collector.links.append(link)
        return [nodes.inline(source, shown or target)], []

    def _object(
        self, name: str, source: str, text: str, line: int, *_: Any, **__: Any
    ) -> RoleResult:
        text = utils.unescape(text)
        if text.startswith("!"):  # Sphinx makes no link of it
            return [nodes.inline(source, text)], []
        shown, target = split_target(text)
        location = self.collector.locator.find(source, line)
        link = Link(name.lower(), target, "", shown, bool(shown), location)
        self.collector.links.append(link)
        return [nodes.inline(source, shown or text)], []

    def _literal(self, name: str, source: str, text: str, *_: Any, **__: Any) -> RoleResult:
        shown = utils.unescape(text)
        if name.lower() == "math":
            return [nodes.inline(source, "", nodes.math("", shown))], []
        return [nodes.inline(source, shown)], []


class _CollectingDirective(AnyDirective):
    collector: FactCollector

    def parse_content(self) -> list[nodes.Node]:
        """Parse the content, and the argument as a paragraph behind it."""
        holder = nodes.container()
        holder.line = self.lineno
        self.state.nested_parse(self.content, self.content_offset, holder)
        if self.arguments:
            text, messages = self.state.inline_text(self.arguments[0], self.lineno)
            holder += [nodes.paragraph("", "", *text), *messages]
        return [holder]


class _Opaque(_CollectingDirective):
    def run(self) -> list[nodes.Node]:
        return [nodes.container()]


class _Banner(_CollectingDirective):
    def run(self) -> list[nodes.Node]:
        location = self.collector.locator.line(self.lineno)
        self.collector.banners.append(Occurrence(self.name, location))
        box = nodes.note()
        box.extend(self.parse_content())
        return [box]


_DIRECTIVES: dict[DirectiveKind, type[_CollectingDirective]] = {
    "banner": _Banner,
    "opaque": _Opaque,
}
