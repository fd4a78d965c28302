"""What uv and pip are asked, and what is made of what pip answers."""

from __future__ import annotations

import json
from datetime import date, datetime, UTC
from pathlib import Path

import pytest

from fep_tools.sandbox import toolchain
from fep_tools.sandbox.resolver import resolve

REPORT = {
    "install": [
        {
            "metadata": {"name": name, "version": "1.0"},
            "download_info": {"archive_info": {"hashes": {"sha256": digit * 64}}},
        }
        for name, digit in (("Typing_Extensions", "1"), ("flask", "2"))
    ]
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that are run, by tools which answer something."""
    commands: list[list[str]] = []

    def run(command: list[str | Path]) -> str:
        commands.append([str(part) for part in command])
        if "--help" in commands[-1]:
            return "Install packages"
        if "--requirement" in commands[-1]:
            return json.dumps(REPORT)
        return Path(command[-1]).read_text("utf-8")

    monkeypatch.setattr(toolchain, "run_tool", run)
    monkeypatch.setattr(toolchain, "find_python", lambda version: Path(f"/python{version}"))
    monkeypatch.setattr(toolchain, "find_uv", lambda: "uv")
    monkeypatch.setattr(toolchain, "pip", lambda: ("pip",))
    return commands


def test_uv_is_asked_for_wheels_of_a_day(asked: list[list[str]]) -> None:
    assert resolve(["flask[async]", "b"], "3.11", date(2026, 1, 31)) == "flask[async]\nb\n"
    told = " ".join(asked[0])
    for part in (
        "uv pip compile",
        "--only-binary :all:",
        "--generate-hashes",
        "--no-emit-index-url",
        "--exclude-newer 2026-01-31T23:59:59Z",
        "--python /python3.11",
    ):
        assert part in told


def test_pip_tells_what_it_would_install(
    asked: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toolchain, "find_uv", lambda: None)
    assert resolve(["flask"], "3.11", datetime.now(UTC).date()) == (
        f"flask==1.0 \\\n    --hash=sha256:{'2' * 64}\n"
        f"typing-extensions==1.0 \\\n    --hash=sha256:{'1' * 64}\n"
    )
    assert "--only-binary :all: --requirement" in " ".join(asked[0])


def test_pip_of_old_knows_no_days(asked: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toolchain, "find_uv", lambda: None)
    with pytest.raises(toolchain.EnvironmentUnavailable, match="needs uv, or pip 26 or later"):
        resolve(["flask"], "3.11", date(2026, 1, 31))


def test_pip_of_today_does(asked: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toolchain, "find_uv", lambda: None)
    known = toolchain.run_tool
    helpful = "--uploaded-prior-to <datetime>"
    monkeypatch.setattr(toolchain, "run_tool", lambda c: helpful if "--help" in c else known(c))
    resolve(["flask"], "3.11", date(2026, 1, 31))
    assert "--uploaded-prior-to 2026-01-31T23:59:59Z" in " ".join(asked[-1])
