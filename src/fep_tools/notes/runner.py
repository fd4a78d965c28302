"""Run snippets, evaluate the results, and update the results files.

Each snippet runs alone, in the environment of its framework. A result that still belongs to
the snippet, the environment and the harness is not computed again.
"""

from __future__ import annotations

import secrets
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import as_completed, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Event
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from .._files import Refusal
from ..errors import FepError
from ..sandbox import environments
from ..sandbox.isolation import Isolation
from ..sandbox.runner import run_program, RunLimits, RunResult
from ..sandbox.toolchain import EnvironmentUnavailable
from . import harness
from .frameworks import Framework, lock_path
from .model import MAX_SNIPPET_LENGTH, parse_checks, Snippet, SnippetCheck
from .results import (
    CheckRecord,
    EnvironmentRecord,
    harness_digest,
    MAX_VALUE_LENGTH,
    results_path,
    ResultsFile,
    ResultState,
    SnippetResult,
)
from .store import NoteStatus, NoteStore

Comparison = Literal["same", "new", "changed"]

_FORGED = "it wrote to the pipe that is reserved for the results of its checks"


# One snippet ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Execution:
    """The outcome of running a snippet once.

    :param checks: one record for each check of the snippet.
    :param reason: why it failed, ``None`` if it passed.
    :param stdout: the end of what it printed, for people.
    """

    checks: tuple[CheckRecord, ...]
    reason: str | None
    stdout: str = ""


