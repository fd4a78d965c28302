"""The runner: the rules of a check, and checks of proposals in memory."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools import config
from fep_tools.diagnostics import CheckOptions, CheckResult, Diagnostic, Severity, Span
from fep_tools.errors import ConfigError, ProcessError
from fep_tools.lint import baseline, runner, testing
from fep_tools.process.loader import parse_process
from fep_tools.process.model import Process
from fep_tools.proposals.model import Corpus

ERROR, WARNING, STYLE = Severity.ERROR, Severity.WARNING, Severity.STYLE


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
    process: Process,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    settings: str,
    expected: set[str],
) -> None:
    table = config.parse(f"[tool.fep]\n{settings}\n")
    rules = runner.selected_rules(options(select=select, ignore=ignore), table, process)
    assert {rule.code for rule in rules} >= expected
    assert {rule.code for rule in rules if rule.code < "H109"} == expected


@pytest.mark.parametrize(
    ("select", "expected"),
    [((), True), (("H", "S", "L", "C", "T"), False), (("H", "B020"), True), (("N",), True)],
)
def test_bodies_are_needed_for_some_families(
    process: Process, select: tuple[str, ...], expected: bool
) -> None:
    assert runner.needs_bodies(options(select=select), config.parse(""), process) is expected


LEVELS = [
    # settings, process: levels of H103 (error), H104 (error) and C017 (style)
    ({}, {}, (ERROR, ERROR, STYLE)),
    ({"H103": "warning"}, {}, (WARNING, ERROR, STYLE)),
    ({"header-date": "warning"}, {}, (WARNING, ERROR, STYLE)),
    ({"H": "warning"}, {}, (WARNING, WARNING, STYLE)),
    ({"ALL": "warning"}, {}, (WARNING, WARNING, WARNING)),
    ({"ALL": "warning", "H": "style", "H103": "error"}, {}, (ERROR, STYLE, WARNING)),
    ({"H103": "error", "H": "style", "ALL": "warning"}, {}, (ERROR, STYLE, WARNING)),
    ({"H1": "style", "H10": "warning"}, {}, (WARNING, WARNING, STYLE)),
    ({"H1": "style", "header-date": "warning"}, {}, (WARNING, STYLE, STYLE)),
    ({}, {"H103": "warning", "C": "error"}, (WARNING, ERROR, ERROR)),
    ({"H": "error"}, {"H103": "warning", "H104": "style"}, (ERROR, ERROR, STYLE)),
    ({"H104": "warning"}, {"H": "style"}, (STYLE, WARNING, STYLE)),
]


@pytest.mark.parametrize(("settings", "community", "expected"), LEVELS)
def test_levels_of_rules(
    process: Process,
    settings: dict[str, str],
    community: dict[str, str],
    expected: tuple[Severity, ...],
) -> None:
    text = "".join(f'{selector} = "{level}"\n' for selector, level in settings.items())
    table = config.parse(f"[tool.fep.severity]\n{text}")
    levels = {selector: Severity(level) for selector, level in community.items()}
    process = process.model_copy(update={"severity": levels})
    rules = {rule.code: rule for rule in runner.rules_at_levels(table, process)}
    assert tuple(rules[code].severity for code in ("H103", "H104", "C017")) == expected
    # Rules of level style do not run unless they are selected.
    default = {rule.code for rule in runner.selected_rules(options(), table, process)}
    assert {code for code in ("H103", "H104", "C017") if code in default} == {
        code
        for code, level in zip(("H103", "H104", "C017"), expected, strict=True)
        if level is not STYLE
    }


def test_unknown_rule_in_the_process_is_an_error_with_its_line(process: Process) -> None:
    _, text = process.source
    text = text.replace("[severity]", '[severity]\nH103 = "error"\nZ9 = "error"')
    unknown = parse_process(text, "p.toml")
    line = text.partition("Z9 = ")[0].count("\n") + 1
    with pytest.raises(ProcessError, match=f"^p.toml:{line}: there is no rule Z9; "):
        runner.check(Corpus(()), unknown, options())


@pytest.mark.parametrize(
    ("select", "settings", "location"),
    [
        (("Z9",), "", ""),
        ((), 'ignore = ["Z9"]', "pyproject.toml:2: "),
        ((), 'select = [\n"H1",\n"Z9"]', "pyproject.toml:4: "),
        ((), 'per-file-ignores = {"*" = ["Z9"]}', "pyproject.toml:2: "),
        ((), 'severity = { Z9 = "error" }', "pyproject.toml:2: "),
        ((), '[tool.fep.severity]\nH1 = "error"\nZ9 = "error"', "pyproject.toml:4: "),
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
