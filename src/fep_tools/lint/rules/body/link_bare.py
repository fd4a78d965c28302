from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Edit, Finding, Severity
from ....process.model import Process
from ....proposals.body import Link
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import facts, is_apart, source
from ._links import label, Reference, referred


@rule("B020", severity=Severity.WARNING, fixable=True)
def link_bare(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """An address is written out where a role would link the same.

    A role follows when addresses change, shows the title, and works in every output.

    Bad::

        FEP: 7
        Title: Typed views

        This follows `the type hints <https://peps.python.org/pep-0484/>`__.

    Good::

        FEP: 7
        Title: Typed views

        This follows :pep:`the type hints <484>`.
    """
    for link in facts(proposal).links:
        reference = None if link.role else referred(link.target, process)
        if reference:
            written = _written(link, reference, process)
            what = f"the address {quote(link.target)} is written out"
            edits = _edits(link, written, proposal)
            yield Finding(link.location.span, f"{what}; write {written}", edits=edits)


def _written(link: Link, reference: Reference, process: Process) -> str:
    text = " ".join(link.text.split())
    usual = f"{label(reference.role, process)} {reference.number}"
    return reference.written("" if text in (link.target, usual) else text)


def _edits(link: Link, written: str, proposal: Proposal) -> tuple[Edit, ...]:
    """The role in place of the address, where nothing else hangs on that."""
    there = source(proposal, link.location)
    alone = there == link.target
    inline = there.startswith("`") and there.endswith("_") and not _is_used(link, proposal)
    fits = (alone or inline) and "\\" not in there and is_apart(proposal, link.location)
    return (Edit(link.location.span, written),) if fits else ()


def _is_used(link: Link, proposal: Proposal) -> bool:
    """Whether another link goes by the name that this one has."""
    return f"`{link.text}`_" in proposal.text
