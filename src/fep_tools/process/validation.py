"""Find names in a process that nothing defines.

A typo in a process file would otherwise be a rule that silently does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .._text import did_you_mean
from .model import Process
from .schema import Conditions, InvalidDefinition, RECORD_PLACEHOLDERS, URL_PLACEHOLDERS

NameUse = tuple[str, Iterable[str], Iterable[str]]
"""A description of what uses names, the names that it uses, and those that are defined."""

REQUIRED_ROLES = ("number", "status", "type", "authors", "created")
"""Roles that every community has a header for."""


def validate(process: Process) -> None:
    """Make sure that every name in *process* is defined, and every definition is complete.

    :raises InvalidDefinition: for the first name that is not defined, or is defined twice.
    """
    for kind, names in _definitions(process):
        for name in names:
            if names.count(name) > 1:
                raise InvalidDefinition(f"{kind} {name!r} is defined twice", name)
    for user, used, defined in _name_uses(process):
        for name in used:
            if name not in defined:
                hint = did_you_mean(name, defined, "use a name that is")
                raise InvalidDefinition(
                    f"{user} names {name!r}, which is not defined; {hint}", name
                )
    _require_index_groups(process)
    _require_roles(process)


def _require_index_groups(process: Process) -> None:
    grouped = {status for group in process.index for status in group.statuses}
    for status in process.statuses:
        if status.name not in grouped:
            raise InvalidDefinition(f"no index group has the status {status.name!r}", status.name)


def _require_roles(process: Process) -> None:
    roles = {header.role for header in process.headers}
    title = ("title",) if process.title_source == "header" else ()
    for role in (*REQUIRED_ROLES, *title):
        if role not in roles:
            raise InvalidDefinition(f"no header has the role {role!r}")


def _definitions(process: Process) -> list[tuple[str, list[str]]]:
    return [
        ("type", [type_.name for type_ in process.types]),
        ("status", [status.name for status in process.statuses]),
        ("header", [header.name for header in process.headers]),
        ("header with the role", [header.role for header in process.headers if header.role]),
        ("role", [role.name for role in process.roles]),
        ("banner", [banner.name for banner in process.banners]),
        ("list", [listing.title for listing in process.lists]),
    ]


def _name_uses(process: Process) -> Iterator[NameUse]:
    types = [type_.name for type_ in process.types]
    statuses = [status.name for status in process.statuses]
    headers = [header.name for header in process.headers]
    dates = [header.name for header in process.headers if header.kind == "date"]
    for status in process.statuses:
        yield f"status {status.name!r}", status.types, types
    for transition in process.transitions:
        user = f"the transition from {transition.from_!r}"
        yield user, (transition.from_, *transition.to), statuses
        yield user, transition.types, types
        yield user, transition.needs, headers
    for group in process.index:
        yield f"index group {group.title!r}", group.statuses, statuses
        yield f"index group {group.title!r}", group.types, types
    for listing in process.lists:
        user = f"list {listing.title!r}"
        yield from _condition_uses(process, user, (listing,))
        yield user, filter(None, (listing.sort_by,)), dates
    for banner in process.banners:
        yield f"banner {banner.name!r}", banner.statuses, statuses
    for section in process.sections:
        yield f"section {section.title!r}", section.types, types
        yield from _condition_uses(process, f"section {section.title!r}", section.required)
    if process.notes:
        titles = [section.title for section in process.sections]
        yield "the table of notes", (process.notes.section,), titles
        yield from _condition_uses(process, "the table of notes", process.notes.required)
    yield from _header_uses(process)


def _header_uses(process: Process) -> Iterator[NameUse]:
    headers = [header.name for header in process.headers]
    for header in process.headers:
        user = f"header {header.name!r}"
        yield user, _placeholders(*header.allowed_urls, *header.refused_urls), URL_PLACEHOLDERS
        yield user, _placeholders(*header.record_formats), RECORD_PLACEHOLDERS
        yield user, header.distinct_from, headers
        yield from _condition_uses(process, user, header.required)
        yield from _condition_uses(process, user, header.forbidden)


def _placeholders(*templates: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", "".join(templates))


def _condition_uses(process: Process, user: str, conditions: Conditions) -> Iterator[NameUse]:
    for condition in () if isinstance(conditions, bool) else conditions:
        yield user, condition.statuses, [status.name for status in process.statuses]
        yield user, condition.types, [type_.name for type_ in process.types]
        names = (*condition.with_, *condition.without)
        yield user, names, [header.name for header in process.headers]
