"""``fep extensions report``: its formats, its sources, and what changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.cli import storage
from fep_tools.extensions import index_url, transport

from ..catalog.test_schemas import assert_matches
from ..extensions.archive_files import SOURCE, wheel
from ..extensions.index_responses import document, file, Server, stale, URL
from .drafts import GOOD, Run

LIST = """\
[[criterion]]
key = "released"
title = "Has a release"
check = "released"
[[criterion]]
key = "flask"
title = "Can be installed with the newest Flask"
check = "flask-accepted"
[[extension]]
name = "Flask-Login"
modules = ["flask_login"]
why = "Keeps users signed in."
[[extension]]
name = "Flask-None"
modules = ["flask_none"]
why = "Does not exist."
"""
TEXT = """\
State of extensions on 2026-11-21, as the package index states it; the newest Flask is 3.1.3

Flask-Login 0.6.3, 2023-10-30 (1118 days old), Python >=3.7, Flask >=1.0.4, withdrawn: 0.6.2
  met      released: 0.6.3, 2023-10-30
  met      flask: its requirements allow Flask 3.1.3

Flask-None
  nothing is known: the package index has no such project

criterion  met  not met  unknown
released     1        0        1
flask        1        0        1
"""
MARKDOWN = """\
State of extensions on 2026-11-21, as the package index states it; the newest Flask is 3.1.3.

| Extension | Release | Python | Flask | released | flask |
| --- | --- | --- | --- | --- | --- |
| Flask-Login | 0.6.3 (2023-10-30) | \\>=3.7 | \\>=1.0.4 | met | met |
| Flask-None | unknown (no date) |  |  | unknown | unknown |

