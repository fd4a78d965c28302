"""The command line that asks uv for a lock."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fep_tools.errors import FepError
from fep_tools.sandbox import toolchain
from fep_tools.sandbox.resolver import is_available, NoSolution, resolve

DAY = date(2026, 1, 31)


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that are run; uv prints the requirements as they are."""
    commands: list[list[str]] = []

    def run_tool(command: list[str | Path]) -> str:
        commands.append([str(part) for part in command])
        return Path(command[-1]).read_text("utf-8")

    monkeypatch.setattr(toolchain, "run_tool", run_tool)
    monkeypatch.setattr(toolchain, "find_python", lambda version: Path(f"/python{version}"))
    monkeypatch.setattr(toolchain, "find_uv", lambda: "uv")
    return commands


def test_uv_is_asked_for_wheels_published_by_that_day(commands: list[list[str]]) -> None:
    assert resolve(["flask[async]", "b"], "3.11", DAY) == "flask[async]\nb\n"
    command = " ".join(commands[0])
    for part in (
        "uv pip compile",
        "--only-binary :all:",
        "--generate-hashes",
        "--no-emit-index-url",
        "--exclude-newer 2026-01-31T23:59:59Z",
        "--python /python3.11",
    ):
        assert part in command


def test_a_release_without_a_solution_is_not_available(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_available("flask==2", "3.11", DAY)
    assert "--no-deps" in commands[0]

    def no_solution(command: list[str | Path]) -> str:
        raise toolchain.EnvironmentUnavailable("error: No solution found when resolving")

    monkeypatch.setattr(toolchain, "run_tool", no_solution)
    assert not is_available("flask==2", "3.11", DAY)
    with pytest.raises(NoSolution):
        resolve(["flask==2"], "3.11", DAY)


@pytest.mark.parametrize(
    "error",
    [
        "error: Request failed after 3 retries cause: tcp connect error",
        "error: No solution found hint: An index URL could not be queried due to a lack of valid",
        "error: No solution found hint: Packages were unavailable because the network was disabled",
    ],
)
def test_an_index_that_does_not_answer_is_no_answer(
    error: str, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(command: list[str | Path]) -> str:
        raise toolchain.EnvironmentUnavailable(error)

    monkeypatch.setattr(toolchain, "run_tool", fail)
    with pytest.raises(FepError, match="the package index did not answer: error: ") as caught:
        is_available("flask==2", "3.11", DAY)
    # The search for other releases ends as well.
    assert not isinstance(caught.value, toolchain.EnvironmentUnavailable)


def test_without_a_day_the_index_needs_no_dates(commands: list[list[str]]) -> None:
    assert is_available("flask==2", "3.11", None)
    assert "--exclude-newer" not in commands[0]
