"""What one build publishes: the proposals, under which name each, and what is left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Self

from ..catalog.build import build_catalog
from ..catalog.model import Catalog, CatalogEntry, FrameworkEntry
from ..errors import RepositoryError
from ..history.model import Event, History
from ..notes.store import NoteStatus, NoteStore
from ..process.model import Process
from ..process.schema import Listing
from ..proposals.model import Corpus, Proposal
from ..repository import GENERATOR, Repository
from .facets import ALL, BY, Facet, FRAMEWORK, page_of, Shared, shared, TRANSLATIONS
from .i18n import _
from .progress import Translated

SUFFIX = ".rst"

RELATIONS = ("requires", "replaces", "superseded_by")
"""What a proposal says of others."""

SHALLOW = (
    "the clone is shallow, and what came before is unknown; git fetch --unshallow brings it, "
    "in CI fetch-depth: 0"
)


@dataclass(frozen=True)
class SiteContent:
    """The proposals that are published by the names of their pages, and what is known of all.

    *left_out* says for the path of each other file why it is not among them; *doubt* says what
    is amiss with the history.
    """

    root: Path
    process: Process
    catalog: Catalog
    proposals: Mapping[str, Proposal]
    left_out: Mapping[str, str]
    doubt: str = ""
    evidence: NoteStore = NoteStore()
    translated: Translated = field(default_factory=dict)

    @classmethod
    def read(cls, repository: Repository, jobs: int = 0, only: int = 0) -> Self:
        """Everything that *repository* holds, read by *jobs* processes; 0 for one a core.

        With *only*, the body of that proposal alone is read, and of the others their headers.
        """
        corpus = _one(repository, only) if only else repository.corpus(jobs=jobs)
        troubles = {proposal.path: _trouble(proposal) for proposal in corpus}
        kept = replace(corpus, proposals=tuple(p for p in corpus if not troubles[p.path]))
        process = repository.process
        past, doubt = _past(repository)
        return cls(
            root=repository.root,
            process=process,
            catalog=build_catalog(kept, process, GENERATOR, past),
            proposals=_named(kept, process),
            left_out={path: trouble for path, trouble in troubles.items() if trouble},
            doubt=doubt,
            evidence=NoteStore(process.notes, corpus.attachments),
        )

    @cached_property
    def pages(self) -> Mapping[int, str]:
        """The name of the page of each proposal, by number."""
        by_path = {proposal.path: name for name, proposal in self.proposals.items()}
        return {entry.number: by_path[entry.path] for entry in self.catalog.proposals}

    @cached_property
    def listing(self) -> str:
        """Everything that the index shows."""
        return f"{shown(self.catalog.proposals)} {self.lists}"

    @cached_property
    def menu(self) -> dict[str, str]:
        """The lists that every page links: what each is called, by the name of its page."""
        words = [ALL, *(facet.word for facet in self.shared)]
        words += [FRAMEWORK] if self.frameworks else []
        if not self.catalog.proposals:
            return {}
        more = {TRANSLATIONS: _("Translations")} if self.translated else {}
        return {word: _(BY[word][0]) for word in words} | more

    @cached_property
    def frameworks(self) -> tuple[FrameworkEntry, ...]:
        """Those that some proposal has a note on."""
        spoken = {noted.framework for e in self.catalog.proposals for noted in e.notes}
        return tuple(f for f in self.catalog.frameworks if f.key in spoken)

    def standing(self, page: str) -> tuple[NoteStatus, ...]:
        """The notes of the proposal on *page*, and what their snippets have shown."""
        proposal = self.proposals[page]
        return self.evidence.statuses(proposal.body, proposal.path)

    @cached_property
    def lists(self) -> Mapping[str, str]:
        """The lists that lists link: also those of the process, which come and go."""
        return self.menu | {page_of(listing): listing.title for listing in self.listings}

    @cached_property
    def shared(self) -> Mapping[Facet, Mapping[str, Shared]]:
        """The proposals that share a status, a topic, an author .., and the page about them."""
        return shared(self.catalog, self.process)

    def list_of(self, role: str | None, value: str) -> str | None:
        """The page that lists the proposals with that value of the header of *role*."""
        groups = next((found for facet, found in self.shared.items() if facet.role == role), {})
        return groups[value].page if value in groups else None

    def lists_of(self, entry: CatalogEntry) -> list[str | None]:
        """The pages that list those that share something with *entry*."""
        return [
            self.list_of(facet.role, value)
            for facet in self.shared
            for value in facet.values(entry)
            if value
        ]

    @cached_property
    def listings(self) -> Mapping[Listing, tuple[CatalogEntry, ...]]:
        """What is in the lists of the process; empty lists are left out."""
        found = {listing: self._listed(listing) for listing in self.process.lists}
        return {listing: entries for listing, entries in found.items() if entries}

    def _listed(self, listing: Listing) -> tuple[CatalogEntry, ...]:
        wanted = [e for e in self.catalog.proposals if self._is_in(listing, e)]
        by = listing.sort_by
        return tuple(sorted(wanted, key=lambda entry: str(self.value(entry, by) or "~")))

    def _is_in(self, listing: Listing, entry: CatalogEntry) -> bool:
        fields = self.proposals[self.pages[entry.number]].fields
        present = (self.process.by_key[name].name for name in fields)
        return listing.applies(entry.status, entry.type, present)

    def value(self, entry: CatalogEntry, header: str) -> object:
        """What the header of that name says; ``None`` where it says nothing."""
        known = self.process.header(header)
        values = self.proposals[self.pages[entry.number]].values
        return values.get(known.key) if known else None

    @cached_property
    def pictured(self) -> str:
        """Everything that pictures of all proposals show."""
        drawn = {"number", "title", "status", "type", "created", *RELATIONS}
        rows = (
            (entry.model_dump(include=drawn), [_moment(e) for e in entry.history])
            for entry in self.catalog.proposals
        )
        known = (self.catalog.commit is not None, self.catalog.history_complete)
        return repr((known, self.pages, list(rows)))

    def entry(self, page: str) -> CatalogEntry | None:
        """What the catalog says of the proposal on *page*, if there is one that it lists."""
        proposal = self.proposals.get(page)
        if proposal is None or proposal.number is None:
            return None
        entry = self.catalog.get(proposal.number)
        return entry if entry and self.pages[entry.number] == page else None

    def status(self, number: int) -> str | None:
        """The status of the proposal of that number, if there is one."""
        entry = self.catalog.get(number)
        return entry.status if entry else None

    def neighbours(self, number: int) -> tuple[int | None, int | None]:
        """The numbers before and after *number*."""
        numbers = [entry.number for entry in self.catalog.proposals]
        at = bisect_left(numbers, number)
        before = numbers[at - 1] if at else None
        return before, numbers[at + 1] if at + 1 < len(numbers) else None

    def label(self, number: int) -> str:
        """``FEP 11: Blueprints``, or ``FEP 11`` where there is none of that number."""
        entry = self.catalog.get(number)
        label = self.process.label(number)
        return f"{label}: {entry.title}" if entry else label


def _moment(event: Event) -> tuple[object, ...]:
    """What a picture shows of an event, which is the day, and the status if it is about that."""
    status = (event.before, event.after) if event.kind == "status" else ()
    return (event.date, *status)


def _past(repository: Repository) -> tuple[History | None, str]:
    """The past as far as there is one, and what is amiss with it."""
    try:
        past = repository.history_or_none()
    except RepositoryError as problem:
        return None, str(problem)
    return past, "" if past is None or past.complete else SHALLOW


def shown(entries: Iterable[CatalogEntry]) -> str:
    """Everything that a table of *entries* shows."""
    return repr(
        [(e.number, e.title, e.authors, e.topics, e.type, e.status, e.created) for e in entries]
    )


def _trouble(proposal: Proposal) -> str:
    """Why *proposal* cannot be published; empty where it can (SEC-D5)."""
    if proposal.refusal is not None:
        return proposal.refusal.message
    if not proposal.path.endswith(SUFFIX):
        return f"is not a {SUFFIX} file"
    problems = proposal.body.problems if proposal.body else ()
    return next((p.message for p in problems if p.kind == "crash"), "")


def _one(repository: Repository, number: int) -> Corpus:
    corpus = repository.corpus(bodies=False)
    wanted = corpus.get(number)
    if wanted is None:
        raise RepositoryError(f"there is no {repository.process.label(number)} here")
    read = repository.read({wanted.path: repository.sources[wanted.path]}, jobs=1).by_path
    return replace(corpus, proposals=tuple(read.get(p.path, p) for p in corpus))


def _named(corpus: Corpus, process: Process) -> dict[str, Proposal]:
    """Each proposal under its number; one without a number of its own under its path."""
    return {_name(proposal, corpus, process): proposal for proposal in corpus}


def _name(proposal: Proposal, corpus: Corpus, process: Process) -> str:
    number = proposal.number
    if number is None or corpus.get(number) is not proposal:
        return proposal.path.removesuffix(SUFFIX)
    return process.slug(number)