class HarnessMessage(BaseModel):
    """A message of the harness: the lines *attached* to checks, a check, an exception, the *end*.

    A snippet runs in the process of the harness, so it can send messages too, of any shape.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    attached: list[int] | None = None
    line: int | None = None
    got: str = Field("", max_length=MAX_VALUE_LENGTH)
    ok: bool = False
    raised: str | None = Field(None, max_length=MAX_VALUE_LENGTH)
    at: int | None = None
    end: bool = False


@cache
def harness_source() -> str:
    """Return the source of the harness, which environments do not have as a package."""
    return Path(harness.__file__).read_text("utf-8")


def run_snippet(
    text: str,
    environment: environments.Environment,
    isolation: Isolation,
    limits: RunLimits | None = None,
    interrupted: Event | None = None,
) -> Execution:
    """Run the snippet *text*. This returns within *limits*, whatever the snippet does.

    :param interrupted: stops the snippet as soon as it is set.
    """
    secret = secrets.token_hex(16)
    task = {"source": text, "secret": secret}
    result = run_program(harness_source(), task, environment, isolation, limits, interrupted)
    return evaluate(text, result, secret)


def evaluate(text: str, result: RunResult, secret: str) -> Execution:
    """Return the outcome of a run of *text* that ended with *result*."""
    planned = list(parse_checks(text))
    try:
        parsed = harness.parse_messages(result.pipe_output, secret)
        messages = [HarnessMessage.model_validate(message) for message in parsed]
    except (ValueError, RecursionError):
        return Execution(tuple(_check_records(planned, [])), _FORGED, result.stdout)
    checks = tuple(_check_records(planned, messages))
    reason = _abnormal_end(result, messages) or _failed_check(checks, messages)
    return Execution(checks, reason and reason[:MAX_VALUE_LENGTH], result.stdout)


def _check_records(
    planned: list[SnippetCheck], messages: list[HarnessMessage]
) -> Iterator[CheckRecord]:
    """Return a record for each check; in a loop, that of the first failure."""
    for line, expected in planned:
        own = [message for message in messages if message.line == line]
        first = next((m for m in own if not m.ok), own[0] if own else HarnessMessage())
        yield CheckRecord(line=line, expected=expected, got=first.got, ok=first.ok)


def _abnormal_end(result: RunResult, messages: list[HarnessMessage]) -> str | None:
    """Return why the snippet did not reach its end normally, ``None`` if it did."""
    if result.stop_reason:
        return result.stop_reason
    failed = next((message for message in messages if message.raised is not None), None)
    if failed is not None:
        line = f"line {failed.at}: " if failed.at else ""
        return f"{line}raised {failed.raised}"
    if not any(message.end for message in messages):
        return _early_end(result, started=bool(messages))
    return f"it exited with status {result.status} after its last line" if result.status else None


def _early_end(result: RunResult, *, started: bool) -> str:
    """Return what ended a program before its last line."""
    # A direct child has status -9; if bwrap is in between, it exits with 128 + 9.
    number = -result.status if result.status < 0 else result.status - 128
    if number == signal.SIGXCPU:
        return "it used too much processor time"
    if number > 0:
        return f"it was killed by signal {number}"
    if not started:
        last = result.stdout.strip().rpartition("\n")[2]
        return f"it did not start: {last}"
    return "it ended before its last line"


def _failed_check(checks: Sequence[CheckRecord], messages: list[HarnessMessage]) -> str | None:
    """Return why a snippet that reached its end does not pass, ``None`` if it does."""
    if not checks:
        return "it has no checks"
    attached = next((m.attached for m in messages if m.attached is not None), [])
    reached = {message.line for message in messages}
    for check in checks:
        if check.line not in attached:
            return f"line {check.line}: #> marks nothing that can be checked"
        if check.line not in reached:
            return f"line {check.line}: the check was not reached"
        if not check.ok:
            return f"line {check.line}: expected {check.expected}, got {check.got}"
    return None


# Many snippets -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """A snippet that can be run, with its *recorded* result and the *state* of that."""

    number: int
    path: str
    snippet: Snippet
    framework: Framework
    environment: EnvironmentRecord
    lock: str
    recorded: SnippetResult | None
    state: ResultState

    @property
    def is_due(self) -> bool:
        """True if there is no current result, passed or failed."""
        return self.state in (ResultState.NOT_RUN, ResultState.STALE, ResultState.UNAVAILABLE)


@dataclass(frozen=True)
class JobOutcome:
    """The result of a job; *stdout* is the end of what it printed, for people."""

    job: Job
    result: SnippetResult
    stdout: str = ""

    @property
    def comparison(self) -> Comparison:
        """The comparison of the result with the recorded one.

        It is ``new`` if the recorded result is stale: that was about something else.
        """
        recorded = self.job.recorded
        if recorded is None or self.job.state is not ResultState(recorded.state):
            return "new"
        return "same" if _signature(recorded) == _signature(self.result) else "changed"


def _signature(result: SnippetResult) -> tuple[object, ...]:
    """Return what two equal results have in common.

    A value that ``...`` stands for, or of a check that failed, may differ from run to run.
    """
    checks = (
        (c.line, c.expected, c.ok, c.got if c.ok and "..." not in c.expected else "")
        for c in result.checks
    )
    return (result.state, *checks)


def collect_jobs(
    statuses: Iterable[tuple[int, str, NoteStatus]], store: NoteStore
) -> tuple[list[Job], int]:
    """Return the snippets that can be run, and the number of those that cannot.

    A snippet cannot be run if its framework is unknown, its name or its length is not allowed,
    or another one has its name; ``fep check`` reports each of these.

    :param statuses: notes, each with the number and the path of its proposal.
    """
    jobs: dict[tuple[str, str], Job] = {}
    skipped = 0
    for number, path, status in statuses:
        framework = store.frameworks.by_key.get(status.note.framework)
        for one in status.snippets:
            snippet, key = one.snippet, (path, one.snippet.name)
            is_valid = snippet.is_named and len(snippet.text) <= MAX_SNIPPET_LENGTH
            if framework is None or not is_valid or key in jobs:
                skipped += 1
                continue
            lock, environment = _read_lock(store, framework), status.environment
            assert environment is not None
            jobs[key] = Job(
                number, path, snippet, framework, environment, lock, one.result, one.state
            )
    return list(jobs.values()), skipped


def _read_lock(store: NoteStore, framework: Framework) -> str:
    assert store.table is not None
    path = lock_path(store.table.frameworks, framework.key)
    data = store.files.get(path)
    if data is None:
        raise FepError(f"{path} is missing; run: fep notes lock {framework.key}")
    if isinstance(data, Refusal):
        raise FepError(f"{path}: {data.message}")
    return data.decode("utf-8", "replace")


def run_jobs(
    jobs: Sequence[Job],
    directory: Path,
    isolation: Isolation,
    workers: int,
    report: Callable[[str], None],
) -> Iterator[JobOutcome]:
    """Run *jobs*, *workers* at a time, and return their outcomes as they finish.

    :param directory: the directory of all environments; missing ones are built first.
    :param report: called with a line for people about each step.
    """
    per_framework = {job.framework.key: job for job in jobs}
    built = {key: _build(job, directory, report) for key, job in per_framework.items()}
    interrupted = Event()
    with ThreadPoolExecutor(max(1, workers)) as pool:
        try:
            running = {}
            for job in jobs:
                environment = built[job.framework.key]
                if isinstance(environment, str):
                    yield JobOutcome(job, _result(job, "unavailable", environment))
                    continue
                future = pool.submit(
                    run_snippet, job.snippet.text, environment, isolation, interrupted=interrupted
                )
                running[future] = job
            for future in as_completed(running):
                yield _outcome(running[future], future.result())
        finally:
            interrupted.set()  # after Ctrl+C, do not wait for snippets that are still running
            pool.shutdown(wait=False, cancel_futures=True)


def _build(
    job: Job, directory: Path, report: Callable[[str], None]
) -> environments.Environment | str:
    """Return the environment of *job*, or why it cannot be built."""
    try:
        if not environments.is_built(job.lock, job.framework.python, directory):
            report(f"building the environment of {job.framework.title}")
        return environments.build(job.lock, job.framework.python, directory)
    except EnvironmentUnavailable as problem:
        report(f"{job.framework.title}: {problem}")
        return str(problem) if problem.is_portable else "its packages cannot be installed"


def _outcome(job: Job, execution: Execution) -> JobOutcome:
    state: Literal["failed", "verified"] = "failed" if execution.reason else "verified"
    result = _result(job, state, execution.reason, execution.checks)
    return JobOutcome(job, result, execution.stdout)


def _result(
    job: Job,
    state: Literal["verified", "failed", "unavailable"],
    reason: str | None,
    checks: tuple[CheckRecord, ...] = (),
) -> SnippetResult:
    return SnippetResult(
        framework=job.framework.key,
        version=job.environment.version,
        python=job.environment.python,
        snippet=job.snippet.digest,
        environment=job.environment.digest,
        harness=harness_digest(),
        state=state,
        reason=reason and reason[:MAX_VALUE_LENGTH],
        checks=checks,
    )


# Files of results ----------------------------------------------------------------------------


def update_results(
    jobs: Iterable[Job], outcomes: Iterable[JobOutcome], store: NoteStore
) -> Iterator[tuple[str, bytes | None]]:
    """Return the files of results that change: paths and contents, ``None`` to remove one.

    :param jobs: every snippet of the proposals in question, whether or not it was run. Results
        of other snippets are dropped.
    """
    # An environment that cannot be built on this machine does not discard a current result.
    fresh = {
        (outcome.job.path, outcome.job.snippet.name): outcome.result
        for outcome in outcomes
        if outcome.result.state != "unavailable" or outcome.job.is_due
    }
    by_path: dict[str, list[Job]] = {}
    for job in jobs:
        by_path.setdefault(job.path, []).append(job)
    for path, own in by_path.items():
        results = {
            job.snippet.name: result
            for job in own
            if (result := fresh.get((path, job.snippet.name), job.recorded)) is not None
        }
        data = ResultsFile(number=own[0].number, snippets=results).dump() if results else None
        if data != store.files.get(results_path(path)):
            yield results_path(path), data
