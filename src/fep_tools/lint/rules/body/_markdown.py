"""Fixes of Markdown in reStructuredText."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from ...._text import width
from ....diagnostics import Edit, Span
from ....proposals.body import Problem
from ....proposals.model import Proposal
from .._lines import line_ending, line_span
from ._helpers import adornment_character, get_body, iter_problems, problem_edits


class MarkdownFences:
    """The fences of a proposal, to make code-blocks of them. Each line is looked at once."""

    def __init__(self, proposal: Proposal) -> None:
        self._proposal = proposal
        self._closing: dict[str, list[int]] = {}
        for number, line in enumerate(proposal.lines, start=1):
            if line.startswith(("```", "~~~")):
                self._closing.setdefault(line.rstrip(), []).append(number)
        self._last = 0  # line of what is fixed

    def edits(self, line: int) -> tuple[Edit, ...]:
        """Return the edits that make a code-block of the Markdown fence that begins on *line*.

        None if it does not end, or is inside something, such as a fence before it: these have to be
        asked for in the order of their lines.
        """
        first = self._proposal.lines[line - 1].rstrip()
        match = re.fullmatch(r"(```+|~~~+) ?([\w+#-]*)", first)
        if match is None or line <= self._last:
            return ()
        closing = self._closing.get(match[1], [])
        index = bisect_right(closing, line)
        if index == len(closing):
            return ()
        self._last = closing[index]
        return _fence_edits(self._proposal, line, self._last, match[2])


def _fence_edits(proposal: Proposal, line: int, last: int, language: str) -> tuple[Edit, ...]:
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


class MarkdownMarks:
    """Marks of Markdown in a proposal, to write them in reStructuredText."""

    def __init__(self, proposal: Proposal) -> None:
        self._proposal = proposal

    def edits(self, problem: Problem) -> tuple[Edit, ...]:
        """Return the edits of one problem of the kind ``markdown``."""
        nearby = _nearby(self._proposal, problem)
        # Next to other text, "----" would be the line over or under a title.
        if problem.replacement == "----" and any(map(str.strip, nearby)):
            return ()
        return problem_edits(self._proposal, problem) or self._heading_edits(problem)

    def _heading_edits(self, problem: Problem) -> tuple[Edit, ...]:
        """Return the edit that underlines a Markdown heading like the titles of its level."""
        match = re.fullmatch(r"(#{1,6}) *([^\s#].*?)(?: +#+)?", problem.name)
        if match is None:
            return ()
        # Lines that all begin with "#" are comments in code that has lost its mark, and no titles.
        if any(text.lstrip().startswith("#") for text in _nearby(self._proposal, problem)):
            return ()
        depth = len(match[1]) - self._highest
        if depth >= len(self._characters):
            return ()
        underline = self._characters[depth] * width(match[2])
        text = f"{match[2]}{line_ending(self._proposal)}{underline}"
        return (Edit(problem.location.span, text),)

    @cached_property
    def _highest(self) -> int:
        """The number of "#" before the headings of the highest level."""
        problems = iter_problems(self._proposal, "markdown")
        marks = (len(p.name) - len(p.name.lstrip("#")) for p in problems)
        return min(mark for mark in marks if mark)

    @cached_property
    def _characters(self) -> str:
        """The underlines of the levels, those that are in use first."""
        used: dict[int, str] = {}
        for heading in get_body(self._proposal).headings:
            if character := adornment_character(self._proposal, heading.location.line + 1):
                used.setdefault(heading.level, character)
        characters = "".join(used[level] for level in sorted(used))
        return characters + "".join(c for c in "=-~^\"'" if c not in characters)


def _nearby(proposal: Proposal, problem: Problem) -> tuple[str, ...]:
    """Return the lines before and after that of a problem."""
    line = problem.location.line
    return (*proposal.lines[max(line - 2, 0) : line - 1], *proposal.lines[line : line + 1])
