"""Titles of proposals whose bodies have not been parsed."""

from __future__ import annotations

import pytest

from fep_tools.editing.titles import proposal_summaries, title_from_text
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.proposals.model import Corpus, Proposal

from ..conftest import ROOT

DEP = load_process(ROOT / "src" / "fep_tools" / "process" / "builtin" / "dep.toml")
OVERLINED = "=====================\nDEP 7: Typed *views*\n=====================\n\n:DEP: 7\n"


def test_summaries_have_the_title_even_if_it_is_a_heading() -> None:
    proposal = Proposal.parse(OVERLINED, DEP, "final/0007-views.rst")
    assert list(proposal_summaries(Corpus((proposal,)), DEP)) == [(7, "Typed *views*", "")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (OVERLINED, "Typed *views*"),
        ("DEP 7: x\n========\n", "x"),
        ("DEP 8: x\n========\n", "DEP 8: x"),
        (".. _views:\n\nDEP 7: x\n========\n", "x"),
        (":DEP: 7\n\nAbstract\n========\n", ""),
        ("", ""),
        ("=====\n", ""),
    ],
)
def test_title_from_a_heading(text: str, title: str) -> None:
    assert title_from_text(text, 7, DEP) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("FEP: 7\nTitle: Typed views\n", "Typed views"),
        ("FEP: 7\nTitle: FEP 7: Typed views\n", "Typed views"),
        ("FEP: 7\nTitle: FEP 6: Typed views\n", "FEP 6: Typed views"),
        ("FEP: 7\nTitle: FEP 7\n", "FEP 7"),
        ("FEP: 7\n\nAbstract\n========\n", ""),
    ],
)
def test_title_from_a_header(process: Process, text: str, title: str) -> None:
    assert title_from_text(text, 7, process) == title
