from .._api import Finding, Findings, Process, Proposal, rule
from .._headers import describe_kind
from ._helpers import find_nested_section, get_sections, promote_section, required_sections


@rule("B017", fixable=True)
def section_nested(proposal: Proposal, process: Process) -> Findings:
    """Required section is inside another section.

    The line under its title is that of a subsection, so it belongs to the section above, and
    readers and programs do not find it. Underline all sections with the same character.

    Bad::

        Status: Draft

        Abstract
        ========

        A view may declare what it returns.

        Copyright
        ---------

        This document is placed in the public domain.

    Good::

        Status: Draft

        Abstract
        ========

        A view may declare what it returns.

        Copyright
        =========

        This document is placed in the public domain.
    """
    titles = {heading.title for heading in get_sections(proposal, process)}
    for section, condition in required_sections(proposal, process):
        if section.title in titles:
            continue
        if heading := find_nested_section(proposal, process, section.title):
            kind = describe_kind(proposal, process, condition)
            reason, edits = promote_section(proposal, process, heading)
            message = f"{kind} needs the section '{section.title}'; {reason}"
            yield Finding(heading.location.span, message, section.summary.rstrip("."), edits)
