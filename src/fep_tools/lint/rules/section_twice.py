from collections.abc import Iterator

from ...body import Heading
from ...diagnostic import Finding, Related, Severity
from ...process import Process
from ...proposal import Proposal
from ...text import quote
from ..bodies import sections
from ..rule import rule


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
            related = (Related(proposal.path, first.place.span, "the first"),)
            yield Finding(heading.place.span, message, related=related)
