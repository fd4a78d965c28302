"""Addresses that lead to a proposal's page: short forms, and numbers that it had before.

Small pages without a script, which say nothing that could change. A page that is really there
goes before a redirect, and an old number that several proposals had leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ...process.model import Process
from ..model import Catalog, CatalogEntry
from ..urls import relative, SiteUrls
from .feed_entries import written_number

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex">
  <meta http-equiv="refresh" content="0; url={here}">
  <title>{title}</title>
  <link rel="canonical" href="{address}">
</head>
<body>
<p>This page is <a href="{here}">{title}</a> now.</p>
</body>
</html>
"""


def files(catalog: Catalog, process: Process, addresses: SiteUrls) -> dict[str, bytes]:
    """Every redirect by its path; some may be the paths of pages that are really there."""
    found = {}
    for number, entry in _targets(catalog, process).items():
        for form in _forms(number, process):
            path = f"{form}/index.html"
            if addresses.pages[entry.number] not in (f"{form}/", path):
                found[path] = _page(entry, path, process, addresses)
    return found


def _targets(catalog: Catalog, process: Process) -> dict[int, CatalogEntry]:
    """The proposal that each number leads to, those of today and those of the past."""
    now = {entry.number: entry for entry in catalog.proposals}
    told = {step.from_: now[step.to] for step in process.redirects if step.to in now}
    kept = {reserved.number for reserved in process.reserved}
    former = {n: entry for n, entry in _former(catalog).items() if n not in kept}
    return former | told | now


def _former(catalog: Catalog) -> dict[int, CatalogEntry]:
    """The numbers that one proposal had before, and no other."""
    claims: dict[int, list[CatalogEntry]] = {}
    for entry in catalog.proposals:
        for number in set(_past_numbers(entry)):
            claims.setdefault(number, []).append(entry)
    return {number: claiming[0] for number, claiming in claims.items() if len(claiming) == 1}


def _past_numbers(entry: CatalogEntry) -> Iterator[int]:
    for event in entry.history:
        number = written_number(event.before) if event.kind == "number" else None
        if number is not None:
            yield number


def _forms(number: int, process: Process) -> tuple[str, ...]:
    """How somebody may write the address of a proposal, its own among them."""
    name = process.acronym.lower()
    return (f"{number}", f"{number:04}", f"{name}-{number}", process.slug(number))


def _page(entry: CatalogEntry, path: str, process: Process, addresses: SiteUrls) -> bytes:
    here = relative(addresses.pages[entry.number], path)
    address = addresses.page(entry.number) or here
    title = process.label(entry.number)
    return PAGE.format(here=escape(here), address=escape(address), title=escape(title)).encode()
