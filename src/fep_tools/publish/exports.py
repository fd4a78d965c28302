"""The catalog in one file: each form by the name that ``fep export`` gives it."""

from __future__ import annotations

from collections.abc import Callable

from ..catalog import Catalog
from ..process import Process
from . import atom, calendar, citation, schemas
from .addresses import Addresses, site_address

Export = Callable[[Catalog, Process, Addresses], bytes]


def _json(catalog: Catalog, _process: Process, _addresses: Addresses) -> bytes:
    return schemas.dumped(catalog.as_json())


def _bibtex(catalog: Catalog, process: Process, addresses: Addresses) -> bytes:
    entries = catalog.proposals
    cited = (citation.bibtex(e, process, addresses.page(e.number)) for e in entries)
    return "\n".join(cited).encode()


def _csl(catalog: Catalog, process: Process, addresses: Addresses) -> bytes:
    pages = {entry.number: addresses.page(entry.number) for entry in catalog.proposals}
    return citation.csl(catalog.proposals, process, pages).encode()


FORMS: dict[str, Export] = {
    "json": _json,
    "atom": atom.events,
    "ics": calendar.calendar,
    "bibtex": _bibtex,
    "csl": _csl,
}


def addresses(catalog: Catalog, process: Process, base: str) -> Addresses:
    """Where pages are on the site at *base*, or else where the process says that they are."""
    numbers = [entry.number for entry in catalog.proposals]
    if base:
        pages = {number: f"{process.slug(number)}/" for number in numbers}
        return Addresses(site_address(base, "--base-url"), pages)
    if process.url:
        return Addresses("", {number: process.url.format(number) for number in numbers})
    return Addresses()
