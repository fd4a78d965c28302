"""The repositories of the open files, with the texts of the editor in place of those on disk.

The headers of all proposals are read once. A keystroke reads one proposal again and checks the
open ones; no other file is opened for it, and git does not run. Everything here is used by one
thread at a time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from .._files import read_file
from ..diagnostics import CheckOptions, Diagnostic
from ..errors import FepError, RepositoryError
from ..history import snapshot
from ..history.git import GitRepository
from ..lint.rules.body._links import target_number
from ..proposals import discovery
from ..proposals.loader import Source
from ..proposals.model import build_vocabulary, Corpus, Proposal
from ..proposals.pool import BodyReader
from ..repository import Repository

RepositoryOpener = Callable[[Path], Repository]
"""Opens the repository of a directory; raises :class:`FepError` if there is none."""


class Workspace:
    """A repository and its open proposals."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.process = repository.process
        self._on_disk = repository.corpus(bodies=False)
        self._body_reader = BodyReader(build_vocabulary(self.process))
        self._open: dict[str, tuple[str, Proposal]] = {}
        self._linked: dict[str, Proposal] = {}
        self._committed: dict[str, Proposal | None] = {}
        self._attachments_changed = False
        self._diagnostics: tuple[date, dict[str, list[Diagnostic]]] | None = None

    def close(self) -> None:
        """Stop the worker process that reads bodies."""
        self._body_reader.stop()

    # Files -----------------------------------------------------------------------------------

    def path_of(self, file: Path) -> str | None:
        """Return the path of *file* in the repository; ``None`` if it is outside."""
        try:
            return file.relative_to(self.repository.root).as_posix()
        except ValueError:
            return None

    def is_proposal(self, path: str) -> bool:
        """Return whether the file at *path* is a proposal, by its name."""
        files = self.process.files
        is_listed = discovery.matches(path, files.include, files.exclude)
        return is_listed and not self.process.is_attachment(path)

    def update(self, path: str, text: str) -> Proposal:
        """Set the editor's text of an open file, and return the proposal in it."""
        current = self._open.get(path)
        if current is None or current[0] != text:
            current = (text, self._parse(path, text.encode("utf-8", "surrogatepass")))
            self._open[path] = current
            self._diagnostics = None
        return current[1]

    def retain(self, paths: Set[str]) -> None:
        """Forget the editor's texts of all files but *paths*."""
        self._open = {path: entry for path, entry in self._open.items() if path in paths}
        self._diagnostics = None

    def refresh(self, path: str) -> None:
        """Read a file again that was changed or deleted on disk.

        After a change of an attachment, :meth:`is_current` is false.
        """
        self._attachments_changed |= self.process.is_attachment(path)
        if not self.is_proposal(path):
            return
        proposals = {p.path: p for p in self._on_disk if p.path != path}
        if os.path.lexists(self.repository.root / path):
            proposals[path] = self._parse(path, read_file(self.repository.root, path))
        in_order = tuple(proposals[path] for path in sorted(proposals))
        self._on_disk = replace(self._on_disk, proposals=in_order)
        self._linked.pop(path, None)
        self._diagnostics = None

    def is_current(self, repository: Repository) -> bool:
        """Return whether findings in *repository*, opened now, depend on the same settings."""
        same = _configuration(repository) == _configuration(self.repository)
        return same and not self._attachments_changed

    def corpus(self) -> Corpus:
        """Return every proposal, the open ones with the editor's text."""
        proposals = {**self._on_disk.by_path, **self._linked}
        proposals.update((path, proposal) for path, (_text, proposal) in self._open.items())
        in_order = tuple(proposals[path] for path in sorted(proposals))
        return replace(self._on_disk, proposals=in_order)

    def text(self, path: str) -> str:
        """Return the editor's text of a file, or else the one on disk."""
        if path in self._open:
            return self._open[path][0]
        source = read_file(self.repository.root, path)
        return source.decode("utf-8", "replace") if isinstance(source, bytes) else ""

    def open_texts(self) -> dict[str, bytes]:
        """Return the editor's texts, by path."""
        return {p: text.encode("utf-8", "surrogatepass") for p, (text, _) in self._open.items()}

    def _parse(self, path: str, source: Source) -> Proposal:
        return self.repository.read({path: source}, bodies=False).by_path[path]

    # Findings --------------------------------------------------------------------------------

    def diagnostics(self, path: str, today: date) -> list[Diagnostic]:
        """Return what ``fep check`` reports on an open file, cached until a file changes."""
        if self._diagnostics is None or self._diagnostics[0] != today:
            self._diagnostics = (today, self._check(today))
        return self._diagnostics[1].get(path, [])

    def _check(self, today: date) -> dict[str, list[Diagnostic]]:
        paths = tuple(self._open)
        for path in paths:
            self._read_linked_bodies(self.with_body(path))
        by_path: dict[str, list[Diagnostic]] = {path: [] for path in paths}
        result = self.repository.check_corpus(CheckOptions(today, paths), self.corpus())
        for diagnostic in result.diagnostics:
            by_path.setdefault(diagnostic.path, []).append(diagnostic)
        return by_path

    def with_body(self, path: str) -> Proposal:
        """Return an open proposal with its body, if that can be read."""
        text, proposal = self._open[path]
        proposal = self._read_body(proposal)
        self._open[path] = (text, proposal)
        return proposal

    def _read_body(self, proposal: Proposal) -> Proposal:
        is_text = self.process.files.is_proposal_text(proposal.path)
        if proposal.body is not None or proposal.refusal is not None or not is_text:
            return proposal
        body = self._body_reader.read(proposal.preamble.blanked(proposal.text))
        return replace(proposal, body=body)

    def _read_linked_bodies(self, proposal: Proposal) -> None:
        """Read bodies that *proposal* links into: a link to a section needs them."""
        role = self.process.acronym.lower()
        links = proposal.body.links if proposal.body else ()
        numbers = {target_number(link) for link in links if link.role == role and link.fragment}
        for other in (self._on_disk.get(number) for number in numbers if number is not None):
            if other and other.path not in self._open and other.path not in self._linked:
                self._linked[other.path] = self._read_body(other)

    # The last commit -------------------------------------------------------------------------

    def read_committed(self, path: str) -> None:
        """Read the committed version of a proposal from git."""
        self._committed[path] = self._read_head(path)

    def has_read_committed(self, path: str) -> bool:
        """Return whether :meth:`read_committed` was called for *path*."""
        return path in self._committed

    def previous(self, path: str) -> Proposal | None:
        """Return the committed version of a proposal, or else the one on disk."""
        return self._committed.get(path) or self._on_disk.by_path.get(path)

    def _read_head(self, path: str) -> Proposal | None:
        try:
            git = GitRepository.open(self.repository.root)
            texts = snapshot.read_texts(git, git.resolve("HEAD"), [path])
        except RepositoryError:
            return None
        return self._parse(path, texts[path].encode()) if path in texts else None


