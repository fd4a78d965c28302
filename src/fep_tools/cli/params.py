"""Parameter types that a shell can complete: proposal numbers, statuses and rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from .._files import as_text, path_below, read_file
from .._numbers import MAX_DIGITS
from .._text import quote
from . import completions
from .completions import Candidate, complete, open_repository

if TYPE_CHECKING:
    from ..repository import Repository


class ProposalNumber(click.types.IntParamType):
    """The number of a proposal, as people write it: ``12``, ``FEP-12``, ``fep-0012.rst``, a path.

    Its title is the help.
    """

    def convert(
        self, value: Any, parameter: click.Parameter | None, context: click.Context | None
    ) -> int:
        """Return the number; a repository is opened for anything but digits.

        ``--root`` and ``--process`` are eager options, so that they are known here.
        """
        text = str(value)
        if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS:
            return int(text)
        repository = open_repository(context.params if context else {})
        number = find_number(repository, text)
        if number is None:
            acronym = repository.process.acronym
            article = "an" if acronym[0].upper() in "AEIOU" else "a"
            self.fail(
                f"{quote(text)} is not the number of {article} {acronym}; "
                f"write it as 12 or {acronym}-12",
                parameter,
                context,
            )
        return number

    def shell_complete(
        self, context: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete to the numbers of the proposals in the repository."""
        return complete(context, lambda repository: _numbers(repository, incomplete), incomplete)


class StatusName(click.types.StringParamType):
    """A status; its summary is the help."""

    def shell_complete(
        self, context: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete to the next statuses of the proposal that the argument before names."""
        number = context.params.get("number")
        return complete(context, lambda repository: _statuses(repository, number), incomplete)


class RuleCode(click.types.StringParamType):
    """The code or the name of a rule."""

    def shell_complete(
        self, context: click.Context, parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete to codes, or to names if no code begins with *incomplete*."""
        return completions.rules(context, parameter, incomplete)


class Version(click.types.StringParamType):
    """A version of two or more numbers."""

    def convert(
        self, value: Any, parameter: click.Parameter | None, context: click.Context | None
    ) -> str:
        """Return the version."""
        text = str(value)
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9}){1,3}", text, re.ASCII):
            self.fail(
                f"{quote(text)} is not a version; write it as 3.2 or 3.2.1", parameter, context
            )
        return text


NUMBER = ProposalNumber()
VERSION = Version()


def find_number(repository: Repository, text: str) -> int | None:
    """Return the number of the proposal that *text* names, by its number or by its file."""
    process = repository.process
    number = process.number_from_label(text)
    if number is not None:
        return number
    path = path_below(repository.root, Path(text))
    if path not in repository.paths:
        # The name alone, from wherever the command runs.
        named = [p for p in repository.paths if text in {p, p.rpartition("/")[2]}]
        path = named[0] if len(named) == 1 else path
    if path in repository.paths:
        (proposal,) = repository.read({path: repository.sources[path]}, bodies=False)
        return proposal.number
    parts = process.files.match(path or "")  # a proposal that was removed has a history
    return int(parts["number"]) if parts else None


def _numbers(repository: Repository, prefix: str) -> Iterator[Candidate]:
    """Yield the numbers that begin with *prefix*, with the titles of their proposals.

    Numbers come from the file names, so that only the files that match are read.
    """
    from ..editing.titles import title_from_text

    process = repository.process
    for number, path in sorted(process.files.numbers(repository.paths).items()):
        if str(number).startswith(prefix):
            text = as_text(read_file(repository.root, path))
            yield str(number), title_from_text(text, number, process)


def _statuses(repository: Repository, number: int | None) -> Iterator[Candidate]:
    """Yield the next statuses of a proposal, or every status if there is no such proposal."""
    from ..editing.next_status import next_statuses

    process = repository.process
    path = process.files.numbers(repository.paths).get(number or 0)
    if path is None:
        yield from ((status.name, status.summary) for status in process.statuses)
        return
    sources = {path: read_file(repository.root, path)}
    (proposal,) = repository.read(sources, bodies=False)
    for next_status in next_statuses(process, proposal):
        yield next_status.status.name, next_status.status.summary
