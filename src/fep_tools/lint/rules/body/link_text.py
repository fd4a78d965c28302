from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.body import Link
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import facts
from ._links import label, named, number, Reference, referred


@rule("B022")
def link_text(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """The text of a link names another number than the link leads to.

    Whoever follows it lands in another proposal, and may not even notice.

    Bad::

        FEP: 7
        Title: Typed views

        This follows :pep:`PEP 484 <448>`.

    Good::

        FEP: 7
        Title: Typed views

        This follows :pep:`PEP 484 <484>`.
    """
    for link in facts(proposal).links:
        target = _target(link, process) if link.explicit else None
        if target:
            word = label(target.role, process)
            shown = named(link.text, word)
            if shown and target.number not in shown:
                where = f"leads to {word} {target.number}"
                message = f"the link says {quote(link.text)} and {where}; change one of them"
                yield Finding(link.location.span, message)


def _target(link: Link, process: Process) -> Reference | None:
    if not link.role:
        return referred(link.target, process)
    target = number(link)
    return None if target is None else Reference(link.role, target)
