"""Distributions in a directory: what is known about projects without a connection.

``pip download`` puts wheels there, and a lock file (PEP 751) says when they were uploaded.
"""

from __future__ import annotations

import tomllib
from datetime import datetime, UTC
from email.parser import HeaderParser
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    parse_sdist_filename,
    parse_wheel_filename,
)

from .._text import safe
from ..errors import FepError
from .archives import read_archive
from .containers import Limits
from .index import IndexUnavailable, ProjectNotFound
from .model import normalize
from .project import File, Metadata, Project, Release, sort_releases


class DistributionDirectory:
    """Distributions in a directory, with the methods of :class:`.index.Index`.

    :param directory: the directory; other files in it are ignored.
    :param lock: the text of a lock file (PEP 751); ``""`` for none.
    :param name: the name of the lock file in messages.
    :raises FepError: if the directory or the lock cannot be read.
    """

    def __init__(self, directory: Path, lock: str = "", name: str = "pylock.toml") -> None:
        self._directory = directory
        try:
            self._paths = sorted(path for path in directory.iterdir() if path.is_file())
        except OSError as problem:
            raise FepError(f"{directory}: cannot be read: {problem.strerror}") from None
        self._locked = _read_lock(lock, name)

    def project(self, name: str) -> Project:
        """Return what the files state about a project.

        :raises ProjectNotFound: if there is no file of that project.
        """
        key = normalize(name)
        files = {file.filename: (version, file) for version, file in self._locked.get(key, ())}
        for project, version, path in self._distributions:
            if project == key:
                locked = files.get(path.name, (version, None))[1]
                files[path.name] = (version, self._describe(path, locked))
        if not files:
            raise ProjectNotFound(f"{key}: there is no distribution of it in {self._directory}")
        versions: dict[str, list[File]] = {}
        for version, file in files.values():
            versions.setdefault(version, []).append(file)
        found = Project(key, sort_releases(Release(v, tuple(f)) for v, f in versions.items()))
        metadata = self._metadata(found.newest) if found.newest else None
        return Project(key, found.releases, metadata, is_complete=False)

    def download(self, file: File) -> bytes:
        """Return the content of *file*.

        :raises IndexUnavailable: if it is not in the directory, too large, or another one.
        """
        path = self._directory / file.filename
        if path not in self._paths:
            raise IndexUnavailable(f"{safe(file.filename)}: is not in {self._directory}")
        content = _read(path)
        if sha256(content).hexdigest() != file.sha256:
            raise IndexUnavailable(f"{safe(file.filename)}: is not the file that the lock names")
        return content

    @cached_property
    def _distributions(self) -> list[tuple[str, str, Path]]:
        """The project, the version and the path of each distribution."""
        found = []
        for path in self._paths:
            try:
                if path.suffix == ".whl":
                    name, version, *_rest = parse_wheel_filename(path.name)
                else:
                    name, version = parse_sdist_filename(path.name)
            except (InvalidWheelFilename, InvalidSdistFilename):
                continue
            found.append((str(name), str(version), path))
        return found

    @staticmethod
    def _describe(path: Path, locked: File | None) -> File:
        content = _read(path)
        return File(
            path.name,
            "",
            locked.sha256 if locked else sha256(content).hexdigest(),
            len(content),
            locked.uploaded if locked else None,
        )

    def _metadata(self, release: Release) -> Metadata | None:
        """Return what the files of *release* declare, from a wheel if there is one."""
        for file in sorted(release.files, key=lambda file: not file.is_wheel):
            if self._directory / file.filename in self._paths:
                text = read_archive(self.download(file), file.filename).metadata
                if text:
                    return parse_metadata(release.version, text, is_wheel=file.is_wheel)
        return None


def parse_metadata(version: str, text: str, *, is_wheel: bool) -> Metadata:
    """Return what the core metadata of a distribution declare.

    :param text: the content of ``METADATA`` or ``PKG-INFO``.
    :param is_wheel: whether it is that of a wheel, where no requirement means that it has none.
        An sdist's are only known when it is built.
    """
    headers = HeaderParser().parsestr(text)
    requires = tuple(str(value) for value in headers.get_all("Requires-Dist", []))
    homepage = str(headers.get("Home-page", ""))
    urls = {"Homepage": homepage} if homepage not in ("", "UNKNOWN") else {}
    for value in headers.get_all("Project-URL", []):
        label, _, url = str(value).partition(",")
        urls[label.strip()] = url.strip()
    return Metadata(
        version,
        requires if requires or is_wheel else None,
        str(headers.get("Requires-Python", "")),
        tuple(str(value) for value in headers.get_all("Classifier", [])),
        urls,
    )


def _read(path: Path) -> bytes:
    limit = Limits().data
    with path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise IndexUnavailable(f"{safe(path.name)}: is larger than {limit} bytes")
    return content


def _read_lock(text: str, name: str) -> dict[str, list[tuple[str, File]]]:
    """Return the versions and files in a lock, by the names of the projects.

    Locks are longer than other TOML files, and made by the user's own installer.
    """
    try:
        packages = tomllib.loads(text).get("packages", [])
        found: dict[str, list[tuple[str, File]]] = {}
        for package in packages:
            files = [*package.get("wheels", []), *filter(None, [package.get("sdist")])]
            for file in files:
                entry = (str(package["version"]), _locked_file(file))
                found.setdefault(normalize(package["name"]), []).append(entry)
    except (
        ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError
    ):  # fmt: skip
        raise FepError(f"{name}: is not a lock file (PEP 751)") from None
    return found


def _locked_file(file: dict[str, Any]) -> File:
    """Return a file in a lock: ``{ url = ..., upload-time = ..., hashes = { sha256 = ... } }``."""
    url = str(file.get("url", ""))
    filename = file.get("name") or unquote(urlsplit(url).path.rpartition("/")[2])
    uploaded = file.get("upload-time")
    return File(
        str(filename),
        url,
        str(file["hashes"]["sha256"]),
        file.get("size"),
        uploaded.astimezone(UTC) if isinstance(uploaded, datetime) else None,
    )
