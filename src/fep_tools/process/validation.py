"""Whether a process is closed: every name that it uses is one that it defines.

A typo in a process file would otherwise be a rule that silently does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .._text import closest_match
from .schema import Conditions, Header, RECORD_PLACEHOLDERS, URL_PLACEHOLDERS

if TYPE_CHECKING:
    from .model import Process

Use = tuple[str, Iterable[str], Iterable[str]]
"""What uses names, which ones it uses, and those that are defined."""

NEEDED = ("number", "status", "type", "authors", "created")
"""Roles that every community has a header for."""


class UndefinedName(ValueError):
    """A name that nothing defines, so that its line can be told."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message)
        self.name = name


def validate(process: Process) -> None:
    """Raise :class:`ValueError` for the first name that *process* uses and does not define."""
    for what, names in _definitions(process):
        for name in names:
            if names.count(name) > 1:
                raise UndefinedName(f"{what} {name!r} is defined twice", name)
    for what, used, defined in _uses(process):
        for name in used:
            if name not in defined:
                meant = closest_match(name, defined)
                hint = f"; did you mean {meant!r}?" if meant else ""
                raise UndefinedName(f"{what} names {name!r}, which is not defined{hint}", name)
    _complete(process)


def _complete(process: Process) -> None:
    grouped = {status for group in process.index for status in group.statuses}
    for status in process.statuses:
        if status.name not in grouped:
            raise ValueError(f"no index group holds the status {status.name!r}")
    roles = {header.role for header in process.headers}
    needed = (*NEEDED, "title") if process.title_source == "header" else NEEDED
    for role in needed:
        if role not in roles:
            raise ValueError(f"no header has the role {role!r}")


def _definitions(process: Process) -> list[tuple[str, list[str]]]:
    return [
        ("type", [kind.name for kind in process.types]),
        ("status", [status.name for status in process.statuses]),
        ("header", [header.name for header in process.headers]),
        ("header with the role", [header.role for header in process.headers if header.role]),
        ("role", [role.name for role in process.roles]),
        ("banner", [banner.name for banner in process.banners]),
        ("list", [listing.title for listing in process.lists]),
    ]


def _uses(process: Process) -> Iterator[Use]:
    types = [kind.name for kind in process.types]
    statuses = [status.name for status in process.statuses]
    headers = [header.name for header in process.headers]
    for status in process.statuses:
        yield f"status {status.name!r}", status.types, types
    for step in process.transitions:
        what = f"the transition from {step.from_!r}"
        yield what, (step.from_, *step.to), statuses
        yield what, step.types, types
        yield what, step.needs, headers
    for group in process.index:
        yield f"index group {group.title!r}", group.statuses, statuses
        yield f"index group {group.title!r}", group.types, types
    for listing in process.lists:
        what = f"list {listing.title!r}"
        yield from _demands(process, what, (listing,))
        dates = [header.name for header in process.headers if _is_date(header)]
        yield what, filter(None, (listing.sort_by,)), dates
    for banner in process.banners:
        yield f"banner {banner.name!r}", banner.statuses, statuses
    for section in process.sections:
        yield f"section {section.title!r}", section.types, types
        yield from _demands(process, f"section {section.title!r}", section.required)
    if process.notes:
        titles = [section.title for section in process.sections]
        yield "the table of notes", (process.notes.section,), titles
        yield from _demands(process, "the table of notes", process.notes.required)
    yield from _headers(process)


def _headers(process: Process) -> Iterator[Use]:
    for header in process.headers:
        what = f"header {header.name!r}"
        addresses = "".join((*header.allowed_urls, *header.refused_urls))
        yield what, re.findall(r"\{(\w+)\}", addresses), URL_PLACEHOLDERS
        yield what, re.findall(r"\{(\w+)\}", "".join(header.record_formats)), RECORD_PLACEHOLDERS
        yield what, header.distinct_from, [other.name for other in process.headers]
        yield from _demands(process, what, header.required)
        yield from _demands(process, what, header.forbidden)


def _is_date(header: Header) -> bool:
    return header.kind == "date"


def _demands(process: Process, what: str, demand: Conditions) -> Iterator[Use]:
    for row in () if isinstance(demand, bool) else demand:
        yield what, row.statuses, [status.name for status in process.statuses]
        yield what, row.types, [kind.name for kind in process.types]
        yield what, (*row.with_, *row.without), [header.name for header in process.headers]
