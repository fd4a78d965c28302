from itertools import groupby, pairwise

from ....proposals.body import Heading
from .._api import Edit, Finding, Findings, Process, Proposal, quote, rule, Span
from ._helpers import fixed_text, get_body, get_sections

_MARKUP = ("..", "-", "*", "+", "|", ":", "#", "=", "_", "`")
"""The beginnings of blocks that may be something else than a paragraph."""


@rule("B015", fixable=True, affects_page=False)
def section_text(proposal: Proposal, process: Process) -> Findings:
    """Section does not have the required text.

    A text that grants rights must be the same in every proposal, word for word. Copy the text
    from the process; line breaks may differ.

    Bad::

        Copyright
        =========

        All rights reserved.

    Good::

        Copyright
        =========

        This document is placed in the public domain or under the
        CC0-1.0-Universal license, whichever is more permissive.
    """
    sections = {s.title: s for s in process.sections_for(proposal.type) if s.text}
    headings = get_body(proposal).headings
    following = {one.location.line: after for one, after in pairwise(headings)}
    for heading in get_sections(proposal, process):
        section = sections.get(heading.title)
        required = " ".join(section.text.split()) if section else ""
        if section and heading.text != required and not heading.is_empty:
            after = following.get(heading.location.line)
            span = _find_paragraph(proposal, heading, after)
            edits = (Edit(span, fixed_text(section, proposal)),) if span else ()
            what = f"the section '{heading.title}' starts with {quote(heading.text[:50])}"
            message = f"{what}; write {quote(required)}"
            yield Finding(heading.location.span, message, edits=edits)


def _find_paragraph(proposal: Proposal, heading: Heading, following: Heading | None) -> Span | None:
    """Return the only paragraph of a section, if it has nothing else.

    :param following: The next heading.
    """
    lines, start = proposal.lines, heading.location.line + 2
    # The line over the next title may be an overline.
    end = following.location.line - 2 if following else len(lines)
    numbers = range(start, end + 1)
    blocks = [
        list(b) for blank, b in groupby(numbers, lambda n: not lines[n - 1].strip()) if not blank
    ]
    if len(blocks) != 1 or any(lines[n - 1].startswith((*_MARKUP, " ", "\t")) for n in blocks[0]):
        return None
    first, last = blocks[0][0], blocks[0][-1]
    return Span(first, 1, last, len(lines[last - 1]) + 1)
