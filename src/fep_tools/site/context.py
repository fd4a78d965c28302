"""A place on a page where something is to be made, and what has to be known for it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from docutils import nodes
from sphinx.builders import Builder

from ..catalog.model import CatalogEntry
from .content import SiteContent


@dataclass(frozen=True)
class RenderContext:
    """Something is to be made on *page*, for the output that *builder* makes.

    *about* says what, where a page has several of a kind.
    """

    edition: SiteContent
    page: str
    builder: Builder
    about: str = ""

    @property
    def entry(self) -> CatalogEntry | None:
        """What the catalog says of the proposal on the page, if it is one."""
        return self.edition.entry(self.page)

    def address(self, number: int) -> str:
        """Where the proposal of that number is, from the page."""
        return self.builder.get_relative_uri(self.page, self.edition.pages[number])

    def published(self, number: int) -> str:
        """Where the proposal of that number is in the world; empty where that is not known."""
        config, process = self.builder.config, self.edition.process
        if base := config.html_baseurl:
            return f"{base.rstrip('/')}/{self.builder.get_target_uri(self.edition.pages[number])}"
        return process.url.format(number) if "{0" in process.url else ""


def picture(svg: str, label: str) -> nodes.raw:
    """A picture in a box that scrolls by itself; what does not show HTML has the tables."""
    box = f'<div class="fep-picture" role="group" aria-label="{escape(label)}" tabindex="0">'
    return nodes.raw("", f"{box}{svg}</div>", format="html")
