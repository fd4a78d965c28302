"""Requests are made to a server on this machine: limits, redirects, passwords and attempts."""

from __future__ import annotations

import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from fep_tools.extensions import transport
from fep_tools.extensions.index import IndexUnavailable

Headers = dict[str, str]
Respond = Callable[[str, Headers], tuple[int, Headers, bytes]]


class LocalServer:
    """A server whose responses come from *respond*."""

    def __init__(self) -> None:
        self.respond: Respond = lambda path, headers: (200, {"X-Name": "a"}, path.encode())
        self.seen: list[Headers] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                outer.seen.append(headers)
                status, sent, body = outer.respond(self.path, headers)
                self.send_response(status)
                for name, value in sent.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments: object) -> None:
                """Log nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalServer]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    local = LocalServer()
    thread = threading.Thread(target=local.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield local
    local.server.shutdown()
    local.server.server_close()
    thread.join()


def test_a_request_is_made_with_a_user_agent(server: LocalServer) -> None:
    response = transport.fetch(f"{server.url}/x", {"Accept": "application/json"}, 100)
    assert (response.status, response.headers["x-name"], response.body) == (200, "a", b"/x")
    assert server.seen[0]["user-agent"].startswith("fep-tools/")
    assert server.seen[0]["accept"] == "application/json"
    assert "authorization" not in server.seen[0]


def test_a_password_in_the_url_becomes_a_header(server: LocalServer) -> None:
    transport.fetch(server.url.replace("//", "//user:p%40ss@") + "/x", {}, 100)
    assert server.seen[0]["authorization"] == "Basic dXNlcjpwQHNz"


@pytest.mark.parametrize("status", [304, 404, 500])
def test_other_responses_have_their_status(server: LocalServer, status: int) -> None:
    server.respond = lambda path, headers: (status, {"ETag": "1"}, b"")
    response = transport.fetch(server.url, {}, 100)
    assert (response.status, response.headers["etag"], response.body) == (status, "1", b"")


def test_a_response_that_is_too_large_is_not_read(server: LocalServer) -> None:
    server.respond = lambda path, headers: (200, {}, b"x" * 101)
    with pytest.raises(IndexUnavailable, match="sends more than 100 bytes"):
        transport.fetch(server.url, {}, 100)


def test_a_response_that_is_cut_off_is_not_used(server: LocalServer) -> None:
    """It would be kept in the cache, and confirmed by its ETag."""
    server.respond = lambda path, headers: (200, {"Content-Length": "9"}, b"short")
    with pytest.raises(IndexUnavailable, match="sends 4 bytes less than it says"):
        transport.fetch(f"{server.url}/x", {}, 100)


def test_a_response_that_takes_too_long_is_not_read(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "DEADLINE", -1.0)
    with pytest.raises(IndexUnavailable, match="sends for more than -1 seconds"):
        transport.fetch(f"{server.url}/x", {}, 100)


def test_a_server_that_sends_single_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(transport, "DEADLINE", 0.2)

    def send_slowly(listener: socket.socket) -> None:
        connection, _address = listener.accept()
        with connection, suppress(OSError):
            connection.recv(65536)
            connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
            for _ in range(40):
                connection.sendall(b"x")
                time.sleep(0.1)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=send_slowly, args=(listener,))
        thread.start()
        began = time.monotonic()
        with pytest.raises(IndexUnavailable, match=r"sends for more than 0\.2 seconds"):
            transport.fetch(f"http://127.0.0.1:{listener.getsockname()[1]}/", {}, 100)
        assert time.monotonic() - began < 3
        thread.join()


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:1/x", "ftp://127.0.0.1/x", "/x"], ids=["http", "ftp", "path"]
)
def test_redirects_only_lead_to_https(server: LocalServer, target: str) -> None:
    server.respond = lambda path, headers: (302, {"Location": target}, b"")
    with pytest.raises(IndexUnavailable, match="redirects to a URL that is not used"):
        transport.fetch(server.url, {}, 100)


@pytest.mark.parametrize(
    "url", ["https://[", "https://[x]/", "https://a..b/", "http://127.0.0.1/\xfc", "http://\ud800/"]
)
def test_a_url_that_cannot_be_requested(server: LocalServer, url: str) -> None:
    with pytest.raises(IndexUnavailable, match="the package index does not answer: "):
        transport.fetch(url, {}, 100)
    if ".." in url:
        server.respond = lambda path, headers: (302, {"Location": url}, b"")
        with pytest.raises(IndexUnavailable, match="the package index does not answer: "):
            transport.fetch(server.url, {}, 100)


def test_a_password_is_not_sent_to_another_server() -> None:
    redirect = transport._Redirects().redirect_request
    request = urllib.request.Request("https://a.example/x", headers={"Authorization": "Basic x"})
    for target, expected in (("https://b.example/x", False), ("https://a.example/y", True)):
        again = redirect(request, None, 302, "", HTTPMessage(), target)  # type: ignore[arg-type]
        assert again is not None
        assert again.has_header("Authorization") is expected


@pytest.mark.parametrize("url", ["file:///etc/passwd", "data:,x", "ftp://127.0.0.1/x"])
def test_other_schemes_are_not_read(url: str) -> None:
    with pytest.raises(IndexUnavailable, match="does not answer: unknown url type"):
        transport.fetch(url, {}, 100)


def test_a_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(IndexUnavailable, match=r"does not answer: .*; nothing was concluded"):
        transport.fetch(f"http://127.0.0.1:{port}/", {}, 100)


@pytest.mark.parametrize(
    ("header", "seconds"), [("5", 5), ("9999", 60), ("Fri, 31 Dec 1999", 1), ("", 1)]
)
def test_a_busy_server_is_asked_once_more(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch, header: str, seconds: int
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    server.respond = lambda path, headers: (429, {"Retry-After": header} if header else {}, b"")
    assert transport.fetch(server.url, {}, 100).status == 429
    assert waits == [seconds]
    assert len(server.seen) == 2
