from collections.abc import Iterator

from ...._text import join_words
from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import is_dead, replaced_statuses, told_at


@rule("L007")
def superseded_status(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A proposal has a successor, and its status does not say so.

    Lists show the status alone: whoever reads Final there takes the text for what holds.
    What was rejected or withdrawn may name a successor and stay what it is.

    Bad::

        FEP: 5
        Title: Views
        Status: Final
        Superseded-By: 7

    Good::

        FEP: 5
        Title: Views
        Status: Superseded
        Superseded-By: 7
    """
    status = proposal.field("status")
    wanted = replaced_statuses(process)
    if not proposal.numbers("superseded_by") or not proposal.status or status is None:
        return
    if wanted and proposal.status not in wanted and not is_dead(proposal, process):
        header = process.header_name("superseded_by")
        message = f"'{status.name}' is {proposal.status}, and there is '{header}'"
        related = (told_at(proposal, "superseded_by", "or remove this"),)
        yield Finding(status.span(), f"{message}; write {join_words(wanted)}", related=related)
