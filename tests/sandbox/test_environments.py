"""Environments that are made once, whole, of nothing but pinned packages."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fep_tools.errors import FepError
from fep_tools.sandbox import environments, toolchain
from fep_tools.sandbox.environments import build

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
PIN = f"a==1 \\\n    --hash=sha256:{'0' * 64}\n"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where something was installed; nothing is."""
    places: list[Path] = []

    def install(place: Path, base: Path, pins: list[str]) -> None:
        (place / "bin").mkdir()
        (place / "bin" / "python").symlink_to(base)
        places.append(place)

    monkeypatch.setattr(environments, "_install", install)
    return places


def test_an_environment_is_made_once(installed: list[Path], tmp_path: Path) -> None:
    first = build(PIN, HERE, tmp_path)
    assert build(PIN, HERE, tmp_path) == first
    assert len(installed) == 1
    assert first.python.exists()
    assert first.readable[0] == first.python.parent.parent
    assert Path(sys.base_prefix) in first.readable
    assert build(PIN.replace("a==1", "a==2"), HERE, tmp_path) != first


def test_what_is_half_made_is_not_used(
    installed: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = environments._install

    def broken(place: Path, base: Path, pins: list[str]) -> None:
        whole(place, base, pins)
        raise toolchain.EnvironmentUnavailable("the network is down")

    monkeypatch.setattr(environments, "_install", broken)
    with pytest.raises(toolchain.EnvironmentUnavailable, match="the network is down"):
        build(PIN, HERE, tmp_path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(environments, "_install", whole)
    assert build(PIN, HERE, tmp_path).python.exists()


def test_two_at_once_get_the_same(installed: list[Path], tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _n: build(PIN, HERE, tmp_path), range(8)))
    assert len(set(made)) == 1
    assert list(tmp_path.iterdir()) == [made[0].readable[0]]


@pytest.mark.parametrize(
    "line",
    [
        "a==1",
        "a",
        "a>=1 --hash=sha256:" + "0" * 64,
        "--index-url https://example.org/simple",
        "-e ./here",
        "a @ https://example.org/a.whl --hash=sha256:" + "0" * 64,
        "a==1 --hash=md5:" + "0" * 32,
        "a==1 --config-settings=x --hash=sha256:" + "0" * 64,
        "a==1 ; x --no-binary a --hash=sha256:" + "0" * 64,
        "a==1\x0b--hash=sha256:" + "0" * 64,
        "# why \\\n--no-binary :all:",
    ],
)
def test_a_lock_holds_pinned_packages_only(
    line: str, installed: list[Path], tmp_path: Path
) -> None:
    with pytest.raises(FepError, match="in a lock is no package with a version and hashes"):
        build(f"{PIN}# why\n{line}\n", HERE, tmp_path)
    assert installed == []


def test_uv_and_pip_are_shown_pins_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To them a line may end where it does not for us, and so may a comment."""
    shown: list[str] = []

    def run(command: list[str | Path]) -> str:
        shown.extend(Path(part).read_text("utf-8") for part in command if "lock" in str(part))
        return "[]"

    monkeypatch.setattr(toolchain, "run_tool", run)
    build(f"# \r--no-binary :all:\n# \x0c-r x \\\n{PIN}    # via \x85-e x\n", HERE, tmp_path)
    assert shown == [f"a==1      --hash=sha256:{'0' * 64}\n"]


def test_a_python_that_is_not_here_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        toolchain.EnvironmentUnavailable, match=r"^Python 3\.99 is not installed$"
    ) as told:
        build(PIN, "3.99", tmp_path)
    assert told.value.is_portable


def test_a_python_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shim = tmp_path / "python"
    shim.write_text("#!/bin/sh\nexit 127\n", "utf-8")
    shim.chmod(0o755)
    toolchain.find_python.cache_clear()
    monkeypatch.setenv(f"FEP_PYTHON_{HERE.replace('.', '_')}", str(shim))
    with pytest.raises(toolchain.EnvironmentUnavailable):
        toolchain.find_python(HERE)
    monkeypatch.setenv(f"FEP_PYTHON_{HERE.replace('.', '_')}", sys.executable)
    assert toolchain.find_python(HERE) == Path(os.path.realpath(sys.executable))
    toolchain.find_python.cache_clear()


def test_a_tool_that_complains_is_quoted() -> None:
    code = "import sys; sys.exit('Looking\\nerror: no \\x1b[31mnetwork')"
    with pytest.raises(toolchain.EnvironmentUnavailable) as told:
        toolchain.run_tool([sys.executable, "-c", code])
    assert str(told.value) == r"error: no \x1b[31mnetwork"


def test_a_tool_is_run_where_no_settings_of_a_checkout_are() -> None:
    code = "import os; print(os.listdir(), os.environ.get('VIRTUAL_ENV'))"
    assert toolchain.run_tool([sys.executable, "-c", code]).strip() == "[] None"


@pytest.fixture(params=["uv", "pip"])
def tool(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each way to install, if it is here."""
    name: str = request.param
    if name == "uv" and toolchain.find_uv() is None:
        pytest.skip("uv is not installed")
    if name == "pip":
        monkeypatch.setattr(toolchain, "find_uv", lambda: None)
        try:
            toolchain.pip()
        except toolchain.EnvironmentUnavailable:
            pytest.skip("this Python has no pip")
    return name


@pytest.mark.frameworks
@pytest.mark.skipif(not os.environ.get("FEP_FRAMEWORKS"), reason="FEP_FRAMEWORKS is not set")
def test_packages_are_there_and_those_of_others_are_not(tool: str, tmp_path: Path) -> None:
    lock = (Path(__file__).parents[2] / "fep" / "environments" / "hug.txt").read_text("utf-8")
    environment = build(lock, "3.11", tmp_path)
    code = (
        "import importlib.metadata as m, importlib.util as u\n"
        "print(sorted(d.name for d in m.distributions()), u.find_spec('pytest'))"
    )
    told = subprocess.run(
        [environment.python, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert told == (
        "['certifi', 'charset-normalizer', 'falcon', 'hug', 'idna', 'requests', 'urllib3'] None\n"
    )


@pytest.mark.frameworks
@pytest.mark.skipif(not os.environ.get("FEP_FRAMEWORKS"), reason="FEP_FRAMEWORKS is not set")
def test_what_has_another_hash_is_not_installed(tool: str, tmp_path: Path) -> None:
    with pytest.raises(toolchain.EnvironmentUnavailable, match=r"(?i)hash"):
        build(f"falcon==2.0.0 --hash=sha256:{'0' * 64}\n", "3.11", tmp_path)
    assert list(tmp_path.iterdir()) == []
