"""The outline of a proposal."""

from __future__ import annotations

from lsprotocol.types import SymbolKind

from fep_tools.lsp.convert import Lines
from fep_tools.lsp.navigation import outline
from fep_tools.process.model import Process
from fep_tools.proposals.model import build_vocabulary, Proposal
from fep_tools.proposals.rst.parser import parse_body_safely

HEAD = "FEP: 7\nTitle: Typed views\nAuthor: Ada\nStatus: Draft\nType: Standards Track\n"


def test_the_outline_nests_sections(process: Process) -> None:
    text = HEAD + "\nA\n=\n\nx\n\nB\n-\n\nC\n=\n\nD\n-\n\nE\n-\n"
    proposal = Proposal.parse(text, process)
    body = parse_body_safely(proposal.preamble.blanked(text), build_vocabulary(process))
    symbols = outline(Proposal.parse(text, process, body=body), Lines(text))
    sections = [symbol for symbol in symbols if symbol.kind is SymbolKind.String]
    assert [(s.name, [c.name for c in s.children or ()]) for s in sections] == [
        ("A", ["B"]),
        ("C", ["D", "E"]),
    ]
    assert sections[0].range.end == sections[1].range.start == sections[1].selection_range.start
