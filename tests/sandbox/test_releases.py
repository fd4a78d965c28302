"""Releases and their days, found by asking an index that is made up."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from fep_tools.sandbox import releases, resolver, toolchain
from fep_tools.sandbox.releases import ReleaseCache

TODAY = date(2026, 11, 20)
DAYS = {"a==1": date(2020, 2, 29), "a==2": date(2023, 1, 1), "old": date(2020, 1, 1)}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, ...]]:
    """What is asked of the index; ``new`` came in 2024, and Python 3.9 to 3.11 are here."""
    found: list[tuple[str, ...]] = []

    def resolve(requires: tuple[str, ...], version: str, day: date, *options: str) -> str:
        found.append((version, str(day), *requires))
        if any(day < DAYS.get(one, date(2024, 1, 1)) for one in requires):
            raise toolchain.EnvironmentUnavailable("no solution")
        return "".join(f"{one}\n" for one in requires)

    def interpreter(version: str) -> Path:
        if version not in ("3.9", "3.10", "3.11"):
            raise toolchain.EnvironmentUnavailable("not here")
        return Path("python")

    monkeypatch.setattr(resolver, "resolve", resolve)
    monkeypatch.setattr(toolchain, "find_python", interpreter)
    return found


def released(version: str, memory: ReleaseCache) -> releases.Release:
    wishes = [("a", "new"), ("a", "old")]
    return releases.resolve_release("a", version, wishes, "3.11", TODAY, memory)


def test_a_release_is_used_with_what_there_was_on_its_day(
    asked: list[tuple[str, ...]], tmp_path: Path
) -> None:
    memory = ReleaseCache(tmp_path / "a.json")
    assert released("2", memory) == releases.Release("2", "2023-01-01", "3.11", "a==2\nold\n")
    count = len(asked)
    assert count < 20
    assert released("2", ReleaseCache(memory.path)).date == "2023-01-01"
    assert len(asked) == count


def test_no_python_is_used_that_there_was_not_yet(
    asked: list[tuple[str, ...]], tmp_path: Path
) -> None:
    """Python 3.8, which there was in February 2020, is not here."""
    released("1", ReleaseCache(tmp_path / "a.json"))
    assert releases._candidate_pythons("3.11", date(2022, 1, 1)) == ["3.10", "3.9", "3.11"]
    assert releases._candidate_pythons("3.11", date(2023, 1, 1)) == ["3.11", "3.10", "3.9"]


def test_what_never_was_cannot_be_tried(asked: list[tuple[str, ...]], tmp_path: Path) -> None:
    memory = ReleaseCache(tmp_path / "a.json")
    with pytest.raises(toolchain.EnvironmentUnavailable, match="as old as it is"):
        releases.resolve_release("a", "1", [("a", "new")], "3.11", TODAY, memory)


def test_a_memory_that_is_damaged_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text("[", "utf-8")
    assert ReleaseCache(file).get("b", lambda: 1) == 1
    assert json.loads(file.read_text("utf-8")) == {"b": 1}


def test_versions_come_oldest_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = "a (2.10)\nAvailable versions: 2.10, 2.9, 1.0\n"
    monkeypatch.setattr(toolchain, "find_python", lambda version: Path("python"))
    monkeypatch.setattr(toolchain, "any_pip", lambda: ("pip",))
    monkeypatch.setattr(toolchain, "run_tool", lambda command: said)
    memory = ReleaseCache(tmp_path / "a.json")
    assert releases.list_versions("a", "3.11", TODAY, memory) == ["1.0", "2.9", "2.10"]


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
