"""Testing extensions with one or two versions of Flask: versions, locks, trials, blame."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fep_tools._cache import Cache
from fep_tools.errors import FepError
from fep_tools.extensions import locks, tests
from fep_tools.extensions.executors import Threads
from fep_tools.extensions.locks import Lock, LockTask, resolve_lock, SOURCE_ONLY
from fep_tools.extensions.model import Extension
from fep_tools.extensions.results import Deprecation, Outcome, TestRecord, TestReport
from fep_tools.extensions.tests import compare, Plan, run_tests, Target
from fep_tools.extensions.trial import evaluate, repeat, Trial, TrialTask
from fep_tools.sandbox import resolver
from fep_tools.sandbox.releases import candidate_pythons
from fep_tools.sandbox.resolver import NoSolution
from fep_tools.sandbox.runner import RunResult

DAY = date(2023, 9, 30)
NO_SOLUTION = "error: No solution found when resolving dependencies cause: "


class Index:
    """Answers of uv: a lock or an error for each list of requirements."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, answers: dict[str, str]) -> None:
        self.answers = answers
        self.asked: list[str] = []
        monkeypatch.setattr(resolver, "resolve", self.resolve)

    def resolve(
        self, requires: Sequence[str], version: str, day: date | None, *options: str
    ) -> str:
        question = " ".join(requires)
        self.asked.append(question)
        answer = self.answers[question]
        if answer == "down":
            raise FepError("the package index did not answer")
        if "==" in answer and not answer.startswith("Because"):
            return answer
        raise NoSolution(NO_SOLUTION + answer)


def resolved(version: str | None = None, python: str = "3.12") -> Lock:
    return Lock.load(resolve_lock(LockTask("Flask_Mail", version, "3.0.0", python, DAY)))


NEWEST = {
    "Flask_Mail": "flask-mail==0.9.1 \\\n    --hash=sha256:00\n",
    "Flask_Mail>0.9.1": "Because only flask-mail<=0.9.1 is available and you require "
    "flask-mail>0.9.1, we can conclude that your requirements are unsatisfiable.",
}
LOCK = "flask==3.0.0 \\\n    --hash=sha256:00\nflask-mail[x]==0.9.1 ; python_version > '3'\n"


def test_the_newest_version_of_the_day_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    Index(monkeypatch, {**NEWEST, "flask==3.0.0 Flask_Mail==0.9.1": LOCK})
    lock = resolved()
    assert (lock.version, lock.text) == ("0.9.1", LOCK)
    assert lock.versions == {"flask": "3.0.0", "flask-mail": "0.9.1"}


