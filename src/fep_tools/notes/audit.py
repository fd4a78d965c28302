"""Run the variants of verified snippets, and record which of them still pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from .._cache import Cache, key
from ..sandbox.environments import Environment
from ..sandbox.isolation import Isolation
from .jobs import build_environments, Job
from .mutants import make_mutants, Mutant
from .results import AuditRecord, harness_digest, ResultState, Survivor
from .runner import run_snippet

_PASSES, _FAILS = "passes", "fails"


@dataclass(frozen=True)
class Audit:
    """The audit of one snippet.

    :param survivors: the variants that still pass.
    :param unneeded: the variants that fail, although a comment gives a reason why they may pass.
    :param problem: why the snippet could not be audited, ``""`` if it was.
    """

    job: Job
    variants: int = 0
    survivors: tuple[Mutant, ...] = ()
    unneeded: tuple[Mutant, ...] = ()
    problem: str = ""

    @property
    def unexplained(self) -> tuple[Mutant, ...]:
        """The survivors without a reason."""
        return tuple(mutant for mutant in self.survivors if not mutant.reason)

    @property
    def is_clean(self) -> bool:
        """True if every statement is needed, or has a reason why it is not."""
        return not (self.unexplained or self.unneeded or self.problem)

    @property
    def record(self) -> AuditRecord:
        """The audit as it is saved with the result of the snippet."""
        survivors = (Survivor(line=m.line, change=m.change) for m in self.survivors)
        return AuditRecord(variants=self.variants, survivors=tuple(survivors))


def is_due(job: Job) -> bool:
    """Return whether a verified snippet has no audit that belongs to it."""
    recorded = job.recorded
    return job.state is not ResultState.VERIFIED or recorded is None or recorded.audit is None


def audit_jobs(
    jobs: Sequence[Job],
    directory: Path,
    isolation: Isolation,
    workers: int,
    report: Callable[[str], None],
    progress: Callable[[int, int], None],
) -> Iterator[Audit]:
    """Run the variants of *jobs*, *workers* at a time, and return the audits as they finish.

    What a variant does is cached by its text, its environment and the harness.

    :param directory: the directory of all environments, and of the cache.
    :param report: called with a line for people about each step.
    :param progress: called with the number of variants that have run, and of all.
    """
    cache = Cache(directory / "audits")
    built = build_environments(jobs, directory, report)
    mutants: dict[int, list[Mutant]] = {}
    for job in jobs:
        try:
            if not (problem := _problem(job, built)):
                mutants[id(job)] = make_mutants(job.snippet.text)
                continue
        except ValueError as refusal:
            problem = f"it {refusal}"
        yield Audit(job, problem=problem)
    ready = [job for job in jobs if id(job) in mutants]
    keys = {(id(job), m.text): _key(job, m) for job in ready for m in mutants[id(job)]}
    outcomes = cache.get(keys.values())
    interrupted, done = Event(), len(set(keys.values()) & outcomes.keys())
    with ThreadPoolExecutor(max(1, workers)) as pool:
        try:
            running: dict[Future[bool], tuple[Job, bytes]] = {}
            waiting = {id(job): 0 for job in ready}
            for job in ready:
                environment = built[job.framework.key]
                assert not isinstance(environment, str)
                for mutant in mutants[id(job)]:
                    if (one := keys[id(job), mutant.text]) not in outcomes:
                        arguments = (mutant.text, environment, isolation, interrupted)
                        running[pool.submit(_passes, *arguments)] = (job, one)
                        waiting[id(job)] += 1
                if not waiting[id(job)]:
                    yield _audit(job, mutants[id(job)], keys, outcomes)
            for future in as_completed(running):
                job, one = running[future]
                outcomes[one] = _PASSES if future.result() else _FAILS
                cache.put({one: outcomes[one]})
                done += 1
                progress(done, len(keys))
                waiting[id(job)] -= 1
                if not waiting[id(job)]:
                    yield _audit(job, mutants[id(job)], keys, outcomes)
        finally:
            interrupted.set()  # after Ctrl+C, do not wait for variants that are still running
            pool.shutdown(wait=False, cancel_futures=True)


def _problem(job: Job, built: Mapping[str, Environment | str]) -> str:
    """Return why the snippet of a job cannot be audited, if so."""
    if job.state is not ResultState.VERIFIED:
        return f"it is {job.state}; run: fep notes run {job.number} --update"
    environment = built[job.framework.key]
    return environment if isinstance(environment, str) else ""


def _key(job: Job, mutant: Mutant) -> bytes:
    return key("audit", mutant.text, job.environment.digest, harness_digest())


def _passes(text: str, environment: Environment, isolation: Isolation, interrupted: Event) -> bool:
    execution = run_snippet(text, environment, isolation, interrupted=interrupted)
    return execution.reason is None


def _audit(
    job: Job,
    mutants: Sequence[Mutant],
    keys: dict[tuple[int, str], bytes],
    outcomes: dict[bytes, str],
) -> Audit:
    survivors = [m for m in mutants if outcomes[keys[id(job), m.text]] == _PASSES]
    unneeded = [m for m in mutants if m.reason and m not in survivors]
    return Audit(job, len(mutants), tuple(survivors), tuple(unneeded))


def recorded_audits(jobs: Iterable[Job]) -> Iterator[Audit]:
    """Return the audits that are saved with the results of *jobs*."""
    for job in jobs:
        recorded = job.recorded.audit if job.recorded else None
        if recorded is None or job.state is not ResultState.VERIFIED:
            continue
        passed = {(survivor.line, survivor.change) for survivor in recorded.survivors}
        try:
            mutants = make_mutants(job.snippet.text)
        except ValueError as refusal:  # somebody else has written the results
            yield Audit(job, problem=f"it {refusal}")
            continue
        survivors = tuple(m for m in mutants if (m.line, m.change) in passed)
        unneeded = tuple(m for m in mutants if m.reason and m not in survivors)
        yield Audit(job, recorded.variants, survivors, unneeded)
