from ....proposals.body import Claim
from .._api import Finding, Findings, Process, Proposal, quote, rule, Severity
from .._headers import matching_condition
from ._helpers import get_body


@rule("B080", severity=Severity.WARNING, affects_page=False)
def claim_unlinked(proposal: Proposal, process: Process) -> Findings:
    """Paragraph says what happened, and has no link.

    Readers cannot check such a sentence, and neither can the next editor. The process names the
    sections in which each paragraph and each item of a list needs a link, and the proposals for
    which that is so. A paragraph that introduces a list or a table has its links.

    Bad::

        Retroactive: yes

        Prior Requests
        ==============

        It was requested in 2017 and refused.

    Good::

        Retroactive: yes

        Prior Requests
        ==============

        It was `requested in 2017 <https://example.org/7>`__ and refused.
    """
    sections = {section.title: section for section in process.sections}
    for claim in get_body(proposal).claims:
        section = sections.get(claim.section)
        if section and not claim.has_link and matching_condition(section.links, proposal):
            yield Finding(
                claim.location.span,
                f"{_beginning(claim)} in '{section.title}' has no link; link to its source",
                "if there is no source, say where you looked, and link to that",
            )


def _beginning(claim: Claim) -> str:
    words = claim.text.split()
    return quote(" ".join(words[:5]) + ("..." if len(words) > 5 else ""))
