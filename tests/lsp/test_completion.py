"""What is offered and shown, made of texts alone: no editor, no files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fep_tools.diagnostics import apply_edits, Diagnostic, Edit, Severity, Span
from fep_tools.lsp.code_actions import all_at_once, fixes
from fep_tools.lsp.completion import Choice, choices, CompletionContext
from fep_tools.lsp.hover import hover, plain
from fep_tools.lsp.rename import difference
from fep_tools.lsp.symbols import outline
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.proposals.model import build_vocabulary, Corpus, Proposal
from fep_tools.proposals.rst.parser import parse_body_safely

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)
DEP = load_process(ROOT / "src" / "fep_tools" / "process" / "builtin" / "dep.toml")
PEP = load_process(ROOT / "src" / "fep_tools" / "process" / "builtin" / "pep.toml")
HEAD = "FEP: 7\nTitle: Typed views\nAuthor: Ada\nStatus: Draft\nType: Standards Track\n"


def offered(text: str, process: Process, before: str | None = None) -> dict[str, Choice]:
    """What is offered at the bar in *text*, by what it is called."""
    head, _bar, tail = text.partition("|")
    line, column = head.count("\n") + 1, len(head) - head.rfind("\n")
    proposal = Proposal.parse(head + tail, process, "proposals/fep-0007.rst")
    was = Proposal.parse(before, process) if before is not None else None
    writing = CompletionContext(proposal, was, Corpus((proposal,)), process, TODAY)
    return {choice.label: choice for choice in choices(writing, line, column)}


def written(text: str, choice: Choice) -> str:
    """*text* as it is when *choice* is made."""
    return apply_edits(text.replace("|", ""), [choice.edit])


# Completion ------------------------------------------------------------------------------------


def test_where_it_may_go_depends_on_where_it_was_and_on_its_type(process: Process) -> None:
    text = HEAD.replace("Draft", "Fin|")
    assert list(offered(text, process, HEAD)) == ["Review", "Deferred", "Withdrawn", "Draft"]
    review = HEAD.replace("Draft", "Review")
    found = offered(text, process, review)
    assert list(found)[:3] == ["Draft", "Accepted", "Deferred"]
    assert found["Accepted"].detail == "needs Resolution and Upstream"
    assert "Active" in offered(text.replace("Standards Track", "Process"), process, review)
    assert list(offered(text, process)) == ["Draft"], "a new one begins at the beginning"


def test_a_step_that_is_unusual_says_so() -> None:
    head = "PEP: 7\nTitle: x\nStatus: Draft\nType: Standards Track\n"
    found = offered(head.replace("Draft", "|"), PEP, head)
    assert any("unusual" in choice.detail for choice in found.values())


@pytest.mark.parametrize(
    ("text", "choice", "after"),
    [
        ("FEP: 7\nStatus:|\n", "Draft", "FEP: 7\nStatus: Draft\n"),
        ("FEP: 7\nStatus: |\n", "Draft", "FEP: 7\nStatus: Draft\n"),
        ("FEP: 7\nStatus: Re|view  \n", "Draft", "FEP: 7\nStatus: Draft  \n"),
        ("FEP: 7\nTopic: Core,|\n", "Events", "FEP: 7\nTopic: Core, Events\n"),
        ("FEP: 7\nTopic: E|v, Core\n", "Events", "FEP: 7\nTopic: Events, Core\n"),
        ("FEP: 7\nCreated: |\n", "2026-11-20", "FEP: 7\nCreated: 2026-11-20\n"),
        ("FEP: 7\nReview-Until: |\n", "2026-12-04", "FEP: 7\nReview-Until: 2026-12-04\n"),
        ("FEP: 7\nRetroactive: |\n", "yes", "FEP: 7\nRetroactive: yes\n"),
        ("FEP: 7\nTi|\n", "Title", "FEP: 7\nTitle: \n"),
        ("FEP: 7\nTi|: x\n", "Title", "FEP: 7\nTitle: x\n"),
        ("|", "FEP", "FEP: "),
        ("FEP: 7\n|\n", "Title", "FEP: 7\nTitle: \n"),
    ],
)
def test_a_choice_takes_the_place_of_what_was_begun(
    text: str, choice: str, after: str, process: Process
) -> None:
    assert written(text, offered(text, process)[choice]) == after


@pytest.mark.parametrize(
    ("begun", "after"),
    [(":Sta|\n", ":Status: \n"), (":Sta|: y\n", ":Status: y\n"), ("|\n", ":Status: \n")],
)
def test_fields_of_a_list_have_a_colon_before_them(begun: str, after: str) -> None:
    head = "DEP 7: x\n========\n\n:DEP: 7\n"
    found = offered(head + begun, DEP)["Status"]
    assert written(head + begun, found) == head + after


@pytest.mark.parametrize(
    "text", [HEAD + "\nSome |text.\n", HEAD.replace("Typed", "Ty|ped"), HEAD + "\n:fep:`7`|\n"]
)
def test_where_anything_may_be_written_nothing_is_offered(text: str, process: Process) -> None:
    assert offered(text, process) == {}


def test_a_header_that_must_not_be_there_is_not_offered(process: Process) -> None:
    names = offered(HEAD.replace("Standards Track", "Process") + "|\n", process)
    assert {"Created", "Topic"} <= set(names)
    assert not {"Target", "Review-Until", "Scribe", "Type"} & set(names)
    assert names["Created"].detail == "needed now"
    assert not names["Topic"].detail


# Hovering --------------------------------------------------------------------------------------


def shown(text: str, process: Process, told: tuple[Diagnostic, ...] = ()) -> str:
    head, _bar, tail = text.partition("|")
    proposal = Proposal.parse(head + tail, process, "proposals/fep-0007.rst")
    line, column = head.count("\n") + 1, len(head) - head.rfind("\n")
    return hover(proposal, Corpus((proposal,)), process, told, line, column)


def test_a_header_says_when_it_is_needed(process: Process) -> None:
    assert shown(HEAD + "Tar|get: flask\n", process) == (
        "**Target**: Who would have to change something.\n\n"
        "Such as `Target: flask`.\n\n"
        "Needed in Review, Accepted, Final or Superseded, for Standards Track.\n\n"
        "Not allowed for Informational or Process."
    )
    assert "with Retroactive" in shown(HEAD + "Scr|ibe: Ada\n", process)
    assert "without Retroactive" in shown(HEAD + "Resol|ution: x\n", process)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "Cre|atd: x\n",
        HEAD.replace("Draft", "Dra|ught"),
        HEAD + "\n:fep:`9|9`\n",
        HEAD.replace("Ada", "A|da"),
        HEAD.replace("Standards", "Standa|rd"),
    ],
)
def test_of_what_is_not_known_nothing_is_said(text: str, process: Process) -> None:
    assert shown(text, process) == ""


def test_a_status_that_leads_nowhere_says_so(process: Process) -> None:
    assert shown(HEAD.replace("Draft", "Rej|ected"), process).endswith("Goes nowhere from here.")


def test_a_title_is_no_markdown_of_its_own(process: Process) -> None:
    text = HEAD.replace("Typed views", "![x](http://e.org) <img> \x1b[31m") + "\n:fep:`|7`\n"
    told = shown(text, process)
    assert "![" not in told
    assert "<img" not in told.replace("\\<img", "")
    assert "\x1b" not in told
    assert plain("a_b `c`") == "a\\_b \\`c\\`"


# Fixes, parts and files ------------------------------------------------------------------------


def told(span: Span, *edits: Edit) -> Diagnostic:
    return Diagnostic("a.rst", span, "H103", "header-date", Severity.ERROR, "wrong", edits=edits)


def test_a_fix_is_called_after_what_it_writes() -> None:
    short = told(Span(2, 1, 2, 5), Edit(Span(2, 1, 2, 5), "\n new\x1b "))
    long = told(Span(2, 5, 2, 6), Edit(Span(2, 5), "a" * 99))
    none = told(Span(2, 1, 2, 9))
    found = fixes([short, long, none], Span(2, 5))
    assert [fix.title for fix in found] == [
        "Mend H103 header-date: new\\x1b",
        "Mend H103 header-date",
    ]
    assert fixes([short], Span(1, 1, 1, 9)) == []
    assert fixes([short], Span(1, 1, 3, 1)) != []


def test_of_two_fixes_of_one_place_the_second_waits() -> None:
    first = told(Span(1, 1), Edit(Span(1, 1, 1, 3), "x"))
    second = told(Span(1, 1), Edit(Span(1, 2, 1, 4), "y"))
    fix = all_at_once([first, second])
    assert fix is not None
    assert fix.edits == first.edits
    assert all_at_once([told(Span(1, 1))]) is None


def test_sections_are_within_each_other(process: Process) -> None:
    text = HEAD + "\nA\n=\n\nx\n\nB\n-\n\nC\n=\n\nD\n-\n\nE\n-\n"
    proposal = Proposal.parse(text, process)
    body = parse_body_safely(proposal.preamble.blanked(text), build_vocabulary(process))
    found = outline(Proposal.parse(text, process, body=body))
    sections = [symbol for symbol in found if symbol.kind == "section"]
    assert [(s.name, [c.name for c in s.children]) for s in sections] == [
        ("A", ["B"]),
        ("C", ["D", "E"]),
    ]
    assert sections[0].span.end_line == sections[1].span.line == sections[1].name_span.line


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\nb\nc\n", "a\nx\nc\n"),
        ("a\nb", "a\nc"),
        ("a\n", "a\nb"),
        ("", "a\n"),
        ("a\u2028b\r\nc\r\n", "a\u2028b\r\nd\r\n"),
        ("a\nb\n", ""),
    ],
)
def test_a_difference_makes_the_new_text_of_the_old_one(old: str, new: str) -> None:
    assert apply_edits(old, difference(old, new)) == new
