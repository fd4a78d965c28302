"""Environments are built once, completely, and from pinned packages only."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from fep_tools.errors import FepError
from fep_tools.sandbox import environments, toolchain
from fep_tools.sandbox.environments import build, compile_modules

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
PIN = f"a==1 \\\n    --hash=sha256:{'0' * 64}\n"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The directories in which packages would have been installed."""
    directories: list[Path] = []

    def install(directory: Path, base: Path, pins: list[str]) -> None:
        (directory / "bin").mkdir()
        (directory / "bin" / "python").symlink_to(base)
        directories.append(directory)

    monkeypatch.setattr(environments, "_install", install)
    return directories


def test_an_environment_is_built_once(installed: list[Path], tmp_path: Path) -> None:
    first = build(PIN, HERE, tmp_path)
    assert build(PIN, HERE, tmp_path) == first
    assert len(installed) == 1
    assert first.python.exists()
    assert first.readable[0] == first.python.parent.parent
    assert Path(sys.base_prefix, "lib") in first.readable
    assert build(PIN.replace("a==1", "a==2"), HERE, tmp_path) != first


@pytest.mark.usefixtures("installed")
def test_what_a_killed_process_has_left_is_deleted_after_an_hour(tmp_path: Path) -> None:
    for name, seconds in (("new-a", 3700), ("new-b", 3500), ("other", 3700)):
        (tmp_path / name / "lib").mkdir(parents=True)
        os.utime(tmp_path / name, (0, time.time() - seconds))
    directory = build(PIN, HERE, tmp_path).readable[0]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["new-b", "other", directory.name]
    )


