"""Worker processes: whatever happens to one is about one body alone."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, IO

import pytest

from fep_tools.proposals import pool
from fep_tools.proposals.body import Body
from fep_tools.proposals.pool import BodyReader, EarlyWorkers, read_bodies, WorkerLimits
from fep_tools.proposals.vocabulary import Vocabulary
from fep_tools.proposals.worker import send

FEP = Vocabulary("fep", roles=("pep",), banners=("note",))
GOOD = "Title\n=====\n\nText.\n"
NESTED = "".join(f"{'  ' * depth}* item\n\n" for depth in range(1000))
SLOW = "".join(f".. _t: http://example.org/{number}\n" for number in range(30_000))
LARGE = "=== ===\n" + "a   b\n" * 40_000 + "=== ===\n"
BOMB = "".join(f".. |a{n}| replace:: {f'|a{n + 1}| ' * 8}\n" for n in range(30))
BOMB += f".. |a30| replace:: {'x' * 1000}\n\n|a0|\n"

TOO_LONG = "takes too long to parse"
LIMITS = "cannot be parsed within the limits of time and memory"


class RecordedPopen(subprocess.Popen[bytes]):
    """A process that is remembered."""

    started: list[subprocess.Popen[bytes]] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.started.append(self)


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Every worker that the test has started."""
    monkeypatch.setattr(RecordedPopen, "started", [])
    monkeypatch.setattr(subprocess, "Popen", RecordedPopen)
    return RecordedPopen.started


def bodies(*texts: str, jobs: int = 1, limits: WorkerLimits | None = None) -> list[Body]:
    results = dict(read_bodies(texts, FEP, jobs, limits))
    assert sorted(results) == list(range(len(texts)))
    return [results[index] for index in range(len(texts))]


def messages(body: Body) -> list[str]:
    return [problem.message for problem in body.problems]


def is_good(body: Body) -> bool:
    return [heading.title for heading in body.headings] == ["Title"] and not body.problems


def test_no_text_starts_no_worker(workers: list[subprocess.Popen[bytes]]) -> None:
    assert list(read_bodies([], FEP)) == []
    assert workers == []


def test_each_text_gets_its_own_facts() -> None:
    texts = [f"Title {number}\n=========\n\nx\n" for number in range(20)]
    results = bodies(*texts, jobs=2)
    assert [body.headings[0].title for body in results] == [f"Title {n}" for n in range(20)]


def test_workers_know_the_vocabulary() -> None:
    (body,) = bodies(".. note::\n\n   See :pep:`8`.\n")
    assert [link.role for link in body.links] == ["pep"]
    assert [banner.name for banner in body.banners] == ["note"]


@pytest.mark.parametrize(
    ("texts", "jobs", "number"), [(1, 4, 1), (8, 4, 1), (9, 4, 2), (40, 2, 2), (17, 4, 3)]
)
def test_number_of_workers(
    workers: list[subprocess.Popen[bytes]], texts: int, jobs: int, number: int
) -> None:
    bodies(*[GOOD] * texts, jobs=jobs)
    assert len(workers) <= number
    assert workers


def test_no_worker_outlives_the_call(workers: list[subprocess.Popen[bytes]]) -> None:
    bodies(*[GOOD] * 10, jobs=2)
    assert all(worker.returncode is not None for worker in workers)


def test_no_worker_outlives_a_caller_that_stops_early(
    workers: list[subprocess.Popen[bytes]],
) -> None:
    reading = read_bodies([GOOD, *[SLOW] * 10], FEP, 1)
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    # A worker that has given up a slow text would have been followed by another one.
    assert [worker.returncode is not None for worker in workers] == [True]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (NESTED, "is nested too deeply to parse"),
        ("* " * 120 + "x\n", "is nested too deeply to parse"),
        (".. |a| replace:: |a| |b|\n", "cannot be parsed: docutils fails on it"),
        ("9" * 4301 + ". x\n", "cannot be parsed: docutils fails on it"),
    ],
)
def test_hostile_text_is_one_problem_and_affects_no_other(text: str, message: str) -> None:
    first, hostile, last = bodies(GOOD, text, GOOD)
    assert messages(hostile) == [message]
    assert is_good(first)
    assert is_good(last)


@pytest.mark.slow
@pytest.mark.parametrize("text", [SLOW, LARGE, BOMB], ids=["targets", "table", "substitutions"])
def test_slow_text_is_given_up(text: str) -> None:
    first, slow, last = bodies(GOOD, text, GOOD, limits=WorkerLimits(seconds=0.5))
    assert messages(slow) == [TOO_LONG]
    assert is_good(first)
    assert is_good(last)


