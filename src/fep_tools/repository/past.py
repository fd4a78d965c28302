"""A repository as it was at a commit, or on a day.

Its process is the one of that time. Proposals are followed to the directories that they were in,
and those that were decided before the repository existed are known by the history that they
declare.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ..errors import RepositoryError
from .base_settings import at_commit
from .contents import GENERATOR, RepositoryContents

if TYPE_CHECKING:
    from .._files import FileContent
    from ..catalog.model import Catalog
    from ..history.model import History
    from ..process.model import Process
    from ..proposals.model import Corpus, Proposal


def read_history(
    contents: RepositoryContents,
    revision: str = "HEAD",
    sources: Mapping[str, FileContent] | None = None,
    moved: frozenset[str] = frozenset(),
) -> History:
    """Return the history as :meth:`Repository.history` does."""
    from ..history import load

    process = contents.process
    history = load.load_history(contents.root, process, contents.cache, revision, moved)
    header = process.header_for("history")
    if header is None:
        return history
    # Only proposals with this header declare events; the others are not even parsed.
    name = header.name.encode()
    files = (contents.sources if sources is None else sources).items()
    declaring = {p: source for p, source in files if isinstance(source, bytes) and name in source}
    return load.add_declared_events(history, contents.read(declaring, bodies=False))


@dataclass(frozen=True)
class PastRepository:
    """What *present* was at a time.

    :param commit: The last commit; ``None`` if there was none yet.
    :param day: The day, if that was given and not a commit.
    """

    present: RepositoryContents
    commit: str | None
    day: date | None
    _then: RepositoryContents = field(repr=False)

    @classmethod
    def open(cls, present: RepositoryContents, revision_or_day: str) -> PastRepository:
        """Open the repository as it was.

        :param revision_or_day: A revision, or a day such as ``2024-01-31``.
        :raises RepositoryError: There is no such commit, and on that day no proposal declares
            to have been there.
        """
        from ..history import snapshot

        day = snapshot.parse_day(revision_or_day)
        try:
            commit = present.resolve_commit(revision_or_day)
        except RepositoryError:
            past = cls(present, None, day, present)
            if day is None or not past.declared:
                raise
            return past
        then, _problems = at_commit(present, commit)
        return cls(present, commit, day, then)

    @property
    def process(self) -> Process:
        """The process of that time, or else the present one."""
        return self._then.process

    @cached_property
    def sources(self) -> dict[str, FileContent]:
        """The bytes of proposals and attachments, by the path that they had."""
        if self.commit is None:
            return {}
        from ..history import snapshot

        moved = snapshot.read_paths(self.present.git, self.commit, self._former_paths)
        return {**moved, **self._then.sources_at(self.commit)}

    @cached_property
    def _former_paths(self) -> frozenset[str]:
        """The paths that proposals had in directories that proposals are not in any more."""
        lines = read_history(self.present).timelines
        existing = {path for line in lines if line.path for path in line.former_paths}
        directories = {posixpath.dirname(path) for path in existing}
        removed = {path for line in lines if line.path is None for path in line.former_paths}
        return frozenset(existing | {p for p in removed if posixpath.dirname(p) in directories})

    @cached_property
    def declared(self) -> dict[str, tuple[Proposal, str]]:
        """The proposals of today that declare a status on that day, and that status, by path."""
        if self.day is None:
            return {}
        from ..history.load import with_declared_events

        found: dict[str, tuple[Proposal, str]] = {}
        for proposal in self.present.corpus(bodies=False):
            timeline = with_declared_events(proposal)
            statuses = [
                event.after
                for event in (timeline.statuses if timeline else ())
                if event.date and event.date <= self.day and event.after
            ]
            if statuses:
                found[proposal.path] = (proposal, statuses[-1])
        return found

    def corpus(self, *, bodies: bool = True) -> Corpus:
        """Return every proposal of that time.

        :param bodies: Whether to parse bodies too, and not only headers.
        """
        corpus = self._then.read(self.sources, bodies=bodies)
        numbers = corpus.by_number
        declared = [
            replace(proposal, values={**proposal.values, "status": status})
            for proposal, status in self.declared.values()
            if proposal.number not in numbers
        ]
        in_order = sorted([*corpus, *declared], key=lambda proposal: proposal.path)
        return replace(corpus, proposals=tuple(in_order))

    def history(self) -> History | None:
        """Return the timelines up to that time; ``None`` if there was no commit."""
        if self.commit is None:
            return None
        moved = self._former_paths.intersection(self.sources)
        return read_history(self._then, self.commit, self.sources, moved)

    def catalog(self, *, history: bool = True, similar: bool = True) -> Catalog:
        """Return everything that was published about the proposals."""
        from ..catalog.build import build_catalog
        from .similarity import find_similar

        timelines = self.history() if history else None
        corpus = self.corpus()
        found = find_similar(corpus, self.process, self._then.cache) if similar else None
        return build_catalog(corpus, self.process, GENERATOR, timelines, found)
