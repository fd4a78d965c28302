"""Boxes above a proposal's text that say how it is to be taken."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..process.model import Process
from ..process.schema import Banner
from .domain import domain_of
from .i18n import _
from .roles import link


class BannerDirective(SphinxDirective):
    """A directive of the process's table: its text, then what the author adds to it."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    banner: Banner

    def run(self) -> list[nodes.Node]:
        """The box."""
        first = nodes.paragraph("", "", nodes.strong("", self.banner.text))
        for argument in self.arguments:
            first += [nodes.Text(" "), *self._inline(argument)]
        return [box(first, *self.parse_content_to_nodes())]

    def _inline(self, argument: str) -> list[nodes.Node]:
        """The argument as text with markup, or, if it is a number, a link to that proposal."""
        if not re.fullmatch("[0-9]{1,4}", argument):
            text, messages = self.parse_inline(argument)
            return [*text, *messages]
        domain = domain_of(self.env)
        domain.note_link(self.env.docname, int(argument))
        label = domain.edition.process.label(int(argument))
        return [link(int(argument), label, self.env.docname)]


def banner(process: Process, name: str) -> type[BannerDirective]:
    """The directive of that name in *process*."""
    found = next(banner for banner in process.banners if banner.name == name)
    return type("ProcessBanner", (BannerDirective,), {"banner": found})


def box(*content: nodes.Node, kind: str = "banner") -> nodes.admonition:
    """A box of that kind, with a title for readers who do not see its border."""
    return nodes.admonition("", nodes.title("", _("Notice")), *content, classes=[f"fep-{kind}"])
