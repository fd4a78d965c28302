import re
from collections.abc import Iterator

from ...._text import closest_match, quote
from ....diagnostics import Finding, Severity
from ....process.model import Process
from ....proposals.body import Link
from ....proposals.model import Corpus, Proposal
from ...rule import rule
from ._helpers import facts, is_readable
from ._links import number

_AUTOMATIC = re.compile("id[0-9]+")


@rule("B023", severity=Severity.WARNING)
def link_fragment(proposal: Proposal, process: Process, corpus: Corpus) -> Iterator[Finding]:
    """A link leads to a section that the other proposal does not have.

    Readers land at the top of the page, and look for what they were promised. The section
    was renamed, or its name is misspelt.

    Bad::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        See :fep:`12#rationle`.

        # proposals/fep-0012.rst
        FEP: 12
        Title: Typed requests

        Rationale
        =========

        Types are known.

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        See :fep:`12#rationale`.

        # proposals/fep-0012.rst
        FEP: 12
        Title: Typed requests

        Rationale
        =========

        Types are known.
    """
    for link in facts(proposal).links:
        target = number(link) if link.role == process.acronym.lower() else None
        other = corpus.get(target) if target is not None and link.fragment else None
        if other is None or other.body is None or not is_readable(other):
            continue
        if link.fragment not in other.body.anchors:
            message = _message(link, other, process)
            yield Finding(link.location.span, message)


def _message(link: Link, other: Proposal, process: Process) -> str:
    label = process.label(other.number)
    if _AUTOMATIC.fullmatch(link.fragment):
        return (
            f"{quote(link.fragment)} is a number that {label} may give to anything; name a section"
        )
    meant = closest_match(link.fragment, facts(other).anchors)
    hint = f"; did you mean #{meant}?" if meant else "; name one of its sections"
    return f"{label} has no section {quote(link.fragment)}{hint}"
