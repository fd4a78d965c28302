from ....proposals.body import Link
from .._api import Finding, Findings, Process, Proposal, quote, rule
from ._helpers import get_body
from ._links import find_numbers, Reference, reference_for_url, role_label, target_number


@rule("B022", affects_page=False)
def link_text(proposal: Proposal, process: Process) -> Findings:
    """Link text names another number than its target.

    Readers who follow the link reach another proposal, and may not notice. Correct the text
    or the target.

    Bad::

        This follows :pep:`PEP 484 <448>`.

    Good::

        This follows :pep:`PEP 484 <484>`.
    """
    for link in get_body(proposal).links:
        target = _resolve(link, process) if link.explicit else None
        if target:
            word = role_label(target.role, process)
            numbers = find_numbers(link.text, word)
            if numbers and target.number not in numbers:
                message = (
                    f"the link text is {quote(link.text)}, but the link leads to "
                    f"{word} {target.number}; change one of them"
                )
                yield Finding(link.location.span, message)


def _resolve(link: Link, process: Process) -> Reference | None:
    """Return what a link refers to, whether it is a role or a URL."""
    if not link.role:
        return reference_for_url(link.target, process)
    number = target_number(link)
    return None if number is None else Reference(link.role, number)
