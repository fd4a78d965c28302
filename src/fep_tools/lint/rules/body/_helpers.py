"""Helpers of rules about bodies: its facts, its sections, and edits of titles."""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from ...._text import width
from ....diagnostics import Edit, Finding, Span
from ....process.model import Process
from ....process.schema import Condition, Section
from ....process.titles import find_similar_title
from ....proposals.body import Body, Heading, Location, Problem, ProblemKind
from ....proposals.layout import find_tables, realign
from ....proposals.model import Proposal
from ....proposals.rst.allowlist import DIRECTIVES
from ....proposals.sections import get_sections as get_sections
from .._headers import header_span, matching_condition
from .._lines import line_ending, line_span

FIXED_TEXT_WIDTH = 72
"""The length of the lines of a text that a fix writes."""

# A line of one repeated punctuation character: "====", "----".
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*$")

# What may be next to inline markup (docutils, "Inline markup recognition rules"); an empty
# string is contained too, for the beginning and the end of a line.
_BEFORE_MARKUP = " \t'\"([{<-/:"
_AFTER_MARKUP = " \t'\")]}>-/:.,;!?\\"


def get_body(proposal: Proposal) -> Body:
    """Return the facts about the body; empty if it was not read."""
    return proposal.body or Body()


def iter_problems(proposal: Proposal, kind: ProblemKind) -> Iterator[Problem]:
    """Yield the problems of that kind that parsing the body found."""
    return (problem for problem in get_body(proposal).problems if problem.kind == kind)


def problem_edits(proposal: Proposal, problem: Problem) -> tuple[Edit, ...]:
    """Return the edits that fix a problem; none if it is not certain what was meant."""
    if not problem.replacement:
        return ()
    return replacement_edits(proposal, problem.location.span, problem.replacement)


def report_problems(proposal: Proposal, kind: ProblemKind) -> Iterator[Finding]:
    """Yield the problems of that kind in the words of the parser."""
    for problem in iter_problems(proposal, kind):
        edits = problem_edits(proposal, problem)
        yield Finding(problem.location.span, problem.message, problem.help, edits)


def is_readable(proposal: Proposal) -> bool:
    """Return whether the body was parsed; else it is unknown what it contains."""
    return not any(iter_problems(proposal, "crash"))


def source_text(proposal: Proposal, location: Location) -> str:
    """Return the source text at *location*."""
    lines = proposal.lines[location.line - 1 : location.end_line]
    if not lines:
        return ""
    # The end first: on a single line, cutting the beginning would move it.
    lines[-1] = lines[-1][: location.end_column - 1]
    lines[0] = lines[0][location.column - 1 :]
    return "\n".join(lines)


def role_edits(proposal: Proposal, location: Location, role: str) -> tuple[Edit, ...]:
    """Return the edits that write a role at *location*; none if it would touch a word."""
    is_possible = accepts_role(proposal, location)
    return replacement_edits(proposal, location.span, role) if is_possible else ()


def accepts_role(proposal: Proposal, location: Location) -> bool:
    """Return whether a role can replace the text at *location*: markup must not touch a word."""
    before = proposal.lines[location.line - 1][: location.column - 1][-1:]
    after = proposal.lines[location.end_line - 1][location.end_column - 1 :][:1]
    return before in _BEFORE_MARKUP and after in _AFTER_MARKUP


def replacement_edits(proposal: Proposal, span: Span, text: str) -> tuple[Edit, ...]:
    """Return the edits that write *text* at *span*, and a line under a title that fits it.

    There are none in a table, whose columns would move, nor in a line block, where a long line
    cannot be broken.
    """
    before = proposal.lines[span.line - 1]
    is_line_block = before.lstrip().startswith("|")
    if is_line_block or _is_in_table(proposal.text, span.line):
        return ()
    edits = [Edit(span, text)]
    if span.line == span.end_line and "\n" not in text:
        after = before[: span.column - 1] + text + before[span.end_column - 1 :]
        edits += _adornment_edits(proposal, span.line, before, after)
    return tuple(edits)


def _adornment_edits(proposal: Proposal, line: int, before: str, after: str) -> Iterator[Edit]:
    """Yield the edits of the lines over and under a title that changes."""
    first, last = max(line - 1, 1), min(line + 1, len(proposal.lines))
    old = proposal.lines[first - 1 : last]
    new = [*old]
    old[line - first], new[line - first] = before, after
    for number, text in enumerate(realign("\n".join(old), "\n".join(new)).split("\n"), start=first):
        if number != line and text != proposal.lines[number - 1]:
            yield Edit(line_span(proposal, number), text)


def _is_in_table(text: str, line: int) -> bool:
    tables = _tables(text)
    index = bisect_left(tables, (line, 0)) - 1  # the last one that begins above
    return index >= 0 and line <= tables[index][1]


@lru_cache(maxsize=8)
def _tables(text: str) -> list[tuple[int, int]]:
    return find_tables(text.split("\n"))


def allowed_directives(process: Process) -> tuple[str, ...]:
    """Return the directives that a proposal may have, also those that are not shown."""
    banners = (banner.name for banner in process.banners)
    return (*DIRECTIVES, *process.directives, *process.ignored_directives, *banners)


# Sections ----------------------------------------------------------------------------------


