"""What proposals have in common, and under which name each page about that is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .._cache import key
from .._i18n import gettext_noop
from .._text import slugify
from ..catalog.model import Catalog, CatalogEntry
from ..process.model import Process
from ..process.schema import Listing, Role

ALL = "number"
"""The page of all proposals."""

FRAMEWORK = "framework"
"""The page of the notes on other frameworks."""

TRANSLATIONS = "translations"
"""The page that says how much is translated."""

BY = {
    "number": (gettext_noop("By number"), gettext_noop("{plural} by number")),
    "status": (gettext_noop("By status"), gettext_noop("{plural} by status")),
    "type": (gettext_noop("By type"), gettext_noop("{plural} by type")),
    "topic": (gettext_noop("By topic"), gettext_noop("{plural} by topic")),
    "author": (gettext_noop("By author"), gettext_noop("{plural} by author")),
    "version": (gettext_noop("By version"), gettext_noop("{plural} by version")),
    "framework": (gettext_noop("By framework"), gettext_noop("{plural} by framework")),
}
"""What the page of all values of a header is called, in a menu and above it."""

LONGEST = 60
"""Characters of a name in an address; file systems allow 255 bytes, most of them."""


@dataclass(frozen=True)
class Facet:
    """A header by which proposals are listed; *word* is what it is called in addresses."""

    role: Role
    word: str
    values: Callable[[CatalogEntry], Iterable[str | None]]


FACETS = (
    Facet("status", "status", lambda entry: (entry.status,)),
    Facet("type", "type", lambda entry: (entry.type,)),
    Facet("topics", "topic", lambda entry: entry.topics),
    Facet("authors", "author", lambda entry: (author.name for author in entry.authors)),
    Facet("version", "version", lambda entry: entry.versions),
)


@dataclass(frozen=True)
class Shared:
    """The proposals that share *value*, and the name of the page about them."""

    facet: Facet
    value: str
    page: str
    entries: tuple[CatalogEntry, ...]


def shared(catalog: Catalog, process: Process) -> dict[Facet, dict[str, Shared]]:
    """All values of each facet, in the order of the process, or else of their letters."""
    found = {facet: _grouped(catalog, facet) for facet in FACETS}
    return {
        facet: dict(_named(facet, _ordered(groups, process, facet)))
        for facet, groups in found.items()
        if groups
    }


def _grouped(catalog: Catalog, facet: Facet) -> dict[str, list[CatalogEntry]]:
    groups: dict[str, list[CatalogEntry]] = {}
    for entry in catalog.proposals:
        for value in dict.fromkeys(facet.values(entry)):
            if value:
                groups.setdefault(value, []).append(entry)
    return groups


def _ordered(
    groups: Mapping[str, list[CatalogEntry]], process: Process, facet: Facet
) -> dict[str, list[CatalogEntry]]:
    declared = {
        "status": [status.name for status in process.statuses],
        "type": [kind.name for kind in process.types],
    }
    rest = sorted(groups, key=_by_letters)
    names = dict.fromkeys([*declared.get(facet.role, ()), *rest])
    return {name: groups[name] for name in names if name in groups}


def _by_letters(name: str) -> tuple[Sequence[tuple[bool, int, str]], str]:
    """Without regard to case, and numbers by what they count: 2.9 before 2.10."""
    parts = re.findall(r"[0-9]{1,9}|[^0-9]+|[0-9]+", name.casefold())
    return [(not p.isdecimal(), int(p) if p.isdecimal() else 0, p) for p in parts], name


def _named(facet: Facet, groups: Mapping[str, list[CatalogEntry]]) -> Iterator[tuple[str, Shared]]:
    for value, address in addresses(groups).items():
        page = f"{facet.word}/{address}"
        yield value, Shared(facet, value, page, tuple(groups[value]))


def addresses(names: Iterable[str]) -> dict[str, str]:
    """An address for each name; where two would be the same, both end with a digest."""
    wanted = {name: _address(name) for name in names}
    taken = Counter(wanted.values())
    return {
        name: address if address and taken[address] == 1 else _unlike(name, address)
        for name, address in wanted.items()
    }


def page_of(listing: Listing) -> str:
    """The name of the page of a list that the process asks for."""
    return f"list/{_address(listing.title) or _unlike(listing.title, '')}"


def _address(name: str) -> str:
    """*name* in small letters without accents; empty where too little of it is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    address = slugify(plain, LONGEST, keep=".")
    return "" if address == "index" else address


def _unlike(name: str, address: str) -> str:
    digest = key(name).hex()[:8]
    return f"{address}-{digest}" if address else digest
