from ....process.schema import Section
from ....proposals.body import Heading
from .._api import Edit, Finding, Findings, Process, Proposal, rule, Span
from .._lines import line_ending
from ._helpers import fixed_text, get_sections, required_sections


@rule("B012", fixable=True, affects_page=False)
def section_empty(proposal: Proposal, process: Process) -> Findings:
    """Required section is empty.

    A title without text leaves readers guessing. If there is nothing to report, write one
    sentence that says so, for example that the change breaks nothing.

    Bad::

        Status: Draft

        Copyright
        =========

        .. The dedication.

    Good::

        Status: Draft

        Copyright
        =========

        This document is placed in the public domain or under the
        CC0-1.0-Universal license, whichever is more permissive.

        .. The dedication.
    """
    sections = {section.title: section for section, _ in required_sections(proposal, process)}
    for heading in get_sections(proposal, process):
        if heading.is_empty and (section := sections.get(heading.title)):
            message = f"the section '{heading.title}' is empty; write at least one sentence"
            edits = (_insertion(heading, section, proposal),) if section.text else ()
            yield Finding(heading.location.span, message, section.summary.rstrip("."), edits)


def _insertion(heading: Heading, section: Section, proposal: Proposal) -> Edit:
    """Return the edit that writes the fixed text of a section below its title."""
    underline = heading.location.line + 1
    end = line_ending(proposal)
    span = Span(underline, len(proposal.lines[underline - 1]) + 1)
    return Edit(span, f"{end}{end}{fixed_text(section, proposal)}")
