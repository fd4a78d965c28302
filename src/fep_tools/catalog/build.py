"""The one model that every output is made of: what is known of each proposal, as plain values.

The index, the pages, the JSON and whatever comes later say the same because they all say this.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Literal, TYPE_CHECKING

from pydantic import Field

from ..history.declared import declared
from ..notes.store import NoteStore
from ..process.model import Process, Role
from ..proposals.fields import Record, strip_emails
from ..proposals.model import Corpus, Proposal
from .comparison import framework_entries, FrameworkEntry, note_entries, NoteEntry
from .model import PublishedModel

if TYPE_CHECKING:
    from ..history.load import History
    from ..history.model import Event as Told

SCHEMA_VERSION = 1
"""Of the published form: what is added keeps it, what is changed or taken away does not."""


class Author(PublishedModel):
    """Somebody who answers for a proposal. Addresses of e-mail are not published."""

    name: str
    handle: str | None = None


class Resolution(PublishedModel):
    """When and where a proposal was decided."""

    date: datetime.date | None = None
    url: str | None = None


class CatalogEvent(PublishedModel):
    """Something that happened to a proposal: its status, or another header, is another one.

    The same as ``fep log --format json`` tells, but for addresses of e-mail.
    """

    kind: str = Field(description="The role of the header that changed, such as status.")
    before: str | None = Field(None, serialization_alias="from")
    after: str | None = Field(None, serialization_alias="to")
    date: datetime.date | None = None
    commit: str | None = None
    author: str | None = Field(None, description="Who made the commit.")
    source: Literal["commit", "declared"] = "commit"
    link: str | None = Field(None, description="The evidence that a declared event names.")


class CatalogEntry(PublishedModel):
    """One proposal; what its headers do not say, or do not say rightly, is null or empty."""

    number: int
    title: str
    status: str | None = None
    type: str | None = None
    authors: tuple[Author, ...] = ()
    topics: tuple[str, ...] = ()
    created: datetime.date | None = None
    versions: tuple[str, ...] = ()
    requires: tuple[int, ...] = ()
    required_by: tuple[int, ...] = ()
    replaces: tuple[int, ...] = ()
    superseded_by: tuple[int, ...] = ()
    discussion: str | None = None
    resolution: Resolution | None = None
    review_until: datetime.date | None = Field(None, description="The last day for objections.")
    review_by: datetime.date | None = Field(None, description="When it is looked at again.")
    group: str | None = Field(None, description="The group of the index that it is in.")
    path: str
    abstract: str | None = Field(None, description="The first paragraph of its abstract.")
    notes: tuple[NoteEntry, ...] = Field((), description="What other frameworks do about the same.")
    changed: datetime.date | None = Field(None, description="The day of its last commit.")
    history: tuple[CatalogEvent, ...] = Field((), description="What happened to it, oldest first.")
    history_complete: bool = Field(
        False, description="Whether its history reaches back to its beginning."
    )

    @property
    def related(self) -> tuple[int, ...]:
        """The numbers of the proposals that it has to do with, each once."""
        groups = (self.requires, self.required_by, self.replaces, self.superseded_by)
        return tuple(sorted({n for group in groups for n in group} - {self.number}))


class Catalog(PublishedModel):
    """Every proposal that has a number, by number."""

    schema_version: int = SCHEMA_VERSION
    tool: str
    process: str
    commit: str | None = Field(None, description="The commit that the history ends with.")
    history_complete: bool = Field(
        False, description="False for a shallow clone, and where there is no history at all."
    )
    frameworks: tuple[FrameworkEntry, ...] = Field((), description="What notes may be about.")
    proposals: tuple[CatalogEntry, ...] = ()

    @cached_property
    def _by_number(self) -> dict[int, CatalogEntry]:
        return {entry.number: entry for entry in self.proposals}

    def get(self, number: int) -> CatalogEntry | None:
        """The proposal of that number."""
        return self._by_number.get(number)

    def grouped(self, process: Process) -> dict[str, tuple[CatalogEntry, ...]]:
        """The proposals in each group of the index, in its order; empty groups are left out."""
        groups = {group.title: self._in_group(group.title) for group in process.index}
        return {title: entries for title, entries in groups.items() if entries}

    def _in_group(self, title: str) -> tuple[CatalogEntry, ...]:
        return tuple(entry for entry in self.proposals if entry.group == title)


def build_catalog(
    corpus: Corpus, process: Process, tool: str, past: History | None = None
) -> Catalog:
    """The catalog of *corpus* and its *past*; *tool* is who made it, as ``fep-tools 1.2``."""
    notes = NoteStore(process.notes, corpus.attachments)
    numbered = sorted(corpus.by_number.items())
    needed_by = _required_by(proposal for _number, proposal in numbered)
    entries = (
        _entry(number, proposal, process, tuple(needed_by.get(number, ())), past, notes)
        for number, proposal in numbered
    )
    return Catalog(
        tool=tool,
        process=process.acronym,
        commit=past.head if past else None,
        history_complete=past is not None and past.complete,
        frameworks=framework_entries(notes),
        proposals=tuple(entries),
    )


def plain_title(proposal: Proposal, process: Process) -> str:
    """Its title without markup, and without the label that some communities write in front."""
    label = rf"{re.escape(process.acronym)}[ -]?[0-9]{{1,4}}\s*[:.-]?\s+"
    title = proposal.title.replace("``", "")
    return re.sub(rf"^{label}(?=\S)", "", title, flags=re.IGNORECASE)


def _required_by(proposals: Iterable[Proposal]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    for proposal in proposals:
        for number in proposal.numbers("requires"):
            if proposal.number is not None and number != proposal.number:
                found.setdefault(number, []).append(proposal.number)
    return found


def _entry(
    number: int,
    proposal: Proposal,
    process: Process,
    required_by: tuple[int, ...],
    past: History | None,
    evidence: NoteStore,
) -> CatalogEntry:
    group = process.index_group(proposal.status, proposal.type)
    line = past.by_path.get(proposal.path) if past else declared(proposal)
    return CatalogEntry(
        number=number,
        title=plain_title(proposal, process),
        status=proposal.status,
        type=proposal.type,
        authors=tuple(Author(name=p.name, handle=p.handle) for p in _all(proposal, "authors")),
        topics=_all(proposal, "topics"),
        created=proposal.value("created"),
        versions=_all(proposal, "version"),
        requires=proposal.numbers("requires"),
        required_by=required_by,
        replaces=proposal.numbers("replaces"),
        superseded_by=proposal.numbers("superseded_by"),
        discussion=_public(proposal.value("discussion")),
        resolution=_resolution(proposal.value("resolution")),
        review_until=proposal.value("review_until"),
        review_by=proposal.value("review_by"),
        group=group.title if group else None,
        path=proposal.path.encode("utf-8", "backslashreplace").decode(),
        abstract=_abstract(proposal, process),
        notes=note_entries(proposal, evidence),
        changed=line.changed if line else None,
        history=_history(line.events) if line else (),
        history_complete=past is not None and (line.complete if line else past.complete),
    )


def _history(told: Iterable[Told]) -> tuple[CatalogEvent, ...]:
    """What was *told*, as it may be published; a change of an address alone is not."""
    events = map(_event, told)
    return tuple(event for event in events if event.before != event.after)


def _event(told: Told) -> CatalogEvent:
    return CatalogEvent(
        kind=told.kind,
        before=_public(told.before),
        after=_public(told.after),
        date=told.date,
        commit=told.commit,
        author=_public(told.author),
        source=told.source,
        link=told.link,
    )


def _public(text: str | None) -> str | None:
    if text is None:
        return None
    return strip_emails(text.encode("utf-8", "backslashreplace").decode())


def _all(proposal: Proposal, role: Role) -> tuple[Any, ...]:
    """The values of a header that one community writes as one, and another as several."""
    value = proposal.value(role)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _resolution(value: object) -> Resolution | None:
    return Resolution(date=value.date, url=value.url) if isinstance(value, Record) else None


def _abstract(proposal: Proposal, process: Process) -> str | None:
    """The first paragraph of the section that should come first, or else of the one that does."""
    wanted = process.sections[0].title if process.sections else "Abstract"
    headings = proposal.body.headings if proposal.body else ()
    named = [h for h in headings if h.title.casefold() == wanted.casefold()]
    return next((heading.text for heading in named or headings if heading.text), None)
