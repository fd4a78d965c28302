"""The files of a release: what is in them, and that they work where nothing else is installed."""

from __future__ import annotations

import email
import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flit_core import buildapi

import fep_tools

ROOT = Path(__file__).parents[2]
INFO = f"fep_tools-{fep_tools.__version__}.dist-info"
TOP = f"fep_tools-{fep_tools.__version__}"
MINORS = (11, 12, 13, 14)


def committed(directory: str) -> set[str]:
    """Return the paths of the committed files, relative to *directory*."""
    command = ["git", "ls-files", "-z", directory]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {os.path.relpath(name, directory) for name in names.split("\0") if name}


def build(source: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, bytes]:
    """Build a wheel and an sdist as ``make dist`` does, and return them."""
    monkeypatch.chdir(source)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    target.mkdir()
    names = buildapi.build_wheel(str(target)), buildapi.build_sdist(str(target))
    wheel, sdist = (target.joinpath(name).read_bytes() for name in names)
    return wheel, sdist


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a copy of the committed files that a release is made from."""
    copy = tmp_path / "sources"
    for name in ("LICENSE.txt", "README.rst", "pyproject.toml", *committed(".")):
        if not name.startswith(("src/", "LICENSE", "README", "pyproject")):
            continue
        copy.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name)
    return copy


def test_same_sources_give_the_same_bytes(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither times and modes of files nor what Python leaves behind change a release."""
    first = build(sources, tmp_path / "first", monkeypatch)
    for path in sources.rglob("*"):
        os.utime(path, (10**9, 10**9))
        path.chmod(0o755 if path.is_dir() else 0o600)
    leftover = sources / "src" / "fep_tools" / "__pycache__" / "errors.cpython-311.pyc"
    leftover.parent.mkdir()
    leftover.write_bytes(b"compiled")
    assert build(sources, tmp_path / "second", monkeypatch) == first


def test_release_has_the_committed_files_of_the_package_and_nothing_else(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel, sdist = build(sources, tmp_path / "release", monkeypatch)
    package = {f"fep_tools/{name}" for name in committed("src/fep_tools")}
    metadata = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE.txt"}
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        names = archive.namelist()
        about = email.message_from_bytes(archive.read(f"{INFO}/METADATA"))
    assert sorted(names) == sorted(package | {f"{INFO}/{name}" for name in metadata})
    with tarfile.open(fileobj=io.BytesIO(sdist)) as archive:
        members = archive.getmembers()
    assert all(member.isfile() for member in members)
    top = {"LICENSE.txt", "README.rst", "pyproject.toml", "PKG-INFO"}
    expected = {f"src/{name}" for name in package} | top
    assert {member.name for member in members} == {f"{TOP}/{name}" for name in expected}
    assert (about["Version"], about["License-Expression"]) == (
        fep_tools.__version__,
        "BSD-3-Clause",
    )
    assert about["Requires-Python"] == f">=3.{MINORS[0]}"


def interpreter(minor: int) -> Path:
    """Return a working interpreter of Python 3.*minor*, or skip the test."""
    here = Path(sys.executable)
    if sys.version_info[:2] == (3, minor):
        return here
    for directory in os.environ["PATH"].split(os.pathsep):
        found = shutil.which(f"python3.{minor}", path=directory)
        # A shim of a version manager can be there without the version.
        if found and not subprocess.run([found, "-c", ""], capture_output=True).returncode:
            return Path(found)
    pytest.skip(f"Python 3.{minor} is not installed")


@pytest.mark.frameworks
@pytest.mark.skipif(not os.environ.get("FEP_FRAMEWORKS"), reason="FEP_FRAMEWORKS is not set")
@pytest.mark.parametrize(
    ("minor", "lowest"), [(11, True), *((minor, False) for minor in MINORS)], ids=str
)
def test_wheel_alone_runs_a_new_repository(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, minor: int, *, lowest: bool
) -> None:
    """Install the wheel with the newest, or the lowest, dependencies; use it as the README does."""
    python = interpreter(minor)
    release, environment = tmp_path / "release", tmp_path / "environment"
    build(sources, release, monkeypatch)
    (wheel,) = release.glob("*.whl")
    uv = [sys.executable, "-m", "uv"]
    install = [*uv, "pip", "install", "--quiet", "--python", environment / "bin" / "python"]
    repository = tmp_path / "repository"
    repository.mkdir()
    run = runner(repository)
    run(*uv, "venv", "--quiet", "--python", python, environment)
    if lowest:
        locked = ROOT / "requirements" / "lowest.txt"
        run(*install, "--require-hashes", "--no-deps", "-r", locked)
    run(*install, *(["--no-deps"] if lowest else []), wheel)

    fep = environment / "bin" / "fep"
    assert run(fep, "--version") == f"fep {fep_tools.__version__}\n"
    run("git", "init", "--quiet", ".")
    run(fep, "init", "--acronym", "TIP", "--name", "Team Improvement Proposal")
    run("git", "add", "--all")
    run("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "Begin")
    run(fep, "new", "Typed views")
    assert "no findings" in run(fep, "check", "--strict", "proposals/tip-0001.rst")
    assert "TIP 1" in run(fep, "log", "--all")
    assert "Typed views" in run(fep, "list")
    assert '"number": 2' in run(fep, "export", "json")
    run(fep, "build", "--strict", "--output", tmp_path / "site")
    assert "Typed views" in tmp_path.joinpath("site", "index.html").read_text("utf-8")


def runner(directory: Path) -> Callable[..., str]:
    """Return a function that runs a command in *directory*; a warning of our code is an error."""
    environment = {**os.environ, "PYTHONWARNINGS": "error::DeprecationWarning:fep_tools"}
    environment.pop("PYTHONPATH", None)

    def run(*command: str | Path) -> str:
        done = subprocess.run(
            command, cwd=directory, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        return done.stdout

    return run
