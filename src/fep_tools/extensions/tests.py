"""Test extensions with one version of Flask, and compare with another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from .._cache import Cache
from .engine import run, Task
from .executors import Engine
from .locks import Lock, LockTask, require_flask, require_version, resolve_lock
from .model import Extension
from .results import MAX_REASON, Outcome, TargetRecord, TestRecord, TestReport
from .trial import Trial, TrialTask, try_extension

_BAD = (Outcome.BREAKS, Outcome.TIMED_OUT, Outcome.NOT_INSTALLED)
"""The outcomes that a version of Flask can be blamed for."""


@dataclass(frozen=True)
class Target:
    """A version of Flask, with the other packages that were available by the end of *day*."""

    flask: str
    day: date

    def __post_init__(self) -> None:
        """Refuse what is not a version."""
        require_version(self.flask)


@dataclass(frozen=True)
class Plan:
    """What is tested.

    :param versions: their versions by key; ``None`` for the newest of the day.
    :param against: what *target* is compared with.
    :param is_past: the day of *target* is over, so that the answers of the index stay the same.
    """

    extensions: Sequence[Extension]
    versions: Mapping[str, str | None]
    target: Target
    python: str
    against: Target | None = None
    is_past: bool = False
    unsandboxed: bool = False


def run_tests(plan: Plan, *, engine: Engine, cache: Cache) -> TestReport:
    """Test the extensions of *plan*.

    :raises FepError: if one of the versions of Flask did not exist on its day, or the index does
        not answer.
    """
    for target in filter(None, (plan.target, plan.against)):
        require_flask(target.flask, plan.python, target.day)
    locks = _resolve(plan, plan.target, dict(plan.versions), engine, cache)
    before: dict[str, Lock] = {}
    if plan.against:
        chosen = {key: lock.version for key, lock in locks.items() if lock.version}
        before = _resolve(plan, plan.against, chosen, engine, cache)
    trials = _try(plan, [*locks.items(), *before.items()], engine, cache)
    records = []
    for extension in plan.extensions:
        lock, lock_before = locks[extension.key], before.get(extension.key)
        record = _record(extension.name, lock, _trial(lock, trials, extension.key))
        if plan.against:
            trial = _trial(lock_before, trials, extension.key) if lock_before else None
            record = compare(record, trial, lock, lock_before)
        records.append(record)
    return TestReport(
        target=_target_record(plan.target),
        against=_target_record(plan.against) if plan.against else None,
        python=plan.python,
        tests=tuple(records),
    )


def _target_record(target: Target) -> TargetRecord:
    return TargetRecord(flask=target.flask, date=target.day)


def _resolve(
    plan: Plan, target: Target, versions: Mapping[str, str | None], engine: Engine, cache: Cache
) -> dict[str, Lock]:
    """Return the locks of those extensions that *versions* has, by key, with *target*."""
    tasks = []
    for extension in plan.extensions:
        if extension.key in versions:
            version = versions[extension.key]
            task = LockTask(extension.name, version, target.flask, plan.python, target.day)
            content = (extension.name, version or "", target.flask, plan.python, str(target.day))
            tasks.append(Task(extension.key, content, task))
    results = run(
        resolve_lock,
        tasks,
        Lock.load,
        engine=engine,
        # What is the newest today may not be that tomorrow.
        cache=cache if plan.is_past else Cache(None),
        activity=f"resolving requirements with Flask {target.flask}: {{share}} of {{total}}",
    )
    failed = {
        key: Lock(version=versions[key], reason=reason[:MAX_REASON], is_unknown=True)
        for key, reason in results.failures.items()
    }
    return {**results.values, **failed}


def _try(
    plan: Plan, locks: Iterable[tuple[str, Lock]], engine: Engine, cache: Cache
) -> dict[tuple[str, str], Trial]:
    """Return the trials of all *locks*, by the key of the extension and the text of the lock."""
    extensions = {extension.key: extension for extension in plan.extensions}
    names: dict[str, tuple[str, str]] = {}
    tasks: list[Task[TrialTask]] = []
    for key, lock in locks:
        if not lock.text:
            continue
        extension = extensions[key]
        task = TrialTask(
            lock.text,
            plan.python,
            extension.modules,
            extension.factory,
            tuple(sorted(extension.config.items())),
            plan.unsandboxed,
        )
        name = f"{key} {len(tasks)}"
        names[name] = key, lock.text
        tasks.append(Task(name, (json.dumps(astuple(task)),), task))
    results = run(
        try_extension, tasks, Trial.load, engine=engine, cache=cache,
        activity="testing: {share} of {total} environments",
    )  # fmt: skip
    failed = {
        name: Trial(outcome=Outcome.NOT_TRIED, reason=reason[:MAX_REASON])
        for name, reason in results.failures.items()
    }
    return {names[name]: trial for name, trial in {**results.values, **failed}.items()}


def _trial(lock: Lock, trials: Mapping[tuple[str, str], Trial], key: str) -> Trial:
    """Return the trial with *lock*, or what its absence means."""
    if lock.text:
        return trials[key, lock.text]
    outcome = Outcome.NOT_TRIED if lock.is_unknown else Outcome.NOT_INSTALLED
    return Trial(outcome=outcome, reason=lock.reason)


def _record(name: str, lock: Lock, trial: Trial) -> TestRecord:
    return TestRecord(
        name=name,
        version=lock.version,
        outcome=trial.outcome,
        reason=trial.reason or None,
        at=trial.at or None,
        application=trial.application or None,
        warnings=trial.warnings,
        flaky=trial.flaky,
    )


def compare(
    record: TestRecord, before: Trial | None, lock: Lock, lock_before: Lock | None
) -> TestRecord:
    """Return *record* with what the older version of Flask says about it.

    The newer one is blamed for a failure, and for a deprecation, that the older one does not have.
    Nothing is known if an extension could not be tried with one of them.

    :param before: the trial with the older version; ``None`` if no version could be chosen.
    """
    if before is None:
        return record
    outcome, texts = before.outcome, {warning.text for warning in before.warnings}
    blamed: bool | None
    if Outcome.NOT_TRIED in (outcome, record.outcome):
        blamed = None
    elif record.outcome is Outcome.WORKS or record.outcome is outcome is not Outcome.WARNS:
        blamed = False
    elif record.outcome is Outcome.WARNS:
        # One that broke before may not have reached what is deprecated.
        is_new = any(warning.text not in texts for warning in record.warnings)
        blamed = None if outcome in _BAD else is_new
    else:
        blamed = None if outcome is Outcome.NOT_INSTALLED else outcome not in _BAD
    changed = differences(lock_before, lock) if lock_before and blamed else ()
    return record.model_copy(update={"before": outcome, "blamed": blamed, "changed": changed})


def differences(before: Lock, after: Lock) -> tuple[str, ...]:
    """Return the packages that differ: ``werkzeug 2.3.7 -> 3.0.0``, or ``blinker none -> 1.6``."""
    old, new = before.versions, after.versions
    return tuple(
        f"{name} {old.get(name, 'none')} -> {new.get(name, 'none')}"
        for name in sorted({*old, *new})
        if new and old.get(name) != new.get(name)
    )
