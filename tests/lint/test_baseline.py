"""The baseline file: its content, the findings that it accepts, and entries that are stale."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools.diagnostics import CheckOptions, CheckResult, Diagnostic, Severity, Span
from fep_tools.errors import ConfigError
from fep_tools.lint import baseline, testing
from fep_tools.repository import Repository

TEXT = """\
FEP: 7
Title: Typed views
Created: {day}

See https://peps.python.org/pep-0484/.
"""
BARE_LINK = "See https://peps.python.org/pep-0484/."
OPTIONS = CheckOptions(testing.TODAY, select=("H103", "B020", "C016"))


def diagnostic(fingerprint: str) -> Diagnostic:
    return Diagnostic(
        "a.rst", Span(1, 1), "H103", "x", Severity.ERROR, "m", fingerprint=fingerprint
    )


# Content ------------------------------------------------------------------------------------


@given(
    st.lists(
        st.builds(
            baseline.BaselineEntry,
            st.text(),
            st.sampled_from(["H103", "B020"]),
            st.text("0123456789abcdef"),
        )
    )
)
def test_parse_reads_what_dump_writes(entries: list[baseline.BaselineEntry]) -> None:
    text = baseline.dump(entries)
    parsed = baseline.parse(text, "x").entries
    assert [(e.path, e.code, e.fingerprint) for e in parsed] == [
        (e.path, e.code, e.fingerprint) for e in sorted(entries)
    ]
    assert json.loads(text)["schema_version"] == 1
    assert baseline.dump(parsed) == text


EMPTY = """\
{
  "schema_version": 1,
  "findings": []
}
"""
TWO_ENTRIES = """\
{
  "schema_version": 1,
  "findings": [
    {"path": "a.rst", "code": "B020", "fingerprint": "2"},
    {"path": "a.rst", "code": "H103", "fingerprint": "1"}
  ]
}
"""


@pytest.mark.parametrize(
    ("entries", "content"), [((), EMPTY), ((("H103", "1"), ("B020", "2")), TWO_ENTRIES)]
)
def test_content_of_the_file(entries: tuple[tuple[str, str], ...], content: str) -> None:
    """The layout stays, so that a new version of the tool does not change every file."""
    assert baseline.dump(baseline.BaselineEntry("a.rst", *entry) for entry in entries) == content


def test_entry_that_is_written_with_escapes_is_on_line_1() -> None:
    (entry,) = baseline.parse(TWO_ENTRIES.replace('"1"', r'"\u0031"'), "x").entries[1:]
    assert (entry.fingerprint, entry.line) == ("1", 1)


def test_entries_have_the_line_in_the_file() -> None:
    entries = [baseline.BaselineEntry("a.rst", "H103", digit * 16) for digit in "12"]
    parsed = baseline.parse(baseline.dump(entries), "x")
    assert [entry.line for entry in parsed.entries] == [4, 5]


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"schema_version": 2, "findings": []}', "[" * 100_000]
    + [f'{{"schema_version": 1, "findings": [{row}]}}' for row in ("1", '{"path": 1}')],
)
def test_other_content_is_an_error(text: str) -> None:
    message = "x: not a baseline file; to create one, run: fep baseline write"
    with pytest.raises(ConfigError, match=message):
        baseline.parse(text, "x")


@pytest.mark.parametrize(("recorded", "expected"), [("a", True), ("b", False), ("", False)])
def test_baseline_contains_findings_by_fingerprint(recorded: str, expected: bool) -> None:
    entries = (baseline.BaselineEntry("other.rst", "H999", recorded),) if recorded else ()
    assert baseline.Baseline("x", entries).contains(diagnostic("a")) is expected


# In a repository ----------------------------------------------------------------------------


@pytest.fixture
def check(checkout: Callable[..., Path]) -> Callable[..., CheckResult]:
    """Return a function that checks a proposal with a baseline."""

    def run(text: str, recorded: str = "", options: CheckOptions = OPTIONS) -> CheckResult:
        root = checkout({"fep-0007.rst": text})
        if recorded:
            (root / ".fep-baseline.json").write_text(recorded, "utf-8")
        return Repository.open(root).check(options)

    return run


def test_recorded_findings_are_counted_and_not_reported(
    check: Callable[..., CheckResult],
) -> None:
    text = TEXT.format(day="3 March 2025")
    found = check(text).diagnostics
    result = check(text, baseline.dump(baseline.baseline_entries(found)))
    assert (len(found), result.diagnostics, result.baselined) == (2, (), 2)


def test_recorded_findings_are_recognized_on_moved_lines(
    check: Callable[..., CheckResult],
) -> None:
    text = TEXT.format(day="3 March 2025")
    recorded = baseline.dump(baseline.baseline_entries(check(text).diagnostics))
    moved = text.replace("\n\n", "\n\nMore.\n\n").replace("Title:", "Author: A B\nTitle:")
    assert check(moved, recorded).diagnostics == ()
    result = check(f"{moved}\n{BARE_LINK} Again.\n", recorded)
    assert ([d.code for d in result.diagnostics], result.baselined) == (["B020"], 2)


def test_stale_entries_are_reported_once_at_the_first_of_them(
    check: Callable[..., CheckResult],
) -> None:
    found = check(TEXT.format(day="3 March 2025")).diagnostics
    recorded = baseline.dump(baseline.baseline_entries(found))
    fixed = TEXT.format(day="2025-03-03").replace(BARE_LINK, "Text.")
    (stale,) = check(fixed, recorded).diagnostics
    assert (stale.path, stale.span.line, stale.code) == (".fep-baseline.json", 4, "C016")
    assert stale.message == "2 findings in the baseline no longer occur; run: fep baseline prune"


@pytest.mark.parametrize(("code", "expected"), [("H103", []), ("B020", ["C016"])])
def test_entries_of_rules_that_did_not_run_are_not_stale(
    check: Callable[..., CheckResult], code: str, expected: list[str]
) -> None:
    entry = baseline.BaselineEntry("proposals/fep-0007.rst", "B020", "0" * 16)
    options = CheckOptions(testing.TODAY, select=(code, "C016"))
    text = TEXT.format(day="2025-03-03").replace(BARE_LINK, "Text.")
    result = check(text, baseline.dump([entry]), options)
    assert [diagnostic.code for diagnostic in result.diagnostics] == expected
