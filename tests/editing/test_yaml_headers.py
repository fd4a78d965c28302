"""Headers in YAML are written so that they are read as they were meant."""

from datetime import date
from pathlib import Path

import pytest

from fep_tools.editing.create import NewProposal, render_proposal
from fep_tools.editing.headers import append_line, remove_header, set_header
from fep_tools.errors import FepError
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.proposals.model import Proposal

TEXT = """\
---
eip: 7
title: "A: b"
description: >
  foo
  bar
author:
  - Ada (@ada)
  - Grace (@grace)
discussions-to:
status: Draft # so far
requires: [1,
  2]
---

## Abstract
"""


@pytest.fixture(scope="module")
def eip() -> Process:
    return load_process(Path(__file__).parents[1] / "conformance/processes/eip.toml")


@pytest.mark.parametrize(
    ("name", "value", "before", "after"),
    [
        ("title", "c: d", '"A: b"', '"c: d"'),
        ("title", "x", '"A: b"', "x"),
        ("title", 'say "x": #1', '"A: b"', r'"say \"x\": #1"'),
        ("title", "[x", '"A: b"', '"[x"'),
        ("description", "b", ">\n  foo\n  bar", "b"),
        ("author", "Linus (@l)", "\n  - Ada (@ada)\n  - Grace (@grace)", " Linus (@l)"),
        ("status", "Last Call", "Draft #", "Last Call #"),
        ("requires", "3", "[1,\n  2]", "3"),
        ("discussions-to", "https://a.org", "discussions-to:\n", "discussions-to: https://a.org\n"),
        ("created", "2020-01-01", "requires:", "created: 2020-01-01\nrequires:"),
        ("eip", "8", "eip: 7", "eip: 8"),
    ],
)
def test_set_header(name: str, value: str, before: str, after: str, eip: Process) -> None:
    assert set_header(TEXT, eip, name, value) == TEXT.replace(before, after)


def test_a_line_more_makes_a_block(eip: Process) -> None:
    text = append_line(TEXT, eip, "title", "c: d")
    assert text == TEXT.replace('"A: b"', "|\n  A: b\n  c: d")
    assert Proposal.parse(text, eip).fields["title"].value.strip() == "A: b\nc: d"


def test_remove_header(eip: Process) -> None:
    assert remove_header(TEXT, eip, "requires") == TEXT.replace("requires: [1,\n  2]\n", "")


def test_broken_headers_are_left_alone(eip: Process) -> None:
    broken = TEXT.replace("eip: 7", "eip: [7")
    with pytest.raises(FepError, match=r"is not YAML: .*; correct it first"):
        set_header(broken, eip, "status", "Review")


@pytest.mark.parametrize("head", ["{eip: 7, status: Draft}", "{eip: 7,\n status: }"])
def test_headers_of_an_unusual_form_are_left_alone(head: str, eip: Process) -> None:
    text = f"---\n{head}\n---\n"
    with pytest.raises(FepError, match="write it by hand"):
        set_header(text, eip, "created", "2026-01-02")
    with pytest.raises(FepError, match="do it by hand"):
        remove_header(text, eip, "status")


@pytest.mark.parametrize(
    "title", ["Views", "Views: typed", "#1", '"Views"', "[x]", "{type}", "yes", "1", "'"]
)
@pytest.mark.parametrize(
    "template", [None, '---\neip: {number}\ntitle: "{title}"\nauthor: {author}\n---\n\n{title}\n']
)
def test_a_new_proposal(title: str, template: str | None, eip: Process) -> None:
    new = NewProposal(title, "Meta", "Ada: Lovelace (@ada)", date(2026, 1, 2))
    proposal = Proposal.parse(render_proposal(eip, 9, new, template), eip)
    assert proposal.preamble.problem is None
    assert (proposal.number, proposal.title) == (9, title)
    assert proposal.fields["authors"].value == "Ada: Lovelace (@ada)"
    if template is None:
        assert "\n\n## Abstract\n\nTo be written.\n" in proposal.text