def test_all_bodies_together_have_a_limit(
    workers: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is one of work, so that a busy machine parses as many of them."""
    monkeypatch.setattr(pool, "SECONDS_PER_BODY", 0)
    monkeypatch.setattr(pool, "SECONDS_OF_ALL", 0.2)
    first, slow, *others = bodies(GOOD, SLOW, GOOD, GOOD, limits=WorkerLimits(seconds=0.3))
    assert is_good(first)
    assert messages(slow) == [TOO_LONG]
    for body in others:
        assert messages(body) == ["is not parsed, since all texts together take too long"]
        assert body.is_unparsable
    assert len(workers) == 1
    monkeypatch.setattr(pool, "SECONDS_OF_ALL", 0)
    enough = dict(read_bodies([GOOD, GOOD], FEP, 1))
    assert is_good(enough[0])  # it is known how long it has taken when the next one begins
    assert enough[1].is_unparsable


@pytest.mark.slow
def test_starting_a_worker_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_PROGRAM", f"import time; time.sleep(3); {pool._PROGRAM}")
    assert all(map(is_good, bodies(GOOD, GOOD, limits=WorkerLimits(seconds=2.5))))


@pytest.mark.slow
@pytest.mark.skipif(not pool.HAS_TIMER, reason="the system does not count processor time")
def test_waiting_for_a_processor_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine, a body takes longer by the clock, and its facts are the same."""
    delay = (
        "import time; from fep_tools.proposals.rst import parser; "
        "parse = parser.parse_body_safely; "
        "parser.parse_body_safely = lambda *text: time.sleep(3) or parse(*text); main("
    )
    monkeypatch.setattr(pool, "_PROGRAM", pool._PROGRAM.replace("main(", delay, 1))
    assert all(map(is_good, bodies(GOOD, limits=WorkerLimits(seconds=2))))


def test_a_worker_that_waits_forever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    delay = (
        "import time; from fep_tools.proposals.rst import parser; "
        "parser.parse_body_safely = lambda *text: time.sleep(60); main("
    )
    monkeypatch.setattr(pool, "_PROGRAM", pool._PROGRAM.replace("main(", delay, 1))
    (body,) = bodies(GOOD, limits=WorkerLimits(seconds=0.1))
    assert messages(body) == [TOO_LONG]


def test_a_worker_that_has_failed_is_replaced(workers: list[subprocess.Popen[bytes]]) -> None:
    failure, good, _good = bodies(NESTED, GOOD, GOOD)
    assert messages(failure) == ["is nested too deeply to parse"]
    assert is_good(good)
    assert len(workers) == 2


def test_a_worker_that_does_not_start_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "START_SECONDS", 0.2)
    monkeypatch.setattr(pool, "_PROGRAM", "import time; time.sleep(60)")
    # More than a pipe holds: nothing may wait for a worker that does not read.
    assert messages(BodyReader(FEP).read("x" * 1_000_000)) == [TOO_LONG]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")
