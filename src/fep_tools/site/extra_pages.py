"""Which pages are made, and which of them again.

Where a document has the name of one, the document stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder

from . import comparison, lists, translations
from .content import SiteContent
from .domain import domain_of
from .virtual_page import context, VirtualPage

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MAKERS: Sequence[Callable[[SiteContent], Iterator[VirtualPage]]] = (
    lists.pages,
    comparison.pages,
    translations.pages,
)
"""Each gives the pages of a kind."""


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages that are to be written, for Sphinx to put into its template."""
    builder = app.builder
    assert isinstance(builder, StandaloneHTMLBuilder)
    is_current: Callable[[VirtualPage], bool] = getattr(builder, "is_current", lambda _page: False)
    if app.config.fep_only:
        return
    edition = domain_of(app.env).edition
    for page in (page for maker in MAKERS for page in maker(edition)):
        if page.name not in app.env.found_docs and not is_current(page):
            yield page.name, context(builder, page), "page.html"


def register(app: Sphinx) -> None:
    """Make Sphinx ask for them."""
    app.connect("html-collect-pages", collect)
