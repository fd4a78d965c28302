"""What is shown about the words under the mouse."""

from __future__ import annotations

import pytest

from fep_tools.catalog.model import SimilarProposal
from fep_tools.diagnostics import Diagnostic
from fep_tools.lsp.hover import describe, describe_similar, is_in_title
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.model import Corpus, Proposal

from ..conftest import TODAY

HEAD = "FEP: 7\nTitle: Typed views\nAuthor: Ada\nStatus: Draft\nType: Standards Track\n"


def describe_at(text: str, process: Process, diagnostics: tuple[Diagnostic, ...] = ()) -> str:
    head, _bar, tail = text.partition("|")
    proposal = Proposal.parse(head + tail, process, "proposals/fep-0007.rst")
    line, column = head.count("\n") + 1, len(head) - head.rfind("\n")
    return describe(proposal, Corpus((proposal,)), process, diagnostics, TODAY, line, column)


def test_a_header_shows_when_it_is_required(process: Process) -> None:
    assert describe_at(HEAD + "Tar|get: flask\n", process) == (
        "**Target**: The projects that would have to change.\n\n"
        "Example: `Target: flask`\n\n"
        "Required in Review, Accepted, Final or Superseded, for Standards Track.\n\n"
        "Not allowed for Informational or Process."
    )
    assert "without Retroactive" in describe_at(HEAD + "Upst|ream-Author: Ada\n", process)
    assert "with Retroactive" in describe_at(HEAD + "Status-His|tory: Ada\n", process)
    assert "without Retroactive" in describe_at(HEAD + "Resol|ution: x\n", process)


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
def test_unknown_words_show_nothing(text: str, process: Process) -> None:
    assert describe_at(text, process) == ""


def test_a_status_without_transitions_is_described(process: Process) -> None:
    assert describe_at(HEAD.replace("Draft", "Rej|ected"), process).endswith(
        "No transitions from here."
    )


def test_titles_are_escaped(process: Process) -> None:
    text = HEAD.replace("Typed views", "![x](http://e.org) <img> \x1b[31m") + "\n:fep:`|7`\n"
    text = describe_at(text, process)
    assert "![" not in text
    assert "<img" not in text.replace("\\<img", "")
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("line", "column", "expected"), [(2, 9, True), (2, 2, False), (3, 10, False), (8, 1, False)]
)
def test_the_title_is_found(process: Process, line: int, column: int, expected: bool) -> None:
    proposal = Proposal.parse(f"{HEAD}\nTyped views.\n", process, "proposals/fep-0007.rst")
    assert is_in_title(proposal, process, line, column) is expected


def test_a_title_that_is_a_heading_is_found() -> None:
    process = load_process(BUILTIN_DIRECTORY / "nep.toml")
    text = "=====\nNEP 7 — Typed views\n=====\n\n:Author: Ada\n:Status: Draft\n\nTyped views.\n"
    proposal = Proposal.parse(text, process, "doc/neps/nep-0007-views.rst")
    found = [is_in_title(proposal, process, line, 1) for line in range(1, 9)]
    assert found == [False, True, False, False, False, False, False, False]


def test_similar_proposals_show_their_status(process: Process) -> None:
    text = HEAD.replace("Draft", "Rejected").replace("Typed views", "*Typed* views")
    corpus = Corpus((Proposal.parse(text, process, "proposals/fep-0007.rst"),))
    similar = [SimilarProposal(number=7, words=("views", "typed"))]
    assert describe_similar(similar, corpus, process) == (
        "Similar proposals, also rejected ones:\n\n"
        "- FEP 7: \\*Typed\\* views (**Rejected**): views, typed"
    )
    assert describe_similar([], corpus, process).startswith("No other proposal")
