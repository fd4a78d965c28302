from .._api import Finding, Findings, Process, Proposal, rule, Severity
from ._helpers import find_nested_section, get_sections, promote_section, required_sections


@rule("B018", severity=Severity.WARNING, fixable=True)
def section_swallowed(proposal: Proposal, process: Process) -> Findings:
    """Standard section is inside the section before it.

    The line under its title is that of a subsection. As long as the section is not required,
    nothing else shows it; later, the section counts as missing. Underline all sections with
    the same character.

    Bad::

        Status: Draft

        Abstract
        ========

        A view may declare what it returns.

        Motivation
        ----------

        Types are repeated by hand.

    Good::

        Status: Draft

        Abstract
        ========

        A view may declare what it returns.

        Motivation
        ==========

        Types are repeated by hand.
    """
    order = [section.title for section in process.sections_for(proposal.type)]
    required = {section.title for section, _condition in required_sections(proposal, process)}
    sections = get_sections(proposal, process)
    titles = {heading.title for heading in sections}
    for position, title in enumerate(order):
        if title in titles or title in required:
            continue
        heading = find_nested_section(proposal, process, title)
        if heading is None or heading.title != title:
            continue
        # A "Rationale" inside "Rejected Ideas" is that of the ideas.
        around = [other.title for other in sections if other.location < heading.location]
        if around and around[-1] in order[:position]:
            reason, edits = promote_section(proposal, process, heading)
            yield Finding(heading.location.span, f"'{title}' is no section: {reason}", edits=edits)
