"""The settings, the process and the files of a repository, read when they are needed.

Importing a module takes longer than checking a file. So this module imports docutils, git and
the models only in the methods that need them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self, TYPE_CHECKING

from .. import _toml, config
from .._cache import Cache, key, tool
from .._files import as_text, decode_settings, FileContent, read_file, read_text
from .._text import join_words
from .._version import __version__
from ..errors import ConfigError, FepError, ProcessError, RepositoryError
from ..history.worktree import has_crlf, WorkingTree
from ..process import sphinx_conf
from ..process.attachments import affected_globs, attachment_globs, people_path
from ..process.source import find_process, is_builtin
from ..proposals import discovery
from .beside import FilesBeside, listing_on_disk, paths_on_disk
from .patterns import Patterns

if TYPE_CHECKING:
    from ..history.git import GitRepository
    from ..process.model import Process
    from ..proposals.model import Corpus

GENERATOR = f"fep-tools {__version__}"
"""The name and the version of this tool, for what it generates."""


@dataclass(frozen=True)
class RepositoryContents:
    """The settings, the process and the files of a repository.

    :param root: The root directory of the repository.
    :param process_name: The file of the process, or ``pep.toml`` for a built-in one.
    :param process_text: The content of that file.
    :param has_explicit_process: Whether the process was named by the user and not by the
        repository.
    :param baseline_text: The content of the baseline file; empty if there is none.
    :param named_process: The file that the user has named; empty if it is a built-in process, or
        if the repository names it.
    :param people_text: The content of the file of people; empty if there is none.
    :param tree: What git knows about the files at *root*.
    """

    root: Path
    settings: config.Settings = field(repr=False)
    process_name: str
    process_text: str = field(repr=False)
    cache: Cache = field(repr=False)
    has_explicit_process: bool = field(default=False, repr=False)
    baseline_text: str = field(default="", repr=False)
    tree: WorkingTree = field(default=WorkingTree(Path()), repr=False)
    people_text: str = field(default="", repr=False)
    named_process: str = field(default="", repr=False)

    @classmethod
    def open(
        cls, root: Path, process: str | None = None, cache_directory: Path | None = None
    ) -> Self:
        """Open the repository in a directory.

        :param root: The root directory of the repository.
        :param process: A process file, or the name of a built-in process such as ``pep``.
            Default: the file that the settings name, which is usually ``fep/process.toml``.
        :param cache_directory: Where results are cached. Default: they are not.
        :raises RepositoryError: There is no such directory, or it has no process file.
        :raises ConfigError: The settings in ``pyproject.toml`` or the baseline cannot be read.
        :raises ProcessError: The process file cannot be read.
        """
        if not root.is_dir():
            raise RepositoryError(f"{root}: not a directory")
        tree = WorkingTree(root)
        settings = config.parse(_read_settings(tree, config.FILE, ConfigError) or "")
        name, text = find_process(
            root,
            process,
            settings.process,
            settings.location("process"),
            lambda path: _read_settings(tree, path, ProcessError),
        )
        baseline = _read_settings(tree, settings.baseline, ConfigError) or ""
        people = None
        if process is None:
            people = _read_settings(tree, people_path(settings.process), ProcessError)
        return cls(
            root, settings, name, text, Cache(cache_directory), process is not None, baseline, tree,
            people or "", process if process and not is_builtin(process) else "",
        )  # fmt: skip

    @cached_property
    def process(self) -> Process:
        """The process of this community.

        :raises ProcessError: The process file is not valid.
        """
        from ..process.loader import parse_process
        from ..process.people_loader import with_people
        from ..proposals.conformity import require_readable

        process = parse_process(self.process_text, self._process_path)
        require_readable(process)
        if self.people_text:
            process = with_people(process, self.people_text, people_path(self.settings.process))
        if self.default_role and not process.default_role:
            process = process.with_default_role(self.default_role)
        return process

    @cached_property
    def default_role(self) -> str:
        """The role of single backquotes in the repository's own configuration of Sphinx."""
        confs = sphinx_conf.read_confs(self.root, self.patterns.include)
        roles = map(sphinx_conf.read_default_role, confs)
        return next(filter(None, roles), "")

    def require_templates(self) -> None:
        """Raise :class:`ProcessError` if ``fep new`` could not read the template of a type."""
        from ..process.templates import DIRECTORY, load_template, read_template

        # A sparse checkout may leave them out.
        directory, process_file = Path(self._process_path).parent, Path(self.process_name)
        names = {
            name
            for name in self.patterns.templates
            if (directory / DIRECTORY / name).as_posix() not in self.tree.skipped
        }
        if all(isinstance(read_template(process_file, name), str) for name in names):
            return
        for type_ in self.process.types:
            if type_.template in names:
                load_template(process_file, self.process, type_)

    @property
    def _process_path(self) -> str:
        """The name of the process file in messages: its path from the root if it is inside."""
        try:
            return Path(self.process_name).relative_to(self.root).as_posix()
        except ValueError:
            return self.process_name

    # Files --------------------------------------------------------------------------------------

    @cached_property
    def paths(self) -> list[str]:
        """The paths of the proposals, sorted."""
        return self.find_paths()

    def find_paths(self) -> list[str]:
        """Return the paths of the proposals that are there now, sorted."""
        return self._find(self.patterns.include, self.patterns.exclude)

    def _find(self, include: Sequence[str], exclude: Sequence[str] = ()) -> list[str]:
        """Return the paths that are on disk, and those that a sparse checkout leaves out."""
        skipped = (p for p in self.tree.skipped if discovery.matches(p, include, exclude))
        return sorted({*discovery.discover(self.root, include, exclude), *skipped})

    def require_proposals(self) -> None:
        """Raise :class:`RepositoryError` if there are no proposals.

        Otherwise a typo in a pattern would look like a repository without errors.
        """
        if not self.paths:
            globs = join_words(self.process.files.include)
            raise RepositoryError(f"{self.root}: no file matches {globs}")

    @cached_property
    def attachment_paths(self) -> list[str]:
        """The paths of files next to proposals: of roles, of notes and others."""
        owners = discovery.find_codeowners(self.root) if self.people_text else []
        return [*self._find(self._attachment_globs), *owners]

    @cached_property
    def listing(self) -> FilesBeside:
        """The files beside proposals that are there now."""
        return listing_on_disk(self.tree, self.patterns, lambda: self.process, self.cache)

    @cached_property
    def beside_paths(self) -> list[str]:
        """The paths of all files on disk that decide about :attr:`listing`."""
        return paths_on_disk(self.root, self.patterns)

    @cached_property
    def sources(self) -> dict[str, FileContent]:
        """The bytes of proposals and attachments by path, or why a file was not read.

        A file that git would store with LF has LF here, even if git has written CR LF.

        :raises ProcessError: An inventory is missing, or cannot be used.
        """
        sources = self.tree.as_stored(self._on_disk)
        if inventories := self.patterns.inventories:
            from ..proposals.inventory import inventory_problem

            for n, path in enumerate(inventories):
                if problem := inventory_problem(path, sources.get(path)):
                    line = _toml.line_of(self.process_text, ("inventory", n, "file"))
                    raise ProcessError(f"{self._process_path}:{line}: {problem}")
        return sources

    @cached_property
    def _on_disk(self) -> dict[str, FileContent]:
        paths = (*self.paths, *self.attachment_paths)
        skipped = self.tree.read_skipped(paths)
        return {p: skipped[p] if p in skipped else read_file(self.root, p) for p in paths}

    @property
    def depends_on_git(self) -> bool:
        """True if settings of git decide about the line ends in :attr:`sources`."""
        return any(map(has_crlf, self._on_disk.values()))

    def text(self, path: str) -> str:
        """Return the text of a proposal or attachment; empty if it was not read."""
        return as_text(self.sources.get(path, b""))

    @cached_property
    def _attachment_globs(self) -> list[str]:
        patterns = self.patterns
        notes = [
            path
            for file in patterns.frameworks[:1]
            for path in attachment_globs(file, patterns.include)
        ]
        extensions = [
            path for file in patterns.watched[:1] for path in affected_globs(file, patterns.include)
        ]
        return [
            *notes,
            *extensions,
            *([people_path(self.settings.process)] if self.people_text else ()),
            *patterns.inventories,
            *patterns.included,
            *patterns.page_texts,
        ]

    @cached_property
    def patterns(self) -> Patterns:
        """The patterns of paths in the process file.

        They are cached on their own: parsing the whole process file would take most of the
        time of checking a single file.
        """
        cache_key = key("files", tool(), self.process_text)
        text = self.cache.get([cache_key]).get(cache_key)
        if text is not None:
            with suppress(ValueError):
                return Patterns.from_json(text)
        table = _toml.parse(self.process_text, self._process_path, ProcessError)
        patterns = Patterns.from_table(table)
        self.cache.put({cache_key: patterns.to_json()})
        return patterns

    # Proposals ----------------------------------------------------------------------------------

    def corpus(self, *, bodies: bool = True, jobs: int = 0) -> Corpus:
        """Return every proposal.

        :param bodies: Whether to parse bodies too, and not only headers.
        :param jobs: The number of processes that parse bodies; 0 stands for one per core.
        """
        return self.read(self.sources, bodies=bodies, jobs=jobs)

    def read(
        self,
        sources: Mapping[str, FileContent],
        *,
        bodies: bool = True,
        jobs: int = 0,
        listing: FilesBeside | None = None,
    ) -> Corpus:
        """Return the proposals in *sources*, as if those files were in this repository.

        :param listing: The files beside them. Default: those on disk.
        """
        from ..proposals import loader as proposals

        listing = listing or self.listing
        return proposals.load_corpus(
            sources, self.process, self.cache, bodies=bodies, jobs=jobs,
            interfering_files=listing.interfering_files, images=listing.images,
            page_files=listing.page_files,
        )  # fmt: skip

    # Commits ------------------------------------------------------------------------------------

    @property
    def git(self) -> GitRepository:
        """The git repository that contains the root.

        :raises RepositoryError: There is none, or git is not installed.
        """
        from ..history.git import GitRepository

        return GitRepository.open(self.root)

    def resolve_commit(self, revision_or_date: str) -> str:
        """Return the commit that a revision names, or the last one of a day.

        :raises RepositoryError: There is no such commit, or no git.
        """
        from ..history import snapshot

        return snapshot.resolve_commit(self.git, revision_or_date)

    def paths_at(self, commit: str) -> set[str]:
        """Return the paths of the proposals at a commit."""
        include, exclude = self.patterns.include, self.patterns.exclude
        tree = self.git.tree(commit)
        return {path for path in tree if discovery.matches(path, include, exclude)}

    def sources_at(self, revision_or_date: str) -> dict[str, FileContent]:
        """Return the bytes of proposals and attachments at a commit, by path."""
        from ..history import snapshot

        commit = self.resolve_commit(revision_or_date)
        include = [*self.patterns.include, *self._attachment_globs]
        exclude = self.patterns.exclude
        return dict(snapshot.read_sources(self.git, commit, include, exclude))


def _read_settings(tree: WorkingTree, path: str, error: type[FepError]) -> str | None:
    """Return the text of a settings file, which a sparse checkout may leave out."""
    text = read_text(tree.root, path, error)
    if text is None and path in tree.skipped:
        return decode_settings(tree.read_skipped([path])[path], path, error)
    return text
