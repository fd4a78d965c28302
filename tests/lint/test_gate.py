"""The gate: what a change introduced, and at what level it is reported.

The first tables decide about single findings, the last about whole changes: each of its rows is a
kind of change. Flipping one condition of the gate fails some rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from fep_tools.diagnostics import CheckOptions, CheckResult, Diagnostic, Severity, Span
from fep_tools.lint import gate, testing
from fep_tools.lint.baseline import baseline_entries, dump
from fep_tools.lint.changes import ChangeSet, ProposalChange
from fep_tools.process.model import Process
from fep_tools.proposals.model import Proposal
from fep_tools.repository import Repository

from .rules_for_tests import every_proposal

ERROR, WARNING, STYLE = Severity.ERROR, Severity.WARNING, Severity.STYLE
PATH = "proposals/fep-0007.rst"


def diagnostic(
    severity: Severity = ERROR, line: str = "Created: x", **values: object
) -> Diagnostic:
    fields = {"path": PATH, "message": "wrong; write it right", "excerpt": (line,), **values}
    return Diagnostic(
        span=Span(1, 1), code="H999", name="rule-h999", severity=severity, **fields  # type: ignore[arg-type]
    )  # fmt: skip


def mark(
    head: list[Diagnostic],
    base: list[Diagnostic],
    *,
    level: Severity = ERROR,
    blocking: bool = False,
    changes: ChangeSet | None = None,
    **options: set[str],
) -> list[Diagnostic]:
    result = gate.mark_introduced(
        CheckResult("FEP", 1, tuple(head)),
        CheckResult("FEP", 1, tuple(base)),
        changes or ChangeSet(),
        [replace(every_proposal("H999", level), blocking=blocking)],
        **options,
    )
    return list(result.diagnostics)


def edited(process: Process, before: str = "FEP: 7\n", after: str = "FEP: 8\n") -> ChangeSet:
    old, new = (Proposal.parse(text, process, PATH) for text in (before, after))
    return ChangeSet((ProposalChange(old, new),))


# One finding --------------------------------------------------------------------------------

DECISIONS = [
    # level of the rule, level reported without a base (lower in a settled proposal), in the base,
    # binding, blocking, exempt: introduced, level
    (ERROR, ERROR, False, False, False, False, True, ERROR),
    (ERROR, ERROR, True, False, False, False, False, ERROR),
    (ERROR, ERROR, True, True, False, False, True, ERROR),
    (ERROR, ERROR, True, False, True, False, True, ERROR),
    (ERROR, ERROR, False, False, False, True, False, ERROR),
    (ERROR, ERROR, True, True, True, True, False, ERROR),
    (ERROR, WARNING, False, False, False, False, True, ERROR),
    (ERROR, WARNING, True, False, False, False, False, WARNING),
    (ERROR, WARNING, True, False, True, False, True, ERROR),
    (WARNING, WARNING, False, False, False, False, True, WARNING),
    (WARNING, WARNING, True, False, False, False, False, WARNING),
    (WARNING, WARNING, True, True, False, False, False, WARNING),
    (WARNING, WARNING, True, False, True, False, True, WARNING),
    (STYLE, STYLE, False, False, False, False, True, STYLE),
    (STYLE, STYLE, True, True, False, False, False, STYLE),
]


@pytest.mark.parametrize(
    ("level", "before", "in_base", "binding", "blocking", "exempt", "introduced", "expected"),
    DECISIONS,
)
def test_finding_is_introduced_at_a_level(
    process: Process,
    level: Severity,
    before: Severity,
    in_base: bool,
    binding: bool,
    blocking: bool,
    exempt: bool,
    introduced: bool,
    expected: Severity,
) -> None:
    found = diagnostic(before)
    (marked,) = mark(
        [found],
        [found] if in_base else [],
        level=level,
        blocking=blocking,
        changes=edited(process),
        binding_paths={PATH} if binding else set(),
        exempt_paths={PATH} if exempt else set(),
    )
    assert (marked.introduced, marked.severity) == (introduced, expected)


@pytest.mark.parametrize(
    ("text", "introduced"), [("FEP: 7\n", False), ("FEP: 7\n\n", True), ("FEP: 8\n", True)]
)
def test_blocking_finding_is_introduced_if_the_text_was_edited(
    process: Process, text: str, introduced: bool
) -> None:
    changes = edited(process, after=text)
    (marked,) = mark([diagnostic()], [diagnostic()], blocking=True, changes=changes)
    assert marked.introduced is introduced


IDENTITIES = [
    # the finding before, the finding after: the same problem
    ({}, {}, True),
    ({}, {"line": "Created:   x"}, True),
    ({}, {"line": "Created: y"}, False),
    ({}, {"span": Span(9, 3)}, True),
    ({}, {"code": "H998"}, False),
    ({}, {"path": "proposals/fep-0008.rst"}, False),
    ({}, {"message": "wrong; write it otherwise"}, True),
    ({}, {"message": "also wrong; write it right"}, False),
    ({"message": "see the one on line 7"}, {"message": "see the one on line 17"}, True),
    ({"message": "needs 'Created'; add it"}, {"message": "needs 'Type'; add it"}, False),
    ({"message": "needs FEP 7"}, {"message": "needs FEP 8"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "same"), IDENTITIES)
def test_finding_is_the_same_problem(
    before: dict[str, object], after: dict[str, object], same: bool
) -> None:
    keys = []
    for values in (before, after):
        line = str(values.get("line", "Created: x"))
        others = {name: value for name, value in values.items() if name != "line"}
        keys.append(gate.finding_key(diagnostic(line=line)._replace(**others), {}))  # type: ignore[arg-type]
    assert (keys[0] == keys[1]) is same


@pytest.mark.parametrize(
    ("before", "after", "introduced"),
    [
        (0, 1, [True]),
        (1, 1, [False]),
        (1, 2, [False, True]),
        (2, 3, [False, False, True]),
        (3, 2, [False, False]),
    ],
)
def test_equal_findings_are_counted(before: int, after: int, introduced: list[bool]) -> None:
    marked = mark([diagnostic()] * after, [diagnostic()] * before)
    assert [found.introduced for found in marked] == introduced


def test_finding_follows_a_moved_proposal(process: Process) -> None:
    old = Proposal.parse("FEP: 7\n", process, "proposals/old.rst")
    new = Proposal.parse("FEP: 7\n", process, PATH)
    changes = ChangeSet((ProposalChange(old, new),))
    (marked,) = mark([diagnostic()], [diagnostic(path="proposals/old.rst")], changes=changes)
    assert marked.introduced is False


# Whole changes ------------------------------------------------------------------------------


WHY = "Reason: No sponsor was found.\n"


def proposal(
    number: int = 7,
    status: str = "Final",
    *,
    author: str = "Ada Lovelace",
    type_: str = "Process",
    created: str = "2026-01-02",
    headers: str = "",
    text: str = "",
) -> str:
    """Return a proposal without a finding, unless an argument causes one."""
    sections = ("Abstract", "Motivation", "Specification", "Review and Expiry")
    body = "".join(f"{title}\n{'=' * len(title)}\n\nThe {title} of it.\n\n" for title in sections)
    resolution = "Resolution: 2026-02-03 https://example.org/decision\n"
    discussion = "Discussions-To: https://example.org/thread\n"
    requires = headers if headers.startswith(("Requires", "Topic")) else ""
    return (
        f"FEP: {number}\nTitle: Views {number}\nAuthor: {author}\n{discussion}"
        f"Status: {status}\nType: {type_}\n{requires}Created: {created}\n"
        f"{'' if requires else headers}{resolution if status in DECIDED else ''}\n{body}{text}"
        "Copyright\n=========\n\nThis document is placed in the public domain or under the\n"
        "CC0-1.0-Universal license, whichever is more permissive.\n"
    )


DECIDED = ("Final", "Rejected", "Finall")
BAD_DATE = "2 January 2026"
OTHER_BAD_DATE = "3 January 2026"
BELL = "\a\n"
UNPARSABLE = ".. |a| replace:: |a| |a|\n\n|a|\n\n"
BACKQUOTE = "This is **important.\n\n"
IGNORED = f".. fep: ignore[B001] As it was.\n\n{BACKQUOTE}"


class Case(NamedTuple):
    """A change, and the findings after it: rule, introduced, level."""

    name: str
    before: dict[int | str, str]
    after: dict[int | str, str]
    expected: set[tuple[str, bool, Severity]]
    notes: str = ""


CASES = [
    # Settled and not, introduced and not
    Case("error in a draft", {7: proposal(status="Draft")},
         {7: proposal(status="Draft", created=BAD_DATE)}, {("H103", True, ERROR)}),
    Case("old error in a draft", {7: proposal(status="Draft", created=BAD_DATE)},
         {7: proposal(status="Draft", created=BAD_DATE, text="More.\n\n")},
         {("H103", False, ERROR)}),
    Case("error in a settled proposal", {7: proposal()}, {7: proposal(created=BAD_DATE)},
         {("H103", True, ERROR)}),
    Case("person in a settled proposal", {7: proposal()}, {7: proposal(author="R2 <D2")},
         {("H106", True, ERROR), ("T008", True, ERROR)}),
    Case("type in a settled proposal", {7: proposal()}, {7: proposal(type_="Proces")},
         {("H104", True, ERROR)}),
    Case("old error in a settled proposal", {7: proposal(created=BAD_DATE)},
         {7: proposal(created=BAD_DATE, author="Ada Lovelace, Grace Hopper")},
         {("H103", False, WARNING)}),
    Case("settled proposal is not touched", {7: proposal(created=BAD_DATE), 8: proposal(8)},
         {7: proposal(created=BAD_DATE), 8: proposal(8, author="Ada Lovelace, Grace Hopper")},
         {("H103", False, WARNING)}),
    Case("old error in a settled proposal becomes another", {7: proposal(created=BAD_DATE)},
         {7: proposal(created=OTHER_BAD_DATE)},
         {("H103", True, ERROR), ("T007", True, ERROR)}),
    Case("one missing header instead of another",
         {7: proposal().replace("Created: 2026-01-02\n", "")},
         {7: proposal().replace("Author: Ada Lovelace\n", "")}, {("H005", True, ERROR)}),
    Case("markup in a settled proposal", {7: proposal()}, {7: proposal(text=BACKQUOTE)},
         {("B001", True, ERROR), ("T010", True, WARNING)}),
    Case("error in a settled proposal, with a comment to ignore it", {7: proposal()},
         {7: proposal(text=IGNORED)},
         {("C022", True, ERROR), ("T010", True, WARNING)}),
    Case("error in a settled proposal that ignores it already",
         {7: proposal(text=IGNORED)}, {7: proposal(text=IGNORED, author="A. Lovelace")},
         {("T008", True, ERROR)}),
    Case("comment that ignored an error is removed",
         {7: proposal(text=IGNORED)}, {7: proposal(text=BACKQUOTE)},
         {("B001", True, ERROR), ("T010", True, WARNING)}),
    Case("settled proposal with an error is moved to a wrong name",
         {7: proposal(created=BAD_DATE)}, {"other": proposal(created=BAD_DATE)},
         {("C004", True, ERROR), ("H103", False, WARNING)}),
    # Lines and counts
    Case("lines have moved", {7: proposal(status="Draft", text=BACKQUOTE)},
         {7: proposal(status="Draft", text="More.\n\n" + BACKQUOTE)}, {("B001", False, ERROR)}),
    Case("second equal finding", {7: proposal(status="Draft", text=BACKQUOTE)},
         {7: proposal(status="Draft", text=BACKQUOTE + "More.\n\n" + BACKQUOTE)},
         {("B001", False, ERROR), ("B001", True, ERROR)}),
    # New files, moved files
    Case("new draft with an error", {}, {7: proposal(status="Draft", created=BAD_DATE)},
         {("H103", True, ERROR)}),
    Case("new settled proposal with an error", {}, {7: proposal(created=BAD_DATE)},
         {("H103", True, ERROR), ("T005", True, ERROR)}),
    Case("copy of a settled proposal with an error", {7: proposal(created=BAD_DATE)},
         {7: proposal(created=BAD_DATE), 8: proposal(8, created=BAD_DATE)},
         {("H103", False, WARNING), ("H103", True, ERROR), ("T005", True, ERROR)}),
    Case("moved", {"old": proposal(created=BAD_DATE)}, {7: proposal(created=BAD_DATE)},
         {("H103", False, WARNING)}),
    Case("moved and broken", {"old": proposal()}, {7: proposal(created=BAD_DATE)},
         {("H103", True, ERROR)}),
    Case("draft is renumbered", {7: proposal(status="Draft", created=BAD_DATE)},
         {8: proposal(8, status="Draft", created=BAD_DATE)}, {("H103", False, ERROR)}),
    # Another status
    Case("becomes settled with an error", {7: proposal(status="Active", created=BAD_DATE)},
         {7: proposal(created=BAD_DATE)}, {("H103", True, ERROR)}),
    Case("draft with an error gets another status",
         {7: proposal(status="Draft", created=BAD_DATE)},
         {7: proposal(status="Withdrawn", created=BAD_DATE, headers=WHY)}, {("H103", True, ERROR)}),
    Case("reopened with an error", {7: proposal(status="Deferred", created=BAD_DATE)},
         {7: proposal(status="Draft", created=BAD_DATE)}, {("H103", True, ERROR)}),
    Case("settled before and after", {7: proposal(status="Deferred", created=BAD_DATE)},
         {7: proposal(status="Withdrawn", created=BAD_DATE, headers=WHY)},
         {("H103", False, WARNING)}),
    Case("settled before and after, with a new error", {7: proposal(status="Deferred")},
         {7: proposal(status="Withdrawn", created=BAD_DATE, headers=WHY)},
         {("H103", True, ERROR)}),
    Case("status becomes unknown", {7: proposal(created=BAD_DATE)},
         {7: proposal(status="Finall", created=BAD_DATE)},
         {("H104", True, ERROR), ("H103", False, ERROR)}),
    # Caused elsewhere
    Case("finding in another, settled proposal",
         {7: proposal(headers="Requires: 8\n"), 8: proposal(8, status="Draft")},
         {7: proposal(headers="Requires: 8\n")}, {("L001", True, ERROR)}),
    Case("finding about two files", {7: proposal()},
         {7: proposal(), "other": proposal(7, status="Draft")},
         {("C003", True, ERROR), ("C004", True, ERROR)}),
    # What could not be judged before
    Case("base cannot be read", {7: BELL + proposal(created=BAD_DATE)},
         {7: proposal(created=BAD_DATE)}, {("H103", True, ERROR)}, "could not be checked before"),
    Case("neither can be read, and the file was edited", {7: BELL + proposal()},
         {7: BELL + proposal(status="Acepted")}, {("C001", True, ERROR)},
         "could not be checked before"),
    Case("neither can be read, and the file is the same", {7: BELL + proposal()},
         {7: BELL + proposal(), 8: proposal(8, status="Draft")}, {("C001", False, WARNING)}),
    Case("base is too large to be read", {7: proposal() + "x" * 2**20},
         {7: proposal(created=BAD_DATE)}, {("H103", True, ERROR), ("T005", True, ERROR)},
         "its status was not compared"),
    Case("base is empty", {7: ""}, {7: proposal()}, {("T005", True, ERROR)},
         "could not be checked before"),
    Case("base cannot be parsed", {7: proposal(status="Draft", text=UNPARSABLE)},
         {7: proposal(status="Draft", text=BACKQUOTE)}, {("B001", True, ERROR)},
         "could not be checked before"),
    Case("neither can be parsed, and the file was edited",
         {7: proposal(status="Draft", text=UNPARSABLE)},
         {7: proposal(status="Draft", text=UNPARSABLE + BACKQUOTE)}, {("B002", True, ERROR)},
         "could not be checked before"),
    Case("settled text still cannot be parsed", {7: proposal(text=UNPARSABLE)},
         {7: proposal(text=UNPARSABLE, author="Ada Lovelace, Grace Hopper")},
         {("B002", True, ERROR)}, "could not be checked before"),
    Case("headers are still split", {7: proposal().replace("Status:", "\nStatus:")},
         {7: proposal(status="Finall").replace("Status:", "\nStatus:")},
         {("H010", False, ERROR), ("H104", True, ERROR)}),
    Case("headers are still not there", {7: proposal().replace(": ", " ")},
         {7: proposal(status="Finall").replace(": ", " ")}, {("H000", True, ERROR)}),
]  # fmt: skip


OPTIONS = CheckOptions(testing.TODAY, jobs=1)


def sources(files: dict[int | str, str]) -> dict[str, bytes]:
    names = {n: f"fep-{n:04}" if isinstance(n, int) else n for n in files}
    return {f"proposals/{names[n]}.rst": text.encode() for n, text in files.items()}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_change(checkout: Callable[..., Path], case: Case) -> None:
    repository = Repository.open(checkout())
    options = CheckOptions(testing.TODAY, jobs=1)
    result = repository.check_change(options, sources(case.before), sources(case.after))
    found = {(d.code, bool(d.introduced), d.severity) for d in result.diagnostics}
    assert found == case.expected
    assert result.fails() is any(new and level is ERROR for _code, new, level in case.expected)
    assert case.notes in "; ".join(result.notes)
    assert bool(case.notes) is bool(result.notes)


LINK = "`A link <javascript:x>`_.\n\n"


@pytest.mark.parametrize(
    "comment",
    [
        ".. fep: ignore[B005] x",
        ".. fep:ignore[B005] x",
        ".. fep:\n   ignore[B005] x",
        "..\n   fep:\n   ignore[B005] x",
        "..\n   fep: ignore[B005,\n   B040] x",
        "..\tfep: ignore[link-scheme] x",
    ],
)
def test_whatever_suppresses_a_finding_in_a_settled_text_is_reported(
    checkout: Callable[..., Path], comment: str
) -> None:
    before = sources({7: proposal(text=LINK)})
    after = sources({7: proposal(text=f"{comment}\n\n{LINK}")})
    result = Repository.open(checkout()).check_change(OPTIONS, before, after)
    assert "B005" not in {d.code for d in result.diagnostics}
    assert ("C022", ERROR) in {(d.code, d.severity) for d in result.diagnostics if d.introduced}


FOOTNOTE = ".. [1] A note.\n\n"


@pytest.mark.parametrize(("level", "is_reported"), [("error", True), ("warning", False)])
def test_levels_of_the_settings_say_what_a_comment_may_not_suppress(
    checkout: Callable[..., Path], level: str, is_reported: bool
) -> None:
    root = checkout()
    (root / "pyproject.toml").write_text(f'[tool.fep.severity]\nB040 = "{level}"\n', "utf-8")
    before = sources({7: proposal(text=FOOTNOTE)})
    after = sources({7: proposal(text=f".. fep: ignore[B040] x\n\n{FOOTNOTE}")})
    result = Repository.open(root).check_change(OPTIONS, before, after)
    assert ("C022" in {d.code for d in result.diagnostics}) is is_reported


@pytest.mark.parametrize("select", [(), ("T010",)])
def test_words_that_a_change_hides_are_found_with_any_selection(
    checkout: Callable[..., Path], select: tuple[str, ...]
) -> None:
    before = sources({7: proposal(text="- Views.\n- Never.\n\n")})
    after = sources({7: proposal(text="- Views.\n- .. Never.\n\n")})
    options = OPTIONS._replace(select=select)
    result = Repository.open(checkout()).check_change(options, before, after)
    assert ("T010", True) in {(d.code, d.introduced) for d in result.diagnostics}


def test_proposal_of_the_cases_has_no_finding(checkout: Callable[..., Path]) -> None:
    repository = Repository.open(checkout())
    files = sources({7: proposal(), 8: proposal(8, status="Draft")})
    options = CheckOptions(testing.TODAY, jobs=1)
    assert repository.check_change(options, files, files).diagnostics == ()


def test_second_finding_that_equals_a_recorded_one_is_introduced(
    checkout: Callable[..., Path],
) -> None:
    before = sources({7: proposal(status="Draft", text=BACKQUOTE)})
    after = sources({7: proposal(status="Draft", text=BACKQUOTE + "More.\n\n" + BACKQUOTE)})
    root = checkout()
    options = CheckOptions(testing.TODAY, select=("B001",), jobs=1)
    found = Repository.open(root).check_change(options, {}, before)
    (root / ".fep-baseline.json").write_text(dump(baseline_entries(found.diagnostics)), "utf-8")
    result = Repository.open(root).check_change(options, before, after)
    assert [(d.code, d.introduced) for d in result.diagnostics] == [("B001", True)]
