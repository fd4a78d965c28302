"""What a shell completes: values of options, from the repository that the options name.

A completion reads only what it needs. If it fails, it offers nothing: an error message would end
up in the middle of the command line that is being typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import repositories

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ..repository import Repository

Candidate = tuple[str, str]
"""A value, and the help that some shells show next to it."""

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]
"""What click takes as ``shell_complete``."""


def open_repository(given: Mapping[str, object]) -> Repository:
    """Open the repository that options name, of which some were not given."""
    # An option that was not given may still have click's placeholder for "no value".
    root, process = given.get("root"), given.get("process")
    return repositories.open_repository(
        root if isinstance(root, Path) else None,
        process if isinstance(process, str) else None,
        given.get("no_cache") is True,
    )


def complete(
    context: click.Context, candidates: Callable[[Repository], Iterable[Candidate]], incomplete: str
) -> list[CompletionItem]:
    """Return the *candidates* in the repository that the options typed so far name."""
    from ..errors import FepError

    try:
        return matching(candidates(open_repository(context.params)), incomplete)
    except (FepError, OSError):
        return []


def matching(candidates: Iterable[Candidate], incomplete: str) -> list[CompletionItem]:
    """Return the candidates that begin with *incomplete*, in any case.

    A shell may evaluate what it inserts, and statuses come from an untrusted process file: one
    that is called ```rm -rf ~``` must not be offered.
    """
    from click.shell_completion import CompletionItem

    from .._text import safe

    prefix = incomplete.casefold()
    return [
        CompletionItem(value, help=safe(text, None))
        for value, text in candidates
        if value.casefold().startswith(prefix)
        and not value.startswith("-")
        and all(c.isalnum() or c in " -./_" for c in value)
    ]


def _from_repository(candidates: Callable[[Repository], Iterable[Candidate]]) -> Completer:
    def completer(
        context: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return complete(context, candidates, incomplete)

    return completer


# Values of the process -----------------------------------------------------------------------


def _statuses(repository: Repository) -> Iterator[Candidate]:
    yield from ((status.name, status.summary) for status in repository.process.statuses)


def _types(repository: Repository) -> Iterator[Candidate]:
    yield from ((kind.name, kind.summary) for kind in repository.process.types)


def _topics(repository: Repository) -> Iterator[Candidate]:
    header = repository.process.header_for("topics")
    yield from ((topic, "") for topic in (header.choices if header else ()))


def _versions(repository: Repository) -> Iterator[Candidate]:
    catalog = repository.catalog(history=False, similar=False)
    found = {version for entry in catalog.entries for version in entry.versions}
    yield from ((version, "") for version in sorted(found))


def _frameworks(repository: Repository) -> Iterator[Candidate]:
    from ..notes.store import NoteStore

    attachments = repository.corpus(bodies=False).attachments
    notes = NoteStore(repository.process.notes, attachments)
    if notes.has_frameworks:
        yield from ((each.key, each.title) for each in notes.frameworks.frameworks)


status = _from_repository(_statuses)
proposal_type = _from_repository(_types)
topic = _from_repository(_topics)
version = _from_repository(_versions)
framework = _from_repository(_frameworks)

# Revisions -----------------------------------------------------------------------------------


def _revisions(repository: Repository) -> Iterator[Candidate]:
    yield from ((name, "") for name in repository.git.names())


def _moments(repository: Repository) -> Iterator[Candidate]:
    from ..errors import RepositoryError

    yield from _statuses(repository)
    with suppress(RepositoryError):  # without git, there are still the statuses
        yield from _revisions(repository)


revision = _from_repository(_revisions)
status_or_revision = _from_repository(_moments)

# Rules and processes -------------------------------------------------------------------


def rules(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete to codes of rules, or to names if no code begins with *incomplete*.

    Codes may be a list; the last one is completed: ``H103,L0``.
    """
    from click.shell_completion import CompletionItem

    from ..lint.registry import all_rules

    before, comma, last = incomplete.rpartition(",")
    codes = [(rule.code, rule.name) for rule in all_rules()]
    names = [(rule.name, rule.plain_summary) for rule in all_rules()]
    items = matching(codes, last) or matching(names, last)
    return [CompletionItem(f"{before}{comma}{each.value}", help=each.help) for each in items]


def process(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete to the names of built-in processes, or else to files."""
    from click.shell_completion import CompletionItem

    from ..process.source import builtin_names

    names = matching(((name, "built-in process") for name in builtin_names()), incomplete)
    return names or [CompletionItem(incomplete, type="file")]
