"""List everything between a proposal and a status: what is done, and what is not.

What is not done is what the check would report about the transition, so the two cannot disagree.
What is done is what the process asks for and the check has nothing against.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from textwrap import shorten
from typing import Literal

from pydantic import Field

from .._text import split_lines
from ..catalog.build import plain_title
from ..catalog.model import PublishedModel
from ..diagnostics import CheckOptions, Diagnostic, Severity
from ..editing.next_status import next_statuses, NextStatus
from ..editing.transition import find_status, StatusChange, transition_texts
from ..editing.transition_plan import DIRECTORY
from ..errors import FepError
from ..process.model import Process
from ..process.schema import any_applies, Status
from ..proposals.deciders import find_deciders
from ..proposals.model import Corpus, Proposal
from ..repository import Repository
from .sequences import find_opcodes

Topic = Literal["header", "section", "review", "relation", "question", "note", "other"]
"""What an item is about."""

_TOPICS: tuple[tuple[str, Topic], ...] = (
    ("B085", "question"),
    ("B01", "section"),
    ("H", "header"),
    ("L", "relation"),
    ("N", "note"),
    ("T003", "header"),
    ("T011", "review"),
)
"""The topics of findings by the beginnings of their codes, the most specific first."""


class Item(PublishedModel):
    """One thing that the status asks for."""

    topic: Topic
    done: bool
    text: str
    help: str | None = Field(None, description="How to do it.")
    code: str | None = Field(None, description="Code of the rule that the check reports.")
    severity: Severity | None = None
    path: str | None = None
    line: int | None = None


class Readiness(PublishedModel):
    """Everything between a proposal and a status."""

    schema_version: Literal[1] = 1
    number: int
    title: str | None
    status: str
    target: str
    today: datetime.date
    decided_by: str | None = Field(
        None, description="Role of those who decide: upstream, delegate, workgroup or editor."
    )
    deciders: tuple[str, ...] = Field(description="Who decides, if the repository says so.")
    conflicts: tuple[str, ...] = Field(
        description="Who of them, and of the editors, is an author or a sponsor of the proposal."
    )
    items: tuple[Item, ...]
    omissions: tuple[str, ...] = Field((), description="What the check could not judge, and why.")

    @property
    def is_ready(self) -> bool:
        """True if nothing stands against the transition; warnings do not."""
        return all(item.done or item.severity is not Severity.ERROR for item in self.items)


def assess(
    repository: Repository, number: int, target: str | None, today: datetime.date
) -> Readiness:
    """Return what stands between a proposal and a status.

    :param target: The name of the status, in any case. Default: the next one on the way.
    :raises FepError: There is no such proposal or status, or no way from its status onwards.
    """
    process, corpus = repository.process, repository.corpus()
    proposal = corpus.get(number)
    if proposal is None:
        raise FepError(f"there is no {process.label(number)}")
    status = find_status(process, target) if target else _next_status(process, proposal)
    change = StatusChange(number, status.name, today)
    texts = transition_texts(process, corpus, change)
    after = {**repository.sources, **{path: text.encode() for path, text in texts.items()}}
    result = repository.check_change(CheckOptions(today), repository.sources, after)
    # Of other files, only what the transition causes: they may require this proposal.
    found = tuple(d for d in result.diagnostics if d.path == proposal.path or d.introduced)
    # A file in the directory of its status moves with the transition.
    found = tuple(d for d in found if (d.path, d.code) != (proposal.path, DIRECTORY))
    moved = Proposal.parse(texts[proposal.path], process, proposal.path)
    context = _Context(process, corpus, proposal, moved, status, found, today)
    authors = {person.name for person in proposal.value("authors") or ()}
    transition = process.transition(proposal.status or "", status.name, proposal.type)
    found_deciders = find_deciders(proposal, transition, process)
    own = [name for name in process.editors if name in authors]
    return Readiness(
        number=number,
        title=plain_title(proposal, process) or None,
        status=proposal.status or "",
        target=status.name,
        today=today,
        decided_by=found_deciders.role if status.decision else None,
        deciders=found_deciders.names if status.decision else (),
        conflicts=tuple(dict.fromkeys([*found_deciders.conflicts, *own])),
        items=tuple(context.items()),
        omissions=result.notes,
    )


def _next_status(process: Process, proposal: Proposal) -> Status:
    """Return the first usual status that is further along, or at least not closed."""
    present = process.status(proposal.status)
    ahead = [n.status for n in next_statuses(process, proposal) if not n.unusual]
    rank = present.rank if present else 0
    further = [s for s in ahead if s.rank > rank] or [s for s in ahead if not s.closed] or ahead
    if not further:
        label = process.label(proposal.number)
        raise FepError(f"no transition leads from {proposal.status} of {label}; name a status")
    return further[0]


@dataclass(frozen=True)
class _Context:
    """What the items are computed from.

    :param moved: The proposal with the new status, as ``fep transition`` would write it.
    :param found: What the check reports about it, and about others because of it.
    """

    process: Process
    corpus: Corpus
    proposal: Proposal
    moved: Proposal
    status: Status
    found: tuple[Diagnostic, ...]
    today: datetime.date

    def items(self) -> Iterator[Item]:
        """Yield what is not done, then what is."""
        yield from (self._open_item(diagnostic) for diagnostic in self.found)
        yield from self._headers()
        yield from self._sections()
        yield from self._review()
        yield from self._relations()

    def _open_item(self, diagnostic: Diagnostic) -> Item:
        topics = (topic for code, topic in _TOPICS if diagnostic.code.startswith(code))
        line = diagnostic.span.line
        if diagnostic.path == self.proposal.path:
            line = self._former_lines[min(line, len(self._former_lines)) - 1]
        # The command would refuse a transition that is not allowed.
        is_useful = self._rows or "fep transition" not in diagnostic.help
        return Item(
            topic=next(topics, "other"),
            done=False,
            text=diagnostic.message,
            help=diagnostic.help if diagnostic.help and is_useful else None,
            code=diagnostic.code,
            severity=diagnostic.severity,
            path=diagnostic.path,
            line=line,
        )

    @cached_property
    def _rows(self) -> list[NextStatus]:
        """The allowed transitions to the status; none if it is not allowed."""
        rows = next_statuses(self.process, self.proposal)
        return [row for row in rows if row.status == self.status]

    @cached_property
    def _former_lines(self) -> list[int]:
        return former_lines(self.proposal.text, self.moved.text)

    def _headers(self) -> Iterator[Item]:
        """Yield the headers that the status or the transition needs, and that are there.

        Those that every proposal has, such as the title, are not worth a line.
        """
        needed = {name for row in self._rows for name in row.needs}
        names = [field.name for field in self.moved.preamble.fields]
        for header in self.process.headers:
            field = self.moved.fields.get(header.key)
            is_required = header.name in needed or any_applies(
                header.required, self.status.name, self.proposal.type, names
            )
            if header.required is True or not is_required:
                continue
            if field and field.value and not self._is_reported(header.name):
                is_new = header.key not in self.proposal.fields
                text = f"'{header.name}' is {shorten(field.value, 72, placeholder=' ...')}"
                text += "; fep transition writes it" if is_new else ""
                yield Item(topic="header", done=True, text=text)

    def _sections(self) -> Iterator[Item]:
        headings = self.proposal.body.headings if self.proposal.body else ()
        titles = {heading.title for heading in headings}
        for section in self.process.sections_for(self.proposal.type):
            names = [field.name for field in self.moved.preamble.fields]
            is_required = any_applies(section.required, self.status.name, self.proposal.type, names)
            if section.required is True or not is_required:
                continue
            if section.title in titles and not self._is_reported(section.title):
                yield Item(topic="section", done=True, text=f"'{section.title}' is there")

    def _review(self) -> Iterator[Item]:
        until = self.proposal.value("review_until")
        if until and until < self.today:
            yield Item(topic="review", done=True, text=f"the review ended on {until}")

    def _relations(self) -> Iterator[Item]:
        for number in self.proposal.numbers("requires"):
            required = self.corpus.get(number)
            label = self.process.label(number)
            is_reported = any(label in diagnostic.message for diagnostic in self.found)
            if required and required.status and not is_reported:
                text = f"{label}, which it requires, is {required.status}"
                yield Item(topic="relation", done=True, text=text)

    def _is_reported(self, name: str) -> bool:
        """Return whether a finding is about a header or a section, and does not only mention it.

        Such messages begin with it, or have "an Active FEP needs 'Resolution'; add it after ...".
        """
        messages = (diagnostic.message.partition(";")[0] for diagnostic in self.found)
        return any(f"'{name}'" in message for message in messages)


def former_lines(before: str, after: str) -> list[int]:
    """Return for each line of *after* that of *before* from which it comes, or which is next to it.

    What a transition writes is not in the file yet, and moves what is below it.
    """
    old, new = split_lines(before), split_lines(after)
    # Both end with the same text, which is long and untrusted. Headers are what may differ.
    ends = zip(reversed(old), reversed(new), strict=False)
    same = sum(1 for _ in takewhile(lambda lines: lines[0] == lines[1], ends))
    old_end, new_end = len(old) - same, len(new) - same
    lines = [
        max(1, min(first + number, end))
        for _kind, first, end, new_first, new_last in find_opcodes(old[:old_end], new[:new_end])
        for number in range(1, new_last - new_first + 1)
    ]
    return [*lines, *range(old_end + 1, len(old) + 1)]
