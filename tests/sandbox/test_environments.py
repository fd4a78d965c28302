"""Environments are built once, completely, and from pinned packages only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
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
    assert Path(sys.base_prefix) in first.readable
    assert build(PIN.replace("a==1", "a==2"), HERE, tmp_path) != first


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


def test_a_missing_python_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        toolchain.EnvironmentUnavailable, match=r"^Python 3\.99 is not installed$"
    ) as error:
        build(PIN, "3.99", tmp_path)
    assert error.value.is_portable


def test_an_environment_variable_may_name_a_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = tmp_path / "python"
    shim.write_text("#!/bin/sh\nexit 127\n", "utf-8")
    shim.chmod(0o755)
    toolchain.find_python.cache_clear()
    monkeypatch.setenv(f"FEP_PYTHON_{HERE.replace('.', '_')}", str(shim))
    with pytest.raises(FepError, match=f"is {shim}, which is not Python {HERE}$"):
        toolchain.find_python(HERE)
    monkeypatch.setenv(f"FEP_PYTHON_{HERE.replace('.', '_')}", "/nope")
    with pytest.raises(FepError, match=r"^FEP_PYTHON_[0-9_]+ is /nope, which does not exist$"):
        toolchain.find_python(HERE)
    monkeypatch.setenv(f"FEP_PYTHON_{HERE.replace('.', '_')}", sys.executable)
    assert toolchain.find_python(HERE) == Path(os.path.realpath(sys.executable))
    toolchain.find_python.cache_clear()


def test_a_shim_gives_the_interpreter_that_it_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pyenv's shims need its variables and the PATH, which a sandbox does not pass on."""
    shim = tmp_path / f"python{HERE}"
    shim.write_text('#!/bin/sh\nexec "$SHIM_STARTS" "$@"\n', "utf-8")
    shim.chmod(0o755)
    monkeypatch.setenv("SHIM_STARTS", os.path.realpath(sys.executable))
    monkeypatch.setattr(sys, "executable", "/nope")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    toolchain.find_python.cache_clear()
    found = toolchain.find_python(HERE)
    toolchain.find_python.cache_clear()
    assert found != shim
    assert found.is_file()
    assert not found.is_symlink()


def test_the_error_of_a_tool_is_quoted() -> None:
    code = "import sys; sys.exit('Looking\\nerror: no \\x1b[31mnetwork')"
    with pytest.raises(toolchain.EnvironmentUnavailable) as error:
        toolchain.run_tool([sys.executable, "-c", code])
    assert str(error.value) == r"error: no \x1b[31mnetwork"


def test_a_tool_runs_in_a_directory_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import os; print(os.listdir(), os.environ.get('VIRTUAL_ENV'))"
    assert toolchain.run_tool([sys.executable, "-c", code]).strip() == "['uv.toml'] None"
    # Another user of the machine wrote settings into /tmp.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tmp_path.joinpath("uv.toml").write_text("not TOML")
    assert toolchain.run_tool([toolchain.find_uv(), "cache", "dir"])


def test_missing_uv_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    toolchain.find_uv.cache_clear()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FepError, match=r"uv is not installed; nothing was run.*pip install uv"):
        toolchain.find_uv()
    (tmp_path / "uv").write_text("", "utf-8")
    assert toolchain.find_uv() == str(tmp_path / "uv")
    toolchain.find_uv.cache_clear()


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
