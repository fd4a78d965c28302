"""Virtual environments that hold the packages of a lock, and nothing else.

Each is a directory named by a digest of its content, made once and never changed. A directory
that has a record is complete, and using it needs no network.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from .._atomic import LEFTOVER_SECONDS
from .._pins import parse_pins
from . import toolchain

_RECORD = "fep.json"
"""The last file that is written: the directories of the base interpreter."""

_NEW = "new-"
"""The beginning of the name of an environment that is being made."""

_PARTS = ("bin", "lib", "lib64", "share/zoneinfo")
"""What an interpreter needs of its directory, which may be ``~/.local`` or even all of a home."""

_COMPILE = """\
import compileall, contextlib, sys
with contextlib.suppress(ImportError, ValueError):  # a system without such a limit
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
compileall.compile_dir(sys.argv[1], quiet=2, workers=0)
"""


@dataclass(frozen=True)
class Environment:
    """A Python with its packages, and every directory that it has to be able to read.

    :param base: the interpreter that it was made from, which no package can replace
    """

    python: Path
    readable: tuple[Path, ...]
    base: Path


def build(lock: str, version: str, store: Path) -> Environment:
    """Return the environment of *lock* on Python *version*, built first if *store* lacks it.

    :param store: the directory that holds all environments.
    :raises EnvironmentUnavailable: if Python or a package is missing.
    :raises FepError: if *lock* holds anything but pinned packages, or uv is not installed.
    """
    pins = parse_pins(lock)
    base = toolchain.find_python(version)
    directory = _directory(lock, base, store)
    if not is_built(lock, version, store):
        _build_directory(directory, base, pins)
    prefixes = json.loads((directory / _RECORD).read_text("utf-8"))
    parts = [Path(prefix, part) for prefix in prefixes for part in _PARTS]
    readable = (directory, *(part for part in parts if os.path.lexists(part)))
    return Environment(directory / "bin" / "python", readable, base)


def is_built(lock: str, version: str, store: Path) -> bool:
    """Return whether *store* has the environment already."""
    return (_directory(lock, toolchain.find_python(version), store) / _RECORD).is_file()


def _directory(lock: str, base: Path, store: Path) -> Path:
    return store / sha256(f"{base}\0{lock}".encode()).hexdigest()[:32]


def _build_directory(directory: Path, base: Path, pins: list[str]) -> None:
    """Build beside *directory*, then rename. If two processes do so at once, the first wins."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(directory.parent)
    temporary = Path(mkdtemp(prefix=_NEW, dir=directory.parent))
    try:
        temporary.chmod(0o755)  # mkdtemp's 0700 would hide it from the sandbox's user
        _install(temporary, base, pins)
        try:
            (temporary / _RECORD).write_text(_prefixes(base), "utf-8")
        except OSError as problem:  # a package may have brought a directory of that name
            raise toolchain.EnvironmentUnavailable(f"{_RECORD}: {problem.strerror}") from None
        with suppress(OSError):
            os.rename(temporary, directory)  # fails if another process has been faster
        if not (directory / _RECORD).is_file():  # what is there was deleted in part
            shutil.rmtree(directory, ignore_errors=True)
            with suppress(OSError):
                os.rename(temporary, directory)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _remove_leftovers(store: Path) -> None:
    """Delete what processes that were killed have left in *store*, up to 100 MB each."""
    for path in store.glob(f"{_NEW}*"):
        with suppress(OSError):
            # The three programs that make an environment have half an hour together.
            if time.time() - path.stat().st_mtime > LEFTOVER_SECONDS:
                shutil.rmtree(path, ignore_errors=True)


def _install(directory: Path, base: Path, pins: list[str]) -> None:
    """Make a virtual environment in *directory*, and install *pins* from wheels only."""
    lock = directory / "lock.txt"
    lock.write_text("".join(f"{pin}\n" for pin in pins), "utf-8")
    uv = toolchain.find_uv()
    venv = (uv, "venv", "--quiet", "--no-project", "--allow-existing", "--python", base)
    toolchain.run_tool([*venv, directory])
    sync = (uv, "pip", "sync", "--quiet", "--python", directory / "bin" / "python")
    # Copied, since a snippet could change files that are linked to uv's cache.
    files = ("--link-mode", "copy", "--no-compile-bytecode")
    strict = ("--require-hashes", "--only-binary", ":all:")
    toolchain.run_tool([*sync, *files, *strict, lock])
    compile_modules(directory, base)


def compile_modules(directory: Path, base: Path, memory: int = 2 * 1024**3) -> None:
    """Compile all modules in *directory*.

    uv would do so with the interpreter of the environment, which first runs code of packages
    (``*.pth``, ``sitecustomize.py``), here outside of any sandbox. With ``-S``, *base* does not.

    :param memory: bytes that Python may use. A module that needs more stays as it is: for 10 MB of
        "x=[1,1,1", which are 10 kB in a wheel, it would be 4 GB.
    """
    toolchain.run_tool([base, "-I", "-S", "-c", _COMPILE, directory, str(memory)])


def _prefixes(base: Path) -> str:
    """Return the directories of interpreter *base* itself, as JSON."""
    code = "import json, sys; print(json.dumps(sorted({sys.base_prefix, sys.base_exec_prefix})))"
    return toolchain.run_tool([base, "-I", "-S", "-c", code])
