"""A checkout: where it is, what its process is, what it holds and what it has been.

Every front of the tool opens one; :mod:`fep_tools.lint.runner` judges it, and
:mod:`fep_tools.editing.operations` changes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TYPE_CHECKING

from . import __version__, _toml, config
from ._cache import Cache, key, tool
from ._files import read_file
from ._text import join_words
from .errors import ConfigError, ProcessError, RepositoryError
from .process import attachments, loader
from .proposals import discovery

if TYPE_CHECKING:
    from .catalog.model import Catalog
    from .history.load import History
    from .history.stats import Statistics
    from .notes.store import NoteStore
    from .process.model import Process
    from .proposals.loader import Source
    from .proposals.model import Corpus

TOOL = f"fep-tools {__version__}"
"""Who made a catalog."""


@dataclass(frozen=True)
class Repository:
    """The checkout at *root*, under the process that *process_text* defines."""

    root: Path
    settings: config.Settings
    process_name: str
    process_text: str
    cache: Cache
    named: bool = False
    """Whether the operator named the process, and not the checkout."""
    baseline: str = ""
    """What the file of known findings says."""

    @classmethod
    def open(cls, root: Path, process: str | None = None, cache: Path | None = None) -> Repository:
        """The repository at *root*.

        *process* is a file or the name of a shipped one; without it the settings decide.
        Raises :class:`RepositoryError`, :class:`ConfigError` or :class:`ProcessError`.
        """
        if not root.is_dir():
            raise RepositoryError(f"{root}: not a folder")
        settings = config.parse(loader.text(root, config.FILE, ConfigError) or "")
        name, text = loader.process(root, process, settings["process"])
        known = loader.text(root, settings["baseline"], ConfigError) or ""
        return cls(root, settings, name, text, Cache(cache), process is not None, known)

    def at_commit(self, commit: str) -> Repository:
        """The same checkout under the settings and the process that *commit* has (SEC-G2).

        What a change makes of them does not judge the change itself.
        """
        from .history import snapshot
        from .history.git import GitRepository

        git = GitRepository.open(self.root)
        told = snapshot.read_texts(git, commit, [config.FILE])
        settings = config.parse(told.get(config.FILE, ""))
        names = [settings["process"], settings["baseline"]]
        texts = snapshot.read_texts(git, commit, names)
        process = texts.get(settings["process"])
        text = self.process_text if self.named or process is None else process
        known = texts.get(settings["baseline"], "")
        return replace(self, settings=settings, process_text=text, baseline=known)

    @cached_property
    def process(self) -> Process:
        """How this community writes and decides proposals."""
        from .process.model import Process

        return Process.parse(self.process_text, self._process_path)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The bytes of everything that is looked at, or why they are not there, by path."""
        return {path: read_file(self.root, path) for path in (*self.paths, *self.attachment_paths)}

    def require_proposals(self) -> None:
        """Raise :class:`RepositoryError` where there is nothing: a typo would pass for clean."""
        if not self.paths:
            globs = join_words(self.process.files.include)
            raise RepositoryError(f"{self.root}: no file is named like {globs}")

    @cached_property
    def paths(self) -> list[str]:
        """The paths of everything that is looked at, sorted."""
        return self.rescan()

    def rescan(self) -> list[str]:
        """The same as it is now."""
        globs = self._globs
        return discovery.discover(self.root, globs.get("include", ()), globs.get("exclude", ()))

    @cached_property
    def attachment_paths(self) -> list[str]:
        """The paths of what belongs to the proposals' notes, sorted."""
        return discovery.discover(self.root, self._annexes) if self._annexes else []

    @cached_property
    def _annexes(self) -> list[str]:
        frameworks = self._globs.get("frameworks")
        include = self._globs.get("include", ())
        return attachments.attachment_globs(frameworks[0], include) if frameworks else []

    @cached_property
    def strays(self) -> tuple[str, ...]:
        """Files that are no proposals, and change how proposals are read."""
        return tuple(discovery.strays(self.root, self._globs.get("include", ())))

    @cached_property
    def images(self) -> tuple[str, ...]:
        """The pictures that lie beside proposals."""
        return tuple(discovery.images(self.root, self._globs.get("include", ())))

    @cached_property
    def _globs(self) -> dict[str, Sequence[str]]:
        """Where the process says that files are; the rest of it is not needed to find them.

        Remembered, since reading all of them is what a check of one file would do longest.
        """
        remembered = key("files", tool(), self.process_text)
        told = self.cache.get([remembered]).get(remembered)
        if told is None:
            table = _toml.parse(self.process_text, self._process_path, ProcessError)
            told = json.dumps(_globs(table), default=str)
            self.cache.put({remembered: told})
        globs: dict[str, Sequence[str]] = json.loads(told)
        return globs

    @property
    def _process_path(self) -> str:
        """What messages call the process file: its path from the root, if it is inside."""
        try:
            return Path(self.process_name).relative_to(self.root).as_posix()
        except ValueError:
            return self.process_name

    def corpus(self, *, bodies: bool = True, jobs: int = 0) -> Corpus:
        """Every proposal; with ``bodies=False`` only their headers are read."""
        return self.read(self.sources, bodies=bodies, jobs=jobs)

    def read(self, sources: Mapping[str, Source], *, bodies: bool = True, jobs: int = 0) -> Corpus:
        """The proposals in *sources*, as if they stood here."""
        from .proposals import loader as corpus

        return corpus.load(
            sources, self.process, self.cache, bodies=bodies, jobs=jobs, strays=self.strays,
            images=self.images,
        )  # fmt: skip

    def note_store(self, corpus: Corpus) -> NoteStore:
        """Return the frameworks, lock files and results of the notes in *corpus*."""
        from .notes.store import NoteStore

        return NoteStore(self.process.notes, corpus.attachments)

    def history(
        self, revision: str = "HEAD", sources: Mapping[str, Source] | None = None
    ) -> History:
        """Every timeline up to *revision*, with what retroactive proposals declare.

        Those are the ones in *sources*; if not given, the ones that are here.
        """
        from .history import load as past

        found = past.load_history(self.root, self.process, self.cache, revision)
        header = self.process.header_for("history")
        if header is None:
            return found
        holding = _holding(header.name, self.sources if sources is None else sources)
        return past.add_declared(found, self.read(holding, bodies=False))

    def history_or_none(self) -> History | None:
        """The past; ``None`` where there is no git, as in what a release unpacks to, or no commit.

        Raises :class:`RepositoryError` where there is git, and it does not answer.
        """
        from .history.gitcmd import GitError

        root = self.root.resolve()
        if not any((folder / ".git").exists() for folder in (root, *root.parents)):
            return None
        try:
            return self.history()
        except GitError:
            raise
        except RepositoryError:
            return None

    def statistics(self, today: date) -> Statistics:
        """Figures made of the past of the proposals that are here."""
        from .history.stats import compute_statistics

        past = self.history()
        here = [line for line in past.timelines if line.path is not None]
        created = [
            (p.value("created"), p.type)
            for p in self.corpus(bodies=False)
            if isinstance(p.value("created"), date) and p.type is not None
        ]
        return compute_statistics(here, created, self.process, today, complete=past.complete)

    def text(self, path: str) -> str:
        """What the file at *path* holds, as far as it is text."""
        source = self.sources.get(path, b"")
        return source.decode("utf-8", "replace") if isinstance(source, bytes) else ""

    def catalog(self, at: str | None = None, *, history: bool = True) -> Catalog:
        """What is known of every proposal; with *at*, as it was at a commit or on a day.

        Where git does not answer there is no history in it, and it says so.
        """
        from .catalog.build import build_catalog

        if at is None:
            past = self._past_or_none() if history else None
            return build_catalog(self.corpus(), self.process, TOOL, past)
        commit = self._commit_at(at)
        sources = self.sources_at(commit)
        past = self.history(commit, sources) if history else None
        return build_catalog(self.read(sources), self.process, TOOL, past)

    def _past_or_none(self) -> History | None:
        try:
            return self.history_or_none()
        except RepositoryError:
            return None

    def _commit_at(self, at: str) -> str:
        from .history import snapshot
        from .history.git import GitRepository

        return snapshot.resolve_commit(GitRepository.open(self.root), at)

    def paths_at(self, commit: str) -> set[str]:
        """The paths of the proposals at a commit."""
        from .history.git import GitRepository

        include, exclude = self._globs.get("include", ()), self._globs.get("exclude", ())
        tree = GitRepository.open(self.root).tree(commit)
        return {path for path in tree if discovery.matches(path, include, exclude)}

    def numbers_used(self) -> frozenset[int]:
        """The numbers that proposals have, or had once, on any branch that is here.

        Raises :class:`RepositoryError` where there is no git to ask.
        """
        from .history.git import GitRepository

        return frozenset(self.process.files.numbers(GitRepository.open(self.root).all_paths()))

    def sources_at(self, at: str) -> dict[str, Source]:
        """The bytes of everything that is looked at, at a commit or on a day."""
        from .history import snapshot
        from .history.git import GitRepository

        include = [*self._globs.get("include", ()), *self._annexes]
        exclude = self._globs.get("exclude", ())
        return dict(
            snapshot.read_sources(
                GitRepository.open(self.root), self._commit_at(at), include, exclude
            )
        )


def _holding(text: str, sources: Mapping[str, Source]) -> dict[str, Source]:
    """The *sources* that hold *text* somewhere."""
    wanted = text.encode()
    return {p: s for p, s in sources.items() if isinstance(s, bytes) and wanted in s}


def _globs(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the tables of a process say of where files are, as far as they are tables."""
    found, notes = table.get("files"), table.get("notes")
    globs = dict(found) if isinstance(found, dict) else {}
    if isinstance(notes, dict) and isinstance(notes.get("frameworks"), str):
        globs["frameworks"] = [notes["frameworks"]]
    return globs