def test_before_python_3_12_every_environment_had_setuptools(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = Index(monkeypatch, {"flask==3.0.0 Flask_Mail==0.9.1 setuptools": LOCK})
    assert resolved("0.9.1", "3.11").text == LOCK
    assert len(index.asked) == 1


# What uv says goes on with "we can conclude that", sometimes after a comma, and with hints.
REST = ", we can conclude that your requirements are unsatisfiable. hint: Wheels are required"


@pytest.mark.parametrize(
    ("because", "reason", "is_unknown"),
    [
        ("all versions of flask-mail have no usable wheels", SOURCE_ONLY, False),
        (
            "flask-mail was not found in the package registry",
            "the package index does not have it",
            True,
        ),
        ("there are no versions of flask-mail", "there was no release on 2023-09-30", True),
    ],
)
def test_no_version_can_be_chosen(
    monkeypatch: pytest.MonkeyPatch, because: str, reason: str, is_unknown: bool
) -> None:
    Index(monkeypatch, {"Flask_Mail": f"Because {because}{REST}"})
    assert resolved() == Lock(reason=reason, is_unknown=is_unknown)


def test_an_older_wheel_is_not_taken_for_the_newest_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    newer = "Because flask-mail>=0.9.2 has no usable wheels and only the following versions of"
    Index(monkeypatch, {**NEWEST, "Flask_Mail>0.9.1": f"{newer}, we can conclude that"})
    assert resolved() == Lock(reason=f"{SOURCE_ONLY} (versions after 0.9.1)")


@pytest.mark.parametrize(
    ("because", "reason", "is_unknown"),
    [
        (
            "flask-mail==0.9.1 depends on flask>=2,<3 and you require flask==3.0.0",
            "flask-mail==0.9.1 depends on flask>=2,<3 and you require flask==3.0.0",
            False,
        ),
        (
            "blinker-old==1.0 has no usable wheels and flask-mail==0.9.1 depends on blinker-old",
            f"blinker-old, which it needs, has {SOURCE_ONLY}",
            False,
        ),
        ("flask-mail==0.9.1 has no usable wheels", SOURCE_ONLY, False),
        (
            "old<2 has no usable wheels and only the following versions of old are available",
            "old<2 has no usable wheels and only the following versions of old are available",
            False,
        ),
        (
            "there is no version of flask-mail==0.9.1 and you require flask-mail==0.9.1",
            "there was no version 0.9.1 on 2023-09-30",
            True,
        ),
        (
            "there is no version of blinker==9 and flask-mail==0.9.1 depends on blinker==9",
            "there is no version of blinker==9 and flask-mail==0.9.1 depends on blinker==9",
            False,
        ),
    ],
)
def test_it_cannot_be_installed_with_that_flask(
    monkeypatch: pytest.MonkeyPatch, because: str, reason: str, is_unknown: bool
) -> None:
    Index(monkeypatch, {"flask==3.0.0 Flask_Mail==0.9.1": f"Because {because}{REST}"})
    assert resolved("0.9.1") == Lock(version="0.9.1", reason=reason, is_unknown=is_unknown)


def test_an_error_in_other_words_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    Index(monkeypatch, {"flask==3.0.0 Flask_Mail==0.9.1": "something new"})
    lock = Lock(version="0.9.1", reason=f"{NO_SOLUTION}something new")
    assert resolved("0.9.1") == lock


@pytest.mark.parametrize("text", ["", "3.0\n-r x", "3.0 ; y", "latest", "@ https://example.org"])
def test_what_is_no_version_never_reaches_uv(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    Index(monkeypatch, {})
    with pytest.raises(FepError, match="is not a version"):
        Target(text, DAY)
    with pytest.raises(FepError, match="is not a version"):
        resolved(text)


def test_the_python_of_a_day_was_released(monkeypatch: pytest.MonkeyPatch) -> None:
    newest = locks.choose_python(date(2026, 11, 30))
    assert newest == candidate_pythons(newest, date(2026, 11, 30))[0]


# Trials ---------------------------------------------------------------------------------------

WORKS, BREAKS = Trial(outcome=Outcome.WORKS), Trial(outcome=Outcome.BREAKS, reason="no")
LATE, UNTRIED = Trial(outcome=Outcome.TIMED_OUT), Trial(outcome=Outcome.NOT_TRIED)
ABSENT = Trial(outcome=Outcome.NOT_INSTALLED)


@pytest.mark.parametrize(
    ("runs", "outcome", "is_flaky"),
    [
        ([WORKS], Outcome.WORKS, False),
        ([UNTRIED], Outcome.NOT_TRIED, False),
        ([BREAKS, BREAKS], Outcome.BREAKS, False),
        ([LATE, LATE], Outcome.TIMED_OUT, False),
        ([BREAKS, WORKS, WORKS], Outcome.WORKS, True),
        ([BREAKS, WORKS, BREAKS], Outcome.BREAKS, True),
        ([LATE, BREAKS, BREAKS], Outcome.BREAKS, True),
    ],
)
def test_failures_are_run_again(runs: list[Trial], outcome: Outcome, is_flaky: bool) -> None:
    remaining = iter(runs)
    trial = repeat(lambda: next(remaining))
    assert (trial.outcome, trial.flaky) == (outcome, is_flaky)
    assert list(remaining) == []


@pytest.mark.parametrize(
    ("status", "stop_reason", "outcome", "reason"),
    [
        (-24, "", Outcome.TIMED_OUT, "import a: it used too much processor time"),
        (128 + 24, "", Outcome.TIMED_OUT, "import a: it used too much processor time"),
        (137, "", Outcome.BREAKS, "import a: it was killed by signal 9"),
        (255, "", Outcome.BREAKS, "import a: it exited with status 255"),
        (1, "", Outcome.BREAKS, "import a: it exited with status 1"),
        (-9, "it took longer than 3 seconds", Outcome.TIMED_OUT, "import a: it took longer than 3"),
        (-9, "it used more than 1 MiB", Outcome.BREAKS, "import a: it used more than 1 MiB"),
    ],
)
def test_a_run_without_an_end(status: int, stop_reason: str, outcome: Outcome, reason: str) -> None:
    message = b'{"stage": "import a", "secret": "s"}\n'
    trial = evaluate(RunResult(message, "", status, stop_reason), "s")
    assert trial.outcome is outcome
    assert trial.reason.startswith(reason)


def test_more_warnings_than_the_probe_sends_are_forged() -> None:
    message = {"end": True, "warnings": [{"text": "", "at": ""}] * 51, "secret": "s"}
    trial = evaluate(RunResult(json.dumps(message).encode() + b"\n", "", 0, ""), "s")
    assert trial.outcome is Outcome.BREAKS
    assert trial.reason.startswith("it wrote to the pipe")


# Comparison -----------------------------------------------------------------------------------

A, B = (Deprecation(text=text, at="x.py:1") for text in "ab")


@pytest.mark.parametrize(
    ("after", "before", "blamed"),
    [
        (BREAKS, WORKS, True),
        (BREAKS, Trial(outcome=Outcome.WARNS, warnings=(A,)), True),
        (LATE, WORKS, True),
        (ABSENT, WORKS, True),
        (BREAKS, BREAKS, False),
        (BREAKS, LATE, False),
        (LATE, BREAKS, False),
        (ABSENT, ABSENT, False),
        (ABSENT, BREAKS, False),
        (BREAKS, ABSENT, None),
        (BREAKS, UNTRIED, None),
        (BREAKS, None, None),
        (UNTRIED, WORKS, None),
        (WORKS, BREAKS, False),
        (WORKS, WORKS, False),
        (Trial(outcome=Outcome.WARNS, warnings=(A, B)), WORKS, True),
        (
            Trial(outcome=Outcome.WARNS, warnings=(A, B)),
            Trial(outcome=Outcome.WARNS, warnings=(A,)),
            True,
        ),
        (
            Trial(outcome=Outcome.WARNS, warnings=(A,)),
            Trial(outcome=Outcome.WARNS, warnings=(A, B)),
            False,
        ),
        (Trial(outcome=Outcome.WARNS, warnings=(A,)), BREAKS, None),
    ],
)
def test_only_what_is_newly_broken_is_blamed(
    after: Trial, before: Trial | None, blamed: bool | None
) -> None:
    record = TestRecord(
        name="x", version="1", outcome=after.outcome, reason=None, warnings=after.warnings
    )
    old, new = Lock(text="flask==2.3.3\nold==1\n"), Lock(text="flask==3.0.0\nnew==2\n")
    compared = compare(record, before, new, old)
    assert compared.blamed is blamed
    assert compared.before is (before.outcome if before else None)
    changed = ("flask 2.3.3 -> 3.0.0", "new none -> 2", "old 1 -> none")
    assert compared.changed == (changed if blamed else ())


def extension(name: str) -> Extension:
    return Extension(name=name, modules=(name.lower().replace("-", "_"),), why="w")


@pytest.fixture
def plan(monkeypatch: pytest.MonkeyPatch) -> Plan:
    """A plan for four extensions, with answers of uv and of the sandbox for them."""
    packages = {"Flask-A": "1.0", "Flask-B": "2.0", "Flask-C": "3.0"}
    answers = {"Flask-D": "down"}
    for name, version in packages.items():
        key = name.lower()
        answers[name] = f"{key}=={version}\n"
        answers[f"{name}>{version}"] = f"Because only {key}<={version} is available, we can"
        for flask in ("3.0.0", "2.3.3"):
            answers[f"flask=={flask} {name}=={version}"] = f"flask=={flask}\n{key}=={version}\n"
    answers["flask==3.0.0 Flask-C==3.0"] = (
        "Because flask-c==3.0 depends on flask<3 and you require flask==3.0.0, we can conclude"
    )
    index = Index(monkeypatch, answers)
    monkeypatch.setattr(resolver, "is_available", lambda *_args: True)

    def tried(task: TrialTask) -> str:
        index.asked.append(f"trial of {task.modules[0]}")
        if task.modules == ("flask_a",) and "flask==3" in task.lock:
            return BREAKS.model_dump_json()
        return WORKS.model_dump_json()

    monkeypatch.setattr(tests, "try_extension", tried)
    names = [*packages, "Flask-D"]
    plan = Plan(
        [extension(name) for name in names],
        dict.fromkeys(name.lower() for name in names),
        Target("3.0.0", DAY),
        "3.12",
        Target("2.3.3", DAY),
        is_past=True,
    )
    object.__setattr__(plan, "asked", index.asked)
    return plan


def test_a_test_of_several_extensions(plan: Plan) -> None:
    report = run_tests(plan, engine=Threads(2), cache=Cache(None))
    rows = [(r.name, r.version, str(r.outcome), r.reason, r.before, r.blamed) for r in report.tests]
    assert rows == [
        ("Flask-A", "1.0", "breaks", "no", "works", True),
        ("Flask-B", "2.0", "works", None, "works", False),
        (
            "Flask-C",
            "3.0",
            "cannot be installed",
            "flask-c==3.0 depends on flask<3 and you require flask==3.0.0",
            "works",
            True,
        ),
        (
            "Flask-D",
            None,
            "could not be tried",
            "the package index did not answer",
            None,
            None,
        ),
    ]
    assert TestReport.load(report.dump()) == report


def test_a_second_test_of_a_day_that_is_over_asks_only_what_failed(
    plan: Any, tmp_path: Path
) -> None:
    cache = Cache(tmp_path)
    first = run_tests(plan, engine=Threads(2), cache=cache)
    plan.asked.clear()
    assert run_tests(plan, engine=Threads(1), cache=cache) == first
    assert plan.asked == ["Flask-D"]


def test_what_is_newest_today_is_asked_again(plan: Any, tmp_path: Path) -> None:
    today, cache = replace(plan, is_past=False), Cache(tmp_path)
    first = run_tests(today, engine=Threads(2), cache=cache)
    plan.asked.clear()
    assert run_tests(today, engine=Threads(2), cache=cache) == first
    assert "Flask-A" in plan.asked
    assert not [question for question in plan.asked if question.startswith("trial")]


def test_without_a_comparison_nothing_is_blamed(plan: Plan) -> None:
    alone = Plan(plan.extensions, plan.versions, plan.target, plan.python)
    report = run_tests(alone, engine=Threads(2), cache=Cache(None))
    assert report.against is None
    assert {(r.before, r.blamed, r.changed) for r in report.tests} == {(None, None, ())}


def test_a_flask_that_was_not_released(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolver, "is_available", lambda *_args: False)
    with pytest.raises(
        FepError, match=r"there was no Flask 3\.0\.0 for Python 3\.12 on 2023-09-30"
    ):
        run_tests(plan, engine=Threads(2), cache=Cache(None))
