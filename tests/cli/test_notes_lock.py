"""``fep notes lock`` and ``fep notes since``, with a made-up index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fep_tools.cli import main
from fep_tools.notes.frameworks import environment_digest
from fep_tools.sandbox import environments, releases, resolver
from fep_tools.sandbox.environments import Environment
from fep_tools.sandbox.toolchain import EnvironmentUnavailable

from ..sandbox.stub import environment as stub
from ..sandbox.stub import FRAMEWORK
from .stubbed import LOCK

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``fep notes`` at a root, on 20 November 2026: status, standard output and error."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")

    def run(root: Path, command: str, *arguments: str) -> tuple[int, str, str]:
        status = main.run(["notes", command, "--root", str(root), *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """The queries to the index."""
    queries: list[tuple[object, ...]] = []

    def resolve(requires: tuple[str, ...], version: str, day: date) -> str:
        queries.append((*requires, version, day))
        return LOCK.replace("1.0", "1.2")

    monkeypatch.setattr(resolver, "resolve", resolve)
    return queries


def test_a_package_that_is_not_in_the_lock(
    run: Run, root: Path, index: list[tuple[object, ...]]
) -> None:
    frameworks = root / "fep" / "frameworks.toml"
    frameworks.write_text(frameworks.read_text("utf-8").replace('"stub"\npy', '"other"\npy'))
    before = (root / "fep" / "environments" / "stub.txt").read_bytes()
    status, out, err = run(root, "lock")
    assert (status, out) == (2, "")
    assert err.endswith("fep: stub: nothing that it requires needs other\n")
    assert (root / "fep" / "environments" / "stub.txt").read_bytes() == before


def test_a_title_is_harmless_to_a_terminal(
    run: Run, root: Path, index: list[tuple[object, ...]]
) -> None:
    frameworks = root / "fep" / "frameworks.toml"
    frameworks.write_text(frameworks.read_text("utf-8").replace('"Stub"', '"a\\u202eb"'))
    assert run(root, "lock")[1] == "fep/environments/stub.txt: a\\u202eb 1.2, 1 package\n"


def test_a_lock_names_its_requirements(
    run: Run, root: Path, index: list[tuple[object, ...]]
) -> None:
    status, out, err = run(root, "lock")
    assert (status, out) == (0, "fep/environments/stub.txt: Stub 1.2, 1 package\n")
    assert err == "fep: resolving Stub\n"
    assert index == [("stub", "3.11", date(2026, 11, 20))]
    lock = (root / "fep" / "environments" / "stub.txt").read_text("utf-8")
    assert lock.splitlines()[0] == (
        "# stub on Python 3.11, as of 2026-11-20; made by `fep notes lock`."
    )
    assert environment_digest(lock, "3.11") == environment_digest(
        LOCK.replace("1.0", "1.2"), "3.11"
    )


def test_a_lock_as_of_a_day(run: Run, root: Path, index: list[tuple[object, ...]]) -> None:
    (root / "fep" / "environments" / "stub.txt").unlink()
    assert run(root, "lock", "stub", "--as-of", "2026-01-31")[0] == 0
    assert index == [("stub", "3.11", date(2026, 1, 31))]
    assert (root / "fep" / "environments" / "stub.txt").is_file()


def test_an_unknown_framework_suggests_the_closest(run: Run, root: Path) -> None:
    assert run(root, "lock", "stubb") == (
        2,
        "",
        "fep: there is no framework stubb; did you mean stub?\n",
    )


@pytest.fixture
def three_releases(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three releases, the first is unavailable and the second greets differently."""
    new = stub(tmp_path_factory.mktemp("now") / "environment")
    old = stub(tmp_path_factory.mktemp("then") / "environment")
    (file,) = old.readable[0].rglob("stub.py")
    answers = "return self.routes[path]()"
    file.write_text(FRAMEWORK.replace(answers, f"{answers}.upper()"), "utf-8")

    def release(package: str, version: str, *_: object) -> releases.LockedRelease:
        if version == "0.1":
            raise EnvironmentUnavailable("there are no wheels as old as this release")
        return releases.LockedRelease(version, "2026-01-01", "3.11", version)

    def build(lock: str, version: str, store: Path) -> Environment:
        return old if lock == "0.9" else new

    monkeypatch.setattr(releases, "list_versions", lambda *_: ["0.1", "0.9", "1.0"])
    monkeypatch.setattr(releases, "resolve_release", release)
    monkeypatch.setattr(environments, "build", build)


def test_since_finds_the_release_that_changed(run: Run, root: Path, three_releases: None) -> None:
    status, out, err = run(root, "since", "stub-greets")
    assert status == 0
    assert (
        out
        == """\
stub-greets: 2 of 3 releases of Stub tried
  0.9  (2026-01-01, Python 3.11)  line 26: expected 'hello', got 'HELLO'
  1.0  (2026-01-01, Python 3.11)  passes
It passes since 1.0.

:Since: 1.0
"""
    )
    assert "fep: Stub 0.1 could not be tried: there are no wheels" in err


def test_since_exits_with_1_if_the_latest_release_fails(
    run: Run, root: Path, three_releases: None
) -> None:
    file = root / "proposals" / "fep-0012.rst"
    file.write_text(file.read_text("utf-8").replace("#> 'hello'", "#> 'HELLO'"), "utf-8")
    status, out, _err = run(root, "since", "stub-greets")
    assert (status, out.splitlines()[-1]) == (1, "It passes up to 0.9.")


def test_an_unknown_snippet_suggests_the_closest(run: Run, root: Path) -> None:
    status, _out, err = run(root, "since", "stub-greet")
    assert (status, err) == (2, "fep: there is no snippet stub-greet; did you mean stub-greets?\n")
    status, _out, err = run(root, "since", "nope")
    assert (status, err) == (
        2,
        "FEP 12: stub-greets\nfep: there is no snippet nope; choose one of those above\n",
    )


def test_a_repository_without_snippets_says_so(run: Run, root: Path) -> None:
    (root / "proposals" / "fep-0012.rst").write_text("FEP: 12\nTitle: Other\n", "utf-8")
    assert run(root, "since", "nope") == (2, "", "fep: no proposal has snippets\n")


def test_since_concludes_nothing_from_a_release_that_cannot_be_imported(
    run: Run, root: Path, three_releases: None, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    new = stub(tmp_path_factory.mktemp("now") / "environment")
    broken = stub(tmp_path_factory.mktemp("then") / "environment")
    (file,) = broken.readable[0].rglob("stub.py")
    file.write_text("from collections import Mapping\n", "utf-8")

    def build(lock: str, version: str, store: Path) -> Environment:
        return broken if lock == "0.9" else new

    monkeypatch.setattr(environments, "build", build)
    status, out, err = run(root, "since", "stub-greets")
    assert status == 0
    assert out.splitlines() == [
        "stub-greets: 1 of 3 releases of Stub tried",
        "  1.0  (2026-01-01, Python 3.11)  passes",
        "It passes with all that were tried, so the first release is unknown.",
    ]
    assert (
        "fep: Stub 0.9 could not be tried: import stub fails: "
        "ImportError: cannot import name 'Mapping' from 'collections'"
    ) in err
