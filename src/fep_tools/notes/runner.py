"""Which snippets are to be run, what came of them, and what is to be written down.

A result that belongs to today's snippet, environment and harness is not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
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
from .execution import Execution, run_snippet
from .frameworks import Framework, lock_path
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
from .status import NoteStatus
from .store import NoteStore

Comparison = Literal["same", "new", "changed"]


@dataclass(frozen=True)
class Job:
    """A snippet of proposal *number* at *path*, and what is *known* of it."""

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
        """Whether nothing that is known of it can be relied on."""
        return self.state in (ResultState.NOT_RUN, ResultState.STALE, ResultState.UNAVAILABLE)


@dataclass(frozen=True)
class JobOutcome:
    """What running a job has shown; *printed* is the end of what it printed, for people."""

    job: Job
    result: SnippetResult
    stdout: str = ""

    @property
    def comparison(self) -> Comparison:
        """What is new in it, compared with the result that is kept."""
        old = self.job.recorded
        if old is None or self.job.state is not ResultState(old.state):
            return "new"
        return "same" if _alike(old, self.result) else "changed"


def _alike(old: SnippetResult, new: SnippetResult) -> bool:
    """Whether two results say the same; what may be anything may differ."""
    return old.state == new.state and [_told(c) for c in old.checks] == [
        _told(c) for c in new.checks
    ]


def _told(check: CheckRecord) -> tuple[int, str, bool, str]:
    certain = check.ok and "..." not in check.expected
    return check.line, check.expected, check.ok, check.got if certain else ""


def collect_jobs(
    standings: Iterable[tuple[int, str, NoteStatus]], evidence: NoteStore
) -> tuple[list[Job], int]:
    """The snippets that can be run, and how many cannot, which a check tells more about.

    *standings* are notes, each with the number and the path of its proposal.
    """
    found: list[Job] = []
    left_out = 0
    names: set[tuple[str, str]] = set()
    for number, path, standing in standings:
        framework = evidence.frameworks.by_key.get(standing.note.framework)
        for shown in standing.snippets:
            name = (path, shown.snippet.name)
            sound = shown.snippet.is_named and len(shown.snippet.text) <= MAX_SNIPPET_LENGTH
            if framework is None or not sound or name in names:
                left_out += 1
                continue
            names.add(name)
            lock, environment = _lock(evidence, framework), standing.environment
            assert environment is not None
            found.append(
                Job(
                    number, path, shown.snippet, framework, environment, lock,
                    shown.result, shown.state,
                )
            )  # fmt: skip
    return found, left_out


def _lock(evidence: NoteStore, framework: Framework) -> str:
    assert evidence.table is not None
    path = lock_path(evidence.table.frameworks, framework.key)
    data = evidence.files.get(path)
    if data is None:
        raise FepError(f"{path}: is not there; make it with `fep notes lock {framework.key}`")
    if isinstance(data, Refusal):
        raise FepError(f"{path}: {data.message}")
    return data.decode("utf-8", "replace")


def run_jobs(
    wanted: Sequence[Job],
    store: Path,
    isolation: Isolation,
    workers: int,
    say: Callable[[str], None],
) -> Iterator[JobOutcome]:
    """Run *wanted*, *workers* at a time; the answers as they come.

    Environments that are not in *store* are built there first; *say* is told what is done.
    """
    built = {job.framework.key: _built(job, store, say) for job in _one_each(wanted)}
    enough = Event()
    with ThreadPoolExecutor(max(1, workers)) as pool:
        try:
            running = {}
            for job in wanted:
                environment = built[job.framework.key]
                if isinstance(environment, str):
                    yield _answer(job, "unavailable", environment, ())
                    continue
                text = job.snippet.text
                running[
                    pool.submit(run_snippet, text, environment, isolation, interrupted=enough)
                ] = job
            for done in as_completed(running):
                yield _judged(running[done], done.result())
        finally:
            enough.set()  # whoever interrupts does not wait for what still runs
            pool.shutdown(wait=False, cancel_futures=True)


def _one_each(wanted: Iterable[Job]) -> Collection[Job]:
    """One job for each framework."""
    return {job.framework.key: job for job in wanted}.values()


def _built(job: Job, store: Path, say: Callable[[str], None]) -> environments.Environment | str:
    """The environment of *job*, or why there is none."""
    try:
        if not environments.is_built(job.lock, job.framework.python, store):
            say(f"building the environment of {job.framework.title}")
        return environments.build(job.lock, job.framework.python, store)
    except EnvironmentUnavailable as problem:
        say(f"{job.framework.title}: {problem}")
        return str(problem) if problem.is_portable else "its packages cannot be installed"


def _judged(job: Job, found: Execution) -> JobOutcome:
    state: Literal["verified", "failed"] = "failed" if found.reason else "verified"
    return _answer(job, state, found.reason, found.checks, found.stdout)


def _answer(
    job: Job,
    state: Literal["verified", "failed", "unavailable"],
    reason: str | None,
    checked: tuple[CheckRecord, ...],
    printed: str = "",
) -> JobOutcome:
    result = SnippetResult(
        framework=job.framework.key,
        version=job.environment.version,
        python=job.environment.python,
        snippet=job.snippet.digest,
        environment=job.environment.digest,
        harness=harness_digest(),
        state=state,
        reason=reason and reason[:MAX_VALUE_LENGTH],
        checks=checked,
    )
    return JobOutcome(job, result, printed)


def update_results(
    known: Iterable[Job], found: Iterable[JobOutcome], evidence: NoteStore
) -> Iterator[tuple[str, bytes | None]]:
    """The files of results that change, and what is to be in them; ``None`` for nothing at all.

    *known* are all snippets of the proposals in question, whether or not they were run. What
    is not to be had here takes nothing from a result that is still good.
    """
    fresh = {(a.job.path, a.job.snippet.name): a.result for a in found if _is_better(a)}
    for path, of_path in _by_path(known).items():
        kept = {
            job.snippet.name: result
            for job in of_path
            if (result := fresh.get((path, job.snippet.name), job.recorded)) is not None
        }
        data = ResultsFile(number=of_path[0].number, snippets=kept).dump() if kept else None
        if data != evidence.files.get(results_path(path)):
            yield results_path(path), data


def _is_better(answer: JobOutcome) -> bool:
    return answer.result.state != "unavailable" or answer.job.is_due


def _by_path(known: Iterable[Job]) -> dict[str, list[Job]]:
    found: dict[str, list[Job]] = {}
    for job in known:
        found.setdefault(job.path, []).append(job)
    return found
