"""The sections of a proposal, and those whose questions are still open."""

from __future__ import annotations

import re

from ..process.model import Process
from ..process.titles import section_number
from .body import Heading
from .model import Proposal

# "None.", "No open issues", "There are currently none", "All of them were resolved".
_CLOSED = re.compile(
    r"(there (are|is) )?(currently |at present )?(none|nothing|no|n/a)\b"
    r"|.*\b(been|was|were) (all )?(answered|closed|decided|resolved|settled)\b",
    re.IGNORECASE | re.DOTALL,
)


def get_sections(proposal: Proposal, process: Process) -> list[Heading]:
    """Return the headings of the sections, without those of subsections.

    In communities that write the title as a heading, sections are one level below it. Their titles
    are without numbers that authors write: "3.1 Overview" is "Overview".
    """
    headings = list(proposal.body.headings) if proposal.body else []
    if process.title_source == "heading" and proposal.title_heading:
        del headings[:1]
    top = min((heading.level for heading in headings), default=1)
    names = process.memo(_section_titles)
    return [
        heading
        if heading.title in names
        else heading._replace(title=heading.title.removeprefix(section_number(heading.title)))
        for heading in headings
        if heading.level == top
    ]


def _section_titles(process: Process) -> frozenset[str]:
    return frozenset(section.title for section in process.sections)


def find_open_sections(proposal: Proposal, process: Process) -> list[Heading]:
    """Return the sections for open questions that have text, and do not say that none are left."""
    titles = {title.casefold() for title in process.open_sections}
    return [
        heading
        for heading in (get_sections(proposal, process) if titles else ())
        if heading.title.casefold() in titles
        and not heading.is_empty
        and not _CLOSED.match(heading.text)
    ]


def is_accepted(proposal_status: str | None, process: Process) -> bool:
    """Return whether a status results from a decision in favour of a proposal."""
    status = process.status(proposal_status)
    return status is not None and status.decision and status.stage in ("agreed", "done")
