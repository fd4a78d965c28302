"""Run the snippets of proposals that are new or outdated, and update the files of results.

A result that still belongs to the snippet, the environment and the harness is not computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Literal

from .._files import Refusal
from ..errors import FepError
from ..sandbox import environments
from ..sandbox.isolation import Isolation
from ..sandbox.toolchain import EnvironmentUnavailable
from .frameworks import Framework, is_unambiguous, lock_path
from .model import MAX_SNIPPET_LENGTH, Snippet
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
from .runner import Execution, run_snippet
from .store import NoteStatus, NoteStore

ResultComparison = Literal["same", "new", "changed"]


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
    def comparison(self) -> ResultComparison:
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
    lock = data.decode("utf-8", "replace")
    if not is_unambiguous(lock):
        raise FepError(f"{path} can be read in two ways; run: fep notes lock {framework.key}")
    return lock


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
    built = build_environments(jobs, directory, report)
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


def build_environments(
    jobs: Iterable[Job], directory: Path, report: Callable[[str], None]
) -> dict[str, environments.Environment | str]:
    """Return the environments of *jobs* by the key of the framework, or why one is missing."""
    per_framework = {job.framework.key: job for job in jobs}
    return {key: _build(job, directory, report) for key, job in per_framework.items()}


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


def update_results(
    jobs: Iterable[Job], outcomes: Iterable[JobOutcome], store: NoteStore
) -> Iterator[tuple[str, bytes | None]]:
    """Return the files of results that change: paths and contents, ``None`` to remove one.

    :param jobs: every snippet of the proposals in question, whether or not it was run. Results
        of other snippets are dropped.
    """
    # An environment that cannot be built on this machine does not discard a current result.
    fresh = {
        (outcome.job.path, outcome.job.snippet.name): _with_audit(outcome)
        for outcome in outcomes
        if outcome.result.state != "unavailable" or outcome.job.is_due
    }
    yield from changed_files(jobs, fresh, store)


def _with_audit(outcome: JobOutcome) -> SnippetResult:
    """Return the result with the audit of the recorded one, if it has verified the same again."""
    recorded = outcome.job.recorded
    if recorded is None or outcome.comparison != "same":
        return outcome.result
    return outcome.result.model_copy(update={"audit": recorded.audit})


def changed_files(
    jobs: Iterable[Job], fresh: Mapping[tuple[str, str], SnippetResult], store: NoteStore
) -> Iterator[tuple[str, bytes | None]]:
    """Return the files of results that change, with *fresh* ones in place of those recorded.

    :param fresh: results by the path of the proposal and the name of the snippet.
    """
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
