"""What a package index states about a project: releases, files, requirements, vulnerabilities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from packaging.version import Version


@dataclass(frozen=True)
class File:
    """A file of a release.

    :param sha256: the digest, in hexadecimal.
    :param size: its size in bytes; ``None`` if it is not stated.
    :param uploaded: when it was uploaded; ``None`` if it is not stated.
    :param requires_python: the specifier of Python versions; ``""`` without one.
    :param yanked: why it was withdrawn, ``""`` if no reason is given; ``None`` if it was not.
    """

    filename: str
    url: str
    sha256: str
    size: int | None = None
    uploaded: datetime | None = None
    requires_python: str = ""
    yanked: str | None = None

    @property
    def is_wheel(self) -> bool:
        """True for a wheel."""
        return self.filename.endswith(".whl")


@dataclass(frozen=True)
class Release:
    """A release: its version as the index writes it, and its files."""

    version: str
    files: tuple[File, ...] = ()

    @cached_property
    def parsed(self) -> Version | None:
        """The version; ``None`` if it is not valid (PEP 440)."""
        try:
            return Version(self.version)
        except ValueError:  # InvalidVersion, or a number of more than 4,300 digits
            return None

    @cached_property
    def is_final(self) -> bool:
        """True if it is a valid version, and no pre-release."""
        return self.parsed is not None and not self.parsed.is_prerelease

    @cached_property
    def is_yanked(self) -> bool:
        """True if all its files were withdrawn (PEP 592)."""
        return bool(self.files) and all(file.yanked is not None for file in self.files)

    @cached_property
    def uploaded(self) -> datetime | None:
        """The time at which its first file was uploaded, if that is stated."""
        return min((file.uploaded for file in self.files if file.uploaded), default=None)


@dataclass(frozen=True)
class Vulnerability:
    """A public vulnerability of one release, with the versions that fix it."""

    id: str
    aliases: tuple[str, ...] = ()
    fixed_in: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class Metadata:
    """What one release declares about itself.

    :param requires: its requirements, as written; ``None`` if that is not stated.
    :param requires_python: the specifier of Python versions; ``""`` without one.
    """

    version: str
    requires: tuple[str, ...] | None = None
    requires_python: str = ""
    classifiers: tuple[str, ...] = ()
    urls: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Project:
    """A project.

    :param releases: all releases, oldest first; those without a valid version come first.
    :param metadata: what the newest release declares; ``None`` if that is not known.
    :param vulnerabilities: those of the newest release; ``None`` if the index states none for
        any project, so that nothing is known.
    :param owners: the names of its owners; ``None`` if the index does not state them.
    :param is_complete: whether *releases* has all of them.
    """

    name: str
    releases: tuple[Release, ...]
    metadata: Metadata | None = None
    vulnerabilities: tuple[Vulnerability, ...] | None = None
    owners: tuple[str, ...] | None = None
    is_complete: bool = True

    @cached_property
    def newest(self) -> Release | None:
        """The newest final release that has files and was not withdrawn, if there is one."""
        candidates = [
            release
            for release in self.releases
            if release.is_final and release.files and not release.is_yanked
        ]
        return candidates[-1] if candidates else None

    def release(self, version: str) -> Release | None:
        """Return the release with a version, also if it is written differently (``1.0.0``)."""
        try:
            wanted = Version(version)
        except ValueError:  # InvalidVersion, or a number of more than 4,300 digits
            return next((r for r in self.releases if r.version == version), None)
        return next((r for r in self.releases if r.parsed == wanted), None)

    def as_of(self, day: datetime) -> Release | None:
        """Return the newest final release whose first file was uploaded before *day*."""
        candidates = [
            release
            for release in self.releases
            if release.is_final and release.uploaded and release.uploaded < day
        ]
        return candidates[-1] if candidates else None


def sort_releases(releases: Iterable[Release]) -> tuple[Release, ...]:
    """Return *releases*, oldest version first; invalid versions come before all others."""
    return tuple(sorted(releases, key=lambda r: (r.parsed is not None, r.parsed or Version("0"))))