def find_nested_section(proposal: Proposal, process: Process, title: str) -> Heading | None:
    """Return the first heading of that title below the level of sections."""
    sections = {heading.location for heading in get_sections(proposal, process)}
    for heading in get_body(proposal).headings:
        is_title = heading.title.casefold() == title.casefold()
        if is_title and heading.location not in sections:
            return heading
    return None


def promote_section(
    proposal: Proposal, process: Process, heading: Heading
) -> tuple[str, tuple[Edit, ...]]:
    """Return why a heading is no section of its own, and the edits that make it one.

    There are no edits if it has subsections, whose levels would change as well.
    """
    line = heading.location.line
    sections = get_sections(proposal, process)
    around = [other for other in sections if other.location < heading.location]
    headings = get_body(proposal).headings
    inside = f"inside '{around[-1].title}'" if around else "inside another section"
    if proposal.is_markdown:
        signs = proposal.lines[sections[0].location.line - 1].split(" ")[0] if sections else "##"
        return f"the title on line {line} is {inside}; write it with {signs}", ()
    following = headings[headings.index(heading) + 1 :][:1]
    has_subsections = any(other.level > heading.level for other in following)
    marks = [adornment_character(proposal, other.location.line + 1) for other in sections]
    wanted, used = marks[0] if marks else "=", adornment_character(proposal, line + 1)
    message = f"the title on line {line} is {inside}; underline it with {wanted}, not with {used}"
    if has_subsections or wanted == used or not used:
        return message, ()
    edits = [
        Edit(line_span(proposal, nearby), wanted * max(width(heading.title), 4))
        for nearby in (line - 1, line + 1)
        if adornment_character(proposal, nearby) == used
    ]
    return message, tuple(edits)


def find_misnamed_sections(proposal: Proposal, process: Process) -> Iterator[tuple[Heading, str]]:
    """Yield headings similar to a standard title that the proposal lacks, and that title."""
    headings = get_sections(proposal, process)
    titles = {heading.title for heading in headings}
    sections = process.sections_for(proposal.type)
    standard = {section.title.casefold(): section.title for section in sections}
    missing = tuple(title for title in standard if standard[title] not in titles)
    for heading in headings:
        if heading.title in standard.values():
            continue
        # "EIP Rationale", in the proposal about the process, is why there are EIPs.
        if process.acronym.casefold() in heading.title.casefold().split():
            continue
        if similar := find_similar_title(heading.title, missing):
            yield heading, standard[similar]


def required_sections(proposal: Proposal, process: Process) -> Iterator[tuple[Section, Condition]]:
    """Yield the sections that the proposal must have, each with the condition that says so."""
    for section in process.sections_for(proposal.type):
        if condition := matching_condition(section.required, proposal):
            yield section, condition


def condition_span(proposal: Proposal, condition: Condition) -> Span:
    """Return where the reason for *condition* is: the status, the type, or the number."""
    if condition.statuses and proposal.field("status"):
        return header_span(proposal, "status")
    if condition.types and proposal.field("type"):
        return header_span(proposal, "type")
    return header_span(proposal, "number")


def fixed_text(section: Section, proposal: Proposal) -> str:
    """Return the text that the process gives for a section, in lines of a readable length."""
    lines = textwrap.wrap(section.text, FIXED_TEXT_WIDTH, break_on_hyphens=False)
    return line_ending(proposal).join(lines)


def appended_section(section: Section, proposal: Proposal, process: Process) -> tuple[Edit, ...]:
    """Return the edit that adds a section with its fixed text at the end of the proposal."""
    last = max(n for n, line in enumerate(proposal.lines, start=1) if line.strip())
    sections = get_sections(proposal, process)
    line = sections[-1].location.line if sections else 0
    character = adornment_character(proposal, line + 1) if line else ""
    adornment = (character or "=") * max(width(section.title), 4)
    has_overline = bool(character) and adornment_character(proposal, line - 1) == character
    title = [*([adornment] if has_overline else []), section.title, adornment]
    end = Span(last, len(proposal.lines[last - 1]) + 1)
    text = ["", "", *title, "", fixed_text(section, proposal)]
    return (Edit(end, line_ending(proposal).join(text)),)


# Titles ------------------------------------------------------------------------------------


def retitle_edits(proposal: Proposal, line: int, title: str) -> tuple[Edit, ...]:
    """Return the edits that write *title* on *line* and adjust its underline and overline.

    There are none if the old title looks like an underline itself: which line is which?
    """
    if adornment_character(proposal, line):
        return ()
    edits = [Edit(line_span(proposal, line), title)]
    underline = adornment_character(proposal, line + 1)
    for nearby in (line - 1, line + 1):
        if underline and adornment_character(proposal, nearby) == underline:
            # Wide characters (Chinese, Japanese) take two columns, as docutils counts them.
            edits.append(Edit(line_span(proposal, nearby), underline * width(title)))
    return tuple(edits)


def adornment_character(proposal: Proposal, line: int) -> str:
    """Return the character that *line* consists of; empty if it is not an underline."""
    exists = 1 <= line <= len(proposal.lines)
    match = _ADORNMENT.match(proposal.lines[line - 1].rstrip()) if exists else None
    return match[1] if match else ""
