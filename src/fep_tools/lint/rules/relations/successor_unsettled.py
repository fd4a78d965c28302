from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Corpus, Proposal
from ...rule import rule
from ._helpers import is_dead, others, replaced_statuses, told_at


@rule("L006")
def successor_unsettled(proposal: Proposal, process: Process, corpus: Corpus) -> Iterator[Finding]:
    """A proposal is superseded by one that is only a draft, or came to nothing.

    What nobody has agreed upon replaces nothing. Until then, the draft may say what it would
    replace, and the older proposal still holds.

    Bad::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Superseded
        Superseded-By: 7

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Draft

    Good::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Superseded
        Superseded-By: 7

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Final
    """
    for other, span in others(proposal, "superseded_by", corpus):
        if _replaces_nothing(other, process):
            what = f"{process.label(other.number)}, which is {other.status}"
            message = (
                f"'{process.header_name('superseded_by')}' names {what}; "
                "remove it until it is agreed"
            )
            related = (told_at(other, "status", "or change its status"),)
            yield Finding(span, message, related=related)


def _replaces_nothing(other: Proposal, process: Process) -> bool:
    if other.status == process.initial_status.name:
        return True
    return is_dead(other, process) and other.status not in replaced_statuses(process)
