"""What was found out about a content is remembered under that content.

One sqlite file in ``.fep_cache/``. A key is made of everything that its value depends on, so
an entry can never go stale, and the folder may be deleted at any time. Nothing that is read
from it can run: values are JSON. Where it cannot be used, the work is done again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from . import __version__
from ._hashing import blake2b

FOLDER = ".fep_cache"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# https://bford.info/cachedir/\n"


def key(*parts: str | bytes) -> bytes:
    """Sixteen bytes that stand for *parts*, each with its length."""
    digest = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.digest()


_JUDGING = (
    "cli/render",
    "history",
    "lint",
    "lint/reporters",
    "notes",
    "process",
    "proposals",
    "proposals/fields",
    "proposals/rst",
)
"""The packages whose code decides what is remembered."""


@cache
def tool() -> str:
    """This tool as it is on disk: its version, and its modules' sizes and times."""
    package = Path(__file__).parent
    folders = [package, *(package / name for name in _JUDGING)]
    files = [
        (entry.name, entry.stat())
        for folder in (*folders, *(package / "lint" / "rules").iterdir())
        if folder.is_dir()
        for entry in os.scandir(folder)
        if entry.name.endswith(".py")
    ]
    entries = sorted(f"{name} {file.st_size} {file.st_mtime_ns}" for name, file in files)
    return f"{__version__} {entries}"


class Cache:
    """Text under keys; ``Cache(None)`` remembers nothing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._file = folder / "facts.sqlite3" if folder else None

    def get(self, keys: Iterable[bytes]) -> dict[bytes, str]:
        """What is remembered under those of *keys* that are known."""
        found: dict[bytes, str] = {}
        if self._file is None or not self._file.is_file():
            return found
        wanted = list(keys)
        try:
            with closing(self._connect()) as database:
                for start in range(0, len(wanted), 500):
                    some = wanted[start : start + 500]
                    holes = ",".join("?" * len(some))
                    rows = f"SELECT key, value FROM facts WHERE key IN ({holes})"  # noqa: S608
                    found.update(database.execute(rows, some))
        except sqlite3.Error as problem:
            self._discard(problem)
            return {}
        return found

    def put(self, values: Mapping[bytes, str]) -> None:
        """Remember *values*; a cache that cannot be written is no reason to stop."""
        if self._file is None or not values:
            return
        with suppress(OSError):
            self._prepare(self._file.parent)
            try:
                self._write(values)
            except sqlite3.Error as problem:
                self._discard(problem)

    def _write(self, values: Mapping[bytes, str]) -> None:
        with closing(self._connect()) as database, database:
            database.execute("CREATE TABLE IF NOT EXISTS facts (key BLOB PRIMARY KEY, value TEXT)")
            database.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", values.items())

    def _connect(self) -> sqlite3.Connection:
        """The database; raises :class:`sqlite3.DatabaseError` where it is none of ours."""
        if self._file is None or self._file.is_symlink():
            raise sqlite3.OperationalError("not a file of ours")
        database = sqlite3.connect(self._file, timeout=5.0)
        database.execute("PRAGMA trusted_schema = OFF")
        kinds = {row[0] for row in database.execute("SELECT type FROM sqlite_master")}
        if kinds - {"table", "index"}:
            database.close()
            raise sqlite3.DatabaseError("holds more than facts")
        return database

    def _discard(self, problem: sqlite3.Error) -> None:
        """Throw away a file that is no database; one that is busy, empty or read-only stays."""
        if self._file is not None and not isinstance(problem, sqlite3.OperationalError):
            with suppress(OSError):
                self._file.unlink()

    @staticmethod
    def _prepare(folder: Path) -> None:
        if folder.is_symlink():
            raise OSError
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
            with suppress(FileExistsError), (folder / name).open("x", encoding="utf-8") as file:
                file.write(text)
