from .._api import Finding, Findings, join_words, Process, Proposal, rule, Severity
from ._helpers import get_sections


@rule("B071", severity=Severity.WARNING)
def section_type(proposal: Proposal, process: Process) -> Findings:
    """Section belongs to proposals of another type.

    The process has a section for some types only. In others it is empty, or the proposal has the
    wrong type. Remove the section, or correct the type.

    Bad::

        Type: Process

        Extensions Affected
        ===================

        None.

    Good::

        Type: Standards Track

        Extensions Affected
        ===================

        None.
    """
    if proposal.type is None:
        return
    expected = {section.title for section in process.sections_for(proposal.type)}
    types: dict[str, list[str]] = {}
    for section in process.sections:
        types.setdefault(section.title, []).extend(section.types)
    for heading in get_sections(proposal, process):
        if heading.title in types and heading.title not in expected:
            message = (
                f"the section '{heading.title}' is for the type "
                f"{join_words(types[heading.title])}, and this one is {proposal.type}; remove it"
            )
            yield Finding(heading.location.span, message)
