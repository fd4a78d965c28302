"""The JSON documents that package indexes have about projects.

The form is described at https://docs.pypi.org/api/json/. ``ownership`` and ``vulnerabilities`` are
missing from the documents of many mirrors.
"""

from __future__ import annotations

from datetime import UTC
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from .project import File, Metadata, Project, Release, sort_releases, Vulnerability

MAX_VERSION, MAX_FILENAME = 100, 300
"""Characters; names of files have less than 256 on most systems."""


class _Digests(BaseModel):
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class _File(BaseModel):
    filename: str = Field(max_length=MAX_FILENAME)
    url: str
    digests: _Digests
    size: int | None = None
    upload_time_iso_8601: AwareDatetime | None = None
    requires_python: str | None = None
    yanked: bool = False
    yanked_reason: str | None = None


class _Info(BaseModel):
    version: str
    requires_dist: tuple[str, ...] | None = None
    requires_python: str | None = None
    classifiers: tuple[str, ...] = ()
    project_urls: dict[str, str] | None = None
    home_page: str | None = None


class _Vulnerability(BaseModel):
    id: str
    aliases: tuple[str, ...] = ()
    fixed_in: tuple[str, ...] = ()
    link: str | None = None
    withdrawn: str | None = None


class _Role(BaseModel):
    role: str
    user: str


class _Ownership(BaseModel):
    roles: tuple[_Role, ...] = ()
    organization: str | None = None


class _Document(BaseModel):
    info: _Info
    releases: dict[Annotated[str, Field(max_length=MAX_VERSION)], tuple[_File, ...]]
    vulnerabilities: tuple[_Vulnerability, ...] | None = None
    ownership: _Ownership | None = None


def parse_project(name: str, document: Any) -> Project:
    """Return the project that the JSON *document* of an index describes.

    :param name: its normalized name.
    :raises ValueError: if it is not of the expected form; the message is one line.
    """
    try:
        parsed = _Document.model_validate(document)
    except ValidationError as invalid:
        error = invalid.errors()[0]
        raise ValueError(f"{'.'.join(map(str, error['loc']))}: {error['msg']}") from None
    try:
        releases = [Release(v, tuple(map(_file, files))) for v, files in parsed.releases.items()]
    except OverflowError:  # 23:00 of the last day of the year 9999, west of Greenwich
        raise ValueError("an upload time is out of range") from None
    return Project(
        name,
        sort_releases(releases),
        _metadata(parsed),
        _vulnerabilities(parsed.vulnerabilities),
        _owners(parsed.ownership),
    )


def _file(file: _File) -> File:
    return File(
        file.filename,
        file.url,
        file.digests.sha256,
        file.size,
        file.upload_time_iso_8601.astimezone(UTC) if file.upload_time_iso_8601 else None,
        file.requires_python or "",
        (file.yanked_reason or "") if file.yanked else None,
    )


def _metadata(document: _Document) -> Metadata:
    info = document.info
    requires = info.requires_dist
    if requires is None:
        # Null stands for a release without requirements, if it has a wheel, and for one whose
        # requirements the index does not know, if it has only an sdist.
        files = document.releases.get(info.version, ())
        requires = () if any(file.filename.endswith(".whl") for file in files) else None
    urls = {"Homepage": info.home_page} if info.home_page else {}
    return Metadata(
        info.version,
        requires,
        info.requires_python or "",
        tuple(info.classifiers),
        {**urls, **(info.project_urls or {})},
    )


def _vulnerabilities(
    stated: tuple[_Vulnerability, ...] | None,
) -> tuple[Vulnerability, ...] | None:
    if stated is None:
        return None
    return tuple(
        Vulnerability(v.id, v.aliases, v.fixed_in, v.link or "") for v in stated if not v.withdrawn
    )


def _owners(ownership: _Ownership | None) -> tuple[str, ...] | None:
    # Who may act for an organization is not stated: without this, it would have no owners.
    if ownership is None or ownership.organization:
        return None
    return tuple(sorted(r.user for r in ownership.roles if r.role.lower() == "owner"))
