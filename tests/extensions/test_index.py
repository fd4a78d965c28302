"""The package index, from recorded responses: documents, ETags, downloads and odd responses."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, UTC
from pathlib import Path
from typing import Any

import pytest

from fep_tools._cache import Cache
from fep_tools.extensions.index import (
    FRESH_SECONDS,
    Index,
    IndexUnavailable,
    MAX_FILE,
    MAX_FRESH_SECONDS,
    ProjectNotFound,
    Response,
)
from fep_tools.extensions.project import Project, Release, Vulnerability

from .index_responses import document, file, response, Server, URL, WHEEL

DOCUMENT_URL = "https://index.example/pypi/flask-login/json"


def index(body: Any, cache: Path | None = None, now: float = 1e9) -> tuple[Index, Server]:
    server = Server({DOCUMENT_URL: body if isinstance(body, Response) else response(body)})
    return Index(URL, server, Cache(cache), lambda: now), server


def project(**info: Any) -> Project:
    return index(document(**info))[0].project("Flask_Login")


def test_a_project_is_read() -> None:
    found = project()
    assert found.name == "flask-login"
    assert [release.version for release in found.releases] == ["0.6.2", "0.6.3", "0.7.0.dev0"]
    assert found.newest == found.release("0.6.3")
    assert found.metadata is not None
    assert found.metadata.requires == ("Flask >=1.0.4", "Werkzeug >=1.0.1")
    assert found.metadata.urls == {
        "Homepage": "https://github.com/maxcountryman/flask-login",
        "Documentation": "https://flask-login.readthedocs.io/",
    }
    assert found.vulnerabilities == ()
    assert found.owners is None


def test_releases_are_found_by_version_and_by_day() -> None:
    found = project()
    first = found.release("0.6.2.0")
    assert first is not None
    assert [each.is_wheel for each in first.files] == [True, False]
    assert first.uploaded == datetime(2022, 7, 25, 14, 53, 19, 123456, UTC)
    assert found.release("1.0") is None
    assert found.release("1" * 5000) is None  # more digits than Python converts
    assert found.as_of(datetime(2023, 9, 30, tzinfo=UTC)) == first
    assert found.as_of(datetime(2025, 1, 1, tzinfo=UTC)) == found.release("0.6.3")
    assert found.as_of(datetime(2022, 1, 1, tzinfo=UTC)) is None


def test_a_version_that_is_not_valid_is_kept_and_is_never_the_newest() -> None:
    body = document()
    body["releases"]["2004-x"] = [file("flask-login-2004-x.tar.gz", "2024-01-01")]
    found = index(body)[0].project("flask-login")
    assert found.releases[0].version == "2004-x"
    assert found.release("2004-x") == found.releases[0]
    assert found.newest is not None
    assert found.newest.version == "0.6.3"


def test_a_withdrawn_release_is_not_the_newest() -> None:
    body = document()
    body["releases"]["0.6.3"][0] |= {"yanked": True, "yanked_reason": None}
    found = index(body)[0].project("flask-login")
    withdrawn = found.release("0.6.3")
    assert withdrawn is not None
    assert (withdrawn.is_yanked, withdrawn.files[0].yanked) == (True, "")
    assert found.newest == found.release("0.6.2")
    # One file of two was withdrawn: the release was not.
    body["releases"]["0.6.2"][0] |= {"yanked": True, "yanked_reason": "broken"}
    found = index(body)[0].project("flask-login")
    assert found.newest == found.release("0.6.2")
    # A release without files does not count.
    assert not Release("1.0").is_yanked
    body["releases"] = {"1.0": []}
    assert index(body)[0].project("flask-login").newest is None


def test_requirements_that_are_not_stated_are_unknown() -> None:
    with_wheel = project(requires_dist=None, project_urls=None, home_page="")
    assert with_wheel.metadata is not None
    assert (with_wheel.metadata.requires, with_wheel.metadata.urls) == ((), {})
    body = document(requires_dist=None)
    body["releases"]["0.6.3"] = [file("Flask-Login-0.6.3.tar.gz", "2023-10-30")]
    without = index(body)[0].project("flask-login")
    assert without.metadata is not None
    assert without.metadata.requires is None


def test_the_owners_of_a_project_of_an_organization_are_not_stated() -> None:
    """Its document has no roles, and an extension without owners would not meet a criterion."""
    body = document() | {"ownership": {"roles": [], "organization": "pallets-eco"}}
    assert index(body)[0].project("flask-login").owners is None


def test_vulnerabilities_and_owners_are_read_where_they_are_stated() -> None:
    stated = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fixed_in": ["0.7"], "link": None}
    roles = [{"role": "Owner", "user": "b"}, {"role": "Maintainer", "user": "c"}]
    body = document() | {
        "vulnerabilities": [stated, stated | {"id": "PYSEC-2", "withdrawn": "2024-01-01"}],
        "ownership": {"roles": [*roles, {"role": "Owner", "user": "a"}], "organization": None},
    }
    found = index(body)[0].project("flask-login")
    assert found.vulnerabilities == (Vulnerability("PYSEC-1", ("CVE-1",), ("0.7",)),)
    assert found.owners == ("a", "b")
    del body["vulnerabilities"]
    assert index(body)[0].project("flask-login").vulnerabilities is None


# Requests -----------------------------------------------------------------------------------------


def test_a_document_that_did_not_change_is_not_sent_again(tmp_path: Path) -> None:
    source, server = index(document(), tmp_path)
    first = source.project("flask-login")
    again, server = index(document(), tmp_path, now=1e9 + FRESH_SECONDS)
    assert again.project("flask-login") == first
    assert server.requests == [
        (DOCUMENT_URL, {"Accept": "application/json", "If-None-Match": '"1"'})
    ]
    again, server = index(document(), tmp_path, now=1e9 + 2 * FRESH_SECONDS)
    server.responses[DOCUMENT_URL] = response(document(version="0.6.2"), '"2"')
    changed = again.project("flask-login")
    assert changed.metadata is not None
    assert changed.metadata.version == "0.6.2"


@pytest.mark.parametrize(
    "entry", ["[", '{"etag": "1"}', "[]", "1", '[1, "{}", 9.0]', '["1", "{}", "9"]']
)
def test_a_damaged_cache_is_ignored(entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(None)
    monkeypatch.setattr(cache, "get", lambda keys: dict.fromkeys(keys, entry))
    server = Server({DOCUMENT_URL: response(document())})
    assert Index(URL, server, cache).project("flask-login").newest is not None
    assert "If-None-Match" not in server.requests[0][1]


def test_a_document_without_an_etag_is_sent_again(tmp_path: Path) -> None:
    for now in (1e9, 1e9 + FRESH_SECONDS):
        source, server = index(response(document(), etag=""), tmp_path, now)
        source.project("flask-login")
        assert server.requests == [(DOCUMENT_URL, {"Accept": "application/json"})]


@pytest.mark.parametrize(
    ("control", "seconds"),
    [
        ("", FRESH_SECONDS),
        ("max-age=900, public", 900),
        ("public, Max-Age=5", 5),
        ("max-age=999999999", MAX_FRESH_SECONDS),
        ("max-age=0", 0),
        ("no-cache", 0),
        ("no-store, max-age=900", 0),
    ],
)
def test_a_fresh_document_is_used_without_a_question(
    tmp_path: Path, control: str, seconds: float
) -> None:
    sent = response(document())
    sent = replace(sent, headers={**sent.headers, "cache-control": control})
    index(sent, tmp_path)[0].project("flask-login")
    for age, requests in ((seconds - 1, 0), (seconds, 1)):
        if age >= 0:
            source, server = index(Response(304, {}, b""), tmp_path, 1e9 + age)
            source.project("flask-login")
            assert len(server.requests) == requests


def test_a_document_from_the_future_is_not_fresh(tmp_path: Path) -> None:
    index(document(), tmp_path)[0].project("flask-login")
    source, server = index(document(), tmp_path, now=1e9 - MAX_FRESH_SECONDS)
    source.project("flask-login")
    assert len(server.requests) == 1


def test_a_project_that_does_not_exist() -> None:
    with pytest.raises(ProjectNotFound, match="flask-none: the package index has no such project"):
        index(document())[0].project("Flask-None")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (Response(500, {}, b""), "answered with HTTP status 500"),
        (Response(304, {}, b""), "answered with HTTP status 304"),
        (Response(200, {}, b"<html>"), "sent something unexpected: Expecting value"),
        (Response(200, {}, b"[" * 100_000), "sent something unexpected: is nested too deeply"),
        (Response(200, {}, b"\xff"), "did not send UTF-8"),
        ([], "sent something unexpected: : Input should be a valid dictionary"),
        ({"releases": {}}, "sent something unexpected: info: Field required"),
        (document(requires_dist=[1]), r"unexpected: info\.requires_dist\.0: Input should be"),
        (
            document() | {"releases": {"1": [file("x", "1") | {"digests": {"sha256": "../x"}}]}},
            r"unexpected: releases\.1\.0\.digests\.sha256: String should match",
        ),
    ],
)
def test_an_unexpected_response_is_an_error(body: Any, message: str) -> None:
    with pytest.raises(IndexUnavailable, match=message):
        index(body)[0].project("flask-login")


# Files --------------------------------------------------------------------------------------------


def test_a_file_is_downloaded_and_verified() -> None:
    source, server = index(document())
    newest = source.project("flask-login").newest
    assert newest is not None
    (wheel,) = newest.files
    server.responses[wheel.url] = Response(200, {}, WHEEL)
    assert source.download(wheel) == WHEEL
    server.responses[wheel.url] = Response(200, {}, WHEEL + b"!")
    with pytest.raises(IndexUnavailable, match=r"\.whl: is not the file that the package index"):
        source.download(wheel)
    server.responses[wheel.url] = Response(403, {}, b"")
    with pytest.raises(IndexUnavailable, match=r"\.whl: the package index answered with HTTP st"):
        source.download(wheel)


def test_a_relative_url_is_relative_to_the_document() -> None:
    source, server = index(document())
    newest = source.project("flask-login").newest
    assert newest is not None
    root = next(iter(server.requests))[0].partition("/pypi/")[0]
    server.responses[f"{root}/packages/x.whl"] = Response(200, {}, WHEEL)
    relative = replace(newest.files[0], url="../../packages/x.whl")
    assert source.download(relative) == WHEEL


def test_a_file_that_is_too_large_or_elsewhere_is_not_requested() -> None:
    source, server = index(document())
    newest = source.project("flask-login").newest
    assert newest is not None
    count = len(server.requests)
    with pytest.raises(IndexUnavailable, match="is larger than"):
        source.download(replace(newest.files[0], size=MAX_FILE + 1))
    for url in ("file:///etc/passwd", "http://files.example/x.whl", "https://["):
        with pytest.raises(IndexUnavailable, match="has a URL that is not used"):
            source.download(replace(newest.files[0], url=url))
    assert len(server.requests) == count
