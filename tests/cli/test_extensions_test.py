"""``fep extensions test``"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fep_tools.cli.render.extension_tests import exit_status
from fep_tools.extensions import locks, tests
from fep_tools.extensions.executors import Dask, Threads
from fep_tools.extensions.results import Deprecation, Outcome, TargetRecord, TestRecord, TestReport
from fep_tools.sandbox import isolation

from ..catalog.test_schemas import assert_matches
from .drafts import Run

WATCHED = """
[[extension]]
name = "Flask-Login"
modules = ["flask_login"]
why = "Keeps users signed in."
"""
LOGIN = TestRecord(
    name="Flask-Login",
    version="0.6.2",
    outcome=Outcome.BREAKS,
    reason="import flask_login: ImportError: no url_decode",
    at="flask_login/utils.py:14",
)
MAIL = TestRecord(
    name="Flask-Mail",
    version="0.10.0",
    outcome=Outcome.WARNS,
    reason=None,
    application="Mail",
    warnings=(Deprecation(text="'x' is deprecated", at="flask_mail.py:2"),),
)
GONE = TestRecord(
    name="Flask-Gone", version=None, outcome=Outcome.NOT_TRIED, reason="it is not on the index"
)
TARGET = TargetRecord(flask="3.0.0", date=date(2023, 9, 30))
OLDER = TargetRecord(flask="2.3.3", date=date(2023, 9, 29))


def report(*records: TestRecord, against: TargetRecord | None = None) -> TestReport:
    return TestReport(target=TARGET, against=against, python="3.11", tests=records)


def compared(record: TestRecord, before: Outcome, blamed: bool | None, **more: Any) -> TestRecord:
    return record.model_copy(update={"before": before, "blamed": blamed, **more})


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The plans and engines that commands have made; their result is Flask-Login's."""
    made: list[Any] = []

    def run_tests(plan: Any, *, engine: Any, cache: Any) -> TestReport:
        made.append((plan, engine))
        return report(LOGIN)

    monkeypatch.setattr(tests, "run_tests", run_tests)
    monkeypatch.setattr(isolation, "find", lambda unsandboxed: isolation.Unsandboxed())
    monkeypatch.setattr(locks, "choose_python", lambda day: f"python of {day}")
    return made


@pytest.fixture
def repository(checkout: Callable[..., Path]) -> Path:
    root = checkout({})
    (root / "fep" / "extensions.toml").write_text(WATCHED)
    return root


def test_the_output_names_the_reason_and_the_position(
    run: Run, repository: Path, plans: list[Any]
) -> None:
    status, out, err = run(
        repository, "extensions", "test", "--flask", "3.0.0", "--as-of", "2023-09-30"
    )
    assert (status, out.split("\n")) == (
        1,
        [
            "Flask 3.0.0 with the releases up to 2023-09-30, Python 3.11",
            "  Flask-Login 0.6.2  breaks",
            "      import flask_login: ImportError: no url_decode  (flask_login/utils.py:14)",
            "1 tested: 1 breaks",
            "",
        ],
    )
    assert "sandbox: none" in err
    plan, engine = plans[0]
    assert plan.versions == {"flask-login": None}
    assert (plan.target, plan.against) == (tests.Target("3.0.0", date(2023, 9, 30)), None)
    assert (plan.python, plan.is_past) == ("python of 2023-09-30", True)
    assert isinstance(engine, Threads)


def test_a_version_and_a_comparison(run: Run, repository: Path, plans: list[Any]) -> None:
    arguments = ["extensions", "test", "--flask", "3.0.0", "flask_login==0.6.2"]
    run(repository, *arguments, "--as-of", "2023-09-30", "--against", "2.3.3@2023-09-29")
    run(repository, *arguments, "--against", "2.3.3", "--jobs", "3")
    (plan, _), (second, engine) = plans
    assert plan.versions == {"flask-login": "0.6.2"}
    assert plan.against == tests.Target("2.3.3", date(2023, 9, 29))
    assert plan.python == "python of 2023-09-29"
    assert second.against.day == second.target.day
    assert not second.is_past
    assert engine.width == 3


def test_results_are_saved_in_a_file_of_the_day(
    run: Run, repository: Path, plans: list[Any]
) -> None:
    arguments = ["--flask", "3.0.0", "--as-of", "2023-09-30", "--save", "--format", "json"]
    _status, out, err = run(repository, "extensions", "test", *arguments)
    path = "fep/extensions/2023-09-30.tests.json"
    assert (repository / path).read_text("ascii") == out
    assert f"{path}: written" in err
    assert TestReport.load(out) == report(LOGIN)
    assert_matches("extensions-tests", out)


