"""Releases and their dates, found by asking a made-up index."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from fep_tools._pins import parse_pins
from fep_tools.errors import FepError
from fep_tools.sandbox import environments, releases, resolver, toolchain
from fep_tools.sandbox.environments import Environment
from fep_tools.sandbox.releases import ReleaseCache

TODAY = date(2026, 11, 20)
DAYS = {"a==1": date(2020, 2, 29), "a==2": date(2023, 1, 1), "old": date(2020, 1, 1)}


@pytest.fixture
def queries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, ...]]:
    """Queries to the index. ``new`` came in 2024, and Python 3.9 to 3.11 are installed."""
    queries: list[tuple[str, ...]] = []

    def resolve(requires: tuple[str, ...], version: str, day: date, *options: str) -> str:
        queries.append((version, str(day), *requires))
        if any(day < DAYS.get(one, date(2024, 1, 1)) for one in requires):
            raise resolver.NoSolution("no solution")
        return "".join(f"{one}\n" for one in requires)

    def find_python(version: str) -> Path:
        if version not in ("3.9", "3.10", "3.11"):
            raise toolchain.EnvironmentUnavailable("not installed")
        return Path("python")

    monkeypatch.setattr(resolver, "resolve", resolve)
    monkeypatch.setattr(toolchain, "find_python", find_python)
    return queries


def released(version: str, cache: ReleaseCache) -> releases.LockedRelease:
    alternatives = [("a", "new"), ("a", "old")]
    return releases.resolve_release("a", version, alternatives, "3.11", TODAY, cache)


def test_a_release_gets_packages_of_its_own_day(
    queries: list[tuple[str, ...]], tmp_path: Path
) -> None:
    cache = ReleaseCache(tmp_path / "a.json")
    assert released("2", cache) == releases.LockedRelease("2", "2023-01-01", "3.11", "a==2\nold\n")
    count = len(queries)
    assert count < 20
    assert released("2", ReleaseCache(cache.path)).date == "2023-01-01"
    assert len(queries) == count


def test_pythons_that_were_out_on_the_day_come_first(
    queries: list[tuple[str, ...]], tmp_path: Path
) -> None:
    """Python 3.8, the only one of February 2020, is not installed."""
    released("1", ReleaseCache(tmp_path / "a.json"))
    assert releases.candidate_pythons("3.11", date(2022, 1, 1)) == ["3.10", "3.9", "3.11"]
    assert releases.candidate_pythons("3.11", date(2023, 1, 1)) == ["3.11", "3.10", "3.9"]


def test_a_release_without_wheels_of_its_time_is_unavailable(
    queries: list[tuple[str, ...]], tmp_path: Path
) -> None:
    cache = ReleaseCache(tmp_path / "a.json")
    with pytest.raises(toolchain.EnvironmentUnavailable, match="as old as this release"):
        releases.resolve_release("a", "1", [("a", "new")], "3.11", TODAY, cache)


@pytest.mark.parametrize(
    "takes_undated",
    [
        # uv leaves out files without a date, and takes those of a directory whatever their date.
        False,
        True,
    ],
)
def test_an_index_without_dates_is_refused(
    takes_undated: bool,
    queries: list[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def resolve(requires: list[str], version: str, day: date | None, *options: str) -> str:
        if day is not None and not takes_undated:
            raise resolver.NoSolution("no solution")
        return "a==1\n"

    monkeypatch.setattr(resolver, "resolve", resolve)
    with pytest.raises(FepError, match="gives no upload date for a==1") as caught:
        released("1", ReleaseCache(tmp_path / "a.json"))
    # Another release would have none either.
    assert not isinstance(caught.value, toolchain.EnvironmentUnavailable)
    assert not (tmp_path / "a.json").exists()


def test_a_failing_index_is_not_taken_for_an_answer(
    queries: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def resolve(*_: object) -> str:
        raise toolchain.EnvironmentUnavailable("connection refused")

    monkeypatch.setattr(resolver, "resolve", resolve)
    with pytest.raises(toolchain.EnvironmentUnavailable, match="connection refused"):
        released("1", ReleaseCache(tmp_path / "a.json"))
    assert not (tmp_path / "a.json").exists()


def test_a_damaged_cache_is_written_anew(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text("[", "utf-8")
    assert ReleaseCache(file).get("b", lambda: 1) == 1
    assert json.loads(file.read_text("utf-8")) == {"b": 1}


def test_versions_are_sorted_oldest_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    output = "a (2.10)\nAvailable versions: 2.10, 2.9, 1.0\n"
    commands: list[list[str]] = []
    locks: list[str] = []

    def run_tool(command: list[str | Path]) -> str:
        commands.append([str(part) for part in command])
        return output

    def build(lock: str, version: str, store: Path) -> Environment:
        locks.append(lock)
        return Environment(store / "bin" / "python", (), store)

    monkeypatch.setattr(environments, "build", build)
    monkeypatch.setattr(toolchain, "run_tool", run_tool)
    cache = ReleaseCache(tmp_path / "a.json")
    assert releases.list_versions("a", "3.11", TODAY, cache) == ["1.0", "2.9", "2.10"]
    # An index cannot make another pip run, since this one has a hash.
    assert commands == [[f"{tmp_path}/bin/python", "-I", "-m", "pip", "index", "versions", "a"]]
    (lock,) = locks
    assert parse_pins(lock) == [lock.strip()]


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        ("flask", "flask==2.0"),
        ("Flask[async]", "Flask[async]==2.0"),
        ("flask==3", "flask==2.0"),
        ("flask-sock", "flask-sock"),
        ("httpx", "httpx"),
    ],
)
def test_only_the_package_itself_is_pinned(requirement: str, expected: str) -> None:
    assert releases.pin(requirement, "flask", "2.0") == expected
