"""Which release of a distribution to scan, and which of its files."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from ..errors import FepError
from .project import File, Project
from .scan import pick_file

_CONNECTIONS = 2
"""Requests at a time. The index is not ours."""


class Source(Protocol):
    """What distributions come from: an index, or a directory."""

    def project(self, name: str) -> Project:
        """Return what is known about a project."""

    def download(self, file: File) -> bytes:
        """Return the content of a file."""


@dataclass(frozen=True)
class Chosen:
    """A file of a release of a distribution."""

    name: str
    version: str
    file: File


@dataclass
class Selection:
    """The files to scan by the name of the distribution, and why others have none.

    :param absent: distributions that had no release on the day in question.
    """

    chosen: dict[str, Chosen] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)


def select_files(
    source: Source,
    names: Iterable[str],
    *,
    before: datetime | None = None,
    version: str | None = None,
) -> Selection:
    """Return the files to scan.

    :param before: take the newest release that was uploaded before; by default, the newest one.
    :param version: take this release.
    """
    names = list(dict.fromkeys(names))
    selection = Selection()
    with ThreadPoolExecutor(_CONNECTIONS) as threads:
        for name, answer in zip(names, threads.map(_ask(source), names), strict=True):
            if isinstance(answer, str):
                selection.failures[name] = answer
            else:
                _choose(selection, name, answer, before, version)
    return selection


class _ask:
    def __init__(self, source: Source) -> None:
        self._source = source

    def __call__(self, name: str) -> Project | str:
        try:
            return self._source.project(name)
        except FepError as problem:
            return str(problem)


def _choose(
    selection: Selection, name: str, project: Project, before: datetime | None, version: str | None
) -> None:
    if version is not None:
        release = project.release(version)
    elif before is None:
        release = project.newest
    elif all(release.uploaded is None for release in project.releases):
        selection.failures[name] = f"{name}: the package index does not say when it was uploaded"
        return
    else:
        release = project.as_of(before)
    if release is None:
        if version is None:
            selection.absent.append(name)
        else:
            selection.failures[name] = f"{name}: there is no release {version}"
        return
    file = pick_file(release)
    if file is None:
        selection.failures[name] = f"{name} {release.version}: has no wheel and no source archive"
        return
    selection.chosen[name] = Chosen(name, release.version, file)


def release_time(source: Source, name: str, version: str) -> datetime | None:
    """Return when a version of a project was released; ``None`` if it was not yet.

    :raises FepError: if the source does not know the project, or states no times.
    """
    release = source.project(name).release(version)
    if release is None:
        return None
    if release.uploaded is None:
        raise FepError(f"{name} {version}: the package index does not say when it was uploaded")
    return release.uploaded
