"""Requests to the package index: few at a time, limited in size and time, and only by HTTPS."""

from __future__ import annotations

import base64
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from email.message import Message
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO
from urllib.parse import unquote, urlsplit, urlunsplit

from .._text import safe
from .._version import __version__
from .index import IndexUnavailable, Response

TIMEOUT = 30.0
"""Seconds that the server may be silent."""

DEADLINE = 300.0
"""Seconds that one response may take."""

MAX_WAIT = 60.0
"""The longest time in seconds that a server can ask to wait for, before one more attempt."""

_CONNECTIONS = threading.Semaphore(2)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to HTTPS, and only without a password."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the request to make instead."""
        if urlsplit(newurl).scheme != "https":
            raise IndexUnavailable("the package index redirects to a URL that is not used")
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        if request and urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            request.remove_header("Authorization")
        return request


def _opener() -> urllib.request.OpenerDirector:
    """Return an opener for HTTP; that of :func:`urllib.request.build_opener` also reads files."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener


_OPENER = _opener()


def fetch(url: str, headers: Mapping[str, str], limit: int) -> Response:
    """Return the response to a request.

    :param headers: more headers.
    :param limit: the largest body, in bytes.
    :raises IndexUnavailable: if there is no response, or a larger one.
    """
    with _CONNECTIONS:
        response = _request(url, headers, limit)
        if response.status in (429, 503):  # too many requests; busy
            time.sleep(_wait(response.headers.get("retry-after", "")))
            response = _request(url, headers, limit)
    return response


def _request(url: str, headers: Mapping[str, str], limit: int) -> Response:
    user_agent = {"User-Agent": f"fep-tools/{__version__}"}
    try:
        url, authorization = _split_password(url)
        request = urllib.request.Request(  # noqa: S310 - the opener has no handler for files
            url, headers={**user_agent, **authorization, **headers}
        )
        with _OPENER.open(request, timeout=TIMEOUT) as response:
            return Response(response.status, _lower(response.headers), _read(response, limit))
    except urllib.error.HTTPError as error:
        with error:
            return Response(error.code, _lower(error.headers), b"")
    except (OSError, HTTPException, ValueError) as problem:  # ValueError: "https://[", "https://é/"
        reason = getattr(problem, "reason", problem)
        raise IndexUnavailable(
            f"the package index does not answer: {safe(str(reason))}; nothing was concluded"
        ) from None


def _read(response: HTTPResponse, limit: int) -> bytes:
    """Return the body of a response, which must not take too long or be too large."""
    end = time.monotonic() + DEADLINE
    chunks, size = [], 0
    # read() would wait until it has so many bytes, each of which may take as long as TIMEOUT.
    while chunk := response.read1(64 * 1024):
        size += len(chunk)
        if size > limit:
            raise IndexUnavailable(f"the package index sends more than {limit} bytes")
        if time.monotonic() > end:
            raise IndexUnavailable(f"the package index sends for more than {DEADLINE:g} seconds")
        chunks.append(chunk)
    if response.length:  # read1() does not say that the connection ended before the body
        raise IndexUnavailable(f"the package index sends {response.length} bytes less than it says")
    return b"".join(chunks)


def _split_password(url: str) -> tuple[str, dict[str, str]]:
    """Return *url* without the user and the password in it, and the header that has them."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    if not at:
        return url, {}
    token = base64.b64encode(unquote(user).encode()).decode("ascii")
    return urlunsplit(parts._replace(netloc=host)), {"Authorization": f"Basic {token}"}


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _wait(seconds: str) -> float:
    """Return how long to wait, from a header such as ``Retry-After: 5``."""
    return min(float(seconds), MAX_WAIT) if seconds.isdecimal() else 1.0
