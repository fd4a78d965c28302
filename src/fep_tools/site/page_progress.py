"""Progress of a build: how many pages are read and written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .._progress import report
from .builder import SiteBuilder
from .parallel import PAGES_READ, PAGES_WRITTEN

if TYPE_CHECKING:
    from sphinx.application import Sphinx

READING = "parsing: {share} of {total} pages"
WRITING = "writing: {share} of {total} pages"
"""What is reported during a build."""


def report_pages(app: Sphinx, read: Sequence[str]) -> None:
    """Report how many pages are read, one by one or by worker processes, and how many written."""
    done: set[str] = set()
    written: set[str] = set()

    def on_page(app: Sphinx, _tree: object) -> None:
        done.add(app.env.docname)
        report(READING, len(done), len(read))

    def on_read(_app: Sphinx, pages: Iterable[str]) -> None:
        done.update(pages)
        report(READING, len(done), len(read))

    def on_resolved(app: Sphinx, _tree: object, page: str) -> None:
        on_written(app, (page,))

    def on_written(app: Sphinx, pages: Iterable[str]) -> None:
        written.update(pages)
        builder = app.builder
        if isinstance(builder, SiteBuilder) and builder.pages:
            report(WRITING, len(written), len(builder.pages))

    app.connect("doctree-read", on_page)
    app.connect(PAGES_READ, on_read)
    app.connect("doctree-resolved", on_resolved)
    app.connect(PAGES_WRITTEN, on_written)
