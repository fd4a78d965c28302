"""What processes use, as ``/proc`` has it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fep_tools.sandbox import procstats


@pytest.mark.parametrize("name", ["14/task", "14/status"])
def test_a_process_that_ends_meanwhile_counts_as_one_without_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for pid, children in ((13, "14 15 "), (14, ""), (15, "")):
        (tmp_path / f"{pid}/task/{pid}").mkdir(parents=True)
        (tmp_path / f"{pid}/task/{pid}/children").write_text(children)
        (tmp_path / f"{pid}/status").write_text("RssAnon:\t       2 kB\n")
    monkeypatch.setattr(procstats, "_PROC", tmp_path)
    assert procstats.measure(13) == (3, 3 * 2048)
    (tmp_path / "14/status").unlink()

    # The directory is there when it is looked for, and is not when it is read.
    def ended(function: Callable[..., Any]) -> Callable[..., Any]:
        def read(path: Any, *arguments: Any) -> Any:
            if str(path).endswith(name):
                raise FileNotFoundError(path)
            return function(path, *arguments)

        return read

    for function in ("listdir", "scandir"):
        monkeypatch.setattr(os, function, ended(getattr(os, function)))
    assert procstats.measure(13) == (3, 2 * 2048)


def test_threads_count_after_the_first_one_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for thread in (13, 14, 15):
        (tmp_path / f"13/task/{thread}").mkdir(parents=True)
        (tmp_path / f"13/task/{thread}/children").write_text("")
        (tmp_path / f"13/task/{thread}/status").write_text("RssAnon:\t 2 kB\nRssFile:\t 9 kB\n")
    for path in ("13/status", "13/task/13/status"):
        (tmp_path / path).write_text("State:\tZ (zombie)\n")
    monkeypatch.setattr(procstats, "_PROC", tmp_path)
    assert procstats.measure(13) == (1, 2048)


@pytest.mark.parametrize(
    ("status", "kibibytes"),
    [
        ("RssAnon:\t 2 kB\nRssShmem:\t 3 kB\nVmPTE:\t 4 kB\n", 9),
        # Most of it is swapped out.
        ("RssAnon:\t 2 kB\nVmSwap:\t 900000 kB\n", 900002),
        # mmap with MAP_HUGETLB; the page is no part of VmRSS.
        ("VmRSS:\t 2 kB\nRssAnon:\t 2 kB\nHugetlbPages:\t 2048 kB\nCoreDumping:\t0\n", 2050),
        ("VmSize:\t 9 kB\nVmHWM:\t 9 kB\nVmRSS:\t 9 kB\nRssFile:\t 9 kB\nVmData:\t 9 kB\n", 0),
    ],
)
def test_memory_counts_wherever_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: str, kibibytes: int
) -> None:
    (tmp_path / "13/task/13").mkdir(parents=True)
    (tmp_path / "13/status").write_text(status)
    monkeypatch.setattr(procstats, "_PROC", tmp_path)
    assert procstats.measure(13) == (1, kibibytes * 1024)
