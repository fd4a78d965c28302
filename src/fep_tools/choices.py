"""What may be written next: which proposals there are, and where one of them may go.

Editors and shells offer the same, since both ask here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from .catalog import plain_title
from .preamble import Preamble
from .process import Process
from .proposal import Corpus, Proposal
from .tables import Status


class Numbered(NamedTuple):
    """A proposal as somebody who chooses one wants to see it."""

    number: int
    title: str
    kind: str
    """Its status and its type, as far as they can be read."""


class Way(NamedTuple):
    """A status that a proposal may go to, and the headers that it needs for that."""

    status: Status
    needs: tuple[str, ...] = ()
    unusual: bool = False


def numbered(corpus: Corpus, process: Process) -> Iterator[Numbered]:
    """Every proposal that has a number, by number."""
    for number, proposal in sorted(corpus.by_number.items()):
        kind = " ".join(word for word in (proposal.status, proposal.type) if word)
        yield Numbered(number, title(proposal, process), kind)


def title(proposal: Proposal, process: Process) -> str:
    """Its title; where that is a heading, and no body was read, its first line of text."""
    if not proposal.title and process.title == "heading":
        words = (line.strip() for line in proposal.lines if any(map(str.isalnum, line)))
        proposal = replace(proposal, values={**proposal.values, "title": next(words, "")})
    return plain_title(proposal, process)


def written_title(text: str, process: Process) -> str:
    """The title in *text*, of which nothing else is read."""
    field = Preamble.read(text, process.dialect).get(process.called("title"))
    return title(Proposal("", text, values={"title": field.value} if field else {}), process)


def ways(process: Process, before: Proposal | None, after: Proposal | None = None) -> list[Way]:
    """Where a proposal may go, in the order of the process: from *before*, or to begin with.

    *after* is how it reads now, since its type may be another. A record may take the steps
    for records if it was one before.
    """
    if before is None or before.status is None:
        return [Way(process.first)]
    now = after or before
    record = bool(before.value("retroactive") and now.value("retroactive"))
    steps = process.steps(before.status, now.type or before.type, retroactive=record)
    open_to = {name: step for step in reversed(steps) for name in step.to}
    return [
        Way(status, step.needs, step.level == "unusual")
        for status in process.statuses
        if (step := open_to.get(status.name))
    ]
