"""The command line that asks uv for a lock."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path
from zipfile import ZipFile

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


@pytest.mark.parametrize(
    "url",
    [
        "https://${TOKEN}.example/b.whl",
        "http://${PIN}/b-1-py3-none-any.whl",
        "http://b/${TOKEN}.whl",
    ],
)
def test_no_error_has_a_variable_that_a_package_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    """uv puts the values of environment variables into the URLs of requirements."""
    if shutil.which("uv") is None and not Path(sys.executable).with_name("uv").is_file():
        pytest.skip("uv is not installed")
    tag = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    metadata = f"Metadata-Version: 2.1\nName: evil\nVersion: 1\nRequires-Dist: b @ {url}\n"
    with ZipFile(tmp_path / "evil-1-py3-none-any.whl", "w") as archive:
        archive.writestr("evil-1.dist-info/METADATA", metadata)
        archive.writestr("evil-1.dist-info/WHEEL", tag)
        archive.writestr("evil-1.dist-info/RECORD", "")
    variables = {"FIND_LINKS": str(tmp_path), "OFFLINE": "1", "CACHE_DIR": str(tmp_path / "cache")}
    for name, value in variables.items():
        monkeypatch.setenv(f"UV_{name}", value)
    monkeypatch.setenv("TOKEN", "S3cretText")
    monkeypatch.setenv("PIN", "16909060")  # as a host, 1.2.3.4
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    with pytest.raises(toolchain.EnvironmentUnavailable, match="evil==1") as error:
        resolve(["evil"], version, None)
    shown = str(error.value).lower()
    assert not [secret for secret in ("s3crettext", "16909060", "1.2.3.4") if secret in shown]
