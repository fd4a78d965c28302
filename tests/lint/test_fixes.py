"""Fixes: what they change, all that they leave alone, and that they come to an end."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fep_tools.diagnostics import Diagnostic, Edit, Severity, Span
from fep_tools.lint import testing
from fep_tools.lint.engine import run_rules
from fep_tools.lint.fixes import apply_fixes, compatible_edits, MAX_ROUNDS
from fep_tools.lint.registry import all_rules
from fep_tools.lint.rule import Rule
from fep_tools.process.model import Process
from fep_tools.proposals.model import Corpus

FIXABLE = [rule for rule in all_rules() if rule.fixable]
each_rule = pytest.mark.parametrize("rule", FIXABLE, ids=lambda rule: rule.name)

Texts = dict[str, str]


def found(texts: Texts, process: Process, rules: Iterable[Rule]) -> tuple[Diagnostic, ...]:
    proposals = tuple(testing.parse_proposal(text, process, path) for path, text in texts.items())
    return run_rules(Corpus(proposals), process, rules, today=testing.TODAY).diagnostics


def fixed(texts: Texts, process: Process, rules: Iterable[Rule]) -> Texts:
    """*texts* mended until nothing is left to mend, which must be soon."""
    for _round in range(MAX_ROUNDS):
        told = found(texts, process, rules)
        changed = apply_fixes(told, texts.__getitem__)
        for path, new in changed.items():
            edits = compatible_edits(one for one in told if one.path == path)
            assert new == made(texts[path], edits)
        if not changed:
            return texts
        texts = texts | changed
    raise AssertionError("never done")


def made(text: str, edits: Iterable[Edit]) -> str:
    """*text* with *edits* made, in another way than the tool's: character by character."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def at(line: int, column: int) -> int:
        return starts[line - 1] + column - 1

    characters = [*text, ""]
    for edit in edits:
        span = edit.span
        first, last = at(span.line, span.column), at(span.end_line, span.end_column)
        assert 0 <= first <= last <= len(text)
        kept = characters[first] if first == last else ""
        characters[first:last] = [""] * (last - first)
        characters[first] = edit.text + kept
    return "".join(characters)


# Laws --------------------------------------------------------------------------------------


def examples(rule: Rule, process: Process) -> tuple[Process, Texts]:
    community = testing.example_process(rule.bad, process)
    return community, {p.path: p.text for p in testing.parse_corpus(rule.bad, process)}


@each_rule
def test_fixed_twice_is_fixed_once(rule: Rule, process: Process) -> None:
    community, texts = examples(rule, process)
    once = fixed(texts, community, [rule])
    assert once != texts
    assert fixed(once, community, [rule]) == once
    assert [one for one in found(once, community, [rule]) if one.edits] == []


@each_rule
def test_fixes_keep_line_ends_and_the_last_one(rule: Rule, process: Process) -> None:
    if rule.name == "line-endings":
        pytest.skip("changing them is what it is for")
    community, texts = examples(rule, process)
    once = fixed(texts, community, [rule])
    windows = {path: text.replace("\n", "\r\n") for path, text in texts.items()}
    bare = {path: text.rstrip("\n") for path, text in texts.items()}
    assert fixed(windows, community, [rule]) == {
        path: text.replace("\n", "\r\n") for path, text in once.items()
    }
    assert fixed(bare, community, [rule]) == {
        path: text.rstrip("\n") for path, text in once.items()
    }


# Together ----------------------------------------------------------------------------------


def one(*edits: Edit) -> Diagnostic:
    return Diagnostic("a", edits[0].span, "H001", "x", Severity.ERROR, "m", edits=edits)


def test_the_edits_of_a_finding_are_made_together_or_not() -> None:
    first = one(Edit(Span(1, 1, 1, 4), "x"))
    second = one(Edit(Span(1, 3, 1, 5), "y"), Edit(Span(2, 1, 2, 1), "lost"))
    third = one(Edit(Span(1, 4, 1, 5), "z"))
    assert compatible_edits([first, second, third]) == [*first.edits, *third.edits]


def test_of_two_at_one_place_one_waits() -> None:
    first, second = one(Edit(Span(2, 1), "x")), one(Edit(Span(2, 1), "y"))
    assert compatible_edits([first, second]) == list(first.edits)


# Anything ----------------------------------------------------------------------------------

HEADERS = [
    "FEP: 007", "FEP: 7", "Title:Typed  views", "Title: FEP 7: Typed views ", "title: Typed",
    "Author : Ada Lovelace <a@example.org>,Bob B", "Author: Ada Lovelace\n\tBob B",
    "Status: draft", "Status: Drat", "Type: Standard Track", "Topic: core, Core,API",
    "Created: 3 March 2025", "Created: 2025-3-3 ", "Requires: 0012,  5, 5", "Replaces: 12",
    "Superseded-By: FEP 12", "Discussions-To: http://example.org/a b", "Tilte: x", "X: y", "stray",
    "Flask-Version: v2.1", "Post-History: 3-Mar-2025", "",
]  # fmt: skip
BLOCKS = [
    "Abstract\n=====", "Specificaton\n============\n\nText.  ", "Call `app.route` first.",
    "See https://peps.python.org/pep-0484/ and PEP 8.", "This goes on from FEP 12, FEP 5.",
    ".. note: No.", "`a <https://peps.python.org/pep-0008/>`__ x:pep:`8`", "Rоute pep:`8`.",
    "===\nLong title\n===", "::\n\n   code \t\n", "* `x`\n* ``FEP 12``", "\u65e5\u672c `a` \u0301",
    "Motivation\n~~~~~~", "", ".. fep: ignore[B008] x", "Text \\",
]  # fmt: skip
OTHER = "FEP: 12\nTitle: Views\nStatus: Final\nReplaces: 7\n\nAbstract\n========\n\nText.\n"

proposals = st.builds(
    lambda headers, blocks, gap, end, last: (
        ("\n".join(headers) + gap + "\n\n".join(blocks)).replace("\n", end) + last
    ),
    st.lists(st.sampled_from(HEADERS), max_size=10),
    st.lists(st.sampled_from(BLOCKS), max_size=6),
    st.sampled_from(["\n\n", "\n", "\n \n"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\r\n", "\n\n"]),
)


@settings(max_examples=60, deadline=None)
@given(text=proposals, seed=st.integers(0, 3))
def test_any_proposal_is_mended_in_the_end(text: str, seed: int, process: Process) -> None:
    texts = {"proposals/fep-0007.rst": text, "proposals/fep-0012.rst": OTHER}
    rules = list(FIXABLE)
    random.Random(seed).shuffle(rules)
    done = fixed(texts, process, rules)
    assert fixed(done, process, rules) == done
