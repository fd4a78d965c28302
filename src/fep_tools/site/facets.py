"""Headers by which proposals are grouped, and the names of the pages about each group."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .._cache import key
from .._i18n import gettext_noop
from .._text import slugify
from ..catalog.groups import Values, values_with_a_page
from ..catalog.model import Catalog, ProposalEntry
from ..process.model import Process
from ..process.schema import Listing, Role

NUMBER = "number"
"""The page that lists all proposals."""

FRAMEWORK = "framework"
"""The page that compares frameworks."""

EXTENSIONS = "extensions"
"""The page that shows the state of extensions."""

TRANSLATIONS = "translations"
"""The page that shows the progress of translations."""

OPEN_QUESTIONS = "list/open-questions"
"""The page that lists the proposals with open questions."""

TITLES = {
    "number": (gettext_noop("By number"), gettext_noop("{plural} by number")),
    "status": (gettext_noop("By status"), gettext_noop("{plural} by status")),
    "type": (gettext_noop("By type"), gettext_noop("{plural} by type")),
    "topic": (gettext_noop("By topic"), gettext_noop("{plural} by topic")),
    "author": (gettext_noop("By author"), gettext_noop("{plural} by author")),
    "upstream-author": (
        gettext_noop("By upstream author"),
        gettext_noop("{plural} by upstream author"),
    ),
    "version": (gettext_noop("By version"), gettext_noop("{plural} by version")),
    "framework": (gettext_noop("By framework"), gettext_noop("{plural} by framework")),
    "extensions": (gettext_noop("Extensions"), gettext_noop("State of extensions")),
}
"""The title of each of these pages in menus, and on the page."""

MAX_SLUG_LENGTH = 60
"""Characters of a name in a URL; most file systems allow 255 bytes."""


@dataclass(frozen=True)
class Facet:
    """A header by which proposals are grouped.

    :param role: The role of the header in the process.
    :param slug: Its name in URLs.
    :param values: Returns its values in a proposal.
    """

    role: Role
    slug: str
    values: Values


FACETS = (
    Facet("status", "status", lambda entry: (entry.status,)),
    Facet("type", "type", lambda entry: (entry.type,)),
    Facet("topics", "topic", lambda entry: entry.topics),
    Facet("authors", "author", lambda entry: (author.name for author in entry.authors)),
    Facet(
        "upstream_authors",
        "upstream-author",
        lambda entry: (author.name for author in entry.upstream_authors),
    ),
    Facet("version", "version", lambda entry: entry.versions),
)


@dataclass(frozen=True)
class FacetGroup:
    """The proposals with one value of a header, and the name of the page that lists them.

    :param page: ``None`` if there are too many values for a page each.
    """

    facet: Facet
    value: str
    page: str | None
    entries: tuple[ProposalEntry, ...]


def group_by_facet(catalog: Catalog, process: Process) -> dict[Facet, dict[str, FacetGroup]]:
    """Group all proposals; values are in the order of the process, or else alphabetical."""
    grouped = {facet: _group(catalog, facet) for facet in FACETS}
    return {
        facet: dict(_with_pages(facet, _sort(groups, process, facet), catalog))
        for facet, groups in grouped.items()
        if groups
    }


def _group(catalog: Catalog, facet: Facet) -> dict[str, list[ProposalEntry]]:
    groups: dict[str, list[ProposalEntry]] = {}
    for entry in catalog.listed:
        for value in dict.fromkeys(facet.values(entry)):
            if value:
                groups.setdefault(value, []).append(entry)
    return groups


def _sort(
    groups: Mapping[str, list[ProposalEntry]], process: Process, facet: Facet
) -> dict[str, list[ProposalEntry]]:
    declared = {
        "status": [status.name for status in process.statuses],
        "type": [kind.name for kind in process.types],
    }
    names = dict.fromkeys([*declared.get(facet.role, ()), *sorted(groups, key=_sort_key)])
    return {name: groups[name] for name in names if name in groups}


def _sort_key(name: str) -> tuple[Sequence[tuple[bool, int, str]], str]:
    """Return a key that ignores case and accents and sorts numbers by value: 2.9 before 2.10."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    # "Flask 2.10" is split into "flask ", "2", "." and "10".
    parts = re.findall(r"[0-9]{1,9}|[^0-9]+|[0-9]+", plain)
    return [(not p.isdecimal(), int(p) if p.isdecimal() else 0, p) for p in parts], name


def _with_pages(
    facet: Facet, groups: Mapping[str, list[ProposalEntry]], catalog: Catalog
) -> Iterator[tuple[str, FacetGroup]]:
    shown = values_with_a_page(catalog, facet.values)
    for value, slug in unique_slugs(groups).items():
        page = f"{facet.slug}/{slug}" if value in shown else None
        yield value, FacetGroup(facet, value, page, tuple(groups[value]))


# URLs ------------------------------------------------------------------------------------------


def unique_slugs(names: Iterable[str]) -> dict[str, str]:
    """Return a name for each value in URLs; those that would collide get a digest at the end."""
    slugs = {name: _slug(name) for name in names}
    counts = Counter(slugs.values())
    return {
        name: slug if slug and counts[slug] == 1 else _with_digest(name, slug)
        for name, slug in slugs.items()
    }


def process_list_page(listing: Listing) -> str:
    """Return the name of the page of a list that the process defines."""
    return f"list/{listing.slug or url_slug(listing.title)}"


def url_slug(title: str) -> str:
    """Return the part of a URL or an anchor that stands for *title*."""
    return _slug(title) or _with_digest(title, "")


def _slug(name: str) -> str:
    """Return *name* in ASCII and lower case; empty if nothing usable is left of it."""
    # NFKD splits "é" into "e" and an accent, which encode() drops.
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = slugify(ascii_name, MAX_SLUG_LENGTH, keep=".")
    # status/index would be the page status, and status/index.html the file of that page.
    return "" if slug in ("index", "index.html") else slug


def _with_digest(name: str, slug: str) -> str:
    digest = key(name).hex()[:8]
    return f"{slug}-{digest}" if slug else digest
