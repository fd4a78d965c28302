"""One proposal, and all of them."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools._files import Refusal
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.body import Body, Heading, Location
from fep_tools.proposals.model import build_vocabulary, Corpus, Proposal

from ..conftest import ROOT

TEXT = """\
FEP: 7
Title: Typed views
Author: Ada Lovelace (@ada)
Status: Draft
Type: Process
Requires: 5, 12
Created: 3 March 2025
"""


def parse(text: str, process: Process, path: str = "proposals/fep-0007.rst") -> Proposal:
    return Proposal.parse(text, process, path)


def test_of_two_with_one_number_the_one_with_fewer_zeros_has_it(process: Process) -> None:
    """The other one would take its page."""
    text = "FEP: 9\nTitle: {}\n"
    paths = ("proposals/fep-000009.rst", "proposals/fep-0009.rst", "proposals/other.rst")
    corpus = Corpus(tuple(Proposal.parse(text, process, path) for path in paths))
    assert corpus.by_number[9].path == "proposals/fep-0009.rst"


def test_headers_by_role(process: Process) -> None:
    proposal = parse(TEXT, process)
    assert proposal.number == 7
    assert proposal.title == "Typed views"
    assert (proposal.status, proposal.type) == ("Draft", "Process")
    assert proposal.numbers("requires") == (5, 12)
    assert proposal.value("authors")[0].handle == "ada"


def test_a_value_with_a_mistake_is_used_if_it_is_understood(process: Process) -> None:
    proposal = parse(TEXT, process)
    assert proposal.value("created") == date(2025, 3, 3)
    (mistake,) = proposal.mistakes["created"]
    assert mistake.fix == "2025-03-03"


def test_a_value_that_nobody_understands_is_none_and_its_field_is_kept(process: Process) -> None:
    proposal = parse(TEXT.replace("3 March 2025", "soon"), process)
    assert proposal.value("created") is None
    field = proposal.field("created")
    assert field is not None
    assert field.first_line == 7
    assert proposal.mistakes["created"]


def test_absent_headers(process: Process) -> None:
    proposal = parse("Some text.\n", process, "proposals/notes.rst")
    assert (proposal.number, proposal.title, proposal.status) == (None, "", None)
    assert proposal.numbers("requires") == ()
    assert proposal.field("status") is None


def test_a_number_from_the_file_name(process: Process) -> None:
    assert parse("Title: x\n", process).number == 7
    assert parse("FEP: x\n", process).number == 7
    assert parse("FEP: 8\n", process).number == 8


@pytest.mark.parametrize(
    ("text", "levels", "title"),
    [
        ("Views\n=====\n\n:DEP: 7\n", (1,), "Views"),
        ("Views\n=====\n\n:DEP: 7\n", (1, 1), "Views"),
        ("Views\n=====\n", (1, 2), "Views"),
        (":DEP: 7\n\nViews\n=====\n", (1, 2, 2), "Views"),
        (":DEP: 7\n\nAbstract\n========\n", (1,), ""),
        (":DEP: 7\n\nAbstract\n========\n", (1, 1), ""),
        (":DEP: 7\n", (), ""),
    ],
)
def test_a_title_from_a_heading(text: str, levels: tuple[int, ...], title: str) -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    lines = text.split("\n")
    line = next((n for n, line in enumerate(lines) if line.startswith("===")), 0)
    headings = tuple(
        Heading(lines[line - 1], level, Location(line, 1, line, 5), False, "") for level in levels
    )
    proposal = Proposal.parse(text, dep, "draft/0007-views.rst", body=Body(headings=headings))
    assert proposal.title == title


def test_a_heading_is_no_title_where_titles_are_headers(process: Process) -> None:
    heading = Heading("Abstract", 1, Location(3, 1, 3, 9), False, "")
    proposal = Proposal.parse("FEP: 7\n\nAbstract\n========\n", process, body=Body((heading,)))
    assert proposal.title == ""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_have_no_line_ends(end: str, process: Process) -> None:
    proposal = parse(TEXT.replace("\n", end), process)
    assert proposal.lines == TEXT.split("\n")
    assert proposal.status == "Draft"


def test_a_refused_file_keeps_its_number(process: Process) -> None:
    refused = Proposal.parse("", process, "proposals/fep-0012.rst", refusal=Refusal("is a link"))
    assert Corpus((refused,)).get(12) is refused


def test_corpus_lookups(process: Process) -> None:
    one = parse(TEXT, process)
    two = parse("FEP: 5\n", process, "proposals/fep-0005.rst")
    same = parse("FEP: 5\n", process, "proposals/other.rst")
    corpus = Corpus((two, one, same))
    assert [proposal.path for proposal in corpus] == [
        "proposals/fep-0005.rst", "proposals/fep-0007.rst", "proposals/other.rst",
    ]  # fmt: skip
    assert len(corpus) == 3
    assert corpus.get(5) is two
    assert corpus.get(99) is None
    assert corpus.by_path["proposals/other.rst"] is same


def test_build_vocabulary(process: Process) -> None:
    words = build_vocabulary(process)
    assert words.reference == "fep"
    assert "pep" in words.roles
    assert words.banners == ("living-document",)
    pep = build_vocabulary(load_process(BUILTIN_DIRECTORY / "pep.toml"))
    assert pep.is_literal("py:class")
    assert pep.is_literal("external+python:ref")
    assert not pep.is_literal("nothing")


def test_the_values_of_a_repeated_header_are_joined() -> None:
    source = (ROOT / "fep/process.toml").read_text("utf-8")
    process = parse_process(source.replace('role = "authors"', 'role = "authors"\nrepeated = true'))
    text = "FEP: 7\nAuthor: Ada\nStatus: Draft\nAuthor: Bob (@bob),\n  Eve\nStatus: Final\n"
    proposal = parse(text, process)
    assert [person.name for person in proposal.value("authors")] == ["Ada", "Bob", "Eve"]
    assert proposal.status == "Draft"
    authors = proposal.field("authors")
    assert authors is not None
    assert authors.span(4, 7).line == 4
