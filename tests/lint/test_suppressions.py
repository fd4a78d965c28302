"""What keeps a finding from being told, where that holds, and where it must not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools.diagnostics import CheckOptions, fingerprint
from fep_tools.errors import ConfigError
from fep_tools.lint import baseline, testing
from fep_tools.lint.registry import all_rules
from fep_tools.lint.rule import FAMILIES
from fep_tools.lint.suppressions import inline_ignores
from fep_tools.process.model import Process
from fep_tools.repository import Repository

RULES = [rule for rule in all_rules() if rule.code in {"B008", "B020", "C014", "C015", "H103"}]
HEAD = "FEP: 7\nTitle: Typed views\nCreated: {day}\n\n"
BARE = "See https://peps.python.org/pep-0484/."


def told(text: str, process: Process) -> list[tuple[int, str]]:
    return [(one.span.line, one.code) for one in testing.check_example(RULES, text, process)]


def body(text: str, day: str = "2025-03-03") -> str:
    return HEAD.format(day=day) + text


# Where a comment holds ---------------------------------------------------------------------

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


def test_a_comment_is_about_the_block_after_it(process: Process) -> None:
    text = body(TEXT)
    lines = text.split("\n")
    bare = [n for n, line in enumerate(lines, start=1) if BARE in line]
    expected = [bare[n] for n in (0, 2, 3, 6, 9, 12)]
    assert told(text, process) == [(line, "B020") for line in expected]
    assert [ignore.reason for ignore in inline_ignores(testing.parse_proposal(text, process))] == [
        "The address is what this is about.",
        "By name, in an item.",
        "Over two lines, before a directive.",
        "A section with its parts.",
    ]


def test_at_the_top_it_is_about_the_whole(process: Process) -> None:
    comments = ".. A hint.\n\n.. fep: ignore[H103, B020] An old record.\n\n"
    assert told(body(f"{comments}{BARE}\n\n{BARE}", "3 March 2025"), process) == []
    later = f"Text.\n\n{comments}{BARE}\n\n{BARE}"
    found = [code for _line, code in told(body(later, "3 March 2025"), process)]
    assert sorted(found) == ["B020", "C014", "H103"]


def test_comments_may_stand_above_each_other(process: Process) -> None:
    two = ".. fep: ignore[B020] One.\n.. fep: ignore[B008] Two.\n\n"
    assert told(body(f"Text.\n\n{two}`a` {BARE}"), process) == []


def test_lines_may_end_as_on_windows(process: Process) -> None:
    text = body(f"Text.\n\n.. fep: ignore[B020] One.\n\n{BARE}\n").replace("\n", "\r\n")
    assert told(text, process) == []


def test_prose_and_code_silence_nothing(process: Process) -> None:
    code = f"::\n\n   .. fep: ignore[B020] Shown.\n\n{BARE}"
    assert [code for _line, code in told(body(code), process)] == ["B020"]


def test_without_the_rules_of_bodies_it_holds_as_well(tmp_path: Path, process: Process) -> None:
    text = body(".. fep: ignore[H103] An old record.\n\nText.\n", "3 March 2025")
    repository = opened(tmp_path, text)
    assert verdict(repository, select=("H103",)) == []
    assert verdict(opened(tmp_path, text.replace("H103", "H104")), select=("H103",)) == ["H103"]


# What cannot be silenced -------------------------------------------------------------------


@pytest.mark.parametrize("code", ["S001", "step-unknown", "C002", "C014"])
def test_no_comment_silences_what_is_not_its_own(code: str, process: Process) -> None:
    (one,) = testing.check_example(RULES, body(f".. fep: ignore[{code}] Please.\n"), process)
    assert one.code == "C015"
    assert one.message.endswith(
        " cannot be ignored in a comment; ask an editor for an [[exempt]] entry"
    )


def test_families_that_are_about_more_than_a_text_are_not_for_comments() -> None:
    assert {letter for letter, family in FAMILIES.items() if not family.inline} >= set("STC")


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("ignore[link-bear] x", 'no rule is called "link-bear"; write link-bare'),
        ("ignore[zzzzzz] x", 'no rule is called "zzzzzz"; write a code that fep rules lists'),
        ("ignore[B020]", "the comment gives no reason; write .. fep: ignore[H103] and the reason"),
        ("ignore[] x", "the comment names no rule; write .. fep: ignore[H103] and the reason"),
        (
            "ingore B020",
            '"fep: ingore B020" is not a valid ignore comment; write .. fep: ignore[H103] and the',
        ),
    ],
)
def test_a_comment_that_is_wrong_is_told(comment: str, message: str, process: Process) -> None:
    found = testing.check_example(RULES, body(f"Text.\n\n.. fep: {comment}\n\n{BARE}\n"), process)
    (one,) = [one for one in found if one.code == "C015"]
    assert one.message.startswith(message)
    assert one.span.line == 7


def test_one_that_is_not_needed_is_told(process: Process) -> None:
    (one,) = testing.check_example(RULES, body(".. fep: ignore[B020, H103] x\n\n" + BARE), process)
    assert one.code == "C014"
    assert one.message == "H103 reports nothing here; remove it from the comment"


def test_one_whose_rule_did_not_run_is_not_judged(process: Process) -> None:
    assert told(body(".. fep: ignore[B031] x\n\nText."), process) == []


def opened(root: Path, text: str, settings: str = "", known: str = "") -> Repository:
    """A checkout with one proposal."""
    (root / "proposals").mkdir(exist_ok=True)
    (root / "fep").mkdir(exist_ok=True)
    source = Path(__file__).parents[2] / "fep" / "process.toml"
    (root / "fep" / "process.toml").write_bytes(source.read_bytes())
    (root / "proposals" / "fep-0007.rst").write_text(text, "utf-8")
    (root / "pyproject.toml").write_text(settings, "utf-8")
    if known:
        (root / ".fep-baseline.json").write_text(known, "utf-8")
    return Repository.open(root)


def verdict(repository: Repository, **asked: tuple[str, ...]) -> list[str]:
    return [one.code for one in repository.check(CheckOptions(testing.TODAY, **asked)).diagnostics]  # type: ignore[arg-type]


def test_a_proposal_that_arrives_cannot_silence_its_own_errors(tmp_path: Path) -> None:
    text = body(f".. fep: ignore[H103, B020] Please.\n\n{BARE}\n", "3 March 2025")
    repository = opened(tmp_path, text)
    asked = CheckOptions(testing.TODAY, select=("H103", "B020", "C014"))
    path = "proposals/fep-0007.rst"
    arrived = repository.check_change(asked, {}, {path: text.encode()})
    changed = repository.check_change(asked, {path: b"FEP: 7\n\nx\n"}, {path: text.encode()})
    stayed = repository.check_change(asked, {path: text.encode()}, {path: text.encode() + b"\nx"})
    assert [(one.code, one.introduced) for one in arrived.diagnostics] == [("H103", True)]
    assert stayed.diagnostics == changed.diagnostics == ()


# Settings ----------------------------------------------------------------------------------

PER_FILE = '[tool.fep]\n\n[tool.fep.per-file-ignores]\n"{}" = ["{}"]\n'


@pytest.mark.parametrize("code", ["H103", "H1", "header-date"])
def test_a_setting_for_some_files(tmp_path: Path, code: str) -> None:
    text = body("Text.\n", "3 March 2025")
    repository = opened(tmp_path, text, PER_FILE.format("proposals/fep-000?.rst", code))
    assert "H103" not in verdict(repository, select=("H",))
    elsewhere = opened(tmp_path, text, PER_FILE.format("proposals/fep-001?.rst", code))
    assert "H103" in verdict(elsewhere, select=("H",))


def test_a_setting_that_names_no_rule_is_an_error(tmp_path: Path) -> None:
    repository = opened(tmp_path, body("Text.\n"), PER_FILE.format("*", "Z9"))
    with pytest.raises(ConfigError, match="there is no rule Z9"):
        verdict(repository)


@pytest.mark.parametrize(
    ("glob", "code", "message"),
    [
        ("other/*", "H103", 'no proposal matches "other/*"; remove the entry'),
        ("proposals/*", "H103", 'H103 reports nothing in "proposals/*"; remove it from the entry'),
    ],
)
def test_a_setting_that_is_not_needed_is_told(
    tmp_path: Path, glob: str, code: str, message: str
) -> None:
    repository = opened(tmp_path, body("Text.\n"), PER_FILE.format(glob, code))
    asked = CheckOptions(testing.TODAY, select=("C014", "H103"))
    (one,) = repository.check(asked).diagnostics
    assert (one.path, one.span.line, one.message) == ("pyproject.toml", 4, message)


def test_settings_of_the_base_never_count_against_a_change(tmp_path: Path) -> None:
    old, new = body("Text.\n", "3 March 2025"), body("Text.\n")
    repository = opened(tmp_path, old, PER_FILE.format("proposals/*", "H103"))
    path = "proposals/fep-0007.rst"
    asked = CheckOptions(testing.TODAY, select=("C014", "H103"))
    found = repository.check_change(asked, {path: old.encode()}, {path: new.encode()})
    assert [(one.code, one.introduced) for one in found.diagnostics] == [("C014", False)]


# The baseline ------------------------------------------------------------------------------


def test_what_is_known_is_counted_and_not_told(tmp_path: Path) -> None:
    text = body(f"{BARE}\n", "3 March 2025")
    asked = CheckOptions(testing.TODAY, select=("H103", "B020", "C016"))
    before = opened(tmp_path, text).check(asked).diagnostics
    known = baseline.dump(baseline.baseline_entries(before))
    found = opened(tmp_path, text, known=known).check(asked)
    assert (found.diagnostics, found.baselined) == ((), 2)
    moved = text.replace("\n\n", "\n\nMore.\n\n").replace("Title:", "Author: A B\nTitle:")
    found = opened(tmp_path, f"{moved}\n{BARE} Again.\n", known=known).check(asked)
    assert [(one.code, found.baselined) for one in found.diagnostics] == [("B020", 2)]
    found = opened(tmp_path, body("Text.\n"), known=known).check(asked)
    (one,) = found.diagnostics
    assert (one.path, one.span.line, one.code) == (".fep-baseline.json", 4, "C016")
    assert one.message == "2 findings in the baseline no longer occur; run: fep baseline prune"


def test_a_part_of_the_rules_does_not_make_the_rest_stale(tmp_path: Path) -> None:
    known = baseline.dump([baseline.BaselineEntry("proposals/fep-0007.rst", "B020", "0" * 16)])
    repository = opened(tmp_path, body("Text.\n"), known=known)
    assert verdict(repository, select=("H103", "C016")) == []
    assert verdict(repository, select=("B020", "C016")) == ["C016"]


entry = st.builds(
    baseline.BaselineEntry,
    st.text(),
    st.sampled_from(["H103", "B020"]),
    st.text("0123456789abcdef"),
)


@given(st.lists(entry))
def test_what_was_written_is_read(entries: list[baseline.BaselineEntry]) -> None:
    text = baseline.dump(entries)
    read = baseline.parse(text, "x").entries
    assert [(e.path, e.code, e.fingerprint) for e in read] == [
        (e.path, e.code, e.fingerprint) for e in sorted(entries)
    ]
    assert json.loads(text)["schema_version"] == 1
    assert baseline.dump(read) == text


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"schema_version": 2, "findings": []}', "[" * 100_000]
    + [f'{{"schema_version": 1, "findings": [{row}]}}' for row in ("1", '{"path": 1}')],
)
def test_anything_else_is_one_sentence(text: str) -> None:
    with pytest.raises(ConfigError, match="x: not a baseline file; to create one, run:"):
        baseline.parse(text, "x")


def test_fingerprints_are_those_of_the_design() -> None:
    assert fingerprint("FEP 7", "H103", "a  b", 0) == fingerprint("FEP 7", "H103", " a b ", 0)
    assert fingerprint("FEP 7", "H103", "a", 0) != fingerprint("FEP 7", "H103", "a", 1)
