from ....proposals.relations import locate_references, RELATIONS
from .._api import Finding, Findings, Process, Proposal, rule


@rule("L002")
def relation_self(proposal: Proposal, process: Process) -> Findings:
    """Proposal refers to itself.

    A proposal cannot require or replace itself. The number is often left over from a copied
    file, or another number was meant. Correct it, or remove it.

    Bad::

        Requires: 7

    Good::

        FEP: 7
        Title: Typed views
    """
    for role in RELATIONS:
        for number, span in locate_references(proposal, role, process):
            if number == proposal.number:
                message = (
                    f"'{process.header_name(role)}' names {process.label(number)}, which is this "
                    "proposal; remove it, or write another number"
                )
                yield Finding(span, message)
