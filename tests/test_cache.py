"""The cache, and what happens if it cannot be used."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest

from fep_tools import _cache, lint
from fep_tools._cache import Cache, key, tool


def test_a_cache_is_new_until_something_is_stored(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.put({key("a"): "b"})
    assert cache.is_new
    assert not Cache(tmp_path / "cache").is_new
    assert Cache(None).is_new


def test_keys_depend_on_the_borders_of_parts() -> None:
    assert key("ab", "c") != key("a", "bc")
    assert key("a") == key(b"a")
    assert len(key("\ud800")) == 16


def test_get_returns_what_was_put(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    values = {key(str(n)): str(n) for n in range(1200)}
    cache.put(values)
    assert cache.get([*values, key("unknown")]) == values
    assert (tmp_path / "c" / ".gitignore").read_text("utf-8") == "*\n"


def test_without_a_directory_nothing_is_cached() -> None:
    cache = Cache(None)
    cache.put({b"k": "v"})
    assert cache.get([b"k"]) == {}


@pytest.mark.parametrize("content", [b"not a database", b"", b"SQLite format 3\0garbage" * 50])
def test_a_broken_file_is_replaced(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "facts.sqlite3"
    file.write_bytes(content)
    cache = Cache(tmp_path)
    assert cache.get([b"k"]) == {}
    cache.put({b"k": "v"})
    cache.put({b"k": "v"})
    assert cache.get([b"k"]) == {b"k": "v"}


def test_a_linked_directory_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "c").symlink_to(tmp_path / "elsewhere")
    Cache(tmp_path / "c").put({b"k": "v"})
    assert list((tmp_path / "elsewhere").iterdir()) == []
    (tmp_path / "elsewhere" / "facts.sqlite3").write_text("of another program", "utf-8")
    assert Cache(tmp_path / "c").get([b"k"]) == {}
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["facts.sqlite3"]


def test_a_directory_that_cannot_be_created_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("a file", "utf-8")
    cache = Cache(tmp_path / "c")
    cache.put({b"k": "v"})
    assert cache.get([b"k"]) == {}


def _put_many(folder: Path, start: int) -> None:
    cache = Cache(folder)
    for n in range(start, start + 20):
        cache.put({key(str(n)): str(n)})


def test_two_processes_can_write_at_once(tmp_path: Path) -> None:
    context = get_context("spawn")
    others = [context.Process(target=_put_many, args=(tmp_path, n)) for n in (0, 100)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    keys = [key(str(n)) for start in (0, 100) for n in range(start, start + 20)]
    assert len(Cache(tmp_path).get(keys)) == 40


def test_the_identity_of_the_code_covers_every_module_of_the_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scanned: set[Path] = set()
    scandir = os.scandir

    def record(path: Path) -> Iterator[os.DirEntry[str]]:
        scanned.add(Path(path))
        return scandir(path)

    rules = Path(lint.__file__).parent / "rules"
    expected = {path.parent for path in rules.rglob("*.py")}  # before: rglob scans, too
    monkeypatch.setattr(os, "scandir", record)
    tool.__wrapped__()
    assert expected <= scanned


@pytest.mark.parametrize("library", ["docutils", "pygments"])
def test_another_version_of_a_library_is_another_tool(
    library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What docutils 0.22 says about a text is not what docutils 0.21 said."""
    (tmp_path / library).mkdir()
    (tmp_path / library / "__init__.py").write_text("__version__ = '0.22'\n", "utf-8")
    before = tool.__wrapped__()
    assert tool.__wrapped__() == before
    monkeypatch.delitem(sys.modules, library, raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    other = tool.__wrapped__()
    assert other != before
    assert library not in sys.modules


def test_a_file_with_other_tables_is_replaced(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "facts.sqlite3")) as database, database:
        database.execute("CREATE TABLE facts (a, b, c)")
    cache = Cache(tmp_path)
    assert cache.get([b"k"]) == {}
    cache.put({b"k": "v"})
    assert cache.get([b"k"]) == {b"k": "v"}


@pytest.mark.parametrize(
    ("column", "index"),
    [
        (", c AS (zeroblob(10000000)) STORED", ""),
        ("", "CREATE INDEX i ON facts(zeroblob(10000000))"),
    ],
)
def test_a_prepared_file_decides_about_no_more_than_its_rows(
    tmp_path: Path, column: str, index: str
) -> None:
    """A pull request can bring one, which would fill the disk with each row that is written."""
    table = f"CREATE TABLE facts (key BLOB PRIMARY KEY, value TEXT{column})"
    with closing(sqlite3.connect(tmp_path / "facts.sqlite3")) as database, database:
        database.executescript(f"{table}; {index}")
    Cache(tmp_path).put({b"k": "v"})
    Cache(tmp_path).put({b"k": "v"})
    assert Cache(tmp_path).get([b"k"]) == {b"k": "v"}
    assert (tmp_path / "facts.sqlite3").stat().st_size < 100_000


def test_a_process_that_keeps_the_file_busy_is_waited_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cache(tmp_path).put({b"k": "v"})
    with closing(sqlite3.connect(tmp_path / "facts.sqlite3", isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(_cache, "BUSY_SECONDS", 0.05)
        cache = Cache(tmp_path)
        assert cache.get([b"k"]) == {}
        # Another attempt would be made here.
        monkeypatch.setattr(_cache, "BUSY_SECONDS", 600.0)
        assert cache.get([b"k"]) == {}
        cache.put({b"k": "w"})
    assert Cache(tmp_path).get([b"k"]) == {b"k": "v"}


@pytest.mark.parametrize("kind", ["directory", "file in place of the directory"])
def test_what_cannot_be_a_cache_is_left_alone(tmp_path: Path, kind: str) -> None:
    directory = tmp_path / "c"
    if kind == "directory":
        (directory / "facts.sqlite3").mkdir(parents=True)
    else:
        directory.touch()
    cache = Cache(directory)
    cache.put({b"k": "v"})
    assert cache.get([b"k"]) == {}
    assert directory.exists()
