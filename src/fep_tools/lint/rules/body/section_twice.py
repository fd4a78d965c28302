from ....proposals.body import Heading
from .._api import Finding, Findings, Process, Proposal, quote, Related, rule, Severity
from ._helpers import get_sections


@rule("B013", severity=Severity.WARNING, affects_page=False)
def section_twice(proposal: Proposal, process: Process) -> Findings:
    """Two sections have the same title.

    A link by title leads to neither of them, and readers cannot distinguish them in the table
    of contents. Merge the two, or rename one. Subsections may share a title.

    Bad::

        Rationale
        =========

        Types are checked.

        Rationale
        =========

        Types are known.

    Good::

        Rationale
        =========

        Types are checked, and known.
    """
    first_with: dict[str, Heading] = {}
    for heading in get_sections(proposal, process):
        first = first_with.setdefault(heading.title.casefold(), heading)
        if first is not heading:
            title = quote(heading.title)
            message = f"there is already a section {title}; merge the two, or rename one"
            related = (Related(proposal.path, first.location.span, "the first"),)
            yield Finding(heading.location.span, message, related=related)