def test_a_killed_worker_is_replaced(
    workers: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def send_and_kill(stream: IO[bytes], text: str) -> None:
        send(stream, text)
        if json.dumps(SLOW) in text:
            os.kill(workers[0].pid, signal.SIGKILL)

    monkeypatch.setattr(pool, "send", send_and_kill)
    good, killed, last = bodies(GOOD, SLOW, GOOD)
    assert len(workers) == 2
    assert messages(killed) == [LIMITS]
    assert is_good(good)
    assert is_good(last)


@pytest.mark.slow
def test_memory_is_limited() -> None:
    pytest.importorskip("resource")
    limits = WorkerLimits(seconds=60, memory=128 * 1024 * 1024)
    text = "\n".join(f"| *{number}*" for number in range(60_000)) + "\n"
    large, good = bodies(text, GOOD, limits=limits)
    assert messages(large) != []
    assert is_good(good)


def test_workers_that_cannot_start_are_a_problem_of_each_body(
    capfd: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("resource")
    results = bodies(GOOD, GOOD, limits=WorkerLimits(memory=16 * 1024 * 1024))
    assert [messages(body) for body in results] == [[LIMITS]] * 2
    assert capfd.readouterr().err == ""


def test_lone_surrogates_are_kept() -> None:
    (body,) = bodies("\udcff title\n==========\n\nx\n")
    assert body.headings[0].title == "\udcff title"


def test_a_reader_keeps_its_worker_until_it_is_stopped(
    workers: list[subprocess.Popen[bytes]],
) -> None:
    reader = BodyReader(FEP)
    try:
        assert is_good(reader.read(GOOD))
        assert is_good(reader.read(GOOD))
        assert len(workers) == 1
        reader.stop()
        assert workers[0].returncode is not None
        assert is_good(reader.read(GOOD))
        assert len(workers) == 2
    finally:
        reader.stop()


def test_a_reader_goes_on_after_a_slow_body() -> None:
    reader = BodyReader(FEP, WorkerLimits(seconds=0.2))
    try:
        assert messages(reader.read(SLOW)) == [TOO_LONG]
        assert is_good(reader.read(GOOD))
    finally:
        reader.stop()


start_early = EarlyWorkers.start  # the tests of everything else start none
"""Starts workers before it is known what they parse."""


def test_early_workers_parse(workers: list[subprocess.Popen[bytes]]) -> None:
    with EarlyWorkers() as early:
        start_early(early, bodies=20, jobs=2)
        assert len(workers) == 2
        results = dict(read_bodies([GOOD] * 20, FEP, 2, early=early))
        assert all(map(is_good, results.values()))
        assert len(results) == 20
        # There are as many as needed, and a later text gets a new one.
        assert is_good(dict(read_bodies([GOOD], FEP, early=early))[0])
    assert len(workers) == 3
    assert all(worker.returncode is not None for worker in workers)


def test_early_workers_that_are_not_needed_are_ended(
    workers: list[subprocess.Popen[bytes]],
) -> None:
    with EarlyWorkers() as early:
        start_early(early, bodies=1)
    (worker,) = workers
    assert worker.returncode is not None
    assert worker.stdin is not None
    assert worker.stdin.closed


def test_an_early_worker_that_has_ended_is_replaced(
    workers: list[subprocess.Popen[bytes]],
) -> None:
    with EarlyWorkers() as early:
        start_early(early, bodies=1)
        workers[0].kill()
        workers[0].wait()
        assert is_good(dict(read_bodies([GOOD], FEP, early=early))[0])
    assert len(workers) == 2


@pytest.mark.skipif(not hasattr(os, "getpgid"), reason="the system has no groups of processes")
def test_ctrl_c_reaches_no_worker(workers: list[subprocess.Popen[bytes]]) -> None:
    """One that is still starting would print a traceback."""
    with EarlyWorkers() as early:
        start_early(early, bodies=1)
        assert [os.getpgid(worker.pid) for worker in workers] == [workers[0].pid]


def test_a_system_without_processes_to_spare(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError("Resource temporarily unavailable")

    with EarlyWorkers() as early:
        monkeypatch.setattr(subprocess, "Popen", refuse)
        start_early(early, bodies=1)
        assert early.take() is None


# Callers -----------------------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
BROKEN = "FEP: 1\nTitle: Typed views\nStatus: Draft\nType: Standard\nCreated: 2026-01-05\n\n*x\n"
SCRIPT = """
import json
from pathlib import Path
from fep_tools import Repository

print("script runs")
result = Repository.open(Path({root!r})).check()
print(json.dumps([[d.code, d.path, d.span.line, d.message] for d in result.diagnostics]))
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with mistakes, and with a module that hides one of Python's own."""
    shutil.copytree(ROOT / "fep", tmp_path / "fep")
    (tmp_path / "proposals").mkdir()
    (tmp_path / "proposals" / "fep-0001.rst").write_text(BROKEN, "utf-8")
    for module in ("multiprocessing", "docutils", "struct"):
        (tmp_path / f"{module}.py").write_text("open('canary', 'w')\n", "utf-8")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("how", ["file without a guard", "standard input", "-c"])
def test_scripts_report_what_the_command_reports(root: Path, tmp_path: Path, how: str) -> None:
    script = SCRIPT.format(root=str(root))
    file = tmp_path.parent / f"{tmp_path.name}-script.py"
    file.write_text(script, "utf-8")
    arguments = {"file without a guard": [str(file)], "standard input": ["-"], "-c": ["-c", script]}
    completed = subprocess.run(
        [sys.executable, "-P", *arguments[how]],
        input=script,
        cwd=root,
        capture_output=True,
        text=True,
    )
    assert completed.stderr == ""
    greeting, answer = completed.stdout.splitlines()
    assert greeting == "script runs"  # once
    check = [sys.executable, "-P", "-c", "from fep_tools.cli.main import main; main()", "check"]
    command = subprocess.run(
        [*check, "--no-cache", "--format=json"], cwd=root, capture_output=True, text=True
    )
    expected = json.loads(command.stdout)["diagnostics"]
    assert json.loads(answer) == [[d["code"], d["path"], d["line"], d["message"]] for d in expected]
    assert "B001" in {d["code"] for d in expected}
    assert not (root / "canary").exists()


def test_the_package_is_found_where_the_caller_found_it(tmp_path: Path) -> None:
    """A script may extend ``sys.path``; its workers find the package too."""
    program = pool._PROGRAM.partition("from fep_tools")[0] + "print(sys.path[-1])"
    run = [sys.executable, "-P", "-c", program, pool._ROOT, "0"]
    output = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert output.strip() == str(ROOT / "src")
