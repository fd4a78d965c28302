"""Sections with questions that a text leaves open."""

from __future__ import annotations

import pytest

from fep_tools.lint.testing import parse_proposal
from fep_tools.process.loader import load_process
from fep_tools.proposals.sections import find_open_sections, is_accepted

from ..conftest import ROOT

PROCESS = load_process(ROOT / "fep" / "process.toml")
PEP = load_process(ROOT / "src" / "fep_tools" / "process" / "builtin" / "pep.toml")
TEXT = "FEP: 7\nTitle: Views\nStatus: Draft\n\nAbstract\n========\n\nText.\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("\nOpen Issues\n===========\n\nWhich version?\n", [("Open Issues", "Which version?")]),
        ("\nopen issues\n===========\n\n1. Which?\n", [("open issues", "")]),
        ("\nOpen Issues\n===========\n\nNone.\n", []),
        ("\nOpen Issues\n===========\n\nAll of them were answered.\n", []),
        ("\nOpen Issues\n===========\n", []),
        ("\nLater\n=====\n\nOpen Issues\n-----------\n\nWhich?\n", []),
        ("", []),
    ],
)
def test_open_sections(body: str, expected: list[tuple[str, str]]) -> None:
    found = find_open_sections(parse_proposal(TEXT + body, PROCESS), PROCESS)
    assert [(heading.title, heading.text) for heading in found] == expected


def test_a_proposal_without_a_body_has_none() -> None:
    proposal = parse_proposal("FEP: 7\nTitle: Views\n", PROCESS)
    assert find_open_sections(proposal, PROCESS) == []
    assert find_open_sections(proposal, PROCESS.model_copy(update={"open_sections": ()})) == []


def test_decisions_in_favour() -> None:
    statuses = ("Accepted", "Final", "Draft", "Rejected", "Deferred", None, "Unknown")
    assert [is_accepted(status, PROCESS) for status in statuses] == [True, True] + [False] * 5