"""


@pytest.fixture
def repo(checkout: Callable[..., Path]) -> Path:
    """A repository that watches two extensions."""
    root = checkout({"fep-0010.rst": GOOD.format(n=10)})
    (root / "fep" / "extensions.toml").write_text(LIST, "utf-8")
    return root


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A package index with two projects, and no answers of it in the cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    login = document()
    for each in login["releases"]["0.6.2"]:
        each["yanked"] = True
    flask = document(version="3.1.3") | {"releases": {"3.1.3": [file("flask.whl", "2026-02-01")]}}
    urls = {"flask-login": login, "flask": flask}
    fetch = Server(
        {f"https://index.example/pypi/{name}/json": stale(body) for name, body in urls.items()}
    )
    monkeypatch.setattr(index_url, "find_index_url", lambda: URL)
    monkeypatch.setattr(transport, "fetch", fetch)
    return fetch


def test_text(repo: Path, run: Run, server: Server) -> None:
    assert run(repo, "extensions", "report") == (0, TEXT, "")


def test_markdown(repo: Path, run: Run, server: Server) -> None:
    assert run(repo, "extensions", "report", "--format", "markdown") == (0, MARKDOWN, "")


def test_json(repo: Path, run: Run, server: Server) -> None:
    status, output, _errors = run(repo, "extensions", "report", "--format", "json")
    assert status == 0
    assert_matches("extensions-report", output)
    assert json.loads(output)["extensions"][0]["withdrawn"] == ["0.6.2"]


def test_a_second_report_gets_no_documents(repo: Path, run: Run, server: Server) -> None:
    run(repo, "extensions", "report")
    first = len(server.requests)
    assert run(repo, "extensions", "report")[1] == TEXT
    again = server.requests[first:]
    assert sum("If-None-Match" in headers for _url, headers in again) == 2  # the third is a 404


def test_no_answer_of_the_index_is_taken_from_a_repository(
    repo: Path, run: Run, server: Server
) -> None:
    """It would say from which servers files are downloaded."""
    assert run(repo, "extensions", "report")[1] == TEXT
    directory = storage.index_directory()
    assert directory is not None
    shutil.copytree(directory, repo / ".fep_cache", dirs_exist_ok=True)
    shutil.rmtree(directory)
    server.requests.clear()
    assert run(repo, "extensions", "report")[1] == TEXT
    assert not any("If-None-Match" in headers for _url, headers in server.requests)
    assert run(repo, "extensions", "report", "--no-cache")[1] == TEXT
    assert not any("If-None-Match" in headers for _url, headers in server.requests)


def test_changes(repo: Path, run: Run, server: Server) -> None:
    assert run(repo, "extensions", "report", "--format", "json", "--output", "old.json")[0] == 0
    url = "https://index.example/pypi/flask-login/json"
    server.responses[url] = stale(document(requires_dist=["Flask<3"]), '"2"')
    arguments = ("extensions", "report", "--compare", "old.json")
    assert run(repo, *arguments) == (
        0,
        (
            "Flask-Login: flask: met -> not met (it requires Flask <3)\n"
            "1 change from 2026-11-21 to 2026-11-21\n"
        ),
        "",
    )
    _status, output, _errors = run(repo, *arguments, "--format", "markdown")
    assert output == (
        "- Flask-Login: flask: met -> not met (it requires Flask \\<3)\n\n"
        "1 change from 2026-11-21 to 2026-11-21\n"
    )
    _status, output, _errors = run(repo, *arguments, "--format", "json")
    assert_matches("extensions-changes", output)
    assert len(json.loads(output)["changes"]) == 1
    _status, output, _errors = run(repo, *arguments, "--from", "old.json")
    assert output == "0 changes from 2026-11-21 to 2026-11-21\n"
    _status, output, _errors = run(repo, *arguments, "--from", "old.json", "--format", "markdown")
    assert output == "0 changes from 2026-11-21 to 2026-11-21\n"


def test_an_earlier_report_is_shown_without_the_index(repo: Path, run: Run, server: Server) -> None:
    run(repo, "extensions", "report", "--format", "json", "--output", "old.json")
    server.requests.clear()
    assert run(repo, "extensions", "report", "--from", "old.json") == (0, TEXT, "")
    assert server.requests == []


def test_markdown_lists_what_is_not_met(repo: Path, run: Run, server: Server) -> None:
    url = "https://index.example/pypi/flask-login/json"
    server.responses[url] = stale(document(requires_dist=["Flask<3"]), '"2"')
    output = run(repo, "extensions", "report", "--format", "markdown")[1]
    assert output.endswith("\n\n- Flask-Login, flask: it requires Flask \\<3\n")


def test_distributions_in_a_directory(repo: Path, run: Run, server: Server) -> None:
    metadata = b"Name: Flask-Login\nRequires-Dist: Flask>=1\n"
    (repo / "dist").mkdir()
    (repo / "dist" / "Flask_Login-0.6.3-py3-none-any.whl").write_bytes(
        wheel(("a.py", SOURCE), ("flask_login-0.6.3.dist-info/METADATA", metadata))
    )
    (repo / "lock.toml").write_text(
        '[[packages]]\nname = "flask"\nversion = "3.1.3"\n'
        f'sdist = {{ name = "flask-3.1.3.tar.gz", hashes = {{ sha256 = "{"0" * 64}" }} }}\n',
        "utf-8",
    )
    arguments = ("extensions", "report", "--distributions", "dist", "--lock", "lock.toml")
    status, output, errors = run(repo, *arguments)
    assert (status, errors, server.requests) == (0, "", [])
    assert output.startswith(
        "State of extensions on 2026-11-21, as distributions in files state it; the newest Flask "
        "is 3.1.3\n\nFlask-Login 0.6.3, Flask >=1\n"
        "  unknown  released: whether the release was withdrawn was not stated\n"
    )
    assert "nothing is known: there is no distribution of it in dist\n" in output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "good.json", "--lock", "good.json"), "--from cannot be used with --distrib"),
        (("--lock", "good.json"), "--lock needs --distributions"),
        (("--compare", "good.json"), "good.json: is not a report of fep extensions report"),
        (("--from", "bad.json"), "bad.json: cannot be read as UTF-8"),
        (("--from", "none.json"), "none.json"),
    ],
)
def test_wrong_options(
    repo: Path, run: Run, server: Server, arguments: tuple[str, ...], message: str
) -> None:
    (repo / "good.json").write_text("{}", "utf-8")
    (repo / "bad.json").write_bytes(b"\xff")
    status, output, errors = run(repo, "extensions", "report", *arguments)
    assert (status, output) == (2, "")
    assert message in errors


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "fep/extensions.toml: cannot be read: no such file or directory"),
        (b"\xff", "fep/extensions.toml: is not in UTF-8"),
        (b"x = 1", "fep/extensions.toml:1: unknown key 'x'"),
    ],
)
def test_a_file_of_extensions_that_cannot_be_used(
    repo: Path, run: Run, server: Server, content: bytes | None, message: str
) -> None:
    path = repo / "fep" / "extensions.toml"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    status, output, errors = run(repo, "extensions", "report")
    assert (status, output) == (2, "")
    assert message in errors
