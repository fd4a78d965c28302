"""Which programs make environments, and what they do not read."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

import pytest

from fep_tools.errors import FepError
from fep_tools.sandbox import toolchain

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


def test_a_missing_python_is_named() -> None:
    with pytest.raises(
        toolchain.EnvironmentUnavailable, match=r"^Python 3\.99 is not installed$"
    ) as error:
        toolchain.find_python("3.99")
    assert error.value.is_portable


def test_no_error_has_the_value_of_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is reported may be published, and programs quote what they were given."""
    monkeypatch.setenv("TOKEN", 'S3cret"Text')
    monkeypatch.setenv("KEY", "-----BEGIN\nof a key")
    monkeypatch.setenv("SHORT", "cannot")
    code = "import sys; sys.exit('error: cannot read ' + sys.argv[1])"
    for text, shown in {
        "https://s3cret%22text.example/": "https://${TOKEN}.example/",
        "-----BEGIN\n  of a key": "${KEY}",
        "-----BEGINof a key": "${KEY}",
    }.items():
        with pytest.raises(toolchain.EnvironmentUnavailable) as error:
            toolchain.run_tool([sys.executable, "-c", code, text])
        assert str(error.value) == f"error: cannot read {shown}"


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
    monkeypatch.setenv("UV_PROJECT", str(tmp_path))
    monkeypatch.setenv("UV_WORKING_DIR", str(tmp_path))
    code = (
        "import os; print(os.listdir(), [n for n in os.environ if n[:6] in ('UV_PRO', 'UV_WOR')])"
    )
    assert toolchain.run_tool([sys.executable, "-c", code]).strip() == "['pyproject.toml'] []"


@pytest.mark.parametrize("workspace", ["", '[tool.uv.workspace]\nmembers = ["*"]\n'])
def test_settings_above_the_directory_of_a_tool_are_not_read(
    workspace: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another user of the machine wrote them into ``/tmp``, to have a package built."""
    uv = toolchain.find_uv()
    sources = tmp_path / "sources"
    sources.mkdir()
    ran = tmp_path / "ran"
    files = {
        "PKG-INFO": "Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
        "pyproject.toml": (
            '[build-system]\nrequires = []\nbuild-backend = "b"\nbackend-path = ["."]\n'
        ),
        "b.py": f"open({str(ran)!r}, 'w').close()\n",
    }
    with tarfile.open(sources / "evil-1.tar.gz", "w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(f"evil-1/{name}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    (tmp_path / "pyproject.toml").write_text(
        f'[project]\nname = "a"\nversion = "1"\n{workspace}[tool.uv.pip]\nno-index = true\n'
        f'find-links = [{str(sources)!r}]\nno-binary = ["evil"]\n'
    )
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "requires.txt").write_text("evil\n")
    wheels = ("--only-binary", ":all:", "--python", sys.executable)
    with pytest.raises(toolchain.EnvironmentUnavailable):
        toolchain.run_tool([uv, "pip", "compile", *wheels, tmp_path / "requires.txt"])
    assert not ran.exists()
    (tmp_path / "pyproject.toml").rename(tmp_path / "other.toml")
    (tmp_path / "uv.toml").write_text("not TOML")
    assert toolchain.run_tool([uv, "cache", "dir"])


def test_an_older_uv_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It writes files outside of an environment."""
    program = tmp_path / "uv"
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    try:
        for version, problem in (
            ("uv 0.11.14 (x 2026-05-12)", "is not uv 0.11.15 or newer; nothing was run"),
            ("uv 0.9.30", "is not uv 0.11.15 or newer"),
            ("hello", "is not uv"),
            ("", "uv cannot be used; nothing was run"),
        ):
            toolchain.find_uv.cache_clear()
            program.write_text(f"#!/bin/sh\n[ '{version}' ] && echo '{version}'\n", "utf-8")
            program.chmod(0o755)
            with pytest.raises(FepError, match=problem):
                toolchain.find_uv()
    finally:
        toolchain.find_uv.cache_clear()


def test_a_program_of_the_current_directory_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Windows looks there first, and it may be an untrusted repository."""
    for name in ("uv", "python3.1"):
        (tmp_path / name).write_text("#!/bin/sh\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", ".")
    assert shutil.which("uv") == "./uv"
    assert toolchain._on_path("uv") is None
    assert Path("python3.1") not in list(toolchain._candidates("3.1"))


def test_missing_uv_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    toolchain.find_uv.cache_clear()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FepError, match=r"uv is not installed; nothing was run.*pip install uv"):
        toolchain.find_uv()
    (tmp_path / "uv").write_text("#!/bin/sh\necho uv 0.11.15\n", "utf-8")
    (tmp_path / "uv").chmod(0o755)
    assert toolchain.find_uv() == str(tmp_path / "uv")
    toolchain.find_uv.cache_clear()
