from ....proposals.body import Heading
from .._api import Finding, Findings, Process, Proposal, quote, Related, rule, Severity
from ._helpers import get_body, get_sections


@rule("B013", severity=Severity.WARNING, affects_page=False)
def section_twice(proposal: Proposal, process: Process) -> Findings:
    """Two sections have the same title.

    A link by title leads to neither of them, and readers cannot distinguish them in the table
    of contents. Merge the two, or rename one. Subsections may share a title, and so may sections
    with different numbers before it, such as "2.1 Rationale" and "3.1 Rationale".

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
    sections = {heading.location for heading in get_sections(proposal, process)}
    # As they are written: get_sections() leaves numbers out.
    for heading in get_body(proposal).headings:
        if heading.location not in sections:
            continue
        first = first_with.setdefault(heading.title.casefold(), heading)
        if first is not heading:
            title = quote(heading.title)
            message = f"there is already a section {title}; merge the two, or rename one"
            related = (Related(proposal.path, first.location.span, "the first"),)
            yield Finding(heading.location.span, message, related=related)
