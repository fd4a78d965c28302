"""What is published beside the pages: the catalog, feeds, the calendar, redirects, and the rest."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..publish import api
from ..publish import atom
from ..publish import calendar
from ..publish import redirects
from ..publish import sitemap
from .domain import domain_of

if TYPE_CHECKING:
    from .builder import SiteBuilder
    from .edition import Edition

UNLISTED = frozenset({"404", "genindex", "search"})
"""Pages that nobody looks for."""


def files(builder: SiteBuilder, others: Iterable[str]) -> dict[str, bytes]:
    """Every file by path; *others* are the names of pages that no document stands behind."""
    edition = domain_of(builder.env).edition
    catalog, process, where = edition.catalog, edition.process, builder.addresses
    names = {*builder.env.found_docs, *others}
    taken = {builder.get_output_path(name).relative_to(builder.outdir).as_posix() for name in names}
    leading = redirects.files(catalog, process, where)
    listed = sorted(names - UNLISTED)
    pages = {builder.get_target_uri(name): _changed(edition, name) for name in listed}
    return {
        **{path: data for path, data in leading.items() if path not in taken},
        **api.files(catalog, process, where),
        **atom.files(catalog, process, where),
        **calendar.files(catalog, process, where),
        **sitemap.files(pages, where),
    }


def _changed(edition: Edition, page: str) -> datetime.date | None:
    entry = edition.entry(page)
    return entry.changed if entry else None
