"""Redirects to pages: from short forms of a proposal's URL, former numbers, and aliases.

They are small HTML pages, since a static host has nothing else. A real page always takes
precedence over a redirect with the same path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from types import MappingProxyType

from ...process.model import Process
from ..model import Catalog, CatalogEntry
from ..urls import relative, SiteUrls
from .feed_entries import parse_number

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex">
  <meta http-equiv="refresh" content="0; url={href}">
  <title>{title}</title>
  <link rel="canonical" href="{url}">
</head>
<body>
<p>This page has moved to <a href="{href}">{title}</a>.</p>
</body>
</html>
"""


def files(
    catalog: Catalog,
    process: Process,
    urls: SiteUrls,
    page_urls: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, bytes]:
    """Return every redirect by its path. The caller drops those that are paths of real pages.

    :param page_urls: the paths of pages that aliases may lead to, by their names; that of the
        index is ``""``.
    """
    pages = {}
    for directory, name in _aliases(process):
        if name in page_urls:
            path = f"{directory}/index.html"
            pages[path] = _page(page_urls[name], path, process.plural, urls)
    for number, entry in _targets(catalog, process).items():
        for directory in _forms(number, process):
            path = f"{directory}/index.html"
            if urls.pages[entry.number] not in (f"{directory}/", path):
                label = process.label(entry.number)
                pages[path] = _page(urls.pages[entry.number], path, label, urls)
    return pages


def _aliases(process: Process) -> Iterator[tuple[str, str]]:
    """Yield the directories of aliases, and the names of the pages that they lead to."""
    yield from ((alias.from_, alias.to) for alias in process.aliases)
    if process.index_number is not None:
        yield from ((directory, "") for directory in _forms(process.index_number, process))


def _targets(catalog: Catalog, process: Process) -> dict[int, CatalogEntry]:
    """Return the proposal that each number leads to.

    A current number comes first, then a ``[[redirect]]`` of the process file, then a former
    number that git knows, unless it is reserved.
    """
    current = {entry.number: entry for entry in catalog.proposals}
    configured = {
        redirect.from_: current[redirect.to]
        for redirect in process.redirects
        if redirect.to in current
    }
    former = {
        number: entry
        for number, entry in _former_numbers(catalog).items()
        if process.reservation(number) is None
    }
    return former | configured | current


def _former_numbers(catalog: Catalog) -> dict[int, CatalogEntry]:
    """Return the proposal that had each number before.

    Numbers that several proposals had are left out: drafts often share one, such as 9999.
    """
    claims: dict[int, list[CatalogEntry]] = {}
    for entry in catalog.proposals:
        for number in set(_numbers_before(entry)):
            claims.setdefault(number, []).append(entry)
    return {number: entries[0] for number, entries in claims.items() if len(entries) == 1}


def _numbers_before(entry: CatalogEntry) -> Iterator[int]:
    for event in entry.history:
        number = parse_number(event.before) if event.kind == "number" else None
        if number is not None:
            yield number


def _forms(number: int, process: Process) -> tuple[str, ...]:
    """Return the directories that lead to a number: ``11``, ``0011``, ``fep-11``, ``fep-0011``."""
    acronym = process.acronym.lower()
    return (f"{number}", f"{number:04}", f"{acronym}-{number}", process.slug(number))


def _page(target: str, path: str, title: str, urls: SiteUrls) -> bytes:
    """Return the redirect at *path* to the page at *target*."""
    href = relative(target, path)
    url = (target if "://" in target else urls.absolute(target)) or href
    return PAGE.format(href=escape(href), url=escape(url), title=escape(title)).encode()
