from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Corpus, Proposal
from ...rule import rule
from ._helpers import is_dead, others, status_of, told_at


@rule("L008")
def requires_dead(proposal: Proposal, process: Process, corpus: Corpus) -> Iterator[Finding]:
    """A proposal requires one that was rejected, withdrawn or superseded.

    It cannot come about as it stands. Settled proposals are not asked: what they needed was
    there when they were decided.

    Bad::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Rejected

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Draft
        Requires: 5

    Good::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Final

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Draft
        Requires: 5
    """
    status = status_of(proposal, process)
    if status is None or status.settled:
        return
    for other, span in others(proposal, "requires", corpus):
        if is_dead(other, process):
            what = f"{process.label(other.number)}, which is {other.status}"
            message = (
                f"'{process.header_name('requires')}' names {what}; {_instead(other, process)}"
            )
            yield Finding(span, message, related=(told_at(other, "status", "its status"),))


def _instead(other: Proposal, process: Process) -> str:
    successors = [process.label(number) for number in other.numbers("superseded_by")]
    return f"require {successors[-1]}" if successors else "take up what is needed of it here"
