"""Find names in a process that nothing defines.

A typo in a process file would otherwise be a rule that silently does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from .._text import did_you_mean, join_words
from .consistency import inconsistencies
from .header_validation import header_problems
from .model import Process
from .schema import InvalidDefinition, KeyPath, RECORD_PLACEHOLDERS, Table, URL_PLACEHOLDERS

_NAMED_BY = {
    "types": "type",
    "statuses": "status", "from": "status", "to": "status",
    "needs": "header", "with": "header", "without": "header", "distinct_from": "header",
    "header": "header",
    "section": "section",
    "allowed_urls": "URL", "refused_urls": "URL", "record_formats": "record",
}  # fmt: skip
"""Keys with names, and what defines these: a table, or the placeholders of URLs and records."""


class NameUse(NamedTuple):
    """Names in the value of a key, and the names that are defined."""

    path: KeyPath
    """The path of the key."""
    user: str
    """A description of the table, such as ``header 'Status'``."""
    names: Iterable[str]
    defined: Sequence[str]


REQUIRED_ROLES = ("status",)
"""Roles that every community has a header for.

Some have the number in names of files only, no types, or authors and the date of creation in git
only.
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
    conditions = (condition for group in process.index for condition in group.conditions)
    grouped = {name for part in conditions if not part.title_words for name in part.statuses}
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
        ("inventory", "inventory", "name", [inventory.name for inventory in process.inventories]),
        ("banner", "banner", "name", [banner.name for banner in process.banners]),
        ("section", "section", "title", [section.title for section in process.sections]),
        ("index group", "index", "title", [group.title for group in process.index]),
        ("the slug", "index", "slug", [group.slug for group in process.index]),
        ("list", "list", "title", [listing.title for listing in process.lists]),
        ("the slug", "list", "slug", [listing.slug for listing in process.lists]),
    ]


def _name_uses(process: Process) -> Iterator[NameUse]:
    defined: dict[str, Sequence[str]] = {
        kind: names for kind, *_key, names in _definitions(process)
    }
    defined |= {"URL": URL_PLACEHOLDERS, "record": RECORD_PLACEHOLDERS}
    for path, user, table in _users(process):
        yield from _uses(path, user, table, defined)


def _users(process: Process) -> Iterator[tuple[KeyPath, str, Table]]:
    """Yield the tables that use names, with the path and a description of each."""
    for n, status in enumerate(process.statuses):
        yield ("status", n), f"status {status.name!r}", status
    for n, transition in enumerate(process.transitions):
        yield ("transition", n), f"the transition from {transition.from_!r}", transition
    for n, group in enumerate(process.index):
        yield ("index", n), f"index group {group.title!r}", group
    for n, listing in enumerate(process.lists):
        yield ("list", n), f"list {listing.title!r}", listing
    for n, file in enumerate(process.json_files):
        yield ("json", n), f"the JSON file {file.path}", file
    for n, banner in enumerate(process.banners):
        yield ("banner", n), f"banner {banner.name!r}", banner
    for n, section in enumerate(process.sections):
        yield ("section", n), f"section {section.title!r}", section
    if process.notes:
        yield ("notes",), "the table of notes", process.notes
    if process.extensions:
        yield ("extensions",), "the table of extensions", process.extensions
    for n, header in enumerate(process.headers):
        yield ("header", n), f"header {header.name!r}", header


def _uses(
    path: KeyPath, user: str, table: Table, defined: Mapping[str, Sequence[str]]
) -> Iterator[NameUse]:
    """Yield the names in a table and in the tables below it."""
    for name, field in type(table).model_fields.items():
        key, value = field.alias or name, getattr(table, name)
        if kind := _NAMED_BY.get(key):
            names = ((value,) if value else ()) if isinstance(value, str) else value
            if kind in ("URL", "record"):
                names = re.findall(r"\{(\w+)\}", "".join(names))
            yield NameUse((*path, key), user, names, defined[kind])
        elif isinstance(value, tuple):
            for n, part in enumerate(value):
                if isinstance(part, Table):
                    yield from _uses((*path, key, n), user, part, defined)
