"""A content-addressed cache in one SQLite file.

A key is made of everything that its value depends on, so an entry never becomes stale, and the
directory may be deleted at any time. Values are JSON: nothing that is read from the cache can run
(see docs/security.rst, *sec-cache*). If the file cannot be used, the work is done again.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ._text import digest
from ._version import __version__

CACHE_DIRECTORY = ".fep_cache"

MAX_KEYS_PER_QUERY = 500
"""SQLite before 3.32 allows 999 parameters in a statement."""

BUSY_SECONDS = 2.0
"""How long to wait for another process that is writing to the cache."""

_TABLE = "facts (key BLOB PRIMARY KEY, value TEXT)"

# The end of a journal that names a "super-journal"; see pager.c and _refuse_journals.
_SUPER_JOURNAL_MARK = bytes.fromhex("d9d505f920a163d7")

# https://bford.info/cachedir/: backup programs skip a directory with this file.
_CACHEDIR_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# https://bford.info/cachedir/\n"


def key(*parts: str | bytes) -> bytes:
    """Return the key for *parts*, of 16 bytes."""
    data = bytearray()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        # Without the lengths, ("ab", "c") and ("a", "bc") would have one key.
        data += len(encoded).to_bytes(8, "big") + encoded
    return digest(bytes(data), 16)


_CACHED_PACKAGES = (
    "catalog",
    "cli/commands",
    "cli/render",
    "editorial",
    "extensions",
    "history",
    "lint",
    "lint/reporters",
    "lint/rules",
    "notes",
    "process",
    "proposals",
    "proposals/fields",
    "proposals/rst",
    "repository",
)
"""The packages whose code determines cached values, besides the families in ``lint/rules``."""


_LIBRARIES = ("docutils", "markdown_it", "myst_parser", "packaging", "pydantic", "pygments")
"""The libraries that determine cached values, too. Another version changes their first module."""


@cache
def tool() -> str:
    """Return an identity of this version of the code: the sizes and times of its modules."""
    package = Path(__file__).parent
    directories = [package, *(package / name for name in _CACHED_PACKAGES)]
    files = [
        (entry.name, entry.stat())
        for directory in (*directories, *(package / "lint" / "rules").iterdir())
        if directory.is_dir()
        for entry in os.scandir(directory)
        if entry.name.endswith(".py")
    ]
    for name in _LIBRARIES:
        spec = find_spec(name)  # found, and not imported
        if spec is not None and spec.origin is not None:
            files.append((spec.origin, Path(spec.origin).stat()))
    entries = sorted(f"{name} {file.st_size} {file.st_mtime_ns}" for name, file in files)
    return f"{__version__} {sys.version} {entries}"


class Cache:
    """Texts by key; ``Cache(None)`` stores nothing.

    :ivar is_new: True if nothing was stored before.
    """

    def __init__(self, directory: Path | None) -> None:
        self.directory = directory
        self._file = directory / "facts.sqlite3" if directory else None
        self.is_new = self._file is None or not self._file.is_file()

    def get(self, keys: Iterable[bytes]) -> dict[bytes, str]:
        """Return the values of those of *keys* that are in the cache."""
        values: dict[bytes, str] = {}
        if self._file is None or not self._file.is_file():
            return values
        wanted = list(keys)
        try:
            with closing(self._connect()) as database:
                for start in range(0, len(wanted), MAX_KEYS_PER_QUERY):
                    batch = wanted[start : start + MAX_KEYS_PER_QUERY]
                    holes = ",".join("?" * len(batch))
                    query = f"SELECT key, value FROM facts WHERE key IN ({holes})"  # noqa: S608
                    values.update(database.execute(query, batch))
        except sqlite3.Error as problem:
            self._discard(problem)
            return {}
        # SQLite keeps values of any type in any column.
        return {name: value for name, value in values.items() if isinstance(value, str)}

    def put(self, values: Mapping[bytes, str]) -> None:
        """Add *values*; if the cache cannot be written, nothing happens."""
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
            database.execute(f"CREATE TABLE IF NOT EXISTS {_TABLE}")
            database.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", values.items())

    def _connect(self) -> sqlite3.Connection:
        """Open the database; :class:`sqlite3.DatabaseError` if it is not one of this class."""
        if self._file is None or self._file.is_symlink() or self._file.parent.is_symlink():
            raise sqlite3.OperationalError("not a file of this cache")
        self._refuse_journals()
        database = sqlite3.connect(self._file, timeout=BUSY_SECONDS)
        # A repository may come with a prepared file. Its triggers and virtual tables must not run,
        # nor an index of "zeroblob(1000000000)" that writes as much with every row.
        database.execute("PRAGMA trusted_schema = OFF")
        schema = {row[0] for row in database.execute("SELECT sql FROM sqlite_master")}
        if schema - {f"CREATE TABLE {_TABLE}", None}:  # the index of the primary key has no text
            database.close()
            raise sqlite3.DatabaseError("has another schema")
        return database

    def _refuse_journals(self) -> None:
        """Raise :class:`sqlite3.DatabaseError` for a journal that is not one of this class.

        A repository may come with a prepared journal. SQLite takes it for the rest of an
        interrupted write and reads it. If it names a "super-journal", which belongs to a write
        to several databases, SQLite deletes the file of that name, anywhere on the disk. See
        https://www.sqlite.org/atomiccommit.html#_multi_file_commit.
        """
        if any(map(os.path.lexists, self._beside("-wal", "-shm"))):  # this class uses no WAL
            raise sqlite3.DatabaseError("has the files of another mode")
        (journal,) = self._beside("-journal")
        with suppress(FileNotFoundError):
            is_regular = stat.S_ISREG(journal.lstat().st_mode)
            if not is_regular or _tail(journal) == _SUPER_JOURNAL_MARK:
                raise sqlite3.DatabaseError("has a journal of something else")

    def _beside(self, *suffixes: str) -> list[Path]:
        """Return the files that SQLite keeps beside the database."""
        return [Path(f"{self._file}{suffix}") for suffix in suffixes]

    def _discard(self, problem: sqlite3.Error) -> None:
        """Delete a file that is not a database of this class.

        A file that is read-only or busy is kept. Only a process that hangs keeps it busy for
        long, and waiting for it once is enough.
        """
        code = getattr(problem, "sqlite_errorcode", None)
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            self._file = None
        # SQLITE_ERROR: it has other tables or columns.
        is_other = code == sqlite3.SQLITE_ERROR or not isinstance(problem, sqlite3.OperationalError)
        if self._file is not None and is_other:
            for file in (self._file, *self._beside("-journal", "-wal", "-shm")):
                with suppress(OSError):
                    file.unlink()

    @staticmethod
    def _prepare(directory: Path) -> None:
        if directory.is_symlink():
            raise OSError
        directory.mkdir(parents=True, exist_ok=True)
        for name, text in (("CACHEDIR.TAG", _CACHEDIR_TAG), (".gitignore", "*\n")):
            with suppress(FileExistsError), (directory / name).open("x", encoding="utf-8") as file:
                file.write(text)


def _tail(path: Path) -> bytes:
    """Return the last bytes of a file, as many as :data:`_SUPER_JOURNAL_MARK` has."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - len(_SUPER_JOURNAL_MARK)))
        return file.read()