def test_an_environment_of_another_process_is_not_deleted(
    installed: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be finished between a look and a deletion, and in use."""
    deleted: list[str] = []
    monkeypatch.setattr(shutil, "rmtree", lambda path, **_: deleted.append(Path(path).name))
    environment = build(PIN, HERE, tmp_path)
    assert environment.python.exists()
    assert environment.readable[0].name not in deleted


def test_an_interpreter_below_a_home_directory_does_not_show_it(
    installed: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some install Python with ``./configure --prefix ~/.local``."""
    home = tmp_path / "home"
    for name in ("bin", "lib", ".ssh", "share/zoneinfo", "share/keyrings"):
        (home / name).mkdir(parents=True)
    monkeypatch.setattr(environments, "_prefixes", lambda base: json.dumps([str(home)]))
    _directory, *readable = build(PIN, HERE, tmp_path).readable
    assert readable == [home / "bin", home / "lib", home / "share" / "zoneinfo"]


def test_an_interrupted_build_leaves_nothing_behind(
    installed: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install = environments._install

    def broken(directory: Path, base: Path, pins: list[str]) -> None:
        install(directory, base, pins)
        raise toolchain.EnvironmentUnavailable("the network is down")

    monkeypatch.setattr(environments, "_install", broken)
    with pytest.raises(toolchain.EnvironmentUnavailable, match="the network is down"):
        build(PIN, HERE, tmp_path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(environments, "_install", install)
    assert build(PIN, HERE, tmp_path).python.exists()


def test_a_package_that_brings_the_record_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def install(directory: Path, base: Path, pins: list[str]) -> None:
        (directory / "fep.json").mkdir()

    monkeypatch.setattr(environments, "_install", install)
    with pytest.raises(toolchain.EnvironmentUnavailable, match=r"^fep\.json: Is a directory$"):
        build(PIN, HERE, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_builds_at_the_same_time_share_one_environment(
    installed: list[Path], tmp_path: Path
) -> None:
    with ThreadPoolExecutor(4) as pool:
        built = list(pool.map(lambda _n: build(PIN, HERE, tmp_path), range(8)))
    assert len(set(built)) == 1
    assert list(tmp_path.iterdir()) == [built[0].readable[0]]


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
def test_a_lock_may_hold_pinned_packages_only(
    line: str, installed: list[Path], tmp_path: Path
) -> None:
    with pytest.raises(FepError, match="in a lock file is not a package with a version and hashes"):
        build(f"{PIN}# why\n{line}\n", HERE, tmp_path)
    assert installed == []


def test_uv_gets_the_pins_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """uv may see a line or a comment end where we do not."""
    locks: list[str] = []

    def run_tool(command: list[str | Path]) -> str:
        locks.extend(Path(part).read_text("utf-8") for part in command if "lock" in str(part))
        return "[]"

    monkeypatch.setattr(toolchain, "find_uv", lambda: "uv")
    monkeypatch.setattr(toolchain, "run_tool", run_tool)
    build(f"# \r--no-binary :all:\n# \x0c-r x \\\n{PIN}    # via \x85-e x\n", HERE, tmp_path)
    assert locks == [f"a==1      --hash=sha256:{'0' * 64}\n"]


def test_no_code_of_a_package_runs_while_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python runs the modules that ``*.pth`` files and ``sitecustomize.py`` name at its start."""
    if shutil.which("uv") is None and not Path(sys.executable).with_name("uv").is_file():
        pytest.skip("uv is not installed")
    tag = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    ran, wheel = tmp_path / "ran", tmp_path / "links" / "evil-1-py3-none-any.whl"
    code = f"open({str(ran)!r}, 'a').close()\n"
    wheel.parent.mkdir()
    with ZipFile(wheel, "w") as archive:
        for name, text in {
            "evil.py": code,
            "evil.pth": "import evil\n",
            "sitecustomize.py": code,
            "evil-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
            "evil-1.dist-info/WHEEL": tag,
            "evil-1.dist-info/RECORD": "",
        }.items():
            archive.writestr(name, text)
    digest = sha256(wheel.read_bytes()).hexdigest()
    monkeypatch.setenv("UV_FIND_LINKS", str(wheel.parent))
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_COMPILE_BYTECODE", "1")
    environment = build(f"evil==1 --hash=sha256:{digest}\n", HERE, tmp_path / "store")
    packages = environment.readable[0] / "lib" / f"python{HERE}" / "site-packages"
    assert list((packages / "__pycache__").glob("evil.*.pyc"))
    assert not ran.exists()


def test_a_module_that_needs_much_memory_is_not_compiled(tmp_path: Path) -> None:
    (tmp_path / "large.py").write_text(f"x = [{'1,' * 1_000_000}]", "utf-8")
    (tmp_path / "small.py").write_text("x = 1", "utf-8")
    compile_modules(tmp_path, Path(sys.executable), 300 * 1024**2)
    compiled = (tmp_path / "__pycache__").iterdir()
    expected = {"large", "small"} if sys.platform == "darwin" else {"small"}
    assert {path.name.partition(".")[0] for path in compiled} == expected


@pytest.mark.frameworks
@pytest.mark.skipif(not os.environ.get("FEP_FRAMEWORKS"), reason="FEP_FRAMEWORKS is not set")
def test_an_environment_holds_its_own_packages_only(tmp_path: Path) -> None:
    lock = (Path(__file__).parents[2] / "fep" / "environments" / "hug.txt").read_text("utf-8")
    environment = build(lock, "3.11", tmp_path)
    code = (
        "import importlib.metadata as m, importlib.util as u\n"
        "print(sorted(d.name for d in m.distributions()), u.find_spec('pytest'))"
    )
    output = subprocess.run(
        [environment.python, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert output == (
        "['certifi', 'charset-normalizer', 'falcon', 'hug', 'idna', 'requests', 'urllib3'] None\n"
    )


@pytest.mark.frameworks
@pytest.mark.skipif(not os.environ.get("FEP_FRAMEWORKS"), reason="FEP_FRAMEWORKS is not set")
def test_a_package_with_another_hash_is_not_installed(tmp_path: Path) -> None:
    with pytest.raises(toolchain.EnvironmentUnavailable, match=r"(?i)hash"):
        build(f"falcon==2.0.0 --hash=sha256:{'0' * 64}\n", "3.11", tmp_path)
    assert list(tmp_path.iterdir()) == []
