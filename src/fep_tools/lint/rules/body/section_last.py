from itertools import pairwise

from .._api import Finding, Findings, Process, Proposal, rule, Severity
from ._helpers import get_sections


@rule("B072", severity=Severity.WARNING)
def section_last(proposal: Proposal, process: Process) -> Findings:
    """Section follows the one that has to be last.

    Readers look for the licence at the end. A section after it is easily overlooked, and may
    seem not to be covered. Move the other section up.

    Bad::

        Copyright
        =========

        This document is placed in the public domain or under the
        CC0-1.0-Universal license, whichever is more permissive.

        Acknowledgements
        ================

        Thanks to all who commented.

    Good::

        Acknowledgements
        ================

        Thanks to all who commented.

        Copyright
        =========

        This document is placed in the public domain or under the
        CC0-1.0-Universal license, whichever is more permissive.
    """
    sections = process.sections_for(proposal.type)
    last = {section.title for section in sections if process.is_last_section(section)}
    headings = get_sections(proposal, process)
    for heading, following in pairwise(headings):
        if heading.title in last and following.title not in last:
            message = f"'{heading.title}' has to be the last section; move it to the end"
            yield Finding(heading.location.span, message)
