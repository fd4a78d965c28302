"""The proposals that are published, the pages that they are on, and what was read about them."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from .. import _numbers
from .._files import FileContent
from ..catalog.model import Catalog, CatalogEntry, ProposalEntry
from ..catalog.translations import ProgressByLanguage
from ..config import FILE
from ..diagnostics import Diagnostic
from ..editorial.decided import ChangesSince
from ..extensions.results import TestReport
from ..extensions.snapshot import Snapshot
from ..lint.rule import Rule
from ..notes.store import NoteStatus, NoteStore
from ..process.model import Process
from ..proposals.model import Proposal

PLACEHOLDER = Path(__file__).with_name("placeholder.rst")
"""The file that stands for those that must not be opened."""


LIST_COLUMNS = ("authors", "upstream_authors", "topics", "versions", "removed")
"""The values for which lists have a column if some proposal has one."""


@dataclass(frozen=True)
class PublishedProposals:
    """The published proposals, their pages, and what was read about them.

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
    :param report_problems: Why a report or results of tests are not used.
    """

    root: Path
    process: Process
    catalog: Catalog
    proposals: Mapping[str, Proposal]
    unreadable: Mapping[str, str]
    findings: tuple[Diagnostic, ...] = ()
    srcdir: Path | None = None
    attachments: Mapping[str, FileContent] = field(default_factory=dict)
    history_problem: str = ""
    note_store: NoteStore = NoteStore()
    progress: ProgressByLanguage = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    today: date = date.min
    changes: Mapping[int, ChangesSince] = field(default_factory=dict)
    extensions: Snapshot | None = None
    extension_tests: TestReport | None = None
    report_problems: tuple[str, ...] = ()

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
        numbers = self._sorted_numbers
        index = bisect_left(numbers, number)
        previous = numbers[index - 1] if index else None
        return previous, numbers[index + 1] if index + 1 < len(numbers) else None

    @cached_property
    def _sorted_numbers(self) -> list[int]:
        return [entry.number for entry in self.catalog.proposals]

    @cached_property
    def list_columns(self) -> Set[str]:
        """The values that lists have a column for: those that some proposal has.

        Of proposals that all have the same authors, such as editors who record what others did, a
        column would say the same in each row.
        """
        listed = self.catalog.listed
        used = {name for name in LIST_COLUMNS if any(getattr(e, name) for e in listed)}
        if "upstream_authors" in used and len({e.authors for e in listed}) == 1:
            used.discard("authors")
        return used

    def label(self, number: int) -> str:
        """Return ``FEP 11: Blueprints``, or ``FEP 11`` if there is no such proposal."""
        entry = self.catalog.get(number)
        return self.process.label(number, entry.title if entry else None)

    def note_statuses(self, page: str) -> tuple[NoteStatus, ...]:
        """Return the notes of the proposal on *page* with the results of their snippets."""
        proposal = self.proposals[page]
        return self.note_store.statuses(proposal.body, proposal.path)
