"""What rules about bodies share: facts, sections as the process sees them, titles rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from ...._text import width
from ....diagnostics import Edit, Span
from ....process.model import Process
from ....process.schema import Condition, Section
from ....proposals.body import Body, Heading, Location, Problem, ProblemKind
from ....proposals.model import Proposal
from ..headers._helpers import row

CLOSE = 0.8
"""How much of two titles must be the same for one to be taken for the other."""

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*$")
_BEFORE = " \t'\"([{<-/:"
_AFTER = " \t'\")]}>-/:.,;!?\\"


def facts(proposal: Proposal) -> Body:
    """What the body of *proposal* holds."""
    return proposal.body or Body()


def problems(proposal: Proposal, trouble: ProblemKind) -> Iterator[Problem]:
    """The problems of that kind."""
    return (problem for problem in facts(proposal).problems if problem.kind == trouble)


def is_readable(proposal: Proposal) -> bool:
    """Whether the body was read; of one that was not, nothing is known to be missing."""
    return not any(problems(proposal, "crash"))


def source(proposal: Proposal, place: Location) -> str:
    """What is written at *place*."""
    lines = proposal.lines[place.line - 1 : place.end_line]
    if not lines:
        return ""
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return "\n".join(lines)


def is_apart(proposal: Proposal, place: Location) -> bool:
    """Whether a role may stand at *place*: not in a drawn table, nor touching other text."""
    line = proposal.lines[place.line - 1]
    before = line[: place.column - 1][-1:]
    after = proposal.lines[place.end_line - 1][place.end_column - 1 :][:1]
    return before in _BEFORE and after in _AFTER and not line.lstrip().startswith("|")


# Sections ----------------------------------------------------------------------------------


def sections(proposal: Proposal, process: Process) -> list[Heading]:
    """The headings of the sections of a proposal, without those within them.

    Where a heading is the title of the whole, they are those below it.
    """
    headings = list(facts(proposal).headings)
    if process.title_source == "heading":
        del headings[:1]
    top = min((heading.level for heading in headings), default=1)
    return [heading for heading in headings if heading.level == top]


def misnamed(proposal: Proposal, process: Process) -> Iterator[tuple[Heading, str]]:
    """The sections that are nearly called as the process calls one that is not there."""
    there = sections(proposal, process)
    titles = {heading.title for heading in there}
    known = process.sections_for(proposal.type)
    wanted = {section.title.casefold(): section.title for section in known}
    absent = [title for title in wanted if wanted[title] not in titles]
    for heading in there:
        if heading.title not in wanted.values():
            for close in get_close_matches(heading.title.casefold(), absent, 1, CLOSE):
                yield heading, wanted[close]


def demanded(proposal: Proposal, process: Process) -> Iterator[tuple[Section, Condition]]:
    """The sections that *proposal* must have, each with what demands it."""
    for section in process.sections_for(proposal.type):
        if when := row(section.required, proposal):
            yield section, when


def asked_at(proposal: Proposal, when: Condition) -> Span:
    """Where a proposal says what *when* goes by: its status, its type, or that it is one."""
    status = proposal.field("status") if when.statuses else None
    type_ = proposal.field("type") if when.types else None
    asking = status or type_ or proposal.field("number")
    return asking.span() if asking else Span()


# Titles ------------------------------------------------------------------------------------


def retitled(proposal: Proposal, line: int, title: str) -> tuple[Edit, ...]:
    """How to write *title* on *line*, with the lines over and under it as long as it is."""
    edits = [Edit(_whole(proposal, line), title)]
    under = _adornment(proposal, line + 1)
    for near in (line - 1, line + 1):
        if under and _adornment(proposal, near) == under:
            edits.append(Edit(_whole(proposal, near), under * width(title)))
    return tuple(edits)


def _adornment(proposal: Proposal, line: int) -> str:
    """The character that *line* is made of, if it is such a line."""
    inside = 1 <= line <= len(proposal.lines)
    match = _ADORNMENT.match(proposal.lines[line - 1].rstrip()) if inside else None
    return match[1] if match else ""


def _whole(proposal: Proposal, line: int) -> Span:
    return Span(line, 1, line, len(proposal.lines[line - 1]) + 1)
