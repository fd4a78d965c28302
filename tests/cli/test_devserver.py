"""The local web server: which requests it answers, and how pages learn of a rebuild."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fep_tools.cli import devserver
from fep_tools.cli.devserver import ChangeSignal
from fep_tools.errors import RepositoryError


@pytest.fixture
def changes() -> ChangeSignal:
    return ChangeSignal()


@pytest.fixture
def url(tmp_path: Path, changes: ChangeSignal) -> Iterator[str]:
    directory = tmp_path / "site"
    (directory / "empty").mkdir(parents=True)
    (directory / "index.html").write_text("<body>Hello</body>", "utf-8")
    (directory / "404.html").write_text("<body>Nothing</body>", "utf-8")
    (directory / "data.json").write_text("{}", "utf-8")
    (tmp_path / "secret").write_text("secret", "utf-8")
    (directory / "link.html").symlink_to(tmp_path / "secret")
    (directory / "out").symlink_to(tmp_path)
    (directory / "linked").mkdir()
    (directory / "linked" / "index.html").symlink_to(tmp_path / "secret")
    (directory / "linked" / "index.htm").symlink_to(tmp_path / "secret")
    with devserver.serve(directory, changes) as url:
        yield url


def request(url: str, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


@pytest.mark.parametrize("path", ["/", "/index.html", "/?q=1", "/#a"])
def test_pages_get_the_reload_script(url: str, path: str) -> None:
    assert request(url, path) == (200, f"<body>Hello{devserver.SCRIPT_TAG}")


def test_the_script_is_a_file_as_the_content_security_policy_demands(url: str) -> None:
    assert request(url, "/-fep-/reload.js") == (200, devserver.SCRIPT)


def test_other_files_are_unchanged(url: str) -> None:
    assert request(url, "/data.json") == (200, "{}")
    assert request(url, "/data.json", "HEAD") == (200, "")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing", "/nothing.html", "/data.json/", "/../secret", "/%2e%2e/secret", "/link.html",
        "/out/secret", "/%00", "/" + "a" * 5000, "/linked/", "/linked/#", "/linked/#a?b",
    ],
)  # fmt: skip
def test_missing_files_and_links_that_leave_the_site_are_404(url: str, path: str) -> None:
    status, text = request(url, path)
    assert status == 404
    assert "Nothing" in text


def test_directories_are_not_listed(url: str) -> None:
    status, text = request(url, "/empty/")
    assert status == 404
    assert "Directory listing" not in text


@pytest.mark.parametrize("host", ["localhost", "localhost:80", "127.0.0.1"])
def test_this_host_is_served(url: str, host: str) -> None:
    assert request(url, "/", "GET", Host=host)[0] == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1.example.org:80", "", "[::1]:80", "localhost:x@a.b"]
)
def test_other_hosts_are_refused(url: str, host: str, method: str) -> None:
    """DNS rebinding: a page on the internet gives its own name the IP address 127.0.0.1."""
    assert request(url, "/", method, Host=host)[0] == 421


@pytest.mark.parametrize("path", ["/", "/data.json", "/nothing", "/-fep-/reload.js"])
def test_pages_of_other_sites_cannot_load_files(url: str, path: str) -> None:
    """A script, such as the search index, would run in any page that names it."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", path)
    headers = connection.getresponse().headers
    connection.close()
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_waiting_pages_are_notified(url: str, changes: ChangeSignal) -> None:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", "/-fep-/changes")
    answer = connection.getresponse()
    threading.Timer(0.05, changes.notify).start()
    assert answer.readline() == b"data: changed\n"
    answer.close()
    connection.close()


def test_waiting_times_out(changes: ChangeSignal) -> None:
    assert changes.wait(0, 0) == 0


def send(url: str, data: bytes, *, read: bool) -> None:
    """Send a request, and close the connection as a browser does that goes elsewhere."""
    host, port = urlsplit(url).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(data.replace(b"HOST", f"{host}:{port}".encode()))
        if read:
            connection.recv(10)
        # Zero seconds: the other side gets a reset, and not the end of the stream.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


GET = b"GET %s HTTP/1.1\r\nHost: HOST\r\n\r\n"


@pytest.mark.parametrize("read", [True, False])
@pytest.mark.parametrize(
    "data",
    [
        GET % b"/index.html", GET % b"/large.html", GET % b"/large.bin", GET % b"/" + b"a" * 70_000,
        GET % b"/large.html?" + b"a" * 70_000, GET % b"/latin-1.html",
        b"HEAD /large.html HTTP/1.0\r\nHost: HOST\r\n\r\n", bytes(range(256)) + b"\r\n\r\n",
        b"GET /large.html\r\n\r\n", b"GET /large.html HTTP/9.9\r\n\r\n", GET % b"x", GET % b"/%00",
        b"POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99\r\n\r\n",
    ],
)  # fmt: skip
def test_a_request_that_is_closed_too_early_prints_nothing(
    url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], data: bytes, *, read: bool
) -> None:
    for name in ("large.html", "large.bin"):
        (tmp_path / "site" / name).write_bytes(b"x" * 10_000_000)
    (tmp_path / "site" / "latin-1.html").write_bytes(b"<body>\xe9</body>")
    before = threading.active_count()
    send(url, data, read=read)
    while threading.active_count() > before:
        threading.Event().wait(0.01)
    assert request(url, "/")[0] == 200
    assert capfd.readouterr() == ("", "")


def test_half_a_request_ends(
    url: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devserver._Handler, "timeout", 0.05)
    host, port = urlsplit(url).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"GET / HT")
        assert connection.recv(10) == b""
    assert capfd.readouterr() == ("", "")


def test_another_failure_is_one_line(
    url: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devserver._Handler, "send_head", lambda _self: 1 / 0)
    with pytest.raises(RemoteDisconnected):
        request(url, "/")
    assert capfd.readouterr().err == "fep: a request failed: ZeroDivisionError\n"


def test_port_in_use(url: str, tmp_path: Path, changes: ChangeSignal) -> None:
    port = urlsplit(url).port or 0
    with (
        pytest.raises(RepositoryError, match="is in use; choose another with --port"),
        devserver.serve(tmp_path, changes, port),
    ):
        pass
