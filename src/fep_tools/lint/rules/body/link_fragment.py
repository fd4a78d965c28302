import re

from ....proposals.body import Link
from .._api import Corpus, Finding, Findings, Process, Proposal, quote, rule, Severity, Suggestions
from ._helpers import get_body
from ._links import linked_proposals

# docutils numbers what has no name of its own ("id1"); the next edit may change the numbers.
_AUTOMATIC_ID = re.compile("id[0-9]+")


@rule("B023", severity=Severity.WARNING)
def link_fragment(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Linked section does not exist.

    Readers reach the top of the page and have to search for the section. The section was
    renamed, or its name is misspelled. Use the name of an existing section.

    Bad::

        # proposals/fep-0007.rst
        See :fep:`12#rationle`.

        # proposals/fep-0012.rst
        Rationale
        =========

        Types are known.

    Good::

        # proposals/fep-0007.rst
        See :fep:`12#rationale`.

        # proposals/fep-0012.rst
        Rationale
        =========

        Types are known.
    """
    suggestions = Suggestions()
    for link, other in linked_proposals(proposal, process, corpus):
        if link.fragment and other.body and not other.body.has_anchor(link.fragment):
            yield Finding(link.location.span, _message(link, other, process, suggestions))


def _message(link: Link, other: Proposal, process: Process, suggestions: Suggestions) -> str:
    label = process.label(other.number)
    if _AUTOMATIC_ID.fullmatch(link.fragment):
        what = f"{quote(link.fragment)} in {label} is generated and can change"
        return f"{what}; use the name of a section"
    meant = suggestions.closest(link.fragment, get_body(other).anchors)
    advice = f"did you mean #{meant}?" if meant else "use the name of one of its sections"
    return f"{label} has no section {quote(link.fragment)}; {advice}"