def _configuration(repository: Repository) -> tuple[object, ...]:
    """Return what findings depend on, besides the proposals."""
    return (
        repository.settings,
        repository.process_text,
        repository.baseline_text,
        repository.interfering_files,
        repository.images,
    )


class OpenFile(NamedTuple):
    """An open proposal: its workspace and its path in the repository."""

    workspace: Workspace
    path: str


class ErrorLog:
    """The errors that the user has seen, so that each is shown once until it is resolved."""

    def __init__(self) -> None:
        self._shown: frozenset[str] = frozenset()

    def unreported(self, errors: Iterable[str]) -> list[str]:
        """Return those of the present *errors* that were not shown before."""
        present = dict.fromkeys(errors)
        unreported = [error for error in present if error not in self._shown]
        self._shown = frozenset(present)
        return unreported


class Workspaces:
    """The workspaces of all open files."""

    def __init__(self, open_repository: RepositoryOpener) -> None:
        self._open_repository = open_repository
        self._workspaces: dict[Path, Workspace] = {}
        self._files: dict[Path, OpenFile] = {}
        self._errors = ErrorLog()

    def __iter__(self) -> Iterator[Workspace]:
        return iter(self._workspaces.values())

    def find(self, file: Path) -> OpenFile | None:
        """Return the open proposal in *file*; ``None`` if that is something else."""
        return self._files.get(file)

    def sync(self, files: Iterable[Path]) -> list[str]:
        """Find the repository of each open file, and return errors to show.

        A repository whose settings or process have changed is read again.
        """
        previous = self._workspaces
        self._workspaces, self._files = {}, {}
        errors: dict[str, None] = {}
        for file in files:
            try:
                self._add(file, previous)
            except RepositoryError:
                continue  # not in a repository of proposals, as most files are not
            except FepError as problem:
                errors[str(problem)] = None
        for workspace in self:
            paths = {path for other, path in self._files.values() if other is workspace}
            workspace.retain(paths)
        for root, workspace in previous.items():
            if self._workspaces.get(root) is not workspace:
                workspace.close()
        return self._errors.unreported(errors)

    def _add(self, file: Path, previous: dict[Path, Workspace]) -> None:
        repository = self._open_repository(file.parent)
        root = repository.root
        if root not in self._workspaces:
            workspace = previous.get(root)
            if workspace is None or not workspace.is_current(repository):
                workspace = Workspace(repository)
            self._workspaces[root] = workspace
        workspace = self._workspaces[root]
        path = workspace.path_of(file)
        if path is not None and workspace.is_proposal(path):
            self._files[file] = OpenFile(workspace, path)

    def reopen(self, workspace: Workspace) -> Repository:
        """Return the repository of *workspace* as it is on disk now."""
        return self._open_repository(workspace.repository.root)

    def refresh(self, file: Path) -> None:
        """Read a file again that was changed or deleted on disk."""
        for workspace in self:
            path = workspace.path_of(file)
            if path is not None:
                workspace.refresh(path)

    def read_committed(self, saved: Path | None) -> None:
        """Read the committed version of a *saved* file, and of those that were just opened."""
        for file, (workspace, path) in self._files.items():
            if file == saved or not workspace.has_read_committed(path):
                workspace.read_committed(path)

    def close(self) -> None:
        """Stop all worker processes."""
        for workspace in self:
            workspace.close()
