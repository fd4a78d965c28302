"""What is published beside the pages: the catalog, feeds, the calendar, redirects, and the rest."""

from __future__ import annotations

import datetime
import json
from collections.abc import Set
from pathlib import Path
from typing import TYPE_CHECKING

from .._cache import key
from ..catalog.exports import atom, ical, json_api, redirects, sitemap
from .assets import put, take_away
from .domain import domain_of

if TYPE_CHECKING:
    from .builder import SiteBuilder
    from .content import SiteContent

UNLISTED = frozenset({"404", "genindex", "search"})
"""Pages that nobody looks for."""

RECORD = "beside.json"
"""What was published beside the pages the last time, next to Sphinx's own memory."""


def publish(builder: SiteBuilder, names: Set[str]) -> None:
    """Write what is another now than it was, and take away what is not published any more.

    *names* are those of all pages; nothing here stands in the place of one. Where all that
    goes into it is the same as the last time, and all is there, nothing is made.
    """
    folder = Path(builder.outdir)
    record = Path(builder.doctreedir, RECORD)
    digest, published = _recorded(record)
    made_of = _digest(builder, names)
    if made_of == digest and all(folder.joinpath(path).is_file() for path in published):
        return
    pages = {builder.get_output_path(name).relative_to(folder).as_posix() for name in names}
    files = {path: data for path, data in _files(builder, names).items() if path not in pages}
    for path, data in files.items():
        put(folder / path, data)
    for path in sorted(set(published) - files.keys() - pages):
        take_away(folder / path)
    put(record, json.dumps([made_of, sorted(files)], indent=0).encode())


def _digest(builder: SiteBuilder, names: Set[str]) -> str:
    """A digest of all that the files are made of."""
    where = builder.addresses
    catalog = domain_of(builder.env).edition.catalog.model_dump_json()
    made_with: str = builder.config.fep_made_with
    return key(made_with, catalog, where.base, repr(where.pages), repr(sorted(names))).hex()


def _files(builder: SiteBuilder, names: Set[str]) -> dict[str, bytes]:
    edition = domain_of(builder.env).edition
    catalog, process, where = edition.catalog, edition.process, builder.addresses
    listed = sorted(names - UNLISTED)
    pages = {builder.get_target_uri(name): _changed(edition, name) for name in listed}
    return {
        **redirects.files(catalog, process, where),
        **json_api.files(catalog),
        **atom.files(catalog, process, where),
        **ical.files(catalog, process, where),
        **sitemap.files(pages, where),
    }


def _recorded(record: Path) -> tuple[str, list[str]]:
    """The digest and the paths in *record*; none for what is no such file."""
    try:
        digest, paths = json.loads(record.read_bytes())
        return str(digest), [str(path) for path in paths]
    except (OSError, ValueError, TypeError):
        return "", []


def _changed(edition: SiteContent, page: str) -> datetime.date | None:
    entry = edition.entry(page)
    return entry.changed if entry else None
