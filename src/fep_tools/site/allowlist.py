"""The building back end of the allow-list: what may be on the page of a proposal.

What is refused is shown as it was written, in a box that says so, and is an error of the build.
``fep check`` reports the same (see :mod:`fep_tools.proposals.rst.allowlist`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from html import unescape as unescape_html
from typing import Any

from docutils import nodes
from docutils.frontend import Values
from docutils.parsers.rst import Directive, DirectiveError
from docutils.parsers.rst.directives import parts
from docutils.parsers.rst.directives.body import BasePseudoSection
from docutils.transforms.parts import SectNum
from docutils.utils import unescape
from sphinx.util import logging

from ..process.model import Process
from ..proposals.rst import lookup
from ..proposals.rst.allowlist import DirectiveKind, RoleKind
from ..proposals.rst.back_end import BackEnd, RoleFunction, RoleResult, Run
from ..proposals.rst.collector import FactCollector
from ..proposals.rst.descriptions import Description
from ..proposals.rst.guards import AnyDirective
from .directives import banner_directive
from .equations import EquationRole, MathDirective
from .i18n import _
from .roles import LabelRole, LiteralRole, ObjectRole, process_roles

logger = logging.getLogger(__name__)

_SILENT = frozenset(("contents", "highlight", "toctree"))
"""Opaque directives that have nothing for a reader."""


@contextmanager
def allowed_only(
    process: Process, document: nodes.document, collector: FactCollector
) -> Iterator[BackEnd]:
    """Let *document* use what *process* allows, and read or run nothing, inside this block.

    :param collector: Gets what is refused.
    """
    back_end = BuildingBackEnd(process, collector)
    with no_insertions(document.settings), lookup.allowed_only(back_end):
        yield back_end


@contextmanager
def no_insertions(settings: Values) -> Iterator[None]:
    """Let directives of docutils and Sphinx read no file and insert no HTML, inside this block."""
    before = settings.file_insertion_enabled, settings.raw_enabled
    settings.file_insertion_enabled = settings.raw_enabled = False
    try:
        yield
    finally:
        settings.file_insertion_enabled, settings.raw_enabled = before


class BuildingBackEnd(BackEnd):
    """Makes the nodes of a page."""

    def __init__(self, process: Process, collector: FactCollector) -> None:
        super().__init__(collector)
        self._process = process
        self._linking_roles = process_roles(process)

    def directive(
        self, kind: DirectiveKind, name: str, find: Callable[[], Any]
    ) -> type[Directive] | None:
        """Return the directive of Sphinx or docutils, or ours for what a community adds."""
        if kind == "banner":
            return banner_directive(self._process, name)
        if kind == "described":
            return Description
        if kind == "opaque":
            return _Opaque
        if name in _OWN and kind == "plain":
            return _OWN[name]
        original: type[Directive] | None = None if kind == "refused" else find()
        return original

    def role(self, kind: RoleKind, name: str, find: Callable[[], Any]) -> RoleFunction:
        """Return the role of Sphinx or docutils, or ours for what a community adds."""
        if kind == "reference":
            return self._linking_roles[name]
        if kind == "label":
            return LabelRole(is_literal=self.vocabulary.is_literal(name))
        if kind == "object":
            return ObjectRole()
        if kind == "literal":
            return LiteralRole()
        if name == "eq":
            return EquationRole()
        return (None if kind == "refused" else find()) or refused_role

    def run(self, directive: Directive, run: Run) -> list[nodes.Node]:
        """Run a directive; if it fails on what was written, that is shown instead."""
        try:
            return list(run())
        except (DirectiveError, MemoryError):  # which docutils and the limits of pages report
            raise
        except Exception:
            return self.refuse(directive, directive.name)

    def replacement(self, directive: Directive, name: str) -> list[nodes.Node]:
        """Show what was written in a box."""
        return refused_box(directive, name)


class _Opaque(AnyDirective):
    """A directive that means something to the community's own site only."""

    def run(self) -> list[nodes.Node]:
        """Show its argument and its content as they are."""
        text = "\n".join([*self.arguments, *self.content]).strip()
        name = self.name.lower()
        if name == "raw":  # only the text of HTML, and not its tags
            text = unescape_html(re.sub("<[^<>]*>", "", "\n".join(self.content))).strip()
        if name in _SILENT or not text:
            return []
        return [nodes.literal_block(text, text, language="none")]


class _Contents(parts.Contents):
    """``.. contents::``, which is checked and left out: each page has a table of contents."""

    def run(self) -> list[nodes.Node]:
        """Return nothing."""
        node = self.state_machine.node
        # Docutils before 0.22 asks whether there may be titles here.
        parents = getattr(BasePseudoSection, "invalid_parents", None)
        is_inside = isinstance(node, parents) if parents else not self.state_machine.match_titles
        if is_inside and not isinstance(node, (nodes.Root, nodes.section, nodes.sidebar)):
            raise self.error(
                f'The "{self.name}" directive may not be used within topics or body elements.'
            )
        return []


class _Sectnum(parts.Sectnum):
    """``.. sectnum::``, which numbers the sections of the text."""

    def run(self) -> list[nodes.Node]:
        """Return a placeholder, as docutils does, but for our own transform."""
        pending = nodes.pending(_SectionNumbers, details=dict(self.options))
        self.state_machine.document.note_pending(pending)
        return [pending]


class _SectionNumbers(SectNum):
    """Number sections, and neither the page's own section nor the block below the text."""

    def update_section_numbers(
        self, node: nodes.Element, prefix: Iterable[str] = (), depth: int = 0
    ) -> None:
        """Add numbers to the sections in *node*; in the document, those in its only section."""
        if not isinstance(node, nodes.document):
            super().update_section_numbers(node, prefix, depth)
            return
        for page in node.children:
            if isinstance(page, nodes.section):
                sections = [part for part in page.children if isinstance(part, nodes.section)]
                # In an element of their own, so that one number follows the other.
                text = nodes.Element("", *(s for s in sections if "fep-about" not in s["classes"]))
                super().update_section_numbers(text, prefix, depth)
                for section in sections:
                    section.parent = page


def refused_box(directive: Directive, name: str) -> list[nodes.Node]:
    """Return what was written, in a box that says so."""
    text = directive.block_text
    message = _("The directive “{name}” is not allowed here; this is what was written.", name=name)
    written = nodes.literal_block(text, text, language="none")
    return [nodes.error("", nodes.paragraph("", message), written)]


def refused_role(_name: str, source: str, text: str, *_: Any, **__: Any) -> RoleResult:
    """Return the text of a role."""
    return [nodes.inline(source, unescape(text), classes=["fep-refused"])], []


_OWN: dict[str, type[Directive]] = {
    "contents": _Contents, "math": MathDirective, "sectnum": _Sectnum,
}  # fmt: skip
"""Directives that differ from those of docutils and Sphinx."""
