"""Fixes of Markdown in reStructuredText."""

from __future__ import annotations

import re

from ...._text import width
from ....diagnostics import Edit, Span
from ....proposals.body import Problem
from ....proposals.model import Proposal
from .._lines import line_ending, line_span
from ._helpers import adornment_character, get_body, iter_problems, problem_edits


def fence_edits(proposal: Proposal, line: int) -> tuple[Edit, ...]:
    """Return the edits that make a code-block of the Markdown fence that begins on *line*.

    None if it does not end, or is inside something.
    """
    first = proposal.lines[line - 1].rstrip()
    match = re.fullmatch(r"(```+|~~~+) ?([\w+#-]*)", first)
    if match is None:
        return ()
    mark, language = match.groups()
    for last in range(line + 1, len(proposal.lines) + 1):
        if proposal.lines[last - 1].rstrip() == mark:
            break
    else:
        return ()
    code = proposal.lines[line : last - 1]
    after = proposal.lines[last] if last < len(proposal.lines) else ""
    if not any(text.strip() for text in code):
        return ()
    before = proposal.lines[line - 2] if line > 1 else ""
    start = line_ending(proposal) if before.strip() else ""
    end = line_ending(proposal) if code[0].strip() else ""
    header = f"{start}.. code-block:: {language or 'text'}{end}"
    edits = [Edit(line_span(proposal, line), header)]
    for number, text in enumerate(code, start=line + 1):
        if text.strip():
            edits.append(Edit(Span(number, 1), "   "))
    # A blank line ends the code, also if it is there already. At the end of the file, none does.
    has_blank = last < len(proposal.lines) and not (after.strip() and code[-1].strip())
    edits.append(Edit(Span(last, 1, last + 1, 1) if has_blank else line_span(proposal, last), ""))
    return tuple(edits)


def markdown_edits(proposal: Proposal, problem: Problem) -> tuple[Edit, ...]:
    """Return the edits of one problem of the kind ``markdown``."""
    # Next to other text, "----" would be the line over or under a title.
    if problem.replacement == "----" and any(map(str.strip, _nearby(proposal, problem))):
        return ()
    return problem_edits(proposal, problem) or _heading_edits(proposal, problem)


def _nearby(proposal: Proposal, problem: Problem) -> tuple[str, ...]:
    """Return the lines before and after that of a problem."""
    line = problem.location.line
    return (*proposal.lines[max(line - 2, 0) : line - 1], *proposal.lines[line : line + 1])


def _heading_edits(proposal: Proposal, problem: Problem) -> tuple[Edit, ...]:
    """Return the edit that underlines a Markdown heading like the titles of its level."""
    match = re.fullmatch(r"(#{1,6}) *([^\s#].*?)(?: +#+)?", problem.name)
    if match is None:
        return ()
    # Lines that all begin with "#" are comments in code that has lost its mark, rather than titles.
    if any(text.lstrip().startswith("#") for text in _nearby(proposal, problem)):
        return ()
    marks = [len(p.name) - len(p.name.lstrip("#")) for p in iter_problems(proposal, "markdown")]
    depth = len(match[1]) - min(mark for mark in marks if mark)
    characters = _title_characters(proposal)
    if depth >= len(characters):
        return ()
    underline = characters[depth] * width(match[2])
    return (Edit(problem.location.span, f"{match[2]}{line_ending(proposal)}{underline}"),)


def _title_characters(proposal: Proposal) -> str:
    """Return the underlines of the levels, those that are in use first."""
    used: dict[int, str] = {}
    for heading in get_body(proposal).headings:
        if character := adornment_character(proposal, heading.location.line + 1):
            used.setdefault(heading.level, character)
    characters = "".join(used[level] for level in sorted(used))
    return characters + "".join(c for c in "=-~^\"'" if c not in characters)
