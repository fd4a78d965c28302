"""The runner: the rules of a check, and checks of proposals in memory."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools import config
from fep_tools.diagnostics import CheckOptions, CheckResult, Diagnostic, Severity, Span
from fep_tools.errors import ConfigError
from fep_tools.lint import baseline, runner, testing
from fep_tools.process.model import Process
from fep_tools.proposals.model import Corpus

ERROR = Severity.ERROR


def options(**fields: object) -> CheckOptions:
    return CheckOptions(testing.TODAY)._replace(**fields)  # type: ignore[arg-type]


def diagnostic(
    severity: Severity, fingerprint: str = "same", path: str = "a.rst", code: str = "H103"
) -> Diagnostic:
    return Diagnostic(path, Span(1, 1), code, "header-date", severity, "m", fingerprint=fingerprint)


# The rules of a check -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("select", "ignore", "settings", "expected"),
    [
        (("H103", "H104"), (), "", {"H103", "H104"}),
        (("H10",), ("H104", "H105"), "", {"H101", "H102", "H103", "H106", "H107", "H108"}),
        ((), (), 'select = ["H103"]', {"H103"}),
        (("H104",), (), 'select = ["H103"]', {"H104"}),
        (("H103", "H104"), ("H103",), 'ignore = ["H104"]', set()),
    ],
)
def test_options_and_settings_choose_the_rules(
    select: tuple[str, ...], ignore: tuple[str, ...], settings: str, expected: set[str]
) -> None:
    table = config.parse(f"[tool.fep]\n{settings}\n")
    rules = runner.selected_rules(options(select=select, ignore=ignore), table)
    assert {rule.code for rule in rules} >= expected
    assert {rule.code for rule in rules if rule.code < "H109"} == expected


@pytest.mark.parametrize(
    ("select", "expected"),
    [((), True), (("H", "S", "L", "C", "T"), False), (("H", "B020"), True), (("N",), True)],
)
def test_bodies_are_needed_for_some_families(select: tuple[str, ...], expected: bool) -> None:
    assert runner.needs_bodies(options(select=select), config.parse("")) is expected


@pytest.mark.parametrize(
    ("select", "settings", "location"),
    [
        (("Z9",), "", ""),
        ((), 'ignore = ["Z9"]', "pyproject.toml:2: "),
        ((), 'select = [\n"H1",\n"Z9"]', "pyproject.toml:4: "),
        ((), 'per-file-ignores = {"*" = ["Z9"]}', "pyproject.toml:2: "),
        ((), '[tool.fep.per-file-ignores]\n"a*" = ["H1"]\n"*" = ["Z9"]', "pyproject.toml:4: "),
    ],
)
def test_unknown_rule_is_an_error(
    process: Process, select: tuple[str, ...], settings: str, location: str
) -> None:
    table = config.parse(f"[tool.fep]\n{settings}\n")
    with pytest.raises(ConfigError, match=f"^{location}there is no rule Z9; "):
        runner.check(Corpus(()), process, options(select=select), settings=table)


# A check in memory --------------------------------------------------------------------------

WRONG_DATE = "FEP: 7\nTitle: Typed views\nStatus: {status}\nCreated: 3 March 2025\n{more}"


def corpus(process: Process, status: str = "Draft", more: str = "") -> Corpus:
    text = WRONG_DATE.format(status=status, more=more)
    return Corpus((testing.parse_proposal(text, process, "proposals/fep-0007.rst"),))


def test_check_of_a_corpus(process: Process) -> None:
    result = runner.check(corpus(process), process, options(select=("H103",)))
    assert (result.process, result.files) == ("FEP", 1)
    assert [d.code for d in result.diagnostics] == ["H103"]


@pytest.mark.parametrize(("uses_baseline", "expected"), [(True, 0), (False, 1)])
def test_baseline_is_used_unless_the_options_say_otherwise(
    process: Process, uses_baseline: bool, expected: int
) -> None:
    found = runner.check(corpus(process), process, options(select=("H103",))).diagnostics
    text = baseline.dump(baseline.baseline_entries(found))
    result = runner.check(
        corpus(process),
        process,
        options(select=("H103",), baseline=uses_baseline),
        baseline_text=text,
    )
    assert len(result.diagnostics) == expected
    assert result.baselined == 1 - expected


def test_stale_entry_is_reported_in_the_file_that_the_settings_name(process: Process) -> None:
    entry = baseline.BaselineEntry("proposals/fep-0007.rst", "H104", "0" * 16)
    result = runner.check(
        corpus(process),
        process,
        options(select=("H104", "C016")),
        settings=config.parse('[tool.fep]\nbaseline = "known.json"\n'),
        baseline_text=baseline.dump([entry]),
    )
    assert [(d.code, d.path) for d in result.diagnostics] == [("C016", "known.json")]


@pytest.mark.parametrize(("today", "expected"), [("2026-11-01", ["H110"]), ("2026-11-20", [])])
def test_dates_are_compared_with_the_day_of_the_options(
    process: Process, today: str, expected: list[str]
) -> None:
    text = "FEP: 7\nTitle: Typed views\nStatus: Draft\nCreated: 2026-11-20\n"
    proposals = Corpus((testing.parse_proposal(text, process),))
    selected = options(select=("H110",), today=date.fromisoformat(today))
    result = runner.check(proposals, process, selected)
    assert [d.code for d in result.diagnostics] == expected


@pytest.mark.parametrize(
    ("paths", "expected"),
    [((), {"a", "b"}), (("a",), {"a"}), (("a", "b"), {"a", "b"}), (("c",), set())],
)
def test_only_findings_in_the_paths_of_the_options_are_reported(
    process: Process, paths: tuple[str, ...], expected: set[str]
) -> None:
    text = WRONG_DATE.format(status="Draft", more="")
    proposals = Corpus(tuple(testing.parse_proposal(text, process, path) for path in "ab"))
    result = runner.check(proposals, process, options(select=("H103",), paths=paths))
    assert {d.path for d in result.diagnostics} == expected


def test_findings_about_suppressions_are_not_recorded() -> None:
    found = (
        diagnostic(ERROR),
        diagnostic(Severity.WARNING, "b", ".fep-baseline.json", code="C016"),
    )
    entries = runner.recordable_entries(CheckResult("FEP", 1, found))
    assert [(entry.path, entry.code) for entry in entries] == [("a.rst", "H103")]
