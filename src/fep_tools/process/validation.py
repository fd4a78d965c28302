"""Find names in a process that nothing defines.

A typo in a process file would otherwise be a rule that silently does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .._text import did_you_mean, join_words
from .consistency import inconsistencies
from .header_validation import header_problems
from .model import Process
from .schema import (
    Condition,
    Conditions,
    InvalidDefinition,
    KeyPath,
    RECORD_PLACEHOLDERS,
    URL_PLACEHOLDERS,
)


class NameUse(NamedTuple):
    """Names in the value of a key, and the names that are defined."""

    path: KeyPath
    """The path of the key."""
    user: str
    """A description of the table, such as ``header 'Status'``."""
    names: Iterable[str]
    defined: Sequence[str]


REQUIRED_ROLES = ("status", "authors")
"""Roles that every community has a header for.

Some have the number in names of files only, no types, or the date of creation in git only.
"""


def validate(process: Process) -> None:
    """Make sure that every name in *process* is defined, and every definition is complete.

    :raises InvalidDefinition: for the first name that is not defined, or is defined twice.
    """
    for kind, table, key, names in _definitions(process):
        for position, name in enumerate(names):
            if name and name in names[:position]:
                raise InvalidDefinition(
                    f"{kind} {name!r} is defined twice", (table, position, key), name
                )
    for use in _name_uses(process):
        for name in use.names:
            if name not in use.defined:
                hint = did_you_mean(name, use.defined) if use.defined else "remove it"
                message = f"{use.user} names {name!r}, which is not defined; {hint}"
                raise InvalidDefinition(message, use.path, name)
    _require_sortable_lists(process)
    _require_index_groups(process)
    _require_roles(process)
    for problem in (*header_problems(process), *inconsistencies(process)):
        raise problem


def _require_sortable_lists(process: Process) -> None:
    dates = [header.name for header in process.headers if header.kind == "date"]
    for position, listing in enumerate(process.lists):
        if listing.sort_by and listing.sort_by not in dates:
            message = f"list {listing.title!r}: sort_by must name a header of kind date"
            if dates:
                message += f": {join_words(dates)}"
            raise InvalidDefinition(message, ("list", position, "sort_by"))


def _require_index_groups(process: Process) -> None:
    grouped = {status for group in process.index for status in group.statuses}
    for position, status in enumerate(process.statuses):
        if status.name not in grouped:
            message = f"no index group has the status {status.name!r}; add it to one"
            raise InvalidDefinition(message, ("status", position, "name"))


def _require_roles(process: Process) -> None:
    roles = {header.role for header in process.headers}
    title = ("title",) if process.title_source == "header" else ()
    _require_status_source(process)
    derived = {"status"} if any(status.is_derived for status in process.statuses) else set()
    for role in (*REQUIRED_ROLES, *title):
        if role not in roles | derived:
            message = f'no header has the role {role!r}; add role = "{role}" to one'
            raise InvalidDefinition(message, ("header",))
    if process.types and "type" not in roles:
        message = "no header has the role 'type'; add role = \"type\" to one, or remove [[type]]"
        raise InvalidDefinition(message, ("type",))
    if not process.types and "type" in roles:
        position = next(n for n, header in enumerate(process.headers) if header.role == "type")
        message = "the role 'type' needs types; add a table [[type]] for each, or remove the role"
        raise InvalidDefinition(message, ("header", position, "role"))


def _require_status_source(process: Process) -> None:
    """Make sure that either a header has the status, or every status follows from headers."""
    header = process.header_for("status")
    has_derived = any(status.is_derived for status in process.statuses)
    for position, status in enumerate(process.statuses):
        path: KeyPath = ("status", position, "name")
        if header and status.is_derived:
            key = "with" if status.with_ else "without"
            message = f"status {status.name!r}: {header.name!r} has the status; remove {key!r}"
            raise InvalidDefinition(message, (*path[:-1], key))
        if has_derived and not status.is_derived:
            message = f"status {status.name!r} follows from no header; add 'with' or 'without'"
            raise InvalidDefinition(message, path)


def _definitions(process: Process) -> list[tuple[str, str, str, list[str]]]:
    """Return what is defined, its table in the file, the key of its name, and all names."""
    return [
        ("type", "type", "name", [type_.name for type_ in process.types]),
        ("status", "status", "name", [status.name for status in process.statuses]),
        ("header", "header", "name", [header.name for header in process.headers]),
        ("the role", "header", "role", [header.role or "" for header in process.headers]),
        ("role", "role", "name", [role.name for role in process.roles]),
        ("banner", "banner", "name", [banner.name for banner in process.banners]),
        ("section", "section", "title", [section.title for section in process.sections]),
        ("index group", "index", "title", [group.title for group in process.index]),
        ("the slug", "index", "slug", [group.slug for group in process.index]),
        ("list", "list", "title", [listing.title for listing in process.lists]),
        ("the slug", "list", "slug", [listing.slug for listing in process.lists]),
    ]


def _name_uses(process: Process) -> Iterator[NameUse]:
    types = [type_.name for type_ in process.types]
    statuses = [status.name for status in process.statuses]
    headers = [header.name for header in process.headers]
    for n, status in enumerate(process.statuses):
        user = f"status {status.name!r}"
        yield NameUse(("status", n, "types"), user, status.types, types)
        yield NameUse(("status", n, "with"), user, status.with_, headers)
        yield NameUse(("status", n, "without"), user, status.without, headers)
    for n, transition in enumerate(process.transitions):
        user = f"the transition from {transition.from_!r}"
        yield NameUse(("transition", n, "from"), user, (transition.from_,), statuses)
        yield NameUse(("transition", n, "to"), user, transition.to, statuses)
        yield NameUse(("transition", n, "types"), user, transition.types, types)
        yield NameUse(("transition", n, "needs"), user, transition.needs, headers)
    for n, group in enumerate(process.index):
        user = f"index group {group.title!r}"
        yield NameUse(("index", n, "statuses"), user, group.statuses, statuses)
        yield NameUse(("index", n, "types"), user, group.types, types)
    for n, listing in enumerate(process.lists):
        user = f"list {listing.title!r}"
        yield from _condition_uses(process, ("list", n), user, listing)
    for n, banner in enumerate(process.banners):
        user = f"banner {banner.name!r}"
        yield NameUse(("banner", n, "statuses"), user, banner.statuses, statuses)
    for n, section in enumerate(process.sections):
        user, path = f"section {section.title!r}", ("section", n)
        yield NameUse((*path, "types"), user, section.types, types)
        yield from _conditions_uses(process, (*path, "required"), user, section.required)
    if process.notes:
        user, notes = "the table of notes", process.notes
        titles = [section.title for section in process.sections]
        yield NameUse(("notes", "section"), user, (notes.section,), titles)
        yield from _conditions_uses(process, ("notes", "required"), user, notes.required)
    yield from _header_uses(process)


def _header_uses(process: Process) -> Iterator[NameUse]:
    headers = [header.name for header in process.headers]
    for n, header in enumerate(process.headers):
        user, path = f"header {header.name!r}", ("header", n)
        for key, templates, defined in (
            ("allowed_urls", header.allowed_urls, URL_PLACEHOLDERS),
            ("refused_urls", header.refused_urls, URL_PLACEHOLDERS),
            ("record_formats", header.record_formats, RECORD_PLACEHOLDERS),
        ):
            yield NameUse((*path, key), user, _placeholders(templates), defined)
        yield NameUse((*path, "distinct_from"), user, header.distinct_from, headers)
        yield from _conditions_uses(process, (*path, "required"), user, header.required)
        yield from _conditions_uses(process, (*path, "forbidden"), user, header.forbidden)


def _placeholders(templates: Iterable[str]) -> list[str]:
    return re.findall(r"\{(\w+)\}", "".join(templates))


def _conditions_uses(
    process: Process, path: KeyPath, user: str, conditions: Conditions
) -> Iterator[NameUse]:
    for n, condition in enumerate(() if isinstance(conditions, bool) else conditions):
        yield from _condition_uses(process, (*path, n), user, condition)


def _condition_uses(
    process: Process, path: KeyPath, user: str, condition: Condition
) -> Iterator[NameUse]:
    types = [type_.name for type_ in process.types]
    headers = [header.name for header in process.headers]
    statuses = [status.name for status in process.statuses]
    yield NameUse((*path, "statuses"), user, condition.statuses, statuses)
    yield NameUse((*path, "types"), user, condition.types, types)
    yield NameUse((*path, "with"), user, condition.with_, headers)
    yield NameUse((*path, "without"), user, condition.without, headers)
