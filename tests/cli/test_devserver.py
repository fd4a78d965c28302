"""A folder served to this machine: what is answered, to whom, and when it says that it changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import pairwise
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
def address(tmp_path: Path, changes: ChangeSignal) -> Iterator[str]:
    folder = tmp_path / "site"
    (folder / "empty").mkdir(parents=True)
    (folder / "index.html").write_text("<body>Hello</body>", "utf-8")
    (folder / "404.html").write_text("<body>Nothing</body>", "utf-8")
    (folder / "data.json").write_text("{}", "utf-8")
    (tmp_path / "secret").write_text("secret", "utf-8")
    (folder / "link.html").symlink_to(tmp_path / "secret")
    (folder / "out").symlink_to(tmp_path)
    with devserver.served(folder, changes) as address:
        yield address


def asked(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


@pytest.mark.parametrize("path", ["/", "/index.html", "/?q=1"])
def test_a_page_waits_for_changes(address: str, path: str) -> None:
    assert asked(address, path) == (200, f"<body>Hello{devserver.TAG}")


def test_the_script_is_a_file_so_that_the_policy_of_pages_allows_it(address: str) -> None:
    assert asked(address, "/-fep-/reload.js") == (200, devserver.SCRIPT)


def test_other_files_are_as_they_are(address: str) -> None:
    assert asked(address, "/data.json") == (200, "{}")
    assert asked(address, "/data.json", "HEAD") == (200, "")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing", "/nothing.html", "/data.json/", "/../secret", "/%2e%2e/secret", "/link.html",
        "/out/secret", "/%00", "/" + "a" * 5000,
    ],
)  # fmt: skip
def test_what_is_not_there_has_a_page(address: str, path: str) -> None:
    """So has what a link of the checkout leads to."""
    status, text = asked(address, path)
    assert status == 404
    assert "Nothing" in text


def test_a_folder_is_not_listed(address: str) -> None:
    status, text = asked(address, "/empty/")
    assert status == 404
    assert "Directory listing" not in text


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org:80", "", "[::1]:80"])
def test_only_this_machine_is_answered(address: str, host: str, method: str) -> None:
    """A page from elsewhere that gave its own name this address would have another name."""
    assert asked(address, "/", method, Host=host)[0] == 421


def test_whoever_waits_is_told(address: str, changes: ChangeSignal) -> None:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", "/-fep-/changes")
    answer = connection.getresponse()
    threading.Timer(0.05, changes.tell).start()
    assert answer.readline() == b"data: changed\n"
    answer.close()
    connection.close()


def test_waiting_ends(changes: ChangeSignal) -> None:
    assert changes.wait(0, 0) == 0


def test_a_port_that_is_taken(address: str, tmp_path: Path, changes: ChangeSignal) -> None:
    port = urlsplit(address).port or 0
    with (
        pytest.raises(RepositoryError, match="is taken; name another with --port"),
        devserver.served(tmp_path, changes, port),
    ):
        pass


def test_every_change_of_a_file_shows(tmp_path: Path) -> None:
    (tmp_path / "proposals").mkdir()
    file = tmp_path / "proposals" / "one.rst"
    states = [devserver.state(tmp_path)]
    for text in ("a", "ab"):
        file.write_text(text, "utf-8")
        states.append(devserver.state(tmp_path))
    file.rename(file.with_name("two.rst"))
    states.append(devserver.state(tmp_path))
    assert all(one != other for one, other in pairwise(states))


def test_what_is_hidden_or_made_is_not_watched(tmp_path: Path) -> None:
    for name in (".git", "build"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("x", "utf-8")
    assert devserver.state(tmp_path, tmp_path / "build") == {}
