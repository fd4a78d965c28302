"""The facade of the library: open a repository, then check it or ask for its data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Self, TYPE_CHECKING

from .._clock import today
from .._files import FileContent, find_git_root
from ..diagnostics import CheckOptions, CheckResult
from ..errors import RepositoryError
from . import base_settings, change, checking, findings, fixing
from .contents import GENERATOR, RepositoryContents

if TYPE_CHECKING:
    from ..catalog.model import Catalog
    from ..catalog.related import RelatedIndex
    from ..history.model import History
    from ..history.stats import Statistics
    from ..lint.baseline import BaselineEntry
    from ..lint.rule import Rule
    from ..notes.store import NoteStore
    from ..proposals.model import Corpus
    from .past import PastRepository
    from .similarity import Similar


@dataclass(frozen=True)
class Repository(RepositoryContents):
    """A repository of proposals.

    Create one with :meth:`open`. Files are read when they are needed, and then kept: open the
    repository again to see changes on disk.
    """

    # Checks -------------------------------------------------------------------------------------

    def check(
        self,
        options: CheckOptions | None = None,
        *,
        base: str | None = None,
        overrides: Mapping[str, FileContent] | None = None,
    ) -> CheckResult:
        """Check the proposals.

        :param options: Default: all proposals, the rules in the settings, and today.
        :param base: A revision. Every diagnostic says whether it was introduced since, and the
            settings and the process of the base are in effect.
        :param overrides: Contents by path that replace those of files, such as unsaved text of
            an editor. ``None`` reads all files from disk.
        :raises ConfigError: The options or the settings name an unknown rule, or the baseline
            is not valid.
        :raises ProcessError: The process file is not valid.
        :raises RepositoryError: Git is not installed, or the base does not exist.
        """
        options = options or CheckOptions(today())
        if base is None:
            return checking.check(self, options, overrides)
        trusted = base_settings.with_plugins_of(self, base)
        return change.check_against(trusted, options, base, overrides)

    def check_change(
        self,
        options: CheckOptions,
        before: Mapping[str, FileContent],
        after: Mapping[str, FileContent],
        authors: frozenset[str] = frozenset(),
        taken_numbers: Mapping[int, str] = MappingProxyType({}),
    ) -> CheckResult:
        """Check a change that is given as contents by path, without git.

        :param before: All files before the change.
        :param after: All files after the change.
        :param authors: The names of those who made the change.
        :param taken_numbers: Numbers that other proposals got on the base since the change
            began, with the paths of those proposals.
        :return: The diagnostics of *after*, each with whether the change introduced it.
        """
        return change.check_change(self, options, before, after, authors, taken_numbers)

    def check_corpus(self, options: CheckOptions, corpus: Corpus) -> CheckResult:
        """Check proposals that were read before, bodies included."""
        return findings.check_corpus(self, options, corpus)

    def fixed_texts(
        self,
        options: CheckOptions,
        overrides: Mapping[str, FileContent] | None = None,
        base: str | None = None,
    ) -> dict[str, str]:
        """Return the new text of every file that fixes would change. Nothing is written.

        :param base: A revision. Only findings that were introduced since are fixed.
        """
        return fixing.fixed_texts(self, options, overrides, base)

    def with_fixed_baseline(
        self,
        options: CheckOptions,
        fixed: Mapping[str, str],
        overrides: Mapping[str, FileContent] | None = None,
    ) -> Self:
        """Return this repository with the baseline that accepts the same findings after fixes.

        :param fixed: What :meth:`fixed_texts` returned.
        """
        text = checking.fixed_baseline(self, options, fixed, overrides)
        return self if text == self.baseline_text else replace(self, baseline_text=text)

    def baseline_entries(self, today: date) -> list[BaselineEntry]:
        """Return the entries of a baseline that accepts every finding of today."""
        return checking.baseline_entries(self, today)

    def rules(self) -> tuple[Rule, ...]:
        """Return every rule, at its level in this repository and with examples in its words.

        :raises ConfigError: The settings name an unknown rule.
        :raises ProcessError: The process does, or is not valid.
        """
        from ..lint.localize import localize
        from ..lint.runner import rules_at_levels

        rules = rules_at_levels(self.settings, self.process)
        return tuple(localize(rule, self.process) for rule in rules)

    def reporters(self) -> dict[str, Callable[..., str]]:
        """Return the report formats of the plugins, by name.

        :raises ConfigError: A plugin cannot be used.
        """
        from ..lint.plugins import reporters

        return reporters(self.settings)

    def with_plugins_of(self, base: str) -> Self:
        """Return this repository with the plugins of a base, and not those of a change.

        :raises RepositoryError: Git is not installed, or the base does not exist.
        """
        return base_settings.with_plugins_of(self, base)

    # History ------------------------------------------------------------------------------------

    def history(
        self,
        revision: str = "HEAD",
        sources: Mapping[str, FileContent] | None = None,
        moved: frozenset[str] = frozenset(),
    ) -> History:
        """Return the timeline of every proposal, from git and from retroactive proposals.

        :param revision: The last commit of the timelines.
        :param sources: The proposals that may declare events that are older than the
            repository. Default: those on disk.
        :param moved: Paths of proposals that are not where the process has them.
        :raises RepositoryError: There is no git, or it has no such revision.
        """
        from .past import read_history

        return read_history(self, revision, sources, moved)

    def history_or_none(self) -> History | None:
        """Return the history, or ``None`` if there is no git repository or no commit.

        A release that was unpacked has no git repository.

        :raises RepositoryError: There is a git repository, but git fails.
        """
        from ..history.git_errors import NoGitError

        if find_git_root(self.root) is None:
            return None
        try:
            return self.history()
        except NoGitError:
            return None

    def statistics(self, today: date) -> Statistics:
        """Return statistics on the history of the proposals that exist today.

        :raises RepositoryError: There is no git.
        """
        from ..history.stats import compute_statistics

        history = self.history()
        timelines = [line for line in history.timelines if line.path is not None]
        created = [
            (proposal.value("created"), proposal.type) for proposal in self.corpus(bodies=False)
        ]
        return compute_statistics(
            timelines, created, self.process, today, complete=history.complete
        )

    @property
    def is_shallow(self) -> bool:
        """True if this is a clone of git that does not have the whole history."""
        try:
            return self.git.shallow
        except RepositoryError:
            return False

    def numbers_used(self) -> frozenset[int]:
        """Return every number that a proposal has or had, on any branch of this clone.

        :raises RepositoryError: There is no git.
        """
        return frozenset(self.process.files.numbers(self.git.all_paths()))

    # Notes --------------------------------------------------------------------------------------

    def note_store(self, corpus: Corpus) -> NoteStore:
        """Return the frameworks, lock files and results of the notes in a corpus."""
        from ..notes.store import NoteStore

        return NoteStore(self.process.notes, corpus.attachments)

    # Catalog ------------------------------------------------------------------------------------

    def similar(self, corpus: Corpus) -> Similar:
        """Return for each number the proposals whose texts are most like it, the best first."""
        from .similarity import find_similar

        return find_similar(corpus, self.process, self.cache)

    def related_index(self, corpus: Corpus) -> RelatedIndex:
        """Return the words of all proposals, to find those that are about some matter."""
        from .similarity import related_index

        return related_index(corpus, self.process, self.cache)

    def catalog(
        self, at: str | None = None, *, history: bool = True, similar: bool = True
    ) -> Catalog:
        """Return everything that is published about the proposals.

        :param at: A revision, or a day such as ``2024-01-31``. Default: the files on disk.
        :param history: Whether to read timelines from git. Without a repository of git, the
            catalog of the files on disk has none, and says so.
        :param similar: Whether to find the proposals that are about the same matter.
        :raises RepositoryError: *at* names no commit, or git fails.
        """
        from ..catalog.build import build_catalog

        if at is None:
            timelines = self.history_or_none() if history else None
            corpus = self.corpus()
            found = self.similar(corpus) if similar else None
            return build_catalog(corpus, self.process, GENERATOR, timelines, found)
        return self.at(at).catalog(history=history, similar=similar)

    def at(self, revision_or_day: str) -> PastRepository:
        """Return the repository as it was at a revision, or on a day such as ``2024-01-31``.

        :raises RepositoryError: There was none.
        """
        from .past import PastRepository

        return PastRepository.open(self, revision_or_day)
