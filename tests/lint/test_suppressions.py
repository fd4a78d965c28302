"""Suppressions: comments in proposals, settings and exemptions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fep_tools.config import PerFileIgnore
from fep_tools.diagnostics import CheckOptions, Finding, Span
from fep_tools.errors import ConfigError
from fep_tools.lint import testing
from fep_tools.lint.ignore_comments import _item_start, inline_ignores, InlineIgnore
from fep_tools.lint.registry import all_rules
from fep_tools.lint.rule import FAMILIES
from fep_tools.lint.suppressions import index_ignores, Suppressions
from fep_tools.process.model import Process
from fep_tools.process.schema import Exemption
from fep_tools.repository import Repository

from .rules_for_tests import every_proposal

RULES = [rule for rule in all_rules() if rule.code in {"B008", "B020", "C014", "C015", "H103"}]
HEADERS = "FEP: 7\nTitle: Typed views\nCreated: {day}\n\n"
BARE = "See https://peps.python.org/pep-0484/."
PATH = "proposals/fep-0007.rst"


def proposal_text(body: str, day: str = "2025-03-03") -> str:
    return HEADERS.format(day=day) + body


def found(text: str, process: Process) -> list[tuple[int, str]]:
    return [(d.span.line, d.code) for d in testing.check_example(RULES, text, process)]


def codes(text: str, process: Process) -> list[str]:
    return [code for _line, code in found(text, process)]


# Comments: the lines that they apply to -----------------------------------------------------

TEXT = f"""\
Abstract
========

{BARE}

.. fep: ignore[B020] The address is what this is about.

{BARE}

{BARE}

- {BARE}

  .. fep: ignore[link-bare] By name, in an item.

  {BARE}
  {BARE}

  {BARE}

.. fep: ignore[B020]
   Over two lines, before a directive.

.. note::

   {BARE}

   {BARE}

{BARE}

.. fep: ignore[B020] A section with its parts.

Motivation
==========

{BARE}

Part
----

{BARE}

Specification
=============

