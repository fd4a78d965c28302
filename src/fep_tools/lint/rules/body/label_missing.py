from ....proposals.body import LABEL_ROLE, Link
from ....proposals.inventory import find_object
from ....proposals.labels import find_label, leads_elsewhere, page_labels
from ....proposals.model import build_vocabulary
from .._api import (
    Corpus,
    Finding,
    Findings,
    Process,
    Proposal,
    quote,
    rule,
    safe,
    Severity,
    Suggestions,
)
from ._helpers import get_body
from ._links import Reference


@rule("B041", severity=Severity.WARNING)
def label_missing(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Linked label does not exist.

    The page shows the text without the link. Each proposal has its own labels, so that no other
    one can take the name away. Define the label with ``.. _name:`` above a title, or correct
    its name. A label of another proposal is linked by its number, and one of an appendix that is a
    page of its own by its name.

    Bad::

        See :ref:`rationle`.

        .. _rationale:

        Rationale
        =========

        Types are known.

    Good::

        See :ref:`rationale`.

        .. _rationale:

        Rationale
        =========

        Types are known.
    """
    suggestions = Suggestions()
    is_literal = build_vocabulary(process).is_literal(LABEL_ROLE)
    for link in get_body(proposal).links:
        if link.role != LABEL_ROLE:
            continue
        label = find_label(link.target, proposal)
        # A site of the community's own has one set of labels for all its pages and other sites.
        is_foreign = is_literal and not process.reference_role
        is_elsewhere = is_foreign or leads_elsewhere(link.target, is_literal=is_literal)
        files = corpus.attachments
        is_found = (
            label
            or find_object(LABEL_ROLE, link.target, process, files)
            or link.target in corpus.memo(page_labels, process)
        )
        if not is_found and not is_elsewhere:
            yield _missing(link, proposal, process, corpus, suggestions)
        elif label and not label.has_title and not link.explicit:
            message = (
                f"the label {quote(link.target)} is above no title, so the link has no text; "
                f"write {'{ref}' if proposal.is_markdown else ':ref:'}`text <{safe(link.target)}>`"
            )
            yield Finding(link.location.span, message)


def _missing(
    link: Link, proposal: Proposal, process: Process, corpus: Corpus, suggestions: Suggestions
) -> Finding:
    span = link.location.span
    what = f"there is no label {quote(link.target)} in this proposal"
    if (number := corpus.numbers_by_label.get(link.target)) is not None:
        label = corpus.by_number[number].labels[link.target]
        role = Reference(process.acronym.lower(), number, label.anchor)
        text = safe(role.format(" ".join(link.text.split())))
        return Finding(span, f"{what}, but in {process.label(number)}; write {text}")
    if meant := suggestions.closest(link.target, proposal.labels):
        return Finding(span, f"{what}; did you mean {quote(meant)}?")
    mark = f"({safe(link.target)})=" if proposal.is_markdown else f".. _{safe(link.target)}:"
    return Finding(span, f"{what}; write {mark} above the title that it is for")
