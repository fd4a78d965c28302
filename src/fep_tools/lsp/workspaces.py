"""Which repository each open file belongs to, and whether that can be used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..errors import FepError, RepositoryError
from ..repository import Repository
from .workspace import Workspace

Opener = Callable[[Path], Repository]
"""Opens the repository that holds a folder; raises :class:`FepError`."""


class Sheet(NamedTuple):
    """An open proposal: the desk that it is on, and its path in the repository."""

    desk: Workspace
    path: str


class Complaints:
    """What is wrong with a repository; told once, and again if it was mended meanwhile."""

    def __init__(self) -> None:
        self._told: frozenset[str] = frozenset()

    def new(self, complaints: Iterable[str]) -> list[str]:
        """Those of *complaints*, which are all that there are now, that were not told yet."""
        now = dict.fromkeys(complaints)
        fresh = [told for told in now if told not in self._told]
        self._told = frozenset(now)
        return fresh


class Office:
    """The desks of all repositories that have open files; used by one thread at a time."""

    def __init__(self, opener: Opener) -> None:
        self._open = opener
        self._desks: dict[Path, Workspace] = {}
        self._sheets: dict[Path, Sheet] = {}
        self._complaints = Complaints()
        self._findings = Complaints()

    @property
    def desks(self) -> Iterator[Workspace]:
        """Every desk."""
        return iter(self._desks.values())

    def sheet(self, file: Path) -> Sheet | None:
        """The open proposal in *file*; ``None`` where that is something else."""
        return self._sheets.get(file)

    def arrange(self, opened: Iterable[Path]) -> list[str]:
        """Find the repository of each file that is *opened*; what is newly wrong with them.

        Where the settings or the process are others than before, everything is read again.
        """
        before = self._desks
        self._desks, self._sheets = {}, {}
        complaints: dict[str, None] = {}
        for file in opened:
            try:
                self._put(file, before)
            except RepositoryError:
                continue  # not in a repository of proposals, as most files are not
            except FepError as problem:
                complaints[str(problem)] = None
        for desk in self.desks:
            desk.keep({path for other, path in self._sheets.values() if other is desk})
        for root, desk in before.items():
            if self._desks.get(root) is not desk:
                desk.close()
        return self._complaints.new(complaints)

    def _put(self, file: Path, before: dict[Path, Workspace]) -> None:
        repository = self._open(file.parent)
        root = repository.root
        if root not in self._desks:
            known = before.get(root)
            same = known is not None and known.is_same(repository)
            self._desks[root] = known if known is not None and same else Workspace(repository)
        desk = self._desks[root]
        path = desk.path(file)
        if path is not None and desk.holds(path):
            self._sheets[file] = Sheet(desk, path)

    def fresh(self, desk: Workspace) -> Repository:
        """The repository of *desk*, as it is on disk now."""
        return self._open(desk.repository.root)

    def changed(self, file: Path) -> None:
        """Take note of a *file* that changed on disk, or is gone."""
        for desk in self.desks:
            path = desk.path(file)
            if path is not None:
                desk.look_again(path)

    def new_complaints(self, told: Iterable[str]) -> list[str]:
        """What of *told* was not wrong when the open files were judged last."""
        return self._findings.new(told)

    def ask_git(self, file: Path | None) -> None:
        """Learn how *file* was committed, and the files of which that is not known yet."""
        for known, (desk, path) in self._sheets.items():
            if known == file or not desk.asked_git(path):
                desk.ask_git(path)

    def close(self) -> None:
        """End everything."""
        for desk in self.desks:
            desk.close()
