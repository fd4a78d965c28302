"""Arguments for which a shell is told what there is: numbers, statuses, rules.

Only as many headers are read as needed. Whatever goes wrong meanwhile is nobody's business:
there is nothing to offer then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from .._files import read_file
from . import options

if TYPE_CHECKING:
    from ..repository import Repository

Offer = tuple[str, str]
"""What may be written, and what it is."""


class ProposalNumber(click.types.IntParamType):
    """The number of a proposal; shells that can show its title do."""

    def shell_complete(
        self, context: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The proposals whose numbers begin with what is there."""
        return _offered(context, lambda repository: _numbers(repository, incomplete), incomplete)


class StatusName(click.types.StringParamType):
    """A status; those that the proposal may go to are offered."""

    def shell_complete(
        self, context: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Where the proposal whose number stands before may go."""
        number = context.params.get("number")
        return _offered(context, lambda repository: _statuses(repository, number), incomplete)


class RuleCode(click.types.StringParamType):
    """A rule, by code or by name."""

    def shell_complete(
        self, _context: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The rules whose code, or else whose name, begins so."""
        from ..lint.rule import all_rules

        codes = [(rule.code, rule.name) for rule in all_rules()]
        names = [(rule.name, rule.summary) for rule in all_rules()]
        return _items(codes, incomplete) or _items(names, incomplete)


NUMBER = ProposalNumber()


def _offered(
    context: click.Context, offers: Callable[[Repository], Iterable[Offer]], incomplete: str
) -> list[CompletionItem]:
    """What *offers* finds in the repository that the options before name; else nothing."""
    from ..errors import FepError

    given: dict[str, Any] = context.params
    try:
        repository = options.open_repository(
            given.get("root"), given.get("process"), bool(given.get("no_cache"))
        )
        return _items(offers(repository), incomplete)
    except (FepError, OSError):
        return []


def _items(offers: Iterable[Offer], incomplete: str) -> list[CompletionItem]:
    """Those of *offers* that begin with what is there; a stranger may have named them."""
    from .._text import safe

    begun = incomplete.casefold()
    return [
        CompletionItem(value, help=safe(about, None))
        for value, about in offers
        if value.casefold().startswith(begun) and all(c.isalnum() or c in " -" for c in value)
    ]


def _numbers(repository: Repository, incomplete: str) -> Iterator[Offer]:
    """The proposals whose file names hold a number that begins so, with their titles."""
    from ..editing.choices import written_title

    process = repository.process
    for number, path in sorted(process.files.numbers(repository.paths).items()):
        if str(number).startswith(incomplete):
            source = read_file(repository.root, path)
            text = source.decode("utf-8", "replace") if isinstance(source, bytes) else ""
            yield str(number), written_title(text, process)


def _statuses(repository: Repository, number: int | None) -> Iterator[Offer]:
    """Where a proposal may go; every status, where it is not known which one is meant."""
    from ..editing.choices import next_statuses

    process = repository.process
    path = process.files.numbers(repository.paths).get(number or 0)
    if path is None:
        yield from ((status.name, status.summary) for status in process.statuses)
        return
    source = read_file(repository.root, path)
    (proposal,) = repository.read({path: source}, bodies=False)
    yield from ((way.status.name, way.status.summary) for way in next_statuses(process, proposal))
