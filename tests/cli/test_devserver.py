"""The local web server: which requests it answers, and how pages learn of a rebuild."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
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
    with devserver.serve(directory, changes) as url:
        yield url


def request(url: str, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


@pytest.mark.parametrize("path", ["/", "/index.html", "/?q=1"])
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
        "/out/secret", "/%00", "/" + "a" * 5000,
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


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org:80", "", "[::1]:80"])
def test_other_hosts_are_refused(url: str, host: str, method: str) -> None:
    """DNS rebinding: a page on the internet gives its own name the IP address 127.0.0.1."""
    assert request(url, "/", method, Host=host)[0] == 421


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


def test_port_in_use(url: str, tmp_path: Path, changes: ChangeSignal) -> None:
    port = urlsplit(url).port or 0
    with (
        pytest.raises(RepositoryError, match="is in use; choose another with --port"),
        devserver.serve(tmp_path, changes, port),
    ):
        pass
