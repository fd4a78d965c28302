"""The package index: what it states about a project, and its files.

This module opens the only connections of the package, through a *fetch* that tests replace. The
responses are untrusted: they are limited in size, and what is not of the expected form is an error.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from .._cache import Cache
from .._text import parse_json, safe
from ..errors import FepError
from .documents import parse_project
from .model import normalize
from .project import File, Project

MAX_DOCUMENT = 32 * 1024 * 1024
"""Bytes of the document of a project. That of a package with 2,000 files has two million."""

FRESH_SECONDS = 600.0
"""How long a document is used without a question, if the index does not say (RFC 9111, 4.2.2)."""

MAX_FRESH_SECONDS = 24 * 60 * 60.0
"""How long it is used at most, whatever the index says."""

MAX_FILE = 64 * 1024 * 1024
"""Bytes of a distribution; what is larger is no extension."""


class IndexUnavailable(FepError):
    """The index does not answer as expected."""


class ProjectNotFound(IndexUnavailable):
    """The index has no project of that name."""


@dataclass(frozen=True)
class Response:
    """A response of a server: *headers* have names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Fetch = Callable[[str, Mapping[str, str], int], Response]
"""Takes a URL, headers and the largest body in bytes, and returns the response.

It raises :class:`IndexUnavailable` if there is no response, or a larger one.
"""


class CachedDocument(NamedTuple):
    """A document of the cache, and the time until which it is used without a question."""

    etag: str
    body: str
    fresh_until: float


class Index:
    """A package index with the JSON documents that Warehouse and many mirrors have.

    :param url: the URL for installers, which ends in ``/simple``; see :mod:`.index_url`.
    :param fetch: makes the requests; see :func:`.transport.fetch`.
    :param cache: keeps documents and their ETags. A fresh one is used again; of an older one,
        the index is asked whether it has changed.
    :param now: the time in seconds.
    """

    def __init__(
        self, url: str, fetch: Fetch, cache: Cache, now: Callable[[], float] = time.time
    ) -> None:
        # https://HOST/root/pypi/+simple has its documents at https://HOST/root/pypi/pypi/NAME/json.
        self._root = url.rstrip("/").rpartition("/")[0]
        self._fetch = fetch
        self._cache = cache
        self._now = now

    def project(self, name: str) -> Project:
        """Return what the index states about a project.

        :raises ProjectNotFound: if there is no project of that name.
        :raises IndexUnavailable: if the index does not answer as expected.
        """
        key = normalize(name)
        try:
            return parse_project(key, parse_json(self._document(key)))
        except ValueError as problem:
            raise IndexUnavailable(
                f"{key}: the package index sent something unexpected: {safe(str(problem))}"
            ) from None

    def download(self, file: File) -> bytes:
        """Return the content of *file*, whose SHA-256 the index states.

        :raises IndexUnavailable: if it is not available, too large, or another one.
        """
        if file.size is not None and file.size > MAX_FILE:
            raise IndexUnavailable(f"{safe(file.filename)}: is larger than {MAX_FILE} bytes")
        # Mirrors write "../../packages/..." for some projects, relative to the document.
        try:
            url = urljoin(f"{self._root}/pypi/name/json", file.url)
            is_used = urlsplit(url).scheme == urlsplit(self._root).scheme
        except ValueError:  # "https://["
            is_used = False
        if not is_used:
            raise IndexUnavailable(f"{safe(file.filename)}: has a URL that is not used")
        response = self._fetch(url, {}, MAX_FILE)
        if response.status != 200:
            raise _refusal(file.filename, response.status)
        if sha256(response.body).hexdigest() != file.sha256:
            raise IndexUnavailable(
                f"{safe(file.filename)}: is not the file that the package index lists "
                "(its SHA-256 is another one)"
            )
        return response.body

    def _document(self, key: str) -> str:
        """Return the document of a project, from the cache if it did not change."""
        url = f"{self._root}/pypi/{quote(key, safe='')}/json"
        cache_key = sha256(f"index {url}".encode()).digest()
        cached = self._cached(cache_key)
        if cached and cached.fresh_until - MAX_FRESH_SECONDS <= self._now() < cached.fresh_until:
            return cached.body
        headers = {"Accept": "application/json"}
        if cached and cached.etag:
            headers["If-None-Match"] = cached.etag
        response = self._fetch(url, headers, MAX_DOCUMENT)
        if response.status == 304 and cached:
            self._keep(cache_key, response, cached.etag, cached.body)
            return cached.body
        if response.status == 404:
            raise ProjectNotFound(f"{key}: the package index has no such project")
        if response.status != 200:
            raise _refusal(key, response.status)
        try:
            body = response.body.decode("utf-8")
        except UnicodeDecodeError:
            raise IndexUnavailable(f"{key}: the package index did not send UTF-8") from None
        self._keep(cache_key, response, response.headers.get("etag", ""), body)
        return body

    def _keep(self, key: bytes, response: Response, etag: str, body: str) -> None:
        document = CachedDocument(etag, body, self._now() + _freshness(response.headers))
        self._cache.put({key: json.dumps(document)})

    def _cached(self, key: bytes) -> CachedDocument | None:
        """Return the cached document, ``None`` without one."""
        try:
            entry = parse_json(self._cache.get([key]).get(key, "null"))
            etag, body, until = entry
        except (TypeError, ValueError):
            return None
        is_valid = isinstance(etag, str) and isinstance(body, str) and isinstance(until, float)
        return CachedDocument(etag, body, until) if is_valid else None


def _freshness(headers: Mapping[str, str]) -> float:
    """Return for how many seconds a response may be used: ``public, max-age=900``."""
    control = headers.get("cache-control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return 0.0
    age = re.search(r"\bmax-age=([0-9]{1,9})", control)
    return min(float(age[1]), MAX_FRESH_SECONDS) if age else FRESH_SECONDS


def _refusal(name: str, status: int) -> IndexUnavailable:
    return IndexUnavailable(f"{safe(name)}: the package index answered with HTTP status {status}")
