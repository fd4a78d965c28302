"""What may be written next: which proposals there are, and where one of them may go.

Editors and shells offer the same, since both ask here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ..catalog.build import plain_title
from ..process.model import Process
from ..process.schema import Status
from ..proposals.model import Corpus, Proposal
from ..proposals.preamble import Preamble


class ProposalChoice(NamedTuple):
    """A proposal as somebody who chooses one wants to see it."""

    number: int
    title: str
    kind: str
    """Its status and its type, as far as they can be read."""


class NextStatus(NamedTuple):
    """A status that a proposal may go to, and the headers that it needs for that."""

    status: Status
    needs: tuple[str, ...] = ()
    unusual: bool = False


def proposal_choices(corpus: Corpus, process: Process) -> Iterator[ProposalChoice]:
    """Every proposal that has a number, by number."""
    for number, proposal in sorted(corpus.by_number.items()):
        kind = " ".join(word for word in (proposal.status, proposal.type) if word)
        yield ProposalChoice(number, title(proposal, process), kind)


def title(proposal: Proposal, process: Process) -> str:
    """Its title; where that is a heading, and no body was read, its first line of text."""
    if not proposal.title and process.title_source == "heading":
        words = (line.strip() for line in proposal.lines if any(map(str.isalnum, line)))
        proposal = replace(proposal, values={**proposal.values, "title": next(words, "")})
    return plain_title(proposal, process)


def written_title(text: str, process: Process) -> str:
    """The title in *text*, of which nothing else is read."""
    field = Preamble.read(text, process.dialect).get(process.header_name("title"))
    return title(Proposal("", text, values={"title": field.value} if field else {}), process)


def next_statuses(
    process: Process, before: Proposal | None, after: Proposal | None = None
) -> list[NextStatus]:
    """Where a proposal may go, in the order of the process: from *before*, or to begin with.

    *after* is how it reads now, since its type may be another. A record may take the steps
    for records if it was one before.
    """
    if before is None or before.status is None:
        return [NextStatus(process.initial_status)]
    now = after or before
    record = bool(before.value("retroactive") and now.value("retroactive"))
    steps = process.transitions_from(before.status, now.type or before.type, retroactive=record)
    open_to = {name: step for step in reversed(steps) for name in step.to}
    return [
        NextStatus(status, step.needs, step.level == "unusual")
        for status in process.statuses
        if (step := open_to.get(status.name))
    ]