def test_results_of_some_extensions_do_not_replace_those_of_all(
    run: Run, repository: Path, plans: list[Any]
) -> None:
    status, _out, err = run(
        repository, "extensions", "test", "--flask", "3.0.0", "--save", "Flask-Login"
    )
    assert status == 2
    assert "leave out NAME" in err
    assert plans == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--flask", "3.0.0", "Flask-Logn"],
            'does not list "Flask-Logn"; did you mean Flask-Login?',
        ),
        (["--flask", "3.0.0", "Elephant"], 'fep/extensions.toml does not list "Elephant"'),
        (["--flask", "newest"], '"newest" is not a version'),
        (["--flask", "3.0.0", "--against", "2.3.3@soon"], "soon is not a date"),
        (["--flask", "3.0.0", "--against", "x"], '"x" is not a version'),
    ],
)
def test_arguments_that_cannot_be_used(
    run: Run, repository: Path, plans: list[Any], arguments: list[str], message: str
) -> None:
    status, _out, err = run(repository, "extensions", "test", *arguments)
    assert status == 2
    assert message in err
    assert plans == []


def test_without_a_list_of_extensions(run: Run, checkout: Callable[..., Path]) -> None:
    status, _out, err = run(checkout({}), "extensions", "test", "--flask", "3.0.0")
    assert status == 2
    assert err.startswith("fep: fep/extensions.toml is missing; it lists the extensions")


def test_a_dask_cluster_needs_no_sandbox_here(
    run: Run, repository: Path, plans: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    _status, _out, err = run(
        repository, "extensions", "test", "--flask", "3.0.0", "--dask", "tcp://127.0.0.1:1"
    )
    assert "sandbox" not in err
    assert isinstance(plans[0][1], Dask)


@pytest.mark.parametrize(
    ("record", "line"),
    [
        (compared(LOGIN, Outcome.WORKS, True), "breaks (new: with 2.3.3 it works)"),
        (compared(LOGIN, Outcome.BREAKS, False), "breaks (as before: with 2.3.3 it breaks)"),
        (
            compared(LOGIN, Outcome.NOT_INSTALLED, None),
            "breaks (nothing to compare with: with 2.3.3 it cannot be installed)",
        ),
        (compared(MAIL, Outcome.WORKS, True), "warns (new: with 2.3.3 it works)"),
        (
            compared(MAIL, Outcome.WORKS, False, outcome=Outcome.WORKS, application=None),
            "works (imported only)",
        ),
        (compared(LOGIN, Outcome.WORKS, True, flaky=True), "breaks (flaky: not in every run) (new"),
    ],
)
def test_a_comparison_says_what_is_new(record: TestRecord, line: str) -> None:
    from fep_tools.cli.render.extension_tests import text

    assert line in text(report(record, against=OLDER)).split("\n")[1]


def test_deprecations_and_changed_packages_are_listed() -> None:
    from fep_tools.cli.render.extension_tests import text

    record = compared(MAIL, Outcome.WORKS, True, changed=("flask 2.3.3 -> 3.0.0",))
    lines = text(report(record, against=OLDER)).split("\n")
    assert lines[0].endswith("; compared with Flask 2.3.3 with the releases up to 2023-09-29")
    assert lines[2:5] == [
        "      'x' is deprecated  (flask_mail.py:2)",
        "      changed: flask 2.3.3 -> 3.0.0",
        "1 tested: 1 warns, 1 broken or deprecated by what is newer, 0 unknown",
    ]


@pytest.mark.parametrize(
    ("records", "against", "status"),
    [
        ([MAIL], None, 0),
        ([MAIL, GONE], None, 2),
        ([LOGIN, GONE], None, 1),
        ([compared(LOGIN, Outcome.BREAKS, False)], OLDER, 0),
        ([compared(LOGIN, Outcome.WORKS, True)], OLDER, 1),
        ([compared(LOGIN, Outcome.NOT_TRIED, None)], OLDER, 0),
        ([], None, 0),
    ],
)
def test_the_exit_status(
    records: list[TestRecord], against: TargetRecord | None, status: int
) -> None:
    assert exit_status(report(*records, against=against)) == status


def test_the_committed_results_can_be_read() -> None:
    root = Path(__file__).parents[2]
    for path in (root / "fep" / "extensions").glob("*.tests.json"):
        text = path.read_text("ascii")
        assert TestReport.load(text).dump() == text
        assert path.name == f"{TestReport.load(text).target.date}.tests.json"
        assert_matches("extensions-tests", text)
        json.loads(text)
