from .._api import Corpus, Finding, Findings, Process, Proposal, Related, rule, Severity, Span
from .._relations import is_dead


@rule("C011", severity=Severity.WARNING)
def title_taken(corpus: Corpus, process: Process) -> Findings:
    """Two proposals have the same title.

    In the index and in search results, readers cannot distinguish them. Make the titles
    different. A rejected, withdrawn or superseded proposal may have the title of its
    successor.

    Bad::

        # proposals/fep-0007.rst
        Status: Draft

        # proposals/fep-0012.rst
        FEP: 12
        Title: Typed Views
        Status: Draft

    Good::

        # proposals/fep-0007.rst
        Status: Draft

        # proposals/fep-0012.rst
        Status: Draft
    """
    first_with: dict[str, Proposal] = {}
    for proposal in corpus:
        title = " ".join(proposal.title.casefold().split())
        if not title or is_dead(proposal, process):
            continue
        first = first_with.setdefault(title, proposal)
        if first.number != proposal.number:
            label = process.label(first.number)
            message = f"{label} has the same title; choose another title"
            related = (Related(first.path, _title_span(first), "the other title"),)
            yield Finding(_title_span(proposal), message, related=related, path=proposal.path)


def _title_span(proposal: Proposal) -> Span:
    """Return where the title is: a header, or in some communities the first heading."""
    if field := proposal.field("title"):
        return field.span()
    heading = proposal.title_heading
    return heading.location.span if heading else Span()
