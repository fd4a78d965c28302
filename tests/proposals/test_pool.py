"""Bodies read apart: whatever happens to a worker is about one body alone."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing import active_children

import pytest

from fep_tools.proposals.body import Body, Vocabulary
from fep_tools.proposals.pool import read_bodies, Reader, ReaderLimits

FEP = Vocabulary("fep")
GOOD = "Title\n=====\n\nText.\n"
NESTED = "".join(f"{'  ' * depth}* item\n\n" for depth in range(1000))
SLOW = "".join(f".. _t: http://example.org/{number}\n" for number in range(30_000))
LARGE = "=== ===\n" + "a   b\n" * 40_000 + "=== ===\n"
BOMB = "".join(f".. |a{n}| replace:: {f'|a{n + 1}| ' * 8}\n" for n in range(30))
BOMB += f".. |a30| replace:: {'x' * 1000}\n\n|a0|\n"


def bodies(*texts: str, jobs: int = 1, limits: ReaderLimits | None = None) -> list[Body]:
    found = dict(read_bodies(texts, FEP, jobs, limits))
    assert sorted(found) == list(range(len(texts)))
    return [found[at] for at in range(len(texts))]


def told(body: Body) -> list[str]:
    return [problem.message for problem in body.problems]


def is_good(body: Body) -> bool:
    return [heading.title for heading in body.headings] == ["Title"] and not body.problems


def test_nothing_needs_no_worker() -> None:
    assert list(read_bodies([], FEP)) == []


def test_each_text_has_its_own_facts() -> None:
    texts = [f"Title {number}\n=========\n\nx\n" for number in range(20)]
    found = bodies(*texts, jobs=2)
    assert [body.headings[0].title for body in found] == [f"Title {n}" for n in range(20)]


def test_no_worker_is_left_behind() -> None:
    before = set(active_children())
    bodies(*[GOOD] * 10, jobs=2)
    assert set(active_children()) <= before


def test_a_reader_that_goes_away_leaves_none_either() -> None:
    before = set(active_children())
    reading = read_bodies([GOOD] * 10, FEP, 1)
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert set(active_children()) <= before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (NESTED, "is nested too deeply to be read"),
        ("* " * 120 + "x\n", "is nested too deeply to be read"),
        (".. |a| replace:: |a| |b|\n", "cannot be read: docutils fails with KeyError"),
        ("9" * 4301 + ". x\n", "cannot be read: docutils fails with ValueError"),
    ],
)
def test_a_hostile_text_is_one_problem_and_spoils_nothing(text: str, message: str) -> None:
    first, hostile, last = bodies(GOOD, text, GOOD)
    assert told(hostile) == [message]
    assert is_good(first)
    assert is_good(last)


@pytest.mark.parametrize("text", [SLOW, LARGE, BOMB], ids=["targets", "table", "substitutions"])
def test_a_text_that_takes_too_long_is_given_up(text: str) -> None:
    start = time.monotonic()
    first, slow, last = bodies(GOOD, text, GOOD, limits=ReaderLimits(seconds=0.5))
    assert told(slow) == ["takes too long to be read"]
    assert is_good(first)
    assert is_good(last)
    assert time.monotonic() - start < 30


def test_the_time_of_a_body_begins_when_it_is_read() -> None:
    """A worker takes longer to start than this limit allows for a body."""
    assert all(map(is_good, bodies(GOOD, GOOD, limits=ReaderLimits(seconds=0.1))))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")
def test_a_worker_that_is_killed_is_replaced() -> None:
    before = set(active_children())
    reading = read_bodies([GOOD, SLOW, GOOD], FEP, 1)
    found = [next(reading)]
    (worker,) = set(active_children()) - before
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    found += reading
    good, killed, last = (body for _at, body in sorted(found, key=lambda pair: pair[0]))
    assert told(killed) == ["cannot be read: the parser needs too much memory or time"]
    assert is_good(good)
    assert is_good(last)


def test_a_text_that_needs_too_much_memory_is_given_up() -> None:
    pytest.importorskip("resource")
    limits = ReaderLimits(seconds=60, memory=128 * 1024 * 1024)
    text = "\n".join(f"| *{number}*" for number in range(60_000)) + "\n"
    large, good = bodies(text, GOOD, limits=limits)
    assert told(large) != []
    assert is_good(good)


def test_workers_that_cannot_even_start_are_told_for_each_body(
    capfd: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("resource")
    found = bodies(GOOD, GOOD, limits=ReaderLimits(memory=16 * 1024 * 1024))
    assert [told(body) for body in found] == [
        ["cannot be read: the parser needs too much memory or time"]
    ] * 2
    assert capfd.readouterr().err == ""


def test_lone_surrogates_go_there_and_back() -> None:
    (body,) = bodies("\udcff title\n==========\n\nx\n")
    assert body.headings[0].title == "\udcff title"


def test_a_reader_keeps_its_worker_until_it_is_stopped() -> None:
    reader = Reader(FEP)
    try:
        assert is_good(reader.read(GOOD))
        (worker,) = active_children()
        assert is_good(reader.read(GOOD))
        assert [child.pid for child in active_children()] == [worker.pid]
        reader.stop()
        assert active_children() == []
        assert is_good(reader.read(GOOD))
    finally:
        reader.stop()


def test_a_reader_goes_on_after_a_body_that_takes_too_long() -> None:
    reader = Reader(FEP, ReaderLimits(seconds=0.2))
    try:
        assert told(reader.read(SLOW)) == ["takes too long to be read"]
        assert is_good(reader.read(GOOD))
    finally:
        reader.stop()