{BARE}
"""


def test_comment_applies_to_the_block_after_it(process: Process) -> None:
    text = proposal_text(TEXT)
    lines = text.split("\n")
    bare = [n for n, line in enumerate(lines, start=1) if BARE in line]
    expected = [bare[n] for n in (0, 2, 3, 6, 9, 12)]
    assert found(text, process) == [(line, "B020") for line in expected]
    ignores = inline_ignores(testing.parse_proposal(text, process))
    assert [ignore.reason for ignore in ignores] == [
        "The address is what this is about.",
        "By name, in an item.",
        "Over two lines, before a directive.",
        "A section with its parts.",
    ]


IGNORE_TEXT = "fep: ignore[B020] x"
IGNORE = f".. {IGNORE_TEXT}"
SECTION = "First\n=====\n\nOne.\n\n"
COVERED = [
    # body with a comment (@, or & without the dots), and the lines that the comment applies to
    ("Text.\n\n@\n\nOne.\n\nTwo.", "One."),
    ("Text.\n\n@\n   More.\n\nOne.\nOne.\n\nTwo.", "One.\nOne."),
    ("Text.\n\n@\n\n\n\nOne.\n\n\n  Two.\n\nThree.", "One.\n\n\n  Two."),
    ("Text.\n\n@\n\nOne.", "One."),
    ("Text.\n\n@", ""),
    ("- Text.\n\n  @\n\n  One.\n\n  Two.\n\nThree.", "  One."),
    # several comments
    ("Text.\n\n@\n.. fep: x\n\nOne.\n\nTwo.", "One."),
    ("Text.\n\n@\n\n.. fep: x\n\nOne.\n\nTwo.", "One."),
    ("- Text.\n\n  @\n  .. fep: x\n\n  One.\n\nTwo.", "  One."),
    ("Text.\n\n@\n\n.. fep: x", ""),
    # sections
    (f"Text.\n\n@\n\n{SECTION}Second\n======\n\nTwo.", SECTION),
    (f"Text.\n\n@\n\n{SECTION}Part\n----\n\nTwo.", f"{SECTION}Part\n----\n\nTwo."),
    (f"Text.\n\n@\n\n=====\n{SECTION}Two.", f"=====\n{SECTION}Two."),
    (f"Text.\n\n@\n\nZero.\n\n{SECTION}", "Zero."),
    (f"Text.\n\n@\n\n=====\n{SECTION}======\nSecond\n======\n\nTwo.", f"=====\n{SECTION}"),
    # its text is below the dots
    ("Text.\n\n..\n   &\n   More.\n\nOne.\n\nTwo.", "One."),
    ("Text.\n\n@\n..\n   fep: x\n\nOne.\n\nTwo.", "One."),
    ("..\n   &\n\nOne.", "everything"),
    ("- ..\n     &\n\n  One.\n\n- Two.", "- ..\n     &\n\n  One.\n\n"),
    # it begins an item
    ("- @\n\n  One.\n\n  Two.\n\nThree.", "- @\n\n  One.\n\n  Two.\n\n"),
    ("- @\n- Two.", "- @"),
    ("- One.\n\n- @\n\n  Two.\n\nThree.", "- @\n\n  Two.\n\n"),
    ("- - @\n\n    One.\n\n  - Two.", "- - @\n\n    One.\n\n"),
    ("- 1) @\n\n     One.\n\n  Two.", "- 1) @\n\n     One.\n\n"),
    ("1. @\n\n   One.\n\n2. Two.", "1. @\n\n   One.\n\n"),
    (":a b: @\n\n  One.\n\n:c: Two.", ":a b: @\n\n  One.\n\n"),
    (".. note:: @\n\n   One.\n\nTwo.", ".. note:: @\n\n   One.\n\n"),
    (".. [1] @\n\n   One.\n\nTwo.", ".. [1] @\n\n   One.\n\n"),
    ("Text.\n\n- @\n\n  One.\n\nTwo.", "- @\n\n  One.\n\n"),
    ("-a F, --all  @\n\n   One.\n\n-b  Two.", "-a F, --all  @\n\n   One.\n\n"),
    ("Text.\n\n- -a  @\n\n      One.\n\n  -b  Two.", "- -a  @\n\n      One.\n\n"),
    # its position in a table is unknown
    (f"+{25 * '-'}+\n| @  |\n+{25 * '-'}+", ""),
    # a quote, which may itself begin with it
    ("   Quote.\n\n@\n\nOne.\n\nTwo.", "One."),
    ("   @\n\n   Quote.\n\nOne.", "   Quote."),
    # only comments are above it
    ("@\n\nOne.\n\nTwo.", "everything"),
    (".. A hint.\n@\n\nOne.", "everything"),
    (".. A hint.\n\n   More.\n\n@\n\nOne.", "everything"),
    ("..\n   A hint.\n\n@\n\nOne.", "everything"),
    ("..\n\n@\n\nOne.", "everything"),
    ("..\n\n   Quote.\n\n@\n\nOne.\n\nTwo.", "One."),
    (".. See a::b and c:: d.\n\n@\n\nOne.", "everything"),
    (".. [a hint] x\n\n@\n\nOne.", "everything"),
    (".. [1] x\n\n@\n\nOne.\n\nTwo.", "One."),
    ("..  [CIT2002] x\n\n@\n\nOne.\n\nTwo.", "One."),
    (".. note:: Text.\n\n@\n\nOne.\n\nTwo.", "One."),
    (".. _target:\n\n@\n\nOne.\n\nTwo.", "One."),
    (".. |name| replace:: Text.\n\n@\n\nOne.\n\nTwo.", "One."),
]


@pytest.mark.parametrize(("body", "covered"), COVERED)
def test_lines_that_a_comment_applies_to(body: str, covered: str, process: Process) -> None:
    def with_comment(text: str) -> str:
        return text.replace("@", IGNORE).replace("&", IGNORE_TEXT)

    proposal = testing.parse_proposal(proposal_text(with_comment(body)), process)
    (ignore,) = inline_ignores(proposal)
    lines = proposal.lines[ignore.first_line - 1 : ignore.last_line]
    expected = proposal.lines if covered == "everything" else with_comment(covered).splitlines()
    assert lines == expected


def test_comment_at_the_top_applies_to_headers_and_body(process: Process) -> None:
    comments = ".. A hint.\n\n.. fep: ignore[H103, B020] An old record.\n\n"
    text = proposal_text(f"{comments}{BARE}\n\n{BARE}", "3 March 2025")
    assert found(text, process) == []
    later = proposal_text(f"Text.\n\n{comments}{BARE}\n\n{BARE}", "3 March 2025")
    assert sorted(codes(later, process)) == ["B020", "C014", "H103"]


def test_several_comments_apply_to_the_same_block(process: Process) -> None:
    two = ".. fep: ignore[B020] One.\n.. fep: ignore[B008] Two.\n\n"
    assert found(proposal_text(f"Text.\n\n{two}`a` {BARE}"), process) == []


def test_comment_in_a_file_with_windows_line_ends(process: Process) -> None:
    text = proposal_text(f"Text.\n\n.. fep: ignore[B020] One.\n\n{BARE}\n")
    assert found(text.replace("\n", "\r\n"), process) == []


def test_comment_in_a_code_block_suppresses_nothing(process: Process) -> None:
    code = f"::\n\n   .. fep: ignore[B020] Shown.\n\n{BARE}"
    assert codes(proposal_text(code), process) == ["B020"]


# Comments: errors in them -------------------------------------------------------------------


@pytest.mark.parametrize("code", ["S001", "transition-unknown", "C002", "C014"])
def test_comment_cannot_suppress_rules_about_more_than_its_text(
    code: str, process: Process
) -> None:
    text = proposal_text(f".. fep: ignore[{code}] Please.\n")
    (diagnostic,) = testing.check_example(RULES, text, process)
    assert diagnostic.code == "C015"
    assert diagnostic.message.endswith(
        " cannot be ignored in a comment; ask an editor for an [[exempt]] entry"
    )


def test_families_that_comments_cannot_suppress() -> None:
    assert {letter for letter, family in FAMILIES.items() if not family.inline} == set("STC")


REASON = "write .. fep: ignore[H103] and the reason"


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("ignore[link-bear] x", 'no rule is called "link-bear"; write link-bare'),
        ("ignore[zzzzzz] x", 'no rule is called "zzzzzz"; write a code that fep rules lists'),
        ("ignore[B020]", f"the comment gives no reason; {REASON}"),
        ("ignore[] x", f"the comment names no rule; {REASON}"),
        ("ingore B020", f'"fep: ingore B020" is not a valid ignore comment; {REASON}'),
    ],
)
def test_invalid_comment_is_reported(comment: str, message: str, process: Process) -> None:
    text = proposal_text(f"Text.\n\n.. fep: {comment}\n\n{BARE}\n")
    diagnostics = testing.check_example(RULES, text, process)
    (diagnostic,) = [d for d in diagnostics if d.code == "C015"]
    assert (diagnostic.span.line, diagnostic.message) == (7, message)


@pytest.mark.parametrize(
    ("comment", "expected"),
    [("ignore[B020, H103] x", ["C014"]), ("ignore[B020] x", []), ("ignore[B020, B031] x", [])],
    ids=["unused", "used", "the rule did not run"],
)
def test_unused_comment_is_reported(comment: str, expected: list[str], process: Process) -> None:
    assert codes(proposal_text(f".. fep: {comment}\n\n{BARE}"), process) == expected


def test_comment_that_is_not_found_is_unused(process: Process) -> None:
    border = "+" + "-" * (len(IGNORE) + 2) + "+"
    text = proposal_text(f"{border}\n| {IGNORE} |\n{border}\n\n{BARE}")
    assert sorted(codes(text, process)) == ["B020", "C014"]


def test_comment_in_an_item_does_not_apply_to_headers(process: Process) -> None:
    text = proposal_text(f"- .. fep: ignore[H103, B020] x\n\n  {BARE}\n", "3 March 2025")
    assert sorted(codes(text, process)) == ["C014", "H103"]


def test_unused_comment_is_reported_if_another_proposal_uses_the_same(process: Process) -> None:
    texts = (proposal_text(f"{IGNORE}\n\n{text}") for text in (BARE, "Text."))
    files = zip((7, 8), texts, strict=True)
    example = "\n".join(f"# proposals/fep-000{number}.rst\n{text}" for number, text in files)
    (diagnostic,) = testing.check_example(RULES, example, process)
    assert (diagnostic.path, diagnostic.code) == ("proposals/fep-0008.rst", "C014")


# All kinds ----------------------------------------------------------------------------------

EXEMPT = Exemption.model_validate({"number": 7, "code": "H999", "reason": "x"})
EXPIRED = EXEMPT.model_copy(update={"until": date(2026, 11, 19)})
LAST_DAY = EXEMPT.model_copy(update={"until": testing.TODAY})
OTHER_NUMBER = EXEMPT.model_copy(update={"number": 8})
SETTING = PerFileIgnore("proposals/*", ("H9",), 1)
OTHER_FILES = PerFileIgnore("drafts/*", ("H9",), 1)
COMMENT = InlineIgnore(PATH, Span(3, 1), ("H999",), "x", 4, 6)
BY_NAME = InlineIgnore(PATH, Span(3, 1), ("rule-h999",), "x", 4, 6)
TWO_LINES_ABOVE = InlineIgnore(PATH, Span(1, 1), ("H999",), "x", 1, 3)
FOR_STATUS = InlineIgnore(PATH, Span(3, 1), ("S999",), "x", 4, 6)

KINDS = [
    # suppression, rule, binding: suppressed, recorded as used
    (EXEMPT, "H999", False, True, True),
    (EXEMPT, "H999", True, True, True),
    (EXEMPT, "H998", False, False, False),
    (EXPIRED, "H999", False, False, False),
    (LAST_DAY, "H999", False, True, True),
    (OTHER_NUMBER, "H999", False, False, False),
    (SETTING, "H999", False, True, True),
    (SETTING, "H999", True, True, True),
    (SETTING, "T999", False, False, False),
    (OTHER_FILES, "H999", False, False, False),
    (COMMENT, "H999", False, True, True),
    (COMMENT, "H999", True, False, True),
    (COMMENT, "H998", False, False, False),
    (BY_NAME, "H999", False, True, True),
    (TWO_LINES_ABOVE, "H999", False, False, False),
    (FOR_STATUS, "S999", False, False, False),
]


@pytest.mark.parametrize(("suppression", "code", "binding", "suppressed", "used"), KINDS)
def test_suppression(
    process: Process,
    suppression: Exemption | PerFileIgnore | InlineIgnore,
    code: str,
    binding: bool,
    suppressed: bool,
    used: bool,
) -> None:
    """A binding finding is an error in a proposal that is new or gets another status."""
    exemptions = (suppression,) if isinstance(suppression, Exemption) else ()
    settings = (suppression,) if isinstance(suppression, PerFileIgnore) else ()
    comments = (suppression,) if isinstance(suppression, InlineIgnore) else ()
    process = process.model_copy(update={"exemptions": exemptions})
    suppressions = Suppressions(
        process, testing.TODAY, settings, _ignores={PATH: index_ignores(comments)}
    )
    proposal = testing.parse_proposal("FEP: 7\n", process, PATH)
    rule, finding = every_proposal(code), Finding(Span(5, 1), "m")
    assert suppressions.matches(rule, finding, PATH, proposal, binding=binding) is suppressed
    assert suppressions.used == ({(suppression, code)} if used else set())


# In a repository ----------------------------------------------------------------------------

PER_FILE = '[tool.fep]\n\n[tool.fep.per-file-ignores]\n"{}" = ["{}"]\n'


@pytest.fixture
def open_repository(checkout: Callable[..., Path]) -> Callable[..., Repository]:
    """Return a function that makes a repository with one proposal and settings."""

    def make(text: str, settings: str = "") -> Repository:
        root = checkout({"fep-0007.rst": text})
        (root / "pyproject.toml").write_text(settings, "utf-8")
        return Repository.open(root)

    return make


def checked(repository: Repository, *select: str) -> list[str]:
    result = repository.check(CheckOptions(testing.TODAY, select=select))
    return [diagnostic.code for diagnostic in result.diagnostics]


def test_comment_is_found_if_no_rule_needs_bodies(
    open_repository: Callable[..., Repository],
) -> None:
    text = proposal_text(".. fep: ignore[H103] An old record.\n\nText.\n", "3 March 2025")
    assert checked(open_repository(text), "H103") == []
    assert checked(open_repository(text.replace("H103", "H104")), "H103") == ["H103"]


@pytest.mark.parametrize(
    ("body", "included", "expected"),
    [
        ("Text.", f"Text.\n\n{BARE}", ["a.rst:3 B020"]),
        (IGNORE, f"Text.\n\n{BARE}", []),
        (f"Text.\n\n{IGNORE}", BARE, ["fep-0007.rst:7 C014", "a.rst:1 B020"]),
        ("Text.", f"{IGNORE}\n\n{BARE}", ["a.rst:1 C015", "a.rst:3 B020"]),
        ("Text.", f"{BARE}\n\n{IGNORE}\n\nText.", ["a.rst:1 B020", "a.rst:3 C015"]),
        ("Text.", f"- {IGNORE}\n\n  {BARE}", ["a.rst:1 C015", "a.rst:3 B020"]),
    ],
)
def test_comments_and_included_files(
    open_repository: Callable[..., Repository], body: str, included: str, expected: list[str]
) -> None:
    """A comment at the top covers them; those in them suppress nothing, which is said."""
    root = open_repository(proposal_text(f"{body}\n\n.. include:: fep-0007/a.rst\n")).root
    process = root / "fep" / "process.toml"
    setting = '[files]\nincluded = ["proposals/fep-*/*.rst"]\n'
    process.write_text(process.read_text("utf-8").replace("[files]\n", setting), "utf-8")
    (root / "proposals" / "fep-0007").mkdir()
    (root / "proposals" / "fep-0007" / "a.rst").write_text(included, "utf-8")
    options = CheckOptions(testing.TODAY, select=("B020", "C014", "C015"))
    found = Repository.open(root).check(options).diagnostics
    assert [f"{Path(d.path).name}:{d.span.line} {d.code}" for d in found] == expected


def test_new_proposal_cannot_suppress_its_own_errors(
    open_repository: Callable[..., Repository],
) -> None:
    body = f".. fep: ignore[H103, B020] Please.\n\n{BARE}\n"
    text = proposal_text(body, "3 March 2025").encode()
    repository = open_repository(text.decode())
    options = CheckOptions(testing.TODAY, select=("H103", "B020", "C014"))
    new = repository.check_change(options, {}, {PATH: text})
    edited = repository.check_change(options, {PATH: b"FEP: 7\n\nx\n"}, {PATH: text})
    extended = repository.check_change(options, {PATH: text}, {PATH: text + b"\nx"})
    assert [(d.code, d.introduced) for d in new.diagnostics] == [("H103", True)]
    assert extended.diagnostics == edited.diagnostics == ()


@pytest.mark.parametrize("code", ["H103", "H1", "header-date"])
def test_setting_suppresses_rules_in_some_files(
    open_repository: Callable[..., Repository], code: str
) -> None:
    text = proposal_text("Text.\n", "3 March 2025")
    matching = open_repository(text, PER_FILE.format("proposals/fep-000?.rst", code))
    assert "H103" not in checked(matching, "H")
    other = open_repository(text, PER_FILE.format("proposals/fep-001?.rst", code))
    assert "H103" in checked(other, "H")


def test_setting_that_names_no_rule_is_an_error(
    open_repository: Callable[..., Repository],
) -> None:
    repository = open_repository(proposal_text("Text.\n"), PER_FILE.format("*", "Z9"))
    with pytest.raises(ConfigError, match="there is no rule Z9"):
        checked(repository)


@pytest.mark.parametrize(
    ("glob", "message"),
    [
        ("other/*", 'no proposal matches "other/*"; remove the entry'),
        ("proposals/*", 'H103 reports nothing in "proposals/*"; remove it from the entry'),
    ],
)
def test_unused_setting_is_reported(
    open_repository: Callable[..., Repository], glob: str, message: str
) -> None:
    repository = open_repository(proposal_text("Text.\n"), PER_FILE.format(glob, "H103"))
    result = repository.check(CheckOptions(testing.TODAY, select=("C014", "H103")))
    (diagnostic,) = result.diagnostics
    assert (diagnostic.path, diagnostic.span.line) == ("pyproject.toml", 4)
    assert diagnostic.message == message


def test_setting_that_a_change_makes_unused_does_not_fail_the_change(
    open_repository: Callable[..., Repository],
) -> None:
    old, new = proposal_text("Text.\n", "3 March 2025"), proposal_text("Text.\n")
    repository = open_repository(old, PER_FILE.format("proposals/*", "H103"))
    options = CheckOptions(testing.TODAY, select=("C014", "H103"))
    result = repository.check_change(options, {PATH: old.encode()}, {PATH: new.encode()})
    assert [(d.code, d.introduced) for d in result.diagnostics] == [("C014", False)]


def test_tens_of_thousands_of_comments_take_linear_time(process: Process) -> None:
    comments = ".. fep: ignore[B001] x\n\n" * 20_000
    text = f"FEP: 7\nTitle: T\n\nA paragraph.\n\n{comments}The last paragraph.\n"
    ignores = inline_ignores(testing.parse_proposal(text, process))
    assert len(ignores) == 20_000
    assert {ignore.first_line for ignore in ignores} == {6 + 40_000}


def test_comments_above_a_long_block_take_linear_time(process: Process) -> None:
    """They were compared with each of its lines, and each blank line with all that follow."""
    comments = ".. fep: ignore[B001] x\n\n" * 1000
    block = "Text::\n\n" + "   a\n\n" * 30_000
    text = f"FEP: 7\nTitle: T\n\nA paragraph.\n\n{comments}{block}The last paragraph.\n"
    ignores = inline_ignores(testing.parse_proposal(text, process))
    assert {(i.first_line, i.last_line) for i in ignores} == {(2006, 2006 + 60_000)}


@pytest.mark.parametrize(
    ("before", "column"),
    [
        ("", None),
        ("   ", None),
        ("- ", 0),
        ("  1. ", 2),
        ("- a. ", 2),
        (":field: ", 0),
        (":a field: ", 0),
        ("1. :a field: ", 3),
        (":: ", 0),
        (".. note:: ", 0),
        ("- .. [1] ", 2),
        ("... x ", 1),
        ("-o FILE, --output=FILE  ", 0),
        ("-o FILE, --output=FILE ", 9),
        ("- /V  ", 2),
        ("a  -b c  ", 3),
        ("no blank", None),
    ],
)
def test_where_an_item_begins(before: str, column: int | None) -> None:
    assert _item_start(before) == column


@pytest.mark.parametrize("part", ["x", "-a ", ":a", "..", ".. ", "--a", "- a  "])
def test_a_long_line_before_a_comment_is_looked_at_once(part: str) -> None:
    assert _item_start(f"{part * 300_000}x: ") is not None
