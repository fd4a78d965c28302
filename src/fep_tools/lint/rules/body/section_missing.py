import re

from ...._text import width
from ....process.schema import Section
from .._api import Finding, Findings, Process, Proposal, rule, Span
from .._headers import describe_kind
from .._lines import body_lines
from ._helpers import (
    appended_section,
    condition_span,
    find_misnamed_sections,
    find_nested_section,
    get_sections,
    is_readable,
    required_sections,
)


@rule("B010", fixable=True, affects_page=False)
def section_missing(proposal: Proposal, process: Process) -> Findings:
    """Required section is missing.

    The type and the status decide which sections are required: a draft may still have gaps,
    but a proposal that is up for decision may not. Add the section at the position that the
    message gives, or make a title of the line that the message is about.

    Bad::

        Status: Draft

        Abstract
        ========

        A view may declare what it returns.

    Good::

        Status: Draft

        Abstract
        ========

        A view may declare what it returns.

        Copyright
        =========

        This document is placed in the public domain or under the
        CC0-1.0-Universal license, whichever is more permissive.
    """
    if not is_readable(proposal) or not proposal.fields:
        return
    titles = {heading.title for heading in get_sections(proposal, process)}
    # A section with a similar title is reported by section-title, not as missing too.
    titles.update(title for _heading, title in find_misnamed_sections(proposal, process))
    required = list(required_sections(proposal, process))
    # Missing sections count as well: authors add them one after the other.
    complete = titles.union(section.title for section, _condition in required)
    for section, condition in required:
        # A section that is inside another one is reported by section-nested.
        if section.title in titles or find_nested_section(proposal, process, section.title):
            continue
        kind = f"{describe_kind(proposal, process, condition)} needs the section '{section.title}'"
        help_ = section.summary.rstrip(".")
        if span := _find_line(proposal, section.title):
            line = "=" * max(width(section.title), 4)
            title = f"{section.title} and {line} below it"
            title = f"## {section.title}" if proposal.is_markdown else title
            message = f"this line is no title; write {title}"
            yield Finding(span, f"{kind}; {message}", help_)
        else:
            where = _where(section, complete, proposal, process)
            span = condition_span(proposal, condition)
            is_fixed = section.text and where == "last"
            edits = appended_section(section, proposal, process) if is_fixed else ()
            yield Finding(span, f"{kind}; add it {where}", help_, edits)


def _find_line(proposal: Proposal, title: str) -> Span | None:
    """Return where *title* is a paragraph of its own: ``**Title**``, ``# Title`` or ``Title:``.

    Code is indented, so a line that begins in the first column is none.
    """
    title = re.escape(title)
    pattern = re.compile(rf"(?:[*=]+ *|#+ *)?{title} *:?(?:[*=]+| *#+)?:?", re.IGNORECASE)
    for number, line in body_lines(proposal):
        if pattern.fullmatch(line.rstrip()):
            return Span(number, 1, number, len(line.rstrip()) + 1)
    return None


def _where(section: Section, titles: set[str], proposal: Proposal, process: Process) -> str:
    """Return where the section belongs: ``first``, ``last``, or after one that is there."""
    order = [other.title for other in process.sections_for(proposal.type)]
    before = [title for title in order[: order.index(section.title)] if title in titles]
    if section.title == order[-1]:
        return "last"
    return f"after '{before[-1]}'" if before else "first"
