"""Checking and fixing any proposal: no exception, positions inside the text, stable fixes."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from hypothesis import example, given

import fep_tools
from fep_tools._text import split_lines
from fep_tools.diagnostics import CheckResult, Diagnostic, Edit
from fep_tools.lint import testing
from fep_tools.lint.engine import run_rules
from fep_tools.lint.fixes import apply_fixes, compatible_edits, fix_repeatedly
from fep_tools.lint.registry import all_rules
from fep_tools.process.model import Process
from fep_tools.proposals.model import build_vocabulary, Corpus, Proposal
from fep_tools.proposals.rst import parser as rst

from ..conftest import ROOT
from . import strategies
from .budget import examples
from .ingredients import OTHER
from .strategies import Case, process_named

RULES = all_rules()


SOURCE = str(Path(fep_tools.__file__).parent)


@cache
def frameworks() -> bytes:
    return (ROOT / "fep" / "frameworks.toml").read_bytes()


def attachments(process: Process) -> dict[str, bytes]:
    """Return the files that the notes of a process need."""
    return {process.notes.frameworks: frameworks()} if process.notes else {}


@cache
def other(name: str) -> Proposal:
    """Return another proposal in the same repository, which the first one may refer to."""
    return testing.parse_proposal(OTHER, process_named(name), "proposals/fep-0012.rst")


def check_text(text: str, process: Process) -> tuple[Corpus, CheckResult]:
    """Check a proposal, beside another one, with all rules."""
    path = process.path_for_new(7, "Typed views")
    proposal = testing.parse_proposal(text, process, path)
    others = (other("fep"),) if process.acronym == "FEP" else ()
    corpus = Corpus((proposal, *others), attachments=attachments(process))
    return corpus, run_rules(corpus, process, RULES, today=testing.TODAY)


def fixed_text(text: str, process: Process) -> str:
    """Return *text* after one run of ``fep check --fix``."""
    path = process.path_for_new(7, "Typed views")

    def check(fixed: Mapping[str, str]) -> CheckResult:
        return check_text(fixed.get(path, text), process)[1]

    def read_text(read: str) -> str:
        return text if read == path else OTHER

    return fix_repeatedly(check, read_text).get(path, text)


def assert_inside(diagnostic: Diagnostic, text: str) -> None:
    """Assert that the positions of a diagnostic and its edits are in *text*."""
    lines = split_lines(text)
    for span in (diagnostic.span, *(edit.span for edit in diagnostic.edits)):
        assert 1 <= span.line <= span.end_line <= len(lines), diagnostic
        assert span.start <= span.end, diagnostic
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1, diagnostic
        assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1, diagnostic


def apply_by_character(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits in another way than the tool does: character by character."""
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


NAMED = ".. code-block:: python\n   :name: view\n"


@example(("fep", f"{NAMED}A view.\n\n{NAMED}\n   x = 1\n   x = 1\n===\n"))
@example(("fep", "---\nAuthor: Ada Lovelace\n\tBob B\n---\n\n```python\nx = 1\n\n```"))
@examples(60)
@given(strategies.communities())
def test_findings_are_inside_the_text(case: Case) -> None:
    process, text = process_named(case[0]), case[1]
    corpus, result = check_text(text, process)
    for diagnostic in result.diagnostics:
        assert diagnostic.path in corpus.by_path
        assert_inside(diagnostic, corpus.by_path[diagnostic.path].text)


# What was found by fuzzing, shortened.
@example(("slep", "[#]_ [*]_\n----------------------\n| block\nX    : y\n"))
@example(("fep", "FEP: 7\n\n" + "... note:: Do not call it twice.\n" * 15))
@example(("fep", "FEP: 7\n\n" + "..[1] x\n" * 15))
@example(("fep", "FEP: 7\n\n* Specification\n  ===========\n\n  x\n"))
@example(("dep", "---\n" * 35 + ":DEP: Draft\n---\n"))
@example(("fep", "FEP: 7\n\n" + "# Title\n" * 12 + "\nAbstract\n=====\n"))
@example(("slep", "leati\\* \t7[1]_"))
@example(("ape", "---\n\nauthor:\n\nFEP: 007\n\n\t---\n\n---\n\nx\n"))
@example(("pep", "---\n" * 12 + "PEP: 7\n" + "---\n" * 12))
@example(("fep", "EFP:\ud800 Draft\r\n\r\n"))
@examples(60)
@given(strategies.communities())
def test_fixes_are_stable(case: Case) -> None:
    process, text = process_named(case[0]), case[1]
    corpus, result = check_text(text, process)
    proposal = corpus.proposals[0]
    fixable = [d for d in result.diagnostics if d.edits and d.path == proposal.path]
    for diagnostic in fixable:
        changed = apply_fixes([diagnostic], lambda _path: proposal.text)
        assert changed, ("a fix changes nothing", diagnostic)
    changed = apply_fixes(fixable, lambda _path: proposal.text)
    if "\r" not in proposal.text:
        edits = compatible_edits(fixable)
        assert [apply_by_character(proposal.text, edits)] == list(
            changed.values() or [proposal.text]
        )
    fixed = fixed_text(text, process)
    left = [d for d in check_text(fixed, process)[1].diagnostics if d.edits]
    assert [d for d in left if d.path == proposal.path] == [], fixed


def is_ours(error: BaseException) -> bool:
    """Return whether an exception comes from this project, and not from a parser that it calls."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(SOURCE):
            return True
        if any(
            f"/{name}/" in frame.filename for name in ("docutils", "markdown_it", "myst_parser")
        ):
            return False
    return False


@examples(60)
@given(strategies.communities())
def test_bodies_are_parsed(case: Case) -> None:
    process, text = process_named(case[0]), case[1]
    path = process.path_for_new(7, "Typed views")
    proposal = testing.parse_proposal(text, process, path)
    if proposal.refusal is not None:
        return
    try:
        body = rst.parse_body(proposal.body_text, build_vocabulary(process, path))
    except (RecursionError, MemoryError):
        return
    except Exception as error:
        if is_ours(error):
            raise
        return
    assert type(body).load(body.dump()) == body
