from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding, Related, Severity
from ....process.model import Process
from ....proposals.body import Heading
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import sections


@rule("B013", severity=Severity.WARNING)
def section_twice(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """Two sections have the same title.

    A link by title leads to neither, and in the table of contents nobody can tell them
    apart. Sections within sections may share a title.

    Bad::

        FEP: 7
        Title: Typed views

        Rationale
        =========

        Types are checked.

        Rationale
        =========

        Types are known.

    Good::

        FEP: 7
        Title: Typed views

        Rationale
        =========

        Types are checked, and known.
    """
    known: dict[str, Heading] = {}
    for heading in sections(proposal, process):
        first = known.setdefault(heading.title.casefold(), heading)
        if first is not heading:
            message = f"{quote(heading.title)} is already a section; join the two, or rename one"
            related = (Related(proposal.path, first.location.span, "the first"),)
            yield Finding(heading.location.span, message, related=related)
