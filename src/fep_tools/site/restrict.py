"""What a proposal may say, while it is built: the same list by which it is checked (SEC-A3).

Whatever is not on the list is shown as it was written, in a box that says so. Docutils looks
directives and roles up through two functions; for the time of one body they are ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.parsers.rst import directives
from docutils.parsers.rst import roles
from docutils.parsers.rst.directives.parts import Contents
from docutils.utils import unescape
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import RoleFunction

from ..allowed import DIRECTIVES
from ..allowed import REFUSED_OPTIONS
from ..allowed import ROLES
from ..body import Vocabulary
from ..process import Process
from ..proposal import vocabulary
from .banners import banner
from .roles import LiteralRole
from .roles import roles_of

logger = logging.getLogger(__name__)

# Docutils' own, from before Sphinx puts its domains in front of them.
_find_directive = directives.directive
_find_role = roles.role

SILENT = frozenset(("highlight", "include", "literalinclude", "toctree"))
"""Directives that say something to another community's Sphinx, and nothing to a reader."""

_UNBOUNDED = re.compile("[0-9]{5}")


@contextmanager
def restricted(process: Process, document: nodes.document) -> Iterator[None]:
    """While this lasts, *document* can say what *process* allows, and read or run nothing."""
    words = vocabulary(process)
    linking = roles_of(process)

    def find_directive(name: str, language: Any, _document: Any) -> Any:
        name = name.lower()
        original = _find_directive(name, language, document)[0]
        return _directive(name, words, process, original), []

    def find_role(name: str, language: Any, line: int, reporter: Any) -> Any:
        name = name.lower()
        original = _find_role(name, language, line, reporter)[0]
        return _role(name, words, linking, original), []

    with (
        _changed(document.settings, file_insertion_enabled=False, raw_enabled=False),
        _changed(directives, directive=find_directive),
        _changed(roles, role=find_role),
    ):
        yield


@contextmanager
def _changed(thing: Any, **values: Any) -> Iterator[None]:
    before = {name: getattr(thing, name) for name in values}
    vars(thing).update(values)
    try:
        yield
    finally:
        vars(thing).update(before)


def _directive(
    name: str, words: Vocabulary, process: Process, original: Any
) -> type[Directive]:
    if name in words.banners:
        return banner(process, name)
    if name in words.opaque:
        return Foreign
    if name == "contents":
        return LocalContents
    if name in DIRECTIVES and original is not None:
        return _guarded(original)
    return Refused


def _role(
    name: str, words: Vocabulary, linking: dict[str, RoleFunction], original: Any
) -> RoleFunction:
    if name in linking:
        return linking[name]
    if words.is_literal(name):
        return LiteralRole()
    if (name in ROLES or not name) and original is not None:
        found: RoleFunction = original
        return found
    return _refused_role


class _Options(dict[str, Callable[[str], Any]]):
    """Options of whatever name."""

    def __getitem__(self, name: str) -> Callable[[str], Any]:
        return directives.unchanged

    def __bool__(self) -> bool:
        return True


class _Any(SphinxDirective):
    """A directive with whatever arguments, options and content."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = _Options()


class Refused(_Any):
    """Not on the list."""

    def run(self) -> list[nodes.Node]:
        """A box with what was written."""
        return refusal(self, self.name)


class Foreign(_Any):
    """Known to the community's own site, and nothing to us."""

    def run(self) -> list[nodes.Node]:
        """What stands in it, as it was written."""
        text = "\n".join([*self.arguments, *self.content]).strip()
        if self.name in SILENT or not text:
            return []
        return [nodes.literal_block(text, text, language="none")]


class LocalContents(Contents):
    """A table of contents: the page has one of its own, but a part of it may have another."""

    def run(self) -> list[nodes.Node]:
        """Nothing where it is not ``:local:``."""
        return super().run() if "local" in self.options else []


def _guarded(original: Any) -> type[Directive]:
    """*original*, but for options that read something or have no bounds."""

    class Guarded(original):  # type: ignore[misc]
        def run(self) -> list[nodes.Node]:
            """What *original* makes, or a box."""
            for option in filter(None, map(_refused_option, self.options.items())):
                return refusal(self, f"{self.name} :{option}:")
            made: list[nodes.Node] = super().run()
            return made

    return Guarded


def _refused_option(option: tuple[str, Any]) -> str:
    """The name of an option that may not be used so; empty where it may."""
    name, value = option
    reads = name in REFUSED_OPTIONS or (name == "figwidth" and value == "image")
    endless = name == "emphasize-lines" and _UNBOUNDED.search(str(value)) is not None
    return name if reads or endless else ""


def refusal(directive: Directive, name: str) -> list[nodes.Node]:
    """A box that says that a directive is not allowed, and shows what was written."""
    logger.error(
        "the directive %r is not allowed here",
        name,
        type="fep",
        subtype="directive",
        location=directive.state_machine.get_source_and_line(directive.lineno),  # type: ignore[arg-type]
    )
    message = f"The directive “{name}” is not allowed here; this is what was written."
    source = nodes.literal_block(directive.block_text, directive.block_text, language="none")
    return [nodes.error("", nodes.paragraph("", message), source)]


def _refused_role(
    name: str, source: str, text: str, line: int, inliner: Any, *_: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    logger.error(
        "the role %r is not allowed here",
        name,
        type="fep",
        subtype="role",
        location=inliner.reporter.get_source_and_line(line),
    )
    return [nodes.inline(source, unescape(text), classes=["fep-refused"])], []
