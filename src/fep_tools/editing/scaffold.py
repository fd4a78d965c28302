"""Create a repository: a process, a template, and a first proposal that explains both."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from .. import _atomic, config
from .._files import as_text, read_file, read_text
from ..diagnostics import CheckOptions, CheckResult
from ..errors import ConfigError, FepError, ProcessError, RepositoryError
from ..process.loader import parse_process
from ..process.model import Process
from ..process.schema import Files
from ..repository import Repository
from .starter import Community, PROCESS, RENAMED, render_files, STARTER, starter_files

README, GITIGNORE = "README.rst", ".gitignore"

AROUND_PROPOSALS = frozenset(RENAMED.values())
"""The files that a repository which has a process and proposals may lack."""

# The workflows install what reads the proposals.
_MARKDOWN_EXTRA = "install --quiet fep-tools\n", 'install --quiet "fep-tools[markdown]"\n'

# Files that go by several names; one of them is enough.
_ALIASES = {
    README: ("readme",),
    "LICENSE.txt": ("license", "licence", "copying"),
    ".pre-commit-config.yaml": (".pre-commit-config.", "prek.toml"),
}


@dataclass(frozen=True)
class Skipped:
    """A file that was not created.

    :param existing: the file that is there instead; usually the same
    :param missing_lines: lines that it lacks and the user may want to add
    """

    path: str
    existing: str
    missing_lines: tuple[str, ...] = ()


class Initialization(NamedTuple):
    """The result of checking a new repository, and the files that were there before."""

    result: CheckResult
    skipped: tuple[Skipped, ...]


def init_repository(root: Path, community: Community) -> Initialization:
    """Write the files of a new repository to *root*, and check it.

    Files that are there stay as they are. If one cannot be written, those that were written
    before it are removed again.

    :raises FepError: if a name cannot be used
    :raises RepositoryError: if *root* has the process of another community, or a file where a
        directory is needed; then nothing is written
    """
    texts = render_files(community)
    settings = config.parse(read_text(root, config.FILE, ConfigError) or "")
    if settings.process != PROCESS:
        raise RepositoryError(
            f"{settings.location('process')}: 'process' names {settings.process}; remove it to "
            f"use {PROCESS}; nothing was created"
        )
    process = parse_process(texts[PROCESS], PROCESS)
    _require_own_process(root, process)
    return _create_missing(root, texts, process, community.created)


def complete_repository(root: Path, today: date) -> Initialization:
    """Write what a repository that has a process lacks besides proposals, and check it.

    :raises RepositoryError: if there is no process, or a file where a directory is needed
    """
    process = Repository.open(root).process
    texts = {path: text for path, text in starter_files() if path in AROUND_PROPOSALS}
    return _create_missing(root, texts, process, today)


def _create_missing(
    root: Path, texts: Mapping[str, str], process: Process, today: date
) -> Initialization:
    if any(map(Files.is_markdown, process.files.patterns)):
        texts = {path: text.replace(*_MARKDOWN_EXTRA) for path, text in texts.items()}
    _require_directories(root, texts)
    skipped = tuple(
        filter(None, (_skipped(root, path, text, process) for path, text in texts.items()))
    )
    kept = {one.path for one in skipped}
    _create_all(root, {path: text for path, text in texts.items() if path not in kept})
    result = Repository.open(root).check(CheckOptions(today, jobs=1))
    return Initialization(result, skipped)


def _require_own_process(root: Path, process: Process) -> None:
    """Make sure that a process that is there already is the one of this community."""
    present = read_text(root, PROCESS, ProcessError)
    if present is None:
        return
    acronym, other = process.acronym, parse_process(present, PROCESS).acronym
    if other != acronym:
        raise RepositoryError(
            f"{root / PROCESS} is the process of {other}; nothing was created for {acronym}"
        )


def _require_directories(root: Path, paths: Iterable[str]) -> None:
    directories = {root / parent for path in paths for parent in PurePosixPath(path).parents}
    for directory in sorted(directories):
        if os.path.lexists(directory) and (not directory.is_dir() or directory.is_symlink()):
            if directory == root and directory.is_dir():
                continue
            what = "a link" if directory.is_symlink() else "a file"
            raise RepositoryError(
                f"{directory} is {what}, and a directory is needed there; nothing was created"
            )


def _skipped(root: Path, path: str, text: str, process: Process) -> Skipped | None:
    """Return why the file at *path* is not to be created, if so."""
    if os.path.lexists(root / path):
        return Skipped(path, path, _missing_lines(root, text) if path == GITIGNORE else ())
    if path in _ALIASES:
        present = (file.name for file in sorted(root.glob("*")))
        other = next((name for name in present if name.lower().startswith(_ALIASES[path])), None)
        return Skipped(path, other) if other else None
    if process.files.match(path):
        # The first proposal is an example; a repository that has proposals needs none.
        found = (file for pattern in process.files.include for file in sorted(root.glob(pattern)))
        names = (file.relative_to(root).as_posix() for file in found)
        other = next((name for name in names if process.files.match(name)), None)
        return Skipped(path, other) if other else None
    return None


def missing_ignores(root: Path) -> tuple[str, ...]:
    """Return the lines that the ``.gitignore`` of *root* lacks: files that the tool writes."""
    return _missing_lines(root, (STARTER / "gitignore").read_text("utf-8"))


def _missing_lines(root: Path, text: str) -> tuple[str, ...]:
    """Return the lines of *text* that the ``.gitignore`` of *root* lacks in any spelling."""
    present = as_text(read_file(root, GITIGNORE)).splitlines()
    patterns = {line.strip().strip("/") for line in present}
    return tuple(line for line in text.splitlines() if line.strip("/") not in patterns)


def _create_all(root: Path, texts: Mapping[str, str]) -> None:
    """Create all files or none. The process comes last: with it, the repository is complete."""
    is_new, created = not root.exists(), []
    try:
        for path in sorted(texts, key=lambda path: (path == PROCESS, path)):
            root.mkdir(parents=True, exist_ok=True)
            created.append(path)
            if not _atomic.create(root, path, texts[path].encode()):
                created.pop()  # somebody else has just made it
                raise RepositoryError(f"{path} already exists; nothing was created")
    except BaseException:
        for path in created:
            with suppress(OSError, FepError):
                _atomic.remove(root, path)
            for parent in PurePosixPath(path).parents[:-1]:
                _atomic.remove_if_empty(root, str(parent))
        if is_new:
            with suppress(OSError):
                root.rmdir()
        raise
