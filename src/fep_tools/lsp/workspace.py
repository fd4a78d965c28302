"""A repository with open files, with the texts of the editor in place of those on disk.

The headers of all proposals are read once. A keystroke reads one proposal again and checks the
open ones; no other file is opened for it, and git does not run. Everything here is used by one
thread at a time.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from .._files import as_text, FileContent, path_below, read_file
from ..diagnostics import CheckOptions, Diagnostic
from ..errors import RepositoryError
from ..history import snapshot
from ..lint.rules.body._links import target_number
from ..proposals import discovery
from ..proposals.includes import find_includes
from ..proposals.links import with_references
from ..proposals.model import build_vocabulary, Corpus, Proposal
from ..proposals.pool import BodyReader
from ..proposals.vocabulary import Vocabulary
from ..repository import Repository
from .uris import from_path, to_path

if TYPE_CHECKING:
    from ..catalog.model import SimilarProposal
    from ..catalog.related import RelatedIndex


class Workspace:
    """A repository and its open proposals."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.process = repository.process
        self._stamps = _stamps(repository)
        self._on_disk = repository.corpus(bodies=False)
        self._body_readers: dict[Vocabulary, BodyReader] = {}
        self._open: dict[str, tuple[str, Proposal]] = {}
        self._uris: dict[str, str] = {}
        self._linked: dict[str, Proposal] = {}
        self._committed: dict[str, Proposal | None] = {}
        self._stored_with_line_feeds: dict[str, bool] = {}
        self._attachments_changed = False
        self._related: tuple[Corpus, RelatedIndex] | None = None
        self._diagnostics: tuple[date, dict[str, list[Diagnostic]]] | None = None

    def close(self) -> None:
        """Stop the worker processes that read bodies."""
        for reader in self._body_readers.values():
            reader.stop()

    # Files -----------------------------------------------------------------------------------

    def path_of(self, file: Path) -> str | None:
        """Return the path of *file* in the repository; ``None`` if it is outside.

        The editor may see the repository through another link than ``--root`` does.
        """
        return path_below(self.repository.root, file)

    def uri(self, path: str) -> str:
        """Return the URI of a file: the one under which the editor opened it, if it did."""
        return self._uris.get(path) or from_path(self._root_in_editor() / path)

    def _root_in_editor(self) -> Path:
        """Return the root as the editor sees it, through the same links as its open files.

        Of ``/link/proposals/fep-0001.rst`` with the path ``proposals/fep-0001.rst``, ``/link``.
        """
        for path, uri in self._uris.items():
            file = Path(to_path(uri) or "")
            if file.as_posix().endswith(f"/{path}"):
                return file.parents[path.count("/")]
        return Path(os.path.abspath(self.repository.root))

    def is_proposal(self, path: str) -> bool:
        """Return whether the file at *path* is a proposal, by its name."""
        files = self.process.files
        is_listed = discovery.matches(path, files.include, files.exclude)
        return is_listed and not self.process.is_attachment(path)

    def update(self, path: str, text: str) -> Proposal:
        """Set the editor's text of an open file, and return the proposal in it."""
        current = self._open.get(path)
        if current is None or current[0] != text:
            current = (text, self._parse(path, self._as_stored(path, text)))
            self._open[path] = current
            self._diagnostics = None
        return current[1]

    def retain(self, uris: Mapping[str, str]) -> None:
        """Forget the editor's texts of all files but those that are open.

        :param uris: the URIs under which they are open, by path.
        """
        self._uris = dict(uris)
        self._open = {path: entry for path, entry in self._open.items() if path in uris}
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
            source = {path: read_file(self.repository.root, path)}
            proposals[path] = self._parse(path, self.repository.tree.as_stored(source)[path])
        in_order = tuple(proposals[path] for path in sorted(proposals))
        self._on_disk = replace(self._on_disk, proposals=in_order)
        self._linked.pop(path, None)
        self._diagnostics = None

    def refresh_changed(self) -> None:
        """Read the files again that another program has changed since they were read.

        Not every editor reports those.
        """
        before, self._stamps = self._stamps, _stamps(self.repository)
        for path in before.keys() | self._stamps.keys():
            if before.get(path) != self._stamps.get(path):
                self.refresh(path)

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
        return as_text(read_file(self.repository.root, path))

    def open_texts(self) -> dict[str, bytes]:
        """Return the editor's texts, by path."""
        return {p: self._as_stored(p, text) for p, (text, _) in self._open.items()}

    def _as_stored(self, path: str, text: str) -> bytes:
        """Return the bytes of an editor's text, with LF if git would turn CR LF into that."""
        data = text.encode("utf-8", "surrogatepass")
        if b"\r\n" not in data:
            return data
        if path not in self._stored_with_line_feeds:  # git runs once for a file
            stored = self.repository.tree.stored_with_line_feeds([path])
            self._stored_with_line_feeds[path] = path in stored
        return data.replace(b"\r\n", b"\n") if self._stored_with_line_feeds[path] else data

    def _parse(self, path: str, source: FileContent) -> Proposal:
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
        vocabulary = build_vocabulary(self.process, proposal.path)
        reader = self._body_readers.setdefault(vocabulary, BodyReader(vocabulary))
        text, attachments = proposal.body_text, self._on_disk.attachments
        files = find_includes(text, proposal.path, self.process, attachments)
        body = reader.read(text, files)
        if proposal.is_markdown:
            body = with_references(body, proposal.path, self.process)
        return replace(proposal, body=body)

    def _read_linked_bodies(self, proposal: Proposal) -> None:
        """Read bodies that *proposal* links into: a link to a section needs them."""
        role = self.process.acronym.lower()
        links = proposal.body.links if proposal.body else ()
        numbers = {target_number(link) for link in links if link.role == role and link.fragment}
        for other in (self._on_disk.get(number) for number in numbers if number is not None):
            if other and other.path not in self._open and other.path not in self._linked:
                self._linked[other.path] = self._read_body(other)

    # Similar proposals -----------------------------------------------------------------------

    def similar_to(self, proposal: Proposal, title: str) -> tuple[SimilarProposal, ...]:
        """Return the proposals on disk that are about the same matter as an open text."""
        from ..repository.similarity import find_similar_to  # with all that is published

        if self._related is None or self._related[0] is not self._on_disk:
            self._related = (self._on_disk, self.repository.related_index(self._on_disk))
        return find_similar_to(proposal, title, self._related[1])

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
            git = self.repository.git
            contents = snapshot.read_paths(git, git.resolve("HEAD"), [path])
        except RepositoryError:
            return None
        return self._parse(path, contents[path]) if path in contents else None


def _stamps(repository: Repository) -> dict[str, tuple[int, int]]:
    """Return a value for each proposal on disk that changes with the file: its time and size."""
    stamps = {}
    for path in repository.find_paths():
        with suppress(OSError):
            status = os.lstat(repository.root / path)
            stamps[path] = status.st_mtime_ns, status.st_size
    return stamps


def _configuration(repository: Repository) -> tuple[object, ...]:
    """Return what findings depend on, besides the proposals."""
    return (
        repository.settings,
        repository.process_text,
        repository.people_text,
        repository.baseline_text,
        repository.listing,
    )
