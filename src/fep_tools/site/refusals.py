"""What becomes of a directive or role that is not on the list, or that reads something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, DirectiveError
from docutils.parsers.rst.states import Inliner
from docutils.utils import unescape
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from ..proposals.rst.allowlist import REFUSED_OPTIONS
from ..proposals.rst.directives import AnyOption
from .i18n import _

logger = logging.getLogger(__name__)

CONTENTS = "contents"
"""The table of contents: the page has one of its own."""

SILENT = frozenset((CONTENTS, "highlight", "include", "literalinclude", "toctree"))
"""Directives that say something to another community's site, and nothing to a reader."""

_UNBOUNDED = re.compile("[0-9]{5}")


class _Any(SphinxDirective):
    """A directive with whatever arguments, options and content."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = AnyOption()


class RefusedDirective(_Any):
    """Not on the list."""

    def run(self) -> list[nodes.Node]:
        """A box with what was written."""
        return _refusal(self, self.name)


class Foreign(_Any):
    """Known to the community's own site, and nothing to us."""

    def run(self) -> list[nodes.Node]:
        """What stands in it, as it was written."""
        text = "\n".join([*self.arguments, *self.content]).strip()
        if self.name.lower() in SILENT or not text:
            return []
        return [nodes.literal_block(text, text, language="none")]


def guarded(original: type[Directive]) -> type[Directive]:
    """*original*, but for options that read something or have no bounds."""

    class Guarded(original):  # type: ignore[misc, valid-type]
        def run(self) -> Sequence[nodes.Node]:
            """What *original* makes, or a box."""
            for option in filter(None, map(_refused_option, self.options.items())):
                return _refusal(self, f"{self.name} :{option}:")
            try:
                made: Sequence[nodes.Node] = super().run()
            except DirectiveError:
                raise
            except Exception:  # whatever else it raises is about what was written here
                return _refusal(self, self.name)
            return made

    return Guarded


def _refused_option(option: tuple[str, Any]) -> str:
    """The name of an option that may not be used so; empty where it may."""
    name, value = option
    reads = name in REFUSED_OPTIONS or (name == "figwidth" and value == "image")
    endless = name == "emphasize-lines" and _UNBOUNDED.search(str(value)) is not None
    return name if reads or endless else ""


def _refusal(directive: Directive, name: str) -> list[nodes.Node]:
    """A box that says that a directive is not allowed, and shows what was written."""
    source, line = directive.state_machine.get_source_and_line(directive.lineno)
    _tell("directive", name, f"{source}:{line}")
    message = _("The directive “{name}” is not allowed here; this is what was written.", name=name)
    written = nodes.literal_block(directive.block_text, directive.block_text, language="none")
    return [nodes.error("", nodes.paragraph("", message), written)]


def refused_role(
    name: str, source: str, text: str, line: int, inliner: Inliner, /, *_: Any, **__: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """The text alone, marked."""
    place = inliner.reporter.get_source_and_line(line)
    _tell("role", name, f"{place[0]}:{place[1]}")
    return [nodes.inline(source, unescape(text), classes=["fep-refused"])], []


def _tell(kind: str, name: str, place: str) -> None:
    logger.error(
        "the %s %r is not allowed here", kind, name, type="fep", subtype=kind, location=place
    )
