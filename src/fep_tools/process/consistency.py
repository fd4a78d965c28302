"""Find definitions in a process that exclude each other, or that nothing can follow.

Each function yields what is wrong, at the key in the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from .._text import slugify
from .model import Process
from .placeholder_validation import placeholder_problems
from .schema import Header, InvalidDefinition, Status, Transition

Problems = Iterator[InvalidDefinition]

_OWN_FILES = frozenset({"api/proposals.json", "api/extensions.json"})
"""Files of the site that no file of the process can replace."""


def inconsistencies(process: Process) -> Problems:
    """Yield definitions of *process* that cannot be used together."""
    yield from _key_problems(process)
    yield from _former_name_problems(process)
    yield from _transition_problems(process)
    yield from _number_problems(process)
    yield from placeholder_problems(process)
    yield from _path_problems(process)
    yield from _page_problems(process)
    yield from _export_problems(process)
    yield from _role_problems(process)


def _key_problems(process: Process) -> Problems:
    """Yield headers whose names differ only in case or punctuation.

    Their values would have the same key: ``Discussions-To`` and ``Discussions to``.
    """
    first: dict[str, str] = {}
    for n, header in enumerate(process.headers):
        other = first.setdefault(header.key, header.name)
        if other != header.name:
            message = f"header {header.name!r} is too similar to {other!r}; rename one"
            yield InvalidDefinition(message, ("header", n, "name"))


def _former_name_problems(process: Process) -> Problems:
    tables: dict[str, tuple[Status | Header, ...]] = {
        "status": process.statuses,
        "header": process.headers,
    }
    for table, entries in tables.items():
        names = {entry.name.casefold() for entry in entries}
        owners: dict[str, str] = {}
        for n, entry in enumerate(entries):
            for former in entry.formerly:
                other = owners.setdefault(former.casefold(), entry.name)
                if former == entry.name or former.casefold() in names - {entry.name.casefold()}:
                    yield InvalidDefinition(
                        f"{table} {entry.name!r}: {former!r} is the name of a {table} today; "
                        "remove it from 'formerly'",
                        (table, n, "formerly"),
                    )
                elif other != entry.name:
                    message = (
                        f"{table} {entry.name!r}: {former!r} is a former name of {other!r} too"
                    )
                    yield InvalidDefinition(f"{message}; remove one", (table, n, "formerly"))


def _transition_problems(process: Process) -> Problems:
    seen: list[Transition] = []
    for n, transition in enumerate(process.transitions):
        before = transition.from_
        for after in transition.to:
            if after == before:
                message = f"the transition from {before!r} leads to the same status; remove it"
                yield InvalidDefinition(message, ("transition", n, "to"))
        for other in seen:
            twice = sorted({*other.to} & {*transition.to})
            # Without types, a transition is for all of them.
            overlap = {*other.types} & {*transition.types} or not (other.types and transition.types)
            same = (other.from_, other.retroactive) == (before, transition.retroactive)
            if twice and overlap and same:
                message = f"the transition from {before!r} to {twice[0]!r} is defined twice"
                yield InvalidDefinition(f"{message}; merge the two", ("transition", n, "to"))
        seen.append(transition)


def _number_problems(process: Process) -> Problems:
    reserved: set[int] = set()
    for n, row in enumerate(process.reserved):
        if row.last and row.last < row.number:
            message = f"'last' is {row.last}, which is before {row.number}"
            yield InvalidDefinition(message, ("reserved", n, "last"))
        if twice := reserved.intersection(row.numbers):
            message = f"the number {min(twice)} is reserved twice"
            yield InvalidDefinition(message, ("reserved", n, "number"))
        reserved.update(row.numbers)
    if process.last_number and process.last_number < process.first_number:
        message = f"'last_number' is {process.last_number}, before {process.first_number}"
        yield InvalidDefinition(message, ("last_number",))
    targets: dict[int, int] = {}
    for n, redirect in enumerate(process.redirects):
        if redirect.from_ in targets:
            yield InvalidDefinition(
                f"the number {redirect.from_} is redirected twice", ("redirect", n, "from")
            )
        targets[redirect.from_] = redirect.to
        number, steps = redirect.from_, 0
        while number in targets and steps <= len(targets):
            number, steps = targets[number], steps + 1
        if number in targets:
            message = f"the redirect from {redirect.from_} leads back to itself; remove it"
            yield InvalidDefinition(message, ("redirect", n, "from"))


def _path_problems(process: Process) -> Problems:
    files = process.files
    for key, globs in (("include", files.include), ("exclude", files.exclude)):
        for glob in globs:
            if _leaves_repository(glob):
                yield InvalidDefinition(
                    f"{key!r} has {glob!r}, which is no path inside the repository; "
                    "write one such as proposals/*.rst",
                    ("files", key),
                )
    if "{status}" in files.pattern:
        for n, status in enumerate(process.statuses):
            if set("/\\") & set(status.name) or status.name.strip(".") == "":
                message = f"status {status.name!r} is the name of a directory; use letters"
                yield InvalidDefinition(message, ("status", n, "name"))
    if process.notes and _leaves_repository(process.notes.frameworks):
        message = f"{process.notes.frameworks!r} is no path inside the repository"
        yield InvalidDefinition(f"{message}; write fep/frameworks.toml", ("notes", "frameworks"))
    for n, type_ in enumerate(process.types):
        if set("/\\") & set(type_.template):
            yield InvalidDefinition(
                f"type {type_.name!r}: 'template' is the name of a file in the directory "
                "templates beside the process file, such as proposal.rst",
                ("type", n, "template"),
            )


def _leaves_repository(path: str) -> bool:
    return bool({"..", ".", ""} & set(path.split("/")))


def _page_problems(process: Process) -> Problems:
    """Yield lists whose pages would have the same URL."""
    first: dict[str, str] = {}
    for n, listing in enumerate(process.lists):
        slug = listing.slug or slugify(listing.title)
        other = first.setdefault(slug, listing.title) if slug else listing.title
        if other != listing.title:
            message = f"list {listing.title!r} has the URL of list {other!r}; give it another slug"
            yield InvalidDefinition(message, ("list", n, "title"))


def _export_problems(process: Process) -> Problems:
    """Yield files and pages of the site with the same path, or from outside the repository."""
    paths: dict[str, tuple[str, ...]] = {
        "feed": tuple(feed.path for feed in process.feeds),
        "json": tuple(file.path for file in process.json_files),
        "copy": tuple(file.to for file in process.copied_files),
        "alias": tuple(f"{alias.from_}/" for alias in process.aliases),
    }
    taken: set[str] = set()
    keys = {"copy": "to", "alias": "from"}
    for table, names in paths.items():
        for n, path in enumerate(names):
            if path in taken or path in _OWN_FILES or path.endswith(".schema.json"):
                message = f"the site has something else at {path}; use another path"
                yield InvalidDefinition(message, (table, n, keys.get(table, "path")))
            taken.add(path)
    for n, file in enumerate(process.copied_files):
        if _leaves_repository(file.from_):
            message = (
                f"{file.from_!r} is no path inside the repository; write one such as data.json"
            )
            yield InvalidDefinition(message, ("copy", n, "from"))
    for n, directory in enumerate(process.page_directories):
        if _leaves_repository(directory.directory):
            message = f"{directory.directory!r} is no path inside the repository; write docs"
            yield InvalidDefinition(message, ("pages", n, "directory"))
        stars = directory.directory.rpartition("/")[2].count("*")
        if (
            stars > 1
            or directory.directory.count("*") > stars
            or directory.path.count("*") != stars
        ):
            message = "'directory' and 'path' may have one * each, in the last part"
            yield InvalidDefinition(message, ("pages", n, "path"))
    for n, table_ in enumerate(process.json_files):
        for at, row in enumerate(table_.keys):
            if bool(row.header) == row.url:
                message = f"the key {row.key!r} needs either 'header' or url = true"
                yield InvalidDefinition(message, ("json", n, "keys", at))
            if row.key in [other.key for other in table_.keys[:at]]:
                message = f"the key {row.key!r} is defined twice; remove one"
                yield InvalidDefinition(message, ("json", n, "keys", at, "key"))


def _role_problems(process: Process) -> Problems:
    own = process.acronym.lower()
    for n, role in enumerate(process.roles):
        if role.name == own:
            message = f"role {role.name!r} is the one that links to your proposals; rename it"
            yield InvalidDefinition(message, ("role", n, "name"))
    linking = {own, *(role.name for role in process.roles)}
    for name in process.literal_roles:
        if name in linking:
            message = f"the role {name!r} is a link, so its text is never shown as code; remove it"
            yield InvalidDefinition(message, ("literal_roles",), name)
