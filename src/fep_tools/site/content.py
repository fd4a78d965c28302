"""The content of one build: the proposals that are published, their pages, and their groups."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Self

from .. import _numbers
from .._clock import today
from .._files import Refusal
from ..catalog.build import build_catalog
from ..catalog.listings import Listings, select_listings, sort_role
from ..catalog.model import Catalog, CatalogEntry, FrameworkEntry, ProposalEntry
from ..catalog.translations import ProgressByLanguage
from ..config import FILE
from ..diagnostics import Diagnostic
from ..editorial.decided import ChangesSince, with_changes
from ..extensions.results import TestReport
from ..extensions.snapshot import Snapshot
from ..extensions.symbols import Change
from ..extensions.upgrade import State
from ..history.model import Event
from ..lint.rule import Rule
from ..notes.store import NoteStatus, NoteStore
from ..process.model import Process
from ..process.schema import Listing
from ..proposals.model import Corpus, Proposal
from ..proposals.page_files import page_name
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
from .page_texts import can_have_page, problem_of_text
from .reading import read_changes, read_extensions, read_history, read_one, require_files
from .upgrades import page_name as upgrade_page
from .upgrades import Pair, upgrades

PLACEHOLDER = Path(__file__).with_name("placeholder.rst")
"""The file that stands for those that must not be opened."""

RELATIONS = ("requires", "replaces", "superseded_by")
"""The fields of a catalog entry that name other proposals."""

TABLE_FIELDS = (
    "numeral", "path", "title", "authors", "upstream_authors", "topics", "versions", "removed",
    "type", "status", "created", "reason",
)  # fmt: skip
"""The fields of a catalog entry that tables of proposals show."""


@dataclass(frozen=True)
class SiteContent:
    """The published proposals and everything that pages show about them.

    :param proposals: The published proposals, by the name of their page.
    :param unreadable: Why the text of a proposal is not shown as it is, by path. It has a page
        all the same, unless its name cannot be that of a page.
    :param findings: What the check reports of the proposals that affects pages.
    :param srcdir: The directory of a Sphinx project whose documents the proposals are, under the
        names of their files; ``None`` if their pages are named after their numbers.
    :param attachments: The files beside proposals, such as inventories.
    :param history_problem: Why the history is missing or incomplete; empty if it is complete.
    :param progress: The progress of translations.
    :param rules: Every rule, at the level that it has in this repository.
    :param today: The day of the build.
    :param changes: What changed in texts since they were decided, by number.
    :param extensions: The newest report on extensions, if the repository keeps any.
    :param extension_tests: The newest results of tests of extensions, if it keeps any.
    """

    root: Path
    process: Process
    catalog: Catalog
    proposals: Mapping[str, Proposal]
    unreadable: Mapping[str, str]
    findings: tuple[Diagnostic, ...] = ()
    srcdir: Path | None = None
    attachments: Mapping[str, bytes | Refusal] = field(default_factory=dict)
    history_problem: str = ""
    note_store: NoteStore = NoteStore()
    progress: ProgressByLanguage = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    today: date = date.min
    changes: Mapping[int, ChangesSince] = field(default_factory=dict)
    extensions: Snapshot | None = None
    extension_tests: TestReport | None = None

    @classmethod
    def read(
        cls, repository: Repository, jobs: int = 0, only: int = 0, srcdir: Path | None = None
    ) -> Self:
        """Read a repository.

        :param jobs: The number of worker processes; 0 for one per core.
        :param only: The number of a proposal. Of all others, only the headers are read.
        :param srcdir: The directory of the Sphinx project whose documents the proposals are. Their
            problems are then those that Sphinx reports.
        :raises RepositoryError: A sparse checkout leaves out proposals, or the newest report on
            extensions cannot be read.
        """
        require_files(repository)
        corpus = read_one(repository, only) if only else repository.corpus(jobs=jobs)
        process = repository.process
        problems = {proposal.path: problem_of_text(proposal, process) for proposal in corpus}
        published = replace(corpus, proposals=tuple(p for p in corpus if can_have_page(p, process)))
        history, history_problem = read_history(repository)
        entry = corpus.get(only) if only else None
        changes = read_changes(repository, published, history)
        similar = repository.similar(published)
        catalog = build_catalog(published, process, GENERATOR, history, similar)
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
            history_problem=history_problem,
            note_store=NoteStore(process.notes, corpus.attachments),
            rules=repository.rules(),
            today=today(),
            changes={number: since for number, since in changes.items() if since},
            extensions=read_extensions(repository.root),
            extension_tests=TestReport.newest(repository.root),
        )

    @property
    def level_files(self) -> list[Path]:
        """The files that set the levels of rules."""
        files = [self.root / FILE, self.root / self.process.source[0]]
        return [file for file in files if file.is_file()]

    # Proposals and their pages -----------------------------------------------------------------

    def source_file(self, page: str) -> Path:
        """Return the file that Sphinx reads for a proposal; it must not open one that is refused.

        The parser takes the text of a proposal from here anyway.
        """
        return PLACEHOLDER if self.problem_of(page) else self.root / self.proposals[page].path

    def relative_path(self, file: str) -> str:
        """Return the path of a file in the repository, as messages have it."""
        return Path(file).resolve().relative_to(self.root.resolve()).as_posix()

    def is_handbook(self, file: str) -> bool:
        """Return whether a page may read other files. Those that come with fep-tools do not."""
        is_in_repository = Path(file).resolve().is_relative_to(self.root.resolve())
        return is_in_repository and self.process.files.is_handbook(self.relative_path(file))

    def problem_of(self, page: str) -> str:
        """Return why the text of a proposal is not shown as it is; empty if it is."""
        proposal = self.proposals.get(page)
        return self.unreadable.get(proposal.path, "") if proposal else ""

    @cached_property
    def pages(self) -> Mapping[int, str]:
        """The name of each proposal's page, by number."""
        return {entry.number: self._by_path[entry.path] for entry in self.catalog.proposals}

    @cached_property
    def _by_path(self) -> Mapping[str, str]:
        return {proposal.path: name for name, proposal in self.proposals.items()}

    @cached_property
    def pages_by_file(self) -> Mapping[str, str]:
        """The names of pages as links have them, by the names that their files would have.

        ``/fep-0011`` by ``/proposals/fep-0011``.
        """
        return {
            posixpath.normpath(f"/{proposal.path.rpartition('.')[0]}"): f"/{page}"
            for page, proposal in self.proposals.items()
        }

    def page_of(self, entry: ProposalEntry) -> str:
        """Return the name of a proposal's page; of two with one number, each has its own."""
        return self._by_path[entry.path]

    def entry(self, page: str) -> CatalogEntry | None:
        """Return the catalog entry of the proposal on *page*, if it has one."""
        proposal = self.proposals.get(page)
        if proposal is None or proposal.number is None:
            return None
        entry = self.catalog.get(proposal.number)
        # Of two files with one number, the catalog has only one.
        return entry if entry and self.pages[entry.number] == page else None

    def any_entry(self, page: str) -> ProposalEntry | None:
        """Return the facts about the proposal on *page*, also if it has no number of its own."""
        proposal = self.proposals.get(page)
        return self._entries_by_path.get(proposal.path) if proposal else None

    @cached_property
    def _entries_by_path(self) -> Mapping[str, ProposalEntry]:
        catalog = self.catalog
        return {entry.path: entry for entry in (*catalog.entries, *catalog.unnumbered)}

    def is_checked_link(self, page: str, number: int) -> bool:
        """Return whether the check judges the links from a page to a proposal.

        It does not see those that a banner makes of its argument, nor those on pages of the site.
        """
        return number in self._checked_links.get(page, ())

    @cached_property
    def _checked_links(self) -> Mapping[str, Set[int]]:
        """The numbers of the proposals that the check has seen a link to, by page."""
        role = self.process.acronym.lower()
        return {
            page: {
                int(link.target)
                for link in (proposal.body.links if proposal.body else ())
                if link.role == role and re.fullmatch(_numbers.NUMBER, link.target)
            }
            for page, proposal in self.proposals.items()
        }

    def status(self, number: int) -> str | None:
        """Return the status of a proposal, if there is one with that number."""
        entry = self.catalog.get(number)
        return entry.status if entry else None

    def neighbours(self, number: int) -> tuple[int | None, int | None]:
        """Return the previous and the next number."""
        numbers = [entry.number for entry in self.catalog.proposals]
        index = bisect_left(numbers, number)
        previous = numbers[index - 1] if index else None
        return previous, numbers[index + 1] if index + 1 < len(numbers) else None

    def label(self, number: int) -> str:
        """Return ``FEP 11: Blueprints``, or ``FEP 11`` if there is no such proposal."""
        entry = self.catalog.get(number)
        return self.process.label(number, entry.title if entry else None)

    def note_statuses(self, page: str) -> tuple[NoteStatus, ...]:
        """Return the notes of the proposal on *page* with the results of their snippets."""
        proposal = self.proposals[page]
        return self.note_store.statuses(proposal.body, proposal.path)

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
    def upgrades(self) -> Mapping[Pair, Mapping[Change, State]]:
        """The changes that each upgrade meets, for the pages about upgrades."""
        return upgrades(self.proposals.values(), self.catalog, self.process)

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
