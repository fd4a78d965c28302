"""Fixes: what they change, what they leave alone, and that they come to an end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping

import pytest

from fep_tools.diagnostics import CheckResult, Diagnostic, Edit, Severity, Span
from fep_tools.lint import testing
from fep_tools.lint.engine import run_rules
from fep_tools.lint.fixes import apply_fixes, compatible_edits, fix_repeatedly, MAX_ROUNDS
from fep_tools.lint.registry import all_rules
from fep_tools.lint.rule import Rule
from fep_tools.process.model import Process
from fep_tools.proposals.model import Corpus

from ..fuzz.test_findings import apply_by_character

FIXABLE = [rule for rule in all_rules() if rule.fixable]
each_rule = pytest.mark.parametrize("rule", FIXABLE, ids=lambda rule: rule.name)

Texts = dict[str, str]


def check_texts(texts: Texts, process: Process, rules: Iterable[Rule]) -> tuple[Diagnostic, ...]:
    proposals = tuple(testing.parse_proposal(text, process, path) for path, text in texts.items())
    return run_rules(Corpus(proposals), process, rules, today=testing.TODAY).diagnostics


def fix_texts(texts: Texts, process: Process, rules: Iterable[Rule]) -> Texts:
    """Return the texts after all rounds of fixes, and check every round."""
    for _round in range(MAX_ROUNDS):
        diagnostics = check_texts(texts, process, rules)
        changed = apply_fixes(diagnostics, texts.__getitem__)
        for path, new in changed.items():
            edits = compatible_edits(d for d in diagnostics if d.path == path)
            assert new == apply_by_character(texts[path], edits)
        if not changed:
            return texts
        texts = texts | changed
    raise AssertionError("there are still fixes after all rounds")


# Laws ---------------------------------------------------------------------------------------


def examples(rule: Rule, process: Process) -> tuple[Process, Texts]:
    community = testing.example_process(rule.bad, process)
    return community, {p.path: p.text for p in testing.parse_corpus(rule.bad, process)}


@each_rule
def test_fixing_twice_is_fixing_once(rule: Rule, process: Process) -> None:
    community, texts = examples(rule, process)
    once = fix_texts(texts, community, [rule])
    assert once != texts
    assert fix_texts(once, community, [rule]) == once
    assert [d for d in check_texts(once, community, [rule]) if d.edits] == []


CUTS_THE_END = {"markdown-fence", "end-blank-lines"}
"""Rules that remove the last lines; the line end of the one before them stays."""


@each_rule
def test_fixes_keep_line_ends(rule: Rule, process: Process) -> None:
    if rule.name == "line-endings":
        pytest.skip("this rule changes line ends")
    community, texts = examples(rule, process)
    once = fix_texts(texts, community, [rule])
    windows = {path: text.replace("\n", "\r\n") for path, text in texts.items()}
    bare = {path: text.rstrip("\n") for path, text in texts.items()}
    assert fix_texts(windows, community, [rule]) == {
        path: text.replace("\n", "\r\n") for path, text in once.items()
    }
    fixed = fix_texts(bare, community, [rule])
    if rule.name in CUTS_THE_END:
        fixed = {path: text.rstrip("\n") for path, text in fixed.items()}
    assert fixed == {path: text.rstrip("\n") for path, text in once.items()}


# Rounds -------------------------------------------------------------------------------------


def edit_word(old: str, new: str) -> Callable[[Mapping[str, str]], CheckResult]:
    """Return a check that finds the first *old* in the file ``a`` and replaces it."""

    def check(fixed: Mapping[str, str]) -> CheckResult:
        text = fixed.get("a", "x x x")
        column = text.find(old) + 1
        edit = Edit(Span(1, column, 1, column + len(old)), new)
        return CheckResult("FEP", 1, (diagnostic(edit),) if column else ())

    return check


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("x", "y", {"a": "y y y"}),
        ("z", "y", {}),
        ("x", "x", {}),
        ("x", "xy", {"a": "x" + "y" * MAX_ROUNDS + " x x"}),
    ],
    ids=["until there are none", "nothing to fix", "no change", "at most so many rounds"],
)
def test_fixes_are_applied_repeatedly(old: str, new: str, expected: Texts) -> None:
    assert fix_repeatedly(edit_word(old, new), lambda path: {"a": "x x x"}[path]) == expected


def test_files_that_end_as_they_began_are_not_changed() -> None:
    def check(fixed: Mapping[str, str]) -> CheckResult:
        there_and_back = Edit(Span(1, 1, 1, 2), "x" if fixed.get("a") == "y" else "y")
        once = Edit(Span(1, 1, 1, 2), "z")
        return CheckResult("FEP", 2, (diagnostic(there_and_back), diagnostic(once, path="b")))

    assert fix_repeatedly(check, {"a": "x", "b": "x"}.__getitem__) == {"b": "z"}


# Edits of one round --------------------------------------------------------------------------


def diagnostic(*edits: Edit, path: str = "a") -> Diagnostic:
    return Diagnostic(path, Span(1, 1), "H001", "x", Severity.ERROR, "m", edits=edits)


def test_fixes_are_applied_to_every_file() -> None:
    texts = {"a": "one two", "b": "x", "c": "z"}
    to_z = Edit(Span(1, 1, 1, 2), "z")
    diagnostics = [
        diagnostic(Edit(Span(1, 1, 1, 4), "ONE")),
        diagnostic(to_z, path="b"),
        diagnostic(to_z, path="c"),
        diagnostic(path="not fixable, so not read"),
        diagnostic(Edit(Span(1, 5, 1, 8), "TWO")),
    ]
    assert apply_fixes(diagnostics, texts.__getitem__) == {"a": "ONE TWO", "b": "z"}


def test_edits_of_a_finding_are_applied_together_or_not_at_all() -> None:
    first = diagnostic(Edit(Span(1, 1, 1, 4), "x"))
    second = diagnostic(Edit(Span(1, 3, 1, 5), "y"), Edit(Span(2, 1, 2, 1), "lost"))
    third = diagnostic(Edit(Span(1, 4, 1, 5), "z"))
    assert compatible_edits([first, second, third]) == [*first.edits, *third.edits]


@pytest.mark.parametrize(
    ("one", "other", "are_compatible"),
    [
        (Span(2, 1), Span(2, 1), False),
        (Span(2, 1), Span(2, 2), True),
        (Span(2, 1), Span(2, 1, 2, 3), False),
        (Span(2, 2), Span(2, 1, 2, 3), False),
        (Span(2, 3), Span(2, 1, 2, 3), True),
        (Span(2, 1, 2, 3), Span(2, 1, 2, 3), False),
        (Span(2, 1, 2, 3), Span(2, 2, 2, 4), False),
        (Span(2, 1, 2, 5), Span(2, 2, 2, 4), False),
        (Span(2, 1, 2, 3), Span(2, 3, 2, 5), True),
        (Span(2, 5, 3, 1), Span(3, 1, 3, 4), True),
        (Span(2, 5, 3, 2), Span(3, 1, 3, 4), False),
        (Span(1, 3, 1, 4), Span(2, 3, 2, 4), True),
        (Span(2, 1, 4, 1), Span(3, 5, 3, 6), False),
    ],
)
def test_of_two_edits_that_overlap_the_first_is_applied(
    one: Span, other: Span, are_compatible: bool
) -> None:
    first, second = Edit(one, "x"), Edit(other, "y")
    both = [diagnostic(first), diagnostic(second)]
    assert compatible_edits(both) == ([first, second] if are_compatible else [first])
    assert compatible_edits(both[::-1]) == ([second, first] if are_compatible else [second])


def test_findings_with_several_edits_that_overlap() -> None:
    """All of them are compared with those of each finding that was accepted before."""
    outer_and_inner = [Edit(Span(1, 1, 1, 9), "a"), Edit(Span(1, 2, 1, 3), "b")]
    behind = diagnostic(Edit(Span(1, 5, 1, 6), "c"))
    after = diagnostic(Edit(Span(1, 9, 1, 9), "d"))
    for edits in (outer_and_inner, outer_and_inner[::-1]):
        first = diagnostic(*edits)
        assert compatible_edits([first, behind, after]) == [*edits, *after.edits]


def test_many_fixes_take_no_more_than_their_share() -> None:
    fixes = [diagnostic(Edit(Span(n, 1, n, 2), "")) for n in range(1, 10_000)]
    start = time.process_time()
    assert len(compatible_edits(fixes)) == len(fixes)
    assert time.process_time() - start < 3
