"""The catalog: everything that is published about the proposals, as plain values.

The index, the pages, the JSON files, the feeds and ``fep list`` are all made from these classes,
so they cannot disagree.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from .._numbers import numeral_key
from ..history.model import Timeline
from ..process.model import Process
from ..process.schema import Header
from .history import Interval, PublishedEvent

SCHEMA_VERSION = 1
"""Version of the published JSON. Additions keep it; changes and removals raise it."""

NoteState = Literal["verified", "failed", "stale", "not-run", "unavailable", "claim-only"]


class PublishedModel(BaseModel):
    """Base of everything that is published: immutable, and serialised in one way."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)

    def as_json(self) -> dict[str, Any]:
        """Return the published form as values that :func:`json.dumps` accepts."""
        return self.model_dump(mode="json")


class Author(PublishedModel):
    """An author of a proposal. Email addresses are never published."""

    name: str
    handle: str | None = None
    is_group: bool = Field(False, description="True for a team, a council and the like.")


class Resolution(PublishedModel):
    """The date and the URL of a decision, or of another event that a header records."""

    date: datetime.date | None = None
    url: str | None = None


PublishedEntry = Author | Resolution | bool | int | str
"""A value of a header; dates are in ISO format."""

PublishedValue = PublishedEntry | tuple[PublishedEntry, ...] | None
"""The values of a header."""


class FrameworkEntry(PublishedModel):
    """A framework that notes can be about, and the environment that runs their snippets."""

    key: str
    title: str
    docs: str
    required: bool = False
    version: str | None = Field(None, description="Pinned version of the framework.")
    python: str
    note: str | None = None


class NoteEntry(PublishedModel):
    """A note of a proposal on one framework.

    The stance is the author's opinion. The state is about the snippets alone, and comes from
    committed results.
    """

    framework: str = Field(description="Key of a framework.")
    stance: str | None = Field(None, description="The author's opinion; it is not verified.")
    state: NoteState = Field(description="Result of running the note's snippets.")
    version: str | None = Field(None, description="Framework version that the snippets ran on.")
    python: str | None = Field(None, description="Python version that the snippets ran on.")
    via: str | None = Field(None, description="Extension that provides the feature.")
    since: str | None = Field(
        None, description="First version with the feature, according to the author."
    )
    docs: str | None = Field(None, description="URL of the framework's documentation.")


class AffectedEntry(PublishedModel):
    """An extension that uses a name that a proposal removes, deprecates or changes."""

    extension: str
    version: str = Field(description="Release that was scanned.")
    affected: bool = Field(description="False if all uses are prepared for its absence.")
    symbols: tuple[str, ...] = Field(description="Names that it uses.")
    places: int = Field(description="Number of places that use one.")


class SimilarProposal(PublishedModel):
    """A proposal about the same matter, by the words of its text; it may be a rejected one."""

    number: int
    words: tuple[str, ...] = Field(description="Words that both texts have, the rarest first.")


class DecidedText(PublishedModel):
    """The text that a decision was made on, and whether it reads the same today."""

    status: str = Field(description="Status that the decision gave.")
    date: datetime.date | None = None
    commit: str = Field(description="Commit that gave that status; its text was decided on.")
    changed: bool | None = Field(
        None,
        description="Whether the text has other words now; typography does not count. Null if the "
        "two were not compared.",
    )
    removed_words: int | None = None
    added_words: int | None = None


class OpenQuestions(PublishedModel):
    """A section of a proposal with questions that are not answered."""

    section: str = Field(description="Title of the section.")
    text: str | None = Field(None, description="First paragraph of the section, if it has one.")


