"""New texts and new names of files, which are planned first and then written together."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from .. import _atomic
from ..errors import RepositoryError
from ..extensions.affected import affected_path
from ..notes.results import results_path
from ..proposals import discovery
from ..proposals.model import Proposal
from ..repository import Repository
from ..repository.rewriting import rewrite_locked


@dataclass(frozen=True)
class FileChanges:
    """The changes to make.

    :param texts: new texts of files by path; moved files are under their new path
    :param moved: new paths by old path
    :param before: the texts of the changed files before, by their old path
    """

    texts: dict[str, str]
    moved: dict[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)

    @property
    def old_paths(self) -> dict[str, str]:
        """The old paths of moved files by their new ones."""
        return {after: before for before, after in self.moved.items()}


def require_text(proposal: Proposal) -> None:
    """Require that the text of *proposal* is that of its file.

    :raises RepositoryError: if it is not
    """
    refusal = proposal.refusal
    if refusal is not None and not proposal.keeps_text:
        advice = f"; {refusal.help}" if refusal.help else ""
        raise RepositoryError(f"{proposal.path}: the file {refusal.message}{advice}")


def write_changes(repository: Repository, changes: FileChanges) -> None:
    """Write the new texts, then move and remove files.

    :raises RepositoryError: if a file was changed since the plan, or a new path already exists;
        then nothing is written
    """
    # Until the files under their old names are gone, another command would change those.
    with _atomic.exclusive(repository.root), _atomic.uninterrupted():
        _write_locked(repository, changes)


def _write_locked(repository: Repository, changes: FileChanges) -> None:
    root, moved = repository.root, changes.moved
    new_paths = set(moved.values())
    for path in sorted(new_paths):
        if os.path.lexists(root / path):
            raise RepositoryError(f"{path} already exists; it was not overwritten")
        for above in map(str, PurePosixPath(path).parents):
            where = root / above
            if where.is_symlink() or (where.exists() and not where.is_dir()):
                raise RepositoryError(f"{above} is a link or a file; nothing was written")
    created = {
        path: repository.tree.as_on_disk(changes.old_paths[path], changes.texts[path])
        for path in new_paths & changes.texts.keys()
    }
    kept = {path: text for path, text in changes.texts.items() if path not in new_paths}
    replaced = [changes.old_paths[path] for path in created]
    rewrite_locked(repository.tree, kept, changes.before, created, replaced)
    for before, after in moved.items():
        if after not in changes.texts:
            _atomic.move(root, before, after)
        else:
            _atomic.remove(root, before)
    for directory in sorted({posixpath.dirname(path) for path in moved}, reverse=True):
        _atomic.remove_if_empty(root, directory)


def companions(repository: Repository, old_path: str, new_path: str) -> dict[str, str]:
    """Return the new paths, by old path, of the files that belong to a proposal that moves.

    These are its results, the pictures with its name, and the directory of its name beside it.
    """
    moved = {
        path_of(old_path): path_of(new_path)
        for path_of in (results_path, affected_path)
        if isinstance(repository.sources.get(path_of(old_path)), bytes)
    }
    stem, new_stem = (posixpath.splitext(path)[0] for path in (old_path, new_path))
    for path in discovery.find_pictures_of(repository.root, stem):
        moved[path] = new_stem + path.removeprefix(stem)
    return {**moved, **moves_below(repository, stem, new_stem)}


def moves_below(repository: Repository, before: str, after: str) -> dict[str, str]:
    """Return the new paths, by old path, of what is in a directory and below it."""
    found = discovery.find_below(repository.root, before)
    return {path: after + path.removeprefix(before) for path in found}
