"""The catalog in one file: each form by the name that ``fep export`` gives it."""

from __future__ import annotations

from collections.abc import Callable

from ...process.model import Process
from .. import schemas
from ..model import Catalog
from ..urls import site_address, SiteUrls
from . import atom, citations, ical

Export = Callable[[Catalog, Process, SiteUrls], bytes]


def _json(catalog: Catalog, _process: Process, _addresses: SiteUrls) -> bytes:
    return schemas.dump_json(catalog.as_json())


def _bibtex(catalog: Catalog, process: Process, addresses: SiteUrls) -> bytes:
    entries = catalog.proposals
    cited = (citations.bibtex(e, process, addresses.page(e.number)) for e in entries)
    return "\n".join(cited).encode()


def _csl(catalog: Catalog, process: Process, addresses: SiteUrls) -> bytes:
    pages = {entry.number: addresses.page(entry.number) for entry in catalog.proposals}
    return citations.csl(catalog.proposals, process, pages).encode()


FORMS: dict[str, Export] = {
    "json": _json,
    "atom": atom.events,
    "ics": ical.calendar,
    "bibtex": _bibtex,
    "csl": _csl,
}


def addresses(catalog: Catalog, process: Process, base: str) -> SiteUrls:
    """Where pages are on the site at *base*, or else where the process says that they are."""
    numbers = [entry.number for entry in catalog.proposals]
    if base:
        pages = {number: f"{process.slug(number)}/" for number in numbers}
        return SiteUrls(site_address(base, "--base-url"), pages)
    if process.url:
        return SiteUrls("", {number: process.url.format(number) for number in numbers})
    return SiteUrls()
