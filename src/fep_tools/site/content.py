"""The content of one build: the proposals that are published, their pages, and their groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Self

from .._clock import today
from ..catalog.build import build_catalog
from ..catalog.listings import Listings, select_listings, sort_role
from ..catalog.model import CatalogEntry, FrameworkEntry, ProposalEntry
from ..editorial.decided import with_changes
from ..extensions.symbols import SymbolChange
from ..extensions.upgrade import UpgradeEffect
from ..history.model import Event
from ..notes.store import NoteStore
from ..process.model import Process
from ..process.schema import Listing
from ..proposals.model import Corpus, Proposal
from ..proposals.page_files import page_name
from ..proposals.pool import EarlyWorkers
from ..proposals.sections import is_accepted
from ..repository import GENERATOR, Repository
from .facets import (
    EXTENSIONS,
    Facet,
    FacetGroup,
    FRAMEWORK,
    group_by_facet,
    NUMBER,
    OPEN_QUESTIONS,
    process_list_page,
    TITLES,
    TRANSLATIONS,
)
from .findings import find_on_pages
from .i18n import _
from .page_texts import can_have_page, problem_of_text, shows_text
from .published import PublishedProposals
from .reading import in_background, read_bodies, read_extensions, read_past, require_files
from .upgrades import known_versions, MAX_PAIRS, Pair, upgrades
from .upgrades import page_name as upgrade_page

RELATIONS = ("requires", "replaces", "superseded_by")
"""The fields of a catalog entry that name other proposals."""

TABLE_FIELDS = (
    "numeral", "path", "title", "authors", "upstream_authors", "topics", "versions", "removed",
    "type", "status", "created", "reason",
)  # fmt: skip
"""The fields of a catalog entry that tables of proposals show."""


@dataclass(frozen=True)
class SiteContent(PublishedProposals):
    """The published proposals and everything that pages show about them."""

    @classmethod
    def read(
        cls, repository: Repository, jobs: int = 0, only: int = 0, srcdir: Path | None = None
    ) -> Self:
        """Read a repository.

        :param jobs: The number of worker processes; 0 for one per core.
        :param only: The number of a proposal. Of all others, only the headers are read.
        :param srcdir: The directory of the Sphinx project whose documents the proposals are. Their
            problems are then those that Sphinx reports.
        :raises RepositoryError: A sparse checkout leaves out proposals.
        """
        require_files(repository)
        process = repository.process
        with EarlyWorkers() as early:
            is_first = repository.cache.is_new and not only
            early.start(len(repository.paths) if is_first else 1, jobs)
            headers = repository.corpus(bodies=False)
            # While other processes parse the bodies.
            past_of = partial(read_past, repository, _published(headers, process))
            with in_background(past_of) as result:
                corpus = read_bodies(repository, headers, jobs, only, early)
                past = result()
        published = _published(corpus, process)
        problems = {proposal.path: problem_of_text(proposal, process) for proposal in corpus}
        changes = {
            number: since
            for number, since in past.changes.items()
            if shows_text(published.by_number[number], process)
        }
        entry = corpus.get(only) if only else None
        reports = read_extensions(repository.root)
        catalog = build_catalog(published, process, GENERATOR, past.history, past.similar)
        return cls(
            root=repository.root,
            process=process,
            catalog=with_changes(catalog, changes),
            proposals={_page_name(p, published, repository, srcdir): p for p in published},
            unreadable={path: problem for path, problem in problems.items() if problem},
            findings=()
            if srcdir
            else find_on_pages(repository, corpus, (entry.path,) if entry else ()),
            srcdir=srcdir,
            attachments=corpus.attachments,
            history_problem=past.problem,
            note_store=NoteStore(process.notes, corpus.attachments),
            rules=repository.rules(),
            today=today(),
            changes={number: since for number, since in changes.items() if since},
            extensions=reports.snapshot,
            extension_tests=reports.tests,
            report_problems=reports.problems,
        )

    # Lists -------------------------------------------------------------------------------------

    @cached_property
    def menu(self) -> dict[str, str]:
        """The title of each list that every page links to, by the name of its page."""
        if not self.catalog.listed:
            return {}
        pages = [NUMBER, *(facet.slug for facet in self.groups)]
        pages += [FRAMEWORK] if self.frameworks else []
        pages += [EXTENSIONS] if self.extensions else []
        titles = {page: _(TITLES[page][0]) for page in pages}
        # The first pair is the longest way, and its page links to the others.
        titles |= {upgrade_page(pair): _("Upgrades") for pair in [*self.upgrades][:1]}
        return titles | ({TRANSLATIONS: _("Translations")} if self.progress else {})

    @cached_property
    def upgrades(self) -> Mapping[Pair, Mapping[SymbolChange, UpgradeEffect]]:
        """The changes that each upgrade meets, for the pages about upgrades."""
        return upgrades(self.proposals.values(), self.catalog, self.process)

    @cached_property
    def upgrades_left_out(self) -> int:
        """The number of upgrades that have no page, because there are too many."""
        done, later = known_versions(self.catalog, self.process)
        return max(0, len(done) - 1 - MAX_PAIRS) + max(0, len(later) - MAX_PAIRS)

    @cached_property
    def list_titles(self) -> Mapping[str, str]:
        """The title of each list that lists link to: those of the menu and of the process."""
        process_lists = {process_list_page(lst): lst.title for lst in self.process_lists}
        questions = {OPEN_QUESTIONS: _("Open questions")} if self.with_open_questions else {}
        return self.menu | questions | process_lists

    @cached_property
    def with_open_questions(self) -> tuple[CatalogEntry, ...]:
        """The proposals with open questions: accepted ones, then those that are being decided."""
        found = [entry for entry in self.catalog.proposals if entry.open_questions]
        accepted = [entry for entry in found if is_accepted(entry.status, self.process)]
        statuses = ((entry, self.process.status(entry.status)) for entry in found)
        undecided = [entry for entry, status in statuses if status and status.stage == "open"]
        return (*accepted, *undecided)

    @cached_property
    def groups(self) -> Mapping[Facet, Mapping[str, FacetGroup]]:
        """The proposals with the same status, topic, author and so on."""
        return group_by_facet(self.catalog, self.process)

    def group_page(self, role: str | None, value: str) -> str | None:
        """Return the page that lists the proposals with a value of the header with a role."""
        groups = next((groups for facet, groups in self.groups.items() if facet.role == role), {})
        return groups[value].page if value in groups else None

    def group_pages(self, entry: ProposalEntry) -> list[str | None]:
        """Return the pages of all groups that a proposal is in."""
        return [
            self.group_page(facet.role, value)
            for facet in self.groups
            for value in facet.values(entry)
            if value
        ]

    @cached_property
    def process_lists(self) -> Listings:
        """The lists that the process defines, such as of drafts without a sponsor, if not empty."""
        return select_listings(self.catalog, self.process, self.proposals.values())

    def is_of_reviews(self, listing: Listing) -> bool:
        """Return whether a list has the proposals that are open for comment until a day."""
        return sort_role(listing, self.process) == "review_until"

    @property
    def counts_days(self) -> bool:
        """True if the index says how many days are left for comments."""
        return any(map(self.is_of_reviews, self.process_lists))

    def value(self, entry: ProposalEntry, header_name: str) -> object:
        """Return the value of a header of a proposal, or ``None``."""
        header = self.process.header(header_name)
        values = self.proposals[self.page_of(entry)].values
        return values.get(header.key) if header else None

    @cached_property
    def frameworks(self) -> tuple[FrameworkEntry, ...]:
        """The frameworks that at least one proposal has a note on."""
        keys = {note.framework for entry in self.catalog.proposals for note in entry.notes}
        return tuple(f for f in self.catalog.frameworks if f.key in keys)

    # States: strings that differ if what a page shows differs -----------------------------------

    @cached_property
    def index_state(self) -> str:
        """The state of the index."""
        lists = [
            [(e.number, e.discussion, self.value(e, listing.sort_by)) for e in entries]
            for listing, entries in self.process_lists.items()
        ]
        tables = f"{table_state(self.catalog.listed)} {self.list_titles}"
        return f"{tables} {lists} {self.today if self.counts_days else None}"

    @cached_property
    def charts_state(self) -> str:
        """The state of the charts of all proposals."""
        fields = {"number", "title", "status", "type", "created", *RELATIONS}
        rows = (
            (entry.model_dump(include=fields), [_event_state(e) for e in entry.history])
            for entry in self.catalog.proposals
        )
        history = (self.catalog.commit is not None, self.catalog.history_complete)
        return repr((self.today, history, self.pages, list(rows)))


def _published(corpus: Corpus, process: Process) -> Corpus:
    return replace(corpus, proposals=tuple(p for p in corpus if can_have_page(p, process)))


def table_state(entries: Iterable[ProposalEntry]) -> str:
    """Return the state of a table of proposals."""
    return repr([[getattr(entry, name) for name in TABLE_FIELDS] for entry in entries])


def _event_state(event: Event) -> tuple[object, ...]:
    # Charts show the day of an event, and of a status change the statuses.
    status = (event.before, event.after) if event.kind == "status" else ()
    return (event.date, *status)


def _page_name(
    proposal: Proposal, corpus: Corpus, repository: Repository, srcdir: Path | None
) -> str:
    """Return the name of a proposal's page.

    :param srcdir: If the file is in it, the name is its path from there.
    """
    file = repository.root.resolve() / proposal.path
    if srcdir and file.is_relative_to(srcdir):
        return file.relative_to(srcdir).with_suffix("").as_posix()
    return page_name(proposal, corpus, repository.process)
