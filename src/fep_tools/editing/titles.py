"""Titles of proposals whose bodies have not been parsed, for editors and shells to list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ..catalog.build import plain_title
from ..process.model import Process
from ..proposals.model import Corpus, Proposal
from ..proposals.preamble import Preamble


class ProposalSummary(NamedTuple):
    """One line of a list of proposals to choose from."""

    number: int
    title: str
    kind: str
    """Status and type, such as ``Draft Process``, as far as they can be read."""


def proposal_summaries(corpus: Corpus, process: Process) -> Iterator[ProposalSummary]:
    """Yield a summary of each proposal that has a number, by number."""
    for number, proposal in sorted(corpus.by_number.items()):
        kind = " ".join(word for word in (proposal.status, proposal.type) if word)
        yield ProposalSummary(number, display_title(proposal, process), kind)


def display_title(proposal: Proposal, process: Process) -> str:
    """Return the title, even if it is a heading and the body has not been parsed.

    The heading is then the first line with a letter or a digit: the line above may be an
    overline, such as ``=====``.
    """
    if not proposal.title and process.title_source == "heading":
        preamble = proposal.preamble
        above = proposal.lines[: preamble.first_line - 1] if preamble.fields else proposal.lines
        lines = (line.strip() for line in above if any(map(str.isalnum, line)))
        title = next((line for line in lines if not line.startswith(".. ")), "")
        proposal = replace(proposal, values={**proposal.values, "title": title})
    return plain_title(proposal, process)


def title_from_text(text: str, number: int, process: Process) -> str:
    """Return the title in the *text* of a proposal without parsing any other header."""
    preamble, header = Preamble.parse(text, process.dialect), process.header_for("title")
    field = preamble.get(header.name) if header else None
    values = {"number": number, **({"title": field.value} if field else {})}
    return display_title(Proposal("", text, preamble, values=values), process)