class ProposalEntry(PublishedModel):
    """A proposal. A header that is missing or cannot be read is null or empty.

    Headers without a role have their names in lower case, with underscores, as further keys.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, PublishedValue] = Field(init=False)

    number: int | None
    url: str | None = Field(None, description="URL of the proposal's page.")
    title: str | None = None
    status: str | None = None
    type: str | None = None
    authors: tuple[Author, ...] = ()
    scribe: tuple[Author, ...] = ()
    upstream_authors: tuple[Author, ...] = Field(
        (), description="People who proposed or made the change elsewhere, and wrote no text."
    )
    sponsor: tuple[Author, ...] = ()
    delegate: tuple[Author, ...] = ()
    topics: tuple[str, ...] = ()
    created: datetime.date | None = None
    versions: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    deprecated: tuple[str, ...] = ()
    deprecates: tuple[str, ...] = Field((), description="Names, some with the release in brackets.")
    removes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    retroactive: bool = False
    requires: tuple[int, ...] = ()
    required_by: tuple[int, ...] = ()
    replaces: tuple[int, ...] = ()
    superseded_by: tuple[int, ...] = ()
    discussion: str | None = None
    posts: tuple[Resolution | str, ...] = ()
    upstream: tuple[str, ...] = ()
    resolution: Resolution | None = None
    reason: str | None = Field(None, description="Why it was given up or put off.")
    review_until: datetime.date | None = Field(None, description="Last day for comments.")
    review_by: datetime.date | None = Field(
        None, description="Day on which the proposal is due for review."
    )
    group: str | None = Field(None, description="Group of the index that lists the proposal.")
    path: str
    abstract: str | None = Field(None, description="First paragraph of the abstract.")
    decided_text: DecidedText | None = Field(
        None, description="Null if no commit of the repository records a decision."
    )
    open_questions: tuple[OpenQuestions, ...] = Field(
        (), description="Sections with questions that the text leaves open."
    )
    notes: tuple[NoteEntry, ...] = Field((), description="How other frameworks handle this.")
    affected: tuple[AffectedEntry, ...] = Field(
        (), description="Extensions that use the names; from committed results of a scan."
    )
    changed: datetime.date | None = Field(None, description="Day of the last commit to the file.")
    history: tuple[PublishedEvent, ...] = Field((), description="Events, oldest first.")
    history_complete: bool = Field(
        False, description="True if the history goes back to the first commit of the file."
    )
    intervals: tuple[Interval, ...] = Field((), exclude=True)
    """The status from day to day, worked out from *history*. Not published."""
    changed_in: str | None = Field(None, exclude=True)
    """The last commit to the file. Not published."""

    def value(self, header: Header) -> Any:
        """Return the published value of a header of the process."""
        return getattr(self, {"version": "versions"}.get(header.key, header.key), None)

    @property
    def numeral(self) -> str:
        """The number as it is written, such as ``7``; empty if there is none."""
        return "" if self.number is None else str(self.number)

    @property
    def related(self) -> tuple[int, ...]:
        """The numbers of all related proposals, sorted, each once."""
        groups = (self.requires, self.required_by, self.replaces, self.superseded_by)
        return tuple(sorted({n for group in groups for n in group} - {self.number}))

    @property
    def timeline(self) -> Timeline:
        """The history as :mod:`fep_tools.history.stats` takes it."""
        return Timeline(self.number, self.path, self.history, self.history_complete, self.changed)


class CatalogEntry(ProposalEntry):
    """A proposal with a number."""

    number: int
    similar: tuple[SimilarProposal, ...] = Field(
        (), description="Proposals whose texts are most like this one, the most similar first."
    )


class UnnumberedEntry(ProposalEntry):
    """A proposal whose number is not whole, such as 22a, or that has none, such as a draft."""

    number: None = None
    written_number: str | None = Field(None, description="Number such as 22a or 7.1.")

    @property
    def numeral(self) -> str:
        """The number as it is written, such as ``22a``; empty if there is none."""
        return self.written_number or ""


class Catalog(PublishedModel):
    """All proposals that have a number, sorted by number.

    Each number is there once; *duplicates* has the other files with a number that is taken, and
    *unnumbered* those without one, or with one that is not whole.
    """

    schema_version: int = SCHEMA_VERSION
    tool: str
    process: str
    commit: str | None = Field(None, description="Commit that the history was read from.")
    history_complete: bool = Field(
        False, description="False for a shallow clone, and if there is no history."
    )
    frameworks: tuple[FrameworkEntry, ...] = Field(
        (), description="Frameworks that notes can be about."
    )
    proposals: tuple[CatalogEntry, ...] = ()
    duplicates: tuple[CatalogEntry, ...] = Field(
        (), description="Proposals whose number is that of another one."
    )
    unnumbered: tuple[UnnumberedEntry, ...] = Field((), description="The others, by path.")

    @cached_property
    def entries(self) -> tuple[CatalogEntry, ...]:
        """All proposals by number; of two with the same, the one that has the number is first."""
        return tuple(sorted((*self.proposals, *self.duplicates), key=lambda e: e.number))

    @cached_property
    def listed(self) -> tuple[ProposalEntry, ...]:
        """All proposals that lists have: 7, 7.1, 8 and so on, but none without a number."""
        written = (entry for entry in self.unnumbered if entry.written_number)
        return tuple(sorted((*self.entries, *written), key=lambda e: numeral_key(e.numeral)))

    @cached_property
    def _by_number(self) -> dict[int, CatalogEntry]:
        return {entry.number: entry for entry in self.proposals}

    def get(self, number: int) -> CatalogEntry | None:
        """Return the proposal with that number, or ``None``."""
        return self._by_number.get(number)

    def with_urls(self, url_of: Callable[[int], str]) -> Catalog:
        """Return the catalog with the URLs that *url_of* gives to proposals that have none."""

        def with_url(entry: CatalogEntry) -> CatalogEntry:
            if entry.url is not None:
                return entry
            return entry.model_copy(update={"url": url_of(entry.number) or None})

        return self.model_copy(update={"proposals": tuple(map(with_url, self.proposals))})

    def grouped(self, process: Process) -> dict[str, tuple[ProposalEntry, ...]]:
        """Return the proposals by group of the index, in its order. Empty groups are left out."""
        groups = {
            group.title: tuple(entry for entry in self.listed if entry.group == group.title)
            for group in process.index
        }
        return {title: entries for title, entries in groups.items() if entries}
