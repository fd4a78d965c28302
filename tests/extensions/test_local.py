"""Projects from distributions in a directory, without a connection."""

from __future__ import annotations

from datetime import datetime, UTC
from hashlib import sha256
from pathlib import Path

import pytest

from fep_tools.errors import FepError
from fep_tools.extensions import local
from fep_tools.extensions.containers import Limits
from fep_tools.extensions.index import IndexUnavailable, ProjectNotFound
from fep_tools.extensions.local import DistributionDirectory, parse_metadata

from .archive_files import sdist, SOURCE, wheel

METADATA = b"""\
Metadata-Version: 2.1
Name: Flask-Login
Version: 0.6.3
Home-page: https://github.com/maxcountryman/flask-login
Project-URL: Documentation, https://flask-login.readthedocs.io/
Classifier: Framework :: Flask
Requires-Python: >=3.7
Requires-Dist: Flask >=1.0.4

A description.
"""
NAME = "Flask_Login-0.6.3-py3-none-any.whl"
WHEEL = wheel(("flask_login/__init__.py", SOURCE), ("x-1.dist-info/METADATA", METADATA))
LOCK = f"""\
lock-version = "1.0"
[[packages]]
name = "flask-login"
version = "0.6.3"
wheels = [{{ url = "https://files.example/a/{NAME}", upload-time = 2023-10-30T14:53:19Z, size = 9,
  hashes = {{ sha256 = "{sha256(WHEEL).hexdigest()}" }} }}]
[[packages]]
name = "Flask-Script"
version = "2.0.6"
sdist = {{ name = "Flask-Script-2.0.6.tar.gz", hashes = {{ sha256 = "{"0" * 64}" }} }}
""".replace(",\n", ", ")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_bytes(WHEEL)
    (tmp_path / "Flask-Login-0.6.2.tar.gz").write_bytes(sdist(("x/PKG-INFO", b"Name: x\n")))
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    (tmp_path / "a.whl").write_bytes(b"")
    (tmp_path / "directory.whl").mkdir()
    return tmp_path


def test_a_project_is_read_from_its_files(directory: Path) -> None:
    project = DistributionDirectory(directory, LOCK).project("Flask.Login")
    assert [release.version for release in project.releases] == ["0.6.2", "0.6.3"]
    assert project.newest is not None
    assert project.newest.uploaded == datetime(2023, 10, 30, 14, 53, 19, tzinfo=UTC)
    assert project.metadata is not None
    assert project.metadata.version == "0.6.3"
    assert project.metadata.requires == ("Flask >=1.0.4",)
    assert project.metadata.requires_python == ">=3.7"
    assert project.metadata.classifiers == ("Framework :: Flask",)
    assert project.metadata.urls == {
        "Homepage": "https://github.com/maxcountryman/flask-login",
        "Documentation": "https://flask-login.readthedocs.io/",
    }
    assert (project.vulnerabilities, project.owners) == (None, None)


def test_a_project_without_a_lock_has_no_dates(directory: Path) -> None:
    project = DistributionDirectory(directory).project("flask-login")
    assert project.newest is not None
    assert project.newest.uploaded is None


def test_a_project_that_is_only_in_the_lock(directory: Path) -> None:
    source = DistributionDirectory(directory, LOCK)
    project = source.project("flask-script")
    assert project.newest is not None
    assert project.metadata is None
    with pytest.raises(IndexUnavailable, match=r"Flask-Script-2\.0\.6\.tar\.gz: is not in "):
        source.download(project.newest.files[0])


def test_a_project_that_is_not_there(directory: Path) -> None:
    with pytest.raises(ProjectNotFound, match="flask-none: there is no distribution of it in"):
        DistributionDirectory(directory, LOCK).project("flask-none")


def test_a_file_is_verified(directory: Path) -> None:
    source = DistributionDirectory(directory, LOCK)
    newest = source.project("flask-login").newest
    assert newest is not None
    assert source.download(newest.files[0]) == WHEEL
    (directory / NAME).write_bytes(WHEEL + b"!")
    with pytest.raises(IndexUnavailable, match="is not the file that the lock names"):
        source.download(newest.files[0])


def test_a_file_that_is_too_large(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "Limits", lambda: Limits(data=10))
    with pytest.raises(IndexUnavailable, match="is larger than 10 bytes"):
        DistributionDirectory(directory).project("flask-login")


def test_a_directory_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FepError, match="none: cannot be read: No such file or directory"):
        DistributionDirectory(tmp_path / "none")


@pytest.mark.parametrize(
    "lock",
    [
        "[",
        "packages = 1",
        "packages = [1]",
        "[[packages]]\nsdist = { size = 1 }",
        "[[packages]]\nwheels = [1]",
    ],
)
def test_an_invalid_lock(tmp_path: Path, lock: str) -> None:
    with pytest.raises(FepError, match=r"lock\.toml: is not a lock file \(PEP 751\)"):
        DistributionDirectory(tmp_path, lock, "lock.toml")


def test_the_requirements_of_an_sdist_are_unknown_unless_it_has_some() -> None:
    assert parse_metadata("1", "Home-page: UNKNOWN\n", is_wheel=False).requires is None
    assert parse_metadata("1", "Home-page: UNKNOWN\n", is_wheel=False).urls == {}
    assert parse_metadata("1", "Requires-Dist: a\n", is_wheel=False).requires == ("a",)
    assert parse_metadata("1", "Name: x\n", is_wheel=True).requires == ()
