"""A repository as an editor has it: what is on disk, with what is being written in its place.

The headers of all proposals are read once. A keystroke reads one proposal again and judges
the open ones; no other file is opened for it, and git is not asked.
"""

from __future__ import annotations

import os
from collections.abc import Set
from dataclasses import replace
from datetime import date
from pathlib import Path

from .._files import read_file
from ..diagnostics import CheckOptions, Diagnostic
from ..editing.renumber import plan_renumbering
from ..errors import RepositoryError
from ..history import snapshot
from ..history.git import GitRepository
from ..lint.rules.body._links import target_number
from ..proposals import discovery
from ..proposals.loader import Source
from ..proposals.model import build_vocabulary, Corpus, Proposal
from ..proposals.pool import BodyReader
from ..repository import Repository
from . import rename
from .completion import CompletionContext


class Workspace:
    """One repository and what of it is being written; used by one thread at a time."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.process = repository.process
        self._disk = repository.corpus(bodies=False)
        self._reader = BodyReader(build_vocabulary(self.process))
        self._written: dict[str, tuple[str, Proposal]] = {}
        self._linked: dict[str, Proposal] = {}
        self._committed: dict[str, Proposal | None] = {}
        self._stale = False
        self._told: tuple[date, dict[str, list[Diagnostic]]] | None = None

    def close(self) -> None:
        """End what reads bodies."""
        self._reader.stop()

    # What is there -------------------------------------------------------------------------

    def holds(self, path: str) -> bool:
        """Whether the file at *path* is a proposal, by its name."""
        table = self.process.files
        beside = self.process.is_attachment(path)
        return not beside and discovery.matches(path, table.include, table.exclude)

    def write(self, path: str, text: str) -> Proposal:
        """Take *text* for what the file at *path* holds; the proposal that it makes."""
        known = self._written.get(path)
        if known is None or known[0] != text:
            known = (text, self._parsed(path, text.encode("utf-8", "surrogatepass")))
            self._written[path] = known
            self._told = None
        return known[1]

    def keep(self, paths: Set[str]) -> None:
        """Forget what is written in others than *paths*, which are all that are open."""
        self._written = {p: written for p, written in self._written.items() if p in paths}
        self._told = None

    def look_again(self, path: str) -> None:
        """Take note of the file at *path*, which has changed, or is no longer there.

        The headers of a proposal are read again. What belongs to notes is about all of them.
        """
        self._stale = self._stale or self.process.is_attachment(path)
        if not self.holds(path):
            return
        kept = {p.path: p for p in self._disk if p.path != path}
        if os.path.lexists(self.repository.root / path):
            kept[path] = self._parsed(path, read_file(self.repository.root, path))
        self._disk = replace(self._disk, proposals=tuple(kept[p] for p in sorted(kept)))
        self._linked.pop(path, None)
        self._told = None

    def _parsed(self, path: str, source: Source) -> Proposal:
        return self.repository.read({path: source}, bodies=False).by_path[path]

    def corpus(self) -> Corpus:
        """Every proposal, the open ones as they are written."""
        now = {**self._disk.by_path, **self._linked}
        now.update((path, proposal) for path, (_text, proposal) in self._written.items())
        return replace(self._disk, proposals=tuple(now[path] for path in sorted(now)))

    def text(self, path: str) -> str:
        """What the file at *path* says, as it is written or else on disk."""
        if path in self._written:
            return self._written[path][0]
        source = read_file(self.repository.root, path)
        return source.decode("utf-8", "replace") if isinstance(source, bytes) else ""

    # What is found -------------------------------------------------------------------------

    def told(self, path: str, today: date) -> list[Diagnostic]:
        """What ``fep check`` would say of the open file at *path*; remembered until one changes."""
        if self._told is None or self._told[0] != today:
            self._told = (today, self._judged(today))
        return self._told[1].get(path, [])

    def _judged(self, today: date) -> dict[str, list[Diagnostic]]:
        paths = tuple(self._written)
        for path in paths:
            self._read_links(self.with_body(path))
        found: dict[str, list[Diagnostic]] = {path: [] for path in paths}
        result = self.repository.check_corpus(CheckOptions(today, paths), self.corpus())
        for one in result.diagnostics:
            found.setdefault(one.path, []).append(one)
        return found

    def with_body(self, path: str) -> Proposal:
        """The open proposal at *path*, with its body, where it has one."""
        text, proposal = self._written[path]
        proposal = self._with_body(proposal)
        self._written[path] = (text, proposal)
        return proposal

    def _with_body(self, proposal: Proposal) -> Proposal:
        readable = self.process.files.is_proposal_text(proposal.path)
        if proposal.body is not None or proposal.refusal is not None or not readable:
            return proposal
        body = self._reader.read(proposal.preamble.blanked(proposal.text))
        return replace(proposal, body=body)

    def _read_links(self, proposal: Proposal) -> None:
        """Read the bodies that *proposal* links into, since those links may lead nowhere."""
        role = self.process.acronym.lower()
        links = proposal.body.links if proposal.body else ()
        wanted = {target_number(link) for link in links if link.role == role and link.fragment}
        for other in (self._disk.get(n) for n in wanted if n is not None):
            if other and other.path not in self._written and other.path not in self._linked:
                self._linked[other.path] = self._with_body(other)

    # What is asked -------------------------------------------------------------------------

    def ask_git(self, path: str) -> None:
        """Learn how the proposal at *path* was committed, if it was."""
        self._committed[path] = self._at_head(path)

    def asked_git(self, path: str) -> bool:
        """Whether git was asked about the proposal at *path*."""
        return path in self._committed

    def _at_head(self, path: str) -> Proposal | None:
        try:
            git = GitRepository.open(self.repository.root)
            told = snapshot.read_texts(git, git.resolve("HEAD"), [path])
        except RepositoryError:
            return None
        return self._parsed(path, told[path].encode()) if path in told else None

    def writing(self, path: str, text: str, today: date) -> CompletionContext:
        """What completion needs to know; the status before is that of the last commit."""
        proposal = self.write(path, text)
        before = self._committed.get(path) or self._disk.by_path.get(path)
        return CompletionContext(proposal, before, self.corpus(), self.process, today)

    def renamed(self, fresh: Repository, old: int, name: str, path: str) -> rename.Renaming:
        """What another number for a proposal changes, in *fresh*, the repository as it is now.

        *path* says which is meant where two have the number. Raises :class:`FepError`.
        """
        sharing = [proposal.path for proposal in self.corpus() if proposal.number == old]
        which = path if len(sharing) > 1 and path in sharing else None
        texts = {p: text.encode("utf-8", "surrogatepass") for p, (text, _) in self._written.items()}
        wanted = rename.number(name, self.process)
        made = plan_renumbering(fresh, old, wanted, which, overrides=texts)
        return rename.renaming(made, self.text)

    def is_same(self, other: Repository) -> bool:
        """Whether *other*, the repository as it is now, is judged as when this began."""
        return not self._stale and _judged_by(other) == _judged_by(self.repository)

    def path(self, file: Path) -> str | None:
        """The path of *file* in the repository; ``None`` where it is outside."""
        try:
            return file.relative_to(self.repository.root).as_posix()
        except ValueError:
            return None


def _judged_by(repository: Repository) -> tuple[object, ...]:
    """What findings depend on beside the proposals."""
    return (
        repository.settings,
        repository.process_text,
        repository.baseline_text,
        repository.strays,
        repository.images,
    )
