"""The building back end of the allow-list: what may be on the page of a proposal.

What is refused is shown as it was written, in a box that says so, and is a warning of the build.
``fep check`` reports the same (see :mod:`fep_tools.proposals.rst.allowlist`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, DirectiveError
from docutils.parsers.rst.states import Inliner
from docutils.utils import unescape
from sphinx.util import logging

from ..process.model import Process
from ..proposals.model import build_vocabulary
from ..proposals.rst import lookup
from ..proposals.rst.allowlist import DirectiveKind, RoleKind
from ..proposals.rst.lookup import AnyDirective, BackEnd, RoleFunction, RoleResult, Run
from .directives import banner_directive
from .i18n import _
from .roles import LabelRole, LiteralRole, process_roles

logger = logging.getLogger(__name__)

_SILENT = frozenset(("contents", "highlight", "include", "literalinclude", "toctree"))
"""Opaque directives that have nothing for a reader. A page has a table of contents anyway."""


@contextmanager
def allowed_only(process: Process, document: nodes.document) -> Iterator[None]:
    """Let *document* use what *process* allows, and read or run nothing, inside this block."""
    settings = document.settings
    before = settings.file_insertion_enabled, settings.raw_enabled
    settings.file_insertion_enabled = settings.raw_enabled = False
    try:
        with lookup.allowed_only(BuildingBackEnd(process)):
            yield
    finally:
        settings.file_insertion_enabled, settings.raw_enabled = before


class BuildingBackEnd(BackEnd):
    """Makes the nodes of a page."""

    def __init__(self, process: Process) -> None:
        self.vocabulary = build_vocabulary(process)
        self._process = process
        self._linking_roles = process_roles(process)

    def directive(
        self, kind: DirectiveKind, name: str, find: Callable[[], Any]
    ) -> type[Directive] | None:
        """Return the directive of Sphinx or docutils, or ours for what a community adds."""
        if kind == "banner":
            return banner_directive(self._process, name)
        if kind == "opaque" or name == "contents":
            return _Opaque
        original: type[Directive] | None = None if kind == "refused" else find()
        return original

    def role(self, kind: RoleKind, name: str, find: Callable[[], Any]) -> RoleFunction:
        """Return the role of Sphinx or docutils, or ours for what a community adds."""
        if kind == "reference":
            return self._linking_roles[name]
        if kind == "label":
            return LabelRole(is_literal=self.vocabulary.is_literal(name))
        if kind == "literal":
            return LiteralRole()
        return (None if kind == "refused" else find()) or _refused_role

    def run(self, directive: Directive, run: Run) -> list[nodes.Node]:
        """Run a directive; if it fails on what was written, that is shown instead."""
        try:
            return list(run())
        except DirectiveError:  # docutils shows the message
            raise
        except Exception:
            return self.refuse(directive, directive.name)

    def refuse(self, directive: Directive, name: str) -> list[nodes.Node]:
        """Warn, and show what was written in a box."""
        source, line = directive.state_machine.get_source_and_line(directive.lineno)
        _warn("directive", name, f"{source}:{line}")
        text = directive.block_text
        message = _(
            "The directive “{name}” is not allowed here; this is what was written.", name=name
        )
        written = nodes.literal_block(text, text, language="none")
        return [nodes.error("", nodes.paragraph("", message), written)]


class _Opaque(AnyDirective):
    """A directive that means something to the community's own site only."""

    def run(self) -> list[nodes.Node]:
        """Show its argument and its content as they are."""
        text = "\n".join([*self.arguments, *self.content]).strip()
        if self.name.lower() in _SILENT or not text:
            return []
        return [nodes.literal_block(text, text, language="none")]


def _refused_role(
    name: str, source: str, text: str, line: int, inliner: Inliner, /, *_: Any, **__: Any
) -> RoleResult:
    location = inliner.reporter.get_source_and_line(line)
    _warn("role", name, f"{location[0]}:{location[1]}")
    return [nodes.inline(source, unescape(text), classes=["fep-refused"])], []


def _warn(kind: str, name: str, location: str) -> None:
    logger.error(
        "the %s %r is not allowed here", kind, name, type="fep", subtype=kind, location=location
    )
