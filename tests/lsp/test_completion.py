"""What may be written at a cursor."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools.diagnostics import apply_edits
from fep_tools.lsp.completion import complete, Completion, CompletionContext
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.model import Corpus, Proposal

TODAY = date(2026, 11, 20)
DEP = load_process(BUILTIN_DIRECTORY / "dep.toml")
PEP = load_process(BUILTIN_DIRECTORY / "pep.toml")
HEAD = "FEP: 7\nTitle: Typed views\nAuthor: Ada\nStatus: Draft\nType: Standards Track\n"


def complete_at(text: str, process: Process, before: str | None = None) -> dict[str, Completion]:
    """Return the completions at the bar in *text*, by label."""
    head, _bar, tail = text.partition("|")
    line, column = head.count("\n") + 1, len(head) - head.rfind("\n")
    proposal = Proposal.parse(head + tail, process, "proposals/fep-0007.rst")
    committed = Proposal.parse(before, process) if before is not None else None
    context = CompletionContext(proposal, committed, Corpus((proposal,)), process, TODAY)
    return {one.label: one for one in complete(context, line, column)}


def written(text: str, completion: Completion) -> str:
    """Return *text* after *completion* is chosen."""
    return apply_edits(text.replace("|", ""), [completion.edit])


def test_statuses_depend_on_the_committed_status_and_the_type(process: Process) -> None:
    text = HEAD.replace("Draft", "Fin|")
    assert list(complete_at(text, process, HEAD)) == ["Review", "Deferred", "Withdrawn", "Draft"]
    review = HEAD.replace("Draft", "Review")
    completions = complete_at(text, process, review)
    assert list(completions)[:3] == ["Draft", "Accepted", "Deferred"]
    assert completions["Accepted"].detail == "needs Resolution and Upstream"
    assert "Active" in complete_at(text.replace("Standards Track", "Process"), process, review)
    assert list(complete_at(text, process)) == ["Draft"], "a new proposal has the initial status"


def test_an_unusual_transition_is_marked() -> None:
    head = "PEP: 7\nTitle: x\nStatus: Draft\nType: Standards Track\n"
    completions = complete_at(head.replace("Draft", "|"), PEP, head)
    assert any("unusual" in choice.detail for choice in completions.values())


@pytest.mark.parametrize(
    ("text", "label", "after"),
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
def test_a_completion_replaces_what_was_begun(
    text: str, label: str, after: str, process: Process
) -> None:
    assert written(text, complete_at(text, process)[label]) == after


@pytest.mark.parametrize(
    ("begun", "after"),
    [(":Sta|\n", ":Status: \n"), (":Sta|: y\n", ":Status: y\n"), ("|\n", ":Status: \n")],
)
def test_names_in_a_field_list_begin_with_a_colon(begun: str, after: str) -> None:
    head = "DEP 7: x\n========\n\n:DEP: 7\n"
    completion = complete_at(head + begun, DEP)["Status"]
    assert written(head + begun, completion) == head + after


@pytest.mark.parametrize(
    ("dialect", "text", "after"),
    [
        ("directives", ".. DEP:: 7\n.. Sta|\n", ".. DEP:: 7\n.. Status:: \n"),
        ("directives", ".. DEP:: 7\n.. Sta|:: x\n", ".. DEP:: 7\n.. Status:: x\n"),
        ("paragraphs", "DEP: 7\n|\n", "DEP: 7\nStatus: \n"),
        ("bullet-list", "- DEP: 7\n- Sta|\n", "- DEP: 7\n- Status: \n"),
        ("bullet-list", "* **DEP:** 7\n* **Sta|:** x\n", "* **DEP:** 7\n* **Status:** x\n"),
        ("code-block", "```\nDEP: 7\nSta|\n```\n", "```\nDEP: 7\nStatus: \n```\n"),
        ("paragraphs", "**DEP:** 7\n\n**Sta|:** x\n", "**DEP:** 7\n\n**Status:** x\n"),
    ],
)
def test_names_in_other_dialects(dialect: str, text: str, after: str) -> None:
    process = parse_process(DEP.source[1].replace('"field-list"', f'"{dialect}"'))
    head = "DEP 7: x\n========\n\n"
    assert written(head + text, complete_at(head + text, process)["Status"]) == head + after


@pytest.mark.parametrize(
    "text", [HEAD + "\nSome |text.\n", HEAD.replace("Typed", "Ty|ped"), HEAD + "\n:fep:`7`|\n"]
)
def test_free_text_has_no_completions(text: str, process: Process) -> None:
    assert complete_at(text, process) == {}


def test_forbidden_and_present_headers_are_not_offered(process: Process) -> None:
    names = complete_at(HEAD.replace("Standards Track", "Process") + "|\n", process)
    assert {"Created", "Topic"} <= set(names)
    assert not {"Target", "Review-Until", "Upstream-Author", "Type"} & set(names)
    assert names["Created"].detail == "required now"
    assert not names["Topic"].detail
